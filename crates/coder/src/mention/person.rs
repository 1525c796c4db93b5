//! Persons in a phrase: the name behind a title, whether an office is over, somebody whom only the form of a noun tells.

use super::{Dated, Mentions, Sort, Who};
use legation_gazetteer::Kind;
use legation_record::{EntityKind, Relation, Upos};

impl Mentions<'_> {
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
        let of_person = |e: &&'static legation_gazetteer::Entry| matches!(e.kind, Kind::Person | Kind::Group);
        if let Some(name) = named.filter(|n| !self.is_surname_only(n) && n.entries.iter().any(of_person))
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
    pub(super) fn person_at_body(&self, h: usize) -> Option<usize> {
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
        // "Democrat Jane Doe resigns as attorney general": the office says more than the party.
        let partisan = who.sectors == ["PTY"];
        let role = who.sort == Sort::Role && partisan && who.code.is_some();
        if who.code.is_some() && !partisan || !(role || matches!(who.sort, Sort::Person | Sort::Unknown)) {
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
            let ours = who.code.is_none() || who.code == title.code;
            who.code = who.code.take().or(title.code);
            if who.sectors.is_empty() || partisan && ours && !title.sectors.is_empty() {
                who.sectors = title.sectors;
            }
        }
    }
}
