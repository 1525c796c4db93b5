//! Names, titles and what is coordinated with them.

use legation_record::{EntityKind, EntityTag, Relation, Token, Upos};
use std::borrow::Cow;

/// A verb has one subject (UD): where the parser gave it a title and the name behind it ("Advisor Jane Doe met", "the head of
/// the mission Jane Doe met", "the opposition party Union agrees"), the title describes the name.
pub(super) fn join_titles(tokens: &mut [Token]) {
    let subject = |t: &Token| matches!(t.relation, Relation::Nsubj | Relation::NsubjPass);
    for i in 1..tokens.len() {
        let name = &tokens[i];
        let begins = matches!(name.entity, EntityTag::Begin(EntityKind::Person | EntityKind::Organisation));
        if !begins || !subject(name) {
            continue;
        }
        let first = |k: &usize| subject(&tokens[*k]) && tokens[*k].head == name.head;
        let Some(title) = (0..i).rev().find(first) else { continue };
        let noun = matches!(tokens[title].upos, Upos::Noun | Upos::Propn) && tokens[title].entity.kind().is_none();
        // Nothing but the title's own words between them.
        let own = |k: usize| tokens[k].upos != Upos::Punct && is_below(tokens, k, title);
        if !noun || name.head as usize <= i || !(title + 1..i).all(own) {
            continue;
        }
        if title + 1 == i {
            tokens[title].head = i as u32 + 1;
            tokens[title].relation = Relation::NmodDesc;
        } else {
            tokens[i].head = title as u32 + 1;
            tokens[i].relation = Relation::Flat;
        }
    }
}

/// Whether a token hangs on another, however far below.
fn is_below(tokens: &[Token], mut k: usize, top: usize) -> bool {
    for _ in 0..tokens.len() {
        match (tokens[k].head as usize).checked_sub(1) {
            Some(h) if h == top => return true,
            Some(h) => k = h,
            None => return false,
        }
    }
    false
}

/// "President of Pakistan Jane Doe": the preposition belongs to the place, the name to the title.
pub(super) fn titles_of_places(tokens: &mut [Token]) {
    for name in 2..tokens.len() {
        let title = tokens[name].head as usize;
        let person =
            tokens[name].entity == EntityTag::Begin(EntityKind::Person) && tokens[name].relation == Relation::Nmod;
        if !person || title == 0 || title > name - 1 {
            continue;
        }
        // "of the United States"
        let place =
            |k: usize| tokens[k].entity.kind() == Some(EntityKind::Location) || tokens[k].relation == Relation::Det;
        let Some(of) =
            (title..name - 1).find(|&k| tokens[k].relation == Relation::Case && tokens[k].head as usize == name + 1)
        else {
            continue;
        };
        let first = of + 1;
        // "… of Serbia Jane Doe": the place may have been taken for a word of the name.
        let own = (first..name).find(|&k| tokens[k].head as usize == title && tokens[k].relation == Relation::Nmod);
        let joined = || {
            (first..name).rev().find(|&k| {
                tokens[k].head as usize == name + 1 && matches!(tokens[k].relation, Relation::Compound | Relation::Nmod)
            })
        };
        let Some(head) = own.or_else(joined) else { continue };
        if (first..name).all(place) {
            tokens[head].head = title as u32;
            tokens[head].relation = Relation::Nmod;
            tokens[of].head = head as u32 + 1;
            tokens[name].relation = Relation::Flat;
        }
    }
}

/// "In May Jane Doe met": a name is no part of the month or weekday before it. Before a verb without subject it is the subject.
pub(super) fn names_behind_times(text: &str, tokens: &mut [Token]) {
    const TIMES: [&str; 19] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    ];
    for i in 1..tokens.len() {
        let begins = tokens[i].relation == Relation::Flat
            && (tokens[i].entity == EntityTag::Begin(EntityKind::Person)
                || TIMES.contains(&tokens[i - 1].span.of(text)));
        let Some(time) = (tokens[i].head as usize).checked_sub(1).filter(|&h| begins && h < i) else { continue };
        let Some(verb) = (tokens[time].head as usize).checked_sub(1).filter(|&v| v > i) else { continue };
        let outside = tokens[time].entity == EntityTag::Outside && tokens[time].relation == Relation::Obl;
        let subject = |t: &Token| {
            t.head as usize == verb + 1 && matches!(t.relation, Relation::Nsubj | Relation::NsubjPass | Relation::Csubj)
        };
        if !outside || tokens[verb].upos != Upos::Verb || tokens.iter().any(subject) {
            continue;
        }
        let passive = tokens.iter().any(|t| t.head as usize == verb + 1 && t.relation == Relation::AuxPass);
        tokens[i].head = verb as u32 + 1;
        tokens[i].relation = if passive { Relation::NsubjPass } else { Relation::Nsubj };
        for t in &mut tokens[i + 1..verb] {
            if t.relation == Relation::Flat && t.head as usize == time + 1 {
                t.head = i as u32 + 1;
            }
        }
    }
}

/// A name's own words do not stand behind its verb: what has a preposition there hangs on the verb ("met today with Minister …").
pub(super) fn beyond_the_verb(tokens: &mut [Token]) {
    for i in 1..tokens.len() {
        let inner = matches!(tokens[i].relation, Relation::NmodDesc | Relation::Flat | Relation::Compound);
        let Some(name) = (tokens[i].head as usize).checked_sub(1).filter(|_| inner) else { continue };
        let Some(verb) = (tokens[name].head as usize).checked_sub(1) else { continue };
        let cased = tokens.iter().any(|t| t.head as usize == i + 1 && t.relation == Relation::Case);
        if name < verb && verb < i && tokens[verb].upos == Upos::Verb && cased {
            tokens[i].head = verb as u32 + 1;
            tokens[i].relation = Relation::Obl;
        }
    }
}

/// A name is not coordinated with a verb: it goes with the nominal of that verb before it, and a preposition before that one
/// is its own ("spoke with Crown Prince and Prime Minister …").
pub(super) fn coordinated_names(tokens: &mut [Token]) {
    for i in 2..tokens.len() {
        let name = tokens[i].relation == Relation::Conj && tokens[i].entity.kind() == Some(EntityKind::Person);
        let Some(verb) = (tokens[i].head as usize).checked_sub(1).filter(|&v| name && tokens[v].upos == Upos::Verb)
        else {
            continue;
        };
        let own =
            tokens.iter().any(|t| t.head as usize == i + 1 && matches!(t.relation, Relation::Cop | Relation::Nsubj));
        let nominal = |k: &usize| {
            tokens[*k].head as usize == verb + 1 && matches!(tokens[*k].relation, Relation::Obl | Relation::Obj)
        };
        let Some(first) = (verb + 1..i).rev().find(nominal).filter(|_| !own) else { continue };
        if let Some(case) =
            (verb + 1..first).find(|&k| tokens[k].relation == Relation::Case && tokens[k].head as usize == i + 1)
        {
            tokens[case].head = first as u32 + 1;
        }
        tokens[i].head = first as u32 + 1;
    }
}

/// "between Tajikistan and Kyrgyzstan forces": a second phrase without a preposition of its own, whose first word has the
/// conjunction, goes with the phrase before.
pub(super) fn coordinated_owners(tokens: &mut [Token]) {
    for n in 3..tokens.len() {
        let (head, relation) = (tokens[n].head, tokens[n].relation);
        if !matches!(relation, Relation::Nmod | Relation::Obl) {
            continue;
        }
        let child = |of: usize, r: Relation| {
            (0..tokens.len()).find(|&k| tokens[k].head as usize == of + 1 && tokens[k].relation == r)
        };
        if child(n, Relation::Case).is_some() {
            continue;
        }
        let Some(owner) = child(n, Relation::Compound).filter(|&k| k < n) else { continue };
        let Some(cc) = child(owner, Relation::Cc) else { continue };
        let first = (0..cc).rev().find(|&k| tokens[k].head == head && tokens[k].relation == relation);
        if let Some(first) = first.filter(|&k| child(k, Relation::Case).is_some()) {
            tokens[n].head = first as u32 + 1;
            tokens[n].relation = Relation::Conj;
            tokens[cc].head = n as u32 + 1;
        }
    }
}

/// "Jane Doe, a senator, called for sanctions": a verb that takes its object by a preposition has no passive without "be".
pub(super) fn calls(text: &str, tokens: &mut [Token]) {
    for v in 1..tokens.len() {
        let calls = tokens[v].upos == Upos::Verb && matches!(tokens[v].lemma.as_str(), "call" | "press" | "push");
        let on = tokens.get(v + 1).is_some_and(|t| matches!(t.span.of(text), "for" | "on" | "upon"));
        let auxiliary = |t: &Token| {
            t.head as usize == v + 1 && matches!(t.relation, Relation::AuxPass | Relation::Aux | Relation::Obj)
        };
        if calls
            && on
            && matches!(tokens[v].relation, Relation::Root | Relation::Conj | Relation::Ccomp | Relation::Parataxis)
            && !tokens.iter().any(auxiliary)
        {
            for t in tokens.iter_mut().filter(|t| t.head as usize == v + 1 && t.relation == Relation::NsubjPass) {
                t.relation = Relation::Nsubj;
            }
            if !tokens[v].feats.contains("VerbForm=Fin") {
                tokens[v].feats = Cow::Borrowed("Mood=Ind|Tense=Past|VerbForm=Fin");
            }
        }
    }
}

/// An apposition says who somebody is: two persons of different names are a list ("A, B and C"), and so are one body and
/// several others ("the government, rebels and parties").
pub(super) fn lists(tokens: &mut [Token]) {
    for i in 0..tokens.len() {
        let Some(h) = (tokens[i].head as usize).checked_sub(1).filter(|_| tokens[i].relation == Relation::Appos) else {
            continue;
        };
        let person = |k: usize| tokens[k].entity.kind() == Some(EntityKind::Person);
        // The two names do not touch: a comma or more stands between.
        let apart = (h + 1..i).any(|k| tokens[k].entity == EntityTag::Outside);
        let goes_on = |k: usize| tokens.iter().any(|t| t.head as usize == k + 1 && t.relation == Relation::Conj);
        let persons = person(h) && person(i) && apart && (goes_on(h) || goes_on(i));
        let number = |k: usize, n: &str| tokens[k].upos == Upos::Noun && tokens[k].feats.contains(n);
        let bracket = i > 0 && (h..i).any(|k| tokens[k].lemma == "(");
        let bodies = number(h, "Number=Sing")
            && number(i, "Number=Plur")
            && goes_on(i)
            && !bracket
            && !is_collective(&tokens[h]);
        if persons || bodies {
            tokens[i].relation = Relation::Conj;
        }
    }
}

/// Nouns in the singular that a list may spell out ("a trio, two men and a woman").
fn is_collective(token: &Token) -> bool {
    matches!(
        token.lemma.as_ref(),
        "group"
            | "pair"
            | "duo"
            | "trio"
            | "couple"
            | "team"
            | "band"
            | "crew"
            | "family"
            | "party"
            | "alliance"
            | "bloc"
    )
}
