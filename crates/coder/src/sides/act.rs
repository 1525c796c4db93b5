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
    // The act's word: what `~` found, else a verb or event noun the pattern itself names.
    let own = || c.words.iter().skip(1).flat_map(|&(a, b)| a..=b).find(|&k| cl.is_verb(k));
    let Some(act) = c.act.or_else(own) else {
        return if event_type == Request { of_the_demand(m, c) } else { Vec::new() };
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
                // "agreed to form a government": what comes of it is nobody yet.
                let makes =
                    matches!(cl.lemma(act), "form" | "establish" | "create" | "build" | "set" | "found" | "appoint");
                let mut places = if makes { Vec::new() } else { cl.objects(act) };
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
