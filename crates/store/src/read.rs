//! Events as they come out of the record: what went in, byte for byte.

use crate::add::MAGNITUDES;
use crate::dates;
use crate::schema::STATUSES;
use legation_record::{
    Antecedent, Attribution, Count, DocumentRef, Event, EventDate, EventType, Evidence, Magnitude, Participant, Place,
    Precision, Quote, Side, Size,
};
use rusqlite::{Connection, Result, Row};
use std::collections::BTreeMap;

/// A report's row as an event.
pub(crate) fn event(db: &Connection, row: i64) -> Result<Event> {
    events(db, &[row])?.remove(&row).map(|(event, _)| event).ok_or(rusqlite::Error::QueryReturnedNoRows)
}

/// The events of some rows, by row, each with the text of its document. Few queries for many rows.
pub(crate) fn events(db: &Connection, rows: &[i64]) -> Result<BTreeMap<i64, (Event, Option<String>)>> {
    let list = format!("{rows:?}");
    let mut query = db.prepare_cached(
        "SELECT r.report_id, coalesce(d.document_id, lower(hex(d.hash))), d.title, pb.name, d.published, a.url,
           r.event_type, m.names, x.names, r.about, r.cameo_code, r.score, r.date, p.name, p.country, p.lat, p.lon,
           p.geonameid, p.precision, r.dead, r.injured, r.arrested, r.crowd, r.status, sp.name, sp.code,
           r.speaker_start, r.speaker_end, r.confidence, r.sentence, r.sentence_start, r.sentence_end, r.trigger_start,
           r.trigger_end, ru.name, c.name, d.text, p.region, p.also, r.place_start, r.place_end, r.date_implied,
           r.date_earliest, r.date_latest, r.date_start, r.date_end, r.occasion_start, r.occasion_end,
           de.party, w.name, oc.name, r.id
         FROM reports r LEFT JOIN documents d ON d.id = r.document LEFT JOIN publishers pb ON pb.id = d.publisher
           LEFT JOIN addresses a ON a.id = d.address LEFT JOIN modes m ON m.id = r.mode
           LEFT JOIN contexts x ON x.id = r.context LEFT JOIN places p ON p.id = r.place
           LEFT JOIN speakers sp ON sp.id = r.speaker LEFT JOIN rules ru ON ru.id = r.rule JOIN coders c ON c.id = r.coder
           LEFT JOIN report_details de ON de.report = r.id LEFT JOIN phrases w ON w.id = de.trigger_words
           LEFT JOIN phrases oc ON oc.id = de.occasion_words
         WHERE r.id IN (SELECT value FROM json_each(?))",
    )?;
    let mut found: BTreeMap<i64, (Event, Option<String>)> = BTreeMap::new();
    let mut rows = query.query([&list])?;
    while let Some(r) = rows.next()? {
        let text: Option<String> = r.get(36)?;
        found.insert(r.get(51)?, (read(r, text.as_deref())?, text));
    }
    let mut query = db.prepare_cached(
        "SELECT rp.role, e.name, c.code, s.names, e.wikidata, rp.start, rp.\"end\",
           ra.start, ra.\"end\", re.name, rp.report
         FROM report_participants rp JOIN entities e ON e.id = rp.entity LEFT JOIN codes c ON c.id = e.code
           LEFT JOIN sectors s ON s.id = rp.sector
           LEFT JOIN report_antecedents ra
             ON ra.report = rp.report AND ra.role = rp.role AND ra.position = rp.position
           LEFT JOIN reasons re ON re.id = ra.reason WHERE rp.report IN (SELECT value FROM json_each(?)) ORDER BY rp.report, rp.role, rp.position",
    )?;
    let mut rows = query.query([&list])?;
    while let Some(r) = rows.next()? {
        let Some((event, text)) = found.get_mut(&r.get(10)?) else { continue };
        let (start, end) = (r.get::<_, Option<u32>>(5)?.unwrap_or(0), r.get::<_, Option<u32>>(6)?.unwrap_or(0));
        let antecedent = match r.get::<_, Option<u32>>(7)? {
            Some(start) => {
                let end = r.get(8)?;
                Some(Antecedent { text: words(text.as_deref(), start, end), start, end, reason: r.get(9)? })
            }
            None => None,
        };
        let participant = Participant {
            name: r.get(1)?,
            code: r.get(2)?,
            sectors: self::list(r.get(3)?),
            wikidata: r.get(4)?,
            text: words(text.as_deref(), start, end),
            start,
            end,
            antecedent,
        };
        if r.get::<_, i64>(0)? == 0 { event.actors.push(participant) } else { event.recipients.push(participant) }
    }
    counts(db, &list, &mut found)?;
    Ok(found)
}

/// A place by its number, without words.
pub(crate) fn place(db: &Connection, id: i64) -> Result<Place> {
    let mut query = db.prepare_cached(
        "SELECT name, country, lat, lon, geonameid, precision, region, also FROM places WHERE id = ?",
    )?;
    query.query_row([id], |r| {
        Ok(Place {
            name: r.get(0)?,
            country: r.get(1)?,
            lat: r.get(2)?,
            lon: r.get(3)?,
            geonameid: r.get::<_, Option<i64>>(4)?.and_then(|n| u64::try_from(n).ok()),
            precision: r.get(5)?,
            region: r.get(6)?,
            also: list(r.get(7)?),
            ..Place::default()
        })
    })
}

/// Adds the numbers of people that reports give.
fn counts(db: &Connection, rows: &str, found: &mut BTreeMap<i64, (Event, Option<String>)>) -> Result<()> {
    let mut query = db.prepare_cached(
        "SELECT what, number, low, high, start, \"end\", report FROM report_counts
         WHERE report IN (SELECT value FROM json_each(?)) ORDER BY report, position",
    )?;
    let number = |n: Option<i64>| n.and_then(|n| u64::try_from(n).ok());
    let mut rows = query.query([rows])?;
    while let Some(r) = rows.next()? {
        let Some((event, text)) = found.get_mut(&r.get(6)?) else { continue };
        let (start, end) = (r.get::<_, Option<u32>>(4)?.unwrap_or(0), r.get::<_, Option<u32>>(5)?.unwrap_or(0));
        event.size.get_or_insert_default().counts.push(Count {
            of: MAGNITUDES.get(r.get::<_, usize>(0)?).copied().unwrap_or(Magnitude::Dead),
            number: number(r.get(1)?),
            low: number(r.get(2)?),
            high: number(r.get(3)?),
            text: words(text.as_deref(), start, end),
            start,
            end,
        });
    }
    Ok(())
}

/// A stable identifier as it is shown.
pub(crate) fn hex(id: i64) -> String {
    format!("{:016x}", id.cast_unsigned())
}

/// A date of publication as it is shown.
pub(crate) fn iso(date: Option<i64>) -> Option<String> {
    date.map(|d| dates::unpack(d).value)
}

fn read(r: &Row<'_>, text: Option<&str>) -> Result<Event> {
    let number = |i: usize| r.get::<_, Option<u32>>(i).map(|n| n.unwrap_or(0));
    let event_type = of_number(r.get(6)?).unwrap_or(EventType::Consult);
    let place = match r.get::<_, Option<String>>(13)? {
        Some(name) => Some(Place {
            name,
            country: r.get(14)?,
            lat: r.get(15)?,
            lon: r.get(16)?,
            geonameid: r.get::<_, Option<i64>>(17)?.and_then(|n| u64::try_from(n).ok()),
            precision: r.get(18)?,
            region: r.get(37)?,
            also: list(r.get(38)?),
            text: words(text, number(39)?, number(40)?),
            start: number(39)?,
            end: number(40)?,
        }),
        None => None,
    };
    let date = match (r.get::<_, Option<i64>>(12)?, r.get::<_, Option<i64>>(41)?) {
        (Some(date), _) => Some(dates::unpack(date)),
        (None, Some(_)) => {
            iso(r.get(4)?).map(|value| EventDate { value, precision: Precision::Publication, ..EventDate::default() })
        }
        (None, None) => None,
    };
    let date = match date {
        Some(date) => Some(EventDate {
            earliest: iso(r.get(42)?),
            latest: iso(r.get(43)?),
            text: words(text, number(44)?, number(45)?),
            start: number(44)?,
            end: number(45)?,
            ..date
        }),
        None => None,
    };
    let (margin, close) = (number(46)?, number(47)?);
    let kept: Option<String> = r.get(50)?;
    let occasion = (close > 0 || kept.is_some()).then(|| Quote {
        text: kept.unwrap_or_else(|| words(text, margin, close)),
        start: margin,
        end: close,
    });
    let count = |i: usize| r.get::<_, Option<i64>>(i).map(|n| n.and_then(|n| u64::try_from(n).ok()));
    let (dead, injured, arrested, crowd) = (count(19)?, count(20)?, count(21)?, count(22)?);
    let size = Size { dead, injured, arrested, crowd, ..Size::default() };
    let attribution = match r.get::<_, Option<String>>(24)? {
        Some(speaker) => {
            let (start, end) = (number(26)?, number(27)?);
            let text = words(text, start, end);
            let party = r.get::<_, Option<i64>>(48)?.map(|n| if n == 0 { Side::Actor } else { Side::Recipient });
            Some(Attribution { speaker, code: r.get(25)?, text, start, end, party })
        }
        None => None,
    };
    let (start, end, from, to) = (number(30)?, number(31)?, number(32)?, number(33)?);
    Ok(Event {
        id: hex(r.get(0)?),
        document: DocumentRef {
            id: r.get::<_, Option<String>>(1)?.unwrap_or_default(),
            title: r.get(2)?,
            publisher: r.get(3)?,
            published: iso(r.get(4)?),
            url: r.get(5)?,
        },
        event_type,
        event_mode: list(r.get(7)?),
        contexts: list(r.get(8)?),
        about: r.get::<_, Option<i64>>(9)?.and_then(of_number),
        cameo_code: r.get(10)?,
        quad_class: event_type.quad_class(),
        score: r.get::<_, f64>(11)? as f32,
        actors: Vec::new(),
        recipients: Vec::new(),
        date,
        place,
        occasion,
        size: (size != Size::default()).then_some(size),
        status: usize::try_from(r.get::<_, i64>(23)? - 1)
            .ok()
            .and_then(|i| STATUSES.get(i).copied())
            .unwrap_or(STATUSES[0]),
        attribution,
        confidence: r.get::<_, f64>(28)? as f32,
        evidence: Evidence {
            sentence: number(29)?,
            text: words(text, start, end),
            start,
            end,
            trigger: Quote {
                text: r.get::<_, Option<String>>(49)?.unwrap_or_else(|| words(text, from, to)),
                start: from,
                end: to,
            },
        },
        rule: r.get::<_, Option<String>>(34)?.unwrap_or_default(),
        coder: r.get(35)?,
    })
}

fn of_number(number: i64) -> Option<EventType> {
    usize::try_from(number - 1).ok().and_then(|i| EventType::ALL.get(i).copied())
}

pub(crate) fn list(names: Option<String>) -> Vec<String> {
    names.map(|names| names.split("; ").map(str::to_owned).collect()).unwrap_or_default()
}

fn words(text: Option<&str>, start: u32, end: u32) -> String {
    text.and_then(|text| text.get(start as usize..end as usize)).unwrap_or_default().to_owned()
}
