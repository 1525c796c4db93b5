//! `legation status`: what is in a record.

use crate::args::record::StatusArgs;
use crate::exit::{Exit, Failure};
use crate::out::Out;
use crate::record::open;
use crate::style::clean;
use legation::store::Figures;
use std::io::{self, Write};

/// Runs the command.
pub fn run(args: &StatusArgs) -> Result<Exit, Failure> {
    let record = open(&args.record)?;
    let figures = record.figures()?;
    let about = record.about()?;
    let mut out = Out::open(None).map_err(Failure::output(None))?;
    match args.json {
        true => serde_json::to_writer(&mut out, &figures).map_err(io::Error::from).and_then(|()| writeln!(out)),
        false => show(&mut out, &figures, &about),
    }
    .and_then(|()| out.commit())
    .map_err(Failure::output(None))?;
    Ok(Exit::Fine)
}

fn show(out: &mut dyn Write, f: &Figures, about: &[(String, String)]) -> io::Result<()> {
    for (key, value) in about {
        writeln!(out, "{:<13}{}", clean(key), clean(value))?;
    }
    let span = |from: &Option<String>, to: &Option<String>| match (from, to) {
        (Some(from), Some(to)) => format!(", {from} to {to}"),
        _ => String::new(),
    };
    let published = span(&f.first_published, &f.last_published);
    writeln!(
        out,
        "{:<13}{}, {} with text; {} sources, {} publishers{published}",
        "documents", f.documents, f.documents_with_text, f.sources, f.publishers
    )?;
    writeln!(out, "{:<13}{}", "reports", f.reports)?;
    writeln!(
        out,
        "{:<13}{}, {} of them told by several reports{}",
        "occurrences",
        f.occurrences,
        f.merged,
        span(&f.first_event, &f.last_event)
    )?;
    let listed =
        |pairs: &[(String, i64)]| pairs.iter().map(|(name, n)| format!("{n} {name}")).collect::<Vec<_>>().join(", ");
    if f.occurrences > 0 {
        writeln!(out, "{:<13}{}", "", listed(&f.statuses))?;
        for types in f.types.chunks(6) {
            writeln!(out, "{:<13}{}", "", listed(types))?;
        }
    }
    writeln!(out, "{:<13}{}", "corrections", f.corrections)?;
    let last = f.last_written.as_deref().map(|at| format!(", the last at {at}")).unwrap_or_default();
    writeln!(
        out,
        "{:<13}{}{last}; {} rows superseded, {} diagnostics",
        "batches", f.batches, f.superseded, f.diagnostics
    )?;
    writeln!(out, "{:<13}format {}, {:.1} MB", "file", f.format, f.bytes as f64 / 1e6)
}
