//! What two texts have in common: the words of a sentence, the five-word sequences of an article, an ordinal.

use legation_record::{Event, Span};
use std::collections::BTreeSet;

/// Hashes kept of a sentence's words; a long sentence has about thirty words that carry meaning.
const WORDS: usize = 40;

/// Hashes kept of an article's five-word sequences (Broder 1997, "On the resemblance and containment of documents").
const SKETCH: usize = 16;

/// Words of a sequence, and of the shortest text that is compared by sequences. A shorter one is a near-copy only if it
/// is the same to the letter.
const SEQUENCE: usize = 5;
const SHORTEST: usize = 40;

/// The hashed words of an event's sentence that carry meaning, sorted; the participants' own words are left out, since
/// reports that are compared have them in common anyway; figures among them stay.
pub(crate) fn of_event(event: &Event) -> Vec<u32> {
    let start = event.evidence.start;
    let inside = |p: u32| (p as usize).checked_sub(start as usize);
    let taken: Vec<(usize, usize)> =
        event.actors.iter().chain(&event.recipients).filter_map(|p| Some((inside(p.start)?, inside(p.end)?))).collect();
    let mut hashes = BTreeSet::new();
    for (at, word) in words(&event.evidence.text) {
        let lower = word.to_lowercase();
        let figure = word.starts_with(|c: char| c.is_numeric()) || FIGURES.contains(&lower.as_str());
        // "Four militants" are not six.
        if !figure && taken.iter().any(|(s, e)| *s <= at && at < *e) {
            continue;
        }
        if ANEW.contains(&lower.as_str()) || number(&lower).is_some() {
            hashes.insert(NEW);
        }
        // The first word of a sentence has its capital from there.
        let named = at > 0 && word.len() > 1 && word.starts_with(char::is_uppercase);
        if figure || named || word.chars().count() >= 4 && !LINKS.contains(&lower.as_str()) {
            let hash = hash(stem(&lower).as_bytes());
            let hash = (hash ^ hash >> 32) as u32;
            hashes.insert((hash & !KIND).max(4) | if figure { FIGURE } else { u32::from(named) });
        }
    }
    hashes.into_iter().take(WORDS).collect()
}

/// The two lowest bits of a hash tell names and figures from other words; the hash 3 marks a sentence that says of
/// something that it is one more of its kind.
const KIND: u32 = 3;
const NAME: u32 = 1;
const FIGURE: u32 = 2;
const NEW: u32 = 3;

/// Words that tell a further happening from the one before.
const ANEW: [&str; 6] = ["another", "further", "again", "additional", "more", "also"];

/// Numbers in words; "one" is more often none.
const FIGURES: [&str; 28] = [
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "dozens",
    "hundred",
    "hundreds",
    "thousand",
    "thousands",
    "million",
];

/// Longer words that join others and say nothing by themselves.
const LINKS: [&str; 27] = [
    "about",
    "after",
    "against",
    "amid",
    "been",
    "before",
    "being",
    "during",
    "following",
    "from",
    "have",
    "into",
    "least",
    "over",
    "said",
    "says",
    "than",
    "that",
    "their",
    "them",
    "this",
    "under",
    "were",
    "when",
    "which",
    "while",
    "with",
];

/// Whether one of the two says that it is one more of its kind, and the other does not.
pub(crate) fn one_is_new(a: &[u32], b: &[u32]) -> bool {
    a.contains(&NEW) != b.contains(&NEW)
}

/// Whether each has a name that the other does not have.
pub(crate) fn names_apart(a: &[u32], b: &[u32]) -> bool {
    apart(a, b, NAME)
}

/// Whether each has a figure that the other does not have.
pub(crate) fn figures_apart(a: &[u32], b: &[u32]) -> bool {
    apart(a, b, FIGURE)
}

fn apart(a: &[u32], b: &[u32], kind: u32) -> bool {
    let alone = |x: &[u32], y: &[u32]| x.iter().any(|w| w & KIND == kind && !y.contains(w));
    alone(a, b) && alone(b, a)
}

/// How many words the two share.
pub(crate) fn shared(a: &[u32], b: &[u32]) -> usize {
    a.iter().filter(|w| **w != NEW && b.contains(w)).count()
}

/// How alike two sets of words are: twice what they share by what they have (Dice), in thousandths.
pub(crate) fn alike(a: &[u32], b: &[u32]) -> i64 {
    let (mut i, mut j, mut both) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => (i, j, both) = (i + 1, j + 1, both + 1),
        }
    }
    if a.is_empty() && b.is_empty() { 0 } else { 2000 * both / (a.len() + b.len()) as i64 }
}

/// As bytes for the record, and back.
pub(crate) fn pack(words: &[u32]) -> Vec<u8> {
    words.iter().flat_map(|w| w.to_be_bytes()).collect()
}

/// The words of [`pack`].
pub(crate) fn unpack(bytes: &[u8]) -> Vec<u32> {
    bytes.chunks_exact(4).map(|b| u32::from_be_bytes([b[0], b[1], b[2], b[3]])).collect()
}

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

/// The 3 of "a third meeting", "met for the third time", "the third round of talks": an ordinal close before the words
/// that name the act, or anywhere as "for the … time". "The second largest" and dates are none.
pub(crate) fn ordinal(event: &Event) -> Option<i64> {
    let text = &event.evidence.text;
    let trigger = event.evidence.trigger.start.checked_sub(event.evidence.start)? as usize;
    let words: Vec<(usize, &str)> = words(text).collect();
    let act = words.iter().position(|(at, _)| *at >= trigger)?;
    (0..words.len()).find_map(|i| {
        let number = number(&words[i].1.to_lowercase())?;
        let next = words.get(i + 1).map(|w| w.1.to_lowercase())?;
        let times = matches!(next.as_str(), "time" | "such");
        let close = i < act && act - i <= 3 && !words[i + 1..act].iter().any(|w| w.1.ends_with("est"));
        (times || close).then_some(number)
    })
}

/// First to twentieth, and figures as "3rd".
fn number(word: &str) -> Option<i64> {
    const NAMES: [&str; 20] = [
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
        "thirteenth",
        "fourteenth",
        "fifteenth",
        "sixteenth",
        "seventeenth",
        "eighteenth",
        "nineteenth",
        "twentieth",
    ];
    let figures = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end)?.parse().ok());
    NAMES.iter().position(|n| *n == word).map(|i| i as i64 + 1).or(figures).filter(|n| *n < 1000)
}

/// The words of a text with the byte where each begins.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut rest = 0;
    std::iter::from_fn(move || {
        let from = rest + text[rest..].find(char::is_alphanumeric)?;
        let end = text[from..].find(|c: char| !c.is_alphanumeric()).map_or(text.len(), |n| from + n);
        rest = end;
        Some((from, Span::new(from, end).of(text)))
    })
}

/// Without the endings of number and tense: rough, and the same for both texts.
fn stem(word: &str) -> &str {
    let ends = ["ings", "ing", "ies", "es", "ed", "s"];
    ends.iter().find_map(|end| word.strip_suffix(end).filter(|w| w.len() >= 4)).unwrap_or(word)
}

/// FNV-1a with 64 bits, its bits mixed at the end: the same on every machine and in every version.
pub(crate) fn hash(bytes: &[u8]) -> u64 {
    let mut hash =
        bytes.iter().fold(0xcbf2_9ce4_8422_2325, |h: u64, b| (h ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3));
    hash = (hash ^ (hash >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash ^ (hash >> 33)
}

#[cfg(test)]
mod tests {
    use super::*;
    use legation_record::{Evidence, Quote};

    fn check(text: &str, trigger: &str, expected: Option<i64>) {
        let mut event = crate::sample::event();
        let start = text.find(trigger).expect("the trigger stands in the text") as u32;
        let trigger = Quote { text: trigger.to_owned(), start: 100 + start, end: 100 + start + trigger.len() as u32 };
        event.evidence =
            Evidence { sentence: 0, text: text.to_owned(), start: 100, end: 100 + text.len() as u32, trigger };
        assert_eq!(ordinal(&event), expected, "{text}");
    }

    #[test]
    fn ordinals_count_acts_and_nothing_else() {
        check("It was the third meeting of the two leaders.", "meeting", Some(3));
        check("The 2nd round of talks ended in Geneva.", "talks", Some(2));
        check("They met for the fifth time this year.", "met", Some(5));
        check("The second largest city hosted talks.", "talks", None);
        check("The two met.", "met", None);
    }

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
