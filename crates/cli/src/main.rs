//! The command line of Legation: arguments, rendering, exit codes. What an event is, is decided elsewhere.

mod account;
mod add;
mod args;
mod ask;
mod check;
mod code;
mod codebook;
mod correct;
mod dyad;
mod dyad_plot;
mod dyads;
mod eval;
mod events;
mod exit;
mod explain;
mod export;
mod flat;
mod import;
mod init;
mod input;
mod mediators;
mod meetings;
mod meetings_plot;
mod member;
mod out;
mod package;
mod panel;
mod parquet_file;
mod parse;
mod portrait;
mod position;
mod position_plot;
mod progress;
mod record;
#[cfg(test)]
mod sample;
mod search;
mod sheet;
mod show;
mod sql;
mod status;
mod style;
mod summary;
mod table;
mod verify;
mod who;

use args::{Cli, Command};
use clap::Parser;
use exit::Exit;
use std::process::ExitCode;

fn main() -> ExitCode {
    let result = match Cli::parse().command {
        Command::Code(args) => code::run(&args),
        Command::Explain(args) => account::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Eval(args) => eval::run(&args),
        Command::Parse(args) => parse::run(&args),
        Command::Codebook(args) => codebook::run(&args),
        Command::Who(args) => who::run(&args),
        Command::Member(args) => member::of_state(&args),
        Command::Members(args) => member::of_organisation(&args),
        Command::Init(args) => init::run(&args),
        Command::Add(args) => add::run(&args),
        Command::Status(args) => status::run(&args),
        Command::Verify(args) => verify::run(&args),
        Command::Events(args) => events::run(&args),
        Command::Show(args) => show::run(&args),
        Command::Search(args) => search::run(&args),
        Command::Correct(args) => correct::run(&args),
        Command::Import(args) => import::run(&args),
        Command::Export(args) => export::run(&args),
        Command::Position(args) => position::run(&args),
        Command::Mediators(args) => mediators::run(&args),
        Command::Sql(args) => sql::run(&args),
        Command::Dyad(args) => dyad::run(&args),
        Command::Dyads(args) => dyads::run(&args),
        Command::Meetings(args) => meetings::run(&args),
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
