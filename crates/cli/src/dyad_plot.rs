//! A dyad's series as a picture.

use crate::ask::{Source, short};
use crate::dyad::caption;
use crate::exit::Failure;
use crate::out::Out;
use legation::analysis::dyad::Dyad;
use legation::analysis::{History, Meaning, Month, MonthRow};
use legation::gazetteer::Gazetteer;
use legation_plot::{Figure, Format, Instant, Kind, Look, Mark, Panel, Point, Series, Step};
use std::io::Write;
use std::path::Path;

/// Draws cooperation and conflict by month, with the turning points of both.
pub fn draw(history: &History, found: &Dyad<'_>, path: &Path) -> Result<(), Failure> {
    write(&figure(history, found), path)
}

/// Writes a figure in the format that the file's name asks for.
pub fn write(figure: &Figure, path: &Path) -> Result<(), Failure> {
    let wrong = |error: legation_plot::Error| Failure::Usage(error.to_string());
    let bytes = figure.bytes(Format::of(path).map_err(wrong)?).map_err(wrong)?;
    let fails = || Failure::output(Some(path));
    let mut out = Out::open(Some(path)).map_err(fails())?;
    out.write_all(&bytes).and_then(|()| out.commit()).map_err(fails())
}

fn at(month: Month) -> Instant {
    Instant::month(month.year(), month.number())
}

fn figure(history: &History, found: &Dyad<'_>) -> Figure {
    let gazetteer = Gazetteer::embedded();
    let months = &found.series.months;
    let series = |name: &str, look: Look, of: &dyn Fn(&MonthRow) -> Option<f64>| Series {
        name: name.to_owned(),
        look,
        kind: Kind::Bars,
        points: months.iter().map(|row| Point { at: at(row.month), value: of(row), interval: None }).collect(),
    };
    let unknown = |row: &MonthRow| matches!(row.meaning(), Meaning::Uncovered | Meaning::Silence);
    let half = 0.5 / 12.0;
    let uncovered = months
        .chunk_by(|one, other| unknown(one) == unknown(other))
        .filter(|run| unknown(&run[0]))
        .map(|run| (Instant(at(run[0].month).0 - half), Instant(at(run[run.len() - 1].month).0 + half)))
        .collect();
    let marks = found
        .turning_points
        .iter()
        .map(|point| Mark {
            at: Instant(at(point.month).0 - half),
            label: format!("{}: {} from {} to {}", point.month, point.of, short(point.before), short(point.after)),
        })
        .collect();
    let panel = Panel {
        title: "Cooperation (up) and conflict (down)".to_owned(),
        unit: "events per 1,000 reports of the month".to_owned(),
        series: vec![
            series("cooperation", Look::Cooperation, &|row| row.rate(row.counts.cooperation())),
            series("conflict", Look::Conflict, &|row| row.rate(row.counts.conflict()).map(|rate| -rate)),
        ],
        marks,
        uncovered,
        range: None,
    };
    let window = found.months.map(|(first, last)| format!("{first} to {last}")).unwrap_or_default();
    Figure {
        title: format!("{} – {}", found.a.name(gazetteer), found.b.name(gazetteer)),
        subtitle: format!("Events by month, {window}, for each 1,000 reports of the record in the month"),
        panels: vec![panel],
        columns: 1,
        step: Step::Month,
        span: None,
        source: Source::of(history).credit(),
        coverage: caption(found),
        notes: vec![
            "Not covered: months in which the record does not tell of one of the two. Numbered lines: turning points (PELT, Killick \
             et al. 2012; Poisson likelihood with the reports of the month as exposure, penalty 3 ln n)."
                .to_owned(),
        ],
    }
}
