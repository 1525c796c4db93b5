//! One occurrence of a history.

use crate::history::{AROUND, History, NEVER, STATUSES};
use crate::{Day, Party, Scope, When};
use legation_record::{EventType, Precision, QuadClass, Status};
use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};
use std::fmt;

/// An occurrence: a view into the columns of its history.
#[derive(Clone, Copy)]
pub struct Occurrence<'a> {
    pub(crate) history: &'a History,
    /// Its row.
    pub row: u32,
}

/// A participant of an occurrence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Participant<'a> {
    /// Usual name; where unresolved, the words of the text.
    pub name: &'a str,
    /// Code of its state or organisation.
    pub code: Option<&'a str>,
    /// PLOVER sectors, the primary one first, joined by "; ".
    pub sectors: &'a str,
    /// Wikidata item.
    pub wikidata: Option<&'a str>,
    /// The words of the text that name it; empty where the record keeps no text.
    pub words: &'a str,
    /// Whether it acted (in a mutual act everybody does).
    pub actor: bool,
    /// Whether it acts for the state whose code it has; true for an organisation.
    pub official: bool,
}

/// Where something happened.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct Place<'a> {
    pub name: &'a str,
    /// ISO 3166 alpha-3 code of the state it lies in.
    pub country: Option<&'a str>,
    pub region: Option<&'a str>,
    /// `country`, `region` or `city`.
    pub precision: &'a str,
    /// Latitude and longitude, degrees, WGS 84.
    pub position: Option<(f64, f64)>,
    pub geonameid: Option<u64>,
}

/// Who says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Speaker<'a> {
    /// As the text names it.
    pub name: &'a str,
    /// Code of its state or organisation.
    pub code: Option<&'a str>,
}

impl Participant<'_> {
    /// Whether this is the side; with [`Scope::Official`] acting for it.
    pub fn is(&self, party: &Party, scope: Scope) -> bool {
        match party {
            Party::Code(code) => self.code == Some(code.as_str()) && (self.official || scope == Scope::Any),
            Party::Name(name) => self.name == name,
        }
    }

    /// Whether one of its sectors is this one.
    pub fn has_sector(&self, sector: &str) -> bool {
        self.sectors.split("; ").any(|own| own == sector)
    }
}

impl<'a> Occurrence<'a> {
    fn at<T: Copy>(&self, column: &[T]) -> T {
        column[self.row as usize]
    }

    fn text(&self, column: &[u32]) -> &'a str {
        self.history.names.get(self.at(column))
    }

    fn optional(&self, column: &[u32]) -> Option<&'a str> {
        Some(self.text(column)).filter(|text| !text.is_empty())
    }

    /// The identifier as a number.
    pub fn number(&self) -> u64 {
        self.at(&self.history.columns.id)
    }

    /// The identifier that `legation show` takes.
    pub fn id(&self) -> String {
        format!("{:016x}", self.number())
    }

    /// Key of the document of the best report; `None` for an imported event.
    pub fn document(&self) -> Option<u64> {
        Some(self.at(&self.history.columns.document)).filter(|key| *key != 0)
    }

    /// When it happened, as far as the text tells or, for news told without a time, publication implies.
    pub fn when(&self) -> Option<When> {
        self.around().filter(|_| self.at(&self.history.columns.precision) != AROUND)
    }

    /// When it happened; where nothing says so, news (status actual) stands on the day of its first publication, on or before
    /// which it was. This is what series count by, and the order of the rows.
    pub fn around(&self) -> Option<When> {
        let columns = &self.history.columns;
        let first = self.at(&columns.first);
        (first != NEVER).then(|| When {
            first: Day(first),
            last: Day(self.at(&columns.last)),
            precision: match self.at(&columns.precision) {
                0 => Precision::Day,
                1 => Precision::Month,
                2 => Precision::Year,
                _ => Precision::Publication,
            },
        })
    }

    /// First publication.
    pub fn first_published(&self) -> Option<Day> {
        Some(self.at(&self.history.columns.first_published)).filter(|day| *day != NEVER).map(Day)
    }

    /// Last publication.
    pub fn last_published(&self) -> Option<Day> {
        Some(self.at(&self.history.columns.last_published)).filter(|day| *day != NEVER).map(Day)
    }

    /// PLOVER type.
    pub fn event_type(&self) -> EventType {
        History::type_of(self.at(&self.history.columns.event_type))
    }

    /// Quad class of the type.
    pub fn quad_class(&self) -> QuadClass {
        self.event_type().quad_class()
    }

    /// Type of the act that is promised, requested, threatened, rejected or alleged.
    pub fn about(&self) -> Option<EventType> {
        self.at(&self.history.columns.about).checked_sub(1).map(History::type_of)
    }

    /// PLOVER modes, joined by "; ".
    pub fn modes(&self) -> &'a str {
        self.text(&self.history.columns.modes)
    }

    /// Whether one of its modes is this one.
    pub fn has_mode(&self, mode: &str) -> bool {
        self.modes().split("; ").any(|own| own == mode)
    }

    /// PLOVER contexts, joined by "; ".
    pub fn contexts(&self) -> &'a str {
        self.text(&self.history.columns.contexts)
    }

    /// CAMEO code, two to four digits.
    pub fn cameo(&self) -> &'a str {
        self.text(&self.history.columns.cameo)
    }

    /// PLOVER score of type and mode, −10 (conflict) to +10 (cooperation).
    pub fn score(&self) -> f32 {
        self.at(&self.history.columns.score)
    }

    /// Whether it happened.
    pub fn status(&self) -> Status {
        STATUSES[usize::from(self.at(&self.history.columns.status)).min(4)]
    }

    /// Whether it happened: reported as news, or told as history.
    pub fn happened(&self) -> bool {
        matches!(self.status(), Status::Actual | Status::Historical)
    }

    /// Probability that type, participants and status are right, 0 to 1.
    pub fn confidence(&self) -> f32 {
        self.at(&self.history.columns.confidence)
    }

    /// Actors, then recipients.
    pub fn participants(&self) -> impl ExactSizeIterator<Item = Participant<'a>> + use<'a> {
        let history = self.history;
        let columns = &history.columns;
        let from = columns.parts[self.row as usize];
        let to = columns.parts[self.row as usize + 1];
        let actors = from + u32::from(self.at(&columns.actors));
        (from..to).map(move |i| {
            let part = i as usize;
            let entity = history.entities[history.parts.entity[part] as usize];
            let optional = |number: u32| (number > 0).then(|| history.names.get(number));
            Participant {
                name: history.names.get(entity.name),
                code: optional(entity.code),
                sectors: history.names.get(history.parts.sectors[part]),
                wikidata: optional(entity.wikidata),
                words: history.names.get(history.parts.words[part]),
                actor: i < actors,
                official: history.parts.official[part],
            }
        })
    }

    /// Who acted.
    pub fn actors(&self) -> impl Iterator<Item = Participant<'a>> + use<'a> {
        self.participants().filter(|part| part.actor)
    }

    /// To whom it was done.
    pub fn recipients(&self) -> impl Iterator<Item = Participant<'a>> + use<'a> {
        self.participants().filter(|part| !part.actor)
    }

    /// Whether all participants are actors of one act.
    pub fn is_mutual(&self) -> bool {
        let parts = self.participants();
        let all = parts.len();
        all > 1 && usize::from(self.at(&self.history.columns.actors)) == all
    }

    /// Where it happened.
    pub fn place(&self) -> Option<Place<'a>> {
        let number = self.at(&self.history.columns.place).checked_sub(1)?;
        let spot = self.history.places[number as usize];
        let optional = |number: u32| (number > 0).then(|| self.history.names.get(number));
        Some(Place {
            name: self.history.names.get(spot.name),
            country: optional(spot.country),
            region: optional(spot.region),
            precision: self.history.names.get(spot.precision),
            position: spot.position,
            geonameid: spot.geonameid,
        })
    }

    /// The meeting at whose margins or in whose course it happened, in the text's words.
    pub fn occasion(&self) -> Option<&'a str> {
        self.optional(&self.history.columns.occasion)
    }

    /// Dead, injured, arrested, crowd.
    pub fn size(&self) -> [Option<u32>; 4] {
        let number = self.at(&self.history.columns.size).checked_sub(1);
        number.map_or([None; 4], |i| self.history.sizes[i as usize])
    }

    /// Who says so.
    pub fn speaker(&self) -> Option<Speaker<'a>> {
        let name = self.optional(&self.history.columns.speaker)?;
        Some(Speaker { name, code: self.optional(&self.history.columns.speaker_code) })
    }

    /// 3 in "the third meeting".
    pub fn ordinal(&self) -> Option<u16> {
        Some(self.at(&self.history.columns.ordinal)).filter(|n| *n > 0)
    }

    /// The words that name the act; empty where the record has no text.
    pub fn trigger(&self) -> &'a str {
        self.text(&self.history.columns.trigger)
    }

    /// Number of the best report's sentence in its document, from 0.
    pub fn sentence_number(&self) -> Option<u32> {
        self.at(&self.history.columns.sentence_number).checked_sub(1)
    }

    /// The sentence of the best report, where the record keeps text.
    pub fn sentence(&self) -> Option<&'a str> {
        self.optional(&self.history.columns.sentence)
    }

    /// Headline of the best report's document.
    pub fn title(&self) -> Option<&'a str> {
        self.optional(&self.history.columns.title)
    }

    /// Publisher of the best report's document.
    pub fn publisher(&self) -> Option<&'a str> {
        self.optional(&self.history.columns.publisher)
    }

    /// Address of the best report's document.
    pub fn url(&self) -> Option<&'a str> {
        self.optional(&self.history.columns.url)
    }

    /// Number of reports.
    pub fn reports(&self) -> u32 {
        self.at(&self.history.columns.reports)
    }

    /// Number of documents that are not near-copies of each other.
    pub fn sources(&self) -> u32 {
        self.at(&self.history.columns.sources)
    }

    /// Number of publishers that are named.
    pub fn publishers(&self) -> u32 {
        self.at(&self.history.columns.publishers)
    }
}

/// Everything that is known of it, with the field names of the JSON Lines contract where it has them. `when` is
/// [`Occurrence::around`]; `by_publication` says that the text tells no time.
impl Serialize for Occurrence<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let list = |joined: &'static str, text: &str| -> Vec<String> {
            text.split(joined).filter(|name| !name.is_empty()).map(str::to_owned).collect()
        };
        let side = |actor: bool| -> Vec<Participant<'_>> { self.participants().filter(|p| p.actor == actor).collect() };
        let mut object = serializer.serialize_struct("Occurrence", 20)?;
        object.serialize_field("id", &self.id())?;
        object.serialize_field("when", &self.around())?;
        object.serialize_field("by_publication", &self.around().is_some_and(|when| when.implied()))?;
        object.serialize_field("event_type", self.event_type().name())?;
        object.serialize_field("event_mode", &list("; ", self.modes()))?;
        object.serialize_field("quad_class", self.quad_class().name())?;
        object.serialize_field("score", &self.score())?;
        object.serialize_field("status", self.status().name())?;
        object.serialize_field("confidence", &self.confidence())?;
        object.serialize_field("actors", &side(true))?;
        object.serialize_field("recipients", &side(false))?;
        object.serialize_field("place", &self.place())?;
        object.serialize_field("occasion", &self.occasion())?;
        object.serialize_field("reports", &self.reports())?;
        object.serialize_field("publishers", &self.publishers())?;
        object.serialize_field("first_published", &self.first_published())?;
        object.serialize_field("publisher", &self.publisher())?;
        object.serialize_field("url", &self.url())?;
        object.serialize_field("trigger", self.trigger())?;
        object.serialize_field("sentence", &self.sentence())?;
        object.end()
    }
}

impl fmt::Debug for Occurrence<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let who: Vec<&str> = self.participants().map(|part| part.name).collect();
        write!(
            f,
            "{} {} {} {who:?}",
            self.id(),
            self.event_type(),
            self.when().map_or(String::new(), |w| w.to_string())
        )
    }
}
