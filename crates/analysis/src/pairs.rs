//! Which occurrences tie which two codes: an index made once.

use crate::history::History;
use crate::{Occurrence, Party, Scope};
use serde::Serialize;

/// A list longer than this (a vote) ties nobody to anybody in particular; the record's own index has the same bound.
pub(crate) const LONGEST_LIST: usize = 40;

const FORWARD: u8 = 1;
const BACKWARD: u8 = 2;
const MUTUAL: u8 = 4;
const JOINT: u8 = 8;
const ALL: u8 = 15;
/// How far the flags of what is done by and to anybody of the codes stand above those of the states' own acts.
const ANY: u8 = 4;

/// The ties of all pairs, the pairs sorted, each pair's rows in order of time.
#[derive(Debug, Default)]
pub(crate) struct Pairs {
    /// The lower number of a name first.
    keys: Vec<(u32, u32)>,
    /// Where a pair's rows begin; one entry more than pairs.
    starts: Vec<u32>,
    rows: Vec<u32>,
    flags: Vec<u8>,
}

/// Two codes that something ties.
#[derive(Clone, Copy, Debug)]
pub struct Pair<'a> {
    /// One code, the first in the alphabet where the history gave the pair of itself.
    pub a: &'a str,
    /// The other.
    pub b: &'a str,
    history: &'a History,
    side: Side<'a>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Side<'a> {
    rows: &'a [u32],
    flags: &'a [u8],
    turned: bool,
}

/// An occurrence as it ties two sides.
#[derive(Clone, Copy, Debug)]
pub struct Tie<'a> {
    /// The occurrence.
    pub occurrence: Occurrence<'a>,
    flags: u8,
}

/// Whose acts towards whom.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// Both ways, each act once.
    #[default]
    Both,
    /// Of the first towards the second; acts of both too.
    Forward,
    /// Of the second towards the first; acts of both too.
    Backward,
}

impl Tie<'_> {
    /// The first acts towards the second.
    pub fn forward(&self) -> bool {
        self.flags & FORWARD > 0
    }

    /// The second acts towards the first.
    pub fn backward(&self) -> bool {
        self.flags & BACKWARD > 0
    }

    /// Both act together towards each other: all participants are actors.
    pub fn mutual(&self) -> bool {
        self.flags & MUTUAL > 0
    }

    /// They stand on the same side: both act towards a third, or both are acted upon.
    pub fn joint(&self) -> bool {
        self.flags & JOINT > 0
    }

    /// Whether the one acts towards the other, or both together: what counts between them. [`Tie::joint`] alone does not.
    pub fn is_between(&self) -> bool {
        self.flags & !JOINT > 0
    }

    /// Whether it counts in this direction.
    pub fn is(&self, direction: Direction) -> bool {
        self.mutual()
            || match direction {
                Direction::Both => self.is_between(),
                Direction::Forward => self.forward(),
                Direction::Backward => self.backward(),
            }
    }
}

impl<'a> Pair<'a> {
    /// What ties the two, in order of time.
    pub fn ties(&self, scope: Scope) -> impl Iterator<Item = Tie<'a>> + use<'a> {
        self.side.ties(self.history, scope)
    }
}

impl<'a> Side<'a> {
    pub fn ties(self, history: &'a History, scope: Scope) -> impl Iterator<Item = Tie<'a>> + use<'a> {
        self.rows.iter().zip(self.flags).filter_map(move |(row, flags)| {
            let own = if scope == Scope::Any { flags >> ANY } else { flags & ALL };
            let flags = if self.turned { turn(own) } else { own };
            (flags > 0).then_some(Tie { occurrence: Occurrence { history, row: *row }, flags })
        })
    }
}

fn turn(flags: u8) -> u8 {
    flags & (MUTUAL | JOINT) | (flags & FORWARD) << 1 | (flags & BACKWARD) >> 1
}

impl Pairs {
    /// From the participants of all rows.
    pub fn new(history: &History) -> Self {
        let mut ties: Vec<(u32, u32, u32, u8)> = Vec::with_capacity(history.len() * 2);
        // Code, and its parts in the act: actor 1, recipient 2; above them those of the state's own acts.
        let mut sides: Vec<(u32, u8)> = Vec::new();
        let columns = &history.columns;
        for row in 0..history.len() {
            let (from, to) = (columns.parts[row] as usize, columns.parts[row + 1] as usize);
            let actors = usize::from(columns.actors[row]);
            sides.clear();
            for part in from..to {
                let code = history.entities[history.parts.entity[part] as usize].code;
                if code == 0 {
                    continue;
                }
                let role = if part - from < actors { 1 } else { 2 };
                let role = role << 2 | if history.parts.official[part] { role } else { 0 };
                match sides.iter_mut().find(|side| side.0 == code) {
                    Some(side) => side.1 |= role,
                    None => sides.push((code, role)),
                }
            }
            if sides.len() < 2 || sides.len() > LONGEST_LIST {
                continue;
            }
            sides.sort_unstable();
            let mutual = actors == to - from;
            for (i, one) in sides.iter().enumerate() {
                for other in &sides[i + 1..] {
                    let flags = tie(one.1 & 3, other.1 & 3, mutual) | tie(one.1 >> 2, other.1 >> 2, mutual) << ANY;
                    ties.push((one.0, other.0, row as u32, flags));
                }
            }
        }
        ties.sort_unstable();
        let mut pairs = Self::default();
        for same in ties.chunk_by(|x, y| (x.0, x.1) == (y.0, y.1)) {
            pairs.keys.push((same[0].0, same[0].1));
            pairs.starts.push(pairs.rows.len() as u32);
            pairs.rows.extend(same.iter().map(|tie| tie.2));
            pairs.flags.extend(same.iter().map(|tie| tie.3));
        }
        pairs.starts.push(pairs.rows.len() as u32);
        pairs
    }

    /// The ties of two codes by their numbers, in whatever order.
    pub fn of(&self, a: u32, b: u32) -> Side<'_> {
        match self.keys.binary_search(&(a.min(b), a.max(b))) {
            Ok(i) => self.side(i, a > b),
            Err(_) => Side { rows: &[], flags: &[], turned: false },
        }
    }

    /// All pairs.
    pub fn all<'a>(&'a self, history: &'a History) -> impl Iterator<Item = Pair<'a>> + use<'a> {
        self.keys.iter().enumerate().map(move |(i, (one, other))| {
            let (one, other) = (history.names.get(*one), history.names.get(*other));
            let turned = one > other;
            let (a, b) = if turned { (other, one) } else { (one, other) };
            Pair { a, b, history, side: self.side(i, turned) }
        })
    }

    fn side(&self, i: usize, turned: bool) -> Side<'_> {
        let (from, to) = (self.starts[i] as usize, self.starts[i + 1] as usize);
        Side { rows: &self.rows[from..to], flags: &self.flags[from..to], turned }
    }
}

/// How one is tied to the other, by the parts of each: actor 1, recipient 2.
fn tie(one: u8, other: u8, mutual: bool) -> u8 {
    let mut flags = 0;
    if one & 1 > 0 && other & 2 > 0 {
        flags |= FORWARD;
    }
    if one & 2 > 0 && other & 1 > 0 {
        flags |= BACKWARD;
    }
    if one & other > 0 {
        flags |= if mutual { MUTUAL } else { JOINT };
    }
    flags
}

/// What ties two sides of which at least one is known by its name.
pub(crate) fn of_parties<'a>(history: &'a History, a: &Party, b: &Party, scope: Scope) -> Vec<Tie<'a>> {
    let ((Party::Name(name), _) | (_, Party::Name(name))) = (a, b) else { return Vec::new() };
    let rows = history.rows_named(name).into_iter().map(|row| history.occurrence(row));
    rows.filter_map(|occurrence| {
        let part = |party: &Party| {
            let roles = occurrence.participants().filter(|part| part.is(party, scope));
            roles.fold(0, |all, part| all | if part.actor { 1 } else { 2 })
        };
        let flags = tie(part(a), part(b), occurrence.is_mutual());
        (flags > 0).then_some(Tie { occurrence, flags })
    })
    .collect()
}
