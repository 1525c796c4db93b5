//! Whom a blow strikes: whose the target was, who suffered it, and what was only where it happened.

use super::violence::{is_own_side, overlaps};
use super::{add, is_somebody, words};
use crate::matcher::{Candidate, Matcher};
use crate::mention::{Sort, Who};
use legation_gazetteer::AgentClass;
use legation_record::Relation;

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

/// Whom a blow struck that the rule found nobody for: "opens fire with a rifle at B", "B survived an attack".
pub(super) fn sufferers(m: &Matcher, c: &mut Candidate) {
    use Relation::*;
    let cl = m.clauses;
    // "three Ukrainian missiles were shot down over B": theirs, not B's.
    let phrase = |i: usize| cl.case(i).is_some() || cl.head(i).is_some_and(|h| !cl.is_verb(h) && cl.case(h).is_some());
    let over = |who: &Who| who.sort == Sort::Place || who.is_plain_state() && phrase(who.head);
    if matches!(cl.lemma(c.anchor), "shoot" | "down" | "bring" | "intercept") && c.recipients.iter().all(over) {
        let things = words(c).filter(|&k| k != c.anchor && matches!(cl.relation(k), Obj | NsubjPass));
        let owned: Vec<Who> = things.flat_map(|k| m.mentions.one(k)).filter(|who| who.code.is_some()).collect();
        if !owned.is_empty() {
            c.recipients = owned;
        }
    }
    if !c.recipients.is_empty() {
        return;
    }
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

/// People or a number of them.
fn is_person(who: &Who) -> bool {
    !matches!(who.sort, Sort::Place | Sort::Instrument | Sort::State) || !who.sectors.is_empty()
}

/// "open fire on a car carrying settlers": those in it.
pub(super) fn carried(m: &Matcher, c: &mut Candidate) {
    use Relation::*;
    if !c.recipients.is_empty() {
        return;
    }
    let cl = m.clauses;
    let heads = cl.objects(c.anchor).into_iter().chain(cl.prepositional(c.anchor).into_iter().map(|(_, n)| n));
    let targets: Vec<usize> = words(c).filter(|&k| k != c.anchor).chain(heads).collect();
    let loads = targets
        .into_iter()
        .flat_map(|k| cl.children_by(k, &[Acl]))
        .filter(|&v| matches!(cl.lemma(v), "carry" | "transport" | "ferry") && cl.form(v).ends_with("ing"));
    let mut found: Vec<Who> = loads.flat_map(|v| cl.objects(v)).flat_map(|o| m.mentions.all(o, false)).collect();
    found.retain(|who| is_somebody(who) && is_person(who) && !overlaps(who, &c.actors));
    c.recipients = found;
}

/// "two Saudi guards and a general": of one state.
pub(super) fn siblings(m: &Matcher, c: &mut Candidate) {
    let cl = m.clauses;
    let body = |who: &Who| who.sectors.first().is_some_and(|s| matches!(s.as_str(), "MIL" | "COP" | "PRM" | "SPY"));
    for i in 1..c.recipients.len() {
        let (before, rest) = c.recipients.split_at_mut(i);
        let (first, who) = (&before[i - 1], &mut rest[0]);
        let joined = cl.relation(who.head) == Relation::Conj && cl.head(who.head) == Some(first.head);
        if joined && who.code.is_none() && body(first) && body(who) && first.code.is_some() {
            who.code.clone_from(&first.code);
            who.name.clone_from(&first.name);
        }
    }
}
