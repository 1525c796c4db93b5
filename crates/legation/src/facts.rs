//! A record as facts in columns: one Parquet file, a row for each report, without the text.

use legation_columns::{Packing, ParquetFile, Table};
use legation_store::{Fact, Read, Record, Stamp, Written};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io::{self, Write};

const SCHEMA: &str = include_str!("facts.txt");

/// What marks a file as ours, among its metadata, and the version of its columns.
const FORM: (&str, &str) = ("legation_facts", "1");

/// What a file of facts states about itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AboutFacts {
    /// What it is.
    pub title: Option<String>,
    /// Its licence.
    pub licence: Option<String>,
    /// Whom to name when using it.
    pub attribution: Option<String>,
    /// By month (YYYYMM; 0 where unknown) the documents that were read and those of them that told of an event: where there
    /// are none, silence means nothing.
    pub months: BTreeMap<i64, Read>,
}

/// The months as they stand in the file's metadata: three lists side by side.
#[derive(Default, Serialize, Deserialize)]
struct Months {
    month: Vec<i64>,
    documents: Vec<i64>,
    with_events: Vec<i64>,
}

impl AboutFacts {
    /// Reads what a file states. `None` where it is no file of facts.
    pub fn of(facts: &BTreeMap<String, String>) -> Option<Self> {
        let stated = |key: &str| facts.get(key).cloned();
        if stated(FORM.0)? != FORM.1 {
            return None;
        }
        let months: Months = serde_json::from_str(&stated("coverage")?).ok()?;
        let numbers = months.documents.into_iter().zip(months.with_events);
        let months = months.month.into_iter().zip(numbers);
        Some(Self {
            title: stated("title"),
            licence: stated("licence"),
            attribution: stated("attribution"),
            months: months.map(|(month, (documents, telling))| (month, Read { documents, telling })).collect(),
        })
    }

    fn stated(&self) -> Vec<(String, String)> {
        let years: Vec<i64> = self.months.keys().filter(|m| **m > 0).map(|m| m / 100).collect();
        let columns = Months {
            month: self.months.keys().copied().collect(),
            documents: self.months.values().map(|r| r.documents).collect(),
            with_events: self.months.values().map(|r| r.telling).collect(),
        };
        let mut facts = vec![(FORM.0.to_owned(), FORM.1.to_owned())];
        let mut state = |key: &str, value: Option<String>| facts.extend(value.map(|v| (key.to_owned(), v)));
        state("title", self.title.clone());
        state("licence", self.licence.clone());
        state("attribution", self.attribution.clone());
        state("years", years.first().zip(years.last()).map(|(a, b)| format!("{a}-{b}")));
        state("coverage", serde_json::to_string(&columns).ok());
        state("coverage_is", Some(COVERAGE.to_owned()));
        facts
    }
}

const COVERAGE: &str = "documents read by month of publication (YYYYMM, 0 unknown), and those of them that told of an event; \
                        the rows are reports, and the reports of one happening share their occurrence";

/// Writes a record as facts; the number of rows.
pub fn export_facts<W: Write + Send>(record: &Record, out: W) -> io::Result<(W, u64)> {
    let about = record.about().map_err(io::Error::other)?;
    let stated = |key: &str| about.iter().find(|(k, _)| k == key).map(|(_, v)| v.clone());
    let about = AboutFacts {
        title: stated("title"),
        licence: stated("licence"),
        attribution: stated("attribution"),
        months: record.documents_by_month().map_err(io::Error::other)?,
    };
    let mut file = ParquetFile::stating(out, SCHEMA, Packing::Small, &about.stated())?;
    let mut rows = 0;
    record.facts::<FactError>(|fact| {
        rows += 1;
        Ok(file.row(&serde_json::to_value(fact).map_err(io::Error::from)?)?)
    })?;
    Ok((file.finish()?, rows))
}

/// Puts a file of facts into a record, as one batch; the number of its rows, and what was written. What the record does not yet state about itself (title, licence,
/// attribution) is stated as the file states it.
pub fn import_facts(record: &Record, file: Vec<u8>, stamp: &Stamp) -> Result<(u64, Written), FactError> {
    let table = Table::read(file.into()).map_err(|e| FactError::File(e.to_string()))?;
    let about = AboutFacts::of(&table.facts)
        .ok_or_else(|| FactError::File("it is Parquet, but not what `legation export facts` writes".to_owned()))?;
    let silent: BTreeMap<i64, i64> =
        about.months.iter().map(|(month, read)| (*month, read.documents - read.telling)).collect();
    let facts = table.objects().enumerate().map(|(i, row)| {
        let fact: Result<Fact, _> = serde_json::from_value(row);
        fact.map_err(|error| legation_store::Error::Asked(format!("row {}: {error}", i + 1)))
    });
    let written = record.restore(facts, &silent, stamp)?;
    let there = record.about()?;
    for (key, value) in [("title", about.title), ("licence", about.licence), ("attribution", about.attribution)] {
        if let (Some(value), false) = (value, there.iter().any(|(k, _)| k == key)) {
            record.state(key, &value)?;
        }
    }
    Ok((table.rows as u64, written))
}

/// Why facts could not be written or read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FactError {
    /// The record cannot be used, or a row does not fit it.
    #[error(transparent)]
    Record(#[from] legation_store::Error),
    /// The file cannot be read.
    #[error("{0}")]
    File(String),
    /// It could not be written.
    #[error(transparent)]
    Io(#[from] io::Error),
}

impl From<FactError> for io::Error {
    fn from(error: FactError) -> Self {
        match error {
            FactError::Io(error) => error,
            other => Self::other(other.to_string()),
        }
    }
}
