//! "… is a member of no military bloc", "… has no military alliance with …".

use super::parties::Meant;
use super::time::Time;
use super::{LOOSE, Scene, Statement, claim_span};
use crate::query::{Bloc, Definition, Query};
use crate::report::Kind;
use legation_record::{Relation, Upos};

/// "a member of no military alliance", "has no military alliance with Moscow", "is in no military bloc".
pub(super) fn by_noun(s: &Scene, i: usize) -> Option<Statement> {
    use Relation::*;
    let t = &s.tree;
    if is_ally(s, i) {
        return ally(s, i);
    }
    if !is_bloc(s, i) || !s.organisations(i).is_empty() {
        return None;
    }
    if let Some(found) = tied(s, i) {
        return Some(found);
    }
    // Up to the clause: member of, belongs to, has, is in.
    let clause = t.clause_of(i);
    let none = |k: usize| t.children_by(k, &[Det]).any(|d| matches!(t.lemma(d), "no" | "neither"));
    let any = t.children_by(i, &[Det]).any(|d| matches!(t.lemma(d), "any" | "either" | "a" | "an"));
    let negated = none(i) || t.negation(clause).is_some();
    let with = t.phrase(i, &["with"]).or_else(|| t.phrase(clause, &["with"]));
    let bound = t.is_passive(clause) && matches!(t.lemma(clause), "bind" | "link" | "protect" | "cover" | "tie");
    let has = matches!(t.lemma(clause), "have" | "form" | "sign" | "conclude" | "share" | "maintain")
        && t.relation(i) == Obj
        || bound;
    let belongs = t.is(clause, "belong")
        || t.is(clause, "member")
        || t.is(clause, "join")
        || t.is(i, "bloc") && t.child(i, &[Cop]).is_some();
    let part = t.up(i).take(4).any(|k| t.is(k, "member") || matches!(t.lemma(k), "part"));
    let out = t.children_by(i, &[Case]).any(|c| t.is(c, "outside"));
    if !(has || belongs || part || out) || !(negated || any || out) {
        return None;
    }
    bloc(s, clause, i, with, !(negated || out))
}

/// "A mutual-defence pact ties Japan to the United States."
fn tied(s: &Scene, i: usize) -> Option<Statement> {
    let t = &s.tree;
    let v = t.head(i).filter(|&v| t.relation(i) == Relation::Nsubj && t.is(v, "tie"))?;
    let object = t.child(v, &[Relation::Obj])?;
    let other = t.phrase(v, &["to", "with"]);
    pair(s, v, object, other, t.negation(v).is_none())
}

/// "… have sworn to defend each other", "is bound by treaty to defend …".
pub(super) fn by_promise(s: &Scene, v: usize) -> Option<Statement> {
    use Relation::*;
    let t = &s.tree;
    let above = t.head(v).and_then(|h| match t.relation(v) {
        // "Bound by treaty to defend": the parser may hang it on the treaty.
        Acl if t.is(h, "by-treaty") => t.head(h),
        Xcomp | Advcl => Some(h),
        _ => None,
    });
    let above = above.filter(|&h| t.is(h, "sworn") || t.lemma(h) == "bound")?;
    // "To come to each other's aid": whose it is, is the other.
    let aid = t.phrase(v, &["to"]).filter(|&n| t.lemma(v) == "come" && t.is(n, "aid"));
    if !(t.is(v, "defend") || aid.is_some()) || t.upos(v) != Upos::Verb || s.doubt(above).is_some() {
        return None;
    }
    s.unsure.set(Some(LOOSE));
    pair(
        s,
        above,
        t.subject(above)?,
        aid.map_or(t.child(v, &[Obj]), |n| t.child(n, &[NmodPoss]).or_else(|| t.phrase(n, &["of"]))),
        t.negation(above).is_none(),
    )
}

/// Two states, in one nominal or two, that are said to be bound to defend each other.
fn pair(s: &Scene, clause: usize, first: usize, second: Option<usize>, holds: bool) -> Option<Statement> {
    let t = &s.tree;
    let codes = |n: usize| match s.states(n) {
        Meant::All(found) => found.into_iter().filter_map(|p| p.code).collect(),
        Meant::OneOf(_) => Vec::new(),
    };
    let mut states: Vec<String> = codes(first);
    states.extend(second.into_iter().flat_map(codes));
    states.dedup();
    let [state, with] = states.as_slice() else { return None };
    let (definition, on) = (Definition::DefencePact, s.today);
    let bloc = Bloc { state: state.clone(), with: Some(with.clone()), definition, on, since: None, holds };
    let span = claim_span(s, first, clause, second.unwrap_or(clause), None).cover(t.token(clause).span);
    Some(s.state(Kind::Alliance, clause, span, vec![Query::Bloc(bloc)]))
}

/// "Treaty allies", "formal ally": by treaty, and not by sympathy.
fn is_ally(s: &Scene, i: usize) -> bool {
    let t = &s.tree;
    let by_treaty = || t.phrase(i, &["by"]).is_some_and(|n| t.is(n, "by-treaty"));
    t.lemma(i) == "ally"
        && (t.children_by(i, &[Relation::Amod, Relation::Compound]).any(|k| t.is(k, "by-treaty")) || by_treaty())
}

/// "Japan is a treaty ally of the United States", "Japan and the United States are treaty allies".
fn ally(s: &Scene, i: usize) -> Option<Statement> {
    use Relation::*;
    let t = &s.tree;
    let subject = match t.relation(i) {
        _ if t.child(i, &[Cop]).is_some() => t.subject(i)?,
        Appos => t.head(i)?,
        _ => return None,
    };
    let one = |n: usize| match s.states(n) {
        Meant::All(found) if found.len() == 1 => found[0].code.clone(),
        _ => None,
    };
    let mut named: Vec<(String, usize)> =
        t.conjuncts(subject).into_iter().filter_map(|n| Some((s.at(n).first()?.code.clone()?, n))).collect();
    let other = t
        .phrase(i, &["of", "with"])
        .or_else(|| t.children_by(i, &[NmodPoss, Amod, Compound]).find(|&k| one(k).is_some()));
    named.extend(other.and_then(|n| Some((one(n)?, n))));
    let [(state, _), (with, end)] = named.as_slice() else { return None };
    if state == with
        || !s.is_state(state)
        || !s.is_state(with)
        || matches!(s.time(i).0, Time::Since(_) | Time::Until(_) | Time::FromTo(..))
        || t.is_past(i)
    {
        return None;
    }
    let bloc = Bloc {
        state: state.clone(),
        with: Some(with.clone()),
        definition: Definition::DefencePact,
        on: s.today,
        since: None,
        holds: t.negation(i).is_none(),
    };
    let span = claim_span(s, subject, i, *end, None);
    Some(s.state(Kind::Alliance, i, span, vec![Query::Bloc(bloc)]))
}

fn is_bloc(s: &Scene, i: usize) -> bool {
    let t = &s.tree;
    let military = |k: usize| {
        t.is(k, "military") || t.conjuncts(k).iter().any(|&c| t.is(c, "military")) || t.lemma(k).contains("military")
    };
    // "A treaty of mutual defence"
    let of = || t.phrase(i, &["of"]).is_some_and(|n| t.is(n, "defence") || t.is(n, "military"));
    t.is(i, "bloc") && (t.children_by(i, &[Relation::Amod, Relation::Compound]).any(military) || of())
}

fn bloc(s: &Scene, clause: usize, end: usize, with: Option<usize>, holds: bool) -> Option<Statement> {
    let t = &s.tree;
    let subject = t.subject(clause)?;
    let Meant::All(states) = s.states(subject) else { return None };
    // "The two have a treaty": each with the other.
    let (state, pair) = match states.as_slice() {
        [state] => (state, None),
        [state, other] if with.is_none() => (state, other.code.clone()),
        _ => return None,
    };
    let partner = with;
    let with = match with {
        None if pair.is_some() => pair,
        Some(n) => match s.states(n) {
            Meant::All(found) if found.len() == 1 => found[0].code.clone(),
            _ => None,
        },
        None => None,
    };
    let (time, words) = s.time(clause);
    let since = match time {
        Time::Since(window) => Some(window),
        Time::None => None,
        _ => return None,
    };
    // With another state a treaty of two is an alliance; a bloc has more.
    let pair = with.is_some();
    // A treaty of two is told with whom it is.
    if t.lemma(end) == "treaty" && !pair {
        return None;
    }
    let wide = t.lemma(end) != "bloc" && t.lemma(end) != "grouping";
    let definitions: Vec<Definition> = match (pair, wide) {
        // "A mutual defence treaty" says of which sort it is.
        (true, _)
            if t.children_by(end, &[Relation::Amod, Relation::Compound, Relation::Nmod])
                .any(|k| t.is(k, "defence")) =>
        {
            vec![Definition::DefencePact]
        }
        (true, _) => vec![Definition::DefencePact, Definition::AnyTreaty],
        (false, true) => Definition::ALL.to_vec(),
        (false, false) => vec![Definition::Organisation, Definition::DefencePact],
    };
    let state = state.code.clone()?;
    let query = |definition| {
        Query::Bloc(Bloc { state: state.clone(), with: with.clone(), definition, on: s.today, since, holds })
    };
    let span = claim_span(s, subject, clause, end, words);
    let span = partner.map_or(span, |n| span.cover(s.mention_span(n)));
    Some(s.state(Kind::Alliance, clause, span, definitions.into_iter().map(query).collect()))
}
