//! "… is a member of …", "… joined … in 2004", "… belongs to no military bloc".

use super::parties::Meant;
use super::time::Time;
use super::{Meaning, Scene, Statement};
use crate::grammar::Negation;
use crate::query::{Aspect, Bloc, Definition, Membership, Query, Sole, Standing, When, Window};
use crate::report::Kind;
use legation_record::{EntityKind, Relation, Span, Upos};

/// The memberships and alliances that a sentence claims.
pub(super) fn read(s: &Scene) -> Vec<Statement> {
    let mut found = Vec::new();
    for i in 0..s.tree.len() {
        if s.tree.upos(i) == Upos::Verb {
            found.extend(by_verb(s, i));
        } else if matches!(s.tree.upos(i), Upos::Noun | Upos::Propn | Upos::Adj) {
            found.extend(by_noun(s, i).or_else(|| by_change(s, i)).or_else(|| bloc_by_noun(s, i)));
        }
        found.extend(by_place(s, i));
    }
    found
}

/// What a clause says of a standing.
struct Said {
    standing: Standing,
    /// The head of the clause, and who it is about.
    clause: usize,
    subject: usize,
    organisations: Vec<String>,
    /// The words that end the claim.
    end: usize,
    change: Change,
    ordinal: Option<u32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Change {
    Is,
    Becomes,
    Ends,
}

fn by_noun(s: &Scene, i: usize) -> Option<Statement> {
    use Relation::*;
    let t = &s.tree;
    let standing = standing(s, i)?;
    let (organisations, end) = organisation_of(s, i)?;
    let ordinal = t.children_by(i, &[Amod]).find_map(|k| ordinal(t.lemma(k), t.form(k)));
    let said = |clause, subject, change| Said {
        standing,
        clause,
        subject,
        organisations: organisations.clone(),
        end,
        change,
        ordinal,
    };
    let verb = t.head(i);
    // "the only … that …" is read at its noun.
    if t.child(i, &[Cop]).is_some() || t.child(i, &[Nsubj]).is_some() {
        return statement(s, &said(i, t.subject(i)?, Change::Is));
    }
    match t.relation(i) {
        Appos => return statement(s, &said(i, verb?, Change::Is)),
        // "NATO member Turkey"
        NmodDesc | Compound | Amod if verb.is_some_and(|h| t.upos(h) == Upos::Propn && h > i) => {
            return statement(s, &said(i, verb?, Change::Is));
        }
        Conj => {
            let first = t.up(i).find(|&k| t.relation(k) != Conj)?;
            if t.child(first, &[Cop]).is_some() {
                return statement(s, &said(first, t.subject(first)?, Change::Is));
            }
        }
        _ => {}
    }
    let v = verb.filter(|&v| t.upos(v) == Upos::Verb)?;
    let case = t.child(i, &[Case]).map(|c| t.lemma(c).to_owned());
    let change = match t.relation(i) {
        Xcomp | Obj if t.is(v, "become") => Change::Becomes,
        Xcomp | Obj if t.is(v, "remain") => Change::Is,
        Obj if matches!(t.lemma(v), "have" | "hold" | "enjoy" | "retain" | "keep") => Change::Is,
        Obj if matches!(t.lemma(v), "obtain" | "get" | "gain" | "receive" | "acquire" | "win") => Change::Becomes,
        Obj if t.is(v, "leave") || matches!(t.lemma(v), "give" | "renounce" | "end") => Change::Ends,
        _ if case.as_deref() == Some("as") && t.is(v, "admit") && !t.is_passive(v) => {
            return statement(s, &said(v, t.child(v, &[Obj])?, Change::Becomes));
        }
        _ if case.as_deref() == Some("as") && (t.is(v, "admit") || t.is(v, "join")) => Change::Becomes,
        _ => return None,
    };
    statement(s, &said(v, t.subject(v)?, change))
}

/// "Finland's accession to NATO in April 2023".
fn by_change(s: &Scene, i: usize) -> Option<Statement> {
    let t = &s.tree;
    let change = if t.is(i, "accession") {
        Change::Becomes
    } else if t.is(i, "exit") {
        Change::Ends
    } else {
        return None;
    };
    let whose = t.child(i, &[Relation::NmodPoss]).or_else(|| t.phrase(i, &["of", "by"]))?;
    let into = t.phrases(i).filter(|(p, _)| matches!(*p, "to" | "into" | "from"));
    let (organisations, end) = into.map(|(_, n)| (s.organisations(n), n)).find(|(found, _)| !found.is_empty())?;
    // Without a time it may be to come.
    let (time, words) = s.time(i);
    let own = words.is_some_and(|w| s.tree.span(i).contains(w));
    let (Time::Within(_), true) = (&time, own) else { return None };
    statement(
        s,
        &Said { standing: Standing::Member, clause: i, subject: whose, organisations, end, change, ordinal: None },
    )
}

/// What a noun says that somebody is: "member", "dialogue partner", "observer status".
fn standing(s: &Scene, i: usize) -> Option<Standing> {
    let t = &s.tree;
    let modified = |class: &str| {
        t.children_by(i, &[Relation::Amod, Relation::Compound, Relation::NmodPoss]).any(|k| t.is(k, class))
    };
    if t.is(i, "status") {
        return Some(if modified("observer") {
            Standing::Observer
        } else if modified("partner") {
            Standing::Partner
        } else if modified("applicant") {
            Standing::Applicant
        } else {
            return None;
        });
    }
    let noun = |i: usize| {
        Some(if t.is(i, "member") {
            Standing::Member
        } else if t.is(i, "observer") {
            Standing::Observer
        } else if t.is(i, "partner") {
            Standing::Partner
        } else if t.is(i, "applicant") {
            Standing::Applicant
        } else {
            return None;
        })
    };
    // "observer state", "member country": the first word says it.
    let of_state = matches!(t.lemma(i), "state" | "country" | "nation");
    if of_state {
        return t.children_by(i, &[Relation::Compound, Relation::Amod]).find_map(noun);
    }
    let found = noun(i)?;
    Some(if found == Standing::Member && modified("partner") {
        Standing::Partner
    } else if found == Standing::Member && modified("applicant") {
        Standing::Applicant
    } else {
        found
    })
}

/// The organisations of a standing, and the last word of them.
fn organisation_of(s: &Scene, i: usize) -> Option<(Vec<String>, usize)> {
    use Relation::*;
    let t = &s.tree;
    let phrases = t.phrases(i).filter(|(p, _)| matches!(*p, "of" | "in" | "at" | "to" | "with" | "for" | "within"));
    for (_, n) in phrases {
        let found = s.bodies(n);
        if !found.is_empty() {
            return Some((found, n));
        }
        // "a candidate for membership of …"
        if t.is(n, "member")
            && let Some(found) = organisation_of(s, n)
        {
            return Some(found);
        }
    }
    let before = t.children_by(i, &[Compound, NmodPoss, Amod, Nmod]);
    before.filter(|&k| k < i).map(|k| (s.organisations(k), i)).find(|(found, _)| !found.is_empty())
}

fn by_verb(s: &Scene, v: usize) -> Option<Statement> {
    use Relation::*;
    let t = &s.tree;
    let named = |n: usize| Some((s.bodies(n), n)).filter(|(found, _)| !found.is_empty());
    // "joined the EU in condemning …": side by side with it.
    let beside = t
        .children_by(v, &[Advcl, Obl, Xcomp])
        .any(|k| t.upos(k) == Upos::Verb && t.children_by(k, &[Mark, Case]).any(|m| t.lemma(m) == "in"));
    if beside {
        return None;
    }
    let object = || t.child(v, &[Obj]).and_then(named);
    let phrase = |ps: &[&str]| t.phrases(v).filter(|(p, _)| ps.contains(p)).find_map(|(_, n)| named(n));
    let (standing, change, (organisations, end)) = if t.is(v, "belong") {
        (Standing::Member, Change::Is, phrase(&["to"])?)
    } else if t.is(v, "join") {
        let found = if t.is_passive(v) { None } else { object() };
        (Standing::Member, Change::Becomes, found.or_else(|| phrase(&["to", "into"]))?)
    } else if t.is(v, "admit") {
        if !t.is_passive(v) {
            // "NATO admitted Finland"
            let body = t.subject(v).and_then(named)?;
            let object = t.child(v, &[Obj])?;
            let said = Said {
                standing: Standing::Member,
                clause: v,
                subject: object,
                organisations: body.0,
                end: object.max(body.1),
                change: Change::Becomes,
                ordinal: None,
            };
            return statement(s, &said);
        }
        (Standing::Member, Change::Becomes, phrase(&["to", "into"])?)
    } else if t.is(v, "leave") {
        (Standing::Member, Change::Ends, object().or_else(|| phrase(&["from"]))?)
    } else if t.is(v, "apply") {
        let object = phrase(&["to", "for"]).or_else(|| {
            let n = t.phrases(v).find(|(p, n)| *p == "for" && t.is(*n, "member")).map(|(_, n)| n)?;
            organisation_of(s, n)
        });
        // "applied to join …"
        let to_join = || {
            let join = t.children_by(v, &[Xcomp, Advcl]).find(|&k| t.is(k, "join"))?;
            t.child(join, &[Obj]).and_then(named)
        };
        (Standing::Applicant, Change::Becomes, object.or_else(to_join)?)
    } else if t.is(v, "suspend") && t.is_passive(v) {
        (Standing::Suspended, Change::Becomes, phrase(&["from", "by"])?)
    } else if t.is(v, "freeze") || t.is(v, "suspend") {
        let participation = t.child(v, &[Obj]).filter(|&o| t.is(o, "member") || t.lemma(o) == "participation")?;
        (Standing::Suspended, Change::Becomes, organisation_of(s, participation)?)
    } else {
        return None;
    };
    // "a partner of the bloc joined sanctions": an organisation is joined by states.
    let subject = t.subject(v)?;
    statement(s, &Said { standing, clause: v, subject, organisations, end, change, ordinal: None })
}

/// "… remains outside NATO", "… is in the EU".
fn by_place(s: &Scene, i: usize) -> Option<Statement> {
    let t = &s.tree;
    let case = t.child(i, &[Relation::Case])?;
    let outside = t.is(case, "outside");
    let organisations = s.organisations(i);
    if organisations.is_empty() || !(outside || t.lemma(case) == "in") {
        return None;
    }
    let clause = if t.child(i, &[Relation::Cop]).is_some() {
        i
    } else {
        t.head(i).filter(|&h| t.is(h, "remain") && matches!(t.relation(i), Relation::Obl | Relation::Xcomp))?
    };
    let subject = t.subject(clause)?;
    let said =
        Said { standing: Standing::Member, clause, subject, organisations, end: i, change: Change::Is, ordinal: None };
    let mut found = statement(s, &said)?;
    if outside && let Meaning::Queries(queries) = &mut found.meaning {
        queries.iter_mut().for_each(deny);
    }
    Some(found)
}

fn deny(query: &mut Query) {
    match query {
        Query::Membership(m) => m.holds = !m.holds,
        Query::All(queries) => queries.iter_mut().for_each(deny),
        _ => {}
    }
}

fn statement(s: &Scene, said: &Said) -> Option<Statement> {
    let t = &s.tree;
    // "All but Slovenia"
    let first = (0..t.len()).find(|&k| t.token(k).span.overlaps(s.mention_span(said.subject))).unwrap_or(said.subject);
    if first.checked_sub(1).is_some_and(|k| matches!(t.lemma(k), "but" | "except")) {
        return None;
    }
    let (time, words) = s.time(said.clause);
    let span = claim_span(s, said.subject, said.clause, said.end, words);
    let (subjects, alternatives) = match s.states(said.subject) {
        Meant::All(found) if found.is_empty() => {
            // An organisation may be a member itself.
            let bodies = s.organisations(said.subject);
            let bodies: Vec<String> = bodies.into_iter().filter(|b| !said.organisations.contains(b)).collect();
            if bodies.is_empty() {
                return only(s, said, span).or_else(|| unknown(s, said, span));
            }
            (bodies, false)
        }
        Meant::All(found) => (found.into_iter().filter_map(|p| p.code).collect::<Vec<_>>(), false),
        Meant::OneOf(found) => (found.into_iter().filter_map(|p| p.code).collect(), true),
    };
    let negation = t.negation(said.clause).or_else(|| t.negation(said.subject));
    let neither = t.conjuncts(said.subject).iter().any(|&k| t.children(k).iter().any(|&c| t.lemma(c) == "neither"));
    let negation = if neither { Some(Negation::Not) } else { negation };
    // "did not join until 2004": then it did.
    let (time, negation) = match (said.change, time, negation) {
        (Change::Becomes, Time::Until(window), Some(_)) => (Time::Within(window), None),
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
    let mut queries: Vec<Query> = Vec::new();
    for state in &subjects {
        for organisation in &said.organisations {
            queries.push(Query::Membership(Membership {
                state: state.clone(),
                organisation: organisation.clone(),
                standing: said.standing,
                aspect,
                holds: negation.is_none(),
                ordinal: said.ordinal,
                sole: None,
            }));
        }
    }
    let queries = match (alternatives, queries.len()) {
        (false, 2..) => vec![Query::All(queries)],
        _ => queries,
    };
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
fn aspect(s: &Scene, said: &Said, time: &Time, negation: Option<Negation>) -> Option<Aspect> {
    let t = &s.tree;
    let past = t.is_past(said.clause);
    let never = negation == Some(Negation::Never);
    Some(match (said.change, time) {
        (_, Time::Unclear(_)) => return None,
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
        (Change::Is, Time::Since(window)) if negation.is_some() => {
            let from = if window.from == window.to { window.from } else { window.to };
            Aspect::Holds(When::Within(Window { from: from.min(s.today), to: s.today }))
        }
        (Change::Is, Time::Since(window)) => Aspect::Holds(When::Since(*window, s.today)),
        (Change::Is, Time::Until(window)) => Aspect::Ended(*window),
        (Change::Is, time) => Aspect::Holds(When::Within(time.window(s.today)?)),
    })
}

/// "… is the only Central Asian state that does not belong to …": the subject stands above.
fn only(s: &Scene, said: &Said, span: Span) -> Option<Statement> {
    use Relation::*;
    let t = &s.tree;
    // The relative clause's noun is the predicate of the claim.
    let noun = said.subject;
    let is_only = t.children_by(noun, &[Amod, Advmod]).any(|k| matches!(t.lemma(k), "only" | "sole"));
    if !is_only || t.child(noun, &[Cop]).is_none() {
        return None;
    }
    let above = t.subject(noun)?;
    let Meant::All(states) = s.states(above) else { return None };
    let [state] = states.as_slice() else { return None };
    let group = t.children_by(noun, &[Compound, Amod, NmodPoss]).find_map(|k| {
        let found = s.organisations(k);
        found.into_iter().next()
    });
    let of = t.phrase(noun, &["of", "in", "among"]).and_then(|n| s.organisations(n).into_iter().next());
    let sole = match group.or(of) {
        Some(body) => Sole::MembersOf(body),
        None => {
            let words: Vec<&str> = t
                .children_by(noun, &[Amod, Compound])
                .filter(|&k| !matches!(t.lemma(k), "only" | "sole"))
                .map(|k| t.span(k).of(t.text))
                .collect();
            Sole::Group(format!("{} {}", words.join(" "), t.form(noun)))
        }
    };
    let query = Query::Membership(Membership {
        state: state.code.clone()?,
        organisation: said.organisations.first()?.clone(),
        standing: said.standing,
        aspect: Aspect::Holds(When::On(s.today)),
        holds: t.negation(said.clause).is_none(),
        ordinal: None,
        sole: Some(sole),
    });
    let span = span.cover(s.mention_span(above));
    Some(s.state(Kind::Membership, noun, span, vec![query]))
}

/// "a member of no military alliance", "has no military alliance with Moscow", "is in no military bloc".
fn bloc_by_noun(s: &Scene, i: usize) -> Option<Statement> {
    use Relation::*;
    let t = &s.tree;
    if !is_bloc(s, i) || !s.organisations(i).is_empty() {
        return None;
    }
    // Up to the clause: member of, belongs to, has, is in.
    let clause = t.clause_of(i);
    let none = |k: usize| t.children_by(k, &[Det]).any(|d| matches!(t.lemma(d), "no" | "neither"));
    let any = t.children_by(i, &[Det]).any(|d| matches!(t.lemma(d), "any" | "either" | "a" | "an"));
    let negated = none(i) || t.negation(clause).is_some();
    let with = t.phrase(i, &["with"]).or_else(|| t.phrase(clause, &["with"]));
    let has = matches!(t.lemma(clause), "have" | "form" | "sign" | "conclude") && t.relation(i) == Obj;
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

fn is_bloc(s: &Scene, i: usize) -> bool {
    let t = &s.tree;
    let military = |k: usize| {
        t.is(k, "military") || t.conjuncts(k).iter().any(|&c| t.is(c, "military")) || t.lemma(k).contains("military")
    };
    t.is(i, "bloc") && t.children_by(i, &[Relation::Amod, Relation::Compound]).any(military)
}

fn bloc(s: &Scene, clause: usize, end: usize, with: Option<usize>, holds: bool) -> Option<Statement> {
    let t = &s.tree;
    let subject = t.subject(clause)?;
    let Meant::All(states) = s.states(subject) else { return None };
    let [state] = states.as_slice() else { return None };
    let partner = with;
    let with = match with {
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
    let wide = t.lemma(end) != "bloc" && t.lemma(end) != "grouping";
    let definitions: Vec<Definition> = match (pair, wide) {
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

/// The words of a claim: who, what it says, of which organisation, when.
pub(super) fn claim_span(s: &Scene, subject: usize, clause: usize, end: usize, time: Option<Span>) -> Span {
    let mut span = s.mention_span(subject).cover(s.tree.token(clause).span).cover(s.mention_span(end));
    for &k in s.tree.conjuncts(subject).iter().chain(&s.tree.conjuncts(end)) {
        span = span.cover(s.tree.token(k).span);
    }
    match time {
        // A time far away belongs to the claim, too, but not what stands between.
        Some(time) => span.cover(time),
        None => span,
    }
}
