//! "Tehran welcomes the move", "rejects the accusation", "injured in the attack": whose act a definite noun means is told by
//! the sentence before.

use crate::clause::Clauses;
use legation_record::{Antecedent, Event, EventType, Participant, Relation, Upos};

/// Fills the side that a definite noun for an act leaves open with those who did the act that the sentence before tells.
pub(crate) fn from_before(cl: &Clauses, words: &[usize], anchor: usize, event: &mut Event, told: &[Event]) {
    let judges = matches!(event.event_type, EventType::Accuse | EventType::Reject | EventType::Support);
    let open = match event.event_type {
        EventType::Assault => event.actors.is_empty(),
        _ => judges && event.recipients.is_empty() && !event.actors.is_empty(),
    };
    let Some(sentence) = event.evidence.sentence.checked_sub(1).filter(|_| open) else { return };
    let heads = words.iter().copied().chain(cl.objects(anchor)).chain(circumstances(cl, anchor));
    let Some(types) = heads.filter(|&k| k != anchor && is_definite(cl, k)).find_map(|k| meant(cl, k)) else { return };
    // A blow is struck by whoever struck before; a judgement is passed on any of the acts a noun may mean.
    let fits = |e: &&Event| {
        e.evidence.sentence == sentence
            && !e.actors.is_empty()
            && (types.is_empty() && e.event_type != EventType::Consult || types.contains(&e.event_type))
            && (event.event_type != EventType::Assault || e.event_type == EventType::Assault)
    };
    let mut acts = told.iter().rev().filter(fits);
    let Some(act) = acts.next().filter(|_| event.event_type == EventType::Assault || acts.next().is_none()) else {
        return;
    };
    let same = |a: &Participant, b: &Participant| a.code == b.code && a.sectors.first() == b.sectors.first();
    let others = if event.event_type == EventType::Assault { &event.recipients } else { &event.actors };
    let mut doers: Vec<&Participant> =
        act.actors.iter().filter(|a| a.code.is_some() || !a.sectors.is_empty()).collect();
    // Fights have two sides, and nobody judges himself.
    let own = |a: &&Participant| others.iter().any(|o| same(a, o) || judges && a.code.is_some() && a.code == o.code);
    if judges {
        doers.retain(|a| !own(a));
    }
    if doers.is_empty() || doers.iter().any(own) || event.event_type == EventType::Assault && doers.len() > 1 {
        return;
    }
    let found = doers.into_iter().map(|doer| {
        let (text, start, end) = match &doer.antecedent {
            Some(first) => (first.text.clone(), first.start, first.end),
            None => (doer.text.clone(), doer.start, doer.end),
        };
        let reason = "who did what the sentence before tells".into();
        Participant { antecedent: Some(Antecedent { text, start, end, reason }), ..doer.clone() }
    });
    let found: Vec<Participant> = found.collect();
    if event.event_type == EventType::Assault {
        event.actors = found;
    } else {
        event.recipients = found;
    }
}

/// "in the attack", "by the blast"
fn circumstances(cl: &Clauses, anchor: usize) -> Vec<usize> {
    let within = |&(k, _): &(usize, usize)| matches!(cl.lemma(k), "in" | "during" | "by");
    cl.prepositional(anchor).into_iter().filter(within).map(|(_, n)| n).collect()
}

/// "the move", "this attack": with nothing beside it that would say whose or which.
fn is_definite(cl: &Clauses, k: usize) -> bool {
    use Relation::*;
    cl.is_nominal(k)
        && cl.children_by(k, &[Det]).any(|d| matches!(cl.lemma(d), "the" | "this" | "these" | "that" | "those"))
        && cl.child(k, &[Nmod, NmodPoss, Acl, AclRelcl, Ccomp, Amod, Appos]).is_none()
        // "the court case", but not "the Gaza raid"
        && cl.children_by(k, &[Compound]).all(|n| cl.upos(n) == Upos::Noun && cl.child(n, &[Compound]).is_none())
}

/// The types of act that a noun may mean; none where it may be any.
fn meant(cl: &Clauses, k: usize) -> Option<&'static [EventType]> {
    use EventType::*;
    Some(match cl.lemma(k) {
        "move" | "decision" | "action" | "act" | "step" | "measure" | "gesture" => &[],
        "accusation" | "allegation" | "charge" | "claim" | "criticism" | "investigation" => &[Accuse],
        "demand" | "request" | "appeal" | "call" => &[Request],
        "proposal" | "offer" | "plan" => &[Agree, Request],
        "attack" | "strike" | "bombing" | "killing" | "shooting" | "airstrike" | "shelling" | "raid" | "assault"
        | "massacre" | "murder" | "assassination" | "invasion" | "offensive" | "incursion" | "ambush"
        | "bombardment" | "blast" | "explosion" | "operation" | "abduction" | "kidnapping" | "stabbing" => {
            &[Assault, Coerce]
        }
        "sanction" | "expulsion" | "embargo" | "tariff" => &[Sanction],
        "drill" | "exercise" | "deployment" | "test" | "launch" | "manoeuvre" | "maneuver" | "mobilization" => {
            &[Mobilize, Threaten]
        }
        "arrest" | "detention" | "ban" | "restriction" | "blockade" | "seizure" | "curfew" | "lockdown" => {
            &[Coerce, Sanction]
        }
        "case" | "lawsuit" | "ruling" | "verdict" | "sentence" | "conviction" | "indictment" | "trial" => {
            &[Accuse, Sanction, Coerce]
        }
        "threat" | "warning" | "ultimatum" => &[Threaten],
        _ => return None,
    })
}
