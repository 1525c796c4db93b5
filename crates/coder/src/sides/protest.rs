//! Who protests, and against whom.

use super::{add, is_somebody, words};
use crate::matcher::{Candidate, Matcher};
use crate::mention::{Sort, Who};
use legation_gazetteer::AgentClass;
use legation_record::{EventType, Relation, Upos};

/// Adds those whom a protest is aimed at, and gives it to its people rather than to its place.
pub(super) fn complete(m: &Matcher, c: &mut Candidate) {
    turn_round(m, c);
    if c.actors.iter().all(|who| matches!(who.sort, Sort::State | Sort::Place) && m.is_location(who)) {
        let people = people(m, c);
        if !people.is_empty() {
            c.actors = people;
        }
    }
    // Where people march is not whom they march against.
    let seat = |who: &Who| !who.sectors.is_empty() || who.sort == Sort::Organisation;
    c.recipients.retain(|who| seat(who) || !m.is_location(who) && who.sort != Sort::Place);
    if c.recipients.is_empty() {
        c.recipients = aimed_at(m, c);
        let actors = &c.actors;
        c.recipients.retain(|r| !actors.iter().any(|a| a.span.overlaps(r.span)));
    }
    if c.recipients.is_empty() {
        c.recipients = words(c).flat_map(|k| m.mentions.opposed(k)).collect();
    }
}

/// "protests against B's government": B does not protest.
fn turn_round(m: &Matcher, c: &mut Candidate) {
    let cl = m.clauses;
    let against = |who: &Who| {
        let mut at = Some(who.head);
        while let Some(k) = at.filter(|&k| k != c.anchor) {
            if cl.case(k).is_some_and(|k| cl.lemma(k) == "against") {
                return cl.is_below(k, c.anchor);
            }
            at = cl.head(k);
        }
        false
    };
    let (targets, actors): (Vec<Who>, Vec<Who>) = c.actors.iter().cloned().partition(against);
    if !targets.is_empty() {
        c.actors = actors;
        targets.into_iter().for_each(|who| add(&mut c.recipients, who));
    }
}

/// "a student protest", "protests by farmers".
fn people(m: &Matcher, c: &Candidate) -> Vec<Who> {
    use Relation::*;
    let cl = m.clauses;
    let mut out = Vec::new();
    for k in [c.anchor].into_iter().filter(|&k| !cl.is_verb(k)) {
        let by = |n: usize| cl.case(n).is_some_and(|k| cl.lemma(k) == "by");
        for n in cl.children_by(k, &[Nmod]).filter(|&n| by(n)) {
            m.mentions.all(n, false).into_iter().filter(is_somebody).for_each(|w| add(&mut out, w));
        }
        let crowd = |k: usize| m.mentions.role(k).is_some_and(|(_, a)| a.class != AgentClass::Instrument);
        for n in cl.children_by(k, &[Compound, Amod]).filter(|&n| n < k && crowd(n)) {
            m.mentions.one(n).into_iter().filter(is_somebody).for_each(|w| add(&mut out, w));
        }
    }
    out
}

fn aimed_at(m: &Matcher, c: &Candidate) -> Vec<Who> {
    use Relation::*;
    let cl = m.clauses;
    let mut out = Vec::new();
    // "storm the embassy", "march against the government": the words of the rule.
    let topic =
        |k: usize| cl.case(k).map(|k| cl.lemma(k)).filter(|k| matches!(*k, "against" | "over" | "about" | "for"));
    // Of words that belong together ("violence against women") the first.
    let leads = |&k: &usize| k != c.anchor && !words(c).any(|o| o != c.anchor && cl.head(k) == Some(o));
    for k in words(c).filter(leads) {
        let found = match topic(k) {
            Some("against") => whose(m, k),
            Some("over" | "about") => possessors(m, k),
            None if matches!(cl.relation(k), Obj | Obl) && cl.is_verb(c.anchor) => seats(m, k),
            _ => Vec::new(),
        };
        found.into_iter().for_each(|w| add(&mut out, w));
    }
    if !out.is_empty() {
        return out;
    }
    demanded(m, c).into_iter().for_each(|w| add(&mut out, w));
    if !out.is_empty() {
        return out;
    }
    let mut heads: Vec<usize> = words(c).filter(|&k| k == c.anchor || topic(k).is_none()).collect();
    heads.extend(heads.clone().into_iter().flat_map(|k| cl.purposes(k)));
    heads.dedup();
    for (k, n) in heads.into_iter().flat_map(|h| cl.prepositional(h)).filter(|&(k, _)| cl.is_case(k)) {
        let found = match cl.lemma(k) {
            "against" => whose(m, n),
            "outside" | "near" | "at" | "to" | "on" => {
                let seats = seats(m, n);
                if seats.is_empty() && cl.lemma(k) == "at" { possessors(m, n) } else { seats }
            }
            "over" | "about" => possessors(m, n),
            // "in front of the parliament"
            "in" if cl.lemma(n) == "front" => cl.children_by(n, &[Nmod]).flat_map(|n| seats(m, n)).collect(),
            _ => Vec::new(),
        };
        found.into_iter().for_each(|w| add(&mut out, w));
    }
    out
}

/// Whom something is of that people protest against: itself, who does it, who has it.
fn whose(m: &Matcher, n: usize) -> Vec<Who> {
    let cl = m.clauses;
    let own: Vec<Who> = m.mentions.all(n, false).into_iter().filter(is_somebody).collect();
    if !own.is_empty() {
        return own;
    }
    let act = m.event(n).filter(|e| !e.actors.is_empty() && !e.actors.iter().any(|w| m.is_location(w)));
    if let Some(act) = act {
        return act.actors;
    }
    let mut found = possessors(m, n);
    if found.is_empty() && m.event_type(n).is_none_or(|t| t == EventType::Coerce) {
        let of = cl.prepositional(n).into_iter().filter(|&(k, _)| matches!(cl.lemma(k), "of" | "by"));
        found = of.flat_map(|(_, n)| m.mentions.all(n, false)).filter(is_public).collect();
    }
    found
}

/// "the government's decision", "Chinese rule", "police brutality".
fn possessors(m: &Matcher, n: usize) -> Vec<Who> {
    use Relation::*;
    let cl = m.clauses;
    let poss = cl.children_by(n, &[NmodPoss]).flat_map(|k| m.mentions.all(k, false));
    let mut found: Vec<Who> = poss.filter(|w| is_somebody(w) && (w.code.is_some() || !w.sectors.is_empty())).collect();
    if found.is_empty() {
        found = m.qualifiers(n).into_iter().filter(is_somebody).collect();
    }
    if found.is_empty() {
        let before = cl.children_by(n, &[Compound]).filter(|&k| m.mentions.role(k).is_some());
        found = before.flat_map(|k| m.mentions.one(k)).filter(is_public).collect();
    }
    found
}

/// Bodies of a state that have a seat where people can gather.
fn seats(m: &Matcher, n: usize) -> Vec<Who> {
    m.mentions.all(n, false).into_iter().filter(|w| is_somebody(w) && is_public(w)).collect()
}

fn is_public(who: &Who) -> bool {
    who.sectors.iter().any(|s| matches!(s.as_str(), "GOV" | "LEG" | "JUD" | "MIL" | "COP" | "IGO" | "PTY"))
}

/// "gather to call for the resignation of B", "march demanding B's removal": who is to go.
fn demanded(m: &Matcher, c: &Candidate) -> Vec<Who> {
    use Relation::*;
    let cl = m.clauses;
    const ENDS: [&str; 12] = [
        "resignation",
        "ouster",
        "ousting",
        "removal",
        "dismissal",
        "impeachment",
        "departure",
        "overthrow",
        "downfall",
        "arrest",
        "prosecution",
        "trial",
    ];
    let calls = |&k: &usize| matches!(cl.lemma(k), "call" | "demand" | "seek" | "urge" | "ask");
    let heads: Vec<usize> = words(c).collect();
    let verbs = heads.iter().flat_map(|&h| cl.children_by(h, &[Advcl, Acl, Xcomp, Conj])).filter(calls);
    let carriers: Vec<usize> = heads.iter().copied().chain(verbs).collect();
    let for_it = |h: usize| cl.prepositional(h).into_iter().filter(|&(k, _)| cl.lemma(k) == "for").map(|(_, n)| n);
    let nouns = carriers.into_iter().flat_map(|h| cl.objects(h).into_iter().chain(for_it(h)).chain([h]));
    let mut found = Vec::new();
    for n in nouns.filter(|&n| cl.is_nominal(n) && ENDS.contains(&cl.lemma(n))) {
        let of = cl.prepositional(n).into_iter().filter(|&(k, _)| cl.lemma(k) == "of").map(|(_, n)| n);
        let whose = cl.children_by(n, &[NmodPoss]).filter(|&k| cl.upos(k) != Upos::Pron).chain(of);
        found.extend(whose.flat_map(|k| m.mentions.all(k, false)));
    }
    found.retain(|w: &Who| is_somebody(w) && (w.code.is_some() || !w.sectors.is_empty()));
    found
}
