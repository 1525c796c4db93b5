//! What the document has said before: pronouns, "the two leaders", and what a sentence adds to be remembered.

use super::{Mentions, Sort, Who, is_human};
use legation_record::{EntityKind, Relation, Upos};

impl Mentions<'_> {
    pub(super) fn pronoun(&self, h: usize) -> Vec<Who> {
        let c = self.clauses;
        let form = c.form(h).to_lowercase();
        match form.as_str() {
            "he" | "she" | "him" | "her" | "his" | "himself" | "herself" => {}
            "it" | "they" | "its" | "their" => return self.speaker_of(h),
            _ => return Vec::new(),
        }
        // A person who is the subject of a clause before, in this sentence or the last; "A thanked him" is not A.
        let own =
            c.head(h).filter(|_| !matches!(form.as_str(), "he" | "she" | "his") && c.relation(h) != Relation::NmodPoss);
        let here = (0..h).rev().find(|&i| {
            matches!(c.relation(i), Relation::Nsubj | Relation::NsubjPass)
                && c.upos(i) != Upos::Pron
                && c.head(i) != own
                && self.one(i).iter().any(is_human)
        });
        let who = match here {
            Some(i) => self.one(i).into_iter().find(is_human),
            None if own.is_some() => None,
            None => self.memory.subject().cloned(),
        };
        who.map(|w| self.again(w, h)).into_iter().collect()
    }

    /// "Russia said it had expelled …": the state or body that speaks.
    pub(super) fn speaker_of(&self, h: usize) -> Vec<Who> {
        let c = self.clauses;
        let mut v = c.head(h);
        for _ in 0..4 {
            let Some(clause) = v else { break };
            if c.relation(clause) == Relation::Ccomp {
                let Some(s) = c.head(clause).and_then(|g| c.subject(g)).filter(|&s| s != h) else { break };
                if c.upos(s) == Upos::Pron {
                    break;
                }
                let said = self
                    .all(s, false)
                    .into_iter()
                    .filter(|w| !matches!(w.sort, Sort::Person | Sort::Place | Sort::Count));
                return said.map(|w| self.again(w, h)).collect();
            }
            v = c.head(clause);
        }
        Vec::new()
    }

    /// "the two leaders", "both sides": the two of the last meeting.
    pub(super) fn pair(&self, h: usize) -> Option<Vec<Who>> {
        let c = self.clauses;
        let two = c.children(h).iter().any(|&k| matches!(c.lemma(k), "two" | "both") && c.relation(k) != Relation::Obj);
        if !two || c.upos(h) != Upos::Noun || !self.nationalities(h).is_empty() {
            return None;
        }
        let definite = self.is_definite(h) || c.children(h).iter().any(|&k| c.lemma(k) == "both");
        let fits = matches!(
            c.lemma(h),
            "leader"
                | "side"
                | "country"
                | "president"
                | "minister"
                | "nation"
                | "state"
                | "government"
                | "party"
                | "man"
        );
        let pair = self.memory.pair()?;
        (definite && fits).then(|| pair.iter().map(|w| self.again(w.clone(), h)).collect())
    }

    /// A known participant at another place of the text.
    pub(super) fn again(&self, mut who: Who, h: usize) -> Who {
        let (tokens, span) = self.phrase(h, &[]);
        who.span = span;
        who.tokens = tokens;
        who.head = h;
        who
    }

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
