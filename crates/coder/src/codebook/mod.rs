//! The codebook: what is coded as what, read from the Markdown files of `codebook/`.

mod pattern;
mod sheet;
mod words;

pub(crate) use pattern::{AnchorKind, Argument, Filler, Pattern, Role, Slot};
pub use sheet::Example;
pub(crate) use words::{Vocabulary, Word, WordSet};

use crate::confidence::Weights;
use legation_record::{EventType, Status};
use pattern::Reader;
use rustc_hash::FxHashMap;
use sha2::{Digest, Sha256};
use sheet::{Sheet, Table};
use std::path::Path;

/// An error in a codebook file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {message}")]
pub struct CodebookError {
    /// File name, or path where the folder was given.
    pub file: String,
    /// Line, from 1; 0 where the error is about the whole file.
    pub line: usize,
    /// What is wrong.
    pub message: String,
}

/// What one event type's file says, for people.
#[derive(Clone, Debug, Default)]
pub struct TypeSheet {
    /// The type.
    pub event_type: Option<EventType>,
    /// First paragraphs.
    pub definition: String,
    /// PLOVER score of the type without mode.
    pub score: f32,
    /// Modes with their scores.
    pub modes: Vec<(String, f32)>,
    /// Number of pattern rows.
    pub patterns: usize,
    /// Worked examples.
    pub examples: Vec<Example>,
    /// File name.
    pub file: String,
    /// The file as it is.
    pub markdown: String,
}

/// What a matched pattern means.
#[derive(Clone, Debug)]
pub(crate) enum Meaning {
    Event {
        event_type: EventType,
        cameo: String,
        modes: Vec<String>,
        contexts: Vec<String>,
        status: Option<Status>,
    },
    /// It looks like an event and is none.
    Nothing,
    /// It changes what another word's event means.
    Operator(Effect),
}

/// What an operator does to the act it governs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    Negated,
    Future,
    Hypothetical,
    Transparent,
    Report,
    Promise,
    /// It is what the operator's word is about: no event of its own.
    Content,
}

/// A row of a pattern table.
#[derive(Clone, Debug)]
pub(crate) struct Rule {
    /// `consult: A meet with A`: stays the same while the row does.
    pub(crate) name: String,
    /// Where the row stands: `consult.md:63`.
    pub(crate) place: String,
    pub(crate) meaning: Meaning,
    pub(crate) pattern: Pattern,
    /// Where nobody is named who did it, the sentence must hold a word of the first list and none of the second.
    pub(crate) unnamed: Option<std::sync::Arc<Unnamed>>,
}

/// What a sentence must hold for an act without an actor.
#[derive(Clone, Debug, Default)]
pub(crate) struct Unnamed {
    pub(crate) with: Option<WordSet>,
    pub(crate) without: Option<WordSet>,
}

/// The whole codebook, ready to match.
#[derive(Default)]
pub struct Codebook {
    sheets: Vec<TypeSheet>,
    pub(crate) rules: Vec<Rule>,
    /// Rules by the head word of their anchor.
    pub(crate) index: FxHashMap<Word, Vec<u32>>,
    pub(crate) vocabulary: Vocabulary,
    pub(crate) contexts: Vec<(String, WordSet)>,
    /// The word lists by their names.
    pub(crate) lists: FxHashMap<String, WordSet>,
    /// What an event's confidence is worked out with.
    pub(crate) weights: Weights,
    hash: String,
}

macro_rules! embedded {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../../../codebook/", $name)))),*]
    };
}

/// The file with the weights of the confidence.
const WEIGHTS: &str = "confidence.tsv";

static FILES: &[(&str, &str)] = embedded![
    "accuse.md",
    "agree.md",
    "aid.md",
    "assault.md",
    "coerce.md",
    "concede.md",
    "confidence.tsv",
    "consult.md",
    "contexts.md",
    "cooperate.md",
    "mobilize.md",
    "none.md",
    "operators.md",
    "protest.md",
    "reject.md",
    "request.md",
    "retreat.md",
    "sanction.md",
    "sets.md",
    "support.md",
    "threaten.md",
];

impl Codebook {
    /// The codebook that is part of the program.
    pub fn embedded() -> Self {
        let files = FILES.iter().map(|(n, t)| ((*n).to_string(), (*t).to_string())).collect();
        // Rows with errors are left out; `check` reports them, and a test demands that there are none.
        Self::build(files).0
    }

    /// The errors of the codebook that is part of the program.
    pub fn embedded_errors() -> Vec<CodebookError> {
        Self::build(FILES.iter().map(|(n, t)| ((*n).to_string(), (*t).to_string())).collect()).1
    }

    /// Reads a folder in the format of `docs/codebook-format.md`; all its errors, in order of file and line.
    pub fn from_dir(folder: &Path) -> Result<Self, Vec<CodebookError>> {
        let whole = |message: String| vec![CodebookError { file: folder.display().to_string(), line: 0, message }];
        let mut files = Vec::new();
        let entries = std::fs::read_dir(folder).map_err(|e| whole(e.to_string()))?;
        for entry in entries {
            let path = entry.map_err(|e| whole(e.to_string()))?.path();
            if path.extension().is_some_and(|e| e == "md") || path.file_name().is_some_and(|n| n == WEIGHTS) {
                let text = std::fs::read_to_string(&path).map_err(|e| whole(format!("{}: {e}", path.display())))?;
                files.push((path.file_name().unwrap_or_default().to_string_lossy().into_owned(), text));
            }
        }
        // A codebook of one's own may leave the weights of the confidence to the one that is built in.
        if !files.iter().any(|(name, _)| name == WEIGHTS) {
            files
                .extend(FILES.iter().filter(|(n, _)| *n == WEIGHTS).map(|(n, t)| ((*n).to_string(), (*t).to_string())));
        }
        files.sort();
        let (codebook, errors) = Self::build(files);
        if errors.is_empty() { Ok(codebook) } else { Err(errors) }
    }

    /// The worked examples of a Markdown text in the codebook's notation (below a heading "Examples").
    pub fn examples(markdown: &str) -> Vec<Example> {
        Sheet::read(markdown).examples
    }

    /// The type files in the order of the PLOVER manual.
    pub fn sheets(&self) -> &[TypeSheet] {
        &self.sheets
    }

    /// First 12 hexadecimal digits of the SHA-256 of all files.
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// PLOVER score of a type and its modes: the strongest of the modes, else the type's own.
    pub fn score(&self, event_type: EventType, modes: &[String]) -> f32 {
        let Some(sheet) = self.sheets.iter().find(|s| s.event_type == Some(event_type)) else { return 0.0 };
        let of = |mode: &String| sheet.modes.iter().find(|(name, _)| name == mode).map(|(_, score)| *score);
        modes
            .iter()
            .filter_map(of)
            .fold(None, |top: Option<f32>, s| match top {
                Some(t) if t.abs() >= s.abs() => Some(t),
                _ => Some(s),
            })
            .unwrap_or(sheet.score)
    }

    fn build(files: Vec<(String, String)>) -> (Self, Vec<CodebookError>) {
        let mut errors = Vec::new();
        let mut book = Self::default();
        let mut hasher = Sha256::new();
        for (name, text) in &files {
            hasher.update(name.as_bytes());
            hasher.update([0]);
            hasher.update(text.as_bytes());
            hasher.update([0]);
        }
        book.hash = hasher.finalize().iter().take(6).map(|b| format!("{b:02x}")).collect();
        if let Some((name, table)) = files.iter().find(|(name, _)| name == WEIGHTS) {
            match Weights::read(table) {
                Ok(weights) => book.weights = weights,
                Err((line, message)) => errors.push(error(name, line, message)),
            }
        }
        let sheets: Vec<(String, Sheet, String)> = files
            .into_iter()
            .filter(|(name, _)| name != WEIGHTS)
            .map(|(name, text)| (name, Sheet::read(&text), text))
            .collect();
        let sets = book.read_lists(&sheets, &mut errors);
        for (file, sheet, text) in &sheets {
            match file.as_str() {
                "sets.md" => {}
                "contexts.md" => book.read_contexts(text),
                _ => book.read_rules(file, sheet, text, &sets, &mut errors),
            }
        }
        book.lists = sets;
        book.sheets.sort_by_key(|s| s.event_type);
        for (i, rule) in book.rules.iter().enumerate() {
            for head in rule.pattern.anchor.heads() {
                book.index.entry(head).or_default().push(i as u32);
            }
        }
        (book, errors)
    }

    fn read_lists(
        &mut self,
        sheets: &[(String, Sheet, String)],
        errors: &mut Vec<CodebookError>,
    ) -> FxHashMap<String, WordSet> {
        let mut sets: FxHashMap<String, WordSet> = FxHashMap::default();
        for (file, sheet, _) in sheets.iter().filter(|(f, ..)| f != "contexts.md") {
            for (line, name, entries) in &sheet.lists {
                let mut set = WordSet::default();
                for entry in entries {
                    set.add(&entry.to_lowercase(), &mut self.vocabulary);
                }
                if entries.is_empty() {
                    errors.push(error(file, *line, format!("the list {{{name}}} is empty")));
                }
                if sets.insert(name.clone(), set).is_some() {
                    errors.push(error(file, *line, format!("a list called {{{name}}} exists already")));
                }
            }
        }
        sets
    }

    fn read_contexts(&mut self, text: &str) {
        let mut current: Option<(String, WordSet)> = None;
        let mut words = false;
        for line in text.lines() {
            if let Some(name) = line.strip_prefix("## ") {
                self.contexts.extend(current.take());
                current = Some((name.trim().into(), WordSet::default()));
                words = false;
            } else if line.trim().is_empty() {
                words = false;
            } else if let Some((_, set)) = &mut current {
                let list = match line.strip_prefix("words:") {
                    Some(rest) => {
                        words = true;
                        rest
                    }
                    None => line,
                };
                if words {
                    for w in list.split(',').map(str::trim).filter(|w| !w.is_empty()) {
                        set.add(&w.to_lowercase(), &mut self.vocabulary);
                    }
                }
            }
        }
        self.contexts.extend(current);
    }

    fn read_rules(
        &mut self,
        file: &str,
        sheet: &Sheet,
        text: &str,
        sets: &FxHashMap<String, WordSet>,
        errors: &mut Vec<CodebookError>,
    ) {
        let event_type = sheet.title.parse::<EventType>().ok();
        let is_shared = matches!(file, "none.md" | "operators.md");
        if event_type.is_none() && !is_shared {
            errors.push(error(file, 1, format!("the title {:?} is no PLOVER event type", sheet.title)));
            return;
        }
        let mut out = TypeSheet {
            event_type,
            definition: sheet.definition.clone(),
            examples: sheet.examples.clone(),
            file: file.into(),
            markdown: text.into(),
            ..TypeSheet::default()
        };
        if let Some(t) = event_type {
            check_properties(file, sheet, t, &mut out, errors);
        }
        for table in &sheet.tables {
            if table.section == "Modes" {
                for (line, row) in &table.rows {
                    match table.cell(row, "score").replace('−', "-").parse() {
                        Ok(score) => out.modes.push((table.cell(row, "mode").into(), score)),
                        Err(_) => errors.push(error(file, *line, "a mode needs a score".into())),
                    }
                }
            } else if table.header.iter().any(|h| h == "pattern") {
                for (line, row) in &table.rows {
                    out.patterns += 1;
                    if let Err(message) = self.read_row(file, *line, table, row, event_type, &out.modes, sets) {
                        errors.push(error(file, *line, message));
                    }
                }
            }
        }
        for example in &sheet.examples {
            if example.expected.is_empty() {
                errors.push(error(file, example.line, "the example does not say what must be coded".into()));
            }
        }
        if event_type.is_some() || !out.examples.is_empty() {
            self.sheets.push(out);
        }
    }

    #[allow(clippy::too_many_arguments)]
    fn read_row(
        &mut self,
        file: &str,
        line: usize,
        table: &Table,
        row: &[String],
        event_type: Option<EventType>,
        modes: &[(String, f32)],
        sets: &FxHashMap<String, WordSet>,
    ) -> Result<(), String> {
        let phrase = table.cell(row, "pattern");
        let list = |column: &str| -> Vec<String> {
            table.cell(row, column).split(',').map(str::trim).filter(|m| !m.is_empty()).map(String::from).collect()
        };
        let meaning = match (file, event_type) {
            ("operators.md", _) => Meaning::Operator(effect(table.cell(row, "effect"))?),
            ("none.md", _) => Meaning::Nothing,
            (_, Some(event_type)) => {
                let cameo = table.cell(row, "CAMEO").to_string();
                if !(2..=4).contains(&cameo.len()) || !cameo.chars().all(|c| c.is_ascii_digit()) {
                    return Err(format!("{cameo:?} is no CAMEO code (2 to 4 digits)"));
                }
                let row_modes = list("mode");
                if let Some(unknown) = row_modes.iter().find(|m| !modes.iter().any(|(name, _)| name == *m)) {
                    return Err(format!("{event_type} has no mode {unknown:?}"));
                }
                let status = match table.cell(row, "status") {
                    "" => None,
                    s => Some(status(s).ok_or_else(|| format!("{s:?} is no status"))?),
                };
                Meaning::Event { event_type, cameo, modes: row_modes, contexts: list("contexts"), status }
            }
            _ => return Err("this file has no event type".into()),
        };
        let unnamed = match table.cell(row, "unnamed") {
            "" => None,
            cell => {
                let mut unnamed = Unnamed::default();
                for list in cell.split_whitespace() {
                    let name = list.trim_start_matches(['+', '-']).trim_matches(['{', '}']);
                    let set = sets.get(name).cloned().ok_or_else(|| format!("no word list is called {{{name}}}"))?;
                    match list.chars().next() {
                        Some('+') => unnamed.with = Some(set),
                        Some('-') => unnamed.without = Some(set),
                        _ => return Err(format!("`unnamed` has the form +{{list}} -{{list}}, not {cell:?}")),
                    }
                }
                Some(std::sync::Arc::new(unnamed))
            }
        };
        let mut reader = Reader { sets, vocabulary: &mut self.vocabulary };
        let stem = file.trim_end_matches(".md");
        for pattern in reader.read(phrase)? {
            self.rules.push(Rule {
                name: format!("{stem}: {phrase}"),
                place: format!("{file}:{line}"),
                meaning: meaning.clone(),
                pattern,
                unnamed: unnamed.clone(),
            });
        }
        Ok(())
    }
}

fn check_properties(
    file: &str,
    sheet: &Sheet,
    event_type: EventType,
    out: &mut TypeSheet,
    errors: &mut Vec<CodebookError>,
) {
    let property = |key: &str| sheet.properties.iter().find(|(_, k, _)| k == key);
    match property("score").map(|(line, _, v)| (line, v.replace('−', "-").parse())) {
        Some((_, Ok(score))) => out.score = score,
        Some((line, Err(_))) => errors.push(error(file, *line, "the score is no number".into())),
        None => errors.push(error(file, 1, "no `- score:` line".into())),
    }
    match property("quad class") {
        Some((_, _, v)) if v == event_type.quad_class().name() => {}
        Some((line, _, v)) => errors.push(error(
            file,
            *line,
            format!("PLOVER puts {event_type} into {}, not {v:?}", event_type.quad_class()),
        )),
        None => errors.push(error(file, 1, "no `- quad class:` line".into())),
    }
}

fn error(file: &str, line: usize, message: String) -> CodebookError {
    CodebookError { file: file.into(), line, message }
}

fn effect(name: &str) -> Result<Effect, String> {
    Ok(match name {
        "negated" => Effect::Negated,
        "future" => Effect::Future,
        "hypothetical" => Effect::Hypothetical,
        "transparent" => Effect::Transparent,
        "report" => Effect::Report,
        "promise" => Effect::Promise,
        "content" => Effect::Content,
        _ => return Err(format!("{name:?} is no effect")),
    })
}

/// A status by its name in the JSON Lines contract.
pub(crate) fn status(name: &str) -> Option<Status> {
    [Status::Actual, Status::Historical, Status::Future, Status::Hypothetical, Status::Negated]
        .into_iter()
        .find(|s| s.name() == name)
}
