use super::TimeKind;
use super::days::{Days, Part, nearest_weekday, shift, shift_month};
use super::reader::{Match, Reader};
use super::words::{Unit, Word};
use jiff::civil::{Date, Weekday};

/// Times counted from the day of publication or from a day mentioned before.
impl Reader<'_> {
    pub(super) fn relative(&self, i: usize) -> Option<Match> {
        match self.at(i) {
            Word::Deictic(days) => {
                let end = if self.at(i + 1) == Word::DayPart { i + 2 } else { i + 1 };
                Some(Match::point(end, self.published.and_then(|d| Days::day(d).shift(i64::from(days)))))
            }
            Word::Today if self.back(i, 1).is_stop() => Some(Match::point(i + 1, self.published.map(Days::day))),
            // "As soon as tomorrow."
            Word::Vague if self.back(i, 1) == Word::As => None,
            Word::Vague => Some(Match::of(i + 1, TimeKind::Vague)),
            Word::Recent | Word::Coming if matches!(self.at(i + 1), Word::Unit(_, true)) => {
                Some(Match::of(i + 2, TimeKind::Vague))
            }
            Word::Earlier | Word::Later => self.earlier(i),
            Word::Part(_) | Word::PartOf(_) | Word::Ordinal(..) => self.part_of(i),
            Word::Unit(..) => self.unit(i),
            Word::A | Word::Count(_) | Word::Number(..) | Word::Several => self.counted(i),
            _ => self.unit_phrase(i),
        }
    }

    /// "Earlier this month", "later in the day", or a bare "earlier".
    fn earlier(&self, i: usize) -> Option<Match> {
        let j = if self.at(i + 1) == Word::In { i + 2 } else { i + 1 };
        let j = if self.at(j) == Word::The { j + 1 } else { j };
        let whole = self.unit_phrase(j).or_else(|| self.this_unit(j));
        if let Some(found) = whole.filter(|found| found.kind == TimeKind::Point) {
            let later = self.at(i) == Word::Later;
            return Some(Match { days: found.days.map(|days| self.clip(days, Some(!later))), ..found });
        }
        let vague = self.at(i) == Word::Earlier
            && !matches!(self.at(i + 1), Word::Than | Word::On | Word::Weekday(_))
            && !matches!(self.back(i, 1), Word::A | Word::The | Word::Possessor | Word::Possessive);
        vague.then(|| Match::of(i + 1, TimeKind::Vague))
    }

    /// "The end of the year", "late last month", "in the third quarter".
    fn part_of(&self, i: usize) -> Option<Match> {
        let (part, j) = self.part(i)?;
        if let Some(found) = self.unit_phrase(j).or_else(|| self.this_unit(j)) {
            return Some(Match { days: found.days.and_then(|days| days.part(part)), ..found });
        }
        let Part::Quarter(quarter) = part else { return None };
        let placed = self.back(i, 1) == Word::In || (self.back(i, 2), self.back(i, 1)) == (Word::In, Word::The);
        if !placed {
            return None;
        }
        let Some(published) = self.published else { return Some(Match::point(j, None)) };
        let start = (quarter * 3 - 2) as i8;
        let days = super::days::nearest_month(start, published, self.tense(i, i));
        Some(Match::point(j, days.and_then(|first| Some(first.hull(shift_month(first.only_month()?, 2)?)))))
    }

    /// "… of the year", after a part: the current one.
    fn this_unit(&self, i: usize) -> Option<Match> {
        let Word::Unit(unit @ (Unit::Day | Unit::Week | Unit::Month | Unit::Year), false) = self.at(i) else {
            return None;
        };
        if self.back(i, 1) != Word::The {
            return None;
        }
        Some(Match::point(i + 1, self.published.and_then(|d| around(Days::day(d), unit, 0))))
    }

    /// The days of a running week, month or year that are over, or still to come.
    fn clip(&self, days: Days, past: Option<bool>) -> Days {
        match (self.published, past) {
            (Some(day), Some(true)) if days.contains(day) => Days { last: day, ..days },
            (Some(day), Some(false)) if days.contains(day) => Days { first: day, ..days },
            _ => days,
        }
    }

    /// "Last week", "this month", "the following day", "that night", "the past three days".
    fn unit_phrase(&self, i: usize) -> Option<Match> {
        let which = self.at(i);
        let article = self.back(i, 1) == Word::The;
        let step = match which {
            Word::Last | Word::Past | Word::Previous => -1,
            Word::Next | Word::Coming | Word::Following => 1,
            Word::This | Word::That | Word::Same => 0,
            _ => return None,
        };
        // "The next day" and "the next week" are told from the story's day.
        let told = matches!(which, Word::Previous | Word::Following | Word::That | Word::Same)
            || which == Word::Next && article && self.anchor.is_some();
        let here = self.published.map(Days::day);
        let base = if told { self.anchor } else { here };
        match self.at(i + 1) {
            Word::Count(_) | Word::Number(..) | Word::Several if !matches!(which, Word::That | Word::Same) => {
                let (count, j) = self.count(i + 1)?;
                let Word::Unit(unit, _) = self.at(j) else { return None };
                let days = self.published.and_then(|d| reach(d, step * i64::from(count.1), unit));
                let days = if step == 0 || told { None } else { days };
                Some(Match { days, ..Match::of(j + 1, TimeKind::Duration) })
            }
            Word::DayPart => {
                let base = match which {
                    Word::Last | Word::This => here,
                    Word::Past | Word::Coming => return None,
                    _ => self.anchor,
                };
                Some(Match::point(i + 2, base.and_then(|days| Days::day(days.only_day()?).shift(step))))
            }
            Word::Unit(_, true) => {
                let open = matches!(which, Word::Last | Word::Past | Word::Next | Word::Coming);
                open.then(|| Match::of(i + 2, TimeKind::Vague))
            }
            Word::Unit(Unit::Day | Unit::Hour, false) if matches!(which, Word::Last | Word::This) => None,
            Word::Unit(Unit::Hour, false) => None,
            Word::Unit(unit, false) => {
                let span =
                    which == Word::Past || article && matches!(which, Word::Last | Word::Next | Word::Coming) && !told;
                if span && unit == Unit::Day && which == Word::Next {
                    return Some(Match::point(i + 2, None));
                }
                if span {
                    let days = self.published.and_then(|d| reach(d, step, unit));
                    return Some(Match { days, ..Match::of(i + 2, TimeKind::Duration) });
                }
                if matches!(unit, Unit::Decade | Unit::Century) {
                    return Some(Match { history: step < 0, ..Match::point(i + 2, None) });
                }
                let days = base.and_then(|base| around(base, unit, step));
                let days = match which {
                    Word::This => days.map(|days| self.clip(days, self.tense(i, i + 1))),
                    _ => days,
                };
                Some(Match::point(i + 2, days))
            }
            _ => None,
        }
    }

    /// A unit without a number: "the day before", "decades ago", "for weeks", "the weekend", "year-long".
    fn unit(&self, i: usize) -> Option<Match> {
        let Word::Unit(unit, plural) = self.at(i) else { return None };
        let before = self.back(i, 1);
        match (self.at(i + 1), self.at(i + 2)) {
            (Word::Dash, Word::Long) => return Some(Match::of(i + 3, TimeKind::Duration)),
            (Word::Before, Word::Deictic(-1)) if before == Word::The => {
                return Some(Match::point(i + 3, self.published.and_then(|d| Days::day(d).shift(-2))));
            }
            (Word::After, Word::Deictic(1)) if before == Word::The => {
                return Some(Match::point(i + 3, self.published.and_then(|d| Days::day(d).shift(2))));
            }
            (direction @ (Word::Before | Word::After), next) if before == Word::The && !plural => {
                let step = if direction == Word::Before { -1 } else { 1 };
                // "The day before the summit" hangs on a day that is not told here.
                let days = if next.is_stop() { self.anchor.and_then(|a| around(a, unit, step)) } else { None };
                return Some(Match::point(i + 2, days));
            }
            (Word::Ago | Word::Later | Word::Earlier, next) if plural && next != Word::Than => {
                let long = matches!(unit, Unit::Year | Unit::Decade | Unit::Century);
                let history = long && self.at(i + 1) == Word::Ago;
                return Some(Match { history, ..Match::point(i + 2, None) });
            }
            _ => {}
        }
        if unit == Unit::Weekend && !plural && before == Word::The {
            let published = self.published;
            let past = self.tense(i, i) != Some(false);
            let saturday = published.and_then(|d| {
                // On a Sunday "the weekend" is not over.
                let running = !past && d.weekday() == Weekday::Sunday;
                nearest_weekday(Weekday::Saturday, d, Some(past || running))
            });
            return Some(Match::point(i + 1, saturday.and_then(Days::weekend_of)));
        }
        let lasting = matches!(before, Word::For | Word::In | Word::Over | Word::During);
        (plural && lasting).then(|| Match::of(i + 1, TimeKind::Duration))
    }

    /// "Two", "a few", "twenty-one", "a couple of": least and most, and where the unit is.
    fn count(&self, i: usize) -> Option<((u32, u32), usize)> {
        match (self.at(i), self.at(i + 1), self.at(i + 2)) {
            (Word::A, Word::Several, Word::Of) => Some(((2, 9), i + 3)),
            (Word::A, Word::Several, _) => Some(((2, 9), i + 2)),
            (Word::Several, ..) => Some(((2, 9), i + 1)),
            (Word::A, ..) => Some(((1, 1), i + 1)),
            (Word::Count(tens), Word::Dash, Word::Count(ones)) if tens >= 20 && ones < 10 => {
                Some(((tens + ones, tens + ones), i + 3))
            }
            (Word::Count(n) | Word::Number(n, 1..=3), ..) => Some(((n, n), i + 1)),
            _ => None,
        }
    }

    /// "Two days ago", "a week later", "three months before", "two-day".
    fn counted(&self, i: usize) -> Option<Match> {
        let (count, j) = self.count(i)?;
        let j = if self.at(j).is_dash() { j + 1 } else { j };
        let Word::Unit(unit, _) = self.at(j) else { return None };
        let end = j + 1;
        let age = if self.at(end).is_dash() { end + 1 } else { end };
        if self.at(age) == Word::Old {
            return None;
        }
        let here = self.published.map(Days::day);
        let (base, sign, end) = match (self.at(end), self.at(end + 1)) {
            (Word::Ago, _) => (here, -1, end + 1),
            (Word::From, Word::Now) => (here, 1, end + 2),
            (Word::Possessive, Word::Time) if self.back(i, 1) == Word::In => (here, 1, end + 2),
            (Word::Later | Word::Earlier, Word::Than) => return None,
            (Word::Later, _) => (self.anchor, 1, end + 1),
            (Word::Earlier, _) => (self.anchor, -1, end + 1),
            (Word::Before, next) => (self.anchor.filter(|_| next.is_stop()), -1, end + 1),
            (Word::After, next) => (self.anchor.filter(|_| next.is_stop()), 1, end + 1),
            (Word::Prior, next) => (self.anchor.filter(|_| next != Word::To), -1, end + 1),
            (Word::Dash, Word::Long) => return Some(Match::of(end + 2, TimeKind::Duration)),
            _ => {
                let before = self.back(i, 1);
                let lasting = matches!(before, Word::For | Word::In | Word::Over | Word::During | Word::Than);
                let duration = self.at(i) != Word::A || j > i + 1 || lasting;
                return duration.then(|| Match::of(end, TimeKind::Duration));
            }
        };
        if matches!(unit, Unit::Decade | Unit::Century) {
            return Some(Match { history: sign < 0, ..Match::point(end, None) });
        }
        let offset = |n: u32| base.and_then(|base| distant(base, sign * i64::from(n), unit));
        let days = offset(count.0).zip(offset(count.1)).map(|(a, b)| a.hull(b));
        Some(Match::point(end, days))
    }
}

/// The calendar unit so many units from the one that holds `base`; `None` where `base` is coarser.
fn around(base: Days, unit: Unit, step: i64) -> Option<Days> {
    match unit {
        Unit::Hour => Some(Days::day(base.only_day()?)),
        Unit::Day => Days::day(base.only_day()?).shift(step),
        Unit::Week => Days::week_of(base.only_day()?)?.shift(step * 7),
        Unit::Weekend => Days::weekend_of(base.only_day()?)?.shift(step * 7),
        Unit::Month => shift_month(base.only_month()?, step),
        Unit::Year => Days::year(base.only_year()? + i16::try_from(step).ok()?),
        Unit::Fortnight | Unit::Decade | Unit::Century => None,
    }
}

/// So many units away: a day where days, or one week, are counted; about a week where weeks are; else a month or year.
fn distant(base: Days, count: i64, unit: Unit) -> Option<Days> {
    let weeks = match unit {
        Unit::Week | Unit::Weekend => count,
        Unit::Fortnight => count * 2,
        Unit::Hour if count.abs() >= 24 => return Days::day(base.only_day()?).shift(count / 24),
        _ => return around(base, unit, count),
    };
    let day = shift(base.only_day()?, weeks * 7)?;
    if weeks.abs() == 1 { Some(Days::day(day)) } else { Some(Days { first: shift(day, -3)?, last: shift(day, 3)? }) }
}

/// The days from publication as far as so many units reach.
fn reach(published: Date, count: i64, unit: Unit) -> Option<Days> {
    let days = match unit {
        Unit::Hour => (count + 23 * count.signum()) / 24,
        Unit::Day => count,
        Unit::Week | Unit::Weekend => count * 7,
        Unit::Fortnight => count * 14,
        Unit::Month => count * 31,
        Unit::Year => count * 366,
        Unit::Decade => count * 3653,
        Unit::Century => count * 36525,
    };
    let far = shift(published, days)?;
    Some(Days { first: far.min(published), last: far.max(published) })
}
