//! What is said at the end, on standard error: numbers that add up.

use crate::exit::Exit;
use crate::input;
use crate::progress::Progress;
use legation::record::{Diagnostic, Event, Status};
use legation::{Coded, Outcome};
use std::fmt;

/// What was read and what was found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Documents read.
    pub read: u64,
    /// Documents that are not for us.
    pub skipped: u64,
    /// Files and records that could not be read.
    pub failed: u64,
    /// Sentences in the documents read.
    pub sentences: u64,
    statuses: [u64; 5],
}

const STATUSES: [Status; 5] =
    [Status::Actual, Status::Historical, Status::Future, Status::Hypothetical, Status::Negated];

impl Summary {
    /// Counts what became of one reading, tells remarks and errors, and has a document written.
    pub fn take<E>(
        &mut self,
        outcome: Outcome,
        progress: &Progress,
        write: impl FnOnce(&Coded) -> Result<(), E>,
    ) -> Result<(), E> {
        let written = match outcome {
            Outcome::Coded(coded, remarks) => {
                self.count_coded(&coded, &remarks, progress);
                progress.aside(|| write(&coded))
            }
            Outcome::Skipped(skipped) => {
                self.skipped += 1;
                progress.tell(skipped);
                Ok(())
            }
            Outcome::Failed(error) => {
                self.failed += 1;
                progress.tell(error);
                Ok(())
            }
        };
        progress.step(self.events());
        written
    }

    /// Counts a document that somebody else writes, and tells remarks about it.
    pub fn coded(&mut self, coded: &Coded, remarks: &[Diagnostic], progress: &Progress) {
        self.count_coded(coded, remarks, progress);
        progress.step(self.events());
    }

    fn count_coded(&mut self, coded: &Coded, remarks: &[Diagnostic], progress: &Progress) {
        self.read += 1;
        self.sentences += coded.sentences.len() as u64;
        coded.coding.events.iter().for_each(|event| self.add(event));
        remarks.iter().chain(&coded.coding.diagnostics).for_each(|d| progress.tell(input::remark(d)));
    }

    /// Counts an event.
    pub fn add(&mut self, event: &Event) {
        if let Some(i) = STATUSES.iter().position(|s| *s == event.status) {
            self.statuses[i] += 1;
        }
    }

    /// How the program ends after this.
    pub fn exit(&self) -> Exit {
        match (self.read + self.skipped, self.failed) {
            (0, _) => Exit::Nothing,
            (_, 0) => Exit::Fine,
            _ => Exit::Some,
        }
    }

    /// "2 future and 1 negated events are not in the table", or nothing.
    pub fn not_shown(&self) -> Option<String> {
        let hidden: Vec<String> = (2..5).filter(|&i| self.statuses[i] > 0).map(|i| self.count(i)).collect();
        let number: u64 = self.statuses[2..].iter().sum();
        let (is, noun) = if number == 1 { ("is", "event") } else { ("are", "events") };
        (!hidden.is_empty())
            .then(|| format!("{} {noun} {is} not in the table; --format jsonl has every status", enumerate(&hidden)))
    }

    /// Events of every status.
    pub fn events(&self) -> u64 {
        self.statuses.iter().sum()
    }

    /// The part that tells what was read.
    pub fn of_reading(&self) -> String {
        let (read, sentences) = (plural(self.read, "document"), plural(self.sentences, "sentence"));
        format!("{read} read, {} skipped, {} failed; {sentences}", self.skipped, self.failed)
    }

    fn count(&self, i: usize) -> String {
        format!("{} {}", self.statuses[i], STATUSES[i].name())
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}", self.of_reading(), plural(self.events(), "event"))?;
        let counts: Vec<String> = (0..5).filter(|&i| self.statuses[i] > 0).map(|i| self.count(i)).collect();
        if counts.is_empty() { Ok(()) } else { write!(f, " ({})", counts.join(", ")) }
    }
}

fn plural(number: u64, word: &str) -> String {
    format!("{number} {word}{}", if number == 1 { "" } else { "s" })
}

fn enumerate(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    #[test]
    fn the_summary_counts_by_status_and_tells_what_is_not_shown() {
        let mut summary = Summary { read: 1, skipped: 2, failed: 0, sentences: 3, ..Summary::default() };
        let mut event = sample::visit();
        summary.add(&event);
        assert_eq!(summary.not_shown(), None);
        for status in [Status::Future, Status::Future, Status::Negated] {
            event.status = status;
            summary.add(&event);
        }
        assert_eq!(
            summary.to_string(),
            "1 document read, 2 skipped, 0 failed; 3 sentences, 4 events (1 historical, 2 future, 1 negated)"
        );
        let told = summary.not_shown().unwrap_or_default();
        assert!(told.starts_with("2 future and 1 negated events are not in the table"), "{told}");
    }

    #[test]
    fn the_exit_code_tells_some_from_nothing() {
        let exit = |read, skipped, failed| Summary { read, skipped, failed, ..Summary::default() }.exit();
        assert_eq!(exit(2, 0, 0), Exit::Fine);
        assert_eq!(exit(0, 2, 0), Exit::Fine);
        assert_eq!(exit(2, 0, 1), Exit::Some);
        assert_eq!(exit(0, 0, 1), Exit::Nothing);
        assert_eq!(exit(0, 0, 0), Exit::Nothing);
    }
}
