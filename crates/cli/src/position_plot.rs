//! The picture of a position: one panel a power, and one for the index.

use crate::ask::Source;
use crate::exit::Failure;
use crate::out::Out;
use crate::position::list;
use legation::analysis::position::{Position, YearTie};
use legation_plot::{Figure, Format, Instant, Kind, Look, Panel, Point, Series, Step};
use std::io::Write;
use std::path::Path;

/// The file to draw.
pub struct Target<'a> {
    path: &'a Path,
    format: Format,
}

impl<'a> Target<'a> {
    /// The extension of a file name gives its format.
    pub fn new(path: &'a Path) -> Result<Self, Failure> {
        let format = Format::of(path).map_err(|e| Failure::Usage(e.to_string()))?;
        Ok(Self { path, format })
    }

    /// Draws and writes.
    pub fn write(&self, p: &Position, source: &Source) -> Result<(), Failure> {
        let bytes = figure(p, source).bytes(self.format).map_err(|e| Failure::Usage(e.to_string()))?;
        let mut out = Out::open(Some(self.path)).map_err(Failure::output(Some(self.path)))?;
        out.write_all(&bytes).and_then(|()| out.commit()).map_err(Failure::output(Some(self.path)))
    }
}

fn figure(p: &Position, source: &Source) -> Figure {
    let names: Vec<&str> = p.among.iter().map(|power| power.name.as_str()).collect();
    let mut panels: Vec<Panel> = (0..names.len()).map(|i| power(p, i)).collect();
    // One scale for all powers, so that the panels can be compared.
    let values = || panels.iter().flat_map(|p| &p.series).flat_map(|s| &s.points).filter_map(|p| p.value);
    let (down, up) = values().fold((0.0_f64, 1.0_f64), |(down, up), value| (down.min(value), up.max(value)));
    for panel in &mut panels {
        panel.range = Some((down, up));
    }
    panels.push(index(p));
    panels.push(coverage(p));
    let window = p.windows.first().map_or(0, |w| w.to - w.from + 1);
    let unknown = p.windows.iter().filter(|w| w.index.value.is_none()).count();
    let mut notes = vec![
        "Bars: occurrences in which the state and the power act towards each other; what rebels, parties and companies do \
         is not the state's act. They rise and fall with what the record covers: compare with the last panel."
            .to_owned(),
        format!(
            "Index: evenness, warmth and bridging of rivals over the {window} years that end in the year (0 to 1); band: \
             90 % of resamples. Formula: docs/multivector.md."
        ),
    ];
    if p.with_members {
        notes.push("An organisation stands for its members too, as they were on the day.".to_owned());
    }
    if unknown > 0 {
        notes.push(format!("{unknown} of {} windows have too few events for an index.", p.windows.len()));
    }
    Figure {
        title: format!("{} among {}", p.name, list(&names)),
        subtitle: format!("Cooperation and conflict, {} to {}", p.since, p.until),
        panels,
        columns: 2,
        step: Step::Year,
        span: Some((Instant(f64::from(p.since.month().year())), Instant(f64::from(p.until.month().year() + 1)))),
        source: source.credit(),
        coverage: source.coverage(),
        notes,
    }
}

fn power(p: &Position, i: usize) -> Panel {
    let points = |value: fn(&YearTie) -> f64| -> Vec<Point> {
        p.years.iter().map(|year| Point::new(Instant::year(year.year), value(&year.ties[i]))).collect()
    };
    let series = |name: &str, look, points| Series { name: name.to_owned(), look, kind: Kind::Bars, points };
    let up = points(|tie| (tie.verbal_cooperation + tie.material_cooperation) as f64);
    let down = points(|tie| -((tie.verbal_conflict + tie.material_conflict) as f64));
    Panel {
        title: p.among[i].name.clone(),
        unit: "occurrences a year".to_owned(),
        series: vec![series("cooperation", Look::Cooperation, up), series("conflict", Look::Conflict, down)],
        ..Panel::default()
    }
}

fn coverage(p: &Position) -> Panel {
    let points = p.years.iter().map(|year| Point::new(Instant::year(year.year), year.own as f64)).collect();
    let series = Series { name: "with anybody".to_owned(), look: Look::Context, kind: Kind::Bars, points };
    Panel {
        title: "What the record covers".to_owned(),
        unit: "the state's occurrences with anybody, a year".to_owned(),
        series: vec![series],
        ..Panel::default()
    }
}

fn index(p: &Position) -> Panel {
    let points = p.windows.iter().map(|window| {
        let value = window.index.value;
        Point { at: Instant::year(window.to), value: value.map(|e| e.value), interval: value.map(|e| (e.low, e.high)) }
    });
    let series =
        Series { name: "multi-vector index".to_owned(), look: Look::Net, kind: Kind::Line, points: points.collect() };
    let none = p.windows.iter().all(|window| window.index.value.is_none());
    let unit = if none { "no window has enough events" } else { "0 (one-sided or hostile) to 1 (even and warm)" };
    Panel {
        title: "Multi-vector index".to_owned(),
        unit: unit.to_owned(),
        series: vec![series],
        range: Some((0.0, 1.0)),
        ..Panel::default()
    }
}
