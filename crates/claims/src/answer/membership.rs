//! Memberships, from the dated table of them. It contradicts only where it is complete, or where a row surely holds.

use super::{Answer, Tri, moved, over, samples, span_of, touches};
use crate::query::{Aspect, Count, Membership, Standing, When, Window};
use crate::report::{Evidence, Verdict};
use jiff::civil::Date;
use legation_gazetteer::{Gazetteer, Membership as Row, Partial, Status};

pub(super) fn answer(q: &Membership, gazetteer: &Gazetteer) -> Answer {
    let table = Table::new(q, gazetteer);
    if !table.known() {
        let text = format!("the tables know no members of {}", q.organisation);
        return Answer::new(Verdict::OutsideCoverage, text);
    }
    let found = match q.aspect {
        Aspect::Holds(when) => table.holds(when),
        Aspect::Began(window) => table.began(window, q.ordinal),
        Aspect::Ended(window) => table.ended(window),
    };
    let mut found = found;
    if let Some(row) = table.invited(q.aspect).filter(|_| found.verdict == Verdict::Contradicted) {
        found = Answer::new(Verdict::Ambiguous, format!("{}, {}", span_of(row.period, row.seen), row.note));
    }
    let verdict = if q.holds { found.verdict } else { denied(found.verdict) };
    let found = Answer { verdict, text: found.text, evidence: table.evidence() };
    match &q.among {
        Some(among) if found.verdict == Verdict::Supported => super::among::answer(q, among, &table, found),
        Some(among) if found.verdict == Verdict::NotInRecord => super::among::without(q, among, &table, found),
        _ => found,
    }
}

/// How many members an organisation has.
pub(super) fn count(organisation: &str, on: Date, count: Count, gazetteer: &Gazetteer) -> Answer {
    let rows = gazetteer.members(organisation, None);
    if rows.is_empty() {
        return Answer::new(Verdict::OutsideCoverage, format!("the tables know no members of {organisation}"));
    }
    let member = |row: &&&Row| matches!(row.status, Status::Member | Status::Suspended);
    let number = |day: Date| rows.iter().filter(member).filter(|r| r.held_on(day) == Some(true)).count() as u32;
    let sure = is_complete(gazetteer, organisation, Status::Member, on)
        && rows.iter().filter(member).all(|r| r.held_on(on).is_some());
    let text = format!("{organisation} had {} members on {on}", number(on));
    let verdict = match (sure, count.holds(number(on)), count.holds(number(moved(on, -30)))) {
        (false, ..) => Verdict::NotInRecord,
        (true, true, _) => Verdict::Supported,
        (true, false, false) => Verdict::Contradicted,
        (true, false, true) => Verdict::NotInRecord,
    };
    Answer::new(verdict, text)
}

/// The verdict on a denial.
fn denied(verdict: Verdict) -> Verdict {
    match verdict {
        Verdict::Supported => Verdict::Contradicted,
        Verdict::Contradicted => Verdict::Supported,
        other => other,
    }
}

pub(super) fn is_complete(gazetteer: &Gazetteer, organisation: &str, status: Status, day: Date) -> bool {
    gazetteer.complete().iter().any(|row| {
        row.table == "memberships"
            && row.organisation == Some(organisation)
            && row.statuses.split(',').any(|name| name == status.name())
            && row.period.contains(day)
    })
}

/// The rows of one state in one organisation, and what is asked of them.
pub(super) struct Table<'a> {
    pub(super) gazetteer: &'a Gazetteer,
    pub(super) state: &'a str,
    pub(super) organisation: &'a str,
    standing: Standing,
    /// Whether the claim says membership itself: then another standing is none.
    full: bool,
    /// Whether the claim is of a return.
    again: bool,
    rows: Vec<&'a Row>,
}

impl<'a> Table<'a> {
    fn new(q: &'a Membership, gazetteer: &'a Gazetteer) -> Self {
        let rows = gazetteer.members(&q.organisation, None).into_iter().filter(|row| row.state == q.state).collect();
        Self {
            gazetteer,
            state: &q.state,
            organisation: &q.organisation,
            standing: q.standing,
            full: q.full,
            again: q.again,
            rows,
        }
    }

    /// The same of another state.
    pub(super) fn of(&self, state: &'a str) -> Self {
        let all = self.gazetteer.members(self.organisation, None).into_iter();
        Self { state, rows: all.filter(|row| row.state == state).collect(), ..*self }
    }

    /// Whether the tables know the organisation at all.
    fn known(&self) -> bool {
        !self.rows.is_empty() || !self.gazetteer.members(self.organisation, None).is_empty()
    }

    fn wanted(&self, status: Status) -> bool {
        match self.standing {
            Standing::Member => matches!(status, Status::Member | Status::Suspended),
            Standing::Observer => status == Status::Observer,
            Standing::Partner => status == Status::Partner,
            Standing::Applicant => status == Status::Applicant,
            Standing::Suspended => status == Status::Suspended,
        }
    }

    pub(super) fn status(&self) -> Status {
        match self.standing {
            Standing::Member => Status::Member,
            Standing::Observer => Status::Observer,
            Standing::Partner => Status::Partner,
            Standing::Applicant => Status::Applicant,
            Standing::Suspended => Status::Suspended,
        }
    }

    pub(super) fn mine(&self) -> impl Iterator<Item = &&'a Row> {
        self.rows.iter().filter(|row| self.wanted(row.status))
    }

    /// Whether the state had the standing on a day.
    pub(super) fn on(&self, day: Date) -> Tri {
        let held = |row: &&&Row| row.held_on(day);
        if self.mine().any(|row| held(&row) == Some(true)) {
            return Some(true);
        }
        if self.mine().any(|row| held(&row).is_none()) {
            return None;
        }
        // A member is no observer, partner or applicant any more; a loose tie of another sort leaves it open.
        let member = |row: &&Row| row.status == Status::Member && row.held_on(day) == Some(true);
        let looser = matches!(self.standing, Standing::Observer | Standing::Partner | Standing::Applicant);
        if looser && self.rows.iter().any(member) && self.rows.len() < 12 {
            return Some(false);
        }
        is_complete(self.gazetteer, self.organisation, self.status(), day).then_some(false)
    }

    /// An invitation that may count as membership, where it falls into the time of the claim.
    fn invited(&self, aspect: Aspect) -> Option<&Row> {
        let window = match aspect {
            Aspect::Holds(When::On(day) | When::Ever(day)) => Window::day(day),
            Aspect::Holds(When::Within(window) | When::Since(window, _)) => window,
            Aspect::Began(window) | Aspect::Ended(window) => window,
        };
        let invited = |row: &&&Row| row.status == Status::Applicant && row.note.starts_with("invited");
        let held = |row: &&&Row| row.held_on(window.from) == Some(true) || row.held_on(window.to) == Some(true);
        let asks = self.standing == Standing::Member;
        self.rows.iter().filter(|_| asks).filter(invited).find(held).copied()
    }

    fn edges(&self) -> impl Iterator<Item = Date> {
        let ends = |row: &&&Row| {
            let both = [row.period.from, row.period.to].into_iter().flatten();
            both.flat_map(|d| [d.first_day(), d.last_day()]).flatten().collect::<Vec<_>>()
        };
        let days: Vec<Date> = self.rows.iter().flat_map(|row| ends(&row)).collect();
        days.into_iter().flat_map(|day| [moved(day, -1), day, moved(day, 1)])
    }

    fn holds(&self, when: When) -> Answer {
        let name = |code: &str| self.gazetteer.name_of(code).map_or_else(|| code.to_owned(), str::to_owned);
        let (state, body) = (name(self.state), name(self.organisation));
        let what = self.standing.name();
        match when {
            When::On(day) => match (self.on(day), self.on(moved(day, -14))) {
                (Some(true), _) => Answer::new(Verdict::Supported, format!("{state} was {what} of {body} on {day}")),
                (Some(false), Some(false)) => {
                    Answer::new(Verdict::Contradicted, format!("{state} was no {what} of {body} on {day}"))
                }
                (Some(false), _) => {
                    Answer::new(Verdict::NotInRecord, format!("it changed in the two weeks before {day}"))
                }
                (None, _) => self.unknown(Window::day(day)),
            },
            When::Within(window) => match over(&samples(window, self.edges()), |day| self.on(day)) {
                Ok(Some(true)) => {
                    Answer::new(Verdict::Supported, format!("{state} was {what} of {body} all through {window}"))
                }
                Ok(Some(false)) => Answer::new(
                    Verdict::Contradicted,
                    format!("{state} was no {what} of {body} at any time in {window}"),
                ),
                Ok(None) => self.unknown(window),
                Err(()) => Answer::new(Verdict::Ambiguous, format!("{state} was {what} for a part of {window}")),
            },
            When::Ever(day) => {
                if let Some(row) =
                    self.mine().find(|row| row.period.from.or(row.first_seen).is_some_and(|d| before(d, day)))
                {
                    let text = format!("{state} was {what} of {body}, {}", span_of(row.period, row.seen));
                    return Answer::new(Verdict::Supported, text);
                }
                let founded = self.gazetteer.complete().iter().find(|row| {
                    row.table == "memberships"
                        && row.organisation == Some(self.organisation)
                        && row.source == "hand"
                        && row.statuses.split(',').any(|name| name == self.status().name())
                });
                let other =
                    self.rows.iter().find(|row| row.period.from.or(row.first_seen).is_some_and(|d| before(d, day)));
                match founded {
                    // It came in as something else: what the words mean is open.
                    Some(_)
                        if self.standing == Standing::Member
                            && !self.full
                            && self.mine().next().is_none()
                            && other.is_some() =>
                    {
                        let text = other.map_or_else(String::new, |row| format!("only as {}", row.status.name()));
                        Answer::new(Verdict::Ambiguous, text)
                    }
                    Some(row) if row.period.contains(day) && self.mine().next().is_none() => {
                        Answer::new(Verdict::Contradicted, format!("{state} was never {what} of {body} up to {day}"))
                    }
                    _ => self.unknown(Window::day(day)),
                }
            }
            When::Since(window, day) => self.since(window, day),
        }
    }

    fn since(&self, window: Window, day: Date) -> Answer {
        let now = self.on(day);
        if now == Some(false) && self.on(moved(day, -14)) == Some(false) {
            let through = Window { from: window.to.min(day), to: day };
            let never = over(&samples(through, self.edges()), |day| self.on(day)) == Ok(Some(false));
            let text = if never { format!("not at any time in {through}") } else { format!("not on {day}") };
            return Answer::new(if never { Verdict::Contradicted } else { Verdict::Ambiguous }, text);
        }
        let begun = self.began(window, None);
        match (now, begun.verdict) {
            (Some(true), _) => begun,
            _ => self.unknown(Window { from: window.from, to: day }),
        }
    }

    fn began(&self, window: Window, ordinal: Option<u32>) -> Answer {
        // Without a time it may be as an observer, or be decided and yet to come: it can be found, not refuted.
        let starts = |row: &&&Row| touches(row.period.from, window);
        if window == Window::up_to(window.to) && (ordinal.is_none() || !self.mine().any(|row| starts(&row))) {
            let found = self.holds(When::Ever(window.to));
            return match found.verdict {
                Verdict::Contradicted => Answer { verdict: Verdict::NotInRecord, ..found },
                _ => found,
            };
        }
        let starts = |row: &&&Row| touches(row.period.from, window);
        let is_new = |row: &&&Row| {
            // A suspension that ends begins no membership.
            if self.again {
                return true;
            }
            let before = row.period.from.and_then(Partial::first_day).map(|day| moved(day, -1));
            before.is_none_or(|day| self.mine().all(|other| other.held_on(day) != Some(true)))
        };
        if let Some(row) = self.mine().filter(is_new).find(|row| starts(row)) {
            let text = format!("the table has {}", span_of(row.period, row.seen));
            return match ordinal {
                Some(n) => self.numbered(row, n, text),
                None => Answer::new(Verdict::Supported, text),
            };
        }
        // A candidate is more than an applicant, and the table notes since when.
        let noted =
            |row: &&&Row| row.note.split(' ').filter_map(|word| word.parse::<Date>().ok()).any(|d| window.contains(d));
        if self.standing == Standing::Applicant
            && let Some(row) = self.mine().find(noted)
        {
            return Answer::new(Verdict::Supported, format!("the table notes: {}", row.note));
        }
        // Something of another sort began then: what the words mean is open.
        let near = Window { from: moved(window.from, -60), to: moved(window.to, 60) };
        let stands = |row: &Row| self.wanted(row.status) || self.full && row.status != Status::Applicant;
        let looser = |row: &&&Row| !stands(row);
        if let Some(row) = self.rows.iter().filter(looser).find(|row| touches(row.period.from, near)) {
            let text = format!("only as {}: {} {}", row.status.name(), span_of(row.period, row.seen), row.note);
            return Answer::new(Verdict::Ambiguous, text.trim_end().to_owned());
        }
        let after = moved(window.to, 30);
        let through = |from: Date, to: Date| over(&samples(Window { from, to }, self.edges()), |day| self.on(day));
        if through(window.from, window.to) == Ok(Some(false)) && self.on(after) == Some(false) {
            return Answer::new(Verdict::Contradicted, format!("no {} up to {after}", self.standing.name()));
        }
        let precise = |row: &&&Row| {
            row.source == "hand"
                && self.standing != Standing::Applicant
                && row.period.from.is_some_and(|d| d.text().len() == 10)
        };
        let already = through(moved(window.from, -60), window.to) == Ok(Some(true));
        if already && self.standing != Standing::Member {
            // An observer may become an observer of another rank.
            return Answer::new(Verdict::Ambiguous, format!("it was {} before", self.standing.name()));
        }
        if already
            || self.mine().next().is_some() && self.mine().all(|row| precise(&row)) && self.on(after) == Some(false)
        {
            let rows: Vec<String> = self.mine().map(|row| span_of(row.period, row.seen)).collect();
            return Answer::new(Verdict::Contradicted, format!("the table has {}", rows.join("; ")));
        }
        // Where it began inside the month after the window, the claim may go by another date of the same step.
        if self.mine().next().is_some()
            && self.mine().all(|row| precise(&row))
            && !self.mine().any(|r| touches(r.period.from, near))
        {
            let rows: Vec<String> = self.mine().map(|row| span_of(row.period, row.seen)).collect();
            return Answer::new(Verdict::Contradicted, format!("the table has {}", rows.join("; ")));
        }
        self.unknown(window)
    }

    /// Whether it was the n-th: several may have joined on one day.
    fn numbered(&self, row: &Row, n: u32, text: String) -> Answer {
        let Some(day) = row.period.from.filter(|d| d.text().len() == 10).and_then(Partial::first_day) else {
            return Answer::new(Verdict::NotInRecord, text);
        };
        let members = |day: Date| {
            let rows = self.gazetteer.members(self.organisation, Some(day));
            rows.iter().filter(|r| matches!(r.status, Status::Member | Status::Suspended)).count() as u32
        };
        let (before, after) = (members(moved(day, -1)), members(day));
        let text = format!("{text}; then there were {after} members");
        if !is_complete(self.gazetteer, self.organisation, Status::Member, day) {
            Answer::new(Verdict::NotInRecord, text)
        } else if before < n && n <= after {
            Answer::new(Verdict::Supported, text)
        } else {
            Answer::new(Verdict::Contradicted, text)
        }
    }

    fn ended(&self, window: Window) -> Answer {
        let near = Window { from: moved(window.from, -1), to: moved(window.to, 1) };
        if let Some(row) = self.mine().find(|row| touches(row.period.to, near)) {
            return Answer::new(Verdict::Supported, format!("the table has {}", span_of(row.period, row.seen)));
        }
        let late = moved(window.to, 60);
        let through = |from: Date, to: Date| over(&samples(Window { from, to }, self.edges()), |day| self.on(day));
        if through(window.from, late) == Ok(Some(true)) {
            return Answer::new(Verdict::Contradicted, format!("still {} on {late}", self.standing.name()));
        }
        if through(moved(window.from, -60), window.to) == Ok(Some(false)) {
            let text = format!("no {} from {} on", self.standing.name(), moved(window.from, -60));
            return Answer::new(Verdict::Contradicted, text);
        }
        self.unknown(window)
    }

    /// What there is to say where the table cannot tell.
    fn unknown(&self, window: Window) -> Answer {
        let reaches = |row: &&&Row| {
            let from = row.period.from.or(row.first_seen).and_then(Partial::first_day);
            let to = row.period.to.or(row.seen).and_then(Partial::last_day);
            from.is_none_or(|d| d <= window.to) && to.is_none_or(|d| window.from <= d)
        };
        let all = self.gazetteer.members(self.organisation, None);
        if all.iter().any(|row| reaches(&row)) {
            let text = format!("the table of {} does not tell, and it is not complete there", self.organisation);
            Answer::new(Verdict::NotInRecord, text)
        } else {
            Answer::new(Verdict::OutsideCoverage, format!("the table of {} does not reach {window}", self.organisation))
        }
    }

    fn evidence(&self) -> Vec<Evidence> {
        let row = |row: &&Row| Evidence {
            source: format!("memberships ({})", row.source),
            date: Some(span_of(row.period, row.seen)),
            text: format!("{} {} of {} {}", row.state, row.status.name(), row.organisation, row.note)
                .trim_end()
                .to_owned(),
            ..Evidence::default()
        };
        self.rows.iter().map(row).collect()
    }
}

fn before(date: Partial, day: Date) -> bool {
    date.first_day().is_some_and(|first| first <= day)
}
