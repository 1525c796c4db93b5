use crate::palette::Colour;
use crate::scene::{Anchor, At, Scene, Shape, Stroke};
use std::fmt::Write;

/// The scene as SVG. Text stays text, in the reader's Noto Sans or a like face.
pub(crate) fn write(scene: &Scene) -> String {
    let (w, h) = (scene.width, scene.height);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\" role=\"img\" \
         font-family=\"Noto Sans, Helvetica, Arial, sans-serif\">\n<title>{}</title>\n<desc>{}</desc>\n\
         <rect width=\"{w}\" height=\"{h}\" fill=\"#fff\"/>\n",
        escaped(&scene.title),
        escaped(&scene.description)
    );
    for shape in &scene.shapes {
        let tag = match shape {
            Shape::Line { points, stroke } => {
                format!("<polyline points=\"{}\" fill=\"none\"{}/>", list(points), stroked(stroke))
            }
            Shape::Area { points, fill } => {
                format!("<polygon points=\"{}\"{}/>", list(points), filled(fill.colour, fill.opacity))
            }
            Shape::Disc { centre, radius, fill, stroke } => format!(
                "<circle cx=\"{}\" cy=\"{}\" r=\"{}\"{}{}/>",
                short(centre.0),
                short(centre.1),
                short(*radius),
                filled(fill.colour, fill.opacity),
                stroke.as_ref().map(stroked).unwrap_or_default()
            ),
            Shape::Text(text) => {
                let (x, y) = (short(text.at.0), short(text.at.1));
                let anchor = match text.anchor {
                    Anchor::Start => "",
                    Anchor::Middle => " text-anchor=\"middle\"",
                    Anchor::End => " text-anchor=\"end\"",
                };
                let bold = if text.bold { " font-weight=\"bold\"" } else { "" };
                format!(
                    "<text x=\"{x}\" y=\"{y}\" font-size=\"{}\"{bold}{anchor}{}>{}</text>",
                    short(text.size),
                    filled(text.colour, 1.0),
                    escaped(&text.words)
                )
            }
        };
        out.push_str(&tag);
        out.push('\n');
    }
    out.push_str("</svg>\n");
    out
}

fn list(points: &[At]) -> String {
    let mut out = String::new();
    for (i, (x, y)) in points.iter().enumerate() {
        let _ = write!(out, "{}{},{}", if i == 0 { "" } else { " " }, short(*x), short(*y));
    }
    out
}

fn stroked(stroke: &Stroke) -> String {
    let dashes = match stroke.dashes {
        [] => String::new(),
        dashes => format!(" stroke-dasharray=\"{}\"", dashes.iter().map(|d| short(*d)).collect::<Vec<_>>().join(" ")),
    };
    let (colour, width) = (hex(stroke.colour), short(stroke.width));
    format!(" stroke=\"{colour}\" stroke-width=\"{width}\" stroke-linejoin=\"round\"{dashes}")
}

fn filled(colour: Colour, opacity: f32) -> String {
    let opacity = if opacity < 1.0 { format!(" fill-opacity=\"{}\"", short(opacity)) } else { String::new() };
    format!(" fill=\"{}\"{opacity}", hex(colour))
}

fn hex([r, g, b]: Colour) -> String {
    format!("#{r:02x}{g:02x}{b:02x}")
}

/// Hundredths of a pixel are enough.
fn short(number: f32) -> String {
    let text = format!("{number:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// Control characters, which XML forbids, become spaces.
fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}') => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
