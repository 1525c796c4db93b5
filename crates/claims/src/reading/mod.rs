//! From sentences to claims: knows language, knows nothing of what tables and record say.

mod alliance;
mod among;
mod count;
mod event;
mod frame;
mod member;
mod membership;
mod office;
mod opinion;
mod parties;
mod power;
mod standing;
mod state;
mod time;
mod trend;
mod war;

use crate::grammar::Tree;
use crate::query::{Query, Window};
use crate::report::Kind;
use jiff::civil::Date;
use legation_coder::when::{self, Days, TimeExpression};
use legation_coder::{Coding, Mention};
use legation_gazetteer::Gazetteer;
use legation_record::{Document, Precision, Relation, Sentence, Span, Upos};
use std::cell::Cell;

/// The first year of the tables of wars.
const OLD: i16 = 1946;

/// A claim as the text makes it.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// The words.
    pub span: Span,
    /// What sort of claim it is.
    pub kind: Kind,
    /// What it asks.
    pub meaning: Meaning,
    /// Why what speaks against it decides nothing: somebody in it is taken from what the text spoke of before, or its words
    /// may mean something else.
    pub unsure: Option<&'static str>,
}

/// What a statement asks.
#[derive(Clone, Debug, PartialEq)]
pub enum Meaning {
    /// One query, or several readings; the usual one first.
    Queries(Vec<Query>),
    /// It cannot be asked: who or when is meant is not clear.
    Unclear(String),
    /// It is nothing that has happened.
    NotCheckable(String),
}

/// The checkable statements of a document, in the order of the text. `today` is the day the text speaks from. `coding` must
/// come with accounts (`Coder::explain`): they tell who is named.
pub fn statements(
    document: &Document,
    sentences: &[Sentence],
    coding: &Coding,
    gazetteer: &'static Gazetteer,
    today: Date,
) -> Vec<Statement> {
    let mut found: Vec<Statement> = Vec::new();
    let mut anchor = document.published;
    let mut focus: Option<String> = None;
    for (number, sentence) in sentences.iter().enumerate() {
        let tree = Tree::new(&document.text, sentence);
        // What is claimed has been: "this marks the third time this year" looks back, too.
        let past = |i: usize| {
            let clause = tree.clause_of(i);
            Some(!tree.children_by(clause, &[Relation::Aux]).any(|k| tree.is(k, "future")))
        };
        let times = when::time_expressions(&document.text, sentence, document.published, anchor.map(Days::from), past);
        for time in &times {
            let day = time.date.as_ref().filter(|d| d.precision == Precision::Day);
            anchor = day.and_then(|d| d.value.parse().ok()).or(anchor);
        }
        let mentions = coding.accounts.iter().find(|a| a.sentence == number).map_or(&[][..], |a| &a.mentions);
        if sentence.starts_paragraph {
            focus = None;
        }
        let unsure = Cell::new(None);
        let before = focus.clone();
        let scene = Scene { document, coding, gazetteer, today, number, tree, times, mentions, focus: before, unsure };
        let mut here: Vec<Statement> = Vec::new();
        here.extend(membership::read(&scene));
        here.extend(office::read(&scene));
        here.extend(war::read(&scene));
        here.extend(state::read(&scene));
        here.extend(count::read(&scene));
        here.extend(trend::read(&scene));
        let events = event::read(&scene, &here);
        here.extend(events);
        let opinions = opinion::read(&scene, &here);
        here.extend(opinions);
        for statement in &mut here {
            statement.span = rounded(&scene.tree, statement.span);
        }
        here.sort_by_key(|s| (s.span, s.kind));
        here.dedup();
        found.extend(here);
        // One state that is named keeps the floor; several leave it open.
        let named = scene.states_by_name();
        match named.as_slice() {
            [] => {}
            [one] => focus = Some(one.clone()),
            _ => focus = None,
        }
    }
    found
}

/// The words of a claim without a phrase cut in two: "On 22 April", "the two leaders", "criticised American plans".
fn rounded(t: &Tree, span: Span) -> Span {
    use Relation::*;
    let inside = |k: usize| span.contains(t.token(k).span);
    let Some(mut first) = (0..t.len()).find(|&k| inside(k)) else { return span };
    let mut last = (first..t.len()).rev().find(|&k| inside(k)).unwrap_or(first);
    let leans = |k: usize| matches!(t.relation(k), Det | DetPredet | Case | Amod | Compound | Nummod | NmodPoss);
    while let Some(before) = first.checked_sub(1).filter(|&k| leans(k)) {
        if !t.head(before).is_some_and(|head| (first..=last).contains(&head)) {
            break;
        }
        first = before;
    }
    while let Some(head) = t.head(last).filter(|&head| leans(last) && head > last && head - last <= LEAN) {
        last = head;
    }
    span.cover(t.token(first).span).cover(t.token(last).span)
}

/// Words between an adjective and its noun that still make one phrase.
const LEAN: usize = 4;

/// Somebody is taken from what the text spoke of before.
pub(crate) const TAKEN: &str = "but who is meant is taken from the sentences before";

/// The words are used of other things as well.
pub(crate) const LOOSE: &str = "but the words may mean something else";

/// A sentence with all that is known of it.
pub(crate) struct Scene<'a> {
    pub(crate) document: &'a Document,
    pub(crate) coding: &'a Coding,
    pub(crate) gazetteer: &'static Gazetteer,
    pub(crate) today: Date,
    pub(crate) number: usize,
    pub(crate) tree: Tree<'a>,
    pub(crate) times: Vec<TimeExpression>,
    pub(crate) mentions: &'a [Mention],
    /// The one state that the paragraph spoke of last.
    pub(crate) focus: Option<String>,
    /// Why a reader is not sure of what it has read since this was last reset.
    pub(crate) unsure: Cell<Option<&'static str>>,
}

impl Scene<'_> {
    /// Why a clause tells nothing that has happened; `None` where it does.
    pub(crate) fn doubt(&self, p: usize) -> Option<&'static str> {
        use Relation::*;
        let t = &self.tree;
        if (0..t.len()).rev().take(3).any(|k| t.form(k) == "?") {
            return Some("a question");
        }
        let mut at = t.clause_of(p);
        for _ in 0..8 {
            for k in t.children_by(at, &[Aux]) {
                if t.is(k, "hypothetical") {
                    return Some("a possibility");
                }
                if t.is(k, "future") {
                    return Some("a prediction");
                }
            }
            if t.children_by(at, &[Mark, Advmod]).any(|k| matches!(t.lemma(k), "if" | "unless" | "whether")) {
                return Some("a condition");
            }
            if t.children_by(at, &[Advmod]).any(|k| t.is(k, "hedge")) {
                return Some("a guess");
            }
            if t.is(at, "hypothetical") && t.upos(at) == Upos::Aux && t.child(at, &[Xcomp]).is_some() {
                return Some("a possibility");
            }
            let view = t.phrases(at).any(|(p, n)| matches!(p, "in" | "to") && t.is(n, "view"));
            if view {
                return Some("an opinion");
            }
            let head = t.head(at)?;
            let infinite = !t.is_finite(at) && (t.upos(at) == Upos::Verb || t.child(at, &[Cop]).is_some());
            let marks: Vec<&str> = t.children_by(at, &[Mark, Case, Advmod]).map(|k| t.lemma(k)).collect();
            match t.relation(at) {
                Ccomp | Csubj if t.is(head, "denial") => return Some("what somebody denies"),
                Ccomp | Xcomp | Csubj if t.is(head, "attitude") => return Some("what somebody hopes, thinks or wants"),
                Acl if t.is(head, "attitude") && t.feature(at, "VerbForm=Inf") => {
                    return Some("what somebody hopes, thinks or wants");
                }
                // "failed to join", "ruled out joining": done only where the verb above says that it was.
                Xcomp if infinite && t.is_yet_to(at) => return None,
                // "Is going to be"
                Xcomp if infinite && t.lemma(head) == "go" && t.form(head).ends_with("ing") => {
                    return Some("a prediction");
                }
                Xcomp if infinite && !t.is(head, "implicative") => return Some("not told as done"),
                relation if infinite && marks.contains(&"to") && !matches!(relation, Root | Xcomp | Conj) => {
                    return Some("not told as done");
                }
                // "in order to join": a purpose; "prevented from joining", "the prospect of joining"
                Advcl | Acl if marks.contains(&"to") => return Some("a purpose"),
                Advcl | Acl | Obl
                    if infinite && marks.iter().any(|m| matches!(*m, "from" | "without" | "of" | "against")) =>
                {
                    return Some("not told as done");
                }
                // "once Ukraine joins"
                Advcl
                    if (t.feature(at, "Tense=Pres")
                        || t.child(at, &[Cop]).is_some_and(|k| t.feature(k, "Tense=Pres")))
                        && marks.iter().any(|m| matches!(*m, "when" | "once" | "until")) =>
                {
                    return Some("a prediction");
                }
                Ccomp | Xcomp | Csubj | Conj => at = t.clause_of(head),
                _ => return None,
            }
        }
        None
    }

    /// A statement over these words, or that it is not checkable where the clause is in doubt.
    pub(crate) fn state(&self, kind: Kind, clause: usize, span: Span, queries: Vec<Query>) -> Statement {
        let meaning = match self.doubt(clause) {
            Some(why) => Meaning::NotCheckable(why.to_owned()),
            None => Meaning::Queries(queries),
        };
        Statement { span, kind, meaning, unsure: self.unsure.replace(None) }
    }

    /// A statement of words that stand beside a name, which no verb above them puts in doubt.
    pub(crate) fn told(&self, kind: Kind, span: Span, queries: Vec<Query>) -> Statement {
        Statement { span, kind, meaning: Meaning::Queries(queries), unsure: self.unsure.replace(None) }
    }

    /// A statement that asks nothing.
    pub(crate) fn silent(&self, kind: Kind, span: Span, meaning: Meaning) -> Statement {
        Statement { span, kind, meaning, unsure: None }
    }

    /// Words of the sentence, for a message.
    pub(crate) fn words(&self, span: Span) -> String {
        span.of(&self.document.text).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// A time that begins before all records.
    pub(crate) fn always(&self) -> Window {
        Window::up_to(self.today)
    }
}

/// The words of a claim: who, what it says, of which organisation, when.
pub(super) fn claim_span(s: &Scene, subject: usize, clause: usize, end: usize, time: Option<Span>) -> Span {
    let mut span = s.mention_span(subject).cover(s.tree.token(clause).span).cover(s.mention_span(end));
    for &k in s.tree.conjuncts(subject).iter().chain(&s.tree.conjuncts(end)) {
        span = span.cover(s.tree.token(k).span);
    }
    match time {
        // A time far away belongs to the claim, too, but not what stands between.
        Some(time) => span.cover(time),
        None => span,
    }
}
