//! The checkable statements of a text, read as queries, and what dated tables and a record say to them.
//!
//! ```text
//! Document, Sentences, Coding ── reading ──▶ Statements (span, Query …) ── answer ──▶ Report (verdict, evidence)
//! ```
//!
//! The two halves meet only in [`Query`]: `reading` knows language and asks; `answer` knows tables and the record and never
//! sees a word of the text. The rules of the verdicts:
//!
//! - The record is open-world: that nothing is recorded contradicts nothing. More occurrences than a claim allows do, where
//!   they are surely different, surely happened and are surely of the same parties.
//! - A table contradicts where it declares itself whole for the time in question, or where a row of it surely holds.
//! - Readings that have different answers make a claim ambiguous; each is shown.

mod answer;
mod check;
mod era;
mod grammar;
mod itself;
mod lexicon;
mod query;
mod reading;
mod region;
mod report;
mod told;

pub use answer::{Answer, Own, Sources, answer};
pub use check::{Options, check};
pub use query::{
    Among, Aspect, Bloc, Code, Count, Definition, Group, Level, Membership, Occurrences, OfficeAsked, OfficeHeld,
    Party, Pattern, Query, Rank, Standing, War, WarTest, What, When, Window,
};
pub use reading::{Meaning, Statement, statements};
pub use report::{Claim, Evidence, Kind, Reading, Report, Verdict};
