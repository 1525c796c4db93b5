//! Markdown to prose: what a reader of the rendered page would read as sentences.

use crate::draft::{Draft, one_line};
use crate::front_matter;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// Reads a Markdown document. A first heading of level one is the title, not text, where front matter gives none or
/// the same.
pub(crate) fn read(text: &str, draft: &mut Draft) {
    let body = front_matter::take(text, draft);
    let mut prose = Prose::default();
    // Tables and strike-through are common in the wild; everything else is CommonMark.
    for event in Parser::new_ext(body, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        prose.event(event);
    }
    prose.end();
    if let Some(heading) = prose.heading {
        let same = draft.title.as_deref().and_then(one_line) == one_line(&heading);
        if draft.title.is_none() || same {
            draft.title = Some(heading);
            prose.paragraphs.remove(0);
        }
    }
    draft.text = prose.paragraphs.join("\n\n");
}

#[derive(Default)]
struct Prose {
    paragraphs: Vec<String>,
    current: String,
    /// The heading of level one that opens the document.
    heading: Option<String>,
    /// Levels of code, image and metadata blocks that are left out.
    silent: usize,
}

impl Prose {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(Tag::CodeBlock(_) | Tag::Image { .. } | Tag::HtmlBlock | Tag::MetadataBlock(_)) => {
                self.silent += 1;
            }
            Event::End(TagEnd::CodeBlock | TagEnd::Image | TagEnd::HtmlBlock | TagEnd::MetadataBlock(_)) => {
                self.silent -= 1;
            }
            _ if self.silent > 0 => {}
            Event::Text(text) | Event::Code(text) => self.current.push_str(&text),
            Event::SoftBreak => self.current.push(' '),
            Event::HardBreak => self.current.push('\n'),
            Event::InlineHtml(tag) if tag.to_ascii_lowercase().starts_with("<br") => self.current.push('\n'),
            Event::End(TagEnd::TableCell) => self.current.push_str(" | "),
            Event::End(TagEnd::Heading(HeadingLevel::H1)) if self.paragraphs.is_empty() => {
                self.end();
                self.heading = self.paragraphs.first().cloned();
            }
            Event::Start(
                Tag::Paragraph
                | Tag::Heading { .. }
                | Tag::Item
                | Tag::List(_)
                | Tag::BlockQuote(_)
                | Tag::TableRow
                | Tag::TableHead,
            )
            | Event::End(
                TagEnd::Paragraph
                | TagEnd::Heading(_)
                | TagEnd::Item
                | TagEnd::List(_)
                | TagEnd::BlockQuote(_)
                | TagEnd::TableRow
                | TagEnd::TableHead,
            )
            | Event::Rule => self.end(),
            _ => {}
        }
    }

    /// Ends a paragraph. One without a letter or digit ("###", "* * *") is an ornament.
    fn end(&mut self) {
        let text = std::mem::take(&mut self.current);
        let text = text.trim().trim_end_matches('|').trim_end();
        if text.contains(char::is_alphanumeric) {
            self.paragraphs.push(text.to_owned());
        }
    }
}
