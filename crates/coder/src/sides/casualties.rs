//! Those whom a text counts beside the first ones: "and wounds ten", "another four injured", "including two policemen".

use super::is_somebody;
use crate::clause::Clauses;
use crate::matcher::{Candidate, Matcher};
use crate::mention::{Sort, Who};
use crate::quantity;
use legation_record::{EventType, Relation, Upos};

/// Tokens between a harm and the next one of the same sentence that still belongs to it.
const NEAR: usize = 24;

/// Adds the victims of the other verbs of harm that stand in a row with the candidate's own: coordinated, with their own
/// auxiliary or without it, often as a bare number.
pub(super) fn complete(m: &Matcher, c: &mut Candidate) {
    let cl = m.clauses;
    let words: Vec<usize> = c.words.iter().flat_map(|&(a, b)| a..=b).collect();
    // "a spree that leaves six people dead"
    let outcome = || words.iter().flat_map(|&k| cl.children_by(k, &[Relation::Xcomp])).filter(|&k| is_harm(m, k)).max();
    let Some(own) = words.iter().copied().filter(|&k| is_harm(m, k)).max().or_else(outcome) else { return };
    before(m, c, own);
    let mut last = own;
    for k in own + 1..cl.len() {
        if k - last > NEAR {
            break;
        }
        // "ten were killed in A, while two died in B": another one.
        if matches!(cl.form(k), ";" | "while" | "whereas") || cl.feature(k, "PronType=Rel") {
            break;
        }
        if !is_harm(m, k) {
            continue;
        }
        let found = gapped(m, k, last).or_else(|| object(m, k));
        let Some(found) = found else { continue };
        last = k;
        for who in found {
            let known = c.recipients.iter().chain(&c.actors).any(|o| o.span.overlaps(who.span));
            if !known {
                let who = like_the_first(who, &c.recipients);
                c.recipients.push(who);
            }
        }
    }
}

/// "Two men die and ten others are injured": the two.
fn before(m: &Matcher, c: &mut Candidate, own: usize) {
    let cl = m.clauses;
    let Some(verb) = cl.head(own).filter(|_| cl.relation(own) == Relation::Conj) else { return };
    if !matches!(cl.lemma(verb), "die" | "perish") || !cl.is_passive(own) {
        return;
    }
    let dead: Vec<Who> = cl.subject(verb).into_iter().flat_map(|s| m.mentions.all(s, false)).collect();
    let others = |who: &Who| dead.iter().all(|d| !d.span.overlaps(who.span));
    if c.recipients.iter().all(others) && dead.iter().all(is_somebody) {
        let rest = std::mem::replace(&mut c.recipients, dead);
        for who in rest {
            let who = if who.sort == Sort::Count { like_the_first(who, &c.recipients) } else { who };
            c.recipients.push(who);
        }
    }
}

/// Whether a token says that people are killed or hurt.
fn is_harm(m: &Matcher, k: usize) -> bool {
    let cl = m.clauses;
    let listed = |name: &str| m.book.lists.get(name).is_some_and(|set| set.matches(cl, k).is_some());
    let form = cl.form(k);
    // "leaves ten people dead": a state; no weapon or deed ("the killing of", "a wound").
    let verbal =
        matches!(cl.upos(k), Upos::Verb | Upos::Adj) || matches!(form, "wounds" | "injures" | "kills" | "wound");
    verbal && (listed("size-dead") || listed("size-injured")) && form.starts_with(char::is_lowercase)
}

/// "and nine wounded", "another four were injured": who stands before a participle, behind a coordinator.
fn gapped(m: &Matcher, k: usize, after: usize) -> Option<Vec<Who>> {
    let cl = m.clauses;
    let participle = cl.form(k).ends_with("ed") || matches!(cl.form(k), "hurt" | "dead");
    if !participle {
        return None;
    }
    let filler = |i: usize| {
        matches!(cl.upos(i), Upos::Aux) || cl.upos(i) == Upos::Adv && !matches!(cl.form(i), "more" | "not" | "about")
    };
    let mut end = k.checked_sub(1)?;
    while end > after && filler(end) {
        end -= 1;
    }
    let (start, who) = counted(m, end)?;
    // "and a further nineteen injured"
    let article = start.checked_sub(1).filter(|&i| matches!(cl.form(i), "a" | "an"));
    let start = article.filter(|_| matches!(cl.form(start), "further" | "additional")).unwrap_or(start);
    let link = start.checked_sub(1).filter(|&i| i > after)?;
    let joined = cl.upos(link) == Upos::Cconj && !matches!(cl.lemma(link), "or" | "nor")
        || cl.form(link) == ","
        // "and leaves dozens more wounded"
        || cl.lemma(link) == "leave" && link > after + 1;
    joined.then_some(who)
}

/// "and wounds ten", "injuring dozens of others": who stands behind a verb of harm that has a coordinator before it.
fn object(m: &Matcher, k: usize) -> Option<Vec<Who>> {
    let cl = m.clauses;
    let finite = cl.form(k).ends_with('s') || cl.form(k).ends_with("ing") || cl.upos(k) == Upos::Verb;
    let link = (k.saturating_sub(2)..k).rev().find(|&i| cl.upos(i) != Upos::Adv)?;
    let joined = matches!(cl.form(link), "and" | ",") && finite && !cl.is_passive(k);
    if !joined {
        return None;
    }
    // The numeral is among the next words: "at least ten", "more than 32", "as many as forty".
    let head = (k + 1..(k + 6).min(cl.len())).find(|&i| is_quantity(cl, i))?;
    let clear = |i: usize| matches!(cl.upos(i), Upos::Adp | Upos::Adv | Upos::Adj | Upos::Det | Upos::Sconj);
    if !(k + 1..head).all(clear) {
        return None;
    }
    let mut end = quantity::around(cl, head).map_or(head, |q| q.tokens.1);
    let goes_on = |i: usize| {
        matches!(cl.form(i), "others" | "other" | "more") || is_people(m, i) || of_others(cl, i) || is_quantity(cl, i)
    };
    while end + 1 < cl.len() && goes_on(end + 1) {
        end += 1;
    }
    counted(m, end).filter(|(start, _)| *start > k).map(|(_, who)| who)
}

/// "of others"
fn of_others(cl: &Clauses, i: usize) -> bool {
    cl.form(i) == "of" && i + 1 < cl.len() && matches!(cl.form(i + 1), "others" | "other")
}

/// Whether a token counts: a numeral, or "dozens", "several", "another".
fn is_quantity(cl: &Clauses, i: usize) -> bool {
    matches!(cl.form(i), "several" | "many" | "numerous" | "another" | "scores") || quantity::around(cl, i).is_some()
}

fn is_people(m: &Matcher, i: usize) -> bool {
    matches!(m.clauses.upos(i), Upos::Noun) && m.mentions.role(i).is_some()
}

/// Who the counted phrase that ends at `end` stands for, and where it starts.
fn counted(m: &Matcher, end: usize) -> Option<(usize, Vec<Who>)> {
    let cl = m.clauses;
    let bare = matches!(cl.form(end), "others" | "more" | "another") || is_quantity(cl, end);
    if !bare {
        // "and three soldiers wounded": people by their own word.
        let noun = matches!(cl.upos(end), Upos::Noun | Upos::Propn);
        let found: Vec<Who> = m.mentions.one(end).into_iter().filter(is_somebody).collect();
        let start = found.first().filter(|_| noun)?.tokens.0;
        let start =
            (start.saturating_sub(3)..=start).find(|&i| quantity::around(cl, i).is_some_and(|q| q.tokens.1 < end));
        let start = start.and_then(|i| quantity::around(cl, i)).map(|q| q.tokens.0)?;
        return Some((start, found));
    }
    let mut start = end;
    let mut any = matches!(cl.form(end), "another" | "several" | "many") || quantity::around(cl, end).is_some();
    while let Some(i) = start.checked_sub(1) {
        if matches!(cl.form(i), "of" | "other" | "more" | "another" | "further" | "additional")
            && !(cl.form(i) == "of" && start == end && cl.form(end) != "others")
        {
            any |= cl.form(i) == "another";
            start = i;
        } else if is_quantity(cl, i) {
            any = true;
            start = quantity::around(cl, i).map_or(i, |q| q.tokens.0.min(i));
        } else {
            break;
        }
    }
    if start == end {
        let own = quantity::around(cl, end);
        any |= own.is_some();
        start = own.map_or(start, |q| q.tokens.0);
    }
    let year = start == end && cl.form(end).len() == 4 && cl.form(end).starts_with(['1', '2']);
    if !any || year {
        return None;
    }
    // "the other", "%": no number of people.
    if end + 1 < cl.len() && matches!(cl.form(end + 1), "%" | "percent" | "km" | "miles") {
        return None;
    }
    // "at least", "more than" say how many, not who.
    let first = (start..=end).find(|&i| is_quantity(cl, i)).unwrap_or(start);
    let span = cl.token(first).span.cover(cl.token(end).span);
    Some((start, vec![Who { span, head: end, tokens: (first, end), sort: Sort::Count, ..Who::default() }]))
}

/// Of whom nothing but a number is told is such as the ones before.
fn like_the_first(mut who: Who, others: &[Who]) -> Who {
    if who.sort != Sort::Count {
        return who;
    }
    let people: Vec<&Who> = others.iter().filter(|o| !matches!(o.sort, Sort::Place | Sort::Instrument)).collect();
    if let [first, rest @ ..] = &people[..]
        && rest.iter().all(|o| o.code == first.code)
        && (!first.sectors.is_empty() || first.sort == Sort::Count)
    {
        who.code.clone_from(&first.code);
        who.name.clone_from(&first.name);
        if rest.iter().all(|o| o.sectors == first.sectors) {
            who.sectors.clone_from(&first.sectors);
            who.sort = if first.sort == Sort::Person { Sort::Role } else { first.sort };
        }
    }
    who
}

/// "Eleven people, including four policemen": those of another body than the rest, and those whom the text names.
pub(super) fn included(m: &Matcher, c: &mut Candidate, event_type: EventType) {
    if !matches!(event_type, EventType::Assault | EventType::Coerce) {
        return;
    }
    let cl = m.clauses;
    let mut more: Vec<Who> = Vec::new();
    for whole in &c.recipients {
        let plural = cl.feature(whole.head, "Number=Plur") || whole.sort == Sort::Count;
        if !plural {
            continue;
        }
        // The phrase hangs on the people or on the verb.
        let over = [Some(whole.head), cl.head(whole.head), Some(c.anchor)];
        let lists = (whole.head + 1..cl.len()).filter(|&n| {
            let including = cl.children_by(n, &[Relation::Case]).any(|k| matches!(cl.form(k), "including" | "among"));
            including && cl.head(n).is_some_and(|h| over.contains(&Some(h)))
        });
        for n in lists.flat_map(|n| cl.conjuncts(n)) {
            for who in m.mentions.one(n).into_iter().filter(is_somebody) {
                let who = alone(cl, who);
                // "Seven people, including the gunman": he is no victim of his own.
                let attacker = |s: &str| matches!(s, "UAF" | "CRM" | "REB") && !cl.feature(who.head, "Number=Plur");
                let common = whole.sectors.first().is_none_or(|s| s == "CVL");
                let body = who.sectors.first().is_some_and(|s| {
                    whole.sectors.first() != Some(s) && !matches!(s.as_str(), "CVL" | "ELI") && !attacker(s) && common
                });
                let known = |o: &Who| o.span.overlaps(who.span);
                if body && !m.is_location(&who) && !c.recipients.iter().chain(&c.actors).chain(&more).any(known) {
                    let code = who.code.clone().or_else(|| whole.code.clone());
                    more.push(Who { code, ..who });
                }
            }
        }
    }
    c.recipients.extend(more);
}

/// "Eleven are sentenced to death and twenty to life", "Knox to 26 years, Sollecito to 25": whom the same verb holds for
/// without being said again.
pub(super) fn sentenced(m: &Matcher, c: &mut Candidate) {
    let cl = m.clauses;
    if !matches!(cl.lemma(c.anchor), "sentence" | "jail" | "condemn") || c.recipients.is_empty() {
        return;
    }
    for k in c.anchor + 2..cl.len().saturating_sub(2) {
        let behind = cl.form(k + 1) == "to"
            && (quantity::around(cl, k + 2).is_some() || matches!(cl.form(k + 2), "life" | "death" | "prison"));
        if !behind {
            continue;
        }
        let person = cl.upos(k) == Upos::Propn && m.mentions.is_name(k);
        let found = if person { Some((k, m.mentions.one(k))) } else { counted(m, k) };
        let Some((start, found)) = found else { continue };
        let joined = cl.upos(start - 1) == Upos::Cconj || cl.form(start - 1) == ",";
        for who in found.into_iter().filter(|_| joined) {
            if !c.recipients.iter().chain(&c.actors).any(|o| o.span.overlaps(who.span)) {
                let who = like_the_first(who, &c.recipients);
                c.recipients.push(who);
            }
        }
    }
}

/// A member of a list without those that stand behind it.
fn alone(cl: &Clauses, who: Who) -> Who {
    let next = cl.children_by(who.head, &[Relation::Conj]).find(|&k| k <= who.tokens.1);
    if next.is_none() {
        return who;
    }
    let tokens = (who.tokens.0, who.head);
    Who { span: cl.token(tokens.0).span.cover(cl.token(tokens.1).span), tokens, ..who }
}
