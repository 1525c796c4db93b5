/// A point in time as a plot needs it: years of the common era with a fraction, 2024.5 being the middle of 2024.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Instant(pub f64);

impl Instant {
    /// The middle of a month, 1 to 12.
    pub fn month(year: i32, month: i32) -> Self {
        Self(f64::from(year) + (f64::from(month) - 0.5) / 12.0)
    }

    /// The middle of a year.
    pub fn year(year: i32) -> Self {
        Self(f64::from(year) + 0.5)
    }

    /// A day of a month, at the precision that a plot can show (months of 31 days).
    pub fn day(year: i32, month: i32, day: i32) -> Self {
        Self(f64::from(year) + (f64::from(month) - 1.0 + (f64::from(day) - 0.5) / 31.0) / 12.0)
    }
}

/// The time between the points of a figure's series.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Step {
    /// A month; the axis has years at their first day, or months where the span is short.
    #[default]
    Month,
    /// A year; the axis has each year at its middle, under its point.
    Year,
}

impl Step {
    /// Its length in years.
    pub(crate) fn years(self) -> f64 {
        match self {
            Self::Month => 1.0 / 12.0,
            Self::Year => 1.0,
        }
    }
}
