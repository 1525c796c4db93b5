//! `legation correct`: what a person knows better.

use crate::args::correct::{ByArgs, CorrectArgs, CorrectCommand};
use crate::exit::{Exit, Failure};
use crate::record::{open, open_to_write, who};
use crate::style::clean;
use legation::coder::Codebook;
use legation::gazetteer::Gazetteer;
use legation::record::EventType;
use legation::stamp;
use legation::store::{Decision, Who};
use serde_json::{Map, Value, json};

/// Runs the command.
pub fn run(args: &CorrectArgs) -> Result<Exit, Failure> {
    let (decision, by) = match &args.command {
        CorrectCommand::Merge { ids, by } => (Decision::Merge(ids.clone()), by),
        CorrectCommand::Split { id, reports, by } => (Decision::Split(id.clone(), reports.clone()), by),
        CorrectCommand::Recode { id, set, by } => (Decision::Recode(id.clone(), fields(set)?), by),
        CorrectCommand::Reject { id, by } => (Decision::Reject(id.clone()), by),
        CorrectCommand::Undo { number, by } => (Decision::Undo(*number), by),
        CorrectCommand::List => return list(args),
    };
    let ByArgs { by, reason } = by;
    let written = open_to_write(&args.record)?.correct(&decision, by, reason, &stamp())?;
    eprintln!("batch {}: {} occurrences written anew", written.batch, written.occurrences);
    Ok(Exit::Fine)
}

fn list(args: &CorrectArgs) -> Result<Exit, Failure> {
    for c in open(&args.record)?.corrections(None)? {
        let undone = c.undone.map(|batch| format!(" (undone in batch {batch})")).unwrap_or_default();
        let what = c.fields.or_else(|| c.undoes.map(|n| n.to_string())).map(|w| format!(" {w}")).unwrap_or_default();
        let line = format!("{}  {}  {}{what}  {}: {}{undone}", c.number, c.written, c.action, c.person, c.reason);
        println!("{}", clean(&line));
    }
    Ok(Exit::Fine)
}

/// `FIELD=VALUE` in the shapes of the JSON Lines contract.
fn fields(set: &[String]) -> Result<Map<String, Value>, Failure> {
    let mut fields = Map::new();
    for pair in set {
        let wrong = |what: &str| Failure::Usage(format!("--set {pair}: {what}"));
        let (name, value) = pair.split_once('=').ok_or_else(|| wrong("FIELD=VALUE"))?;
        let (name, value) = (name.trim(), value.trim());
        let list = || value.split(';').map(str::trim).filter(|v| !v.is_empty());
        let value = match name {
            "event_type" => json!(value.to_uppercase()),
            "cameo_code" | "status" => json!(value),
            "about" if value.is_empty() => Value::Null,
            "about" => json!(value.to_uppercase()),
            "event_mode" | "contexts" => list().collect(),
            "actors" | "recipients" => list().map(participant).collect(),
            "date" if value.is_empty() => Value::Null,
            "date" => date(value).ok_or_else(|| wrong("a date is 2024-08-19, 2024-08 or 2024"))?,
            "place" if value.is_empty() => Value::Null,
            "place" => {
                json!({"name": value, "country": null, "lat": null, "lon": null, "geonameid": null, "precision": "city"})
            }
            _ => return Err(wrong("this field cannot be set so")),
        };
        fields.insert(name.to_owned(), value);
    }
    // A score belongs to type and mode.
    if let Some(event_type) = fields.get("event_type").and_then(Value::as_str).and_then(|t| t.parse::<EventType>().ok())
    {
        let modes = fields.get("event_mode").and_then(Value::as_array).cloned().unwrap_or_default();
        let modes: Vec<String> = modes.iter().filter_map(Value::as_str).map(str::to_owned).collect();
        fields.insert("score".to_owned(), json!(Codebook::embedded().score(event_type, &modes)));
        fields.entry("event_mode").or_insert_with(|| json!([]));
    }
    Ok(fields)
}

fn date(value: &str) -> Option<Value> {
    let (whole, precision) = match value.len() {
        10 => (value.to_owned(), "day"),
        7 => (format!("{value}-01"), "month"),
        4 => (format!("{value}-01-01"), "year"),
        _ => return None,
    };
    whole.parse::<jiff::civil::Date>().ok()?;
    Some(json!({"value": value, "precision": precision}))
}

/// "RUS:GOV MIL", "Russia", or a name that no gazetteer knows.
fn participant(words: &str) -> Value {
    let (name, sectors) = words.split_once(':').unwrap_or((words, ""));
    let (name, code) = match who(name.trim()) {
        Who::Code(code) => (Gazetteer::embedded().name_of(&code).unwrap_or(&code).to_owned(), Some(code)),
        Who::Name(name) => (name, None),
    };
    let sectors: Vec<&str> = sectors.split_whitespace().collect();
    json!({"name": name, "code": code, "sectors": sectors, "wikidata": null, "text": "", "start": 0, "end": 0})
}
