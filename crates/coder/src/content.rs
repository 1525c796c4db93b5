//! What an act holds within itself: the act that is demanded, promised or complained of, the topic of talks, the purpose
//! of a meeting, the crime somebody is convicted of. These are told with the outer act and are no events of their own.

use crate::about;
use crate::clause::Clauses;
use crate::codebook::{AnchorKind, Codebook, Meaning};
use crate::matcher::{Candidate, Matcher};
use crate::mention::{Mentions, Who};
use crate::status;
use legation_record::{Event, EventType, Participant, Relation, Status};

/// The heads of everything that a candidate holds within itself.
pub(crate) fn held(m: &Matcher, mentions: &Mentions, c: &Candidate) -> Vec<usize> {
    let (cl, i) = (m.clauses, c.anchor);
    let mut held = Vec::new();
    let words = || c.words.iter().flat_map(|&(a, b)| a..=b);
    // "guilty of murdering ten and trying to kill more": all of it.
    held.extend(words().filter(|&k| k != i && cl.is_verb(k)).flat_map(|k| cl.children_by(k, &[Relation::Conj])));
    if let Some(act) = c.act {
        held.push(act);
        let beside = cl.conjuncts(act).into_iter().skip(1);
        held.extend(beside.filter(|&k| cl.child(k, &[Relation::Nsubj]).is_none()));
    }
    let Meaning::Event { event_type, modes, .. } = &m.rule(c).meaning else { return held };
    // What a complaint, demand or promise is about is told by its noun, too ("accusations that B attacked C").
    if about::holds_an_act(*event_type) {
        let nouns = words().filter(|&k| k != i);
        held.extend(nouns.flat_map(|k| cl.children_by(k, &[Relation::Acl, Relation::Ccomp])));
        // "would veto a resolution by B authorising force": all of the resolution.
        if *event_type == EventType::Reject {
            let objects = cl.children_by(i, &[Relation::Obj, Relation::NsubjPass]);
            held.extend(objects.filter(|&o| c.uses(o)));
        }
    }
    // "convicted of supporting rebels", "arrested for attacking B": what he is reproached with.
    if modes.iter().any(|m| matches!(m.as_str(), "convict" | "allege" | "arrest")) {
        let reproach =
            |&(p, n): &(usize, usize)| matches!(cl.lemma(p), "of" | "for" | "with" | "over") && cl.is_verb(n);
        // "convicts five people of killing B and two of selling C": each one's.
        let people = cl.objects(i).into_iter().flat_map(|o| cl.conjuncts(o));
        let grounds = std::iter::once(i).chain(people).flat_map(|k| cl.prepositional(k));
        held.extend(grounds.filter(reproach).map(|(_, n)| n));
    }
    // What is talked about, agreed on or protested for is a topic, not an event of its own.
    let topical: &[&str] = match event_type {
        EventType::Consult | EventType::Agree | EventType::Request => {
            &["about", "on", "for", "regarding", "concerning"]
        }
        EventType::Protest => &["for"],
        _ => &[],
    };
    for k in words() {
        let topics = cl
            .prepositional(k)
            .into_iter()
            .filter(|&(p, n)| topical.contains(&cl.lemma(p)) && mentions.one(n).is_empty());
        held.extend(topics.map(|(_, n)| n));
    }
    // A purpose ("met to discuss …", "operation to free …") is part of what was done, not another event.
    held.extend(words().flat_map(|k| cl.purposes(k)));
    held
}

/// Why a candidate is no event of its own although nothing that is coded holds it; `None` where it stands.
pub(crate) fn no_act(m: &Matcher, book: &Codebook, c: &Candidate) -> Option<&'static str> {
    let Meaning::Event { event_type, modes, .. } = &m.rule(c).meaning else { return None };
    let (cl, i) = (m.clauses, c.anchor);
    // "condemn and protest": where the first of several stands.
    let first = (0..3).fold(i, |k, _| match cl.head(k) {
        Some(h) if cl.relation(k) == Relation::Conj => h,
        _ => k,
    });
    let of = |name: &str, k: usize| book.lists.get(name).is_some_and(|l| l.matches(cl, k).is_some());
    if status::is_infinitive(cl, first) && matches!(cl.relation(first), Relation::Acl | Relation::Advcl) {
        let standing = status::standing(m, i);
        match standing.status {
            Some(Status::Hypothetical) => return Some("not coded: a purpose, or what a noun is to bring about"),
            Some(Status::Future) if c.actors.is_empty() && !standing.promised => {
                return Some("not coded: what a noun is to bring about, by nobody who is named");
            }
            _ => {}
        }
    }
    // "the strongest storm to strike B": done by no one.
    let active = status::is_infinitive(cl, first) && !cl.is_passive(first);
    if active && cl.relation(first) == Relation::Acl && c.actors.is_empty() && *event_type == EventType::Assault {
        return Some("not coded: done by nothing that acts");
    }
    // "parties opposed to the treaty", "guests invited by the king": what somebody is, not what happens.
    let participle = cl.relation(first) == Relation::Acl && cl.is_passive(first);
    let describes = match event_type {
        // "a deal signed with B" is the act itself.
        EventType::Support => c.words.len() == 1,
        EventType::Agree | EventType::Cooperate => true,
        EventType::Request | EventType::Consult => c.actors.is_empty(),
        EventType::Accuse => c.actors.is_empty() && modes.iter().any(|m| m == "disapprove"),
        _ => false,
    };
    // "the party supporting the president"
    let partisan = *event_type == EventType::Support
        && cl.relation(first) == Relation::Acl
        && c.words.len() == 1
        && cl.head(first).is_some_and(|h| c.actors.iter().any(|a| a.head == h));
    if participle && describes || partisan {
        return Some("not coded: describes somebody");
    }
    // "charges that he helped B", "allegations of violence against B", "wanted for the murder of B"
    let governor = cl.head(first)?;
    // "wants B to resign": a wish for what others do.
    if cl.relation(first) == Relation::Xcomp && of("wishes", governor) && cl.child(governor, &[Relation::Obj]).is_some()
    {
        return Some("not coded: only wished for");
    }
    // "The bus crashed, killing ten": nobody's act.
    let harm = *event_type == EventType::Assault && c.words.len() < 3 && !cl.is_nominal(i);
    if harm && cl.relation(first) == Relation::Advcl && is_mishap(m, book, governor) {
        return Some("not coded: an accident");
    }
    let within = match cl.relation(first) {
        Relation::Acl | Relation::Ccomp => cl.is_nominal(governor) && of("held-nouns", governor),
        // "charges that he helped B", read as a relative clause that has its own subject.
        Relation::AclRelcl => {
            let that = cl.children(first).iter().any(|&k| cl.lemma(k) == "that" && k < first);
            that && of("held-nouns", governor)
                && cl.child(first, &[Relation::Nsubj]).is_some_and(|s| cl.lemma(s) != "that")
        }
        Relation::Nmod => {
            let about = |k: usize| matches!(cl.lemma(k), "of" | "about" | "against" | "for" | "on" | "over");
            cl.is_nominal(i) && of("held-nouns", governor) && cl.case(first).is_some_and(about)
        }
        Relation::Obl | Relation::Advcl => {
            let about = |&(p, n): &(usize, usize)| n == first && matches!(cl.lemma(p), "of" | "about" | "for" | "over");
            of("held-verbs", governor) && cl.prepositional(governor).iter().any(about)
        }
        _ => false,
    };
    within.then_some("not coded: what a claim, a fear or a search is about")
}

/// Whether a verb tells an accident, and no rule reads it as an attack.
fn is_mishap(m: &Matcher, book: &Codebook, verb: usize) -> bool {
    let crashes = book.lists.get("mishap-verbs").is_some_and(|l| l.matches(m.clauses, verb).is_some());
    crashes && m.clauses.is_verb(verb) && m.event_type(verb) != Some(EventType::Assault)
}

/// Whether a promise or announcement only reports what was done ("announced that it had withdrawn") or tells a resignation,
/// which is the act itself: then the act is coded, not its announcement.
pub(crate) fn is_report(m: &Matcher, c: &Candidate) -> bool {
    let (Meaning::Event { event_type: EventType::Agree | EventType::Concede, .. }, Some(act)) =
        (&m.rule(c).meaning, c.act)
    else {
        return false;
    };
    let cl = m.clauses;
    if cl.lemma(c.anchor) != "announce" {
        return false;
    }
    let inner = m.event(act);
    let resigns = inner.as_ref().is_some_and(|inner| match &m.rule(inner).meaning {
        Meaning::Event { modes, .. } => modes.iter().any(|m| m == "resign"),
        _ => false,
    });
    resigns || is_done(cl, act)
}

/// Whether a clause tells of something as done: in the past, or in the perfect.
fn is_done(cl: &Clauses, v: usize) -> bool {
    let clause = matches!(cl.relation(v), Relation::Ccomp);
    let open = cl.auxiliaries(v).any(|a| matches!(cl.lemma(a), "will" | "would" | "shall" | "may" | "can" | "could"));
    let perfect = cl.auxiliaries(v).any(|a| cl.lemma(a) == "have");
    let past = |k: usize| cl.feature(k, "Tense=Past") && cl.feature(k, "VerbForm=Fin");
    let was = cl.children_by(v, &[Relation::Aux, Relation::AuxPass]).any(past);
    clause && cl.is_verb(v) && !open && (perfect || past(v) || was)
}

/// Whether a noun tells an act again that the same sentence has told ("resigned, and his resignation was accepted",
/// "killed three in an airstrike in Syria").
pub(crate) fn is_retold(cl: &Clauses, kind: AnchorKind, anchor: usize, told: &Event, again: &Event) -> bool {
    if kind != AnchorKind::Noun || told.event_type != again.event_type || told.status != again.status {
        return false;
    }
    let before = cl.case(anchor).map(|k| cl.lemma(k));
    let given = cl.child(anchor, &[Relation::NmodPoss]).is_some()
        || cl.children_by(anchor, &[Relation::Det]).any(|d| matches!(cl.lemma(d), "the" | "this" | "that" | "these"));
    let same_breath = matches!(before, Some("in" | "during" | "by" | "with" | "amid")) || before.is_none() && given;
    let new_mode = again.event_mode.iter().any(|m| !told.event_mode.contains(m)) && !told.event_mode.is_empty();
    let people: Vec<&Participant> = told.actors.iter().chain(&told.recipients).collect();
    let known = |p: &Participant| {
        people.iter().any(|o| o.start == p.start || o.code == p.code && (p.code.is_some() || o.text == p.text))
    };
    let beside = told.event_type != EventType::Assault && new_mode;
    same_breath && !beside && again.actors.iter().chain(&again.recipients).all(known)
}

/// Adds how, when and where from the noun that tells an act again.
pub(crate) fn add_again(told: &mut Event, again: Event) {
    if told.event_type == EventType::Assault {
        let new: Vec<String> = again.event_mode.into_iter().filter(|m| !told.event_mode.contains(m)).collect();
        told.event_mode.extend(new);
    }
    told.date = told.date.take().or(again.date);
    told.place = told.place.take().or(again.place);
}

/// Why what was coded tells nothing, now that it is known who takes part; `None` where it stands.
pub(crate) fn nothing(
    cl: &Clauses,
    book: &Codebook,
    c: &Candidate,
    event_type: EventType,
    modes: &[String],
    about: Option<EventType>,
) -> Option<&'static str> {
    let is = |mode: &str| modes.iter().any(|m| m == mode);
    let natural =
        || book.lists.get("natural-causes").is_some_and(|l| (0..cl.len()).any(|k| l.matches(cl, k).is_some()));
    if is("martial-law") && natural() {
        return Some("not coded: an emergency over a disaster is no repression");
    }
    // "closes roads beneath the glacier", "cuts the power to prevent wildfires"
    let hazard = || {
        let list = book.lists.get("hazards");
        list.is_some_and(|l| (0..cl.len()).any(|k| cl.is_nominal(k) && l.matches(cl, k).is_some()))
    };
    let firm = c.actors.iter().all(|a| a.is_in("BUS") || a.is_in("MNC"));
    if (is("restrict") && event_type == EventType::Coerce || is("withhold") || is("discontinue") && firm) && hazard() {
        return Some("not coded: a closing over a disaster is no repression");
    }
    // "Hurricane Anna killed ten"
    let storm = |a: &Who| {
        let inside = |k: usize| a.span.overlaps(cl.token(k).span);
        book.lists.get("hazards").is_some_and(|l| (0..cl.len()).any(|k| inside(k) && l.matches(cl, k).is_some()))
    };
    if event_type == EventType::Assault && c.actors.iter().any(storm) {
        return Some("not coded: done by nature");
    }
    // "shoots himself"
    let oneself = |&o: &usize| cl.form(o).ends_with("self") || cl.form(o).ends_with("selves");
    if event_type == EventType::Assault && c.recipients.is_empty() && cl.objects(c.anchor).iter().any(oneself) {
        return Some("not coded: done to oneself");
    }
    // "The survival of the otters is threatened."
    if event_type == EventType::Threaten && about.is_none() && c.actors.is_empty() && cl.is_passive(c.anchor) {
        return Some("not coded: threatened by nobody");
    }
    let private = |a: &Who| match a.sectors.first().map(String::as_str) {
        None | Some("ELI") => a.code.is_none(),
        Some(sector) => matches!(sector, "BUS" | "MNC" | "CVL" | "LAB"),
    };
    if is("resign") && c.actors.iter().all(private) {
        return Some("not coded: leaves a post of business, or one that nothing tells of");
    }
    if event_type == EventType::Consult && is("visit") {
        // "secret visits to B were leaked"
        if c.actors.is_empty() {
            return Some("not coded: a visit by nobody tells no meeting");
        }
        let home = |r: &Who| r.is_plain_state() && c.actors.iter().any(|a| a.code == r.code);
        if !c.recipients.is_empty() && c.recipients.iter().all(home) {
            return Some("not coded: coming home is no visit");
        }
    }
    None
}

/// Why what is told is no political event although its words would be one: nobody in it acts for a state, a body or a movement
/// that is known ("she met her husband"). Force, punishment and protest count whoever is
/// in them.
pub(crate) fn is_private(event: &Event) -> Option<&'static str> {
    use EventType::{Assault, Coerce, Protest, Sanction};
    if matches!(event.event_type, Assault | Coerce | Protest | Sanction) {
        return None;
    }
    let people = |s: &String| {
        matches!(
            s.as_str(),
            "CVL"
                | "BUS"
                | "MNC"
                | "JRN"
                | "MED"
                | "SOC"
                | "EDU"
                | "LAB"
                | "AGR"
                | "REL"
                | "CRM"
                | "ELI"
                | "REF"
                | "UNK"
        )
    };
    let private = |p: &Participant| p.code.is_none() && p.sectors.iter().all(people);
    let all = event.actors.iter().chain(&event.recipients).all(private);
    all.then_some("not coded: nobody of a known state or body takes part")
}

/// Why what citizens and firms meet for or agree on among themselves is no political event, of whatever state they are.
pub(crate) fn is_own_affair(event: &Event) -> Option<&'static str> {
    let own = |s: &String| matches!(s.as_str(), "CVL" | "BUS" | "MNC" | "EDU" | "MED" | "AGR");
    let affair = matches!(event.event_type, EventType::Consult | EventType::Cooperate)
        || event.event_type == EventType::Agree && !event.recipients.is_empty();
    // "A man is extradited": by a state that is not named.
    let affair = affair && !event.actors.is_empty();
    let mut everybody = event.actors.iter().chain(&event.recipients);
    // "sold two hundred planes to an airlines group": of no state that is known.
    let unknown = |p: &Participant| p.code.is_none() && p.sectors.iter().all(|s| s == "SOC");
    let all = affair && everybody.all(|p| !p.sectors.is_empty() && (p.sectors.iter().all(own) || unknown(p)));
    all.then_some("not coded: a private affair of citizens or firms")
}
