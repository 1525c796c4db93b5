//! How often two met, or one visited the other: tellings of one meeting joined, and what is sure about their number.

use super::record::{Asked, SURE, evidence, is, nothing, surely_lies};
use super::{Answer, Sources, moved};
use crate::query::{Count, Level, Occurrences, Party, Pattern, What, Window};
use crate::report::{Evidence, Verdict};
use jiff::civil::Date;
use legation_analysis::office::Level as Rank;
use legation_analysis::{Day, Occurrence};
use legation_gazetteer::Gazetteer;
use legation_record::Precision;

/// The most days that may be left open between which a meeting lies: what is known to the month may be any of those that have days.
const LONGEST: i32 = 9;

/// Days between two meetings within which one may be a late telling of the other.
const APART: i32 = 4;

/// The same where a day is known by publication alone: news comes back to a meeting for some days.
const NEWS_APART: i32 = 12;

/// From this probability that there were more than claimed on, a claim is not told as supported.
const DOUBTFUL: f32 = 0.3;

/// So many at some time may be the one that a text speaks of.
const FEW: u32 = 3;

/// Days before a text within which lies what it was written for.
const NEWS: i64 = 8;

/// A meeting or visit with its tellings.
struct Met<'a> {
    first: Day,
    last: Day,
    tellings: Vec<Occurrence<'a>>,
}

impl Met<'_> {
    /// How probable it is that these parties met within the time, by the tellings that name them all and whose day is known;
    /// tellings are taken as independent.
    fn probability(&self, q: &Occurrences) -> f32 {
        let named = |o: &&Occurrence| q.pattern.who.iter().all(|party| o.participants().any(|p| is(&p, party, true)));
        let known = |o: &&Occurrence| o.when().is_some_and(|when| surely_lies(when, q.within));
        let telling = self.tellings.iter().filter(named);
        let day = telling.clone().any(|o| known(&o));
        if day { 1.0 - telling.map(|o| 1.0 - o.confidence()).product::<f32>() } else { 0.0 }
    }

    /// Whether a text tells its day.
    fn is_dated(&self) -> bool {
        self.tellings.iter().any(|o| o.when().is_some_and(|when| when.precision == Precision::Day))
    }
}

/// How probable it is that there were more than `most`: of meetings that are surely different ones, as independent events.
fn more_than(most: u32, met: &[Met], q: &Occurrences) -> (f32, u32) {
    let mut chances: Vec<f32> = Vec::new();
    let mut last: Option<(Day, bool)> = None;
    for m in met {
        let chance = m.probability(q);
        if chance == 0.0 {
            continue;
        }
        let apart =
            |(day, dated): (Day, bool)| day.until(m.first) > if dated && m.is_dated() { APART } else { NEWS_APART };
        if last.is_none_or(apart) {
            chances.push(chance);
        } else if let Some(before) = chances.last_mut() {
            // Perhaps the same: the surer telling of the two stands for both.
            *before = before.max(chance);
        }
        last = Some((m.last, m.is_dated()));
    }
    // The distribution of a sum of independent events of different probabilities (Poisson binomial), by convolution.
    let mut exactly = vec![1.0_f32];
    for p in &chances {
        let mut next = vec![0.0; exactly.len() + 1];
        for (n, chance) in exactly.iter().enumerate() {
            next[n] += chance * (1.0 - p);
            next[n + 1] += chance * p;
        }
        exactly = next;
    }
    (exactly.iter().skip(most as usize + 1).sum(), chances.len() as u32)
}

/// How often a pattern of meetings or visits occurred, against how often it is said to have.
pub(super) fn count(q: &Occurrences, asked: &Asked, gazetteer: &Gazetteer) -> Answer {
    let all = met(asked, &q.pattern, q.within, q.slack, gazetteer);
    let recorded = all.len() as u32;
    // What the text was written for is one of them, recorded by others or not.
    let news = Day::of(moved(q.within.to, -NEWS));
    let adds = q.own_included && all.last().is_none_or(|m| m.last < news);
    let number = recorded + u32::from(adds);
    let noun = if q.pattern.what == What::Visits { "visit" } else { "meeting" };
    let verb = if recorded == 1 { " is" } else { "s are" };
    let more = if adds { ", and the text tells of one more" } else { "" };
    let told = format!("{recorded} {noun}{verb} recorded{more}");
    let evidence: Vec<Evidence> = all.iter().map(|m| shown(m, asked)).collect();
    let by_person = q.pattern.who.iter().all(|p| p.person)
        || matches!(q.pattern.what, What::Meetings(Level::Leaders | Level::Ministers));
    let mut chance = 0.0;
    if let Some(most) = q.count.most().filter(|_| by_person).map(|most| most.saturating_sub(u32::from(adds))) {
        let different;
        (chance, different) = more_than(most, &all, q);
        if chance >= SURE {
            let text = format!("{told}, {different} on days far apart: more than {most} with probability {chance:.2}");
            return Answer::new(Verdict::Contradicted, text).with(evidence);
        }
    }
    if recorded == 0 {
        return match q.count {
            Count::Exactly(0) | Count::AtMost(_) => denial(q, asked),
            _ => nothing(q, asked, &[], gazetteer),
        };
    }
    match q.count {
        // An undated "visited" that was often done: which is meant is open.
        Count::AtLeast(1) if recorded > FEW && super::same::is_open(q.within) => {
            Answer::new(Verdict::Ambiguous, format!("{told}; which of them is meant is not clear")).with(evidence)
        }
        Count::AtLeast(n) if number >= n => Answer::new(Verdict::Supported, told).with(evidence),
        Count::Exactly(n) if n > 0 && number == n => Answer::new(Verdict::Supported, told).with(evidence),
        Count::AtMost(n) if number <= n && asked.covers(q.within) => {
            Answer::new(Verdict::NotInRecord, format!("{told}; there may be others")).with(evidence)
        }
        Count::Exactly(0) => Answer::new(Verdict::NotInRecord, format!("{told}, none of them surely")).with(evidence),
        // More are told than claimed: some may be told twice or wrongly read, or the claim is wrong.
        Count::Exactly(n) if number > n && chance >= DOUBTFUL => {
            let text = format!("{told}: more than {n} with probability {chance:.2}, which decides nothing");
            Answer::new(Verdict::Ambiguous, text).with(evidence)
        }
        Count::Exactly(n) if number > n => {
            let text = format!("{told}; that there were more than {n} has the probability {chance:.2}");
            Answer::new(Verdict::Supported, text).with(evidence)
        }
        _ => Answer::new(Verdict::NotInRecord, format!("{told}; the others are not in the record")).with(evidence),
    }
}

/// Nothing is recorded of what is said not to have been: that proves nothing.
fn denial(q: &Occurrences, asked: &Asked) -> Answer {
    if !asked.reaches(q.within) {
        return nothing(q, asked, &[], Gazetteer::embedded());
    }
    Answer::new(Verdict::NotInRecord, "none is recorded, which does not prove that there was none")
}

/// When a pattern occurred last.
pub(super) fn last(pattern: &Pattern, within: Window, until: Date, sources: &Sources) -> Answer {
    let Some(asked) = sources.asked() else { return super::record::unasked() };
    let q = Occurrences { pattern: pattern.clone(), within, count: Count::AtLeast(1), slack: 2, own_included: false };
    let then = met(&asked, pattern, within, 2, sources.gazetteer);
    // The text itself may tell of a later one: what it was written for is a week old at most.
    let after = Window { from: moved(within.to, APART.into()), to: moved(until, -8) };
    let anywhere = Pattern { place: None, country: None, ..pattern.clone() };
    let later: Vec<Met> = if after.from < after.to {
        let q = Occurrences {
            pattern: anywhere.clone(),
            within: after,
            count: Count::Exactly(0),
            slack: 0,
            own_included: false,
        };
        let found = met(&asked, &anywhere, after, 0, sources.gazetteer);
        found.into_iter().filter(|m| m.probability(&q) >= SURE).collect()
    } else {
        Vec::new()
    };
    if let Some(one) = later.first() {
        let text = format!("a later one is recorded, on {}", one.first.date());
        return Answer::new(Verdict::Contradicted, text).with(later.iter().map(|m| shown(m, &asked)).collect());
    }
    if then.is_empty() {
        return nothing(&q, &asked, &[], sources.gazetteer);
    }
    let text = "it is recorded, and no later one is";
    Answer::new(Verdict::Supported, text).with(then.iter().map(|m| shown(m, &asked)).collect())
}

/// The meetings or visits within a time, in order: the analysis joins the tellings, of which those count that name whom the
/// claim means.
fn met<'a>(asked: &Asked<'a>, pattern: &Pattern, window: Window, slack: i64, gazetteer: &Gazetteer) -> Vec<Met<'a>> {
    let Some([a, b]) = sides(pattern) else { return Vec::new() };
    let told = |o: &Occurrence<'a>| asked.told(o, pattern);
    let days = legation_analysis::Window::between(
        Some(Day::of(moved(window.from, -slack))),
        Some(Day::of(moved(window.to, slack))),
    );
    let found = legation_analysis::meetings_of(asked.history, gazetteer, &a, &b, &days, told);
    let by_person = pattern.who.iter().all(|p| p.person);
    let wanted = |level: Rank| match pattern.what {
        What::Meetings(Level::Leaders) if !by_person => level == Rank::Leaders,
        What::Meetings(Level::Ministers) if !by_person => level == Rank::Ministers,
        _ => true,
    };
    let mut all: Vec<Met<'a>> = Vec::new();
    for meeting in found.met.iter().chain(&found.delegations) {
        let Some(when) = meeting.when.filter(|when| when.first.until(when.last) <= LONGEST) else { continue };
        if !wanted(meeting.level) || meeting.level_assumed && matches!(pattern.what, What::Meetings(_)) && !by_person {
            continue;
        }
        let tellings = meeting.rows.iter().map(|&row| asked.history.occurrence(row)).collect();
        all.push(Met { first: when.first, last: when.last, tellings });
    }
    all.sort_by_key(|m| (m.first, m.last));
    all
}

/// The two sides of a meeting, or guest and host. Persons are asked for by their state: a telling may name the one and of the
/// other the state alone.
fn sides(pattern: &Pattern) -> Option<[legation_analysis::Party; 2]> {
    use legation_analysis::Party as Side;
    let mut parties = pattern.who.iter().chain(&pattern.to);
    let one = parties.next()?;
    let other = parties.find(|other| *other != one)?;
    let by_code = one.code.is_some() && other.code.is_some() && one.code != other.code;
    let side = |party: &Party| match &party.code {
        Some(code) if by_code => Side::Code(code.clone()),
        _ => Side::Name(party.name.clone()),
    };
    Some([side(one), side(other)])
}

fn shown(m: &Met, asked: &Asked) -> Evidence {
    let surest = |a: &&Occurrence, b: &&Occurrence| {
        (asked.may_quote(a)).cmp(&asked.may_quote(b)).then(a.confidence().total_cmp(&b.confidence()))
    };
    let best = m.tellings.iter().max_by(surest);
    let mut row = best.map(|o| evidence(o, asked.may_quote(o))).unwrap_or_default();
    let (first, last) = (m.first.date(), m.last.date());
    row.date = Some(if first == last { first.to_string() } else { format!("{first} … {last}") });
    if m.tellings.len() > 1 {
        row.text = format!("{} [{} tellings]", row.text, m.tellings.len());
    }
    row
}
