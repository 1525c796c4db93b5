//! Bytes to documents: the only crate that knows what a file looks like.
//!
//! [`read_paths`] goes through files, folders and standard input and gives one [`Reading`] for everything it finds:
//! a document, a skip with its reason, or an error with its place. Nothing is dropped silently, so the numbers of
//! [`Summary`] add up. Line and record formats are streamed; formats that are one document are read whole, up to
//! [`Limits::document_bytes`].
//!
//! | format | one document is | text |
//! |---|---|---|
//! | plain text | the file | as decoded, byte for byte |
//! | Markdown | the file | prose without markup; front matter (YAML or TOML) becomes metadata |
//! | HTML | the file | the article without navigation, advertisements, comments |
//! | JSON Lines | a line | the `text` field, byte for byte |
//! | CSV, TSV | a record | the `text` column, byte for byte |
//! | RSS, Atom, JSON Feed | an item | its content, else its summary, without markup |
//! | PETRARCH XML | a `<Text>` of a `<Sentence>` | wrapped lines joined |
//!
//! All of them may be compressed with gzip or zstd. Deliberately absent: fetching (no network), WARC and mail (later),
//! guessing dates from prose, file times or addresses (an unknown date is `None`).

mod blocks;
mod dateline;
mod dates;
mod draft;
mod encoding;
mod feed;
mod front_matter;
mod html;
mod json_lines;
mod language;
mod markdown;
mod nesting;
mod options;
mod page;
mod paths;
mod petrarch;
mod reading;
mod sniff;
mod source;
mod table;

pub use options::{Columns, Format, Limits, Options};
pub use paths::{Readings, read_bytes, read_paths};
pub use reading::{Error, ErrorKind, Reading, Reason, Skipped, Summary};
