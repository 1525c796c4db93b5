//! When: time expressions of a sentence and the days they mean.
//!
//! Works on forms and positions alone, so that it stands without a good parse. What the words leave open the caller
//! fills in: the day of publication, the day mentioned before, the tense of a clause. A date is never more precise
//! than its words ("last week" is a month, or a year where the week straddles a month's end), and what cannot be
//! known is `None`.

mod calendar;
mod days;
mod periods;
mod reader;
mod relative;
mod words;

pub use days::Days;

use jiff::civil::Date;
use legation_record::{EventDate, Sentence, Token};
use reader::Reader;

/// A time expression with the days it means.
#[derive(Clone, Debug, PartialEq)]
pub struct TimeExpression {
    /// Index of its first token. Prepositions and a leading article stay outside: they are in `kind`.
    pub first: usize,
    /// Index of its last token.
    pub last: usize,
    /// The finest date that holds all of `days`; in a range its first day. `None` where it has no date, where it
    /// cannot be known, and in durations and recurrences.
    pub date: Option<EventDate>,
    /// The days it allows: finer than `date` for weeks, parts of months and seasons.
    pub days: Option<Days>,
    /// How it places an event.
    pub kind: TimeKind,
    /// Whether it points to history: an end more than a year before publication, a decade, a century, an
    /// anniversary and what it commemorates. Never for [`TimeKind::Since`], which reaches the present.
    pub history: bool,
    /// What is wrong with it, in a sentence: an impossible date, a weekday that is not the day's.
    pub diagnostic: Option<String>,
}

/// How a time expression places an event.
#[derive(Clone, Debug, PartialEq)]
pub enum TimeKind {
    /// At or within the date.
    Point,
    /// From the date to this one, both included: "from 18 to 19 August".
    Range {
        /// Its end, with its own precision.
        end: EventDate,
    },
    /// From the date on: "since April", "as of 1 May", "from Monday".
    Since,
    /// Up to the date: "until Friday", "by the end of the year".
    Until,
    /// Earlier than the date: "ahead of Monday's talks".
    Before,
    /// Later than the date: "after 2014".
    After,
    /// How long, not when: "two-day visit", "for three weeks", "in the past three days".
    Duration,
    /// Again and again: "every Friday", "on Mondays".
    Recurring,
    /// Not on the day of publication, more is not said: "recently", "in the coming days".
    Vague,
    /// "The 30th anniversary": a day of memory, not of the act.
    Anniversary,
}

/// The time expressions of `sentence`, in order, without overlaps.
///
/// `published` is the day that "yesterday" and bare months, days and weekdays are seen from; without it only dates
/// given in full are resolved. `anchor` is the time mentioned before, for "two days earlier" and "the following
/// day"; dates inside the sentence take its place as they come. `past` tells for the index of a token whether its
/// clause is in a past tense (`Some(true)`), in the present or future (`Some(false)`), or unknown; it is asked only
/// where the answer matters.
pub fn time_expressions(
    text: &str,
    sentence: &Sentence,
    published: Option<Date>,
    anchor: Option<Days>,
    past: impl Fn(usize) -> Option<bool>,
) -> Vec<TimeExpression> {
    let read = |token: &Token| words::word(token.span.of(text), token);
    if !sentence.tokens.iter().any(|token| read(token).is_time()) {
        return Vec::new();
    }
    let words: Vec<_> = sentence.tokens.iter().map(read).collect();
    let mut reader = Reader { words: &words, published, anchor, past: &past };
    let mut found: Vec<TimeExpression> = Vec::new();
    let mut i = 0;
    while i < words.len() {
        let Some(matched) = reader.read(i) else {
            i += 1;
            continue;
        };
        let mut expression = reader.expression(i, matched);
        if found.last().is_some_and(|before| reader.is_commemorated(before, i)) {
            commemorate(&mut expression);
        }
        if matches!(expression.kind, TimeKind::Point | TimeKind::Range { .. }) {
            // Decades ago, whenever that was, is no time to count from.
            reader.anchor = expression.days.or(reader.anchor.filter(|_| !expression.history));
        }
        i = expression.last + 1;
        found.push(expression);
    }
    found
}

/// What an anniversary commemorates is history, and a year taken from the day of publication is then wrong.
fn commemorate(expression: &mut TimeExpression) {
    if !expression.history {
        expression.history = true;
        expression.days = None;
        expression.date = None;
    }
}
