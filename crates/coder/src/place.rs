//! Where an event happened, as far as its own clause says.

use crate::clause::Clauses;
use crate::mention::{Mentions, Who};
use legation_gazetteer::{Entry, Gazetteer, Kind};
use legation_record::{EventType, Place, Relation, Span};

/// Prepositions that place an event.
const LOCATIVE: [&str; 10] = ["in", "at", "near", "outside", "inside", "around", "across", "over", "off", "within"];

/// A place with the words that name it.
pub(crate) struct Located {
    pub(crate) place: Place,
    pub(crate) span: Span,
}

/// The place of the clause of token `i`: a locative phrase of the trigger, of its objects, or of the verb above. A
/// participant's own name is no place, a visit's goal is ("arrived in Baku").
pub(crate) fn of_clause(c: &Clauses, mentions: &Mentions, i: usize) -> Option<Located> {
    use Relation::*;
    let mut heads = vec![i];
    heads.extend(c.children_by(i, &[Obj, NsubjPass, Nsubj, Xcomp, Conj]));
    // "kills five people and injures two others in …"
    let coordinated: Vec<usize> = c.children_by(i, &[Conj]).flat_map(|k| c.children_by(k, &[Obj, NsubjPass])).collect();
    heads.extend(coordinated);
    let mut up = i;
    for _ in 0..3 {
        let climbs = matches!(c.relation(up), Conj | Xcomp | Obj | Obl | Nmod | Advcl | NsubjPass | Nsubj);
        match c.head(up).filter(|_| climbs) {
            Some(h) => {
                heads.push(h);
                up = h;
            }
            None => break,
        }
    }
    for _ in 0..2 {
        let below: Vec<usize> = heads.iter().flat_map(|&h| c.children_by(h, &[Obl, Nmod])).collect();
        // Where somebody comes from or a thing is sent to is not where it happens.
        let elsewhere = |k: usize| {
            c.case(k).is_some_and(|p| matches!(c.lemma(p), "from" | "to" | "against" | "with" | "by" | "for"))
        };
        let more: Vec<usize> = below.into_iter().filter(|&k| !heads.contains(&k) && !elsewhere(k)).collect();
        heads.extend(more);
    }
    for h in heads {
        for (k, n) in c.prepositional(h) {
            if !LOCATIVE.contains(&c.lemma(k)) || c.child(n, &[Case]) != Some(k) {
                continue;
            }
            // "Puli Khumri, Baghlan Province, Afghanistan": the finest part that the gazetteer knows.
            let mut parts = vec![n];
            let mut at = 0;
            while at < parts.len() && at < 8 {
                if let Some((entry, span)) = mentions.place_entry(parts[at]) {
                    return Some(Located { place: place(entry, span.of(c.text)), span });
                }
                parts.extend(c.children_by(parts[at], &[Appos, Compound, Flat, Nmod, NmodUnmarked, Conj, List]));
                at += 1;
            }
        }
    }
    None
}

/// The country of the sentence around token `i`: where all its locative phrases lie, if that is one country. Where the
/// sentence names other states too, only phrases of the clauses above count ("rescued near Libya" says nothing of who was
/// arrested).
pub(crate) fn country_of_sentence(c: &Clauses, mentions: &Mentions, i: usize) -> Option<&'static str> {
    let mut countries = (0..c.len()).filter_map(|n| {
        let k = c.child(n, &[Relation::Case])?;
        let entry = LOCATIVE.contains(&c.lemma(k)).then(|| mentions.place_entry(n))?.map(|(entry, _)| entry)?;
        Some((n, entry.code?))
    });
    let (at, first) = countries.next()?;
    let above = |n: usize| {
        let mut verb = n;
        while !c.is_verb(verb)
            && let Some(h) = c.head(verb)
        {
            verb = h;
        }
        verb == i || c.is_below(i, verb) || c.is_below(i, n)
    };
    let holds = mentions.names_only(first) || above(at);
    (holds && countries.all(|(_, other)| other == first)).then_some(first)
}

fn place(entry: &Entry, words: &str) -> Place {
    let location = entry.location.as_ref();
    let precision = match (entry.kind, location) {
        (Kind::State | Kind::Territory | Kind::Partial, _) => "country",
        (_, Some(l)) => l.precision,
        _ => "city",
    };
    // A capital's entry carries its state's name; the place is the city.
    let name = if precision == "country" { entry.name } else { words };
    Place {
        name: name.to_string(),
        country: entry.code.map(String::from),
        lat: location.and_then(|l| l.latitude),
        lon: location.and_then(|l| l.longitude),
        geonameid: location.and_then(|l| l.geonameid),
        precision: precision.into(),
    }
}

/// A protest "in Kabul" is one of its people.
pub(crate) fn people_of_place(c: &Clauses, actors: &mut [Who]) {
    for who in actors {
        if c.case(who.head).is_some_and(|k| LOCATIVE.contains(&c.lemma(k))) {
            who.sectors = vec!["CVL".into()];
        }
    }
}

/// Whose a body or its people are where only the other side says: an opposition, a union or a crowd that turns to "the
/// government" means its own; a state that arrests or dismisses "a minister" means its own.
pub(crate) fn domesticate(gazetteer: &Gazetteer, event_type: EventType, actors: &mut [Who], recipients: &mut [Who]) {
    use crate::mention::Sort;
    const CIVIL: [&str; 12] = ["OPP", "CVL", "LEG", "EDU", "LAB", "JUD", "PTY", "REL", "MED", "JRN", "SOC", "AGR"];
    const OFFICIAL: [&str; 5] = ["GOV", "MIL", "LEG", "JUD", "COP"];
    let has = |who: &Who, list: &[&str]| who.sectors.first().is_some_and(|s| list.contains(&s.as_str()));
    let nameless = |who: &Who| who.code.is_none() && who.name.is_empty() && who.sort == Sort::Role;
    let punishes = matches!(event_type, EventType::Coerce | EventType::Sanction);
    let state = match actors {
        [one]
            if one.is_in("STATE") && (has(one, &CIVIL) || punishes && (one.is_plain_state() || has(one, &["GOV"]))) =>
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

/// Police, troops, protesters and civilians without a named nationality take the state of their clause's place.
pub(crate) fn localise<'w>(participants: impl Iterator<Item = &'w mut Who>, country: &str, name: Option<&str>) {
    use crate::mention::Sort;
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
