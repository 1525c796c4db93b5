//! Sentences, codebook and gazetteer to coded events.
//!
//! Coding cannot fail: any sentence gives a value and diagnostics. An event is put out when a rule of the codebook
//! matches and at least one participant is found; each carries its words, and the explanation of why it was coded.

mod about;
mod account;
mod aside;
mod clause;
mod code;
mod codebook;
mod confidence;
mod content;
mod dating;
mod expectation;
mod happening;
mod label;
mod matcher;
mod memory;
mod mention;
mod place;
mod quantity;
mod sides;
mod size;
mod status;
mod tense;
pub mod when;

pub use account::{Account, Match, Mention, Miss, Trigger};
pub use code::{Coder, Coding, Explanation, Step};
pub use codebook::{Codebook, CodebookError, Example, TypeSheet};
pub use confidence::NAMES as CONFIDENCE_FEATURES;
pub use expectation::{Expectation, unmet};
pub use mention::Link;
