//! Both sides of a blow: attackers that stand in its circumstances, and whose the target was.

use super::{add, is_somebody, words};
use crate::matcher::{Candidate, Matcher};
use crate::mention::{Sort, Who};
use legation_gazetteer::AgentClass;
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
    found.retain(|who| !is_own_side(who, &c.recipients));
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

/// "An attack on a police station kills five": the station, too.
pub(super) fn targets(m: &Matcher, c: &mut Candidate) {
    use Relation::*;
    let cl = m.clauses;
    let subject = |k: usize| matches!(cl.relation(k), Nsubj | NsubjPass) && cl.head(k) == Some(c.anchor);
    let Some(blow) = words(c).find(|&k| k != c.anchor && subject(k)) else { return };
    if !cl.is_verb(c.anchor) || c.recipients.is_empty() {
        return;
    }
    let Some(event) = m.event(blow).filter(|e| m.is_violence(e) && !m.rule(e).pattern.reciprocal) else { return };
    let target = |who: &Who| {
        let at = cl.case(who.head).is_some_and(|k| matches!(cl.lemma(k), "on" | "against" | "of"));
        at && who.sort != Sort::Place && !who.sectors.is_empty() && is_somebody(who)
    };
    for who in event.recipients.into_iter().filter(target) {
        if !overlaps(&who, &c.recipients) && !overlaps(&who, &c.actors) {
            c.recipients.insert(0, who);
        }
    }
}

/// "an offensive in the east of Syria", "shot down over Syria", "rockets fired from Gaza": where a state fights at home, and
/// where something comes from, is only where.
pub(super) fn grounds(m: &Matcher, c: &mut Candidate) {
    let cl = m.clauses;
    let at_home = |who: &Who| {
        c.actors.is_empty() && cl.is_passive(c.anchor)
            || c.actors.iter().any(|a| a.code.is_some() && a.code == who.code)
            || !c.actors.is_empty() && c.actors.iter().all(|a| a.code.is_none())
    };
    let only_where = |who: &Who| {
        if !(who.is_plain_state() || who.sort == Sort::Place) || who.head == c.anchor {
            return false;
        }
        let mut at = Some(who.head);
        while let Some(k) = at.filter(|&k| k != c.anchor) {
            if let Some(p) = cl.case(k) {
                return match cl.lemma(p) {
                    "over" | "from" => true,
                    "in" | "across" => at_home(who),
                    "of" => {
                        at = cl.head(k);
                        continue;
                    }
                    _ => false,
                };
            }
            at = cl.head(k);
        }
        false
    };
    let drop: Vec<bool> = c.recipients.iter().map(only_where).collect();
    // Somebody has to be left.
    if drop.iter().all(|d| *d) && c.actors.is_empty() {
        return;
    }
    let mut at = 0;
    c.recipients.retain(|_| (!drop[at], at += 1).0);
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

/// Whom a blow struck that the rule found nobody for: "opens fire with a rifle at B", "B survived an attack".
pub(super) fn sufferers(m: &Matcher, c: &mut Candidate) {
    use Relation::*;
    if !c.recipients.is_empty() {
        return;
    }
    let cl = m.clauses;
    let instrument = |&(k, n): &(usize, usize)| {
        cl.lemma(k) == "with" && m.mentions.role(n).is_none_or(|(_, a)| a.class == AgentClass::Instrument)
    };
    let at = cl.prepositional(c.anchor).into_iter().filter(instrument).flat_map(|(_, n)| cl.prepositional(n));
    let struck =
        at.filter(|&(k, _)| cl.is_verb(c.anchor) && cl.lemma(k) == "at").flat_map(|(_, n)| m.mentions.all(n, true));
    let mut found: Vec<Who> = struck.filter(is_somebody).collect();
    if found.is_empty() && !cl.is_verb(c.anchor) && cl.relation(c.anchor) == Obj {
        let suffers = |v: usize| {
            matches!(cl.lemma(v), "undergo" | "suffer" | "survive" | "sustain" | "escape" | "repel" | "repulse")
        };
        let victim = cl.head(c.anchor).filter(|&v| suffers(v)).and_then(|v| cl.subject(v));
        found = victim.into_iter().flat_map(|s| m.mentions.all(s, true)).filter(is_somebody).collect();
    }
    // "the hotel, which had been under attack by B"
    let under = cl.child(c.anchor, &[Cop]).is_some() && cl.case(c.anchor).is_some_and(|k| cl.lemma(k) == "under");
    if found.is_empty() && under && !cl.is_verb(c.anchor) {
        let subject = match cl.relation(c.anchor) {
            AclRelcl => cl.head(c.anchor),
            _ => cl.child(c.anchor, &[Nsubj]),
        };
        found = subject.into_iter().flat_map(|s| m.mentions.all(s, true)).filter(is_somebody).collect();
    }
    found.retain(|who| !overlaps(who, &c.actors));
    c.recipients = found;
}

/// "captured the rebel-held town", "the crossing controlled by B": who held it.
pub(super) fn holders_of_target(m: &Matcher, c: &mut Candidate) {
    use Relation::*;
    if !c.recipients.iter().all(|who| who.sort == Sort::Place || who.is_plain_state()) {
        return;
    }
    let cl = m.clauses;
    let targets = words(c).filter(|&k| k != c.anchor).chain(cl.objects(c.anchor));
    let targets: Vec<usize> = targets.flat_map(|k| [Some(k), cl.child(k, &[Appos])]).flatten().collect();
    let mut found = Vec::new();
    for target in targets {
        for v in cl.children_by(target, &[Amod, Acl]) {
            if v == c.anchor
                || !matches!(cl.lemma(v), "hold" | "control" | "occupy" | "run" | "defend")
                || !cl.form(v).ends_with(['d', 'n'])
            {
                continue;
            }
            let before = cl.children_by(v, &[Compound, Obl, OblAgent, OblUnmarked, Nsubj, Advmod]);
            let holders = before
                .flat_map(|k| m.mentions.all(k, false))
                .filter(|w| w.is_plain_state() || is_somebody(w) && !w.sectors.is_empty());
            found.extend(holders);
        }
        for k in cl.children_by(target, &[Amod, Compound]).filter(|&k| m.is_force(k)) {
            found.extend(m.mentions.one(k));
        }
    }
    found.retain(|who: &Who| !overlaps(who, &c.actors) && !is_own_side(who, &c.actors));
    if !found.is_empty() {
        c.recipients.clear();
        found.into_iter().for_each(|who| add(&mut c.recipients, who));
    }
}

/// "42 people have died following a series of car bombings": those it struck.
pub(super) fn dead_of_it(m: &Matcher, c: &mut Candidate) {
    use Relation::*;
    let cl = m.clauses;
    if cl.is_verb(c.anchor) {
        return;
    }
    let mut at = c.anchor;
    for _ in 0..3 {
        let around = cl.case(at).is_some_and(|k| {
            matches!(cl.lemma(k), "in" | "during" | "following" | "follow" | "after" | "from" | "of" | "as")
        });
        let Some(head) = cl.head(at).filter(|_| around && matches!(cl.relation(at), Obl | Nmod)) else { return };
        if !cl.is_verb(head) {
            at = head;
            continue;
        }
        let dead = cl.subject(head).filter(|_| matches!(cl.lemma(head), "die" | "perish"));
        let dead: Vec<Who> = dead.into_iter().flat_map(|s| m.mentions.all(s, true)).filter(is_person).collect();
        if !dead.is_empty() && !dead.iter().any(|d| overlaps(d, &c.actors)) {
            // "an attack on a U.S. checkpoint in the Iraqi capital": the checkpoint stays.
            c.recipients.retain(|who| !m.is_location(who) && !overlaps(who, &dead));
            c.recipients.extend(dead);
        }
        return;
    }
}

/// People or a number of them.
fn is_person(who: &Who) -> bool {
    !matches!(who.sort, Sort::Place | Sort::Instrument | Sort::State) || !who.sectors.is_empty()
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
