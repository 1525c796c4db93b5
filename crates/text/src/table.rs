//! Comma-, semicolon-, tab- and bar-separated values with a header.

use crate::draft::{Draft, Found};
use crate::source::{self, Allowance, Bytes, Meter};
use crate::{Columns, Error, ErrorKind, Options, encoding};
use csv::ByteRecord;

/// Reads the records of a stream. The header tells the delimiter: the one it has most of.
pub(crate) fn read<'o>(
    name: String,
    head: &str,
    bytes: Bytes,
    options: &'o Options,
) -> impl Iterator<Item = Found> + Send + use<'o> {
    let first = head.lines().next().unwrap_or_default();
    let count = |mark: u8| first.bytes().filter(|&b| b == mark).count();
    let delimiter = b",;\t|".iter().copied().rev().max_by_key(|&mark| count(mark)).unwrap_or(b',');
    let (meter, allowance) = Meter::new(bytes, options.limits.record_bytes);
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(meter);
    let places = match reader.byte_headers() {
        Ok(header) if header.is_empty() => Err(None),
        Ok(header) => Places::of(header, &options.columns).map_err(|kind| Some(Found::failed(name.as_str(), kind))),
        Err(error) => Err(Some(failure(&name, 1, error))),
    };
    let (places, failed) = match places {
        Ok(places) => (Some(places), None),
        Err(failed) => (None, failed),
    };
    Table { name, reader, allowance, places, failed, record: ByteRecord::new() }
}

struct Table {
    name: String,
    reader: csv::Reader<Meter>,
    allowance: Allowance,
    /// `None` where the header could not be read, and after an error that ends the file.
    places: Option<Places>,
    failed: Option<Found>,
    record: ByteRecord,
}

impl Iterator for Table {
    type Item = Found;

    fn next(&mut self) -> Option<Found> {
        if let Some(failed) = self.failed.take() {
            return Some(failed);
        }
        let places = self.places.as_ref()?;
        self.allowance.renew();
        let line = self.reader.position().line();
        match self.reader.read_byte_record(&mut self.record) {
            Ok(true) => {
                let line = self.record.position().map_or(line, csv::Position::line);
                Some(places.draft(format!("{}:{line}", self.name), &self.record))
            }
            Ok(false) => None,
            Err(error) => {
                self.places = None;
                Some(failure(&self.name, line, error))
            }
        }
    }
}

fn failure(name: &str, line: u64, error: csv::Error) -> Found {
    let kind = match error.into_kind() {
        csv::ErrorKind::Io(error) => source::kind(&error),
        other => ErrorKind::Syntax { format: "CSV", message: format!("{other:?}") },
    };
    Found::failed(format!("{name}:{line}"), kind)
}

/// Where the columns with a meaning are.
struct Places {
    text: usize,
    id: Option<usize>,
    title: Option<usize>,
    published: Option<usize>,
    publisher: Option<usize>,
    byline: Option<usize>,
    url: Option<usize>,
    language: Option<usize>,
}

impl Places {
    fn of(header: &ByteRecord, columns: &Columns) -> Result<Self, ErrorKind> {
        let names: Vec<String> = header.iter().map(|name| String::from_utf8_lossy(name).trim().into()).collect();
        let find = |name: &str| {
            let exact = names.iter().position(|n| n == name);
            exact.or_else(|| names.iter().position(|n| n.eq_ignore_ascii_case(name)))
        };
        let Some(text) = find(&columns.text) else {
            let found = names.join(", ");
            return Err(ErrorKind::Field(format!("there is no column {:?}; the columns are: {found}", columns.text)));
        };
        Ok(Self {
            text,
            id: find(&columns.id),
            title: find(&columns.title),
            published: find(&columns.published),
            publisher: find(&columns.publisher),
            byline: find(&columns.byline),
            url: find(&columns.url),
            language: find(&columns.language),
        })
    }

    fn draft(&self, origin: String, record: &ByteRecord) -> Found {
        let mut legacy = None;
        let mut failed = None;
        let mut field = |place: Option<usize>| {
            let bytes = place.and_then(|place| record.get(place)).filter(|field| !field.is_empty())?;
            match std::str::from_utf8(bytes) {
                Ok(text) => Some(text.to_owned()),
                Err(error) => match encoding::decode_record(bytes) {
                    Some((text, name)) => {
                        legacy = Some(name);
                        Some(text)
                    }
                    None => {
                        failed = Some(error.valid_up_to() as u64);
                        None
                    }
                },
            }
        };
        let mut draft = Draft {
            text: field(Some(self.text)).unwrap_or_default(),
            id: field(self.id),
            title: field(self.title),
            published: field(self.published).into_iter().collect(),
            publisher: field(self.publisher),
            byline: field(self.byline),
            url: field(self.url),
            language: field(self.language),
            origin,
            remarks: Vec::new(),
        };
        if let Some(byte) = failed {
            let kind = ErrorKind::Encoding("UTF-8, nor in a legacy encoding".into());
            return Found::Failed(Error { origin: draft.origin, byte: Some(byte), kind });
        }
        draft.remarks.extend(legacy.map(|name| format!("not UTF-8; read as {name}")));
        Found::Draft(Box::new(draft))
    }
}
