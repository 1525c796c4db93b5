use jiff::civil::Date;
use std::fmt;
use std::str::FromStr;

/// How to read.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// The format of everything; `None` tells it by the file's extension, then by its content.
    pub format: Option<Format>,
    /// Names of the fields in JSON Lines and of the columns in CSV.
    pub columns: Columns,
    /// Publication date of documents that do not tell theirs, and the year of datelines without one.
    pub published: Option<Date>,
    /// Languages (ISO 639-1) that are read; documents in others are skipped. Empty reads all.
    pub languages: Vec<String>,
    /// Bounds against bombs and accidents.
    pub limits: Limits,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            format: None,
            columns: Columns::default(),
            published: None,
            languages: vec!["en".into()],
            limits: Limits::default(),
        }
    }
}

/// Names of the fields in JSON Lines and of the columns in CSV. Other fields are ignored.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Columns {
    pub id: String,
    pub text: String,
    pub title: String,
    pub published: String,
    pub publisher: String,
    pub byline: String,
    pub url: String,
    pub language: String,
}

impl Default for Columns {
    fn default() -> Self {
        Self {
            id: "id".into(),
            text: "text".into(),
            title: "title".into(),
            published: "published".into(),
            publisher: "publisher".into(),
            byline: "byline".into(),
            url: "url".into(),
            language: "language".into(),
        }
    }
}

/// Bounds against decompression bombs, deep nesting and runaway records. Each is refused with an error that names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes a compressed input may unpack to. Default 64 GiB: line formats are streamed and may be long.
    pub decompressed_bytes: u64,
    /// Unpacked bytes per packed byte, once 1 MiB is unpacked. Default 200: text packs 3 to 30 times.
    pub compression_ratio: u64,
    /// Bytes of a file that is read whole: text, Markdown, feed. Default 64 MiB.
    pub document_bytes: u64,
    /// Bytes of an HTML page. Default 8 MiB: the largest pages of the press are below 4.
    pub html_bytes: u64,
    /// Elements of an HTML page. Default 100,000: the largest real pages have some 20,000, and each takes kilobytes.
    pub html_elements: usize,
    /// Elements inside each other in HTML or XML. Default 256: real pages stay below 100, and the tree builder takes
    /// time quadratic in the depth.
    pub nesting: usize,
    /// Bytes of one JSON line, CSV record or PETRARCH record. Default 16 MiB.
    pub record_bytes: u64,
    /// Records of one file. Default 100 million.
    pub records: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            decompressed_bytes: 64 << 30,
            compression_ratio: 200,
            document_bytes: 64 << 20,
            html_bytes: 8 << 20,
            html_elements: 100_000,
            nesting: 256,
            record_bytes: 16 << 20,
            records: 100_000_000,
        }
    }
}

/// What a file is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// Plain text: one document.
    Text,
    /// Markdown (CommonMark) with YAML or TOML front matter: one document.
    Markdown,
    /// A web page: one document.
    Html,
    /// One JSON object a line.
    JsonLines,
    /// Comma-, semicolon-, tab- or bar-separated values with a header.
    Csv,
    /// RSS, Atom or JSON Feed.
    Feed,
    /// Records of the PETRARCH coders: `<Sentence date="…" id="…"><Text>…`.
    Petrarch,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 7] =
        [Self::Text, Self::Markdown, Self::Html, Self::JsonLines, Self::Csv, Self::Feed, Self::Petrarch];

    /// The name options and messages use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::JsonLines => "jsonl",
            Self::Csv => "csv",
            Self::Feed => "feed",
            Self::Petrarch => "petrarch",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Format {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|f| f.name() == name).ok_or_else(|| {
            let names: Vec<_> = Self::ALL.iter().map(|f| f.name()).collect();
            format!("unknown format {name:?}; known are {}", names.join(", "))
        })
    }
}
