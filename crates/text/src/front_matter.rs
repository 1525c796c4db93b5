//! The block of metadata that opens a Markdown file: YAML between `---` lines or TOML between `+++` lines.

use crate::draft::Draft;
use saphyr_parser::{Event, Parser};

/// Keys of a field, most telling first. Static site generators, archives and clippers all have their own.
const ID: &[&str] = &["id", "guid", "identifier"];
const TITLE: &[&str] = &["title", "headline"];
const PUBLISHED: &[&str] = &[
    "published",
    "published_time",
    "datepublished",
    "date_published",
    "published_at",
    "pubdate",
    "publishdate",
    "publish_date",
    "publication_date",
    "date",
    "created",
];
const PUBLISHER: &[&str] = &["publisher", "publication", "site_name", "sitename", "outlet", "source", "site"];
const BYLINE: &[&str] = &["byline", "author", "authors", "creator"];
const URL: &[&str] = &["url", "source_url", "link", "canonical", "canonical_url", "permalink"];
const LANGUAGE: &[&str] = &["language", "lang", "locale"];

/// Takes the front matter off: what is behind it, and its fields put into the draft.
pub(crate) fn take<'t>(text: &'t str, draft: &mut Draft) -> &'t str {
    let Some((fence, block, rest)) = split(text) else { return text };
    let fields = match fence {
        "+++" => from_toml(block),
        _ => from_yaml(block),
    };
    let fields = match fields {
        Ok(fields) => fields,
        Err(message) => {
            draft.remarks.push(format!("front matter left out: {message}"));
            return rest;
        }
    };
    let all = |keys: &[&str]| {
        let values = keys.iter().flat_map(|key| fields.iter().filter(move |(k, _)| k == key));
        values.map(|(_, value)| value.clone()).filter(|value| !value.trim().is_empty()).collect::<Vec<_>>()
    };
    let first = |keys| all(keys).into_iter().next();
    draft.id = first(ID);
    draft.title = first(TITLE);
    draft.published = all(PUBLISHED);
    draft.publisher = first(PUBLISHER).filter(|name| !is_url(name));
    draft.byline = first(BYLINE);
    draft.url = first(URL).or_else(|| first(PUBLISHER).filter(|name| is_url(name)));
    draft.language = first(LANGUAGE);
    rest
}

fn is_url(value: &str) -> bool {
    value.starts_with("http://") || value.starts_with("https://")
}

/// The fence, what is between the fences, and what follows.
fn split(text: &str) -> Option<(&'static str, &str, &str)> {
    let fence = ["---", "+++"].into_iter().find(|fence| text.starts_with(fence))?;
    let mut lines = text.split_inclusive('\n');
    let first = lines.next().filter(|line| line.trim_end() == fence)?;
    let mut at = first.len();
    for line in lines {
        let closes = line.trim_end() == fence || fence == "---" && line.trim_end() == "...";
        if closes {
            return Some((fence, &text[first.len()..at], &text[at + line.len()..]));
        }
        at += line.len();
    }
    None
}

/// Top-level keys in lower case with their scalars; lists of scalars joined. Read from the parser's events, so that
/// values stay as written (a date is a string) and aliases are never expanded.
fn from_yaml(block: &str) -> Result<Vec<(String, String)>, String> {
    let mut fields: Vec<(String, String)> = Vec::new();
    let mut parser = Parser::new_from_str(block);
    let (mut depth, mut key, mut list) = (0_usize, None::<String>, Vec::new());
    while let Some(event) = parser.next_event() {
        let (event, _) = event.map_err(|error| error.to_string())?;
        let opens = matches!(event, Event::MappingStart(..) | Event::SequenceStart(..));
        let closes = matches!(event, Event::MappingEnd | Event::SequenceEnd);
        depth = depth + usize::from(opens) - usize::from(closes);
        match (depth, &mut key, event) {
            (1, None, Event::Scalar(name, ..)) => key = Some(name.to_lowercase().replace('-', "_")),
            (1, Some(_), Event::Scalar(value, ..)) => fields.extend(key.take().map(|key| (key, value.into_owned()))),
            (1, Some(_), Event::SequenceEnd | Event::MappingEnd) => {
                fields.extend(key.take().map(|key| (key, std::mem::take(&mut list).join(", "))));
            }
            (1, Some(_), Event::Alias(_)) => key = None,
            (2, Some(_), Event::Scalar(value, ..)) => list.push(value.into_owned()),
            _ => {}
        }
        if depth > 64 {
            return Err("nested too deeply".into());
        }
    }
    Ok(fields)
}

fn from_toml(block: &str) -> Result<Vec<(String, String)>, String> {
    let table: toml::Table = block.parse().map_err(|error: toml::de::Error| error.message().to_owned())?;
    let scalar = |value: &toml::Value| match value {
        toml::Value::String(string) => Some(string.clone()),
        toml::Value::Datetime(date) => Some(date.to_string()),
        toml::Value::Integer(number) => Some(number.to_string()),
        _ => None,
    };
    let fields = table.iter().filter_map(|(key, value)| {
        let value = match value {
            toml::Value::Array(values) => Some(values.iter().filter_map(scalar).collect::<Vec<_>>().join(", ")),
            value => scalar(value),
        };
        value.map(|value| (key.to_lowercase().replace('-', "_"), value))
    });
    Ok(fields.collect())
}
