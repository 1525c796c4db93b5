//! Nouns of membership: "is a member of …", "NATO's newest member", "holds observer status in …", "has 32 members".

use super::membership::{Change, Said, ceases, statement};
use super::parties::Meant;
use super::standing::{is_part, organisation_of, standing};
use super::time::Time;
use super::{Meaning, Scene, Statement, among, claim_span};
use crate::query::{Count, Query, Standing};
use crate::report::Kind;
use legation_record::{Relation, Upos, ordinal};

/// A claim by a noun that says what somebody is: as predicate, beside a name, as object of having, getting and losing.
pub(super) fn by_noun(s: &Scene, i: usize) -> Option<Statement> {
    use Relation::*;
    let t = &s.tree;
    let standing = if is_part(s, i) { Standing::Member } else { standing(s, i)? };
    // "The first member to …": what it was the first to do is the claim. "Would-be", "aspiring": not yet.
    if among::is_described(s, i) || modified(s, i, "aspiring") {
        return None;
    }
    let Some((organisations, end)) = organisation_of(s, i).or_else(|| granted_by(s, i)) else {
        return of_nobody(s, i, standing);
    };
    let former = modified(s, i, "former");
    // "31 st" may be two words.
    let ending = |k: usize| matches!(t.form(k), "st" | "nd" | "rd" | "th");
    let split = t.children_by(i, &[Compound, Amod]).any(|k| k > 0 && ending(k) && t.upos(k - 1) == Upos::Num);
    let split = || t.child(i, &[Nummod]).filter(|_| split).and_then(|k| t.form(k).parse().ok());
    let ordinal = t.children_by(i, &[Amod, Compound]).find_map(|k| ordinal(t.form(k))).or_else(split);
    let among = among::of_member(s, i);
    let full = standing == Standing::Member && !is_part(s, i);
    let said = |clause, subject, change| Said {
        end,
        ordinal,
        among: among.clone(),
        full,
        denied: is_non(s, i),
        ..Said::new(standing, clause, subject, organisations.clone(), change)
    };
    let is = if former { Change::Former } else { Change::Is };
    let verb = t.head(i);
    // "the only … that …" is read at its noun.
    if let Some(v) = ceases(t, i).filter(|_| t.child(i, &[Cop]).is_some()) {
        return statement(s, &said(v, t.subject(v)?, Change::Ends));
    }
    if t.child(i, &[Cop]).is_some() || t.child(i, &[Nsubj]).is_some() {
        return statement(s, &said(i, t.subject(i)?, is));
    }
    // "NATO member Turkey", "EU members such as Hungary"
    if let Some(name) = named_by(s, i) {
        return statement(s, &Said { aside: true, end: end.max(name), ..said(i, name, is) });
    }
    match t.relation(i) {
        Appos => return statement(s, &Said { aside: true, ..said(i, beside(s, i, verb?), is) }),
        NmodDesc | Compound | Amod if verb.is_some_and(|h| t.upos(h) == Upos::Propn && h > i) => {
            return statement(s, &Said { aside: true, ..said(i, verb?, is) });
        }
        // "one of the founding members of …"
        Nmod if verb.is_some_and(|h| t.lemma(h) == "one" && t.child(h, &[Cop]).is_some()) => {
            let one = verb?;
            return statement(s, &said(one, t.subject(one)?, is));
        }
        // "A member of the EU since 2004, Malta chose …"
        Nsubj | Obl | Advcl if verb.is_some() && t.child(i, &[Case]).is_none() && follower(s, i, end).is_some() => {
            return statement(s, &Said { aside: true, ..said(i, follower(s, i, end)?, is) });
        }
        Conj => {
            let first = t.up(i).find(|&k| t.relation(k) != Conj)?;
            if t.child(first, &[Cop]).is_some() {
                return statement(s, &said(first, t.subject(first)?, is));
            }
        }
        // "Poland's membership of NATO began in 1999"
        Nsubj => {
            let v = verb.filter(|&v| t.is(v, "start") || t.is(v, "stop") || matches!(t.lemma(v), "date" | "lapse"))?;
            let whose = t.child(i, &[NmodPoss])?;
            let change = if t.is(v, "stop") || t.lemma(v) == "lapse" { Change::Ends } else { Change::Becomes };
            return statement(s, &said(v, whose, change));
        }
        _ => {}
    }
    if former {
        return None;
    }
    let v = verb.filter(|&v| t.upos(v) == Upos::Verb)?;
    let case = t.child(i, &[Case]).map(|c| t.lemma(c).to_owned());
    let granted = t.is(v, "grant");
    let change = match t.relation(i) {
        // "was granted observer status", "granted it observer status"
        Obj if granted && t.is_passive(v) => Change::Becomes,
        Obj if granted => {
            return statement(s, &said(v, t.child(v, &[Iobj]).or_else(|| t.phrase(v, &["to"]))?, Change::Becomes));
        }
        // "gave up its membership": of giving only with "up".
        Obj if t.is(v, "drop") && (t.lemma(v) != "give" || t.child(v, &[CompoundPrt]).is_some()) => Change::Ends,
        Xcomp | Obj if t.is(v, "become") => Change::Becomes,
        Xcomp | Obj if t.is(v, "remain") => Change::Is,
        Obj if t.is(v, "have") => Change::Is,
        Obj if t.is(v, "obtain") => Change::Becomes,
        _ if case.as_deref() == Some("as") && t.is(v, "admit") && !t.is_passive(v) => {
            return statement(s, &said(v, t.child(v, &[Obj])?, Change::Becomes));
        }
        _ if case.as_deref() == Some("as") && (t.is(v, "admit") || t.is(v, "join")) => Change::Becomes,
        _ => return None,
    };
    statement(s, &said(v, t.subject(v)?, change))
}

/// The subject that stands right behind words set before it with a comma.
fn follower(s: &Scene, i: usize, end: usize) -> Option<usize> {
    let t = &s.tree;
    let subject = t.children_by(t.head(i)?, &[Relation::Nsubj, Relation::NsubjPass]).find(|&k| k > i.max(end))?;
    let first = (0..t.len()).find(|&k| t.token(k).span.overlaps(s.mention_span(subject))).unwrap_or(subject);
    let words = i.max(end) + 1..first;
    let comma = first.checked_sub(1).is_some_and(|k| t.form(k) == ",");
    let verbs = words.clone().any(|k| matches!(t.upos(k), Upos::Verb | Upos::Aux));
    let commas = words.filter(|&k| t.form(k) == ",").count();
    (t.upos(subject) == Upos::Propn && comma && !verbs && commas == 1).then_some(subject)
}

/// Whether a word of a class stands beside a noun: "former", "aspiring".
fn modified(s: &Scene, i: usize, class: &str) -> bool {
    let t = &s.tree;
    let mut beside = t.children_by(i, &[Relation::Amod, Relation::Compound, Relation::Advmod, Relation::Aux]);
    let starts = t.form(i).split_once('-').is_some_and(|(start, _)| crate::lexicon::is(class, &start.to_lowercase()));
    starts || beside.any(|k| t.is(k, class) || t.is(k, "aspiring") && class == "aspiring")
}

/// "A non-member of NATO", "a non-EU member".
fn is_non(s: &Scene, i: usize) -> bool {
    let t = &s.tree;
    let first = t.children_by(i, &[Relation::Amod, Relation::Compound]).filter(|&k| k < i).min().unwrap_or(i);
    let non = |k: usize| {
        let form = t.form(k).to_lowercase();
        form == "non" || form.starts_with("non-") || form == "nonmember"
    };
    let before = |k: usize| k.checked_sub(if k > 1 && t.form(k - 1) == "-" { 2 } else { 1 });
    (first..=i).any(non) || before(first).is_some_and(|k| t.form(k).to_lowercase() == "non")
}

/// The name that follows a noun: "NATO member Turkey", "EU members such as Hungary and Poland".
fn named_by(s: &Scene, i: usize) -> Option<usize> {
    let t = &s.tree;
    let bare = t.child(i, &[Relation::Det]).is_none();
    let next = t.children_by(i, &[Relation::Appos, Relation::Flat]).find(|&k| k == i + 1 && bare);
    let like = || {
        let such = |k: &usize| t.children_by(*k, &[Relation::Case]).any(|c| t.lemma(c) == "such");
        // The parser may hang it on the name of the body.
        let below = (i + 1..t.len()).filter(|&k| t.relation(k) == Relation::Nmod && t.is_below(k, i));
        below.into_iter().find(such).filter(|_| t.feature(i, "Number=Plur"))
    };
    next.or_else(like).filter(|&k| t.upos(k) == Upos::Propn)
}

/// Beside whom an apposition stands: the name right before it, where that is a state. The parser may hang a name on the place
/// named before it ("in Washington, Sweden, NATO's newest member").
fn beside(s: &Scene, i: usize, head: usize) -> usize {
    let t = &s.tree;
    let first = (0..t.len()).find(|&k| t.is_below(k, i)).unwrap_or(i);
    let before = first.checked_sub(1).map(|k| if t.upos(k) == Upos::Punct { k.saturating_sub(1) } else { k });
    let name = before.map(|k| match t.relation(k) {
        Relation::Flat | Relation::Compound => t.head(k).unwrap_or(k),
        _ => k,
    });
    let single = !t.feature(i, "Number=Plur");
    let nearer = name.filter(|&k| single && k != head && t.upos(k) == Upos::Propn);
    nearer.filter(|&k| matches!(s.states(k), Meant::All(found) if found.len() == 1)).unwrap_or(head)
}

/// "NATO, whose members include Finland", "NATO counts Finland among its members".
pub(super) fn by_listing(s: &Scene, v: usize) -> Option<Statement> {
    use Relation::*;
    let t = &s.tree;
    let object = t.child(v, &[Obj]).filter(|_| t.is(v, "list"))?;
    let subject = t.child(v, &[Nsubj])?;
    let (member, organisations) = if t.is(subject, "member") {
        let whose = t.child(subject, &[NmodPoss]);
        let relative = || t.head(v).filter(|_| matches!(t.relation(v), AclRelcl | Acl));
        let of = organisation_of(s, subject).map(|(found, _)| found);
        (subject, of.or_else(|| whose.and(relative()).map(|n| s.bodies(n)))?)
    } else {
        // "NATO counts Finland among its members", "NATO includes Finland"
        let among = super::frame::path(t, v, "among");
        let member = among.into_iter().find(|&n| t.is(n, "member"));
        let includes = || matches!(t.lemma(v), "include" | "comprise" | "embrace").then_some(object);
        (member.or_else(includes)?, s.bodies(subject))
    };
    let is_member = member == object || standing(s, member) == Some(Standing::Member);
    if organisations.is_empty() || !is_member {
        return None;
    }
    let said = Said { end: object.max(member), ..Said::new(Standing::Member, v, object, organisations, Change::Is) };
    statement(s, &said)
}

/// Who grants a status: "the European Union granted it candidate status", "was granted observer status by the council".
fn granted_by(s: &Scene, i: usize) -> Option<(Vec<String>, usize)> {
    let t = &s.tree;
    let own = t.children_by(i, &[Relation::NmodPoss]).any(|k| t.lemma(k) == "its")
        && t.child(i, &[Relation::Case]).is_some_and(|c| t.lemma(c) == "as");
    let gives = |v: usize| t.is(v, "grant") && t.relation(i) == Relation::Obj || own && t.is(v, "admit");
    let v = t.head(i).filter(|&v| gives(v) && !(own && t.is_passive(v)))?;
    // "Welcomed Finland as its 31st member": its own.
    let giver = if t.is_passive(v) { t.phrase(v, &["by"])? } else { t.subject(v)? };
    Some((s.bodies(giver), i)).filter(|(found, _)| !found.is_empty())
}

/// "Bulgaria was a member of the Central Powers": of something that the tables do not know, which the answer says.
fn of_nobody(s: &Scene, i: usize, standing: Standing) -> Option<Statement> {
    let t = &s.tree;
    let (_, body) = t.phrases(i).find(|(p, _)| *p == "of")?;
    if t.upos(body) == Upos::Noun && (t.is(body, "body") || t.is(body, "bloc")) {
        // "Brazil is a member of the organisation", where nothing tells which.
        let subject = t.subject(i).filter(|_| t.child(i, &[Relation::Cop]).is_some())?;
        let state = matches!(s.states(subject), Meant::All(found) if !found.is_empty());
        let plain = t.children(body).iter().all(|&k| matches!(t.relation(k), Relation::Det | Relation::Case));
        let meaning = Meaning::Unclear("which organisation is meant is not clear".to_owned());
        let span = claim_span(s, subject, i, body, None);
        return (state && plain).then(|| s.silent(Kind::Membership, span, meaning));
    }
    if t.upos(body) != Upos::Propn {
        return None;
    }
    let subject = t.subject(i).filter(|_| standing == Standing::Member && t.child(i, &[Relation::Cop]).is_some())?;
    // A member of a parliament or a family is no state.
    let Meant::All(states) = s.states(subject) else { return None };
    if states.is_empty() || t.upos(subject) != Upos::Propn || !s.all(body).iter().all(|p| p.code.is_none()) {
        return None;
    }
    let name = s.words(t.span(body));
    let name = name.trim_start_matches("of ").trim_start_matches("the ").to_owned();
    let among = among::of_member(s, i);
    let said = Said { end: body, among, ..Said::new(standing, i, subject, vec![name], Change::Is) };
    statement(s, &said)
}

/// "NATO has 32 members", "In 2010 the EU had 27 member states".
pub(super) fn by_number(s: &Scene, i: usize) -> Option<Statement> {
    use Relation::*;
    let t = &s.tree;
    let member = t.is(i, "member") || {
        let of_state = matches!(t.lemma(i), "state" | "country" | "nation");
        of_state && t.children_by(i, &[Compound, Amod]).any(|k| t.is(k, "member"))
    };
    // "The six member states": the parser may hang the number on the word between.
    let inner = || t.child(i, &[Compound]).filter(|&k| t.is(k, "member")).and_then(|k| t.child(k, &[Nummod]));
    let count = t.child(i, &[Nummod]).or_else(inner).filter(|_| member)?;
    let number = super::count::number(s, count)?;
    if let Some(whole) = by_whole(s, i, number) {
        return Some(whole);
    }
    let v = t.head(i).filter(|&v| t.upos(v) == Upos::Verb)?;
    let counts = match t.relation(i) {
        Obj => matches!(t.lemma(v), "have" | "count" | "comprise" | "number"),
        Obl => {
            t.phrases(v).any(|(p, n)| n == i && (p == "of" && t.lemma(v) == "consist" || p == "to" && t.is(v, "grow")))
        }
        _ => false,
    };
    let subject = t.subject(v).filter(|_| counts)?;
    let [organisation] = <[String; 1]>::try_from(s.bodies(subject)).ok()?;
    let words: Vec<&str> = t.children(count).iter().chain(t.children(i)).map(|&k| t.lemma(k)).collect();
    let near = |word: &str| words.contains(&word);
    let count = match () {
        () if near("more") || near("over") || near("least") => Count::AtLeast(number + u32::from(!near("least"))),
        () if near("fewer") || near("less") || near("under") => Count::AtMost(number.saturating_sub(1)),
        () if near("about") || near("around") || near("almost") || near("nearly") || near("some") => return None,
        () => Count::Exactly(number),
    };
    let (time, words) = s.time(v);
    let days = match time {
        Time::None => vec![s.today],
        // The number may have changed within the time: where the answers differ it is open.
        Time::Within(w) if w.from == w.to => vec![w.to],
        Time::Within(w) => vec![w.from, w.to],
        _ => return None,
    };
    if t.negation(v).is_some() || time == Time::None && t.is_past(v) {
        return None;
    }
    let query = |on| Query::Members { organisation: organisation.clone(), on, count };
    let span = claim_span(s, subject, v, i, words);
    Some(s.state(Kind::Membership, v, span, days.into_iter().map(query).collect()))
}

/// "The six member states of the Eurasian Economic Union", "NATO's 31 members": all that it has now.
fn by_whole(s: &Scene, i: usize, number: u32) -> Option<Statement> {
    use Relation::*;
    let t = &s.tree;
    // Of two or three, those that were named before may be meant; what is told of them picks some out.
    let whose = t.child(i, &[NmodPoss]);
    let of = t.phrase(i, &["of"]);
    let named = whose.xor(of).filter(|_| number > 3)?;
    let the = whose.is_some() || t.children_by(i, &[Det]).any(|k| t.lemma(k) == "the");
    let member = |k: usize| t.is(k, "member");
    let plain = t.children(i).iter().all(|&k| match t.relation(k) {
        Det | Nummod | Case | Punct => true,
        Compound | Amod => member(k),
        NmodPoss | Nmod => k == named,
        _ => false,
    });
    let [organisation] = <[String; 1]>::try_from(s.bodies(named)).ok()?;
    let clause = t.clause_of(i);
    let near = match s.time(clause).0 {
        Time::None => true,
        Time::Within(w) => w.to >= super::time::later(s.today, -NEAR),
        _ => false,
    };
    let whole = the && plain && near && t.conjuncts(named).len() == 1;
    if !whole || t.relation(i) == Conj {
        return None;
    }
    let span = s.mention_span(named).cover(t.span(i));
    let count = Count::Exactly(number);
    Some(s.told(Kind::Membership, span, vec![Query::Members { organisation, on: s.today, count }]))
}

/// Days before a text within which what it tells is of its own time.
const NEAR: i64 = 40;

/// "… remains outside NATO", "… is in the EU".
pub(super) fn by_place(s: &Scene, i: usize) -> Option<Statement> {
    let t = &s.tree;
    let case = t.child(i, &[Relation::Case])?;
    let outside = t.is(case, "outside");
    let organisations = s.organisations(i);
    if organisations.is_empty() || !(outside || matches!(t.lemma(case), "in" | "inside")) {
        return None;
    }
    let clause = if t.child(i, &[Relation::Cop]).is_some() {
        i
    } else {
        // "… are the only Western Balkan states outside NATO": read at the noun.
        let ranked = |h: usize| t.is(h, "country") && t.child(h, &[Relation::Cop]).is_some();
        t.head(i).filter(|&h| {
            let remains = t.is(h, "remain") && matches!(t.relation(i), Relation::Obl | Relation::Xcomp);
            remains || t.relation(i) == Relation::Nmod && ranked(h)
        })?
    };
    let subject = if t.relation(i) == Relation::Nmod && clause != i { clause } else { t.subject(clause)? };
    let new = Said::new(Standing::Member, clause, subject, organisations, Change::Is);
    statement(s, &Said { end: i, denied: outside, ..new })
}
