//! Queries as text: what a report says was asked.

use crate::query::{Among, Aspect, Count, Group, Level, Party, Pattern, Query, Rank, WarTest, What, When, Window};
use std::fmt;

impl fmt::Display for Window {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.from == self.to {
            write!(f, "{}", self.from)
        } else if *self == Self::up_to(self.to) {
            write!(f, "any time up to {}", self.to)
        } else {
            write!(f, "{} … {}", self.from, self.to)
        }
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::On(day) => write!(f, "on {day}"),
            Self::Within(window) => write!(f, "within {window}"),
            Self::Since(window, day) => write!(f, "since {window}, up to {day}"),
            Self::Ever(day) => write!(f, "at any time up to {day}"),
        }
    }
}

impl fmt::Display for Aspect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Holds(when) => when.fmt(f),
            Self::Began(window) => write!(f, "from {window} on"),
            Self::Ended(window) => write!(f, "until {window}"),
        }
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exactly(n) => write!(f, "= {n}"),
            Self::AtLeast(n) => write!(f, "≥ {n}"),
            Self::AtMost(n) => write!(f, "≤ {n}"),
        }
    }
}

impl fmt::Display for Party {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.code, self.person || !self.sectors.is_empty()) {
            (Some(code), true) if self.person => write!(f, "{} ({code})", self.name),
            (Some(code), true) => write!(f, "{code} {}", self.sectors.join(",")),
            (Some(code), false) => f.write_str(code),
            (None, _) => f.write_str(&self.name),
        }
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |parties: &[Party], by: &str| parties.iter().map(Party::to_string).collect::<Vec<_>>().join(by);
        match &self.what {
            What::Meetings(Level::Leaders) => f.write_str("meetings of leaders, ")?,
            What::Meetings(Level::Ministers) => f.write_str("meetings of ministers, ")?,
            What::Meetings(Level::Any) => f.write_str("meetings, ")?,
            What::Visits => f.write_str("visits, ")?,
            What::Events(kind, modes, code) => {
                let modes = modes.join("/");
                let parts = [kind.name(), code, &modes];
                let told: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
                write!(f, "{}, ", told.join(" "))?;
            }
        }
        let together = matches!(self.what, What::Meetings(_));
        f.write_str(&list(&self.who, if together { "–" } else { ", " }))?;
        if !self.to.is_empty() {
            write!(f, " → {}", list(&self.to, ", "))?;
        }
        match (&self.place, &self.country) {
            (Some(place), _) => write!(f, ", in {place}"),
            (None, Some(country)) => write!(f, ", in {country}"),
            (None, None) => Ok(()),
        }
    }
}

impl fmt::Display for Among {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.rank {
            Rank::Only => "alone",
            Rank::First => "first",
            Rank::Last => "last",
            Rank::Founding => return f.write_str("as a founding member"),
        })?;
        match &self.group {
            Group::Everybody => f.write_str(" of all"),
            Group::MembersOf(other) => write!(f, " among the members of {other}"),
            Group::Region { name, states, .. } => write!(f, " among the {} states of {name}", states.len()),
            Group::Unknown(words) => write!(f, " among “{words}”"),
        }
    }
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let not = |holds: bool| if holds { "" } else { "not: " };
        match self {
            Self::Membership(m) => {
                write!(f, "{}{} {} of {}, {}", not(m.holds), m.state, m.standing.name(), m.organisation, m.aspect)?;
                if let Some(n) = m.ordinal {
                    write!(f, ", as number {n}")?;
                }
                m.among.as_ref().map_or(Ok(()), |among| write!(f, ", {among}"))
            }
            Self::Members { organisation, on, count } => {
                write!(f, "count of members of {organisation}, on {on} {count}")
            }
            Self::Bloc(b) => {
                write!(f, "{}{} in a military alliance", not(b.holds), b.state)?;
                if let Some(with) = &b.with {
                    write!(f, " with {with}")?;
                }
                if let Some(since) = b.since {
                    write!(f, " since {since}")?;
                }
                write!(f, ", on {}, where that is {}", b.on, b.definition.meaning())
            }
            Self::Office(o) => {
                let state = o.state.as_deref().unwrap_or("any state");
                write!(f, "{}{}, {} of {state}, {}", not(o.holds), o.name, o.office.name(), o.aspect)
            }
            Self::Holder { name, state, office, within } => {
                write!(f, "“{name}”, {} of {state}, within {within}", office.name())
            }
            Self::War(w) => {
                write!(f, "{}war of {}", not(w.holds), w.party)?;
                if let Some(other) = &w.against {
                    write!(f, " against {other}")?;
                }
                if let Some(inside) = &w.inside {
                    write!(f, " in {inside}")?;
                }
                match w.test {
                    WarTest::Fought(window) => write!(f, ", within {window}"),
                    WarTest::Invaded(window) => write!(f, ", by invasion within {window}"),
                    WarTest::Since(window, day) => write!(f, ", since {window}, up to {day}"),
                    WarTest::Began(window) => write!(f, ", begun within {window}"),
                    WarTest::Ended(window) => write!(f, ", ended within {window}"),
                    WarTest::FromTo(from, to) => write!(f, ", begun within {from}, ended within {to}"),
                }
            }
            Self::Independence { state, within } => write!(f, "independence of {state}, within {within}"),
            Self::Capital { state, city, holds } => write!(f, "{}{city} capital of {state}", not(*holds)),
            Self::Occurrences(o) => {
                let own = if o.own_included { ", the one told of included" } else { "" };
                write!(f, "count of {}, {} {}{own}", o.pattern, o.within, o.count)
            }
            Self::Last { pattern, within, until } => {
                write!(f, "last of {pattern}, within {within}, none after it up to {until}")
            }
            Self::Trend { between: [a, b], since, until, improved } => {
                let change = if *improved { "improved" } else { "worsened" };
                write!(f, "relations {a}–{b}, {change} since {since}, up to {until}")
            }
            Self::All(queries) => {
                for (i, query) in queries.iter().enumerate() {
                    if i > 0 {
                        f.write_str("; and ")?;
                    }
                    query.fmt(f)?;
                }
                Ok(())
            }
        }
    }
}
