//! Whose the police, the troops or "the government" are, where the text leaves it to the place.

use super::{Finder, LOCATIVE};
use crate::clause::Clauses;
use crate::mention::{Sort, Who};
use legation_gazetteer::Gazetteer;
use legation_record::{EntityKind, EventType, Relation};

/// The country of the sentence around token `i`: where all its locative phrases lie, if that is one country. Where the
/// sentence names other states too, only phrases of the clauses above count ("rescued near Libya" says nothing of who was
/// arrested).
pub(crate) fn country_of_sentence(f: &Finder, i: usize) -> Option<String> {
    let c = f.clauses;
    let mut countries = (0..c.len()).filter_map(|n| {
        let k = c.child(n, &[Relation::Case])?;
        let locative = LOCATIVE.contains(&c.lemma(k)) && c.lemma(k) != "on";
        // "in the city of Sumy": the place the phrase is about.
        let found = locative.then(|| f.name(n, None).or_else(|| super::of_nominal(f, n)))??;
        Some((n, found.place.country?))
    });
    let (at, first) = countries.next()?;
    let above = |n: usize| {
        let mut verb = n;
        while !c.is_verb(verb)
            && let Some(h) = c.head(verb)
        {
            verb = h;
        }
        // "killed when rockets hit a town": the clause of the blow is the killed one's, too.
        let told = |m: usize| matches!(c.lemma(m), "when" | "as" | "after");
        let blow = c.is_below(verb, i)
            && c.relation(verb) == Relation::Advcl
            && c.children_by(verb, &[Relation::Mark, Relation::Advmod]).any(told);
        verb == i || blow || c.is_below(i, verb) || c.is_below(i, n)
    };
    let holds = f.mentions.names_only(&first) || above(at);
    (holds && countries.all(|(_, other)| other == first)).then_some(first)
}

/// The one state that the document has been about so far, this sentence included: all that it names, and all the places
/// that anything happened in, are of it.
pub(crate) fn sole_state(f: &Finder) -> Option<String> {
    let c = f.clauses;
    let placed = (0..c.len())
        .filter(|&n| c.token(n).entity.kind() == Some(EntityKind::Location))
        .filter_map(|n| f.name(n, None)?.place.country);
    let mut all: Vec<String> = f.states().iter().map(|s| s.to_string()).chain(placed).collect();
    all.extend(f.scene.named().map(String::from));
    all.extend(f.scene.sides().filter(|code| f.gazetteer.state(code).is_some()).map(String::from));
    all.extend(f.scene.last().and_then(|p| p.country.clone()));
    all.extend(f.mentions.states_of_persons());
    all.sort_unstable();
    all.dedup();
    match all.as_slice() {
        [one] => Some(one.clone()),
        _ => None,
    }
}

/// A place that only the atlas knows ("hit the town of Kilis") has the state it lies in.
pub(crate) fn place_unknown(f: &Finder, who: &mut Who) {
    let c = f.clauses;
    let unknown = who.code.is_none() && who.sectors.is_empty() && matches!(who.sort, Sort::Unknown | Sort::Place);
    if !unknown || c.token(who.head).entity.kind() != Some(EntityKind::Location) {
        return;
    }
    if let Some(found) = f.name(who.head, None)
        && found.place.country.is_some()
    {
        who.code = found.place.country;
        who.name = found.place.name;
        who.sort = Sort::Place;
    }
}

/// A protest "in Kabul" is one of its people.
pub(crate) fn people_of_place(c: &Clauses, actors: &mut [Who]) {
    for who in actors {
        if c.case(who.head).is_some_and(|k| LOCATIVE.contains(&c.lemma(k)) && c.lemma(k) != "on") {
            who.sectors = vec!["CVL".into()];
        }
    }
}

/// Whose a body or its people are where only the other side says: an opposition, a union or a crowd that turns to "the
/// government" means its own; a state that arrests or dismisses "a minister" means its own.
pub(crate) fn domesticate(gazetteer: &Gazetteer, event_type: EventType, actors: &mut [Who], recipients: &mut [Who]) {
    const CIVIL: [&str; 12] = ["OPP", "CVL", "LEG", "EDU", "LAB", "JUD", "PTY", "REL", "MED", "JRN", "SOC", "AGR"];
    const OFFICIAL: [&str; 5] = ["GOV", "MIL", "LEG", "JUD", "COP"];
    let has = |who: &Who, list: &[&str]| who.sectors.first().is_some_and(|s| list.contains(&s.as_str()));
    let nameless = |who: &Who| who.code.is_none() && who.name.is_empty() && who.sort == Sort::Role;
    // Whoever fights police may fight another state's.
    let turns = event_type != EventType::Assault;
    let punishes = matches!(event_type, EventType::Coerce | EventType::Sanction);
    let state = match actors {
        [one]
            if one.is_in("STATE")
                && (has(one, &CIVIL) && turns || punishes && (one.is_plain_state() || has(one, &["GOV"]))) =>
        {
            one.code.clone()
        }
        _ => return,
    };
    for who in recipients.iter_mut().filter(|w| nameless(w) && has(w, &OFFICIAL)) {
        who.code.clone_from(&state);
        who.name = state.as_deref().and_then(|code| gazetteer.name_of(code)).unwrap_or_default().into();
    }
}

/// Somebody named of whom nothing else is told, who is struck, arrested, charged or sentenced where the document tells of one
/// state alone: one of its people.
pub(crate) fn person_of_place(
    c: &Clauses,
    event_type: EventType,
    recipients: &mut [Who],
    state: &str,
    alone: impl Fn() -> bool,
) {
    let done_to =
        matches!(event_type, EventType::Assault | EventType::Coerce | EventType::Sanction | EventType::Accuse);
    let unknown = |who: &&mut Who| {
        who.code.is_none()
            && who.antecedent.is_none()
            && matches!(who.sort, Sort::Unknown | Sort::Person)
            && c.token(who.head).entity.kind() == Some(EntityKind::Person)
            // A name without any title that a court or the police deal with may be a foreigner's.
            && (event_type == EventType::Assault || !who.sectors.is_empty())
    };
    let mut unknown = recipients.iter_mut().filter(unknown).peekable();
    if !done_to || unknown.peek().is_none() || !alone() {
        return;
    }
    for who in unknown {
        who.code = Some(state.into());
        if who.sectors.is_empty() {
            who.sectors = vec!["CVL".into()];
        }
    }
}

/// Whether a nameless participant is of the one state the document is about, though nothing says where it happened: not
/// whom that state's forces strike or help (they may be abroad), nor a government at odds with it, nor people on the move.
pub(crate) fn is_domestic(event_type: EventType, who: &Who, others: &[Who], state: &str) -> bool {
    let is = |list: &[&str]| who.sectors.first().is_some_and(|s| list.contains(&s.as_str()));
    let of_state = |o: &Who| o.code.as_deref() == Some(state);
    let official = |o: &Who| of_state(o) && (o.is_plain_state() || o.is_in("GOV") || o.is_in("MIL"));
    let elsewhere =
        matches!(event_type, EventType::Consult | EventType::Agree | EventType::Support | EventType::Cooperate);
    if is(&["REF"]) || elsewhere {
        return false;
    }
    let abroad = matches!(event_type, EventType::Assault | EventType::Aid | EventType::Mobilize)
        && others.iter().any(official)
        && !is(&["OPP", "COP", "JUD", "LEG", "PTY"]);
    let at_odds = is(&["GOV", "MIL"]) && others.iter().any(official) && others.iter().any(Who::is_plain_state);
    !abroad && !at_odds
}

/// Police, troops, protesters and civilians without a named nationality take the state of their clause's place.
pub(crate) fn localise<'w>(participants: impl Iterator<Item = &'w mut Who>, country: &str, name: Option<&str>) {
    for who in participants {
        let domestic = who.sectors.first().is_some_and(|s| {
            matches!(
                s.as_str(),
                "COP"
                    | "MIL"
                    | "CVL"
                    | "OPP"
                    | "REB"
                    | "CRM"
                    | "UAF"
                    | "JUD"
                    | "LEG"
                    | "LAB"
                    | "EDU"
                    | "REL"
                    | "JRN"
                    | "MED"
                    | "AGR"
                    | "GOV"
                    | "PRM"
                    | "REF"
                    | "BUS"
                    | "PTY"
                    | "SPY"
                    | "ELI"
            )
        });
        if who.code.is_none() && who.name.is_empty() && (who.sort == Sort::Role && domestic || who.sort == Sort::Count)
        {
            who.code = Some(country.into());
            if let Some(name) = name {
                who.name = name.into();
            }
        }
    }
}
