//! "… is a member of …", "… joined … in 2004", "… belongs to no military bloc".

use super::parties::Meant;
use super::standing::organisation_of;
use super::time::Time;
use super::{Meaning, Scene, Statement, alliance, among, claim_span, frame, member};
use crate::grammar::Negation;
use crate::grammar::Tree;
use crate::query::{Among, Aspect, Membership, Query, Standing, When, Window};
use crate::report::Kind;
use legation_record::{EntityKind, Relation, Span, Upos};

/// The memberships and alliances that a sentence claims.
pub(super) fn read(s: &Scene) -> Vec<Statement> {
    let mut found = Vec::new();
    for i in 0..s.tree.len() {
        s.unsure.set(None);
        let by_frame = by_frame(s, i);
        if by_frame.is_some() {
            found.extend(by_frame);
        } else if s.tree.upos(i) == Upos::Verb {
            found.extend(member::by_listing(s, i).or_else(|| alliance::by_promise(s, i)));
        } else if matches!(s.tree.upos(i), Upos::Noun | Upos::Propn | Upos::Adj) {
            let one = member::by_noun(s, i).or_else(|| alliance::by_noun(s, i)).or_else(|| member::by_number(s, i));
            found.extend(one);
        }
        found.extend(member::by_place(s, i));
    }
    found
}

/// What a verb or its noun says, by the frames: "joined", "was expelled from", "Finland's accession to".
fn by_frame(s: &Scene, i: usize) -> Option<Statement> {
    use Relation::*;
    let t = &s.tree;
    // "joined the EU in condemning …": side by side with it.
    let beside = t
        .children_by(i, &[Advcl, Obl, Xcomp])
        .any(|k| t.upos(k) == Upos::Verb && t.children_by(k, &[Mark, Case]).any(|m| t.lemma(m) == "in"));
    if beside {
        return None;
    }
    frame::uses(t, i, "membership").into_iter().find_map(|(frame, one)| {
        let (standing, change) = match frame.says {
            "joins" | "returns" => (Standing::Member, Change::Becomes),
            "leaves" => (Standing::Member, Change::Ends),
            "suspends" if one.is_state_of(t) => (Standing::Suspended, Change::Is),
            "suspends" => (Standing::Suspended, Change::Becomes),
            "applies" => (Standing::Applicant, Change::Becomes),
            _ => (Standing::Member, Change::Is),
        };
        let bodies = one.fill(t, &frame.second);
        let (organisations, end) = bodies.iter().find_map(|&n| body(s, n)).or_else(|| {
            // A body that the tables do not know, which the answer says.
            bodies.iter().find_map(|&n| stranger(s, n))
        })?;
        let again = frame.says == "returns";
        let named =
            |k: &usize| *k != end && (!one.noun || !matches!(s.states(*k), Meant::All(found) if found.is_empty()));
        // "Suspends Sweden's envoy": what is done to one of its people is not done to the state.
        let done = !one.noun && frame.first.contains(&"object");
        let itself = |k: &usize| !done || t.upos(*k) != Upos::Noun || t.is(*k, "country");
        let subject = one.fill(t, &frame.first).into_iter().map(|k| whose(s, k)).filter(itself).find(named)?;
        let clause = one.clause;
        if one.noun && clause == i && !one.is_state_of(t) {
            // Without a time of its own it may be to come.
            if !matches!(s.time_beside(i).0, Time::Within(_)) {
                return None;
            }
        }
        let ceases = ceases(t, clause).filter(|_| change == Change::Is);
        let (clause, change) = ceases.map_or((clause, change), |v| (v, Change::Ends));
        let aside = one.noun && clause == i && !one.is_state_of(t);
        let denied = frame.says == "outside";
        let said = Said {
            end: end.max(i),
            again,
            aside,
            denied,
            ..Said::new(standing, clause, subject, organisations, change)
        };
        statement(s, &said)
    })
}

/// "Ceased to belong": the verb of ceasing above a clause.
pub(super) fn ceases(t: &Tree, clause: usize) -> Option<usize> {
    t.head(clause).filter(|&v| t.relation(clause) == Relation::Xcomp && t.is(v, "cease"))
}

/// "Ecuador, whose government pulled out": a government acts for its state. "Poland was among the countries that joined": of them.
fn whose(s: &Scene, k: usize) -> usize {
    let t = &s.tree;
    let among =
        t.child(k, &[Relation::Cop]).is_some() && t.child(k, &[Relation::Case]).is_some_and(|c| t.lemma(c) == "among");
    let one = t.head(k).filter(|&h| t.lemma(h) == "one" && t.child(h, &[Relation::Cop]).is_some());
    let said = one.or(among.then_some(k)).filter(|&p| t.is(k, "country") && t.negation(p).is_none());
    if let Some(subject) = said.and_then(|p| t.subject(p)) {
        return subject;
    }
    let relative = t.lemma(k) == "government"
        && t.children_by(k, &[Relation::NmodPoss]).any(|p| t.lemma(p) == "whose" || t.feature(p, "PronType=Rel"));
    let clause = t.head(k).filter(|&v| relative && t.relation(v) == Relation::AclRelcl);
    clause.and_then(|v| t.head(v)).unwrap_or(k)
}

/// The organisations a word names, or the one of a standing that it names ("its membership of", "its participation in").
fn body(s: &Scene, n: usize) -> Option<(Vec<String>, usize)> {
    let t = &s.tree;
    if t.is(n, "member") || t.is(n, "status") || t.lemma(n) == "participation" {
        return organisation_of(s, n);
    }
    let mut found = s.bodies(n);
    // "Back into the Commonwealth fold"
    if found.is_empty() && t.is(n, "fold") {
        found = t
            .children_by(n, &[Relation::Compound, Relation::NmodPoss, Relation::Amod])
            .flat_map(|k| s.fold_of(k))
            .collect();
    }
    Some((found, n)).filter(|(found, _)| !found.is_empty())
}

fn stranger(s: &Scene, n: usize) -> Option<(Vec<String>, usize)> {
    let body = matches!(s.tree.token(n).entity.kind(), Some(EntityKind::Organisation));
    let unknown = body && s.all(n).iter().all(|p| p.code.is_none());
    let name = s.words(s.mention_span(n).cover(s.tree.span(n)));
    let name = name.trim_start_matches("to ").trim_start_matches("the ").to_owned();
    unknown.then_some((vec![name], n))
}

/// What a clause says of a standing.
pub(super) struct Said {
    pub(super) standing: Standing,
    /// The head of the clause, and who it is about.
    pub(super) clause: usize,
    pub(super) subject: usize,
    pub(super) organisations: Vec<String>,
    /// The words that end the claim.
    pub(super) end: usize,
    pub(super) change: Change,
    pub(super) ordinal: Option<u32>,
    /// "The newest member", "a founding member".
    pub(super) among: Option<Among>,
    /// Whether the words say membership itself, so that another standing is none.
    pub(super) full: bool,
    /// Whether only a time within its own words is its time ("NATO member Turkey said in 2015").
    pub(super) aside: bool,
    /// "A non-member": the words deny it by themselves.
    pub(super) denied: bool,
    /// Whether it came back: the end of a suspension is a return.
    pub(super) again: bool,
}

impl Said {
    pub(super) fn new(
        standing: Standing,
        clause: usize,
        subject: usize,
        organisations: Vec<String>,
        change: Change,
    ) -> Self {
        let (end, among) = (clause, None);
        let (full, aside, denied, again) = (false, false, false, false);
        Self { standing, clause, subject, organisations, end, change, ordinal: None, among, full, aside, denied, again }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    Is,
    Becomes,
    Ends,
    /// "A former member".
    Former,
}

/// The claim that somebody has, gets or loses a standing.
pub(super) fn statement(s: &Scene, said: &Said) -> Option<Statement> {
    let t = &s.tree;
    // "All but Slovenia"
    let first = (0..t.len()).find(|&k| t.token(k).span.overlaps(s.mention_span(said.subject))).unwrap_or(said.subject);
    let ends = t.conjuncts(said.subject).into_iter().flat_map(|k| t.children_by(k, &[Relation::Case, Relation::Cc]));
    // "…, but Georgia is still a member": that joins two clauses.
    let joins = |k: usize| t.relation(k) == Relation::Cc && t.head(k).is_some_and(|h| t.is_predicate(h));
    let but = |k: usize| matches!(t.lemma(k), "but" | "except") && !joins(k);
    if first.checked_sub(1).is_some_and(but) || ends.into_iter().any(but) {
        return None;
    }
    let (time, words) = if said.aside { s.time_beside(said.clause) } else { s.time(said.clause) };
    let span = claim_span(s, said.subject, said.clause, said.end, words);
    if time.window(s.today).is_some_and(|w| w.from > s.today) {
        return Some(s.silent(Kind::Membership, span, Meaning::NotCheckable("something that is to come".to_owned())));
    }
    if among::is_of_region(s, said.subject)
        && let Some(found) = among::read(s, said, span)
    {
        return Some(found);
    }
    let (subjects, alternatives) = match s.states(said.subject) {
        Meant::All(found) if found.is_empty() => {
            // An organisation may be a member itself.
            let bodies = s.organisations(said.subject);
            let bodies: Vec<String> = bodies.into_iter().filter(|b| !said.organisations.contains(b)).collect();
            match among::all_of_region(s, said.subject) {
                Some(states) if bodies.is_empty() => (states, false),
                _ if bodies.is_empty() => return among::read(s, said, span).or_else(|| unknown(s, said, span)),
                _ => (bodies, false),
            }
        }
        Meant::All(found) => (found.into_iter().filter_map(|p| p.code).collect::<Vec<_>>(), false),
        Meant::OneOf(found) => (found.into_iter().filter_map(|p| p.code).collect(), true),
    };
    // What stands beside a name is denied by its own words alone.
    let above = || t.negation(said.subject).filter(|_| !said.aside);
    let negation = t.negation(said.clause).or_else(above);
    let negation = match (said.denied, negation) {
        (true, None) => Some(Negation::Not),
        (true, Some(_)) => None,
        (false, negation) => negation,
    };
    let neither = t.conjuncts(said.subject).iter().any(|&k| t.children(k).iter().any(|&c| t.lemma(c) == "neither"));
    let negation = if neither || among::is_none(s, said.subject) { Some(Negation::Not) } else { negation };
    // "did not join until 2004": then it did.
    let (time, negation) = match (said.change, time, negation) {
        (Change::Becomes, Time::Until(window), _) => (Time::Within(window), None),
        (_, time, negation) => (time, negation),
    };
    let Some(aspect) = aspect(s, said, &time, negation) else {
        return Some(s.silent(
            Kind::Membership,
            span,
            match time {
                Time::Unclear(words) => Meaning::Unclear(format!("when is not clear: “{words}”")),
                _ => return None,
            },
        ));
    };
    // "A former member" was one and is none.
    let aspects = match said.change {
        Change::Former => vec![(aspect, true), (Aspect::Holds(When::On(s.today)), false)],
        // "Was not a member until 2004" says when it came in.
        Change::Is if matches!(aspect, Aspect::Began(_) | Aspect::Ended(_)) => vec![(aspect, true)],
        _ => vec![(aspect, negation.is_none())],
    };
    let mut queries: Vec<Query> = Vec::new();
    for state in &subjects {
        for organisation in &said.organisations {
            queries.extend(aspects.iter().map(|&(aspect, holds)| {
                Query::Membership(Membership {
                    state: state.clone(),
                    organisation: organisation.clone(),
                    standing: said.standing,
                    aspect,
                    holds,
                    ordinal: said.ordinal,
                    among: said.among.clone(),
                    full: said.full,
                    again: said.again,
                })
            }));
        }
    }
    if said.change == Change::Former && alternatives {
        return None;
    }
    let queries = match (alternatives, queries.len()) {
        (false, 2..) => vec![Query::All(queries)],
        _ => queries,
    };
    if said.aside && s.tree.upos(said.clause) != Upos::Verb && said.change == Change::Is {
        return Some(s.told(Kind::Membership, span, queries));
    }
    Some(s.state(Kind::Membership, said.clause, span, queries))
}

/// "Korea became a member …": a place, and not clear which.
fn unknown(s: &Scene, said: &Said, span: Span) -> Option<Statement> {
    let token = s.tree.token(said.subject);
    let place = matches!(token.entity.kind(), Some(EntityKind::Location)) && token.upos == Upos::Propn;
    let words = s.words(s.mention_span(said.subject));
    let meaning = Meaning::Unclear(format!("which state is meant by “{words}” is not clear"));
    place.then_some(s.silent(Kind::Membership, span, meaning))
}

/// What a clause says of time and change, as the side of the fact that is claimed.
pub(super) fn aspect(s: &Scene, said: &Said, time: &Time, negation: Option<Negation>) -> Option<Aspect> {
    let t = &s.tree;
    let past = t.is_past(said.clause);
    let never = negation == Some(Negation::Never);
    Some(match (said.change, time) {
        (Change::Former, Time::None) => Aspect::Holds(When::Ever(s.today)),
        (Change::Former, _) | (_, Time::Unclear(_)) => return None,
        // "never joined", "has not joined": it is not in.
        (Change::Becomes, Time::None) if never => Aspect::Holds(When::Ever(s.today)),
        (Change::Becomes, Time::None) if negation.is_some() => Aspect::Holds(When::On(s.today)),
        (Change::Becomes, Time::None) if said.standing == Standing::Suspended => Aspect::Holds(When::On(s.today)),
        // "Joined" without a time may be as an observer, or a mission: it can be found, not refuted.
        (Change::Becomes, Time::None) => Aspect::Began(Window::up_to(s.today)),
        (Change::Ends, Time::None) => Aspect::Ended(Window { from: s.always().from, to: s.today }),
        (Change::Becomes, time) => Aspect::Began(time.window(s.today)?),
        (Change::Ends, time) => Aspect::Ended(time.window(s.today)?),
        (Change::Is, Time::None) if never => Aspect::Holds(When::Ever(s.today)),
        (Change::Is, Time::None) if past && negation.is_none() => Aspect::Holds(When::Ever(s.today)),
        (Change::Is, Time::None) => Aspect::Holds(When::On(s.today)),
        // "No longer a member since 2005": until then.
        (Change::Is, Time::Since(window)) if negation == Some(Negation::NoLonger) => Aspect::Ended(*window),
        (Change::Is, Time::Since(window)) if negation.is_some() => {
            let from = if window.from == window.to { window.from } else { window.to };
            Aspect::Holds(When::Within(Window { from: from.min(s.today), to: s.today }))
        }
        // "Was a member from 1995": then it began, and may be over.
        (Change::Is, Time::Since(window)) if s.tree.is_past(said.clause) && !said.aside => Aspect::Began(*window),
        (Change::Is, Time::Since(window)) => Aspect::Holds(When::Since(*window, s.today)),
        (Change::Is, Time::Until(window)) if negation.is_some() => Aspect::Began(*window),
        (Change::Is, Time::Until(window)) => Aspect::Ended(*window),
        (Change::Is, time) => Aspect::Holds(When::Within(time.window(s.today)?)),
    })
}
