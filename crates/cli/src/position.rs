//! `legation position`: where a state stands among several powers.

use crate::args::position::{AnswerFormat, PositionArgs};
use crate::ask::{Source, code, history, one_decimal, party, signed};
use crate::exit::{Exit, Failure};
use crate::out::Out;
use crate::position_plot;
use crate::style::{Style, Tone, clean, keep_start, width};
use legation::analysis::Day;
use legation::analysis::multivector::{Estimate, FEWEST_IN_ALL, Index};
use legation::analysis::position::{Bond, Position, PositionAsk, YearTie, position};
use legation::gazetteer::Gazetteer;
use serde::Serialize;
use std::io::{self, Write};

/// Powers side by side in the table.
const ABREAST: usize = 4;

/// Runs the command.
pub fn run(args: &PositionArgs) -> Result<Exit, Failure> {
    let plot = args.plot.as_deref().map(position_plot::Target::new).transpose()?;
    let gazetteer = Gazetteer::embedded();
    let state = code(&args.state.join(" "), gazetteer)?;
    let history = history(args.record.record.as_deref())?;
    let mut among = Vec::new();
    for name in &args.among {
        let power = party(name, gazetteer, &history)?;
        if power == state || among.contains(&power) {
            return Err(Failure::Usage(format!("{:?} is named twice", clean(name))));
        }
        among.push(power);
    }
    if among.len() < 2 {
        return Err(Failure::Usage("--among takes two powers or more: a position is one among several".to_owned()));
    }
    let (since, until) = (args.since.map(Day::of), args.until.map(Day::of));
    let ask = PositionAsk { state, among, since, until, window: args.window, with_members: args.with_members };
    let answer = position(&history, gazetteer, &ask);
    let source = Source::of(&history);
    let mut out = Out::open(None).map_err(Failure::output(None))?;
    match args.format {
        AnswerFormat::Table => table(&mut out, Style::of_stdout(), &answer, &source),
        AnswerFormat::Csv => csv(&mut out, &answer),
        AnswerFormat::Json => {
            let whole = Whole { record: &source, position: &answer };
            serde_json::to_writer_pretty(&mut out, &whole).map_err(io::Error::from).and_then(|()| writeln!(out))
        }
    }
    .and_then(|()| out.commit())
    .map_err(Failure::output(None))?;
    match plot {
        Some(target) => target.write(&answer, &source).map(|()| Exit::Fine),
        None => Ok(Exit::Fine),
    }
}

#[derive(Serialize)]
struct Whole<'a> {
    record: &'a Source,
    #[serde(flatten)]
    position: &'a Position,
}

fn table(out: &mut dyn Write, style: Style, p: &Position, source: &Source) -> io::Result<()> {
    let names: Vec<&str> = p.among.iter().map(|power| power.name.as_str()).collect();
    let title = format!("{} among {}, {} to {}", p.name, list(&names), p.since, p.until);
    writeln!(out, "{}", style.paint(Tone::Strong, &title))?;
    writeln!(out, "{}", style.paint(Tone::Dim, &source.line()))?;
    if p.with_members {
        writeln!(out, "an organisation stands for its members too, as they were on the day")?;
    }
    for block in (0..names.len()).collect::<Vec<_>>().chunks(ABREAST) {
        writeln!(out)?;
        years(out, style, p, block, &names)?;
    }
    writeln!(
        out,
        "own: the state's occurrences with anybody; coop, conf: verbal+material occurrences; net: -1 to 1; %: of own"
    )?;
    if p.undated > 0 {
        writeln!(out, "{} occurrences that lie in no one year are not in the table", p.undated)?;
    }
    writeln!(out, "\n{}", style.paint(Tone::Strong, "Multi-vector index"))?;
    writeln!(
        out,
        "{:9}  {:>6}  {:17}  {:>8}  {:>6}  {:>8}  shares",
        "years", "events", "index (90 %)", "evenness", "warmth", "bridging"
    )?;
    for window in &p.windows {
        let years = format!("{}-{}", window.from, window.to);
        index_line(out, &years, &window.index, p)?;
    }
    index_line(out, "all", &p.index, p)?;
    writeln!(out, "\n{}", style.paint(Tone::Strong, "The powers among themselves"))?;
    for relation in &p.relations {
        let pair = format!("{} and {}", names[relation.one], names[relation.other]);
        let what = match (relation.hostility, relation.rivals) {
            (None, _) => "too few events to say".to_owned(),
            (Some(hostility), rivals) => {
                format!(
                    "conflict is {:.0} % of what is between them{}",
                    hostility * 100.0,
                    if rivals { ": rivals" } else { "" }
                )
            }
        };
        writeln!(out, "{}: {what} ({} events)", clean(&pair), relation.events)?;
    }
    writeln!(out, "\n{}", style.paint(Tone::Strong, "In the dated tables"))?;
    for power in &p.among {
        let mut lines: Vec<String> = power.alliances.iter().map(|bond| format!("alliance: {}", told(bond))).collect();
        lines.extend(power.membership.iter().map(|bond| format!("in it as {}", told(bond))));
        let few: Vec<String> = power.smallest.iter().map(|b| format!("{} ({})", b.what, span(b))).collect();
        if power.shared > 0 {
            lines.push(format!("{} shared organisations, the smallest: {}", power.shared, few.join(", ")));
        }
        if lines.is_empty() {
            lines.push("no row".to_owned());
        }
        for (i, line) in lines.iter().enumerate() {
            let label = if i == 0 { keep_start(&power.name, 16) } else { String::new() };
            for (j, part) in broken(line, style.width() - 18).iter().enumerate() {
                let label = if j == 0 { label.as_str() } else { "" };
                writeln!(out, "{label}{}  {}", " ".repeat(16 - width(label)), clean(part))?;
            }
        }
    }
    Ok(())
}

fn years(out: &mut dyn Write, style: Style, p: &Position, block: &[usize], names: &[&str]) -> io::Result<()> {
    let heads: Vec<String> = block.iter().map(|i| format!("  {:20}", keep_start(names[*i], 20))).collect();
    writeln!(out, "{}", style.paint(Tone::Strong, format!("{:4} {:>4}{}", "", "", heads.concat()).trim_end()))?;
    let columns = format!("  {:>5} {:>5} {:>4} {:>3}", "coop", "conf", "net", "%").repeat(block.len());
    writeln!(out, "{:4} {:>4}{columns}", "year", "own")?;
    for year in &p.years {
        let cells: Vec<String> = block.iter().map(|i| cell(&year.ties[*i])).collect();
        writeln!(out, "{:4} {:>4}{}", year.year, year.own, cells.concat().trim_end())?;
    }
    Ok(())
}

fn cell(tie: &YearTie) -> String {
    if tie.events == 0 {
        return format!("  {:>5} {:>5} {:>4} {:>3}", "-", "-", "", "");
    }
    let cooperation = format!("{}+{}", tie.verbal_cooperation, tie.material_cooperation);
    let conflict = format!("{}+{}", tie.verbal_conflict, tie.material_conflict);
    let share = tie.share.map_or(String::new(), |s| format!("{:.0}", s * 100.0));
    format!("  {cooperation:>5} {conflict:>5} {:>4} {share:>3}", tie.net.map_or(String::new(), signed))
}

fn index_line(out: &mut dyn Write, years: &str, index: &Index, p: &Position) -> io::Result<()> {
    let part = |estimate: Option<Estimate>| estimate.map_or_else(|| "-".to_owned(), |e| format!("{:.2}", e.value));
    let value = match index.value {
        Some(e) => format!("{:.2} ({:.2}-{:.2})", e.value, e.low, e.high),
        None => "none".to_owned(),
    };
    let rest = match (index.value, index.unmeasured.as_slice()) {
        (Some(_), _) => {
            let shares =
                index.shares.iter().zip(&p.among).map(|(s, power)| format!("{} {:.0}", power.party.key(), s * 100.0));
            shares.collect::<Vec<_>>().join(" ")
        }
        (None, []) => format!("fewer than {FEWEST_IN_ALL} events"),
        (None, few) => {
            let few: Vec<&str> = few.iter().map(|i| p.among[*i].party.key()).collect();
            format!("too little on {}", few.join(", "))
        }
    };
    writeln!(
        out,
        "{years:9}  {:>6}  {value:17}  {:>8}  {:>6}  {:>8}  {rest}",
        index.events,
        part(index.evenness),
        part(index.warmth),
        part(index.bridging)
    )
}

fn csv(out: &mut dyn Write, p: &Position) -> io::Result<()> {
    let mut rows = csv::Writer::from_writer(out);
    rows.write_record([
        "state",
        "power",
        "year",
        "own_events",
        "documents",
        "reports",
        "events",
        "verbal_cooperation",
        "material_cooperation",
        "verbal_conflict",
        "material_conflict",
        "cooperation_score",
        "conflict_score",
        "share",
        "net",
    ])?;
    for year in &p.years {
        for (tie, power) in year.ties.iter().zip(&p.among) {
            let optional = |value: Option<f64>| value.map_or(String::new(), |v| format!("{v:.4}"));
            rows.write_record([
                p.state.key(),
                power.party.key(),
                &year.year.to_string(),
                &year.own.to_string(),
                &year.covered.documents.to_string(),
                &year.covered.reports.to_string(),
                &tie.events.to_string(),
                &tie.verbal_cooperation.to_string(),
                &tie.material_cooperation.to_string(),
                &tie.verbal_conflict.to_string(),
                &tie.material_conflict.to_string(),
                &one_decimal(tie.cooperation_score),
                &one_decimal(tie.conflict_score),
                &optional(tie.share),
                &optional(tie.net),
            ])?;
        }
    }
    rows.flush()
}

fn span(bond: &Bond) -> String {
    match (bond.from.as_str(), bond.to.as_str()) {
        ("", "") => "undated".to_owned(),
        (from, "") => format!("{from} on"),
        (from, to) => format!("{from} to {to}"),
    }
}

fn told(bond: &Bond) -> String {
    let note = if bond.note.is_empty() { String::new() } else { format!(", {}", bond.note) };
    format!("{}, {}{note} [{}]", bond.what, span(bond), bond.source)
}

/// "Russia, China and India".
pub fn list(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [all @ .., last] => format!("{} and {last}", all.join(", ")),
    }
}

/// A text in lines of at most so many columns.
fn broken(text: &str, columns: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if width(line) + 1 + width(word) <= columns => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
