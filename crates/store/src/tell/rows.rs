//! The rows of occurrences, reports and participants as they wait in memory until their document comes by.

use super::text;
use crate::error::Result;
use crate::record::Record;
use rusqlite::types::ValueRef;

/// What is kept of a present report until its document comes by.
pub(super) struct Report {
    pub row: i64,
    pub document: i64,
    /// Where it is the best of an occurrence: index of both, one more.
    pub best: u32,
}

/// What is kept of the best report of an occurrence.
#[derive(Default)]
pub(super) struct Best {
    pub occurrence: u32,
    pub event_type: u8,
    pub about: u8,
    pub status: u8,
    pub implied: bool,
    pub modes: u32,
    pub contexts: u32,
    pub speaker: u32,
    pub ordinal: Option<i64>,
    pub sentence: Option<u32>,
    pub score: f64,
    pub confidence: f64,
    pub date: Option<i64>,
    pub earliest: Option<i64>,
    pub latest: Option<i64>,
    pub size: [Option<i64>; 4],
    pub cameo: [u8; 4],
    /// Sentence, trigger, occasion: first byte and one past the last.
    pub spans: [(u32, u32); 3],
}

pub(super) struct Occurrence {
    pub first: i64,
    pub date: Option<i64>,
    pub place: u32,
    pub first_published: Option<i64>,
    pub last_published: Option<i64>,
    pub reports: i64,
    pub sources: i64,
    pub publishers: i64,
}

impl Record {
    /// The present occurrences, and for the row of each best report the number of its occurrence, one more.
    pub(super) fn occurrences(&self) -> Result<(Vec<Occurrence>, Vec<u32>)> {
        let last: usize = self.db.query_row("SELECT ifnull(max(id), 0) FROM reports", (), |r| r.get(0))?;
        let mut best = vec![0_u32; last + 1];
        let mut query = self.db.prepare(
            "SELECT first, best, date, place, first_published, last_published, reports, sources, publishers
             FROM occurrences WHERE superseded IS NULL ORDER BY id",
        )?;
        let mut rows = query.query(())?;
        let mut occurrences = Vec::new();
        while let Some(row) = rows.next()? {
            occurrences.push(Occurrence {
                first: row.get(0)?,
                date: row.get(2)?,
                place: row.get::<_, Option<u32>>(3)?.unwrap_or(0),
                first_published: row.get(4)?,
                last_published: row.get(5)?,
                reports: row.get(6)?,
                sources: row.get(7)?,
                publishers: row.get(8)?,
            });
            if let Some(of) = best.get_mut(row.get::<_, usize>(1)?) {
                *of = occurrences.len() as u32;
            }
        }
        Ok((occurrences, best))
    }

    /// The identifiers of all reports by row, and the present reports.
    pub(super) fn present_reports(&self, best: &[u32]) -> Result<(Vec<i64>, Vec<Report>, Vec<Best>)> {
        let mut query = self.db.prepare(
            "SELECT id, report_id, document, superseded, event_type, about, status, date_implied, mode, context, speaker, ordinal,
               score, confidence, date, date_earliest, date_latest, dead, injured, arrested, crowd, cameo_code,
               sentence_start, sentence_end, trigger_start, trigger_end, occasion_start, occasion_end,
               sentence
             FROM reports ORDER BY id",
        )?;
        let mut rows = query.query(())?;
        let mut ids = vec![0_i64; best.len()];
        let mut reports = Vec::with_capacity(best.len());
        let mut bests = Vec::with_capacity(best.iter().filter(|of| **of > 0).count());
        while let Some(row) = rows.next()? {
            let number: usize = row.get(0)?;
            if let Some(id) = ids.get_mut(number) {
                *id = row.get(1)?;
            }
            if row.get_ref(3)? != ValueRef::Null {
                continue;
            }
            let document = row.get::<_, Option<i64>>(2)?.unwrap_or(0);
            let mut own = Report { row: number as i64, document, best: 0 };
            if let Some(occurrence) = best.get(number).and_then(|of| of.checked_sub(1)) {
                let mut report = Best { occurrence, ..Best::default() };
                let small = |i: usize| Ok::<u32, rusqlite::Error>(row.get::<_, Option<u32>>(i)?.unwrap_or(0));
                report.event_type = row.get(4)?;
                report.about = row.get::<_, Option<u8>>(5)?.unwrap_or(0);
                report.status = row.get(6)?;
                report.implied = row.get_ref(7)? != ValueRef::Null;
                (report.modes, report.contexts, report.speaker) = (small(8)?, small(9)?, small(10)?);
                report.ordinal = row.get(11)?;
                (report.score, report.confidence) = (row.get(12)?, row.get(13)?);
                (report.date, report.earliest, report.latest) = (row.get(14)?, row.get(15)?, row.get(16)?);
                for (i, size) in report.size.iter_mut().enumerate() {
                    *size = row.get(17 + i)?;
                }
                for (to, from) in report.cameo.iter_mut().zip(text(row.get_ref(21)?).bytes()) {
                    *to = from;
                }
                for (i, span) in report.spans.iter_mut().enumerate() {
                    *span = (small(22 + 2 * i)?, small(23 + 2 * i)?);
                }
                report.sentence = row.get(28)?;
                bests.push(report);
                own.best = bests.len() as u32;
            }
            reports.push(own);
        }
        Ok((ids, reports, bests))
    }

    /// The participants of the present reports.
    pub(super) fn parts(&self, reports: &[Report]) -> Result<Parts> {
        let mut query = self
            .db
            .prepare("SELECT report, role, entity, sector, start, \"end\" FROM report_participants ORDER BY report, role, position")?;
        let mut rows = query.query(())?;
        let mut parts = Parts { starts: Vec::with_capacity(reports.len() + 1), parts: Vec::new() };
        let mut waiting = reports.iter();
        let mut at = waiting.next();
        parts.starts.push(0);
        while let Some(row) = rows.next()? {
            let report: i64 = row.get(0)?;
            while let Some(current) = at.filter(|r| r.row < report) {
                debug_assert!(current.row < report);
                parts.starts.push(parts.parts.len() as u32);
                at = waiting.next();
            }
            if at.is_some_and(|current| current.row == report) {
                parts.parts.push(Part {
                    actor: row.get::<_, i64>(1)? == 0,
                    entity: row.get(2)?,
                    sectors: row.get::<_, Option<u32>>(3)?.unwrap_or(0),
                    words: (row.get::<_, Option<u32>>(4)?.unwrap_or(0), row.get::<_, Option<u32>>(5)?.unwrap_or(0)),
                });
            }
        }
        parts.starts.resize(reports.len() + 1, parts.parts.len() as u32);
        Ok(parts)
    }
}

pub(super) struct Part {
    pub actor: bool,
    pub entity: u32,
    pub sectors: u32,
    pub words: (u32, u32),
}

/// Participants by report.
pub(super) struct Parts {
    pub starts: Vec<u32>,
    pub parts: Vec<Part>,
}

impl Parts {
    pub fn of(&self, report: usize) -> &[Part] {
        &self.parts[self.starts[report] as usize..self.starts[report + 1] as usize]
    }
}
