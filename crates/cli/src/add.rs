//! `legation add`: articles and their events into a record.

use crate::args::record::AddArgs;
use crate::codebook;
use crate::exit::{Exit, Failure};
use crate::input::{self, Input};
use crate::progress::Progress;
use crate::record::open_to_write;
use crate::summary::Summary;
use legation::store::{Adding, Error, Written};
use legation::{Known, Legation, Options, Outcome, Recorder};

/// Runs the command.
pub fn run(args: &AddArgs) -> Result<Exit, Failure> {
    let input = Input::new(&args.input)?;
    let record = open_to_write(&args.record)?;
    let legation =
        Legation::new(&Options { codebook: args.codebook.clone() }).map_err(|e| Failure::Usage(codebook::told(e)))?;
    let progress = Progress::new(args.input.quiet);
    let mut summary = Summary::default();
    let known = Known::new(&record, args.recode);
    let how = Adding { without_text: args.without_text, recode: args.recode };
    let mut recorder = Recorder::new(&record, how, args.batch);
    let tell = |written: Option<Written>| {
        if let (Some(written), false) = (written, args.input.quiet) {
            progress.tell(format!(
                "batch {} is on the disk: {} documents, {} reports",
                written.batch, written.documents, written.reports
            ));
        }
    };
    let readings = input.readings().filter_map(|reading| known.pass(reading));
    let done = legation
        .code_all(readings, input::threads(&args.input), |outcome| {
            let Outcome::Coded(coded, remarks) = outcome else {
                return summary.take(outcome, &progress, |_| Ok::<(), Error>(()));
            };
            summary.coded(&coded, &remarks, &progress);
            recorder.take(*coded, remarks).map(tell)
        })
        .and_then(|()| recorder.write().map(tell));
    progress.end();
    done?;
    let known = known.held_back();
    if !args.input.quiet {
        let total = recorder.total;
        eprintln!("{summary}; {known} documents were there already");
        eprintln!(
            "{} documents, {} reports, {} occurrences written",
            total.documents, total.reports, total.occurrences
        );
    }
    Ok(if known > 0 && summary.failed == 0 { Exit::Fine } else { summary.exit() })
}
