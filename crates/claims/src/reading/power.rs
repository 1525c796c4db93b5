//! Offices without a title: "came to power in 1999", "has been in office since", "stepped down", "succeeded …".

use super::office::{Change, Held, persons_of, statement};
use super::time::Time;
use super::{LOOSE, Scene, Statement, claim_span, frame};
use crate::query::{Aspect, OfficeAsked, OfficeHeld, Query, When};
use crate::report::Kind;
use legation_gazetteer::PersonId;
use legation_record::{Relation, Upos};

/// What a verb says of who leads a state, by the frames.
pub(super) fn read(s: &Scene, v: usize) -> Option<Statement> {
    let t = &s.tree;
    // A title beside the verb is read with it ("took office as president").
    let titled = |k: usize| t.child(k, &[Relation::Case]).is_some_and(|c| t.lemma(c) == "as");
    if t.children(v).iter().any(|&k| titled(k)) {
        return None;
    }
    frame::uses(t, v, "office").into_iter().find_map(|(frame, one)| {
        let subject = one.fill(t, &frame.first).into_iter().next()?;
        let (person, name) = leader(s, subject, v)?;
        let (time, words) = s.time(v);
        if frame.says == "yields" {
            let other = one.fill(t, &frame.second).into_iter().find(|&n| n != subject)?;
            let successor = leader(s, other, v)?;
            return follows(s, v, (successor.0, successor.1, other), subject);
        }
        let span = claim_span(s, subject, v, v, words);
        if frame.says == "follows" {
            let other = one.fill(t, &frame.second).into_iter().find(|&n| n != subject)?;
            return follows(s, v, (person, name, subject), other);
        }
        let change = match frame.says {
            "begins" => Change::Begins,
            "ends" => Change::Ends,
            _ => Change::Is,
        };
        // Without a time it says too little: that somebody once came to power.
        if time == Time::None && change != Change::Is {
            return None;
        }
        let term = (0..t.len()).any(|k| t.lemma(k) == "term" && t.is_below(k, v));
        s.unsure.set(Some(LOOSE).filter(|_| change == Change::Ends || term));
        let negation = t.negation(v);
        let held = Held { person, name, state: None, office: OfficeAsked::Leads, change, negation, aside: false };
        statement(s, held, v, &time, span)
    })
}

/// "… has been in power since 2014", "…, at the helm of the country since 2009".
pub(super) fn by_seat(s: &Scene, i: usize) -> Option<Statement> {
    use Relation::*;
    let t = &s.tree;
    let case = t.child(i, &[Case]).map(|c| t.lemma(c))?;
    if !t.is(i, "helm") || t.upos(i) != Upos::Noun || !matches!(case, "in" | "at") {
        return None;
    }
    // "In charge of the talks": of something that is no state.
    if let Some(of) = t.phrase(i, &["of"]) {
        let state = matches!(s.states(of), super::parties::Meant::All(found) if found.len() == 1);
        if !state && !t.is(of, "country") && !matches!(t.lemma(of), "government" | "state") {
            return None;
        }
    } else if matches!(t.lemma(i), "charge" | "head") {
        return None;
    }
    let above = t.head(i);
    let (clause, subject, aside) = if t.child(i, &[Cop]).is_some() {
        (i, t.subject(i)?, false)
    } else if above.is_some_and(|v| t.is(v, "remain")) {
        (above?, t.subject(above?)?, false)
    } else {
        (i, above.filter(|_| matches!(t.relation(i), Nmod | NmodDesc | Appos))?, true)
    };
    let (person, name) = leader(s, subject, i)?;
    let (time, words) = if aside { s.time_beside(clause) } else { s.time(clause) };
    let span = claim_span(s, subject, clause, i, words);
    let negation = if aside { None } else { t.negation(clause) };
    let (office, change) = (OfficeAsked::Leads, Change::Is);
    let held = Held { person, name, state: None, office, change, negation, aside };
    statement(s, held, clause, &time, span)
}

/// The person of a nominal, where the tables know them as the leader of a state.
fn leader(s: &Scene, nominal: usize, title: usize) -> Option<(PersonId, String)> {
    let persons = persons_of(s, nominal, title);
    let [(person, name)] = persons.as_slice() else { return None };
    let leads = s.gazetteer.person(*person).terms.iter().any(|term| term.office.level().leads());
    leads.then(|| (*person, name.clone()))
}

/// "Truss succeeded Johnson in September 2022": the one began when the other ended.
fn follows(s: &Scene, v: usize, first: (PersonId, String, usize), other: usize) -> Option<Statement> {
    let (person, name, subject) = first;
    let (before, before_name) = leader(s, other, v)?;
    let (time, words) = s.time(v);
    if before == person || s.tree.negation(v).is_some() {
        return None;
    }
    let query = |person, name: &str, aspect| {
        Query::Office(OfficeHeld {
            person,
            name: name.to_owned(),
            state: None,
            office: OfficeAsked::Leads,
            aspect,
            holds: true,
        })
    };
    let aspects = match &time {
        Time::Within(w) => (Aspect::Began(*w), Aspect::Ended(*w)),
        Time::None => (Aspect::Holds(When::Ever(s.today)), Aspect::Holds(When::Ever(s.today))),
        _ => return None,
    };
    // As leader of a party or a ministry, too, one follows another.
    s.unsure.set(Some(LOOSE));
    let queries = vec![Query::All(vec![query(person, &name, aspects.0), query(before, &before_name, aspects.1)])];
    let span = claim_span(s, subject, v, other, words);
    Some(s.state(Kind::Office, v, span, queries))
}
