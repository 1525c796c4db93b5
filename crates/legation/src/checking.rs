//! From a coded document and a history to a report on its claims.

use crate::Coded;
use legation_analysis::History;
use legation_claims::{Options, Report, check};
use legation_gazetteer::Gazetteer;

/// What the dated tables and, where there is one, a history say to the claims of a document. The coding must come with
/// accounts: see [`crate::Legation::explaining`].
pub fn claims_of(coded: &Coded, history: Option<&History>, options: &Options) -> Report {
    check(&coded.document, &coded.sentences, &coded.coding, Gazetteer::embedded(), history, options)
}
