//! Names that come back: the same, a surname, an acronym, a short form.

use super::{Being, Form, Local, Resolved, Target};
use crate::mention::Mentions;

impl Mentions<'_> {
    pub(super) fn name_link(&self, local: &Local) -> Option<Resolved> {
        let same = |targets| Some(Resolved { targets, kind: None, reason: "the same name" });
        if local.being == Being::State {
            // By code: "Russian", "the Russian Federation".
            let code = self.state_code(local.token)?;
            if let Some(id) = self.memory.state(code) {
                return same(vec![Target::Before(id)]);
            }
            let before = self.locals().iter().take_while(|o| o.token < local.token);
            let other = before.filter(|o| o.being == Being::State).find(|o| self.state_code(o.token) == Some(code))?;
            return same(vec![Target::Here(other.token)]);
        }
        let words = self.name_words(local);
        let last = words.last()?;
        let short = |targets, reason| Some(Resolved { targets, kind: Some("name"), reason });
        if local.being == Being::Person && self.gazetteer.agent(&last.to_lowercase()).is_some_and(|a| a.level.is_some())
        {
            // "Professor", "Chair": a title, no surname.
            return None;
        }
        let earlier = self.named_before(local, &words);
        if let Some(&(target, _)) = earlier.iter().find(|(_, full)| *full == words) {
            return same(vec![target]);
        }
        let fits: Vec<&(Target, Vec<String>)> =
            earlier.iter().filter(|(_, full)| full.len() > words.len() && full.ends_with(&words)).collect();
        if local.being == Being::Person && words.len() < 3 {
            let [(target, _)] = fits[..] else {
                return None;
            };
            return short(vec![*target], "the surname of a person named in full before");
        }
        if matches!(local.being, Being::Body | Being::League) && self.clauses.is_acronym(local.token) {
            let spelt = earlier.iter().filter(|(_, full)| full.len() > 1 && abbreviates(last, full));
            let all: Vec<_> = spelt.collect();
            if let [(target, _)] = all[..] {
                return short(vec![*target], "the acronym of a body named in full before");
            }
        }
        None
    }

    /// Named persons or bodies before this one that share a word with it, or may be what an acronym stands for.
    fn named_before(&self, local: &Local, words: &[String]) -> Vec<(Target, Vec<String>)> {
        let alike = |being: Being| {
            being == local.being
                || matches!(being, Being::Body | Being::League) && matches!(local.being, Being::Body | Being::League)
        };
        let mut out: Vec<(Target, Vec<String>)> = Vec::new();
        let last = words.last().map(|w| w.to_lowercase()).unwrap_or_default();
        for &id in self.memory.with_name(&last) {
            let e = self.memory.entity(id);
            if alike(e.being) && !e.name.is_empty() {
                out.push((Target::Before(id), e.name.clone()));
            }
        }
        for other in self.locals().iter().take_while(|o| o.token < local.token).filter(|o| o.form != Form::Pronoun) {
            if other.name.is_some() && alike(other.being) {
                let name = self.name_words(other);
                if name.last().is_some_and(|w| w.to_lowercase() == last) {
                    match self.roots(other.token)[..] {
                        [Target::Before(id)] if out.iter().any(|(t, _)| *t == Target::Before(id)) => {}
                        [root] if !out.iter().any(|(t, _)| *t == root) => out.push((root, name)),
                        _ => {}
                    }
                }
            }
        }
        out
    }

    fn state_code(&self, i: usize) -> Option<&'static str> {
        let name = &self.names[self.name_of[i]?];
        name.entries.first()?.code
    }
}

/// Whether the letters of an acronym are the capitals of the name's words.
fn abbreviates(acronym: &str, words: &[String]) -> bool {
    let initials: String = words.iter().filter_map(|w| w.chars().next()).filter(|c| c.is_uppercase()).collect();
    initials == acronym
}
