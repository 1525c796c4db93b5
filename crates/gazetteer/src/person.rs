use crate::agent::Level;
use crate::table::cells;
use crate::{Partial, Period, Sectors};
use jiff::civil::Date;
use std::ops::Deref;
use std::sync::OnceLock;

/// A person who holds or held an office.
#[derive(Clone, Debug)]
pub struct Person {
    /// Identity in [`crate::Gazetteer::person`].
    pub id: PersonId,
    /// Usual full name.
    pub name: &'static str,
    /// State of the first office listed.
    pub state: &'static str,
    /// Wikidata item, where known.
    pub wikidata: Option<&'static str>,
    /// The terms of office, by state and date.
    pub terms: Terms,
    /// The surnames' cell of the table.
    pub(crate) surnames: &'static str,
}

impl Person {
    /// The office held on a day: what the hand-written tables name first, then that of the sovereign state. With
    /// `maybe`, also a term that the tables neither confirm nor deny for that day.
    pub fn office_on(&self, day: Date, maybe: bool, is_sovereign: impl Fn(&str) -> bool) -> Option<&Term> {
        // Of an end nobody knows: an office is seldom held for more than some years.
        let recent =
            |t: &&Term| t.period.from.and_then(Partial::last_day).is_some_and(|from| day.year() - from.year() <= 6);
        let on = |answer: Option<bool>| {
            let held = self.terms.iter().filter(move |t| t.held_on(day) == answer);
            held.filter(|t| answer.is_some() || recent(t)).min_by_key(|t| (t.source != "hand", !is_sovereign(t.state)))
        };
        on(Some(true)).or_else(|| maybe.then(|| on(None))?)
    }
}

/// The terms of a person, read from the table when they are first asked for; a slice of [`Term`]s.
#[derive(Clone, Debug)]
pub struct Terms {
    /// The person's lines.
    block: &'static str,
    read: OnceLock<Vec<Term>>,
}

impl Terms {
    pub(crate) fn new(block: &'static str) -> Self {
        Self { block, read: OnceLock::new() }
    }
}

impl Deref for Terms {
    type Target = [Term];

    fn deref(&self) -> &[Term] {
        self.read.get_or_init(|| {
            let lines = self.block.lines().map(cells::<13>);
            lines
                .map(|[_, _, _, _, state, office, title, sectors, from, to, known, seen, source]| Term {
                    state,
                    office: Office::parse(office),
                    title,
                    sectors: Sectors(sectors),
                    period: Period::new(from, to),
                    to_known: known == "yes",
                    seen: Partial::new(seen),
                    source,
                })
                .collect()
        })
    }
}

/// A person's identity inside one [`crate::Gazetteer`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonId(pub(crate) u32);

/// One term in an office.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// ISO 3166 alpha-3 of the state.
    pub state: &'static str,
    /// What the office is, for lookups.
    pub office: Office,
    /// The office as the source names it.
    pub title: &'static str,
    /// PLOVER sectors of the office.
    pub sectors: Sectors,
    /// When the term ran. Where `to` is `None`, see `to_known`.
    pub period: Period,
    /// Whether the end is known: an open end is then a term that still ran when the source was made.
    pub to_known: bool,
    /// The day up to which the source attests the term, where the end is open.
    pub seen: Option<Partial>,
    /// Short name of the source.
    pub source: &'static str,
}

impl Term {
    /// Whether the person was in office on the day: yes inside the dates; with an open end, yes up to the day the source
    /// still attests it, afterwards nothing is known.
    pub fn held_on(&self, day: Date) -> Option<bool> {
        if !self.period.contains(day) {
            return Some(false);
        }
        if self.period.to.is_some() {
            return Some(true);
        }
        match self.seen.and_then(Partial::last_day) {
            Some(seen) if day <= seen => Some(true),
            _ => None,
        }
    }
}

/// The offices that can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Office {
    /// Head of state: president, monarch.
    HeadOfState,
    /// Head of government: prime minister, chancellor.
    HeadOfGovernment,
    /// The leader who rules in fact, where the source names no office.
    Leader,
    /// Vice president, deputy head of state.
    VicePresident,
    /// Foreign minister, secretary of state.
    ForeignMinister,
    /// Defence minister, secretary of defence.
    DefenceMinister,
    /// Interior minister, home secretary.
    InteriorMinister,
    /// Finance minister, treasury secretary.
    FinanceMinister,
    /// National security adviser, secretary of a security council.
    SecurityAdviser,
    /// Ambassador, permanent representative.
    Ambassador,
    /// Chief of the general staff or of defence.
    ChiefOfDefence,
    /// Speaker or president of a parliament.
    Speaker,
    /// Any other minister.
    Minister,
    /// Any other office.
    Other,
}

impl Office {
    pub(crate) fn parse(text: &str) -> Self {
        Self::ALL.into_iter().find(|office| office.name() == text).unwrap_or(Self::Other)
    }

    /// All of them.
    pub const ALL: [Self; 14] = [
        Self::HeadOfState,
        Self::HeadOfGovernment,
        Self::Leader,
        Self::VicePresident,
        Self::ForeignMinister,
        Self::DefenceMinister,
        Self::InteriorMinister,
        Self::FinanceMinister,
        Self::SecurityAdviser,
        Self::Ambassador,
        Self::ChiefOfDefence,
        Self::Speaker,
        Self::Minister,
        Self::Other,
    ];

    /// The name in the tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::HeadOfState => "head-of-state",
            Self::HeadOfGovernment => "head-of-government",
            Self::Leader => "leader",
            Self::VicePresident => "vice-president",
            Self::ForeignMinister => "foreign-minister",
            Self::DefenceMinister => "defence-minister",
            Self::InteriorMinister => "interior-minister",
            Self::FinanceMinister => "finance-minister",
            Self::SecurityAdviser => "security-adviser",
            Self::Ambassador => "ambassador",
            Self::ChiefOfDefence => "chief-of-defence",
            Self::Speaker => "speaker",
            Self::Minister => "minister",
            Self::Other => "other",
        }
    }

    /// Rank of the office.
    pub fn level(self) -> Level {
        match self {
            Self::HeadOfState | Self::Leader => Level::HeadOfState,
            Self::HeadOfGovernment => Level::HeadOfGovernment,
            Self::ForeignMinister
            | Self::DefenceMinister
            | Self::InteriorMinister
            | Self::FinanceMinister
            | Self::Minister => Level::Minister,
            Self::Ambassador => Level::Ambassador,
            _ => Level::Official,
        }
    }
}
