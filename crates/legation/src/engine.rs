use crate::pipeline::{self, Outcome};
use legation_coder::{Codebook, CodebookError, Coder, Coding, Example};
use legation_gazetteer::Gazetteer;
use legation_language::Language;
use legation_record::{Diagnostic, Document, Sentence};
use legation_text::Reading;
use std::num::NonZeroUsize;
use std::path::PathBuf;

/// What a [`Legation`] is made with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// A folder with a codebook to use in place of the one that is built in.
    pub codebook: Option<PathBuf>,
}

/// Why a [`Legation`] could not be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The language model that is built in does not load: the build is broken.
    #[error("the language model cannot be loaded")]
    Language(#[source] legation_language::Error),
    /// The codebook has errors; each has its file, line and message.
    #[error("the codebook has {} errors", .0.len())]
    Codebook(Vec<CodebookError>),
}

/// The whole of Legation, ready to work: language model, codebook and gazetteer. Shared between threads by reference.
pub struct Legation {
    language: Language,
    coder: Coder,
    explains: bool,
}

/// A document with what was found in it.
pub struct Coded {
    /// The document.
    pub document: Document,
    /// Its sentences with their analysis.
    pub sentences: Vec<Sentence>,
    /// Events, in the order of their evidence, with explanations and diagnostics.
    pub coding: Coding,
}

impl Legation {
    /// Loads the model, the codebook and the gazetteer.
    pub fn new(options: &Options) -> Result<Self, Error> {
        let codebook = match &options.codebook {
            Some(folder) => Codebook::from_dir(folder).map_err(Error::Codebook)?,
            None => Codebook::embedded(),
        };
        let language = Language::embedded().map_err(Error::Language)?;
        Ok(Self { language, coder: Coder::new(codebook, Gazetteer::embedded()), explains: false })
    }

    /// Whether codings come with explanations and accounts, which cost several times the work; without this they do
    /// not.
    #[must_use]
    pub fn explaining(mut self, explains: bool) -> Self {
        self.explains = explains;
        self
    }

    /// The sentences of a document.
    pub fn parse(&self, document: &Document) -> Vec<Sentence> {
        self.language.parse(&[document]).pop().unwrap_or_default()
    }

    /// The events of a document.
    pub fn code(&self, document: &Document) -> Coded {
        let sentences = self.parse(document);
        let coding = self.coding(document, &sentences);
        Coded { document: document.clone(), sentences, coding }
    }

    /// Codes what is read, with `threads` threads, and gives `emit` one [`Outcome`] for every reading, in the order of
    /// the readings. The outcomes do not depend on the number of threads. At most a few dozen documents are in memory
    /// at a time. A panic while a document is coded becomes a diagnostic of that document, and the others go on; an
    /// error from `emit` ends the work and is returned.
    pub fn code_all<E>(
        &self,
        readings: impl Iterator<Item = Reading>,
        threads: NonZeroUsize,
        emit: impl FnMut(Outcome) -> Result<(), E>,
    ) -> Result<(), E> {
        pipeline::run(readings, threads, |documents| self.code_window(documents), failed, emit)
    }

    /// Like [`Legation::code_all`], but only the sentences: the coding of every document is empty.
    pub fn parse_all<E>(
        &self,
        readings: impl Iterator<Item = Reading>,
        threads: NonZeroUsize,
        emit: impl FnMut(Outcome) -> Result<(), E>,
    ) -> Result<(), E> {
        let work = |documents: &[&Document]| {
            let parsed = self.language.parse(documents);
            parsed.into_iter().map(|sentences| (sentences, Coding::default())).collect()
        };
        pipeline::run(readings, threads, work, failed, emit)
    }

    /// The codebook in use.
    pub fn codebook(&self) -> &Codebook {
        self.coder.codebook()
    }

    /// Runs the worked examples of the codebook in use: how many there are, and which of them are not coded as they
    /// say, each with its file and line.
    pub fn check_examples(&self) -> (usize, Vec<CodebookError>) {
        let mut count = 0;
        let mut errors = Vec::new();
        for sheet in self.codebook().sheets() {
            let documents: Vec<Document> = sheet.examples.iter().map(|e| example(&sheet.file, e)).collect();
            let documents: Vec<&Document> = documents.iter().collect();
            count += documents.len();
            for (example, (_, coding)) in sheet.examples.iter().zip(self.code_window(&documents)) {
                let unmet = legation_coder::unmet(example, &coding.events).into_iter();
                errors.extend(unmet.map(|(line, message)| CodebookError { file: sheet.file.clone(), line, message }));
            }
        }
        (count, errors)
    }

    fn code_window(&self, documents: &[&Document]) -> Vec<(Vec<Sentence>, Coding)> {
        let parsed = self.language.parse(documents);
        let coded = documents.iter().zip(parsed).map(|(document, sentences)| {
            let coding = self.coding(document, &sentences);
            (sentences, coding)
        });
        coded.collect()
    }

    fn coding(&self, document: &Document, sentences: &[Sentence]) -> Coding {
        if self.explains { self.coder.explain(document, sentences) } else { self.coder.code(document, sentences) }
    }
}

fn example(file: &str, example: &Example) -> Document {
    Document {
        id: format!("{file}:{}", example.line),
        text: example.text.clone(),
        published: example.published.as_deref().and_then(|d| d.parse().ok()),
        origin: format!("{file}:{}", example.line),
        ..Document::default()
    }
}

/// What stands in for the work on a document where it panicked.
fn failed(document: &Document, message: String) -> (Vec<Sentence>, Coding) {
    let message = format!("this document could not be coded, which is an error of the program: {message}");
    let diagnostic = Diagnostic { origin: document.origin.clone(), span: None, message };
    (Vec::new(), Coding { diagnostics: vec![diagnostic], ..Coding::default() })
}
