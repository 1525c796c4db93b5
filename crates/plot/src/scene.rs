use crate::palette::Colour;

/// What a figure comes to: shapes on a page, in pixels from the upper left corner, later ones over earlier ones.
#[derive(Debug, Default)]
pub(crate) struct Scene {
    pub width: f32,
    pub height: f32,
    /// For those who cannot see it, and for search.
    pub title: String,
    pub description: String,
    pub shapes: Vec<Shape>,
}

pub(crate) type At = (f32, f32);

#[derive(Debug)]
pub(crate) enum Shape {
    Line { points: Vec<At>, stroke: Stroke },
    Area { points: Vec<At>, fill: Fill },
    Disc { centre: At, radius: f32, fill: Fill, stroke: Option<Stroke> },
    Text(Text),
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Stroke {
    pub colour: Colour,
    pub width: f32,
    pub dashes: &'static [f32],
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Fill {
    pub colour: Colour,
    /// 0 (nothing) to 1.
    pub opacity: f32,
}

/// A line of text; `at` is on its baseline.
#[derive(Debug)]
pub(crate) struct Text {
    pub at: At,
    pub words: String,
    /// Pixels an em.
    pub size: f32,
    pub bold: bool,
    pub colour: Colour,
    pub anchor: Anchor,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

impl Stroke {
    pub fn plain(colour: Colour, width: f32) -> Self {
        Self { colour, width, dashes: &[] }
    }
}

impl Fill {
    pub fn solid(colour: Colour) -> Self {
        Self { colour, opacity: 1.0 }
    }
}

impl Scene {
    pub fn line(&mut self, from: At, to: At, stroke: Stroke) {
        self.shapes.push(Shape::Line { points: vec![from, to], stroke });
    }

    pub fn rectangle(&mut self, (left, top): At, (right, bottom): At, fill: Fill) {
        let points = vec![(left, top), (right, top), (right, bottom), (left, bottom)];
        self.shapes.push(Shape::Area { points, fill });
    }

    pub fn text(&mut self, at: At, words: &str, size: f32, colour: Colour, anchor: Anchor) {
        self.words(at, words, size, colour, anchor, false);
    }

    pub fn bold(&mut self, at: At, words: &str, size: f32, colour: Colour, anchor: Anchor) {
        self.words(at, words, size, colour, anchor, true);
    }

    fn words(&mut self, at: At, words: &str, size: f32, colour: Colour, anchor: Anchor, bold: bool) {
        let words = words.to_owned();
        self.shapes.push(Shape::Text(Text { at, words, size, bold, colour, anchor }));
    }
}
