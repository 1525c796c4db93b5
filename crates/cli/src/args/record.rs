//! What can be typed to keep and ask a record.

use super::{InputArgs, date};
use clap::{Args, ValueEnum};
use jiff::civil::Date;
use legation::record::{EventType, QuadClass, Status};
use std::path::PathBuf;

/// Which record.
#[derive(Debug, Args)]
pub struct RecordArg {
    /// The record: one SQLite file
    #[arg(long, value_name = "FILE", default_value = "./record.sqlite")]
    pub record: PathBuf,
}

pub const INIT_HELP: &str = "\
Examples:
  legation init                              an empty record.sqlite in this folder
  legation init --world                      one with the world of 2002-2024 in it, to ask and to add to
  legation init --record news.sqlite --title \"News of the Caucasus\" --licence \"CC BY 4.0\"

The record is a SQLite database: R, Python, Datasette and sqlite3 open it as it is. What its
tables mean stands in docs/schema.md.";

/// `legation init`.
#[derive(Debug, Args)]
pub struct InitArgs {
    #[command(flatten)]
    pub record: RecordArg,

    /// Put in what comes with the program: political events of 2002-2024, coded from Wikipedia's current events (CC BY-SA 4.0)
    #[arg(long)]
    pub world: bool,

    /// What the record is, for those who get it
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,

    /// Licence of the record
    #[arg(long, value_name = "TEXT")]
    pub licence: Option<String>,

    /// Whom to name when using it
    #[arg(long, value_name = "TEXT")]
    pub attribution: Option<String>,
}

pub const ADD_HELP: &str = "\
Examples:
  legation add news/                         all articles of a folder
  legation add today.jsonl --publisher Reuters
  curl -s FEED | legation add - --input-format feed
  legation add licensed/ --without-text      facts only: no text, no quotations

Reads what `legation code` reads. A document that is in the record is passed over, so the same
folder can be added every day. Documents are written in batches; a batch that was told is on the
disk whole, and one that was cut off has left nothing.

Exit codes: 0 all read, 1 some input could not be read, 2 wrong usage, 3 nothing could be read,
6 the record cannot be used";

/// `legation add`.
#[derive(Debug, Args)]
pub struct AddArgs {
    #[command(flatten)]
    pub record: RecordArg,

    /// Keep the facts and not the text, for sources whose licence does not allow more
    #[arg(long)]
    pub without_text: bool,

    /// Code documents that are in the record anew, and put the new events in the place of the old; corrections stay
    #[arg(long)]
    pub recode: bool,

    /// Documents of a batch
    #[arg(long, value_name = "N", default_value_t = 1000)]
    pub batch: usize,

    /// Folder of a codebook to use in place of the one that is built in
    #[arg(long, value_name = "DIR")]
    pub codebook: Option<PathBuf>,

    #[command(flatten)]
    pub input: InputArgs,
}

/// `legation status`.
#[derive(Debug, Args)]
pub struct StatusArgs {
    #[command(flatten)]
    pub record: RecordArg,

    /// Write one JSON object
    #[arg(long)]
    pub json: bool,
}

/// `legation verify`.
#[derive(Debug, Args)]
pub struct VerifyArgs {
    #[command(flatten)]
    pub record: RecordArg,

    /// Where only tables are wrong that follow from others (indexes, counts), compute them anew
    #[arg(long)]
    pub rebuild: bool,
}

pub const VERIFY_HELP: &str = "\
Checks the file with SQLite's own check, every row against the hash of its batch, every text against
its own, and every table that follows from others (ties, near, coverage, shingles, sources, the
full-text index) against what it follows from. Only the last kind of damage can be mended in place, with
--rebuild; for any other, go back to a copy of the record, or make it again from its sources.

Exit codes: 0 sound, or mended, 6 damaged";

pub const EVENTS_HELP: &str = "\
Examples:
  legation events --dyad Azerbaijan Russia --type CONSULT --since 2024-01-01
  legation events --actor RUS --recipient UKR --quad \"material conflict\" --limit 20
  legation events --place Moscow --sort reports --format csv --out moscow.csv
  legation events --dyad AZE ARM --reports   every report by itself, not merged
  legation events --as-of 2024-08-19         as the record stood at the end of that day

Names are those of the gazetteer (`legation who`); a code or a name of a state or an organisation
means all of it, its people and offices too; any other name the participant of that name. Without
--status only what happened is shown (actual and historical). Of several values of one option one
must hold (--type CONSULT --type AGREE); all options must hold. News whose text has no date is sorted
and found by its first publication.

Exit codes: 0 fine, 2 wrong usage, 4 the output could not be written, 6 the record cannot be used";

/// `legation events`.
#[derive(Debug, Args)]
pub struct EventsArgs {
    #[command(flatten)]
    pub record: RecordArg,

    #[command(flatten)]
    pub filter: FilterArgs,

    /// Single reports, each with its sentence, in place of occurrences
    #[arg(long)]
    pub reports: bool,

    /// At most so many
    #[arg(long, value_name = "N")]
    pub limit: Option<u64>,

    /// Sort by date, latest (first), confidence, score (most hostile first) or reports (most reported first)
    #[arg(long, value_name = "BY", value_enum, default_value_t = SortBy::Date, hide_possible_values = true)]
    pub sort: SortBy,

    /// The record as it stood after this batch, or at the end of this day, or at this moment (UTC)
    #[arg(long, value_name = "BATCH|DATE|TIME")]
    pub as_of: Option<String>,

    /// What to write: table, jsonl, csv or parquet
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = super::OutputFormat::Table, hide_possible_values = true)]
    pub format: super::OutputFormat,

    /// File to write to, in place of standard output; it appears when it is whole
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

/// Which events.
#[derive(Debug, Default, Args)]
pub struct FilterArgs {
    /// Who acted
    #[arg(long, value_name = "NAME")]
    pub actor: Option<String>,

    /// To whom it was done
    #[arg(long, value_name = "NAME")]
    pub recipient: Option<String>,

    /// Two sides, in whatever direction
    #[arg(long, num_args = 2, value_names = ["NAME", "NAME"])]
    pub dyad: Vec<String>,

    /// PLOVER event type
    #[arg(long = "type", value_name = "TYPE", value_parser = event_type)]
    pub types: Vec<EventType>,

    /// PLOVER mode, as `visit`
    #[arg(long = "mode", value_name = "MODE")]
    pub modes: Vec<String>,

    /// Quad class: "verbal cooperation", "material cooperation", "verbal conflict" or "material conflict"
    #[arg(long = "quad", value_name = "CLASS", value_parser = quad_class)]
    pub quads: Vec<QuadClass>,

    /// Status: actual, historical, future, hypothetical, negated, or all [default: actual and historical]
    #[arg(long = "status", value_name = "STATUS", value_parser = status)]
    pub statuses: Vec<Wanted>,

    /// Place by name, or state by code in which it lies
    #[arg(long, value_name = "PLACE")]
    pub place: Option<String>,

    /// Happened on this day or after it, as YYYY-MM-DD
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub since: Option<Date>,

    /// Happened on this day or before it, as YYYY-MM-DD
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub until: Option<Date>,

    /// At least this sure, 0 to 1
    #[arg(long, value_name = "X")]
    pub confidence: Option<f64>,

    /// Words that stand in headline or text
    #[arg(long, value_name = "WORDS")]
    pub text: Option<String>,
}

/// A status, or all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// All of them.
    All,
    /// This one.
    One(Status),
}

/// What events are sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs)]
pub enum SortBy {
    Date,
    Latest,
    Confidence,
    Score,
    Reports,
}

pub const SHOW_HELP: &str = "\
Examples:
  legation show 01f3c2…                      an occurrence: its reports, their sentences, why merged
  legation show 01f3c2… --json

Exit codes: 0 found, 2 wrong usage, 5 there is no such event, 6 the record cannot be used";

/// `legation show`.
#[derive(Debug, Args)]
pub struct ShowArgs {
    #[command(flatten)]
    pub record: RecordArg,

    /// Identifier of an occurrence or report, as `legation events` gives it
    #[arg(value_name = "ID")]
    pub id: String,

    /// The record as it stood after this batch, or at the end of this day, or at this moment (UTC)
    #[arg(long, value_name = "BATCH|DATE|TIME")]
    pub as_of: Option<String>,

    /// Write one JSON object
    #[arg(long)]
    pub json: bool,
}

/// `legation search`.
#[derive(Debug, Args)]
pub struct SearchArgs {
    #[command(flatten)]
    pub record: RecordArg,

    /// Words that must all stand in headline or text
    #[arg(value_name = "WORDS", required = true)]
    pub words: Vec<String>,

    /// At most so many documents
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub limit: u64,

    /// Write one JSON object a line
    #[arg(long)]
    pub json: bool,
}

pub const SQL_HELP: &str = "\
Examples:
  legation sql \"SELECT event_type, count(*) FROM events GROUP BY 1 ORDER BY 2 DESC\"
  legation sql \"SELECT date, actors, sentence FROM events WHERE country = 'AZE'\" --format csv

Begin with the views `events`, `event_reports`, `event_participants`, `articles`, `dyads` and
`merges`; docs/schema.md tells what is in them. Nothing can be written. Rows above --rows are left
out, which is told.

Exit codes: 0 fine, 1 rows were left out, 2 the statement is wrong, 4 the output could not be
written, 6 the record cannot be used, or the query took too long";

/// `legation sql`.
#[derive(Debug, Args)]
pub struct SqlArgs {
    #[command(flatten)]
    pub record: RecordArg,

    /// One SELECT statement
    #[arg(value_name = "STATEMENT")]
    pub statement: String,

    /// Seconds it may take
    #[arg(long, value_name = "N", default_value_t = 30)]
    pub seconds: u64,

    /// Rows it may give
    #[arg(long, value_name = "N", default_value_t = 10_000)]
    pub rows: u64,

    /// What to write: table, jsonl or csv
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = super::OutputFormat::Table, hide_possible_values = true)]
    pub format: super::OutputFormat,

    /// File to write to, in place of standard output; it appears when it is whole
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

fn event_type(name: &str) -> Result<EventType, String> {
    name.to_uppercase().parse()
}

fn quad_class(name: &str) -> Result<QuadClass, String> {
    use QuadClass::{MaterialConflict, MaterialCooperation, VerbalConflict, VerbalCooperation};
    let plain = name.to_lowercase().replace(['-', '_'], " ");
    [VerbalCooperation, MaterialCooperation, VerbalConflict, MaterialConflict]
        .into_iter()
        .find(|quad| quad.name() == plain)
        .ok_or_else(|| "quad classes are \"verbal cooperation\", \"material cooperation\", \"verbal conflict\", \"material conflict\"".to_owned())
}

fn status(name: &str) -> Result<Wanted, String> {
    use Status::{Actual, Future, Historical, Hypothetical, Negated};
    if name == "all" {
        return Ok(Wanted::All);
    }
    let one = [Actual, Historical, Future, Hypothetical, Negated].into_iter().find(|s| s.name() == name);
    one.map(Wanted::One)
        .ok_or_else(|| "statuses are actual, historical, future, hypothetical, negated; or all".to_owned())
}
