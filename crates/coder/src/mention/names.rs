//! Names: what the gazetteer knows them as on the day of the text, and persons in office.

use super::{Dated, Mentions, Name, Sort, Who};
use jiff::civil::Date;
use legation_gazetteer::{Agent, Entry, Kind, Level, Office, Person, Term, name_tokens};
use legation_record::{EntityKind, Relation, Upos};

impl Mentions<'_> {
    pub(super) fn named(&self, name: &Name, h: usize) -> Option<Who> {
        let entity = self.clauses.token(h).entity.kind();
        if self.within_agreement(name) {
            return None;
        }
        // A lone name of a place is one, whatever the entity model says, unless the document knows a person of that name.
        let lone =
            || self.entity_range(h) == (name.first, name.last) && self.memory.person(self.clauses.form(h)).is_none();
        // "The governor of Mogadishu Jane Doe", "in the United Kingdom John Doe": the model took the place into the name.
        let before_name = || {
            let (first, last) = self.entity_range(h);
            name.first == first
                && last >= name.last + 2
                && first > 0
                && (first.saturating_sub(2)..first)
                    .any(|k| matches!(self.clauses.lemma(k), "of" | "in") && self.clauses.upos(k) == Upos::Adp)
        };
        // "Siam" after "Ayman Siam", where the document knows no such state.
        let surname = name.first == name.last
            && entity != Some(EntityKind::Location)
            && self.memory.person(self.clauses.form(h)).is_some();
        let fits = |e: &&Entry| {
            let alive = self.day.is_none_or(|d| e.period.contains(d));
            let place = matches!(e.kind, Kind::State | Kind::Capital | Kind::Place | Kind::Territory);
            if surname && place && e.code.is_none_or(|code| self.memory.state(code).is_none()) {
                return false;
            }
            let kind = match e.kind {
                Kind::Person => {
                    entity != Some(EntityKind::Location)
                        && (name.last > name.first || entity == Some(EntityKind::Person))
                }
                Kind::State => entity != Some(EntityKind::Person) || lone() || before_name(),
                Kind::Territory | Kind::Partial | Kind::Capital | Kind::Place => {
                    entity != Some(EntityKind::Person) || (lone() || before_name()) && !e.ambiguous
                }
                Kind::Group | Kind::Organisation => {
                    entity != Some(EntityKind::Person) || name.last > name.first || !e.ambiguous
                }
                // "the Russians", "a Briton": a nominal; the bare adjective as head is a parse of a longer phrase.
                Kind::Adjective | Kind::People | Kind::Metonym | Kind::Region => true,
            };
            // "Democrats" beside the White House are America's.
            let home = || e.kind == Kind::Group && e.code.is_some_and(|code| self.states().contains(&code));
            let plain = matches!(e.kind, Kind::State | Kind::Adjective | Kind::People);
            let sure = !e.ambiguous || entity.is_some() || plain || home();
            alive && kind && sure
        };
        let mut fitting: Vec<&'static Entry> = name.entries.iter().copied().filter(fits).collect();
        // "Brussels criticised the arrests": a seat that acts is its organisation, unless the text is about the state.
        let seat = |e: &&Entry| e.kind == Kind::Organisation;
        if fitting.first().is_some_and(|e| e.kind == Kind::Capital)
            && let Some(whose) = fitting.iter().position(seat)
        {
            if self.is_acting(h) && !self.is_spoken_of(fitting[0].code) {
                fitting.swap(0, whose);
            } else {
                fitting.retain(|e| e.kind != Kind::Organisation);
            }
        }
        let first = *fitting.first()?;
        if first.kind == Kind::Region {
            return None;
        }
        // Of several persons of one name the one in office is meant, and of those the one the hand-written tables name.
        // "Jesse Jackson Jr." is not his father.
        let namesake = first.kind == Kind::Person
            && name.last + 1 < self.clauses.len()
            && matches!(self.clauses.form(name.last + 1).trim_end_matches('.'), "Jr" | "Jnr" | "Sr" | "II" | "III");
        // "Jean-Charles Ellermann" is no Jean-Charles that the tables know.
        let longer = first.kind == Kind::Person
            && name.last > name.first
            && entity == Some(EntityKind::Person)
            && self.entity_range(h).1 > name.last
            && self.clauses.upos(name.last + 1) == Upos::Propn;
        // "The National Liberation Forces" are not "The National".
        let article = name.last > name.first
            && self.clauses.form(name.first) == "The"
            && name.last + 1 < self.clauses.len()
            && self.clauses.upos(name.last + 1) == Upos::Propn
            && matches!(first.kind, Kind::Organisation | Kind::Group)
            && first.sectors.contains("JRN");
        // "The National Congress" is not Congress.
        let begins = self.entity_range(h).0;
        let inside = first.ambiguous
            && matches!(first.kind, Kind::Metonym | Kind::Group | Kind::Organisation)
            && entity == Some(EntityKind::Organisation)
            && begins < name.first
            && self.clauses.form(begins).starts_with(char::is_uppercase)
            && self.clauses.form(begins) != "The"
            && (begins..name.first).all(|k| self.name_of[k].is_none());
        if namesake || longer || article || inside {
            return None;
        }
        let entry = match first.kind {
            Kind::Person => {
                fitting.iter().copied().filter(|e| e.kind == Kind::Person).min_by_key(|e| self.standing(e))?
            }
            // "Ansar al-Sharia" of the state that the sentence names.
            Kind::Group => {
                let named = self.states();
                let here =
                    |e: &&&'static Entry| e.kind == Kind::Group && e.code.is_some_and(|code| named.contains(&code));
                fitting.iter().find(here).copied().unwrap_or(first)
            }
            _ => first,
        };
        let modifies = matches!(self.clauses.relation(h), Relation::Compound | Relation::Amod);
        let sort = match entry.kind {
            Kind::State
            | Kind::Capital
            | Kind::Metonym
            | Kind::Adjective
            | Kind::People
            | Kind::Territory
            | Kind::Partial => Sort::State,
            Kind::Organisation => Sort::Organisation,
            // A person known for a group.
            Kind::Group if entity == Some(EntityKind::Person) && !modifies => Sort::Person,
            Kind::Group => Sort::Group,
            Kind::Person => Sort::Person,
            Kind::Place => Sort::Place,
            Kind::Region => Sort::Unknown,
        };
        let mut sectors = entry.sectors.to_vec();
        let mut code = entry.code.map(String::from);
        // "Fianna Fáil and the Green Party": parties of one state.
        if let [first, rest @ ..] = self.parties_beside(entry).as_slice()
            && rest.iter().all(|other| other == first)
        {
            code = Some((*first).into());
        }
        let mut dated = Dated::No;
        match entry.kind {
            // "in Oslo", "the Oslo suburb": the city.
            Kind::Capital if sectors.is_empty() && !self.is_location(h) => sectors.push("GOV".into()),
            Kind::People if sectors.is_empty() => sectors.push("CVL".into()),
            // "A 20-year-old Palestinian", "Tibetans": somebody of that people.
            Kind::Adjective if sectors.is_empty() && self.is_one_of_people(h) => sectors.push("CVL".into()),
            Kind::Person => {
                let person = entry.person_id().map(|id| self.gazetteer.person(id));
                dated = person.map_or(Dated::No, |p| Dated::Person(p.id));
                match self.day.and_then(|day| self.office_on(person?, day)) {
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
            dated,
            antecedent: None,
        })
    }

    /// Whether an adjective of a state stands for one or several of its people: counted, or with an article, by itself.
    fn is_one_of_people(&self, h: usize) -> bool {
        use Relation::*;
        let c = self.clauses;
        let argument = matches!(c.relation(h), Nsubj | NsubjPass | Obj | OblAgent | Obl);
        let counted = c.child(h, &[Nummod]).is_some()
            || c.child(h, &[Det]).is_some_and(|d| matches!(c.lemma(d), "a" | "an" | "another"));
        argument && counted && matches!(c.upos(h), Upos::Noun | Upos::Propn | Upos::Adj)
    }

    /// The states of the other parties in the sentence, for a party of a name that several states know.
    fn parties_beside(&self, party: &Entry) -> Vec<&'static str> {
        if !party.sectors.contains("PTY") || !party.ambiguous {
            return Vec::new();
        }
        self.bodies().filter(|e| e.sectors.contains("PTY")).filter_map(|e| e.code).collect()
    }

    /// Whether a name is a subject, or a side that somebody deals with.
    fn is_acting(&self, h: usize) -> bool {
        let c = self.clauses;
        let first = if c.relation(h) == Relation::Conj { c.head(h).unwrap_or(h) } else { h };
        let side = |k: usize| matches!(c.lemma(k), "with" | "between" | "by" | "against");
        matches!(c.relation(first), Relation::Nsubj | Relation::NsubjPass | Relation::NsubjOuter)
            || c.case(first).is_some_and(side)
    }

    /// Whether the document has named the state, by its own name or its adjective, up to this sentence.
    fn is_spoken_of(&self, state: Option<&str>) -> bool {
        let Some(code) = state else { return false };
        let own = |e: &&Entry| matches!(e.kind, Kind::State | Kind::Adjective | Kind::People) && e.code == Some(code);
        self.memory.state(code).is_some() || self.names.iter().any(|n| n.entries.iter().any(own))
    }

    /// Whether a name stands in a locative phrase or says where a thing is.
    fn is_location(&self, h: usize) -> bool {
        let c = self.clauses;
        c.relation(h) == Relation::Compound
            || self.is_destination(h)
            || c.case(h).is_some_and(|k| {
                matches!(
                    c.lemma(k),
                    "in" | "at" | "near" | "outside" | "inside" | "around" | "across" | "off" | "within"
                )
            })
    }

    /// "Travels to Tokyo, Japan", "the capital Bangkok": the city itself.
    fn is_destination(&self, h: usize) -> bool {
        const MOTION: [&str; 12] =
            ["travel", "fly", "go", "arrive", "return", "drive", "march", "come", "flee", "head", "trip", "visit"];
        let c = self.clauses;
        let Some(name) = self.name_of[h].map(|n| &self.names[n]) else { return false };
        let (first, last) = (name.first, name.last);
        let city = first > 0 && matches!(c.lemma(first - 1), "capital" | "city");
        let state = last + 2 < c.len()
            && c.form(last + 1) == ","
            && self.name_of[last + 2].is_some_and(|n| {
                let of = |list: &[&'static Entry]| list.first().and_then(|e| e.code);
                let beside = &self.names[n].entries;
                beside.first().is_some_and(|e| e.kind == Kind::State) && of(beside) == of(&name.entries)
            });
        let goal =
            c.case(h).is_some_and(|k| c.lemma(k) == "to") && c.head(h).is_some_and(|v| MOTION.contains(&c.lemma(v)));
        city || state || goal
    }

    /// The office a person of the tables held on a day, as far as they do not rule it out.
    pub(super) fn office_on(&self, person: &'static Person, day: Date) -> Option<&'static Term> {
        person.office_on(day, true, |state| self.gazetteer.sovereign(state).is_none())
    }

    /// A participant as of the days of the event: the office a person held then, the holder of a title then. What the
    /// words themselves say ("former") stays; so does what the tables do not know for the whole of the time.
    pub(crate) fn as_of(&self, mut who: Who, first: Date, last: Date) -> Who {
        match who.dated {
            Dated::No => {}
            Dated::Person(id) => {
                let person = self.gazetteer.person(id);
                let sovereign = |state: &str| self.gazetteer.sovereign(state).is_none();
                let on = |day| person.office_on(day, false, sovereign);
                let open = |day| person.terms.iter().any(|t| t.held_on(day).is_none());
                match (on(first), on(last)) {
                    (Some(a), Some(b)) if a.state == b.state && a.sectors == b.sectors => {
                        who.code = Some(a.state.into());
                        who.sectors = a.sectors.to_vec();
                    }
                    (None, None) if !open(first) && !open(last) => who.sectors = vec!["ELI".into()],
                    _ => {}
                }
            }
            Dated::Title(title, _) => {
                let holder = |day| {
                    let (person, _) = self.gazetteer.titled(who.code.as_deref()?, title, day)?;
                    Some(person)
                };
                match (holder(first), holder(last)) {
                    (Some(a), Some(b)) if a.id == b.id => {
                        who.name = a.name.into();
                        who.wikidata = a.wikidata.map(String::from);
                    }
                    _ => {
                        let state = who.code.as_deref().and_then(|code| self.gazetteer.name_of(code));
                        who.name = state.unwrap_or_default().into();
                        who.wikidata = None;
                    }
                }
            }
        }
        who
    }

    /// Who resigns today held the office until now, though the tables may have the successor already.
    pub(crate) fn take_office_left(&self, who: &mut Who, day: Date) {
        /// Days in which a resigned office is the one he is known for.
        const LATELY: i64 = 45;
        let Dated::Person(_) = who.dated else { return };
        let Ok(before) = day.checked_sub(jiff::Span::new().days(LATELY)) else { return };
        if who.sectors == ["ELI"] {
            *who = self.as_of(who.clone(), before, before);
            who.dated = Dated::No;
        }
    }

    /// How far a person of the tables is from being the one meant: in office and hand-written first.
    pub(super) fn standing(&self, entry: &Entry) -> (u8, bool) {
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
    pub(super) fn office_holder(&self, h: usize, title: Option<&Agent>) -> Option<Who> {
        let day = self.day?;
        let c = self.clauses;
        let (mut first, last) = self.entity_range(h);
        // A title that the entity model took for part of the name.
        while first < last && self.gazetteer.agent(c.lemma(first)).is_some() {
            first += 1;
        }
        let full = self.span(first, last).of(c.text);
        let rank = title.and_then(|t| t.level);
        let deputy = title.is_some_and(|t| t.lemma.starts_with("vice ") || t.lemma.starts_with("deputy "));
        let fits = |term: &Term, whole: bool| match rank {
            _ if deputy => term.office == Office::VicePresident || whole && !term.office.level().leads(),
            Some(level) if level.leads() => term.office.level().leads(),
            Some(_) | None if whole => true,
            Some(level) => term.office.level() == level,
            None => term.office.level().leads(),
        };
        let find = |name: &str, whole: bool| {
            let persons = self.gazetteer.persons(name, Some(day));
            let terms: Vec<(&Person, Term)> = persons
                .iter()
                .flat_map(|p| p.terms.iter().map(move |t| (*p, *t)))
                .filter(|(_, t)| t.held_on(day) == Some(true) && fits(t, whole))
                .collect();
            // Two persons of one name: the one the hand-written tables name, else nobody.
            let hand: Vec<_> = terms.iter().filter(|(_, t)| t.source == "hand").collect();
            let sole = |list: &[&(&Person, Term)]| list.iter().all(|(p, _)| p.id == list[0].0.id);
            let all: Vec<_> = terms.iter().collect();
            let chosen = if !all.is_empty() && sole(&all) { all } else { hand };
            (!chosen.is_empty() && sole(&chosen)).then(|| *chosen[0])
        };
        let single = first == last;
        // "Kishida Fumio", "López Obrador": one word of the name, but only beside a leader's title.
        let leader = rank.is_some_and(Level::leads);
        let found = find(full, !single).or_else(|| {
            // "Ali Mohsen al-Matari" is no leader whose surname is Ali.
            let bears = |p: &Person| name_tokens(p.name).any(|word| word == c.form(last));
            let by_first = || find(c.form(first), false).filter(|(p, _)| bears(p));
            (!single && leader).then(|| find(c.form(last), false).or_else(by_first))?
        });
        let (person, term) = found?;
        let who = Who::in_office(person, &term);
        Some(Who { span: self.span(first, last), head: h, tokens: (first, last), ..who })
    }

    /// A name whose phrase also says a role ("President Putin", "Russian President Vladimir Putin", "NATO chief").
    pub(super) fn with_title(
        &self,
        mut who: Who,
        h: usize,
        role: Option<(usize, &Agent)>,
        nationalities: &[Who],
    ) -> Who {
        use Relation::*;
        let c = self.clauses;
        // "Incumbent President Doe": the office says more than the other words.
        let titles = || c.children_by(h, &[Compound, Appos, Flat, Amod, NmodDesc]);
        let office = || titles().filter(|&a| a < h).filter_map(|a| self.role(a)).find(|(_, a)| a.level.is_some());
        let title = role.or_else(office).or_else(|| titles().find_map(|a| self.role(a)));
        // "Economy Minister Doe" of a party is of the government.
        let holds = |agent: &Agent| {
            agent.sectors.primary() == Some("GOV") && agent.level.is_some_and(|level| level != Level::Official)
        };
        let (tokens, span) = self.phrase(h, nationalities);
        if who.sort == Sort::Person || title.is_some() {
            who.tokens = (who.tokens.0.min(tokens.0), who.tokens.1.max(tokens.1));
            who.span = who.span.cover(span);
        }
        // "the Cypriot House of Representatives": a body's name that several states share.
        if let (Sort::State, false, [nation]) = (who.sort, who.sectors.is_empty(), nationalities)
            && nation.is_plain_state()
        {
            who.code.clone_from(&nation.code);
            who.name.clone_from(&nation.name);
        }
        // "Moldova's Supreme Security Council": a body of the state by the name of an organisation's organ.
        if let (Sort::Organisation, [nation]) = (who.sort, nationalities)
            && nation.is_plain_state()
            && who.name != who.span.of(c.text)
            && c.head(nation.head) == Some(h)
            && matches!(c.relation(nation.head), Amod | NmodPoss)
            && self.name_of[h].is_some_and(|n| {
                !self.names[n]
                    .entries
                    .iter()
                    .any(|e| e.code == Some(self.span(self.names[n].first, self.names[n].last).of(c.text)))
            })
        {
            who.code.clone_from(&nation.code);
            who.name.clone_from(&nation.name);
            who.sectors = role.map_or_else(|| vec!["GOV".into()], |(_, agent)| agent.sectors.to_vec());
            who.wikidata = None;
        }
        // "its Pacific Fleet": a name that several states' bodies bear belongs to whoever is meant by "its".
        if who.sort == Sort::Group
            && let Some(owner) = c.children_by(h, &[NmodPoss]).find(|&k| c.upos(k) == Upos::Pron)
        {
            let owners = self.one(owner);
            if let Some(code) = owners.first().and_then(|o| o.code.clone()) {
                who.code = Some(code);
            }
        }
        // "the German Green Party", "Sudan's Security Service": a name that bodies of several countries bear.
        if let (Sort::Group, [nation]) = (who.sort, nationalities)
            && nation.is_plain_state()
            && who.code != nation.code
            && who.sectors.iter().any(|s| matches!(s.as_str(), "PTY" | "SPY" | "COP" | "JUD" | "LEG"))
            && c.head(nation.head) == Some(h)
            && matches!(c.relation(nation.head), Amod | Compound | NmodPoss)
        {
            who.code.clone_from(&nation.code);
            who.wikidata = None;
        }
        if let (Sort::Person, [nation]) = (who.sort, nationalities) {
            self.take_nation(&mut who, nation);
        }
        if let (Sort::Person, Some((_, agent))) = (who.sort, title) {
            if self.is_former(h) && (agent.level.is_some() || agent.sectors.contains("GOV")) {
                who.sectors = vec!["ELI".into()];
                who.dated = Dated::No;
            } else if who.sectors.is_empty()
                || holds(agent) && who.sectors == ["PTY"]
                || who.sectors == ["ELI"] && !agent.lemma.ends_with(" of")
            {
                // The text gives him an office the tables do not know for that day.
                who.sectors = agent.sectors.to_vec();
                who.dated = Dated::No;
            } else if agent.level.is_some() {
                // "President Doe": the words give the office, whenever the act was.
                who.dated = Dated::No;
            }
        }
        who
    }

    /// The state that the phrase gives a known person. It wins over the tables, and where they know him in no office of
    /// that state he is another of the same name; but where he is ("in Washington") is not whose he is.
    pub(super) fn take_nation(&self, who: &mut Who, nation: &Who) {
        let c = self.clauses;
        // "UN special envoy Jane Doe": who speaks for an organisation is no minister of her state.
        if nation.sort == Sort::Organisation && nation.code.is_some() && matches!(who.dated, Dated::Person(_)) {
            let named = self.clauses.relation(nation.head) != Relation::Nmod
                || self.clauses.case(nation.head).is_some_and(|k| self.clauses.lemma(k) == "of");
            if named && nation.code != who.code {
                who.code.clone_from(&nation.code);
                who.sectors.clone_from(&nation.sectors);
                who.dated = Dated::No;
            }
            return;
        }
        if nation.sort != Sort::State || nation.code.is_none() || nation.code == who.code {
            return;
        }
        let whereabouts = c.relation(nation.head) == Relation::Nmod
            && c.case(nation.head).is_some_and(|k| matches!(c.lemma(k), "in" | "from" | "for"));
        let Dated::Person(id) = who.dated else {
            if who.code.is_none() || !whereabouts {
                who.code.clone_from(&nation.code);
            }
            return;
        };
        let person = self.gazetteer.person(id);
        if person.terms.iter().any(|t| Some(t.state) == nation.code.as_deref()) {
            who.code.clone_from(&nation.code);
        } else if !whereabouts {
            who.code.clone_from(&nation.code);
            who.name = self.entity_text(who.head);
            who.wikidata = None;
            who.sectors.clear();
            who.dated = Dated::No;
        }
    }
}
