//! What the commands that ask a history have in common: which record, which sides, how events, records and numbers are told.

use crate::exit::Failure;
use crate::style::{Style, Tone, clean, keep_end, keep_start, width};
use crate::who::unknown;
use legation::analysis::{About, History, Occurrence, Participant, Party};
use legation::gazetteer::{Gazetteer, What};
use serde::Serialize;
use std::io::{self, Write};
use std::path::Path;

/// Reads the record that is asked; without one that of the folder or the world.
pub fn history(record: Option<&Path>) -> Result<History, Failure> {
    Ok(legation::history(record)?)
}

/// The two sides of a dyad.
pub fn sides(history: &History, a: &str, b: &str) -> Result<(Party, Party), Failure> {
    let gazetteer = Gazetteer::embedded();
    let (a, b) = (party(a, gazetteer, history)?, party(b, gazetteer, history)?);
    if a == b {
        return Err(Failure::Usage(format!("both sides are {}", a.name(gazetteer))));
    }
    Ok((a, b))
}

/// What the record is, in one line.
pub fn about(about: &About) -> String {
    let mut parts = vec![about.title.as_deref().unwrap_or(&about.place).to_owned()];
    if about.title.is_some() {
        parts.push(about.place.clone());
    }
    parts.extend(about.licence.clone());
    parts.join(" · ")
}

/// The record's figures, in one line.
pub fn figures(about: &About) -> String {
    let day = |day: Option<legation::analysis::Day>| day.map_or("?".to_owned(), |day| day.to_string());
    format!(
        "{} documents, {} reports, {} occurrences; published {} to {}",
        grouped(about.documents),
        grouped(about.reports),
        grouped(about.occurrences),
        day(about.first_published),
        day(about.last_published)
    )
}

/// A number with its thousands parted: 72,512.
pub fn grouped(number: u32) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A number with as many digits as it bears: 12.3, 1.23, 0.0123.
pub fn short(value: f64) -> String {
    let size = value.abs();
    match () {
        () if size >= 99.95 => format!("{value:.0}"),
        () if size >= 9.995 => format!("{value:.1}"),
        () if size >= 0.0995 || size == 0.0 => format!("{value:.2}"),
        () => format!("{value:.3}"),
    }
}

/// Writes an event: when, what, who to whom, where; the words that say so and where they stand.
pub fn event(out: &mut dyn Write, style: Style, occurrence: &Occurrence<'_>, indent: usize) -> io::Result<()> {
    let blank = " ".repeat(indent);
    let when = occurrence.around().map_or("–".to_owned(), |when| when.to_string());
    let mut act = occurrence.event_type().name().to_owned();
    if !occurrence.modes().is_empty() {
        act = format!("{act} {}", clean(occurrence.modes()));
    }
    let place = occurrence.place().map(|place| format!(" · {}", clean(place.name))).unwrap_or_default();
    let room = style.width().saturating_sub(indent + width(&when) + width(&act) + 4);
    let who = keep_start(&format!("{}{place}", who(occurrence)), room);
    let act = style.paint(Tone::of(occurrence.quad_class()), &act).into_owned();
    writeln!(out, "{blank}{when}  {act}  {who}")?;
    let columns = style.width().saturating_sub(indent + 2);
    writeln!(out, "{blank}  {}", style.paint(Tone::Dim, &keep_start(&quotation(occurrence, columns), columns)))?;
    let mut facts = vec![occurrence.id()];
    if occurrence.reports() > 1 {
        facts.push(format!("{} reports", occurrence.reports()));
    }
    facts.push(format!("confidence {:.2}", occurrence.confidence()));
    facts.extend(occurrence.publisher().map(clean));
    facts.extend(occurrence.url().map(clean));
    writeln!(out, "{blank}  {}", style.paint(Tone::Dim, &keep_start(&facts.join(" · "), columns)))
}

/// "Russia, Azerbaijan → …".
fn who(occurrence: &Occurrence<'_>) -> String {
    let list = |parts: &mut dyn Iterator<Item = Participant<'_>>| {
        let names: Vec<String> = parts.map(|part| clean(part.name)).collect();
        if names.is_empty() { "–".to_owned() } else { names.join(", ") }
    };
    let actors = list(&mut occurrence.actors());
    match occurrence.recipients().next() {
        Some(_) => format!("{actors} → {}", list(&mut occurrence.recipients())),
        None => actors,
    }
}

/// The sentence around the words that name the act, or those words alone.
fn quotation(occurrence: &Occurrence<'_>, columns: usize) -> String {
    let trigger = occurrence.trigger();
    let Some(sentence) = occurrence.sentence() else {
        return if trigger.is_empty() { String::new() } else { format!("“[{}]”", clean(trigger)) };
    };
    let Some((before, after)) = sentence.split_once(trigger).filter(|_| !trigger.is_empty()) else {
        return format!("“{}”", keep_start(&clean(sentence), columns.saturating_sub(2)));
    };
    let (before, trigger, after) = (clean(before), clean(trigger), clean(after));
    let room = columns.saturating_sub(width(&trigger) + 4);
    let left = width(&before).min((room / 2).max(room.saturating_sub(width(&after))));
    let before = keep_end(&before, left);
    let after = keep_start(&after, room.saturating_sub(width(&before)));
    format!("“{before}[{trigger}]{after}”")
}

/// The state, territory or organisation that a name means.
pub fn code(name: &str, gazetteer: &'static Gazetteer) -> Result<Party, Failure> {
    let found = gazetteer.who(name);
    let coded = found.iter().filter(|c| matches!(c.what, What::State | What::Territory | What::Organisation));
    let code = coded.filter_map(|c| c.main().code).next();
    code.map(|code| Party::Code(code.to_owned())).ok_or_else(|| unknown(name))
}

/// A side: a state, an organisation, or a group that the record knows.
pub fn party(name: &str, gazetteer: &'static Gazetteer, history: &History) -> Result<Party, Failure> {
    Party::find(name, gazetteer, history).ok_or_else(|| {
        let known = !gazetteer.who(name).is_empty();
        let message = format!("nobody named {:?} takes part in an event of the record", clean(name));
        if known { Failure::Unknown(message) } else { unknown(name) }
    })
}

/// What the record is, for the head of an answer and the caption of a picture.
#[derive(Clone, Debug, Serialize)]
pub struct Source {
    /// Where it was read.
    pub place: String,
    /// Its title.
    pub title: Option<String>,
    /// Its licence.
    pub licence: Option<String>,
    /// Whom to name when using it.
    pub attribution: Option<String>,
    /// First publication.
    pub first_published: Option<String>,
    /// Last publication.
    pub last_published: Option<String>,
    /// Documents, also those in which nothing was coded.
    pub documents: u32,
    /// Reports of events.
    pub reports: u32,
    /// Occurrences.
    pub occurrences: u32,
}

impl Source {
    /// Of a history.
    pub fn of(history: &History) -> Self {
        let about = history.about();
        Self {
            place: about.place.clone(),
            title: about.title.clone(),
            licence: about.licence.clone(),
            attribution: about.attribution.clone(),
            first_published: about.first_published.map(|day| day.to_string()),
            last_published: about.last_published.map(|day| day.to_string()),
            documents: about.documents,
            reports: about.reports,
            occurrences: about.occurrences,
        }
    }

    /// One line: which record, and how much of it there is.
    pub fn line(&self) -> String {
        let title = self.title.as_deref().map_or(String::new(), |title| format!(" ({title})"));
        clean(&format!("record {}{title}: {}", self.place, self.coverage()))
    }

    /// Time and documents.
    pub fn coverage(&self) -> String {
        let time = match (&self.first_published, &self.last_published) {
            (Some(first), Some(last)) => format!("{first} to {last}, "),
            _ => String::new(),
        };
        format!("{time}{} documents, {} events", self.documents, self.occurrences)
    }

    /// Title, attribution and licence.
    pub fn credit(&self) -> String {
        let title = self.title.clone().unwrap_or_else(|| "a Legation record without a title".to_owned());
        let more = [self.attribution.clone(), self.licence.clone()].into_iter().flatten();
        clean(&[title].into_iter().chain(more).collect::<Vec<_>>().join(", "))
    }
}

/// "+.42", "-.07", "+1.0".
pub fn signed(value: f64) -> String {
    let text = format!("{value:+.2}");
    text.replacen("0.", ".", 1)
}

/// One decimal, and never a negative zero.
pub fn one_decimal(value: f64) -> String {
    let text = format!("{value:.1}");
    if text == "-0.0" { "0.0".to_owned() } else { text }
}
