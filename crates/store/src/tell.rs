//! The present record, told row by row: what is read into memory to be analysed.

use crate::error::Result;
use crate::record::Record;
use crate::schema::STATUSES;
use legation_record::{EventType, Status};
use rusqlite::types::ValueRef;
use std::collections::BTreeMap;

/// A present occurrence: participants, type and status of its best report, date and place of all of them. Dates are
/// YYYYMMDD with 00 for what is unknown; lists are joined by "; "; text that is not there is empty.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct ToldOccurrence<'a> {
    /// Identifier of the occurrence.
    pub id: i64,
    /// Key of the best report's document, 0 where there is none.
    pub document: i64,
    pub date: Option<i64>,
    /// Whether the best report tells no time and publication implies it.
    pub implied: bool,
    /// First and last day the words of the best report allow, where its date is that of the occurrence.
    pub earliest: Option<i64>,
    pub latest: Option<i64>,
    pub first_published: Option<i64>,
    pub last_published: Option<i64>,
    pub event_type: EventType,
    pub modes: &'a str,
    pub contexts: &'a str,
    pub about: Option<EventType>,
    pub cameo: &'a str,
    pub score: f64,
    pub status: Status,
    pub confidence: f64,
    pub actors: &'a [ToldPart<'a>],
    pub recipients: &'a [ToldPart<'a>],
    pub place: Option<&'a ToldPlace>,
    pub occasion: &'a str,
    /// Dead, injured, arrested, crowd.
    pub size: [Option<i64>; 4],
    /// Name and code.
    pub speaker: Option<(&'a str, Option<&'a str>)>,
    pub ordinal: Option<i64>,
    pub trigger: &'a str,
    /// Number of the sentence in its document, from 0.
    pub sentence_number: Option<u32>,
    pub sentence: &'a str,
    pub title: &'a str,
    pub publisher: &'a str,
    pub url: &'a str,
    pub reports: i64,
    pub sources: i64,
    pub publishers: i64,
}

/// An actor or recipient.
#[derive(Clone, Copy, Debug, Default)]
#[allow(missing_docs)]
pub struct ToldPart<'a> {
    pub name: &'a str,
    pub code: &'a str,
    pub sectors: &'a str,
    pub wikidata: &'a str,
    /// The words of the text that name it.
    pub words: &'a str,
}

/// A place.
#[derive(Clone, Debug, Default)]
#[allow(missing_docs)]
pub struct ToldPlace {
    pub name: String,
    pub country: String,
    pub region: String,
    pub precision: String,
    pub position: Option<(f64, f64)>,
    pub geonameid: Option<i64>,
}

/// A present document with the codes of the participants of each of its present reports.
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs)]
pub struct ToldDocument<'a> {
    pub published: Option<i64>,
    pub publisher: &'a str,
    pub reports: &'a [Vec<&'a str>],
}

/// One who listens.
pub trait Listener {
    /// Takes a document; all of them come, also those in which nothing was coded.
    fn document(&mut self, document: &ToldDocument<'_>);
    /// Takes an occurrence.
    fn occurrence(&mut self, occurrence: &ToldOccurrence<'_>);
    /// Takes the number of reports that belong to no document.
    fn loose_reports(&mut self, number: u32);
    /// Takes the number of documents of a month (YYYYMM; 0 where unknown) that told of nothing and are known by number alone.
    fn silent(&mut self, month: i64, documents: u32);
}

/// What is kept of a present report until its document comes by.
struct Report {
    row: i64,
    document: i64,
    /// Where it is the best of an occurrence: index of both, one more.
    best: u32,
}

/// What is kept of the best report of an occurrence.
#[derive(Default)]
struct Best {
    occurrence: u32,
    event_type: u8,
    about: u8,
    status: u8,
    implied: bool,
    modes: u32,
    contexts: u32,
    speaker: u32,
    ordinal: Option<i64>,
    sentence: Option<u32>,
    score: f64,
    confidence: f64,
    date: Option<i64>,
    earliest: Option<i64>,
    latest: Option<i64>,
    size: [Option<i64>; 4],
    cameo: [u8; 4],
    /// Sentence, trigger, occasion: first byte and one past the last.
    spans: [(u32, u32); 3],
}

struct Occurrence {
    first: i64,
    date: Option<i64>,
    place: u32,
    first_published: Option<i64>,
    last_published: Option<i64>,
    reports: i64,
    sources: i64,
    publishers: i64,
}

impl Record {
    /// Tells every present document and occurrence, in the order of the file. A few queries do it, however many rows there
    /// are.
    pub fn tell(&self, listener: &mut impl Listener) -> Result<()> {
        // Every page is read once: a large cache would only cost the time to fill it.
        let was: i64 = self.db.pragma_query_value(None, "cache_size", |r| r.get(0))?;
        self.db.pragma_update(None, "cache_size", -2048)?;
        let told = self.tell_all(listener);
        self.db.pragma_update(None, "cache_size", was)?;
        told
    }

    fn tell_all(&self, listener: &mut impl Listener) -> Result<()> {
        let names = Tables::read(self)?;
        let (occurrences, best) = self.occurrences()?;
        let (ids, reports, bests) = self.present_reports(&best)?;
        let parts = self.parts(&reports)?;
        let id = |row: i64| usize::try_from(row).ok().and_then(|i| ids.get(i)).copied().unwrap_or_default();
        let mut order: Vec<u32> = (0..reports.len() as u32).collect();
        order.sort_by_key(|i| reports[*i as usize].document);
        let mut rest = order.as_slice();
        let tell = |listener: &mut dyn FnMut(&ToldOccurrence<'_>), i: usize, about: Document<'_>| {
            let Some(report) = (reports[i].best as usize).checked_sub(1).map(|i| &bests[i]) else { return };
            let occurrence = &occurrences[report.occurrence as usize];
            let mut actors = Vec::new();
            let mut recipients = Vec::new();
            for part in parts.of(i) {
                let (name, code, wikidata) = names.entity(part.entity);
                let sectors = Tables::get(&names.sectors, part.sectors);
                let words = about.text.get(part.words.0 as usize..part.words.1 as usize).unwrap_or_default();
                let told = ToldPart { name, code, wikidata, sectors, words };
                if part.actor { actors.push(told) } else { recipients.push(told) }
            }
            let kept = names.kept.get(&reports[i].row);
            let span = |i: usize| {
                let (start, end) = report.spans[i];
                let words = about.text.get(start as usize..end as usize).unwrap_or_default();
                // Where the text is not kept, the words that name act and occasion may be.
                let kept = || i.checked_sub(1).and_then(|i| kept?.get(i)).map_or("", String::as_str);
                if words.is_empty() { kept() } else { words }
            };
            // A date of another report has no words here.
            let own = report.date == occurrence.date;
            let place = (occurrence.place as usize).checked_sub(1).and_then(|i| names.places.get(i));
            listener(&ToldOccurrence {
                id: id(occurrence.first),
                document: about.key,
                date: occurrence.date,
                implied: report.implied,
                earliest: report.earliest.filter(|_| own),
                latest: report.latest.filter(|_| own),
                first_published: occurrence.first_published,
                last_published: occurrence.last_published,
                event_type: of_number(report.event_type).unwrap_or(EventType::Consult),
                modes: Tables::get(&names.modes, report.modes),
                contexts: Tables::get(&names.contexts, report.contexts),
                about: of_number(report.about),
                cameo: std::str::from_utf8(&report.cameo).unwrap_or_default().trim_end_matches('\0'),
                score: report.score,
                status: STATUSES[usize::from(report.status).saturating_sub(1).min(4)],
                confidence: report.confidence,
                actors: &actors,
                recipients: &recipients,
                place,
                occasion: span(2),
                size: report.size,
                speaker: (report.speaker as usize)
                    .checked_sub(1)
                    .and_then(|i| names.speakers.get(i))
                    .map(|(name, code)| (name.as_str(), code.as_deref())),
                ordinal: report.ordinal,
                trigger: span(1),
                sentence_number: report.sentence,
                sentence: span(0),
                title: about.title,
                publisher: about.publisher,
                url: about.url,
                reports: occurrence.reports,
                sources: occurrence.sources,
                publishers: occurrence.publishers,
            });
        };
        // Imported events without a document come first in this order: theirs is 0.
        let loose = rest.partition_point(|i| reports[*i as usize].document == 0);
        listener.loose_reports(loose as u32);
        for i in &rest[..loose] {
            tell(&mut |o| listener.occurrence(o), *i as usize, Document::default());
        }
        rest = &rest[loose..];
        let mut query = self.db.prepare("SELECT ifnull(month, 0), documents FROM silent")?;
        let mut rows = query.query(())?;
        while let Some(row) = rows.next()? {
            listener.silent(row.get(0)?, row.get(1)?);
        }
        let mut query = self.db.prepare(
            "SELECT id, key, publisher, published, address, title, text FROM documents WHERE superseded IS NULL ORDER BY id",
        )?;
        let mut rows = query.query(())?;
        let mut codes: Vec<Vec<&str>> = Vec::new();
        while let Some(row) = rows.next()? {
            let number: i64 = row.get(0)?;
            let here = rest.iter().take_while(|i| reports[**i as usize].document <= number).count();
            let (own, later) = rest.split_at(here);
            rest = later;
            codes.truncate(own.len());
            codes.iter_mut().for_each(Vec::clear);
            codes.resize(own.len(), Vec::new());
            for (i, codes) in own.iter().zip(&mut codes) {
                codes.extend(parts.of(*i as usize).iter().map(|part| names.entity(part.entity).1));
            }
            let publisher = Tables::get(&names.publishers, row.get::<_, Option<u32>>(2)?.unwrap_or(0));
            listener.document(&ToldDocument { published: row.get(3)?, publisher, reports: &codes });
            let about = Document {
                key: row.get(1)?,
                publisher,
                url: Tables::get(&names.addresses, row.get::<_, Option<u32>>(4)?.unwrap_or(0)),
                title: text(row.get_ref(5)?),
                text: text(row.get_ref(6)?),
            };
            for i in own.iter().filter(|i| reports[**i as usize].document == number) {
                tell(&mut |o| listener.occurrence(o), *i as usize, about);
            }
        }
        Ok(())
    }

    /// The present occurrences, and for the row of each best report the number of its occurrence, one more.
    fn occurrences(&self) -> Result<(Vec<Occurrence>, Vec<u32>)> {
        let last: usize = self.db.query_row("SELECT ifnull(max(id), 0) FROM reports", (), |r| r.get(0))?;
        let mut best = vec![0_u32; last + 1];
        let mut query = self.db.prepare(
            "SELECT first, best, date, place, first_published, last_published, reports, sources, publishers
             FROM occurrences WHERE superseded IS NULL ORDER BY id",
        )?;
        let mut rows = query.query(())?;
        let mut occurrences = Vec::new();
        while let Some(row) = rows.next()? {
            occurrences.push(Occurrence {
                first: row.get(0)?,
                date: row.get(2)?,
                place: row.get::<_, Option<u32>>(3)?.unwrap_or(0),
                first_published: row.get(4)?,
                last_published: row.get(5)?,
                reports: row.get(6)?,
                sources: row.get(7)?,
                publishers: row.get(8)?,
            });
            if let Some(of) = best.get_mut(row.get::<_, usize>(1)?) {
                *of = occurrences.len() as u32;
            }
        }
        Ok((occurrences, best))
    }

    /// The identifiers of all reports by row, and the present reports.
    fn present_reports(&self, best: &[u32]) -> Result<(Vec<i64>, Vec<Report>, Vec<Best>)> {
        let mut query = self.db.prepare(
            "SELECT id, report_id, document, superseded, event_type, about, status, date_implied, mode, context, speaker, ordinal,
               score, confidence, date, date_earliest, date_latest, dead, injured, arrested, crowd, cameo_code,
               sentence_start, sentence_end, trigger_start, trigger_end, occasion_start, occasion_end,
               sentence
             FROM reports ORDER BY id",
        )?;
        let mut rows = query.query(())?;
        let mut ids = vec![0_i64; best.len()];
        let mut reports = Vec::with_capacity(best.len());
        let mut bests = Vec::with_capacity(best.iter().filter(|of| **of > 0).count());
        while let Some(row) = rows.next()? {
            let number: usize = row.get(0)?;
            if let Some(id) = ids.get_mut(number) {
                *id = row.get(1)?;
            }
            if row.get_ref(3)? != ValueRef::Null {
                continue;
            }
            let document = row.get::<_, Option<i64>>(2)?.unwrap_or(0);
            let mut own = Report { row: number as i64, document, best: 0 };
            if let Some(occurrence) = best.get(number).and_then(|of| of.checked_sub(1)) {
                let mut report = Best { occurrence, ..Best::default() };
                let small = |i: usize| Ok::<u32, rusqlite::Error>(row.get::<_, Option<u32>>(i)?.unwrap_or(0));
                report.event_type = row.get(4)?;
                report.about = row.get::<_, Option<u8>>(5)?.unwrap_or(0);
                report.status = row.get(6)?;
                report.implied = row.get_ref(7)? != ValueRef::Null;
                (report.modes, report.contexts, report.speaker) = (small(8)?, small(9)?, small(10)?);
                report.ordinal = row.get(11)?;
                (report.score, report.confidence) = (row.get(12)?, row.get(13)?);
                (report.date, report.earliest, report.latest) = (row.get(14)?, row.get(15)?, row.get(16)?);
                for (i, size) in report.size.iter_mut().enumerate() {
                    *size = row.get(17 + i)?;
                }
                for (to, from) in report.cameo.iter_mut().zip(text(row.get_ref(21)?).bytes()) {
                    *to = from;
                }
                for (i, span) in report.spans.iter_mut().enumerate() {
                    *span = (small(22 + 2 * i)?, small(23 + 2 * i)?);
                }
                report.sentence = row.get(28)?;
                bests.push(report);
                own.best = bests.len() as u32;
            }
            reports.push(own);
        }
        Ok((ids, reports, bests))
    }

    /// The participants of the present reports.
    fn parts(&self, reports: &[Report]) -> Result<Parts> {
        let mut query = self
            .db
            .prepare("SELECT report, role, entity, sector, start, \"end\" FROM report_participants ORDER BY report, role, position")?;
        let mut rows = query.query(())?;
        let mut parts = Parts { starts: Vec::with_capacity(reports.len() + 1), parts: Vec::new() };
        let mut waiting = reports.iter();
        let mut at = waiting.next();
        parts.starts.push(0);
        while let Some(row) = rows.next()? {
            let report: i64 = row.get(0)?;
            while let Some(current) = at.filter(|r| r.row < report) {
                debug_assert!(current.row < report);
                parts.starts.push(parts.parts.len() as u32);
                at = waiting.next();
            }
            if at.is_some_and(|current| current.row == report) {
                parts.parts.push(Part {
                    actor: row.get::<_, i64>(1)? == 0,
                    entity: row.get(2)?,
                    sectors: row.get::<_, Option<u32>>(3)?.unwrap_or(0),
                    words: (row.get::<_, Option<u32>>(4)?.unwrap_or(0), row.get::<_, Option<u32>>(5)?.unwrap_or(0)),
                });
            }
        }
        parts.starts.resize(reports.len() + 1, parts.parts.len() as u32);
        Ok(parts)
    }
}

#[derive(Clone, Copy, Default)]
struct Document<'a> {
    key: i64,
    publisher: &'a str,
    url: &'a str,
    title: &'a str,
    text: &'a str,
}

struct Part {
    actor: bool,
    entity: u32,
    sectors: u32,
    words: (u32, u32),
}

/// Participants by report.
struct Parts {
    starts: Vec<u32>,
    parts: Vec<Part>,
}

impl Parts {
    fn of(&self, report: usize) -> &[Part] {
        &self.parts[self.starts[report] as usize..self.starts[report + 1] as usize]
    }
}

/// The small tables of names, each by its number, from 1.
struct Tables {
    modes: Vec<String>,
    contexts: Vec<String>,
    sectors: Vec<String>,
    publishers: Vec<String>,
    addresses: Vec<String>,
    codes: Vec<String>,
    entities: Vec<(String, u32, String)>,
    speakers: Vec<(String, Option<String>)>,
    places: Vec<ToldPlace>,
    /// By report: words that name the act and the occasion, where the text is not kept.
    kept: BTreeMap<i64, [String; 2]>,
}

impl Tables {
    fn read(record: &Record) -> Result<Self> {
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

    fn get(names: &[String], number: u32) -> &str {
        (number as usize).checked_sub(1).and_then(|i| names.get(i)).map_or("", String::as_str)
    }

    /// Name, code and Wikidata item.
    fn entity(&self, number: u32) -> (&str, &str, &str) {
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

fn of_number(number: u8) -> Option<EventType> {
    usize::from(number).checked_sub(1).and_then(|i| EventType::ALL.get(i).copied())
}

fn text(value: ValueRef<'_>) -> &str {
    value.as_str_or_null().ok().flatten().unwrap_or_default()
}
