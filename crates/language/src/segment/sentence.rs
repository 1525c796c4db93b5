//! Tokens into sentences: at every gap where a sentence could end, the classifier says whether it does.

use super::Judge;
use super::atoms::{gap, kind};
use super::token::{Features, Token, compound};

/// Features of one gap between two tokens.
pub(super) const FEATURES: usize = 44;

/// Marks the last token of each sentence of a paragraph.
pub(super) fn mark(tokens: &mut [Token], judge: &mut impl Judge) {
    let Some(end) = tokens.len().checked_sub(1) else { return };
    let ahead = Ahead::new(tokens);
    let mut state = State::default();
    for i in 0..end {
        state.read(tokens[i]);
        let (this, next) = (tokens[i], tokens[i + 1]);
        let last = if next.gap == gap::BREAK {
            true
        } else if this.joined || !possible(this, next) {
            false
        } else {
            judge.sentence(&features(tokens, i, &state, &ahead), this.end)
        };
        if last {
            tokens[i].last = true;
            state = State { previous: this.kind, sentences: state.sentences + 1, ..State::default() };
        }
    }
    tokens[end].last = true;
}

/// Whether a sentence may end between these tokens; the classifier is not asked about the others.
pub(super) fn possible(this: Token, next: Token) -> bool {
    if closes(next.kind) || matches!(next.kind, b',' | b'.' | b';' | b'?' | b'!' | b'%' | compound::CLITIC) {
        return next.gap != gap::NONE && ends(this.kind) && !matches!(next.kind, b',' | b'%' | compound::CLITIC);
    }
    let wordy = matches!(this.kind, kind::LOWER | b',' | compound::WORD_LOWER | compound::CLITIC | kind::INITIAL);
    let lower = matches!(next.kind, kind::LOWER | compound::WORD_LOWER);
    !(lower && (wordy || kind::is_letters(this.kind) || matches!(this.kind, kind::DIGITS | compound::NUMBER)))
        && !(next.gap == gap::NONE && (kind::is_letters(this.kind) || this.kind == kind::DIGITS))
}

/// Marks that end sentences.
fn ends(kind: u8) -> bool {
    const RUN: u8 = kind::RUN;
    matches!(kind, b'.' | b'?' | b'!' | kind::ELLIPSIS | compound::LETTERS | compound::ABBREVIATION)
        || [b'.' + RUN, b'?' + RUN, b'!' + RUN].contains(&kind)
        || closes(kind)
        || kind == b'"'
}

/// Quotation marks and brackets that close.
fn closes(kind: u8) -> bool {
    matches!(kind, b')' | b']' | b'}' | kind::CLOSE_QUOTE | kind::CLOSE_SINGLE)
}

/// Marks that stand between the end of a sentence and the gap.
fn trails(kind: u8) -> bool {
    closes(kind) || matches!(kind, b'"' | b'\'')
}

/// Marks that open the next sentence.
fn opens(kind: u8) -> bool {
    matches!(
        kind,
        b'(' | b'['
            | b'{'
            | b'"'
            | b'\''
            | b'*'
            | b'-'
            | kind::OPEN_QUOTE
            | kind::OPEN_SINGLE
            | kind::BULLET
            | kind::DASH
    )
}

/// What was read since the sentence began.
#[derive(Default)]
struct State {
    length: u32,
    capitals: u32,
    words: u32,
    depth: u32,
    quotes: u32,
    curly: u32,
    first: u8,
    first_hash: u32,
    /// Kind of the token the previous sentence of the paragraph ended with.
    previous: u8,
    sentences: u32,
}

impl State {
    fn read(&mut self, token: Token) {
        if self.length == 0 {
            self.first = token.kind;
            self.first_hash = token.hash;
        }
        self.length += 1;
        match token.kind {
            b'(' | b'[' | b'{' => self.depth += 1,
            b')' | b']' | b'}' => self.depth = self.depth.saturating_sub(1),
            b'"' => self.quotes ^= 1,
            kind::OPEN_QUOTE => self.curly += 1,
            kind::CLOSE_QUOTE => self.curly = self.curly.saturating_sub(1),
            kind::LOWER | compound::WORD_LOWER => self.words += 1,
            k if kind::is_letters(k) => {
                self.words += 1;
                self.capitals += 1;
            }
            _ => {}
        }
    }

    /// Share of capitalised words so far, in quarters; 5 where there are too few words to tell.
    fn capitalised(&self) -> u32 {
        if self.words < 2 { 5 } else { self.capitals * 4 / self.words }
    }
}

/// What comes after each token, counted from the end of the paragraph.
struct Ahead {
    /// Tokens to the next mark that ends sentences, at most 63.
    to_end: Vec<u8>,
    finished: bool,
}

impl Ahead {
    fn new(tokens: &[Token]) -> Self {
        let mut to_end = vec![63; tokens.len()];
        let mut distance = 63u8;
        for (i, token) in tokens.iter().enumerate().rev() {
            to_end[i] = distance;
            let ending = matches!(token.kind, b'.' | b'?' | b'!')
                || token.kind >= kind::RUN && ends(token.kind) && !closes(token.kind);
            distance = if ending { 0 } else { (distance + 1).min(63) };
        }
        let mut kinds = tokens.iter().rev().map(|t| t.kind);
        let finished = kinds.find(|&k| !trails(k)).is_some_and(ends);
        Self { to_end, finished }
    }
}

fn bucket(n: u32) -> u32 {
    match n {
        0..=4 => n,
        5..=6 => 5,
        7..=9 => 6,
        10..=14 => 7,
        15..=24 => 8,
        25..=49 => 9,
        _ => 10,
    }
}

fn features(tokens: &[Token], i: usize, state: &State, ahead: &Ahead) -> [u32; FEATURES] {
    let at = |d: isize| i.checked_add_signed(d).and_then(|i| tokens.get(i)).copied().unwrap_or_default();
    let [t3, t2, t1, t, n, n1, n2, n3] = [-3, -2, -1, 0, 1, 2, 3, 4].map(at);
    let k = |token: Token| u32::from(token.kind);
    // The mark that ends, behind the closing quotes and brackets; the word that begins, before the opening ones.
    let ending = if !trails(t.kind) {
        t
    } else if !trails(t1.kind) {
        t1
    } else {
        t2
    };
    let before_ending = if !trails(t.kind) {
        t1
    } else if !trails(t1.kind) {
        t2
    } else {
        t3
    };
    let beginning = if !opens(n.kind) {
        n
    } else if !opens(n1.kind) {
        n1
    } else {
        n2
    };
    let after_beginning = if !opens(n.kind) {
        n1
    } else if !opens(n1.kind) {
        n2
    } else {
        n3
    };
    let kk = k(t) << 8 | k(n);
    let ee = k(ending) << 8 | k(beginning);
    let inside = state.depth.min(2) << 4 | state.quotes << 2 | state.curly.min(2);
    let length = bucket(state.length);
    let left = bucket((tokens.len() - i - 2) as u32);
    let to_end = bucket(u32::from(ahead.to_end[i]));
    // The model is trained on running text: a line end that means nothing is a space.
    let spaced = |token: Token| u32::from(token.gap.min(gap::SPACE));
    let gap = spaced(n);
    let class = u32::from(t.class) << 8 | u32::from(t1.class);
    let long = (ending.end - ending.start).min(5);
    let capitals = state.capitalised();
    let next_capitals =
        [n, n1, n2, n3].iter().filter(|t| kind::is_letters(t.kind) && t.kind != kind::LOWER).count() as u32;
    let finished = u32::from(ahead.finished);
    let mut f = Features::new();
    f.add(&[0]);
    f.add(&[t.hash]);
    f.add(&[n.hash]);
    f.add(&[t.hash, n.hash]);
    f.add(&[kk, gap]);
    f.add(&[k(t), n.hash]);
    f.add(&[t.hash, k(n)]);
    f.add(&[t1.hash, t.hash]);
    f.add(&[k(t1), kk]);
    f.add(&[t1.hash, kk]);
    f.add(&[kk, k(n1)]);
    f.add(&[n.hash, n1.hash]);
    f.add(&[k(t), n.hash, k(n1)]);
    f.add(&[k(t2), k(t1), kk, k(n1)]);
    f.add(&[k(t1), kk, k(n1), k(n2)]);
    f.add(&[k(t3), k(t2), k(t1), kk, k(n1), k(n2), k(n3)]);
    f.add(&[ending.hash, k(beginning)]);
    f.add(&[k(ending), beginning.hash]);
    f.add(&[ee, gap, long]);
    f.add(&[before_ending.hash, ee]);
    f.add(&[k(before_ending), ee, k(after_beginning)]);
    f.add(&[ee, after_beginning.hash]);
    f.add(&[inside, kk]);
    f.add(&[inside, ee]);
    f.add(&[length, kk]);
    f.add(&[length, left, ee]);
    f.add(&[to_end, kk]);
    f.add(&[to_end, length, ee]);
    f.add(&[left, kk]);
    f.add(&[u32::from(state.first), length, kk]);
    f.add(&[state.first_hash, kk]);
    f.add(&[class, k(n), k(n1)]);
    f.add(&[class, n.hash, k(t)]);
    f.add(&[t2.hash, t1.hash, kk]);
    f.add(&[capitals, length, kk]);
    f.add(&[capitals, next_capitals, ee]);
    f.add(&[next_capitals, kk, to_end]);
    f.add(&[u32::from(state.previous), ee]);
    f.add(&[finished, ee, state.sentences.min(2)]);
    f.add(&[finished, capitals, kk, left]);
    f.add(&[spaced(t), gap, spaced(n1), kk]);
    f.add(&[t1.hash, t.hash, n.hash]);
    f.add(&[before_ending.hash, k(ending), beginning.hash]);
    f.add(&[n.hash, k(n1), to_end, k(t)]);
    f.hashes
}
