//! `legation explain`: how a sentence was read, which rules fit its words, and which nearly did.

use crate::codebook;
use crate::exit::{Exit, Failure};
use crate::explain::Explained;
use crate::input::remark;
use crate::out::Out;
use crate::style::{Style, Tone, clean, keep_start, width, wrap};
use crate::table;
use clap::{Args, ValueEnum};
use jiff::civil::Date;
use legation::coder::{Account, Match, Mention, Miss, Trigger};
use legation::record::{Event, Sentence, Span};
use legation::text::{Format, Options as ReadOptions, Reading, read_bytes, read_paths};
use legation::{Coded, Legation, Options};
use serde::Serialize;
use serde_json::{Value, json};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// What the help says below the options.
pub const HELP: &str = "\
Examples:
  legation explain \"Iran condemned the attack.\"             a sentence in words
  legation explain article.md --sentence 3                  the third sentence of a document
  legation explain 5f0c…e1 news/                            the event with that id, in the document it came from

Shown are the grammar of the sentence (each word, its part of speech, what it hangs on, and the
probability that the parser gives to that), who is named and by what that was resolved, and for
each word on which rules of the codebook turn: the rule that won and why, others that fit, and
those that nearly fit with the condition that failed. Rules are told by file and line.

Exit codes: 0 explained, 2 wrong usage, 3 nothing could be read, 4 the output could not be written,
5 no event has that id";

/// `legation explain`.
#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// A sentence in words, the id of an event (or its first 6 digits or more), a file, or `-` for standard input
    #[arg(value_name = "SENTENCE|ID|PATH")]
    pub what: String,

    /// With an id: the files and folders that the event was coded from, `-` for standard input
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// Only the sentence this event stands in
    #[arg(long, value_name = "ID")]
    pub event: Option<String>,

    /// Only the sentence of this number, from 1
    #[arg(long, value_name = "N")]
    pub sentence: Option<usize>,

    /// How many of the rules that nearly fit to show for each word
    #[arg(long, value_name = "N", default_value_t = 4)]
    pub near: usize,

    /// text for reading, json for programs: one object a sentence
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = ExplainFormat::Text, hide_possible_values = true)]
    pub format: ExplainFormat,

    /// Publication date of documents that do not tell theirs, as YYYY-MM-DD
    #[arg(long, value_name = "DATE", value_parser = crate::args::date)]
    pub published: Option<Date>,

    /// Folder of a codebook to use in place of the one that is built in
    #[arg(long, value_name = "DIR")]
    pub codebook: Option<PathBuf>,
}

/// What `legation explain` writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExplainFormat {
    /// For reading
    Text,
    /// For programs
    Json,
}

/// Runs the command.
pub fn run(args: &ExplainArgs) -> Result<Exit, Failure> {
    let reading = ReadOptions { published: args.published, ..ReadOptions::default() };
    let (readings, event) = readings(args, &reading)?;
    let legation =
        Legation::new(&Options { codebook: args.codebook.clone() }).map_err(|e| Failure::Usage(codebook::told(e)))?;
    let legation = legation.explaining(true);
    let mut out = Out::open(None).map_err(Failure::output(None))?;
    let (mut read, mut shown) = (0, 0);
    for reading in readings {
        match reading {
            Reading::Document(document, remarks) => {
                read += 1;
                remarks.iter().for_each(|r| eprintln!("{}", remark(r)));
                let coded = legation.code(&document);
                let wanted = wanted(args, event.as_deref(), &coded);
                shown += wanted.len();
                for n in wanted {
                    write(&mut out, args, &coded, n).map_err(Failure::output(None))?;
                }
            }
            Reading::Skipped(skipped) => eprintln!("{}", clean(&skipped.to_string())),
            Reading::Failed(error) => eprintln!("{}", clean(&error.to_string())),
        }
        // Ids are unique: the rest need not be coded.
        if shown > 0 && event.is_some() {
            break;
        }
    }
    out.commit().map_err(Failure::output(None))?;
    match (read, shown, event) {
        (0, ..) => Ok(Exit::Nothing),
        (_, 0, Some(id)) => Err(Failure::Unknown(format!("no event in this input has the id {id}"))),
        (_, 0, None) => Err(Failure::Usage("there is no sentence of that number".into())),
        _ => Ok(Exit::Fine),
    }
}

type Readings<'o> = Box<dyn Iterator<Item = Reading> + 'o>;

/// What is to be read, and the event that is looked for.
fn readings<'o>(args: &ExplainArgs, options: &'o ReadOptions) -> Result<(Readings<'o>, Option<String>), Failure> {
    let what = args.what.as_str();
    let event = args.event.clone();
    if what == "-" || Path::new(what).exists() {
        let mut paths = vec![PathBuf::from(what)];
        paths.extend(args.paths.iter().cloned());
        return Ok((Box::new(read_paths(&paths, options)), event));
    }
    let is_id = (6..=16).contains(&what.len()) && what.bytes().all(|b| b.is_ascii_hexdigit());
    if is_id {
        if args.paths.is_empty() {
            return Err(Failure::Usage(
                "an id needs the files its event was coded from: legation explain ID PATH".into(),
            ));
        }
        return Ok((Box::new(read_paths(&args.paths, options)), Some(what.to_lowercase())));
    }
    if !what.trim().contains(char::is_whitespace) {
        return Err(Failure::Usage(format!("{what:?} is no file, no event id, and too short for a sentence")));
    }
    if !args.paths.is_empty() {
        return Err(Failure::Usage("a sentence stands in one argument: put it in quotation marks".into()));
    }
    // A sentence is too short to tell its language by: whoever types it knows.
    let options = ReadOptions { format: Some(Format::Text), languages: Vec::new(), ..options.clone() };
    Ok((Box::new(read_bytes("sentence", what.as_bytes(), &options).into_iter()), event))
}

/// The numbers of the sentences to show.
fn wanted(args: &ExplainArgs, event: Option<&str>, coded: &Coded) -> Vec<usize> {
    let all = 0..coded.sentences.len();
    match (event, args.sentence) {
        (Some(id), _) => {
            let found = coded.coding.events.iter().find(|e| e.id.starts_with(id));
            found.map(|e| e.evidence.sentence as usize).into_iter().collect()
        }
        (None, Some(n)) => all.filter(|i| i + 1 == n).collect(),
        (None, None) => all.collect(),
    }
}

fn write(out: &mut dyn Write, args: &ExplainArgs, coded: &Coded, n: usize) -> io::Result<()> {
    let (Some(sentence), Some(account)) = (coded.sentences.get(n), coded.coding.accounts.get(n)) else { return Ok(()) };
    match args.format {
        ExplainFormat::Json => {
            serde_json::to_writer(&mut *out, &as_json(coded, n, sentence, account))?;
            out.write_all(b"\n")
        }
        ExplainFormat::Text => {
            Text { out, style: Style::of_stdout(), near: args.near }.sentence(coded, n, sentence, account)
        }
    }
}

/// Writes for people.
struct Text<'a> {
    out: &'a mut dyn Write,
    style: Style,
    near: usize,
}

impl Text<'_> {
    fn sentence(&mut self, coded: &Coded, n: usize, sentence: &Sentence, account: &Account) -> io::Result<()> {
        let text = &coded.document.text;
        self.heading(&format!("Sentence {} of {}", n + 1, coded.sentences.len()))?;
        self.paragraph(2, &format!("“{}”", sentence.text(text)))?;
        self.heading("Grammar")?;
        self.grammar(sentence, text)?;
        self.heading("Who is named")?;
        if account.mentions.is_empty() {
            self.line(2, "nobody")?;
        }
        account.mentions.iter().try_for_each(|m| self.mention(m))?;
        self.heading("Events")?;
        let mut any = false;
        for (i, event) in coded.coding.events.iter().enumerate().filter(|(_, e)| e.evidence.sentence as usize == n) {
            any = true;
            table::event(self.out, self.style, event)?;
            self.reasons(coded, i, event)?;
        }
        if !any {
            self.line(2, "none")?;
        }
        self.heading("Words on which rules turn")?;
        if account.triggers.is_empty() {
            self.line(2, "none")?;
        }
        account.triggers.iter().try_for_each(|t| self.trigger(t))?;
        writeln!(self.out)
    }

    fn grammar(&mut self, sentence: &Sentence, text: &str) -> io::Result<()> {
        let form = |i: usize| clean(sentence.tokens[i].span.of(text));
        let widest =
            |f: &dyn Fn(usize) -> String| (0..sentence.tokens.len()).map(|i| width(&f(i))).max().unwrap_or(0).min(24);
        let lemma = |i: usize| clean(&sentence.tokens[i].lemma);
        let (a, b) = (widest(&form), widest(&lemma));
        for (i, token) in sentence.tokens.iter().enumerate() {
            let head = sentence.head(i).map_or_else(
                || "the head of the sentence".to_owned(),
                |h| format!("{} of “{}”", token.relation, form(h)),
            );
            let name = token.entity.kind().map_or(String::new(), |k| format!(" [{k}]"));
            let (form, lemma) = (keep_start(&form(i), 24), keep_start(&lemma(i), 24));
            let pad = |word: &str, to: usize| " ".repeat(to.saturating_sub(width(word)));
            let line = format!(
                "{:>3} {form}{} {lemma}{} {:5} {:4.2} {head}{name}",
                i + 1,
                pad(&form, a),
                pad(&lemma, b),
                token.upos.name(),
                token.probability
            );
            // An arc that the parser itself doubts is the first place to look when an event is wrong.
            let tone = if token.probability < 0.6 { Tone::Strong } else { Tone::Plain };
            writeln!(self.out, "  {}", self.style.paint(tone, &keep_start(&line, self.style.width() - 2)))?;
        }
        Ok(())
    }

    fn mention(&mut self, m: &Mention) -> io::Result<()> {
        let mut codes: Vec<&str> = m.code.as_deref().into_iter().collect();
        codes.extend(m.sectors.iter().map(String::as_str));
        codes.extend(m.wikidata.as_deref());
        let name = if m.name.is_empty() || m.name == m.text { String::new() } else { format!("{}, ", m.name) };
        let codes = if codes.is_empty() { "no code".to_owned() } else { codes.join(" ") };
        self.paragraph(2, &format!("“{}”: {name}{codes}; {}", m.text, m.how))
    }

    fn reasons(&mut self, coded: &Coded, i: usize, event: &Event) -> io::Result<()> {
        let explanation = coded.coding.explanations.get(i);
        let rule = explanation.map_or(event.rule.as_str(), |e| e.rule.as_str());
        self.paragraph(12, &format!("id {}, confidence {:.2}, rule `{rule}`", event.id, event.confidence))?;
        let status = explanation.map(|e| e.status.as_slice()).unwrap_or_default();
        status.iter().try_for_each(|why| self.paragraph(12, &format!("status: {why}")))
    }

    fn trigger(&mut self, t: &Trigger) -> io::Result<()> {
        let event = t.event.filter(|_| t.fate == "coded").map_or(String::new(), |_| ", see above".to_owned());
        let word = format!("“{}”", clean(&t.text));
        writeln!(self.out, "  {} {}{event}", self.style.paint(Tone::Strong, &word), clean(&t.fate))?;
        for (i, m) in t.matched.iter().enumerate() {
            self.paragraph(4, &format!("{} {}", if i == 0 { "wins:" } else { "fits too:" }, fits(m)))?;
            if i == 0 {
                self.paragraph(10, &format!("because {}", t.why))?;
            }
        }
        for miss in t.missed.iter().take(self.near) {
            self.paragraph(
                4,
                &format!("fails: `{}` ({}), {}: {}", miss.rule, miss.place, miss.meaning, miss.condition),
            )?;
        }
        match t.missed.len().saturating_sub(self.near) {
            0 => Ok(()),
            more => self.line(4, &format!("… and {more} more that fail; --near shows them")),
        }
    }

    fn heading(&mut self, words: &str) -> io::Result<()> {
        writeln!(self.out, "{}", self.style.paint(Tone::Strong, words))
    }

    fn line(&mut self, indent: usize, words: &str) -> io::Result<()> {
        writeln!(self.out, "{}{}", " ".repeat(indent), clean(words))
    }

    /// Words broken into lines, the later ones indented deeper.
    fn paragraph(&mut self, indent: usize, words: &str) -> io::Result<()> {
        let words: Vec<(String, Tone)> = clean(words).split(' ').map(|w| (w.to_owned(), Tone::Plain)).collect();
        for (i, line) in wrap(&words, self.style.width() - indent - 4).iter().enumerate() {
            let words: Vec<&str> = line.iter().map(|(w, _)| w.as_str()).collect();
            writeln!(self.out, "{}{}", " ".repeat(if i == 0 { indent } else { indent + 4 }), words.join(" "))?;
        }
        Ok(())
    }
}

fn fits(m: &Match) -> String {
    let list = |what: &str, all: &[String]| match all {
        [] => String::new(),
        all => format!("; {what} {}", all.iter().map(|w| format!("“{w}”")).collect::<Vec<_>>().join(", ")),
    };
    format!(
        "`{}` ({}), {}{}{}{}",
        m.rule,
        m.place,
        m.meaning,
        list("words", &m.words),
        list("actor", &m.actors),
        list("recipient", &m.recipients)
    )
}

/// A sentence as JSON. Events are written as they are: going through [`Value`] would widen their numbers.
#[derive(Serialize)]
struct Told<'a> {
    document: &'a str,
    sentence: usize,
    evidence: Value,
    tokens: Vec<Value>,
    mentions: Vec<Value>,
    events: Vec<Explained<'a>>,
    triggers: Vec<Value>,
}

/// The decimal number that a 32-bit number is written as.
fn number(x: f32) -> Option<f64> {
    x.to_string().parse().ok()
}

fn as_json<'a>(coded: &'a Coded, n: usize, sentence: &Sentence, account: &Account) -> Told<'a> {
    let text = &coded.document.text;
    let quote = |span: Span| json!({"text": span.of(text), "start": span.start, "end": span.end});
    let tokens = sentence.tokens.iter().enumerate().map(|(i, t)| {
        json!({"id": i + 1, "text": t.span.of(text), "start": t.span.start, "end": t.span.end, "lemma": t.lemma,
            "upos": t.upos.name(), "head": t.head, "relation": t.relation.name(), "probability": number(t.probability),
            "entity": t.entity.to_string()})
    });
    let events: Vec<Explained> = coded
        .coding
        .events
        .iter()
        .enumerate()
        .filter(|(_, e)| e.evidence.sentence as usize == n)
        .map(|(i, e)| Explained::new(coded, i, e))
        .collect();
    let mentions = account.mentions.iter().map(|m| {
        json!({"text": m.text, "start": m.span.start, "end": m.span.end, "name": m.name, "code": m.code,
            "sectors": m.sectors, "wikidata": m.wikidata, "how": m.how})
    });
    let id = |t: &Trigger| t.event.and_then(|i| coded.coding.events.get(i)).map(|e| e.id.clone());
    let fit = |m: &Match| {
        json!({"rule": m.rule, "place": m.place, "meaning": m.meaning, "points": number(m.points), "words": m.words,
            "actors": m.actors, "recipients": m.recipients})
    };
    let miss = |m: &Miss| json!({"rule": m.rule, "place": m.place, "meaning": m.meaning, "condition": m.condition});
    let triggers = account.triggers.iter().map(|t| {
        json!({"text": t.text, "start": t.span.start, "end": t.span.end, "event": id(t), "fate": t.fate, "why": t.why,
            "matched": t.matched.iter().map(fit).collect::<Vec<_>>(),
            "missed": t.missed.iter().map(miss).collect::<Vec<_>>()})
    });
    Told {
        document: &coded.document.id,
        sentence: n,
        evidence: quote(sentence.span),
        tokens: tokens.collect(),
        mentions: mentions.collect(),
        events,
        triggers: triggers.collect(),
    }
}
