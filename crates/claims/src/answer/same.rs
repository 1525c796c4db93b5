//! Whether an event of the record is the one that a claim means, by who, where and when.
//!
//! Types are wide: that *somebody* of a country was arrested is recorded a hundred times. Sixty supported events were read
//! (`eval/claims.md`); what follows is what told the right ones from the others.

use crate::query::{Occurrences, Party, Pattern, What, Window};
use legation_analysis::Occurrence;
use legation_gazetteer::Gazetteer;
use legation_record::{EventType, Precision};

/// Days of a claim's time up to which it is that of an event, and not of an age.
const LONG: i64 = 400;

/// Days up to which one side that is surely known may be enough: the news of a week.
const SHORT: i64 = 12;

/// Undated, so many of a kind may be the one event that everybody knows.
pub(super) const FEW: usize = 3;

/// Events of one kind between the same within [`AROUND`] days beyond which they are daily.
const OFTEN: usize = 6;

/// Days around a claim that show how usual its kind is.
const AROUND: i64 = 45;

/// Days of a claim that is exact.
const EXACT: i64 = 2;

/// What the record knows of a claimed event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Known {
    /// It.
    It,
    /// Events of its kind, of the same parties as far as they are named.
    Kind,
    /// Events of its kind at some time.
    Undated,
}

/// What the events that fit a claim's parties and place (`fitting`), and of them those of its time (`inside`), say of the event
/// it means.
pub(super) fn known(q: &Occurrences, fitting: &[Occurrence], inside: &[Occurrence], gazetteer: &Gazetteer) -> Known {
    let pattern = &q.pattern;
    let days = days(q.within);
    let parties = || pattern.who.iter().chain(&pattern.to);
    let sides = [&pattern.who, &pattern.to].map(|side| side.iter().filter(|p| is_identified(p)).count());
    let both = sides.iter().sum::<usize>() >= 2 && !within_one_state(pattern);
    let person = parties().any(|p| p.person);
    // A summit of an organisation is one; what it asks or rejects may be anything.
    let consults = matches!(pattern.what, What::Events(EventType::Consult, ..));
    let body = consults && parties().any(|p| is_body(p, gazetteer));
    let there = pattern.place.is_some() && inside.iter().any(|o| o.place().is_some_and(|p| p.precision == "city"));
    if is_open(q.within) {
        // "He resigned", "she was arrested": seldom twice. Talks and promises are of all days.
        let seldom = match &pattern.what {
            What::Events(kind, ..) => !matches!(
                kind,
                EventType::Agree | EventType::Consult | EventType::Support | EventType::Cooperate | EventType::Aid
            ),
            _ => false,
        };
        // "The kingdom broke off relations with Tehran": one such act between the two is recorded, and its code says what it was.
        let fine = matches!(&pattern.what, What::Events(_, _, code) if code.len() >= 3 && !code.ends_with('0'));
        let one = both && fine && inside.len() == 1;
        let once = person && matches!(pattern.what, What::Events(EventType::Retreat, ..));
        let known = once || person && both;
        return if seldom && (known && inside.len() <= FEW || one) { Known::It } else { Known::Undated };
    }
    if days <= SHORT {
        // What is known to the month may be any event of the month.
        if inside.iter().all(|o| o.when().is_some_and(|w| matches!(w.precision, Precision::Month | Precision::Year))) {
            return Known::Kind;
        }
        // In a war there is an attack every day: the day or the town tells which.
        let near = fitting.iter().filter(|o| super::record::may_lie(o, q.within, AROUND)).count();
        if near > OFTEN && days > EXACT && !there {
            return Known::Kind;
        }
    }
    let alone = days <= SHORT && (person || body || sides.iter().any(|n| *n > 0) && there);
    if both || alone || person && there { Known::It } else { Known::Kind }
}

fn days(window: Window) -> i64 {
    i64::from(window.from.until(window.to).map_or(i32::MAX, |span| span.get_days()))
}

/// Whether a time is so long that one event in it is not told from others of its kind.
pub(super) fn is_open(window: Window) -> bool {
    days(window) > LONG
}

/// Whether a party is somebody, and not any of a kind: a person, a state or its organs, a group with a name.
pub(super) fn is_identified(party: &Party) -> bool {
    if party.person || party.wikidata.is_some() {
        return true;
    }
    let Some(code) = &party.code else { return false };
    let organ = |sector: &str| matches!(sector, "GOV" | "MIL" | "IGO" | "LEG" | "JUD");
    party.sectors.iter().all(|s| organ(s)) || Gazetteer::embedded().name_of(code) != Some(party.name.as_str())
}

/// An organisation of states: told of seldom enough that a week tells which event is meant.
fn is_body(party: &Party, gazetteer: &Gazetteer) -> bool {
    party.code.as_deref().is_some_and(|code| gazetteer.state(code).is_none() && gazetteer.sovereign(code).is_none())
}

/// All of one state: its courts, parties and people have many quarrels of one kind.
fn within_one_state(pattern: &Pattern) -> bool {
    let known = Gazetteer::embedded();
    let mut parties = pattern.who.iter().chain(&pattern.to);
    let Some(first) = parties.next() else { return true };
    // A group with a name of its own stands apart from the state.
    let apart = |p: &Party| p.person || p.code.as_deref().and_then(|c| known.name_of(c)) != Some(p.name.as_str());
    !apart(first) && parties.all(|p| !apart(p) && p.code == first.code)
}
