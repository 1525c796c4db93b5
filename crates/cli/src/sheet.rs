//! Flat rows with named columns, as a table, JSON Lines, CSV or Parquet.

use crate::args::OutputFormat;
use crate::flat::text;
use crate::out::Out;
use crate::parquet_file;
use crate::style::{Style, Tone, clean, keep_start, width};
use legation::columns::ParquetFile;
use serde_json::{Map, Value};
use std::io::{self, Write};
use std::path::Path;

/// Widest cell of a table.
const WIDEST: usize = 60;

/// Rows that are looked at to find the widths of a table; the later ones keep to them.
const LOOKED_AT: usize = 1000;

/// A column.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What stands in it.
    pub kind: Kind,
    /// What it means, for the codebook.
    pub about: String,
}

/// What stands in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// Whole numbers.
    Int,
    /// Numbers.
    Float,
    /// Whatever it is; no Parquet.
    Any,
}

impl Column {
    /// A column.
    pub fn new(name: &str, kind: Kind, about: &str) -> Self {
        Self { name: name.to_owned(), kind, about: about.to_owned() }
    }
}

/// Rows being written.
pub struct Sheet {
    columns: Vec<Column>,
    form: Form,
}

enum Form {
    Table { out: Out, style: Style, waiting: Vec<Vec<Value>>, widths: Vec<usize> },
    Jsonl(Out),
    Csv(Box<csv::Writer<Out>>),
    Parquet(Box<ParquetFile<Out>>),
}

impl Sheet {
    /// Opens the file, or standard output.
    pub fn open(format: OutputFormat, path: Option<&Path>, columns: Vec<Column>) -> io::Result<Self> {
        let out = Out::open(path)?;
        let form = match format {
            OutputFormat::Table => {
                let style = if path.is_some() { Style::PLAIN } else { Style::of_stdout() };
                Form::Table { out, style, waiting: Vec::new(), widths: Vec::new() }
            }
            OutputFormat::Jsonl => Form::Jsonl(out),
            OutputFormat::Csv => {
                let mut rows = csv::Writer::from_writer(out);
                rows.write_record(columns.iter().map(|c| text(&c.name)))?;
                Form::Csv(Box::new(rows))
            }
            OutputFormat::Parquet => Form::Parquet(Box::new(parquet_file::flat(out, &fields(&columns)?)?)),
        };
        Ok(Self { columns, form })
    }

    /// Writes a row: as many cells as there are columns.
    pub fn row(&mut self, cells: Vec<Value>) -> io::Result<()> {
        match &mut self.form {
            Form::Table { out, style, waiting, widths } => {
                if widths.is_empty() {
                    waiting.push(cells);
                    if waiting.len() == LOOKED_AT {
                        Self::flush(&self.columns, out, *style, waiting, widths)
                    } else {
                        Ok(())
                    }
                } else {
                    line(out, &cells, widths)
                }
            }
            Form::Jsonl(out) => {
                serde_json::to_writer(&mut *out, &object(&self.columns, cells))?;
                out.write_all(b"\n")
            }
            // A number is a number: only words can be a formula.
            Form::Csv(rows) => Ok(rows.write_record(cells.iter().map(|cell| match cell {
                Value::String(words) => text(words),
                other => plain(other),
            }))?),
            Form::Parquet(file) => file.row(&Value::Object(object(&self.columns, cells))),
        }
    }

    /// Completes the output; without it a file that was asked for does not appear.
    pub fn finish(self) -> io::Result<()> {
        match self.form {
            Form::Table { mut out, style, mut waiting, mut widths } => {
                if widths.is_empty() {
                    Self::flush(&self.columns, &mut out, style, &mut waiting, &mut widths)?;
                }
                out.commit()
            }
            Form::Jsonl(out) => out.commit(),
            Form::Csv(rows) => rows.into_inner().map_err(|e| e.into_error())?.commit(),
            Form::Parquet(file) => file.finish()?.commit(),
        }
    }

    fn flush(
        columns: &[Column],
        out: &mut Out,
        style: Style,
        waiting: &mut Vec<Vec<Value>>,
        widths: &mut Vec<usize>,
    ) -> io::Result<()> {
        let rows = std::mem::take(waiting);
        *widths = columns.iter().map(|c| width(&c.name)).collect();
        for row in &rows {
            for (cell, wide) in row.iter().zip(widths.iter_mut()) {
                *wide = (*wide).max(width(&clean(&plain(cell)))).min(WIDEST);
            }
        }
        let names: Vec<String> =
            columns.iter().zip(widths.iter()).map(|(c, wide)| format!("{:wide$}", clean(&c.name))).collect();
        writeln!(out, "{}", style.paint(Tone::Dim, names.join("  ").trim_end()))?;
        rows.iter().try_for_each(|row| line(out, row, widths))
    }
}

fn line(out: &mut Out, cells: &[Value], widths: &[usize]) -> io::Result<()> {
    let mut line = String::new();
    for (cell, wide) in cells.iter().zip(widths) {
        let words = keep_start(&clean(&plain(cell)), *wide);
        let blank = " ".repeat(wide.saturating_sub(width(&words)));
        // Numbers stand to the right.
        line.push_str(&if cell.is_number() { blank + &words } else { words + &blank });
        line.push_str("  ");
    }
    writeln!(out, "{}", line.trim_end())
}

fn plain(cell: &Value) -> String {
    match cell {
        Value::Null => String::new(),
        Value::String(words) => words.clone(),
        other => other.to_string(),
    }
}

fn object(columns: &[Column], cells: Vec<Value>) -> Map<String, Value> {
    columns.iter().map(|c| c.name.clone()).zip(cells).collect()
}

fn fields(columns: &[Column]) -> io::Result<String> {
    let each = columns.iter().map(|c| match c.kind {
        Kind::Text => Ok(format!("optional binary {} (UTF8);", c.name)),
        Kind::Int => Ok(format!("optional int64 {};", c.name)),
        Kind::Float => Ok(format!("optional double {};", c.name)),
        Kind::Any => Err(io::Error::other("Parquet needs columns of known kinds: table, jsonl and csv are there")),
    });
    each.collect::<io::Result<Vec<_>>>().map(|all| all.join(" "))
}
