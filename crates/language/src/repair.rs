//! What the conventions of Universal Dependencies rule out, put right after decoding: the parser decides word by word and
//! sometimes gives a verb two subjects or a noun an object.

use crate::lemma::Lemmatiser;
use crate::segment::Segment;
use legation_record::{EntityKind, EntityTag, Relation, Token, Upos};
use std::borrow::Cow;

/// Puts right what cannot be.
pub(crate) fn repair(text: &str, tokens: &mut [Token], lemmatiser: &Lemmatiser) {
    join_titles(tokens);
    second_subjects(tokens);
    before_the_mark(tokens);
    titles_of_places(tokens);
    names_behind_times(text, tokens);
    beyond_the_verb(tokens);
    coordinated_names(tokens);
    objects(tokens);
    active_after_passive(tokens);
    of_the_verb(tokens);
    coordinated_owners(tokens);
    results(text, tokens);
    gapped_counts(tokens);
    calls(text, tokens);
    lists(tokens);
    headlines(text, tokens, lemmatiser);
    restore_verbs(text, tokens, lemmatiser);
    verbs_behind_names(text, tokens);
    cased_objects(tokens);
}

/// A verb has one subject (UD): where the parser gave it a title and the name behind it ("Advisor Jane Doe met", "the head of
/// the mission Jane Doe met", "the opposition party Union agrees"), the title describes the name.
fn join_titles(tokens: &mut [Token]) {
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

/// "A, which objected, held exercises, and a gunman killed B": where a verb has a second subject behind a finite clause that
/// hangs on the first, that clause is the first subject's own sentence, and the verb is coordinated to it.
fn second_subjects(tokens: &mut [Token]) {
    let subject = |t: &Token| matches!(t.relation, Relation::Nsubj | Relation::NsubjPass);
    for second in 2..tokens.len() {
        let Some(verb) = (tokens[second].head as usize).checked_sub(1).filter(|&v| v > second) else { continue };
        if !subject(&tokens[second]) || tokens[verb].upos != Upos::Verb {
            continue;
        }
        let Some(first) = (0..second).find(|&k| subject(&tokens[k]) && tokens[k].head as usize == verb + 1) else {
            continue;
        };
        let on = |k: usize, head: usize| tokens[k].head as usize == head + 1;
        let own = |w: usize| {
            on(w, first)
                && matches!(tokens[w].relation, Relation::AclRelcl | Relation::Acl)
                && tokens[w].upos == Upos::Verb
                && tokens[w].feats.contains("VerbForm=Fin")
                && !(first..second).any(|k| on(k, w) && (subject(&tokens[k]) || tokens[k].relation == Relation::Mark))
        };
        let Some(clause) = (first + 1..second).rev().find(|&w| own(w)) else { continue };
        let joined = (clause + 1..second).any(|k| on(k, verb) && tokens[k].relation == Relation::Cc);
        if !joined {
            continue;
        }
        (tokens[clause].head, tokens[clause].relation) = (tokens[verb].head, tokens[verb].relation);
        (tokens[verb].head, tokens[verb].relation) = (clause as u32 + 1, Relation::Conj);
        // What stands before the clause is said of it.
        for t in &mut tokens[..clause] {
            if t.head as usize == verb + 1 {
                t.head = clause as u32 + 1;
            }
        }
    }
}

/// "Recalled its envoy after Sudan suspended imports": what stands before the conjunction is none of the clause's subjects, but
/// the object of the verb before, where that has none.
fn before_the_mark(tokens: &mut [Token]) {
    let subject = |t: &Token| matches!(t.relation, Relation::Nsubj | Relation::NsubjPass);
    for i in 1..tokens.len() {
        let Some(clause) = (tokens[i].head as usize).checked_sub(1).filter(|&v| v > i) else { continue };
        let Some(verb) = (tokens[clause].head as usize).checked_sub(1).filter(|&v| v < i) else { continue };
        if !subject(&tokens[i]) || tokens[clause].relation != Relation::Advcl || tokens[verb].upos != Upos::Verb {
            continue;
        }
        let on = |k: usize, head: usize, relation: Relation| {
            tokens[k].head as usize == head + 1 && tokens[k].relation == relation
        };
        let marked = (i + 1..clause).find(|&k| on(k, clause, Relation::Mark));
        let Some(mark) = marked else { continue };
        let other = (mark + 1..clause).any(|k| tokens[k].head as usize == clause + 1 && subject(&tokens[k]));
        let object = (verb + 1..tokens.len()).any(|k| on(k, verb, Relation::Obj));
        let cased = (verb + 1..i).any(|k| on(k, i, Relation::Case));
        if other && !object && !cased {
            tokens[i].head = verb as u32 + 1;
            tokens[i].relation = Relation::Obj;
        }
    }
}

/// "President of Pakistan Jane Doe": the preposition belongs to the place, the name to the title.
fn titles_of_places(tokens: &mut [Token]) {
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
fn names_behind_times(text: &str, tokens: &mut [Token]) {
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
fn beyond_the_verb(tokens: &mut [Token]) {
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
fn coordinated_names(tokens: &mut [Token]) {
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

/// "Said that two had been killed and expelled the ambassador": what has an object is no second verb of a passive. Whoever
/// says the passive clause does it.
fn active_after_passive(tokens: &mut [Token]) {
    let has = |tokens: &[Token], v: usize, relations: &[Relation]| {
        tokens.iter().any(|t| t.head as usize == v + 1 && relations.contains(&t.relation))
    };
    for i in 1..tokens.len() {
        let verb = tokens[i].relation == Relation::Conj && tokens[i].upos == Upos::Verb;
        let Some(passive) = (tokens[i].head as usize).checked_sub(1).filter(|&h| verb && h < i) else { continue };
        let Some(says) = (tokens[passive].head as usize).checked_sub(1).filter(|&s| s < passive) else { continue };
        let content = tokens[passive].relation == Relation::Ccomp && has(tokens, passive, &[Relation::AuxPass]);
        let own = has(tokens, i, &[Relation::Nsubj, Relation::NsubjPass, Relation::Aux, Relation::AuxPass]);
        let acts = has(tokens, i, &[Relation::Obj]) && has(tokens, says, &[Relation::Nsubj]);
        if content && acts && !own && tokens[says].upos == Upos::Verb {
            tokens[i].head = says as u32 + 1;
        }
    }
}

/// A named place takes no participle of its own ("exploded in the city of Goma killing three"): it hangs on the verb, unless it
/// says what the place is like.
fn of_the_verb(tokens: &mut [Token]) {
    const STATES: [&str; 14] = [
        "border", "bear", "belong", "call", "comprise", "contain", "house", "include", "link", "name", "overlook",
        "serve", "straddle", "surround",
    ];
    for i in 2..tokens.len() {
        let gerund = tokens[i].relation == Relation::Acl
            && tokens[i].upos == Upos::Verb
            && tokens[i].lemma.len() < text_len(&tokens[i])
            && tokens[i].feats.contains("Tense=Pres")
            && !STATES.contains(&tokens[i].lemma.as_str());
        let acts = tokens.iter().any(|t| t.head as usize == i + 1 && t.relation == Relation::Obj);
        if !gerund || !acts {
            continue;
        }
        let Some(noun) = (tokens[i].head as usize).checked_sub(1).filter(|&n| n < i) else { continue };
        // The place's name: the noun itself or what it is "of".
        let located = |k: usize| tokens[k].entity.kind() == Some(EntityKind::Location);
        let named = located(noun)
            || (noun + 1..i)
                .any(|k| tokens[k].head as usize == noun + 1 && tokens[k].relation == Relation::Nmod && located(k));
        // Up through places to the verb.
        let mut at = noun;
        for _ in 0..4 {
            let Some(up) = (tokens[at].head as usize).checked_sub(1) else { break };
            if tokens[up].upos == Upos::Verb {
                if named && up < at && matches!(tokens[at].relation, Relation::Obl | Relation::Obj) {
                    tokens[i].head = up as u32 + 1;
                    tokens[i].relation = Relation::Advcl;
                }
                break;
            }
            if !matches!(tokens[at].relation, Relation::Nmod | Relation::Appos) {
                break;
            }
            at = up;
        }
    }
}

fn text_len(token: &Token) -> usize {
    (token.span.end - token.span.start) as usize
}

/// "between Tajikistan and Kyrgyzstan forces": a second phrase without a preposition of its own, whose first word has the
/// conjunction, goes with the phrase before.
fn coordinated_owners(tokens: &mut [Token]) {
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

/// "attacked a bus carrying pilgrims, killing five": what follows the comma is the result of the main act.
fn results(text: &str, tokens: &mut [Token]) {
    for i in 3..tokens.len() {
        let result = tokens[i].relation == Relation::Advcl
            && tokens[i].upos == Upos::Verb
            && tokens[i].span.of(text).ends_with("ing")
            && tokens[i - 1].span.of(text) == ",";
        let Some(inner) = (tokens[i].head as usize).checked_sub(1).filter(|&h| result && h < i) else { continue };
        if tokens[inner].relation != Relation::Acl || !tokens[inner].span.of(text).ends_with("ing") {
            continue;
        }
        let Some(noun) = (tokens[inner].head as usize).checked_sub(1) else { continue };
        let Some(verb) = (tokens[noun].head as usize).checked_sub(1) else { continue };
        if tokens[verb].upos == Upos::Verb
            && matches!(tokens[noun].relation, Relation::Obj | Relation::Obl)
            && verb < noun
        {
            tokens[i].head = verb as u32 + 1;
        }
    }
}

/// "32 people are killed and 90 injured": a number before a coordinated participle is who it is done to.
fn gapped_counts(tokens: &mut [Token]) {
    for i in 1..tokens.len() {
        let counted = tokens[i].upos == Upos::Verb
            && tokens[i].relation == Relation::Conj
            && tokens[i].feats.contains("VerbForm=Part")
            && tokens[i - 1].upos == Upos::Num
            && tokens[i - 1].head as usize == i + 1
            && matches!(tokens[i - 1].relation, Relation::Compound | Relation::Nummod);
        let Some(first) = (tokens[i].head as usize).checked_sub(1).filter(|&v| counted && tokens[v].upos == Upos::Verb)
        else {
            continue;
        };
        let passive = |v: usize| {
            tokens
                .iter()
                .any(|t| t.head as usize == v + 1 && matches!(t.relation, Relation::AuxPass | Relation::NsubjPass))
        };
        if passive(first) && !tokens.iter().any(|t| t.head as usize == i + 1 && t.relation == Relation::NsubjPass) {
            tokens[i - 1].relation = Relation::NsubjPass;
        }
    }
}

/// "Jane Doe, a senator, called for sanctions": a verb that takes its object by a preposition has no passive without "be".
fn calls(text: &str, tokens: &mut [Token]) {
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

/// A verb has one subject (UD): where one stands before it and another behind, the one behind is its object ("police arrest
/// a man"), unless it is a passive's or the object is there already.
fn objects(tokens: &mut [Token]) {
    for verb in 0..tokens.len() {
        if tokens[verb].upos != Upos::Verb {
            continue;
        }
        let children = |relation: Relation| -> Vec<usize> {
            let fits = |&k: &usize| tokens[k].head as usize == verb + 1 && tokens[k].relation == relation;
            (0..tokens.len()).filter(fits).collect()
        };
        let subjects = children(Relation::Nsubj);
        let wrong = subjects.first().is_some_and(|&k| k < verb) && children(Relation::Obj).is_empty();
        let behind = subjects.into_iter().find(|&k| k > verb).filter(|_| wrong);
        if let Some(k) = behind {
            tokens[k].relation = Relation::Obj;
        }
    }
}

/// An apposition says who somebody is: two persons of different names are a list ("A, B and C"), and so are one body and
/// several others ("the government, rebels and parties").
fn lists(tokens: &mut [Token]) {
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

/// A sentence needs a verb: where no clause of one has any and its head is a noun behind another, with a bare nominal or an
/// infinitive behind ("Police in B arrest a man", "the Senate votes 50–49 to pass …"), that noun is the verb.
fn headlines(text: &str, tokens: &mut [Token], lemmatiser: &Lemmatiser) {
    use Relation::*;
    let Some(root) = (0..tokens.len()).find(|&k| tokens[k].head == 0) else { return };
    let child = |k: usize, of: &[Relation]| tokens[k].head as usize == root + 1 && of.contains(&tokens[k].relation);
    let any = |of: &[Relation]| (0..tokens.len()).find(|&k| child(k, of));
    if tokens[root].upos != Upos::Noun || tokens.iter().any(is_finite) || any(&[Cop, Case, Aux, AuxPass]).is_some() {
        return;
    }
    let beside = (root > 0 && child(root - 1, &[Compound])).then(|| root - 1);
    let own = any(&[Nsubj]).filter(|&s| s < root);
    let Some(subject) = own.or(beside.filter(|&s| matches!(tokens[s].upos, Upos::Noun | Upos::Propn))) else { return };
    let bare = |k: usize| {
        let cased = tokens.iter().any(|t| t.head as usize == k + 1 && t.relation == Case);
        !cased && tokens[root + 1..k].iter().all(|t| t.upos != Upos::Punct || t.span.of(text) == "-")
    };
    let object = (root + 1..tokens.len())
        .find(|&k| child(k, &[Appos, Nmod, NmodUnmarked]) && bare(k))
        .filter(|&k| matches!(tokens[k].upos, Upos::Noun | Upos::Propn));
    let infinitive = (root + 1..tokens.len()).find(|&k| {
        child(k, &[Acl])
            && tokens.iter().any(|t| t.head as usize == k + 1 && t.relation == Mark && t.span.of(text) == "to")
    });
    let votes = tokens[root].feats.contains("Number=Plur") && !tokens[subject].feats.contains("Number=Plur");
    match (object, infinitive) {
        // What is left to do is done where a noun has an object.
        (Some(object), _) => tokens[object].relation = Obj,
        (None, Some(aim)) if votes => {
            tokens[aim].relation = Xcomp;
            make_verb(text, tokens, root, own.is_none().then_some(subject), lemmatiser);
        }
        _ => {}
    }
}

/// Whether a word is the finite verb of a clause that is no attribute and no adjunct.
fn is_finite(t: &Token) -> bool {
    matches!(t.upos, Upos::Verb | Upos::Aux)
        && t.feats.contains("VerbForm=Fin")
        && !matches!(t.relation, Relation::AclRelcl | Relation::Advcl)
}

/// Makes a noun the verb it was meant to be, and the compound before it its subject.
fn make_verb(text: &str, tokens: &mut [Token], i: usize, subject: Option<usize>, lemmatiser: &Lemmatiser) {
    const PRESENT: &str = "Mood=Ind|Tense=Pres|VerbForm=Fin";
    if let Some(subject) = subject {
        for t in tokens.iter_mut().take(subject) {
            // What hangs on the verb or on anything behind it belongs to the subject before it.
            if t.head as usize > i && t.relation != Relation::Punct {
                t.head = subject as u32 + 1;
            }
        }
        tokens[subject].relation = Relation::Nsubj;
    }
    let t = &mut tokens[i];
    (t.upos, t.feats) = (Upos::Verb, Cow::Borrowed(PRESENT));
    t.lemma = lemmatiser.lemma(t.span.of(text), Upos::Verb, PRESENT).to_string();
}

/// A noun has no object (UD): what has one and no copula is a verb, as in headlines ("police arrest six"). Where the
/// parser made its subject a compound, the subject takes what stands before it.
fn restore_verbs(text: &str, tokens: &mut [Token], lemmatiser: &Lemmatiser) {
    for i in 0..tokens.len() {
        if tokens[i].upos != Upos::Noun {
            continue;
        }
        let child = |tokens: &[Token], relation: Relation| {
            (0..tokens.len()).rev().find(|&k| tokens[k].head as usize == i + 1 && tokens[k].relation == relation)
        };
        let object = child(tokens, Relation::Obj).is_some_and(|o| o > i);
        if !object || child(tokens, Relation::Cop).is_some() || child(tokens, Relation::Case).is_some() {
            continue;
        }
        let mut subject = None;
        if child(tokens, Relation::Nsubj).is_none() {
            let clause = matches!(tokens[i].relation, Relation::Root | Relation::Ccomp | Relation::Parataxis);
            subject = child(tokens, Relation::Compound).filter(|&s| s < i && clause);
            if subject.is_none() {
                continue;
            }
        }
        make_verb(text, tokens, i, subject, lemmatiser);
    }
}

/// "President of Russia Jane Doe and President of Turkey John Roe hold talks": where no clause of a sentence has a finite verb
/// and the plural of a common verb stands between a name and its object, the verb was read as a noun.
fn verbs_behind_names(text: &str, tokens: &mut [Token]) {
    const VERBS: [&str; 12] = [
        "hold", "sign", "reach", "begin", "launch", "exchange", "discuss", "attend", "condemn", "urge", "announce",
        "open",
    ];
    let Some(root) = (0..tokens.len()).find(|&k| tokens[k].head == 0) else { return };
    if !matches!(tokens[root].upos, Upos::Noun | Upos::Propn) || tokens.iter().any(is_finite) {
        return;
    }
    let verb = (root + 1..tokens.len().saturating_sub(1)).find(|&v| {
        let object = tokens[v].head as usize;
        tokens[v].upos == Upos::Noun
            && tokens[v].relation == Relation::Compound
            && (v + 2..=v + 4).contains(&object)
            && tokens[v - 1].entity.kind() == Some(EntityKind::Person)
            && VERBS.contains(&tokens[v].span.of(text))
    });
    let Some(v) = verb else { return };
    let object = tokens[v].head as usize - 1;
    if tokens[object].upos != Upos::Noun {
        return;
    }
    // What was joined to the object before the verb is the last name of the subject.
    let mut title = root;
    let words = root..v;
    for k in words {
        if k != root && tokens[k].upos == Upos::Noun && tokens[k].relation == Relation::Conj {
            (tokens[k].head, title) = (root as u32 + 1, k);
        }
        if tokens[k].head as usize == object + 1 {
            (tokens[k].head, tokens[k].relation) = (title as u32 + 1, Relation::Flat);
        }
    }
    (tokens[v].head, tokens[v].relation, tokens[v].upos) = (0, Relation::Root, Upos::Verb);
    tokens[v].feats = Cow::Borrowed("Mood=Ind|Tense=Pres|VerbForm=Fin");
    tokens[v].lemma = tokens[v].span.of(text).into();
    (tokens[root].head, tokens[root].relation) = (v as u32 + 1, Relation::Nsubj);
    (tokens[object].head, tokens[object].relation) = (v as u32 + 1, Relation::Obj);
    for t in tokens.iter_mut().filter(|t| t.head as usize == root + 1 && t.relation == Relation::Punct) {
        t.head = v as u32 + 1;
    }
}

/// What has a preposition is no object (UD), though it stands at the title before the name ("calls for President Doe to resign").
fn cased_objects(tokens: &mut [Token]) {
    for i in 2..tokens.len() {
        if !matches!(tokens[i].relation, Relation::Obj | Relation::Obl) {
            continue;
        }
        let before = |k: &usize| {
            tokens[*k].head as usize == i + 1 && matches!(tokens[*k].relation, Relation::NmodDesc | Relation::Compound)
        };
        let Some(title) = (0..i).find(before) else { continue };
        let case = (0..title).find(|&k| tokens[k].head as usize == title + 1 && tokens[k].relation == Relation::Case);
        if let Some(case) = case {
            tokens[case].head = i as u32 + 1;
            tokens[i].relation = Relation::Obl;
        }
    }
}

/// The segments with those put together that were parted after the initials of a name ("the U.S. | Navy").
pub(crate) fn joined(text: &str, segments: Vec<Segment>) -> Vec<Segment> {
    let mut out: Vec<Segment> = Vec::with_capacity(segments.len());
    for next in segments {
        let parted = out.last().is_some_and(|last| !next.starts_paragraph && is_parted(text, last, &next));
        match out.last_mut().filter(|_| parted) {
            Some(last) => {
                last.span.end = next.span.end;
                last.words.extend(next.words);
            }
            None => out.push(next),
        }
    }
    out
}

/// Whether a segment ends in initials behind a small word and the next goes on with a name or a small letter.
fn is_parted(text: &str, last: &Segment, next: &Segment) -> bool {
    let [.., before, initials] = last.words.as_slice() else { return false };
    let (before, initials) = (before.span.of(text), initials.span.of(text));
    let first = next.words.first().map_or("", |w| w.span.of(text));
    let initialled = initials.len() >= 4
        && initials.as_bytes().chunks(2).all(|c| c.len() == 2 && c[0].is_ascii_uppercase() && c[1] == b'.');
    let small = before.chars().all(char::is_lowercase);
    initialled && small && first.chars().next().is_some_and(char::is_alphabetic) && !opens_sentence(first)
}

/// Function words that begin sentences.
fn opens_sentence(word: &str) -> bool {
    const OPENERS: &str = " The A An In On At By For From With He She It They We I You This That These Those His Her Their Its Our My \
        And But Or Yet So However Meanwhile After Before When While As If Since Because Although Though Despite During \
        There Here What Who Why How Not No Some Many Most All Both Each Several One Two Three Four Five Also According ";
    OPENERS.contains(&format!(" {word} "))
}
