//! How the program ends.

use std::fmt;
use std::io;
use std::process::ExitCode;

/// The exit codes, as the help lists them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// All input was read.
    Fine = 0,
    /// Some input could not be read, or a codebook that was checked has errors.
    Some = 1,
    /// The command line, or the codebook it names, cannot be used.
    Usage = 2,
    /// Nothing could be read.
    Nothing = 3,
    /// The output could not be written.
    Output = 4,
    /// The gazetteer has no such name, or the record no such event.
    Unknown = 5,
    /// The record cannot be used, or a check found it damaged.
    Record = 6,
}

impl Exit {
    /// For the operating system.
    pub fn code(self) -> ExitCode {
        ExitCode::from(self as u8)
    }
}

/// Why a command could not do its work.
#[derive(Debug)]
pub enum Failure {
    /// Wrong usage, with the message.
    Usage(String),
    /// The gazetteer has no such name, with the message.
    Unknown(String),
    /// What the command needs cannot be read, with the message.
    Input(String),
    /// The record cannot be used, with the message.
    Record(String),
    /// The output could not be written: where, and what the system says.
    Output(String, io::Error),
}

impl Failure {
    /// Writing to `name` failed.
    pub fn output(name: Option<&std::path::Path>) -> impl FnOnce(io::Error) -> Self {
        let name = name.map_or_else(|| "standard output".to_owned(), |p| p.display().to_string());
        move |error| Self::Output(name, error)
    }

    /// Whether the reader of our output has gone, which is its right.
    pub fn is_closed_pipe(&self) -> bool {
        matches!(self, Self::Output(_, error) if error.kind() == io::ErrorKind::BrokenPipe)
    }

    /// The exit code for it.
    pub fn exit(&self) -> Exit {
        match self {
            Self::Usage(_) => Exit::Usage,
            Self::Unknown(_) => Exit::Unknown,
            Self::Input(_) => Exit::Nothing,
            Self::Record(_) => Exit::Record,
            Self::Output(..) => Exit::Output,
        }
    }
}

impl From<legation::store::Error> for Failure {
    fn from(error: legation::store::Error) -> Self {
        match error {
            legation::store::Error::Asked(message) => Self::Usage(message),
            other => Self::Record(other.to_string()),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage(message) | Self::Unknown(message) | Self::Input(message) | Self::Record(message) => {
                f.write_str(message)
            }
            Self::Output(name, error) => write!(f, "{name}: cannot be written: {error}"),
        }
    }
}
