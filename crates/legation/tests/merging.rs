//! Articles of different publishers about the same happenings and about others that look like them
//! (`eval/merging-stories.jsonl`, written for this test): what is one occurrence, and what is not.

use legation::record::Document;
use legation::store::{Adding, Error, Filter, Record};
use legation::{Legation, Options, Recorder};
use std::collections::{BTreeMap, BTreeSet};

struct Story {
    name: String,
    event_type: String,
}

#[test]
fn one_happening_in_several_papers_is_one_occurrence_and_look_alikes_are_not() {
    let folder = std::env::temp_dir().join(format!("legation-merging-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let path = folder.join("record.sqlite");
    let _ = std::fs::remove_file(&path);
    let record = Record::create(&path).expect("a record");
    let legation = Legation::new(&Options::default()).expect("the program is whole");
    let mut recorder = Recorder::new(&record, Adding::default(), 20);
    let mut stories: BTreeMap<String, Story> = BTreeMap::new();
    let lines = include_str!("../../../eval/merging-stories.jsonl");
    for line in lines.lines() {
        let row: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let cell = |name: &str| row[name].as_str().expect("words").to_owned();
        stories.insert(cell("id"), Story { name: cell("story"), event_type: cell("type") });
        let document = Document {
            id: cell("id"),
            text: cell("text"),
            publisher: Some(cell("publisher")),
            published: Some(cell("published").parse().expect("a date")),
            language: Some("en".to_owned()),
            hash: format!("{:0>64}", stories.len()),
            origin: cell("id"),
            ..Document::default()
        };
        recorder.take(legation.code(&document), Vec::new()).expect("written");
    }
    recorder.write().expect("written");
    // The occurrences that the article tells of, of the type that its story is of.
    let mut told: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let asked = record.events::<Error>(&Filter { reports: true, ..Filter::default() }, |found| {
        let id = found.event.document.id.clone();
        if stories.get(&id).is_some_and(|s| s.event_type == found.event.event_type.name()) {
            told.entry(id).or_default().insert(found.occurrence);
        }
        Ok(())
    });
    asked.expect("the record answers");
    let (mut right, mut missed, mut wrong) = (0, Vec::new(), Vec::new());
    for (a, x) in &told {
        for (b, y) in told.range(a.clone()..).skip(1) {
            let (one, other) = (&stories[a], &stories[b]);
            match (one.name == other.name && one.event_type == other.event_type, x.is_disjoint(y)) {
                (true, false) => right += 1,
                (true, true) => missed.push((a, b)),
                (false, false) => wrong.push((a, b)),
                (false, true) => {}
            }
        }
    }
    println!("{right} of {} pairs found; missed {missed:?}; wrong {wrong:?}", right + missed.len());
    assert_eq!(wrong, []);
    assert!(right >= 45 && right * 10 >= 9 * (right + missed.len()), "too few of them are found");
    std::fs::remove_dir_all(&folder).expect("removed");
}
