//! Importing events that others coded: no text, and as they come.

use crate::add::report;
use crate::batch::{Batch, Stamp, Written, leading};
use crate::correct;
use crate::dates;
use crate::error::Result;
use crate::lookup::Lookup;
use crate::merge::{self, view::View};
use crate::record::Record;
use legation_record::Event;
use rusqlite::{Connection, OptionalExtension};
use sha2::{Digest, Sha256};

impl Record {
    /// Imports events that another coder coded: their `id` is that of the data set, their `coder` names the data set, their
    /// document is the story. One batch: all of them, or in case of an error none. An event of the same data set with the same
    /// id is passed over. Events that agree in everything that was coded (participants, code, day, place) are one
    /// occurrence.
    pub fn import(&self, events: &[Event], stamp: &Stamp) -> Result<Written> {
        let batch = Batch::begin(&self.db)?;
        let db = &self.db;
        let mut lookup = Lookup::new(db);
        let corrected = db.prepare("SELECT 1 FROM corrections")?.exists(())?;
        let mut there = db.prepare_cached("SELECT 1 FROM reports WHERE report_id = ?")?;
        let mut written = false;
        for event in events {
            let mut hasher = Sha256::new();
            hasher.update(event.coder.as_bytes());
            hasher.update([0]);
            hasher.update(event.id.as_bytes());
            let report_id = leading(hasher);
            if there.exists([report_id])? {
                continue;
            }
            written = true;
            let document = story(&batch, &mut lookup, event)?;
            let row = report(&batch, &mut lookup, document, report_id, event, None)?;
            let decided = correct::recoded(db, report_id, event)?;
            if corrected || decided != *event {
                merge::merge(db, batch.id, &[row])?;
                continue;
            }
            let view = View::load(db, row)?;
            match same(db, &view)? {
                Some(occurrence) => merge::extend(db, batch.id, occurrence, view)?,
                None => merge::alone(db, batch.id, view)?,
            }
        }
        if !written {
            return Ok(Written::default());
        }
        batch.commit("import", stamp)
    }
}

/// The document that stands for the story an event is from, where the data set names one.
fn story(batch: &Batch<'_>, lookup: &mut Lookup, event: &Event) -> Result<Option<i64>> {
    let db = &*batch.db;
    let document = &event.document;
    if document.id.is_empty() {
        return Ok(None);
    }
    let mut hasher = Sha256::new();
    for part in [Some(&event.coder), Some(&document.id), document.publisher.as_ref(), document.published.as_ref()] {
        let part = part.map(String::as_str).unwrap_or_default();
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part.as_bytes());
    }
    let key = leading(hasher);
    let known: Option<i64> =
        db.prepare_cached("SELECT id FROM documents WHERE key = ?")?.query_row([key], |r| r.get(0)).optional()?;
    if let Some(id) = known {
        batch.ledger.borrow_mut().touch(db, id)?;
        return Ok(Some(id));
    }
    let published = document.published.as_deref().and_then(|d| d.parse().ok()).map(dates::of_day);
    let id = db
        .prepare_cached(
            "INSERT INTO documents (key, document_id, title, publisher, published, address, recorded) VALUES (?, ?, ?, ?, ?, ?, ?)",
        )?
        .insert((
            key,
            &document.id,
            &document.title,
            lookup.optional("publishers", document.publisher.as_deref())?,
            published,
            document.url.as_deref().map(|url| lookup.address(url)).transpose()?,
            batch.id,
        ))?;
    batch.ledger.borrow_mut().document(id);
    Ok(Some(id))
}

/// The present occurrence of imported events that agree with this one in everything that was coded.
fn same(db: &Connection, view: &View) -> Result<Option<i64>> {
    let (Some(date), Some((a, b))) = (view.date.filter(|d| d % 100 > 0), view.ties().into_iter().next()) else {
        return Ok(None);
    };
    let mut query = db.prepare_cached(
        "SELECT t.occurrence, o.best FROM ties t JOIN occurrences o ON o.id = t.occurrence JOIN reports r ON r.id = o.best
         WHERE t.a = ?1 AND t.b = ?2 AND t.date = ?3 AND t.event_type = ?4 AND r.words IS NULL AND r.cameo_code = ?5
           AND r.place IS ?6 AND r.status = ?7",
    )?;
    let place = view.place.as_ref().map(|p| p.id);
    let found: Vec<(i64, i64)> = query
        .query_map((a, b, date, view.event_type, &view.cameo, place, view.status), |r| Ok((r.get(0)?, r.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    for (occurrence, best) in found {
        let other = View::load(db, best)?;
        if other.modes == view.modes && other.actors == view.actors && other.recipients == view.recipients {
            return Ok(Some(occurrence));
        }
    }
    Ok(None)
}
