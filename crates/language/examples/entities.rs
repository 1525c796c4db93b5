//! Prints precision, recall and F1 of named entities on IOB2 files: `cargo run --release --example entities -- FILE…`
//!
//! Columns are separated by tabs: number, word, tag. Kinds other than PER, ORG and LOC are left out on both sides. A
//! found entity is right where its first and last word and its kind are.

use legation_language::Language;
use legation_language::segment::{Segment, Word};
use legation_record::{EntityTag, Span};
use std::collections::BTreeSet;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let language = Language::embedded()?;
    println!("| file | kind | entities | precision | recall | F1 |");
    println!("|---|---|---|---|---|---|");
    for path in std::env::args().skip(1) {
        let (mut text, mut segments, mut gold) = (String::new(), Vec::new(), BTreeSet::new());
        let (mut words, mut tags): (Vec<Word>, Vec<String>) = (Vec::new(), Vec::new());
        for line in std::fs::read_to_string(&path)?.lines().chain([""]) {
            let fields: Vec<&str> = line.split('\t').collect();
            if fields.len() >= 3 && !line.starts_with("# ") {
                let start = text.len();
                text.push_str(fields[1]);
                words.push(Word { span: Span::new(start, text.len()), joined: false });
                tags.push(fields[2].to_owned());
                text.push(' ');
            } else if line.is_empty() && !words.is_empty() {
                let number = segments.len();
                gold.extend(entities(&tags).into_iter().map(|e| (number, e)));
                let span = words[0].span.cover(words[words.len() - 1].span);
                segments.push(Segment { span, starts_paragraph: false, words: std::mem::take(&mut words) });
                tags.clear();
            }
        }
        let mut found = BTreeSet::new();
        for (number, sentence) in language.analyse(&text, &segments).iter().enumerate() {
            let tags: Vec<String> = sentence.tokens.iter().map(|t| tag(t.entity)).collect();
            found.extend(entities(&tags).into_iter().map(|e| (number, e)));
        }
        let name = path.rsplit('/').next().unwrap_or(&path);
        for kind in ["PER", "ORG", "LOC", "all"] {
            let of = |set: &BTreeSet<(usize, Entity)>| {
                set.iter().filter(|(_, e)| kind == "all" || e.2 == kind).cloned().collect::<BTreeSet<_>>()
            };
            let (g, f) = (of(&gold), of(&found));
            let right = g.intersection(&f).count() as f64;
            let (p, r) = (100.0 * right / f.len().max(1) as f64, 100.0 * right / g.len().max(1) as f64);
            println!("| {name} | {kind} | {} | {p:.1} | {r:.1} | {:.1} |", g.len(), 2.0 * p * r / (p + r).max(1e-9));
        }
    }
    Ok(())
}

/// First word, last word, kind.
type Entity = (usize, usize, String);

fn entities(tags: &[String]) -> Vec<Entity> {
    let mut out: Vec<Entity> = Vec::new();
    for (i, t) in tags.iter().enumerate() {
        match t.split_once('-') {
            Some(("B", kind)) => out.push((i, i, kind.into())),
            Some(("I", kind)) => match out.last_mut().filter(|e| e.1 + 1 == i && e.2 == kind) {
                Some(e) => e.1 = i,
                None => out.push((i, i, kind.into())),
            },
            _ => {}
        }
    }
    out.retain(|e| matches!(e.2.as_str(), "PER" | "ORG" | "LOC"));
    out
}

fn tag(t: EntityTag) -> String {
    t.to_string()
}
