//! When a clause plays, as a window of days.

use super::Scene;
use crate::era::era;
use crate::query::Window;
use jiff::civil::Date;
use legation_coder::when::{Days, TimeExpression, TimeKind};
use legation_record::{EventDate, Relation, Span, Upos};

/// What a clause says of its time.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Time {
    /// Nothing.
    None,
    /// At some time within.
    Within(Window),
    /// From then on.
    Since(Window),
    /// Up to then.
    Until(Window),
    /// From the one to the other.
    FromTo(Window, Window),
    /// Something that is not a date.
    Unclear(String),
}

impl Time {
    /// The time within which something happened, up to a day.
    pub(crate) fn window(&self, today: Date) -> Option<Window> {
        match *self {
            Self::Within(w) => Some(w),
            Self::Since(w) => Some(Window { from: w.from, to: today.max(w.from) }),
            Self::FromTo(a, b) => Some(Window { from: a.from, to: b.to }),
            _ => None,
        }
    }
}

impl Scene<'_> {
    /// The time of the clause or noun `p`, and its words.
    pub(crate) fn time(&self, p: usize) -> (Time, Option<Span>) {
        let t = &self.tree;
        let aside = matches!(t.relation(p), Relation::Appos | Relation::NmodDesc | Relation::Compound | Relation::Flat);
        self.time_of(p, t.clause_of(p) != p && aside)
    }

    /// The time of words that stand beside a name ("A, president from 2012 to 2017, …"): only what stands in them or right after.
    pub(crate) fn time_beside(&self, p: usize) -> (Time, Option<Span>) {
        self.time_of(p, true)
    }

    fn time_of(&self, p: usize, aside: bool) -> (Time, Option<Span>) {
        let t = &self.tree;
        let clause = t.clause_of(p);
        let mut best: Option<(usize, &TimeExpression, usize)> = None;
        for time in &self.times {
            if matches!(time.kind, TimeKind::Duration | TimeKind::Recurring | TimeKind::Vague | TimeKind::Anniversary) {
                continue;
            }
            let top = self.top(time);
            // "It was in 1999 that …": the parser may hang the time with its copula on the clause.
            let cleft = t.head(top) == Some(clause) && t.relation(top) == Relation::Obl;
            let own = if cleft { clause } else { t.clause_of(top) };
            let broken = |k: usize| matches!(t.upos(k), Upos::Punct | Upos::Verb | Upos::Aux);
            let follows = time.first > p && !(p + 1..time.first).any(broken);
            if aside && !t.is_below(top, p) && !follows {
                continue;
            }
            // Of the clause itself, or of a clause of time below it ("since he took office in January").
            let under_since = t.is_below(own, clause)
                && own != clause
                && t.relation(own) == Relation::Advcl
                && t.children_by(own, &[Relation::Mark]).any(|k| t.lemma(k) == "since")
                && (!t.is_finite(own) || t.is(own, "begin-office") || t.child(own, &[Relation::Obj]).is_some());
            let distance = if t.is_below(top, p) && (own == clause || own == p) {
                t.up(top).position(|k| k == p).unwrap_or(9)
            } else if own == clause {
                10
            } else if under_since {
                20
            } else {
                continue;
            };
            if best.is_none_or(|(d, ..)| distance < d) {
                best = Some((distance, time, top));
            }
        }
        if let Some((_, time, top)) = best {
            let span = t.between(time.first, time.last);
            return (self.read_time(time, top, clause), Some(span));
        }
        if aside {
            return (Time::None, None);
        }
        let found = self.since_event(clause);
        if found.0 != Time::None {
            return found;
        }
        self.in_era(clause).or_else(|| self.as_above(clause)).unwrap_or((Time::None, None))
    }

    /// "For nineteen years": whether a nominal tells how long, and not since when.
    pub(crate) fn lasts(&self, nominal: usize) -> bool {
        let t = &self.tree;
        self.times.iter().filter(|time| time.kind == TimeKind::Duration).any(|time| {
            let long = t.child(self.top(time), &[Relation::Case]).is_some_and(|c| t.lemma(c) == "for");
            // Right before it, whatever the parser hangs it on, or behind it and below.
            let broken = |k: usize| matches!(t.upos(k), Upos::Punct | Upos::Verb | Upos::Aux);
            let before = time.last < nominal && !(time.last + 1..nominal).any(broken);
            long && (before || t.is_below(time.first, nominal))
        })
    }

    /// What a clause of its own tells by "since" ("since he took office"); `None` where there is none.
    pub(crate) fn since(&self, clause: usize) -> Option<(Time, Option<Span>)> {
        let t = &self.tree;
        let marked = |k: &usize| t.children_by(*k, &[Relation::Mark]).any(|c| t.lemma(c) == "since");
        let event = (0..t.len()).find(|k| marked(k) && t.is_below(*k, clause))?;
        let dated = self.times.iter().any(|time| t.is_below(time.first, event));
        if dated { None } else { Some(self.since_event(clause)) }
    }

    /// "During the Cold War", "since the end of the Second World War": a time told by its name.
    fn in_era(&self, clause: usize) -> Option<(Time, Option<Span>)> {
        let t = &self.tree;
        let mine = (0..t.len()).filter(|&k| t.upos(k) == Upos::Propn && t.clause_of(k) == clause);
        let (top, era) = mine.into_iter().find_map(|k| {
            let words = self.words(t.between(k.saturating_sub(3), k));
            Some((k, era(&words)?))
        })?;
        let words = self.connectives(top, clause);
        let said = |list: &[&str]| words.iter().any(|word| list.contains(word));
        let start = t.up(top).take(3).any(|k| matches!(t.lemma(k), "outbreak" | "start" | "beginning" | "outset"));
        let edge = if start { era.from } else { era.to };
        let (first, last) = era.whole();
        let time = if said(&["since", "after"]) {
            Time::Since(edge)
        } else if said(&["before", "until"]) {
            Time::Within(Window { from: self.always().from, to: era.from.to })
        } else if said(&["during", "in", "throughout"]) {
            Time::Within(Window { from: first, to: last })
        } else {
            return None;
        };
        Some((time, Some(t.between(top.saturating_sub(1), top))))
    }

    /// "… in 1939, when Germany invaded Poland": the time of what stands above.
    fn as_above(&self, clause: usize) -> Option<(Time, Option<Span>)> {
        let t = &self.tree;
        let when = t.children_by(clause, &[Relation::Advmod, Relation::Mark]).any(|k| t.lemma(k) == "when");
        // "It was in 2004 that …"
        let cleft = |h: &usize| {
            let it = t.children_by(*h, &[Relation::Nsubj, Relation::Expl]).any(|k| t.lemma(k) == "it");
            it && t.child(*h, &[Relation::Cop]).is_some()
        };
        let head = t.head(clause).filter(|h| when || cleft(h))?;
        if !matches!(
            t.relation(clause),
            Relation::AclRelcl
                | Relation::Advcl
                | Relation::AdvclRelcl
                | Relation::Acl
                | Relation::Ccomp
                | Relation::Csubj
        ) {
            return None;
        }
        let held = self.times.iter().find(|time| time.first <= head && head <= time.last);
        match held {
            Some(time) => Some((Time::Within(self.clipped(time.days?)), Some(t.between(time.first, time.last)))),
            None if t.clause_of(head) != clause => match self.time(head) {
                (time @ Time::Within(_), words) => Some((time, words)),
                _ => None,
            },
            None => None,
        }
    }

    /// "In the past two years", "for the third time in six months": the time up to the day of the text. `Err`: a time that is no
    /// window of days ("recently", "every year").
    pub(crate) fn recent(&self, p: usize) -> Result<Option<Window>, String> {
        let t = &self.tree;
        let clause = t.clause_of(p);
        let loose =
            |time: &&TimeExpression| matches!(time.kind, TimeKind::Duration | TimeKind::Recurring | TimeKind::Vague);
        let mine = self.times.iter().filter(loose).find(|time| t.clause_of(self.top(time)) == clause);
        let Some(time) = mine else { return Ok(None) };
        let words = self.words(t.between(time.first, time.last));
        let within = t
            .up(self.top(time))
            .take(3)
            .flat_map(|k| t.children_by(k, &[Relation::Case]))
            .any(|c| matches!(t.lemma(c), "in" | "within" | "over" | "during"));
        if time.kind != TimeKind::Duration || !within {
            // "For two years" tells how long, not since when: no time of a count.
            return if time.kind == TimeKind::Duration { Ok(None) } else { Err(words) };
        }
        let unit = (time.first..=time.last).find_map(|k| {
            Some(match t.lemma(k) {
                "day" => 1,
                "week" => 7,
                "month" => 31,
                "year" => 366,
                "decade" => 3653,
                _ => return None,
            })
        });
        let number = (time.first..=time.last).find_map(|k| super::count::number(self, k)).unwrap_or(1);
        match unit {
            Some(days) => Ok(Some(Window { from: later(self.today, -days * i64::from(number)), to: self.today })),
            None => Err(words),
        }
    }

    /// The word of an expression that hangs on something outside it.
    fn top(&self, time: &TimeExpression) -> usize {
        let inside = |k: usize| time.first <= k && k <= time.last;
        let outer = (time.first..=time.last).find(|&k| self.tree.head(k).is_none_or(|h| !inside(h)));
        outer.unwrap_or(time.first)
    }

    fn read_time(&self, time: &TimeExpression, top: usize, clause: usize) -> Time {
        let Some(days) = time.days else {
            return Time::Unclear(self.words(self.tree.between(time.first, time.last)));
        };
        let window = self.clipped(days);
        let words: Vec<&str> = self.connectives(top, clause);
        let said = |word: &str| words.contains(&word);
        match &time.kind {
            TimeKind::Since => Time::Since(window),
            TimeKind::Until => Time::Until(window),
            TimeKind::After => Time::Since(window),
            TimeKind::Before => Time::Unclear(self.words(self.tree.between(time.first, time.last))),
            TimeKind::Range { end } => match days_of(end) {
                Some(last) => Time::FromTo(first_of(time).unwrap_or(window), last),
                None => Time::Within(window),
            },
            // "After an attempt two months earlier": the time is that of something else.
            _ if ["after", "following", "follow", "before", "despite", "ahead"].into_iter().any(said)
                && self.tree.head(top) != Some(clause) =>
            {
                Time::Unclear(self.words(self.tree.between(time.first, time.last)))
            }
            _ if said("since") || said("after") => Time::Since(window),
            _ if said("until") || said("till") => Time::Until(window),
            _ => Time::Within(window),
        }
    }

    /// Prepositions and conjunctions between a time and its clause: "since the end of the war in 2020".
    fn connectives(&self, top: usize, clause: usize) -> Vec<&str> {
        let t = &self.tree;
        let mut found = Vec::new();
        for k in t.up(top) {
            if k == clause {
                break;
            }
            found.extend(t.children_by(k, &[Relation::Case, Relation::Mark]).map(|c| t.lemma(c)));
        }
        found
    }

    /// A year that has not ended is a claim up to the day of the text.
    fn clipped(&self, days: Days) -> Window {
        let to = if days.first <= self.today { days.last.min(self.today) } else { days.last };
        Window { from: days.first, to }
    }

    /// "Since he took office", "since independence": a time told by an event.
    fn since_event(&self, clause: usize) -> (Time, Option<Span>) {
        let t = &self.tree;
        let since = |k: usize| t.children_by(k, &[Relation::Mark, Relation::Case]).any(|c| t.lemma(c) == "since");
        let below = t
            .children(clause)
            .iter()
            .copied()
            .chain(t.children(clause).iter().flat_map(|&k| t.children(k).iter().copied()));
        let Some(event) = below.filter(|&k| since(k)).min() else { return (Time::None, None) };
        let span = t.span(event);
        let begins =
            t.is(event, "begin-office") || t.child(event, &[Relation::Obj]).is_some_and(|o| t.lemma(o) == "office");
        if begins && t.upos(event) == Upos::Verb {
            let subject = t.child(event, &[Relation::Nsubj, Relation::NsubjPass]);
            let person = subject.and_then(|s| self.persons(s).into_iter().next());
            if let Some((id, _)) = person {
                let terms = &self.gazetteer.person(id).terms;
                let held =
                    terms.iter().filter(|term| term.held_on(self.today) != Some(false) && term.office.level().leads());
                if let Some(from) = held.filter_map(|term| term.period.from).min()
                    && let (Some(first), Some(last)) = (from.first_day(), from.last_day())
                {
                    return (Time::Since(Window { from: first, to: last }), Some(span));
                }
            }
        }
        (Time::Unclear(self.words(span)), Some(span))
    }
}

fn days_of(date: &EventDate) -> Option<Window> {
    date.days().map(|(from, to)| Window { from, to })
}

/// The first date of a range, at its precision.
fn first_of(time: &TimeExpression) -> Option<Window> {
    time.date.as_ref().and_then(days_of).or_else(|| time.days.map(|d| Window::day(d.first)))
}

/// A day some days later; the day itself at the end of the calendar.
pub(crate) fn later(day: Date, days: i64) -> Date {
    day.checked_add(jiff::Span::new().days(days)).unwrap_or(day)
}
