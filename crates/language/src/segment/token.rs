//! Atoms into tokens: at every place where two atoms touch, the classifier joins them or parts them.

use super::Judge;
use super::atoms::{Atom, gap, kind, mix};
use super::words::DOMAIN_CLASS;
use std::ops::Range;

/// Features of one place where two atoms touch.
pub(super) const FEATURES: usize = 38;

/// A syntactic word with what the sentence splitter needs to know of it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Token {
    pub start: u32,
    pub end: u32,
    pub hash: u32,
    pub kind: u8,
    pub gap: u8,
    pub class: u8,
    /// The next word belongs to the same orthographic token.
    pub joined: bool,
    /// A sentence ends here.
    pub last: bool,
}

/// Kinds of tokens made of several atoms; single atoms keep their own kind.
pub(super) mod compound {
    /// Letters and a final full stop: "Mr.", "etc.".
    pub const ABBREVIATION: u8 = 16;
    /// Single letters with full stops: "U.S.", "a.m.".
    pub const LETTERS: u8 = 17;
    pub const INITIAL: u8 = 18;
    /// Begins with a digit.
    pub const NUMBER: u8 = 19;
    pub const ADDRESS: u8 = 20;
    pub const WORD_LOWER: u8 = 21;
    pub const WORD_UPPER: u8 = 22;
    pub const CLITIC: u8 = 23;
    pub const OTHER: u8 = 24;
}

/// What happens between two atoms that touch.
pub(super) mod choice {
    pub const JOIN: usize = 0;
    pub const SPLIT: usize = 1;
    /// Two syntactic words of one orthographic token.
    pub const CLITIC: usize = 2;
}

/// Joins `atoms` into tokens.
pub(super) fn join(text: &str, atoms: &[Atom], judge: &mut impl Judge, tokens: &mut Vec<Token>) {
    let mut first = 0;
    while first < atoms.len() {
        let mut last = first + 1;
        while last < atoms.len() && atoms[last].gap == gap::NONE {
            last += 1;
        }
        if last == first + 1 {
            tokens.push(token(text, &atoms[first..last], false));
        } else {
            chunk(text, atoms, first, last, judge, tokens);
        }
        first = last;
    }
}

/// One stretch without white space.
fn chunk(text: &str, atoms: &[Atom], first: usize, last: usize, judge: &mut impl Judge, tokens: &mut Vec<Token>) {
    let view = View::new(text, atoms, first, last);
    let mut start = first;
    let mut so_far = mix(0, atoms[first].hash);
    let mut so_far_kinds = mix(0, u32::from(atoms[first].kind));
    let mut previous = choice::SPLIT;
    let mut address = view.address(first);
    for i in first + 1..last {
        if i > address.end {
            address = view.address(i);
        }
        let chosen = if i > address.start && i < address.end {
            choice::JOIN
        } else if i == address.start || i == address.end {
            choice::SPLIT
        } else {
            judge.token(&view.features(i, start, so_far, so_far_kinds, previous), atoms[i].start)
        };
        if chosen == choice::JOIN {
            so_far = mix(so_far, atoms[i].hash);
            so_far_kinds = mix(so_far_kinds, u32::from(atoms[i].kind));
        } else {
            tokens.push(token(text, &atoms[start..i], chosen == choice::CLITIC));
            start = i;
            so_far = mix(0, atoms[i].hash);
            so_far_kinds = mix(0, u32::from(atoms[i].kind));
        }
        previous = chosen;
    }
    tokens.push(token(text, &atoms[start..last], false));
}

/// The atoms around a place, and what is known of the whole chunk.
struct View<'a> {
    bytes: &'a [u8],
    atoms: &'a [Atom],
    first: usize,
    last: usize,
    whole: u32,
    kinds: u32,
    marks: u32,
    /// The last letters of the chunk: "com", "pdf".
    final_word: u32,
}

impl<'a> View<'a> {
    fn new(text: &'a str, atoms: &'a [Atom], first: usize, last: usize) -> Self {
        // A chunk longer than this is no word; its head is enough to know it by.
        let head = &atoms[first..last.min(first + 24)];
        let (mut whole, mut kinds, mut marks) = (1, 1, 0);
        for (i, atom) in head.iter().enumerate() {
            whole = mix(whole, atom.hash);
            kinds = mix(kinds, u32::from(atom.kind));
            marks |= match atom.kind {
                b'@' => 1,
                b':' if head.get(i + 1).is_some_and(|a| a.kind == b'/') => 2,
                b'/' => 4,
                b'_' | b'=' | b'&' | b'%' => 8,
                b'-' => 16,
                kind::DIGITS => 32,
                b'.' if head.get(i + 1).is_some_and(|a| a.class == DOMAIN_CLASS) => 64,
                _ => 0,
            };
        }
        let tail = atoms[first..last].iter().rev().take(4).find(|atom| kind::is_letters(atom.kind));
        let final_word = tail.map_or(0, |atom| atom.hash);
        Self { bytes: text.as_bytes(), atoms, first, last, whole, kinds, marks, final_word }
    }

    /// The next web or mail address from atom `from` on; an empty range behind the chunk where there is none.
    fn address(&self, from: usize) -> Range<usize> {
        let none = usize::MAX..usize::MAX;
        if self.marks & (1 | 2 | 64) == 0 {
            return none;
        }
        let atoms = &self.atoms[..self.last];
        let is = |i: usize, wanted: u8| atoms.get(i).is_some_and(|atom| atom.kind == wanted);
        let name = |kind: u8| kind::is_letters(kind) || matches!(kind, kind::DIGITS | b'.' | b'-' | b'_' | b'+');
        for i in from..self.last {
            if is(i, b'@') && i > from && i + 1 < self.last && name(atoms[i - 1].kind) && name(atoms[i + 1].kind) {
                let long = |atom: &&Atom| name(atom.kind) || atom.kind == b'.' + kind::RUN;
                let start = i - atoms[from..i].iter().rev().take_while(long).count();
                let mut end = i + 1 + atoms[i + 1..].iter().take_while(|atom| name(atom.kind)).count();
                while matches!(atoms[end - 1].kind, b'.' | b'-') {
                    end -= 1;
                }
                return start..end;
            }
            if is(i, b'.')
                && i > from
                && name(atoms[i - 1].kind)
                && atoms.get(i + 1).is_some_and(|a| a.class == DOMAIN_CLASS)
            {
                let start = i - atoms[from..i].iter().rev().take_while(|atom| name(atom.kind)).count();
                let mut end = i + 1 + atoms[i + 1..].iter().take_while(|atom| name(atom.kind)).count();
                while matches!(atoms[end - 1].kind, b'.' | b'-') {
                    end -= 1;
                }
                // A mail address or a web address with its scheme is longer and found by its own mark.
                let within_longer = is(end, b'@') || start >= 2 && is(start - 1, b'/') && is(start - 2, b'/');
                if !within_longer {
                    return start..end;
                }
            }
            if is(i, b':') && is(i + 1, b'/') && is(i + 2, b'/') && i > from && kind::is_letters(atoms[i - 1].kind) {
                let stops = |kind: u8| matches!(kind, b'<' | b'>' | b'"' | b')' | b']' | b'|' | kind::CLOSE_QUOTE);
                let mut end = i + 1 + atoms[i + 1..].iter().take_while(|atom| !stops(atom.kind)).count();
                while matches!(atoms[end - 1].kind, b'.' | b',' | b';' | b':' | b'!' | b'?' | b'\'') {
                    end -= 1;
                }
                return i - 1..end;
            }
        }
        none
    }

    /// The atom at `i`, empty outside the chunk.
    fn inside(&self, i: isize) -> Atom {
        if i >= self.first as isize && i < self.last as isize { self.atoms[i as usize] } else { Atom::default() }
    }

    fn features(&self, i: usize, start: usize, so_far: u32, so_far_kinds: u32, previous: usize) -> [u32; FEATURES] {
        let at = i as isize;
        let [l3, l2, l, r, r2, r3] = [-3, -2, -1, 0, 1, 2].map(|d| self.inside(at + d));
        let before = self.first.checked_sub(1).map_or(Atom::default(), |i| self.atoms[i]);
        let next = self.atoms.get(self.last).copied().unwrap_or_default();
        let after_next = self.atoms.get(self.last + 1).copied().unwrap_or_default();
        let k = |atom: Atom| u32::from(atom.kind);
        let kk = k(l) << 8 | k(r);
        let ends = u32::from(i + 1 == self.last);
        let begins = u32::from(i == self.first + 1);
        let next_kind = if ends == 1 { k(next) + 1 } else { 0 };
        let left = (i - self.first).min(6) as u32;
        let right = (self.last - i).min(6) as u32;
        let lengths = (l.end - l.start).min(6) << 4 | (r.end - r.start).min(6);
        let rest = self.atoms[i..self.last.min(i + 6)].iter().fold(2, |hash, atom| mix(hash, atom.hash));
        let class = u32::from(l.class);
        let previous = previous as u32;
        let mut f = Features::new();
        f.add(&[0]);
        f.add(&[l.hash, r.hash]);
        f.add(&[l.hash]);
        f.add(&[r.hash]);
        f.add(&[kk]);
        f.add(&[k(l2), kk]);
        f.add(&[kk, k(r2)]);
        f.add(&[k(l2), kk, k(r2)]);
        f.add(&[k(l3), k(l2), kk, k(r2), k(r3)]);
        f.add(&[l2.hash, l.hash, k(r)]);
        f.add(&[k(l), r.hash, r2.hash]);
        f.add(&[l2.hash, l.hash, r.hash]);
        f.add(&[l.hash, r.hash, r2.hash]);
        f.add(&[so_far, r.hash]);
        f.add(&[so_far, k(r)]);
        f.add(&[so_far, r.hash, next_kind]);
        f.add(&[kk, next_kind]);
        f.add(&[l.hash, k(r), next_kind]);
        f.add(&[kk, ends, next.hash]);
        f.add(&[self.whole, left]);
        f.add(&[begins, before.hash, kk]);
        f.add(&[rest, k(l)]);
        f.add(&[lengths, kk]);
        f.add(&[self.marks, kk]);
        f.add(&[self.head(r), k(l)]);
        f.add(&[self.tail(l), k(r)]);
        f.add(&[previous, kk]);
        f.add(&[so_far_kinds, k(r), k(r2)]);
        f.add(&[self.kinds, left]);
        f.add(&[class, k(r), next_kind]);
        f.add(&[class, kk, ends, next.hash]);
        f.add(&[kk, next_kind, k(after_next), lengths]);
        f.add(&[left, right, kk]);
        f.add(&[l.hash, r.hash, before.hash]);
        f.add(&[l.hash, r.hash, next.hash]);
        f.add(&[(i - start).min(5) as u32, kk, previous]);
        f.add(&[self.final_word, kk]);
        f.add(&[self.final_word, k(l2), k(r2), kk]);
        f.hashes
    }

    /// The first three bytes of an atom, lower-cased.
    fn head(&self, atom: Atom) -> u32 {
        let bytes = &self.bytes[atom.start as usize..atom.end as usize];
        bytes.iter().take(3).fold(3, |hash, &b| mix(hash, u32::from(b.to_ascii_lowercase())))
    }

    /// The last three bytes of an atom, lower-cased.
    fn tail(&self, atom: Atom) -> u32 {
        let bytes = &self.bytes[atom.start as usize..atom.end as usize];
        bytes.iter().rev().take(3).fold(4, |hash, &b| mix(hash, u32::from(b.to_ascii_lowercase())))
    }
}

/// Feature hashes in the order they are added; the place in the order is part of each hash.
pub(super) struct Features<const N: usize> {
    pub hashes: [u32; N],
    count: usize,
}

impl<const N: usize> Features<N> {
    pub(super) fn new() -> Self {
        Self { hashes: [0; N], count: 0 }
    }

    #[inline(always)]
    pub(super) fn add(&mut self, parts: &[u32]) {
        let mut hash = mix(0x5EED, self.count as u32);
        for &part in parts {
            hash = mix(hash, part);
        }
        hash ^= hash >> 15;
        hash = hash.wrapping_mul(0x85EB_CA6B);
        self.hashes[self.count] = hash ^ hash >> 13;
        self.count += 1;
    }
}

/// The token that a run of atoms makes.
fn token(text: &str, atoms: &[Atom], joined: bool) -> Token {
    let (first, last) = (atoms[0], atoms[atoms.len() - 1]);
    let base = Token {
        start: first.start,
        end: last.end,
        hash: first.hash,
        kind: first.kind,
        gap: first.gap,
        class: first.class,
        joined,
        last: false,
    };
    if atoms.len() == 1 {
        return base;
    }
    let hash = atoms.iter().take(12).fold(7, |hash, atom| mix(hash, atom.hash));
    let dotted = last.kind == b'.';
    let kind = match first.kind {
        _ if atoms
            .iter()
            .take(12)
            .any(|a| matches!(a.kind, b'@' | b'/') || a.kind == b':' && first.kind != kind::DIGITS) =>
        {
            compound::ADDRESS
        }
        kind::INITIAL if dotted && atoms.len() == 2 => compound::INITIAL,
        first if dotted && kind::is_letters(first) && atoms.len() > 2 => compound::LETTERS,
        first if dotted && kind::is_letters(first) => compound::ABBREVIATION,
        kind::DIGITS => compound::NUMBER,
        b'\'' | kind::CLOSE_SINGLE | kind::OPEN_SINGLE => compound::CLITIC,
        kind::LOWER => {
            let bytes = &text.as_bytes()[first.start as usize..last.end as usize];
            if bytes[0] | 32 == b'n' && atoms[1].end - atoms[1].start <= 3 && !kind::is_letters(atoms[1].kind) {
                compound::CLITIC
            } else {
                compound::WORD_LOWER
            }
        }
        first if kind::is_letters(first) => compound::WORD_UPPER,
        _ => compound::OTHER,
    };
    Token { hash, kind, ..base }
}
