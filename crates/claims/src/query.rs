//! What a claim asks: typed questions that can be written by hand and shown as text. They know nothing of language, and
//! whoever answers them sees no text.

use jiff::civil::Date;
use legation_gazetteer::{Office, PersonId, TitleOf};
use legation_record::EventType;

/// An inclusive run of days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Window {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
}

/// A state or an organisation by its code (ISO 3166 alpha-3, or the organisation's short name).
pub type Code = String;

/// A question with the condition that the claim puts.
#[derive(Clone, Debug, PartialEq)]
pub enum Query {
    /// What a state is in an organisation.
    Membership(Membership),
    /// How many members an organisation has on a day.
    Members {
        /// The organisation.
        organisation: Code,
        /// The day.
        on: Date,
        /// How many there are said to be.
        count: Count,
    },
    /// Whether a state is in a military alliance.
    Bloc(Bloc),
    /// Who held which office.
    Office(OfficeHeld),
    /// Who held an office, where the tables do not know the person.
    Holder {
        /// The person as the text names them.
        name: String,
        /// The state.
        state: Code,
        /// The office.
        office: OfficeAsked,
        /// When.
        within: Window,
    },
    /// Who fought whom.
    War(War),
    /// When a state became independent.
    Independence {
        /// The state.
        state: Code,
        /// When it did, as the claim has it.
        within: Window,
    },
    /// Whether a city is a state's capital.
    Capital {
        /// The state.
        state: Code,
        /// The city by its name.
        city: String,
        /// Whether it is said to be.
        holds: bool,
    },
    /// How often a pattern of events occurred.
    Occurrences(Occurrences),
    /// When a pattern of events occurred last.
    Last {
        /// What occurred.
        pattern: Pattern,
        /// When it is said to have occurred last.
        within: Window,
        /// Up to when nothing is said to have followed.
        until: Date,
    },
    /// How the relations of two parties changed.
    Trend {
        /// The two.
        between: [Code; 2],
        /// From when on.
        since: Window,
        /// Up to when.
        until: Date,
        /// Whether they are said to have improved.
        improved: bool,
    },
    /// Several claims at once: all must hold.
    All(Vec<Query>),
}

/// When something is said to hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// On the day.
    On(Date),
    /// At some time within.
    Within(Window),
    /// From some day in the window on, up to the day.
    Since(Window, Date),
    /// At some time up to the day.
    Ever(Date),
}

/// Which side of a fact is claimed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aspect {
    /// That it holds at a time.
    Holds(When),
    /// That it began within.
    Began(Window),
    /// That it ended within.
    Ended(Window),
}

/// What a state is in an organisation, and when.
#[derive(Clone, Debug, PartialEq)]
pub struct Membership {
    /// The state (or an organisation that is a member itself).
    pub state: Code,
    /// The organisation.
    pub organisation: Code,
    /// What it is said to be there.
    pub standing: Standing,
    /// When.
    pub aspect: Aspect,
    /// Whether the claim affirms it.
    pub holds: bool,
    /// "The 28th member".
    pub ordinal: Option<u32>,
    /// "The only … that …", "the first … to …", "the newest member": the rank, and among whom.
    pub among: Option<Among>,
    /// Whether the words say membership itself ("became a member"), so that another standing is none.
    pub full: bool,
    /// Whether it is a return: the end of a suspension counts.
    pub again: bool,
}

/// A rank in a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Among {
    /// The rank.
    pub rank: Rank,
    /// Among whom.
    pub group: Group,
}

/// How a state stands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rank {
    /// No other has the standing.
    Only,
    /// None came, or went, earlier.
    First,
    /// None came, or went, later.
    Last,
    /// It came in when the organisation began.
    Founding,
}

/// Among whom a state stands out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Group {
    /// All who ever had the standing.
    Everybody,
    /// The members of an organisation.
    MembersOf(Code),
    /// The states of a region.
    Region {
        /// Its name.
        name: String,
        /// Those that surely belong to it.
        states: Vec<Code>,
        /// Those that some count to it.
        perhaps: Vec<Code>,
    },
    /// A group by its words, which the tables do not know.
    Unknown(String),
}

/// What one may be in an organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// A member, suspended or not.
    Member,
    /// An observer.
    Observer,
    /// A partner of any sort.
    Partner,
    /// One that has applied or was invited.
    Applicant,
    /// A member whose rights are suspended.
    Suspended,
}

/// A number and how it binds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    /// So many.
    Exactly(u32),
    /// So many or more.
    AtLeast(u32),
    /// So many or fewer.
    AtMost(u32),
}

/// Whether a state is in a military alliance, by one of the definitions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bloc {
    /// The state.
    pub state: Code,
    /// With whom, where the claim says so.
    pub with: Option<Code>,
    /// What counts.
    pub definition: Definition,
    /// The day.
    pub on: Date,
    /// Since when, where the claim says so.
    pub since: Option<Window>,
    /// Whether the claim affirms it.
    pub holds: bool,
}

/// What counts as a military alliance. The names are what `--reading` takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Definition {
    /// An organisation of several states that are bound to defend each other (NATO, CSTO).
    Organisation,
    /// Any written promise to defend each other, between two states too.
    DefencePact,
    /// Any alliance treaty in ATOP's sense: also promises of neutrality, non-aggression or consultation.
    AnyTreaty,
}

/// Who held which office.
#[derive(Clone, Debug, PartialEq)]
pub struct OfficeHeld {
    /// The person's number in the gazetteer.
    pub person: PersonId,
    /// The person's usual name.
    pub name: String,
    /// The state; `None`: any.
    pub state: Option<Code>,
    /// The office.
    pub office: OfficeAsked,
    /// When.
    pub aspect: Aspect,
    /// Whether the claim affirms it.
    pub holds: bool,
}

/// An office as a claim names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OfficeAsked {
    /// By a title.
    Title(TitleOf),
    /// By what it is.
    Office(Office),
    /// Head of state, head of government or whoever rules.
    Leads,
}

/// Who fought whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct War {
    /// One party.
    pub party: Code,
    /// The other; `None`: whoever.
    pub against: Option<Code>,
    /// The state it was fought in, where the claim says so.
    pub inside: Option<Code>,
    /// What is claimed of it.
    pub test: WarTest,
    /// Whether the claim affirms it.
    pub holds: bool,
}

/// What is claimed of a war.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WarTest {
    /// There was fighting within.
    Fought(Window),
    /// The one invaded the other within.
    Invaded(Window),
    /// It began within and goes on up to the day.
    Since(Window, Date),
    /// It began within.
    Began(Window),
    /// It ended within.
    Ended(Window),
    /// It was fought from the one to the other.
    FromTo(Window, Window),
}

/// A pattern of events in the record.
#[derive(Clone, Debug, PartialEq)]
pub struct Pattern {
    /// What is counted.
    pub what: What,
    /// Who took part, or acted where `to` is given.
    pub who: Vec<Party>,
    /// To whom it was done; the host of a visit.
    pub to: Vec<Party>,
    /// Where, where the claim says so: the state.
    pub country: Option<Code>,
    /// Where, where the claim says so: the place by its name.
    pub place: Option<String>,
}

/// What a pattern counts.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// Meetings in person of these levels.
    Meetings(Level),
    /// Visits.
    Visits,
    /// Events of a type; with modes, one of them; with a CAMEO code, of that code as far as both are fine.
    Events(EventType, Vec<String>, String),
}

/// Who meets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Heads of state or government, or the two persons named.
    Leaders,
    /// Ministers.
    Ministers,
    /// Anybody.
    Any,
}

/// A participant of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// State, organisation, or home state of a group or person.
    pub code: Option<Code>,
    /// Usual name.
    pub name: String,
    /// Wikidata item, where known.
    pub wikidata: Option<String>,
    /// Sectors, the primary one first; empty for a state or organisation as a whole.
    pub sectors: Vec<String>,
    /// Whether it is one person.
    pub person: bool,
}

/// How often a pattern occurred within a time, and how often it is said to have.
#[derive(Clone, Debug, PartialEq)]
pub struct Occurrences {
    /// What occurred.
    pub pattern: Pattern,
    /// When.
    pub within: Window,
    /// How often.
    pub count: Count,
    /// Days by which a date may be off: news dates an event a day late, a text by the hour of another place.
    pub slack: i64,
    /// "It was the third": the last of them is the one that the text itself tells of, which it need not confirm.
    pub own_included: bool,
}

impl Window {
    /// A single day.
    pub fn day(day: Date) -> Self {
        Self { from: day, to: day }
    }

    /// All time up to a day: from before all records.
    pub fn up_to(day: Date) -> Self {
        Self { from: Date::constant(1500, 1, 1), to: day }
    }

    /// Whether the day lies inside.
    pub fn contains(self, day: Date) -> bool {
        self.from <= day && day <= self.to
    }
}

impl Count {
    /// Whether a number meets it.
    pub fn holds(self, number: u32) -> bool {
        match self {
            Self::Exactly(n) => number == n,
            Self::AtLeast(n) => number >= n,
            Self::AtMost(n) => number <= n,
        }
    }

    /// The most it allows.
    pub fn most(self) -> Option<u32> {
        match self {
            Self::Exactly(n) | Self::AtMost(n) => Some(n),
            Self::AtLeast(_) => None,
        }
    }

    /// The least it asks for.
    pub fn least(self) -> u32 {
        match self {
            Self::Exactly(n) | Self::AtLeast(n) => n,
            Self::AtMost(_) => 0,
        }
    }
}

impl Standing {
    /// In a word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Member => "member",
            Self::Observer => "observer",
            Self::Partner => "partner",
            Self::Applicant => "applicant",
            Self::Suspended => "suspended member",
        }
    }
}

impl Definition {
    /// All, the narrowest first.
    pub const ALL: [Self; 3] = [Self::Organisation, Self::DefencePact, Self::AnyTreaty];

    /// The name that `--reading` takes.
    pub fn name(self) -> &'static str {
        match self {
            Self::Organisation => "organisation",
            Self::DefencePact => "defence-pact",
            Self::AnyTreaty => "any-treaty",
        }
    }

    /// What it counts.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Organisation => {
                "an organisation of three states or more that are bound by treaty to defend each other"
            }
            Self::DefencePact => "any treaty that binds to defend each other, between two states too",
            Self::AnyTreaty => {
                "any alliance treaty as ATOP has it: defence, offence, neutrality, non-aggression or consultation"
            }
        }
    }
}

impl OfficeAsked {
    /// In words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Title(title) => title.office.name(),
            Self::Office(office) => office.name(),
            Self::Leads => "leader",
        }
    }
}
