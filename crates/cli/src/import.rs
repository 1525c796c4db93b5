//! `legation import`: events that others coded.

use crate::args::export::{From, ImportArgs};
use crate::exit::{Exit, Failure};
use crate::record::open_to_write;
use crate::style::clean;
use legation::store::Record;
use legation::{FIELDS, ICEWS, Importer, stamp};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

/// What became of the rows.
#[derive(Default)]
struct Tally {
    rows: u64,
    written: i64,
    occurrences: i64,
    left_out: BTreeMap<String, u64>,
}

/// Runs the command.
pub fn run(args: &ImportArgs) -> Result<Exit, Failure> {
    let map = map(args)?;
    let record = open_to_write(&args.record)?;
    let mut tally = Tally::default();
    let mut failed = 0;
    for path in &args.files {
        match table(args, &map, &record, path, &mut tally) {
            Ok(()) => {}
            Err(Failure::Input(message)) => {
                failed += 1;
                eprintln!("{}", clean(&message));
            }
            Err(other) => return Err(other),
        }
    }
    let left_out: u64 = tally.left_out.values().sum();
    eprintln!(
        "{} rows, {} written, {} were there already, {left_out} left out; {} occurrences written",
        tally.rows,
        tally.written,
        tally.rows.saturating_sub(left_out).saturating_sub(tally.written.unsigned_abs()),
        tally.occurrences
    );
    for (why, count) in &tally.left_out {
        eprintln!("left out {count}: {}", clean(why));
    }
    Ok(match (tally.rows, left_out + failed) {
        (0, _) => Exit::Nothing,
        (_, 0) => Exit::Fine,
        _ => Exit::Some,
    })
}

/// Fields and their columns.
fn map(args: &ImportArgs) -> Result<BTreeMap<String, String>, Failure> {
    let own = FIELDS.iter().map(|(field, _)| (*field, *field));
    let named: Vec<(&str, &str)> = match args.from {
        From::Csv => own.collect(),
        From::Icews => ICEWS.to_vec(),
        From::Legation => Vec::new(),
    };
    let mut map: BTreeMap<String, String> = named.into_iter().map(|(f, c)| (f.to_owned(), c.to_owned())).collect();
    for pair in &args.map {
        let (field, column) =
            pair.split_once('=').ok_or_else(|| Failure::Usage(format!("--map {pair}: FIELD=COLUMN")))?;
        if !FIELDS.iter().any(|(f, _)| *f == field) {
            let names: Vec<&str> = FIELDS.iter().map(|(f, _)| *f).collect();
            return Err(Failure::Usage(format!("--map {pair}: fields are {}", names.join(", "))));
        }
        map.insert(field.to_owned(), column.to_owned());
    }
    Ok(map)
}

/// A file of facts, as `legation export facts` writes it.
fn facts(record: &Record, mut input: impl Read, name: &str, tally: &mut Tally) -> Result<(), Failure> {
    let unread = |error: &dyn std::fmt::Display| Failure::Input(format!("{name}: {error}"));
    let mut file = Vec::new();
    input.read_to_end(&mut file).map_err(|e| unread(&e))?;
    let before = record.last_batch()?;
    let (rows, written) = match legation::import_facts(record, file, &stamp()) {
        Ok(done) => done,
        Err(legation::FactError::Record(error)) => return Err(error.into()),
        Err(other) => return Err(unread(&other)),
    };
    tally.rows += rows;
    tally.written += written.reports;
    tally.occurrences += written.occurrences;
    if written.batch > before {
        eprintln!("batch {} is on the disk: {} reports", written.batch, written.reports);
    }
    Ok(())
}

fn table(
    args: &ImportArgs,
    map: &BTreeMap<String, String>,
    record: &Record,
    path: &Path,
    tally: &mut Tally,
) -> Result<(), Failure> {
    let name = path.display().to_string();
    let unread = |error: &dyn std::fmt::Display| Failure::Input(format!("{name}: {error}"));
    let input: Box<dyn Read> = match name.as_str() {
        "-" => Box::new(std::io::stdin()),
        _ => Box::new(File::open(path).map_err(|e| unread(&e))?),
    };
    let mut input = BufReader::with_capacity(1 << 20, input);
    let input: Box<dyn Read> = match input.fill_buf().map_err(|e| unread(&e))? {
        [0x1f, 0x8b, ..] => Box::new(flate2::bufread::MultiGzDecoder::new(input)),
        [0x28, 0xb5, 0x2f, 0xfd, ..] => {
            Box::new(zstd::stream::read::Decoder::with_buffer(input).map_err(|e| unread(&e))?)
        }
        _ => Box::new(input),
    };
    let mut input = BufReader::with_capacity(1 << 20, input);
    if args.from == From::Legation {
        return facts(record, input, &name, tally);
    }
    let head = input.fill_buf().map_err(|e| unread(&e))?;
    let header = head.split(|b| *b == b'\n').next().unwrap_or_default();
    let delimiter = [b'\t', b';', b','].into_iter().find(|d| header.contains(d)).unwrap_or(b',');
    let mut rows = csv::ReaderBuilder::new().delimiter(delimiter).quoting(delimiter != b'\t').from_reader(input);
    let names = rows.headers().map_err(|e| unread(&e))?.clone();
    let mut columns: BTreeMap<&str, usize> = BTreeMap::new();
    for (field, column) in map {
        match names.iter().position(|n| n.trim_start_matches('\u{feff}') == column) {
            Some(i) => {
                columns.insert(field, i);
            }
            None if args.map.iter().any(|pair| pair.split_once('=').is_some_and(|(f, _)| f == field)) => {
                return Err(Failure::Usage(format!("{name} has no column {column:?}")));
            }
            None => {}
        }
    }
    // Without one of each of these no row can be an event: better said once, before anything is read.
    let needed: [&[&str]; 3] =
        [&["date"], &["cameo", "event_type"], &["actor", "actor_country", "recipient", "recipient_country"]];
    if let Some(fields) = needed.iter().find(|fields| !fields.iter().any(|field| columns.contains_key(field))) {
        let there: Vec<String> = names.iter().map(clean).collect();
        return Err(Failure::Usage(format!(
            "{name} has no column for {}: say which it is with --map {}=COLUMN; its columns are {}",
            fields.join(" or "),
            fields[0],
            there.join(", ")
        )));
    }
    let stem = path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
    let dataset = args.dataset.clone().unwrap_or(if args.from == From::Icews { "icews".to_owned() } else { stem });
    let mut importer = Importer::new(&dataset);
    let mut waiting = Vec::new();
    let mut row = csv::StringRecord::new();
    let mut number = 0;
    loop {
        let more = match rows.read_record(&mut row) {
            Ok(more) => more,
            Err(error) if error.is_io_error() => return Err(unread(&error)),
            Err(_) => {
                tally.rows += 1;
                *tally.left_out.entry("a row that does not fit the header".to_owned()).or_default() += 1;
                continue;
            }
        };
        if more {
            number += 1;
            tally.rows += 1;
            match importer.event(number, |field| columns.get(field).and_then(|i| row.get(*i))) {
                Ok(event) => waiting.push(event),
                Err(why) => *tally.left_out.entry(why).or_default() += 1,
            }
        }
        if waiting.len() >= args.batch.max(1) || !more {
            let written = record.import(&waiting, &stamp())?;
            waiting.clear();
            tally.written += written.reports;
            tally.occurrences += written.occurrences;
            if written.batch > 0 {
                eprintln!("batch {} is on the disk: {} reports", written.batch, written.reports);
            }
        }
        if !more {
            return Ok(());
        }
    }
}
