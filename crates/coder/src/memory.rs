//! What a document has said so far about who is who. Precision before recall: what two mentions contradict is dropped.

use crate::mention::Who;
use legation_gazetteer::Level;
use std::collections::BTreeMap;

/// The participants a document has introduced.
#[derive(Clone, Debug, Default)]
pub(crate) struct Memory {
    /// By surname; `None` where two persons share it.
    persons: BTreeMap<String, Option<Who>>,
    /// By role noun ("president"); `None` where several states' holders were named.
    roles: BTreeMap<String, Option<Who>>,
    /// The first leader the title names, with the rank of his office.
    home: Option<(Level, Who)>,
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

    /// The leader whose text it is.
    pub(crate) fn home(&self) -> Option<&(Level, Who)> {
        self.home.as_ref()
    }

    pub(crate) fn set_home(&mut self, level: Level, who: Who) {
        self.home = Some((level, who));
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
