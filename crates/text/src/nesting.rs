//! A look at the tags of a page before it is parsed: html5ever's tree builder takes time quadratic in the depth of open
//! elements, in the number of formatting elements left open and in the attributes of one element, so a page of a
//! megabyte can keep it busy for hours. This scan is linear and refuses such pages.

use crate::{ErrorKind, Limits};
use std::collections::BTreeMap;

/// Attributes of one element. Pages of the press have up to about fifty.
const ATTRIBUTES: usize = 1000;

const VOID: &[&str] = &[
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "keygen", "link",
    "meta", "param", "source", "track", "wbr",
];

/// Elements whose content is not markup.
const RAW: &[&str] = &["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "plaintext"];

/// Elements that begin a block, and so end an open paragraph.
const BLOCKS: &[&str] = &[
    "p",
    "div",
    "ul",
    "ol",
    "dl",
    "li",
    "dt",
    "dd",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "section",
    "article",
    "main",
    "aside",
    "header",
    "footer",
    "nav",
    "blockquote",
    "pre",
    "form",
    "fieldset",
    "figure",
    "address",
    "center",
    "details",
];

/// What a start tag closes, and what it does not look behind (HTML standard, "in body", "in cell", "in row").
fn implied(name: &str) -> Option<(&'static [&'static str], &'static [&'static str])> {
    Some(match name {
        "td" | "th" => (&["td", "th"], &["table", "template"]),
        "tr" => (&["tr"], &["table", "template"]),
        "tbody" | "thead" | "tfoot" => (&["tbody", "thead", "tfoot"], &["table", "template"]),
        "option" => (&["option"], &["select", "optgroup", "datalist"]),
        "optgroup" => (&["optgroup"], &["select"]),
        _ if BLOCKS.contains(&name) => (
            &["p"],
            &["applet", "caption", "table", "td", "th", "marquee", "object", "template", "button", "svg", "math"],
        ),
        _ => return None,
    })
}

/// A list item is also closed by the next, unless a block other than these stands between.
const LISTS: &[(&str, &[&str])] = &[("li", &["li"]), ("dt", &["dt", "dd"]), ("dd", &["dt", "dd"])];
const TRANSPARENT: &[&str] = &["div", "p", "address", "a", "span"];

/// Formatting elements are opened anew in every paragraph until they are closed.
const FORMATTING: &[&str] = &["b", "big", "code", "em", "font", "i", "s", "small", "strike", "strong", "tt", "u"];

/// Elements at whose end the formatting elements in them are forgotten.
const SCOPES: &[&str] = &["td", "th", "caption", "tr", "tbody", "thead", "tfoot", "table", "object", "applet"];

/// Whether an HTML page is shallow enough to parse.
pub(crate) fn check_html(html: &str, limits: &Limits) -> Result<(), ErrorKind> {
    let deep = Err(ErrorKind::Limit { what: "HTML nesting depth", limit: limits.nesting as u64 });
    let mut open = Open::default();
    let mut tags = Tags { html, at: 0 };
    let mut elements = 0;
    while let Some(tag) = tags.next() {
        let name = tag.name.to_ascii_lowercase();
        if tag.attributes > ATTRIBUTES {
            return Err(ErrorKind::Limit { what: "number of attributes", limit: ATTRIBUTES as u64 });
        }
        elements += usize::from(!tag.closes);
        if elements > limits.html_elements {
            return Err(ErrorKind::Limit { what: "number of HTML elements", limit: limits.html_elements as u64 });
        }
        if tag.closes {
            if let Some(at) = open.elements.iter().rposition(|(n, _)| *n == name) {
                open.close(at);
            }
        } else {
            let foreign = open.elements.iter().any(|(n, _)| n == "svg" || n == "math");
            if VOID.contains(&name.as_str()) || tag.empty && foreign {
                continue;
            }
            if RAW.contains(&name.as_str()) && !foreign {
                tags.skip_raw(&name);
                continue;
            }
            open.imply(&name);
            open.elements.push((name, fnv(tag.whole)));
        }
        let left = open.left.values().map(|&n| usize::from(n)).sum::<usize>();
        if open.elements.len() > limits.nesting || left > limits.nesting {
            return deep;
        }
    }
    Ok(())
}

/// The elements open at a place of the page, as the parser would have them or deeper.
#[derive(Default)]
struct Open {
    /// Name, and hash of the whole start tag.
    elements: Vec<(String, u64)>,
    /// Formatting elements left open, by their whole tag: the parser keeps three of each.
    left: BTreeMap<u64, u8>,
}

impl Open {
    /// Closes the element and what is in it.
    fn close(&mut self, at: usize) {
        let scope = SCOPES.contains(&self.elements[at].0.as_str());
        for (inner, hash) in self.elements.drain(at..).skip(1) {
            if !scope && FORMATTING.contains(&inner.as_str()) {
                let count = self.left.entry(hash).or_default();
                *count = (*count + 1).min(3);
            }
        }
    }

    /// Closes what a start tag closes without saying so.
    fn imply(&mut self, name: &str) {
        if let Some((_, closed)) = LISTS.iter().find(|(item, _)| *item == name) {
            let through = |n: &str| TRANSPARENT.contains(&n) || FORMATTING.contains(&n);
            let stop = self.elements.iter().rposition(|(n, _)| closed.contains(&n.as_str()) || !through(n));
            if let Some(at) = stop.filter(|&at| closed.contains(&self.elements[at].0.as_str())) {
                self.close(at);
            }
        }
        if let Some((closed, bounds)) = implied(name) {
            let stop =
                self.elements.iter().rposition(|(n, _)| closed.contains(&n.as_str()) || bounds.contains(&n.as_str()));
            if let Some(at) = stop.filter(|&at| closed.contains(&self.elements[at].0.as_str())) {
                self.close(at);
            }
        }
        // A link ends the link before it wherever that began.
        if name == "a"
            && let Some(at) = self.elements.iter().rposition(|(n, _)| n == "a")
        {
            self.elements.remove(at);
        }
    }
}

/// Whether an XML document is shallow enough.
pub(crate) fn check_xml(xml: &str, limits: &Limits) -> Result<(), ErrorKind> {
    let mut depth = 0_usize;
    let mut tags = Tags { html: xml, at: 0 };
    while let Some(tag) = tags.next() {
        match tag.closes {
            true => depth = depth.saturating_sub(1),
            false => depth += usize::from(!tag.empty),
        }
        if depth > limits.nesting {
            return Err(ErrorKind::Limit { what: "XML nesting depth", limit: limits.nesting as u64 });
        }
    }
    Ok(())
}

struct Tag<'a> {
    name: &'a str,
    whole: &'a str,
    closes: bool,
    /// Ends in `/>`.
    empty: bool,
    attributes: usize,
}

/// The tags of a text, comments, declarations and CDATA passed over.
struct Tags<'a> {
    html: &'a str,
    at: usize,
}

impl<'a> Tags<'a> {
    fn next(&mut self) -> Option<Tag<'a>> {
        loop {
            let start = self.at + self.html[self.at..].find('<')?;
            let rest = &self.html[start..];
            let skip = |open: &str, close: &str| {
                rest.starts_with(open)
                    .then(|| rest[open.len()..].find(close).map_or(rest.len(), |n| n + open.len() + close.len()))
            };
            if let Some(length) = skip("<!--", "-->").or_else(|| skip("<![CDATA[", "]]>")) {
                self.at = start + length;
                continue;
            }
            let closes = rest[1..].starts_with('/');
            let from = 1 + usize::from(closes);
            if !rest[from..].starts_with(|c: char| c.is_ascii_alphabetic()) {
                self.at = start + 1;
                continue;
            }
            let (length, attributes) = extent(rest.as_bytes());
            let whole = &rest[..length];
            let end = whole[from..].find(|c: char| c.is_ascii_whitespace() || c == '/' || c == '>');
            let name = &whole[from..end.map_or(length, |n| n + from)];
            self.at = start + length;
            return Some(Tag { name, whole, closes, empty: whole.ends_with("/>"), attributes });
        }
    }

    /// Goes to the end tag of an element whose content is not markup; to the end of the page where there is none.
    fn skip_raw(&mut self, name: &str) {
        let rest = &self.html.as_bytes()[self.at..];
        let end = rest
            .windows(2 + name.len())
            .position(|w| w.starts_with(b"</") && w[2..].eq_ignore_ascii_case(name.as_bytes()));
        self.at += end.unwrap_or(rest.len());
    }
}

/// Length of a tag to its `>` outside quotes, and the number of its attributes, roughly.
fn extent(tag: &[u8]) -> (usize, usize) {
    let (mut quote, mut attributes, mut before) = (None, 0, b' ');
    for (at, &byte) in tag.iter().enumerate() {
        match (quote, byte) {
            (Some(open), _) if open == byte => quote = None,
            (Some(_), _) => {}
            // A quote opens a value only behind the equals sign.
            (None, b'"' | b'\'') if before == b'=' => quote = Some(byte),
            (None, b'>') => return (at + 1, attributes),
            (None, _) if !byte.is_ascii_whitespace() && (before.is_ascii_whitespace() || before == b'/') => {
                attributes += 1
            }
            _ => {}
        }
        if !(byte.is_ascii_whitespace() && before == b'=') {
            before = byte;
        }
    }
    (tag.len(), attributes)
}

/// FNV-1a: the same on every run.
fn fnv(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
