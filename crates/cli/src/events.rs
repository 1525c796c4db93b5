//! `legation events`: what the record says happened.

use crate::args::OutputFormat;
use crate::args::record::EventsArgs;
use crate::exit::{Exit, Failure};
use crate::flat::{self, Flat};
use crate::out::Out;
use crate::parquet_file;
use crate::record::{filter, open, strangers};
use crate::sheet::Kind;
use crate::style::{Style, Tone, many};
use crate::table;
use crate::who::unheard;
use legation::columns::ParquetFile;
use legation::store::Found;
use std::io::{self, IsTerminal, Write};

/// Columns that a record adds to those of an event.
pub const MORE: [(&str, Kind, &str); 6] = [
    ("reports", Kind::Int, "number of reports"),
    ("sources", Kind::Int, "number of their documents that are not near-copies of each other"),
    ("publishers", Kind::Int, "number of publishers"),
    ("first_published", Kind::Text, "first publication, YYYY-MM-DD"),
    ("last_published", Kind::Text, "last publication, YYYY-MM-DD"),
    ("occurrence", Kind::Text, "the occurrence a report belongs to; for an occurrence its own id"),
];

const MORE_FIELDS: &str = "required int64 reports; required int64 sources; required int64 publishers;
  optional binary first_published (UTF8); optional binary last_published (UTF8); required binary occurrence (UTF8);";

/// Runs the command.
pub fn run(args: &EventsArgs) -> Result<Exit, Failure> {
    if args.format == OutputFormat::Parquet && args.out.is_none() && io::stdout().is_terminal() {
        return Err(Failure::Usage("Parquet is not for a terminal: name a file with --out".to_owned()));
    }
    let record = open(&args.record)?;
    let filter = filter(args, &record)?;
    let fails = || Failure::output(args.out.as_deref());
    let mut writer = Writer::open(args.format, args.out.as_deref()).map_err(fails())?;
    let mut count = 0;
    record.events(&filter, |found| {
        count += 1;
        writer.event(&found).map_err(fails())
    })?;
    writer.finish().map_err(fails())?;
    eprintln!("{}", many(count, if args.reports { "report" } else { "occurrence" }));
    if count == 0 {
        strangers(&args.filter).for_each(|name| eprintln!("{}", unheard(name)));
    }
    Ok(Exit::Fine)
}

/// One of the four forms.
pub enum Writer {
    /// For reading.
    Table { out: Out, style: Style, begun: bool },
    /// One JSON object a line.
    Jsonl(Out),
    /// One row an event.
    Csv(Box<Flat<Out>>),
    /// Nested, zstd.
    Parquet(Box<ParquetFile<Out>>),
}

impl Writer {
    /// Opens the file, or standard output.
    pub fn open(format: OutputFormat, path: Option<&std::path::Path>) -> io::Result<Self> {
        let out = Out::open(path)?;
        Ok(match format {
            OutputFormat::Table => {
                let style = if path.is_some() { Style::PLAIN } else { Style::of_stdout() };
                Self::Table { out, style, begun: false }
            }
            OutputFormat::Jsonl => Self::Jsonl(out),
            OutputFormat::Csv => Self::Csv(Box::new(Flat::new(out, &MORE.map(|(name, _, _)| name))?)),
            OutputFormat::Parquet => Self::Parquet(Box::new(parquet_file::of_record(out, MORE_FIELDS)?)),
        })
    }

    /// Writes one.
    pub fn event(&mut self, found: &Found) -> io::Result<()> {
        match self {
            Self::Table { out, style, begun } => {
                if !std::mem::replace(begun, true) {
                    table::header(out, *style)?;
                }
                table::event_by(out, *style, &found.event, found.first_published.as_deref())?;
                let many = if found.reports > 1 {
                    let numbers =
                        [(found.reports, "report"), (found.sources, "source"), (found.publishers, "publisher")];
                    format!("  {}", numbers.map(|(number, thing)| many(number, thing)).join(", "))
                } else {
                    String::new()
                };
                writeln!(out, "{}", style.paint(Tone::Dim, &format!("            {}{many}", found.event.id)))
            }
            Self::Jsonl(out) => {
                serde_json::to_writer(&mut *out, found)?;
                out.write_all(b"\n")
            }
            Self::Csv(rows) => {
                let text = |value: &Option<String>| value.as_deref().map(flat::text).unwrap_or_default();
                let more = [
                    found.reports.to_string(),
                    found.sources.to_string(),
                    found.publishers.to_string(),
                    text(&found.first_published),
                    text(&found.last_published),
                    flat::text(&found.occurrence),
                ];
                rows.event(&found.event, &more)
            }
            Self::Parquet(file) => file.row(&serde_json::to_value(found)?),
        }
    }

    /// Completes the output; without it a file that was asked for does not appear.
    pub fn finish(self) -> io::Result<()> {
        match self {
            Self::Table { out, .. } | Self::Jsonl(out) => out.commit(),
            Self::Csv(rows) => rows.finish()?.commit(),
            Self::Parquet(file) => file.finish()?.commit(),
        }
    }
}
