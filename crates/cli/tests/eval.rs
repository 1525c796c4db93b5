//! `legation eval`: coded events against gold.

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn run(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_legation"));
    command.current_dir(root()).args(arguments).stdin(Stdio::null()).output().expect("the program starts")
}

fn figures(arguments: &[&str]) -> Value {
    let output = run(arguments);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("one JSON object")
}

/// A file of its own for a test.
fn file(name: &str, content: &str) -> String {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("eval");
    fs::create_dir_all(&folder).expect("a folder for the test");
    let path = folder.join(name);
    fs::write(&path, content).expect("a file for the test");
    path.to_str().expect("a path in UTF-8").to_owned()
}

const GOLD: &str = r#"{"id": "1", "text": "France condemned Syria.", "events": [{"event_type": "ACCUSE", "actors": ["FRA"], "recipients": ["SYR"]}]}
{"id": "2", "text": "Spain will visit Chile.", "events": []}
{"id": "3", "text": "It rained in Lima.", "events": []}
"#;

#[test]
fn gold_of_ones_own_is_coded_and_scored() {
    let gold = file("own.jsonl", GOLD);
    let errors = file("own-errors.txt", "");
    let figures = figures(&["eval", &gold, "--json", "--errors", &errors]);
    assert_eq!(figures["type_actors_recipients.recall"], 1.0);
    assert_eq!(figures["any_event_in_the_record.recall"], 1.0);
    let errors = fs::read_to_string(errors).expect("the errors");
    assert!(!errors.contains("condemned"), "what is right is no error:\n{errors}");
    let report = String::from_utf8(run(&["eval", &gold]).stdout).expect("UTF-8");
    for part in ["3 records", "type, actors, recipients", "ACCUSE", "confusion"] {
        assert!(report.contains(part), "{part} in\n{report}");
    }
}

#[test]
fn the_output_of_any_coder_is_scored_as_it_is() {
    let gold = file("any.jsonl", GOLD);
    let coded = file("any-coded.csv", "doc_id,eventcode,source,target\n1,112,FRAGOV,SYR\n3,190,PER,---\n");
    let figures = figures(&["eval", &gold, &coded, "--json"]);
    assert_eq!(figures["type_actors_recipients.precision"], 0.5);
    assert_eq!(figures["type_actors_recipients.recall"], 1.0);
    assert_eq!(figures["type.precision"], 0.5);
}

#[test]
fn own_output_scored_against_itself_is_right_throughout() {
    let code = run(&["code", "examples/prague-2010-04.txt", "--format", "jsonl", "--quiet"]);
    let gold = file("self.jsonl", &String::from_utf8(code.stdout).expect("UTF-8"));
    let figures = figures(&["eval", &gold, &gold, "--json", "--any-status"]);
    let wrong: Vec<_> = figures.as_object().expect("an object").iter().filter(|(_, v)| **v != 1.0).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn what_cannot_be_scored_is_told() {
    let code = |arguments: &[&str]| run(arguments).status.code();
    let gold = file("wrong.jsonl", GOLD);
    assert_eq!(code(&["eval", "README.md"]), Some(2), "no format by that name");
    assert_eq!(code(&["eval", "missing.jsonl"]), Some(3));
    let events = file("events.jsonl", "{\"document\": {\"id\": \"1\"}, \"event_type\": \"AID\"}\n");
    assert_eq!(code(&["eval", &events]), Some(2), "gold without texts needs coded events");
    let elsewhere = "{\"document\": {\"id\": \"1\"}, \"event_type\": \"AID\", \"actors\": [{\"code\": \"FRA\", \"text\": \"Syria\", \
        \"start\": 0, \"end\": 6}]}\n";
    let output = run(&["eval", &gold, &file("elsewhere.jsonl", elsewhere)]);
    assert_eq!(output.status.code(), Some(3), "a quotation that is not where it says");
    assert!(String::from_utf8_lossy(&output.stderr).contains("does not stand at bytes 0..6"));
}

/// The published floors are checked by `eval/check.py`; here only that the protocol holds together.
#[test]
fn plv_is_scored_plain_and_mapped() {
    let plv = root().join("../shared/data/gold/PLV_train.tsv");
    if !plv.exists() {
        println!("skipped: ../shared/data/gold/PLV_train.tsv is not on this machine");
        return;
    }
    let path = plv.to_str().expect("UTF-8");
    let figures = figures(&["eval", path, "--map", "eval/plv-mapping.tsv", "--json"]);
    let figure = |key: &str| figures[key].as_f64().unwrap_or_else(|| panic!("no figure {key}"));
    assert!(figure("nearest.mapped.type_macro_f1") >= figure("nearest.type_macro_f1"), "a mapping can only help");
    assert!(figure("pair.coverage") <= figure("nearest.coverage"));
    assert!(figure("nearest.type_macro_f1") > 0.5);
}
