use crate::agent::Agents;
use crate::names::Names;
use crate::person::{Person, PersonId, Term, Terms};
use crate::reference::References;
use crate::relation::Relations;
use crate::table::{
    GROUPS, LEADERS, METONYMS, ORGANISATIONS, PARTIAL, PLACES, REGIONS, STATE_CODES, STATES, TERRITORIES, body, cells,
    given, names, rows,
};
use crate::war::{self, War};
use crate::{
    Agent, Alliance, Answer, Completeness, Entry, Gender, Kind, Location, Match, Membership, Office, Partial, Period,
    Reference, Sectors,
};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// The tables with their indexes. Immutable; share it between threads.
#[derive(Debug)]
pub struct Gazetteer {
    entries: Vec<Entry>,
    names: Names,
    agents: Agents,
    persons: Vec<Person>,
    /// Indexes that only questions about persons and offices need: built when first asked for.
    surnames: OnceLock<Names>,
    by_state: OnceLock<BTreeMap<&'static str, Vec<(u32, u32)>>>,
    relations: OnceLock<Relations>,
    wars: OnceLock<Vec<War>>,
    references: OnceLock<References>,
    states: BTreeMap<&'static str, State>,
    territories: BTreeMap<&'static str, &'static str>,
    codes: BTreeMap<&'static str, &'static str>,
}

/// A state with its codes.
#[derive(Clone, Debug)]
pub struct State {
    /// ISO 3166-1 alpha-3 (XKX for Kosovo; withdrawn codes for dissolved states).
    pub code: &'static str,
    /// ISO 3166-1 alpha-2, where there is one.
    pub alpha2: Option<&'static str>,
    /// Usual name.
    pub name: &'static str,
    /// Years or days of its existence since 1816.
    pub period: Period,
    /// Wikidata item.
    pub wikidata: Option<&'static str>,
    /// Capitals and seats, each name once, the usual one first.
    pub capitals: Vec<&'static str>,
    /// Correlates of War codes with their times.
    pub cow: Vec<StateCode>,
    /// Gleditsch and Ward codes with their times.
    pub gw: Vec<StateCode>,
}

/// A number in one of the state lists, and when it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StateCode {
    /// The number.
    pub number: u16,
    /// The list's abbreviation.
    pub abbreviation: &'static str,
    /// When the state carries it.
    pub period: Period,
}

impl State {
    /// The COW number on a day.
    pub fn cow_on(&self, day: Date) -> Option<u16> {
        self.cow.iter().find(|code| code.period.contains(day)).map(|code| code.number)
    }

    /// The Gleditsch–Ward number on a day.
    pub fn gw_on(&self, day: Date) -> Option<u16> {
        self.gw.iter().find(|code| code.period.contains(day)).map(|code| code.number)
    }
}

impl Gazetteer {
    /// The gazetteer compiled into the program; built on first use, then shared.
    pub fn embedded() -> &'static Self {
        static EMBEDDED: OnceLock<Gazetteer> = OnceLock::new();
        EMBEDDED.get_or_init(Self::load)
    }

    /// Builds the indexes from the compiled-in tables. [`Gazetteer::embedded`] does this once.
    pub fn load() -> Self {
        let mut gazetteer = Self {
            entries: Vec::with_capacity(48_000),
            names: Names::with_capacity(90_000),
            agents: Agents::load(),
            persons: Vec::with_capacity(24_000),
            surnames: OnceLock::new(),
            by_state: OnceLock::new(),
            relations: OnceLock::new(),
            wars: OnceLock::new(),
            references: OnceLock::new(),
            states: BTreeMap::new(),
            territories: BTreeMap::new(),
            codes: BTreeMap::new(),
        };
        gazetteer.load_states();
        gazetteer.load_territories();
        gazetteer.load_metonyms();
        gazetteer.load_organisations();
        gazetteer.load_groups();
        gazetteer.load_persons();
        gazetteer.load_places();
        gazetteer.load_regions();
        gazetteer
    }

    /// The longest name that begins `tokens` (forms in their original case), with all it may mean.
    pub fn longest<T: AsRef<str>>(&self, tokens: &[T]) -> Option<Match<'_, Entry>> {
        let (length, capitals, found) = self.names.longest(tokens)?;
        Some(Match {
            tokens: length,
            capitals,
            entries: found.into_iter().map(|i| &self.entries[i as usize]).collect(),
        })
    }

    /// The entries of exactly this name.
    pub fn named(&self, name: &str) -> Vec<&Entry> {
        self.names.exact(name).into_iter().map(|i| &self.entries[i as usize]).collect()
    }

    /// The role noun with this lemma (lower case; several words separated by spaces).
    pub fn agent(&self, lemma: &str) -> Option<&Agent> {
        self.agents.exact(lemma)
    }

    /// What a noun may come back to, by its lemma (lower case).
    pub fn reference(&self, noun: &str) -> Option<&Reference> {
        self.references().noun(noun)
    }

    /// The gender of a given name that only one sex bears.
    pub fn gender_of(&self, given_name: &str) -> Option<Gender> {
        self.references().given(given_name)
    }

    fn references(&self) -> &References {
        self.references.get_or_init(References::load)
    }

    /// The longest role noun that ends at token `end`, its head, by lemmas: index of its first token, and the agent.
    pub fn agent_ending_at<T: AsRef<str>>(&self, lemmas: &[T], end: usize) -> Option<(usize, &Agent)> {
        self.agents.ending_at(lemmas, end)
    }

    /// The state with this alpha-3 code.
    pub fn state(&self, code: &str) -> Option<&State> {
        self.states.get(code)
    }

    /// All states, by code.
    pub fn states(&self) -> impl Iterator<Item = &State> {
        self.states.values()
    }

    /// The state that answers for a territory's code.
    pub fn sovereign(&self, territory: &str) -> Option<&'static str> {
        self.territories.get(territory).copied()
    }

    /// The usual name of a state, territory or organisation by its code.
    pub fn name_of(&self, code: &str) -> Option<&'static str> {
        self.codes.get(code).copied()
    }

    /// The person an entry of [`Kind::Person`] names.
    pub fn person(&self, id: PersonId) -> &Person {
        &self.persons[id.0 as usize]
    }

    /// Persons of a surname or full name. With a day, only those who may have been in office on it, surest first; the
    /// others are left out, so an empty answer means that the tables know no such holder.
    pub fn persons(&self, name: &str, on: Option<Date>) -> Vec<&Person> {
        let full = self.named(name).into_iter().filter_map(|entry| entry.person);
        let mut found: Vec<u32> = full.chain(self.surnames().exact(name)).collect();
        found.sort_unstable();
        found.dedup();
        let mut persons: Vec<&Person> = found.into_iter().map(|i| &self.persons[i as usize]).collect();
        if let Some(day) = on {
            persons.retain(|person| person.terms.iter().any(|term| term.held_on(day) != Some(false)));
            persons.sort_by_key(|person| !person.terms.iter().any(|term| term.held_on(day) == Some(true)));
        }
        persons
    }

    /// The persons of a surname or full name as entries, for those that no entry of the name leads to.
    pub(crate) fn persons_called(&self, name: &str) -> Vec<Entry> {
        let found = self.surnames().exact(name);
        found.into_iter().map(|id| self.persons[id as usize].entry(id, true)).collect()
    }

    /// Who held an office on a day. `None` where the tables do not know for sure, or know two who contradict each other.
    /// Where a state has a leader without a named office, he answers for the head of state.
    pub fn holder(&self, state: &str, office: Office, day: Date) -> Option<(&Person, &Term)> {
        self.sole_holder(state, office, day).or_else(|| match office {
            Office::HeadOfState => self.sole_holder(state, Office::Leader, day),
            _ => None,
        })
    }

    fn sole_holder(&self, state: &str, office: Office, day: Date) -> Option<(&Person, &Term)> {
        let mut found: Vec<(&Person, &Term)> = self
            .terms(state)
            // The head of a breakaway region is not the head of the state that claims it.
            .filter(|(_, term)| term.office == office && !term.sectors.contains("PRE"))
            .filter(|(_, term)| term.held_on(day) == Some(true))
            .collect();
        // Written by hand goes before compiled; on the day of a handover the one who comes is meant.
        let hand = found.iter().any(|(_, term)| term.source == "hand");
        found.retain(|(_, term)| !hand || term.source == "hand");
        found.sort_by_key(|(_, term)| std::cmp::Reverse(term.period.from));
        let &(person, term) = found.first()?;
        let contradicted = found[1..].iter().any(|(other, earlier)| {
            !std::ptr::eq(*other, person)
                && earlier.period.to.and_then(Partial::last_day) > term.period.from.and_then(Partial::last_day)
        });
        let open =
            found[1..].iter().any(|(other, earlier)| !std::ptr::eq(*other, person) && earlier.period.to.is_none());
        (!contradicted && !open).then_some((person, term))
    }

    /// All terms known for a state.
    pub fn terms(&self, state: &str) -> impl Iterator<Item = (&Person, &Term)> {
        self.by_state().get(state).into_iter().flatten().map(|&(person, term)| {
            let person = &self.persons[person as usize];
            (person, &person.terms[term as usize])
        })
    }

    /// Every membership known of a state (or of an organisation that is a member of others), by organisation.
    pub fn memberships(&self, state: &str) -> impl Iterator<Item = &Membership> {
        self.relations().of_state(state)
    }

    /// The memberships of an organisation by state: all that are known, or with a day those that surely hold on it.
    pub fn members(&self, organisation: &str, on: Option<Date>) -> Vec<&Membership> {
        let rows = self.relations().of_organisation(organisation);
        rows.filter(|row| on.is_none_or(|day| row.held_on(day) == Some(true))).collect()
    }

    /// Whether a state was in an organisation on a day, and as what. The answer is no only where the table is complete
    /// for the organisation's members on that day.
    pub fn is_member(&self, organisation: &str, state: &str, day: Date) -> Answer {
        self.relations().is_member(organisation, state, day)
    }

    /// The alliances of a state by partner: all that are known since 1990, or with a day those that surely hold on it.
    /// Sources stand side by side, and they may disagree.
    pub fn alliances(&self, state: &str, on: Option<Date>) -> Vec<&Alliance> {
        let rows = self.relations().alliances(state).iter();
        rows.filter(|row| on.is_none_or(|day| row.held_on(day) == Some(true))).collect()
    }

    /// Every run of years of an armed conflict, in the order of the table. [`Gazetteer::complete`] tells for which years
    /// it is whole.
    pub fn wars(&self) -> &[War] {
        self.wars.get_or_init(war::load)
    }

    /// For which organisations, statuses and times the tables of memberships, alliances and wars are complete.
    pub fn complete(&self) -> &[Completeness] {
        &self.relations().complete
    }

    /// All names of a kind for what the entry stands for (of a state's entry: its names, its adjectives, its people …),
    /// each with whether it also means something else, in the order of the tables. This reads the whole index.
    pub fn names_of(&self, entry: &Entry, kind: Kind) -> Vec<(&'static str, bool)> {
        let mut found: Vec<(&'static str, bool)> = Vec::new();
        for (name, number) in self.names.all() {
            let other = &self.entries[number as usize];
            let same =
                (other.kind, other.code, other.name, other.person) == (kind, entry.code, entry.name, entry.person);
            if same && !found.iter().any(|(known, _)| *known == name) {
                found.push((name, other.ambiguous));
            }
        }
        found
    }

    /// Names like this one, the nearest first, at most `count`: the same but for capitals and diacritics, those that
    /// contain all its words, and those a few slips of the pen away. This reads the whole index.
    pub fn near(&self, name: &str, count: usize) -> Vec<&'static str> {
        let all = self.names.all().chain(self.surnames().all());
        crate::near::near(name, all.map(|(known, _)| known), count)
    }

    fn relations(&self) -> &Relations {
        self.relations.get_or_init(Relations::load)
    }

    fn surnames(&self) -> &Names {
        self.surnames.get_or_init(|| {
            let mut surnames = Names::with_capacity(self.persons.len() * 2);
            for (id, person) in self.persons.iter().enumerate() {
                for (surname, _) in names(person.surnames) {
                    surnames.insert(surname, id as u32);
                }
            }
            surnames
        })
    }

    fn by_state(&self) -> &BTreeMap<&'static str, Vec<(u32, u32)>> {
        self.by_state.get_or_init(|| {
            let mut by_state: BTreeMap<&'static str, Vec<(u32, u32)>> = BTreeMap::new();
            for (id, person) in self.persons.iter().enumerate() {
                for (i, term) in person.terms.iter().enumerate() {
                    by_state.entry(term.state).or_default().push((id as u32, i as u32));
                }
            }
            by_state
        })
    }

    /// Number of entries, names included once each.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    // Adds one entry for each degree of ambiguity among the names.
    fn add(&mut self, entry: Entry, cell: &'static str) {
        for wanted in [false, true] {
            let mut number = None;
            for (name, ambiguous) in names(cell).filter(|&(_, ambiguous)| ambiguous == wanted) {
                let entries = &mut self.entries;
                let number = *number.get_or_insert_with(|| {
                    entries.push(Entry { ambiguous, ..entry.clone() });
                    entries.len() as u32 - 1
                });
                self.names.insert(name, number);
            }
        }
    }

    fn add_name(&mut self, name: &'static str, entry: Entry) {
        self.entries.push(entry);
        self.names.insert(name, self.entries.len() as u32 - 1);
    }

    fn load_states(&mut self) {
        let list: Vec<[&str; 10]> = rows::<10>(STATES).collect();
        for &[code, alpha2, name, from, to, item, ref cells @ ..] in &list {
            let [all, adjectives, people, capitals] = *cells;
            let base =
                Entry { wikidata: given(item), period: Period::new(from, to), ..Entry::new(Kind::State, code, name) };
            self.add(base.clone(), all);
            self.add(Entry { kind: Kind::Adjective, ..base.clone() }, adjectives);
            self.add(Entry { kind: Kind::People, ..base.clone() }, people);
            self.add(Entry { kind: Kind::Capital, ..base }, capitals);
            self.codes.insert(code, name);
            self.states.insert(
                code,
                State {
                    code,
                    alpha2: given(alpha2),
                    name,
                    period: Period::new(from, to),
                    wikidata: given(item),
                    capitals: names(capitals).map(|(name, _)| name).collect(),
                    cow: Vec::new(),
                    gw: Vec::new(),
                },
            );
        }
        for [code, system, number, abbreviation, from, to] in rows::<6>(STATE_CODES) {
            if let (Some(state), Ok(number)) = (self.states.get_mut(code), number.parse()) {
                let codes = if system == "COW" { &mut state.cow } else { &mut state.gw };
                codes.push(StateCode { number, abbreviation, period: Period::new(from, to) });
            }
        }
    }

    fn load_territories(&mut self) {
        for [code, _, name, sovereign, item, all, adjectives, people, capitals] in rows::<9>(TERRITORIES) {
            let sovereign = given(sovereign);
            let base = Entry { wikidata: given(item), sovereign, ..Entry::new(Kind::Territory, code, name) };
            self.add(base.clone(), all);
            self.add(Entry { kind: Kind::Adjective, ..base.clone() }, adjectives);
            self.add(Entry { kind: Kind::People, ..base.clone() }, people);
            self.add(Entry { kind: Kind::Capital, ..base }, capitals);
            self.codes.insert(code, name);
            if let Some(sovereign) = sovereign {
                self.territories.insert(code, sovereign);
            }
        }
        for [code, sectors, name, from, to, item, all, adjectives, people, capitals, _] in rows::<11>(PARTIAL) {
            let base = Entry {
                wikidata: given(item),
                period: Period::new(from, to),
                sectors: Sectors(sectors),
                ..Entry::new(Kind::Partial, code, name)
            };
            self.add(base.clone(), all);
            self.add(Entry { kind: Kind::Adjective, ..base.clone() }, adjectives);
            self.add(Entry { kind: Kind::People, ..base.clone() }, people);
            self.add(Entry { kind: Kind::Capital, ..base }, capitals);
        }
    }

    fn load_metonyms(&mut self) {
        for [code, sectors, all] in rows::<3>(METONYMS) {
            let name = self.codes.get(code).copied().unwrap_or(code);
            let wikidata = self.states.get(code).and_then(|state| state.wikidata);
            self.add(Entry { sectors: Sectors(sectors), wikidata, ..Entry::new(Kind::Metonym, code, name) }, all);
        }
    }

    fn load_organisations(&mut self) {
        let list: Vec<[&str; 6]> = rows::<6>(ORGANISATIONS).collect();
        for &[code, sectors, name, home, item, all] in &list {
            // An organ speaks for its organisation and bears its name; the first row of a code is the organisation.
            let first = list.iter().find(|row| row[0] == code && !row[4].is_empty());
            let name = first.map_or(name, |row| row[2]);
            let item = first.map_or(item, |row| row[4]);
            let entry = Entry {
                sectors: Sectors(sectors),
                wikidata: given(item),
                sovereign: given(home),
                ..Entry::new(Kind::Organisation, code, name)
            };
            self.add(entry, all);
            self.codes.entry(code).or_insert(name);
        }
    }

    fn load_groups(&mut self) {
        for [code, sectors, name, from, to, all] in rows::<6>(GROUPS) {
            let period = Period::new(from, to);
            self.add(Entry { sectors: Sectors(sectors), period, ..Entry::new(Kind::Group, code, name) }, all);
        }
    }

    fn load_places(&mut self) {
        for [name, code, _, precision, latitude, longitude, geonameid, _, all] in rows::<9>(PLACES) {
            let location = Location {
                latitude: latitude.parse().ok(),
                longitude: longitude.parse().ok(),
                geonameid: geonameid.parse().ok(),
                precision,
            };
            self.add(Entry { location: Some(Box::new(location)), ..Entry::new(Kind::Place, code, name) }, all);
        }
    }

    fn load_regions(&mut self) {
        for [name, all] in rows::<2>(REGIONS) {
            self.add(Entry::new(Kind::Region, "", name), all);
        }
    }

    // The rows of one person stand together in the table and begin alike.
    fn load_persons(&mut self) {
        let mut rest = body(LEADERS);
        while let Some((name, after)) = rest.split_once('\t') {
            let key = &rest[..name.len() + 1 + after.find('\t').map_or(0, |end| end + 1)];
            let mut length = 0;
            while rest[length..].starts_with(key) {
                length += rest[length..].find('\n').map_or(rest.len() - length, |end| end + 1);
            }
            let (block, next) = rest.split_at(length.max(1));
            rest = next;
            let [_, item, aliases, surnames, state] = cells::<5>(block);
            let id = self.persons.len() as u32;
            let person =
                Person { id: PersonId(id), name, state, wikidata: given(item), terms: Terms::new(block), surnames };
            let entry = person.entry(id, false);
            self.persons.push(person);
            // A name of one word (a king, a pope) may be anything.
            self.add_name(name, Entry { ambiguous: !name.contains(' '), ..entry.clone() });
            for surname in names(surnames).filter(|&(_, minor)| !minor).map(|(surname, _)| surname) {
                self.add_name(surname, Entry { ambiguous: true, ..entry.clone() });
            }
            self.add(entry, aliases);
        }
    }
}
