//! `legation parse`: CoNLL-U.

use crate::args::ParseArgs;
use crate::exit::{Exit, Failure};
use crate::input::{self, Input};
use crate::out::Out;
use crate::progress::Progress;
use crate::summary::Summary;
use legation::{Legation, Options};
use std::io::Write;

/// Runs the command.
pub fn run(args: &ParseArgs) -> Result<Exit, Failure> {
    let input = Input::new(&args.input)?;
    let legation = Legation::new(&Options::default()).map_err(|e| Failure::Usage(e.to_string()))?;
    let fails = || Failure::output(args.out.as_deref());
    let mut out = Out::open(args.out.as_deref()).map_err(fails())?;
    let progress = Progress::new(args.input.quiet);
    let mut summary = Summary::default();
    legation
        .parse_all(input.readings(), input::threads(&args.input), |outcome| {
            summary.take(outcome, &progress, |coded| {
                out.write_all(legation::conllu(&coded.document, &coded.sentences).as_bytes())
            })
        })
        .and_then(|()| out.commit())
        .map_err(fails())?;
    progress.end();
    if !args.input.quiet {
        eprintln!("{}", summary.of_reading());
    }
    Ok(summary.exit())
}
