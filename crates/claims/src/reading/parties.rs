//! Who is meant: the coder's mentions as parties of queries.

use super::Scene;
use crate::query::Party;
use legation_coder::Mention;
use legation_gazetteer::{Entry, Kind, PersonId, What};
use legation_record::{Relation, Span, Upos};

/// Treaties that stand for an organisation, and its short name.
fn treaties() -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = include_str!("../treaties.tsv").lines().filter(|line| !line.starts_with('#')).skip(1);
    lines.filter_map(|line| line.split_once('\t'))
}

/// Who a nominal means.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Meant {
    /// These, together.
    All(Vec<Party>),
    /// One of these; the name does not say which.
    OneOf(Vec<Party>),
}

impl Scene<'_> {
    /// The mentions whose words hold the token, the shortest words first.
    fn mentions_at(&self, i: usize) -> Vec<&Mention> {
        let token = self.tree.token(i).span;
        let mut found: Vec<&Mention> = self.mentions.iter().filter(|m| m.span.contains(token)).collect();
        let shortest = found.iter().map(|m| m.span.len()).min();
        found.retain(|m| Some(m.span.len()) == shortest);
        found
    }

    /// The parties named at a token, without those coordinated with it.
    pub(crate) fn at(&self, i: usize) -> Vec<Party> {
        let found: Vec<Party> = self.mentions_at(i).into_iter().filter_map(|m| self.party(m)).collect();
        if !found.is_empty() {
            return found;
        }
        // Adjectives ("Russian", "Greek") are no mentions of their own where a noun stands over them.
        let name = self.name_at(i);
        // "Iran–Iraq": the dash may hang on the name.
        let entries = self.gazetteer.named(name.trim_end_matches(['-', '–']));
        let states: Vec<Party> = entries
            .iter()
            .filter(|e| e.is_of_state() && e.sectors.is_empty() && !e.ambiguous)
            .filter_map(|e| e.code)
            .map(|code| self.state_party(code))
            .collect();
        let mut states = states;
        states.dedup();
        if states.len() == 1 { states } else { Vec::new() }
    }

    /// The name a token stands in: the words that belong together.
    fn name_at(&self, i: usize) -> String {
        let t = &self.tree;
        let part = |k: usize| matches!(t.relation(k), Relation::Flat | Relation::Compound) && t.upos(k) == Upos::Propn;
        let mut words: Vec<usize> = t.children(i).iter().copied().filter(|&k| part(k)).collect();
        words.push(i);
        words.sort_unstable();
        words.into_iter().map(|k| t.form(k)).collect::<Vec<_>>().join(" ")
    }

    /// The state that a word names by itself, inside a mention of somebody else ("US secretary of state").
    pub(crate) fn state_named(&self, i: usize) -> Option<String> {
        self.ending_at(i).into_iter().find_map(|entries| {
            let mut codes: Vec<&str> =
                entries.iter().filter(|e| e.is_of_state() && e.sectors.is_empty()).filter_map(|e| e.code).collect();
            codes.dedup();
            match codes.as_slice() {
                [one] => Some((*one).to_owned()),
                _ => None,
            }
        })
    }

    /// The organisation whose name ends with a word, whatever else the coder takes the word for.
    fn organisation_named(&self, i: usize) -> Option<String> {
        self.ending_at(i).into_iter().find_map(|entries| {
            let entry = entries.iter().find(|e| e.kind == Kind::Organisation && !e.ambiguous)?;
            entry.code.filter(|code| self.is_organisation(code)).map(str::to_owned)
        })
    }

    /// What the names that end with a word stand for, the longest name first.
    fn ending_at(&self, i: usize) -> Vec<Vec<&'static Entry>> {
        let t = &self.tree;
        // "Southern Sudan" is not Sudan: no part of the name may stand before what is found.
        let whole = |start: &usize| {
            start.checked_sub(1).is_none_or(|k| {
                let part = t.head(k) == Some(i) && matches!(t.relation(k), Relation::Amod | Relation::Compound);
                !(part && t.form(k).chars().next().is_some_and(char::is_uppercase))
            })
        };
        // "G20" may be two words.
        let number = (i + 1 < t.len()).then_some(i + 1);
        let number =
            number.filter(|&k| t.head(k) == Some(i) && t.upos(k) == Upos::Num && t.relation(k) == Relation::Flat);
        let long = number.map(|end| t.between(i, end).of(t.text));
        let names = (i.saturating_sub(5)..=i).filter(whole).map(|start| t.between(start, i).of(t.text));
        let names = long.into_iter().chain(names);
        names.map(|name| self.gazetteer.named(name)).filter(|found| !found.is_empty()).collect()
    }

    /// Everybody a nominal and its coordinated nominals mean; where they are described and then named ("the three states, A, B
    /// and C"), those that are named.
    pub(crate) fn all(&self, i: usize) -> Vec<Party> {
        let mut found: Vec<Party> = Vec::new();
        let named = |k: usize| self.tree.children_by(k, &[Relation::Appos]).flat_map(|a| self.tree.conjuncts(a));
        let mut heads = self.tree.conjuncts(i);
        if heads.iter().all(|&k| self.at(k).is_empty()) {
            heads = heads.into_iter().flat_map(named).collect();
        }
        for k in heads {
            for party in self.at(k) {
                if !found.contains(&party) {
                    found.push(party);
                }
            }
        }
        found
    }

    fn party(&self, m: &Mention) -> Option<Party> {
        let code = m.code.clone();
        if code.is_none() && m.wikidata.is_none() && m.name.is_empty() {
            return None;
        }
        let person = self.person_of(&m.name, m.wikidata.as_deref()).is_some();
        Some(Party { code, name: m.name.clone(), wikidata: m.wikidata.clone(), sectors: m.sectors.clone(), person })
    }

    pub(crate) fn state_party(&self, code: &str) -> Party {
        Party {
            code: Some(code.to_owned()),
            name: self.gazetteer.name_of(code).unwrap_or(code).to_owned(),
            wikidata: None,
            sectors: Vec::new(),
            person: false,
        }
    }

    /// The person of the tables with this name and item.
    pub(crate) fn person_of(&self, name: &str, item: Option<&str>) -> Option<PersonId> {
        let entries = self.gazetteer.named(name).into_iter().filter(|e| e.kind == Kind::Person);
        let mut found = entries.filter_map(|e| Some((e.person_id()?, e.wikidata)));
        found.find(|(_, wikidata)| item.is_none() || *wikidata == item).map(|(id, _)| id)
    }

    /// Whether a code is a state's.
    pub(crate) fn is_state(&self, code: &str) -> bool {
        self.gazetteer.state(code).is_some()
    }

    /// The states among the parties of a nominal; where it names none, the states its name may mean.
    pub(crate) fn states(&self, i: usize) -> Meant {
        let found: Vec<Party> = self
            .all(i)
            .into_iter()
            .filter(|p| !p.person && p.code.as_deref().is_some_and(|c| self.is_state(c)))
            // A group, a company or rebels of a state are not the state.
            .filter(|p| legation_analysis::is_official(&p.sectors.join("; ")))
            .map(|p| self.state_party(p.code.as_deref().unwrap_or_default()))
            .collect();
        // "its ministry said that the country had applied": the state that speaks.
        let found = if found.is_empty() { self.country_of_speaker(i) } else { found };
        let found = if found.is_empty() { self.in_focus(i) } else { found };
        let several = self.alternatives(i);
        if several.len() > 1 {
            return Meant::OneOf(several);
        }
        Meant::All(found)
    }

    /// "It", "the country": the one state that the paragraph spoke of last, where the coder leaves it open.
    fn in_focus(&self, i: usize) -> Vec<Party> {
        let t = &self.tree;
        let it = t.upos(i) == Upos::Pron && matches!(t.lemma(i), "it");
        let country = t.is(i, "country")
            && t.children_by(i, &[Relation::Det]).any(|k| t.lemma(k) == "the")
            && t.upos(i) == Upos::Noun
            && !t
                .children_by(i, &[Relation::Nmod, Relation::AclRelcl, Relation::Amod, Relation::Compound])
                .any(|_| true);
        let open = self.mentions_at(i).iter().all(|m| m.code.is_none());
        match &self.focus {
            Some(code) if open && (it || country) => {
                self.unsure.set(Some(super::TAKEN));
                vec![self.state_party(code)]
            }
            _ => Vec::new(),
        }
    }

    /// The states that the sentence names by a noun.
    pub(crate) fn states_by_name(&self) -> Vec<String> {
        let t = &self.tree;
        let names = (0..t.len()).filter(|&k| t.upos(k) == Upos::Propn);
        let mut codes: Vec<String> = names
            .flat_map(|k| self.at(k))
            .filter(|p| !p.person && p.sectors.iter().all(|s| s == "GOV"))
            .filter_map(|p| p.code)
            .filter(|code| self.is_state(code))
            .collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    }

    /// "The country", where it goes back to whoever the clause above is about.
    fn country_of_speaker(&self, i: usize) -> Vec<Party> {
        let t = &self.tree;
        let definite = t.children_by(i, &[Relation::Det]).any(|k| t.lemma(k) == "the");
        let plain = t.upos(i) == Upos::Noun && t.children(i).iter().all(|&k| t.relation(k) == Relation::Det);
        if !plain || !definite || !t.is(i, "country") {
            return Vec::new();
        }
        let above = t.up(i).skip(1).filter(|&k| t.is_predicate(k) && !t.is_below(i, t.subject(k).unwrap_or(i)));
        for clause in above {
            let Some(subject) = t.subject(clause).filter(|&s| s != i) else { continue };
            let mut codes: Vec<String> = self.all(subject).into_iter().filter_map(|p| p.code).collect();
            codes.dedup();
            if let [one] = codes.as_slice()
                && self.is_state(one)
            {
                return vec![self.state_party(one)];
            }
        }
        Vec::new()
    }

    /// The states of one name, where it may mean several.
    fn alternatives(&self, i: usize) -> Vec<Party> {
        let t = &self.tree;
        let bare = t.upos(i) == Upos::Propn
            && !t.children(i).iter().any(|&k| matches!(t.relation(k), Relation::Amod | Relation::Compound));
        if !bare {
            return Vec::new();
        }
        let name = self.name_at(i);
        let found = self.gazetteer.who(&name);
        let states = found.iter().filter(|c| c.what == What::State && c.main().name != name);
        // A name that is one state's own name is that state's.
        if found.iter().any(|c| c.what == What::State && c.main().name == name) {
            return Vec::new();
        }
        let living = states.filter(|c| c.main().period.contains(self.today));
        living.filter_map(|c| c.main().code).map(|code| self.state_party(code)).collect()
    }

    /// The organisations a nominal names.
    pub(crate) fn organisations(&self, i: usize) -> Vec<String> {
        let found = self.all(i).into_iter().filter(|p| !p.person).filter_map(|p| p.code);
        let mut codes: Vec<String> = found.filter(|code| self.is_organisation(code)).collect();
        if codes.is_empty() {
            codes.extend(self.organisation_named(i));
        }
        if codes.is_empty() {
            // "the North Atlantic Treaty": the organisation that it founded.
            codes.extend(self.by_treaty(i).map(str::to_owned));
        }
        codes.dedup();
        codes
    }

    /// The organisation of a treaty, or of a currency, whose name ends with a word.
    fn by_treaty(&self, i: usize) -> Option<&'static str> {
        let t = &self.tree;
        let found = |(name, _): &(&str, &str)| {
            let words = name.split(' ').count();
            let start = (i + 1).checked_sub(words);
            start.is_some_and(|start| t.between(start, i).of(t.text).eq_ignore_ascii_case(name))
        };
        treaties().find(found).map(|(_, code)| code)
    }

    /// Whether a word names an organisation that has a treaty of alliance.
    pub(crate) fn is_bound(&self, i: usize) -> bool {
        let found = self.organisation_named(i);
        found.is_some_and(|code| {
            treaties().any(|(name, other)| other == code && name.contains(' ') && !name.starts_with("the "))
        })
    }

    /// The organisations a word itself names or comes back to ("NATO", "the bloc"), not those whose mission or committee it is.
    pub(crate) fn bodies(&self, i: usize) -> Vec<String> {
        let t = &self.tree;
        let own = |k: usize| {
            t.is(k, "bloc")
                || t.is(k, "body")
                || t.upos(k) == Upos::Pron
                || !self.ending_at(k).is_empty()
                || self.by_treaty(k).is_some()
        };
        if !t.conjuncts(i).into_iter().all(own) {
            return Vec::new();
        }
        let found = self.organisations(i);
        if !found.is_empty() {
            return found;
        }
        let joined = self.joined(i);
        if joined.is_empty() { self.body_nearby(i) } else { joined }
    }

    /// The organisation in "the Commonwealth fold".
    pub(crate) fn fold_of(&self, k: usize) -> Vec<String> {
        let found = self.organisations(k);
        let named = || self.gazetteer.named(self.tree.form(k)).into_iter().filter(|e| e.kind == Kind::Organisation);
        let code = || named().filter_map(|e| e.code).find(|code| !self.gazetteer.members(code, None).is_empty());
        if found.is_empty() { code().map(str::to_owned).into_iter().collect() } else { found }
    }

    /// "The Commonwealth": a name that may mean much else means, where somebody joins it, the organisation that has members.
    fn joined(&self, i: usize) -> Vec<String> {
        let t = &self.tree;
        let the = t.upos(i) == Upos::Propn && t.children_by(i, &[Relation::Det]).any(|k| t.lemma(k) == "the");
        let with_members = |e: &&Entry| {
            let code = e.code.unwrap_or_default();
            e.kind == Kind::Organisation && self.is_organisation(code) && !self.gazetteer.members(code, None).is_empty()
        };
        let mut names = self.ending_at(i).into_iter().filter(|_| the);
        let found = names.find_map(|entries| entries.into_iter().find(with_members));
        found.and_then(|e| e.code).map(str::to_owned).into_iter().collect()
    }

    /// "The alliance", "the bloc", where nothing before it says which: the one organisation that the sentence names.
    pub(crate) fn body_nearby(&self, i: usize) -> Vec<String> {
        let t = &self.tree;
        let the = t.children_by(i, &[Relation::Det]).any(|k| t.lemma(k) == "the");
        let plain = t.children_by(i, &[Relation::Amod, Relation::Compound, Relation::Nmod]).next().is_none();
        if !(the && plain && t.is(i, "bloc")) {
            return Vec::new();
        }
        let names = (0..t.len()).filter(|&k| k != i && t.upos(k) == Upos::Propn);
        let mut found: Vec<String> = names.filter_map(|k| self.organisation_named(k)).collect();
        found.sort_unstable();
        found.dedup();
        if found.len() != 1 {
            return Vec::new();
        }
        self.unsure.set(Some(super::TAKEN));
        found
    }

    pub(crate) fn is_organisation(&self, code: &str) -> bool {
        self.gazetteer.state(code).is_none()
            && self.gazetteer.sovereign(code).is_none()
            && self.gazetteer.name_of(code).is_some()
    }

    /// The persons of the tables a nominal names.
    pub(crate) fn persons(&self, i: usize) -> Vec<(PersonId, Party)> {
        let found = self.all(i).into_iter().filter(|p| p.person);
        found.filter_map(|p| Some((self.person_of(&p.name, p.wikidata.as_deref())?, p))).collect()
    }

    /// The words of the mention at a token, else the token.
    pub(crate) fn mention_span(&self, i: usize) -> Span {
        self.mentions_at(i).first().map_or(self.tree.token(i).span, |m| m.span)
    }
}
