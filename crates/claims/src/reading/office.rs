//! "… was president of … in 2010", "… became prime minister in 2018", "former French president …".

use super::parties::Meant;
use super::time::Time;
use super::{LOOSE, Meaning, Scene, Statement, claim_span};
use crate::grammar::Negation;
use crate::query::{Aspect, OfficeAsked, OfficeHeld, Query, When, Window};
use crate::report::Kind;
use legation_gazetteer::{Office, PersonId};
use legation_record::{EntityKind, Relation, Span, Upos};

/// The offices that a sentence claims.
pub(super) fn read(s: &Scene) -> Vec<Statement> {
    let mut found = Vec::new();
    for i in 0..s.tree.len() {
        if let Some((office, first, end)) = office_at(s, i) {
            found.extend(by_title(s, i, office, first, end));
        }
        if s.tree.upos(i) == Upos::Verb && s.tree.is(i, "lead") {
            found.extend(by_rule(s, i));
        }
        let other = super::power::read(s, i).or_else(|| super::power::by_seat(s, i));
        let told = found.iter().any(|told: &Statement| told.span.contains(s.tree.token(i).span));
        found.extend(other.filter(|_| !told));
    }
    found
}

/// The office that a noun names, and the first and last token of the words.
fn office_at(s: &Scene, i: usize) -> Option<(OfficeAsked, usize, usize)> {
    let t = &s.tree;
    if t.is(i, "presidency") {
        return Some((OfficeAsked::Title(s.gazetteer.office_called("president")?), i, i));
    }
    if t.is(i, "premiership") {
        return Some((OfficeAsked::Office(Office::HeadOfGovernment), i, i));
    }
    if !matches!(t.upos(i), Upos::Noun | Upos::Propn) {
        return None;
    }
    // "prime minister", "secretary of state", "minister of foreign affairs": the longest title around the noun.
    let lower = |a: usize, b: usize| (a..=b).map(|k| t.lemma(k)).collect::<Vec<_>>().join(" ");
    let last = (t.len() - 1).min(i + 3);
    for end in (i..=last).rev() {
        for first in i.saturating_sub(3)..=i {
            if let Some(title) = s.gazetteer.office_called(&lower(first, end)) {
                return Some((OfficeAsked::Title(title), first, end));
            }
        }
    }
    None
}

/// What is said of an office.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    Is,
    Begins,
    Ends,
    /// "The first president": at some time.
    Once,
    Former,
}

fn by_title(s: &Scene, i: usize, office: OfficeAsked, first: usize, end: usize) -> Option<Statement> {
    use Relation::*;
    let t = &s.tree;
    // "The former French president", "former OAS and Costa Rican president", "ex-president": in the words before the title.
    let apart =
        |k: usize| matches!(t.upos(k), Upos::Punct | Upos::Verb | Upos::Aux | Upos::Adp | Upos::Det | Upos::Pron);
    let plain = |k: &usize| !apart(*k) || t.form(*k) == "-";
    let former = t.children_by(i, &[Amod, Compound, Advmod]).any(|k| t.is(k, "former"))
        || (first.saturating_sub(5)..first).rev().take_while(plain).any(|k| t.is(k, "former"));
    // "Deputy", "vice-", "-elect", "next": another office, or not yet this one.
    let before = first.checked_sub(1).and_then(|k| if t.form(k) == "-" { k.checked_sub(1) } else { Some(k) });
    let after =
        (end + 1 < t.len()).then_some(end + 1).map(|k| if t.form(k) == "-" { (k + 1).min(t.len() - 1) } else { k });
    let modifiers: Vec<usize> = t.children_by(i, &[Amod, Compound, Nummod]).collect();
    let beside = |class: &str| {
        before.is_some_and(|k| t.is(k, class))
            || modifiers.iter().any(|&k| t.is(k, class) || t.conjuncts(k).iter().any(|&c| t.is(c, class)))
    };
    if beside("lesser") || beside("coming") || after.is_some_and(|k| t.is(k, "coming")) || t.feature(i, "Number=Plur") {
        return None;
    }
    let once = t.children_by(i, &[Advmod]).any(|k| matches!(t.lemma(k), "once" | "formerly" | "previously"));
    // "For nineteen years Luxembourg's foreign minister", beside a name: for a time that may be over.
    let earlier = beside("past-holder") || once || t.child(i, &[Cop]).is_none() && s.lasts(i);
    // An acting or disputed office, and a further term of the same, have dates of their own.
    let term = t.head(i).is_some_and(|v| {
        let beside = |k: usize| k == v || t.head(k) == Some(v) && !matches!(t.relation(k), Advcl);
        (0..t.len()).any(|k| t.lemma(k) == "term" && beside(k))
    });
    s.unsure.set(Some(LOOSE).filter(|_| beside("disputed") || term));
    // "Ethiopia's prime minister, Hailemariam Desalegn, …": the name that follows.
    let comma = t.len() > end + 2 && t.form(end + 1) == ",";
    let beside_it = t.children_by(i, &[Appos]).find(|&k| matches!(t.token(k).entity.kind(), Some(EntityKind::Person)));
    let alone = |k: &usize| {
        let between = end + 1..*k;
        let named = |j: usize| matches!(t.token(j).entity.kind(), Some(EntityKind::Person));
        let right = between.len() > 1 && t.form(k - 1) == ",";
        right && !between.into_iter().any(named) && t.children(*k).iter().all(|c| c > k)
    };
    let follower = beside_it.filter(alone).or(comma.then_some(end + 2)).filter(|&k| {
        let person = matches!(t.token(k).entity.kind(), Some(EntityKind::Person));
        person && t.relation(k) == Appos && t.head(k).is_some_and(|h| h <= end)
    });
    // "Held the office of president", "began his term as president": what is held, begun and ended is the office or the term.
    let above = |class: &str| t.head(i).filter(|&h| t.relation(i) == Nmod && t.is(h, class) && t.upos(h) == Upos::Noun);
    let post = above("post").or_else(|| above("tenure"));
    let held = post.unwrap_or(i);
    let case = match above("tenure") {
        Some(_) => Some("as".to_owned()),
        None => t.child(held, &[Case]).map(|c| t.lemma(c).to_owned()),
    };
    let v = t.head(held).filter(|&v| t.upos(v) == Upos::Verb);
    let ceases = super::membership::ceases(t, i).filter(|_| t.child(i, &[Cop]).is_some());
    let mut aside = false;
    let (clause, subject, change) = if let Some(v) = ceases {
        (v, t.subject(v)?, Change::Ends)
    } else if t.child(i, &[Cop]).is_some() {
        (
            i,
            t.subject(i)?,
            if former {
                Change::Former
            } else if earlier {
                Change::Once
            } else {
                Change::Is
            },
        )
    } else if let Some(v) = v.filter(|&v| is_holder(s, held, v, case.as_deref())) {
        // "Was replaced as president": what is done to whoever is followed.
        let followed = t.is(v, "follow") && t.is_passive(v);
        let change = if followed || t.is(v, "end-office") && !t.is(v, "role") {
            Change::Ends
        } else if t.is(v, "begin-office")
            || t.is(v, "start")
            || t.lemma(v) == "make"
            || matches!(case.as_deref(), Some("into" | "to"))
        {
            Change::Begins
        } else {
            Change::Is
        };
        (v, t.subject(v)?, change)
    } else if let Some(name) = follower.filter(|_| state_of(s, i, first, t.len()).is_some()) {
        aside = true;
        let change = if former {
            Change::Former
        } else if earlier {
            Change::Once
        } else {
            Change::Is
        };
        (i, name, change)
    } else if former {
        // "the former French president Hollande", "Hollande, the former president of France"
        let next = (end + 1 < t.len()).then(|| t.token(end + 1).entity.kind()).flatten();
        let person = match t.relation(i) {
            _ if next == Some(EntityKind::Person) => end + 1,
            NmodDesc | Compound | Appos | Flat => t.head(i)?,
            _ => t.child(i, &[Appos, Flat])?,
        };
        if !matches!(t.token(person).entity.kind(), Some(EntityKind::Person)) {
            return None;
        }
        (i, person, Change::Former)
    } else if t.relation(i) == Appos
        && t.head(i).is_some_and(|h| matches!(t.token(h).entity.kind(), Some(EntityKind::Person)))
    {
        // "Hollande, president from 2012 to 2017"
        // Of several names it is not clear whose it is.
        let head = t.head(i)?;
        aside = true;
        let next = (end + 1 < t.len()).then(|| t.token(end + 1).entity.kind()).flatten();
        // The one whose name stands right before: "A and B, the president of …".
        let head = before_apposition(s, i).unwrap_or(head);
        if next == Some(EntityKind::Person) || t.child(head, &[Conj]).is_some() {
            return None;
        }
        (i, head, if earlier { Change::Once } else { Change::Is })
    } else {
        return None;
    };
    let persons = persons_of(s, subject, i);
    // "He has been prime minister since 2015", where nothing tells who.
    let nobody = persons.is_empty() && s.all(subject).iter().all(|p| p.code.is_none() && p.wikidata.is_none());
    if nobody && matches!(t.lemma(subject), "he" | "she") && s.doubt(clause).is_none() {
        let span = claim_span(s, subject, clause, end, s.time(clause).1);
        return Some(s.silent(Kind::Office, span, Meaning::Unclear("who is meant is not clear".to_owned())));
    }
    let [(person, name)] = persons.as_slice() else { return stranger(s, subject, clause, i, first, office) };
    let (time, words) = if aside { s.time_beside(clause) } else { s.time(clause) };
    let span = claim_span(s, subject, clause, end, if change == Change::Former { None } else { words });
    let state_word = t.phrase(i, &["of"]).map_or(t.token(i).span, |n| t.token(n).span);
    let span = span.cover(t.token(first).span).cover(state_word);
    let state = state_of(s, i, first, subject);
    // "Secretary of State for Culture": another office.
    if t.len() > end + 1 && t.lemma(end + 1) == "for" && t.len() > end + 2 && s.state_named(end + 2).is_none() {
        return None;
    }
    // "Britain's Chancellor of the Exchequer": another office.
    let of_what = t.phrase(end, &["of"]).or_else(|| t.phrase(i, &["of"])).filter(|&n| n > end);
    if of_what.is_some_and(|n| {
        let nobody = matches!(s.states(n), Meant::All(found) if found.is_empty()) && s.all(n).is_empty();
        nobody && !t.is(n, "realm") && !t.is(n, "country") && !t.is(n, "post")
    }) {
        return None;
    }
    // "President of the Euro Group": of something that is no state.
    if state.is_none() && t.phrase(end, &["of"]).or_else(|| t.phrase(i, &["of"]).filter(|n| *n > end)).is_some() {
        return None;
    }
    let negation = if aside { None } else { t.negation(clause) };
    let beside = aside || change == Change::Former && clause == i && t.child(i, &[Cop]).is_none();
    let successor = Held { person: *person, name: name.clone(), state: state.clone(), office, change, negation, aside };
    if let Some(both) = succession(s, clause, &successor, &time, span) {
        return Some(both);
    }
    let held = Held { person: *person, name: name.clone(), state, office, change, negation, aside: beside };
    statement(s, held, clause, &time, span)
}

/// The person whose name ends right before the comma of an apposition.
fn before_apposition(s: &Scene, i: usize) -> Option<usize> {
    let t = &s.tree;
    let first = (0..t.len()).find(|&k| t.is_below(k, i))?;
    let comma = first.checked_sub(1).filter(|&k| t.upos(k) == Upos::Punct)?;
    let last = comma.checked_sub(1)?;
    let head = if matches!(t.relation(last), Relation::Flat | Relation::Compound) { t.head(last)? } else { last };
    matches!(t.token(head).entity.kind(), Some(EntityKind::Person)).then_some(head)
}

/// "A succeeded B as president", "B was succeeded as president by A", "A took over as president from B": one comes, one goes.
fn succession(s: &Scene, v: usize, said: &Held, time: &Time, span: Span) -> Option<Statement> {
    let t = &s.tree;
    let takes = t.lemma(v) == "take";
    if !(t.is(v, "follow") || takes) || t.upos(v) != Upos::Verb || said.negation.is_some() {
        return None;
    }
    let passive = t.is_passive(v);
    let other = if passive {
        t.phrase(v, &["by"])?
    } else if takes {
        // "… as president from B", "took over from B as president"
        let as_title = t.children_by(v, &[Relation::Obl, Relation::Xcomp]).filter_map(|k| t.phrase(k, &["from"]));
        super::frame::path(t, v, "over from").into_iter().chain(as_title).next()?
    } else {
        t.child(v, &[Relation::Obj])?
    };
    let persons = persons_of(s, other, v);
    let [(other_person, other_name)] = persons.as_slice() else {
        // Whose office ends is not whose office begins.
        return passive.then(|| s.silent(Kind::Office, span, Meaning::Unclear("who followed is not clear".to_owned())));
    };
    let query = |person: PersonId, name: &str, aspect: Aspect| {
        let (state, office) = (said.state.clone(), said.office);
        Query::Office(OfficeHeld { person, name: name.to_owned(), state, office, aspect, holds: true })
    };
    let (begins, ends) = match time {
        Time::Within(w) => (Aspect::Began(*w), Aspect::Ended(*w)),
        _ => (Aspect::Holds(When::Ever(s.today)), Aspect::Holds(When::Ever(s.today))),
    };
    let (one, two) = if passive { (ends, begins) } else { (begins, ends) };
    let queries = vec![Query::All(vec![query(said.person, &said.name, one), query(*other_person, other_name, two)])];
    let span = span.cover(s.mention_span(other));
    Some(s.state(Kind::Office, v, span, queries))
}

/// A person of whom the tables know no office.
fn stranger(
    s: &Scene,
    subject: usize,
    clause: usize,
    i: usize,
    first: usize,
    office: OfficeAsked,
) -> Option<Statement> {
    let t = &s.tree;
    let person = matches!(t.token(subject).entity.kind(), Some(EntityKind::Person));
    let (time, words) = s.time(clause);
    let within = time.window(s.today)?;
    if !person || !s.persons(subject).is_empty() || t.negation(clause).is_some() {
        return None;
    }
    let state = state_of(s, i, first, subject)?;
    let span = claim_span(s, subject, clause, i, words);
    let query = Query::Holder { name: s.words(s.mention_span(subject)), state, office, within };
    Some(s.state(Kind::Office, clause, span, vec![query]))
}

/// Whether the noun says what somebody is, becomes or ceases to be.
fn is_holder(s: &Scene, i: usize, v: usize, case: Option<&str>) -> bool {
    use Relation::*;
    let t = &s.tree;
    match (t.relation(i), case) {
        (Xcomp | Obj, None) => {
            t.is(v, "become")
                || matches!(
                    t.lemma(v),
                    "elect" | "appoint" | "name" | "make" | "remain" | "hold" | "inaugurate" | "assume" | "win"
                )
                || (t.is(i, "presidency") || t.is(i, "premiership"))
                    && (t.is(v, "end-office") || t.is(v, "begin-office"))
        }
        // "Moved into the presidency", "rose to the premiership"
        (Obl, Some("into" | "to")) => {
            (t.is(i, "presidency") || t.is(i, "premiership"))
                && matches!(t.lemma(v), "move" | "rise" | "ascend" | "accede" | "come" | "return" | "sweep")
        }
        (_, Some("as")) => t.is(v, "start") || t.is(v, "begin-office") || t.is(v, "end-office") || t.is(v, "role"),
        _ => false,
    }
}

/// The one person a subject means; not by the title that the claim itself gives.
pub(super) fn persons_of(s: &Scene, subject: usize, title: usize) -> Vec<(PersonId, String)> {
    // Who is known by the title alone has not been named: "the former Secretary of State" says who by itself.
    let named = matches!(s.tree.token(subject).entity.kind(), Some(EntityKind::Person));
    if subject == title || !named && s.mention_span(subject).overlaps(s.tree.token(title).span) {
        return Vec::new();
    }
    s.persons(subject).into_iter().map(|(id, party)| (id, party.name)).collect()
}

/// The state of an office: "of France", "French", "Russia's".
fn state_of(s: &Scene, i: usize, first: usize, subject: usize) -> Option<String> {
    use Relation::*;
    let t = &s.tree;
    let around = (first..=i)
        .flat_map(|k| t.children(k).iter().copied())
        .filter(|&k| matches!(t.relation(k), Amod | NmodPoss | Compound | Nmod | NmodDesc) && (k < first || k > i));
    let mut codes: Vec<String> = around
        .filter(|&k| k != subject)
        .flat_map(|k| {
            // "of the People's Republic of China", not "of the Kurdistan Region in Iraq"
            let below = (0..t.len()).filter(move |&n| t.is(k, "realm") && t.is_below(n, k));
            std::iter::once(k).chain(below.filter(move |&n| n != k && t.upos(n) == Upos::Propn))
        })
        .flat_map(|k| match (s.state_named(k), s.states(k)) {
            (Some(code), _) => vec![code],
            (None, Meant::All(found)) => found.into_iter().filter_map(|p| p.code).collect(),
            (None, Meant::OneOf(_)) => Vec::new(),
        })
        .collect();
    codes.dedup();
    codes.into_iter().next()
}

/// Who is said to hold which office.
pub(super) struct Held {
    pub(super) person: PersonId,
    pub(super) name: String,
    pub(super) state: Option<String>,
    pub(super) office: OfficeAsked,
    pub(super) change: Change,
    pub(super) negation: Option<Negation>,
    /// Whether it stands beside a name: told as so, whatever the sentence wants or foresees.
    pub(super) aside: bool,
}

/// The claim that somebody holds, begins or ends an office.
pub(super) fn statement(s: &Scene, held: Held, clause: usize, time: &Time, span: Span) -> Option<Statement> {
    let t = &s.tree;
    let past = t.is_past(clause);
    let today = s.today;
    let query = |aspect: Aspect, holds: bool| {
        Query::Office(OfficeHeld {
            person: held.person,
            name: held.name.clone(),
            state: held.state.clone(),
            office: held.office,
            aspect,
            holds,
        })
    };
    let holds = held.negation.is_none();
    let queries = match (held.change, time) {
        (_, Time::Unclear(words)) => {
            let meaning = match s.doubt(clause) {
                Some(why) => Meaning::NotCheckable(why.to_owned()),
                None => Meaning::Unclear(format!("when is not clear: “{words}”")),
            };
            return Some(s.silent(Kind::Office, span, meaning));
        }
        (Change::Former, _) => {
            vec![Query::All(vec![
                query(Aspect::Holds(When::Ever(today)), true),
                query(Aspect::Holds(When::On(today)), false),
            ])]
        }
        (Change::Once, Time::None) => vec![query(Aspect::Holds(When::Ever(today)), holds)],
        (Change::Begins, Time::None) if t.lemma(clause) == "elect" => return None,
        (Change::Begins, Time::None) => vec![query(Aspect::Holds(When::Ever(today)), holds)],
        (Change::Ends, Time::None) => return None,
        // An election comes before the office: within the half year before.
        (Change::Begins, Time::Within(w)) if t.lemma(clause) == "elect" => {
            let to = super::time::later(w.to, 200);
            vec![query(Aspect::Began(Window { from: w.from, to }), holds)]
        }
        (Change::Begins, Time::Since(w) | Time::Within(w)) => vec![query(Aspect::Began(*w), holds)],
        (Change::Ends, Time::Within(w)) => vec![query(Aspect::Ended(*w), holds)],
        (Change::Is, Time::None) if past && held.negation.is_none() => {
            vec![query(Aspect::Holds(When::Ever(today)), true)]
        }
        (Change::Is, Time::None) if held.negation == Some(Negation::Never) => {
            vec![query(Aspect::Holds(When::Ever(today)), false)]
        }
        (Change::Is, Time::None) => vec![query(Aspect::Holds(When::On(today)), holds)],
        // "Was prime minister from 2018": then it began, and may be over.
        (Change::Is | Change::Once, Time::Since(w)) if past => vec![query(Aspect::Began(*w), holds)],
        (Change::Is | Change::Once, Time::Since(w)) => vec![query(Aspect::Holds(When::Since(*w, today)), holds)],
        (Change::Is | Change::Once, Time::Until(w)) => vec![query(Aspect::Ended(*w), holds)],
        (Change::Is | Change::Once, Time::FromTo(a, b)) => {
            vec![Query::All(vec![query(Aspect::Began(*a), holds), query(Aspect::Ended(*b), holds)])]
        }
        (Change::Is | Change::Once, Time::Within(w)) => vec![query(Aspect::Holds(When::Within(*w)), holds)],
        _ => return None,
    };
    Some(if held.aside { s.told(Kind::Office, span, queries) } else { s.state(Kind::Office, clause, span, queries) })
}

/// "… has led Tajikistan since 1992".
fn by_rule(s: &Scene, v: usize) -> Option<Statement> {
    let t = &s.tree;
    let over = || t.phrase(v, &["over"]).filter(|_| t.lemma(v) == "preside");
    let object = t.child(v, &[Relation::Obj]).or_else(over)?;
    let Meant::All(states) = s.states(object) else { return None };
    let [state] = states.as_slice() else { return None };
    let subject = t.subject(v)?;
    let persons = persons_of(s, subject, v);
    let [(person, name)] = persons.as_slice() else { return None };
    let (time, words) = s.time(v);
    let span = claim_span(s, subject, v, object, words);
    let held = Held {
        person: *person,
        name: name.clone(),
        state: state.code.clone(),
        office: OfficeAsked::Leads,
        change: Change::Is,
        negation: t.negation(v),
        aside: false,
    };
    statement(s, held, v, &time, span)
}
