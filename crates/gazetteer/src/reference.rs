use crate::table::{GIVEN_NAMES, REFERENCES, rows};
use std::collections::BTreeMap;

/// Grammatical gender, where a noun or a given name tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Gender {
    /// He.
    Masculine,
    /// She.
    Feminine,
}

/// A noun by which a text comes back to what it has named ("the bloc", "the two sides").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reference {
    /// Dictionary form, lower case.
    pub noun: &'static str,
    /// The state in focus ("the country").
    pub state: bool,
    /// An organisation of states ("the bloc").
    pub league: bool,
    /// An organisation or group ("the movement").
    pub body: bool,
    /// One of two sides ("the two leaders").
    pub pair: bool,
    /// What the noun says of gender.
    pub gender: Option<Gender>,
}

/// The nouns and the given names.
#[derive(Debug)]
pub struct References {
    nouns: BTreeMap<&'static str, Reference>,
    given: BTreeMap<&'static str, Gender>,
}

impl References {
    pub fn load() -> Self {
        let nouns = rows::<3>(REFERENCES).map(|[noun, stands_for, gender]| {
            let is = |what: &str| stands_for.split(' ').any(|s| s == what);
            let (state, league, body, pair) = (is("state"), is("league"), is("body"), is("pair"));
            (noun, Reference { noun, state, league, body, pair, gender: parse(gender) })
        });
        let given = rows::<2>(GIVEN_NAMES).filter_map(|[name, gender]| Some((name, parse(gender)?)));
        Self { nouns: nouns.collect(), given: given.collect() }
    }

    pub fn noun(&self, lemma: &str) -> Option<&Reference> {
        self.nouns.get(lemma)
    }

    pub fn given(&self, name: &str) -> Option<Gender> {
        self.given.get(name).copied()
    }
}

fn parse(gender: &str) -> Option<Gender> {
    match gender {
        "m" => Some(Gender::Masculine),
        "f" => Some(Gender::Feminine),
        _ => None,
    }
}
