//! The grammar of a sentence as a coder asks it: who does it, to whom, with which preposition. Actives, passives,
//! relative and participial clauses, infinitives and coordinations give the same answers.

mod voice;

use crate::codebook::Vocabulary;
use legation_record::{EntityKind, Relation, Sentence, Tree, Upos};
use std::ops::Deref;

/// A word of the sentence by the codebook's numbers.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Numbered {
    pub(crate) lemma: u32,
    pub(crate) form: u32,
}

/// A sentence with its tree turned around and its words numbered.
pub(crate) struct Clauses<'a> {
    tree: Tree<'a>,
    words: Vec<Numbered>,
}

impl<'a> Deref for Clauses<'a> {
    type Target = Tree<'a>;

    fn deref(&self) -> &Tree<'a> {
        &self.tree
    }
}

impl<'a> Clauses<'a> {
    pub(crate) fn new(text: &'a str, sentence: &'a Sentence, vocabulary: &Vocabulary) -> Self {
        let tree = Tree::new(text, sentence);
        let words = sentence
            .tokens
            .iter()
            .zip(tree.lemmas())
            .map(|(t, lemma)| {
                // A name is no common noun, whatever it looks like ("Turkey", "Chad", "Rice").
                let name = matches!(t.entity.kind(), Some(EntityKind::Location | EntityKind::Person));
                if name && t.upos == Upos::Propn {
                    return Numbered::default();
                }
                let form = t.span.of(text).to_lowercase();
                Numbered { lemma: vocabulary.get(lemma), form: vocabulary.get(&form) }
            })
            .collect();
        Self { tree, words }
    }

    pub(crate) fn word(&self, i: usize) -> Numbered {
        self.words[i]
    }
    pub(crate) fn has_word(&self, i: usize, word: u32) -> bool {
        let w = self.words[i];
        word != 0 && (w.lemma == word || w.form == word)
    }
    pub(crate) fn is_case(&self, i: usize) -> bool {
        self.relation(i) == Relation::Case
    }
    pub(crate) fn is_nominal(&self, i: usize) -> bool {
        matches!(self.upos(i), Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num)
    }
    pub(crate) fn is_verb(&self, i: usize) -> bool {
        self.upos(i) == Upos::Verb
    }

    /// Whether the word is written in capitals.
    pub(crate) fn is_acronym(&self, i: usize) -> bool {
        let form = self.form(i);
        form.len() > 1 && form.chars().all(char::is_uppercase)
    }

    /// Whether the word can name an event: a noun that is no acronym, or a gerund without object ("fighting between …").
    pub(crate) fn is_event_noun(&self, i: usize) -> bool {
        use Relation::*;
        match self.upos(i) {
            Upos::Noun => true,
            Upos::Propn => !self.is_acronym(i),
            Upos::Verb => {
                self.form(i).ends_with("ing")
                    && self.child(i, &[Nsubj, NsubjPass, Obj, Aux, Ccomp, Xcomp]).is_none()
                    // "during fighting", where the parser took the preposition for a conjunction.
                    && self.children_by(i, &[Mark]).all(|m| matches!(self.lemma(m), "during" | "amid"))
            }
            _ => false,
        }
    }

    /// Number of steps to the root.
    pub(crate) fn depth(&self, mut i: usize) -> usize {
        let mut steps = 0;
        while let Some(h) = self.head(i) {
            i = h;
            steps += 1;
            if steps > self.len() {
                break;
            }
        }
        steps
    }

    /// The token and those coordinated with it, in order.
    pub(crate) fn conjuncts(&self, i: usize) -> Vec<usize> {
        let mut all = vec![i];
        let mut at = 0;
        while at < all.len() {
            all.extend(self.children_by(all[at], &[Relation::Conj]));
            // "Driss Jettou and his cabinet", hung on the last word of the name.
            let name = self.children_by(all[at], &[Relation::Flat]);
            all.extend(
                name.flat_map(|k| self.children_by(k, &[Relation::Conj]))
                    .filter(|k| !all.contains(k))
                    .collect::<Vec<_>>(),
            );
            at += 1;
        }
        all.extend(self.second_subject(i));
        all
    }

    /// "A and B clash", where the parser made two subjects of one verb of them.
    fn second_subject(&self, i: usize) -> Option<usize> {
        let subject = self.relation(i);
        if !matches!(subject, Relation::Nsubj | Relation::NsubjPass) {
            return None;
        }
        let verb = self.head(i)?;
        let joined = |s: usize| {
            let own = self.children_by(s, &[Relation::Cc]);
            own.chain(self.children_by(verb, &[Relation::Cc])).any(|k| i < k && k < s)
        };
        self.children_by(verb, &[subject]).find(|&s| i < s && s < verb && joined(s))
    }

    /// What a measure word measures: "protesters" for "dozens of protesters", "94 % of the troops".
    pub(crate) fn measured(&self, i: usize) -> Option<usize> {
        const MEASURES: [&str; 51] = [
            "dozen",
            "hundred",
            "thousand",
            "million",
            "billion",
            "ten",
            "score",
            "number",
            "group",
            "majority",
            "some",
            "many",
            "several",
            "most",
            "all",
            "member",
            "couple",
            "pair",
            "series",
            "crowd",
            "handful",
            "lot",
            "total",
            "rest",
            "part",
            "one",
            "two",
            "three",
            "four",
            "five",
            "half",
            "third",
            "quarter",
            "each",
            "any",
            "none",
            "remainder",
            "%",
            "percent",
            "worth",
            "ton",
            "tonne",
            "wave",
            "round",
            "series",
            "spate",
            "string",
            "package",
            "batch",
            "team",
            "load",
        ];
        if !MEASURES.contains(&self.lemma(i)) && self.upos(i) != Upos::Num {
            return None;
        }
        self.children_by(i, &[Relation::Nmod]).find(|&m| self.case(m).is_some_and(|k| self.lemma(k) == "of"))
    }

    /// Infinitives of purpose below a verb or event noun.
    pub(crate) fn purposes(&self, i: usize) -> impl Iterator<Item = usize> {
        self.children_by(i, &[Relation::Advcl, Relation::Acl])
            .filter(|&k| self.children_by(k, &[Relation::Mark]).any(|m| self.lemma(m) == "to"))
    }

    /// The preposition of a nominal: its first case child, coordination included ("between A and B").
    pub(crate) fn case(&self, i: usize) -> Option<usize> {
        self.child(i, &[Relation::Case]).or_else(|| {
            (self.relation(i) == Relation::Conj).then(|| self.head(i).and_then(|h| self.child(h, &[Relation::Case])))?
        })
    }

    /// Prepositional phrases below `h` (verb or noun): (preposition token, nominal).
    pub(crate) fn prepositional(&self, h: usize) -> Vec<(usize, usize)> {
        use Relation::*;
        let mut out = Vec::new();
        for c in self.children_by(h, &[Obl, OblAgent, Nmod, Advcl, Acl, Xcomp, Iobj, NmodDesc]) {
            for &k in self.children(c) {
                let compound = self.lemma(k) == "of"
                    && k > 0
                    && matches!(
                        self.lemma(k - 1),
                        "ahead" | "instead" | "because" | "regardless" | "front" | "outside" | "short"
                    );
                if (self.relation(k) == Case || self.relation(k) == Mark && self.upos(k) != Upos::Part) && !compound {
                    out.push((k, c));
                }
            }
        }
        out
    }

    /// Whether a determiner or adverb makes the word negative ("no troops", "not", "never"); the negation of the child
    /// `below` has been counted already.
    pub(crate) fn is_negated(&self, v: usize, below: Option<usize>) -> bool {
        let negative = |i: usize| {
            matches!(self.lemma(i), "not" | "never" | "no" | "neither" | "n't" | "nor" | "without" | "none" | "nobody")
                || matches!(self.form(i), "n't" | "n’t")
        };
        self.children(v).iter().any(|&c| {
            matches!(
                self.relation(c),
                Relation::Advmod | Relation::Det | Relation::Mark | Relation::CcPreconj | Relation::Case
            ) && negative(c)
        }) || [Relation::Nsubj, Relation::NsubjPass, Relation::Obj].iter().any(|r| {
            self.children_by(v, &[*r]).filter(|&s| Some(s) != below).any(|s| {
                matches!(self.lemma(s), "nobody" | "none" | "nothing")
                    || s != v
                        && self.children_by(s, &[Relation::Det]).any(|d| matches!(self.lemma(d), "no" | "neither"))
            })
        })
    }

    /// Auxiliaries of a verb, by lemma.
    pub(crate) fn auxiliaries(&self, v: usize) -> impl Iterator<Item = usize> {
        self.children_by(v, &[Relation::Aux])
    }
}
