//! What tables and record say to a query. Sees no text and no language.

mod alliance;
mod among;
mod meetings;
mod membership;
mod office;
mod record;
mod same;
mod state;
mod trend;
mod war;

pub use record::Own;

use crate::query::{Query, Window};
use crate::report::{Evidence, Verdict};
use jiff::civil::Date;
use legation_analysis::History;
use legation_gazetteer::{Gazetteer, Period};

/// What is asked.
#[derive(Clone, Copy)]
pub struct Sources<'a> {
    /// The dated tables.
    pub gazetteer: &'static Gazetteer,
    /// The record, where one is asked.
    pub history: Option<&'a History>,
    /// Nothing that was published later is used.
    pub until: Option<Date>,
    /// The text that is checked: it and its copies in the record confirm nothing.
    pub own: Option<&'a Own>,
}

impl<'a> Sources<'a> {
    /// The record with what may be used of it.
    pub(crate) fn asked(&self) -> Option<record::Asked<'a>> {
        Some(record::Asked { history: self.history?, until: self.until, own: self.own })
    }

    /// The last day that the tables tell of.
    pub fn last_day(&self) -> Date {
        let ends = self.gazetteer.complete().iter().filter_map(|row| row.period.to?.last_day());
        ends.max().unwrap_or(Date::constant(2025, 6, 30))
    }
}

/// An answer to a query.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// What it means for the claim.
    pub verdict: Verdict,
    /// In words.
    pub text: String,
    /// What it rests on.
    pub evidence: Vec<Evidence>,
}

impl Answer {
    pub(crate) fn new(verdict: Verdict, text: impl Into<String>) -> Self {
        Self { verdict, text: text.into(), evidence: Vec::new() }
    }

    pub(crate) fn with(mut self, evidence: Vec<Evidence>) -> Self {
        self.evidence = evidence;
        self
    }
}

/// What the sources say to a query.
pub fn answer(query: &Query, sources: &Sources) -> Answer {
    let gazetteer = sources.gazetteer;
    match query {
        Query::Membership(q) => membership::answer(q, gazetteer),
        Query::Members { organisation, on, count } => membership::count(organisation, *on, *count, gazetteer),
        Query::Bloc(q) => alliance::answer(q, gazetteer),
        Query::Office(q) => office::answer(q, gazetteer),
        Query::Holder { state, within, .. } => office::unknown_person(state, *within, gazetteer),
        Query::War(q) => war::answer(q, gazetteer),
        Query::Independence { state, within } => state::independence(state, *within, gazetteer),
        Query::Capital { state, city, holds } => state::capital(state, city, *holds, gazetteer),
        Query::All(queries) => all(queries, sources),
        Query::Occurrences(q) => record::occurrences(q, sources),
        Query::Last { pattern, within, until } => meetings::last(pattern, *within, *until, sources),
        Query::Trend { between, since, until, improved } => trend::answer(between, *since, *until, *improved, sources),
    }
}

/// All must hold: one that is contradicted decides, then the one that is least known.
fn all(queries: &[Query], sources: &Sources) -> Answer {
    let answers: Vec<Answer> = queries.iter().map(|query| answer(query, sources)).collect();
    let verdicts = || answers.iter().map(|a| a.verdict);
    let least = [Verdict::Ambiguous, Verdict::OutsideCoverage, Verdict::NotInRecord];
    let verdict = if verdicts().any(|v| v == Verdict::Contradicted) {
        Verdict::Contradicted
    } else {
        least.into_iter().find(|v| verdicts().any(|w| w == *v)).unwrap_or(Verdict::Supported)
    };
    let text = answers.iter().map(|a| a.text.as_str()).collect::<Vec<_>>().join("; ");
    Answer { verdict, text, evidence: answers.into_iter().flat_map(|a| a.evidence).collect() }
}

/// Yes, no, or the tables do not tell.
pub(crate) type Tri = Option<bool>;

/// The days on which a question over a time is asked: its ends, the first of each month between, and the days given.
pub(crate) fn samples(window: Window, edges: impl Iterator<Item = Date>) -> Vec<Date> {
    let mut days = vec![window.from, window.to];
    let mut at = window.from.first_of_month();
    // A claim over more than two centuries is asked by its ends alone.
    for _ in 0..2_600 {
        match at.checked_add(jiff::Span::new().months(1)) {
            Ok(next) if next <= window.to => at = next,
            _ => break,
        }
        days.push(at);
    }
    days.extend(edges.filter(|&day| window.contains(day)));
    days.sort_unstable();
    days.dedup();
    days
}

/// Whether a question holds on all days, on none, or the tables cannot tell (`Err`: on some).
pub(crate) fn over(days: &[Date], holds: impl Fn(Date) -> Tri) -> Result<Tri, ()> {
    let found: Vec<Tri> = days.iter().map(|&day| holds(day)).collect();
    let any = |wanted: Tri| found.contains(&wanted);
    if any(Some(true)) && any(Some(false)) {
        Err(())
    } else if any(None) {
        Ok(None)
    } else {
        Ok(Some(any(Some(true))))
    }
}

/// A day moved by some days; the day itself at the ends of the calendar.
pub(crate) fn moved(day: Date, days: i64) -> Date {
    day.checked_add(jiff::Span::new().days(days)).unwrap_or(day)
}

/// The time of a row in words.
pub(crate) fn span_of(period: Period, seen: Option<legation_gazetteer::Partial>) -> String {
    let from = period.from.map_or("…", |d| d.text());
    match (period.to, seen) {
        (Some(to), _) => format!("{from} to {}", to.text()),
        (None, Some(seen)) => format!("{from} on, seen {}", seen.text()),
        (None, None) => format!("{from} on"),
    }
}

/// Whether a date as precise as its source may lie in the window.
pub(crate) fn touches(date: Option<legation_gazetteer::Partial>, window: Window) -> bool {
    date.and_then(|d| Some((d.first_day()?, d.last_day()?))).is_some_and(|(a, b)| a <= window.to && window.from <= b)
}
