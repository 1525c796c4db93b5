//! The state of a town or region that is taken, hit or visited and that the tables do not know.

use super::Finder;
use crate::mention::{Sort, Who};
use legation_record::{EntityKind, Relation, Upos};

/// A place that only the atlas knows ("hit the town of Kilis") has the state it lies in; one that not even the atlas
/// knows that of the place named behind it, of the word before it, or of the places beside it.
pub(crate) fn place_unknown(f: &Finder, who: &mut Who) {
    let c = f.clauses;
    let unknown = who.code.is_none() && who.sectors.is_empty() && matches!(who.sort, Sort::Unknown | Sort::Place);
    if !unknown || c.token(who.head).entity.kind() != Some(EntityKind::Location) {
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
    let noun = c.head(head).filter(|&g| {
        g < head && matches!(c.lemma(g), "town" | "city" | "village" | "district" | "province" | "port" | "region")
    })?;
    f.mentions.states_named_at(noun).into_iter().next()
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
