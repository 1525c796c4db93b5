//! The meetings of two sides, by year, as a picture.

use crate::ask::Source;
use crate::dyad_plot::write;
use crate::exit::Failure;
use legation::analysis::meetings::Meetings;
use legation::analysis::{History, Level};
use legation::gazetteer::Gazetteer;
use legation_plot::{Figure, Instant, Kind, Look, Panel, Point, Series, Step};
use std::path::Path;

/// Draws how many meetings of each level there were in each year.
pub fn draw(history: &History, found: &Meetings<'_>, path: &Path) -> Result<(), Failure> {
    let gazetteer = Gazetteer::embedded();
    let window = &found.window;
    let covered = history.coverage().months();
    let first = window.since.map(|day| day.month()).or(covered.map(|months| months.0));
    let last = window.until.map(|day| day.month()).or(covered.map(|months| months.1));
    let (Some(first), Some(last)) = (first, last) else {
        return Err(Failure::Usage("the record covers no time that could be drawn".to_owned()));
    };
    let levels =
        [("leaders", Level::Leaders), ("ministers", Level::Ministers), ("other and unknown level", Level::Unknown)];
    let count = |year: i32, level: Level| {
        let of = |m: &&legation::analysis::Meeting<'_>| match level {
            Level::Unknown => matches!(m.level, Level::Unknown | Level::Officials),
            _ => m.level == level,
        };
        let all = found.met.iter().chain(&found.delegations);
        all.filter(of).filter(|m| m.when.is_some_and(|when| when.first.month().year() == year)).count()
    };
    // The same scale for all, and whole numbers on it.
    let years = first.year()..=last.year();
    let most = levels.iter().flat_map(|(_, level)| years.clone().map(|y| count(y, *level))).max().unwrap_or(0);
    let panels = levels.into_iter().enumerate().map(|(i, (name, level))| Panel {
        title: name.to_owned(),
        unit: "meetings in the year".to_owned(),
        series: vec![Series {
            name: name.to_owned(),
            look: Look::One(i),
            kind: Kind::Bars,
            points: (first.year()..=last.year())
                .map(|y| Point::new(Instant::year(y), count(y, level) as f64))
                .collect(),
        }],
        marks: Vec::new(),
        uncovered: Vec::new(),
        range: Some((0.0, most.max(4) as f64)),
    });
    let total = found.count(Level::Unknown);
    let figure = Figure {
        title: format!("Meetings of {} and {}", found.a.name(gazetteer), found.b.name(gazetteer)),
        subtitle: format!(
            "Meetings that the record tells of with a date, {first} to {last}, by the level of the lower side"
        ),
        panels: panels.collect(),
        columns: 1,
        step: Step::Year,
        span: None,
        source: Source::of(history).credit(),
        coverage: Source::of(history).coverage(),
        notes: vec![format!(
            "{} meetings are told of with a date, at least {} surely different, at most {} by all that is told. A record has \
             not heard of every meeting.",
            total.meetings, total.least, total.most
        )],
    };
    write(&figure, path)
}
