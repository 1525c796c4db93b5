//! One JSON object a line. The text is the `text` field, byte for byte: offsets in the output refer to it.

use crate::draft::{Draft, Found};
use crate::source::{self, Bytes, Line};
use crate::{Columns, Error, ErrorKind, Options};
use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;
use std::fmt;

/// Reads the lines of a stream.
pub(crate) fn read<'o>(
    name: String,
    bytes: Bytes,
    options: &'o Options,
) -> impl Iterator<Item = Found> + Send + use<'o> {
    Lines { name, bytes, line: 0, buffer: Vec::new(), options, first: true, done: false }
}

struct Lines<'o> {
    name: String,
    bytes: Bytes,
    line: u64,
    buffer: Vec<u8>,
    options: &'o Options,
    first: bool,
    done: bool,
}

impl Iterator for Lines<'_> {
    type Item = Found;

    fn next(&mut self) -> Option<Found> {
        while !self.done {
            self.line += 1;
            let origin = format!("{}:{}", self.name, self.line);
            let limit = self.options.limits.record_bytes;
            match source::read_line(&mut self.bytes, &mut self.buffer, limit) {
                Ok(Line::End) => self.done = true,
                Ok(Line::TooLong) => {
                    return Some(Found::failed(origin, ErrorKind::Limit { what: "record size in bytes", limit }));
                }
                Ok(Line::Read) if self.buffer.trim_ascii().is_empty() => {}
                Ok(Line::Read) => {
                    let found = record(origin, &self.buffer, &self.options.columns);
                    // A file that is one array, or one object over many lines, is one mistake and not one a line.
                    if self.first && matches!(found, Found::Failed(_)) && is_begun(&self.buffer) {
                        self.done = true;
                        let message =
                            "one object a line is expected; an array or object over several lines begins here";
                        let kind = ErrorKind::Syntax { format: "JSON Lines", message: message.into() };
                        return Some(Found::failed(format!("{}:{}", self.name, self.line), kind));
                    }
                    self.first = false;
                    return Some(found);
                }
                Err(error) => {
                    self.done = true;
                    return Some(Found::failed(origin, source::kind(&error)));
                }
            }
        }
        None
    }
}

/// Whether JSON begins in this line and does not end in it, or is an array.
fn is_begun(line: &[u8]) -> bool {
    let array = line.trim_ascii_start().starts_with(b"[");
    array || serde_json::from_slice::<IgnoredAny>(line).is_err_and(|error| error.is_eof())
}

fn record(origin: String, line: &[u8], columns: &Columns) -> Found {
    if let Err(error) = std::str::from_utf8(line) {
        let byte = Some(error.valid_up_to() as u64);
        return Found::Failed(Error { origin, byte, kind: ErrorKind::Encoding("UTF-8, as JSON must be".into()) });
    }
    let mut json = serde_json::Deserializer::from_slice(line);
    let fields = Fields(columns).deserialize(&mut json).and_then(|fields| json.end().map(|()| fields));
    let mut fields = match fields {
        Ok(fields) => fields,
        Err(error) => {
            let message = error.to_string();
            // The parser counts lines too, and here there is always but one.
            let message = message.split(" at line ").next().unwrap_or_default();
            let byte = Some(error.column().saturating_sub(1) as u64);
            let kind = ErrorKind::Syntax { format: "JSON", message: message.into() };
            return Found::Failed(Error { origin, byte, kind });
        }
    };
    let mut draft = Draft { origin, ..Draft::default() };
    // A field that is not understood is left out with a remark; without a text there is no document.
    let mut take = |name: &str, remarks: &mut Vec<String>| {
        let at = fields.iter().rposition(|(key, _)| key == name)?;
        match string(&fields[at].1) {
            Ok(value) => value,
            Err(what) => {
                remarks.push(format!("{name:?} is {what}; left out"));
                fields[at].1 = Value::Null;
                None
            }
        }
    };
    draft.id = take(&columns.id, &mut draft.remarks);
    draft.title = take(&columns.title, &mut draft.remarks);
    draft.publisher = take(&columns.publisher, &mut draft.remarks);
    draft.byline = take(&columns.byline, &mut draft.remarks);
    draft.published = take(&columns.published, &mut draft.remarks).into_iter().collect();
    draft.url = take(&columns.url, &mut draft.remarks);
    draft.language = take(&columns.language, &mut draft.remarks);
    match fields.into_iter().rev().find(|(key, _)| *key == columns.text) {
        Some((_, Value::String(text))) => draft.text = text,
        Some((_, Value::Null)) => {}
        Some((key, _)) => return Found::failed(draft.origin, ErrorKind::Field(format!("{key:?} is not a string"))),
        None => return Found::failed(draft.origin, ErrorKind::Field(format!("there is no field {:?}", columns.text))),
    }
    Found::Draft(Box::new(draft))
}

/// A metadata field as a string: numbers as they are written, lists of names joined.
fn string(value: &Value) -> Result<Option<String>, &'static str> {
    match value {
        Value::Null => Ok(None),
        Value::String(string) => Ok(Some(string.clone())),
        Value::Number(number) => Ok(Some(number.to_string())),
        Value::Bool(_) => Err("true or false"),
        Value::Object(_) => Err("an object"),
        Value::Array(values) => {
            let names: Option<Vec<&str>> = values.iter().map(Value::as_str).collect();
            names.map(|names| Some(names.join(", "))).ok_or("a list of more than strings")
        }
    }
}

/// Keeps the fields that have a meaning; the others are parsed, for errors, but never built.
struct Fields<'c>(&'c Columns);

impl<'de> DeserializeSeed<'de> for Fields<'_> {
    type Value = Vec<(String, Value)>;

    fn deserialize<D: serde::Deserializer<'de>>(self, json: D) -> Result<Self::Value, D::Error> {
        json.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Fields<'_> {
    type Value = Vec<(String, Value)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Self::Value, M::Error> {
        let c = self.0;
        let known = [&c.id, &c.text, &c.title, &c.published, &c.publisher, &c.byline, &c.url, &c.language];
        let mut fields = Vec::new();
        while let Some(key) = map.next_key::<String>()? {
            match known.contains(&&key) {
                true => fields.push((key, map.next_value()?)),
                false => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(fields)
    }
}
