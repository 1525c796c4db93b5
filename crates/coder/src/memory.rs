//! What a document has said so far about who is who. Precision before recall: what two mentions contradict is dropped.

use crate::mention::{Being, Gender, Sort, Who};
use legation_gazetteer::Level;
use legation_record::{Event, EventType, Participant, Span, Status};
use std::collections::BTreeMap;

/// Whose text it is.
#[derive(Clone, Debug, Default)]
pub(crate) struct Home {
    /// The state its publisher speaks for.
    pub(crate) state: Option<&'static str>,
    /// The first leader the title names, with the rank of his office.
    pub(crate) leader: Option<(Level, Who)>,
    /// Whether the title gives somebody the rank of a head of state, of a head of government.
    pub(crate) titled: [bool; 2],
}

impl Home {
    /// Whether the title names a holder of this rank.
    pub(crate) fn names(&self, level: Level) -> bool {
        match level {
            Level::HeadOfState => self.titled[0],
            Level::HeadOfGovernment => self.titled[1],
            _ => false,
        }
    }
}

/// Sentences a mention stays in reach of pronouns.
const REACH: usize = 3;

/// What the document has introduced.
#[derive(Clone, Debug, Default)]
pub(crate) struct Memory {
    /// By surname; `None` where two persons share it.
    persons: BTreeMap<String, Option<Who>>,
    /// By role noun ("president"); `None` where several states' holders were named.
    roles: BTreeMap<String, Option<Who>>,
    home: Option<Home>,
    /// The state of the dateline.
    filed_in: Option<&'static str>,
    entities: Vec<Entity>,
    /// Entities by each word of their names, and by the nouns that were said of them; lower case.
    by_name: BTreeMap<String, Vec<usize>>,
    by_noun: BTreeMap<String, Vec<usize>>,
    /// States by code, persons by the code of their state.
    states: BTreeMap<String, usize>,
    persons_of: BTreeMap<String, Vec<usize>>,
    /// The mentions of the last sentences, in order.
    recent: Vec<Recent>,
    /// Those who took part in the meeting told of last.
    circle: Option<Circle>,
    /// The last two persons, states, and sides of any sort that a sentence named together.
    pairs: [Option<Pair>; 3],
    /// Who struck and who was struck in the last attack that was told, and the number of its sentence.
    attack: Option<([Option<Who>; 2], usize)>,
    sentence: usize,
    /// Whether a quotation is open.
    quoted: bool,
}

/// What "the two …" may be two of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PairOf {
    Persons,
    States,
    Sides,
}

/// The persons who met, as entities, and the sentence that spoke of their meeting last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Circle {
    pub(crate) entities: Vec<usize>,
    pub(crate) sentence: usize,
}

/// Two entities and the sentence that named them together last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pair {
    pub(crate) entities: [usize; 2],
    pub(crate) sentence: usize,
}

/// Somebody or something the document speaks of.
#[derive(Clone, Debug, Default)]
pub(crate) struct Entity {
    pub(crate) being: Being,
    pub(crate) gender: Option<Gender>,
    pub(crate) plural: bool,
    /// The words of its longest name; empty where it has none.
    pub(crate) name: Vec<String>,
    /// The nouns said of it ("president"), lower case.
    pub(crate) nouns: Vec<String>,
    /// The adjectives and compounds of its first mention, lower case.
    pub(crate) modifiers: Vec<String>,
    /// What it was resolved to.
    pub(crate) who: Vec<Who>,
    /// Where it was named, or first mentioned: the words, and the head of them.
    pub(crate) span: Span,
    pub(crate) word: Span,
    /// The last sentence that mentions it.
    pub(crate) last: usize,
}

impl Entity {
    /// Whether it is one person with a name.
    pub(crate) fn is_named_person(&self) -> bool {
        self.being == Being::Person && !self.plural && !self.name.is_empty()
    }
}

/// A mention of one of the last sentences: several entities where they are coordinated.
#[derive(Clone, Debug)]
pub(crate) struct Recent {
    pub(crate) sentence: usize,
    pub(crate) entities: Vec<usize>,
    pub(crate) weight: f32,
    /// Subject of the sentence's main clause.
    pub(crate) leads: bool,
    /// A plural by grammar or by coordination.
    pub(crate) plural: bool,
    /// Named by an adjective only ("Russian").
    pub(crate) adjective: bool,
    pub(crate) quoted: bool,
}

impl Memory {
    pub(crate) fn person(&self, surname: &str) -> Option<&Who> {
        self.persons.get(surname)?.as_ref()
    }

    pub(crate) fn role(&self, lemma: &str) -> Option<&Who> {
        self.roles.get(lemma)?.as_ref()
    }

    /// Whose text it is, where it is a state's or a leader's.
    pub(crate) fn home(&self) -> Option<&Home> {
        self.home.as_ref()
    }

    /// The state a news agency's text was filed in.
    pub(crate) fn filed_in(&self) -> Option<&'static str> {
        self.filed_in
    }

    /// What a document begins with.
    pub(crate) fn of(home: Home, filed_in: Option<&'static str>) -> Self {
        Self { home: Some(home), filed_in, ..Self::default() }
    }

    pub(crate) fn introduce(&mut self, surname: String, who: Who) {
        remember(&mut self.persons, surname, who);
    }

    pub(crate) fn hold(&mut self, role: &str, who: Who) {
        remember(&mut self.roles, role.to_string(), who);
    }

    /// The number of the sentence that is read now.
    pub(crate) fn sentence(&self) -> usize {
        self.sentence
    }

    pub(crate) fn entity(&self, id: usize) -> &Entity {
        &self.entities[id]
    }

    pub(crate) fn recent(&self) -> &[Recent] {
        &self.recent
    }

    /// Entities one of whose names has this word, in order of introduction.
    pub(crate) fn with_name(&self, word: &str) -> &[usize] {
        self.by_name.get(word).map_or(&[], Vec::as_slice)
    }

    /// Entities of which this noun was said, in order of introduction.
    pub(crate) fn with_noun(&self, noun: &str) -> &[usize] {
        self.by_noun.get(noun).map_or(&[], Vec::as_slice)
    }

    /// The state of this code, where it was named.
    pub(crate) fn state(&self, code: &str) -> Option<usize> {
        self.states.get(code).copied()
    }

    /// Whether the document has named no state, and nobody of a state, but this one.
    pub(crate) fn speaks_only_of(&self, code: &str) -> bool {
        self.states.keys().chain(self.persons_of.keys()).all(|other| other == code)
    }

    /// Persons of this state, in order of introduction.
    pub(crate) fn persons_of(&self, code: &str) -> &[usize] {
        self.persons_of.get(code).map_or(&[], Vec::as_slice)
    }

    /// Adds an entity, or what a further mention says of the one it is.
    pub(crate) fn note(&mut self, known: Option<usize>, mention: Entity) -> usize {
        let id = known.unwrap_or(self.entities.len());
        let (mut words, mut nouns) = (mention.name.clone(), mention.nouns.clone());
        words.iter_mut().for_each(|w| *w = w.to_lowercase());
        match known {
            None => self.entities.push(Entity { last: self.sentence, ..mention }),
            Some(_) => {
                let entity = &mut self.entities[id];
                words.retain(|w| !entity.name.iter().any(|o| o.to_lowercase() == *w));
                nouns.retain(|n| !entity.nouns.contains(n));
                entity.nouns.extend(nouns.iter().cloned());
                entity.gender = entity.gender.or(mention.gender);
                entity.last = self.sentence;
                if mention.name.len() > entity.name.len() {
                    (entity.name, entity.span, entity.word) = (mention.name, mention.span, mention.word);
                    if !mention.who.is_empty() {
                        entity.who = mention.who;
                    }
                } else if entity.who.is_empty() {
                    entity.who = mention.who;
                }
            }
        }
        let entity = &self.entities[id];
        if let [Who { code: Some(code), .. }] = entity.who.as_slice() {
            if entity.being == Being::State {
                self.states.entry(code.clone()).or_insert(id);
            } else if entity.being == Being::Person {
                let list = self.persons_of.entry(code.clone()).or_default();
                if !list.contains(&id) {
                    list.push(id);
                }
            }
        }
        for word in words {
            let list = self.by_name.entry(word).or_default();
            if !list.contains(&id) {
                list.push(id);
            }
        }
        for noun in nouns {
            let list = self.by_noun.entry(noun).or_default();
            if !list.contains(&id) {
                list.push(id);
            }
        }
        id
    }

    /// Takes over what the place or the other side told of somebody's state ("a man is shot in Oslo … the man").
    pub(crate) fn learn(&mut self, events: &[Event]) {
        self.attacked(events);
        let told = events.iter().flat_map(|e| e.actors.iter().chain(&e.recipients));
        for p in told.filter(|p| p.code.is_some()) {
            let within = |span: Span| p.start <= span.start && span.end <= p.end;
            for e in self.entities.iter_mut().filter(|e| within(e.word)) {
                if let [who] = e.who.as_mut_slice()
                    && who.code.is_none()
                    && within(who.span)
                {
                    who.code.clone_from(&p.code);
                    if who.sectors.is_empty() {
                        who.sectors.clone_from(&p.sectors);
                    }
                }
            }
            for who in self.persons.values_mut().flatten().filter(|who| who.code.is_none() && within(who.span)) {
                who.code.clone_from(&p.code);
                if who.sectors.is_empty() {
                    who.sectors.clone_from(&p.sectors);
                }
            }
        }
    }

    /// Takes over who met: all of them must be persons of a known state or body, each by a name.
    pub(crate) fn gather(&mut self, events: &[Event]) {
        let met = |e: &&Event| e.event_type == EventType::Consult && e.status == Status::Actual;
        for e in events.iter().filter(met) {
            let people: Vec<_> = e.actors.iter().chain(&e.recipients).collect();
            let entity = |start: u32, end: u32| {
                self.entities.iter().position(|e| e.is_named_person() && start <= e.word.start && e.word.end <= end)
            };
            // A person named again stands where he was introduced.
            let place = |p: &Participant| {
                p.antecedent
                    .as_ref()
                    .map_or_else(|| entity(p.start, p.end), |a| entity(a.start, a.end))
                    .or_else(|| self.by_person(p))
            };
            let mut entities: Vec<usize> =
                people.iter().filter_map(|p| place(p).filter(|_| p.code.is_some())).collect();
            entities.sort_unstable();
            entities.dedup();
            let known = entities.len() == people.len();
            let sentence = self.sentence;
            if let Some(circle) = self.circle.as_mut().filter(|c| entities.iter().all(|k| c.entities.contains(k))) {
                circle.sentence = sentence;
                continue;
            }
            self.circle = (known && entities.len() > 1).then_some(Circle { entities, sentence });
        }
    }

    /// The entity that bears a participant's name.
    fn by_person(&self, p: &Participant) -> Option<usize> {
        self.entities
            .iter()
            .position(|e| e.is_named_person() && e.who.first().is_some_and(|w| !w.name.is_empty() && w.name == p.name))
    }

    /// Those who took part in the meeting told of last.
    pub(crate) fn circle(&self) -> Option<&Circle> {
        self.circle.as_ref()
    }

    /// Whom "the attacker" (0) or "the victims" (1) means: the one side of the last attack, in whatever number.
    pub(crate) fn in_attack(&self, side: usize) -> Option<&Who> {
        let (sides, sentence) = self.attack.as_ref()?;
        sides[side].as_ref().filter(|_| sentence + REACH > self.sentence)
    }

    /// Keeps the sides of the last attack of a sentence; several on one side leave none.
    fn attacked(&mut self, events: &[Event]) {
        let happened =
            |e: &&Event| e.event_type == EventType::Assault && matches!(e.status, Status::Actual | Status::Historical);
        let Some(event) = events.iter().rfind(happened) else { return };
        let side = |list: &[Participant]| match list {
            [one] if one.code.is_some() && one.antecedent.is_none() => {
                let span = Span { start: one.start, end: one.end };
                Some(Who {
                    name: one.name.clone(),
                    code: one.code.clone(),
                    sectors: one.sectors.clone(),
                    span,
                    sort: Sort::Role,
                    ..Who::default()
                })
            }
            _ => None,
        };
        self.attack = Some(([side(&event.actors), side(&event.recipients)], self.sentence));
    }

    /// The last pair of its sort.
    pub(crate) fn pair(&self, of: PairOf) -> Option<Pair> {
        self.pairs[of as usize]
    }

    /// All entities, in order of introduction.
    pub(crate) fn entities(&self) -> &[Entity] {
        &self.entities
    }

    /// What the sentence's mentions do to the pairs: two make one, more leave none, and so does a new one that leads.
    fn pair_up(&mut self) {
        let now = self.sentence;
        let leads = self.recent.iter().filter(|r| r.sentence == now && r.leads);
        let acting: Vec<usize> = leads.flat_map(|r| r.entities.iter().copied()).collect();
        for of in [PairOf::Persons, PairOf::States, PairOf::Sides] {
            let mut found: Vec<usize> = Vec::new();
            let mut leading = false;
            let old = self.pairs[of as usize];
            for r in self.recent.iter().filter(|r| r.sentence == now) {
                for &id in &r.entities {
                    let e = &self.entities[id];
                    let coded = matches!(e.who.as_slice(), [Who { code: Some(_), .. }]);
                    let fits = coded
                        && !e.plural
                        && match of {
                            PairOf::Persons => e.being == Being::Person,
                            PairOf::States => e.being == Being::State,
                            PairOf::Sides => {
                                matches!(e.being, Being::State | Being::League | Being::Body)
                                    && !r.adjective
                                    && r.weight >= 40.0
                            }
                        };
                    if !fits {
                        continue;
                    }
                    let code = |k: usize| self.entities[k].who[0].code.as_ref();
                    leading |= r.leads && old.is_none_or(|p| p.entities.iter().all(|&k| code(k) != code(id)));
                    match found.iter_mut().find(|k| code(**k) == code(id)) {
                        // A name says more than "the president".
                        Some(k) if self.entities[*k].name.is_empty() => *k = id,
                        Some(_) => {}
                        None => found.push(id),
                    }
                }
            }
            let code = |k: usize| self.entities[k].who.first().and_then(|w| w.code.as_ref());
            let acting = |k: usize| acting.iter().any(|&a| code(a) == code(k));
            match found[..] {
                // Two that are only talked about are no pair.
                [a, b] if !acting(a) && !acting(b) => {}
                [] => {}
                [a] if old.is_some_and(|p| p.entities.iter().any(|&k| code(k) == code(a))) => {
                    self.pairs[of as usize].iter_mut().for_each(|p| p.sentence = now);
                }
                [_] if !leading => {}
                [a, b] if old.is_none_or(|p| !is_same(&self.entities, p.entities, [a, b])) => {
                    self.pairs[of as usize] = Some(Pair { entities: [a, b], sentence: now })
                }
                [_, _] => self.pairs[of as usize].iter_mut().for_each(|p| p.sentence = now),
                _ => self.pairs[of as usize] = None,
            }
        }
    }

    pub(crate) fn mention(&mut self, recent: Recent) {
        self.recent.push(recent);
    }

    pub(crate) fn quoted(&self) -> bool {
        self.quoted
    }

    /// The next sentence begins; a new paragraph closes what quotation marks left open.
    pub(crate) fn begin(&mut self, paragraph: bool) {
        self.quoted &= !paragraph;
    }

    /// The sentence is read.
    pub(crate) fn advance(&mut self, quoted: bool) {
        self.quoted = quoted;
        self.pair_up();
        self.sentence += 1;
        let now = self.sentence;
        self.recent.retain(|r| r.sentence + REACH >= now);
    }
}

/// Whether the two are of the same states, in whatever order.
fn is_same(entities: &[Entity], [a, b]: [usize; 2], [c, d]: [usize; 2]) -> bool {
    let code = |k: usize| entities[k].who.first().and_then(|w| w.code.as_ref());
    (code(a), code(b)) == (code(c), code(d)) || (code(a), code(b)) == (code(d), code(c))
}

fn remember(table: &mut BTreeMap<String, Option<Who>>, key: String, who: Who) {
    let slot = table.entry(key).or_insert_with(|| Some(who.clone()));
    if slot.as_ref().is_some_and(|old| old.code != who.code) {
        *slot = None;
    }
}
