//! Whether a record is what was written: SQLite's own check, the hashes of the batches, and that all agrees.

use crate::batch::{self, tables};
use crate::error::{Error, Result};
use crate::indexes::INDEXES;
use crate::record::Record;
use crate::schema;
use rusqlite::Connection;
use rusqlite::types::ValueRef;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// What a check found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verified {
    /// Rows whose hashes were computed again.
    pub rows: i64,
    /// Documents whose text was hashed again.
    pub texts: i64,
    /// Batches.
    pub batches: i64,
    /// What is wrong; nothing in a sound record.
    pub damage: Vec<Damage>,
}

/// Something that is not as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damage {
    /// Where: a table, a batch, the file.
    pub place: String,
    /// What.
    pub message: String,
    /// Only a table that follows from others is wrong: [`Record::rebuild`] mends it.
    pub rebuilds: bool,
}

/// Questions whose answer must be 0, and what is wrong where it is not.
const AGREE: [(&str, &str, &str); 6] = [
    (
        "occurrences",
        "a present report stands in no present occurrence, or in several",
        "SELECT count(*) FROM reports r WHERE superseded IS NULL
         AND NOT EXISTS (SELECT 1 FROM correction_targets t JOIN corrections c ON c.id = t.correction
           WHERE t.report_id = r.report_id AND c.action = 'reject' AND c.superseded IS NULL)
         AND (SELECT count(*) FROM members m JOIN occurrences o ON o.id = m.occurrence
           WHERE m.report = r.id AND o.superseded IS NULL) <> 1",
    ),
    (
        "occurrences",
        "a present occurrence holds a report that is superseded or rejected",
        "SELECT count(*) FROM occurrences o JOIN members m ON m.occurrence = o.id JOIN reports r ON r.id = m.report
         WHERE o.superseded IS NULL AND (r.superseded IS NOT NULL
           OR EXISTS (SELECT 1 FROM correction_targets t JOIN corrections c ON c.id = t.correction
             WHERE t.report_id = r.report_id AND c.action = 'reject' AND c.superseded IS NULL))",
    ),
    (
        "occurrences",
        "the number of reports is not that of the members",
        "SELECT count(*) FROM occurrences o WHERE reports <> (SELECT count(*) FROM members m WHERE m.occurrence = o.id)",
    ),
    (
        "superseded",
        "a row is superseded by a batch that is not after its own or is not there",
        "SELECT (SELECT count(*) FROM documents WHERE superseded < recorded OR superseded > (SELECT max(id) FROM batches))
           + (SELECT count(*) FROM reports WHERE superseded < recorded OR superseded > (SELECT max(id) FROM batches))
           + (SELECT count(*) FROM occurrences WHERE superseded < recorded OR superseded > (SELECT max(id) FROM batches))
           + (SELECT count(*) FROM corrections WHERE superseded < recorded OR superseded > (SELECT max(id) FROM batches))",
    ),
    (
        "superseded",
        "an occurrence was superseded before its reports found another one",
        "SELECT count(*) FROM occurrences o JOIN members m ON m.occurrence = o.id JOIN reports r ON r.id = m.report
         WHERE o.superseded IS NOT NULL AND (r.superseded IS NULL OR r.superseded > o.superseded)
           AND NOT EXISTS (SELECT 1 FROM members n JOIN occurrences p ON p.id = n.occurrence
             WHERE n.report = r.id AND p.recorded = o.superseded)
           AND NOT EXISTS (SELECT 1 FROM correction_targets t JOIN corrections c ON c.id = t.correction
             WHERE t.report_id = r.report_id AND c.action = 'reject')",
    ),
    (
        "corrections",
        "a correction is undone, and no undoing says so",
        "SELECT count(*) FROM corrections c WHERE (superseded IS NOT NULL)
           <> EXISTS (SELECT 1 FROM corrections u WHERE u.undoes = c.id AND u.recorded = c.superseded)
           AND NOT (superseded IS NULL AND NOT EXISTS (SELECT 1 FROM corrections u WHERE u.undoes = c.id))",
    ),
];

impl Record {
    /// Checks everything: the file's structure, each row against the hash of its batch, each text against its own, the
    /// indexes against the tables.
    pub fn verify(&self) -> Result<Verified> {
        let mut found = Verified::default();
        let checks: [fn(&Connection, &mut Verified) -> Result<()>; 6] =
            [structure, statements, batches, texts, agreement, indexes];
        for check in checks {
            if let Err(error) = check(&self.db, &mut found) {
                match error {
                    Error::Damaged(message) | Error::Asked(message) => damaged(&mut found, "file", message),
                    Error::Sql(error) => damaged(&mut found, "file", error.to_string()),
                    other => return Err(other),
                }
            }
        }
        Ok(found)
    }
}

fn damaged(found: &mut Verified, place: impl Into<String>, message: impl Into<String>) {
    found.damage.push(Damage { place: place.into(), message: message.into(), rebuilds: false });
}

fn structure(db: &Connection, found: &mut Verified) -> Result<()> {
    let mut query = db.prepare("PRAGMA integrity_check(20)")?;
    let mut rows = query.query(())?;
    while let Some(row) = rows.next()? {
        let message: String = row.get(0)?;
        if message != "ok" {
            damaged(found, "file", message);
        }
    }
    Ok(())
}

/// The tables, views and triggers are those that this version makes.
fn statements(db: &Connection, found: &mut Verified) -> Result<()> {
    let fresh = Connection::open_in_memory()?;
    let format: i64 = db.pragma_query_value(None, "user_version", |r| r.get(0))?;
    if schema::make_as(&fresh, format).is_err() {
        return Ok(());
    }
    let (expected, there) = (schema::statements(&fresh)?, schema::statements(db)?);
    for statement in &expected {
        if !there.contains(statement) {
            damaged(found, "schema", format!("{} {} is not as it was made", statement.0, statement.1));
        }
    }
    for table in ["quad_classes", "event_types", "statuses"] {
        let all = |db: &Connection| batch::contents(db, table, "id", "id", i64::MIN, i64::MAX);
        if all(&fresh)? != all(db)? {
            damaged(found, table, "the names are not those of this format");
        }
    }
    let mut query = db.prepare("SELECT key, value, digest FROM about")?;
    let mut rows = query.query(())?;
    while let Some(row) = rows.next()? {
        let (key, value, digest): (String, String, Vec<u8>) = (row.get(0)?, row.get(1)?, row.get(2)?);
        if Sha256::digest(format!("{key}\0{value}")).as_slice() != digest {
            damaged(found, "about", format!("{key} is not what was stated"));
        }
    }
    Ok(())
}

fn batches(db: &Connection, found: &mut Verified) -> Result<()> {
    let mut next: BTreeMap<&str, i64> = BTreeMap::new();
    let mut query = db.prepare("SELECT * FROM batches ORDER BY id")?;
    let mut rows = query.query(())?;
    while let Some(row) = rows.next()? {
        found.batches += 1;
        let id: i64 = row.get(0)?;
        if id != found.batches {
            damaged(found, "batches", format!("batch {} is missing", found.batches));
            return Ok(());
        }
        let mut fields = Vec::new();
        for i in 0..7 {
            fields.push(row.get_ref(i)?);
        }
        let fields: Vec<ValueRef<'_>> = fields;
        if row.get::<_, Vec<u8>>(7)? != batch::digest(db, &fields, id)? {
            damaged(found, format!("batch {id}"), "its row or the list of its contents is not as it was written");
        }
        let mut contents = db.prepare_cached(
            "SELECT first, last, rows, digest FROM batch_contents WHERE batch = ? AND table_name = ?",
        )?;
        for (table, key, order) in tables() {
            let mut listed = contents.query((id, table))?;
            let Some(listed) = listed.next()? else { continue };
            let (first, last, count): (i64, i64, i64) = (listed.get(0)?, listed.get(1)?, listed.get(2)?);
            let expected: Vec<u8> = listed.get(3)?;
            if first != next.get(table).copied().unwrap_or(1) {
                damaged(found, table, format!("batch {id} does not begin where the one before ends"));
            }
            next.insert(table, last + 1);
            match batch::contents(db, table, key, order, first, last) {
                Ok((rows, digest)) if rows == count && digest[..] == expected[..] => found.rows += rows,
                Ok((rows, _)) if rows != count => {
                    damaged(found, table, format!("batch {id} brought {count} rows, {rows} are there"));
                }
                Ok(_) => damaged(found, table, format!("rows of batch {id} are not as they were written")),
                Err(error) => damaged(found, table, format!("rows of batch {id} cannot be read: {error}")),
            }
        }
    }
    for (table, key, _) in tables() {
        let last: i64 = db.query_row(&format!("SELECT ifnull(max({key}), 0) FROM {table}"), (), |r| r.get(0))?;
        let lowest: i64 = db.query_row(&format!("SELECT ifnull(min({key}), 1) FROM {table}"), (), |r| r.get(0))?;
        if last >= next.get(table).copied().unwrap_or(1) || lowest < 1 {
            damaged(found, table, "there are rows that no batch brought");
        }
    }
    Ok(())
}

fn texts(db: &Connection, found: &mut Verified) -> Result<()> {
    let mut query = db.prepare("SELECT id, text, hash FROM documents WHERE text IS NOT NULL")?;
    let mut rows = query.query(())?;
    while let Some(row) = rows.next()? {
        found.texts += 1;
        let bytes = |i: usize| -> rusqlite::Result<Option<&[u8]>> { Ok(row.get_ref(i)?.as_bytes_or_null()?) };
        let (text, hash) = (bytes(1)?.unwrap_or_default(), bytes(2)?);
        if hash != Some(&Sha256::digest(text)[..]) {
            damaged(
                found,
                "documents",
                format!("the text of document {} is not the one that was read", row.get::<_, i64>(0)?),
            );
        }
    }
    Ok(())
}

fn agreement(db: &Connection, found: &mut Verified) -> Result<()> {
    for (place, message, question) in AGREE {
        let count: i64 = db.query_row(question, (), |r| r.get(0))?;
        if count > 0 {
            damaged(found, place, format!("{message} ({count})"));
        }
    }
    Ok(())
}

/// The tables that follow from others, computed again.
fn indexes(db: &Connection, found: &mut Verified) -> Result<()> {
    let format: i64 = db.pragma_query_value(None, "user_version", |r| r.get(0))?;
    for index in INDEXES {
        // A record of an older format that is only read has these tables empty.
        let later = matches!(index.table, "coverage" | "near");
        if !(later && format < 2 || (index.agrees)(db)?) {
            let (place, message) = (index.table.to_owned(), index.wrong.to_owned());
            found.damage.push(Damage { place, message, rebuilds: true });
        }
    }
    Ok(())
}
