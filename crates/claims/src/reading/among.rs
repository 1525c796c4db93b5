//! "The only Central Asian state that …", "the first Baltic state to join …", "the newest member", "all five Central Asian states".

use super::membership::{Change, Said, aspect};
use super::parties::Meant;
use super::{Scene, Statement};
use crate::lexicon;
use crate::query::{Among, Aspect, Group, Membership, Query, Rank, When};
use crate::region::{Region, region};
use crate::report::Kind;
use legation_record::{Relation, Span, Upos, ordinal};

/// States that a region's name may stand for without "all".
const FEW: usize = 12;

/// A claim whose subject is described by a group and a rank in it: "… is the only Central Asian state that does not belong to …",
/// "… became the first Baltic state to join …". Who is meant stands above.
pub(super) fn read(s: &Scene, said: &Said, span: Span) -> Option<Statement> {
    use Relation::*;
    let t = &s.tree;
    let noun = said.subject;
    if let Some(number) = nth(s, noun) {
        return numbered(s, said, span, number);
    }
    let rank = rank(s, noun)?;
    let head = t.head(noun);
    let clause = match (t.relation(noun), head) {
        _ if t.child(noun, &[Cop]).is_some() => noun,
        (Xcomp | Obj, Some(v)) if t.is(v, "become") || t.is(v, "remain") => v,
        (Appos, Some(_)) => noun,
        _ => return None,
    };
    let above = if t.relation(noun) == Appos { head? } else { t.subject(clause)? };
    let Meant::All(states) = s.states(above) else { return None };
    let codes: Vec<String> = states.into_iter().filter_map(|p| p.code).collect();
    let group = without(group(s, noun), &codes)?;
    let (mut time, _) = s.time(said.clause);
    if time == super::time::Time::None && clause != noun {
        (time, _) = s.time(clause);
    }
    let aspect = match (rank, said.change) {
        (Rank::Only, Change::Is) => Aspect::Holds(When::On(s.today)),
        (_, Change::Is) => return None,
        _ => aspect(s, said, &time, None)?,
    };
    let organisation = said.organisations.first()?.clone();
    let holds = t.negation(said.clause).is_none() != said.denied;
    let query = |state: String| {
        Query::Membership(Membership {
            state,
            organisation: organisation.clone(),
            standing: said.standing,
            aspect,
            holds,
            ordinal: None,
            among: Some(Among { rank, group: group.clone() }),
            full: said.full,
            again: said.again,
        })
    };
    let mut queries: Vec<Query> = codes.into_iter().map(query).collect();
    if queries.len() > 1 {
        queries = vec![Query::All(queries)];
    }
    let span = span.cover(s.mention_span(above));
    Some(s.state(Kind::Membership, clause, span, queries))
}

/// "The thirtieth country": a number of a state among those that came in.
fn nth(s: &Scene, noun: usize) -> Option<u32> {
    let t = &s.tree;
    let number = t.children_by(noun, &[Relation::Amod]).find_map(|k| ordinal(t.form(k)))?;
    (number > 1 && t.is(noun, "country")).then_some(number)
}

/// "… became the thirtieth country to enter NATO", "is the eighth country in …".
fn numbered(s: &Scene, said: &Said, span: Span, number: u32) -> Option<Statement> {
    use Relation::*;
    let t = &s.tree;
    let noun = said.subject;
    let clause = match (t.relation(noun), t.head(noun)) {
        _ if t.child(noun, &[Cop]).is_some() => noun,
        (Xcomp | Obj, Some(v)) if t.is(v, "become") => v,
        _ => return None,
    };
    let subject = t.subject(clause).filter(|&k| k != noun)?;
    if s.at(subject).is_empty() || said.change == Change::Ends {
        return None;
    }
    let said = Said {
        ordinal: Some(number),
        full: true,
        ..Said::new(said.standing, clause, subject, said.organisations.clone(), Change::Becomes)
    };
    let found = super::membership::statement(s, &said)?;
    Some(Statement { span: found.span.cover(span), ..found })
}

/// The group without the states that the claim puts beside each other ("A and B are the only …").
fn without(group: Group, codes: &[String]) -> Option<Group> {
    match (group, codes) {
        (_, []) => None,
        (group, [_]) => Some(group),
        (Group::Region { name, states, perhaps }, _) => {
            let others = |list: Vec<String>| list.into_iter().filter(|code| !codes.contains(code)).collect();
            Some(Group::Region { name, states: others(states), perhaps: others(perhaps) })
        }
        _ => None,
    }
}

/// What stands beside "member": "the newest member", "a founding member", "the only member in Central Asia".
pub(super) fn of_member(s: &Scene, i: usize) -> Option<Among> {
    let t = &s.tree;
    let founding = t.children_by(i, &[Relation::Amod, Relation::Compound]).any(|k| lexicon::is("founding", t.form(k)));
    if founding {
        return Some(Among { rank: Rank::Founding, group: Group::Everybody });
    }
    let rank = rank(s, i).filter(|rank| matches!(rank, Rank::Only | Rank::Last))?;
    let group = match region_at(s, i) {
        Some(found) => of_region(found),
        None if rank == Rank::Last => Group::Everybody,
        // "The only member with …": what follows says among whom.
        None => Group::Unknown(s.words(t.token(i).span)),
    };
    Some(Among { rank, group })
}

/// The states of a region that a nominal means as a whole: "the Baltic states", "all five Central Asian states", "none of the …".
pub(super) fn all_of_region(s: &Scene, i: usize) -> Option<Vec<String>> {
    use Relation::*;
    let t = &s.tree;
    // "None of the Central Asian states": the noun below counts.
    let noun = match t.lemma(i) {
        "none" | "all" | "each" | "both" => t.phrase(i, &["of"])?,
        _ => i,
    };
    // "The Baltics", "the two Koreas"
    let by_name = || region(t.form(noun)).filter(|found| t.upos(noun) == Upos::Propn && found.states.len() <= FEW);
    let (found, named) = match by_name() {
        Some(found) => (found, true),
        None => (region_at(s, noun)?, false),
    };
    // "The nations that are members": those of them only.
    if t.child(noun, &[AclRelcl]).is_some() {
        return None;
    }
    let is_state = named || t.is(noun, "country") || t.lemma(noun) == "neighbour";
    // "A Central Asian state", "two Baltic states": not all of them.
    let number = t.children_by(noun, &[Nummod]).find_map(|k| super::count::number(s, k));
    let words: Vec<&str> = t.children_by(noun, &[Det, DetPredet, Amod, Advmod]).map(|k| t.lemma(k)).collect();
    let every = noun != i || words.iter().any(|w| matches!(*w, "all" | "no" | "every" | "each" | "both"));
    let whole = every || words.contains(&"the") && found.states.len() <= FEW || number.is_some();
    let counted = number.is_none_or(|n| n as usize == found.states.len());
    let ranked = rank(s, noun).is_some() || words.iter().any(|w| matches!(*w, "other" | "most" | "some" | "several"));
    let plural = named || t.feature(noun, "Number=Plur") || words.iter().any(|w| matches!(*w, "no" | "every" | "each"));
    (is_state && whole && counted && plural && !ranked).then(|| found.states.clone())
}

/// "None of …" as a subject.
pub(super) fn is_none(s: &Scene, i: usize) -> bool {
    s.tree.lemma(i) == "none"
}

fn rank(s: &Scene, noun: usize) -> Option<Rank> {
    let t = &s.tree;
    let the = t.children_by(noun, &[Relation::Det, Relation::NmodPoss]).next().is_some();
    // "Not only a member": no rank.
    let modifiers = t.children_by(noun, &[Relation::Amod, Relation::Advmod, Relation::Compound]).filter(|_| the);
    modifiers.filter(|&k| k.checked_sub(1).is_none_or(|j| t.lemma(j) != "not")).find_map(|k| match t.lemma(k) {
        "only" | "sole" | "lone" => Some(Rank::Only),
        "first" => Some(Rank::First),
        // "The newest", and no new one.
        _ if t.is(k, "newest") && t.feature(k, "Degree=Sup") => Some(Rank::Last),
        _ if matches!(t.form(k), "last" | "latest" | "newest" | "youngest") => Some(Rank::Last),
        "recent" if t.children(k).iter().any(|&c| t.form(c) == "most") => Some(Rank::Last),
        _ => None,
    })
}

/// Whether a noun ranks in a region, whatever the coder takes the words for.
pub(super) fn is_of_region(s: &Scene, noun: usize) -> bool {
    rank(s, noun).is_some() && region_at(s, noun).is_some()
}

/// Whether a noun is the only, first or last one *that* does something, which then is the claim.
pub(super) fn is_described(s: &Scene, noun: usize) -> bool {
    let t = &s.tree;
    // "The 11th member and the first eastern one to …"
    let number = || t.children_by(noun, &[Relation::Amod]).any(|k| ordinal(t.form(k)).is_some());
    let does = |k: usize| t.child(k, &[Relation::Acl, Relation::AclRelcl]).is_some();
    (rank(s, noun).is_some() || number()) && t.conjuncts(noun).into_iter().any(does)
}

/// Among whom the noun ranks.
fn group(s: &Scene, noun: usize) -> Group {
    use Relation::*;
    let t = &s.tree;
    if let Some(found) = region_at(s, noun) {
        return of_region(found);
    }
    let below = t.children_by(noun, &[Compound, Amod, NmodPoss]);
    let body = below.into_iter().find_map(|k| s.organisations(k).into_iter().next());
    let of = || t.phrase(noun, &["of", "among"]).and_then(|n| s.organisations(n).into_iter().next());
    if let Some(code) = body.or_else(of) {
        return Group::MembersOf(code);
    }
    let words: Vec<usize> = t
        .children_by(noun, &[Amod, Compound, Nmod])
        .filter(|&k| !t.is(k, "newest") && !matches!(t.lemma(k), "only" | "sole" | "lone" | "first" | "last" | "late"))
        .collect();
    if words.is_empty() {
        return Group::Everybody;
    }
    let first = words.iter().copied().min().unwrap_or(noun).min(noun);
    Group::Unknown(s.words(t.between(first, words.into_iter().max().unwrap_or(noun).max(noun))))
}

fn of_region(found: &Region) -> Group {
    Group::Region { name: found.name.clone(), states: found.states.clone(), perhaps: found.perhaps.clone() }
}

/// The region a noun is of: "Central Asian state", "state in Central Asia", "the Baltics".
fn region_at(s: &Scene, noun: usize) -> Option<&'static Region> {
    use Relation::*;
    let t = &s.tree;
    let before = t.children_by(noun, &[Amod, Compound, NmodPoss]).filter(|&k| k < noun);
    let before = before.filter_map(|k| (0..=k).find(|&j| t.is_below(j, k))).min();
    // An adjective may itself be of several words ("South-East Asian", "former Soviet").
    let words = |from: usize, to: usize| s.words(t.between(from, to));
    let adjective = before.and_then(|first| {
        let starts = first..noun;
        starts.into_iter().find_map(|from| (from..noun).rev().find_map(|to| region(&words(from, to))))
    });
    let named = || {
        let phrases = t.phrases(noun).filter(|(p, _)| matches!(*p, "of" | "in" | "from" | "among")).map(|(_, n)| n);
        // The parser may hang "in the South Caucasus" on the name before it.
        let deeper = (noun + 1..t.len()).filter(|&n| {
            let inside = t.is_below(n, noun) && t.clause_of(n) == t.clause_of(noun);
            inside && t.child(n, &[Case]).is_some_and(|c| t.lemma(c) == "in")
        });
        phrases.chain(deeper).find_map(|n| {
            let first = t.children_by(n, &[Amod, Compound]).filter(|&k| k < n).min().unwrap_or(n);
            region(&words(first, n))
        })
    };
    adjective.or_else(named)
}
