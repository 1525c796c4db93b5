//! `legation search`: documents by their words.

use crate::args::record::SearchArgs;
use crate::exit::{Exit, Failure};
use crate::out::Out;
use crate::record::open;
use crate::style::{Style, Tone, clean, keep_start, many};
use legation::store::Hit;
use std::io::{self, Write};

/// Runs the command.
pub fn run(args: &SearchArgs) -> Result<Exit, Failure> {
    let record = open(&args.record)?;
    let hits = record.search(&args.words.join(" "), args.limit)?;
    let mut out = Out::open(None).map_err(Failure::output(None))?;
    let style = Style::of_stdout();
    hits.iter()
        .try_for_each(|hit| match args.json {
            true => serde_json::to_writer(&mut out, hit).map_err(io::Error::from).and_then(|()| writeln!(out)),
            false => show(&mut out, style, hit),
        })
        .and_then(|()| out.commit())
        .map_err(Failure::output(None))?;
    eprintln!("{}", many(hits.len() as i64, "document"));
    Ok(Exit::Fine)
}

fn show(out: &mut dyn Write, style: Style, hit: &Hit) -> io::Result<()> {
    let title = hit.title.as_deref().unwrap_or(&hit.document);
    writeln!(out, "{}", style.paint(Tone::Strong, &keep_start(&clean(title), style.width())))?;
    let parts = [hit.publisher.as_deref(), hit.published.as_deref(), hit.url.as_deref()];
    let facts: Vec<String> = parts.into_iter().flatten().map(clean).collect();
    let facts = format!("{} · {} reports", facts.join(" · "), hit.reports);
    writeln!(out, "{}", style.paint(Tone::Dim, &keep_start(&facts, style.width())))?;
    writeln!(out, "{}\n", keep_start(&clean(&hit.snippet), 2 * style.width()))
}
