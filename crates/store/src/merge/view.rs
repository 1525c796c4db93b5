//! What the merging looks at in a report.

use crate::dates;
use crate::words;
use jiff::civil::Date;
use legation_gazetteer::{is_personal, usual_name};
use rusqlite::{Connection, Result};
use std::collections::BTreeSet;

/// A participant: code (0 where unresolved) and name in lower case, with how rare they are in the news.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Side {
    pub code: i64,
    pub name: String,
    pub rank: Rank,
    /// How rare the name of the state or organisation is, and how rare the participant's own: the binary logarithm of one in
    /// how many news items has the rarest word of it.
    pub rarity: (i64, i64),
    /// By its name one person,
    pub person: bool,
    /// and what the person does is told; it may else be a place.
    pub role: bool,
}

/// What a participant is to the state or organisation whose code it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Rank {
    /// The state or organisation itself, or whoever acts for it without a name.
    Whole,
    /// A person the gazetteer knows.
    Person,
    /// Anybody else.
    Other,
}

/// A report as the merging sees it.
#[derive(Clone, Debug)]
pub(crate) struct View {
    pub row: i64,
    pub report_id: i64,
    pub document: Option<i64>,
    pub document_key: i64,
    pub published: Option<i64>,
    pub publisher: Option<i64>,
    /// Key of the source: of the document, or of the lowest among its near-copies.
    pub source: i64,
    pub event_type: i64,
    pub modes: String,
    pub date: Option<i64>,
    /// First and last day the words of the date allow.
    pub range: Option<(i64, i64)>,
    /// The text tells no time, and news writing implies the day of publication or shortly before.
    pub implied: bool,
    pub place: Option<Spot>,
    pub status: i64,
    pub ordinal: Option<i64>,
    /// Nothing for an imported event.
    pub words: Option<Vec<u32>>,
    pub sentence: Option<i64>,
    pub trigger: i64,
    pub cameo: String,
    pub score: f64,
    pub confidence: f64,
    /// Dead, injured, arrested, crowd.
    pub sizes: [Option<i64>; 4],
    pub actors: Vec<Side>,
    pub recipients: Vec<Side>,
}

/// A place as the merging sees it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Spot {
    pub id: i64,
    pub name: String,
    pub country: Option<String>,
    pub region: Option<String>,
    /// 0 country, 1 region, 2 city
    pub fineness: u8,
}

/// A name as what reports are looked for by: a number below 0.
pub(super) fn key(name: &str) -> i64 {
    -((words::hash(name.as_bytes()) >> 8) as i64) - 1
}

impl View {
    /// Reads a report.
    pub fn load(db: &Connection, row: i64) -> Result<Self> {
        let mut query = db.prepare_cached(
            "SELECT r.report_id, r.document, d.key, d.published, d.publisher, s.source, r.event_type, m.names, r.date,
                    p.id, p.name, p.country, p.precision, r.status, r.ordinal, r.words, r.sentence,
                    ifnull(r.trigger_start - r.sentence_start, 0), r.cameo_code, r.score, r.confidence,
                    r.dead, r.injured, r.arrested, r.crowd, r.date_earliest, r.date_latest, r.date_implied, p.region
             FROM reports r LEFT JOIN documents d ON d.id = r.document LEFT JOIN sources s ON s.document = r.document
                  LEFT JOIN modes m ON m.id = r.mode LEFT JOIN places p ON p.id = r.place
             WHERE r.id = ?",
        )?;
        let mut view = query.query_row([row], |r| {
            let key: i64 = r.get::<_, Option<i64>>(2)?.unwrap_or_default();
            let place = match r.get::<_, Option<i64>>(9)? {
                Some(id) => Some(Spot {
                    id,
                    name: r.get::<_, String>(10)?.to_lowercase(),
                    country: r.get(11)?,
                    region: r.get::<_, Option<String>>(28)?.map(|region| region.to_lowercase()),
                    fineness: match r.get_ref(12)?.as_str()? {
                        "country" => 0,
                        "region" => 1,
                        _ => 2,
                    },
                }),
                None => None,
            };
            let words: Option<Vec<u8>> = r.get(15)?;
            Ok(Self {
                row,
                report_id: r.get(0)?,
                document: r.get(1)?,
                document_key: key,
                published: r.get(3)?,
                publisher: r.get(4)?,
                source: r.get::<_, Option<i64>>(5)?.unwrap_or(key),
                event_type: r.get(6)?,
                modes: r.get::<_, Option<String>>(7)?.unwrap_or_default(),
                date: r.get(8)?,
                range: r.get::<_, Option<i64>>(25)?.zip(r.get(26)?),
                implied: r.get::<_, Option<i64>>(27)?.is_some(),
                place,
                status: r.get(13)?,
                ordinal: r.get(14)?,
                words: words.map(|bytes| words::unpack(&bytes)),
                sentence: r.get(16)?,
                trigger: r.get(17)?,
                cameo: r.get(18)?,
                score: r.get(19)?,
                confidence: r.get(20)?,
                sizes: [r.get(21)?, r.get(22)?, r.get(23)?, r.get(24)?],
                actors: Vec::new(),
                recipients: Vec::new(),
            })
        })?;
        if view.words.is_none() {
            // Imported events are compared as they are.
            let mut query = db.prepare_cached(
                "SELECT rp.role, ifnull(e.code, 0), e.name FROM report_participants rp JOIN entities e ON e.id = rp.entity
                 WHERE rp.report = ? ORDER BY rp.role, rp.position",
            )?;
            let mut rows = query.query([row])?;
            while let Some(r) = rows.next()? {
                let name = r.get_ref(2)?.as_str()?.to_lowercase();
                let side =
                    Side { code: r.get(1)?, name, rank: Rank::Other, rarity: (0, 0), person: false, role: false };
                if r.get::<_, i64>(0)? == 0 { view.actors.push(side) } else { view.recipients.push(side) }
            }
            return Ok(view);
        }
        let mut query = db.prepare_cached(
            "SELECT rp.role, ifnull(e.code, 0), e.name, c.code, e.wikidata IS NOT NULL, rp.sector IS NOT NULL
             FROM report_participants rp JOIN entities e ON e.id = rp.entity LEFT JOIN codes c ON c.id = e.code
             WHERE rp.report = ? ORDER BY rp.role, rp.position",
        )?;
        let mut rows = query.query([row])?;
        while let Some(r) = rows.next()? {
            let (name, code) = (r.get_ref(2)?.as_str()?, r.get_ref(3)?.as_str_or_null()?);
            let whole = code.and_then(usual_name) == Some(name);
            let rank = match (whole, code, r.get(4)?) {
                (true, _, _) => Rank::Whole,
                (false, Some(_), true) => Rank::Person,
                _ => Rank::Other,
            };
            let of_code = code.map_or(0, |code| words::rarity(usual_name(code).unwrap_or(code)));
            let side = Side {
                code: r.get(1)?,
                name: name.to_lowercase(),
                rank,
                rarity: (of_code, words::rarity(name)),
                person: !whole && is_personal(name),
                role: r.get(5)?,
            };
            if r.get::<_, i64>(0)? == 0 { view.actors.push(side) } else { view.recipients.push(side) }
        }
        Ok(view)
    }

    /// The place in the order that everything deterministic goes by; it does not depend on the order of adding.
    pub fn rank(&self) -> (i64, i64, i64, i64) {
        (self.published.unwrap_or(99_999_999), self.document_key, self.sentence.unwrap_or_default(), self.report_id)
    }

    /// Whether all participants are actors of one act.
    pub fn is_mutual(&self) -> bool {
        self.recipients.is_empty() && self.actors.len() > 1
    }

    /// Ordered pairs of codes, actor before recipient, 0 for nobody; for a mutual act both orders.
    pub fn ties(&self) -> BTreeSet<(i64, i64)> {
        // A list of hundreds (a vote) ties nobody to anybody in particular.
        const MOST: usize = 40;
        let codes = |sides: &[Side]| -> Vec<i64> {
            let codes: BTreeSet<i64> = sides.iter().map(|s| s.code).collect();
            if codes.is_empty() { vec![0] } else { codes.into_iter().take(MOST).collect() }
        };
        let actors = codes(&self.actors);
        let recipients = if self.is_mutual() { actors.clone() } else { codes(&self.recipients) };
        let alone = actors.len() == 1;
        let pairs = actors.iter().flat_map(|a| recipients.iter().map(move |b| (*a, *b)));
        pairs.filter(|(a, b)| !self.is_mutual() || a != b || alone).collect()
    }

    /// First and last day on which it can have happened, as far as that is known.
    pub fn days(&self) -> Option<(Date, Date)> {
        match (self.date, self.range) {
            (Some(date), range) => {
                let (first, last) = dates::range(date)?;
                let within = |d: &Date| first <= *d && *d <= last;
                let range = range.and_then(|(a, b)| Some((dates::day(a)?, dates::day(b)?)));
                // Of a range of days the date is the beginning.
                Some(range.filter(|(a, b)| a <= b && within(a)).unwrap_or((first, last)))
            }
            // What is reported as news without a date happened shortly before.
            (None, _) => {
                let published = dates::day(self.published?)?;
                Some((dates::shift(published, if self.implied { -2 } else { -7 }), published))
            }
        }
    }

    /// The day near which it is looked for: its own, else that of publication, YYYYMMDD.
    pub fn around(&self) -> Option<i64> {
        self.date.filter(|d| d % 100 > 0).or(self.published).or(self.date)
    }

    /// What it is looked for by: the codes of its participants, the names of those that have none, the town; each as a number.
    pub fn keys(&self) -> BTreeSet<i64> {
        let sides = self.actors.iter().chain(&self.recipients);
        let name = |name: &str| key(name);
        let coded = sides.clone().map(|s| if s.code != 0 { s.code } else { name(&s.name) });
        // Whose state a person is of may be known in one text alone.
        let named = coded.chain(sides.filter(|s| s.person).map(|s| name(&s.name)));
        let town = self.place.iter().filter(|p| p.fineness > 0).map(|p| name(&p.name));
        named.chain(town).collect()
    }

    /// The day, where the text tells it.
    pub fn day(&self) -> Option<Date> {
        self.date.filter(|d| d % 100 > 0).and_then(dates::day)
    }

    /// What happened, what is to come, what may be and what did not happen are never the same.
    pub fn class(&self) -> i64 {
        if self.status == 2 { 1 } else { self.status }
    }
}
