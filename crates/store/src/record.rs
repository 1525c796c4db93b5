//! A record: one SQLite file, made, opened for writing or opened for reading.

use crate::error::{Error, Result};
use crate::schema;
use rusqlite::{Connection, OpenFlags};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long a writer waits for another one, milliseconds, unless told otherwise.
const WAIT: u64 = 60_000;

/// Memory for pages, KiB.
const CACHE: i64 = 128 << 10;

/// An open record.
pub struct Record {
    pub(crate) db: Connection,
    path: PathBuf,
}

impl Record {
    /// Makes a new, empty record. A file that is there already is left alone. The record appears whole: it is made under
    /// another name and linked to its own.
    pub fn create(path: &Path) -> Result<Self> {
        if path.exists() {
            return Err(Error::Exists(path.to_owned()));
        }
        let io = |error| Error::Io(path.to_owned(), error);
        let name = path.file_name().ok_or_else(|| io(std::io::Error::other("it names no file")))?.to_string_lossy();
        let temporary = path.with_file_name(format!(".{name}.{}.new", std::process::id()));
        let made = (|| {
            let db = Connection::open(&temporary).map_err(|error| io(std::io::Error::other(error)))?;
            db.pragma_update(None, "synchronous", "FULL")?;
            schema::make(&db)?;
            // Write-ahead logging is a property of the file: readers go on while a batch is written.
            db.pragma_update(None, "journal_mode", "WAL")?;
            db.close().map_err(|(_, error)| Error::from(error))
        })();
        let linked = made.and_then(|()| {
            std::fs::hard_link(&temporary, path).map_err(|error| match error.kind() {
                std::io::ErrorKind::AlreadyExists => Error::Exists(path.to_owned()),
                _ => io(error),
            })
        });
        for suffix in ["", "-wal", "-shm"] {
            let mut beside = temporary.clone().into_os_string();
            beside.push(suffix);
            let _ = std::fs::remove_file(beside);
        }
        linked?;
        Self::open(path)
    }

    /// Opens a record for writing, and brings an older format up to date.
    pub fn open(path: &Path) -> Result<Self> {
        let record = Self::connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        record.db.pragma_update(None, "synchronous", "FULL")?;
        record.db.pragma_update(None, "foreign_keys", "OFF")?;
        let format = schema::recognise(&record.db, path)?;
        record.db.pragma_update(None, "journal_mode", "WAL")?;
        schema::migrate(&record.db, format)?;
        Ok(record)
    }

    /// Opens a record for reading; nothing can be written through it. One from which a program was torn while writing
    /// opens at its last commit.
    pub fn open_read_only(path: &Path) -> Result<Self> {
        // The log of a writer that was killed is read by whoever may write beside the file; where nobody may, SQLite
        // needs telling that nobody will.
        let record = Self::connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE).or_else(|error| match error {
            Error::Missing(_) => Err(error),
            _ => Self::connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY),
        })?;
        let format = schema::recognise(&record.db, path)?;
        schema::complete(&record.db, format)?;
        record.db.pragma_update(None, "query_only", true)?;
        Ok(record)
    }

    fn connect(path: &Path, access: OpenFlags) -> Result<Self> {
        match std::fs::metadata(path) {
            Ok(meta) if meta.is_file() => {}
            Ok(_) => return Err(Error::NotARecord(path.to_owned())),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Err(Error::Missing(path.to_owned())),
            Err(error) => return Err(Error::Io(path.to_owned(), error)),
        }
        let db = Connection::open_with_flags(path, access | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
        // The first look at the file shows whether it is a database at all.
        schema::recognise(&db, path)?;
        db.busy_timeout(Duration::from_millis(WAIT))?;
        db.pragma_update(None, "cache_size", -CACHE)?;
        db.pragma_update(None, "trusted_schema", false)?;
        db.set_prepared_statement_cache_capacity(128);
        Ok(Self { db, path: path.to_owned() })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// How long to wait while another program writes; after that the writer is told so and nothing is written.
    pub fn wait(&self, time: Duration) -> Result<()> {
        Ok(self.db.busy_timeout(time)?)
    }

    /// Bounds the file to a number of pages of 4 KiB, as a disk does that is full.
    pub fn limit_pages(&self, pages: u32) -> Result<()> {
        Ok(self.db.pragma_update(None, "max_page_count", pages)?)
    }

    /// The number of the last batch; 0 in an empty record.
    pub fn last_batch(&self) -> Result<i64> {
        Ok(self.db.query_row("SELECT ifnull(max(id), 0) FROM batches", (), |r| r.get(0))?)
    }

    /// The last batch written at or before a moment in UTC, as `2024-08-19` (its end) or `2024-08-19T12:00:00`.
    pub fn batch_at(&self, moment: &str) -> Result<i64> {
        let until = if moment.len() == 10 { format!("{moment}T23:59:59Z") } else { moment.to_owned() };
        let query = "SELECT ifnull(max(id), 0) FROM batches WHERE written <= ?";
        Ok(self.db.query_row(query, [until], |r| r.get(0))?)
    }

    /// States a fact about the record itself: `title`, `licence`, `attribution`.
    pub fn state(&self, key: &str, value: &str) -> Result<()> {
        let digest = Sha256::digest(format!("{key}\0{value}"));
        self.db.execute("INSERT OR REPLACE INTO about VALUES (?, ?, ?)", (key, value, &digest[..]))?;
        Ok(())
    }

    /// What is stated about the record itself.
    pub fn about(&self) -> Result<Vec<(String, String)>> {
        let mut query = self.db.prepare("SELECT key, value FROM about ORDER BY key")?;
        Ok(query.query_map((), |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<rusqlite::Result<_>>()?)
    }

    /// The whole record as one file without free pages and without a log beside it: what is sent or committed.
    pub fn copy_to(&self, path: &Path) -> Result<()> {
        if path.exists() {
            return Err(Error::Exists(path.to_owned()));
        }
        let was: bool = self.db.pragma_query_value(None, "query_only", |r| r.get(0))?;
        self.db.pragma_update(None, "query_only", false)?;
        let copied = self.db.execute("VACUUM INTO ?", [path.to_string_lossy()]);
        self.db.pragma_update(None, "query_only", was)?;
        copied?;
        Ok(())
    }
}
