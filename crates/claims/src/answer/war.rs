//! Wars, from the table of armed conflicts, which is whole for its years: parties that fight beside another count.

use super::Answer;
use crate::query::{War, WarTest, Window};
use crate::report::{Evidence, Verdict};
use legation_gazetteer::{Gazetteer, Partial, Period, War as Row, WarKind};

pub(super) fn answer(q: &War, gazetteer: &Gazetteer) -> Answer {
    let Some(covered) = years_covered(gazetteer) else {
        return Answer::new(Verdict::OutsideCoverage, "the tables know no wars");
    };
    let rows: Vec<&Row> = gazetteer.wars().iter().filter(|row| is_asked(q, row)).collect();
    let found = match q.test {
        WarTest::Fought(window) if q.holds => fought(q, &rows, window, covered),
        WarTest::Fought(window) => fought(q, &rows, within_their_life(q, window, gazetteer), covered),
        WarTest::Invaded(window) => match fought(q, &rows, window, covered) {
            // An invasion may cost fewer lives than the table asks for.
            found if found.verdict == Verdict::Contradicted => Answer { verdict: Verdict::NotInRecord, ..found },
            found => found,
        },
        WarTest::Since(window, day) => since(&rows, window, day.year(), covered),
        WarTest::Began(window) => edge(q, &rows, window, covered, |row| row.years.0, "began"),
        WarTest::Ended(window) => edge(q, &rows, window, covered, |row| row.years.1, "ended"),
        WarTest::FromTo(from, to) => from_to(q, &rows, from, to, covered),
    };
    let evidence: Vec<Evidence> = rows.iter().take(12).map(|row| shown(row)).collect();
    found.with(evidence)
}

/// The part of a time in which both states existed.
fn within_their_life(q: &War, window: Window, gazetteer: &Gazetteer) -> Window {
    let begin = |code: &str| gazetteer.state(code).and_then(|s| s.period.from).and_then(Partial::first_day);
    let both = [Some(q.party.as_str()), q.against.as_deref()];
    let from = both.into_iter().flatten().filter_map(begin).fold(window.from, |a, b| a.max(b));
    Window { from: from.min(window.to), to: window.to }
}

fn years_covered(gazetteer: &Gazetteer) -> Option<(i16, i16)> {
    let row = gazetteer.complete().iter().find(|row| row.table == "wars")?;
    let Period { from, to } = row.period;
    Some((from.and_then(Partial::first_day)?.year(), to.and_then(Partial::last_day)?.year()))
}

fn is_asked(q: &War, row: &Row) -> bool {
    let parties = match &q.against {
        Some(other) => row.opposes(&q.party, other),
        None => row.side_of(&q.party).is_some(),
    };
    let inside = q.inside.as_deref().is_none_or(|state| row.sides.iter().any(|side| side.contains(&state)));
    parties && inside
}

/// Years of the window as the table counts them.
fn years(window: Window) -> (i16, i16) {
    (window.from.year(), window.to.year())
}

fn overlaps(row: &Row, (from, to): (i16, i16)) -> bool {
    row.years.0 <= to && from <= row.years.1
}

fn fought(q: &War, rows: &[&Row], window: Window, covered: (i16, i16)) -> Answer {
    let asked = years(window);
    let found: Vec<&&Row> = rows.iter().filter(|row| overlaps(row, asked)).collect();
    let deadly = found.iter().any(|row| row.deadly.iter().any(|y| asked.0 <= *y && *y <= asked.1));
    let primary = |row: &Row| {
        let stands = |state: &str| row.sides.iter().any(|side| side.contains(&state));
        stands(&q.party) && q.against.as_deref().is_none_or(stands)
    };
    if !found.is_empty() {
        let text = found.iter().map(|row| told(row)).collect::<Vec<_>>().join("; ");
        if q.holds {
            return Answer::new(Verdict::Supported, text);
        }
        // "Have never fought a war": a war in every sense, or fighting that only some call so.
        return if deadly
            || found.iter().any(|row| primary(row) && row.kind == WarKind::Interstate && q.against.is_none())
        {
            Answer::new(Verdict::Contradicted, text)
        } else {
            let text = format!("{text}: fighting with 25 dead a year or more, in no year with 1,000");
            Answer::new(Verdict::Ambiguous, text)
        };
    }
    none(q.holds, asked, covered, rows)
}

/// No row: it did not happen where the table is whole.
fn none(holds: bool, asked: (i16, i16), covered: (i16, i16), rows: &[&Row]) -> Answer {
    let beside = rows.iter().any(|row| overlaps(row, (asked.0 - 1, asked.1 + 1)));
    let inside = covered.0 <= asked.0 && asked.1 <= covered.1;
    let partly = asked.0 <= covered.1 && covered.0 <= asked.1;
    let span = format!("{}–{}", asked.0.max(covered.0), asked.1.min(covered.1));
    match (holds, inside, partly) {
        (true, true, _) if beside => {
            Answer::new(Verdict::NotInRecord, "no fighting in these years, but in the year before or after")
        }
        (true, true, _) => Answer::new(Verdict::Contradicted, format!("no such conflict in {}–{}", asked.0, asked.1)),
        // What the table has not seen in its years may have happened in the others.
        (true, false, true) => Answer::new(Verdict::NotInRecord, format!("none in {span}, the years of the table")),
        // The year that runs is not in the table yet.
        (false, _, _) if covered.0 <= asked.0 && asked.1 <= covered.1 + 1 => {
            Answer::new(Verdict::Supported, format!("no such conflict in {span}"))
        }
        (false, _, true) => {
            Answer::new(Verdict::NotInRecord, format!("no such conflict in {span}, the years of the table"))
        }
        (_, _, false) => Answer::new(Verdict::OutsideCoverage, format!("the table has {} to {}", covered.0, covered.1)),
    }
}

fn since(rows: &[&Row], window: Window, now: i16, covered: (i16, i16)) -> Answer {
    let asked = years(window);
    if asked.1 < covered.0 || asked.0 > covered.1 {
        return Answer::new(Verdict::OutsideCoverage, format!("the table has {} to {}", covered.0, covered.1));
    }
    let last = now.min(covered.1);
    let runs = merged(rows);
    let begun = |(from, _): &&(i16, i16)| asked.0 <= *from && *from <= asked.1;
    let goes_on = |(_, to): &&(i16, i16)| *to >= last;
    match runs.iter().filter(begun).find(goes_on).or_else(|| runs.iter().find(begun)) {
        Some((from, to)) if *to >= last => {
            Answer::new(Verdict::Supported, format!("fighting from {from} on, in every year up to {last}"))
        }
        Some((from, to)) => Answer::new(Verdict::Ambiguous, format!("fighting from {from} to {to}")),
        None => match runs.iter().find(|(from, to)| *from <= asked.0 && *to >= last) {
            // It goes on, and the years before are told as another conflict or as the same.
            Some((from, _)) => Answer::new(Verdict::Ambiguous, format!("fighting in every year since {from}")),
            None if runs.is_empty() || runs.iter().all(|(_, to)| *to < asked.0 - 1) => {
                Answer::new(Verdict::Contradicted, format!("no such conflict from {} to {last}", asked.0))
            }
            None => Answer::new(Verdict::NotInRecord, "the table has other years"),
        },
    }
}

/// Runs of years, those of several conflicts between the same parties joined, gaps of one year bridged.
fn merged(rows: &[&Row]) -> Vec<(i16, i16)> {
    let mut spans: Vec<(i16, i16)> = rows.iter().map(|row| row.years).collect();
    spans.sort_unstable();
    // A war that begins with a new front is a run of its own too: both beginnings stand.
    let mut runs = spans.clone();
    let mut joined: Vec<(i16, i16)> = Vec::new();
    for (from, to) in spans {
        match joined.last_mut() {
            Some(last) if from <= last.1 + 2 => last.1 = last.1.max(to),
            _ => joined.push((from, to)),
        }
    }
    runs.extend(joined);
    runs.sort_unstable();
    runs.dedup();
    runs
}

fn edge(q: &War, rows: &[&Row], window: Window, covered: (i16, i16), of: impl Fn(&Row) -> i16, word: &str) -> Answer {
    let (from, to) = years(window);
    if to < covered.0 || from > covered.1 {
        return Answer::new(Verdict::OutsideCoverage, format!("the table has {} to {}", covered.0, covered.1));
    }
    let runs = merged(rows);
    let fits = |row: &&&Row| from <= of(row) && of(row) <= to;
    let others = runs.iter().filter(|run| run.0.abs_diff(from) > 1 && run.1.abs_diff(from) > 1).count();
    match rows.iter().find(fits) {
        Some(row) if others == 0 || !rows.iter().any(|r| overlaps(r, (from - 1, from - 1))) => {
            Answer::new(Verdict::Supported, told(row))
        }
        // Fighting before or after: which war is meant decides.
        Some(row) => {
            let text = format!("{}, and in other years", told(row));
            Answer::new(if word == "began" { Verdict::Ambiguous } else { Verdict::Supported }, text)
        }
        None if rows.iter().any(|row| overlaps(row, (from - 1, to + 1))) => {
            Answer::new(Verdict::NotInRecord, rows.iter().map(|row| told(row)).collect::<Vec<_>>().join("; "))
        }
        None => none(q.holds, (from, to), covered, rows),
    }
}

fn from_to(q: &War, rows: &[&Row], from: Window, to: Window, covered: (i16, i16)) -> Answer {
    let (a, b) = (from.from.year(), to.to.year());
    if b < covered.0 || a > covered.1 {
        return Answer::new(Verdict::OutsideCoverage, format!("the table has {} to {}", covered.0, covered.1));
    }
    let runs = merged(rows);
    let near = |x: i16, y: i16| x.abs_diff(y) <= 1;
    match runs.iter().find(|(x, y)| near(*x, a) && near(*y, b)) {
        Some((x, y)) => Answer::new(Verdict::Supported, format!("fighting from {x} to {y}")),
        None if runs.iter().any(|(x, y)| *x <= b && a <= *y) => {
            let told: Vec<String> = runs.iter().map(|(x, y)| format!("{x}–{y}")).collect();
            Answer::new(Verdict::NotInRecord, format!("fighting in {}", told.join(", ")))
        }
        None => none(q.holds, (a, b), covered, rows),
    }
}

fn told(row: &Row) -> String {
    let side = |i: usize| {
        let mut names: Vec<&str> = row.sides[i].clone();
        if i == 1 && names.is_empty() {
            names.extend(row.opponent);
        }
        let beside = &row.beside[i];
        let more = if beside.len() > 6 { format!("{} states", beside.len()) } else { beside.join(", ") };
        if beside.is_empty() { names.join(", ") } else { format!("{} with {more}", names.join(", ")) }
    };
    let years =
        if row.years.0 == row.years.1 { row.years.0.to_string() } else { format!("{}–{}", row.years.0, row.years.1) };
    let over = row.territory.map_or(String::new(), |t| format!(" over {t}"));
    format!("{years}: {} against {}{over}", side(0), side(1))
}

fn shown(row: &Row) -> Evidence {
    let days = match (row.period.from, row.period.to) {
        (None, None) => format!("{} to {}", row.years.0, row.years.1),
        _ => super::span_of(row.period, None),
    };
    let deadly = if row.deadly.is_empty() { "" } else { ", 1,000 dead a year or more" };
    Evidence {
        source: format!("wars ({})", row.source),
        id: Some(row.conflict.to_owned()),
        date: Some(days),
        text: format!("{} ({}{deadly})", told(row), row.kind.name()),
        ..Evidence::default()
    }
}
