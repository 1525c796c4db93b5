//! Which tellings are of one meeting.

use super::telling::Telling;
use super::{Form, Level, Meeting};
use crate::{Day, When, Window};

/// The most days between the end of what is told of a meeting and the next telling of it: a state visit lasts three.
const APART: i32 = 2;

/// The most days a meeting with all its tellings may last: beyond it is a series of meetings.
const LONGEST: i32 = 9;

/// The meetings that may lie in the window, in order of time, those without a date last.
pub(super) fn join<'a>(tellings: Vec<Telling<'a>>, window: &Window) -> Vec<Meeting<'a>> {
    let (dated, undated): (Vec<_>, Vec<_>) = tellings.into_iter().partition(|telling| telling.when.is_some());
    // The surest dates first: a month must not swallow two meetings that have days.
    let (days, spans): (Vec<_>, Vec<_>) =
        dated.into_iter().partition(|t| t.days().is_some_and(|(first, last)| first.until(last) <= LONGEST));
    let mut groups: Vec<Group<'a>> = Vec::new();
    for telling in days {
        match groups.iter_mut().rev().find(|group| group.takes(&telling)) {
            Some(group) => group.add(telling),
            None => groups.push(Group::new(telling)),
        }
    }
    // What is known to the month is one of the meetings of that month, where there is one that agrees.
    let mut vague: Vec<Group<'a>> = Vec::new();
    for telling in spans {
        let fits = |group: &Group<'a>| {
            let (first, last) = telling.days().unwrap_or((Day(0), Day(0)));
            group.first >= first && group.last <= last && group.agrees(&telling)
        };
        // Of several the one in the same state, or of the same persons.
        let there = |group: &Group<'a>| {
            let same_place = |own: &Telling<'a>| telling.country.is_some() && own.country == telling.country;
            group.tellings.iter().any(|own| same_place(own) || own.same_persons(&telling))
        };
        let fitting: Vec<usize> = (0..groups.len()).filter(|i| fits(&groups[*i])).collect();
        let close: Vec<usize> = fitting.iter().copied().filter(|i| there(&groups[*i])).collect();
        match (fitting.as_slice(), close.as_slice()) {
            ([one], _) | (_, [one]) => groups[*one].tellings.push(telling),
            _ => vague.push(Group::new(telling)),
        }
    }
    groups.append(&mut vague);
    let mut loose: Vec<Group<'a>> = Vec::new();
    for telling in undated {
        match groups.iter_mut().find(|group| group.same_sentence(&telling)) {
            Some(group) => group.tellings.push(telling),
            None => loose.push(Group::new(telling)),
        }
    }
    groups.sort_by_key(|group| (group.first, group.last));
    let mut meetings = Vec::new();
    for (i, group) in groups.iter().enumerate() {
        let near = |other: &Group<'a>| {
            other.first <= group.last.plus(APART) && group.first <= other.last.plus(APART) && group.might_be(other)
        };
        let alone = !groups.iter().enumerate().any(|(j, other)| i != j && near(other));
        meetings.extend(group.meeting(window, alone && group.is_dated()));
    }
    meetings.extend(loose.iter().filter_map(|group| group.meeting(window, false)));
    meetings
}

/// Each telling by itself.
pub(super) fn single<'a>(tellings: Vec<Telling<'a>>, window: &Window) -> Vec<Meeting<'a>> {
    let mut all: Vec<Meeting<'a>> = tellings
        .into_iter()
        .filter_map(|telling| {
            let doubt = telling.doubt();
            // What is expected has the date of the news about it, where it has no other.
            let group = Group::new(telling);
            group.meeting(window, false).map(|meeting| Meeting { doubt, ..meeting })
        })
        .collect();
    all.sort_by_key(|meeting| (meeting.when.is_none(), meeting.when.map(|when| (when.first, when.last))));
    all
}

/// Tellings of one meeting.
struct Group<'a> {
    tellings: Vec<Telling<'a>>,
    first: Day,
    last: Day,
}

impl<'a> Group<'a> {
    fn new(telling: Telling<'a>) -> Self {
        let (first, last) = telling.days().unwrap_or((Day(i32::MIN / 2), Day(i32::MIN / 2)));
        Self { tellings: vec![telling], first, last }
    }

    fn add(&mut self, telling: Telling<'a>) {
        if let Some((first, last)) = telling.days() {
            self.first = self.first.min(first);
            self.last = self.last.max(last);
        }
        self.tellings.push(telling);
    }

    /// Whether the telling is of this meeting.
    fn takes(&self, telling: &Telling<'a>) -> bool {
        let Some((first, last)) = telling.days() else { return false };
        let elsewhere = || self.tellings.iter().all(|own| own.country.is_none()) || telling.country.is_none();
        // Of two tellings that leave the place open the days alone decide.
        let apart = if elsewhere() { APART - 1 } else { APART };
        first <= self.last.plus(apart)
            && self.first <= last.plus(apart)
            && self.first.min(first).until(self.last.max(last)) <= LONGEST
            && self.agrees(telling)
    }

    /// Whether nothing speaks against it: places in different states, or other persons.
    fn agrees(&self, telling: &Telling<'a>) -> bool {
        self.tellings.iter().all(|own| {
            let places = own.country.zip(telling.country).is_none_or(|(one, other)| one == other);
            places && !own.strangers(telling)
        })
    }

    /// Whether two meetings might after all be one.
    fn might_be(&self, other: &Self) -> bool {
        other.tellings.iter().any(|telling| self.agrees(telling))
    }

    fn same_sentence(&self, telling: &Telling<'a>) -> bool {
        let place = |t: &Telling<'a>| t.occurrence.document().zip(t.occurrence.sentence_number());
        place(telling).is_some() && self.tellings.iter().any(|own| place(own) == place(telling)) && self.agrees(telling)
    }

    /// Whether its days are known.
    fn is_dated(&self) -> bool {
        self.tellings.iter().any(|t| t.when.is_some_and(When::is_day) && !t.vague)
            && self.first.until(self.last) <= LONGEST
    }

    fn meeting(&self, window: &Window, distinct: bool) -> Option<Meeting<'a>> {
        let when = self.when();
        let published = || self.tellings.iter().find_map(|t| t.occurrence.first_published()).map(When::published);
        if !when.or_else(published).is_some_and(|when| window.may_hold(when)) {
            // What is known of no time at all is told where nothing bounds the question.
            let open = when.is_none() && published().is_none() && window.since.is_none() && window.until.is_none();
            if !open {
                return None;
            }
        }
        let mut order: Vec<&Telling<'a>> = self.tellings.iter().collect();
        order.sort_by(|x, y| y.occurrence.confidence().total_cmp(&x.occurrence.confidence()));
        let distinct_names = |lists: &dyn Fn(&Telling<'a>) -> Vec<&'a str>| {
            let mut all: Vec<&'a str> = Vec::new();
            self.tellings.iter().flat_map(lists).for_each(|name| {
                if !all.contains(&name) {
                    all.push(name);
                }
            });
            all
        };
        // Where persons are named, the state they stand for need not be.
        let side = |i: usize| {
            let persons = distinct_names(&|t: &Telling<'a>| t.persons[i].clone());
            if persons.is_empty() { distinct_names(&|t: &Telling<'a>| t.names[i].clone()) } else { persons }
        };
        let known = self.tellings.iter().filter(|t| t.level != Level::Unknown);
        let level = known.clone().map(|t| t.level).min().unwrap_or_default();
        let assumed = known.filter(|t| t.level == level).all(|t| t.assumed) && level != Level::Unknown;
        let place = order.iter().filter_map(|t| t.occurrence.place()).max_by_key(|place| place.precision == "city");
        // A visit and the talks in its course are one meeting, talks on several days may be several.
        let talks = self.tellings.iter().filter(|t| t.form != Form::Visit);
        let mut days: Vec<Day> = talks.filter_map(|t| t.when).map(|when| when.first).collect();
        days.sort_unstable();
        days.dedup();
        // A third party counts where no telling has the two alone.
        let alone = self.tellings.iter().any(|t| t.others.is_empty());
        Some(Meeting {
            when,
            place,
            level,
            level_assumed: assumed,
            form: self.tellings.iter().map(|t| t.form).min().unwrap_or(Form::Talks),
            of_a: side(0),
            of_b: side(1),
            others: if alone { Vec::new() } else { distinct_names(&|t: &Telling<'a>| t.others.clone()) },
            occasion: self.tellings.iter().find_map(|t| t.occurrence.occasion()),
            probability: 1.0 - self.tellings.iter().map(|t| 1.0 - t.occurrence.confidence()).product::<f32>(),
            reports: self.tellings.iter().map(|t| t.occurrence.reports()).sum(),
            doubt: None,
            distinct,
            inside: when.is_some_and(|when| window.surely_holds(when)),
            ids: order.iter().map(|t| t.occurrence.id()).collect(),
            rows: order.iter().map(|t| t.occurrence.row).collect(),
            days: days.len(),
        })
    }

    /// The days that are told; where none is, the first that publication implies.
    fn when(&self) -> Option<When> {
        let all = || self.tellings.iter().filter_map(|t| t.when);
        let told: Vec<When> = all().filter(|when| when.is_day() && !when.implied()).collect();
        let (first, last) = (told.iter().map(|when| when.first).min(), told.iter().map(|when| when.last).max());
        if let (Some(first), Some(last), Some(one)) = (first, last, told.first()) {
            return Some(When { first, last, precision: one.precision });
        }
        let implied = all().filter(|when| when.implied()).min_by_key(|when| when.first);
        implied.or_else(|| all().min_by_key(|when| (when.first.until(when.last), when.first)))
    }
}
