//! Dates as the record keeps them: YYYYMMDD, with 00 for a month or day that is unknown.

use jiff::civil::Date;
use legation_record::{EventDate, Precision};

/// As the record keeps it.
pub(crate) fn pack(date: &EventDate) -> Option<i64> {
    let digits: String = date.value.chars().filter(char::is_ascii_digit).collect();
    let number: i64 = digits.parse().ok()?;
    match (date.precision, digits.len()) {
        (Precision::Day, 8) => Some(number),
        (Precision::Month, 6) => Some(number * 100),
        (Precision::Year, 4) => Some(number * 10_000),
        _ => None,
    }
}

/// As an event tells it.
pub(crate) fn unpack(date: i64) -> EventDate {
    let (year, month, day) = (date / 10_000, date / 100 % 100, date % 100);
    match (month, day) {
        (0, _) => of(format!("{year:04}"), Precision::Year),
        (_, 0) => of(format!("{year:04}-{month:02}"), Precision::Month),
        _ => of(format!("{year:04}-{month:02}-{day:02}"), Precision::Day),
    }
}

fn of(value: String, precision: Precision) -> EventDate {
    EventDate { value, precision, ..EventDate::default() }
}

/// An ISO date as the record keeps it.
pub(crate) fn pack_iso(date: Option<&String>) -> Option<i64> {
    date?.parse().ok().map(of_day)
}

/// A day as the record keeps it.
pub(crate) fn of_day(day: Date) -> i64 {
    i64::from(day.year()) * 10_000 + i64::from(day.month()) * 100 + i64::from(day.day())
}

/// The day, where the date is precise to the day.
pub(crate) fn day(date: i64) -> Option<Date> {
    let part = |n: i64| i8::try_from(n).ok();
    Date::new(i16::try_from(date / 10_000).ok()?, part(date / 100 % 100)?, part(date % 100)?).ok()
}

/// First and last day of a date of any precision.
pub(crate) fn range(date: i64) -> Option<(Date, Date)> {
    let (year, month, day) = (date / 10_000, date / 100 % 100, date % 100);
    if day > 0 {
        return self::day(date).map(|d| (d, d));
    }
    let first = self::day(year * 10_000 + month.max(1) * 100 + 1)?;
    let last = if month == 0 { self::day(year * 10_000 + 1231)? } else { first.last_of_month() };
    Some((first, last))
}

/// Days from one to the other.
pub(crate) fn apart(a: Date, b: Date) -> i64 {
    i64::from(a.until(b).map_or(i32::MAX, |span| span.get_days())).abs()
}

/// So many days before or after.
pub(crate) fn shift(day: Date, days: i64) -> Date {
    day.saturating_add(jiff::Span::new().days(days))
}
