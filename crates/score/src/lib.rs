//! Coded events against gold.
//!
//! This crate knows events only as what a coder puts out: it depends on the vocabulary and not on the coder, so that
//! nobody's inner workings, ours included, can help in being scored. It does no input or output of its own; it reads
//! bytes and gives values.
//!
//! | gold | one record is | scored as |
//! |---|---|---|
//! | PLV (tab-separated) | a sentence with a marked pair, a type and a quad class | one answer a sentence ([`plv`]) |
//! | PETRARCH XML | a sentence with CAMEO triples, or marked as having none | sets of triples ([`sets`]) |
//! | JSON Lines | a text with its events | sets of events ([`sets`]) |
//!
//! What the coder said comes as [`legation_record::Event`]s, as JSON Lines, or as a CSV with a document, a type or CAMEO
//! code, a source and a target ([`coded`]).

mod act;
mod cameo;
mod coded;
mod conventions;
mod gold;
mod measure;
pub mod plv;
pub mod sets;

pub use act::{Act, Party};
pub use cameo::plover_type;
pub use coded::{Coded, coded};
pub use conventions::Conventions;
pub use gold::{Gold, GoldFormat, Record};
pub use measure::{ClassScore, Interval, Ratio, accuracy, bootstrap, macro_f1, per_class, wilson};

/// The answer of a record without an event, and the gold of an event that has no counterpart.
pub const NONE: &str = "–";

/// Why gold or coded events cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// A line or record is not what its format says.
    #[error("{what} {number}: {message}")]
    Record {
        /// `line`, `row`, `record`.
        what: &'static str,
        /// Counted from 1.
        number: usize,
        /// What is wrong.
        message: String,
    },
    /// The file as a whole is not usable.
    #[error("{0}")]
    File(String),
}
