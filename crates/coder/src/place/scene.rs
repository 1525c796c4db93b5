//! What a document has said so far about where things are: the ground for "there", "the city" and names that several
//! places share.

use legation_gazetteer::{Gazetteer, Kind, Places, name_tokens};
use legation_record::{Document, Event, Place, Status};
use std::collections::{BTreeMap, BTreeSet};

/// The places and countries a document has named.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scene {
    /// How often each state was named, by code.
    states: BTreeMap<&'static str, u32>,
    /// The last city or region that something was said to be in.
    last: Option<Place>,
    /// The number of the sentence read last.
    read: usize,
    /// The country in which the last events that were told happened, and the number of their sentence; none where they
    /// happened in several.
    told: (Option<String>, usize),
    /// Where the text was filed.
    dateline: Option<Place>,
    /// The states of those who took part in what was told, by code.
    sides: BTreeSet<String>,
    /// The visit last told: where, the states of its sides, and the number of its sentence.
    visit: Option<(Place, Vec<String>, usize)>,
}

/// So many sentences after a visit a meeting of its sides is still part of it.
const VISIT: usize = 2;

impl Scene {
    /// What title and dateline say.
    pub(crate) fn of(document: &Document, gazetteer: &'static Gazetteer) -> Self {
        let mut scene = Self::default();
        if let Some(title) = document.title.as_deref() {
            let tokens: Vec<&str> = name_tokens(title).collect();
            let mut i = 0;
            while i < tokens.len() {
                let Some(found) = gazetteer.longest(&tokens[i..]) else {
                    i += 1;
                    continue;
                };
                let of_state = found.entries.iter().find(|e| e.is_of_state() && !e.ambiguous);
                scene.states_named(of_state.and_then(|e| e.code));
                i += found.tokens;
            }
        }
        scene.dateline = document.dateline.as_ref().and_then(|d| {
            let words = d.place.of(&document.text);
            let place = filed(words, gazetteer)?;
            Some(Place { text: words.into(), start: d.place.start, end: d.place.end, ..place })
        });
        scene
            .states_named(scene.dateline.as_ref().and_then(|p| gazetteer.state(p.country.as_deref()?)).map(|s| s.code));
        scene
    }

    /// Counts states that a sentence names.
    pub(crate) fn states_named(&mut self, codes: impl IntoIterator<Item = &'static str>) {
        for code in codes {
            *self.states.entry(code).or_default() += 1;
        }
    }

    /// The codes of three letters of those who took part in what the document has told.
    pub(crate) fn sides(&self) -> impl Iterator<Item = &str> {
        self.sides.iter().map(String::as_str)
    }

    /// The states the document has named.
    pub(crate) fn named(&self) -> impl Iterator<Item = &'static str> {
        self.states.keys().copied()
    }

    /// Whether the document has named the state.
    pub(crate) fn knows(&self, code: &str) -> bool {
        self.states.contains_key(code)
    }

    /// The state named most often, if it is one.
    pub(crate) fn state(&self) -> Option<&'static str> {
        let most = self.states.values().max()?;
        let mut all = self.states.iter().filter(|(_, n)| *n == most);
        let (code, _) = all.next()?;
        all.next().is_none().then_some(*code)
    }

    /// The city or region the last sentences were about.
    pub(crate) fn last(&self) -> Option<&Place> {
        self.last.as_ref()
    }

    /// The country in which the events of the last sentence but one, or the last, happened.
    pub(crate) fn just_left(&self) -> Option<&str> {
        self.told.0.as_deref().filter(|_| self.told.1 + 1 >= self.read)
    }

    /// Something happens there.
    pub(crate) fn moves_to(&mut self, place: Place) {
        self.last = Some(place);
    }

    /// Takes what a sentence's events say of a visit.
    pub(crate) fn observe(&mut self, events: &[Event], sentence: usize) {
        self.read = sentence;
        let mut places = events.iter().filter_map(|e| e.place.as_ref()?.country.clone());
        if let Some(first) = places.next() {
            self.told = (places.all(|other| other == first).then_some(first), sentence);
        }
        let sides = events.iter().flat_map(|e| e.actors.iter().chain(&e.recipients)).filter_map(|p| p.code.clone());
        self.sides.extend(sides.filter(|code| code.len() == 3));
        for event in events.iter().filter(|e| e.status == Status::Actual && e.event_mode.iter().any(|m| m == "visit")) {
            let sides = event.actors.iter().chain(&event.recipients).filter_map(|p| p.code.clone()).collect();
            self.visit = event.place.clone().map(|place| (place, sides, sentence));
        }
    }

    /// The place of the visit in whose course those of these states meet: the host is at home there.
    pub(crate) fn visited(&self, states: &[&str], sentence: usize) -> Option<&Place> {
        let (place, sides, told) = self.visit.as_ref()?;
        let both = states.len() > 1 && states.iter().all(|s| sides.iter().any(|side| side == s));
        let hosted = states.iter().any(|s| place.country.as_deref() == Some(s));
        (both && hosted && sentence > *told && sentence <= told + VISIT).then_some(place)
    }

    /// Where the text was filed.
    pub(crate) fn dateline(&self) -> Option<&Place> {
        self.dateline.as_ref()
    }
}

/// The place of a dateline ("BAKU, Azerbaijan"): the largest of its name in the state beside it.
fn filed(words: &str, gazetteer: &'static Gazetteer) -> Option<Place> {
    let mut parts = words.split([',', '/']).map(str::trim);
    let name = parts.next().filter(|n| !n.is_empty())?;
    let state = parts.next().and_then(|s| {
        let entries = gazetteer.named(s);
        entries.into_iter().find(|e| matches!(e.kind, Kind::State | Kind::Territory | Kind::Place)).and_then(|e| e.code)
    });
    let found = Places::embedded().named(name).places;
    let city = found.into_iter().find(|p| !p.is_region && state.is_none_or(|s| s == p.country))?;
    // A village that bears a large city's name is meant only where its state stands beside it.
    if state.is_none() && city.population < 100_000.0 {
        return None;
    }
    let mut place = super::names::record(&city);
    place.name = city.name.to_string();
    Some(place)
}
