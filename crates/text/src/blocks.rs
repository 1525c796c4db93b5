//! HTML to paragraphs: the text of a fragment as a browser would lay it out, block by block.

use ego_tree::iter::Edge;
use scraper::{Html, Node};

/// Elements whose content is not read.
const SILENT: &[&str] = &[
    "script",
    "style",
    "noscript",
    "template",
    "head",
    "title",
    "svg",
    "math",
    "iframe",
    "object",
    "select",
    "button",
    "form",
    "textarea",
    "audio",
    "video",
    "canvas",
    "figure",
    "figcaption",
];

/// Page furniture, left out where no article was found and the whole page is read.
const FURNITURE: &[&str] = &["nav", "header", "footer", "aside", "menu", "dialog"];

/// Elements that stand in a line of text. All others begin and end a paragraph.
const INLINE: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img",
    "ins", "kbd", "label", "mark", "nobr", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong",
    "sub", "sup", "time", "tt", "u", "var", "wbr", "br", "td", "th",
];

/// The paragraphs of an HTML fragment, separated by blank lines.
pub(crate) fn text(html: &str) -> String {
    paragraphs(&Html::parse_fragment(html), false).join("\n\n")
}

/// The paragraphs of a parsed page, its furniture perhaps left out. White space is collapsed and no-break spaces,
/// mostly used to indent, count as white space.
pub(crate) fn paragraphs(page: &Html, without_furniture: bool) -> Vec<String> {
    let mut writer = Writer::default();
    let mut silent = 0_usize;
    for edge in page.tree.root().traverse() {
        let (node, opens) = match edge {
            Edge::Open(node) => (node, true),
            Edge::Close(node) => (node, false),
        };
        match node.value() {
            Node::Element(element) => {
                let name = element.name();
                let left_out = SILENT.contains(&name) || without_furniture && FURNITURE.contains(&name);
                if left_out {
                    silent = if opens { silent + 1 } else { silent - 1 };
                }
                match name {
                    _ if silent > 0 => {}
                    "br" if opens => writer.line_break(),
                    "br" => {}
                    "td" | "th" if opens => writer.cell(),
                    _ if INLINE.contains(&name) => {}
                    _ => writer.end(),
                }
            }
            Node::Text(text) if opens && silent == 0 => writer.text(text),
            _ => {}
        }
    }
    writer.end();
    writer.paragraphs
}

#[derive(Default)]
struct Writer {
    paragraphs: Vec<String>,
    current: String,
}

impl Writer {
    fn text(&mut self, text: &str) {
        for c in text.chars() {
            match c.is_whitespace() {
                true if self.current.is_empty() || self.current.ends_with([' ', '\n']) => {}
                true => self.current.push(' '),
                false => self.current.push(c),
            }
        }
    }

    /// Two breaks in a row are how old pages separate paragraphs.
    fn line_break(&mut self) {
        match self.current.trim_end_matches(' ').ends_with('\n') {
            true => self.end(),
            false if self.current.is_empty() => {}
            false => {
                self.current.truncate(self.current.trim_end_matches(' ').len());
                self.current.push('\n');
            }
        }
    }

    fn cell(&mut self) {
        if !self.current.trim().is_empty() {
            self.current.truncate(self.current.trim_end().len());
            self.current.push_str(" | ");
        }
    }

    /// Ends a paragraph. One without a letter or digit is an ornament.
    fn end(&mut self) {
        let text = std::mem::take(&mut self.current);
        let text = text.trim();
        if text.contains(char::is_alphanumeric) {
            self.paragraphs.push(text.to_owned());
        }
    }
}
