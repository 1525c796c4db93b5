//! Near-copies of an article: wire copy counts as one source.

use crate::batch::Batch;
use crate::error::Result;
use crate::{Record, words};
use legation_record::Document;
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet};

/// Estimated resemblance, in thousandths, from which two texts are copies of each other.
const COPY: i64 = 500;

/// How many of the lowest hashes are indexed: two texts that resemble each other by half share one of eight almost surely.
const INDEXED: usize = 8;

impl Record {
    /// The keys of the documents of the record that are this one or copies of it: the same key, identifier, address or text, or a
    /// text that resembles it by half. What they alone tell is no evidence for what the document says.
    pub fn copies_of(&self, document: &Document) -> Result<Vec<i64>> {
        let db = &self.db;
        let mut found = vec![crate::key(document)];
        let hash: Vec<u8> = (0..document.hash.len() / 2)
            .filter_map(|i| u8::from_str_radix(document.hash.get(2 * i..2 * i + 2)?, 16).ok())
            .collect();
        let mut same =
            db.prepare_cached("SELECT key FROM documents WHERE hash = ?1 AND length(?1) > 0 OR document_id = ?2")?;
        for row in same.query_map((hash, &document.id), |r| r.get(0))? {
            found.push(row?);
        }
        let sketch = words::sketch(&document.text);
        let mut near: BTreeSet<i64> = BTreeSet::new();
        let mut query = db.prepare_cached("SELECT document FROM shingles WHERE hash = ?")?;
        for hash in sketch.iter().take(INDEXED) {
            for row in query.query_map([hash], |r| r.get(0))? {
                near.insert(row?);
            }
        }
        let mut other = db.prepare_cached("SELECT key, sketch FROM documents WHERE id = ?")?;
        for id in near {
            let (key, packed): (i64, Option<Vec<u8>>) = other.query_row([id], |r| Ok((r.get(0)?, r.get(1)?)))?;
            if words::resemblance(&sketch, &unpack(&packed.unwrap_or_default())) >= COPY {
                found.push(key);
            }
        }
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }
}

/// Finds the near-copies of a document that was just written and joins their sources. The reports of documents that now
/// count as another source, to be looked at again.
pub(crate) fn find(batch: &Batch<'_>, document: i64) -> Result<Vec<i64>> {
    let db = &*batch.db;
    let (hash, packed): (Option<Vec<u8>>, Option<Vec<u8>>) = db
        .prepare_cached("SELECT hash, sketch FROM documents WHERE id = ?")?
        .query_row([document], |r| Ok((r.get(0)?, r.get(1)?)))?;
    let sketch = unpack(&packed.unwrap_or_default());
    let mut found: Vec<(i64, i64)> = Vec::new();
    let mut same = db.prepare_cached("SELECT id FROM documents WHERE hash = ? AND hash IS NOT NULL AND id <> ?")?;
    for row in same.query_map((hash, document), |r| r.get(0))? {
        found.push((row?, 1000));
    }
    let mut near: BTreeSet<i64> = BTreeSet::new();
    let mut query = db.prepare_cached("SELECT document FROM shingles WHERE hash = ?")?;
    for hash in sketch.iter().take(INDEXED) {
        for row in query.query_map([hash], |r| r.get(0))? {
            near.insert(row?);
        }
    }
    for other in near {
        let packed: Option<Vec<u8>> =
            db.prepare_cached("SELECT sketch FROM documents WHERE id = ?")?.query_row([other], |r| r.get(0))?;
        let resemblance = words::resemblance(&sketch, &unpack(&packed.unwrap_or_default()));
        if resemblance >= COPY && !found.iter().any(|(id, _)| *id == other) {
            found.push((other, resemblance));
        }
    }
    for hash in sketch.iter().take(INDEXED) {
        db.prepare_cached("INSERT OR IGNORE INTO shingles VALUES (?, ?)")?.execute((hash, document))?;
    }
    if found.is_empty() {
        return Ok(Vec::new());
    }
    // One copy of each source says enough: a text that a hundred print is not noted ten thousand times.
    let mut nearest: BTreeMap<i64, (i64, i64)> = BTreeMap::new();
    for (other, similarity) in found {
        let source: i64 = db
            .prepare_cached(
                "SELECT ifnull((SELECT source FROM sources WHERE document = ?1), (SELECT key FROM documents WHERE id = ?1))",
            )?
            .query_row([other], |r| r.get(0))?;
        let best = nearest.entry(source).or_insert((other, similarity));
        if similarity > best.1 {
            *best = (other, similarity);
        }
    }
    let found: Vec<(i64, i64)> = nearest.into_values().collect();
    for (other, similarity) in &found {
        db.prepare_cached("INSERT INTO copies (document, of_document, similarity, recorded) VALUES (?, ?, ?, ?)")?
            .execute((document, other, similarity, batch.id))?;
        batch.ledger.borrow_mut().copy(db, document, *other)?;
    }
    join(db, document, &found)
}

/// Notes that documents count as one source, as another record found.
pub(crate) fn same_source(batch: &Batch<'_>, document: i64, of: i64) -> Result<()> {
    let db = &*batch.db;
    batch.ledger.borrow_mut().copy(db, document, of)?;
    db.prepare_cached("INSERT INTO copies (document, of_document, similarity, recorded) VALUES (?, ?, ?, ?)")?
        .execute((document, of, COPY, batch.id))?;
    join(db, document, &[(of, COPY)])?;
    Ok(())
}

/// Gives all documents of the joined groups the lowest key among them as their source.
fn join(db: &Connection, document: i64, found: &[(i64, i64)]) -> Result<Vec<i64>> {
    let mut group = BTreeSet::from([document]);
    for (other, _) in found {
        group.insert(*other);
        let mut query = db.prepare_cached(
            "SELECT document FROM sources WHERE source = (SELECT source FROM sources WHERE document = ?)",
        )?;
        for row in query.query_map([other], |r| r.get(0))? {
            group.insert(row?);
        }
    }
    let mut lowest = i64::MAX;
    for id in &group {
        let key: i64 = db.prepare_cached("SELECT key FROM documents WHERE id = ?")?.query_row([id], |r| r.get(0))?;
        lowest = lowest.min(key);
    }
    let mut disturbed = Vec::new();
    for id in &group {
        db.prepare_cached("INSERT OR REPLACE INTO sources VALUES (?, ?)")?.execute((id, lowest))?;
        let mut query = db.prepare_cached("SELECT id FROM reports WHERE document = ? AND superseded IS NULL")?;
        for row in query.query_map([id], |r| r.get(0))? {
            disturbed.push(row?);
        }
    }
    Ok(disturbed)
}

/// Writes the index of word sequences and the sources anew: what the sketches and the copies say.
pub(crate) fn fill(db: &Connection) -> Result<()> {
    for (hash, document) in shingles(db)? {
        db.prepare_cached("INSERT INTO shingles VALUES (?, ?)")?.execute((hash, document))?;
    }
    for (document, source) in sources(db)? {
        db.prepare_cached("INSERT INTO sources VALUES (?, ?)")?.execute((document, source))?;
    }
    Ok(())
}

/// Whether the index of word sequences is what the sketches say.
pub(crate) fn shingles_agree(db: &Connection) -> Result<bool> {
    let mut query = db.prepare("SELECT hash, document FROM shingles")?;
    let there: BTreeSet<(u32, i64)> =
        query.query_map((), |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
    Ok(there == shingles(db)?)
}

/// Whether the sources are what the copies say.
pub(crate) fn sources_agree(db: &Connection) -> Result<bool> {
    let mut query = db.prepare("SELECT document, source FROM sources")?;
    let there: BTreeMap<i64, i64> =
        query.query_map((), |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
    Ok(there == sources(db)?)
}

/// The indexed word sequences of all documents, as their sketches say.
fn shingles(db: &Connection) -> Result<BTreeSet<(u32, i64)>> {
    let mut found = BTreeSet::new();
    let mut query = db.prepare("SELECT id, sketch FROM documents WHERE sketch IS NOT NULL")?;
    let mut rows = query.query(())?;
    while let Some(row) = rows.next()? {
        let (document, packed): (i64, Vec<u8>) = (row.get(0)?, row.get(1)?);
        found.extend(unpack(&packed).into_iter().take(INDEXED).map(|hash| (hash, document)));
    }
    Ok(found)
}

/// Documents that are copies of others, with their source: the lowest key among those that copies join.
fn sources(db: &Connection) -> Result<BTreeMap<i64, i64>> {
    let mut beside: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    let mut query = db.prepare("SELECT document, of_document FROM copies")?;
    let mut rows = query.query(())?;
    while let Some(row) = rows.next()? {
        let (a, b): (i64, i64) = (row.get(0)?, row.get(1)?);
        beside.entry(a).or_default().push(b);
        beside.entry(b).or_default().push(a);
    }
    let mut key = db.prepare("SELECT key FROM documents WHERE id = ?")?;
    let mut found = BTreeMap::new();
    for first in beside.keys() {
        if found.contains_key(first) {
            continue;
        }
        let mut group = BTreeSet::from([*first]);
        let mut open = vec![*first];
        while let Some(document) = open.pop() {
            open.extend(beside.get(&document).into_iter().flatten().filter(|other| group.insert(**other)));
        }
        let keys = group.iter().map(|id| key.query_row([id], |r| r.get(0))).collect::<rusqlite::Result<Vec<i64>>>()?;
        let source = keys.into_iter().min().unwrap_or_default();
        found.extend(group.into_iter().map(|document| (document, source)));
    }
    Ok(found)
}

pub(crate) fn unpack(bytes: &[u8]) -> Vec<u32> {
    bytes.chunks_exact(4).map(|b| u32::from_be_bytes([b[0], b[1], b[2], b[3]])).collect()
}
