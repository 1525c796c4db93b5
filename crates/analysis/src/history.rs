//! A record as columns in memory.

use crate::coverage::{Coverage, Covered};
use crate::names::Names;
use crate::pairs::{Pair, Pairs};
use crate::{Day, Month, Occurrence, Party, Scope, Tie};
use legation_record::{EventType, Status};
use serde::Serialize;

/// The precision of a time that nothing tells or implies.
pub(crate) const AROUND: u8 = 4;

/// No day.
pub(crate) const NEVER: i32 = i32::MIN;

/// The present occurrences of a record, in order of time (those without one last), and what the record covers. Rows are
/// numbered from 0.
#[derive(Debug, Default)]
pub struct History {
    pub(crate) about: About,
    pub(crate) names: Names,
    pub(crate) coverage: Coverage,
    pub(crate) columns: Columns,
    pub(crate) parts: Parts,
    pub(crate) entities: Vec<Entity>,
    pub(crate) places: Vec<Spot>,
    pub(crate) sizes: Vec<[Option<u32>; 4]>,
    /// Rows in which an entity takes part.
    pub(crate) by_entity: Lists,
    /// Rows in which a code takes part, by its number among the names.
    pub(crate) by_code: Lists,
    pub(crate) pairs: Pairs,
    /// Rows by identifier.
    pub(crate) ids: Vec<(u64, u32)>,
}

/// What a record says about itself, and its figures.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct About {
    /// Where it was read: a file, or the name of what ships with the program.
    pub place: String,
    /// Its title.
    pub title: Option<String>,
    /// Its licence.
    pub licence: Option<String>,
    /// Whom to name when using it.
    pub attribution: Option<String>,
    /// Documents, also those in which nothing was coded.
    pub documents: u32,
    /// Reports, of every status.
    pub reports: u32,
    /// Occurrences, of every status.
    pub occurrences: u32,
    /// First publication.
    pub first_published: Option<Day>,
    /// Last publication.
    pub last_published: Option<Day>,
}

/// One entry for each occurrence.
#[derive(Debug, Default)]
pub(crate) struct Columns {
    pub id: Vec<u64>,
    pub document: Vec<u64>,
    /// Days; [`NEVER`] where nothing is known.
    pub first: Vec<i32>,
    pub last: Vec<i32>,
    pub precision: Vec<u8>,
    pub first_published: Vec<i32>,
    pub last_published: Vec<i32>,
    pub event_type: Vec<u8>,
    /// 0 for none, else one more than the type's number.
    pub about: Vec<u8>,
    pub status: Vec<u8>,
    pub modes: Vec<u32>,
    pub contexts: Vec<u32>,
    pub cameo: Vec<u32>,
    pub score: Vec<f32>,
    pub confidence: Vec<f32>,
    /// 0 for none, else one more than the number.
    pub place: Vec<u32>,
    pub size: Vec<u32>,
    pub occasion: Vec<u32>,
    pub speaker: Vec<u32>,
    pub speaker_code: Vec<u32>,
    pub ordinal: Vec<u16>,
    pub trigger: Vec<u32>,
    pub sentence: Vec<u32>,
    /// 0 for unknown, else one more than the number.
    pub sentence_number: Vec<u32>,
    pub title: Vec<u32>,
    pub publisher: Vec<u32>,
    pub url: Vec<u32>,
    pub reports: Vec<u32>,
    pub sources: Vec<u32>,
    pub publishers: Vec<u32>,
    /// Where its participants begin; one entry more than occurrences.
    pub parts: Vec<u32>,
    /// How many of them are actors.
    pub actors: Vec<u16>,
}

/// One entry for each participant, actors first.
#[derive(Debug, Default)]
pub(crate) struct Parts {
    pub entity: Vec<u32>,
    pub sectors: Vec<u32>,
    pub words: Vec<u32>,
    pub official: Vec<bool>,
}

/// Who can take part.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entity {
    pub name: u32,
    pub code: u32,
    pub wikidata: u32,
}

/// A place by the numbers of its names.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spot {
    pub name: u32,
    pub country: u32,
    pub region: u32,
    pub precision: u32,
    pub position: Option<(f64, f64)>,
    pub geonameid: Option<u64>,
}

/// A sorted list of rows for each number.
#[derive(Debug, Default)]
pub(crate) struct Lists {
    starts: Vec<u32>,
    rows: Vec<u32>,
}

impl Lists {
    /// From pairs of number and row, rows ascending; a row that comes again for a number at once is taken once.
    pub fn new(numbers: usize, pairs: impl Iterator<Item = (u32, u32)> + Clone) -> Self {
        let mut starts = vec![0_u32; numbers + 1];
        let mut last = vec![u32::MAX; numbers];
        let fresh =
            |last: &mut Vec<u32>, (number, row): (u32, u32)| std::mem::replace(&mut last[number as usize], row) != row;
        for pair in pairs.clone() {
            if fresh(&mut last, pair) {
                starts[pair.0 as usize + 1] += 1;
            }
        }
        for i in 1..starts.len() {
            starts[i] += starts[i - 1];
        }
        let mut at = starts.clone();
        let mut rows = vec![0; *starts.last().unwrap_or(&0) as usize];
        last.fill(u32::MAX);
        for pair in pairs {
            if fresh(&mut last, pair) {
                let next = &mut at[pair.0 as usize];
                rows[*next as usize] = pair.1;
                *next += 1;
            }
        }
        Self { starts, rows }
    }

    pub fn of(&self, number: u32) -> &[u32] {
        let bounds = self.starts.get(number as usize).zip(self.starts.get(number as usize + 1));
        bounds.and_then(|(from, to)| self.rows.get(*from as usize..*to as usize)).unwrap_or_default()
    }
}

/// The statuses by number.
pub(crate) const STATUSES: [Status; 5] =
    [Status::Actual, Status::Historical, Status::Future, Status::Hypothetical, Status::Negated];

impl History {
    /// What the record is.
    pub fn about(&self) -> &About {
        &self.about
    }

    /// How many occurrences there are.
    pub fn len(&self) -> usize {
        self.columns.id.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The occurrence of a row.
    ///
    /// # Panics
    ///
    /// Where there is no such row.
    pub fn occurrence(&self, row: u32) -> Occurrence<'_> {
        assert!((row as usize) < self.len(), "no row {row}");
        Occurrence { history: self, row }
    }

    /// All of them, in order of time.
    pub fn occurrences(&self) -> impl ExactSizeIterator<Item = Occurrence<'_>> {
        (0..self.len() as u32).map(|row| Occurrence { history: self, row })
    }

    /// The occurrence with this identifier.
    pub fn with_id(&self, id: u64) -> Option<Occurrence<'_>> {
        let found = self.ids.binary_search_by_key(&id, |pair| pair.0).ok()?;
        Some(self.occurrence(self.ids[found].1))
    }

    /// What the record covers.
    pub fn coverage(&self) -> &Coverage {
        &self.coverage
    }

    /// What the record has about a side in a month of publication. For a group or person, `None`: coverage is known of
    /// codes alone.
    pub fn covered(&self, party: &Party, month: Month) -> Option<Covered> {
        match party {
            Party::Code(code) => {
                Some(self.names.find(code).map_or_else(Covered::default, |code| self.coverage.of_code(code, month)))
            }
            Party::Name(_) => None,
        }
    }

    /// The occurrences in which a side takes part, in order of time. With [`Scope::Official`] a state's organs alone.
    pub fn of(&self, party: &Party, scope: Scope) -> Vec<Occurrence<'_>> {
        let rows: Vec<u32> = match party {
            Party::Code(code) => self.names.find(code).map_or_else(Vec::new, |code| self.by_code.of(code).to_vec()),
            Party::Name(name) => self.rows_named(name),
        };
        let all = rows.into_iter().map(|row| self.occurrence(row));
        all.filter(|occurrence| occurrence.participants().any(|part| part.is(party, scope))).collect()
    }

    /// What ties two sides, in order of time: acts of the one towards the other, acts of both, and what they took part in
    /// side by side ([`Tie::joint`]). The directions are those of the sides as they are asked for.
    pub fn between(&self, a: &Party, b: &Party, scope: Scope) -> Vec<Tie<'_>> {
        match (a, b) {
            (Party::Code(one), Party::Code(other)) => match (self.names.find(one), self.names.find(other)) {
                (Some(one), Some(other)) => self.pairs.of(one, other).ties(self, scope).collect(),
                _ => Vec::new(),
            },
            _ => crate::pairs::of_parties(self, a, b, scope),
        }
    }

    /// Every pair of codes that is tied by anything, the codes in alphabetical order within a pair and from pair to pair.
    pub fn all_pairs(&self) -> Vec<Pair<'_>> {
        let mut pairs: Vec<Pair<'_>> = self.pairs.all(self).collect();
        pairs.sort_by(|x, y| (x.a, x.b).cmp(&(y.a, y.b)));
        pairs
    }

    /// Whether somebody of this name takes part in an occurrence.
    pub fn has_entity(&self, name: &str) -> bool {
        !self.entities_named(name).is_empty()
    }

    /// The name of a participant that is written like this but for capitals; the most frequent of several.
    pub fn entity_like(&self, name: &str) -> Option<&str> {
        let wanted = name.to_lowercase();
        let alike = self.entities.iter().enumerate().filter(|(_, entity)| {
            let own = self.names.get(entity.name);
            own.len() == name.len() && own.to_lowercase() == wanted
        });
        let most = alike.max_by_key(|(i, _)| (self.by_entity.of(*i as u32).len(), std::cmp::Reverse(*i)))?;
        Some(self.names.get(most.1.name))
    }

    pub(crate) fn rows_named(&self, name: &str) -> Vec<u32> {
        let of = self.entities_named(name);
        let mut rows: Vec<u32> = of.into_iter().flat_map(|entity| self.by_entity.of(entity)).copied().collect();
        rows.sort_unstable();
        rows.dedup();
        rows
    }

    fn entities_named(&self, name: &str) -> Vec<u32> {
        let Some(wanted) = self.names.find(name) else { return Vec::new() };
        let all = self.entities.iter().enumerate();
        all.filter(|(_, entity)| entity.name == wanted).map(|(i, _)| i as u32).collect()
    }

    pub(crate) fn type_of(number: u8) -> EventType {
        EventType::ALL.get(usize::from(number)).copied().unwrap_or(EventType::Consult)
    }
}
