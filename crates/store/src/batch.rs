//! A batch: written whole or not at all, and vouched for by a hash.

use crate::coverage::Ledger;
use crate::error::Result;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior};
use sha2::{Digest, Sha256};
use std::cell::RefCell;

/// Who writes, and when: the clock is the caller's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// When, UTC, as `2024-08-19T12:00:00Z`.
    pub written: String,
    /// Version of the program.
    pub program: String,
}

/// The tables whose rows batches bring: name, the column whose numbers grow, and the order of the rows.
pub(crate) const TABLES: [(&str, &str, &str); 26] = [
    ("modes", "id", "id"),
    ("contexts", "id", "id"),
    ("sectors", "id", "id"),
    ("publishers", "id", "id"),
    ("coders", "id", "id"),
    ("rules", "id", "id"),
    ("reasons", "id", "id"),
    ("codes", "id", "id"),
    ("entities", "id", "id"),
    ("speakers", "id", "id"),
    ("places", "id", "id"),
    ("addresses", "id", "id"),
    ("origins", "id", "id"),
    ("documents", "id", "id"),
    ("copies", "id", "id"),
    ("reports", "id", "id"),
    ("report_participants", "report", "report, role, position"),
    ("report_antecedents", "report", "report, role, position"),
    ("phrases", "id", "id"),
    ("report_details", "report", "report"),
    ("report_counts", "report", "report, position"),
    ("silent", "id", "id"),
    ("occurrences", "id", "id"),
    ("members", "occurrence", "occurrence, report"),
    ("corrections", "id", "id"),
    ("correction_targets", "correction", "correction, part, report_id"),
];

/// Diagnostics have no part in what the record says, but are vouched for too.
pub(crate) const DIAGNOSTICS: (&str, &str, &str) = ("diagnostics", "id", "id");

/// A batch being written. Dropped without [`Batch::commit`], it leaves nothing behind.
pub(crate) struct Batch<'a> {
    pub db: Transaction<'a>,
    /// Its number.
    pub id: i64,
    /// What it changes in the coverage.
    pub ledger: RefCell<Ledger>,
    before: Vec<i64>,
}

impl<'a> Batch<'a> {
    /// Begins to write; waits for another writer as long as the connection is set to.
    pub fn begin(db: &'a Connection) -> Result<Self> {
        let db = Transaction::new_unchecked(db, TransactionBehavior::Immediate)?;
        let id: i64 = db.query_row("SELECT ifnull(max(id), 0) + 1 FROM batches", (), |r| r.get(0))?;
        let before = tables().map(|(table, key, _)| highest(&db, table, key)).collect::<rusqlite::Result<_>>()?;
        Ok(Self { db, id, ledger: RefCell::default(), before })
    }

    /// Vouches for the rows and makes them part of the record. When this returns they are on the disk.
    pub fn commit(self, kind: &str, stamp: &Stamp) -> Result<Written> {
        self.ledger.take().settle(&self.db)?;
        let mut counts = Written { batch: self.id, ..Written::default() };
        for ((table, key, order), before) in tables().zip(&self.before) {
            let last = highest(&self.db, table, key)?;
            if last == *before {
                continue;
            }
            let (rows, digest) = contents(&self.db, table, key, order, before + 1, last)?;
            match table {
                "documents" => counts.documents = rows,
                "reports" => counts.reports = rows,
                "occurrences" => counts.occurrences = rows,
                _ => {}
            }
            self.db.prepare_cached("INSERT INTO batch_contents VALUES (?, ?, ?, ?, ?, ?)")?.execute((
                self.id,
                table,
                before + 1,
                last,
                rows,
                &digest[..],
            ))?;
        }
        let row = [
            ValueRef::Integer(self.id),
            ValueRef::Text(kind.as_bytes()),
            ValueRef::Text(stamp.written.as_bytes()),
            ValueRef::Text(stamp.program.as_bytes()),
            ValueRef::Integer(counts.documents),
            ValueRef::Integer(counts.reports),
            ValueRef::Integer(counts.occurrences),
        ];
        let digest = digest(&self.db, &row, self.id)?;
        self.db.prepare_cached("INSERT INTO batches VALUES (?, ?, ?, ?, ?, ?, ?, ?)")?.execute((
            self.id,
            kind,
            &stamp.written,
            &stamp.program,
            counts.documents,
            counts.reports,
            counts.occurrences,
            &digest[..],
        ))?;
        self.db.commit()?;
        Ok(counts)
    }
}

/// What a batch wrote.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Number of the batch; 0 where nothing was to be written.
    pub batch: i64,
    /// Documents it brought.
    pub documents: i64,
    /// Reports it brought.
    pub reports: i64,
    /// Occurrences it wrote, new ones and new versions of old ones.
    pub occurrences: i64,
}

/// All tables that are vouched for.
pub(crate) fn tables() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    TABLES.into_iter().chain([DIAGNOSTICS])
}

fn highest(db: &Connection, table: &str, key: &str) -> rusqlite::Result<i64> {
    db.prepare_cached(&format!("SELECT ifnull(max({key}), 0) FROM {table}"))?.query_row((), |r| r.get(0))
}

/// The number of rows between two ids and the hash of their contents, `superseded` left out: it is set later.
pub(crate) fn contents(
    db: &Connection,
    table: &str,
    key: &str,
    order: &str,
    first: i64,
    last: i64,
) -> rusqlite::Result<(i64, [u8; 32])> {
    let mut names =
        db.prepare_cached("SELECT name FROM pragma_table_info(?) WHERE name <> 'superseded' ORDER BY cid")?;
    let names: Vec<String> =
        names.query_map([table], |r| r.get(0).map(|n: String| format!("\"{n}\"")))?.collect::<rusqlite::Result<_>>()?;
    let query = format!("SELECT {} FROM {table} WHERE {key} BETWEEN ? AND ? ORDER BY {order}", names.join(", "));
    let mut query = db.prepare_cached(&query)?;
    let mut rows = query.query((first, last))?;
    let (mut count, mut hasher, mut line) = (0, Sha256::new(), Vec::new());
    while let Some(row) = rows.next()? {
        line.clear();
        for i in 0..names.len() {
            value(row.get_ref(i)?, &mut line);
        }
        hasher.update(&line);
        count += 1;
    }
    Ok((count, hasher.finalize().into()))
}

/// A value so that no two rows have the same bytes.
fn value(value: ValueRef<'_>, out: &mut Vec<u8>) {
    let mut bytes = |tag: u8, bytes: &[u8]| {
        out.push(tag);
        out.extend((bytes.len() as u64).to_be_bytes());
        out.extend(bytes);
    };
    match value {
        ValueRef::Null => out.push(0),
        ValueRef::Integer(n) => bytes(1, &n.to_be_bytes()),
        ValueRef::Real(x) => bytes(2, &x.to_bits().to_be_bytes()),
        ValueRef::Text(text) => bytes(3, text),
        ValueRef::Blob(blob) => bytes(4, blob),
    }
}

/// The digest of a batch: over the digest of the one before, its own row and its contents.
pub(crate) fn digest(db: &Connection, row: &[ValueRef<'_>], id: i64) -> rusqlite::Result<[u8; 32]> {
    let before: Option<Vec<u8>> =
        db.prepare_cached("SELECT digest FROM batches WHERE id = ?")?.query_row([id - 1], |r| r.get(0)).optional()?;
    let mut bytes = before.unwrap_or_default();
    row.iter().for_each(|v| value(*v, &mut bytes));
    let mut query = db.prepare_cached("SELECT * FROM batch_contents WHERE batch = ? ORDER BY table_name")?;
    let mut rows = query.query([id])?;
    while let Some(row) = rows.next()? {
        for i in 0..6 {
            value(row.get_ref(i)?, &mut bytes);
        }
    }
    Ok(Sha256::digest(&bytes).into())
}

/// The first 64 bits of a hash as the integers of the record are.
pub(crate) fn leading(hasher: Sha256) -> i64 {
    let bytes = hasher.finalize();
    bytes.iter().take(8).fold(0_u64, |n, b| n << 8 | u64::from(*b)).cast_signed()
}
