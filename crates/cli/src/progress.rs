//! How far the work has come, on standard error, for people who wait.

use crate::style::clean;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::fmt::Display;
use std::io::IsTerminal;
use std::time::Duration;

/// A line that counts documents, where standard error is a terminal; else nothing. Short work does not show it.
pub struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// Begins to count.
    pub fn new(quiet: bool) -> Self {
        if quiet || !std::io::stderr().is_terminal() {
            return Self { bar: ProgressBar::hidden() };
        }
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr_with_hz(5));
        if let Ok(style) = ProgressStyle::with_template("{spinner} {pos} documents, {msg} events, {per_sec}, {elapsed}")
        {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(500));
        Self { bar }
    }

    /// One more document; `events` so far.
    pub fn step(&self, events: u64) {
        if !self.bar.is_hidden() {
            self.bar.set_message(events.to_string());
            self.bar.inc(1);
        }
    }

    /// Tells something on standard error without breaking the line.
    pub fn tell(&self, message: impl Display) {
        self.bar.suspend(|| eprintln!("{}", clean(&message.to_string())));
    }

    /// Writes to standard output while the line is away, where both may be the same terminal.
    pub fn aside<T>(&self, write: impl FnOnce() -> T) -> T {
        self.bar.suspend(write)
    }

    /// Takes the line away.
    pub fn end(&self) {
        self.bar.finish_and_clear();
    }
}
