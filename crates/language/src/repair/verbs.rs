//! Verbs that were taken for nouns, and nouns where a verb must be.

use crate::lemma::Lemmatiser;
use legation_record::{EntityKind, Relation, Token, Upos};
use std::borrow::Cow;

/// A sentence needs a verb: where no clause of one has any and its head is a noun behind another, with a bare nominal or an
/// infinitive behind ("Police in B arrest a man", "the Senate votes 50–49 to pass …"), that noun is the verb.
pub(super) fn headlines(text: &str, tokens: &mut [Token], lemmatiser: &Lemmatiser) {
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
pub(super) fn restore_verbs(text: &str, tokens: &mut [Token], lemmatiser: &Lemmatiser) {
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
pub(super) fn verbs_behind_names(text: &str, tokens: &mut [Token]) {
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
