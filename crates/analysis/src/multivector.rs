//! The multi-vector index: how evenly and how well a state keeps ties to several powers, and to rivals among them.
//!
//! `docs/multivector.md` gives the reasons, the literature and the behaviour on known cases. Here is the arithmetic, on
//! plain numbers, so that it can be tested by itself.

use serde::Serialize;

/// Below this number of occurrences, observed or to be expected, a tie is not measured.
pub const FEWEST: f64 = 5.0;
/// Below this number of occurrences with all powers together there is no index.
pub const FEWEST_IN_ALL: usize = 15;
/// Resamples for the interval.
pub const DRAWS: usize = 500;
/// The share of draws inside the interval.
pub const INTERVAL: f64 = 0.9;
/// One unit of weight is a tenth of PLOVER's scale: an assault, or two to five acts of cooperation. So much of it is
/// taken for granted, half cooperation and half conflict, before anything is observed.
const PRIOR: f64 = 1.0;
/// Two powers are called rivals where conflict is at least this share of what is between them.
pub const RIVAL: f64 = 0.5;

/// What is between the state and a power.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tie {
    /// The weight of each occurrence, PLOVER score by ten: positive for cooperation, negative for conflict.
    pub weights: Vec<f64>,
    /// Weight of all the power's cooperation with anybody in that time: the yardstick of its prominence.
    pub prominence: f64,
    /// Occurrences to be expected were the state's partners drawn by the number of their occurrences alone.
    pub expected: f64,
}

impl Tie {
    /// Whether enough is known, or so little although much would be expected that the little says something.
    pub fn is_measured(&self) -> bool {
        self.weights.len() as f64 >= FEWEST || self.expected >= FEWEST
    }
}

/// Two powers by their places in the list, and how hostile they are to each other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rivals {
    /// One.
    pub one: usize,
    /// The other.
    pub other: usize,
    /// Conflict as a share of what is between them, drawn towards one half: 0 to 1. It weighs by its square, so that rivals
    /// count and friends hardly do, without a threshold at which the index would jump.
    pub hostility: f64,
}

/// The index with its parts, or why there is none.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Index {
    /// Occurrences with all powers.
    pub events: usize,
    /// The value, 0 to 1, with its interval; `None` where too little is known.
    pub value: Option<Estimate>,
    /// Evenness of cooperation over the powers, each measured by its prominence: 0 (all with one) to 1.
    pub evenness: Option<Estimate>,
    /// Geometric mean over the powers of cooperation's share, 0 to 1.
    pub warmth: Option<Estimate>,
    /// Warm and even ties to both of two powers, over all pairs, the hostile ones weighing most; 0 to 1.
    pub bridging: Option<Estimate>,
    /// Share of each power in the cooperation, measured by prominence; they add up to 1. In the order of the powers.
    pub shares: Vec<f64>,
    /// Share of cooperation in what is between the state and each power, 0 to 1.
    pub warmths: Vec<f64>,
    /// Why there is no value: the places of the powers that are not measured.
    pub unmeasured: Vec<usize>,
}

/// A number with the interval that holds 90 % of the resamples.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Estimate {
    /// From all occurrences.
    pub value: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// Share of cooperation in weights, drawn towards one half by `PRIOR`: 0 to 1.
pub fn warmth(weights: impl Iterator<Item = f64>) -> f64 {
    let (cooperation, conflict) = sums(weights);
    (cooperation + PRIOR / 2.0) / (cooperation + conflict + PRIOR)
}

fn sums(weights: impl Iterator<Item = f64>) -> (f64, f64) {
    weights.fold((0.0, 0.0), |(up, down), w| if w >= 0.0 { (up + w, down) } else { (up, down - w) })
}

/// The index of ties to two powers or more, with intervals from [`DRAWS`] resamples of the occurrences, each power's for
/// itself. The resamples depend on nothing but the input.
pub fn index(ties: &[Tie], rivals: &[Rivals]) -> Index {
    let events = ties.iter().map(|tie| tie.weights.len()).sum();
    let unmeasured: Vec<usize> = (0..ties.len()).filter(|i| !ties[*i].is_measured()).collect();
    let balances: Vec<(f64, f64)> = ties.iter().map(|tie| sums(tie.weights.iter().copied())).collect();
    let parts = parts(ties, &balances, rivals);
    let none = Index {
        events,
        value: None,
        evenness: None,
        warmth: None,
        bridging: None,
        shares: parts.shares.clone(),
        warmths: parts.warmths.clone(),
        unmeasured,
    };
    if ties.len() < 2 || !none.unmeasured.is_empty() || events < FEWEST_IN_ALL {
        return none;
    }
    let mut dice = Dice(0x6c65_6761_7469_6f6e);
    let mut draws: Vec<[f64; 4]> = Vec::with_capacity(DRAWS);
    for _ in 0..DRAWS {
        let drawn: Vec<(f64, f64)> = ties
            .iter()
            .map(|tie| sums((0..tie.weights.len()).map(|_| tie.weights[dice.below(tie.weights.len())])))
            .collect();
        draws.push(self::parts(ties, &drawn, rivals).numbers());
    }
    let own = parts.numbers();
    let estimate = |i: usize| {
        let mut column: Vec<f64> = draws.iter().map(|draw| draw[i]).collect();
        column.sort_by(f64::total_cmp);
        let at = |share: f64| column[((column.len() - 1) as f64 * share).round() as usize];
        let (low, high) = (at((1.0 - INTERVAL) / 2.0), at((1.0 + INTERVAL) / 2.0));
        // Resampling makes evenness smaller on the whole; an interval that leaves its own value out would only confuse.
        Some(Estimate { value: own[i], low: low.min(own[i]), high: high.max(own[i]) })
    };
    Index {
        value: estimate(0),
        evenness: estimate(1),
        warmth: estimate(2),
        bridging: parts.bridging.and_then(|_| estimate(3)),
        ..none
    }
}

struct Parts {
    evenness: f64,
    warmth: f64,
    bridging: Option<f64>,
    shares: Vec<f64>,
    warmths: Vec<f64>,
}

impl Parts {
    /// The index and its three parts.
    fn numbers(&self) -> [f64; 4] {
        let all = [Some(self.evenness), Some(self.warmth), self.bridging];
        [geometric(all.into_iter().flatten()), self.evenness, self.warmth, self.bridging.unwrap_or(0.0)]
    }
}

fn parts(ties: &[Tie], balances: &[(f64, f64)], rivals: &[Rivals]) -> Parts {
    // Half a unit of cooperation is taken for granted here too, spread as the powers' prominence is: evenly, once measured.
    let prominence: f64 = ties.iter().map(|tie| tie.prominence).sum();
    let relative: Vec<f64> = ties
        .iter()
        .zip(balances)
        .map(|(tie, (cooperation, _))| match tie.prominence {
            p if p > 0.0 => cooperation / p + PRIOR / 2.0 / prominence,
            _ => 0.0,
        })
        .collect();
    let sum: f64 = relative.iter().sum();
    let shares: Vec<f64> = relative.iter().map(|r| if sum > 0.0 { r / sum } else { 0.0 }).collect();
    let warmths: Vec<f64> = balances.iter().map(|(up, down)| (up + PRIOR / 2.0) / (up + down + PRIOR)).collect();
    let bridged = rivals.iter().map(|pair| {
        let (one, other) = (shares[pair.one], shares[pair.other]);
        let even = if one + other > 0.0 { 2.0 * one.min(other) / (one + other) } else { 0.0 };
        let weight = pair.hostility * pair.hostility;
        (weight, weight * even * warmths[pair.one].min(warmths[pair.other]))
    });
    let (weight, bridged) = bridged.fold((0.0, 0.0), |(w, b), (weight, value)| (w + weight, b + value));
    Parts {
        evenness: evenness(&shares),
        warmth: geometric(warmths.iter().copied()),
        bridging: (weight > 0.0).then(|| bridged / weight),
        shares,
        warmths,
    }
}

/// Pielou's evenness: Shannon's entropy by its greatest value, the logarithm of the number of kinds (Pielou 1966).
pub fn evenness(shares: &[f64]) -> f64 {
    if shares.len() < 2 {
        return 0.0;
    }
    let entropy: f64 = shares.iter().filter(|share| **share > 0.0).map(|share| -share * share.ln()).sum();
    (entropy / (shares.len() as f64).ln()).clamp(0.0, 1.0)
}

fn geometric(values: impl Iterator<Item = f64>) -> f64 {
    let (product, number) = values.fold((1.0, 0), |(product, number), value| (product * value, number + 1));
    if number == 0 { 0.0 } else { f64::powf(product, 1.0 / f64::from(number)) }
}

/// SplitMix64 (Steele, Lea and Flood 2014), from a fixed seed.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        ((u128::from(self.next()) * bound as u128) >> 64) as usize
    }
}
