//! Who takes part beyond the places of a rule: the sides that a sentence names in phrases and clauses around the words
//! that matched.

mod act;
mod casualties;
mod measure;
mod protest;
mod targets;
mod told;
mod violence;

pub(crate) use told::from_before;
pub(crate) use violence::of_their_state;

use crate::codebook::AnchorKind;
use crate::matcher::{Candidate, Matcher};
use crate::mention::{Sort, Who};
use legation_record::{EventType, Relation};

/// Adds the participants that the rule's own places leave out, and takes out those that a place gave by mistake.
pub(crate) fn complete(m: &Matcher, c: &mut Candidate, event_type: EventType, modes: &[String]) {
    let has = |mode: &str| modes.iter().any(|m| m == mode);
    match event_type {
        EventType::Assault => {
            violence::of_the_blow(m, c);
            violence::whereabouts(m, c);
            violence::attackers(m, c);
            targets::owners_of_target(m, c);
            violence::premises(m, c);
            casualties::complete(m, c);
            targets::targets(m, c);
            targets::grounds(m, c);
            targets::sufferers(m, c);
            targets::dead_of_it(m, c);
            targets::carried(m, c);
            targets::siblings(m, c);
        }
        EventType::Coerce if has("arrest") || has("seize") => {
            violence::attackers(m, c);
            if has("seize") {
                targets::holders_of_target(m, c);
            }
        }
        EventType::Protest => protest::complete(m, c),
        EventType::Threaten => who_threatens(m, c),
        EventType::Retreat if c.recipients.is_empty() => measure::freed(m, c),
        EventType::Mobilize if c.recipients.is_empty() => {
            measure::entered(m, c);
            measure::meant_for(m, c);
        }
        EventType::Sanction if has("convict") => {
            measure::court(m, c);
            casualties::sentenced(m, c);
        }
        _ => {}
    }
    companions(m, c);
    if c.recipients.is_empty() {
        c.recipients = act::of_the_act(m, c, event_type);
    }
    if event_type == EventType::Threaten && c.recipients.is_empty() {
        c.recipients = act::on_condition(m, c);
    }
    if c.recipients.is_empty() && matches!(event_type, EventType::Reject | EventType::Concede) {
        c.recipients = act::possessors(m, c);
    }
    casualties::included(m, c, event_type);
    let closes = event_type == EventType::Sanction && !has("convict") || has("restrict");
    if c.recipients.is_empty() && closes {
        c.recipients = measure::towards(m, c);
    }
}

/// "A, along with B, visits C": B, too.
fn companions(m: &Matcher, c: &mut Candidate) {
    let cl = m.clauses;
    if c.actors.is_empty() || !cl.is_verb(c.anchor) || cl.is_passive(c.anchor) {
        return;
    }
    let beside = |&o: &usize| {
        o < c.anchor
            && cl.children_by(o, &[Relation::Case]).any(|k| matches!(cl.lemma(k), "along" | "alongside" | "together"))
    };
    let heads = cl.subject(c.anchor).into_iter().chain([c.anchor]);
    let phrases: Vec<usize> =
        heads.flat_map(|h| cl.children_by(h, &[Relation::Obl, Relation::Nmod])).filter(beside).collect();
    for who in phrases.into_iter().flat_map(|n| m.mentions.all(n, false)) {
        let known = c.actors.iter().chain(&c.recipients).any(|o| o.span.overlaps(who.span));
        if is_somebody(&who) && !known && (who.code.is_some() || !who.sectors.is_empty()) {
            c.actors.push(who);
        }
    }
}

/// "said that talks with B were constructive": the speaker had them.
pub(crate) fn speaker_of_talks(m: &Matcher, c: &mut Candidate, speaker: usize) {
    let noun = m.rule(c).pattern.kind == AnchorKind::Noun;
    if !noun || c.actors.len() != 1 || !c.recipients.is_empty() {
        return;
    }
    let other =
        |s: &Who| c.actors.iter().all(|a| a.code != s.code) && (s.is_plain_state() || s.is_in("GOV") || s.is_in("IGO"));
    let speakers: Vec<Who> =
        m.mentions.one(speaker).into_iter().filter(|s| s.code.is_some()).filter(|s| other(s)).collect();
    c.actors.extend(speakers);
}

/// A refused meeting has the one who refuses as its actor, and whom it would have been with as its recipient.
pub(crate) fn refuse(m: &Matcher, c: &mut Candidate) {
    let cl = m.clauses;
    if !m.rule(c).pattern.reciprocal || !c.recipients.is_empty() || c.actors.len() < 2 {
        return;
    }
    let Some(subject) = cl.subject(c.anchor) else { return };
    let conjuncts = cl.conjuncts(subject);
    let refuses = |who: &Who| conjuncts.iter().any(|&k| who.tokens.0 <= k && k <= who.tokens.1);
    let (own, others): (Vec<Who>, Vec<Who>) = std::mem::take(&mut c.actors).into_iter().partition(refuses);
    (c.actors, c.recipients) = if own.is_empty() { (others, own) } else { (own, others) };
}

/// "threats by A against B", where the rule took A.
fn who_threatens(m: &Matcher, c: &mut Candidate) {
    let cl = m.clauses;
    if !c.actors.is_empty() || m.rule(c).pattern.kind != AnchorKind::Noun {
        return;
    }
    let by = |who: &Who| cl.case(who.head).is_some_and(|k| cl.lemma(k) == "by");
    (c.actors, c.recipients) = std::mem::take(&mut c.recipients).into_iter().partition(by);
    if c.recipients.is_empty() {
        let heads: Vec<usize> = words(c).chain(c.actors.iter().map(|a| a.head)).collect();
        let phrases = heads.into_iter().flat_map(|h| cl.prepositional(h));
        let against = phrases.filter(|&(k, _)| cl.lemma(k) == "against");
        c.recipients = against.flat_map(|(_, n)| m.mentions.all(n, false)).collect();
    }
}

/// The tokens a candidate's rule matched, its anchor first.
fn words(c: &Candidate) -> impl Iterator<Item = usize> {
    c.words.iter().flat_map(|&(a, b)| a..=b)
}

/// Adds to a list whoever is not in it yet.
fn add(list: &mut Vec<Who>, who: Who) {
    let known = |o: &Who| o.is_same(&who) || o.code.is_some() && o.code == who.code && o.sectors == who.sectors;
    if !list.iter().any(known) {
        list.push(who);
    }
}

/// Whether a participant is somebody: no place, number or weapon.
fn is_somebody(who: &Who) -> bool {
    !matches!(who.sort, Sort::Place | Sort::Count | Sort::Instrument)
}
