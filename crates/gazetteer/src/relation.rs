//! Memberships and alliances, and where the tables of them are complete.

use crate::table::{ALLIANCES, COMPLETE, MEMBERSHIPS, given, rows};
use crate::{Partial, Period};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// One state's time in one organisation with one status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Membership {
    /// Short name of the organisation, as in [`crate::Entry::code`].
    pub organisation: &'static str,
    /// Alpha-3 code of the state; the short name of an organisation that is a member itself (the EU in the G20).
    pub state: &'static str,
    /// What it is there.
    pub status: Status,
    /// First and last day, as precise as the source. An open end is no end: see [`Membership::held_on`].
    pub period: Period,
    /// Where the beginning is not known: when a source attests the row first.
    pub first_seen: Option<Partial>,
    /// Where the end is open: the day up to which a source attests the row.
    pub seen: Option<Partial>,
    /// Short names of the sources.
    pub source: &'static str,
    /// What else must be known, in a few words; empty where nothing.
    pub note: &'static str,
}

impl Membership {
    /// Whether it held on the day. `None`: the source does not say (the day lies inside an imprecise date, or outside
    /// the time the source attests).
    pub fn held_on(&self, day: Date) -> Option<bool> {
        held(self.period, self.first_seen, self.seen, day)
    }
}

/// What a state is in an organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// A member with all rights, or one that takes part in full.
    Member,
    /// A member whose rights are suspended.
    Suspended,
    /// An observer.
    Observer,
    /// An associate, dialogue partner, partner country.
    Partner,
    /// It has applied or was invited, and is not in yet.
    Applicant,
}

impl Status {
    /// All of them, from the closest tie to the loosest.
    pub const ALL: [Self; 5] = [Self::Member, Self::Suspended, Self::Observer, Self::Partner, Self::Applicant];

    /// The name in the tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Member => "member",
            Self::Suspended => "suspended",
            Self::Observer => "observer",
            Self::Partner => "partner",
            Self::Applicant => "applicant",
        }
    }

    fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.name() == text)
    }
}

/// What the tables say to the question whether a state was in an organisation on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It had this status; only [`Status::Member`] is membership without reserve.
    Yes(Status),
    /// It was no member: no row says so, and the table is complete for the organisation's members on that day.
    No,
    /// The tables cannot tell.
    Unknown,
}

/// An alliance of a state with another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Alliance {
    /// The state that was asked for.
    pub state: &'static str,
    /// Its ally.
    pub partner: &'static str,
    /// What they owe each other.
    pub obligations: Obligations,
    /// First and last day or year. An open end is no end: see [`Alliance::held_on`].
    pub period: Period,
    /// Where the end is open: the day up to which the source attests the alliance.
    pub seen: Option<Partial>,
    /// The treaty; empty where the source counts years without naming one.
    pub treaty: &'static str,
    /// Short name of the source.
    pub source: &'static str,
    /// What else must be known, in a few words; empty where nothing.
    pub note: &'static str,
}

impl Alliance {
    /// Whether it held on the day; `None` where the source does not say.
    pub fn held_on(&self, day: Date) -> Option<bool> {
        held(self.period, None, self.seen, day)
    }
}

/// The obligations of an alliance in the terms of ATOP (Leeds et al. 2002): `defence`, `offence`, `neutrality`,
/// `non-aggression`, `entente` (to consult in a crisis).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Obligations(&'static str);

impl Obligations {
    /// Each by its name, the strongest first.
    pub fn iter(self) -> impl Iterator<Item = &'static str> {
        self.0.split(',').filter(|name| !name.is_empty())
    }

    /// Whether the obligation is among them.
    pub fn contains(self, name: &str) -> bool {
        self.iter().any(|own| own == name)
    }
}

/// A time for which a table has every row, so that the lack of one contradicts a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Completeness {
    /// `memberships`, `alliances` or `wars`.
    pub table: &'static str,
    /// The organisation whose rows are complete; `None`: the whole table.
    pub organisation: Option<&'static str>,
    /// The statuses (or obligations, or kinds of conflict) that are complete, joined by commas.
    pub statuses: &'static str,
    /// The time.
    pub period: Period,
    /// The source that answers for it.
    pub source: &'static str,
}

/// The tables with their indexes.
#[derive(Debug)]
pub struct Relations {
    memberships: Vec<Membership>,
    by_state: BTreeMap<&'static str, Vec<u32>>,
    by_organisation: BTreeMap<&'static str, Vec<u32>>,
    alliances: BTreeMap<&'static str, Vec<Alliance>>,
    pub complete: Vec<Completeness>,
}

impl Relations {
    pub fn load() -> Self {
        let memberships: Vec<Membership> = rows::<9>(MEMBERSHIPS)
            .filter_map(|[organisation, state, status, from, to, first_seen, seen, source, note]| {
                Some(Membership {
                    organisation,
                    state,
                    status: Status::parse(status)?,
                    period: Period::new(from, to),
                    first_seen: Partial::new(first_seen),
                    seen: Partial::new(seen),
                    source,
                    note,
                })
            })
            .collect();
        let mut by_state: BTreeMap<&'static str, Vec<u32>> = BTreeMap::new();
        let mut by_organisation: BTreeMap<&'static str, Vec<u32>> = BTreeMap::new();
        for (i, row) in memberships.iter().enumerate() {
            by_state.entry(row.state).or_default().push(i as u32);
            by_organisation.entry(row.organisation).or_default().push(i as u32);
        }
        let mut alliances: BTreeMap<&'static str, Vec<Alliance>> = BTreeMap::new();
        for [state, partners, types, from, to, seen, treaty, source, note] in rows::<9>(ALLIANCES) {
            for partner in partners.split(';') {
                for (state, partner) in [(state, partner), (partner, state)] {
                    alliances.entry(state).or_default().push(Alliance {
                        state,
                        partner,
                        obligations: Obligations(types),
                        period: Period::new(from, to),
                        seen: Partial::new(seen),
                        treaty,
                        source,
                        note,
                    });
                }
            }
        }
        for list in alliances.values_mut() {
            list.sort_by_key(|a| (a.partner, a.period.from, a.source, a.obligations));
        }
        let complete = rows::<7>(COMPLETE)
            .map(|[table, organisation, statuses, from, to, source, _]| Completeness {
                table,
                organisation: given(organisation),
                statuses,
                period: Period::new(from, to),
                source,
            })
            .collect();
        Self { memberships, by_state, by_organisation, alliances, complete }
    }

    pub fn of_state(&self, state: &str) -> impl Iterator<Item = &Membership> {
        self.by_state.get(state).into_iter().flatten().map(|&i| &self.memberships[i as usize])
    }

    pub fn of_organisation(&self, organisation: &str) -> impl Iterator<Item = &Membership> {
        self.by_organisation.get(organisation).into_iter().flatten().map(|&i| &self.memberships[i as usize])
    }

    pub fn alliances(&self, state: &str) -> &[Alliance] {
        self.alliances.get(state).map_or(&[], Vec::as_slice)
    }

    pub fn is_member(&self, organisation: &str, state: &str, day: Date) -> Answer {
        let rows = || self.of_organisation(organisation).filter(|row| row.state == state);
        let sure = rows().filter(|row| row.held_on(day) == Some(true)).map(|row| row.status).min();
        let possible = rows().filter(|row| row.held_on(day).is_none()).map(|row| row.status).min();
        match (sure, possible) {
            (Some(status), None) => Answer::Yes(status),
            // A membership that is sure is not put in doubt by a looser tie that is not.
            (Some(status), Some(other)) if status <= other => Answer::Yes(status),
            (_, Some(_)) => Answer::Unknown,
            (None, None) if self.members_complete(organisation, day) => Answer::No,
            (None, None) => Answer::Unknown,
        }
    }

    fn members_complete(&self, organisation: &str, day: Date) -> bool {
        self.complete.iter().any(|row| {
            row.table == "memberships"
                && row.organisation == Some(organisation)
                && row.statuses.split(',').any(|status| status == Status::Member.name())
                && row.period.contains(day)
        })
    }
}

/// Whether a row holds on a day, at the precision of its dates.
fn held(period: Period, first_seen: Option<Partial>, seen: Option<Partial>, day: Date) -> Option<bool> {
    let begun = match period.from {
        Some(from) if from.first_day()? > day => Some(false),
        Some(from) => (from.last_day()? <= day).then_some(true),
        None => first_seen.and_then(Partial::last_day).is_some_and(|first| first <= day).then_some(true),
    };
    let goes_on = match period.to {
        Some(to) if to.last_day()? < day => Some(false),
        // The last day itself, and the days before the imprecise end.
        Some(to) => (day <= to.first_day()?).then_some(true),
        None => seen.and_then(Partial::last_day).is_some_and(|last| day <= last).then_some(true),
    };
    match (begun, goes_on) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}
