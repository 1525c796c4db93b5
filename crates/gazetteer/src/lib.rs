//! Who is meant: states, organisations, groups, offices and role nouns.
//!
//! The tables of `gazetteer/` are compiled into the program; nothing is read at run time. [`Gazetteer::embedded`] builds
//! the indexes once. Names are looked up over tokens ([`Gazetteer::longest`]); a name that means several things gives
//! several entries, and the reader of the context decides. Nothing here guesses.
//!
//! Memberships and alliances have dates and sources too; where a table is not complete, the lack of a row says nothing
//! ([`Answer::Unknown`]).

mod agent;
mod date;
mod entry;
mod gazetteer;
mod names;
mod near;
mod person;
mod personal;
mod places;
mod reference;
mod relation;
mod table;
mod title;
mod tokens;
mod usual;
mod war;
mod who;

pub use agent::{Agent, AgentClass, Level};
pub use date::{Partial, Period};
pub use entry::{Entry, Kind, Location, Sectors};
pub use gazetteer::{Gazetteer, State, StateCode};
pub use names::Match;
pub use person::{Office, Person, PersonId, Term, Terms};
pub use personal::is_personal;
pub use places::{PlaceEntry, Places, PlacesNamed};
pub use reference::{Gender, Reference};
pub use relation::{Alliance, Answer, Completeness, Membership, Obligations, Status};
pub use title::TitleOf;
pub use tokens::name_tokens;
pub use usual::usual_name;
pub use war::{War, WarKind};
pub use who::{Candidate, What};
