//! The nominals of a sentence that may refer back or be referred to, as the grammar and the tables show them.

use super::super::Mentions;
use legation_gazetteer::{Agent, AgentClass, Gender, Kind};
use legation_record::{EntityKind, Relation, Upos};

/// What sort of being a nominal names, for agreement with pronouns and nouns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Being {
    Person,
    State,
    /// An organisation of states.
    League,
    /// Another organisation, group or body.
    Body,
    Place,
    #[default]
    Thing,
}

/// How a nominal names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Pronoun,
    Name,
    /// "Russian" before a noun.
    Adjective,
    Noun,
}

/// A nominal by its head.
#[derive(Clone, Debug)]
pub(crate) struct Local {
    pub(crate) token: usize,
    pub(crate) form: Form,
    pub(crate) being: Being,
    pub(crate) gender: Option<Gender>,
    pub(crate) plural: bool,
    /// First and last token of the name, where it has one.
    pub(crate) name: Option<(usize, usize)>,
    /// How prominent its place in the sentence is (Lappin and Leass 1994, simplified): 100 for the main clause's subject.
    pub(crate) weight: f32,
    /// Subject of the main clause.
    pub(crate) leads: bool,
    /// Between quotation marks.
    pub(crate) quoted: bool,
}

impl Mentions<'_> {
    /// The nominals of the sentence in order.
    pub(crate) fn locals(&self) -> &[Local] {
        self.locals.get_or_init(|| {
            let mut quoted = self.memory.quoted();
            let mut out = Vec::new();
            for i in 0..self.clauses.len() {
                quoted = after_mark(self.clauses.form(i), quoted);
                out.extend(self.local_at(i).map(|local| Local { quoted, ..local }));
            }
            out
        })
    }

    /// Whether a quotation is open when the sentence ends.
    pub(crate) fn ends_quoted(&self) -> bool {
        (0..self.clauses.len()).fold(self.memory.quoted(), |quoted, i| after_mark(self.clauses.form(i), quoted))
    }

    pub(super) fn local(&self, token: usize) -> Option<&Local> {
        self.locals().binary_search_by_key(&token, |l| l.token).ok().map(|k| &self.locals()[k])
    }

    fn local_at(&self, i: usize) -> Option<Local> {
        use Relation::*;
        let c = self.clauses;
        let relation = c.relation(i);
        if matches!(relation, Flat | Fixed | Goeswith | Expl | Punct | Case | Aux | Cop) {
            return None;
        }
        let plural = c.feature(i, "Number=Plur");
        let leads = self.is_main_subject(i);
        let weight = if leads { 100.0 } else { self.weight(i) };
        let base = Local {
            token: i,
            form: Form::Noun,
            being: Being::Thing,
            gender: None,
            plural,
            name: None,
            weight,
            leads,
            quoted: false,
        };
        if matches!(c.upos(i), Upos::Pron | Upos::Det) {
            return pronoun(c.form(i)).map(|(being, gender, plural)| Local {
                form: Form::Pronoun,
                being,
                gender,
                plural,
                ..base
            });
        }
        let gazetteer_name = self.name_of[i].map(|n| &self.names[n]);
        let inside = matches!(relation, Compound | Amod | NmodDesc | Nummod | Det);
        if inside || c.upos(i) == Upos::Adj {
            // A modifier is a mention of its own only as a name of something else ("the Trump administration").
            let name = gazetteer_name.filter(|n| n.last == i || n.first == i)?;
            let head = c.head(i)?;
            let within = self.entity_range(head).0 <= i && i <= self.entity_range(head).1;
            let token = if c.head(name.last).is_some_and(|h| (name.first..=name.last).contains(&h)) {
                name.first
            } else {
                name.last
            };
            if within || token != i {
                return None;
            }
            let kind = name.entries.first()?.kind;
            let state = matches!(kind, Kind::State | Kind::Adjective | Kind::Partial | Kind::Territory);
            let being = match kind {
                _ if state => Being::State,
                Kind::Organisation => Being::League,
                Kind::Group => Being::Body,
                Kind::Person if self.clauses.token(i).entity.kind() == Some(EntityKind::Person) => Being::Person,
                _ => return None,
            };
            let form = if state { Form::Adjective } else { Form::Name };
            return Some(Local { form, being, plural: false, name: Some((name.first, name.last)), ..base });
        }
        if !matches!(c.upos(i), Upos::Noun | Upos::Propn) {
            return None;
        }
        let role = self.role(i);
        let whole = role.map_or(i, |(first, _)| first);
        let role = role.map(|(_, agent)| agent);
        let entity = c.token(i).entity.kind();
        // The name of the phrase: its own, or the person's a title stands before.
        let person_part = || {
            c.children_by(i, &[Flat, Compound, NmodDesc])
                .find(|&k| c.token(k).entity.kind() == Some(EntityKind::Person) && entity.is_none())
        };
        // "The President", which the model may take for a name, and "Vice" of "Vice President".
        let office = |a: &Agent| a.level.is_some() && a.class == AgentClass::Person;
        let title = entity == Some(EntityKind::Person)
            && (self.entity_range(i) == (i, i) || self.entity_range(i) == (whole, i))
            && gazetteer_name.is_none()
            && (role.is_some_and(office)
                || i + 1 < c.len() && self.role(i + 1).is_some_and(|(first, a)| first <= i && office(a)));
        let entity = entity.filter(|_| !title);
        let own = entity.map(|_| self.entity_range(i)).or_else(|| gazetteer_name.map(|n| (n.first, n.last)));
        let titled = role.filter(|a| a.class == AgentClass::Person).and_then(|_| person_part());
        if let Some(part) = titled {
            let name = self.entity_range(part);
            let gender = self.gender_by_words(i, Some(name));
            return Some(Local { form: Form::Name, being: Being::Person, gender, plural, name: Some(name), ..base });
        }
        // "the retailer IKEA"
        let body_part = c
            .children_by(i, &[Flat, Appos])
            .find(|&k| c.token(k).entity.kind() == Some(EntityKind::Organisation) && entity.is_none() && k == i + 1);
        if let Some(part) = body_part {
            let name = Some(self.entity_range(part));
            return Some(Local { form: Form::Name, being: Being::Body, plural: false, name, ..base });
        }
        let entry = gazetteer_name.and_then(|n| n.entries.first());
        let known = entry.map(|e| match e.kind {
            Kind::State | Kind::Territory | Kind::Partial => Being::State,
            // An adjective that heads a phrase is part of a list cut short ("Qatari, and Egyptian mediators").
            Kind::Adjective => Being::Place,
            Kind::People | Kind::Person => Being::Person,
            Kind::Organisation if e.sectors.contains("IGO") => Being::League,
            Kind::Organisation | Kind::Group | Kind::Metonym => Being::Body,
            Kind::Capital | Kind::Place | Kind::Region => Being::Place,
        });
        let by_model = entity.map(|kind| match kind {
            EntityKind::Person => Being::Person,
            EntityKind::Organisation => Being::Body,
            EntityKind::Location => Being::Place,
        });
        let by_role = role.map(|a| match a.class {
            AgentClass::Person => Being::Person,
            AgentClass::Collective => Being::Body,
            AgentClass::Instrument => Being::Thing,
        });
        // "Belgrade police": a role noun inside or after the name is the head.
        let is_name = own.is_some_and(|(first, last)| entity.is_some() || c.upos(i) == Upos::Propn || last > first);
        let being =
            match (known, by_model) {
                // A person the model sees is one, unless the whole of it is a name of a state or body.
                (Some(k), Some(Being::Person))
                    if gazetteer_name.is_none_or(|n| (n.first, n.last) != self.entity_range(i)) =>
                {
                    if k == Being::Person { k } else { Being::Person }
                }
                // A person known for a party or group ("Ted Cruz"), listed among the groups.
                (Some(Being::Body), Some(Being::Person)) if self.gender_by_words(i, own).is_some() => Being::Person,
                (Some(k), _) if is_name => k,
                (_, Some(m)) if is_name => m,
                _ => by_role.unwrap_or(Being::Thing),
            };
        let name = if is_name { own } else { None };
        // "Paris" after "Jane Paris".
        let surname = || {
            let word = c.form(i);
            let of = |&id: &usize| {
                let e = self.memory.entity(id);
                e.being == Being::Person && e.name.len() > 1 && e.name.last().is_some_and(|w| w == word)
            };
            self.memory.with_name(&word.to_lowercase()).iter().any(of)
        };
        let being = match being {
            Being::Place | Being::Body if name == Some((i, i)) && surname() => Being::Person,
            other => other,
        };
        let form = if is_name { Form::Name } else { Form::Noun };
        // "the United Nations" is one.
        let one = is_name && matches!(being, Being::State | Being::League | Being::Body | Being::Place);
        let plural = plural && !one || matches!(c.lemma(i), "people" | "police");
        let gender = if being == Being::Person { self.gender_by_words(i, name) } else { None };
        Some(Local { form, being, gender, plural, name, ..base })
    }

    /// Gender by a title, a noun or the given name.
    fn gender_by_words(&self, i: usize, name: Option<(usize, usize)>) -> Option<Gender> {
        use Relation::*;
        let c = self.clauses;
        let of_noun = |k: usize| self.gazetteer.reference(c.lemma(k)).and_then(|r| r.gender);
        let titles = c.children_by(i, &[Compound, NmodDesc, Flat, Appos]);
        of_noun(i)
            .or_else(|| titles.filter(|&k| c.upos(k) != Upos::Propn || c.form(k).len() < 12).find_map(of_noun))
            .or_else(|| {
                let (first, last) = name?;
                let before = first.checked_sub(1).and_then(of_noun);
                let given = (last > first).then(|| self.gazetteer.gender_of(c.form(first))).flatten();
                before.or(given)
            })
    }

    fn is_main_subject(&self, i: usize) -> bool {
        let c = self.clauses;
        let subject = |k: usize| matches!(c.relation(k), Relation::Nsubj | Relation::NsubjPass);
        let top = if c.relation(i) == Relation::Conj { c.head(i).unwrap_or(i) } else { i };
        let first = |v: usize| c.child(v, &[Relation::Nsubj, Relation::NsubjPass]) == Some(top);
        subject(top) && c.head(top).is_some_and(|v| c.relation(v) == Relation::Root && first(v))
    }

    fn weight(&self, i: usize) -> f32 {
        use Relation::*;
        let c = self.clauses;
        match c.relation(i) {
            // A verb has one subject: a second one is a misread object.
            Nsubj | NsubjPass if c.head(i).is_some_and(|v| c.child(v, &[Nsubj, NsubjPass]) != Some(i)) => 50.0,
            Nsubj | NsubjPass | NsubjOuter => 80.0,
            Root | Vocative => 70.0,
            Obj | Iobj => 50.0,
            Obl | OblAgent => 40.0,
            Conj => c
                .head(i)
                .filter(|&h| c.is_nominal(h))
                .map_or(30.0, |h| if self.is_main_subject(h) { 90.0 } else { self.weight(h) * 0.9 }),
            Appos => c.head(i).map_or(30.0, |h| self.weight(h)),
            // "A's brother": whoever is meant later may be either.
            NmodPoss => c.head(i).map_or(35.0, |h| {
                let person = self.role(h).is_some_and(|(_, a)| a.class == AgentClass::Person);
                let whole = if self.is_main_subject(h) { 100.0 } else { self.weight(h) };
                if person { whole * 0.9 } else { 35.0 }
            }),
            _ => 25.0,
        }
    }

    /// Whether `p` is part of the nominal that `top` heads, with no clause of its own between them.
    pub(super) fn is_inside(&self, p: usize, top: usize) -> bool {
        use Relation::*;
        let c = self.clauses;
        let mut at = p;
        for _ in 0..c.len() {
            if at == top {
                return true;
            }
            if matches!(
                c.relation(at),
                Acl | AclRelcl | Advcl | AdvclRelcl | Ccomp | Xcomp | Parataxis | Conj | Appos | Nsubj | NsubjPass
            ) {
                return false;
            }
            let Some(h) = c.head(at) else { return false };
            at = h;
        }
        false
    }

    /// The clause a nominal is an argument of, seen from inside a noun phrase too, and whether it is so directly.
    pub(super) fn clause_over(&self, i: usize) -> Option<(usize, bool)> {
        use Relation::*;
        let c = self.clauses;
        let (mut at, mut direct) = (i, true);
        for _ in 0..c.len() {
            let h = c.head(at)?;
            match c.relation(at) {
                Nsubj | NsubjPass | NsubjOuter | Obj | Iobj | Obl | OblAgent | OblUnmarked | Xcomp | Advcl | Ccomp => {
                    return Some((h, direct));
                }
                Conj => direct &= c.is_nominal(at),
                _ => direct = false,
            }
            at = h;
        }
        None
    }

    /// The subject as it stands before the verb, coordinated and infinitive clauses included.
    pub(super) fn surface(&self, v: usize) -> Option<usize> {
        use Relation::*;
        let c = self.clauses;
        let mut at = v;
        for _ in 0..6 {
            if let Some(s) = c.child(at, &[Nsubj, NsubjPass, NsubjOuter]) {
                // "which", "who": the noun before the relative clause.
                if c.feature(s, "PronType=Rel") {
                    return (c.relation(at) == AclRelcl).then(|| c.head(at)).flatten();
                }
                return Some(s);
            }
            match c.relation(at) {
                // "urged B to withdraw": B.
                Xcomp if c.child(c.head(at)?, &[Obj, Iobj]).is_some_and(|o| o < at) => {
                    return c.child(c.head(at)?, &[Obj, Iobj]);
                }
                Conj | Xcomp | Advcl => at = c.head(at)?,
                Acl if c.head(at).is_some_and(|h| c.is_nominal(h)) => return c.head(at),
                _ => return None,
            }
        }
        None
    }

    /// The words of a local's name.
    pub(super) fn name_words(&self, local: &Local) -> Vec<String> {
        let Some((mut first, last)) = local.name else { return Vec::new() };
        let c = self.clauses;
        // The model may take a title for the first word of a name.
        while local.being == Being::Person
            && first < last
            && self.gazetteer.agent(c.lemma(first)).is_some_and(|a| a.level.is_some())
        {
            first += 1;
        }
        let word = |i: usize| c.form(i).to_string();
        (first..=last).filter(|&i| !matches!(c.upos(i), Upos::Punct | Upos::Part | Upos::Det)).map(word).collect()
    }
}

/// Whether a quotation is open behind a word.
fn after_mark(form: &str, open: bool) -> bool {
    match form {
        "\"" => !open,
        "“" | "``" | "«" => true,
        "”" | "''" | "»" => false,
        _ => open,
    }
}

/// Being, gender and number a personal pronoun of the third person asks for.
fn pronoun(form: &str) -> Option<(Being, Option<Gender>, bool)> {
    let is = |words: &[&str]| words.iter().any(|w| form.eq_ignore_ascii_case(w));
    if is(&["he", "him", "his", "himself"]) {
        Some((Being::Person, Some(Gender::Masculine), false))
    } else if is(&["she", "her", "hers", "herself"]) {
        Some((Being::Person, Some(Gender::Feminine), false))
    } else if is(&["it", "its", "itself"]) {
        Some((Being::Thing, None, false))
    } else if is(&["they", "them", "their", "theirs", "themselves"]) {
        Some((Being::Thing, None, true))
    } else {
        None
    }
}
