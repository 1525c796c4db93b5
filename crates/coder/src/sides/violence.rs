//! Both sides of a blow: attackers that stand in its circumstances, and whose the target was.

use super::{add, is_somebody, words};
use crate::matcher::{Candidate, Matcher};
use crate::mention::{Sort, Who};
use legation_gazetteer::AgentClass;
use legation_record::{EventType, Relation};

/// "killed in a Russian strike", "injured during combat with B", "dead as B and C clash": who fights there, other than
/// the side of the victims.
pub(super) fn attackers(m: &Matcher, c: &mut Candidate) {
    if !c.actors.is_empty() {
        return;
    }
    let cl = m.clauses;
    let blows = blows(m, c);
    let fights: Vec<Candidate> = blows.iter().filter_map(|&w| m.event(w)).filter(|e| m.is_violence(e)).collect();
    let mut found = Vec::new();
    for who in
        fights.iter().flat_map(|e| &e.actors).chain(&blows.iter().flat_map(|&w| fighters(m, w)).collect::<Vec<_>>())
    {
        if is_somebody(who) && !overlaps(who, &c.recipients) {
            add(&mut found, who.clone());
        }
    }
    // "soldiers killed in an army raid on B": B struck back.
    if !found.is_empty() && found.iter().all(|who| is_own_side(who, &c.recipients)) {
        // "Police and rebels killed in a rebel raid": told of both sides, the raid is the rebels'.
        if c.recipients.len() > 1 && c.recipients.iter().any(|r| !is_own_side(r, &found)) {
            c.actors = found;
            return;
        }
        found = Vec::new();
        for who in fights.iter().flat_map(|e| &e.recipients).filter(|w| is_somebody(w) && !w.sectors.is_empty()) {
            if !overlaps(who, &c.recipients) {
                add(&mut found, who.clone());
            }
        }
    }
    found.retain(|who| !is_own_side(who, &c.recipients));
    c.actors = found;
    if cl.is_verb(c.anchor) {
        victims_of_place(m, c, &fights);
    }
}

/// "Ten people are shot at a school": the school is where they were.
pub(super) fn premises(m: &Matcher, c: &mut Candidate) {
    let place = |who: &Who| {
        m.is_location(who)
            && who.sectors.first().is_some_and(|s| matches!(s.as_str(), "EDU" | "MED" | "BUS" | "REL" | "SOC"))
    };
    if !m.clauses.is_passive(c.anchor) || !c.recipients.iter().any(place) {
        return;
    }
    if c.recipients.iter().all(place) {
        let struck = m.clauses.objects(c.anchor).into_iter().flat_map(|o| m.mentions.all(o, false));
        let struck: Vec<Who> = struck.filter(|who| !place(who)).collect();
        if struck.is_empty() {
            return;
        }
        c.recipients.extend(struck);
    }
    c.recipients.retain(|who| !place(who));
}

/// "violence in the Xinjiang region leaves ten dead": nobody did it by being where it was.
pub(super) fn whereabouts(m: &Matcher, c: &mut Candidate) {
    let cl = m.clauses;
    let located = |who: &Who| {
        let mut at = Some(who.head);
        while let Some(k) = at.filter(|&k| k != c.anchor) {
            if cl.case(k).is_some_and(|k| matches!(cl.lemma(k), "in" | "near" | "at" | "across")) {
                return cl.is_below(k, c.anchor);
            }
            at = cl.head(k);
        }
        false
    };
    let place: Vec<bool> = c
        .actors
        .iter()
        .map(|a| cl.is_verb(c.anchor) && (a.is_plain_state() || a.sort == Sort::Place) && located(a))
        .collect();
    let mut at = 0;
    c.actors.retain(|_| (!place[at], at += 1).0);
}

/// Whether somebody is of the state and body of one of the others.
fn is_own_side(who: &Who, others: &[Who]) -> bool {
    let body = |w: &Who| w.sectors.first().cloned();
    // Civilians fight civilians.
    let Some(own) = body(who).filter(|s| s != "CVL") else { return false };
    let state = |r: &Who| r.code == who.code || r.code.is_none() || who.code.is_none();
    others.iter().any(|r| body(r).is_some_and(|s| s == own) && state(r))
}

fn overlaps(who: &Who, others: &[Who]) -> bool {
    others.iter().any(|r| r.span.overlaps(who.span))
}

/// The words for the blow in which somebody is killed: nouns of the rule, circumstances of its verb, a clause of time.
fn blows(m: &Matcher, c: &Candidate) -> Vec<usize> {
    use Relation::*;
    let cl = m.clauses;
    let around = |k: usize| {
        matches!(cl.lemma(k), "in" | "during" | "following" | "follow" | "after" | "by" | "from" | "amid" | "as")
    };
    let mut out: Vec<usize> =
        words(c).filter(|&k| k != c.anchor && matches!(cl.relation(k), Obl | Nsubj | NsubjPass)).collect();
    let mut heads = vec![c.anchor];
    heads.extend(out.iter().copied());
    for h in heads {
        let beside = cl.children_by(h, &[Obl, OblAgent, Nmod]).filter(|&o| cl.case(o).is_some_and(around));
        // What a noun is "by" or "in" is not when it happened.
        let beside = beside.filter(|&o| {
            h == c.anchor && cl.is_verb(h) || cl.case(o).is_some_and(|k| !matches!(cl.lemma(k), "in" | "by" | "from"))
        });
        out.extend(beside);
    }
    out.retain(|&w| cl.is_event_noun(w) || cl.is_nominal(w));
    let nested: Vec<usize> = out
        .iter()
        .flat_map(|&w| cl.children_by(w, &[Nmod]))
        .filter(|&o| cl.case(o).is_some_and(|k| matches!(cl.lemma(k), "during" | "amid")))
        .collect();
    out.extend(nested);
    let named = m.book.lists.get("as-casualties");
    out.retain(|&w| {
        named.is_some_and(|set| set.matches(cl, w).is_some())
            || m.event_type(w) == Some(EventType::Assault)
            || m.mentions.role(w).is_some_and(|(_, agent)| agent.class == AgentClass::Instrument)
    });
    out.retain(|&w| m.event_type(w) != Some(EventType::Protest));
    // "as A and B clash", "when B attacked"
    let when = |&k: &usize| {
        cl.children_by(k, &[Mark, Advmod]).any(|m| matches!(cl.lemma(m), "as" | "when" | "after"))
            && m.event_type(k) == Some(EventType::Assault)
    };
    let clauses = std::iter::once(c.anchor).chain(cl.children_by(c.anchor, &[Conj]));
    out.extend(clauses.flat_map(|k| cl.children_by(k, &[Advcl])).filter(when));
    out.sort_unstable();
    out.dedup();
    out
}

/// Who fights in what a noun tells: "combat with B", "a rampage by B", "an insurgent ambush".
fn fighters(m: &Matcher, w: usize) -> Vec<Who> {
    use Relation::*;
    let cl = m.clauses;
    let side = |k: usize| matches!(cl.lemma(k), "with" | "by" | "between" | "involving");
    let phrases = cl.children_by(w, &[Nmod]).filter(|&n| cl.case(n).is_some_and(side));
    let mut found: Vec<Who> = phrases.flat_map(|n| m.mentions.all(n, false)).collect();
    let before = cl.children_by(w, &[Compound, Amod]).flat_map(|k| cl.conjuncts(k));
    found.extend(before.filter(|&k| m.is_force(k)).flat_map(|k| m.mentions.one(k)));
    if found.is_empty() {
        found = m.qualifiers(w);
    }
    found.retain(|who| who.code.is_some() || !who.sectors.is_empty());
    found
}

/// "killed in strikes on Kharkiv": the people of Kharkiv.
fn victims_of_place(m: &Matcher, c: &mut Candidate, fights: &[Candidate]) {
    let nouns = fights.iter().filter(|e| !m.clauses.is_verb(e.anchor));
    let mut places = nouns.flat_map(|e| &e.recipients).filter(|r| r.code.is_some() && r.sectors.is_empty());
    let Some(place) = places.next() else { return };
    let nameless = |r: &&mut Who| {
        r.code.is_none() && r.name.is_empty() && matches!(r.sort, Sort::Role | Sort::Count) && !r.is_in("MIL")
    };
    for who in c.recipients.iter_mut().filter(nameless) {
        who.code.clone_from(&place.code);
        who.name = m.mentions.name_of_state(place.code.as_deref());
    }
}

/// "the bombing of a church that killed ten": the bombing killed them, not the church.
pub(super) fn of_the_blow(m: &Matcher, c: &mut Candidate) {
    let cl = m.clauses;
    if cl.relation(c.anchor) != Relation::AclRelcl || cl.is_passive(c.anchor) {
        return;
    }
    let Some(noun) = cl.head(c.anchor) else { return };
    let struck = cl.case(noun).is_some_and(|k| matches!(cl.lemma(k), "of" | "on" | "at" | "against" | "in" | "near"));
    let Some(blow) = cl.head(noun).filter(|_| struck && cl.relation(noun) == Relation::Nmod) else { return };
    if !c.actors.iter().any(|a| a.head == noun) || cl.is_verb(blow) {
        return;
    }
    let Some(event) = m.event(blow).filter(|e| m.is_violence(e)) else { return };
    c.actors = event.actors.into_iter().filter(|a| !overlaps(a, &c.recipients)).collect();
}

/// "attacks on three militant camps": theirs.
pub(super) fn owners_of_target(m: &Matcher, c: &mut Candidate) {
    use Relation::*;
    if !c.recipients.is_empty() {
        return;
    }
    let cl = m.clauses;
    let targets = c.words.iter().skip(1).map(|w| w.1);
    let targets = targets.filter(|&k| matches!(cl.relation(k), Obj | Obl | Nmod | NsubjPass) && !m.is_force(k));
    for target in targets {
        for k in cl.children_by(target, &[Amod, Compound]).filter(|&k| m.is_force(k)) {
            for who in m.mentions.one(k) {
                let tokens = (who.tokens.0, who.tokens.1.max(target));
                let span = who.span.cover(cl.token(target).span);
                let who = Who { tokens, span, ..who };
                if !overlaps(&who, &c.actors) && !is_own_side(&who, &c.actors) {
                    add(&mut c.recipients, who);
                }
            }
        }
    }
}
