//! What the merging says of pairs, for those who measure and fit it (`eval/merging.py`).

use super::great::bonds;
use super::same;
use super::view::View;
use super::{WINDOW, coded};
use crate::dates;
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet};

/// `LEGATION_RECORD=FILE cargo test --release -p legation-store pairs -- --ignored --nocapture` prints the points of all candidates
/// of a record: rows of two reports, points, 1 where they are taken for the same, and what the points are for.
#[test]
#[ignore = "prints the pairs of a record that is named in LEGATION_RECORD"]
fn pairs() {
    let path = std::env::var("LEGATION_RECORD").expect("the record's path in LEGATION_RECORD");
    let db = Connection::open_with_flags(path, rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY).expect("a record");
    let mut views = Vec::new();
    for row in coded(&db).expect("reports") {
        let superseded: bool = db
            .query_row("SELECT superseded IS NOT NULL FROM reports WHERE id = ?", [row], |r| r.get(0))
            .expect("a report");
        if !superseded {
            views.push(View::load(&db, row).expect("a report"));
        }
    }
    let day = |v: &View| v.around().and_then(dates::day);
    views.sort_by_key(|v| (day(v), v.rank()));
    let mut groups: BTreeMap<(i64, i64), Vec<(usize, i64)>> = BTreeMap::new();
    for (i, view) in views.iter().enumerate() {
        let keys = view.keys().into_iter().map(|key| (key, WINDOW)).chain(bonds(view));
        keys.for_each(|(key, days)| groups.entry((view.event_type, key)).or_default().push((i, days)));
    }
    let mut seen = BTreeSet::new();
    for members in groups.values() {
        for (n, (i, days)) in members.iter().enumerate() {
            let later = members[n + 1..].iter().take_while(|(j, _)| {
                day(&views[*i]).zip(day(&views[*j])).is_some_and(|(x, y)| dates::apart(x, y) <= *days)
            });
            for (j, _) in later.filter(|(j, _)| seen.insert((*i, *j))) {
                if let Some((points, same, why)) = same::tally(&views[*i], &views[*j]) {
                    println!("{}\t{}\t{points}\t{}\t{why}", views[*i].row, views[*j].row, i64::from(same));
                }
            }
        }
    }
}
