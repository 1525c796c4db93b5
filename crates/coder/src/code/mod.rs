//! The coder: documents to events.

mod act;
mod event;
mod parties;
mod sentence;

use crate::account::{self, Account};
use crate::clause::Clauses;
use crate::codebook::Codebook;
use crate::dating::{self, Meeting};
use crate::label;
use crate::matcher::Matcher;
use crate::memory::{Home, Memory};
use crate::mention::{Link, Mentions, Who};
use crate::place::{self, Finder, Scene};
use crate::tense::is_past;
use crate::when::{self, Days, TimeExpression};
use legation_gazetteer::{Gazetteer, Kind, Level, name_tokens};
use legation_record::{Diagnostic, Document, Event, Sentence, Span};

/// The coder with its codebook and gazetteer.
pub struct Coder {
    codebook: Codebook,
    gazetteer: &'static Gazetteer,
    version: String,
}

/// What coding a document gives.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Coding {
    /// Events in the order of their evidence.
    pub events: Vec<Event>,
    /// Why each was coded; parallel to `events` where [`Coder::explain`] was asked, else empty.
    pub explanations: Vec<Explanation>,
    /// What was seen in each sentence, where [`Coder::explain`] was asked, else empty.
    pub accounts: Vec<Account>,
    /// What the document's mentions refer back to, whether an event stands on them or not, in order.
    pub links: Vec<Link>,
    /// What was odd.
    pub diagnostics: Vec<Diagnostic>,
}

impl Coding {
    /// Leaves out events below a confidence, with their explanations.
    pub fn drop_below(&mut self, confidence: f32) {
        let kept: Vec<bool> = self.events.iter().map(|e| e.confidence >= confidence).collect();
        let keeps = |i: usize| kept.get(i).copied().unwrap_or(true);
        let (mut i, mut j) = (0, 0);
        self.events.retain(|_| (keeps(i), i += 1).0);
        self.explanations.retain(|_| (keeps(j), j += 1).0);
        for trigger in self.accounts.iter_mut().flat_map(|a| &mut a.triggers) {
            trigger.event = trigger.event.filter(|&e| keeps(e)).map(|e| (0..e).filter(|&k| keeps(k)).count());
        }
    }
}

/// Why an event was coded.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Explanation {
    /// The rule: its pattern, and the file and line it stands in.
    pub rule: String,
    /// What filled the pattern's places, in the order of the text.
    pub steps: Vec<Step>,
    /// How the status came about.
    pub status: Vec<String>,
    /// Other rules that matched at the same trigger, the best first, with their scores.
    pub runners_up: Vec<String>,
    /// The tokens of the sentence the event rests on.
    pub tokens: Vec<usize>,
    /// What its confidence is worked out from.
    pub features: Vec<(&'static str, f32)>,
}

/// A place of the pattern and the words in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// `trigger`, `word`, `actor`, `recipient`, `act`, `place`, `date`, `speaker`.
    pub part: &'static str,
    /// The words.
    pub text: String,
    /// Their place in the document.
    pub span: Span,
}

/// A sentence at work.
struct Work<'a> {
    document: &'a Document,
    number: usize,
    clauses: &'a Clauses<'a>,
    mentions: &'a Mentions<'a>,
    matcher: &'a Matcher<'a>,
    times: Vec<TimeExpression>,
    places: &'a Finder<'a>,
    meeting: &'a Meeting,
    /// Words at the head of it that are a label.
    label: usize,
}

impl Coder {
    /// A coder for a codebook and a gazetteer.
    pub fn new(codebook: Codebook, gazetteer: &'static Gazetteer) -> Self {
        let version = format!("legation {} codebook {}", env!("CARGO_PKG_VERSION"), codebook.hash());
        Self { codebook, gazetteer, version }
    }

    /// The codebook in use.
    pub fn codebook(&self) -> &Codebook {
        &self.codebook
    }

    /// The events of a document.
    pub fn code(&self, document: &Document, sentences: &[Sentence]) -> Coding {
        self.run(document, sentences, false)
    }

    /// The same events with their explanations and an account of every sentence; several times the work of
    /// [`Coder::code`].
    pub fn explain(&self, document: &Document, sentences: &[Sentence]) -> Coding {
        self.run(document, sentences, true)
    }

    fn run(&self, document: &Document, sentences: &[Sentence], explain: bool) -> Coding {
        let mut coding = Coding::default();
        let home = Home {
            state: self.gazetteer.state_of_publisher(document.publisher.as_deref(), document.url.as_deref()),
            leader: self.first_leader(document),
            titled: [Level::HeadOfState, Level::HeadOfGovernment].map(|level| self.is_titled(document, level)),
        };
        let mut memory = Memory::of(home, self.filed_in(document));
        let mut scene = Scene::of(document, self.gazetteer);
        let mut meeting = Meeting::default();
        let mut whole = 0;
        // The time told of last, which "two days later" is counted from: at first the day of publication.
        let mut anchor = document.published.map(Days::from);
        for (number, sentence) in sentences.iter().enumerate() {
            let clauses = Clauses::new(&document.text, sentence, &self.codebook.vocabulary);
            memory.begin(sentence.starts_paragraph);
            let (people, roles, notes, quoted, states, whereabouts);
            {
                let mentions = Mentions::new(&clauses, self.gazetteer, document.published, &memory);
                let matcher = Matcher::new(&self.codebook, &mentions);
                let past = |token: usize| is_past(&clauses, token);
                let times = when::time_expressions(&document.text, sentence, document.published, anchor, past);
                meeting.leave(&clauses, &times);
                let places = Finder::new(&mentions, &scene, self.gazetteer);
                let work = Work {
                    document,
                    number,
                    clauses: &clauses,
                    mentions: &mentions,
                    matcher: &matcher,
                    times,
                    places: &places,
                    meeting: &meeting,
                    label: label::label(&clauses),
                };
                let first = coding.events.len();
                let fates = self.sentence(&work, &mut coding, explain);
                if explain {
                    coding.accounts.push(account::account(number, &matcher, &fates));
                }
                for time in &work.times {
                    if dating::tells(&clauses, time) {
                        anchor = time.days;
                    }
                    if let Some(message) = &time.diagnostic {
                        let span = clauses.token(time.first).span.cover(clauses.token(time.last).span);
                        coding.diagnostics.push(Diagnostic {
                            origin: document.origin.clone(),
                            span: Some(span),
                            message: message.clone(),
                        });
                    }
                }
                states = places.states().to_vec();
                let mut coded = coding.events[first..].iter().rev().filter_map(|e| e.place.as_ref());
                whereabouts =
                    coded.find(|p| p.precision != "country").cloned().or_else(|| place::last_of_sentence(&places));
                people = mentions.introductions();
                roles = mentions.roles();
                coding.links.extend(mentions.links());
                notes = mentions.notes();
                quoted = mentions.ends_quoted();
            }
            scene.states_named(states);
            scene.observe(&coding.events[whole..], number);
            meeting.observe(&coding.events[whole..], number);
            let told = whole;
            whole = coding.events.len();
            if let Some(place) = whereabouts {
                scene.moves_to(place);
            }
            for (surname, who) in people {
                memory.introduce(surname, who);
            }
            for (role, who) in roles {
                memory.hold(role, who);
            }
            memory.take(notes, quoted);
            memory.learn(&coding.events[told..]);
            memory.gather(&coding.events[told..]);
        }
        coding
    }

    /// The state of the dateline.
    fn filed_in(&self, document: &Document) -> Option<&'static str> {
        let place = document.dateline.as_ref()?.place.of(&document.text);
        let tokens: Vec<&str> = name_tokens(place).collect();
        let found = self.gazetteer.longest(&tokens)?;
        let entry =
            found.entries.iter().find(|e| e.is_of_state() || matches!(e.kind, Kind::Place | Kind::Territory))?;
        entry.code
    }

    /// Whether the document's title has a title of this rank ("… Call with President …").
    fn is_titled(&self, document: &Document, level: Level) -> bool {
        let words: Vec<String> =
            document.title.as_deref().map(name_tokens).into_iter().flatten().map(str::to_lowercase).collect();
        (0..words.len())
            .filter_map(|end| self.gazetteer.agent_ending_at(&words, end))
            .any(|(_, agent)| agent.level == Some(level))
    }

    /// The first head of state or government in office that the title names.
    fn first_leader(&self, document: &Document) -> Option<(Level, Who)> {
        let (title, day) = (document.title.as_deref()?, document.published?);
        let tokens: Vec<&str> = name_tokens(title).collect();
        (0..tokens.len()).find_map(|i| {
            // A full name anywhere, a surname only after a title.
            let titled =
                i > 0 && self.gazetteer.agent(&tokens[i - 1].to_lowercase()).is_some_and(|a| a.level.is_some());
            let found = self.gazetteer.longest(&tokens[i..]).filter(|m| m.tokens > 1 || titled)?;
            let terms: Vec<_> = found
                .entries
                .iter()
                .filter_map(|e| e.person_id())
                .map(|id| self.gazetteer.person(id))
                .flat_map(|p| p.terms.iter().map(move |t| (p, *t)))
                .filter(|(_, t)| t.held_on(day) == Some(true) && t.office.level().leads())
                .collect();
            let (person, term) = terms.iter().min_by_key(|(_, t)| t.source != "hand")?;
            Some((term.office.level(), Who::in_office(person, term)))
        })
    }
}
