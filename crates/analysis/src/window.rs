//! Which part of a history is asked.

use crate::{Day, Occurrence, When};
use legation_record::Status;
use serde::Serialize;

/// What an answer may use: from when to when things happened, and what was known when.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Window {
    /// Happened on this day or after it.
    pub since: Option<Day>,
    /// Happened on this day or before it.
    pub until: Option<Day>,
    /// Only what was published on this day or before it; what has no date of publication is left out.
    pub as_of: Option<Day>,
    /// Keys of documents that are no evidence: an occurrence that they alone report is left out.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub without: Vec<u64>,
}

impl Window {
    /// From one day to another, both included.
    pub fn between(since: Option<Day>, until: Option<Day>) -> Self {
        Self { since, until, ..Self::default() }
    }

    /// Whether an occurrence may be used as evidence, whenever it happened.
    pub fn knows(&self, occurrence: &Occurrence<'_>) -> bool {
        let known = self.as_of.is_none_or(|day| occurrence.first_published().is_some_and(|published| published <= day));
        let own = occurrence.reports() == 1 && occurrence.document().is_some_and(|key| self.without.contains(&key));
        known && !own
    }

    /// Whether something may have happened in the window.
    pub fn may_hold(&self, when: When) -> bool {
        self.since.is_none_or(|since| when.last >= since) && self.until.is_none_or(|until| when.first <= until)
    }

    /// Whether something surely happened in the window.
    pub fn surely_holds(&self, when: When) -> bool {
        self.since.is_none_or(|since| when.first >= since) && self.until.is_none_or(|until| when.last <= until)
    }

    /// Whether an occurrence may be used and happened, as news or history, by what is known of its time, in the window.
    pub fn holds(&self, occurrence: &Occurrence<'_>) -> bool {
        let happened = matches!(occurrence.status(), Status::Actual | Status::Historical);
        happened && self.knows(occurrence) && occurrence.around().is_some_and(|when| self.may_hold(when))
    }
}
