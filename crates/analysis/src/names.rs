//! Strings kept once, by number.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Strings by number; number 0 is the empty string.
#[derive(Debug)]
pub(crate) struct Names {
    text: String,
    ends: Vec<u32>,
    found: HashMap<Box<str>, u32, BuildHasherDefault<Fnv>>,
}

impl Default for Names {
    fn default() -> Self {
        Self { text: String::new(), ends: vec![0], found: HashMap::default() }
    }
}

impl Names {
    /// The number of a string.
    pub fn number(&mut self, name: &str) -> u32 {
        if name.is_empty() {
            return 0;
        }
        if let Some(number) = self.found.get(name) {
            return *number;
        }
        let number = self.push(name);
        self.found.insert(name.into(), number);
        number
    }

    /// Keeps a string that is likely to be the only one of its kind.
    pub fn push(&mut self, name: &str) -> u32 {
        if name.is_empty() {
            return 0;
        }
        self.text.push_str(name);
        self.ends.push(self.text.len() as u32);
        self.ends.len() as u32 - 1
    }

    /// The string of a number; empty for a number that was never given.
    pub fn get(&self, number: u32) -> &str {
        let end = self.ends.get(number as usize).copied().unwrap_or(0) as usize;
        let start = number.checked_sub(1).and_then(|n| self.ends.get(n as usize)).copied().unwrap_or(0) as usize;
        self.text.get(start..end).unwrap_or_default()
    }

    /// The number of a string that is there.
    pub fn find(&self, name: &str) -> Option<u32> {
        self.found.get(name).copied()
    }

    /// How many there are, the empty one included.
    pub fn len(&self) -> usize {
        self.ends.len()
    }
}

/// FNV-1a, taken by words of eight bytes: short keys, and no defence needed against chosen ones.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn write(&mut self, bytes: &[u8]) {
        let mut take = |word: u64| self.0 = (self.0 ^ word).wrapping_mul(0x0100_0000_01b3).rotate_left(29);
        let chunks = bytes.chunks_exact(8);
        let rest = chunks.remainder();
        for chunk in chunks {
            take(chunk.iter().fold(0, |word, byte| word << 8 | u64::from(*byte)));
        }
        for byte in rest {
            take(u64::from(*byte));
        }
    }

    fn finish(&self) -> u64 {
        let hash = (self.0 ^ self.0 >> 33).wrapping_mul(0xff51_afd7_ed55_8ccd);
        hash ^ hash >> 33
    }
}
