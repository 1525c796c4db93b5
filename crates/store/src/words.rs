//! What two texts have in common: the words of a sentence, the five-word sequences of an article, an ordinal.

use legation_record::{Event, Span};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// Words kept of a sentence, the heaviest first; a long sentence has about thirty that carry meaning.
const WORDS: usize = 40;

/// Hashes kept of an article's five-word sequences (Broder 1997, "On the resemblance and containment of documents").
const SKETCH: usize = 16;

/// Words of a sequence, and of the shortest text that is compared by sequences. A shorter one is a near-copy only if it
/// is the same to the letter.
const SEQUENCE: usize = 5;
const SHORTEST: usize = 40;

/// A word as the record keeps it to compare reports: 26 bits of its hash, 4 bits of weight (how rare it is, as the binary
/// logarithm of one in how many news items has it), 2 bits of kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Word(u32);

const PLAIN: u32 = 0;
const NAME: u32 = 1;
const FIGURE: u32 = 2;
/// Not a word, but something that is said of the sentence.
const MARK: u32 = 3;

/// The weight of a word that is not among the frequent ones.
const RARE: u32 = 12;

impl Word {
    fn new(word: &str, kind: u32, weight: u32) -> Self {
        let hash = hash(word.as_bytes());
        Self(((hash ^ hash >> 32) as u32) << 6 | weight.min(15) << 2 | kind)
    }

    /// What makes it the same word; a name at the beginning of a sentence is not seen to be one.
    fn same(self) -> u32 {
        self.0 >> 6
    }

    fn weight(self) -> i64 {
        i64::from(self.0 >> 2 & 15)
    }

    fn kind(self) -> u32 {
        self.0 & 3
    }
}

/// What is said of a sentence as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// It is one more of its kind: "another attack", "a second round".
    New,
    /// It brings numbers up to date: "the death toll rose to".
    Toll,
    /// The act is spoken of as known: "the meeting".
    Known,
}

impl Mark {
    fn word(self) -> Word {
        Word((self as u32) << 6 | MARK)
    }
}

/// What the words of two sentences have in common, and what each has alone. Weights are sums of the words' weights.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Common {
    /// Twice the weight of the words of both by the weight of all (Dice), in thousandths.
    pub alike: i64,
    /// Weight of the rare words (names and others) of both.
    pub rare: i64,
    /// Weight of the names that only one has: of the one that has less of it.
    pub names_apart: i64,
    /// Each has a figure that the other has not.
    pub figures_apart: bool,
}

/// The words of an event's sentence that carry meaning, sorted. Names of participants whom the gazetteer knows are left out.
pub(crate) fn of_event(event: &Event) -> Vec<u32> {
    let start = event.evidence.start;
    let inside = |p: u32| (p as usize).checked_sub(start as usize);
    let known = event.actors.iter().chain(&event.recipients).filter(|p| p.code.is_some());
    let taken: Vec<(usize, usize, String)> =
        known.filter_map(|p| Some((inside(p.start)?, inside(p.end)?, p.name.to_lowercase()))).collect();
    let mut found = BTreeSet::new();
    let trigger = event.evidence.trigger.start.checked_sub(start).map_or(usize::MAX, |n| n as usize);
    let mut before = String::new();
    let all: Vec<(usize, &str)> = words(&event.evidence.text).collect();
    for (i, (at, word)) in all.iter().copied().enumerate() {
        let lower = word.to_lowercase();
        let figure = word.starts_with(|c: char| c.is_numeric()) || FIGURES.iter().any(|(name, _)| *name == lower);
        let after = all.get(i + 1).map_or("", |w| w.1);
        if figure && is_of_a_date(&lower, &before, after) {
            continue;
        }
        if ANEW.contains(&lower.as_str()) || lower == "second" {
            found.insert(Mark::New.word());
        }
        if lower == "toll" {
            found.insert(Mark::Toll.word());
        }
        if at == trigger && THE.contains(&before.as_str()) {
            found.insert(Mark::Known.word());
        }
        if figure {
            let digits = FIGURES.iter().find(|(name, _)| *name == lower).map_or(lower.as_str(), |(_, digits)| digits);
            found.insert(Word::new(digits, FIGURE, if digits.len() > 1 { 8 } else { 4 }));
        } else if lower.chars().count() >= 3 {
            let stem = stem(&lower);
            let weight = weight(stem);
            // Who it is is compared by itself; what is said of him is not.
            let named = |name: &str| name.split(|c: char| !c.is_alphanumeric()).any(|n| n == lower);
            let own = |(s, e, name): &(usize, usize, String)| {
                *s <= at && at < *e && word.starts_with(char::is_uppercase) && (named(name) || weight < 8)
            };
            if taken.iter().any(own) {
                continue;
            }
            // The first word of a sentence has its capital from there.
            let kind = if at > 0 && word.starts_with(char::is_uppercase) { NAME } else { PLAIN };
            if weight > 2 && !LINKS.contains(&lower.as_str()) {
                found.insert(Word::new(stem, kind, weight));
            }
        }
        before = lower;
    }
    let mut kept: Vec<Word> = found.into_iter().collect();
    if kept.len() > WORDS {
        kept.sort_by_key(|w| (w.kind() != MARK, std::cmp::Reverse(w.weight()), w.0));
        kept.truncate(WORDS);
        kept.sort_unstable();
    }
    kept.into_iter().map(|w| w.0).collect()
}

/// A year, or the day beside a month: when it was is compared by itself.
fn is_of_a_date(figure: &str, before: &str, after: &str) -> bool {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let month = |word: &str| word.get(..3).is_some_and(|w| MONTHS.contains(&w.to_lowercase().as_str()));
    let year = figure.len() == 4 && (figure.starts_with("19") || figure.starts_with("20"));
    year || month(before) || after.starts_with(char::is_uppercase) && month(after)
}

/// Words that speak of something as known.
const THE: [&str; 5] = ["the", "this", "that", "these", "those"];

/// Words that tell a further happening from the one before.
const ANEW: [&str; 5] = ["another", "further", "again", "additional", "fresh"];

/// Numbers in words; "one" is more often none.
const FIGURES: [(&str, &str); 26] = [
    ("two", "2"),
    ("three", "3"),
    ("four", "4"),
    ("five", "5"),
    ("six", "6"),
    ("seven", "7"),
    ("eight", "8"),
    ("nine", "9"),
    ("ten", "10"),
    ("eleven", "11"),
    ("twelve", "12"),
    ("thirteen", "13"),
    ("fourteen", "14"),
    ("fifteen", "15"),
    ("sixteen", "16"),
    ("seventeen", "17"),
    ("eighteen", "18"),
    ("nineteen", "19"),
    ("twenty", "20"),
    ("thirty", "30"),
    ("forty", "40"),
    ("fifty", "50"),
    ("sixty", "60"),
    ("seventy", "70"),
    ("eighty", "80"),
    ("ninety", "90"),
];

/// Longer words that join others and say nothing by themselves.
const LINKS: [&str; 24] = [
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
    "under",
    "when",
    "which",
    "while",
];

/// How rare a word is, from the table of frequent ones.
fn weight(stem: &str) -> u32 {
    static FREQUENT: LazyLock<BTreeMap<&'static str, u32>> = LazyLock::new(|| {
        let lines = include_str!("frequent.txt").lines().filter(|l| !l.starts_with('#'));
        let words = lines.filter_map(|line| {
            let mut words = line.split(' ');
            let weight: u32 = words.next()?.parse().ok()?;
            Some(words.map(move |word| (word, weight)))
        });
        words.flatten().collect()
    });
    FREQUENT.get(stem).copied().unwrap_or(RARE)
}

/// Whether something is said of the sentence.
pub(crate) fn has(words: &[u32], mark: Mark) -> bool {
    words.contains(&mark.word().0)
}

/// Compares the words of two sentences, each sorted.
pub(crate) fn common(a: &[u32], b: &[u32]) -> Common {
    let real = |list: &[u32]| -> Vec<Word> { list.iter().map(|w| Word(*w)).filter(|w| w.kind() != MARK).collect() };
    let (a, b) = (real(a), real(b));
    let mut common = Common::default();
    let (mut both, mut all) = (0, 0);
    let mut alone = [(0_i64, false); 2];
    let (mut i, mut j) = (0, 0);
    while i < a.len() || j < b.len() {
        let (x, y) = (a.get(i).copied(), b.get(j).copied());
        let order = match (x, y) {
            (Some(x), Some(y)) => x.same().cmp(&y.same()),
            (Some(_), None) => std::cmp::Ordering::Less,
            _ => std::cmp::Ordering::Greater,
        };
        match (order, x, y) {
            (std::cmp::Ordering::Equal, Some(x), Some(y)) => {
                let weight = x.weight().min(y.weight());
                both += weight;
                all += x.weight() + y.weight();
                common.rare += if weight >= 8 && x.kind() != FIGURE { weight } else { 0 };
                (i, j) = (i + 1, j + 1);
            }
            (order, _, _) => {
                let side = usize::from(order == std::cmp::Ordering::Greater);
                let Some(word) = (if side == 0 { x } else { y }) else { break };
                all += word.weight();
                alone[side].0 += if word.kind() == NAME { word.weight() } else { 0 };
                alone[side].1 |= word.kind() == FIGURE;
                if side == 0 { i += 1 } else { j += 1 }
            }
        }
    }
    common.alike = if all == 0 { 0 } else { 2000 * both / all };
    common.names_apart = alone[0].0.min(alone[1].0);
    common.figures_apart = alone[0].1 && alone[1].1;
    common
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
        let number = i64::from(legation_record::ordinal(words[i].1)?);
        let next = words.get(i + 1).map(|w| w.1.to_lowercase())?;
        let times = matches!(next.as_str(), "time" | "such");
        let close = i < act && act - i <= 3 && !words[i + 1..act].iter().any(|w| w.1.ends_with("est"));
        (times || close).then_some(number)
    })
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
