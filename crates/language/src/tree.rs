//! From arc scores to a tree: greedy heads where they already form one, else the maximum spanning arborescence
//! (Chu and Liu 1965, Edmonds 1967) with a single root.

/// `scores`: `n × (n + 1)` log-probabilities of each head for each word, column 0 the root. Returns heads, 0 the root.
pub fn heads(scores: &[f32], n: usize) -> Vec<usize> {
    let mut s = Matrix { n: n + 1, scores: vec![f32::NEG_INFINITY; (n + 1) * (n + 1)] };
    for i in 0..n {
        for h in 0..=n {
            if h != i + 1 {
                s.scores[(i + 1) * (n + 1) + h] = scores[i * (n + 1) + h];
            }
        }
    }
    let mut best = arborescence(&s);
    let roots: Vec<usize> = (1..=n).filter(|&i| best[i] == 0).collect();
    if roots.len() > 1 {
        // The best tree for each candidate root; there are few.
        let mut top = f32::NEG_INFINITY;
        let all = s.clone();
        for &r in roots.iter().take(8) {
            let mut only = all.clone();
            for i in 1..=n {
                if i != r {
                    *only.at_mut(i, 0) = f32::NEG_INFINITY;
                }
            }
            let tree = arborescence(&only);
            let value: f32 = (1..=n).map(|i| only.at(i, tree[i])).sum();
            if value > top {
                (top, best) = (value, tree);
            }
        }
    }
    best.remove(0);
    best
}

#[derive(Clone)]
struct Matrix {
    n: usize,
    scores: Vec<f32>,
}

impl Matrix {
    fn at(&self, dependent: usize, head: usize) -> f32 {
        self.scores[dependent * self.n + head]
    }
    fn at_mut(&mut self, dependent: usize, head: usize) -> &mut f32 {
        &mut self.scores[dependent * self.n + head]
    }
}

fn arborescence(s: &Matrix) -> Vec<usize> {
    let n = s.n;
    let mut head: Vec<usize> =
        (0..n).map(|i| (0..n).fold(0, |best, h| if h != i && s.at(i, h) > s.at(i, best) { h } else { best })).collect();
    head[0] = 0;
    let Some(cycle) = find_cycle(&head) else { return head };
    // Contract the cycle into the last node and solve the smaller problem.
    let outside: Vec<usize> = (0..n).filter(|i| !cycle.contains(i)).collect();
    let m = outside.len();
    let mut t = Matrix { n: m + 1, scores: vec![f32::NEG_INFINITY; (m + 1) * (m + 1)] };
    let total: f32 = cycle.iter().map(|&c| s.at(c, head[c])).sum();
    let best = |candidates: &[usize], value: &dyn Fn(usize) -> f32| {
        candidates.iter().copied().fold(candidates[0], |b, c| if value(c) > value(b) { c } else { b })
    };
    let (mut into, mut out_of) = (vec![0; m], vec![0; m]);
    for (x, &i) in outside.iter().enumerate() {
        for (y, &j) in outside.iter().enumerate() {
            *t.at_mut(x, y) = s.at(i, j);
        }
        if i != 0 {
            out_of[x] = best(&cycle, &|c| s.at(i, c));
            *t.at_mut(x, m) = s.at(i, out_of[x]);
        }
        into[x] = best(&cycle, &|c| s.at(c, i) - s.at(c, head[c]));
        *t.at_mut(m, x) = s.at(into[x], i) - s.at(into[x], head[into[x]]) + total;
    }
    let small = arborescence(&t);
    for (x, &i) in outside.iter().enumerate() {
        if i != 0 {
            head[i] = if small[x] == m { out_of[x] } else { outside[small[x]] };
        }
    }
    let entry = small[m];
    head[into[entry]] = outside[entry];
    head
}

fn find_cycle(head: &[usize]) -> Option<Vec<usize>> {
    let mut seen = vec![0usize; head.len()];
    for start in 1..head.len() {
        let mut i = start;
        while i != 0 && seen[i] == 0 {
            seen[i] = start;
            i = head[i];
        }
        if i != 0 && seen[i] == start {
            let mut cycle = vec![i];
            let mut j = head[i];
            while j != i {
                cycle.push(j);
                j = head[j];
            }
            return Some(cycle);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(n: usize, scores: &[f32], expected: &[usize]) {
        assert_eq!(heads(scores, n), expected);
    }

    #[test]
    fn greedy_heads_that_form_a_tree_stay() {
        check(2, &[-0.1, 0.0, -3.0, -3.0, -0.1, 0.0], &[0, 1]);
    }

    #[test]
    fn a_cycle_is_broken_at_its_cheapest_arc() {
        // Words 1 and 2 prefer each other; word 2 has the better root score.
        check(2, &[-5.0, 0.0, -0.1, -2.0, -0.1, 0.0], &[2, 0]);
    }

    #[test]
    fn there_is_one_root() {
        check(3, &[-0.1, 0.0, -2.0, -4.0, -0.2, -1.0, 0.0, -4.0, -0.3, -0.9, -4.0, 0.0], &[0, 1, 1]);
    }
}
