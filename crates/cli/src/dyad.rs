//! `legation dyad`: how two sides stand to each other.

use crate::args::OutputFormat;
use crate::args::ask::{AnswerFormat, DyadArgs, Period};
use crate::ask::{about, event, figures, grouped, history, short, sides};
use crate::dyad_plot;
use crate::exit::{Exit, Failure};
use crate::out::Out;
use crate::sheet::{Column, Kind, Sheet};
use crate::style::{Style, Tone, keep_start};
use legation::analysis::changes::SHORTEST;
use legation::analysis::dyad::{Asked, Dyad, Measure, RECENT, dyad};
use legation::analysis::trend::Rate;
use legation::analysis::{About, Counting, History, Meaning, Month, MonthCounts, MonthRow, Occurrence};
use legation::gazetteer::Gazetteer;
use legation::record::EventType;
use serde::Serialize;
use serde_json::Value;
use std::io::{self, Write};

/// What the numbers are, wherever they go.
pub const UNIT: &str = "events of news (status actual) for each 1,000 reports of the record in the same months";

/// Runs the command.
pub fn run(args: &DyadArgs) -> Result<Exit, Failure> {
    let history = history(args.ask.record.as_deref())?;
    let (a, b) = sides(&history, &args.a, &args.b)?;
    let counting = Counting { direction: args.direction.into(), ..args.count.counting() };
    let asked = Asked { window: args.ask.window(), scope: args.count.scope(), counting };
    let found = dyad(&history, &a, &b, &asked);
    if found.months.is_none() {
        return Err(Failure::Usage("the window is empty, or the record covers no time".to_owned()));
    }
    if let Some(path) = &args.plot {
        dyad_plot::draw(&history, &found, path)?;
    }
    let fails = || Failure::output(args.out.as_deref());
    match args.format {
        AnswerFormat::Csv => {
            let mut sheet = Sheet::open(OutputFormat::Csv, args.out.as_deref(), columns()).map_err(fails())?;
            found.series.months.iter().try_for_each(|row| sheet.row(cells(row))).map_err(fails())?;
            sheet.finish().map_err(fails())?;
        }
        AnswerFormat::Json => {
            let mut out = Out::open(args.out.as_deref()).map_err(fails())?;
            let last = found.last.iter().take(args.last).copied().collect();
            let answer = Answer { record: history.about(), unit: UNIT, dyad: &found, last };
            serde_json::to_writer_pretty(&mut out, &answer)
                .map_err(io::Error::from)
                .and_then(|()| writeln!(out))
                .and_then(|()| out.commit())
                .map_err(fails())?;
        }
        AnswerFormat::Table => {
            let mut out = Out::open(args.out.as_deref()).map_err(fails())?;
            let style = if args.out.is_some() { Style::PLAIN } else { Style::of_stdout() };
            table(&mut out, style, &history, &found, args).and_then(|()| out.commit()).map_err(fails())?;
        }
    }
    Ok(Exit::Fine)
}

#[derive(Serialize)]
struct Answer<'a> {
    record: &'a About,
    unit: &'a str,
    #[serde(flatten)]
    dyad: &'a Dyad<'a>,
    last: Vec<Occurrence<'a>>,
}

fn columns() -> Vec<Column> {
    let int = |name: &str| Column::new(name, Kind::Int, "");
    let mut columns = vec![Column::new("month", Kind::Text, ""), Column::new("meaning", Kind::Text, "")];
    columns.extend(
        ["events", "verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict"].map(int),
    );
    columns.extend(EventType::ALL.map(|t| int(&t.name().to_lowercase())));
    let floats = ["cooperation_score", "conflict_score", "cooperation_rate", "conflict_rate"];
    columns.extend(floats.map(|name| Column::new(name, Kind::Float, "")));
    columns.extend(
        ["by_publication", "told_later", "documents", "reports", "publishers", "reports_a", "reports_b"].map(int),
    );
    columns
}

fn cells(row: &MonthRow) -> Vec<Value> {
    let counts = &row.counts;
    let meaning = serde_json::to_value(row.meaning()).unwrap_or_default();
    let mut cells: Vec<Value> = vec![row.month.to_string().into(), meaning, counts.events.into()];
    cells.extend(counts.quads.map(Value::from));
    cells.extend(counts.types.map(Value::from));
    let thousandth = |x: f64| Value::from((x * 1000.0).round() / 1000.0);
    cells.extend([counts.cooperation_score, counts.conflict_score].map(|x| thousandth(f64::from(x))));
    let rate = |events: u32| row.rate(events).map_or(Value::Null, thousandth);
    cells.extend([rate(counts.cooperation()), rate(counts.conflict())]);
    cells.extend([counts.by_publication, counts.told_later].map(Value::from));
    cells.extend([row.covered.documents, row.covered.reports, row.covered.publishers].map(Value::from));
    cells.extend([row.covered_a, row.covered_b].map(|side| side.map(|c| c.reports).into()));
    cells
}

fn table(out: &mut dyn Write, style: Style, history: &History, found: &Dyad<'_>, args: &DyadArgs) -> io::Result<()> {
    let gazetteer = Gazetteer::embedded();
    let names = [found.a.name(gazetteer), found.b.name(gazetteer)];
    let dim = |text: &str| style.paint(Tone::Dim, &keep_start(text, style.width())).into_owned();
    let strong = |text: &str| style.paint(Tone::Strong, text).into_owned();
    let Some((first, last)) = found.months else { return Ok(()) };
    writeln!(out, "{}", strong(&format!("{} – {} · {first} to {last}", names[0], names[1])))?;
    writeln!(out, "{}", dim(&about(history.about())))?;
    writeln!(out, "{}", dim(&figures(history.about())))?;

    writeln!(out, "\n{}", dim("for each 1,000 reports of the record, with 95 % intervals"))?;
    writeln!(out, "{:13}{:>7}  {:22}{:22}before that", "", "events", "whole time", format!("last {RECENT} months"))?;
    for (name, measure) in [("cooperation", &found.cooperation), ("conflict", &found.conflict)] {
        writeln!(
            out,
            "{name:13}{:>7}  {:22}{:22}{}",
            measure.whole.map_or(0, |rate| rate.events),
            rate(measure.whole),
            rate(measure.recent),
            rate(measure.before)
        )?;
    }
    for (name, measure) in [("cooperation", &found.cooperation), ("conflict", &found.conflict)] {
        level(out, name, measure)?;
    }
    let total = &found.total;
    let quads = ["verbal cooperation", "material cooperation", "verbal conflict", "material conflict"];
    let quads: Vec<String> = quads.iter().zip(total.quads).map(|(name, n)| format!("{n} {name}")).collect();
    writeln!(out, "{}", quads.join(", "))?;
    let types: Vec<(EventType, u32)> = EventType::ALL.into_iter().zip(total.types).filter(|(_, n)| *n > 0).collect();
    let types: Vec<String> = types.iter().map(|(event_type, n)| format!("{n} {event_type}")).collect();
    lines(out, style, &types)?;
    writeln!(
        out,
        "{} → {} {}, {} → {} {}, of these by both together {}; mean score {}",
        found.a,
        found.b,
        found.forward,
        found.b,
        found.a,
        found.backward,
        found.mutual,
        total.score().map_or("–".to_owned(), |score| format!("{score:+.1} of ±10"))
    )?;

    writeln!(out, "\n{}", strong("Turning points"))?;
    if found.series.months.len() < 2 * SHORTEST {
        writeln!(out, "the window is too short: two times {SHORTEST} months are the least")?;
    } else if found.turning_points.is_empty() {
        writeln!(out, "none: no change of a rate is beyond chance (PELT, penalty 3 ln n)")?;
    }
    for point in &found.turning_points {
        let way = if point.after > point.before { "up" } else { "down" };
        let between = match point.between {
            (one, other) if one == other => String::new(),
            (one, other) => format!(" (between {one} and {other})"),
        };
        let (before, after) = (short(point.before), short(point.after));
        writeln!(out, "{}  {} {way} from {before} to {after} for 1,000 reports{between}", point.month, point.of)?;
        point.events.iter().take(2).try_for_each(|o| event(out, style, o, 4))?;
    }

    writeln!(out, "\n{}", strong(if args.by == Period::Year { "By year" } else { "By month" }))?;
    periods(out, style, found, args.by)?;
    coverage(out, style, found, names)?;

    writeln!(out, "\n{}", strong("Last events"))?;
    if found.last.is_empty() {
        writeln!(out, "none")?;
    }
    found.last.iter().take(args.last).try_for_each(|o| event(out, style, o, 0))?;
    if let Some(one) = found.last.first()
        && history.about().place != legation::WORLD
    {
        writeln!(
            out,
            "{}",
            dim(&format!("legation show {} --record {} shows all its reports", one.id(), history.about().place))
        )?;
    }
    Ok(())
}

fn rate(rate: Option<Rate>) -> String {
    rate.map_or("–".to_owned(), |r| format!("{} ({}–{})", short(r.value), short(r.low), short(r.high)))
}

/// How the last months stand among those before, and where things go.
fn level(out: &mut dyn Write, name: &str, measure: &Measure) -> io::Result<()> {
    let mut parts = Vec::new();
    if let Some(standing) = measure.standing {
        let share = format!("{:.0} %", 100.0 * standing);
        parts.push(format!("the last {RECENT} months stand above {share} of the runs of {RECENT} months before"));
    }
    if let Some(trend) = measure.trend {
        let period = measure.trend_of.trim_end_matches('s');
        let p = if trend.p < 0.01 { "p below 0.01".to_owned() } else { format!("p {:.2}", trend.p) };
        let sure = if trend.p < 0.05 { "" } else { ": no trend beyond chance" };
        let (slope, low, high) = (trend.slope, trend.low, trend.high);
        parts.push(format!("{slope:+.3} from {period} to {period} (95 % {low:+.3} to {high:+.3}), {p}{sure}"));
    }
    parts.iter().enumerate().try_for_each(|(i, part)| {
        let name = if i == 0 { format!("{name}:") } else { String::new() };
        writeln!(out, "{name:13}{part}")
    })
}

/// Parts joined by commas, in lines.
fn lines(out: &mut dyn Write, style: Style, parts: &[String]) -> io::Result<()> {
    let mut line = String::new();
    for part in parts {
        if !line.is_empty() && line.len() + part.len() + 2 > style.width() {
            writeln!(out, "{line},")?;
            line.clear();
        }
        line = if line.is_empty() { part.clone() } else { format!("{line}, {part}") };
    }
    if line.is_empty() { Ok(()) } else { writeln!(out, "{line}") }
}

fn periods(out: &mut dyn Write, style: Style, found: &Dyad<'_>, by: Period) -> io::Result<()> {
    let head = format!(
        "{:8}{:>13}{:>10}{:>8}{:>8}{:>12}{:>10}{:>9}{:>9}",
        "",
        "cooperation",
        "conflict",
        "coop/k",
        "conf/k",
        "mean score",
        "reports",
        found.a.key(),
        found.b.key()
    );
    writeln!(out, "{}", style.paint(Tone::Dim, &keep_start(&head, style.width())))?;
    let key = |row: &MonthRow| if by == Period::Year { Month(row.month.0 - row.month.number() + 1) } else { row.month };
    for rows in found.series.months.chunk_by(|one, other| key(one) == key(other)) {
        let mut counts = MonthCounts::default();
        rows.iter().for_each(|row| counts.add_all(&row.counts));
        let sum = |of: &dyn Fn(&MonthRow) -> Option<u32>| rows.iter().map(of).sum::<Option<u32>>();
        let reports = sum(&|row| Some(row.covered.reports)).unwrap_or(0);
        let rate = |events: u32| {
            if reports == 0 { "–".to_owned() } else { short(1000.0 * f64::from(events) / f64::from(reports)) }
        };
        let side = |covered: Option<u32>| covered.map_or("–".to_owned(), grouped);
        let name = if by == Period::Year { rows[0].month.year().to_string() } else { rows[0].month.to_string() };
        writeln!(
            out,
            "{name:8}{:>13}{:>10}{:>8}{:>8}{:>12}{:>10}{:>9}{:>9}",
            counts.cooperation(),
            counts.conflict(),
            rate(counts.cooperation()),
            rate(counts.conflict()),
            counts.score().map_or("–".to_owned(), |score| format!("{score:+.1}")),
            grouped(reports),
            side(sum(&|row| row.covered_a.map(|c| c.reports))),
            side(sum(&|row| row.covered_b.map(|c| c.reports))),
        )?;
    }
    let note = "/k: for each 1,000 reports of the record; the last columns: reports of all, and about each side";
    writeln!(out, "{}", style.paint(Tone::Dim, note))
}

fn coverage(out: &mut dyn Write, style: Style, found: &Dyad<'_>, names: [&str; 2]) -> io::Result<()> {
    writeln!(out, "\n{}", style.paint(Tone::Strong, "Coverage"))?;
    let [events, zero, silence, uncovered] = found.meanings();
    let covered = found.covered;
    writeln!(
        out,
        "{} months: {events} with events, {zero} in which both are told of and nothing between them,",
        found.series.months.len()
    )?;
    writeln!(out, "{silence} in which one is not told of (nothing is known), {uncovered} without any report")?;
    let sum = |of: &dyn Fn(&MonthRow) -> Option<u32>| found.series.months.iter().map(of).sum::<Option<u32>>();
    let sides = [
        (names[0], sum(&|row| row.covered_a.map(|c| c.reports))),
        (names[1], sum(&|row| row.covered_b.map(|c| c.reports))),
    ];
    let sides: Vec<String> =
        sides.iter().filter_map(|(name, reports)| Some(format!("{} about {name}", grouped((*reports)?)))).collect();
    writeln!(
        out,
        "{} documents and {} reports in these months; {}",
        grouped(covered.documents),
        grouped(covered.reports),
        if sides.is_empty() {
            "coverage is known of states and organisations alone".to_owned()
        } else {
            sides.join(", ")
        }
    )?;
    let total = &found.total;
    writeln!(
        out,
        "of {} events {} stand where they were published, the text telling no time; {:.1} are right by their",
        total.events, total.by_publication, total.expected
    )?;
    writeln!(
        out,
        "confidence; {} more are told later as history, {} are of a month that nobody tells: not counted",
        total.told_later, found.series.undated
    )?;
    let gaps = found.series.months.iter().filter(|row| row.meaning() == Meaning::Silence).count();
    if gaps * 2 > found.series.months.len() {
        writeln!(out, "the record is silent more often than not: do not read an empty month as a quiet one")?;
    }
    Ok(())
}

/// What a picture's caption says of coverage.
pub fn caption(found: &Dyad<'_>) -> String {
    let [events, zero, silence, uncovered] = found.meanings();
    format!(
        "{} reports in {} documents. Months with events {events}, with both sides told of and none {zero}, with one side not told \
         of {silence}, without reports {uncovered}.",
        grouped(found.covered.reports),
        grouped(found.covered.documents),
    )
}
