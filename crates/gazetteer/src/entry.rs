use crate::Period;
use crate::person::Person;

/// What a name stands for. Several entries may share a name.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// What sort of thing is named.
    pub kind: Kind,
    /// State: ISO 3166 alpha-3; organisation: its short name; group, person, place: the home state's alpha-3.
    /// `None` where nothing is known.
    pub code: Option<&'static str>,
    /// Usual name of the state, organisation, group, person or place that is meant. An adjective, a people, a capital
    /// and a seat give the name of their state.
    pub name: &'static str,
    /// PLOVER sectors that follow from the name itself, the primary one first; empty where none does.
    pub sectors: Sectors,
    /// Wikidata item, where known.
    pub wikidata: Option<&'static str>,
    /// When the entry holds (a state exists, a group has these sectors). Open where not dated.
    pub period: Period,
    /// Whether the name often means something else (Georgia, Jordan, Washington, May): the context must decide.
    pub ambiguous: bool,
    /// The state that answers for a territory.
    pub sovereign: Option<&'static str>,
    /// Where a place lies.
    pub location: Option<Box<Location>>,
    /// The person, for [`Kind::Person`].
    pub(crate) person: Option<u32>,
}

/// What sort of thing a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A state by its name.
    State,
    /// An adjective of a state, territory or partially recognised entity ("Russian"); it may stand for its people too.
    Adjective,
    /// People of a state ("Russians", "a Briton").
    People,
    /// A capital, which may stand for its government or for the place.
    Capital,
    /// A seat, body or force that stands for an office of its state ("the Kremlin", "Pentagon", "Knesset").
    Metonym,
    /// A dependent territory.
    Territory,
    /// A partially recognised entity; the code is the claiming state's, the sector PRE.
    Partial,
    /// An international organisation or one of its organs, an NGO or a multinational company.
    Organisation,
    /// An armed or political group, party, service, force or news organisation.
    Group,
    /// A person who holds or held an office.
    Person,
    /// A city or region.
    Place,
    /// A region of several states ("Latin America", "Southeast Asian"): no code, and none of the states its words name.
    Region,
}

/// Where a place lies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Location {
    /// Latitude in degrees, WGS 84.
    pub latitude: Option<f64>,
    /// Longitude in degrees, WGS 84.
    pub longitude: Option<f64>,
    /// GeoNames identifier.
    pub geonameid: Option<u64>,
    /// `country`, `region` or `city`.
    pub precision: &'static str,
}

/// PLOVER sectors, the primary one first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Sectors(pub(crate) &'static str);

impl Sectors {
    /// Each sector in order.
    pub fn iter(self) -> impl Iterator<Item = &'static str> {
        self.0.split(',').filter(|sector| !sector.is_empty())
    }

    /// The primary sector.
    pub fn primary(self) -> Option<&'static str> {
        self.iter().next()
    }

    /// Whether the sector is among them.
    pub fn contains(self, sector: &str) -> bool {
        self.iter().any(|own| own == sector)
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.0.is_empty()
    }

    /// As owned strings, for an event's participant.
    pub fn to_vec(self) -> Vec<String> {
        self.iter().map(str::to_owned).collect()
    }
}

impl Entry {
    pub(crate) fn new(kind: Kind, code: &'static str, name: &'static str) -> Self {
        Self {
            kind,
            code: (!code.is_empty()).then_some(code),
            name,
            sectors: Sectors::default(),
            wikidata: None,
            period: Period::default(),
            ambiguous: false,
            sovereign: None,
            location: None,
            person: None,
        }
    }

    /// Whether the entry is named by a state itself, its adjective, people, capital or seat.
    pub fn is_of_state(&self) -> bool {
        matches!(self.kind, Kind::State | Kind::Adjective | Kind::People | Kind::Capital | Kind::Metonym)
    }

    /// The person's identity in [`crate::Gazetteer::person`], for [`Kind::Person`].
    pub fn person_id(&self) -> Option<crate::person::PersonId> {
        self.person.map(crate::person::PersonId)
    }
}

impl Person {
    pub(crate) fn entry(&self, id: u32, ambiguous: bool) -> Entry {
        Entry {
            wikidata: self.wikidata,
            ambiguous,
            person: Some(id),
            ..Entry::new(Kind::Person, self.state, self.name)
        }
    }
}
