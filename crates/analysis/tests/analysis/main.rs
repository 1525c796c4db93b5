//! Answers from histories that are filled by hand.

mod changes;
mod dyad;
mod history;
mod mediators;
mod meetings;
mod position;

use legation_analysis::{About, Builder, Day, DocumentRow, History, PartRow, Row, When};
use legation_record::{EventType, Status};

/// A day as a number: 2024-08-19 as 20240819.
fn day(packed: i64) -> Day {
    Day::of_packed(packed).expect("a day")
}

/// Occurrences written in one line each: when (YYYYMMDD, zeros for what is unknown; 0 for nothing), type, actors and
/// recipients as "AZE GOV:Ilham Aliyev, RUS" and the mode.
#[derive(Clone, Copy, Debug)]
struct Line<'a> {
    when: i64,
    event_type: &'a str,
    actors: &'a str,
    recipients: &'a str,
    modes: &'a str,
}

fn line<'a>(when: i64, event_type: &'a str, actors: &'a str, recipients: &'a str, modes: &'a str) -> Line<'a> {
    Line { when, event_type, actors, recipients, modes }
}

fn parts(list: &str) -> Vec<PartRow<'_>> {
    let each = list.split(", ").filter(|part| !part.is_empty());
    each.map(|part| {
        let (code, name) = part.split_once(':').unwrap_or((part, part));
        let (code, sectors) = code.split_once(' ').unwrap_or((code, ""));
        let code = if code == "?" { "" } else { code };
        PartRow {
            name: name.split(' ').next().filter(|_| name == part).unwrap_or(name),
            code,
            sectors,
            ..PartRow::default()
        }
    })
    .collect()
}

/// A history of these lines, each told on its day by one report of a document of its own.
fn history(lines: &[Line<'_>]) -> History {
    with_rows(lines, |_, row| row)
}

/// The same, each row changed by `change`.
fn with_rows<'a>(lines: &[Line<'a>], change: impl Fn(usize, Row<'a>) -> Row<'a>) -> History {
    let mut builder = Builder::new(About::default());
    for (i, line) in lines.iter().enumerate() {
        let (actors, recipients) = (parts(line.actors), parts(line.recipients));
        let when = (line.when > 0).then(|| When::of_packed(line.when, None, None).expect("a date"));
        let plain = Row {
            id: i as u64 + 1,
            when,
            first_published: when.map(|when| when.first),
            last_published: when.map(|when| when.first),
            event_type: line.event_type.parse::<EventType>().expect("a type"),
            modes: line.modes,
            status: Status::Actual,
            publishers: 1,
            ..Row::default()
        };
        let row = Row { actors: &actors, recipients: &recipients, ..change(i, plain) };
        builder.occurrence(&row);
        let codes: Vec<&str> = actors.iter().chain(&recipients).map(|part| part.code).collect();
        let published = row.first_published;
        builder.document(&DocumentRow { published, publisher: "The Gazette", reports: &[codes] });
    }
    builder.finish()
}
