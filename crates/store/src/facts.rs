//! A record as facts alone, one for each report: to send, to keep in a repository, and to make a record of again.

use crate::add::{Compared, report, supersede};
use crate::batch::{Batch, Stamp, Written, leading};
use crate::error::{Error, Result};
use crate::lookup::Lookup;
use crate::merge::{self, view::View};
use crate::read::{self, hex, iso};
use crate::record::Record;
use crate::{copies, correct, dates, words};
use legation_record::{Event, Place};
use rusqlite::OptionalExtension;
use serde::{Deserialize, Serialize};
use sha2::Digest;
use std::collections::BTreeMap;

/// A report without its words, with its place in the record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fact {
    /// The occurrence it belongs to: the identifier of its first report.
    pub occurrence: String,
    /// Whether it is the report that tells most of its occurrence, which gives it participants, type, mode and status.
    pub best: bool,
    /// What all reports of the occurrence say together; with the best one alone.
    pub together: Option<Together>,
    /// The report. Of the text it keeps the words that name the act and the occasion.
    #[serde(flatten)]
    pub event: Event,
    /// The report it was found to be the same as; of the first one of an occurrence nothing.
    pub like: Option<String>,
    /// Why.
    pub grounds: Option<String>,
    /// 3 in "the third meeting".
    pub ordinal: Option<i64>,
    /// Hashes of the sentence's words, to compare reports by; `None` for imported events.
    pub words: Option<Vec<u32>>,
    /// What makes the document the same as one that is there, 16 hexadecimal digits; of an event without a document
    /// nothing.
    pub document_key: Option<String>,
    /// Near-copies of a document count as one source: its key, where there are copies.
    pub document_source: Option<String>,
    /// ISO 639-1 code of the document's language.
    pub document_language: Option<String>,
    /// Number of the document's sentences.
    pub document_sentences: u32,
}

/// What the reports of an occurrence say together.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Together {
    /// Number of reports.
    pub reports: i64,
    /// Number of their documents that are not near-copies of each other.
    pub sources: i64,
    /// Number of publishers that are named.
    pub publishers: i64,
    /// First publication, YYYY-MM-DD.
    pub first_published: Option<String>,
    /// Last publication.
    pub last_published: Option<String>,
    /// The date, where another report tells it better than the best one.
    pub date: Option<String>,
    /// The place, where another report tells it better.
    pub place: Option<Place>,
}

/// Documents of a month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Read {
    /// Documents that were read.
    pub documents: i64,
    /// Those of them that have a report.
    pub telling: i64,
}

impl Record {
    /// Gives each present report to `emit`, document by document in the order of publication. Decisions of persons are not
    /// among them; what they led to is.
    pub fn facts<E: From<Error>>(
        &self,
        mut emit: impl FnMut(Fact) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        for chunk in self.members_in_order()?.chunks(500) {
            let rows: Vec<i64> = chunk.iter().map(|m| m.0).collect();
            let mut events = read::events(&self.db, &rows).map_err(Error::from)?;
            for (row, occurrence) in chunk {
                let Some((event, _)) = events.remove(row) else { continue };
                emit(self.fact(*row, *occurrence, event)?)?;
            }
        }
        Ok(())
    }

    /// Rows of reports with their occurrences.
    fn members_in_order(&self) -> Result<Vec<(i64, i64)>> {
        let mut query = self.db.prepare(
            "SELECT m.report, o.id FROM occurrences o JOIN members m ON m.occurrence = o.id JOIN reports r ON r.id = m.report
               LEFT JOIN documents d ON d.id = r.document
             WHERE o.superseded IS NULL
             ORDER BY d.published, d.document_id, d.key, r.date, r.sentence, r.report_id",
        )?;
        Ok(query.query_map((), |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<rusqlite::Result<_>>()?)
    }

    fn fact(&self, row: i64, occurrence: i64, mut event: Event) -> Result<Fact> {
        event.evidence.text.clear();
        (event.evidence.start, event.evidence.end) = (0, 0);
        (event.evidence.trigger.start, event.evidence.trigger.end) = (0, 0);
        for side in event.actors.iter_mut().chain(&mut event.recipients) {
            side.text.clear();
            (side.start, side.end, side.antecedent) = (0, 0, None);
        }
        if let Some(place) = &mut event.place {
            place.text.clear();
            (place.start, place.end) = (0, 0);
        }
        if let Some(date) = &mut event.date {
            date.text.clear();
            (date.start, date.end) = (0, 0);
        }
        if let Some(occasion) = &mut event.occasion {
            (occasion.start, occasion.end) = (0, 0);
        }
        if let Some(said) = &mut event.attribution {
            said.text.clear();
            (said.start, said.end) = (0, 0);
        }
        for count in event.size.iter_mut().flat_map(|s| &mut s.counts) {
            count.text.clear();
            (count.start, count.end) = (0, 0);
        }
        let mut query = self.db.prepare_cached(
            "SELECT f.report_id, o.best = m.report, l.report_id, m.grounds, r.ordinal, r.words, d.key, s.source, d.language,
               d.sentences, o.reports, o.sources, o.publishers, o.first_published, o.last_published,
               CASE WHEN o.date IS NOT r.date THEN o.date END,
               CASE WHEN o.place IS NOT r.place THEN o.place END
             FROM members m JOIN occurrences o ON o.id = m.occurrence JOIN reports r ON r.id = m.report
               JOIN reports f ON f.id = o.first LEFT JOIN reports l ON l.id = m.like_report
               LEFT JOIN documents d ON d.id = r.document LEFT JOIN sources s ON s.document = d.id
             WHERE m.occurrence = ? AND m.report = ?",
        )?;
        Ok(query.query_row((occurrence, row), |r| {
            let best: bool = r.get(1)?;
            let together = || -> rusqlite::Result<Together> {
                Ok(Together {
                    reports: r.get(10)?,
                    sources: r.get(11)?,
                    publishers: r.get(12)?,
                    first_published: iso(r.get(13)?),
                    last_published: iso(r.get(14)?),
                    date: iso(r.get(15)?),
                    place: r.get::<_, Option<i64>>(16)?.map(|id| read::place(&self.db, id)).transpose()?,
                })
            };
            Ok(Fact {
                occurrence: hex(r.get(0)?),
                best,
                together: best.then(together).transpose()?,
                event,
                like: r.get::<_, Option<i64>>(2)?.map(hex),
                grounds: r.get(3)?,
                ordinal: r.get(4)?,
                words: r.get::<_, Option<Vec<u8>>>(5)?.map(|b| words::unpack(&b)),
                document_key: r.get::<_, Option<i64>>(6)?.map(hex),
                document_source: r.get::<_, Option<i64>>(7)?.map(hex),
                document_language: r.get(8)?,
                document_sentences: r.get::<_, Option<u32>>(9)?.unwrap_or(0),
            })
        })?)
    }

    /// By month of publication (YYYYMM; 0 where unknown) the documents that were read, and how many of them told of an event:
    /// so that silence can be told from not looking.
    pub fn documents_by_month(&self) -> Result<BTreeMap<i64, Read>> {
        let mut months: BTreeMap<i64, Read> = BTreeMap::new();
        let mut query = self.db.prepare(
            "SELECT ifnull(published, 0) / 100, count(*), sum(EXISTS (
               SELECT 1 FROM reports r WHERE r.document = d.id AND r.superseded IS NULL))
             FROM documents d WHERE superseded IS NULL GROUP BY 1
             UNION ALL SELECT ifnull(month, 0), documents, 0 FROM silent",
        )?;
        let mut rows = query.query(())?;
        while let Some(r) = rows.next()? {
            let month = months.entry(r.get(0)?).or_default();
            month.documents += r.get::<_, i64>(1)?;
            month.telling += r.get::<_, i64>(2)?;
        }
        Ok(months)
    }

    /// Makes rows of facts again, as one batch; `silent` are the documents by month that told of nothing. Documents that are
    /// there, and such months, are passed over. Where the record was empty, occurrences are as they were; else reports are
    /// compared with those that are there.
    pub fn restore(
        &self,
        facts: impl IntoIterator<Item = Result<Fact>>,
        silent: &BTreeMap<i64, i64>,
        stamp: &Stamp,
    ) -> Result<Written> {
        let batch = Batch::begin(&self.db)?;
        let empty = !self.db.prepare("SELECT 1 FROM reports UNION ALL SELECT 1 FROM corrections")?.exists(())?;
        let mut restoring =
            Restoring { batch: &batch, lookup: Lookup::new(&self.db), document: None, sources: BTreeMap::new() };
        let mut seeds = Vec::new();
        // By the numbers of identifiers: which rows an occurrence has, and what each was found to be like.
        let mut occurrences: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
        let mut rows: BTreeMap<i64, i64> = BTreeMap::new();
        let mut like: BTreeMap<i64, (i64, String)> = BTreeMap::new();
        for fact in facts {
            let fact = fact?;
            let Some(row) = restoring.row(&fact)? else { continue };
            seeds.push(row);
            if empty {
                occurrences.entry(correct::number(&fact.occurrence)?).or_default().push(row);
                rows.insert(correct::number(&fact.event.id)?, row);
                if let (Some(other), Some(grounds)) = (&fact.like, fact.grounds) {
                    like.insert(row, (correct::number(other)?, grounds));
                }
            }
        }
        let mut quiet = false;
        for (month, documents) in silent {
            quiet |= restoring.silent(*month, *documents)?;
        }
        if seeds.is_empty() && !quiet {
            return Ok(Written::default());
        }
        if !empty {
            merge::merge(&self.db, batch.id, &seeds)?;
            return batch.commit("import", stamp);
        }
        for members in occurrences.into_values() {
            let views = members.iter().map(|row| View::load(&self.db, *row)).collect::<rusqlite::Result<Vec<_>>>()?;
            let why = |row: &i64| like.get(row).and_then(|(other, why)| Some((*rows.get(other)?, why.clone())));
            let cluster = members.iter().map(|row| (*row, why(row))).collect();
            merge::as_told(&self.db, batch.id, &cluster, &views)?;
        }
        batch.commit("import", stamp)
    }
}

/// Facts on their way into the record.
struct Restoring<'a> {
    batch: &'a Batch<'a>,
    lookup: Lookup<'a>,
    /// Key and row of the document before; no row where it was there.
    document: Option<(Option<String>, Option<i64>)>,
    /// The first document of each source.
    sources: BTreeMap<String, i64>,
}

impl Restoring<'_> {
    /// Writes a fact; its row, or nothing where it is there.
    fn row(&mut self, fact: &Fact) -> Result<Option<i64>> {
        let db = &*self.batch.db;
        let report_id = correct::number(&fact.event.id)?;
        let document = match &self.document {
            Some((key, row)) if *key == fact.document_key && key.is_some() => *row,
            _ => {
                let row = self.document_of(fact)?;
                self.document = Some((fact.document_key.clone(), row));
                row
            }
        };
        if document.is_none() {
            let mut there = db.prepare_cached("SELECT 1 FROM reports WHERE report_id = ?")?;
            if fact.document_key.is_some() || there.exists([report_id])? {
                return Ok(None);
            }
        }
        let compared = || Compared { ordinal: fact.ordinal, words: fact.words.as_deref().map(words::pack) };
        let row = report(self.batch, &mut self.lookup, document, report_id, &fact.event, Some(compared()))?;
        let decided = correct::recoded(db, report_id, &fact.event)?;
        if decided == fact.event {
            return Ok(Some(row));
        }
        if let Some(document) = document {
            self.batch.ledger.borrow_mut().replaced(document);
        }
        supersede(db, self.batch.id, row)?;
        Ok(Some(report(self.batch, &mut self.lookup, document, report_id, &decided, Some(compared()))?))
    }

    fn document_of(&mut self, fact: &Fact) -> Result<Option<i64>> {
        let db = &*self.batch.db;
        let Some(key) = &fact.document_key else { return Ok(None) };
        let number = correct::number(key)?;
        let mut known = db.prepare_cached("SELECT recorded FROM documents WHERE key = ?")?;
        if known.query_row([number], |r| r.get::<_, i64>(0)).optional()?.is_some() {
            return Ok(None);
        }
        let document = &fact.event.document;
        let id = db
            .prepare_cached(
                "INSERT INTO documents (key, document_id, title, publisher, published, address, language, sentences, recorded)
                 VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            )?
            .insert((
                number,
                (!document.id.is_empty()).then_some(&document.id),
                &document.title,
                self.lookup.optional("publishers", document.publisher.as_deref())?,
                document.published.as_deref().and_then(|d| d.parse().ok()).map(dates::of_day),
                document.url.as_deref().map(|url| self.lookup.address(url)).transpose()?,
                &fact.document_language,
                fact.document_sentences,
                self.batch.id,
            ))?;
        self.batch.ledger.borrow_mut().document(id);
        if document.title.is_some() {
            db.prepare_cached("INSERT INTO documents_search (rowid, title, text) VALUES (?, ?, NULL)")?
                .execute((id, &document.title))?;
        }
        if let Some(source) = &fact.document_source {
            match self.sources.get(source) {
                Some(first) => copies::same_source(self.batch, id, *first)?,
                None => drop(self.sources.insert(source.clone(), id)),
            }
        }
        Ok(Some(id))
    }

    /// Notes documents of a month that told of nothing, once. Whether it did.
    fn silent(&self, month: i64, documents: i64) -> Result<bool> {
        if documents <= 0 {
            return Ok(false);
        }
        let mut hasher = sha2::Sha256::new();
        hasher.update(format!("{month} {documents}"));
        let known = (month > 0).then_some(month);
        let written = self
            .batch
            .db
            .prepare_cached("INSERT OR IGNORE INTO silent (month, documents, key, recorded) VALUES (?, ?, ?, ?)")?
            .execute((known, documents, leading(hasher), self.batch.id))?;
        if written > 0 {
            self.batch.ledger.borrow_mut().silent(month, documents);
        }
        Ok(written > 0)
    }
}
