use crate::font::{font, wrap};
use crate::palette::{BLACK, GREY, WHITE};
use crate::panel::{self, Frame, HEADING, LABEL, Scale, marker};
use crate::scene::{Anchor, Fill, Scene, Shape, Stroke};
use crate::{Error, Figure, Instant, Kind, Panel, Series, WIDTH};

const TITLE: f32 = 13.5;
const CAPTION: f32 = 8.6;
const MARGIN: f32 = 12.0;
/// Space between panels side by side.
const GUTTER: f32 = 14.0;
/// A page that no printer takes.
const HIGHEST: f32 = 4000.0;

/// The figure as shapes.
pub(crate) fn scene(figure: &Figure) -> Result<Scene, Error> {
    let span = span(figure).ok_or(Error::Empty)?;
    let caption = caption(figure);
    let mut scene = Scene {
        width: WIDTH,
        title: figure.title.clone(),
        description: [figure.subtitle.clone()].into_iter().chain(caption.clone()).collect::<Vec<_>>().join(" "),
        ..Scene::default()
    };
    let room = WIDTH - 2.0 * MARGIN;
    let mut y = MARGIN;
    for line in wrap(&figure.title, TITLE, true, room) {
        y += TITLE * 1.25;
        scene.bold((MARGIN, y - TITLE * 0.25), &line, TITLE, BLACK, Anchor::Start);
    }
    for line in wrap(&figure.subtitle, HEADING, false, room) {
        y += HEADING * 1.35;
        scene.text((MARGIN, y - HEADING * 0.3), &line, HEADING, GREY, Anchor::Start);
    }
    y = legend(&mut scene, figure, y + 4.0);
    y = panels(&mut scene, figure, span, y + 4.0);
    y = key(&mut scene, figure, span, y);
    y += 4.0;
    for text in caption {
        for line in wrap(&text, CAPTION, false, room) {
            y += CAPTION * 1.35;
            scene.text((MARGIN, y - CAPTION * 0.3), &line, CAPTION, GREY, Anchor::Start);
        }
    }
    scene.height = (y + MARGIN).ceil();
    if scene.height > HIGHEST { Err(Error::TooHigh(scene.height as u32)) } else { Ok(scene) }
}

/// The time of the horizontal axis: what was asked for, or whole steps around the points.
fn span(figure: &Figure) -> Option<(Instant, Instant)> {
    let points = || figure.panels.iter().flat_map(|p| &p.series).flat_map(|s| &s.points);
    let known = points().filter(|p| p.value.is_some_and(f64::is_finite));
    let half = figure.step.years() / 2.0;
    let inside = |at: Instant| figure.span.is_none_or(|(from, to)| at >= from && at <= to);
    let all = known.filter(|p| inside(p.at)).map(|p| p.at.0).fold(None, |ends: Option<(f64, f64)>, at| {
        Some(ends.map_or((at, at), |(low, high)| (low.min(at), high.max(at))))
    });
    let (low, high) = all?;
    match figure.span {
        Some((from, to)) if to > from => Some((from, to)),
        _ => Some((Instant(low - half), Instant(high + half))),
    }
}

fn caption(figure: &Figure) -> Vec<String> {
    let labelled = |label: &str, text: &str| (!text.is_empty()).then(|| format!("{label}: {text}"));
    let shaded = figure.panels.iter().any(|p| !p.uncovered.is_empty());
    let shaded = shaded.then(|| "Shaded: not covered by the source.".to_owned());
    let own = [labelled("Source", &figure.source), labelled("Coverage", &figure.coverage)];
    figure.notes.iter().cloned().chain(shaded).chain(own.into_iter().flatten()).collect()
}

/// One entry for each name, in rows; gives the y below.
fn legend(scene: &mut Scene, figure: &Figure, top: f32) -> f32 {
    const SAMPLE: f32 = 24.0;
    let mut entries: Vec<&Series> = Vec::new();
    for series in figure.panels.iter().flat_map(|p| &p.series) {
        if !series.name.is_empty() && entries.iter().all(|known| known.name != series.name) {
            entries.push(series);
        }
    }
    let (mut x, mut y) = (MARGIN, top + LABEL);
    for series in &entries {
        let width = SAMPLE + 5.0 + font(false).width(&series.name, LABEL + 0.5);
        if x > MARGIN && x + width > WIDTH - MARGIN {
            (x, y) = (MARGIN, y + LABEL * 1.5);
        }
        let middle = y - LABEL * 0.33;
        let look = series.look;
        match series.kind {
            Kind::Bars => {
                scene.rectangle((x, middle - 3.5), (x + SAMPLE, middle + 3.5), Fill::solid(look.colour()));
            }
            Kind::Line => {
                let stroke = Stroke { colour: look.colour(), width: 1.4, dashes: look.dashes() };
                scene.line((x, middle), (x + SAMPLE, middle), stroke);
                marker(scene, (x + SAMPLE / 2.0, middle), look);
            }
        }
        scene.text((x + SAMPLE + 5.0, y), &series.name, LABEL + 0.5, BLACK, Anchor::Start);
        x += width + 16.0;
    }
    if entries.is_empty() { top } else { y + LABEL * 0.5 }
}

/// The grid of panels; gives the y below.
fn panels(scene: &mut Scene, figure: &Figure, span: (Instant, Instant), top: f32) -> f32 {
    let columns = figure.columns.clamp(1, 4).min(figure.panels.len().max(1));
    let width = (WIDTH - 2.0 * MARGIN - GUTTER * (columns - 1) as f32) / columns as f32;
    let height = match (columns, figure.panels.len()) {
        (1, 1) => 230.0,
        (1, 2) => 165.0,
        (1, _) => 118.0,
        _ => 108.0,
    };
    let scales: Vec<Scale> = figure.panels.iter().map(|p| Scale::of(p, span)).collect();
    let labels = scales.iter().map(Scale::room).fold(0.0, f32::max) + 6.0;
    let mut number = 1;
    let mut y = top;
    for (row, scales) in figure.panels.chunks(columns).zip(scales.chunks(columns)) {
        let heads: Vec<Vec<String>> = row.iter().map(|p| unit(p, width)).collect();
        let lines = heads.iter().map(Vec::len).max().unwrap_or(0) as f32;
        let axes = y + HEADING * 1.35 + lines * LABEL * 1.25 + 8.0;
        for (column, ((panel, scale), head)) in row.iter().zip(scales).zip(&heads).enumerate() {
            let left = MARGIN + column as f32 * (width + GUTTER);
            scene.bold((left, y + HEADING), &panel.title, HEADING, BLACK, Anchor::Start);
            for (i, line) in head.iter().enumerate() {
                let below = y + HEADING * 1.35 + (i as f32 + 0.85) * LABEL * 1.25;
                scene.text((left, below), line, LABEL, GREY, Anchor::Start);
            }
            let (right, bottom) = (left + width - 4.0, axes + height);
            let frame = Frame { left: left + labels, top: axes, right, bottom, span, step: figure.step };
            panel::draw(scene, panel, &frame, scale, number);
            number += panel.marks.len();
        }
        y = axes + height + LABEL * 1.5 + 12.0;
    }
    y
}

/// The unit under the panel's title.
fn unit(panel: &Panel, width: f32) -> Vec<String> {
    wrap(&panel.unit, LABEL, false, width)
}

/// What the numbered marks mean; gives the y below.
fn key(scene: &mut Scene, figure: &Figure, span: (Instant, Instant), top: f32) -> f32 {
    let indent = 18.0;
    let mut y = top;
    let marked = figure.panels.iter().filter(|p| !p.marks.is_empty()).count();
    let mut number = 0;
    for panel in &figure.panels {
        for mark in &panel.marks {
            number += 1;
            if mark.at < span.0 || mark.at > span.1 {
                continue;
            }
            let whose =
                if marked > 1 && !panel.title.is_empty() { format!("{}, ", panel.title) } else { String::new() };
            for (i, line) in
                wrap(&format!("{whose}{}", mark.label), LABEL, false, WIDTH - 2.0 * MARGIN - indent).iter().enumerate()
            {
                y += LABEL * 1.4;
                if i == 0 {
                    let centre = (MARGIN + 6.0, y - LABEL * 0.62);
                    let stroke = Some(Stroke::plain(BLACK, 0.8));
                    scene.shapes.push(Shape::Disc { centre, radius: 5.0, fill: Fill::solid(WHITE), stroke });
                    let below = (centre.0, centre.1 + 2.4);
                    scene.bold(below, &number.to_string(), 6.8, BLACK, Anchor::Middle);
                }
                scene.text((MARGIN + indent, y - LABEL * 0.3), line, LABEL, BLACK, Anchor::Start);
            }
        }
    }
    if y > top { y + 4.0 } else { y }
}
