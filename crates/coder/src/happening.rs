//! Several clauses about one happening: "attacked the convoy, killing five and wounding two" is one act of violence.

use crate::clause::Clauses;
use legation_record::{Event, EventType, Magnitude, Participant, Relation, Status, Upos};

/// Whether two acts of violence are one: "killed and wounded", "attacked …, killing …": coordinated or dependent, by the
/// same actors.
pub(crate) fn is_one_happening(c: &Clauses, (a, first): (usize, &Event), (b, second): (usize, &Event)) -> bool {
    // "ten were killed in A, while two died in B": another one.
    let apart = |x: usize| c.children_by(x, &[Relation::Mark]).any(|k| matches!(c.lemma(k), "while" | "whereas"));
    let linked = |x: usize, y: usize| {
        use Relation::*;
        // "a missile fired by B strikes the airport, injuring ten"
        let fired = c.relation(x) == Acl && c.head(x).is_some() && c.head(x) == c.subject(y);
        fired
            || c.result_of(x) == Some(y)
            || !apart(x)
                && c.head(x).is_some_and(|h| {
                    h == y
                        || c.head(h) == Some(y) && matches!(c.relation(h), Obj | Conj | Advcl | Obl | Nsubj | NsubjPass)
                })
                && matches!(c.relation(x), Conj | Advcl | Acl | AclRelcl | Parataxis | Nsubj | NsubjPass | Obl | Nmod)
    };
    let same = |x: &[Participant], y: &[Participant]| {
        x.len() == y.len() && x.iter().zip(y).all(|(p, q)| p.start == q.start || p.code == q.code && p.code.is_some())
    };
    // "jailed for six years after being convicted", "arrested and held in custody": one proceeding against the same people.
    let proceeding = matches!(first.event_type, EventType::Coerce | EventType::Sanction | EventType::Accuse)
        && first.event_type == second.event_type
        && first.event_mode == second.event_mode
        && first.status == second.status
        && !first.event_mode.is_empty()
        && !first.recipients.is_empty()
        && same(&first.recipients, &second.recipients)
        && (same(&first.actors, &second.actors) || second.actors.is_empty() || first.actors.is_empty());
    // "march to …, chanting slogans": one protest.
    let protest = first.event_type == EventType::Protest
        && second.event_type == EventType::Protest
        && first.status == second.status
        && !first.actors.is_empty()
        && same(&first.actors, &second.actors);
    // "meets B in emergency talks": one meeting.
    let among = |x: &[Participant], y: &[Participant]| {
        x.iter().all(|p| y.iter().any(|q| p.start == q.start || p.code.is_some() && p.code == q.code))
    };
    let meeting = first.event_type == EventType::Consult
        && second.event_type == EventType::Consult
        && first.status == second.status
        && first.event_mode == second.event_mode
        && second.recipients.is_empty()
        // "A speaks with B; their ministers met in C": another one.
        && c.child(b, &[Relation::Nsubj, Relation::NsubjPass]).is_none()
        && (linked(a, b) || linked(b, a))
        && among(&second.actors, &first.actors);
    if proceeding || protest || meeting {
        return true;
    }
    first.event_type == EventType::Assault
        && second.event_type == EventType::Assault
        && first.status == second.status
        && (linked(a, b) || linked(b, a))
        && (same(&first.actors, &second.actors)
            || second.actors.is_empty()
            || first.actors.is_empty()
            // "five are killed and seven injured in a shootout": by some of the same.
            || c.relation(b) == Relation::Conj && c.is_passive(a) && among(&first.actors, &second.actors)
            // "two are injured as A and B clash"
            || c.relation(b) == Relation::Advcl
                && second.recipients.is_empty()
                && among(&first.actors, &second.actors))
}

/// The meeting told before at which was talked about what an event tells ("met … They discussed …"): of the same people,
/// at no other time or place. `talk` says whether a word is one of conversation, `words` are those that tell the event.
pub(crate) fn within_meeting<'e>(
    c: &Clauses,
    talk: impl Fn(usize) -> bool,
    words: &[usize],
    mut told: impl Iterator<Item = &'e Event>,
    again: &Event,
) -> Option<usize> {
    let consult = |e: &Event| e.event_type == EventType::Consult && e.status == Status::Actual;
    // "later discussed it again", "a second conversation", "had discussed": another one.
    let another = |k: usize| {
        c.children(k).iter().any(|&m| {
            matches!(
                c.lemma(m),
                "again"
                    | "later"
                    | "earlier"
                    | "previously"
                    | "separately"
                    | "then"
                    | "another"
                    | "second"
                    | "third"
                    | "separate"
                    | "previous"
                    | "further"
            ) || c.lemma(m) == "have" && c.feature(m, "Tense=Past") && matches!(c.relation(m), Relation::Aux)
        })
    };
    if !consult(again) || !words.iter().any(|&k| talk(k)) || words.iter().any(|&k| another(k)) {
        return None;
    }
    let agrees = |x: Option<&str>, y: Option<&str>| x.is_none() || x == y;
    let place = |e: &Event| e.place.as_ref().map(|p| p.name.clone());
    let day = |e: &Event| e.date.as_ref().map(|d| d.value.clone());
    let (where_again, when_again) = (place(again), day(again));
    let everybody = || again.actors.iter().chain(&again.recipients);
    told.position(|met| {
        let there = |p: &Participant| {
            p.code.is_some()
                && met.actors.iter().chain(&met.recipients).any(|q| {
                    q.code == p.code
                        && (q.name == p.name || q.start == p.start || p.antecedent.is_some() && q.sectors == p.sectors)
                })
        };
        consult(met)
            && everybody().all(there)
            && again.event_mode.iter().all(|m| met.event_mode.contains(m))
            && agrees(where_again.as_deref(), place(met).as_deref())
            && agrees(when_again.as_deref(), day(met).as_deref())
    })
}

/// Sentences after which "the attack" is no longer the one told last.
const CLAIM_REACH: u32 = 2;

/// Which of the acts told last an event only says the doer of ("The Taliban claimed responsibility for the attack", "B carried out
/// the bombing"): the one act of violence of this sentence or the last two. `attack` says whether a noun is one of attack.
pub(crate) fn claims<'e>(
    c: &Clauses,
    attack: impl Fn(usize) -> bool,
    words: &[usize],
    told: impl Iterator<Item = &'e Event>,
    claim: &Event,
) -> Option<usize> {
    let the =
        |k: usize| c.children_by(k, &[Relation::Det]).any(|d| matches!(c.lemma(d), "the" | "this" | "these" | "both"));
    let bare = |k: usize| c.children_by(k, &[Relation::Nmod, Relation::Acl, Relation::AclRelcl]).next().is_none();
    let refers = || words.iter().any(|&k| c.is_nominal(k) && the(k) && bare(k) && attack(k));
    let assault = |e: &Event| e.event_type == EventType::Assault;
    if !assault(claim) || claim.actors.is_empty() || !claim.recipients.is_empty() || !refers() {
        return None;
    }
    let near = |e: &Event| {
        assault(e) && e.status == Status::Actual && e.evidence.sentence + CLAIM_REACH >= claim.evidence.sentence
    };
    let found = told.enumerate().filter(|(_, e)| near(e)).map(|(i, e)| (i, e.evidence.sentence));
    let (before, last) = found.fold((None, None), |(_, last), next| (last, Some(next)));
    // Of several in other sentences the last sentence's, if it tells but one.
    let (last, sentence) = last?;
    before.is_none_or(|(_, other)| other != sentence).then_some(last)
}

/// Adds the doers that a claim names. Whoever else was named before and is no nameless attacker stays the only one.
pub(crate) fn add_doers(told: &mut Event, claim: Event) {
    let nameless = |p: &Participant| {
        p.wikidata.is_none() && p.sectors.first().is_none_or(|s| matches!(s.as_str(), "REB" | "UAF" | "CRM" | "CVL"))
    };
    let victim = |p: &Participant| told.recipients.iter().any(|r| r.code == p.code && r.sectors == p.sectors);
    if told.actors.iter().all(nameless) {
        let new: Vec<Participant> = claim.actors.into_iter().filter(|p| !victim(p)).collect();
        let known =
            |p: &Participant| told.actors.iter().any(|a| a.start == p.start || a.name == p.name && a.code == p.code);
        let new: Vec<Participant> = new.into_iter().filter(|p| !known(p)).collect();
        told.actors.extend(new);
    }
}

/// Adds what a second clause says of the same happening.
pub(crate) fn absorb(c: &Clauses, event: &mut Event, more: Event) {
    // "The post was attacked, leaving two dead": what it was done to does not do it.
    let struck = more.actors.iter().any(|a| event.recipients.iter().any(|r| r.start == a.start));
    if event.actors.is_empty() && !struck {
        event.recipients.retain(|r| !more.actors.iter().any(|a| a.start == r.start));
        event.actors = more.actors;
        // "Two officers are injured as police and protesters clash": by the other side.
        let like = |a: &Participant, r: &Participant| {
            a.code.is_some()
                && a.code == r.code
                && a.sectors.first() == r.sectors.first()
                && a.sectors.first().is_some_and(|s| s != "CVL")
        };
        let own = |a: &Participant| !event.recipients.is_empty() && event.recipients.iter().all(|r| like(a, r));
        if event.actors.len() > 1 && !event.actors.iter().all(own) {
            let other: Vec<bool> = event.actors.iter().map(|a| !own(a)).collect();
            let mut at = 0;
            event.actors.retain(|_| (other[at], at += 1).0);
        }
    }
    // "ten soldiers are killed and twelve others injured": the others are such as the ten.
    let like = match event.recipients.as_slice() {
        [one] => Some(one.clone()),
        _ => None,
    };
    for mut r in more.recipients {
        let others = r.sectors.is_empty() && (r.text.ends_with("others") || r.text.ends_with("another"));
        if let Some(one) = like.as_ref().filter(|one| others && one.code.is_some() && !one.sectors.is_empty()) {
            r.code.clone_from(&one.code);
            r.sectors.clone_from(&one.sectors);
        }
        let counted = others || r.sectors.is_empty();
        let overlaps = |o: &Participant| o.start < r.end && r.start < o.end;
        let known = event.recipients.iter().any(|o| o.start == r.start && o.code == r.code || counted && overlaps(o));
        let actor = event.actors.iter().any(|a| a.start == r.start);
        // The place beside its own people adds nobody.
        let is_place = [&event.place, &more.place]
            .into_iter()
            .flatten()
            .any(|p| p.name == r.text || p.country == r.code && p.name == r.name && r.name == r.text);
        let place = is_place && event.recipients.iter().any(|o| o.code == r.code);
        if !known && !actor && !place {
            event.recipients.push(r);
        }
    }
    if event.event_type == EventType::Assault {
        victims_of_place(event);
        // Where it happened is said beside whom it struck: the place is no victim of its own.
        if event.recipients.iter().any(|r| !r.sectors.is_empty() || r.text.starts_with(char::is_numeric)) {
            event
                .recipients
                .retain(|r| !r.sectors.is_empty() || r.text.starts_with(char::is_numeric) || !located(c, r));
        }
    }
    for mode in more.event_mode {
        if !event.event_mode.contains(&mode) {
            event.event_mode.push(mode);
        }
    }
    if let Some(new) = more.size {
        // The same dead told by a second verb are not dead twice.
        let size = event.size.get_or_insert_default();
        let known: Vec<Magnitude> = size.counts.iter().map(|c| c.of).collect();
        size.counts.extend(new.counts.into_iter().filter(|c| !known.contains(&c.of)));
        size.add_up();
    }
    event.score = event.score.min(more.score);
    event.place = event.place.take().or(more.place);
    event.date = event.date.take().or(more.date);
    event.occasion = event.occasion.take().or(more.occasion);
}

/// "Struck Zaporizhzhia, killing two civilians": the people are of the place that was struck, where nothing says otherwise.
fn victims_of_place(event: &mut Event) {
    let struck: Vec<&Participant> =
        event.recipients.iter().filter(|r| r.code.is_some() && r.sectors.is_empty()).collect();
    let [place] = struck[..] else { return };
    let (code, name) = (place.code.clone(), place.name.clone());
    let nameless = |r: &Participant| r.code.is_none() && r.antecedent.is_none();
    let people = |r: &Participant| {
        r.sectors.first().is_some_and(|s| matches!(s.as_str(), "CVL" | "COP" | "MED" | "EDU" | "BUS" | "REF"))
            || r.sectors.is_empty() && r.text.starts_with(char::is_numeric)
    };
    for r in event.recipients.iter_mut().filter(|r| nameless(r) && people(r)) {
        r.code.clone_from(&code);
        r.name.clone_from(&name);
    }
}

/// Whether a participant is no more than where others were struck.
fn located(c: &Clauses, r: &Participant) -> bool {
    let Some(head) = (0..c.len()).find(|&i| c.token(i).span.start == r.start) else { return false };
    let place = |i: usize| c.case(i).is_some_and(|k| matches!(c.lemma(k), "in" | "near" | "at" | "outside" | "across"));
    // "in the northern Syrian town of Idlib": the phrase's own head has the preposition.
    let up = |i: usize| c.head(i).filter(|_| c.upos(i) != Upos::Verb);
    let within = place(head) || up(head).is_some_and(|h| place(h) || up(h).is_some_and(place));
    within && r.antecedent.is_none()
}
