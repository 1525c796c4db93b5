//! He, she, it, they.

use super::{Being, Form, Local, Resolved, Target};
use crate::mention::Mentions;
use legation_gazetteer::Gender;
use legation_record::Relation;

/// How much better the best candidate must be than the next.
const MARGIN: f32 = 1.35;
/// What a person without a name is worth beside a named one.
const NAMELESS: f32 = 0.75;
/// What a mention is worth one sentence later.
const FADING: f32 = 0.5;

/// An entity a pronoun may stand for.
#[derive(Debug)]
struct Candidate {
    roots: Vec<Target>,
    score: f32,
    /// Sentences back to the last mention.
    distance: usize,
    /// Prominence of its best mention at that distance.
    best: f32,
    leads: bool,
}

impl Mentions<'_> {
    pub(super) fn pronoun_link(&self, p: &Local) -> Option<Resolved> {
        let c = self.clauses;
        let found =
            |targets: Vec<Target>, reason: &'static str| Some(Resolved { targets, kind: Some("pronoun"), reason });
        // "the minister himself"
        let noun = c.head(p.token).filter(|&h| h < p.token && c.is_nominal(h) && h + 2 > p.token);
        if noun.is_some() && c.relation(p.token) != Relation::NmodPoss {
            return None;
        }
        if c.form(p.token).to_lowercase().ends_with("self") || c.form(p.token).to_lowercase().ends_with("selves") {
            let (v, _) = self.clause_over(p.token)?;
            let s = self.surface(v).filter(|&s| s != p.token && s < p.token && self.agrees(p, s))?;
            return found(vec![Target::Here(s)], "reflexive: the subject of its clause");
        }
        match (p.being, p.plural) {
            (Being::Person, _) => {
                let (targets, reason) = self.person_meant(p)?;
                found(targets, reason)
            }
            (_, plural) => {
                let (targets, reason) = self.subject_meant(p, plural).or_else(|| self.only_one_before(p, plural))?;
                found(targets, reason)
            }
        }
    }

    /// Whether the nominal at `s` may be what the pronoun stands for, by number, gender and sort.
    fn agrees(&self, p: &Local, s: usize) -> bool {
        let Some(local) = self.local(s) else { return false };
        let roots = self.roots(s);
        let (being, gender, plural) = match roots[..] {
            [Target::Before(id)] => {
                let e = self.memory.entity(id);
                (e.being, e.gender, e.plural)
            }
            [Target::Here(j)] => self
                .local(j)
                .map_or((local.being, local.gender, local.plural), |l| (l.being, l.gender.or(local.gender), l.plural)),
            _ => (local.being, None, true),
        };
        let several = roots.len() > 1 || plural;
        match p.being {
            Being::Person => being == Being::Person && !several && fits(p.gender, gender),
            // "the Taliban said they"
            _ if p.plural => (several || being == Being::Body) && !matches!(being, Being::Thing),
            _ => !several && matches!(being, Being::State | Being::League | Being::Body | Being::Place),
        }
    }

    /// He and she: the one person of the last sentences who stands out.
    fn person_meant(&self, p: &Local) -> Option<(Vec<Target>, &'static str)> {
        if self.may_look_ahead(p) {
            return None;
        }
        if let Some(s) = self.own_subject(p) {
            return Some((vec![Target::Here(s)], "the subject of its clause"));
        }
        if let Some(s) = self.teller(p) {
            return Some((vec![Target::Here(s)], "who tells what he wants"));
        }
        let mut all: Vec<Candidate> = Vec::new();
        for local in self.locals().iter().take_while(|l| l.token < p.token) {
            if local.being != Being::Person
                || local.form == Form::Adjective
                || local.plural
                || local.quoted != p.quoted
                || !self.may_corefer(p, local)
            {
                continue;
            }
            if self.agrees(p, local.token) {
                // One without a name stands out less.
                let weight = if local.form == Form::Noun { NAMELESS * local.weight } else { local.weight };
                add(&mut all, self.roots(local.token), weight, 0, local.leads);
            }
        }
        self.add_recent(p, &mut all, |e| e.being == Being::Person && !e.plural && fits(p.gender, e.gender));
        // "thanked B for his work", "told B that he": either.
        if self.has_rival_object(p) {
            return None;
        }
        // Who is an argument of the same clause is not meant, wherever else he was mentioned.
        all.retain(|a| !self.is_excluded(p, &a.roots));
        let (first, second) = best_two(&all)?;
        if let Some(second) = second
            && first.score < MARGIN * second.score
        {
            return None;
        }
        // A possessive beside several persons: only the subject of its own clause, or of the sentence. One without a name
        // is not taken from the sentence before where there are others.
        if second.is_some() {
            let possessive = self.clauses.relation(p.token) == Relation::NmodPoss;
            let own = || {
                let subject = self.clause_over(p.token).and_then(|(v, _)| self.surface(v));
                subject.is_some_and(|s| self.roots(s) == first.roots)
            };
            let nameless = || match first.roots[..] {
                [Target::Before(id)] => self.memory.entity(id).name.is_empty(),
                _ => false,
            };
            if possessive && !(first.distance == 0 && (first.leads || own())) || first.distance > 0 && nameless() {
                return None;
            }
        }
        let reason = match (second.is_some(), first.distance, first.leads) {
            (false, 0, _) => "the only person in reach, in this sentence",
            (false, 1, _) => "the only person in reach, in the sentence before",
            (_, 2, true) if !self.another_led(&first.roots) => {
                "the subject of the sentence before the last, nobody else leading since"
            }
            (false, ..) => return None,
            (true, 0, true) => "the subject of the sentence, before other persons",
            (true, 0, false) if first.best >= 80.0 * NAMELESS => "the subject of a clause before, before other persons",
            (true, 0, false) => return None,
            (true, 1, true) => "the subject of the sentence before, before other persons",
            (true, ..) => return None,
        };
        Some((first.roots.clone(), reason))
    }

    /// Whether the last sentence is about a single person other than these.
    fn another_led(&self, roots: &[Target]) -> bool {
        let now = self.memory.sentence();
        self.memory.recent().iter().filter(|r| r.sentence + 1 == now).any(|r| match r.entities[..] {
            [id] => {
                let e = self.memory.entity(id);
                e.being == Being::Person && !e.plural && roots != [Target::Before(id)]
            }
            _ => false,
        })
    }

    /// "During his career, Higgins …": a possessive before the subject of its clause, which may be meant.
    fn may_look_ahead(&self, p: &Local) -> bool {
        let c = self.clauses;
        if c.relation(p.token) != Relation::NmodPoss {
            return false;
        }
        let Some((v, _)) = self.clause_over(p.token) else { return false };
        let subject = self.surface(v).filter(|&s| s > p.token && !self.is_inside(p.token, s));
        subject
            .and_then(|s| self.local(s))
            .is_some_and(|s| s.form == Form::Name && s.being == Being::Person && !s.plural && fits(p.gender, s.gender))
    }

    /// The person who is the subject of a possessive's own clause: "B presented his plan", "B's decision to send his men".
    fn own_subject(&self, p: &Local) -> Option<usize> {
        let c = self.clauses;
        if c.relation(p.token) != Relation::NmodPoss {
            return None;
        }
        let (v, _) = self.clause_over(p.token)?;
        let s = self.surface(v)?;
        let owner = || c.child(s, &[Relation::NmodPoss]).filter(|_| c.relation(v) == Relation::Acl);
        let person = |s: usize| self.local(s).is_some_and(|l| l.being == Being::Person && l.quoted == p.quoted);
        let subject = if person(s) { s } else { owner().filter(|&o| person(o))? };
        let fits = subject < p.token && !self.is_inside(p.token, subject) && self.agrees(p, subject);
        (fits && !self.has_rival_object(p)).then_some(subject)
    }

    /// "A told B he wants to go": A, who alone knows it.
    fn teller(&self, p: &Local) -> Option<usize> {
        use Relation::{Ccomp, Nsubj};
        let c = self.clauses;
        let wish = c.head(p.token).filter(|&v| {
            c.relation(p.token) == Nsubj
                && c.relation(v) == Ccomp
                && matches!(c.lemma(v), "want" | "intend" | "plan" | "hope" | "wish" | "prefer")
        })?;
        let tells = c.head(wish).filter(|&g| matches!(c.lemma(g), "tell" | "inform" | "assure"))?;
        self.surface(tells).filter(|&s| s < p.token && self.agrees(p, s))
    }

    /// Whether a clause over the pronoun has a person as object before it who may be meant as well as the subject.
    fn has_rival_object(&self, p: &Local) -> bool {
        use Relation::{Iobj, Nsubj, NsubjPass, Obj};
        let c = self.clauses;
        let mut at = c.head(p.token);
        let mut below = p.token;
        for _ in 0..c.len() {
            let Some(v) = at else { return false };
            let rival =
                |&o: &usize| o != below && o < p.token && self.local(o).is_some_and(|l| l.being == Being::Person);
            let mut objects = c.children_by(v, &[Obj, Iobj]).filter(rival);
            if objects.any(|o| self.agrees(p, o) && !self.is_inside(p.token, o)) {
                // The pronoun or its clause stands behind the object; its own subject would be nearer.
                return !self.locals().iter().any(|l| {
                    l.token > v
                        && l.token < p.token
                        && matches!(c.relation(l.token), Nsubj | NsubjPass)
                        && l.being == Being::Person
                });
            }
            below = v;
            at = c.head(v);
        }
        false
    }

    /// It and they: only a subject, of the same clause, of the clause above, or of the sentence before.
    fn subject_meant(&self, p: &Local, plural: bool) -> Option<(Vec<Target>, &'static str)> {
        let c = self.clauses;
        let possessive = c.relation(p.token) == Relation::NmodPoss;
        let (v, _) = self.clause_over(p.token).or_else(|| {
            // A subject of a nominal predicate ("it is a member").
            c.head(p.token).map(|h| (h, true))
        })?;
        if !possessive && self.is_empty_subject(p.token, v) {
            return None;
        }
        // "a majority of the guards": the guards.
        let subject = |v: usize| self.surface(v).map(|s| c.measured(s).filter(|_| plural).unwrap_or(s));
        let own = subject(v);
        if possessive && let Some(s) = own.filter(|&s| s < p.token && !self.is_inside(p.token, s)) {
            // "Australia threatens Japan over its hunt": either.
            let between =
                |l: &&Local| l.token > s && l.token < p.token && l.form != Form::Pronoun && l.being != Being::Place;
            let rival = |l: &Local| l.form != Form::Adjective && self.agrees(p, l.token) && !self.is_inside(l.token, s);
            let several = self.several(s);
            // "Advises its citizens in Burundi": a subject's own people and forces, unless an object may be meant.
            const OWN: [&str; 9] =
                ["citizen", "national", "ambassador", "embassy", "diplomat", "troop", "troops", "soldier", "staff"];
            let own_people = c.head(p.token).is_some_and(|h| OWN.contains(&c.lemma(h)));
            let rival = |l: &Local| rival(l) && (!own_people || l.weight >= 50.0);
            let own_part = |t: usize| several.contains(&Target::Here(t)) || c.is_below(t, s);
            if self.locals().iter().filter(between).any(|l| rival(l) && !own_part(l.token)) {
                return None;
            }
            if self.agrees(p, s) {
                return Some((several, "the subject of its clause"));
            }
            // "Armenia says that shelling killed four of its soldiers"
            let teller = || {
                let thing = self.local(s).is_none_or(|l| l.being == Being::Thing && l.form == Form::Noun);
                let g = c.head(v).filter(|_| thing && c.relation(v) == Relation::Ccomp)?;
                subject(g).filter(|&t| t < s && self.agrees(p, t))
            };
            return teller().map(|t| (self.several(t), "the subject of the clause that says so"));
        }
        // A subject, or the possessor of one: the clause above.
        let in_subject = own.is_some_and(|s| s == p.token || self.is_inside(p.token, s));
        if !in_subject {
            return None;
        }
        let mut at = v;
        for _ in 0..4 {
            let relation = c.relation(at);
            let Some(g) = c.head(at).filter(|_| relation != Relation::Root) else { break };
            if relation == Relation::AclRelcl {
                return None;
            }
            if relation == Relation::Advcl && (plural || at != v) {
                return None;
            }
            if matches!(relation, Relation::Ccomp | Relation::Advcl | Relation::Conj | Relation::Parataxis)
                && let Some(s) = subject(g).filter(|&s| s != p.token && s < p.token)
            {
                // "Farc has said it will …": whatever the model takes the name for, it speaks of itself.
                let named =
                    |l: &Local| l.form == Form::Name && l.gender.is_none() && l.name.is_some_and(|(a, b)| a == b);
                let lone = relation == Relation::Ccomp && !plural && self.local(s).is_some_and(named);
                let itself = lone && self.one(s).iter().all(|w| w.code.is_none());
                if !itself && !self.agrees(p, s) {
                    // "Turkey's president says it will …": Turkey.
                    let reporting = relation == Relation::Ccomp && !plural && c.child(v, &[Relation::Cop]).is_none();
                    let state = self.state_of(s).filter(|_| reporting)?;
                    return Some((vec![Target::Here(state)], "the state whose leader or act says so"));
                }
                let reason = match relation {
                    Relation::Ccomp => "the subject of the clause that says so",
                    Relation::Advcl => "the subject of the main clause",
                    _ => "the subject of the clause before",
                };
                return Some((self.several(s), reason));
            }
            at = g;
        }
        // The first subject of the sentence: the subject of the sentence before.
        let first =
            self.locals().iter().all(|l| l.token >= p.token || l.form == Form::Adjective || l.being == Being::Thing);
        if c.relation(at) != Relation::Root && at != v || !first {
            return None;
        }
        // "It comes a day after …", "It is part of …": what happened.
        let acts = c.children_by(v, &[Relation::Obj, Relation::Ccomp, Relation::Xcomp]).any(|k| k > v);
        if !plural && !acts && (!c.is_verb(v) || is_of_happenings(c.lemma(v))) {
            return None;
        }
        let last = self.memory.sentence().checked_sub(1)?;
        let before: Vec<_> = self.memory.recent().iter().filter(|r| r.sentence == last).collect();
        let fitting = |r: &&&crate::memory::Recent| {
            let e = self.memory.entity(r.entities[0]);
            if plural {
                (r.plural || e.plural) && e.being != Being::Thing
            } else {
                !r.plural && !e.plural && matches!(e.being, Being::State | Being::League | Being::Body)
            }
        };
        let lead = before.iter().rev().find(|r| r.leads && !r.adjective && r.quoted == p.quoted && fitting(r))?;
        let others =
            before.iter().filter(|r| fitting(r) && plural && r.entities.iter().all(|id| !lead.entities.contains(id)));
        if others.count() > 0 {
            return None;
        }
        // The whole coordination, not its first part.
        let targets = lead.entities.iter().map(|&id| Target::Before(id)).collect();
        Some((targets, "the subject of the sentence before"))
    }

    /// "China issues rules that allow its coastguard to …": whose, where the sentence's subject is the only one it may be.
    fn only_one_before(&self, p: &Local, plural: bool) -> Option<(Vec<Target>, &'static str)> {
        if plural || self.clauses.relation(p.token) != Relation::NmodPoss {
            return None;
        }
        let mut found: Vec<(Vec<Target>, bool)> = Vec::new();
        for l in self.locals().iter().take_while(|l| l.token < p.token) {
            let may = matches!(l.being, Being::State | Being::League | Being::Body | Being::Place) && !l.plural;
            if !may || l.form == Form::Pronoun || l.quoted != p.quoted {
                continue;
            }
            let roots = self.roots(l.token);
            match found.iter_mut().find(|(r, _)| *r == roots) {
                Some((_, leads)) => *leads |= l.leads,
                None => found.push((roots, l.leads)),
            }
        }
        let [(roots, true)] = &found[..] else { return None };
        Some((roots.clone(), "the sentence's subject, the only one it may be"))
    }

    /// The state that a person is said to hold office of, or whose thing it is ("Cuba's refusal shows that it …").
    fn state_of(&self, person: usize) -> Option<usize> {
        let c = self.clauses;
        if self.local(person).is_some_and(|l| l.being == Being::Thing && l.form == Form::Noun) {
            let mut owners = c.children_by(person, &[Relation::NmodPoss]);
            return owners.find(|&k| self.local(k).is_some_and(|l| matches!(l.being, Being::State | Being::League)));
        }
        self.local(person).filter(|l| l.being == Being::Person && !l.plural)?;
        let titles = c.children_by(person, &[Relation::NmodDesc, Relation::Compound, Relation::Appos]);
        let office = |k: usize| self.role(k).is_some_and(|(_, a)| a.level.is_some());
        let title = std::iter::once(person).chain(titles).find(|&k| office(k))?;
        let modifiers = [Relation::NmodPoss, Relation::Amod, Relation::Nmod];
        let mut of = [person, title].into_iter().flat_map(|k| c.children_by(k, &modifiers));
        of.find(|&k| self.local(k).is_some_and(|l| l.being == Being::State))
    }

    /// What a subject stands for, with what is coordinated to it.
    fn several(&self, s: usize) -> Vec<Target> {
        let parts: Vec<usize> = self.clauses.conjuncts(s).into_iter().filter(|&k| self.local(k).is_some()).collect();
        if parts.len() > 1 { parts.into_iter().map(Target::Here).collect() } else { vec![Target::Here(s)] }
    }

    /// "it is clear that …", "it remains to be seen".
    fn is_empty_subject(&self, p: usize, v: usize) -> bool {
        use Relation::*;
        let c = self.clauses;
        c.form(p).eq_ignore_ascii_case("it")
            && (c.child(v, &[Csubj, CsubjPass]).is_some()
                || (c.child(v, &[Cop]).is_some() || c.is_passive(v))
                    && c.child(v, &[Ccomp, Xcomp, Advcl, Acl]).is_some())
    }

    /// Whether grammar allows pronoun and nominal to be the same (binding).
    fn may_corefer(&self, p: &Local, other: &Local) -> bool {
        let c = self.clauses;
        if self.is_inside(p.token, other.token) || self.is_inside(other.token, p.token) {
            return false;
        }
        if c.relation(p.token) == Relation::NmodPoss {
            return true;
        }
        !self.are_coarguments(p.token, other.token)
    }

    pub(super) fn are_coarguments(&self, p: usize, other: usize) -> bool {
        match (self.clause_over(p), self.clause_over(other)) {
            (Some((a, true)), Some((b, true))) if a == b => true,
            (Some((a, true)), _) => self.surface(a) == Some(other) && other != p,
            _ => false,
        }
    }

    fn is_excluded(&self, p: &Local, roots: &[Target]) -> bool {
        if self.clauses.relation(p.token) == Relation::NmodPoss {
            return false;
        }
        self.locals()
            .iter()
            .filter(|l| l.token != p.token && l.token < p.token && l.form != Form::Pronoun)
            .any(|l| self.are_coarguments(p.token, l.token) && self.roots(l.token) == roots)
    }

    fn add_recent(&self, p: &Local, all: &mut Vec<Candidate>, fits: impl Fn(&crate::memory::Entity) -> bool) {
        let now = self.memory.sentence();
        for r in self.memory.recent() {
            let [id] = r.entities[..] else { continue };
            let e = self.memory.entity(id);
            if r.adjective || r.quoted != p.quoted || !fits(e) {
                continue;
            }
            let distance = now - r.sentence;
            let weight = if e.name.is_empty() { NAMELESS * r.weight } else { r.weight };
            add(all, vec![Target::Before(id)], weight, distance, r.leads);
        }
    }
}

/// Verbs whose "it" is what happened rather than who acts.
fn is_of_happenings(verb: &str) -> bool {
    [
        "appear", "become", "begin", "come", "continue", "depend", "emerge", "end", "follow", "go", "happen", "last",
        "lie", "matter", "occur", "rain", "remain", "result", "seem", "sound", "stand", "start", "take", "turn",
        "work",
    ]
    .contains(&verb)
}

fn fits(asked: Option<Gender>, known: Option<Gender>) -> bool {
    known.is_none_or(|g| asked == Some(g))
}

fn add(all: &mut Vec<Candidate>, roots: Vec<Target>, weight: f32, distance: usize, leads: bool) {
    let worth = weight * FADING.powi(distance as i32);
    match all.iter_mut().find(|c| c.roots == roots) {
        Some(c) => {
            // Further mentions add less than the best one.
            c.score = c.score.max(worth) + 0.25 * c.score.min(worth);
            if distance < c.distance {
                (c.distance, c.best, c.leads) = (distance, weight, leads);
            } else if distance == c.distance {
                c.best = c.best.max(weight);
                c.leads |= leads;
            }
        }
        None => all.push(Candidate { roots, score: worth, distance, best: weight, leads }),
    }
}

fn best_two(all: &[Candidate]) -> Option<(&Candidate, Option<&Candidate>)> {
    let first = all.iter().reduce(|a, b| if b.score > a.score { b } else { a })?;
    let second = all.iter().filter(|c| c.roots != first.roots).reduce(|a, b| if b.score > a.score { b } else { a });
    Some((first, second))
}
