//! "the attacker", "the two gunmen", "the victim": a side of the attack that was told last.

use super::{Being, Form};
use crate::mention::{Mentions, Sort, Who};
use legation_gazetteer::{Agent, AgentClass};
use legation_record::Relation;

/// Verbs of those who strike with their own hands.
const STRIKES: [&str; 22] = [
    "stab",
    "kill",
    "shoot",
    "attack",
    "wound",
    "injure",
    "ram",
    "open",
    "hijack",
    "drive",
    "detonate",
    "behead",
    "assault",
    "rape",
    "murder",
    "throw",
    "storm",
    "strangle",
    "assassinate",
    "blow",
    "hit",
    "set",
];

impl Mentions<'_> {
    /// Whom a definite noun for attackers or victims means, as far as the state is known: a side of the attack that this
    /// sentence told before it, or one of the last.
    pub(in crate::mention) fn in_attack(&self, h: usize, agent: &Agent) -> Option<Who> {
        use Relation::*;
        let c = self.clauses;
        let attacker = agent.class == AgentClass::Person && matches!(agent.sectors.primary(), Some("UAF" | "CRM"));
        let victim = matches!(agent.lemma, "victim" | "hostage");
        if !(attacker || victim) || !self.is_definite(h) {
            return None;
        }
        // What says more of him may say that he is another.
        let further = [Amod, Compound, NmodPoss, Nmod, Acl, AclRelcl, Flat, Appos, NmodDesc];
        let own = c.children_by(h, &further).any(|k| !matches!(c.lemma(k), "lone" | "alleged" | "suspected"));
        if own {
            return None;
        }
        if attacker && let Some(who) = self.striker_before(h) {
            return Some(self.meant(who, h, agent));
        }
        let who = self.memory.in_attack(usize::from(victim)).filter(|w| !victim || w.code.is_some())?;
        // Soldiers and states are no "attacker".
        let common = |s: &String| !matches!(s.as_str(), "MIL" | "GOV" | "COP" | "PTY" | "SPY");
        if attacker && (who.sectors.is_empty() || !who.sectors.iter().all(common)) {
            return None;
        }
        Some(self.meant(who.clone(), h, agent))
    }

    /// The subject of a blow earlier in the sentence ("A man stabs a soldier; the attacker is shot").
    fn striker_before(&self, h: usize) -> Option<Who> {
        use Relation::*;
        let c = self.clauses;
        let over = self.clause_over(h).map(|(v, _)| v);
        let mut strikers = self.locals().iter().filter(|l| {
            let verb = c.head(l.token).filter(|_| matches!(c.relation(l.token), Nsubj | OblAgent));
            l.token < h
                && l.being == Being::Person
                && l.form != Form::Pronoun
                && verb.is_some_and(|v| STRIKES.contains(&c.lemma(v)) && Some(v) != over)
        });
        let striker = strikers.next().filter(|_| strikers.next().is_none())?;
        if striker.plural != c.feature(h, "Number=Plur") {
            return None;
        }
        let [who] = &self.one(striker.token)[..] else { return None };
        let known = who.code.is_some() && who.sort != Sort::Place;
        known.then(|| who.clone())
    }

    /// He is of that state; of a sector of attackers too, where the first mention gave one.
    fn meant(&self, mut who: Who, h: usize, agent: &Agent) -> Who {
        let span = who.span;
        if !who.sectors.iter().any(|s| matches!(s.as_str(), "REB" | "CRM" | "PRM" | "UAF")) {
            who.sectors = agent.sectors.to_vec();
        }
        let mut who = self.again(who, h);
        who.antecedent = Some(self.antecedent(span, "a side of the attack told before"));
        who
    }
}
