//! One occurrence with all that it is made of, and what persons decided.

use super::{Found, found};
use crate::correct;
use crate::error::{Error, Result};
use crate::read::{self, hex};
use crate::record::Record;
use legation_record::Event;
use rusqlite::OptionalExtension;
use serde::Serialize;

/// An occurrence with all that it is made of.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Shown {
    /// The occurrence.
    pub occurrence: Found,
    /// Its reports in order of publication.
    pub members: Vec<Member>,
    /// What persons decided about them.
    pub corrections: Vec<Correction>,
}

/// A report of an occurrence.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Member {
    /// The report.
    pub report: Event,
    /// Where its document was read.
    pub origin: Option<String>,
    /// The report it was found to be the same as.
    pub like: Option<String>,
    /// Why.
    pub grounds: Option<String>,
    /// Documents it is a near-copy of count as this source, where there are any.
    pub source: Option<String>,
}

/// A decision of a person.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct Correction {
    pub number: i64,
    pub action: String,
    pub fields: Option<String>,
    pub undoes: Option<i64>,
    pub reason: String,
    pub person: String,
    pub written: String,
    /// The batch that undid it.
    pub undone: Option<i64>,
}

impl Record {
    /// The occurrence that a report or an occurrence's identifier names, present or as it stood after a batch.
    pub fn show(&self, id: &str, as_of: Option<i64>) -> Result<Shown> {
        let batch = as_of.unwrap_or(i64::MAX);
        let occurrence: i64 = self
            .db
            .prepare_cached(
                "SELECT o.id FROM reports r JOIN members m ON m.report = r.id JOIN occurrences o ON o.id = m.occurrence
                 WHERE r.report_id = ?1 AND o.recorded <= ?2 AND (o.superseded IS NULL OR o.superseded > ?2)",
            )?
            .query_row((correct::number(id)?, batch), |r| r.get(0))
            .optional()?
            .ok_or_else(|| Error::Asked(format!("there is no event {id} in the record, or it was rejected")))?;
        let mut members = Vec::new();
        let mut query = self.db.prepare_cached(
            "SELECT m.report, m.grounds, (SELECT report_id FROM reports WHERE id = m.like_report), g.path, d.part, s.source
             FROM members m JOIN reports r ON r.id = m.report LEFT JOIN documents d ON d.id = r.document
               LEFT JOIN origins g ON g.id = d.origin LEFT JOIN sources s ON s.document = d.id
             WHERE m.occurrence = ? ORDER BY d.published IS NULL, d.published, d.key, r.sentence, r.report_id",
        )?;
        let mut rows = query.query([occurrence])?;
        while let Some(r) = rows.next()? {
            let (path, part): (Option<String>, Option<String>) = (r.get(3)?, r.get(4)?);
            members.push(Member {
                report: read::event(&self.db, r.get(0)?)?,
                grounds: r.get(1)?,
                like: r.get::<_, Option<i64>>(2)?.map(hex),
                origin: path.map(|path| format!("{path}{}", part.unwrap_or_default())),
                source: r.get::<_, Option<i64>>(5)?.map(hex),
            });
        }
        Ok(Shown {
            occurrence: found(&self.db, &[(occurrence, 0)], false)?
                .pop()
                .ok_or_else(|| Error::Asked(format!("{id} is no event")))?,
            members,
            corrections: self.corrections(Some(occurrence))?,
        })
    }

    /// All decisions of persons, or those about an occurrence's reports.
    pub fn corrections(&self, occurrence: Option<i64>) -> Result<Vec<Correction>> {
        let mut query = self.db.prepare_cached(
            "SELECT c.id, c.action, c.fields, c.undoes, c.reason, c.person, b.written, c.superseded
             FROM corrections c JOIN batches b ON b.id = c.recorded
             WHERE ?1 IS NULL OR c.id IN (
               SELECT t.correction FROM correction_targets t JOIN reports r ON r.report_id = t.report_id
                 JOIN members m ON m.report = r.id WHERE m.occurrence = ?1)
             ORDER BY c.id",
        )?;
        let rows = query.query_map([occurrence], |r| {
            Ok(Correction {
                number: r.get(0)?,
                action: r.get(1)?,
                fields: r.get(2)?,
                undoes: r.get(3)?,
                reason: r.get(4)?,
                person: r.get(5)?,
                written: r.get(6)?,
                undone: r.get(7)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}
