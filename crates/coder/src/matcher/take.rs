//! Filling a place of a pattern with an act or a participant.

use super::Matcher;
use super::attempt::Attempt;
use crate::codebook::{Meaning, Role, Slot};
use crate::mention::{Sort, Who};
use crate::sides::of_their_state;
use legation_record::{EventType, Relation};

impl Matcher<'_> {
    pub(super) fn take_act(&self, place: usize, types: &[EventType], a: &mut Attempt) -> Option<()> {
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

    pub(super) fn take_participant(&self, place: usize, slot: &Slot, a: &mut Attempt) -> Option<()> {
        let recipient = slot.role == Role::Recipient;
        let mut found = self.mentions.all(place, recipient);
        // "condemned the court's decision": the owner stands in; a subject acts itself.
        if found.is_empty() && recipient && slot.noun.is_none() {
            found = self.mentions.owner(place);
            // "condemned the attack in the south of B": B is where it was.
            let listed =
                |name: &str| self.book.lists.get(name).is_some_and(|l| l.matches(self.clauses, place).is_some());
            if listed("as-attacks-noun") {
                found.retain(|w| !self.is_scene(w, place));
            }
            // "condemned sanctions against B": B bears them.
            if let Some(act) = self.event(place).filter(|_| self.event_type(place) == Some(EventType::Sanction)) {
                found.retain(|w| !act.recipients.iter().any(|r| r.span.overlaps(w.span)));
            }
            // "investigated the murder of A": what was done to A is not A's; whoever did it is meant, if anybody.
            if self.clauses.is_event_noun(place)
                && let Some(act) = self.event(place).filter(|e| self.is_violence(e))
            {
                found.retain(|w| !act.recipients.iter().any(|r| r.span.overlaps(w.span)));
                // "condemned the attack in the south of B": B is where it was.
                found.retain(|w| !self.is_scene(w, place));
            }
        }
        // "condemned the police action", "defied a police order": whose.
        let judged = matches!(
            self.book.rules[a.found.rule].meaning,
            Meaning::Event { event_type: EventType::Accuse | EventType::Reject, .. }
        );
        if found.iter().all(Who::is_plain_state) && recipient && slot.noun.is_none() && judged {
            let forces = self
                .clauses
                .children_by(place, &[Relation::Compound])
                .filter(|&k| self.is_force(k) && self.clauses.lemma(k) != "terrorist");
            found.extend(forces.flat_map(|k| self.mentions.one(k)));
            found = of_their_state(found);
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

    /// Whether the rule's act can be done to people alone.
    pub(super) fn concerns_person(&self, rule: usize, anchor: usize) -> bool {
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

    /// "Two inspectors were expelled from B": the country that they have to leave made them.
    pub(super) fn host(&self, verb: usize, a: &mut Attempt) {
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
}
