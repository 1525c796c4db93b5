//! RSS, Atom and JSON Feed: one document an item.

use crate::dates::{self, Written};
use crate::draft::{Draft, Found, Records};
use crate::encoding::Decoded;
use crate::{ErrorKind, Options, blocks, nesting};
use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, Utc};
use feed_rs::model::{Content, Entry, Feed, Link, Person};
use feed_rs::parser;
use std::sync::{Arc, Mutex, PoisonError};

/// Reads a feed that is in memory.
pub(crate) fn read<'o>(name: String, decoded: Decoded, options: &'o Options) -> Result<Records<'o>, ErrorKind> {
    let text = decoded.text.as_str();
    nesting::check_xml(text, &options.limits)?;
    // The declaration names the encoding the bytes had before they were decoded.
    let text = text.trim_start();
    let text = match text.starts_with("<?xml") {
        true => text.split_once("?>").map_or(text, |(_, rest)| rest),
        false => text,
    };
    let unread = Arc::new(Mutex::new(Vec::new()));
    let unreadable = unread.clone();
    let parser = parser::Builder::new()
        // An item without an id has the hash of its text, as everywhere.
        .id_generator(|_, _, _| String::new())
        .timestamp_parser(move |written| {
            let day = day(written);
            if day.is_none() {
                unreadable.lock().unwrap_or_else(PoisonError::into_inner).push(written.to_owned());
            }
            day
        })
        .build();
    let feed = parser
        .parse(text.as_bytes())
        .map_err(|error| ErrorKind::Syntax { format: "feed", message: error.to_string() })?;
    let unread = std::mem::take(&mut *unread.lock().unwrap_or_else(PoisonError::into_inner));
    let mut remarks = decoded.remarks;
    // feed-rs does not say which item a date belongs to.
    remarks.extend(unread.iter().map(|date| format!("date {date:?} in this feed cannot be read; left out")));
    if feed.entries.len() as u64 > options.limits.records {
        return Err(ErrorKind::Limit { what: "number of records", limit: options.limits.records });
    }
    let about = About::of(&feed);
    let items = feed.entries.into_iter().enumerate().map(move |(at, entry)| {
        let mut draft = about.draft(format!("{name}#{}", at + 1), entry, &options.limits);
        draft.remarks.append(&mut remarks);
        Found::Draft(Box::new(draft))
    });
    Ok(Box::new(items))
}

/// What the feed says of all its items.
struct About {
    publisher: Option<String>,
    byline: Option<String>,
    language: Option<String>,
}

impl About {
    fn of(feed: &Feed) -> Self {
        Self {
            publisher: feed.title.as_ref().map(|title| title.content.clone()),
            byline: people(&feed.authors),
            language: feed.language.clone(),
        }
    }

    fn draft(&self, origin: String, entry: Entry, limits: &crate::Limits) -> Draft {
        let mut remarks = Vec::new();
        // Titles and plain summaries carry markup and entities as often as not.
        let mut plain = |html: &str| match nesting::check_html(html, limits) {
            Ok(()) => blocks::text(html),
            Err(kind) => {
                remarks.push(format!("left out: {kind}"));
                String::new()
            }
        };
        let body = |content: Content| content.body.filter(|body| !body.trim().is_empty());
        let text = entry.content.and_then(body).or(entry.summary.map(|summary| summary.content)).unwrap_or_default();
        let written = entry.published.or(entry.updated).map(|time| time.date_naive());
        Draft {
            text: plain(&text),
            title: entry.title.map(|title| plain(&title.content)),
            id: Some(entry.id),
            publisher: self.publisher.clone(),
            byline: people(&entry.authors).or_else(|| self.byline.clone()),
            published: written
                .map(|d| format!("{:04}-{:02}-{:02}", d.year(), d.month(), d.day()))
                .into_iter()
                .collect(),
            url: address(&entry.links),
            language: entry.language.or_else(|| self.language.clone()),
            origin,
            remarks,
        }
    }
}

/// The day as written, in whatever time zone, as the midnight that feed-rs wants.
fn day(written: &str) -> Option<DateTime<Utc>> {
    let Written::Day(date) = dates::parse(written) else { return None };
    let day = NaiveDate::from_ymd_opt(date.year().into(), date.month() as u32, date.day() as u32)?;
    Some(day.and_time(NaiveTime::MIN).and_utc())
}

fn people(people: &[Person]) -> Option<String> {
    let names: Vec<&str> =
        people.iter().filter_map(|person| person.name.as_deref()).map(str::trim).filter(|n| !n.is_empty()).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

fn address(links: &[Link]) -> Option<String> {
    let link = links.iter().find(|link| link.rel.as_deref().is_none_or(|rel| rel == "alternate"));
    link.or(links.first()).map(|link| link.href.clone())
}
