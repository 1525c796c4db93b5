use crate::tokens::{SEED, chain, name_tokens, same, same_in_capitals};

/// A name found at the start of a token sequence.
#[derive(Clone, Debug, PartialEq)]
pub struct Match<'a, E> {
    /// Number of tokens the name covers.
    pub tokens: usize,
    /// Whether it matched only as a heading in capitals spells it.
    pub capitals: bool,
    /// What it may mean, in the order of the tables: states before territories, organisations, groups, persons, places.
    pub entries: Vec<&'a E>,
}

/// An index from token sequences to entry numbers: one open-addressing table over chained token hashes. Every prefix of
/// a name has its slot, so that a lookup stops at the first token no name goes on with.
#[derive(Debug)]
pub struct Names {
    slots: Vec<Slot>,
    records: Vec<Record>,
    used: usize,
}

/// Half of the hash, to tell sequences apart (two that share it are told apart by their records), and the first record
/// of the chain of names that end here, plus one.
#[derive(Clone, Copy, Debug)]
struct Slot {
    tag: u32,
    record: u32,
}

/// A slot that nothing uses.
const EMPTY: Slot = Slot { tag: 0, record: u32::MAX };
/// The record of a sequence that only begins names.
const PREFIX: u32 = 0;

#[derive(Clone, Copy, Debug)]
struct Record {
    name: &'static str,
    entry: u32,
    next: u32,
}

impl Names {
    /// An empty index with room for about `names` names.
    pub fn with_capacity(names: usize) -> Self {
        let slots = (names * 2).next_power_of_two().max(64);
        Self { slots: vec![EMPTY; slots], records: Vec::with_capacity(names), used: 0 }
    }

    /// Adds a name for an entry.
    pub fn insert(&mut self, name: &'static str, entry: u32) {
        let mut hash = SEED;
        let mut at = None;
        for token in name_tokens(name) {
            hash = chain(hash, token);
            at = Some(self.slot_for(hash));
        }
        let Some(at) = at else { return };
        self.records.push(Record { name, entry, next: self.slots[at].record });
        self.slots[at].record = self.records.len() as u32;
    }

    /// The longest name that begins the tokens: its length, whether only in capitals, and the entry numbers.
    pub fn longest<T: AsRef<str>>(&self, tokens: &[T]) -> Option<(usize, bool, Vec<u32>)> {
        let mut best = None;
        let mut hash = SEED;
        for (i, token) in tokens.iter().enumerate() {
            hash = chain(hash, token.as_ref());
            let Some(slot) = self.find(hash) else { break };
            if slot.record != PREFIX
                && let Some((capitals, entries)) = self.verify(slot.record, &tokens[..=i])
            {
                best = Some((i + 1, capitals, entries));
            }
        }
        best
    }

    /// The entries of exactly this name.
    pub fn exact(&self, name: &str) -> Vec<u32> {
        let tokens: Vec<&str> = name_tokens(name).collect();
        let hash = tokens.iter().fold(SEED, |hash, token| chain(hash, token));
        let found =
            self.find(hash).filter(|slot| slot.record != PREFIX).and_then(|slot| self.verify(slot.record, &tokens));
        found.map(|(_, entries)| entries).unwrap_or_default()
    }

    // Names of one slot differ at most in case and diacritics (or, hardly ever, by accident of the hash).
    fn verify<T: AsRef<str>>(&self, first: u32, tokens: &[T]) -> Option<(bool, Vec<u32>)> {
        let mut exact = Vec::new();
        let mut capitals = Vec::new();
        let mut at = first;
        while at != 0 {
            let record = self.records[at as usize - 1];
            let spelled = |test: fn(&str, &str) -> bool| {
                let mut name = name_tokens(record.name);
                tokens.iter().all(|token| name.next().is_some_and(|part| test(token.as_ref(), part)))
                    && name.next().is_none()
            };
            if spelled(same) {
                exact.push(record.entry);
            } else if tokens.iter().map(|t| t.as_ref().chars().filter(|c| c.is_alphabetic()).count()).sum::<usize>()
                >= 4
                && spelled(same_in_capitals)
            {
                capitals.push(record.entry);
            }
            at = record.next;
        }
        for list in [&mut exact, &mut capitals] {
            list.sort_unstable();
            list.dedup();
        }
        match (exact.is_empty(), capitals.is_empty()) {
            (false, _) => Some((false, exact)),
            (true, false) => Some((true, capitals)),
            (true, true) => None,
        }
    }

    fn find(&self, hash: u64) -> Option<Slot> {
        let slot = self.slots[self.probe(hash)];
        (slot.record != EMPTY.record).then_some(slot)
    }

    /// The slot of a hash, or the empty one where it would go.
    fn probe(&self, hash: u64) -> usize {
        let (tag, mask) = (tag(hash), self.slots.len() - 1);
        let mut at = tag as usize & mask;
        while self.slots[at].record != EMPTY.record && self.slots[at].tag != tag {
            at = (at + 1) & mask;
        }
        at
    }

    fn slot_for(&mut self, hash: u64) -> usize {
        if self.used * 4 > self.slots.len() * 3 {
            self.grow();
        }
        let at = self.probe(hash);
        if self.slots[at].record == EMPTY.record {
            self.slots[at] = Slot { tag: tag(hash), record: PREFIX };
            self.used += 1;
        }
        at
    }

    fn grow(&mut self) {
        let size = self.slots.len() * 2;
        let old = std::mem::replace(&mut self.slots, vec![EMPTY; size]);
        for slot in old.into_iter().filter(|slot| slot.record != EMPTY.record) {
            let mut at = slot.tag as usize & (size - 1);
            while self.slots[at].record != EMPTY.record {
                at = (at + 1) & (size - 1);
            }
            self.slots[at] = slot;
        }
    }
}

// FNV's low bits are its weak ones.
fn tag(hash: u64) -> u32 {
    (hash ^ (hash >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29) as u32
}
