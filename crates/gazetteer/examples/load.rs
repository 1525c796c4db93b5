//! Prints how long the gazetteer takes to load and to look names up: `cargo run --release --example load`.
#![allow(clippy::disallowed_methods)]

use legation_gazetteer::Gazetteer;
use std::time::Instant;

fn main() {
    for _ in 0..15 {
        let start = Instant::now();
        let gazetteer = Gazetteer::load();
        println!("load: {:.2} ms, {} entries", start.elapsed().as_secs_f64() * 1e3, gazetteer.len());
    }
    let gazetteer = Gazetteer::embedded();
    let text = "The Russian president Vladimir Putin met Azerbaijani President Ilham Aliyev in Baku on Monday , the \
                Kremlin said , while the European Union 's foreign ministers talked with the al - Shabaab expert of the \
                UN Security Council about Guinea - Bissau and the Democratic Republic of the Congo .";
    let tokens: Vec<&str> = text.split_whitespace().collect();
    let start = Instant::now();
    let mut found = 0;
    for _ in 0..10_000 {
        for at in 0..tokens.len() {
            found += usize::from(gazetteer.longest(&tokens[at..]).is_some());
        }
    }
    let each = start.elapsed().as_secs_f64() * 1e9 / (10_000 * tokens.len()) as f64;
    println!("lookup: {each:.0} ns a token, {} names in the sentence", found / 10_000);
    for at in 0..tokens.len() {
        if let Some(m) = gazetteer.longest(&tokens[at..]) {
            let entries: Vec<String> =
                m.entries.iter().map(|e| format!("{:?} {:?} {}", e.kind, e.code, e.name)).collect();
            println!("  {} → {}", tokens[at..at + m.tokens].join(" "), entries.join(" | "));
        }
    }
}
