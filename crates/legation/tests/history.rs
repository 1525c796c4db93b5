//! A record read into memory says what the record says.

use legation::store::{Adding, Filter, Record};
use legation::{Legation, Options, Recorder, text};

#[test]
fn a_history_tells_of_each_occurrence_what_the_record_tells() {
    let folder = std::env::temp_dir().join(format!("legation-history-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let path = folder.join("record.sqlite");
    let _ = std::fs::remove_file(&path);
    let record = Record::create(&path).expect("a record");
    record.state("title", "Examples").expect("stated");
    let legation = Legation::new(&Options::default()).expect("the program is whole");
    let mut recorder = Recorder::new(&record, Adding::default(), 100);
    let examples = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples");
    let mut documents = 0;
    for reading in text::read_paths(&[examples.into()], &text::Options::default()) {
        if let text::Reading::Document(document, remarks) = reading {
            documents += 1;
            recorder.take(legation.code(&document), remarks).expect("written");
        }
    }
    recorder.write().expect("written");

    let history = legation::history(Some(&path)).expect("read");
    assert_eq!(history.about().title.as_deref(), Some("Examples"));
    assert_eq!(history.about().documents, documents);
    let figures = record.figures().expect("figures");
    assert_eq!(i64::from(history.about().reports), figures.reports);
    let mut seen = 0;
    record
        .events(&Filter::default(), |found| {
            seen += 1;
            let id = u64::from_str_radix(&found.occurrence, 16).expect("a number");
            let told = history.with_id(id).expect("every occurrence is there");
            let event = &found.event;
            assert_eq!(told.event_type(), event.event_type);
            assert_eq!(told.status(), event.status);
            assert_eq!(told.modes(), event.event_mode.join("; "));
            assert_eq!(told.cameo(), event.cameo_code);
            assert_eq!(told.trigger(), event.evidence.trigger.text);
            assert_eq!(told.sentence().unwrap_or_default(), event.evidence.text);
            assert_eq!(told.place().map(|p| p.name), event.place.as_ref().map(|p| p.name.as_str()));
            assert_eq!(told.occasion(), event.occasion.as_ref().map(|o| o.text.as_str()));
            assert_eq!(told.title(), event.document.title.as_deref());
            assert_eq!(i64::from(told.reports()), found.reports);
            assert_eq!(told.confidence(), event.confidence);
            let names =
                |actor| -> Vec<&str> { told.participants().filter(|p| p.actor == actor).map(|p| p.name).collect() };
            assert_eq!(names(true), event.actors.iter().map(|p| p.name.as_str()).collect::<Vec<_>>());
            assert_eq!(names(false), event.recipients.iter().map(|p| p.name.as_str()).collect::<Vec<_>>());
            assert_eq!(told.sentence_number(), Some(event.evidence.sentence));
            let words: Vec<&str> = told.participants().map(|p| p.words).collect();
            let own = event.actors.iter().chain(&event.recipients).map(|p| p.text.as_str());
            assert_eq!(words, own.collect::<Vec<_>>());
            let codes: Vec<Option<&str>> = told.participants().map(|p| p.code).collect();
            let own = event.actors.iter().chain(&event.recipients).map(|p| p.code.as_deref());
            assert_eq!(codes, own.collect::<Vec<_>>());
            if let (Some(when), Some(date)) = (told.when(), event.date.as_ref()) {
                assert_eq!(when.precision, date.precision);
                assert_eq!(when.first.to_string().get(..date.value.len()), Some(date.value.as_str()));
            }
            Ok::<(), legation::store::Error>(())
        })
        .expect("asked");
    assert_eq!(history.len(), seen);
    assert!(seen > 40, "the examples tell more than {seen}");
    std::fs::remove_dir_all(&folder).expect("removed");
}
