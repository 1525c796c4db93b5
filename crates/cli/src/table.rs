//! The table: two lines an event, the second of which is the proof.

use crate::style::{Style, Tone, clean, keep_end, keep_start, width, wrap};
use legation::record::{Document, Event, Participant, Status};
use std::io::{self, Write};

const DATE: usize = 10;
const ACT: usize = 20;
const PLACE: usize = 16;
const GAP: usize = 2;

/// Whether the table shows events of this status: what happened, not what may, will or did not.
pub fn shows(status: Status) -> bool {
    matches!(status, Status::Actual | Status::Historical)
}

/// Writes the names of the columns.
pub fn header(out: &mut dyn Write, style: Style) -> io::Result<()> {
    let who = who_columns(style);
    let line = format!("{:DATE$}  {:ACT$}  {:who$}  where", "date", "event", "who → to whom");
    writeln!(out, "{}", style.paint(Tone::Dim, &line))
}

/// Writes what the document is: its headline, who published it when, and where it was read.
pub fn document(out: &mut dyn Write, style: Style, document: &Document) -> io::Result<()> {
    let title = document.title.as_deref().map(clean).filter(|t| !t.is_empty());
    let origin = clean(&document.origin);
    let mut facts: Vec<String> = Vec::new();
    facts.extend(document.publisher.as_deref().map(clean));
    facts.extend(document.published.map(|d| d.to_string()));
    facts.extend(title.is_some().then(|| origin.clone()));
    writeln!(out, "\n{}", style.paint(Tone::Strong, &keep_start(title.as_deref().unwrap_or(&origin), style.width())))?;
    if !facts.is_empty() {
        writeln!(out, "{}", style.paint(Tone::Dim, &keep_start(&facts.join(" · "), style.width())))?;
    }
    Ok(())
}

/// Writes one event: its cells, then the words of the document that say so.
pub fn event(out: &mut dyn Write, style: Style, event: &Event) -> io::Result<()> {
    event_by(out, style, event, None)
}

/// Writes one event of a record: where nothing dates it, the day it was published stands there, and says so.
pub fn event_by(out: &mut dyn Write, style: Style, event: &Event, published: Option<&str>) -> io::Result<()> {
    let undated = published.filter(|_| event.date.is_none());
    let date = event.date.as_ref().map(|d| d.value.as_str()).or(undated).unwrap_or("–").to_owned();
    let mut dates = vec![vec![(date, if undated.is_some() { Tone::Dim } else { Tone::Plain })]];
    if event.status != Status::Actual {
        dates.push(vec![(event.status.name().to_owned(), Tone::Dim)]);
    } else if undated.is_some() {
        dates.push(vec![("published".to_owned(), Tone::Dim)]);
    }
    let mut act = vec![(event.event_type.name().to_owned(), Tone::of(event.quad_class))];
    act.extend(event.event_mode.iter().map(|m| (clean(m), Tone::Plain)));
    let place = event.place.as_ref().map(|p| words(&clean(&p.name), Tone::Plain)).unwrap_or_default();
    let columns = [
        (dates, DATE),
        (wrap(&act, ACT), ACT),
        (wrap(&who(event), who_columns(style)), who_columns(style)),
        (wrap(&place, PLACE), PLACE),
    ];
    // The status stands beside the quotation unless the cells are higher than one line anyway.
    let height = columns[1..].iter().map(|(lines, _)| lines.len()).max().unwrap_or(1).max(1);
    for row in 0..height {
        let cells: Vec<(&[_], usize)> =
            columns.iter().map(|(lines, wide)| (lines.get(row).map_or(&[][..], Vec::as_slice), *wide)).collect();
        writeln!(out, "{}", line(style, &cells))?;
    }
    let status = if height == 1 { columns[0].0.get(1).map_or(&[][..], Vec::as_slice) } else { &[] };
    // A record may be without text: then it says at least where the report stands.
    let quotation = match event.evidence.text.is_empty() {
        true => vec![(keep_start(&standing(event), style.width() - DATE - GAP), Tone::Dim)],
        false => evidence(event, style.width() - DATE - GAP),
    };
    writeln!(out, "{}", line(style, &[(status, DATE), (&quotation, 0)]))
}

/// Who reported the event, and when.
fn standing(event: &Event) -> String {
    let document = &event.document;
    let parts = [document.publisher.as_deref(), document.published.as_deref(), document.title.as_deref()];
    parts.into_iter().flatten().map(clean).collect::<Vec<_>>().join(" · ")
}

fn who_columns(style: Style) -> usize {
    style.width() - DATE - ACT - PLACE - 3 * GAP
}

fn words(text: &str, tone: Tone) -> Vec<(String, Tone)> {
    text.split(' ').filter(|w| !w.is_empty()).map(|w| (w.to_owned(), tone)).collect()
}

/// "Russia (RUS GOV), Azerbaijan (AZE GOV) → …".
fn who(event: &Event) -> Vec<(String, Tone)> {
    let mut out = list(&event.actors);
    if !event.recipients.is_empty() {
        out.push(("→".to_owned(), Tone::Dim));
        out.extend(list(&event.recipients));
    }
    out
}

fn list(participants: &[Participant]) -> Vec<(String, Tone)> {
    if participants.is_empty() {
        return vec![("–".to_owned(), Tone::Dim)];
    }
    let mut out = Vec::new();
    for (i, participant) in participants.iter().enumerate() {
        let comma = if i + 1 < participants.len() { "," } else { "" };
        let name = clean(&participant.name);
        let code = participant.code.as_deref().unwrap_or("?");
        let mut codes: Vec<&str> = Vec::new();
        if code != name {
            codes.push(code);
        }
        codes.extend(participant.sectors.iter().map(String::as_str));
        out.extend(words(&name, Tone::Plain));
        if codes.is_empty() {
            if let Some(last) = out.last_mut() {
                last.0.push_str(comma);
            }
        } else {
            // The codes stay together: they are short, and one code on a line of its own reads like a name.
            out.push((format!("({}){comma}", clean(&codes.join(" "))), Tone::Dim));
        }
    }
    out
}

/// The sentence, or as much of it around the trigger as fits; the trigger in brackets, the speaker at the end.
fn evidence(event: &Event, columns: usize) -> Vec<(String, Tone)> {
    let sentence = &event.evidence;
    let speaker = event.attribution.as_ref().map(|a| keep_start(&clean(&a.speaker), 30)).filter(|s| !s.is_empty());
    let speaker = speaker.map(|s| format!(" – {s}")).unwrap_or_default();
    let cut = |from: u32, to: u32| {
        let at = |i: u32| (i.saturating_sub(sentence.start)) as usize;
        sentence.text.get(at(from)..at(to)).map(clean).unwrap_or_default()
    };
    let trigger = cut(sentence.trigger.start, sentence.trigger.end);
    let before = cut(sentence.start, sentence.trigger.start);
    let after = cut(sentence.trigger.end, sentence.end);
    // “ [ ] ” take four columns.
    let room = columns.saturating_sub(4 + width(&speaker));
    let trigger = keep_start(trigger.trim(), room);
    let room = room.saturating_sub(width(&trigger));
    let left = width(&before).min((room / 2).max(room.saturating_sub(width(&after))));
    let before = keep_end(&before, left);
    let after = keep_start(&after, room - width(&before));
    vec![
        (format!("“{before}"), Tone::Dim),
        (format!("[{trigger}]"), Tone::Strong),
        (format!("{after}”{speaker}"), Tone::Dim),
    ]
}

/// Cells side by side. A cell of width 0 takes its parts as they are; in the others a blank parts the words.
fn line(style: Style, cells: &[(&[(String, Tone)], usize)]) -> String {
    let mut out = String::new();
    let mut owed = 0;
    for (parts, wide) in cells {
        let mut used = 0;
        for (i, (part, tone)) in parts.iter().enumerate() {
            let blank = usize::from(i > 0 && *wide > 0);
            out.push_str(&" ".repeat(std::mem::take(&mut owed) + blank));
            out.push_str(&style.paint(*tone, part));
            used += blank + width(part);
        }
        owed += wide.saturating_sub(used) + GAP;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    fn check(event: &Event) -> String {
        let mut out = Vec::new();
        super::event(&mut out, Style::PLAIN, event).expect("a vector takes all");
        String::from_utf8(out).expect("the table is UTF-8")
    }

    #[test]
    fn two_lines_an_event() {
        assert_eq!(
            check(&sample::visit()),
            "2024-04-22  CONSULT visit         Ilham Aliyev (AZE GOV) → Russia (RUS)             Moscow\n\
             historical  “Aliyev [visited] Moscow on 22 April, where he met Putin.” – the Kremlin\n"
        );
    }

    #[test]
    fn nothing_is_wider_than_the_table() {
        let mut event = sample::visit();
        event.actors = vec![event.actors[0].clone(); 7];
        event.evidence.text = format!("{} so {}", "Before that ".repeat(20), "and after it ".repeat(20));
        event.evidence.trigger.start = event.evidence.start + 241;
        event.evidence.trigger.end = event.evidence.trigger.start + 2;
        event.evidence.end = event.evidence.start + event.evidence.text.len() as u32;
        let table = check(&event);
        assert!(table.contains("[so]"), "{table}");
        for line in table.lines() {
            assert!(width(line) <= 100, "{} columns: {line}", width(line));
        }
    }

    #[test]
    fn what_a_document_says_cannot_colour_the_table() {
        let mut event = sample::visit();
        event.actors[0].name = "\x1b[2Jgone".to_owned();
        assert!(!check(&event).contains('\x1b'));
    }
}
