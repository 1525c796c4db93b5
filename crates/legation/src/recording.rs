//! From readings to a record: what is there already is not read again, the rest is written in batches.

use crate::engine::Coded;
use legation_record::Diagnostic;
use legation_store::{Adding, Error, Item, Record, Stamp, Written, key};
use legation_text::Reading;
use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

/// Bytes of text after which a batch is written although it holds few documents.
const BATCH_BYTES: usize = 16 << 20;

/// Holds back documents that are in the record, or came before in the same input, before they are analysed.
pub struct Known<'a> {
    record: &'a Record,
    seen: RefCell<BTreeSet<i64>>,
    held_back: Cell<u64>,
    recode: bool,
}

impl<'a> Known<'a> {
    /// With the record as it is. To code documents anew they must not be held back: `recode` lets them through once.
    pub fn new(record: &'a Record, recode: bool) -> Self {
        Self { record, seen: RefCell::default(), held_back: Cell::new(0), recode }
    }

    /// The reading, unless it is a document that is known.
    pub fn pass(&self, reading: Reading) -> Option<Reading> {
        if let Reading::Document(document, _) = &reading {
            let fresh = self.seen.borrow_mut().insert(key(document));
            // Where the record cannot be asked, the writer of the batch will say so.
            if !fresh || !self.recode && self.record.has(document).unwrap_or(false) {
                self.held_back.set(self.held_back.get() + 1);
                return None;
            }
        }
        Some(reading)
    }

    /// How many documents were held back.
    pub fn held_back(&self) -> u64 {
        self.held_back.get()
    }
}

/// Writes coded documents to a record, batch by batch.
pub struct Recorder<'a> {
    record: &'a Record,
    how: Adding,
    size: usize,
    waiting: Vec<Item>,
    bytes: usize,
    /// What all batches wrote together.
    pub total: Written,
}

impl<'a> Recorder<'a> {
    /// Batches of `size` documents.
    pub fn new(record: &'a Record, how: Adding, size: usize) -> Self {
        Self { record, how, size: size.max(1), waiting: Vec::new(), bytes: 0, total: Written::default() }
    }

    /// Takes a document with what was coded in it. What was written, where that filled a batch; then it is on the disk.
    pub fn take(&mut self, coded: Coded, mut remarks: Vec<Diagnostic>) -> Result<Option<Written>, Error> {
        remarks.extend(coded.coding.diagnostics);
        self.bytes += coded.document.text.len();
        self.waiting.push(Item {
            sentences: u32::try_from(coded.sentences.len()).unwrap_or(u32::MAX),
            document: coded.document,
            events: coded.coding.events,
            diagnostics: remarks,
        });
        if self.waiting.len() >= self.size || self.bytes >= BATCH_BYTES { self.write() } else { Ok(None) }
    }

    /// Writes what waits.
    pub fn write(&mut self) -> Result<Option<Written>, Error> {
        let items = std::mem::take(&mut self.waiting);
        self.bytes = 0;
        if items.is_empty() {
            return Ok(None);
        }
        let written = self.record.add(&items, self.how, &stamp())?;
        self.total.documents += written.documents;
        self.total.reports += written.reports;
        self.total.occurrences += written.occurrences;
        Ok((written.batch > 0).then_some(written))
    }
}

/// Now and this version, to be noted with a batch. `SOURCE_DATE_EPOCH`, seconds since 1970, stands in for the clock where
/// the same bytes are wanted twice.
#[allow(clippy::disallowed_methods)]
pub fn stamp() -> Stamp {
    let given = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|seconds| seconds.parse().ok());
    let now = given.and_then(|seconds| jiff::Timestamp::from_second(seconds).ok()).unwrap_or_else(jiff::Timestamp::now);
    Stamp {
        written: now.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        program: concat!("legation ", env!("CARGO_PKG_VERSION")).to_owned(),
    }
}
