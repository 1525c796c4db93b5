//! What a record says: answers about states, computed from columns in memory.
//!
//! A [`History`] holds the present occurrences of a record and what the record covers. It is filled row by row
//! ([`Builder`]), from a SQLite record, a Parquet file or by hand; this crate knows neither SQL nor language. Every
//! answer is a function of a `&History` and, where offices and memberships matter, of the gazetteer's dated tables.
//!
//! **Who counts as a state.** A participant with a state's code acts for the state where its primary sector is an organ
//! of the state, or where it has none because the state itself is named ([`Scope::Official`]). What rebels, parties,
//! companies and civilians of a state do is not the state's act; [`Scope::Any`] counts it all the same.
//!
//! **When.** An occurrence stands on the day, or in the month, that its text tells. News that tells no time happened, as
//! news writing implies, on the day of publication or shortly before ([`When::implied`]). Where even that is not implied
//! ([`Occurrence::when`] is `None`), series count it in the month of its first publication ([`Occurrence::around`]).
//! Answers say how many are placed by publication.

mod build;
pub mod changes;
mod closeness;
mod coverage;
mod day;
pub mod dyad;
pub mod dyads;
mod history;
pub mod mediators;
pub mod meetings;
pub mod multivector;
mod names;
mod occurrence;
pub mod office;
mod pairs;
mod party;
pub mod position;
mod row;
mod series;
pub mod trend;
mod window;

pub use build::Builder;
pub use coverage::{Coverage, Covered};
pub use day::{Day, Month, When};
pub use dyad::dyad;
pub use dyads::dyads;
pub use history::{About, History};
pub use meetings::{Meeting, Meetings, meetings, meetings_of};
pub use occurrence::{Occurrence, Participant, Place, Speaker};
pub use office::Level;
pub use pairs::{Direction, Pair, Tie};
pub use party::{Party, Scope, is_official};
pub use row::{DocumentRow, PartRow, PlaceRow, Row};
pub use series::{Counting, Meaning, MonthCounts, MonthRow, Series};
pub use window::Window;
