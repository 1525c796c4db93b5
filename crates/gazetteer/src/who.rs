use crate::table::source_of;
use crate::{Entry, Gazetteer, Kind};

/// One thing that a name may stand for, with every entry of the name that leads to it.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// What it is.
    pub what: What,
    /// The entries, in the order of the tables; never empty. A group has one for each time with its own sectors.
    pub entries: Vec<Entry>,
}

/// What a candidate is. A state that is named by its people, its capital or a seat is a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum What {
    /// A state.
    State,
    /// A dependent territory.
    Territory,
    /// A partially recognised entity.
    Partial,
    /// An international organisation, NGO or company.
    Organisation,
    /// An armed or political group, party, service, force, or a person known for one.
    Group,
    /// A person who holds or held an office.
    Person,
    /// A city or region.
    Place,
    /// A region of several states.
    Region,
}

impl What {
    /// In words.
    pub fn name(self) -> &'static str {
        match self {
            Self::State => "state",
            Self::Territory => "territory",
            Self::Partial => "partially recognised entity",
            Self::Organisation => "organisation",
            Self::Group => "group",
            Self::Person => "person",
            Self::Place => "place",
            Self::Region => "region",
        }
    }

    /// The sources of the table it stands in, as the table's comment lines name them.
    pub fn sources(self) -> String {
        source_of(match self {
            Self::State => crate::table::STATES,
            Self::Territory => crate::table::TERRITORIES,
            Self::Partial => crate::table::PARTIAL,
            Self::Organisation => crate::table::ORGANISATIONS,
            Self::Group => crate::table::GROUPS,
            Self::Person => crate::table::LEADERS,
            Self::Place => crate::table::PLACES,
            Self::Region => crate::table::REGIONS,
        })
    }

    fn of(entry: &Entry) -> Self {
        match entry.kind {
            Kind::State | Kind::Metonym => Self::State,
            Kind::Adjective | Kind::People | Kind::Capital if entry.sectors.contains("PRE") => Self::Partial,
            Kind::Adjective | Kind::People | Kind::Capital if entry.sovereign.is_some() => Self::Territory,
            Kind::Adjective | Kind::People | Kind::Capital => Self::State,
            Kind::Territory => Self::Territory,
            Kind::Partial => Self::Partial,
            Kind::Organisation => Self::Organisation,
            Kind::Group => Self::Group,
            Kind::Person => Self::Person,
            Kind::Place => Self::Place,
            Kind::Region => Self::Region,
        }
    }
}

impl Candidate {
    /// The first entry.
    pub fn main(&self) -> &Entry {
        &self.entries[0]
    }
}

impl Gazetteer {
    /// Everything a name, a surname or a code may stand for, in the order of [`What`]. Where no name is spelled so,
    /// capitals and diacritics are passed over; where that gives nothing either, the answer is empty and
    /// [`Gazetteer::near`] has suggestions.
    pub fn who(&self, name: &str) -> Vec<Candidate> {
        let mut found = self.spelled(name);
        if found.is_empty() {
            let alike = self.near(name, 100);
            let folded = crate::near::fold(name);
            for spelling in alike.into_iter().filter(|spelling| crate::near::fold(spelling) == folded) {
                found.extend(self.spelled(spelling));
            }
        }
        let mut candidates: Vec<Candidate> = Vec::new();
        for entry in found {
            let what = What::of(&entry);
            let same = |c: &&mut Candidate| {
                let main = c.main();
                c.what == what && (main.code, main.name, main.person) == (entry.code, entry.name, entry.person)
            };
            match candidates.iter_mut().find(same) {
                Some(candidate) if what == What::Person || candidate.entries.contains(&entry) => {}
                Some(candidate) => candidate.entries.push(entry),
                None => candidates.push(Candidate { what, entries: vec![entry] }),
            }
        }
        candidates.sort_by_key(|candidate| candidate.what);
        candidates
    }

    /// The entries of exactly this name, code or surname.
    fn spelled(&self, name: &str) -> Vec<Entry> {
        let mut found: Vec<Entry> = self.named(name).into_iter().cloned().collect();
        found.extend(self.of_code(name));
        found.extend(self.persons_called(name));
        if found.is_empty() {
            let two_letters = self.states().find(|state| state.alpha2 == Some(name));
            found.extend(two_letters.into_iter().flat_map(|state| self.of_code(state.code)));
        }
        found
    }

    fn of_code(&self, code: &str) -> Vec<Entry> {
        let named = self.name_of(code).map_or(Vec::new(), |name| self.named(name));
        let own = named.into_iter().filter(|entry| {
            entry.code == Some(code) && matches!(entry.kind, Kind::State | Kind::Territory | Kind::Organisation)
        });
        own.cloned().collect()
    }
}
