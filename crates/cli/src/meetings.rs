//! `legation meetings`: when two sides met.

use crate::args::OutputFormat;
use crate::args::ask::{AnswerFormat, MeetingsArgs};
use crate::ask::{about, figures, history, sides};
use crate::exit::{Exit, Failure};
use crate::out::Out;
use crate::sheet::{Column, Kind, Sheet};
use crate::style::{Style, Tone, clean, keep_start};
use legation::analysis::meetings::{Count, Form, Meeting, Meetings};
use legation::analysis::{About, History, Level, meetings};
use legation::gazetteer::Gazetteer;
use serde::Serialize;
use serde_json::Value;
use std::io::{self, Write};

/// Runs the command.
pub fn run(args: &MeetingsArgs) -> Result<Exit, Failure> {
    let history = history(args.ask.record.as_deref())?;
    let (a, b) = sides(&history, &args.a, &args.b)?;
    let found = meetings(&history, Gazetteer::embedded(), &a, &b, &args.ask.window());
    let level = Level::from(args.level);
    if let Some(path) = &args.plot {
        crate::meetings_plot::draw(&history, &found, path)?;
    }
    let fails = || Failure::output(args.out.as_deref());
    match args.format {
        AnswerFormat::Table => {
            let mut out = Out::open(args.out.as_deref()).map_err(fails())?;
            let style = if args.out.is_some() { Style::PLAIN } else { Style::of_stdout() };
            table(&mut out, style, &history, &found, level).and_then(|()| out.commit()).map_err(fails())?;
        }
        AnswerFormat::Json => {
            let mut out = Out::open(args.out.as_deref()).map_err(fails())?;
            let count = found.count(level);
            let asked = if level == Level::Unknown { "any" } else { level.name() };
            let answer = Answer { record: history.about(), level: asked, count, meetings: &found };
            serde_json::to_writer_pretty(&mut out, &answer)
                .map_err(io::Error::from)
                .and_then(|()| writeln!(out))
                .and_then(|()| out.commit())
                .map_err(fails())?;
        }
        AnswerFormat::Csv => {
            let mut sheet = Sheet::open(OutputFormat::Csv, args.out.as_deref(), columns()).map_err(fails())?;
            for (list, all) in lists(&found, level) {
                all.iter().try_for_each(|meeting| sheet.row(cells(list, meeting))).map_err(fails())?;
            }
            sheet.finish().map_err(fails())?;
        }
    }
    Ok(Exit::Fine)
}

#[derive(Serialize)]
struct Answer<'a> {
    record: &'a About,
    level: &'a str,
    count: Count,
    #[serde(flatten)]
    meetings: &'a Meetings<'a>,
}

/// The lists in the order of the answer.
fn lists<'a>(found: &'a Meetings<'a>, level: Level) -> Vec<(&'static str, Vec<&'a Meeting<'a>>)> {
    let open =
        |meeting: &&Meeting<'_>| level == Level::Unknown || meeting.level == level || meeting.level == Level::Unknown;
    let unknown = found.met.iter().filter(|m| level != Level::Unknown && m.level == Level::Unknown).collect();
    vec![
        ("meeting", found.of_level(level)),
        ("of unknown level", unknown),
        ("without a date", found.undated.iter().filter(open).collect()),
        ("call", found.calls.iter().filter(open).collect()),
        ("unconfirmed", found.unconfirmed.iter().filter(open).collect()),
    ]
}

fn columns() -> Vec<Column> {
    let text = |name: &str| Column::new(name, Kind::Text, "");
    let mut columns: Vec<Column> =
        ["list", "when", "level", "form", "place", "country", "of_a", "of_b", "others", "occasion"].map(text).into();
    columns.push(Column::new("probability", Kind::Float, ""));
    columns.push(Column::new("reports", Kind::Int, ""));
    columns.extend(["distinct", "doubt", "ids"].map(text));
    columns
}

fn cells(list: &str, meeting: &Meeting<'_>) -> Vec<Value> {
    vec![
        list.into(),
        meeting.when.map(|when| when.to_string()).into(),
        meeting.level.name().into(),
        form(meeting).into(),
        meeting.place.map(|place| place.name).into(),
        meeting.place.and_then(|place| place.country).into(),
        meeting.of_a.join("; ").into(),
        meeting.of_b.join("; ").into(),
        meeting.others.join("; ").into(),
        meeting.occasion.into(),
        ((f64::from(meeting.probability) * 1000.0).round() / 1000.0).into(),
        meeting.reports.into(),
        meeting.distinct.to_string().into(),
        meeting.doubt.into(),
        meeting.ids.join("; ").into(),
    ]
}

fn form(meeting: &Meeting<'_>) -> &'static str {
    match meeting.form {
        Form::Talks if meeting.with_others() => "together at",
        Form::Talks => "talks",
        Form::Visit => "visit",
        Form::Call => "call",
    }
}

fn table(out: &mut dyn Write, style: Style, history: &History, found: &Meetings<'_>, level: Level) -> io::Result<()> {
    let gazetteer = Gazetteer::embedded();
    let dim = |text: &str| style.paint(Tone::Dim, &keep_start(text, style.width())).into_owned();
    let strong = |text: &str| style.paint(Tone::Strong, &keep_start(text, style.width())).into_owned();
    let window = match (found.window.since, found.window.until) {
        (None, None) => String::new(),
        (since, until) => {
            let day = |day: Option<legation::analysis::Day>| day.map_or("…".to_owned(), |day| day.to_string());
            format!(" · {} to {}", day(since), day(until))
        }
    };
    let (a, b) = (found.a.name(gazetteer), found.b.name(gazetteer));
    let who = if level == Level::Unknown { "any level".to_owned() } else { level.name().to_owned() };
    writeln!(out, "{}", strong(&format!("Meetings of {a} and {b}, {who}{window}")))?;
    writeln!(out, "{}", dim(&about(history.about())))?;
    writeln!(out, "{}", dim(&figures(history.about())))?;
    let count = found.count(level);
    writeln!(
        out,
        "\n{} told of with a date; at least {} surely different, at most {} by all that is told; {:.1} by probability",
        counted(count.meetings, "meeting", "meetings"),
        count.least,
        count.most,
        count.expected
    )?;
    if count.undated + count.unknown_level > 0 {
        writeln!(
            out,
            "(of the most, {} without a date and {} of unknown level, which may be among the others)",
            count.undated, count.unknown_level
        )?;
    }
    writeln!(out, "{}", dim("a record has not heard of every meeting: these are the ones it tells of"))?;
    for (name, list) in lists(found, level) {
        if list.is_empty() {
            continue;
        }
        let title = match name {
            "meeting" => "Meetings".to_owned(),
            "of unknown level" => "Of unknown level: the text names states alone".to_owned(),
            "without a date" => "Told without a date: each may be one of the others".to_owned(),
            "call" => "Calls".to_owned(),
            _ => "Unconfirmed: these do not count".to_owned(),
        };
        writeln!(out, "\n{}", strong(&title))?;
        for (i, meeting) in list.iter().enumerate() {
            let number = if name == "meeting" { format!("{:>3} ", i + 1) } else { "    ".to_owned() };
            one(out, style, history, &number, meeting)?;
        }
    }
    Ok(())
}

/// "1 meeting", "3 meetings".
fn counted(number: usize, one: &str, several: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { several })
}

fn one(out: &mut dyn Write, style: Style, history: &History, number: &str, meeting: &Meeting<'_>) -> io::Result<()> {
    let when = meeting.when.map_or("–".to_owned(), |when| when.to_string());
    let implied = meeting.when.is_some_and(|when| when.implied());
    let mut facts = vec![form(meeting).to_owned()];
    facts.push(match (meeting.level, meeting.level_assumed) {
        (Level::Unknown, false) => "level unknown".to_owned(),
        (level, false) => level.name().to_owned(),
        (level, true) => format!("{} (of the visitor)", level.name()),
    });
    facts.extend(meeting.place.map(|place| clean(place.name)));
    facts.extend(meeting.occasion.map(clean));
    facts.extend(meeting.doubt.map(str::to_owned));
    let line = format!("{number}{when}{}  {}", if implied { " (news of)" } else { "" }, facts.join(" · "));
    writeln!(out, "{}", keep_start(&line, style.width()))?;
    let mut who = format!("    {} – {}", clean(&meeting.of_a.join(", ")), clean(&meeting.of_b.join(", ")));
    if meeting.with_others() {
        who.push_str(&format!("; with {}", clean(&meeting.others.join(", "))));
    }
    writeln!(out, "{}", keep_start(&who, style.width()))?;
    for row in &meeting.rows {
        let telling = history.occurrence(*row);
        let words =
            telling.sentence().map_or_else(|| format!("[{}]", clean(telling.trigger())), |s| format!("“{}”", clean(s)));
        let room = style.width().saturating_sub(4);
        writeln!(out, "    {}", style.paint(Tone::Dim, &keep_start(&words, room)))?;
        let mut facts = vec![telling.id(), format!("confidence {:.2}", telling.confidence())];
        if telling.reports() > 1 {
            facts.push(format!("{} reports", telling.reports()));
        }
        facts.extend(telling.publisher().map(clean));
        facts.extend(telling.url().map(clean));
        writeln!(out, "    {}", style.paint(Tone::Dim, &keep_start(&facts.join(" · "), room)))?;
    }
    if !meeting.distinct && meeting.doubt.is_none() && meeting.when.is_some() {
        writeln!(out, "    {}", style.paint(Tone::Dim, "may be the same as another one listed"))?;
    }
    Ok(())
}
