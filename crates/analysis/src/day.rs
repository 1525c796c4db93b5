//! Days and months as numbers, and dates that are only as precise as their source.

use jiff::civil::Date;
use legation_record::{EventDate, Precision};
use serde::{Serialize, Serializer};
use std::fmt;

/// A day, counted from 1 January 1970 in the proleptic Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub i32);

/// A month, counted from January of the year 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(pub i32);

/// When something happened, as precisely as the record knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct When {
    /// The first day it may mean; of a range its beginning.
    pub first: Day,
    /// The last day it may mean; of a range its end.
    pub last: Day,
    /// Whether the text tells the day, the month or the year. [`Precision::Publication`]: it tells no time, and the day
    /// of first publication stands for it.
    pub precision: Precision,
}

impl Day {
    /// The day of a calendar date.
    pub fn of(date: Date) -> Self {
        // Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil.
        let (year, month) = (i32::from(date.year()), i32::from(date.month()));
        let year = if month <= 2 { year - 1 } else { year };
        let era = year.div_euclid(400);
        let of_era = year.rem_euclid(400);
        let of_year = (153 * (if month > 2 { month - 3 } else { month + 9 }) + 2) / 5 + i32::from(date.day()) - 1;
        Self(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
    }

    /// The day of a number YYYYMMDD with all its parts.
    pub fn of_packed(date: i64) -> Option<Self> {
        let part = |n: i64| i8::try_from(n).ok();
        Date::new(i16::try_from(date / 10_000).ok()?, part(date / 100 % 100)?, part(date % 100)?).ok().map(Self::of)
    }

    /// The calendar date.
    pub fn date(self) -> Date {
        let (year, month, day) = self.parts();
        // The years of a Day that came from a Date fit one again.
        Date::new(i16::try_from(year).unwrap_or(i16::MAX / 4), month as i8, day as i8).unwrap_or(Date::ZERO)
    }

    /// The month it lies in.
    pub fn month(self) -> Month {
        let (year, month, _) = self.parts();
        Month(year * 12 + month - 1)
    }

    /// So many days later; earlier, where negative.
    #[must_use]
    pub fn plus(self, days: i32) -> Self {
        Self(self.0.saturating_add(days))
    }

    /// Days from this one to another; negative, where the other is earlier.
    pub fn until(self, other: Self) -> i32 {
        other.0 - self.0
    }

    fn parts(self) -> (i32, i32, i32) {
        let days = self.0.saturating_add(719_468);
        let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
        let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let m = (5 * of_year + 2) / 153;
        let month = if m < 10 { m + 3 } else { m - 9 };
        (era * 400 + year + i32::from(month <= 2), month, of_year - (153 * m + 2) / 5 + 1)
    }
}

impl Month {
    /// The month of a year, 1 to 12.
    pub fn of(year: i32, month: i32) -> Self {
        Self(year * 12 + month - 1)
    }

    /// Its year.
    pub fn year(self) -> i32 {
        self.0.div_euclid(12)
    }

    /// Its number in the year, 1 to 12.
    pub fn number(self) -> i32 {
        self.0.rem_euclid(12) + 1
    }

    /// So many months later; earlier, where negative.
    #[must_use]
    pub fn plus(self, months: i32) -> Self {
        Self(self.0.saturating_add(months))
    }

    /// Its first day.
    pub fn first_day(self) -> Day {
        let date = Date::new(i16::try_from(self.year()).unwrap_or(0), self.number() as i8, 1);
        Day::of(date.unwrap_or(Date::ZERO))
    }

    /// Its last day.
    pub fn last_day(self) -> Day {
        self.plus(1).first_day().plus(-1)
    }
}

impl When {
    /// A known day.
    pub fn day(day: Day) -> Self {
        Self { first: day, last: day, precision: Precision::Day }
    }

    /// The day of first publication, for news that tells no time.
    pub fn published(day: Day) -> Self {
        Self { first: day, last: day, precision: Precision::Publication }
    }

    /// From a number YYYYMMDD with 00 for what is unknown, and the days that its words allow (YYYYMMDD).
    pub fn of_packed(date: i64, earliest: Option<i64>, latest: Option<i64>) -> Option<Self> {
        let (year, month, day) = (date / 10_000, date / 100 % 100, date % 100);
        let (precision, first, last) = match (month, day) {
            (0, _) => {
                let year = i32::try_from(year).ok()?;
                (Precision::Year, Month::of(year, 1).first_day(), Month::of(year, 12).last_day())
            }
            (_, 0) => {
                let month = Month::of(i32::try_from(year).ok()?, i32::try_from(month).ok()?);
                (Precision::Month, month.first_day(), month.last_day())
            }
            _ => {
                let day = Day::of_packed(date)?;
                (Precision::Day, day, day)
            }
        };
        let first = earliest.and_then(Day::of_packed).unwrap_or(first);
        let last = latest.and_then(Day::of_packed).unwrap_or(last).max(first);
        Some(Self { first, last, precision })
    }

    /// From an event's date.
    pub fn of_event(date: &EventDate) -> Option<Self> {
        let (first, last) = date.days()?;
        let given = |day: &Option<String>| day.as_deref().and_then(|d| d.parse().ok()).map(Day::of);
        let first = given(&date.earliest).unwrap_or_else(|| Day::of(first));
        let last = given(&date.latest).unwrap_or_else(|| Day::of(last)).max(first);
        Some(Self { first, last, precision: date.precision })
    }

    /// Whether the day follows from publication alone.
    pub fn implied(self) -> bool {
        self.precision == Precision::Publication
    }

    /// Whether it is known to the day: told, or implied by publication.
    pub fn is_day(self) -> bool {
        matches!(self.precision, Precision::Day | Precision::Publication)
    }

    /// The month it counts in; `None` where only the year is known. A range counts where it begins.
    pub fn month(self) -> Option<Month> {
        match self.precision {
            Precision::Year if self.first.month() != self.last.month() => None,
            _ => Some(self.first.month()),
        }
    }

    /// Whether it surely lies between two days, both included.
    pub fn surely_within(self, from: Day, to: Day) -> bool {
        self.first >= from && self.last <= to
    }

    /// Whether it may lie between two days, both included.
    pub fn may_lie_within(self, from: Day, to: Day) -> bool {
        self.last >= from && self.first <= to
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.parts();
        f.pad(&format!("{year:04}-{month:02}-{day:02}"))
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{:04}-{:02}", self.year(), self.number()))
    }
}

/// ISO 8601, cut to the precision; a range with both its days.
impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.precision {
            Precision::Year => f.pad(&format!("{:04}", self.first.month().year())),
            Precision::Month => f.pad(&self.first.month().to_string()),
            _ if self.first != self.last => f.pad(&format!("{}/{}", self.first, self.last)),
            _ => f.pad(&self.first.to_string()),
        }
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Serialize for Month {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Serialize for When {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
