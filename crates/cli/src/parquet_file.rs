//! Parquet: the events with the nesting of the JSON Lines contract, Snappy-compressed; what a record gives, with zstd.

use legation::columns::{Packing, ParquetFile};
use legation::record::Event;
use std::io::{self, Write};

const SCHEMA: &str = include_str!("schema.txt");

/// Begins a file of events.
pub fn of_events<W: Write + Send>(out: W) -> io::Result<ParquetFile<W>> {
    ParquetFile::new(out, SCHEMA, Packing::Quick)
}

/// Begins a file of events as a record knows them: with the fields in `more`, in the language of Parquet schemas.
pub fn of_record<W: Write + Send>(out: W, more: &str) -> io::Result<ParquetFile<W>> {
    let schema = SCHEMA.trim_end().trim_end_matches('}');
    ParquetFile::new(out, &format!("{schema}{more}}}"), Packing::Usual)
}

/// Begins a file of flat rows with these fields.
pub fn flat<W: Write + Send>(out: W, fields: &str) -> io::Result<ParquetFile<W>> {
    ParquetFile::new(out, &format!("message table {{ {fields} }}"), Packing::Usual)
}

/// Adds an event.
pub fn event<W: Write + Send>(file: &mut ParquetFile<W>, event: &Event) -> io::Result<()> {
    file.row(&serde_json::to_value(event)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;
    use legation::columns::Table;
    use serde_json::Value;

    #[test]
    fn events_are_read_back_as_they_were() {
        let mut plain = sample::visit();
        plain.actors.push(plain.recipients[0].clone());
        plain.actors[0].sectors.push("MIL".to_owned());
        let mut bare = sample::visit();
        bare.actors.clear();
        bare.date = None;
        bare.place = None;
        bare.attribution = None;
        let mut out = Vec::new();
        let mut file = of_events(&mut out).expect("the schema is well-formed");
        event(&mut file, &plain).expect("a vector takes all");
        event(&mut file, &bare).expect("a vector takes all");
        file.finish().expect("a vector takes all");
        let table = Table::read(out.into()).expect("what was written");
        let read: Vec<Event> = table
            .objects()
            .map(|row| serde_json::from_value(row).expect("an event has the fields of the schema"))
            .collect();
        assert_eq!(read, [plain, bare]);
    }

    #[test]
    fn the_schema_knows_every_field_of_an_event() {
        let mut out = Vec::new();
        let mut file = of_events(&mut out).expect("the schema is well-formed");
        event(&mut file, &sample::visit()).expect("a vector takes all");
        file.finish().expect("a vector takes all");
        let row = Table::read(out.into()).expect("what was written").objects().next().expect("a row");
        let names = |value: &Value| value.as_object().expect("an object").keys().cloned().collect::<Vec<_>>();
        assert_eq!(names(&row), names(&serde_json::to_value(sample::visit()).expect("events are plain data")));
    }
}
