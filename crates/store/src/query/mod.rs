//! Asking the record for events.

mod filter;
mod show;

use crate::dates;
use crate::error::{Error, Result};
use crate::read::{self, hex, iso};
use crate::record::Record;
use legation_record::{Event, EventDate};
use rusqlite::Connection;
use serde::Serialize;
use std::collections::BTreeMap;

pub(crate) use filter::quoted;
pub use filter::{Filter, Order, Who};
pub use show::{Correction, Member, Shown};

/// An event as the record knows it: for an occurrence the report that tells most, with date and place of all reports.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Found {
    /// The event. Its `id` is that of the occurrence, or of the report where reports were asked for.
    #[serde(flatten)]
    pub event: Event,
    /// How many reports it has.
    pub reports: i64,
    /// How many of their documents are not near-copies of each other.
    pub sources: i64,
    /// How many publishers reported it.
    pub publishers: i64,
    /// First publication.
    pub first_published: Option<String>,
    /// Last publication.
    pub last_published: Option<String>,
    /// The occurrence a report belongs to; for an occurrence its own id.
    pub occurrence: String,
}

impl Record {
    /// Gives each event that meets the filter to `emit`, in order.
    pub fn events<E: From<Error>>(
        &self,
        filter: &Filter,
        mut emit: impl FnMut(Found) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        for chunk in self.matches(filter)?.chunks(TOGETHER) {
            for found in found(&self.db, chunk, filter.reports)? {
                emit(found)?;
            }
        }
        Ok(())
    }
}

/// How many events are read together.
const TOGETHER: usize = 500;

/// Occurrences in their order, or single reports of them: rows of both.
fn found(db: &Connection, rows: &[(i64, i64)], reports: bool) -> Result<Vec<Found>> {
    let list = format!("{:?}", rows.iter().map(|r| r.0).collect::<Vec<_>>());
    let mut query = db.prepare_cached(
        "SELECT o.id, o.best, f.report_id, o.date, o.reports, o.sources, o.publishers, o.first_published, o.last_published,
           o.place
         FROM occurrences o JOIN reports f ON f.id = o.first WHERE o.id IN (SELECT value FROM json_each(?))",
    )?;
    let mut together: BTreeMap<i64, Together> = BTreeMap::new();
    let mut told = query.query([list])?;
    while let Some(r) = told.next()? {
        let one = Together {
            best: r.get(1)?,
            id: hex(r.get(2)?),
            date: r.get(3)?,
            numbers: [r.get(4)?, r.get(5)?, r.get(6)?],
            published: [iso(r.get(7)?), iso(r.get(8)?)],
            place: r.get(9)?,
        };
        together.insert(r.get(0)?, one);
    }
    let wanted: Vec<i64> = match reports {
        true => rows.iter().map(|r| r.1).collect(),
        false => together.values().map(|o| o.best).collect(),
    };
    let mut events = read::events(db, &wanted)?;
    let mut found = Vec::with_capacity(rows.len());
    for (occurrence, report) in rows {
        let Some(one) = together.get(occurrence) else { continue };
        let row = if reports { *report } else { one.best };
        let Some((mut event, _)) = events.remove(&row) else { continue };
        if !reports {
            event.id.clone_from(&one.id);
            // Date and place of all reports; the words stay where they say the same.
            let date = one.date.map(dates::unpack);
            let told = |own: &EventDate| date.as_ref().is_none_or(|d| d.value == own.value);
            event.date = event.date.take().filter(told).or(date);
            let place = one.place.map(|id| read::place(db, id)).transpose()?;
            let told = |own: &legation_record::Place| {
                let what = |p: &legation_record::Place| (p.name.clone(), p.country.clone(), p.geonameid);
                place.as_ref().is_none_or(|p| what(p) == what(own))
            };
            event.place = event.place.take().filter(told).or(place);
        }
        let ([reports, sources, publishers], [first_published, last_published]) = (one.numbers, one.published.clone());
        let occurrence = one.id.clone();
        found.push(Found { event, reports, sources, publishers, first_published, last_published, occurrence });
    }
    Ok(found)
}

/// What all reports of an occurrence say.
struct Together {
    best: i64,
    id: String,
    date: Option<i64>,
    /// Reports, sources, publishers.
    numbers: [i64; 3],
    /// First and last.
    published: [Option<String>; 2],
    place: Option<i64>,
}
