//! The account of a sentence: who is named in it, which rules fit its words, which nearly fitted, and what became of
//! each. Made only when somebody asks.

use crate::clause::Clauses;
use crate::codebook::{AnchorKind, Filler, Meaning, Rule};
use crate::matcher::{Candidate, Matcher, Missed};
use crate::mention::{Mentions, Sort, Who};
use legation_record::{Relation, Span, Upos};

/// What the coder saw in one sentence.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Account {
    /// Number of the sentence in the document, from 0.
    pub sentence: usize,
    /// Everybody who is named, in the order of the text.
    pub mentions: Vec<Mention>,
    /// Words on which rules turn, in the order of the text.
    pub triggers: Vec<Trigger>,
}

/// A nominal and whom the coder took it for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mention {
    /// The words.
    pub text: String,
    /// Their place in the document.
    pub span: Span,
    /// Name of the participant; empty where the words are all there is.
    pub name: String,
    /// Code of the state or organisation; `None` where the coder does not know it.
    pub code: Option<String>,
    /// PLOVER sectors.
    pub sectors: Vec<String>,
    /// Wikidata item, where known.
    pub wikidata: Option<String>,
    /// By what it was resolved, in words.
    pub how: String,
}

/// A word that may name an event.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trigger {
    /// The word.
    pub text: String,
    /// Its place in the document.
    pub span: Span,
    /// The event coded from it: its number in [`crate::Coding::events`].
    pub event: Option<usize>,
    /// What became of it, in words.
    pub fate: String,
    /// Why the first of `matched` won over the others, in words; empty where none matched.
    pub why: String,
    /// Rules all of whose conditions hold, the winner first.
    pub matched: Vec<Match>,
    /// Rules that turn on this word and lack a condition, those that lack least first.
    pub missed: Vec<Miss>,
}

/// A rule that fits.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Match {
    /// The rule: file and pattern.
    pub rule: String,
    /// File and line.
    pub place: String,
    /// What it would be coded as.
    pub meaning: String,
    /// The points by which rules are compared.
    pub points: f32,
    /// The words it found, actors and recipients.
    pub words: Vec<String>,
    /// Actors found.
    pub actors: Vec<String>,
    /// Recipients found.
    pub recipients: Vec<String>,
}

/// A rule that nearly fits.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Miss {
    /// The rule: file and pattern.
    pub rule: String,
    /// File and line.
    pub place: String,
    /// What it would have been coded as.
    pub meaning: String,
    /// The condition that does not hold, in words.
    pub condition: String,
    /// How many of the pattern's parts were found before.
    pub found: usize,
}

/// What became of the word `anchor`, as the coder notes it on its way.
pub(crate) struct Fate {
    pub(crate) anchor: usize,
    pub(crate) event: Option<usize>,
    pub(crate) words: String,
}

/// The account of a sentence from the coder's notes.
pub(crate) fn account(sentence: usize, matcher: &Matcher, fates: &[Fate]) -> Account {
    let c = matcher.clauses;
    let triggers = (0..c.len()).filter_map(|i| trigger(matcher, i, fates.iter().find(|f| f.anchor == i)));
    Account { sentence, mentions: mentions(matcher.mentions), triggers: triggers.collect() }
}

fn trigger(m: &Matcher, i: usize, fate: Option<&Fate>) -> Option<Trigger> {
    let best = m.event(i);
    let all = m.all_events(i);
    let mut matched: Vec<(usize, Match)> = Vec::new();
    for candidate in best.iter().chain(&all) {
        // A row with optional parts stands for several rules: the one that finds most speaks for it.
        if !matched.iter().any(|(r, _)| m.book.rules[*r].place == m.rule(candidate).place) {
            matched.push((candidate.rule, fit(m, candidate)));
        }
    }
    let mut missed: Vec<Miss> = Vec::new();
    for (r, part) in m.misses(i) {
        let rule = &m.book.rules[r];
        if matched.iter().any(|(_, f)| f.place == rule.place) {
            continue;
        }
        let miss = lacking(m, rule, i, part);
        match missed.iter_mut().find(|known| known.place == miss.place) {
            Some(known) if known.found < miss.found => *known = miss,
            Some(_) => {}
            None => missed.push(miss),
        }
    }
    missed.sort_by_key(|miss| std::cmp::Reverse(miss.found));
    if matched.is_empty() && missed.is_empty() {
        return None;
    }
    let why = match matched.as_slice() {
        [] => String::new(),
        [_] => "it is the only rule whose conditions all hold".into(),
        [(_, first), (_, second), ..] if first.points > second.points + 1e-3 => {
            format!("it finds more of what it asks for: {:.2} points, the next {:.2}", first.points, second.points)
        }
        [(_, first), ..] => format!(
            "several find as much ({:.2} points); then a rule that there is no event comes first, then the order of \
             the manual and of its rows",
            first.points
        ),
    };
    let unmatched = || Fate { anchor: i, event: None, words: "no rule has all its conditions".into() };
    let own;
    let fate = match fate {
        Some(fate) => fate,
        None => {
            own = unmatched();
            &own
        }
    };
    Some(Trigger {
        text: m.clauses.form(i).into(),
        span: m.clauses.token(i).span,
        event: fate.event,
        fate: fate.words.clone(),
        why,
        matched: matched.into_iter().map(|(_, f)| f).collect(),
        missed,
    })
}

fn fit(m: &Matcher, candidate: &Candidate) -> Match {
    let (c, rule) = (m.clauses, m.rule(candidate));
    let range = |&(a, b): &(usize, usize)| c.token(a).span.cover(c.token(b).span).of(c.text).to_string();
    let people = |list: &[Who]| list.iter().map(|who| who.span.of(c.text).to_string()).collect();
    Match {
        rule: rule.name.clone(),
        place: rule.place.clone(),
        meaning: meaning(rule),
        points: candidate.score,
        words: candidate.words.iter().map(range).collect(),
        actors: people(&candidate.actors),
        recipients: people(&candidate.recipients),
    }
}

/// "ACCUSE 111", "no event".
pub(crate) fn meaning(rule: &Rule) -> String {
    match &rule.meaning {
        Meaning::Event { event_type, cameo, modes, status, .. } => {
            let modes = if modes.is_empty() { String::new() } else { format!(" {}", modes.join(",")) };
            let status = status.map_or(String::new(), |s| format!(" {}", s.name()));
            format!("{event_type} {cameo}{modes}{status}")
        }
        Meaning::Nothing => "no event".into(),
        Meaning::Operator(_) => "no event of its own".into(),
    }
}

/// The condition that does not hold, and what stands in its place.
fn lacking(m: &Matcher, rule: &Rule, i: usize, part: Missed) -> Miss {
    let c = m.clauses;
    let quoted = |k: usize| format!("“{}”", c.form(k));
    // The first part of the phrase, as the codebook writes it: "A", "B", "X{bombs}".
    let subject =
        || rule.name.split_once(": ").map_or("", |(_, p)| p).split_whitespace().next().unwrap_or("A").to_string();
    let (condition, found) = match part {
        Missed::Copula => (format!("{} is not linked to a subject by “be”", quoted(i)), 0),
        Missed::Subject => {
            let found = match (rule.pattern.kind, c.subject(i)) {
                (AnchorKind::Noun, _) | (_, None) => "its clause has no subject".into(),
                (_, Some(s)) if m.mentions.all(s, true).is_empty() => {
                    format!("the subject {} is nobody the coder knows as a participant", quoted(s))
                }
                (_, Some(s)) => format!("the subject is {}", quoted(s)),
            };
            (format!("wants {} before the verb; {found}", subject()), 1)
        }
        Missed::Argument(n) => {
            let wanted = rule.pattern.arguments.get(n).map_or("", |a| a.words.as_str());
            let around = around(m, i);
            let there = if around.is_empty() { "nothing follows".into() } else { format!("there is {around}") };
            let kind = match rule.pattern.arguments.get(n).map(|a| &a.filler) {
                Some(Filler::Act(_)) => "an act",
                Some(Filler::Participant(_)) => "a participant",
                _ => "a word",
            };
            (format!("wants {kind}, `{wanted}`; {there}"), 2 + n)
        }
        Missed::Unnamed => (
            "nobody is named who did it, and the sentence lacks the words that then tell a deed from an accident"
                .into(),
            9,
        ),
    };
    Miss { rule: rule.name.clone(), place: rule.place.clone(), meaning: meaning(rule), condition, found }
}

/// What hangs on a word: objects, phrases, clauses.
fn around(m: &Matcher, i: usize) -> String {
    use Relation::*;
    let c = m.clauses;
    let mut parts: Vec<(usize, String)> = Vec::new();
    for k in c.objects(i) {
        let act = m.event_type(k).map_or(String::new(), |t| format!(" ({t})"));
        parts.push((k, format!("object “{}”{act}", c.form(k))));
    }
    for (p, n) in c.prepositional(i) {
        parts.push((n, format!("“{} … {}”", c.form(p), c.form(n))));
    }
    for k in c.children_by(i, &[Ccomp, Xcomp, Advcl, Acl]) {
        let act = m.act_type(k).map_or(String::new(), |t| format!(" ({t})"));
        parts.push((k, format!("a clause with “{}”{act}", c.form(k))));
    }
    parts.sort();
    parts.dedup_by_key(|(k, _)| *k);
    parts.into_iter().map(|(_, words)| words).collect::<Vec<_>>().join(", ")
}

fn mentions(mentions: &Mentions) -> Vec<Mention> {
    let c = mentions.clauses;
    let mut out: Vec<Mention> = Vec::new();
    for i in 0..c.len() {
        let pronoun = matches!(c.upos(i), Upos::Pron) && c.feature(i, "PronType=Prs");
        if !(c.is_nominal(i) || pronoun) || c.is_case(i) {
            continue;
        }
        let found = mentions.one(i);
        if found.is_empty() && pronoun {
            let text = c.form(i).to_string();
            out.push(Mention {
                text,
                span: c.token(i).span,
                how: "pronoun, not resolved".into(),
                ..Mention::default()
            });
        }
        for who in found {
            if out.iter().any(|m| m.span.contains(who.span) && m.code == who.code) {
                continue;
            }
            // The longer words say more: "the president" inside "the president of France".
            out.retain(|m| !(who.span.contains(m.span) && m.code == who.code));
            out.push(Mention {
                text: who.span.of(c.text).into(),
                span: who.span,
                how: how(c, i, &who),
                name: who.name,
                code: who.code,
                sectors: who.sectors,
                wikidata: who.wikidata,
            });
        }
    }
    out.sort_by_key(|m| m.span);
    out
}

/// By what a mention was resolved, as far as the result tells.
fn how(c: &Clauses, i: usize, who: &Who) -> String {
    if let Some(antecedent) = &who.antecedent {
        return format!("goes back to “{}”: {}", antecedent.text, antecedent.reason);
    }
    if matches!(c.upos(i), Upos::Pron | Upos::Det) {
        return "pronoun, by what the document said before".into();
    }
    let of_state = if who.code.is_some() { ", of a state that the text gives" } else { "" };
    match who.sort {
        Sort::State if who.is_plain_state() => "state, by its name, adjective or people".into(),
        Sort::State => "body or seat of a state".into(),
        Sort::Organisation => "organisation of the gazetteer".into(),
        Sort::Group => "group of the gazetteer".into(),
        Sort::Person if who.wikidata.is_some() => "person, by name, office and day".into(),
        Sort::Person => "person, by title".into(),
        Sort::Role => format!("role noun{of_state}"),
        Sort::Place => "place: it can be visited or attacked, it does not act".into(),
        Sort::Unknown => "named, but not in the gazetteer".into(),
        Sort::Count => "a number of people".into(),
        Sort::Instrument => "an attack or weapon whose owner is not named".into(),
    }
}
