//! How often, for which time, the last, never: meetings and visits.

use super::time::{Time, later};
use super::{Meaning, Scene, Statement, claim_span, event};
use crate::grammar::{Negation, Tree};
use crate::query::{Count, Level, Occurrences, Party, Pattern, Query, What, Window};
use crate::report::Kind;
use legation_record::{EventType, Relation, Span, Upos, ordinal};

/// The counts that a sentence claims.
pub(super) fn read(s: &Scene) -> Vec<Statement> {
    let t = &s.tree;
    let mut found: Vec<Statement> = Vec::new();
    for i in 0..t.len() {
        let one = if t.is(i, "meeting") || t.is(i, "visit") && matches!(t.upos(i), Upos::Noun) {
            by_noun(s, i)
        } else if t.is(i, "time") && t.upos(i) == Upos::Noun {
            by_time(s, i)
        } else if is_meeting(t, i) || is_visiting(t, i) {
            by_verb(s, i)
        } else {
            None
        };
        found.extend(one.filter(|one| !found.iter().any(|o| o.span.overlaps(one.span))));
    }
    found
}

/// "Met", "sat down together".
fn is_meeting(t: &Tree, i: usize) -> bool {
    let down = || t.children(i).iter().any(|&k| matches!(t.lemma(k), "down" | "together"));
    t.upos(i) == Upos::Verb && (t.is(i, "meet") || t.lemma(i) == "sit" && down())
}

/// "Visited", "set foot in", "had been to".
fn is_visiting(t: &Tree, i: usize) -> bool {
    let foot = || t.child(i, &[Relation::Obj]).is_some_and(|o| t.lemma(o) == "foot");
    t.upos(i) == Upos::Verb && (t.is(i, "travel") || t.lemma(i) == "set" && foot())
}

/// How often: the number of an ordinal, or "last".
#[derive(Clone, Copy, PartialEq, Eq)]
enum Often {
    Nth(u32),
    Last,
}

fn often(s: &Scene, noun: usize) -> Option<(Often, usize)> {
    let t = &s.tree;
    t.children_by(noun, &[Relation::Amod, Relation::Nummod]).find_map(|k| match t.lemma(k) {
        "last" | "latest" if t.upos(k) == Upos::Adj => Some((Often::Last, k)),
        _ => Some((Often::Nth(ordinal(t.form(k))?), k)),
    })
}

/// "It was the third meeting of the two presidents since the beginning of 2024."
fn by_noun(s: &Scene, i: usize) -> Option<Statement> {
    use Relation::*;
    let t = &s.tree;
    let (often, word) = often(s, i)?;
    let visit = t.is(i, "visit");
    let clause = t.clause_of(i);
    let Some((who, to, end)) = parties(s, i, clause, visit) else { return nobody(s, clause, word, i) };
    let (mut time, mut words) = s.time(i);
    if time == Time::None && clause != i {
        (time, words) = s.time(clause);
    }
    let level = level(s, i, &who);
    let what = if visit { What::Visits } else { What::Meetings(level) };
    let place = (often == Often::Last).then(|| place(s, clause)).flatten();
    let pattern = Pattern { what, who, to, country: None, place };
    let span = t.between(word, i).cover(t.token(end).span);
    let span = match words {
        Some(words) => span.cover(words),
        None => span,
    };
    let subject = t.subject(i).filter(|_| t.child(i, &[Cop]).is_some());
    let span = subject.map_or(span, |k| span.cover(t.token(k).span));
    // "official", "bilateral", "face-to-face": of some kind only, which the record does not tell apart.
    let narrowed = t.children_by(i, &[Amod, Compound]).any(|k| {
        let named = !s.at(k).is_empty() || k == word;
        !named && t.upos(k) != Upos::Propn
    }) || matches!(t.lemma(i), "summit" | "talk" | "talks" | "negotiation" | "consultation");
    statement(s, clause, span, often, time, pattern, narrowed)
}

/// "It was their third meeting", "they met for the third time", where nothing tells who.
fn nobody(s: &Scene, clause: usize, word: usize, noun: usize) -> Option<Statement> {
    use Relation::*;
    let t = &s.tree;
    let open = |k: usize| t.upos(k) == Upos::Pron || t.child(k, &[Nummod]).is_some() && t.is(k, "leader");
    let subject = t.subject(clause).filter(|&k| open(k));
    let whose = t.child(noun, &[NmodPoss]).filter(|&k| open(k));
    let of = t.phrase(noun, &["of", "between", "with"]).is_some_and(|n| !open(n));
    if s.doubt(clause).is_some() || of || subject.is_none() && whose.is_none() {
        return None;
    }
    let span = t.between(word, noun);
    let span = subject.map_or(span, |k| span.cover(t.token(k).span));
    Some(s.silent(Kind::Count, span, Meaning::Unclear("who is meant is not clear".to_owned())))
}

/// "the third time this year that the two have met", "met for the third time since …".
fn by_time(s: &Scene, i: usize) -> Option<Statement> {
    use Relation::*;
    let t = &s.tree;
    let (often, word) = often(s, i)?;
    // "Ahead of the first time that they met" counts nothing that was.
    let case = t.child(i, &[Case]).map(|k| t.lemma(k));
    if often == Often::Last || case.is_some_and(|c| c != "for") {
        return None;
    }
    let relative = t.children_by(i, &[AclRelcl, Acl, Ccomp]).find(|&k| t.is(k, "meet") || t.is(k, "travel"));
    let above = t.clause_of(i);
    // "marks the third time that they have met": the parser may hang the clause on the verb.
    let beside =
        t.children_by(above, &[Ccomp, Advcl, AclRelcl, Parataxis]).find(|&k| t.is(k, "meet") || t.is(k, "travel"));
    let verb = relative.or(beside).or_else(|| (t.is(above, "meet") || t.is(above, "travel")).then_some(above))?;
    let Some((who, to, end)) = of_verb(s, verb) else { return nobody(s, verb, word, i) };
    let mut times = [s.time(i), s.time(verb), s.time(above)].into_iter();
    let (time, words) = times.find(|(time, _)| *time != Time::None).unwrap_or((Time::None, None));
    let time = since_before(s, time, words);
    let what = if t.is(verb, "meet") { What::Meetings(level(s, verb, &who)) } else { What::Visits };
    let pattern = Pattern { what, who, to, country: None, place: None };
    let mut span = t.between(word, i).cover(t.token(verb).span).cover(t.token(end).span);
    if let Some(words) = words {
        span = span.cover(words);
    }
    if let Some(k) = t.subject(above) {
        span = span.cover(s.mention_span(k));
    }
    statement(s, verb, span, often, time, pattern, false)
}

/// "Since their summit last year": the time is that of what has been since.
fn since_before(s: &Scene, time: Time, words: Option<Span>) -> Time {
    let t = &s.tree;
    let first = words.and_then(|w| (0..t.len()).find(|&k| t.token(k).span.start >= w.start));
    match (time, first) {
        (Time::Within(w), Some(first)) if (first.saturating_sub(5)..first).any(|k| t.lemma(k) == "since") => {
            Time::Since(w)
        }
        (time, _) => time,
    }
}

/// "met twice this year", "have not met since", "have never visited", "last met in Washington on 10 July".
fn by_verb(s: &Scene, v: usize) -> Option<Statement> {
    use Relation::*;
    let t = &s.tree;
    let negation = t.negation(v);
    let last = t
        .children_by(v, &[Advmod])
        .any(|k| matches!(t.lemma(k), "last" | "late") && t.form(k).eq_ignore_ascii_case("last"));
    let times = frequency(s, v);
    if negation.is_none() && !last && times.is_none() {
        return None;
    }
    // "The two presidents have sat down together three times", where nothing tells who.
    let Some((who, to, end)) = of_verb(s, v) else {
        return times.filter(|_| is_meeting(t, v)).and_then(|(_, word)| nobody(s, v, word, v));
    };
    let (time, words) = s.time(v);
    let visit = !is_meeting(t, v);
    let what = if visit { What::Visits } else { What::Meetings(level(s, v, &who)) };
    let place = if last { place(s, v) } else { None };
    let pattern = Pattern { what, who, to, country: None, place };
    let subject = t.subject(v)?;
    let span = claim_span(s, subject, v, end, words);
    if last {
        return statement(s, v, span, Often::Last, time, pattern, false);
    }
    if let Some((count, token)) = times.filter(|_| negation.is_none()) {
        let span = span.cover(t.token(token).span);
        let window = match &time {
            Time::None => match s.recent(v) {
                Ok(window) => window.unwrap_or(s.always()),
                Err(words) => return Some(unclear(span, &words)),
            },
            Time::Unclear(words) => return Some(unclear(span, words)),
            time => time.window(s.today)?,
        };
        return counted(s, v, span, pattern, window, count);
    }
    // A denial without a time is about one day, unless it is "never" or in the perfect.
    let window = match (negation?, &time) {
        (_, Time::Unclear(words)) => return Some(unclear(span, words)),
        (_, Time::Since(w)) => {
            Window { from: if w.from == w.to { later(w.to, 1) } else { later(w.to, 1).min(s.today) }, to: s.today }
        }
        (_, Time::Within(_) | Time::FromTo(..)) => time.window(s.today)?,
        (Negation::Never, _) => Window { from: s.always().from, to: s.today },
        (_, Time::None) if t.is_perfect(v) => match s.recent(v) {
            Ok(window) => window.unwrap_or(s.always()),
            Err(words) => return Some(unclear(span, &words)),
        },
        _ => return None,
    };
    counted(s, v, span, pattern, window, Count::Exactly(0))
}

/// "twice", "three times", "only once", "at least four times".
fn frequency(s: &Scene, v: usize) -> Option<(Count, usize)> {
    use Relation::*;
    let t = &s.tree;
    let near = t.children_by(v, &[Advmod, Obl, OblUnmarked, NmodUnmarked, Obj]);
    near.filter_map(|k| {
        let n = match t.lemma(k) {
            "once" => 1,
            "twice" => 2,
            "thrice" => 3,
            "time" => number(s, t.child(k, &[Nummod])?)?,
            _ => return None,
        };
        let words: Vec<&str> = (k.saturating_sub(4)..k).map(|j| t.lemma(j)).collect();
        let least = words.windows(2).any(|w| w == ["at", "least"]) || words.ends_with(&["more", "than"]);
        let most = words.windows(2).any(|w| w == ["at", "most"]);
        let count = if least {
            Count::AtLeast(n)
        } else if most {
            Count::AtMost(n)
        } else {
            Count::Exactly(n)
        };
        Some((count, k))
    })
    .next()
}

pub(super) fn number(s: &Scene, i: usize) -> Option<u32> {
    const WORDS: [&str; 12] =
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    let form = s.tree.form(i).to_lowercase();
    let word = WORDS.iter().position(|w| *w == form).map(|n| n as u32 + 1);
    word.or_else(|| form.parse().ok())
}

fn unclear(span: Span, words: &str) -> Statement {
    let meaning = Meaning::Unclear(format!("since when is not clear: “{words}”"));
    Statement { span, kind: Kind::Count, meaning, unsure: None }
}

fn counted(s: &Scene, clause: usize, span: Span, pattern: Pattern, within: Window, count: Count) -> Option<Statement> {
    let query = Query::Occurrences(Occurrences { pattern, within, count, slack: 0, own_included: false });
    Some(s.state(Kind::Count, clause, span, vec![query]))
}

/// The n-th, told as the news of the day.
fn numbered(s: &Scene, clause: usize, span: Span, pattern: Pattern, within: Window, count: Count) -> Option<Statement> {
    let query = Query::Occurrences(Occurrences { pattern, within, count, slack: 0, own_included: true });
    Some(s.state(Kind::Count, clause, span, vec![query]))
}

fn statement(
    s: &Scene,
    clause: usize,
    span: Span,
    often: Often,
    time: Time,
    pattern: Pattern,
    narrowed: bool,
) -> Option<Statement> {
    let always = s.always();
    // "On Monday, for the first time since he took office": the time of the count is what "since" tells, or it is not clear.
    let time = match s.since(clause) {
        Some((since, _)) if !matches!(time, Time::Since(_)) => since,
        _ => time,
    };
    let time = match (time, s.recent(clause)) {
        (Time::None, Ok(Some(window))) => Time::Within(window),
        (Time::None, Err(words)) => Time::Unclear(words),
        (time, _) => time,
    };
    match (often, time) {
        (_, Time::Unclear(words)) => Some(unclear(span, &words)),
        (Often::Last, Time::Within(within)) => {
            let query = Query::Last { pattern, within, until: s.today };
            Some(s.state(Kind::Count, clause, span, vec![query]))
        }
        (Often::Last, _) => None,
        // "The first since 2019": none in between, and the one that is told of.
        (Often::Nth(1), Time::Since(w)) => {
            let within = Window { from: later(w.to, 1).min(s.today), to: s.today };
            numbered(s, clause, span, pattern, within, Count::Exactly(1))
        }
        (Often::Nth(n), Time::Since(w)) => {
            numbered(s, clause, span, pattern, Window { from: w.from, to: s.today }, bound(n, narrowed))
        }
        (Often::Nth(n), Time::Within(w)) => {
            // "The third this year"; a day alone is when the n-th was.
            let within = if w.from == w.to { Window { from: always.from, to: w.to } } else { w };
            numbered(s, clause, span, pattern, within, bound(n, narrowed))
        }
        (Often::Nth(n), Time::None) => numbered(s, clause, span, pattern, always, bound(n, narrowed)),
        _ => None,
    }
}

/// Of one sort of meeting there were so many; of all there may have been more.
fn bound(n: u32, narrowed: bool) -> Count {
    if narrowed { Count::AtLeast(n) } else { Count::Exactly(n) }
}

/// Who meets or visits whom, by a noun; the last word that names them.
fn parties(s: &Scene, i: usize, clause: usize, visit: bool) -> Option<(Vec<Party>, Vec<Party>, usize)> {
    use Relation::*;
    let t = &s.tree;
    let mut who: Vec<Party> = Vec::new();
    let mut to: Vec<Party> = Vec::new();
    let mut end = i;
    for (preposition, n) in t.phrases(i) {
        let found = s.all(n);
        let tail = t.conjuncts(n).into_iter().max().unwrap_or(n);
        match preposition {
            "to" if visit => to.extend(found),
            "of" | "between" | "by" | "with" | "for" => who.extend(found),
            _ => continue,
        }
        end = end.max(tail);
    }
    for k in t.children_by(i, &[NmodPoss, Compound, Amod, NmodDesc]) {
        let found = t.conjuncts(k).into_iter().flat_map(|c| s.at(c));
        who.extend(found.filter(|p| p.code.is_some()));
    }
    who.dedup();
    // "It was the third meeting": of those the sentence before brings together.
    if who.is_empty() && to.is_empty() || !visit && who.len() < 2 {
        if let Some((a, b)) = before(s, visit) {
            who = a;
            to = b;
        } else if let Some(pair) = pair_before(s).filter(|_| !visit) {
            who = pair;
        } else if let Some(subject) = t.subject(clause) {
            let more = s.all(subject);
            who = more.into_iter().chain(who).collect();
            who.dedup();
        }
    }
    if visit
        && to.is_empty()
        && let Some((_, host)) = before(s, true)
    {
        to = host;
    }
    let enough = if visit { !who.is_empty() && !to.is_empty() } else { who.len() >= 2 };
    enough.then_some((who, to, end))
}

/// The last meeting or visit told here or in the two sentences before.
fn before(s: &Scene, visit: bool) -> Option<(Vec<Party>, Vec<Party>)> {
    let mut near = s.coding.events.iter().filter(|e| {
        let n = e.evidence.sentence as usize;
        n <= s.number && n + 2 >= s.number && e.event_type == EventType::Consult
    });
    let fits = |e: &&legation_record::Event| {
        if visit { !e.recipients.is_empty() && !e.actors.is_empty() } else { e.actors.len() + e.recipients.len() >= 2 }
    };
    let found = near.rfind(fits)?;
    let who: Vec<Party> = found.actors.iter().map(|p| event::party(s, p)).collect();
    let to: Vec<Party> = found.recipients.iter().map(|p| event::party(s, p)).collect();
    if visit { Some((who, to)) } else { Some((who.into_iter().chain(to).collect(), Vec::new())) }
}

/// The two persons that the sentence before names, where it names two.
fn pair_before(s: &Scene) -> Option<Vec<Party>> {
    let account = s.coding.accounts.iter().find(|a| a.sentence + 1 == s.number)?;
    let mut found: Vec<Party> = Vec::new();
    for mention in &account.mentions {
        let person = s.person_of(&mention.name, mention.wikidata.as_deref()).is_some();
        let party = Party {
            code: mention.code.clone(),
            name: mention.name.clone(),
            wikidata: mention.wikidata.clone(),
            sectors: mention.sectors.clone(),
            person,
        };
        if person && !found.contains(&party) {
            found.push(party);
        }
    }
    let different = found.len() == 2 && found[0].code != found[1].code;
    different.then_some(found)
}

/// Who meets or visits whom, by a verb.
fn of_verb(s: &Scene, v: usize) -> Option<(Vec<Party>, Vec<Party>, usize)> {
    use Relation::*;
    let t = &s.tree;
    let subject = t.subject(v)?;
    let mut who = s.all(subject);
    let mut end = t.conjuncts(subject).into_iter().max().unwrap_or(subject).max(v);
    if is_meeting(t, v) {
        let others = t.child(v, &[Obj]).into_iter().chain(t.phrase(v, &["with"]));
        for k in others {
            let found = s.all(k);
            if !found.is_empty() {
                end = end.max(k);
                who.extend(found);
            }
        }
        who.dedup();
        return (who.len() >= 2).then_some((who, Vec::new(), end));
    }
    let foot = |o: &usize| t.lemma(*o) != "foot";
    let on_foot = || t.child(v, &[Obj]).and_then(|o| t.phrase(o, &["in", "on"]));
    let host = t.child(v, &[Obj]).filter(foot).or_else(|| t.phrase(v, &["to", "in", "on"])).or_else(on_foot)?;
    let to: Vec<Party> = s.all(host).into_iter().filter(|p| p.code.is_some()).collect();
    end = end.max(host);
    (!who.is_empty() && !to.is_empty()).then_some((who, to, end))
}

/// Who meets: by the noun that names them, by their offices.
fn level(s: &Scene, i: usize, who: &[Party]) -> Level {
    let t = &s.tree;
    let below = (0..t.len()).filter(|&k| t.is_below(k, i));
    let mut words = below.filter(|&k| matches!(t.upos(k), Upos::Noun | Upos::Propn));
    if words.clone().any(|k| t.is(k, "minister")) && !words.clone().any(|k| t.lemma(k) == "prime") {
        return Level::Ministers;
    }
    if words.any(|k| t.is(k, "leader")) || who.iter().all(|p| p.person) {
        return Level::Leaders;
    }
    Level::Any
}

/// The city a clause plays in.
fn place(s: &Scene, clause: usize) -> Option<String> {
    let t = &s.tree;
    let named = |n: usize| {
        let form = t.form(n);
        let known = s.gazetteer.named(form);
        let city =
            known.iter().any(|e| matches!(e.kind, legation_gazetteer::Kind::Capital | legation_gazetteer::Kind::Place));
        (t.upos(n) == Upos::Propn && city).then(|| form.to_owned())
    };
    t.phrases(clause).filter(|(p, _)| *p == "in").find_map(|(_, n)| named(n))
}
