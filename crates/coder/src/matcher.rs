//! Matching the codebook's patterns against a sentence: for every word that may be a trigger, the rule that finds most
//! of what it asks for.

use crate::clause::Clauses;
use crate::codebook::{AnchorKind, Argument, Codebook, Effect, Filler, Meaning, Pattern, Role, Rule, Slot};
use crate::mention::{Mentions, Sort, Who};
use legation_gazetteer::AgentClass;
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

/// The state of one attempt.
struct Attempt {
    /// The anchor and the words matched so far: later parts may hang on any of them.
    heads: Vec<usize>,
    /// Participants matched so far: the parser sometimes hangs a later phrase on them ("met A in", "met A with").
    people: Vec<usize>,
    taken: Vec<usize>,
    found: Candidate,
}

impl<'a> Matcher<'a> {
    pub(crate) fn new(book: &'a Codebook, mentions: &'a Mentions<'a>) -> Self {
        let clauses = mentions.clauses;
        let none = || RefCell::new(vec![None; clauses.len()]);
        Self { book, mentions, clauses, events: none(), operators: none(), missed: Cell::new(None) }
    }

    pub(crate) fn rule(&self, c: &Candidate) -> &'a Rule {
        &self.book.rules[c.rule]
    }

    /// The best event rule (or rule that there is none) at a word.
    pub(crate) fn event(&self, i: usize) -> Option<Candidate> {
        self.remembered(i, &self.events, |m| !matches!(m, Meaning::Operator(_)))
    }

    /// The best operator rule at a word.
    pub(crate) fn operator(&self, i: usize) -> Option<(Effect, Candidate)> {
        let found = self.remembered(i, &self.operators, |m| matches!(m, Meaning::Operator(_)))?;
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

    /// Remembers what failed, and passes it on.
    fn or_missed<T>(&self, found: Option<T>, part: Missed) -> Option<T> {
        if found.is_none() {
            self.missed.set(Some(part));
        }
        found
    }

    fn attempt(&self, rule: usize, i: usize) -> Option<Candidate> {
        let c = self.clauses;
        let pattern = &self.book.rules[rule].pattern;
        let range = match pattern.kind {
            AnchorKind::Verb if !matches!(c.upos(i), Upos::Verb | Upos::Aux) => return None,
            // An adjective ("the ousted president") tells what somebody is, not what happens.
            AnchorKind::Verb if c.relation(i) == Relation::Amod => return None,
            AnchorKind::Noun if !c.is_event_noun(i) => return None,
            // "the Cooperation Council": a word of a name is no act.
            AnchorKind::Noun if c.upos(i) == Upos::Propn && i > 0 && self.is_amity(rule) => return None,
            // A gerund is the event noun its form spells: "fighting" is no "fight" of boxers.
            AnchorKind::Noun if c.is_verb(i) && c.relation(i) != Relation::Acl && !pattern.anchor.has_form(c, i) => {
                return None;
            }
            _ => pattern.anchor.matches(c, i)?,
        };
        let mut a = Attempt {
            heads: vec![i],
            people: Vec::new(),
            taken: vec![i],
            found: Candidate {
                rule,
                anchor: i,
                score: if range.1 > range.0 { 3.0 } else { 2.0 },
                actors: Vec::new(),
                recipients: Vec::new(),
                words: vec![range],
                act: None,
            },
        };
        match pattern.kind {
            AnchorKind::Verb => {
                if c.relation(i) == Relation::Cop {
                    return self.or_missed(self.predicate_phrase(pattern, i, a), Missed::Argument(0));
                }
                if c.upos(i) == Upos::Aux {
                    return None;
                }
                self.or_missed(self.subject(pattern, c.subject(i), &mut a), Missed::Subject)?;
            }
            AnchorKind::Copular(preposition) => {
                self.or_missed(self.copular(preposition, i), Missed::Copula)?;
                let subject = self.subject(pattern, self.predicate_subject(i), &mut a);
                self.or_missed(subject, Missed::Subject)?;
                a.found.score += 1.0;
            }
            AnchorKind::Noun => {}
        }
        for (n, argument) in pattern.arguments.iter().enumerate() {
            self.or_missed(self.argument(argument, pattern, &mut a), Missed::Argument(n))?;
        }
        match pattern.kind {
            AnchorKind::Noun => self.noun_actor(pattern, i, &mut a),
            // "pounded Taliban hideouts": whose hideouts.
            // Where it stands says less: "closed the Russian consulate in Seattle".
            _ if !pattern.reciprocal
                && self.concerns_owner(rule)
                && a.found.recipients.iter().all(|r| self.is_location(r)) =>
            {
                let words = &a.heads[1..];
                // "stormed a police headquarters", "freed eleven of its prisoners": the words say who.
                let held = self.concerns_body(rule) && a.found.actors.len() < 2;
                let mut owners: Vec<Who> = words.iter().filter(|_| held).flat_map(|&w| self.own(w)).collect();
                if owners.is_empty() {
                    owners = words.iter().flat_map(|&w| self.owners(w)).collect();
                }
                if !owners.is_empty() {
                    a.found.recipients = owners;
                }
            }
            _ => {}
        }
        if let Some(unnamed) = self.book.rules[rule]
            .unnamed
            .as_ref()
            .filter(|_| a.found.actors.iter().all(|w| w.code.is_none() && w.sectors.is_empty()))
        {
            // A word inside a phrase of the first set is no word of the second: "opened fire" is no fire.
            let phrases: Vec<(usize, usize)> = unnamed
                .with
                .iter()
                .flat_map(|set| (0..c.len()).filter_map(|k| set.matches(c, k)))
                .filter(|(first, last)| last > first)
                .collect();
            let apart = |k: usize| !phrases.iter().any(|&(first, last)| (first..=last).contains(&k));
            let holds = |set: &crate::codebook::WordSet| (0..c.len()).any(|k| k != i && set.matches(c, k).is_some());
            let spoils = |set: &crate::codebook::WordSet| {
                (0..c.len()).any(|k| k != i && apart(k) && set.matches(c, k).is_some())
            };
            // Soldiers, officials, journalists and the like are seldom killed by chance.
            let exposed = |w: &Who| {
                w.sectors.iter().any(|s| matches!(s.as_str(), "MIL" | "COP" | "GOV" | "JRN" | "IGO" | "REB" | "UAF"))
            };
            let lacks = unnamed.with.as_ref().is_some_and(|set| !holds(set)) && !a.found.recipients.iter().any(exposed);
            if lacks || unnamed.without.as_ref().is_some_and(spoils) {
                self.missed.set(Some(Missed::Unnamed));
                return None;
            }
        }
        // "B announced C's resignation": C resigns.
        let resigns = matches!(&self.book.rules[rule].meaning, Meaning::Event { modes, .. } if modes.iter().any(|m| m == "resign"));
        if resigns && pattern.kind == AnchorKind::Verb {
            let others = a.heads[1..].iter().flat_map(|&w| c.children_by(w, &[Relation::NmodPoss]));
            let of: Vec<Who> =
                others.filter(|&p| c.upos(p) != Upos::Pron).flat_map(|p| self.mentions.all(p, false)).collect();
            if !of.is_empty() {
                a.found.actors = of;
            }
        }
        if a.found.actors.is_empty() && self.is_removal(rule) && c.is_passive(i) {
            self.host(i, &mut a);
        }
        if pattern.reciprocal {
            let all = std::mem::take(&mut a.found.actors);
            for who in all {
                if !a.found.actors.iter().any(|o| o.is_same(&who)) {
                    a.found.actors.push(who);
                }
            }
        }
        // Nobody both does it and has it done to him by the same words.
        let actors = a.found.actors.clone();
        a.found.recipients.retain(|r| !actors.iter().any(|o| o.is_same(r)));
        Some(a.found)
    }

    /// "A be against ~": the copula's head is the object of the preposition.
    fn predicate_phrase(&self, pattern: &Pattern, copula: usize, mut a: Attempt) -> Option<Candidate> {
        let c = self.clauses;
        let p = c.head(copula)?;
        let (argument, rest) = pattern.arguments.split_first()?;
        let case =
            c.children_by(p, &[Relation::Case]).find(|&k| argument.prepositions.iter().any(|&w| c.has_word(k, w)))?;
        self.subject(pattern, self.predicate_subject(p), &mut a)?;
        a.found.words.push((case, case));
        match &argument.filler {
            Filler::Act(types) => self.take_act(p, types, &mut a)?,
            Filler::Participant(slot) => self.take_participant(p, slot, &mut a)?,
            Filler::Word(set) => a.found.words.push(set.matches(c, p)?),
            Filler::Anything(_) => {}
        }
        a.heads.push(p);
        for argument in rest {
            self.argument(argument, pattern, &mut a)?;
        }
        Some(a.found)
    }

    fn copular(&self, preposition: Option<u32>, i: usize) -> Option<()> {
        use Relation::*;
        let c = self.clauses;
        if !matches!(c.upos(i), Upos::Adj | Upos::Noun | Upos::Verb | Upos::Adv | Upos::Propn) {
            return None;
        }
        let case = c.child(i, &[Case]);
        match (preposition, case) {
            (Some(p), Some(k)) if c.has_word(k, p) => {}
            (None, None) => {}
            _ => return None,
        }
        let linked = c.child(i, &[Cop, AuxPass]).is_some()
            || c.relation(i) == Xcomp
            || preposition.is_none()
                && c.upos(i) == Upos::Adj
                && matches!(c.relation(i), Advcl | Acl | Conj | Root | Ccomp)
            || preposition.is_some() && matches!(c.relation(i), Acl | Nmod);
        linked.then_some(())
    }

    fn predicate_subject(&self, i: usize) -> Option<usize> {
        let c = self.clauses;
        c.child(i, &[Relation::Nsubj, Relation::NsubjPass]).or_else(|| c.subject(i))
    }

    /// Fills the place before the verb. A subject that is no participant blocks the pattern; one left out does not.
    fn subject(&self, pattern: &Pattern, subject: Option<usize>, a: &mut Attempt) -> Option<()> {
        match (&pattern.subject, subject) {
            (Some(Filler::Participant(slot)), None) if slot.noun.is_some() || !slot.sectors.is_empty() => None,
            (None, _) | (Some(Filler::Participant(_) | Filler::Anything(None)), None) => Some(()),
            (Some(Filler::Participant(slot)), Some(s)) => {
                a.taken.push(s);
                self.take_participant(s, slot, a)
            }
            (Some(Filler::Anything(Some(set))), Some(s)) => {
                // A gerund is the event noun its form spells, not its verb ("fighting" is no bout).
                let c = self.clauses;
                let is_noun = |k: usize| !c.is_verb(k) || set.has_form(c, k);
                let range = c.conjuncts(s).into_iter().filter(|&k| is_noun(k)).find_map(|k| set.matches(c, k))?;
                // "Israeli airstrikes killed": the weapon's owner acts.
                let names_actor = pattern
                    .arguments
                    .iter()
                    .any(|g| matches!(&g.filler, Filler::Participant(p) if p.role == Role::Actor));
                if !names_actor {
                    a.found.actors = self.qualifiers(s);
                    // "passed a resolution condemning B": who passed it; "sparked clashes that killed" is another matter.
                    let verbal = matches!(
                        self.book.rules[a.found.rule].meaning,
                        Meaning::Event { event_type: EventType::Accuse | EventType::Request | EventType::Support, .. }
                    );
                    let carrier = c.head(s).filter(|&g| verbal && c.is_verb(g) && c.objects(g).contains(&s));
                    if let Some(who) = carrier.and_then(|g| c.subject(g)).filter(|_| a.found.actors.is_empty()) {
                        a.found.actors = self.mentions.all(who, false);
                    }
                }
                a.taken.push(s);
                a.heads.push(s);
                a.found.words.push(range);
                a.found.score += 2.0;
                Some(())
            }
            (Some(Filler::Anything(None)), Some(_)) => Some(()),
            _ => None,
        }
    }

    fn argument(&self, argument: &Argument, pattern: &Pattern, a: &mut Attempt) -> Option<()> {
        if !argument.prepositions.is_empty() {
            a.found.score += 0.25;
        }
        match &argument.filler {
            Filler::Participant(slot) => {
                let places = if argument.prepositions.is_empty() { self.direct(a) } else { self.phrases(argument, a) };
                let place = places.into_iter().find(|&p| self.take_participant(p, slot, a).is_some())?;
                a.taken.push(place);
                a.people.push(place);
                Some(())
            }
            Filler::Word(set) => {
                let places =
                    if argument.prepositions.is_empty() { self.complements(a) } else { self.phrases(argument, a) };
                let c = self.clauses;
                let mut infinitives = if argument.infinitive { self.infinitives(a) } else { Vec::new() };
                if argument.clause {
                    // "ruled that the law is unlawful"
                    infinitives.extend(a.heads.iter().flat_map(|&h| c.children_by(h, &[Relation::Ccomp])));
                }
                let (place, range) = places.into_iter().chain(infinitives).find_map(|p| {
                    let found = |k: usize| set.matches(c, k).map(|range| (k, range));
                    c.conjuncts(p).into_iter().find_map(|k| found(k).or_else(|| found(c.measured(k)?)))
                })?;
                a.taken.push(place);
                a.heads.push(place);
                a.found.words.push(range);
                // "a drone strike" says more than "a strike".
                a.found.score += 2.0 + 0.25 * (range.1 - range.0).min(2) as f32;
                Some(())
            }
            Filler::Act(types) => {
                let places = self.acts(argument, pattern, a);
                let place = places.into_iter().find(|&p| self.take_act(p, types, a).is_some())?;
                a.taken.push(place);
                Some(())
            }
            Filler::Anything(set) => {
                let mut places =
                    if argument.prepositions.is_empty() { self.complements(a) } else { self.phrases(argument, a) };
                if let Some(set) = set {
                    places.retain(|&p| set.matches(self.clauses, p).is_some());
                    a.found.score += 2.0;
                }
                let place = places.into_iter().next()?;
                a.taken.push(place);
                a.heads.push(place);
                // What may be anything says less than a participant.
                a.found.score -= if set.is_some() { 0.0 } else { 0.5 };
                Some(())
            }
        }
    }

    /// Objects without preposition.
    fn direct(&self, a: &Attempt) -> Vec<usize> {
        let c = self.clauses;
        let verbs = a.heads.iter().filter(|&&h| c.is_verb(h));
        verbs.flat_map(|&h| c.objects(h)).filter(|o| !a.taken.contains(o)).collect()
    }

    /// Whatever complements without preposition: objects, predicates, adverbs.
    fn complements(&self, a: &Attempt) -> Vec<usize> {
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
    fn phrases(&self, argument: &Argument, a: &Attempt) -> Vec<usize> {
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

    fn infinitives(&self, a: &Attempt) -> Vec<usize> {
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
    fn acts(&self, argument: &Argument, pattern: &Pattern, a: &Attempt) -> Vec<usize> {
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

    fn take_act(&self, place: usize, types: &[EventType], a: &mut Attempt) -> Option<()> {
        let c = self.clauses;
        if types.is_empty() {
            // A participant is no act, and a thing is none either unless some rule knows it as an event.
            if c.is_nominal(place) && !self.mentions.one(place).is_empty() {
                return None;
            }
            let clause = !c.is_nominal(place);
            a.found.score += if clause || self.act_type(place).is_some() { 1.0 } else { 0.5 };
        } else {
            let found = self.event_type(place).or_else(|| self.act_type(place))?;
            if !types.contains(&found) {
                return None;
            }
            a.found.score += 2.0;
        }
        a.found.act = Some(place);
        Some(())
    }

    fn take_participant(&self, place: usize, slot: &Slot, a: &mut Attempt) -> Option<()> {
        let recipient = slot.role == Role::Recipient;
        let mut found = self.mentions.all(place, recipient);
        // "condemned the court's decision": the owner stands in; a subject acts itself.
        if found.is_empty() && recipient && slot.noun.is_none() {
            found = self.mentions.owner(place);
            // "investigated the murder of A": what was done to A is not A's; whoever did it is meant, if anybody.
            if self.clauses.is_event_noun(place)
                && let Some(act) = self.event(place).filter(|e| self.is_violence(e))
            {
                found.retain(|w| !act.recipients.iter().any(|r| r.span.overlaps(w.span)));
            }
        }
        // Only people are arrested, charged, convicted: a noun for somebody the tables do not list is one of them.
        if found.is_empty()
            && recipient
            && slot.noun.is_none()
            && slot.sectors.is_empty()
            && self.concerns_person(a.found.rule, a.found.anchor)
        {
            found = self.mentions.somebody(place);
        }
        if let Some(set) = &slot.noun {
            let heads = self.clauses.conjuncts(place);
            let listed = |h: usize| set.matches(self.clauses, h).is_some();
            // "Health Minister Rosa Diaz", "Rosa Diaz, the health minister"
            let titled = |h: usize| {
                self.clauses.children_by(h, &[Relation::NmodDesc, Relation::Appos]).any(listed)
                    && self.mentions.is_name(h)
            };
            if !heads.iter().any(|&h| listed(h) || titled(h) || self.clauses.measured(h).is_some_and(listed)) {
                return None;
            }
            if found.is_empty() {
                // What happens "in B" is not done by B.
                let c = self.clauses;
                let within = |who: &Who| c.case(who.head).is_some_and(|k| matches!(c.lemma(k), "in" | "at" | "near"));
                found = self.mentions.owner(place);
                found.retain(|who| recipient || !within(who));
            }
        }
        if !slot.sectors.is_empty() {
            found.retain(|w| slot.sectors.iter().any(|s| w.is_in(s)));
        }
        if found.is_empty() {
            return None;
        }
        // Two or more, or a plural of whom the text names none.
        if slot.several && found.len() < 2 && !self.clauses.token(place).feats.contains("Number=Plur") {
            return None;
        }
        a.found.score +=
            f32::from(u8::from(slot.noun.is_some()) + u8::from(!slot.sectors.is_empty()) + u8::from(slot.several));
        // A bare number is nobody unless the verb asks for people: only as recipients of harm.
        if found.iter().all(|w| w.sort == Sort::Count) && !recipient {
            return None;
        }
        a.found.score += 1.0;
        let list = if recipient { &mut a.found.recipients } else { &mut a.found.actors };
        for who in found {
            if !list.iter().any(|o| o.is_same(&who)) {
                list.push(who);
            }
        }
        Some(())
    }

    /// Whether the rule's act removes somebody from a country.
    fn is_removal(&self, rule: usize) -> bool {
        matches!(&self.book.rules[rule].meaning, Meaning::Event { modes, .. } if modes.iter().any(|m| m == "expel" || m == "deport"))
    }

    /// "Two inspectors were expelled from B": the country that they have to leave made them.
    fn host(&self, verb: usize, a: &mut Attempt) {
        let c = self.clauses;
        let from = c.prepositional(verb).into_iter().find(|&(k, _)| c.lemma(k) == "from");
        let Some((_, place)) = from else { return };
        let hosts: Vec<Who> = self.mentions.one(place).into_iter().filter(|w| w.sort == Sort::State).collect();
        if hosts.is_empty() {
            return;
        }
        a.found.recipients.retain(|r| !hosts.iter().any(|h| h.is_same(r)));
        if a.found.recipients.is_empty() {
            a.found.recipients = c.objects(verb).into_iter().flat_map(|o| self.mentions.all(o, false)).collect();
        }
        a.found.actors = hosts;
    }

    /// Whether the rule's act can be done to people alone.
    fn concerns_person(&self, rule: usize, anchor: usize) -> bool {
        match &self.book.rules[rule].meaning {
            Meaning::Event { event_type: EventType::Accuse, .. } => {
                // "charged its customers a fee"
                let c = self.clauses;
                let formal = c.is_passive(anchor) || c.prepositional(anchor).iter().any(|&(k, _)| c.lemma(k) == "with");
                match c.lemma(anchor) {
                    "charge" => formal,
                    lemma => matches!(lemma, "indict" | "prosecute" | "arraign"),
                }
            }
            Meaning::Event { modes, .. } => {
                modes.iter().any(|m| matches!(m.as_str(), "arrest" | "abduct" | "deport" | "convict" | "torture"))
            }
            _ => false,
        }
    }

    /// Whether a word before an attack's noun names those who attack: fighters, soldiers, police.
    pub(crate) fn is_force(&self, k: usize) -> bool {
        self.mentions.role(k).is_some_and(|(_, agent)| {
            agent.class != AgentClass::Instrument
                && agent.lemma != "military"
                && matches!(agent.sectors.primary(), Some("REB" | "UAF" | "CRM" | "MIL" | "COP" | "PRM"))
        })
    }

    fn is_amity(&self, rule: usize) -> bool {
        use EventType::{Agree, Aid, Cooperate, Support};
        matches!(self.book.rules[rule].meaning, Meaning::Event { event_type: Agree | Aid | Cooperate | Support, .. })
    }

    pub(crate) fn is_violence(&self, c: &Candidate) -> bool {
        matches!(self.rule(c).meaning, Meaning::Event { event_type: EventType::Assault | EventType::Coerce, .. })
    }

    /// Whether a participant is only named as the place.
    pub(crate) fn is_location(&self, who: &Who) -> bool {
        let c = self.clauses;
        let within = |h: usize| c.case(h).is_some_and(|k| matches!(c.lemma(k), "in" | "near" | "at"));
        // "in the Syrian capital"
        let phrase = c.head(who.head).filter(|_| matches!(c.relation(who.head), Relation::Amod | Relation::NmodPoss));
        who.sort == Sort::Place || within(who.head) || phrase.is_some_and(within)
    }

    /// Whether the rule's type is done to somebody whose thing the text may name instead.
    fn concerns_owner(&self, rule: usize) -> bool {
        use EventType::{Accuse, Assault, Coerce, Reject, Retreat, Sanction, Support};
        let types = [Accuse, Assault, Coerce, Reject, Sanction, Support];
        match &self.book.rules[rule].meaning {
            Meaning::Event { event_type: Retreat, modes, .. } => modes.iter().any(|m| m == "release"),
            Meaning::Event { event_type, .. } => types.contains(event_type),
            _ => false,
        }
    }

    /// Whether the rule's act is done to the people or premises that its words name.
    fn concerns_body(&self, rule: usize) -> bool {
        match &self.book.rules[rule].meaning {
            Meaning::Event { event_type: EventType::Assault | EventType::Coerce, .. } => true,
            Meaning::Event { event_type: EventType::Retreat, modes, .. } => modes.iter().any(|m| m == "release"),
            _ => false,
        }
    }

    /// The people or body an object names, where a rule has it as one of its words: no weapon, no thing.
    fn own(&self, w: usize) -> Vec<Who> {
        use Relation::*;
        let c = self.clauses;
        if !matches!(c.relation(w), Obj | NsubjPass) {
            return Vec::new();
        }
        let head = c.measured(w).unwrap_or(w);
        match self.mentions.role(head) {
            // "a state of emergency" is no state.
            Some((_, agent)) if agent.class != AgentClass::Instrument && agent.lemma != "state" => {
                self.mentions.one(head).into_iter().filter(|who| !who.sectors.is_empty()).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Whose the thing is that a noun names: what qualifies it, its possessor, who it comes from ("a request from B").
    fn owners(&self, n: usize) -> Vec<Who> {
        use Relation::*;
        let c = self.clauses;
        let found = self.qualifiers(n);
        if !found.is_empty() {
            return found;
        }
        let coded = |who: &Who| who.code.is_some() || !who.sectors.is_empty();
        // "its accounts were frozen": whoever is meant, but not in "withdraws its troops".
        let passive = c.head(n).is_some_and(|g| c.is_verb(g) && c.is_passive(g) && c.relation(n) == NsubjPass);
        let possessors = c.children_by(n, &[NmodPoss]).filter(|&m| passive || c.upos(m) != Upos::Pron);
        let sources =
            c.children_by(n, &[Nmod]).filter(|&m| c.case(m).is_some_and(|k| matches!(c.lemma(k), "by" | "from")));
        let found: Vec<Who> =
            possessors.chain(sources).flat_map(|m| self.mentions.all(m, false)).filter(coded).collect();
        if !found.is_empty() {
            return found;
        }
        // "imports of Australian coal": whose coal.
        let contents = c.children_by(n, &[Nmod]).filter(|&m| c.case(m).is_some_and(|k| c.lemma(k) == "of"));
        contents.flat_map(|m| self.qualifiers(m)).collect()
    }

    /// States, organisations and groups that possess or qualify a noun ("Israeli", "NATO", "Russia's").
    pub(crate) fn qualifiers(&self, n: usize) -> Vec<Who> {
        use Relation::*;
        let c = self.clauses;
        let named = c
            .children_by(n, &[NmodPoss, Amod, Compound])
            .flat_map(|m| c.conjuncts(m))
            .filter(|&m| self.mentions.is_name(m));
        named.flat_map(|m| self.mentions.one(m)).filter(|w| !matches!(w.sort, Sort::Place | Sort::Count)).collect()
    }

    /// The actor of an event noun: possessor, nationality, "by …", or the subject of the light verb that carries it.
    fn noun_actor(&self, pattern: &Pattern, n: usize, a: &mut Attempt) {
        use Relation::*;
        let c = self.clauses;
        if !a.found.actors.is_empty() && !pattern.reciprocal {
            return;
        }
        let written = |who: &Who, a: &Attempt| {
            a.found.recipients.iter().chain(&a.found.actors).any(|o| o.span.overlaps(who.span))
        };
        let mut found: Vec<Who> = Vec::new();
        for m in c.children_by(n, &[NmodPoss, Amod, Compound, Nmod]) {
            let fits = match c.relation(m) {
                Nmod => c.case(m).is_some_and(|k| matches!(c.lemma(k), "by")),
                _ => true,
            };
            if fits && !a.taken.contains(&m) {
                // Only names and possessors: "the police chief's visit" has its chief as possessor.
                let who = match c.relation(m) {
                    NmodPoss | Nmod => self.mentions.all(m, false),
                    _ => c
                        .conjuncts(m)
                        .into_iter()
                        // "an insurgent attack", "a police raid": by those.
                        .filter(|&k| self.mentions.is_name(k))
                        .flat_map(|k| self.mentions.one(k))
                        .collect(),
                };
                found.extend(who.into_iter().filter(|w| w.sort != Sort::Place && w.sort != Sort::Count));
            }
        }
        // "an insurgent attack", "a police raid": by those.
        if found.is_empty() && self.is_violence(&a.found) {
            let forces = c.children_by(n, &[Compound, Amod]).filter(|&k| !a.taken.contains(&k) && self.is_force(k));
            found = forces.flat_map(|k| self.mentions.one(k)).collect();
        }
        // "the withdrawal of Russian troops": whose troops.
        if found.is_empty() {
            found = a.heads[1..].iter().flat_map(|&w| self.qualifiers(w)).collect();
            // "the bombing of the Iranian embassy": done to its owner.
            if self.is_violence(&a.found) {
                let victims = std::mem::take(&mut found);
                if a.found.recipients.is_empty() {
                    a.found.recipients = victims;
                }
            }
        }
        // "a visit by", with the phrase on the governing verb; "carried out by".
        if found.is_empty()
            && let Some(p) = c.child(n, &[Acl]).filter(|&p| c.is_passive(p))
        {
            found.extend(c.subject(p).map(|s| self.mentions.all(s, false)).unwrap_or_default());
        }
        if found.is_empty()
            && let Some(g) = c.head(n).filter(|&g| c.is_verb(g))
        {
            let carried = self.operator(g).is_some_and(|(e, o)| {
                o.act == Some(n) && matches!(e, Effect::Transparent | Effect::Promise | Effect::Future)
            });
            if carried {
                found.extend(c.subject(g).map(|s| self.mentions.all(s, false)).unwrap_or_default());
            }
        }
        if found.is_empty() && a.found.actors.is_empty() {
            // "during a visit to B, A …", "A, on a visit to B, …": the subject of the clause is the visitor.
            let rule = &self.book.rules[a.found.rule].meaning;
            let consults = matches!(rule, Meaning::Event { event_type: EventType::Consult, .. });
            let around = c.case(n).is_some_and(|k| {
                matches!(c.lemma(k), "during" | "on" | "after" | "before" | "in" | "at" | "following" | "for")
            });
            // "sent a mission to B for talks": who goes to talk.
            let goes = |g: usize| {
                let goers = [
                    "arrive", "travel", "visit", "go", "fly", "send", "meet", "host", "gather", "return", "head",
                    "come",
                ];
                c.case(n).is_none_or(|k| c.lemma(k) != "for") || goers.contains(&c.lemma(g))
            };
            if let Some(g) =
                c.head(n).filter(|&g| consults && around && c.relation(n) == Obl && c.is_verb(g) && goes(g))
            {
                found.extend(c.subject(g).map(|s| self.mentions.all(s, false)).unwrap_or_default());
            }
        }
        let mut any = false;
        for who in found {
            if !written(&who, a) {
                a.found.actors.push(who);
                any = true;
            }
        }
        if any {
            a.found.score += 1.0;
        }
    }
}
