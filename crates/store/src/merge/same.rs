//! Whether two reports tell of the same happening.
//!
//! Two questions are kept apart. [`clash`]: is there something that cannot be, whatever else agrees (two towns, two days, two
//! foreign ministers of one state, the second meeting and the third)? [`likeness`]: does enough agree? What agrees and what
//! speaks against it is added up in tenths of points and told; [`ENOUGH`] are needed. The points were set by reading pairs of
//! reports; what they give on others is told in eval/record.md.
//!
//! The coded facts weigh most: who, when and where. The words of the sentences decide where many like acts lie close together,
//! as in a war, and where the facts are few.

use super::view::{Rank, Side, View};
use crate::dates;
use crate::words::{self, Common, Mark};
use jiff::civil::Date;
use legation_record::EventType;
use std::collections::BTreeSet;
use std::fmt::Write;

/// Points that make two reports one happening.
const ENOUGH: i64 = 24;

/// Why imported events are merged.
pub(super) const IMPORTED: &str = "same participants, code, day and place";

/// Whether the two cannot be the same happening.
pub(crate) fn clash(a: &View, b: &View) -> bool {
    a.event_type != b.event_type
        || a.class() != b.class()
        || one_sentence(a, b) && !one_act_told_twice(a, b)
        || modes(a, b) == Modes::Other
        || sides(a, b).is_none()
        || days(a, b).is_none()
        || places(a, b).is_none()
        || ordinals_differ(a, b)
}

/// What agrees and what does not, with its points.
struct Tally {
    points: i64,
    why: String,
}

impl Tally {
    fn add(&mut self, points: i64, what: &str) {
        self.points += points;
        if points != 0 {
            let comma = if self.why.is_empty() { "" } else { ", " };
            let sign = if points < 0 { "−" } else { "+" };
            let _ = write!(self.why, "{comma}{what} {sign}{}.{}", points.abs() / 10, points.abs() % 10);
        }
    }
}

/// How strongly the two are taken for the same, and why; nothing where not enough agrees.
pub(crate) fn likeness(a: &View, b: &View) -> Option<(i64, String)> {
    let (Some(a_words), Some(b_words)) = (&a.words, &b.words) else { return imported(a, b) };
    if clash(a, b) {
        return None;
    }
    if one_sentence(a, b) {
        return Some((4 * ENOUGH, "one act told twice in one sentence".to_owned()));
    }
    let common = words::common(a_words, b_words);
    let mut tally = Tally { points: 0, why: String::new() };
    let sides = sides(a, b)?;
    if is_rare(a.event_type) {
        // One great state alone meets somebody every day.
        let known = sides.codes > 1 || sides.names > 0 || common.rare > 15 || places(a, b) == Some(Places::Town);
        tally.add(if known { 19 } else { 6 }, "acts of this type are few");
    }
    who(&sides, &mut tally);
    when(a, b, &mut tally)?;
    match places(a, b)? {
        Places::Town => tally.add(10, "same town"),
        Places::Region => tally.add(4, "same region"),
        Places::Open => {}
        Places::Regions => tally.add(-15, "different regions"),
    }
    match modes(a, b) {
        Modes::Same => tally.add(5, "same mode"),
        Modes::Unlike => tally.add(-10, "different modes"),
        Modes::Open | Modes::Other => {}
    }
    if a.cameo == b.cameo {
        tally.add(2, "same code");
    }
    if a.ordinal.is_some() && a.ordinal == b.ordinal {
        tally.add(12, "same ordinal");
    }
    numbers(a, b, &common, &mut tally);
    told(a, b, &common, &mut tally);
    if tally.points < ENOUGH {
        return None;
    }
    let why = format!("{} = {}.{}", tally.why, tally.points / 10, tally.points % 10);
    // Among equal sentences the equal trigger goes first: a sentence may report two acts.
    let exact = i64::from(a.trigger == b.trigger) + i64::from(a.cameo == b.cameo);
    Some((tally.points * 4 + exact, why))
}

/// Types of which there are few between the same sides on one day, so that who and when say much.
fn is_rare(number: i64) -> bool {
    use EventType::{Agree, Consult, Cooperate};
    matches!(type_of(number), Some(Agree | Consult | Cooperate))
}

fn type_of(number: i64) -> Option<EventType> {
    usize::try_from(number - 1).ok().and_then(|i| EventType::ALL.get(i)).copied()
}

fn who(sides: &Sides, tally: &mut Tally) {
    match sides.codes {
        0 => {}
        1 => tally.add(1, "a side in common"),
        _ => tally.add(7, "both sides in common"),
    }
    match sides.names {
        0 => {}
        1 => tally.add(5, "a named participant in common"),
        _ => tally.add(14, "named participants in common"),
    }
    match sides.open {
        Open::No => {}
        Open::Unnamed => tally.add(-3, "a side is not named in one"),
        Open::Further => tally.add(-8, "one has further participants"),
    }
}

fn when(a: &View, b: &View, tally: &mut Tally) -> Option<()> {
    match days(a, b)? {
        Days::Same => tally.add(18, "same day"),
        Days::Told => tally.add(11, "the day of the one fits the other's publication"),
        Days::Issue => tally.add(6, "news of one day"),
        // Meetings are told the day after; of attacks there was another one.
        Days::Next if is_rare(a.event_type) => tally.add(-7, "news of two days that follow"),
        Days::Next => tally.add(-12, "news of two days that follow"),
        Days::Near => tally.add(-13, "news of days that lie close"),
        Days::Back => tally.add(4, "the later one goes back to what was news"),
        Days::Old => tally.add(2, "both go back to what happened before"),
        Days::Open => {}
        Days::Far => tally.add(-10, "published days apart"),
        Days::Off => tally.add(-15, "a day apart"),
    }
    Some(())
}

/// What is counted: the same numbers, a toll that rose, numbers that differ.
fn numbers(a: &View, b: &View, common: &Common, tally: &mut Tally) {
    let names = ["dead", "injured", "arrested", "in the crowd"];
    let (earlier, later) = if a.rank() <= b.rank() { (a, b) } else { (b, a) };
    // What brings a toll up to date has another one.
    let toll = has(later, Mark::Toll);
    let mut compared = false;
    for (i, name) in names.iter().enumerate() {
        let (Some(x), Some(y)) = (earlier.sizes[i], later.sizes[i]) else { continue };
        compared = true;
        // An exact number is the rarer the greater it is.
        if x == y {
            tally.add(if x > 9 { 9 } else { 2 + x.min(5) }, &format!("as many {name}"));
        } else if x < y && toll {
            continue;
        } else if x < y && y <= 3 * x && x > 2 {
            tally.add(-4, &format!("more {name} later"));
        } else {
            tally.add(if i == 0 { -12 } else { -6 }, &format!("other numbers {name}"));
        }
    }
    if !compared && common.figures_apart && !toll {
        tally.add(-10, "other numbers");
    }
}

fn has(view: &View, mark: Mark) -> bool {
    view.words.as_ref().is_some_and(|w| words::has(w, mark))
}

/// What the sentences say.
fn told(a: &View, b: &View, common: &Common, tally: &mut Tally) {
    tally.add(common.alike / 90, &format!("words alike 0.{:02}", common.alike.min(990) / 10));
    if common.alike >= 850 && !common.figures_apart {
        tally.add(10, "nearly the same sentence");
    }
    tally.add((common.rare / 4).min(13), "rare words in common");
    tally.add(-(common.names_apart / 8).min(6), "other names");
    if has(a, Mark::New) != has(b, Mark::New) {
        tally.add(-10, "one is said to be another of its kind");
    }
    let (earlier, later) = if a.rank() <= b.rank() { (a, b) } else { (b, a) };
    if has(later, Mark::Toll) && !has(earlier, Mark::Toll) {
        tally.add(10, "the later one brings the toll up to date");
    }
    if a.document.is_some() && a.document == b.document && !one_sentence(a, b) {
        match has(later, Mark::Known) {
            true => tally.add(12, "spoken of again as known in the same article"),
            false => tally.add(-8, "two sentences of one article"),
        }
    }
}

/// Imported events have no words: they are the same only if everything that was coded is.
fn imported(a: &View, b: &View) -> Option<(i64, String)> {
    let same = a.words.is_none()
        && b.words.is_none()
        && a.event_type == b.event_type
        && a.cameo == b.cameo
        && a.status == b.status
        && a.modes == b.modes
        && a.day().is_some()
        && a.date == b.date
        && a.place == b.place
        && a.actors == b.actors
        && a.recipients == b.recipients;
    same.then(|| (8000, IMPORTED.to_owned()))
}

fn one_sentence(a: &View, b: &View) -> bool {
    a.document.is_some() && a.document == b.document && a.sentence == b.sentence
}

/// "Bombs hit a market and wounded forty": what was done and what came of it, in one sentence.
fn one_act_told_twice(a: &View, b: &View) -> bool {
    let assault = type_of(a.event_type) == Some(EventType::Assault);
    let numbers_differ = a.sizes.iter().zip(&b.sizes).any(|(x, y)| x.is_some() && y.is_some() && x != y);
    assault && a.modes == b.modes && a.actors == b.actors && a.recipients == b.recipients && !numbers_differ
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Modes {
    Same,
    /// One or both have none, or they go together.
    Open,
    Unlike,
    /// They cannot be one act.
    Other,
}

fn modes(a: &View, b: &View) -> Modes {
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
struct Sides {
    /// Codes that both have.
    codes: usize,
    /// Names of persons, groups and unresolved ones that both have.
    names: usize,
    open: Open,
}

/// Whether one has participants the other has not.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    No,
    /// One does not say who did it, or to whom.
    Unnamed,
    Further,
}

fn sides(a: &View, b: &View) -> Option<Sides> {
    let codes = |sides: &[Side]| -> BTreeSet<i64> { sides.iter().map(|s| s.code).filter(|c| *c != 0).collect() };
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
    let mut names = BTreeSet::new();
    for x in a_sides.iter().filter(own) {
        if b_sides.iter().filter(own).any(|y| same_name(x, y)) {
            names.insert(x.name.as_str());
        }
    }
    let unnamed = |x: &[Side], y: &[Side]| codes(x).is_empty() || codes(y).is_empty() || codes(x) == codes(y);
    let open = match () {
        () if all_a == all_b => Open::No,
        () if !mutual && unnamed(&a.actors, &b.actors) && unnamed(&a.recipients, &b.recipients) => Open::Unnamed,
        () => Open::Further,
    };
    Some(Sides { codes: shared.len(), names: names.len(), open })
}

/// In a meeting it matters little who is told to have come to whom.
fn is_meeting(view: &View) -> bool {
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
fn same_name(x: &Side, y: &Side) -> bool {
    let last = |name: &str, of: &str| of.rsplit(' ').next() == Some(name);
    x.name == y.name && (x.code == y.code || x.code == 0 || y.code == 0)
        || x.code == 0 && last(&x.name, &y.name)
        || y.code == 0 && last(&y.name, &x.name)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Days {
    /// Both tell the day, and it is the same.
    Same,
    /// One tells the day, the other is news of that day or one of the two after.
    Told,
    /// Both are news without a date of one day,
    Issue,
    /// of two that follow,
    Next,
    /// of two that lie close.
    Near,
    /// One was news, and the other speaks of it, or of another, some days later.
    Back,
    /// Both speak of something that happened before.
    Old,
    /// Nothing speaks for it or against it.
    Open,
    /// Neither tells the day, and they were published days apart.
    Far,
    /// Both tell the day: one is the day after the other, and news may tell it wrongly.
    Off,
}

fn days(a: &View, b: &View) -> Option<Days> {
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
    let published = |v: &View| v.published.and_then(dates::day);
    if let Some((day, other)) = a.day().map(|d| (d, b)).or(b.day().map(|d| (d, a))) {
        let vague = other.date.is_some();
        let (first, last) = other.days()?;
        return match (vague, first <= day && day <= last) {
            (true, true) => Some(Days::Open),
            (false, true) if other.implied => Some(Days::Told),
            (false, true) => Some(Days::Back),
            _ => None,
        };
    }
    let ((a_first, a_last), (b_first, b_last)) = (a.days()?, b.days()?);
    if a_first > b_last || b_first > a_last {
        return None;
    }
    let apart = published(a).zip(published(b)).map(|(x, y)| dates::apart(x, y));
    if a.date.is_some() || b.date.is_some() {
        return Some(if apart.is_some_and(|n| n <= 3) { Days::Open } else { Days::Far });
    }
    let earlier_is_news = if a.published <= b.published { a.implied } else { b.implied };
    Some(match (a.implied, b.implied, apart) {
        (true, true, Some(0)) => Days::Issue,
        (true, true, Some(1)) => Days::Next,
        (true, true, _) => Days::Near,
        (false, false, _) => Days::Old,
        _ if earlier_is_news || apart == Some(0) => Days::Back,
        _ => Days::Far,
    })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Places {
    Town,
    Region,
    Open,
    Regions,
}

fn places(a: &View, b: &View) -> Option<Places> {
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
fn ordinals_differ(a: &View, b: &View) -> bool {
    let (Some(x), Some(y)) = (a.ordinal, b.ordinal) else { return false };
    let one_spot = a.day().is_some() && a.day() == b.day() && places(a, b) == Some(Places::Town);
    x != y && !one_spot
}
