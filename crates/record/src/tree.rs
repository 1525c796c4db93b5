//! A sentence's grammar, asked from above.

use crate::{Relation, Sentence, Token, Upos};

/// A sentence with its tree turned around: what hangs on a word. Words are numbered from 0; a number that is none of the sentence's
/// panics, as an index does.
pub struct Tree<'a> {
    /// The document's text.
    pub text: &'a str,
    /// The sentence.
    pub sentence: &'a Sentence,
    lower: Vec<String>,
    children: Vec<Vec<usize>>,
}

impl<'a> Tree<'a> {
    /// Turns the tree of a sentence of this text around.
    pub fn new(text: &'a str, sentence: &'a Sentence) -> Self {
        let mut children = vec![Vec::new(); sentence.tokens.len()];
        for i in 0..sentence.tokens.len() {
            if let Some(h) = sentence.head(i) {
                children[h].push(i);
            }
        }
        let lower = sentence.tokens.iter().map(|t| t.lemma.to_lowercase()).collect();
        Self { text, sentence, lower, children }
    }

    /// Number of words.
    #[allow(clippy::len_without_is_empty)]
    pub fn len(&self) -> usize {
        self.sentence.tokens.len()
    }

    /// The word.
    pub fn token(&self, i: usize) -> &'a Token {
        &self.sentence.tokens[i]
    }

    /// The word as it is written.
    pub fn form(&self, i: usize) -> &'a str {
        self.token(i).span.of(self.text)
    }

    /// Its lemma in lower case.
    pub fn lemma(&self, i: usize) -> &str {
        &self.lower[i]
    }

    /// The lemmas of all words, in lower case.
    pub fn lemmas(&self) -> &[String] {
        &self.lower
    }

    /// The word it hangs on; `None` for the head of the sentence.
    pub fn head(&self, i: usize) -> Option<usize> {
        self.sentence.head(i)
    }

    /// How it hangs there.
    pub fn relation(&self, i: usize) -> Relation {
        self.token(i).relation
    }

    /// Its part of speech.
    pub fn upos(&self, i: usize) -> Upos {
        self.token(i).upos
    }

    /// Whether it has a morphological feature ("Tense=Past").
    pub fn feature(&self, i: usize, feature: &str) -> bool {
        self.token(i).feats.split('|').any(|f| f == feature)
    }

    /// The words that hang on it, in order.
    pub fn children(&self, i: usize) -> &[usize] {
        &self.children[i]
    }

    /// Those that hang on it by one of these relations, in order.
    pub fn children_by(&self, i: usize, relations: &[Relation]) -> impl Iterator<Item = usize> {
        self.children[i].iter().copied().filter(move |&c| relations.contains(&self.relation(c)))
    }

    /// The first of them.
    pub fn child(&self, i: usize, relations: &[Relation]) -> Option<usize> {
        self.children_by(i, relations).next()
    }

    /// Whether `i` is `top` or below it.
    pub fn is_below(&self, mut i: usize, top: usize) -> bool {
        for _ in 0..=self.len() {
            if i == top {
                return true;
            }
            match self.head(i) {
                Some(h) => i = h,
                None => return false,
            }
        }
        false
    }
}
