//! What can be typed to ask how states stand to each other.

use super::{OutputFormat, date};
use clap::{Args, ValueEnum};
use jiff::civil::Date;
use legation::analysis::dyads::RankBy;
use legation::analysis::{Counting, Day, Direction, Level, Scope, Window};
use std::path::PathBuf;

/// Which record is asked, and which part of it.
#[derive(Debug, Args)]
pub struct AskArgs {
    /// The record to ask [default: ./record.sqlite where there is one, else the world of 2002-2024 that comes with the
    /// program]
    #[arg(long, value_name = "FILE")]
    pub record: Option<PathBuf>,

    /// Happened on this day or after it, as YYYY-MM-DD [default: as far as the record reaches]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub since: Option<Date>,

    /// Happened on this day or before it, as YYYY-MM-DD
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub until: Option<Date>,

    /// Use only what was published on this day or before it, as YYYY-MM-DD
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub as_of: Option<Date>,
}

impl AskArgs {
    /// The window that the options describe.
    pub fn window(&self) -> Window {
        let day = |date: Option<Date>| date.map(Day::of);
        Window { since: day(self.since), until: day(self.until), as_of: day(self.as_of), without: Vec::new() }
    }
}

/// What counts.
#[derive(Debug, Args)]
pub struct CountArgs {
    /// Whose acts count as a state's: official (the state, its government, armed forces, parliament, courts, police and
    /// services) or any (also its rebels, parties, companies and people)
    #[arg(long, value_name = "WHOSE", value_enum, default_value_t = Sectors::Official, hide_possible_values = true)]
    pub sectors: Sectors,

    /// Leave out events of lower confidence, 0 to 1: the probability that type, actors, recipients and status are right
    #[arg(long, value_name = "X", value_parser = super::share, default_value_t = 0.0)]
    pub min_confidence: f32,
}

impl CountArgs {
    /// Whose acts count.
    pub fn scope(&self) -> Scope {
        match self.sectors {
            Sectors::Official => Scope::Official,
            Sectors::Any => Scope::Any,
        }
    }

    /// Which events count, both ways.
    pub fn counting(&self) -> Counting {
        Counting { direction: Direction::Both, min_confidence: self.min_confidence }
    }
}

/// Whose acts count as a state's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs)]
pub enum Sectors {
    Official,
    Any,
}

pub const DYAD_HELP: &str = "\
Examples:
  legation dyad Azerbaijan Armenia
  legation dyad RUS UKR --since 2012-01-01 --until 2016-12-31 --by month
  legation dyad Israel Hamas --plot israel-hamas.svg
  legation dyad USA China --format json       every number, the series by month, turning points, events

A side is a state or organisation by name or code; any other name is that of a group or person
in the record. Counts are of news of what happened. Rates are events for each 1,000 reports that
the record has of the same months about whomever: a record tells more of some years than of
others, and raw counts of different times are not comparable. Turning points are found by PELT
(Killick, Fearnhead & Eckley 2012) with a Poisson likelihood for counts with the reports of the month
as exposure; trends are Theil-Sen slopes with a Mann-Kendall test (Hamed & Rao 1998).

Exit codes: 0 fine, 2 wrong usage, 4 the output could not be written, 5 no such side, 6 the record
cannot be used";

/// `legation dyad`.
#[derive(Debug, Args)]
pub struct DyadArgs {
    /// One side: a state or organisation, or a group or person of the record
    #[arg(value_name = "A")]
    pub a: String,

    /// The other side
    #[arg(value_name = "B")]
    pub b: String,

    #[command(flatten)]
    pub ask: AskArgs,

    #[command(flatten)]
    pub count: CountArgs,

    /// Count both ways, only what A does to B (a-to-b), or only what B does to A (b-to-a); what both do counts in each
    #[arg(long, value_name = "WAY", value_enum, default_value_t = Way::Both, hide_possible_values = true)]
    pub direction: Way,

    /// The table's rows: year or month (json and csv always have months)
    #[arg(long, value_name = "PERIOD", value_enum, default_value_t = Period::Year, hide_possible_values = true)]
    pub by: Period,

    /// So many of the last events
    #[arg(long, value_name = "N", default_value_t = 5)]
    pub last: usize,

    /// What to write: table, json (one object) or csv (one month a row)
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = AnswerFormat::Table, hide_possible_values = true)]
    pub format: AnswerFormat,

    /// File to write to, in place of standard output; it appears when it is whole
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,

    /// Draw the series to this file too; its name ends in .svg or .png
    #[arg(long, value_name = "FILE")]
    pub plot: Option<PathBuf>,
}

/// Which direction counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs)]
pub enum Way {
    Both,
    AToB,
    BToA,
}

impl From<Way> for Direction {
    fn from(way: Way) -> Self {
        match way {
            Way::Both => Self::Both,
            Way::AToB => Self::Forward,
            Way::BToA => Self::Backward,
        }
    }
}

/// Rows of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs)]
pub enum Period {
    Year,
    Month,
}

/// What an answer is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum AnswerFormat {
    /// For reading
    Table,
    /// For programs: one JSON object
    Json,
    /// For spreadsheets and statistics packages
    Csv,
}

pub const DYADS_HELP: &str = "\
Examples:
  legation dyads                              the pairs of states with the most events
  legation dyads --rank conflict --since 2022-01-01 --limit 10
  legation dyads --rank change                whose relations changed most in the last twelve months
  legation dyads --by month --format parquet --out dyads.parquet   the panel: all pairs by month

Ranks: events, cooperation, conflict (the most of each), meetings, change (the shift of conflict
less cooperation in the last 12 months of the window against the time before, in standard
deviations), score and hostility (highest and lowest mean PLOVER score, of ten events at least).
Large states are told of more than small ones: a rank says what the record tells of most.

The panel has the months in which a pair has events; `reports` (of the record) and `reports_a`,
`reports_b` (about each state) tell a zero from silence. `legation export dyad-month` makes a
panel with COW and Gleditsch-Ward numbers of a record of your own.

Exit codes: 0 fine, 2 wrong usage, 4 the output could not be written, 6 the record cannot be used";

/// `legation dyads`.
#[derive(Debug, Args)]
pub struct DyadsArgs {
    #[command(flatten)]
    pub ask: AskArgs,

    #[command(flatten)]
    pub count: CountArgs,

    /// What comes first: events, cooperation, conflict, meetings, change, score or hostility
    #[arg(long, value_name = "BY", value_enum, default_value_t = Rank::Events, hide_possible_values = true)]
    pub rank: Rank,

    /// At most so many; all, where rows are by month
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub limit: usize,

    /// One row for each pair and month, in place of one for each pair
    #[arg(long, value_name = "PERIOD", value_enum)]
    pub by: Option<PanelPeriod>,

    /// What to write: table, jsonl, csv or parquet
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = OutputFormat::Table, hide_possible_values = true)]
    pub format: OutputFormat,

    /// File to write to, in place of standard output; it appears when it is whole
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

/// Rows of a panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs)]
pub enum PanelPeriod {
    Month,
}

/// What dyads are ranked by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs)]
pub enum Rank {
    Events,
    Cooperation,
    Conflict,
    Meetings,
    Change,
    Score,
    Hostility,
}

impl From<Rank> for RankBy {
    fn from(rank: Rank) -> Self {
        match rank {
            Rank::Events => Self::Events,
            Rank::Cooperation => Self::Cooperation,
            Rank::Conflict => Self::Conflict,
            Rank::Meetings => Self::Meetings,
            Rank::Change => Self::Change,
            Rank::Score => Self::Score,
            Rank::Hostility => Self::Hostility,
        }
    }
}

pub const MEETINGS_HELP: &str = "\
Examples:
  legation meetings Russia Azerbaijan --since 2024-01-01 --level leaders
  legation meetings USA China --format json
  legation meetings \"Xi Jinping\" \"Vladimir Putin\"

A meeting is what one or more reports tell of: talks, a visit, a gathering of several at which both
are named. Reports of the same days, place and persons are one meeting. The level is that of the
lower side on the day: leaders (heads of state or government), ministers, officials; unknown where
the text names states alone. Calls, delegations of officials, meetings without a date and unconfirmed
ones (expected, possible, denied, announced, unsure) stand apart.

The count has an interval: at least the meetings that are surely different ones, at most all
tellings of different days, those without a date and, for a level, those of unknown level.
A record has not heard of every meeting: the interval is of what it tells, not of the world.

Exit codes: 0 fine, 2 wrong usage, 4 the output could not be written, 5 no such side, 6 the record
cannot be used";

/// `legation meetings`.
#[derive(Debug, Args)]
pub struct MeetingsArgs {
    /// One side: a state or organisation, or a person of the record
    #[arg(value_name = "A")]
    pub a: String,

    /// The other side
    #[arg(value_name = "B")]
    pub b: String,

    /// Who met: leaders, ministers, officials or any
    #[arg(long, value_name = "LEVEL", value_enum, default_value_t = Who::Any, hide_possible_values = true)]
    pub level: Who,

    #[command(flatten)]
    pub ask: AskArgs,

    /// What to write: table, json (one object) or csv (one meeting a row)
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = AnswerFormat::Table, hide_possible_values = true)]
    pub format: AnswerFormat,

    /// File to write to, in place of standard output; it appears when it is whole
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,

    /// Draw the number of meetings by year to this file too; its name ends in .svg or .png
    #[arg(long, value_name = "FILE")]
    pub plot: Option<PathBuf>,
}

/// Who met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs)]
pub enum Who {
    Leaders,
    Ministers,
    Officials,
    Any,
}

impl From<Who> for Level {
    fn from(who: Who) -> Self {
        match who {
            Who::Leaders => Self::Leaders,
            Who::Ministers => Self::Ministers,
            Who::Officials => Self::Officials,
            Who::Any => Self::Unknown,
        }
    }
}
