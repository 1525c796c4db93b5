//! `legation check` as its users meet it.

use serde_json::Value;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

fn feed(arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_legation"))
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."))
        .arg("check")
        .args(arguments)
        .env_remove("NO_COLOR")
        .env_remove("CLICOLOR_FORCE")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    // A program that refuses its arguments ends without reading.
    let _ = child.stdin.take().expect("it has an input").write_all(input.as_bytes());
    child.wait_with_output().expect("it ends")
}

fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).expect("UTF-8")
}

const FALSE: &str = "Ukraine is a member of the European Union.";
const TRUE: &str = "“Küçük” words first. Azerbaijan is a member of the Non-Aligned Movement.";
const DAY: [&str; 2] = ["--published", "2024-03-01"];

#[test]
fn the_exit_code_tells_that_something_is_contradicted() {
    let code = |arguments: &[&str], text: &str| feed(&[arguments, &DAY].concat(), text).status.code();
    assert_eq!(code(&["-q"], TRUE), Some(0));
    assert_eq!(code(&["-q"], FALSE), Some(3));
    assert_eq!(code(&["-q", "--format", "json"], FALSE), Some(3));
    assert_eq!(code(&["-q", "--reading", "none"], TRUE), Some(2));
    assert_eq!(code(&["-q", "--as-of", "yesterday"], TRUE), Some(2));
    assert_eq!(code(&["-q", "--record", "no/such/record.sqlite"], TRUE), Some(6));
    assert_eq!(code(&["-q", "--internal", "--record", "x.sqlite"], TRUE), Some(2), "the one or the other");
    assert_eq!(code(&["-q", "no/such/file.txt"], ""), Some(1));
    assert_eq!(code(&["-q", "--out", "no/such/folder/x"], TRUE), Some(4));
}

#[test]
fn json_is_one_object_a_document_with_the_keys_of_the_contract() {
    let output = feed(&["-q", "--format", "json", "--published", "2024-08-20"], TRUE);
    let report: Value = serde_json::from_str(stdout(&output)).expect("one object");
    let keys = |value: &Value| value.as_object().expect("an object").keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(&report), ["document", "as_of", "record", "claims"]);
    assert_eq!(report["as_of"], "2024-08-20");
    let claim = &report["claims"][0];
    assert_eq!(keys(claim), ["text", "start", "end", "kind", "verdict", "readings"]);
    let bytes = |key: &str| claim[key].as_u64().expect("a number") as usize;
    assert_eq!(&TRUE.as_bytes()[bytes("start")..bytes("end")], claim["text"].as_str().expect("text").as_bytes());
    assert_eq!(claim["verdict"], "supported");
    let reading = &claim["readings"][0];
    assert_eq!(keys(reading), ["query", "answer", "verdict", "evidence"]);
    assert_eq!(reading["query"], "AZE member of NONALIGNED, on 2024-08-20");
    assert!(!reading["evidence"].as_array().expect("a list").is_empty());
}

#[test]
fn the_reader_chooses_among_readings() {
    let text = "Azerbaijan is not a member of any military bloc.";
    let verdicts = |extra: &[&str]| {
        let output = feed(&[&["-q", "--format", "json", "--published", "2024-08-22"], extra].concat(), text);
        let report: Value = serde_json::from_str(stdout(&output)).expect("one object");
        let claim = report["claims"][0].clone();
        (claim["verdict"].as_str().expect("text").to_owned(), claim["readings"].as_array().expect("a list").len())
    };
    assert_eq!(verdicts(&[]), ("ambiguous".to_owned(), 2));
    assert_eq!(verdicts(&["--reading", "organisation"]), ("supported".to_owned(), 1));
    assert_eq!(verdicts(&["--reading", "defence-pact"]), ("contradicted".to_owned(), 1));
}

#[test]
fn the_page_stands_alone_and_a_hostile_text_stays_text() {
    let text = format!("{FALSE} <script>alert(1)</script> <img src=x onerror=alert(1)>");
    let output = feed(&["-q", "--format", "html", "--input-format", "text", "--published", "2024-03-01"], &text);
    let page = stdout(&output);
    assert!(page.starts_with("<!DOCTYPE html>") && page.trim_end().ends_with("</html>"));
    assert!(!page.contains("<script") && !page.contains("<img") && !page.contains("src=\"http"), "{page}");
    assert!(page.contains("<mark class=\"contradicted\">"), "{page}");
}

#[test]
fn a_text_without_a_date_says_that_everything_was_used() {
    let output = feed(&["-q"], TRUE);
    assert!(stdout(&output).contains("as of no day"), "{}", stdout(&output));
    let empty = feed(&["-q"], "It rained.");
    assert!(stdout(&empty).contains("No checkable statement was found."));
}
