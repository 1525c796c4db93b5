//! PLV: one answer is taken from the events of a sentence and compared with the marked pair's type and quad class.
//!
//! The answer is the event that covers most of the marked parties (some participant's words overlap the mark by a byte);
//! among those, the one whose trigger is nearest to the marks (bytes between trigger and the nearest mark of each party,
//! summed); then the one put out first. "Pair found" is the same among events that cover every marked party. A sentence
//! without an answer is wrong.

use crate::measure::{accuracy, macro_f1};
use crate::{Act, Coded, Conventions, Gold, NONE, Record};
use legation_record::{QuadClass, Span};
use std::collections::BTreeMap;

/// A sentence with its answers.
pub struct Row<'a> {
    /// The gold.
    pub record: &'a Record,
    /// Everything the coder found in it.
    pub events: &'a [Act],
    /// For each [`View`], the answer and the convention that makes it right although the category differs.
    answers: [(Option<&'a Act>, Option<&'a str>); 2],
}

/// From which events the answer is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// From all: the one nearest to the marked pair.
    Nearest,
    /// From those whose participants overlap the marked pair.
    Pair,
}

impl View {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Nearest, Self::Pair];

    /// The name in keys of figures.
    pub fn name(self) -> &'static str {
        match self {
            Self::Nearest => "nearest",
            Self::Pair => "pair",
        }
    }
}

/// What of the answer is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// The event type; CONCEDE and RETREAT are CAMEO's undivided YIELD.
    Type,
    /// The quad class; YIELD is material cooperation as a whole.
    Quad,
}

impl Level {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Type, Self::Quad];

    /// The name in keys of figures.
    pub fn name(self) -> &'static str {
        match self {
            Self::Type => "type",
            Self::Quad => "quad",
        }
    }
}

impl<'a> Row<'a> {
    /// The answer of a view.
    pub fn answer(&self, view: View) -> Option<&'a Act> {
        self.answers[view as usize].0
    }

    /// The convention by which the answer is right in the mapped score.
    pub fn convention(&self, view: View) -> Option<&'a str> {
        self.answers[view as usize].1
    }

    /// The category of the gold.
    pub fn gold(&self, level: Level) -> &'a str {
        let act = self.record.acts.first();
        match level {
            Level::Type => act.map_or(NONE, |a| a.event_type.as_str()),
            Level::Quad => act.and_then(|a| a.quad.as_deref()).unwrap_or(NONE),
        }
    }

    /// The category of the answer; [`NONE`] where there is none.
    pub fn given(&self, view: View, level: Level, mapped: bool) -> &'a str {
        match (self.answer(view), level) {
            (None, _) => NONE,
            (Some(_), _) if mapped && self.convention(view).is_some() => self.gold(level),
            (Some(act), Level::Type) => yields(&act.event_type),
            (Some(act), Level::Quad) if yields(&act.event_type) == YIELD => QuadClass::MaterialCooperation.name(),
            (Some(act), Level::Quad) => act.quad().unwrap_or(NONE),
        }
    }

    /// Whether the answer's type is the gold's, without mapping.
    pub fn is_right(&self) -> bool {
        self.given(View::Nearest, Level::Type, false) == self.gold(Level::Type)
    }
}

const YIELD: &str = "YIELD";

/// PLV has CAMEO's undivided YIELD where PLOVER has CONCEDE and RETREAT.
pub fn yields(event_type: &str) -> &str {
    if matches!(event_type, "CONCEDE" | "RETREAT") { YIELD } else { event_type }
}

/// Takes the answers. `any_status` lets negated and hypothetical events answer too.
pub fn answer<'a>(gold: &'a Gold, coded: &'a Coded, conventions: &'a Conventions, any_status: bool) -> Vec<Row<'a>> {
    let row = |record: &'a Record| {
        let events = coded.documents.get(&record.id).map(Vec::as_slice).unwrap_or_default();
        let counted: Vec<&Act> = events.iter().filter(|e| any_status || e.counts()).collect();
        let whole: Vec<&Act> = counted.iter().copied().filter(|e| covered(record, e) == record.marks.len()).collect();
        let answers = [nearest(record, &counted), nearest(record, &whole)].map(|answer| {
            let gold = record.acts.first().map_or(NONE, |a| a.event_type.as_str());
            let differs = |act: &&Act| yields(&act.event_type) != gold;
            let rule = answer.filter(differs).and_then(|act| conventions.between(gold, act, &record.text));
            (answer, rule)
        });
        Row { record, events, answers }
    };
    gold.records.iter().map(row).collect()
}

/// (gold, answer) of every sentence.
pub fn pairs<'a>(rows: &[Row<'a>], view: View, level: Level, mapped: bool) -> Vec<(&'a str, &'a str)> {
    rows.iter().map(|row| (row.gold(level), row.given(view, level, mapped))).collect()
}

/// Every figure by its key: `nearest.mapped.type_macro_f1` …
pub fn figures(rows: &[Row]) -> BTreeMap<String, f64> {
    let mut out = BTreeMap::new();
    for view in View::ALL {
        let coded = rows.iter().filter(|r| r.answer(view).is_some()).count();
        out.insert(format!("{}.coverage", view.name()), coded as f64 / rows.len().max(1) as f64);
        for mapped in [false, true] {
            let prefix = if mapped { format!("{}.mapped", view.name()) } else { view.name().to_owned() };
            for level in Level::ALL {
                let all = pairs(rows, view, level, mapped);
                let name = level.name();
                out.insert(format!("{prefix}.{name}_accuracy"), accuracy(&all));
                out.insert(format!("{prefix}.{name}_macro_f1"), macro_f1(&all));
                if level == Level::Type {
                    let of_coded: Vec<_> =
                        all.iter().zip(rows).filter(|(_, r)| r.answer(view).is_some()).map(|(pair, _)| *pair).collect();
                    out.insert(format!("{prefix}.type_accuracy_of_coded"), accuracy(&of_coded));
                    out.insert(format!("{prefix}.type_macro_f1_of_coded"), macro_f1(&of_coded));
                }
            }
        }
    }
    out
}

/// How many of the marked parties some participant overlaps.
fn covered(record: &Record, act: &Act) -> usize {
    let people = || act.actors.iter().chain(&act.recipients).filter_map(|p| p.span);
    record.marks.iter().filter(|marks| marks.iter().any(|m| people().any(|p| p.overlaps(*m)))).count()
}

fn nearest<'a>(record: &Record, acts: &[&'a Act]) -> Option<&'a Act> {
    let distance = |act: &Act| {
        let trigger = act.trigger.as_ref().and_then(|(_, span)| *span);
        let to = |t: Span| {
            let sums = record.marks.iter().map(|marks| marks.iter().map(|m| gap(t, *m)).min().unwrap_or(0));
            sums.sum::<u64>()
        };
        trigger.map_or(u64::MAX, to)
    };
    acts.iter().copied().min_by_key(|act| (std::cmp::Reverse(covered(record, act)), distance(act)))
}

/// Bytes between two spans, 0 where they touch or overlap.
fn gap(a: Span, b: Span) -> u64 {
    u64::from(a.start.saturating_sub(b.end)).max(u64::from(b.start.saturating_sub(a.end)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{GoldFormat, coded};

    const GOLD: &str = "sentence_id\tsentence\tmarked_sentence\tgold_root\tgold_penta\n\
        1\tPeru met Chile and freed Bolivians.\t<s>Peru</s> met Chile and freed <t>Bolivians</t>.\tYIELD\t2\n\
        2\tPeru fined Chile.\t<s>Peru</s> fined <t>Chile</t>.\tSANCTION\t4\n";

    fn line(
        id: &str,
        event_type: &str,
        status: &str,
        actor: (u32, u32),
        recipient: (u32, u32),
        trigger: (u32, u32),
    ) -> String {
        let party =
            |(start, end): (u32, u32)| serde_json::json!({"code": null, "text": "", "start": start, "end": end});
        let event = serde_json::json!({"document": {"id": id}, "event_type": event_type, "status": status,
            "actors": [party(actor)], "recipients": [party(recipient)],
            "evidence": {"sentence": 0, "trigger": {"text": "t", "start": trigger.0, "end": trigger.1}}});
        format!("{event}\n")
    }

    #[test]
    fn the_event_of_the_marked_pair_answers_and_yield_is_undivided() {
        let gold = Gold::read(GOLD, GoldFormat::Plv).expect("PLV");
        let lines = line("plv-0001", "CONSULT", "actual", (0, 4), (9, 14), (5, 8))
            + &line("plv-0001", "RETREAT", "actual", (0, 4), (25, 34), (19, 24))
            + &line("plv-0002", "SANCTION", "negated", (0, 4), (11, 16), (5, 10));
        let coded = coded(&lines).expect("JSON Lines");
        let conventions = Conventions::default();
        let rows = answer(&gold, &coded, &conventions, false);
        assert_eq!(pairs(&rows, View::Nearest, Level::Type, false), [("YIELD", "YIELD"), ("SANCTION", NONE)]);
        assert_eq!(pairs(&rows, View::Pair, Level::Quad, false)[0].1, "material cooperation");
        let any = answer(&gold, &coded, &conventions, true);
        assert!(any[1].is_right(), "what did not happen answers only when asked for");
    }
}
