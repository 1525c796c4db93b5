//! The tables that only follow from others: whether they do, and how they are computed anew.
//!
//! No hash covers them: what they must be is computed from the tables that have one.

use crate::error::{Error, Result};
use crate::record::Record;
use crate::{copies, coverage, merge};
use rusqlite::Connection;

/// A table that follows from others.
pub(crate) struct Index {
    pub table: &'static str,
    /// What is wrong where it does not.
    pub wrong: &'static str,
    pub agrees: fn(&Connection) -> Result<bool>,
}

/// All of them.
pub(crate) const INDEXES: [Index; 6] = [
    Index {
        table: "ties",
        wrong: "who is tied to whom is not what the reports of the occurrences say",
        agrees: merge::ties_agree,
    },
    Index { table: "near", wrong: "what reports are looked for by is not what they say", agrees: merge::index_agrees },
    Index {
        table: "coverage",
        wrong: "what is covered is not what documents and reports say",
        agrees: coverage::agrees,
    },
    Index {
        table: "shingles",
        wrong: "the index of word sequences is not what the sketches say",
        agrees: copies::shingles_agree,
    },
    Index { table: "sources", wrong: "the sources are not what the copies say", agrees: copies::sources_agree },
    Index { table: "documents_search", wrong: "the full-text index is not what the texts say", agrees: search_agrees },
];

impl Record {
    /// Computes the tables that only follow from others anew, all of them or in case of an error none. Nothing that was read,
    /// coded or decided is touched.
    pub fn rebuild(&self) -> Result<()> {
        let db = &self.db;
        db.execute_batch("BEGIN IMMEDIATE")?;
        let done = db
            .execute_batch(
                "DELETE FROM sources; DELETE FROM shingles; DELETE FROM ties; DELETE FROM near; DELETE FROM coverage;
                 INSERT INTO documents_search(documents_search) VALUES ('rebuild');",
            )
            .map_err(Error::from)
            // Ties and coverage count sources.
            .and_then(|()| copies::fill(db))
            .and_then(|()| merge::tie_all(db))
            .and_then(|()| merge::index_all(db))
            .and_then(|()| coverage::fill(db));
        match done {
            Ok(()) => Ok(db.execute_batch("COMMIT")?),
            Err(error) => {
                let _ = db.execute_batch("ROLLBACK");
                Err(error)
            }
        }
    }
}

/// The full-text index against the texts. The check is a command that looks like writing.
fn search_agrees(db: &Connection) -> Result<bool> {
    let was: bool = db.pragma_query_value(None, "query_only", |r| r.get(0))?;
    db.pragma_update(None, "query_only", false)?;
    let outcome = db.execute("INSERT INTO documents_search(documents_search, rank) VALUES ('integrity-check', 1)", ());
    db.pragma_update(None, "query_only", was)?;
    match outcome {
        Ok(_) => Ok(true),
        // A file that may not be written cannot be asked.
        Err(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::ReadOnly) => Ok(true),
        Err(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::DatabaseCorrupt) => Ok(false),
        Err(error) => Err(error.into()),
    }
}
