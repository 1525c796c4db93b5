//! The small tables of names, read whole.

use super::ToldPlace;
use crate::error::Result;
use crate::record::Record;
use std::collections::BTreeMap;

/// The small tables of names, each by its number, from 1.
pub(super) struct Tables {
    pub modes: Vec<String>,
    pub contexts: Vec<String>,
    pub sectors: Vec<String>,
    pub publishers: Vec<String>,
    pub addresses: Vec<String>,
    pub codes: Vec<String>,
    pub entities: Vec<(String, u32, String)>,
    pub speakers: Vec<(String, Option<String>)>,
    pub places: Vec<ToldPlace>,
    /// By report: words that name the act and the occasion, where the text is not kept.
    pub kept: BTreeMap<i64, [String; 2]>,
}

impl Tables {
    pub fn read(record: &Record) -> Result<Self> {
        let names = |column: &str, table: &str| {
            numbered(record, &format!("SELECT id, {column} FROM {table} ORDER BY id"), |r| r.get(1))
        };
        let blank = |text: Option<String>| text.unwrap_or_default();
        Ok(Self {
            modes: names("names", "modes")?,
            contexts: names("names", "contexts")?,
            sectors: names("names", "sectors")?,
            publishers: names("name", "publishers")?,
            addresses: names("url", "addresses")?,
            codes: names("code", "codes")?,
            entities: numbered(record, "SELECT id, name, ifnull(code, 0), wikidata FROM entities ORDER BY id", |r| {
                Ok((r.get(1)?, r.get(2)?, blank(r.get(3)?)))
            })?,
            speakers: numbered(record, "SELECT id, name, code FROM speakers ORDER BY id", |r| {
                Ok((r.get(1)?, r.get(2)?))
            })?,
            places: numbered(
                record,
                "SELECT id, name, country, region, precision, lat, lon, geonameid FROM places ORDER BY id",
                |r| {
                    let (lat, lon): (Option<f64>, Option<f64>) = (r.get(5)?, r.get(6)?);
                    Ok(ToldPlace {
                        name: r.get(1)?,
                        country: blank(r.get(2)?),
                        region: blank(r.get(3)?),
                        precision: r.get(4)?,
                        position: lat.zip(lon),
                        geonameid: r.get(7)?,
                    })
                },
            )?,
            kept: kept(record)?,
        })
    }

    pub fn get(names: &[String], number: u32) -> &str {
        (number as usize).checked_sub(1).and_then(|i| names.get(i)).map_or("", String::as_str)
    }

    /// Name, code and Wikidata item.
    pub fn entity(&self, number: u32) -> (&str, &str, &str) {
        let found = (number as usize).checked_sub(1).and_then(|i| self.entities.get(i));
        found.map_or(("", "", ""), |(name, code, item)| (name.as_str(), Self::get(&self.codes, *code), item.as_str()))
    }
}

fn kept(record: &Record) -> Result<BTreeMap<i64, [String; 2]>> {
    let mut query = record.db.prepare(
        "SELECT d.report, ifnull(t.name, ''), ifnull(o.name, '') FROM report_details d
           LEFT JOIN phrases t ON t.id = d.trigger_words LEFT JOIN phrases o ON o.id = d.occasion_words
         WHERE d.trigger_words IS NOT NULL OR d.occasion_words IS NOT NULL",
    )?;
    Ok(query.query_map((), |r| Ok((r.get(0)?, [r.get(1)?, r.get(2)?])))?.collect::<rusqlite::Result<_>>()?)
}

/// The rows of a table by their numbers.
fn numbered<T: Default>(
    record: &Record,
    sql: &str,
    read: impl Fn(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
) -> Result<Vec<T>> {
    let mut query = record.db.prepare(sql)?;
    let mut rows = query.query(())?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let number: usize = row.get(0)?;
        while found.len() + 1 < number {
            found.push(T::default());
        }
        found.push(read(row)?);
    }
    Ok(found)
}
