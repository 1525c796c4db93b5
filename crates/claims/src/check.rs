//! A document's statements with the answers to them.

use crate::answer::{Own, Sources, answer};
use crate::itself::itself;
use crate::query::{Definition, Query};
use crate::reading::{Meaning, Statement, statements};
use crate::report::{Claim, Kind, Reading, Report, Verdict};
use jiff::civil::Date;
use legation_analysis::History;
use legation_coder::Coding;
use legation_gazetteer::Gazetteer;
use legation_record::{Document, Sentence};

/// How a text is checked.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The day up to which tables and record are used; `None`: the day of publication, else all there is.
    pub as_of: Option<Date>,
    /// The definition of a military alliance the reader has chosen; `None`: all that the words may mean.
    pub definition: Option<Definition>,
    /// Whether the text is checked against what it tells itself.
    pub internal: bool,
    /// Keys of the documents of the record that are the text or copies of it.
    pub copies: Vec<u64>,
    /// What was asked, for the report.
    pub record: String,
}

/// Checks a document against the dated tables and, where there is one, a record. `coding` must come with accounts
/// (`Coder::explain`).
pub fn check(
    document: &Document,
    sentences: &[Sentence],
    coding: &Coding,
    gazetteer: &'static Gazetteer,
    history: Option<&History>,
    options: &Options,
) -> Report {
    let as_of = options.as_of.or(document.published);
    let own = own(document, sentences, &options.copies);
    let itself = options.internal.then(|| itself(document, coding));
    let sources = Sources {
        gazetteer,
        history: itself.as_ref().or(history),
        until: as_of,
        own: (!options.internal).then_some(&own),
    };
    // A text tells the present of its day, whenever it is checked.
    let today = document.published.or(options.as_of).unwrap_or_else(|| sources.last_day());
    let mut found = statements(document, sentences, coding, gazetteer, today);
    if options.internal {
        // That a text tells what it tells confirms nothing.
        found.retain(|statement| statement.kind != Kind::Event);
    }
    let claims = found.into_iter().map(|statement| claim(document, statement, &sources, options)).collect();
    Report {
        document: document.id.clone(),
        as_of: as_of.map(|day| day.to_string()),
        record: options.record.clone(),
        claims,
    }
}

/// By what the text and its copies are known.
fn own(document: &Document, sentences: &[Sentence], copies: &[u64]) -> Own {
    let even = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    Own {
        url: document.url.clone(),
        title: document.title.clone(),
        publisher: document.publisher.clone(),
        published: document.published,
        sentences: sentences.iter().map(|s| even(s.text(&document.text))).collect(),
        documents: copies.to_vec(),
    }
}

fn claim(document: &Document, statement: Statement, sources: &Sources, options: &Options) -> Claim {
    let mut readings: Vec<Reading> = match statement.meaning {
        Meaning::Queries(queries) => {
            let chosen = |query: &Query| match (query, options.definition) {
                (Query::Bloc(bloc), Some(definition)) => bloc.definition == definition,
                _ => true,
            };
            let mut kept: Vec<&Query> = queries.iter().filter(|query| chosen(query)).collect();
            if kept.is_empty() {
                kept = queries.iter().collect();
            }
            kept.into_iter().map(|query| reading(query, sources)).collect()
        }
        Meaning::Unclear(why) => vec![silent(why, Verdict::Ambiguous)],
        Meaning::NotCheckable(why) => vec![silent(why, Verdict::NotCheckable)],
    };
    if let Some(why) = statement.unsure {
        // What speaks against a claim must be about what it surely means.
        for reading in readings.iter_mut().filter(|r| r.verdict == Verdict::Contradicted) {
            reading.verdict = Verdict::Ambiguous;
            reading.answer.push_str("; ");
            reading.answer.push_str(why);
        }
    }
    Claim {
        text: statement.span.of(&document.text).to_owned(),
        start: statement.span.start,
        end: statement.span.end,
        kind: statement.kind,
        verdict: together(&readings),
        readings,
    }
}

fn reading(query: &Query, sources: &Sources) -> Reading {
    let found = answer(query, sources);
    Reading { query: query.to_string(), answer: found.text, verdict: found.verdict, evidence: found.evidence }
}

/// A reading that asks nothing.
fn silent(why: String, verdict: Verdict) -> Reading {
    Reading { query: String::new(), answer: why, verdict, evidence: Vec::new() }
}

/// The verdict of a claim: that of its readings where they agree.
fn together(readings: &[Reading]) -> Verdict {
    match readings {
        [] => Verdict::Ambiguous,
        [first, rest @ ..] if rest.iter().all(|other| other.verdict == first.verdict) => first.verdict,
        _ => Verdict::Ambiguous,
    }
}
