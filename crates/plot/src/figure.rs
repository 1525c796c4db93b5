use crate::{Instant, Look, Step};

/// A picture: panels under one title, over the same time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figure {
    /// What is shown.
    pub title: String,
    /// The measure and the window, in words.
    pub subtitle: String,
    /// The panels, in reading order.
    pub panels: Vec<Panel>,
    /// Panels side by side; 0 counts as 1.
    pub columns: usize,
    /// The time between points.
    pub step: Step,
    /// First and last year of the axis with a fraction; `None`: the points decide.
    pub span: Option<(Instant, Instant)>,
    /// Where the figures come from, with licence: "Legation record of Wikipedia's Current Events, CC BY-SA 4.0".
    pub source: String,
    /// What the source covers, and what it does not.
    pub coverage: String,
    /// What else the reader must know, a sentence each.
    pub notes: Vec<String>,
}

/// One set of axes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Panel {
    /// What is shown, short.
    pub title: String,
    /// The unit of the vertical axis, in words.
    pub unit: String,
    /// Drawn in this order, the last on top. Bars of several series stand on one another's place: let one rise and one fall.
    pub series: Vec<Series>,
    /// Moments that stand out.
    pub marks: Vec<Mark>,
    /// Times the source does not cover; they are shaded, so that an empty space is not read as peace.
    pub uncovered: Vec<(Instant, Instant)>,
    /// The range of the vertical axis; `None`: the values decide, and zero is in it.
    pub range: Option<(f64, f64)>,
}

/// Values over time. Series of the same name have the same look in every panel and one entry in the legend.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// The name in the legend.
    pub name: String,
    /// Colour, dashes and marker.
    pub look: Look,
    /// Bars or a line.
    pub kind: Kind,
    /// In order of time.
    pub points: Vec<Point>,
}

/// How a series is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Bars from zero; a negative value falls.
    Bars,
    /// A line through the points; it is broken where a value is missing. Few points get markers.
    Line,
}

/// A value at a time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// When.
    pub at: Instant,
    /// The value in the panel's unit; `None`: unknown, nothing is drawn.
    pub value: Option<f64>,
    /// The ends of its interval, drawn as a band (lines) or a whisker (bars).
    pub interval: Option<(f64, f64)>,
}

impl Point {
    /// A value without an interval.
    pub fn new(at: Instant, value: f64) -> Self {
        Self { at, value: Some(value), interval: None }
    }
}

/// A moment that stands out: a numbered line through the panel, told under the panels.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// When.
    pub at: Instant,
    /// What: "2014-03: conflict up from 2 to 31 a month".
    pub label: String,
}
