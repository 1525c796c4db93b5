use crate::{Instant, Step};

/// A place on an axis with its label.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Tick {
    pub at: f64,
    pub label: String,
}

/// About `count` round numbers that enclose `low` to `high`: steps of 1, 2, 2.5 or 5 times a power of ten.
pub(crate) fn ticks(low: f64, high: f64, count: usize) -> Vec<Tick> {
    let (low, high) = if high > low { (low, high) } else { (low - 0.5, low + 0.5) };
    let raw = (high - low) / count.max(1) as f64;
    let power = 10f64.powi(raw.log10().floor() as i32);
    let step = [1.0, 2.0, 2.5, 5.0, 10.0].into_iter().map(|m| m * power).find(|s| *s >= raw * 0.999).unwrap_or(raw);
    let (first, last) = ((low / step + 1e-9).floor() as i64, (high / step - 1e-9).ceil() as i64);
    // As many decimals as the step has.
    let decimals = (0..6).find(|d| ((step * 10f64.powi(*d)).fract()).min(1.0 - (step * 10f64.powi(*d)).fract()) < 1e-6);
    let decimals = decimals.unwrap_or(6) as usize;
    (first..=last).map(|n| n as f64 * step).map(|at| Tick { at, label: number(at, decimals) }).collect()
}

/// A number with a true minus and a thin space between thousands.
pub(crate) fn number(value: f64, decimals: usize) -> String {
    let text = format!("{:.decimals$}", value.abs());
    let (whole, rest) = text.split_once('.').map_or((text.as_str(), String::new()), |(w, r)| (w, format!(".{r}")));
    let mut grouped = String::new();
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) && whole.len() > 4 {
            grouped.push('\u{2009}');
        }
        grouped.push(digit);
    }
    let zero = !text.bytes().any(|b| (b'1'..=b'9').contains(&b));
    if value < 0.0 && !zero { format!("\u{2212}{grouped}{rest}") } else { format!("{grouped}{rest}") }
}

/// Labels of time between two instants, not nearer to each other than `apart` of `room` pixels.
pub(crate) fn time_ticks((from, to): (Instant, Instant), step: Step, room: f32, apart: f32) -> Vec<Tick> {
    let (from, to) = (from.0, to.0);
    let fit = (room / apart).max(1.0) as f64;
    if step == Step::Month && to - from < 2.5 {
        let months = ((to - from) * 12.0).max(1.0);
        let every = [1.0, 2.0, 3.0, 6.0, 12.0].into_iter().find(|e| months / e <= fit).unwrap_or(12.0);
        let first = (from * 12.0 / every - 1e-6).ceil() as i64;
        let last = (to * 12.0 / every + 1e-6).floor() as i64;
        let label = |month: i64| format!("{}-{:02}", month.div_euclid(12), month.rem_euclid(12) + 1);
        return (first..=last)
            .map(|n| n * every as i64)
            .map(|month| Tick { at: month as f64 / 12.0, label: label(month) })
            .collect();
    }
    let every = [1, 2, 5, 10, 20, 50, 100].into_iter().find(|e| (to - from) / *e as f64 <= fit).unwrap_or(200);
    // A year's label stands under its first day in monthly series, under its middle in yearly ones.
    let middle = if step == Step::Year { 0.5 } else { 0.0 };
    let first = ((from - middle) / every as f64 - 1e-6).ceil() as i64;
    let last = ((to - middle) / every as f64 + 1e-6).floor() as i64;
    (first..=last).map(|n| n * every).map(|year| Tick { at: year as f64 + middle, label: year.to_string() }).collect()
}
