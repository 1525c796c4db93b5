//! What the record has read about whom: a table that is kept up with every batch.
//!
//! What a document adds to it is a sum, except that near-copies count as one source. So the unit is the group of documents
//! that are copies of each other, mostly a single one: before a batch changes a group that was there, what the group had
//! added is taken off; when the batch is complete, what all groups it touched add now is put on.

use crate::error::Result;
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet};

/// Code, publisher, month; 0 for all and for what is unknown.
type Cell = (i64, i64, i64);

/// Documents, reports, sources.
type Counts = (i64, i64, i64);

/// The changes that a batch makes.
#[derive(Default)]
pub(crate) struct Ledger {
    /// Documents that were there and are changed.
    touched: BTreeSet<i64>,
    /// Documents of this batch: the reports about each code.
    fresh: BTreeMap<i64, BTreeMap<i64, i64>>,
    /// Documents among the fresh ones that are copies of others.
    copied: BTreeSet<i64>,
    change: BTreeMap<Cell, Counts>,
}

impl Ledger {
    /// Notes a document that this batch brings.
    pub fn document(&mut self, document: i64) {
        self.fresh.entry(document).or_default();
    }

    /// Notes that reports of a document that was there are about to change.
    pub fn touch(&mut self, db: &Connection, document: i64) -> Result<()> {
        if !self.fresh.contains_key(&document) && !self.touched.contains(&document) {
            self.touched.extend(group(db, document)?);
            self.add(db, &[document], -1)?;
        }
        Ok(())
    }

    /// Notes that a document of this batch is a copy of another one, before their sources are joined.
    pub fn copy(&mut self, db: &Connection, document: i64, of: i64) -> Result<()> {
        self.copied.insert(document);
        if self.fresh.contains_key(&of) {
            self.copied.insert(of);
            return Ok(());
        }
        self.touch(db, of)
    }

    /// Notes a report that this batch brings, with the codes of its participants; `month` is that of the event.
    pub fn report(&mut self, document: Option<i64>, codes: &BTreeSet<i64>, month: i64) {
        let Some(document) = document else {
            for code in codes.iter().copied().chain([0]) {
                self.change.entry((code, 0, month)).or_default().1 += 1;
            }
            return;
        };
        // What a document that was there says now is read when the batch is complete.
        if let Some(told) = self.fresh.get_mut(&document) {
            for code in codes.iter().copied().chain([0]) {
                *told.entry(code).or_default() += 1;
            }
        }
    }

    /// Notes documents that told of nothing.
    pub fn silent(&mut self, month: i64, documents: i64) {
        let cell = self.change.entry((0, 0, month)).or_default();
        *cell = (cell.0 + documents, cell.1, cell.2 + documents);
    }

    /// Notes that a report without a document is about to be superseded.
    pub fn withdraw(&mut self, db: &Connection, report: i64) -> Result<()> {
        let mut query = db.prepare_cached(
            "SELECT DISTINCT ifnull(e.code, 0), ifnull(r.date, 0) / 100 FROM reports r
               LEFT JOIN report_participants rp ON rp.report = r.id LEFT JOIN entities e ON e.id = rp.entity
             WHERE r.id = ? UNION SELECT 0, ifnull(date, 0) / 100 FROM reports WHERE id = ?",
        )?;
        let rows = query.query_map((report, report), |r| Ok((r.get(0)?, 0, r.get(1)?)))?;
        for cell in rows {
            self.change.entry(cell?).or_default().1 -= 1;
        }
        Ok(())
    }

    /// Notes that a report of a document of this batch is replaced by another one.
    pub fn replaced(&mut self, document: i64) {
        // The document's reports are read when the batch is complete.
        self.copied.insert(document);
    }

    /// Puts it all into the table.
    pub fn settle(mut self, db: &Connection) -> Result<()> {
        let fresh = std::mem::take(&mut self.fresh);
        let mut again: BTreeSet<i64> = std::mem::take(&mut self.touched);
        again.extend(&self.copied);
        let mut place =
            db.prepare_cached("SELECT ifnull(publisher, 0), ifnull(published, 0) / 100 FROM documents WHERE id = ?")?;
        for (document, told) in &fresh {
            if again.contains(document) {
                continue;
            }
            let (publisher, month): (i64, i64) = place.query_row([document], |r| Ok((r.get(0)?, r.get(1)?)))?;
            let everything = (0, told.get(&0).copied().unwrap_or(0));
            let codes = told.iter().filter(|(code, _)| **code != 0).map(|(code, n)| (*code, *n));
            for (code, reports) in codes.chain([everything]) {
                let cell = self.change.entry((code, publisher, month)).or_default();
                *cell = (cell.0 + 1, cell.1 + reports, cell.2 + 1);
            }
        }
        while let Some(document) = again.first().copied() {
            let group = group(db, document)?;
            again.retain(|id| !group.contains(id));
            self.add(db, &group, 1)?;
        }
        let mut put = db.prepare_cached(
            "INSERT INTO coverage VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET documents = documents + excluded.documents,
               reports = reports + excluded.reports, sources = sources + excluded.sources",
        )?;
        let mut clear = db.prepare_cached(
            "DELETE FROM coverage WHERE code = ? AND publisher = ? AND month = ? AND documents = 0 AND reports = 0",
        )?;
        for ((code, publisher, month), (documents, reports, sources)) in self.change {
            put.execute((code, publisher, month, documents, reports, sources))?;
            if documents <= 0 && reports <= 0 {
                clear.execute((code, publisher, month))?;
            }
        }
        Ok(())
    }

    /// Adds what a group of copies adds, as it stands, so many times.
    fn add(&mut self, db: &Connection, documents: &[i64], times: i64) -> Result<()> {
        let documents = match documents {
            [one] => group(db, *one)?,
            several => several.to_vec(),
        };
        for (cell, (documents, reports, sources)) in contribution(db, &documents)? {
            let change = self.change.entry(cell).or_default();
            *change = (change.0 + times * documents, change.1 + times * reports, change.2 + times * sources);
        }
        Ok(())
    }
}

/// The documents that are near-copies of one, itself among them.
fn group(db: &Connection, document: i64) -> Result<Vec<i64>> {
    let mut query = db.prepare_cached(
        "SELECT document FROM sources WHERE source = (SELECT source FROM sources WHERE document = ?)",
    )?;
    let mut group: Vec<i64> = query.query_map([document], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
    if group.is_empty() {
        group.push(document);
    }
    Ok(group)
}

/// What a group of copies adds to the table.
fn contribution(db: &Connection, group: &[i64]) -> Result<BTreeMap<Cell, Counts>> {
    let mut cells: BTreeMap<Cell, Counts> = BTreeMap::new();
    let mut place =
        db.prepare_cached("SELECT ifnull(publisher, 0), ifnull(published, 0) / 100 FROM documents WHERE id = ?")?;
    let mut reports = db.prepare_cached(
        "SELECT DISTINCT r.id, ifnull(e.code, 0) FROM reports r
           LEFT JOIN report_participants rp ON rp.report = r.id LEFT JOIN entities e ON e.id = rp.entity
         WHERE r.document = ? AND r.superseded IS NULL ORDER BY r.id",
    )?;
    for document in group {
        let (publisher, published): (i64, i64) = place.query_row([document], |r| Ok((r.get(0)?, r.get(1)?)))?;
        let mut told: BTreeMap<i64, i64> = BTreeMap::from([(0, 0)]);
        let mut last = 0;
        let mut rows = reports.query([document])?;
        while let Some(r) = rows.next()? {
            let (report, code): (i64, i64) = (r.get(0)?, r.get(1)?);
            if report != last {
                last = report;
                *told.entry(0).or_default() += 1;
            }
            if code != 0 {
                *told.entry(code).or_default() += 1;
            }
        }
        for (code, reports) in told {
            let cell = cells.entry((code, publisher, published)).or_default();
            *cell = (cell.0 + 1, cell.1 + reports, 1);
        }
    }
    Ok(cells)
}

/// The whole table computed from the reports: what it must be.
pub(crate) fn compute(db: &Connection) -> Result<BTreeMap<Cell, Counts>> {
    let mut table: BTreeMap<Cell, Counts> = BTreeMap::new();
    let mut add = |cells: BTreeMap<Cell, Counts>| {
        for (cell, (documents, reports, sources)) in cells {
            let sum = table.entry(cell).or_default();
            *sum = (sum.0 + documents, sum.1 + reports, sum.2 + sources);
        }
    };
    let mut query = db.prepare("SELECT id FROM documents WHERE superseded IS NULL")?;
    let documents: Vec<i64> = query.query_map((), |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
    let mut query = db.prepare("SELECT document FROM sources")?;
    let copies: BTreeSet<i64> = query.query_map((), |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
    let mut done = BTreeSet::new();
    for document in documents {
        if copies.contains(&document) {
            if done.insert(document) {
                let group = group(db, document)?;
                done.extend(&group);
                add(contribution(db, &group)?);
            }
        } else {
            add(contribution(db, &[document])?);
        }
    }
    let mut query = db.prepare(
        "SELECT DISTINCT r.id, ifnull(e.code, 0), ifnull(r.date, 0) / 100 FROM reports r
           LEFT JOIN report_participants rp ON rp.report = r.id LEFT JOIN entities e ON e.id = rp.entity
         WHERE r.document IS NULL AND r.superseded IS NULL ORDER BY r.id",
    )?;
    let mut rows = query.query(())?;
    let mut last = 0;
    while let Some(r) = rows.next()? {
        let (report, code, month): (i64, i64, i64) = (r.get(0)?, r.get(1)?, r.get(2)?);
        if report != last {
            last = report;
            add(BTreeMap::from([((0, 0, month), (0, 1, 0))]));
        }
        if code != 0 {
            add(BTreeMap::from([((code, 0, month), (0, 1, 0))]));
        }
    }
    let mut query = db.prepare("SELECT ifnull(month, 0), documents FROM silent")?;
    let mut rows = query.query(())?;
    while let Some(r) = rows.next()? {
        let documents: i64 = r.get(1)?;
        add(BTreeMap::from([((0, 0, r.get(0)?), (documents, 0, documents))]));
    }
    Ok(table)
}

/// Fills the table of a record that had none.
pub(crate) fn fill(db: &Connection) -> Result<()> {
    let mut put = db.prepare("INSERT INTO coverage VALUES (?, ?, ?, ?, ?, ?)")?;
    for ((code, publisher, month), (documents, reports, sources)) in compute(db)? {
        put.execute((code, publisher, month, documents, reports, sources))?;
    }
    Ok(())
}

/// Whether the table is what the reports say.
pub(crate) fn agrees(db: &Connection) -> Result<bool> {
    let mut query = db.prepare("SELECT * FROM coverage")?;
    let rows = query.query_map((), |r| Ok(((r.get(0)?, r.get(1)?, r.get(2)?), (r.get(3)?, r.get(4)?, r.get(5)?))))?;
    let there: BTreeMap<Cell, Counts> = rows.collect::<rusqlite::Result<_>>()?;
    Ok(there == compute(db)?)
}
