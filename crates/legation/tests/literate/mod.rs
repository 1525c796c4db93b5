//! Literate tests: a text with what its container says of it, and below it what its events must be.

use legation::record::Document;
use legation::text::{Reading, read_bytes};

/// A text with what is known of it, and what must be found.
#[derive(Default)]
pub struct Example {
    /// Where what its container says stands, for messages.
    pub line: usize,
    /// What its container says, as front matter.
    pub front: String,
    /// The text.
    pub text: String,
    /// Line, and what must be found.
    pub wanted: Vec<(usize, String)>,
}

/// The examples of a page: `(key value; key value)`, `> text`, `- what must be found`.
pub fn examples(markdown: &str) -> Vec<Example> {
    let mut out: Vec<Example> = Vec::new();
    let mut open = Example::default();
    for (number, line) in markdown.lines().enumerate() {
        if let Some(meta) = line.strip_prefix('(').and_then(|l| l.strip_suffix(')')) {
            let front = meta.split("; ").filter_map(|part| part.split_once(' '));
            let front = front.map(|(key, value)| format!("{key}: {value}\n")).collect();
            open = Example { line: number + 1, front, ..Example::default() };
        } else if let Some(text) = line.strip_prefix("> ") {
            open.text = text.into();
            out.push(std::mem::take(&mut open));
        } else if let (Some(wanted), Some(last)) = (line.strip_prefix("- "), out.last_mut()) {
            last.wanted.push((number + 1, wanted.into()));
        }
    }
    out
}

/// The example as a file would give it.
pub fn document(example: &Example) -> Document {
    let file = format!("---\n{}---\n\n{}\n", example.front, example.text);
    let options = legation::text::Options { languages: Vec::new(), ..Default::default() };
    let found = read_bytes("example.md", file.as_bytes(), &options).into_iter().find_map(|r| match r {
        Reading::Document(document, _) => Some(*document),
        _ => None,
    });
    found.unwrap_or_else(|| panic!("the example of line {} is no document", example.line))
}
