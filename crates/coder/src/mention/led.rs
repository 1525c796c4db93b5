//! Whose leader, member, fighter or kin a noun names, where that and not the noun says of which sector it is.

use super::discourse::Form;
use super::{Mentions, Sort, Who};
use legation_gazetteer::{Agent, AgentClass};
use legation_record::{EntityKind, Relation, Upos};

/// Nouns for those who stand at the head of something, or speak for it.
const HEADS: [&str; 19] = [
    "leader",
    "boss",
    "chief",
    "commander",
    "president",
    "chairman",
    "chairwoman",
    "chair",
    "head",
    "director",
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "official",
    "secretary-general",
    "secretary general",
    "general secretary",
    "leadership",
    "representative",
];

/// Nouns for relatives.
const KIN: [&str; 41] = [
    "family",
    "relative",
    "mother",
    "father",
    "parent",
    "son",
    "daughter",
    "child",
    "brother",
    "sister",
    "wife",
    "husband",
    "widow",
    "nephew",
    "niece",
    "cousin",
    "uncle",
    "aunt",
    "grandfather",
    "grandmother",
    "grandparent",
    "grandson",
    "granddaughter",
    "father-in-law",
    "mother-in-law",
    "son-in-law",
    "daughter-in-law",
    "brother-in-law",
    "sister-in-law",
    "stepson",
    "stepdaughter",
    "half-brother",
    "half-sister",
    "sibling",
    "spouse",
    "ex-wife",
    "ex-husband",
    "girlfriend",
    "boyfriend",
    "fiancé",
    "fiancée",
];

impl Mentions<'_> {
    /// The sectors of the body or people that somebody leads, where they are no government: "the leader of the gang",
    /// "the commander of a local militia", "a communist guerrilla chief".
    pub(super) fn led(&self, h: usize, agent: &Agent) -> Option<Vec<String>> {
        const OF: [&str; 14] =
            ["REB", "CRM", "PRM", "PTY", "OPP", "LAB", "REL", "SOC", "BUS", "EDU", "JRN", "MED", "COP", "LEG"];
        use Relation::*;
        let c = self.clauses;
        if !HEADS.contains(&agent.lemma) {
            return None;
        }
        let before = |k: usize| k < h && matches!(c.relation(k), Compound | Amod);
        let below = c.children_by(h, &[Compound, Amod, Nmod]).filter(|&k| before(k) || self.is_of(k));
        let led = below.filter(|&k| self.name_of[k].is_none() && c.token(k).entity.kind() != Some(EntityKind::Person));
        let sectors = led.filter_map(|k| self.role(k)).filter(|(_, body)| {
            // "the president of the company" leads a body, "the leader of the protesters" people.
            body.class != AgentClass::Instrument && body.sectors.primary().is_some_and(|s| OF.contains(&s))
        });
        sectors.map(|(_, body)| body.sectors.to_vec()).next()
    }

    /// "Insurgent gunmen": of the sector that the word before them gives.
    pub(super) fn armed(&self, h: usize, agent: &Agent) -> Option<Vec<String>> {
        use Relation::*;
        if agent.sectors.primary() != Some("UAF") || agent.class != AgentClass::Person {
            return None;
        }
        let c = self.clauses;
        let before = c.children_by(h, &[Compound, Amod]).filter(|&k| k < h && self.name_of[k].is_none());
        let armed = |a: &&Agent| matches!(a.sectors.primary(), Some("REB" | "PRM" | "CRM"));
        before.filter_map(|k| self.role(k)).map(|(_, a)| a).find(armed).map(|a| a.sectors.to_vec())
    }

    /// What the last word of an unknown body's name says it is: "West Japan Railway Co", "the Sheffield Telegraph".
    pub(super) fn sectors_of_name(&self, last: usize) -> Vec<String> {
        const FIRMS: [&str; 27] = [
            "Co",
            "Co.",
            "Corp",
            "Corp.",
            "Inc",
            "Inc.",
            "Ltd",
            "Ltd.",
            "PLC",
            "plc",
            "LLC",
            "GmbH",
            "AG",
            "Airlines",
            "Airways",
            "Railways",
            "Holdings",
            "Pharmaceuticals",
            "Motors",
            "Petroleum",
            "Bancorp",
            "Technologies",
            "Supermarkets",
            "Shipyard",
            "Breweries",
            "Telecom",
            "Securities",
        ];
        const PAPERS: [&str; 7] =
            ["Telegraph", "Gazette", "Herald", "Tribune", "Chronicle", "Newspaper", "Broadcasting"];
        let word = self.clauses.form(last);
        let sector = match word {
            _ if FIRMS.contains(&word) => "BUS",
            _ if PAPERS.contains(&word) => "JRN",
            _ => return Vec::new(),
        };
        vec![sector.into()]
    }

    /// Whether a noun names relatives.
    pub(super) fn is_kin(&self, h: usize) -> bool {
        KIN.contains(&self.clauses.lemma(h))
    }

    /// "The family of the former president", "an Italian couple and their son", "arrests a Palestinian and his father":
    /// relatives are of the state of whose they are.
    pub(super) fn of_kin(&self, h: usize) -> Vec<Who> {
        use Relation::*;
        let c = self.clauses;
        // "A Lebanese man and his Syrian wife": her own adjective says more.
        let own = || {
            let before = c.children_by(h, &[Amod, Compound]).filter(|&k| k < h);
            before.flat_map(|k| self.nationality(k)).next().is_some()
        };
        if !self.is_kin(h) || own() {
            return Vec::new();
        }
        let coded = |list: Vec<Who>| list.into_iter().find(|w| w.code.is_some() && w.sort != Sort::Place);
        // Only for persons: "the family of nations" is nobody's.
        let person = |k: usize| {
            c.token(k).entity.kind() == Some(EntityKind::Person)
                || self.role(k).is_some_and(|(_, a)| a.class == AgentClass::Person)
        };
        let of = c.children_by(h, &[Nmod, NmodPoss]).filter(|&m| c.relation(m) == NmodPoss || self.is_of(m));
        if let Some(whose) = of.filter(|&m| person(m)).find_map(|m| coded(self.one(m))) {
            return vec![Who { sort: Sort::Person, ..whose }];
        }
        let Some(pronoun) = c.children_by(h, &[NmodPoss]).find(|&k| c.upos(k) == Upos::Pron) else { return Vec::new() };
        if let Some(whose) = coded(self.referred(pronoun)) {
            return vec![self.at(whose, h)];
        }
        let first = c.head(h).filter(|&g| c.relation(h) == Conj && g < h && c.is_nominal(g) && person(g));
        if let Some(whose) = first.and_then(|g| coded(self.one(g))) {
            return vec![self.at(whose, h)];
        }
        // The only person before it in the sentence.
        let several = matches!(c.lemma(pronoun), "their" | "they");
        let mut persons = self.locals().iter().filter(|l| {
            l.token < h && l.being == super::Being::Person && l.form != Form::Pronoun && l.plural == several
        });
        let only = persons.next().filter(|_| persons.next().is_none());
        only.and_then(|l| coded(self.one(l.token))).map(|w| self.at(w, h)).into_iter().collect()
    }

    /// Somebody who stands elsewhere, as what is said of the noun at `h`: his words are none of its phrase.
    fn at(&self, whose: Who, h: usize) -> Who {
        let word = self.clauses.token(h).span;
        Who { sort: Sort::Person, span: word, tokens: (h, h), head: h, ..whose }
    }
}
