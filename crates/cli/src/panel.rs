//! Dyads by month and year, with the codes that other data sets are merged on.

use crate::args::export::ExportArgs;
use crate::exit::Failure;
use crate::record::who;
use crate::sheet::{Column, Kind};
use jiff::civil::Date;
use legation::gazetteer::{Gazetteer, State};
use legation::record::EventType;
use legation::store::{Counts, Panel, PanelOf, Record, Who};
use serde_json::Value;
use std::collections::BTreeSet;

/// A panel with what bounds it.
pub struct Dyads {
    panel: Panel,
    of: PanelOf,
    balanced: bool,
    states: Vec<&'static State>,
    from: i64,
    to: i64,
}

impl Dyads {
    /// Counts as the options ask.
    pub fn new(record: &Record, args: &ExportArgs, yearly: bool) -> Result<Self, Failure> {
        let gazetteer = Gazetteer::embedded();
        let mut wanted = BTreeSet::new();
        for name in &args.states {
            match who(name) {
                Who::Code(code) if gazetteer.state(&code).is_some() => {
                    wanted.insert(code);
                }
                _ => return Err(Failure::Unknown(format!("{name:?} is no state"))),
            }
        }
        let states: Vec<&State> = gazetteer.states().filter(|s| wanted.is_empty() || wanted.contains(s.code)).collect();
        let of = PanelOf { yearly, directed: args.directed };
        let is_state = |code: &str| {
            if wanted.is_empty() { gazetteer.state(code).is_some() } else { wanted.contains(code) }
        };
        let panel = record.panel(of, is_state)?;
        let period = |day: Date| {
            let (year, month) = (i64::from(day.year()), i64::from(day.month()));
            if of.yearly { year } else { year * 100 + month }
        };
        // Events that are told as history lie before the record's time: a balanced panel spans that time alone.
        let parse = |text: Option<String>| text.and_then(|t| t.parse::<Date>().ok());
        let span = if args.balanced { record.span()? } else { (None, None) };
        let (first, last) = (parse(span.0), parse(span.1));
        let bound = |given: Option<Date>, found: Option<Date>, open: i64| {
            given.or(if args.balanced { found } else { None }).map_or(open, period)
        };
        let (from, to) = (bound(args.since, first, i64::MIN), bound(args.until, last, i64::MAX));
        Ok(Self { panel, of, balanced: args.balanced && from > i64::MIN && to < i64::MAX, states, from, to })
    }

    /// Occurrences that are too vaguely dated to be in it.
    pub fn undated(&self) -> u64 {
        self.panel.undated
    }

    /// The columns.
    pub fn columns(&self) -> Vec<Column> {
        let (a, b) = if self.of.directed { ("actor", "recipient") } else { ("a", "b") };
        let mut columns = vec![Column::new("year", Kind::Int, "year")];
        if !self.of.yearly {
            columns.push(Column::new("month", Kind::Int, "month, 1 to 12"));
        }
        for side in [a, b] {
            columns.push(Column::new(&format!("{side}_iso"), Kind::Text, "ISO 3166-1 alpha-3 code"));
            columns.push(Column::new(
                &format!("{side}_cow"),
                Kind::Int,
                "Correlates of War number in the period; empty where there is none",
            ));
            columns.push(Column::new(
                &format!("{side}_gw"),
                Kind::Int,
                "Gleditsch-Ward number in the period; empty where there is none",
            ));
        }
        let count = "occurrences that happened (actual or historical); 0: covered and none; empty: not covered";
        columns.push(Column::new("events", Kind::Int, count));
        for (name, quad) in QUADS {
            columns.push(Column::new(name, Kind::Int, &format!("of these {quad}")));
        }
        for event_type in EventType::ALL {
            columns.push(Column::new(&event_type.name().to_lowercase(), Kind::Int, &format!("of these {event_type}")));
        }
        columns.push(Column::new(
            "score_mean",
            Kind::Float,
            "mean of their PLOVER scores, -10 to 10; empty without events",
        ));
        let covered =
            "1 where the record has an actual event of each of the two states in the period, with whomever; else 0";
        columns.push(Column::new("covered", Kind::Int, covered));
        columns
    }

    /// Gives each row to `emit`, in the order of dyad and period.
    pub fn rows<E>(&self, mut emit: impl FnMut(Vec<Value>) -> Result<(), E>) -> Result<(), E> {
        if !self.balanced {
            for ((a, b, period), counts) in &self.panel.cells {
                if (self.from..=self.to).contains(period) {
                    emit(self.row(a, b, *period, Some(counts)))?;
                }
            }
            return Ok(());
        }
        for a in &self.states {
            for b in &self.states {
                if a.code == b.code || !self.of.directed && a.code > b.code {
                    continue;
                }
                for period in periods(self.from, self.to, self.of.yearly) {
                    let day = self.day(period);
                    let (a, b) = (*a, *b);
                    if !day.is_some_and(|day| a.period.contains(day) && b.period.contains(day)) {
                        continue;
                    }
                    let key = (a.code.to_owned(), b.code.to_owned(), period);
                    emit(self.row(a.code, b.code, period, self.panel.cells.get(&key)))?;
                }
            }
        }
        Ok(())
    }

    /// The day on which codes and existence are looked up: the last of the period.
    fn day(&self, period: i64) -> Option<Date> {
        let (year, month) = if self.of.yearly { (period, 12) } else { (period / 100, period % 100) };
        Some(Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, 1).ok()?.last_of_month())
    }

    fn row(&self, a: &str, b: &str, period: i64, counts: Option<&Counts>) -> Vec<Value> {
        let mut row: Vec<Value> = Vec::with_capacity(31);
        if self.of.yearly {
            row.push(period.into());
        } else {
            row.extend([Value::from(period / 100), Value::from(period % 100)]);
        }
        let day = self.day(period);
        for code in [a, b] {
            let state = Gazetteer::embedded().state(code);
            row.push(code.into());
            row.push(day.zip(state).and_then(|(day, s)| s.cow_on(day)).into());
            row.push(day.zip(state).and_then(|(day, s)| s.gw_on(day)).into());
        }
        let is_covered = |code: &str| self.panel.covered.contains(&(code.to_owned(), period));
        let covered = is_covered(a) && is_covered(b);
        let zero = Counts::default();
        match counts.or(covered.then_some(&zero)) {
            Some(counts) => {
                row.push(counts.events.into());
                row.extend(counts.quads().map(Value::from));
                row.extend(counts.types.map(Value::from));
                let mean = counts.score / f64::from(counts.events);
                row.push(if counts.events > 0 { ((mean * 1000.0).round() / 1000.0).into() } else { Value::Null });
            }
            None => row.extend(std::iter::repeat_n(Value::Null, 22)),
        }
        row.push(i64::from(covered).into());
        row
    }
}

const QUADS: [(&str, &str); 4] = [
    ("verbal_cooperation", "verbal cooperation"),
    ("material_cooperation", "material cooperation"),
    ("verbal_conflict", "verbal conflict"),
    ("material_conflict", "material conflict"),
];

fn periods(from: i64, to: i64, yearly: bool) -> impl Iterator<Item = i64> {
    (from..=to).filter(move |p| yearly || (1..=12).contains(&(p % 100)))
}
