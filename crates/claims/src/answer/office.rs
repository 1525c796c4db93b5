//! Offices, from the table of holders. That somebody did not hold one follows only from who surely did.

use super::{Answer, Tri, moved, over, samples, span_of, touches};
use crate::query::{Aspect, OfficeAsked, OfficeHeld, When, Window};
use crate::report::{Evidence, Verdict};
use jiff::civil::Date;
use legation_gazetteer::{Gazetteer, Office, Partial, Person, Term};

pub(super) fn answer(q: &OfficeHeld, gazetteer: &Gazetteer) -> Answer {
    let person = gazetteer.person(q.person);
    let asked = Asked { q, gazetteer, person };
    let found = match q.aspect {
        Aspect::Holds(When::On(day)) => asked.on_day(day),
        Aspect::Holds(When::Within(window)) => asked.within(window),
        Aspect::Holds(When::Ever(day)) => asked.ever(day),
        Aspect::Holds(When::Since(window, day)) => asked.since(window, day),
        Aspect::Began(window) => asked.began(window),
        Aspect::Ended(window) => asked.ended(window),
    };
    let verdict = match (q.holds, found.verdict) {
        (false, Verdict::Supported) => Verdict::Contradicted,
        (false, Verdict::Contradicted) => Verdict::Supported,
        (_, verdict) => verdict,
    };
    Answer { verdict, text: found.text, evidence: asked.evidence() }
}

/// Of a person whom the tables do not know: whether they reach so far at all.
pub(super) fn unknown_person(state: &str, within: Window, gazetteer: &Gazetteer) -> Answer {
    if reaches(state, within.to, gazetteer) {
        Answer::new(Verdict::NotInRecord, "the tables know nobody of this name")
    } else {
        Answer::new(Verdict::OutsideCoverage, format!("the tables know nobody in office there by {}", within.to))
    }
}

/// Whether the tables know anybody who led the state by a day.
fn reaches(state: &str, day: Date, gazetteer: &Gazetteer) -> bool {
    let mut leaders = gazetteer.terms(state).filter(|(_, term)| term.office.level().leads());
    leaders.any(|(_, term)| term.period.from.and_then(Partial::first_day).is_some_and(|from| from <= day))
}

struct Asked<'a> {
    q: &'a OfficeHeld,
    gazetteer: &'a Gazetteer,
    person: &'a Person,
}

impl Asked<'_> {
    fn is_asked(&self, term: &Term) -> bool {
        let state = self.q.state.as_deref().is_none_or(|state| state == term.state);
        state
            && !term.sectors.contains("PRE")
            && match self.q.office {
                OfficeAsked::Title(title) => {
                    let leads = title.office == Office::HeadOfState && term.office == Office::Leader;
                    // A president may be the head of the government only: then his title says it.
                    let called = term.title.to_lowercase().starts_with(title.title);
                    (term.office == title.office || leads) && title.fits(term) || called && term.office.level().leads()
                }
                OfficeAsked::Office(office) => term.office == office,
                OfficeAsked::Leads => {
                    matches!(term.office, Office::HeadOfState | Office::HeadOfGovernment | Office::Leader)
                }
            }
    }

    fn terms(&self) -> impl Iterator<Item = &Term> {
        self.person.terms.iter().filter(|term| self.is_asked(term))
    }

    /// Whether the person held the office on a day: yes by a term, no only where somebody else surely did.
    fn on(&self, day: Date) -> Tri {
        if self.terms().any(|term| term.held_on(day) == Some(true)) {
            return Some(true);
        }
        if self.terms().any(|term| term.held_on(day).is_none()) {
            return None;
        }
        let state = self.q.state.as_deref().or_else(|| self.terms().next().map(|term| term.state))?;
        let office = match self.q.office {
            OfficeAsked::Title(title) => title.office,
            OfficeAsked::Office(office) => office,
            OfficeAsked::Leads => return self.leads_not(state, day),
        };
        if !matches!(
            office,
            Office::HeadOfState | Office::HeadOfGovernment | Office::ForeignMinister | Office::DefenceMinister
        ) {
            return None;
        }
        let (other, term) = self.gazetteer.holder(state, office, day)?;
        let titled = match self.q.office {
            OfficeAsked::Title(title) => title.fits(term),
            _ => true,
        };
        (titled && is_exact(term) && other.id != self.person.id && !same_name(other.name, self.person.name))
            .then_some(false)
    }

    /// Whether others surely led the state on a day: of each of its leading offices that the tables know, another is the holder.
    fn leads_not(&self, state: &str, day: Date) -> Tri {
        let offices = [Office::HeadOfState, Office::HeadOfGovernment];
        let holders: Vec<(&Person, &Term)> =
            offices.into_iter().filter_map(|office| self.gazetteer.holder(state, office, day)).collect();
        let other =
            |(person, _): &(&Person, &Term)| person.id != self.person.id && !same_name(person.name, self.person.name);
        let exact = holders.iter().any(|(_, term)| is_exact(term));
        (exact && holders.iter().all(other)).then_some(false)
    }

    fn edges(&self) -> impl Iterator<Item = Date> {
        let ends = |term: &Term| [term.period.from, term.period.to].into_iter().flatten().collect::<Vec<_>>();
        let dates: Vec<Partial> = self.terms().flat_map(ends).collect();
        let days: Vec<Date> = dates.into_iter().flat_map(|d| [d.first_day(), d.last_day()]).flatten().collect();
        days.into_iter().flat_map(|day| [moved(day, -1), day, moved(day, 1)])
    }

    fn other(&self, day: Date) -> String {
        let state = self.q.state.as_deref().or_else(|| self.terms().next().map(|term| term.state)).unwrap_or("");
        let office = match self.q.office {
            OfficeAsked::Title(title) => title.office,
            OfficeAsked::Office(office) => office,
            OfficeAsked::Leads => Office::Leader,
        };
        match self.gazetteer.holder(state, office, day) {
            Some((person, term)) => format!("on {day} {} was ({})", person.name, span_of(term.period, term.seen)),
            None => format!("not on {day}"),
        }
    }

    fn on_day(&self, day: Date) -> Answer {
        // Every term is over: no more is needed to say that it is not held.
        let over = |term: &Term| term.held_on(day) == Some(false) && end(term.period.to).is_some_and(|to| to < day);
        if !self.q.holds && self.terms().next().is_some() && self.terms().all(over) {
            return Answer::new(Verdict::Contradicted, self.terms().map(told).collect::<Vec<_>>().join("; "));
        }
        let around = [self.on(moved(day, -30)), self.on(moved(day, 75))];
        match (self.on(day), around) {
            // What is denied must hold for long enough before and after.
            (Some(true), [Some(true), Some(true)])
                if !self.q.holds && self.terms().any(|t| is_exact(t) && is_fine(t)) =>
            {
                self.held(day)
            }
            (Some(true), _) if !self.q.holds => {
                Answer::new(Verdict::NotInRecord, "in office, but a change is near or not sure")
            }
            (Some(true), _) => self.held(day),
            (Some(false), [Some(false), Some(false)]) => Answer::new(Verdict::Contradicted, self.other(day)),
            // A text of the day of a change may speak of the day before, or of the one after.
            (Some(false), _) => Answer::new(Verdict::NotInRecord, self.other(day)),
            (None, _) => self.unknown(day),
        }
    }

    fn held(&self, day: Date) -> Answer {
        let term = self.terms().find(|term| term.held_on(day) == Some(true));
        Answer::new(Verdict::Supported, term.map_or_else(|| format!("yes on {day}"), told))
    }

    fn within(&self, window: Window) -> Answer {
        let days = samples(window, self.edges());
        if let Some(day) = days.iter().find(|day| self.on(**day) == Some(true)) {
            return self.held(*day);
        }
        // One who came or went in the time around it may be meant.
        let wide = samples(Window { from: moved(window.from, -30), to: moved(window.to, 30) }, self.edges());
        match over(&wide, |day| self.on(day)) {
            Ok(Some(false)) => Answer::new(Verdict::Contradicted, self.other(window.from)),
            _ => self.unknown(window.from),
        }
    }

    fn ever(&self, day: Date) -> Answer {
        let begun = |term: &&Term| term.period.from.and_then(Partial::first_day).is_some_and(|from| from <= day);
        match self.terms().filter(begun).last() {
            Some(term) => Answer::new(Verdict::Supported, told(term)),
            None => self.unknown(day),
        }
    }

    fn since(&self, window: Window, day: Date) -> Answer {
        if self.on(day) == Some(false) && self.on(moved(day, -30)) == Some(false) {
            return Answer::new(Verdict::Contradicted, self.other(day));
        }
        let begun = self.began(window);
        match (begun.verdict, self.on(day)) {
            (Verdict::Supported, Some(true)) => begun,
            (Verdict::Supported, _) => self.unknown(day),
            _ => begun,
        }
    }

    /// Runs of terms without a gap of more than a month: a re-election begins no new one.
    fn runs(&self) -> Vec<(Option<Partial>, Option<Partial>)> {
        let mut terms: Vec<&Term> = self.terms().collect();
        terms.sort_by_key(|term| term.period.from);
        let mut runs: Vec<(Option<Partial>, Option<Partial>)> = Vec::new();
        for term in terms {
            let from = term.period.from.and_then(Partial::first_day);
            match runs.last_mut() {
                Some((_, to)) if to.is_none() || end(*to).zip(from).is_some_and(|(to, from)| from <= moved(to, 31)) => {
                    if to.is_some() && (term.period.to.is_none() || end(term.period.to) > end(*to)) {
                        *to = term.period.to;
                    }
                }
                _ => runs.push((term.period.from, term.period.to)),
            }
        }
        runs
    }

    fn began(&self, window: Window) -> Answer {
        if let Some(term) = self.terms().find(|term| touches(term.period.from, window)) {
            return Answer::new(Verdict::Supported, told(term));
        }
        let wide = Window { from: moved(window.from, -60), to: moved(window.to, 30) };
        let comes = self.runs().iter().any(|(from, _)| touches(*from, wide));
        self.otherwise(wide, comes, window.to)
    }

    /// Where all days around are known, and nothing begins or ends among them, it did not.
    fn otherwise(&self, wide: Window, changes: bool, day: Date) -> Answer {
        let days = samples(wide, self.edges());
        if changes || days.iter().any(|&day| self.on(day).is_none()) {
            return self.unknown(day);
        }
        let held: Vec<String> = self.terms().map(told).collect();
        let text = if held.is_empty() { self.other(day) } else { held.join("; ") };
        Answer::new(Verdict::Contradicted, text)
    }

    fn ended(&self, window: Window) -> Answer {
        let near = Window { from: moved(window.from, -1), to: moved(window.to, 1) };
        if let Some(term) = self.terms().find(|term| touches(term.period.to, near)) {
            return Answer::new(Verdict::Supported, told(term));
        }
        let wide = Window { from: moved(window.from, -60), to: moved(window.to, 60) };
        let goes = self.runs().iter().any(|(_, to)| touches(*to, wide));
        self.otherwise(wide, goes, window.to)
    }

    fn unknown(&self, day: Date) -> Answer {
        let state = self.q.state.as_deref().or_else(|| self.person.terms.first().map(|term| term.state));
        let reaches = state.is_some_and(|state| reaches(state, day, self.gazetteer));
        if reaches {
            Answer::new(Verdict::NotInRecord, "the tables do not tell")
        } else {
            Answer::new(Verdict::OutsideCoverage, format!("the tables know nobody in office there by {day}"))
        }
    }

    fn evidence(&self) -> Vec<Evidence> {
        let row = |term: &Term| Evidence {
            source: format!("leaders ({})", term.source),
            date: Some(span_of(term.period, term.seen)),
            text: format!("{}, {} of {}", self.person.name, term.title, term.state),
            ..Evidence::default()
        };
        let asked: Vec<Evidence> = self.terms().map(row).collect();
        if asked.is_empty() { self.person.terms.iter().take(6).map(row).collect() } else { asked }
    }
}

fn end(date: Option<Partial>) -> Option<Date> {
    date.and_then(Partial::last_day)
}

fn told(term: &Term) -> String {
    format!("the table has {} of {}, {}", term.title, term.state, span_of(term.period, term.seen))
}

/// Whether the dates of a term are exact enough to speak against a claim: those of yearly lists are not.
fn is_exact(term: &Term) -> bool {
    matches!(term.source, "hand" | "wikidata")
}

/// Whether the beginning of a term is known to the month: within a year that is all that is told, one may not have come yet.
fn is_fine(term: &Term) -> bool {
    term.period.from.is_some_and(|from| from.text().len() >= 7)
}

/// Two rows of one person under two spellings contradict nobody.
fn same_name(a: &str, b: &str) -> bool {
    let last = |name: &str| name.split(' ').next_back().unwrap_or("").to_lowercase();
    let (a, b) = (last(a), last(b));
    a == b || (a.len() > 4 && b.len() > 4 && a.get(..4) == b.get(..4))
}
