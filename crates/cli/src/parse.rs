//! `legation parse`: CoNLL-U.

use crate::args::ParseArgs;
use crate::exit::{Exit, Failure};
use crate::input::{self, Input};
use crate::out::Out;
use crate::progress::Progress;
use crate::summary::Summary;
use legation::{Legation, Options, Outcome};
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
            let written = match outcome {
                Outcome::Coded(coded, remarks) => {
                    summary.read += 1;
                    summary.sentences += coded.sentences.len() as u64;
                    remarks.iter().chain(&coded.coding.diagnostics).for_each(|d| progress.tell(input::remark(d)));
                    let text = legation::conllu(&coded.document, &coded.sentences);
                    progress.aside(|| out.write_all(text.as_bytes()))
                }
                Outcome::Skipped(skipped) => {
                    summary.skipped += 1;
                    progress.tell(skipped);
                    Ok(())
                }
                Outcome::Failed(error) => {
                    summary.failed += 1;
                    progress.tell(error);
                    Ok(())
                }
            };
            progress.step(0);
            written
        })
        .and_then(|()| out.commit())
        .map_err(fails())?;
    progress.end();
    if !args.input.quiet {
        eprintln!("{}", summary.of_reading());
    }
    Ok(summary.exit())
}
