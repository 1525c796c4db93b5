use super::days::{Days, nearest_day};
use super::reader::{Match, Reader};
use super::words::{Unit, Word};
use jiff::civil::{Date, Weekday};

/// A day as named, not checked yet.
#[derive(Clone, Copy)]
struct Named {
    year: Option<i16>,
    month: i8,
    day: i8,
}

/// Days of the calendar, alone and from one to another.
impl Reader<'_> {
    pub(super) fn calendar(&self, i: usize) -> Option<Match> {
        if let Word::Weekday(weekday) = self.at(i) {
            let j = if matches!(self.at(i + 1), Word::Comma | Word::Open) { i + 2 } else { i + 1 };
            if let Some(found) = self.dates(i, j, Some(weekday)) {
                return Some(found);
            }
        }
        self.dates(i, i, None)
            .or_else(|| self.weekday(i))
            .or_else(|| self.month(i))
            .or_else(|| self.season(i))
            .or_else(|| self.year(i))
            .or_else(|| self.era(i))
    }

    /// One day, or one day to another. `first` is where the expression begins, `i` where its date does.
    fn dates(&self, first: usize, i: usize, weekday: Option<Weekday>) -> Option<Match> {
        if self.at(i) == Word::NineEleven {
            return Some(Match::history(i + 1, None));
        }
        let (from, to, end) = self.range_of_days(i)?;
        if from.year.is_none() && to.is_none() {
            if self.at(end) == Word::Namesake {
                return None;
            }
            let noun = if self.at(end) == Word::Terror { end + 1 } else { end };
            if (from.month, from.day) == (9, 11) && self.at(noun) == Word::Attack {
                return Some(Match::history(end, None));
            }
        }
        let seen = match self.resolve(from, weekday, first, i) {
            Err(message) => return Some(Match { diagnostic: Some(message), ..Match::point(end, None) }),
            Ok(day) => day,
        };
        let Some(to) = to else {
            let diagnostic = seen.and_then(|day| slip(day, weekday?));
            return Some(Match { diagnostic, ..Match::point(end, seen.map(Days::day)) });
        };
        let later = Named { year: to.year.or(seen.map(Date::year)), ..to };
        let until = match self.resolve(later, None, first, i) {
            Err(message) => return Some(Match { diagnostic: Some(message), ..Match::point(end, None) }),
            Ok(day) => day,
        };
        // "28 December to 3 January 2025" begins the year before.
        let (seen, until) = match (seen, until) {
            (Some(a), Some(b)) if b < a && to.year.is_some() => {
                (Date::new(b.year() - 1, a.month(), a.day()).ok(), until)
            }
            (Some(a), Some(b)) if b < a => (seen, Date::new(a.year() + 1, b.month(), b.day()).ok()),
            both => both,
        };
        Some(Match::range(end, seen.map(Days::day), until.map(Days::day)))
    }

    fn resolve(
        &self,
        named: Named,
        weekday: Option<Weekday>,
        first: usize,
        main: usize,
    ) -> Result<Option<Date>, String> {
        let Named { year, month, day } = named;
        // A leap year stands for every year, so that 29 February is possible and 30 February is not.
        Date::new(year.unwrap_or(2000), month, day).map_err(|_| match year {
            Some(year) => format!("{year:04}-{month:02}-{day:02} is no date"),
            None => format!("month {month} has no day {day}"),
        })?;
        Ok(match (year, self.published) {
            (Some(year), _) => Date::new(year, month, day).ok(),
            (None, Some(published)) => nearest_day(month, day, weekday, published, self.tense(first, main)),
            (None, None) => None,
        })
    }

    /// "18–19 August 2024", "August 18 to 19", "18 August – 2 September", or one day.
    fn range_of_days(&self, i: usize) -> Option<(Named, Option<Named>, usize)> {
        // Day to day, month after.
        let days = match self.at(i) {
            Word::Pair(a, b) => Some((day_number(a)?, day_number(b)?, i + 1)),
            word => day_of(word).and_then(|a| {
                let joined = self.joins_days(i + 1) || self.at(i + 1) == Word::And;
                joined.then(|| Some((a, day_of(self.at(i + 2))?, i + 3))).flatten()
            }),
        };
        if let Some((a, b, j)) = days {
            let j = if self.at(j) == Word::Of { j + 1 } else { j };
            if let Word::Month(month, _) = self.at(j) {
                let (year, end) = self.year_after(j + 1);
                let to = Named { year, month, day: b };
                return Some((Named { day: a, ..to }, Some(to), end));
            }
        }
        // Month, day to day.
        if let (Word::Month(month, _), Word::Pair(a, b)) = (self.at(i), self.at(i + 1)) {
            let (year, end) = self.year_after(i + 2);
            let to = Named { year, month, day: day_number(b)? };
            return Some((Named { day: day_number(a)?, ..to }, Some(to), end));
        }
        let (mut from, end) = self.one_day(i)?;
        let and = self.at(end) == Word::And;
        if (self.joins_days(end) || and && self.back(i, 1) == Word::Between)
            && let Some((to, end)) = self.one_day(end + 1)
        {
            return Some((Named { year: from.year.or(to.year), ..from }, Some(to), end));
        }
        // "18 July and 20 August 2023" share the year.
        if and && from.year.is_none() {
            from.year = self.one_day(end + 1).and_then(|(to, _)| to.year);
        }
        if let Word::Month(month, _) = self.at(i)
            && (self.joins_days(end) || and)
            && let Some(day) = day_of(self.at(end + 1))
            && !matches!(self.at(end + 2), Word::Month(..))
        {
            let (year, last) = self.year_after(end + 2);
            // "On August 18 and 19 people died" has one day.
            let next = self.at(last);
            let free = !matches!(next, Word::Counted | Word::Plural | Word::Unit(..) | Word::Percent | Word::Dash);
            if free && (!and || year.is_some() || next != Word::Other) {
                let to = Named { year: year.or(from.year), month, day };
                return Some((Named { year: to.year, ..from }, Some(to), last));
            }
        }
        Some((from, None, end))
    }

    pub(super) fn joins_days(&self, i: usize) -> bool {
        matches!(self.at(i), Word::Dash | Word::To | Word::Through | Word::Until | Word::Slash)
    }

    /// "2024-08-19", "19 August 2024", "the 19th of August", "August 19, 2024".
    fn one_day(&self, i: usize) -> Option<(Named, usize)> {
        let iso = |y: u32, m: u32, d: u32| Named { year: i16::try_from(y).ok(), month: m as i8, day: d as i8 };
        match (self.at(i), self.at(i + 1), self.at(i + 2)) {
            (Word::Date(y, m, d), ..) => Some((iso(y, m.min(99), d.min(99)), i + 1)),
            (Word::Number(y, 4), Word::Dash, Word::Number(m, 2)) => match (self.at(i + 3), self.at(i + 4)) {
                (Word::Dash, Word::Number(d, 2)) => Some((iso(y, m, d), i + 5)),
                _ => None,
            },
            (word, Word::Of, Word::Month(month, _)) => self.day_month(day_of(word)?, month, i + 3),
            // "The second May summit" names no day.
            (Word::Ordinal(_, true), ..) => None,
            (word, Word::Month(month, _), _) => self.day_month(day_of(word)?, month, i + 2),
            (Word::Month(month, _), word, next) => {
                let day = day_of(word)?;
                let spelled = matches!(word, Word::Ordinal(_, true));
                let counts = matches!(next, Word::Counted | Word::Unit(..) | Word::Percent);
                if spelled || counts { None } else { self.day_month(day, month, i + 2) }
            }
            _ => None,
        }
    }

    fn day_month(&self, day: i8, month: i8, end: usize) -> Option<(Named, usize)> {
        let (year, end) = self.year_after(end);
        Some((Named { year, month, day }, end))
    }

    /// The year that follows a day or month: "2024", ", 2024", "last year", "of that year". Where there is none, the
    /// place stays.
    pub(super) fn year_after(&self, i: usize) -> (Option<i16>, usize) {
        let j = if matches!(self.at(i), Word::Comma | Word::Of) { i + 1 } else { i };
        let year = match (self.at(j), self.at(j + 1)) {
            (Word::Number(y, 4), next) if (1000..2200).contains(&y) && next != Word::Counted => (y as i16, j + 1),
            (which, Word::Unit(Unit::Year, false)) if self.at(i) != Word::Comma => {
                let published = self.published.map(Date::year);
                let year = match which {
                    Word::Last => published.map(|y| y - 1),
                    Word::This => published,
                    Word::Next => published.map(|y| y + 1),
                    Word::That | Word::Same => self.anchor.and_then(Days::only_year),
                    _ => None,
                };
                let Some(year) = year else { return (None, i) };
                (year, j + 2)
            }
            _ => return (None, i),
        };
        (Some(year.0), year.1)
    }
}

pub(super) fn day_of(word: Word) -> Option<i8> {
    match word {
        Word::Number(n, 1 | 2) | Word::Ordinal(n, _) => day_number(n),
        _ => None,
    }
}

fn day_number(n: u32) -> Option<i8> {
    (1..=31).contains(&n).then_some(n as i8)
}

/// A weekday that is not the day's.
fn slip(day: Date, weekday: Weekday) -> Option<String> {
    (day.weekday() != weekday).then(|| format!("{day} is a {:?}, not a {weekday:?}", day.weekday()))
}
