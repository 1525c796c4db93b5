//! One attempt to fit a rule to a word: its anchor, its subject, its places one after the other.

use super::{Candidate, Matcher, Missed};
use crate::codebook::{AnchorKind, Argument, Filler, Meaning, Pattern, Role};
use crate::mention::Who;
use legation_record::{EventType, Relation, Upos};

/// The state of one attempt.
pub(super) struct Attempt {
    /// The anchor and the words matched so far: later parts may hang on any of them.
    pub(super) heads: Vec<usize>,
    /// Participants matched so far: the parser sometimes hangs a later phrase on them ("met A in", "met A with").
    pub(super) people: Vec<usize>,
    pub(super) taken: Vec<usize>,
    pub(super) found: Candidate,
}

impl Matcher<'_> {
    pub(super) fn attempt(&self, rule: usize, i: usize) -> Option<Candidate> {
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
            // "in its conflict with B, A fires"
            AnchorKind::Copular(_) if pattern.reciprocal && a.found.actors.len() == 1 => {
                let other = self.other_side(i, &a.found.actors, rule);
                a.found.actors.extend(other);
            }
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
                // "gunmen storm a hotel": no weather.
                let deed = |k: usize| c.is_verb(k) && matches!(c.lemma(k), "storm" | "fire");
                (0..c.len()).any(|k| k != i && apart(k) && !deed(k) && set.matches(c, k).is_some())
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
    pub(super) fn predicate_phrase(&self, pattern: &Pattern, copula: usize, mut a: Attempt) -> Option<Candidate> {
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

    pub(super) fn copular(&self, preposition: Option<u32>, i: usize) -> Option<()> {
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

    pub(super) fn predicate_subject(&self, i: usize) -> Option<usize> {
        let c = self.clauses;
        let own = c.child(i, &[Relation::Nsubj, Relation::NsubjPass]);
        // "the hotel, which had been under attack"
        match own {
            Some(s) if c.feature(s, "PronType=Rel") && c.relation(i) == Relation::AclRelcl => c.head(i),
            own => own.or_else(|| c.subject(i)),
        }
    }

    /// Fills the place before the verb. A subject that is no participant blocks the pattern; one left out does not.
    pub(super) fn subject(&self, pattern: &Pattern, subject: Option<usize>, a: &mut Attempt) -> Option<()> {
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

    pub(super) fn argument(&self, argument: &Argument, pattern: &Pattern, a: &mut Attempt) -> Option<()> {
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
                // "barred B from entering C"
                for &h in a.heads.iter().filter(|_| !argument.prepositions.is_empty()) {
                    let marked = |k: usize| {
                        c.relation(k) == Relation::Mark && argument.prepositions.iter().any(|&w| c.has_word(k, w))
                    };
                    // "die in fighting the rebels" is the verb, no noun of fighting.
                    let verbal = |n: usize| !(set.has_form(c, n) && c.child(n, &[Relation::Obj]).is_some());
                    let gerunds = c.prepositional(h).into_iter().filter(|&(k, n)| marked(k) && verbal(n));
                    infinitives.extend(gerunds.map(|(_, n)| n));
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

    /// Remembers what failed, and passes it on.
    pub(super) fn or_missed<T>(&self, found: Option<T>, part: Missed) -> Option<T> {
        if found.is_none() {
            self.missed.set(Some(part));
        }
        found
    }
}
