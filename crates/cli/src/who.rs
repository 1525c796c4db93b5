//! `legation who`: what the gazetteer knows of a name.

use crate::args::WhoArgs;
use crate::exit::{Exit, Failure};
use crate::out::Out;
use crate::portrait::{Portrait, portrait};
use crate::style::{Style, Tone, clean, keep_start, width, wrap};
use legation::gazetteer::{Gazetteer, What};
use std::io::{self, Write};

/// More candidates than this are shown a line each.
const FULL: usize = 4;
/// Columns of the labels on the left.
const MARGIN: usize = 14;
/// Columns of a time: `2001-01-25 on, seen 2025-06-30`.
const SPAN: usize = 30;
/// Columns of the sources: `COW; factbook`.
const SOURCE: usize = 13;

/// Runs the command.
pub fn run(args: &WhoArgs) -> Result<Exit, Failure> {
    let name = args.name.join(" ");
    let gazetteer = Gazetteer::embedded();
    let candidates = gazetteer.who(&name);
    if candidates.is_empty() {
        return Err(unknown(&name));
    }
    let mut portraits: Vec<Portrait> = candidates.iter().map(|c| portrait(gazetteer, c, args.on)).collect();
    // Whoever was in office on the day is meant first.
    portraits.sort_by_key(|p| (p.what, p.what == What::Person && args.on.is_some() && !p.in_office));
    let mut out = Out::open(None).map_err(Failure::output(None))?;
    if args.json {
        portraits.iter().try_for_each(|p| {
            serde_json::to_writer(&mut out, p)?;
            writeln!(out)
        })
    } else {
        show(&mut out, Style::of_stdout(), &portraits)
    }
    .and_then(|()| out.commit())
    .map_err(Failure::output(None))?;
    if portraits.len() > 1 && !args.json {
        eprintln!("{} candidates; the date and the context decide", portraits.len());
    }
    Ok(Exit::Fine)
}

/// The failure for a name that nothing has.
pub fn unknown(name: &str) -> Failure {
    Failure::Unknown(unheard(name))
}

/// That the gazetteer does not have a name, with names like it.
pub fn unheard(name: &str) -> String {
    let near = Gazetteer::embedded().near(name, 6);
    let like = if near.is_empty() { String::new() } else { format!("; names like it: {}", near.join(", ")) };
    format!("the gazetteer has no {:?}{like}", clean(name))
}

fn show(out: &mut dyn Write, style: Style, portraits: &[Portrait]) -> io::Result<()> {
    let many = |what: What| portraits.iter().filter(|p| p.what == what).count() > FULL;
    for (i, portrait) in portraits.iter().enumerate() {
        if many(portrait.what) {
            brief(out, style, portrait)?;
        } else {
            if i > 0 {
                writeln!(out)?;
            }
            full(out, style, portrait)?;
            // The sources are those of a table: once is enough for all that stand in it.
            if portraits.get(i + 1).is_none_or(|next| next.what != portrait.what) {
                Facts { out, style }.list("sources", &[portrait.sources.as_str()])?;
            }
        }
    }
    Ok(())
}

/// A person or place on one line.
fn brief(out: &mut dyn Write, style: Style, portrait: &Portrait) -> io::Result<()> {
    let what = match portrait.offices.last() {
        Some(office) => format!("{}, {}", office.title, office.span()),
        None => portrait.what.name().to_owned(),
    };
    let code = portrait.code.unwrap_or("–");
    let name = keep_start(portrait.name, 38);
    let line = format!("{name}{}  {code:4} {what}", " ".repeat(38 - width(&name)));
    writeln!(out, "{}", style.paint(Tone::Plain, &keep_start(&clean(&line), style.width())))
}

fn full(out: &mut dyn Write, style: Style, portrait: &Portrait) -> io::Result<()> {
    writeln!(out, "{}  {}", style.paint(Tone::Strong, &clean(portrait.name)), portrait.heading())?;
    let mut facts = Facts { out, style };
    facts.list("codes", &portrait.codes())?;
    facts.list("time", &portrait.times())?;
    facts.list("names", &portrait.names)?;
    facts.list("adjectives", &portrait.adjectives)?;
    facts.list("people", &portrait.people)?;
    facts.list("capitals", &portrait.capitals)?;
    facts.list("seats", &portrait.seats)?;
    facts.list("place", &portrait.place())?;
    if let (What::Person, true, Some(day)) = (portrait.what, portrait.offices.is_empty(), portrait.on) {
        facts.list("offices", &[format!("none known on {day}")])?;
    }
    for (i, office) in portrait.offices.iter().enumerate() {
        let label = if i > 0 { "" } else { "offices" };
        let who = office.person.map_or(String::new(), |person| format!("{person}, "));
        let state = if portrait.code == Some(office.state) { String::new() } else { format!("{} ", office.state) };
        facts.line(label, &format!("{who}{state}{}", office.title), &office.span(), office.source)?;
    }
    for (i, row) in portrait.memberships.iter().enumerate() {
        let label = if i > 0 { "" } else { portrait.memberships_label() };
        let party = if portrait.what == What::Organisation { row.state } else { row.organisation };
        let note = if row.note.is_empty() { String::new() } else { format!(" ({})", row.note) };
        let doubt = if row.held == Some(None) { "? " } else { "" };
        facts.line(label, &format!("{doubt}{party} {}{note}", row.status), &row.span(), row.source)?;
    }
    for (i, row) in portrait.alliances.iter().enumerate() {
        facts.line(if i > 0 { "" } else { "alliances" }, &row.types.join(", "), &row.span(), row.source)?;
        let treaty = if row.treaty.is_empty() { String::new() } else { format!("{}, ", row.treaty) };
        let note = if row.note.is_empty() { String::new() } else { format!(" ({})", row.note) };
        facts.list("", &[format!("{treaty}with {}{note}", row.partners.join(" "))])?;
    }
    Ok(())
}

/// Writes labelled facts below each other.
struct Facts<'a> {
    out: &'a mut dyn Write,
    style: Style,
}

impl Facts<'_> {
    fn label(&mut self, label: &str) -> io::Result<()> {
        let padded = format!("  {label:<w$}", w = MARGIN - 2);
        write!(self.out, "{}", self.style.paint(Tone::Dim, &padded))
    }

    /// Names after each other, broken between words.
    fn list<T: AsRef<str>>(&mut self, label: &str, items: &[T]) -> io::Result<()> {
        if items.iter().all(|item| item.as_ref().is_empty()) {
            return Ok(());
        }
        let text = items.iter().map(|item| clean(item.as_ref())).collect::<Vec<_>>().join("; ");
        let words: Vec<(String, Tone)> = text.split(' ').map(|word| (word.to_owned(), Tone::Plain)).collect();
        for (i, line) in wrap(&words, self.style.width() - MARGIN).iter().enumerate() {
            self.label(if i == 0 { label } else { "" })?;
            let words: Vec<&str> = line.iter().map(|(word, _)| word.as_str()).collect();
            writeln!(self.out, "{}", words.join(" "))?;
        }
        Ok(())
    }

    /// A fact with its time and its source at the right.
    fn line(&mut self, label: &str, what: &str, span: &str, source: &str) -> io::Result<()> {
        self.label(label)?;
        let room = self.style.width().saturating_sub(MARGIN + SPAN + SOURCE + 2);
        let what = keep_start(&clean(what), room);
        let space = " ".repeat(room.saturating_sub(width(&what)));
        writeln!(self.out, "{what}{space} {span:SPAN$} {}", self.style.paint(Tone::Dim, source))
    }
}
