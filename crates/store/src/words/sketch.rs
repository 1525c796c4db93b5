//! Five-word sequences of an article, to find near-copies.

use super::{hash, words};
use std::collections::BTreeSet;

/// Hashes kept of an article's five-word sequences (Broder 1997, "On the resemblance and containment of documents").
const SKETCH: usize = 16;

/// Words of a sequence, and of the shortest text that is compared by sequences. A shorter one is a near-copy only if it
/// is the same to the letter.
const SEQUENCE: usize = 5;
const SHORTEST: usize = 40;

/// The lowest hashes of a text's five-word sequences, or nothing for a short text.
pub(crate) fn sketch(text: &str) -> Vec<u32> {
    let words: Vec<String> = words(text).map(|(_, w)| w.to_lowercase()).collect();
    if words.len() < SHORTEST {
        return Vec::new();
    }
    let sequences = words.windows(SEQUENCE).map(|s| (hash(s.join(" ").as_bytes()) >> 32) as u32);
    sequences.collect::<BTreeSet<u32>>().into_iter().take(SKETCH).collect()
}

/// The share of the lowest hashes of both together that both have, in thousandths: an estimate of the resemblance.
pub(crate) fn resemblance(a: &[u32], b: &[u32]) -> i64 {
    let all: BTreeSet<u32> = a.iter().chain(b).copied().collect();
    let lowest: Vec<u32> = all.into_iter().take(SKETCH).collect();
    let both = lowest.iter().filter(|h| a.contains(h) && b.contains(h)).count();
    if lowest.is_empty() { 0 } else { (1000 * both / lowest.len()) as i64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_cut_at_the_end_is_a_near_copy_and_another_one_is_not() {
        let long: String = (0..200).map(|i| format!("word{i} ")).collect();
        let cut: String = (0..180).map(|i| format!("word{i} ")).collect();
        let other: String = (0..200).map(|i| format!("term{i} ")).collect();
        assert!(resemblance(&sketch(&long), &sketch(&cut)) >= 700);
        assert_eq!(resemblance(&sketch(&long), &sketch(&other)), 0);
        assert!(sketch("Too short to tell.").is_empty());
    }
}
