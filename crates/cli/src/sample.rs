//! An event made by hand for the tests of the renderers.

use legation::record::*;

pub const TEXT: &str = "Aliyev visited Moscow on 22 April, where he met Putin.";

/// A historical visit with every field filled.
pub fn visit() -> Event {
    let participant = |name: &str, code: &str, sectors: &[&str], text: &str| {
        let start = TEXT.find(text).unwrap_or(0) as u32;
        Participant {
            name: name.to_owned(),
            code: Some(code.to_owned()),
            sectors: sectors.iter().map(|s| (*s).to_owned()).collect(),
            wikidata: None,
            text: text.to_owned(),
            start,
            end: start + text.len() as u32,
            antecedent: (text == "Moscow").then(|| Antecedent {
                text: text.to_owned(),
                start,
                end: start + text.len() as u32,
                reason: "a test".to_owned(),
            }),
        }
    };
    Event {
        id: "e1".to_owned(),
        document: DocumentRef { id: "d1".to_owned(), title: Some("=cmd()".to_owned()), ..DocumentRef::default() },
        event_type: EventType::Consult,
        event_mode: vec!["visit".to_owned()],
        contexts: Vec::new(),
        about: None,
        cameo_code: "042".to_owned(),
        quad_class: QuadClass::VerbalCooperation,
        score: 2.8,
        actors: vec![participant("Ilham Aliyev", "AZE", &["GOV"], "Aliyev")],
        recipients: vec![participant("Russia", "RUS", &[], "Moscow")],
        date: Some(EventDate { value: "2024-04-22".to_owned(), precision: Precision::Day, ..EventDate::default() }),
        place: Some(Place {
            name: "Moscow".to_owned(),
            country: Some("RUS".to_owned()),
            lat: Some(55.75),
            lon: Some(37.62),
            geonameid: None,
            precision: "city".to_owned(),
            ..Place::default()
        }),
        occasion: None,
        size: None,
        status: Status::Historical,
        attribution: Some(Attribution { speaker: "the Kremlin".to_owned(), ..Attribution::default() }),
        confidence: 0.87,
        evidence: Evidence {
            sentence: 0,
            text: TEXT.to_owned(),
            start: 0,
            end: TEXT.len() as u32,
            trigger: Quote { text: "visited".to_owned(), start: 7, end: 14 },
        },
        rule: "consult/visits/1".to_owned(),
        coder: "0.1.0+abc".to_owned(),
    }
}
