//! Occurrences as they are written.

use super::cluster::Cluster;
use super::view::View;
use crate::error::Result;
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet};

/// What an occurrence's row says.
#[derive(Clone, Debug, PartialEq)]
struct Occurrence {
    pub first: i64,
    pub best: i64,
    pub date: Option<i64>,
    pub place: Option<i64>,
    pub first_published: Option<i64>,
    pub last_published: Option<i64>,
    pub reports: i64,
    pub sources: i64,
    pub publishers: i64,
}

/// Puts the clusters in the place of the old occurrences; what is as it was stays untouched.
pub(super) fn replace(
    db: &Connection,
    batch: i64,
    views: &BTreeMap<i64, View>,
    clusters: &[Cluster],
    old: &BTreeSet<i64>,
) -> Result<()> {
    let mut standing: BTreeMap<Vec<i64>, (i64, Occurrence)> = BTreeMap::new();
    for id in old {
        let (members, occurrence) = read(db, *id)?;
        standing.insert(members, (*id, occurrence));
    }
    let mut fresh = Vec::new();
    for cluster in clusters {
        let group: Vec<&View> = cluster.iter().filter_map(|(row, _)| views.get(row)).collect();
        let Some(occurrence) = summary(&group) else { continue };
        let mut rows: Vec<i64> = group.iter().map(|v| v.row).collect();
        rows.sort_unstable();
        match standing.get(&rows) {
            Some((_, same)) if *same == occurrence => drop(standing.remove(&rows)),
            _ => fresh.push((cluster, group, occurrence)),
        }
    }
    for (id, _) in standing.values() {
        retire(db, batch, *id)?;
    }
    // In the order of what is told, not of row numbers.
    fresh.sort_by_key(|(_, group, _)| group.first().map(|v| v.rank()));
    for (cluster, group, occurrence) in fresh {
        write(db, batch, &occurrence, cluster, &group)?;
    }
    Ok(())
}

/// Writes a report as an occurrence of its own.
pub(crate) fn alone(db: &Connection, batch: i64, view: View) -> Result<()> {
    let group = [&view];
    let Some(occurrence) = summary(&group) else { return Ok(()) };
    write(db, batch, &occurrence, &[(view.row, None)], &group)
}

/// Writes an occurrence as another record told it.
pub(crate) fn as_told(db: &Connection, batch: i64, cluster: &Cluster, views: &[View]) -> Result<()> {
    let group: Vec<&View> = views.iter().collect();
    let Some(occurrence) = summary(&group) else { return Ok(()) };
    write(db, batch, &occurrence, cluster, &group)
}

/// Adds an imported report to an occurrence of imported ones that agree with it in everything.
pub(crate) fn extend(db: &Connection, batch: i64, occurrence: i64, view: View) -> Result<()> {
    let (members, _) = read(db, occurrence)?;
    let mut views = members.into_iter().map(|row| View::load(db, row)).collect::<rusqlite::Result<Vec<_>>>()?;
    views.push(view);
    views.sort_by_key(View::rank);
    let group: Vec<&View> = views.iter().collect();
    let Some(summary) = summary(&group) else { return Ok(()) };
    let first = summary.first;
    let why = |row: i64| (row != first).then(|| (first, super::same::IMPORTED.to_owned()));
    let cluster: Cluster = views.iter().map(|v| (v.row, why(v.row))).collect();
    retire(db, batch, occurrence)?;
    write(db, batch, &summary, &cluster, &group)
}

fn write(
    db: &Connection,
    batch: i64,
    occurrence: &Occurrence,
    cluster: &[(i64, Option<(i64, String)>)],
    group: &[&View],
) -> Result<()> {
    let Some(best) = group.iter().find(|v| v.row == occurrence.best) else { return Ok(()) };
    let id = insert(db, batch, occurrence)?;
    let mut member = db.prepare_cached("INSERT INTO members VALUES (?, ?, ?, ?)")?;
    for (row, why) in cluster {
        let (like, grounds) = why.as_ref().map_or((None, None), |(row, why)| (Some(row), Some(why)));
        member.execute((id, row, like, grounds))?;
    }
    tie(db, id, &ties(occurrence, best, group))
}

fn tie(db: &Connection, id: i64, ties: &[Tie]) -> Result<()> {
    let mut insert = db.prepare_cached("INSERT INTO ties VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")?;
    for t in ties {
        insert.execute((t.a, t.b, t.date, id, t.around, t.event_type, t.status, t.mutual, t.score, t.told))?;
    }
    Ok(())
}

/// A row of the index of ties.
#[derive(Clone, Debug, PartialEq)]
struct Tie {
    a: i64,
    b: i64,
    date: i64,
    around: i64,
    event_type: i64,
    status: i64,
    mutual: bool,
    score: f64,
    told: bool,
}

/// The ties of an occurrence, in order.
fn ties(occurrence: &Occurrence, best: &View, group: &[&View]) -> Vec<Tie> {
    // What is told as news without a date is put where it was published; what is told as history is not.
    let published = occurrence.first_published.filter(|_| best.status == 1);
    let told = best.ties();
    let all: BTreeSet<(i64, i64)> = group.iter().flat_map(|v| v.ties()).collect();
    let tie = |(a, b)| Tie {
        a,
        b,
        date: occurrence.date.unwrap_or(0),
        around: occurrence.date.or(published).unwrap_or(0),
        event_type: best.event_type,
        status: best.status,
        mutual: best.is_mutual(),
        score: best.score,
        told: told.contains(&(a, b)),
    };
    all.into_iter().map(tie).collect()
}

/// Writes the ties of all present occurrences.
pub(crate) fn tie_all(db: &Connection) -> Result<()> {
    for id in present(db)? {
        tie(db, id, &ties_of(db, id)?.unwrap_or_default())?;
    }
    Ok(())
}

/// Whether the ties of all present occurrences, and no others, are there as their reports say.
pub(crate) fn ties_agree(db: &Connection) -> Result<bool> {
    let mut query = db.prepare_cached(
        "SELECT a, b, date, around, event_type, status, mutual, score, told FROM ties WHERE occurrence = ? ORDER BY a, b",
    )?;
    let mut expected = 0;
    for id in present(db)? {
        let there: Vec<Tie> = query
            .query_map([id], |r| {
                Ok(Tie {
                    a: r.get(0)?,
                    b: r.get(1)?,
                    date: r.get(2)?,
                    around: r.get(3)?,
                    event_type: r.get(4)?,
                    status: r.get(5)?,
                    mutual: r.get(6)?,
                    score: r.get(7)?,
                    told: r.get(8)?,
                })
            })?
            .collect::<rusqlite::Result<_>>()?;
        if there.is_empty() || ties_of(db, id)?.is_none_or(|ties| ties != there) {
            return Ok(false);
        }
        expected += there.len() as i64;
    }
    Ok(db.query_row("SELECT count(*) FROM ties", (), |r| r.get::<_, i64>(0))? == expected)
}

fn present(db: &Connection) -> Result<Vec<i64>> {
    let mut query = db.prepare("SELECT id FROM occurrences WHERE superseded IS NULL")?;
    Ok(query.query_map((), |r| r.get(0))?.collect::<rusqlite::Result<_>>()?)
}

/// The ties that follow from an occurrence's reports; nothing where its best report is none of them.
fn ties_of(db: &Connection, id: i64) -> Result<Option<Vec<Tie>>> {
    let (members, occurrence) = read(db, id)?;
    let views = members.into_iter().map(|row| View::load(db, row)).collect::<rusqlite::Result<Vec<_>>>()?;
    let group: Vec<&View> = views.iter().collect();
    let best = group.iter().find(|v| v.row == occurrence.best);
    Ok(best.map(|best| ties(&occurrence, best, &group)))
}

/// Writes an occurrence's row.
fn insert(db: &Connection, batch: i64, o: &Occurrence) -> Result<i64> {
    let mut insert = db.prepare_cached(
        "INSERT INTO occurrences (first, best, date, place, first_published, last_published, reports, sources, publishers, recorded)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )?;
    Ok(insert.insert((
        o.first,
        o.best,
        o.date,
        o.place,
        o.first_published,
        o.last_published,
        o.reports,
        o.sources,
        o.publishers,
        batch,
    ))?)
}

/// Supersedes an occurrence.
fn retire(db: &Connection, batch: i64, id: i64) -> Result<()> {
    db.prepare_cached("UPDATE occurrences SET superseded = ? WHERE id = ?")?.execute((batch, id))?;
    db.prepare_cached("DELETE FROM ties WHERE occurrence = ?")?.execute([id])?;
    Ok(())
}

fn read(db: &Connection, id: i64) -> rusqlite::Result<(Vec<i64>, Occurrence)> {
    let mut query = db.prepare_cached("SELECT report FROM members WHERE occurrence = ? ORDER BY report")?;
    let members = query.query_map([id], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
    let mut query = db.prepare_cached(
        "SELECT first, best, date, place, first_published, last_published, reports, sources, publishers
         FROM occurrences WHERE id = ?",
    )?;
    let occurrence = query.query_row([id], |r| {
        Ok(Occurrence {
            first: r.get(0)?,
            best: r.get(1)?,
            date: r.get(2)?,
            place: r.get(3)?,
            first_published: r.get(4)?,
            last_published: r.get(5)?,
            reports: r.get(6)?,
            sources: r.get(7)?,
            publishers: r.get(8)?,
        })
    })?;
    Ok((members, occurrence))
}

/// What the reports of a happening say together.
fn summary(group: &[&View]) -> Option<Occurrence> {
    let first = group.iter().min_by_key(|v| v.rank())?;
    let best = group.iter().max_by(|a, b| {
        let known = |v: &View| {
            let sides = v.actors.iter().chain(&v.recipients).filter(|s| s.code != 0);
            let codes: BTreeSet<i64> = sides.map(|s| s.code).collect();
            let fineness = v.place.as_ref().map_or(0, |p| p.fineness + 1);
            (
                v.status == 1,
                codes.len(),
                v.day().is_some(),
                fineness,
                v.sizes.iter().any(Option::is_some),
                !v.modes.is_empty(),
            )
        };
        // Of those that tell as much the one that told it first.
        let by_confidence = a.confidence.total_cmp(&b.confidence);
        known(a)
            .cmp(&known(b))
            .then_with(|| b.published.cmp(&a.published))
            .then(by_confidence)
            .then_with(|| b.rank().cmp(&a.rank()))
    })?;
    let published = || group.iter().filter_map(|v| v.published);
    let sources: BTreeSet<(Option<i64>, i64)> =
        group.iter().map(|v| (v.document.is_none().then_some(v.report_id), v.source)).collect();
    let publishers: BTreeSet<i64> = group.iter().filter_map(|v| v.publisher).collect();
    Some(Occurrence {
        first: first.row,
        best: best.row,
        date: most(group.iter().filter_map(|v| v.date), |d| (d % 100 > 0, d / 100 % 100 > 0)),
        place: place(group),
        first_published: published().min(),
        last_published: published().max(),
        reports: group.len() as i64,
        sources: sources.len() as i64,
        publishers: publishers.len() as i64,
    })
}

/// Of the most precise dates the most frequent, of these the earliest.
fn most<P: Ord>(dates: impl Iterator<Item = i64>, precision: impl Fn(i64) -> P) -> Option<i64> {
    let mut counts: BTreeMap<i64, usize> = BTreeMap::new();
    dates.for_each(|date| *counts.entry(date).or_default() += 1);
    counts.into_iter().max_by_key(|(date, n)| (precision(*date), *n, std::cmp::Reverse(*date))).map(|(date, _)| date)
}

/// Of the finest places the most frequent, of these the first by name.
fn place(group: &[&View]) -> Option<i64> {
    let mut counts: BTreeMap<(u8, &str, Option<&str>, i64), usize> = BTreeMap::new();
    for spot in group.iter().filter_map(|v| v.place.as_ref()) {
        *counts.entry((spot.fineness, &spot.name, spot.country.as_deref(), spot.id)).or_default() += 1;
    }
    let best = counts
        .into_iter()
        .max_by_key(|((fine, name, country, _), n)| (*fine, *n, std::cmp::Reverse((*name, *country))));
    best.map(|((_, _, _, id), _)| id)
}
