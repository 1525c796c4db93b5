//! The command line of Legation: arguments, rendering, exit codes. What an event is, is decided elsewhere.

mod account;
mod args;
mod code;
mod codebook;
mod eval;
mod exit;
mod explain;
mod flat;
mod input;
mod member;
mod out;
mod parquet_file;
mod parse;
mod portrait;
mod progress;
#[cfg(test)]
mod sample;
mod style;
mod summary;
mod table;
mod who;

use args::{Cli, Command};
use clap::Parser;
use exit::Exit;
use std::process::ExitCode;

fn main() -> ExitCode {
    let result = match Cli::parse().command {
        Command::Code(args) => code::run(&args),
        Command::Explain(args) => account::run(&args),
        Command::Eval(args) => eval::run(&args),
        Command::Parse(args) => parse::run(&args),
        Command::Codebook(args) => codebook::run(&args),
        Command::Who(args) => who::run(&args),
        Command::Member(args) => member::of_state(&args),
        Command::Members(args) => member::of_organisation(&args),
    };
    match result {
        Ok(exit) => exit.code(),
        // `legation code … | head`: the reader has what it wants.
        Err(failure) if failure.is_closed_pipe() => Exit::Fine.code(),
        Err(failure) => {
            eprintln!("legation: {failure}");
            failure.exit().code()
        }
    }
}
