use crate::Span;
use jiff::civil::Date;

/// One article, readout or post: the immutable text and what its container says about it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// The `id` the input gives, else the content hash.
    pub id: String,
    /// The text as read; never changed afterwards. Paragraphs are separated by a blank line.
    pub text: String,
    /// Headline, from metadata.
    pub title: Option<String>,
    /// Newspaper, agency or office that published it.
    pub publisher: Option<String>,
    /// Author line as given.
    pub byline: Option<String>,
    /// Publication date, from metadata, front matter, dateline or the caller.
    pub published: Option<Date>,
    /// Address it was published at.
    pub url: Option<String>,
    /// ISO 639-1 code, where the container says so or the text is long enough to tell.
    pub language: Option<String>,
    /// The dateline that opens the text ("BAKU, Aug 19 (Reuters) -"), where there is one.
    pub dateline: Option<Dateline>,
    /// SHA-256 of the text, 64 lower-case hexadecimal digits.
    pub hash: String,
    /// Where it was read from: path, then `#record` or `:line` inside a container.
    pub origin: String,
}

/// The opening of a news agency text: where it was filed, when, by whom.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dateline {
    /// The whole dateline, the dash included.
    pub span: Span,
    /// The place name.
    pub place: Span,
    /// Date as far as the dateline gives it.
    pub date: Option<Date>,
    /// The agency in brackets.
    pub agency: Option<Span>,
}

/// Something the reader of a text should know: what was odd, and where.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnostic {
    /// Origin of the document.
    pub origin: String,
    /// Place in the text, where there is one.
    pub span: Option<Span>,
    /// What was found, in a sentence.
    pub message: String,
}
