//! `legation check`: what tables and record say to the statements of a text.

mod page;
mod table;

use crate::args::check::{CheckArgs, CheckFormat, ReadingArg};
use crate::exit::{Exit, Failure};
use crate::input::{self, Input};
use crate::out::Out;
use crate::progress::Progress;
use crate::style::Style;
use crate::summary::Summary;
use legation::analysis::History;
use legation::claims::{Definition, Options, Report, Verdict};
use legation::record::Document;
use legation::store::Record;
use legation::{Coded, Legation};
use std::io::{self, Write};
use std::path::Path;

/// Runs the command.
pub fn run(args: &CheckArgs) -> Result<Exit, Failure> {
    let input = Input::new(&args.input)?;
    let legation = Legation::new(&legation::Options::default()).map_err(|e| Failure::Usage(e.to_string()))?;
    let legation = legation.explaining(true);
    let history = if args.internal { None } else { Some(legation::history(args.record.as_deref())?) };
    let options = Options {
        as_of: args.as_of,
        definition: args.reading.map(definition),
        copies: Vec::new(),
        internal: args.internal,
        record: history.as_ref().map_or_else(|| "the text itself, and the dated tables".to_owned(), told),
    };
    let record = if args.internal { None } else { record(args)? };
    let fails = || Failure::output(args.out.as_deref());
    let mut writer = Writer::open(args).map_err(fails())?;
    let progress = Progress::new(args.input.quiet);
    let (mut summary, mut tally) = (Summary::default(), Tally::default());
    let result = legation.code_all(input.readings(), input::threads(&args.input), |outcome| {
        summary.take(outcome, &progress, |coded: &Coded| {
            let copies = record.as_ref().and_then(|record| record.copies_of(&coded.document).ok()).unwrap_or_default();
            let options = Options { copies: copies.into_iter().map(i64::cast_unsigned).collect(), ..options.clone() };
            let report = legation::claims_of(coded, history.as_ref(), &options);
            tally.add(&report);
            writer.document(&coded.document, &report)
        })
    });
    progress.end();
    let exit = summary.exit();
    let finished = result.and_then(|()| if exit == Exit::Nothing { Ok(()) } else { writer.finish() });
    finished.map_err(fails())?;
    if !args.input.quiet {
        eprintln!("{}; {tally}", summary.of_reading());
    }
    Ok(match exit {
        _ if tally.counts[1] > 0 => Exit::Nothing,
        Exit::Nothing => Exit::Some,
        other => other,
    })
}

/// The record itself, to look for copies of a text in it; the one that ships with the program has no texts.
fn record(args: &CheckArgs) -> Result<Option<Record>, Failure> {
    let path = args.record.as_deref().unwrap_or(Path::new(legation::STANDARD));
    if args.record.is_none() && !path.exists() {
        return Ok(None);
    }
    Ok(Some(Record::open_read_only(path)?))
}

/// What a record is, in a line.
fn told(history: &History) -> String {
    let about = history.about();
    let title = about.title.as_deref().map_or_else(String::new, |title| format!("{title}, "));
    let span = match (about.first_published, about.last_published) {
        (Some(first), Some(last)) => format!(", published {} to {}", first.date(), last.date()),
        _ => String::new(),
    };
    format!("{title}{}: {} documents, {} events{span}", about.place, about.documents, about.occurrences)
}

fn definition(reading: ReadingArg) -> Definition {
    match reading {
        ReadingArg::Organisation => Definition::Organisation,
        ReadingArg::DefencePact => Definition::DefencePact,
        ReadingArg::AnyTreaty => Definition::AnyTreaty,
    }
}

/// Claims by verdict, in the order of [`Verdict::ALL`].
#[derive(Default)]
struct Tally {
    counts: [usize; 6],
}

impl Tally {
    fn add(&mut self, report: &Report) {
        for (count, verdict) in self.counts.iter_mut().zip(Verdict::ALL) {
            *count += report.count(verdict);
        }
    }
}

impl std::fmt::Display for Tally {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let total: usize = self.counts.iter().sum();
        write!(f, "{total} {}", if total == 1 { "claim" } else { "claims" })?;
        let parts = self.counts.iter().zip(Verdict::ALL).filter(|(n, _)| **n > 0);
        for (i, (count, verdict)) in parts.enumerate() {
            write!(f, "{}{count} {}", if i == 0 { ": " } else { ", " }, verdict.name())?;
        }
        Ok(())
    }
}

/// One of the three forms.
enum Writer {
    Table { out: Out, style: Style, all: bool, begun: bool },
    Html { out: Out, begun: bool },
    Json { out: Out },
}

impl Writer {
    fn open(args: &CheckArgs) -> io::Result<Self> {
        let out = Out::open(args.out.as_deref())?;
        Ok(match args.format {
            CheckFormat::Table => {
                let style = if args.out.is_some() { Style::PLAIN } else { Style::of_stdout() };
                Self::Table { out, style, all: args.evidence, begun: false }
            }
            CheckFormat::Html => Self::Html { out, begun: false },
            CheckFormat::Json => Self::Json { out },
        })
    }

    fn document(&mut self, document: &Document, report: &Report) -> io::Result<()> {
        match self {
            Self::Table { out, style, all, begun } => {
                if std::mem::replace(begun, true) {
                    writeln!(out)?;
                }
                table::document(out, *style, document, report, *all)
            }
            Self::Html { out, begun } => {
                if !std::mem::replace(begun, true) {
                    page::begin(out)?;
                }
                page::document(out, document, report)
            }
            Self::Json { out } => {
                serde_json::to_writer(&mut *out, report)?;
                out.write_all(b"\n")
            }
        }
    }

    fn finish(self) -> io::Result<()> {
        match self {
            Self::Table { out, .. } | Self::Json { out } => out.commit(),
            Self::Html { mut out, begun } => {
                if !begun {
                    page::begin(&mut out)?;
                }
                page::end(&mut out)?;
                out.commit()
            }
        }
    }
}
