//! Prints the scores of the language part on treebank files: `cargo run --release --example treebank -- FILE…`

use legation_language::{Language, score::Treebank};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let language = Language::embedded()?;
    println!("| file | words from | words | sentences | UPOS | feats | lemma | UAS | LAS | LAS with subtypes |");
    println!("|---|---|---|---|---|---|---|---|---|---|");
    for path in std::env::args().skip(1) {
        let bank = Treebank::read(&std::fs::read_to_string(&path)?);
        let name = path.rsplit('/').next().unwrap_or(&path);
        for (how, s) in [("gold", bank.score_gold_words(&language)), ("raw", bank.score_raw(&language))] {
            println!(
                "| {name} | {how} | {:.2} | {:.2} | {:.2} | {:.2} | {:.2} | {:.2} | {:.2} | {:.2} |",
                s.words, s.sentences, s.upos, s.feats, s.lemma, s.uas, s.las, s.las_full
            );
        }
    }
    Ok(())
}
