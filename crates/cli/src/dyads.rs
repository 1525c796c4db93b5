//! `legation dyads`: the pairs of states, ranked, or all of them by month.

use crate::args::OutputFormat;
use crate::args::ask::{DyadsArgs, Rank};
use crate::ask::{about, figures, grouped, history};
use crate::exit::{Exit, Failure};
use crate::sheet::{Column, Kind, Sheet};
use legation::analysis::dyads::{by_month, covered, dyads};
use legation::analysis::{History, Month, MonthCounts, Party};
use legation::gazetteer::Gazetteer;
use legation::record::EventType;
use serde_json::Value;
use std::io::{self, IsTerminal};

/// Runs the command.
pub fn run(args: &DyadsArgs) -> Result<Exit, Failure> {
    if args.format == OutputFormat::Parquet && args.out.is_none() && io::stdout().is_terminal() {
        return Err(Failure::Usage("Parquet is not for a terminal: name a file with --out".to_owned()));
    }
    let history = history(args.ask.record.as_deref())?;
    let (first, last, whole) = covered(&history, &args.ask.window())
        .ok_or_else(|| Failure::Usage("the window is empty, or the record covers no time".to_owned()))?;
    let rows = if args.by.is_some() { panel(&history, args)? } else { ranks(&history, args)? };
    eprintln!("{}", about(history.about()));
    eprintln!("{}", figures(history.about()));
    eprintln!(
        "{rows} rows; {first} to {last}: {} documents, {} reports; rates are for each 1,000 of these reports",
        grouped(whole.documents),
        grouped(whole.reports)
    );
    Ok(Exit::Fine)
}

fn ranks(history: &History, args: &DyadsArgs) -> Result<usize, Failure> {
    let gazetteer = Gazetteer::embedded();
    let (scope, how) = (args.count.scope(), args.count.counting());
    let found = dyads(history, gazetteer, scope, &args.ask.window(), how, args.rank.into());
    let mut columns = vec![
        Column::new("rank", Kind::Int, "place, from 1"),
        Column::new("a", Kind::Text, "ISO 3166-1 alpha-3 code"),
        Column::new("b", Kind::Text, "ISO 3166-1 alpha-3 code"),
    ];
    let is_table = args.format == OutputFormat::Table;
    if is_table {
        columns.push(Column::new("pair", Kind::Text, "names"));
    }
    for name in ["events", "cooperation", "conflict"] {
        columns.push(Column::new(name, Kind::Int, "events of news"));
    }
    for name in ["cooperation_rate", "conflict_rate", "score_mean", "change"] {
        columns.push(Column::new(name, Kind::Float, ""));
    }
    if args.rank == Rank::Meetings {
        columns.push(Column::new("meetings", Kind::Int, "meetings told of with a date, of any level"));
    }
    let fails = || Failure::output(args.out.as_deref());
    let mut sheet = Sheet::open(args.format, args.out.as_deref(), columns).map_err(fails())?;
    let rounded = |x: f64| (x * 100.0).round() / 100.0;
    let mut number = 0;
    for row in found.iter().take(args.limit) {
        number += 1;
        let mut cells: Vec<Value> = vec![number.into(), row.a.into(), row.b.into()];
        if is_table {
            let name = |code: &str| gazetteer.name_of(code).unwrap_or_default().to_owned();
            cells.push(format!("{} – {}", name(row.a), name(row.b)).into());
        }
        cells.extend([row.counts.events, row.counts.cooperation(), row.counts.conflict()].map(Value::from));
        cells.extend([row.cooperation, row.conflict].map(|rate| rate.map(|rate| rounded(rate.value)).into()));
        cells.push(row.counts.score().map(|score| rounded(f64::from(score))).into());
        cells.push(row.change.map(rounded).into());
        if args.rank == Rank::Meetings {
            cells.push(row.meetings.into());
        }
        sheet.row(cells).map_err(fails())?;
    }
    sheet.finish().map_err(fails())?;
    Ok(number)
}

fn panel(history: &History, args: &DyadsArgs) -> Result<usize, Failure> {
    let fails = || Failure::output(args.out.as_deref());
    let mut columns = vec![
        Column::new("year", Kind::Int, "year"),
        Column::new("month", Kind::Int, "month, 1 to 12"),
        Column::new("a", Kind::Text, "ISO 3166-1 alpha-3 code, the first of the alphabet"),
        Column::new("b", Kind::Text, "ISO 3166-1 alpha-3 code"),
        Column::new("events", Kind::Int, "events of news, both ways"),
    ];
    let quads = ["verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict"];
    columns.extend(quads.map(|name| Column::new(name, Kind::Int, "of these")));
    columns.extend(EventType::ALL.map(|t| Column::new(&t.name().to_lowercase(), Kind::Int, "of these")));
    columns.push(Column::new("score_mean", Kind::Float, "mean PLOVER score, -10 to 10; empty without events"));
    columns.push(Column::new("by_publication", Kind::Int, "of these dated by their publication alone"));
    columns.push(Column::new("told_later", Kind::Int, "told later, as history; not among the events"));
    columns.push(Column::new("reports", Kind::Int, "reports of the record published in the month"));
    columns.push(Column::new("reports_a", Kind::Int, "of these about a"));
    columns.push(Column::new("reports_b", Kind::Int, "of these about b"));
    let mut sheet = Sheet::open(args.format, args.out.as_deref(), columns).map_err(fails())?;
    let (scope, how) = (args.count.scope(), args.count.counting());
    let mut number = 0;
    for (pair, months) in by_month(history, Gazetteer::embedded(), scope, &args.ask.window(), how) {
        let [a, b] = [pair.a, pair.b].map(|code| Party::Code(code.to_owned()));
        for (month, counts) in &months {
            number += 1;
            let about = |party: &Party| history.covered(party, *month).map(|covered| covered.reports);
            let reports = history.coverage().of_month(*month).reports;
            sheet.row(cells(pair.a, pair.b, *month, counts, [Some(reports), about(&a), about(&b)])).map_err(fails())?;
        }
    }
    sheet.finish().map_err(fails())?;
    Ok(number)
}

fn cells(a: &str, b: &str, month: Month, counts: &MonthCounts, reports: [Option<u32>; 3]) -> Vec<Value> {
    let mut cells: Vec<Value> =
        vec![month.year().into(), month.number().into(), a.into(), b.into(), counts.events.into()];
    cells.extend(counts.quads.map(Value::from));
    cells.extend(counts.types.map(Value::from));
    cells.push(counts.score().map(|score| (f64::from(score) * 1000.0).round() / 1000.0).into());
    cells.extend([counts.by_publication, counts.told_later].map(Value::from));
    cells.extend(reports.map(Value::from));
    cells
}
