//! An occurrence as it tells of a meeting.

use super::{Form, LOWEST, Level};
use crate::office::{self, is_person, may_be_one};
use crate::{Day, Occurrence, Party, Scope, Tie, When};
use legation_gazetteer::Gazetteer;
use legation_record::{EventType, Status};

/// What one occurrence says of a meeting of two sides.
#[derive(Clone, Debug)]
pub(super) struct Telling<'a> {
    pub occurrence: Occurrence<'a>,
    pub form: Form,
    /// When it was, as far as anything tells or implies it.
    pub when: Option<When>,
    /// Whether the text tells a year or month alone, and the day is that of the news.
    pub vague: bool,
    /// The state it took place in, of the place or, in a visit, of the host.
    pub country: Option<&'a str>,
    pub level: Level,
    pub assumed: bool,
    /// The names of persons on each side; where no person is named, empty.
    pub persons: [Vec<&'a str>; 2],
    /// All who take part on each side.
    pub names: [Vec<&'a str>; 2],
    pub others: Vec<&'a str>,
    /// Whether somebody else is told to meet the two, who need not have met each other.
    pub each_by_itself: bool,
}

impl<'a> Telling<'a> {
    /// What a tie tells; `None` where it tells of no meeting.
    pub fn of(gazetteer: &Gazetteer, a: &Party, b: &Party, tie: &Tie<'a>) -> Option<Self> {
        let occurrence = tie.occurrence;
        let announced = occurrence.event_type() != EventType::Consult && occurrence.about() == Some(EventType::Consult);
        if occurrence.event_type() != EventType::Consult && !(announced && tie.is_between()) {
            return None;
        }
        // Whoever brings a settlement about (CAMEO 045) meets somebody, but the text does not say whom.
        if occurrence.cameo() == "045" && !occurrence.has_mode("third-party") {
            return None;
        }
        let visit = occurrence.has_mode("visit");
        let form = match () {
            () if announced => Form::Talks,
            () if occurrence.has_mode("phone") || occurrence.has_mode("video") => Form::Call,
            () if visit => Form::Visit,
            () => Form::Talks,
        };
        let side_by_side = tie.joint() && if visit { both_act(&occurrence, a, b) } else { gathers(&occurrence) };
        let meets = match form {
            _ if announced => true,
            Form::Call => tie.is_between(),
            Form::Visit => tie.is_between() || side_by_side,
            Form::Talks => tie.mutual() || side_by_side || tie.is_between() && gathers(&occurrence),
        };
        if !meets {
            return None;
        }
        let day = occurrence.around().map(|when| when.first).or(occurrence.first_published()).unwrap_or(Day(0));
        let mut persons = [Vec::new(), Vec::new()];
        let mut names = [Vec::new(), Vec::new()];
        let mut levels = [Level::Unknown; 2];
        let mut others = Vec::new();
        for part in occurrence.participants() {
            let side = [a, b].into_iter().position(|party| part.is(party, Scope::Official));
            let Some(side) = side else {
                // A state that is named as the place of a meeting need not take part in it.
                let scene = !is_person(gazetteer, &part) && part.code == occurrence.place().and_then(|p| p.country);
                if part.code.is_some() && !scene && !others.contains(&part.name) {
                    others.push(part.name);
                }
                continue;
            };
            levels[side] = levels[side].min(office::level(gazetteer, &part, day));
            if !names[side].contains(&part.name) {
                names[side].push(part.name);
            }
            if is_person(gazetteer, &part) && !persons[side].contains(&part.name) {
                persons[side].push(part.name);
            }
        }
        others.retain(|name| !names.iter().any(|side| side.contains(name)));
        let (level, assumed) = match levels {
            // A leader does not travel to meet nobody; whom he receives may be anybody.
            [Level::Unknown, known] | [known, Level::Unknown] if form == Form::Visit && known != Level::Unknown => {
                let visitor = usize::from(levels[0] == Level::Unknown);
                let travels = occurrence.actors().any(|part| part.is([a, b][visitor], Scope::Official));
                if travels { (known, true) } else { (Level::Unknown, false) }
            }
            [Level::Unknown, _] | [_, Level::Unknown] => (Level::Unknown, false),
            [one, other] => (one.max(other), false),
        };
        let host = || occurrence.recipients().find_map(|part| part.code.filter(|_| visit));
        let country = occurrence.place().and_then(|place| place.country).or_else(host);
        let (when, vague) = when(&occurrence);
        // "The envoy held talks with both": a person is named first and the two sides, after him, as states.
        let first = occurrence.participants().next();
        let third = first.is_some_and(|part| {
            ![a, b].iter().any(|party| part.is(party, Scope::Official)) && is_person(gazetteer, &part)
        });
        let each_by_itself =
            third && form == Form::Talks && !occurrence.has_mode("multilateral") && persons.iter().all(Vec::is_empty);
        Some(Self { each_by_itself, occurrence, form, when, vague, country, level, assumed, persons, names, others })
    }

    /// Why it makes no meeting.
    pub fn doubt(&self) -> Option<&'static str> {
        match self.occurrence.status() {
            _ if self.occurrence.event_type() == EventType::Reject => Some("refused"),
            _ if self.occurrence.event_type() == EventType::Request => Some("asked for"),
            _ if self.occurrence.event_type() != EventType::Consult => Some("announced"),
            Status::Future => Some("expected"),
            Status::Hypothetical => Some("possible"),
            Status::Negated => Some("denied"),
            // All that is known of it was published before its day.
            Status::Actual | Status::Historical if self.lies_ahead() => Some("expected"),
            Status::Actual | Status::Historical if self.each_by_itself => Some("each perhaps by itself"),
            Status::Actual | Status::Historical => {
                (self.occurrence.confidence() < LOWEST).then_some("told too unsurely")
            }
        }
    }

    /// Whether on both sides somebody is named in both tellings.
    pub fn same_persons(&self, other: &Self) -> bool {
        (0..2)
            .all(|side| self.persons[side].iter().any(|one| other.persons[side].iter().any(|two| may_be_one(one, two))))
    }

    /// Whether other persons met than in another telling: on one side both name persons and none can be the same; or the levels
    /// are different ones and nobody is named in both.
    pub fn strangers(&self, other: &Self) -> bool {
        let shared = |side: usize| {
            let (x, y) = (&self.persons[side], &other.persons[side]);
            x.iter().any(|one| y.iter().any(|other| may_be_one(one, other)))
        };
        let named = |side: usize| !self.persons[side].is_empty() && !other.persons[side].is_empty();
        let known = |telling: &Self| telling.level != Level::Unknown && !telling.assumed;
        let apart = known(self) && known(other) && self.level != other.level;
        (0..2).any(|side| named(side) && !shared(side)) || apart && !(0..2).any(shared)
    }

    fn lies_ahead(&self) -> bool {
        let last = self.occurrence.last_published();
        self.when.zip(last).is_some_and(|(when, last)| when.first > last)
    }

    /// The days on which it may have been: news that tells no time may tell of the days before its publication.
    pub fn days(&self) -> Option<(Day, Day)> {
        let when = self.when?;
        let back = if when.implied() { 2 } else { 0 };
        Some((when.first.plus(-back), when.last))
    }
}

/// When it was. News that names a year or month which is that of its publication ("the 2012 summit") is news of the day; the
/// second value says so.
fn when(occurrence: &Occurrence<'_>) -> (Option<When>, bool) {
    let when = occurrence.when();
    let published = occurrence.first_published().filter(|_| occurrence.status() == Status::Actual);
    match (when, published) {
        (Some(told), Some(day)) if !told.is_day() && told.first <= day && day <= told.last => {
            (Some(When::published(day)), true)
        }
        _ => (when, false),
    }
}

/// Whether a meeting of several is told, at which all who are named are together: not a mediator's talks with each.
fn gathers(occurrence: &Occurrence<'_>) -> bool {
    occurrence.has_mode("multilateral") || occurrence.has_mode("third-party") || occurrence.is_mutual()
}

fn both_act(occurrence: &Occurrence<'_>, a: &Party, b: &Party) -> bool {
    let acts = |party: &Party| occurrence.actors().any(|part| part.is(party, Scope::Official));
    acts(a) && acts(b)
}
