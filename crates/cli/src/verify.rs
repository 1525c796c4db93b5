//! `legation verify`: whether a record is what was written.

use crate::args::record::VerifyArgs;
use crate::exit::{Exit, Failure};
use crate::record::{open, open_to_write};
use crate::style::clean;
use legation::store::Verified;

/// Runs the command.
pub fn run(args: &VerifyArgs) -> Result<Exit, Failure> {
    let found = open(&args.record)?.verify()?;
    tell(&found);
    if found.damage.is_empty() {
        return Ok(Exit::Fine);
    }
    let path = args.record.record.display();
    let only_indexes = found.damage.iter().all(|damage| damage.rebuilds);
    match (only_indexes, args.rebuild) {
        (true, true) => {
            let record = open_to_write(&args.record)?;
            record.rebuild()?;
            eprintln!("computed anew what follows from other tables");
            let again = record.verify()?;
            tell(&again);
            match again.damage.is_empty() {
                true => Ok(Exit::Fine),
                false => Err(Failure::Record(format!("{path}: the record is damaged"))),
            }
        }
        (true, false) => Err(Failure::Record(format!(
            "{path}: what was read and coded is whole; only tables that follow from it are wrong: \
             `legation verify --rebuild` computes them anew"
        ))),
        (false, _) => Err(Failure::Record(format!(
            "{path}: the record is damaged in {} places; go back to a copy, or make it again from its sources",
            found.damage.len()
        ))),
    }
}

fn tell(found: &Verified) {
    for damage in &found.damage {
        println!("{}", clean(&format!("{}: {}", damage.place, damage.message)));
    }
    if found.damage.is_empty() {
        println!(
            "sound: {} batches, {} rows and {} texts are as they were written",
            found.batches, found.rows, found.texts
        );
    }
}
