//! "… fought a war in 2020", "… invaded …", "… have never been at war".

use super::parties::Meant;
use super::time::Time;
use super::{LOOSE, Meaning, Scene, Statement, among, claim_span, frame};
use crate::query::{Query, War, WarTest, Window};
use crate::report::Kind;
use legation_record::{Relation, Upos};

/// The wars that a sentence claims.
pub(super) fn read(s: &Scene) -> Vec<Statement> {
    let t = &s.tree;
    let mut found: Vec<Statement> = Vec::new();
    for i in 0..t.len() {
        let one = if (t.is(i, "war") || t.lemma(i) == "peace") && matches!(t.upos(i), Upos::Noun | Upos::Propn) {
            by_noun(s, i)
        } else if t.upos(i) == Upos::Verb && (t.is(i, "invade") || t.is(i, "march")) {
            invasion(s, i)
        } else if t.is(i, "invasion") && t.upos(i) == Upos::Noun {
            by_invasion(s, i)
        } else {
            by_fighting(s, i)
        };
        found.extend(one);
    }
    found
}

fn invasion(s: &Scene, v: usize) -> Option<Statement> {
    use Relation::*;
    let t = &s.tree;
    let (actor, target) = if t.is(v, "march") {
        // "Soviet troops marched into Afghanistan"
        (t.subject(v)?, t.phrase(v, &["into"])?)
    } else if t.is_passive(v) {
        (t.phrase(v, &["by"])?, t.subject(v)?)
    } else {
        (t.subject(v)?, t.child(v, &[Obj])?)
    };
    // "American and British forces invaded": each of them.
    let several: Vec<String> = s.all(actor).into_iter().filter(|p| !p.person).filter_map(|p| p.code).collect();
    let invaders = match sole(s, actor) {
        Some(one) => vec![one],
        None if several.len() < 2 => {
            // "American and British forces"
            let adjectives = t.children_by(actor, &[Amod, Compound]).flat_map(|k| t.conjuncts(k));
            let codes: Vec<String> = adjectives.filter_map(|k| s.state_named(k)).collect();
            if codes.len() < 2 || !codes.iter().all(|code| s.is_state(code)) {
                return None;
            }
            codes
        }
        None if several.len() > 1 && several.iter().all(|code| s.is_state(code)) => several,
        None => return None,
    };
    let b = sole(s, target)?;
    let (time, words) = s.time(v);
    let span = claim_span(s, actor.min(target), v, actor.max(target), words);
    // "Did not march in until 1985": then it did.
    let late = t.negation(v).is_some() && matches!(time, Time::Until(_));
    let test = match time {
        Time::Within(window) => WarTest::Invaded(window),
        Time::Until(window) if late => WarTest::Invaded(window),
        Time::None | Time::Unclear(_) if t.is(v, "march") => return None,
        Time::None | Time::Unclear(_) if t.is_past(v) => WarTest::Invaded(Window::up_to(s.today)),
        _ => return None,
    };
    if t.negation(v).is_some() && !late || invaders.contains(&b) {
        return None;
    }
    let war = |party: String| Query::War(War { party, against: Some(b.clone()), inside: None, test, holds: true });
    s.unsure.set(Some(LOOSE).filter(|_| t.is(v, "march")));
    let mut queries: Vec<Query> = invaders.into_iter().map(war).collect();
    if queries.len() > 1 {
        queries = vec![Query::All(queries)];
    }
    Some(s.state(Kind::War, v, span, queries))
}

/// "Russia's invasion of Ukraine in 2022".
fn by_invasion(s: &Scene, i: usize) -> Option<Statement> {
    use Relation::*;
    let t = &s.tree;
    let actor =
        t.child(i, &[NmodPoss, Amod, Compound]).filter(|&k| sole(s, k).is_some()).or_else(|| t.phrase(i, &["by"]))?;
    let target = t.phrase(i, &["of"])?;
    let (a, b) = (sole(s, actor)?, sole(s, target)?);
    let (time, words) = s.time(i);
    let Time::Within(window) = time else { return None };
    if a == b || !words.is_some_and(|w| t.span(i).contains(w)) {
        return None;
    }
    let war = War { party: a, against: Some(b), inside: None, test: WarTest::Invaded(window), holds: true };
    let span = claim_span(s, actor.min(i), i, target.max(i), words);
    Some(s.silent(Kind::War, span, Meaning::Queries(vec![Query::War(war)])))
}

/// "Eritrea and Ethiopia fought from 1998 to 2000", where no war is named: of quarrels, too, one says that they are fought.
fn by_fighting(s: &Scene, v: usize) -> Option<Statement> {
    let t = &s.tree;
    let (frame, one) = frame::uses(t, v, "war").into_iter().next()?;
    let about = |k: &usize| t.is(*k, "war") || t.is(*k, "meeting");
    if t.children(v).iter().any(about) || t.negation(v).is_some() {
        return None;
    }
    let first = one.fill(t, &frame.first).into_iter().next()?;
    let mut codes = states_of(s, first);
    let others = one.fill(t, &frame.second);
    let end = others.into_iter().find(|&n| n != first && !states_of(s, n).is_empty());
    codes.extend(end.into_iter().flat_map(|n| states_of(s, n)));
    codes.dedup();
    let [a, b] = codes.as_slice() else { return None };
    let (time, words) = s.time(v);
    let test = match time {
        Time::Within(window) => WarTest::Fought(window),
        Time::FromTo(from, to) => WarTest::FromTo(from, to),
        Time::Since(window) if t.is_perfect(v) => WarTest::Since(window, s.today),
        _ => return None,
    };
    s.unsure.set(Some(LOOSE));
    let end = end.unwrap_or(first);
    let span = claim_span(s, first.min(end), v, first.max(end), words);
    let war = War { party: a.clone(), against: Some(b.clone()), inside: None, test, holds: true };
    Some(s.state(Kind::War, v, span, vec![Query::War(war)]))
}

/// The states that a nominal names, a group by its name among them ("the two Koreas").
fn states_of(s: &Scene, n: usize) -> Vec<String> {
    match s.states(n) {
        Meant::All(found) if found.is_empty() => {
            among::all_of_region(s, n).filter(|all| all.len() == 2).unwrap_or_default()
        }
        Meant::All(found) => found.into_iter().filter_map(|p| p.code).collect(),
        Meant::OneOf(_) => Vec::new(),
    }
}

/// The one state a nominal means.
fn sole(s: &Scene, i: usize) -> Option<String> {
    match s.states(i) {
        Meant::All(found) => match found.as_slice() {
            [one] => one.code.clone(),
            [] => {
                // "Russian troops", "Turkish forces": the state they are of.
                let all = s.all(i).into_iter().filter(|p| !p.person);
                let all = all.filter(|p| legation_analysis::is_official(&p.sectors.join("; ")));
                let codes: Vec<String> = all.filter_map(|p| p.code).collect();
                match codes.as_slice() {
                    [one] if s.is_state(one) => Some(one.clone()),
                    _ => None,
                }
            }
            _ => None,
        },
        Meant::OneOf(_) => None,
    }
}

/// "The war began in the spring", where nothing tells which.
fn nameless(s: &Scene, i: usize, clause: usize) -> Option<Statement> {
    let t = &s.tree;
    let subject = t.relation(i) == Relation::Nsubj && t.head(i) == Some(clause);
    let bare = t.children(i).iter().all(|&k| t.relation(k) == Relation::Det) && t.lemma(i) == "war";
    if !(subject && bare && (t.is(clause, "start") || t.is(clause, "stop"))) || s.doubt(clause).is_some() {
        return None;
    }
    let span = claim_span(s, i, clause, clause, s.time(clause).1);
    Some(s.silent(Kind::War, span, Meaning::Unclear("which war is meant is not clear".to_owned())))
}

fn by_noun(s: &Scene, i: usize) -> Option<Statement> {
    use Relation::*;
    let t = &s.tree;
    let clause = t.clause_of(i);
    let Some((parties, inside, last)) = parties(s, i, clause) else { return nameless(s, i, clause) };
    let (mut time, mut words) = s.time(i);
    if time == Time::None {
        (time, words) = s.time(clause);
    }
    let existential = clause == i
        || t.is(clause, "war-verb")
        || t.is(clause, "start")
        || t.is(clause, "stop")
        || t.lemma(clause) == "pit"
        || matches!(t.lemma(clause), "be" | "go" | "wage" | "enter" | "declare");
    let nominal = !t.is_below(clause, i) && !existential;
    let negation = if nominal { None } else { t.negation(clause) };
    // "At peace since": not at war since.
    let peace = t.lemma(i) == "peace";
    let at = t.child(i, &[Case]).is_some_and(|c| t.lemma(c) == "at") && t.child(i, &[Cop]).is_some()
        || peace && t.child(i, &[Case]).is_some_and(|c| t.lemma(c) == "in") && t.lemma(clause) == "live";
    if peace && (!at || negation.is_some()) {
        return None;
    }
    let never = negation.is_some() || peace;
    let is_subject = matches!(t.relation(i), Nsubj | NsubjPass);
    let all = Window { from: s.always().from, to: s.today };
    let test = match &time {
        Time::Unclear(what) => {
            let span = claim_span(s, i, i, last, words);
            let meaning = Meaning::Unclear(format!("when is not clear: “{what}”"));
            return (!nominal).then_some(s.silent(Kind::War, span, meaning));
        }
        Time::None if never => WarTest::Fought(all),
        Time::Since(w) if never => {
            // "Not since 1973": what was fought then is not denied.
            let from = if w.from == w.to { w.from } else { super::time::later(w.to, 1) };
            WarTest::Fought(Window { from: from.min(s.today), to: s.today })
        }
        // "The Iran–Iraq war", and no trade war: its name says between whom.
        Time::None if nominal => {
            let mut beside = t.children_by(i, &[Amod, Compound, NmodPoss, Nmod]);
            let plain = beside.all(|k| !s.at(k).is_empty() && t.child(k, &[Case]).is_none());
            if parties.len() < 2 || !plain || t.phrases(i).next().is_some() {
                return None;
            }
            WarTest::Fought(all)
        }
        // "Are at war": now, or as lately as a yearly table tells.
        Time::None if at && !t.is_past(i) && !t.is_perfect(i) && !never => {
            s.unsure.set(Some(LOOSE));
            WarTest::Fought(Window { from: super::time::later(s.today, -366), to: s.today })
        }
        Time::None => WarTest::Fought(all),
        Time::Since(w) => WarTest::Since(*w, s.today),
        Time::Until(w) => WarTest::Ended(*w),
        Time::FromTo(a, b) => WarTest::FromTo(*a, *b),
        Time::Within(w) if is_subject && t.is(clause, "start") => WarTest::Began(*w),
        Time::Within(w) if is_subject && t.is(clause, "stop") => WarTest::Ended(*w),
        Time::Within(w) => WarTest::Fought(*w),
    };
    let (party, against) = match parties.as_slice() {
        [one] => (one.clone(), None),
        [one, other] => (one.clone(), Some(other.clone())),
        _ => return None,
    };
    // One party and no place: any war of it; too much may be meant, unless it is denied, or the time is before all tables and the
    // other may be a state of that time.
    let old = matches!(test, WarTest::Fought(w) if w.to.year() < super::OLD && w.from > all.from);
    if against.is_none() && inside.is_none() && !never && !old {
        return None;
    }
    let war = War { party, against, inside, test, holds: !never };
    let subject = if nominal { i } else { t.subject(clause).unwrap_or(i) };
    let span = claim_span(s, subject, if nominal { i } else { clause }, last, words).cover(t.token(i).span);
    Some(s.state(Kind::War, if nominal { i } else { clause }, span, vec![Query::War(war)]))
}

/// The states that fought, the state it was fought in, and the last word that names them.
fn parties(s: &Scene, i: usize, clause: usize) -> Option<(Vec<String>, Option<String>, usize)> {
    use Relation::*;
    let t = &s.tree;
    let mut codes: Vec<String> = Vec::new();
    let mut last = i;
    let mut add = |found: Vec<String>, at: usize| {
        for code in found {
            if !codes.contains(&code) {
                codes.push(code);
                last = last.max(at);
            }
        }
    };
    let states = |n: usize| states_of(s, n);
    let tail = |n: usize| t.conjuncts(n).into_iter().max().unwrap_or(n);
    // "the war between A and B", "a war with A", "the Russo–Ukrainian war"
    let mut between = false;
    for (preposition, n) in t.phrases(i) {
        match preposition {
            // "Between 1998 and 2000" is a time.
            "between" => {
                let found = states(n);
                between = !found.is_empty();
                add(found, tail(n));
            }
            "with" | "against" => add(states(n), tail(n)),
            "on" if matches!(t.lemma(clause), "wage" | "declare" | "make") => add(states(n), tail(n)),
            _ => {}
        }
    }
    if !between {
        for (preposition, n) in t.phrases(clause) {
            match preposition {
                "between" | "with" | "against" if n != i => add(states(n), tail(n)),
                "on" if matches!(t.lemma(clause), "wage" | "declare" | "make") => add(states(n), tail(n)),
                "by" if t.is(clause, "war-verb") => add(states(n), tail(n)),
                _ => {}
            }
        }
    }
    // "The war pitted Ethiopia against Eritrea"
    if t.lemma(clause) == "pit"
        && t.relation(i) == Nsubj
        && let Some(object) = t.child(clause, &[Obj])
    {
        add(states(object), tail(object));
    }
    // "the Iran–Iraq war", "Russia's war"
    let named: Vec<usize> = t.children_by(i, &[Amod, Compound, NmodPoss, Nmod]).filter(|&k| k < i).collect();
    for k in named {
        let more = t.children_by(k, &[Compound, Amod, Conj, Nmod]).collect::<Vec<_>>();
        for n in std::iter::once(k).chain(more) {
            add(
                s.at(n).into_iter().filter(|p| !p.person).filter_map(|p| p.code).filter(|c| s.is_state(c)).collect(),
                i,
            );
        }
    }
    // The subject fights where the war is what it fights, goes to or is at.
    let fights = t.is(clause, "war-verb")
        || t.lemma(clause) == "live"
        || matches!(t.lemma(clause), "go" | "be" | "enter" | "wage" | "declare")
        || clause == i;
    let own = fights && !matches!(t.relation(i), Nsubj | NsubjPass) && !between;
    if own && let Some(subject) = t.subject(clause) {
        let mut found = states(subject);
        if found.is_empty() {
            found = sole(s, subject).into_iter().collect();
        }
        if found.is_empty() && codes.len() == 1 {
            return None; // "We are not at war with …": who is not clear.
        }
        let mut all = found;
        all.extend(std::mem::take(&mut codes));
        all.dedup();
        codes = all;
    }
    codes.dedup();
    let inside =
        t.phrase(i, &["in"]).or_else(|| t.phrases(clause).find(|(p, n)| *p == "in" && *n != i).map(|(_, n)| n));
    let inside = inside.and_then(|n| {
        let found = states(n);
        last = last.max(n);
        found.into_iter().next()
    });
    let inside = inside.filter(|code| !codes.contains(code));
    (!codes.is_empty()).then_some((codes, inside, last))
}
