//! Names: what the gazetteer knows them as on the day of the text, and persons in office.

use super::{Mentions, Name, Sort, Who};
use legation_gazetteer::{Agent, Entry, Kind, Level, Office};
use legation_record::{EntityKind, Relation};

impl Mentions<'_> {
    pub(super) fn named(&self, name: &Name, h: usize) -> Option<Who> {
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
        let fits = |term: &legation_gazetteer::Term, whole: bool| match rank {
            _ if deputy => term.office == Office::VicePresident || whole && !term.office.level().leads(),
            Some(level) if level.leads() => term.office.level().leads(),
            Some(_) | None if whole => true,
            Some(level) => term.office.level() == level,
            None => term.office.level().leads(),
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
        let leader = rank.is_some_and(Level::leads);
        let found = find(full, !single).or_else(|| {
            (!single && leader).then(|| find(c.form(last), false).or_else(|| find(c.form(first), false)))?
        });
        let (name, wikidata, term) = found?;
        let who = Who::in_office(name, wikidata, &term);
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
        let title =
            role.or_else(|| c.children_by(h, &[Compound, Appos, Flat, Amod, NmodDesc]).find_map(|a| self.role(a)));
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
}
