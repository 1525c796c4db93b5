use crate::{Act, Error, Party, plover_type};
use legation_record::Span;
use serde_json::Value;
use std::collections::BTreeMap;

/// What a coder found, by document.
#[derive(Clone, Debug, Default)]
pub struct Coded {
    /// The events of each document, in the order they were put out.
    pub documents: BTreeMap<String, Vec<Act>>,
    /// Whether events are triples of one source, one event and one target.
    pub dyadic: bool,
}

/// Reads a coder's output: JSON Lines in our contract (as much of it as there is), or CSV (commas or tabs, with a
/// header). In a CSV the document is in a column `document_id`, `doc_id`, `sentence_id`, `story_id` or `id`; the type in
/// `event_type` or, as CAMEO, in `cameo_code`, `eventcode`, `event_code` or `code`; participants by their codes in
/// `actor_code` and `recipient_code`, or `source`, `sourcecode`, `source_code` and `target` … (one each: triples).
pub fn coded(text: &str) -> Result<Coded, Error> {
    if text.trim_start().starts_with('{') || text.trim().is_empty() { json_lines(text) } else { table(text) }
}

fn json_lines(text: &str) -> Result<Coded, Error> {
    let mut out = Coded::default();
    for (i, line) in text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
        let fails = |message: String| Error::Record { what: "line", number: i + 1, message };
        let value: Value = serde_json::from_str(line).map_err(|e| fails(e.to_string()))?;
        let id = document(&value).ok_or_else(|| fails("the event names no document (`document.id`)".into()))?;
        let act = Act::from_json(&value).map_err(fails)?;
        out.documents.entry(id).or_default().push(act);
    }
    Ok(out)
}

/// The document an event belongs to.
pub(crate) fn document(event: &Value) -> Option<String> {
    let document = event.get("document");
    let id = document.and_then(|d| d.get("id").or(Some(d))).or_else(|| event.get("document_id"));
    id.and_then(Value::as_str).map(String::from)
}

fn table(text: &str) -> Result<Coded, Error> {
    let header = text.lines().next().unwrap_or_default();
    let delimiter = if header.contains('\t') { b'\t' } else { b',' };
    let mut rows = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(text.as_bytes());
    let names: Vec<String> = rows
        .headers()
        .map_err(|e| Error::File(e.to_string()))?
        .iter()
        .map(|name| name.trim().to_lowercase().replace([' ', '-'], "_"))
        .collect();
    let column = |wanted: &[&str]| wanted.iter().find_map(|w| names.iter().position(|n| n == w));
    let missing = |what: &str| Error::File(format!("no column says {what}; there are {}", names.join(", ")));
    let id = column(&["document_id", "doc_id", "document", "sentence_id", "story_id", "id"]);
    let id = id.ok_or_else(|| missing("the document"))?;
    let event_type = column(&["event_type", "plover"]);
    let cameo = column(&["cameo_code", "eventcode", "event_code", "cameo", "code"]);
    if event_type.is_none() && cameo.is_none() {
        return Err(missing("the type or CAMEO code"));
    }
    let listed = column(&["actor_code", "actor_codes"]);
    let source = listed.or_else(|| column(&["source", "sourcecode", "source_code", "actor", "actor1code"]));
    let target = column(&["recipient_code", "recipient_codes"]);
    let target = target.or_else(|| column(&["target", "targetcode", "target_code", "recipient", "actor2code"]));
    let optional = |name: &str| column(&[name]);
    let mut out = Coded { dyadic: listed.is_none(), ..Coded::default() };
    for (i, row) in rows.records().enumerate() {
        let fails = |message: String| Error::Record { what: "row", number: i + 1, message };
        let row = row.map_err(|e| fails(e.to_string()))?;
        let cell = |at: Option<usize>| at.and_then(|at| row.get(at)).unwrap_or_default().trim().to_owned();
        let code = cell(cameo);
        let name = match cell(event_type) {
            name if !name.is_empty() => name.to_uppercase(),
            _ => plover_type(&code).map_or_else(|| format!("CAMEO {code}"), |t| t.name().to_owned()),
        };
        let status = cell(optional("status"));
        let people = |codes: Option<usize>, side: &str| {
            let of = |suffix: &str| cell(optional(&format!("{side}_{suffix}")));
            parties(&cell(codes), &of("sectors"), &of("text"), &of("span"), listed.is_none())
        };
        let words = cell(optional("trigger_text"));
        let place = span(&format!("{}:{}", cell(optional("trigger_start")), cell(optional("trigger_end"))));
        out.documents.entry(cell(Some(id))).or_default().push(Act {
            event_type: name,
            quad: Some(cell(optional("quad_class"))).filter(|q| q.contains(' ')),
            modes: list(&cell(optional("event_mode"))),
            about: Some(cell(optional("about"))).filter(|a| !a.is_empty()),
            cameo: Some(code).filter(|c| !c.is_empty()),
            actors: people(source, "actor"),
            recipients: people(target, "recipient"),
            status: if status.is_empty() { None } else { crate::act::status(&status) },
            sentence: cell(optional("sentence")).parse().ok(),
            trigger: Some((words, place)).filter(|(words, _)| !words.is_empty()),
            rule: cell(optional("rule")),
        });
    }
    Ok(out)
}

fn list(cell: &str) -> Vec<String> {
    cell.split(';').map(str::trim).filter(|s| !s.is_empty()).map(String::from).collect()
}

/// Participants from cells that list them in the same order. A code of the field's triples may carry sectors
/// ("USAGOV").
fn parties(codes: &str, sectors: &str, texts: &str, spans: &str, triples: bool) -> Vec<Party> {
    if codes.is_empty() && texts.is_empty() || codes == "---" {
        return Vec::new();
    }
    if triples {
        let state = codes.get(..3).unwrap_or(codes);
        return vec![Party { code: Some(state.to_owned()).filter(|c| !c.is_empty()), ..Party::default() }];
    }
    let (sectors, texts, spans): (Vec<&str>, Vec<&str>, Vec<&str>) =
        (sectors.split(';').collect(), texts.split(';').collect(), spans.split(';').collect());
    let at = |list: &[&str], i: usize| list.get(i).map_or("", |s| s.trim()).to_owned();
    let party = |(i, code): (usize, &str)| Party {
        code: Some(code.trim().to_owned()).filter(|c| !c.is_empty()),
        sectors: at(&sectors, i).split_whitespace().map(String::from).collect(),
        text: at(&texts, i),
        span: span(&at(&spans, i)),
    };
    codes.split(';').enumerate().map(party).collect()
}

/// "12:20".
fn span(cell: &str) -> Option<Span> {
    let (start, end) = cell.split_once(':')?;
    let (start, end) = (start.parse().ok()?, end.parse().ok()?);
    (start <= end).then_some(Span { start, end })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_come_as_json_lines_or_as_a_table() {
        let json = coded("{\"document\": {\"id\": \"d\"}, \"event_type\": \"AID\", \"actors\": [\"FRA GOV\"]}\n")
            .expect("JSON Lines");
        assert_eq!(json.documents["d"][0].actors[0].code.as_deref(), Some("FRA"));
        let icews = coded("Story ID\tCAMEO Code\tSource Code\tTarget Code\n7\t042\tFRAGOV\tDEU\n").expect("a table");
        let act = &icews.documents["7"][0];
        assert!(icews.dyadic);
        assert_eq!((act.event_type.as_str(), act.actors[0].code.as_deref()), ("CONSULT", Some("FRA")));
        let ours = "document_id,event_type,actor_code,actor_sectors,actor_text,actor_span,status\n\
            d,CONSULT,FRA; ,GOV; ,Paris; rebels,0:5; 9:15,future\n";
        let ours = &coded(ours).expect("a table").documents["d"][0];
        assert_eq!(
            (ours.actors.len(), ours.actors[1].code.clone(), ours.actors[1].span),
            (2, None, Some(Span { start: 9, end: 15 }))
        );
        assert!(!ours.counts() || ours.status().name() == "future");
        assert!(coded("a,b\n1,2\n").expect_err("no document").to_string().contains("document"));
    }
}
