//! Prints what refers back to what, one JSON object a link: `cargo run --release --example coreference -- PATH…`
//!
//! `document`, `origin`, `sentence` (number), `kind`, `reason`, `anaphor`, `word` (its head), `antecedents` (each with its
//! head); places are UTF-8 byte offsets into `text`, which is printed with `--text`.

use legation::{Legation, Options, Outcome, text};
use std::num::NonZeroUsize;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let legation = Legation::new(&Options::default())?;
    let with_text = std::env::args().any(|a| a == "--text");
    let paths: Vec<PathBuf> = std::env::args().skip(1).filter(|a| a != "--text").map(PathBuf::from).collect();
    let options = text::Options::default();
    let readings = text::read_paths(&paths, &options);
    legation.code_all(readings, NonZeroUsize::MIN, |outcome| {
        let Outcome::Coded(coded, _) = outcome else { return Ok(()) };
        let source = &coded.document.text;
        let place = |span: legation::record::Span| serde_json::json!([span.start, span.end, span.of(source)]);
        if with_text {
            println!("{}", serde_json::json!({"document": coded.document.id, "text": source}));
        }
        for link in &coded.coding.links {
            let sentence = &coded.sentences[link.sentence as usize];
            let antecedents: Vec<_> =
                link.antecedents.iter().map(|&(s, h)| serde_json::json!([place(s), place(h)])).collect();
            println!(
                "{}",
                serde_json::json!({
                    "document": coded.document.id,
                    "sentence": [sentence.span.start, sentence.span.end],
                    "kind": link.kind,
                    "reason": link.reason,
                    "anaphor": place(link.anaphor),
                    "word": place(link.word),
                    "antecedents": antecedents,
                })
            );
        }
        Ok::<(), std::convert::Infallible>(())
    })?;
    Ok(())
}
