//! What a picture shows, and that it is the same everywhere.

use legation_plot::{Error, Figure, Format, Instant, Kind, Look, Mark, Panel, Point, Series, Step};
use std::path::Path;

/// Twelve years of made-up months: cooperation rises, a war begins in 2014.
fn months() -> Figure {
    let all = || (2010..2022).flat_map(|y| (1..=12).map(move |m| (y, m)));
    let wave = |y: i32, m: i32| f64::from((y * 7 + m * 5) % 11);
    let war = |y: i32, m: i32| if (2014..2017).contains(&y) { f64::from(9 + (m * 3) % 8) } else { f64::from(m % 3) };
    let series = |name: &str, look, value: &dyn Fn(i32, i32) -> f64| Series {
        name: name.to_owned(),
        look,
        kind: Kind::Bars,
        points: all().map(|(y, m)| Point::new(Instant::month(y, m), value(y, m))).collect(),
    };
    Figure {
        title: "Ruritania and Syldavia, 2010–2021".to_owned(),
        subtitle: "Events a month: cooperation upwards, conflict downwards".to_owned(),
        panels: vec![Panel {
            title: "All events".to_owned(),
            unit: "events a month".to_owned(),
            series: vec![
                series("cooperation", Look::Cooperation, &wave),
                series("conflict", Look::Conflict, &|y, m| -war(y, m)),
            ],
            marks: vec![
                Mark { at: Instant::month(2014, 1), label: "2014-01: conflict up from 1.0 to 12.5 a month".to_owned() },
                Mark { at: Instant::month(2014, 3), label: "2014-03: cooperation down".to_owned() },
                Mark { at: Instant::month(2017, 1), label: "2017-01: conflict down to 1.0 a month".to_owned() },
            ],
            uncovered: vec![(Instant(2010.0), Instant(2010.5))],
            range: None,
        }],
        source: "a made-up record, CC0".to_owned(),
        coverage: "July 2010 to December 2021, 4,321 documents".to_owned(),
        ..Figure::default()
    }
}

/// Ties to three powers over years, in small multiples, with an index that is unknown for a time.
fn position() -> Figure {
    let years = 2002..2025;
    let tie = |n: usize, y: i32| (f64::from(y - 2002) / 22.0) * if n == 1 { -0.6 } else { 0.4 } + 0.1 * n as f64;
    let panel = |n: usize, name: &str| Panel {
        title: name.to_owned(),
        unit: "net tie, −1 to 1".to_owned(),
        series: vec![Series {
            name: name.to_owned(),
            look: Look::One(n),
            kind: Kind::Line,
            points: years
                .clone()
                .map(|y| {
                    let value = tie(n, y);
                    Point { at: Instant::year(y), value: Some(value), interval: Some((value - 0.15, value + 0.15)) }
                })
                .collect(),
        }],
        range: Some((-1.0, 1.0)),
        ..Panel::default()
    };
    let index = Series {
        name: "index".to_owned(),
        look: Look::Net,
        kind: Kind::Line,
        points: years
            .clone()
            .map(|y| {
                let value = (y != 2005 && y != 2011 && y != 2013).then(|| 0.4 + 0.2 * f64::from(y % 3));
                Point { at: Instant::year(y), value, interval: value.map(|v| (v - 0.1, v + 0.1)) }
            })
            .collect(),
    };
    let mut panels: Vec<Panel> =
        ["Borduria", "Freedonia", "Ruritania"].iter().enumerate().map(|(n, p)| panel(n, p)).collect();
    panels.push(Panel {
        title: "Index".to_owned(),
        unit: "0 to 1".to_owned(),
        series: vec![index],
        range: Some((0.0, 1.0)),
        ..Panel::default()
    });
    Figure {
        title: "Syldavia among three powers".to_owned(),
        subtitle: "Net tie by year; 90 % intervals".to_owned(),
        panels,
        columns: 2,
        step: Step::Year,
        source: "a made-up record, CC0".to_owned(),
        coverage: "2002 to 2024".to_owned(),
        notes: vec!["Years with fewer than 5 events have no value.".to_owned()],
        ..Figure::default()
    }
}

fn svg(figure: &Figure) -> String {
    String::from_utf8(figure.bytes(Format::Svg).expect("a picture")).expect("UTF-8")
}

/// How many pixels are dark in a part of the picture, as shares of its height.
fn dark(png: &[u8], rows: std::ops::Range<f32>) -> usize {
    let map = tiny_skia::Pixmap::decode_png(png).expect("a PNG");
    let (w, h) = (map.width() as usize, map.height() as f32);
    let rows = (rows.start * h) as usize..(rows.end * h) as usize;
    map.pixels()[rows.start * w..rows.end * w]
        .iter()
        .filter(|p| p.red() < 120 && p.green() < 120 && p.blue() < 120)
        .count()
}

#[test]
fn source_and_coverage_stand_under_every_picture() {
    for figure in [months(), position()] {
        let text = svg(&figure);
        assert!(text.contains("Source: a made-up record, CC0"), "{text}");
        assert!(text.contains(&format!("Coverage: {}", figure.coverage)));
        assert!(text.contains(&format!("<title>{}</title>", figure.title)));
    }
}

#[test]
fn letters_are_drawn_without_any_font_of_the_system() {
    let figure = months();
    let with = figure.bytes(Format::Png).expect("a picture");
    let without = Figure { title: ".".to_owned(), ..figure }.bytes(Format::Png).expect("a picture");
    assert!(dark(&with, 0.02..0.06) > 2000, "the title is there");
    assert!(dark(&without, 0.02..0.06) < 100, "and it is the title that is dark");
}

#[test]
fn the_same_figure_gives_the_same_bytes() {
    for format in [Format::Svg, Format::Png] {
        assert_eq!(position().bytes(format).expect("a picture"), position().bytes(format).expect("a picture"));
    }
}

#[test]
fn conflict_falls_and_cooperation_rises() {
    let text = svg(&months());
    let tops = |colour: &str| -> (f32, f32) {
        let bars = text.lines().filter(|l| l.starts_with("<polygon") && l.contains(colour));
        let ys = bars.flat_map(|l| {
            l.split('"').nth(1).unwrap_or("").split(' ').filter_map(|p| p.split(',').nth(1)?.parse().ok())
        });
        ys.fold((f32::MAX, 0.0), |(low, high), y: f32| (low.min(y), high.max(y)))
    };
    // The legend's samples stand above both.
    let (rise, fall) = (tops("#005a9c").1, tops("#e69f00").1);
    assert!(rise + 2.0 < fall, "blue ends at {rise}, orange goes down to {fall}");
}

#[test]
fn a_missing_value_breaks_the_line() {
    let text = svg(&position());
    let pieces =
        text.lines().filter(|l| l.starts_with("<polyline") && l.contains("#111111") && l.contains("\"1.4\"")).count();
    // The legend's sample, 2002-2004, 2006-2010, 2014-2024; 2012 alone is a marker.
    assert_eq!(pieces, 4, "{text}");
}

#[test]
fn a_mark_has_a_number_and_its_label_is_told() {
    let text = svg(&months());
    assert!(text.contains("conflict up from 1.0 to 12.5 a month"));
    assert_eq!(text.matches(">3</text>").count(), 2, "in the panel and in the key");
    assert!(text.contains("Shaded: not covered by the source."));
}

#[test]
fn words_cannot_break_the_file() {
    let figure = Figure { title: "a < b & \"c\"\u{1b}[31m".to_owned(), ..months() };
    assert!(svg(&figure).contains("<title>a &lt; b &amp; &quot;c&quot; [31m</title>"));
}

#[test]
fn nothing_to_draw_is_told() {
    let empty = Figure { panels: vec![Panel::default()], ..Figure::default() };
    assert!(matches!(empty.bytes(Format::Svg), Err(Error::Empty)));
    assert!(matches!(Format::of(Path::new("a.pdf")), Err(Error::Extension(_))));
    assert_eq!(Format::of(Path::new("b/A.PNG")).expect("PNG"), Format::Png);
}

/// For the eye: `LEGATION_PICTURES=folder cargo test -p legation-plot` writes the pictures of these tests.
#[test]
fn pictures_for_the_eye() {
    let Some(folder) = std::env::var_os("LEGATION_PICTURES") else { return };
    for (name, figure) in [("months", months()), ("position", position())] {
        for (extension, format) in [("svg", Format::Svg), ("png", Format::Png)] {
            let path = Path::new(&folder).join(format!("{name}.{extension}"));
            std::fs::write(path, figure.bytes(format).expect("a picture")).expect("written");
        }
    }
}
