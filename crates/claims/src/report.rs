//! Claims with what tables and record say to them, as they are shown and written.

use serde::Serialize;

/// What becomes of a claim. The order is that of the summary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Verdict {
    /// The tables or the record say so.
    #[serde(rename = "supported")]
    Supported,
    /// A complete table, or more occurrences than claimed, say otherwise. Absence from the record never does.
    #[serde(rename = "contradicted")]
    Contradicted,
    /// The time is covered, and nothing tells of it.
    #[serde(rename = "not in the record")]
    NotInRecord,
    /// Tables and record do not reach there.
    #[serde(rename = "outside coverage")]
    OutsideCoverage,
    /// It has several meanings that have different answers, or it is not clear who or when is meant.
    #[serde(rename = "ambiguous")]
    Ambiguous,
    /// An opinion, a hope, a prediction, a question: nothing that has happened.
    #[serde(rename = "not checkable")]
    NotCheckable,
}

impl Verdict {
    /// All, in the order of the summary.
    pub const ALL: [Self; 6] = [
        Self::Supported,
        Self::Contradicted,
        Self::NotInRecord,
        Self::OutsideCoverage,
        Self::Ambiguous,
        Self::NotCheckable,
    ];

    /// The name in reports and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Supported => "supported",
            Self::Contradicted => "contradicted",
            Self::NotInRecord => "not in the record",
            Self::OutsideCoverage => "outside coverage",
            Self::Ambiguous => "ambiguous",
            Self::NotCheckable => "not checkable",
        }
    }
}

/// What sort of claim it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Who is in which organisation.
    Membership,
    /// Who is in a military alliance.
    Alliance,
    /// Who held which office.
    Office,
    /// Who fought whom, and when.
    War,
    /// Independence and capitals.
    State,
    /// How often, for which time, since when, never.
    Count,
    /// Who did what when.
    Event,
    /// How relations changed.
    Trend,
    /// What somebody thinks, hopes, expects or asks.
    Opinion,
}

impl Kind {
    /// The name in reports and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Membership => "membership",
            Self::Alliance => "alliance",
            Self::Office => "office",
            Self::War => "war",
            Self::State => "state",
            Self::Count => "count",
            Self::Event => "event",
            Self::Trend => "trend",
            Self::Opinion => "opinion",
        }
    }
}

/// A text with its claims.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// The document's identifier.
    pub document: String,
    /// The day up to which tables and record were used; `None`: all of it.
    pub as_of: Option<String>,
    /// What was asked.
    pub record: String,
    /// The claims in the order of the text.
    pub claims: Vec<Claim>,
}

impl Report {
    /// How many claims have this verdict.
    pub fn count(&self, verdict: Verdict) -> usize {
        self.claims.iter().filter(|claim| claim.verdict == verdict).count()
    }
}

/// A claim with its readings.
#[derive(Clone, Debug, Serialize)]
pub struct Claim {
    /// The words.
    pub text: String,
    /// Their first byte in the document text.
    pub start: u32,
    /// One past their last byte.
    pub end: u32,
    /// What sort of claim it is.
    pub kind: Kind,
    /// What becomes of it.
    pub verdict: Verdict,
    /// What it may mean, each with its answer.
    pub readings: Vec<Reading>,
}

/// One meaning of a claim.
#[derive(Clone, Debug, Serialize)]
pub struct Reading {
    /// The question as text.
    pub query: String,
    /// What tables and record say.
    pub answer: String,
    /// What that means for the claim.
    pub verdict: Verdict,
    /// What the answer rests on.
    pub evidence: Vec<Evidence>,
}

/// A row of a table or an event of the record.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Evidence {
    /// The table's name and source, or the record.
    pub source: String,
    /// The identifier of the event, for `legation show`.
    pub id: Option<String>,
    /// The day, or the time of the row.
    pub date: Option<String>,
    /// What it says.
    pub text: String,
    /// Where it was published.
    pub url: Option<String>,
}
