use crate::font::{Pen, font};
use crate::palette::{Colour, WHITE};
use crate::scene::{Anchor, At, Fill, Scene, Shape, Stroke, Text};
use crate::{Error, PNG_SCALE};
use tiny_skia::{FillRule, LineCap, LineJoin, Paint, Path, PathBuilder, Pixmap, StrokeDash, Transform};

/// The scene as PNG.
pub(crate) fn png(scene: &Scene) -> Result<Vec<u8>, Error> {
    let pixels = |length: f32| (length * PNG_SCALE).round() as u32;
    let (width, height) = (pixels(scene.width), pixels(scene.height));
    let mut map = Pixmap::new(width, height).ok_or(Error::TooHigh(height))?;
    map.fill(tiny_skia::Color::from_rgba8(WHITE[0], WHITE[1], WHITE[2], 255));
    let page = Transform::from_scale(PNG_SCALE, PNG_SCALE);
    for shape in &scene.shapes {
        match shape {
            Shape::Line { points, stroke } => draw(&mut map, polygon(points, false), stroke, page),
            Shape::Area { points, fill } => cover(&mut map, polygon(points, true), *fill, page),
            Shape::Disc { centre, radius, fill, stroke } => {
                let path = PathBuilder::from_circle(centre.0, centre.1, *radius);
                cover(&mut map, path.clone(), *fill, page);
                if let Some(stroke) = stroke {
                    draw(&mut map, path, stroke, page);
                }
            }
            Shape::Text(text) => write(&mut map, text, page),
        }
    }
    encode(map).map_err(|e| Error::Encoding(e.to_string()))
}

/// The pixels as a file, packed without the search for filters that photographs need.
fn encode(map: Pixmap) -> Result<Vec<u8>, png::EncodingError> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, map.width(), map.height());
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Balanced);
    // Flat colours repeat as they are: trying out filters costs more than it saves.
    encoder.set_filter(png::Filter::NoFilter);
    // The page is covered by paper: no pixel lets anything through.
    let pixels: Vec<u8> = map.pixels().iter().flat_map(|p| [p.red(), p.green(), p.blue()]).collect();
    encoder.write_header()?.write_image_data(&pixels)?;
    Ok(file)
}

fn polygon(points: &[At], closed: bool) -> Option<Path> {
    let mut path = PathBuilder::new();
    for (i, &(x, y)) in points.iter().enumerate() {
        if i == 0 { path.move_to(x, y) } else { path.line_to(x, y) }
    }
    if closed {
        path.close();
    }
    path.finish()
}

fn paint(colour: Colour, opacity: f32) -> Paint<'static> {
    let mut paint = Paint { anti_alias: true, ..Paint::default() };
    paint.set_color_rgba8(colour[0], colour[1], colour[2], (opacity.clamp(0.0, 1.0) * 255.0).round() as u8);
    paint
}

fn cover(map: &mut Pixmap, path: Option<Path>, fill: Fill, page: Transform) {
    if let Some(path) = path {
        map.fill_path(&path, &paint(fill.colour, fill.opacity), FillRule::Winding, page, None);
    }
}

fn draw(map: &mut Pixmap, path: Option<Path>, stroke: &Stroke, page: Transform) {
    let Some(path) = path else { return };
    // A dash array has an even number of lengths.
    let dash = match stroke.dashes {
        [] => None,
        dashes => StrokeDash::new(dashes.to_vec(), 0.0),
    };
    let style = tiny_skia::Stroke {
        width: stroke.width,
        line_cap: LineCap::Butt,
        line_join: LineJoin::Round,
        dash,
        ..tiny_skia::Stroke::default()
    };
    map.stroke_path(&path, &paint(stroke.colour, 1.0), &style, page, None);
}

fn write(map: &mut Pixmap, text: &Text, page: Transform) {
    let font = font(text.bold);
    let mut pen = Outline(PathBuilder::new());
    font.outline(&text.words, &mut pen);
    let Some(path) = pen.0.finish() else { return };
    let shift = match text.anchor {
        Anchor::Start => 0.0,
        Anchor::Middle => font.width(&text.words, text.size) / 2.0,
        Anchor::End => font.width(&text.words, text.size),
    };
    let (x, y) = text.at;
    // A letter's outline grows upwards, the page downwards.
    let place = page.pre_concat(Transform::from_row(text.size, 0.0, 0.0, -text.size, x - shift, y));
    map.fill_path(&path, &paint(text.colour, 1.0), FillRule::Winding, place, None);
}

struct Outline(PathBuilder);

impl Pen for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.move_to(x, y);
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.0.line_to(x, y);
    }
    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.0.quad_to(x1, y1, x, y);
    }
    fn cubic_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.0.cubic_to(x1, y1, x2, y2, x, y);
    }
    fn close(&mut self) {
        self.0.close();
    }
}
