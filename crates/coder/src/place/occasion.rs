//! The occasion of an event: the meeting at whose margins or in whose course it happened.

use crate::clause::Clauses;
use legation_record::{EntityTag, Quote, Relation, Upos};

/// Gatherings that are an occasion by themselves.
const GATHERINGS: [&str; 15] = [
    "summit",
    "conference",
    "forum",
    "congress",
    "olympics",
    "funeral",
    "inauguration",
    "assembly",
    "convention",
    "symposium",
    "coronation",
    "expo",
    "festival",
    "exhibition",
    "games",
];
/// Gatherings that are one where the words say which ("a meeting of the Security Council", "the G20 meeting").
const MEETINGS: [&str; 10] =
    ["meeting", "session", "talk", "ceremony", "parade", "negotiation", "visit", "celebration", "gathering", "week"];
const MARGINS: [&str; 4] = ["sideline", "sidelines", "margin", "margins"];

/// The token that heads the occasion of the event whose words are `heads`, and its words.
pub(crate) fn occasion(c: &Clauses, heads: &[usize], own: impl Fn(usize) -> bool) -> Option<(usize, Quote)> {
    for &h in heads {
        for (k, n) in c.prepositional(h) {
            if MARGINS.contains(&c.lemma(n)) {
                let of = c.children_by(n, &[Relation::Nmod]).find(|&m| c.case(m).is_some_and(|p| c.lemma(p) == "of"));
                if let Some(m) = of {
                    return Some((m, quote(c, m)));
                }
            }
            if !own(n) && matches!(c.lemma(k), "at" | "during" | "in") && is_gathering(c, n, c.lemma(k)) {
                return Some((n, quote(c, n)));
            }
        }
    }
    None
}

fn is_gathering(c: &Clauses, n: usize, preposition: &str) -> bool {
    let lemma = c.lemma(n);
    let named = || {
        c.children_by(n, &[Relation::Compound, Relation::Amod, Relation::NmodPoss, Relation::Flat, Relation::Nmod]).any(
            |k| {
                c.upos(k) == Upos::Propn
                    && !matches!(c.case(k).map(|p| c.lemma(p)), Some("with" | "in" | "between" | "on" | "at"))
            },
        )
    };
    match preposition {
        // "in talks", "in a meeting" tell how, not on which occasion.
        "in" => matches!(lemma, "summit" | "conference" | "forum") && named(),
        "during" if lemma == "visit" => false,
        _ => {
            GATHERINGS.contains(&lemma)
                || lemma.starts_with("g20")
                || lemma.starts_with("g7")
                || MEETINGS.contains(&lemma) && named()
        }
    }
}

/// The occasion's words, from its first modifier to its head or the name it bears; where and when it is stay outside.
fn quote(c: &Clauses, n: usize) -> Quote {
    use Relation::*;
    let (mut first, mut last) = (n, n);
    let mut stack = vec![n];
    while let Some(i) = stack.pop() {
        (first, last) = (first.min(i), last.max(i));
        for &k in c.children(i) {
            let inside = match c.relation(k) {
                Amod | Compound | Flat | NmodPoss | Nummod | NmodDesc | Goeswith => true,
                Nmod => c.case(k).is_some_and(|p| matches!(c.lemma(p), "of" | "for" | "on")) && k < n + 12,
                Case => i != n,
                Det => i != n,
                Conj | Cc => i != n && c.upos(k) != Upos::Verb,
                _ => false,
            };
            if inside {
                stack.push(k);
            }
        }
    }
    // A name the entity model sees as one is one.
    while last + 1 < c.len() && matches!(c.token(last + 1).entity, EntityTag::Inside(_)) {
        last += 1;
    }
    let span = c.token(first).span.cover(c.token(last).span);
    Quote { text: span.of(c.text).into(), start: span.start, end: span.end }
}
