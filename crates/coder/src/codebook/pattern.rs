//! The grammar of patterns: a phrase like `A sign {agreements} with A` to what the matcher looks for.
//! `docs/codebook-format.md` describes it for people.

use super::words::{Vocabulary, Word, WordSet};
use legation_record::EventType;
use rustc_hash::FxHashMap;

/// Who a participant is in the act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Actor,
    Recipient,
}

/// A place for a participant, with what it must be.
#[derive(Clone, Debug)]
pub(crate) struct Slot {
    pub(crate) role: Role,
    /// Any one of these sectors, or STATE, IGO; empty: any.
    pub(crate) sectors: Vec<String>,
    pub(crate) noun: Option<WordSet>,
    /// At least two different participants in this place.
    pub(crate) several: bool,
}

/// What may fill a place.
#[derive(Clone, Debug)]
pub(crate) enum Filler {
    Participant(Slot),
    Word(WordSet),
    Act(Vec<EventType>),
    Anything(Option<WordSet>),
}

/// A place after the anchor.
#[derive(Clone, Debug)]
pub(crate) struct Argument {
    /// The prepositions of which one introduces it; empty: none.
    pub(crate) prepositions: Vec<Word>,
    /// `to` may be an infinitive's.
    pub(crate) infinitive: bool,
    /// `that`, `whether`: a clause.
    pub(crate) clause: bool,
    pub(crate) filler: Filler,
    /// The part of the phrase it was read from, for explanations.
    pub(crate) words: String,
}

/// What sort of word the pattern turns on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AnchorKind {
    Verb,
    /// "be ready", "be in talks": the predicate word, with the preposition if any.
    Copular(Option<Word>),
    Noun,
}

/// A pattern ready to match.
#[derive(Clone, Debug)]
pub(crate) struct Pattern {
    pub(crate) kind: AnchorKind,
    pub(crate) anchor: WordSet,
    /// `A`, `B` or `X` before the verb; `None` for noun patterns.
    pub(crate) subject: Option<Filler>,
    pub(crate) arguments: Vec<Argument>,
    /// Two actors in different places: everybody is an actor.
    pub(crate) reciprocal: bool,
}

const PREPOSITIONS: &[&str] = &[
    "about",
    "above",
    "across",
    "after",
    "against",
    "along",
    "alongside",
    "amid",
    "among",
    "around",
    "as",
    "at",
    "before",
    "behind",
    "below",
    "beside",
    "between",
    "beyond",
    "by",
    "concerning",
    "despite",
    "during",
    "for",
    "from",
    "in",
    "inside",
    "into",
    "like",
    "near",
    "of",
    "off",
    "on",
    "onto",
    "out",
    "outside",
    "over",
    "past",
    "regarding",
    "since",
    "than",
    "through",
    "throughout",
    "to",
    "toward",
    "towards",
    "under",
    "until",
    "unto",
    "up",
    "upon",
    "via",
    "versus",
    "with",
    "within",
    "without",
    "per",
    "that",
    "whether",
    "if",
    "not",
];

/// A part of a pattern as written.
#[derive(Clone, Debug)]
enum Piece {
    Participant(Slot),
    Anything(Option<WordSet>),
    Act(Vec<EventType>),
    /// Words, one of which must stand here, as written.
    Words(Vec<String>),
    Set(WordSet),
}

pub(crate) struct Reader<'a> {
    pub(crate) sets: &'a FxHashMap<String, WordSet>,
    pub(crate) vocabulary: &'a mut Vocabulary,
}

impl Reader<'_> {
    /// The patterns a phrase stands for: one for each way to read its optional parts.
    pub(crate) fn read(&mut self, phrase: &str) -> Result<Vec<Pattern>, String> {
        variants(phrase)?.iter().map(|v| self.read_plain(v)).collect()
    }

    fn read_plain(&mut self, phrase: &str) -> Result<Pattern, String> {
        let parts = split(phrase)?;
        let pieces = parts.iter().map(|part| self.piece(part)).collect::<Result<Vec<_>, _>>()?;
        let mut it = pieces.into_iter().peekable();
        let (kind, subject, anchor) = match it.next().ok_or("an empty pattern")? {
            Piece::Words(w) if w == ["the"] => (AnchorKind::Noun, None, self.words(it.next(), "an event noun")?),
            first @ (Piece::Participant(_) | Piece::Anything(_)) => {
                let subject = Some(match first {
                    Piece::Participant(slot) => Filler::Participant(slot),
                    Piece::Anything(set) => Filler::Anything(set),
                    _ => unreachable!("matched above"),
                });
                let verb = it.next();
                let copula = matches!(&verb, Some(Piece::Words(w)) if w == &["be"]);
                if copula {
                    let mut next = it.next();
                    let mut preposition = None;
                    if let Some(Piece::Words(w)) = &next
                        && w.len() == 1
                        && PREPOSITIONS.contains(&w[0].as_str())
                        && it.peek().is_some()
                    {
                        preposition = Some(self.vocabulary.intern(&w[0]));
                        next = it.next();
                    }
                    match next {
                        // "A be against ~": the preposition's own object is the predicate.
                        Some(other @ (Piece::Act(_) | Piece::Participant(_) | Piece::Anything(_))) => {
                            let p = preposition.ok_or("after `be` a word is expected")?;
                            let mut argument = self.argument(vec![p], other);
                            argument.words = parts[2..4].join(" ");
                            let mut anchor = WordSet::default();
                            anchor.add("be", self.vocabulary);
                            return Ok(Pattern {
                                kind: AnchorKind::Verb,
                                anchor,
                                reciprocal: false,
                                subject,
                                arguments: vec![argument],
                            });
                        }
                        other => (AnchorKind::Copular(preposition), subject, self.words(other, "a word after `be`")?),
                    }
                } else {
                    (AnchorKind::Verb, subject, self.words(verb, "a verb after the participant")?)
                }
            }
            _ => return Err("a pattern begins with A, B or X (verb) or with `the` (noun)".into()),
        };
        let mut arguments = Vec::new();
        while let Some(piece) = it.next() {
            let first = parts.len() - it.len() - 1;
            let mut argument = match piece {
                // A participle may stand in a preposition's place ("a resolution condemning B").
                Piece::Words(w)
                    if w.iter().all(|w| PREPOSITIONS.contains(&w.as_str()) || w.ends_with("ing"))
                        && it.peek().is_some() =>
                {
                    match it.next() {
                        Some(object) => {
                            let numbers = w.iter().map(|w| self.vocabulary.intern(w)).collect();
                            let mut a = self.argument(numbers, object);
                            a.infinitive = w.iter().any(|w| w == "to");
                            a.clause = w.iter().any(|w| matches!(w.as_str(), "that" | "whether" | "if"));
                            a
                        }
                        None => self.argument(Vec::new(), Piece::Words(w)),
                    }
                }
                other => self.argument(Vec::new(), other),
            };
            argument.words = parts[first..parts.len() - it.len()].join(" ");
            arguments.push(argument);
        }
        let is_actor = |f: &Filler| matches!(f, Filler::Participant(s) if s.role == Role::Actor);
        let actors = arguments.iter().filter(|a| is_actor(&a.filler)).count();
        let of_subject = usize::from(subject.as_ref().is_some_and(is_actor));
        let between = kind == AnchorKind::Noun
            && arguments.iter().any(|a| {
                let reciprocal = ["between", "with", "among"].map(|w| self.vocabulary.get(w));
                is_actor(&a.filler) && a.prepositions.iter().any(|p| reciprocal.contains(p))
            });
        Ok(Pattern { kind, anchor, subject, arguments, reciprocal: actors + of_subject > 1 || between })
    }

    fn argument(&mut self, prepositions: Vec<Word>, piece: Piece) -> Argument {
        let filler = match piece {
            Piece::Participant(slot) => Filler::Participant(slot),
            Piece::Anything(set) => Filler::Anything(set),
            Piece::Act(types) => Filler::Act(types),
            Piece::Set(set) => Filler::Word(set),
            Piece::Words(words) => Filler::Word(self.set_of(&words)),
        };
        Argument { prepositions, infinitive: false, clause: false, filler, words: String::new() }
    }

    fn words(&mut self, piece: Option<Piece>, expected: &str) -> Result<WordSet, String> {
        match piece {
            Some(Piece::Words(words)) => Ok(self.set_of(&words)),
            Some(Piece::Set(set)) => Ok(set),
            _ => Err(format!("expected {expected}")),
        }
    }

    fn set_of(&mut self, words: &[String]) -> WordSet {
        let mut set = WordSet::default();
        for w in words {
            set.add(w, self.vocabulary);
        }
        set
    }

    fn set(&self, name: &str) -> Result<WordSet, String> {
        self.sets.get(name).cloned().ok_or_else(|| format!("no word list is called {{{name}}}"))
    }

    fn piece(&mut self, part: &str) -> Result<Piece, String> {
        if let Some(rest) = part.strip_prefix('~') {
            let types = rest.split('/').filter(|t| !t.is_empty()).map(str::parse).collect::<Result<_, _>>()?;
            return Ok(Piece::Act(types));
        }
        if let Some(name) = part.strip_prefix('{') {
            let name = name.strip_suffix('}').ok_or_else(|| format!("`{part}` lacks its `}}`"))?;
            return Ok(Piece::Set(self.set(name)?));
        }
        if let Some(inner) = part.strip_prefix('(') {
            let inner = inner.strip_suffix(')').ok_or_else(|| format!("`{part}` lacks its `)`"))?;
            let all: Vec<&str> = inner.split('/').map(str::trim).collect();
            if all.iter().any(|w| w.starts_with('{')) {
                let mut set = WordSet::default();
                for w in all {
                    match w.strip_prefix('{').and_then(|w| w.strip_suffix('}')) {
                        Some(name) => set.extend(&self.set(name)?),
                        None => set.add(w, self.vocabulary),
                    }
                }
                return Ok(Piece::Set(set));
            }
            if all.iter().any(|w| w.is_empty()) {
                return Err(format!("`{part}` has an empty alternative"));
            }
            return Ok(Piece::Words(all.into_iter().map(String::from).collect()));
        }
        if part == "AA" {
            let slot = Slot { role: Role::Actor, sectors: Vec::new(), noun: None, several: true };
            return Ok(Piece::Participant(slot));
        }
        let mut chars = part.chars();
        let (first, rest) = (chars.next().unwrap_or_default(), chars.as_str());
        if matches!(first, 'A' | 'B' | 'X') && (rest.is_empty() || rest.starts_with(':') || rest.starts_with('{')) {
            let (noun, sectors) = match rest.strip_prefix(':') {
                Some(sectors) => (None, sectors.split('/').map(String::from).collect()),
                None if rest.is_empty() => (None, Vec::new()),
                None => {
                    let name = rest.trim_start_matches('{').trim_end_matches('}');
                    (Some(self.set(name)?), Vec::new())
                }
            };
            return Ok(match first {
                'X' => Piece::Anything(noun),
                'A' => Piece::Participant(Slot { role: Role::Actor, sectors, noun, several: false }),
                _ => Piece::Participant(Slot { role: Role::Recipient, sectors, noun, several: false }),
            });
        }
        if part.chars().any(|c| c.is_uppercase()) {
            return Err(format!("`{part}`: words are written in lower case; participants are A, B and X"));
        }
        Ok(Piece::Words(vec![part.to_string()]))
    }
}

/// Splits at blanks outside of brackets.
fn split(phrase: &str) -> Result<Vec<String>, String> {
    let (mut out, mut current, mut depth) = (Vec::new(), String::new(), 0i32);
    for c in phrase.chars() {
        match c {
            '(' | '{' => depth += 1,
            ')' | '}' => depth -= 1,
            c if c.is_whitespace() && depth == 0 => {
                if !current.is_empty() {
                    out.push(std::mem::take(&mut current));
                }
                continue;
            }
            _ => {}
        }
        current.push(c);
    }
    if depth != 0 {
        return Err("brackets do not match".into());
    }
    if !current.is_empty() {
        out.push(current);
    }
    Ok(out)
}

/// The readings of a phrase with each `[…]` present and absent.
fn variants(phrase: &str) -> Result<Vec<String>, String> {
    let Some(open) = phrase.find('[') else {
        return if phrase.contains(']') { Err("`]` without `[`".into()) } else { Ok(vec![phrase.to_string()]) };
    };
    let mut depth = 0;
    let close = phrase[open..].char_indices().find_map(|(i, c)| {
        depth += match c {
            '[' => 1,
            ']' => -1,
            _ => 0,
        };
        (depth == 0).then_some(open + i)
    });
    let close = close.ok_or("`[` without `]`")?;
    let (before, inner, after) = (&phrase[..open], &phrase[open + 1..close], &phrase[close + 1..]);
    let mut out = variants(&format!("{before} {inner} {after}"))?;
    out.extend(variants(&format!("{before} {after}"))?);
    Ok(out)
}
