//! Levels, intervals and trends of rates.

use serde::Serialize;

/// The 97.5th percentile of the normal distribution.
const Z: f64 = 1.959_964;

/// A rate with its 95 % interval.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Rate {
    /// Events that are counted.
    pub events: u32,
    /// Events for each 1,000 reports of the same months.
    pub value: f64,
    /// The lower end of its interval.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// A rate for 1,000 reports; `None` without reports. The interval is Byar's approximation to the exact interval of a Poisson
/// count (Breslow & Day 1987, Statistical Methods in Cancer Research II, p. 69), widened by the dispersion of the series: events
/// that come in bursts tell less than independent ones.
pub fn rate(events: u32, reports: u32, dispersion: f64) -> Option<Rate> {
    if reports == 0 {
        return None;
    }
    let count = f64::from(events) / dispersion;
    let byar =
        |count: f64, sign: f64| count * (1.0 - 1.0 / (9.0 * count) + sign * Z / (3.0 * count.sqrt())).max(0.0).powi(3);
    let low = if events == 0 { 0.0 } else { byar(count, -1.0) };
    let high = byar(count + 1.0, 1.0);
    let scale = 1000.0 / f64::from(reports);
    Some(Rate {
        events,
        value: scale * f64::from(events),
        low: scale * dispersion * low,
        high: scale * dispersion * high,
    })
}

/// A trend over periods of the same length.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Trend {
    /// Change of the rate from one period to the next: the median of the slopes between all pairs of periods (Theil 1950;
    /// Sen 1968, JASA 63).
    pub slope: f64,
    /// The lower end of its 95 % interval (Sen 1968).
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// Two-sided probability of as strong an order in a series without trend: Mann–Kendall with the correction for ties and,
    /// as neighbouring periods are alike, for serial correlation (Hamed & Rao 1998, Journal of Hydrology 204).
    pub p: f64,
    /// Number of periods.
    pub periods: usize,
}

/// The trend of values of periods that follow each other; `None` for fewer than eight.
pub fn trend(values: &[f64]) -> Option<Trend> {
    let n = values.len();
    if n < 8 {
        return None;
    }
    let mut slopes = Vec::with_capacity(n * (n - 1) / 2);
    let mut s = 0.0;
    for j in 1..n {
        for i in 0..j {
            let difference = values[j] - values[i];
            slopes.push(difference / (j - i) as f64);
            s += f64::from(i8::from(difference > 0.0) - i8::from(difference < 0.0));
        }
    }
    slopes.sort_by(f64::total_cmp);
    let slope = median(&slopes);
    let variance = kendall_variance(values) * correlation_factor(values, slope);
    let deviation = variance.sqrt();
    let z = if s == 0.0 || deviation == 0.0 { 0.0 } else { (s - s.signum()) / deviation };
    // Sen's interval: ranks so far from the middle as S is expected to stray.
    let (pairs, width) = (slopes.len() as f64, Z * deviation);
    let rank = |at: f64| slopes[(at.round().max(0.0) as usize).min(slopes.len() - 1)];
    let (low, high) = (rank((pairs - width) / 2.0 - 1.0), rank((pairs + width) / 2.0));
    // Four decimals: more would depend on the machine's exponential function.
    let p = (20_000.0 * (1.0 - normal(z.abs()))).round() / 10_000.0;
    Some(Trend { slope, low, high, p, periods: n })
}

/// The middle of sorted values.
fn median(sorted: &[f64]) -> f64 {
    let middle = sorted.len() / 2;
    if sorted.len() % 2 == 1 { sorted[middle] } else { f64::midpoint(sorted[middle - 1], sorted[middle]) }
}

/// Variance of Kendall's S without trend, with the correction for ties.
fn kendall_variance(values: &[f64]) -> f64 {
    let term = |n: f64| n * (n - 1.0) * (2.0 * n + 5.0);
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let ties: f64 = sorted.chunk_by(|a, b| a == b).map(|same| term(same.len() as f64)).sum();
    (term(values.len() as f64) - ties) / 18.0
}

/// How much wider S strays in a series whose neighbours are alike: by the significant autocorrelations of the ranks of
/// what the trend leaves. At least 1: what makes a test bolder is not believed of so short a series.
fn correlation_factor(values: &[f64], slope: f64) -> f64 {
    let n = values.len();
    let rest: Vec<f64> = values.iter().enumerate().map(|(i, v)| v - slope * i as f64).collect();
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by(|i, j| rest[*i].total_cmp(&rest[*j]));
    let mut ranks = vec![0.0; n];
    let mut at = 0;
    for same in order.chunk_by(|i, j| rest[*i] == rest[*j]) {
        let mean = at as f64 + (same.len() as f64 + 1.0) / 2.0;
        same.iter().for_each(|i| ranks[*i] = mean);
        at += same.len();
    }
    let mean = (n as f64 + 1.0) / 2.0;
    let spread: f64 = ranks.iter().map(|r| (r - mean).powi(2)).sum();
    if spread == 0.0 {
        return 1.0;
    }
    let length = n as f64;
    let sum: f64 = (1..n)
        .filter_map(|lag| {
            let product: f64 = (lag..n).map(|i| (ranks[i] - mean) * (ranks[i - lag] - mean)).sum();
            let correlation = product / spread;
            let rest = length - lag as f64;
            (correlation.abs() > Z / length.sqrt()).then_some(rest * (rest - 1.0) * (rest - 2.0) * correlation)
        })
        .sum();
    (1.0 + 2.0 / (length * (length - 1.0) * (length - 2.0)) * sum).max(1.0)
}

/// The distribution function of the normal distribution (Abramowitz & Stegun 26.2.17; error below 7.5e-8), for z of 0 and
/// above.
fn normal(z: f64) -> f64 {
    let t = 1.0 / (1.0 + 0.231_641_9 * z);
    let series =
        t * (0.319_381_530 + t * (-0.356_563_782 + t * (1.781_477_937 + t * (-1.821_255_978 + t * 1.330_274_429))));
    1.0 - (-z * z / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt() * series
}
