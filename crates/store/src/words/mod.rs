//! What two texts have in common: the words of a sentence, the five-word sequences of an article, an ordinal.

mod alike;
mod ordinal;
mod sentence;
mod sketch;

use legation_record::Span;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

pub(crate) use alike::{Common, common};
pub(crate) use ordinal::ordinal;
pub(crate) use sentence::of_event;
pub(crate) use sketch::{resemblance, sketch};

/// A word as the record keeps it to compare reports: 25 bits of its hash, one bit where it stands close to the words that name
/// the act, 4 bits of weight (how rare it is, as the binary logarithm of one in how many news items has it), 2 bits of kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Word(u32);

const PLAIN: u32 = 0;
const NAME: u32 = 1;
const FIGURE: u32 = 2;
/// Not a word, but something that is said of the sentence: a [`Mark`], or a word that names the act, whose weight is then one of
/// the next three.
const MARK: u32 = 3;

const ACT: u32 = 1;
/// The act is one of the processes of `once.txt`, or one that befalls a person once.
const PROCESS: u32 = 2;
const OF_PERSON: u32 = 3;
/// Somebody dies of it, by a word that is said of persons; or by one that is said of battles, too.
const KILLING: u32 = 4;
const DEATH: u32 = 5;
/// A rare name in the phrase of the act: the Capitol of "the storming of the Capitol".
const OBJECT: u32 = 6;

/// The weight of a word that is not among the frequent ones.
const RARE: u32 = 12;

impl Word {
    fn new(word: &str, kind: u32, weight: u32) -> Self {
        let hash = hash(word.as_bytes());
        Self((((hash ^ hash >> 32) as u32) << 6 & !0x7f) | weight.min(15) << 2 | kind)
    }

    /// A word that names the act.
    fn act(stem: &str) -> Self {
        match once(stem) {
            Some(once) => Self::new(once.act, MARK, once.kind),
            None => Self::new(stem, MARK, ACT),
        }
    }

    /// A name in the phrase of the act.
    fn object(stem: &str) -> Self {
        Self::new(stem, MARK, OBJECT)
    }

    fn near(self) -> Self {
        Self(self.0 | 1 << 6)
    }

    fn far(self) -> Self {
        Self(self.0 & !(1 << 6))
    }

    fn is_near(self) -> bool {
        self.0 & 1 << 6 != 0
    }

    /// What makes it the same word; a name at the beginning of a sentence is not seen to be one.
    fn same(self) -> u32 {
        self.0 >> 7
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
    /// It is one more of its kind: "another attack", "a second round", "also".
    New,
    /// It brings numbers up to date: "the death toll rose to".
    Toll,
    /// The act is spoken of as known: "the meeting".
    Known,
    /// It speaks of the day before.
    Yesterday,
    /// The act is spoken of as known, with words between: "the deadly storming", "Israel's blockade".
    Definite,
    /// The act is spoken of as one that may be: "an invasion", "a full-scale Russian invasion".
    Indefinite,
    /// It was tried: "survives an assassination attempt".
    Tried,
}

impl Mark {
    fn word(self) -> Word {
        Word((self as u32) << 6 | MARK)
    }
}

/// Whether something is said of the sentence.
pub(crate) fn has(words: &[u32], mark: Mark) -> bool {
    words.contains(&mark.word().0)
}

/// How rare the rarest word of a name is.
pub(crate) fn rarity(name: &str) -> i64 {
    let all = words(name).map(|(_, word)| weight(stem(&word.to_lowercase())));
    i64::from(all.max().unwrap_or(RARE))
}

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

/// What the act of a report is by a word that names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Act {
    /// One of the processes of `once.txt`.
    Process,
    /// What befalls a person once, or is done by a person.
    OfPerson,
    /// Somebody dies of it.
    Death,
    /// Any other.
    Other,
}

/// The words that name the act: what each is, and a number that is the same for words that name the same.
pub(crate) fn acts(words: &[u32]) -> BTreeSet<(Act, u32)> {
    let marks = words.iter().map(|w| Word(*w)).filter(|w| w.kind() == MARK);
    let act = |word: Word| {
        let act = match word.0 >> 2 & 15 {
            ACT => Act::Other,
            PROCESS => Act::Process,
            OF_PERSON => Act::OfPerson,
            // One dies once, by whatever word.
            KILLING | DEATH => return Some((Act::Death, 0)),
            _ => return None,
        };
        Some((act, word.same()))
    };
    marks.filter_map(act).collect()
}

/// The rare names in the phrase of the act.
pub(crate) fn objects(words: &[u32]) -> BTreeSet<u32> {
    let marks = words.iter().map(|w| Word(*w)).filter(|w| w.kind() == MARK && w.0 >> 2 & 15 == OBJECT);
    marks.map(Word::same).collect()
}

/// What a word of a name is in [`objects`].
pub(crate) fn object(word: &str) -> u32 {
    Word::object(stem(&word.to_lowercase())).same()
}

/// Days within which an act of a number of [`acts`] does not happen twice to the same; 0 where it never does.
pub(crate) fn days_between(act: u32) -> Option<i64> {
    static DAYS: LazyLock<BTreeMap<u32, i64>> =
        LazyLock::new(|| ONCE.values().map(|once| (Word::new(once.act, MARK, once.kind).same(), once.days)).collect());
    DAYS.get(&act).copied()
}

/// A line of `once.txt`: the first of its stems, what kind it is, and the days.
struct Once {
    act: &'static str,
    kind: u32,
    days: i64,
}

static ONCE: LazyLock<BTreeMap<&'static str, Once>> = LazyLock::new(|| {
    let lines = include_str!("once.txt").lines().filter(|l| !l.starts_with('#'));
    let acts = lines.filter_map(|line| {
        let mut words = line.split(' ');
        let kind = match words.next()? {
            "person" => OF_PERSON,
            "killing" => KILLING,
            "death" => DEATH,
            _ => PROCESS,
        };
        let days: i64 = words.next()?.parse().ok()?;
        let act = words.clone().next()?;
        Some(words.map(move |stem| (stem, Once { act, kind, days })))
    });
    acts.flatten().collect()
});

/// What happens once, or lasts, and is named by the word.
fn once(stem: &str) -> Option<&'static Once> {
    ONCE.get(stem)
}

/// As bytes for the record, and back.
pub(crate) fn pack(words: &[u32]) -> Vec<u8> {
    words.iter().flat_map(|w| w.to_be_bytes()).collect()
}

/// The words of [`pack`].
pub(crate) fn unpack(bytes: &[u8]) -> Vec<u32> {
    bytes.chunks_exact(4).map(|b| u32::from_be_bytes([b[0], b[1], b[2], b[3]])).collect()
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
