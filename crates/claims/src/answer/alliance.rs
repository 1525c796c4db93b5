//! Military alliances by three definitions, from the tables of memberships and alliances.

use super::{Answer, span_of};
use crate::query::{Bloc, Definition};
use crate::report::{Evidence, Verdict};
use jiff::civil::Date;
use legation_gazetteer::{Alliance, Gazetteer, Partial};

pub(super) fn answer(q: &Bloc, gazetteer: &Gazetteer) -> Answer {
    let rows: Vec<&Alliance> = gazetteer
        .alliances(&q.state, None)
        .into_iter()
        .filter(|row| q.with.as_deref().is_none_or(|with| row.partner == with))
        .collect();
    // A source that others contradict by name gives way to the treaty.
    let held = |row: &&&Alliance, day: Date| counts(q.definition, row, &rows) && row.held_on(day) == Some(true);
    let now: Vec<&Alliance> = rows.iter().filter(|row| held(row, q.on)).copied().collect();
    let since: Vec<&Alliance> = match q.since {
        Some(window) => {
            rows.iter().filter(|row| ran_within(row, window.to, q.on, q.definition, &rows)).copied().collect()
        }
        None => Vec::new(),
    };
    let found = if now.is_empty() { &since } else { &now };
    let evidence = evidence(found);
    let (yes, no) =
        if q.holds { (Verdict::Supported, Verdict::Contradicted) } else { (Verdict::Contradicted, Verdict::Supported) };
    if !found.is_empty() {
        let names: Vec<&str> = {
            let mut names: Vec<&str> = found.iter().map(|row| treaty(row)).collect();
            names.dedup();
            names.sort_unstable();
            names.dedup();
            names
        };
        return Answer::new(yes, format!("{}: {}", q.state, names.join("; "))).with(evidence);
    }
    // The hand-written organisations are whole; the pacts of two are known by name where the news speaks of them, and whole to
    // the end of the source that counts them.
    let text = format!("no such alliance of {} is in the tables on {}", q.state, q.on);
    let whole = gazetteer.complete().iter().any(|row| row.table == "alliances" && row.period.contains(q.on));
    match q.definition {
        Definition::Organisation => Answer::new(no, text),
        _ if whole => Answer::new(no, text),
        _ if !q.holds => Answer::new(Verdict::Supported, format!("{text} (not complete for that day)")),
        _ => Answer::new(Verdict::NotInRecord, format!("{text}, which are not complete for that day")),
    }
}

fn counts(definition: Definition, row: &Alliance, all: &[&Alliance]) -> bool {
    let defence = row.obligations.contains("defence");
    match definition {
        Definition::Organisation => {
            let parties = all.iter().filter(|other| other.treaty == row.treaty && other.partner != row.partner).count();
            defence && !row.treaty.is_empty() && parties > 0
        }
        Definition::DefencePact => defence,
        Definition::AnyTreaty => true,
    }
}

/// Whether it held on some day of the time, as far as its dates tell.
fn ran_within(row: &Alliance, from: Date, to: Date, definition: Definition, all: &[&Alliance]) -> bool {
    let begun = row.period.from.and_then(Partial::first_day).is_some_and(|day| day <= to);
    let end = row.period.to.or(row.seen).and_then(Partial::first_day);
    counts(definition, row, all) && begun && end.is_some_and(|day| from < day)
}

fn treaty(row: &Alliance) -> &'static str {
    if row.treaty.is_empty() { "a treaty that ATOP counts" } else { row.treaty }
}

fn evidence(rows: &[&Alliance]) -> Vec<Evidence> {
    let mut seen: Vec<(&str, &str, &str)> = Vec::new();
    let mut found = Vec::new();
    for row in rows {
        let key = (row.treaty, row.source, if row.treaty.is_empty() { row.partner } else { "" });
        if seen.contains(&key) || found.len() >= 12 {
            continue;
        }
        seen.push(key);
        let partners: Vec<&str> =
            rows.iter().filter(|o| o.treaty == row.treaty && o.source == row.source).map(|o| o.partner).collect();
        let partners = if partners.len() > 6 { format!("{} states", partners.len()) } else { partners.join(", ") };
        let obligations: Vec<&str> = row.obligations.iter().collect();
        found.push(Evidence {
            source: format!("alliances ({})", row.source),
            date: Some(span_of(row.period, row.seen)),
            text: format!("{} with {partners}: {} ({})", row.state, treaty(row), obligations.join(", ")),
            ..Evidence::default()
        });
    }
    found
}
