//! The tables that follow from others: damage is found in each of them, and computing them anew mends it.

use crate::made::*;
use legation_record::EventType;
use legation_store::Record;
use rusqlite::Connection;

/// A meeting told twice, an attack, and an article that two papers print.
fn filled(folder: &Folder) -> Record {
    let record = folder.record("r");
    let meeting = |publisher: &str, text: &str| {
        let report = Report::of(EventType::Consult, Some("2024-08-19"), &["RUS", "AZE"], &[]);
        with(article(publisher, "2024-08-20", text), &Report { place: Some("Baku"), ..report })
    };
    let long: String = (0..60).map(|i| format!("word{i} ")).collect();
    let wire = |end: &str| format!("RUS and ARM met in Yerevan. {long}{end}");
    let report = Report::of(EventType::Consult, Some("2024-08-02"), &["RUS", "ARM"], &[]);
    add(
        &record,
        &[
            meeting("A", "The presidents of RUS and AZE met in Baku on Monday to discuss gas transit."),
            meeting("B", "Presidents of AZE and RUS met in Baku on Monday and discussed the transit of gas."),
            with(article("A", "2024-08-03", &wire("one")), &report),
            with(article("B", "2024-08-03", &wire("two")), &report),
        ],
    );
    record
}

fn all(path: &std::path::Path) -> Vec<String> {
    let db = Connection::open(path).expect("it opens");
    let mut told = Vec::new();
    for table in ["ties", "near", "coverage", "shingles", "sources"] {
        let mut query = db.prepare(&format!("SELECT * FROM {table}")).expect("a table");
        let columns = query.column_count();
        let mut rows = query.query(()).expect("its rows");
        while let Some(row) = rows.next().expect("a row") {
            let cells = (0..columns).map(|i| format!("{:?}", row.get_ref(i).expect("a cell")));
            told.push(format!("{table} {}", cells.collect::<Vec<_>>().join(" ")));
        }
    }
    let hits = "SELECT count(*) FROM documents_search WHERE documents_search MATCH 'word7'";
    told.push(db.query_row(hits, (), |r| r.get::<_, i64>(0)).expect("a number").to_string());
    told
}

#[test]
fn damage_in_a_table_that_follows_from_others_is_found_and_mended() {
    let folder = Folder::new("indexes");
    drop(filled(&folder));
    let whole = all(&folder.file("r"));
    for table in ["ties", "near", "coverage", "shingles", "sources"] {
        assert!(whole.iter().any(|row| row.starts_with(table)), "nothing in {table} to damage");
    }
    let strikes = [
        ("ties", "DELETE FROM ties WHERE a = (SELECT min(a) FROM ties)"),
        ("ties", "UPDATE ties SET around = around + 1"),
        (
            "ties",
            "INSERT INTO ties SELECT a, b, date, 999, around, event_type, status, mutual, score, told FROM ties LIMIT 1",
        ),
        ("near", "DELETE FROM near WHERE report = 1"),
        ("near", "UPDATE near SET day = day + 1 WHERE key > 0"),
        ("near", "INSERT INTO near VALUES (77, 2, 20240819, 1)"),
        ("coverage", "DELETE FROM coverage WHERE code = 0"),
        ("coverage", "UPDATE coverage SET reports = reports + 1"),
        ("shingles", "DELETE FROM shingles WHERE hash = (SELECT max(hash) FROM shingles)"),
        ("shingles", "INSERT INTO shingles VALUES (7, 1)"),
        ("sources", "DELETE FROM sources"),
        ("sources", "UPDATE sources SET source = source + 1"),
        ("sources", "INSERT INTO sources SELECT id, key FROM documents WHERE id = 1"),
        (
            "documents_search",
            "INSERT INTO documents_search(documents_search, rowid, title, text) \
             SELECT 'delete', id, title, text FROM documents WHERE id = 3",
        ),
    ];
    for (table, strike) in strikes {
        let db = Connection::open(folder.file("r")).expect("it opens");
        let struck = db.execute(strike, ()).expect("the damage is done");
        assert!(struck > 0, "{strike} did nothing");
        drop(db);
        let found = Record::open_read_only(&folder.file("r")).expect("it opens").verify().expect("it can be checked");
        let places: Vec<&str> = found.damage.iter().map(|d| d.place.as_str()).collect();
        assert!(places.contains(&table), "{strike}: {:?}", found.damage);
        assert!(found.damage.iter().all(|d| d.rebuilds), "{strike}: {:?}", found.damage);
        let record = Record::open(&folder.file("r")).expect("it opens");
        record.rebuild().expect("it is computed anew");
        assert_eq!(record.verify().expect("it can be checked").damage, [], "after {strike}");
        assert_eq!(all(&folder.file("r")), whole, "after {strike}");
    }
}

#[test]
fn damage_elsewhere_is_not_taken_for_damage_that_mends() {
    let folder = Folder::new("elsewhere");
    drop(filled(&folder));
    let db = Connection::open(folder.file("r")).expect("it opens");
    db.execute_batch("DROP TRIGGER reports_stay; UPDATE reports SET dead = 3 WHERE id = 1")
        .expect("the damage is done");
    let found = Record::open_read_only(&folder.file("r")).expect("it opens").verify().expect("it can be checked");
    assert!(found.damage.iter().any(|d| d.place == "reports" && !d.rebuilds), "{:?}", found.damage);
}
