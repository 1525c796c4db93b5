//! How many: dead, injured, arrested, and the size of a crowd, where the event's own words give a number (PLOVER manual,
//! "Information object for size").

use crate::clause::Clauses;
use crate::codebook::Codebook;
use crate::mention::{Sort, Who};
use crate::quantity::{self, Quantity};
use legation_record::{Count, EventType, Magnitude, Relation, Size, Upos};

/// The magnitudes of an event from the numbers on its participants; what its words do to the recipients stands in the
/// codebook's lists `size-dead` and `size-injured`.
pub(crate) fn size(
    c: &Clauses,
    book: &Codebook,
    event_type: EventType,
    modes: &[String],
    words: &[(usize, usize)],
    actors: &[Who],
    recipients: &[Who],
) -> Option<Size> {
    let has = |name: &str| {
        let set = book.lists.get(name);
        set.is_some_and(|set| words.iter().flat_map(|&(a, b)| a..=b).any(|k| set.matches(c, k).is_some()))
    };
    let (of, people) = match event_type {
        // "left five dead and ten wounded": whose number is whose would be a guess.
        EventType::Assault => match (has("size-dead"), has("size-injured")) {
            (true, false) => (Magnitude::Dead, recipients),
            (false, true) => (Magnitude::Injured, recipients),
            _ => return None,
        },
        EventType::Coerce if modes.iter().any(|m| m == "arrest") => (Magnitude::Arrested, recipients),
        EventType::Protest => (Magnitude::Crowd, actors),
        _ => return None,
    };
    let mut size = Size::default();
    let mut any = false;
    for who in people {
        // "12 people, including three children": the part is in the whole.
        let part = c.case(who.head).is_some_and(|k| matches!(c.lemma(k), "include" | "including" | "among"))
            || people.iter().any(|w| {
                w.head != who.head && c.is_below(who.head, w.head) && !c.conjuncts(w.head).contains(&who.head)
            });
        let counted = quantity_of(c, who.head);
        // "three Palestinians" are people; "Gaza" beside them is not.
        let nobody = match who.sort {
            Sort::Place | Sort::Instrument => true,
            Sort::State | Sort::Organisation => counted.is_none(),
            _ => false,
        };
        if part || nobody {
            continue;
        }
        // "eleven girls and women": the number is of both.
        let shares = counted.is_none()
            && c.relation(who.head) == Relation::Conj
            && c.feature(who.head, "Number=Plur")
            && c.child(who.head, &[Relation::Det, Relation::Amod, Relation::NmodPoss]).is_none()
            && c.head(who.head).is_some_and(|h| quantity_of(c, h).is_some());
        if shares {
            continue;
        }
        any |= counted.is_some();
        // "kills five and wounds ten": each by the word beside it.
        let of = if event_type == EventType::Assault { beside(c, book, who).unwrap_or(of) } else { of };
        // Whoever stands beside a counted party without a number is one, or some: the sum must not pass them over.
        let Quantity { number, low, high, tokens } = counted.unwrap_or_else(|| uncounted(c, who));
        let span = c.token(tokens.0).span.cover(c.token(tokens.1).span);
        let count = Count { of, number, low, high, text: span.of(c.text).into(), start: span.start, end: span.end };
        // One number may count people of two nationalities.
        if !size.counts.contains(&count) {
            size.counts.push(count);
        }
    }
    size.add_up();
    any.then_some(size)
}

/// What the word of harm directly behind or before a participant says of it.
fn beside(c: &Clauses, book: &Codebook, who: &Who) -> Option<Magnitude> {
    let harm = |k: usize| {
        let listed = |name: &str| book.lists.get(name).is_some_and(|set| set.matches(c, k).is_some());
        let dead = listed("size-dead").then_some(Magnitude::Dead);
        dead.or_else(|| listed("size-injured").then_some(Magnitude::Injured))
    };
    let behind = (who.tokens.1 + 1..c.len()).find(|&k| !matches!(c.upos(k), Upos::Aux | Upos::Adv));
    let before = (0..who.tokens.0).rev().find(|&k| !matches!(c.upos(k), Upos::Adp | Upos::Adv | Upos::Adj | Upos::Num));
    let participle = |k: &usize| c.form(*k).ends_with("ed") || matches!(c.form(*k), "dead" | "hurt");
    behind.filter(participle).and_then(harm).or_else(|| harm(before?))
}

/// "a police officer" is one; "soldiers" are at least one more than that, and no number.
fn uncounted(c: &Clauses, who: &Who) -> Quantity {
    let article = c.child(who.head, &[Relation::Det]).filter(|&d| matches!(c.lemma(d), "a" | "an" | "another"));
    if c.feature(who.head, "Number=Plur") {
        return Quantity { number: None, low: Some(2), high: None, tokens: who.tokens };
    }
    // "a family", "a crowd": a singular that is several; only an article or a name makes it one.
    let one = who.sort == Sort::Person || article.is_some() && c.measured(who.head).is_none();
    let number = one.then_some(1);
    Quantity { number, low: Some(1), high: number, tokens: article.map_or(who.tokens, |a| (a, who.head.max(a))) }
}

/// The number that counts a noun: before it, in its place, or in "dozens of …" above it.
fn quantity_of(c: &Clauses, h: usize) -> Option<Quantity> {
    let is_year = |k: usize| {
        c.form(k).len() == 4 && c.form(k).starts_with(['1', '2']) && !c.form(k).contains(',') && c.upos(h) == Upos::Num
    };
    if is_year(h) {
        return None;
    }
    let counts = c.children_by(h, &[Relation::Nummod, Relation::Compound, Relation::Det, Relation::Amod]);
    let own = || quantity::around(c, h);
    let above = || {
        let of = c.case(h).is_some_and(|k| c.lemma(k) == "of");
        c.head(h).filter(|&g| of && c.measured(g) == Some(h)).and_then(|g| quantity::around(c, g))
    };
    counts.filter(|&k| k < h).find_map(|k| quantity::around(c, k)).or_else(own).or_else(above)
}
