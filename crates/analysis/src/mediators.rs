//! Who might stand between two sides: third parties ranked by what the record and the dated tables say of them.
//!
//! The points are additive and open; `docs/multivector.md` gives the formula, where the weights come from and what they
//! are worth against simpler rankings. Nothing that was published or happened on the day asked for, or later, is used.

use crate::closeness::{Closeness, Map};
use crate::pairs::LONGEST_LIST;
use crate::{Day, History, Occurrence, Participant, Party, Scope};
use legation_gazetteer::Gazetteer;
use legation_record::{EventType, QuadClass};
use serde::Serialize;
use std::collections::BTreeMap;

/// An occurrence of this age, in years, counts half; of twice this age a quarter.
pub const HALF_LIFE: f64 = 4.0;

/// What a third party gets for each of its grounds. The weights are those of a conditional logit on known mediations,
/// halved and rounded (`eval/mediators.md`).
const TIES: f64 = 1.0;
const MEDIATING: f64 = 1.0;
const HOSTING: f64 = 0.5;
const BOTH: f64 = 0.5;
const ACCEPTANCE: f64 = 0.5;
const NEARNESS: f64 = 0.25;
const CLOSENESS: f64 = 1.25;
const HOUSE: f64 = 10.0;

/// Talks with more sides than this, the host not counted, are a summit: to host one is no mediating.
const TALKS: usize = 6;

/// What is asked.
#[derive(Clone, Debug)]
pub struct MediatorsAsk {
    /// One side.
    pub a: Party,
    /// The other. The same state again stands for whoever within it is not of its organs: rebels, parties, civilians.
    pub b: Party,
    /// Only what is older than this day is used; `None`: the day after the record's last publication.
    pub on: Option<Day>,
    /// Only what is not older than this day is used.
    pub since: Option<Day>,
}

/// The third parties, the likeliest first.
#[derive(Clone, Debug, Serialize)]
pub struct Mediators {
    /// One side.
    pub a: Party,
    /// The other.
    pub b: Party,
    /// Whether the other side is whoever within the first is not of its organs.
    pub within: bool,
    /// Only what is older than this day was used.
    pub before: Day,
    /// Only what is not older than this day was used.
    pub since: Option<Day>,
    /// Occurrences in that time in which both sides take part.
    pub between: usize,
    /// All states of the day and all international organisations that the record knows, but the sides and their home
    /// states. Of equal score, in alphabetical order of the code.
    pub ranked: Vec<Mediator>,
}

/// A third party.
#[derive(Clone, Debug, Serialize)]
pub struct Mediator {
    /// Code.
    pub code: String,
    /// Usual name.
    pub name: String,
    /// Whether it is an organisation; else a state.
    pub organisation: bool,
    /// Sum of the points.
    pub score: f64,
    /// Why: each ground with its value and points, in a fixed order; those without a value are left out.
    pub grounds: Vec<Ground>,
    /// Occurrences of it in the record before the day, halved with age: its size, which gives no points.
    pub reach: f64,
}

/// A ground for the rank of a third party.
#[derive(Clone, Debug, Serialize)]
pub struct Ground {
    /// What counts.
    pub kind: GroundKind,
    /// The value that the points are computed from: occurrences halved with age, or what the kind says.
    pub value: f64,
    /// Cooperation as a share of what ties the two, 0 to 1; for ties.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub warmth: Option<f64>,
    /// What it adds to the score; negative where it speaks against.
    pub points: f64,
    /// Rows of the occurrences behind it, the latest first.
    #[serde(skip)]
    pub rows: Vec<u32>,
    /// What else is behind it: shared organisations.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<String>,
}

/// What counts for or against a third party.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum GroundKind {
    /// Cooperation with the first side, lowered by conflict with it.
    TiesA,
    /// The same with the second side.
    TiesB,
    /// It mediated, offered to or was asked to, between whomever.
    Mediating,
    /// Others met in its territory.
    Hosting,
    /// It took part in cooperation of both sides.
    WithBoth,
    /// The sides asked for or accepted its mediation (for), or refused it (against).
    Acceptance,
    /// How near its capital is to those of the two sides; the value is the sum of the two distances in kilometres. Of an
    /// organisation: the mean of its members'.
    Nearness,
    /// Organisations it shares with the side that it shares fewer or larger ones with.
    SharedOrganisations,
    /// Both sides are its members; the value is the number of its members.
    House,
}

impl GroundKind {
    /// A few words for a table, given the names of the sides.
    pub fn label(self, a: &str, b: &str) -> String {
        match self {
            Self::TiesA => format!("ties to {a}"),
            Self::TiesB => format!("ties to {b}"),
            Self::Mediating => "mediating".to_owned(),
            Self::Hosting => "hosting talks".to_owned(),
            Self::WithBoth => "with both".to_owned(),
            Self::Acceptance => "acceptance".to_owned(),
            Self::Nearness => "nearness".to_owned(),
            Self::SharedOrganisations => "shared organisations".to_owned(),
            Self::House => "both are members".to_owned(),
        }
    }
}

/// Ranks all third parties.
pub fn mediators(history: &History, gazetteer: &'static Gazetteer, ask: &MediatorsAsk) -> Mediators {
    let before = ask.on.unwrap_or_else(|| history.about().last_published.map_or(Day(0), |day| day.plus(1)));
    let time = Time { before, since: ask.since };
    let within = ask.a == ask.b;
    let sides = [Side { party: &ask.a, opponents: false }, Side { party: &ask.b, opponents: within }];
    let homes = sides.map(|side| side.home(history, gazetteer));
    let is_side = |code: &str| sides.iter().any(|s| s.party.key() == code) || homes.iter().flatten().any(|h| h == code);
    let mut found = gather(history, &time);
    let ties = sides.map(|side| tied(history, side, &time));
    let (between, shared) = with_both(history, sides, &time);
    let accepted = sides.map(|side| acceptance(history, side, &time));
    let map = Map::new(gazetteer);
    let closeness = Closeness::on(gazetteer, before);
    let mut ranked: Vec<Mediator> = Vec::new();
    for (code, organisation) in candidates(gazetteer, &found, before) {
        if is_side(&code) {
            continue;
        }
        let own = found.remove(&code).unwrap_or_default();
        let mut grounds = Vec::new();
        for (kind, side) in [(GroundKind::TiesA, &ties[0]), (GroundKind::TiesB, &ties[1])] {
            grounds.extend(side.get(&code).and_then(|tie| tie_ground(kind, tie)));
        }
        let mut add = |kind, sum: &Sum, weight: f64| {
            if sum.value > 0.0 {
                grounds.push(Ground::counted(kind, sum, weight * sum.value.ln_1p()));
            }
        };
        add(GroundKind::Mediating, &own.mediating, MEDIATING);
        add(GroundKind::Hosting, &own.hosting, HOSTING);
        if let Some(sum) = shared.get(&code) {
            add(GroundKind::WithBoth, sum, BOTH);
        }
        grounds.extend(acceptance_ground(accepted.iter().filter_map(|side| side.get(&code))));
        if let [Some(one), Some(other)] = &homes {
            let places = if organisation { closeness.members(&code) } else { vec![code.as_str()] };
            grounds.extend(nearness(&map, &places, one, other));
        }
        if let [Some(one), Some(other)] = &homes {
            grounds.extend(organisations(&closeness, &code, organisation, one, other));
        }
        let score = grounds.iter().map(|ground| ground.points).sum();
        let name = gazetteer.name_of(&code).unwrap_or(&code).to_owned();
        ranked.push(Mediator { code, name, organisation, score, grounds, reach: own.reach });
    }
    ranked.sort_by(|x, y| y.score.total_cmp(&x.score).then_with(|| x.code.cmp(&y.code)));
    Mediators { a: ask.a.clone(), b: ask.b.clone(), within, before, since: ask.since, between, ranked }
}

/// Between whom.
#[derive(Clone, Copy, Debug)]
struct Side<'a> {
    party: &'a Party,
    /// Not the state's organs, but whoever else bears its code.
    opponents: bool,
}

impl Side<'_> {
    fn is(self, part: &Participant<'_>) -> bool {
        if self.opponents {
            part.code == Some(self.party.key()) && !part.official
        } else {
            part.is(self.party, Scope::Official)
        }
    }

    fn occurrences(self, history: &History) -> Vec<Occurrence<'_>> {
        history.of(self.party, if self.opponents { Scope::Any } else { Scope::Official })
    }

    /// Its state: itself, or the home state that the record or the gazetteer gives a group.
    fn home(self, history: &History, gazetteer: &'static Gazetteer) -> Option<String> {
        let name = match self.party {
            Party::Code(code) => return Some(code.clone()),
            Party::Name(name) => name,
        };
        let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
        for occurrence in self.occurrences(history) {
            for code in occurrence.participants().filter(|part| part.name == name).filter_map(|part| part.code) {
                *counts.entry(code).or_default() += 1;
            }
        }
        let most = counts.into_iter().max_by(|x, y| x.1.cmp(&y.1).then(y.0.cmp(x.0)));
        let known = || gazetteer.who(name).iter().find_map(|candidate| candidate.main().code);
        most.map(|(code, _)| code).or_else(known).map(str::to_owned)
    }
}

/// Which occurrences may be used, and how much they count.
struct Time {
    before: Day,
    since: Option<Day>,
}

impl Time {
    /// `None` for what happened or was published too late, happened too early, or has no date.
    fn weight(&self, occurrence: &Occurrence<'_>) -> Option<f64> {
        let published = occurrence.first_published();
        let when = occurrence.around();
        let last = when.map(|when| when.last);
        let known = published.into_iter().chain(last).max()?;
        let happened = when.map(|when| when.first).or(published)?;
        if known >= self.before || self.since.is_some_and(|since| happened < since) {
            return None;
        }
        Some(0.5_f64.powf(f64::from(happened.until(self.before)) / 365.25 / HALF_LIFE))
    }
}

/// Occurrences halved with age, and their rows in order of time.
#[derive(Debug, Default)]
struct Sum {
    value: f64,
    rows: Vec<u32>,
}

impl Sum {
    fn add(&mut self, weight: f64, row: u32) {
        self.value += weight;
        if self.rows.last() != Some(&row) {
            self.rows.push(row);
        }
    }
}

/// What the record has of a code, whoever asks.
#[derive(Debug, Default)]
struct Found {
    reach: f64,
    mediating: Sum,
    hosting: Sum,
}

/// One pass over the record: size, mediating and hosting of every code.
fn gather(history: &History, time: &Time) -> BTreeMap<String, Found> {
    let mut found: BTreeMap<&str, Found> = BTreeMap::new();
    for occurrence in history.occurrences() {
        let Some(weight) = time.weight(&occurrence) else { continue };
        let mediates = occurrence.cameo().starts_with("045");
        let offers = occurrence.cameo().starts_with("039");
        let asks = occurrence.cameo().starts_with("108");
        for part in occurrence.participants() {
            let Some(code) = part.code.filter(|_| part.official) else { continue };
            let own = found.entry(code).or_default();
            own.reach += weight;
            if part.actor && mediates && occurrence.happened() {
                own.mediating.add(weight, occurrence.row);
            } else if part.actor && (offers || mediates) || !part.actor && asks {
                own.mediating.add(weight / 2.0, occurrence.row);
            }
        }
        let talks = matches!(occurrence.event_type(), EventType::Consult | EventType::Agree);
        let host = occurrence.place().and_then(|place| place.country);
        if let (true, true, Some(host)) = (talks, occurrence.happened(), host) {
            let mut others: Vec<&str> = occurrence
                .participants()
                .filter(|part| part.code != Some(host))
                .map(|part| part.code.unwrap_or(part.name))
                .collect();
            others.sort_unstable();
            others.dedup();
            if (2..=TALKS).contains(&others.len()) {
                found.entry(host).or_default().hosting.add(weight, occurrence.row);
            }
        }
    }
    found.into_iter().map(|(code, own)| (code.to_owned(), own)).collect()
}

/// What ties a side to every code.
#[derive(Debug, Default)]
struct Tied {
    cooperation: f64,
    conflict: f64,
    rows: Vec<u32>,
}

fn tied(history: &History, side: Side<'_>, time: &Time) -> BTreeMap<String, Tied> {
    let mut ties: BTreeMap<&str, Tied> = BTreeMap::new();
    for occurrence in side.occurrences(history) {
        let Some(weight) = time.weight(&occurrence).filter(|_| occurrence.happened()) else { continue };
        if occurrence.participants().len() > LONGEST_LIST {
            continue;
        }
        let own: Vec<bool> = occurrence.participants().filter(|part| side.is(part)).map(|part| part.actor).collect();
        let mutual = occurrence.is_mutual();
        let cooperative = is_cooperation(occurrence.quad_class());
        for part in occurrence.participants().filter(|part| part.official && !side.is(part)) {
            // Side by side against or for a third is no tie.
            let Some(code) = part.code.filter(|_| mutual && !own.is_empty() || own.contains(&!part.actor)) else {
                continue;
            };
            let tie = ties.entry(code).or_default();
            if tie.rows.last() == Some(&occurrence.row) {
                continue;
            }
            tie.rows.push(occurrence.row);
            if cooperative {
                tie.cooperation += weight;
            } else {
                tie.conflict += weight;
            }
        }
    }
    ties.into_iter().map(|(code, tie)| (code.to_owned(), tie)).collect()
}

/// Depth times warmth.
fn tie_ground(kind: GroundKind, tie: &Tied) -> Option<Ground> {
    let warmth = (tie.cooperation + 1.0) / (tie.cooperation + tie.conflict + 2.0);
    let points = TIES * warmth * tie.cooperation.ln_1p();
    (tie.cooperation > 0.0 || tie.conflict > 0.0).then(|| Ground {
        kind,
        value: tie.cooperation,
        warmth: Some(warmth),
        points,
        rows: latest(&tie.rows),
        facts: Vec::new(),
    })
}

/// How many occurrences there are in which both sides take part, and the cooperation of both with others.
fn with_both(history: &History, sides: [Side<'_>; 2], time: &Time) -> (usize, BTreeMap<String, Sum>) {
    let mut sums: BTreeMap<&str, Sum> = BTreeMap::new();
    let mut between = 0;
    for occurrence in sides[1].occurrences(history) {
        let Some(weight) = time.weight(&occurrence) else { continue };
        let both = sides.iter().all(|side| occurrence.participants().any(|part| side.is(&part)));
        if !both || occurrence.participants().len() > LONGEST_LIST {
            continue;
        }
        between += 1;
        if is_cooperation(occurrence.quad_class()) {
            for code in occurrence.participants().filter(|part| part.official).filter_map(|part| part.code) {
                let sum = sums.entry(code).or_default();
                if sum.rows.last() != Some(&occurrence.row) {
                    sum.add(weight, occurrence.row);
                }
            }
        }
    }
    (between, sums.into_iter().map(|(code, sum)| (code.to_owned(), sum)).collect())
}

/// What a side did about the mediation of others: asked for or accepted it, refused it.
#[derive(Debug, Default)]
struct Answered {
    yes: Sum,
    no: Sum,
}

fn acceptance(history: &History, side: Side<'_>, time: &Time) -> BTreeMap<String, Answered> {
    let mut answers: BTreeMap<&str, Answered> = BTreeMap::new();
    for occurrence in side.occurrences(history) {
        let (Some(weight), true) = (time.weight(&occurrence), occurrence.happened()) else { continue };
        let yes = ["038", "108"].iter().any(|code| occurrence.cameo().starts_with(code));
        let no = occurrence.cameo().starts_with("126");
        if !(yes || no) || !occurrence.actors().any(|part| side.is(&part)) {
            continue;
        }
        for code in occurrence.recipients().filter(|part| part.official).filter_map(|part| part.code) {
            let answered = answers.entry(code).or_default();
            if yes { &mut answered.yes } else { &mut answered.no }.add(weight, occurrence.row);
        }
    }
    answers.into_iter().map(|(code, answered)| (code.to_owned(), answered)).collect()
}

fn acceptance_ground<'a>(answers: impl Iterator<Item = &'a Answered>) -> Option<Ground> {
    let (mut points, mut value, mut rows) = (0.0, 0.0, Vec::new());
    for answered in answers {
        points += ACCEPTANCE * (answered.yes.value.ln_1p() - answered.no.value.ln_1p());
        value += answered.yes.value - answered.no.value;
        rows.extend(answered.yes.rows.iter().chain(&answered.no.rows).copied());
    }
    rows.sort_unstable();
    rows.dedup();
    let kind = GroundKind::Acceptance;
    (!rows.is_empty()).then(|| Ground { kind, value, warmth: None, points, rows: latest(&rows), facts: Vec::new() })
}

/// The logarithm of nearness, zero at half the circumference of the earth; of an organisation the mean of its members'.
fn nearness(map: &Map, places: &[&str], one: &str, other: &str) -> Option<Ground> {
    const NEAR: f64 = 300.0;
    const FAR: f64 = 20_000.0;
    let distances = places.iter().filter_map(|place| Some([map.distance(place, one)?, map.distance(place, other)?]));
    let (mut number, mut value, mut points) = (0.0, 0.0, 0.0);
    for pair in distances {
        number += 1.0;
        value += pair[0] + pair[1];
        points -= pair.iter().map(|km| ((km + NEAR) / (FAR + NEAR)).ln() * NEARNESS).sum::<f64>();
    }
    (number > 0.0).then(|| Ground {
        kind: GroundKind::Nearness,
        value: (value / number).round(),
        warmth: None,
        points: points / number,
        rows: Vec::new(),
        facts: Vec::new(),
    })
}

fn organisations(closeness: &Closeness, code: &str, organisation: bool, one: &str, other: &str) -> Option<Ground> {
    if organisation {
        let members = closeness.house_of(code, one, other)?;
        let points = HOUSE / (1.0 + members as f64).log2();
        let kind = GroundKind::House;
        return Some(Ground { kind, value: members as f64, warmth: None, points, rows: Vec::new(), facts: Vec::new() });
    }
    let (a, b) = (closeness.between(code, one), closeness.between(code, other));
    let least = if a.value <= b.value { a } else { b };
    (least.value > 0.0).then(|| Ground {
        kind: GroundKind::SharedOrganisations,
        value: least.value,
        warmth: None,
        points: CLOSENESS * least.value.sqrt(),
        rows: Vec::new(),
        facts: least.smallest,
    })
}

impl Ground {
    fn counted(kind: GroundKind, sum: &Sum, points: f64) -> Self {
        Self { kind, value: sum.value, warmth: None, points, rows: latest(&sum.rows), facts: Vec::new() }
    }
}

fn latest(rows: &[u32]) -> Vec<u32> {
    rows.iter().rev().copied().collect()
}

fn is_cooperation(quad: QuadClass) -> bool {
    matches!(quad, QuadClass::VerbalCooperation | QuadClass::MaterialCooperation)
}

/// States of the day, and organisations of states that the record knows by then.
fn candidates(gazetteer: &'static Gazetteer, found: &BTreeMap<String, Found>, before: Day) -> Vec<(String, bool)> {
    let day = before.date();
    let mut all: Vec<(String, bool)> =
        gazetteer.states().filter(|state| state.period.contains(day)).map(|s| (s.code.to_owned(), false)).collect();
    all.extend(found.keys().filter(|code| is_organisation(gazetteer, code)).map(|code| (code.clone(), true)));
    all
}

/// Whether a code is that of an organisation of states.
fn is_organisation(gazetteer: &'static Gazetteer, code: &str) -> bool {
    gazetteer.state(code).is_none()
        && gazetteer.name_of(code).is_some_and(|name| {
            let named = gazetteer.named(name);
            named.iter().any(|entry| entry.code == Some(code) && entry.sectors.contains("IGO"))
        })
}
