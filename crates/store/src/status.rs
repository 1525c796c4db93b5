//! What is in a record, in figures.

use crate::error::Result;
use crate::record::Record;
use serde::Serialize;

/// Figures of a record; rows that are present, where nothing else is said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Figures {
    pub documents: i64,
    pub documents_with_text: i64,
    /// Documents that are not near-copies of others, and one for each group of copies.
    pub sources: i64,
    pub publishers: i64,
    pub reports: i64,
    pub occurrences: i64,
    /// Occurrences that several reports tell of.
    pub merged: i64,
    /// Decisions of persons that hold.
    pub corrections: i64,
    /// Rows that others have taken the place of.
    pub superseded: i64,
    pub diagnostics: i64,
    pub batches: i64,
    /// When the last batch was written.
    pub last_written: Option<String>,
    pub first_published: Option<String>,
    pub last_published: Option<String>,
    /// First and last date of an occurrence that happened.
    pub first_event: Option<String>,
    pub last_event: Option<String>,
    /// Occurrences of each type, of all statuses.
    pub types: Vec<(String, i64)>,
    /// Occurrences of each status.
    pub statuses: Vec<(String, i64)>,
    pub bytes: i64,
    pub format: i64,
}

impl Record {
    /// Counts what is there.
    pub fn figures(&self) -> Result<Figures> {
        let one = |sql: &str| -> Result<i64> { Ok(self.db.query_row(sql, (), |r| r.get(0))?) };
        let date = |sql: &str| -> Result<Option<String>> {
            Ok(crate::read::iso(self.db.query_row(sql, (), |r| r.get::<_, Option<i64>>(0))?))
        };
        let pairs = |sql: &str| -> Result<Vec<(String, i64)>> {
            let mut query = self.db.prepare(sql)?;
            Ok(query.query_map((), |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<rusqlite::Result<_>>()?)
        };
        let copies = one("SELECT count(*) - count(DISTINCT source) FROM sources")?;
        let documents = one("SELECT count(*) FROM documents WHERE superseded IS NULL")?;
        Ok(Figures {
            documents,
            documents_with_text: one("SELECT count(*) FROM documents WHERE superseded IS NULL AND text IS NOT NULL")?,
            sources: documents - copies,
            publishers: one("SELECT count(*) FROM publishers")?,
            reports: one("SELECT count(*) FROM reports WHERE superseded IS NULL")?,
            occurrences: one("SELECT count(*) FROM occurrences WHERE superseded IS NULL")?,
            merged: one("SELECT count(*) FROM occurrences WHERE superseded IS NULL AND reports > 1")?,
            corrections: one("SELECT count(*) FROM corrections WHERE superseded IS NULL AND action <> 'undo'")?,
            superseded: one("SELECT (SELECT count(*) FROM documents WHERE superseded IS NOT NULL)
                   + (SELECT count(*) FROM reports WHERE superseded IS NOT NULL)
                   + (SELECT count(*) FROM occurrences WHERE superseded IS NOT NULL)")?,
            diagnostics: one("SELECT count(*) FROM diagnostics")?,
            batches: one("SELECT count(*) FROM batches")?,
            last_written: self.db.query_row("SELECT max(written) FROM batches", (), |r| r.get(0))?,
            first_published: date("SELECT min(published) FROM documents")?,
            last_published: date("SELECT max(published) FROM documents")?,
            first_event: date("SELECT min(date) FROM ties WHERE date > 0 AND status <= 2")?,
            last_event: date("SELECT max(date) FROM ties WHERE date > 0 AND status <= 2")?,
            types: pairs(
                "SELECT t.name, count(*) FROM occurrences o JOIN reports r ON r.id = o.best
                   JOIN event_types t ON t.id = r.event_type WHERE o.superseded IS NULL GROUP BY t.id ORDER BY t.id",
            )?,
            statuses: pairs(
                "SELECT s.name, count(*) FROM occurrences o JOIN reports r ON r.id = o.best
                   JOIN statuses s ON s.id = r.status WHERE o.superseded IS NULL GROUP BY s.id ORDER BY s.id",
            )?,
            bytes: one("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")?,
            format: one("SELECT user_version FROM pragma_user_version()")?,
        })
    }
}
