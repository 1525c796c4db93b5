//! Who is meant by what the document has said before: pronouns, "the two leaders", "the country", surnames and short
//! forms. Every nominal is asked whether it refers back, whether an event stands on it or not; each answer is a
//! [`Link`] that can be shown. Precision before recall: where two answers are about as good there is none.

mod attack;
mod definite;
mod introduce;
mod local;
mod name;
mod pronoun;

pub(crate) use local::{Being, Form, Local};

use super::{Mentions, Who};
use crate::memory::{Entity, Recent};
use legation_record::{Antecedent, EntityKind, Relation, Span};

/// A mention and what it refers back to.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// Number of the sentence in the document, from 0.
    pub sentence: u32,
    /// `pronoun`, `definite`, `pair` or `name`.
    pub kind: &'static str,
    /// Why it is this antecedent.
    pub reason: &'static str,
    /// The words that refer back.
    pub anaphor: Span,
    /// The head word among them.
    pub word: Span,
    /// What they refer to, one place for each participant: the words, and their head.
    pub antecedents: Vec<(Span, Span)>,
}

/// What a mention goes back to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// A nominal of the same sentence, by its head.
    Here(usize),
    /// An entity of the sentences before.
    Before(usize),
}

/// The resolution of one mention, before it is shown.
#[derive(Clone, Debug)]
pub(super) struct Resolved {
    pub(super) targets: Vec<Target>,
    /// `None` where nothing needs telling: the same name again.
    pub(super) kind: Option<&'static str>,
    pub(super) reason: &'static str,
}

/// Where the search for a mention's antecedent stands.
#[derive(Clone, Debug, Default)]
pub(crate) enum Search {
    #[default]
    Open,
    Running,
    Done(Option<Resolved>),
}

impl Mentions<'_> {
    /// What a nominal refers back to.
    pub(super) fn resolved(&self, i: usize) -> Option<Resolved> {
        match &self.links.borrow()[i] {
            Search::Done(found) => return found.clone(),
            // A mention that would depend on itself refers to nothing.
            Search::Running => return None,
            Search::Open => {}
        }
        self.links.borrow_mut()[i] = Search::Running;
        let found = self.local(i).and_then(|local| match local.form {
            Form::Pronoun => self.pronoun_link(local),
            Form::Name | Form::Adjective => self.apposition(local).or_else(|| self.name_link(local)),
            Form::Noun => {
                self.pair_link(local).or_else(|| self.apposition(local)).or_else(|| self.definite_link(local))
            }
        });
        self.links.borrow_mut()[i] = Search::Done(found.clone());
        found
    }

    /// "the president, Jane Doe": one person, named twice.
    fn apposition(&self, local: &Local) -> Option<Resolved> {
        let c = self.clauses;
        let mut h = c.head(local.token).filter(|_| c.relation(local.token) == Relation::Appos)?;
        // "Leader Ayatollah Ali Khamenei": the title's own head.
        while self.local(h).is_none() && matches!(c.relation(h), Relation::NmodDesc | Relation::Compound) {
            h = c.head(h)?;
        }
        let other = self.local(h).filter(|o| o.being == local.being && o.plural == local.plural)?;
        (other.form != Form::Adjective).then(|| Resolved {
            targets: vec![Target::Here(h)],
            kind: None,
            reason: "apposition",
        })
    }

    /// What a nominal stands for in the end: its antecedents' antecedents, or itself.
    pub(super) fn roots(&self, i: usize) -> Vec<Target> {
        let Some(found) = self.resolved(i) else { return vec![Target::Here(i)] };
        let step = |t: &Target| match *t {
            Target::Before(id) => vec![Target::Before(id)],
            Target::Here(j) if j != i => self.roots(j),
            Target::Here(j) => vec![Target::Here(j)],
        };
        found.targets.iter().flat_map(step).collect()
    }

    /// The participants a nominal refers back to; empty where it does not, or where the antecedent is nobody we know.
    pub(super) fn referred(&self, h: usize) -> Vec<Who> {
        let Some(found) = self.resolved(h) else { return self.spoken_for(h).into_iter().collect() };
        let Some(_) = found.kind.filter(|&k| k != "name") else { return Vec::new() };
        let mut out = Vec::new();
        for target in &found.targets {
            let (mut who, place) = match *target {
                Target::Here(j) => (self.one(j), self.place_of(j).0),
                Target::Before(id) => {
                    let entity = self.memory.entity(id);
                    (entity.who.clone(), entity.span)
                }
            };
            if who.len() > 1 && found.targets.len() > 1 {
                who.truncate(1);
            }
            if who.is_empty() && found.targets.len() > 1 {
                return Vec::new();
            }
            for mut w in who {
                w = self.again(w, h);
                let span = w.antecedent.as_ref().map_or(place, |a| Span { start: a.start, end: a.end });
                w.antecedent = Some(self.antecedent(span, found.reason));
                out.push(w);
            }
        }
        out
    }

    /// "Jane Doe said that they will not end the strike": those she speaks for take part, whoever they are.
    fn spoken_for(&self, h: usize) -> Option<Who> {
        let c = self.clauses;
        let local = self.local(h).filter(|l| l.form == Form::Pronoun && l.plural)?;
        let v = c.head(h).filter(|&v| {
            matches!(c.relation(h), Relation::Nsubj | Relation::NsubjPass) && c.relation(v) == Relation::Ccomp
        })?;
        let speaker = self.surface(c.head(v)?).filter(|&s| s < local.token)?;
        let unknown = self.local(speaker).is_some_and(|s| s.form == Form::Name && s.being == Being::Person);
        if !unknown || self.one(speaker).iter().any(|w| w.code.is_some()) {
            return None;
        }
        let (tokens, span) = self.phrase(h, &[]);
        Some(Who { span, tokens, head: h, ..Who::default() })
    }

    fn antecedent(&self, span: Span, reason: &str) -> Antecedent {
        let text = span.of(self.clauses.text).to_string();
        Antecedent { text, start: span.start, end: span.end, reason: reason.into() }
    }

    /// Adds to a named participant what its name goes back to ("Aliyev": "Ilham Aliyev").
    pub(crate) fn with_antecedent(&self, mut who: Who) -> Who {
        if who.antecedent.is_some() {
            return who;
        }
        let named = (who.tokens.0..=who.tokens.1.min(self.clauses.len().saturating_sub(1)))
            .filter(|&i| self.local(i).is_some_and(|l| l.form == Form::Name))
            .find_map(|i| self.resolved(i).filter(|r| r.kind == Some("name")));
        if let Some(found) = named
            && let [target] = found.targets[..]
        {
            let (span, _) = self.target_place(target);
            who.antecedent = Some(self.antecedent(span, found.reason));
        }
        who
    }

    /// The words of a nominal and its head.
    fn place_of(&self, i: usize) -> (Span, Span) {
        let span = match self.local(i).and_then(|l| l.name) {
            Some((first, last)) => self.span(first, last),
            None => self.phrase(i, &[]).1,
        };
        (span, self.clauses.token(i).span)
    }

    fn target_place(&self, target: Target) -> (Span, Span) {
        match target {
            Target::Here(j) => self.place_of(j),
            Target::Before(id) => {
                let entity = self.memory.entity(id);
                (entity.span, entity.word)
            }
        }
    }

    /// A known participant at another place of the text.
    pub(super) fn again(&self, mut who: Who, h: usize) -> Who {
        let (tokens, span) = self.phrase(h, &[]);
        who.span = span;
        who.tokens = tokens;
        who.head = h;
        who
    }

    /// All links of the sentence, in order.
    pub(crate) fn links(&self) -> Vec<Link> {
        let link = |local: &Local| {
            let found = self.resolved(local.token)?;
            let kind = found.kind?;
            let (anaphor, word) = self.place_of(local.token);
            Some(Link {
                sentence: self.memory.sentence() as u32,
                kind,
                reason: found.reason,
                anaphor,
                word,
                antecedents: found.targets.iter().map(|&t| self.target_place(t)).collect(),
            })
        };
        self.locals().iter().filter_map(link).collect()
    }

    /// What the sentence adds to be remembered: for each nominal what it says of whom.
    pub(crate) fn notes(&self) -> Vec<Note> {
        let note = |local: &Local| {
            let c = self.clauses;
            let i = local.token;
            let (span, word) = self.place_of(i);
            let nouns =
                if local.form == Form::Noun || local.form == Form::Name { self.nouns_of(local) } else { Vec::new() };
            let pronoun = local.form == Form::Pronoun;
            let participant = local.being != Being::Thing && !pronoun;
            let mut modifiers = Vec::new();
            if local.form == Form::Noun {
                let kept = c.children_by(i, &[Relation::Amod, Relation::Compound]);
                modifiers.extend(kept.map(|k| c.lemma(k).to_string()));
            }
            let coordinated: Vec<usize> =
                c.conjuncts(i).into_iter().filter(|&k| k == i || self.local(k).is_some()).collect();
            let mention = Entity {
                being: local.being,
                gender: local.gender,
                plural: local.plural,
                name: self.name_words(local),
                nouns,
                modifiers,
                who: if participant { self.one(i) } else { Vec::new() },
                span,
                word,
                last: 0,
            };
            Note {
                token: i,
                roots: self.roots(i),
                mention,
                weight: local.weight,
                leads: local.leads,
                pronoun,
                adjective: local.form == Form::Adjective,
                quoted: local.quoted,
                coordinated: if coordinated.len() > 1 { coordinated } else { Vec::new() },
            }
        };
        self.locals().iter().map(note).collect()
    }

    /// The role nouns and common nouns a nominal says of somebody.
    fn nouns_of(&self, local: &Local) -> Vec<String> {
        use Relation::*;
        let c = self.clauses;
        let mut out = Vec::new();
        let mut push = |k: usize| {
            if let Some((_, agent)) = self.role(k) {
                out.push(agent.lemma.to_string());
            }
            if matches!(c.upos(k), legation_record::Upos::Noun) {
                out.push(c.lemma(k).to_string());
            }
        };
        push(local.token);
        if local.form == Form::Name && local.being == Being::Person {
            for k in c.children_by(local.token, &[Compound, NmodDesc, Appos, Flat]) {
                if c.token(k).entity.kind() != Some(EntityKind::Person) {
                    push(k);
                }
            }
        }
        out.dedup();
        out
    }
}

/// What a nominal adds to the document's memory.
#[derive(Clone, Debug)]
pub(crate) struct Note {
    token: usize,
    roots: Vec<Target>,
    mention: Entity,
    weight: f32,
    leads: bool,
    pronoun: bool,
    adjective: bool,
    quoted: bool,
    coordinated: Vec<usize>,
}

impl crate::memory::Memory {
    /// Takes up a sentence's notes.
    pub(crate) fn take(&mut self, notes: Vec<Note>, quoted: bool) {
        // What each nominal of the sentence became, by its token.
        let mut entities: std::collections::BTreeMap<usize, Vec<usize>> = std::collections::BTreeMap::new();
        // Antecedents stand before what refers to them, except that an apposition may begin with the later word.
        for note in &notes {
            let mut ids: Vec<usize> = Vec::new();
            for root in &note.roots {
                match *root {
                    Target::Before(id) => ids.push(id),
                    Target::Here(j) if j == note.token => {}
                    Target::Here(j) => ids.extend(entities.get(&j).into_iter().flatten().copied()),
                }
            }
            ids.dedup();
            // What stands before the name it belongs to adds nothing of its own.
            let ahead = note.roots.iter().any(|r| matches!(r, Target::Here(j) if *j > note.token));
            if ids.is_empty() && (note.pronoun || ahead) {
                continue;
            }
            let ids = match ids[..] {
                [] => vec![self.note(None, note.mention.clone())],
                [id] => {
                    let mention = if note.pronoun {
                        Entity { gender: note.mention.gender, ..Entity::default() }
                    } else {
                        note.mention.clone()
                    };
                    vec![self.note(Some(id), mention)]
                }
                _ => ids,
            };
            let plural = note.mention.plural || ids.len() > 1;
            entities.insert(note.token, ids.clone());
            self.mention(Recent {
                sentence: self.sentence(),
                entities: ids,
                weight: note.weight,
                leads: note.leads,
                plural,
                adjective: note.adjective,
                quoted: note.quoted,
            });
        }
        for note in notes.iter().filter(|n| !n.coordinated.is_empty()) {
            let ids: Vec<usize> =
                note.coordinated.iter().flat_map(|t| entities.get(t).into_iter().flatten().copied()).collect();
            if ids.len() > 1 {
                self.mention(Recent {
                    sentence: self.sentence(),
                    entities: ids,
                    weight: note.weight,
                    leads: note.leads,
                    plural: true,
                    adjective: false,
                    quoted: note.quoted,
                });
            }
        }
        self.advance(quoted);
    }
}
