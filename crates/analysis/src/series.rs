//! Counts by month, with what the record covers of each month.

use crate::{Covered, Direction, History, Month, Party, Tie, Window};
use legation_record::{EventType, QuadClass, Status};
use serde::Serialize;

/// Counts of a dyad in a month: what happened and was reported as news (status actual).
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct MonthCounts {
    /// Events.
    pub events: u32,
    /// Of each quad class: verbal and material cooperation, verbal and material conflict.
    pub quads: [u32; 4],
    /// Of each type, in the order of [`EventType::ALL`].
    pub types: [u32; 16],
    /// Sum of the PLOVER scores of cooperation; 0 and above.
    pub cooperation_score: f32,
    /// Sum of the scores of conflict; 0 and below.
    pub conflict_score: f32,
    /// Sum of the probabilities that each event is right.
    pub expected: f32,
    /// Of the events: those that stand in the month because they were published in it.
    pub by_publication: u32,
    /// Told later, as history, of this month; not among `events`, and not comparable between months.
    pub told_later: u32,
}

impl MonthCounts {
    /// Cooperation, in words and deeds.
    pub fn cooperation(&self) -> u32 {
        self.quads[0] + self.quads[1]
    }

    /// Conflict, in words and deeds.
    pub fn conflict(&self) -> u32 {
        self.quads[2] + self.quads[3]
    }

    /// Mean PLOVER score of the events, −10 to +10.
    pub fn score(&self) -> Option<f32> {
        (self.events > 0).then(|| (self.cooperation_score + self.conflict_score) / self.events as f32)
    }

    /// Takes an event of this month.
    pub fn add(&mut self, tie: &Tie<'_>) {
        let occurrence = tie.occurrence;
        if occurrence.status() == Status::Historical {
            self.told_later += 1;
            return;
        }
        self.events += 1;
        let event_type = occurrence.event_type();
        self.types[EventType::ALL.iter().position(|t| *t == event_type).unwrap_or(0)] += 1;
        let quad = quad_number(event_type.quad_class());
        self.quads[quad] += 1;
        let score = if quad < 2 { &mut self.cooperation_score } else { &mut self.conflict_score };
        *score += occurrence.score();
        self.expected += occurrence.confidence();
        self.by_publication += u32::from(occurrence.around().is_some_and(|when| when.implied()));
    }

    /// Adds those of another month.
    pub fn add_all(&mut self, other: &Self) {
        self.events += other.events;
        self.quads.iter_mut().zip(other.quads).for_each(|(sum, n)| *sum += n);
        self.types.iter_mut().zip(other.types).for_each(|(sum, n)| *sum += n);
        self.cooperation_score += other.cooperation_score;
        self.conflict_score += other.conflict_score;
        self.expected += other.expected;
        self.by_publication += other.by_publication;
        self.told_later += other.told_later;
    }
}

/// The number of a quad class in the order of the record.
pub(crate) fn quad_number(quad: QuadClass) -> usize {
    match quad {
        QuadClass::VerbalCooperation => 0,
        QuadClass::MaterialCooperation => 1,
        QuadClass::VerbalConflict => 2,
        QuadClass::MaterialConflict => 3,
    }
}

/// A month of a series.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MonthRow {
    /// The month.
    pub month: Month,
    /// What is counted in it.
    #[serde(flatten)]
    pub counts: MonthCounts,
    /// What the record covers of the month, whoever it is about.
    pub covered: Covered,
    /// What it covers about one side; `None` for a group or person.
    pub covered_a: Option<Covered>,
    /// What it covers about the other.
    pub covered_b: Option<Covered>,
}

/// What a month without events means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Meaning {
    /// There are events.
    Events,
    /// Each of the two sides has reports, with whomever, and nothing between them is told.
    Zero,
    /// The record says nothing of at least one of them in the month: nothing is known.
    Silence,
    /// The record has no report of the month at all.
    Uncovered,
}

impl MonthRow {
    /// What its number of events means.
    pub fn meaning(&self) -> Meaning {
        let silent = |side: Option<Covered>| side.is_some_and(|covered| covered.reports == 0);
        match () {
            () if self.counts.events > 0 => Meaning::Events,
            () if self.covered.reports == 0 => Meaning::Uncovered,
            () if silent(self.covered_a) || silent(self.covered_b) => Meaning::Silence,
            () => Meaning::Zero,
        }
    }

    /// A number of events of the month for each 1,000 reports the record has of the month; `None` where it has none.
    pub fn rate(&self, events: u32) -> Option<f64> {
        (self.covered.reports > 0).then(|| 1000.0 * f64::from(events) / f64::from(self.covered.reports))
    }
}

/// A series by month without gaps.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Series {
    /// The months, each once, in order.
    pub months: Vec<MonthRow>,
    /// Events of which no month is known, though they may lie in the window.
    pub undated: u32,
}

/// Which ties count in a series.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Counting {
    /// In which direction.
    pub direction: Direction,
    /// Only events at least this sure, 0 to 1.
    pub min_confidence: f32,
}

impl Series {
    /// Counts the ties of two sides, month by month: over the window, or where it is open over the time the record covers.
    pub fn of(history: &History, a: &Party, b: &Party, ties: &[Tie<'_>], window: &Window, how: Counting) -> Self {
        let mut series = Self::default();
        let Some((first, last)) = bounds(history, window) else { return series };
        series.months = (first.0..=last.0)
            .map(Month)
            .map(|month| MonthRow {
                month,
                counts: MonthCounts::default(),
                covered: history.coverage().of_month(month),
                covered_a: history.covered(a, month),
                covered_b: history.covered(b, month),
            })
            .collect();
        for tie in ties.iter().filter(|tie| counts(tie, window, how)) {
            let when = tie.occurrence.around();
            match when.and_then(|when| when.month()) {
                Some(month) => {
                    let row = usize::try_from(month.0 - first.0).ok().and_then(|i| series.months.get_mut(i));
                    row.into_iter().for_each(|row| row.counts.add(tie));
                }
                None => series.undated += u32::from(when.is_none_or(|when| window.may_hold(when))),
            }
        }
        series
    }

    /// All months together.
    pub fn total(&self) -> MonthCounts {
        let mut total = MonthCounts::default();
        self.months.iter().for_each(|row| total.add_all(&row.counts));
        total
    }

    /// What the record covers in all months together.
    pub fn covered(&self) -> Covered {
        let mut covered = Covered::default();
        self.months.iter().for_each(|row| covered += row.covered);
        covered
    }

    /// How many months mean this.
    pub fn number(&self, meaning: Meaning) -> usize {
        self.months.iter().filter(|row| row.meaning() == meaning).count()
    }
}

/// The first and the last month of a window: where it is open, of the record's time.
pub(crate) fn bounds(history: &History, window: &Window) -> Option<(Month, Month)> {
    let covered = history.coverage().months();
    let first = window.since.map(|day| day.month()).or(covered.map(|months| months.0))?;
    // Nothing is known of the time after the last document, or after the day up to which is asked.
    let known = window.as_of.map(|day| day.month());
    let last = window.until.map(|day| day.month()).or(known).or(covered.map(|months| months.1))?;
    // Wider windows than this are slips of the pen.
    (first <= last && last.0 - first.0 < 12 * 400).then_some((first, last))
}

/// Whether a tie counts in a series, whenever it was.
pub(crate) fn counts(tie: &Tie<'_>, window: &Window, how: Counting) -> bool {
    let occurrence = &tie.occurrence;
    tie.is(how.direction)
        && occurrence.happened()
        && occurrence.confidence() >= how.min_confidence
        && window.knows(occurrence)
        && occurrence.around().is_none_or(|when| window.may_hold(when))
}
