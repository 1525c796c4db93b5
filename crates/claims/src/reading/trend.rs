//! "Relations between … have improved since 2020."

use super::parties::Meant;
use super::time::Time;
use super::{Meaning, Scene, Statement, claim_span};
use crate::query::Query;
use crate::report::Kind;
use legation_record::Relation;

/// The changes in relations that a sentence claims.
pub(super) fn read(s: &Scene) -> Vec<Statement> {
    (0..s.tree.len()).filter_map(|i| trend(s, i)).collect()
}

fn trend(s: &Scene, i: usize) -> Option<Statement> {
    use Relation::*;
    let t = &s.tree;
    if !t.is(i, "relations") {
        return None;
    }
    let (clause, adverb) = match t.relation(i) {
        Nsubj | NsubjPass => (t.head(i)?, None),
        // The parser may hang the subject as a circumstance: "Since 2018 relations … have worsened".
        Obl if t.child(i, &[Case]).is_none() && t.child(t.head(i)?, &[Nsubj, NsubjPass]).is_none() => {
            (t.head(i)?, None)
        }
        // "relations have been better since", "have become worse"
        _ => return None,
    };
    let word = adverb.unwrap_or(clause);
    let predicate = if t.is(word, "become") { t.child(word, &[Xcomp])? } else { word };
    let improved = match t.lemma(predicate) {
        "good" | "close" | "warm" | "better" if t.feature(predicate, "Degree=Cmp") => true,
        "bad" | "worse" | "cold" | "tense" if t.feature(predicate, "Degree=Cmp") => false,
        // "Gone from bad to worse", "gone downhill", "taken a turn for the worse"
        "go" | "take" => turn(s, predicate)?,
        _ if t.is(predicate, "improve") => true,
        _ if t.is(predicate, "worsen") => false,
        _ => return None,
    };
    let mut codes: Vec<String> = Vec::new();
    let mut last = i;
    let mut add = |k: usize| {
        let found = match s.states(k) {
            Meant::All(found) => found.into_iter().filter_map(|p| p.code).collect::<Vec<_>>(),
            Meant::OneOf(_) => Vec::new(),
        };
        let bodies = s.organisations(k);
        for code in found.into_iter().chain(bodies) {
            if !codes.contains(&code) {
                codes.push(code);
                last = last.max(t.conjuncts(k).into_iter().max().unwrap_or(k));
            }
        }
    };
    let phrases: Vec<usize> =
        t.phrases(i).filter(|(p, _)| matches!(*p, "between" | "with" | "of" | "to")).map(|(_, n)| n).collect();
    let before: Vec<usize> = t.children_by(i, &[Amod, Compound, NmodPoss, Nmod]).filter(|&k| k < i).collect();
    for k in before.into_iter().chain(phrases) {
        t.conjuncts(k).into_iter().for_each(&mut add);
        // "US–China relations": the parser may hang one name on the other.
        t.children_by(k, &[Compound, Amod, Conj]).for_each(&mut add);
    }
    let (time, words) = s.time(clause);
    let span = claim_span(s, i, clause, last, words);
    let [a, b] = codes.as_slice() else {
        let meaning = Meaning::Unclear("between whom is not clear".to_owned());
        return Some(s.silent(Kind::Trend, span, meaning));
    };
    let since = match time {
        Time::Since(window) | Time::Within(window) => window,
        Time::None => {
            let meaning = Meaning::Unclear("since when is not said".to_owned());
            return Some(s.silent(Kind::Trend, span, meaning));
        }
        _ => return None,
    };
    let improved = improved != t.negation(clause).is_some();
    let query = Query::Trend { between: [a.clone(), b.clone()], since, until: s.today, improved };
    Some(s.state(Kind::Trend, clause, span, vec![query]))
}

/// "From bad to worse", "downhill", "a turn for the better".
fn turn(s: &Scene, v: usize) -> Option<bool> {
    let t = &s.tree;
    let mut below = (0..t.len()).filter(|&k| k > v && t.is_below(k, v));
    below.find_map(|k| match t.form(k) {
        "worse" | "downhill" | "sour" => Some(false),
        "better" | "uphill" => Some(true),
        _ => None,
    })
}
