//! Calendar dates as metadata and datelines write them.

use jiff::civil::Date;

/// What a date string turned out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Written {
    /// A day.
    Day(Date),
    /// Day and month without a year.
    DayOfYear { month: i8, day: i8 },
    /// A date that no calendar has: 2024-02-30.
    Impossible,
    /// Not a date, or one that can be read in two ways (08/09/2024), or coarser than a day.
    Unclear,
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Reads a date. The day is taken as written, in whatever time zone: an article of the evening in New York belongs to
/// that evening.
pub(crate) fn parse(written: &str) -> Written {
    let written = written.trim();
    let words: Vec<&str> = written.split(|c: char| c.is_whitespace() || c == ',').filter(|w| !w.is_empty()).collect();
    let Some(first) = words.first() else { return Written::Unclear };
    match numeric(first) {
        Written::Unclear => {}
        day => return day,
    }
    // A weekday may come first: "Mon, 19 Aug 2024 10:00:00 GMT".
    let words = &words[usize::from(weekday(first))..];
    match *words {
        [a, b, c, ..] if month(b).is_some() => spelled(a, b, Some(c)),
        [a, b, c, ..] if month(a).is_some() => spelled(b, a, Some(c)),
        [a, b] if month(b).is_some() => spelled(a, b, None),
        [a, b] if month(a).is_some() => spelled(b, a, None),
        _ => Written::Unclear,
    }
}

/// The month a word names, in full or shortened to three letters and more ("Aug", "Aug.", "Sept.").
pub(crate) fn month(word: &str) -> Option<i8> {
    let word = word.trim_end_matches('.').to_lowercase();
    let short = word.len() >= 3;
    MONTHS.iter().position(|name| short && name.starts_with(&word)).map(|i| i as i8 + 1)
}

/// Day, month and perhaps year, spelled as in English.
pub(crate) fn spelled(day: &str, name: &str, year: Option<&str>) -> Written {
    let Some(month) = month(name) else { return Written::Unclear };
    let digits = day.trim_end_matches(['.', ',']);
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|end| digits.strip_suffix(end)).unwrap_or(digits);
    let Some(day) = number(digits, 1..=2) else { return Written::Unclear };
    let Some(year) = year.and_then(|y| number(y.trim_end_matches(['.', ',']), 4..=4)) else {
        // A leap year decides whether there is such a day at all.
        return match Date::new(2000, month, day as i8) {
            Ok(_) => Written::DayOfYear { month, day: day as i8 },
            Err(_) => Written::Impossible,
        };
    };
    date(year, month as i16, day)
}

/// `2024-08-19`, `2024/08/19`, `2024.08.19`, `20240819`, `19.08.2024`, each perhaps with a time behind; a date with
/// slashes and the year last only where it can be read in one way.
fn numeric(word: &str) -> Written {
    let word = word.split(['T', 't', '_']).next().unwrap_or_default();
    if word.len() >= 8 && word.bytes().take(8).all(|b| b.is_ascii_digit()) {
        let part = |range: std::ops::Range<usize>| number(&word[range], 1..=4).unwrap_or(0);
        return match word.len() {
            8 | 14 => date(part(0..4), part(4..6), part(6..8)),
            _ => Written::Unclear,
        };
    }
    let Some(mark) = word.chars().find(|c| !c.is_ascii_digit()).filter(|c| "-/.".contains(*c)) else {
        return Written::Unclear;
    };
    let parts: Vec<&str> = word.split(mark).collect();
    let [a, b, c] = parts[..] else { return Written::Unclear };
    let Some(middle) = number(b, 1..=2) else { return Written::Unclear };
    // "2024-08-19Z", "2024-08-19+02:00".
    let c = c.split(['Z', 'z', '+']).next().unwrap_or_default();
    match (number(a, 4..=4), number(a, 1..=2), number(c, 1..=2), number(c, 4..=4)) {
        (Some(year), _, Some(day), _) => date(year, middle, day),
        (_, Some(day), _, Some(year)) if mark == '.' => date(year, middle, day),
        (_, Some(a), _, Some(year)) if mark == '/' => match (a > 12, middle > 12) {
            (true, false) => date(year, middle, a),
            (false, true) => date(year, a, middle),
            (false, false) if a == middle => date(year, a, middle),
            (false, false) => Written::Unclear,
            (true, true) => Written::Impossible,
        },
        _ => Written::Unclear,
    }
}

fn date(year: i16, month: i16, day: i16) -> Written {
    if !(1000..=2999).contains(&year) {
        return Written::Impossible;
    }
    match Date::new(year, month as i8, day as i8) {
        Ok(date) => Written::Day(date),
        Err(_) => Written::Impossible,
    }
}

fn number(digits: &str, length: std::ops::RangeInclusive<usize>) -> Option<i16> {
    let fits = length.contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    fits.then(|| digits.parse().ok()).flatten()
}

/// Whether a word names a day of the week, in full or shortened.
pub(crate) fn weekday(word: &str) -> bool {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let word = word.trim_end_matches(['.', ',']).to_lowercase();
    word.len() >= 3 && DAYS.iter().any(|day| day.starts_with(&word))
}
