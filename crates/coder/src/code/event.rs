//! From a rule that fits to an event: status, type, time and place, and who speaks.

use super::{Coder, Explanation, Step, Work};
use crate::about;
use crate::codebook::{Effect, Meaning};
use crate::confidence::{self, Features};
use crate::dating;
use crate::matcher::Candidate;
use crate::mention::{Sort, Who};
use crate::place::{self, Happening};
use crate::sides;
use crate::size;
use crate::status::{self, Standing};
use crate::tense::is_long_before;
use crate::when::TimeExpression;
use legation_record::{
    Attribution, DocumentRef, Event, EventDate, EventType, Evidence, Participant, QuadClass, Quote, Side, Span, Status,
};

impl Coder {
    pub(super) fn event(&self, w: &Work, mut c: Candidate, explain: bool) -> Option<(Event, Option<Explanation>)> {
        let rule = w.matcher.rule(&c);
        let Meaning::Event { event_type, cameo, modes, contexts, status } = &rule.meaning else { return None };
        let (mut event_type, mut cameo, mut modes) = (*event_type, cameo.clone(), modes.clone());
        let text = &w.document.text;
        let mut standing = status::standing(w.matcher, c.anchor);
        // "found not guilty": a negated predicate among the rule's words.
        let words = c.words.iter().skip(1).flat_map(|&(a, b)| a..=b);
        if words.filter(|&k| !w.clauses.is_nominal(k)).any(|k| w.clauses.is_negated(k, None))
            && standing.status.is_none()
        {
            standing.status = Some(Status::Negated);
        }
        let mut about = c.act.and_then(|a| w.matcher.act_type(a));
        let mut time = dating::time(w.matcher, &w.times, &c, false);
        time = time.filter(|t| !dating::is_anothers(w.matcher, &c, t, w.document.published));
        let mut announced = false;
        let mut event_status = self.status(w, &standing, *status, time);
        if about.is_none() && about::holds_an_act(event_type) {
            about =
                c.words.iter().skip(1).find_map(|&(first, last)| (first..=last).find_map(|k| w.matcher.act_type(k)));
        }
        if let Some((act, (kind, code, mode))) =
            single_category(w, &mut c, &standing, event_status, event_type, &modes, about)
        {
            if explain {
                let why = if standing.promised { "promised" } else { "refused, demanded or to come" };
                standing.steps.push(format!("{act} that is {why} is coded as {kind} (manual, auxiliary modes)"));
            }
            (about, event_type, cameo) = (Some(act), kind, code.into());
            if event_type == EventType::Reject {
                sides::refuse(w.matcher, &mut c);
            }
            // The announcement has a time of its own.
            announced = standing.promised || standing.refused || standing.obliged;
            if announced {
                time = dating::time(w.matcher, &w.times, &c, true);
            }
            modes = mode.into_iter().map(String::from).collect();
            event_status = Status::Actual;
        }
        // "announces that he will oppose the bill": opposed by saying so.
        let opposes = event_type == EventType::Reject
            || event_type == EventType::Accuse && modes.iter().any(|m| m == "disapprove");
        if standing.promised && event_status == Status::Future && opposes {
            event_status = Status::Actual;
        }
        // Two states that exercise together show each other no force.
        let mut sides: Vec<&str> =
            c.actors.iter().filter(|a| a.is_in("STATE")).filter_map(|a| a.code.as_deref()).collect();
        sides.sort_unstable();
        sides.dedup();
        let joint = (0..w.clauses.len()).any(|k| w.clauses.lemma(k) == "joint");
        if event_type == EventType::Mobilize && sides.len() > 1 && joint {
            (event_type, cameo) = (EventType::Cooperate, "062".into());
            modes.clear();
            c.recipients.clear();
        }
        sides::complete(w.matcher, &mut c, event_type, &modes);
        if event_type == EventType::Protest {
            place::people_of_place(w.clauses, &mut c.actors);
        }
        for who in &mut c.actors {
            w.mentions.take_capacity(who, c.anchor);
        }
        // A weapon that nobody owns does nothing by itself, and what is closed or banned is no weapon's side.
        let owned = |who: &Who| who.sort != Sort::Instrument || who.code.is_some();
        c.actors.retain(owned);
        if !matches!(event_type, EventType::Assault | EventType::Mobilize) {
            c.recipients.retain(owned);
        }
        if c.actors.is_empty() && c.recipients.is_empty() {
            return None;
        }
        // "the bombing of Tokyo": the city, not its government.
        if event_type == EventType::Assault {
            for who in c.recipients.iter_mut().filter(|who| w.mentions.is_city(who)) {
                who.sectors.clear();
            }
        }
        let happening = Happening {
            anchor: c.anchor,
            words: &c.words,
            act: c.act,
            event_type,
            visit: modes.iter().any(|m| m == "visit"),
            call: cameo == "041",
            actors: &c.actors,
            recipients: &c.recipients,
            sentence: w.number,
        };
        let occasion = place::occasion(w.clauses, &place::heads(w.clauses, &happening).0, |k| k == c.anchor);
        let located = place::of_event(w.places, &happening, occasion.as_ref().map(|o| o.0));
        for who in c.actors.iter_mut().chain(&mut c.recipients) {
            place::place_unknown(w.places, who);
        }
        place::domesticate(self.gazetteer, event_type, &mut c.actors, &mut c.recipients);
        let country = located.as_ref().and_then(|l| l.place.country.clone());
        let country = country.or_else(|| place::country_of_sentence(w.places, c.anchor));
        let nameless = |c: &Candidate| c.actors.iter().chain(&c.recipients).any(|p| p.code.is_none());
        let sole = country.is_none().then(|| nameless(&c).then(|| place::sole_state(w.places))?).flatten();
        // Where states meet and sign is often neither's; its rebels and refugees are the place's even so.
        let elsewhere =
            matches!(event_type, EventType::Consult | EventType::Agree | EventType::Support | EventType::Cooperate);
        let open = |c: &Candidate| c.actors.iter().chain(&c.recipients).filter(|p| p.code.is_none()).count();
        let open_before = open(&c);
        if let Some(country) = country.as_deref() {
            let name = self.gazetteer.name_of(country);
            let local = |who: &&mut Who| {
                !elsewhere || who.sectors.first().is_some_and(|s| matches!(s.as_str(), "REB" | "UAF" | "CRM" | "REF"))
            };
            place::localise(c.actors.iter_mut().chain(&mut c.recipients).filter(local), country, name);
        }
        let at = country.clone().or_else(|| sole.clone());
        if let Some(state) = at.as_deref() {
            let alone = || place::sole_state(w.places).as_deref() == Some(state);
            place::person_of_place(w.clauses, event_type, &mut c.recipients, state, alone);
            place::titled_of_place(event_type, &mut c.actors, state, alone);
        }
        if let Some(state) = sole.as_deref() {
            let (doers, theirs) = (c.actors.clone(), c.recipients.clone());
            let domestic =
                |who: &&mut Who, others: &[Who]| place::is_domestic(w.places, event_type, who, others, state);
            let name = self.gazetteer.name_of(state);
            // Whose attackers are that the text calls by no nation is not told by their victims.
            let rebel = |who: &Who| {
                const REBELS: [&str; 6] = ["rebel", "insurgent", "separatist", "guerrilla", "mutineer", "secessionist"];
                event_type != EventType::Assault || REBELS.contains(&w.clauses.lemma(who.head))
            };
            let attacker = |who: &Who| {
                let sector = who.sectors.first().map_or("", String::as_str);
                matches!(sector, "CRM" | "UAF") || sector == "REB" && !rebel(who)
            };
            let ours = c.actors.iter_mut().filter(|who| !attacker(who) && domestic(who, &theirs));
            place::localise(ours, state, name);
            place::localise(c.recipients.iter_mut().filter(|who| domestic(who, &doers)), state, name);
        }
        place::punished(w.places, event_type, c.anchor, &c.actors, &mut c.recipients);
        place::common_person(w.clauses, event_type, &mut c.recipients);
        place::own_government(w.places, &mut c.actors, &mut c.recipients);
        if event_type == EventType::Assault
            && let Some(state) = nameless(&c).then(|| place::country_of_blow(w.places)).flatten()
        {
            place::take_blow(&c.actors, &mut c.recipients, &state, self.gazetteer.name_of(&state));
        }
        if let Some(state) = at.is_none().then(|| nameless(&c).then(|| place::near_state(w.places))?).flatten() {
            let name = self.gazetteer.name_of(&state);
            place::take_near(event_type, &mut c.actors, &state, name);
            place::take_near(event_type, &mut c.recipients, &state, name);
        }
        let size = size::size(w.clauses, &self.codebook, event_type, &modes, &c.words, &c.actors, &c.recipients);
        let attribution = standing.attribution.as_ref().map(|speech| {
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
                party: who.and_then(|speaker| side_of(&speaker, &c)),
            }
        });
        if event_type == EventType::Consult
            && let Some(speech) = &standing.attribution
        {
            sides::speaker_of_talks(w.matcher, &mut c, speech.speaker);
        }
        // An emergency over a drought is no repression.
        if modes.iter().any(|m| m == "martial-law")
            && self
                .codebook
                .lists
                .get("natural-causes")
                .is_some_and(|l| (0..w.clauses.len()).any(|k| l.matches(w.clauses, k).is_some()))
        {
            return None;
        }
        // "shoots himself"
        let oneself = |&o: &usize| w.clauses.form(o).ends_with("self") || w.clauses.form(o).ends_with("selves");
        if event_type == EventType::Assault
            && c.recipients.is_empty()
            && w.clauses.objects(c.anchor).iter().any(oneself)
        {
            return None;
        }
        // "The survival of the otters is threatened": by nobody.
        if event_type == EventType::Threaten && about.is_none() && c.actors.is_empty() && w.clauses.is_passive(c.anchor)
        {
            return None;
        }
        // Who leaves a post of business, or one that nothing tells of, is no politics.
        let private = |a: &Who| match a.sectors.first().map(String::as_str) {
            None | Some("ELI") => a.code.is_none(),
            Some(sector) => matches!(sector, "BUS" | "MNC" | "CVL" | "LAB"),
        };
        if modes.iter().any(|m| m == "resign") && c.actors.iter().all(private) {
            return None;
        }
        // A visit by nobody ("secret visits to B were leaked") tells no meeting.
        if event_type == EventType::Consult && modes.iter().any(|m| m == "visit") && c.actors.is_empty() {
            return None;
        }
        // Coming home is no visit.
        if event_type == EventType::Consult && modes.iter().any(|m| m == "visit") && !c.recipients.is_empty() {
            let home = |r: &Who| r.is_plain_state() && c.actors.iter().any(|a| a.code == r.code);
            if c.recipients.iter().all(home) {
                return None;
            }
        }
        let trigger = c.words.iter().fold(w.clauses.token(c.anchor).span, |span, &(a, b)| {
            span.cover(w.clauses.token(a).span.cover(w.clauses.token(b).span))
        });
        if let Some((first, last)) = time.and_then(|t| t.date.as_ref()).and_then(EventDate::days) {
            for who in c.actors.iter_mut().chain(&mut c.recipients) {
                *who = w.mentions.as_of(who.clone(), first, last);
            }
        }
        let people = |list: &[Who]| -> Vec<Participant> {
            list.iter().map(|p| w.mentions.with_antecedent(p.clone()).participant(text)).collect()
        };
        let (actors, recipients) = (people(&c.actors), people(&c.recipients));
        let place = located.as_ref().map(|l| l.span);
        let kind = rule.pattern.kind;
        let (by_place, said) = (open(&c) < open_before, standing.attribution.is_some());
        let features = confidence::features(w.clauses, &c, kind, event_type, event_status, by_place, said);
        let explanation = explain.then(|| self.explanation(w, &c, &standing, time, place, features));
        let mut all_contexts = contexts.clone();
        for (name, words) in &self.codebook.contexts {
            if !all_contexts.contains(name) && (0..w.clauses.len()).any(|i| words.matches(w.clauses, i).is_some()) {
                all_contexts.push(name.clone());
            }
        }
        let date = match time {
            Some(time) => dating::dated(w.clauses, time).filter(|date| {
                let done = matches!(event_status, Status::Actual | Status::Historical) && !announced;
                !(done && dating::is_to_come(date, w.document.published))
            }),
            None if event_status == Status::Actual => {
                let told = dating::told(w.matcher, &w.times, &c, announced);
                told.and_then(|t| dating::implied(w.matcher, t, c.anchor, w.number, w.document.published, w.meeting))
            }
            None => None,
        };
        let confidence = self.codebook.weights.probability(&features);
        let sentence = w.clauses.sentence.span;
        let event = Event {
            id: String::new(),
            document: DocumentRef {
                id: w.document.id.clone(),
                title: w.document.title.clone(),
                publisher: w.document.publisher.clone(),
                published: w.document.published.map(|d| d.to_string()),
                url: w.document.url.clone(),
            },
            event_type,
            score: self.codebook.score(event_type, &modes),
            event_mode: modes,
            contexts: all_contexts,
            about,
            cameo_code: cameo,
            quad_class: event_type.quad_class(),
            actors,
            recipients,
            date,
            place: located.map(|l| l.place),
            occasion: occasion.map(|o| o.1),
            size,
            status: event_status,
            attribution,
            confidence,
            evidence: Evidence {
                sentence: w.number as u32,
                text: sentence.of(text).into(),
                start: sentence.start,
                end: sentence.end,
                trigger: Quote { text: trigger.of(text).into(), start: trigger.start, end: trigger.end },
            },
            rule: rule.name.clone(),
            coder: self.version.clone(),
        };
        Some((event, explanation))
    }

    fn status(&self, w: &Work, standing: &Standing, rule: Option<Status>, time: Option<&TimeExpression>) -> Status {
        if let Some(status) = standing.status.or(rule) {
            return status;
        }
        let historical =
            time.is_some_and(|t| t.history || t.date.as_ref().is_some_and(|d| is_long_before(d, w.document.published)));
        if historical { Status::Historical } else { Status::Actual }
    }

    fn explanation(
        &self,
        w: &Work,
        c: &Candidate,
        standing: &Standing,
        time: Option<&TimeExpression>,
        place: Option<Span>,
        features: Features,
    ) -> Explanation {
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
        if let Some(s) = &standing.attribution {
            step("speaker", s.span);
        }
        if let Some(t) = time {
            step("date", range(&(t.first, t.last)));
        }
        if let Some(p) = place {
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
        Explanation { rule, steps, status: standing.steps.clone(), runners_up, tokens, features }
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

/// The one category that holds an act to come, a refused one or a demanded one, with the type of that act (see
/// [`about`]). A demand moves the clause's actor to its recipients.
fn single_category(
    w: &Work,
    c: &mut Candidate,
    standing: &Standing,
    status: Status,
    event_type: EventType,
    modes: &[String],
    about: Option<EventType>,
) -> Option<(EventType, about::Category)> {
    let speaker = standing.attribution.as_ref().map(|s| w.mentions.all(s.speaker, false)).unwrap_or_default();
    let other = |who: &Who| speaker.iter().all(|s| s.code != who.code || s.code.is_none() && s.span != who.span);
    let acts = !c.actors.is_empty();
    if standing.promised && status == Status::Future && acts {
        return Some((event_type, about::announced(event_type, modes)?));
    }
    if standing.refused && status == Status::Negated && acts {
        return Some((event_type, about::refused(event_type)?));
    }
    if standing.obliged && !speaker.is_empty() && acts && c.actors.iter().all(other) {
        // "said that B must …": the speaker asks it of B.
        c.recipients = std::mem::replace(&mut c.actors, speaker);
        return Some((event_type, (EventType::Request, "10", None)));
    }
    let act = about?;
    if event_type.quad_class() == QuadClass::VerbalCooperation && c.act.is_some_and(|a| w.clauses.is_negated(a, None)) {
        // "announced that it would not withdraw", "promised not to help"
        return Some((act, about::refused(act)?));
    }
    let offers = w.clauses.lemma(c.anchor) == "offer"
        || c.act.is_some_and(|a| w.matcher.operator(a).is_some_and(|(e, _)| e == Effect::Negated));
    if event_type == EventType::Agree && act.quad_class() == QuadClass::MaterialConflict && !offers {
        // Agreeing on a hostile act threatens it.
        return Some((act, about::announced(act, &[])?));
    }
    None
}
