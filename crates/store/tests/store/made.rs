//! Documents and events made by hand.

use legation_record::*;
use legation_store::{Adding, Item, Record, Stamp};
use sha2::{Digest, Sha256};
use std::path::PathBuf;

/// A folder that is removed at the end of the test.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("legation-store-{}-{name}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).expect("a folder for the test");
        Self(path)
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    pub fn record(&self, name: &str) -> Record {
        Record::create(&self.file(name)).expect("a new record")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

pub fn stamp() -> Stamp {
    Stamp { written: "2024-08-20T12:00:00Z".to_owned(), program: "test".to_owned() }
}

pub fn add(record: &Record, items: &[Item]) -> legation_store::Written {
    record.add(items, Adding::default(), &stamp()).expect("the batch is written")
}

/// An article of a publisher and a day.
pub fn article(publisher: &str, published: &str, text: &str) -> Item {
    let hash: String = Sha256::digest(text).iter().map(|b| format!("{b:02x}")).collect();
    let document = Document {
        id: hash.clone(),
        text: text.to_owned(),
        title: Some("A headline".to_owned()),
        publisher: Some(publisher.to_owned()),
        published: published.parse().ok(),
        url: Some(format!("https://example.org/{publisher}/{published}")),
        language: Some("en".to_owned()),
        hash,
        origin: format!("news/{publisher}.jsonl:7"),
        ..Document::default()
    };
    Item { document, sentences: 1, ..Item::default() }
}

impl Report {
    pub fn of(event_type: EventType, date: Option<&str>, actors: &[&str], recipients: &[&str]) -> Self {
        Self {
            event_type,
            date: date.map(str::to_owned),
            actors: actors.iter().map(|s| (*s).to_owned()).collect(),
            recipients: recipients.iter().map(|s| (*s).to_owned()).collect(),
            ..Self::default()
        }
    }
}

/// What a report says; the rest is filled in. Participants are codes, the trigger a word of the text.
#[derive(Clone)]
pub struct Report {
    pub event_type: EventType,
    pub mode: Option<&'static str>,
    pub date: Option<String>,
    pub actors: Vec<String>,
    pub recipients: Vec<String>,
    pub place: Option<&'static str>,
    pub status: Status,
    pub trigger: &'static str,
}

impl Default for Report {
    fn default() -> Self {
        Self {
            event_type: EventType::Consult,
            mode: None,
            date: None,
            actors: Vec::new(),
            recipients: Vec::new(),
            place: None,
            status: Status::Actual,
            trigger: "met",
        }
    }
}

/// The item with one more event, in the first sentence that has the trigger.
pub fn with(mut item: Item, report: &Report) -> Item {
    let text = &item.document.text;
    let at = text.find(report.trigger).unwrap_or(0);
    let start = text[..at].rfind(". ").map_or(0, |i| i + 2);
    let end = text[at..].find(". ").map_or(text.len(), |i| at + i + 1);
    let side = |code: &String| {
        let at = text.find(code.as_str()).unwrap_or(start);
        let words = text.get(at..at + code.len()).unwrap_or_default();
        Participant {
            name: format!("State of {code}"),
            code: Some(code.clone()),
            sectors: vec!["GOV".to_owned()],
            wikidata: Some("Q1".to_owned()),
            text: words.to_owned(),
            start: at as u32,
            end: (at + words.len()) as u32,
            antecedent: (!words.is_empty()).then(|| Antecedent {
                text: words.to_owned(),
                start: at as u32,
                end: (at + words.len()) as u32,
                reason: "the same words".to_owned(),
            }),
        }
    };
    let precision = |value: &str| match value.len() {
        10 => Precision::Day,
        7 => Precision::Month,
        _ => Precision::Year,
    };
    // The words of date, place and occasion: any will do.
    let words = Quote {
        text: text[at..at + report.trigger.len()].to_owned(),
        start: at as u32,
        end: (at + report.trigger.len()) as u32,
    };
    let date = report.date.as_deref().map(|value| EventDate {
        value: value.to_owned(),
        precision: precision(value),
        earliest: Some("2024-04-01".to_owned()),
        latest: Some("2024-04-30".to_owned()),
        text: words.text.clone(),
        start: words.start,
        end: words.end,
    });
    let event = Event {
        id: format!("{at}-{:?}-{}", report.event_type, report.actors.join("+")),
        document: DocumentRef {
            id: item.document.id.clone(),
            title: item.document.title.clone(),
            publisher: item.document.publisher.clone(),
            published: item.document.published.map(|d| d.to_string()),
            url: item.document.url.clone(),
        },
        event_type: report.event_type,
        event_mode: report.mode.iter().map(|m| (*m).to_owned()).collect(),
        contexts: vec!["diplomatic".to_owned(), "economic".to_owned()],
        about: None,
        cameo_code: "040".to_owned(),
        quad_class: report.event_type.quad_class(),
        score: 2.8,
        actors: report.actors.iter().map(side).collect(),
        recipients: report.recipients.iter().map(side).collect(),
        date,
        place: report.place.map(|name| Place {
            name: name.to_owned(),
            country: None,
            lat: Some(40.25),
            lon: None,
            geonameid: Some(587084),
            precision: "city".to_owned(),
            region: Some("Baku City".to_owned()),
            also: vec!["Baki".to_owned(), "Bakou".to_owned()],
            text: words.text.clone(),
            start: words.start,
            end: words.end,
        }),
        occasion: Some(words.clone()),
        size: Some(Size { dead: Some(2), ..Size::default() }),
        status: report.status,
        attribution: Some(Attribution {
            speaker: "the ministry".to_owned(),
            code: None,
            text: text[at..at + report.trigger.len()].to_owned(),
            start: at as u32,
            end: (at + report.trigger.len()) as u32,
            ..Attribution::default()
        }),
        confidence: 0.87,
        evidence: Evidence {
            sentence: text[..start].matches(". ").count() as u32,
            text: text[start..end].to_owned(),
            start: start as u32,
            end: end as u32,
            trigger: Quote {
                text: report.trigger.to_owned(),
                start: at as u32,
                end: (at + report.trigger.len()) as u32,
            },
        },
        rule: "consult/meets/1".to_owned(),
        coder: "test+1".to_owned(),
    };
    item.events.push(event);
    item
}

/// All that the record says is present, in one text, without the numbers of rows.
pub fn told(record: &Record) -> String {
    let mut out = Vec::new();
    record
        .events::<legation_store::Error>(&legation_store::Filter::default(), |found| {
            let shown = record.show(&found.event.id, None)?;
            let mut members: Vec<String> = shown.members.iter().map(|m| m.report.id.clone()).collect();
            members.sort();
            out.push(format!("{found:?} {members:?}"));
            Ok(())
        })
        .expect("the record answers");
    out.sort();
    out.join("\n")
}

/// Small pseudo-random numbers, the same in every run.
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % n.max(1)
    }

    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for i in (1..list.len()).rev() {
            list.swap(i, self.below(i + 1));
        }
    }
}
