//! Scores against a treebank by the definitions of the CoNLL 2018 shared task: words are aligned by their characters,
//! relations are compared without subtype unless said otherwise.

use crate::Language;
use crate::segment::{Segment, Word};
use legation_record::{Document, Sentence, Span};

/// A sentence of a treebank: its words by span of the raw text, and their annotation.
#[derive(Clone, Debug)]
pub struct GoldSentence {
    /// Span of the sentence.
    pub span: Span,
    /// The words.
    pub words: Vec<GoldWord>,
}

/// A word of a treebank.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct GoldWord {
    pub span: Span,
    pub joined: bool,
    pub upos: String,
    pub feats: String,
    pub lemma: String,
    pub head: usize,
    pub relation: String,
}

/// A treebank with the raw text it stands for.
#[derive(Clone, Debug, Default)]
pub struct Treebank {
    /// Sentences joined by a blank; paragraphs by an empty line.
    pub text: String,
    /// In order.
    pub sentences: Vec<GoldSentence>,
}

/// Shares in percent; F1 where the words are not given.
#[derive(Clone, Copy, Debug, Default)]
#[allow(missing_docs)]
pub struct Scores {
    pub words: f64,
    pub sentences: f64,
    pub upos: f64,
    pub feats: f64,
    pub lemma: f64,
    pub uas: f64,
    /// Labelled attachment without subtypes (the shared task's LAS).
    pub las: f64,
    /// Labelled attachment with subtypes.
    pub las_full: f64,
}

impl Treebank {
    /// Reads CoNLL-U. Words whose form is not found in the sentence's text share the span of their token.
    pub fn read(conllu: &str) -> Self {
        let mut bank = Self::default();
        let (mut paragraph, mut begun) = (true, false);
        let mut range: Option<(usize, usize)> = None;
        let mut words: Vec<GoldWord> = Vec::new();
        for line in conllu.lines() {
            if line.starts_with("# newdoc") || line.starts_with("# newpar") {
                paragraph = true;
            } else if line.is_empty() {
                if !words.is_empty() {
                    let span = words[0].span.cover(words[words.len() - 1].span);
                    bank.sentences.push(GoldSentence { span, words: std::mem::take(&mut words) });
                }
                begun = false;
                range = None;
            } else if !line.starts_with('#') {
                let c: Vec<&str> = line.split('\t').collect();
                if c.len() < 10 || c[0].contains('.') {
                    continue;
                }
                if !begun {
                    if paragraph && !bank.text.is_empty() {
                        let trimmed = bank.text.trim_end().len();
                        bank.text.truncate(trimmed);
                        bank.text.push_str("\n\n");
                    }
                    paragraph = false;
                }
                begun = true;
                let space = if c[9].split('|').any(|m| m == "SpaceAfter=No") { "" } else { " " };
                if let Some((_, b)) = c[0].split_once('-') {
                    let start = bank.text.len();
                    bank.text.push_str(c[1]);
                    range = Some((start, b.parse().unwrap_or(0)));
                    bank.text.push_str(space);
                    continue;
                }
                let id: usize = c[0].parse().unwrap_or(0);
                let (span, joined) = match &mut range {
                    Some((start, last)) if id <= *last => {
                        let end = (*start + c[1].len()).min(bank.text.trim_end().len());
                        let end =
                            if bank.text.get(*start..end) == Some(c[1]) { end } else { bank.text.trim_end().len() };
                        let span = Span::new(*start, end);
                        *start = end;
                        (span, id < *last)
                    }
                    _ => {
                        let start = bank.text.len();
                        bank.text.push_str(c[1]);
                        let span = Span::new(start, bank.text.len());
                        bank.text.push_str(space);
                        (span, false)
                    }
                };
                words.push(GoldWord {
                    span,
                    joined,
                    upos: c[3].into(),
                    feats: c[5].into(),
                    lemma: c[2].into(),
                    head: c[6].parse().unwrap_or(0),
                    relation: c[7].into(),
                });
            }
        }
        bank
    }

    /// Scores with the treebank's own sentences and words.
    pub fn score_gold_words(&self, language: &Language) -> Scores {
        let segments: Vec<Segment> = self
            .sentences
            .iter()
            .map(|s| Segment {
                span: s.span,
                starts_paragraph: false,
                words: s.words.iter().map(|w| Word { span: w.span, joined: w.joined }).collect(),
            })
            .collect();
        self.compare(&language.analyse(&self.text, &segments))
    }

    /// Scores from raw text: F1 over aligned words.
    pub fn score_raw(&self, language: &Language) -> Scores {
        let document = Document { text: self.text.clone(), ..Document::default() };
        let parsed = language.parse(&[&document]).remove(0);
        self.compare(&parsed)
    }

    fn compare(&self, system: &[Sentence]) -> Scores {
        let gold_total: usize = self.sentences.iter().map(|s| s.words.len()).sum();
        let system_total: usize = system.iter().map(|s| s.tokens.len()).sum();
        // (span of the word, span of its head or none)
        let mut gold = self.sentences.iter().flat_map(|s| s.words.iter().map(move |w| (w, s))).peekable();
        let (mut aligned, mut upos, mut feats, mut lemma, mut uas, mut las, mut full) = (0, 0, 0, 0, 0, 0, 0);
        for s in system {
            for t in &s.tokens {
                while gold.next_if(|(w, _)| w.span < t.span).is_some() {}
                let Some((w, gs)) = gold.next_if(|(w, _)| w.span == t.span) else { continue };
                aligned += 1;
                upos += usize::from(t.upos.name() == w.upos);
                feats += usize::from(t.feats == w.feats);
                lemma += usize::from(t.lemma == w.lemma || w.lemma == "_");
                let system_head = (t.head as usize).checked_sub(1).map(|h| s.tokens[h].span);
                let gold_head = w.head.checked_sub(1).map(|h| gs.words[h].span);
                if system_head == gold_head {
                    uas += 1;
                    let base = |r: &str| r.split(':').next().unwrap_or_default().to_owned();
                    las += usize::from(base(t.relation.name()) == base(&w.relation));
                    full += usize::from(t.relation.name() == w.relation);
                }
            }
        }
        let spans: std::collections::BTreeSet<Span> = self.sentences.iter().map(|s| s.span).collect();
        let same = system.iter().filter(|s| spans.contains(&s.span)).count();
        let f1 = |right: usize| 200.0 * right as f64 / (gold_total + system_total).max(1) as f64;
        Scores {
            words: f1(aligned),
            sentences: 200.0 * same as f64 / (self.sentences.len() + system.len()).max(1) as f64,
            upos: f1(upos),
            feats: f1(feats),
            lemma: f1(lemma),
            uas: f1(uas),
            las: f1(las),
            las_full: f1(full),
        }
    }
}
