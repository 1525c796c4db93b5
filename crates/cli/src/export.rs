//! `legation export`: the record for other tools.

use crate::args::OutputFormat;
use crate::args::export::{ExportArgs, ExportFormat, What};
use crate::events;
use crate::exit::{Exit, Failure};
use crate::flat;
use crate::out::Out;
use crate::package;
use crate::panel::Dyads;
use crate::record::open;
use crate::sheet::{Column, Kind, Sheet};
use legation::gazetteer::Gazetteer;
use legation::record::{Participant, Status};
use legation::store::{Filter, Record};
use serde_json::Value;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Runs the command.
pub fn run(args: &ExportArgs) -> Result<Exit, Failure> {
    if let Some(why) = args.contradiction() {
        return Err(Failure::Usage(why));
    }
    let record = open(&args.record)?;
    if args.what == What::Package {
        package::write(&record, args)?;
        return Ok(Exit::Fine);
    }
    if args.what == What::Record {
        record.copy_to(&args.out)?;
        return Ok(Exit::Fine);
    }
    let rows = one(&record, args, args.what, &args.out)?;
    eprintln!("{rows} rows in {}", args.out.display());
    if !args.no_coverage && !matches!(args.what, What::Coverage | What::Facts) {
        let beside = coverage_of(&args.out, args.format());
        one(&record, args, What::Coverage, &beside)?;
        eprintln!("what is covered: {}", beside.display());
    }
    Ok(Exit::Fine)
}

/// Writes one table; its number of rows.
pub fn one(record: &Record, args: &ExportArgs, what: What, path: &Path) -> Result<u64, Failure> {
    let mut rows = 0;
    let fails = || Failure::output(Some(path));
    let format = match args.format() {
        ExportFormat::Csv => OutputFormat::Csv,
        ExportFormat::Parquet => OutputFormat::Parquet,
    };
    match what {
        What::Events | What::Reports => {
            let mut writer = events::Writer::open(format, Some(path)).map_err(fails())?;
            record.events(&happened(args, what == What::Reports), |found| {
                rows += 1;
                writer.event(&found).map_err(fails())
            })?;
            writer.finish().map_err(fails())?;
        }
        What::Icews => rows = icews(record, args, path)?,
        What::DyadMonth | What::DyadYear => {
            let dyads = Dyads::new(record, args, what == What::DyadYear)?;
            let mut sheet = Sheet::open(format, Some(path), dyads.columns()).map_err(fails())?;
            dyads
                .rows(|row| {
                    rows += 1;
                    sheet.row(row)
                })
                .and_then(|()| sheet.finish())
                .map_err(fails())?;
            if dyads.undated() > 0 {
                eprintln!("{} occurrences are dated too vaguely to be in the panel", dyads.undated());
            }
        }
        What::Coverage => {
            let mut sheet = Sheet::open(format, Some(path), coverage_columns()).map_err(fails())?;
            for covered in record.coverage()? {
                rows += 1;
                let row = vec![
                    covered.code.into(),
                    covered.publisher.into(),
                    covered.month.map(|m| m / 100).into(),
                    covered.month.map(|m| m % 100).into(),
                    covered.documents.into(),
                    covered.reports.into(),
                    covered.sources.into(),
                ];
                sheet.row(row).map_err(fails())?;
            }
            sheet.finish().map_err(fails())?;
        }
        What::Facts => rows = facts(record, path)?,
        What::Package | What::Record => {}
    }
    Ok(rows)
}

/// One Parquet file, a row a report.
fn facts(record: &Record, path: &Path) -> Result<u64, Failure> {
    let fails = || Failure::output(Some(path));
    let out = Out::open(Some(path)).map_err(fails())?;
    let (out, rows) = legation::export_facts(record, out).map_err(fails())?;
    out.commit().map_err(fails())?;
    Ok(rows)
}

/// The columns of the coverage table.
pub fn coverage_columns() -> Vec<Column> {
    [
        ("code", Kind::Text, "state or organisation the documents report about; empty: all documents, whomever about"),
        ("publisher", Kind::Text, "who published them; empty: not known"),
        ("year", Kind::Int, "year of publication; for events without a document of the event"),
        ("month", Kind::Int, "month, 1 to 12"),
        ("documents", Kind::Int, "documents"),
        ("reports", Kind::Int, "reports in them about the code, of every status"),
        ("sources", Kind::Int, "documents that are not near-copies of each other"),
    ]
    .map(|(name, kind, about)| Column::new(name, kind, about))
    .to_vec()
}

/// `panel.csv` → `panel.coverage.csv`.
fn coverage_of(path: &Path, format: ExportFormat) -> PathBuf {
    path.with_extension(match format {
        ExportFormat::Csv => "coverage.csv",
        ExportFormat::Parquet => "coverage.parquet",
    })
}

fn happened(args: &ExportArgs, reports: bool) -> Filter {
    let number =
        |day: jiff::civil::Date| i64::from(day.year()) * 10_000 + i64::from(day.month()) * 100 + i64::from(day.day());
    Filter {
        statuses: vec![Status::Actual, Status::Historical],
        since: args.since.map(number),
        until: args.until.map(number),
        reports,
        ..Filter::default()
    }
}

const ICEWS: [&str; 20] = [
    "Event ID",
    "Event Date",
    "Source Name",
    "Source Sectors",
    "Source Country",
    "Event Text",
    "CAMEO Code",
    "Intensity",
    "Target Name",
    "Target Sectors",
    "Target Country",
    "Story ID",
    "Sentence Number",
    "Publisher",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
];

/// The twenty columns of ICEWS, tab-separated, NA for what is unknown: one row for each actor and recipient, an act of all
/// actors in both directions, as ICEWS has it. The intensity is the PLOVER score. Events without a day are left out.
fn icews(record: &Record, args: &ExportArgs, path: &Path) -> Result<u64, Failure> {
    let fails = || Failure::output(Some(path));
    let mut out = Out::open(Some(path)).map_err(fails())?;
    writeln!(out, "{}", ICEWS.join("\t")).map_err(fails())?;
    let (mut rows, mut undated) = (0, 0_u64);
    record.events(&happened(args, false), |found| {
        let event = &found.event;
        let Some(date) = event.date.as_ref().filter(|d| d.value.len() == 10) else {
            undated += 1;
            return Ok::<(), Failure>(());
        };
        let place = event.place.as_ref();
        let city = place.filter(|p| p.precision == "city").map(|p| p.name.as_str());
        let document = Some(event.document.id.as_str()).filter(|id| !id.is_empty());
        for (actor, recipient) in pairs(&event.actors, &event.recipients) {
            let side = |p: Option<&Participant>| {
                let code = p.and_then(|p| p.code.as_deref());
                let sectors = p.map(|p| p.sectors.join(",")).filter(|s| !s.is_empty());
                [cell(p.map(|p| p.name.as_str())), cell(sectors.as_deref()), cell(code.and_then(country).or(code))]
            };
            let act = format!("{} {}", event.event_type, event.event_mode.join(" "));
            let mut row = vec![event.id.clone(), date.value.clone()];
            row.extend(side(actor));
            row.extend([cell(Some(act.trim())), cell(Some(&event.cameo_code)), event.score.to_string()]);
            row.extend(side(recipient));
            row.extend([
                cell(document),
                (event.evidence.sentence + 1).to_string(),
                cell(event.document.publisher.as_deref()),
                cell(city),
                cell(None),
                cell(place.filter(|p| p.precision == "region").map(|p| p.name.as_str())),
                cell(place.and_then(|p| p.country.as_deref()).map(|c| country(c).unwrap_or(c))),
                cell(place.and_then(|p| p.lat).map(|x| x.to_string()).as_deref()),
                cell(place.and_then(|p| p.lon).map(|x| x.to_string()).as_deref()),
            ]);
            rows += 1;
            writeln!(out, "{}", row.join("\t")).map_err(fails())?;
        }
        Ok(())
    })?;
    out.commit().map_err(fails())?;
    if undated > 0 {
        eprintln!("{undated} occurrences without a day are left out");
    }
    Ok(rows)
}

fn pairs<'a>(
    actors: &'a [Participant],
    recipients: &'a [Participant],
) -> Vec<(Option<&'a Participant>, Option<&'a Participant>)> {
    let mut pairs = Vec::new();
    if recipients.is_empty() && actors.len() > 1 {
        for (i, a) in actors.iter().enumerate() {
            pairs.extend(actors.iter().enumerate().filter(|(j, _)| *j != i).map(|(_, b)| (Some(a), Some(b))));
        }
        return pairs;
    }
    let some = |list: &'a [Participant]| -> Vec<Option<&'a Participant>> {
        if list.is_empty() { vec![None] } else { list.iter().map(Some).collect() }
    };
    for a in some(actors) {
        pairs.extend(some(recipients).into_iter().map(|b| (a, b)));
    }
    pairs
}

fn country(code: &str) -> Option<&'static str> {
    Gazetteer::embedded().state(code).map(|s| s.name)
}

/// A cell of a table without quoting: one line, no tab, no formula.
fn cell(value: Option<&str>) -> String {
    match value {
        Some(value) if !value.is_empty() => {
            let clean = crate::style::clean(value);
            if clean.parse::<f64>().is_ok() { clean } else { flat::text(&clean) }
        }
        _ => "NA".to_owned(),
    }
}

/// The columns of a table of events.
pub fn event_columns() -> Vec<Column> {
    flat::COLUMNS.iter().chain(&events::MORE).map(|(name, kind, about)| Column::new(name, *kind, about)).collect()
}

/// Writes a JSON document with line breaks, whole or not at all.
pub fn json(path: &Path, value: &Value) -> io::Result<()> {
    let mut out = Out::open(Some(path))?;
    serde_json::to_writer_pretty(&mut out, value)?;
    writeln!(out)?;
    out.commit()
}
