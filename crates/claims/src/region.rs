//! Regions and the states that are counted to them: data, not code (`regions.tsv`).

use std::sync::OnceLock;

/// A region by its name.
#[derive(Debug)]
pub(crate) struct Region {
    /// The usual name.
    pub(crate) name: String,
    names: Vec<String>,
    /// Codes of the states that are surely counted to it.
    pub(crate) states: Vec<String>,
    /// Codes of those that some count to it.
    pub(crate) perhaps: Vec<String>,
}

/// The region that an adjective or a name stands for, whatever its capitals and hyphens.
pub(crate) fn region(words: &str) -> Option<&'static Region> {
    static ALL: OnceLock<Vec<Region>> = OnceLock::new();
    let all = ALL.get_or_init(|| rows(include_str!("regions.tsv")).filter_map(|row| Region::of(&row)).collect());
    let asked = plain(words);
    all.iter().find(|one| one.names.contains(&asked))
}

impl Region {
    fn of(row: &[&str]) -> Option<Self> {
        let [name, names, states, perhaps, _source] = row else { return None };
        let codes = |list: &str| list.split_whitespace().map(str::to_owned).collect();
        let names = names.split(';').map(plain).collect();
        Some(Self { name: (*name).to_owned(), names, states: codes(states), perhaps: codes(perhaps) })
    }
}

fn plain(words: &str) -> String {
    let lower = words.to_lowercase().replace(['-', '–'], " ");
    lower.split_whitespace().filter(|w| *w != "the").collect::<Vec<_>>().join(" ")
}

/// The rows of a table: comments and the head left out.
pub(crate) fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|line| !line.starts_with('#')).skip(1).map(|line| line.split('\t').collect())
}

#[cfg(test)]
mod tests {
    use super::{Region, region, rows};
    use legation_gazetteer::Gazetteer;

    #[test]
    fn every_region_has_states_that_the_tables_know() {
        let all: Vec<Region> = rows(include_str!("regions.tsv")).filter_map(|row| Region::of(&row)).collect();
        assert!(all.len() > 30);
        for one in &all {
            assert!(!one.states.is_empty(), "{}", one.name);
            for code in one.states.iter().chain(&one.perhaps) {
                let known = Gazetteer::embedded();
                assert!(known.state(code).is_some() || known.sovereign(code).is_some(), "{}: {code}", one.name);
                assert!(!(one.states.contains(code) && one.perhaps.contains(code)), "{}: {code} twice", one.name);
            }
        }
    }

    #[test]
    fn adjectives_and_names_find_their_region() {
        let name = |words| region(words).map(|r| r.name.as_str());
        assert_eq!(name("Central Asian"), Some("Central Asia"));
        assert_eq!(name("south-east asian"), Some("South-East Asia"));
        assert_eq!(name("the Balkans"), Some("Balkans"));
        assert_eq!(name("Atlantis"), None);
    }
}
