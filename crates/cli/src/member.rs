//! `legation member` and `legation members`: who is in what, on a day.

use crate::args::{MemberArgs, MembersArgs};
use crate::exit::{Exit, Failure};
use crate::out::Out;
use crate::portrait::{Row, row};
use crate::style::{Style, Tone, clean, keep_start, width};
use crate::who::unknown;
use jiff::civil::Date;
use legation::gazetteer::{Answer, Candidate, Gazetteer, Membership, What};
use std::io::{self, Write};

/// Runs `legation member`.
pub fn of_state(args: &MemberArgs) -> Result<Exit, Failure> {
    let gazetteer = Gazetteer::embedded();
    let state = code(gazetteer, &args.state.join(" "), &[What::State, What::Territory], "state")?;
    let organisation = match &args.of {
        Some(name) => Some(code(gazetteer, name, &[What::Organisation], "organisation")?),
        None => None,
    };
    let list = gazetteer.memberships(state).filter(|m| organisation.is_none_or(|code| m.organisation == code));
    let rows = held(gazetteer, list, args.on);
    print(args.json, args.on, &rows, |row| (row.organisation, row.organisation_name))?;
    if let (Some(organisation), Some(day)) = (organisation, args.on) {
        let answer = match gazetteer.is_member(organisation, state, day) {
            Answer::Yes(status) => status.name(),
            Answer::No => "no member",
            Answer::Unknown => "unknown",
        };
        eprintln!("{state} in {organisation} on {day}: {answer}");
    } else if rows.is_empty() {
        eprintln!("no memberships of {state} are known{}", on_day(args.on));
    }
    Ok(Exit::Fine)
}

/// Runs `legation members`.
pub fn of_organisation(args: &MembersArgs) -> Result<Exit, Failure> {
    let gazetteer = Gazetteer::embedded();
    let organisation = code(gazetteer, &args.organisation.join(" "), &[What::Organisation], "organisation")?;
    let mut rows = held(gazetteer, gazetteer.members(organisation, None).into_iter(), args.on);
    rows.sort_by_key(|row| (rank(row.status), row.from.or(row.first_seen), row.state));
    print(args.json, args.on, &rows, |row| (row.state, row.state_name))?;
    let complete: Vec<String> = gazetteer
        .complete()
        .iter()
        .filter(|c| c.table == "memberships" && c.organisation == Some(organisation))
        .map(|c| {
            let end = |date: Option<legation::gazetteer::Partial>| date.map_or("", |d| d.text());
            format!("{} from {} to {} ({})", c.statuses, end(c.period.from), end(c.period.to), c.source)
        })
        .collect();
    let complete = if complete.is_empty() { "at no time".to_owned() } else { format!("for {}", complete.join("; ")) };
    eprintln!("{} rows{}; the table of {organisation} is complete {complete}", rows.len(), on_day(args.on));
    Ok(Exit::Fine)
}

/// The code of the one state or organisation that a name means.
fn code(gazetteer: &Gazetteer, name: &str, wanted: &[What], noun: &str) -> Result<&'static str, Failure> {
    let found: Vec<Candidate> = gazetteer.who(name).into_iter().filter(|c| wanted.contains(&c.what)).collect();
    let mut codes: Vec<&'static str> = found.iter().filter_map(|c| c.main().code).collect();
    codes.dedup();
    match codes.as_slice() {
        [] => Err(unknown(name)),
        [code] => Ok(code),
        several => Err(Failure::Usage(format!("{:?} is more than one {noun}: {}", clean(name), several.join(", ")))),
    }
}

fn held<'a>(gazetteer: &Gazetteer, list: impl Iterator<Item = &'a Membership>, on: Option<Date>) -> Vec<Row> {
    let held = list.filter(|m| on.is_none_or(|day| m.held_on(day) != Some(false)));
    held.map(|m| row(gazetteer, m, on)).collect()
}

fn rank(status: &str) -> usize {
    legation::gazetteer::Status::ALL.iter().position(|s| s.name() == status).unwrap_or(usize::MAX)
}

fn on_day(on: Option<Date>) -> String {
    on.map_or(String::new(), |day| format!(" on {day}"))
}

/// The rows as a table, or one JSON object a line.
fn print(
    json: bool,
    on: Option<Date>,
    rows: &[Row],
    party: impl Fn(&Row) -> (&'static str, Option<&'static str>),
) -> Result<(), Failure> {
    let mut out = Out::open(None).map_err(Failure::output(None))?;
    let mut write = || -> io::Result<()> {
        if json {
            return rows.iter().try_for_each(|row| {
                serde_json::to_writer(&mut out, row)?;
                writeln!(out)
            });
        }
        table(&mut out, Style::of_stdout(), on, rows, &party)
    };
    write().and_then(|()| out.commit()).map_err(Failure::output(None))
}

fn table(
    out: &mut dyn Write,
    style: Style,
    on: Option<Date>,
    rows: &[Row],
    party: &dyn Fn(&Row) -> (&'static str, Option<&'static str>),
) -> io::Result<()> {
    const STATUS: usize = 10;
    const SPAN: usize = 30;
    const SOURCE: usize = 13;
    let widest = rows.iter().map(|row| party(row).0.len()).max().unwrap_or(0);
    let room = style.width().saturating_sub(widest + STATUS + SPAN + SOURCE + 8);
    let doubt = |row: &Row| if on.is_some() && row.held == Some(None) { "?" } else { "" };
    for row in rows {
        let (code, name) = party(row);
        let name = keep_start(name.unwrap_or(""), room);
        let name = format!("{name}{}", " ".repeat(room.saturating_sub(width(&name))));
        let status = format!("{}{}", row.status, doubt(row));
        let left = format!("{code:widest$}  {name}  {status:STATUS$}  {:SPAN$}", row.span());
        writeln!(out, "{left}  {}", style.paint(Tone::Dim, row.source))?;
        if !row.note.is_empty() {
            let note = keep_start(&clean(row.note), style.width() - widest - 2);
            writeln!(out, "{:widest$}  {}", "", style.paint(Tone::Dim, &note))?;
        }
    }
    Ok(())
}
