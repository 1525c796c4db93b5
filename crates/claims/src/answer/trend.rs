//! How relations changed: the record's scores before and after, per event, with their scatter.

use super::record::evidence;
use super::{Answer, Sources, moved};
use crate::query::Window;
use crate::report::Verdict;
use jiff::civil::Date;
use legation_analysis::{Day, Occurrence, Party, Scope};

/// Events on either side below which nothing is said.
const FEWEST: usize = 5;

/// Days that are looked back at least: what was usual before shows in years, not in months.
const BACK: i64 = 5 * 365;

/// Times the standard error from which a difference is told as one (about 95 % of chance differences are smaller).
const CLEAR: f64 = 2.0;

/// Compares the mean PLOVER score of an event between the two in the time claimed with that in as long a time before it, five years at least. A
/// mean does not grow with how much is reported; it says nothing of how much happened.
pub(super) fn answer(between: &[String; 2], since: Window, until: Date, improved: bool, sources: &Sources) -> Answer {
    let Some(asked) = sources.asked() else { return super::record::unasked() };
    let length = i64::from(Day::of(since.from).until(Day::of(until))).max(90);
    let after = Window { from: since.from, to: until };
    let before = Window { from: moved(since.from, -length.max(BACK)), to: moved(since.from, -1) };
    if !asked.reaches(after) || !asked.reaches(before) {
        let text = format!("the record does not reach into {before} and {after}");
        return Answer::new(Verdict::OutsideCoverage, text);
    }
    let [a, b] = between;
    let ties = asked.history.between(&Party::Code(a.clone()), &Party::Code(b.clone()), Scope::Official);
    let all: Vec<Occurrence> = ties
        .iter()
        .filter(|tie| tie.is_between() && tie.occurrence.happened() && asked.may_use(&tie.occurrence))
        .map(|tie| tie.occurrence)
        .collect();
    let part = |window: Window| -> Vec<Occurrence> { within(&all, window) };
    let (old, new) = (part(before), part(after));
    let (first, second) = (Sample::of(&old, 0), Sample::of(&new, 0));
    let text = format!(
        "mean score of an event {:+.1} ({} events, {before}) before, {:+.1} ({} events, {after}) since",
        first.mean, first.count, second.mean, second.count
    );
    // Hardly anything told of years that the record covers: what is missing to the fewest is taken as neutral.
    let quiet = first.count < FEWEST && asked.covers(before);
    let first = if quiet { Sample::of(&old, FEWEST - first.count) } else { first };
    let text = if quiet { format!("{text}; so few before count as neutral") } else { text };
    if first.count < FEWEST || second.count < FEWEST {
        return Answer::new(Verdict::NotInRecord, format!("{text}: too few to tell"));
    }
    let change = second.mean - first.mean;
    let error = (first.error * first.error + second.error * second.error).sqrt();
    let clear = change.abs() >= CLEAR * error;
    let verdict = match (clear, (change > 0.0) == improved) {
        (true, true) => Verdict::Supported,
        // That fewer quarrels are told does not contradict: the record is open.
        (true, false) => Verdict::NotInRecord,
        (false, _) if quiet => Verdict::NotInRecord,
        (false, _) => Verdict::Ambiguous,
    };
    let told = match (clear, change > 0.0) {
        (true, true) => "better",
        (true, false) => "worse",
        (false, _) => "no clear change",
    };
    // What moved it most.
    let mut telling: Vec<&Occurrence> = new.iter().collect();
    telling.sort_by(|x, y| {
        let weight = |o: &Occurrence| o.score() * if change > 0.0 { 1.0 } else { -1.0 } * o.confidence();
        weight(y).total_cmp(&weight(x)).then(x.row.cmp(&y.row))
    });
    Answer::new(verdict, format!("{text}: {told}"))
        .with(telling.into_iter().take(5).map(|o| evidence(o, asked.may_quote(o))).collect())
}

fn within<'a>(all: &[Occurrence<'a>], window: Window) -> Vec<Occurrence<'a>> {
    let lies = |o: &&Occurrence| {
        o.around().is_some_and(|when| Day::of(window.from) <= when.first && when.first <= Day::of(window.to))
    };
    all.iter().filter(lies).copied().collect()
}

/// Mean and standard error of the scores of events.
struct Sample {
    count: usize,
    mean: f64,
    error: f64,
}

impl Sample {
    /// Of these events and so many neutral ones.
    fn of(events: &[Occurrence], neutral: usize) -> Self {
        let count = events.len() + neutral;
        let n = count.max(1) as f64;
        let scores = || events.iter().map(|o| f64::from(o.score())).chain(std::iter::repeat_n(0.0, neutral));
        let mean = scores().sum::<f64>() / n;
        let variance = scores().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (n - 1.0).max(1.0);
        Self { count, mean, error: (variance / n).sqrt() }
    }
}
