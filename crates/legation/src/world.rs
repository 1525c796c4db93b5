//! The record of the world that comes with the program, and histories read from such files.

use crate::facts::{AboutFacts, FactError};
use bytes::Bytes;
use legation_analysis::{About, Builder, Day, DocumentRow, History, Month, PartRow, PlaceRow, Row, When};
use legation_columns::{Reading, Scan, Table};
use legation_record::{EventType, Status};
use std::borrow::Cow;

/// What the world's record is called where a file would be named.
pub const WORLD: &str = "the world of 2002-2024 that comes with legation";

/// The record of the world, 2002-2024, that comes with the program: a file as [`crate::export_facts`] writes it. What it is
/// made from, its licence and what it covers stand in its metadata and in `world/README.md`.
pub fn world() -> &'static [u8] {
    include_bytes!("../../../world/world-2002-2024.parquet")
}

/// The history of the world as it comes with the program.
pub fn world_history() -> Result<History, FactError> {
    history_of_facts(Bytes::from_static(world()), WORLD)
}

/// Reads a file of facts into memory; `place` says what it is.
pub fn history_of_facts(file: Bytes, place: &str) -> Result<History, FactError> {
    let broken = |e: &dyn std::fmt::Display| FactError::File(e.to_string());
    let scan = Scan::of(file).map_err(|e| broken(&e))?;
    let stated = AboutFacts::of(scan.facts()).ok_or_else(|| FactError::File(format!("{place}: these are no facts")))?;
    let about = About {
        place: place.to_owned(),
        title: stated.title,
        licence: stated.licence,
        attribution: stated.attribution,
        ..About::default()
    };
    let mut builder = Builder::new(about);
    for (number, read) in stated.months {
        let silent = u32::try_from(read.documents - read.telling).unwrap_or(0);
        builder.silent_documents(month(number), silent);
    }
    // The reports of a document follow one another, also from one part of the file to the next.
    let mut open: Option<Document<'static>> = None;
    let mut whole = true;
    scan.each(ROWS, is_asked, |part| {
        let Some(mut columns) = Columns::of(part) else {
            whole = false;
            return;
        };
        let mut document: Option<Document<'_>> = open.take();
        for _ in 0..part.rows {
            let (key, published, publisher, codes) = columns.row(&mut builder);
            let Some(key) = key else {
                builder.reports_without_document(1);
                continue;
            };
            match &mut document {
                Some(same) if same.key == key => same.reports.push(codes),
                _ => {
                    let fresh =
                        Document { key: key.into(), published, publisher: publisher.into(), reports: vec![codes] };
                    document.replace(fresh).iter().for_each(|d| d.tell(&mut builder));
                }
            }
        }
        open = document.map(Document::kept);
    })
    .map_err(|e| broken(&e))?;
    if !whole {
        return Err(FactError::File(format!("{place}: a column is missing")));
    }
    open.iter().for_each(|d| d.tell(&mut builder));
    Ok(builder.finish())
}

/// Rows that are unpacked at a time: enough that a part costs little beside its rows, few enough to stay in the processor's cache.
const ROWS: usize = 2048;

/// A month from YYYYMM; `None` where it is unknown.
pub(crate) fn month(number: i64) -> Option<Month> {
    let (year, month) = (i32::try_from(number / 100).ok()?, i32::try_from(number % 100).ok()?);
    (number > 0).then(|| Month::of(year, month))
}

struct Document<'a> {
    key: Cow<'a, str>,
    published: Option<Day>,
    publisher: Cow<'a, str>,
    reports: Vec<Vec<Cow<'a, str>>>,
}

impl Document<'_> {
    fn tell(&self, builder: &mut Builder) {
        let reports: Vec<Vec<&str>> = self.reports.iter().map(|codes| codes.iter().map(|c| &**c).collect()).collect();
        let (published, publisher) = (self.published, &*self.publisher);
        builder.document(&DocumentRow { published, publisher, reports: &reports });
    }

    /// The same, of words of its own.
    fn kept(self) -> Document<'static> {
        let own = |word: Cow<'_, str>| Cow::Owned(word.into_owned());
        Document {
            key: own(self.key),
            published: self.published,
            publisher: own(self.publisher),
            reports: self.reports.into_iter().map(|codes| codes.into_iter().map(own).collect()).collect(),
        }
    }
}

/// A side's columns.
struct Side<'a> {
    name: Reading<'a>,
    code: Reading<'a>,
    sectors: Reading<'a>,
    wikidata: Reading<'a>,
}

/// A place's columns.
struct Place<'a> {
    name: Reading<'a>,
    country: Reading<'a>,
    region: Reading<'a>,
    precision: Reading<'a>,
    lat: Reading<'a>,
    lon: Reading<'a>,
    geonameid: Reading<'a>,
}

/// The columns of a file of facts, row by row.
struct Columns<'a> {
    words: [Reading<'a>; WORDS.len()],
    wholes: [Reading<'a>; WHOLES.len()],
    score: Reading<'a>,
    confidence: Reading<'a>,
    modes: Reading<'a>,
    contexts: Reading<'a>,
    sides: [Side<'a>; 2],
    places: [Place<'a>; 2],
}

const WORDS: [&str; 21] = [
    "occurrence",
    "document_key",
    "document.title",
    "document.publisher",
    "document.published",
    "document.url",
    "event_type",
    "about",
    "cameo_code",
    "status",
    "date.value",
    "date.precision",
    "date.earliest",
    "date.latest",
    "together.first_published",
    "together.last_published",
    "together.date",
    "occasion.text",
    "attribution.speaker",
    "attribution.code",
    "evidence.trigger.text",
];

const WHOLES: [&str; 10] = [
    "best",
    "size.dead",
    "size.injured",
    "size.arrested",
    "size.crowd",
    "ordinal",
    "together.reports",
    "together.sources",
    "together.publishers",
    "evidence.sentence",
];

/// Whether a column is one of those that are read.
fn is_asked(path: &str) -> bool {
    let part = |list: &str| path.strip_prefix(list).and_then(|rest| rest.strip_prefix(".list.element."));
    let field = |group: &str| path.strip_prefix(group).and_then(|rest| rest.strip_prefix('.'));
    WORDS.contains(&path)
        || WHOLES.contains(&path)
        || matches!(path, "score" | "confidence" | "event_mode.list.element" | "contexts.list.element")
        || ["actors", "recipients"].into_iter().any(|list| part(list).is_some())
        || ["place", "together.place"].into_iter().any(|group| field(group).is_some_and(|f| !f.starts_with("also")))
}

impl<'a> Columns<'a> {
    fn of(table: &'a Table) -> Option<Self> {
        let reading = |path: &str| table.column(path).map(Reading::new);
        let all = |paths: &[&str]| paths.iter().map(|p| reading(p)).collect::<Option<Vec<_>>>();
        let side = |list: &str| {
            let of = |field: &str| reading(&format!("{list}.list.element.{field}"));
            Some(Side {
                name: of("name")?,
                code: of("code")?,
                sectors: of("sectors.list.element")?,
                wikidata: of("wikidata")?,
            })
        };
        let place = |group: &str| {
            let of = |field: &str| reading(&format!("{group}.{field}"));
            Some(Place {
                name: of("name")?,
                country: of("country")?,
                region: of("region")?,
                precision: of("precision")?,
                lat: of("lat")?,
                lon: of("lon")?,
                geonameid: of("geonameid")?,
            })
        };
        Some(Self {
            words: all(&WORDS)?.try_into().ok()?,
            wholes: all(&WHOLES)?.try_into().ok()?,
            score: reading("score")?,
            confidence: reading("confidence")?,
            modes: reading("event_mode.list.element")?,
            contexts: reading("contexts.list.element")?,
            sides: [side("actors")?, side("recipients")?],
            places: [place("place")?, place("together.place")?],
        })
    }

    /// Reads a row, and tells the builder the occurrence whose best report it is. What it says of its document: key, day,
    /// publisher, and the codes of its participants.
    fn row(&mut self, builder: &mut Builder) -> (Option<&'a str>, Option<Day>, &'a str, Vec<Cow<'a, str>>) {
        let mut words = [""; WORDS.len()];
        words.iter_mut().zip(&mut self.words).for_each(|(word, column)| *word = column.word().unwrap_or_default());
        let [
            occurrence,
            key,
            title,
            publisher,
            published,
            url,
            event_type,
            about,
            cameo,
            status,
            date,
            precision,
            earliest,
            latest,
            first_published,
            last_published,
            better,
            occasion,
            speaker,
            speaker_code,
            trigger,
        ] = words;
        let mut wholes = [None; WHOLES.len()];
        wholes.iter_mut().zip(&mut self.wholes).for_each(|(number, column)| *number = column.whole());
        let [best, dead, injured, arrested, crowd, ordinal, reports, sources, publishers, sentence] = wholes;
        let (score, confidence) = (self.score.number(), self.confidence.number());
        let (modes, contexts) = (list(&mut self.modes, 1), list(&mut self.contexts, 1));
        let sides = self.sides.each_mut().map(parts);
        let [own_place, better_place] = self.places.each_mut().map(spot);
        let codes = sides.iter().flatten().map(|part| Cow::Borrowed(part.code)).collect();
        if best == Some(1) {
            let first_published = packed(first_published).and_then(Day::of_packed);
            let when = match (packed(better), precision) {
                (Some(date), _) => When::of_packed(date, None, None),
                (None, "publication") => first_published.map(When::published),
                _ => packed(date).and_then(|date| When::of_packed(date, packed(earliest), packed(latest))),
            };
            let [actors, recipients] =
                sides.each_ref().map(|side| side.iter().map(Part::row).collect::<Vec<PartRow<'_>>>());
            let small = |number: Option<i64>| number.and_then(|n| u32::try_from(n).ok());
            let hex = |word: &str| u64::from_str_radix(word, 16).unwrap_or_default();
            builder.occurrence(&Row {
                id: hex(occurrence),
                document: hex(key),
                when,
                first_published,
                last_published: packed(last_published).and_then(Day::of_packed),
                event_type: event_type.parse().unwrap_or(EventType::Consult),
                modes: &modes,
                contexts: &contexts,
                about: about.parse().ok(),
                cameo,
                score: score.unwrap_or_default() as f32,
                status: status_of(status),
                confidence: confidence.unwrap_or_default() as f32,
                actors: &actors,
                recipients: &recipients,
                place: better_place.or(own_place),
                occasion,
                size: [dead, injured, arrested, crowd].map(small),
                speaker: (!speaker.is_empty()).then_some((speaker, Some(speaker_code).filter(|c| !c.is_empty()))),
                ordinal: ordinal.and_then(|n| u16::try_from(n).ok()),
                trigger,
                sentence_number: small(sentence),
                sentence: "",
                title,
                publisher,
                url,
                reports: small(reports).unwrap_or(1),
                sources: small(sources).unwrap_or(1),
                publishers: small(publishers).unwrap_or(0),
            });
        }
        let published = packed(published).and_then(Day::of_packed);
        (Some(key).filter(|key| !key.is_empty()), published, publisher, codes)
    }
}

struct Part<'a> {
    name: &'a str,
    code: &'a str,
    sectors: Cow<'a, str>,
    wikidata: &'a str,
}

impl Part<'_> {
    fn row(&self) -> PartRow<'_> {
        PartRow { name: self.name, code: self.code, sectors: &self.sectors, wikidata: self.wikidata, words: "" }
    }
}

fn parts<'a>(side: &mut Side<'a>) -> Vec<Part<'a>> {
    let mut parts = Vec::new();
    loop {
        let (name, code, wikidata) = (side.name.word(), side.code.word(), side.wikidata.word());
        let sectors = list(&mut side.sectors, 2);
        if let Some(name) = name {
            let (code, wikidata) = (code.unwrap_or_default(), wikidata.unwrap_or_default());
            parts.push(Part { name, code, sectors, wikidata });
        }
        if side.name.goes_on() == 0 {
            return parts;
        }
    }
}

/// The words of a list at this depth, joined as the record joins them.
fn list<'a>(column: &mut Reading<'a>, depth: i16) -> Cow<'a, str> {
    let mut words = Cow::Borrowed(column.word().unwrap_or_default());
    while column.goes_on() == depth {
        let next = column.word().unwrap_or_default();
        words = Cow::Owned(format!("{words}; {next}"));
    }
    words
}

fn spot<'a>(place: &mut Place<'a>) -> Option<PlaceRow<'a>> {
    let (name, country, region) = (place.name.word(), place.country.word(), place.region.word());
    let (precision, lat, lon) = (place.precision.word(), place.lat.number(), place.lon.number());
    let geonameid = place.geonameid.whole();
    Some(PlaceRow {
        name: name?,
        country: country.unwrap_or_default(),
        region: region.unwrap_or_default(),
        precision: precision.unwrap_or_default(),
        position: lat.zip(lon),
        geonameid: geonameid.and_then(|n| u64::try_from(n).ok()),
    })
}

/// An ISO date, cut to its precision, as YYYYMMDD with 00 for what is unknown.
fn packed(date: &str) -> Option<i64> {
    let digits =
        date.bytes().filter(u8::is_ascii_digit).fold((0_i64, 0), |(n, k), b| (n * 10 + i64::from(b - b'0'), k + 1));
    match digits {
        (n, 8) => Some(n),
        (n, 6) => Some(n * 100),
        (n, 4) => Some(n * 10_000),
        _ => None,
    }
}

fn status_of(name: &str) -> Status {
    [Status::Historical, Status::Future, Status::Hypothetical, Status::Negated]
        .into_iter()
        .find(|s| s.name() == name)
        .unwrap_or(Status::Actual)
}
