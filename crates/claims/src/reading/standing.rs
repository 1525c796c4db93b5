//! What a noun says that somebody is in an organisation: "member", "dialogue partner", "observer status of …".

use super::Scene;
use crate::query::Standing;
use legation_record::Relation;

/// What a noun says that somebody is: "member", "dialogue partner", "observer status".
pub(super) fn standing(s: &Scene, i: usize) -> Option<Standing> {
    let t = &s.tree;
    let modified = |class: &str| {
        t.children_by(i, &[Relation::Amod, Relation::Compound, Relation::NmodPoss]).any(|k| t.is(k, class))
    };
    if t.is(i, "status") {
        return Some(if modified("observer") {
            Standing::Observer
        } else if modified("partner") {
            Standing::Partner
        } else if modified("applicant") {
            Standing::Applicant
        } else {
            return None;
        });
    }
    let noun = |i: usize| {
        Some(if t.is(i, "member") {
            Standing::Member
        } else if t.is(i, "observer") {
            Standing::Observer
        } else if t.is(i, "partner") {
            Standing::Partner
        } else if t.is(i, "applicant") {
            Standing::Applicant
        } else {
            return None;
        })
    };
    // "observer state", "member country": the first word says it.
    let of_state = matches!(t.lemma(i), "state" | "country" | "nation");
    if of_state {
        return t.children_by(i, &[Relation::Compound, Relation::Amod]).find_map(noun);
    }
    let found = noun(i)?;
    Some(if found == Standing::Member && modified("partner") {
        Standing::Partner
    } else if found == Standing::Member && modified("applicant") {
        Standing::Applicant
    } else {
        found
    })
}

/// The organisations of a standing, and the last word of them.
pub(super) fn organisation_of(s: &Scene, i: usize) -> Option<(Vec<String>, usize)> {
    use Relation::*;
    let t = &s.tree;
    let phrases = t.phrases(i).filter(|(p, _)| matches!(*p, "of" | "in" | "at" | "to" | "with" | "for" | "within"));
    for (_, n) in phrases {
        let found = s.bodies(n);
        if !found.is_empty() {
            return Some((found, n));
        }
        // "a candidate for membership of …"
        if t.is(n, "member")
            && let Some(found) = organisation_of(s, n)
        {
            return Some(found);
        }
    }
    let before = t.children_by(i, &[Compound, NmodPoss, Amod, Nmod]);
    before.filter(|&k| k < i).map(|k| (s.organisations(k), i)).find(|(found, _)| !found.is_empty())
}
