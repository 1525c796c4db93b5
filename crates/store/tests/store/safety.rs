//! What happens to a record when its writer is killed, its disk full, its file torn.

use crate::made::*;
use legation_record::EventType;
use legation_store::{Adding, Error, Item, Record};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

/// The documents of a batch: other ones for each number.
fn batch(number: usize) -> Vec<Item> {
    let states = ["RUS", "AZE", "ARM", "TUR", "GEO"];
    let item = |i: usize| {
        let n = number * 7 + i;
        let (a, b) = (states[n % 5], states[(n + 1) % 5]);
        let date = format!("2024-{:02}-{:02}", 1 + n % 12, 1 + n % 28);
        let text =
            format!("{a} and {b} met in round {n} to speak of matter {}. Nothing else was said on day {n}.", n % 11);
        let report = Report::of(EventType::Consult, Some(&date), &[a, b], &[]);
        with(article(["A", "B"][i % 2], &date, &text), &report)
    };
    (0..7).map(item).collect()
}

/// Not a test: the program that the killer strikes. It adds one batch after another and says so when one is written.
#[test]
fn the_victim() {
    let Some(path) = std::env::var_os("LEGATION_VICTIM") else { return };
    let record = Record::open(Path::new(&path)).expect("the record opens");
    for number in 0..1000 {
        let written = add(&record, &batch(number));
        if written.batch > 0 {
            println!("written {number}");
        }
    }
}

fn documents(record: &Record) -> i64 {
    record.figures().expect("the record answers").documents
}

#[test]
fn a_killed_writer_loses_nothing_it_told_and_leaves_nothing_half() {
    let kills: usize = std::env::var("LEGATION_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(120);
    let folder = Folder::new("killer");
    drop(folder.record("r"));
    let path = folder.file("r");
    let mut dice = Dice(std::env::var("LEGATION_SEED").ok().and_then(|n| n.parse().ok()).unwrap_or(11));
    let mut told: Option<usize> = None;
    for kill in 0..kills {
        let mut victim = Command::new(std::env::current_exe().expect("this program"))
            .args(["--exact", "safety::the_victim", "--nocapture", "--test-threads=1"])
            .env("LEGATION_VICTIM", &path)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the victim starts");
        let stdout = victim.stdout.take().expect("its output");
        let reader = std::thread::spawn(move || {
            let lines = BufReader::new(stdout).lines().map_while(Result::ok);
            // The test harness writes its own words on the same line as the first of ours.
            lines.filter_map(|l| l.rsplit_once("written ")?.1.parse::<usize>().ok()).last()
        });
        std::thread::sleep(Duration::from_micros(3_000 + dice.below(60_000) as u64));
        victim.kill().expect("the victim is killed");
        victim.wait().expect("the victim ends");
        let last = reader.join().expect("its output is read");
        assert!(last.is_none() || last > told, "a batch was written twice: {last:?} after {told:?}");
        told = last.or(told);
        let record = Record::open(&path).expect("the record opens after a kill");
        let batches = record.last_batch().expect("a number") as usize;
        // Whole batches of seven; the last one may be on the disk without its writer having lived to tell.
        assert_eq!(documents(&record), 7 * batches as i64, "after kill {kill}");
        let expected = told.map_or(0, |n| n + 1);
        assert!(batches == expected || batches == expected + 1, "{batches} batches, {expected} told, kill {kill}");
        told = batches.checked_sub(1);
        // The full check takes its time; in between SQLite's own answers suffice.
        if kill % 10 == 9 || kill + 1 == kills {
            assert_eq!(record.verify().expect("it can be checked").damage, [], "after kill {kill}");
        }
    }
    let batches = told.map_or(0, |n| n + 1);
    assert!(batches > kills / 4, "the victim hardly got to write: {batches} batches");
    let record = Record::open(&path).expect("the record opens");
    for number in 0..batches {
        assert_eq!(add(&record, &batch(number)).documents, 0, "batch {number} is there already");
    }
    // The same as if nobody had struck.
    let whole = folder.record("whole");
    for number in 0..batches {
        add(&whole, &batch(number));
    }
    assert_eq!(crate::made::told(&record), crate::made::told(&whole));
}

/// A small record, closed, as bytes; and all it says.
fn small(folder: &Folder) -> (Vec<u8>, String) {
    let record = folder.record("small");
    for number in 0..3 {
        add(&record, &batch(number));
    }
    record.state("title", "A record").expect("a fact");
    let told = dump(&folder.file("small")).expect("it can be read");
    drop(record);
    (std::fs::read(folder.file("small")).expect("the file"), told)
}

/// Every row of every table.
fn dump(path: &Path) -> rusqlite::Result<String> {
    use std::fmt::Write;
    let db = rusqlite::Connection::open(path)?;
    let mut out = String::new();
    let mut tables = db.prepare("SELECT name, sql FROM sqlite_schema WHERE type IN ('table', 'view') ORDER BY name")?;
    let tables: Vec<(String, Option<String>)> =
        tables.query_map((), |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
    for (table, sql) in tables {
        let _ = writeln!(out, "{table} {sql:?}");
        let mut query = db.prepare(&format!("SELECT * FROM {table}"))?;
        let columns = query.column_count();
        let mut rows = query.query(())?;
        while let Some(row) = rows.next()? {
            for i in 0..columns {
                let _ = write!(out, "{:?} ", row.get_ref(i)?);
            }
            out.push('\n');
        }
    }
    Ok(out)
}

#[test]
fn flipped_bits_are_found_wherever_they_matter() {
    let folder = Folder::new("flips");
    let (bytes, told) = small(&folder);
    let path = folder.file("flipped");
    let mut dice = Dice(5);
    let (mut found, mut harmless) = (0, 0);
    for _ in 0..400 {
        let mut copy = bytes.clone();
        let at = dice.below(copy.len());
        copy[at] ^= 1 << dice.below(8);
        std::fs::write(&path, &copy).expect("the file is written");
        let damaged = match Record::open_read_only(&path) {
            Ok(record) => record.verify().map(|v| !v.damage.is_empty()).unwrap_or(true),
            Err(_) => true,
        };
        if damaged {
            found += 1;
        } else {
            // A bit of a page's unused room: everything that can be asked is as it was.
            let now = dump(&path).expect("it can be read");
            let other = now.lines().zip(told.lines()).find(|(a, b)| a != b);
            assert!(now == told, "byte {at} was changed and nobody noticed: {other:?}");
            harmless += 1;
        }
        for beside in ["flipped-wal", "flipped-shm"] {
            let _ = std::fs::remove_file(folder.file(beside));
        }
    }
    // Most of a small file is room that no row uses.
    assert!(found > 30, "{found} found, {harmless} harmless");
}

#[test]
fn a_file_cut_short_is_found() {
    let folder = Folder::new("cut");
    let (bytes, _) = small(&folder);
    let path = folder.file("short");
    for part in [0, 1, 50, 99] {
        std::fs::write(&path, &bytes[..bytes.len() * part / 100]).expect("the file is written");
        let damaged = match Record::open_read_only(&path) {
            Ok(record) => record.verify().map(|v| !v.damage.is_empty()).unwrap_or(true),
            Err(_) => true,
        };
        assert!(damaged, "{part} % of the file pass for all of it");
    }
}

#[test]
fn a_torn_log_opens_at_the_last_whole_batch() {
    let folder = Folder::new("torn");
    let record = folder.record("r");
    for number in 0..4 {
        add(&record, &batch(number));
    }
    // Copied while it is open: the log holds what the file does not have yet.
    let (file, log) =
        (std::fs::read(folder.file("r")).expect("the file"), std::fs::read(folder.file("r-wal")).expect("the log"));
    let mut dice = Dice(3);
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..40 {
        let cut = dice.below(log.len() + 1);
        std::fs::write(folder.file("t"), &file).expect("the file is written");
        let mut torn = log[..cut].to_vec();
        // What was not synced may be anything.
        torn.extend((0..dice.below(5000)).map(|i| i as u8));
        std::fs::write(folder.file("t-wal"), torn).expect("the log is written");
        let _ = std::fs::remove_file(folder.file("t-shm"));
        if let Ok(record) = Record::open(&folder.file("t")) {
            let batches = record.last_batch().expect("a number");
            assert_eq!(documents(&record), 7 * batches);
            assert_eq!(record.verify().expect("it can be checked").damage, []);
            seen.insert(batches);
        }
    }
    assert!(seen.len() >= 3, "{seen:?}");
}

#[test]
fn a_full_disk_takes_nothing_and_spoils_nothing() {
    let folder = Folder::new("full");
    let record = folder.record("r");
    add(&record, &batch(0));
    let before = told(&record);
    let pages = record.figures().expect("the record answers").bytes / 4096;
    record.limit_pages(u32::try_from(pages).expect("a small record") + 3).expect("a bound");
    let many: Vec<Item> = (1..40).flat_map(batch).collect();
    assert!(matches!(record.add(&many, Adding::default(), &stamp()), Err(Error::Full)));
    assert_eq!(told(&record), before);
    assert_eq!(record.verify().expect("it can be checked").damage, []);
    // Room again: it goes on where it was.
    record.limit_pages(1 << 20).expect("a bound");
    assert_eq!(add(&record, &many).documents, 39 * 7);
    assert_eq!(record.last_batch().expect("a number"), 2);
}

/// The operating system's own refusal, by a bound on the size of files.
#[test]
#[cfg(unix)]
fn a_file_that_may_not_grow_takes_nothing_and_spoils_nothing() {
    let folder = Folder::new("bound");
    drop(folder.record("r"));
    let outcome = Command::new("sh")
        .args(["-c", "trap '' XFSZ; ulimit -f 1200; exec \"$0\" --exact safety::the_victim --nocapture"])
        .arg(std::env::current_exe().expect("this program"))
        .env("LEGATION_VICTIM", folder.file("r"))
        .output()
        .expect("the victim runs");
    assert!(!outcome.status.success(), "the bound was never reached");
    let told = String::from_utf8_lossy(&outcome.stdout).matches("written ").count() as i64;
    let record = Record::open(&folder.file("r")).expect("the record opens");
    assert_eq!(record.last_batch().expect("a number"), told);
    assert_eq!(documents(&record), 7 * told);
    assert!(told > 0);
    assert_eq!(record.verify().expect("it can be checked").damage, []);
}

#[test]
fn of_two_writers_one_waits_or_is_told() {
    let folder = Folder::new("two");
    let one = folder.record("r");
    let two = Record::open(&folder.file("r")).expect("it opens twice");
    two.wait(Duration::from_millis(50)).expect("a time");
    let holding = rusqlite::Connection::open(folder.file("r")).expect("a third one");
    holding.execute_batch("BEGIN IMMEDIATE").expect("it holds the record");
    assert!(matches!(two.add(&batch(0), Adding::default(), &stamp()), Err(Error::Busy)));
    // Readers do not wait.
    assert_eq!(documents(&two), 0);
    holding.execute_batch("ROLLBACK").expect("it lets go");
    assert_eq!(add(&two, &batch(0)).batch, 1);
    let path = folder.file("r");
    let other = std::thread::spawn(move || {
        let record = Record::open(&path).expect("it opens");
        for number in 1..30 {
            add(&record, &batch(number));
        }
    });
    for number in 15..45 {
        add(&one, &batch(number));
    }
    other.join().expect("the other writer ends");
    assert_eq!(documents(&one), 45 * 7);
    assert_eq!(one.verify().expect("it can be checked").damage, []);
}
