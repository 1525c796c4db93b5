use legation_record::{Event, EventType, Participant, QuadClass, Span, Status};
use serde_json::Value;

/// An event as far as scoring looks at it, the coder's or the gold's.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Act {
    /// PLOVER type; in gold of the field also a class that PLOVER does not have (CAMEO's YIELD).
    pub event_type: String,
    /// Quad class by its name.
    pub quad: Option<String>,
    /// PLOVER modes.
    pub modes: Vec<String>,
    /// Type of the act that is promised, demanded, alleged …
    pub about: Option<String>,
    /// CAMEO code, where given.
    pub cameo: Option<String>,
    /// Who acts.
    pub actors: Vec<Party>,
    /// To whom it is done.
    pub recipients: Vec<Party>,
    /// Whether it happened; actual where the source does not say.
    pub status: Option<Status>,
    /// Number of the sentence, from 0.
    pub sentence: Option<u64>,
    /// The words that name the act, with their place in the document.
    pub trigger: Option<(String, Option<Span>)>,
    /// The codebook rule.
    pub rule: String,
}

/// A participant as far as scoring looks at it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Party {
    /// Code of the state or organisation; `None` where it is not known.
    pub code: Option<String>,
    /// PLOVER sectors.
    pub sectors: Vec<String>,
    /// The words.
    pub text: String,
    /// Their place in the document.
    pub span: Option<Span>,
}

impl Act {
    /// The status, actual where nothing is said.
    pub fn status(&self) -> Status {
        self.status.unwrap_or(Status::Actual)
    }

    /// Whether it takes place or is announced. A coder that says "this did not happen", or only imagines it, has not
    /// said that it happened, and is not to be counted as if it had.
    pub fn counts(&self) -> bool {
        matches!(self.status(), Status::Actual | Status::Historical | Status::Future)
    }

    /// The quad class: the one given, else that of the type.
    pub fn quad(&self) -> Option<&str> {
        let of_type = || self.event_type.parse::<EventType>().ok().map(|t| t.quad_class().name());
        self.quad.as_deref().or_else(of_type)
    }

    /// Reads one from JSON, in the shape of our own contract or shorter: participants may be strings ("AZE GOV", "?"
    /// for one without a code), and all but `event_type` may be missing.
    pub fn from_json(value: &Value) -> Result<Self, String> {
        let string = |key: &str| value.get(key).and_then(Value::as_str).map(String::from);
        let cameo = string("cameo_code");
        let event_type = match (string("event_type"), &cameo) {
            (Some(name), _) => name.to_uppercase(),
            (None, Some(code)) => crate::plover_type(code).map_or_else(|| format!("CAMEO {code}"), |t| t.name().into()),
            (None, None) => return Err("an event has neither event_type nor cameo_code".into()),
        };
        let known = event_type == "YIELD" || event_type.starts_with("CAMEO ");
        if !known && event_type.parse::<EventType>().is_err() {
            return Err(format!("{event_type:?} is no PLOVER event type"));
        }
        let status = match string("status") {
            Some(name) => Some(status(&name).ok_or_else(|| format!("{name:?} is no status"))?),
            None => None,
        };
        let evidence = value.get("evidence");
        let trigger = evidence.and_then(|e| e.get("trigger"));
        let words = |v: &Value| v.get("text").and_then(Value::as_str).map(|t| (t.to_owned(), span(v)));
        Ok(Self {
            event_type,
            quad: string("quad_class").filter(|q| QUADS.iter().any(|known| known.name() == q)),
            modes: strings(value.get("event_mode")),
            about: string("about"),
            cameo,
            actors: parties(value.get("actors"))?,
            recipients: parties(value.get("recipients"))?,
            status,
            sentence: evidence.and_then(|e| e.get("sentence")).and_then(Value::as_u64),
            trigger: trigger.and_then(words),
            rule: string("rule").unwrap_or_default(),
        })
    }

    /// "ACCUSE disapprove future: USA GOV → RUS", for lists of errors.
    pub fn told(&self) -> String {
        let mut head = vec![self.event_type.clone()];
        head.extend(self.modes.iter().cloned());
        head.extend(self.about.iter().map(|a| format!("about {a}")));
        head.extend(Some(self.status()).filter(|s| *s != Status::Actual).map(|s| s.name().to_owned()));
        let side = |list: &[Party]| match list {
            [] => "–".to_owned(),
            all => all.iter().map(Party::told).collect::<Vec<_>>().join("; "),
        };
        let trigger = self.trigger.as_ref().map_or(String::new(), |(words, _)| format!(" [{words}]"));
        let rule = if self.rule.is_empty() { String::new() } else { format!(" {}", self.rule) };
        format!("{}: {} → {}{trigger}{rule}", head.join(" "), side(&self.actors), side(&self.recipients))
    }
}

impl Party {
    /// Reads "AZE GOV" or "?".
    pub fn from_words(words: &str) -> Self {
        let mut parts = words.split_whitespace();
        let code = parts.next().filter(|c| *c != "?").map(String::from);
        Self { code, sectors: parts.map(String::from).collect(), ..Self::default() }
    }

    fn told(&self) -> String {
        let mut words = vec![self.code.clone().unwrap_or_else(|| "?".into())];
        words.extend(self.sectors.iter().cloned());
        if !self.text.is_empty() {
            words.push(format!("“{}”", self.text));
        }
        words.join(" ")
    }
}

impl From<&Event> for Act {
    fn from(e: &Event) -> Self {
        let party = |p: &Participant| Party {
            code: p.code.clone(),
            sectors: p.sectors.clone(),
            text: p.text.clone(),
            span: Some(Span { start: p.start, end: p.end }),
        };
        let trigger = &e.evidence.trigger;
        Self {
            event_type: e.event_type.name().into(),
            quad: Some(e.quad_class.name().into()),
            modes: e.event_mode.clone(),
            about: e.about.map(|t| t.name().into()),
            cameo: Some(e.cameo_code.clone()),
            actors: e.actors.iter().map(party).collect(),
            recipients: e.recipients.iter().map(party).collect(),
            status: Some(e.status),
            sentence: Some(e.evidence.sentence.into()),
            trigger: Some((trigger.text.clone(), Some(Span { start: trigger.start, end: trigger.end }))),
            rule: e.rule.clone(),
        }
    }
}

const QUADS: [QuadClass; 4] = [
    QuadClass::VerbalCooperation,
    QuadClass::MaterialCooperation,
    QuadClass::VerbalConflict,
    QuadClass::MaterialConflict,
];

fn parties(value: Option<&Value>) -> Result<Vec<Party>, String> {
    let party = |v: &Value| match v {
        Value::String(words) => Ok(Party::from_words(words)),
        Value::Object(_) => Ok(Party {
            code: v.get("code").and_then(Value::as_str).map(String::from),
            sectors: strings(v.get("sectors")),
            text: v.get("text").or_else(|| v.get("name")).and_then(Value::as_str).unwrap_or_default().into(),
            span: span(v),
        }),
        other => Err(format!("a participant is an object or a string like \"AZE GOV\", not {other}")),
    };
    match value {
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(Value::Array(all)) => all.iter().map(party).collect(),
        Some(one) => Ok(vec![party(one)?]),
    }
}

fn strings(value: Option<&Value>) -> Vec<String> {
    let all = value.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    all.iter().filter_map(Value::as_str).map(String::from).collect()
}

fn span(value: &Value) -> Option<Span> {
    let at = |key: &str| value.get(key).and_then(Value::as_u64).and_then(|n| u32::try_from(n).ok());
    at("start").zip(at("end")).filter(|(start, end)| start <= end).map(|(start, end)| Span { start, end })
}

/// A status by its name in the contract.
pub(crate) fn status(name: &str) -> Option<Status> {
    let all = [Status::Actual, Status::Historical, Status::Future, Status::Hypothetical, Status::Negated];
    all.into_iter().find(|s| s.name() == name)
}
