//! `legation sql`: questions of the user's own.

use crate::args::record::SqlArgs;
use crate::exit::{Exit, Failure};
use crate::record::open;
use crate::sheet::{Column, Kind, Sheet};
use legation::store::{Bounds, Line};

/// Runs the command.
pub fn run(args: &SqlArgs) -> Result<Exit, Failure> {
    let record = open(&args.record)?;
    let bounds = Bounds { seconds: args.seconds, rows: args.rows };
    let fails = || Failure::output(args.out.as_deref());
    let mut sheet = None;
    let more = record.sql(&args.statement, bounds, |line| {
        match (line, &mut sheet) {
            (Line::Names(names), _) => {
                let columns = names.iter().map(|n| Column::new(n, Kind::Any, "")).collect();
                sheet = Some(Sheet::open(args.format, args.out.as_deref(), columns).map_err(fails())?);
            }
            (Line::Cells(cells), Some(sheet)) => sheet.row(cells.to_vec()).map_err(fails())?,
            (Line::Cells(_), None) => {}
        }
        Ok::<(), Failure>(())
    })?;
    if let Some(sheet) = sheet {
        sheet.finish().map_err(fails())?;
    }
    if more {
        eprintln!("only the first {} rows: --rows asks for more", args.rows);
        return Ok(Exit::Some);
    }
    Ok(Exit::Fine)
}
