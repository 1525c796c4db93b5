//! Tokens into the segments that are handed out; sentences too long for the encoder are cut.

use super::atoms::{gap, kind};
use super::token::Token;
use super::{MAX_WORDS, Segment, Word};
use legation_record::Span;

/// Appends the sentences of one paragraph.
pub(super) fn segments(tokens: &[Token], segments: &mut Vec<Segment>) {
    let mut starts_paragraph = true;
    for sentence in tokens.split_inclusive(|token| token.last) {
        let mut rest = sentence;
        while !rest.is_empty() {
            let (head, tail) = rest.split_at(length(rest));
            segments.push(segment(head, starts_paragraph));
            starts_paragraph = false;
            rest = tail;
        }
    }
}

/// How many tokens the first piece of a sentence takes: all of them, or up to the best place in the second half of
/// what is allowed.
fn length(tokens: &[Token]) -> usize {
    if tokens.len() <= MAX_WORDS {
        return tokens.len();
    }
    let rank = |i: usize| {
        let (this, next) = (tokens[i - 1], tokens[i]);
        match this.kind {
            _ if this.joined => 0,
            _ if next.gap == gap::NONE => 1,
            b';' | b'.' | b'?' | b'!' => 5,
            b',' | b':' | kind::DASH => 4,
            _ if next.gap == gap::LINE => 3,
            _ => 2,
        }
    };
    // The last of the best places: pieces as long as allowed.
    (MAX_WORDS / 2..=MAX_WORDS).max_by_key(|&i| rank(i)).unwrap_or(MAX_WORDS)
}

fn segment(tokens: &[Token], starts_paragraph: bool) -> Segment {
    let words: Vec<Word> = tokens
        .iter()
        .map(|token| Word { span: Span { start: token.start, end: token.end }, joined: token.joined })
        .collect();
    let span = Span { start: tokens[0].start, end: tokens[tokens.len() - 1].end };
    Segment { span, starts_paragraph, words }
}
