use crate::Sectors;
use crate::names::Names;
use crate::table::{AGENTS, rows};

/// A role noun: what a person, body or weapon acts as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Agent {
    /// Dictionary form, lower case; several words where the role has them ("foreign minister").
    pub lemma: &'static str,
    /// PLOVER sectors, the primary one first.
    pub sectors: Sectors,
    /// Person, body or weapon.
    pub class: AgentClass,
    /// Rank of the office, where the noun names one.
    pub level: Option<Level>,
}

/// What a role noun names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AgentClass {
    /// A human being ("minister", "rebel").
    Person,
    /// A body of people ("parliament", "army").
    Collective,
    /// A weapon or vehicle that acts for its state's forces ("warplane").
    Instrument,
}

/// Rank of an office.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// President, king, emir.
    HeadOfState,
    /// Prime minister, chancellor.
    HeadOfGovernment,
    /// Minister.
    Minister,
    /// Ambassador, envoy.
    Ambassador,
    /// Any other holder of an office.
    Official,
}

impl Level {
    pub(crate) fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "head-of-state" => Self::HeadOfState,
            "head-of-government" => Self::HeadOfGovernment,
            "minister" => Self::Minister,
            "ambassador" => Self::Ambassador,
            "official" => Self::Official,
            _ => return None,
        })
    }

    /// Whether the holder leads the state or its government.
    pub fn leads(self) -> bool {
        matches!(self, Self::HeadOfState | Self::HeadOfGovernment)
    }

    /// The name in the tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::HeadOfState => "head-of-state",
            Self::HeadOfGovernment => "head-of-government",
            Self::Minister => "minister",
            Self::Ambassador => "ambassador",
            Self::Official => "official",
        }
    }
}

/// The role nouns with their index.
#[derive(Debug)]
pub struct Agents {
    list: Vec<Agent>,
    names: Names,
}

impl Agents {
    pub fn load() -> Self {
        let list: Vec<Agent> = rows::<4>(AGENTS)
            .map(|[lemma, sectors, class, level]| Agent {
                lemma,
                sectors: Sectors(sectors),
                class: match class {
                    "person" => AgentClass::Person,
                    "instrument" => AgentClass::Instrument,
                    _ => AgentClass::Collective,
                },
                level: Level::parse(level),
            })
            .collect();
        let mut names = Names::with_capacity(list.len());
        for (i, agent) in list.iter().enumerate() {
            names.insert(agent.lemma, i as u32);
        }
        Self { list, names }
    }

    pub fn exact(&self, lemma: &str) -> Option<&Agent> {
        self.names.exact(lemma).first().map(|&i| &self.list[i as usize])
    }

    /// The longest role noun that ends at token `end` (the head), by lemmas: its first token and the agent.
    pub fn ending_at<T: AsRef<str>>(&self, lemmas: &[T], end: usize) -> Option<(usize, &Agent)> {
        const LONGEST: usize = 6;
        let first = (end + 1).saturating_sub(LONGEST);
        (first..=end).find_map(|start| {
            let (tokens, capitals, found) = self.names.longest(lemmas.get(start..=end)?)?;
            (tokens == end + 1 - start && !capitals).then(|| (start, &self.list[found[0] as usize]))
        })
    }
}
