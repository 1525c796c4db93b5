use std::path::PathBuf;

/// Why something could not be done with a record.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// There is no file of that name.
    #[error("{0}: there is no record of that name; `legation init` makes one")]
    Missing(PathBuf),
    /// A file of that name is there already.
    #[error("{0}: there is a file of that name already")]
    Exists(PathBuf),
    /// The file is not a record of Legation.
    #[error("{0}: not a record of Legation")]
    NotARecord(PathBuf),
    /// The file was written by a later version.
    #[error("{path}: written in format {found}, of a later version; this one knows formats up to {known}")]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its format.
        found: i64,
        /// The latest format this version knows.
        known: i64,
    },
    /// The file is damaged.
    #[error("the record is damaged: {0}")]
    Damaged(String),
    /// Another program is writing to the record.
    #[error("another program is writing to the record; nothing was written")]
    Busy,
    /// The disk, or the room given to the record, is full.
    #[error("there is no room left for the record; nothing of this batch was written")]
    Full,
    /// What was asked for cannot be done.
    #[error("{0}")]
    Asked(String),
    /// A query took longer than it may.
    #[error("the query took longer than {0} seconds")]
    Deadline(u64),
    /// The database says no.
    #[error("{0}")]
    Sql(rusqlite::Error),
    /// The file system says no.
    #[error("{0}: {1}")]
    Io(PathBuf, std::io::Error),
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Damaged(error.to_string()),
            _ => Self::Sql(error),
        }
    }
}

/// What comes of working with a record.
pub type Result<T> = std::result::Result<T, Error>;
