//! What the gazetteer knows of one candidate, put together for showing.

use jiff::civil::Date;
use legation::gazetteer::{
    Alliance, Candidate, Entry, Gazetteer, Kind, Membership, Office, Partial, Period, StateCode, Term, What,
};
use serde::Serialize;

/// Offices of a state that are shown.
const SHOWN: [Office; 8] = [
    Office::HeadOfState,
    Office::HeadOfGovernment,
    Office::Leader,
    Office::VicePresident,
    Office::ForeignMinister,
    Office::DefenceMinister,
    Office::InteriorMinister,
    Office::FinanceMinister,
];

/// One candidate with all that belongs to it; in JSON, an object with these fields.
#[derive(Debug, Serialize)]
pub struct Portrait {
    #[serde(rename = "kind", serialize_with = "what_name")]
    pub what: What,
    pub name: &'static str,
    pub code: Option<&'static str>,
    pub alpha2: Option<&'static str>,
    pub cow: Vec<Code>,
    pub gw: Vec<Code>,
    pub wikidata: Option<&'static str>,
    pub sectors: Vec<Sectors>,
    pub sovereign: Option<&'static str>,
    pub names: Vec<&'static str>,
    pub adjectives: Vec<&'static str>,
    pub people: Vec<&'static str>,
    pub capitals: Vec<&'static str>,
    pub seats: Vec<String>,
    pub latitude: Option<f64>,
    pub longitude: Option<f64>,
    pub geonameid: Option<u64>,
    pub precision: Option<&'static str>,
    pub offices: Vec<Holder>,
    pub memberships: Vec<Row>,
    pub alliances: Vec<Allies>,
    pub sources: String,
    #[serde(skip)]
    pub in_office: bool,
    #[serde(skip)]
    pub on: Option<Date>,
}

/// Sectors and the time for which they hold.
#[derive(Debug, Serialize)]
pub struct Sectors {
    pub sectors: Vec<&'static str>,
    pub from: Option<&'static str>,
    pub to: Option<&'static str>,
}

/// A number of a state list and its time.
#[derive(Debug, Serialize)]
pub struct Code {
    pub number: u16,
    pub from: Option<&'static str>,
    pub to: Option<&'static str>,
}

/// A term of office.
#[derive(Debug, Serialize)]
pub struct Holder {
    pub person: Option<&'static str>,
    pub wikidata: Option<&'static str>,
    pub state: &'static str,
    pub office: &'static str,
    pub title: &'static str,
    pub from: Option<&'static str>,
    pub to: Option<&'static str>,
    pub seen: Option<&'static str>,
    pub source: &'static str,
}

/// A membership.
#[derive(Debug, Serialize)]
pub struct Row {
    pub organisation: &'static str,
    pub organisation_name: Option<&'static str>,
    pub state: &'static str,
    pub state_name: Option<&'static str>,
    pub status: &'static str,
    pub from: Option<&'static str>,
    pub to: Option<&'static str>,
    pub first_seen: Option<&'static str>,
    pub seen: Option<&'static str>,
    pub source: &'static str,
    pub note: &'static str,
    /// With a day: whether it held then, `null` where the source does not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub held: Option<Option<bool>>,
}

/// An alliance with one or more partners on the same terms.
#[derive(Debug, Serialize)]
pub struct Allies {
    pub partners: Vec<&'static str>,
    pub types: Vec<&'static str>,
    pub from: Option<&'static str>,
    pub to: Option<&'static str>,
    pub seen: Option<&'static str>,
    pub treaty: &'static str,
    pub source: &'static str,
    pub note: &'static str,
}

/// Puts together what is known of a candidate, with a day only what holds on it.
pub fn portrait(gazetteer: &Gazetteer, candidate: &Candidate, on: Option<Date>) -> Portrait {
    let main = candidate.main();
    let state = main.code.filter(|_| candidate.what == What::State).and_then(|code| gazetteer.state(code));
    let of_kind = |kind: Kind| related(gazetteer, main, kind);
    let person = main.person_id().map(|id| gazetteer.person(id));
    let own = match candidate.what {
        What::State => Kind::State,
        What::Territory => Kind::Territory,
        What::Partial => Kind::Partial,
        _ => main.kind,
    };
    let location = main.location.as_deref();
    let code = main.code;
    let in_office = |term: &Term| on.is_none_or(|day| term.held_on(day) != Some(false));
    let numbers = |list: &[StateCode]| -> Vec<Code> {
        let held = list.iter().filter(|code| on.is_none_or(|day| code.period.contains(day)));
        held.map(|c| Code { number: c.number, from: text(c.period.from), to: text(c.period.to) }).collect()
    };
    let offices: Vec<Holder> = match (person, candidate.what, code) {
        (Some(person), _, _) => {
            let mut terms: Vec<&Term> = person.terms.iter().filter(|term| in_office(term)).collect();
            terms.sort_by_key(|term| term.period.from);
            terms.into_iter().map(|term| holder(None, term)).collect()
        }
        (None, What::State | What::Organisation, Some(code)) => offices_of(gazetteer, code, on),
        _ => Vec::new(),
    };
    let (memberships, alliances) = match (candidate.what, code) {
        (What::State | What::Territory, Some(code)) => {
            (rows(gazetteer, gazetteer.memberships(code), on), allies(&gazetteer.alliances(code, on)))
        }
        (What::Organisation, Some(code)) => {
            (rows(gazetteer, gazetteer.members(code, None).into_iter(), on), Vec::new())
        }
        _ => (Vec::new(), Vec::new()),
    };
    Portrait {
        what: candidate.what,
        name: person.map_or(main.name, |person| person.name),
        code,
        alpha2: state.and_then(|state| state.alpha2),
        cow: state.map_or(Vec::new(), |state| numbers(&state.cow)),
        gw: state.map_or(Vec::new(), |state| numbers(&state.gw)),
        wikidata: main.wikidata,
        sectors: sectors(candidate, state.map_or(main.period, |state| state.period), on),
        sovereign: main.sovereign,
        names: of_kind(own),
        adjectives: if own == Kind::Person { Vec::new() } else { of_kind(Kind::Adjective) },
        people: of_kind(Kind::People),
        capitals: of_kind(Kind::Capital),
        seats: of_kind(Kind::Metonym).into_iter().map(str::to_owned).collect(),
        latitude: location.and_then(|l| l.latitude),
        longitude: location.and_then(|l| l.longitude),
        geonameid: location.and_then(|l| l.geonameid),
        precision: location.map(|l| l.precision),
        in_office: person.is_some_and(|p| on.is_some_and(|d| p.terms.iter().any(|t| t.held_on(d) == Some(true)))),
        offices,
        memberships,
        alliances,
        sources: candidate.what.sources(),
        on,
    }
}

/// A membership for showing.
pub fn row(gazetteer: &Gazetteer, membership: &Membership, on: Option<Date>) -> Row {
    Row {
        organisation: membership.organisation,
        organisation_name: gazetteer.name_of(membership.organisation),
        state: membership.state,
        state_name: gazetteer.name_of(membership.state),
        status: membership.status.name(),
        from: text(membership.period.from),
        to: text(membership.period.to),
        first_seen: text(membership.first_seen),
        seen: text(membership.seen),
        source: membership.source,
        note: membership.note,
        held: on.map(|day| membership.held_on(day)),
    }
}

impl Portrait {
    /// What it is, in a few words.
    pub fn heading(&self) -> String {
        let sectors = match self.sectors.as_slice() {
            [one] if !one.sectors.is_empty() => format!(" ({})", one.sectors.join(", ")),
            _ => String::new(),
        };
        let home = match self.what {
            What::Person | What::Group | What::Place | What::Partial => self.code,
            _ => self.sovereign,
        };
        format!("{}{sectors}{}", self.what.name(), home.map_or(String::new(), |code| format!(", {code}")))
    }

    /// The codes on one line.
    pub fn codes(&self) -> Vec<String> {
        let mut out = Vec::new();
        match (self.what, self.code, self.alpha2) {
            (What::State | What::Territory, Some(code), Some(alpha2)) => out.push(format!("ISO {code}, {alpha2}")),
            (What::State | What::Territory, Some(code), None) => out.push(format!("ISO {code}")),
            (What::Organisation, Some(code), _) => out.push(code.to_owned()),
            _ => {}
        }
        for (system, list) in [("COW", &self.cow), ("GW", &self.gw)] {
            out.extend(list.iter().map(|c| format!("{system} {} ({})", c.number, span(c.from, c.to, None, None))));
        }
        out.extend(self.wikidata.map(|item| format!("Wikidata {item}")));
        out
    }

    /// When it exists, or has which sectors.
    pub fn times(&self) -> Vec<String> {
        let several = self.sectors.len() > 1;
        let dated = self.sectors.iter().filter(|s| s.from.is_some() || s.to.is_some() || several);
        dated
            .map(|s| {
                let sectors = if several { format!("{} ", s.sectors.join(", ")) } else { String::new() };
                format!("{sectors}{}", span(s.from, s.to, None, None)).trim_end().to_owned()
            })
            .collect()
    }

    /// Where a place lies.
    pub fn place(&self) -> Vec<String> {
        let mut out: Vec<String> = self.precision.map(str::to_owned).into_iter().collect();
        if let (Some(latitude), Some(longitude)) = (self.latitude, self.longitude) {
            out.push(format!("{latitude:.2}, {longitude:.2}"));
        }
        out.extend(self.geonameid.map(|id| format!("GeoNames {id}")));
        out
    }

    /// What the memberships are called.
    pub fn memberships_label(&self) -> &'static str {
        if self.what == What::Organisation { "members" } else { "memberships" }
    }
}

impl Holder {
    /// The time of the term.
    pub fn span(&self) -> String {
        span(self.from, self.to, None, self.seen)
    }
}

impl Row {
    /// The time of the membership.
    pub fn span(&self) -> String {
        span(self.from, self.to, self.first_seen, self.seen)
    }
}

impl Allies {
    /// The time of the alliance.
    pub fn span(&self) -> String {
        span(self.from, self.to, None, self.seen)
    }
}

/// A time in words. An open end is told with the day up to which a source attests it.
fn span(from: Option<&str>, to: Option<&str>, first_seen: Option<&str>, seen: Option<&str>) -> String {
    let start = from.map_or_else(|| first_seen.map_or(String::new(), |day| format!("seen {day}")), str::to_owned);
    match (to, seen) {
        (Some(to), _) => format!("{start} to {to}").trim_start().to_owned(),
        (None, Some(seen)) if from.is_some() => format!("{start} on, seen {seen}"),
        (None, Some(seen)) => format!("{start} to {seen}").trim_start().to_owned(),
        (None, None) if start.is_empty() => String::new(),
        (None, None) => format!("{start} on"),
    }
}

fn text(date: Option<Partial>) -> Option<&'static str> {
    date.map(Partial::text)
}

fn what_name<S: serde::Serializer>(what: &What, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(what.name())
}

fn holder(person: Option<(&'static str, Option<&'static str>)>, term: &Term) -> Holder {
    Holder {
        person: person.map(|(name, _)| name),
        wikidata: person.and_then(|(_, item)| item),
        state: term.state,
        office: term.office.name(),
        title: term.title,
        from: text(term.period.from),
        to: text(term.period.to),
        seen: text(term.seen),
        source: term.source,
    }
}

/// Who holds the offices on the day; without one, the latest holder known of each.
fn offices_of(gazetteer: &Gazetteer, code: &str, on: Option<Date>) -> Vec<Holder> {
    let mut out: Vec<Holder> = Vec::new();
    for office in SHOWN {
        let found = match on {
            Some(day) => gazetteer.holder(code, office, day),
            None => gazetteer
                .terms(code)
                .filter(|(_, term)| term.office == office && !term.sectors.contains("PRE"))
                .max_by_key(|(_, term)| (term.period.from, term.source == "hand")),
        };
        if let Some((person, term)) = found {
            let known = out.iter().any(|h| h.person == Some(person.name) && h.title == term.title);
            // A leader without a named office says something only where nobody holds the named one.
            if !known && (office != Office::Leader || out.is_empty()) {
                out.push(holder(Some((person.name, person.wikidata)), term));
            }
        }
    }
    out
}

fn rows<'a>(gazetteer: &Gazetteer, list: impl Iterator<Item = &'a Membership>, on: Option<Date>) -> Vec<Row> {
    let held = list.filter(|m| on.is_none_or(|day| m.held_on(day) != Some(false)));
    let mut held: Vec<&Membership> = held.collect();
    // What goes on first, the closest ties first.
    held.sort_by_key(|m| (m.period.to.is_some(), m.status));
    held.into_iter().map(|m| row(gazetteer, m, on)).collect()
}

/// Partners on the same terms together.
fn allies(list: &[&Alliance]) -> Vec<Allies> {
    let mut out: Vec<Allies> = Vec::new();
    for alliance in list {
        let types: Vec<&'static str> = alliance.obligations.iter().collect();
        let key = (text(alliance.period.from), text(alliance.period.to), alliance.treaty, alliance.source);
        match out.iter_mut().find(|a| (a.from, a.to, a.treaty, a.source) == key && a.types == types) {
            Some(allies) => allies.partners.push(alliance.partner),
            None => out.push(Allies {
                partners: vec![alliance.partner],
                types,
                from: key.0,
                to: key.1,
                seen: text(alliance.seen),
                treaty: alliance.treaty,
                source: alliance.source,
                note: alliance.note,
            }),
        }
    }
    // What is in force and has a name first.
    out.sort_by_key(|a| (a.to.is_some(), a.treaty.is_empty(), a.from));
    out
}

/// Sectors and times: those of the entries of a group, else the time of the state itself.
fn sectors(candidate: &Candidate, period: Period, on: Option<Date>) -> Vec<Sectors> {
    let one =
        |sectors: Vec<&'static str>, period: Period| Sectors { sectors, from: text(period.from), to: text(period.to) };
    match candidate.what {
        What::State => vec![one(Vec::new(), period)],
        What::Group => {
            let entries = candidate.entries.iter().filter(|e| on.is_none_or(|day| e.period.contains(day)));
            let mut out: Vec<Sectors> = Vec::new();
            for entry in entries {
                let found = one(entry.sectors.iter().collect(), entry.period);
                if !out.iter().any(|o| o.sectors == found.sectors && (o.from, o.to) == (found.from, found.to)) {
                    out.push(found);
                }
            }
            out
        }
        _ => vec![one(candidate.main().sectors.iter().collect(), candidate.main().period)],
    }
}

/// Names of the same thing in another way: the adjectives of a state, its people, its capitals.
fn related(gazetteer: &Gazetteer, main: &Entry, kind: Kind) -> Vec<&'static str> {
    let of_state = main.is_of_state() || matches!(main.kind, Kind::Territory | Kind::Partial);
    if main.kind != kind && !of_state {
        return Vec::new();
    }
    gazetteer.names_of(main, kind).into_iter().map(|(name, _)| name).collect()
}
