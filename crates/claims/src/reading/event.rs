//! Who did what when: the coder's events as claims.

use super::time::Time;
use super::{Meaning, Scene, Statement, claim_span, frame};
use crate::query::{Count, Occurrences, Party, Pattern, Query, What, Window};
use crate::report::Kind;
use jiff::civil::Date;
use legation_record::{Event, EventType, Participant, Precision, Relation, Span, Status, Upos};

/// The events of the sentence that no other claim tells of.
pub(super) fn read(s: &Scene, others: &[Statement]) -> Vec<Statement> {
    let here = s.coding.events.iter().filter(|e| e.evidence.sentence as usize == s.number);
    let mut found: Vec<Statement> = here.filter_map(|event| statement(s, event, others)).collect();
    found.extend(
        (0..s.tree.len())
            .filter_map(|v| of_nobody(s, v))
            .filter(|nobody| {
                let told = |other: &Statement| other.span.overlaps(nobody.span);
                !others.iter().chain(&found).any(told)
            })
            .collect::<Vec<_>>(),
    );
    for v in 0..s.tree.len() {
        let told = |other: &Statement| other.span.contains(s.tree.token(v).span);
        let free = !others.iter().chain(&found).any(told);
        found.extend(Some(v).filter(|_| free).and_then(|v| unread(s, v)));
    }
    found
}

/// An act between parties with names, on a date that the text tells, which the coder has not read: of persons that its tables do not
/// know, or of a time before them.
fn unread(s: &Scene, v: usize) -> Option<Statement> {
    let t = &s.tree;
    if t.upos(v) != Upos::Verb || !t.is_past(v) && !t.is_passive(v) || s.doubt(v).is_some() || t.negation(v).is_some() {
        return None;
    }
    let (Time::Within(within), Some(words)) = s.time(v) else { return None };
    let named = |n: &usize| t.upos(*n) == Upos::Propn && t.token(*n).entity.kind().is_some();
    frame::uses(t, v, "act").into_iter().find_map(|(frame, one)| {
        let first = one.fill(t, &frame.first).into_iter().find(named)?;
        let second = one.fill(t, &frame.second).into_iter().find(|n| *n != first && named(n))?;
        let kind: EventType = frame.says.parse().ok()?;
        let sides = [first, second].map(|n| stated(s, n));
        let [who, to] = sides;
        let pattern =
            Pattern { what: What::Events(kind, Vec::new(), String::new()), who, to, country: None, place: None };
        let count = Count::AtLeast(1);
        let query = Query::Occurrences(Occurrences { pattern, within, count, slack: 1, own_included: false });
        let span = claim_span(s, first, v, second, Some(words));
        Some(s.state(Kind::Event, v, span, vec![query]))
    })
}

/// Whom a nominal names: the parties that the tables know, else its words.
fn stated(s: &Scene, n: usize) -> Vec<Party> {
    let known = s.all(n);
    if !known.is_empty() {
        return known;
    }
    let name = s.words(s.mention_span(n).cover(s.tree.token(n).span));
    vec![Party { code: None, name, wikidata: None, sectors: Vec::new(), person: false }]
}

/// "The minister visited the capital last week": who is not told, here or before.
fn of_nobody(s: &Scene, v: usize) -> Option<Statement> {
    use Relation::*;
    let t = &s.tree;
    let subject = t.child(v, &[Nsubj]).filter(|_| t.upos(v) == Upos::Verb && matches!(t.lemma(v), "visit" | "meet"))?;
    let nobody = s.all(subject).iter().all(|p| p.code.is_none() && p.wikidata.is_none());
    let office = t.is(subject, "leader") || t.is(subject, "minister");
    let described = t.children_by(subject, &[Amod, Compound, Nmod, NmodPoss, AclRelcl, Appos]).next().is_none();
    let object = t.child(v, &[Obj]).or_else(|| t.phrase(v, &["with"]))?;
    if !(nobody && office && described && t.is_past(v) && s.doubt(v).is_none()) {
        return None;
    }
    let meaning = Meaning::Unclear(format!("who “{}” is, the text does not tell", s.words(t.span(subject))));
    Some(s.silent(Kind::Event, t.span(subject).cover(t.token(object).span), meaning))
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
        // "Serbia hopes to join": a state of mind, whatever the coder takes it for.
        _ if t.is(word, "hope") && t.upos(word) == Upos::Verb => {
            Meaning::NotCheckable("what somebody hopes, thinks or wants".to_owned())
        }
        Status::Actual | Status::Historical
            if doubt.is_some_and(|why| matches!(why, "a prediction" | "a question")) =>
        {
            Meaning::NotCheckable(doubt.unwrap_or_default().to_owned())
        }
        Status::Actual | Status::Historical => meaning(s, event, clause, who, to),
        Status::Hypothetical if done => meaning(s, event, clause, who, to),
        Status::Future => Meaning::NotCheckable("something that is to come".to_owned()),
        Status::Hypothetical => Meaning::NotCheckable("a possibility".to_owned()),
        Status::Negated => match meaning(s, event, clause, who, to) {
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

fn meaning(s: &Scene, event: &Event, clause: usize, who: Vec<Party>, to: Vec<Party>) -> Meaning {
    let known = |p: &Party| p.code.is_some() || p.wikidata.is_some();
    if !who.iter().chain(&to).any(known) {
        return Meaning::Unclear("who is meant is not clear".to_owned());
    }
    let Some((within, slack)) = window(s, event, clause) else {
        return Meaning::NotCheckable("something that is to come".to_owned());
    };
    // A state that is no more did it while there was one.
    let ends = who.iter().chain(&to).filter_map(|p| gone(s, p)).min().filter(|end| *end < s.today);
    let within = match ends {
        Some(end) if event.date.as_ref().is_none_or(|d| d.precision == Precision::Publication) => {
            Window { from: s.always().from, to: end }
        }
        _ => within,
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

/// The last day of a state that is no more.
fn gone(s: &Scene, party: &Party) -> Option<Date> {
    let of = |code: &str| s.gazetteer.state(code)?.period.to?.last_day();
    if party.person {
        return None;
    }
    party.code.as_deref().map_or_else(
        || {
            let found = s.gazetteer.who(&party.name);
            let mut states = found.iter().filter(|c| c.what == legation_gazetteer::What::State);
            states.next().and_then(|c| of(c.main().code?))
        },
        of,
    )
}

/// The time of an event, and by how many days it may be off.
fn window(s: &Scene, event: &Event, clause: usize) -> Option<(Window, i64)> {
    let Some(date) = &event.date else {
        // "During the Cold War", "in 1939, when …": a time that is no date of the event's own.
        let told = s.time(clause).0.window(s.today).filter(|w| w.to <= s.today);
        return Some((told.unwrap_or(Window { from: s.always().from, to: s.today }), 0));
    };
    if date.precision == Precision::Publication
        && let Some(told) = s.time(clause).0.window(s.today).filter(|w| w.to < s.today)
    {
        return Some((told, 0));
    }
    let (from, to) = date.days()?;
    let first = date.earliest.as_ref().and_then(|d| d.parse().ok()).unwrap_or(from);
    let last = date.latest.as_ref().and_then(|d| d.parse().ok()).unwrap_or(to);
    if first > s.today {
        return None;
    }
    Some(match date.precision {
        Precision::Day => (Window { from: first, to: last.max(first) }, 1),
        Precision::Publication => (Window { from: super::time::later(first, -4), to: first }, 1),
        _ => (Window { from: first, to: last.max(first) }, 1),
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
