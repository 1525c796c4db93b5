//! From a rule that fits to an event, or why it is none.

use super::act::Act;
use super::parties::Setting;
use super::{Coder, Explanation, Step, Work};
use crate::confidence::{self, Features};
use crate::content;
use crate::dating;
use crate::matcher::Candidate;
use crate::mention::Who;
use crate::sides;
use crate::size;
use crate::status::{self, Speech};
use legation_record::{
    Attribution, DocumentRef, Event, EventDate, EventType, Evidence, Participant, Quote, Side, Size, Span, Status,
};

impl Coder {
    /// The event that a candidate tells, or why it tells none.
    pub(super) fn event(
        &self,
        w: &Work,
        mut c: Candidate,
        explain: bool,
    ) -> Result<(Event, Option<Explanation>), &'static str> {
        let act = self.act(w, &mut c, explain).ok_or("no event: a rule says that these words name none")?;
        // What lies long back is told for itself.
        if act.standing.content && act.status != Status::Historical {
            return Err("not coded: only what another word is about");
        }
        self.sides(w, &mut c, &act);
        if c.actors.is_empty() && c.recipients.is_empty() {
            return Err("no event: nobody who could act or suffer takes part");
        }
        let setting = self.settle(w, &mut c, &act);
        let size =
            size::size(w.clauses, &self.codebook, act.event_type, &act.modes, &c.words, &c.actors, &c.recipients);
        let speech = act.standing.attribution.as_ref();
        let attribution = speech.map(|speech| attribution(w, speech, &c));
        if let Some(speech) = speech.filter(|_| act.event_type == EventType::Consult) {
            sides::speaker_of_talks(w.matcher, &mut c, speech.speaker);
        }
        if let Some(why) = content::nothing(w.clauses, &self.codebook, &c, act.event_type, &act.modes, act.about) {
            return Err(why);
        }
        if let Some((first, last)) = act.time.and_then(|t| t.date.as_ref()).and_then(EventDate::days) {
            for who in c.actors.iter_mut().chain(&mut c.recipients) {
                *who = w.mentions.as_of(who.clone(), first, last);
            }
        }
        let features = self.features(w, &c, &act, &setting);
        let explanation = explain.then(|| self.explanation(w, &c, &act, &setting, features));
        Ok((self.assembled(w, &c, act, setting, (size, attribution), &features), explanation))
    }

    fn features(&self, w: &Work, c: &Candidate, act: &Act, setting: &Setting) -> Features {
        let kind = w.matcher.rule(c).pattern.kind;
        let (by_place, said) = (setting.placed > 0, act.standing.attribution.is_some());
        confidence::features(w.clauses, c, kind, act.event_type, act.status, by_place, said)
    }

    /// Puts the event together.
    fn assembled(
        &self,
        w: &Work,
        c: &Candidate,
        act: Act,
        setting: Setting,
        (size, attribution): (Option<Size>, Option<Attribution>),
        features: &Features,
    ) -> Event {
        let text = &w.document.text;
        let people = |list: &[Who]| -> Vec<Participant> {
            list.iter().map(|p| w.mentions.with_antecedent(p.clone()).participant(text)).collect()
        };
        let trigger = c.words.iter().fold(w.clauses.token(c.anchor).span, |span, &(a, b)| {
            span.cover(w.clauses.token(a).span.cover(w.clauses.token(b).span))
        });
        let mut contexts = act.contexts.to_vec();
        for (name, words) in &self.codebook.contexts {
            if !contexts.contains(name) && (0..w.clauses.len()).any(|i| words.matches(w.clauses, i).is_some()) {
                contexts.push(name.clone());
            }
        }
        let date = match act.time {
            Some(time) => dating::dated(w.clauses, time).filter(|date| {
                let done = matches!(act.status, Status::Actual | Status::Historical) && !act.announced;
                !(done && dating::is_to_come(date, w.document.published))
            }),
            None if act.status == Status::Actual => {
                let told = dating::told(w.matcher, &w.times, c, act.announced);
                told.and_then(|t| dating::implied(w.matcher, t, c.anchor, w.number, w.document.published, w.meeting))
            }
            None => None,
        };
        let rule = w.matcher.rule(c);
        let sentence = w.clauses.sentence.span;
        Event {
            id: String::new(),
            document: DocumentRef {
                id: w.document.id.clone(),
                title: w.document.title.clone(),
                publisher: w.document.publisher.clone(),
                published: w.document.published.map(|d| d.to_string()),
                url: w.document.url.clone(),
            },
            event_type: act.event_type,
            score: self.codebook.score(act.event_type, &act.modes),
            event_mode: act.modes,
            contexts,
            about: act.about,
            cameo_code: act.cameo,
            quad_class: act.event_type.quad_class(),
            actors: people(&c.actors),
            recipients: people(&c.recipients),
            date,
            place: setting.located.map(|l| l.place),
            occasion: setting.occasion.map(|o| o.1),
            size,
            status: act.status,
            attribution,
            confidence: self.codebook.weights.probability(features),
            evidence: Evidence {
                sentence: w.number as u32,
                text: sentence.of(text).into(),
                start: sentence.start,
                end: sentence.end,
                trigger: Quote { text: trigger.of(text).into(), start: trigger.start, end: trigger.end },
            },
            rule: rule.name.clone(),
            coder: self.version.clone(),
        }
    }

    fn explanation(&self, w: &Work, c: &Candidate, act: &Act, setting: &Setting, features: Features) -> Explanation {
        let text = &w.document.text;
        let mut steps: Vec<Step> = Vec::new();
        let mut step = |part, span: Span| steps.push(Step { part, text: span.of(text).into(), span });
        let range = |&(a, b): &(usize, usize)| w.clauses.token(a).span.cover(w.clauses.token(b).span);
        for (n, words) in c.words.iter().enumerate() {
            step(if n == 0 { "trigger" } else { "word" }, range(words));
        }
        c.actors.iter().for_each(|a| step("actor", a.span));
        c.recipients.iter().for_each(|r| step("recipient", r.span));
        if let Some(a) = c.act {
            step("act", w.clauses.token(a).span);
        }
        if let Some(s) = &act.standing.attribution {
            step("speaker", s.span);
        }
        if let Some(t) = act.time {
            step("date", range(&(t.first, t.last)));
        }
        if let Some(p) = setting.located.as_ref().map(|l| l.span) {
            step("place", p);
        }
        steps.sort_by_key(|s| s.span);
        let others = w.matcher.all_events(c.anchor).into_iter().filter(|o| o.rule != c.rule).take(3);
        let runners_up =
            others.map(|o| format!("{} ({:.2} against {:.2})", w.matcher.rule(&o).name, o.score, c.score)).collect();
        let mut tokens: Vec<usize> = c.words.iter().flat_map(|&(a, b)| a..=b).collect();
        tokens.extend(c.actors.iter().chain(&c.recipients).map(|p| p.head));
        tokens.extend(c.act);
        tokens.sort_unstable();
        tokens.dedup();
        let rule = w.matcher.rule(c);
        let rule = format!("{} ({})", rule.name, rule.place);
        let features = confidence::NAMES.into_iter().zip(features).collect();
        Explanation { rule, steps, status: act.standing.steps.clone(), runners_up, tokens, features }
    }
}

/// Who says so, and whose side that is.
fn attribution(w: &Work, speech: &Speech, c: &Candidate) -> Attribution {
    let text = &w.document.text;
    let who = w.mentions.one(speech.speaker).into_iter().next();
    let words = who.as_ref().map_or_else(|| status::nominal(w.clauses, speech.speaker), |s| s.span);
    // "Syrian government sources", "the office of the French president": whose they are.
    let of = who.clone().or_else(|| w.mentions.owner(speech.speaker).into_iter().next());
    Attribution {
        speaker: words.of(text).to_string(),
        code: of.as_ref().and_then(|s| s.code.clone()),
        text: speech.span.of(text).into(),
        start: speech.span.start,
        end: speech.span.end,
        // Media of a country and reports about it are not that country: only a speaker known by name.
        party: who.and_then(|speaker| side_of(&speaker, c)),
    }
}

/// The side a speaker belongs to: the same state or organisation, and on the same side of a revolt.
fn side_of(speaker: &Who, c: &Candidate) -> Option<Side> {
    let armed = |who: &Who| who.sectors.iter().any(|s| matches!(s.as_str(), "REB" | "UAF" | "OPP" | "CRM" | "PRM"));
    // A newspaper of a country is no party for it.
    if speaker.sectors.iter().any(|s| matches!(s.as_str(), "JRN" | "MED")) {
        return None;
    }
    let same = |who: &Who| speaker.code.is_some() && speaker.code == who.code && armed(speaker) == armed(who);
    if c.actors.iter().any(same) { Some(Side::Actor) } else { c.recipients.iter().any(same).then_some(Side::Recipient) }
}
