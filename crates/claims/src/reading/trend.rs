//! "Relations between … have improved since 2020."

use super::parties::Meant;
use super::time::Time;
use super::{Meaning, Scene, Statement, claim_span};
use crate::query::Query;
use crate::report::Kind;
use legation_record::Relation;

/// The changes in relations that a sentence claims.
pub(super) fn read(s: &Scene) -> Vec<Statement> {
    (0..s.tree.len()).filter_map(|i| trend(s, i).or_else(|| nearer(s, i))).collect()
}

/// "Kyiv and Moscow have grown closer", "drifted apart", "have been on better terms": told of the two themselves.
fn nearer(s: &Scene, v: usize) -> Option<Statement> {
    use Relation::*;
    let t = &s.tree;
    let terms = || t.lemma(v) == "term" && t.child(v, &[Cop]).is_some() && t.child(v, &[Case]).is_some();
    let beside = || t.children_by(v, &[Advmod, Xcomp, CompoundPrt, Amod, Obl]);
    let says = |form: &str| beside().any(|k| t.form(k) == form);
    let improved = match t.lemma(v) {
        "grow" | "move" | "draw" | "come" | "become" | "get" if says("closer") => true,
        "grow" | "move" | "drift" | "pull" if says("apart") || says("away") => false,
        "term" if terms() && (says("better") || says("friendlier")) => true,
        "term" if terms() && says("worse") => false,
        _ => return None,
    };
    let subject = t.subject(v)?;
    let other = t.phrase(v, &["to", "with", "from"]);
    let closer = || beside().find_map(|k| t.phrase(k, &["to", "with", "from"]));
    let other = other.or_else(closer).filter(|&n| n != subject);
    let mut codes = states_of(s, subject);
    let last = other.filter(|&n| !states_of(s, n).is_empty());
    codes.extend(last.into_iter().flat_map(|n| states_of(s, n)));
    codes.dedup();
    if codes.len() != 2 {
        return None;
    }
    asked(s, subject, v, last.unwrap_or(v), &codes, improved)
}

fn states_of(s: &Scene, n: usize) -> Vec<String> {
    match s.states(n) {
        Meant::All(found) => found.into_iter().filter_map(|p| p.code).collect(),
        Meant::OneOf(_) => Vec::new(),
    }
}

fn trend(s: &Scene, i: usize) -> Option<Statement> {
    use Relation::*;
    let t = &s.tree;
    if !t.is(i, "relations") {
        return None;
    }
    let (clause, weather) = match t.relation(i) {
        Nsubj | NsubjPass => (t.head(i)?, None),
        // The parser may hang the subject as a circumstance: "Since 2018 relations … have worsened".
        Obl if t.child(i, &[Case]).is_none() && t.child(t.head(i)?, &[Nsubj, NsubjPass]).is_none() => {
            (t.head(i)?, None)
        }
        // "A chill has settled over relations between …"
        Obl => {
            let clause = t.head(i)?;
            let weather = t.subject(clause).filter(|&k| t.is(k, "warmth") || t.is(k, "chill"));
            let over =
                t.child(i, &[Case]).is_some_and(|c| matches!(t.lemma(c), "over" | "in" | "between" | "into" | "on"));
            (clause, Some(weather.filter(|_| over && t.negation(clause).is_none())?))
        }
        // "relations have been better since", "have become worse"
        _ => return None,
    };
    let predicate = if t.is(clause, "become") { t.child(clause, &[Xcomp])? } else { clause };
    // "Grown warmer", "turned sour"
    let grown = || t.child(predicate, &[Xcomp, Advmod]).filter(|&k| t.feature(k, "Degree=Cmp"));
    let predicate = if t.lemma(predicate) == "grow" { grown().unwrap_or(predicate) } else { predicate };
    let chilled = weather.map(|noun| t.is(noun, "warmth"));
    let improved = match t.lemma(predicate) {
        _ if chilled.is_some() => chilled?,
        "good" | "close" | "warm" | "better" if t.feature(predicate, "Degree=Cmp") => true,
        "bad" | "worse" | "cold" | "tense" if t.feature(predicate, "Degree=Cmp") => false,
        // "Gone from bad to worse", "gone downhill", "taken a turn for the worse"
        "go" | "take" => turn(s, predicate)?,
        "hit" | "reach" | "touch" => depth(s, predicate)?,
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
    asked(s, i, clause, last, &codes, improved)
}

/// What is asked of these two, since the time of the clause.
fn asked(s: &Scene, first: usize, clause: usize, last: usize, codes: &[String], improved: bool) -> Option<Statement> {
    let t = &s.tree;
    let (time, words) = s.time(clause);
    let span = claim_span(s, first, clause, last, words);
    let [a, b] = codes else {
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

/// "Hit rock bottom", "reached a new low".
fn depth(s: &Scene, v: usize) -> Option<bool> {
    let t = &s.tree;
    let object = t.child(v, &[Relation::Obj])?;
    match t.lemma(object) {
        "bottom" | "low" | "nadir" | "rock-bottom" => Some(false),
        "high" | "peak" | "zenith" => Some(true),
        _ => None,
    }
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
