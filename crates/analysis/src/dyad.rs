//! How two sides stand to each other: cooperation and conflict by month, their level, trend and turning points.
//!
//! **Units.** Counts are events that happened and were reported as news. Rates are events for each 1,000 reports that the record has
//! of the same months, whoever they are about: the record tells more of some years than of others, and raw counts of
//! different periods are not comparable. A month in which one of the sides is not told of at all is silence, not peace
//! ([`Meaning`]).

use crate::changes::{self, Change};
use crate::series::{Counting, Meaning, MonthRow, Series};
use crate::trend::{self, Rate, Trend};
use crate::{Covered, Day, Direction, History, Month, MonthCounts, Occurrence, Party, Scope, Tie, Window};
use legation_record::Status;
use serde::Serialize;

/// Months of the recent level.
pub const RECENT: usize = 12;

/// What is asked of a dyad.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Asked {
    /// From when to when, and what may be known.
    pub window: Window,
    /// Whose acts count.
    pub scope: Scope,
    /// In which direction, and how sure.
    #[serde(flatten)]
    pub counting: Counting,
}

/// How two sides stand to each other.
#[derive(Clone, Debug, Serialize)]
pub struct Dyad<'a> {
    /// One side.
    pub a: Party,
    /// The other.
    pub b: Party,
    /// What was asked.
    pub asked: Asked,
    /// First and last month of the series; `None` where the record covers no time.
    pub months: Option<(Month, Month)>,
    /// All months together.
    pub total: MonthCounts,
    /// What the record covers of them.
    pub covered: Covered,
    /// Events of the first side towards the second; acts of both are in this number and the next.
    pub forward: u32,
    /// Events of the second towards the first.
    pub backward: u32,
    /// Acts of both together.
    pub mutual: u32,
    /// Cooperation.
    pub cooperation: Measure,
    /// Conflict.
    pub conflict: Measure,
    /// Turning points of both, in order of time.
    pub turning_points: Vec<TurningPoint<'a>>,
    /// The series.
    pub series: Series,
    /// The last events, the latest first.
    #[serde(skip)]
    pub last: Vec<Occurrence<'a>>,
}

/// What is measured of a dyad: cooperation or conflict.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Measure {
    /// The rate over the whole window, for 1,000 reports.
    pub whole: Option<Rate>,
    /// The rate over the last [`RECENT`] months of the window that the record covers.
    pub recent: Option<Rate>,
    /// The rate before that.
    pub before: Option<Rate>,
    /// The share of the runs of [`RECENT`] months before, of which the rate was below the recent one (a tie counts half);
    /// `None` where there are fewer than as many runs.
    pub standing: Option<f64>,
    /// The trend of the rate from year to year, or from quarter to quarter in a window of less than eight years.
    pub trend: Option<Trend>,
    /// The periods of the trend: `years` or `quarters`.
    pub trend_of: &'static str,
    /// How much more the monthly counts vary than independent events would (1: not more).
    pub dispersion: f64,
}

/// A month after which a rate is another one.
#[derive(Clone, Debug, Serialize)]
pub struct TurningPoint<'a> {
    /// `cooperation` or `conflict`.
    pub of: &'static str,
    /// The first month of the new rate.
    pub month: Month,
    /// The months between which it lies with 95 % confidence.
    pub between: (Month, Month),
    /// Events for each 1,000 reports before, back to the turning point before it.
    pub before: f64,
    /// And after, up to the next.
    pub after: f64,
    /// What was reported most in the first two months of a rise or, at a fall, in the two months before it.
    pub events: Vec<Occurrence<'a>>,
}

/// Asks how two sides stand to each other.
pub fn dyad<'a>(history: &'a History, a: &Party, b: &Party, asked: &Asked) -> Dyad<'a> {
    let ties = history.between(a, b, asked.scope);
    let series = Series::of(history, a, b, &ties, &asked.window, asked.counting);
    let span = series.months.first().zip(series.months.last()).map(|(first, last)| (first.month, last.month));
    let inside = |tie: &Tie<'a>| {
        let month = tie.occurrence.around().and_then(|when| when.month());
        month.zip(span).is_some_and(|(month, (first, last))| first <= month && month <= last)
    };
    let counted: Vec<Tie<'a>> = ties
        .into_iter()
        .filter(|tie| crate::series::counts(tie, &asked.window, asked.counting))
        .filter(|tie| tie.occurrence.status() == Status::Actual && inside(tie))
        .collect();
    let number = |of: &dyn Fn(&Tie<'_>) -> bool| counted.iter().filter(|tie| of(tie)).count() as u32;
    let cooperation = |row: &MonthRow| row.counts.cooperation();
    let conflict = |row: &MonthRow| row.counts.conflict();
    let mut turning_points = turning_points("cooperation", &series, &counted, &cooperation);
    turning_points.extend(self::turning_points("conflict", &series, &counted, &conflict));
    turning_points.sort_by_key(|point| (point.month, point.of));
    Dyad {
        a: a.clone(),
        b: b.clone(),
        asked: asked.clone(),
        months: span,
        total: series.total(),
        covered: series.covered(),
        forward: number(&|tie| tie.is(Direction::Forward)),
        backward: number(&|tie| tie.is(Direction::Backward)),
        mutual: number(&|tie| tie.mutual()),
        cooperation: measure(&series, &cooperation),
        conflict: measure(&series, &conflict),
        turning_points,
        last: counted.iter().rev().map(|tie| tie.occurrence).collect(),
        series,
    }
}

impl Dyad<'_> {
    /// How many months have events, are zero, are silent, are not covered.
    pub fn meanings(&self) -> [usize; 4] {
        [Meaning::Events, Meaning::Zero, Meaning::Silence, Meaning::Uncovered]
            .map(|meaning| self.series.number(meaning))
    }
}

/// Counts and reports of the months that the record covers.
fn known(series: &Series, of: &dyn Fn(&MonthRow) -> u32) -> (Vec<u32>, Vec<u32>) {
    let months = series.months.iter().filter(|row| row.covered.reports > 0);
    months.map(|row| (of(row), row.covered.reports)).unzip()
}

fn measure(series: &Series, of: &dyn Fn(&MonthRow) -> u32) -> Measure {
    let (events, reports) = known(series, of);
    let dispersion = changes::dispersion(&events, &reports);
    let rate = |range: std::ops::Range<usize>| {
        let sum = |list: &[u32]| list[range.clone()].iter().sum();
        trend::rate(sum(&events), sum(&reports), dispersion)
    };
    let n = events.len();
    let turn = n.saturating_sub(RECENT);
    let (recent, before) = if n >= 2 * RECENT { (rate(turn..n), rate(0..turn)) } else { (None, None) };
    let runs: Vec<f64> = (0..(turn + 1).saturating_sub(RECENT))
        .filter_map(|from| rate(from..from + RECENT).map(|rate| rate.value))
        .collect();
    let standing = recent.filter(|_| runs.len() >= RECENT).map(|recent| {
        let below: f64 = runs
            .iter()
            .map(|run| if *run < recent.value { 1.0 } else { 0.5 * f64::from(u8::from(*run == recent.value)) })
            .sum();
        below / runs.len() as f64
    });
    let yearly = series.months.len() >= 8 * 12;
    let values = periods(series, of, if yearly { 12 } else { 3 });
    Measure {
        whole: rate(0..n),
        recent,
        before,
        standing,
        trend: trend::trend(&values),
        trend_of: if yearly { "years" } else { "quarters" },
        dispersion,
    }
}

/// The rates of calendar periods of so many months that lie wholly in the series and are covered.
fn periods(series: &Series, of: &dyn Fn(&MonthRow) -> u32, length: i32) -> Vec<f64> {
    series
        .months
        .chunk_by(|one, other| one.month.0.div_euclid(length) == other.month.0.div_euclid(length))
        .filter(|months| months.len() == length as usize)
        .filter_map(|months| {
            let reports: u32 = months.iter().map(|row| row.covered.reports).sum();
            trend::rate(months.iter().map(of).sum(), reports, 1.0).map(|rate| rate.value)
        })
        .collect()
}

fn turning_points<'a>(
    name: &'static str,
    series: &Series,
    ties: &[Tie<'a>],
    of: &dyn Fn(&MonthRow) -> u32,
) -> Vec<TurningPoint<'a>> {
    let counts: Vec<u32> = series.months.iter().map(of).collect();
    let reports: Vec<u32> = series.months.iter().map(|row| row.covered.reports).collect();
    let month = |i: usize| series.months[i].month;
    let point = |change: Change| {
        let rises = change.after > change.before;
        let first = if rises { month(change.at) } else { month(change.at).plus(-2) };
        TurningPoint {
            of: name,
            month: month(change.at),
            between: (month(change.between.0), month(change.between.1)),
            before: 1000.0 * change.before,
            after: 1000.0 * change.after,
            events: telling(ties, name == "conflict", first.first_day(), first.plus(1).last_day()),
        }
    };
    changes::changes(&counts, &reports).into_iter().map(point).collect()
}

/// Up to three events between two days that tell most: the most reported, the strongest in score, the surest.
fn telling<'a>(ties: &[Tie<'a>], conflict: bool, from: Day, to: Day) -> Vec<Occurrence<'a>> {
    let mut found: Vec<Occurrence<'a>> = ties
        .iter()
        .map(|tie| tie.occurrence)
        .filter(|o| (crate::series::quad_number(o.quad_class()) >= 2) == conflict)
        .filter(|o| o.around().is_some_and(|when| when.month().is_some() && from <= when.first && when.first <= to))
        .collect();
    found.sort_by(|x, y| {
        let rank = |o: &Occurrence<'_>| (o.sources(), o.reports());
        let strength = |o: &Occurrence<'_>| o.score().abs() * o.confidence();
        rank(y).cmp(&rank(x)).then(strength(y).total_cmp(&strength(x))).then(x.row.cmp(&y.row))
    });
    found.truncate(3);
    found.sort_by_key(|o| o.row);
    found
}
