//! How far to trust an event: the probability that its type, actors, recipients and status are all right, estimated from
//! what is at hand when it is coded. The weights stand in `confidence.tsv` beside the codebook; `eval/confidence.py` fits
//! them to judged events.

use crate::clause::Clauses;
use crate::codebook::AnchorKind;
use crate::matcher::Candidate;
use crate::mention::{Sort, Who};
use legation_record::{EventType, Status, Upos};

/// What an estimate rests on: the value of each feature, in the order of [`NAMES`].
pub(crate) type Features = [f32; NAMES.len()];

/// The features. All but the first two and `length` are 0 or 1, or small counts.
pub const NAMES: [&str; 18] = [
    // Logit of the weakest arc among the words used, by the parser's own probability.
    "parse",
    // Share of participants with a code.
    "known",
    // Some participant has no code.
    "unresolved",
    // Only one participant in all.
    "alone",
    // Participants beyond the second, at most four.
    "crowded",
    // A participant stands as a pronoun.
    "pronoun",
    // A participant has its state from the place of the clause.
    "by_place",
    // A participant is named, but nothing more is known of it.
    "stranger",
    // The trigger is a noun.
    "noun",
    // Points of the rule, at most eight.
    "points",
    // The rule speaks of another act.
    "act",
    // The status is not actual.
    "not_actual",
    // An act of violence, arrest or protest: its victims are often nameless.
    "violence",
    // Levels of the trigger below the head of the sentence, at most four.
    "depth",
    // Logarithm of the number of words in the sentence.
    "length",
    // Share of the sentence's words whose arc the parser gives less than 9 in 10.
    "doubt",
    // Logarithm of the distance, in words, from the trigger to the farthest participant.
    "far",
    // Somebody is said to say so.
    "said",
];

/// Weights of a logistic regression over [`NAMES`].
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Weights {
    bias: f32,
    of: Features,
}

impl Weights {
    /// Reads a table `feature`, `weight`; `bias` is the constant. A feature without a row weighs nothing.
    pub(crate) fn read(table: &str) -> Result<Self, (usize, String)> {
        let mut out = Self { bias: 0.0, of: [0.0; NAMES.len()] };
        let rows = table.lines().enumerate().filter(|(_, l)| !l.starts_with('#') && !l.trim().is_empty()).skip(1);
        for (i, row) in rows {
            let fails = |message: String| (i + 1, message);
            let (name, weight) =
                row.split_once('\t').ok_or_else(|| fails("a row is a feature and its weight".into()))?;
            let weight: f32 = weight.trim().parse().map_err(|_| fails(format!("{weight:?} is no number")))?;
            match NAMES.iter().position(|n| *n == name) {
                Some(at) => out.of[at] = weight,
                None if name == "bias" => out.bias = weight,
                None => {
                    return Err(fails(format!("there is no feature {name:?}; known are bias, {}", NAMES.join(", "))));
                }
            }
        }
        Ok(out)
    }

    /// The probability, rounded to thousandths.
    pub(crate) fn probability(&self, features: &Features) -> f32 {
        let sum = self.of.iter().zip(features).fold(self.bias, |sum, (w, x)| sum + w * x);
        // In double precision: the rounded value is then the same on every machine.
        let p = 1.0 / (1.0 + exp(-f64::from(sum)));
        ((p * 1000.0).round() / 1000.0) as f32
    }
}

/// e to the power of `x`, by halving and a series: the processor's own may differ in the last bit from machine to machine.
fn exp(x: f64) -> f64 {
    let x = x.clamp(-40.0, 40.0) / 1024.0;
    let series = 1.0 + x * (1.0 + x / 2.0 * (1.0 + x / 3.0 * (1.0 + x / 4.0)));
    (0..10).fold(series, |y, _| y * y)
}

/// What is known of a candidate.
pub(crate) fn features(
    c: &Clauses,
    candidate: &Candidate,
    kind: AnchorKind,
    event_type: EventType,
    status: Status,
    by_place: bool,
    said: bool,
) -> Features {
    let everybody: Vec<&Who> = candidate.actors.iter().chain(&candidate.recipients).collect();
    let tokens = everybody.iter().map(|p| p.head).chain([candidate.anchor]).chain(candidate.words.iter().map(|r| r.0));
    let weakest = tokens.map(|i| c.token(i).probability).fold(1f32, f32::min);
    let known = everybody.iter().filter(|p| p.code.is_some()).count();
    let is = |yes: bool| f32::from(u8::from(yes));
    let doubtful = (0..c.len()).filter(|&i| c.token(i).probability < 0.9).count();
    let far = everybody.iter().map(|p| p.head.abs_diff(candidate.anchor)).max().unwrap_or(0);
    let violence = matches!(event_type, EventType::Assault | EventType::Coerce | EventType::Protest);
    [
        logit(weakest),
        known as f32 / everybody.len().max(1) as f32,
        is(known < everybody.len()),
        is(everybody.len() == 1),
        everybody.len().saturating_sub(2).min(4) as f32,
        is(everybody.iter().any(|p| matches!(c.upos(p.head), Upos::Pron | Upos::Det))),
        is(by_place),
        is(everybody.iter().any(|p| p.sort == Sort::Unknown)),
        is(kind == AnchorKind::Noun),
        candidate.score.min(8.0),
        is(candidate.act.is_some()),
        is(status != Status::Actual),
        is(violence),
        c.depth(candidate.anchor).min(4) as f32,
        log(c.len() as f32),
        doubtful as f32 / c.len().max(1) as f32,
        log(1.0 + far as f32),
        is(said),
    ]
}

/// ln(p / (1 − p)) with both ends cut at 2 %, so that certainty is finite.
fn logit(p: f32) -> f32 {
    log((p + 0.02) / (1.02 - p))
}

/// The natural logarithm to a thousandth: enough for a feature, and the same on every machine.
fn log(x: f32) -> f32 {
    let (mut x, mut powers) = (f64::from(x.max(1e-6)), 0.0);
    while x > 2.0 {
        (x, powers) = (x / 2.0, powers + 1.0);
    }
    while x < 1.0 {
        (x, powers) = (x * 2.0, powers - 1.0);
    }
    let y = (x - 1.0) / (x + 1.0);
    let series = 2.0 * y * (1.0 + y * y / 3.0 * (1.0 + y * y * 3.0 / 5.0 * (1.0 + y * y * 5.0 / 7.0)));
    (((series + powers * std::f64::consts::LN_2) * 1000.0).round() / 1000.0) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_of_weights_gives_a_probability() {
        let weights = Weights::read("# fitted\nfeature\tweight\nbias\t-1\nparse\t2.0\n").expect("a table");
        let mut features = [0.0; NAMES.len()];
        assert_eq!(weights.probability(&features), 0.269);
        features[0] = 0.5;
        assert_eq!(weights.probability(&features), 0.5);
        assert!(Weights::read("feature\tweight\nluck\t1\n").is_err_and(|(line, _)| line == 2));
    }

    #[test]
    fn logarithm_and_power_are_those_of_arithmetic() {
        for x in [0.02f32, 0.5, 1.0, 3.0, 40.0] {
            assert!((log(x) - x.ln()).abs() < 0.002, "{x}: {}", log(x));
        }
        for x in [-12.0f64, -1.0, 0.0, 2.5] {
            assert!((exp(x) / x.exp() - 1.0).abs() < 1e-6, "{x}: {}", exp(x));
        }
    }
}
