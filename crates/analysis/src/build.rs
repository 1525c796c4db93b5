//! Filling a history.

use crate::coverage::Tally;
use crate::history::{AROUND, About, Entity, History, Lists, NEVER, STATUSES, Spot};
use crate::names::Fnv;
use crate::pairs::Pairs;
use crate::{Day, DocumentRow, Month, PartRow, PlaceRow, Row, When};
use legation_gazetteer::Gazetteer;
use legation_record::{EventType, Precision, Status};
use std::collections::HashMap;
use std::hash::BuildHasherDefault;

type Numbers<K> = HashMap<K, u32, BuildHasherDefault<Fnv>>;

/// Takes the documents and occurrences of a record one by one, in any order, and makes a [`History`] of them.
#[derive(Debug)]
pub struct Builder {
    gazetteer: &'static Gazetteer,
    history: History,
    tally: Tally,
    entities: Numbers<(u32, u32, u32)>,
    places: Numbers<(u32, u32, u32, u64)>,
    /// Whether a code is a state's or a territory's, by its number among the names.
    states: Vec<Option<bool>>,
}

impl Builder {
    /// An empty one. `about` says what the record is; the figures in it are counted anew.
    pub fn new(about: About) -> Self {
        let about =
            About { documents: 0, reports: 0, occurrences: 0, first_published: None, last_published: None, ..about };
        let mut history = History { about, ..History::default() };
        history.columns.parts.push(0);
        Self {
            gazetteer: Gazetteer::embedded(),
            history,
            tally: Tally::default(),
            entities: Numbers::default(),
            places: Numbers::default(),
            states: Vec::new(),
        }
    }

    /// Takes a document: each once, also those in which nothing was coded.
    pub fn document(&mut self, row: &DocumentRow<'_>) {
        let about = &mut self.history.about;
        about.documents += 1;
        about.reports += row.reports.len() as u32;
        let Some(day) = row.published else { return };
        about.first_published = Some(about.first_published.map_or(day, |first| first.min(day)));
        about.last_published = Some(about.last_published.map_or(day, |last| last.max(day)));
        let names = &mut self.history.names;
        let publisher = names.number(row.publisher);
        let reports = row.reports.iter().map(|codes| codes.iter().map(|code| names.number(code)).collect());
        self.tally.document(day.month(), publisher, reports);
    }

    /// Counts documents of a month in which nothing was coded, where nothing else is known of them.
    pub fn silent_documents(&mut self, month: Option<Month>, number: u32) {
        self.history.about.documents += number;
        for _ in 0..month.map_or(0, |_| number) {
            self.tally.document(month.unwrap_or(Month(0)), 0, std::iter::empty());
        }
    }

    /// Counts reports that belong to no document (imported events): they cover no month.
    pub fn reports_without_document(&mut self, number: u32) {
        self.history.about.reports += number;
    }

    /// Takes an occurrence.
    pub fn occurrence(&mut self, row: &Row<'_>) {
        for part in row.actors.iter().chain(row.recipients) {
            self.part(part);
        }
        let place = row.place.as_ref().map_or(0, |place| self.place(place));
        let History { columns, names, sizes, parts, .. } = &mut self.history;
        columns.parts.push(parts.entity.len() as u32);
        columns.actors.push(u16::try_from(row.actors.len()).unwrap_or(u16::MAX));
        columns.id.push(row.id);
        columns.document.push(row.document);
        let day = |day: Option<Day>| day.map_or(NEVER, |day| day.0);
        // News of which nothing says when it was stands in order of time where it was published.
        let published = row.first_published.filter(|_| row.status == Status::Actual);
        let around = row.when.or(published.map(When::published));
        columns.first.push(day(around.map(|when| when.first)));
        columns.last.push(day(around.map(|when| when.last)));
        columns.precision.push(match row.when.map(|when| when.precision) {
            None => AROUND,
            Some(Precision::Day) => 0,
            Some(Precision::Month) => 1,
            Some(Precision::Year) => 2,
            Some(Precision::Publication) => 3,
        });
        columns.first_published.push(day(row.first_published));
        columns.last_published.push(day(row.last_published));
        let number = |event_type: EventType| EventType::ALL.iter().position(|t| *t == event_type).unwrap_or(0) as u8;
        columns.event_type.push(number(row.event_type));
        columns.about.push(row.about.map_or(0, |about| number(about) + 1));
        columns.status.push(STATUSES.iter().position(|s| *s == row.status).unwrap_or(0) as u8);
        columns.modes.push(names.number(row.modes));
        columns.contexts.push(names.number(row.contexts));
        columns.cameo.push(names.number(row.cameo));
        columns.score.push(row.score);
        columns.confidence.push(row.confidence);
        columns.place.push(place);
        columns.size.push(if row.size == [None; 4] {
            0
        } else {
            sizes.push(row.size);
            sizes.len() as u32
        });
        columns.occasion.push(names.number(row.occasion));
        let (speaker, code) = row.speaker.unwrap_or_default();
        columns.speaker.push(names.number(speaker));
        columns.speaker_code.push(names.number(code.unwrap_or_default()));
        columns.ordinal.push(row.ordinal.unwrap_or(0));
        columns.trigger.push(names.number(row.trigger));
        columns.sentence.push(names.push(row.sentence));
        columns.sentence_number.push(row.sentence_number.map_or(0, |n| n.saturating_add(1)));
        columns.title.push(names.number(row.title));
        columns.publisher.push(names.number(row.publisher));
        columns.url.push(names.number(row.url));
        columns.reports.push(row.reports);
        columns.sources.push(row.sources);
        columns.publishers.push(row.publishers);
    }

    fn part(&mut self, part: &PartRow<'_>) {
        let names = &mut self.history.names;
        let key = (names.number(part.name), names.number(part.code), names.number(part.wikidata));
        let entities = &mut self.history.entities;
        let entity = *self.entities.entry(key).or_insert_with(|| {
            entities.push(Entity { name: key.0, code: key.1, wikidata: key.2 });
            entities.len() as u32 - 1
        });
        let (sectors, words) = (names.number(part.sectors), names.number(part.words));
        if self.states.len() < names.len() {
            self.states.resize(names.len(), None);
        }
        let gazetteer = self.gazetteer;
        let is_state = *self.states[key.1 as usize]
            .get_or_insert_with(|| gazetteer.state(part.code).is_some() || gazetteer.sovereign(part.code).is_some());
        self.history.parts.entity.push(entity);
        self.history.parts.sectors.push(sectors);
        self.history.parts.words.push(words);
        self.history.parts.official.push(!is_state || crate::is_official(part.sectors));
    }

    fn place(&mut self, place: &PlaceRow<'_>) -> u32 {
        let names = &mut self.history.names;
        let (name, country) = (names.number(place.name), names.number(place.country));
        let (region, precision) = (names.number(place.region), names.number(place.precision));
        let places = &mut self.history.places;
        let position = place.position;
        // Places of one name in one region are told apart by where they lie.
        let at = place.geonameid.unwrap_or_else(|| position.map_or(0, |(lat, lon)| lat.to_bits() ^ lon.to_bits()));
        let number = *self.places.entry((name, country, region, at)).or_insert_with(|| {
            places.push(Spot { name, country, region, precision, position, geonameid: place.geonameid });
            places.len() as u32 - 1
        });
        number + 1
    }

    /// The history: sorted by time, with its indexes.
    pub fn finish(mut self) -> History {
        let mut order: Vec<u32> = (0..self.history.len() as u32).collect();
        let columns = &self.history.columns;
        order.sort_unstable_by_key(|row| {
            let row = *row as usize;
            let first = columns.first[row];
            // Without a time last.
            (first == NEVER, first, columns.last[row], columns.id[row], columns.document[row])
        });
        self.sort(&order);
        let mut history = self.history;
        history.about.occurrences = history.len() as u32;
        history.coverage = self.tally.finish();
        let columns = &history.columns;
        let rows = 0..history.len() as u32;
        let parts = rows.flat_map(|row| {
            let (from, to) = (columns.parts[row as usize], columns.parts[row as usize + 1]);
            (from..to).map(move |part| (part, row))
        });
        let entity = |(part, row): (u32, u32)| (history.parts.entity[part as usize], row);
        history.by_entity = Lists::new(history.entities.len(), parts.clone().map(entity));
        let code = |(part, row): (u32, u32)| (history.entities[history.parts.entity[part as usize] as usize].code, row);
        history.by_code = Lists::new(history.names.len(), parts.map(code).filter(|pair| pair.0 > 0));
        history.ids = columns.id.iter().copied().zip(0..).collect();
        history.ids.sort_unstable();
        history.pairs = Pairs::new(&history);
        history
    }

    /// Puts the columns in order.
    fn sort(&mut self, order: &[u32]) {
        fn by<T: Copy>(column: &mut Vec<T>, order: &[u32]) {
            *column = order.iter().map(|row| column[*row as usize]).collect();
        }
        let columns = &mut self.history.columns;
        let mut parts = crate::history::Parts::default();
        let mut starts = Vec::with_capacity(columns.parts.len());
        starts.push(0);
        for row in order {
            let range = columns.parts[*row as usize] as usize..columns.parts[*row as usize + 1] as usize;
            parts.entity.extend_from_slice(&self.history.parts.entity[range.clone()]);
            parts.words.extend_from_slice(&self.history.parts.words[range.clone()]);
            parts.sectors.extend_from_slice(&self.history.parts.sectors[range.clone()]);
            parts.official.extend_from_slice(&self.history.parts.official[range]);
            starts.push(parts.entity.len() as u32);
        }
        self.history.parts = parts;
        columns.parts = starts;
        by(&mut columns.id, order);
        by(&mut columns.document, order);
        by(&mut columns.first, order);
        by(&mut columns.last, order);
        by(&mut columns.precision, order);
        by(&mut columns.first_published, order);
        by(&mut columns.last_published, order);
        by(&mut columns.event_type, order);
        by(&mut columns.about, order);
        by(&mut columns.status, order);
        by(&mut columns.modes, order);
        by(&mut columns.contexts, order);
        by(&mut columns.cameo, order);
        by(&mut columns.score, order);
        by(&mut columns.confidence, order);
        by(&mut columns.place, order);
        by(&mut columns.size, order);
        by(&mut columns.occasion, order);
        by(&mut columns.speaker, order);
        by(&mut columns.speaker_code, order);
        by(&mut columns.ordinal, order);
        by(&mut columns.trigger, order);
        by(&mut columns.sentence, order);
        by(&mut columns.sentence_number, order);
        by(&mut columns.title, order);
        by(&mut columns.publisher, order);
        by(&mut columns.url, order);
        by(&mut columns.reports, order);
        by(&mut columns.sources, order);
        by(&mut columns.publishers, order);
        by(&mut columns.actors, order);
    }
}
