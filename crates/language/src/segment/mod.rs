//! Text into sentences and syntactic words, by the conventions of Universal Dependencies for English.
//!
//! A paragraph (up to a blank line) is cut into atoms, these are joined into tokens where the classifier says so,
//! and the tokens are parted into sentences by a second classifier. Both read hashed features of the surroundings and
//! only at the places where there is something to decide. Time grows linearly with the length of the text.

mod atoms;
mod cut;
mod lines;
mod net;
mod sentence;
mod token;
mod words;

use legation_record::Span;
use net::Net;
use token::Token;
use words::Words;

/// A sentence: its words and where it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Segment {
    /// From the first byte of the first word to the last byte of the last.
    pub span: Span,
    /// Whether a paragraph begins here.
    pub starts_paragraph: bool,
    /// The syntactic words in order; never empty and never more than [`MAX_WORDS`].
    pub words: Vec<Word>,
}

/// A syntactic word: `text[span]` is its form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Word {
    /// Its bytes in the document text.
    pub span: Span,
    /// Whether the next word belongs to the same orthographic token ("do" + "n't": a UD multiword token).
    pub joined: bool,
}

/// A longer sentence is cut at a semicolon, a comma or a space: the encoder reads no more at once.
pub const MAX_WORDS: usize = 256;

/// The trained segmenter. Cheap to make once and to share between threads.
#[derive(Clone, Debug)]
pub struct Segmenter {
    words: Words,
    nets: Option<(Net, Net)>,
}

static WEIGHTS: &[u8] = include_bytes!("../../../../models/segment.bin");
static TABLE: &str = include_str!("../../../../models/segment.words.tsv");

impl Segmenter {
    /// The model in the repository (`models/segment.*`).
    pub fn embedded() -> Self {
        let nets = Net::read(WEIGHTS).and_then(|(tokens, rest)| Some((tokens, Net::read(rest)?.0)));
        Self { words: Words::parse(TABLE), nets }
    }

    /// The sentences of `text[from..]`; spans count from the beginning of `text`.
    pub fn segment(&self, text: &str, from: usize) -> Vec<Segment> {
        let mut segments = Vec::new();
        if let Some((tokens, sentences)) = &self.nets {
            self.run(text, from, &mut Trained { tokens, sentences }, |tokens| cut::segments(tokens, &mut segments));
        }
        segments
    }

    /// What the trainer learns from: for every decision on `text` the right answer and the feature hashes, as rows
    /// of `1 + features` numbers; first the token decisions, then the sentence decisions. `words` are the right
    /// words, `ends` the ends of the right sentences, both in order.
    #[doc(hidden)]
    pub fn examples(&self, text: &str, words: &[Word], ends: &[u32]) -> [(usize, Vec<u32>); 2] {
        let mut teacher = Teacher { words, ends, rows: [Vec::new(), Vec::new()] };
        self.run(text, 0, &mut teacher, |_| {});
        let [tokens, sentences] = teacher.rows;
        [(token::FEATURES + 1, tokens), (sentence::FEATURES + 1, sentences)]
    }

    fn run(&self, text: &str, from: usize, judge: &mut impl Judge, mut paragraph: impl FnMut(&[Token])) {
        let (mut atoms, mut tokens) = (Vec::new(), Vec::new());
        let mut at = (from..=text.len()).find(|&i| text.is_char_boundary(i)).unwrap_or(text.len());
        while at < text.len() {
            let end = lines::paragraph_end(text.as_bytes(), at);
            atoms.clear();
            tokens.clear();
            atoms::cut(text, at, end, &self.words, &mut atoms);
            lines::mark_breaks(&mut atoms);
            token::join(text, &atoms, judge, &mut tokens);
            sentence::mark(&mut tokens, judge);
            paragraph(&tokens);
            at = end;
        }
    }
}

/// Who decides: the trained model, or in training the treebank.
trait Judge {
    /// What happens between two atoms that touch at byte `at`: one of [`token::choice`].
    fn token(&mut self, features: &[u32; token::FEATURES], at: u32) -> usize;
    /// Whether a sentence ends with the token that ends at byte `end`.
    fn sentence(&mut self, features: &[u32; sentence::FEATURES], end: u32) -> bool;
}

struct Trained<'a> {
    tokens: &'a Net,
    sentences: &'a Net,
}

impl Judge for Trained<'_> {
    fn token(&mut self, features: &[u32; token::FEATURES], _: u32) -> usize {
        self.tokens.classify(features)
    }

    fn sentence(&mut self, features: &[u32; sentence::FEATURES], _: u32) -> bool {
        self.sentences.classify(features) == 1
    }
}

struct Teacher<'a> {
    words: &'a [Word],
    ends: &'a [u32],
    rows: [Vec<u32>; 2],
}

impl Teacher<'_> {
    fn note(&mut self, which: usize, answer: usize, features: &[u32]) {
        self.rows[which].push(answer as u32);
        self.rows[which].extend_from_slice(features);
    }
}

impl Judge for Teacher<'_> {
    fn token(&mut self, features: &[u32; token::FEATURES], at: u32) -> usize {
        let answer = match self.words.binary_search_by_key(&at, |word| word.span.start) {
            Ok(i) if i > 0 && self.words[i - 1].joined => token::choice::CLITIC,
            Ok(_) => token::choice::SPLIT,
            Err(_) => token::choice::JOIN,
        };
        self.note(0, answer, features);
        answer
    }

    fn sentence(&mut self, features: &[u32; sentence::FEATURES], end: u32) -> bool {
        let answer = self.ends.binary_search(&end).is_ok();
        self.note(1, usize::from(answer), features);
        answer
    }
}
