//! What can be typed to check a text.

use super::{InputArgs, date};
use clap::{Args, ValueEnum};
use jiff::civil::Date;
use std::path::PathBuf;

pub const HELP: &str = "\
Examples:
  legation check article.md                          each checkable statement, and what tables and record say
  legation check article.md --as-of 2024-08-19       nothing that was published later is used
  legation check op-ed.txt --record news.sqlite --format html --out checked.html
  legation check op-ed.txt --reading defence-pact    “military bloc” as any treaty of mutual defence
  legation check article.md --internal               whether the text agrees with itself
  legation check article.md --format json | jq '.claims[] | select(.verdict == \"contradicted\")'

Verdicts:
  supported          the record or a dated table says so
  contradicted       a table that is complete for the time, or more events than claimed, say otherwise
  not in the record  the time is covered and nothing tells of it; absence contradicts nothing
  outside coverage   record and tables do not reach there
  ambiguous          several meanings with different answers (all shown), or who or when is not clear
  not checkable      opinion, hope, prediction, question

The text itself and its copies in the record confirm nothing. Without --as-of the day of publication
counts; where there is none, everything is used, and the output says so. JSON has one object a document
and line; start and end are UTF-8 bytes.

Exit codes: 0 nothing is contradicted, 1 some input could not be read, 2 wrong usage, 3 something is
contradicted, 4 the output could not be written, 6 the record cannot be used";

/// `legation check`.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// What to write: table (for reading), html (a page with marks) or json
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = CheckFormat::Table, hide_possible_values = true)]
    pub format: CheckFormat,

    /// File to write to, in place of standard output; it appears when it is whole
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,

    /// The record to ask [default: ./record.sqlite if there is one, else the one that ships with the program]
    #[arg(long, value_name = "FILE", conflicts_with = "internal")]
    pub record: Option<PathBuf>,

    /// Use only what was published up to this day, as YYYY-MM-DD [default: the day of publication]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub as_of: Option<Date>,

    /// What counts as a military alliance: organisation, defence-pact or any-treaty [default: each, side by side]
    #[arg(long, value_name = "READING", value_enum, hide_possible_values = true)]
    pub reading: Option<ReadingArg>,

    /// Check the text against what it tells itself, and against the tables, not against a record
    #[arg(long)]
    pub internal: bool,

    /// Show every row and event that an answer rests on, not the first few (table)
    #[arg(long)]
    pub evidence: bool,

    #[command(flatten)]
    pub input: InputArgs,
}

/// What `legation check` writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    /// For reading
    Table,
    /// A page that stands alone: the text with its claims marked, the report beside it
    Html,
    /// For programs: one JSON object a document and line
    Json,
}

/// What counts as a military alliance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ReadingArg {
    /// Organisations of three states or more that are bound to defend each other
    Organisation,
    /// Any treaty of mutual defence
    DefencePact,
    /// Any alliance treaty as ATOP counts them
    AnyTreaty,
}
