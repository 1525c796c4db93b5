//! Both sides of a blow: attackers that stand in its circumstances, and whose the target was.

use super::{add, is_somebody, words};
use crate::matcher::{Candidate, Matcher};
use crate::mention::{Sort, Who};
use legation_gazetteer::{AgentClass, Kind};
use legation_record::{EventType, Relation};

/// "killed in a Russian strike", "injured during combat with B", "dead as B and C clash": who fights there, other than
/// the side of the victims.
pub(super) fn attackers(m: &Matcher, c: &mut Candidate) {
    let weapon = |who: &Who| who.sort == Sort::Instrument && who.code.is_none();
    if !c.actors.iter().all(weapon) {
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
    // "Clashes between A and B leave five of A and two of B dead": both have lost, both have fought.
    let losing: Vec<Who> = found.iter().filter(|who| is_own_side(who, &c.recipients)).cloned().collect();
    let other_lost = c.recipients.iter().any(|r| !is_own_side(r, &losing));
    if !(found.len() > losing.len() && losing.len() == 1 && c.recipients.len() > 1 && other_lost) {
        found.retain(|who| !is_own_side(who, &c.recipients));
    }
    if found.is_empty() {
        found = holders(m, c);
    }
    if !found.is_empty() {
        c.actors = found;
    }
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
        .map(|a| {
            // "the Kampala attacks left ten dead"
            let capital = |i: usize| {
                let name = m.mentions.name_at(i);
                name.is_some_and(|(_, _, entries)| entries.first().is_some_and(|e| e.kind == Kind::Capital))
            };
            let city = cl.relation(a.head) == Relation::Compound && capital(a.head);
            cl.is_verb(c.anchor) && (city || (a.is_plain_state() || a.sort == Sort::Place) && located(a))
        })
        .collect();
    let mut at = 0;
    c.actors.retain(|_| (!place[at], at += 1).0);
}

/// Whether somebody is of the state and body of one of the others.
pub(super) fn is_own_side(who: &Who, others: &[Who]) -> bool {
    let body = |w: &Who| w.sectors.first().cloned();
    // Civilians fight civilians.
    let Some(own) = body(who).filter(|s| s != "CVL") else { return false };
    let state = |r: &Who| r.code == who.code || r.code.is_none() || who.code.is_none();
    others.iter().any(|r| body(r).is_some_and(|s| s == own) && state(r))
}

pub(super) fn overlaps(who: &Who, others: &[Who]) -> bool {
    others.iter().any(|r| r.span.overlaps(who.span))
}

/// The words for the blow in which somebody is killed: nouns of the rule, circumstances of its verb, a clause of time.
fn blows(m: &Matcher, c: &Candidate) -> Vec<usize> {
    use Relation::*;
    let cl = m.clauses;
    let around = |k: usize| {
        matches!(cl.lemma(k), "in" | "during" | "following" | "follow" | "after" | "by" | "from" | "amid" | "as")
    };
    // "Ukrainian missiles were shot down": whose they are does not strike.
    let downed = matches!(cl.lemma(c.anchor), "shoot" | "down" | "bring" | "intercept");
    let hit = |k: usize| downed && matches!(cl.relation(k), Obj | NsubjPass);
    let mut out: Vec<usize> =
        words(c).filter(|&k| k != c.anchor && !hit(k) && matches!(cl.relation(k), Obl | Nsubj | NsubjPass)).collect();
    let mut heads = vec![c.anchor];
    heads.extend(out.iter().copied());
    // "22 people are killed and many others injured during a raid"
    let row = cl.children_by(c.anchor, &[Conj]).filter(|&k| {
        cl.is_passive(c.anchor)
            && (cl.is_passive(k) || !cl.is_verb(k) || cl.form(k).ends_with("ed"))
            && !cl.is_nominal(k)
    });
    let row: Vec<usize> = row.collect();
    heads.extend(row.iter().copied());
    // "others are injured by B" tells of B itself.
    let by = |h: usize, o: usize| row.contains(&h) && cl.case(o).is_some_and(|k| cl.lemma(k) == "by");
    for h in heads {
        let beside = cl.children_by(h, &[Obl, OblAgent, Nmod]).filter(|&o| cl.case(o).is_some_and(around));
        // What a noun is "by" or "in" is not when it happened.
        let beside = beside.filter(|&o| {
            h == c.anchor && cl.is_verb(h)
                || row.contains(&h)
                || cl.case(o).is_some_and(|k| !matches!(cl.lemma(k), "in" | "by" | "from"))
        });
        out.extend(beside.filter(|&o| !by(h, o)));
    }
    // "A missile fired by B strikes the airport, injuring 26"
    let weapon = |&s: &usize| m.mentions.role(s).is_some_and(|(_, agent)| agent.class == AgentClass::Instrument);
    if !cl.is_passive(c.anchor) {
        out.extend(cl.subject(c.anchor).filter(weapon));
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
    let beside: Vec<usize> = clauses.flat_map(|k| cl.children_by(k, &[Advcl])).collect();
    // "injured during fighting between B and C"
    let gerund = |&k: &usize| {
        cl.is_event_noun(k)
            && cl.children_by(k, &[Mark]).any(|m| matches!(cl.lemma(m), "during" | "amid"))
            && (m.event_type(k) == Some(EventType::Assault) || named.is_some_and(|set| set.matches(cl, k).is_some()))
    };
    out.extend(beside.into_iter().filter(|k| when(k) || gerund(k)));
    out.sort_unstable();
    out.dedup();
    out
}

/// Who fights in what a noun tells: "combat with B", "a rampage by B", "an insurgent ambush".
fn fighters(m: &Matcher, w: usize) -> Vec<Who> {
    use Relation::*;
    let cl = m.clauses;
    let side = |k: usize| matches!(cl.lemma(k), "with" | "by" | "between" | "involving");
    let phrases = cl.children_by(w, &[Nmod, Obl]).filter(|&n| cl.case(n).is_some_and(side));
    let mut found: Vec<Who> = phrases.flat_map(|n| m.mentions.all(n, false)).collect();
    // "an operation involving B", "a missile fired by B"
    for k in cl.children_by(w, &[Acl]) {
        let heads = if cl.lemma(k) == "involve" && !cl.is_passive(k) {
            cl.objects(k)
        } else if cl.is_passive(k) && matches!(cl.lemma(k), "fire" | "launch" | "drop" | "plant" | "detonate" | "carry")
        {
            cl.subject(k).into_iter().collect()
        } else {
            continue;
        };
        // "involving US and Iraqi forces", where the parser made two objects of it: the forces of both.
        let force = heads.get(1).copied().filter(|&f| m.is_force(f)).and_then(|f| m.mentions.one(f).pop());
        let heads = if force.is_some() { &heads[..1] } else { &heads[..] };
        let sides = heads.iter().flat_map(|&n| m.mentions.all(n, false)).map(|who| match &force {
            Some(force) if who.is_plain_state() => Who { sectors: force.sectors.clone(), ..who },
            _ => who,
        });
        found.extend(sides.filter(|who| who.code.is_some() || !who.sectors.is_empty()));
    }
    let before = cl.children_by(w, &[Compound, Amod]).flat_map(|k| cl.conjuncts(k));
    found.extend(before.filter(|&k| m.is_attacker(k)).flat_map(|k| m.mentions.one(k)));
    // "an attack on the village of A by B", hung on the village
    if found.is_empty() {
        let below = (w + 1..cl.len())
            .filter(|&n| cl.relation(n) == Nmod && cl.case(n).is_some_and(|k| cl.lemma(k) == "by") && m.is_force(n));
        let within = |&n: &usize| {
            let mut at = cl.head(n);
            while let Some(k) = at.filter(|&k| k != w && cl.relation(k) == Nmod && !cl.is_verb(k)) {
                at = cl.head(k);
            }
            at == Some(w)
        };
        found = below.filter(within).flat_map(|n| m.mentions.all(n, false)).collect();
    }
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

/// "in police custody", "in Israeli detention": who holds somebody; "shot by responding police": who is no object of the
/// participle.
fn holders(m: &Matcher, c: &Candidate) -> Vec<Who> {
    use Relation::*;
    let cl = m.clauses;
    let mut found = Vec::new();
    let held = words(c).filter(|&k| matches!(cl.lemma(k), "custody" | "detention" | "captivity"));
    for k in held.flat_map(|k| cl.children_by(k, &[Compound, Amod])) {
        let body = |who: &Who| who.is_plain_state() || who.sectors.first().is_some_and(|s| s != "CVL");
        found.extend(m.mentions.one(k).into_iter().filter(body));
    }
    // "Swedish police custody": one of them.
    found = of_their_state(found);
    if found.is_empty() && cl.is_passive(c.anchor) {
        let moves = |k: &usize| {
            let mark = cl.children_by(*k, &[Mark]).any(|p| cl.lemma(p) == "by" && p + 1 == *k);
            mark && matches!(
                cl.lemma(*k),
                "respond" | "advance" | "retreat" | "patrol" | "arrive" | "pass" | "attack" | "invade"
            )
        };
        let forces = cl.children_by(c.anchor, &[Advcl]).filter(moves).flat_map(|k| cl.objects(k));
        found.extend(forces.filter(|&o| m.is_force(o)).flat_map(|o| m.mentions.all(o, false)));
    }
    found.retain(|who| !overlaps(who, &c.recipients));
    found
}

/// A state's adjective and the body behind it, where both hang on a third word: the body of the state.
pub(crate) fn of_their_state(found: Vec<Who>) -> Vec<Who> {
    let (states, mut bodies): (Vec<Who>, Vec<Who>) = found.into_iter().partition(Who::is_plain_state);
    if bodies.is_empty() {
        return states;
    }
    if let [state] = &states[..] {
        for who in
            bodies.iter_mut().filter(|who| state.head < who.head && (who.code.is_none() || who.code == state.code))
        {
            who.code.clone_from(&state.code);
            who.name.clone_from(&state.name);
            who.span = who.span.cover(state.span);
            who.tokens.0 = who.tokens.0.min(state.tokens.0);
        }
    }
    bodies
}
