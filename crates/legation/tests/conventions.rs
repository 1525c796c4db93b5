//! The conventions of coding, written down in `conventions.md` and read from there.

use legation::coder::{Codebook, unmet};
use legation::record::Document;
use legation::{Legation, Options};

#[test]
fn every_convention_holds() {
    let markdown = include_str!("conventions.md");
    let examples = Codebook::examples(markdown);
    assert!(examples.len() >= 40, "conventions.md is read whole: {} examples", examples.len());
    let legation = Legation::new(&Options::default()).expect("the parts in the repository load");
    let mut broken = Vec::new();
    for example in &examples {
        let published = example.published.as_ref().map(|d| d.parse().expect("a date"));
        let document = Document { id: "example".into(), text: example.text.clone(), published, ..Document::default() };
        let coded = legation.code(&document);
        for (line, message) in unmet(example, &coded.coding.events) {
            broken.push(format!("conventions.md:{line}: {message}"));
        }
    }
    assert!(broken.is_empty(), "{} of {} conventions are broken:\n{}", broken.len(), examples.len(), broken.join("\n"));
}
