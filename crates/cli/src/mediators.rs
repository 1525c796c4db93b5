//! `legation mediators`: who might stand between two sides.

use crate::args::position::{AnswerFormat, MediatorsArgs};
use crate::ask::{Source, history, party};
use crate::exit::{Exit, Failure};
use crate::out::Out;
use crate::style::{Style, Tone, clean, keep_start, width};
use legation::analysis::mediators::{Ground, GroundKind, Mediator, Mediators, MediatorsAsk, mediators};
use legation::analysis::{Day, History, Party};
use legation::gazetteer::{Gazetteer, What};
use serde::Serialize;
use std::io::{self, Write};

/// Runs the command.
pub fn run(args: &MediatorsArgs) -> Result<Exit, Failure> {
    let gazetteer = Gazetteer::embedded();
    let history = history(args.record.record.as_deref())?;
    let side = |name: &str| group(name, gazetteer).map_or_else(|| party(name, gazetteer, &history), Ok);
    let (a, b) = (side(&args.a)?, side(&args.b)?);
    if a == b && gazetteer.state(a.key()).is_none() {
        return Err(Failure::Usage("both sides are the same, and no state with opponents within".to_owned()));
    }
    let on = args.on.map(Day::of).or(args.until.map(|day| Day::of(day).plus(1)));
    let ask = MediatorsAsk { a, b, on, since: args.since.map(Day::of) };
    let mut answer = mediators(&history, gazetteer, &ask);
    if args.limit > 0 {
        answer.ranked.truncate(args.limit);
    }
    let source = Source::of(&history);
    let mut out = Out::open(None).map_err(Failure::output(None))?;
    match args.format {
        AnswerFormat::Table => table(&mut out, Style::of_stdout(), &history, &answer, &source, args.evidence),
        AnswerFormat::Csv => csv(&mut out, &answer),
        AnswerFormat::Json => json(&mut out, &history, &answer, &source, args.evidence),
    }
    .and_then(|()| out.commit())
    .map_err(Failure::output(None))?;
    Ok(Exit::Fine)
}

/// A group that the gazetteer knows by this name alone, even where the record has no event of it: its home state is known.
fn group(name: &str, gazetteer: &'static Gazetteer) -> Option<Party> {
    let found = gazetteer.who(name);
    let mut names: Vec<&str> = found.iter().filter(|c| c.what == What::Group).map(|c| c.main().name).collect();
    names.dedup();
    match names.as_slice() {
        [one] if found.iter().all(|c| !matches!(c.what, What::State | What::Territory | What::Organisation)) => {
            Some(Party::Name((*one).to_owned()))
        }
        _ => None,
    }
}

/// An event behind a point.
#[derive(Serialize)]
struct Event<'a> {
    occurrence: String,
    date: Option<String>,
    event_type: &'static str,
    text: &'a str,
    url: Option<&'a str>,
}

fn events<'a>(history: &'a History, ground: &Ground, number: usize) -> Vec<Event<'a>> {
    let rows = ground.rows.iter().take(number).map(|row| history.occurrence(*row));
    rows.map(|occurrence| Event {
        occurrence: occurrence.id(),
        date: occurrence.when().map(|when| when.to_string()),
        event_type: occurrence.event_type().name(),
        text: occurrence.sentence().unwrap_or_else(|| occurrence.trigger()),
        url: occurrence.url(),
    })
    .collect()
}

fn table(
    out: &mut dyn Write,
    style: Style,
    history: &History,
    answer: &Mediators,
    source: &Source,
    evidence: usize,
) -> io::Result<()> {
    let gazetteer = Gazetteer::embedded();
    let a = answer.a.name(gazetteer);
    let opponents = format!("opponents within {a}");
    let b = if answer.within { opponents.as_str() } else { answer.b.name(gazetteer) };
    let title = format!("Third parties between {a} and {b}, by what was known before {}", answer.before);
    writeln!(out, "{}", style.paint(Tone::Strong, &clean(&title)))?;
    writeln!(out, "{}", style.paint(Tone::Dim, &source.line()))?;
    writeln!(out, "{} events in that time have both sides", answer.between)?;
    for (i, mediator) in answer.ranked.iter().enumerate() {
        let head = format!("{:>3}. {} ({})", i + 1, clean(&mediator.name), clean(&mediator.code));
        writeln!(out, "\n{}  {:.2} points", style.paint(Tone::Strong, &head), mediator.score)?;
        for ground in &mediator.grounds {
            let label = keep_start(&ground.kind.label(a, b), 24);
            let pad = " ".repeat(24 - width(&label));
            writeln!(out, "     {label}{pad} {:>6}  {}", format!("{:+.2}", ground.points), clean(&value(ground)))?;
            for event in events(history, ground, evidence) {
                let date = event.date.as_deref().unwrap_or("undated");
                let left = format!("{:29}{} {date} {}: ", "", event.occurrence, event.event_type);
                let text = keep_start(&clean(event.text), style.width().saturating_sub(width(&left)).max(20));
                writeln!(out, "{}", style.paint(Tone::Dim, &format!("{left}{text}")))?;
            }
        }
    }
    Ok(())
}

/// What the points were computed from, in words.
fn value(ground: &Ground) -> String {
    let events = match ground.rows.len() {
        0 => String::new(),
        1 => ", 1 event".to_owned(),
        n => format!(", {n} events"),
    };
    match ground.kind {
        GroundKind::TiesA | GroundKind::TiesB => {
            let warmth = ground.warmth.map_or(String::new(), |w| format!(", {:.0} % warm", w * 100.0));
            format!("cooperation {:.1} after ageing{warmth}{events}", ground.value)
        }
        GroundKind::Nearness => format!("{:.0} km to both capitals", ground.value),
        GroundKind::SharedOrganisations => format!("{:.2}: {} …", ground.value, ground.facts.join(", ")),
        GroundKind::House => format!("one of {:.0} members each", ground.value),
        _ => format!("{:.1} after ageing{events}", ground.value),
    }
}

const KINDS: [(GroundKind, &str); 9] = [
    (GroundKind::TiesA, "ties_a"),
    (GroundKind::TiesB, "ties_b"),
    (GroundKind::Mediating, "mediating"),
    (GroundKind::Hosting, "hosting"),
    (GroundKind::WithBoth, "with_both"),
    (GroundKind::Acceptance, "acceptance"),
    (GroundKind::Nearness, "nearness"),
    (GroundKind::SharedOrganisations, "shared_organisations"),
    (GroundKind::House, "house"),
];

fn csv(out: &mut dyn Write, answer: &Mediators) -> io::Result<()> {
    let mut rows = csv::Writer::from_writer(out);
    let head = ["a", "b", "before", "rank", "code", "name", "organisation", "score", "reach"];
    let kinds = KINDS.iter().flat_map(|(_, name)| [(*name).to_owned(), format!("{name}_points")]);
    rows.write_record(head.iter().map(|h| (*h).to_owned()).chain(kinds))?;
    for (i, mediator) in answer.ranked.iter().enumerate() {
        let before = answer.before.to_string();
        let head = [answer.a.key(), answer.b.key(), &before].map(str::to_owned);
        let own = [
            (i + 1).to_string(),
            mediator.code.clone(),
            mediator.name.clone(),
            mediator.organisation.to_string(),
            format!("{:.4}", mediator.score),
            format!("{:.4}", mediator.reach),
        ];
        let grounds = KINDS.iter().flat_map(|(kind, _)| ground_cells(mediator, *kind));
        rows.write_record(head.into_iter().chain(own).chain(grounds))?;
    }
    rows.flush()
}

fn ground_cells(mediator: &Mediator, kind: GroundKind) -> [String; 2] {
    let ground = mediator.grounds.iter().find(|ground| ground.kind == kind);
    ground.map_or_else(Default::default, |g| [format!("{:.4}", g.value), format!("{:.4}", g.points)])
}

fn json(
    out: &mut dyn Write,
    history: &History,
    answer: &Mediators,
    source: &Source,
    evidence: usize,
) -> io::Result<()> {
    #[derive(Serialize)]
    struct Reason<'a> {
        #[serde(flatten)]
        ground: &'a Ground,
        events: Vec<Event<'a>>,
        events_in_all: usize,
    }
    #[derive(Serialize)]
    struct Third<'a> {
        rank: usize,
        code: &'a str,
        name: &'a str,
        organisation: bool,
        score: f64,
        reach: f64,
        grounds: Vec<Reason<'a>>,
    }
    #[derive(Serialize)]
    struct Whole<'a> {
        record: &'a Source,
        a: &'a str,
        b: &'a str,
        within: bool,
        before: Day,
        since: Option<Day>,
        between: usize,
        ranked: Vec<Third<'a>>,
    }
    let ranked = answer.ranked.iter().enumerate().map(|(i, mediator)| Third {
        rank: i + 1,
        code: &mediator.code,
        name: &mediator.name,
        organisation: mediator.organisation,
        score: mediator.score,
        reach: mediator.reach,
        grounds: mediator
            .grounds
            .iter()
            .map(|ground| Reason {
                ground,
                events: events(history, ground, evidence),
                events_in_all: ground.rows.len(),
            })
            .collect(),
    });
    let whole = Whole {
        record: source,
        a: answer.a.key(),
        b: answer.b.key(),
        within: answer.within,
        before: answer.before,
        since: answer.since,
        between: answer.between,
        ranked: ranked.collect(),
    };
    serde_json::to_writer_pretty(&mut *out, &whole).map_err(io::Error::from)?;
    writeln!(out)
}
