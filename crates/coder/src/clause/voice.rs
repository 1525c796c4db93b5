//! Who does what a verb says, and to whom, in whatever voice, clause or construction.

use super::Clauses;
use legation_record::{EntityKind, EntityTag, Relation, Upos};

/// Verbs by which somebody makes a paper his own.
const ISSUES: [&str; 14] = [
    "sign", "pass", "issue", "approve", "adopt", "release", "publish", "enact", "file", "send", "deliver", "write",
    "make", "submit",
];

/// What is signed or passed, and does what whoever does so means it to do.
const PAPERS: [&str; 18] = [
    "order",
    "decree",
    "resolution",
    "law",
    "bill",
    "act",
    "statement",
    "letter",
    "declaration",
    "decision",
    "measure",
    "directive",
    "agreement",
    "legislation",
    "motion",
    "ruling",
    "edict",
    "memorandum",
];

impl Clauses<'_> {
    /// Whether a verb is in the passive.
    pub(crate) fn is_passive(&self, v: usize) -> bool {
        use Relation::*;
        // A finite verb with an object and no auxiliary is active, whatever its subject was labelled.
        let active = self.feature(v, "VerbForm=Fin") && self.child(v, &[Obj]).is_some();
        self.child(v, &[AuxPass]).is_some()
            || self.child(v, &[NsubjPass, CsubjPass]).is_some() && !active
            || matches!(self.relation(v), Acl | Advcl) && self.is_past_participle(v)
            || matches!(self.relation(v), Conj)
                && self.is_past_participle(v)
                && self.child(v, &[Nsubj, Aux, Obj]).is_none()
                && self.head(v).is_some_and(|h| self.is_verb(h) && self.is_passive(h))
            // "get killed"
            || self.relation(v) == Xcomp
                && self.is_past_participle(v)
                && self.head(v).is_some_and(|h| matches!(self.lemma(h), "get" | "be"))
    }

    fn is_past_participle(&self, v: usize) -> bool {
        self.feature(v, "VerbForm=Part") && self.feature(v, "Tense=Past")
    }

    fn is_relative_pronoun(&self, i: usize) -> bool {
        self.feature(i, "PronType=Rel")
    }

    /// "which", and "some of whom", "two of whom".
    fn is_relative(&self, i: usize) -> bool {
        self.is_relative_pronoun(i)
            || self.children_by(i, &[Relation::Nmod]).any(|n| self.upos(n) == Upos::Pron && self.is_relative_pronoun(n))
    }

    /// Who does what the verb says: heads of nominals, coordination not yet unfolded. `None` where the clause has no
    /// room for a subject or leaves it out.
    pub(crate) fn subject(&self, v: usize) -> Option<usize> {
        if self.is_passive(v) { self.agent(v) } else { self.surface_subject(v, 0) }
    }

    /// To whom it is done: direct objects and, in the passive, the surface subject.
    pub(crate) fn objects(&self, v: usize) -> Vec<usize> {
        use Relation::*;
        // A bare oblique is an object the parser was not sure of, unless it tells a time or a measure.
        let mut out: Vec<usize> = self
            .children_by(v, &[Obj, Iobj, Obl])
            .filter(|&o| self.relation(o) != Obl || o > v && o < v + 6 && self.child(o, &[Case]).is_none())
            .filter_map(|o| if self.is_relative_pronoun(o) { self.antecedent(v) } else { Some(o) })
            .collect();
        // "warned B against sending troops", where B was hung on what it is not to do; "killed 23 captured soldiers".
        if out.is_empty() && !self.is_passive(v) {
            for k in self.children_by(v, &[Advcl]) {
                let mark =
                    self.children_by(k, &[Mark]).find(|&m| self.upos(m) != Upos::Part && self.lemma(m) == "against");
                let between = |&s: &usize| mark.is_some_and(|m| v < s && s < m);
                out.extend(self.children_by(k, &[Nsubj]).filter(between));
            }
            for k in self.children_by(v, &[Xcomp]).filter(|&k| self.is_past_participle(k)) {
                let counted = |&o: &usize| self.children_by(o, &[Nummod, Det]).any(|d| v < d && d < k);
                out.extend(self.children_by(k, &[Obj]).filter(|&o| o > k).filter(counted));
            }
        }
        if out.is_empty() && !self.is_passive(v) {
            out.extend(self.children_by(v, &[Xcomp]).filter(|&x| self.upos(x) == Upos::Propn));
        }
        if self.is_passive(v) {
            out.extend(self.surface_subject(v, 0));
        } else if out.is_empty() && self.relation(v) == AclRelcl {
            // "the city they attacked"
            let own_subject = self.child(v, &[Nsubj]).is_some_and(|s| !self.is_relative_pronoun(s));
            if own_subject && self.child(v, &[Ccomp, Xcomp]).is_none() {
                out.extend(self.antecedent(v));
            }
        }
        if out.is_empty() && !self.is_passive(v) && self.child(v, &[Obl, Ccomp, Xcomp]).is_none() {
            // "attacked and seized the town"
            if let Some(c) = self.child(v, &[Conj]).filter(|&c| self.is_verb(c))
                && self.child(c, &[Nsubj, NsubjPass]).is_none()
            {
                out.extend(self.children_by(c, &[Obj]));
            }
        }
        out
    }

    /// "by …" of a passive.
    fn agent(&self, v: usize) -> Option<usize> {
        use Relation::*;
        let by = |h: usize, r: Relation| {
            self.children_by(h, &[r]).find(|&o| self.case(o).is_some_and(|c| self.lemma(c) == "by"))
        };
        // "was hit with sanctions by …": the parser may hang it on the noun before.
        self.child(v, &[OblAgent]).or_else(|| by(v, Obl)).or_else(|| self.shared_agent(v)).or_else(|| {
            // "deployed after the kidnapping of B by C": C kidnapped.
            let apart = |o: usize| {
                self.case(o).is_some_and(|k| {
                    matches!(
                        self.lemma(k),
                        "after" | "following" | "follow" | "before" | "amid" | "since" | "during" | "despite" | "over"
                    )
                })
            };
            self.children_by(v, &[Obl, Obj]).filter(|&o| !apart(o)).find_map(|o| by(o, Nmod))
        })
    }

    /// "arrested and charged by the police": both. "Held in a raid by the army after being suspected", where the parser hung
    /// the army on the later verb.
    fn shared_agent(&self, v: usize) -> Option<usize> {
        use Relation::*;
        let second = self.children_by(v, &[Conj]).find(|&k| {
            self.is_verb(k)
                && self.is_passive(k)
                && self.child(k, &[Nsubj, NsubjPass, AuxPass]).is_none()
                && self.child(v, &[Obl, Obj, Advcl]).is_none_or(|o| o > k)
        });
        second.and_then(|k| self.child(k, &[OblAgent])).or_else(|| {
            let later = self.children_by(v, &[Advcl]).filter(|&g| g > v);
            later.into_iter().find_map(|g| {
                let mark = self.child(g, &[Mark])?;
                self.child(g, &[OblAgent]).filter(|&o| v < o && o < mark)
            })
        })
    }

    /// "opens fire upon a convoy killing two", "explode in the city killing three": the verb whose outcome a participle
    /// tells that the parser hung on the noun before it.
    pub(crate) fn result_of(&self, v: usize) -> Option<usize> {
        use Relation::*;
        let outcome = matches!(self.lemma(v), "kill" | "wound" | "injure" | "leave" | "maim");
        if self.relation(v) != Acl || !outcome || !self.form(v).ends_with("ing") {
            return None;
        }
        let mut n = self.head(v)?;
        loop {
            let case = self.case(n)?;
            if !matches!(self.lemma(case), "in" | "at" | "near" | "on" | "upon" | "outside" | "against" | "into" | "of")
            {
                return None;
            }
            let head = self.head(n).filter(|_| matches!(self.relation(n), Nmod | Obl))?;
            if self.is_verb(head) {
                return Some(head);
            }
            if !self.is_nominal(head) || self.is_event_noun(head) && self.lemma(case) != "of" {
                return None;
            }
            n = head;
        }
    }

    fn antecedent(&self, v: usize) -> Option<usize> {
        let n = self.head(v)?;
        (self.relation(v) == Relation::AclRelcl).then_some(n)
    }

    /// The grammatical subject, from the clause itself or from where it is understood.
    fn surface_subject(&self, v: usize, guard: usize) -> Option<usize> {
        use Relation::*;
        if guard > 8 {
            return None;
        }
        if let Some(s) = self.child(v, &[Nsubj, NsubjPass, NsubjOuter]) {
            return if self.is_relative(s) { self.antecedent_of_chain(v) } else { Some(s) };
        }
        if matches!(self.relation(v), Root | Ccomp | Parataxis) {
            // "claims taking control of the town": the claimant took it.
            let gerund = self.relation(v) == Ccomp
                && self.form(v).ends_with("ing")
                && self.child(v, &[Aux, AuxPass, Mark]).is_none();
            let shared = || self.surface_subject(self.head(v).filter(|&g| gerund && self.is_verb(g))?, guard + 1);
            return self.nominal_before(v).or_else(shared);
        }
        let head = self.head(v)?;
        match self.relation(v) {
            Conj if self.is_verb(head) || self.child(head, &[Cop]).is_some() => self.surface_subject(head, guard + 1),
            // "urged B to withdraw": the object is the one to act; "promised to withdraw": the subject.
            Xcomp => {
                let object = self.child(head, &[Iobj]).or_else(|| self.child(head, &[Obj]));
                match object {
                    Some(o) if !matches!(self.lemma(head), "promise" | "threaten" | "offer") => Some(o),
                    _ => self.surface_subject(head, guard + 1),
                }
            }
            Advcl => {
                let finite_auxiliary = self.children_by(v, &[Aux, AuxPass]).any(|k| self.feature(k, "VerbForm=Fin"));
                let finite = self.feature(v, "VerbForm=Fin") || finite_auxiliary;
                let own = finite && self.child(v, &[Mark]).is_some();
                // "suspended B for spreading rumours": B spread them.
                let reproach = self.children_by(v, &[Mark]).any(|m| self.lemma(m) == "for") && !finite;
                if let Some(o) = self.child(head, &[Obj]).filter(|&o| reproach && o < v) {
                    return Some(o);
                }
                (!own).then(|| self.surface_subject(head, guard + 1)).flatten()
            }
            Acl if self.result_of(v).is_some() => {
                let verb = self.result_of(v)?;
                if self.is_passive(verb) { self.agent(verb) } else { self.surface_subject(verb, guard + 1) }
            }
            Acl | AclRelcl if self.is_nominal(head) => {
                let infinitive = self.feature(v, "VerbForm=Inf");
                if !infinitive {
                    // "signed an order imposing sanctions": who signs it imposes them.
                    let g = self.head(head).filter(|&g| {
                        PAPERS.contains(&self.lemma(head))
                            && ISSUES.contains(&self.lemma(g))
                            && self.is_verb(g)
                            && self.relation(head) == Obj
                    });
                    return g.and_then(|g| self.surface_subject(g, guard + 1)).or(Some(head));
                }
                // "a decision to withdraw": whose decision it is
                let by = || {
                    self.children_by(head, &[Nmod])
                        .find(|&m| m < v && self.case(m).is_some_and(|k| self.lemma(k) == "by"))
                };
                // "B is the first leader to meet C": B meets C.
                let becomes = |h: usize| {
                    let verb = self.head(h).filter(|&g| self.relation(h) == Xcomp && self.is_verb(g))?;
                    self.surface_subject(verb, guard + 1)
                };
                let predicate = || match self.child(head, &[Cop]) {
                    Some(_) => self.child(head, &[Nsubj]),
                    None => becomes(head),
                };
                // "a U.S. attempt to extend sanctions", but not "the first European country to".
                let named = || {
                    let plain = self.upos(head) == Upos::Noun
                        && self.relation(head) != Xcomp
                        && !self.children(head).iter().any(|&k| self.feature(k, "NumType=Ord"));
                    self.children_by(head, &[Amod, Compound]).find(|&k| plain && k < head && self.is_proper(k))
                };
                if let Some(chamber) = self.misread_verb(head) {
                    return Some(chamber);
                }
                self.child(head, &[NmodPoss]).or_else(by).or_else(predicate).or_else(named).or_else(|| {
                    let g = self.head(head)?;
                    (self.is_verb(g) && matches!(self.relation(head), Obj | Nsubj))
                        .then(|| self.surface_subject(g, guard + 1))
                        .flatten()
                })
            }
            _ => None,
        }
    }

    /// Whether a modifier is a name or its adjective ("Russian"), not a common word.
    fn is_proper(&self, i: usize) -> bool {
        let entity = matches!(self.token(i).entity.kind(), Some(EntityKind::Location | EntityKind::Organisation));
        entity || self.upos(i) == Upos::Adj && self.form(i).starts_with(char::is_uppercase) && i > 0
    }

    /// Who votes, where the parser took the verb of a clause for a noun ("The Italian Senate votes to expel …").
    pub(crate) fn misread_verb(&self, n: usize) -> Option<usize> {
        use Relation::*;
        let top = matches!(self.relation(n), Root | Ccomp | Conj | Parataxis | Advcl);
        let votes = n > 0 && top && self.upos(n) == Upos::Noun && matches!(self.form(n), "votes" | "vote");
        (votes && self.is_nominal(n - 1) && self.head(n - 1) == Some(n)).then(|| n - 1)
    }

    /// For a finite verb the parser gave no subject: the nominal that stands directly before it and its auxiliaries.
    fn nominal_before(&self, v: usize) -> Option<usize> {
        use Relation::*;
        let finite = self.feature(v, "VerbForm=Fin") && !self.feature(v, "Mood=Imp")
            || self.children_by(v, &[Aux, AuxPass]).any(|k| self.feature(k, "VerbForm=Fin"));
        if !finite {
            return None;
        }
        let beside = (0..v).rev().find(|&i| !matches!(self.upos(i), Upos::Aux | Upos::Adv | Upos::Part))?;
        // A person's name that was joined to the word before it ("in May Aliyev met") stands for itself.
        let joined = |i: usize, h: usize| {
            matches!(self.token(i).entity, EntityTag::Begin(EntityKind::Person))
                && self.token(h).entity == EntityTag::Outside
                && self.relation(i) == Flat
        };
        let mut i = beside;
        while let Some(h) = self.head(i).filter(|&h| {
            h < v
                && self.is_nominal(h)
                && !joined(i, h)
                && matches!(self.relation(i), Flat | Compound | Nmod | Appos | Amod | Nummod | NmodDesc)
        }) {
            i = h;
        }
        (self.is_nominal(i) && self.child(i, &[Case]).is_none() && self.relation(i) != Nsubj).then_some(i)
    }

    /// For "which" deep in a relative clause ("the group that he said attacked"): climbs to the relative clause's noun.
    fn antecedent_of_chain(&self, mut v: usize) -> Option<usize> {
        for _ in 0..6 {
            if self.relation(v) == Relation::AclRelcl {
                return self.head(v);
            }
            v = self.head(v)?;
        }
        None
    }
}
