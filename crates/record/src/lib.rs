//! The vocabulary of Legation. Every other crate speaks in these types; this one does no input or output.
//!
//! All positions are UTF-8 byte offsets into the immutable text of a [`Document`]:
//! `&document.text[span] == quote` holds before and after storage.

mod document;
mod event;
mod number;
mod ontology;
mod sentence;
mod span;
mod tree;

pub use document::{Dateline, Diagnostic, Document};
pub use event::{
    Antecedent, Attribution, Count, DocumentRef, Event, EventDate, Evidence, Magnitude, Participant, Place, Precision,
    Quote, Side, Size, Status,
};
pub use number::ordinal;
pub use ontology::{EventType, QuadClass};
pub use sentence::{EntityKind, EntityTag, Relation, Sentence, Token, Upos};
pub use span::Span;
pub use tree::Tree;
