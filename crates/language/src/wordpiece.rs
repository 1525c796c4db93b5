//! Words to word pieces and letter-case classes; `training/wordpiece.py` does the same, keep the two alike.

use crate::network::Pieces;
use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

/// Pieces of one word: longer words are cut, so that a hostile one cannot fill the window.
const MAX_PIECES: usize = 8;
/// A run of letters longer than this has no pieces in the vocabulary.
const MAX_RUN: usize = 100;

/// BERT's uncased vocabulary with greedy longest-match pieces.
pub struct WordPiece {
    first: FxHashMap<&'static str, u32>,
    rest: FxHashMap<&'static str, u32>,
    longest: usize,
    unknown: u32,
    cls: u32,
    sep: u32,
}

impl WordPiece {
    /// Reads a vocabulary of one piece a line.
    pub fn new(vocabulary: &'static str) -> Self {
        let (mut first, mut rest) = (FxHashMap::default(), FxHashMap::default());
        let mut longest = 0;
        for (id, piece) in vocabulary.lines().enumerate() {
            longest = longest.max(piece.len());
            match piece.strip_prefix("##") {
                Some(inner) if !inner.is_empty() => rest.insert(inner, id as u32),
                _ => first.insert(piece, id as u32),
            };
        }
        let special = |s: &str| first.get(s).copied().unwrap_or(0);
        let (unknown, cls, sep) = (special("[UNK]"), special("[CLS]"), special("[SEP]"));
        Self { first, rest, longest, unknown, cls, sep }
    }

    /// The encoder's input for the words of a sentence, cut after `limit` pieces: words beyond are left out.
    pub fn encode<'a>(&self, words: impl Iterator<Item = &'a str>, limit: usize) -> Pieces {
        let mut p = Pieces { ids: vec![self.cls], shapes: vec![0], first: Vec::new() };
        let mut normal = String::new();
        for word in words {
            let start = p.ids.len();
            self.pieces(word, &mut normal, &mut p.ids);
            if p.ids.len() + 1 > limit {
                p.ids.truncate(start);
                break;
            }
            p.first.push(start as u32);
            p.shapes.resize(p.ids.len(), shape(word));
        }
        p.ids.push(self.sep);
        p.shapes.push(0);
        p
    }

    fn pieces(&self, word: &str, normal: &mut String, ids: &mut Vec<u32>) {
        let start = ids.len();
        normal.clear();
        if word.is_ascii() {
            normal.extend(word.bytes().filter(|b| !b.is_ascii_control()).map(|b| b.to_ascii_lowercase() as char));
        } else {
            normal.extend(word.to_lowercase().nfd().filter(|&c| {
                let category = c.general_category();
                !matches!(
                    category,
                    GeneralCategory::NonspacingMark | GeneralCategory::Control | GeneralCategory::Format
                ) && c != '\u{fffd}'
            }));
        }
        let mut run = 0;
        for (i, c) in normal.char_indices() {
            let (space, mark) = (c.is_whitespace(), is_punctuation(c));
            if space || mark {
                self.greedy(&normal[run..i], ids);
                run = i + c.len_utf8();
                if mark {
                    self.greedy(&normal[i..run], ids);
                }
            }
        }
        self.greedy(&normal[run..], ids);
        if ids.len() == start {
            ids.push(self.unknown);
        }
        ids.truncate(start + MAX_PIECES);
    }

    fn greedy(&self, s: &str, ids: &mut Vec<u32>) {
        if s.is_empty() {
            return;
        }
        let begin = ids.len();
        if s.chars().count() > MAX_RUN {
            ids.push(self.unknown);
            return;
        }
        let mut start = 0;
        while start < s.len() {
            let table = if start == 0 { &self.first } else { &self.rest };
            let mut end = s.len().min(start + self.longest);
            let found = loop {
                if end <= start {
                    break None;
                }
                if s.is_char_boundary(end)
                    && let Some(&id) = table.get(&s[start..end])
                {
                    break Some(id);
                }
                end -= 1;
            };
            let Some(id) = found else {
                ids.truncate(begin);
                ids.push(self.unknown);
                return;
            };
            ids.push(id);
            start = end;
        }
    }
}

fn is_punctuation(c: char) -> bool {
    c.is_ascii_punctuation() || !c.is_ascii() && c.general_category_group() == GeneralCategoryGroup::Punctuation
}

/// Letter-case class: 1 lower, 2 Title, 3 UPPER, 4 single capital, 5 mixed, 6 digits, 7 digits and letters, 8 other.
fn shape(word: &str) -> u8 {
    let (mut digit, mut letters, mut upper, mut first_upper) = (false, 0, 0, false);
    for c in word.chars() {
        digit |= c.is_numeric();
        if c.is_alphabetic() {
            let up = c.is_uppercase();
            first_upper |= up && letters == 0;
            letters += 1;
            upper += u32::from(up);
        }
    }
    match (digit, letters, upper) {
        (true, 0, _) => 6,
        (true, ..) => 7,
        (false, 0, _) => 8,
        (.., 0) => 1,
        (_, 1, 1) => 4,
        (_, l, u) if l == u => 3,
        (.., 1) if first_upper => 2,
        _ => 5,
    }
}
