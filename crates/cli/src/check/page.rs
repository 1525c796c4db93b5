//! The report as a page that stands alone: the text with its claims marked, the answers beside it. Nothing is loaded, no
//! script runs, and every word that comes from outside is escaped.

use legation::claims::{Claim, Evidence, Report, Verdict};
use legation::record::Document;
use std::io::{self, Write};

// The colours are those of Okabe and Ito (2008), made for colour-blind readers; each verdict has its own line and sign too.
const HEAD: &str = r#"<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Checked by Legation</title>
<style>
body { font: 16px/1.55 Georgia, serif; color: #1a1a1a; background: #fff; margin: 0 auto; max-width: 78rem; padding: 1.5rem; }
h1 { font-size: 1.4rem; line-height: 1.25; margin: 0 0 .3rem; }
.about, .legend { font: 13px/1.5 system-ui, sans-serif; color: #444; margin: 0 0 .8rem; }
.both { display: grid; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); gap: 2rem; border-top: 1px solid #bbb; padding-top: 1rem; }
@media (max-width: 50rem) { .both { grid-template-columns: minmax(0, 1fr); } }
.text p { white-space: pre-line; margin: 0 0 1em; overflow-wrap: anywhere; }
mark { color: inherit; background: none; padding: 0 .1em; border-bottom: 3px solid; text-decoration: none; }
mark a { color: inherit; text-decoration: none; }
mark sup { font: bold 10px/1 system-ui, sans-serif; margin-left: .1em; }
.claims { font: 14px/1.45 system-ui, sans-serif; }
.claim { border-left: 5px solid; padding: .1rem 0 .1rem .7rem; margin: 0 0 1.1rem; }
.claim:target { background: #f3f3f3; }
.claim h2 { font-size: 14px; margin: 0; }
.claim blockquote { margin: .15rem 0; font-family: Georgia, serif; overflow-wrap: anywhere; }
.claim .query { color: #555; font-size: 12px; margin: .2rem 0; overflow-wrap: anywhere; }
.claim .answer { margin: .1rem 0; overflow-wrap: anywhere; }
.claim ul { margin: .2rem 0; padding-left: 1.1rem; font-size: 12px; color: #444; overflow-wrap: anywhere; }
.supported { border-color: #009e73; background-color: #e5f5f1; }
.contradicted { border-color: #d55e00; background-color: #fbeee5; border-style: double; }
.missing { border-color: #0072b2; border-style: dashed; }
.outside { border-color: #56b4e9; border-style: dotted; }
.ambiguous { border-color: #e69f00; background-color: #fdf5e5; border-style: dashed; }
.unchecked { border-color: #999; border-style: dotted; }
.claim { background: none; }
@media print { body { max-width: none; } .both { display: block; } }
</style>
</head>
<body>
"#;

/// Writes what stands before the documents.
pub fn begin(out: &mut dyn Write) -> io::Result<()> {
    out.write_all(HEAD.as_bytes())?;
    write!(out, "<p class=\"legend\">")?;
    for verdict in Verdict::ALL {
        write!(out, "<mark class=\"{}\">{} {}</mark> ", class(verdict), sign(verdict), verdict.name())?;
    }
    writeln!(out, "</p>")
}

/// Writes what stands after them.
pub fn end(out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "</body>\n</html>")
}

/// Writes a document with its report.
pub fn document(out: &mut dyn Write, document: &Document, report: &Report) -> io::Result<()> {
    let title = document.title.as_deref().unwrap_or(&document.origin);
    writeln!(out, "<h1>{}</h1>", escaped(title))?;
    let as_of = report.as_of.as_deref().unwrap_or("no day: the text has no date, and everything was used");
    writeln!(out, "<p class=\"about\">As of {}. Asked: {}.</p>", escaped(as_of), escaped(&report.record))?;
    // Anchors must differ between the documents of one page.
    let key: String = document.hash.chars().take(8).collect();
    writeln!(out, "<div class=\"both\">\n<div class=\"text\">")?;
    text(out, document, report, &key)?;
    writeln!(out, "</div>\n<div class=\"claims\">")?;
    for (i, claim) in report.claims.iter().enumerate() {
        note(out, claim, i, &key)?;
    }
    writeln!(out, "</div>\n</div>")
}

/// The text in paragraphs, claims marked. Of claims that overlap the first is marked; the others follow it by their signs.
fn text(out: &mut dyn Write, document: &Document, report: &Report, key: &str) -> io::Result<()> {
    let text = document.text.as_str();
    let mut at = 0;
    write!(out, "<p>")?;
    for (i, claim) in report.claims.iter().enumerate() {
        let (start, end) = (claim.start as usize, claim.end as usize);
        let sup = format!("<sup><a href=\"#c{key}-{}\">{}{}</a></sup>", i + 1, sign(claim.verdict), i + 1);
        if start < at {
            write!(out, "{sup}")?;
            continue;
        }
        paragraphs(out, text.get(at..start).unwrap_or_default())?;
        let words = text.get(start..end).unwrap_or_default();
        write!(out, "<mark class=\"{}\">{}{sup}</mark>", class(claim.verdict), escaped(words))?;
        at = end;
    }
    paragraphs(out, text.get(at..).unwrap_or_default())?;
    writeln!(out, "</p>")
}

fn paragraphs(out: &mut dyn Write, text: &str) -> io::Result<()> {
    for (i, part) in text.split("\n\n").enumerate() {
        if i > 0 {
            write!(out, "</p>\n<p>")?;
        }
        write!(out, "{}", escaped(part))?;
    }
    Ok(())
}

fn note(out: &mut dyn Write, claim: &Claim, i: usize, key: &str) -> io::Result<()> {
    writeln!(out, "<div class=\"claim {}\" id=\"c{key}-{}\">", class(claim.verdict), i + 1)?;
    writeln!(
        out,
        "<h2>{} {}. {} <small>({})</small></h2>",
        sign(claim.verdict),
        i + 1,
        claim.verdict.name(),
        claim.kind.name()
    )?;
    writeln!(out, "<blockquote>{}</blockquote>", escaped(&claim.text))?;
    for reading in &claim.readings {
        if !reading.query.is_empty() {
            writeln!(out, "<p class=\"query\">{}</p>", escaped(&reading.query))?;
        }
        let mark =
            if claim.readings.len() > 1 { format!(" <em>[{}]</em>", reading.verdict.name()) } else { String::new() };
        writeln!(out, "<p class=\"answer\">{}{mark}</p>", escaped(&reading.answer))?;
        if !reading.evidence.is_empty() {
            writeln!(out, "<ul>")?;
            reading.evidence.iter().try_for_each(|row| evidence(out, row))?;
            writeln!(out, "</ul>")?;
        }
    }
    writeln!(out, "</div>")
}

fn evidence(out: &mut dyn Write, row: &Evidence) -> io::Result<()> {
    write!(out, "<li>{}", escaped(&row.source))?;
    if let Some(id) = &row.id {
        write!(out, " <code>{}</code>", escaped(id))?;
    }
    if let Some(date) = &row.date {
        write!(out, " {}", escaped(date))?;
    }
    write!(out, ": {}", escaped(&row.text))?;
    // Only addresses of the web become links: a text may name any other.
    if let Some(url) = row.url.as_deref().filter(|url| url.starts_with("https://") || url.starts_with("http://")) {
        write!(out, " <a rel=\"noreferrer nofollow\" href=\"{}\">source</a>", escaped(url))?;
    }
    writeln!(out, "</li>")
}

fn class(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Supported => "supported",
        Verdict::Contradicted => "contradicted",
        Verdict::NotInRecord => "missing",
        Verdict::OutsideCoverage => "outside",
        Verdict::Ambiguous => "ambiguous",
        Verdict::NotCheckable => "unchecked",
    }
}

fn sign(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Supported => "✓",
        Verdict::Contradicted => "✗",
        Verdict::NotInRecord => "○",
        Verdict::OutsideCoverage => "–",
        Verdict::Ambiguous => "?",
        Verdict::NotCheckable => "·",
    }
}

/// Text as it may stand in HTML, in elements and in quoted attributes; control characters go.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(c),
            // Controls, and the characters that turn the direction of what follows.
            c if c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}') => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use legation::claims::{Kind, Reading};

    #[test]
    fn a_hostile_text_stays_text() {
        let words = "<script>alert(1)</script>";
        let text = format!("A \"{words}\" & \u{202e}more");
        let start = text.find('<').unwrap_or_default() as u32;
        let evidence = Evidence {
            source: "x'><b>".to_owned(),
            url: Some("javascript:alert(1)".to_owned()),
            ..Evidence::default()
        };
        let reading = Reading {
            query: words.to_owned(),
            answer: words.to_owned(),
            verdict: Verdict::Supported,
            evidence: vec![evidence],
        };
        let claim = Claim {
            text: words.to_owned(),
            start,
            end: start + words.len() as u32,
            kind: Kind::Event,
            verdict: Verdict::Supported,
            readings: vec![reading],
        };
        let report = Report { document: String::new(), as_of: None, record: words.to_owned(), claims: vec![claim] };
        let subject = Document { text, title: Some(words.to_owned()), ..Document::default() };
        let mut out = Vec::new();
        document(&mut out, &subject, &report).expect("memory takes it");
        let page = String::from_utf8(out).expect("it is text");
        assert!(!page.contains("<script") && !page.contains("javascript:") && !page.contains("<b>"), "{page}");
        assert!(!page.contains('\u{202e}'));
        assert!(page.contains("<mark class=\"supported\">&lt;script&gt;"), "{page}");
    }
}
