//! Names to small integers, for the length of a batch.

use legation_record::{Participant, Place};
use rusqlite::{Connection, OptionalExtension, Result, ToSql};
use std::collections::BTreeMap;

/// The numbers of names, those of this batch kept in memory. Another batch begins with a new one: what a batch that
/// failed had added is not there.
pub(crate) struct Lookup<'a> {
    db: &'a Connection,
    known: BTreeMap<(&'static str, String), i64>,
}

impl<'a> Lookup<'a> {
    pub fn new(db: &'a Connection) -> Self {
        Self { db, known: BTreeMap::new() }
    }

    /// The number of a name in a table of names with one column beside the id.
    pub fn name(&mut self, table: &'static str, name: &str) -> Result<i64> {
        let column = match table {
            "modes" | "contexts" | "sectors" => "names",
            "codes" => "code",
            "origins" => "path",
            _ => "name",
        };
        self.find(table, name.to_owned(), &format!("{column} = ?1"), &format!("({column}) VALUES (?1)"), &[&name])
    }

    /// The number of a list of names, joined; nothing for an empty one.
    pub fn list(&mut self, table: &'static str, names: &[String]) -> Result<Option<i64>> {
        if names.is_empty() {
            return Ok(None);
        }
        self.name(table, &names.join("; ")).map(Some)
    }

    /// The number of an optional name.
    pub fn optional(&mut self, table: &'static str, name: Option<&str>) -> Result<Option<i64>> {
        name.map(|name| self.name(table, name)).transpose()
    }

    /// The numbers of a participant, whatever the words that name it, and of its code.
    pub fn entity(&mut self, participant: &Participant) -> Result<(i64, Option<i64>)> {
        let code = self.optional("codes", participant.code.as_deref())?;
        let (name, wikidata) = (&participant.name, participant.wikidata.as_deref());
        let entity = self.find(
            "entities",
            format!("{name}\0{}\0{}", code.unwrap_or_default(), wikidata.unwrap_or_default()),
            "name = ?1 AND ifnull(code, 0) = ifnull(?2, 0) AND ifnull(wikidata, '') = ifnull(?3, '')",
            "(name, code, wikidata) VALUES (?1, ?2, ?3)",
            &[name, &code, &wikidata],
        )?;
        Ok((entity, code))
    }

    /// The number of a speaker.
    pub fn speaker(&mut self, name: &str, code: Option<&str>) -> Result<i64> {
        self.find(
            "speakers",
            format!("{name}\0{}", code.unwrap_or_default()),
            "name = ?1 AND ifnull(code, '') = ifnull(?2, '')",
            "(name, code) VALUES (?1, ?2)",
            &[&name, &code],
        )
    }

    /// The number of a place.
    pub fn place(&mut self, place: &Place) -> Result<i64> {
        let geonameid = place.geonameid.and_then(|n| i64::try_from(n).ok());
        let also = (!place.also.is_empty()).then(|| place.also.join("; "));
        let key = (&place.name, &place.country, &place.region, geonameid, &place.precision, &also);
        self.find(
            "places",
            format!("{key:?}{:?}{:?}", place.lat, place.lon),
            "name = ?1 AND ifnull(country, '') = ifnull(?2, '') AND ifnull(geonameid, 0) = ifnull(?5, 0)
             AND ifnull(lat, 0) = ifnull(?3, 0) AND ifnull(lon, 0) = ifnull(?4, 0) AND precision = ?6
             AND ifnull(region, '') = ifnull(?7, '') AND ifnull(also, '') = ifnull(?8, '')",
            "(name, country, lat, lon, geonameid, precision, region, also) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            &[&place.name, &place.country, &place.lat, &place.lon, &geonameid, &place.precision, &place.region, &also],
        )
    }

    /// The number of an address; one that an earlier batch brought gets another.
    pub fn address(&mut self, url: &str) -> Result<i64> {
        self.find("addresses", url.to_owned(), "0 AND url = ?1", "(url) VALUES (?1)", &[&url])
    }

    fn find(
        &mut self,
        table: &'static str,
        key: String,
        condition: &str,
        values: &str,
        parameters: &[&dyn ToSql],
    ) -> Result<i64> {
        if let Some(id) = self.known.get(&(table, key.clone())) {
            return Ok(*id);
        }
        let select = format!("SELECT id FROM {table} WHERE {condition}");
        let id: Option<i64> = self.db.prepare_cached(&select)?.query_row(parameters, |r| r.get(0)).optional()?;
        let id = match id {
            Some(id) => id,
            None => self.db.prepare_cached(&format!("INSERT INTO {table} {values}"))?.insert(parameters)?,
        };
        self.known.insert((table, key), id);
        Ok(id)
    }
}
