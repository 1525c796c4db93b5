//! The record: documents, reports and occurrences in one SQLite file that any tool opens.
//!
//! This crate is the only one that writes a record. What holds for every record:
//!
//! - A batch is in it whole or not at all, and on the disk when the call returns.
//! - Rows are not changed or removed; what takes their place supersedes them. Every question can be asked of the record as
//!   it stood after any batch.
//! - Adding the same document again changes nothing.
//! - Which reports are one occurrence depends on the reports and on what persons decided, not on the order they came in.
//! - Each batch is vouched for by hashes, which [`Record::verify`] computes again.

mod add;
mod batch;
mod copies;
mod correct;
mod coverage;
mod dates;
mod error;
mod facts;
mod import;
mod indexes;
mod lookup;
mod merge;
mod panel;
mod query;
mod read;
mod record;
#[cfg(test)]
mod sample;
mod schema;
mod sql;
mod status;
mod tell;
mod verify;
mod words;

pub use add::{Adding, Item, key};
pub use batch::{Stamp, Written};
pub use correct::Decision;
pub use error::{Error, Result};
pub use facts::{Fact, Read};
pub use panel::{Counts, Covered, Panel, PanelOf};
pub use query::{Correction, Filter, Found, Member, Order, Shown, Who};
pub use record::Record;
pub use schema::{APPLICATION_ID, FORMAT, document as schema_document};
pub use sql::{Bounds, Hit, Line};
pub use status::Figures;
pub use tell::{Listener, ToldDocument, ToldOccurrence, ToldPart, ToldPlace};
pub use verify::{Damage, Verified};
