//! Labels: the topic that stands before what is told ("Occupation of Iraq: A team of agents is attacked").

use crate::clause::Clauses;
use legation_record::{Relation, Upos};

/// The longest label, in words; more before a colon is a sentence of its own.
const LONGEST: usize = 14;

/// How many words at the head of a paragraph are a label: what stands before its first colon or bar and names something without
/// telling anything of it, where what comes after tells or is a sentence of its own. A label says what the text is about; an act that it names is no report of
/// one, though who is named there may be meant by what follows. A heading on a line of its own is none: it may be all that is told.
pub(crate) fn label(c: &Clauses) -> usize {
    if !c.sentence.starts_paragraph {
        return 0;
    }
    let mark = (0..c.len().min(LONGEST + 1)).find(|&i| matches!(c.form(i), ":" | "|"));
    let told_after = |end: usize| end + 1 == c.len() || (end + 1..c.len()).any(|i| is_finite(c, i));
    mark.filter(|&end| (0..end).all(|i| names(c, i)) && told_after(end)).unwrap_or(0)
}

fn is_finite(c: &Clauses, i: usize) -> bool {
    c.feature(i, "VerbForm=Fin")
}

/// Whether a word can stand in a name: no verb that tells of something ("five killed in clashes: …").
fn names(c: &Clauses, i: usize) -> bool {
    match c.upos(i) {
        Upos::Aux => !is_finite(c, i),
        Upos::Verb => c.relation(i) == Relation::Amod || c.feature(i, "VerbForm=Inf") || c.feature(i, "VerbForm=Ger"),
        _ => !matches!(c.form(i), "." | "!" | "?" | ";"),
    }
}
