//! A Parquet file in memory: its columns as they are, or put together to rows.

use bytes::Bytes;
use parquet::basic::{ConvertedType, Repetition, Type as Physical};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::{ByteArray, DataType};
use parquet::errors::{ParquetError, Result};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::schema::types::{ColumnDescPtr, Type, TypePtr};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A file that was read whole.
pub struct Table {
    /// Number of rows.
    pub rows: usize,
    /// What the file states about itself.
    pub facts: BTreeMap<String, String>,
    schema: TypePtr,
    leaves: Vec<Leaf>,
}

/// A column: the values that are there, and for each place a value could stand at how much of the way to it is there
/// (`definition`) and at which list it goes on (`repetition`), as Parquet has them.
pub struct Leaf {
    /// The names on the way to it, joined by dots; lists have `list.element` on it.
    pub path: String,
    /// The definition level of a value that is there.
    pub defined: i16,
    /// Whether a list is on the way.
    listed: bool,
    /// Definition levels; one for each place. Empty where all on the way is required.
    pub definition: Vec<i16>,
    /// Repetition levels; 0 begins a row. Empty where no list is on the way.
    pub repetition: Vec<i16>,
    /// The values.
    pub values: Values,
}

/// The values of a column. Words are slices of the file's pages: nothing is copied.
#[allow(missing_docs)]
pub enum Values {
    Bool(Vec<bool>),
    Bytes(Vec<ByteArray>),
    Int(Vec<i32>),
    Long(Vec<i64>),
    Float(Vec<f32>),
    Double(Vec<f64>),
}

impl Values {
    /// Forgets them and keeps their room.
    pub(crate) fn clear(&mut self) {
        match self {
            Self::Bool(v) => v.clear(),
            Self::Bytes(v) => v.clear(),
            Self::Int(v) => v.clear(),
            Self::Long(v) => v.clear(),
            Self::Float(v) => v.clear(),
            Self::Double(v) => v.clear(),
        }
    }
}

impl Leaf {
    /// The words, where it is a column of words; what is no UTF-8 is empty.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        let words = if let Values::Bytes(v) = &self.values { &v[..] } else { &[] };
        words.iter().map(|w| std::str::from_utf8(w.data()).unwrap_or_default())
    }
}

/// A column read place by place.
#[derive(Clone, Copy)]
pub struct Reading<'a> {
    leaf: &'a Leaf,
    place: usize,
    value: usize,
}

impl<'a> Reading<'a> {
    /// From its beginning.
    pub fn new(leaf: &'a Leaf) -> Self {
        Self { leaf, place: 0, value: 0 }
    }

    /// The number of the value at the next place, where there is one.
    fn step(&mut self) -> Option<usize> {
        let there = self.leaf.definition.get(self.place).is_none_or(|d| *d == self.leaf.defined);
        self.place += 1;
        self.value += usize::from(there);
        there.then(|| self.value - 1)
    }

    /// At which list the next place goes on; 0 begins a row.
    pub fn goes_on(&self) -> i16 {
        self.leaf.repetition.get(self.place).copied().unwrap_or(0)
    }

    /// The word at the next place; nothing where none stands there, or the column holds none.
    pub fn word(&mut self) -> Option<&'a str> {
        let i = self.step()?;
        let Values::Bytes(words) = &self.leaf.values else { return None };
        std::str::from_utf8(words.get(i)?.data()).ok()
    }

    /// The whole number at the next place.
    pub fn whole(&mut self) -> Option<i64> {
        let i = self.step()?;
        match &self.leaf.values {
            Values::Int(v) => v.get(i).map(|n| i64::from(*n)),
            Values::Long(v) => v.get(i).copied(),
            Values::Bool(v) => v.get(i).map(|b| i64::from(*b)),
            _ => None,
        }
    }

    /// The number at the next place.
    pub fn number(&mut self) -> Option<f64> {
        let i = self.step()?;
        match &self.leaf.values {
            Values::Float(v) => v.get(i).map(|n| f64::from(*n)),
            Values::Double(v) => v.get(i).copied(),
            _ => None,
        }
    }
}

impl Table {
    /// Reads a file. Columns whose type is none of ours are an error.
    pub fn read(file: Bytes) -> Result<Self> {
        let reader = SerializedFileReader::new(file)?;
        let about = reader.metadata().file_metadata();
        let schema = about.schema_descr().root_schema_ptr();
        let facts = facts(&reader);
        let mut leaves = empty(&reader)?;
        let mut rows = 0;
        for group in 0..reader.num_row_groups() {
            let group = reader.get_row_group(group)?;
            let count = usize::try_from(group.metadata().num_rows()).unwrap_or(0);
            rows += count;
            for (i, leaf) in leaves.iter_mut().enumerate() {
                leaf.take(&mut group.get_column_reader(i)?, count)?;
            }
        }
        Ok(Self { rows, facts, schema, leaves })
    }

    /// A table of these columns, to be filled.
    pub(crate) fn of(schema: TypePtr, leaves: Vec<Leaf>) -> Self {
        Self { rows: 0, facts: BTreeMap::new(), schema, leaves }
    }

    /// The columns, to be filled.
    pub(crate) fn leaves(&mut self) -> &mut [Leaf] {
        &mut self.leaves
    }

    /// The column of this path, as `document.published` or `actors.list.element.code`.
    pub fn column(&self, path: &str) -> Option<&Leaf> {
        self.leaves.iter().find(|leaf| leaf.path == path)
    }

    /// The rows as JSON objects, in order.
    pub fn objects(&self) -> impl Iterator<Item = Value> {
        let mut at = vec![Cursor::default(); self.leaves.len()];
        (0..self.rows).map(move |_| {
            let mut next = 0;
            let fields = self.schema.get_fields();
            Value::Object(self.fields(fields, Level::default(), &mut at, &mut next))
        })
    }

    fn fields(&self, fields: &[Arc<Type>], at: Level, cursors: &mut [Cursor], next: &mut usize) -> Map<String, Value> {
        let mut object = Map::new();
        for field in fields {
            object.insert(field.name().to_owned(), self.take(field, at, cursors, next));
        }
        object
    }

    /// The value of `ty` at the cursors of its leaves, which begin at `next`; moves `next` behind them.
    fn take(&self, ty: &Type, mut at: Level, cursors: &mut [Cursor], next: &mut usize) -> Value {
        if ty.get_basic_info().repetition() == Repetition::OPTIONAL {
            at.definition += 1;
        }
        let (Some(leaf), Some(cursor)) = (self.leaves.get(*next), cursors.get_mut(*next)) else { return Value::Null };
        let there = leaf.definition.get(cursor.place).copied().unwrap_or(leaf.defined);
        if ty.is_primitive() {
            *next += 1;
            return cursor.step(leaf, there == leaf.defined);
        }
        if there < at.definition {
            pass(ty, &self.leaves, cursors, next);
            return Value::Null;
        }
        if ty.get_basic_info().converted_type() != ConvertedType::LIST {
            return Value::Object(self.fields(ty.get_fields(), at, cursors, next));
        }
        if there == at.definition {
            pass(ty, &self.leaves, cursors, next);
            return Value::Array(Vec::new());
        }
        let element = &ty.get_fields()[0].get_fields()[0];
        let inside = Level { definition: at.definition + 1, depth: at.depth + 1 };
        let first = *next;
        let mut items = Vec::new();
        loop {
            *next = first;
            items.push(self.take(element, inside, cursors, next));
            let place = cursors.get(first).map_or(usize::MAX, |c| c.place);
            if leaf.repetition.get(place).copied().unwrap_or(0) != inside.depth {
                return Value::Array(items);
            }
        }
    }
}

#[derive(Clone, Copy, Default)]
struct Level {
    definition: i16,
    depth: i16,
}

/// How far a column has been read when its rows are put together.
#[derive(Clone, Copy, Default)]
struct Cursor {
    place: usize,
    value: usize,
}

impl Cursor {
    fn step(&mut self, leaf: &Leaf, there: bool) -> Value {
        self.place += 1;
        if !there {
            return Value::Null;
        }
        let i = self.value;
        self.value += 1;
        let value = match &leaf.values {
            Values::Bool(v) => v.get(i).map(|x| Value::from(*x)),
            Values::Bytes(v) => v.get(i).map(|x| Value::from(String::from_utf8_lossy(x.data()))),
            Values::Int(v) => v.get(i).map(|x| Value::from(*x)),
            Values::Long(v) => v.get(i).map(|x| Value::from(*x)),
            Values::Float(v) => v.get(i).map(|x| Value::from(*x)),
            Values::Double(v) => v.get(i).map(|x| Value::from(*x)),
        };
        value.unwrap_or_default()
    }
}

/// Moves over a place at which nothing of `ty` is there.
fn pass(ty: &Type, leaves: &[Leaf], cursors: &mut [Cursor], next: &mut usize) {
    if ty.is_group() {
        return ty.get_fields().iter().for_each(|field| pass(field, leaves, cursors, next));
    }
    if let (Some(leaf), Some(cursor)) = (leaves.get(*next), cursors.get_mut(*next)) {
        cursor.step(leaf, false);
    }
    *next += 1;
}

/// What a file states about itself.
pub(crate) fn facts(reader: &SerializedFileReader<Bytes>) -> BTreeMap<String, String> {
    let stated = reader.metadata().file_metadata().key_value_metadata().into_iter().flatten();
    stated.filter_map(|f| Some((f.key.clone(), f.value.clone()?))).collect()
}

/// The columns of a file without a value. A type that is none of ours is an error.
pub(crate) fn empty(reader: &SerializedFileReader<Bytes>) -> Result<Vec<Leaf>> {
    let columns = reader.metadata().file_metadata().schema_descr().columns();
    let leaf = |column: &ColumnDescPtr| {
        Ok(Leaf {
            path: column.path().string(),
            defined: column.max_def_level(),
            listed: column.max_rep_level() > 0,
            definition: Vec::new(),
            repetition: Vec::new(),
            values: match column.physical_type() {
                Physical::BOOLEAN => Values::Bool(Vec::new()),
                Physical::BYTE_ARRAY => Values::Bytes(Vec::new()),
                Physical::INT32 => Values::Int(Vec::new()),
                Physical::INT64 => Values::Long(Vec::new()),
                Physical::FLOAT => Values::Float(Vec::new()),
                Physical::DOUBLE => Values::Double(Vec::new()),
                other => return Err(ParquetError::General(format!("{}: {other}", column.path()))),
            },
        })
    };
    columns.iter().map(leaf).collect()
}

impl Leaf {
    /// Reads so many rows more; fewer are an error.
    pub(crate) fn take(&mut self, column: &mut ColumnReader, rows: usize) -> Result<()> {
        let bounds = (rows, self.defined > 0, self.listed);
        let (d, r) = (&mut self.definition, &mut self.repetition);
        match (&mut self.values, column) {
            (Values::Bool(v), ColumnReader::BoolColumnReader(c)) => fill(c, bounds, d, r, v),
            (Values::Bytes(v), ColumnReader::ByteArrayColumnReader(c)) => fill(c, bounds, d, r, v),
            (Values::Int(v), ColumnReader::Int32ColumnReader(c)) => fill(c, bounds, d, r, v),
            (Values::Long(v), ColumnReader::Int64ColumnReader(c)) => fill(c, bounds, d, r, v),
            (Values::Float(v), ColumnReader::FloatColumnReader(c)) => fill(c, bounds, d, r, v),
            (Values::Double(v), ColumnReader::DoubleColumnReader(c)) => fill(c, bounds, d, r, v),
            _ => Err(ParquetError::General(format!("{}: not of the type its file states", self.path))),
        }
    }

    /// Forgets the values and keeps their room.
    pub(crate) fn clear(&mut self) {
        self.definition.clear();
        self.repetition.clear();
        self.values.clear();
    }
}

/// Reads a column of a row group.
fn fill<T: DataType>(
    column: &mut ColumnReaderImpl<T>,
    (rows, optional, repeated): (usize, bool, bool),
    definition: &mut Vec<i16>,
    repetition: &mut Vec<i16>,
    values: &mut Vec<T::T>,
) -> Result<()> {
    let mut left = rows;
    while left > 0 {
        let (read, _, _) = column.read_records(
            left,
            optional.then_some(&mut *definition),
            repeated.then_some(&mut *repetition),
            values,
        )?;
        if read == 0 {
            return Err(ParquetError::EOF("a column is shorter than the file says".to_owned()));
        }
        left -= read;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::{Packing, ParquetFile, Scan, Table};
    use serde_json::{Value, json};

    const SCHEMA: &str = "message row { required binary id (UTF8); required boolean best; optional double lat;
        required group who (LIST) { repeated group list { required group element {
          required binary name (UTF8); optional binary code (UTF8);
          required group sectors (LIST) { repeated group list { required binary element (UTF8); } } } } }
        optional group date { required binary value (UTF8); optional int32 day; } }";

    #[test]
    fn rows_come_back_as_they_were_with_lists_in_lists_and_what_is_absent() {
        let rows: Vec<Value> = vec![
            json!({"id": "a", "best": true, "lat": 1.5, "who": [
                {"name": "x", "code": "X", "sectors": ["GOV", "MIL"]}, {"name": "y", "code": null, "sectors": []}],
                "date": {"value": "2024", "day": null}}),
            json!({"id": "b", "best": false, "lat": null, "who": [], "date": null}),
            json!({"id": "c", "best": true, "lat": null, "who": [{"name": "z", "code": null, "sectors": ["CVL"]}],
                "date": {"value": "2024-08", "day": 3}}),
        ];
        for packing in [Packing::Usual, Packing::Small] {
            let mut out = Vec::new();
            let stated = [("title".to_owned(), "A test".to_owned())];
            let mut file = ParquetFile::stating(&mut out, SCHEMA, packing, &stated).expect("a schema");
            rows.iter().for_each(|row| file.row(row).expect("a vector takes all"));
            file.finish().expect("a vector takes all");
            let table = Table::read(out.clone().into()).expect("what was written");
            assert_eq!(table.objects().collect::<Vec<_>>(), rows);
            assert_eq!(table.facts.get("title").map(String::as_str), Some("A test"));
            let codes = table.column("who.list.element.code").expect("a column");
            assert_eq!((codes.words().collect::<Vec<_>>(), codes.definition.len()), (vec!["X"], 4));
            // Two rows at a time, and no more columns than are asked for.
            let scan = Scan::of(out.into()).expect("what was written");
            assert_eq!(scan.facts().get("title").map(String::as_str), Some("A test"));
            let mut parts = Vec::new();
            let asked = |path: &str| path == "id" || path.ends_with("code");
            scan.each(2, asked, |part| {
                let words = |path: &str| part.column(path).map(|c| c.words().map(str::to_owned).collect::<Vec<_>>());
                parts.push((part.rows, words("id"), words("who.list.element.code"), part.column("lat").is_some()));
            })
            .expect("what was written");
            let some = |words: &[&str]| Some(words.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>());
            assert_eq!(parts, [(2, some(&["a", "b"]), some(&["X"]), false), (1, some(&["c"]), some(&[]), false)]);
        }
    }

    #[test]
    fn what_is_no_file_or_cut_off_is_an_error() {
        assert!(Table::read("PAR1".into()).is_err());
        let mut out = Vec::new();
        ParquetFile::new(&mut out, SCHEMA, Packing::Quick).expect("a schema").finish().expect("a vector takes all");
        assert!(Table::read(out[..out.len() - 1].to_vec().into()).is_err());
    }
}
