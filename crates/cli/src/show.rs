//! `legation show`: an occurrence with its reports and the words that say so.

use crate::args::record::ShowArgs;
use crate::exit::{Exit, Failure};
use crate::out::Out;
use crate::record::{batch, open};
use crate::style::{Style, Tone, clean, keep_start, many, wrap};
use crate::table;
use legation::store::{Error, Shown};
use std::io::{self, Write};

/// Runs the command.
pub fn run(args: &ShowArgs) -> Result<Exit, Failure> {
    let record = open(&args.record)?;
    let as_of = batch(&record, args.as_of.as_deref())?;
    let shown = record.show(&args.id, as_of).map_err(|error| match error {
        Error::Asked(message) => Failure::Unknown(message),
        other => other.into(),
    })?;
    let mut out = Out::open(None).map_err(Failure::output(None))?;
    match args.json {
        true => serde_json::to_writer(&mut out, &shown).map_err(io::Error::from).and_then(|()| writeln!(out)),
        false => show(&mut out, Style::of_stdout(), &shown),
    }
    .and_then(|()| out.commit())
    .map_err(Failure::output(None))?;
    Ok(Exit::Fine)
}

fn show(out: &mut dyn Write, style: Style, shown: &Shown) -> io::Result<()> {
    let found = &shown.occurrence;
    let dim = |text: &str| style.paint(Tone::Dim, &keep_start(&clean(text), style.width())).into_owned();
    let published = match (&found.first_published, &found.last_published) {
        (Some(first), Some(last)) if first != last => format!("{first} to {last}"),
        (first, _) => first.clone().unwrap_or_else(|| "no one knows when".to_owned()),
    };
    table::header(out, style)?;
    table::event_by(out, style, &found.event, found.first_published.as_deref())?;
    writeln!(
        out,
        "{}",
        dim(&format!(
            "{} · {}, {}, {} · published {}",
            found.event.id,
            many(found.reports, "report"),
            many(found.sources, "source"),
            many(found.publishers, "publisher"),
            published,
        ))
    )?;
    for member in &shown.members {
        let document = &member.report.document;
        let parts = [document.publisher.as_deref(), document.published.as_deref(), document.title.as_deref()];
        let facts: Vec<String> = parts.into_iter().flatten().map(clean).collect();
        writeln!(out, "\n{}", style.paint(Tone::Strong, &keep_start(&facts.join(" · "), style.width())))?;
        let origin = document.url.as_deref().or(member.origin.as_deref()).unwrap_or_default();
        writeln!(out, "{}", dim(&format!("{} · {}", member.report.id, origin)))?;
        table::event_by(out, style, &member.report, document.published.as_deref())?;
        if let (Some(like), Some(grounds)) = (&member.like, &member.grounds) {
            // The grounds are what a reader checks a merge by: they are told whole.
            let words = format!("the same as {like}: {}", clean(grounds));
            let words: Vec<_> = words.split(' ').map(|word| (word.to_owned(), Tone::Dim)).collect();
            for line in wrap(&words, style.width()) {
                let line: Vec<&str> = line.iter().map(|(word, _)| word.as_str()).collect();
                writeln!(out, "{}", style.paint(Tone::Dim, &line.join(" ")))?;
            }
        }
        if let Some(source) = &member.source {
            writeln!(out, "{}", dim(&format!("a near-copy: counts with others as source {source}")))?;
        }
        writeln!(out, "{}", dim(&format!("coded by {} · rule {}", member.report.coder, member.report.rule)))?;
    }
    if !shown.corrections.is_empty() {
        writeln!(out)?;
    }
    for c in &shown.corrections {
        let undone = c.undone.map(|batch| format!(", undone in batch {batch}")).unwrap_or_default();
        let fields = c.fields.as_deref().map(|f| format!(" {f}")).unwrap_or_default();
        let line = format!(
            "correction {}: {}{fields} by {} on {}: {}{undone}",
            c.number, c.action, c.person, c.written, c.reason
        );
        writeln!(out, "{}", clean(&line))?;
    }
    Ok(())
}
