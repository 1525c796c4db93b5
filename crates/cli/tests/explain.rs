//! `legation explain`: why a sentence was coded as it was, and why not otherwise.

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

fn run(arguments: &[&str]) -> Output {
    let root: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut command = Command::new(env!("CARGO_BIN_EXE_legation"));
    command.current_dir(root).args(arguments).stdin(Stdio::null()).output().expect("the program starts")
}

fn json(arguments: &[&str]) -> Vec<Value> {
    let output = run(arguments);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("the output is UTF-8");
    text.lines().map(|line| serde_json::from_str(line).expect("a JSON object a line")).collect()
}

const CONDEMNED: &str = "France condemned Syria's attack on Aleppo.";

fn trigger<'a>(sentence: &'a Value, word: &str) -> &'a Value {
    let all = sentence["triggers"].as_array().expect("a list");
    all.iter().find(|t| t["text"] == word).unwrap_or_else(|| panic!("no trigger {word}: {sentence}"))
}

#[test]
fn a_sentence_is_told_with_its_grammar_its_names_and_the_rule_that_won() {
    let sentences = json(&["explain", CONDEMNED, "--format", "json"]);
    let [sentence] = &sentences[..] else { panic!("one sentence: {sentences:?}") };
    let tokens = sentence["tokens"].as_array().expect("a list");
    assert_eq!(tokens[1]["lemma"], "condemn");
    assert_eq!(tokens[0]["relation"], "nsubj");
    assert_eq!(tokens[0]["head"], 2);
    assert!(tokens.iter().all(|t| (0.0..=1.0).contains(&t["probability"].as_f64().expect("a probability"))));
    let mentions = sentence["mentions"].as_array().expect("a list");
    assert!(mentions.iter().any(|m| m["text"] == "France" && m["code"] == "FRA" && m["how"] != ""));
    let condemned = trigger(sentence, "condemned");
    assert_eq!(condemned["fate"], "coded");
    assert_eq!(condemned["event"], sentence["events"][0]["id"]);
    assert_eq!(condemned["matched"][0]["rule"], sentence["events"][0]["rule"]);
    assert!(condemned["why"].as_str().is_some_and(|why| !why.is_empty()));
}

#[test]
fn what_lost_is_told_with_the_condition_that_failed() {
    let sentences = json(&["explain", CONDEMNED, "--format", "json"]);
    let attack = trigger(&sentences[0], "attack");
    assert_eq!(attack["event"], Value::Null, "what is condemned is no event of its own");
    assert!(attack["fate"].as_str().is_some_and(|f| f.contains("what another event is about")));
    let missed = trigger(&sentences[0], "condemned")["missed"].as_array().expect("a list").clone();
    // "sentenced to …" turns on the same verb and lacks its phrase.
    assert!(missed.iter().any(|m| m["meaning"].as_str().is_some_and(|m| m.starts_with("SANCTION"))
        && m["condition"].as_str().is_some_and(|c| c.contains("wants") && c.contains("attack"))));
}

#[test]
fn an_event_is_found_by_its_id() {
    let example = "examples/prague-2010-04.txt";
    let code = run(&["code", example, "--format", "jsonl", "--quiet"]);
    let text = String::from_utf8(code.stdout).expect("the output is UTF-8");
    let event: Value = text.lines().last().map(|l| serde_json::from_str(l).expect("JSON")).expect("an event");
    let id = event["id"].as_str().expect("an id");
    let sentences = json(&["explain", id, example, "--format", "json"]);
    assert_eq!(sentences.len(), 1);
    assert_eq!(sentences[0]["sentence"], event["evidence"]["sentence"]);
    assert_eq!(json(&["explain", &id[..8], example, "--format", "json"]), sentences);
    assert_eq!(json(&["explain", example, "--event", id, "--format", "json"]), sentences);
    assert_eq!(run(&["explain", "ffffffffffffffff", example]).status.code(), Some(5), "no such event");
}

#[test]
fn an_explained_event_is_the_event_that_is_coded() {
    let example = "examples/prague-2010-04.txt";
    let code = String::from_utf8(run(&["code", example, "--format", "jsonl", "--quiet"]).stdout).expect("UTF-8");
    let coded: Vec<Value> = code.lines().map(|l| serde_json::from_str(l).expect("JSON")).collect();
    let explained = json(&["explain", example, "--format", "json"]);
    let mut events: Vec<Value> =
        explained.iter().flat_map(|s| s["events"].as_array().expect("a list").clone()).collect();
    for event in &mut events {
        let explanation = event.as_object_mut().and_then(|e| e.remove("explanation")).expect("an explanation");
        assert!(explanation["steps"].as_array().is_some_and(|s| !s.is_empty()));
    }
    for (event, coded) in events.iter().zip(&coded) {
        assert_eq!(event, coded);
    }
    assert_eq!(events.len(), coded.len());
}

#[test]
fn wrong_use_is_told() {
    for wrong in [
        &["explain", "nosuchfile.txt"][..],
        &["explain", "4e24fa09c60241e9"],
        &["explain", "Iran met Iraq.", "examples"],
    ] {
        let output = run(wrong);
        assert_eq!(output.status.code(), Some(2), "{wrong:?}");
        assert!(!output.stderr.is_empty());
    }
}

#[test]
fn the_text_form_names_rule_file_and_line() {
    let text = String::from_utf8(run(&["explain", CONDEMNED]).stdout).expect("UTF-8");
    for part in ["Grammar", "Who is named", "nsubj of “condemned”", "wins:", "because", "fails:", "(accuse.md:"] {
        assert!(text.contains(part), "{part} in\n{text}");
    }
}
