use crate::made::*;
use legation_store::{Error, Record};

#[test]
fn other_files_are_refused_and_left_alone() {
    let folder = Folder::new("other-files");
    let text = folder.file("notes.txt");
    std::fs::write(&text, "not a database, but long enough to be read as one: ".repeat(40)).expect("a file");
    let foreign = folder.file("foreign.sqlite");
    rusqlite::Connection::open(&foreign).and_then(|db| db.execute_batch("CREATE TABLE t (x)")).expect("a database");
    for path in [&text, &foreign] {
        let before = std::fs::read(path).expect("the file");
        assert!(matches!(Record::open(path), Err(Error::NotARecord(_))), "{path:?}");
        assert!(matches!(Record::open_read_only(path), Err(Error::NotARecord(_))), "{path:?}");
        assert!(matches!(Record::create(path), Err(Error::Exists(_))), "{path:?}");
        assert_eq!(std::fs::read(path).expect("the file"), before);
    }
    assert!(matches!(Record::open(&folder.file("none")), Err(Error::Missing(_))));
    assert!(matches!(Record::open(&folder.0), Err(Error::NotARecord(_))));
}

#[test]
fn a_record_of_a_later_version_is_refused_clearly() {
    let folder = Folder::new("later");
    drop(folder.record("r"));
    let db = rusqlite::Connection::open(folder.file("r")).expect("a database");
    db.pragma_update(None, "user_version", 99).expect("a number");
    drop(db);
    let refused = Record::open(&folder.file("r")).err().map(|e| e.to_string()).unwrap_or_default();
    assert!(refused.contains("format 99") && refused.contains("later version"), "{refused}");
}

#[test]
fn the_file_says_what_it_is_and_refuses_to_be_overwritten() {
    let folder = Folder::new("triggers");
    let record = folder.record("r");
    let report = Report::of(legation_record::EventType::Consult, Some("2024-08-19"), &["RUS", "AZE"], &[]);
    add(&record, &[with(article("Agency", "2024-08-20", "RUS and AZE met."), &report)]);
    drop(record);
    let bytes = std::fs::read(folder.file("r")).expect("the file");
    assert_eq!(&bytes[68..72], b"Lega");
    let db = rusqlite::Connection::open(folder.file("r")).expect("a database");
    for statement in [
        "DELETE FROM reports",
        "UPDATE reports SET date = 20240101",
        "DELETE FROM documents",
        "UPDATE occurrences SET reports = 5",
        "DELETE FROM batches",
    ] {
        let refused = db.execute(statement, ()).err().map(|e| e.to_string()).unwrap_or_default();
        assert!(refused.contains("never overwritten"), "{statement}: {refused}");
    }
}
