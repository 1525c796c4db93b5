//! Whether two reports tell of the same happening.
//!
//! Two questions are kept apart. [`clash`]: is there something that speaks against it, whatever else agrees? [`likeness`]:
//! does enough agree? The more of the outward facts agree (day, place, mode, ordinal), the fewer words need to; the more
//! they differ (names, tolls, "a further"), the more.

use super::view::{Side, View};
use crate::dates;
use crate::words;
use std::collections::BTreeSet;
use std::fmt::Write;

/// How much is asked of the words, in thousandths of Dice's coefficient, and how that is lowered or raised. Set by reading
/// pairs of reports of the current-events corpus (see eval/record.md).
const SAME_DAY: i64 = 300;
const NEXT_DAY: i64 = 450;
const ONE_ISSUE: i64 = 350;
const UNSURE_DAY: i64 = 450;
const SAME_PLACE: i64 = -120;
const SAME_MODE: i64 = -40;
const SAME_ORDINAL: i64 = -150;
const FEWER_PARTICIPANTS: i64 = 120;
const AT_HOME: i64 = 100;
const NAMES_DIFFER: i64 = 100;
const ONE_IS_NEW: i64 = 200;
/// Words that must be shared at the least, whatever their part in all.
const SHARED: usize = 2;
const LEAST: i64 = 100;

/// Why imported events are merged.
pub(super) const IMPORTED: &str = "same participants, code, day and place";

/// Whether the two cannot be the same happening.
pub(crate) fn clash(a: &View, b: &View) -> bool {
    a.event_type != b.event_type
        || a.class() != b.class()
        || a.document.is_some() && a.document == b.document && a.sentence == b.sentence
        || !modes_agree(a, b)
        || participants(a, b).is_none()
        || days(a, b).is_none()
        || places(a, b).is_none()
        || ordinals_differ(a, b)
        || told_apart(a, b)
}

/// Each names somebody or something, or gives a figure, that the other does not: the one village and the other. A toll
/// that rises is lost by this; two events taken for one would be worse.
fn told_apart(a: &View, b: &View) -> bool {
    let (Some(a), Some(b)) = (&a.words, &b.words) else { return false };
    words::names_apart(a, b) || words::figures_apart(a, b)
}

/// How strongly the two are taken for the same, in thousandths, and why; nothing where not enough agrees.
pub(crate) fn likeness(a: &View, b: &View) -> Option<(i64, String)> {
    let (Some(a_words), Some(b_words)) = (&a.words, &b.words) else { return imported(a, b) };
    if clash(a, b) {
        return None;
    }
    let (participants, days, places) = (participants(a, b)?, days(a, b)?, places(a, b)?);
    let alike = words::alike(a_words, b_words);
    let mode = !a.modes.is_empty() && a.modes == b.modes;
    let ordinal = a.ordinal.is_some() && a.ordinal == b.ordinal;
    let mut asked = match days {
        Days::Same => SAME_DAY,
        Days::Next => NEXT_DAY,
        Days::Issue => ONE_ISSUE,
        Days::Unsure => UNSURE_DAY,
    };
    asked += if places == Places::Same { SAME_PLACE } else { 0 };
    asked += if mode { SAME_MODE } else { 0 };
    asked += if ordinal { SAME_ORDINAL } else { 0 };
    asked += if participants.fewer { FEWER_PARTICIPANTS } else { 0 };
    asked += if participants.at_home { AT_HOME } else { 0 };
    asked += if participants.names_differ { NAMES_DIFFER } else { 0 };
    asked += if words::one_is_new(a_words, b_words) { ONE_IS_NEW } else { 0 };
    if alike < asked.max(LEAST) || words::shared(a_words, b_words) < SHARED {
        return None;
    }
    let mut why = match days {
        Days::Same => "same day",
        Days::Next => "a day apart",
        Days::Issue => "no dates, published on one day",
        Days::Unsure => "dates agree as far as they go",
    }
    .to_owned();
    why.push_str(if participants.fewer { ", participants of one among the other's" } else { ", same participants" });
    why.push_str(if places == Places::Same { ", same place" } else { "" });
    why.push_str(if mode { ", same mode" } else { "" });
    why.push_str(if ordinal { ", same ordinal" } else { "" });
    let _ = write!(why, ", words alike {}.{:02}", alike / 1000, alike % 1000 / 10);
    // Among equal sentences the equal trigger goes first: a sentence may report two acts.
    let exact = i64::from(a.trigger == b.trigger) + i64::from(a.cameo == b.cameo) + i64::from(days == Days::Same);
    Some(((alike - asked + 1000) * 4 + exact, why))
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

fn modes_agree(a: &View, b: &View) -> bool {
    let of =
        |v: &View| -> BTreeSet<String> { v.modes.split("; ").filter(|m| !m.is_empty()).map(str::to_owned).collect() };
    let (a, b) = (of(a), of(b));
    a.is_empty() || b.is_empty() || a.intersection(&b).next().is_some()
}

/// How the participants agree.
struct Participants {
    /// One names fewer than the other.
    fewer: bool,
    /// All belong to one state, or nobody's state is known: that says little.
    at_home: bool,
    /// The codes agree, and none of the names does.
    names_differ: bool,
}

fn participants(a: &View, b: &View) -> Option<Participants> {
    let codes = |sides: &[Side]| -> BTreeSet<i64> { sides.iter().map(|s| s.code).collect() };
    let all = |v: &View| -> BTreeSet<i64> { codes(&v.actors).union(&codes(&v.recipients)).copied().collect() };
    let (all_a, all_b) = (all(a), all(b));
    let agree = |x: &BTreeSet<i64>, y: &BTreeSet<i64>| x.is_subset(y) || y.is_subset(x);
    let together = if a.is_mutual() || b.is_mutual() {
        agree(&all_a, &all_b)
    } else {
        agree(&codes(&a.actors), &codes(&b.actors)) && agree(&codes(&a.recipients), &codes(&b.recipients))
    };
    let shared: BTreeSet<i64> = all_a.intersection(&all_b).copied().collect();
    if !together || shared.is_empty() {
        return None;
    }
    let names =
        |v: &View| -> BTreeSet<String> { v.actors.iter().chain(&v.recipients).map(|s| s.name.clone()).collect() };
    let at_home = shared.iter().filter(|c| **c != 0).count() < 2;
    let names_differ = names(a).is_disjoint(&names(b));
    // Two governors of one state are not the same for that.
    if at_home && names_differ {
        return None;
    }
    Some(Participants { fewer: all_a != all_b, at_home, names_differ })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Days {
    Same,
    Next,
    /// Neither has a date, and both were published on one day.
    Issue,
    Unsure,
}

fn days(a: &View, b: &View) -> Option<Days> {
    if let (Some(a_day), Some(b_day)) = (a.day(), b.day()) {
        return match dates::apart(a_day, b_day) {
            0 => Some(Days::Same),
            // What is told as history has its date from the text; what is news may be told a day late.
            1 if a.status == 1 && b.status == 1 => Some(Days::Next),
            _ => None,
        };
    }
    // Two months or years that agree say next to nothing where the reports are far apart in time.
    let ((a_first, a_last), (b_first, b_last)) = (a.days()?, b.days()?);
    let overlap = a_first <= b_last && b_first <= a_last;
    let near = match (a.published.and_then(dates::day), b.published.and_then(dates::day)) {
        (Some(x), Some(y)) => dates::apart(x, y) <= 3,
        _ => false,
    };
    if a.date.is_none() && b.date.is_none() && a.published == b.published && a.status == 1 && b.status == 1 {
        return Some(Days::Issue);
    }
    let one_day = a.day().is_some() || b.day().is_some();
    (overlap && (near || one_day)).then_some(Days::Unsure)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Places {
    Same,
    Compatible,
}

fn places(a: &View, b: &View) -> Option<Places> {
    let (Some(a), Some(b)) = (&a.place, &b.place) else { return Some(Places::Compatible) };
    if a.name == b.name && a.country == b.country {
        return Some(if a.fineness > 0 { Places::Same } else { Places::Compatible });
    }
    let countries_differ = a.country.is_some() && b.country.is_some() && a.country != b.country;
    let both_cities = a.fineness == 2 && b.fineness == 2;
    (!countries_differ && !both_cities).then_some(Places::Compatible)
}

/// "A third meeting" is not the second one. On one day at one place they count differently.
fn ordinals_differ(a: &View, b: &View) -> bool {
    let (Some(x), Some(y)) = (a.ordinal, b.ordinal) else { return false };
    let one_spot = a.day().is_some() && a.day() == b.day() && places(a, b) == Some(Places::Same);
    x != y && !one_spot
}
