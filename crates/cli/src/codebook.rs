//! `legation codebook`: what is coded as what.

use crate::args::CodebookArgs;
use crate::exit::{Exit, Failure};

/// Runs the command.
pub fn run(_args: &CodebookArgs) -> Result<Exit, Failure> {
    Err(Failure::Usage("not yet".to_owned()))
}

/// The error as lines for standard error: each error of a codebook with its file and line.
pub fn told(error: legation::Error) -> String {
    error.to_string()
}
