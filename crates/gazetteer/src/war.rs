use crate::table::{WARS, given, rows};
use crate::{Partial, Period};

/// A run of years in which the same parties fought and at least 25 people died in battle each year (UCDP/PRIO).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct War {
    /// The conflict's number in the source.
    pub conflict: &'static str,
    /// Between whom it was.
    pub kind: WarKind,
    /// The states that are the primary parties of either side; the second is empty where a group stands there.
    pub sides: [Vec<&'static str>; 2],
    /// The states that fought beside each side: parties too.
    pub beside: [Vec<&'static str>; 2],
    /// The second side where it is no state.
    pub opponent: Option<&'static str>,
    /// The territory it was fought for, where it was.
    pub territory: Option<&'static str>,
    /// First and last year of the run.
    pub years: (i16, i16),
    /// The day the threshold was passed and the day the episode ended, where they lie in those years.
    pub period: Period,
    /// The years in which a thousand people or more died in battle.
    pub deadly: Vec<i16>,
    /// Short name of the source.
    pub source: &'static str,
}

impl War {
    /// The side a state fights on, as a primary party or beside one; `None` where it does not fight.
    pub fn side_of(&self, state: &str) -> Option<usize> {
        (0..2).find(|&i| self.sides[i].contains(&state) || self.beside[i].contains(&state))
    }

    /// Whether the two states fight on different sides.
    pub fn opposes(&self, a: &str, b: &str) -> bool {
        matches!((self.side_of(a), self.side_of(b)), (Some(x), Some(y)) if x != y)
    }
}

/// Between whom a conflict is, in UCDP/PRIO's terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WarKind {
    /// Between states.
    Interstate,
    /// Between a state and a group, with other states at the side of one or both.
    Internationalised,
    /// Between a state and a group.
    Civil,
    /// Between a state and a group outside its own territory (wars of decolonisation).
    Extrasystemic,
}

impl WarKind {
    /// The name in the tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Interstate => "interstate",
            Self::Internationalised => "internationalised",
            Self::Civil => "civil",
            Self::Extrasystemic => "extrasystemic",
        }
    }
}

pub fn load() -> Vec<War> {
    let read = rows::<15>(WARS).filter_map(
        |[conflict, kind, a, beside_a, b, beside_b, opponent, _, territory, from, to, start, end, deadly, source]| {
            let kinds =
                [WarKind::Interstate, WarKind::Internationalised, WarKind::Civil, WarKind::Extrasystemic].into_iter();
            Some(War {
                conflict,
                kind: kinds.into_iter().find(|k| k.name() == kind)?,
                sides: [list(a), list(b)],
                beside: [list(beside_a), list(beside_b)],
                opponent: given(opponent),
                territory: given(territory),
                years: (from.parse().ok()?, to.parse().ok()?),
                period: Period { from: Partial::new(start), to: Partial::new(end) },
                deadly: list(deadly).into_iter().filter_map(|y| y.parse().ok()).collect(),
                source,
            })
        },
    );
    read.collect()
}

fn list(cell: &'static str) -> Vec<&'static str> {
    cell.split(';').filter(|part| !part.is_empty()).collect()
}
