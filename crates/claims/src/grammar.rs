//! A sentence's tree as the readers of claims ask it.

use legation_record::{Relation, Sentence, Span, Upos};
use std::ops::Deref;

/// A sentence with its tree turned around.
pub(crate) struct Tree<'a>(legation_record::Tree<'a>);

/// How a clause denies what it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Negation {
    /// "not", "no", "neither".
    Not,
    /// "never", "no … ever".
    Never,
    /// "no longer".
    NoLonger,
}

impl<'a> Deref for Tree<'a> {
    type Target = legation_record::Tree<'a>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl<'a> Tree<'a> {
    pub(crate) fn new(text: &'a str, sentence: &'a Sentence) -> Self {
        Self(legation_record::Tree::new(text, sentence))
    }

    pub(crate) fn is(&self, i: usize, class: &str) -> bool {
        crate::lexicon::is(class, self.lemma(i))
    }

    /// The token and those coordinated with it.
    pub(crate) fn conjuncts(&self, i: usize) -> Vec<usize> {
        let mut all = vec![i];
        let mut at = 0;
        while at < all.len() {
            all.extend(self.children_by(all[at], &[Relation::Conj]));
            at += 1;
        }
        all
    }

    /// Prepositional phrases of a word: lemma of the preposition, head of the phrase.
    pub(crate) fn phrases(&self, i: usize) -> impl Iterator<Item = (&str, usize)> {
        use Relation::*;
        self.children_by(i, &[Obl, Nmod, OblAgent, NmodDesc, Xcomp]).filter_map(|n| {
            let case = self.child(n, &[Case])?;
            Some((self.lemma(case), n))
        })
    }

    /// The head of the phrase with one of these prepositions.
    pub(crate) fn phrase(&self, i: usize, prepositions: &[&str]) -> Option<usize> {
        self.phrases(i).find(|(p, _)| prepositions.contains(p)).map(|(_, n)| n)
    }

    /// The words above `i`, nearest first, `i` included.
    pub(crate) fn up(&self, i: usize) -> impl Iterator<Item = usize> {
        let mut next = Some(i);
        let mut left = self.len() + 1;
        std::iter::from_fn(move || {
            let now = next?;
            left = left.checked_sub(1)?;
            next = self.head(now);
            Some(now)
        })
    }

    /// Whether a word is the head of a clause.
    pub(crate) fn is_predicate(&self, i: usize) -> bool {
        use Relation::*;
        self.upos(i) == Upos::Verb && !matches!(self.relation(i), Amod | Compound)
            || self.child(i, &[Nsubj, NsubjPass, NsubjOuter, Cop]).is_some()
    }

    /// The head of the clause a word stands in.
    pub(crate) fn clause_of(&self, i: usize) -> usize {
        self.up(i).find(|&k| self.is_predicate(k)).unwrap_or(i)
    }

    /// Who does what the clause says, in the passive to whom it is done; from the clause or from where it is understood.
    pub(crate) fn subject(&self, p: usize) -> Option<usize> {
        use Relation::*;
        let mut at = p;
        for _ in 0..8 {
            // Of two the one right before the verb: "The first woman to lead …, she has been …".
            let subjects = self.children_by(at, &[Nsubj, NsubjPass, NsubjOuter]);
            if let Some(s) = subjects.filter(|&k| k < at).last().or(self.child(at, &[Nsubj, NsubjPass, NsubjOuter])) {
                if !self.feature(s, "PronType=Rel") {
                    return Some(s);
                }
                return self.up(at).find(|&k| self.relation(k) == AclRelcl).and_then(|k| self.head(k));
            }
            let head = self.head(at)?;
            match self.relation(at) {
                Acl | AclRelcl => return Some(head),
                Xcomp => {
                    if let Some(object) = self.child(head, &[Iobj, Obj])
                        && !self.feature(at, "VerbForm=Fin")
                        && self.upos(at) == Upos::Verb
                    {
                        return Some(object);
                    }
                    at = head;
                }
                Conj | Advcl | Obl => at = head,
                _ => return None,
            }
        }
        None
    }

    pub(crate) fn is_passive(&self, v: usize) -> bool {
        self.child(v, &[Relation::AuxPass, Relation::NsubjPass]).is_some()
            || matches!(self.relation(v), Relation::Acl | Relation::Advcl)
                && self.feature(v, "VerbForm=Part")
                && self.feature(v, "Tense=Past")
                && self.child(v, &[Relation::Aux, Relation::Nsubj, Relation::Obj]).is_none()
    }

    /// Whether a clause denies what it says, in itself or by its subject or object ("no state has ever …").
    pub(crate) fn negation(&self, p: usize) -> Option<Negation> {
        use Relation::*;
        if self.is_yet_to(p) {
            return Some(Negation::Not);
        }
        let mut found = None;
        let near = self.children_by(p, &[Advmod, Det, CcPreconj, Cc, Aux, Cop, AuxPass, Nsubj, Obj, NsubjPass, Obl]);
        for k in near.chain([p]) {
            let nominal = matches!(self.relation(k), Nsubj | Obj | NsubjPass | Obl) || k == p;
            let words: Vec<usize> =
                if nominal { self.children_by(k, &[Det, CcPreconj, Advmod]).collect() } else { vec![k] };
            for w in words {
                match self.lemma(w) {
                    "never" => return Some(Negation::Never),
                    "no" if nominal => found = Some(Negation::Not),
                    // "not only a member of …": it is one.
                    "not" if w + 1 < self.len() && self.is(w + 1, "only") => {}
                    "not" | "n't" | "neither" | "nor" if !nominal || k == p || self.lemma(w) == "neither" => {
                        found = Some(Negation::Not);
                    }
                    "long" if self.children(w).iter().any(|&c| self.lemma(c) == "no") => {
                        return Some(Negation::NoLonger);
                    }
                    _ => {}
                }
            }
        }
        let ever = || self.children_by(p, &[Advmod]).any(|k| self.lemma(k) == "ever");
        if found.is_some() && ever() { Some(Negation::Never) } else { found }
    }

    /// "Has yet to meet": it has not.
    pub(crate) fn is_yet_to(&self, p: usize) -> bool {
        let have = self.head(p).filter(|&h| self.lemma(h) == "have" && self.relation(p) == Relation::Xcomp);
        let yet = |k: usize| self.children_by(k, &[Relation::Advmod]).any(|c| self.lemma(c) == "yet");
        have.is_some_and(|have| yet(have) || yet(p))
    }

    /// Whether a clause speaks of the past.
    pub(crate) fn is_past(&self, p: usize) -> bool {
        let helps: Vec<usize> = self.children_by(p, &[Relation::Aux, Relation::Cop, Relation::AuxPass]).collect();
        let past = |k: usize| self.feature(k, "Tense=Past") && self.feature(k, "VerbForm=Fin");
        let perfect = helps.iter().any(|&k| self.lemma(k) == "have" && self.feature(k, "Tense=Pres"));
        !perfect && (past(p) || helps.into_iter().any(past) || self.relation(p) == Relation::Acl)
    }

    /// Whether a clause has a finite verb.
    pub(crate) fn is_finite(&self, p: usize) -> bool {
        use Relation::{Aux, AuxPass, Cop};
        let finite = |k: usize| self.feature(k, "VerbForm=Fin");
        finite(p) || self.children_by(p, &[Aux, AuxPass, Cop]).any(finite)
    }

    /// Whether a clause is in the present perfect ("has been").
    pub(crate) fn is_perfect(&self, p: usize) -> bool {
        self.is_yet_to(p)
            || self.children_by(p, &[Relation::Aux]).any(|k| self.lemma(k) == "have" && self.feature(k, "Tense=Pres"))
    }

    /// From the first to the last byte below a word, without the full stop.
    pub(crate) fn span(&self, i: usize) -> Span {
        let below = (0..self.len()).filter(|&k| self.upos(k) != Upos::Punct && self.is_below(k, i));
        below.map(|k| self.token(k).span).fold(self.token(i).span, Span::cover)
    }

    /// The words from `a` to `b`, in whichever order.
    pub(crate) fn between(&self, a: usize, b: usize) -> Span {
        self.token(a).span.cover(self.token(b).span)
    }
}
