//! Sets of events against sets of events: how many of the gold's are found and how many of the coder's are right, at
//! several levels of strictness.
//!
//! In each record as many pairs as possible are formed of a gold event and a coded event that agree at the level
//! (maximum matching); precision and recall are over the events of all records, intervals by drawing records.

use crate::measure::{ClassScore, Interval, Ratio, bootstrap};
use crate::{Act, Coded, Conventions, Gold, NONE, Party, Record, plv};
use std::collections::BTreeMap;

/// A level of strictness with its counts.
#[derive(Clone, Debug, PartialEq)]
pub struct Level {
    /// What must agree.
    pub name: &'static str,
    /// Of the coded events, those that are right.
    pub precision: Ratio,
    /// Of the gold events, those that are found.
    pub recall: Ratio,
    /// Harmonic mean of both.
    pub f1: f64,
    /// 95 % intervals of precision, recall, F1.
    pub intervals: [Interval; 3],
}

/// What came out.
#[derive(Clone, Debug)]
pub struct Report<'a> {
    /// The levels, the laxest first.
    pub levels: Vec<Level>,
    /// The same with the mapping of conventions.
    pub mapped: Vec<Level>,
    /// Precision and recall of each type.
    pub classes: BTreeMap<String, ClassScore>,
    /// How often a gold type (first) was given as another; [`NONE`] where there is no counterpart.
    pub confusion: BTreeMap<(String, String), usize>,
    /// Records in which not everything is right.
    pub mistakes: Vec<Mistake<'a>>,
    /// Records scored.
    pub records: usize,
}

/// A record in which something is wrong.
#[derive(Clone, Debug)]
pub struct Mistake<'a> {
    /// The gold.
    pub record: &'a Record,
    /// Its events; whether each was found at the strictest level, at the level of type, or not at all.
    pub gold: Vec<(Found, Act)>,
    /// The coder's events likewise.
    pub coded: Vec<(Found, Act)>,
}

/// How far an event has a counterpart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// In everything that is compared.
    Wholly,
    /// In its type.
    ByType,
    /// Not at all.
    Not,
}

/// Names of the levels in order.
pub const LEVELS: [&str; 7] = [
    "any event in the record",
    "quad class",
    "type",
    "type and actors",
    "type and recipients",
    "type, actors, recipients",
    "the same and status",
];

/// Scores. `any_status` counts negated and hypothetical events, too, on both sides.
pub fn score<'a>(gold: &'a Gold, coded: &Coded, conventions: &Conventions, any_status: bool) -> Report<'a> {
    let dyadic = gold.dyadic || coded.dyadic;
    let prepared: Vec<(&Record, Vec<Act>, Vec<Act>)> = gold
        .records
        .iter()
        .map(|record| {
            let counted = |acts: &[Act]| -> Vec<Act> {
                let acts = acts.iter().filter(|a| any_status || a.counts()).cloned();
                if dyadic { dyads(acts) } else { acts.collect() }
            };
            let found = coded.documents.get(&record.id).map(Vec::as_slice).unwrap_or_default();
            (record, counted(&record.acts), counted(found))
        })
        .collect();
    let none = Conventions::default();
    let mut report = Report {
        levels: levels(&prepared, &none, dyadic),
        mapped: levels(&prepared, conventions, dyadic),
        classes: BTreeMap::new(),
        confusion: BTreeMap::new(),
        mistakes: Vec::new(),
        records: prepared.len(),
    };
    let strictest = LEVELS.len() - if dyadic { 2 } else { 1 };
    for (record, gold, coded) in prepared {
        let agree = |level: usize| {
            matching(gold.len(), coded.len(), |i, j| agrees(level, &gold[i], &coded[j], &none, &record.text, dyadic))
        };
        let (whole, by_type) = (agree(strictest), agree(2));
        let types = pair_up(&gold, &coded, &by_type);
        for &(g, c) in &types {
            let name = |act: Option<&Act>| act.map_or(NONE, |a| a.event_type.as_str()).to_owned();
            let (g, c) = (name(g.map(|i| &gold[i])), name(c.map(|j| &coded[j])));
            let hit = usize::from(same_type(&g, &c));
            if g != NONE {
                let class = report.classes.entry(g.clone()).or_default();
                class.recall.of += 1;
                class.recall.hits += hit;
            }
            if c != NONE {
                let class = report.classes.entry(c.clone()).or_default();
                class.precision.of += 1;
                class.precision.hits += hit;
            }
            *report.confusion.entry((g, c)).or_default() += 1;
        }
        let found = |w: bool, t: bool| {
            if w {
                Found::Wholly
            } else if t {
                Found::ByType
            } else {
                Found::Not
            }
        };
        let gold: Vec<_> = gold
            .into_iter()
            .enumerate()
            .map(|(i, a)| (found(whole.iter().any(|p| p.0 == i), by_type.iter().any(|p| p.0 == i)), a))
            .collect();
        let coded: Vec<_> = coded
            .into_iter()
            .enumerate()
            .map(|(j, a)| (found(whole.iter().any(|p| p.1 == j), by_type.iter().any(|p| p.1 == j)), a))
            .collect();
        if gold.iter().chain(&coded).any(|(f, _)| *f != Found::Wholly) {
            report.mistakes.push(Mistake { record, gold, coded });
        }
    }
    report
}

/// Every figure by its key: `type.f1`, `mapped.type.precision` …
pub fn figures(report: &Report) -> BTreeMap<String, f64> {
    let mut out = BTreeMap::new();
    for (prefix, levels) in [("", &report.levels), ("mapped.", &report.mapped)] {
        for level in levels {
            let name = level.name.replace([' ', ','], "_").replace("__", "_");
            out.insert(format!("{prefix}{name}.precision"), level.precision.value());
            out.insert(format!("{prefix}{name}.recall"), level.recall.value());
            out.insert(format!("{prefix}{name}.f1"), level.f1);
        }
    }
    out
}

fn levels(records: &[(&Record, Vec<Act>, Vec<Act>)], conventions: &Conventions, dyadic: bool) -> Vec<Level> {
    // Triples carry no status.
    let count = LEVELS.len() - usize::from(dyadic);
    (0..count)
        .map(|level| {
            let counts: Vec<[usize; 3]> = records
                .iter()
                .map(|(record, gold, coded)| {
                    if level == 0 {
                        let (g, c) = (usize::from(!gold.is_empty()), usize::from(!coded.is_empty()));
                        return [g * c, c, g];
                    }
                    let hits = matching(gold.len(), coded.len(), |i, j| {
                        agrees(level, &gold[i], &coded[j], conventions, &record.text, dyadic)
                    });
                    [hits.len(), coded.len(), gold.len()]
                })
                .collect();
            let sum = |all: &[[usize; 3]]| all.iter().fold([0; 3], |s, c| [s[0] + c[0], s[1] + c[1], s[2] + c[2]]);
            let of = |[hits, coded, gold]: [usize; 3]| {
                let f1 = if hits == 0 { 0.0 } else { 2.0 * hits as f64 / (coded + gold) as f64 };
                (Ratio { hits, of: coded }, Ratio { hits, of: gold }, f1)
            };
            let (precision, recall, f1) = of(sum(&counts));
            let intervals = [
                bootstrap(&counts, |d| of(sum(d)).0.value()),
                bootstrap(&counts, |d| of(sum(d)).1.value()),
                bootstrap(&counts, |d| of(sum(d)).2),
            ];
            Level { name: LEVELS[level], precision, recall, f1, intervals }
        })
        .collect()
}

fn agrees(level: usize, gold: &Act, coded: &Act, conventions: &Conventions, text: &str, dyadic: bool) -> bool {
    let by_convention = conventions.between(&gold.event_type, coded, text).is_some();
    let kind = by_convention
        || match level {
            1 => gold.quad().is_some() && gold.quad() == coded.quad(),
            _ => same_type(&gold.event_type, &coded.event_type),
        };
    let people = |g: &[Party], c: &[Party]| {
        g.len() == c.len() && matching(g.len(), c.len(), |i, j| is_same(&g[i], &c[j], dyadic)).len() == g.len()
    };
    kind && (level < 3 || level == 4 || people(&gold.actors, &coded.actors))
        && (level < 4 || people(&gold.recipients, &coded.recipients))
        && (level < 6 || gold.status() == coded.status())
}

fn same_type(gold: &str, coded: &str) -> bool {
    gold == coded || gold == plv::yields(coded)
}

/// The same code, and no sector of the gold missing. Triples are compared by the state alone: the field's sector codes
/// differ from dictionary to dictionary.
fn is_same(gold: &Party, coded: &Party, dyadic: bool) -> bool {
    gold.code == coded.code && (dyadic || gold.sectors.iter().all(|s| coded.sectors.contains(s)))
}

/// Events as triples, each once: every actor to every recipient; in a mutual act everybody to everybody else.
fn dyads(acts: impl Iterator<Item = Act>) -> Vec<Act> {
    let mut out: Vec<Act> = Vec::new();
    for act in acts {
        let one = |p: &Party| vec![p.clone()];
        let mut add = |actors: Vec<Party>, recipients: Vec<Party>| {
            let known = |o: &Act| {
                let codes = |list: &[Party]| list.iter().map(|p| p.code.clone()).collect::<Vec<_>>();
                o.event_type == act.event_type
                    && codes(&o.actors) == codes(&actors)
                    && codes(&o.recipients) == codes(&recipients)
            };
            if !out.iter().any(known) {
                out.push(Act { actors, recipients, ..act.clone() });
            }
        };
        match (act.actors.as_slice(), act.recipients.as_slice()) {
            ([], []) => add(Vec::new(), Vec::new()),
            ([], all) => all.iter().for_each(|r| add(Vec::new(), one(r))),
            ([only], []) => add(one(only), Vec::new()),
            (all, []) => {
                for a in all {
                    all.iter().filter(|b| *b != a).for_each(|b| add(one(a), one(b)));
                }
            }
            (all, others) => {
                for a in all {
                    others.iter().for_each(|b| add(one(a), one(b)));
                }
            }
        }
    }
    out
}

/// Counterparts for the confusion table: equal types first, then by shared participants, then by sentence.
fn pair_up(gold: &[Act], coded: &[Act], same: &[(usize, usize)]) -> Vec<(Option<usize>, Option<usize>)> {
    let mut out: Vec<(Option<usize>, Option<usize>)> = same.iter().map(|&(i, j)| (Some(i), Some(j))).collect();
    let open = |n: usize, out: &[(Option<usize>, Option<usize>)], right: bool| -> Vec<usize> {
        (0..n).filter(|k| !out.iter().any(|p| if right { p.1 == Some(*k) } else { p.0 == Some(*k) })).collect()
    };
    let mut candidates: Vec<(std::cmp::Reverse<usize>, usize, usize)> = Vec::new();
    for i in open(gold.len(), &out, false) {
        for j in open(coded.len(), &out, true) {
            let shared = |a: &[Party], b: &[Party]| {
                a.iter().filter(|p| p.code.is_some() && b.iter().any(|q| q.code == p.code)).count()
            };
            let (g, c) = (&gold[i], &coded[j]);
            let near = usize::from(g.sentence.is_some() && g.sentence == c.sentence);
            let likeness = 2 * (shared(&g.actors, &c.actors) + shared(&g.recipients, &c.recipients)) + near;
            if likeness > 0 {
                candidates.push((std::cmp::Reverse(likeness), i, j));
            }
        }
    }
    candidates.sort_unstable();
    for (_, i, j) in candidates {
        if !out.iter().any(|p| p.0 == Some(i) || p.1 == Some(j)) {
            out.push((Some(i), Some(j)));
        }
    }
    let (left, right) = (open(gold.len(), &out, false), open(coded.len(), &out, true));
    out.extend(left.into_iter().map(|i| (Some(i), None)));
    out.extend(right.into_iter().map(|j| (None, Some(j))));
    out
}

/// As many pairs (left, right) as possible of those that `fit`, by augmenting paths (H. W. Kuhn, 1955).
fn matching(left: usize, right: usize, fit: impl Fn(usize, usize) -> bool) -> Vec<(usize, usize)> {
    fn place(
        i: usize,
        right: usize,
        fit: &dyn Fn(usize, usize) -> bool,
        seen: &mut [bool],
        of: &mut [Option<usize>],
    ) -> bool {
        for j in 0..right {
            if seen[j] || !fit(i, j) {
                continue;
            }
            seen[j] = true;
            if of[j].is_none_or(|other| place(other, right, fit, seen, of)) {
                of[j] = Some(i);
                return true;
            }
        }
        false
    }
    let mut of: Vec<Option<usize>> = vec![None; right];
    for i in 0..left {
        place(i, right, &fit, &mut vec![false; right], &mut of);
    }
    let mut pairs: Vec<_> = of.into_iter().enumerate().filter_map(|(j, i)| i.map(|i| (i, j))).collect();
    pairs.sort_unstable();
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{GoldFormat, coded};

    fn scored(gold: &str, lines: &str) -> Vec<(usize, usize, usize)> {
        let gold = Gold::read(gold, GoldFormat::JsonLines).expect("gold");
        let report = score(&gold, &coded(lines).expect("coded"), &Conventions::default(), false);
        report.levels.iter().map(|l| (l.precision.hits, l.precision.of, l.recall.of)).collect()
    }

    #[test]
    fn each_level_asks_for_more() {
        let gold = r#"{"id": "d", "text": "x", "events": [{"event_type": "AID", "actors": ["FRA GOV"], "recipients": ["MAR"]}]}"#;
        let coded = r#"{"document": {"id": "d"}, "event_type": "AID", "actors": ["FRA GOV MIL"], "recipients": ["ESP"], "status": "future"}
            {"document": {"id": "d"}, "event_type": "COOPERATE", "actors": ["FRA"], "recipients": ["MAR"]}
            {"document": {"id": "d"}, "event_type": "ASSAULT", "actors": ["FRA"], "recipients": ["MAR"], "status": "negated"}"#;
        // any event; quad (both are material cooperation, one gold); type; with actors; with recipients; with both; with status
        assert_eq!(scored(gold, coded), [(1, 1, 1), (1, 2, 1), (1, 2, 1), (1, 2, 1), (0, 2, 1), (0, 2, 1), (0, 2, 1)]);
    }

    #[test]
    fn an_unresolved_participant_is_right_only_where_the_gold_leaves_it_open() {
        let gold = |who: &str| {
            format!(r#"{{"id": "d", "text": "x", "events": [{{"event_type": "PROTEST", "actors": ["{who}"]}}]}}"#)
        };
        let coded =
            r#"{"document": {"id": "d"}, "event_type": "PROTEST", "actors": [{"code": null, "text": "students"}]}"#;
        assert_eq!(scored(&gold("?"), coded)[5].0, 1);
        assert_eq!(scored(&gold("CHL"), coded)[5].0, 0);
    }

    #[test]
    fn triples_of_a_mutual_act_go_both_ways() {
        let xml = "<Sentence id='a'><EventCoding eventcode='046' sourcecode='FRA' targetcode='DEU'/>\
            <EventCoding eventcode='046' sourcecode='DEU' targetcode='FRA'/><Text>x</Text></Sentence>";
        let gold = Gold::read(xml, GoldFormat::Petrarch).expect("gold");
        let coded = coded(r#"{"document": {"id": "a"}, "event_type": "CONSULT", "actors": ["FRA GOV", "DEU GOV"]}"#)
            .expect("coded");
        let report = score(&gold, &coded, &Conventions::default(), false);
        assert_eq!(report.levels[5].f1, 1.0);
        assert!(report.mistakes.is_empty());
    }
}
