//! The usual names of states and organisations by their codes, without loading the rest.

use crate::table::{ORGANISATIONS, STATES, TERRITORIES, rows};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The usual name of the state, territory or organisation that has this code. Reads three tables once; a whole
/// [`crate::Gazetteer`] takes many times as long.
pub fn usual_name(code: &str) -> Option<&'static str> {
    static NAMES: LazyLock<BTreeMap<&'static str, &'static str>> = LazyLock::new(|| {
        let states = rows::<3>(STATES).chain(rows::<3>(TERRITORIES)).map(|[code, _, name]| (code, name));
        // Of two organisations with one code the first is the one that is meant.
        let organisations = rows::<3>(ORGANISATIONS).map(|[code, _, name]| (code, name));
        let mut names = BTreeMap::new();
        for (code, name) in states.chain(organisations) {
            names.entry(code).or_insert(name);
        }
        names
    });
    NAMES.get(code).copied()
}

#[cfg(test)]
mod tests {
    #[test]
    fn it_is_the_name_that_the_whole_gazetteer_gives() {
        let gazetteer = crate::Gazetteer::embedded();
        for code in ["RUS", "USA", "AZE", "XKX", "UN", "EU", "NATO", "SCO", "none such"] {
            assert_eq!(super::usual_name(code), gazetteer.name_of(code), "{code}");
        }
        assert!(gazetteer.states().all(|s| super::usual_name(s.code) == Some(s.name)));
    }
}
