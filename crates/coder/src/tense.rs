//! The clause a word belongs to, and when that clause plays.

use crate::clause::Clauses;
use jiff::civil::Date;
use legation_record::{EventDate, Precision, Relation};

/// The nearest verb (or predicate) at or above a token: the clause it belongs to.
pub(crate) fn clause_of(c: &Clauses, mut i: usize) -> usize {
    for _ in 0..c.len() {
        if c.is_verb(i) || c.child(i, &[Relation::Nsubj, Relation::NsubjPass, Relation::Cop]).is_some() {
            return i;
        }
        match c.head(i) {
            Some(h) => i = h,
            None => return i,
        }
    }
    i
}

/// Whether the clause of a token is in the past.
pub(crate) fn is_past(c: &Clauses, i: usize) -> Option<bool> {
    let v = clause_of(c, i);
    let mut past = c.feature(v, "Tense=Past");
    for k in c.children_by(v, &[Relation::Aux, Relation::Cop, Relation::AuxPass]) {
        match c.lemma(k) {
            "will" | "shall" | "would" | "may" | "might" | "can" | "should" | "must" => return Some(false),
            _ => past |= c.feature(k, "Tense=Past") || c.lemma(k) == "have",
        }
    }
    if past {
        return Some(true);
    }
    let present = c.feature(v, "Tense=Pres") || c.children_by(v, &[Relation::Aux, Relation::Cop]).next().is_some();
    let infinitive = c.feature(v, "VerbForm=Inf");
    (present || infinitive).then_some(false)
}

/// More than a year before publication.
pub(crate) fn is_long_before(date: &EventDate, published: Option<Date>) -> bool {
    let year = date.value.get(..4).and_then(|y| y.parse::<i16>().ok());
    match (year, published) {
        (Some(y), Some(p)) if date.precision == Precision::Year => y + 1 < p.year(),
        (Some(y), Some(p)) => {
            let month = date.value.get(5..7).and_then(|m| m.parse::<i16>().ok()).unwrap_or(12);
            (p.year() - y) * 12 + i16::from(p.month()) - month > 12
        }
        _ => false,
    }
}
