//! The state of a town or region that is taken, hit or visited and that the tables do not know.

use super::Finder;
use crate::mention::{Sort, Who};
use legation_record::{EntityKind, Relation, Upos};

/// A place that only the atlas knows ("hit the town of Kilis") has the state it lies in; one that not even the atlas
/// knows that of the place named behind it, of the word before it, or of the places beside it.
pub(crate) fn place_unknown(f: &Finder, who: &mut Who) {
    let c = f.clauses;
    let unknown = who.code.is_none() && who.sectors.is_empty() && matches!(who.sort, Sort::Unknown | Sort::Place);
    let location = c.token(who.head).entity.kind() == Some(EntityKind::Location);
    // "The town of al-X", "al-X, Homs Governorate": a place, whatever the entity model takes it for.
    let region = |k: usize| {
        k > who.head
            && c.token(k).entity.kind() == Some(EntityKind::Location)
            && matches!(
                c.lemma(k).to_lowercase().as_str(),
                "governorate" | "province" | "oblast" | "district" | "region"
            )
    };
    let is_place =
        location || town_of(f, who.head).is_some() || c.children_by(who.head, &[Relation::Appos]).any(region);
    if !unknown || !is_place {
        return;
    }
    if let Some(found) = f.name(who.head, None)
        && found.place.country.is_some()
    {
        who.code = found.place.country;
        who.name = found.place.name;
        who.sort = Sort::Place;
        return;
    }
    if let Some(state) = behind(f, who.tokens.1).or_else(|| before(f, who.head)).or_else(|| beside(f, who.head)) {
        who.code = Some(state);
        who.sort = Sort::Place;
    }
}

/// "Khirbet X, southern Lebanon", "al-X, Homs Governorate", "X (Y Raion) in Luhansk oblast": what stands behind a name says
/// where it lies.
fn behind(f: &Finder, last: usize) -> Option<String> {
    /// Tokens in which the next place must stand.
    const NEAR: usize = 10;
    let c = f.clauses;
    for n in last + 1..(last + NEAR).min(c.len()) {
        if c.token(n).entity.kind() == Some(EntityKind::Location)
            && let Some(state) = f.name(n, None).and_then(|l| l.place.country)
        {
            return Some(state);
        }
        let between = matches!(c.lemma(n), "," | "(" | ")" | "in" | "of" | "the" | "'s" | "’s" | "and" | "-")
            || c.upos(n) == Upos::Propn
            || matches!(c.upos(n), Upos::Adj) && c.token(n).entity.kind() == Some(EntityKind::Location)
            || matches!(
                c.lemma(n),
                "southern" | "northern" | "eastern" | "western" | "central" | "district" | "province" | "city" | "town"
            );
        if !between {
            return None;
        }
    }
    None
}

/// "The Somali town of X".
fn before(f: &Finder, head: usize) -> Option<String> {
    let c = f.clauses;
    let noun = town_of(f, head).or_else(|| {
        c.head(head).filter(|&g| g < head && c.relation(head) == Relation::Appos && TOWNS.contains(&c.lemma(g)))
    })?;
    f.mentions.states_named_at(noun).into_iter().next()
}

/// Nouns for places that take a name.
const TOWNS: [&str; 9] = ["town", "city", "village", "district", "province", "port", "region", "suburb", "island"];

/// The noun of "the town of X".
fn town_of(f: &Finder, head: usize) -> Option<usize> {
    let c = f.clauses;
    let of = c.child(head, &[Relation::Case]).is_some_and(|k| c.lemma(k) == "of");
    c.head(head).filter(|&g| of && g < head && TOWNS.contains(&c.lemma(g)))
}

/// "The towns of X, Y and Z": where those lie that are known.
fn beside(f: &Finder, head: usize) -> Option<String> {
    let c = f.clauses;
    let mut states: Vec<String> = c
        .conjuncts(head)
        .into_iter()
        .filter(|&k| k != head && c.token(k).entity.kind() == Some(EntityKind::Location))
        .filter(|&k| c.child(k, &[Relation::Case]).is_none() || k < head)
        .filter_map(|k| f.name(k, None)?.place.country)
        .collect();
    states.dedup();
    match &mut states[..] {
        [one] => Some(std::mem::take(one)),
        _ => None,
    }
}
