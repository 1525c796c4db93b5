//! `--explain`: why an event was coded, and on what grammar.

use crate::style::{Style, Tone, clean, keep_start};
use legation::Coded;
use legation::record::{Event, Sentence, Span};
use serde::Serialize;
use std::io::{self, Write};

/// An event with the key `explanation` after those of the contract.
#[derive(Serialize)]
pub struct Explained<'a> {
    #[serde(flatten)]
    event: &'a Event,
    explanation: Grammar,
}

#[derive(Serialize)]
struct Grammar {
    words: Vec<Word>,
}

/// A word of the sentence with its place in the tree.
#[derive(Serialize)]
struct Word {
    text: String,
    start: u32,
    end: u32,
    lemma: String,
    upos: &'static str,
    relation: &'static str,
    head: Option<String>,
    probability: f32,
}

impl<'a> Explained<'a> {
    /// The event number `i` of a document.
    pub fn new(coded: &'a Coded, _i: usize, event: &'a Event) -> Self {
        Self { event, explanation: Grammar { words: words(coded, event) } }
    }
}

/// Writes the explanation of event number `i` of a document.
pub fn lines(out: &mut dyn Write, style: Style, coded: &Coded, i: usize) -> io::Result<()> {
    let indent = " ".repeat(12);
    let Some(event) = coded.coding.events.get(i) else { return Ok(()) };
    let mut tell = |line: String| {
        let line = keep_start(&line, style.width() - indent.len());
        writeln!(out, "{indent}{}", style.paint(Tone::Dim, &line))
    };
    tell(format!("rule {}", clean(&event.rule)))?;
    for word in words(coded, event) {
        let head = word.head.map_or_else(|| "the root".to_owned(), |h| format!("{} of “{}”", word.relation, clean(&h)));
        tell(format!(
            "{} ({} {}) is {head}, p = {:.2}",
            clean(&word.text),
            clean(&word.lemma),
            word.upos,
            word.probability
        ))?;
    }
    Ok(())
}

/// The words of the trigger and of the participants, and those on the way from them to the trigger.
fn words(coded: &Coded, event: &Event) -> Vec<Word> {
    let Some(sentence) = coded.sentences.get(event.evidence.sentence as usize) else { return Vec::new() };
    let trigger = Span { start: event.evidence.trigger.start, end: event.evidence.trigger.end };
    let mut spans = vec![trigger];
    spans.extend(event.actors.iter().chain(&event.recipients).map(|p| Span { start: p.start, end: p.end }));
    let mut shown = vec![false; sentence.tokens.len()];
    for (i, token) in sentence.tokens.iter().enumerate() {
        if spans.iter().any(|span| span.overlaps(token.span)) {
            // Up the tree until the trigger; a head is never visited twice, so a broken tree cannot hang this.
            let mut at = Some(i);
            while let Some(j) = at.filter(|&j| !std::mem::replace(&mut shown[j], true)) {
                at = if trigger.overlaps(sentence.tokens[j].span) { None } else { sentence.head(j) };
            }
        }
    }
    (0..shown.len()).filter(|&i| shown[i]).map(|i| word(coded, sentence, i)).collect()
}

fn word(coded: &Coded, sentence: &Sentence, i: usize) -> Word {
    let token = &sentence.tokens[i];
    let text = |i: usize| sentence.tokens[i].span.of(&coded.document.text).to_owned();
    Word {
        text: text(i),
        start: token.span.start,
        end: token.span.end,
        lemma: token.lemma.clone(),
        upos: token.upos.name(),
        relation: token.relation.name(),
        head: sentence.head(i).map(text),
        probability: token.probability,
    }
}
