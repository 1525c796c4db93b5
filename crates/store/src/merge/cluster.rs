//! From links between reports to happenings.

use super::same;
use super::view::View;
use std::collections::{BTreeMap, BTreeSet};

/// A link between two reports, by their rows.
#[derive(Clone, Debug)]
pub(crate) struct Link {
    pub a: i64,
    pub b: i64,
    pub strength: i64,
    pub why: String,
}

/// Pairs that a person has put together or apart.
#[derive(Debug, Default)]
pub(crate) struct Orders {
    pub together: BTreeSet<(i64, i64)>,
    pub apart: BTreeSet<(i64, i64)>,
}

impl Orders {
    fn part(&self, a: i64, b: i64) -> bool {
        self.apart.contains(&(a.min(b), a.max(b)))
    }

    fn join(&self, a: i64, b: i64) -> bool {
        self.together.contains(&(a.min(b), a.max(b)))
    }

    /// Whether a person put the report with another one.
    fn put(&self, row: i64) -> bool {
        self.together.iter().any(|(a, b)| *a == row || *b == row)
    }
}

/// A happening: its reports, each with the one it was found to be like and why; the first has none.
pub(crate) type Cluster = Vec<(i64, Option<(i64, String)>)>;

/// Joins reports, strongest link first, as long as nothing in the one group speaks against anything in the other: so a
/// chain of look-alikes cannot join the first day of a war to its last. The outcome depends on the reports alone, not on
/// the order they came in.
pub(crate) fn clusters(views: &BTreeMap<i64, View>, mut links: Vec<Link>, orders: &Orders) -> Vec<Cluster> {
    let rank = |row: i64| views.get(&row).map(View::rank);
    for link in &mut links {
        if rank(link.a) > rank(link.b) {
            std::mem::swap(&mut link.a, &mut link.b);
        }
    }
    links.sort_by(|x, y| {
        let key = |l: &Link| (rank(l.a), rank(l.b));
        y.strength.cmp(&x.strength).then_with(|| key(x).cmp(&key(y)))
    });
    let mut group: BTreeMap<i64, i64> = views.keys().map(|row| (*row, *row)).collect();
    let mut members: BTreeMap<i64, Vec<i64>> = views.keys().map(|row| (*row, vec![*row])).collect();
    let mut used: Vec<Link> = Vec::new();
    for link in links {
        let (Some(&a), Some(&b)) = (group.get(&link.a), group.get(&link.b)) else { continue };
        if a == b {
            continue;
        }
        let ordered = orders.join(link.a, link.b);
        let against = |x: i64, y: i64| match (views.get(&x), views.get(&y)) {
            _ if orders.part(x, y) => true,
            // What a person put into a group does not keep others out of it.
            _ if ordered || orders.put(x) || orders.put(y) => false,
            (Some(x), Some(y)) => same::clash(x, y) && x.words.is_some(),
            _ => true,
        };
        let (left, right) = (members.get(&a).cloned().unwrap_or_default(), members.remove(&b).unwrap_or_default());
        if left.iter().any(|x| right.iter().any(|y| against(*x, *y))) {
            members.insert(b, right);
            continue;
        }
        for row in &right {
            group.insert(*row, a);
        }
        members.entry(a).or_default().extend(right);
        used.push(link);
    }
    let mut beside: BTreeMap<i64, Vec<&Link>> = BTreeMap::new();
    for link in &used {
        beside.entry(link.a).or_default().push(link);
        beside.entry(link.b).or_default().push(link);
    }
    members.into_values().map(|rows| tree(views, rows, &beside)).collect()
}

/// Each report with the link that leads to it from the first one.
fn tree(views: &BTreeMap<i64, View>, mut rows: Vec<i64>, beside: &BTreeMap<i64, Vec<&Link>>) -> Cluster {
    rows.sort_by_key(|row| views.get(row).map(View::rank));
    let mut cluster: Cluster = rows.first().map(|first| (*first, None)).into_iter().collect();
    let mut next = 0;
    while next < cluster.len() {
        let at = cluster[next].0;
        for link in beside.get(&at).map_or(&[][..], Vec::as_slice) {
            let other = if link.a == at { link.b } else { link.a };
            if !cluster.iter().any(|(row, _)| *row == other) {
                cluster.push((other, Some((at, link.why.clone()))));
            }
        }
        next += 1;
    }
    cluster
}
