//! Whether a name is a person's, without loading the rest.

use crate::table::{GIVEN_NAMES, GROUPS, ORGANISATIONS, names, rows};
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// Whether a name of several words can be a person's: it begins with a given name, or it is in capitals and no group's or
/// organisation's. A guess for names that the gazetteer may not know; places are not told from persons. Reads three tables once.
pub fn is_personal(name: &str) -> bool {
    static GIVEN: LazyLock<BTreeSet<&'static str>> =
        LazyLock::new(|| rows::<1>(GIVEN_NAMES).map(|[name]| name).collect());
    static BODIES: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| {
        // Persons who are known for a group stand among the groups, and their last name beside the whole.
        let groups = rows::<6>(GROUPS).filter_map(|[_, _, name, _, _, all]| {
            let last = |other: &str| name.ends_with(other) && !other.is_empty() && other.len() < name.len();
            let surname =
                |other: &str| last(other) && other.split(' ').count() <= 1 + usize::from(other.starts_with('b'));
            (!names(all).any(|(other, _)| surname(other))).then_some(name)
        });
        groups.chain(rows::<3>(ORGANISATIONS).map(|[_, _, name]| name)).collect()
    });
    let words: Vec<&str> = name.split(' ').collect();
    // "al-Mabhouh" has its capital inside.
    let capital = |word: &&str| word.split(['-', '\'', '’']).any(|part| part.starts_with(char::is_uppercase));
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return false };
    (2..=5).contains(&words.len())
        && capital(first)
        && capital(last)
        && words.iter().filter(|w| capital(w)).count() >= 2
        && !COLLECTIVE.contains(&last.to_lowercase().as_str())
        && (GIVEN.contains(first) || !BODIES.contains(name))
}

/// The last words of names of bodies that no table has.
const COLLECTIVE: [&str; 36] = [
    "airlines",
    "airport",
    "alliance",
    "army",
    "association",
    "authority",
    "brigade",
    "brigades",
    "church",
    "club",
    "command",
    "company",
    "congress",
    "council",
    "court",
    "fleet",
    "force",
    "forces",
    "front",
    "guard",
    "guards",
    "hospital",
    "movement",
    "navy",
    "party",
    "people",
    "police",
    "province",
    "republic",
    "school",
    "state",
    "states",
    "students",
    "team",
    "union",
    "university",
];

#[cfg(test)]
mod tests {
    use super::is_personal;

    #[test]
    fn persons_are_told_from_groups_and_bodies() {
        let persons = [
            "Jamal Khashoggi",
            "Rafic Hariri",
            "Osama bin Laden",
            "Mahmoud al-Mabhouh",
            "Hassan Nasrallah",
            "Walter Wallace",
        ];
        assert!(persons.into_iter().all(is_personal));
        let others = [
            "Islamic State",
            "Boko Haram",
            "Afghan National Army",
            "North Atlantic Treaty Organization",
            "Reuters",
            "",
        ];
        assert!(!others.into_iter().any(is_personal));
    }
}
