//! A Frictionless data package: tables, their schema, and a codebook to read (specs.frictionlessdata.io).

use crate::args::export::{ExportArgs, ExportFormat, What};
use crate::exit::Failure;
use crate::export::{coverage_columns, event_columns, json, one};
use crate::out::Out;
use crate::panel::Dyads;
use crate::sheet::{Column, Kind};
use legation::coder::Codebook;
use legation::store::Record;
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::io::Write as _;

/// Writes the folder.
pub fn write(record: &Record, args: &ExportArgs) -> Result<(), Failure> {
    let folder = &args.out;
    let fails = || Failure::output(Some(folder));
    std::fs::create_dir_all(folder).map_err(fails())?;
    let suffix = if args.format() == ExportFormat::Csv { "csv" } else { "parquet" };
    let about: Vec<(String, String)> = record.about()?;
    let stated = |key: &str| about.iter().find(|(k, _)| k == key).map(|(_, v)| v.as_str());
    let figures = record.figures()?;
    let mut resources = Vec::new();
    let mut text = String::new();
    let title = stated("title").unwrap_or("A record of political events");
    let _ = write!(text, "# {title}\n\n");
    for key in ["licence", "attribution"] {
        if let Some(value) = stated(key) {
            let _ = write!(text, "{}: {value}\n\n", if key == "licence" { "Licence" } else { "Attribution" });
        }
    }
    let _ = writeln!(
        text,
        "{} documents of {} publishers, {} reports, {} occurrences. Only what happened is in the tables (status actual or \
         historical). Text cells that begin like a formula have an apostrophe before them. Where nothing is reported there is \
         silence, not peace: `coverage` says what the record has read about whom.",
        figures.documents, figures.publishers, figures.reports, figures.occurrences
    );
    let tables = [
        ("events", What::Events, "one row an occurrence: reports of the same happening merged"),
        ("reports", What::Reports, "one row a report"),
        ("dyad-month", What::DyadMonth, "counts by pair of states and month"),
        ("dyad-year", What::DyadYear, "counts by pair of states and year"),
        ("coverage", What::Coverage, "documents, reports and sources by state, publisher and month"),
    ];
    for (name, what, title) in tables {
        let path = format!("{name}.{suffix}");
        let rows = one(record, args, what, &folder.join(&path))?;
        let columns = match what {
            What::Events | What::Reports => event_columns(),
            What::Coverage => coverage_columns(),
            _ => Dyads::new(record, args, what == What::DyadYear)?.columns(),
        };
        resources.push(resource(name, &path, title, args.format(), &columns));
        let _ = write!(text, "\n## {path}\n\n{title}; {rows} rows.\n\n| column | type | meaning |\n|---|---|---|\n");
        for column in &columns {
            let _ = writeln!(text, "| `{}` | {} | {} |", column.name, kind(column.kind), column.about);
        }
    }
    let codebook = Codebook::embedded();
    let _ = write!(text, "\n## Event types\n\n| type | quad class | score | modes |\n|---|---|---|---|\n");
    for sheet in codebook.sheets() {
        if let Some(event_type) = sheet.event_type {
            let modes: Vec<&str> = sheet.modes.iter().map(|(mode, _)| mode.as_str()).collect();
            let _ = writeln!(
                text,
                "| {event_type} | {} | {} | {} |",
                event_type.quad_class(),
                sheet.score,
                modes.join(", ")
            );
        }
    }
    let _ = write!(text, "\nCodebook of the coder: {}. PLOVER: draft 0.8 of 2021.\n", codebook.hash());
    let mut package = json!({
        "name": "legation-record",
        "title": title,
        "profile": "tabular-data-package",
        "resources": resources,
    });
    if let Some(licence) = stated("licence") {
        package["licenses"] = json!([{"name": licence, "title": licence}]);
    }
    if let Some(attribution) = stated("attribution") {
        package["sources"] = json!([{"title": attribution}]);
    }
    json(&folder.join("datapackage.json"), &package).map_err(fails())?;
    Out::open(Some(&folder.join("codebook.md")))
        .and_then(|mut out| out.write_all(text.as_bytes()).and_then(|()| out.commit()))
        .map_err(fails())?;
    eprintln!("{}: {} tables, datapackage.json, codebook.md", folder.display(), tables.len());
    Ok(())
}

fn resource(name: &str, path: &str, title: &str, format: ExportFormat, columns: &[Column]) -> Value {
    let fields: Vec<Value> =
        columns.iter().map(|c| json!({"name": c.name, "type": kind(c.kind), "description": c.about})).collect();
    let (profile, format, mediatype) = match format {
        ExportFormat::Csv => ("tabular-data-resource", "csv", "text/csv"),
        ExportFormat::Parquet => ("data-resource", "parquet", "application/vnd.apache.parquet"),
    };
    json!({
        "name": name,
        "path": path,
        "title": title,
        "profile": profile,
        "format": format,
        "mediatype": mediatype,
        "encoding": "utf-8",
        "schema": {"fields": fields, "missingValues": [""]},
    })
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "string",
        Kind::Int => "integer",
        Kind::Float => "number",
        Kind::Any => "any",
    }
}
