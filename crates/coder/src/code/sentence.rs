//! Which of the rules that fit a sentence become events, and which are told by others.

use super::{Coder, Coding, Explanation, Work};
use crate::account::Fate;
use crate::aside;
use crate::clause::Clauses;
use crate::codebook::{AnchorKind, Meaning};
use crate::content;
use crate::happening::{absorb, add_doers, claims, is_one_happening, within_meeting};
use crate::matcher::Candidate;
use crate::mention::Who;
use crate::sides;
use legation_record::{Document, Event, EventType, Status};
use sha2::{Digest, Sha256};

/// An event of the sentence at work: the words that tell it, the first one's first, and why.
type Told = (Vec<usize>, Event, Option<Explanation>);

/// What an event belongs to of those told before, by their number in the document or in the sentence.
enum Belongs {
    /// None: it is told for the first time.
    Nowhere,
    /// What was talked about at that meeting of the document.
    Talk(usize),
    /// It says who did that act of the document.
    Claim(usize),
    /// It tells that one of the sentence again.
    Again(usize),
    /// It is one happening with that one of the sentence.
    Whole(usize),
}

impl Coder {
    /// Codes a sentence; what became of each candidate where explanations are wanted.
    pub(super) fn sentence(&self, w: &Work, coding: &mut Coding, explain: bool) -> Vec<Fate> {
        let mut fates: Vec<Fate> = Vec::new();
        let mut tell = |anchor: usize, event: Option<usize>, words: &dyn Fn() -> String| {
            if explain {
                fates.push(Fate { anchor, event, words: words() });
            }
        };
        let mut accepted: Vec<Candidate> = Vec::new();
        let mut candidates: Vec<(usize, Candidate)> =
            (0..w.clauses.len()).filter_map(|i| Some((w.clauses.depth(i), w.matcher.event(i)?))).collect();
        candidates.sort_by_key(|(depth, c)| (*depth, c.anchor));
        candidates.retain(|(_, c)| {
            let told = c.anchor >= w.label;
            if !told {
                tell(c.anchor, None, &|| "not coded: a label, which names what the text is about".into());
            }
            told
        });
        let mut swallowed: Vec<usize> = Vec::new();
        let sport = self.is_sport(w.clauses);
        for (_, c) in candidates {
            let i = c.anchor;
            // A noun that its own verb carries ("a motion was filed against B"): told once, by whichever says more.
            let carried = accepted.iter().position(|a| {
                c.words.iter().skip(1).any(|w| *w == a.words[0])
                    && !matches!(w.matcher.rule(a).meaning, Meaning::Nothing)
                    && w.clauses.head(i) == Some(a.anchor)
            });
            if let Some(noun) = carried {
                if c.score > accepted[noun].score {
                    accepted[noun] = c;
                }
                continue;
            }
            let taken = accepted.iter().any(|a| a.uses(i)) || swallowed.iter().any(|&act| w.clauses.is_below(i, act));
            if taken {
                let by = accepted.iter().find(|a| a.uses(i)).map(|a| a.anchor);
                tell(i, None, &|| match by {
                    Some(k) => format!("not an event of its own: part of what “{}” tells", w.clauses.form(k)),
                    None => "not an event of its own: what another event is about, its topic or purpose".into(),
                });
                continue;
            }
            let nothing = matches!(w.matcher.rule(&c).meaning, Meaning::Nothing);
            if sport
                && !nothing
                && c.actors.iter().chain(&c.recipients).all(|p| !is_public(p) || self.is_athlete(w.clauses, p))
            {
                tell(i, None, &|| "not coded: the sentence is about sport".into());
                continue;
            }
            if content::is_report(w.matcher, &c) {
                tell(i, None, &|| "not coded: only reports what is told as done".into());
                continue;
            }
            swallowed.extend(content::held(w.matcher, w.mentions, &c));
            if !nothing && c.actors.is_empty() && c.recipients.is_empty() {
                tell(i, None, &|| "not coded: nobody is named who takes part".into());
                continue;
            }
            let unsaid =
                content::no_act(w.matcher, &self.codebook, &c).or_else(|| aside::aside(w.matcher, &self.codebook, &c));
            if let Some(why) = unsaid.filter(|_| !nothing) {
                // Its words are no events of their own, either ("arrives to deliver aid").
                swallowed.extend(c.words.iter().skip(1).flat_map(|&(a, b)| a..=b));
                tell(i, None, &|| why.into());
                continue;
            }
            accepted.push(c);
        }
        accepted.sort_by_key(|c| c.anchor);
        let mut events: Vec<Told> = Vec::new();
        for c in accepted {
            let (anchor, kind) = (c.anchor, w.matcher.rule(&c).pattern.kind);
            let words: Vec<usize> = c.words.iter().flat_map(|&(a, b)| a..=b).collect();
            let (mut event, explanation) = match self.event(w, c, explain) {
                Ok(coded) => coded,
                Err(why) => {
                    tell(anchor, None, &|| why.into());
                    continue;
                }
            };
            sides::from_before(w.clauses, &words, anchor, &mut event, &coding.events);
            // Who holds which office is not known where the text has no day.
            let private = w.document.published.and_then(|_| content::is_private(&event));
            let private = private.or_else(|| content::is_own_affair(&event));
            if let Some(why) = private {
                tell(anchor, None, &|| why.into());
                continue;
            }
            let earlier = coding.events.len();
            let belongs = self.belongs(w, &coding.events, &events, (anchor, kind, &words), &event);
            match belongs {
                Belongs::Nowhere => {
                    tell(anchor, Some(earlier + events.len()), &|| "coded".into());
                    events.push((vec![anchor], event, explanation));
                }
                Belongs::Talk(number) => {
                    tell(anchor, Some(number), &|| "what was talked about at the meeting told before".into());
                }
                Belongs::Claim(_) if event.status != Status::Actual => {
                    tell(anchor, None, &|| "not coded: does not say who did what was told before".into());
                }
                Belongs::Claim(number) => {
                    tell(anchor, Some(number), &|| "says who did what was told before".into());
                    match coding.events.get_mut(number) {
                        Some(told) => {
                            add_doers(told, event);
                            told.id = identity(w.document, told);
                        }
                        None => add_doers(&mut events[number - earlier].1, event),
                    }
                }
                Belongs::Again(i) => {
                    let first = events[i].0[0];
                    tell(anchor, Some(earlier + i), &|| format!("told again after “{}”", w.clauses.form(first)));
                    content::add_again(&mut events[i].1, event);
                }
                Belongs::Whole(i) => {
                    let first = events[i].0[0];
                    tell(anchor, Some(earlier + i), &|| format!("one happening with “{}”", w.clauses.form(first)));
                    absorb(w.clauses, &mut events[i].1, event);
                    events[i].0.push(anchor);
                }
            }
        }
        for (_, mut event, explanation) in events {
            event.id = identity(w.document, &event);
            coding.events.push(event);
            coding.explanations.extend(explanation);
        }
        fates
    }

    /// What an event belongs to of those told before: in earlier sentences, and in this one with the words that tell each.
    fn belongs(
        &self,
        w: &Work,
        earlier: &[Event],
        here: &[Told],
        (anchor, kind, words): (usize, AnchorKind, &[usize]),
        event: &Event,
    ) -> Belongs {
        let c = w.clauses;
        let listed = |name: &str, k| self.codebook.lists.get(name).is_some_and(|l| l.matches(c, k).is_some());
        let talk = |k: usize| listed("conversation", k);
        let told = || earlier.iter().chain(here.iter().map(|(_, e, _)| e));
        if let Some(number) = within_meeting(c, talk, words, told(), event) {
            return Belongs::Talk(number);
        }
        let attack = |k: usize| listed("attacks", k) || w.matcher.act_type(k) == Some(EventType::Assault);
        if let Some(number) = claims(c, attack, words, told(), event) {
            return Belongs::Claim(number);
        }
        let whole = |(anchors, e, _): &Told| anchors.iter().any(|&a| is_one_happening(c, (a, e), (anchor, event)));
        let again = |(_, e, _): &Told| content::is_retold(c, kind, anchor, e, event);
        let whole = here.iter().position(whole).map(Belongs::Whole);
        whole.or_else(|| here.iter().position(again).map(Belongs::Again)).unwrap_or(Belongs::Nowhere)
    }

    fn is_athlete(&self, clauses: &Clauses, who: &Who) -> bool {
        self.codebook.lists.get("athletes").is_some_and(|words| words.matches(clauses, who.head).is_some())
    }

    /// Whether a sentence speaks the language of sport: two words of the codebook's list.
    fn is_sport(&self, clauses: &Clauses) -> bool {
        let Some(words) = self.codebook.lists.get("sport-scene") else { return false };
        let mut found: Vec<&str> =
            (0..clauses.len()).filter(|&i| words.matches(clauses, i).is_some()).map(|i| clauses.lemma(i)).collect();
        found.sort_unstable();
        found.dedup();
        found.len() > 1
    }
}

/// Whether a participant belongs to the bodies of a state or a society: no player, club or firm.
fn is_public(who: &Who) -> bool {
    let private = |s: &str| matches!(s, "BUS" | "MNC" | "ELI" | "JRN" | "MED" | "SOC" | "EDU");
    who.sectors.first().is_some_and(|s| !private(s))
}

/// Stable: the document, the words and what they were coded as.
fn identity(document: &Document, event: &Event) -> String {
    let mut hasher = Sha256::new();
    let trigger = &event.evidence.trigger;
    let participants: Vec<String> = event
        .actors
        .iter()
        .map(|a| format!("A{}", a.start))
        .chain(event.recipients.iter().map(|r| format!("B{}", r.start)))
        .collect();
    let key = format!(
        "{}\0{}\0{}\0{}\0{}\0{}",
        document.id,
        document.hash,
        trigger.start,
        trigger.end,
        event.event_type,
        participants.join(",")
    );
    hasher.update(key.as_bytes());
    hasher.finalize().iter().take(8).map(|b| format!("{b:02x}")).collect()
}
