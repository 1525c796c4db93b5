//! What a record promises.

mod made;
mod merging;
mod opening;
mod reading;
mod schema;
