//! Role nouns: "the foreign minister", "police", with the nationality the phrase gives them.

use super::{Dated, Mentions, Sort, Who};
use legation_gazetteer::{Agent, AgentClass, Kind, Level};
use legation_record::{EntityKind, EntityTag, Relation, Upos};

impl Mentions<'_> {
    /// The role noun that ends at `h`: its first token, and the agent.
    pub(crate) fn role(&self, h: usize) -> Option<(usize, &'static Agent)> {
        let c = self.clauses;
        if !matches!(c.upos(h), Upos::Noun | Upos::Propn | Upos::Adj) {
            return None;
        }
        // "Izabal Department" is a region.
        let region = |k: usize| self.place_entry(k).is_some_and(|(e, _)| e.kind == Kind::Place);
        if c.upos(h) == Upos::Propn
            && ["department", "state"].iter().any(|w| c.lemma(h).eq_ignore_ascii_case(w))
            && c.children_by(h, &[Relation::Compound]).any(region)
        {
            return None;
        }
        if c.upos(h) == Upos::Propn && matches!(c.token(h).entity, EntityTag::Inside(EntityKind::Location)) {
            return None;
        }
        // "secretary of state", "chief of staff": the head stands first.
        let forward = (2..=4usize).rev().filter(|n| h + n <= c.len()).find_map(|n| {
            let of = matches!(c.lemma(h + 1), "of" | "to");
            of.then(|| self.gazetteer.agent(&c.lemmas()[h..h + n].join(" ")))?
        });
        // "security force members", "police headquarters": people and premises of the body before it.
        let of_body = || {
            const PARTS: [&str; 20] = [
                "member",
                "personnel",
                "staff",
                "unit",
                "trooper",
                "volunteer",
                "headquarters",
                "headquarter",
                "station",
                "base",
                "checkpoint",
                "post",
                "outpost",
                "compound",
                "convoy",
                "vehicle",
                "patrol",
                "camp",
                "barracks",
                "position",
            ];
            let before = |k: usize| matches!(c.relation(k), Relation::Compound | Relation::Amod) && c.head(k) == Some(h);
            let body = (PARTS.contains(&c.lemma(h)) && h > 0 && before(h - 1)).then(|| h - 1)?;
            let (first, agent) = self.gazetteer.agent_ending_at(c.lemmas(), body)?;
            (agent.class != AgentClass::Instrument).then_some((first, agent))
        };
        let whole = || self.gazetteer.agent_ending_at(c.lemmas(), h);
        let (first, agent) = match forward {
            Some(agent) => (h, agent),
            None => match whole() {
                Some(longer) if longer.0 < h => longer,
                single => of_body().or(single)?,
            },
        };
        // A lone capitalised word inside a person's name is no role.
        let inside_name =
            c.token(h).entity.kind() == Some(EntityKind::Person) && c.upos(h) == Upos::Propn && first == h;
        let title = agent.class == AgentClass::Person && agent.level.is_some();
        // "their leadership on the matter" is what they do.
        let quality =
            agent.lemma == "leadership" && c.children_by(h, &[Relation::NmodPoss]).any(|k| c.upos(k) == Upos::Pron);
        if quality {
            return None;
        }
        // "six-party talks" are no party's.
        let talks = agent.lemma == "party"
            && c.relation(h) == Relation::Compound
            && c.head(h)
                .is_some_and(|g| matches!(c.lemma(g), "talk" | "talks" | "negotiation" | "agreement" | "process"));
        if talks {
            return None;
        }
        // "state visit", "campaign advertising": a bare word that says what sort of thing the next one is.
        let sort_of = first == h && agent.lemma == "state" && c.relation(h) == Relation::Compound;
        (!sort_of && (!inside_name || title)).then_some((first, agent))
    }

    pub(super) fn in_role(&self, h: usize, first: usize, agent: &'static Agent, nationalities: &[Who]) -> Vec<Who> {
        let c = self.clauses;
        let (mut tokens, mut span) = self.phrase(h, nationalities);
        if first < tokens.0 {
            tokens.0 = first;
            span = span.cover(c.token(first).span);
        }
        let office = agent.level.is_some() || agent.sectors.contains("GOV");
        // "the head of Yemen's opposition coalition": of its sector.
        let mut body = None;
        if agent.lemma.ends_with(" of") {
            body = c.children_by(h, &[Relation::Nmod]).find_map(|m| self.role(m)).map(|(_, body)| body);
            for m in c.children_by(h, &[Relation::Nmod]) {
                let (whole, words) = self.phrase(m, &[]);
                (tokens.1, span) = (tokens.1.max(whole.1), span.cover(words));
            }
        }
        let former = office && self.is_former(h);
        // "Palestinian Fatah leader": of the group; "a leader of the protests": of no state.
        let band = self.band(h).filter(|_| agent.level == Some(Level::Official) && agent.sectors.contains("GOV"));
        let of_an_act = agent.lemma == "leader"
            && nationalities.is_empty()
            && c.children_by(h, &[Relation::Nmod])
                .any(|m| self.is_of(m) && c.is_event_noun(m) && self.role(m).is_none());
        // "an aide to Abu X", "Tablighi Jamaat leader": of somebody the tables do not know to govern.
        let heads =
            ["leader", "aide", "adviser", "advisor", "chief", "spokesman", "spokeswoman", "spokesperson", "official"];
        let of_unknown = agent.sectors.contains("GOV")
            && heads.contains(&agent.lemma)
            && nationalities.is_empty()
            && c.children_by(h, &[Relation::Nmod, Relation::Compound, Relation::NmodPoss])
                .any(|m| self.is_stranger(m, h));
        let role_sectors = match self.force(h).or(body).filter(|_| body.is_some() || agent.sectors.contains("BUS")) {
            _ if former => vec!["ELI".to_string()],
            _ if band.is_some() => band.unwrap_or_default(),
            _ if of_an_act => vec!["CVL".to_string()],
            _ if of_unknown || self.are_sides(h) => Vec::new(),
            Some(force) => force.sectors.to_vec(),
            None => agent.sectors.to_vec(),
        };
        // "the West African bloc ECOWAS", "the militant group Boko Haram": the name says who.
        let bodies = if agent.class == AgentClass::Collective { self.bodies_of(h) } else { Vec::new() };
        if !bodies.is_empty() {
            let whole = |w: Who| Who { span: w.span.cover(span), tokens: (w.tokens.0.min(tokens.0), w.tokens.1), ..w };
            return bodies.into_iter().map(whole).collect();
        }
        let person = self.person_of(h);
        let base = Who { span, head: h, tokens, sort: Sort::Role, sectors: role_sectors.clone(), ..Who::default() };
        if nationalities.is_empty() {
            // "President Biden": the person says which state.
            if let Some(mut p) = person {
                p.span = span.cover(p.span);
                p.tokens = (tokens.0.min(p.tokens.0), tokens.1.max(p.tokens.1));
                p.head = h;
                if former || p.sectors.is_empty() {
                    p.sectors = role_sectors;
                }
                return vec![p];
            }
            if self.is_definite(h) || self.is_title(h) {
                if let Some(who) = self.home_holder(h, agent) {
                    return vec![who];
                }
                if let Some(known) = self.memory.role(agent.lemma).filter(|_| self.is_definite(h)) {
                    return vec![self.again(known.clone(), h)];
                }
                if let Some(who) = self.memory.filed_in().and_then(|state| self.of_state(h, state, agent)) {
                    return vec![who];
                }
            }
            if let Some(who) = self.home_role(&base, agent) {
                return vec![who];
            }
            // What is named as from elsewhere takes no state from the place.
            let elsewhere = || self.is_from_elsewhere(h).then(|| span.of(c.text));
            let base = Who { name: self.region(h).or_else(elsewhere).unwrap_or_default().into(), ..base };
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
                // "Biden administration officials" are no person of that name.
                let state = || nation.code.as_deref().and_then(|code| self.gazetteer.name_of(code));
                match (nation.sort, state()) {
                    (Sort::Person, Some(name)) => who.name = name.into(),
                    _ => {
                        who.name.clone_from(&nation.name);
                        who.wikidata.clone_from(&nation.wikidata);
                    }
                }
                // A fighter of an armed group is no soldier, an officer of a service no policeman, its leader no government.
                let member = agent.lemma == "member";
                let of_its_own = |s: &str| {
                    s == "GOV" || member || nation.sort == Sort::Group && matches!(s, "MIL" | "COP" | "PRM" | "PTY")
                };
                if matches!(nation.sort, Sort::Organisation | Sort::Group) {
                    let mut sectors = nation.sectors.clone();
                    sectors.extend(
                        role_sectors
                            .iter()
                            .filter(|s| !nation.sectors.contains(s) && (*s != "ELI" || former) && !of_its_own(s))
                            .cloned(),
                    );
                    who.sectors = sectors;
                } else if nation.sectors.iter().any(|s| s == "PRE") {
                    who.sectors.insert(0, "PRE".into());
                }
                let [_] = nationalities else { return who };
                match &person {
                    Some(p) => {
                        let mut known = p.clone();
                        self.take_nation(&mut known, nation);
                        who.name = known.name;
                        who.wikidata = known.wikidata;
                        // Whose state the phrase gives, unless it only says where a known person is.
                        if nation.sort == Sort::State && known.code.is_some() {
                            who.code = known.code;
                            who.dated = known.dated;
                        }
                        if former || p.sectors == ["ELI"] || nation.sort != Sort::State {
                            who.dated = Dated::No;
                        }
                        who.span = who.span.cover(p.span);
                        who.tokens.1 = who.tokens.1.max(p.tokens.1);
                        who.sort = Sort::Person;
                        who
                    }
                    None if nation.is_plain_state() && !former => self.holder(who, agent),
                    None => who,
                }
            })
            .collect()
    }

    /// The organisations or groups a collective noun names in the same phrase ("the Palestinian groups Hamas and Fatah").
    fn bodies_of(&self, h: usize) -> Vec<Who> {
        use Relation::*;
        let c = self.clauses;
        let parts = c.children_by(h, &[Flat, Appos, NmodDesc]).filter(|&k| k > h);
        parts
            .flat_map(|k| c.conjuncts(k))
            .filter_map(|k| self.named(&self.names[self.name_of[k]?], k))
            // The model may take a group's name for a person's.
            .filter(|w| {
                matches!(w.sort, Sort::Organisation | Sort::Group) || w.sort == Sort::Person && w.dated == Dated::No
            })
            .collect()
    }

    /// A title with its state, as the person in office where the tables know one.
    fn holder(&self, mut who: Who, agent: &'static Agent) -> Who {
        // "Presidents": no one of them.
        let plural = self.clauses.token(who.head).feats.contains("Number=Plur");
        let one = who.code.as_deref().zip(self.day).filter(|_| !plural);
        if let Some((person, _)) = one.and_then(|(state, day)| self.gazetteer.titled(state, agent.lemma, day)) {
            who.name = person.name.into();
            who.wikidata = person.wikidata.map(String::from);
            who.dated = Dated::Title(agent.lemma, person.id);
        }
        who
    }

    /// A title or body that a state has one of, where the phrase does not name the state. A title whose holder is not
    /// known may be another state's.
    fn of_state(&self, h: usize, state: &'static str, agent: &'static Agent) -> Option<Who> {
        if !self.gazetteer.is_single(agent.lemma) {
            return None;
        }
        let (tokens, span) = self.phrase(h, &[]);
        let who = Who {
            name: self.gazetteer.name_of(state).unwrap_or_default().into(),
            code: Some(state.into()),
            sectors: agent.sectors.to_vec(),
            span,
            head: h,
            tokens,
            sort: Sort::Role,
            ..Who::default()
        };
        let mut who = self.holder(who, agent);
        // "The President" of an official text is today's, whenever the act was.
        if let Dated::Title(_, person) = who.dated {
            who.dated = Dated::Person(person);
        }
        (agent.class == AgentClass::Collective || who.dated != Dated::No).then_some(who)
    }

    /// "The President", "the Administration" of an official text: its own state's, or the leader its title names.
    pub(super) fn home_holder(&self, h: usize, agent: &'static Agent) -> Option<Who> {
        let c = self.clauses;
        let capital = self.is_title(h) && c.child(h, &[Relation::Flat]).is_none();
        let home = self.memory.home().filter(|_| capital)?;
        let named = home.leader.as_ref().filter(|(level, _)| agent.level == Some(*level));
        if let Some((_, leader)) = named {
            return Some(self.again(leader.clone(), h));
        }
        // The title names another president, whom the tables do not know.
        if agent.level.is_some_and(|level| home.names(level)) {
            return None;
        }
        self.of_state(h, home.state?, agent)
    }

    /// "Mayors", "the federal government" of an official text: its own state's.
    fn home_role(&self, base: &Who, agent: &Agent) -> Option<Who> {
        let state = self.memory.home()?.state.filter(|_| self.gazetteer.is_home(agent.lemma))?;
        let name = self.gazetteer.name_of(state).unwrap_or_default().into();
        Some(Who { name, code: Some(state.into()), ..base.clone() })
    }

    /// A role noun with a capital.
    fn is_title(&self, h: usize) -> bool {
        self.clauses.form(h).chars().next().is_some_and(char::is_uppercase)
    }

    /// Whom an "anti-…" before a noun names: "anti-Japanese protests", "an anti-government rally".
    pub(crate) fn opposed(&self, n: usize) -> Vec<Who> {
        let c = self.clauses;
        let mut out = Vec::new();
        for k in c.children_by(n, &[Relation::Amod, Relation::Compound]) {
            let form = c.form(k);
            let Some(rest) = form.get(..5).filter(|p| p.eq_ignore_ascii_case("anti-")).and_then(|_| form.get(5..))
            else {
                continue;
            };
            let span = c.token(k).span;
            let base = Who { span, head: k, tokens: (k, k), sort: Sort::Role, ..Who::default() };
            let entry = self.gazetteer.named(rest).into_iter().find(|e| e.is_of_state());
            if let Some(entry) = entry.filter(|e| self.day.is_none_or(|d| e.period.contains(d))) {
                let code = entry.code.map(String::from);
                out.push(Who { sort: Sort::State, code, name: entry.name.into(), ..base });
            } else if let Some(agent) = self.gazetteer.agent(rest).filter(|a| a.sectors.contains("GOV")) {
                out.push(Who { sectors: agent.sectors.to_vec(), ..base });
            }
        }
        out
    }

    /// Whether every state the sentence names, in whatever form, is this one.
    pub(crate) fn names_only(&self, code: &str) -> bool {
        let states = self.names.iter().filter_map(|n| n.entries.first()).filter(|e| e.is_of_state());
        states.filter_map(|e| e.code).all(|other| other == code)
    }

    /// The region of several states that qualifies a noun ("Latin American leaders").
    fn region(&self, h: usize) -> Option<&'static str> {
        use Relation::*;
        let modifiers = self.clauses.children_by(h, &[Amod, Compound, Nmod, NmodPoss]);
        modifiers.filter_map(|m| self.name_of[m]).find_map(|n| {
            let entry = self.names[n].entries.first().filter(|e| e.kind == Kind::Region)?;
            Some(entry.name)
        })
    }

    /// The person a role noun names in the same phrase ("Foreign Minister Sergei Lavrov").
    pub(super) fn person_of(&self, h: usize) -> Option<Who> {
        use Relation::*;
        let c = self.clauses;
        let part = c
            .children_by(h, &[Flat, Appos, Compound, NmodDesc])
            // "Trump supporters" are not Trump.
            .filter(|&k| k > h || c.relation(k) != Compound || self.role(h).is_none_or(|(_, a)| a.level.is_some()))
            // A word of the title is no name, whatever the entity model takes it for ("Vice President").
            .filter(|&k| self.role(h).is_none_or(|(first, _)| !(first..=h).contains(&k)))
            .find(|&k| c.token(k).entity.kind() == Some(EntityKind::Person) || self.is_person_name(k))
            .or_else(|| self.person_at_body(h))?;
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
        if let Some(who) = self.former_leader(h, part) {
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

    /// "Former president Ghani": the one leader of that rank and name whose term is over.
    fn former_leader(&self, h: usize, part: usize) -> Option<Who> {
        let day = self.day?;
        let (_, agent) = self.role(h)?;
        let level = agent.level.filter(|l| l.leads() && self.is_former(h))?;
        let persons = self.gazetteer.persons(&self.entity_text(part), None);
        let over = |t: &&legation_gazetteer::Term| {
            t.office.level() == level
                && t.held_on(day) == Some(false)
                && t.period.from.and_then(|from| from.first_day()).is_some_and(|from| from < day)
        };
        let mut found = persons.iter().filter_map(|p| p.terms.iter().rfind(over).map(|t| (*p, *t)));
        let (person, term) = found.next()?;
        if found.any(|(other, _)| other.id != person.id) {
            return None;
        }
        let (first, last) = self.entity_range(part);
        let who = Who::in_office(person, &term);
        Some(Who {
            sectors: vec!["ELI".into()],
            dated: Dated::No,
            span: self.span(first, last),
            head: part,
            tokens: (first, last),
            ..who
        })
    }

    /// The name behind the body in a title ("Head of Administration Jane Doe").
    fn person_at_body(&self, h: usize) -> Option<usize> {
        let c = self.clauses;
        let bodies = c
            .children_by(h, &[Relation::Nmod])
            .filter(|&m| self.is_of(m) && c.token(m).entity.kind() != Some(EntityKind::Person));
        bodies
            .flat_map(|m| c.children_by(m, &[Relation::Appos, Relation::Flat]))
            .find(|&k| c.token(k).entity.kind() == Some(EntityKind::Person))
            .filter(|_| self.role(h).is_some_and(|(_, a)| a.level.is_some()))
    }

    pub(super) fn is_person_name(&self, i: usize) -> bool {
        self.name_of[i].is_some_and(|n| self.names[n].entries.iter().any(|e| e.kind == Kind::Person))
    }

    /// Whether the phrase says that an office is over: at the noun, or at a title before or behind the name.
    pub(super) fn is_former(&self, h: usize) -> bool {
        use Relation::*;
        let c = self.clauses;
        let over = |i: usize| {
            c.children(i).iter().any(|&k| {
                matches!(
                    c.lemma(k),
                    "former" | "ex" | "ex-president" | "late" | "deposed" | "ousted" | "oust" | "depose"
                )
            }) || i >= 2 && c.form(i - 1) == "-" && c.lemma(i - 2) == "ex"
        };
        let titles = || {
            c.children_by(h, &[Compound, NmodDesc, Flat, Appos])
                .filter(|&k| c.token(k).entity.kind() != Some(EntityKind::Organisation))
        };
        over(h) || titles().any(|k| over(k) && (self.role(k).is_some() || c.relation(k) == Flat))
    }

    /// The sectors of the party or armed group whose leader or official a noun names.
    fn band(&self, h: usize) -> Option<Vec<String>> {
        let names = self.clauses.children_by(h, &[Relation::Compound, Relation::Amod]).filter_map(|k| self.name_of[k]);
        let groups = names.filter_map(|n| self.names[n].entries.iter().find(|e| e.kind == Kind::Group));
        groups.map(|e| e.sectors.to_vec()).find(|s| s.iter().any(|s| matches!(s.as_str(), "PTY" | "REB" | "OPP")))
    }

    /// A noun that by its form names a person ("dealer", "arsonist") and that the tables do not list.
    pub(crate) fn somebody(&self, h: usize) -> Vec<Who> {
        const FORMS: [&str; 9] = ["er", "or", "ist", "ian", "man", "woman", "ee", "eer", "ant"];
        let c = self.clauses;
        let h = c.measured(h).unwrap_or(h);
        let lemma = c.lemma(h);
        const THINGS: [&str; 24] = [
            "border",
            "power",
            "order",
            "paper",
            "number",
            "letter",
            "tanker",
            "trawler",
            "freighter",
            "container",
            "tower",
            "river",
            "center",
            "sector",
            "motor",
            "chapter",
            "transfer",
            "corner",
            "quarter",
            "water",
            "shelter",
            "helicopter",
            "newspaper",
            "computer",
        ];
        if c.upos(h) != Upos::Noun
            || THINGS.contains(&lemma)
            || lemma.len() < 5
            || !FORMS.iter().any(|f| lemma.ends_with(f))
        {
            return Vec::new();
        }
        let nationalities = self.nationalities(h);
        let (tokens, span) = self.phrase(h, &nationalities);
        let nation = nationalities.first().filter(|n| n.sort == Sort::State);
        vec![Who {
            name: nation.map(|n| n.name.clone()).unwrap_or_default(),
            code: nation.and_then(|n| n.code.clone()),
            sectors: vec!["CVL".into()],
            span,
            head: h,
            tokens,
            sort: Sort::Role,
            ..Who::default()
        }]
    }

    /// "Jane Doe resigns as premier of B": the capacity in which somebody unknown acts says whose he is.
    pub(crate) fn take_capacity(&self, who: &mut Who, verb: usize) {
        if who.code.is_some() || !matches!(who.sort, Sort::Person | Sort::Unknown) {
            return;
        }
        let c = self.clauses;
        let capacity = c
            .children_by(verb, &[Relation::Obl])
            .filter(|&o| {
                // "as president of Metalist Kharkiv": a club is no state.
                let club =
                    |m: usize| c.token(m).entity.kind() == Some(EntityKind::Organisation) && self.name_of[m].is_none();
                c.case(o).is_some_and(|k| c.lemma(k) == "as")
                    && self.role(o).is_some_and(|(_, a)| a.level.is_some())
                    && !c.children_by(o, &[Relation::Nmod]).any(|m| club(m) || c.children(m).iter().any(|&k| club(k)))
            })
            .flat_map(|o| self.one(o))
            .find(|title| title.code.is_some());
        if let Some(title) = capacity {
            who.code = title.code;
            if who.sectors.is_empty() {
                who.sectors = title.sectors;
            }
        }
    }

    /// "Both parties", "the warring parties": sides, whoever they are.
    fn are_sides(&self, h: usize) -> bool {
        use Relation::*;
        const SIDES: [&str; 9] =
            ["both", "two", "three", "all", "warring", "concerned", "involved", "third", "relevant"];
        let c = self.clauses;
        let bare = || c.form(h) == "parties" && c.child(h, &[Amod, Compound, Acl, Nmod]).is_none();
        c.lemma(h) == "party" && (bare() || c.children_by(h, &[Det, Amod, Nummod]).any(|k| SIDES.contains(&c.lemma(k))))
    }

    /// Whether a modifier of a title names a person or body nobody knows, whose official it is.
    fn is_stranger(&self, m: usize, h: usize) -> bool {
        let c = self.clauses;
        let kind = c.token(m).entity.kind();
        let named = match c.relation(m) {
            Relation::Nmod => {
                c.case(m).is_some_and(|k| matches!(c.lemma(k), "of" | "to" | "for"))
                    && matches!(kind, Some(EntityKind::Organisation | EntityKind::Person))
            }
            _ => m < h && kind == Some(EntityKind::Organisation),
        };
        named && self.role(m).is_none() && self.one(m).iter().all(|w| w.code.is_none() && w.sectors.is_empty())
    }

    /// The state a leader's surname stands for before a body ("the Trump administration").
    fn state_of_leader(&self, m: usize, h: usize) -> Option<Who> {
        let c = self.clauses;
        let body = self.role(h).filter(|(_, a)| a.class == AgentClass::Collective && a.sectors.contains("GOV"));
        body.filter(|_| c.relation(m) == Relation::Compound && c.upos(m) == Upos::Propn)?;
        let known = self.memory.person(c.form(m)).cloned().or_else(|| self.office_holder(m, None));
        if let Some(code) = known.and_then(|w| w.code) {
            return self.state(m, &code);
        }
        // A government of other days: the only state that a leader of this name has led.
        let persons = self.gazetteer.persons(c.form(m), None);
        let leads =
            persons.iter().flat_map(|p| p.terms.iter()).filter(|t| t.office.level().leads() && t.source == "hand");
        let mut states: Vec<&str> = leads.map(|t| t.state).collect();
        states.dedup();
        match states.as_slice() {
            [one] => self.state(m, one),
            _ => None,
        }
    }

    /// A state at a token.
    fn state(&self, m: usize, code: &str) -> Option<Who> {
        let name = self.gazetteer.name_of(code)?.into();
        let (tokens, span) = self.phrase(m, &[]);
        Some(Who { name, code: Some(code.into()), span, tokens, head: m, sort: Sort::State, ..Who::default() })
    }

    /// "of New Paltz, New York": the region or country behind a place the tables do not know.
    fn place_behind(&self, m: usize) -> Option<Who> {
        use Relation::*;
        let c = self.clauses;
        if c.token(m).entity.kind() != Some(EntityKind::Location) || self.name_of[m].is_some() {
            return None;
        }
        let k = c
            .children_by(m, &[Appos, NmodUnmarked, List, Conj, Parataxis])
            .find(|&k| k > m && self.place_entry(k).is_some())?;
        self.state(m, self.place_entry(k)?.0.code?)
    }

    /// "The Dover MP", "Tampa police": the state of a town that only the atlas knows, where all towns of size and that name lie
    /// in one.
    fn state_of_town(&self, m: usize) -> Option<Who> {
        const LARGE: f64 = 30_000.0;
        let c = self.clauses;
        let town = c.token(m).entity.kind() == Some(EntityKind::Location) && self.name_of[m].is_none();
        let (first, last) = self.entity_range(m);
        if !town || last != m || !matches!(c.relation(m), Relation::Compound) {
            return None;
        }
        let found = legation_gazetteer::Places::embedded().named(self.span(first, last).of(c.text)).places;
        let mut states: Vec<&str> = found.iter().filter(|p| p.population >= LARGE).map(|p| p.country).collect();
        states.dedup();
        match states.as_slice() {
            [one] => self.state(m, one),
            _ => None,
        }
    }

    /// The force whose vessel or vehicle a noun names ("a Navy tanker").
    fn force(&self, h: usize) -> Option<&'static Agent> {
        let modifiers = self.clauses.children_by(h, &[Relation::Compound]).filter_map(|k| self.role(k));
        modifiers.map(|(_, agent)| agent).find(|a| matches!(a.sectors.primary(), Some("MIL" | "COP")))
    }

    /// Whether a noun's own words say that it is from several countries or from abroad.
    fn is_from_elsewhere(&self, h: usize) -> bool {
        self.clauses.children_by(h, &[Relation::Amod, Relation::Compound]).any(|k| {
            matches!(
                self.clauses.lemma(k).to_lowercase().as_str(),
                "international"
                    | "multinational"
                    | "foreign"
                    | "coalition"
                    | "allied"
                    | "global"
                    | "world"
                    | "regional"
                    | "other"
                    | "neighboring"
                    | "neighbouring"
            )
        })
    }

    fn is_attacker(&self, h: usize) -> bool {
        self.role(h).is_some_and(|(_, a)| {
            a.class == AgentClass::Person && (a.sectors.contains("CRM") || a.sectors.contains("UAF"))
        })
    }

    fn is_state(&self, name: usize) -> bool {
        self.names[name].entries.first().is_some_and(|e| e.is_of_state())
    }

    pub(super) fn is_definite(&self, h: usize) -> bool {
        self.clauses.children_by(h, &[Relation::Det]).any(|d| matches!(self.clauses.lemma(d), "the" | "this"))
    }

    /// States, organisations and groups that qualify a noun: "Russian", "Russia's", "of Russia", "EU", with what is
    /// coordinated to them ("Russian and Ukrainian").
    pub(super) fn nationalities(&self, h: usize) -> Vec<Who> {
        use Relation::*;
        let c = self.clauses;
        let mut out = Vec::new();
        let mut modifiers: Vec<usize> = c.children_by(h, &[Amod, Compound, NmodPoss, Nmod, NmodDesc, Det]).collect();
        // "his Armenian counterpart": the adjective says which, the pronoun whose.
        modifiers.sort_by_key(|&m| (c.upos(m) == Upos::Pron, m));
        for m in modifiers {
            if c.upos(m) == Upos::Pron
                && (c.lemma(h) == "counterpart" || self.person_of(h).is_some_and(|p| p.code.is_some()))
            {
                break;
            }
            // "A and B of Qatar": what stands behind the second is the second's.
            let behind = c.children_by(h, &[Conj]).any(|k| h < k && k < m);
            if c.relation(m) == Nmod && behind && !c.token(h).feats.contains("Number=Plur") {
                continue;
            }
            let within = c.relation(m) == Nmod && c.case(m).is_some_and(|k| c.lemma(k) == "in");
            // "bombings in Afghanistan": where they struck.
            if within && self.role(h).is_some_and(|(_, a)| a.class == AgentClass::Instrument) {
                continue;
            }
            // "an international commission in Mali", "coalition forces in Iraq": where they are, not whose.
            if within && self.is_from_elsewhere(h) {
                continue;
            }
            // "his killers", "the girl's abductors": whom they attacked, not whose they are.
            if matches!(c.relation(m), NmodPoss)
                && self.is_attacker(h)
                && !self.name_of[m].is_some_and(|n| self.is_state(n))
            {
                continue;
            }
            if c.relation(m) == Nmod && !c.case(m).is_some_and(|k| matches!(c.lemma(k), "of" | "from" | "for" | "in")) {
                continue;
            }
            // "the president of the country's parliament": only names qualify.
            let mut found = Vec::new();
            for part in c.conjuncts(m) {
                found.extend(self.nationality(part));
            }
            // A state by its name says more than a body's, but not where the body's people are.
            let plain = found.iter().any(Who::is_plain_state) && (!within || out.is_empty());
            if out.is_empty() || plain {
                out = found;
            }
            if plain {
                break;
            }
        }
        // The phrase behind a coordination, where the parser gave it to the first.
        if let Some(first) = c.head(h).filter(|_| out.is_empty() && c.relation(h) == Conj) {
            out.extend(self.states_of(first, h));
        }
        // "Head of the Office of the President of Ukraine": the state stands further down.
        let serves =
            |a: &Agent| a.lemma.ends_with(" of") || a.lemma.ends_with(" to") || a.level == Some(Level::Official);
        if out.is_empty() && self.role(h).is_some_and(|(_, a)| serves(a)) {
            let mut at = h;
            for _ in 0..4 {
                // "advisor to the Prime Minister of Sweden", "secretary at the Danish Prime Minister's Office"
                let serving = |m: usize| {
                    self.is_of(m)
                        || c.case(m).is_some_and(|k| matches!(c.lemma(k), "to" | "at"))
                            && (self.role(m).is_some() || c.lemma(m).eq_ignore_ascii_case("office"))
                };
                let Some(m) = c.children_by(at, &[Nmod]).find(|&m| serving(m)) else { break };
                let mut found = if self.name_of[m].is_some() { self.one(m) } else { self.nationality(m) };
                // "Assistant to the President": whoever is meant by that.
                if found.is_empty() && self.role(m).is_some_and(|(_, a)| a.level.is_some()) {
                    found = self.one(m);
                }
                if let Some(state) = found.into_iter().find(|w| w.code.is_some()) {
                    out.push(state);
                    break;
                }
                at = m;
            }
        }
        // "Administration officials" of an official text.
        if out.is_empty() {
            let parts = c.children_by(h, &[Compound]).filter(|&k| self.is_title(k));
            out.extend(parts.filter_map(|k| self.home_holder(k, self.role(k)?.1)).filter(|w| w.sort == Sort::Role));
        }
        // "Security Advisor Jane Doe of South Africa", "Head of Administration Jane Doe of Ukraine"
        let named = || c.children_by(h, &[Appos, Flat]).find(|&k| c.token(k).entity.kind() == Some(EntityKind::Person));
        if out.is_empty()
            && let Some(person) = self.person_at_body(h).or_else(named)
        {
            out.extend(self.states_of(person, 0));
        }
        // "the ministers Doe and Roe of Argentina": what stands behind the last one holds for all.
        let plural = c.token(h).feats.contains("Number=Plur");
        if let Some(last) = c.children_by(h, &[Conj]).last().filter(|_| out.is_empty() && plural) {
            out.extend(self.states_of(last, 0));
        }
        // "Syrian government and rebel forces": a bare second noun shares the first one's adjective.
        let bare = || c.child(h, &[Det, NmodPoss, Nummod]).is_none();
        if let Some(first) = c.head(h).filter(|_| out.is_empty() && c.relation(h) == Conj && bare())
            && c.is_nominal(first)
        {
            for m in c.children_by(first, &[Amod, Compound, NmodPoss]).filter(|&m| m < first && c.upos(m) != Upos::Pron)
            {
                out.extend(self.nationality(m).into_iter().filter(|w| w.sort == Sort::State));
            }
        }
        out
    }

    /// Whether a phrase begins with "of".
    fn is_of(&self, m: usize) -> bool {
        self.clauses.case(m).is_some_and(|k| self.clauses.lemma(k) == "of")
    }

    /// The plain states that a nominal is "of", by the phrases behind a token (0: all).
    fn states_of(&self, h: usize, behind: usize) -> Vec<Who> {
        let phrases = self.clauses.children_by(h, &[Relation::Nmod]).filter(|&m| m > behind && self.is_of(m));
        phrases.flat_map(|m| self.nationality(m)).filter(Who::is_plain_state).collect()
    }

    /// The state, organisation or group a modifier names, directly or through its own modifier ("south Russian").
    pub(super) fn nationality(&self, m: usize) -> Vec<Who> {
        let c = self.clauses;
        if c.upos(m) == Upos::Pron {
            // "his guards": of his state.
            let mut found: Vec<Who> = self.referred(m).into_iter().filter(|w| w.code.is_some()).collect();
            for w in found.iter_mut().filter(|w| matches!(w.sort, Sort::Person | Sort::Role)) {
                let state = w.code.as_deref().and_then(|code| self.gazetteer.state(code));
                (w.name, w.wikidata) =
                    state.map_or_else(Default::default, |s| (s.name.into(), s.wikidata.map(String::from)));
            }
            return found;
        }
        let mut out = Vec::new();
        if let Some(state) = c.head(m).and_then(|h| self.state_of_leader(m, h)) {
            return vec![state];
        }
        let name = self.name_of[m].map(|n| &self.names[n]);
        if let Some(who) = name.and_then(|n| self.named(n, m)) {
            if who.sort != Sort::Person && who.sort != Sort::Unknown {
                let mut who = who;
                // "the Mongolian National Security Council": a body's name that several states share.
                if who.sort == Sort::State && !who.sectors.is_empty() {
                    let own = c
                        .children_by(m, &[Relation::Amod, Relation::Compound, Relation::NmodPoss])
                        .filter(|&k| k < who.tokens.0 && self.name_of[k].is_some())
                        .flat_map(|k| self.nationality(k))
                        .find(Who::is_plain_state);
                    if let Some(own) = own {
                        (who.code, who.name) = (own.code, own.name);
                    }
                }
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
                && (c.is_nominal(m) || matches!(c.lemma(m), "lead" | "led" | "base" | "based"))
                || c.relation(m) == Relation::Nmod
                    && (self.role(m).is_some() || c.token(m).entity.kind() == Some(EntityKind::Organisation)))
        {
            // "Syrian government forces", "the governor of the Bank of Italy": the modifier's own nationality.
            let of = |&k: &usize| {
                c.relation(k) != Relation::Nmod
                    || c.token(m).entity.kind() == Some(EntityKind::Organisation) && self.is_of(k)
            };
            for k in
                c.children_by(m, &[Relation::Amod, Relation::Compound, Relation::NmodPoss, Relation::Nmod]).filter(of)
            {
                let compound = c.relation(k) == Relation::Compound && self.clauses.is_nominal(k);
                if self.name_of[k].is_some() || compound {
                    // "a Likud-led government" is its state's, not the party.
                    let led = matches!(c.lemma(m), "lead" | "led");
                    out.extend(self.nationality(k).into_iter().filter(|w| !(led && w.sort == Sort::Group)));
                }
            }
        } else if name.is_none() && c.relation(m) == Relation::Nmod && c.upos(m) == Upos::Noun {
            // "of Iraq's Kurdistan region"
            for k in c.children_by(m, &[Relation::NmodPoss]).filter(|&k| self.name_of[k].is_some()) {
                out.extend(self.nationality(k).into_iter().filter(Who::is_plain_state));
            }
        } else if let Some(state) = self.place_behind(m).or_else(|| self.state_of_town(m)) {
            out.push(state);
        } else if c.relation(m) == Relation::NmodPoss {
            // "the country's", "Putin's": whoever that is.
            out.extend(self.one(m).into_iter().filter(|w| w.code.is_some()));
        }
        out
    }
}
