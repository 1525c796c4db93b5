//! Wars and times that texts name in place of a date: data, not code (`eras.tsv`).

use crate::query::Window;
use crate::region::rows;
use jiff::civil::Date;
use std::sync::OnceLock;

/// A named time.
#[derive(Debug)]
pub(crate) struct Era {
    names: Vec<&'static str>,
    /// Its first day; a year where no day is agreed.
    pub(crate) from: Window,
    /// Its last day, likewise.
    pub(crate) to: Window,
}

/// All of them.
fn eras() -> &'static [Era] {
    static ALL: OnceLock<Vec<Era>> = OnceLock::new();
    ALL.get_or_init(|| rows(include_str!("eras.tsv")).filter_map(|row| Era::of(&row)).collect())
}

/// The one whose name ends a phrase ("after the Second World War").
pub(crate) fn era(words: &str) -> Option<&'static Era> {
    eras().iter().find(|era| era.names.iter().any(|name| words.ends_with(name)))
}

impl Era {
    fn of(row: &[&'static str]) -> Option<Self> {
        let [_, names, from, to] = row else { return None };
        let window = |text: &str| {
            let day = |text: &str| text.parse::<Date>().ok();
            Some(match day(text) {
                Some(day) => Window { from: day, to: day },
                None => Window { from: day(&format!("{text}-01-01"))?, to: day(&format!("{text}-12-31"))? },
            })
        };
        Some(Self { names: names.split(';').collect(), from: window(from)?, to: window(to)? })
    }

    /// From its beginning to its end.
    pub(crate) fn whole(&self) -> (Date, Date) {
        (self.from.from, self.to.to)
    }
}

#[cfg(test)]
mod tests {
    use super::{era, eras};

    #[test]
    fn named_times_have_days_in_order_and_are_found_by_their_names() {
        assert!(eras().len() > 15);
        assert!(eras().iter().all(|one| one.from.from <= one.to.to), "{:?}", eras());
        assert_eq!(era("the end of the Second World War").map(|e| e.from.from.year()), Some(1939));
        assert!(era("the war").is_none());
    }
}
