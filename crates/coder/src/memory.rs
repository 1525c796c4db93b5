//! What a document has said so far about who is who. Precision before recall: what two mentions contradict is dropped.

use crate::mention::Who;
use legation_gazetteer::Level;
use std::collections::BTreeMap;

/// Whose text it is.
#[derive(Clone, Debug, Default)]
pub(crate) struct Home {
    /// The state its publisher speaks for.
    pub(crate) state: Option<&'static str>,
    /// The first leader the title names, with the rank of his office.
    pub(crate) leader: Option<(Level, Who)>,
    /// Whether the title gives somebody the rank of a head of state, of a head of government.
    pub(crate) titled: [bool; 2],
}

impl Home {
    /// Whether the title names a holder of this rank.
    pub(crate) fn names(&self, level: Level) -> bool {
        match level {
            Level::HeadOfState => self.titled[0],
            Level::HeadOfGovernment => self.titled[1],
            _ => false,
        }
    }
}

/// The participants a document has introduced.
#[derive(Clone, Debug, Default)]
pub(crate) struct Memory {
    /// By surname; `None` where two persons share it.
    persons: BTreeMap<String, Option<Who>>,
    /// By role noun ("president"); `None` where several states' holders were named.
    roles: BTreeMap<String, Option<Who>>,
    home: Option<Home>,
    /// The state of the dateline.
    filed_in: Option<&'static str>,
    subject: Option<Who>,
    pair: Option<Vec<Who>>,
}

impl Memory {
    pub(crate) fn person(&self, surname: &str) -> Option<&Who> {
        self.persons.get(surname)?.as_ref()
    }

    pub(crate) fn role(&self, lemma: &str) -> Option<&Who> {
        self.roles.get(lemma)?.as_ref()
    }

    /// Whose text it is, where it is a state's or a leader's.
    pub(crate) fn home(&self) -> Option<&Home> {
        self.home.as_ref()
    }

    /// The state a news agency's text was filed in.
    pub(crate) fn filed_in(&self) -> Option<&'static str> {
        self.filed_in
    }

    /// What a document begins with.
    pub(crate) fn of(home: Home, filed_in: Option<&'static str>) -> Self {
        Self { home: Some(home), filed_in, ..Self::default() }
    }

    /// The person who was the subject of the last sentence.
    pub(crate) fn subject(&self) -> Option<&Who> {
        self.subject.as_ref()
    }

    /// The two sides of the last meeting.
    pub(crate) fn pair(&self) -> Option<&[Who]> {
        self.pair.as_deref()
    }

    pub(crate) fn introduce(&mut self, surname: String, who: Who) {
        remember(&mut self.persons, surname, who);
    }

    pub(crate) fn hold(&mut self, role: &str, who: Who) {
        remember(&mut self.roles, role.to_string(), who);
    }

    pub(crate) fn set_subject(&mut self, who: Option<Who>) {
        self.subject = who;
    }

    pub(crate) fn set_pair(&mut self, pair: Vec<Who>) {
        self.pair = Some(pair);
    }
}

fn remember(table: &mut BTreeMap<String, Option<Who>>, key: String, who: Who) {
    let slot = table.entry(key).or_insert_with(|| Some(who.clone()));
    if slot.as_ref().is_some_and(|old| old.code != who.code) {
        *slot = None;
    }
}
