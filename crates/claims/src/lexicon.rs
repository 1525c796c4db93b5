//! The words by which claims are recognised: data, not code (`lexicon.tsv`).

use std::collections::BTreeMap;
use std::sync::OnceLock;

const TABLE: &str = include_str!("lexicon.tsv");

/// Whether a dictionary form (lower case) is in a class of the lexicon.
pub(crate) fn is(class: &str, lemma: &str) -> bool {
    static CLASSES: OnceLock<BTreeMap<&'static str, Vec<&'static str>>> = OnceLock::new();
    let classes = CLASSES.get_or_init(|| {
        let lines = TABLE.lines().filter(|line| !line.starts_with('#')).skip(1);
        lines
            .filter_map(|line| line.split_once('\t'))
            .map(|(class, words)| (class, words.split(';').collect()))
            .collect()
    });
    debug_assert!(classes.contains_key(class), "no class {class}");
    classes.get(class).is_some_and(|words| words.contains(&lemma))
}
