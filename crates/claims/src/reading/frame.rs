//! Frames of verbs and their nouns (`frames.tsv`), and the walker that finds who stands in their places, whatever the form.

use crate::grammar::Tree;
use crate::region::rows;
use legation_record::{Relation, Upos};
use std::sync::OnceLock;

/// What a verb and its noun say, and where its parties stand.
#[derive(Debug)]
pub(super) struct Frame {
    domain: &'static str,
    /// What it says, in a word that its reader knows.
    pub(super) says: &'static str,
    /// Places of the one party.
    pub(super) first: Vec<&'static str>,
    /// Places of the other.
    pub(super) second: Vec<&'static str>,
    /// What must stand beside: a place and a word, or a particle.
    with: Vec<&'static str>,
    verbs: Vec<&'static str>,
    nouns: Vec<&'static str>,
}

/// A word that a frame is about, in its sentence.
#[derive(Clone, Copy, Debug)]
pub(super) struct Use {
    /// The word.
    pub(super) head: usize,
    /// The head of the clause that says it: the word, or the verb that a noun is done by ("completed its withdrawal").
    pub(super) clause: usize,
    /// Whether it is a noun.
    pub(super) noun: bool,
    passive: bool,
}

/// The frames of a reader in which a word stands, each with its use.
pub(super) fn uses(t: &Tree, i: usize, domain: &str) -> Vec<(&'static Frame, Use)> {
    let verb = t.upos(i) == Upos::Verb || t.upos(i) == Upos::Aux && t.child(i, &[Relation::Nsubj]).is_some();
    let noun = t.upos(i) == Upos::Noun;
    if !verb && !noun {
        return Vec::new();
    }
    let lemma = t.lemma(i);
    let fits = |frame: &&Frame| {
        frame.domain == domain && if verb { frame.verbs.contains(&lemma) } else { frame.nouns.contains(&lemma) }
    };
    let mut found: Vec<(&'static Frame, Use)> = Vec::new();
    for frame in frames().iter().filter(fits) {
        let clause = if noun { done_by(t, i).unwrap_or(i) } else { i };
        let passive = verb && (t.is_passive(i) || is_aside(t, i, frame));
        let one = Use { head: i, clause, noun, passive };
        if one.stands_with(t, frame) {
            found.push((frame, one));
        }
    }
    found
}

fn frames() -> &'static [Frame] {
    static ALL: OnceLock<Vec<Frame>> = OnceLock::new();
    ALL.get_or_init(|| {
        let lines = rows(include_str!("../frames.tsv")).filter(|row| row.len() >= 6);
        let list = |cell: &'static str| cell.split(';').filter(|w| !w.is_empty() && *w != "-").collect::<Vec<_>>();
        let frame = |row: Vec<&'static str>| Frame {
            domain: row[0],
            says: row[1],
            first: list(row[2]),
            second: list(row[3]),
            with: list(row[4]),
            verbs: list(row[5]),
            nouns: row.get(6).map_or_else(Vec::new, |cell| list(cell)),
        };
        lines.map(frame).collect()
    })
}

/// "Montenegro, admitted to the United Nations in 2006, is …": a participle that the parser takes for the verb of the sentence.
fn is_aside(t: &Tree, v: usize, frame: &Frame) -> bool {
    use Relation::*;
    let done = frame.first.contains(&"object") && t.form(v).ends_with("ed") && t.child(v, &[Obj, Aux]).is_none();
    let comma = v.checked_sub(1).is_some_and(|k| t.form(k) == ",");
    let finite_after = || {
        let below = |k: usize| t.head(k) == Some(v) && t.relation(k) == Conj || t.head(v) == Some(k);
        (v + 1..t.len()).any(|k| below(k) && t.is_finite(k) && t.children_by(k, &[Cc]).next().is_none())
    };
    done && comma && t.child(v, &[Nsubj]).is_some_and(|k| k + 1 < v) && finite_after()
}

/// The verb that a noun is done by: "completed its withdrawal", "made its return".
fn done_by(t: &Tree, noun: usize) -> Option<usize> {
    let object = matches!(t.relation(noun), Relation::Obj | Relation::NsubjPass);
    let effect = |v: usize| {
        let taken = t.child(v, &[Relation::Obj]).is_some_and(|o| matches!(t.lemma(o), "effect" | "place"));
        let come = t.phrase(v, &["into"]).is_some_and(|n| matches!(t.lemma(n), "effect" | "force"));
        t.relation(noun) == Relation::Nsubj && (t.lemma(v) == "take" && taken || t.lemma(v) == "come" && come)
    };
    let carried = |v: usize| object && t.is(v, "carry-out");
    t.head(noun).filter(|&v| t.upos(v) == Upos::Verb && (carried(v) || effect(v)))
}

impl Use {
    /// Whether it is a noun that says in what state somebody is ("is under suspension").
    pub(super) fn is_state_of(&self, t: &Tree) -> bool {
        let under = t.child(self.head, &[Relation::Case]).is_some_and(|c| t.lemma(c) == "under");
        self.noun && under && t.child(self.head, &[Relation::Cop]).is_some()
    }

    /// The words in the places, in the order of the places.
    pub(super) fn fill(&self, t: &Tree, places: &[&str]) -> Vec<usize> {
        places
            .iter()
            .flat_map(|place| if self.noun { self.of_noun(t, place) } else { self.of_verb(t, place) })
            .collect()
    }

    fn of_verb(&self, t: &Tree, place: &str) -> Vec<usize> {
        use Relation::*;
        let v = self.head;
        match (place, self.passive) {
            ("agent", false) | ("object", true) => t.subject(v).into_iter().collect(),
            ("agent", true) => path(t, v, "by"),
            ("object", false) => {
                let object = t.child(v, &[Obj]).map(|o| antecedent(t, o, v));
                // "The bloc Britain left": what it left stands above.
                let above = || {
                    let below = matches!(t.relation(v), Acl | AclRelcl) && t.child(v, &[Nsubj]).is_some();
                    let relative = |k: usize| t.feature(k, "PronType=Rel");
                    t.head(v).filter(|_| below && !t.child(v, &[Nsubj]).is_some_and(relative))
                };
                object.or_else(above).into_iter().collect()
            }
            // "Froze its participation in the treaty."
            ("standing", _) => {
                let standing = |&o: &usize| t.is(o, "member") || t.is(o, "status") || t.lemma(o) == "participation";
                t.children_by(v, &[Obj, NsubjPass]).filter(standing).collect()
            }
            // "Froze Syria's membership": whose standing it is.
            ("whose", _) => {
                let standings = self.of_verb(t, "standing");
                standings.into_iter().filter_map(|o| t.child(o, &[NmodPoss]).or_else(|| t.phrase(o, &["of"]))).collect()
            }
            // "Applied to join the union."
            ("clause", _) => below(t, v),
            (words, _) => {
                // "Won a seat in": what follows may hang on the object.
                let object = t.child(v, &[Obj]).filter(|&o| t.is(o, "seat"));
                let beside = object.into_iter().flat_map(|o| path(t, o, words));
                path(t, v, words).into_iter().chain(beside).collect()
            }
        }
    }

    fn of_noun(&self, t: &Tree, place: &str) -> Vec<usize> {
        use Relation::*;
        let n = self.head;
        let whose = || t.children_by(n, &[NmodPoss, Amod, Compound]).filter(|&k| k < n);
        match place {
            "agent" | "object" => {
                let mut found: Vec<usize> = if place == "object" { path(t, n, "of") } else { path(t, n, "by") };
                found.extend(whose());
                if place == "agent" {
                    found.extend(path(t, n, "of"));
                }
                // "Has been under suspension from": of whom the clause is about.
                if t.child(n, &[Cop]).is_some() {
                    found.extend(t.subject(n));
                }
                // "Britain completed its withdrawal": whose it is, the clause tells.
                if self.clause != n && !t.is_passive(self.clause) {
                    found.extend(t.subject(self.clause));
                }
                found
            }
            "clause" => below(t, n),
            words => path(t, n, words),
        }
    }

    /// Whether what the frame asks for stands beside the word.
    fn stands_with(&self, t: &Tree, frame: &Frame) -> bool {
        let there = |asked: &&str| match asked.rsplit_once(' ') {
            Some((place, word)) => self.fill(t, &[place]).iter().any(|&k| t.lemma(k) == word),
            None => particles(t, self.head).iter().any(|&k| t.lemma(k) == *asked),
        };
        self.noun || frame.with.is_empty() || frame.with.iter().any(there)
    }
}

/// The objects of verbs of joining below a word: "applied to join", "its application to enter".
fn below(t: &Tree, head: usize) -> Vec<usize> {
    use Relation::*;
    let joins = |&k: &usize| t.upos(k) == Upos::Verb && t.is(k, "join");
    let verbs = t.children_by(head, &[Xcomp, Advcl, Acl, Ccomp]).filter(joins);
    verbs.flat_map(|k| t.child(k, &[Obj])).collect()
}

/// A relative pronoun's noun; the word itself where it is none.
fn antecedent(t: &Tree, word: usize, verb: usize) -> usize {
    if !t.feature(word, "PronType=Rel") {
        return word;
    }
    let clause = t.up(verb).take(4).find(|&k| t.relation(k) == Relation::AclRelcl);
    clause.and_then(|k| t.head(k)).unwrap_or(word)
}

/// Words such as "out", "back", "up" that belong to a verb.
fn particles(t: &Tree, head: usize) -> Vec<usize> {
    let of_verb =
        |&k: &usize| t.relation(k) == Relation::CompoundPrt || t.relation(k) == Relation::Advmod && t.is(k, "particle");
    t.children(head).iter().copied().filter(of_verb).collect()
}

/// The nominals that these words connect with a word: prepositions with the verb's particles before them, in order.
pub(super) fn path(t: &Tree, head: usize, words: &str) -> Vec<usize> {
    use Relation::*;
    let particles = particles(t, head);
    let loose = t.child(head, &[Obj]).is_some_and(|o| t.is(o, "seat"));
    let tops = std::iter::once(head).chain(particles.iter().copied());
    let below = tops.flat_map(|k| t.children_by(k, &[Obl, OblAgent, Nmod, NmodDesc, Xcomp]));
    let mut found: Vec<usize> = below
        .filter(|&n| {
            let marks: &[_] = if t.relation(n) == Xcomp { &[Case, Mark] } else { &[Case] };
            let cases = t.children_by(n, marks).filter(|&k| k < n);
            let mut between: Vec<usize> = cases.flat_map(|k| with_fixed(t, k)).collect();
            between.extend(particles.iter().copied().filter(|&k| k < n));
            between.sort_unstable();
            between.dedup();
            let said = || between.iter().map(|&k| t.lemma(k));
            // The particle may belong to another word that the frame asks for ("threw in its lot with").
            let bare = || between.iter().filter(|k| !particles.contains(k)).map(|&k| t.lemma(k));
            let wanted = || words.split(' ');
            !between.is_empty() && (said().eq(wanted()) || loose && bare().eq(wanted()))
        })
        .map(|n| antecedent(t, n, head))
        .collect();
    found.sort_unstable();
    found
}

fn with_fixed(t: &Tree, word: usize) -> Vec<usize> {
    std::iter::once(word).chain(t.children_by(word, &[Relation::Fixed])).collect()
}

#[cfg(test)]
mod tests {
    use super::frames;
    use legation_record::EventType;

    #[test]
    fn every_frame_has_words_and_places() {
        assert!(frames().len() > 20);
        for frame in frames() {
            assert!(!frame.verbs.is_empty() && !frame.first.is_empty(), "{frame:?}");
            let act = EventType::ALL.iter().any(|kind| kind.name() == frame.says);
            assert_eq!(frame.domain == "act", act, "{frame:?}");
        }
    }
}
