//! Who takes part in an act beyond the places of its rule, and whose they are: by the place it happens in, the states of its
//! sentence, or what stood before.

use super::act::Act;
use super::{Coder, Work};
use crate::matcher::Candidate;
use crate::mention::{Sort, Who};
use crate::place::{self, Happening, Located};
use crate::sides;
use legation_record::{EventType, Quote};

/// Where an act happens and what that says of those who take part.
pub(super) struct Setting {
    pub located: Option<Located>,
    /// What it happens in the course of: its head and words.
    pub occasion: Option<(usize, Quote)>,
    /// Participants whose state is that of the place or the text.
    pub placed: usize,
}

impl Coder {
    /// Completes the sides from the whole clause, and leaves out who is no side.
    pub(super) fn sides(&self, w: &Work, c: &mut Candidate, act: &Act) {
        sides::complete(w.matcher, c, act.event_type, &act.modes);
        if act.event_type == EventType::Protest {
            place::people_of_place(w.clauses, &mut c.actors);
        }
        for who in &mut c.actors {
            w.mentions.take_capacity(who, c.anchor);
        }
        // A weapon that nobody owns does nothing by itself, and what is closed or banned is no weapon's side.
        let owned = |who: &Who| who.sort != Sort::Instrument || who.code.is_some();
        c.actors.retain(owned);
        if !matches!(act.event_type, EventType::Assault | EventType::Mobilize) {
            c.recipients.retain(owned);
        }
        // "the bombing of Tokyo": the city, not its government.
        if act.event_type == EventType::Assault {
            for who in c.recipients.iter_mut().filter(|who| w.mentions.is_city(who)) {
                who.sectors.clear();
            }
        }
    }

    /// Finds the place of an act and gives those without a state the one that place, sentence or text give them.
    pub(super) fn settle(&self, w: &Work, c: &mut Candidate, act: &Act) -> Setting {
        let event_type = act.event_type;
        let happening = Happening {
            anchor: c.anchor,
            words: &c.words,
            act: c.act,
            event_type,
            visit: act.is("visit"),
            call: act.cameo == "041",
            actors: &c.actors,
            recipients: &c.recipients,
            sentence: w.number,
        };
        let occasion = place::occasion(w.clauses, &place::heads(w.clauses, &happening).0, |k| k == c.anchor);
        let located = place::of_event(w.places, &happening, occasion.as_ref().map(|o| o.0));
        for who in c.actors.iter_mut().chain(&mut c.recipients) {
            place::place_unknown(w.places, who);
        }
        if event_type == EventType::Retreat
            && act.is("resign")
            && let Some(day) = w.document.published
        {
            c.actors.iter_mut().for_each(|who| w.mentions.take_office_left(who, day));
        }
        place::domesticate(self.gazetteer, event_type, &mut c.actors, &mut c.recipients);
        let country = located.as_ref().and_then(|l| l.place.country.clone());
        let country = country.or_else(|| place::country_of_sentence(w.places, c.anchor));
        let before = nameless(c);
        let sole = (country.is_none() && before > 0).then(|| place::sole_state(w.places)).flatten();
        if let Some(state) = country.as_deref() {
            self.of_the_place(c, event_type, state);
        }
        let at = country.clone().or_else(|| sole.clone());
        if let Some(state) = at.as_deref() {
            let alone = || place::sole_state(w.places).as_deref() == Some(state);
            place::person_of_place(w.clauses, event_type, &c.actors, &mut c.recipients, state, alone);
            place::titled_of_place(event_type, &mut c.actors, state, alone);
        }
        if let Some(state) = sole.as_deref() {
            self.of_the_sole_state(w, c, event_type, state);
        }
        place::punished(w.places, event_type, c.anchor, &c.actors, &mut c.recipients);
        place::common_person(w.clauses, event_type, &mut c.recipients);
        place::own_government(w.places, &mut c.actors, &mut c.recipients);
        if event_type == EventType::Assault
            && nameless(c) > 0
            && let Some(state) = place::country_of_blow(w.places)
        {
            place::take_blow(&c.actors, &mut c.recipients, &state, self.gazetteer.name_of(&state));
        }
        if at.is_none()
            && nameless(c) > 0
            && let Some(state) = place::near_state(w.places)
        {
            let name = self.gazetteer.name_of(&state);
            place::take_near(event_type, &mut c.actors, &state, name);
            place::take_near(event_type, &mut c.recipients, &state, name);
        }
        if event_type == EventType::Assault {
            place::elliptic(w.clauses, &mut c.recipients);
        }
        Setting { located, occasion, placed: before.saturating_sub(nameless(c)) }
    }

    /// Those of no state are the place's.
    fn of_the_place(&self, c: &mut Candidate, event_type: EventType, state: &str) {
        // Where states meet and sign is often neither's; its rebels and refugees are the place's even so.
        let elsewhere =
            matches!(event_type, EventType::Consult | EventType::Agree | EventType::Support | EventType::Cooperate);
        let local = |who: &&mut Who| {
            !elsewhere || who.sectors.first().is_some_and(|s| matches!(s.as_str(), "REB" | "UAF" | "CRM" | "REF"))
        };
        let everybody = c.actors.iter_mut().chain(&mut c.recipients);
        place::localise(everybody.filter(local), state, self.gazetteer.name_of(state));
    }

    /// Those whom an act inside the only state of the text makes that state's.
    fn of_the_sole_state(&self, w: &Work, c: &mut Candidate, event_type: EventType, state: &str) {
        let (doers, theirs) = (c.actors.clone(), c.recipients.clone());
        let domestic = |who: &&mut Who, others: &[Who]| place::is_domestic(w.places, event_type, who, others, state);
        let name = self.gazetteer.name_of(state);
        // Whose attackers are that the text calls by no nation is not told by their victims.
        let rebel = |who: &Who| {
            const REBELS: [&str; 6] = ["rebel", "insurgent", "separatist", "guerrilla", "mutineer", "secessionist"];
            event_type != EventType::Assault || REBELS.contains(&w.clauses.lemma(who.head))
        };
        let attacker = |who: &Who| {
            let sector = who.sectors.first().map_or("", String::as_str);
            matches!(sector, "CRM" | "UAF") || sector == "REB" && !rebel(who)
        };
        let ours = c.actors.iter_mut().filter(|who| !attacker(who) && domestic(who, &theirs));
        place::localise(ours, state, name);
        place::localise(c.recipients.iter_mut().filter(|who| domestic(who, &doers)), state, name);
    }
}

/// How many of those who take part have no code.
fn nameless(c: &Candidate) -> usize {
    c.actors.iter().chain(&c.recipients).filter(|p| p.code.is_none()).count()
}
