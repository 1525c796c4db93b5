//! Words of the codebook: interned, so that matching compares numbers, and sets of them.

use crate::clause::Clauses;
use rustc_hash::FxHashMap;

/// A word of the codebook by number; 0 is every word the codebook does not know.
pub(crate) type Word = u32;

/// The words the codebook uses.
#[derive(Default)]
pub(crate) struct Vocabulary {
    numbers: FxHashMap<Box<str>, Word>,
}

impl Vocabulary {
    /// The number of a lower-case word, new where it was unknown.
    pub(crate) fn intern(&mut self, word: &str) -> Word {
        if let Some(&n) = self.numbers.get(word) {
            return n;
        }
        let n = self.numbers.len() as Word + 1;
        self.numbers.insert(word.into(), n);
        n
    }

    /// The number of a lower-case word; 0 where the codebook does not use it.
    pub(crate) fn get(&self, word: &str) -> Word {
        self.numbers.get(word).copied().unwrap_or(0)
    }
}

/// Words and phrases of which any one may stand in a place of a pattern.
#[derive(Clone, Debug, Default)]
pub(crate) struct WordSet {
    entries: FxHashMap<Word, Vec<Shape>>,
}

/// What has to stand around the head word of an entry.
#[derive(Clone, Debug, PartialEq)]
enum Shape {
    /// The word alone.
    Single,
    /// These words directly before and directly after the head ("peace | talk", "exchange | of fire").
    Around { before: Vec<Word>, after: Vec<Word> },
    /// A particle or fixed complement somewhere below the head ("carry … out", "take … part").
    Particle(Word),
}

impl WordSet {
    /// Adds an entry as the codebook writes it: a word, a phrase ("air strike", "exchange of fire"), or a verb with its
    /// particle ("carry-out").
    pub(crate) fn add(&mut self, entry: &str, vocabulary: &mut Vocabulary) {
        if let Some((head, rest)) = entry.split_once('-').filter(|_| !entry.contains(' ')) {
            self.put(vocabulary.intern(entry), Shape::Single);
            self.put(vocabulary.intern(&entry.replace('-', "")), Shape::Single);
            if !rest.contains('-') {
                let (h, r) = (vocabulary.intern(head), vocabulary.intern(rest));
                self.put(h, Shape::Particle(r));
            }
        }
        self.add_phrase(&entry.replace('-', " - "), vocabulary);
        if entry.contains('-') && entry.contains(' ') {
            // The tokeniser parts most hyphens, but not all ("anti-government").
            self.add_phrase(entry, vocabulary);
        }
    }

    fn add_phrase(&mut self, entry: &str, vocabulary: &mut Vocabulary) {
        let words: Vec<&str> = entry.split_whitespace().collect();
        const INNER: [&str; 9] = ["of", "in", "to", "for", "on", "at", "with", "against", "from"];
        let head = words.iter().position(|w| INNER.contains(w)).filter(|&i| i > 0).unwrap_or(words.len()) - 1;
        let mut numbers = |w: &[&str]| w.iter().map(|w| vocabulary.intern(w)).collect::<Vec<_>>();
        let (before, after) = (numbers(&words[..head]), numbers(&words[head + 1..]));
        let key = vocabulary.intern(words[head]);
        if before.is_empty() && after.is_empty() {
            self.put(key, Shape::Single);
        } else {
            self.put(key, Shape::Around { before, after });
        }
    }

    fn put(&mut self, key: Word, shape: Shape) {
        let shapes = self.entries.entry(key).or_default();
        if !shapes.contains(&shape) {
            shapes.push(shape);
        }
    }

    /// Adds everything of another set.
    pub(crate) fn extend(&mut self, other: &Self) {
        for (&key, shapes) in sorted(&other.entries) {
            for shape in shapes {
                self.put(key, shape.clone());
            }
        }
    }

    /// The head words of all entries, in order.
    pub(crate) fn heads(&self) -> impl Iterator<Item = Word> {
        sorted(&self.entries).into_iter().map(|(&k, _)| k)
    }

    /// Whether the token's form, not only its lemma, is an entry.
    pub(crate) fn has_form(&self, clauses: &Clauses, i: usize) -> bool {
        let form = clauses.word(i).form;
        form != 0 && self.entries.get(&form).is_some_and(|shapes| shapes.contains(&Shape::Single))
    }

    /// Whether token `i` heads an entry; the token's first and last neighbour that belong to it.
    pub(crate) fn matches(&self, clauses: &Clauses, i: usize) -> Option<(usize, usize)> {
        let word = clauses.word(i);
        let keys = if word.lemma == word.form { [word.lemma, 0] } else { [word.lemma, word.form] };
        let mut best: Option<(usize, usize)> = None;
        for key in keys {
            if key == 0 {
                continue;
            }
            for shape in self.entries.get(&key).into_iter().flatten() {
                if let Some(found) = shape.matches(clauses, i)
                    && best.is_none_or(|b| found.1 - found.0 > b.1 - b.0)
                {
                    best = Some(found);
                }
            }
        }
        best
    }
}

impl Shape {
    fn matches(&self, clauses: &Clauses, i: usize) -> Option<(usize, usize)> {
        match self {
            Self::Single => Some((i, i)),
            Self::Around { before, after } => {
                let first = i.checked_sub(before.len())?;
                let same = |k: usize, w: Word| clauses.has_word(k, w);
                let all = before.iter().enumerate().all(|(k, &w)| same(first + k, w))
                    && after.iter().enumerate().all(|(k, &w)| i + 1 + k < clauses.len() && same(i + 1 + k, w));
                all.then_some((first, i + after.len()))
            }
            Self::Particle(p) => {
                let below = |k: usize| {
                    clauses.has_word(k, *p)
                        && (clauses.head(k) == Some(i)
                            || k == i + 1
                            || clauses.is_case(k) && clauses.head(k).and_then(|h| clauses.head(h)) == Some(i))
                };
                (i + 1..clauses.len().min(i + 9)).find(|&k| below(k)).map(|k| (i, if k == i + 1 { k } else { i }))
            }
        }
    }
}

fn sorted<V>(map: &FxHashMap<Word, V>) -> Vec<(&Word, &V)> {
    #[allow(clippy::iter_over_hash_type)]
    let mut all: Vec<_> = map.iter().collect();
    all.sort_by_key(|(k, _)| **k);
    all
}
