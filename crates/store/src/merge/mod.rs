//! Merging: which reports tell of one happening.
//!
//! What is merged is a function of the reports in the record and of what persons decided, whatever the order in which they
//! came: a batch looks again at every group of reports that its own ones are linked to, and only there.

mod agree;
mod cluster;
mod great;
#[cfg(test)]
mod read;
mod same;
pub(crate) mod view;
mod write;

use crate::dates;
use crate::error::Result;
use cluster::{Link, Orders};
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet};
use view::View;

pub(crate) use write::{alone, as_told, extend, tie_all, ties_agree};

/// Days before and after within which reports that may tell of the same are sought.
const WINDOW: i64 = 7;

/// Strength of a link that a person made.
const ORDERED: i64 = i64::MAX;

/// Looks again at these reports and all they are linked to, and writes the occurrences that come out of it.
pub(crate) fn merge(db: &Connection, batch: i64, seeds: &[i64]) -> Result<()> {
    let mut work = Work { db, views: BTreeMap::new(), links: BTreeMap::new() };
    let mut orders = Orders::default();
    let mut old: BTreeSet<i64> = BTreeSet::new();
    let mut queue: Vec<i64> = Vec::new();
    for &row in seeds {
        // A report that is gone leaves an occurrence behind whose others must find together anew.
        work.take_apart(row, &mut old, &mut queue)?;
        if work.counts(row)? {
            queue.push(row);
        }
    }
    let mut seen: BTreeSet<i64> = BTreeSet::new();
    while let Some(row) = queue.pop() {
        if !seen.insert(row) {
            continue;
        }
        work.take_apart(row, &mut old, &mut queue)?;
        work.orders(row, &mut orders, &mut queue)?;
        for other in work.candidates(row)? {
            let key = (row.min(other), row.max(other));
            if other == row || work.links.contains_key(&key) {
                continue;
            }
            let (a, b) = (work.view(row)?.clone(), work.view(other)?);
            if let Some((strength, why)) = same::likeness(&a, b) {
                work.links.insert(key, Link { a: row, b: other, strength, why });
                queue.push(other);
            }
        }
    }
    for &(a, b) in &orders.together {
        if seen.contains(&a) && seen.contains(&b) {
            let why = "put together by a person".to_owned();
            work.links.insert((a, b), Link { a, b, strength: ORDERED, why });
        }
    }
    let views: BTreeMap<i64, View> = work.views.into_iter().filter(|(row, _)| seen.contains(row)).collect();
    let links = work.links.into_values().collect();
    let clusters = cluster::clusters(&views, links, &orders);
    write::replace(db, batch, &views, &clusters, &old)
}

struct Work<'a> {
    db: &'a Connection,
    views: BTreeMap<i64, View>,
    links: BTreeMap<(i64, i64), Link>,
}

impl Work<'_> {
    fn view(&mut self, row: i64) -> Result<&View> {
        if !self.views.contains_key(&row) {
            self.views.insert(row, View::load(self.db, row)?);
        }
        Ok(&self.views[&row])
    }

    /// Whether a report is present and not rejected.
    fn counts(&self, row: i64) -> Result<bool> {
        let mut query = self.db.prepare_cached(
            "SELECT superseded IS NULL AND NOT EXISTS (
               SELECT 1 FROM correction_targets t JOIN corrections c ON c.id = t.correction
               WHERE t.report_id = r.report_id AND c.action = 'reject' AND c.superseded IS NULL)
             FROM reports r WHERE id = ?",
        )?;
        Ok(query.query_row([row], |r| r.get(0))?)
    }

    /// Notes the present occurrence of a report for replacement, and puts its other reports on the queue.
    fn take_apart(&self, row: i64, old: &mut BTreeSet<i64>, queue: &mut Vec<i64>) -> Result<()> {
        let mut query = self.db.prepare_cached(
            "SELECT o.id FROM members m JOIN occurrences o ON o.id = m.occurrence
             WHERE m.report = ? AND o.superseded IS NULL",
        )?;
        let occurrences: Vec<i64> = query.query_map([row], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
        for occurrence in occurrences {
            if !old.insert(occurrence) {
                continue;
            }
            let mut query = self.db.prepare_cached("SELECT report FROM members WHERE occurrence = ?")?;
            let reports: Vec<i64> = query.query_map([occurrence], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
            for report in reports {
                if report != row && self.counts(report)? {
                    queue.push(report);
                }
            }
        }
        Ok(())
    }

    /// What persons decided about a report: which it goes with, and which it does not.
    fn orders(&mut self, row: i64, orders: &mut Orders, queue: &mut Vec<i64>) -> Result<()> {
        let mut query = self.db.prepare_cached(
            "SELECT c.action, mine.part, other.part, r.id
             FROM correction_targets mine
               JOIN corrections c ON c.id = mine.correction AND c.superseded IS NULL AND c.action IN ('merge', 'split')
               JOIN correction_targets other ON other.correction = c.id AND other.report_id <> mine.report_id
               JOIN reports r ON r.report_id = other.report_id AND r.superseded IS NULL
             WHERE mine.report_id = ?",
        )?;
        let report_id = self.view(row)?.report_id;
        let found: Vec<(String, i64, i64, i64)> = query
            .query_map([report_id], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?)))?
            .collect::<rusqlite::Result<_>>()?;
        for (action, part, other_part, other) in found {
            if !self.counts(other)? {
                continue;
            }
            let pair = (row.min(other), row.max(other));
            if action == "merge" {
                orders.together.insert(pair);
                self.view(other)?;
                queue.push(other);
            } else if part != other_part {
                orders.apart.insert(pair);
            }
        }
        Ok(())
    }

    /// Reports of the same type that have a participant or the town in common, near in time, and those that may tell of the same
    /// singular happening.
    fn candidates(&mut self, row: i64) -> Result<Vec<i64>> {
        let view = self.view(row)?;
        let (keys, event_type, imported) = (view.keys(), view.event_type, view.words.is_none());
        let bonds = great::bonds(view);
        let Some(day) = view.around() else { return Ok(Vec::new()) };
        let mut found: BTreeSet<i64> = BTreeSet::new();
        if imported {
            self.imported(row, &mut found)?;
        }
        let around = |days: i64| match dates::day(day) {
            Some(day) => (dates::of_day(dates::shift(day, -days)), dates::of_day(dates::shift(day, days))),
            None => (day, day),
        };
        let mut query = self
            .db
            .prepare_cached("SELECT report FROM near WHERE key = ? AND event_type = ? AND day BETWEEN ? AND ?")?;
        let sought = keys.into_iter().map(|key| (key, WINDOW)).chain(bonds);
        for (key, days) in sought {
            let (from, to) = around(days);
            for other in query.query_map((key, event_type, from, to), |r| r.get::<_, i64>(0))? {
                found.insert(other?);
            }
        }
        let mut candidates = Vec::new();
        for other in found {
            if self.counts(other)? {
                candidates.push(other);
            }
        }
        Ok(candidates)
    }

    /// Imported events that tie the same two on the same day.
    fn imported(&mut self, row: i64, found: &mut BTreeSet<i64>) -> Result<()> {
        let view = self.view(row)?;
        let (Some(date), event_type, ties) = (view.date, view.event_type, view.ties()) else { return Ok(()) };
        let mut query = self.db.prepare_cached(
            "SELECT m.report FROM ties t JOIN members m ON m.occurrence = t.occurrence
             WHERE t.a = ? AND t.b = ? AND t.date = ? AND t.event_type = ?",
        )?;
        for (a, b) in ties.into_iter().take(1) {
            for other in query.query_map((a, b, date, event_type), |r| r.get::<_, i64>(0))? {
                found.insert(other?);
            }
        }
        Ok(())
    }
}

/// Notes what a report of a coded text is looked for by.
pub(crate) fn index(db: &Connection, row: i64) -> Result<()> {
    let mut insert = db.prepare_cached("INSERT OR IGNORE INTO near VALUES (?, ?, ?, ?)")?;
    for near in nears(db, row)? {
        insert.execute(near)?;
    }
    Ok(())
}

/// Notes it of all reports.
pub(crate) fn index_all(db: &Connection) -> Result<()> {
    coded(db)?.into_iter().try_for_each(|row| index(db, row))
}

/// Whether what reports are looked for by is what they say.
pub(crate) fn index_agrees(db: &Connection) -> Result<bool> {
    let mut there =
        db.prepare_cached("SELECT 1 FROM near WHERE key = ? AND event_type = ? AND day = ? AND report = ?")?;
    let mut expected = 0_i64;
    for row in coded(db)? {
        for near in nears(db, row)? {
            expected += 1;
            if !there.exists(near)? {
                return Ok(false);
            }
        }
    }
    Ok(db.query_row("SELECT count(*) FROM near", (), |r| r.get::<_, i64>(0))? == expected)
}

/// Rows of reports of coded texts.
fn coded(db: &Connection) -> Result<Vec<i64>> {
    let mut query = db.prepare("SELECT id FROM reports WHERE words IS NOT NULL")?;
    Ok(query.query_map((), |r| r.get(0))?.collect::<rusqlite::Result<_>>()?)
}

/// The rows of the table `near` that follow from a report: key, type, day, report.
fn nears(db: &Connection, row: i64) -> Result<Vec<(i64, i64, i64, i64)>> {
    let view = View::load(db, row)?;
    let Some(day) = view.around().filter(|_| view.words.is_some()) else { return Ok(Vec::new()) };
    let keys: BTreeSet<i64> = view.keys().into_iter().chain(great::bonds(&view).into_keys()).collect();
    Ok(keys.into_iter().map(|key| (key, view.event_type, day, row)).collect())
}
