//! Nested rows written to Parquet and read from it, without Arrow.
//!
//! Rows are JSON values with the fields of a schema in the language of Parquet. They are shredded into columns and put
//! together again here (Melnik et al., "Dremel", 2010, section 4), so that one schema text is the only place that knows the
//! fields, and the heavy Arrow stack is not needed. Who wants columns and not rows reads them from a [`Table`] as they are, or in
//! parts by a [`Scan`].

mod read;
mod scan;
mod write;

pub use read::{Leaf, Reading, Table, Values};
pub use scan::Scan;
pub use write::{Packing, ParquetFile};
