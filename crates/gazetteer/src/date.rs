use jiff::civil::Date;
use std::fmt;

/// A date as precise as its source: `1991`, `1991-12` or `1991-12-26`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Partial(&'static str);

impl Partial {
    pub(crate) fn new(text: &'static str) -> Option<Self> {
        (!text.is_empty()).then_some(Self(text))
    }

    /// ISO 8601, cut to its precision.
    pub fn text(self) -> &'static str {
        self.0
    }

    /// The first day it can mean.
    pub fn first_day(self) -> Option<Date> {
        self.parts().and_then(|(year, month, day)| Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).ok())
    }

    /// The last day it can mean.
    pub fn last_day(self) -> Option<Date> {
        let (year, month, day) = self.parts()?;
        let month_start = Date::new(year, month.unwrap_or(12), 1).ok()?;
        match day {
            Some(day) => Date::new(year, month?, day).ok(),
            None => Some(month_start.last_of_month()),
        }
    }

    fn parts(self) -> Option<(i16, Option<i8>, Option<i8>)> {
        let mut parts = self.0.splitn(3, '-');
        let year = parts.next()?.parse().ok()?;
        let month = parts.next().map(str::parse).transpose().ok()?;
        let day = parts.next().map(str::parse).transpose().ok()?;
        Some((year, month, day))
    }
}

impl fmt::Display for Partial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.0)
    }
}

/// A time with open ends where nothing is known or nothing ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Period {
    /// First date; `None`: not known, or before all that matters.
    pub from: Option<Partial>,
    /// Last date; `None`: it goes on, or the end is not known.
    pub to: Option<Partial>,
}

impl Period {
    pub(crate) fn new(from: &'static str, to: &'static str) -> Self {
        Self { from: Partial::new(from), to: Partial::new(to) }
    }

    /// Whether the day may lie inside, at the precision of the ends.
    pub fn contains(self, day: Date) -> bool {
        let begun = self.from.and_then(Partial::first_day).is_none_or(|first| first <= day);
        let goes_on = self.to.and_then(Partial::last_day).is_none_or(|last| day <= last);
        begun && goes_on
    }
}
