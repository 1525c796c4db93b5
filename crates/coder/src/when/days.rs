use jiff::Span;
use jiff::civil::{Date, Weekday};
use legation_record::{EventDate, Precision};

/// An inclusive run of days: all that a time expression says is that something lies within it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    /// The earliest day.
    pub first: Date,
    /// The latest day.
    pub last: Date,
}

impl From<Date> for Days {
    fn from(day: Date) -> Self {
        Self::day(day)
    }
}

impl Days {
    /// The finest calendar unit that holds all the days; `None` where they straddle a year's end. A week inside
    /// August is August, a week across its end is the year: never more precise than what is known.
    pub fn date(self) -> Option<EventDate> {
        let (a, b) = (self.first, self.last);
        let (value, precision) = if a == b {
            (a.to_string(), Precision::Day)
        } else if a.year() != b.year() {
            return None;
        } else if a.month() == b.month() {
            (format!("{:04}-{:02}", a.year(), a.month()), Precision::Month)
        } else {
            (format!("{:04}", a.year()), Precision::Year)
        };
        Some(EventDate { value, precision, ..EventDate::default() })
    }

    pub(super) fn day(day: Date) -> Self {
        Self { first: day, last: day }
    }

    pub(super) fn month(year: i16, month: i8) -> Option<Self> {
        let first = Date::new(year, month, 1).ok()?;
        Some(Self { first, last: first.last_of_month() })
    }

    pub(super) fn years(first: i16, last: i16) -> Option<Self> {
        Some(Self { first: Date::new(first, 1, 1).ok()?, last: Date::new(last, 12, 31).ok()? })
    }

    pub(super) fn year(year: i16) -> Option<Self> {
        Self::years(year, year)
    }

    /// The week from Monday to Sunday (ISO 8601).
    pub(super) fn week_of(day: Date) -> Option<Self> {
        let first = shift(day, -i64::from(day.weekday().to_monday_zero_offset()))?;
        Some(Self { first, last: shift(first, 6)? })
    }

    /// Saturday and Sunday of the same week.
    pub(super) fn weekend_of(day: Date) -> Option<Self> {
        let week = Self::week_of(day)?;
        Some(Self { first: shift(week.first, 5)?, last: week.last })
    }

    pub(super) fn shift(self, days: i64) -> Option<Self> {
        Some(Self { first: shift(self.first, days)?, last: shift(self.last, days)? })
    }

    pub(super) fn hull(self, other: Self) -> Self {
        Self { first: self.first.min(other.first), last: self.last.max(other.last) }
    }

    pub(super) fn contains(self, day: Date) -> bool {
        self.first <= day && day <= self.last
    }

    pub(super) fn only_day(self) -> Option<Date> {
        (self.first == self.last).then_some(self.first)
    }

    /// The month all the days lie in.
    pub(super) fn only_month(self) -> Option<(i16, i8)> {
        let month = |d: Date| (d.year(), d.month());
        (month(self.first) == month(self.last)).then(|| month(self.first))
    }

    /// The year all the days lie in.
    pub(super) fn only_year(self) -> Option<i16> {
        (self.first.year() == self.last.year()).then(|| self.first.year())
    }

    /// A part of the interval: whole months where it is a year, else days.
    pub(super) fn part(self, part: Part) -> Option<Self> {
        let (n, of) = part.fraction();
        if self.last.year() == self.first.year() && distance(self.first, self.last) >= 364 {
            let months = 12 / of;
            let first = Self::month(self.first.year(), ((n - 1) * months + 1) as i8)?;
            let last = Self::month(self.first.year(), (n * months) as i8)?;
            return Some(first.hull(last));
        }
        let length = distance(self.first, self.last) + 1;
        let at = |k: i64| length * k / of;
        Some(Self { first: shift(self.first, at(n - 1))?, last: shift(self.first, (at(n) - 1).max(at(n - 1)))? })
    }
}

/// "Early", "late", "the second quarter of".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Early,
    Middle,
    Late,
    Half(i64),
    Quarter(i64),
}

impl Part {
    /// The `n`-th of so many equal parts. Early, middle and late are thirds.
    fn fraction(self) -> (i64, i64) {
        match self {
            Self::Early => (1, 3),
            Self::Middle => (2, 3),
            Self::Late => (3, 3),
            Self::Half(n) => (n, 2),
            Self::Quarter(n) => (n, 4),
        }
    }
}

pub(super) fn shift(day: Date, days: i64) -> Option<Date> {
    // The text may count in thousands of centuries: out of range is `None`, not a panic.
    day.checked_add(Span::new().try_days(days).ok()?).ok()
}

/// Days from `a` to `b`.
pub(super) fn distance(a: Date, b: Date) -> i64 {
    a.duration_until(b).as_secs() / 86_400
}

/// The month so many months after.
pub(super) fn shift_month((year, month): (i16, i8), months: i64) -> Option<Days> {
    let n = i64::from(year) * 12 + i64::from(month) - 1 + months;
    Days::month(i16::try_from(n.div_euclid(12)).ok()?, (n.rem_euclid(12) + 1) as i8)
}

/// How far, in days, the calendar day of an event may contradict the tense of its clause. News names a day without
/// its year when it is near, and "agreed to meet on 21 August" is past in form only.
const NEAR: i64 = 60;

/// The year in which a day and month lie, seen from `published`: the latest past one for a past clause (`Some(true)`),
/// the next one for a present or future clause, the nearest where the tense is unknown. A weekday beside it decides
/// where it can.
pub(super) fn nearest_day(
    month: i8,
    day: i8,
    weekday: Option<Weekday>,
    published: Date,
    past: Option<bool>,
) -> Option<Date> {
    // Eight years reach over a century without leap day.
    let candidates = |weekday: Option<Weekday>| {
        (-8..=8i16)
            .filter_map(move |k| Date::new(published.year().checked_add(k)?, month, day).ok())
            .filter(move |d| weekday.is_none_or(|w| d.weekday() == w))
    };
    let choose = |weekday| match past {
        Some(true) => candidates(weekday).filter(|&d| distance(published, d) <= NEAR).max(),
        Some(false) => candidates(weekday).filter(|&d| distance(published, d) >= -NEAR).min(),
        None => candidates(weekday).min_by_key(|&d| distance(published, d).abs()),
    };
    // The weekday is a better witness than the tense, the day and month a better one than a weekday that fits no
    // year within reach.
    let within = |reach: i64| move |d: &Date| distance(published, *d).abs() < reach;
    let named = weekday.and_then(|w| {
        let nearest = || candidates(Some(w)).min_by_key(|&d| distance(published, d).abs());
        choose(Some(w)).filter(within(2 * 366)).or_else(|| nearest().filter(within(300)))
    });
    named.or_else(|| choose(None))
}

/// The year in which a bare month lies. The month of publication counts as past and as future.
pub(super) fn nearest_month(month: i8, published: Date, past: Option<bool>) -> Option<Days> {
    let ahead = i64::from((month - published.month()).rem_euclid(12));
    let here = (published.year(), published.month());
    let back = if ahead == 0 { 0 } else { ahead - 12 };
    let months = match past {
        Some(true) => back,
        Some(false) => ahead,
        None if ahead < -back => ahead,
        None => back,
    };
    shift_month(here, months)
}

/// News convention: with a past or unknown tense the last such day up to and including the day of publication, else
/// the next one from it on.
pub(super) fn nearest_weekday(weekday: Weekday, published: Date, past: Option<bool>) -> Option<Date> {
    let days = i64::from(weekday.since(published.weekday()));
    shift(published, if past == Some(false) || days == 0 { days } else { days - 7 })
}
