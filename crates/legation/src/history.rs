//! From a record to a history: which record is asked, and how its rows are read.

use legation_analysis::{About, Builder, Day, DocumentRow, History, PartRow, PlaceRow, Row, When};
use legation_store::{Error, Listener, Record, ToldDocument, ToldOccurrence, ToldPart};
use std::path::Path;

/// The record that is asked where none is named and this file is there.
pub const STANDARD: &str = "./record.sqlite";

/// The history of a record: of the one that is named, else of [`STANDARD`] where there is such a file, else of the world as
/// it comes with the program ([`crate::world`]).
pub fn history(record: Option<&Path>) -> Result<History, Error> {
    let path = record.unwrap_or_else(|| Path::new(STANDARD));
    if record.is_none() && !path.exists() {
        return crate::world_history().map_err(|error| Error::Damaged(error.to_string()));
    }
    let record = Record::open_read_only(path)?;
    let mut about = About { place: path.display().to_string(), ..About::default() };
    for (key, value) in record.about()? {
        match key.as_str() {
            "title" => about.title = Some(value),
            "licence" => about.licence = Some(value),
            "attribution" => about.attribution = Some(value),
            _ => {}
        }
    }
    let mut ear = Ear(Builder::new(about));
    record.tell(&mut ear)?;
    Ok(ear.0.finish())
}

struct Ear(Builder);

impl Listener for Ear {
    fn document(&mut self, told: &ToldDocument<'_>) {
        let published = told.published.and_then(Day::of_packed);
        self.0.document(&DocumentRow { published, publisher: told.publisher, reports: told.reports });
    }

    fn loose_reports(&mut self, number: u32) {
        self.0.reports_without_document(number);
    }

    fn silent(&mut self, month: i64, documents: u32) {
        self.0.silent_documents(crate::world::month(month), documents);
    }

    fn occurrence(&mut self, told: &ToldOccurrence<'_>) {
        let actors: Vec<PartRow<'_>> = told.actors.iter().map(part).collect();
        let recipients: Vec<PartRow<'_>> = told.recipients.iter().map(part).collect();
        let first_published = told.first_published.and_then(Day::of_packed);
        let when = match told.date {
            Some(date) => When::of_packed(date, told.earliest, told.latest),
            None => first_published.filter(|_| told.implied).map(When::published),
        };
        let small = |number: i64| u32::try_from(number).unwrap_or(u32::MAX);
        self.0.occurrence(&Row {
            id: told.id.cast_unsigned(),
            document: told.document.cast_unsigned(),
            when,
            first_published,
            last_published: told.last_published.and_then(Day::of_packed),
            event_type: told.event_type,
            modes: told.modes,
            contexts: told.contexts,
            about: told.about,
            cameo: told.cameo,
            score: told.score as f32,
            status: told.status,
            confidence: told.confidence as f32,
            actors: &actors,
            recipients: &recipients,
            place: told.place.map(|place| PlaceRow {
                name: &place.name,
                country: &place.country,
                region: &place.region,
                precision: &place.precision,
                position: place.position,
                geonameid: place.geonameid.and_then(|n| u64::try_from(n).ok()),
            }),
            occasion: told.occasion,
            size: told.size.map(|number| number.map(small)),
            speaker: told.speaker,
            ordinal: told.ordinal.and_then(|n| u16::try_from(n).ok()),
            trigger: told.trigger,
            sentence_number: told.sentence_number,
            sentence: told.sentence,
            title: told.title,
            publisher: told.publisher,
            url: told.url,
            reports: small(told.reports),
            sources: small(told.sources),
            publishers: small(told.publishers),
        });
    }
}

fn part<'a>(told: &ToldPart<'a>) -> PartRow<'a> {
    PartRow { name: told.name, code: told.code, sectors: told.sectors, wikidata: told.wikidata, words: told.words }
}
