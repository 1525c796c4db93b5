//! Whom an act inside another one concerns.

use crate::about;
use crate::matcher::{Candidate, Matcher};
use crate::mention::Who;
use legation_record::{EventType, Relation, Upos};

/// Whom an act is about where the outer clause names nobody: who did what is condemned or demanded, and to whom it
/// would be done where it is threatened, refused or agreed.
pub(super) fn of_the_act(m: &Matcher, c: &Candidate, event_type: EventType) -> Vec<Who> {
    use EventType::{Accuse, Agree, Concede, Reject, Request, Sanction, Threaten};
    if !about::holds_an_act(event_type) && !matches!(event_type, Concede | Sanction) {
        return Vec::new();
    }
    let cl = m.clauses;
    // "rejects its involvement in attacks by B": B asks nothing.
    let part = |k: usize| matches!(cl.lemma(k), "involvement" | "responsibility" | "complicity" | "participation");
    let own_part = |k: usize| part(k) && cl.child(k, &[Relation::NmodPoss]).is_some_and(|p| cl.upos(p) == Upos::Pron);
    let denied = c.words.iter().flat_map(|&(a, b)| a..=b).chain(cl.objects(c.anchor)).any(own_part);
    if event_type == Reject && denied {
        return Vec::new();
    }
    // The act's word: what `~` found, else a verb or event noun the pattern itself names.
    let own = || c.words.iter().skip(1).flat_map(|&(a, b)| a..=b).find(|&k| cl.is_verb(k));
    let Some(act) = c.act.or_else(own) else {
        return match event_type {
            Request => of_the_demand(m, c),
            Agree | Reject => of_the_offer(m, c),
            _ => Vec::new(),
        };
    };
    let people = |places: Vec<usize>| places.into_iter().flat_map(|p| m.mentions.all(p, true)).collect::<Vec<Who>>();
    let inner = m.event(act);
    let mut found = match event_type {
        Accuse | Request => match inner {
            Some(inner) if !inner.actors.is_empty() => inner.actors,
            // "alleged violations by B"
            _ => {
                let by = cl.prepositional(act).into_iter().filter(|&(k, _)| cl.is_nominal(act) && cl.lemma(k) == "by");
                people(cl.subject(act).into_iter().chain(by.map(|(_, n)| n)).collect())
            }
        },
        Threaten | Reject | Agree | Concede | Sanction => match inner {
            Some(inner) if !inner.recipients.is_empty() || !inner.actors.is_empty() => {
                let others = if matches!(event_type, Concede | Sanction) { Vec::new() } else { inner.actors };
                inner.recipients.into_iter().chain(others).collect()
            }
            _ => {
                let mut places = cl.objects(act);
                // "agreed to form a government": what comes of it is nobody yet.
                let made = ["government", "coalition", "cabinet", "administration", "alliance", "majority"];
                let makes = matches!(cl.lemma(act), "form" | "establish" | "create" | "build" | "set" | "appoint");
                places.retain(|&k| !makes || !made.contains(&cl.lemma(k)));
                let towards =
                    |&(k, _): &(usize, usize)| matches!(cl.lemma(k), "to" | "with" | "against" | "for" | "on" | "from");
                places.extend(cl.prepositional(act).iter().filter(|p| towards(p)).map(|&(_, n)| n));
                // "refuses to comply with a court order"
                let words =
                    ["order", "ruling", "demand", "request", "decision", "ultimatum", "call", "proposal", "offer"];
                let orders: Vec<usize> = places.iter().copied().filter(|&k| words.contains(&cl.lemma(k))).collect();
                let found = people(places);
                if !found.is_empty() || event_type != EventType::Reject {
                    found
                } else {
                    let before =
                        orders.iter().flat_map(|&k| cl.children_by(k, &[Relation::Compound, Relation::NmodPoss]));
                    let bodies = before.filter(|&k| cl.upos(k) != Upos::Pron).flat_map(|k| m.mentions.one(k));
                    bodies.filter(|who| who.code.is_some() || !who.sectors.is_empty()).collect()
                }
            }
        },
        _ => Vec::new(),
    };
    found.retain(|who| {
        let same =
            |a: &Who| a.code.is_some() && a.code == who.code && (a.sectors == who.sectors || who.is_plain_state());
        !c.actors.iter().any(|a| a.span.overlaps(who.span) || same(a))
    });
    found
}

/// "calls for B's resignation", "for more American help": of whom the thing asked for is.
fn of_the_demand(m: &Matcher, c: &Candidate) -> Vec<Who> {
    let cl = m.clauses;
    let things = c.words.iter().skip(1).map(|w| w.1).filter(|&k| cl.is_nominal(k));
    let mut found: Vec<Who> = things
        .flat_map(|k| {
            let poss = cl.children_by(k, &[Relation::NmodPoss]).filter(|&p| cl.upos(p) != Upos::Pron);
            let poss: Vec<Who> = poss.flat_map(|p| m.mentions.all(p, false)).collect();
            if poss.is_empty() { m.qualifiers(k) } else { poss }
        })
        .collect();
    let actor =
        |who: &Who| c.actors.iter().any(|a| a.span.overlaps(who.span) || a.code.is_some() && a.code == who.code);
    found.retain(|who| (who.code.is_some() || !who.sectors.is_empty()) && !actor(who));
    found
}

/// "agreed to an offer by B", "defied a police order": whose offer or order it is.
fn of_the_offer(m: &Matcher, c: &Candidate) -> Vec<Who> {
    let cl = m.clauses;
    let things: Vec<usize> = c.words.iter().skip(1).map(|w| w.1).filter(|&k| cl.is_nominal(k)).collect();
    let from = things.iter().flat_map(|&k| cl.prepositional(k)).filter(|&(p, _)| matches!(cl.lemma(p), "by" | "from"));
    let mut found: Vec<Who> = from.flat_map(|(_, n)| m.mentions.all(n, false)).collect();
    if found.is_empty() {
        let before = things.iter().flat_map(|&k| cl.children_by(k, &[Relation::Compound])).filter(|&k| m.is_force(k));
        found = before.flat_map(|k| m.mentions.one(k)).collect();
    }
    found.retain(|who| who.code.is_some() || !who.sectors.is_empty());
    found
}

/// "warns of a new war if B does not listen", "threatens to strike unless B withdraws": on whom it depends.
pub(super) fn on_condition(m: &Matcher, c: &Candidate) -> Vec<Who> {
    let cl = m.clauses;
    let heads = [Some(c.anchor), c.act].into_iter().flatten().chain(c.words.iter().skip(1).map(|w| w.1));
    let condition = |&k: &usize| cl.children_by(k, &[Relation::Mark]).any(|p| matches!(cl.lemma(p), "if" | "unless"));
    let clauses: Vec<usize> = heads.flat_map(|h| cl.children_by(h, &[Relation::Advcl])).filter(condition).collect();
    let subjects = clauses.into_iter().filter(|&k| !cl.is_passive(k)).filter_map(|k| cl.subject(k));
    let mut found: Vec<Who> = subjects.flat_map(|s| m.mentions.all(s, false)).collect();
    found.retain(|who| {
        let actor = |a: &Who| a.span.overlaps(who.span) || a.code.is_some() && a.code == who.code;
        (who.code.is_some() || !who.sectors.is_empty()) && !c.actors.iter().any(actor)
    });
    found
}

/// "rejects B's account", "commutes B's sentence": whose it is.
pub(super) fn possessors(m: &Matcher, c: &Candidate) -> Vec<Who> {
    let cl = m.clauses;
    let things = c.words.iter().skip(1).map(|w| w.1).chain(cl.objects(c.anchor)).filter(|&k| cl.is_nominal(k));
    let owners = things.flat_map(|k| cl.children_by(k, &[Relation::NmodPoss])).filter(|&p| cl.upos(p) != Upos::Pron);
    let mut found: Vec<Who> = Vec::new();
    for who in owners.flat_map(|p| m.mentions.all(p, false)) {
        let actor = |a: &Who| a.span.overlaps(who.span) || a.code.is_some() && a.code == who.code && !who.is_in("CVL");
        if (who.code.is_some() || !who.sectors.is_empty()) && !c.actors.iter().any(|a| a.span.overlaps(who.span)) {
            let own = who.is_plain_state() && c.actors.iter().any(actor);
            if !own {
                super::add(&mut found, who);
            }
        }
    }
    found
}
