use crate::made::*;
use legation_record::{Event, EventType, Status};
use legation_store::{Adding, Bounds, Error, Filter, Line, Who};

const TEXT: &str = "Prélude – “quoted”. RUS and AZE met in Baku on Monday. They spoke of gas.";

fn events(record: &legation_store::Record, filter: &Filter) -> Vec<Event> {
    let mut found = Vec::new();
    let done = record.events::<Error>(filter, |f| {
        found.push(f.event);
        Ok(())
    });
    done.expect("the record answers");
    found
}

fn meeting() -> legation_store::Item {
    let mut report = Report::of(EventType::Consult, Some("2024-08-19"), &["RUS", "AZE"], &[]);
    report.place = Some("Baku");
    report.mode = Some("multilateral");
    with(article("Agency", "2024-08-20", TEXT), &report)
}

#[test]
fn an_event_comes_out_as_it_went_in() {
    let folder = Folder::new("roundtrip");
    let record = folder.record("r");
    let item = meeting();
    add(&record, std::slice::from_ref(&item));
    let mut found = events(&record, &Filter { reports: true, ..Filter::default() });
    assert_eq!(found.len(), 1);
    // Only the identifier is the record's own: two documents may hold the same words.
    found[0].id.clone_from(&item.events[0].id);
    assert_eq!(found, item.events);
    let quote = &found[0].evidence.trigger;
    assert_eq!(&TEXT[quote.start as usize..quote.end as usize], quote.text);
}

#[test]
fn without_text_the_facts_stay_and_the_words_do_not() {
    let folder = Folder::new("textless");
    let record = folder.record("r");
    let item = meeting();
    record.add(&[item], Adding { without_text: true, ..Adding::default() }, &stamp()).expect("written");
    let found = events(&record, &Filter::default());
    assert_eq!(found[0].evidence.text, "");
    assert_eq!(found[0].actors[0].text, "");
    assert_eq!(found[0].actors[0].code.as_deref(), Some("RUS"));
    assert_eq!(found[0].date.as_ref().map(|d| d.value.as_str()), Some("2024-08-19"));
    assert!(record.search("gas", 5).expect("an answer").is_empty());
    let bytes = std::fs::read(folder.file("r")).expect("the file");
    let text = String::from_utf8_lossy(&bytes).into_owned();
    assert!(!text.contains("spoke of gas"));
}

#[test]
fn filters_find_what_they_say_and_nothing_else() {
    let folder = Folder::new("filters");
    let record = folder.record("r");
    let mut attack = Report::of(EventType::Assault, Some("2023-09-19"), &["AZE"], &["ARM"]);
    attack.trigger = "shelled";
    let mut plan = Report::of(EventType::Agree, Some("2024-11"), &["RUS"], &["AZE"]);
    plan.status = Status::Future;
    plan.trigger = "visit";
    add(
        &record,
        &[
            meeting(),
            with(article("Paper", "2023-09-20", "AZE shelled positions of ARM near the border."), &attack),
            with(article("Paper", "2024-08-21", "The president of RUS will visit AZE in November."), &plan),
        ],
    );
    let who = |code: &str| Some(Who::Code(code.to_owned()));
    let types = |filter: Filter| -> Vec<&'static str> {
        events(&record, &filter).iter().map(|e| e.event_type.name()).collect()
    };
    assert_eq!(
        types(Filter { dyad: Some((Who::Code("AZE".into()), Who::Code("RUS".into()))), ..Filter::default() }),
        ["CONSULT", "AGREE"]
    );
    assert_eq!(types(Filter { actor: who("AZE"), ..Filter::default() }), ["ASSAULT", "CONSULT"]);
    assert_eq!(types(Filter { recipient: who("AZE"), ..Filter::default() }), ["CONSULT", "AGREE"]);
    assert_eq!(types(Filter { actor: who("AZE"), recipient: who("ARM"), ..Filter::default() }), ["ASSAULT"]);
    assert_eq!(types(Filter { actor: who("ARM"), recipient: who("AZE"), ..Filter::default() }), [""; 0]);
    assert_eq!(types(Filter { statuses: vec![Status::Future], ..Filter::default() }), ["AGREE"]);
    assert_eq!(types(Filter { since: Some(20_241_101), ..Filter::default() }), ["AGREE"]);
    assert_eq!(types(Filter { until: Some(20_231_231), ..Filter::default() }), ["ASSAULT"]);
    assert_eq!(types(Filter { place: Some("baku".into()), ..Filter::default() }), ["CONSULT"]);
    assert_eq!(types(Filter { modes: vec!["multilateral".into()], ..Filter::default() }), ["CONSULT"]);
    assert_eq!(types(Filter { text: Some("border".into()), ..Filter::default() }), ["ASSAULT"]);
    assert_eq!(
        types(Filter { actor: Some(Who::Name("of rus".into())), reports: true, ..Filter::default() }),
        ["CONSULT", "AGREE"]
    );
    assert_eq!(types(Filter { limit: Some(1), ..Filter::default() }), ["ASSAULT"]);
    assert_eq!(types(Filter { confidence: Some(0.9), ..Filter::default() }), [""; 0]);
    assert_eq!(types(Filter { actor: who("XXX"), ..Filter::default() }), [""; 0]);
}

fn sql(record: &legation_store::Record, statement: &str, bounds: Bounds) -> Result<(usize, bool), Error> {
    let mut rows = 0;
    let more = record.sql::<Error>(statement, bounds, |line| {
        rows += usize::from(matches!(line, Line::Cells(_)));
        Ok(())
    })?;
    Ok((rows, more))
}

#[test]
fn sql_reads_and_never_writes() {
    let folder = Folder::new("sql");
    let record = folder.record("r");
    add(&record, &[meeting()]);
    let bounds = Bounds { seconds: 5, rows: 10 };
    assert_eq!(sql(&record, "SELECT * FROM events", bounds).expect("it reads"), (1, false));
    assert_eq!(
        sql(&record, "WITH x AS (SELECT name FROM event_types) SELECT * FROM x", bounds).expect("it reads"),
        (10, true)
    );
    for statement in [
        "DELETE FROM reports",
        "INSERT INTO about VALUES ('a', 'b', x'')",
        "DROP TABLE reports",
        "CREATE TEMP TABLE t (x)",
        "ATTACH 'other' AS o",
        "PRAGMA query_only = off",
        "PRAGMA journal_mode = DELETE",
        "VACUUM",
        "BEGIN",
        "SELECT load_extension('x')",
        "SELECT 1; DELETE FROM reports",
        "SELEKT",
    ] {
        let refused = sql(&record, statement, bounds).expect_err(statement);
        assert!(matches!(refused, Error::Asked(_)), "{statement}: {refused:?}");
    }
    let endless = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c";
    let late = sql(&record, endless, Bounds { seconds: 1, rows: 10 }).expect_err("it never ends");
    assert!(matches!(late, Error::Deadline(1)), "{late:?}");
    assert_eq!(sql(&record, "SELECT * FROM events", bounds).expect("it reads on"), (1, false));
}

#[test]
fn search_finds_words_and_takes_no_operators() {
    let folder = Folder::new("search");
    let record = folder.record("r");
    add(&record, &[meeting()]);
    assert_eq!(record.search("prelude GAS", 5).expect("an answer").len(), 1);
    assert!(record.search("gas NOT met", 5).expect("an answer").is_empty());
    assert!(record.search("\"gas OR", 5).expect("an answer").is_empty());
}

#[test]
fn what_was_known_on_a_day_can_be_asked_later() {
    let folder = Folder::new("as-of");
    let record = folder.record("r");
    add(&record, &[meeting()]);
    let mut again = Report::of(EventType::Consult, Some("2024-08-19"), &["RUS", "AZE"], &[]);
    again.place = Some("Baku");
    add(
        &record,
        &[with(article("Other", "2024-08-21", "RUS and AZE met in Baku on Monday and spoke of gas."), &again)],
    );
    let count = |as_of| events(&record, &Filter { as_of, reports: true, ..Filter::default() }).len();
    assert_eq!((count(Some(0)), count(Some(1)), count(Some(2)), count(None)), (0, 1, 2, 2));
    let mut merged = Vec::new();
    for as_of in [Some(1), None] {
        let done = record.events::<Error>(&Filter { as_of, ..Filter::default() }, |f| {
            merged.push(f.reports);
            Ok(())
        });
        done.expect("the record answers");
    }
    assert_eq!(merged, [1, 2]);
    assert_eq!(record.batch_at("2024-08-19").expect("an answer"), 0);
    assert_eq!(record.batch_at("2024-08-20").expect("an answer"), 2);
}
