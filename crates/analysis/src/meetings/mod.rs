//! When two sides met: the tellings of a record merged into meetings, and how sure their number is.
//!
//! **What is a meeting.** An occurrence of PLOVER's CONSULT in which both sides take part face to face: they meet, hold talks,
//! the one visits the other, or both take part in a meeting of several. Letters, briefings and remarks *to* somebody (a
//! CONSULT without a mode that has a recipient) are none; nor is mediating as such. Calls by telephone or video are kept
//! apart.
//!
//! **Which tellings are one meeting.** Those on the same days (`join`): a visit with the talks in its course, the day told
//! by one report and implied by another. They are kept apart where the places lie in different countries or other persons
//! met. What is told without a time belongs to the meeting its own sentence tells of, else to none: it may be one of the
//! meetings that are dated.
//!
//! **Level.** That of the lower side: a president who receives a minister is no meeting of leaders. In a visit to a state
//! of which nobody is named, the level is the visitor's, which [`Meeting::level_assumed`] says.

mod join;
mod telling;

use crate::office::Level;
use crate::{History, Occurrence, Party, Scope, When, Window};
use legation_gazetteer::Gazetteer;
use serde::Serialize;
use telling::Telling;

/// The probability below which an occurrence does not make a meeting.
pub const LOWEST: f32 = 0.5;

/// What a record tells of meetings of two sides. Every list is in order of time, what has no date last.
#[derive(Clone, Debug, Serialize)]
pub struct Meetings<'a> {
    /// One side.
    pub a: Party,
    /// The other.
    pub b: Party,
    /// What was asked.
    pub window: Window,
    /// Meetings of leaders and ministers, and those of which the level is unknown.
    pub met: Vec<Meeting<'a>>,
    /// Meetings in which at least one side is represented by officials below ministers.
    pub delegations: Vec<Meeting<'a>>,
    /// Calls by telephone or video.
    pub calls: Vec<Meeting<'a>>,
    /// Told as having taken place, without a date: each may be one of those above.
    pub undated: Vec<Meeting<'a>>,
    /// Announced, possible or denied, or told too unsurely ([`Meeting::doubt`] says which).
    pub unconfirmed: Vec<Meeting<'a>>,
}

/// A meeting: the tellings that were taken for the same.
#[derive(Clone, Debug, Serialize)]
pub struct Meeting<'a> {
    /// When it was; of a visit or of talks of several days the whole time.
    pub when: Option<When>,
    /// Where.
    pub place: Option<crate::Place<'a>>,
    /// The level of the lower side.
    pub level: Level,
    /// Whether the level of one side is taken for that of both (a visit to a state of which nobody is named).
    pub level_assumed: bool,
    /// Visit, talks, or a gathering of several.
    pub form: Form,
    /// Those who take part for one side, by name.
    pub of_a: Vec<&'a str>,
    /// Those of the other.
    pub of_b: Vec<&'a str>,
    /// Others who take part: where there are some, the two were together at a meeting of several.
    pub others: Vec<&'a str>,
    /// What it was part of, in the text's words.
    pub occasion: Option<&'a str>,
    /// The probability that at least one of its tellings is right, taken as independent; 0 to 1.
    pub probability: f32,
    /// Number of reports.
    pub reports: u32,
    /// Why it does not count; `None` for one that does.
    pub doubt: Option<&'static str>,
    /// Whether it surely is another one than the others listed: its days are known, and no other is near.
    pub distinct: bool,
    /// Whether it surely lies in the window.
    pub inside: bool,
    /// The identifiers of the occurrences it is made of, the surest first.
    pub ids: Vec<String>,
    /// The rows of the same.
    #[serde(skip)]
    pub rows: Vec<u32>,
    /// On how many different days talks are told.
    #[serde(skip)]
    pub days: usize,
}

/// In what form two sides met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Form {
    /// Talks are told, of whatever name.
    Talks,
    /// A visit is told, and no talks.
    Visit,
    /// A call.
    Call,
}

/// How many meetings there were, with what is uncertain about it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Count {
    /// Meetings of the level that are listed, dated and in the window.
    pub meetings: usize,
    /// Those that surely are different ones and surely lie in the window: the least there can be if each telling is right.
    pub least: usize,
    /// Talks on different days taken as meetings of their own, with those that have no date, may lie in the window, or are of
    /// unknown level: the most the record's tellings allow.
    pub most: usize,
    /// The sum of the probabilities of the meetings listed.
    pub expected: f32,
    /// Of `most`: of unknown level.
    pub unknown_level: usize,
    /// Of `most`: without a date.
    pub undated: usize,
}

/// The meetings of two sides.
pub fn meetings<'a>(
    history: &'a History,
    gazetteer: &Gazetteer,
    a: &Party,
    b: &Party,
    window: &Window,
) -> Meetings<'a> {
    meetings_of(history, gazetteer, a, b, window, |_| true)
}

/// The same from those occurrences alone that `told` takes: who asks may know more of whom is meant, or of what is no evidence.
pub fn meetings_of<'a>(
    history: &'a History,
    gazetteer: &Gazetteer,
    a: &Party,
    b: &Party,
    window: &Window,
    told: impl Fn(&Occurrence<'a>) -> bool,
) -> Meetings<'a> {
    let tellings: Vec<Telling<'a>> = history
        .between(a, b, Scope::Official)
        .into_iter()
        .filter(|tie| window.knows(&tie.occurrence) && told(&tie.occurrence))
        .filter_map(|tie| Telling::of(gazetteer, a, b, &tie))
        .collect();
    let mut answer = Meetings {
        a: a.clone(),
        b: b.clone(),
        window: window.clone(),
        met: Vec::new(),
        delegations: Vec::new(),
        calls: Vec::new(),
        undated: Vec::new(),
        unconfirmed: Vec::new(),
    };
    let (sure, doubtful): (Vec<_>, Vec<_>) = tellings.into_iter().partition(|telling| telling.doubt().is_none());
    let (calls, talks): (Vec<_>, Vec<_>) = sure.into_iter().partition(|telling| telling.form == Form::Call);
    for (is_call, tellings) in [(true, calls), (false, talks)] {
        for meeting in join::join(tellings, window) {
            let list = match (meeting.when, is_call, meeting.level) {
                (None, ..) => &mut answer.undated,
                (_, true, _) => &mut answer.calls,
                (_, _, Level::Officials) => &mut answer.delegations,
                _ => &mut answer.met,
            };
            list.push(meeting);
        }
    }
    // What was announced and took place needs no telling of its announcement.
    answer.unconfirmed = join::single(doubtful, window);
    answer
}

impl Meetings<'_> {
    /// How many meetings of a level there were; [`Level::Unknown`] asks for meetings of any level.
    pub fn count(&self, level: Level) -> Count {
        let any = level == Level::Unknown;
        let mut count = Count::default();
        let delegations: &[Meeting<'_>] = if any || level == Level::Officials { &self.delegations } else { &[] };
        for meeting in self.met.iter().chain(delegations) {
            if any || meeting.level == level {
                count.most += meeting.days.max(1);
                count.meetings += 1;
                count.expected += meeting.probability;
                count.least += usize::from(meeting.distinct && meeting.inside);
            } else if meeting.level == Level::Unknown {
                count.most += meeting.days.max(1);
                count.unknown_level += meeting.days.max(1);
            }
        }
        let undated = self.undated.iter().filter(|m| m.form != Form::Call);
        let undated = undated.filter(|m| any || m.level == level || m.level == Level::Unknown).count();
        count.most += undated;
        count.undated = undated;
        count
    }

    /// Those of a level, in order of time; [`Level::Unknown`] asks for all.
    pub fn of_level(&self, level: Level) -> Vec<&Meeting<'_>> {
        let delegations = self.delegations.iter();
        let mut all: Vec<&Meeting<'_>> =
            self.met.iter().chain(delegations).filter(|m| level == Level::Unknown || m.level == level).collect();
        all.sort_by_key(|meeting| meeting.when.map(|when| (when.first, when.last)));
        all
    }
}

impl Meeting<'_> {
    /// Whether others took part than the two.
    pub fn with_others(&self) -> bool {
        !self.others.is_empty()
    }
}
