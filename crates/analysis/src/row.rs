//! What a history is filled with.

use crate::{Day, When};
use legation_record::{EventType, Status};

/// A present occurrence, told by its best report, with date and place of all its reports. Lists (modes, contexts,
/// sectors) are joined by "; " as in the record's tables. Unknown is empty or `None`.
#[derive(Clone, Debug)]
pub struct Row<'a> {
    /// The identifier `legation show` takes, as a number.
    pub id: u64,
    /// Key of the document of the best report (`store::key`), 0 where there is none.
    pub document: u64,
    /// When it happened, as far as the text tells or publication implies ([`When::published`]).
    pub when: Option<When>,
    /// First publication.
    pub first_published: Option<Day>,
    /// Last publication.
    pub last_published: Option<Day>,
    /// PLOVER type.
    pub event_type: EventType,
    /// PLOVER modes.
    pub modes: &'a str,
    /// PLOVER contexts.
    pub contexts: &'a str,
    /// Type of the act that is promised, requested, threatened, rejected or alleged.
    pub about: Option<EventType>,
    /// CAMEO code.
    pub cameo: &'a str,
    /// PLOVER score, −10 to +10.
    pub score: f32,
    /// Whether it happened.
    pub status: Status,
    /// Probability that type, participants and status are right, 0 to 1.
    pub confidence: f32,
    /// Who acted; in a mutual act everybody.
    pub actors: &'a [PartRow<'a>],
    /// To whom.
    pub recipients: &'a [PartRow<'a>],
    /// Where.
    pub place: Option<PlaceRow<'a>>,
    /// The meeting at whose margins it happened, in the text's words.
    pub occasion: &'a str,
    /// Dead, injured, arrested, crowd.
    pub size: [Option<u32>; 4],
    /// Who says so: name and code.
    pub speaker: Option<(&'a str, Option<&'a str>)>,
    /// 3 in "the third meeting".
    pub ordinal: Option<u16>,
    /// The words that name the act.
    pub trigger: &'a str,
    /// Number of the sentence in its document, from 0, where the record knows it.
    pub sentence_number: Option<u32>,
    /// The sentence, where the record keeps text.
    pub sentence: &'a str,
    /// Headline of the best report's document.
    pub title: &'a str,
    /// Its publisher.
    pub publisher: &'a str,
    /// Its address.
    pub url: &'a str,
    /// Number of reports.
    pub reports: u32,
    /// Number of their documents that are not near-copies of each other.
    pub sources: u32,
    /// Number of publishers that are named.
    pub publishers: u32,
}

impl Default for Row<'_> {
    fn default() -> Self {
        Self {
            id: 0,
            document: 0,
            when: None,
            first_published: None,
            last_published: None,
            event_type: EventType::Consult,
            modes: "",
            contexts: "",
            about: None,
            cameo: "",
            score: 0.0,
            status: Status::Actual,
            confidence: 1.0,
            actors: &[],
            recipients: &[],
            place: None,
            occasion: "",
            size: [None; 4],
            speaker: None,
            ordinal: None,
            trigger: "",
            sentence_number: None,
            sentence: "",
            title: "",
            publisher: "",
            url: "",
            reports: 1,
            sources: 1,
            publishers: 0,
        }
    }
}

/// An actor or recipient.
#[derive(Clone, Copy, Debug, Default)]
pub struct PartRow<'a> {
    /// Usual name; where unresolved, the words of the text.
    pub name: &'a str,
    /// Code of its state or organisation; empty where unresolved.
    pub code: &'a str,
    /// PLOVER sectors, the primary one first.
    pub sectors: &'a str,
    /// Wikidata item.
    pub wikidata: &'a str,
    /// The words of the text that name it, where the record keeps text.
    pub words: &'a str,
}

/// A place.
#[derive(Clone, Copy, Debug, Default)]
#[allow(missing_docs)]
pub struct PlaceRow<'a> {
    pub name: &'a str,
    /// ISO 3166 alpha-3 code of the state it lies in.
    pub country: &'a str,
    /// First-level region.
    pub region: &'a str,
    /// `country`, `region` or `city`.
    pub precision: &'a str,
    /// Latitude and longitude, degrees, WGS 84.
    pub position: Option<(f64, f64)>,
    pub geonameid: Option<u64>,
}

/// A document, for what the record covers: also one in which nothing was coded.
#[derive(Clone, Copy, Debug, Default)]
pub struct DocumentRow<'a> {
    /// Publication; where a document has none, its reports cover no month.
    pub published: Option<Day>,
    /// The publisher; empty where it is not named.
    pub publisher: &'a str,
    /// The codes of the participants of each present report, one list a report. Several documents of one month and
    /// publisher may not be told together.
    pub reports: &'a [Vec<&'a str>],
}
