use std::sync::LazyLock;
use ttf_parser::{Face, GlyphId, OutlineBuilder};

/// The bundled letters, regular and bold (see `fonts/README.md`).
pub(crate) struct Font(Face<'static>);

static REGULAR: LazyLock<Font> = LazyLock::new(|| Font::parse(include_bytes!("../fonts/NotoSans-Regular.subset.ttf")));
static BOLD: LazyLock<Font> = LazyLock::new(|| Font::parse(include_bytes!("../fonts/NotoSans-Bold.subset.ttf")));

pub(crate) fn font(bold: bool) -> &'static Font {
    if bold { &BOLD } else { &REGULAR }
}

impl Font {
    fn parse(bytes: &'static [u8]) -> Self {
        Self(Face::parse(bytes, 0).expect("the bundled font is a font"))
    }

    /// Width of a line in pixels, at `size` pixels an em.
    pub fn width(&self, words: &str, size: f32) -> f32 {
        words.chars().map(|c| self.advance(self.glyph(c))).sum::<f32>() * size
    }

    /// Gives the letters' outlines to `pen`, from the origin along the baseline, at one pixel an em.
    pub fn outline(&self, words: &str, pen: &mut dyn Pen) {
        let mut x = 0.0;
        for c in words.chars() {
            let glyph = self.glyph(c);
            let scale = 1.0 / f32::from(self.0.units_per_em());
            self.0.outline_glyph(glyph, &mut Letter { pen, x, scale });
            x += self.advance(glyph);
        }
    }

    /// A letter that the font lacks is drawn as its box for unknown letters.
    fn glyph(&self, c: char) -> GlyphId {
        self.0.glyph_index(c).unwrap_or(GlyphId(0))
    }

    fn advance(&self, glyph: GlyphId) -> f32 {
        f32::from(self.0.glyph_hor_advance(glyph).unwrap_or(0)) / f32::from(self.0.units_per_em())
    }
}

/// Takes outlines; y grows upwards.
pub(crate) trait Pen {
    fn move_to(&mut self, x: f32, y: f32);
    fn line_to(&mut self, x: f32, y: f32);
    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32);
    fn cubic_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32);
    fn close(&mut self);
}

struct Letter<'a> {
    pen: &'a mut dyn Pen,
    x: f32,
    scale: f32,
}

impl Letter<'_> {
    fn at(&self, x: f32, y: f32) -> (f32, f32) {
        (self.x + x * self.scale, y * self.scale)
    }
}

impl OutlineBuilder for Letter<'_> {
    fn move_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.pen.move_to(x, y);
    }
    fn line_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.pen.line_to(x, y);
    }
    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let ((x1, y1), (x, y)) = (self.at(x1, y1), self.at(x, y));
        self.pen.quad_to(x1, y1, x, y);
    }
    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let ((x1, y1), (x2, y2), (x, y)) = (self.at(x1, y1), self.at(x2, y2), self.at(x, y));
        self.pen.cubic_to(x1, y1, x2, y2, x, y);
    }
    fn close(&mut self) {
        self.pen.close();
    }
}

/// Breaks a text into lines of at most `room` pixels. A word that is longer stands alone.
pub(crate) fn wrap(words: &str, size: f32, bold: bool, room: f32) -> Vec<String> {
    let font = font(bold);
    let mut lines: Vec<String> = Vec::new();
    for word in words.split_whitespace() {
        match lines.last_mut() {
            Some(line) if font.width(line, size) + font.width(" ", size) + font.width(word, size) <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
