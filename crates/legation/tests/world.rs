//! The file of facts that comes with the program: read into memory, and made a record of again.

use legation::analysis::Occurrence;
use legation::store::Record;
use legation::{history, import_facts, stamp, world, world_history};

#[test]
fn the_world_in_memory_is_the_record_that_is_made_of_it() {
    let folder = std::env::temp_dir().join(format!("legation-world-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let path = folder.join("world.sqlite");
    let _ = std::fs::remove_file(&path);
    let record = Record::create(&path).expect("a record");
    let (rows, written) = import_facts(&record, world().to_vec(), &stamp()).expect("it is what export writes");
    assert_eq!((rows, written.batch), (written.reports.unsigned_abs(), 1));
    assert_eq!(record.verify().expect("checked").damage, []);
    let (straight, through) = (world_history().expect("read"), history(Some(&path)).expect("read"));
    assert_eq!(straight.len(), through.len());
    let (mut a, mut b) = (straight.about().clone(), through.about().clone());
    (a.place, b.place) = (String::new(), String::new());
    assert_eq!(a, b);
    assert!(a.licence.is_some() && a.attribution.is_some() && a.documents > a.reports / 2);
    for (one, other) in straight.occurrences().zip(through.occurrences()) {
        assert_eq!(told(one), told(other));
    }
    let months = straight.coverage().months();
    assert_eq!(months, through.coverage().months());
    let (first, last) = months.expect("there is something");
    assert_eq!(straight.coverage().between(first, last), through.coverage().between(first, last));
    // Again: nothing new.
    assert_eq!(import_facts(&record, world().to_vec(), &stamp()).expect("read").1.batch, 0);
    std::fs::remove_dir_all(&folder).expect("removed");
}

/// All that is told of an occurrence.
fn told(o: Occurrence<'_>) -> String {
    let parts: Vec<_> = o.participants().collect();
    let what = (o.event_type(), o.modes(), o.contexts(), o.cameo(), o.score(), o.status(), o.confidence(), o.trigger());
    let from = (o.title(), o.publisher(), o.url(), o.reports(), o.sources(), o.publishers(), o.first_published());
    format!("{} {:?} {what:?} {parts:?} {:?} {from:?} {:?} {:?}", o.id(), o.when(), o.place(), o.speaker(), o.size())
}

#[test]
fn other_files_are_no_facts() {
    let folder = std::env::temp_dir().join(format!("legation-no-facts-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let path = folder.join("r.sqlite");
    let _ = std::fs::remove_file(&path);
    let record = Record::create(&path).expect("a record");
    for file in [b"PAR1".to_vec(), world()[..world().len() - 9].to_vec(), Vec::new()] {
        assert!(import_facts(&record, file, &stamp()).is_err());
    }
    assert_eq!(record.last_batch().expect("asked"), 0);
    std::fs::remove_dir_all(&folder).expect("removed");
}
