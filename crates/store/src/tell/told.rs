//! What a listener is told.

use legation_record::{EventType, Status};

/// A present occurrence: participants, type and status of its best report, date and place of all of them. Dates are
/// YYYYMMDD with 00 for what is unknown; lists are joined by "; "; text that is not there is empty.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct ToldOccurrence<'a> {
    /// Identifier of the occurrence.
    pub id: i64,
    /// Key of the best report's document, 0 where there is none.
    pub document: i64,
    pub date: Option<i64>,
    /// Whether the best report tells no time and publication implies it.
    pub implied: bool,
    /// First and last day the words of the best report allow, where its date is that of the occurrence.
    pub earliest: Option<i64>,
    pub latest: Option<i64>,
    pub first_published: Option<i64>,
    pub last_published: Option<i64>,
    pub event_type: EventType,
    pub modes: &'a str,
    pub contexts: &'a str,
    pub about: Option<EventType>,
    pub cameo: &'a str,
    pub score: f64,
    pub status: Status,
    pub confidence: f64,
    pub actors: &'a [ToldPart<'a>],
    pub recipients: &'a [ToldPart<'a>],
    pub place: Option<&'a ToldPlace>,
    pub occasion: &'a str,
    /// Dead, injured, arrested, crowd.
    pub size: [Option<i64>; 4],
    /// Name and code.
    pub speaker: Option<(&'a str, Option<&'a str>)>,
    pub ordinal: Option<i64>,
    pub trigger: &'a str,
    /// Number of the sentence in its document, from 0.
    pub sentence_number: Option<u32>,
    pub sentence: &'a str,
    pub title: &'a str,
    pub publisher: &'a str,
    pub url: &'a str,
    pub reports: i64,
    pub sources: i64,
    pub publishers: i64,
}

/// An actor or recipient.
#[derive(Clone, Copy, Debug, Default)]
#[allow(missing_docs)]
pub struct ToldPart<'a> {
    pub name: &'a str,
    pub code: &'a str,
    pub sectors: &'a str,
    pub wikidata: &'a str,
    /// The words of the text that name it.
    pub words: &'a str,
}

/// A place.
#[derive(Clone, Debug, Default)]
#[allow(missing_docs)]
pub struct ToldPlace {
    pub name: String,
    pub country: String,
    pub region: String,
    pub precision: String,
    pub position: Option<(f64, f64)>,
    pub geonameid: Option<i64>,
}

/// A present document with the codes of the participants of each of its present reports.
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs)]
pub struct ToldDocument<'a> {
    pub published: Option<i64>,
    pub publisher: &'a str,
    pub reports: &'a [Vec<&'a str>],
}

/// One who listens.
pub trait Listener {
    /// Takes a document; all of them come, also those in which nothing was coded.
    fn document(&mut self, document: &ToldDocument<'_>);
    /// Takes an occurrence.
    fn occurrence(&mut self, occurrence: &ToldOccurrence<'_>);
    /// Takes the number of reports that belong to no document.
    fn loose_reports(&mut self, number: u32);
    /// Takes the number of documents of a month (YYYYMM; 0 where unknown) that told of nothing and are known by number alone.
    fn silent(&mut self, month: i64, documents: u32);
}
