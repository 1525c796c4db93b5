//! What the conventions of Universal Dependencies rule out, put right after decoding: the parser decides word by word and
//! sometimes gives a verb two subjects or a noun an object.

mod clauses;
mod names;
mod verbs;

use crate::lemma::Lemmatiser;
use crate::segment::Segment;
use legation_record::Token;

/// Puts right what cannot be.
pub(crate) fn repair(text: &str, tokens: &mut [Token], lemmatiser: &Lemmatiser) {
    names::join_titles(tokens);
    clauses::second_subjects(tokens);
    clauses::before_the_mark(tokens);
    names::titles_of_places(tokens);
    names::names_behind_times(text, tokens);
    names::beyond_the_verb(tokens);
    names::coordinated_names(tokens);
    clauses::objects(tokens);
    clauses::active_after_passive(tokens);
    clauses::of_the_verb(tokens);
    names::coordinated_owners(tokens);
    clauses::results(text, tokens);
    clauses::gapped_counts(tokens);
    names::calls(text, tokens);
    names::lists(tokens);
    verbs::headlines(text, tokens, lemmatiser);
    verbs::restore_verbs(text, tokens, lemmatiser);
    verbs::verbs_behind_names(text, tokens);
    clauses::cased_objects(tokens);
}

/// The segments with those put together that were parted after the initials of a name ("the U.S. | Navy").
pub(crate) fn joined(text: &str, segments: Vec<Segment>) -> Vec<Segment> {
    let mut out: Vec<Segment> = Vec::with_capacity(segments.len());
    for next in segments {
        let parted = out.last().is_some_and(|last| !next.starts_paragraph && is_parted(text, last, &next));
        match out.last_mut().filter(|_| parted) {
            Some(last) => {
                last.span.end = next.span.end;
                last.words.extend(next.words);
            }
            None => out.push(next),
        }
    }
    out
}

/// Whether a segment ends in initials behind a small word and the next goes on with a name or a small letter.
fn is_parted(text: &str, last: &Segment, next: &Segment) -> bool {
    let [.., before, initials] = last.words.as_slice() else { return false };
    let (before, initials) = (before.span.of(text), initials.span.of(text));
    let first = next.words.first().map_or("", |w| w.span.of(text));
    let initialled = initials.len() >= 4
        && initials.as_bytes().chunks(2).all(|c| c.len() == 2 && c[0].is_ascii_uppercase() && c[1] == b'.');
    let small = before.chars().all(char::is_lowercase);
    initialled && small && first.chars().next().is_some_and(char::is_alphabetic) && !opens_sentence(first)
}

/// Function words that begin sentences.
fn opens_sentence(word: &str) -> bool {
    const OPENERS: &str = " The A An In On At By For From With He She It They We I You This That These Those His Her Their Its Our My \
        And But Or Yet So However Meanwhile After Before When While As If Since Because Although Though Despite During \
        There Here What Who Why How Not No Some Many Most All Both Each Several One Two Three Four Five Also According ";
    OPENERS.contains(&format!(" {word} "))
}
