//! Whose those are to whom a state, its courts and its police do something, and who is a common person there.

use super::Finder;
use crate::clause::Clauses;
use crate::mention::{Sort, Who};
use legation_record::{EntityKind, EventType, Relation, Upos};

/// Those whom a state's courts, police or government arrest, try or execute and whom nothing calls foreign are its own.
/// Whom it deports is not.
pub(crate) fn punished(f: &Finder, event_type: EventType, anchor: usize, actors: &[Who], recipients: &mut [Who]) {
    const PEOPLE: [&str; 11] = ["CVL", "CRM", "UAF", "OPP", "JRN", "EDU", "LAB", "REL", "MED", "AGR", "REB"];
    const OUT: [&str; 6] = ["deport", "expel", "extradite", "repatriate", "deportation", "extradition"];
    const DEATH: [&str; 5] = ["execute", "execution", "hang", "behead", "hanging"];
    let lemma = f.clauses.lemma(anchor);
    let held = matches!(event_type, EventType::Coerce | EventType::Sanction | EventType::Accuse);
    let [judge] = actors else { return };
    let is_local =
        |who: &Who| f.clauses.children_by(who.head, &[Relation::Amod]).any(|k| f.clauses.lemma(k) == "local");
    // "Cuba evacuates 60,000 people", "Ethiopian security forces kill fifty protesters"
    let own = |who: &Who| {
        const SUBJECTS: [&str; 14] = [
            "protester",
            "protestor",
            "demonstrator",
            "rioter",
            "striker",
            "marcher",
            "prisoner",
            "inmate",
            "detainee",
            "activist",
            "student",
            "dissident",
            "gunman",
            "looter",
        ];
        let clemency = matches!(lemma, "pardon" | "amnesty" | "reprieve") && !who.sectors.is_empty();
        (lemma == "evacuate" || clemency) && (judge.is_plain_state() || judge.is_in("GOV"))
            || is_local(who) && held && (judge.is_in("COP") || judge.is_in("JUD"))
            || event_type == EventType::Assault
                && (judge.is_in("MIL") || judge.is_in("GOV"))
                && SUBJECTS.contains(&f.clauses.lemma(who.head))
    };
    let alone = || f.states().iter().all(|&code| Some(code) == judge.code.as_deref());
    if judge.is_in("STATE") && (alone() || recipients.iter().any(is_local)) {
        for who in recipients.iter_mut().filter(|w| w.code.is_none() && w.name.is_empty() && own(w)) {
            who.code.clone_from(&judge.code);
            who.name = judge.code.as_deref().and_then(|code| f.gazetteer.name_of(code)).unwrap_or_default().into();
        }
    }
    let official = judge.is_in("JUD") || judge.is_in("COP") || judge.is_in("GOV");
    if OUT.contains(&lemma)
        || !judge.is_in("STATE")
        || !official
        || !(held && (judge.is_in("JUD") || judge.is_in("COP")) || DEATH.contains(&lemma))
    {
        return;
    }
    let state = judge.code.as_deref();
    // "Spanish police arrest two men on suspicion of … in Morocco"
    if !judge.is_in("JUD") && f.states().iter().any(|&code| Some(code) != state) {
        return;
    }
    for who in recipients.iter_mut() {
        let people = who.sectors.first().is_some_and(|s| PEOPLE.contains(&s.as_str()));
        // "Danish prosecutors charge Jane Doe"
        let named = who.code.is_none()
            && judge.is_in("JUD")
            && who.sectors.iter().all(|s| PEOPLE.contains(&s.as_str()))
            && f.clauses.token(who.head).entity.kind() == Some(EntityKind::Person)
            && matches!(who.sort, Sort::Unknown | Sort::Person)
            && alone();
        if named {
            who.code.clone_from(&judge.code);
        } else if who.code.is_none()
            && who.name.is_empty()
            && (who.sort == Sort::Role && people || who.sort == Sort::Count)
        {
            who.code.clone_from(&judge.code);
            who.name = state.and_then(|code| f.gazetteer.name_of(code)).unwrap_or_default().into();
        }
    }
}

/// Somebody named of whom nothing else is known is a common person where he is struck, held, tried or blamed.
pub(crate) fn common_person(c: &Clauses, event_type: EventType, recipients: &mut [Who]) {
    let done_to =
        matches!(event_type, EventType::Assault | EventType::Coerce | EventType::Sanction | EventType::Accuse);
    let person = |w: &&mut Who| {
        let person = c.token(w.head).entity.kind() == Some(EntityKind::Person);
        let named = w.sort == Sort::Person || w.sort == Sort::Unknown && person;
        // A full name: a bare one may be anything.
        let full = person && w.code.is_none() && w.tokens.1 > w.tokens.0 && event_type != EventType::Assault;
        done_to && named && w.sectors.is_empty() && (w.is_in("STATE") || full)
    };
    for who in recipients.iter_mut().filter(person) {
        who.sectors = vec!["CVL".into()];
    }
}

/// "Three policemen are killed and seven wounded": a bare number is of those before it.
pub(crate) fn elliptic(c: &Clauses, recipients: &mut [Who]) {
    for i in 1..recipients.len() {
        let (before, rest) = recipients.split_at_mut(i);
        let (Some(first), Some(number)) = (before.last(), rest.first_mut()) else { return };
        let bare = number.sort == Sort::Count && c.upos(number.head) == Upos::Num && number.sectors.is_empty();
        let people = matches!(first.sort, Sort::Role | Sort::Count) && first.head < number.head;
        // "… and three others", of the same sector: of the same state.
        let others = matches!(c.lemma(number.head), "other" | "more" | "another") && number.sectors == first.sectors;
        if others && people && number.code.is_none() && number.name.is_empty() {
            number.code.clone_from(&first.code);
            number.name.clone_from(&first.name);
        }
        if bare && people && (number.code.is_none() || number.code == first.code) {
            number.sectors.clone_from(&first.sectors);
            if number.code.is_none() {
                number.code.clone_from(&first.code);
                number.name.clone_from(&first.name);
            }
        }
    }
}
