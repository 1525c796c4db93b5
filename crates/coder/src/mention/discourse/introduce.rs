//! Persons and offices that a sentence introduces, for surnames and titles later on.

use crate::mention::{Mentions, Who};
use legation_record::{EntityKind, Relation};

impl Mentions<'_> {
    /// Persons the sentence introduces with a state: (surname, who).
    pub(crate) fn introductions(&self) -> Vec<(String, Who)> {
        let c = self.clauses;
        let mut out = Vec::new();
        for i in 0..c.len() {
            if c.token(i).entity == legation_record::EntityTag::Begin(EntityKind::Person) {
                let (first, last) = self.entity_range(i);
                // The head of the phrase the name stands in.
                let mut top = i;
                while let Some(h) = c.head(top).filter(|&h| {
                    (first..=last).contains(&h)
                        || matches!(
                            c.relation(top),
                            Relation::Flat | Relation::Appos | Relation::Compound | Relation::NmodDesc
                        ) && c.is_nominal(h)
                }) {
                    top = h;
                }
                // One of whom nothing is known but the full name keeps the surname from anybody else.
                if let [who] = self.one(top).as_slice()
                    && (who.code.is_some() || last > first)
                    && who.tokens.0 <= last
                    && first <= who.tokens.1
                {
                    out.push((c.form(last).to_string(), who.clone()));
                }
            }
        }
        out
    }

    /// Role nouns with a state in the sentence: (role, who), for "the president" later on.
    pub(crate) fn roles(&self) -> Vec<(&'static str, Who)> {
        let c = self.clauses;
        let mut out = Vec::new();
        for i in 0..c.len() {
            if let Some((_, agent)) = self.role(i).filter(|(_, a)| a.level.is_some())
                // "Prime Minister Netanyahu of Israel": the state stands at the name.
                && let [who] = self.one(self.named_by(i)).as_slice()
                && who.code.is_some()
            {
                out.push((agent.lemma, who.clone()));
            }
        }
        out
    }

    /// The name a title stands before, else the title itself.
    fn named_by(&self, title: usize) -> usize {
        let c = self.clauses;
        let before = matches!(c.relation(title), Relation::Compound | Relation::Flat | Relation::NmodDesc);
        c.head(title).filter(|&h| before && c.token(h).entity.kind() == Some(EntityKind::Person)).unwrap_or(title)
    }
}
