//! Rows written to Parquet.

use crate::read::Values;
use parquet::basic::{Compression, ConvertedType, Repetition, Type as Physical, ZstdLevel};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use parquet::schema::types::Type;
use serde_json::Value;
use std::io::{self, Write};
use std::sync::Arc;

/// Rows per row group: a few megabytes of events, the most that waits in memory.
const GROUP: usize = 10_000;

/// Rows per row group of a file that is to be small, and how hard zstd tries.
const SMALL_GROUP: usize = 200_000;
const SMALL: i32 = 19;

/// How a file is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Packing {
    /// Snappy: fast, read by everything.
    Quick,
    /// zstd.
    Usual,
    /// As small as can be: zstd at its slowest, long pages, no statistics. For files that are sent or committed.
    Small,
}

/// A Parquet file being written.
pub struct ParquetFile<W: Write + Send> {
    file: SerializedFileWriter<W>,
    schema: Arc<Type>,
    leaves: Vec<Leaf>,
    waiting: usize,
    group: usize,
}

impl<W: Write + Send> ParquetFile<W> {
    /// Begins a file of rows with the fields of a schema in the language of Parquet (`message NAME { … }`).
    pub fn new(out: W, schema: &str, packing: Packing) -> io::Result<Self> {
        Self::stating(out, schema, packing, &[])
    }

    /// Begins a file that also states facts about itself: keys and values that readers show as the file's metadata.
    pub fn stating(out: W, schema: &str, packing: Packing, facts: &[(String, String)]) -> io::Result<Self> {
        let schema = Arc::new(parse_message_type(schema).map_err(io_error)?);
        let facts: Vec<KeyValue> = facts.iter().map(|(k, v)| KeyValue::new(k.clone(), v.clone())).collect();
        let properties = WriterProperties::builder()
            .set_compression(match packing {
                Packing::Quick => Compression::SNAPPY,
                Packing::Usual => Compression::ZSTD(ZstdLevel::default()),
                Packing::Small => Compression::ZSTD(ZstdLevel::try_new(SMALL).map_err(io_error)?),
            })
            .set_created_by(concat!("legation ", env!("CARGO_PKG_VERSION")).to_owned())
            .set_key_value_metadata((!facts.is_empty()).then_some(facts));
        let properties = match packing {
            Packing::Small => properties
                .set_data_page_size_limit(16 << 20)
                .set_data_page_row_count_limit(SMALL_GROUP)
                .set_dictionary_page_size_limit(4 << 20)
                .set_statistics_enabled(EnabledStatistics::None)
                .build(),
            _ => properties.build(),
        };
        let file = SerializedFileWriter::new(out, Arc::clone(&schema), Arc::new(properties)).map_err(io_error)?;
        let mut leaves = Vec::new();
        collect_leaves(&schema, &mut leaves);
        let group = if packing == Packing::Small { SMALL_GROUP } else { GROUP };
        Ok(Self { file, schema, leaves, waiting: 0, group })
    }

    /// Adds one row: a JSON object with the fields of the schema.
    pub fn row(&mut self, value: &Value) -> io::Result<()> {
        let mut next = 0;
        for field in self.schema.get_fields() {
            shred(field, value.get(field.name()), Level::default(), &mut self.leaves, &mut next);
        }
        self.waiting += 1;
        if self.waiting == self.group { self.write_group() } else { Ok(()) }
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

impl Leaf {
    fn write(&mut self, column: &mut ColumnWriter<'_>) -> Result<(), ParquetError> {
        let (definition, repetition) = (Some(&self.definition[..]), Some(&self.repetition[..]));
        match (column, &self.values) {
            (ColumnWriter::BoolColumnWriter(w), Values::Bool(v)) => w.write_batch(v, definition, repetition)?,
            (ColumnWriter::ByteArrayColumnWriter(w), Values::Bytes(v)) => w.write_batch(v, definition, repetition)?,
            (ColumnWriter::Int32ColumnWriter(w), Values::Int(v)) => w.write_batch(v, definition, repetition)?,
            (ColumnWriter::Int64ColumnWriter(w), Values::Long(v)) => w.write_batch(v, definition, repetition)?,
            (ColumnWriter::FloatColumnWriter(w), Values::Float(v)) => w.write_batch(v, definition, repetition)?,
            (ColumnWriter::DoubleColumnWriter(w), Values::Double(v)) => w.write_batch(v, definition, repetition)?,
            _ => return Err(ParquetError::General("a column of another type than the schema says".to_owned())),
        };
        self.definition.clear();
        self.repetition.clear();
        self.values.clear();
        Ok(())
    }
}

fn collect_leaves(ty: &Type, leaves: &mut Vec<Leaf>) {
    if ty.is_group() {
        ty.get_fields().iter().for_each(|field| collect_leaves(field, leaves));
        return;
    }
    let values = match ty.get_physical_type() {
        Physical::BOOLEAN => Values::Bool(Vec::new()),
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
            Values::Bool(v) => v.push(value.as_bool().unwrap_or_default()),
            Values::Bytes(v) => v.push(ByteArray::from(value.as_str().unwrap_or_default())),
            Values::Int(v) => v.push(value.as_i64().and_then(|n| i32::try_from(n).ok()).unwrap_or(i32::MAX)),
            Values::Long(v) => v.push(value.as_i64().unwrap_or(i64::MAX)),
            Values::Float(v) => v.push(value.as_f64().unwrap_or(f64::NAN) as f32),
            Values::Double(v) => v.push(value.as_f64().unwrap_or(f64::NAN)),
        }
    }
    *next += 1;
}
