//! Singular happenings: what texts come back to for weeks or months, in sentences that share nothing else ("due to the invasion of
//! Ukraine", "the assassination of Rafic Hariri").
//!
//! What makes two mentions the same is then not the words around them but what is named: a person dies once; an act that lasts or
//! happens once (`words/once.txt`) is told of the same states by the same word; and "the storming of the Capitol" is known by the
//! name in its phrase. A war that has a name is such an act of its own: a battle in it is told by another word, and is none of it.

use super::agree::{Days, days, same_name, type_of};
use super::view::{Rank, Side, View, key};
use crate::dates;
use crate::words::{self, Act, Mark};
use legation_record::EventType;
use std::collections::{BTreeMap, BTreeSet};

/// Days within which a mention that is known by the name in its phrase goes back to the same.
const NAMED: i64 = 60;

/// More than any number of days.
const EVER: i64 = 36_500;

/// What a report is known by where it tells of something singular, as numbers below 0 that it is looked for by, each with the days
/// before and after within which another one that has it means the same.
pub(super) fn bonds(view: &View) -> BTreeMap<i64, i64> {
    let Some(words) = view.words.as_ref().filter(|_| view.class() == 1) else { return BTreeMap::new() };
    let mut bonds = BTreeMap::new();
    let objects = words::objects(words);
    for (act, number) in words::acts(words) {
        let within = words::days_between(number).unwrap_or(NAMED);
        let mut put = |what: String, days: i64| {
            bonds.insert(key(&format!("{act:?} {number} {what}")), days);
        };
        match act {
            Act::Death => victims(view).for_each(|side| put(surname(side), EVER)),
            Act::Process => targets(view).into_iter().for_each(|(code, part)| put(format!("{code} {part}"), EVER)),
            Act::OfPerson => persons(view).for_each(|side| put(surname(side), within)),
            Act::Other => {}
        }
        patients(view).for_each(|side| put(surname(side), if is_violent(view) { EVER } else { NAMED }));
        // News of today is no mention of what is known, but may be what is mentioned.
        if is_violent(view) && (view.implied || is_definite(words)) {
            objects.iter().for_each(|object| put(format!("at {object}"), within.min(NAMED)));
        }
    }
    bonds
}

/// Why the two mean the same singular happening; nothing where they need not. Nothing of [`super::same::clash`] is looked at.
pub(super) fn great(a: &View, b: &View) -> Option<String> {
    let (x, y) = (a.words.as_ref()?, b.words.as_ref()?);
    if a.class() != 1 || b.class() != 1 || a.document.is_some() && a.document == b.document {
        return None;
    }
    let (earlier, later) = if a.rank() <= b.rank() { (a, b) } else { (b, a) };
    let apart = a.around().zip(b.around()).and_then(|(p, q)| Some(dates::apart(dates::day(p)?, dates::day(q)?)));
    let apart = apart.unwrap_or(EVER);
    let acts: BTreeSet<(Act, u32)> = &words::acts(x) & &words::acts(y);
    let tried = |words: &[u32]| words::has(words, Mark::Tried);
    let of = |kind: Act| acts.iter().filter(move |(act, _)| *act == kind).map(|(_, number)| *number);
    let near = |number: u32| apart <= words::days_between(number).unwrap_or(NAMED);
    // "The annexation of 2014", told years later, is what others spoke of in 2014.
    let one_time = || {
        let told = a.date.is_some() || b.date.is_some();
        told && a.days().zip(b.days()).is_some_and(|((p, q), (r, s))| p <= s && r <= q)
    };
    if of(Act::Death).next().is_some()
        && !tried(x)
        && !tried(y)
        && let Some(name) = same_person(victims(a), victims(b))
    {
        return Some(format!("{name} dies once"));
    }
    // What is news on two days is told anew, unless one dies of it; and what was spoken of before is no news afterwards.
    let mentions = match days(earlier, later)? {
        Days::News(_) => false,
        Days::Ahead(days) => days <= 1,
        _ => true,
    };
    // "A Russian invasion" is none that is known.
    if !mentions || words::has(x, Mark::Indefinite) || words::has(y, Mark::Indefinite) {
        return None;
    }
    let (here, there) = (words::objects(x), words::objects(y));
    let other_names = !here.is_empty() && !there.is_empty() && here.is_disjoint(&there);
    if (of(Act::Process).any(near) || of(Act::Process).next().is_some() && one_time())
        && !other_names
        && !targets(a).is_disjoint(&targets(b))
    {
        return Some("an act that lasts or happens once, told of the same by the same word".to_owned());
    }
    if of(Act::OfPerson).any(near)
        && let Some(name) = same_person(persons(a), persons(b))
    {
        return Some(format!("an act that happens to {name} once"));
    }
    // "The shooting of Trayvon Martin": what is done to somebody by name is known by the name.
    let told = a.date.is_some() || b.date.is_some();
    let alike =
        if is_violent(a) { !acts.is_empty() || a.cameo == b.cameo } else { !acts.is_empty() && a.cameo == b.cameo };
    if (apart <= NAMED || told && is_violent(a))
        && alike
        && let Some(name) = same_person(patients(a), patients(b))
    {
        return Some(format!("spoken of as known, done to {name}"));
    }
    let known = later.words.as_deref().is_some_and(is_definite);
    let one_place = |view: &View| {
        let place: BTreeSet<u32> = view.place.iter().flat_map(|p| p.name.split(' ')).map(words::object).collect();
        here.intersection(&there).any(|name| !place.contains(name))
    };
    if apart <= NAMED && known && !acts.is_empty() && is_violent(a) {
        let shared = here.intersection(&there).count();
        if shared > 1 && here == there || shared > 0 && one_place(a) && one_place(b) {
            return Some("spoken of as known, by the same name".to_owned());
        }
    }
    None
}

fn is_definite(words: &[u32]) -> bool {
    words::has(words, Mark::Definite) || words::has(words, Mark::Known)
}

/// The persons that an act of violence is done to.
fn victims(view: &View) -> impl Iterator<Item = &Side> {
    view.recipients.iter().filter(|side| is_violent(view) && side.person)
}

/// The persons to whom something is done by which it is known.
fn patients(view: &View) -> impl Iterator<Item = &Side> {
    use EventType::{Accuse, Aid, Assault, Coerce, Sanction};
    let kind = matches!(type_of(view.event_type), Some(Assault | Coerce | Sanction | Aid));
    let accused = type_of(view.event_type) == Some(Accuse) && view.modes.contains("investigate");
    view.recipients.iter().filter(move |side| (kind || accused) && side.person)
}

fn is_violent(view: &View) -> bool {
    type_of(view.event_type) == Some(EventType::Assault)
}

fn persons(view: &View) -> impl Iterator<Item = &Side> {
    view.actors.iter().chain(&view.recipients).filter(|side| side.person)
}

/// Whose the act is: of those it is done to, else of all. A part of a state ("the occupation of Kharkiv Oblast") is not the state.
fn targets(view: &View) -> BTreeSet<(i64, &str)> {
    fn of(sides: &[Side]) -> BTreeSet<(i64, &str)> {
        let known = sides.iter().filter(|s| s.code != 0);
        known.map(|s| (s.code, if s.rank == Rank::Other && !s.person { s.name.as_str() } else { "" })).collect()
    }
    let recipients = of(&view.recipients);
    if recipients.is_empty() { of(&view.actors) } else { recipients }
}

/// Names are spelt in several ways; the last word of them less so.
fn surname(side: &Side) -> String {
    format!("{} {}", side.code, side.name.rsplit(' ').next().unwrap_or_default())
}

fn same_person<'a>(mut a: impl Iterator<Item = &'a Side>, b: impl Iterator<Item = &'a Side>) -> Option<&'a str> {
    let others: Vec<&Side> = b.collect();
    a.find(|x| others.iter().any(|y| same_name(x, y) && (x.role || y.role))).map(|x| x.name.as_str())
}
