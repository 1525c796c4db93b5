//! Whose the police, the troops or "the government" are, where the text leaves it to the place.

use super::{Finder, LOCATIVE};
use crate::clause::Clauses;
use crate::mention::{Sort, Who};
use legation_gazetteer::{Gazetteer, Kind};
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
    // "the University of Utah", "Manchester Crown Court"
    let inside = (0..c.len())
        .filter(|&n| c.token(n).entity.kind() == Some(EntityKind::Organisation))
        .filter_map(|n| f.mentions.place_entry(n))
        .filter(|(e, _)| !e.ambiguous && e.kind == Kind::Place)
        .filter_map(|(e, _)| e.code.map(String::from));
    let mut all: Vec<String> = f.states().iter().map(|s| s.to_string()).chain(placed).chain(inside).collect();
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

/// The state of police, courts and common people where neither the sentence nor what stands before tells of one alone: where
/// the last event was, whose services and parties the sentence names, or what the next sentences name.
pub(crate) fn near_state(f: &Finder) -> Option<String> {
    lingering(f).or_else(|| {
        let quiet = f.states().is_empty() && f.scene.named().next().is_none() && f.scene.last().is_none();
        let near = || f.mentions.home_of_bodies().or_else(|| f.mentions.state_ahead()).map(String::from);
        quiet.then(near)?
    })
}

/// Takes the near state for those it may be asked for.
pub(crate) fn take_near(event_type: EventType, participants: &mut [Who], state: &str, name: Option<&str>) {
    const NEAR: [&str; 13] =
        ["COP", "JUD", "CVL", "EDU", "LAB", "MED", "REL", "GOV", "LEG", "JRN", "REB", "OPP", "PRM"];
    let near = |who: &&mut Who| {
        let sector = who.sectors.first().map(String::as_str);
        sector.is_some_and(|s| NEAR.contains(&s)) || who.sort == Sort::Count
    };
    let elsewhere =
        matches!(event_type, EventType::Consult | EventType::Agree | EventType::Support | EventType::Cooperate);
    if !elsewhere {
        localise(participants.iter_mut().filter(near), state, name);
    }
}

/// Where the last sentence's events were, for one that names no state or place of its own: "The suspect was later arrested."
fn lingering(f: &Finder) -> Option<String> {
    let c = f.clauses;
    let placed = || (0..c.len()).any(|n| c.token(n).entity.kind() == Some(EntityKind::Location));
    if !f.states().is_empty() || placed() {
        return None;
    }
    f.scene.just_left().map(String::from)
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

/// Somebody named with an office, a post or a trade, of whose state nothing is said, where the document tells of one state
/// alone: one of its people.
pub(crate) fn titled_of_place(event_type: EventType, actors: &mut [Who], state: &str, alone: impl Fn() -> bool) {
    let elsewhere =
        matches!(event_type, EventType::Consult | EventType::Agree | EventType::Support | EventType::Cooperate);
    // Soldiers, reporters and those who have been somebody may be anywhere.
    let at_home =
        |w: &Who| w.sectors.first().is_some_and(|s| !matches!(s.as_str(), "MIL" | "JRN" | "ELI" | "CVL" | "REL"));
    let titled = |w: &&mut Who| w.code.is_none() && w.sort == Sort::Person && at_home(w);
    let mut titled = actors.iter_mut().filter(titled).peekable();
    if elsewhere || titled.peek().is_none() || !alone() {
        return;
    }
    for who in titled {
        who.code = Some(state.into());
    }
}

/// Somebody named of whom nothing else is told, who is struck, arrested, charged or sentenced where the document tells of one
/// state alone: one of its people.
pub(crate) fn person_of_place(
    c: &Clauses,
    event_type: EventType,
    actors: &[Who],
    recipients: &mut [Who],
    state: &str,
    alone: impl Fn() -> bool,
) {
    // Whom the place's own police or courts hold, try or shoot.
    let judged =
        matches!(actors, [one] if one.code.as_deref() == Some(state) && (one.is_in("COP") || one.is_in("JUD")));
    let done_to =
        matches!(event_type, EventType::Assault | EventType::Coerce | EventType::Sanction | EventType::Accuse);
    let unknown = |who: &&mut Who| {
        who.code.is_none()
            && (who.sort == Sort::Person
                || who.sort == Sort::Unknown && c.token(who.head).entity.kind() == Some(EntityKind::Person))
    };
    let mut unknown = recipients.iter_mut().filter(unknown).peekable();
    if !done_to || unknown.peek().is_none() || !(judged || alone()) {
        return;
    }
    for who in unknown {
        // "Ra's Lanuf" is taken: what the model took for a person is a town, of that state or of another.
        const TOWN: f64 = 10_000.0;
        let towns = legation_gazetteer::Places::embedded().named(who.span.of(c.text)).places;
        let here = towns.iter().any(|p| p.country == state);
        if !here && towns.iter().any(|p| p.population >= TOWN) {
            continue;
        }
        who.code = Some(state.into());
        if who.sectors.is_empty() && !here {
            who.sectors = vec!["CVL".into()];
        }
    }
}

/// The country in which all places of the sentence lie, as far as it names places and not only states: those who are struck
/// there without another nation are its people, whoever strikes ("Russian attacks on Kharkiv").
pub(crate) fn country_of_blow(f: &Finder) -> Option<String> {
    let c = f.clauses;
    let mut found: Option<String> = None;
    for n in 0..c.len() {
        let location = c.token(n).entity.kind() == Some(EntityKind::Location);
        let locative = || c.child(n, &[Relation::Case]).is_some_and(|k| matches!(c.lemma(k), "in" | "at" | "inside"));
        let Some(place) = location.then(|| f.name(n, None)).flatten().map(|l| l.place) else { continue };
        if place.precision == "country" && !locative() || matches!(c.relation(n), Relation::Compound | Relation::Amod) {
            continue;
        }
        // Where somebody comes from or goes to is not where he is struck.
        let of = |k: usize| c.lemma(k) == "of" && !c.head(n).is_some_and(|g| super::PLACES.contains(&c.lemma(g)));
        if c.child(n, &[Relation::Case]).is_some_and(|k| matches!(c.lemma(k), "from" | "to" | "near") || of(k)) {
            continue;
        }
        if found.is_some() && found != place.country {
            return None;
        }
        found = place.country;
    }
    found
}

/// Takes the country of the blow for common people and police who are struck; for soldiers only where no state strikes.
pub(crate) fn take_blow(actors: &[Who], struck: &mut [Who], state: &str, name: Option<&str>) {
    const COMMON: [&str; 9] = ["CVL", "EDU", "LAB", "MED", "REL", "JRN", "AGR", "BUS", "COP"];
    let war = actors.iter().any(|a| a.is_in("STATE") && (a.is_plain_state() || a.is_in("MIL") || a.is_in("GOV")));
    // "Eight Spaniards are attacked, seven are killed"
    let foreign = struck.iter().any(|w| w.code.as_deref().is_some_and(|code| code != state));
    let common = |who: &&mut Who| {
        let struck = |s: &String| COMMON.contains(&s.as_str()) || !war && s == "MIL";
        !foreign && who.sort == Sort::Count || who.sectors.first().is_some_and(struck)
    };
    localise(struck.iter_mut().filter(common), state, name);
}

/// "The government" with which a party, rebels or a movement of a state are at odds, talk or agree is that state's.
pub(crate) fn own_government(f: &Finder, actors: &mut [Who], recipients: &mut [Who]) {
    const INNER: [&str; 7] = ["REB", "OPP", "PTY", "LAB", "SOC", "PRM", "EDU"];
    const SUCH: [&str; 8] = ["new", "civilian", "interim", "transitional", "next", "future", "incoming", "elected"];
    let c = f.clauses;
    // A general is of the government's state; his arms may be anybody's.
    let inner = |w: &&Who| {
        w.sectors.first().is_some_and(|s| INNER.contains(&s.as_str()) || s == "MIL" && w.sort == Sort::Person)
    };
    let mut states = actors.iter().chain(recipients.iter()).filter(inner).filter(|w| w.is_in("STATE")).map(|w| &w.code);
    let Some(state) = states.next().cloned() else { return };
    if states.any(|other| *other != state) {
        return;
    }
    for who in actors.iter_mut().chain(recipients) {
        let bare = c.children_by(who.head, &[Relation::Amod, Relation::Compound]).all(|k| SUCH.contains(&c.lemma(k)));
        if who.code.is_none() && who.name.is_empty() && bare && c.lemma(who.head) == "government" {
            who.code.clone_from(&state);
            who.name = state.as_deref().and_then(|code| f.gazetteer.name_of(code)).unwrap_or_default().into();
        }
    }
}

/// Whether a nameless participant is of the one state the document is about, though nothing says where it happened: not
/// whom that state's forces strike or help (they may be abroad), nor a government at odds with it, nor people on the move.
pub(crate) fn is_domestic(f: &Finder, event_type: EventType, who: &Who, others: &[Who], state: &str) -> bool {
    // The last sentence told of something in the state, and this one names nowhere else.
    let here = lingering(f).as_deref() == Some(state);
    let is = |list: &[&str]| who.sectors.first().is_some_and(|s| list.contains(&s.as_str()));
    let of_state = |o: &Who| o.code.as_deref() == Some(state);
    let official = |o: &Who| of_state(o) && (o.is_plain_state() || o.is_in("GOV") || o.is_in("MIL"));
    let elsewhere =
        matches!(event_type, EventType::Consult | EventType::Agree | EventType::Support | EventType::Cooperate);
    // A parliament or a party that approves is at home even so.
    let inner = event_type != EventType::Consult && is(&["LEG", "PTY", "OPP", "LAB", "JUD"]);
    if is(&["REF"]) || elsewhere && !inner {
        return false;
    }
    // "Burundi's army kills 31 rebels": whom they rise against.
    const RISING: [&str; 7] =
        ["rebel", "insurgent", "separatist", "guerrilla", "mutineer", "secessionist", "coup plotter"];
    let rising = is(&["REB"]) && RISING.contains(&f.clauses.lemma(who.head));
    let abroad = matches!(event_type, EventType::Assault | EventType::Aid | EventType::Mobilize)
        && others.iter().any(official)
        && !here
        && !rising
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
