//! All pairs of states at once.

use crate::series::{Counting, counts};
use crate::trend::{Rate, rate};
use crate::{Covered, History, Month, MonthCounts, Pair, Party, Scope, Window, dyad::RECENT, meetings};
use legation_gazetteer::Gazetteer;
use serde::Serialize;
use std::collections::BTreeMap;

/// A dyad among others: its counts over a window.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Ranked<'a> {
    /// The code that is first in the alphabet.
    pub a: &'a str,
    /// The other.
    pub b: &'a str,
    /// All months of the window together.
    #[serde(flatten)]
    pub counts: MonthCounts,
    /// Cooperation for 1,000 reports of the record in the window.
    pub cooperation: Option<Rate>,
    /// Conflict for 1,000 reports.
    pub conflict: Option<Rate>,
    /// The last [`RECENT`] months of the window against the time before, of conflict less cooperation, in standard deviations
    /// of a Poisson difference: above 0 the relation got worse. `None` where the window is too short.
    pub change: Option<f64>,
    /// Meetings told of with a date, of any level; counted only where meetings are asked for.
    pub meetings: Option<usize>,
}

/// What dyads are ranked by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RankBy {
    /// The most events.
    #[default]
    Events,
    /// The most events of cooperation.
    Cooperation,
    /// The most events of conflict.
    Conflict,
    /// The most meetings.
    Meetings,
    /// The greatest change for the better or worse in the last months.
    Change,
    /// The highest mean score, of dyads with at least ten events.
    Score,
    /// The lowest mean score, of dyads with at least ten events.
    Hostility,
}

/// The fewest events for a mean score to be ranked.
pub const FEWEST: u32 = 10;

/// The pairs of states that have events in the window, with their counts by month; months in order.
pub fn by_month<'a>(
    history: &'a History,
    gazetteer: &Gazetteer,
    scope: Scope,
    window: &Window,
    how: Counting,
) -> Vec<(Pair<'a>, BTreeMap<Month, MonthCounts>)> {
    let Some((first, last)) = crate::series::bounds(history, window) else { return Vec::new() };
    let is_state = |code: &str| gazetteer.state(code).is_some();
    let pairs = history.all_pairs().into_iter().filter(|pair| is_state(pair.a) && is_state(pair.b));
    pairs
        .filter_map(|pair| {
            let mut months: BTreeMap<Month, MonthCounts> = BTreeMap::new();
            for tie in pair.ties(scope).filter(|tie| counts(tie, window, how)) {
                if let Some(month) = tie.occurrence.around().and_then(|when| when.month())
                    && (first..=last).contains(&month)
                {
                    months.entry(month).or_default().add(&tie);
                }
            }
            (!months.is_empty()).then_some((pair, months))
        })
        .collect()
}

/// The pairs of states, the first by the rank that is asked for.
pub fn dyads<'a>(
    history: &'a History,
    gazetteer: &Gazetteer,
    scope: Scope,
    window: &Window,
    how: Counting,
    by: RankBy,
) -> Vec<Ranked<'a>> {
    let Some((first, last)) = crate::series::bounds(history, window) else { return Vec::new() };
    let turn = last.plus(1 - RECENT as i32);
    let reports = |from: Month, to: Month| history.coverage().between(from, to).reports;
    let whole = reports(first, last);
    let parts = (first < turn).then(|| (reports(first, turn.plus(-1)), reports(turn, last)));
    let mut ranked: Vec<Ranked<'a>> = by_month(history, gazetteer, scope, window, how)
        .into_iter()
        .map(|(pair, months)| {
            let mut counts = MonthCounts::default();
            months.values().for_each(|month| counts.add_all(month));
            let late: Vec<&MonthCounts> = months.range(turn..).map(|(_, month)| month).collect();
            let change = parts.and_then(|(early, recent)| {
                let part = |of: fn(&MonthCounts) -> u32| {
                    let new: u32 = late.iter().map(|m| of(m)).sum();
                    shift(new, recent, of(&counts) - new, early)
                };
                let (worse, better) = (part(MonthCounts::conflict)?, part(MonthCounts::cooperation)?);
                Some(worse - better)
            });
            let meetings = (by == RankBy::Meetings && counts.types[1] > 0).then(|| {
                let [a, b] = [pair.a, pair.b].map(|code| Party::Code(code.to_owned()));
                meetings(history, gazetteer, &a, &b, window).count(crate::Level::Unknown).meetings
            });
            let (cooperation, conflict) = (rate(counts.cooperation(), whole, 1.0), rate(counts.conflict(), whole, 1.0));
            Ranked { a: pair.a, b: pair.b, cooperation, conflict, change, meetings, counts }
        })
        .filter(|ranked| ranked.counts.events > 0)
        .collect();
    let enough = |r: &Ranked<'_>| r.counts.events >= FEWEST;
    match by {
        RankBy::Score | RankBy::Hostility => ranked.retain(enough),
        RankBy::Meetings => ranked.retain(|r| r.meetings.is_some_and(|n| n > 0)),
        RankBy::Change => ranked.retain(|r| r.change.is_some()),
        _ => {}
    }
    let key = |r: &Ranked<'_>| match by {
        RankBy::Events => f64::from(r.counts.events),
        RankBy::Cooperation => f64::from(r.counts.cooperation()),
        RankBy::Conflict => f64::from(r.counts.conflict()),
        RankBy::Meetings => r.meetings.unwrap_or(0) as f64,
        RankBy::Change => r.change.unwrap_or(0.0).abs(),
        RankBy::Score => f64::from(r.counts.score().unwrap_or(0.0)),
        RankBy::Hostility => -f64::from(r.counts.score().unwrap_or(0.0)),
    };
    ranked.sort_by(|x, y| key(y).total_cmp(&key(x)).then((x.a, x.b).cmp(&(y.a, y.b))));
    ranked
}

/// How far the recent rate of events lies above the early one, in standard deviations of the difference: square roots of
/// counts are nearly normal with variance 1/4 (Anscombe 1948, Biometrika 35). `None` where a part has no reports.
fn shift(recent: u32, recent_reports: u32, early: u32, early_reports: u32) -> Option<f64> {
    if recent_reports == 0 || early_reports == 0 {
        return None;
    }
    let root = |events: u32| (f64::from(events) + 0.375).sqrt();
    let exposure = (f64::from(recent_reports) / f64::from(early_reports)).sqrt();
    Some(2.0 * (root(recent) - root(early) * exposure) / (1.0 + exposure * exposure).sqrt())
}

/// What the record covers of a window.
pub fn covered(history: &History, window: &Window) -> Option<(Month, Month, Covered)> {
    let (first, last) = crate::series::bounds(history, window)?;
    Some((first, last, history.coverage().between(first, last)))
}
