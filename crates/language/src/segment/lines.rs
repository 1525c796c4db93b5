//! Paragraphs and lines: which line ends mean something.

use super::atoms::{Atom, gap, kind};

/// The end of the paragraph that begins at `at`: behind the next blank line, or the end of the text.
pub(super) fn paragraph_end(bytes: &[u8], at: usize) -> usize {
    let mut i = at;
    let mut text = false;
    while i < bytes.len() {
        if bytes[i] == b'\n' && text {
            let mut next = i + 1;
            while next < bytes.len() && matches!(bytes[next], b' ' | b'\t' | b'\r') {
                next += 1;
            }
            if next < bytes.len() && bytes[next] == b'\n' {
                return next + 1;
            }
        }
        // A paragraph is not over before it holds something.
        text |= !bytes[i].is_ascii_whitespace();
        i += 1;
    }
    bytes.len()
}

/// Lines longer than this are not wrapped: each is a paragraph of its own.
const WRAPPED: u32 = 120;

/// Finds the line ends that part sentences: before an item of a list, and after a line that had room for the next
/// word. In wrapped text all other line ends are mere spaces.
pub(super) fn mark_breaks(atoms: &mut [Atom]) {
    if !atoms.iter().any(|atom| atom.gap == gap::LINE) {
        return;
    }
    let mut width = 0;
    let mut start = atoms[0].start;
    for i in 1..=atoms.len() {
        if i == atoms.len() || atoms[i].gap == gap::LINE {
            width = width.max(atoms[i - 1].end - start);
            start = atoms.get(i).map_or(start, |atom| atom.start);
        }
    }
    let mut start = atoms[0].start;
    for i in 1..atoms.len() {
        if atoms[i].gap != gap::LINE {
            continue;
        }
        let previous = atoms[i - 1];
        let word_end = atoms[i..].iter().skip(1).take_while(|atom| atom.gap == gap::NONE).count() + i;
        let needed = previous.end - start + 1 + (atoms[word_end].end - atoms[i].start) + width / 8;
        // "… of the U.S." may end a line: whether a sentence goes on in lower case is left to the classifier.
        let goes_on = atoms[i].kind == kind::LOWER && !matches!(previous.kind, b':' | b';');
        if begins_item(&atoms[i..]) || !goes_on && (width > WRAPPED || needed < width) {
            atoms[i].gap = gap::BREAK;
        }
        start = atoms[i].start;
    }
}

/// A bullet, or a number with a full stop or bracket.
fn begins_item(atoms: &[Atom]) -> bool {
    let after = |i: usize| atoms.get(i).map_or(gap::NONE, |atom| atom.gap);
    match atoms[0].kind {
        kind::BULLET => true,
        b'*' | b'-' | kind::DASH => after(1) != gap::NONE,
        kind::DIGITS => {
            atoms.get(1).is_some_and(|a| matches!(a.kind, b'.' | b')') && a.gap == gap::NONE) && after(2) != gap::NONE
        }
        _ => false,
    }
}
