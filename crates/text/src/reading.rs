use legation_record::{Diagnostic, Document};
use std::fmt;

/// What became of one thing that was found.
#[derive(Clone, Debug, PartialEq)]
pub enum Reading {
    /// It was read; the diagnostics say what was odd about it.
    Document(Box<Document>, Vec<Diagnostic>),
    /// It was understood and is not for us. No failure.
    Skipped(Skipped),
    /// It could not be read. The others go on.
    Failed(Error),
}

/// A document that is not for us.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// Path, then `#record` or `:line`.
    pub origin: String,
    /// Why.
    pub reason: Reason,
}

/// Why a document was skipped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Neither text nor title.
    Empty,
    /// Its container says that it is in a language that is not read.
    Language(String),
    /// It reads like a language that is not read (ISO 639-1 code, or the name of the script where only that is clear).
    Detected(String),
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("there is no text in it"),
            Self::Language(code) => write!(f, "its language is given as {code}"),
            Self::Detected(code) => write!(f, "it reads like {code}"),
        }
    }
}

impl fmt::Display for Skipped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: skipped: {}", self.origin, self.reason)
    }
}

/// A file or record that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// Path, then `#record` or `:line`.
    pub origin: String,
    /// Where the trouble is: byte, counted from 0, in the line where the origin names one, else in the file as unpacked.
    pub byte: Option<u64>,
    /// What is wrong.
    pub kind: ErrorKind,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.origin)?;
        if let Some(byte) = self.byte {
            write!(f, "byte {byte}: ")?;
        }
        self.kind.fmt(f)
    }
}

impl std::error::Error for Error {}

/// What is wrong with a file or record.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ErrorKind {
    /// There is no such file or folder.
    #[error("no such file or folder")]
    Missing,
    /// The operating system or the decompressor says no.
    #[error("cannot be read: {0}")]
    Io(String),
    /// Not text.
    #[error("not text: it looks like {0}")]
    Binary(String),
    /// Not valid in its encoding, nor in another that we could tell.
    #[error("not valid {0}")]
    Encoding(String),
    /// Not well-formed in its format.
    #[error("not well-formed {format}: {message}")]
    Syntax {
        /// Name of the format.
        format: &'static str,
        /// What the parser says.
        message: String,
    },
    /// The field that holds the text is missing, or a field is not of its type.
    #[error("{0}")]
    Field(String),
    /// Larger, deeper or more than [`crate::Limits`] allow.
    #[error("{what} above the limit of {limit}")]
    Limit {
        /// What is too large.
        what: &'static str,
        /// The limit.
        limit: u64,
    },
}

/// How many were read, skipped and failed. Made with [`Summary::add`] over every reading.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Documents read.
    pub read: u64,
    /// Skipped for their language.
    pub skipped_language: u64,
    /// Skipped because there is no text.
    pub skipped_empty: u64,
    /// Files and records that could not be read.
    pub failed: u64,
    /// Remarks about documents that were read.
    pub diagnostics: u64,
}

impl Summary {
    /// Counts one reading.
    pub fn add(&mut self, reading: &Reading) {
        match reading {
            Reading::Document(_, diagnostics) => {
                self.read += 1;
                self.diagnostics += diagnostics.len() as u64;
            }
            Reading::Skipped(Skipped { reason: Reason::Empty, .. }) => self.skipped_empty += 1,
            Reading::Skipped(_) => self.skipped_language += 1,
            Reading::Failed(_) => self.failed += 1,
        }
    }

    /// All that were skipped.
    pub fn skipped(&self) -> u64 {
        self.skipped_language + self.skipped_empty
    }

    /// All that was found: read, skipped and failed.
    pub fn found(&self) -> u64 {
        self.read + self.skipped() + self.failed
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} found: {} read, {} skipped", self.found(), self.read, self.skipped())?;
        match (self.skipped_language, self.skipped_empty) {
            (0, 0) => {}
            (language, 0) => write!(f, " ({language} in another language)")?,
            (0, empty) => write!(f, " ({empty} without text)")?,
            (language, empty) => write!(f, " ({language} in another language, {empty} without text)")?,
        }
        write!(f, ", {} failed", self.failed)
    }
}
