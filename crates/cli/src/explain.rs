//! `--explain`: the rule that coded an event, the words it matched, and the grammar between them.

use crate::style::{Style, Tone, clean, keep_start};
use legation::Coded;
use legation::coder::Explanation;
use legation::record::{Event, Sentence};
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// An event with the key `explanation` after those of the contract.
#[derive(Serialize)]
pub struct Explained<'a> {
    #[serde(flatten)]
    event: &'a Event,
    explanation: Account<'a>,
}

/// An [`Explanation`] as JSON.
#[derive(Default, Serialize)]
struct Account<'a> {
    rule: &'a str,
    steps: Vec<Step<'a>>,
    status: &'a [String],
    runners_up: &'a [String],
    words: Vec<Word<'a>>,
    features: BTreeMap<&'a str, f32>,
}

/// A place of the pattern and the words in it.
#[derive(Serialize)]
struct Step<'a> {
    part: &'a str,
    text: &'a str,
    start: u32,
    end: u32,
}

/// A word of the sentence with its place in the tree.
#[derive(Serialize)]
struct Word<'a> {
    text: &'a str,
    start: u32,
    end: u32,
    lemma: &'a str,
    upos: &'static str,
    relation: &'static str,
    head: Option<&'a str>,
    probability: f32,
}

impl<'a> Explained<'a> {
    /// Event number `i` of a document.
    pub fn new(coded: &'a Coded, i: usize, event: &'a Event) -> Self {
        let explanation = coded.coding.explanations.get(i).map(|e| account(coded, event, e)).unwrap_or_default();
        Self { event, explanation }
    }
}

/// Writes the explanation of event number `i` of a document.
pub fn lines(out: &mut dyn Write, style: Style, coded: &Coded, i: usize) -> io::Result<()> {
    let events = coded.coding.events.get(i).zip(coded.coding.explanations.get(i));
    let Some((event, explanation)) = events else { return Ok(()) };
    let account = account(coded, event, explanation);
    let indent = " ".repeat(12);
    let mut tell = |name: &str, line: String| {
        let line = keep_start(&clean(&format!("{name:10} {line}")), style.width() - indent.len());
        writeln!(out, "{indent}{}", style.paint(Tone::Dim, &line))
    };
    tell("rule", account.rule.to_owned())?;
    for step in &account.steps {
        tell(step.part, format!("“{}”", step.text))?;
    }
    for participant in event.actors.iter().chain(&event.recipients) {
        if let Some(antecedent) = &participant.antecedent {
            let line = format!("“{}” is “{}”: {}", participant.text, antecedent.text, antecedent.reason);
            tell("refers", line)?;
        }
    }
    for word in &account.words {
        let head = word.head.map_or_else(|| "root".to_owned(), |h| format!("{} of “{h}”", word.relation));
        tell("grammar", format!("{} ({} {}): {head}, p {:.2}", word.text, word.lemma, word.upos, word.probability))?;
    }
    account.status.iter().try_for_each(|why| tell("status", why.clone()))?;
    account.runners_up.iter().take(3).try_for_each(|rule| tell("also", rule.clone()))
}

fn account<'a>(coded: &'a Coded, event: &Event, explanation: &'a Explanation) -> Account<'a> {
    let steps = explanation.steps.iter().map(|step| Step {
        part: step.part,
        text: &step.text,
        start: step.span.start,
        end: step.span.end,
    });
    let words = coded.sentences.get(event.evidence.sentence as usize).map(|s| words(coded, s, &explanation.tokens));
    Account {
        rule: &explanation.rule,
        steps: steps.collect(),
        status: &explanation.status,
        runners_up: &explanation.runners_up,
        words: words.unwrap_or_default(),
        features: explanation.features.iter().copied().collect(),
    }
}

/// The words the event rests on, and the one above each, so that the tree between them can be followed.
fn words<'a>(coded: &'a Coded, sentence: &'a Sentence, rests_on: &[usize]) -> Vec<Word<'a>> {
    let mut shown: Vec<usize> = rests_on.iter().copied().filter(|&i| i < sentence.tokens.len()).collect();
    shown.extend(shown.clone().into_iter().filter_map(|i| sentence.head(i)));
    shown.sort_unstable();
    shown.dedup();
    let text = |i: usize| sentence.tokens[i].span.of(&coded.document.text);
    let word = |i: usize| {
        let token = &sentence.tokens[i];
        Word {
            text: text(i),
            start: token.span.start,
            end: token.span.end,
            lemma: &token.lemma,
            upos: token.upos.name(),
            relation: token.relation.name(),
            head: sentence.head(i).map(text),
            probability: token.probability,
        }
    };
    shown.into_iter().map(word).collect()
}
