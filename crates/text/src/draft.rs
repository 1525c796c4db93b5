//! From what a container says to a [`Document`]: the one place where every format meets.

use crate::dates::{self, Written};
use crate::reading::{Reading, Reason, Skipped};
use crate::{Error, ErrorKind, Options, dateline, language};
use jiff::civil::Date;
use legation_record::{Diagnostic, Document};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fmt::Write;

/// A document as its container gives it: strings, not yet understood.
#[derive(Clone, Debug, Default)]
pub(crate) struct Draft {
    pub origin: String,
    pub id: Option<String>,
    pub text: String,
    pub title: Option<String>,
    pub publisher: Option<String>,
    pub byline: Option<String>,
    /// Dates in the order they are believed; the first that can be read is taken.
    pub published: Vec<String>,
    pub url: Option<String>,
    pub language: Option<String>,
    pub remarks: Vec<String>,
}

/// What a format reader finds.
pub(crate) enum Found {
    Draft(Box<Draft>),
    Failed(Error),
}

impl Found {
    pub fn failed(origin: impl Into<String>, kind: ErrorKind) -> Self {
        Self::Failed(Error { origin: origin.into(), byte: None, kind })
    }
}

/// The records of a file, streamed.
pub(crate) type Records<'o> = Box<dyn Iterator<Item = Found> + Send + 'o>;

/// Ids met so far, as the first 64 bits of their hash: ten million documents take a few hundred megabytes less than
/// the ids themselves, and one false alarm in a million runs does no harm.
pub(crate) type Seen = BTreeSet<u64>;

/// Makes the document.
pub(crate) fn finish(mut draft: Draft, options: &Options, seen: &mut Seen) -> Reading {
    let title = draft.title.as_deref().and_then(one_line);
    if draft.text.trim().is_empty() {
        let Some(title) = &title else {
            return Reading::Skipped(Skipped { origin: draft.origin, reason: Reason::Empty });
        };
        draft.text = title.clone();
        draft.remarks.push("no text; the title is read as text".into());
    }
    let text = draft.text;
    let language = match language::of(&text, draft.language.as_deref(), &options.languages, &mut draft.remarks) {
        Ok(language) => language,
        Err(reason) => return Reading::Skipped(Skipped { origin: draft.origin, reason }),
    };
    let stated = published(&draft.published, &mut draft.remarks);
    let opening = dateline::find(&text, stated.or(options.published));
    let (dateline, remark) = opening.map_or((None, None), |found| (Some(found.dateline), found.remark));
    draft.remarks.extend(remark);
    let published = stated.or(dateline.as_ref().and_then(|d| d.date)).or(options.published);
    let digest = Sha256::digest(text.as_bytes());
    let hash = digest.iter().fold(String::with_capacity(64), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    });
    let id = draft.id.filter(|id| !id.is_empty()).unwrap_or_else(|| hash.clone());
    let key = Sha256::digest(id.as_bytes()).iter().take(8).fold(0, |key, &byte| key << 8 | u64::from(byte));
    if !seen.insert(key) {
        draft.remarks.push(format!("the id {id:?} came before in this input"));
    }
    let diagnostics = draft
        .remarks
        .into_iter()
        .map(|message| Diagnostic { origin: draft.origin.clone(), span: None, message })
        .collect();
    let document = Document {
        id,
        title,
        publisher: draft.publisher.as_deref().and_then(one_line),
        byline: draft.byline.as_deref().and_then(one_line),
        published,
        url: draft.url.as_deref().and_then(one_line),
        language,
        dateline,
        hash,
        origin: draft.origin,
        text,
    };
    Reading::Document(Box::new(document), diagnostics)
}

/// The first date that can be read, with remarks on those before it that cannot.
fn published(written: &[String], remarks: &mut Vec<String>) -> Option<Date> {
    written.iter().filter(|date| !date.trim().is_empty()).find_map(|date| match dates::parse(date) {
        Written::Day(day) => Some(day),
        Written::Impossible => {
            remarks.push(format!("impossible publication date {date:?}; left out"));
            None
        }
        Written::DayOfYear { .. } | Written::Unclear => {
            remarks.push(format!("publication date {date:?} is not a day that can be read with certainty; left out"));
            None
        }
    })
}

/// White space of metadata, wrapped lines and no-break spaces among it, as single spaces.
pub(crate) fn one_line(text: &str) -> Option<String> {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!line.is_empty()).then_some(line)
}
