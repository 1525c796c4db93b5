//! Pictures of series over time, for print and screen.
//!
//! A [`Figure`] holds panels, a panel holds series of points in time. It is laid out once into shapes and written either
//! as SVG (text stays text) or as PNG (text is drawn from a font that is part of the program). The same figure gives the
//! same bytes on every machine: no system font, no clock, no processor-dependent arithmetic.
//!
//! Nothing here knows what an event is. Whoever draws says what was measured (`unit`), from what (`source`) and how far
//! it reaches (`coverage`): both stand under every picture, because a picture travels without its text.
//!
//! Two libraries do the work, `tiny-skia` (anti-aliased paths) and `ttf-parser` (outlines of letters). A plotting library
//! was tried first: `plotters` 0.3.7 places letters drawn with a bundled font without their side bearings, and in the PNG
//! smaller than in the SVG, which is not fit to print.

mod axis;
mod figure;
mod font;
mod layout;
mod palette;
mod panel;
mod raster;
mod scene;
mod svg;
mod time;

pub use figure::{Figure, Kind, Mark, Panel, Point, Series};
pub use palette::Look;
pub use time::{Instant, Step};

use std::path::Path;

/// Width of every figure in pixels of 1/96 inch: 169 mm, the text width of a page.
pub const WIDTH: f32 = 640.0;

/// Pixels of a PNG for one of the figure's: 288 dots an inch.
pub const PNG_SCALE: f32 = 3.0;

/// How a figure is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Scalable Vector Graphics 1.1.
    Svg,
    /// Portable Network Graphics, true colour.
    Png,
}

impl Format {
    /// The format that the file's extension names.
    pub fn of(path: &Path) -> Result<Self, Error> {
        match path.extension().and_then(|e| e.to_str()).map(str::to_ascii_lowercase).as_deref() {
            Some("svg") => Ok(Self::Svg),
            Some("png") => Ok(Self::Png),
            _ => Err(Error::Extension(path.display().to_string())),
        }
    }
}

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file name does not end in a known extension.
    #[error("{0}: a picture's name ends in .svg or .png")]
    Extension(String),
    /// No series has a value.
    #[error("there is nothing to draw: no series has a value between these dates")]
    Empty,
    /// More panels or marks than a picture can hold.
    #[error("the picture would be {0} pixels high; ask for fewer panels or marks")]
    TooHigh(u32),
    /// The PNG could not be encoded.
    #[error("the PNG could not be encoded: {0}")]
    Encoding(String),
}

impl Figure {
    /// The file's content.
    pub fn bytes(&self, format: Format) -> Result<Vec<u8>, Error> {
        let scene = layout::scene(self)?;
        match format {
            Format::Svg => Ok(svg::write(&scene).into_bytes()),
            Format::Png => raster::png(&scene),
        }
    }
}
