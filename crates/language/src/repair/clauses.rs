//! Whose subject or object a nominal is, and which clause hangs on which.

use legation_record::{EntityKind, Relation, Token, Upos};

/// "A, which objected, held exercises, and a gunman killed B": where a verb has a second subject behind a finite clause that
/// hangs on the first, that clause is the first subject's own sentence, and the verb is coordinated to it.
pub(super) fn second_subjects(tokens: &mut [Token]) {
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
pub(super) fn before_the_mark(tokens: &mut [Token]) {
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

/// "Said that two had been killed and expelled the ambassador": what has an object is no second verb of a passive. Whoever
/// says the passive clause does it.
pub(super) fn active_after_passive(tokens: &mut [Token]) {
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
pub(super) fn of_the_verb(tokens: &mut [Token]) {
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

/// "attacked a bus carrying pilgrims, killing five": what follows the comma is the result of the main act.
pub(super) fn results(text: &str, tokens: &mut [Token]) {
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
pub(super) fn gapped_counts(tokens: &mut [Token]) {
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

/// A verb has one subject (UD): where one stands before it and another behind, the one behind is its object ("police arrest
/// a man"), unless it is a passive's or the object is there already.
pub(super) fn objects(tokens: &mut [Token]) {
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

/// What has a preposition is no object (UD), though it stands at the title before the name ("calls for President Doe to resign").
pub(super) fn cased_objects(tokens: &mut [Token]) {
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
