//! Events that others coded, row by row, into events of ours.

use legation_coder::Codebook;
use legation_gazetteer::{Gazetteer, Kind};
use legation_record::{DocumentRef, Event, EventDate, EventType, Evidence, Participant, Place, Precision, Status};
use std::collections::BTreeMap;

const CAMEO: &str = include_str!("cameo.tsv");
const SECTORS: &str = include_str!("sectors.tsv");

/// The fields a row may have, each with what it means; a column map names their columns.
pub const FIELDS: [(&str, &str); 22] = [
    ("id", "identifier of the event in the data set"),
    ("date", "when it happened, YYYY-MM-DD, YYYY-MM or YYYY"),
    ("actor", "name of who acted"),
    ("actor_country", "state of the actor, by name or code"),
    ("actor_sectors", "sectors of the actor, PLOVER's or those of ICEWS"),
    ("recipient", "name of to whom it was done"),
    ("recipient_country", "state of the recipient, by name or code"),
    ("recipient_sectors", "sectors of the recipient"),
    ("cameo", "CAMEO code"),
    ("event_type", "PLOVER type; where it is missing the CAMEO code tells it"),
    ("event_mode", "PLOVER modes, parted by ;"),
    ("status", "actual, historical, future, hypothetical or negated; actual where it is missing"),
    ("place", "name of the place"),
    ("place_country", "state the place lies in, by name or code"),
    ("lat", "latitude in degrees"),
    ("lon", "longitude in degrees"),
    ("story", "identifier of the story or document"),
    ("sentence", "number of the sentence, from 1"),
    ("title", "headline of the story"),
    ("publisher", "who published the story"),
    ("published", "when the story was published; the date of the event where it is missing"),
    ("url", "address of the story"),
];

/// The columns of an ICEWS file for the fields.
pub const ICEWS: [(&str, &str); 17] = [
    ("id", "Event ID"),
    ("date", "Event Date"),
    ("actor", "Source Name"),
    ("actor_sectors", "Source Sectors"),
    ("actor_country", "Source Country"),
    ("cameo", "CAMEO Code"),
    ("recipient", "Target Name"),
    ("recipient_sectors", "Target Sectors"),
    ("recipient_country", "Target Country"),
    ("story", "Story ID"),
    ("sentence", "Sentence Number"),
    ("publisher", "Publisher"),
    ("place", "City"),
    ("place_country", "Country"),
    ("lat", "Latitude"),
    ("lon", "Longitude"),
    ("published", "Event Date"),
];

/// Makes events of rows.
pub struct Importer {
    dataset: String,
    codebook: Codebook,
    cameo: BTreeMap<&'static str, (EventType, Vec<String>, Vec<String>)>,
    sectors: BTreeMap<&'static str, &'static str>,
    countries: BTreeMap<String, Option<&'static str>>,
}

impl Importer {
    /// For a data set, which is named as the coder of its events.
    pub fn new(dataset: &str) -> Self {
        let list = |cell: &str| cell.split(';').map(|v| v.trim().to_owned()).filter(|v| !v.is_empty()).collect();
        let cameo = rows(CAMEO)
            .filter_map(|row| Some((*row.first()?, (row.get(1)?.parse().ok()?, list(row.get(2)?), list(row.get(3)?)))))
            .collect();
        let sectors = rows(SECTORS).filter_map(|row| Some((*row.first()?, *row.get(1)?))).collect();
        let codebook = Codebook::embedded();
        Self { dataset: dataset.to_owned(), codebook, cameo, sectors, countries: BTreeMap::new() }
    }

    /// The event of a row, whose fields `get` gives by their names in [`FIELDS`]; `number` stands in for an id. Or why
    /// there is none, in words that are the same for all rows of one kind.
    pub fn event<'a>(&mut self, number: u64, get: impl Fn(&str) -> Option<&'a str>) -> Result<Event, String> {
        // ICEWS writes NA for what it does not know.
        let get = |field: &str| get(field).map(str::trim).filter(|v| !v.is_empty() && *v != "NA");
        let cameo = get("cameo").unwrap_or_default();
        let (event_type, mut modes, contexts) = self.act(cameo, get("event_type"))?;
        if let Some(given) = get("event_mode") {
            modes = given.split(';').map(|m| m.trim().to_owned()).filter(|m| !m.is_empty()).collect();
        }
        let date = date(get("date").ok_or("no date")?).ok_or("a date that is no date")?;
        let actors = self.participant(get("actor"), get("actor_country"), get("actor_sectors"));
        let recipients = self.participant(get("recipient"), get("recipient_country"), get("recipient_sectors"));
        if actors.is_none() && recipients.is_none() {
            return Err("neither actor nor recipient".to_owned());
        }
        let status = match get("status") {
            None => Status::Actual,
            Some(name) => [Status::Actual, Status::Historical, Status::Future, Status::Hypothetical, Status::Negated]
                .into_iter()
                .find(|s| s.name() == name)
                .ok_or("a status that is none")?,
        };
        let number_of = |field: &str| get(field).and_then(|v| v.parse::<f64>().ok());
        let country = get("place_country").and_then(|name| self.country(name)).map(str::to_owned);
        let named = get("place").or(get("place_country"));
        let place = named.map(|name| Place {
            name: name.to_owned(),
            country,
            lat: number_of("lat"),
            lon: number_of("lon"),
            geonameid: None,
            precision: if get("place").is_some() { "city" } else { "country" }.to_owned(),
            ..Place::default()
        });
        Ok(Event {
            id: get("id").map_or_else(|| number.to_string(), str::to_owned),
            document: DocumentRef {
                id: get("story").unwrap_or_default().to_owned(),
                title: get("title").map(str::to_owned),
                publisher: get("publisher").map(str::to_owned),
                published: get("published").map(str::to_owned),
                url: get("url").map(str::to_owned),
            },
            event_type,
            score: self.codebook.score(event_type, &modes),
            event_mode: modes,
            contexts,
            about: None,
            cameo_code: cameo.to_owned(),
            quad_class: event_type.quad_class(),
            actors: actors.into_iter().collect(),
            recipients: recipients.into_iter().collect(),
            date: Some(date),
            place,
            occasion: None,
            size: None,
            status,
            attribution: None,
            confidence: 1.0,
            evidence: Evidence {
                sentence: get("sentence").and_then(|s| s.parse().ok()).unwrap_or(0),
                ..Evidence::default()
            },
            rule: String::new(),
            coder: self.dataset.clone(),
        })
    }

    fn act(&self, cameo: &str, given: Option<&str>) -> Result<(EventType, Vec<String>, Vec<String>), String> {
        if let Some(name) = given {
            let event_type = name.to_uppercase().parse().map_err(|_| format!("{name:?} is no PLOVER type"))?;
            return Ok((event_type, Vec::new(), Vec::new()));
        }
        if !cameo.is_ascii() || cameo.len() < 2 {
            return Err("neither a PLOVER type nor a CAMEO code".to_owned());
        }
        let known = (2..=cameo.len()).rev().find_map(|n| self.cameo.get(&cameo[..n]));
        known.cloned().ok_or_else(|| format!("PLOVER has no type for CAMEO {}", &cameo[..2]))
    }

    fn participant(&mut self, name: Option<&str>, country: Option<&str>, sectors: Option<&str>) -> Option<Participant> {
        let name = name.or(country)?;
        let mut code = country.and_then(|country| self.country(country));
        if code.is_none() {
            let named = Gazetteer::embedded().named(name);
            code = named.iter().find(|e| matches!(e.kind, Kind::State | Kind::Organisation)).and_then(|e| e.code);
        }
        let mut list: Vec<String> = Vec::new();
        for sector in sectors.unwrap_or_default().split([',', ';']).map(str::trim) {
            let plover = sector.len() == 3 && sector.bytes().all(|b| b.is_ascii_uppercase());
            let sector = if plover { Some(sector) } else { self.sectors.get(sector).copied() };
            if let Some(sector) = sector.filter(|s| !list.iter().any(|l| l == s)) {
                list.push(sector.to_owned());
            }
        }
        Some(Participant {
            name: name.to_owned(),
            code: code.map(str::to_owned),
            sectors: list,
            ..Participant::default()
        })
    }

    fn country(&mut self, name: &str) -> Option<&'static str> {
        if let Some(code) = self.countries.get(name) {
            return *code;
        }
        let gazetteer = Gazetteer::embedded();
        let by_code = gazetteer.state(name).map(|s| s.code);
        let names = [Kind::State, Kind::Territory, Kind::Partial];
        let by_name = || gazetteer.named(name).into_iter().find(|e| names.contains(&e.kind)).and_then(|e| e.code);
        let code = by_code.or_else(by_name);
        self.countries.insert(name.to_owned(), code);
        code
    }
}

fn date(value: &str) -> Option<EventDate> {
    let value = value.get(..10).unwrap_or(value);
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    let (whole, precision) = match (value.len(), digits) {
        (10, 8) => (value.to_owned(), Precision::Day),
        (7, 6) => (format!("{value}-01"), Precision::Month),
        (4, 4) => (format!("{value}-01-01"), Precision::Year),
        _ => return None,
    };
    whole.parse::<jiff::civil::Date>().ok()?;
    Some(EventDate { value: value.to_owned(), precision, ..EventDate::default() })
}

fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|l| !l.starts_with('#')).skip(1).map(|l| l.split('\t').collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(cells: &[(&str, &str)]) -> Result<Event, String> {
        Importer::new("test").event(7, |field| cells.iter().find(|(f, _)| *f == field).map(|(_, v)| *v))
    }

    #[test]
    fn a_row_of_icews_is_an_event_of_plover() {
        let event = check(&[
            ("date", "2018-06-01"),
            ("actor", "Foreign Affairs (Bangladesh)"),
            ("actor_country", "Bangladesh"),
            ("actor_sectors", "Executive,Foreign Ministry,Government"),
            ("recipient", "Military (Vietnam)"),
            ("recipient_country", "Vietnam"),
            ("cameo", "042"),
            ("place", "NA"),
        ])
        .expect("an event");
        assert_eq!(
            (event.event_type, event.event_mode[0].as_str(), event.id.as_str()),
            (EventType::Consult, "visit", "7")
        );
        assert_eq!(
            (event.actors[0].code.as_deref(), event.actors[0].sectors.as_slice()),
            (Some("BGD"), &["GOV".to_owned()][..])
        );
        assert_eq!(event.recipients[0].code.as_deref(), Some("VNM"));
        assert_eq!(event.place, None);
    }

    #[test]
    fn what_is_no_event_is_told_and_not_guessed() {
        let refused = |cells: &[(&str, &str)]| check(cells).err().unwrap_or_default();
        assert!(refused(&[("date", "2018-06-01"), ("actor", "X"), ("cameo", "010")]).contains("CAMEO 01"));
        assert!(refused(&[("date", "06/01/2018"), ("actor", "X"), ("cameo", "040")]).contains("no date"));
        assert!(refused(&[("date", "2018-02-30"), ("actor", "X"), ("cameo", "040")]).contains("no date"));
        assert!(refused(&[("date", "2018-06-01"), ("cameo", "040")]).contains("neither"));
    }

    #[test]
    fn every_cameo_row_has_a_type() {
        assert_eq!(Importer::new("test").cameo.len(), rows(CAMEO).count());
    }
}
