//! The commands of a record, run as a process.

mod common;

use common::{Folder, examples};

fn filled(name: &str) -> Folder {
    let folder = Folder::new(name);
    folder.told(0, &["init", "--title", "A test"]);
    folder.told(0, &["add", &examples()]);
    folder
}

#[test]
fn a_record_is_made_filled_and_asked() {
    let folder = filled("asked");
    assert!(folder.told(6, &["init"]).contains("already"));
    let again = folder.told(0, &["add", &examples()]);
    assert!(again.contains("0 documents, 0 reports, 0 occurrences written"), "{again}");
    assert!(folder.told(0, &["status"]).contains("A test"));
    assert!(folder.told(0, &["verify"]).contains("sound"));
    let events = folder.told(0, &["events", "--dyad", "Russia", "AZE", "--type", "consult", "--since", "2024-01-01"]);
    assert!(events.contains("CONSULT visit") && events.contains("[visited]"), "{events}");
    assert!(folder.told(0, &["search", "grain", "Odesa"]).contains("[grain]"));
    assert!(folder.told(0, &["sql", "SELECT count(*) AS n FROM events"]).starts_with("n\n"));
    assert!(folder.told(1, &["sql", "SELECT * FROM events", "--rows", "2"]).contains("--rows asks for more"));
    assert!(folder.told(2, &["sql", "DROP TABLE reports"]).contains("reads"));
    assert!(folder.told(6, &["status", "--record", "none.sqlite"]).contains("legation init"));
    assert!(folder.told(5, &["show", "0123456789abcdef"]).contains("no event"));
}

#[test]
fn a_file_is_written_in_the_form_its_name_says() {
    let folder = filled("forms");
    folder.told(0, &["export", "events", "--out", "events.parquet"]);
    assert!(folder.told(2, &["export", "facts", "--out", "facts.csv"]).contains("Parquet"));
    assert!(folder.told(2, &["export", "record", "--out", "copy.csv"]).contains("SQLite"));
    folder.told(0, &["export", "events", "--out", "events.csv"]);
    let begins =
        |name: &str, with: &[u8]| std::fs::read(folder.0.join(name)).is_ok_and(|bytes| bytes.starts_with(with));
    assert!(begins("events.parquet", b"PAR1") && begins("events.csv", b"id,"));
}

#[test]
fn nobody_found_under_an_unheard_name_is_told_apart_from_silence() {
    let folder = filled("unheard");
    assert!(folder.told(0, &["events", "--actor", "Azerbaijn"]).contains("names like it: Azerbaijan"));
    assert!(!folder.told(0, &["events", "--actor", "Tuvalu"]).contains("gazetteer"));
}

#[test]
fn a_person_corrects_and_the_record_keeps_it() {
    let folder = filled("corrects");
    let events = folder.told(0, &["events", "--dyad", "RUS", "AZE", "--mode", "visit", "--format", "csv"]);
    let id = events.lines().nth(1).and_then(|l| l.split(',').next()).unwrap_or_default().to_owned();
    let by = ["--by", "Ada", "--reason", "it was a call"];
    assert!(folder.told(2, &["correct", "reject", &id]).contains("--by"));
    let recode = ["correct", "recode", &id, "--set", "event_mode=phone", "--set", "event_type=consult"];
    folder.told(0, &[&recode[..], &by[..]].concat());
    let shown = folder.told(0, &["show", &id]);
    assert!(
        shown.contains("CONSULT phone") && shown.contains("correction 1: recode") && shown.contains("Ada"),
        "{shown}"
    );
    assert!(folder.told(0, &["show", &id, "--as-of", "1"]).contains("CONSULT visit"));
    folder.told(0, &[&["correct", "undo", "1"][..], &by[..]].concat());
    assert!(folder.told(0, &["show", &id]).contains("CONSULT visit"));
    folder.told(0, &[&["correct", "reject", &id][..], &by[..]].concat());
    folder.told(5, &["show", &id]);
    assert_eq!(folder.told(0, &["correct", "list"]).lines().count(), 3);
    assert!(folder.told(0, &["verify"]).contains("sound"));
}

#[test]
fn an_index_that_is_damaged_is_named_and_computed_anew() {
    let folder = filled("rebuilt");
    let db = rusqlite::Connection::open(folder.0.join("record.sqlite")).expect("it opens");
    db.execute("DELETE FROM ties WHERE a = (SELECT max(a) FROM ties)", ()).expect("the damage is done");
    drop(db);
    let found = folder.told(6, &["verify"]);
    assert!(found.contains("ties: ") && found.contains("verify --rebuild"), "{found}");
    assert!(folder.told(0, &["verify", "--rebuild"]).contains("sound"));
    assert!(folder.told(0, &["verify"]).contains("sound"));
}

#[test]
fn a_table_is_imported_with_a_column_map() {
    let folder = Folder::new("import");
    folder.told(0, &["init"]);
    let table = "Nr;Day;Who;Whom;Code\n1;2018-06-01;Russia;Azerbaijan;042\n2;2018-06-02;RUS;Nowhereland;010\n3;soon;RUS;AZE;040\n";
    std::fs::write(folder.0.join("t.csv"), table).expect("a file");
    let map =
        ["--map", "id=Nr", "--map", "date=Day", "--map", "actor=Who", "--map", "recipient=Whom", "--map", "cameo=Code"];
    let import = [&["import", "t.csv", "--from", "csv"][..], &map[..]].concat();
    let told = folder.told(1, &import);
    assert!(told.contains("3 rows, 1 written") && told.contains("CAMEO 01") && told.contains("no date"), "{told}");
    assert!(folder.told(1, &import).contains("3 rows, 0 written, 1 were there already"));
    assert!(folder.told(0, &["events", "--dyad", "RUS", "AZE"]).contains("CONSULT visit"));
    assert!(folder.told(2, &["import", "t.csv", "--from", "csv", "--map", "actor=Nobody"]).contains("no column"));
    assert!(folder.told(2, &["import", "t.csv", "--from", "csv", "--map", "actr=Who"]).contains("fields are"));
    let unmapped = folder.told(2, &["import", "t.csv", "--from", "csv"]);
    assert!(unmapped.contains("--map date=COLUMN") && unmapped.contains("Nr, Day, Who, Whom, Code"), "{unmapped}");
    assert!(folder.told(3, &["import", "none.csv", "--from", "csv"]).contains("none.csv"));
    let panel = folder.told(0, &["export", "dyad-month", "--directed", "--out", "p.csv"]);
    assert!(panel.contains("1 rows"), "{panel}");
    let csv = std::fs::read_to_string(folder.0.join("p.csv")).expect("the panel");
    assert!(csv.contains("2018,6,RUS,365,365,AZE,373,373,1,1,0,0,0"), "{csv}");
    assert!(folder.0.join("p.coverage.csv").exists());
}
