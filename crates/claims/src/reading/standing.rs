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
    // "A NATO ally": of an organisation that is bound by a treaty.
    let ally = || t.lemma(i) == "ally" && t.children_by(i, &[Relation::Compound]).any(|k| s.is_bound(k));
    if ally() {
        return Some(Standing::Member);
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

/// "Part of NATO": in it.
pub(super) fn is_part(s: &Scene, i: usize) -> bool {
    let t = &s.tree;
    let said = || t.head(i).is_some_and(|v| (t.is(v, "become") || t.is(v, "remain")) && t.relation(i) != Relation::Obl);
    t.lemma(i) == "part" && (t.child(i, &[Relation::Cop]).is_some() || said()) && t.phrase(i, &["of"]).is_some()
}

/// The organisations of a standing, and the last word of them.
pub(super) fn organisation_of(s: &Scene, i: usize) -> Option<(Vec<String>, usize)> {
    use Relation::*;
    let t = &s.tree;
    let phrases = t.phrases(i).filter(|(p, _)| matches!(*p, "of" | "in" | "at" | "to" | "with" | "for" | "within"));
    for (_, n) in phrases {
        // "NATO, of which it is a member"
        let clause = t.up(i).take(3).find(|&k| t.relation(k) == AclRelcl);
        let n = clause.filter(|_| t.feature(n, "PronType=Rel")).and_then(|k| t.head(k)).unwrap_or(n);
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
    let named = |k: usize| {
        let found = s.organisations(k);
        if found.is_empty() { s.body_nearby(k) } else { found }
    };
    before.filter(|&k| k < i).map(|k| (named(k), i)).find(|(found, _)| !found.is_empty()).or_else(|| {
        // "A non-EU member"
        let mut beside = t.children_by(i, &[Compound, Amod]);
        let code = beside.find_map(|k| {
            let name = t.form(k).strip_prefix("non-").or_else(|| t.form(k).strip_prefix("Non-"))?;
            let entry = s.gazetteer.named(name).into_iter().find_map(|e| e.code)?;
            s.is_organisation(entry).then(|| entry.to_owned())
        })?;
        Some((vec![code], i))
    })
}
