use super::calendar::day_of;
use super::days::{Days, Part, nearest_month, nearest_weekday, shift, shift_month};
use super::reader::{Match, Reader};
use super::words::{Form, Unit, Word};
use jiff::civil::Date;

/// Weekdays, months, seasons, years and eras.
impl Reader<'_> {
    /// "Monday", "late on Monday", "last Tuesday", "the following Friday night", "Monday of last week".
    pub(super) fn weekday(&self, i: usize) -> Option<Match> {
        let j = match self.part(i) {
            Some((Part::Early | Part::Late, j)) => j,
            _ => i,
        };
        let (which, j) = match self.at(j) {
            word @ (Word::Last | Word::Next | Word::This | Word::Coming | Word::That) => (word, j + 1),
            word @ (Word::Previous | Word::Following) if self.back(j, 1) == Word::The => (word, j + 1),
            _ => (Word::Other, j),
        };
        let Word::Weekday(weekday) = self.at(j) else { return None };
        let mut end = if self.at(j + 1) == Word::DayPart { j + 2 } else { j + 1 };
        if self.at(end) == Word::NoDay
            || self.back(j, 1) == Word::DayName
            || (self.back(j, 2), self.back(j, 1)) == (Word::NoDay, Word::On)
            || which == Word::Last && self.back(i, 1) == Word::The && self.at(end) == Word::Of
        {
            return None;
        }
        // "Suspended until Friday": an end that is told by its weekday is still to come.
        let end_of = matches!(self.back(i, 1), Word::Until | Word::By | Word::Through);
        let tense = if end_of { Some(false) } else { self.tense(i, j) };
        let here = self.published;
        let anchor = self.anchor.and_then(Days::only_day);
        let mut day = match which {
            Word::Last => here.and_then(|d| nearest_weekday(weekday, shift(d, -1)?, Some(true))),
            Word::Next | Word::Coming => here.and_then(|d| nearest_weekday(weekday, shift(d, 1)?, Some(false))),
            Word::This => here.and_then(|d| nearest_weekday(weekday, d, Some(tense == Some(true)))),
            Word::Previous => anchor.and_then(|d| nearest_weekday(weekday, shift(d, -1)?, Some(true))),
            Word::Following => anchor.and_then(|d| nearest_weekday(weekday, shift(d, 1)?, Some(false))),
            Word::That => anchor.and_then(|d| nearest_weekday(weekday, d, Some(false))),
            _ => here.and_then(|d| nearest_weekday(weekday, d, tense)),
        };
        let k = if self.at(end) == Word::Of { end + 1 } else { end };
        if self.at(k + 1) == Word::Unit(Unit::Week, false) {
            let weeks = match self.at(k) {
                Word::Last => Some(-7),
                Word::This => Some(0),
                Word::Next => Some(7),
                _ => None,
            };
            if let Some(weeks) = weeks {
                let monday = here.and_then(Days::week_of).and_then(|week| shift(week.first, weeks));
                day = monday.and_then(|d| shift(d, i64::from(weekday.to_monday_zero_offset())));
                end = k + 2;
            }
        }
        let joined = self.joins_days(end) || self.at(end) == Word::And && self.back(i, 1) == Word::Between;
        if let (true, Word::Weekday(last)) = (joined, self.at(end + 1)) {
            let until = day.and_then(|d| nearest_weekday(last, shift(d, 1)?, Some(false)));
            return Some(Match::range(end + 2, day.map(Days::day), until.map(Days::day)));
        }
        Some(Match::point(end, day.map(Days::day)))
    }

    /// "April", "in early July", "late last September", "September 2023", "April to June 2024".
    pub(super) fn month(&self, i: usize) -> Option<Match> {
        let (part, j) = self.part(i).map_or((None, i), |(part, j)| (Some(part), j));
        let (which, j) = match self.at(j) {
            Word::Last | Word::Next | Word::This | Word::That | Word::Previous | Word::Following => (self.at(j), j + 1),
            _ => (Word::Other, j),
        };
        let (month, part) = match self.at(j) {
            Word::Month(month, _) => (month, part),
            Word::MidMonth(month) => (month, Some(Part::Middle)),
            _ => return None,
        };
        let (mut year, end) = self.year_after(j + 1);
        if let (None, Word::And, Some((_, shared, _))) = (year, self.at(end), self.month_after(end + 1)) {
            year = shared;
        }
        let modified = part.is_some() || which != Word::Other || year.is_some();
        if !modified && !self.month_stands(j) || self.at(end) == Word::Namesake {
            return None;
        }
        if day_of(self.at(end)).is_some() && self.at(end + 1) == Word::Namesake {
            return None;
        }
        let joined = self.joins_days(end) || self.at(end) == Word::And && self.back(i, 1) == Word::Between;
        if let (true, Some((to, to_year, last))) = (joined, self.month_after(end + 1)) {
            let until = Some(to_year).filter(Option::is_some).unwrap_or(year);
            let from = self.place_month(i, j, month, year.or(to_year), which);
            let to = match (until, from) {
                (Some(y), Some(from)) if to_year.is_none() && to < from.first.month() => Days::month(y + 1, to),
                (Some(y), _) => Days::month(y, to),
                (None, Some(from)) => nearest_month(to, from.first, Some(false)),
                (None, None) => None,
            };
            let from = match (from, to) {
                (Some(a), Some(b)) if b.first < a.first && year.is_none() => {
                    a.only_month().and_then(|m| shift_month(m, -12))
                }
                (from, _) => from,
            };
            return Some(Match::range(last, from, to));
        }
        let days = self.place_month(i, j, month, year, which);
        let days = match part {
            Some(part) => days.and_then(|days| days.part(part)),
            None => days,
        };
        Some(Match::point(end, days))
    }

    fn month_after(&self, i: usize) -> Option<(i8, Option<i16>, usize)> {
        let j = self.part(i).map_or(i, |(_, j)| j);
        let Word::Month(month, _) = self.at(j) else { return None };
        if day_of(self.at(j + 1)).is_some() {
            return None;
        }
        let (year, end) = self.year_after(j + 1);
        Some((month, year, end))
    }

    fn place_month(&self, first: usize, main: usize, month: i8, year: Option<i16>, which: Word) -> Option<Days> {
        if let Some(year) = year {
            return Days::month(year, month);
        }
        let published = self.published?;
        let neighbour = |day: Date, months: i64| Some(shift_month((day.year(), day.month()), months)?.first);
        match which {
            Word::Last => nearest_month(month, neighbour(published, -1)?, Some(true)),
            Word::Next => nearest_month(month, neighbour(published, 1)?, Some(false)),
            Word::Previous => nearest_month(month, neighbour(self.anchor?.first, -1)?, Some(true)),
            Word::Following => nearest_month(month, neighbour(self.anchor?.last, 1)?, Some(false)),
            Word::That => nearest_month(month, self.anchor.map_or(published, |a| a.first), None),
            _ => nearest_month(month, published, self.tense(first, main)),
        }
    }

    /// Whether a month without a year is one. "May" and "March" are verbs and names as well, and an abbreviation
    /// without its day may be anything.
    fn month_stands(&self, i: usize) -> bool {
        let Word::Month(_, form) = self.at(i) else { return true };
        let (before, after) = (self.back(i, 1), self.at(i + 1));
        match form {
            _ if before == Word::DayName => false,
            _ if matches!(after, Word::Unit(Unit::Day, _)) => false,
            Form::Full => true,
            Form::Abbreviated => matches!(before, Word::In | Word::Since | Word::Until),
            Form::Doubtful
                if (self.joins_days(i + 1) || after == Word::And) && matches!(self.at(i + 2), Word::Month(..)) =>
            {
                true
            }
            Form::Doubtful => match before {
                Word::In | Word::Since | Word::Until | Word::During | Word::Through => true,
                Word::The | Word::A | Word::Possessive => {
                    !matches!(after, Word::On | Word::For | Word::Of | Word::To | Word::Through | Word::From)
                        && !after.is_stop()
                }
                Word::And | Word::Or | Word::Comma => matches!(self.back(i, 2), Word::Month(..)),
                Word::By | Word::Before | Word::After | Word::From | Word::Of | Word::Between => after.is_stop(),
                _ => false,
            },
        }
    }

    /// "Last summer", "in the spring", "the autumn of 2023". The hemisphere is unknown, so that a season of a named
    /// year is the year; the year of an unnamed one goes by the north.
    pub(super) fn season(&self, i: usize) -> Option<Match> {
        let j = self.part(i).map_or(i, |(_, j)| j);
        let (which, j) = match self.at(j) {
            Word::Last | Word::Next | Word::This | Word::Coming => (self.at(j), j + 1),
            _ => (Word::Other, j),
        };
        let Word::Season(start) = self.at(j) else { return None };
        let (year, end) = self.year_after(j + 1);
        if let Some(year) = year {
            return Some(Match::point(end, Days::year(year)));
        }
        let before = self.back(self.back_article(j), 1);
        let placed = matches!(before, Word::In | Word::Since | Word::Until | Word::By | Word::During | Word::Over);
        if which == Word::Other && !placed || self.at(end) == Word::Of {
            return None;
        }
        let Some(published) = self.published else { return Some(Match::point(end, None)) };
        let season = |of: Days| Some(of.hull(shift_month(of.only_month()?, 2)?));
        let days = match which {
            Word::Last => nearest_month(
                (start + 1) % 12 + 1,
                shift_month((published.year(), published.month()), -1)?.first,
                Some(true),
            )
            .and_then(|end| shift_month(end.only_month()?, -2)),
            Word::Next | Word::Coming => {
                nearest_month(start, shift_month((published.year(), published.month()), 1)?.first, Some(false))
            }
            _ => nearest_month(start, published, self.tense(i, j)),
        };
        let days = days.and_then(season);
        let year = days.and_then(Days::only_year).and_then(Days::year);
        Some(Match::point(end, year.or(days)))
    }

    fn back_article(&self, i: usize) -> usize {
        if self.back(i, 1) == Word::The { i - 1 } else { i }
    }

    /// "In 2020", "the end of 2023", "the 2020 war", "2014–2020", but not "in 2000 villages".
    pub(super) fn year(&self, i: usize) -> Option<Match> {
        let (part, j) = self.part(i).map_or((None, i), |(part, j)| (Some(part), j));
        if let Word::Pair(from, to) = self.at(j) {
            let to = if to < 100 { from / 100 * 100 + to } else { to };
            let years = (1000..2200).contains(&from) && (from..2200).contains(&to);
            let days = |y: u32| Days::year(y as i16);
            return years.then(|| Match::range(j + 1, days(from), days(to)));
        }
        let Word::Number(year, 4) = self.at(j) else { return None };
        if !(1000..2200).contains(&year) || part.is_none() && !self.year_stands(j, year) {
            return None;
        }
        let days = Days::year(year as i16);
        let joined = matches!(self.at(j + 1), Word::Dash | Word::To | Word::Until | Word::Through)
            || self.at(j + 1) == Word::And && self.back(i, 1) == Word::Between;
        if let (true, Word::Number(to, digits @ (2 | 4))) = (joined, self.at(j + 2)) {
            let to = if digits == 2 { year / 100 * 100 + to } else { to };
            if (year..2200).contains(&to) {
                return Some(Match::range(j + 3, days, Days::year(to as i16)));
            }
        }
        let days = match part {
            Some(part) => days.and_then(|days| days.part(part)),
            None => days,
        };
        Some(Match::point(j + 1, days))
    }

    fn year_stands(&self, i: usize, year: u32) -> bool {
        let after = self.at(i + 1);
        if matches!(after, Word::Counted | Word::Percent | Word::Unit(..)) {
            return false;
        }
        let round = year.is_multiple_of(100);
        match self.back(i, 1) {
            Word::Since | Word::Until | Word::During | Word::Through | Word::Before | Word::Unit(Unit::Year, false) => {
                true
            }
            Word::Of if after == Word::Plural => false,
            Word::In | Word::By | Word::After | Word::From | Word::Of | Word::Between | Word::For => {
                (1400..2100).contains(&year) && !(round && after == Word::Plural)
            }
            Word::The | Word::A | Word::Possessor | Word::Possessive | Word::Coming => {
                let more = !after.is_stop() || after.is_dash() && matches!(self.at(i + 2), Word::Number(..));
                (1900..2100).contains(&year) && more && !(round && after == Word::Plural)
            }
            Word::Open => (1000..2200).contains(&year) && (after == Word::Close || after.is_dash()),
            Word::And | Word::Or | Word::Comma => {
                matches!(self.back(i, 2), Word::Number(y, 4) if y.abs_diff(year) < 100 && self.year_stands(i - 2, y))
            }
            _ => false,
        }
    }

    /// "The 1990s", "the early 19th century": no date, and history unless publication falls into it.
    pub(super) fn era(&self, i: usize) -> Option<Match> {
        let (part, j) = self.part(i).map_or((None, i), |(part, j)| (Some(part), j));
        let (days, end) = match self.at(j) {
            Word::Decade(year) => (Days::years(year as i16, year as i16 + 9), j + 1),
            Word::Ordinal(n, _) if (1..=30).contains(&n) => {
                let k = if self.at(j + 1).is_dash() { j + 2 } else { j + 1 };
                if self.at(k) != Word::Unit(Unit::Century, false) {
                    return None;
                }
                (Days::years(n as i16 * 100 - 99, n as i16 * 100), k + 1)
            }
            _ => return None,
        };
        let now = days.zip(self.published).is_some_and(|(days, published)| published <= days.last);
        let days = if part.is_some() { None } else { days };
        Some(Match { history: !now, ..Match::point(end, days) })
    }
}
