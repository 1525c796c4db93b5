use legation_analysis::changes::{changes, dispersion};
use legation_analysis::trend::{rate, trend};

/// Numbers that look random and are the same everywhere (Knuth's MMIX generator).
struct Dice(u64);

impl Dice {
    fn unit(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
    }

    /// A Poisson number (Knuth).
    fn poisson(&mut self, mean: f64) -> u32 {
        let (limit, mut product, mut n) = ((-mean).exp(), self.unit(), 0);
        while product > limit {
            product *= self.unit();
            n += 1;
        }
        n
    }

    /// A number of events that come in bursts: as many bursts as Poisson says, each of one to five.
    fn bursts(&mut self, mean: f64) -> u32 {
        let bursts = self.poisson(mean / 3.0);
        (0..bursts).map(|_| 1 + (self.unit() * 5.0) as u32).sum()
    }
}

const MONTHS: usize = 276;

/// Reports of a record that grows to thrice its size, with some thin months.
fn reports() -> Vec<u32> {
    (0..MONTHS).map(|i| if i % 37 == 5 { 40 } else { 200 + 400 * i as u32 / MONTHS as u32 }).collect()
}

/// A series of events with a rate for 1,000 reports that depends on the month.
fn series(dice: &mut Dice, reports: &[u32], rate: impl Fn(usize) -> f64, bursts: bool) -> Vec<u32> {
    let mean = |i: usize| rate(i) * f64::from(reports[i]) / 1000.0;
    (0..reports.len()).map(|i| if bursts { dice.bursts(mean(i)) } else { dice.poisson(mean(i)) }).collect()
}

#[test]
fn a_steady_rate_has_no_turning_points_whatever_the_coverage() {
    let reports = reports();
    for (bursts, allowed) in [(false, 4), (true, 8)] {
        for mean in [0.5, 3.0, 20.0, 60.0] {
            let mut dice = Dice(7 + mean as u64);
            let false_alarms = (0..100)
                .filter(|_| !changes(&series(&mut dice, &reports, |_| mean, bursts), &reports).is_empty())
                .count();
            assert!(false_alarms <= allowed, "{false_alarms} of 100 steady series of rate {mean}, bursts {bursts}");
        }
    }
}

#[test]
fn a_war_that_begins_and_ends_is_found_in_its_months() {
    let reports = reports();
    for bursts in [false, true] {
        let mut dice = Dice(11);
        let (mut exact, mut near, mut extra) = (0, 0, 0);
        for _ in 0..100 {
            let counts = series(&mut dice, &reports, |i| if (100..124).contains(&i) { 60.0 } else { 6.0 }, bursts);
            let found = changes(&counts, &reports);
            exact += usize::from(found.iter().map(|c| c.at).eq([100, 124]));
            let close = |at: usize| found.iter().any(|c| c.at.abs_diff(at) <= 2);
            near += usize::from(close(100) && close(124));
            extra += usize::from(found.len() > 2);
            if let [up, down] = found.as_slice() {
                assert!(up.after > up.before && down.after < down.before);
            }
        }
        assert!(near >= 98 && extra <= 8, "bursts {bursts}: found {near}, exactly {exact}, with others {extra}");
        assert!(bursts || exact >= 80, "exactly {exact}");
    }
}

#[test]
fn the_interval_of_a_turning_point_holds_its_true_month() {
    let reports = reports();
    let mut dice = Dice(3);
    let (mut held, mut found) = (0, 0);
    for _ in 0..200 {
        let counts = series(&mut dice, &reports, |i| if i < 150 { 8.0 } else { 20.0 }, false);
        for change in changes(&counts, &reports).iter().take(1) {
            found += 1;
            held += usize::from(change.between.0 <= 150 && 150 <= change.between.1);
        }
    }
    assert!(found >= 190 && held * 100 >= found * 90, "{held} of {found}");
}

#[test]
fn a_record_that_tells_more_of_everything_is_no_change() {
    let reports: Vec<u32> = (0..MONTHS).map(|i| if i < 140 { 100 } else { 1000 }).collect();
    let mut dice = Dice(5);
    let counts = series(&mut dice, &reports, |_| 30.0, false);
    assert!(changes(&counts, &reports).is_empty());
    // A month without any report is passed over.
    let mut gaps = reports.clone();
    (50..60).for_each(|i| gaps[i] = 0);
    let counts: Vec<u32> = counts.iter().zip(&gaps).map(|(n, reports)| if *reports > 0 { *n } else { 0 }).collect();
    assert!(changes(&counts, &gaps).is_empty());
    assert!(
        changes(&[], &[]).is_empty() && changes(&[3; 5], &[9; 5]).is_empty() && changes(&[0; 90], &[9; 90]).is_empty()
    );
}

#[test]
fn bursts_are_told_from_independent_events() {
    let reports = reports();
    let mut dice = Dice(9);
    let plain = dispersion(&series(&mut dice, &reports, |_| 20.0, false), &reports);
    let bursty = dispersion(&series(&mut dice, &reports, |_| 20.0, true), &reports);
    assert!((1.0..1.4).contains(&plain), "{plain}");
    assert!((2.4..5.5).contains(&bursty), "bursts of one to five: 3.67 expected, {bursty}");
}

#[test]
fn intervals_hold_the_true_rate() {
    let mut dice = Dice(13);
    for mean in [0.3, 2.0, 15.0] {
        let held = (0..1000).filter(|_| {
            let found = rate(dice.poisson(mean), 1000, 1.0).expect("reports");
            found.low <= mean && mean <= found.high
        });
        let held = held.count();
        assert!(held >= 940, "{held} of 1000 at {mean}");
    }
    assert!(rate(3, 0, 1.0).is_none());
    let exact = rate(10, 1000, 1.0).expect("reports");
    // The exact interval of ten events: 4.80 to 18.39.
    assert!((exact.low - 4.80).abs() < 0.05 && (exact.high - 18.39).abs() < 0.05, "{exact:?}");
}

#[test]
fn trends_are_found_and_chance_is_not() {
    let rising: Vec<f64> = (0..22).map(|i| f64::from(i) + [0.5, -0.7, 0.1][i as usize % 3]).collect();
    let found = trend(&rising).expect("long enough");
    assert!((found.slope - 1.0).abs() < 0.1 && found.low <= 1.0 && 1.0 <= found.high && found.p < 0.001, "{found:?}");
    assert!(trend(&rising[..7]).is_none());
    let flat = trend(&[2.0; 12]).expect("long enough");
    assert_eq!((flat.slope, flat.p), (0.0, 1.0));
    let mut dice = Dice(17);
    let alarms = (0..400).filter(|_| {
        let noise: Vec<f64> = (0..22).map(|_| dice.unit()).collect();
        trend(&noise).is_some_and(|t| t.p < 0.05)
    });
    let alarms = alarms.count();
    assert!(alarms <= 30, "{alarms} of 400 at the 5 % level");
}

/// The best segmentation found by trying every last segment at every end (Jackson et al. 2005), without pruning.
fn full_search(counts: &[u32], reports: &[u32]) -> Vec<usize> {
    let n = counts.len();
    let dispersion = dispersion(counts, reports);
    let sum = |list: &[u32], from: usize, to: usize| list[from..to].iter().map(|n| f64::from(*n)).sum::<f64>();
    let cost = |from: usize, to: usize| {
        let events = sum(counts, from, to);
        if events > 0.0 { -2.0 * events * (events / sum(reports, from, to)).ln() / dispersion } else { 0.0 }
    };
    let penalty = 3.0 * (n as f64).ln();
    let mut best = vec![(f64::INFINITY, 0); n + 1];
    best[0].0 = -penalty;
    for to in 3..=n {
        for from in (0..=to - 3).filter(|from| *from == 0 || *from >= 3) {
            let total = best[from].0 + cost(from, to) + penalty;
            if total < best[to].0 {
                best[to] = (total, from);
            }
        }
    }
    let mut ends: Vec<usize> =
        std::iter::successors(Some(best[n].1), |at| Some(best[*at].1)).take_while(|at| *at > 0).collect();
    ends.reverse();
    ends
}

#[test]
fn the_changes_are_those_of_the_full_search() {
    let mut dice = Dice(23);
    let (mut all, mut some) = (0, 0);
    for length in [12, 40, 120] {
        for _ in 0..60 {
            let reports: Vec<u32> = (0..length).map(|_| 50 + (dice.unit() * 100.0) as u32).collect();
            let levels: Vec<f64> = (0..=length / 4).map(|_| dice.unit() * dice.unit() * 120.0).collect();
            let counts = series(&mut dice, &reports, |i| levels[i / 4], false);
            let found: Vec<usize> = changes(&counts, &reports).iter().map(|c| c.at).collect();
            assert_eq!(found, full_search(&counts, &reports), "{counts:?}");
            all += 1;
            some += usize::from(found.len() > 1);
        }
    }
    assert!(some * 2 > all, "a hard set: {some} of {all} with several changes");
}
