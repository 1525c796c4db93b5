//! `legation init`: an empty record.

use crate::args::record::InitArgs;
use crate::exit::{Exit, Failure};
use legation::store::Record;

/// Runs the command.
pub fn run(args: &InitArgs) -> Result<Exit, Failure> {
    let record = Record::create(&args.record.record)?;
    for (key, value) in [("title", &args.title), ("licence", &args.licence), ("attribution", &args.attribution)] {
        if let Some(value) = value {
            record.state(key, value)?;
        }
    }
    if args.world {
        let (_, written) = legation::import_facts(&record, legation::world().to_vec(), &legation::stamp())
            .map_err(|error| Failure::Input(error.to_string()))?;
        eprintln!(
            "{}: {} reports of {} events; `legation status` tells of what",
            args.record.record.display(),
            written.reports,
            written.occurrences
        );
        return Ok(Exit::Fine);
    }
    eprintln!("{}: an empty record; `legation add` fills it", args.record.record.display());
    Ok(Exit::Fine)
}
