//! The rank of those who take part, by the offices they held on the day.

use crate::{Day, Participant};
use legation_gazetteer::{Gazetteer, Kind, Level as Rank, Term};
use serde::Serialize;

/// How high those who met stand. In order: the higher first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Heads of state or government, and of organisations.
    Leaders,
    /// Ministers: foreign ministers and others.
    Ministers,
    /// Ambassadors, envoys, other officials and officers.
    Officials,
    /// Nobody is named whose office is known: the text names states.
    #[default]
    Unknown,
}

impl Level {
    /// The name in answers.
    pub fn name(self) -> &'static str {
        match self {
            Self::Leaders => "leaders",
            Self::Ministers => "ministers",
            Self::Officials => "officials",
            Self::Unknown => "unknown",
        }
    }

    fn of(rank: Rank) -> Self {
        match rank {
            Rank::HeadOfState | Rank::HeadOfGovernment => Self::Leaders,
            Rank::Minister => Self::Ministers,
            Rank::Ambassador | Rank::Official => Self::Officials,
        }
    }
}

/// The level of a participant on a day: by the offices the gazetteer knows a person to have held for the state or organisation
/// (the highest of several; where none is known to hold on the day, one that may), else by the role the words name ("foreign
/// ministers of …"), else by a sector that does not lead. [`Level::Unknown`] where neither tells.
pub fn level(gazetteer: &Gazetteer, part: &Participant<'_>, day: Day) -> Level {
    let terms = terms(gazetteer, part);
    let date = day.date();
    let highest = |answer: Option<bool>| {
        let held = terms.iter().filter(|term| term.held_on(date) == answer);
        held.map(|term| Level::of(term.office.level())).min()
    };
    if let Some(held) = highest(Some(true)).or_else(|| highest(None)) {
        return held;
    }
    match by_words(gazetteer, part.words).or_else(|| by_sector(part)) {
        // Who is still called president holds that office no more.
        Some(named) if terms.iter().any(|term| Level::of(term.office.level()) == named) => Level::Officials,
        found => found.unwrap_or_default(),
    }
}

/// Whether the participant is a person: one the gazetteer knows, or somebody with a sector whose name is not that of a state,
/// place, organisation or group.
pub fn is_person(gazetteer: &Gazetteer, part: &Participant<'_>) -> bool {
    if part.code.is_none_or(|code| code == part.name || gazetteer.name_of(code) == Some(part.name)) {
        return false;
    }
    let entries = gazetteer.named(part.name);
    let known = entries.iter().any(|entry| entry.kind == Kind::Person);
    known || entries.is_empty() && !part.sectors.is_empty()
}

/// Whether two names may be one person's: written alike but for hyphens and capitals, or the one is a part of the other
/// ("Yang", "Yang Jiechi").
pub fn may_be_one(one: &str, other: &str) -> bool {
    let plain =
        |name: &str| name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let part = |part: &str, whole: &str| !part.contains(' ') && whole.split(' ').any(|word| word == part);
    plain(one) == plain(other) || part(one, other) || part(other, one)
}

/// The terms of office of a person that the gazetteer knows, in the state or organisation of the participant.
fn terms<'a>(gazetteer: &'a Gazetteer, part: &Participant<'_>) -> Vec<&'a Term> {
    if !is_person(gazetteer, part) {
        return Vec::new();
    }
    let entries = gazetteer.named(part.name).into_iter().filter(|entry| entry.kind == Kind::Person);
    let persons = entries.filter_map(|entry| entry.person_id()).map(|id| gazetteer.person(id));
    let known = persons.filter(|person| part.wikidata.is_none() || person.wikidata == part.wikidata);
    known.flat_map(|person| person.terms.iter()).filter(|term| Some(term.state) == part.code).collect()
}

/// Forces, courts and parliaments do not lead a state: a warship's visit is no summit.
fn by_sector(part: &Participant<'_>) -> Option<Level> {
    let primary = part.sectors.split("; ").next().unwrap_or_default();
    (!primary.is_empty() && !matches!(primary, "GOV" | "IGO")).then_some(Level::Officials)
}

/// Words that take the role away that follows them.
const PAST: [&str; 3] = ["former", "ex", "late"];

/// Words for those who lead a state, where the gazetteer's role nouns leave open whom they lead.
const LEADERS: [&str; 3] = ["leader", "head of state", "head of government"];

/// The highest role the words name. Each role noun is taken in its longest form: a deputy minister is no minister.
fn by_words(gazetteer: &Gazetteer, words: &str) -> Option<Level> {
    let lower = words.to_lowercase();
    let all: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let (mut highest, mut at) = (None, 0);
    while at < all.len() {
        // Who held an office before comes as somebody else.
        if PAST.contains(&all[at]) {
            return Some(Level::Officials);
        }
        let longest = (1..=5.min(all.len() - at)).rev().find_map(|length| {
            let forms = singulars(&all[at..at + length].join(" "));
            forms.iter().find_map(|form| role(gazetteer, form)).map(|level| (length, level))
        });
        if let Some((length, level)) = longest {
            highest = Some(highest.map_or(level, |other: Level| other.min(level)));
            at += length;
        } else {
            at += 1;
        }
    }
    highest
}

fn role(gazetteer: &Gazetteer, form: &str) -> Option<Level> {
    if LEADERS.contains(&form) {
        return Some(Level::Leaders);
    }
    gazetteer.agent(form).and_then(|agent| agent.level).map(Level::of)
}

/// The words as they are, and without an ending of the plural at the last or the first of them.
fn singulars(words: &str) -> Vec<String> {
    let mut forms = vec![words.to_owned()];
    forms.extend(words.strip_suffix('s').map(str::to_owned));
    if let Some((first, rest)) = words.split_once("s ") {
        forms.push(format!("{first} {rest}"));
    }
    forms
}
