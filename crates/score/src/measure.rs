//! Measures and their intervals. Everything is deterministic: the bootstrap draws with a fixed seed.

use std::collections::BTreeMap;

/// The 95 % interval of a measure.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Interval {
    /// 2.5 % of the draws are below.
    pub low: f64,
    /// 2.5 % of the draws are above.
    pub high: f64,
}

/// A number of hits among a number of tries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ratio {
    /// Hits.
    pub hits: usize,
    /// Tries.
    pub of: usize,
}

impl Ratio {
    /// The share, 0 where nothing was tried.
    pub fn value(self) -> f64 {
        if self.of == 0 { 0.0 } else { self.hits as f64 / self.of as f64 }
    }
}

/// How well a class is found.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ClassScore {
    /// Of the answers with this class, those that are right.
    pub precision: Ratio,
    /// Of the gold with this class, what was found.
    pub recall: Ratio,
}

impl ClassScore {
    /// Harmonic mean of precision and recall.
    pub fn f1(&self) -> f64 {
        let all = self.precision.of + self.recall.of;
        if self.precision.hits == 0 { 0.0 } else { 2.0 * self.precision.hits as f64 / all as f64 }
    }
}

/// Wilson's score interval of a share at 95 % (E. B. Wilson, JASA 22, 1927).
pub fn wilson(ratio: Ratio) -> Interval {
    if ratio.of == 0 {
        return Interval { low: 0.0, high: 1.0 };
    }
    let (n, p, z) = (ratio.of as f64, ratio.value(), 1.959_964);
    let centre = p + z * z / (2.0 * n);
    let spread = z * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt();
    let scale = 1.0 + z * z / n;
    Interval { low: ((centre - spread) / scale).max(0.0), high: ((centre + spread) / scale).min(1.0) }
}

/// The share of answers that are the gold's.
pub fn accuracy(pairs: &[(&str, &str)]) -> f64 {
    Ratio { hits: pairs.iter().filter(|(gold, given)| gold == given).count(), of: pairs.len() }.value()
}

/// Each class of the gold or the answers with its score. `pairs` are (gold, answer).
pub fn per_class<'a>(pairs: &[(&'a str, &'a str)]) -> BTreeMap<&'a str, ClassScore> {
    let mut all: BTreeMap<&str, ClassScore> = BTreeMap::new();
    for &(gold, given) in pairs {
        let hit = usize::from(gold == given);
        let of_gold = all.entry(gold).or_default();
        of_gold.recall.of += 1;
        of_gold.recall.hits += hit;
        let of_given = all.entry(given).or_default();
        of_given.precision.of += 1;
        of_given.precision.hits += hit;
    }
    all
}

/// Mean F1 over the classes that the gold has; a record without an answer is a miss of its class.
pub fn macro_f1(pairs: &[(&str, &str)]) -> f64 {
    let classes = per_class(pairs);
    let present: Vec<f64> = classes.values().filter(|c| c.recall.of > 0).map(ClassScore::f1).collect();
    present.iter().sum::<f64>() / present.len().max(1) as f64
}

const ROUNDS: usize = 1000;

/// The 95 % bootstrap interval of a measure: records are drawn with replacement, 1,000 times, always the same draws
/// (B. Efron, Annals of Statistics 7, 1979; percentile interval).
pub fn bootstrap<T: Copy>(records: &[T], measure: impl Fn(&[T]) -> f64) -> Interval {
    if records.is_empty() {
        return Interval::default();
    }
    let mut state = 20_240_819_u64;
    let mut values: Vec<f64> = Vec::with_capacity(ROUNDS);
    let mut draw: Vec<T> = Vec::with_capacity(records.len());
    for _ in 0..ROUNDS {
        draw.clear();
        draw.extend((0..records.len()).map(|_| records[(next(&mut state) % records.len() as u64) as usize]));
        values.push(measure(&draw));
    }
    values.sort_by(f64::total_cmp);
    Interval { low: values[ROUNDS / 40], high: values[ROUNDS - ROUNDS / 40 - 1] }
}

/// SplitMix64 (G. L. Steele, D. Lea, C. H. Flood, OOPSLA 2014): small, and the same on every machine.
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAIRS: [(&str, &str); 4] = [("A", "A"), ("A", "B"), ("B", "B"), ("C", "–")];

    #[test]
    fn an_uncoded_record_is_a_miss_of_its_class_and_no_class_of_its_own() {
        // A: precision 1, recall 1/2; B: precision 1/2, recall 1; C: nothing.
        assert!((accuracy(&PAIRS) - 0.5).abs() < 1e-12);
        assert!((macro_f1(&PAIRS) - (2.0 / 3.0 + 2.0 / 3.0) / 3.0).abs() < 1e-12);
    }

    #[test]
    fn intervals_hold_the_value_and_are_always_the_same() {
        let pairs: Vec<(&str, &str)> = (0..200).map(|i| ("A", if i % 4 == 0 { "B" } else { "A" })).collect();
        let once = bootstrap(&pairs, accuracy);
        assert_eq!(once, bootstrap(&pairs, accuracy));
        assert!(once.low < 0.75 && 0.75 < once.high, "{once:?}");
        assert!(once.high - once.low < 0.16, "{once:?}");
    }

    #[test]
    fn wilson_gives_the_published_interval() {
        // 46 of 102, as computed in eval/reading.md
        let interval = wilson(Ratio { hits: 46, of: 102 });
        assert!((interval.low - 0.358).abs() < 0.001 && (interval.high - 0.548).abs() < 0.001, "{interval:?}");
    }
}
