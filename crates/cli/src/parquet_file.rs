//! Parquet: the events with the nesting of the JSON Lines contract, Snappy-compressed; what a record gives, with zstd.
//!
//! The columns are shredded here (Melnik et al., "Dremel", 2010, section 4) from the JSON form, so that one schema text
//! is the only place that knows the fields and the heavy Arrow stack is not needed.

use legation::record::Event;
use parquet::basic::{Compression, ConvertedType, Repetition, Type as Physical, ZstdLevel};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use parquet::schema::types::Type;
use serde_json::Value;
use std::io::{self, Write};
use std::sync::Arc;

const SCHEMA: &str = include_str!("schema.txt");

/// Events per row group: a few megabytes, the most that waits in memory.
const GROUP: usize = 10_000;

/// A Parquet file being written.
pub struct ParquetFile<W: Write + Send> {
    file: SerializedFileWriter<W>,
    schema: Arc<Type>,
    leaves: Vec<Leaf>,
    waiting: usize,
}

impl<W: Write + Send> ParquetFile<W> {
    /// Begins a file of events.
    pub fn new(out: W) -> io::Result<Self> {
        Self::with(out, SCHEMA, Compression::SNAPPY)
    }

    /// Begins a file of events as a record knows them: with the fields in `more`, in the language of Parquet schemas.
    pub fn of_record(out: W, more: &str) -> io::Result<Self> {
        let schema = SCHEMA.trim_end().trim_end_matches('}');
        Self::with(out, &format!("{schema}{more}}}"), Compression::ZSTD(ZstdLevel::default()))
    }

    /// Begins a file of flat rows with these fields.
    pub fn flat(out: W, fields: &str) -> io::Result<Self> {
        Self::with(out, &format!("message table {{ {fields} }}"), Compression::ZSTD(ZstdLevel::default()))
    }

    fn with(out: W, schema: &str, compression: Compression) -> io::Result<Self> {
        let schema = Arc::new(parse_message_type(schema).map_err(io_error)?);
        let properties = WriterProperties::builder()
            .set_compression(compression)
            .set_created_by(concat!("legation ", env!("CARGO_PKG_VERSION")).to_owned())
            .build();
        let file = SerializedFileWriter::new(out, Arc::clone(&schema), Arc::new(properties)).map_err(io_error)?;
        let mut leaves = Vec::new();
        collect_leaves(&schema, &mut leaves);
        Ok(Self { file, schema, leaves, waiting: 0 })
    }

    /// Adds one event.
    pub fn event(&mut self, event: &Event) -> io::Result<()> {
        self.row(&serde_json::to_value(event)?)
    }

    /// Adds one row: a JSON object with the fields of the schema.
    pub fn row(&mut self, value: &Value) -> io::Result<()> {
        let mut next = 0;
        for field in self.schema.get_fields() {
            shred(field, value.get(field.name()), Level::default(), &mut self.leaves, &mut next);
        }
        self.waiting += 1;
        if self.waiting == GROUP { self.write_group() } else { Ok(()) }
    }

    /// Writes what waits and the footer, and gives back where it went.
    pub fn finish(mut self) -> io::Result<W> {
        if self.waiting > 0 {
            self.write_group()?;
        }
        self.file.into_inner().map_err(io_error)
    }

    fn write_group(&mut self) -> io::Result<()> {
        let mut group = self.file.next_row_group().map_err(io_error)?;
        for leaf in &mut self.leaves {
            let Some(mut column) = group.next_column().map_err(io_error)? else { break };
            leaf.write(column.untyped()).map_err(io_error)?;
            column.close().map_err(io_error)?;
        }
        group.close().map_err(io_error)?;
        self.waiting = 0;
        Ok(())
    }
}

/// The error of the writer beneath, where there is one: a closed pipe must be recognised as such.
fn io_error(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(inner) => match inner.downcast::<io::Error>() {
            Ok(inner) => *inner,
            Err(other) => io::Error::other(other),
        },
        other => io::Error::other(other),
    }
}

/// One column's values with their definition and repetition levels.
struct Leaf {
    definition: Vec<i16>,
    repetition: Vec<i16>,
    values: Values,
}

enum Values {
    Bytes(Vec<ByteArray>),
    Int(Vec<i32>),
    Long(Vec<i64>),
    Float(Vec<f32>),
    Double(Vec<f64>),
}

impl Leaf {
    fn write(&mut self, column: &mut ColumnWriter<'_>) -> Result<(), ParquetError> {
        let (definition, repetition) = (Some(&self.definition[..]), Some(&self.repetition[..]));
        match (column, &self.values) {
            (ColumnWriter::ByteArrayColumnWriter(w), Values::Bytes(v)) => w.write_batch(v, definition, repetition)?,
            (ColumnWriter::Int32ColumnWriter(w), Values::Int(v)) => w.write_batch(v, definition, repetition)?,
            (ColumnWriter::Int64ColumnWriter(w), Values::Long(v)) => w.write_batch(v, definition, repetition)?,
            (ColumnWriter::FloatColumnWriter(w), Values::Float(v)) => w.write_batch(v, definition, repetition)?,
            (ColumnWriter::DoubleColumnWriter(w), Values::Double(v)) => w.write_batch(v, definition, repetition)?,
            _ => return Err(ParquetError::General("a column of another type than the schema says".to_owned())),
        };
        self.definition.clear();
        self.repetition.clear();
        match &mut self.values {
            Values::Bytes(v) => v.clear(),
            Values::Int(v) => v.clear(),
            Values::Long(v) => v.clear(),
            Values::Float(v) => v.clear(),
            Values::Double(v) => v.clear(),
        }
        Ok(())
    }
}

fn collect_leaves(ty: &Type, leaves: &mut Vec<Leaf>) {
    if ty.is_group() {
        ty.get_fields().iter().for_each(|field| collect_leaves(field, leaves));
        return;
    }
    let values = match ty.get_physical_type() {
        Physical::INT32 => Values::Int(Vec::new()),
        Physical::INT64 => Values::Long(Vec::new()),
        Physical::FLOAT => Values::Float(Vec::new()),
        Physical::DOUBLE => Values::Double(Vec::new()),
        _ => Values::Bytes(Vec::new()),
    };
    leaves.push(Leaf { definition: Vec::new(), repetition: Vec::new(), values });
}

/// Where in the nesting a value stands.
#[derive(Clone, Copy, Default)]
struct Level {
    /// How many optional or repeated fields on the way are there.
    definition: i16,
    /// At which repeated field the value begins a new item.
    repetition: i16,
    /// How many repeated fields lie on the way.
    depth: i16,
}

/// Appends `value` to the leaves of `ty`, which begin at `next`; moves `next` behind them.
fn shred(ty: &Type, value: Option<&Value>, mut at: Level, leaves: &mut [Leaf], next: &mut usize) {
    let value = value.filter(|v| !v.is_null());
    let Some(value) = value else { return absent(ty, at, leaves, next) };
    if ty.get_basic_info().repetition() == Repetition::OPTIONAL {
        at.definition += 1;
    }
    if ty.is_primitive() {
        return push(value, at, leaves, next);
    }
    if ty.get_basic_info().converted_type() != ConvertedType::LIST {
        for field in ty.get_fields() {
            shred(field, value.get(field.name()), at, leaves, next);
        }
        return;
    }
    let element = &ty.get_fields()[0].get_fields()[0];
    let items = value.as_array().map_or(&[][..], Vec::as_slice);
    if items.is_empty() {
        return absent(ty, at, leaves, next);
    }
    let first = *next;
    for (i, item) in items.iter().enumerate() {
        *next = first;
        let repetition = if i == 0 { at.repetition } else { at.depth + 1 };
        let inside = Level { definition: at.definition + 1, repetition, depth: at.depth + 1 };
        shred(element, Some(item), inside, leaves, next);
    }
}

/// A null in every leaf of `ty`.
fn absent(ty: &Type, at: Level, leaves: &mut [Leaf], next: &mut usize) {
    if ty.is_group() {
        return ty.get_fields().iter().for_each(|field| absent(field, at, leaves, next));
    }
    if let Some(leaf) = leaves.get_mut(*next) {
        leaf.definition.push(at.definition);
        leaf.repetition.push(at.repetition);
    }
    *next += 1;
}

fn push(value: &Value, at: Level, leaves: &mut [Leaf], next: &mut usize) {
    if let Some(leaf) = leaves.get_mut(*next) {
        leaf.definition.push(at.definition);
        leaf.repetition.push(at.repetition);
        match &mut leaf.values {
            Values::Bytes(v) => v.push(ByteArray::from(value.as_str().unwrap_or_default())),
            Values::Int(v) => v.push(value.as_i64().and_then(|n| i32::try_from(n).ok()).unwrap_or(i32::MAX)),
            Values::Long(v) => v.push(value.as_i64().unwrap_or(i64::MAX)),
            Values::Float(v) => v.push(value.as_f64().unwrap_or(f64::NAN) as f32),
            Values::Double(v) => v.push(value.as_f64().unwrap_or(f64::NAN)),
        }
    }
    *next += 1;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;
    use parquet::file::reader::{FileReader, SerializedFileReader};

    #[test]
    fn what_is_written_is_read_back() {
        let mut plain = sample::visit();
        plain.actors.push(plain.recipients[0].clone());
        plain.actors[0].sectors.push("MIL".to_owned());
        let mut bare = sample::visit();
        bare.actors.clear();
        bare.date = None;
        bare.place = None;
        bare.attribution = None;
        let mut out = Vec::new();
        let mut file = ParquetFile::new(&mut out).expect("the schema is well-formed");
        file.event(&plain).expect("a vector takes all");
        file.event(&bare).expect("a vector takes all");
        file.finish().expect("a vector takes all");
        let reader = SerializedFileReader::new(bytes(out)).expect("a Parquet file");
        let rows: Vec<String> =
            reader.get_row_iter(None).expect("rows").map(|row| row.expect("a row").to_string()).collect();
        assert_eq!(rows.len(), 2);
        for part in ["sectors: [\"GOV\", \"MIL\"]", "code: \"RUS\"", "value: \"2024-04-22\"", "score: 2.8"] {
            assert!(rows[0].contains(part), "{part} in {}", rows[0]);
        }
        for part in ["actors: []", "date: null", "place: null", "attribution: null", "trigger: {text: \"visited\""] {
            assert!(rows[1].contains(part), "{part} in {}", rows[1]);
        }
    }

    #[test]
    fn the_schema_knows_every_field_of_an_event() {
        let schema = parse_message_type(SCHEMA).expect("the schema is well-formed");
        let names: Vec<&str> = schema.get_fields().iter().map(|f| f.name()).collect();
        let value = serde_json::to_value(sample::visit()).expect("events are plain data");
        let keys: Vec<&str> = value.as_object().expect("an object").keys().map(String::as_str).collect();
        assert_eq!(names, keys);
    }

    fn bytes(out: Vec<u8>) -> bytes::Bytes {
        bytes::Bytes::from(out)
    }
}
