//! What can be typed to correct a record.

use super::record::RecordArg;
use clap::{Args, Subcommand};

pub const CORRECT_HELP: &str = "\
Examples:
  legation correct merge 01f3… 8ab2… --by \"A. Reader\" --reason \"both tell of the Baku meeting\"
  legation correct split 01f3… 77c0… --by \"A. Reader\" --reason \"the second is the day after\"
  legation correct recode 01f3… --set event_type=CONSULT --set event_mode=visit --by … --reason …
  legation correct recode 01f3… --set actors=\"RUS:GOV; AZE\" --set date=2024-08-19 --by … --reason …
  legation correct reject 01f3… --by \"A. Reader\" --reason \"a football match\"
  legation correct undo 3 --by \"A. Reader\" --reason \"I was wrong\"
  legation correct list

An identifier is that of an occurrence, which means all its reports, or of one report; `legation
show` has both. Nothing is taken away: each correction is kept with name and reason, holds when
the document is added or coded again, and can be undone.

Exit codes: 0 written, 2 it cannot be done so, 6 the record cannot be used";

/// `legation correct`.
#[derive(Debug, Args)]
pub struct CorrectArgs {
    #[command(flatten)]
    pub record: RecordArg,

    /// What is to be corrected.
    #[command(subcommand)]
    pub command: CorrectCommand,
}

/// Who corrects, and why.
#[derive(Debug, Args)]
pub struct ByArgs {
    /// Your name
    #[arg(long, value_name = "NAME")]
    pub by: String,

    /// Why
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
}

/// The kinds of correction.
#[derive(Debug, Subcommand)]
pub enum CorrectCommand {
    /// These are one happening
    Merge {
        /// Identifiers, two or more
        #[arg(value_name = "ID", required = true, num_args = 2..)]
        ids: Vec<String>,
        #[command(flatten)]
        by: ByArgs,
    },
    /// These reports are another happening than the occurrence they stand in
    Split {
        /// Identifier of the occurrence
        #[arg(value_name = "OCCURRENCE")]
        id: String,
        /// Identifiers of the reports to take out
        #[arg(value_name = "REPORT", required = true)]
        reports: Vec<String>,
        #[command(flatten)]
        by: ByArgs,
    },
    /// This is to be coded otherwise
    Recode {
        /// Identifier
        #[arg(value_name = "ID")]
        id: String,
        /// A field and its new value: event_type, event_mode, contexts, cameo_code, date, place, status, actors or
        /// recipients; lists are parted by "; ", a participant is a name or code, with sectors behind a colon
        #[arg(long = "set", value_name = "FIELD=VALUE", required = true)]
        set: Vec<String>,
        #[command(flatten)]
        by: ByArgs,
    },
    /// This did not happen, or is no event
    Reject {
        /// Identifier
        #[arg(value_name = "ID")]
        id: String,
        #[command(flatten)]
        by: ByArgs,
    },
    /// A correction no longer holds
    Undo {
        /// Number of the correction
        #[arg(value_name = "NUMBER")]
        number: i64,
        #[command(flatten)]
        by: ByArgs,
    },
    /// Show all corrections
    List,
}
