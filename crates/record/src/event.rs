use crate::{EventType, QuadClass};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// One report of an event, in the shape of the JSON Lines contract. Unknown is `None` or empty, never a filler.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Stable: the same input and the same coder give the same id.
    pub id: String,
    /// The document the report stands in.
    pub document: DocumentRef,
    /// PLOVER event type.
    pub event_type: EventType,
    /// PLOVER modes of the type; empty where none fits.
    pub event_mode: Vec<String>,
    /// PLOVER contexts.
    pub contexts: Vec<String>,
    /// The type of the act that is promised, requested, threatened, rejected or alleged, where the text names one.
    pub about: Option<EventType>,
    /// CAMEO code as fine as the text allows, two to four digits.
    pub cameo_code: String,
    /// Verbal or material, cooperation or conflict.
    pub quad_class: QuadClass,
    /// PLOVER score of type and mode, −10 (conflict) to +10 (cooperation).
    pub score: f32,
    /// Who acted. In a reciprocal act all participants; in a visit the visitor.
    pub actors: Vec<Participant>,
    /// To whom it was done. In a visit the host.
    pub recipients: Vec<Participant>,
    /// When it happened, as far as the text says.
    pub date: Option<EventDate>,
    /// Where it happened, as far as the text says.
    pub place: Option<Place>,
    /// The meeting or event at whose margins or in whose course it happened ("the SCO summit"), in the text's words.
    pub occasion: Option<Quote>,
    /// Dead, injured, arrested, crowd.
    pub size: Option<Size>,
    /// Whether it happened.
    pub status: Status,
    /// Who says so.
    pub attribution: Option<Attribution>,
    /// The estimated probability that type, actors, recipients and status are all right, 0 to 1.
    pub confidence: f32,
    /// The words that say so.
    pub evidence: Evidence,
    /// The codebook rule that fired.
    pub rule: String,
    /// Version of the coder and hash of the codebook.
    pub coder: String,
}

/// What an event says about its document.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[allow(missing_docs)]
pub struct DocumentRef {
    pub id: String,
    pub title: Option<String>,
    pub publisher: Option<String>,
    pub published: Option<String>,
    pub url: Option<String>,
}

/// An actor or recipient as the text names it and as the gazetteer knows it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Participant {
    /// Usual name of the state, organisation, group or person; where unresolved, the words of the text.
    pub name: String,
    /// ISO 3166 alpha-3 for a state and its people, short name for an organisation, home state for a group.
    pub code: Option<String>,
    /// PLOVER sectors, the primary one first.
    pub sectors: Vec<String>,
    /// Wikidata item, where known.
    pub wikidata: Option<String>,
    /// The words of the text.
    pub text: String,
    /// First byte of `text` in the document.
    pub start: u32,
    /// One past its last byte.
    pub end: u32,
    /// What the words go back to, where they are a pronoun, a surname or a description ("he", "the two leaders").
    pub antecedent: Option<Antecedent>,
}

/// The words that an earlier mention is named by, and why they are meant.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Antecedent {
    /// The words of the text.
    pub text: String,
    /// First byte of `text` in the document.
    pub start: u32,
    /// One past its last byte.
    pub end: u32,
    /// Why this one: "the subject of the sentence before".
    pub reason: String,
}

/// A date as precise as the text: `2024-08-19`, `2024-08` or `2024`, with the words that say so.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct EventDate {
    /// ISO 8601, cut to its precision. Of a range ("from 18 to 19 August") its beginning.
    pub value: String,
    /// How precise it is.
    pub precision: Precision,
    /// The first day the words allow, ISO 8601: finer than `value` for weeks, parts of months and seasons.
    pub earliest: Option<String>,
    /// The last day the words allow; the end of a range.
    pub latest: Option<String>,
    /// The words of the text; empty where no words say it (see [`Precision::Publication`]).
    pub text: String,
    /// First byte of `text` in the document.
    pub start: u32,
    /// One past its last byte.
    pub end: u32,
}

impl EventDate {
    /// The first and the last day it may mean. `None` where the value is no date.
    pub fn days(&self) -> Option<(Date, Date)> {
        let number = |range: std::ops::Range<usize>| self.value.get(range)?.parse::<i8>().ok();
        let year = self.value.get(..4)?.parse::<i16>().ok()?;
        Some(match self.precision {
            Precision::Year => (Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?),
            Precision::Month => {
                let first = Date::new(year, number(5..7)?, 1).ok()?;
                (first, first.last_of_month())
            }
            Precision::Day | Precision::Publication => {
                let day = Date::new(year, number(5..7)?, number(8..10)?).ok()?;
                (day, day)
            }
        })
    }
}

/// The precision of a date.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// The text says the day.
    #[default]
    Day,
    /// The text says the month, or a run of days within it.
    Month,
    /// The text says the year, or a run of days within it.
    Year,
    /// The text names no time. `value` is the day of publication, which news writing implies: what it tells in the
    /// present tense, or as its lead in the past, happened on that day or shortly before.
    Publication,
}

impl Precision {
    /// The name in the JSON Lines contract.
    pub fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Month => "month",
            Self::Year => "year",
            Self::Publication => "publication",
        }
    }
}

/// A place as precise as the text, with the words that name it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Place {
    /// Name as the text has it; a country's usual name.
    pub name: String,
    /// Other names in use for it, former and contested ones (Khankendi for Stepanakert). Mostly empty.
    pub also: Vec<String>,
    /// ISO 3166 alpha-3 code of the state it lies in.
    pub country: Option<String>,
    /// First-level region it lies in, where GeoNames knows it.
    pub region: Option<String>,
    /// Latitude in degrees, WGS 84. Cities only.
    pub lat: Option<f64>,
    /// Longitude in degrees, WGS 84. Cities only.
    pub lon: Option<f64>,
    /// GeoNames identifier.
    pub geonameid: Option<u64>,
    /// `country`, `region`, `city`.
    pub precision: String,
    /// The words of the text.
    pub text: String,
    /// First byte of `text` in the document.
    pub start: u32,
    /// One past its last byte.
    pub end: u32,
}

/// How many, where the text says; each is a number of people. The sum of the numbers in `counts`, as the words give them
/// ("at least 30" counts as 30); `None` where one of them is no number ("dozens").
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Size {
    pub dead: Option<u64>,
    pub injured: Option<u64>,
    pub arrested: Option<u64>,
    pub crowd: Option<u64>,
    /// The words that say so, with the bounds they give.
    #[serde(default)]
    pub counts: Vec<Count>,
}

/// A number of people with its words: `text` is "at least 30", "dozens", "20 to 30".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// What is counted.
    pub of: Magnitude,
    /// The one number that is named; `None` for a range and for "dozens".
    pub number: Option<u64>,
    /// The least it can be by these words: 31 for "more than 30", 24 for "dozens". `None`: they do not say ("about 30").
    pub low: Option<u64>,
    /// The most it can be by these words: 30 for "up to 30"; equal to `low` where the words are exact.
    pub high: Option<u64>,
    /// The words.
    #[serde(default)]
    pub text: String,
    /// First byte of `text` in the document.
    #[serde(default)]
    pub start: u32,
    /// One past its last byte.
    #[serde(default)]
    pub end: u32,
}

/// What a [`Count`] counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Magnitude {
    Dead,
    Injured,
    Arrested,
    Crowd,
}

impl Size {
    /// Sets the four sums from `counts`.
    pub fn add_up(&mut self) {
        let sum = |of: Magnitude| {
            let mut all = self.counts.iter().filter(|c| c.of == of).peekable();
            all.peek()?;
            all.map(|c| c.number).try_fold(0u64, |sum, n| Some(sum.saturating_add(n?)))
        };
        (self.dead, self.injured) = (sum(Magnitude::Dead), sum(Magnitude::Injured));
        (self.arrested, self.crowd) = (sum(Magnitude::Arrested), sum(Magnitude::Crowd));
    }
}

/// Whether an event happened: PLOVER's auxiliary modes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// It happened, and the text reports it as news.
    Actual,
    /// It happened long before, and the text tells it as history.
    Historical,
    /// Expected or scheduled, without the actor's own commitment.
    Future,
    /// Supposed, possible, conditional.
    Hypothetical,
    /// It did not happen.
    Negated,
}

impl Status {
    /// The name in the JSON Lines contract.
    pub fn name(self) -> &'static str {
        match self {
            Self::Actual => "actual",
            Self::Historical => "historical",
            Self::Future => "future",
            Self::Hypothetical => "hypothetical",
            Self::Negated => "negated",
        }
    }
}

/// Who says that the event happened.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Attribution {
    /// The speaker as the text names it.
    pub speaker: String,
    /// Code of the speaker's state or organisation, where known.
    pub code: Option<String>,
    /// The words that attribute, as "the defence ministry said".
    pub text: String,
    /// First byte of `text`.
    pub start: u32,
    /// One past its last byte.
    pub end: u32,
    /// The side of the event that the speaker belongs to: it is a party's claim, about its own act or about what was done
    /// to it. `None` where the speaker is neither.
    pub party: Option<Side>,
}

/// A side of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Side {
    Actor,
    Recipient,
}

impl Side {
    /// The name in the JSON Lines contract.
    pub fn name(self) -> &'static str {
        match self {
            Self::Actor => "actor",
            Self::Recipient => "recipient",
        }
    }
}

/// The words of the document that report the event.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Evidence {
    /// Number of the sentence in the document, from 0.
    pub sentence: u32,
    /// The sentence.
    pub text: String,
    /// First byte of the sentence.
    pub start: u32,
    /// One past its last byte.
    pub end: u32,
    /// The words that name the act.
    pub trigger: Quote,
}

/// A quotation with its place.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[allow(missing_docs)]
pub struct Quote {
    pub text: String,
    pub start: u32,
    pub end: u32,
}
