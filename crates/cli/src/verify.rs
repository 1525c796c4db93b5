//! `legation verify`: whether a record is what was written.

use crate::args::record::VerifyArgs;
use crate::exit::{Exit, Failure};
use crate::record::open;
use crate::style::clean;

/// Runs the command.
pub fn run(args: &VerifyArgs) -> Result<Exit, Failure> {
    let record = open(&args.record)?;
    let found = record.verify()?;
    for damage in &found.damage {
        println!("{}", clean(&format!("{}: {}", damage.place, damage.message)));
    }
    if found.damage.is_empty() {
        println!(
            "sound: {} batches, {} rows and {} texts are as they were written",
            found.batches, found.rows, found.texts
        );
        return Ok(Exit::Fine);
    }
    Err(Failure::Record(format!(
        "{}: the record is damaged in {} places",
        args.record.record.display(),
        found.damage.len()
    )))
}
