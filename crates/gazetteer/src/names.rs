use crate::tokens::{hash, name_tokens, same, same_in_capitals};

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

/// An index from token sequences to entry numbers: an open-addressing table over the hash of the first token; the names
/// that share it stand in a chain and are compared.
#[derive(Debug)]
pub struct Names {
    slots: Vec<Slot>,
    records: Vec<Record>,
    used: usize,
}

/// The hash of a first token, and the number of the last name that begins with it, plus one; 0 where the slot is free.
#[derive(Clone, Copy, Debug)]
struct Slot {
    hash: u32,
    record: u32,
}

#[derive(Clone, Copy, Debug)]
struct Record {
    name: &'static str,
    entry: u32,
    /// The next name of the chain, plus one.
    next: u32,
    /// Hash of the second token; 0 where the name has one token.
    second: u32,
}

impl Names {
    /// An empty index with room for about `names` names.
    pub fn with_capacity(names: usize) -> Self {
        let slots = names.next_power_of_two().max(64);
        Self { slots: vec![Slot { hash: 0, record: 0 }; slots], records: Vec::with_capacity(names), used: 0 }
    }

    /// Adds a name for an entry.
    pub fn insert(&mut self, name: &'static str, entry: u32) {
        let mut tokens = name_tokens(name);
        let Some(first) = tokens.next() else { return };
        if self.used * 4 > self.slots.len() * 3 {
            self.grow();
        }
        let hash = hash(first);
        let at = self.probe(hash);
        let next = self.slots[at].record;
        self.used += usize::from(next == 0);
        self.records.push(Record { name, entry, next, second: tokens.next().map_or(0, self::hash) });
        self.slots[at] = Slot { hash, record: self.records.len() as u32 };
    }

    /// The longest name that begins the tokens: its length, whether only in capitals, and the entry numbers.
    pub fn longest<T: AsRef<str>>(&self, tokens: &[T]) -> Option<(usize, bool, Vec<u32>)> {
        let first = hash(tokens.first()?.as_ref());
        let mut at = self.slots[self.probe(first)].record;
        let second = if at == 0 { 0 } else { tokens.get(1).map_or(0, |token| hash(token.as_ref())) };
        let mut best: Option<(usize, bool, Vec<u32>)> = None;
        while at != 0 {
            let record = &self.records[at as usize - 1];
            at = record.next;
            if record.second != 0 && record.second != second {
                continue;
            }
            let Some((length, capitals)) = spelled(tokens, record.name) else { continue };
            match &mut best {
                Some((l, c, found)) if *l == length && *c == capitals => found.push(record.entry),
                Some((l, c, _)) if *l > length || (*l == length && !*c) => {}
                _ => best = Some((length, capitals, vec![record.entry])),
            }
        }
        if let Some((_, _, found)) = &mut best {
            found.sort_unstable();
            found.dedup();
        }
        best
    }

    /// The entries of exactly this name.
    pub fn exact(&self, name: &str) -> Vec<u32> {
        let tokens: Vec<&str> = name_tokens(name).collect();
        match self.longest(&tokens) {
            Some((length, _, found)) if length == tokens.len() => found,
            _ => Vec::new(),
        }
    }

    /// Every name with its entry number, in the order they were added.
    pub fn all(&self) -> impl Iterator<Item = (&'static str, u32)> {
        self.records.iter().map(|record| (record.name, record.entry))
    }

    /// The slot of a hash, or the free one where it would go.
    fn probe(&self, hash: u32) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        while self.slots[at].record != 0 && self.slots[at].hash != hash {
            at = (at + 1) & mask;
        }
        at
    }

    fn grow(&mut self) {
        let size = self.slots.len() * 2;
        let old = std::mem::replace(&mut self.slots, vec![Slot { hash: 0, record: 0 }; size]);
        for slot in old.into_iter().filter(|slot| slot.record != 0) {
            let at = self.probe(slot.hash);
            self.slots[at] = slot;
        }
    }
}

/// Whether the tokens begin with the name: its length in tokens, and whether only as a heading in capitals spells it.
fn spelled<T: AsRef<str>>(tokens: &[T], name: &str) -> Option<(usize, bool)> {
    const FEWEST_LETTERS: usize = 4;
    let mut length = 0;
    let mut capitals = false;
    for part in name_tokens(name) {
        let token = tokens.get(length)?.as_ref();
        if !same(token, part) {
            if !same_in_capitals(token, part) {
                return None;
            }
            capitals = true;
        }
        length += 1;
    }
    let text = tokens[..length].iter().flat_map(|token| token.as_ref().chars());
    if capitals && (text.clone().any(char::is_lowercase) || text.filter(|c| c.is_alphabetic()).count() < FEWEST_LETTERS)
    {
        return None;
    }
    Some((length, capitals))
}
