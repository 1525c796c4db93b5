//! What a record promises.

mod correcting;
mod counting;
mod indexes;
mod made;
mod merging;
mod opening;
mod reading;
mod safety;
mod schema;
