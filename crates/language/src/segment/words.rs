//! The word table: clitics written inside a run of letters, and classes of abbreviations.

use super::atoms::fold;

/// What the table says about a word.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Entry {
    hash: u32,
    /// Class of abbreviation, from 1; 0 where the word is none.
    pub class: u8,
    /// The hash that all words of a class share whose name ends in "=": "Ms" counts as "Mr"; else 0.
    pub shared: u32,
    /// Bytes before the clitic; 0 where there is none.
    pub split: u8,
}

/// The first class, known by name: endings of web addresses.
const DOMAIN: &str = "domain";
pub(super) const DOMAIN_CLASS: u8 = 1;

/// Lookup by the hash of the lower-cased letters. Open addressing; built once from the embedded table.
#[derive(Clone, Debug)]
pub(super) struct Words {
    slots: Vec<Entry>,
    count: usize,
}

const SLOTS: usize = 4096;

impl Words {
    /// Reads lines of `word TAB class`, or `first|second TAB split`; `#` begins a comment.
    pub(super) fn parse(table: &str) -> Self {
        let mut words = Self { slots: vec![Entry::default(); SLOTS], count: 0 };
        let mut classes: Vec<&str> = vec![DOMAIN];
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            let Some((word, class)) = line.split_once('\t') else { continue };
            let entry = if let Some((left, right)) = word.split_once('|') {
                Entry { hash: fold(&format!("{left}{right}")), class: 0, shared: 0, split: left.len() as u8 }
            } else {
                let index = classes.iter().position(|known| *known == class).unwrap_or_else(|| {
                    classes.push(class);
                    classes.len() - 1
                });
                let shared = if class.ends_with('=') { fold(class) } else { 0 };
                Entry { hash: fold(word), class: index as u8 + 1, shared, split: 0 }
            };
            words.insert(entry);
        }
        words
    }

    fn insert(&mut self, entry: Entry) {
        // The table stays at most half full: a lookup always finds an empty slot.
        if self.count == SLOTS / 2 {
            return;
        }
        self.count += 1;
        let mut slot = Self::slot(entry.hash);
        while self.slots[slot].hash != 0 && self.slots[slot].hash != entry.hash {
            slot = (slot + 1) & (SLOTS - 1);
        }
        self.slots[slot] = entry;
    }

    /// The entry of a word, empty where the table has none.
    #[inline]
    pub(super) fn get(&self, hash: u32) -> Entry {
        let mut slot = Self::slot(hash);
        loop {
            let entry = self.slots[slot];
            if entry.hash == hash {
                return entry;
            }
            if entry.hash == 0 {
                return Entry::default();
            }
            slot = (slot + 1) & (SLOTS - 1);
        }
    }

    fn slot(hash: u32) -> usize {
        (hash >> 20) as usize
    }
}
