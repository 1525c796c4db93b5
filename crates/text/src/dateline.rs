//! The opening of a news agency text: "BAKU, Aug 19 (Reuters) - ", "MOSCOW, August 19, 2024. /TASS/. ".

use crate::dates::{self, Written};
use jiff::civil::Date;
use legation_record::{Dateline, Span};

/// How far into the text a dateline may reach, in bytes.
const REACH: usize = 160;

/// A dateline and what was wrong with its date.
pub(crate) struct Found {
    pub dateline: Dateline,
    pub remark: Option<String>,
}

/// Finds the dateline that opens `text`. `near` is the publication date known otherwise: it gives the year where the
/// dateline has none.
///
/// A dateline is a place, then a date or an agency or both, then a mark that ends it. The place is in capitals, or the
/// date stands right behind it: "Baku, August 19 — …"; without that, "However (as Reuters says) - " would be one. A
/// date alone is one where it fills the line.
pub(crate) fn find(text: &str, near: Option<Date>) -> Option<Found> {
    let start = text.len() - text.trim_start().len();
    let line = text[start..].lines().next().unwrap_or_default();
    let mut cut = line.len().min(REACH);
    while !line.is_char_boundary(cut) {
        cut -= 1;
    }
    let line = &line[..cut];
    let mut cursor = Cursor { line, at: 0 };
    let place = cursor.place();
    // "BAKU, Azerbaijan": the town is in capitals, its country need not be.
    let town = place.map(|(a, b)| line[a..b].split([',', '/']).next().unwrap_or_default());
    let capitals = town.is_some_and(|town| town.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase));
    let date = cursor.date();
    let agency = cursor.agency(date.is_some());
    let ended = cursor.end();
    let accepted = match place {
        None => date.is_some() && agency.is_none() && (cursor.at == line.len() || ended == Some(End::Dash)),
        Some(_) if !capitals => date.is_some() && ended.is_some(),
        Some(_) => match (&date, agency) {
            (None, None) => ended == Some(End::Dash),
            (Some(_), None) => ended.is_some(),
            (_, Some(_)) => true,
        },
    };
    if !accepted {
        return None;
    }
    let span = |(a, b): (usize, usize)| Span::new(start + a, start + b);
    let (date, remark) = match date {
        Some((Written::Day(date), _)) => (Some(date), None),
        Some((Written::DayOfYear { month, day }, _)) => (near.and_then(|near| nearest(month, day, near)), None),
        Some((Written::Impossible, (a, b))) => {
            (None, Some(format!("impossible date {:?} in the dateline", &line[a..b])))
        }
        _ => (None, None),
    };
    let dateline = Dateline {
        span: span((0, line[..cursor.at].trim_end().len())),
        place: span(place.unwrap_or((0, 0))),
        date,
        agency: agency.map(span),
    };
    Some(Found { dateline, remark })
}

/// The day in the year that brings it closest: "Dec. 31" in a text of 1 January belongs to the year before.
fn nearest(month: i8, day: i8, near: Date) -> Option<Date> {
    let year = near.year();
    let candidates = [year, year - 1, year + 1].into_iter().filter_map(|year| Date::new(year, month, day).ok());
    candidates.min_by_key(|date| near.until(*date).map_or(i32::MAX, |span| span.get_days().abs()))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Dash,
    Stop,
    Line,
}

struct Cursor<'a> {
    line: &'a str,
    at: usize,
}

impl Cursor<'_> {
    fn rest(&self) -> &str {
        &self.line[self.at..]
    }

    /// Up to five capitalised words, with commas and slashes between: "BAKU, Azerbaijan", "MOSCOW/BAKU", "Rio de
    /// Janeiro". Ends before a month, a number, a bracket or a dash.
    fn place(&mut self) -> Option<(usize, usize)> {
        let (mut at, mut end, mut words) = (0, 0, 0);
        while let Some(word) = self.line[at..].split([' ', '\u{a0}']).next().filter(|w| !w.is_empty()) {
            let bare = word.trim_end_matches([',', '.', ':']);
            let particle = matches!(bare, "de" | "da" | "do" | "di" | "du" | "la" | "el" | "al" | "of" | "the" | "on");
            let fits = bare.chars().all(|c| c.is_alphabetic() || "-'’./".contains(c))
                && bare.chars().any(char::is_alphabetic)
                && (bare.starts_with(char::is_uppercase) || particle && words > 0);
            let fits = fits && !dates::weekday(bare);
            if !fits
                || dates::month(bare).is_some() && !bare.is_empty() && self.day_follows(at + word.len())
                || words == 5
            {
                break;
            }
            words += 1;
            end = at + bare.len();
            at += word.len();
            at += self.line[at..].len() - self.line[at..].trim_start_matches([' ', '\u{a0}']).len();
            // "Baku. 19 August": a full stop ends the place, but not in "ST. PETERSBURG", "WASHINGTON, D.C.".
            if word.ends_with(['.', ':']) && bare.len() > 3 && !bare.contains('.') {
                break;
            }
        }
        self.at = at;
        (words > 0).then_some((0, end))
    }

    fn day_follows(&self, at: usize) -> bool {
        self.line[at..].trim_start().starts_with(|c: char| c.is_ascii_digit())
    }

    /// "Aug 19", "August 19, 2024", "19 August 2024", "2024-08-19".
    fn date(&mut self) -> Option<(Written, (usize, usize))> {
        let rest = self.rest();
        let mut words = Vec::new();
        let mut at = 0;
        for word in rest.split(' ').take(3) {
            words.push((word.trim_end_matches([',', '.', ':', ';']), self.at + at, word));
            at += word.len() + 1;
        }
        let written = |n: usize, read: Written| {
            let (_, from, _) = words[0];
            let (bare, last, whole) = words[n - 1];
            // The stop of "Aug." belongs to it; a comma or stop behind the date does not.
            let stop = if dates::month(bare).is_some() { whole.len() } else { bare.len() };
            (read, (from, last + stop))
        };
        let mut found = None;
        for n in [3, 2] {
            if words.len() >= n && found.is_none() {
                let (a, b, c) = (words[0].0, words[1].0, (n == 3).then(|| words[2].0));
                if c.is_some_and(|c| c.len() != 4 || !c.bytes().all(|b| b.is_ascii_digit())) {
                    continue;
                }
                let read = match dates::spelled(a, b, c) {
                    Written::Unclear => dates::spelled(b, a, c),
                    read => read,
                };
                found = (read != Written::Unclear).then(|| written(n, read));
            }
        }
        if found.is_none() {
            let iso = words.first().filter(|(word, ..)| word.len() == 10).map(|(word, ..)| dates::parse(word));
            found = iso.filter(|read| *read != Written::Unclear).map(|read| written(1, read));
        }
        let (read, (from, to)) = found?;
        self.at = to;
        self.pass(|c| ", .".contains(c));
        Some((read, (from, to)))
    }

    /// "(Reuters)", "/TASS/", or behind a date a name in capitals that ends the line ("AZERTAC").
    fn agency(&mut self, dated: bool) -> Option<(usize, usize)> {
        let rest = self.rest();
        let close = match rest.chars().next()? {
            '(' => ')',
            '/' => '/',
            '[' => ']',
            _ => {
                let (from, name) = (self.line.len() - rest.len(), rest.trim_end());
                let fits = dated && name.len() > 1 && name.chars().all(|c| c.is_uppercase() || "-.".contains(c));
                let name = (from, from + name.len());
                self.at = if fits { self.line.len() } else { self.at };
                return fits.then_some(name);
            }
        };
        let length = self.rest()[1..].find(close).filter(|&n| n > 1 && n <= 40)?;
        let name = (self.at + 1, self.at + 1 + length);
        self.at = name.1 + 1;
        Some(name)
    }

    fn end(&mut self) -> Option<End> {
        let before = self.at;
        self.pass(|c| c == ' ' || c == '\u{a0}' || c == '.' || c == ',' || c == ':');
        let dash = self.at;
        self.pass(|c| "-–—―".contains(c));
        if self.at > dash {
            // A hyphen inside a word ends nothing.
            return (self.rest().starts_with([' ', '\u{a0}']) || self.rest().is_empty() || self.at > dash + 1)
                .then_some(End::Dash);
        }
        let passed = self.line[..dash].trim_end().ends_with(['.', ':']) && dash >= before;
        self.at = self.line[..dash].trim_end().len();
        match () {
            () if self.at == self.line.trim_end().len() => Some(End::Line),
            () if passed => Some(End::Stop),
            () => None,
        }
    }

    fn pass(&mut self, fits: impl Fn(char) -> bool) {
        self.at += self.rest().len() - self.rest().trim_start_matches(fits).len();
    }
}
