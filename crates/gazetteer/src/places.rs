//! Every place of 500 people or more, the first-level regions and the countries, from GeoNames (CC BY 4.0).
//!
//! `gazetteer/places.index` is compiled in and read where it lies: nothing is parsed or allocated at start-up, and a
//! look-up touches a few pages. `gazetteer/build/places_index.py` writes it. All numbers are little-endian:
//!
//! | section | holds |
//! |---|---|
//! | head | `LEGPLAC1`, then the lengths of the seven sections in bytes (u32 each) |
//! | countries | alpha-3 code, GeoNames identifier (3 bytes), by code |
//! | region offsets, regions | names, each with its length before it |
//! | places | 16 bytes each, the most populous first: GeoNames identifier (3), latitude and longitude (3 each, ten-thousandths of a degree from −90 and −180; all ones: unknown), name (3, offset), country (1), population (1, steps of a tenth), region (2; the highest bit tells a region from a city) |
//! | texts | names of places, each with its length before it; further names in use after `;` |
//! | block offsets, blocks | 16 names each in the order of their letters: length shared with the one before, length of the rest, the rest, count of places four times plus 1 where the name is also a word or a person's and 2 where it is a seat's, places (variable-length, as differences) |

use crate::tokens::plain;
use std::cmp::Ordering;

const INDEX: &[u8] = include_bytes!("../../../gazetteer/places.index");
const HEAD: usize = 8 + 7 * 4;
const PLACE: usize = 16;
const BLOCK: usize = 16;
const UNKNOWN: usize = 0xFF_FFFF;
/// The most words that a name has.
const WORDS: usize = 7;

/// The index of places.
#[derive(Clone, Copy, Debug)]
pub struct Places {
    countries: &'static [u8],
    region_offsets: &'static [u8],
    regions: &'static [u8],
    places: &'static [u8],
    texts: &'static [u8],
    offsets: &'static [u8],
    blocks: &'static [u8],
}

/// A city, town or first-level region.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceEntry {
    /// Usual name.
    pub name: &'static str,
    /// Other names in use, former and contested ones among them, where they are known by hand.
    pub also: Vec<&'static str>,
    /// ISO 3166 alpha-3 code of the state or territory it lies in.
    pub country: &'static str,
    /// The first-level region it lies in (of a region itself: its full name); empty where unknown.
    pub region: &'static str,
    /// Degrees, WGS 84; `None` for regions.
    pub latitude: Option<f64>,
    /// Degrees, WGS 84; `None` for regions.
    pub longitude: Option<f64>,
    /// GeoNames identifier, where known.
    pub geonameid: Option<u64>,
    /// Inhabitants, in steps of ten per cent; of a region those of its cities and towns. 1 where unknown.
    pub population: f64,
    /// Whether it is a region.
    pub is_region: bool,
}

/// What a name leads to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PlacesNamed {
    /// The places of the name, the most populous first.
    pub places: Vec<PlaceEntry>,
    /// Whether the name is also a common word or a person's name: the context has to decide.
    pub doubtful: bool,
    /// Whether it names a building or seat that stands in the first of the places (the White House).
    pub seat: bool,
    /// Number of tokens the name covers.
    pub tokens: usize,
}

impl Places {
    /// The index compiled into the program.
    pub fn embedded() -> Self {
        let mut at = HEAD;
        let mut section = |n: usize| {
            let length = number(INDEX, 8 + 4 * n, 4);
            at += length;
            INDEX.get(at - length..at).unwrap_or_default()
        };
        Self {
            countries: section(0),
            region_offsets: section(1),
            regions: section(2),
            places: section(3),
            texts: section(4),
            offsets: section(5),
            blocks: section(6),
        }
    }

    /// The places of exactly this name, whatever its capitals, marks, hyphens and apostrophes.
    pub fn named(self, name: &str) -> PlacesNamed {
        let tokens: Vec<&str> = name.split_whitespace().collect();
        self.find(&key(&tokens)).map_or_else(PlacesNamed::default, |found| self.read(found, tokens.len()))
    }

    /// The longest name that begins `tokens`, which are words as the text has them; hyphens may be tokens.
    pub fn longest<T: AsRef<str>>(self, tokens: &[T]) -> Option<PlacesNamed> {
        let most = tokens.len().min(2 * WORDS);
        (1..=most).rev().find_map(|n| {
            let last = tokens[n - 1].as_ref();
            if last.chars().all(|c| !c.is_alphanumeric()) {
                return None;
            }
            self.find(&key(&tokens[..n])).map(|found| self.read(found, n))
        })
    }

    /// The GeoNames identifier of a country or territory.
    pub fn country_id(self, code: &str) -> Option<u64> {
        let rows = self.countries.chunks_exact(6);
        rows.into_iter().find(|row| &row[..3] == code.as_bytes()).map(|row| number(row, 3, 3) as u64).filter(|&n| n > 0)
    }

    /// Number of places.
    pub fn len(self) -> usize {
        self.places.len() / PLACE
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.places.is_empty()
    }

    /// Where the entry of a key begins, behind its letters.
    fn find(self, key: &str) -> Option<usize> {
        let count = self.offsets.len() / 4;
        // The last block whose first name is not after the key.
        let (mut low, mut high) = (0, count);
        while low < high {
            let middle = (low + high) / 2;
            let at = number(self.offsets, middle * 4, 4);
            let length = number(self.blocks, at + 1, 1);
            match self.blocks.get(at + 2..at + 2 + length).unwrap_or_default().cmp(key.as_bytes()) {
                Ordering::Greater => high = middle,
                Ordering::Equal | Ordering::Less => low = middle + 1,
            }
        }
        let mut at = number(self.offsets, low.checked_sub(1)? * 4, 4);
        let mut name: Vec<u8> = Vec::with_capacity(32);
        for _ in 0..BLOCK {
            let (shared, rest) = (number(self.blocks, at, 1), number(self.blocks, at + 1, 1));
            name.truncate(shared);
            name.extend_from_slice(self.blocks.get(at + 2..at + 2 + rest)?);
            at += 2 + rest;
            match name.as_slice().cmp(key.as_bytes()) {
                Ordering::Equal => return Some(at),
                Ordering::Greater => return None,
                Ordering::Less => {}
            }
            let head = self.variable(&mut at);
            for _ in 0..head >> 2 {
                self.variable(&mut at);
            }
        }
        None
    }

    fn read(self, mut at: usize, tokens: usize) -> PlacesNamed {
        let head = self.variable(&mut at);
        let mut place = 0;
        let places = (0..head >> 2).filter_map(|_| {
            place += self.variable(&mut at);
            self.place(place)
        });
        PlacesNamed { places: places.collect(), doubtful: head & 1 == 1, seat: head & 2 == 2, tokens }
    }

    fn place(self, n: usize) -> Option<PlaceEntry> {
        let row = self.places.get(n * PLACE..(n + 1) * PLACE)?;
        let degrees = |at: usize, from: f64| {
            let value = number(row, at, 3);
            // Four decimals: the nearest such number, not a sum with its rounding.
            (value != UNKNOWN).then(|| ((value as f64 - from * 10_000.0).round()) / 10_000.0)
        };
        let (country, region) = (number(row, 12, 1), number(row, 14, 2));
        let mut names = string(self.texts, number(row, 9, 3)).split(';');
        let region_at = number(self.region_offsets, (region & 0x7FFF) * 4, 4);
        Some(PlaceEntry {
            name: names.next().unwrap_or_default(),
            also: names.collect(),
            country: std::str::from_utf8(self.countries.get(country * 6..country * 6 + 3)?).unwrap_or_default(),
            region: string(self.regions, region_at),
            latitude: degrees(3, 90.0),
            longitude: degrees(6, 180.0),
            geonameid: Some(number(row, 0, 3) as u64).filter(|&id| id > 0),
            population: (0..number(row, 13, 1)).fold(1.0, |steps, _| steps * 1.1),
            is_region: region & 0x8000 != 0,
        })
    }

    fn variable(self, at: &mut usize) -> usize {
        let (mut value, mut shift) = (0, 0);
        while let Some(&byte) = self.blocks.get(*at) {
            *at += 1;
            value |= usize::from(byte & 127) << shift;
            shift += 7;
            if byte < 128 || shift > 28 {
                break;
            }
        }
        value
    }
}

/// The words as the index has them: small Latin letters without marks, single spaces for hyphens and apostrophes.
fn key<T: AsRef<str>>(tokens: &[T]) -> String {
    let mut key = String::with_capacity(32);
    for token in tokens {
        for c in std::iter::once(' ').chain(plain(token.as_ref())) {
            match c {
                '.' => {}
                ' ' | '-' | '\'' | '`' => {
                    if !key.is_empty() && !key.ends_with(' ') {
                        key.push(' ');
                    }
                }
                c => key.extend(c.to_lowercase()),
            }
        }
    }
    key.truncate(key.trim_end().len());
    key
}

/// The number in so many bytes; 0 past the end.
fn number(bytes: &[u8], at: usize, width: usize) -> usize {
    let Some(part) = bytes.get(at..at + width) else { return 0 };
    part.iter().rev().fold(0, |value, &byte| value << 8 | usize::from(byte))
}

fn string(bytes: &'static [u8], at: usize) -> &'static str {
    let length = number(bytes, at, 1);
    bytes.get(at + 1..at + 1 + length).and_then(|raw| std::str::from_utf8(raw).ok()).unwrap_or_default()
}
