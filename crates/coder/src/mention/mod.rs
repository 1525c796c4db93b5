//! Who a nominal stands for: names by the gazetteer on the day of the text, role nouns with their nationality, persons
//! by office or apposition, and what the document has said before. Nothing is guessed: what is not decided stays
//! unresolved, with its words.

mod discourse;
mod led;
mod names;
mod nation;
mod person;
mod roles;
mod together;
mod told;

pub(crate) use discourse::Being;
pub use discourse::Link;
pub(crate) use legation_gazetteer::Gender;

use crate::clause::Clauses;
use crate::memory::Memory;
use discourse::{Local, Search};
use jiff::civil::Date;
use legation_gazetteer::{Agent, AgentClass, Entry, Gazetteer, Kind, Person, PersonId, Term, name_tokens};
use legation_record::{Antecedent, EntityKind, EntityTag, Participant, Relation, Span, Upos};
use std::cell::{OnceCell, RefCell};

/// A participant with what matching needs to know of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Who {
    pub(crate) name: String,
    pub(crate) code: Option<String>,
    pub(crate) sectors: Vec<String>,
    pub(crate) wikidata: Option<String>,
    pub(crate) span: Span,
    /// The token that heads the mention.
    pub(crate) head: usize,
    /// First and last token of the mention.
    pub(crate) tokens: (usize, usize),
    pub(crate) sort: Sort,
    /// What the mention goes back to, where it does.
    pub(crate) antecedent: Option<Antecedent>,
    /// Why the state and sectors hold, where another day would give others.
    pub(crate) dated: Dated,
}

/// What a participant's state, sectors or name were taken from, to be asked again for the day of the event.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) enum Dated {
    /// The words themselves: they hold on any day.
    #[default]
    No,
    /// A person of the tables, by the office held.
    Person(PersonId),
    /// A title ("the Russian president"): whoever held the office. With the holder on the day of the text.
    Title(&'static str, PersonId),
}

/// What sort of participant it is, for the conditions of patterns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Sort {
    State,
    Organisation,
    Group,
    Person,
    /// A role noun ("police", "the minister").
    Role,
    /// A city or region: it can be attacked or visited, but does not act.
    Place,
    /// A named person or organisation the gazetteer does not know.
    #[default]
    Unknown,
    /// A bare number ("at least twenty").
    Count,
    /// A weapon without an owner ("an airstrike"): it acts, but belongs to nobody the text names.
    Instrument,
}

impl Who {
    pub(crate) fn participant(&self, text: &str) -> Participant {
        let words = self.span.of(text).to_string();
        // Somebody nameless bears the words by which he was told of first.
        let first = || self.antecedent.as_ref().map_or(&words, |a| &a.text).clone();
        Participant {
            name: if self.name.is_empty() { first() } else { self.name.clone() },
            code: self.code.clone(),
            sectors: self.sectors.clone(),
            wikidata: self.wikidata.clone(),
            text: words,
            start: self.span.start,
            end: self.span.end,
            antecedent: self.antecedent.clone(),
        }
    }

    /// Whoever holds an office, without a place in the text yet.
    pub(crate) fn in_office(person: &Person, term: &Term) -> Self {
        Self {
            name: person.name.into(),
            code: Some(term.state.into()),
            sectors: term.sectors.to_vec(),
            wikidata: person.wikidata.map(String::from),
            sort: Sort::Person,
            dated: Dated::Person(person.id),
            ..Self::default()
        }
    }

    /// A state by its own name, adjective or people: no body or seat of it.
    pub(crate) fn is_plain_state(&self) -> bool {
        self.sort == Sort::State && self.sectors.is_empty()
    }

    /// The sectors that a body's people share with it.
    pub(crate) fn of_body(&self) -> Vec<String> {
        if matches!(self.sort, Sort::Organisation | Sort::Group) { self.sectors.clone() } else { Vec::new() }
    }

    /// Whether both are the same participant by the same words.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        self.span == other.span && self.code == other.code
    }

    /// Whether it is in a sector; `STATE` and `IGO` ask for states and organisations.
    pub(crate) fn is_in(&self, sector: &str) -> bool {
        match sector {
            "STATE" => {
                self.code.as_ref().is_some_and(|c| c.len() == 3 && c.chars().all(|c| c.is_ascii_uppercase()))
                    && !matches!(self.sort, Sort::Organisation)
                    && !self.sectors.iter().any(|s| s == "IGO")
            }
            // A state that acts is its government; "Moscow" and "the president" carry the sector themselves.
            "GOV" => self.is_plain_state() || self.sectors.iter().any(|s| s == "GOV"),
            _ => self.sectors.iter().any(|s| s == sector),
        }
    }
}

/// A name of the gazetteer in the sentence.
struct Name {
    first: usize,
    last: usize,
    entries: Vec<&'static Entry>,
}

/// The nominals of a sentence, resolved when asked.
pub(crate) struct Mentions<'a> {
    pub(crate) clauses: &'a Clauses<'a>,
    gazetteer: &'static Gazetteer,
    day: Option<Date>,
    names: Vec<Name>,
    /// Which name covers a token.
    name_of: Vec<Option<usize>>,
    memory: &'a Memory,
    cache: RefCell<Vec<Option<Vec<Who>>>>,
    locals: OnceCell<Vec<Local>>,
    links: RefCell<Vec<Search>>,
}

impl<'a> Mentions<'a> {
    pub(crate) fn new(
        clauses: &'a Clauses<'a>,
        gazetteer: &'static Gazetteer,
        day: Option<Date>,
        memory: &'a Memory,
    ) -> Self {
        let n = clauses.len();
        let forms: Vec<&str> = (0..n).map(|i| clauses.form(i)).collect();
        let (mut names, mut name_of) = (Vec::new(), vec![None; n]);
        let mut i = 0;
        while i < n {
            let found = gazetteer.longest(&forms[i..]).filter(|m| {
                let words = &forms[i..i + m.tokens];
                words.iter().any(|w| w.chars().any(char::is_uppercase))
                    // A heading in capitals spells everything so; a lone acronym is no heading.
                    && (!m.capitals || is_heading(&forms))
            });
            match found {
                Some(m) => {
                    let last = i + m.tokens - 1;
                    name_of[i..=last].fill(Some(names.len()));
                    names.push(Name { first: i, last, entries: m.entries });
                    i = last + 1;
                }
                None => {
                    // "the Houthis": a plural the tables have in the singular.
                    let token = clauses.token(i);
                    let singular = token.upos == Upos::Propn && token.lemma != forms[i] && forms[i].ends_with('s');
                    let entries = if singular { gazetteer.named(&token.lemma) } else { Vec::new() };
                    if !entries.is_empty() {
                        name_of[i] = Some(names.len());
                        names.push(Name { first: i, last: i, entries });
                    }
                    i += 1;
                }
            }
        }
        for i in 1..names.len() {
            states_region_first(clauses, &mut names, i);
            if is_namesake(clauses, &names[i - 1], &names[i]) {
                name_of[names[i - 1].first..=names[i - 1].last].fill(None);
            }
        }
        let cache = RefCell::new(vec![None; n]);
        let (locals, links) = (OnceCell::new(), RefCell::new(vec![Search::Open; n]));
        Self { clauses, gazetteer, day, names, name_of, memory, cache, locals, links }
    }

    /// The participants a nominal and its coordinated nominals stand for. `place` allows cities and regions.
    pub(crate) fn all(&self, head: usize, place: bool) -> Vec<Who> {
        let mut out: Vec<Who> = Vec::new();
        let conjuncts = self.coordinated(head);
        if let Some(one) = self.in_several_roles(&conjuncts) {
            return one;
        }
        let mut conjuncts = conjuncts;
        let more = self.listed(&conjuncts);
        if !more.is_empty() {
            conjuncts.extend(more);
            conjuncts.sort_unstable();
        }
        for h in conjuncts {
            if let Some(who) = out.last().and_then(|last| self.its_like(last, h)) {
                out.push(who);
                continue;
            }
            for who in self.one(h) {
                if (place || who.sort != Sort::Place) && !out.iter().any(|o| o.is_same(&who)) {
                    self.beside(&mut out, who);
                }
            }
        }
        out
    }

    /// Who owns a nominal that is no participant itself: possessor, nationality, or "of …", "by …", "from …".
    pub(crate) fn owner(&self, head: usize) -> Vec<Who> {
        self.owner_within(head, 2)
    }

    fn owner_within(&self, head: usize, depth: usize) -> Vec<Who> {
        use Relation::*;
        let c = self.clauses;
        for relations in [&[NmodPoss][..], &[Amod, Compound], &[Nmod]] {
            for m in c.children_by(head, relations).filter(|&m| c.upos(m) != Upos::Pron) {
                if relations == [Nmod] {
                    let owning =
                        c.case(m).is_some_and(|k| matches!(c.lemma(k), "of" | "by" | "from" | "in" | "against"));
                    if !owning {
                        continue;
                    }
                }
                let found: Vec<Who> = if matches!(c.relation(m), Amod | Compound) {
                    c.conjuncts(m).into_iter().flat_map(|k| self.nationality(k)).collect()
                } else {
                    self.all(m, true)
                };
                if !found.is_empty() {
                    return found;
                }
                // "the document of the Vatican's synod": whose synod.
                let deeper =
                    if relations == [Nmod] && depth > 0 { self.owner_within(m, depth - 1) } else { Vec::new() };
                if !deeper.is_empty() {
                    return deeper;
                }
            }
        }
        Vec::new()
    }

    /// The participants one nominal stands for; several where it carries several nationalities.
    pub(crate) fn one(&self, h: usize) -> Vec<Who> {
        if let Some(known) = &self.cache.borrow()[h] {
            return known.clone();
        }
        // A mention inside itself ("one of his guards", his = one's) resolves to nobody.
        self.cache.borrow_mut()[h] = Some(Vec::new());
        let found = self.resolve(h);
        self.cache.borrow_mut()[h] = Some(found.clone());
        found
    }

    fn resolve(&self, h: usize) -> Vec<Who> {
        use Relation::*;
        let c = self.clauses;
        if matches!(c.upos(h), Upos::Pron | Upos::Det) {
            return self.referred(h);
        }
        if !c.is_nominal(h) && c.upos(h) != Upos::Adj {
            return Vec::new();
        }
        if let Some(m) = c.measured(h) {
            return self.all(m, false);
        }
        let referred = self.referred(h);
        if !referred.is_empty() {
            return referred;
        }
        let role = self.role(h);
        if let Some(who) = role.and_then(|(_, agent)| self.in_attack(h, agent)) {
            return vec![who];
        }
        let nationalities = self.nationalities(h);
        let name = self.name_of[h].map(|n| &self.names[n]);
        // A name that heads the phrase: a state, an organisation, a person.
        if let Some(name) = name.filter(|n| !self.is_surname_only(n)) {
            let covers_role = role.is_some_and(|(first, _)| first > name.last);
            if !covers_role && let Some(who) = self.named(name, h) {
                // "Belgrade police", "Syria envoy": the head is a role noun inside or after the name.
                return vec![self.with_title(who, h, role, &nationalities)];
            }
        }
        if let Some((first, agent)) = role {
            return self.in_role(h, first, agent, &nationalities);
        }
        // An apposition or title says what the gazetteer does not know ("Jane Doe, the French envoy").
        let appositions: Vec<usize> = c.children_by(h, &[Appos, Flat, Compound, NmodDesc]).collect();
        // "Désiré Munyaneza", of which the model saw only the surname.
        let surname = || {
            let next = c.child(h, &[Flat]).filter(|&k| k == h + 1 && c.upos(h) == Upos::Propn)?;
            c.token(next).entity.kind().filter(|&kind| kind == EntityKind::Person)
        };
        let entity = c.token(h).entity.kind().or_else(surname);
        if entity == Some(EntityKind::Organisation) && self.names_agreement(self.entity_range(h).1) {
            return Vec::new();
        }
        if matches!(entity, Some(EntityKind::Person | EntityKind::Organisation)) {
            // "A and B, the two French envoys"
            let shared = c.conjuncts(h).into_iter().filter(|&k| k != h).flat_map(|k| c.children_by(k, &[Appos]));
            let plural = |&a: &usize| c.token(a).feats.contains("Number=Plur");
            let shared: Vec<usize> = shared.filter(plural).collect();
            let title = appositions.into_iter().chain(shared).find_map(|a| Some((a, self.role(a)?)));
            if let Some((a, (first, agent))) = title {
                let own = self.nationalities(a);
                // "National Security Council secretary … of Armenia": a state by its name says more than a body's name.
                let plain = |list: &[Who]| list.iter().any(Who::is_plain_state);
                let of = if own.is_empty() || !plain(&own) && plain(&nationalities) { &nationalities } else { &own };
                if !of.is_empty() {
                    let mut who = self.in_role(a, first, agent, of);
                    let known = self.memory.person(c.form(self.entity_end(h))).cloned();
                    let known = known.or_else(|| self.office_holder(h, Some(agent)));
                    for w in &mut who {
                        w.tokens = (w.tokens.0.min(h), w.tokens.1.max(h));
                        w.span = w.span.cover(self.phrase(h, &[]).1);
                        let known = known.as_ref().filter(|k| k.code == w.code);
                        if let Some(known) = known.filter(|_| w.sort != Sort::Person) {
                            w.name.clone_from(&known.name);
                            w.wikidata.clone_from(&known.wikidata);
                            w.dated = if w.sectors == ["ELI"] { Dated::No } else { known.dated };
                        } else if w.sort != Sort::Person {
                            w.name = self.entity_text(h);
                            w.wikidata = None;
                            w.dated = Dated::No;
                        }
                        w.sort = Sort::Person;
                        w.head = h;
                    }
                    return who;
                }
            }
            if let Some(first) = self.full_name_before(h) {
                let again: Vec<Who> = self.one(first).into_iter().map(|w| self.again(w, h)).collect();
                if again.iter().any(|w| w.code.is_some() || !w.sectors.is_empty()) {
                    return again;
                }
            }
            if entity == Some(EntityKind::Person) {
                let known = self.memory.person(c.form(self.entity_end(h))).cloned().map(|w| self.again(w, h));
                if let Some(who) = known.or_else(|| self.office_holder(h, title.map(|t| t.1.1))) {
                    return vec![self.with_title(who, h, title.map(|t| t.1), &nationalities)];
                }
            }
            if let Some((_, (_, agent))) = title {
                let (tokens, span) = self.phrase(h, &[]);
                let sectors = if self.is_former(h) { vec!["ELI".into()] } else { agent.sectors.to_vec() };
                return vec![Who {
                    name: self.entity_text(h),
                    sectors,
                    span,
                    head: h,
                    tokens,
                    sort: Sort::Person,
                    ..Who::default()
                }];
            }
            let (tokens, span) = self.phrase(h, &nationalities);
            let entity_tokens = self.entity_range(h);
            let nation = nationalities.first();
            return vec![Who {
                name: self.entity_text(h),
                code: nation.and_then(|n| n.code.clone()),
                // "FBI director Jane Doe": of the service.
                sectors: match entity {
                    Some(EntityKind::Person) => nation.map_or_else(Vec::new, |n| n.of_body()),
                    _ => self.sectors_of_name(entity_tokens.1),
                },
                span: span.cover(self.span(entity_tokens.0, entity_tokens.1)),
                head: h,
                tokens: (tokens.0.min(entity_tokens.0), tokens.1.max(entity_tokens.1)),
                sort: Sort::Unknown,
                ..Who::default()
            }];
        }
        // "the Serena Hotel": what it is its own name says.
        if c.upos(h) == Upos::Propn && entity != Some(EntityKind::Person) {
            let kind = self.gazetteer.agent(&c.form(h).to_lowercase());
            if let Some(agent) = kind.filter(|a| a.class == AgentClass::Collective && self.is_premises(h, a)) {
                let (tokens, span) = self.phrase(h, &nationalities);
                let nation = nationalities.first().filter(|n| n.sort == Sort::State);
                return vec![Who {
                    code: nation.and_then(|n| n.code.clone()),
                    name: nation.map(|n| n.name.clone()).unwrap_or_default(),
                    sectors: agent.sectors.to_vec(),
                    span,
                    head: h,
                    tokens,
                    sort: Sort::Role,
                    ..Who::default()
                }];
            }
        }
        // "Chief Strategist Jane Doe": a title the tables do not know before a name.
        let named =
            c.children_by(h, &[Appos, Flat, NmodDesc]).find(|&k| c.token(k).entity.kind() == Some(EntityKind::Person));
        if let Some(k) = named.filter(|&k| c.upos(h) != Upos::Pron && k > h) {
            let whole = self.phrase(h, &nationalities).1;
            let found = self.one(k).into_iter();
            // "American hotel heiress Jane Doe": the words give her state.
            let nation = nationalities.first().filter(|n| n.is_plain_state());
            let code = |w: &Who| w.code.clone().or_else(|| nation.and_then(|n| n.code.clone()));
            return found
                .map(|w| Who {
                    code: code(&w),
                    span: w.span.cover(whole),
                    tokens: (w.tokens.0.min(h), w.tokens.1),
                    ..w
                })
                .collect();
        }
        // "Thousands protest"
        let crowd =
            matches!(c.lemma(h), "dozen" | "hundred" | "thousand" | "million" | "score") && c.upos(h) == Upos::Noun;
        if crowd {
            let (tokens, span) = self.phrase(h, &[]);
            return vec![Who {
                span,
                head: h,
                tokens,
                sort: Sort::Role,
                sectors: vec!["CVL".into()],
                ..Who::default()
            }];
        }
        let others = c.lemma(h) == "other" && c.upos(h) == Upos::Noun && c.child(h, &[Nummod]).is_some();
        if others {
            let (tokens, span) = self.phrase(h, &[]);
            return vec![Who { span, head: h, tokens, sort: Sort::Count, ..Who::default() }];
        }
        if c.upos(h) == Upos::Num
            && c.token(h).feats.contains("NumType=Card")
            && !c.form(h).contains(['%', ':', '/', '.'])
        {
            let year = c.form(h).len() == 4 && c.form(h).starts_with(['1', '2']);
            if !year && matches!(c.relation(h), NsubjPass | Nsubj | Obj) {
                let (tokens, span) = self.phrase(h, &[]);
                return vec![Who { span, head: h, tokens, sort: Sort::Count, ..Who::default() }];
            }
        }
        Vec::new()
    }

    /// The head of a person's full name earlier in the sentence that ends in the surname at `h`.
    fn full_name_before(&self, h: usize) -> Option<usize> {
        let c = self.clauses;
        if c.token(h).entity.kind().is_none_or(|k| k == EntityKind::Location) || self.entity_range(h) != (h, h) {
            return None;
        }
        let same = (0..h).rev().find(|&k| {
            c.form(k) == c.form(h) && c.token(k).entity.kind() == Some(EntityKind::Person) && self.entity_range(k).0 < k
        })?;
        let first = self.entity_range(same).0;
        // Up to the word that heads the phrase.
        let mut head = (first..=same).find(|&k| c.head(k).is_none_or(|g| g < first || g > same))?;
        // The title or trade before it.
        while let Some(g) = c.head(head).filter(|&g| {
            matches!(c.relation(head), Relation::Flat | Relation::Appos | Relation::NmodDesc)
                && g < first
                && c.is_nominal(g)
                && self.role(g).is_some()
        }) {
            head = g;
        }
        Some(head)
    }

    /// A building by its own name: a word of the name stands before what it is.
    fn is_premises(&self, h: usize, agent: &Agent) -> bool {
        let sector = agent.sectors.primary();
        let public = matches!(sector, Some("BUS" | "MED" | "EDU" | "REL" | "COP"));
        public
            && self
                .clauses
                .children_by(h, &[Relation::Compound, Relation::Flat])
                .any(|k| k < h && self.clauses.form(k).starts_with(char::is_uppercase))
    }

    /// A single word that only names persons: the document and the day say which.
    fn is_surname_only(&self, name: &Name) -> bool {
        name.first == name.last && name.entries.iter().all(|e| e.kind == Kind::Person)
    }

    /// Whether the token is part of a name the gazetteer or the entity model knows.
    pub(crate) fn is_name(&self, i: usize) -> bool {
        self.name_of[i].is_some() || self.clauses.token(i).entity.kind().is_some()
    }

    /// The entry of a place, state or capital the token belongs to.
    pub(crate) fn place_entry(&self, i: usize) -> Option<(&'static Entry, Span)> {
        let name = &self.names[self.name_of[i]?];
        let fits = |e: &&'static Entry| {
            matches!(e.kind, Kind::State | Kind::Capital | Kind::Place | Kind::Territory | Kind::Partial)
                && self.day.is_none_or(|d| e.period.contains(d))
        };
        let mut fitting = name.entries.iter().copied().filter(fits);
        let first = fitting.next()?;
        // Valencia in a sentence that names Spain is the one in Spain.
        let named_beside = |e: &&'static Entry| {
            self.names.iter().filter(|n| n.first != name.first).flat_map(|n| &n.entries).any(|o| {
                matches!(o.kind, Kind::State | Kind::Adjective | Kind::Capital) && o.code.is_some() && o.code == e.code
            })
        };
        let homonym = matches!(first.kind, Kind::Place) && !named_beside(&first);
        let entry = if homonym { fitting.find(named_beside).unwrap_or(first) } else { first };
        if self.clauses.token(name.first).entity.kind() == Some(EntityKind::Person) {
            return None;
        }
        Some((entry, self.span(name.first, name.last)))
    }

    /// The name of the gazetteer that covers a token: its first and last token, and what it may mean on the day.
    pub(crate) fn name_at(&self, i: usize) -> Option<(usize, usize, Vec<&'static Entry>)> {
        let name = &self.names[self.name_of[i]?];
        let alive = |e: &&Entry| self.day.is_none_or(|d| e.period.contains(d));
        Some((name.first, name.last, name.entries.iter().copied().filter(alive).collect()))
    }

    /// Whether these tokens are all of a named entity, and the document knows no person of that name.
    pub(crate) fn is_lone(&self, first: usize, last: usize) -> bool {
        self.entity_range(last) == (first, last) && self.memory.person(self.clauses.form(last)).is_none()
    }

    /// Whether a state is named by its capital alone.
    pub(crate) fn is_city(&self, who: &Who) -> bool {
        who.sort == Sort::State
            && who.sectors == ["GOV"]
            && self
                .name_at(who.head)
                .is_some_and(|(_, _, entries)| entries.first().is_some_and(|e| e.kind == Kind::Capital))
    }

    /// The usual name of a state; empty where there is none.
    pub(crate) fn name_of_state(&self, code: Option<&str>) -> String {
        code.and_then(|code| self.gazetteer.name_of(code)).unwrap_or_default().into()
    }

    /// The states of the persons the sentence names and the tables know.
    pub(crate) fn states_of_persons(&self) -> Vec<String> {
        let known = self.names.iter().filter(|n| n.last > n.first && n.entries.iter().any(|e| e.kind == Kind::Person));
        let codes =
            known.filter_map(|n| self.named(n, n.last)).filter(|w| w.sort == Sort::Person).filter_map(|w| w.code);
        codes.filter(|code| self.gazetteer.state(code).is_some()).collect()
    }

    /// The states that parties, services, forces and armed groups of the sentence are at home in.
    pub(crate) fn homes(&self) -> Vec<&'static str> {
        self.bodies().filter_map(|e| e.code).collect()
    }

    /// The state of the parties, services and forces that the sentence names, where it is one.
    pub(crate) fn home_of_bodies(&self) -> Option<&'static str> {
        const HOME: [&str; 8] = ["COP", "SPY", "PTY", "LEG", "JUD", "GOV", "MIL", "OPP"];
        let national = |e: &&'static Entry| e.sectors.primary().is_some_and(|s| HOME.contains(&s));
        let mut states = self.bodies().filter(national).filter_map(|e| e.code);
        let first = states.next()?;
        states.all(|other| other == first).then_some(first)
    }

    /// The groups, parties and services the sentence names.
    pub(super) fn bodies(&self) -> impl Iterator<Item = &'static Entry> {
        self.names.iter().filter_map(|name| {
            let entry = *name.entries.iter().find(|e| self.day.is_none_or(|d| e.period.contains(d)))?;
            let body = entry.kind == Kind::Group && !entry.ambiguous && !entry.sectors.contains("JRN");
            Some(entry).filter(|_| body)
        })
    }

    /// The one state that the next sentences name, by itself, a city or a leader in office: "The government closes all
    /// schools. Interior Minister Jane Doe says …"
    pub(crate) fn state_ahead(&self) -> Option<&'static str> {
        /// Bytes of text that still belong to the story.
        const AHEAD: usize = 500;
        let c = self.clauses;
        let rest = c.text.get(c.sentence.span.end as usize..)?;
        let end = (AHEAD.min(rest.len())..=rest.len()).find(|&i| rest.is_char_boundary(i))?;
        let rest = rest[..end].split("\n\n").next()?;
        let tokens: Vec<&str> = name_tokens(rest).collect();
        let mut found: Option<&'static str> = None;
        let mut i = 0;
        while i < tokens.len() {
            let Some(name) = self.gazetteer.longest(&tokens[i..]) else {
                i += 1;
                continue;
            };
            i += name.tokens;
            let code = name.entries.iter().find_map(|e| self.state_meant(e)).filter(|_| !name.capitals);
            if let Some(code) = code {
                if found.is_some_and(|f| f != code) {
                    return None;
                }
                found = Some(code);
            }
        }
        found
    }

    /// The state an entry surely stands for on the day.
    fn state_meant(&self, e: &'static Entry) -> Option<&'static str> {
        if e.ambiguous || !self.day.is_none_or(|d| e.period.contains(d)) {
            return None;
        }
        match e.kind {
            Kind::Person => {
                let person = self.gazetteer.person(e.person_id()?);
                self.day.and_then(|day| self.office_on(person, day)).map(|term| term.state)
            }
            Kind::Place | Kind::Territory | Kind::Partial => e.code,
            _ => e.code.filter(|_| e.is_of_state()),
        }
    }

    /// The states that the sentence names, by whatever name of theirs.
    pub(crate) fn states(&self) -> Vec<&'static str> {
        let mut codes: Vec<&'static str> = Vec::new();
        for name in &self.names {
            if self.clauses.token(name.first).entity.kind() == Some(EntityKind::Person) {
                continue;
            }
            let of_state = |e: &&&Entry| e.is_of_state() || matches!(e.kind, Kind::Territory | Kind::Partial);
            codes.extend(name.entries.iter().find(of_state).and_then(|e| e.code));
        }
        codes
    }

    fn span(&self, first: usize, last: usize) -> Span {
        self.clauses.token(first).span.cover(self.clauses.token(last).span)
    }

    /// The words of a nominal: its head, names and titles, and the nationalities; no clauses, no long modifiers.
    fn phrase(&self, h: usize, nationalities: &[Who]) -> ((usize, usize), Span) {
        use Relation::*;
        let c = self.clauses;
        let (mut first, mut last) = (h, h);
        let second = c.child(h, &[Conj]);
        // "forces loyal to B", "one officer and six attackers dead": what stands behind says no more who they are.
        let behind = |k: usize| {
            k > h
                && (c.relation(k) == Amod && !c.form(k).starts_with(char::is_uppercase)
                    || second.is_some_and(|s| h < s && s < k))
        };
        for k in c.children_by(h, &[Amod, Compound, NmodPoss, Flat, Nummod, NmodDesc, Goeswith]) {
            if behind(k) {
                continue;
            }
            let (mut a, mut b) = (k, k);
            for g in c.children_by(k, &[Flat, Compound, Case, Amod]) {
                (a, b) = (a.min(g), b.max(g));
            }
            (first, last) = (first.min(a), last.max(b));
        }
        if let Some(n) = self.name_of[h].map(|n| &self.names[n]) {
            (first, last) = (first.min(n.first), last.max(n.last));
        }
        // "a peacekeeping force in Somalia"
        let within = |&m: &usize| self.name_of[m].is_some() && c.case(m).is_some_and(|k| c.lemma(k) == "in");
        let titled = self.role(h).is_some_and(|(_, agent)| agent.level.is_some());
        if let Some(m) = c.children_by(h, &[Nmod]).find(within).filter(|&m| !titled && c.case(m) == Some(last + 1)) {
            last = self.name_of[m].map_or(m, |n| self.names[n].last);
        }
        if let [one] = nationalities {
            (first, last) = (first.min(one.tokens.0), last.max(one.tokens.1));
        } else if let (Some(a), Some(b)) = (nationalities.first(), nationalities.last()) {
            (first, last) = (first.min(a.tokens.0), last.max(b.tokens.1));
        }
        // "a 14-year-old girl": what hyphens join is one word.
        while first >= 2
            && c.form(first - 1) == "-"
            && c.token(first - 1).span.start == c.token(first - 2).span.end
            && c.token(first).span.start == c.token(first - 1).span.end
        {
            first -= 2;
        }
        // "aide to the deposed Burmese leader", "ministers from B's party": no phrase ends before its noun.
        if last > h
            && let Some(noun) = c.head(last).filter(|&g| g > last && g != h && c.is_nominal(g))
            && matches!(c.relation(last), Amod | Compound | NmodPoss)
        {
            last = noun;
        }
        // Names are whole.
        for end in [first, last] {
            if let Some(n) = self.name_of[end].map(|n| &self.names[n]) {
                (first, last) = (first.min(n.first), last.max(n.last));
            }
        }
        ((first, last), self.span(first, last))
    }

    /// The tokens of the named entity `i` belongs to.
    fn entity_range(&self, i: usize) -> (usize, usize) {
        let c = self.clauses;
        let kind = c.token(i).entity.kind();
        if kind.is_none() {
            return (i, i);
        }
        let (mut first, mut last) = (i, i);
        while matches!(c.token(first).entity, EntityTag::Inside(_)) && first > 0 {
            first -= 1;
        }
        while last + 1 < c.len() && c.token(last + 1).entity == EntityTag::Inside(kind.unwrap_or(EntityKind::Person)) {
            last += 1;
        }
        (first, last)
    }

    fn entity_end(&self, i: usize) -> usize {
        self.entity_range(i).1
    }

    fn entity_text(&self, i: usize) -> String {
        let (first, last) = self.entity_range(i);
        self.span(first, last).of(self.clauses.text).to_string()
    }
}

/// "Dahlonega, Georgia": of a state and another state's region of one name, the one in which the place before it lies.
fn states_region_first(clauses: &Clauses, names: &mut [Name], i: usize) {
    let name = &names[i];
    let region = |e: &Entry| e.kind == Kind::Place && e.location.as_ref().is_some_and(|l| l.precision == "region");
    let homonym = name.entries.first().is_some_and(|e| e.kind == Kind::State && e.ambiguous);
    let Some(place) = name.entries.iter().copied().find(|e| region(e)).filter(|_| homonym) else { return };
    let first = name.first;
    if first < 2 || clauses.form(first - 1) != "," {
        return;
    }
    let (mut from, to) = (first - 2, first - 2);
    while from > 0 && matches!(clauses.token(from).entity, EntityTag::Inside(_)) {
        from -= 1;
    }
    let words = clauses.token(from).span.cover(clauses.token(to).span).of(clauses.text);
    let inside = legation_gazetteer::Places::embedded().named(words).places;
    let here = |p: &legation_gazetteer::PlaceEntry| Some(p.country) == place.code && p.region == place.name;
    if inside.iter().any(here) {
        names[i].entries.retain(|e| e.kind != Kind::State);
        let at = names[i].entries.iter().position(|e| region(e)).unwrap_or_default();
        names[i].entries.swap(0, at);
    }
}

/// "Melbourne, Florida": a city of the tables whose namesake lies in the region or state that stands behind it.
fn is_namesake(clauses: &Clauses, city: &Name, behind: &Name) -> bool {
    let region = |e: &Entry| e.location.as_ref().is_some_and(|l| l.precision == "region");
    let large = behind.entries.iter().find(|e| e.kind == Kind::Place && region(e) || e.kind == Kind::State);
    let listed = |e: &&&'static Entry| matches!(e.kind, Kind::Place | Kind::Capital) && !region(e);
    let Some((here, there)) = city.entries.iter().find(listed).zip(large) else { return false };
    if here.code == there.code || behind.first != city.last + 2 || clauses.form(city.last + 1) != "," {
        return false;
    }
    let words = clauses.token(city.first).span.cover(clauses.token(city.last).span).of(clauses.text);
    let inside = legation_gazetteer::Places::embedded().named(words).places;
    inside.iter().any(|p| Some(p.country) == there.code && (there.kind == Kind::State || p.region == there.name))
}

fn is_heading(forms: &[&str]) -> bool {
    let upper = |w: &&&str| w.chars().any(char::is_alphabetic) && !w.chars().any(char::is_lowercase);
    forms.iter().filter(upper).count() * 2 > forms.len()
}
