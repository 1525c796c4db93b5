//! Role nouns: "the foreign minister", "police", with the nationality the phrase gives them.

use super::{Mentions, Sort, Who};
use legation_gazetteer::{Agent, AgentClass, Kind};
use legation_record::{EntityKind, Relation, Upos};

impl Mentions<'_> {
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

    pub(super) fn in_role(&self, h: usize, first: usize, agent: &'static Agent, nationalities: &[Who]) -> Vec<Who> {
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
    pub(super) fn person_of(&self, h: usize) -> Option<Who> {
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

    pub(super) fn is_person_name(&self, i: usize) -> bool {
        self.name_of[i].is_some_and(|n| self.names[n].entries.iter().any(|e| e.kind == Kind::Person))
    }

    pub(super) fn is_former(&self, h: usize) -> bool {
        let c = self.clauses;
        c.children(h)
            .iter()
            .any(|&k| matches!(c.lemma(k), "former" | "ex" | "ex-president" | "late" | "deposed" | "ousted"))
            || h >= 2 && c.form(h - 1) == "-" && c.lemma(h - 2) == "ex"
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
            let plain = found.iter().any(Who::is_plain_state);
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
                out.extend(self.nationality(m).into_iter().filter(Who::is_plain_state));
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
    pub(super) fn nationality(&self, m: usize) -> Vec<Who> {
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
}
