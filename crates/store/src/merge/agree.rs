//! What of two reports agrees, and what cannot be both: participants, days, places, modes, ordinals.

use super::view::{Rank, Side, View};
use crate::dates;
use jiff::civil::Date;
use legation_record::EventType;
use std::collections::BTreeSet;

/// The type of a number in the record.
pub(super) fn type_of(number: i64) -> Option<EventType> {
    usize::try_from(number - 1).ok().and_then(|i| EventType::ALL.get(i)).copied()
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Modes {
    Same,
    /// One or both have none, or they go together.
    Open,
    Unlike,
    /// They cannot be one act.
    Other,
}

pub(super) fn modes(a: &View, b: &View) -> Modes {
    let of =
        |v: &View| -> BTreeSet<String> { v.modes.split("; ").filter(|m| !m.is_empty()).map(str::to_owned).collect() };
    let (x, y) = (of(a), of(b));
    if x.intersection(&y).next().is_some() {
        return Modes::Same;
    }
    // An article that tells of an arrival and of talks tells of two acts, and so do two days.
    let days_differ = a.day().is_some() && b.day().is_some() && a.day() != b.day();
    let one_article = a.document.is_some() && a.document == b.document;
    if x.contains("visit") != y.contains("visit") && is_meeting(a) && (days_differ || one_article) {
        return Modes::Other;
    }
    if x.is_empty() || y.is_empty() {
        // Who speaks on the telephone is not in the other's town.
        let phone = |m: &BTreeSet<String>| m.contains("phone");
        let there = |v: &View| v.place.as_ref().is_some_and(|p| p.fineness == 2);
        return if phone(&x) && there(b) || phone(&y) && there(a) { Modes::Other } else { Modes::Open };
    }
    let one = |mode: &str| x.contains(mode) || y.contains(mode);
    match () {
        () if one("phone") => Modes::Other,
        // A visit is to meet.
        () if one("visit") && (one("multilateral") || one("third-party")) => Modes::Open,
        () => Modes::Unlike,
    }
}

/// How the participants agree.
pub(super) struct Sides {
    /// Codes that both have.
    pub codes: usize,
    /// How rare the rarest of the states and organisations of both is; 0 where they share none.
    pub code_rarity: i64,
    /// Whether both name a person, a group or somebody unresolved,
    pub named: bool,
    /// and how rare the rarest of those names is.
    pub name_rarity: i64,
    pub open: Open,
}

/// Whether one has participants the other has not.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Open {
    No,
    /// One does not say who did it, or to whom.
    Unnamed,
    Further,
}

pub(super) fn sides(a: &View, b: &View) -> Option<Sides> {
    // One person may have been given two states ("Enes Kanter", of Turkey and playing in America).
    let twofold = |s: &Side| s.person && both_states(s, a, b);
    let codes = |sides: &[Side]| -> BTreeSet<i64> {
        sides.iter().filter(|s| s.code != 0 && !twofold(s)).map(|s| s.code).collect()
    };
    let all = |v: &View| -> BTreeSet<i64> { codes(&v.actors).union(&codes(&v.recipients)).copied().collect() };
    let everybody = |v: &View| -> Vec<Side> { v.actors.iter().chain(&v.recipients).cloned().collect() };
    let (all_a, all_b) = (all(a), all(b));
    let (a_sides, b_sides) = (everybody(a), everybody(b));
    let mutual = a.is_mutual() || b.is_mutual() || is_meeting(a);
    let fits = |x: &[Side], y: &[Side]| {
        let (p, q) = (codes(x), codes(y));
        p.is_empty() || q.is_empty() || p.is_subset(&q) || q.is_subset(&p)
    };
    let together = if mutual {
        fits(&a_sides, &b_sides)
    } else {
        fits(&a.actors, &b.actors) && fits(&a.recipients, &b.recipients)
    };
    if !together || persons_differ(&a_sides, &b_sides) {
        return None;
    }
    let shared: BTreeSet<i64> = all_a.intersection(&all_b).copied().collect();
    let own = |s: &&Side| s.rank != Rank::Whole;
    let named = || a_sides.iter().filter(own).filter(|x| b_sides.iter().filter(own).any(|y| same_name(x, y)));
    let of_code = a_sides.iter().filter(|s| shared.contains(&s.code)).map(|s| s.rarity.0);
    let unnamed = |x: &[Side], y: &[Side]| codes(x).is_empty() || codes(y).is_empty() || codes(x) == codes(y);
    let open = match () {
        () if all_a == all_b => Open::No,
        () if !mutual && unnamed(&a.actors, &b.actors) && unnamed(&a.recipients, &b.recipients) => Open::Unnamed,
        () => Open::Further,
    };
    Some(Sides {
        codes: shared.len(),
        code_rarity: of_code.max().unwrap_or(0),
        named: named().next().is_some(),
        name_rarity: named().map(|s| s.rarity.1).max().unwrap_or(0),
        open,
    })
}

/// Whether a person has one code in the one report and another in the other.
fn both_states(side: &Side, a: &View, b: &View) -> bool {
    let here = |v: &View| v.actors.iter().chain(&v.recipients).find(|s| s.name == side.name).map(|s| s.code);
    here(a).zip(here(b)).is_some_and(|(x, y)| x != y)
}

/// In a meeting it matters little who is told to have come to whom.
pub(super) fn is_meeting(view: &View) -> bool {
    type_of(view.event_type) == Some(EventType::Consult)
}

/// Of one state each names a person, and not the same: two ministers, two governors.
fn persons_differ(a: &[Side], b: &[Side]) -> bool {
    let persons = |sides: &[Side], code: i64| -> Vec<Side> {
        sides.iter().filter(|s| s.code == code && s.rank == Rank::Person).cloned().collect()
    };
    let codes: BTreeSet<i64> = a.iter().map(|s| s.code).filter(|c| *c != 0).collect();
    codes.into_iter().any(|code| {
        let (x, y) = (persons(a, code), persons(b, code));
        !x.is_empty() && !y.is_empty() && !x.iter().any(|x| y.iter().any(|y| same_name(x, y)))
    })
}

/// The same name, or the surname alone where the gazetteer does not know whose it is.
pub(super) fn same_name(x: &Side, y: &Side) -> bool {
    let last = |name: &str, of: &str| of.rsplit(' ').next() == Some(name);
    x.name == y.name && (x.code == y.code || x.code == 0 || y.code == 0 || x.person && y.person)
        || x.code == y.code && x.person && y.person && spelt_alike(&x.name, &y.name)
        || x.code == 0 && last(&x.name, &y.name)
        || y.code == 0 && last(&y.name, &x.name)
}

/// One letter is another one, or one more or less: "Rafik Hariri", "Rafic Hariri".
fn spelt_alike(x: &str, y: &str) -> bool {
    let (x, y): (Vec<char>, Vec<char>) = (x.chars().collect(), y.chars().collect());
    let (short, long) = if x.len() <= y.len() { (x, y) } else { (y, x) };
    if short.len() < 8 || long.len() - short.len() > 1 {
        return false;
    }
    let same = short.iter().zip(&long).take_while(|(p, q)| p == q).count();
    let rest = if short.len() == long.len() { same + 1 } else { same };
    short.get(rest..) == long.get(same + 1..) || same >= short.len()
}

/// How the times agree. A told day is one that the text tells; news without one happened shortly before its publication; the rest
/// goes back to something, mostly to what was news in the days before.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Days {
    /// Both tell the day, and it is the same.
    Same,
    /// Both tell the day: one is the day after the other, and news may tell it wrongly.
    Off,
    /// One tells the day, the other is news of that day or one of the two after.
    Told,
    /// One tells the day, the other goes back to something published so late that it can be that.
    ToldOf,
    /// One tells the day, the other the month or the year that it lies in.
    Open,
    /// Both are news, published so many days apart.
    News(i64),
    /// The earlier one is news, the later one goes back to something so many days after.
    Back(i64),
    /// The earlier one speaks of something that is no news, and the later one is news, so many days after.
    Ahead(i64),
    /// Both go back to something.
    Old,
    /// One goes back to something, and the other's time lies so long before that it can be that only where both name it.
    Long,
}

/// Nothing where the days exclude each other.
pub(super) fn days(a: &View, b: &View) -> Option<Days> {
    if let (Some(x), Some(y)) = (a.day(), b.day()) {
        let within = |v: &View, day: Date| v.range.is_some() && v.days().is_some_and(|(f, l)| f <= day && day <= l);
        return match dates::apart(x, y) {
            0 => Some(Days::Same),
            _ if within(a, y) || within(b, x) => Some(Days::Told),
            // What is told as history has its date from the text; what is news may be told a day late.
            1 if a.status == 1 && b.status == 1 => Some(Days::Off),
            _ => None,
        };
    }
    if let Some((day, other)) = a.day().map(|d| (d, b)).or(b.day().map(|d| (d, a))) {
        let (first, last) = other.days()?;
        return match (other.date.is_some(), first <= day && day <= last) {
            (true, true) => Some(Days::Open),
            (false, true) if other.implied => Some(Days::Told),
            (false, true) => Some(Days::ToldOf),
            // What is told at the end of a story is often no news ("who was killed").
            (false, false) if day < first && (!other.implied || dates::apart(day, first) <= 5) => Some(Days::Long),
            _ => None,
        };
    }
    let ((a_first, a_last), (b_first, b_last)) = (a.days()?, b.days()?);
    let vague = a.date.is_some() || b.date.is_some();
    if vague && (a_first > b_last || b_first > a_last) {
        let back = |v: &View| v.date.is_none() && !v.implied;
        let long = back(b) && a_last < b_first || back(a) && b_last < a_first;
        return long.then_some(Days::Long);
    }
    let (earlier, later) = if a.published <= b.published { (a, b) } else { (b, a) };
    let published = |v: &View| v.published.and_then(dates::day);
    let apart = published(earlier).zip(published(later)).map_or(0, |(x, y)| dates::apart(x, y));
    Some(match (earlier.implied, later.implied) {
        (true, true) => Days::News(apart),
        (false, true) if apart > 0 => Days::Ahead(apart),
        (false, false) => Days::Old,
        _ => Days::Back(apart),
    })
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Places {
    Town,
    Region,
    Open,
    Regions,
}

pub(super) fn places(a: &View, b: &View) -> Option<Places> {
    let (Some(a), Some(b)) = (&a.place, &b.place) else { return Some(Places::Open) };
    if a.country.is_some() && b.country.is_some() && a.country != b.country {
        return None;
    }
    match (a.fineness, b.fineness) {
        (2, 2) if a.name == b.name => Some(Places::Town),
        // A district and its town bear one name in part.
        (2, 2) if a.name.contains(&b.name) || b.name.contains(&a.name) => Some(Places::Region),
        (2, 2) => None,
        (1, 1) if a.name == b.name => Some(Places::Region),
        (1, 1) => Some(Places::Regions),
        (2, 1) if a.region.as_ref() == Some(&b.name) => Some(Places::Region),
        (1, 2) if b.region.as_ref() == Some(&a.name) => Some(Places::Region),
        _ => Some(Places::Open),
    }
}

/// "A third meeting" is not the second one. On one day at one place they count differently.
pub(super) fn ordinals_differ(a: &View, b: &View) -> bool {
    let (Some(x), Some(y)) = (a.ordinal, b.ordinal) else { return false };
    let one_spot = a.day().is_some() && a.day() == b.day() && places(a, b) == Some(Places::Town);
    x != y && !one_spot
}
