use crate::{Act, Error, Party, plover_type};
use legation_record::{QuadClass, Span};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event as Xml};
use serde_json::{Value, json};

/// In what the gold is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GoldFormat {
    /// Tab-separated sentences with a marked pair, as PLV publishes them.
    Plv,
    /// `<Sentence>` with `<EventCoding>` and `<Text>`, as the PETRARCH coders validate themselves.
    Petrarch,
    /// One JSON object a line: a text with its `events`, or an event of our own contract.
    JsonLines,
}

/// Texts with what is right for them.
#[derive(Clone, Debug)]
pub struct Gold {
    /// How it was written.
    pub format: GoldFormat,
    /// Its records in their order.
    pub records: Vec<Record>,
    /// Whether events are triples of one source, one event and one target.
    pub dyadic: bool,
    /// What the file has and cannot be scored, each with its reason.
    pub left_out: Vec<String>,
}

/// A text with what is right for it.
#[derive(Clone, Debug, Default)]
pub struct Record {
    /// Identifier, unique in the file.
    pub id: String,
    /// The text; empty where the gold has none.
    pub text: String,
    /// Headline, date, publisher …: what [`Gold::documents`] passes on.
    pub metadata: Vec<(&'static str, String)>,
    /// The events it holds.
    pub acts: Vec<Act>,
    /// Words of the parties, where they are marked in the text: for each party its places.
    pub marks: Vec<Vec<Span>>,
    /// The text with its marks, for people.
    pub marked: String,
}

impl Gold {
    /// Reads a gold file.
    pub fn read(text: &str, format: GoldFormat) -> Result<Self, Error> {
        let mut gold =
            Self { format, records: Vec::new(), dyadic: format == GoldFormat::Petrarch, left_out: Vec::new() };
        match format {
            GoldFormat::Plv => gold.read_plv(text)?,
            GoldFormat::Petrarch => gold.read_petrarch(text)?,
            GoldFormat::JsonLines => gold.read_json_lines(text)?,
        }
        if gold.records.is_empty() {
            return Err(Error::File("there is no record in it".into()));
        }
        Ok(gold)
    }

    /// Its texts as JSON Lines, to be read and coded like any other; `None` where the gold has no texts.
    pub fn documents(&self) -> Option<String> {
        let mut out = String::new();
        for record in &self.records {
            if record.text.is_empty() {
                return None;
            }
            let mut document = json!({"id": record.id, "text": record.text});
            for (key, value) in &record.metadata {
                document[*key] = Value::String(value.clone());
            }
            out.push_str(&document.to_string());
            out.push('\n');
        }
        Some(out)
    }

    fn read_plv(&mut self, text: &str) -> Result<(), Error> {
        let mut rows = csv::ReaderBuilder::new().delimiter(b'\t').quoting(false).from_reader(text.as_bytes());
        let names = rows.headers().map_err(|e| Error::File(e.to_string()))?.clone();
        let column = |name: &str| {
            let at = names.iter().position(|n| n == name);
            at.ok_or_else(|| {
                Error::File(format!(
                    "there is no column {name:?}: PLV has sentence, marked_sentence, gold_root, gold_penta"
                ))
            })
        };
        let (sentence, marked) = (column("sentence")?, column("marked_sentence")?);
        let (root, penta) = (column("gold_root")?, column("gold_penta")?);
        for (i, row) in rows.records().enumerate() {
            let fails = |message: String| Error::Record { what: "row", number: i + 1, message };
            let row = row.map_err(|e| fails(e.to_string()))?;
            let cell = |at: usize| row.get(at).unwrap_or_default().to_owned();
            let (plain, marks) = unmark(&cell(marked)).map_err(&fails)?;
            if plain != cell(sentence) {
                return Err(fails("the marked sentence differs from the sentence".into()));
            }
            let quad =
                quad_of_number(&cell(penta)).ok_or_else(|| fails(format!("{:?} is no quad class", cell(penta))))?;
            self.records.push(Record {
                id: format!("plv-{:04}", i + 1),
                text: plain,
                acts: vec![Act { event_type: cell(root), quad: Some(quad.name().into()), ..Act::default() }],
                marks: marks.into_iter().filter(|m| !m.is_empty()).collect(),
                marked: cell(marked),
                ..Record::default()
            });
        }
        Ok(())
    }

    fn read_petrarch(&mut self, text: &str) -> Result<(), Error> {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        // Files of the field are not always well-formed.
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        let (mut record, mut words) = (Record::default(), None::<String>);
        let (mut nothing, mut tests_an_error) = (false, false);
        loop {
            match reader.read_event() {
                Err(e) => return Err(Error::File(format!("byte {}: {e}", reader.error_position()))),
                Ok(Xml::Eof) => return Ok(()),
                Ok(Xml::Start(tag) | Xml::Empty(tag)) => match tag.name().as_ref() {
                    "Sentence" => {
                        record = Record::default();
                        (nothing, tests_an_error) = (false, false);
                        record.id = attribute(&tag, "id").unwrap_or_default();
                        let date =
                            attribute(&tag, "date").filter(|d| d.len() == 8 && d.bytes().all(|b| b.is_ascii_digit()));
                        record
                            .metadata
                            .extend(date.map(|d| ("published", format!("{}-{}-{}", &d[..4], &d[4..6], &d[6..]))));
                    }
                    "EventCoding" => {
                        nothing |= attribute(&tag, "noevents").is_some();
                        tests_an_error |= attribute(&tag, "error").is_some();
                        if let Some(code) = attribute(&tag, "eventcode") {
                            record.acts.push(triple(&tag, &code));
                        }
                    }
                    "Text" => words = Some(String::new()),
                    _ => {}
                },
                Ok(Xml::Text(part)) => {
                    if let Some(words) = &mut words {
                        words.push_str(&part);
                    }
                }
                Ok(Xml::GeneralRef(reference)) => {
                    if let Some(words) = &mut words {
                        words.push_str(quick_xml::escape::resolve_predefined_entity(&reference).unwrap_or("&"));
                    }
                }
                Ok(Xml::End(tag)) if tag.name().as_ref() == "Text" => {
                    let mut done = std::mem::take(&mut record);
                    let words = words.take().unwrap_or_default();
                    done.text = words.split_whitespace().collect::<Vec<_>>().join(" ");
                    done.marked.clone_from(&done.text);
                    let number = self.records.len() + self.left_out.len() + 1;
                    done.id = if done.id.is_empty() { format!("record {number}") } else { done.id };
                    // Some ids of the validation files stand twice.
                    if self.records.iter().any(|r| r.id == done.id) {
                        done.id = format!("{} ({number})", done.id);
                    }
                    if tests_an_error {
                        self.left_out.push(format!("{}: tests an error message of its own coder", done.id));
                    } else if done.acts.is_empty() && !nothing {
                        self.left_out.push(format!("{}: says neither events nor that there are none", done.id));
                    } else if done.text.is_empty() {
                        self.left_out.push(format!("{}: has no text", done.id));
                    } else {
                        self.records.push(done);
                    }
                }
                Ok(_) => {}
            }
        }
    }

    fn read_json_lines(&mut self, text: &str) -> Result<(), Error> {
        for (i, line) in text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
            let fails = |message: String| Error::Record { what: "line", number: i + 1, message };
            let value: Value = serde_json::from_str(line).map_err(|e| fails(e.to_string()))?;
            let string = |key: &str| value.get(key).and_then(Value::as_str).map(String::from);
            if value.get("event_type").is_some() {
                // An event of the contract: it belongs to its document.
                let id = crate::coded::document(&value).ok_or_else(|| fails("the event names no document".into()))?;
                let act = Act::from_json(&value).map_err(fails)?;
                match self.records.iter_mut().find(|r| r.id == id) {
                    Some(record) => record.acts.push(act),
                    None => self.records.push(Record { id, acts: vec![act], ..Record::default() }),
                }
                continue;
            }
            let id = string("id").ok_or_else(|| fails("the text has no id".into()))?;
            let text = string("text").ok_or_else(|| fails("neither a text with its events nor an event".into()))?;
            let events = value.get("events").and_then(Value::as_array);
            let events =
                events.ok_or_else(|| fails("the text has no list of `events` (empty where it has none)".into()))?;
            let acts = events.iter().map(Act::from_json).collect::<Result<_, _>>().map_err(fails)?;
            let keys = ["title", "published", "publisher", "url", "language"];
            let metadata = keys.into_iter().filter_map(|key| string(key).map(|v| (key, v))).collect();
            if self.records.iter().any(|r| r.id == id) {
                return Err(fails(format!("the id {id:?} came before")));
            }
            self.records.push(Record { id, marked: text.clone(), text, metadata, acts, marks: Vec::new() });
        }
        Ok(())
    }
}

fn quad_of_number(number: &str) -> Option<QuadClass> {
    Some(match number {
        "1" => QuadClass::VerbalCooperation,
        "2" => QuadClass::MaterialCooperation,
        "3" => QuadClass::VerbalConflict,
        "4" => QuadClass::MaterialConflict,
        _ => return None,
    })
}

/// The sentence without `<s>` and `<t>`, and the bytes of each; a party may be marked more than once.
fn unmark(marked: &str) -> Result<(String, [Vec<Span>; 2]), String> {
    let (mut plain, mut marks, mut open) = (String::new(), [Vec::new(), Vec::new()], [None, None]);
    let mut rest = marked;
    while let Some(at) = rest.find('<') {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let tag = ["<s>", "<t>", "</s>", "</t>"].into_iter().position(|tag| rest.starts_with(tag));
        match tag {
            Some(party @ (0 | 1)) => open[party] = Some(plain.len()),
            Some(end) => {
                let start = open[end - 2].take().ok_or("a mark ends that was not opened")?;
                marks[end - 2].push(Span::new(start, plain.len()));
            }
            None => plain.push('<'),
        }
        rest = &rest[tag.map_or(1, |t| if t < 2 { 3 } else { 4 })..];
    }
    plain.push_str(rest);
    Ok((plain, marks))
}

/// An attribute of a tag, blanks around it taken off.
fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.attributes().with_checks(false).flatten().find(|a| a.key.as_ref() == name)?;
    quick_xml::escape::unescape(&found.value).ok().map(|v| v.trim().to_owned())
}

fn triple(tag: &BytesStart<'_>, code: &str) -> Act {
    let event_type = plover_type(code).map_or_else(|| format!("CAMEO {code}"), |t| t.name().to_owned());
    let party = |name: &str| attribute(tag, name).filter(|c| !c.is_empty() && c != "---").map(|c| party(&c));
    Act {
        event_type,
        cameo: Some(code.to_owned()),
        actors: party("sourcecode").into_iter().collect(),
        recipients: party("targetcode").into_iter().collect(),
        ..Act::default()
    }
}

/// "USAGOV": the state's three letters, then sectors of three each; what stands in quotation marks is no code.
fn party(code: &str) -> Party {
    if !code.is_ascii() || code.starts_with('"') || code.len() < 3 {
        return Party { text: code.trim_matches('"').to_owned(), ..Party::default() };
    }
    let (state, sectors) = code.split_at(3);
    let sectors = sectors.as_bytes().chunks(3).map(|s| String::from_utf8_lossy(s).into_owned()).collect();
    Party { code: Some(state.to_owned()), sectors, ..Party::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_places_in_the_plain_sentence() {
        let (plain, [s, t]) = unmark("<s>Perú</s> met <t>Chile</t> < now, <s>it</s>").expect("well marked");
        assert_eq!(plain, "Perú met Chile < now, it");
        let words = |spans: &[Span]| spans.iter().map(|s| s.of(&plain).to_owned()).collect::<Vec<_>>();
        assert_eq!((words(&s), words(&t)), (vec!["Perú".to_owned(), "it".to_owned()], vec!["Chile".to_owned()]));
        assert!(unmark("a</s>").is_err());
    }

    #[test]
    fn petrarch_records_have_triples_or_none() {
        let xml = "<Sentences><Sentence date=\"20080804\" id=\"A_1\" evaluate=\"true\"/>\n\
            <EventCoding eventcode=\"042\" sourcecode=\"USAGOV\" targetcode=\"---\" />\n<Text>\nThe US leader\nvisited. \
            </Text></Sentence><Sentence id = \"B\"><EventCoding noevents = \"True\"></EventCoding><Text>Rain &amp; snow.\
            </Text></Sentence><Sentence id='C'><EventCoding error=\"x\"/><Text>x</Text></Sentence></Sentences>";
        let gold = Gold::read(xml, GoldFormat::Petrarch).expect("lenient");
        let [a, b] = &gold.records[..] else { panic!("{:?}", gold.records) };
        assert_eq!((a.text.as_str(), a.acts[0].event_type.as_str()), ("The US leader visited.", "CONSULT"));
        assert_eq!(a.acts[0].actors[0], Party::from_words("USA GOV"));
        assert!(a.acts[0].recipients.is_empty() && b.acts.is_empty());
        assert_eq!(b.text, "Rain & snow.");
        assert_eq!(gold.left_out.len(), 1);
        assert!(gold.documents().is_some_and(|d| d.contains("\"published\":\"2008-08-04\"")));
    }

    #[test]
    fn errors_name_the_line() {
        let error = |text: &str| Gold::read(text, GoldFormat::JsonLines).expect_err("wrong").to_string();
        assert!(
            error("{\"id\": \"1\", \"text\": \"x\", \"events\": []}\n{\"id\": \"2\", \"text\": \"x\"}")
                .starts_with("line 2: ")
        );
        assert!(error("{\"id\": \"1\", \"text\": \"x\", \"events\": [{\"event_type\": \"HUG\"}]}").contains("HUG"));
        assert!(error("").contains("no record"));
    }
}
