//! What a sentence only mentions: a comment on what was told before, a rule, a consequence, what somebody is known for.
//! Words that could tell an act tell none there.

use crate::clause::Clauses;
use crate::codebook::{Codebook, Meaning};
use crate::matcher::{Candidate, Matcher};
use crate::status;
use legation_record::{EventType, Relation, Upos};

/// Why a candidate is only mentioned; `None` where it is told.
pub(crate) fn aside(m: &Matcher, book: &Codebook, c: &Candidate) -> Option<&'static str> {
    let Meaning::Event { event_type, .. } = &m.rule(c).meaning else { return None };
    let (cl, i) = (m.clauses, c.anchor);
    let of = |name: &str, k: usize| book.lists.get(name).is_some_and(|l| l.matches(cl, k).is_some());
    if is_comment(cl, c) {
        return Some("not coded: a comment on what is told elsewhere");
    }
    if cl.is_verb(i) && is_toll(cl, i, &of) {
        return Some("not coded: how many there are by now");
    }
    let adverb = |name: &str| cl.children_by(i, &[Relation::Advmod]).any(|k| of(name, k));
    if *event_type == EventType::Assault && adverb("chance-adverbs") {
        return Some("not coded: an accident");
    }
    // "calls the regime a rotten tree": something is said of it.
    let party = |k: usize| c.actors.iter().any(|a| a.head == k);
    let named = |k: usize| {
        cl.relation(k) == Relation::Xcomp
            && matches!(cl.upos(k), Upos::Noun | Upos::Adj)
            && cl.child(k, &[Relation::Mark]).is_none()
            && !party(k)
    };
    if *event_type == EventType::Consult && cl.lemma(i) == "call" && cl.children(i).iter().any(|&k| named(k)) {
        return Some("not coded: no telephone call, a name for somebody");
    }
    if *event_type == EventType::Consult
        && (0..cl.len()).any(|k| k != i && of("private-occasions", k) && cl.is_below(k, i))
    {
        return Some("not coded: a private journey");
    }
    // "agree that the bill would end the programme": an opinion.
    let opinion = |a: usize| {
        let ought = |k: usize| matches!(cl.lemma(k), "should" | "must" | "will" | "shall" | "need");
        cl.relation(a) == Relation::Ccomp && !cl.auxiliaries(a).any(ought) && m.event_type(a).is_none()
    };
    if *event_type == EventType::Agree
        && cl.is_verb(i)
        && c.words.len() == 1
        && of("opinion-verbs", i)
        && c.act.is_some_and(opinion)
    {
        return Some("not coded: an opinion, no promise");
    }
    // "was forced to apologise": forced by nobody, the act below is the news.
    let acted = c.act.is_some_and(|a| status::is_infinitive(cl, a));
    if *event_type == EventType::Coerce && of("forcing", i) && cl.is_passive(i) && c.actors.is_empty() && acted {
        return Some("not coded: forced by nobody");
    }
    // "alleges that it was an attack": nobody is blamed.
    let dummy = |a: usize| cl.child(a, &[Relation::Nsubj]).is_some_and(|s| matches!(cl.lemma(s), "it" | "there"));
    if *event_type == EventType::Accuse && c.recipients.is_empty() && c.act.is_some_and(dummy) {
        return Some("not coded: nobody is blamed");
    }
    let governor = cl.head(i)?;
    let relation = cl.relation(i);
    // "militants planning a bombing": what they are arrested for.
    let plotted = cl.is_nominal(i) && relation == Relation::Obj && of("plotting", governor);
    if *event_type == EventType::Assault && plotted && cl.relation(governor) == Relation::Acl {
        return Some("not coded: what somebody plots");
    }
    // "making it the first air attack"
    let pronoun = |k: usize| cl.relation(k) == Relation::Obj && cl.lemma(k) == "it";
    if cl.lemma(i) == "make" && cl.children(i).iter().any(|&k| pronoun(k)) {
        return Some("not coded: a comment on what is told elsewhere");
    }
    // "the agency, which supports five million refugees": what it is there for.
    let standing = relation == Relation::AclRelcl
        && of("standing-verbs", i)
        && cl.feature(i, "Tense=Pres")
        && cl.auxiliaries(i).next().is_none();
    if standing && matches!(event_type, EventType::Aid | EventType::Support) {
        return Some("not coded: describes somebody");
    }
    // "Protests go on; protesters demand the removal of B": the demand is the protest's.
    let protests = || (0..cl.len()).any(|k| k != i && m.event_type(k) == Some(EventType::Protest));
    let demands = *event_type == EventType::Request && !c.actors.is_empty();
    if demands && c.actors.iter().all(|a| of("protesters", a.head)) && protests() {
        return Some("not coded: what a protest is for");
    }
    // "protesters demanding the trial of B": what the protest is for.
    if *event_type == EventType::Request && relation == Relation::Acl && of("protesters", governor) {
        return Some("not coded: what a protest is for");
    }
    // "a hub to prevent gangs from spreading", "the only way to stop activists from …"
    if status::is_infinitive(cl, i)
        && of("preventing", i)
        && matches!(relation, Relation::Advcl | Relation::Acl)
        && m.event_type(governor) != Some(EventType::Protest)
    {
        return Some("not coded: what is to be prevented");
    }
    // "lifts its veto against B's bid to join the EU": in passing.
    let in_passing =
        || matches!(cl.relation(governor), Relation::Obl | Relation::Nmod | Relation::Nsubj | Relation::NsubjPass);
    if status::is_infinitive(cl, i) && relation == Relation::Acl && of("bids", governor) && in_passing() {
        return Some("not coded: what a noun is to bring about, told in passing");
    }
    // "a village hosting refugees", "troops serving in B": what it is known for.
    let participle =
        relation == Relation::Acl && cl.form(i).ends_with("ing") && cl.child(i, &[Relation::Mark]).is_none();
    if participle && *event_type == EventType::Aid && of("standing-help", i) {
        return Some("not coded: describes somebody");
    }
    // "…, limiting B's access", "…, forcing officers to flee": what the act beside it comes to.
    let follows = relation == Relation::Advcl
        && cl.form(i).ends_with("ing")
        && governor < i
        && cl.child(i, &[Relation::Mark, Relation::Nsubj]).is_none()
        && of("consequence-verbs", i);
    let hostile = |t: EventType| matches!(t, EventType::Coerce | EventType::Sanction | EventType::Reject);
    if follows
        && hostile(*event_type)
        && m.event(governor).is_some_and(|e| !matches!(m.rule(&e).meaning, Meaning::Nothing))
    {
        return Some("not coded: what the act beside it comes to");
    }
    None
}

/// "It is one of the deadliest attacks", "making it the first strike", "the first time that B has visited": said of
/// something that was told.
fn is_comment(cl: &Clauses, c: &Candidate) -> bool {
    let pointed = |k: usize| matches!(cl.lemma(k), "it" | "this" | "that");
    // A predicate of "it", or what "it" is made.
    let predicate = |n: usize| {
        let named = cl.child(n, &[Relation::Cop]).is_some() && cl.child(n, &[Relation::Nsubj]).is_some_and(pointed);
        let made = matches!(cl.relation(n), Relation::Xcomp | Relation::Obj)
            && cl.head(n).is_some_and(|g| {
                matches!(cl.lemma(g), "make" | "call" | "mark")
                    && cl.children_by(g, &[Relation::Obj, Relation::Nsubj]).any(pointed)
            });
        named || made
    };
    let one_of =
        |n: usize| (cl.relation(n) == Relation::Nmod).then(|| cl.head(n)).flatten().filter(|&h| cl.lemma(h) == "one");
    let said = |n: usize| cl.is_nominal(n) && (predicate(n) || one_of(n).is_some_and(predicate));
    // Whether it was ever so before says that it is counted, not told.
    let counted = |n: usize| {
        cl.children_by(n, &[Relation::Amod])
            .any(|k| cl.feature(k, "NumType=Ord") || cl.feature(k, "Degree=Sup") || cl.lemma(k) == "first")
    };
    let i = c.anchor;
    if cl.is_nominal(i) && said(i) && (counted(i) || one_of(i).is_some()) {
        return true;
    }
    let Some(noun) = cl.head(i).filter(|_| cl.is_verb(i)) else { return false };
    let time = cl.lemma(noun) == "time" && counted(noun) && predicate(noun);
    let clause = matches!(cl.relation(i), Relation::Acl | Relation::AclRelcl | Relation::Ccomp);
    clause && (time || c.uses(noun) && said(noun) && counted(noun))
}

/// "bringing the number of people killed to 36"
fn is_toll(cl: &Clauses, i: usize, of: &dyn Fn(&str, usize) -> bool) -> bool {
    let mut at = i;
    for _ in 0..3 {
        if !matches!(cl.relation(at), Relation::Acl | Relation::AclRelcl | Relation::Nmod) {
            return false;
        }
        let Some(head) = cl.head(at) else { return false };
        at = head;
        if of("toll-nouns", at) {
            return cl.head(at).is_some_and(|g| of("toll-verbs", g));
        }
    }
    false
}
