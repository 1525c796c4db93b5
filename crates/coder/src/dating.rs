//! When an event happened: the time expression of its clause, or of the clause that carries it, or the day of
//! publication where news writing implies it.

use crate::clause::Clauses;
use crate::matcher::{Candidate, Matcher};
use crate::tense::{clause_of, is_long_before};
use crate::when::{TimeExpression, TimeKind};
use jiff::civil::Date;
use legation_record::{Event, EventDate, EventType, Precision, QuadClass, Relation, Status, Upos};

/// The time expression that dates the event, the nearest of its own clause first.
///
/// `announced`: the event is the announcement itself ("said on Monday that it would …").
pub(crate) fn time<'t>(
    m: &Matcher,
    times: &'t [TimeExpression],
    c: &Candidate,
    announced: bool,
) -> Option<&'t TimeExpression> {
    let cl = m.clauses;
    let clause = clause_of(cl, c.anchor);
    let own = if announced { None } else { of_clause(m, times, c, clause) };
    own.or_else(|| {
        // "On Monday they met and signed …", "…, killing ten": the clause before dates the ones that hang on it.
        let mut at = clause;
        for _ in 0..3 {
            let shared = shares_time(cl, at) || announced && cl.relation(at) == Relation::Ccomp;
            let below = at;
            at = clause_of(cl, cl.head(at)?);
            // What stands before all of it dates all of it: "On Monday he held talks, and the two signed …".
            let fronted = || follows(cl, below, at);
            if !shared && !fronted() {
                return None;
            }
            let found = of_clause(m, times, c, at);
            // "Received tanks in April and has ordered more": the second is told of another time.
            let shared = shared && (cl.relation(below) != Relation::Conj || is_of_one_tense(cl, below, at));
            if let Some(found) = found.filter(|t| shared || t.last < first_subject(cl, at)) {
                return Some(found);
            }
        }
        None
    })
}

fn of_clause<'t>(m: &Matcher, times: &'t [TimeExpression], c: &Candidate, clause: usize) -> Option<&'t TimeExpression> {
    let (cl, anchor) = (m.clauses, c.anchor);
    let fits = |t: &&TimeExpression| {
        let top = top(cl, t);
        let mut at = cl.head(top);
        let mut reaches = top == anchor;
        while let Some(i) = at {
            // "the riot in 2012 that killed ten": the time of the noun is the clause's.
            let of_noun =
                matches!(cl.relation(clause), Relation::Acl | Relation::AclRelcl) && cl.head(clause) == Some(i);
            if i == anchor || i == clause || of_noun && c.uses(i) {
                reaches = true;
                break;
            }
            // "allied interaction in February 2022" may date the clause, "the 2007 crisis" dates the crisis.
            let own_time = cl.is_nominal(i)
                && (cl.case(top).is_none() || cl.relation(i) == Relation::Obl || m.event_type(i).is_some());
            // "lifted the 2013 ban": the year names the ban.
            let names = i != anchor
                && cl.is_nominal(i)
                && cl.is_verb(anchor)
                && cl.case(top).is_none()
                && (cl.child(i, &[Relation::NmodPoss]).is_some()
                    || cl.children_by(i, &[Relation::Det]).any(|d| cl.lemma(d) == "the"))
                && t.date.as_ref().is_some_and(|d| d.precision == Precision::Year);
            if names || !c.uses(i) && (own_time || cl.is_verb(i)) {
                break;
            }
            at = cl.head(i);
        }
        let inside_act = c.act.is_some_and(|a| a != anchor && cl.is_below(top, a));
        let tells_when = matches!(t.kind, TimeKind::Point | TimeKind::Range { .. } | TimeKind::Anniversary);
        // "Found guilty of arming squads in 2006": the charge's time.
        let charge = matches!(m.event_type(anchor), Some(EventType::Sanction | EventType::Accuse))
            && (anchor + 1..t.first).any(|v| {
                cl.is_verb(v) && cl.children_by(v, &[Relation::Mark]).any(|k| matches!(cl.lemma(k), "of" | "for"))
            });
        // "met for the first time since 2018": the time before.
        let before =
            (anchor + 1..t.first).any(|k| cl.lemma(k) == "since" && matches!(cl.lemma(k - 1), "time" | "first"));
        reaches && !before && !charge && !inside_act && tells_when && (t.date.is_some() || t.history)
    };
    times.iter().filter(fits).min_by_key(|t| (t.date.is_none(), t.first.abs_diff(anchor)))
}

/// Whether the text goes to that time: "met again on 3 July" does, "the accord of 2015" does not.
pub(crate) fn tells(cl: &Clauses, t: &TimeExpression) -> bool {
    let point = matches!(t.kind, TimeKind::Point | TimeKind::Range { .. });
    // "In St Petersburg in December": where, then when.
    let of_place =
        |h: usize| cl.upos(h) == Upos::Propn && cl.relation(h) == Relation::Obl && cl.case(top(cl, t)).is_some();
    point && cl.head(top(cl, t)).is_some_and(|h| !cl.is_nominal(h) || of_place(h))
}

/// What happened did not happen after it was told.
pub(crate) fn is_to_come(date: &EventDate, published: Option<Date>) -> bool {
    let first = date.earliest.as_ref().and_then(|d| d.parse::<Date>().ok());
    first.zip(published).is_some_and(|(first, published)| first > published)
}

/// Whether the text says of the act that it begins after the day of publication: by a date of its own ("a curfew from
/// Monday"), or by one of a word for its beginning ("a ban that is due to begin next month").
pub(crate) fn begins_later(m: &Matcher, times: &[TimeExpression], c: &Candidate, published: Option<Date>) -> bool {
    let (cl, Some(published)) = (m.clauses, published) else { return false };
    let begins = |k: usize| m.book.lists.get("begin-verbs").is_some_and(|l| l.matches(cl, k).is_some());
    let own = |t: &TimeExpression| {
        let head = top(cl, t);
        // "the closure of borders to travellers beginning 31 January"
        if cl.case(head).is_some_and(begins) && cl.is_below(head, c.anchor) {
            return true;
        }
        let mut at = cl.head(head);
        while let Some(i) = at {
            if c.uses(i) || i == c.anchor {
                return true;
            }
            let place = cl.upos(i) == Upos::Propn && cl.relation(i) == Relation::Obl;
            if !place && !begins(i) {
                return false;
            }
            at = cl.head(i);
        }
        false
    };
    let starts = |t: &&TimeExpression| matches!(t.kind, TimeKind::Point | TimeKind::Range { .. } | TimeKind::Since);
    let mut later = times.iter().filter(starts).filter(|t| t.days.is_some_and(|d| d.first > published));
    later.any(own)
}

/// Whether it is told with a clause of long ago ("recalled its envoy in 2008 after B imposed sanctions").
pub(crate) fn is_of_old(m: &Matcher, times: &[TimeExpression], c: &Candidate, published: Option<Date>) -> bool {
    let cl = m.clauses;
    let clause = clause_of(cl, c.anchor);
    let beside = cl.relation(clause) == Relation::Advcl
        && cl
            .children_by(clause, &[Relation::Mark, Relation::Advmod])
            .any(|k| matches!(cl.lemma(k), "after" | "when" | "while" | "as" | "because" | "since"));
    let Some(outer) = cl.head(clause).filter(|_| beside).map(|h| clause_of(cl, h)) else { return false };
    let past = matches!(tense_of(cl, clause), Some(Told::Past | Told::Before));
    let long = |t: &&TimeExpression| t.history || t.date.as_ref().is_some_and(|d| is_long_before(d, published));
    past && matches!(tense_of(cl, outer), Some(Told::Past | Told::Before))
        && of_clause(m, times, c, outer).filter(long).is_some()
}

/// Whether a word is a finite verb.
pub(crate) fn is_finite_verb(cl: &Clauses, v: usize) -> bool {
    cl.is_verb(v) && is_finite(cl, v)
}

/// Whether a time cannot be the event's own: news told in the present ("are sentenced over a mutiny in 2009") is of the day.
pub(crate) fn is_anothers(m: &Matcher, c: &Candidate, time: &TimeExpression, published: Option<Date>) -> bool {
    let cl = m.clauses;
    let long_ago = time.history || time.date.as_ref().is_some_and(|d| is_long_before(d, published));
    cl.is_verb(c.anchor) && long_ago && matches!(tense_of(cl, c.anchor), Some(Told::Present))
}

/// The expression's own head.
fn top(cl: &Clauses, t: &TimeExpression) -> usize {
    (t.first..=t.last).find(|&i| cl.head(i).is_none_or(|h| h < t.first || h > t.last)).unwrap_or(t.first)
}

/// Whether a clause tells of the same time as the one it hangs on: a participle, or a second verb of one subject.
fn shares_time(cl: &Clauses, clause: usize) -> bool {
    let finite = cl.feature(clause, "VerbForm=Fin")
        || cl.children_by(clause, &[Relation::Aux, Relation::AuxPass]).any(|k| cl.feature(k, "VerbForm=Fin"));
    let own_subject = cl.child(clause, &[Relation::Nsubj, Relation::NsubjPass]).is_some();
    let marked = cl.child(clause, &[Relation::Mark]).is_some();
    match cl.relation(clause) {
        Relation::Conj => !own_subject,
        Relation::Advcl if !finite => !marked,
        // "Visited Moscow in April, where he met …".
        Relation::AclRelcl | Relation::Advcl => {
            cl.children_by(clause, &[Relation::Advmod]).any(|k| cl.lemma(k) == "where")
        }
        _ => false,
    }
}

/// Whether a clause with a subject of its own goes on in the tense of the one it is coordinated with.
fn follows(cl: &Clauses, clause: usize, before: usize) -> bool {
    cl.relation(clause) == Relation::Conj && tense_of(cl, clause).is_some() && is_of_one_tense(cl, clause, before)
}

/// Whether nothing speaks against two clauses being told in one tense.
fn is_of_one_tense(cl: &Clauses, a: usize, b: usize) -> bool {
    match (tense_of(cl, a), tense_of(cl, b)) {
        (Some(a), Some(b)) => std::mem::discriminant(&a) == std::mem::discriminant(&b),
        (None, _) => true,
        _ => false,
    }
}

/// Where the subject of a clause begins, or its verb.
fn first_subject(cl: &Clauses, clause: usize) -> usize {
    cl.child(clause, &[Relation::Nsubj, Relation::NsubjPass]).unwrap_or(clause).min(clause)
}

/// The date of an expression with its words.
pub(crate) fn dated(cl: &Clauses, t: &TimeExpression) -> Option<EventDate> {
    let date = t.date.clone()?;
    let span = cl.token(t.first).span.cover(cl.token(t.last).span);
    Some(EventDate {
        earliest: t.days.map(|d| d.first.to_string()),
        latest: t.days.map(|d| d.last.to_string()),
        text: span.of(cl.text).to_string(),
        start: span.start,
        end: span.end,
        ..date
    })
}

/// The meeting a text is about: what its sides are then told to have said belongs to it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Meeting {
    date: Option<EventDate>,
    sides: Vec<String>,
}

impl Meeting {
    /// Takes the meeting that the lead (the first two sentences) tells of and dates.
    pub(crate) fn observe(&mut self, events: &[Event], sentence: usize) {
        let meeting = |e: &&Event| e.event_type == EventType::Consult && e.status == Status::Actual;
        if sentence < 2
            && self.date.is_none()
            && let Some(event) = events.iter().find(meeting)
        {
            self.date = event.date.clone().filter(|d| matches!(d.precision, Precision::Day | Precision::Publication));
            self.sides = event.actors.iter().chain(&event.recipients).filter_map(|p| p.code.clone()).collect();
        }
    }

    /// A text that goes on to other days is no longer about the meeting: what is told after that has no date from it.
    pub(crate) fn leave(&mut self, cl: &Clauses, times: &[TimeExpression]) {
        let day = |d: &EventDate| Some((d.earliest.clone().or(d.latest.clone())?, d.latest.clone()?));
        let Some((first, last)) = self.date.as_ref().and_then(day) else { return };
        let elsewhere = |t: &TimeExpression| {
            tells(cl, t) && t.days.is_some_and(|d| d.last.to_string() < first || d.first.to_string() > last)
        };
        if times.iter().any(elsewhere) {
            self.date = None;
        }
    }

    /// Whether the token names a side of the meeting, or the two together.
    fn has(&self, m: &Matcher, subject: usize) -> bool {
        let cl = m.clauses;
        if matches!(
            cl.lemma(subject),
            "they" | "he" | "she" | "both" | "leader" | "side" | "two" | "group" | "participant"
        ) {
            return true;
        }
        m.mentions.all(subject, false).iter().any(|w| w.code.as_ref().is_some_and(|c| self.sides.contains(c)))
    }
}

/// The date of an event without a time of its own: that of the meeting it belongs to, else the day of publication.
///
/// News tells what is of the day in the present tense, or in a lead (the first two sentences) in the perfect or the
/// past. What an outer clause reports with a time of its own, what a noun takes for known and what came before
/// something else has no such date.
pub(crate) fn implied(
    m: &Matcher,
    (told, root): (Told, usize),
    anchor: usize,
    sentence: usize,
    published: Option<Date>,
    meeting: &Meeting,
) -> Option<EventDate> {
    let said = m.event_type(anchor).is_some_and(|t| {
        matches!(t.quad_class(), QuadClass::VerbalCooperation | QuadClass::VerbalConflict) && t != EventType::Protest
    });
    if let (Told::Past, Some(date), true) = (&told, &meeting.date, said) {
        let subject = m.clauses.child(root, &[Relation::Nsubj]);
        if subject.is_some_and(|s| meeting.has(m, s)) {
            return Some(date.clone());
        }
    }
    let published = published?;
    let of_the_day = match told {
        Told::Present => true,
        Told::Perfect | Told::Past => sentence < 2,
        Told::Before => false,
    };
    of_the_day.then(|| EventDate {
        value: published.to_string(),
        precision: Precision::Publication,
        latest: Some(published.to_string()),
        ..EventDate::default()
    })
}

/// The tense in which the event is told as news, and the clause that tells it; nothing where a clause on the way has a
/// time of its own. An act that is announced has its own time, which is not the announcement's.
pub(crate) fn told(m: &Matcher, times: &[TimeExpression], c: &Candidate, announced: bool) -> Option<(Told, usize)> {
    let cl = m.clauses;
    let clause = carrier(cl, c)?;
    let mut at = clause;
    // The tense of the nearest finite verb.
    let mut told = None;
    for _ in 0..cl.len() {
        let own = announced && at == clause;
        if !own && is_timed(cl, times, at) {
            return None;
        }
        let will = || cl.children_by(at, &[Relation::Aux]).any(|k| matches!(cl.lemma(k), "will" | "shall" | "must"));
        told = told.or_else(|| if own && will() { Some(Told::Present) } else { tense_of(cl, at) });
        let single = !is_finite(cl, at) && cl.child(at, &[Relation::Mark]).is_none();
        let beside = || {
            cl.children_by(at, &[Relation::Mark, Relation::Advmod])
                .any(|k| matches!(cl.lemma(k), "as" | "while" | "when" | "after"))
        };
        at = match cl.relation(at) {
            Relation::Root => return told.map(|told| (told, at)),
            Relation::Conj | Relation::Xcomp => cl.head(at)?,
            // Its own tense counts; what the speaker's clause says of its time would be the speech's.
            Relation::Parataxis | Relation::Ccomp if is_finite(cl, at) => clause_of(cl, cl.head(at)?),
            // "Have citizens taken hostage": a state, since when is not said.
            Relation::Acl if cl.feature(at, "Tense=Past") => return None,
            Relation::Advcl | Relation::Acl if single => clause_of(cl, cl.head(at)?),
            // "As rebels enter the city", "four die after a man opens fire": one piece of news.
            Relation::Advcl if matches!(told, Some(Told::Present)) && beside() => clause_of(cl, cl.head(at)?),
            _ => return None,
        };
    }
    None
}

/// The verb that tells the event, where it tells it as news.
fn carrier(cl: &Clauses, c: &Candidate) -> Option<usize> {
    let i = c.anchor;
    if !cl.is_nominal(i) || cl.child(i, &[Relation::Nsubj, Relation::Cop]).is_some() {
        return Some(clause_of(cl, i));
    }
    let verb = cl.head(i);
    match (cl.relation(i), verb) {
        // A headline without a verb.
        (Relation::Root, _) => Some(i),
        (Relation::Nsubj | Relation::NsubjPass | Relation::Obj | Relation::Obl, Some(v)) => {
            let known =
                cl.children_by(i, &[Relation::Det]).any(|d| matches!(cl.lemma(d), "the" | "this" | "that" | "these"))
                    || cl.child(i, &[Relation::NmodPoss]).is_some();
            let by_rule = c.uses(v)
                || matches!(
                    cl.lemma(v),
                    "hold"
                        | "take"
                        | "make"
                        | "carry"
                        | "launch"
                        | "conduct"
                        | "open"
                        | "begin"
                        | "start"
                        | "end"
                        | "conclude"
                );
            let subject = matches!(cl.relation(i), Relation::Nsubj | Relation::NsubjPass);
            (by_rule || subject && !known && cl.upos(v) == Upos::Verb).then(|| clause_of(cl, v))
        }
        _ => None,
    }
}

/// The tense that tells an event.
pub(crate) enum Told {
    Present,
    Perfect,
    Past,
    /// Before another past.
    Before,
}

fn is_finite(cl: &Clauses, v: usize) -> bool {
    use Relation::{Aux, AuxPass, Cop};
    cl.feature(v, "VerbForm=Fin") || cl.children_by(v, &[Aux, AuxPass, Cop]).any(|k| cl.feature(k, "VerbForm=Fin"))
}

fn tense_of(cl: &Clauses, v: usize) -> Option<Told> {
    use Relation::{Aux, AuxPass, Cop};
    let auxiliaries: Vec<usize> = cl.children_by(v, &[Aux, AuxPass, Cop]).collect();
    let have = auxiliaries.iter().find(|&&k| cl.lemma(k) == "have");
    if let Some(&k) = have {
        return Some(if cl.feature(k, "Tense=Past") { Told::Before } else { Told::Perfect });
    }
    let finite = auxiliaries.iter().copied().chain([v]).find(|&k| cl.feature(k, "VerbForm=Fin"));
    match finite {
        Some(k) if cl.feature(k, "Tense=Past") => Some(Told::Past),
        Some(k) if cl.feature(k, "Tense=Pres") => Some(Told::Present),
        _ => None,
    }
}

/// Whether a time word hangs on the clause itself, be it as vague as "recently" or "after 2014".
fn is_timed(cl: &Clauses, times: &[TimeExpression], clause: usize) -> bool {
    times.iter().any(|t| {
        let top = top(cl, t);
        let tells = !matches!(t.kind, TimeKind::Duration | TimeKind::Recurring | TimeKind::Since | TimeKind::Until);
        tells && (top == clause || cl.head(top) == Some(clause))
    })
}
