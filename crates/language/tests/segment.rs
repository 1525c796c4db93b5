//! Segmentation and lemmas, by what they do to a text.

use legation_language::lemma::Lemmatiser;
use legation_language::segment::{MAX_WORDS, Segmenter};
use legation_record::Upos;
use std::fmt::Write;
use std::path::PathBuf;

/// Words separated by spaces ("·" inside a multiword token), one sentence a line, a blank line between paragraphs.
fn shown(text: &str) -> String {
    let mut out = String::new();
    for segment in Segmenter::embedded().segment(text, 0) {
        if segment.starts_paragraph && !out.is_empty() {
            out.push('\n');
        }
        for (i, word) in segment.words.iter().enumerate() {
            let _ = write!(out, "{}", word.span.of(text));
            if i + 1 < segment.words.len() {
                out.push(if word.joined { '·' } else { ' ' });
            }
        }
        out.push('\n');
    }
    out
}

fn check(text: &str, expected: &str) {
    assert_eq!(shown(text).trim_end(), expected);
}

#[test]
fn clitics_are_words_of_one_token() {
    check("Putin's envoys don't agree.", "Putin·'s envoys do·n't agree .");
    check("Putin’s envoys can’t agree and cannot stay.", "Putin·’s envoys ca·n’t agree and can·not stay .");
}

#[test]
fn hyphens_and_marks_are_tokens_of_their_own() {
    check(
        "The well-known $5 million deal (the \"Baku deal\") fell 3.5% to 1,200 units.",
        "The well - known $ 5 million deal ( the \" Baku deal \" ) fell 3.5 % to 1,200 units .",
    );
}

#[test]
fn abbreviations_do_not_end_sentences() {
    check(
        "U.S. President Joseph R. Biden, Jr. met Gen. Mark Milley on Jan. 5. They flew to St. Petersburg.",
        "U.S. President Joseph R. Biden , Jr. met Gen. Mark Milley on Jan. 5 .\nThey flew to St. Petersburg .",
    );
}

#[test]
fn abbreviations_end_sentences_too() {
    check(
        "They flew to the U.S. The Senate was told of it in 2019. It voted for two hours… Then it rose.",
        "They flew to the U.S.\nThe Senate was told of it in 2019 .\nIt voted for two hours …\nThen it rose .",
    );
}

#[test]
fn the_source_in_brackets_is_a_sentence_of_its_own() {
    check("The ministry denied it. (Reuters)", "The ministry denied it .\n( Reuters )");
}

#[test]
fn a_sentence_ends_behind_its_closing_quote() {
    check(
        "“We will not sign,” the minister said. “The talks are over.” He left for Moscow.",
        "“ We will not sign , ” the minister said .\n“ The talks are over . ”\nHe left for Moscow .",
    );
}

#[test]
fn blank_lines_part_headlines_from_text() {
    check("Leaders meet in Baku\n\nThe two presidents met.", "Leaders meet in Baku\n\nThe two presidents met .");
}

#[test]
fn wrapped_lines_are_no_sentence_ends_but_list_items_are() {
    check(
        "The ministers of both states agreed on Monday to open\nthe border before the end of the year.",
        "The ministers of both states agreed on Monday to open the border before the end of the year .",
    );
    check(
        "The spokesman for the U.S.\nis planning a visit to the capital of the neighbouring state\nbefore winter.",
        "The spokesman for the U.S. is planning a visit to the capital of the neighbouring state before winter .",
    );
    let text = shown("The ministers agreed\n- to open the border\n- to exchange prisoners");
    assert_eq!(text.lines().count(), 3, "{text}");
}

#[test]
fn addresses_are_one_token() {
    check(
        "Write to press@mfa.gov.az or see https://mfa.gov.az/en/news.",
        "Write to press@mfa.gov.az or see https://mfa.gov.az/en/news .",
    );
}

#[test]
fn unseen_titles_and_domains_are_known_by_their_class() {
    check("MS. PSAKI: He read it on kyivpost.com.", "MS. PSAKI : He read it on kyivpost.com .");
}

#[test]
fn begins_where_it_is_told() {
    let text = "BAKU, Aug 19 – The talks began.";
    let segments = Segmenter::embedded().segment(text, 16);
    assert_eq!(segments.len(), 1);
    assert_eq!(segments[0].span.of(text), "The talks began.");
    assert!(segments[0].starts_paragraph);
}

#[test]
fn words_cover_every_text_in_order() {
    let texts = [
        "",
        " ",
        "\n\n\n",
        "。。。",
        "\u{feff}a\u{200b}b",
        "e\u{301}a",
        "\r\n\r\nx",
        "'",
        "n't",
        "a@b",
        "://",
        "İstanbul's",
        "🇦🇿🇦🇿 ok",
    ];
    for text in texts {
        let mut at = 0;
        for segment in Segmenter::embedded().segment(text, 0) {
            assert!(!segment.words.is_empty() && segment.words.len() <= MAX_WORDS);
            assert!(segment.words.last().is_some_and(|word| !word.joined), "{text:?}");
            for word in &segment.words {
                assert!(word.span.start as usize >= at && !word.span.is_empty(), "{text:?}");
                assert!(
                    text[at..word.span.start as usize]
                        .chars()
                        .all(|c| c.is_whitespace() || "\u{feff}\u{200b}".contains(c))
                );
                at = word.span.end as usize;
            }
        }
        assert!(text[at..].chars().all(|c| c.is_whitespace() || "\u{feff}\u{200b}".contains(c)), "{text:?}");
    }
}

#[test]
fn a_sentence_without_end_is_cut_where_it_hurts_least() {
    let text = "the envoys of the two states met again, ".repeat(20_000);
    let segments = Segmenter::embedded().segment(&text, 0);
    assert!(segments.len() > 600);
    assert!(segments.iter().all(|segment| segment.words.len() <= MAX_WORDS));
    let at_commas = segments.iter().filter(|segment| segment.span.of(&text).ends_with(',')).count();
    assert!(at_commas * 10 > segments.len() * 9);
}

#[test]
fn lemmas_of_regular_and_irregular_words() {
    let lemmatiser = Lemmatiser::embedded();
    let cases = [
        ("Met", Upos::Verb, "Mood=Ind|Number=Sing|Person=3|Tense=Past|VerbForm=Fin", "meet"),
        ("sanctioning", Upos::Verb, "VerbForm=Ger", "sanction"),
        ("fled", Upos::Verb, "Tense=Past|VerbForm=Part", "flee"),
        ("refuses", Upos::Verb, "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin", "refuse"),
        ("militias", Upos::Noun, "Number=Plur", "militia"),
        ("policies", Upos::Noun, "Number=Plur", "policy"),
        ("meeting", Upos::Noun, "Number=Sing", "meeting"),
        ("Nations", Upos::Propn, "Number=Plur", "Nation"),
        ("Azerbaijan", Upos::Propn, "Number=Sing", "Azerbaijan"),
        ("n’t", Upos::Part, "_", "not"),
        ("1,200", Upos::Num, "NumForm=Digit|NumType=Card", "1200"),
    ];
    for (form, upos, feats, lemma) in cases {
        assert_eq!(lemmatiser.lemma(form, upos, feats), lemma, "{form}");
    }
}

#[test]
fn lemmas_of_the_test_treebank() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/data/treebank/UD_English-EWT/en_ewt-ud-test.conllu");
    let Ok(text) = std::fs::read_to_string(&path) else {
        println!("skipped: no treebank beside the repository");
        return;
    };
    let lemmatiser = Lemmatiser::embedded();
    let (mut right, mut all) = (0u32, 0u32);
    for line in text.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        if fields.len() == 10 && !fields[0].contains(['-', '.']) {
            let Ok(upos) = fields[3].parse() else { continue };
            all += 1;
            right += u32::from(lemmatiser.lemma(fields[1], upos, fields[5]) == fields[2]);
        }
    }
    let share = 100.0 * f64::from(right) / f64::from(all);
    println!("{share:.2} % of the lemmas");
    assert!(share >= 98.5, "{share}");
}
