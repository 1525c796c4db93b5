//! The examples of the codebook: what their lines expect, and whether a coding meets it.

use crate::codebook::{Example, status};
use legation_record::{Count, Event, EventType, Magnitude, Participant, Status};

/// One line below an example: an event, no event at all, or no event of a type.
#[derive(Clone, Debug, PartialEq)]
pub enum Expectation {
    /// `TYPE [CAMEO] [modes] [about TYPE] [status] [dead=N]: ACTORS [-> RECIPIENTS]`
    Event {
        /// PLOVER type.
        event_type: EventType,
        /// CAMEO code, where the line gives one.
        cameo: Option<String>,
        /// Modes, where the line gives any.
        modes: Vec<String>,
        /// Type of the act.
        about: Option<EventType>,
        /// Status; actual where not given.
        status: Status,
        /// Participants as written: code and sectors; `?` unresolved; an empty list where `-`.
        actors: Vec<String>,
        /// The same; `None` where the line has no arrow.
        recipients: Option<Vec<String>>,
        /// Numbers of people, as `dead=30` (the number) or `dead>=24` (no number, at least 24).
        sizes: Vec<(String, bool, u64)>,
    },
    /// `none`
    None,
    /// `not TYPE`
    Not(EventType),
}

impl std::str::FromStr for Expectation {
    type Err = String;

    fn from_str(line: &str) -> Result<Self, String> {
        if line == "none" {
            return Ok(Self::None);
        }
        if let Some(name) = line.strip_prefix("not ") {
            return name.trim().parse().map(Self::Not);
        }
        let (head, people) =
            line.split_once(':').ok_or("an expected event has the form TYPE …: ACTORS -> RECIPIENTS")?;
        let mut words = head.split_whitespace();
        let event_type = words.next().unwrap_or_default().parse()?;
        let (mut cameo, mut modes, mut about, mut state) = (None, Vec::new(), None, Status::Actual);
        let mut sizes = Vec::new();
        while let Some(word) = words.next() {
            if word == "about" {
                about = Some(words.next().unwrap_or_default().parse()?);
            } else if let Some((name, number)) = word.split_once('=') {
                let number = number.parse().map_err(|_| format!("{number:?} is no number"))?;
                sizes.push((name.trim_end_matches('>').to_string(), !name.ends_with('>'), number));
            } else if word.chars().all(|c| c.is_ascii_digit()) {
                cameo = Some(word.to_string());
            } else if let Some(s) = status(word) {
                state = s;
            } else {
                modes.extend(word.split(',').filter(|m| !m.is_empty()).map(String::from));
            }
        }
        let list = |s: &str| -> Vec<String> {
            s.split(',').map(str::trim).filter(|p| !p.is_empty() && *p != "-").map(String::from).collect()
        };
        let (actors, recipients) = match people.split_once("->") {
            Some((a, r)) => (list(a), Some(list(r))),
            None => (list(people), None),
        };
        Ok(Self::Event { event_type, cameo, modes, about, status: state, actors, recipients, sizes })
    }
}

/// What an example expects and the coding does not give; each message with the line it is about.
pub fn unmet(example: &Example, events: &[Event]) -> Vec<(usize, String)> {
    let mut out = Vec::new();
    let shown = || {
        let all: Vec<String> = events.iter().map(describe).collect();
        if all.is_empty() { "nothing was coded".to_string() } else { format!("coded: {}", all.join("; ")) }
    };
    for (line, what) in &example.expected {
        let met = match what.parse() {
            Err(e) => {
                out.push((*line, e));
                continue;
            }
            Ok(Expectation::None) => {
                events.iter().all(|e| e.status != Status::Actual && e.status != Status::Historical)
            }
            Ok(Expectation::Not(t)) => events.iter().all(|e| e.event_type != t || e.status == Status::Negated),
            Ok(expected @ Expectation::Event { .. }) => events.iter().any(|e| meets(&expected, e)),
        };
        if !met {
            out.push((*line, format!("expected {what}; {}", shown())));
        }
    }
    out
}

fn meets(expected: &Expectation, event: &Event) -> bool {
    let Expectation::Event { event_type, cameo, modes, about, status, actors, recipients, sizes } = expected else {
        return false;
    };
    event.event_type == *event_type
        && cameo.as_ref().is_none_or(|c| event.cameo_code.starts_with(c.as_str()))
        && modes.iter().all(|m| event.event_mode.contains(m))
        && about.is_none_or(|a| event.about == Some(a))
        && event.status == *status
        && sizes.iter().all(|s| has_size(event, s))
        && same_people(actors, &event.actors)
        && recipients.as_ref().map_or(event.recipients.is_empty(), |r| same_people(r, &event.recipients))
}

/// Whether the numbers of people are these: the sum, or a bound where the words give no number.
fn has_size(event: &Event, (name, exact, number): &(String, bool, u64)) -> bool {
    let Some(size) = &event.size else { return false };
    let (of, sum) = match name.as_str() {
        "dead" => (Magnitude::Dead, size.dead),
        "injured" => (Magnitude::Injured, size.injured),
        "arrested" => (Magnitude::Arrested, size.arrested),
        "crowd" => (Magnitude::Crowd, size.crowd),
        _ => return false,
    };
    let low: u64 = size.counts.iter().filter(|c| c.of == of).filter_map(|c| c.low).sum();
    if *exact { sum == Some(*number) } else { sum.is_none() && low == *number }
}

fn same_people(expected: &[String], found: &[Participant]) -> bool {
    let mut left: Vec<&Participant> = found.iter().collect();
    expected.len() == found.len()
        && expected.iter().all(|e| {
            let at = left.iter().position(|p| is_person(e, p));
            at.map(|i| left.remove(i)).is_some()
        })
}

fn is_person(expected: &str, p: &Participant) -> bool {
    let mut words = expected.split_whitespace();
    let code = words.next().unwrap_or_default();
    let same = if code == "?" { p.code.is_none() } else { p.code.as_deref() == Some(code) };
    same && words.all(|sector| p.sectors.iter().any(|s| s == sector))
}

fn event_counts(e: &Event) -> Vec<String> {
    let counts = e.size.iter().flat_map(|s| &s.counts);
    let name = |of: Magnitude| format!("{of:?}").to_lowercase();
    let one = |c: &Count| match (c.number, c.low) {
        (Some(n), _) => format!("{}={n}", name(c.of)),
        (None, low) => format!("{}>={}", name(c.of), low.unwrap_or_default()),
    };
    counts.map(one).collect()
}

fn describe(e: &Event) -> String {
    let people = |list: &[Participant]| {
        let all: Vec<String> = list
            .iter()
            .map(|p| {
                let mut words = vec![p.code.clone().unwrap_or_else(|| "?".into())];
                words.extend(p.sectors.iter().cloned());
                words.join(" ")
            })
            .collect();
        if all.is_empty() { "-".to_string() } else { all.join(", ") }
    };
    let mut head = vec![e.event_type.to_string(), e.cameo_code.clone()];
    if !e.event_mode.is_empty() {
        head.push(e.event_mode.join(","));
    }
    if let Some(a) = e.about {
        head.push(format!("about {a}"));
    }
    if e.status != Status::Actual {
        head.push(e.status.name().into());
    }
    for c in event_counts(e) {
        head.push(c);
    }
    let mut out = format!("{}: {}", head.join(" "), people(&e.actors));
    if !e.recipients.is_empty() {
        out.push_str(&format!(" -> {}", people(&e.recipients)));
    }
    out
}
