//! SQL of the user's own: nothing can be written, and neither time nor rows are without bound.

use crate::error::{Error, Result};
use crate::query::quoted;
use crate::read::iso;
use crate::record::Record;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::limits::Limit;
use rusqlite::types::ValueRef;
use serde::Serialize;
use serde_json::Value;
use std::sync::mpsc;
use std::time::Duration;

/// Bounds of a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// Seconds it may take.
    pub seconds: u64,
    /// Rows it may give; more are left out and told.
    pub rows: u64,
}

/// Bytes of the longest value and statement.
const LONGEST: i32 = 64 << 20;

/// A document that was searched for.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct Hit {
    pub document: String,
    pub title: Option<String>,
    pub publisher: Option<String>,
    pub published: Option<String>,
    pub url: Option<String>,
    /// Some words around those that were searched for, which stand between `[` and `]`.
    pub snippet: String,
    /// How many present reports it has.
    pub reports: i64,
}

impl Record {
    /// Runs one statement that reads: gives `emit` the names of the columns and then each row, and returns whether rows
    /// were left out. Statements that write, attach files or change settings are refused before they run.
    pub fn sql<E: From<Error>>(
        &self,
        statement: &str,
        bounds: Bounds,
        mut emit: impl FnMut(Line<'_>) -> std::result::Result<(), E>,
    ) -> std::result::Result<bool, E> {
        let db = &self.db;
        let wrap = |error: rusqlite::Error| E::from(Error::from(error));
        db.authorizer(Some(authorize));
        db.set_limit(Limit::SQLITE_LIMIT_LENGTH, LONGEST).map_err(wrap)?;
        let interrupt = db.get_interrupt_handle();
        let (done, wait) = mpsc::channel::<()>();
        let limit = Duration::from_secs(bounds.seconds);
        let watch = std::thread::spawn(move || {
            let late = wait.recv_timeout(limit) == Err(mpsc::RecvTimeoutError::Timeout);
            if late {
                interrupt.interrupt();
            }
            late
        });
        let outcome = self.rows(statement, bounds.rows, &mut emit);
        drop(done);
        let late = watch.join().unwrap_or(false);
        db.authorizer(None::<fn(AuthContext<'_>) -> Authorization>);
        match outcome {
            Err(Stopped::Sql(error))
                if late && error.sqlite_error_code() == Some(rusqlite::ErrorCode::OperationInterrupted) =>
            {
                Err(Error::Deadline(bounds.seconds).into())
            }
            Err(Stopped::Sql(error)) => Err(told(error).into()),
            Err(Stopped::Refused) => Err(refused().into()),
            Err(Stopped::Emit(error)) => Err(error),
            Ok(more) => Ok(more),
        }
    }

    fn rows<E>(
        &self,
        statement: &str,
        limit: u64,
        emit: &mut impl FnMut(Line<'_>) -> std::result::Result<(), E>,
    ) -> std::result::Result<bool, Stopped<E>> {
        let mut query = self.db.prepare(statement).map_err(Stopped::Sql)?;
        let names: Vec<String> = query.column_names().into_iter().map(str::to_owned).collect();
        if names.is_empty() || !query.readonly() {
            return Err(Stopped::Refused);
        }
        emit(Line::Names(&names)).map_err(Stopped::Emit)?;
        let mut rows = query.query(()).map_err(Stopped::Sql)?;
        let mut count = 0;
        while let Some(row) = rows.next().map_err(Stopped::Sql)? {
            if count == limit {
                return Ok(true);
            }
            count += 1;
            let mut cells = Vec::with_capacity(names.len());
            for i in 0..names.len() {
                cells.push(cell(row.get_ref(i).map_err(Stopped::Sql)?));
            }
            emit(Line::Cells(&cells)).map_err(Stopped::Emit)?;
        }
        Ok(false)
    }

    /// Documents in which all the words stand, best first.
    pub fn search(&self, words: &str, limit: u64) -> Result<Vec<Hit>> {
        let mut query = self.db.prepare(
            "SELECT coalesce(d.document_id, lower(hex(d.hash))), d.title, p.name, d.published, a.url,
               snippet(documents_search, -1, '[', ']', '…', 24),
               (SELECT count(*) FROM reports r WHERE r.document = d.id AND r.superseded IS NULL)
             FROM documents_search s JOIN documents d ON d.id = s.rowid LEFT JOIN publishers p ON p.id = d.publisher
               LEFT JOIN addresses a ON a.id = d.address
             WHERE documents_search MATCH ? ORDER BY rank, d.published, d.key LIMIT ?",
        )?;
        let rows = query.query_map((quoted(words), limit.cast_signed()), |r| {
            Ok(Hit {
                document: r.get(0)?,
                title: r.get(1)?,
                publisher: r.get(2)?,
                published: iso(r.get(3)?),
                url: r.get(4)?,
                snippet: r.get::<_, Option<String>>(5)?.unwrap_or_default(),
                reports: r.get(6)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

/// What a query gives.
pub enum Line<'a> {
    /// The names of its columns, once, first.
    Names(&'a [String]),
    /// A row; bytes are given as hexadecimal digits.
    Cells(&'a [Value]),
}

enum Stopped<E> {
    Sql(rusqlite::Error),
    Emit(E),
    Refused,
}

fn authorize(context: AuthContext<'_>) -> Authorization {
    let fine = match context.action {
        AuthAction::Select | AuthAction::Read { .. } | AuthAction::Recursive => true,
        AuthAction::Function { function_name } => !matches!(
            function_name.to_ascii_lowercase().as_str(),
            "load_extension" | "fts3_tokenizer" | "edit" | "writefile" | "readfile"
        ),
        // The full-text index asks for its own format.
        AuthAction::Pragma { pragma_name, .. } => matches!(
            pragma_name.to_ascii_lowercase().as_str(),
            "table_info"
                | "table_xinfo"
                | "table_list"
                | "index_list"
                | "index_info"
                | "foreign_key_list"
                | "data_version"
        ),
        _ => false,
    };
    if fine { Authorization::Allow } else { Authorization::Deny }
}

fn refused() -> Error {
    Error::Asked("only a statement that reads is allowed: SELECT, or WITH … SELECT".to_owned())
}

fn told(error: rusqlite::Error) -> Error {
    match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::AuthorizationForStatementDenied) => refused(),
        Some(rusqlite::ErrorCode::Unknown) => Error::Asked(error.to_string()),
        _ if matches!(error, rusqlite::Error::SqlInputError { .. } | rusqlite::Error::MultipleStatement) => {
            Error::Asked(error.to_string())
        }
        _ => error.into(),
    }
}

fn cell(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(n) => n.into(),
        ValueRef::Real(x) => x.into(),
        ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned().into(),
        ValueRef::Blob(bytes) => bytes.iter().map(|b| format!("{b:02x}")).collect::<String>().into(),
    }
}
