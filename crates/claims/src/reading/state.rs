//! "… became independent in 1991", "… is the capital of …".

use super::parties::Meant;
use super::time::Time;
use super::{LOOSE, Scene, Statement, claim_span};
use crate::query::Query;
use crate::report::Kind;
use legation_gazetteer::Kind as Town;
use legation_record::{Relation, Upos};

/// What a sentence claims of independence and capitals.
pub(super) fn read(s: &Scene) -> Vec<Statement> {
    (0..s.tree.len()).filter_map(|i| independence(s, i).or_else(|| capital(s, i))).collect()
}

fn independence(s: &Scene, i: usize) -> Option<Statement> {
    use Relation::*;
    let t = &s.tree;
    let clause = if t.is(i, "independent") {
        let copula = t.child(i, &[Cop]).is_some();
        let becomes = t.head(i).filter(|&h| t.is(h, "become") && t.relation(i) == Xcomp);
        if copula { i } else { becomes? }
    } else if t.is(i, "independence") && t.relation(i) == Obj {
        t.head(i).filter(|&h| t.is(h, "gain") && t.upos(h) == Upos::Verb)?
    } else {
        return None;
    };
    let subject = t.subject(clause)?;
    let Meant::All(states) = s.states(subject) else { return None };
    let [state] = states.as_slice() else { return None };
    let (time, words) = s.time(clause);
    let (Time::Within(within) | Time::Since(within)) = time else { return None };
    if t.negation(clause).is_some() {
        return None;
    }
    let query = Query::Independence { state: state.code.clone()?, within };
    Some(s.state(Kind::State, clause, claim_span(s, subject, clause, i, words), vec![query]))
}

fn capital(s: &Scene, i: usize) -> Option<Statement> {
    use Relation::*;
    let t = &s.tree;
    if !t.is(i, "capital") || t.upos(i) != Upos::Noun {
        return None;
    }
    let predicate = t.child(i, &[Cop]).is_some();
    // "Kazakhstan's capital, Astana", "Astana, the capital of Kazakhstan"; a capital of old is none.
    let former = t.children_by(i, &[Amod, Compound]).any(|k| s.at(k).is_empty() && t.lemma(k) != "national");
    let subject = if predicate {
        t.subject(i).filter(|_| !t.is_past(i))
    } else {
        t.child(i, &[Appos]).or_else(|| t.head(i).filter(|_| t.relation(i) == Appos)).filter(|_| !former)
    };
    let subject = subject.filter(|&k| t.upos(k) == Upos::Propn && t.child(k, &[Conj]).is_none())?;
    let of = t.phrase(i, &["of"]).or_else(|| t.child(i, &[NmodPoss, Amod]))?;
    // "The capital of Tamaulipas": of a part of a state.
    s.state_named(of)?;
    let Meant::All(states) = s.states(of) else { return None };
    let [state] = states.as_slice() else { return None };
    let city = s.words(s.mention_span(subject));
    // What stands beside it must be a town that the tables know: a region or a nickname is none.
    let town = |e: &&legation_gazetteer::Entry| matches!(e.kind, Town::Capital | Town::Place);
    if !predicate && !s.gazetteer.named(&city).iter().any(town) {
        return None;
    }
    // "The Scottish capital": a part of a state has a capital of its own.
    let whole = t.upos(of) == Upos::Propn && t.child(of, &[Amod, Compound]).is_none();
    s.unsure.set(Some(LOOSE).filter(|_| !predicate && !whole));
    let query = Query::Capital { state: state.code.clone()?, city, holds: !predicate || t.negation(i).is_none() };
    Some(s.state(Kind::State, i, claim_span(s, subject, i, of, None), vec![query]))
}
