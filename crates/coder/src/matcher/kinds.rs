//! What kind of act a rule tells, where filling its places depends on it.

use super::{Candidate, Matcher};
use crate::codebook::Meaning;
use crate::mention::{Sort, Who};
use legation_gazetteer::AgentClass;
use legation_record::{EventType, Relation};

impl Matcher<'_> {
    /// Whether the rule's act removes somebody from a country.
    pub(super) fn is_removal(&self, rule: usize) -> bool {
        matches!(&self.book.rules[rule].meaning, Meaning::Event { modes, .. } if modes.iter().any(|m| m == "expel" || m == "deport"))
    }

    /// Whether a word before an attack's noun names those who attack: fighters, soldiers, police.
    pub(crate) fn is_force(&self, k: usize) -> bool {
        self.mentions.role(k).is_some_and(|(_, agent)| {
            agent.class != AgentClass::Instrument
                && agent.lemma != "military"
                && matches!(agent.sectors.primary(), Some("REB" | "UAF" | "CRM" | "MIL" | "COP" | "PRM"))
        })
    }

    /// "coalition air raids", "a government offensive": who may stand before an attack besides its forces.
    pub(crate) fn is_attacker(&self, k: usize) -> bool {
        let ruler = |lemma: &str| matches!(lemma, "coalition" | "government" | "regime");
        self.is_force(k) || self.mentions.role(k).is_some_and(|(_, agent)| ruler(agent.lemma))
    }

    pub(super) fn is_amity(&self, rule: usize) -> bool {
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
    pub(super) fn concerns_owner(&self, rule: usize) -> bool {
        use EventType::{Accuse, Assault, Coerce, Reject, Retreat, Sanction, Support};
        let types = [Accuse, Assault, Coerce, Reject, Sanction, Support];
        match &self.book.rules[rule].meaning {
            Meaning::Event { event_type: Retreat, modes, .. } => modes.iter().any(|m| m == "release"),
            Meaning::Event { event_type, .. } => types.contains(event_type),
            _ => false,
        }
    }

    /// Whether the rule's act is done to the people or premises that its words name.
    pub(super) fn concerns_body(&self, rule: usize) -> bool {
        match &self.book.rules[rule].meaning {
            Meaning::Event { event_type: EventType::Assault | EventType::Coerce, .. } => true,
            Meaning::Event { event_type: EventType::Retreat, modes, .. } => modes.iter().any(|m| m == "release"),
            _ => false,
        }
    }

    /// Whether a plain state or place stands below a noun only as where it is: "the attack in the south of B".
    pub(crate) fn is_scene(&self, who: &Who, top: usize) -> bool {
        let c = self.clauses;
        let mut at = Some(who.head).filter(|_| who.is_plain_state() || who.sort == Sort::Place);
        while let Some(k) = at.filter(|&k| k != top) {
            if let Some(p) = c.case(k)
                && c.lemma(p) != "of"
            {
                return matches!(c.lemma(p), "in" | "near" | "at" | "across" | "outside");
            }
            at = c.head(k);
        }
        false
    }
}
