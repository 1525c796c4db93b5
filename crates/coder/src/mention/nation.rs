//! Whose a nominal is: the states, organisations and groups that its own words, a phrase behind it or the noun beside it
//! give.

use super::{Mentions, Sort, Who};
use legation_gazetteer::{Agent, AgentClass, Kind, Level};
use legation_record::{EntityKind, Relation, Upos};

/// What joins a state to a noun that is its: "Saudi-led", "Iranian-owned", "Panama-flagged", "Tampa-based".
const BELONGS: [&str; 12] = [
    "lead",
    "led",
    "base",
    "based",
    "own",
    "owned",
    "flag",
    "flagged",
    "register",
    "registered",
    "operate",
    "operated",
];

impl Mentions<'_> {
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
            } else if rest.starts_with(char::is_uppercase)
                && let Some(leader) = self.leader_named(rest)
            {
                out.push(Who { span, head: k, tokens: (k, k), ..leader });
            }
        }
        out
    }

    /// The one head of state or government of a name who is in office on the day.
    fn leader_named(&self, name: &str) -> Option<Who> {
        let day = self.day?;
        let persons = self.gazetteer.persons(name, Some(day));
        let leads = |t: &&legation_gazetteer::Term| t.office.level().leads() && t.held_on(day) == Some(true);
        let mut found = persons.iter().filter_map(|p| Some(Who::in_office(p, p.terms.iter().find(leads)?)));
        found.next().filter(|_| found.next().is_none())
    }

    /// Whether every state the sentence names, in whatever form, is this one.
    pub(crate) fn names_only(&self, code: &str) -> bool {
        let states = self.names.iter().filter_map(|n| n.entries.first()).filter(|e| e.is_of_state());
        states.filter_map(|e| e.code).all(|other| other == code)
    }

    /// The region of several states that qualifies a noun ("Latin American leaders").
    pub(super) fn region(&self, h: usize) -> Option<&'static str> {
        use Relation::*;
        let modifiers = self.clauses.children_by(h, &[Amod, Compound, Nmod, NmodPoss]);
        modifiers.filter_map(|m| self.name_of[m]).find_map(|n| {
            let entry = self.names[n].entries.first().filter(|e| e.kind == Kind::Region)?;
            Some(entry.name)
        })
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
    pub(super) fn state(&self, m: usize, code: &str) -> Option<Who> {
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
        let of = || c.relation(m) == Relation::Nmod && c.case(m).is_some_and(|k| matches!(c.lemma(k), "of" | "in"));
        if !town || last != m || !(c.relation(m) == Relation::Compound || of()) {
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

    /// Whether a noun's own words say that it is from several countries or from abroad.
    pub(super) fn is_from_elsewhere(&self, h: usize) -> bool {
        // "Six other people" are of the place, "other countries" are not.
        const POWERS: [&str; 7] = ["country", "nation", "state", "government", "power", "leader", "party"];
        let other = |k: usize| self.clauses.lemma(k) == "other" && POWERS.contains(&self.clauses.lemma(h));
        // A coalition government, a regional parliament, the World Bank's are one state's or nobody's.
        const RULE: [&str; 8] =
            ["government", "council", "parliament", "assembly", "authority", "court", "election", "administration"];
        if RULE.contains(&self.clauses.lemma(h))
            && !self
                .clauses
                .children_by(h, &[Relation::Amod])
                .any(|k| matches!(self.clauses.lemma(k), "foreign" | "other"))
        {
            return false;
        }
        self.clauses.children_by(h, &[Relation::Amod, Relation::Compound]).any(|k| {
            other(k)
                || matches!(
                    self.clauses.lemma(k).to_lowercase().as_str(),
                    "international"
                        | "multinational"
                        | "foreign"
                        | "coalition"
                        | "allied"
                        | "global"
                        | "world"
                        | "regional"
                        | "neighboring"
                        | "neighbouring"
                        | "overseas"
                        | "western"
                        | "european"
                        | "african"
                        | "asian"
                        | "nordic"
                        | "scandinavian"
                )
        })
    }

    /// Whether a pronoun says whose a body is ("its forces", "his government"): where it happens does not.
    pub(super) fn is_somebodys(&self, h: usize, agent: &Agent) -> bool {
        let c = self.clauses;
        agent.class == AgentClass::Collective
            && ["GOV", "MIL", "COP", "SPY"].iter().any(|s| agent.sectors.contains(s))
            && c.children_by(h, &[Relation::NmodPoss]).any(|k| c.upos(k) == Upos::Pron)
    }

    /// "The remaining hostages", "hostages held by the group": where they are held does not say whose they are.
    pub(super) fn is_held(&self, h: usize, agent: &Agent) -> bool {
        let c = self.clauses;
        matches!(agent.lemma, "hostage" | "captive")
            && (c.children_by(h, &[Relation::Acl]).any(|k| c.lemma(k) == "hold")
                || c.children_by(h, &[Relation::Amod]).any(|k| matches!(c.lemma(k), "remain" | "remaining")))
    }

    fn is_attacker(&self, h: usize) -> bool {
        self.role(h).is_some_and(|(_, a)| {
            a.class == AgentClass::Person && (a.sectors.contains("CRM") || a.sectors.contains("UAF"))
        })
    }

    fn is_state(&self, name: usize) -> bool {
        self.names[name].entries.first().is_some_and(|e| e.is_of_state())
    }

    /// States, organisations and groups that qualify a noun: "Russian", "Russia's", "of Russia", "EU", with what is
    /// coordinated to them ("Russian and Ukrainian").
    pub(super) fn nationalities(&self, h: usize) -> Vec<Who> {
        let readings: [&dyn Fn() -> Vec<Who>; 9] = [
            &|| self.of_kin(h),
            &|| self.of_modifiers(h),
            &|| self.behind_coordination(h),
            &|| self.of_the_served(h),
            &|| self.of_home_title(h),
            &|| self.behind_name(h),
            &|| self.behind_last(h),
            &|| self.shared_adjective(h),
            &|| self.of_allegiance(h),
        ];
        readings.iter().map(|read| read()).find(|found| !found.is_empty()).unwrap_or_default()
    }

    /// The states that a noun's own words name, by their codes.
    pub(crate) fn states_named_at(&self, h: usize) -> Vec<String> {
        self.nationalities(h).into_iter().filter(Who::is_plain_state).filter_map(|w| w.code).collect()
    }

    /// What qualifies the noun itself.
    fn of_modifiers(&self, h: usize) -> Vec<Who> {
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
            // "One German and four Afghan hostages": of both.
            if c.relation(m) == Amod && c.token(h).feats.contains("Number=Plur") {
                let counted = c.children_by(h, &[Amod]).filter(|&a| a > m + 1 && c.upos(a - 1) == Upos::Num);
                found.extend(counted.flat_map(|a| self.nationality(a)).filter(Who::is_plain_state));
            }
            // "American and European countries" are none of one state.
            if c.relation(m) == Amod
                && c.feature(h, "Number=Plur")
                && matches!(c.lemma(h), "country" | "nation")
                && c.conjuncts(m).len() > 1
            {
                found.clear();
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
        out
    }

    /// The phrase behind a coordination, where the parser gave it to the first.
    fn behind_coordination(&self, h: usize) -> Vec<Who> {
        let first = self.clauses.head(h).filter(|_| self.clauses.relation(h) == Relation::Conj);
        first.map(|first| self.states_of(first, h)).unwrap_or_default()
    }

    /// "Head of the Office of the President of Ukraine": the state stands further down.
    fn of_the_served(&self, h: usize) -> Vec<Who> {
        let c = self.clauses;
        let serves =
            |a: &Agent| a.lemma.ends_with(" of") || a.lemma.ends_with(" to") || a.level == Some(Level::Official);
        if !self.role(h).is_some_and(|(_, a)| serves(a)) {
            return Vec::new();
        }
        let mut at = h;
        for _ in 0..4 {
            // "advisor to the Prime Minister of Sweden", "secretary at the Danish Prime Minister's Office"
            let serving = |m: usize| {
                self.is_of(m)
                    || c.case(m).is_some_and(|k| matches!(c.lemma(k), "to" | "at"))
                        && (self.role(m).is_some() || c.lemma(m).eq_ignore_ascii_case("office"))
            };
            let Some(m) = c.children_by(at, &[Relation::Nmod]).find(|&m| serving(m)) else { break };
            let mut found = if self.name_of[m].is_some() { self.one(m) } else { self.nationality(m) };
            // "Assistant to the President": whoever is meant by that.
            if found.is_empty() && self.role(m).is_some_and(|(_, a)| a.level.is_some()) {
                found = self.one(m);
            }
            if let Some(state) = found.into_iter().find(|w| w.code.is_some()) {
                return vec![state];
            }
            at = m;
        }
        Vec::new()
    }

    /// "Administration officials" of an official text.
    fn of_home_title(&self, h: usize) -> Vec<Who> {
        let parts = self.clauses.children_by(h, &[Relation::Compound]).filter(|&k| self.is_title(k));
        parts.filter_map(|k| self.home_holder(k, self.role(k)?.1)).filter(|w| w.sort == Sort::Role).collect()
    }

    /// "Security Advisor Jane Doe of South Africa", "Head of Administration Jane Doe of Ukraine"
    fn behind_name(&self, h: usize) -> Vec<Who> {
        use Relation::*;
        let c = self.clauses;
        let named = || c.children_by(h, &[Appos, Flat]).find(|&k| c.token(k).entity.kind() == Some(EntityKind::Person));
        self.person_at_body(h).or_else(named).map(|person| self.states_of(person, 0)).unwrap_or_default()
    }

    /// "the ministers Doe and Roe of Argentina", "the government and the opposition in Lebanon": what stands behind the
    /// last one holds for all.
    fn behind_last(&self, h: usize) -> Vec<Who> {
        let c = self.clauses;
        let inner = |k: usize| {
            self.role(k).is_some_and(|(_, a)| {
                a.class == AgentClass::Collective
                    && matches!(a.sectors.primary(), Some("GOV" | "OPP" | "REB" | "MIL" | "COP" | "PTY" | "LEG"))
            })
        };
        let sides = |k: usize| inner(k) && !self.is_from_elsewhere(k) && self.name_of[k].is_none();
        if let Some(last) = c.children_by(h, &[Relation::Conj]).last().filter(|&k| sides(h) && sides(k)) {
            let within = |&m: &usize| m > last && c.case(m).is_some_and(|k| matches!(c.lemma(k), "in" | "of"));
            let found: Vec<Who> =
                c.children_by(last, &[Relation::Nmod]).filter(within).flat_map(|m| self.nationality(m)).collect();
            let own = |w: Who| Who { span: c.token(h).span, tokens: (h, h), ..w };
            return found.into_iter().filter(Who::is_plain_state).map(own).collect();
        }
        let plural = c.token(h).feats.contains("Number=Plur");
        let last = c.children_by(h, &[Relation::Conj]).last().filter(|_| plural);
        last.map(|last| self.states_of(last, 0)).unwrap_or_default()
    }

    /// "Syrian government and rebel forces": a bare second noun shares the first one's adjective.
    fn shared_adjective(&self, h: usize) -> Vec<Who> {
        use Relation::*;
        let c = self.clauses;
        let bare = || c.child(h, &[Det, NmodPoss, Nummod]).is_none();
        let first = c.head(h).filter(|&g| c.relation(h) == Conj && bare() && c.is_nominal(g));
        let Some(first) = first else { return Vec::new() };
        // "President Doe and foreign leaders": no leaders of his state.
        if self.is_from_elsewhere(h) || self.person_of(first).is_some() {
            return Vec::new();
        }
        let before =
            c.children_by(first, &[Amod, Compound, NmodPoss]).filter(|&m| m < first && c.upos(m) != Upos::Pron);
        before.flat_map(|m| self.nationality(m)).filter(|w| w.sort == Sort::State).collect()
    }

    /// "forces loyal to General Doe", "militias allied with Iran": of the side that they stand by, where it is known.
    fn of_allegiance(&self, h: usize) -> Vec<Who> {
        let c = self.clauses;
        let behind = c.children_by(h, &[Relation::Amod]).filter(|&k| k > h && !c.is_verb(k));
        let sides = behind.flat_map(|k| c.children_by(k, &[Relation::Obl])).filter(|&n| {
            c.case(n).is_some_and(|k| c.lemma(k) == "to") && self.role(h).is_some_and(|(_, a)| a.level.is_none())
        });
        sides.flat_map(|n| self.one(n)).filter(|w| w.code.is_some() && w.sort != Sort::Place).take(1).collect()
    }

    /// Whether a phrase begins with "of".
    pub(super) fn is_of(&self, m: usize) -> bool {
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
        // "the ministers of the two countries": of both that are meant.
        let meant = self.name_of[m].is_none()
            && c.relation(m) == Relation::Nmod
            && c.upos(m) == Upos::Noun
            && self.gazetteer.reference(c.lemma(m)).is_some_and(|r| r.state || r.pair);
        if meant {
            let state = |w: Who| self.state(m, w.code.as_deref()?);
            let found: Vec<Who> = self.referred(m).into_iter().filter_map(state).collect();
            if !found.is_empty() {
                return found;
            }
        }
        let mut out = Vec::new();
        if let Some(state) = c.head(m).and_then(|h| self.state_of_leader(m, h)) {
            return vec![state];
        }
        let name = self.name_of[m].map(|n| &self.names[n]);
        if let Some(other) = name.and_then(|n| self.other_nationality(n)) {
            return vec![other];
        }
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
        } else if name.is_none_or(|n| n.entries.first().is_some_and(|e| e.ambiguous))
            && (matches!(c.relation(m), Relation::Compound | Relation::Amod | Relation::NmodDesc)
                // "Russian-backed" is not Russian; "Saudi-led" is.
                && (c.is_nominal(m) || BELONGS.contains(&c.lemma(m)))
                || c.relation(m) == Relation::Nmod
                    && (self.role(m).is_some() || c.token(m).entity.kind() == Some(EntityKind::Organisation)))
        {
            // "Syrian government forces", "the governor of the Bank of Italy": the modifier's own nationality.
            let of = |&k: &usize| {
                c.relation(k) != Relation::Nmod
                    || c.token(m).entity.kind() == Some(EntityKind::Organisation) && self.is_of(k)
            };
            // "Tampa-based"
            let seat = c
                .children_by(m, &[Relation::OblUnmarked, Relation::Obl])
                .filter(|_| matches!(c.lemma(m), "base" | "based"));
            let parts = [Relation::Amod, Relation::Compound, Relation::NmodPoss, Relation::Nmod];
            for k in c.children_by(m, &parts).filter(of).chain(seat) {
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
