//! An event made by hand for the tests of this crate.

use legation_record::*;

/// A meeting of two states on a day.
pub(crate) fn event() -> Event {
    let side = |name: &str, code: &str| Participant {
        name: name.to_owned(),
        code: Some(code.to_owned()),
        ..Participant::default()
    };
    Event {
        id: "e1".to_owned(),
        document: DocumentRef::default(),
        event_type: EventType::Consult,
        event_mode: Vec::new(),
        contexts: Vec::new(),
        about: None,
        cameo_code: "04".to_owned(),
        quad_class: QuadClass::VerbalCooperation,
        score: 2.5,
        actors: vec![side("Russia", "RUS"), side("Azerbaijan", "AZE")],
        recipients: Vec::new(),
        date: Some(EventDate { value: "2024-08-19".to_owned(), precision: Precision::Day, ..EventDate::default() }),
        place: None,
        occasion: None,
        size: None,
        status: Status::Actual,
        attribution: None,
        confidence: 0.9,
        evidence: Evidence::default(),
        rule: "consult/meets/1".to_owned(),
        coder: "test".to_owned(),
    }
}
