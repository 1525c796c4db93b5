//! Who a nominal stands for: names by the gazetteer on the day of the text, role nouns with their nationality, persons
//! by office or apposition, and what the document has said before. Nothing is guessed: what is not decided stays
//! unresolved, with its words.

use crate::clause::Clauses;
use crate::memory::Memory;
use jiff::civil::Date;
use legation_gazetteer::{Agent, AgentClass, Entry, Gazetteer, Kind, Level, Office};
use legation_record::{EntityKind, Participant, Relation, Span, Upos};
use std::cell::RefCell;

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
        Participant {
            name: if self.name.is_empty() { words.clone() } else { self.name.clone() },
            code: self.code.clone(),
            sectors: self.sectors.clone(),
            wikidata: self.wikidata.clone(),
            text: words,
            start: self.span.start,
            end: self.span.end,
        }
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
            "GOV" => self.sort == Sort::State && self.sectors.is_empty() || self.sectors.iter().any(|s| s == "GOV"),
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
        let cache = RefCell::new(vec![None; n]);
        Self { clauses, gazetteer, day, names, name_of, memory, cache }
    }

    /// The participants a nominal and its coordinated nominals stand for. `place` allows cities and regions.
    pub(crate) fn all(&self, head: usize, place: bool) -> Vec<Who> {
        let mut out: Vec<Who> = Vec::new();
        for h in self.clauses.conjuncts(head) {
            for who in self.one(h) {
                if (place || who.sort != Sort::Place) && !out.iter().any(|o| o.span == who.span && o.code == who.code) {
                    out.push(who);
                }
            }
        }
        out
    }

    /// Who owns a nominal that is no participant itself: possessor, nationality, or "of …", "by …", "from …".
    pub(crate) fn owner(&self, head: usize) -> Vec<Who> {
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
                let found =
                    if matches!(c.relation(m), Amod | Compound) { self.nationality(m) } else { self.all(m, true) };
                if !found.is_empty() {
                    return found;
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
            return self.pronoun(h);
        }
        if !c.is_nominal(h) && c.upos(h) != Upos::Adj {
            return Vec::new();
        }
        if let Some(m) = c.measured(h) {
            return self.all(m, false);
        }
        if let Some(pair) = self.pair(h) {
            return pair;
        }
        let role = self.role(h);
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
        let entity = c.token(h).entity.kind();
        if matches!(entity, Some(EntityKind::Person | EntityKind::Organisation)) {
            let title = appositions.into_iter().find_map(|a| Some((a, self.role(a)?)));
            if let Some((a, (first, agent))) = title {
                let own = self.nationalities(a);
                // "National Security Council secretary … of Armenia": a state by its name says more than a body's name.
                let plain = |list: &[Who]| list.iter().any(|w| w.sort == Sort::State && w.sectors.is_empty());
                let of = if own.is_empty() || !plain(&own) && plain(&nationalities) { &nationalities } else { &own };
                if !of.is_empty() {
                    let mut who = self.in_role(a, first, agent, of);
                    for w in &mut who {
                        w.tokens = (w.tokens.0.min(h), w.tokens.1.max(h));
                        w.span = w.span.cover(self.phrase(h, &[]).1);
                        if w.sort != Sort::Person {
                            w.name = self.entity_text(h);
                        }
                        w.sort = Sort::Person;
                        w.head = h;
                    }
                    return who;
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
            let nation = nationalities.first();
            return vec![Who {
                name: self.entity_text(h),
                code: nation.and_then(|n| n.code.clone()),
                sectors: Vec::new(),
                wikidata: None,
                span,
                head: h,
                tokens,
                sort: Sort::Unknown,
            }];
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

    // ── names ──

    fn named(&self, name: &Name, h: usize) -> Option<Who> {
        let entity = self.clauses.token(h).entity.kind();
        // A lone name of a place is one, whatever the entity model says, unless the document knows a person of that name.
        let lone =
            || self.entity_range(h) == (name.first, name.last) && self.memory.person(self.clauses.form(h)).is_none();
        let fits = |e: &&Entry| {
            let alive = self.day.is_none_or(|d| e.period.contains(d));
            let kind = match e.kind {
                Kind::Person => {
                    entity != Some(EntityKind::Location)
                        && (name.last > name.first || entity == Some(EntityKind::Person))
                }
                Kind::State => entity != Some(EntityKind::Person) || lone(),
                Kind::Territory | Kind::Partial | Kind::Capital | Kind::Place => {
                    entity != Some(EntityKind::Person) || lone() && !e.ambiguous
                }
                Kind::Group | Kind::Organisation => {
                    entity != Some(EntityKind::Person) || name.last > name.first || !e.ambiguous
                }
                // "the Russians", "a Briton": a nominal; the bare adjective as head is a parse of a longer phrase.
                Kind::Adjective | Kind::People | Kind::Metonym => true,
            };
            let sure =
                !e.ambiguous || entity.is_some() || matches!(e.kind, Kind::State | Kind::Adjective | Kind::People);
            alive && kind && sure
        };
        let fitting: Vec<&'static Entry> = name.entries.iter().copied().filter(fits).collect();
        let first = *fitting.first()?;
        // Of several persons of one name the one in office is meant, and of those the one the hand-written tables name.
        let entry = match first.kind {
            Kind::Person => {
                fitting.iter().copied().filter(|e| e.kind == Kind::Person).min_by_key(|e| self.standing(e))?
            }
            _ => first,
        };
        let sort = match entry.kind {
            Kind::State
            | Kind::Capital
            | Kind::Metonym
            | Kind::Adjective
            | Kind::People
            | Kind::Territory
            | Kind::Partial => Sort::State,
            Kind::Organisation => Sort::Organisation,
            Kind::Group => Sort::Group,
            Kind::Person => Sort::Person,
            Kind::Place => Sort::Place,
        };
        let mut sectors = entry.sectors.to_vec();
        let mut code = entry.code.map(String::from);
        match entry.kind {
            Kind::Capital if sectors.is_empty() => sectors.push("GOV".into()),
            Kind::People if sectors.is_empty() => sectors.push("CVL".into()),
            Kind::Person => {
                let person = entry.person_id().map(|id| self.gazetteer.person(id));
                let terms = person.map_or(&[][..], |p| &p.terms);
                // A ruler of several states acts for the one that the hand-written tables name first.
                let rank =
                    |t: &&legation_gazetteer::Term| (t.source != "hand", self.gazetteer.sovereign(t.state).is_some());
                let on = |answer: Option<bool>| {
                    let day = self.day?;
                    terms.iter().filter(|t| t.held_on(day) == answer).min_by_key(rank)
                };
                let held = on(Some(true)).or_else(|| on(None));
                match held {
                    Some(term) => {
                        code = Some(term.state.into());
                        sectors = term.sectors.to_vec();
                    }
                    // Known, but not in office that day: of the elite, not of the government.
                    None => sectors = vec!["ELI".into()],
                }
            }
            _ => {}
        }
        Some(Who {
            name: entry.name.into(),
            code,
            sectors,
            wikidata: entry.wikidata.map(String::from),
            span: self.span(name.first, name.last),
            head: h,
            tokens: (name.first, name.last),
            sort,
        })
    }

    /// How far a person of the tables is from being the one meant: in office and hand-written first.
    fn standing(&self, entry: &Entry) -> (u8, bool) {
        let Some(person) = entry.person_id().map(|id| self.gazetteer.person(id)) else { return (9, true) };
        let on =
            |answer: Option<bool>| person.terms.iter().filter(move |t| self.day.map(|d| t.held_on(d)) == Some(answer));
        match (on(Some(true)).next(), on(None).next()) {
            (Some(_), _) => (0, !on(Some(true)).any(|t| t.source == "hand")),
            (None, Some(_)) => (1, true),
            _ => (2, true),
        }
    }

    /// A person the tables know to be in office on the day, by a name that need not be the usual full one. Without a
    /// title only a head of state or government is meant by a surname; with one, whoever holds an office of that rank.
    fn office_holder(&self, h: usize, title: Option<&Agent>) -> Option<Who> {
        let day = self.day?;
        let c = self.clauses;
        let (mut first, last) = self.entity_range(h);
        // A title that the entity model took for part of the name.
        while first < last && self.gazetteer.agent(c.lemma(first)).is_some() {
            first += 1;
        }
        let full = self.span(first, last).of(c.text);
        let rank = title.and_then(|t| t.level);
        let leads = |level: Level| matches!(level, Level::HeadOfState | Level::HeadOfGovernment);
        let deputy = title.is_some_and(|t| t.lemma.starts_with("vice ") || t.lemma.starts_with("deputy "));
        let fits = |term: &legation_gazetteer::Term, whole: bool| match rank {
            _ if deputy => term.office == Office::VicePresident || whole && !leads(term.office.level()),
            Some(level) if leads(level) => leads(term.office.level()),
            Some(_) | None if whole => true,
            Some(level) => term.office.level() == level,
            None => leads(term.office.level()),
        };
        let find = |name: &str, whole: bool| {
            let persons = self.gazetteer.persons(name, Some(day));
            let terms: Vec<(&str, Option<&str>, legation_gazetteer::Term)> = persons
                .iter()
                .flat_map(|p| p.terms.iter().map(move |t| (p.name, p.wikidata, *t)))
                .filter(|(_, _, t)| t.held_on(day) == Some(true) && fits(t, whole))
                .collect();
            // Two persons of one name: the one the hand-written tables name, else nobody.
            let hand: Vec<_> = terms.iter().filter(|(_, _, t)| t.source == "hand").collect();
            let sole =
                |list: &[&(&str, Option<&str>, legation_gazetteer::Term)]| list.iter().all(|(n, ..)| *n == list[0].0);
            let all: Vec<_> = terms.iter().collect();
            let chosen = if !all.is_empty() && sole(&all) { all } else { hand };
            (!chosen.is_empty() && sole(&chosen)).then(|| *chosen[0])
        };
        let single = first == last;
        // "Kishida Fumio", "López Obrador": one word of the name, but only beside a leader's title.
        let leader = rank.is_some_and(leads);
        let found = find(full, !single).or_else(|| {
            (!single && leader).then(|| find(c.form(last), false).or_else(|| find(c.form(first), false)))?
        });
        let (name, wikidata, term) = found?;
        Some(Who {
            name: name.into(),
            code: Some(term.state.into()),
            sectors: term.sectors.to_vec(),
            wikidata: wikidata.map(String::from),
            span: self.span(first, last),
            head: h,
            tokens: (first, last),
            sort: Sort::Person,
        })
    }

    /// A name whose phrase also says a role ("President Putin", "Russian President Vladimir Putin", "NATO chief").
    fn with_title(&self, mut who: Who, h: usize, role: Option<(usize, &Agent)>, nationalities: &[Who]) -> Who {
        use Relation::*;
        let c = self.clauses;
        let title =
            role.or_else(|| c.children_by(h, &[Compound, Appos, Flat, Amod, NmodDesc]).find_map(|a| self.role(a)));
        let (tokens, span) = self.phrase(h, nationalities);
        if who.sort == Sort::Person || title.is_some() {
            who.tokens = (who.tokens.0.min(tokens.0), who.tokens.1.max(tokens.1));
            who.span = who.span.cover(span);
        }
        // "the Cypriot House of Representatives": a body's name that several states share.
        if let (Sort::State, false, [nation]) = (who.sort, who.sectors.is_empty(), nationalities)
            && nation.sort == Sort::State
            && nation.sectors.is_empty()
        {
            who.code.clone_from(&nation.code);
            who.name.clone_from(&nation.name);
        }
        if let (Sort::Person, [nation]) = (who.sort, nationalities) {
            // The text says whose he is; a second office elsewhere is not meant.
            if nation.sort == Sort::State && nation.code.is_some() {
                who.code.clone_from(&nation.code);
            }
        }
        if let (Sort::Person, Some((_, agent))) = (who.sort, title) {
            if self.is_former(h) {
                who.sectors = vec!["ELI".into()];
            } else if who.sectors.is_empty() || who.sectors == ["ELI"] {
                // The text gives him an office the tables do not know for that day.
                who.sectors = agent.sectors.to_vec();
            }
        }
        who
    }

    // ── role nouns ──

    /// The role noun that ends at `h`: its first token, and the agent.
    pub(crate) fn role(&self, h: usize) -> Option<(usize, &'static Agent)> {
        let c = self.clauses;
        if !matches!(c.upos(h), Upos::Noun | Upos::Propn | Upos::Adj) {
            return None;
        }
        // "secretary of state", "chief of staff": the head stands first.
        let forward = (2..=4usize).rev().filter(|n| h + n <= c.len() && *n > 2).find_map(|n| {
            let of = matches!(c.lemma(h + 1), "of" | "to");
            of.then(|| self.gazetteer.agent(&c.lemmas()[h..h + n].join(" ")))?
        });
        let (first, agent) = match forward {
            Some(agent) => (h, agent),
            None => self.gazetteer.agent_ending_at(c.lemmas(), h)?,
        };
        // A lone capitalised word inside a person's name is no role.
        let inside_name =
            c.token(h).entity.kind() == Some(EntityKind::Person) && c.upos(h) == Upos::Propn && first == h;
        let title = agent.class == AgentClass::Person && agent.level.is_some();
        (!inside_name || title).then_some((first, agent))
    }

    fn in_role(&self, h: usize, first: usize, agent: &'static Agent, nationalities: &[Who]) -> Vec<Who> {
        let c = self.clauses;
        let (mut tokens, mut span) = self.phrase(h, nationalities);
        if first < tokens.0 {
            tokens.0 = first;
            span = span.cover(c.token(first).span);
        }
        let office = agent.level.is_some() || agent.sectors.contains("GOV");
        let role_sectors = if office && self.is_former(h) { vec!["ELI".to_string()] } else { agent.sectors.to_vec() };
        let person = self.person_of(h);
        let base = Who { span, head: h, tokens, sort: Sort::Role, sectors: role_sectors.clone(), ..Who::default() };
        if nationalities.is_empty() {
            // "President Biden": the person says which state.
            if let Some(mut p) = person {
                p.span = span.cover(p.span);
                p.tokens = (tokens.0.min(p.tokens.0), tokens.1.max(p.tokens.1));
                p.head = h;
                if role_sectors == ["ELI"] || p.sectors.is_empty() {
                    p.sectors = role_sectors;
                }
                return vec![p];
            }
            if let Some(known) = self.memory.role(agent.lemma).filter(|_| self.is_definite(h)) {
                return vec![self.again(known.clone(), h)];
            }
            // "The President" of an official text is the one its title names.
            let capital =
                c.form(h).chars().next().is_some_and(char::is_uppercase) && c.child(h, &[Relation::Flat]).is_none();
            if let Some((level, home)) = self.memory.home().filter(|_| capital)
                && agent.level == Some(*level)
            {
                return vec![self.again(home.clone(), h)];
            }
            if agent.class != AgentClass::Instrument {
                return vec![base];
            }
            // An unowned strike is the act itself, nobody who acts.
            let is_act = [
                "strike",
                "raid",
                "attack",
                "bombing",
                "barrage",
                "fire",
                "explosion",
                "blast",
                "weapon",
                "ammunition",
            ]
            .iter()
            .any(|w| agent.lemma.ends_with(w));
            return if is_act { Vec::new() } else { vec![Who { sort: Sort::Instrument, ..base }] };
        }
        nationalities
            .iter()
            .map(|nation| {
                let mut who = base.clone();
                who.code.clone_from(&nation.code);
                who.name.clone_from(&nation.name);
                who.wikidata.clone_from(&nation.wikidata);
                if matches!(nation.sort, Sort::Organisation | Sort::Group) {
                    let mut sectors = nation.sectors.clone();
                    sectors.extend(role_sectors.iter().filter(|s| !nation.sectors.contains(s) && *s != "GOV").cloned());
                    who.sectors = sectors;
                } else if nation.sectors.iter().any(|s| s == "PRE") {
                    who.sectors.insert(0, "PRE".into());
                }
                if nationalities.len() == 1
                    && let Some(p) = &person
                {
                    who.name.clone_from(&p.name);
                    who.wikidata.clone_from(&p.wikidata);
                    who.span = who.span.cover(p.span);
                    who.tokens.1 = who.tokens.1.max(p.tokens.1);
                    who.sort = Sort::Person;
                }
                who
            })
            .collect()
    }

    /// The person a role noun names in the same phrase ("Foreign Minister Sergei Lavrov").
    fn person_of(&self, h: usize) -> Option<Who> {
        use Relation::*;
        let c = self.clauses;
        let part = c
            .children_by(h, &[Flat, Appos, Compound, NmodDesc])
            .find(|&k| c.token(k).entity.kind() == Some(EntityKind::Person) || self.is_person_name(k))?;
        let named = self.name_of[part].map(|n| &self.names[n]);
        if let Some(name) =
            named.filter(|n| !self.is_surname_only(n) && n.entries.iter().any(|e| e.kind == Kind::Person))
            && let Some(who) = self.named(name, part).filter(|w| w.sort == Sort::Person)
        {
            return Some(who);
        }
        if let Some(known) = self.memory.person(c.form(self.entity_end(part))) {
            return Some(self.again(known.clone(), part));
        }
        if let Some(who) = self.office_holder(part, self.role(h).map(|(_, agent)| agent)) {
            return Some(who);
        }
        let (first, last) = self.entity_range(part);
        Some(Who {
            name: self.entity_text(part),
            span: self.span(first, last),
            head: part,
            tokens: (first, last),
            sort: Sort::Person,
            ..Who::default()
        })
    }

    fn is_person_name(&self, i: usize) -> bool {
        self.name_of[i].is_some_and(|n| self.names[n].entries.iter().any(|e| e.kind == Kind::Person))
    }

    fn is_former(&self, h: usize) -> bool {
        let c = self.clauses;
        c.children(h)
            .iter()
            .any(|&k| matches!(c.lemma(k), "former" | "ex" | "ex-president" | "late" | "deposed" | "ousted"))
            || h >= 2 && c.form(h - 1) == "-" && c.lemma(h - 2) == "ex"
    }

    fn is_definite(&self, h: usize) -> bool {
        self.clauses.children_by(h, &[Relation::Det]).any(|d| matches!(self.clauses.lemma(d), "the" | "this"))
    }

    /// States, organisations and groups that qualify a noun: "Russian", "Russia's", "of Russia", "EU", with what is
    /// coordinated to them ("Russian and Ukrainian").
    fn nationalities(&self, h: usize) -> Vec<Who> {
        use Relation::*;
        let c = self.clauses;
        let mut out = Vec::new();
        let mut modifiers: Vec<usize> = c.children_by(h, &[Amod, Compound, NmodPoss, Nmod, NmodDesc, Det]).collect();
        // "his Armenian counterpart": the adjective says which, the pronoun whose.
        modifiers.sort_by_key(|&m| (c.upos(m) == Upos::Pron, m));
        for m in modifiers {
            if c.upos(m) == Upos::Pron && c.lemma(h) == "counterpart" {
                break;
            }
            if c.relation(m) == Nmod && !c.case(m).is_some_and(|k| matches!(c.lemma(k), "of" | "from" | "for" | "in")) {
                continue;
            }
            // "the president of the country's parliament": only names qualify.
            let mut found = Vec::new();
            for part in c.conjuncts(m) {
                found.extend(self.nationality(part));
            }
            let plain = found.iter().any(|w| w.sort == Sort::State && w.sectors.is_empty());
            if out.is_empty() || plain {
                out = found;
            }
            if plain {
                break;
            }
        }
        // "the ministers Doe and Roe of Argentina": what stands behind the last one holds for all.
        if let Some(last) = c.children_by(h, &[Conj]).last().filter(|_| out.is_empty()) {
            for m in c.children_by(last, &[Nmod]).filter(|&m| c.case(m).is_some_and(|k| c.lemma(k) == "of")) {
                out.extend(self.nationality(m).into_iter().filter(|w| w.sort == Sort::State && w.sectors.is_empty()));
            }
        }
        // "Syrian government and rebel forces": a bare second noun shares the first one's adjective.
        let bare = || c.child(h, &[Det, NmodPoss, Nummod]).is_none();
        if let Some(first) = c.head(h).filter(|_| out.is_empty() && c.relation(h) == Conj && bare())
            && c.is_nominal(first)
            && c.child(first, &[Conj]) == Some(h)
        {
            for m in c.children_by(first, &[Amod, Compound]).filter(|&m| m < first) {
                out.extend(self.nationality(m).into_iter().filter(|w| w.sort == Sort::State));
            }
        }
        out
    }

    /// The state, organisation or group a modifier names, directly or through its own modifier ("south Russian").
    fn nationality(&self, m: usize) -> Vec<Who> {
        let c = self.clauses;
        if c.upos(m) == Upos::Pron {
            return self.pronoun(m).into_iter().filter(|w| w.code.is_some()).collect();
        }
        let mut out = Vec::new();
        let name = self.name_of[m].map(|n| &self.names[n]);
        if let Some(who) = name.and_then(|n| self.named(n, m)) {
            if who.sort != Sort::Person && who.sort != Sort::Unknown {
                let mut who = who;
                if who.sort == Sort::Place {
                    who.sort = Sort::State;
                    if let Some(n) = who.code.as_deref().and_then(|code| self.gazetteer.name_of(code)) {
                        who.name = n.into();
                    }
                }
                out.push(who);
            } else if c.relation(m) == Relation::NmodPoss {
                out.push(who);
            }
        } else if name.is_none()
            && (matches!(c.relation(m), Relation::Compound | Relation::Amod)
                // "Russian-backed" is not Russian; "Saudi-led" is.
                && (c.is_nominal(m) || c.lemma(m) == "lead" || c.lemma(m) == "led")
                || c.relation(m) == Relation::Nmod
                    && (self.role(m).is_some() || c.token(m).entity.kind() == Some(EntityKind::Organisation)))
        {
            // "Syrian government forces": the modifier's own nationality.
            for k in c
                .children_by(m, &[Relation::Amod, Relation::Compound, Relation::NmodPoss])
                .filter(|&k| self.name_of[k].is_some())
            {
                out.extend(self.nationality(k));
            }
        } else if c.relation(m) == Relation::NmodPoss {
            // "the country's", "Putin's": whoever that is.
            out.extend(self.one(m).into_iter().filter(|w| w.code.is_some()));
        }
        out
    }

    // ── what was said before ──

    fn pronoun(&self, h: usize) -> Vec<Who> {
        let c = self.clauses;
        let form = c.form(h).to_lowercase();
        match form.as_str() {
            "he" | "she" | "him" | "her" | "his" | "himself" | "herself" => {}
            "it" | "they" | "its" | "their" => return self.speaker_of(h),
            _ => return Vec::new(),
        }
        // A person who is the subject of a clause before, in this sentence or the last; "A thanked him" is not A.
        let own =
            c.head(h).filter(|_| !matches!(form.as_str(), "he" | "she" | "his") && c.relation(h) != Relation::NmodPoss);
        let here = (0..h).rev().find(|&i| {
            matches!(c.relation(i), Relation::Nsubj | Relation::NsubjPass)
                && c.upos(i) != Upos::Pron
                && c.head(i) != own
                && self.one(i).iter().any(is_human)
        });
        let who = match here {
            Some(i) => self.one(i).into_iter().find(is_human),
            None if own.is_some() => None,
            None => self.memory.subject().cloned(),
        };
        who.map(|w| self.again(w, h)).into_iter().collect()
    }

    /// "Russia said it had expelled …": the state or body that speaks.
    fn speaker_of(&self, h: usize) -> Vec<Who> {
        let c = self.clauses;
        let mut v = c.head(h);
        for _ in 0..4 {
            let Some(clause) = v else { break };
            if c.relation(clause) == Relation::Ccomp {
                let Some(s) = c.head(clause).and_then(|g| c.subject(g)).filter(|&s| s != h) else { break };
                if c.upos(s) == Upos::Pron {
                    break;
                }
                let said = self
                    .all(s, false)
                    .into_iter()
                    .filter(|w| !matches!(w.sort, Sort::Person | Sort::Place | Sort::Count));
                return said.map(|w| self.again(w, h)).collect();
            }
            v = c.head(clause);
        }
        Vec::new()
    }

    /// "the two leaders", "both sides": the two of the last meeting.
    fn pair(&self, h: usize) -> Option<Vec<Who>> {
        let c = self.clauses;
        let two = c.children(h).iter().any(|&k| matches!(c.lemma(k), "two" | "both") && c.relation(k) != Relation::Obj);
        if !two || c.upos(h) != Upos::Noun || !self.nationalities(h).is_empty() {
            return None;
        }
        let definite = self.is_definite(h) || c.children(h).iter().any(|&k| c.lemma(k) == "both");
        let fits = matches!(
            c.lemma(h),
            "leader"
                | "side"
                | "country"
                | "president"
                | "minister"
                | "nation"
                | "state"
                | "government"
                | "party"
                | "man"
        );
        let pair = self.memory.pair()?;
        (definite && fits).then(|| pair.iter().map(|w| self.again(w.clone(), h)).collect())
    }

    /// A known participant at another place of the text.
    fn again(&self, mut who: Who, h: usize) -> Who {
        let (tokens, span) = self.phrase(h, &[]);
        who.span = span;
        who.tokens = tokens;
        who.head = h;
        who
    }

    // ── words ──

    fn span(&self, first: usize, last: usize) -> Span {
        self.clauses.token(first).span.cover(self.clauses.token(last).span)
    }

    /// The words of a nominal: its head, names and titles, and the nationalities; no clauses, no long modifiers.
    fn phrase(&self, h: usize, nationalities: &[Who]) -> ((usize, usize), Span) {
        use Relation::*;
        let c = self.clauses;
        let (mut first, mut last) = (h, h);
        for k in c.children_by(h, &[Amod, Compound, NmodPoss, Flat, Nummod, NmodDesc, Goeswith]) {
            let (mut a, mut b) = (k, k);
            for g in c.children_by(k, &[Flat, Compound, Case, Amod]) {
                (a, b) = (a.min(g), b.max(g));
            }
            (first, last) = (first.min(a), last.max(b));
        }
        if let Some(n) = self.name_of[h].map(|n| &self.names[n]) {
            (first, last) = (first.min(n.first), last.max(n.last));
        }
        if let [one] = nationalities {
            (first, last) = (first.min(one.tokens.0), last.max(one.tokens.1));
        } else if let (Some(a), Some(b)) = (nationalities.first(), nationalities.last()) {
            (first, last) = (first.min(a.tokens.0), last.max(b.tokens.1));
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
        while matches!(c.token(first).entity, legation_record::EntityTag::Inside(_)) && first > 0 {
            first -= 1;
        }
        while last + 1 < c.len()
            && c.token(last + 1).entity == legation_record::EntityTag::Inside(kind.unwrap_or(EntityKind::Person))
        {
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

    /// Persons the sentence introduces with a state: (surname, who).
    pub(crate) fn introductions(&self) -> Vec<(String, Who)> {
        let c = self.clauses;
        let mut out = Vec::new();
        for i in 0..c.len() {
            if c.token(i).entity == legation_record::EntityTag::Begin(EntityKind::Person) {
                let (first, last) = self.entity_range(i);
                // The head of the phrase the name stands in.
                let mut top = i;
                while let Some(h) = c.head(top).filter(|&h| {
                    (first..=last).contains(&h)
                        || matches!(
                            c.relation(top),
                            Relation::Flat | Relation::Appos | Relation::Compound | Relation::NmodDesc
                        ) && c.is_nominal(h)
                }) {
                    top = h;
                }
                if let [who] = self.one(top).as_slice()
                    && who.code.is_some()
                    && who.tokens.0 <= last
                    && first <= who.tokens.1
                {
                    out.push((c.form(last).to_string(), who.clone()));
                }
            }
        }
        out
    }

    /// Role nouns with a state in the sentence: (role, who), for "the president" later on.
    pub(crate) fn roles(&self) -> Vec<(&'static str, Who)> {
        let c = self.clauses;
        let mut out = Vec::new();
        for i in 0..c.len() {
            if let Some((_, agent)) = self.role(i).filter(|(_, a)| a.level.is_some())
                && let [who] = self.one(i).as_slice()
                && who.code.is_some()
            {
                out.push((agent.lemma, who.clone()));
            }
        }
        out
    }
}

pub(crate) fn is_human(who: &Who) -> bool {
    matches!(who.sort, Sort::Person)
        || who.sort == Sort::Unknown
        || who.sort == Sort::Role && who.sectors.iter().any(|s| s == "GOV")
}

fn is_heading(forms: &[&str]) -> bool {
    let upper = |w: &&&str| w.chars().any(char::is_alphabetic) && !w.chars().any(char::is_lowercase);
    forms.iter().filter(upper).count() * 2 > forms.len()
}
