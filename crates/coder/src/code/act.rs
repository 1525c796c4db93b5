//! What act a rule that fits tells: its type, status and time, once promises, refusals and demands are counted as such.

use super::{Coder, Work};
use crate::about;
use crate::codebook::{Effect, Meaning};
use crate::dating;
use crate::matcher::Candidate;
use crate::mention::Who;
use crate::sides;
use crate::status::{self, Standing};
use crate::tense::is_long_before;
use crate::when::TimeExpression;
use legation_record::{EventType, QuadClass, Status};

/// An act as the codebook counts it.
pub(super) struct Act<'w> {
    pub event_type: EventType,
    pub cameo: String,
    pub modes: Vec<String>,
    pub contexts: &'w [String],
    /// The type of the act that it speaks of.
    pub about: Option<EventType>,
    pub status: Status,
    /// The words for its time.
    pub time: Option<&'w TimeExpression>,
    /// Whether the announcement of an act is what is coded: it has a time of its own.
    pub announced: bool,
    /// How the clause stands: negated, promised, said by whom.
    pub standing: Standing,
}

impl Act<'_> {
    /// Whether it has a mode.
    pub fn is(&self, mode: &str) -> bool {
        self.modes.iter().any(|m| m == mode)
    }
}

impl Coder {
    /// Reads what act a candidate tells; `None` where its rule names none. A demand moves the clause's actors to its recipients.
    pub(super) fn act<'w>(&self, w: &'w Work, c: &mut Candidate, explain: bool) -> Option<Act<'w>> {
        let Meaning::Event { event_type, cameo, modes, contexts, status } = &w.matcher.rule(c).meaning else {
            return None;
        };
        let (event_type, cameo, modes) = (*event_type, cameo.clone(), modes.clone());
        let mut standing = status::standing(w.matcher, c.anchor);
        // "found not guilty": a negated predicate among the rule's words.
        let words = c.words.iter().skip(1).flat_map(|&(a, b)| a..=b);
        if words.filter(|&k| !w.clauses.is_nominal(k)).any(|k| w.clauses.is_negated(k, None))
            && standing.status.is_none()
        {
            standing.status = Some(Status::Negated);
        }
        let mut about = c.act.and_then(|a| w.matcher.act_type(a));
        let time = dating::time(w.matcher, &w.times, c, false);
        let time = time.filter(|t| !dating::is_anothers(w.matcher, c, t, w.document.published));
        if about.is_none() && about::holds_an_act(event_type) {
            about =
                c.words.iter().skip(1).find_map(|&(first, last)| (first..=last).find_map(|k| w.matcher.act_type(k)));
        }
        let mut status = self.status(w, &standing, *status, time);
        if status == Status::Actual && lies_ahead(w, c, event_type, &mut standing) {
            status = Status::Future;
        }
        if status == Status::Actual && time.is_none() && dating::is_of_old(w.matcher, &w.times, c, w.document.published)
        {
            status = Status::Historical;
        }
        let mut act = Act { event_type, cameo, modes, contexts, about, status, time, announced: false, standing };
        self.hold(w, c, &mut act, explain);
        // "announces that he will oppose the bill": opposed by saying so.
        let opposes =
            act.event_type == EventType::Reject || act.event_type == EventType::Accuse && act.is("disapprove");
        if act.standing.promised && act.status == Status::Future && opposes {
            act.status = Status::Actual;
        }
        // Two states that exercise together show each other no force.
        let mut states: Vec<&str> =
            c.actors.iter().filter(|a| a.is_in("STATE")).filter_map(|a| a.code.as_deref()).collect();
        states.sort_unstable();
        states.dedup();
        let joint = (0..w.clauses.len()).any(|k| w.clauses.lemma(k) == "joint");
        if act.event_type == EventType::Mobilize && states.len() > 1 && joint {
            (act.event_type, act.cameo) = (EventType::Cooperate, "062".into());
            act.modes.clear();
            c.recipients.clear();
        }
        Some(act)
    }

    /// Turns an act that is promised, refused or demanded into the one category that holds it.
    fn hold<'w>(&self, w: &'w Work, c: &mut Candidate, act: &mut Act<'w>, explain: bool) {
        let Some((held, (kind, code, mode))) = single_category(w, c, act) else { return };
        let standing = &mut act.standing;
        if explain {
            let why = if standing.promised { "promised" } else { "refused, demanded or to come" };
            standing.steps.push(format!("{held} that is {why} is coded as {kind} (manual, auxiliary modes)"));
        }
        act.announced = standing.promised || standing.refused || standing.obliged;
        (act.about, act.event_type, act.cameo) = (Some(held), kind, code.into());
        act.modes = mode.into_iter().map(String::from).collect();
        act.status = Status::Actual;
        if kind == EventType::Reject {
            sides::refuse(w.matcher, c);
        }
        // The announcement has a time of its own.
        if act.announced {
            act.time = dating::time(w.matcher, &w.times, c, true);
        }
    }

    fn status(&self, w: &Work, standing: &Standing, rule: Option<Status>, time: Option<&TimeExpression>) -> Status {
        if let Some(status) = standing.status.or(rule) {
            return status;
        }
        let historical =
            time.is_some_and(|t| t.history || t.date.as_ref().is_some_and(|d| is_long_before(d, w.document.published)));
        if historical { Status::Historical } else { Status::Actual }
    }
}

/// Whether an act that is told as news is dated after it: announced with its first day ("announces a curfew from
/// Monday"), which commits who announces it, or told by a noun or a participle ("a summit in May").
fn lies_ahead(w: &Work, c: &Candidate, event_type: EventType, standing: &mut Standing) -> bool {
    let cl = w.clauses;
    let verbal = matches!(event_type.quad_class(), QuadClass::VerbalCooperation | QuadClass::VerbalConflict);
    if verbal && !matches!(event_type, EventType::Consult | EventType::Protest)
        || !dating::begins_later(w.matcher, &w.times, c, w.document.published)
    {
        return false;
    }
    let announces = |k: usize| w.matcher.book.lists.get("declare-verbs").is_some_and(|l| l.matches(cl, k).is_some());
    let mut words = c.words.iter().flat_map(|&(a, b)| a..=b);
    let progressive = cl.form(c.anchor).ends_with("ing") && cl.auxiliaries(c.anchor).any(|a| cl.lemma(a) == "be");
    if words.any(|k| cl.is_verb(k) && announces(k)) || progressive && !c.actors.is_empty() {
        standing.promised = true;
        return true;
    }
    // "imposes tariffs from Monday" is done by saying so.
    matches!(event_type, EventType::Consult | EventType::Protest) && !dating::is_finite_verb(cl, c.anchor)
}

/// The one category that holds an act to come, a refused one or a demanded one, with the type of that act (see
/// [`about`]). A demand moves the clause's actor to its recipients.
fn single_category(w: &Work, c: &mut Candidate, act: &Act) -> Option<(EventType, about::Category)> {
    let (standing, status, event_type) = (&act.standing, act.status, act.event_type);
    let speaker = standing.attribution.as_ref().map(|s| w.mentions.all(s.speaker, false)).unwrap_or_default();
    let other = |who: &Who| speaker.iter().all(|s| s.code != who.code || s.code.is_none() && s.span != who.span);
    let acts = !c.actors.is_empty();
    if standing.promised && status == Status::Future && acts {
        return Some((event_type, about::announced(event_type, &act.modes)?));
    }
    if standing.refused && status == Status::Negated && acts {
        return Some((event_type, about::refused(event_type)?));
    }
    if standing.obliged && !speaker.is_empty() && acts && c.actors.iter().all(other) {
        // "said that B must …": the speaker asks it of B.
        c.recipients = std::mem::replace(&mut c.actors, speaker);
        return Some((event_type, (EventType::Request, "10", None)));
    }
    let held = act.about?;
    if event_type.quad_class() == QuadClass::VerbalCooperation && c.act.is_some_and(|a| w.clauses.is_negated(a, None)) {
        // "announced that it would not withdraw", "promised not to help"
        return Some((held, about::refused(held)?));
    }
    let offers = w.clauses.lemma(c.anchor) == "offer"
        || c.act.is_some_and(|a| w.matcher.operator(a).is_some_and(|(e, _)| e == Effect::Negated));
    if event_type == EventType::Agree && held.quad_class() == QuadClass::MaterialConflict && !offers {
        // Agreeing on a hostile act threatens it.
        return Some((held, about::announced(held, &[])?));
    }
    None
}
