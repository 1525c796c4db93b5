//! Whether two reports tell of the same happening.
//!
//! Two questions are kept apart. [`clash`]: is there something that cannot be, whatever else agrees (two towns, two days, two
//! foreign ministers of one state, the second meeting and the third)? [`likeness`]: does enough agree? What agrees and what
//! speaks against it is added up in tenths of points and told; [`ENOUGH`] are needed. The points are the weights of a logistic
//! regression on pairs of reports that were read (eval/record.md, which tells what they give on others), rounded.
//!
//! The coded facts weigh most: who, when and where. The words of the sentences decide where many like acts lie close together,
//! as in a war, and where the facts are few; those that stand close to the act count twice.

use super::agree::{
    Days, Modes, Open, Places, Sides, days, is_meeting, modes, ordinals_differ, places, sides, type_of,
};
use super::great::great;
use super::view::View;
use crate::dates;
use crate::words::{self, Common, Mark};
use legation_record::EventType;
use std::fmt::Write;

/// Points that make two reports one happening.
const ENOUGH: i64 = 44;

/// Why imported events are merged.
pub(super) const IMPORTED: &str = "same participants, code, day and place";

/// Whether the two cannot be the same happening.
pub(crate) fn clash(a: &View, b: &View) -> bool {
    a.event_type != b.event_type
        || a.class() != b.class()
        || one_sentence(a, b) && !one_act_told_twice(a, b)
        || modes(a, b) == Modes::Other
        || sides(a, b).is_none()
        || days(a, b).is_none_or(|days| days == Days::Long && great(a, b).is_none())
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

    fn add_if(&mut self, holds: bool, points: i64, what: &str) {
        self.add(if holds { points } else { 0 }, what);
    }
}

/// How strongly the two are taken for the same, and why; nothing where not enough agrees.
pub(crate) fn likeness(a: &View, b: &View) -> Option<(i64, String)> {
    if a.words.is_none() || b.words.is_none() {
        return imported(a, b);
    }
    if one_sentence(a, b) {
        return (!clash(a, b)).then(|| (4 * ENOUGH, "one act told twice in one sentence".to_owned()));
    }
    let (points, same, why) = tally(a, b)?;
    // Among equal sentences the equal trigger goes first: a sentence may report two acts.
    let exact = i64::from(a.trigger == b.trigger) + i64::from(a.cameo == b.cameo);
    same.then_some((points * 4 + exact, why))
}

/// The points of two reports of coded texts, whether they are enough, and what they are for; nothing where they cannot be the same.
pub(super) fn tally(a: &View, b: &View) -> Option<(i64, bool, String)> {
    let (a_words, b_words) = (a.words.as_ref()?, b.words.as_ref()?);
    if clash(a, b) {
        return None;
    }
    let (earlier, later) = if a.rank() <= b.rank() { (a, b) } else { (b, a) };
    let (sides, days) = (sides(a, b)?, days(a, b)?);
    let mut common = words::common(a_words, b_words, sides.named);
    if a.rank() > b.rank() {
        common.close.reverse();
    }
    let mut tally = Tally { points: 0, why: String::new() };
    who(a, b, &sides, &mut tally);
    when(earlier, later, days, &sides, &mut tally);
    what(earlier, later, days, &common, sides.named, &mut tally);
    match (places(a, b)?, days) {
        (Places::Town, Days::Same | Days::Told | Days::ToldOf) => tally.add(18, "same town, and the days fit"),
        (Places::Town, _) => tally.add(5, "same town"),
        (Places::Region | Places::Open, _) => {}
        (Places::Regions, _) => tally.add(-6, "different regions"),
    }
    numbers(earlier, later, &common, &mut tally);
    told(earlier, later, days, &common, &mut tally);
    let why = format!("{} = {}.{}", tally.why, tally.points / 10, tally.points % 10);
    if let Some(known) = great(a, b) {
        return Some((tally.points.max(ENOUGH), true, format!("{known}; {why}")));
    }
    // What lies far apart is the same only where it is singular.
    let around = |v: &View| v.around().and_then(dates::day);
    let close = around(a).zip(around(b)).is_some_and(|(x, y)| dates::apart(x, y) <= super::WINDOW);
    Some((tally.points, close && tally.points >= ENOUGH, why))
}

/// Types of which there are few between the same sides on one day, so that who and when say much.
fn is_rare(number: i64) -> bool {
    use EventType::{Agree, Consult, Cooperate};
    matches!(type_of(number), Some(Agree | Consult | Cooperate))
}

/// Modes of acts that seldom befall a person twice in a week, or that a person seldom does twice.
const SINGLE: [&str; 9] =
    ["resign", "arrest", "convict", "targeted", "abduct", "release", "visit", "expel", "investigate"];

fn who(a: &View, b: &View, sides: &Sides, tally: &mut Tally) {
    if sides.codes > 0 {
        tally.add((sides.code_rarity - 6) * 16 / 10, "a side in common (more for a rare one)");
    } else {
        tally.add(3, "a side is open");
    }
    if sides.named {
        tally.add((sides.name_rarity - 6) * 2, "a named participant in common");
        let single = |v: &View| v.modes.split("; ").any(|mode| SINGLE.contains(&mode));
        tally.add_if(single(a) || single(b), 10, "an act that happens to somebody once");
    }
    match sides.open {
        Open::No => {}
        Open::Unnamed => tally.add(-3, "a side is not named in one"),
        Open::Further => tally.add(-6, "one has further participants"),
    }
}

fn when(a: &View, b: &View, days: Days, sides: &Sides, tally: &mut Tally) {
    let rare = is_rare(a.event_type);
    match days {
        Days::Same => {
            tally.add(19, "same day");
            tally.add_if(rare, 10, "acts of this type are few");
            tally.add_if(sides.codes > 1, 9, "both sides in common");
        }
        Days::Told => {
            tally.add(11, "the day of the one fits the other's publication");
            tally.add_if(sides.codes > 1, 5, "both sides in common");
        }
        Days::ToldOf => {
            tally.add(19, "the day of the one may be what the other goes back to");
            tally.add_if(sides.codes > 1, 5, "both sides in common");
        }
        Days::Open => tally.add(5, "the day of the one lies in the time of the other"),
        Days::Off => tally.add(-9, "a day apart"),
        Days::News(0) => tally.add(-1, "news of one day"),
        Days::News(1) => tally.add(-4, "news of two days that follow"),
        Days::News(2) => tally.add(-12, "news of days that lie close"),
        Days::News(_) => tally.add(-14, "news of days that lie apart"),
        Days::Back(0..=1) => tally.add(10, "the later one goes back to what was news"),
        Days::Back(_) => tally.add(5, "the later one goes back to what was news days ago"),
        Days::Ahead(0..=2) => {}
        Days::Ahead(_) => tally.add(-5, "what is news came days after it was spoken of"),
        Days::Old => tally.add(11, "both go back to what happened before"),
        Days::Long => tally.add(5, "the later one goes back to what happened before"),
    }
    let vague = a.day().is_none() && b.day().is_none();
    tally.add_if(vague && a.date.is_some() && a.date == b.date, 8, "of the same month or year");
    if let Days::News(1) | Days::Back(1) = days {
        tally.add_if(has(b, Mark::Yesterday), 4, "the later one speaks of the day before");
    }
}

/// The act itself.
fn what(earlier: &View, later: &View, days: Days, common: &Common, named: bool, tally: &mut Tally) {
    tally.add_if(earlier.cameo == later.cameo, 7, "same code");
    tally.add_if(common.act, 4, "the same word for the act");
    match modes(earlier, later) {
        Modes::Unlike => tally.add(-6, "different modes"),
        Modes::Same | Modes::Open | Modes::Other => {}
    }
    if common.act && earlier.cameo == later.cameo {
        let back = matches!(days, Days::Back(_) | Days::Old | Days::ToldOf);
        tally.add_if(days == Days::Told, 16, "the day fits and so does the word");
        tally.add_if(back && named, 13, "the same said of the same person or group");
    }
    let of = |v: &View, mode: &str| v.modes.split("; ").any(|m| m == mode);
    if is_meeting(earlier) {
        tally.add_if(of(earlier, "visit") != of(later, "visit"), -13, "a visit and a meeting");
    }
    tally.add_if(of(earlier, "convict") && !common.act, -5, "other words of the court");
    if let Days::News(_) | Days::Back(_) | Days::Ahead(_) | Days::Old = days {
        let news = i32::from(earlier.implied) + i32::from(later.implied);
        match (common.once, news) {
            (true, 0) => tally.add(14, "both go back to an act that happens once, or lasts"),
            (true, 1) => tally.add(3, "an act that happens once, or lasts"),
            (false, 1) => tally.add(-3, "an act that may happen again"),
            _ => {}
        }
        tally.add_if(common.same_once, 15, "named by the same word");
    }
    if earlier.ordinal.is_some() && earlier.ordinal == later.ordinal {
        tally.add(12, "same ordinal");
    }
}

/// What is counted: the same numbers, a toll that rose, numbers that differ.
fn numbers(earlier: &View, later: &View, common: &Common, tally: &mut Tally) {
    let names = ["dead", "injured", "arrested", "in the crowd"];
    // What brings a toll up to date has another one.
    let toll = has(later, Mark::Toll);
    let mut compared = false;
    for (i, name) in names.iter().enumerate() {
        let (Some(x), Some(y)) = (earlier.sizes[i], later.sizes[i]) else { continue };
        compared = true;
        // A number is the rarer the greater it is, unless it is a round one, as estimates are.
        if x == y {
            let exact = if x % 10 == 0 { 2 } else { 1 };
            tally.add(3 + x.min(20) * 13 / 10 / exact, &format!("as many {name}"));
        } else if x < y && toll {
            continue;
        } else if x < y && y <= 3 * x && x > 2 {
            tally.add(-6, &format!("more {name} later"));
        } else {
            tally.add(-8, &format!("other numbers {name}"));
        }
    }
    tally.add_if(common.figure, 5, "a number in common");
    tally.add_if(!compared && common.figures_apart && !toll, -10, "other numbers");
}

fn has(view: &View, mark: Mark) -> bool {
    view.words.as_ref().is_some_and(|w| words::has(w, mark))
}

/// What the sentences say.
fn told(earlier: &View, later: &View, days: Days, common: &Common, tally: &mut Tally) {
    let [first, second] = common.close;
    tally.add(first.max(second) * 8 / 1000, "the same words around the act");
    if let Days::Back(_) | Days::Old | Days::ToldOf = days {
        tally.add(second * 8 / 1000, "what the later one says of it stands in the earlier one");
    }
    tally.add(common.rare.min(60) / 3, "rare words in common");
    tally.add_if(common.alike >= 850 && !common.figures_apart, 5, "nearly the same sentence");
    tally.add(-(common.names_apart / 12).min(4), "other names");
    match (has(earlier, Mark::New), has(later, Mark::New)) {
        (false, true) => tally.add(-8, "the later one is said to be a further one"),
        (true, false) => tally.add(-2, "the earlier one is said to be a further one"),
        _ => {}
    }
    tally.add_if(has(later, Mark::Toll) && !has(earlier, Mark::Toll), 5, "the later one brings the toll up to date");
    if earlier.document.is_some() && earlier.document == later.document {
        match has(later, Mark::Known) {
            true => tally.add(8, "spoken of again as known in the same article"),
            false => tally.add(-10, "two sentences of one article"),
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
