//! What the words of two sentences have in common.

use super::{ACT, DEATH, FIGURE, KILLING, MARK, NAME, OF_PERSON, PROCESS, Word};
use std::cmp::Ordering;
use std::collections::BTreeSet;

/// What the words of two sentences have in common, and what each has alone. Weights are sums of the words' weights.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Common {
    /// Twice the weight of the words of both by the weight of all (Dice), in thousandths.
    pub alike: i64,
    /// Weight of the rare words (names and others) of both.
    pub rare: i64,
    /// Weight of the names that only one has: of the one that has less of it.
    pub names_apart: i64,
    /// Each has a figure that the other has not.
    pub figures_apart: bool,
    /// Both have a figure of two digits or more.
    pub figure: bool,
    /// Of the words close to the act in the one, the share that the other sentence has, by weight, in thousandths; and the
    /// other way round.
    pub close: [i64; 2],
    /// A word that names the act in both.
    pub act: bool,
    /// Both name an act of `once.txt`: a process, or what befalls a person once.
    pub once: bool,
    /// Both name the same such act.
    pub same_once: bool,
}

/// Compares the words of two sentences, each sorted.
///
/// What befalls a person once counts as such where both name the person.
pub(crate) fn common(a: &[u32], b: &[u32], named: bool) -> Common {
    let acts = |list: &[u32], kinds: &[u32]| -> BTreeSet<u32> {
        let words = list.iter().map(|w| Word(*w));
        words.filter(|w| w.kind() == MARK && kinds.contains(&(w.0 >> 2 & 15))).map(Word::same).collect()
    };
    let kinds = if named { &[PROCESS, OF_PERSON, KILLING][..] } else { &[PROCESS][..] };
    let (a_once, b_once) = (acts(a, kinds), acts(b, kinds));
    let all = [ACT, PROCESS, OF_PERSON, KILLING, DEATH];
    let (a_acts, b_acts) = (acts(a, &all), acts(b, &all));
    let of_act: BTreeSet<u32> = &a_acts | &b_acts;
    let real = |list: &[u32]| -> Vec<Word> { list.iter().map(|w| Word(*w)).filter(|w| w.kind() != MARK).collect() };
    let (a, b) = (real(a), real(b));
    let mut common = Common {
        act: !a_acts.is_disjoint(&b_acts),
        once: !a_once.is_empty() && !b_once.is_empty(),
        same_once: !a_once.is_disjoint(&b_once),
        ..Common::default()
    };
    let (mut both, mut all) = (0, 0);
    let mut alone = [(0_i64, false); 2];
    // Of each side: weight of the words close to its act that both have, and of all close to it.
    let mut close = [(0_i64, 0_i64); 2];
    let mut near = |side: usize, word: Word, shared: bool| {
        if word.is_near() && !of_act.contains(&word.same()) {
            close[side].0 += if shared { word.weight() } else { 0 };
            close[side].1 += word.weight();
        }
    };
    let (mut i, mut j) = (0, 0);
    while i < a.len() || j < b.len() {
        let (x, y) = (a.get(i).copied(), b.get(j).copied());
        let order = match (x, y) {
            (Some(x), Some(y)) => x.same().cmp(&y.same()),
            (Some(_), None) => Ordering::Less,
            _ => Ordering::Greater,
        };
        match (order, x, y) {
            (Ordering::Equal, Some(x), Some(y)) => {
                let weight = x.weight().min(y.weight());
                both += weight;
                all += x.weight() + y.weight();
                common.rare += if weight >= 8 && x.kind() != FIGURE { weight } else { 0 };
                common.figure |= x.kind() == FIGURE && weight >= 8;
                near(0, x, true);
                near(1, y, true);
                (i, j) = (i + 1, j + 1);
            }
            (order, _, _) => {
                let side = usize::from(order == Ordering::Greater);
                let Some(word) = (if side == 0 { x } else { y }) else { break };
                all += word.weight();
                alone[side].0 += if word.kind() == NAME { word.weight() } else { 0 };
                alone[side].1 |= word.kind() == FIGURE;
                near(side, word, false);
                if side == 0 { i += 1 } else { j += 1 }
            }
        }
    }
    common.alike = if all == 0 { 0 } else { 2000 * both / all };
    common.names_apart = alone[0].0.min(alone[1].0);
    common.figures_apart = alone[0].1 && alone[1].1;
    common.close = close.map(|(shared, all)| if all == 0 { 0 } else { 1000 * shared / all });
    common
}
