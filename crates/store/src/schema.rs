//! The shape of a record: made, recognised, brought up to date, described.

use crate::coverage;
use crate::error::{Error, Result};
use crate::merge;
use legation_record::{EventType, QuadClass, Status};
use rusqlite::Connection;
use std::fmt::Write;
use std::path::Path;

/// The mark of a record in the file's header ("Lega"); `file` and SQLite show it as the application id.
pub const APPLICATION_ID: i64 = 0x4c65_6761;

/// Each step from one format to the next; a new record takes them all.
const STEPS: [&str; 3] = [include_str!("schema/1.sql"), include_str!("schema/2.sql"), include_str!("schema/3.sql")];

/// The format this version writes.
pub const FORMAT: i64 = STEPS.len() as i64;

/// The statuses in the order of their numbers.
pub(crate) const STATUSES: [Status; 5] =
    [Status::Actual, Status::Historical, Status::Future, Status::Hypothetical, Status::Negated];

/// The quad classes in the order of their numbers.
pub(crate) const QUADS: [QuadClass; 4] = [
    QuadClass::VerbalCooperation,
    QuadClass::MaterialCooperation,
    QuadClass::VerbalConflict,
    QuadClass::MaterialConflict,
];

/// The number of a type in the record.
pub(crate) fn type_number(event_type: EventType) -> i64 {
    EventType::ALL.iter().position(|t| *t == event_type).map_or(0, |i| i as i64 + 1)
}

/// The number of a status in the record.
pub(crate) fn status_number(status: Status) -> i64 {
    STATUSES.iter().position(|s| *s == status).map_or(0, |i| i as i64 + 1)
}

/// Makes the tables of a new record.
pub(crate) fn make(db: &Connection) -> Result<()> {
    make_as(db, FORMAT)
}

/// Makes the tables of a new record of a format.
pub(crate) fn make_as(db: &Connection, format: i64) -> Result<()> {
    db.pragma_update(None, "application_id", APPLICATION_ID)?;
    steps(db, 0, format)
}

/// Gives the tables that an older format lacks to a connection that may only read: empty, and gone with it.
pub(crate) fn complete(db: &Connection, format: i64) -> Result<()> {
    for step in STEPS.iter().skip(usize::try_from(format).unwrap_or(0)) {
        let tables = step.split(";\n").filter(|s| s.trim_start().starts_with("CREATE TABLE"));
        for table in tables {
            db.execute_batch(&table.replacen("CREATE TABLE", "CREATE TEMP TABLE", 1))?;
        }
    }
    Ok(())
}

/// Takes the steps from format `from` to the present one, all or none.
pub(crate) fn migrate(db: &Connection, from: i64) -> Result<()> {
    steps(db, from, FORMAT)
}

fn steps(db: &Connection, from: i64, to: i64) -> Result<()> {
    let index = |format: i64| usize::try_from(format).unwrap_or(usize::MAX);
    let steps = STEPS.get(index(from)..index(to)).unwrap_or_default();
    if steps.is_empty() {
        return Ok(());
    }
    db.execute_batch("BEGIN IMMEDIATE")?;
    let done = steps.iter().try_for_each(|step| db.execute_batch(step)).map_err(Error::from).and_then(|()| {
        if from == 0 {
            fill(db)?;
        } else {
            if from < 2 {
                coverage::fill(db)?;
            }
            merge::index_all(db)?;
        }
        Ok(db.pragma_update(None, "user_version", to)?)
    });
    match done {
        Ok(()) => Ok(db.execute_batch("COMMIT")?),
        Err(error) => {
            let _ = db.execute_batch("ROLLBACK");
            Err(error)
        }
    }
}

/// The fixed vocabularies.
fn fill(db: &Connection) -> rusqlite::Result<()> {
    for (i, quad) in QUADS.iter().enumerate() {
        db.execute("INSERT INTO quad_classes VALUES (?, ?)", (i as i64 + 1, quad.name()))?;
    }
    for event_type in EventType::ALL {
        let quad = QUADS.iter().position(|q| *q == event_type.quad_class()).map_or(0, |i| i as i64 + 1);
        db.execute("INSERT INTO event_types VALUES (?, ?, ?)", (type_number(event_type), event_type.name(), quad))?;
    }
    for status in STATUSES {
        db.execute("INSERT INTO statuses VALUES (?, ?)", (status_number(status), status.name()))?;
    }
    Ok(())
}

/// The format of an open file, if it is a record that this version can read.
pub(crate) fn recognise(db: &Connection, path: &Path) -> Result<i64> {
    let refused = |error: rusqlite::Error| match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::NotADatabase) => Error::NotARecord(path.to_owned()),
        _ => error.into(),
    };
    let application: i64 = db.pragma_query_value(None, "application_id", |r| r.get(0)).map_err(refused)?;
    let format: i64 = db.pragma_query_value(None, "user_version", |r| r.get(0)).map_err(refused)?;
    match (application, format) {
        (APPLICATION_ID, 1..=FORMAT) => Ok(format),
        (APPLICATION_ID, found) if found > FORMAT => Err(Error::Newer { path: path.to_owned(), found, known: FORMAT }),
        _ => Err(Error::NotARecord(path.to_owned())),
    }
}

/// The names and statements of a record's own tables, views, indexes and triggers.
pub(crate) fn statements(db: &Connection) -> rusqlite::Result<Vec<(String, String, String)>> {
    let mut query = db.prepare(
        "SELECT type, name, sql FROM sqlite_schema
         WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
         ORDER BY type, name",
    )?;
    query.query_map((), |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?.collect()
}

/// The documentation of the format, in Markdown, written from the statements of a fresh record and their comments.
pub fn document() -> Result<String> {
    let db = Connection::open_in_memory()?;
    make(&db)?;
    let mut out = format!(
        "# The record's tables\n\n\
         Written from the schema itself (`crates/store/src/schema/`); a test keeps it current. Format {FORMAT}.\n\n\
         A record is one SQLite file (application id `0x{APPLICATION_ID:08x}`, `user_version` {FORMAT}): R, Python, Datasette and \
         the `sqlite3` shell open it as it is. Begin with the views. Codes are small integers with a table of names beside \
         them. Rows are never changed or removed: `superseded` names the batch that put others in their place, and the \
         record as it stood after batch N is the rows with `recorded <= N AND (superseded IS NULL OR superseded > N)`. \
         Offsets are UTF-8 bytes in `documents.text`.\n"
    );
    let statements = statements(&db)?;
    for (kind, heading) in [("view", "Views"), ("table", "Tables")] {
        let _ = write!(out, "\n## {heading}\n");
        for (_, name, sql) in statements.iter().filter(|(k, n, _)| k == kind && !n.starts_with("documents_search_")) {
            let _ = write!(out, "\n### {name}\n\n{}\n", about(name, sql));
            if kind == "table" && !sql.contains("VIRTUAL") {
                columns(sql, &mut out);
            } else {
                let names = column_names(&db, name)?;
                let _ = write!(out, "\nColumns: {}.\n", names.join(", "));
            }
        }
    }
    Ok(out)
}

fn column_names(db: &Connection, name: &str) -> rusqlite::Result<Vec<String>> {
    let mut query = db.prepare("SELECT name FROM pragma_table_info(?)")?;
    query.query_map([name], |r| r.get(0).map(|n: String| format!("`{n}`")))?.collect()
}

/// The comment lines under the first line of a statement.
fn about(name: &str, sql: &str) -> String {
    if name == "documents_search" {
        return "Full-text index (FTS5) over headlines and texts.".to_owned();
    }
    let lines = sql.lines().skip(1).map(str::trim).take_while(|l| l.starts_with("--"));
    lines.map(|l| l.trim_start_matches('-').trim()).collect::<Vec<_>>().join(" ")
}

/// A table of the columns of a CREATE TABLE statement: one a line, each with its comment.
fn columns(sql: &str, out: &mut String) {
    let _ = write!(out, "\n| column | type | meaning |\n|---|---|---|\n");
    for line in sql.lines().skip(1).map(str::trim).filter(|l| !l.starts_with("--")) {
        if let Some((left, meaning)) = line.split_once("--") {
            let left = left.trim().trim_end_matches(',');
            let (name, rest) = left.split_once(' ').unwrap_or((left, ""));
            let kind = rest.split(" REFERENCES").next().unwrap_or_default();
            let to = rest.split("REFERENCES ").nth(1).map(|t| format!(" → {t}")).unwrap_or_default();
            let _ = writeln!(out, "| `{}` | {kind}{to} | {} |", name.trim_matches('"'), meaning.trim());
        }
    }
}
