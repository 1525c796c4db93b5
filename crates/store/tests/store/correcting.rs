use crate::made::*;
use legation_record::EventType;
use legation_store::{Adding, Decision, Error, Filter, Item, Record};

fn meeting(publisher: &str, text: &str) -> Item {
    let report = Report::of(EventType::Consult, Some("2024-08-19"), &["RUS", "AZE"], &[]);
    with(article(publisher, "2024-08-20", text), &report)
}

/// Two reports that are merged and one that is not.
fn made(folder: &Folder) -> (Record, Vec<Item>) {
    let record = folder.record("r");
    let items = vec![
        meeting("A", "The presidents of RUS and AZE met in Baku on Monday to discuss gas transit."),
        meeting("B", "Presidents of AZE and RUS met in Baku on Monday and discussed the transit of gas."),
        // The same two at another time.
        with(
            article("C", "2024-08-20", "Talks on other things entirely: envoys of RUS with AZE met, nobody knows why."),
            &Report::of(EventType::Consult, Some("2024-08-09"), &["RUS", "AZE"], &[]),
        ),
    ];
    add(&record, &items);
    (record, items)
}

/// Identifiers of the occurrences with their numbers of reports, the most reported first.
fn occurrences(record: &Record) -> Vec<(String, i64)> {
    let mut found = Vec::new();
    let filter = Filter { order: legation_store::Order::Reports, ..Filter::default() };
    let done = record.events::<Error>(&filter, |f| {
        found.push((f.event.id, f.reports));
        Ok(())
    });
    done.expect("the record answers");
    found
}

fn decide(record: &Record, decision: &Decision) {
    record.correct(decision, "Ada", "I read both", &stamp()).expect("the decision is written");
    assert_eq!(record.verify().expect("it can be checked").damage, []);
}

fn counts(record: &Record) -> Vec<i64> {
    occurrences(record).into_iter().map(|(_, n)| n).collect()
}

#[test]
fn a_person_puts_together_and_takes_apart_and_can_undo_it() {
    let folder = Folder::new("together");
    let (record, _) = made(&folder);
    let ids: Vec<String> = occurrences(&record).into_iter().map(|(id, _)| id).collect();
    assert_eq!(counts(&record), [2, 1]);
    decide(&record, &Decision::Merge(ids.clone()));
    assert_eq!(counts(&record), [3]);
    decide(&record, &Decision::Undo(1));
    assert_eq!(counts(&record), [2, 1]);
    let merged = record.show(&ids[0], None).expect("it is there");
    let second = merged.members[1].report.id.clone();
    decide(&record, &Decision::Split(ids[0].clone(), vec![second]));
    assert_eq!(counts(&record), [1, 1, 1]);
    decide(&record, &Decision::Undo(3));
    assert_eq!(counts(&record), [2, 1]);
    let all = record.corrections(None).expect("the record answers");
    let actions: Vec<(&str, bool)> = all.iter().map(|c| (c.action.as_str(), c.undone.is_some())).collect();
    assert_eq!(actions, [("merge", true), ("undo", false), ("split", true), ("undo", false)]);
    // What it said in between can still be asked.
    let mut then = Vec::new();
    let done = record.events::<Error>(&Filter { as_of: Some(2), ..Filter::default() }, |f| {
        then.push(f.reports);
        Ok(())
    });
    done.expect("the record answers");
    assert_eq!(then, [3]);
}

#[test]
fn a_person_recodes_and_rejects_and_the_machine_does_not_overrule() {
    let folder = Folder::new("recodes");
    let (record, mut items) = made(&folder);
    let ids: Vec<String> = occurrences(&record).into_iter().map(|(id, _)| id).collect();
    let fields = serde_json::json!({"event_type": "AGREE", "status": "future"});
    let serde_json::Value::Object(fields) = fields else { unreachable!() };
    decide(&record, &Decision::Recode(ids[1].clone(), fields));
    decide(&record, &Decision::Reject(ids[0].clone()));
    let check = |record: &Record| {
        let found = occurrences(record);
        assert_eq!(found.len(), 1, "{found:?}");
        let shown = record.show(&found[0].0, None).expect("it is there");
        assert_eq!(shown.occurrence.event.event_type, EventType::Agree);
        assert_eq!(shown.occurrence.event.status.name(), "future");
        assert_eq!(shown.occurrence.event.coder, "Ada");
        assert_eq!(shown.occurrence.event.evidence.trigger.text, "met");
        assert_eq!(shown.corrections[0].reason, "I read both");
    };
    check(&record);
    // Adding again, and coding anew with another version of the coder, leaves decisions as they are.
    add(&record, &items);
    check(&record);
    for item in &mut items {
        for event in &mut item.events {
            event.coder = "test+2".to_owned();
        }
    }
    let how = Adding { recode: true, ..Adding::default() };
    // Three of the machine, and the one that a person has decided.
    assert_eq!(record.add(&items, how, &stamp()).expect("written").reports, 4);
    check(&record);
    assert_eq!(record.verify().expect("it can be checked").damage, []);
    decide(&record, &Decision::Undo(1));
    decide(&record, &Decision::Undo(2));
    assert_eq!(counts(&record), [2, 1]);
    assert!(
        occurrences(&record)
            .iter()
            .all(|(id, _)| { record.show(id, None).expect("it is there").occurrence.event.coder == "test+2" })
    );
}

#[test]
fn a_new_report_joins_what_a_person_put_together() {
    let folder = Folder::new("joins");
    let (record, _) = made(&folder);
    let ids: Vec<String> = occurrences(&record).into_iter().map(|(id, _)| id).collect();
    decide(&record, &Decision::Merge(ids));
    add(
        &record,
        &[meeting("D", "The presidents of RUS and AZE met in Baku on Monday to discuss gas transit, we hear.")],
    );
    assert_eq!(counts(&record), [4]);
    assert_eq!(record.verify().expect("it can be checked").damage, []);
}

#[test]
fn decisions_need_a_name_a_reason_and_an_event() {
    let folder = Folder::new("needs");
    let (record, _) = made(&folder);
    let id = occurrences(&record)[0].0.clone();
    let refused = |decision: Decision, person: &str, reason: &str| {
        let before = (told(&record), record.last_batch().expect("a number"));
        let error = record.correct(&decision, person, reason, &stamp()).expect_err("it is refused");
        assert!(matches!(error, Error::Asked(_)), "{error:?}");
        assert_eq!((told(&record), record.last_batch().expect("a number")), before);
    };
    refused(Decision::Reject(id.clone()), "", "because");
    refused(Decision::Reject(id.clone()), "Ada", " ");
    refused(Decision::Reject("0123456789abcdef".into()), "Ada", "because");
    refused(Decision::Reject("no identifier".into()), "Ada", "because");
    refused(Decision::Merge(vec![id.clone()]), "Ada", "because");
    refused(Decision::Undo(7), "Ada", "because");
    for (name, value) in [("id", "x"), ("evidence", "x"), ("event_type", "LUNCH"), ("nothing", "x")] {
        let fields = [(name.to_owned(), serde_json::json!(value))].into_iter().collect();
        refused(Decision::Recode(id.clone(), fields), "Ada", "because");
    }
}
