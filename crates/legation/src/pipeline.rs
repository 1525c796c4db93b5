//! Many documents, several threads, one order.

use crate::engine::Coded;
use legation_coder::Coding;
use legation_record::{Diagnostic, Document, Sentence};
use legation_text::{Error, Reading, Skipped};
use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, PoisonError, mpsc};

/// Documents that are analysed together. Windows follow from the input alone, never from the number of threads, so
/// that a result cannot depend on who shared a batch with whom.
const WINDOW_DOCUMENTS: usize = 16;

/// Bytes of text after which a window is closed although it holds few documents.
const WINDOW_BYTES: usize = 64 << 10;

/// What became of one reading.
pub enum Outcome {
    /// It was read and coded; the diagnostics are the reader's remarks.
    Coded(Box<Coded>, Vec<Diagnostic>),
    /// It is not for us.
    Skipped(Skipped),
    /// It could not be read.
    Failed(Error),
}

type Work = (Vec<Sentence>, Coding);

/// Runs `work` over windows of documents. `failed` makes the result of a document whose work panicked.
pub(crate) fn run<E>(
    readings: impl Iterator<Item = Reading>,
    threads: NonZeroUsize,
    work: impl Fn(&[&Document]) -> Vec<Work> + Sync,
    failed: impl Fn(&Document, String) -> Work + Sync,
    mut emit: impl FnMut(Outcome) -> Result<(), E>,
) -> Result<(), E> {
    let mut windows = Windows { readings: readings.fuse() };
    let finish = |window| finish_window(window, &work, &failed);
    if threads.get() == 1 {
        return windows.try_for_each(|window| finish(window).into_iter().try_for_each(&mut emit));
    }
    // One window waits for each thread, so that none is idle while the reader reads.
    let in_flight = 2 * threads.get();
    let (send, receive) = mpsc::channel::<(usize, Vec<Reading>)>();
    let receive = Mutex::new(receive);
    let (send_back, receive_back) = mpsc::channel();
    std::thread::scope(|scope| {
        for _ in 0..threads.get() {
            let (receive, finish, send_back) = (&receive, &finish, send_back.clone());
            scope.spawn(move || {
                loop {
                    let next = receive.lock().unwrap_or_else(PoisonError::into_inner).recv();
                    let Ok((number, window)) = next else { break };
                    if send_back.send((number, finish(window))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(send_back);
        let mut done = BTreeMap::new();
        let (mut sent, mut emitted) = (0, 0);
        let mut open = true;
        // Dropping `send` at the end, on an error too, is what lets the threads end.
        let send = send;
        loop {
            while open && sent - emitted < in_flight {
                open = windows.next().is_some_and(|window| send.send((sent, window)).is_ok());
                sent += usize::from(open);
            }
            if emitted == sent {
                return Ok(());
            }
            let Ok((number, outcomes)) = receive_back.recv() else { return Ok(()) };
            done.insert(number, outcomes);
            while let Some(outcomes) = done.remove(&emitted) {
                emitted += 1;
                outcomes.into_iter().try_for_each(&mut emit)?;
            }
        }
    })
}

/// Readings in windows of documents; what was skipped or failed keeps its place between them.
struct Windows<I> {
    readings: I,
}

impl<I: Iterator<Item = Reading>> Iterator for Windows<I> {
    type Item = Vec<Reading>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut window = Vec::new();
        let (mut documents, mut bytes) = (0, 0);
        for reading in self.readings.by_ref() {
            if let Reading::Document(document, _) = &reading {
                documents += 1;
                bytes += document.text.len();
            }
            window.push(reading);
            if documents >= WINDOW_DOCUMENTS || bytes >= WINDOW_BYTES || window.len() >= 8 * WINDOW_DOCUMENTS {
                break;
            }
        }
        (!window.is_empty()).then_some(window)
    }
}

fn finish_window(
    window: Vec<Reading>,
    work: &impl Fn(&[&Document]) -> Vec<Work>,
    failed: &impl Fn(&Document, String) -> Work,
) -> Vec<Outcome> {
    let documents: Vec<&Document> = window
        .iter()
        .filter_map(|reading| match reading {
            Reading::Document(document, _) => Some(&**document),
            _ => None,
        })
        .collect();
    let alone = |document: &&Document| match caught(|| work(&[document])) {
        Ok(mut one) if one.len() == 1 => one.remove(0),
        Ok(_) => failed(document, "no result".to_owned()),
        Err(message) => failed(document, message),
    };
    // Where the window fails as a whole, each document is tried by itself: only the one at fault is lost.
    let results = match caught(|| work(&documents)) {
        Ok(results) if results.len() == documents.len() => results,
        _ => documents.iter().map(alone).collect(),
    };
    let mut results = results.into_iter();
    let outcomes = window.into_iter().filter_map(|reading| match reading {
        Reading::Document(document, remarks) => results.next().map(|(sentences, coding)| {
            Outcome::Coded(Box::new(Coded { document: *document, sentences, coding }), remarks)
        }),
        Reading::Skipped(skipped) => Some(Outcome::Skipped(skipped)),
        Reading::Failed(error) => Some(Outcome::Failed(error)),
    });
    outcomes.collect()
}

/// The result, or what the panic said.
fn caught<T>(f: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(f)).map_err(|panic| match panic.downcast::<String>() {
        Ok(message) => *message,
        Err(panic) => panic.downcast_ref::<&str>().map_or_else(|| "unknown".to_owned(), |m| (*m).to_owned()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use legation_text::{ErrorKind, Reason};

    fn readings(count: usize) -> impl Iterator<Item = Reading> {
        (0..count).map(|i| match i % 10 {
            3 => Reading::Skipped(Skipped { origin: i.to_string(), reason: Reason::Empty }),
            7 => Reading::Failed(Error { origin: i.to_string(), byte: None, kind: ErrorKind::Missing }),
            _ => {
                let document =
                    Document { origin: i.to_string(), text: "x".repeat(i * 37 % 9000), ..Document::default() };
                Reading::Document(Box::new(document), Vec::new())
            }
        })
    }

    fn work(documents: &[&Document]) -> Vec<Work> {
        let one = |document: &&Document| {
            assert!(document.origin != "42", "the answer");
            (vec![Sentence::default(); document.text.len() % 7], Coding::default())
        };
        documents.iter().map(one).collect()
    }

    fn failed(document: &Document, message: String) -> Work {
        let diagnostic = Diagnostic { origin: document.origin.clone(), span: None, message };
        (Vec::new(), Coding { diagnostics: vec![diagnostic], ..Coding::default() })
    }

    fn check(threads: usize) -> Vec<String> {
        let mut seen = Vec::new();
        let threads = NonZeroUsize::new(threads).expect("not zero");
        let result: Result<(), ()> = run(readings(200), threads, work, failed, |outcome| {
            seen.push(match outcome {
                Outcome::Coded(coded, _) => {
                    let said: String = coded.coding.diagnostics.iter().map(|d| d.message.as_str()).collect();
                    format!("{} {} {said}", coded.document.origin, coded.sentences.len())
                }
                Outcome::Skipped(skipped) => skipped.origin,
                Outcome::Failed(error) => error.origin,
            });
            Ok(())
        });
        assert_eq!(result, Ok(()));
        seen
    }

    #[test]
    fn the_order_is_the_order_of_the_input() {
        let one = check(1);
        assert_eq!(one.len(), 200);
        assert!(one.iter().enumerate().all(|(i, seen)| seen.split(' ').next() == Some(&i.to_string())));
        assert_eq!(one, check(2));
        assert_eq!(one, check(5));
    }

    #[test]
    fn a_panic_costs_one_document() {
        let lost: Vec<_> = check(2).into_iter().filter(|seen| seen.ends_with("the answer")).collect();
        assert_eq!(lost, ["42 0 the answer"]);
    }

    #[test]
    fn an_error_of_the_receiver_ends_the_work() {
        let mut left = 5;
        let threads = NonZeroUsize::new(3).expect("not zero");
        let result = run(readings(100_000), threads, work, failed, |_| {
            left -= 1;
            if left == 0 { Err("closed") } else { Ok(()) }
        });
        assert_eq!(result, Err("closed"));
    }
}
