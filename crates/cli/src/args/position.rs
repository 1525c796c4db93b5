//! What can be typed to ask for positions and mediators.

use super::date;
use clap::{Args, ValueEnum};
use jiff::civil::Date;
use std::path::PathBuf;

pub const POSITION_HELP: &str = "\
Examples:
  legation position Azerbaijan --among Russia,USA,China,EU
  legation position Serbia --among RUS,USA,CHN,EU --since 2012-01-01 --plot serbia.svg
  legation position India --among RUS,USA,CHN --format json

For each year and power: cooperation and conflict as verbal+material occurrences, the net tie
(-1 all conflict to +1 all cooperation, drawn to 0 where little is known) and the share of all the
state's own occurrences. Then the multi-vector index, 0 to 1, with its parts and 90 % intervals:
how evenly the state cooperates with the powers (each measured by its own prominence), how warm
the ties are, and how it keeps ties to rivals among them. Where too little is known there is no
value. Formula, literature and known cases: docs/multivector.md. Alliances and memberships are
those of the gazetteer, with dates. Names with a comma stand in quotes, one --among each.

--format csv has the years, one row a year and power; json has everything.

Exit codes: 0 fine, 2 wrong usage, 4 the output or picture could not be written, 5 no such name,
6 the record cannot be used";

/// `legation position`.
#[derive(Debug, Args)]
pub struct PositionArgs {
    /// The state by name or code, in one or more words
    #[arg(value_name = "STATE", required = true)]
    pub state: Vec<String>,

    /// The powers: states or organisations, two or more
    #[arg(long, value_name = "NAMES", value_delimiter = ',', required = true)]
    pub among: Vec<String>,

    /// First day, as YYYY-MM-DD; the record's first month, if not given
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub since: Option<Date>,

    /// Last day; the record's last month, if not given
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub until: Option<Date>,

    /// Years of the moving window that the index is computed over
    #[arg(long, value_name = "YEARS", default_value_t = 5, value_parser = clap::value_parser!(i32).range(1..=50))]
    pub window: i32,

    /// Let an organisation among the powers stand for its members too, as they were on the day
    #[arg(long)]
    pub with_members: bool,

    /// table, csv or json
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = AnswerFormat::Table, hide_possible_values = true)]
    pub format: AnswerFormat,

    /// Draw the ties and the index too, as .svg or .png
    #[arg(long, value_name = "FILE")]
    pub plot: Option<PathBuf>,

    #[command(flatten)]
    pub record: AskedArg,
}

pub const MEDIATORS_HELP: &str = "\
Examples:
  legation mediators Russia Ukraine --on 2022-03-10       by what was known the day before
  legation mediators Israel Hamas --limit 3 --evidence 5  with five events for each ground
  legation mediators Iran \"Saudi Arabia\" --since 2016-01-01 --format json

All states and international organisations are ranked by points for their ties to both sides
(cooperation, lowered by conflict), for mediating and hosting talks, for having dealt with both at
once, for being asked or refused by a side, for nearness and shared organisations. News counts half
after four years. What happened or was published on the day of --on, or later, is not used.
Formula, weights and how often it is right: docs/multivector.md and eval/mediators.md.

A side is a state, an organisation, or a group that the record or the gazetteer knows by name. The
same state twice asks for the state and its opponents within. `legation show ID` shows the reports
behind an event.

Exit codes: 0 fine, 2 wrong usage, 4 the output could not be written, 5 no such name, 6 the record
cannot be used";

/// `legation mediators`.
#[derive(Debug, Args)]
pub struct MediatorsArgs {
    /// One side, by name or code
    #[arg(value_name = "A")]
    pub a: String,

    /// The other side
    #[arg(value_name = "B")]
    pub b: String,

    /// Use only what was known before this day
    #[arg(long, value_name = "DATE", value_parser = date, conflicts_with = "until")]
    pub on: Option<Date>,

    /// Use only what happened on this day or later
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub since: Option<Date>,

    /// Use only what was known at the end of this day
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub until: Option<Date>,

    /// How many third parties to show; 0 for all
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub limit: usize,

    /// How many events to show for each ground
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub evidence: usize,

    /// table, csv or json
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = AnswerFormat::Table, hide_possible_values = true)]
    pub format: AnswerFormat,

    #[command(flatten)]
    pub record: AskedArg,
}

/// Which record is asked.
#[derive(Debug, Args)]
pub struct AskedArg {
    /// The record to ask; if not given, ./record.sqlite where there is one, else the world that ships with the program
    #[arg(long, value_name = "FILE")]
    pub record: Option<PathBuf>,
}

/// How an answer is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum AnswerFormat {
    /// For reading.
    Table,
    /// Rows.
    Csv,
    /// One object.
    Json,
}
