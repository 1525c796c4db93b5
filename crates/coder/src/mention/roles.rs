//! Role nouns: "the foreign minister", "police", with the nationality the phrase gives them.

use super::{Dated, Mentions, Sort, Who};
use legation_gazetteer::{Agent, AgentClass, Kind, Level, name_tokens};
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
            // "Attorney General Jane Doe"
            let general =
                n == 2 && c.lemma(h + 1).eq_ignore_ascii_case("general") && c.relation(h) != Relation::Compound;
            if general {
                return self.gazetteer.agent(&c.lemmas()[h..h + n].join(" ").to_lowercase());
            }
            let of = matches!(c.lemma(h + 1), "of" | "to");
            of.then(|| self.gazetteer.agent(&c.lemmas()[h..h + n].join(" ")))?
        });
        // "security force members", "police headquarters": people and premises of the body before it.
        let of_body = || {
            const PARTS: [&str; 25] = [
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
                "facility",
                "installation",
                "depot",
                "complex",
                "target",
            ];
            let before =
                |k: usize| matches!(c.relation(k), Relation::Compound | Relation::Amod) && c.head(k) == Some(h);
            let part = PARTS.contains(&c.lemma(h)) && h > 0;
            let body = |k: usize| {
                let found = self.gazetteer.agent_ending_at(c.lemmas(), k)?;
                (found.1.class != AgentClass::Instrument).then_some(found)
            };
            // "a military training base": the body may stand before another word.
            let further = || {
                let before = c.children_by(h, &[Relation::Compound, Relation::Amod]).filter(|&k| k < h);
                before.filter_map(body).find(|(_, a)| matches!(a.sectors.primary(), Some("MIL" | "COP")))
            };
            let next = (part && before(h - 1)).then(|| body(h - 1)).flatten();
            next.or_else(|| part.then(further).flatten())
        };
        let whole = || self.longest_role(h);
        let (first, agent) = match forward {
            Some(agent) => (h, agent),
            None => match whole() {
                Some(longer) if longer.0 < h => longer,
                single => of_body().or(single).or_else(|| self.of_a_people(h))?,
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
        if self.is_scene_of_riot(h, agent) || self.is_bond(h, agent) {
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

    /// "Shiites", "Kurds": a plural with a capital, which the lemmatiser leaves as it is.
    fn of_a_people(&self, h: usize) -> Option<(usize, &'static Agent)> {
        let c = self.clauses;
        let plural = c.upos(h) == Upos::Propn && self.name_of[h].is_none() && self.entity_range(h) == (h, h);
        let singular = c.form(h).strip_suffix('s').filter(|_| plural)?;
        let agent = self.gazetteer.agent(&singular.to_lowercase())?;
        (agent.class == AgentClass::Person && agent.sectors.primary() == Some("CVL")).then_some((h, agent))
    }

    /// The longest role noun that ends at `h`; a word with hyphens is several of the table ("anti-government forces").
    fn longest_role(&self, h: usize) -> Option<(usize, &'static Agent)> {
        /// Tokens of the longest role noun.
        const REACH: usize = 5;
        let lemmas = self.clauses.lemmas();
        let plain = self.gazetteer.agent_ending_at(lemmas, h);
        let from = h.saturating_sub(REACH);
        let hyphened = |k: &usize| lemmas[*k].len() > 1 && lemmas[*k].contains('-');
        if !(from..=h).any(|k| hyphened(&k)) {
            return plain;
        }
        let parts: Vec<(usize, &str)> =
            (from..=h).flat_map(|k| name_tokens(&lemmas[k]).map(move |part| (k, part))).collect();
        let words: Vec<&str> = parts.iter().map(|(_, part)| *part).collect();
        let whole = |at: usize| at == 0 || parts[at - 1].0 != parts[at].0;
        let split = self.gazetteer.agent_ending_at(&words, words.len() - 1).filter(|(at, _)| whole(*at));
        match (plain, split) {
            (Some(plain), Some((at, _))) if plain.0 <= parts[at].0 => Some(plain),
            (_, Some((at, agent))) => Some((parts[at].0, agent)),
            _ => plain,
        }
    }

    /// "The president", without a word that would say which: the one that was named. "The ministers of the two" are others.
    fn is_that_one(&self, h: usize) -> bool {
        let c = self.clauses;
        let of = c.children_by(h, &[Relation::Nmod]).any(|m| self.is_of(m));
        self.is_definite(h) && !c.feature(h, "Number=Plur") && !of
    }

    pub(super) fn in_role(&self, h: usize, first: usize, agent: &'static Agent, nationalities: &[Who]) -> Vec<Who> {
        let c = self.clauses;
        let (mut tokens, mut span) = self.phrase(h, nationalities);
        if first < tokens.0 {
            tokens.0 = first;
            span = span.cover(c.token(first).span);
        }
        let served =
            agent.class == AgentClass::Person && matches!(agent.sectors.primary(), Some("MIL" | "COP" | "JUD" | "LEG"));
        let office = agent.level.is_some() || agent.sectors.contains("GOV") || served;
        // "the head of Yemen's opposition coalition": of its sector.
        let mut body = None;
        if agent.lemma.ends_with(" of") {
            // "The head of the African Union" heads no trade union.
            let nameless = c.children_by(h, &[Relation::Nmod]).filter(|&m| self.name_of[m].is_none());
            body = nameless.into_iter().find_map(|m| self.role(m)).map(|(_, body)| body);
            for m in c.children_by(h, &[Relation::Nmod]) {
                let (whole, words) = self.phrase(m, &[]);
                (tokens.1, span) = (tokens.1.max(whole.1), span.cover(words));
            }
        }
        let former = office && self.is_former(h);
        // "Palestinian Fatah leader": of the group; "a leader of the protests": of no state.
        let band = self.band(h).filter(|_| agent.level == Some(Level::Official) && agent.sectors.contains("GOV"));
        let led = self.led(h, agent).or_else(|| self.armed(h, agent));
        let of_an_act = agent.lemma == "leader"
            && nationalities.iter().all(|n| c.head(n.head) != Some(h))
            && c.children_by(h, &[Relation::Nmod])
                .any(|m| self.is_of(m) && c.is_event_noun(m) && self.role(m).is_none());
        // "an aide to Abu X", "Tablighi Jamaat leader": of somebody the tables do not know to govern.
        let heads = [
            "leader",
            "aide",
            "adviser",
            "advisor",
            "chief",
            "spokesman",
            "spokeswoman",
            "spokesperson",
            "official",
            "representative",
        ];
        let of_unknown = agent.sectors.contains("GOV")
            && heads.contains(&agent.lemma)
            && nationalities.is_empty()
            && c.children_by(h, &[Relation::Nmod, Relation::Compound, Relation::NmodPoss])
                .any(|m| self.is_stranger(m, h));
        let role_sectors = match self.force(h).or(body).filter(|_| body.is_some() || agent.sectors.contains("BUS")) {
            _ if former => vec!["ELI".to_string()],
            _ if led.is_some() => led.unwrap_or_default(),
            _ if band.is_some() => band.unwrap_or_default(),
            _ if of_an_act => vec!["CVL".to_string()],
            _ if of_unknown || self.are_sides(h) => Vec::new(),
            _ if self.is_merchant(h, agent) => vec!["BUS".to_string()],
            _ if self.is_of_government(h, first, agent) || self.heads_office(h, agent) => vec!["GOV".to_string()],
            Some(force) => force.sectors.to_vec(),
            None => agent.sectors.to_vec(),
        };
        // "the West African bloc ECOWAS", "the militant group Boko Haram": the name says who.
        let bodies = if agent.class == AgentClass::Collective { self.bodies_of(h) } else { Vec::new() };
        if !bodies.is_empty() {
            let whole = |w: Who| Who { span: w.span.cover(span), tokens: (w.tokens.0.min(tokens.0), w.tokens.1), ..w };
            return bodies.into_iter().map(whole).collect();
        }
        let mut person = self.person_of(h);
        // "Biden-Harris Administration officials": no one person.
        let several = c.feature(h, "Number=Plur");
        if let Some(p) = person.as_mut().filter(|p| several && agent.level.is_some() && p.head < h) {
            (p.name, p.wikidata, p.dated) = (self.name_of_state(p.code.as_deref()), None, Dated::No);
        }
        let base = Who { span, head: h, tokens, sort: Sort::Role, sectors: role_sectors.clone(), ..Who::default() };
        if nationalities.is_empty() {
            // "President Biden": the person says which state.
            if let Some(mut p) = person {
                p.span = span.cover(p.span);
                p.tokens = (tokens.0.min(p.tokens.0), tokens.1.max(p.tokens.1));
                p.head = h;
                // "Governor Doe", of whom the tables know no office of a state.
                let office = agent.level.is_some_and(|level| level != Level::Official);
                let partisan = p.sectors == ["PTY"] && office && agent.sectors.contains("GOV");
                if p.code.is_none()
                    && let Some(home) = self.official_of_home(h, agent).filter(|_| !former)
                {
                    p.code = Some(home.into());
                }
                let elite = p.dated == Dated::No && p.sectors == ["ELI"] && agent.level.is_some();
                if former || elite || partisan || p.sectors.is_empty() {
                    p.sectors = role_sectors;
                }
                return vec![p];
            }
            if self.is_definite(h) || self.is_title(h) {
                if let Some(who) = self.home_holder(h, agent) {
                    return vec![who];
                }
                if let Some(known) = self.memory.role(agent.lemma).filter(|_| self.is_that_one(h)) {
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
            let elsewhere = || {
                (self.is_from_elsewhere(h) || self.is_somebodys(h, agent) || self.is_held(h, agent))
                    .then(|| span.of(c.text))
            };
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
                // A company's drivers and workers are no company.
                let hired = agent.class == AgentClass::Person
                    && agent.level.is_none()
                    && nation.sort == Sort::Organisation
                    && nation.sectors.iter().any(|s| matches!(s.as_str(), "MNC" | "BUS"));
                if hired {
                    if !c.feature(h, "Number=Plur") {
                        (who.code, who.name, who.wikidata) = (None, String::new(), None);
                    }
                } else if self.is_kin(h) && nation.sort == Sort::Person {
                    // Relatives of those who govern or have governed are of the elite.
                    let one = nation.head == h || !c.feature(nation.head, "Number=Plur");
                    if one && nation.sectors.iter().any(|s| matches!(s.as_str(), "GOV" | "ELI")) {
                        who.sectors = vec!["ELI".into()];
                    }
                } else if matches!(nation.sort, Sort::Organisation | Sort::Group) {
                    let mut sectors = nation.sectors.clone();
                    sectors.extend(
                        role_sectors
                            .iter()
                            .filter(|s| {
                                !nation.sectors.contains(s) && (*s != "ELI" || former && !served) && !of_its_own(s)
                            })
                            .cloned(),
                    );
                    who.sectors = sectors;
                } else if member
                    && nation.sort == Sort::Role
                    && nation
                        .sectors
                        .first()
                        .is_some_and(|s| matches!(s.as_str(), "MIL" | "COP" | "REB" | "PRM" | "PTY"))
                {
                    // "The army unit … its members"
                    who.sectors.clone_from(&nation.sectors);
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
    pub(super) fn is_title(&self, h: usize) -> bool {
        self.clauses.form(h).chars().next().is_some_and(char::is_uppercase)
    }

    /// The sectors of the party or armed group whose leader or official a noun names.
    fn band(&self, h: usize) -> Option<Vec<String>> {
        let names = self.clauses.children_by(h, &[Relation::Compound, Relation::Amod]).filter_map(|k| self.name_of[k]);
        let groups = names.filter_map(|n| self.names[n].entries.iter().find(|e| e.kind == Kind::Group));
        groups.map(|e| e.sectors.to_vec()).find(|s| s.iter().any(|s| matches!(s.as_str(), "PTY" | "REB" | "OPP")))
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

    /// The force whose vessel or vehicle a noun names ("a Navy tanker").
    fn force(&self, h: usize) -> Option<&'static Agent> {
        let modifiers = self.clauses.children_by(h, &[Relation::Compound]).filter_map(|k| self.role(k));
        modifiers.map(|(_, agent)| agent).find(|a| matches!(a.sectors.primary(), Some("MIL" | "COP")))
    }

    pub(super) fn is_definite(&self, h: usize) -> bool {
        self.clauses.children_by(h, &[Relation::Det]).any(|d| matches!(self.clauses.lemma(d), "the" | "this"))
    }
}
