//! Adding documents with their coded events.

use crate::batch::{Batch, Stamp, Written, leading};
use crate::copies;
use crate::correct;
use crate::dates;
use crate::error::Result;
use crate::lookup::Lookup;
use crate::merge;
use crate::record::Record;
use crate::schema::{status_number, type_number};
use crate::words;
use legation_record::{Diagnostic, Document, Event, Magnitude, Precision, Side};
use rusqlite::{Connection, OptionalExtension};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// A document with what was coded in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Item {
    /// The document.
    pub document: Document,
    /// Its events.
    pub events: Vec<Event>,
    /// How many sentences it has.
    pub sentences: u32,
    /// Remarks about it.
    pub diagnostics: Vec<Diagnostic>,
}

/// How documents are added.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Adding {
    /// Keep the facts and not the text, for sources whose licence does not allow more: no text, no sentences, no words of
    /// participants.
    pub without_text: bool,
    /// Put the new events of documents that are in the record already in the place of the old ones; else such a
    /// document is passed over.
    pub recode: bool,
}

/// What makes a document the same as one that is there already: id, text, title, publisher, date and address, hashed.
pub fn key(document: &Document) -> i64 {
    let published = document.published.map(|d| d.to_string());
    let parts = [
        Some(document.id.as_str()),
        Some(document.hash.as_str()),
        document.title.as_deref(),
        document.publisher.as_deref(),
        published.as_deref(),
        document.url.as_deref(),
    ];
    let mut hasher = Sha256::new();
    for part in parts {
        let part = part.unwrap_or_default();
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part.as_bytes());
    }
    leading(hasher)
}

impl Record {
    /// Whether a document is in the record.
    pub fn has(&self, document: &Document) -> Result<bool> {
        let mut query = self.db.prepare_cached("SELECT 1 FROM documents WHERE key = ?")?;
        Ok(query.exists([key(document)])?)
    }

    /// Adds documents as one batch: all of them, or in case of an error none. Documents that are there already are passed
    /// over. Where nothing is new no batch is written.
    pub fn add(&self, items: &[Item], how: Adding, stamp: &Stamp) -> Result<Written> {
        let batch = Batch::begin(&self.db)?;
        let mut lookup = Lookup::new(&self.db);
        let mut seeds = Vec::new();
        let mut written = false;
        for item in items {
            let known: Option<i64> = self
                .db
                .prepare_cached("SELECT id FROM documents WHERE key = ?")?
                .query_row([key(&item.document)], |r| r.get(0))
                .optional()?;
            let id = match known {
                Some(_) if !how.recode => continue,
                Some(id) => {
                    if !retire_reports(&batch, id, item, &mut seeds)? {
                        continue;
                    }
                    id
                }
                None => {
                    let id = document(&batch, &mut lookup, item, how)?;
                    seeds.extend(copies::find(&batch, id)?);
                    id
                }
            };
            written = true;
            let mut ids = BTreeSet::new();
            for event in &item.events {
                let mut report_id = report_id(key(&item.document), &event.id);
                while !ids.insert(report_id) {
                    report_id = report_id.wrapping_add(1);
                }
                let row = report(&batch, &mut lookup, Some(id), report_id, event, None)?;
                let decided = correct::recoded(&self.db, report_id, event)?;
                if decided == *event {
                    seeds.push(row);
                    continue;
                }
                // What the machine says is kept too: the decision may be undone.
                batch.ledger.borrow_mut().replaced(id);
                supersede(&self.db, batch.id, row)?;
                seeds.push(report(&batch, &mut lookup, Some(id), report_id, &decided, None)?);
            }
            for remark in &item.diagnostics {
                let span = remark.span.map(|s| (s.start, s.end));
                self.db
                    .prepare_cached(
                        "INSERT INTO diagnostics (document, start, \"end\", message, recorded) VALUES (?, ?, ?, ?, ?)",
                    )?
                    .execute((id, span.map(|s| s.0), span.map(|s| s.1), &remark.message, batch.id))?;
            }
        }
        if !written {
            return Ok(Written::default());
        }
        merge::merge(&self.db, batch.id, &seeds)?;
        batch.commit("add", stamp)
    }
}

/// The stable identifier of a report.
pub(crate) fn report_id(document_key: i64, event_id: &str) -> i64 {
    let mut hasher = Sha256::new();
    hasher.update(document_key.to_be_bytes());
    hasher.update(event_id.as_bytes());
    leading(hasher)
}

fn document(batch: &Batch<'_>, lookup: &mut Lookup, item: &Item, how: Adding) -> Result<i64> {
    let db = &*batch.db;
    let document = &item.document;
    let hash = unhex(&document.hash);
    let text = (!how.without_text).then_some(document.text.as_str());
    let sketch = words::sketch(&document.text);
    let packed: Vec<u8> = sketch.iter().flat_map(|h| h.to_be_bytes()).collect();
    let at = document.origin.rfind(['#', ':']).filter(|i| *i > 0);
    let (path, part) =
        at.map_or((document.origin.as_str(), None), |i| (&document.origin[..i], Some(&document.origin[i..])));
    let values = (
        key(document),
        (document.id != document.hash).then_some(&document.id),
        hash,
        &document.title,
        lookup.optional("publishers", document.publisher.as_deref())?,
        &document.byline,
        document.published.map(dates::of_day),
        document.url.as_deref().map(|url| lookup.address(url)).transpose()?,
        &document.language,
        lookup.name("origins", path)?,
        part,
        item.sentences,
        text,
        (!packed.is_empty()).then_some(packed),
        batch.id,
    );
    let id = db
        .prepare_cached(
            "INSERT INTO documents (key, document_id, hash, title, publisher, byline, published, address, language, origin,
               part, sentences, text, sketch, recorded) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?
        .insert(values)?;
    batch.ledger.borrow_mut().document(id);
    if text.is_some() || document.title.is_some() {
        db.prepare_cached("INSERT INTO documents_search (rowid, title, text) VALUES (?, ?, ?)")?.execute((
            id,
            &document.title,
            text,
        ))?;
    }
    Ok(id)
}

/// Supersedes the reports of a document that is coded anew, unless the same coder coded it. Whether it did.
fn retire_reports(batch: &Batch<'_>, id: i64, item: &Item, seeds: &mut Vec<i64>) -> Result<bool> {
    let db = &*batch.db;
    let mut query = db.prepare_cached(
        "SELECT r.id, c.name FROM reports r JOIN coders c ON c.id = r.coder WHERE document = ? AND superseded IS NULL",
    )?;
    let rows: Vec<(i64, String)> =
        query.query_map([id], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
    // The same coder finds the same events.
    let coders: BTreeSet<&str> = item.events.iter().map(|e| e.coder.as_str()).collect();
    if rows.len() == item.events.len() && rows.iter().all(|(_, coder)| coders.contains(coder.as_str())) {
        return Ok(false);
    }
    let rows: Vec<i64> = rows.into_iter().map(|(row, _)| row).collect();
    batch.ledger.borrow_mut().touch(db, id)?;
    for row in &rows {
        supersede(db, batch.id, *row)?;
    }
    seeds.extend(&rows);
    Ok(true)
}

/// The bytes that hexadecimal digits stand for.
pub(crate) fn unhex(digits: &str) -> Vec<u8> {
    let byte = |i: usize| u8::from_str_radix(digits.get(2 * i..2 * i + 2)?, 16).ok();
    (0..digits.len() / 2).filter_map(byte).collect()
}

/// Supersedes a report.
pub(crate) fn supersede(db: &Connection, batch: i64, row: i64) -> Result<()> {
    db.prepare_cached("UPDATE reports SET superseded = ? WHERE id = ?")?.execute((batch, row))?;
    Ok(())
}

/// What is kept of a sentence to compare it by, where the sentence itself may be gone.
pub(crate) struct Compared {
    pub ordinal: Option<i64>,
    pub words: Option<Vec<u8>>,
}

/// Writes a report with its participants; its row.
pub(crate) fn report(
    batch: &Batch<'_>,
    lookup: &mut Lookup,
    document: Option<i64>,
    report_id: i64,
    event: &Event,
    kept: Option<Compared>,
) -> Result<i64> {
    let db = &*batch.db;
    let evidence = &event.evidence;
    // An imported event has no words in any text.
    let quoted = evidence.end > evidence.start;
    let span = |start: u32, end: u32| (quoted && end > start).then_some((start, end));
    let place = event.place.as_ref().map(|place| lookup.place(place)).transpose()?;
    let date = event.date.as_ref();
    let dated = date.and_then(|d| span(d.start, d.end));
    let placed = event.place.as_ref().and_then(|p| span(p.start, p.end));
    let occasion = event.occasion.as_ref().and_then(|o| span(o.start, o.end));
    let size = event.size.clone().unwrap_or_default();
    let speaker = match &event.attribution {
        Some(said) => Some(lookup.speaker(&said.speaker, said.code.as_deref())?),
        None => None,
    };
    let said = event.attribution.as_ref().and_then(|a| span(a.start, a.end));
    let compared = kept.unwrap_or_else(|| Compared {
        ordinal: quoted.then(|| words::ordinal(event)).flatten(),
        words: quoted.then(|| words::pack(&words::of_event(event))),
    });
    let compared_words = compared.words.is_some();
    let number = |n: Option<u64>| n.and_then(|n| i64::try_from(n).ok());
    let mut insert = db.prepare_cached(
        "INSERT INTO reports (report_id, document, event_type, mode, context, about, cameo_code, score, date, place, dead,
           injured, arrested, crowd, status, speaker, speaker_start, speaker_end, confidence, sentence, sentence_start,
           sentence_end, trigger_start, trigger_end, ordinal, words, rule, coder, recorded, date_implied, date_earliest,
           date_latest, date_start, date_end, place_start, place_end, occasion_start, occasion_end)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23,
           ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?32, ?33, ?34, ?35, ?36, ?37, ?38)",
    )?;
    let row = insert.insert(rusqlite::params![
        report_id,
        document,
        type_number(event.event_type),
        lookup.list("modes", &event.event_mode)?,
        lookup.list("contexts", &event.contexts)?,
        event.about.map(type_number),
        event.cameo_code,
        decimal(event.score),
        event.date.as_ref().and_then(dates::pack),
        place,
        number(size.dead),
        number(size.injured),
        number(size.arrested),
        number(size.crowd),
        status_number(event.status),
        speaker,
        said.map(|s| s.0),
        said.map(|s| s.1),
        decimal(event.confidence),
        (quoted || evidence.sentence > 0).then_some(evidence.sentence),
        quoted.then_some(evidence.start),
        quoted.then_some(evidence.end),
        quoted.then_some(evidence.trigger.start),
        quoted.then_some(evidence.trigger.end),
        compared.ordinal,
        compared.words,
        (!event.rule.is_empty()).then(|| lookup.name("rules", &event.rule)).transpose()?,
        lookup.name("coders", &event.coder)?,
        batch.id,
        date.filter(|d| d.precision == Precision::Publication).map(|_| 1),
        date.and_then(|d| dates::pack_iso(d.earliest.as_ref())),
        date.and_then(|d| dates::pack_iso(d.latest.as_ref())),
        dated.map(|s| s.0),
        dated.map(|s| s.1),
        placed.map(|s| s.0),
        placed.map(|s| s.1),
        occasion.map(|s| s.0),
        occasion.map(|s| s.1),
    ])?;
    let mut refer = db.prepare_cached("INSERT INTO report_antecedents VALUES (?, ?, ?, ?, ?, ?)")?;
    let mut codes = BTreeSet::new();
    let mut insert = db.prepare_cached("INSERT INTO report_participants VALUES (?, ?, ?, ?, ?, ?, ?)")?;
    for (role, list) in [(0, &event.actors), (1, &event.recipients)] {
        for (position, participant) in list.iter().enumerate() {
            let words = span(participant.start, participant.end);
            let (entity, code) = lookup.entity(participant)?;
            codes.extend(code);
            let sectors = lookup.list("sectors", &participant.sectors)?;
            insert.execute((row, role, position, entity, sectors, words.map(|s| s.0), words.map(|s| s.1)))?;
            if let Some(antecedent) = &participant.antecedent {
                let reason = lookup.name("reasons", &antecedent.reason)?;
                refer.execute((row, role, position, antecedent.start, antecedent.end, reason))?;
            }
        }
    }
    details(db, lookup, row, document, event)?;
    if compared_words {
        merge::index(db, row)?;
    }
    let month = event.date.as_ref().and_then(dates::pack).unwrap_or(0) / 100;
    batch.ledger.borrow_mut().report(document, &codes, month);
    Ok(row)
}

/// Writes what only some reports have.
fn details(db: &Connection, lookup: &mut Lookup, row: i64, document: Option<i64>, event: &Event) -> Result<()> {
    let party = event.attribution.as_ref().and_then(|a| a.party).map(|side| match side {
        Side::Actor => 0,
        Side::Recipient => 1,
    });
    let (act, occasion) = (event.evidence.trigger.text.as_str(), event.occasion.as_ref().map(|o| o.text.as_str()));
    let mut phrases = (None, None);
    let words = !act.is_empty() || occasion.is_some_and(|o| !o.is_empty());
    if words && !keeps_text(db, document)? {
        let phrase = |words: &str| (!words.is_empty()).then(|| words.to_owned());
        phrases = (phrase(act), occasion.and_then(phrase));
    }
    if party.is_some() || phrases.0.is_some() || phrases.1.is_some() {
        let act = lookup.optional("phrases", phrases.0.as_deref())?;
        let occasion = lookup.optional("phrases", phrases.1.as_deref())?;
        db.prepare_cached("INSERT INTO report_details VALUES (?, ?, ?, ?)")?.execute((row, party, act, occasion))?;
    }
    let number = |n: Option<u64>| n.and_then(|n| i64::try_from(n).ok());
    for (position, count) in event.size.iter().flat_map(|s| &s.counts).enumerate() {
        let what = MAGNITUDES.iter().position(|m| *m == count.of).unwrap_or(0);
        let span = (count.end > count.start).then_some((count.start, count.end));
        db.prepare_cached("INSERT INTO report_counts VALUES (?, ?, ?, ?, ?, ?, ?, ?)")?.execute((
            row,
            position,
            what,
            number(count.number),
            number(count.low),
            number(count.high),
            span.map(|s| s.0),
            span.map(|s| s.1),
        ))?;
    }
    Ok(())
}

/// What is counted, in the order of the numbers in `report_counts`.
pub(crate) const MAGNITUDES: [Magnitude; 4] =
    [Magnitude::Dead, Magnitude::Injured, Magnitude::Arrested, Magnitude::Crowd];

fn keeps_text(db: &Connection, document: Option<i64>) -> Result<bool> {
    let mut query = db.prepare_cached("SELECT text IS NOT NULL FROM documents WHERE id = ?")?;
    Ok(document.is_some() && query.query_row([document], |r| r.get(0)).optional()?.unwrap_or(false))
}

/// The decimal number that a short float stands for: 2.8, not 2.799999952316284.
pub(crate) fn decimal(value: f32) -> f64 {
    value.to_string().parse().unwrap_or(f64::from(value))
}
