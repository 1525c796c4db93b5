//! Counts by dyad and month or year, and what was covered.

use crate::error::Result;
use crate::record::Record;
use crate::schema::QUADS;
use legation_record::EventType;
use std::collections::{BTreeMap, BTreeSet};

/// What a panel is to count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PanelOf {
    /// By year in place of month.
    pub yearly: bool,
    /// A to B apart from B to A; an act of all actors counts in both directions. Else both together, each act once.
    pub directed: bool,
}

/// The counts of a dyad in a period.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Counts {
    /// Occurrences that happened.
    pub events: u32,
    /// Of each type, in the order of [`EventType::ALL`].
    pub types: [u32; 16],
    /// Sum of their scores.
    pub score: f64,
}

impl Counts {
    /// Of each quad class, in the order of the record: verbal and material cooperation, verbal and material conflict.
    pub fn quads(&self) -> [u32; 4] {
        let mut quads = [0; 4];
        for (event_type, n) in EventType::ALL.iter().zip(self.types) {
            if let Some(i) = QUADS.iter().position(|q| *q == event_type.quad_class()) {
                quads[i] += n;
            }
        }
        quads
    }

    fn add(&mut self, other: &Self) {
        self.events += other.events;
        self.score += other.score;
        self.types.iter_mut().zip(other.types).for_each(|(a, b)| *a += b);
    }
}

/// Counts by dyad and period, of what happened. News whose text has no date counts in the period of its first publication;
/// what is told as history without a date in none.
#[derive(Clone, Debug, Default)]
pub struct Panel {
    /// Counts by the two codes and the period, YYYYMM or YYYY; only dyads and periods with events.
    pub cells: BTreeMap<(String, String, i64), Counts>,
    /// Periods in which the record has an actual event of a code, whatever its type, whoever the other side: there no
    /// event means none was reported, elsewhere nothing is known.
    pub covered: BTreeSet<(String, i64)>,
    /// Occurrences whose date is not known as precisely as the period asks; they are in no cell.
    pub undated: u64,
}

/// A row of the coverage table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Covered {
    /// Code of the state or organisation; `None` for all documents, whoever they are about.
    pub code: Option<String>,
    /// The publisher, where it is known.
    pub publisher: Option<String>,
    /// Month of publication, YYYYMM; for events without a document that of the event.
    pub month: Option<i64>,
    /// Documents with reports about the code.
    pub documents: i64,
    /// Reports about it.
    pub reports: i64,
    /// Documents that are not near-copies of each other.
    pub sources: i64,
}

impl Record {
    /// Counts dyads of the codes that `wanted` names.
    pub fn panel(&self, of: PanelOf, wanted: impl Fn(&str) -> bool) -> Result<Panel> {
        let codes = self.codes()?;
        let size = codes.keys().max().map_or(1, |id| usize::try_from(*id).unwrap_or(0) + 1);
        let mut is_wanted = vec![false; size];
        for (id, code) in &codes {
            is_wanted[usize::try_from(*id).unwrap_or(0)] = wanted(code);
        }
        let mut panel = Panel::default();
        let mut covered: BTreeSet<(i64, i64)> = BTreeSet::new();
        let mut cells: BTreeMap<(i64, i64, i64), Counts> = BTreeMap::new();
        let mut undated: BTreeSet<i64> = BTreeSet::new();
        let mut query = self.db.prepare(
            "SELECT a, b, around, event_type, status, mutual, score, occurrence FROM ties WHERE told = 1 ORDER BY a, b, date, occurrence",
        )?;
        let mut rows = query.query(())?;
        // The rows of a cell follow one another.
        let (mut at, mut counts) = ((0, 0, 0), Counts::default());
        let mut last = [(0, 0); 2];
        while let Some(row) = rows.next()? {
            let (a, b, date, status): (i64, i64, i64, i64) = (row.get(0)?, row.get(1)?, row.get(2)?, row.get(4)?);
            let period = if of.yearly { date / 10_000 } else { date / 100 };
            let known = if of.yearly { date > 0 } else { date / 100 % 100 > 0 };
            if known && status == 1 {
                for (i, code) in [a, b].into_iter().enumerate() {
                    if last[i] != (code, period) {
                        last[i] = (code, period);
                        covered.insert((code, period));
                    }
                }
            }
            let both = |id: i64| usize::try_from(id).ok().and_then(|i| is_wanted.get(i)).copied().unwrap_or(false);
            let mutual: bool = row.get(5)?;
            if status > 2 || a == b || !both(a) || !both(b) || (mutual && !of.directed && a > b) {
                continue;
            }
            if !known {
                undated.insert(row.get(7)?);
                continue;
            }
            let key = if of.directed || a < b { (a, b, period) } else { (b, a, period) };
            if key != at {
                if counts.events > 0 {
                    cells.entry(at).or_default().add(&counts);
                }
                (at, counts) = (key, Counts::default());
            }
            counts.events += 1;
            counts.score += row.get::<_, f64>(6)?;
            let event_type = usize::try_from(row.get::<_, i64>(3)? - 1).unwrap_or(0).min(15);
            counts.types[event_type] += 1;
        }
        if counts.events > 0 {
            cells.entry(at).or_default().add(&counts);
        }
        let name = |id: i64| codes.get(&id).cloned().unwrap_or_default();
        for ((a, b, period), counts) in cells {
            let (a, b) = (name(a), name(b));
            // The order of numbers is that of adding; undirected pairs go by their codes.
            let key = if of.directed || a < b { (a, b, period) } else { (b, a, period) };
            panel.cells.entry(key).or_default().add(&counts);
        }
        panel.covered = covered.into_iter().filter(|(id, _)| *id > 0).map(|(id, period)| (name(id), period)).collect();
        panel.undated = undated.len() as u64;
        Ok(panel)
    }

    /// For every code, publisher and month: documents, reports and sources; so that a zero can be told from silence.
    pub fn coverage(&self) -> Result<Vec<Covered>> {
        let publishers = self.names("publishers")?;
        let codes = self.codes()?;
        let entities = self.pairs("SELECT id, ifnull(code, 0) FROM entities")?;
        // Publisher, month and source of each document.
        let mut documents: BTreeMap<i64, (i64, i64, i64)> = BTreeMap::new();
        let mut query = self.db.prepare(
            "SELECT d.id, ifnull(d.publisher, 0), ifnull(d.published, 0) / 100, coalesce(s.source, d.key)
             FROM documents d LEFT JOIN sources s ON s.document = d.id WHERE d.superseded IS NULL ORDER BY d.id",
        )?;
        let mut rows = query.query(())?;
        // Code, publisher, month; 0 for all and for unknown.
        let mut seen: Vec<((i64, i64, i64), i64, i64)> = Vec::new();
        while let Some(r) = rows.next()? {
            let (id, publisher, month, source) = (r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?);
            documents.insert(id, (publisher, month, source));
            seen.push(((0, publisher, month), id, source));
        }
        let mut reports: BTreeMap<(i64, i64, i64), i64> = BTreeMap::new();
        let mut query = self.db.prepare(
            "SELECT r.id, ifnull(r.document, 0), ifnull(r.date, 0) / 100, rp.entity
             FROM reports r JOIN report_participants rp ON rp.report = r.id WHERE r.superseded IS NULL ORDER BY r.id",
        )?;
        let mut rows = query.query(())?;
        let (mut last, mut told) = (0, Vec::new());
        while let Some(r) = rows.next()? {
            let (report, document, month, entity): (i64, i64, i64, i64) = (r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?);
            let (publisher, published, source) = documents.get(&document).copied().unwrap_or((0, 0, 0));
            let month = if published > 0 { published } else { month };
            if report != last {
                (last, told) = (report, vec![0]);
                *reports.entry((0, publisher, month)).or_default() += 1;
            }
            let code = entities.get(&entity).copied().unwrap_or(0);
            // A report counts once for a code, however many of its participants have it.
            if !told.contains(&code) {
                told.push(code);
                *reports.entry((code, publisher, month)).or_default() += 1;
                if document > 0 {
                    seen.push(((code, publisher, month), document, source));
                }
            }
        }
        seen.sort_unstable();
        seen.dedup();
        let mut counts: BTreeMap<(i64, i64, i64), (i64, BTreeSet<i64>)> = BTreeMap::new();
        for (key, _, source) in seen {
            let entry = counts.entry(key).or_default();
            entry.0 += 1;
            entry.1.insert(source);
        }
        for key in reports.keys() {
            counts.entry(*key).or_default();
        }
        let mut table: Vec<Covered> = counts
            .into_iter()
            .map(|((code, publisher, month), (documents, sources))| Covered {
                code: codes.get(&code).cloned(),
                publisher: publishers.get(&publisher).cloned(),
                month: (month > 0).then_some(month),
                documents,
                reports: reports.get(&(code, publisher, month)).copied().unwrap_or(0),
                sources: sources.len() as i64,
            })
            .collect();
        table.sort_by(|a, b| (&a.code, a.month, &a.publisher).cmp(&(&b.code, b.month, &b.publisher)));
        Ok(table)
    }

    /// First and last publication; where no document is dated, first and last event that happened.
    pub fn span(&self) -> Result<(Option<String>, Option<String>)> {
        let ask = |sql: &str| -> Result<(Option<i64>, Option<i64>)> {
            Ok(self.db.query_row(sql, (), |r| Ok((r.get(0)?, r.get(1)?)))?)
        };
        let mut span = ask("SELECT min(published), max(published) FROM documents")?;
        if span.0.is_none() {
            span = ask("SELECT min(date), max(date) FROM ties WHERE date % 100 > 0 AND status <= 2")?;
        }
        Ok((crate::read::iso(span.0), crate::read::iso(span.1)))
    }

    fn names(&self, table: &str) -> Result<BTreeMap<i64, String>> {
        let mut query = self.db.prepare(&format!("SELECT id, name FROM {table}"))?;
        Ok(query.query_map((), |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<rusqlite::Result<_>>()?)
    }

    fn pairs(&self, sql: &str) -> Result<BTreeMap<i64, i64>> {
        let mut query = self.db.prepare(sql)?;
        Ok(query.query_map((), |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<rusqlite::Result<_>>()?)
    }

    fn codes(&self) -> Result<BTreeMap<i64, String>> {
        let mut query = self.db.prepare("SELECT id, code FROM codes")?;
        Ok(query.query_map((), |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<rusqlite::Result<_>>()?)
    }
}
