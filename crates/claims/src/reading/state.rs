//! "… became independent in 1991", "… is the capital of …".

use super::parties::Meant;
use super::time::Time;
use super::{Scene, Statement, claim_span};
use crate::query::Query;
use crate::report::Kind;
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
    if !t.is(i, "capital") || t.upos(i) != Upos::Noun || t.child(i, &[Cop]).is_none() || t.is_past(i) {
        return None;
    }
    let subject = t.subject(i).filter(|&k| t.upos(k) == Upos::Propn)?;
    let of = t.phrase(i, &["of"]).or_else(|| t.child(i, &[NmodPoss, Amod]))?;
    let Meant::All(states) = s.states(of) else { return None };
    let [state] = states.as_slice() else { return None };
    let city = s.words(s.mention_span(subject));
    let query = Query::Capital { state: state.code.clone()?, city, holds: t.negation(i).is_none() };
    Some(s.state(Kind::State, i, claim_span(s, subject, i, of, None), vec![query]))
}
