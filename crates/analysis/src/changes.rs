//! Turning points of a series of counts: months after which the rate is another one.
//!
//! The counts of a segment are taken as Poisson with one rate for each report of the record (the exposure), so that a month
//! in which the record tells more of everything is no change. News comes in bursts: the likelihood is divided by a dispersion
//! ([`dispersion`]), as in quasi-Poisson regression (McCullagh & Nelder 1989, §6.2). The best segmentation is found exactly by
//! PELT (Killick, Fearnhead & Eckley 2012, "Optimal detection of changepoints with a linear computational cost", JASA 107).
//! A change must earn [`PENALTY`] · ln n twice-log-likelihood units: with the two parameters of a change (where, and which
//! rate) the BIC would ask for 2 · ln n; 3 · ln n is the leading term of the modified BIC for change points (Zhang & Siegmund
//! 2007, Biometrics 63).

use serde::Serialize;

/// Twice-log-likelihood units that a change must earn, for each ln of the number of months.
pub const PENALTY: f64 = 3.0;

/// The fewest months between two changes.
pub const SHORTEST: usize = 3;

/// Half the loss in likelihood at the ends of a 95 % interval: the 95th percentile of χ² with one degree of freedom.
const CHI2: f64 = 3.841;

/// A change of the rate.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Change {
    /// The first index of the new rate.
    pub at: usize,
    /// The first and last index at which it may lie: where the likelihood, the neighbours held, is not worse by more than a
    /// 95 % interval allows.
    pub between: (usize, usize),
    /// Events for each unit of exposure in the segment before.
    pub before: f64,
    /// And in the one after.
    pub after: f64,
}

/// The changes of a series of counts with their exposures (reports of the month). Where there is no exposure nothing is
/// known, and the counts there are passed over.
pub fn changes(counts: &[u32], exposure: &[u32]) -> Vec<Change> {
    let known: Vec<usize> = (0..counts.len().min(exposure.len())).filter(|i| exposure[*i] > 0).collect();
    let n = known.len();
    if n < 2 * SHORTEST {
        return Vec::new();
    }
    let costs = Costs::new(
        known.iter().map(|i| (f64::from(counts[*i]), f64::from(exposure[*i]))),
        dispersion(counts, exposure),
    );
    let ends = pelt(n, &|from, to| costs.of(from, to), PENALTY * (n as f64).ln(), SHORTEST);
    let bounds: Vec<usize> = [0].into_iter().chain(ends.iter().copied()).chain([n]).collect();
    bounds
        .windows(3)
        .map(|w| {
            let [from, at, to] = [w[0], w[1], w[2]];
            let split = |k: usize| costs.of(from, k) + costs.of(k, to);
            let close = |k: &usize| split(*k) <= split(at) + CHI2;
            let first = (from + 1..=at).find(close).unwrap_or(at);
            let last = (at..to).rev().find(close).unwrap_or(at);
            Change {
                at: known[at],
                between: (known[first], known[last]),
                before: costs.rate(from, at),
                after: costs.rate(at, to),
            }
        })
        .collect()
}

/// How much more the counts vary from month to month than Poisson counts do: the mean of Pearson's X² of neighbouring months
/// about their common rate, which a lasting change of the rate enters once only. The highest fiftieth is left out (there
/// the changes are), and the mean of χ² without it put right. At least 1.
pub fn dispersion(counts: &[u32], exposure: &[u32]) -> f64 {
    const LEFT_OUT: f64 = 0.02;
    /// Mean of χ² with one degree of freedom below its 98th percentile.
    const REST: f64 = 0.857;
    let known: Vec<(f64, f64)> =
        counts.iter().zip(exposure).filter(|(_, e)| **e > 0).map(|(y, e)| (f64::from(*y), f64::from(*e))).collect();
    let mut all: Vec<f64> = known
        .windows(2)
        .filter_map(|pair| {
            let [(y, e), (z, f)] = [pair[0], pair[1]];
            let rate = (y + z) / (e + f);
            (rate > 0.0).then(|| (y - rate * e).powi(2) / (rate * e) + (z - rate * f).powi(2) / (rate * f))
        })
        .collect();
    all.sort_by(f64::total_cmp);
    let kept = ((all.len() as f64) * (1.0 - LEFT_OUT)).ceil() as usize;
    let mean = all.iter().take(kept).sum::<f64>() / kept.max(1) as f64;
    (mean / REST).max(1.0)
}

/// Costs of segments, from sums.
struct Costs {
    events: Vec<f64>,
    exposure: Vec<f64>,
    dispersion: f64,
}

impl Costs {
    fn new(points: impl Iterator<Item = (f64, f64)>, dispersion: f64) -> Self {
        let (mut events, mut exposure) = (vec![0.0], vec![0.0]);
        for (i, (y, e)) in points.enumerate() {
            events.push(events[i] + y);
            exposure.push(exposure[i] + e);
        }
        Self { events, exposure, dispersion }
    }

    fn sums(&self, from: usize, to: usize) -> (f64, f64) {
        (self.events[to] - self.events[from], self.exposure[to] - self.exposure[from])
    }

    /// Minus twice the maximal log-likelihood of a segment, but for what no segmentation changes, over the dispersion.
    fn of(&self, from: usize, to: usize) -> f64 {
        let (events, exposure) = self.sums(from, to);
        if events > 0.0 { -2.0 * events * ln(events / exposure) / self.dispersion } else { 0.0 }
    }

    fn rate(&self, from: usize, to: usize) -> f64 {
        let (events, exposure) = self.sums(from, to);
        events / exposure
    }
}

/// The beginnings of the second and later segments of the cheapest segmentation of `0..n`: each segment costs `cost(from, to)`
/// and each change `penalty`. PELT, with segments of at least `shortest`.
fn pelt(n: usize, cost: &dyn Fn(usize, usize) -> f64, penalty: f64, shortest: usize) -> Vec<usize> {
    let mut best = vec![f64::INFINITY; n + 1];
    let mut last = vec![0_usize; n + 1];
    best[0] = -penalty;
    // Beginnings of the last segment, with the end from which on they can be passed over.
    let mut candidates: Vec<(usize, usize)> = vec![(0, usize::MAX)];
    for to in shortest..=n {
        let next = to - shortest;
        if next >= shortest {
            candidates.push((next, usize::MAX));
        }
        candidates.retain(|(_, until)| to < *until);
        let mut least = (f64::INFINITY, 0);
        for (from, _) in &candidates {
            let total = best[*from] + cost(*from, to) + penalty;
            if total < least.0 {
                least = (total, *from);
            }
        }
        (best[to], last[to]) = least;
        // A beginning that is worse here by a whole change stays worse than one that begins here, which may end after the
        // shortest time.
        for (from, until) in &mut candidates {
            if *until == usize::MAX && best[*from] + cost(*from, to) > best[to] {
                *until = to + shortest;
            }
        }
    }
    let mut ends = Vec::new();
    let mut at = n;
    while last[at] > 0 {
        at = last[at];
        ends.push(at);
    }
    ends.reverse();
    ends
}

/// The natural logarithm, in plain arithmetic: the same on every machine.
pub(crate) fn ln(x: f64) -> f64 {
    if x <= 0.0 {
        return f64::NEG_INFINITY;
    }
    let bits = x.to_bits();
    let exponent = ((bits >> 52) & 0x7ff) as i32 - 1023;
    if exponent == -1023 {
        // Subnormal numbers are none of ours; scale them into the normal range.
        return ln(x * 18_014_398_509_481_984.0) - 54.0 * std::f64::consts::LN_2;
    }
    let mut mantissa = f64::from_bits(bits & 0x000f_ffff_ffff_ffff | 0x3ff0_0000_0000_0000);
    let mut exponent = f64::from(exponent);
    if mantissa > std::f64::consts::SQRT_2 {
        mantissa /= 2.0;
        exponent += 1.0;
    }
    // ln m = 2 artanh((m - 1) / (m + 1)), and |(m - 1) / (m + 1)| < 0.172.
    let z = (mantissa - 1.0) / (mantissa + 1.0);
    let square = z * z;
    let (mut term, mut sum, mut k) = (z, 0.0, 1.0);
    while k < 26.0 {
        sum += term / k;
        term *= square;
        k += 2.0;
    }
    2.0 * sum + exponent * std::f64::consts::LN_2
}
