//! What can be typed.

pub mod ask;
pub mod check;
pub mod correct;
pub mod export;
pub mod position;
pub mod record;

use crate::{account, eval};
use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;
use legation::text::Format;
use std::num::NonZeroUsize;
use std::path::PathBuf;

/// Reads news text and codes political events (PLOVER), each with the words that say so.
#[derive(Debug, Parser)]
#[command(name = "legation", version, max_term_width = 100, arg_required_else_help = true)]
#[command(after_help = "\
Examples:
  legation code article.md           a table of the events in an article
  legation code news/ --format jsonl  every event of a folder, one JSON object a line
  legation explain article.md        the grammar of each sentence, the rules that fit it, those that nearly do
  legation codebook CONSULT          what is coded as CONSULT, and by which patterns
  legation who Medvedev              whom a name may mean: codes, offices, memberships, sources
  legation init && legation add news/      keep articles and their events in a record
  legation events --dyad AZE RUS     ask it
  legation dyad Azerbaijan Armenia   how two states stand to each other, over time
  legation meetings Russia China     when they met, where, on which level
  legation check article.md          what tables and record say to the statements of a text

Exit codes:
  0  all input was read (skipping documents in other languages is no failure)
  1  some input could not be read, the rest was; or the checked codebook has errors
  2  the command line is wrong, or the codebook it names cannot be used
  3  nothing could be read, or the gold could not; in `check`: something is contradicted
  4  the output could not be written
  5  the gazetteer has no such name, the record no such event
  6  the record cannot be used, or a check found it damaged")]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Code the events in articles: who did what to whom, when and where, with the words that say so
    #[command(after_help = CODE_HELP)]
    Code(Box<CodeArgs>),
    /// Show why a sentence or event was coded as it was: grammar, who is who, rules that fit, rules that nearly fit
    #[command(after_help = account::HELP)]
    Explain(Box<account::ExplainArgs>),
    /// Check a text: each checkable statement, what it asks, and what dated tables and a record say to it
    #[command(after_help = check::HELP)]
    Check(Box<check::CheckArgs>),
    /// Score coded events against gold: types, participants, intervals, confusion, a list of errors to read
    #[command(after_help = eval::HELP)]
    Eval(Box<eval::EvalArgs>),
    /// Show the sentences of articles with their grammar, as CoNLL-U
    #[command(after_help = "\
Examples:
  legation parse article.md          ten tab-separated columns a word, a blank line a sentence
  echo 'Obama met Medvedev.' | legation parse

The last column holds the bytes of the word in the text (Span=START:END), the probability that
the parser gives to its head and relation (Prob=0.980) and its named entity (NER=B-PER).")]
    Parse(Box<ParseArgs>),
    /// Show what is coded as what: the codebook and its patterns
    #[command(
        args_conflicts_with_subcommands = true,
        after_help = "\
Examples:
  legation codebook                  the sixteen types: quad class, score, patterns, definition
  legation codebook AGREE            one type's file: definition, modes, patterns, examples
  legation codebook check codebook/  validate a codebook of your own and run its examples"
    )]
    Codebook(CodebookArgs),
    /// Show whom or what a name may mean: codes, names, offices, memberships, alliances, with dates and sources
    #[command(after_help = WHO_HELP)]
    Who(WhoArgs),
    /// Show what a state is a member of
    #[command(after_help = "\
Examples:
  legation member Azerbaijan                         all that is known, former ties too
  legation member Azerbaijan --on 2024-08-19         on that day
  legation member Iran --of SCO --on 2023-07-03      one organisation: yes, no or unknown

`status?` marks a row of which the source does not say whether it held on the day.")]
    Member(MemberArgs),
    /// Show the members of an organisation, its observers and partners
    #[command(after_help = "\
Examples:
  legation members BRICS --on 2024-01-01
  legation members \"Shanghai Cooperation Organisation\" --json

`status?` marks a row of which the source does not say whether it held on the day. The last
line tells for which time the table is complete: only there does a missing row mean no.")]
    Members(MembersArgs),
    /// Make an empty record
    #[command(after_help = record::INIT_HELP)]
    Init(record::InitArgs),
    /// Code articles and keep them, with their events, in a record
    #[command(after_help = record::ADD_HELP)]
    Add(Box<record::AddArgs>),
    /// Show what is in a record, in figures
    Status(record::StatusArgs),
    /// Check that a record is what was written: hashes, indexes, SQLite's own check
    #[command(after_help = record::VERIFY_HELP)]
    Verify(record::VerifyArgs),
    /// Ask a record for events: by actor, dyad, type, place, time, words
    #[command(after_help = record::EVENTS_HELP)]
    Events(Box<record::EventsArgs>),
    /// Show an event of a record with all its reports and their sentences
    #[command(after_help = record::SHOW_HELP)]
    Show(record::ShowArgs),
    /// Find documents of a record by their words
    Search(record::SearchArgs),
    /// Correct a record: merge, split, recode or reject events, with your name and reason
    #[command(after_help = correct::CORRECT_HELP)]
    Correct(correct::CorrectArgs),
    /// Import events that others coded: ICEWS, or any table with a column map
    #[command(after_help = export::IMPORT_HELP)]
    Import(export::ImportArgs),
    /// Export events, dyad panels, coverage, or a data package with its codebook
    #[command(after_help = export::EXPORT_HELP)]
    Export(Box<export::ExportArgs>),
    /// Show a state's ties to several powers over time, and how evenly and well it keeps them (multi-vector index)
    #[command(after_help = position::POSITION_HELP)]
    Position(position::PositionArgs),
    /// Rank who might mediate between two sides, with the events behind each point
    #[command(after_help = position::MEDIATORS_HELP)]
    Mediators(position::MediatorsArgs),
    /// Ask a record in SQL; nothing can be written
    #[command(after_help = record::SQL_HELP)]
    Sql(record::SqlArgs),
    /// Show how two sides stand to each other: cooperation and conflict over time, turning points, coverage
    #[command(after_help = ask::DYAD_HELP)]
    Dyad(Box<ask::DyadArgs>),
    /// Rank the pairs of states, or write all of them by month
    #[command(after_help = ask::DYADS_HELP)]
    Dyads(Box<ask::DyadsArgs>),
    /// Show when two sides met: dates, places, who, how often and how surely
    #[command(after_help = ask::MEETINGS_HELP)]
    Meetings(Box<ask::MeetingsArgs>),
}

const WHO_HELP: &str = "\
Examples:
  legation who Azerbaijan --on 2024-08-19    the state on that day: offices, memberships, alliances
  legation who Aliyev --on 1998-01-01        whoever bears the name, those in office then first
  legation who Georgia                       all it may mean: a state, a place
  legation who SCO --json                    one JSON object for each candidate

A name is one in the gazetteer's tables, a surname, an ISO 3166 code or an organisation's short
name. An end that says `on, seen DATE` is open: a source attests it up to that day, and after it
nothing is known. Offices without --on are the latest known.

Exit codes: 0 found, 2 wrong usage, 4 the output could not be written, 5 no such name (names like
it are told)";

/// `legation who`.
#[derive(Debug, Args)]
pub struct WhoArgs {
    /// The name, in one or more words
    #[arg(value_name = "NAME", required = true)]
    pub name: Vec<String>,

    /// Show what holds on this day, as YYYY-MM-DD
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub on: Option<Date>,

    /// Write one JSON object a line for each candidate
    #[arg(long)]
    pub json: bool,
}

/// `legation member`.
#[derive(Debug, Args)]
pub struct MemberArgs {
    /// The state by name or code, in one or more words
    #[arg(value_name = "STATE", required = true)]
    pub state: Vec<String>,

    /// Only this organisation; with --on the answer is also told in a word
    #[arg(long, value_name = "ORG")]
    pub of: Option<String>,

    /// Show what holds on this day, as YYYY-MM-DD
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub on: Option<Date>,

    /// Write one JSON object a line for each membership
    #[arg(long)]
    pub json: bool,
}

/// `legation members`.
#[derive(Debug, Args)]
pub struct MembersArgs {
    /// The organisation by name or short name, in one or more words
    #[arg(value_name = "ORG", required = true)]
    pub organisation: Vec<String>,

    /// Show who holds which status on this day, as YYYY-MM-DD
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub on: Option<Date>,

    /// Write one JSON object a line for each membership
    #[arg(long)]
    pub json: bool,
}

const CODE_HELP: &str = "\
Examples:
  legation code examples/baku-2024-08.md
  pdftotext speech.pdf - | legation code --published 2024-08-20
  legation code news.jsonl.gz --format parquet --out events.parquet --threads 2
  legation code export.csv --text-column body --published-column date --format csv

Input is plain text, Markdown, HTML, JSON Lines, CSV, RSS, Atom and PETRARCH XML, each also
compressed with gzip or zstd. Folders are read with all that is in them, by name.

The table shows what happened (status actual or historical). The other formats have the future,
hypothetical and negated events too; their offsets are UTF-8 bytes in the document text.

Exit codes: 0 all read, 1 some input could not be read, 2 wrong usage, 3 nothing could be read,
4 the output could not be written";

/// `legation code`.
#[derive(Debug, Args)]
pub struct CodeArgs {
    /// What to write: table (for reading), jsonl (for programs: every field, one event a line), csv (one event a row)
    /// or parquet (the fields of jsonl, nested)
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = OutputFormat::Table, hide_possible_values = true)]
    pub format: OutputFormat,

    /// File to write to, in place of standard output; it appears when it is whole
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,

    /// Show for each event the rule and the grammar around the words it matched (table and jsonl)
    #[arg(long)]
    pub explain: bool,

    /// Leave out events of lower confidence, 0 to 1: the probability that type, actors, recipients and status are right
    #[arg(long, value_name = "X", value_parser = share)]
    pub min_confidence: Option<f32>,

    /// Folder of a codebook to use in place of the one that is built in
    #[arg(long, value_name = "DIR")]
    pub codebook: Option<PathBuf>,

    #[command(flatten)]
    pub input: InputArgs,
}

/// `legation parse`.
#[derive(Debug, Args)]
pub struct ParseArgs {
    /// File to write to, in place of standard output; it appears when it is whole
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,

    #[command(flatten)]
    pub input: InputArgs,
}

/// `legation codebook`.
#[derive(Debug, Args)]
pub struct CodebookArgs {
    /// `check` in place of a type.
    #[command(subcommand)]
    pub command: Option<CodebookCommand>,

    /// A PLOVER event type, in capitals or not; without it, all sixteen are listed
    #[arg(value_name = "TYPE")]
    pub event_type: Option<String>,

    /// Folder of a codebook to show in place of the one that is built in
    #[arg(long, value_name = "DIR")]
    pub codebook: Option<PathBuf>,
}

/// `legation codebook check`.
#[derive(Debug, Subcommand)]
pub enum CodebookCommand {
    /// Validate a codebook and run its examples; errors are printed as FILE:LINE: MESSAGE
    Check {
        /// Folder of the codebook [default: the one that is built in]
        #[arg(value_name = "DIR")]
        folder: Option<PathBuf>,
    },
}

/// What is read, and how.
#[derive(Debug, Args)]
pub struct InputArgs {
    /// Files and folders to read, `-` for standard input [default: - unless that is a terminal]
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// Publication date of documents that do not tell theirs, as YYYY-MM-DD
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub published: Option<Date>,

    /// Publisher of documents that do not name theirs
    #[arg(long, value_name = "NAME")]
    pub publisher: Option<String>,

    /// Threads that analyse, a whole number from 1; the output is the same for any [default: one for each core]
    #[arg(long, value_name = "N")]
    pub threads: Option<NonZeroUsize>,

    /// Format of all input: text, markdown, html, jsonl, csv, feed or petrarch [default: by name, then by content]
    #[arg(long, value_name = "FORMAT", value_parser = input_format)]
    pub input_format: Option<Format>,

    /// No progress and no summary on standard error; errors are still told
    #[arg(long, short)]
    pub quiet: bool,

    #[command(flatten)]
    pub columns: ColumnArgs,
}

/// Names of JSON Lines keys and CSV columns.
#[derive(Debug, Args)]
#[command(next_help_heading = "Names of JSON Lines keys and CSV columns")]
#[allow(missing_docs)]
pub struct ColumnArgs {
    /// Identifier of the document
    #[arg(long, value_name = "NAME", default_value = "id")]
    pub id_column: String,
    /// Text to code
    #[arg(long, value_name = "NAME", default_value = "text")]
    pub text_column: String,
    /// Headline
    #[arg(long, value_name = "NAME", default_value = "title")]
    pub title_column: String,
    /// Publication date
    #[arg(long, value_name = "NAME", default_value = "published")]
    pub published_column: String,
    /// Publisher
    #[arg(long, value_name = "NAME", default_value = "publisher")]
    pub publisher_column: String,
    /// Author line
    #[arg(long, value_name = "NAME", default_value = "byline")]
    pub byline_column: String,
    /// Address
    #[arg(long, value_name = "NAME", default_value = "url")]
    pub url_column: String,
    /// Language, as an ISO 639-1 code
    #[arg(long, value_name = "NAME", default_value = "language")]
    pub language_column: String,
}

/// What `legation code` writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum OutputFormat {
    /// For reading: two lines an event, at most 100 columns wide
    Table,
    /// For programs: one JSON object an event and line, every field
    Jsonl,
    /// For spreadsheets and statistics packages: one row an event, lists joined by "; "
    Csv,
    /// For data engines: the fields of jsonl, nested, compressed
    Parquet,
}

pub(crate) fn share(text: &str) -> Result<f32, String> {
    text.parse().ok().filter(|x| (0.0..=1.0).contains(x)).ok_or_else(|| "a number from 0 to 1".to_owned())
}

/// A day as options take it.
pub fn date(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "a date is written as 2024-08-19".to_owned())
}

fn input_format(name: &str) -> Result<Format, String> {
    name.parse()
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent_and_every_option_is_explained() {
        let mut command = Cli::command();
        command.build();
        command.clone().debug_assert();
        for sub in command.get_subcommands() {
            for arg in sub.get_arguments() {
                assert!(arg.get_help().is_some(), "{} of {} has no help", arg.get_id(), sub.get_name());
            }
        }
    }
}
