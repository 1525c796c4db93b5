//! Whether an event happened, and who says so: climbs from the trigger through the clauses that hold it, and applies
//! what negations, modal verbs, conditions and the codebook's operators say on the way.

use crate::clause::Clauses;
use crate::codebook::{Effect, Meaning};
use crate::matcher::Matcher;
use legation_record::{EventType, Relation, Span, Status, Upos};

/// What the clauses around a trigger say about its event.
#[derive(Clone, Debug, Default)]
pub(crate) struct Standing {
    pub(crate) status: Option<Status>,
    /// The actor says or shows that it will do it.
    pub(crate) promised: bool,
    /// The actor says that it will not.
    pub(crate) refused: bool,
    /// Somebody says that the actor must.
    pub(crate) obliged: bool,
    /// The clause's speaker and the words that attribute.
    pub(crate) attribution: Option<Speech>,
    /// For people: each step.
    pub(crate) steps: Vec<String>,
    /// The topmost verb reached.
    pub(crate) top: usize,
    /// It is told only as what another word is about: a ground, a topic, a rule, a habit.
    pub(crate) content: bool,
}

/// Who is said to have said it.
#[derive(Clone, Debug)]
pub(crate) struct Speech {
    /// Head of the speaker's nominal.
    pub(crate) speaker: usize,
    /// The words that attribute.
    pub(crate) span: Span,
}

impl Standing {
    fn add(&mut self, status: Status, because: String) {
        self.steps.push(format!("{}: {because}", status.name()));
        self.status = match (self.status, status) {
            // What failed to fail happened.
            (Some(Status::Negated), Status::Negated) => None,
            (None, s) => Some(s),
            // A denied possibility is still only a possibility; what was expected and did not come is negated.
            (Some(Status::Future), Status::Hypothetical) => Some(Status::Hypothetical),
            (kept, _) => kept,
        };
        self.promised &= status == Status::Future;
        self.refused &= self.status == Some(Status::Negated);
        self.obliged &= self.status == Some(Status::Hypothetical);
    }

    /// Told only as what the word `i` is about.
    fn mark(&mut self, c: &Clauses, i: usize) {
        self.steps.push(format!("only what “{}” is about", c.form(i)));
        self.content = true;
    }
}

/// The standing of the event whose trigger is token `i`.
pub(crate) fn standing(m: &Matcher, i: usize) -> Standing {
    let c = m.clauses;
    let mut s = Standing { top: i, ..Standing::default() };
    let (mut node, mut below) = (i, None);
    for _ in 0..=c.len() {
        s.top = node;
        own(m, node, below, &mut s);
        speech_beside(m, node, &mut s);
        let Some(parent) = c.head(node) else { break };
        match climb(m, node, parent, &mut s) {
            Some(next) => (below, node) = (Some(node), next),
            None => break,
        }
    }
    if c.len() > 0 && c.form(c.len() - 1) == "?" && s.attribution.is_none() {
        s.add(Status::Hypothetical, "a question".into());
    }
    s
}

/// What the word's own clause says.
fn own(m: &Matcher, node: usize, below: Option<usize>, s: &mut Standing) {
    let c = m.clauses;
    let negated = c.is_negated(node, below);
    if negated {
        let will = c.auxiliaries(node).any(|a| matches!(c.lemma(a), "will" | "would" | "shall" | "wo"));
        let refused = will && s.status.is_none();
        s.add(Status::Negated, format!("“{}” is negated", c.form(node)));
        s.refused = refused;
        // "people cannot be jailed", "troops must not enter": a rule, nothing that was left undone.
        // "The army says that it cannot withdraw" tells what it does not do.
        let able = |a: usize| matches!(c.lemma(a), "can" | "may") && c.is_passive(node);
        if c.auxiliaries(node).any(|a| able(a) || matches!(c.lemma(a), "must" | "should" | "shall")) {
            s.mark(c, node);
        }
    }
    if c.children_by(node, &[Relation::Advmod])
        .any(|a| matches!(c.lemma(a), "allegedly" | "possibly" | "perhaps" | "maybe"))
    {
        s.add(Status::Hypothetical, "alleged or possible".into());
    }
    // "any attack would be met with force"
    if c.is_nominal(node) && c.children_by(node, &[Relation::Det]).any(|k| c.lemma(k) == "any") {
        s.add(Status::Hypothetical, "“any”".into());
    }
    // "A nuclear test would be met with sanctions."
    let supposed = |v: usize| {
        matches!(c.relation(node), Relation::Nsubj | Relation::NsubjPass)
            && c.auxiliaries(v).any(|a| matches!(c.lemma(a), "would" | "could" | "might"))
    };
    if c.is_nominal(node)
        && c.children_by(node, &[Relation::Det]).any(|k| matches!(c.lemma(k), "a" | "an" | "another"))
        && c.head(node).is_some_and(supposed)
    {
        s.add(Status::Hypothetical, "an act that would, could or might have a consequence".into());
    }
    // "a possible attack", "the planned visit"
    for k in c.children_by(node, &[Relation::Amod]).filter(|_| c.is_nominal(node)) {
        match c.lemma(k) {
            "possible" | "potential" | "hypothetical" | "alleged" | "threatened" | "supposed" | "imminent"
            | "would-be" => {
                s.add(Status::Hypothetical, format!("“{}”", c.form(k)));
            }
            "planned" | "plan" | "proposed" | "propose" | "upcoming" | "scheduled" | "schedule" | "future"
            | "expected" | "expect" | "forthcoming" => s.add(Status::Future, format!("“{}”", c.form(k))),
            _ => {}
        }
    }
    // "ahead of a visit by B": it lies ahead; "before talks" says so of what is held on a day that is fixed.
    if let Some(k) = c.case(node).filter(|_| c.is_nominal(node)) {
        let meets = || m.event_type(node) == Some(EventType::Consult);
        if c.lemma(k) == "ahead" || matches!(c.lemma(k), "prior" | "before") && meets() {
            s.add(Status::Future, format!("“{}”", c.form(k)));
        }
    }
    let first = c.children(node).iter().copied().min().unwrap_or(node).min(node);
    if c.is_nominal(node) && first > 1 && c.lemma(first - 1) == "of" && c.lemma(first - 2) == "ahead" {
        s.add(Status::Future, "“ahead of”".into());
    }
    // "once trained", "formerly supported"
    let former = |k: usize| m.book.lists.get("former-times").is_some_and(|l| l.matches(c, k).is_some()) && k < node;
    if c.children_by(node, &[Relation::Advmod]).any(former) && s.status.is_none() {
        s.steps.push("historical: long ago".into());
        s.status = Some(Status::Historical);
    }
    // "is to visit"
    let to_be = c.children_by(node, &[Relation::Mark]).any(|k| c.lemma(k) == "to")
        && c.children_by(node, &[Relation::Aux, Relation::AuxPass, Relation::Cop])
            .any(|k| c.lemma(k) == "be" && c.feature(k, "VerbForm=Fin"));
    if to_be {
        s.add(Status::Future, "“is to”".into());
    }
    for aux in c.auxiliaries(node) {
        match c.lemma(aux) {
            "will" | "shall" | "'ll" | "wo" => {
                let promised = s.status.is_none();
                s.add(Status::Future, format!("“{}”", c.form(aux)));
                s.promised = promised;
            }
            "would" => {
                // "said it would": a future in reported speech; else a condition.
                let reported = c.relation(node) == Relation::Ccomp
                    || c.relation(node) == Relation::Conj
                        && c.head(node).is_some_and(|h| c.relation(h) == Relation::Ccomp);
                if reported {
                    let promised = s.status.is_none();
                    s.add(Status::Future, format!("“{}” in reported speech", c.form(aux)));
                    s.promised = promised;
                } else {
                    s.add(Status::Hypothetical, format!("“{}”", c.form(aux)));
                }
            }
            "should" | "must" | "ought" => {
                let obliged = s.status.is_none();
                s.add(Status::Hypothetical, format!("“{}”", c.form(aux)));
                s.obliged = obliged;
            }
            "may" | "might" | "could" | "can" => {
                s.add(Status::Hypothetical, format!("“{}”", c.form(aux)));
            }
            _ => {}
        }
    }
}

/// One step up. Returns where to go on from, or `None` where the governor's clause says nothing about this event.
fn climb(m: &Matcher, node: usize, parent: usize, s: &mut Standing) -> Option<usize> {
    use Relation::*;
    let c = m.clauses;
    let relation = c.relation(node);
    if let Some((effect, operator)) = m.operator(parent) {
        // "is set to come, and accuses": a finite verb is not coordinated with what is governed.
        let beside = relation == Conj && !c.feature(node, "VerbForm=Fin");
        let governed = operator.act.is_some_and(|a| a == node || beside && c.conjuncts(a).contains(&node));
        if governed && effect == Effect::Content {
            s.mark(c, parent);
            return None;
        }
        if governed && m.event(parent).is_none_or(|e| e.act.is_none()) {
            let open = s.status.is_none();
            apply(m, effect, parent, s);
            // "announced plans to ban …": who announces it commits himself.
            let declares = |v: usize| m.book.lists.get("declare-verbs").is_some_and(|l| l.matches(c, v).is_some());
            s.promised |= open
                && effect == Effect::Future
                && c.is_nominal(parent)
                && relation == Acl
                && c.relation(parent) == Obj
                && c.head(parent).is_some_and(declares);
            return Some(parent);
        }
    }
    let beside = relation == Conj && !(c.feature(node, "VerbForm=Fin") && is_infinitive(c, parent));
    if beside
        && let Some((effect, operator)) = c.head(parent).and_then(|g| m.operator(g))
        && operator.act == Some(parent)
        && effect != Effect::Content
        && let Some(g) = c.head(parent)
    {
        apply(m, effect, g, s);
        return Some(g);
    }
    let infinitive = is_infinitive(c, node);
    // "no word on whether B was killed"
    if matches!(relation, Acl | Obl | Nmod) && c.children_by(node, &[Mark]).any(|k| c.lemma(k) == "whether") {
        s.add(Status::Hypothetical, "an open question".into());
    }
    match relation {
        Advcl | AdvclRelcl => {
            let mark = c.children_by(node, &[Mark]).map(|k| c.lemma(k)).find(|l| {
                matches!(
                    *l,
                    "if" | "unless" | "whether" | "lest" | "to" | "until" | "before" | "after" | "without" | "in"
                )
            });
            match mark {
                Some("if" | "unless" | "whether" | "lest") => {
                    // "if B does not agree": not known either way.
                    s.status = s.status.filter(|k| *k != Status::Negated);
                    s.refused = false;
                    s.add(Status::Hypothetical, "a condition".into());
                }
                // "took to the streets to demand …": they demand it.
                // "resorted to shelling", "in response to B launching a missile"
                Some("to") if !infinitive => return None,
                Some("to") if speaks_out(m, node) => return Some(parent),
                Some("to") if is_nth(c, parent) || is_means(m, parent) => return Some(parent),
                Some("to") => s.add(Status::Hypothetical, "a purpose".into()),
                // "was held for a week before being shot", "shot five people before fleeing": told as done.
                // "after B was accused" is told for itself.
                Some("after") if is_finite(c, node) => return None,
                // "attempts to shoot B before being arrested": the attempt is not the arrest's.
                Some("before" | "after") if !c.feature(node, "VerbForm=Fin") => {
                    return match c.head(parent).and_then(|g| m.operator(g)) {
                        Some((Effect::Future | Effect::Negated, o))
                            if o.act == Some(parent) && is_tried(m, o.anchor) =>
                        {
                            None
                        }
                        // "will not drill after being given money": the "not" is the drilling's.
                        _ if c.is_negated(parent, None) => None,
                        _ => Some(parent),
                    };
                }
                // "two days before troops invaded", "shortly before she resigned": how long before is only said of what came.
                Some("before") if measured(c, node) => {}
                Some("until" | "before") => s.add(Status::Hypothetical, "not yet by then".into()),
                Some("without") => s.add(Status::Negated, "“without”".into()),
                _ => {}
            }
            // "announced that it would raise tariffs, accusing B of …": said now.
            if mark.is_none() && speaks_out(m, node) {
                return None;
            }
            // A participle shares the clause's modality ("will visit, meeting …"); a clause of its own does not.
            let own_clause = c.feature(node, "VerbForm=Fin") || mark.is_some();
            (!own_clause).then_some(parent)
        }
        Xcomp if infinitive && is_nth(c, parent) => Some(parent),
        Xcomp => {
            if infinitive {
                s.add(Status::Hypothetical, format!("only “{}”", c.form(parent)));
            }
            Some(parent)
        }
        // "The senate votes to expel B", where the parser took the verb for a noun.
        Acl if infinitive && c.misread_verb(parent).is_some() => Some(parent),
        // "sent a team to investigate", "gave a million in grants to help B"
        Acl if infinitive && carrier(m, parent).is_some() => carrier(m, parent),
        // "the first leader to visit B", "a rally to demand elections"
        Acl if infinitive && (is_nth(c, parent) || is_crowd(m, parent) && speaks_out(m, node)) => Some(parent),
        Acl if infinitive => {
            s.add(Status::Hypothetical, format!("“{} to”", c.form(parent)));
            Some(parent)
        }
        Ccomp | Csubj => {
            let subjunctive = c.children_by(node, &[Mark]).any(|k| matches!(c.lemma(k), "whether" | "if"));
            if subjunctive {
                s.add(Status::Hypothetical, "an open question".into());
            }
            Some(parent)
        }
        // Coordinated clauses share what stands before the first, unless the second has its own subject.
        // "is set to come, and accuses": a finite verb is not coordinated with an infinitive.
        Conj if c.feature(node, "VerbForm=Fin") && c.children_by(parent, &[Mark]).any(|k| c.lemma(k) == "to") => None,
        Conj if c.child(node, &[Nsubj, NsubjPass, Aux]).is_none() => Some(parent),
        Parataxis => None,
        // "The summit will take place on Monday": it is what happens.
        Nsubj | NsubjPass if c.upos(node) == Upos::Noun && happens(m, parent) => Some(parent),
        // An event noun: what is said of the verb that carries it holds for it, unless the text takes it for given.
        Obj | Obl | Nmod | NsubjPass | Nsubj | Compound if c.upos(node) == Upos::Noun => {
            let given =
                c.children_by(node, &[Det]).any(|d| matches!(c.lemma(d), "the" | "this" | "these" | "that" | "those"))
                    || c.child(node, &[NmodPoss]).is_some();
            let carried = matches!(relation, Obj | NsubjPass) || relation == Obl && !given;
            ((carried || relation == Nmod) && !given).then_some(parent)
        }
        _ => None,
    }
}

/// Whether a clause has a finite verb, be it an auxiliary.
fn is_finite(c: &Clauses, clause: usize) -> bool {
    let finite = |k: usize| c.feature(k, "VerbForm=Fin");
    finite(clause) || c.children_by(clause, &[Relation::Aux, Relation::AuxPass, Relation::Cop]).any(finite)
}

/// Whether a verb says that its subject tried to do something.
fn is_tried(m: &Matcher, verb: usize) -> bool {
    m.book.lists.get("attempt-verbs").is_some_and(|l| l.matches(m.clauses, verb).is_some())
}

/// Whether the clause, told in the past, says how long before it something else was.
fn measured(c: &Clauses, clause: usize) -> bool {
    let told = |k: usize| c.feature(k, "Tense=Past") && c.feature(k, "VerbForm=Fin");
    let past = told(clause) || c.children_by(clause, &[Relation::Aux, Relation::AuxPass]).any(told);
    let Some(mark) = c.children_by(clause, &[Relation::Mark]).find(|&k| c.lemma(k) == "before") else { return false };
    past && mark.checked_sub(1).is_some_and(|k| {
        matches!(
            c.lemma(k),
            "second"
                | "minute"
                | "hour"
                | "day"
                | "week"
                | "month"
                | "year"
                | "decade"
                | "shortly"
                | "just"
                | "soon"
                | "immediately"
                | "moment"
        )
    })
}

/// Whether a verb has "to" before it and is no gerund ("confessed to killing").
pub(crate) fn is_infinitive(c: &Clauses, v: usize) -> bool {
    c.children_by(v, &[Relation::Mark]).any(|k| c.lemma(k) == "to") && !c.form(v).ends_with("ing")
}

/// Whether a word tells a protest, a demand or a complaint, which is made by saying so.
fn speaks_out(m: &Matcher, i: usize) -> bool {
    m.event(i).is_some_and(|e| match &m.rule(&e).meaning {
        Meaning::Event { event_type: EventType::Protest | EventType::Request, .. } => true,
        Meaning::Event { event_type: EventType::Accuse, modes, .. } => !modes.iter().any(|m| m == "investigate"),
        _ => false,
    })
}

/// Whether a verb tells by what means its purpose is carried out: sending, giving, using.
fn is_means(m: &Matcher, verb: usize) -> bool {
    m.clauses.is_verb(verb) && m.book.lists.get("means-verbs").is_some_and(|l| l.matches(m.clauses, verb).is_some())
}

/// The verb of means that a noun belongs to, itself or through the noun it qualifies.
fn carrier(m: &Matcher, noun: usize) -> Option<usize> {
    let mut at = noun;
    for _ in 0..3 {
        if !matches!(m.clauses.relation(at), Relation::Obj | Relation::Obl | Relation::Nmod) {
            return None;
        }
        at = m.clauses.head(at)?;
        if is_means(m, at) {
            return Some(at);
        }
    }
    None
}

/// Whether a noun is an event in which people protest.
fn is_crowd(m: &Matcher, i: usize) -> bool {
    m.event_type(i) == Some(EventType::Protest)
}

/// Whether somebody is called the first, fifth or highest to do something: it was done. `i` is the noun, what it is of, or
/// the verb that says so ("becomes the first country in Europe to lift …").
fn is_nth(c: &Clauses, i: usize) -> bool {
    use Relation::*;
    let counted = |n: usize| {
        c.children_by(n, &[Amod]).any(|k| {
            c.feature(k, "NumType=Ord")
                || c.feature(k, "Degree=Sup")
                || matches!(c.lemma(k), "first" | "last" | "only" | "second" | "late" | "latest")
        })
    };
    let of = || c.head(i).filter(|_| c.relation(i) == Nmod);
    counted(i)
        || of().is_some_and(counted)
        || c.lemma(i) == "become" && c.children_by(i, &[Xcomp, Obj, Obl]).any(counted)
}

/// Whether a verb says of its subject no more than that it happens.
fn happens(m: &Matcher, verb: usize) -> bool {
    let c = m.clauses;
    match c.lemma(verb) {
        "take" => c.children_by(verb, &[Relation::Obj]).any(|o| c.lemma(o) == "place"),
        "hold" => c.is_passive(verb),
        lemma => matches!(lemma, "begin" | "start" | "occur" | "happen" | "commence" | "resume"),
    }
}

fn apply(m: &Matcher, effect: Effect, operator: usize, s: &mut Standing) {
    let word = m.clauses.form(operator);
    match effect {
        Effect::Negated => s.add(Status::Negated, format!("“{word}”")),
        Effect::Future => s.add(Status::Future, format!("“{word}”")),
        Effect::Hypothetical => s.add(Status::Hypothetical, format!("“{word}”")),
        Effect::Transparent => s.steps.push(format!("“{word}” lets it pass")),
        Effect::Content => s.mark(m.clauses, operator),
        Effect::Promise => {
            let promised = s.status.is_none();
            s.add(Status::Future, format!("“{word}”"));
            s.promised = promised;
        }
        Effect::Report => {
            s.steps.push(format!("reported by “{word}”"));
            let c = m.clauses;
            if let (None, Some(speaker)) = (&s.attribution, c.subject(operator).filter(|_| is_said(m, operator))) {
                s.attribution = Some(Speech { speaker, span: attribution_span(m, speaker, operator) });
            }
        }
    }
}

/// "…, the ministry said" and "according to …" beside the clause.
fn speech_beside(m: &Matcher, node: usize, s: &mut Standing) {
    use Relation::*;
    let c = m.clauses;
    if s.attribution.is_some() {
        return;
    }
    for &k in c.children(node) {
        match c.relation(k) {
            Parataxis => {
                // "once talks have concluded" tells when, not who says so.
                let says = c.child(k, &[Ccomp, Obj, Xcomp, Mark]).is_none()
                    && m.book
                        .index
                        .get(&c.word(k).lemma)
                        .into_iter()
                        .flatten()
                        .any(|&r| matches!(m.book.rules[r as usize].meaning, Meaning::Operator(Effect::Report)));
                if let Some(speaker) = c.child(k, &[Nsubj]).filter(|_| says) {
                    s.steps.push(format!("reported by “{}”", c.form(k)));
                    s.attribution = Some(Speech { speaker, span: attribution_span(m, speaker, k) });
                    return;
                }
            }
            Obl | Advmod | Advcl => {
                let according = c
                    .children(k)
                    .iter()
                    .any(|&p| c.lemma(p) == "accord" || c.form(p).eq_ignore_ascii_case("according"));
                if according && c.is_nominal(k) {
                    let first = c.children(k).iter().copied().min().unwrap_or(k).min(k);
                    s.steps.push("reported by “according to”".into());
                    s.attribution = Some(Speech { speaker: k, span: c.token(first).span.cover(c.token(k).span) });
                    return;
                }
            }
            _ => {}
        }
    }
}

fn attribution_span(m: &Matcher, speaker: usize, verb: usize) -> Span {
    let c = m.clauses;
    let who = m.mentions.one(speaker).first().map_or(c.token(speaker).span, |w| w.span);
    let both = who.cover(c.token(verb).span);
    // Speaker and verb far apart, or another verb between them: the clause between is no attribution.
    let between = |k: usize| c.is_verb(k) && !who.overlaps(c.token(k).span) && c.head(k) != Some(verb);
    let broken = (speaker.min(verb) + 1..speaker.max(verb)).any(between);
    if both.len() > 120 || broken { who } else { both }
}

/// Whether the words of saying tell that it was said: not "would respond", "cannot confirm", "if it thinks", nor a
/// participle that describes a thing ("footage showing the officer").
fn is_said(m: &Matcher, verb: usize) -> bool {
    let c = m.clauses;
    let open = c.auxiliaries(verb).any(|a| {
        matches!(c.lemma(a), "will" | "would" | "shall" | "may" | "might" | "can" | "could" | "should" | "must")
    });
    let conditional = c.children_by(verb, &[Relation::Mark]).any(|k| matches!(c.lemma(k), "if" | "whether" | "unless"));
    let describes = c.relation(verb) == Relation::Acl;
    !open && !conditional && !describes && !c.is_negated(verb, None)
}

/// The words of a nominal that the gazetteer does not know: with what stands before it and what it is of.
pub(crate) fn nominal(c: &Clauses, h: usize) -> Span {
    use Relation::*;
    let before = [Compound, Amod, NmodPoss, Nummod, Flat];
    let (mut first, mut last) = (h, h);
    for k in c.children_by(h, &before) {
        let inner = c.children_by(k, &before).min().unwrap_or(k);
        (first, last) = (first.min(k).min(inner), last.max(k));
    }
    for k in c.children_by(h, &[Nmod]).filter(|&k| c.case(k).is_some_and(|p| c.lemma(p) == "of") && k < h + 8) {
        last = last.max(k);
    }
    c.token(first).span.cover(c.token(last).span)
}
