//! Ranks in a group: the only one, the first, the last, a founder.

use super::membership::{Table, is_complete};
use super::{Answer, Tri};
use crate::query::{Among, Aspect, Group, Membership, Rank, When};
use crate::report::Verdict;
use jiff::civil::Date;
use legation_gazetteer::Status;
use std::collections::BTreeSet;

/// Days between the dates of two steps below which their order is not told: acts of one round are deposited on several days.
const NEAR: i64 = 31;

/// What the rank makes of a standing that is supported (`found`).
pub(super) fn answer(q: &Membership, among: &Among, table: &Table, found: Answer) -> Answer {
    let day = match q.aspect {
        Aspect::Holds(When::On(day) | When::Ever(day)) => day,
        Aspect::Holds(When::Within(window) | When::Since(window, _)) => window.to,
        Aspect::Began(window) | Aspect::Ended(window) => window.to,
    };
    if among.rank == Rank::Founding {
        return founding(table, found);
    }
    let Some((sure, perhaps)) = others(&among.group, table, day) else {
        let text = format!("{}; the tables do not tell who else is meant by {among}", found.text);
        return Answer { verdict: Verdict::NotInRecord, text, ..found };
    };
    let ends = matches!(q.aspect, Aspect::Ended(_));
    let beats = |state: &str| -> Tri {
        let other = table.of(state);
        match among.rank {
            Rank::Only if matches!(q.aspect, Aspect::Holds(When::On(_))) => other.on(day).map(|on| on == q.holds),
            Rank::Only => other.step(ends, day).map(|step| step.is_some()),
            _ => order(table.step(ends, day)??, other.step(ends, day)?, among.rank),
        }
    };
    let who = |list: &[&str], wanted: Tri| -> Vec<String> {
        let names = list.iter().filter(|state| beats(state) == wanted);
        names.map(|code| table.gazetteer.name_of(code).unwrap_or(code).to_owned()).collect()
    };
    let against = who(&sure, Some(true));
    let disputed = who(&perhaps, Some(true));
    let open = who(&sure, None);
    let complete = is_complete(table.gazetteer, table.organisation, table.status(), day);
    let tell = |verdict, text: String| Answer { verdict, text: format!("{}; {text}", found.text), ..found.clone() };
    let did = match among.rank {
        Rank::Only => "so is or did",
        Rank::First => "earlier",
        _ => "later",
    };
    if !against.is_empty() {
        return tell(Verdict::Contradicted, format!("{did}: {}", against.join(", ")));
    }
    if !disputed.is_empty() {
        return tell(Verdict::Ambiguous, format!("{did}: {}, if they are counted", disputed.join(", ")));
    }
    if !open.is_empty() || !complete {
        return tell(Verdict::NotInRecord, format!("of others the table does not tell: {}", open.join(", ")));
    }
    tell(Verdict::Supported, format!("none of the {} others", sure.len()))
}

/// A state of which nothing is known to have come in was not the first, where another surely did.
pub(super) fn without(q: &Membership, among: &Among, table: &Table, found: Answer) -> Answer {
    let Aspect::Began(window) = q.aspect else { return found };
    let nothing = among.rank == Rank::First && table.step(false, window.to) == Some(None);
    let Some((sure, _)) = others(&among.group, table, window.to).filter(|_| nothing) else { return found };
    let earlier = sure.iter().find_map(|state| Some((*state, table.of(state).step(false, window.to)??)));
    match earlier {
        Some((state, (first, last))) if last < super::moved(window.to, -NEAR) => {
            let name = table.gazetteer.name_of(state).unwrap_or(state);
            let text = format!("{name} did on {first}; of {} nothing is known", table.state);
            Answer { verdict: Verdict::Contradicted, text, ..found }
        }
        _ => found,
    }
}

/// The others of a group: those that surely belong to it, and those that some count to it.
fn others<'a>(group: &'a Group, table: &Table<'a>, day: Date) -> Option<(Vec<&'a str>, Vec<&'a str>)> {
    let known = |code: &&str| *code != table.state;
    Some(match group {
        Group::Unknown(_) => return None,
        Group::Everybody => {
            let rows = table.gazetteer.members(table.organisation, None);
            let all: BTreeSet<&str> = rows.iter().map(|row| row.state).collect();
            (all.into_iter().filter(known).collect(), Vec::new())
        }
        Group::MembersOf(other) => {
            let rows = table.gazetteer.members(other, Some(day));
            let members = rows.iter().filter(|row| matches!(row.status, Status::Member | Status::Suspended));
            let all: BTreeSet<&str> = members.map(|row| row.state).collect();
            (all.into_iter().filter(known).collect(), Vec::new())
        }
        Group::Region { states, perhaps, .. } => {
            let list = |codes: &'a [String]| codes.iter().map(String::as_str).filter(known).collect();
            (list(states), list(perhaps))
        }
    })
}

/// Whether the other's step beats mine to the rank: surely earlier for the first, surely later for the last.
fn order(mine: (Date, Date), other: Option<(Date, Date)>, rank: Rank) -> Tri {
    let Some(other) = other else { return Some(false) };
    let (early, late) = if rank == Rank::First { (other, mine) } else { (mine, other) };
    if early.1 < super::moved(late.0, -NEAR) {
        Some(true)
    } else if late.1 < early.0 || early == late {
        // Together with others it is still the first.
        Some(false)
    } else {
        None
    }
}

impl Table<'_> {
    /// When the state came in, or went, up to a day: the first and last day that may be. `Some(None)`: it did not; `None`: the
    /// table does not tell.
    fn step(&self, ends: bool, day: Date) -> Option<Option<(Date, Date)>> {
        let dates = self.mine().map(|row| if ends { row.period.to } else { row.period.from });
        let mut found: Vec<(Date, Date)> = Vec::new();
        for date in dates {
            match date.and_then(|d| Some((d.first_day()?, d.last_day()?))) {
                Some(days) if days.0 <= day => found.push(days),
                Some(_) => {}
                None if ends => {}
                None => return None,
            }
        }
        Some(found.into_iter().min())
    }
}

/// Whether it came in with the first.
fn founding(table: &Table, found: Answer) -> Answer {
    let last = Date::constant(9999, 12, 31);
    let Some(Some(mine)) = table.step(false, last) else {
        return Answer { verdict: Verdict::NotInRecord, ..found };
    };
    let rows = table.gazetteer.members(table.organisation, None);
    let all: BTreeSet<&str> = rows.iter().map(|row| row.state).collect();
    let first = all.into_iter().filter_map(|state| table.of(state).step(false, last).flatten()).min();
    let Some(first) = first else { return Answer { verdict: Verdict::NotInRecord, ..found } };
    let text = format!("{}; the first members came in on {}, it on {}", found.text, first.0, mine.0);
    // A charter and its ratifications lie months apart.
    let verdict = if mine.0 <= super::moved(first.1, NEAR) {
        Verdict::Supported
    } else if mine.0 > super::moved(first.1, 2 * 366) {
        Verdict::Contradicted
    } else {
        Verdict::NotInRecord
    };
    Answer { verdict, text, ..found }
}
