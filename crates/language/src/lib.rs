//! Document to sentences: segmentation, part of speech, features, lemma, dependencies, named entities, by the
//! conventions of Universal Dependencies for English.
//!
//! One small encoder scores everything at once; its weights are part of the binary. Reading language cannot fail: any
//! text gives sentences. A sentence's analysis does not depend on the sentences around it, nor on the processor.

mod conllu;
pub mod lemma;
pub mod network;
mod repair;
pub mod score;
pub mod segment;
mod tree;
mod wordpiece;

pub use conllu::conllu;

use legation_record::{Document, EntityKind, EntityTag, Relation, Sentence, Token, Upos};
use lemma::Lemmatiser;
use network::{Encoder, MAX_PIECES, Network, Pieces, Scores};
use segment::{Segment, Segmenter};
use std::borrow::Cow;
use wordpiece::WordPiece;

static WEIGHTS: &[u8] = include_bytes!("../../../models/parser.safetensors");
static VOCABULARY: &str = include_str!("../../../models/vocab.txt");

/// Word pieces that pass through the network at once.
const BATCH: usize = 512;

/// The weights in the binary cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Missing, of another shape, or with labels this version does not know.
    #[error("the language model cannot be used: {0}")]
    Weights(String),
}

/// The language part: everything between a document's text and its analysed sentences.
pub struct Language {
    segmenter: Segmenter,
    lemmatiser: Lemmatiser,
    wordpiece: WordPiece,
    network: Box<dyn Network>,
    labels: Labels,
}

impl Language {
    /// With the weights that are part of the binary.
    pub fn embedded() -> Result<Self, Error> {
        let labels = Labels::read(WEIGHTS)?;
        let network = Box::new(Encoder::new(WEIGHTS, labels.relations.len())?);
        Ok(Self {
            segmenter: Segmenter::embedded(),
            lemmatiser: Lemmatiser::embedded(),
            wordpiece: WordPiece::new(VOCABULARY),
            network,
            labels,
        })
    }

    /// The sentences of each document. Title and metadata are not read.
    pub fn parse(&self, documents: &[&Document]) -> Vec<Vec<Sentence>> {
        let segments: Vec<Vec<Segment>> =
            documents.iter().map(|d| repair::joined(&d.text, self.segmenter.segment(&d.text, body_start(d)))).collect();
        let sizes: Vec<usize> = segments.iter().map(Vec::len).collect();
        let flat = documents.iter().zip(segments).flat_map(|(d, s)| s.into_iter().map(|s| (d.text.as_str(), s)));
        let (pieces, counts) = self.encode(flat.collect());
        let mut sentences = self.run(pieces).into_iter();
        let mut counts = counts.into_iter();
        let cut = |size: usize| counts.by_ref().take(size).sum();
        let lengths: Vec<usize> = sizes.into_iter().map(cut).collect();
        lengths.into_iter().map(|n| sentences.by_ref().take(n).collect()).collect()
    }

    /// Analyses words that are given, one segment a sentence: for measuring with gold tokens.
    pub fn analyse(&self, text: &str, segments: &[Segment]) -> Vec<Sentence> {
        let (pieces, _) = self.encode(segments.iter().map(|s| (text, s.clone())).collect());
        self.run(pieces)
    }

    /// The encoder's input. A segment with more pieces than the network's window becomes several; the second value
    /// says how many each became.
    fn encode<'t>(&self, segments: Vec<(&'t str, Segment)>) -> (Vec<(&'t str, Segment, Pieces)>, Vec<usize>) {
        let mut out = Vec::with_capacity(segments.len());
        let mut counts = Vec::with_capacity(segments.len());
        for (text, mut segment) in segments {
            let before = out.len();
            loop {
                let words = segment.words.iter().map(|w| w.span.of(text));
                let pieces = self.wordpiece.encode(words, MAX_PIECES);
                let fitting = pieces.first.len();
                if fitting >= segment.words.len() {
                    out.push((text, segment, pieces));
                    break;
                }
                let rest = segment.words.split_off(fitting);
                let whole = segment.span;
                let end = segment.words.last().map_or(whole.start, |w| w.span.end);
                segment.span.end = end;
                let start = rest[0].span.start;
                out.push((text, segment, pieces));
                segment = Segment {
                    span: legation_record::Span { start, end: whole.end },
                    starts_paragraph: false,
                    words: rest,
                };
            }
            counts.push(out.len() - before);
        }
        (out, counts)
    }

    fn run(&self, input: Vec<(&str, Segment, Pieces)>) -> Vec<Sentence> {
        let mut out = Vec::with_capacity(input.len());
        let mut at = 0;
        while at < input.len() {
            let (mut end, mut total) = (at, 0);
            while end < input.len() && (end == at || total + input[end].2.ids.len() <= BATCH) {
                total += input[end].2.ids.len();
                end += 1;
            }
            let pieces: Vec<Pieces> = input[at..end].iter().map(|(_, _, p)| p.clone()).collect();
            for ((text, segment, _), scores) in input[at..end].iter().zip(self.network.run(&pieces, tree::heads)) {
                out.push(self.decode(text, segment, &scores));
            }
            at = end;
        }
        out
    }

    fn decode(&self, text: &str, segment: &Segment, scores: &Scores) -> Sentence {
        let n = scores.words;
        let mut tokens = Vec::with_capacity(n);
        let mut previous = EntityTag::Outside;
        for (i, word) in segment.words.iter().enumerate() {
            let row = |x: &[f32]| {
                let width = x.len() / n;
                best(&x[i * width..(i + 1) * width], |_| true)
            };
            let form = word.span.of(text);
            let upos = self.labels.upos[row(&scores.upos)];
            let feats = self.labels.feats[row(&scores.feats)].clone();
            let head = scores.heads[i];
            let labels = self.labels.relations.len();
            let relation_scores = &scores.relations[i * labels..(i + 1) * labels];
            // Only the root has the relation `root`; names, appositions and coordinations lean to the left (UD).
            let allowed = |k: usize| {
                let relation = self.labels.relations[k];
                let leans_right = matches!(
                    relation,
                    Relation::Flat | Relation::Appos | Relation::Conj | Relation::Fixed | Relation::Goeswith
                );
                (relation == Relation::Root) == (head == 0) && !(leans_right && head > i + 1)
            };
            let r = best(relation_scores, allowed);
            let entity = match (self.labels.entities[row(&scores.entities)], previous) {
                (EntityTag::Inside(kind), before) if before.kind() != Some(kind) => EntityTag::Begin(kind),
                (tag, _) => tag,
            };
            previous = entity;
            tokens.push(Token {
                span: word.span,
                joined: word.joined,
                upos,
                lemma: self.lemmatiser.lemma(form, upos, &feats).to_string(),
                feats,
                head: head as u32,
                relation: self.labels.relations[r],
                probability: scores.arcs[i].exp() * share(relation_scores, r),
                entity,
            });
        }
        repair::repair(text, &mut tokens, &self.lemmatiser);
        Sentence { span: segment.span, starts_paragraph: segment.starts_paragraph, tokens }
    }
}

/// Where the prose begins: after the dateline, whose words are no part of the first sentence.
fn body_start(document: &Document) -> usize {
    document.dateline.as_ref().map_or(0, |d| d.span.end as usize)
}

fn best(scores: &[f32], allowed: impl Fn(usize) -> bool) -> usize {
    let mut top = None;
    for (k, &s) in scores.iter().enumerate() {
        if allowed(k) && top.is_none_or(|(_, t)| s > t) {
            top = Some((k, s));
        }
    }
    top.map_or(0, |(k, _)| k)
}

/// The probability of one label among scores.
fn share(scores: &[f32], label: usize) -> f32 {
    1.0 / scores.iter().map(|s| (s - scores[label]).exp()).sum::<f32>()
}

/// The label tables that travel with the weights.
struct Labels {
    upos: Vec<Upos>,
    feats: Vec<Cow<'static, str>>,
    relations: Vec<Relation>,
    entities: Vec<EntityTag>,
}

impl Labels {
    fn read(bytes: &'static [u8]) -> Result<Self, Error> {
        let bad = |e: String| Error::Weights(e);
        let (_, header) = safetensors::SafeTensors::read_metadata(bytes).map_err(|e| bad(e.to_string()))?;
        let meta = header.metadata().as_ref().ok_or_else(|| bad("no labels".into()))?;
        let list = |key: &str| -> Result<Vec<String>, Error> {
            let json = meta.get(key).ok_or_else(|| bad(format!("no {key} labels")))?;
            serde_json::from_str(json).map_err(|e| bad(format!("{key}: {e}")))
        };
        Ok(Self {
            upos: list("upos")?.iter().map(|s| s.parse().map_err(bad)).collect::<Result<_, _>>()?,
            feats: list("feats")?.into_iter().map(Cow::Owned).collect(),
            relations: list("relations")?.iter().map(|s| s.parse().map_err(bad)).collect::<Result<_, _>>()?,
            entities: list("entities")?
                .iter()
                .map(|s| tag(s).ok_or_else(|| bad(s.clone())))
                .collect::<Result<_, _>>()?,
        })
    }
}

fn tag(s: &str) -> Option<EntityTag> {
    let kind = |k: &str| k.parse::<EntityKind>().ok();
    match s.split_once('-') {
        None if s == "O" => Some(EntityTag::Outside),
        Some(("B", k)) => kind(k).map(EntityTag::Begin),
        Some(("I", k)) => kind(k).map(EntityTag::Inside),
        _ => None,
    }
}
