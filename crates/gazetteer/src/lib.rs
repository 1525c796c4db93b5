//! Who is meant: states, organisations, groups, offices and role nouns.
//!
//! The tables of `gazetteer/` are compiled into the program; nothing is read at run time. [`Gazetteer::embedded`] builds
//! the indexes once. Names are looked up over tokens ([`Gazetteer::longest`]); a name that means several things gives
//! several entries, and the reader of the context decides. Nothing here guesses.

mod agent;
mod date;
mod entry;
mod gazetteer;
mod names;
mod person;
mod table;
mod tokens;

pub use agent::{Agent, AgentClass, Level};
pub use date::{Partial, Period};
pub use entry::{Entry, Kind, Location, Sectors};
pub use gazetteer::{Gazetteer, State, StateCode};
pub use names::Match;
pub use person::{Office, Person, PersonId, Term, Terms};
pub use tokens::name_tokens;
