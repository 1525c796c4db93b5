use super::days::{Days, Part, distance};
use super::words::{Unit, Word};
use super::{TimeExpression, TimeKind};
use jiff::civil::Date;
use legation_record::EventDate;

/// How long after its end, in days, a time counts as history: a year. `days` lets a reader draw another line.
const HISTORY: i64 = 366;

/// The words of one sentence, and what they are seen from.
pub(super) struct Reader<'a> {
    pub(super) words: &'a [Word],
    pub(super) published: Option<Date>,
    pub(super) anchor: Option<Days>,
    pub(super) past: &'a dyn Fn(usize) -> Option<bool>,
}

/// An expression as found: where it ends and what it means.
pub(super) struct Match {
    /// One past its last token.
    pub(super) end: usize,
    pub(super) days: Option<Days>,
    /// Where it is not the date of `days`.
    pub(super) date: Option<EventDate>,
    pub(super) kind: TimeKind,
    pub(super) history: bool,
    pub(super) diagnostic: Option<String>,
}

impl Match {
    pub(super) fn point(end: usize, days: Option<Days>) -> Self {
        Self { days, ..Self::of(end, TimeKind::Point) }
    }

    pub(super) fn of(end: usize, kind: TimeKind) -> Self {
        Self { end, days: None, date: None, kind, history: false, diagnostic: None }
    }

    pub(super) fn history(end: usize, days: Option<Days>) -> Self {
        Self { history: true, ..Self::point(end, days) }
    }

    /// From one time to another: dated with the first.
    pub(super) fn range(end: usize, from: Option<Days>, to: Option<Days>) -> Self {
        let (Some(from), Some(to)) = (from, to) else { return Self::point(end, from) };
        let Some(until) = to.date() else { return Self::point(end, Some(from)) };
        Self { days: Some(from.hull(to)), date: from.date(), ..Self::of(end, TimeKind::Range { end: until }) }
    }
}

impl Reader<'_> {
    /// The expression that begins at token `i`.
    pub(super) fn read(&self, i: usize) -> Option<Match> {
        self.anniversary(i).or_else(|| self.recurring(i)).or_else(|| self.calendar(i)).or_else(|| self.relative(i))
    }

    /// The finished expression, with the role the words before give it.
    pub(super) fn expression(&self, first: usize, found: Match) -> TimeExpression {
        let kind = if found.kind == TimeKind::Point { self.role(first, found.end) } else { found.kind };
        let old = match (found.days, self.published) {
            (Some(days), Some(published)) => distance(days.last, published) > HISTORY,
            _ => false,
        };
        let dated = !matches!(kind, TimeKind::Duration | TimeKind::Recurring | TimeKind::Vague | TimeKind::Anniversary);
        TimeExpression {
            first,
            last: found.end - 1,
            date: if dated { found.date.or_else(|| found.days?.date()) } else { None },
            days: found.days,
            history: kind != TimeKind::Since && (found.history || old && dated),
            kind,
            diagnostic: found.diagnostic,
        }
    }

    /// Whether the expression at `first` is what the anniversary before it commemorates: "the anniversary of the
    /// September 2023 operation", but not "the anniversary of independence on Monday".
    pub(super) fn is_commemorated(&self, before: &TimeExpression, first: usize) -> bool {
        before.kind == TimeKind::Anniversary
            && self.at(before.last + 1) == Word::Of
            && !self.words[before.last + 1..first].iter().any(|w| w.is_stop())
            && matches!(self.back(first, 1), Word::The | Word::Of | Word::Possessive)
    }

    /// The word at `i`; past the end a full stop.
    pub(super) fn at(&self, i: usize) -> Word {
        self.words.get(i).copied().unwrap_or(Word::Dot)
    }

    /// The word `k` before `i`; before the start a full stop.
    pub(super) fn back(&self, i: usize, k: usize) -> Word {
        i.checked_sub(k).map_or(Word::Dot, |i| self.at(i))
    }

    /// What the words before an expression make of it.
    fn role(&self, first: usize, end: usize) -> TimeKind {
        let i = self.before_article(first);
        match (self.back(i, 2), self.back(i, 1)) {
            (_, Word::Since | Word::Starting) | (Word::As, Word::Of) => TimeKind::Since,
            // "Hit by the 2007 crisis", "from Friday's attack": the preposition is the noun's.
            (_, Word::By | Word::From) if self.modifies(i, first, end) => TimeKind::Point,
            (_, Word::From) => TimeKind::Since,
            (Word::Since | Word::Starting, Word::On | Word::In) => TimeKind::Since,
            (_, Word::Until | Word::Through) => TimeKind::Until,
            (_, Word::By) => TimeKind::Until,
            (_, Word::Before) | (Word::Prior, Word::To) | (Word::Ahead, Word::Of) => TimeKind::Before,
            (_, Word::After | Word::Following) => TimeKind::After,
            _ => TimeKind::Point,
        }
    }

    /// Whether the time of the expression at `first`, whose word of weight is `main`, is to be sought in the past.
    pub(super) fn tense(&self, first: usize, main: usize) -> Option<bool> {
        let i = self.before_article(first);
        match self.back(i, 1) {
            Word::Since => return Some(true),
            // "Closed the border until 9 February": what is closed is past, the end need not be.
            Word::Until | Word::By | Word::Through => {
                return if (self.past)(main) == Some(true) { None } else { Some(false) };
            }
            _ => {}
        }
        // "A summit scheduled for Friday" is ahead whatever its clause's tense.
        let scheduled = |w| matches!(w, Word::Scheduled | Word::Coming);
        let preposition = matches!(self.back(i, 1), Word::For | Word::On | Word::In);
        if scheduled(self.back(i, 1)) || preposition && scheduled(self.back(i, 2)) {
            return Some(false);
        }
        (self.past)(main)
    }

    /// Whether the expression `first..end`, its article at `i`, stands before a noun it belongs to.
    fn modifies(&self, i: usize, first: usize, end: usize) -> bool {
        let date = matches!(self.at(first), Word::Number(..) | Word::Month(..) | Word::Weekday(_) | Word::Date(..));
        self.at(end) == Word::Possessive || i < first && date
    }

    fn before_article(&self, first: usize) -> usize {
        if self.back(first, 1) == Word::The { first - 1 } else { first }
    }

    /// "Early", "mid-", "the end of the", "the second quarter of": the part and where its whole begins.
    pub(super) fn part(&self, i: usize) -> Option<(Part, usize)> {
        let article = |i: usize| if self.at(i) == Word::The { i + 1 } else { i };
        match self.at(i) {
            Word::Part(part @ Part::Quarter(_)) if self.at(i + 1) != Word::Of => Some((part, i + 1)),
            Word::Part(part) => match self.at(i + 1) {
                Word::Dash | Word::In | Word::On | Word::Of => Some((part, article(i + 2))),
                _ => Some((part, article(i + 1))),
            },
            Word::PartOf(part) if self.at(i + 1) == Word::Of => Some((part, article(i + 2))),
            Word::Ordinal(n, _) => {
                let part = match self.at(i + 1) {
                    Word::Half if n <= 2 => Part::Half(i64::from(n)),
                    Word::Quarter if (1..=4).contains(&n) => Part::Quarter(i64::from(n)),
                    _ => return None,
                };
                let of = self.at(i + 2) == Word::Of;
                Some((part, if of { article(i + 3) } else { i + 2 }))
            }
            _ => None,
        }
    }

    /// "30th anniversary", "five-year anniversary".
    fn anniversary(&self, i: usize) -> Option<Match> {
        let unit = match self.at(i) {
            Word::Anniversary => i,
            Word::Ordinal(..) if self.at(i + 1) == Word::Anniversary => i + 1,
            Word::Count(_) | Word::Number(..) | Word::A => {
                let j = if self.at(i + 1).is_dash() { i + 2 } else { i + 1 };
                let unit = matches!(self.at(j), Word::Unit(..)) && self.at(j + 1) == Word::Anniversary;
                unit.then_some(j + 1)?
            }
            _ => return None,
        };
        Some(Match { history: true, ..Match::of(unit + 1, TimeKind::Anniversary) })
    }

    /// "Every Friday", "each second week", "Mondays", "twice a year".
    fn recurring(&self, i: usize) -> Option<Match> {
        let end = match self.at(i) {
            Word::Weekdays => i + 1,
            Word::Every => {
                let j = match self.at(i + 1) {
                    Word::Ordinal(..) | Word::Count(_) | Word::Number(..) | Word::Several | Word::Other => i + 2,
                    _ => i + 1,
                };
                let time = matches!(self.at(j), Word::Unit(..) | Word::Weekday(_) | Word::Month(..) | Word::DayPart);
                time.then_some(j + 1)?
            }
            Word::Times => {
                let j = if self.at(i + 1) == Word::A { i + 2 } else { i + 1 };
                matches!(self.at(j), Word::Unit(unit, false) if unit != Unit::Weekend).then_some(j + 1)?
            }
            _ => return None,
        };
        Some(Match::of(end, TimeKind::Recurring))
    }
}
