//! Counts by dyad and month or year, and what was covered.

use crate::coverage;
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
        let mut query = self.db.prepare("SELECT * FROM coverage")?;
        let row = |r: &rusqlite::Row<'_>| Ok(((r.get(0)?, r.get(1)?, r.get(2)?), (r.get(3)?, r.get(4)?, r.get(5)?)));
        let mut cells: BTreeMap<_, _> = query.query_map((), row)?.collect::<rusqlite::Result<_>>()?;
        if cells.is_empty() {
            // Either there is nothing, or it is a record of an older format that is only read.
            cells = coverage::compute(&self.db)?;
        }
        let covered = |((code, publisher, month), (documents, reports, sources)): ((i64, i64, i64), _)| Covered {
            code: codes.get(&code).cloned(),
            publisher: publishers.get(&publisher).cloned(),
            month: (month > 0).then_some(month),
            documents,
            reports,
            sources,
        };
        let mut table: Vec<Covered> = cells.into_iter().map(covered).collect();
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

    fn codes(&self) -> Result<BTreeMap<i64, String>> {
        let mut query = self.db.prepare("SELECT id, code FROM codes")?;
        Ok(query.query_map((), |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<rusqlite::Result<_>>()?)
    }
}
