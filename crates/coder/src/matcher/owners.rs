//! Whose a thing is, and who does what a noun tells.

use super::Matcher;
use super::attempt::Attempt;
use crate::codebook::{Effect, Meaning, Pattern};
use crate::mention::{Sort, Who};
use legation_gazetteer::AgentClass;
use legation_record::{EntityKind, EventType, Relation, Upos};

impl Matcher<'_> {
    /// The people or body an object names, where a rule has it as one of its words: no weapon, no thing.
    pub(super) fn own(&self, w: usize) -> Vec<Who> {
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
    pub(super) fn owners(&self, n: usize) -> Vec<Who> {
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
    pub(super) fn noun_actor(&self, pattern: &Pattern, n: usize, a: &mut Attempt) {
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
        // A place by its own name does nothing ("the Deir ez-Zor air raid").
        found.retain(|w| w.sort != Sort::Unknown || c.token(w.head).entity.kind() != Some(EntityKind::Location));
        // "an attack on the British embassy in Tripoli": the embassy.
        if self.is_violence(&a.found) && a.found.recipients.iter().all(|r| self.is_location(r)) {
            let bodies = a.heads[1..]
                .iter()
                .filter(|&&w| c.case(w).is_some_and(|k| matches!(c.lemma(k), "on" | "against" | "at")));
            let bodies = bodies.flat_map(|&w| self.mentions.one(w));
            let bodies: Vec<Who> = bodies.filter(|w| w.code.is_some() && !w.sectors.is_empty()).collect();
            if !bodies.is_empty() {
                a.found.recipients = bodies;
            }
        }
        // "an insurgent attack", "a police raid": by those.
        if found.is_empty() && self.is_violence(&a.found) {
            let forces = c.children_by(n, &[Compound, Amod]).filter(|&k| !a.taken.contains(&k) && self.is_attacker(k));
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
        if found.is_empty() && pattern.reciprocal && !a.found.actors.is_empty() {
            found = self.other_side(n, &a.found.actors, a.found.rule);
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

    /// "After a meeting with B, A warns …", "A takes the post after days of fighting with B": who met or fought is the
    /// subject of the clause that the noun is a circumstance of.
    pub(super) fn other_side(&self, n: usize, known: &[Who], rule: usize) -> Vec<Who> {
        use Relation::*;
        let c = self.clauses;
        let with = |who: &Who| {
            let mut at = Some(who.head);
            while let Some(k) = at.filter(|&k| k != n) {
                if let Some(p) = c.case(k) {
                    return c.lemma(p) == "with" && c.is_below(k, n);
                }
                at = c.head(k);
            }
            false
        };
        if !known.iter().all(with) || c.child(n, &[NmodPoss]).is_some_and(|p| c.upos(p) != Upos::Pron) {
            return Vec::new();
        }
        let mut at = n;
        for _ in 0..3 {
            let around = c.case(at).is_some_and(|k| {
                matches!(
                    c.lemma(k),
                    "during" | "after" | "before" | "following" | "follow" | "in" | "of" | "at" | "despite"
                )
            });
            let Some(head) = c.head(at).filter(|_| around && matches!(c.relation(at), Obl | Nmod)) else { break };
            if !c.is_verb(head) {
                at = head;
                continue;
            }
            let assault =
                matches!(self.book.rules[rule].meaning, Meaning::Event { event_type: EventType::Assault, .. });
            if c.is_passive(head) || assault && matches!(c.lemma(head), "die" | "flee" | "kill" | "injure" | "wound") {
                break;
            }
            let subject = c.subject(head).into_iter().flat_map(|s| self.mentions.all(s, false));
            let side = |who: &Who| {
                let public = ["GOV", "MIL", "REB", "IGO", "PTY", "LEG", "OPP", "PRM", "UAF"];
                let sides = if assault { &public[1..3] } else { &public[..] };
                who.is_plain_state() || sides.iter().any(|s| who.is_in(s))
            };
            let other = |who: &Who| {
                let same = |k: &Who| k.code.is_some() && k.code == who.code && (assault || k.sectors == who.sectors);
                !known.iter().any(|k| k.span.overlaps(who.span) || same(k))
            };
            return subject.filter(side).filter(other).collect();
        }
        Vec::new()
    }
}
