//! From the options to a stream of readings.

use crate::args::{ColumnArgs, InputArgs};
use crate::exit::Failure;
use crate::style::clean;
use legation::record::Diagnostic;
use legation::text::{Columns, Options, Reading, read_paths};
use std::io::IsTerminal;
use std::num::NonZeroUsize;
use std::path::PathBuf;

/// What is to be read, and how.
pub struct Input {
    paths: Vec<PathBuf>,
    options: Options,
    publisher: Option<String>,
}

impl Input {
    /// From the command line; without paths it is standard input.
    pub fn new(args: &InputArgs) -> Result<Self, Failure> {
        let mut paths = args.paths.clone();
        if paths.is_empty() {
            if std::io::stdin().is_terminal() {
                return Err(Failure::Usage(
                    "nothing to read: name files or folders, or pipe a text in (see --help for examples)".to_owned(),
                ));
            }
            paths.push(PathBuf::from("-"));
        }
        let options = Options {
            format: args.input_format,
            columns: columns(&args.columns),
            published: args.published,
            ..Options::default()
        };
        Ok(Self { paths, options, publisher: args.publisher.clone() })
    }

    /// All of it, in order.
    pub fn readings(&self) -> impl Iterator<Item = Reading> {
        read_paths(&self.paths, &self.options).map(|reading| match reading {
            Reading::Document(mut document, remarks) => {
                if document.publisher.is_none() {
                    document.publisher.clone_from(&self.publisher);
                }
                Reading::Document(document, remarks)
            }
            other => other,
        })
    }
}

/// A remark about a document as a line: origin, bytes, message.
pub fn remark(diagnostic: &Diagnostic) -> String {
    let span = diagnostic.span.map(|s| format!(" bytes {}-{}:", s.start, s.end)).unwrap_or_default();
    clean(&format!("{}:{span} {}", diagnostic.origin, diagnostic.message))
}

/// As many threads as asked for, else one for each core.
pub fn threads(args: &InputArgs) -> NonZeroUsize {
    args.threads.or_else(|| std::thread::available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN)
}

fn columns(args: &ColumnArgs) -> Columns {
    Columns {
        id: args.id_column.clone(),
        text: args.text_column.clone(),
        title: args.title_column.clone(),
        published: args.published_column.clone(),
        publisher: args.publisher_column.clone(),
        byline: args.byline_column.clone(),
        url: args.url_column.clone(),
        language: args.language_column.clone(),
    }
}
