//! What can be typed to import into a record and export from it.

use super::date;
use super::record::RecordArg;
use clap::{Args, ValueEnum};
use jiff::civil::Date;
use std::path::PathBuf;

pub const IMPORT_HELP: &str = "\
Examples:
  legation import events.tab --from icews
  legation import world/world-2002-2024.parquet --from legation
  legation import my.csv --from csv --dataset \"My data 2020\" --map date=Day --map actor=Who \\
      --map actor_country=ISO --map recipient_country=ISO2 --map cameo=Code --map id=ID

A column map names the column of a field: id, date, actor, actor_country, actor_sectors, recipient,
recipient_country, recipient_sectors, cameo, event_type, event_mode, status, place, place_country,
lat, lon, story, sentence, title, publisher, published, url. A field that no --map names is looked
for under its own name (for icews under the name that ICEWS gives it). Rows that have been imported
are passed over; rows that are no event of PLOVER (CAMEO 01 and 02) are counted and left out.

Exit codes: 0 all rows, 1 some rows were left out, 2 wrong usage, 3 nothing could be read, 6 the
record cannot be used";

/// `legation import`.
#[derive(Debug, Args)]
pub struct ImportArgs {
    #[command(flatten)]
    pub record: RecordArg,

    /// Tables to read, `-` for standard input; comma-, semicolon- or tab-separated with a header; packed with gzip or zstd, too
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,

    /// Where they are from: icews, csv or legation (what `legation export facts` writes)
    #[arg(long, value_name = "FORMAT", value_enum, hide_possible_values = true)]
    pub from: From,

    /// The column of a field
    #[arg(long = "map", value_name = "FIELD=COLUMN")]
    pub map: Vec<String>,

    /// Name of the data set, noted as the coder of its events [default: icews, or the name of the file]
    #[arg(long, value_name = "NAME")]
    pub dataset: Option<String>,

    /// Rows of a batch
    #[arg(long, value_name = "N", default_value_t = 100_000)]
    pub batch: usize,
}

/// Formats that can be imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs)]
pub enum From {
    Icews,
    Csv,
    Legation,
}

pub const EXPORT_HELP: &str = "\
Examples:
  legation export events --out events.csv
  legation export events --out events.parquet --format parquet
  legation export dyad-month --out panel.csv --directed
  legation export dyad-year --out panel.csv --balanced --since 2002-01-01 --until 2023-12-31
  legation export icews --out events.tab
  legation export coverage --out coverage.csv
  legation export package --out folder/      all of it, with codebook and datapackage.json
  legation export facts --out facts.parquet   one row a report, without the text: for analysis, and
                                             for `legation import --from legation`
  legation export record --out copy.sqlite   the record itself, without free room, to send it

What happened is exported: actual and historical. In panels, news whose text has no date counts in the
period of its first publication. Dyads are of states, with ISO 3166, Correlates of
War and Gleditsch-Ward codes as they hold in the period. With --balanced every pair of states has a
row for every period in which both exist: 0 where the record has something of both states in that
period and nothing between them; empty where it has nothing of one of them, which is not peace but
silence. Beside every file lies its coverage (NAME.coverage.csv).

Exit codes: 0 fine, 2 wrong usage, 4 the output could not be written, 6 the record cannot be used";

/// `legation export`.
#[derive(Debug, Args)]
pub struct ExportArgs {
    #[command(flatten)]
    pub record: RecordArg,

    /// What: events, reports, dyad-month, dyad-year, icews, coverage, package, facts
    /// (Parquet, one row a report, without the text) or record (the whole of it as one file)
    #[arg(value_name = "WHAT", value_enum, hide_possible_values = true)]
    pub what: What,

    /// File to write; for a package the folder
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,

    /// csv or parquet (zstd) [default: parquet where FILE ends so, else csv]
    #[arg(long, value_name = "FORMAT", value_enum, hide_possible_values = true)]
    format: Option<ExportFormat>,

    /// Dyads: A to B apart from B to A
    #[arg(long)]
    pub directed: bool,

    /// Dyads: a row for every pair of states and period
    #[arg(long)]
    pub balanced: bool,

    /// Do not write the coverage beside the file
    #[arg(long)]
    pub no_coverage: bool,

    /// Dyads: only these states, by name or code
    #[arg(long = "state", value_name = "STATE")]
    pub states: Vec<String>,

    /// First day, as YYYY-MM-DD [default for balanced panels: the first publication]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub since: Option<Date>,

    /// Last day, as YYYY-MM-DD [default for balanced panels: the last publication]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub until: Option<Date>,
}

impl ExportArgs {
    /// The format of tables.
    pub fn format(&self) -> ExportFormat {
        let parquet = self.out.extension().is_some_and(|e| e.eq_ignore_ascii_case("parquet"));
        self.format.unwrap_or(if parquet { ExportFormat::Parquet } else { ExportFormat::Csv })
    }

    /// Why facts or a record, which have one form each, cannot be written as asked.
    pub fn contradiction(&self) -> Option<String> {
        let csv = self.format == Some(ExportFormat::Csv)
            || self.out.extension().is_some_and(|e| e.eq_ignore_ascii_case("csv"));
        let form = match self.what {
            What::Facts if csv => "facts are one Parquet file: name it FILE.parquet, or export reports as CSV",
            What::Record if csv || self.format.is_some() => {
                "a record is one SQLite file: name it FILE.sqlite, without --format"
            }
            _ => return None,
        };
        Some(form.to_owned())
    }
}

/// What can be exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs)]
pub enum What {
    Events,
    Reports,
    DyadMonth,
    DyadYear,
    Icews,
    Coverage,
    Package,
    Facts,
    Record,
}

/// Formats of exports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs)]
pub enum ExportFormat {
    Csv,
    Parquet,
}
