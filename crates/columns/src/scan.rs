//! Some columns of a Parquet file, some rows at a time.

use crate::Table;
use crate::read::{Leaf, empty, facts};
use bytes::Bytes;
use parquet::column::reader::ColumnReader;
use parquet::errors::{ParquetError, Result};
use parquet::file::reader::{FileReader, SerializedFileReader};
use std::collections::BTreeMap;
use std::sync::mpsc::{Receiver, SyncSender, channel, sync_channel};
use std::thread;

/// Parts that wait for being used while the next one is unpacked.
const AHEAD: usize = 2;

/// A file that is read in parts. Columns that are not asked for are not unpacked, and the memory of a part is used again: of a
/// file of many columns most of the time of reading it whole goes into memory that is touched for the first time.
pub struct Scan {
    reader: SerializedFileReader<Bytes>,
    facts: BTreeMap<String, String>,
}

impl Scan {
    /// Opens a file; nothing is unpacked yet.
    pub fn of(file: Bytes) -> Result<Self> {
        let reader = SerializedFileReader::new(file)?;
        let facts = facts(&reader);
        Ok(Self { reader, facts })
    }

    /// What the file states about itself.
    pub fn facts(&self) -> &BTreeMap<String, String> {
        &self.facts
    }

    /// Gives the columns that are asked for to `take`, so many rows at a time and in order; the last part of a row group may be
    /// smaller. A thread of its own unpacks the next part while one is taken; order and values do not depend on it.
    pub fn each(&self, rows: usize, asked: impl Fn(&str) -> bool, mut take: impl FnMut(&Table)) -> Result<()> {
        let wanted: Vec<usize> = {
            let columns = self.reader.metadata().file_metadata().schema_descr().columns().iter().enumerate();
            columns.filter(|(_, column)| asked(&column.path().string())).map(|(i, _)| i).collect()
        };
        let (full, filled) = sync_channel::<Result<Table>>(AHEAD);
        let (empty, used) = channel::<Table>();
        let wanted = &wanted;
        thread::scope(|scope| {
            scope.spawn(move || {
                if let Err(error) = self.unpack(rows.max(1), wanted, &full, &used) {
                    // Nobody listens any more where the other side has failed.
                    let _ = full.send(Err(error));
                }
            });
            for part in filled {
                let part = part?;
                take(&part);
                // The last parts come back to nobody.
                let _ = empty.send(part);
            }
            Ok(())
        })
    }

    fn unpack(
        &self,
        rows: usize,
        wanted: &[usize],
        full: &SyncSender<Result<Table>>,
        used: &Receiver<Table>,
    ) -> Result<()> {
        let schema = self.reader.metadata().file_metadata().schema_descr().root_schema_ptr();
        for group in 0..self.reader.num_row_groups() {
            let group = self.reader.get_row_group(group)?;
            let mut left = usize::try_from(group.metadata().num_rows()).unwrap_or(0);
            let mut columns: Vec<ColumnReader> =
                wanted.iter().map(|&i| group.get_column_reader(i)).collect::<Result<_>>()?;
            while left > 0 {
                let mut part = match used.try_recv() {
                    Ok(part) => part,
                    Err(_) => Table::of(schema.clone(), self.leaves(wanted)?),
                };
                part.rows = left.min(rows);
                left -= part.rows;
                let count = part.rows;
                for (leaf, column) in part.leaves().iter_mut().zip(&mut columns) {
                    leaf.clear();
                    leaf.take(column, count)?;
                }
                if full.send(Ok(part)).is_err() {
                    return Err(ParquetError::General("the parts are taken no longer".to_owned()));
                }
            }
        }
        Ok(())
    }

    fn leaves(&self, wanted: &[usize]) -> Result<Vec<Leaf>> {
        let all = empty(&self.reader)?.into_iter().enumerate();
        Ok(all.filter(|(i, _)| wanted.contains(i)).map(|(_, leaf)| leaf).collect())
    }
}
