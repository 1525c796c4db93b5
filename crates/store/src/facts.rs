//! A record as facts alone: a line of JSON for each document, to send, to keep in a repository, and to make a record of again.

use crate::add::{Compared, report, supersede, unhex};
use crate::batch::{Batch, Stamp, Written};
use crate::error::{Error, Result};
use crate::lookup::Lookup;
use crate::read::{self, hex, iso};
use crate::record::Record;
use crate::{copies, correct, dates, merge};
use legation_record::Event;
use rusqlite::OptionalExtension;
use serde::{Deserialize, Serialize};

/// A document and its reports without their words.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// What makes it the same document as one that is there, 16 hexadecimal digits.
    pub key: String,
    /// The id the input gave.
    pub id: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// When, YYYY-MM-DD.
    pub published: Option<String>,
    /// Where.
    pub url: Option<String>,
    /// ISO 639-1 code.
    pub language: Option<String>,
    /// Number of its sentences.
    pub sentences: u32,
    /// Hashes of its word sequences, to find near-copies.
    pub sketch: Option<String>,
    /// Its reports.
    pub reports: Vec<Fact>,
}

/// A report without its words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fact {
    /// The report, as the machine coded it. What it says of its document stands beside.
    #[serde(flatten)]
    pub event: Event,
    /// Hashes of the sentence's words, to compare reports by.
    pub words: Option<String>,
    /// 3 in "the third meeting".
    pub ordinal: Option<i64>,
}

impl Record {
    /// Gives the facts of each document to `emit`, by date of publication. Decisions of persons are not among them.
    pub fn facts<E: From<Error>>(
        &self,
        mut emit: impl FnMut(Facts) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let ids = self.documents_in_order()?;
        for id in ids {
            emit(self.facts_of(id)?)?;
        }
        Ok(())
    }

    fn documents_in_order(&self) -> Result<Vec<i64>> {
        let mut query = self
            .db
            .prepare("SELECT id FROM documents WHERE superseded IS NULL ORDER BY published, document_id, key")?;
        Ok(query.query_map((), |r| r.get(0))?.collect::<rusqlite::Result<_>>()?)
    }

    fn facts_of(&self, id: i64) -> Result<Facts> {
        let mut query = self.db.prepare_cached(
            "SELECT d.key, d.document_id, d.title, p.name, d.published, a.url, d.language, d.sentences, d.sketch
             FROM documents d LEFT JOIN publishers p ON p.id = d.publisher LEFT JOIN addresses a ON a.id = d.address
             WHERE d.id = ?",
        )?;
        let mut facts = query.query_row([id], |r| {
            Ok(Facts {
                key: hex(r.get(0)?),
                id: r.get(1)?,
                title: r.get(2)?,
                publisher: r.get(3)?,
                published: iso(r.get(4)?),
                url: r.get(5)?,
                language: r.get(6)?,
                sentences: r.get::<_, Option<u32>>(7)?.unwrap_or(0),
                sketch: r.get::<_, Option<Vec<u8>>>(8)?.map(|b| digits(&b)),
                reports: Vec::new(),
            })
        })?;
        let mut query = self.db.prepare_cached(
            "SELECT id, words, ordinal FROM reports WHERE document = ? AND superseded IS NULL ORDER BY sentence_start, report_id",
        )?;
        let mut rows = query.query([id])?;
        while let Some(r) = rows.next()? {
            let mut event = read::event(&self.db, r.get(0)?)?;
            event.document = Default::default();
            event.evidence.text.clear();
            event.evidence.trigger.text.clear();
            event.actors.iter_mut().chain(&mut event.recipients).for_each(|p| p.text.clear());
            let places = event.place.iter_mut().map(|p| &mut p.text);
            let dates = event.date.iter_mut().map(|d| &mut d.text);
            let occasions = event.occasion.iter_mut().map(|o| &mut o.text);
            let speakers = event.attribution.iter_mut().map(|a| &mut a.text);
            places.chain(dates).chain(occasions).chain(speakers).for_each(String::clear);
            let words = r.get::<_, Option<Vec<u8>>>(1)?.map(|b| digits(&b));
            facts.reports.push(Fact { event, words, ordinal: r.get(2)? });
        }
        Ok(facts)
    }

    /// Makes rows of facts again, as one batch. Documents that are there are passed over.
    pub fn restore(&self, documents: &[Facts], stamp: &Stamp) -> Result<Written> {
        let batch = Batch::begin(&self.db)?;
        let db = &self.db;
        let mut lookup = Lookup::new(db);
        let mut seeds = Vec::new();
        let mut written = false;
        for facts in documents {
            let key = correct::number(&facts.key)?;
            let known: Option<i64> = db
                .prepare_cached("SELECT 1 FROM documents WHERE key = ?")?
                .query_row([key], |r| r.get(0))
                .optional()?;
            if known.is_some() {
                continue;
            }
            written = true;
            let id = db
                .prepare_cached(
                    "INSERT INTO documents (key, document_id, title, publisher, published, address, language, sentences,
                       sketch, recorded) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                )?
                .insert((
                    key,
                    &facts.id,
                    &facts.title,
                    lookup.optional("publishers", facts.publisher.as_deref())?,
                    facts.published.as_deref().and_then(|d| d.parse().ok()).map(dates::of_day),
                    facts.url.as_deref().map(|url| lookup.address(url)).transpose()?,
                    &facts.language,
                    facts.sentences,
                    facts.sketch.as_deref().map(unhex),
                    batch.id,
                ))?;
            if facts.title.is_some() {
                db.prepare_cached("INSERT INTO documents_search (rowid, title, text) VALUES (?, ?, NULL)")?
                    .execute((id, &facts.title))?;
            }
            seeds.extend(copies::find(db, batch.id, id)?);
            for fact in &facts.reports {
                let report_id = correct::number(&fact.event.id)?;
                let compared = || Compared { ordinal: fact.ordinal, words: fact.words.as_deref().map(unhex) };
                let row = report(db, &mut lookup, batch.id, Some(id), report_id, &fact.event, Some(compared()))?;
                let decided = correct::recoded(db, report_id, &fact.event)?;
                if decided == fact.event {
                    seeds.push(row);
                    continue;
                }
                supersede(db, batch.id, row)?;
                seeds.push(report(db, &mut lookup, batch.id, Some(id), report_id, &decided, Some(compared()))?);
            }
        }
        if !written {
            return Ok(Written::default());
        }
        merge::merge(db, batch.id, &seeds)?;
        batch.commit("import", stamp)
    }
}

fn digits(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}
