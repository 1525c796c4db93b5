//! What a record tells of a pattern: who did what when, as occurrences that fit.

use super::same::Known;
use super::{Answer, Sources, moved};
use crate::query::{Count, Occurrences, Party, Pattern, What, Window};
use crate::report::{Evidence, Verdict};
use jiff::civil::Date;
use legation_analysis::{Day, History, Occurrence, Participant, Scope, When};
use legation_gazetteer::Gazetteer;
use legation_record::{EventType, Precision};
use std::collections::BTreeSet;

/// From this probability on an occurrence is told as support.
pub(super) const LIKELY: f32 = 0.4;

/// From this probability on the record speaks against a claim: that there were more occurrences than it allows.
pub(super) const SURE: f32 = 0.75;

/// Occurrences shown as evidence.
const SHOWN: usize = 12;

/// A record, and what of it may not be used.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// The record.
    pub history: &'a History,
    /// Nothing that was published later is used.
    pub until: Option<Date>,
    /// The text that is checked: it and its copies confirm nothing. `None` where it is checked against itself.
    pub own: Option<&'a Own>,
}

/// By what a text and its copies are known in a record.
#[derive(Clone, Debug, Default)]
pub struct Own {
    /// Its address.
    pub url: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// Its publisher.
    pub publisher: Option<String>,
    /// Its sentences, white space made even.
    pub sentences: BTreeSet<String>,
    /// When it was published.
    pub published: Option<Date>,
    /// The keys of its own document and its near-copies in the record.
    pub documents: Vec<u64>,
}

impl Own {
    /// Whether the report that a record shows of an occurrence is the text or a copy of it: the same address or headline, a
    /// document known as its copy, or the same sentence word by word, which a news agency gave to both.
    fn tells(&self, occurrence: &Occurrence<'_>) -> bool {
        let same = |mine: &Option<String>, other: Option<&str>| mine.is_some() && mine.as_deref() == other;
        let even = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let sentence = occurrence.sentence().map(even).is_some_and(|s| s.len() > 30 && self.sentences.contains(&s));
        let document = occurrence.document().is_some_and(|key| self.documents.contains(&key));
        let publisher = same(&self.publisher, occurrence.publisher()) || occurrence.publisher().is_none();
        same(&self.url, occurrence.url()) || same(&self.title, occurrence.title()) && publisher || document || sentence
    }
}

impl<'a> Asked<'a> {
    /// The occurrences that may be used: published in time, and told by somebody else.
    pub(super) fn may_use(&self, occurrence: &Occurrence<'a>) -> bool {
        let until = self.until.map(Day::of);
        let before = |day: Option<Day>| until.is_none_or(|until| day.is_none_or(|day| day <= until));
        let own = self.own.is_some_and(|own| own.tells(occurrence));
        // Where later reports are merged in, the one that counts must be older than the text.
        let late = !before(occurrence.last_published());
        let younger = self.own.is_some_and(|own| {
            own.published.is_some_and(|day| occurrence.first_published().is_none_or(|first| first >= Day::of(day)))
        });
        before(occurrence.first_published()) && !(own && (occurrence.sources() <= 1 || late)) && !(late && younger)
    }

    /// Whether the report that the record shows may be quoted: where later ones are merged in, it may be one of them.
    pub(super) fn may_quote(&self, occurrence: &Occurrence<'a>) -> bool {
        let late = self.until.is_some_and(|day| occurrence.last_published().is_some_and(|last| last > Day::of(day)));
        !late && !self.own.is_some_and(|own| own.tells(occurrence))
    }

    /// Occurrences that happened, may be used, and fit a pattern's kind and parties.
    pub(super) fn fitting(&self, pattern: &Pattern, strict: bool) -> Vec<Occurrence<'a>> {
        let mut found = self.about(pattern);
        let fitting = |o: &Occurrence<'a>| is_kind(o, &pattern.what) && fits(o, pattern, strict);
        found.retain(|o| o.happened() && self.may_use(o) && fitting(o));
        found
    }

    /// Whether an occurrence tells of a meeting or visit of the pattern, and may be used.
    pub(super) fn told(&self, o: &Occurrence<'a>, pattern: &Pattern) -> bool {
        o.happened() && self.may_use(o) && is_kind(o, &pattern.what) && fits(o, pattern, false)
    }

    /// Occurrences of the parties.
    fn about(&self, pattern: &Pattern) -> Vec<Occurrence<'a>> {
        let party = |p: &Party| match &p.code {
            Some(code) => legation_analysis::Party::Code(code.clone()),
            None => legation_analysis::Party::Name(p.name.clone()),
        };
        let mut parties: Vec<legation_analysis::Party> = pattern.who.iter().chain(&pattern.to).map(party).collect();
        parties.dedup();
        match parties.as_slice() {
            [] => Vec::new(),
            [one, rest @ ..] => match rest.iter().find(|other| *other != one) {
                Some(other) if pattern.to.is_empty() || pattern.who.len() == 1 => {
                    self.history.between(one, other, Scope::Any).into_iter().map(|tie| tie.occurrence).collect()
                }
                _ => self.history.of(one, Scope::Any),
            },
        }
    }

    /// Whether the record reaches into a time.
    pub(super) fn reaches(&self, window: Window) -> bool {
        self.history.coverage().months().is_some_and(|(first, last)| {
            let (from, to) = (Day::of(window.from), Day::of(window.to));
            from <= last.last_day() && first.first_day() <= to
        })
    }

    /// Whether the record reaches over a whole time.
    pub(super) fn covers(&self, window: Window) -> bool {
        self.history.coverage().months().is_some_and(|(first, last)| {
            first.first_day() <= Day::of(window.from) && Day::of(window.to) <= last.last_day()
        })
    }
}

/// What the record tells of a pattern within a time.
pub(super) fn occurrences(q: &Occurrences, sources: &Sources) -> Answer {
    let Some(asked) = sources.asked() else { return unasked() };
    match &q.pattern.what {
        What::Events(..) => events(q, &asked, sources.gazetteer),
        What::Meetings(_) | What::Visits => super::meetings::count(q, &asked, sources.gazetteer),
    }
}

/// No record was asked.
pub(super) fn unasked() -> Answer {
    Answer::new(Verdict::NotInRecord, "no record was asked")
}

fn events(q: &Occurrences, asked: &Asked, gazetteer: &Gazetteer) -> Answer {
    let found = asked.fitting(&q.pattern, false);
    let inside: Vec<Occurrence> = found.iter().filter(|o| may_lie(o, q.within, q.slack)).copied().collect();
    // Several actors may have done it together or one by one: each must be found.
    let each = |party: &Party| {
        inside.iter().any(|o| o.confidence() >= LIKELY && o.participants().any(|p| is(&p, party, false)))
    };
    let all = !inside.is_empty() && q.pattern.who.iter().filter(|p| p.code.is_some()).all(each);
    // Of many that are only of its kind none is evidence.
    let near = |found: &[Occurrence]| if found.len() > super::same::FEW { Vec::new() } else { shown(found, asked) };
    let told = format!("{} such {} told", inside.len(), if inside.len() == 1 { "event is" } else { "events are" });
    match q.count {
        Count::AtLeast(n) if all && n <= 1 => match super::same::known(q, &found, &inside, gazetteer) {
            Known::It => Answer::new(Verdict::Supported, told).with(shown(&inside, asked)),
            Known::Kind => {
                let text =
                    format!("{told}; whether one of them is meant cannot be told from who, where and when alone");
                Answer::new(Verdict::NotInRecord, text).with(near(&inside))
            }
            Known::Undated => {
                let text = format!("{told}; which of them is meant is not clear: no time is told");
                Answer::new(Verdict::Ambiguous, text).with(near(&inside))
            }
        },
        // Types are too wide to deny by: an agreement that is recorded need not be the one that was not signed.
        Count::Exactly(0) if !inside.is_empty() => {
            let text = format!("{} of the kind recorded; whether one is meant cannot be told", inside.len());
            Answer::new(Verdict::NotInRecord, text).with(near(&inside))
        }
        _ => nothing(q, asked, &inside, gazetteer),
    }
}

/// Nothing that fits was found.
pub(super) fn nothing(q: &Occurrences, asked: &Asked, near: &[Occurrence], _: &Gazetteer) -> Answer {
    if !asked.reaches(q.within) {
        let span = asked.history.coverage().months();
        let told = span.map_or_else(String::new, |(a, b)| {
            format!("the record covers {} to {}", a.first_day().date(), b.last_day().date())
        });
        return Answer::new(Verdict::OutsideCoverage, told);
    }
    let text =
        if near.is_empty() { "nothing of the kind is recorded" } else { "what is recorded does not tell it of all" };
    Answer::new(Verdict::NotInRecord, text).with(shown(near, asked))
}

/// Whether an occurrence is of the kind that is asked.
fn is_kind(o: &Occurrence, what: &What) -> bool {
    match what {
        What::Events(kind, modes, code) => {
            let same = o.event_type() == *kind && same_code(o.cameo(), code);
            let told = o.modes();
            same && (modes.is_empty() || told.is_empty() || modes.iter().any(|mode| o.has_mode(mode)))
        }
        What::Visits => o.event_type() == EventType::Consult && o.has_mode("visit"),
        What::Meetings(_) => {
            let apart = o.has_mode("phone") || o.has_mode("third-party");
            let met = o.is_mutual() || o.has_mode("meet") || o.has_mode("visit") || o.has_mode("multilateral");
            o.event_type() == EventType::Consult && met && !apart
        }
    }
}

/// Whether two CAMEO codes say the same, as far as both are fine: a last 0 is the general case of its kind.
fn same_code(a: &str, b: &str) -> bool {
    let (a, b) = (a.trim_end_matches('0'), b.trim_end_matches('0'));
    let fine = a.len().min(b.len()).min(3);
    a.len() < 2 || b.len() < 2 || a.get(..fine) == b.get(..fine)
}

/// Whether the parties of a pattern take part as it says, and the place is not another.
fn fits(o: &Occurrence, pattern: &Pattern, strict: bool) -> bool {
    let mutual = o.is_mutual();
    let meets = matches!(pattern.what, What::Meetings(_));
    let strict = strict || !meets && pattern.who.iter().chain(&pattern.to).any(|p| p.person);
    let in_role =
        |party: &Party, actor: bool| o.participants().any(|p| (mutual || p.actor == actor) && is(&p, party, strict));
    let anywhere = |party: &Party| o.participants().any(|p| is(&p, party, strict));
    let parties = match &pattern.what {
        What::Meetings(_) => {
            let surely = |party: &Party| o.participants().any(|p| is(&p, party, true));
            pattern.who.iter().all(anywhere) && pattern.who.iter().any(surely)
        }
        What::Events(EventType::Consult, ..) if pattern.to.is_empty() => pattern.who.iter().all(anywhere),
        _ if pattern.to.is_empty() => {
            // Of several who act one is enough here; that each did is asked of all occurrences together.
            pattern.who.iter().any(|party| in_role(party, true))
        }
        _ => {
            // Of those it was done to, each who is known.
            let known: Vec<&Party> = pattern.to.iter().filter(|party| super::same::is_identified(party)).collect();
            let hit = |party: &Party| in_role(party, false) || is_host(o, party);
            (pattern.who.is_empty() || pattern.who.iter().any(|party| in_role(party, true)))
                && if known.is_empty() { pattern.to.iter().any(hit) } else { known.into_iter().all(hit) }
        }
    };
    parties && is_there(o, pattern)
}

/// A visit to a state is one to a place in it.
fn is_host(o: &Occurrence, party: &Party) -> bool {
    o.has_mode("visit") && party.code.is_some() && o.place().and_then(|p| p.country) == party.code.as_deref()
}

fn is_there(o: &Occurrence, pattern: &Pattern) -> bool {
    // A city that is claimed must be told, unless persons are named: those are in one place.
    let Some(place) = o.place() else { return pattern.place.is_none() || pattern.who.iter().any(|p| p.person) };
    match (&pattern.country, place.country) {
        (Some(asked), Some(told)) if asked != told => return false,
        _ => {}
    }
    // Two cities of one country are two places; names may be spelled in two ways, so only the first letters must agree.
    match &pattern.place {
        Some(asked) if place.precision == "city" => {
            let start = |name: &str| name.chars().take(3).collect::<String>().to_lowercase();
            start(asked) == start(place.name)
        }
        _ => true,
    }
}

/// Whether a participant is the party.
pub(super) fn is(p: &Participant, party: &Party, strict: bool) -> bool {
    if party.person {
        let item = party.wikidata.as_deref().zip(p.wikidata);
        return item.map_or_else(|| p.name == party.name, |(a, b)| a == b) || !strict && stands_for(p, party);
    }
    let Some(code) = &party.code else { return p.name == party.name };
    if p.code != Some(code.as_str()) {
        return false;
    }
    // A state acts by its organs; rebels, companies and civilians are not the state.
    let organ = |sector: &str| matches!(sector, "GOV" | "MIL" | "LEG" | "JUD" | "COP" | "SPY" | "IGO");
    let plain = party.sectors.iter().all(|s| organ(s));
    if plain {
        // Parliament, courts and police are asked for by name; what is told of the state as a whole is not theirs.
        let own = party.sectors.first().filter(|s| matches!(s.as_str(), "LEG" | "JUD" | "COP"));
        let fits = own.is_none_or(|sector| p.has_sector(sector));
        fits && (p.official || !strict && party.sectors.is_empty() && p.sectors.is_empty())
    } else {
        // A group that has a name of its own is that group, and not any of its kind.
        let named = Gazetteer::embedded().name_of(code) != Some(party.name.as_str());
        let item = party.wikidata.as_deref().zip(p.wikidata).is_some_and(|(a, b)| a == b);
        (!named || item || p.name == party.name) && party.sectors.iter().any(|s| p.has_sector(s))
    }
}

/// "North Korea" where its leader is asked for: the state is named in the place of the person. Tells of a meeting where the other
/// side is the person that is meant; see `fits`.
fn stands_for(p: &Participant, party: &Party) -> bool {
    let code = party.code.as_deref().filter(|code| p.code == Some(code));
    code.is_some_and(|code| p.sectors.is_empty() && Gazetteer::embedded().name_of(code) == Some(p.name))
}

/// Whether something may have happened within a time, the time of the text being off by `slack` days. What has no time of its
/// own stands where its publication puts it.
pub(super) fn may_lie(o: &Occurrence, window: Window, slack: i64) -> bool {
    let (from, to) = (Day::of(moved(window.from, -slack)), Day::of(moved(window.to, slack)));
    o.around().is_some_and(|when| {
        // News is published some days after; a year alone says little of a day.
        let loose = when.precision == Precision::Year && window.to.year() == window.from.year() && from.until(to) < 300;
        !loose && when.first <= to && from <= when.last
    })
}

/// Whether something surely happened within a time. News that tells no time happened in the days before its publication.
pub(super) fn surely_lies(when: When, window: Window) -> bool {
    let back = match when.precision {
        Precision::Day => 0,
        Precision::Publication => 10,
        _ => return false,
    };
    Day::of(window.from) <= when.first.plus(-back) && when.last <= Day::of(window.to)
}

/// Occurrences as evidence, the surest first.
pub(super) fn shown(found: &[Occurrence], asked: &Asked) -> Vec<Evidence> {
    let mut order: Vec<&Occurrence> = found.iter().collect();
    order.sort_by(|a, b| b.confidence().total_cmp(&a.confidence()).then(a.row.cmp(&b.row)));
    order.into_iter().take(SHOWN).map(|o| evidence(o, asked.may_quote(o))).collect()
}

/// An occurrence as evidence, with the words of the report that the record shows where they may be quoted.
pub(super) fn evidence(o: &Occurrence, quote: bool) -> Evidence {
    let date = o.around().map(|when| {
        let (first, last) = (when.first.date(), when.last.date());
        match when.precision {
            Precision::Day if first == last => first.to_string(),
            Precision::Publication => format!("by {first}"),
            _ => format!("{first} … {last}"),
        }
    });
    let names =
        |actor: bool| o.participants().filter(|p| p.actor == actor).map(|p| p.name).collect::<Vec<_>>().join(", ");
    let (actors, recipients) = (names(true), names(false));
    let arrow = if recipients.is_empty() { "" } else { " → " };
    let place = o.place().map_or_else(String::new, |p| format!(", {}", p.name));
    let words = match o.sentence() {
        _ if !quote => String::new(),
        Some(sentence) => format!(": “{sentence}”"),
        None if o.trigger().is_empty() => String::new(),
        None => format!(": “… {} …”", o.trigger()),
    };
    let by = o.publisher().filter(|_| quote).map_or_else(String::new, |p| format!(" ({p})"));
    Evidence {
        source: "record".to_owned(),
        id: Some(o.id()),
        date,
        text: format!("{} {actors}{arrow}{recipients}{place}{words}{by}", o.event_type()),
        url: o.url().filter(|_| quote).map(str::to_owned),
    }
}
