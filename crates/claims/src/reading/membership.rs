//! "… is a member of …", "… joined … in 2004", "… belongs to no military bloc".

use super::parties::Meant;
use super::standing::{organisation_of, standing};
use super::time::Time;
use super::{Meaning, Scene, Statement, alliance, among, claim_span};
use crate::grammar::Negation;
use crate::query::{Among, Aspect, Count, Membership, Query, Standing, When, Window};
use crate::report::Kind;
use legation_record::{EntityKind, Relation, Span, Upos, ordinal};

/// The memberships and alliances that a sentence claims.
pub(super) fn read(s: &Scene) -> Vec<Statement> {
    let mut found = Vec::new();
    for i in 0..s.tree.len() {
        if s.tree.upos(i) == Upos::Verb {
            found.extend(by_verb(s, i));
        } else if matches!(s.tree.upos(i), Upos::Noun | Upos::Propn | Upos::Adj) {
            found.extend(
                by_noun(s, i)
                    .or_else(|| by_change(s, i))
                    .or_else(|| alliance::by_noun(s, i))
                    .or_else(|| by_number(s, i)),
            );
        }
        found.extend(by_place(s, i));
    }
    found
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
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    Is,
    Becomes,
    Ends,
}

fn by_noun(s: &Scene, i: usize) -> Option<Statement> {
    use Relation::*;
    let t = &s.tree;
    let standing = standing(s, i)?;
    // "The first member to …": what it was the first to do is the claim.
    if among::is_described(s, i) {
        return None;
    }
    let Some((organisations, end)) = organisation_of(s, i).or_else(|| granted_by(s, i)) else {
        return of_nobody(s, i, standing);
    };
    let ordinal = t.children_by(i, &[Amod]).find_map(|k| ordinal(t.form(k)));
    let among = among::of_member(s, i);
    let said = |clause, subject, change| Said {
        standing,
        clause,
        subject,
        organisations: organisations.clone(),
        end,
        change,
        ordinal,
        among: among.clone(),
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
        // "one of the founding members of …"
        Nmod if verb.is_some_and(|h| t.lemma(h) == "one" && t.child(h, &[Cop]).is_some()) => {
            let one = verb?;
            return statement(s, &said(one, t.subject(one)?, Change::Is));
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
    let granted = t.is(v, "grant");
    let change = match t.relation(i) {
        // "was granted observer status", "granted it observer status"
        Obj if granted && t.is_passive(v) => Change::Becomes,
        Obj if granted => {
            return statement(s, &said(v, t.child(v, &[Iobj]).or_else(|| t.phrase(v, &["to"]))?, Change::Becomes));
        }
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

/// Who grants a status: "the European Union granted it candidate status", "was granted observer status by the council".
fn granted_by(s: &Scene, i: usize) -> Option<(Vec<String>, usize)> {
    let t = &s.tree;
    let v = t.head(i).filter(|&v| t.is(v, "grant") && t.relation(i) == Relation::Obj)?;
    let giver = if t.is_passive(v) { t.phrase(v, &["by"])? } else { t.subject(v)? };
    Some((s.bodies(giver), i)).filter(|(found, _)| !found.is_empty())
}

/// "Bulgaria was a member of the Central Powers": of something that the tables do not know, which the answer says.
fn of_nobody(s: &Scene, i: usize, standing: Standing) -> Option<Statement> {
    let t = &s.tree;
    let (_, body) = t.phrases(i).find(|(p, _)| *p == "of")?;
    if t.upos(body) == Upos::Noun && (t.is(body, "body") || t.is(body, "bloc")) {
        // "Brazil is a member of the organisation", where nothing tells which.
        let subject = t.subject(i).filter(|_| t.child(i, &[Relation::Cop]).is_some())?;
        let state = matches!(s.states(subject), Meant::All(found) if !found.is_empty());
        let plain = t.children(body).iter().all(|&k| matches!(t.relation(k), Relation::Det | Relation::Case));
        let meaning = Meaning::Unclear("which organisation is meant is not clear".to_owned());
        let span = claim_span(s, subject, i, body, None);
        return (state && plain).then(|| s.silent(Kind::Membership, span, meaning));
    }
    if t.upos(body) != Upos::Propn {
        return None;
    }
    let subject = t.subject(i).filter(|_| standing == Standing::Member && t.child(i, &[Relation::Cop]).is_some())?;
    // A member of a parliament or a family is no state.
    let Meant::All(states) = s.states(subject) else { return None };
    if states.is_empty() || t.upos(subject) != Upos::Propn || !s.all(body).iter().all(|p| p.code.is_none()) {
        return None;
    }
    let name = s.words(t.span(body));
    let name = name.trim_start_matches("of ").trim_start_matches("the ").to_owned();
    let among = among::of_member(s, i);
    let said = Said {
        standing,
        clause: i,
        subject,
        organisations: vec![name],
        end: body,
        change: Change::Is,
        ordinal: None,
        among,
    };
    statement(s, &said)
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
        &Said {
            standing: Standing::Member,
            clause: i,
            subject: whose,
            organisations,
            end,
            change,
            ordinal: None,
            among: None,
        },
    )
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
    // A body that the tables do not know, which the answer says.
    let stranger = |n: usize| {
        let body = matches!(t.token(n).entity.kind(), Some(EntityKind::Organisation));
        let unknown = body && s.all(n).iter().all(|p| p.code.is_none());
        let name = s.words(s.mention_span(n).cover(t.span(n)));
        let name = name.trim_start_matches("to ").trim_start_matches("the ").to_owned();
        unknown.then_some((vec![name], n))
    };
    let (standing, change, (organisations, end)) = if t.is(v, "belong") {
        let strange = || t.phrases(v).find(|(p, _)| *p == "to").and_then(|(_, n)| stranger(n));
        (Standing::Member, Change::Is, phrase(&["to"]).or_else(strange)?)
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
                among: None,
            };
            return statement(s, &said);
        }
        (Standing::Member, Change::Becomes, phrase(&["to", "into"])?)
    } else if t.is(v, "leave") {
        (Standing::Member, Change::Ends, object().or_else(|| phrase(&["from"]))?)
    } else if t.is(v, "expel") {
        if !t.is_passive(v) {
            return None;
        }
        (Standing::Member, Change::Ends, phrase(&["from"])?)
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
    statement(s, &Said { standing, clause: v, subject, organisations, end, change, ordinal: None, among: None })
}

/// "NATO has 32 members", "In 2010 the EU had 27 member states".
fn by_number(s: &Scene, i: usize) -> Option<Statement> {
    use Relation::*;
    let t = &s.tree;
    let member = t.is(i, "member") || {
        let of_state = matches!(t.lemma(i), "state" | "country" | "nation");
        of_state && t.children_by(i, &[Compound, Amod]).any(|k| t.is(k, "member"))
    };
    let count = t.child(i, &[Nummod]).filter(|_| member)?;
    let number = super::count::number(s, count)?;
    let v = t.head(i).filter(|&v| t.upos(v) == Upos::Verb)?;
    let counts = match t.relation(i) {
        Obj => matches!(t.lemma(v), "have" | "count" | "comprise" | "number"),
        Obl => {
            t.phrases(v).any(|(p, n)| n == i && (p == "of" && t.lemma(v) == "consist" || p == "to" && t.is(v, "grow")))
        }
        _ => false,
    };
    let subject = t.subject(v).filter(|_| counts)?;
    let [organisation] = <[String; 1]>::try_from(s.bodies(subject)).ok()?;
    let words: Vec<&str> = t.children(count).iter().chain(t.children(i)).map(|&k| t.lemma(k)).collect();
    let near = |word: &str| words.contains(&word);
    let count = match () {
        () if near("more") || near("over") || near("least") => Count::AtLeast(number + u32::from(!near("least"))),
        () if near("fewer") || near("less") || near("under") => Count::AtMost(number.saturating_sub(1)),
        () if near("about") || near("around") || near("almost") || near("nearly") || near("some") => return None,
        () => Count::Exactly(number),
    };
    let (time, words) = s.time(v);
    let days = match time {
        Time::None => vec![s.today],
        // The number may have changed within the time: where the answers differ it is open.
        Time::Within(w) if w.from == w.to => vec![w.to],
        Time::Within(w) => vec![w.from, w.to],
        _ => return None,
    };
    if t.negation(v).is_some() || time == Time::None && t.is_past(v) {
        return None;
    }
    let query = |on| Query::Members { organisation: organisation.clone(), on, count };
    let span = claim_span(s, subject, v, i, words);
    Some(s.state(Kind::Membership, v, span, days.into_iter().map(query).collect()))
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
        // "… are the only Western Balkan states outside NATO": read at the noun.
        let ranked = |h: usize| t.is(h, "country") && t.child(h, &[Relation::Cop]).is_some();
        t.head(i).filter(|&h| {
            let remains = t.is(h, "remain") && matches!(t.relation(i), Relation::Obl | Relation::Xcomp);
            remains || t.relation(i) == Relation::Nmod && ranked(h)
        })?
    };
    let subject = if t.relation(i) == Relation::Nmod && clause != i { clause } else { t.subject(clause)? };
    let said = Said {
        standing: Standing::Member,
        clause,
        subject,
        organisations,
        end: i,
        change: Change::Is,
        ordinal: None,
        among: None,
    };
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
    let negation = t.negation(said.clause).or_else(|| t.negation(said.subject));
    let neither = t.conjuncts(said.subject).iter().any(|&k| t.children(k).iter().any(|&c| t.lemma(c) == "neither"));
    let negation = if neither || among::is_none(s, said.subject) { Some(Negation::Not) } else { negation };
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
                among: said.among.clone(),
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
pub(super) fn aspect(s: &Scene, said: &Said, time: &Time, negation: Option<Negation>) -> Option<Aspect> {
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
