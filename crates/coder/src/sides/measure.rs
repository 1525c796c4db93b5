//! On whom a measure is turned, and who takes it.

use super::{is_somebody, words};
use crate::matcher::{Candidate, Matcher};
use crate::mention::{Sort, Who};
use legation_record::Relation;

/// "sanctions …, including a ban on investments, against B", "closes its airports to flights from B": whom a measure is
/// turned on, further down than the rule looks.
pub(super) fn towards(m: &Matcher, c: &Candidate) -> Vec<Who> {
    let cl = m.clauses;
    let known = |w: &Who| is_somebody(w) && (w.is_plain_state() || w.code.is_some() && w.sort != Sort::State);
    let mut heads: Vec<(usize, u8)> = words(c).map(|k| (k, 0)).collect();
    let mut at = 0;
    while let Some(&(h, depth)) = heads.get(at) {
        at += 1;
        // "freezes assets held by B"
        let held = cl
            .children_by(h, &[Relation::Acl])
            .filter(|&k| cl.is_passive(k) && matches!(cl.lemma(k), "hold" | "own" | "control" | "produce" | "make"));
        let mut owners: Vec<Who> = held.filter_map(|k| cl.subject(k)).flat_map(|s| m.mentions.all(s, false)).collect();
        owners.retain(|w| is_somebody(w) && (w.code.is_some() || !w.sectors.is_empty()));
        if !owners.is_empty() {
            return owners;
        }
        for (k, n) in cl.prepositional(h).into_iter().filter(|&(k, _)| cl.is_case(k)) {
            let aimed = cl.lemma(k) == "against" || depth == 0 && matches!(cl.lemma(k), "to" | "with" | "from" | "on");
            if !aimed {
                if depth < 2 && !cl.is_verb(n) {
                    heads.push((n, depth + 1));
                }
                continue;
            }
            let mut found: Vec<Who> = m.mentions.all(n, false).into_iter().filter(known).collect();
            if found.is_empty() && m.mentions.one(n).is_empty() {
                found = m.qualifiers(n);
                // "flights from B", "steel imported from B"
                let made = cl.children_by(n, &[Relation::Acl]).filter(|&k| cl.is_passive(k));
                let phrases = std::iter::once(n).chain(made).flat_map(|h| cl.prepositional(h));
                let moves = matches!(cl.lemma(n), "flight" | "travel" | "trade" | "export" | "transit" | "entry");
                let from = phrases.filter(|&(k, _)| {
                    cl.lemma(k) == "from" || depth == 0 && cl.lemma(k) == "of" || moves && cl.lemma(k) == "to"
                });
                found.extend(from.flat_map(|(_, n)| m.mentions.all(n, false)).filter(known));
            }
            found.retain(|w| !c.actors.iter().any(|a| a.code.is_some() && a.code == w.code || a.span.overlaps(w.span)));
            if !found.is_empty() {
                return found;
            }
        }
    }
    Vec::new()
}

/// "entered B's airspace": whose it is.
pub(super) fn entered(m: &Matcher, c: &mut Candidate) {
    let cl = m.clauses;
    let things = c.words.iter().skip(1).map(|w| w.1).filter(|&k| cl.relation(k) == Relation::Obj);
    let owned = things.filter(|&k| m.mentions.role(k).is_none()).flat_map(|k| m.qualifiers(k));
    c.recipients = owned.filter(|w| is_somebody(w) && c.actors.iter().all(|a| a.code != w.code)).collect();
}

/// "deploys a unit to fight the gangs": against whom forces are moved.
pub(super) fn meant_for(m: &Matcher, c: &mut Candidate) {
    if !c.recipients.is_empty() {
        return;
    }
    let cl = m.clauses;
    const AGAINST: [&str; 12] = [
        "fight", "combat", "counter", "battle", "defeat", "confront", "deter", "attack", "repel", "crush", "hunt",
        "quell",
    ];
    let heads: Vec<usize> = words(c).chain(cl.objects(c.anchor)).collect();
    let aims = heads.into_iter().flat_map(|k| cl.purposes(k)).filter(|&k| AGAINST.contains(&cl.lemma(k)));
    let foes = aims.flat_map(|k| cl.objects(k)).flat_map(|o| m.mentions.all(o, false));
    let mut found: Vec<Who> = foes.filter(|w| is_somebody(w) && (w.code.is_some() || !w.sectors.is_empty())).collect();
    found.retain(|w| !c.actors.iter().any(|a| a.code.is_some() && a.code == w.code && w.sectors == a.sectors));
    found.into_iter().for_each(|who| super::add(&mut c.recipients, who));
}

/// "sentenced in a Moscow court": it sentences.
pub(super) fn court(m: &Matcher, c: &mut Candidate) {
    let cl = m.clauses;
    if !c.actors.is_empty() || !cl.is_verb(c.anchor) {
        return;
    }
    let before = |k: usize| matches!(cl.lemma(k), "in" | "at" | "before" | "by");
    let heads: Vec<usize> = words(c).collect();
    let places = heads.into_iter().flat_map(|w| cl.prepositional(w)).filter(|&(k, _)| cl.is_case(k) && before(k));
    let mut courts = places.flat_map(|(_, n)| m.mentions.one(n)).filter(|w| w.is_in("JUD") && w.code.is_some());
    let court = courts.next();
    c.actors.extend(court);
}

/// "release the Indian ship": whose it is.
pub(super) fn freed(m: &Matcher, c: &mut Candidate) {
    let cl = m.clauses;
    if !matches!(cl.lemma(c.anchor), "release" | "free" | "liberate") {
        return;
    }
    let mut owners: Vec<Who> = cl.objects(c.anchor).into_iter().flat_map(|o| m.qualifiers(o)).collect();
    owners.retain(|w| is_somebody(w) && w.code.is_some() && !c.actors.iter().any(|a| a.code == w.code));
    c.recipients = owners;
}
