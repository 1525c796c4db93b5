//! Where the parts of a pattern may stand in the sentence: objects, complements, phrases, infinitives, acts.

use super::Matcher;
use super::attempt::Attempt;
use crate::codebook::{AnchorKind, Argument, Pattern};
use legation_record::{Relation, Upos};

impl Matcher<'_> {
    /// Objects without preposition.
    pub(super) fn direct(&self, a: &Attempt) -> Vec<usize> {
        let c = self.clauses;
        let verbs = a.heads.iter().filter(|&&h| c.is_verb(h));
        verbs.flat_map(|&h| c.objects(h)).filter(|o| !a.taken.contains(o)).collect()
    }

    /// Whatever complements without preposition: objects, predicates, adverbs.
    pub(super) fn complements(&self, a: &Attempt) -> Vec<usize> {
        use Relation::*;
        let c = self.clauses;
        let mut out = self.direct(a);
        for &h in &a.heads {
            out.extend(c.children_by(h, &[Xcomp, Advmod, CompoundPrt, OblUnmarked, NmodUnmarked]));
            if h == a.heads[0] && !c.is_verb(h) {
                out.extend(c.children_by(h, &[Nmod, Acl, Compound, Amod]));
            }
        }
        out.retain(|o| !a.taken.contains(o));
        out
    }

    /// Nominals with one of the argument's prepositions, on the anchor or on a word already matched.
    pub(super) fn phrases(&self, argument: &Argument, a: &Attempt) -> Vec<usize> {
        let c = self.clauses;
        let mut out = Vec::new();
        for (&h, person) in a.heads.iter().map(|h| (h, false)).chain(a.people.iter().map(|h| (h, true))) {
            for (k, n) in c.prepositional(h) {
                // What is "of" a participant belongs to it.
                let fits = argument.prepositions.iter().any(|&w| c.has_word(k, w)) && !(person && c.lemma(k) == "of");
                if fits && c.relation(k) == Relation::Case && !a.taken.contains(&n) && !out.contains(&n) {
                    out.push(n);
                }
            }
            // "calls for B to withdraw": UD hangs B on what B is to do.
            for k in c.children_by(h, &[Relation::Xcomp, Relation::Ccomp, Relation::Advcl]).filter(|_| !person) {
                for s in c.children_by(k, &[Relation::Nsubj, Relation::NsubjPass]) {
                    let marked =
                        c.children_by(s, &[Relation::Case]).chain(c.children_by(k, &[Relation::Mark])).any(|m| {
                            m < s && c.upos(m) == Upos::Adp && argument.prepositions.iter().any(|&w| c.has_word(m, w))
                        });
                    if marked && !a.taken.contains(&s) && !out.contains(&s) {
                        out.push(s);
                    }
                }
            }
            // "a resolution condemning B": a participle in the place of a preposition.
            for p in c.children_by(h, &[Relation::Acl, Relation::Advcl]).filter(|_| !person) {
                if argument.prepositions.iter().any(|&w| c.word(p).form == w) {
                    out.extend(c.objects(p).into_iter().filter(|o| !a.taken.contains(o)));
                }
            }
        }
        // "a convoy of pilgrims in B": what it is made of before where it is.
        out.sort_by_key(|&n| c.case(n).is_none_or(|k| c.lemma(k) != "of"));
        // The noun's own light verb may carry the phrase ("launched an attack on").
        if let [n] = a.heads[..] {
            let light =
                c.head(n).filter(|&g| c.is_verb(g) && matches!(c.relation(n), Relation::Obj | Relation::NsubjPass));
            if let Some(g) = light.filter(|_| !c.is_verb(n)) {
                for (k, m) in c.prepositional(g) {
                    if k > n && argument.prepositions.iter().any(|&w| c.has_word(k, w)) && !out.contains(&m) {
                        out.push(m);
                    }
                }
            }
        }
        out
    }

    pub(super) fn infinitives(&self, a: &Attempt) -> Vec<usize> {
        use Relation::*;
        let c = self.clauses;
        let mut out = Vec::new();
        for &h in &a.heads {
            for k in c.children_by(h, &[Xcomp, Advcl, Acl, Ccomp, Csubj]) {
                if c.children_by(k, &[Mark]).any(|m| c.lemma(m) == "to") && !a.taken.contains(&k) {
                    out.push(k);
                }
            }
        }
        out
    }

    /// Where an act may stand.
    pub(super) fn acts(&self, argument: &Argument, pattern: &Pattern, a: &Attempt) -> Vec<usize> {
        use Relation::*;
        let c = self.clauses;
        let mut out = Vec::new();
        if argument.prepositions.is_empty() {
            out.extend(self.infinitives(a));
            for &h in &a.heads {
                out.extend(c.children_by(h, &[Ccomp, Xcomp, Csubj, CsubjPass]));
            }
            if pattern.kind != AnchorKind::Noun {
                out.extend(self.direct(a));
            }
        } else {
            if argument.infinitive {
                out.extend(self.infinitives(a));
            }
            if argument.clause {
                // A clause of reason or time ("because …") is not what was said.
                let said = |k: usize| {
                    let finite = c.feature(k, "VerbForm=Fin")
                        || c.auxiliaries(k).next().is_some()
                        || c.child(k, &[Cop, AuxPass]).is_some();
                    let adverbial = c.relation(k) == Advcl
                        && !c.children_by(k, &[Mark]).any(|m| matches!(c.lemma(m), "that" | "whether" | "if"));
                    finite && !adverbial
                };
                for &h in &a.heads {
                    out.extend(c.children_by(h, &[Ccomp, Acl, Csubj, CsubjPass, Advcl]).filter(|&k| said(k)));
                }
            }
            out.extend(self.phrases(argument, a));
            for &h in &a.heads {
                for (k, n) in c.prepositional(h) {
                    if c.relation(k) == Mark && argument.prepositions.iter().any(|&w| c.has_word(k, w)) {
                        out.push(n);
                    }
                }
            }
        }
        out.retain(|o| !a.taken.contains(o));
        out
    }
}
