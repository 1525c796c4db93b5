//! Where a state stands among several powers: its ties to each, year by year, what the dated tables say beside them, the
//! powers' own relations, and the multi-vector index.

use crate::multivector::{Index, RIVAL, Rivals, Tie, index, warmth};
use crate::{Covered, Day, History, Month, Occurrence, Party, Scope};
use legation_gazetteer::{Answer, Gazetteer, Period, Status};
use legation_record::QuadClass;
use serde::Serialize;
use std::collections::BTreeMap;

/// Years of the window that each year's index is computed from, that year the last.
pub const WINDOW: i32 = 5;

/// What is asked.
#[derive(Clone, Debug)]
pub struct PositionAsk {
    /// The state.
    pub state: Party,
    /// The powers, two or more.
    pub among: Vec<Party>,
    /// First day; `None`: that of the record.
    pub since: Option<Day>,
    /// Last day; `None`: that of the record.
    pub until: Option<Day>,
    /// Years of the moving window.
    pub window: i32,
    /// Whether an organisation among the powers stands for its members too, as they were on the day.
    pub with_members: bool,
}

/// The answer.
#[derive(Clone, Debug, Serialize)]
pub struct Position {
    /// The state.
    pub state: Party,
    /// Its usual name.
    pub name: String,
    /// The powers, in the order they were asked for.
    pub among: Vec<Power>,
    /// First day.
    pub since: Day,
    /// Last day.
    pub until: Day,
    /// Ties by year.
    pub years: Vec<Year>,
    /// Occurrences with a power that lie in no one year.
    pub undated: usize,
    /// Whether an organisation among the powers stands for its members too.
    pub with_members: bool,
    /// The index over the whole time.
    pub index: Index,
    /// The same over a moving window, named by its last year.
    pub windows: Vec<Window>,
    /// How the powers stand to each other in the whole time.
    pub relations: Vec<Relation>,
}

/// A power, and what the dated tables say of the state and it.
#[derive(Clone, Debug, Serialize)]
pub struct Power {
    /// The power.
    pub party: Party,
    /// Its usual name.
    pub name: String,
    /// Alliances of the two that held at some time between the days asked for.
    pub alliances: Vec<Bond>,
    /// What the state is, or was, in the power itself, where that is an organisation.
    pub membership: Vec<Bond>,
    /// How many organisations both were members of at once, at some time between the days.
    pub shared: usize,
    /// The eight smallest of them.
    pub smallest: Vec<Bond>,
}

/// A row of a dated table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Bond {
    /// Obligations, status, or the organisation's code.
    pub what: String,
    /// First day, month or year; empty where unknown.
    pub from: String,
    /// Last day, month or year; empty where it goes on or is unknown.
    pub to: String,
    /// Treaty, members, note.
    pub note: String,
    /// Short name of the source.
    pub source: String,
}

/// A year.
#[derive(Clone, Debug, Serialize)]
pub struct Year {
    /// Which.
    pub year: i32,
    /// Occurrences of the state with anybody that has a code.
    pub own: usize,
    /// Documents and reports of the record about the state.
    pub covered: Covered,
    /// Ties, in the order of the powers.
    pub ties: Vec<YearTie>,
}

/// A tie in a year: occurrences by quad class, and what they come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct YearTie {
    /// All.
    pub events: usize,
    /// Agreeing, consulting, supporting, conceding.
    pub verbal_cooperation: usize,
    /// Cooperating, aiding, retreating.
    pub material_cooperation: usize,
    /// Requesting, accusing, rejecting, threatening.
    pub verbal_conflict: usize,
    /// Protesting, sanctioning, mobilizing, coercing, assaulting.
    pub material_conflict: usize,
    /// Sum of PLOVER scores of cooperation.
    pub cooperation_score: f64,
    /// Sum of PLOVER scores of conflict, negative.
    pub conflict_score: f64,
    /// Share of the state's own occurrences, 0 to 1; `None` where it has none.
    pub share: Option<f64>,
    /// Cooperation's share of weight, drawn to one half (see [`crate::multivector`]), spread to −1 … 1; `None` without
    /// events.
    pub net: Option<f64>,
}

/// The index of a window.
#[derive(Clone, Debug, Serialize)]
pub struct Window {
    /// First year.
    pub from: i32,
    /// Last year.
    pub to: i32,
    /// The index.
    #[serde(flatten)]
    pub index: Index,
    /// Pairs of the powers that are rivals in the window, by their places.
    pub rivals: Vec<(usize, usize)>,
}

/// How two powers stand to each other.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Relation {
    /// Place of the one in the list.
    pub one: usize,
    /// Place of the other.
    pub other: usize,
    /// Occurrences between them.
    pub events: usize,
    /// Conflict's share of weight, 0 to 1; `None` below five occurrences.
    pub hostility: Option<f64>,
    /// Whether that makes them rivals.
    pub rivals: bool,
}

/// An occurrence between two sides: its year if one can be given, its weight and quad class.
#[derive(Clone, Copy, Debug)]
struct Act {
    year: Option<i32>,
    quad: QuadClass,
    score: f64,
}

impl Act {
    fn weight(&self) -> f64 {
        let size = self.score.abs() / 10.0;
        if is_cooperation(self.quad) { size } else { -size }
    }
}

/// Answers.
pub fn position(history: &History, gazetteer: &'static Gazetteer, ask: &PositionAsk) -> Position {
    let (first, last) = history.coverage().months().unwrap_or((Month(0), Month(0)));
    let since = ask.since.unwrap_or(first.first_day());
    let until = ask.until.unwrap_or(last.last_day());
    let state = Side::alone(&ask.state);
    let sides: Vec<Side> = ask.among.iter().map(|power| Side::of(gazetteer, power, ask)).collect();
    let time = (since, until);
    let acts: Vec<Vec<Act>> = sides.iter().map(|power| between(history, gazetteer, &state, power, time)).collect();
    let own = census(history, gazetteer, &state, time).events;
    let powers: Vec<Census> = sides.iter().map(|power| census(history, gazetteer, power, time)).collect();
    let all = all_interactions(history, since, until);
    let pairs: Vec<(usize, usize, Vec<Act>)> =
        pairs(ask.among.len()).map(|(i, j)| (i, j, between(history, gazetteer, &sides[i], &sides[j], time))).collect();
    let of = |from: i32, to: i32| {
        let inside = |year: Option<i32>| year.is_some_and(|year| (from..=to).contains(&year));
        let number = |years: &BTreeMap<i32, usize>| years.range(from..=to).map(|(_, n)| *n as f64).sum::<f64>();
        let (state, everybody) = (number(&own), number(&all));
        let ties: Vec<Tie> = acts
            .iter()
            .zip(&powers)
            .map(|(acts, census)| Tie {
                weights: acts.iter().filter(|act| inside(act.year)).map(Act::weight).collect(),
                prominence: census.cooperation.range(from..=to).map(|(_, w)| *w).sum(),
                // Every interaction has two ends; a power has so many of all ends.
                expected: if everybody > 0.0 { state * number(&census.events) / (2.0 * everybody) } else { 0.0 },
            })
            .collect();
        let known = |weights: &[f64]| weights.len() >= crate::multivector::FEWEST as usize;
        let (relations, rivals): (Vec<Relation>, Vec<Rivals>) = pairs
            .iter()
            .map(|(one, other, acts)| {
                let (one, other) = (*one, *other);
                let weights: Vec<f64> = acts.iter().filter(|act| inside(act.year)).map(Act::weight).collect();
                let hostility = 1.0 - warmth(weights.iter().copied());
                let told = known(&weights).then_some(hostility);
                let rivals = told.is_some_and(|h| h >= RIVAL);
                let relation = Relation { one, other, events: weights.len(), hostility: told, rivals };
                (relation, Rivals { one, other, hostility })
            })
            .unzip();
        (index(&ties, &rivals), relations)
    };
    let (from, to) = (since.month().year(), until.month().year());
    let (whole, relations) = of(from, to);
    let windows = (from + ask.window - 1..=to).map(|last| {
        let (index, relations) = of(last - ask.window + 1, last);
        let rivals = relations.iter().filter(|r| r.rivals).map(|r| (r.one, r.other)).collect();
        Window { from: last - ask.window + 1, to: last, index, rivals }
    });
    Position {
        windows: windows.collect(),
        years: (from..=to).map(|year| of_year(history, ask, year, &acts, own.get(&year).copied())).collect(),
        with_members: ask.with_members,
        undated: acts.iter().flatten().filter(|act| act.year.is_none()).count(),
        among: ask.among.iter().map(|power| bonds(gazetteer, &ask.state, power, since, until)).collect(),
        name: ask.state.name(gazetteer).to_owned(),
        state: ask.state.clone(),
        since,
        until,
        index: whole,
        relations,
    }
}

fn pairs(number: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..number).flat_map(move |i| (i + 1..number).map(move |j| (i, j)))
}

fn is_cooperation(quad: QuadClass) -> bool {
    matches!(quad, QuadClass::VerbalCooperation | QuadClass::MaterialCooperation)
}

/// The year of an occurrence that lies in one year and between two days; `Some(None)` where it lies in several.
fn year_of(occurrence: &Occurrence<'_>, since: Day, until: Day) -> Option<Option<i32>> {
    let when = occurrence.around()?;
    if when.last < since || when.first > until {
        return None;
    }
    let (first, last) = (when.first.month().year(), when.last.month().year());
    Some((first == last).then_some(first))
}

/// A state or power, with those who stand for it.
#[derive(Debug)]
struct Side {
    parties: Vec<Party>,
    /// The organisation that all but the first are members of, at some time.
    organisation: Option<String>,
}

impl Side {
    fn alone(party: &Party) -> Self {
        Self { parties: vec![party.clone()], organisation: None }
    }

    /// A power; an organisation with all that were ever its members, the state that is asked for left out.
    fn of(gazetteer: &'static Gazetteer, power: &Party, ask: &PositionAsk) -> Self {
        let mut side = Self::alone(power);
        if let (Party::Code(code), true) = (power, ask.with_members)
            && gazetteer.state(code).is_none()
        {
            let members = gazetteer.members(code, None).into_iter().filter(|m| m.status == Status::Member);
            let mut codes: Vec<&str> = members.map(|m| m.state).collect();
            codes.sort_unstable();
            codes.dedup();
            let members = codes.into_iter().map(|code| Party::Code(code.to_owned()));
            side.parties.extend(members.filter(|member| *member != ask.state && !ask.among.contains(member)));
            side.organisation = Some(code.clone());
        }
        side
    }

    /// Whether the party stands for the side on the day of an occurrence.
    fn holds(&self, gazetteer: &'static Gazetteer, party: &Party, occurrence: &Occurrence<'_>) -> bool {
        let (Some(organisation), Party::Code(code)) = (&self.organisation, party) else { return true };
        *party == self.parties[0]
            || occurrence.around().is_some_and(|when| {
                gazetteer.is_member(organisation, code, when.first.date()) == Answer::Yes(Status::Member)
            })
    }
}

/// What two sides did towards each other, each occurrence once.
fn between(history: &History, gazetteer: &'static Gazetteer, one: &Side, other: &Side, time: (Day, Day)) -> Vec<Act> {
    let mut acts: BTreeMap<u32, Act> = BTreeMap::new();
    for a in &one.parties {
        for b in &other.parties {
            for tie in history.between(a, b, Scope::Official) {
                let occurrence = tie.occurrence;
                if !tie.is_between() || !occurrence.happened() {
                    continue;
                }
                if let Some(year) = year_of(&occurrence, time.0, time.1)
                    && one.holds(gazetteer, a, &occurrence)
                    && other.holds(gazetteer, b, &occurrence)
                {
                    let score = f64::from(occurrence.score());
                    acts.insert(occurrence.row, Act { year, quad: occurrence.quad_class(), score });
                }
            }
        }
    }
    acts.into_values().collect()
}

/// Interactions of one side by year: occurrences in which somebody with another code takes part.
#[derive(Debug, Default)]
struct Census {
    events: BTreeMap<i32, usize>,
    /// Weight of cooperation.
    cooperation: BTreeMap<i32, f64>,
}

fn census(history: &History, gazetteer: &'static Gazetteer, side: &Side, time: (Day, Day)) -> Census {
    let mut acts: BTreeMap<u32, Act> = BTreeMap::new();
    for party in &side.parties {
        for occurrence in history.of(party, Scope::Official) {
            let mut others = occurrence.participants().filter(|part| part.official && part.code.is_some());
            let foreign = others.any(|part| !side.parties.iter().any(|own| part.is(own, Scope::Any)));
            if !foreign || !occurrence.happened() || !side.holds(gazetteer, party, &occurrence) {
                continue;
            }
            if let Some(year @ Some(_)) = year_of(&occurrence, time.0, time.1) {
                let score = f64::from(occurrence.score());
                acts.insert(occurrence.row, Act { year, quad: occurrence.quad_class(), score });
            }
        }
    }
    let mut census = Census::default();
    for act in acts.into_values() {
        let Some(year) = act.year else { continue };
        *census.events.entry(year).or_default() += 1;
        *census.cooperation.entry(year).or_default() += act.weight().max(0.0);
    }
    census
}

/// Occurrences by year in which two codes or more take part.
fn all_interactions(history: &History, since: Day, until: Day) -> BTreeMap<i32, usize> {
    let mut all = BTreeMap::new();
    for occurrence in history.occurrences().filter(Occurrence::happened) {
        let mut codes = occurrence.participants().filter(|part| part.official).filter_map(|part| part.code);
        let Some(first) = codes.next() else { continue };
        if !codes.any(|code| code != first) {
            continue;
        }
        if let Some(Some(year)) = year_of(&occurrence, since, until) {
            *all.entry(year).or_default() += 1;
        }
    }
    all
}

fn of_year(history: &History, ask: &PositionAsk, year: i32, acts: &[Vec<Act>], own: Option<usize>) -> Year {
    let own = own.unwrap_or(0);
    let mut covered = Covered::default();
    for month in 1..=12 {
        covered += history.covered(&ask.state, Month::of(year, month)).unwrap_or_default();
    }
    let ties = acts.iter().map(|acts| {
        let mut tie = YearTie::default();
        let mut weights = Vec::new();
        for act in acts.iter().filter(|act| act.year == Some(year)) {
            tie.events += 1;
            let number = match act.quad {
                QuadClass::VerbalCooperation => &mut tie.verbal_cooperation,
                QuadClass::MaterialCooperation => &mut tie.material_cooperation,
                QuadClass::VerbalConflict => &mut tie.verbal_conflict,
                QuadClass::MaterialConflict => &mut tie.material_conflict,
            };
            *number += 1;
            let weight = act.weight();
            weights.push(weight);
            if is_cooperation(act.quad) {
                tie.cooperation_score += weight * 10.0;
            } else {
                tie.conflict_score += weight * 10.0;
            }
        }
        tie.share = (own > 0).then(|| tie.events as f64 / own as f64);
        tie.net = (tie.events > 0).then(|| 2.0 * warmth(weights.into_iter()) - 1.0);
        tie
    });
    Year { year, own, covered, ties: ties.collect() }
}

/// What the dated tables say of a state and a power between two days.
fn bonds(gazetteer: &'static Gazetteer, state: &Party, power: &Party, since: Day, until: Day) -> Power {
    let (Party::Code(own), Party::Code(other)) = (state, power) else {
        let name = power.name(gazetteer).to_owned();
        return Power {
            party: power.clone(),
            name,
            alliances: vec![],
            membership: vec![],
            shared: 0,
            smallest: vec![],
        };
    };
    let overlaps = |period: Period| {
        let begun = period.from.and_then(|from| from.first_day()).is_none_or(|from| Day::of(from) <= until);
        let ended = period.to.and_then(|to| to.last_day()).is_some_and(|to| Day::of(to) < since);
        begun && !ended
    };
    let text = |date: Option<legation_gazetteer::Partial>| date.map_or(String::new(), |date| date.text().to_owned());
    let alliances = gazetteer.alliances(own, None).into_iter().filter(|a| a.partner == other && overlaps(a.period));
    let alliances = alliances.map(|a| Bond {
        what: a.obligations.iter().collect::<Vec<_>>().join(", "),
        from: text(a.period.from),
        to: text(a.period.to),
        note: [a.treaty, a.note].into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join("; "),
        source: a.source.to_owned(),
    });
    let rows: Vec<_> = gazetteer.memberships(own).filter(|m| overlaps(m.period)).collect();
    let membership = rows.iter().filter(|m| m.organisation == other).map(|m| Bond {
        what: m.status.name().to_owned(),
        from: text(m.period.from.or(m.first_seen)),
        to: text(m.period.to),
        note: m.note.to_owned(),
        source: m.source.to_owned(),
    });
    let membership: Vec<Bond> = membership.collect();
    let theirs: Vec<_> =
        gazetteer.memberships(other).filter(|m| m.status == Status::Member && overlaps(m.period)).collect();
    let mut shared: Vec<(usize, Bond)> = Vec::new();
    for mine in rows.iter().filter(|m| m.status == Status::Member) {
        let Some(their) = theirs.iter().find(|m| m.organisation == mine.organisation && meet(m.period, mine.period))
        else {
            continue;
        };
        let from = mine.period.from.max(their.period.from);
        let ends = [mine.period.to, their.period.to].into_iter().flatten().min();
        let mut members: Vec<&str> = gazetteer
            .members(mine.organisation, None)
            .into_iter()
            .filter(|m| m.status == Status::Member && overlaps(m.period))
            .map(|m| m.state)
            .collect();
        members.dedup();
        let bond = Bond {
            what: mine.organisation.to_owned(),
            from: text(from),
            to: text(ends),
            note: format!("{} members", members.len()),
            source: mine.source.to_owned(),
        };
        if !shared.iter().any(|(_, known)| known.what == bond.what) {
            shared.push((members.len(), bond));
        }
    }
    shared.sort_by(|x, y| (x.0, &x.1.what).cmp(&(y.0, &y.1.what)));
    Power {
        party: power.clone(),
        name: power.name(gazetteer).to_owned(),
        alliances: alliances.collect(),
        membership,
        shared: shared.len(),
        smallest: shared.into_iter().take(8).map(|(_, bond)| bond).collect(),
    }
}

/// Whether two periods have a day in common; open ends go on.
fn meet(one: Period, other: Period) -> bool {
    let before = |to: Option<legation_gazetteer::Partial>, from: Option<legation_gazetteer::Partial>| matches!((to.and_then(|d| d.last_day()), from.and_then(|d| d.first_day())), (Some(to), Some(from)) if to < from);
    !before(one.to, other.from) && !before(other.to, one.from)
}
