//! The XML of the PETRARCH coders: `<Sentence date="20240819" id="…"><Text>…</Text>`, one document a text.
//!
//! Files of the field are not always well-formed (an empty `<Sentence …/>` with its end tag behind the parse), so tags
//! are taken as they come. Entities of a DTD are never expanded.

use crate::draft::{Draft, Found};
use crate::source::{self, Allowance, Bytes, Meter};
use crate::{Error, ErrorKind, Options};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::io::BufReader;

/// Reads the records of a stream.
pub(crate) fn read<'o>(
    name: String,
    bytes: Bytes,
    options: &'o Options,
) -> impl Iterator<Item = Found> + Send + use<'o> {
    let (meter, allowance) = Meter::new(bytes, options.limits.record_bytes);
    let mut reader = Reader::from_reader(BufReader::new(meter));
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    Sentences { name, reader, allowance, buffer: Vec::new(), sentence: Draft::default(), number: 0, done: false }
}

struct Sentences {
    name: String,
    reader: Reader<BufReader<Meter>>,
    allowance: Allowance,
    buffer: Vec<u8>,
    /// Attributes of the sentence whose text comes next.
    sentence: Draft,
    number: u64,
    done: bool,
}

impl Iterator for Sentences {
    type Item = Found;

    fn next(&mut self) -> Option<Found> {
        let mut text: Option<String> = None;
        while !self.done {
            self.buffer.clear();
            // The text of a record counts as a whole, everything else piece by piece.
            if text.is_none() {
                self.allowance.renew();
            }
            let event = match self.reader.read_event_into(&mut self.buffer) {
                Ok(event) => event,
                Err(error) => {
                    self.done = true;
                    let kind = match error {
                        quick_xml::Error::Io(error) => source::kind(&error),
                        error => ErrorKind::Syntax { format: "XML", message: error.to_string() },
                    };
                    let byte = Some(self.reader.error_position());
                    return Some(Found::Failed(Error { origin: self.name.clone(), byte, kind }));
                }
            };
            match (event, &mut text) {
                (Event::Eof, _) => self.done = true,
                (Event::Start(tag) | Event::Empty(tag), _) if tag.name().as_ref() == SENTENCE => {
                    self.sentence = attributes(&tag);
                }
                (Event::Start(tag), None) if tag.name().as_ref() == TEXT => text = Some(String::new()),
                (Event::End(tag), Some(_)) if tag.name().as_ref() == TEXT => {
                    self.number += 1;
                    let mut draft = std::mem::take(&mut self.sentence);
                    draft.origin = format!("{}#{}", self.name, self.number);
                    draft.text = unwrap(&text.take().unwrap_or_default());
                    return Some(Found::Draft(Box::new(draft)));
                }
                (Event::Text(part), Some(text)) => text.push_str(&part),
                (Event::CData(part), Some(text)) => text.push_str(&part),
                (Event::GeneralRef(reference), Some(text)) => match reference.resolve_char_ref() {
                    Ok(Some(c)) => text.push(c),
                    _ => match quick_xml::escape::resolve_predefined_entity(&reference) {
                        Some(value) => text.push_str(value),
                        // Unknown: left as written.
                        None => text.extend(["&", &reference, ";"]),
                    },
                },
                _ => {}
            }
        }
        None
    }
}

const SENTENCE: &str = "Sentence";
const TEXT: &str = "Text";

fn attributes(tag: &BytesStart<'_>) -> Draft {
    let mut draft = Draft::default();
    for attribute in tag.attributes().with_checks(false).flatten() {
        let Ok(value) = quick_xml::escape::unescape(&attribute.value) else { continue };
        match attribute.key.as_ref() {
            "id" => draft.id = Some(value.into_owned()),
            "date" => draft.published = vec![value.into_owned()],
            "source" => draft.publisher = Some(value.into_owned()),
            "url" => draft.url = Some(value.into_owned()),
            _ => {}
        }
    }
    draft
}

/// Lines of a paragraph joined by spaces; blank lines between paragraphs.
fn unwrap(text: &str) -> String {
    let mut paragraphs: Vec<String> = vec![String::new()];
    for line in text.lines().map(str::trim) {
        match paragraphs.last_mut() {
            Some(last) if line.is_empty() && !last.is_empty() => paragraphs.push(String::new()),
            Some(last) if !line.is_empty() => {
                last.push_str(if last.is_empty() { "" } else { " " });
                last.push_str(line);
            }
            _ => {}
        }
    }
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    paragraphs.join("\n\n")
}
