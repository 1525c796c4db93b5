//! The report for reading.

use crate::style::{Style, Tone, clean, keep_start, wrap};
use legation::claims::{Claim, Evidence, Report, Verdict};
use legation::record::Document;
use std::io::{self, Write};

/// Rows shown of what an answer rests on, where not all are asked for.
const FEW: usize = 3;

/// Writes a document's report.
pub fn document(out: &mut dyn Write, style: Style, document: &Document, report: &Report, all: bool) -> io::Result<()> {
    let title = document.title.as_deref().unwrap_or(&document.origin);
    let title = keep_start(&clean(title), style.width());
    writeln!(out, "{}", style.paint(Tone::Strong, &title))?;
    let as_of = match &report.as_of {
        Some(day) => format!("as of {day}"),
        None => "as of no day (the text has no date): everything was used".to_owned(),
    };
    let told = clean(&format!("{as_of}; asked: {}", report.record));
    lines(out, style, Tone::Dim, "", &told)?;
    if report.claims.is_empty() {
        writeln!(out, "No checkable statement was found.")?;
    }
    report.claims.iter().try_for_each(|one| claim(out, style, one, all))
}

fn claim(out: &mut dyn Write, style: Style, claim: &Claim, all: bool) -> io::Result<()> {
    let words: Vec<&str> = claim.text.split_whitespace().collect();
    let told = clean(&format!("“{}”", words.join(" ")));
    let tone = match claim.verdict {
        Verdict::Supported | Verdict::Contradicted => Tone::Strong,
        Verdict::NotCheckable => Tone::Dim,
        _ => Tone::Plain,
    };
    writeln!(out)?;
    let verdict = format!("{:18}", claim.verdict.name());
    let rows = wrap(&units(&told, Tone::Plain), style.width().saturating_sub(19));
    for (i, row) in rows.iter().enumerate() {
        let head = if i == 0 { style.paint(tone, &verdict).into_owned() } else { " ".repeat(18) };
        writeln!(out, "{head} {}", joined(row))?;
    }
    for reading in &claim.readings {
        let mark = if claim.readings.len() > 1 { format!(" [{}]", reading.verdict.name()) } else { String::new() };
        if !reading.query.is_empty() {
            lines(out, style, Tone::Dim, "asked", &clean(&reading.query))?;
        }
        lines(out, style, Tone::Plain, "answer", &clean(&format!("{}{mark}", reading.answer)))?;
        let shown = if all { reading.evidence.len() } else { FEW };
        for row in reading.evidence.iter().take(shown) {
            lines(out, style, Tone::Dim, "", &clean(&evidence(row)))?;
        }
        if reading.evidence.len() > shown {
            let more = reading.evidence.len() - shown;
            lines(out, style, Tone::Dim, "", &format!("… {more} more; --evidence shows all"))?;
        }
    }
    Ok(())
}

fn evidence(row: &Evidence) -> String {
    let id = row.id.as_deref().map_or_else(String::new, |id| format!(" {id}"));
    let date = row.date.as_deref().map_or_else(String::new, |date| format!(" {date}:"));
    format!("{}{id}{date} {}", row.source, row.text)
}

/// Wrapped lines under the claim, the first with a name before it.
fn lines(out: &mut dyn Write, style: Style, tone: Tone, name: &str, text: &str) -> io::Result<()> {
    let indent = if name.is_empty() && tone == Tone::Dim && !text.starts_with("as of") { 28 } else { 19 };
    let indent = if text.starts_with("as of") { 0 } else { indent };
    let room = style.width().saturating_sub(indent + 8).max(30);
    for (i, row) in wrap(&units(text, tone), room).iter().enumerate() {
        let line = joined(row);
        let head = if name.is_empty() { String::new() } else { format!("{:8} ", if i == 0 { name } else { "" }) };
        writeln!(out, "{}{}", " ".repeat(indent), style.paint(tone, &format!("{head}{line}")))?;
    }
    Ok(())
}

/// A text as words that may be wrapped.
fn units(text: &str, tone: Tone) -> Vec<(String, Tone)> {
    text.split_whitespace().map(|word| (word.to_owned(), tone)).collect()
}

fn joined(row: &[(String, Tone)]) -> String {
    row.iter().map(|(word, _)| word.as_str()).collect::<Vec<_>>().join(" ")
}
