//! "the president", "the Turkish leader", "the country", "the bloc", "the two leaders".

use super::{Being, Form, Local, Resolved, Target};
use crate::memory::PairOf;
use crate::mention::{Mentions, Sort, Who};
use crate::quantity::small;
use legation_gazetteer::AgentClass;
use legation_record::{Relation, Upos};

/// Sentences after which a noun is no longer taken for the same nameless person again.
const NOUN_REACH: usize = 4;
/// How prominent a subject is, of whatever clause.
const SUBJECT: f32 = 80.0;
/// Sentences after which "the two" are no longer the same two.
const PAIR_REACH: usize = 8;
/// Sentences after which "the leaders" are no longer those who met.
const CIRCLE_REACH: usize = 12;

impl Mentions<'_> {
    /// A noun with "the" or "this" and nothing that would single out somebody new.
    pub(super) fn definite_link(&self, local: &Local) -> Option<Resolved> {
        use Relation::*;
        let c = self.clauses;
        let h = local.token;
        if !self.is_definite(h) || local.plural && local.being == Being::Thing {
            return None;
        }
        let restricted =
            c.children_by(h, &[Acl, AclRelcl, Nmod, Nummod, NmodPoss, Flat, Appos, Conj, Ccomp]).next().is_some();
        // "Chancellor of the Exchequer" is one title.
        let in_title = c.head(h).is_some_and(|t| {
            c.relation(h) == Nmod && t + 3 == h && self.role(t).is_some_and(|(_, a)| a.lemma.ends_with(c.lemma(h)))
        });
        if restricted || in_title || c.relation(h) == Conj || c.relation(h) == Compound {
            return None;
        }
        let found = |target, reason| Some(Resolved { targets: vec![target], kind: Some("definite"), reason });
        // "The President" of an official text is its own, whoever else was called so.
        if let Some((_, agent)) = self.role(h)
            && let Some(who) = self.home_holder(h, agent)
        {
            let known = self.memory.persons_of(who.code.as_deref()?);
            let named = |id: &&usize| {
                let e = self.memory.entity(**id);
                !e.name.is_empty() && e.who.first().is_some_and(|w| w.name == who.name)
            };
            let id = *known.iter().find(named)?;
            return found(Target::Before(id), "the text's own holder of the office");
        }
        let modifiers: Vec<usize> = c.children_by(h, &[Amod, Compound, NmodDesc]).collect();
        let reference = self.gazetteer.reference(c.lemma(h));
        if modifiers.is_empty() && !local.plural {
            if reference.is_some_and(|r| r.state) {
                return self
                    .state_in_focus(local)
                    .and_then(|t| found(t, "the only state in focus"))
                    .or_else(|| self.state_of_speaker(local).and_then(|t| found(t, "the state whose leader says so")));
            }
            if let Some(r) = reference.filter(|r| r.league || r.body) {
                let same = self.same_noun(local);
                if same.is_none()
                    && let Some(target) = self.body_in_focus(local, r.league, r.body)
                {
                    return found(target, "the only such body in reach");
                }
            }
        }
        // "the Turkish leader": a person of that state in such an office.
        if local.being == Being::Person && !local.plural && !modifiers.is_empty() {
            return self.office_holder_meant(local).and_then(|t| found(t, "the only such office holder of that state"));
        }
        let target = self.same_noun(local)?;
        found(target, "the only one called so before")
    }

    /// The entity the same noun was said of before, where it is one.
    fn same_noun(&self, local: &Local) -> Option<Target> {
        let c = self.clauses;
        let lemma =
            self.role(local.token).map_or_else(|| c.lemma(local.token).to_string(), |(_, a)| a.lemma.to_string());
        if !matches!(local.being, Being::Person | Being::Body | Being::League) {
            return None;
        }
        // "The Poet" is a title of something else, "the President" is not.
        let office = self.role(local.token).is_some_and(|(_, a)| a.level.is_some());
        let capital = c.form(local.token).starts_with(char::is_uppercase) || c.upos(local.token) != Upos::Noun;
        if capital && !office {
            return None;
        }
        let own: Vec<&str> =
            c.children_by(local.token, &[Relation::Amod, Relation::Compound]).map(|k| c.lemma(k)).collect();
        let now = self.memory.sentence();
        let mut targets: Vec<Target> = Vec::new();
        for &id in self.memory.with_noun(&lemma) {
            let e = self.memory.entity(id);
            // "the family", "the government": nameless bodies are many.
            let body = local.being != Being::Person;
            let coded = e.who.first().is_some_and(|w| w.code.is_some());
            let reach = if body || local.plural { 2 } else { NOUN_REACH };
            let near = !e.name.is_empty() && !local.plural || e.last + reach >= now && (!body || coded);
            if e.plural == local.plural && near {
                if !own.iter().all(|m| e.modifiers.iter().any(|o| o == m) || lemma.split(' ').any(|w| w == *m)) {
                    return None;
                }
                targets.push(Target::Before(id));
            }
        }
        for other in self.locals().iter().take_while(|o| o.token < local.token) {
            if other.form != Form::Pronoun
                && other.being == local.being
                && other.plural == local.plural
                && (other.being == Being::Person || other.name.is_some())
                && self.nouns_of(other).contains(&lemma)
            {
                let [root] = self.roots(other.token)[..] else { return None };
                if !targets.contains(&root) {
                    targets.push(root);
                }
            }
        }
        let [target] = targets[..] else { return None };
        Some(target)
    }

    /// The person in an office of the state that the phrase names.
    fn office_holder_meant(&self, local: &Local) -> Option<Target> {
        let h = local.token;
        let (_, agent) = self.role(h)?;
        let nations = self.nationalities(h);
        let [nation] = nations.as_slice() else { return None };
        let code = nation.code.as_ref()?;
        let leader = agent.level.is_some();
        if !leader {
            return None;
        }
        let mut targets: Vec<Target> = Vec::new();
        let mut consider = |target: Target, who: &[Who], nouns: &[String], named: bool| {
            let [w] = who else { return };
            let same_office = nouns.iter().any(|n| n == agent.lemma)
                || agent.lemma == "leader" && w.sectors.iter().any(|s| s == "GOV");
            if named && w.code.as_ref() == Some(code) && same_office && !targets.contains(&target) {
                targets.push(target);
            }
        };
        for &id in self.memory.persons_of(code) {
            let e = self.memory.entity(id);
            consider(Target::Before(id), &e.who, &e.nouns, !e.name.is_empty());
        }
        let here: Vec<&Local> = self.locals().iter().take_while(|o| o.token < h).collect();
        for other in here.into_iter().filter(|o| o.being == Being::Person && o.form == Form::Name) {
            if self.is_inside(h, other.token) || self.is_inside(other.token, h) {
                continue;
            }
            let [root] = self.roots(other.token)[..] else { continue };
            if let Target::Here(_) = root {
                consider(root, &self.one(other.token), &self.nouns_of(other), true);
            }
        }
        let [target] = targets[..] else { return None };
        Some(target)
    }

    /// The one state that this and the last sentences name, or the one that acts in them while others only describe.
    fn state_in_focus(&self, local: &Local) -> Option<Target> {
        let mut targets: Vec<Target> = Vec::new();
        // Those named as more than a description ("a Russian camp"), and those that act.
        let (mut named, mut acting): (Vec<Target>, Vec<Target>) = (Vec::new(), Vec::new());
        let mut excluded: Vec<Target> = Vec::new();
        let mut consider = |target: Target, weight: f32, adjective: bool| {
            self.add_state(&mut targets, target);
            if !adjective {
                self.add_state(&mut named, target);
            }
            if !adjective && weight >= SUBJECT {
                self.add_state(&mut acting, target);
            }
        };
        let mut any = false;
        for other in self.locals().iter().take_while(|o| o.token < local.token).filter(|o| o.being == Being::State) {
            // "Russia would withdraw its troops from the country": another one.
            let apart = self.are_coarguments(local.token, other.token);
            for root in self.roots(other.token) {
                if apart {
                    excluded.push(root);
                } else {
                    any = true;
                    consider(root, other.weight, other.form == Form::Adjective);
                }
            }
        }
        let now = self.memory.sentence();
        for back in 0..=2 {
            if any && back > 1 {
                break;
            }
            let reach = self.memory.recent().iter().filter(|r| r.sentence + back == now);
            for r in reach {
                for &id in &r.entities {
                    if self.memory.entity(id).being == Being::State && !excluded.contains(&Target::Before(id)) {
                        any = true;
                        consider(Target::Before(id), r.weight, r.adjective);
                    }
                }
            }
        }
        match (&targets[..], &named[..], &acting[..]) {
            ([target], ..) => Some(*target),
            (_, [target], [_]) => Some(*target),
            _ => None,
        }
    }

    /// "The Saudi minister said that the kingdom would …": the subject of what somebody in office says is his state.
    fn state_of_speaker(&self, local: &Local) -> Option<Target> {
        let c = self.clauses;
        let subject = matches!(c.relation(local.token), Relation::Nsubj | Relation::NsubjPass);
        let said = c.head(local.token).filter(|&v| subject && c.relation(v) == Relation::Ccomp)?;
        let speaker = self.surface(c.head(said)?).filter(|&s| s < local.token)?;
        self.local(speaker).filter(|l| l.being == Being::Person && !l.plural)?;
        let [who] = &self.one(speaker)[..] else { return None };
        let code = who.code.as_ref().filter(|_| who.is_in("GOV"))?;
        let state = |other: &&Local| {
            other.being == Being::State && self.target_code(Target::Here(other.token)).as_ref() == Some(code)
        };
        let here = self.locals().iter().take_while(|o| o.token < local.token).find(state);
        here.map(|o| Target::Here(o.token)).or_else(|| self.memory.state(code).map(Target::Before))
    }

    fn add_state(&self, targets: &mut Vec<Target>, target: Target) {
        let code = |t: Target| self.target_code(t);
        let own = code(target);
        if own.is_some() && !targets.iter().any(|&t| code(t) == own) {
            targets.push(target);
        }
    }

    /// The one organisation or group in reach.
    fn body_in_focus(&self, local: &Local, league: bool, body: bool) -> Option<Target> {
        let c = self.clauses;
        let sectors = self.role(local.token).map(|(_, a)| a.sectors.to_vec()).unwrap_or_default();
        let plain = c.lemma(local.token);
        let fits = |being: Being, name: &[String], who: &[Who]| {
            let own: &[String] = who.first().map_or(&[], |w| &w.sectors);
            let group = who.first().is_some_and(|w| w.sort == Sort::Group);
            // "The company" may be a multinational one.
            let company = |s: &String| s == "MNC" && sectors.iter().any(|own| own == "BUS");
            let alike = own.iter().any(|s| sectors.contains(s) || company(s))
                || group && body && plain != "company" && plain != "firm" && plain != "agency"
                || own.is_empty() && name.len() == 1 && !league;
            !name.is_empty() && (league && being == Being::League || body && being == Being::Body && alike)
        };
        let mut targets: Vec<Target> = Vec::new();
        for other in self.locals().iter().take_while(|o| o.token < local.token) {
            // "The network accuses the newspaper": another one.
            let candidate = matches!(other.being, Being::League | Being::Body)
                && other.form == Form::Name
                && !self.are_coarguments(local.token, other.token);
            if candidate && fits(other.being, &self.name_words(other), &self.one(other.token)) {
                for root in self.roots(other.token) {
                    if !targets.contains(&root) {
                        targets.push(root);
                    }
                }
            }
        }
        for r in self.memory.recent() {
            for &id in &r.entities {
                let e = self.memory.entity(id);
                if fits(e.being, &e.name, &e.who) && !targets.contains(&Target::Before(id)) {
                    targets.push(Target::Before(id));
                }
            }
        }
        let [target] = targets[..] else { return None };
        Some(target)
    }

    /// "the two leaders", "both countries": the two that this sentence or one of the last named together.
    pub(super) fn pair_link(&self, local: &Local) -> Option<Resolved> {
        let c = self.clauses;
        let h = local.token;
        if !local.plural || !self.nationalities(h).is_empty() {
            return None;
        }
        let reference = self.gazetteer.reference(c.lemma(h)).filter(|r| r.pair)?;
        let has = |word: &str| c.children(h).iter().any(|&k| c.lemma(k) == word);
        let restricted =
            c.children_by(h, &[Relation::Acl, Relation::AclRelcl, Relation::Amod, Relation::Compound, Relation::Nmod]);
        if restricted.count() > 0 {
            return None;
        }
        let person = self.role(h).is_some_and(|(_, a)| a.class == AgentClass::Person);
        if let Some(met) = self.those_who_met(local).filter(|_| person) {
            return Some(met);
        }
        let two = has("both") || has("two") && self.is_definite(h);
        // "the leaders" of a text that knows two of them.
        let leaders = || person && self.is_definite(h) && self.knows_two_persons();
        if !two && !leaders() {
            return None;
        }
        let of: &[PairOf] = match (person, reference.state) {
            (true, _) => &[PairOf::Persons],
            (_, true) => &[PairOf::States],
            _ => &[PairOf::Sides, PairOf::Persons, PairOf::States],
        };
        let found =
            |targets| Some(Resolved { targets, kind: Some("pair"), reason: "the two that were named together before" });
        let mut here: Vec<Target> = Vec::new();
        for other in self.locals().iter().take_while(|o| o.token < h).filter(|o| !o.plural) {
            let fits = match of[0] {
                PairOf::Persons => other.being == Being::Person,
                // "Armenia speaks with Baku": a capital that acts.
                PairOf::States => {
                    other.being == Being::State
                        || other.being == Being::Place
                            && other.weight >= 40.0
                            && self.one(other.token).first().is_some_and(|w| w.sectors.iter().any(|s| s == "GOV"))
                }
                PairOf::Sides => {
                    matches!(other.being, Being::State | Being::Body | Being::League) && other.weight >= 40.0
                }
            };
            if fits {
                for root in self.roots(other.token) {
                    let code = self.target_code(root);
                    if code.is_some() && !here.iter().any(|&t| self.target_code(t) == code) {
                        here.push(root);
                    }
                }
            }
        }
        if let [_, _] = here[..] {
            return found(here);
        }
        if let ([one], PairOf::Persons) = (&here[..], of[0])
            && let Some(other) = self.other_person(*one)
        {
            return found(vec![other, *one]);
        }
        let now = self.memory.sentence();
        let pairs = of.iter().filter_map(|&of| self.memory.pair(of).filter(|p| p.sentence + PAIR_REACH >= now));
        let mut last: Option<crate::memory::Pair> = None;
        for p in pairs {
            if last.is_none_or(|l| p.sentence > l.sentence) {
                last = Some(p);
            }
        }
        let targets: Vec<Target> = last?.entities.iter().map(|&id| Target::Before(id)).collect();
        // Somebody else in the sentence may be one of the two.
        let one_of = |&t: &Target| targets.iter().any(|&k| self.target_code(k) == self.target_code(t));
        (here.len() < 2 && here.iter().all(one_of)).then(|| found(targets))?
    }

    /// "the leaders", "the three presidents" after a meeting was told: those who met, where their number fits and nobody else
    /// stands before in the sentence.
    fn those_who_met(&self, local: &Local) -> Option<Resolved> {
        let c = self.clauses;
        let circle = self.memory.circle()?;
        let counted = c.children(local.token).iter().find_map(|&k| match c.lemma(k) {
            "both" => Some(2),
            word => small(word).filter(|n| *n > 1).and_then(|n| usize::try_from(n).ok()),
        });
        let fits = self.is_definite(local.token) && counted.is_none_or(|n| n == circle.entities.len())
            || counted == Some(2) && circle.entities.len() == 2;
        let named = self.locals().iter().take_while(|o| o.token < local.token);
        let mut others = named.filter(|o| !o.plural && o.being == Being::Person && o.form == Form::Name);
        let of_it =
            |t: &Target| circle.entities.iter().any(|&k| self.target_code(Target::Before(k)) == self.target_code(*t));
        let alone = others.all(|o| self.roots(o.token).iter().all(of_it));
        let near = circle.sentence + CIRCLE_REACH >= self.memory.sentence();
        let targets = circle.entities.iter().map(|&k| Target::Before(k)).collect();
        (fits && alone && near).then_some(Resolved {
            targets,
            kind: Some("pair"),
            reason: "those who met at the meeting told before",
        })
    }

    /// The one other person by name, of another state, that the last two sentences speak of.
    fn other_person(&self, one: Target) -> Option<Target> {
        let now = self.memory.sentence();
        let own = self.target_code(one)?;
        let mut others: Vec<usize> = Vec::new();
        for r in self.memory.recent().iter().filter(|r| r.sentence + 2 >= now) {
            for &id in &r.entities {
                let e = self.memory.entity(id);
                if e.is_named_person()
                    && self.target_code(Target::Before(id)) != Some(own.clone())
                    && !others.contains(&id)
                {
                    others.push(id);
                }
            }
        }
        let [other] = others[..] else { return None };
        self.target_code(Target::Before(other)).map(|_| Target::Before(other))
    }

    /// Whether the document has named two persons of different states, and no third.
    fn knows_two_persons(&self) -> bool {
        let mut codes: Vec<Option<&String>> = Vec::new();
        for e in self.memory.entities().iter().filter(|e| e.being == Being::Person && !e.name.is_empty()) {
            let code = e.who.first().and_then(|w| w.code.as_ref());
            if !codes.contains(&code) {
                codes.push(code);
            }
            if codes.len() > 2 {
                return false;
            }
        }
        codes.len() == 2 && codes.iter().all(Option::is_some)
    }

    /// The code of what a target was resolved to.
    fn target_code(&self, target: Target) -> Option<String> {
        match target {
            Target::Before(id) => self.memory.entity(id).who.first().and_then(|w| w.code.clone()),
            Target::Here(j) => self.one(j).into_iter().next()?.code,
        }
    }
}
