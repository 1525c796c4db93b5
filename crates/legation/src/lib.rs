//! Legation reads the news and codes political events, each with the words that say so.
//!
//! This crate is the façade: the one place where the spine is assembled, and what other programs depend on.
//!
//! ```text
//! bytes ─ text ─▶ Document ─ language ─▶ Sentences ─ coder ─▶ Events ─ store ─▶ Occurrences ─ analysis ─▶ answers
//! ```
//!
//! ```no_run
//! use legation::{Legation, Options, text};
//!
//! let legation = Legation::new(&Options::default())?;
//! for reading in text::read_paths(&["examples".into()], &text::Options::default()) {
//!     if let text::Reading::Document(document, _) = reading {
//!         for event in legation.code(&document).coding.events {
//!             println!("{} {}", event.event_type, event.evidence.trigger.text);
//!         }
//!     }
//! }
//! # Ok::<(), legation::Error>(())
//! ```
//!
//! [`Legation::code_all`] does the same with several threads, in the order of the input and with bounded memory.

mod checking;
mod engine;
mod facts;
mod history;
mod importing;
mod pipeline;
mod recording;
mod world;

pub use checking::claims_of;
pub use engine::{Coded, Error, Legation, Options};
pub use facts::{AboutFacts, FactError, export_facts, import_facts};
pub use history::{STANDARD, history};
pub use importing::{FIELDS, ICEWS, Importer};
pub use pipeline::Outcome;
pub use recording::{Known, Recorder, stamp};
pub use world::{WORLD, history_of_facts, world, world_history};

pub use legation_analysis as analysis;
pub use legation_claims as claims;
pub use legation_coder as coder;
pub use legation_columns as columns;
pub use legation_gazetteer as gazetteer;
pub use legation_language::conllu;
pub use legation_record as record;
pub use legation_store as store;
pub use legation_text as text;
