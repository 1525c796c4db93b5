//! What commands that ask a history have in common: which record, which sides, and how numbers are written.

use crate::args::position::AskedArg;
use crate::exit::Failure;
use crate::style::clean;
use crate::who::unknown;
use legation::analysis::{History, Party};
use legation::gazetteer::{Gazetteer, What};
use serde::Serialize;

/// The history of the record that is asked.
pub fn open(asked: &AskedArg) -> Result<History, Failure> {
    Ok(legation::history(asked.record.as_deref())?)
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
