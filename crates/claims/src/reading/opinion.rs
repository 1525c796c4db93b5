//! What somebody thinks, hopes, expects or asks: told as not checkable, so that the reader sees it was read.

use super::{Meaning, Scene, Statement};
use crate::report::Kind;
use legation_record::{Relation, Span, Upos};

/// The sentence as an opinion, where it is one and no claim has been read in its main clause.
pub(super) fn read(s: &Scene, others: &[Statement]) -> Option<Statement> {
    let t = &s.tree;
    let root = (0..t.len()).find(|&i| t.head(i).is_none())?;
    let covered = |span: Span| others.iter().any(|o| o.span.contains(span));
    // "This cannot wait": of politics only where somebody is named.
    let named = s.mentions.iter().any(|m| m.code.is_some());
    if covered(t.token(root).span) || t.len() < 4 || !named {
        return None;
    }
    let why = s.doubt(root).or_else(|| attitude(s, root)).or_else(|| evaluation(s, root))?;
    let words = (0..t.len()).filter(|&k| t.upos(k) != Upos::Punct).map(|k| t.token(k).span);
    let span = words.reduce(Span::cover)?;
    // Where a claim was read inside, the opinion is the rest: said once, over the main clause.
    Some(s.silent(Kind::Opinion, span, Meaning::NotCheckable(why.to_owned())))
}

/// "Observers hope that …"
fn attitude(s: &Scene, root: usize) -> Option<&'static str> {
    let t = &s.tree;
    let holds = t.upos(root) == Upos::Verb && t.is(root, "attitude");
    let clause = t.child(root, &[Relation::Ccomp, Relation::Xcomp, Relation::Csubj, Relation::CsubjPass]).is_some();
    (holds && clause && !t.is_past(root)).then_some("what somebody hopes, thinks or wants")
}

/// "… is a model for small states", "the visit was a great success".
fn evaluation(s: &Scene, root: usize) -> Option<&'static str> {
    let t = &s.tree;
    let predicate = t.child(root, &[Relation::Cop]).is_some();
    let judged = t.children_by(root, &[Relation::Amod, Relation::Advmod]).any(|k| t.is(k, "evaluative"));
    (predicate && (t.is(root, "evaluative") || judged) || t.upos(root) == Upos::Verb && t.is(root, "evaluative"))
        .then_some("a judgement")
}
