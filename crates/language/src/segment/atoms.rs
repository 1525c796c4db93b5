//! The deterministic first pass: text into atoms, the smallest pieces a token may be made of.
//!
//! An atom is a run of letters, a run of digits, or a punctuation mark (or a run of the same mark, "..." or "--").
//! Tokens are made by joining neighbouring atoms; the only atoms cut out of a run of letters are clitics
//! ("did|n't", "can|not", "gon|na"), listed in `models/segment.words.tsv`.

use super::words::Words;

/// What a piece of text looks like. Letters and digits first, then one kind for each mark.
pub(super) mod kind {
    pub const LOWER: u8 = 1;
    pub const CAPITALISED: u8 = 2;
    pub const INITIAL: u8 = 3;
    pub const CAPITALS: u8 = 4;
    pub const MIXED: u8 = 5;
    pub const CASELESS: u8 = 6;
    pub const DIGITS: u8 = 7;
    // 33..=126 are the ASCII marks themselves.
    pub const OPEN_QUOTE: u8 = 128;
    pub const CLOSE_QUOTE: u8 = 129;
    pub const OPEN_SINGLE: u8 = 130;
    pub const CLOSE_SINGLE: u8 = 131;
    pub const DASH: u8 = 132;
    pub const ELLIPSIS: u8 = 133;
    pub const BULLET: u8 = 134;
    pub const CURRENCY: u8 = 135;
    pub const SYMBOL: u8 = 136;
    pub const EMOJI: u8 = 137;
    /// Added to the kind of a mark that is repeated.
    pub const RUN: u8 = 128;

    /// Letters of any case.
    pub fn is_letters(kind: u8) -> bool {
        (LOWER..=CASELESS).contains(&kind)
    }
}

/// What stands between a piece of text and the one before it.
pub(super) mod gap {
    pub const NONE: u8 = 0;
    pub const SPACE: u8 = 1;
    pub const LINE: u8 = 2;
    /// A line that ends well before the width of its paragraph: the writer ended it on purpose.
    pub const BREAK: u8 = 3;
}

/// A run of letters or digits, or a mark.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Atom {
    pub start: u32,
    pub end: u32,
    /// Hash of the lower-cased letters; digits count by their number, quotes by their function.
    pub hash: u32,
    pub kind: u8,
    pub gap: u8,
    /// What `models/segment.words.tsv` says about the word: see [`Words`].
    pub class: u8,
}

/// Cuts `text[start..end]` into atoms. The range must lie on character boundaries.
pub(super) fn cut(text: &str, start: usize, end: usize, words: &Words, atoms: &mut Vec<Atom>) {
    let bytes = &text.as_bytes()[..end];
    let mut at = start;
    let mut gap = gap::BREAK;
    while at < end {
        let byte = bytes[at];
        if byte.is_ascii_alphabetic() {
            at = letters(text, at, end, gap, words, atoms);
        } else if byte.is_ascii_digit() {
            let from = at;
            while at < end && bytes[at].is_ascii_digit() {
                at += 1;
            }
            // Numbers are alike if they are equally long; a year is a kind of its own.
            let year = at - from == 4 && matches!(&bytes[from..from + 2], b"19" | b"20");
            let hash = mix(0xD161, ((at - from).min(6) + if year { 8 } else { 0 }) as u32);
            atoms.push(Atom { start: from as u32, end: at as u32, hash, kind: kind::DIGITS, gap, class: 0 });
        } else if byte.is_ascii_graphic() {
            let from = at;
            at += 1;
            if matches!(
                byte,
                b'.' | b'-' | b'!' | b'?' | b'*' | b'=' | b'_' | b'~' | b'#' | b'<' | b'>' | b'+' | b'\'' | b'`'
            ) {
                while at < end && bytes[at] == byte {
                    at += 1;
                }
            }
            let run = (at - from).min(4) as u32;
            let normal = if byte == b'`' { b'\'' } else { byte };
            let kind = if run == 1 { byte } else { byte + kind::RUN };
            atoms.push(Atom {
                start: from as u32,
                end: at as u32,
                hash: mix(u32::from(normal), run),
                kind,
                gap,
                class: 0,
            });
        } else if byte < 128 {
            gap = gap.max(if byte == b'\n' { gap::LINE } else { gap::SPACE });
            at += 1;
            continue;
        } else {
            // `at` is always at the start of a character.
            let Some(c) = text[at..end].chars().next() else { break };
            if is_blank(c) {
                gap = gap.max(gap::SPACE);
                at += c.len_utf8();
                continue;
            }
            if is_letter(c) {
                at = letters(text, at, end, gap, words, atoms);
            } else {
                let from = at;
                at += c.len_utf8();
                let (kind, hash) = mark(c);
                atoms.push(Atom { start: from as u32, end: at as u32, hash, kind, gap, class: 0 });
            }
        }
        gap = gap::NONE;
    }
}

/// One run of letters, cut in two where it holds a clitic. Returns where it ends.
fn letters(text: &str, start: usize, end: usize, gap: u8, words: &Words, atoms: &mut Vec<Atom>) -> usize {
    let bytes = &text.as_bytes()[..end];
    let mut at = start;
    let (mut hash, mut upper, mut lower) = (SEED, 0u32, 0u32);
    let mut first_upper = false;
    while at < end {
        let byte = bytes[at];
        if byte.is_ascii_lowercase() {
            hash = mix(hash, u32::from(byte));
            lower += 1;
            at += 1;
        } else if byte.is_ascii_uppercase() {
            hash = mix(hash, u32::from(byte | 32));
            first_upper |= at == start;
            upper += 1;
            at += 1;
        } else if byte >= 128 {
            let Some(c) = text[at..end].chars().next() else { break };
            if !is_letter(c) {
                break;
            }
            if c.is_uppercase() {
                first_upper |= at == start;
                upper += 1;
            } else if c.is_lowercase() {
                lower += 1;
            }
            for folded in c.to_lowercase() {
                hash = mix(hash, folded as u32);
            }
            at += c.len_utf8();
        } else {
            break;
        }
    }
    let kind = match (upper, lower) {
        (0, 0) => kind::CASELESS,
        (0, _) => kind::LOWER,
        (1, 0) => kind::INITIAL,
        (_, 0) => kind::CAPITALS,
        (1, _) if first_upper => kind::CAPITALISED,
        _ => kind::MIXED,
    };
    let entry = words.get(hash);
    let clitic = split_before(bytes, start, at, entry.split as usize);
    if let Some(cut) = clitic.filter(|&cut| cut > start && cut < at && text.is_char_boundary(cut)) {
        let left = fold(&text[start..cut]);
        let right = fold(&text[cut..at]);
        let right_kind = if lower == 0 { kind::CAPITALS } else { kind::LOWER };
        atoms.push(Atom { start: start as u32, end: cut as u32, hash: left, kind, gap, class: 0 });
        atoms.push(Atom { start: cut as u32, end: at as u32, hash: right, kind: right_kind, gap: gap::NONE, class: 0 });
    } else {
        let hash = if entry.shared == 0 { hash } else { entry.shared };
        atoms.push(Atom { start: start as u32, end: at as u32, hash, kind, gap, class: entry.class });
    }
    at
}

/// Where a clitic begins inside the letters `start..at`: before the n of "n't", or as the table has it.
fn split_before(bytes: &[u8], start: usize, at: usize, listed: usize) -> Option<usize> {
    if at - start > 1 && bytes[at - 1] | 32 == b'n' {
        let rest = &bytes[at..];
        let after = match rest {
            [b'\'' | b'`', ..] => Some(1),
            // ’ and ʼ
            [0xE2, 0x80, 0x99 | 0x98, ..] => Some(3),
            [0xCA, 0xBC, ..] => Some(2),
            _ => None,
        };
        if let Some(after) = after {
            let t = rest.get(after).is_some_and(|b| b | 32 == b't');
            let more = rest.get(after + 1).is_some_and(u8::is_ascii_alphanumeric);
            if t && !more {
                return Some(at - 1);
            }
        }
    }
    (listed > 0).then_some(start + listed)
}

/// Kind and hash of a mark outside ASCII.
fn mark(c: char) -> (u8, u32) {
    let as_ascii = |b: u8| mix(u32::from(b), 1);
    match c {
        '“' | '„' | '«' | '‟' => (kind::OPEN_QUOTE, as_ascii(b'"')),
        '”' | '»' => (kind::CLOSE_QUOTE, as_ascii(b'"')),
        '‘' | '‚' | '‛' => (kind::OPEN_SINGLE, as_ascii(b'\'')),
        '’' | '´' | 'ʼ' | '′' => (kind::CLOSE_SINGLE, as_ascii(b'\'')),
        '–' | '—' | '―' | '‒' | '−' | '‐' | '‑' => (kind::DASH, mix(0xDA54, c as u32)),
        '…' => (kind::ELLIPSIS, mix(u32::from(b'.'), 3)),
        '•' | '·' | '●' | '▪' | '■' | '◦' | '►' | '∙' => (kind::BULLET, mix(0xB011, 1)),
        '€' | '£' | '¥' | '₽' | '₹' | '₺' | '₴' | '₼' | '₩' | '₪' => {
            (kind::CURRENCY, mix(u32::from(b'$'), 1))
        }
        c if (c as u32) >= 0x1F000 => (kind::EMOJI, mix(0xE0, 1)),
        c => (kind::SYMBOL, mix(0x51, c as u32)),
    }
}

/// Letters, and the marks and joiners that stand inside words.
fn is_letter(c: char) -> bool {
    if c == 'ʼ' || c == 'ʻ' {
        return false;
    }
    c.is_alphabetic() || ('\u{300}'..='\u{36f}').contains(&c) || c == '\u{ad}' || c == '\u{200c}' || c == '\u{200d}'
}

/// White space, and the invisible characters that stand for it.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{200b}' || c == '\u{feff}' || c == '\u{2060}'
}

pub(super) const SEED: u32 = 0x811C_9DC5;

/// One step of the hash of words and features. Part of the model: another function needs another training.
#[inline(always)]
pub(super) fn mix(hash: u32, value: u32) -> u32 {
    (hash.rotate_left(5) ^ value).wrapping_mul(0x9E37_79B1)
}

/// The hash of a word's lower-cased letters.
pub(super) fn fold(word: &str) -> u32 {
    let mut hash = SEED;
    for c in word.chars() {
        for folded in c.to_lowercase() {
            hash = mix(hash, folded as u32);
        }
    }
    hash
}
