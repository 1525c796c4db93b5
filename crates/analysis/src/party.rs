//! Who a side of a dyad is, and whose acts count as a state's.

use crate::History;
use legation_gazetteer::{Gazetteer, What};
use serde::Serialize;
use std::fmt;

/// A side of a dyad.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Party {
    /// A state, territory or organisation by its code.
    Code(String),
    /// A group, company or person by the name the record has for it.
    Name(String),
}

/// Whose acts count as a state's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// Those of the state itself and of its organs ([`is_official`]).
    #[default]
    Official,
    /// Those of anybody who bears the state's code.
    Any,
}

/// The sectors of PLOVER (manual 0.8, table of sector codes) that are organs of a state: the executive, the armed
/// forces, parliament, courts, police and intelligence services.
const ORGANS: [&str; 6] = ["GOV", "MIL", "LEG", "JUD", "COP", "SPY"];

/// Whether a participant with a state's code acts for the state: it is the state itself (no sector), or its primary sector is
/// GOV, MIL, LEG, JUD, COP or SPY. A partially recognised entity (sector PRE) has the code of the state that claims it
/// and does not act for it. Sectors are joined by "; ".
pub fn is_official(sectors: &str) -> bool {
    let mut all = sectors.split("; ");
    let primary = all.clone().next().unwrap_or_default();
    (primary.is_empty() || ORGANS.contains(&primary)) && all.all(|sector| sector != "PRE")
}

impl Party {
    /// The side that a name means: a state or organisation by code or name, else whoever of that name takes part in the
    /// record's events (a group, a company, a person). `None` where there is nobody.
    pub fn find(name: &str, gazetteer: &Gazetteer, history: &History) -> Option<Self> {
        let name = name.trim();
        let upper = name.to_uppercase();
        if gazetteer.state(&upper).is_some() {
            return Some(Self::Code(upper));
        }
        if gazetteer.name_of(name).is_some() {
            return Some(Self::Code(name.to_owned()));
        }
        let known = gazetteer.who(name);
        let coded = known.iter().find(|c| matches!(c.what, What::State | What::Territory | What::Organisation));
        if let Some(code) = coded.and_then(|c| c.main().code) {
            return Some(Self::Code(code.to_owned()));
        }
        // A surname of several persons names nobody.
        let mut names: Vec<&str> = known.iter().map(|c| c.main().name).collect();
        names.dedup();
        if let ([one], true) = (names.as_slice(), history.has_entity(names.first().copied().unwrap_or_default())) {
            return Some(Self::Name((*one).to_owned()));
        }
        history.entity_like(name).map(|found| Self::Name(found.to_owned()))
    }

    /// The code, or the name.
    pub fn key(&self) -> &str {
        match self {
            Self::Code(key) | Self::Name(key) => key,
        }
    }

    /// The usual name.
    pub fn name<'a>(&'a self, gazetteer: &'a Gazetteer) -> &'a str {
        match self {
            Self::Code(code) => gazetteer.name_of(code).unwrap_or(code),
            Self::Name(name) => name,
        }
    }
}

impl fmt::Display for Party {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.key())
    }
}
