//! Matching the codebook's patterns against a sentence: for every word that may be a trigger, the rule that finds most
//! of what it asks for.

mod attempt;
mod kinds;
mod owners;
mod reach;
mod take;

use crate::clause::Clauses;
use crate::codebook::{Codebook, Effect, Meaning, Rule};
use crate::mention::{Mentions, Who};
use legation_record::{EventType, Relation, Upos};
use std::cell::{Cell, RefCell};

/// A rule that matched at a word.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    pub(crate) rule: usize,
    pub(crate) anchor: usize,
    pub(crate) score: f32,
    pub(crate) actors: Vec<Who>,
    pub(crate) recipients: Vec<Who>,
    /// Token ranges of the words the rule used, the anchor's first.
    pub(crate) words: Vec<(usize, usize)>,
    /// The word that heads the act in `~`.
    pub(crate) act: Option<usize>,
}

impl Candidate {
    /// Whether token `i` is one of the words used.
    pub(crate) fn uses(&self, i: usize) -> bool {
        self.words.iter().any(|&(a, b)| a <= i && i <= b)
    }
}

/// Rules that matched, worked out once per word.
pub(crate) struct Matcher<'a> {
    pub(crate) book: &'a Codebook,
    pub(crate) mentions: &'a Mentions<'a>,
    pub(crate) clauses: &'a Clauses<'a>,
    events: RefCell<Vec<Option<Option<Candidate>>>>,
    operators: RefCell<Vec<Option<Option<Candidate>>>>,
    /// The words whose event is being worked out.
    open: RefCell<Vec<usize>>,
    /// Whether something was asked of a word whose event is being worked out.
    cut: Cell<bool>,
    /// Where the last attempt that got past its anchor failed.
    missed: Cell<Option<Missed>>,
}

/// The part of a pattern that found nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Missed {
    /// The predicate is not linked to a subject by "be".
    Copula,
    Subject,
    /// The number of the place after the anchor.
    Argument(usize),
    /// What the sentence must hold where nobody is named.
    Unnamed,
}

impl<'a> Matcher<'a> {
    pub(crate) fn new(book: &'a Codebook, mentions: &'a Mentions<'a>) -> Self {
        let clauses = mentions.clauses;
        let none = || RefCell::new(vec![None; clauses.len()]);
        Self {
            book,
            mentions,
            clauses,
            events: none(),
            operators: none(),
            open: RefCell::default(),
            cut: Cell::new(false),
            missed: Cell::new(None),
        }
    }

    pub(crate) fn rule(&self, c: &Candidate) -> &'a Rule {
        &self.book.rules[c.rule]
    }

    /// The best event rule (or rule that there is none) at a word.
    pub(crate) fn event(&self, i: usize) -> Option<Candidate> {
        if self.open.borrow().contains(&i) {
            self.cut.set(true);
            return None;
        }
        self.open.borrow_mut().push(i);
        let found = self.remembered(i, &self.events, |m| !matches!(m, Meaning::Operator(_)));
        self.open.borrow_mut().pop();
        found
    }

    /// The best operator rule at a word.
    pub(crate) fn operator(&self, i: usize) -> Option<(Effect, Candidate)> {
        let before = self.cut.replace(false);
        let found = self.remembered(i, &self.operators, |m| matches!(m, Meaning::Operator(_)));
        // Asked from within the very act it governs ("jailed for the murder of B"), it may have missed that act.
        if self.cut.get() {
            self.operators.borrow_mut()[i] = None;
        }
        self.cut.set(before);
        let found = found?;
        match self.rule(&found).meaning {
            Meaning::Operator(effect) => Some((effect, found)),
            _ => None,
        }
    }

    /// The type of the event at a word.
    pub(crate) fn event_type(&self, i: usize) -> Option<EventType> {
        match &self.rule(&self.event(i)?).meaning {
            Meaning::Event { event_type, .. } => Some(*event_type),
            _ => None,
        }
    }

    /// The type of the act a word heads: its own, or that of a light construction just below it.
    pub(crate) fn act_type(&self, act: usize) -> Option<EventType> {
        use Relation::*;
        let c = self.clauses;
        let below = |i: usize| c.children_by(i, &[Obj, Xcomp, Obl, Nmod, Ccomp, Conj, NsubjPass]).collect::<Vec<_>>();
        self.event_type(act).or_else(|| {
            let first = below(act);
            first.iter().find_map(|&k| self.event_type(k)).or_else(|| {
                first.iter().filter(|&&k| c.relation(k) != Obl).flat_map(|&k| below(k)).find_map(|k| self.event_type(k))
            })
        })
    }

    /// Every event rule that matches at a word, best first: for explanations.
    pub(crate) fn all_events(&self, i: usize) -> Vec<Candidate> {
        let mut all = self.candidates(i, &|m: &Meaning| !matches!(m, Meaning::Operator(_)));
        all.sort_by(|a, b| b.score.total_cmp(&a.score));
        all
    }

    fn remembered(
        &self,
        i: usize,
        memo: &RefCell<Vec<Option<Option<Candidate>>>>,
        wanted: impl Fn(&Meaning) -> bool,
    ) -> Option<Candidate> {
        if let Some(known) = &memo.borrow()[i] {
            return known.clone();
        }
        // An act inside itself (through a wrong parse) finds nothing.
        memo.borrow_mut()[i] = Some(None);
        let mut best: Option<Candidate> = None;
        for c in self.candidates(i, &wanted) {
            let better = best.as_ref().is_none_or(|b| {
                c.score > b.score + 1e-3 || (c.score - b.score).abs() <= 1e-3 && self.order(&c) < self.order(b)
            });
            if better {
                best = Some(c);
            }
        }
        memo.borrow_mut()[i] = Some(best.clone());
        best
    }

    /// Between equals: no event first, then the type that stands first in the manual, then the file's order.
    fn order(&self, c: &Candidate) -> (usize, usize) {
        match &self.rule(c).meaning {
            Meaning::Event { event_type, .. } => (1 + *event_type as usize, c.rule),
            _ => (0, c.rule),
        }
    }

    fn candidates(&self, i: usize, wanted: &dyn Fn(&Meaning) -> bool) -> Vec<Candidate> {
        self.rules_at(i)
            .into_iter()
            .filter(|&r| wanted(&self.book.rules[r as usize].meaning))
            .filter_map(|r| self.attempt(r as usize, i))
            .collect()
    }

    /// The rules that turn on a word, by its lemma or form.
    fn rules_at(&self, i: usize) -> Vec<u32> {
        let upos = self.clauses.upos(i);
        if !matches!(upos, Upos::Verb | Upos::Noun | Upos::Adj | Upos::Aux | Upos::Propn | Upos::Adv) {
            return Vec::new();
        }
        let word = self.clauses.word(i);
        let keys = if word.form == word.lemma { [word.lemma, 0] } else { [word.lemma, word.form] };
        let mut rules: Vec<u32> =
            keys.iter().filter(|k| **k != 0).filter_map(|k| self.book.index.get(k)).flatten().copied().collect();
        rules.sort_unstable();
        rules.dedup();
        rules
    }

    /// Event rules that turn on a word and lack one of their conditions, with the one that was found missing first: for
    /// explanations.
    pub(crate) fn misses(&self, i: usize) -> Vec<(usize, Missed)> {
        let mut out = Vec::new();
        for r in self.rules_at(i).into_iter().map(|r| r as usize) {
            if matches!(self.book.rules[r].meaning, Meaning::Operator(_)) {
                continue;
            }
            self.missed.set(None);
            if self.attempt(r, i).is_none()
                && let Some(missed) = self.missed.get()
            {
                out.push((r, missed));
            }
        }
        out
    }
}
