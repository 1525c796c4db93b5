use crate::made::*;
use legation_record::{DocumentRef, Event, EventType, Evidence, Status};
use legation_store::{PanelOf, Record};

/// An event that somebody else coded: no words, a story.
fn imported(id: &str, date: &str, actor: &str, recipient: &str, story: &str) -> Event {
    let report = Report::of(EventType::Consult, Some(date), &[actor], &[recipient]);
    let mut event = with(article("A", date, "They met."), &report).events.remove(0);
    event.id = id.to_owned();
    event.coder = "set".to_owned();
    event.evidence = Evidence::default();
    event.attribution = None;
    for side in event.actors.iter_mut().chain(&mut event.recipients) {
        side.text.clear();
        (side.start, side.end) = (0, 0);
    }
    event.document = DocumentRef {
        id: story.to_owned(),
        publisher: Some(format!("Publisher of {story}")),
        published: Some(date.to_owned()),
        ..DocumentRef::default()
    };
    event
}

fn import(record: &Record, events: &[Event]) -> i64 {
    record.import(events, &stamp()).expect("the batch is written").reports
}

#[test]
fn imported_events_merge_where_everything_agrees_and_once_only() {
    let folder = Folder::new("imported");
    let record = folder.record("r");
    let mut events = vec![
        imported("1", "2018-06-01", "RUS", "AZE", "s1"),
        imported("2", "2018-06-01", "RUS", "AZE", "s2"),
        imported("3", "2018-06-01", "AZE", "RUS", "s2"),
        imported("4", "2018-06-02", "RUS", "AZE", "s3"),
        imported("5", "2018-06-01", "RUS", "AZE", "s1"),
    ];
    events[4].cameo_code = "042".to_owned();
    assert_eq!(import(&record, &events[..2]), 2);
    assert_eq!(import(&record, &events), 3);
    assert_eq!(import(&record, &events), 0);
    assert_eq!(record.figures().expect("an answer").occurrences, 4);
    assert_eq!(record.figures().expect("an answer").documents, 3);
    assert_eq!(record.verify().expect("it can be checked").damage, []);
    let other = folder.record("other");
    for event in events.iter().rev() {
        import(&other, std::slice::from_ref(event));
    }
    assert_eq!(told(&other), told(&record));
    let of = |id: &str| -> i64 {
        let mut reports = 0;
        let done = record.events::<legation_store::Error>(&Default::default(), |f| {
            reports += i64::from(f.event.document.id == id) * f.reports;
            Ok(())
        });
        done.expect("the record answers");
        reports
    };
    assert_eq!(of("s1") + of("s2") + of("s3"), 5);
}

#[test]
fn a_panel_counts_what_happened_by_direction_and_period() {
    let folder = Folder::new("panel");
    let record = folder.record("r");
    let meet = |date: &str, text: &str| {
        with(article("A", "2024-03-01", text), &Report::of(EventType::Consult, Some(date), &["RUS", "AZE"], &[]))
    };
    let strike = |date: &str, status: Status, text: &str| {
        let mut report = Report::of(EventType::Assault, Some(date), &["RUS"], &["UKR"]);
        report.status = status;
        with(article("A", "2024-03-01", text), &report)
    };
    add(
        &record,
        &[
            meet("2024-01-05", "They met about gas."),
            meet("2024-02", "They met about oil, some time."),
            meet("2023", "They met about grain, some year."),
            strike("2024-01-09", Status::Actual, "It met with bombs."),
            strike("2024-01-20", Status::Negated, "It never met with bombs."),
            strike("2014-03-01", Status::Historical, "Long ago it met with bombs."),
        ],
    );
    let counts = |yearly: bool, directed: bool| -> Vec<String> {
        let panel = record.panel(PanelOf { yearly, directed }, |_| true).expect("the record answers");
        let cells = panel.cells.iter();
        cells.map(|((a, b, period), c)| format!("{a}{b} {period} {} {:?}", c.events, c.quads())).collect()
    };
    let (one, fight) = ("1 [1, 0, 0, 0]", "1 [0, 0, 0, 1]");
    assert_eq!(
        counts(false, false),
        [
            format!("AZERUS 202401 {one}"),
            format!("AZERUS 202402 {one}"),
            format!("RUSUKR 201403 {fight}"),
            format!("RUSUKR 202401 {fight}"),
        ]
    );
    assert_eq!(
        counts(true, true),
        [
            format!("AZERUS 2023 {one}"),
            "AZERUS 2024 2 [2, 0, 0, 0]".to_owned(),
            format!("RUSAZE 2023 {one}"),
            "RUSAZE 2024 2 [2, 0, 0, 0]".to_owned(),
            format!("RUSUKR 2014 {fight}"),
            format!("RUSUKR 2024 {fight}"),
        ]
    );
    let panel = record.panel(PanelOf { yearly: false, directed: false }, |_| true).expect("the record answers");
    assert_eq!(panel.undated, 1);
    let covered = |code: &str, period: i64| panel.covered.contains(&(code.to_owned(), period));
    assert!(covered("UKR", 202401) && covered("AZE", 202402) && !covered("UKR", 202402));
    // What is told as history is no coverage of its time.
    assert!(!covered("UKR", 201403));
}

#[test]
fn coverage_tells_documents_reports_and_sources() {
    let folder = Folder::new("coverage");
    let record = folder.record("r");
    let report = Report::of(EventType::Consult, Some("2024-01-05"), &["RUS", "AZE"], &[]);
    add(
        &record,
        &[
            with(article("A", "2024-01-06", "RUS and AZE met."), &report),
            with(article("A", "2024-01-07", "RUS and AZE met."), &report),
            article("A", "2024-01-08", "The weather was fine."),
        ],
    );
    let table = record.coverage().expect("the record answers");
    let row = |code: Option<&str>| {
        let found = table.iter().find(|c| c.code.as_deref() == code).expect("a row");
        assert_eq!((found.publisher.as_deref(), found.month), (Some("A"), Some(202401)));
        (found.documents, found.reports, found.sources)
    };
    assert_eq!(row(None), (3, 2, 2));
    assert_eq!(row(Some("AZE")), (2, 2, 1));
}

#[test]
fn facts_make_the_same_record_again() {
    let folder = Folder::new("facts");
    let record = folder.record("r");
    let report = Report::of(EventType::Consult, Some("2024-01-05"), &["RUS", "AZE"], &[]);
    let items = [
        with(article("A", "2024-01-06", "RUS and AZE met in Baku to speak of gas."), &report),
        with(article("B", "2024-01-06", "AZE and RUS met in Baku and spoke of gas."), &report),
    ];
    let how = legation_store::Adding { without_text: true, ..Default::default() };
    record.add(&items, how, &stamp()).expect("written");
    let mut facts = Vec::new();
    let done = record.facts::<legation_store::Error>(|f| {
        facts.push(f);
        Ok(())
    });
    done.expect("the record answers");
    let lines: Vec<String> = facts.iter().map(|f| serde_json::to_string(f).expect("plain data")).collect();
    let read = || lines.iter().map(|l| Ok(serde_json::from_str(l).expect("what was written")));
    let silent = std::collections::BTreeMap::from([(202401, 3), (202402, 5)]);
    let other = folder.record("other");
    assert_eq!(other.restore(read(), &silent, &stamp()).expect("written").reports, 2);
    assert_eq!(other.restore(read(), &silent, &stamp()).expect("nothing new").batch, 0);
    let months = other.documents_by_month().expect("an answer");
    assert_eq!(months.values().map(|r| (r.documents, r.telling)).collect::<Vec<_>>(), [(5, 2), (5, 0)]);
    let read_in_all: i64 =
        other.coverage().expect("an answer").iter().filter(|c| c.code.is_none()).map(|c| c.documents).sum();
    assert_eq!(read_in_all, 10);
    let ids = |record: &Record| {
        let mut ids = Vec::new();
        let done = record.events::<legation_store::Error>(&Default::default(), |f| {
            // Facts have no words: of a date its value counts.
            ids.push((f.event.id, f.reports, f.sources, f.event.date.map(|d| (d.value, d.earliest, d.latest))));
            Ok(())
        });
        done.expect("the record answers");
        ids
    };
    assert_eq!(ids(&other), ids(&record));
    assert_eq!(other.verify().expect("it can be checked").damage, []);
    // The document itself is known, too.
    assert!(other.has(&items[0].document).expect("an answer"));
}
