//! What persons decide about events: kept for good, undone only by another decision.

use crate::add::{Compared, report, supersede};
use crate::batch::{Batch, Stamp, Written};
use crate::error::{Error, Result};
use crate::lookup::Lookup;
use crate::merge;
use crate::read;
use crate::record::Record;
use legation_record::Event;
use rusqlite::{Connection, OptionalExtension};
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// What a person decides. Identifiers are those of occurrences or reports; an occurrence stands for all its reports.
#[derive(Clone, Debug, PartialEq)]
pub enum Decision {
    /// These are one happening.
    Merge(Vec<String>),
    /// These reports are not the happening that the first names; among themselves they stay together.
    Split(String, Vec<String>),
    /// This is to be coded otherwise: fields of the JSON Lines contract with their new values.
    Recode(String, Map<String, Value>),
    /// This did not happen, or is no event.
    Reject(String),
    /// The decision of this number no longer holds.
    Undo(i64),
}

impl Record {
    /// Writes a decision as a batch of its own, with who took it and why.
    pub fn correct(&self, decision: &Decision, person: &str, reason: &str, stamp: &Stamp) -> Result<Written> {
        if person.trim().is_empty() || reason.trim().is_empty() {
            return Err(Error::Asked("a correction needs a name and a reason".to_owned()));
        }
        let batch = Batch::begin(&self.db)?;
        let db = &self.db;
        let mut seeds = Vec::new();
        match decision {
            Decision::Merge(ids) => {
                let reports = ids.iter().map(|id| reports_of(db, id)).collect::<Result<Vec<_>>>()?.concat();
                let mut apart = BTreeSet::new();
                for row in &reports {
                    apart.insert(occurrence_of(db, *row)?);
                }
                if apart.len() < 2 {
                    return Err(Error::Asked("a merge needs two different events".to_owned()));
                }
                let id = write(db, batch.id, "merge", None, None, reason, person)?;
                target(db, id, 0, &reports)?;
                seeds = reports;
            }
            Decision::Split(of, ids) => {
                let out = ids.iter().map(|id| one_report(db, id)).collect::<Result<Vec<_>>>()?;
                let rest: Vec<i64> = reports_of(db, of)?.into_iter().filter(|row| !out.contains(row)).collect();
                if rest.is_empty() {
                    return Err(Error::Asked(format!("nothing of {of} would be left")));
                }
                let id = write(db, batch.id, "split", None, None, reason, person)?;
                target(db, id, 0, &out)?;
                target(db, id, 1, &rest)?;
                seeds = [out, rest].concat();
            }
            Decision::Recode(id, fields) => {
                let text = Value::Object(fields.clone()).to_string();
                for row in reports_of(db, id)? {
                    let mut event = read::event(db, row)?;
                    set(&mut event, fields)?;
                    event.coder = person.to_owned();
                    seeds.push(replace(&batch, row, &event)?);
                    seeds.push(row);
                }
                let correction = write(db, batch.id, "recode", Some(&text), None, reason, person)?;
                target(db, correction, 0, &seeds)?;
            }
            Decision::Reject(id) => {
                seeds = reports_of(db, id)?;
                let correction = write(db, batch.id, "reject", None, None, reason, person)?;
                target(db, correction, 0, &seeds)?;
            }
            Decision::Undo(number) => self.undo(&batch, *number, person, reason, &mut seeds)?,
        }
        merge::merge(db, batch.id, &seeds)?;
        batch.commit("correct", stamp)
    }

    fn undo(&self, batch: &Batch, number: i64, person: &str, reason: &str, seeds: &mut Vec<i64>) -> Result<()> {
        let db = &self.db;
        let found: Option<(String, Option<i64>)> = db
            .prepare_cached("SELECT action, superseded FROM corrections WHERE id = ?")?
            .query_row([number], |r| Ok((r.get(0)?, r.get(1)?)))
            .optional()?;
        let action = match found {
            None => return Err(Error::Asked(format!("there is no correction {number}"))),
            Some((_, Some(batch))) => {
                return Err(Error::Asked(format!("batch {batch} undid correction {number} already")));
            }
            Some((action, None)) if action == "undo" => {
                return Err(Error::Asked("an undoing cannot be undone: decide anew".to_owned()));
            }
            Some((action, None)) => action,
        };
        let mut query = db.prepare_cached(
            "SELECT r.id FROM correction_targets t JOIN reports r ON r.report_id = t.report_id AND r.superseded IS NULL
             WHERE t.correction = ?",
        )?;
        let rows: Vec<i64> = query.query_map([number], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
        db.prepare_cached("UPDATE corrections SET superseded = ? WHERE id = ?")?.execute((batch.id, number))?;
        write(db, batch.id, "undo", None, Some(number), reason, person)?;
        for row in rows {
            if action == "recode" {
                // What the machine had coded, with what other decisions still say.
                let report_id: i64 =
                    db.prepare_cached("SELECT report_id FROM reports WHERE id = ?")?.query_row([row], |r| r.get(0))?;
                let first: i64 = db
                    .prepare_cached(
                        "SELECT r.id FROM reports r WHERE r.report_id = ? AND r.coder NOT IN (
                           SELECT c.id FROM coders c JOIN corrections k ON k.person = c.name AND k.action = 'recode')
                         ORDER BY r.id DESC LIMIT 1",
                    )?
                    .query_row([report_id], |r| r.get(0))?;
                let event = recoded(db, report_id, &read::event(db, first)?)?;
                seeds.push(replace(batch, row, &event)?);
            }
            seeds.push(row);
        }
        Ok(())
    }
}

/// An event as persons have recoded it, decision after decision.
pub(crate) fn recoded(db: &Connection, report_id: i64, event: &Event) -> Result<Event> {
    let mut query = db.prepare_cached(
        "SELECT c.fields, c.person FROM correction_targets t JOIN corrections c ON c.id = t.correction
         WHERE t.report_id = ? AND c.action = 'recode' AND c.superseded IS NULL ORDER BY c.id",
    )?;
    let decisions: Vec<(String, String)> =
        query.query_map([report_id], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
    let mut event = event.clone();
    for (fields, person) in decisions {
        if let Ok(Value::Object(fields)) = serde_json::from_str(&fields) {
            set(&mut event, &fields)?;
            event.coder = person;
        }
    }
    Ok(event)
}

/// Sets fields of an event to new values.
fn set(event: &mut Event, fields: &Map<String, Value>) -> Result<()> {
    let wrong = |what: &dyn std::fmt::Display| Error::Asked(format!("cannot be coded so: {what}"));
    let mut value = serde_json::to_value(&*event).map_err(|e| wrong(&e))?;
    for (name, new) in fields {
        match value.get_mut(name) {
            Some(old) if !matches!(name.as_str(), "id" | "document" | "evidence" | "coder" | "rule") => {
                *old = new.clone();
            }
            _ => return Err(Error::Asked(format!("{name:?} cannot be recoded"))),
        }
    }
    *event = serde_json::from_value(value).map_err(|e| wrong(&e))?;
    event.quad_class = event.event_type.quad_class();
    Ok(())
}

/// Puts an event in the place of a report; the new row.
fn replace(batch: &Batch<'_>, row: i64, event: &Event) -> Result<i64> {
    let db = &*batch.db;
    let (report_id, document, ordinal, words): (i64, Option<i64>, Option<i64>, Option<Vec<u8>>) = db
        .prepare_cached("SELECT report_id, document, ordinal, words FROM reports WHERE id = ?")?
        .query_row([row], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?)))?;
    match document {
        Some(document) => batch.ledger.borrow_mut().touch(db, document)?,
        None => batch.ledger.borrow_mut().withdraw(db, row)?,
    }
    supersede(db, batch.id, row)?;
    report(batch, &mut Lookup::new(db), document, report_id, event, Some(Compared { ordinal, words }))
}

fn write(
    db: &Connection,
    batch: i64,
    action: &str,
    fields: Option<&str>,
    undoes: Option<i64>,
    reason: &str,
    person: &str,
) -> Result<i64> {
    let mut insert = db.prepare_cached(
        "INSERT INTO corrections (action, fields, undoes, reason, person, recorded) VALUES (?, ?, ?, ?, ?, ?)",
    )?;
    Ok(insert.insert((action, fields, undoes, reason, person, batch))?)
}

fn target(db: &Connection, correction: i64, part: i64, reports: &[i64]) -> Result<()> {
    let mut insert =
        db.prepare_cached("INSERT OR IGNORE INTO correction_targets SELECT ?, ?, report_id FROM reports WHERE id = ?")?;
    for row in reports {
        insert.execute((correction, part, row))?;
    }
    Ok(())
}

/// The number behind an identifier as it is shown.
pub(crate) fn number(id: &str) -> Result<i64> {
    let wrong = || Error::Asked(format!("{id:?} is no identifier of an event: sixteen hexadecimal digits"));
    if id.len() != 16 {
        return Err(wrong());
    }
    u64::from_str_radix(id, 16).map(u64::cast_signed).map_err(|_| wrong())
}

/// The present row of a report.
pub(crate) fn one_report(db: &Connection, id: &str) -> Result<i64> {
    db.prepare_cached("SELECT id FROM reports WHERE report_id = ? AND superseded IS NULL")?
        .query_row([number(id)?], |r| r.get(0))
        .optional()?
        .ok_or_else(|| Error::Asked(format!("there is no event {id} in the record")))
}

/// The present occurrence of a report.
fn occurrence_of(db: &Connection, row: i64) -> Result<Option<i64>> {
    let mut query = db.prepare_cached(
        "SELECT o.id FROM members m JOIN occurrences o ON o.id = m.occurrence WHERE m.report = ? AND o.superseded IS NULL",
    )?;
    Ok(query.query_row([row], |r| r.get(0)).optional()?)
}

/// The rows of all reports of an occurrence, which its first report names, or else the one report.
pub(crate) fn reports_of(db: &Connection, id: &str) -> Result<Vec<i64>> {
    let row = one_report(db, id)?;
    let mut query = db.prepare_cached(
        "SELECT m.report FROM occurrences o JOIN members m ON m.occurrence = o.id
         WHERE o.superseded IS NULL AND o.first = ?1
           AND o.id IN (SELECT occurrence FROM members WHERE report = ?1) ORDER BY m.report",
    )?;
    let rows: Vec<i64> = query.query_map([row], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
    Ok(if rows.is_empty() { vec![row] } else { rows })
}
