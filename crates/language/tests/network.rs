//! The int8 network in Rust against the float network it was made from.

use legation_language::Language;
use legation_language::segment::{Segment, Word};
use legation_record::Span;
use serde::Deserialize;

#[derive(Deserialize)]
struct Reference {
    words: Vec<String>,
    upos: Vec<String>,
    heads: Vec<usize>,
    relations: Vec<String>,
    entities: Vec<String>,
}

/// `training/export.py` writes what the float network says of a few sentences; the int8 one must agree.
#[test]
fn the_int8_network_says_what_the_float_network_said() {
    let references: Vec<Reference> =
        serde_json::from_str(include_str!("../../../models/parser.reference.json")).expect("reference file");
    let language = Language::embedded().expect("the weights in the repository load");
    for r in &references {
        let text = r.words.join(" ");
        let mut at = 0;
        let words: Vec<Word> = r
            .words
            .iter()
            .map(|w| {
                let span = Span::new(at, at + w.len());
                at += w.len() + 1;
                Word { span, joined: false }
            })
            .collect();
        let segment = Segment { span: Span::new(0, text.len()), starts_paragraph: true, words };
        let parsed = language.analyse(&text, &[segment]).remove(0);
        let column = |f: &dyn Fn(&legation_record::Token) -> String| parsed.tokens.iter().map(f).collect::<Vec<_>>();
        assert_eq!(column(&|t| t.upos.to_string()), r.upos, "{text}");
        assert_eq!(parsed.tokens.iter().map(|t| t.head as usize).collect::<Vec<_>>(), r.heads, "{text}");
        assert_eq!(column(&|t| t.relation.to_string()), r.relations, "{text}");
        assert_eq!(column(&|t| t.entity.to_string()), r.entities, "{text}");
    }
}

/// A sentence's analysis does not depend on what stands beside it.
#[test]
fn a_sentence_is_parsed_alike_alone_and_in_company() {
    let language = Language::embedded().expect("the weights in the repository load");
    let document = |text: &str| legation_record::Document { text: text.into(), ..Default::default() };
    let (one, two) = ("Norway expelled a diplomat.", "Three men were arrested in Lagos on Friday, police said.");
    let both = document(&format!("{one} {two}"));
    let alone = language.parse(&[&document(one)]).remove(0);
    let company = language.parse(&[&both, &document(two)]);
    assert_eq!(alone[0], company[0][0]);
    let moved: Vec<f32> = company[0][1].tokens.iter().map(|t| t.probability).collect();
    let own: Vec<f32> = company[1][0].tokens.iter().map(|t| t.probability).collect();
    assert_eq!(moved, own);
}
