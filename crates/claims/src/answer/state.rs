//! Independence and capitals, from the table of states.

use super::Answer;
use crate::query::Window;
use crate::report::{Evidence, Verdict};
use legation_gazetteer::{Gazetteer, Kind, Partial};

/// Before this year several states existed, were lost and came back: the table of states alone does not contradict.
const SETTLED: i16 = 1946;

/// Years between a claim and the table that no declaration and its recognition lie apart. A state that is listed earlier than
/// it is said to have become independent may count from another beginning.
const LONG: i16 = 10;

pub(super) fn independence(state: &str, within: Window, gazetteer: &Gazetteer) -> Answer {
    let Some(found) = gazetteer.state(state) else {
        return Answer::new(Verdict::OutsideCoverage, format!("the tables know no state {state}"));
    };
    let Some((first, last)) = found.period.from.and_then(|d| Some((d.first_day()?, d.last_day()?))) else {
        return Answer::new(Verdict::NotInRecord, format!("the tables do not tell since when {} exists", found.name));
    };
    let from = found.period.from.map_or("", Partial::text);
    let text = format!("{} is in the list of states since {from}", found.name);
    let evidence = vec![Evidence {
        source: "states".to_owned(),
        date: Some(format!("{from} on")),
        text: format!("{} ({})", found.name, found.code),
        ..Evidence::default()
    }];
    // A declaration and its recognition may lie a year apart.
    let near = within.from.year() - 1 <= last.year() && first.year() <= within.to.year() + 1;
    let verdict = if near {
        Verdict::Supported
    } else if within.from.year() >= SETTLED && within.to.year() + LONG <= first.year() {
        Verdict::Contradicted
    } else {
        Verdict::NotInRecord
    };
    Answer::new(verdict, text).with(evidence)
}

pub(super) fn capital(state: &str, city: &str, holds: bool, gazetteer: &Gazetteer) -> Answer {
    let Some(found) = gazetteer.state(state).filter(|s| !s.capitals.is_empty()) else {
        return Answer::new(Verdict::OutsideCoverage, format!("the tables know no capital of {state}"));
    };
    let is = found.capitals.contains(&city)
        || gazetteer.named(city).iter().any(|entry| entry.kind == Kind::Capital && entry.code == Some(found.code));
    let text = format!("capital and seats of {}: {}", found.name, found.capitals.join(", "));
    let evidence = vec![Evidence { source: "states".to_owned(), text: text.clone(), ..Evidence::default() }];
    let verdict = if is == holds { Verdict::Supported } else { Verdict::Contradicted };
    Answer::new(verdict, text).with(evidence)
}
