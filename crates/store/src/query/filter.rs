//! What a record is asked for, and the rows that it means.

use crate::error::Result;
use crate::record::Record;
use crate::schema::{QUADS, status_number, type_number};
use legation_record::{EventType, QuadClass, Status};
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, params_from_iter};

/// Who is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// All of a state or organisation, by its code.
    Code(String),
    /// A participant of this name or surname, in capitals or not.
    Name(String),
}

/// What the events are sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// When they happened, the earliest first; news without a date with its first publication, the rest last.
    #[default]
    Date,
    /// When they happened, the latest first, those without a date last.
    Latest,
    /// The surest first.
    Confidence,
    /// The most hostile first.
    Score,
    /// The most reported first.
    Reports,
}

/// Which events are asked for: those that meet every condition that is set.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// Among the actors (in a mutual act, any participant).
    pub actor: Option<Who>,
    /// Among the recipients (in a mutual act, any participant).
    pub recipient: Option<Who>,
    /// Between these two, in whatever direction.
    pub dyad: Option<(Who, Who)>,
    /// One of these types.
    pub types: Vec<EventType>,
    /// One of these modes.
    pub modes: Vec<String>,
    /// One of these quad classes.
    pub quads: Vec<QuadClass>,
    /// One of these statuses.
    pub statuses: Vec<Status>,
    /// At a place of this name or in the state of this code.
    pub place: Option<String>,
    /// On or after, YYYYMMDD. News without a date of its own counts with its first publication. An event known to the month counts with its first day.
    pub since: Option<i64>,
    /// On or before, YYYYMMDD.
    pub until: Option<i64>,
    /// At least this sure, 0 to 1.
    pub confidence: Option<f64>,
    /// These words in headline or text of a document that reports it.
    pub text: Option<String>,
    /// Single reports in place of occurrences.
    pub reports: bool,
    /// As the record stood after this batch.
    pub as_of: Option<i64>,
    /// At most so many.
    pub limit: Option<u64>,
    /// Sorted so.
    pub order: Order,
}

impl Record {
    /// Rows of occurrences and reports that meet the filter.
    pub(super) fn matches(&self, filter: &Filter) -> Result<Vec<(i64, i64)>> {
        let mut query = Query::default();
        // News without a date of its own stands where it was published.
        let date = match filter.reports {
            true => {
                "coalesce(r.date, CASE WHEN r.status = 1 THEN (SELECT published FROM documents WHERE id = r.document) END)"
            }
            false => "coalesce(o.date, CASE WHEN r.status = 1 THEN o.first_published END)",
        };
        let from = match filter.reports {
            true => "members m JOIN reports r ON r.id = m.report JOIN occurrences o ON o.id = m.occurrence",
            false => "occurrences o JOIN reports r ON r.id = o.best",
        };
        match filter.as_of {
            None => query.all("o.superseded IS NULL", []),
            Some(batch) => query
                .all("o.recorded <= ? AND (o.superseded IS NULL OR o.superseded > ?)", [batch.into(), batch.into()]),
        }
        query.who(&self.db, filter)?;
        query.any("r.event_type", filter.types.iter().map(|t| type_number(*t)));
        query.any("r.status", filter.statuses.iter().map(|s| status_number(*s)));
        let quads: Vec<i64> =
            filter.quads.iter().filter_map(|quad| QUADS.iter().position(|q| q == quad)).map(|i| i as i64 + 1).collect();
        if !quads.is_empty() {
            let inner: Vec<String> = quads.iter().map(i64::to_string).collect();
            let inner = inner.join(", ");
            query.all(&format!("r.event_type IN (SELECT id FROM event_types WHERE quad_class IN ({inner}))"), []);
        }
        if !filter.modes.is_empty() {
            let each = vec!["'; ' || names || '; ' LIKE '%; ' || ? || '; %'"; filter.modes.len()].join(" OR ");
            query.all(
                &format!("r.mode IN (SELECT id FROM modes WHERE {each})"),
                filter.modes.iter().map(|m| Value::from(m.clone())),
            );
        }
        if let Some(place) = &filter.place {
            let column = if filter.reports { "r.place" } else { "o.place" };
            query.all(
                &format!(
                    "{column} IN (SELECT id FROM places WHERE name = ? COLLATE NOCASE OR country = ? COLLATE NOCASE)"
                ),
                [place.clone().into(), place.clone().into()],
            );
        }
        if let Some(since) = filter.since {
            // Unknown months and days are the first ones.
            query.all(&format!("{date} >= ?"), [lowest(since).into()]);
        }
        if let Some(until) = filter.until {
            query.all(&format!("{date} <= ?"), [until.into()]);
        }
        if let Some(confidence) = filter.confidence {
            query.all("r.confidence >= ?", [confidence.into()]);
        }
        if let Some(text) = &filter.text {
            query.all(
                "r.document IN (SELECT rowid FROM documents_search WHERE documents_search MATCH ?)",
                [quoted(text).into()],
            );
        }
        let order = match filter.order {
            Order::Date => format!("{date} IS NULL, {date}"),
            Order::Latest => format!("{date} IS NULL, {date} DESC"),
            Order::Confidence => "r.confidence DESC".to_owned(),
            Order::Score => "r.score".to_owned(),
            Order::Reports => "o.reports DESC".to_owned(),
        };
        let limit = filter.limit.map(|n| format!(" LIMIT {n}")).unwrap_or_default();
        let sql = format!(
            "SELECT o.id, r.id FROM {from} WHERE {} ORDER BY {order}, r.report_id{limit}",
            query.conditions.join(" AND ")
        );
        let mut statement = self.db.prepare(&sql)?;
        let rows = statement.query_map(params_from_iter(query.values), |r| Ok((r.get(0)?, r.get(1)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

/// Words as a full-text query that asks for all of them and has no operators.
pub(crate) fn quoted(words: &str) -> String {
    words.split_whitespace().map(|w| format!("\"{}\"", w.replace('"', "\"\""))).collect::<Vec<_>>().join(" ")
}

/// The first date of a month, or year, is written with zeros; an event known to the month counts from its first day.
fn lowest(date: i64) -> i64 {
    match (date / 100 % 100, date % 100) {
        (1, 1) => date / 10_000 * 10_000,
        (_, 1) => date / 100 * 100,
        _ => date,
    }
}

#[derive(Default)]
struct Query {
    conditions: Vec<String>,
    values: Vec<Value>,
}

impl Query {
    fn all(&mut self, condition: &str, values: impl IntoIterator<Item = Value>) {
        self.conditions.push(condition.to_owned());
        self.values.extend(values);
    }

    fn any(&mut self, column: &str, numbers: impl Iterator<Item = i64>) {
        let numbers: Vec<String> = numbers.map(|n| n.to_string()).collect();
        if !numbers.is_empty() {
            self.all(&format!("{column} IN ({})", numbers.join(", ")), []);
        }
    }

    fn who(&mut self, db: &Connection, filter: &Filter) -> Result<()> {
        let present = filter.as_of.is_none() && !filter.reports;
        let code = |who: &Who| -> Result<Option<i64>> {
            let Who::Code(code) = who else { return Ok(None) };
            let id = db.query_row("SELECT id FROM codes WHERE code = ?", [code], |r| r.get(0)).optional()?;
            Ok(Some(id.unwrap_or(-1)))
        };
        // Present occurrences between codes are found by the index made for it.
        if let Some((a, b)) = &filter.dyad {
            if let (Some(a), Some(b), true) = (code(a)?, code(b)?, present) {
                let one = "SELECT occurrence FROM ties WHERE a = ? AND b = ? AND told = 1";
                self.all(&format!("o.id IN ({one} UNION {one})"), [a.into(), b.into(), b.into(), a.into()]);
            } else {
                let (one, two) = (part(a, Some(0)), part(b, Some(1)));
                let (three, four) = (part(b, Some(0)), part(a, Some(1)));
                let (five, six) = (part(a, None), part(b, None));
                let mutual = "NOT EXISTS (SELECT 1 FROM report_participants WHERE report = r.id AND role = 1)";
                let sides = format!(
                    "({} AND {} OR {} AND {} OR {} AND {} AND {mutual})",
                    one.0, two.0, three.0, four.0, five.0, six.0
                );
                self.all(&sides, [one.1, two.1, three.1, four.1, five.1, six.1]);
            }
        }
        if let (Some(a), Some(b), true) = (&filter.actor, &filter.recipient, present)
            && let (Some(a), Some(b)) = (code(a)?, code(b)?)
        {
            let one = "SELECT occurrence FROM ties WHERE a = ? AND b = ? AND told = 1";
            self.all(&format!("o.id IN ({one})"), [a.into(), b.into()]);
            return Ok(());
        }
        for (who, role) in [(&filter.actor, 0), (&filter.recipient, 1)] {
            let Some(who) = who else { continue };
            if let (Some(code), 0, true) = (code(who)?, role, present) {
                self.all("o.id IN (SELECT occurrence FROM ties WHERE a = ? AND told = 1)", [code.into()]);
                continue;
            }
            let (is, value) = part(who, Some(role));
            let mutual = "NOT EXISTS (SELECT 1 FROM report_participants WHERE report = r.id AND role = 1)";
            let (any, again) = part(who, None);
            self.all(&format!("({is} OR {any} AND {mutual})"), [value, again]);
        }
        Ok(())
    }
}

/// "Somebody is among the participants of report r", in a role or any.
fn part(who: &Who, role: Option<i64>) -> (String, Value) {
    let role = role.map(|role| format!(" AND rp.role = {role}")).unwrap_or_default();
    let (entity, value) = match who {
        Who::Code(code) => ("e.code = (SELECT id FROM codes WHERE code = ?)", code.clone()),
        // The name itself, or one that ends in it: a surname.
        Who::Name(name) => ("' ' || e.name LIKE ? ESCAPE '\\'", format!("% {}", literal(name))),
    };
    let sql = format!(
        "EXISTS (SELECT 1 FROM report_participants rp JOIN entities e ON e.id = rp.entity WHERE rp.report = r.id{role} AND {entity})"
    );
    (sql, value.into())
}

/// Words that LIKE is to take as they are.
fn literal(words: &str) -> String {
    words.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}
