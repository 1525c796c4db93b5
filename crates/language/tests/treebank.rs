//! The parser on the treebank's test part: floors that only rise.

use legation_language::{Language, score::Treebank};

#[test]
fn scores_on_the_treebank_stay_above_their_floors() {
    let path =
        concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/treebank/UD_English-EWT/en_ewt-ud-test.conllu");
    let Ok(conllu) = std::fs::read_to_string(path) else {
        println!("skipped: no treebank at {path}");
        return;
    };
    let language = Language::embedded().expect("the weights in the repository load");
    let bank = Treebank::read(&conllu);
    let gold = bank.score_gold_words(&language);
    let raw = bank.score_raw(&language);
    for (name, score, floor) in [
        ("UPOS", gold.upos, 97.0),
        ("UAS", gold.uas, 92.2),
        ("LAS", gold.las, 90.0),
        ("words from raw text", raw.words, 98.9),
        ("sentences from raw text", raw.sentences, 88.0),
        ("LAS from raw text", raw.las, 87.5),
    ] {
        assert!(score >= floor, "{name} is {score:.2}, below its floor of {floor}");
    }
}
