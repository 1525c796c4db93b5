//! Words on a terminal: colour or not, width, and text made safe to print.

use legation::record::QuadClass;
use std::borrow::Cow;
use std::io::IsTerminal;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How standard output is to look.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    colour: bool,
    width: usize,
}

/// What a word is, not how it looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Ordinary words.
    Plain,
    /// What the eye is to find first.
    Strong,
    /// What is there for those who look.
    Dim,
    /// Cooperation in words.
    VerbalCooperation,
    /// Cooperation in deeds.
    MaterialCooperation,
    /// Conflict in words.
    VerbalConflict,
    /// Conflict in deeds.
    MaterialConflict,
}

impl Tone {
    /// The tone of a quad class.
    pub fn of(quad: QuadClass) -> Self {
        match quad {
            QuadClass::VerbalCooperation => Self::VerbalCooperation,
            QuadClass::MaterialCooperation => Self::MaterialCooperation,
            QuadClass::VerbalConflict => Self::VerbalConflict,
            QuadClass::MaterialConflict => Self::MaterialConflict,
        }
    }
}

impl Style {
    /// Plain text, 100 columns wide: what goes to files and pipes.
    pub const PLAIN: Self = Self { colour: false, width: 100 };

    /// For standard output as it is: colour on a terminal unless `NO_COLOR` is set or the terminal is dumb.
    pub fn of_stdout() -> Self {
        if !std::io::stdout().is_terminal() {
            return Self::PLAIN;
        }
        let refused = std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty())
            || std::env::var_os("TERM").is_some_and(|v| v == "dumb");
        let columns = terminal_size::terminal_size().map_or(100, |(columns, _)| usize::from(columns.0));
        Self { colour: !refused, width: columns.clamp(60, 100) }
    }

    /// Columns to fill at most.
    pub fn width(self) -> usize {
        self.width
    }

    /// `text` in `tone`.
    pub fn paint<'a>(self, tone: Tone, text: &'a str) -> Cow<'a, str> {
        let code = match tone {
            _ if !self.colour || text.is_empty() => return Cow::Borrowed(text),
            Tone::Plain => return Cow::Borrowed(text),
            Tone::Strong => "1",
            Tone::Dim => "2",
            Tone::VerbalCooperation => "36",
            Tone::MaterialCooperation => "32",
            Tone::VerbalConflict => "33",
            Tone::MaterialConflict => "31",
        };
        Cow::Owned(format!("\x1b[{code}m{text}\x1b[0m"))
    }
}

/// The text on one line, without control characters or marks that turn the direction of writing: a document must not
/// steer the reader's terminal.
pub fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let c = if c.is_control() || c == '\u{2028}' || c == '\u{2029}' { ' ' } else { c };
        if matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}') {
            continue;
        }
        if c.is_whitespace() {
            if !out.ends_with(' ') {
                out.push(' ');
            }
        } else {
            out.push(c);
        }
    }
    out
}

/// Columns the text takes.
pub fn width(text: &str) -> usize {
    text.width()
}

/// The first words that fit `columns`, with "…" where some are left out.
pub fn keep_start(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let mut used = 1;
    let mut end = 0;
    for (i, c) in text.char_indices() {
        used += c.width().unwrap_or(0);
        if used > columns {
            break;
        }
        end = i + c.len_utf8();
    }
    // Whole words, unless that leaves next to nothing.
    let cut = text[..end].rfind(' ').filter(|&i| i * 2 > end).unwrap_or(end);
    format!("{}…", text[..cut].trim_end())
}

/// The last words that fit `columns`, with "…" where some are left out.
pub fn keep_end(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let mut used = 1;
    let mut start = text.len();
    for (i, c) in text.char_indices().rev() {
        used += c.width().unwrap_or(0);
        if used > columns {
            break;
        }
        start = i;
    }
    let cut = text[start..].find(' ').map(|i| start + i + 1).filter(|&i| (text.len() - i) * 2 > text.len() - start);
    format!("…{}", text[cut.unwrap_or(start)..].trim_start())
}

/// Words with their tones, broken into lines of at most `columns`; a longer word is cut.
pub fn wrap(words: &[(String, Tone)], columns: usize) -> Vec<Vec<(String, Tone)>> {
    let mut lines: Vec<Vec<(String, Tone)>> = vec![Vec::new()];
    let mut used = 0;
    for (word, tone) in words {
        let word = keep_start(word, columns);
        let wide = width(&word);
        if used > 0 && used + 1 + wide > columns {
            lines.push(Vec::new());
            used = 0;
        }
        used += wide + usize::from(used > 0);
        if let Some(line) = lines.last_mut() {
            line.push((word, *tone));
        }
    }
    lines
}

/// A number of things: "1 report", "2 reports".
pub fn many(number: i64, thing: &str) -> String {
    format!("{number} {thing}{}", if number == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_steer_the_terminal() {
        assert_eq!(clean("a\x1b[31mb\n\t c\u{202e}d"), "a [31mb cd");
    }

    #[test]
    fn cuts_fall_between_words() {
        assert_eq!(keep_start("the talks in Geneva", 12), "the talks…");
        assert_eq!(keep_end("the talks in Geneva", 12), "…in Geneva");
        assert_eq!(keep_start("short", 12), "short");
        assert_eq!(width(&keep_start("日本国政府日本国政府", 7)), 7);
    }

    #[test]
    fn lines_keep_to_their_width() {
        let words: Vec<_> = "one two three four".split(' ').map(|w| (w.to_owned(), Tone::Plain)).collect();
        let lines = wrap(&words, 9);
        let joined: Vec<String> =
            lines.iter().map(|l| l.iter().map(|w| w.0.as_str()).collect::<Vec<_>>().join(" ")).collect();
        assert_eq!(joined, ["one two", "three", "four"]);
    }
}
