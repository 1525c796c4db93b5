use crate::axis::{Tick, ticks, time_ticks};
use crate::font::font;
use crate::palette::{BLACK, GREY, Marker, RULE, SHADE, WHITE};
use crate::scene::{Anchor, At, Fill, Scene, Shape, Stroke};
use crate::{Instant, Kind, Look, Panel, Point, Series, Step};

pub(crate) const LABEL: f32 = 9.0;
pub(crate) const HEADING: f32 = 10.5;
/// Lines with more points than this have no markers: they would hide the line.
const MARKED: usize = 48;

/// Where a panel stands and how it measures.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Frame {
    /// The edges of the space within the axes.
    pub left: f32,
    pub top: f32,
    pub right: f32,
    pub bottom: f32,
    pub span: (Instant, Instant),
    pub step: Step,
}

impl Frame {
    fn x(&self, at: Instant) -> f32 {
        let (from, to) = (self.span.0.0, self.span.1.0);
        self.left + ((at.0 - from) / (to - from)) as f32 * (self.right - self.left)
    }

    fn holds(&self, at: Instant) -> bool {
        at.0 >= self.span.0.0 - 1e-9 && at.0 <= self.span.1.0 + 1e-9
    }
}

/// The vertical axis of a panel: its ends and its labels.
#[derive(Debug)]
pub(crate) struct Scale {
    low: f64,
    high: f64,
    pub ticks: Vec<Tick>,
}

impl Scale {
    pub fn of(panel: &Panel, span: (Instant, Instant)) -> Self {
        let inside = |p: &&Point| p.at.0 >= span.0.0 && p.at.0 <= span.1.0;
        let points = panel.series.iter().flat_map(|s| &s.points).filter(inside);
        let values = points.flat_map(|p| [p.value, p.interval.map(|i| i.0), p.interval.map(|i| i.1)]);
        let fold = |(low, high): (f64, f64), v: f64| (low.min(v), high.max(v));
        let (low, high) =
            panel.range.unwrap_or_else(|| values.flatten().filter(|v| v.is_finite()).fold((0.0, 0.0), fold));
        let ticks = ticks(low, high, 4);
        // A range that was asked for is kept; else the axis ends at its outer labels.
        let (low, high) = match (panel.range, ticks.first(), ticks.last()) {
            (None, Some(first), Some(last)) => (first.at, last.at),
            _ => (low, high),
        };
        let ticks = ticks.into_iter().filter(|t| t.at >= low - 1e-9 && t.at <= high + 1e-9).collect();
        Self { low, high, ticks }
    }

    /// Pixels that the widest label takes.
    pub fn room(&self) -> f32 {
        self.ticks.iter().map(|t| font(false).width(&t.label, LABEL)).fold(0.0, f32::max)
    }

    fn y(&self, frame: &Frame, value: f64) -> f32 {
        let share = ((value.clamp(self.low, self.high) - self.low) / (self.high - self.low)) as f32;
        frame.bottom - share * (frame.bottom - frame.top)
    }
}

/// Draws axes, series and marks; marks are numbered from `number`.
pub(crate) fn draw(scene: &mut Scene, panel: &Panel, frame: &Frame, scale: &Scale, number: usize) {
    for &(from, to) in &panel.uncovered {
        let (left, right) = (frame.x(from).max(frame.left), frame.x(to).min(frame.right));
        if right > left {
            scene.rectangle((left, frame.top), (right, frame.bottom), Fill::solid(SHADE));
        }
    }
    for tick in &scale.ticks {
        let y = scale.y(frame, tick.at);
        scene.line((frame.left, y), (frame.right, y), Stroke::plain(RULE, 0.6));
        scene.text((frame.left - 5.0, y + LABEL * 0.35), &tick.label, LABEL, GREY, Anchor::End);
    }
    for tick in time_ticks(frame.span, frame.step, frame.right - frame.left, 34.0) {
        let x = frame.x(Instant(tick.at));
        scene.line((x, frame.bottom), (x, frame.bottom + 3.0), Stroke::plain(GREY, 0.8));
        scene.text((x, frame.bottom + 3.0 + LABEL * 1.1), &tick.label, LABEL, GREY, Anchor::Middle);
    }
    for series in panel.series.iter().filter(|s| s.kind == Kind::Bars) {
        bars(scene, series, frame, scale);
    }
    // The zero line lies over bars and under lines.
    if scale.low <= 0.0 && scale.high >= 0.0 {
        let zero = scale.y(frame, 0.0);
        scene.line((frame.left, zero), (frame.right, zero), Stroke::plain(BLACK, 0.8));
    }
    scene.line((frame.left, frame.bottom), (frame.right, frame.bottom), Stroke::plain(GREY, 0.8));
    let lines = || panel.series.iter().filter(|s| s.kind == Kind::Line);
    for series in lines() {
        bands(scene, series, frame, scale);
    }
    for series in lines() {
        line(scene, series, frame, scale);
    }
    marks(scene, panel, frame, number);
}

fn bars(scene: &mut Scene, series: &Series, frame: &Frame, scale: &Scale) {
    let step = frame.x(Instant(frame.span.0.0 + frame.step.years())) - frame.left;
    let half = (step * 0.41).max(0.45);
    let zero = scale.y(frame, 0.0);
    let fill = Fill::solid(series.look.colour());
    for point in series.points.iter().filter(|p| frame.holds(p.at)) {
        let Some(value) = point.value.filter(|v| v.is_finite()) else { continue };
        let (x, y) = (frame.x(point.at), scale.y(frame, value));
        if value != 0.0 {
            scene.rectangle((x - half, y.min(zero)), (x + half, y.max(zero)), fill);
        }
        if let Some((low, high)) = point.interval {
            scene.line((x, scale.y(frame, low)), (x, scale.y(frame, high)), Stroke::plain(BLACK, 0.7));
        }
    }
}

/// Points without a gap between them.
fn runs<'a>(series: &'a Series, frame: &'a Frame) -> impl Iterator<Item = Vec<&'a Point>> {
    let points: Vec<&Point> = series.points.iter().filter(|p| frame.holds(p.at)).collect();
    let known = |p: &Point| p.value.is_some_and(f64::is_finite);
    let far = frame.step.years() * 1.5;
    let runs: Vec<Vec<&Point>> = points
        .chunk_by(|a, b| known(a) && known(b) && b.at.0 - a.at.0 < far)
        .filter(|run| run.iter().any(|p| known(p)))
        .map(<[&Point]>::to_vec)
        .collect();
    runs.into_iter()
}

fn bands(scene: &mut Scene, series: &Series, frame: &Frame, scale: &Scale) {
    let fill = Fill { colour: series.look.colour(), opacity: 0.18 };
    for run in runs(series, frame) {
        let ends: Vec<(f32, f32, f32)> = run
            .iter()
            .filter_map(|p| p.interval.map(|(low, high)| (frame.x(p.at), scale.y(frame, low), scale.y(frame, high))))
            .collect();
        if let [(x, low, high)] = ends[..] {
            scene.line((x, low), (x, high), Stroke::plain(series.look.colour(), 1.0));
            continue;
        }
        let upper = ends.iter().map(|&(x, _, high)| (x, high));
        let lower = ends.iter().rev().map(|&(x, low, _)| (x, low));
        let points: Vec<At> = upper.chain(lower).collect();
        if !points.is_empty() {
            scene.shapes.push(Shape::Area { points, fill });
        }
    }
}

fn line(scene: &mut Scene, series: &Series, frame: &Frame, scale: &Scale) {
    let place = |p: &Point| (frame.x(p.at), scale.y(frame, p.value.unwrap_or(0.0)));
    let few = series.points.len() <= MARKED;
    for run in runs(series, frame) {
        let points: Vec<At> = run.iter().map(|p| place(p)).collect();
        if points.len() > 1 {
            let stroke = Stroke { colour: series.look.colour(), width: 1.4, dashes: series.look.dashes() };
            scene.shapes.push(Shape::Line { points: points.clone(), stroke });
        }
        if few || points.len() == 1 {
            points.iter().for_each(|&at| marker(scene, at, series.look));
        }
    }
}

/// The marker of a look, 5 pixels wide.
pub(crate) fn marker(scene: &mut Scene, (x, y): At, look: Look) {
    let fill = Fill::solid(look.colour());
    let mut area = |points: Vec<At>| scene.shapes.push(Shape::Area { points, fill });
    match look.marker() {
        Marker::Disc => scene.shapes.push(Shape::Disc { centre: (x, y), radius: 2.3, fill, stroke: None }),
        Marker::Square => area(vec![(x - 2.1, y - 2.1), (x + 2.1, y - 2.1), (x + 2.1, y + 2.1), (x - 2.1, y + 2.1)]),
        Marker::Triangle => area(vec![(x, y - 2.9), (x + 2.7, y + 2.0), (x - 2.7, y + 2.0)]),
        Marker::Diamond => area(vec![(x, y - 3.0), (x + 3.0, y), (x, y + 3.0), (x - 3.0, y)]),
        Marker::Ring => {
            let stroke = Some(Stroke::plain(look.colour(), 1.0));
            scene.shapes.push(Shape::Disc { centre: (x, y), radius: 2.1, fill: Fill::solid(WHITE), stroke });
        }
        Marker::Cross => {
            scene.line((x - 2.2, y - 2.2), (x + 2.2, y + 2.2), Stroke::plain(look.colour(), 1.2));
            scene.line((x - 2.2, y + 2.2), (x + 2.2, y - 2.2), Stroke::plain(look.colour(), 1.2));
        }
    }
}

fn marks(scene: &mut Scene, panel: &Panel, frame: &Frame, number: usize) {
    const RADIUS: f32 = 5.5;
    // Numbers that would touch stand one below the other.
    let mut rows: Vec<f32> = Vec::new();
    for (i, mark) in panel.marks.iter().enumerate().filter(|(_, m)| frame.holds(m.at)) {
        let x = frame.x(mark.at);
        let row = rows.iter().position(|last| x - last > 2.0 * RADIUS + 1.0).unwrap_or(rows.len());
        if row == rows.len() {
            rows.push(x)
        } else {
            rows[row] = x
        }
        let y = frame.top + RADIUS + row as f32 * (2.0 * RADIUS + 1.0);
        // White beneath keeps the dashes apart from bars.
        scene.line((x, y), (x, frame.bottom), Stroke::plain(WHITE, 2.2));
        scene.line((x, y), (x, frame.bottom), Stroke { colour: BLACK, width: 0.9, dashes: &[2.5, 2.0] });
        let stroke = Some(Stroke::plain(BLACK, 0.9));
        scene.shapes.push(Shape::Disc { centre: (x, y), radius: RADIUS, fill: Fill::solid(WHITE), stroke });
        scene.bold((x, y + 2.6), &(number + i).to_string(), 7.2, BLACK, Anchor::Middle);
    }
}
