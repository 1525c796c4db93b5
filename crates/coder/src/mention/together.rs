//! Several nouns in one phrase: which belong together, and which are one.

use super::{Dated, Mentions, Sort, Who};
use legation_record::{EntityKind, Relation, Upos};

impl Mentions<'_> {
    /// The nominal and those coordinated with it, wherever in its phrase the parser hung them: "the government of A and
    /// its rebels", "Director A and Minister B".
    pub(super) fn coordinated(&self, head: usize) -> Vec<usize> {
        use Relation::*;
        let c = self.clauses;
        let mut all = c.conjuncts(head);
        for h in all.clone() {
            let of = c.children_by(h, &[Nmod]).filter(|&m| self.is_of(m) && self.name_of[m].is_some());
            // People are not what a government is of.
            let people = |k: &usize| {
                c.upos(*k) == Upos::Noun
                    && self.name_of[*k].is_none()
                    && self.role(*k).is_some()
                    && c.case(*k).is_none_or(|p| p < h || c.head(p) != Some(*k))
            };
            if self.role(h).is_some() {
                all.extend(of.flat_map(|m| c.children_by(m, &[Conj])).filter(people));
            }
            let single =
                !c.token(h).feats.contains("Number=Plur") && c.token(h).entity.kind() != Some(EntityKind::Person);
            let person = |k: &usize| c.token(*k).entity.kind() == Some(EntityKind::Person);
            // "Minister for Health Jane Doe and Minister for Housing John Roe", whose names were hung on "for".
            let office = c.children_by(h, &[Nmod]).filter(|k| {
                single && person(k) && c.case(*k).is_some_and(|p| c.lemma(p) == "for") && self.role(h).is_some()
            });
            let title = |k: &usize| c.upos(*k) == Upos::Propn && self.role(*k).is_some();
            all.extend(office.flat_map(|k| c.children_by(k, &[Conj])).filter(title));
            let names = c.children_by(h, &[Flat, Appos]).filter(|k| single && person(k));
            let titled = |k: &usize| person(k) && c.child(*k, &[NmodDesc]).is_some_and(|t| t < *k);
            all.extend(names.flat_map(|k| c.children_by(k, &[Conj])).filter(titled));
        }
        all.sort_unstable();
        all.dedup();
        all
    }

    /// "manager Paul A, former adviser Roger B, and developer Charles C": the second, which the parser took for another word
    /// for the first.
    pub(super) fn listed(&self, all: &[usize]) -> Vec<usize> {
        use Relation::*;
        let c = self.clauses;
        if all.len() < 2 {
            return Vec::new();
        }
        let person = |k: usize| c.token(k).entity.kind() == Some(EntityKind::Person);
        let named = |k: usize| c.children_by(k, &[Appos, Flat, NmodDesc]).any(person);
        let own = |h: usize| {
            if person(h) { vec![h] } else { c.children_by(h, &[Appos, Flat]).filter(|&k| person(k)).collect() }
        };
        let more = all.iter().flat_map(|&h| own(h)).flat_map(|k| c.children_by(k, &[Appos]).filter(move |&a| a > k));
        more.filter(|&a| c.upos(a) == Upos::Noun && named(a) && self.role(a).is_some() && !all.contains(&a)).collect()
    }

    /// "the Taliban and their allies": such as those they belong to.
    pub(super) fn its_like(&self, first: &Who, h: usize) -> Option<Who> {
        let c = self.clauses;
        let like = matches!(c.lemma(h), "ally" | "affiliate" | "proxy" | "associate" | "accomplice" | "follower");
        let theirs = c.children_by(h, &[Relation::NmodPoss]).any(|k| c.upos(k) == Upos::Pron);
        let group = matches!(first.sort, Sort::Group | Sort::Organisation) || first.is_in("REB") || first.is_in("CRM");
        if !like || !theirs || !group || first.head > h || !self.one(h).is_empty() {
            return None;
        }
        let (tokens, span) = self.phrase(h, &[]);
        Some(Who { span, head: h, tokens, sort: Sort::Role, antecedent: None, dated: Dated::No, ..first.clone() })
    }

    /// Adds another one of a coordination: "Israeli troops and tanks" are one, and of "Indian police and smugglers" the
    /// smugglers are only the second.
    pub(super) fn beside(&self, out: &mut Vec<Who>, mut who: Who) {
        let over = out.iter_mut().rfind(|o| o.head < who.head && who.tokens.0 <= o.head && o.tokens.1 < who.head);
        let Some(first) = over else { return out.push(who) };
        if first.code == who.code && first.sectors == who.sectors && first.code.is_some() {
            first.span = first.span.cover(who.span);
            first.tokens.1 = first.tokens.1.max(who.tokens.1);
            return;
        }
        let c = self.clauses;
        let between = |k: usize| matches!(c.relation(k), Relation::Cc | Relation::Punct);
        if let Some(start) = (first.tokens.1 + 1..=who.head).find(|&k| !between(k)) {
            who.tokens.0 = start;
            who.span = self.span(start, who.tokens.1);
        }
        out.push(who);
    }

    /// "politician and activist Jane Doe": one person by several nouns, whose name hangs on one of them.
    pub(super) fn in_several_roles(&self, conjuncts: &[usize]) -> Option<Vec<Who>> {
        use Relation::*;
        let c = self.clauses;
        let (&first, &last) = conjuncts.first().zip(conjuncts.last()).filter(|(a, b)| a < b)?;
        let noun = |h: usize| {
            matches!(c.upos(h), Upos::Noun | Upos::Propn)
                && c.token(h).entity.kind() != Some(EntityKind::Person)
                && !c.token(h).feats.contains("Number=Plur")
        };
        // "politician and MP Jane Doe", where the second title hangs on the name.
        if let [first, name] = *conjuncts
            && noun(first)
            && c.child(first, &[Det, Nummod, NmodPoss, Appos, Flat]).is_none()
            && c.token(name).entity.kind() == Some(EntityKind::Person)
            && c.child(name, &[NmodDesc]).is_some_and(|t| first < t && c.children_by(name, &[Cc]).all(|k| k + 1 == t))
            && self.role(first).is_some()
        {
            return Some(self.one(name).into_iter().map(|who| self.joined(who, self.one(first), true)).collect());
        }
        let bare = |h: usize| h == first || c.child(h, &[Det, Nummod, NmodPoss]).is_none();
        let own = |h: usize| h != last && c.children_by(h, &[Appos, Flat]).any(|k| k < last);
        if !conjuncts.iter().all(|&h| noun(h) && bare(h) && !own(h)) {
            return None;
        }
        let name = |h: usize| {
            c.children_by(h, &[Appos, Flat, NmodDesc])
                .any(|k| c.token(k).entity.kind() == Some(EntityKind::Person) && self.entity_range(k).0 == last + 1)
        };
        let mut named = conjuncts.iter().copied().filter(|&h| name(h));
        let named = named.next().filter(|_| named.next().is_none())?;
        let others: Vec<Who> = conjuncts.iter().filter(|&&h| h != named).flat_map(|&h| self.one(h)).collect();
        Some(self.one(named).into_iter().map(|who| self.joined(who, others.clone(), named == last)).collect())
    }

    /// One person with what other nouns say of him. A person in office is known by that; of somebody else the first noun
    /// says more.
    fn joined(&self, mut who: Who, others: Vec<Who>, named_last: bool) -> Who {
        for more in others {
            who.span = who.span.cover(more.span);
            who.tokens = (who.tokens.0.min(more.tokens.0), who.tokens.1.max(more.tokens.1));
            let same = who.code == more.code || more.code.is_none() || who.code.is_none();
            if who.dated == Dated::No && same && (who.sectors.is_empty() || named_last) && !more.sectors.is_empty() {
                who.sectors = more.sectors;
            }
            if who.code.is_none() {
                who.code = more.code;
            }
        }
        who
    }
}
