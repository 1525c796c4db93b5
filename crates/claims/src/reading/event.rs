//! Who did what when: the coder's events as claims.

use super::{Meaning, Scene, Statement};
use crate::query::{Count, Occurrences, Party, Pattern, Query, What, Window};
use crate::report::Kind;
use legation_record::{Event, EventType, Participant, Precision, Span, Status};

/// The events of the sentence that no other claim tells of.
pub(super) fn read(s: &Scene, others: &[Statement]) -> Vec<Statement> {
    let here = s.coding.events.iter().filter(|e| e.evidence.sentence as usize == s.number);
    here.filter_map(|event| statement(s, event, others)).collect()
}

fn statement(s: &Scene, event: &Event, others: &[Statement]) -> Option<Statement> {
    let trigger = Span { start: event.evidence.trigger.start, end: event.evidence.trigger.end };
    // A count, a membership, a war is told by the same words.
    let told = |other: &&Statement| {
        other.span.contains(trigger) && !matches!(other.kind, Kind::State | Kind::Trend) && other.kind != Kind::Count
            || other.kind == Kind::Count && other.span.overlaps(trigger)
    };
    if others.iter().any(|o| told(&o)) {
        return None;
    }
    let who: Vec<Party> = event.actors.iter().map(|p| party(s, p)).collect();
    let to: Vec<Party> = event.recipients.iter().map(|p| party(s, p)).collect();
    let mut span = trigger;
    for part in event.actors.iter().chain(&event.recipients) {
        span = span.cover(Span { start: part.start, end: part.end });
    }
    if let Some(date) = event.date.as_ref().filter(|d| d.end > d.start) {
        span = span.cover(Span { start: date.start, end: date.end });
    }
    if let Some(place) = event.place.as_ref().filter(|p| p.end > p.start) {
        span = span.cover(Span { start: place.start, end: place.end });
    }
    // A date of another sentence is none of these words.
    let sentence = Span { start: event.evidence.start, end: event.evidence.end };
    span = Span { start: span.start.max(sentence.start), end: span.end.min(sentence.end) };
    let t = &s.tree;
    let word = (0..t.len()).find(|&k| t.token(k).span.overlaps(trigger))?;
    let clause = t.clause_of(word);
    let doubt = s.doubt(clause);
    // "before B invaded C": told as done, whatever stands over it.
    let done = event.status == Status::Hypothetical && doubt.is_none() && t.is_past(clause);
    let meaning = match event.status {
        Status::Actual | Status::Historical
            if doubt.is_some_and(|why| matches!(why, "a prediction" | "a question")) =>
        {
            Meaning::NotCheckable(doubt.unwrap_or_default().to_owned())
        }
        Status::Actual | Status::Historical => meaning(s, event, who, to),
        Status::Hypothetical if done => meaning(s, event, who, to),
        Status::Future => Meaning::NotCheckable("something that is to come".to_owned()),
        Status::Hypothetical => Meaning::NotCheckable("a possibility".to_owned()),
        Status::Negated => match meaning(s, event, who, to) {
            Meaning::Queries(queries) => Meaning::Queries(queries.into_iter().map(none).collect()),
            other => other,
        },
    };
    Some(s.silent(Kind::Event, span, meaning))
}

/// The same, denied. What is not done on a day is no count of meetings or visits: it is asked for by its type alone.
fn none(query: Query) -> Query {
    match query {
        Query::Occurrences(o) => {
            let what = match o.pattern.what {
                What::Visits => What::Events(EventType::Consult, vec!["visit".to_owned()], String::new()),
                other => other,
            };
            let pattern = Pattern { what, ..o.pattern };
            Query::Occurrences(Occurrences { pattern, count: Count::Exactly(0), ..o })
        }
        other => other,
    }
}

fn meaning(s: &Scene, event: &Event, who: Vec<Party>, to: Vec<Party>) -> Meaning {
    let known = |p: &Party| p.code.is_some() || p.wikidata.is_some();
    if !who.iter().chain(&to).any(known) {
        return Meaning::Unclear("who is meant is not clear".to_owned());
    }
    let Some((within, slack)) = window(s, event) else {
        return Meaning::NotCheckable("something that is to come".to_owned());
    };
    let visit = event.event_mode.iter().any(|m| m == "visit");
    let meets = event.event_type == EventType::Consult && event.event_mode.iter().any(|m| m == "meet") || {
        event.event_type == EventType::Consult && event.event_mode.is_empty() && to.is_empty()
    };
    let what = if visit && !to.is_empty() && !who.is_empty() {
        What::Visits
    } else if meets && who.len() > 1 {
        What::Events(event.event_type, Vec::new(), String::new())
    } else {
        What::Events(event.event_type, event.event_mode.clone(), event.cameo_code.clone())
    };
    let place = event.place.as_ref().filter(|p| p.precision == "city").map(|p| p.name.clone());
    let country = event.place.as_ref().and_then(|p| p.country.clone());
    let pattern = Pattern { what, who, to, country, place };
    Meaning::Queries(vec![Query::Occurrences(Occurrences {
        pattern,
        within,
        count: Count::AtLeast(1),
        slack,
        own_included: false,
    })])
}

/// The time of an event, and by how many days it may be off.
fn window(s: &Scene, event: &Event) -> Option<(Window, i64)> {
    let Some(date) = &event.date else {
        return Some((Window { from: s.always().from, to: s.today }, 0));
    };
    let (from, to) = date.days()?;
    let first = date.earliest.as_ref().and_then(|d| d.parse().ok()).unwrap_or(from);
    let last = date.latest.as_ref().and_then(|d| d.parse().ok()).unwrap_or(to);
    if first > s.today {
        return None;
    }
    Some(match date.precision {
        Precision::Day => (Window { from: first, to: last.max(first) }, 2),
        Precision::Publication => (Window { from: super::time::later(first, -7), to: first }, 2),
        _ => (Window { from: first, to: last.max(first) }, 3),
    })
}

/// A participant as a party of a query.
pub(super) fn party(s: &Scene, p: &Participant) -> Party {
    let person = s.person_of(&p.name, p.wikidata.as_deref()).is_some();
    Party {
        code: p.code.clone(),
        name: p.name.clone(),
        wikidata: p.wikidata.clone(),
        sectors: p.sectors.clone(),
        person,
    }
}
