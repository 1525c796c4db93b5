//! The program as its users meet it: run as a process, judged by what it writes and how it ends.

use serde_json::Value;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// The fields of an event in the order of the contract.
const FIELDS: [&str; 21] = [
    "id",
    "document",
    "event_type",
    "event_mode",
    "contexts",
    "about",
    "cameo_code",
    "quad_class",
    "score",
    "actors",
    "recipients",
    "date",
    "place",
    "occasion",
    "size",
    "status",
    "attribution",
    "confidence",
    "evidence",
    "rule",
    "coder",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn legation(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_legation"));
    command.current_dir(root()).args(arguments).stdin(Stdio::null());
    command.env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
    command
}

fn run(arguments: &[&str]) -> Output {
    legation(arguments).output().expect("the program starts")
}

/// Runs it with a text on standard input.
fn feed(arguments: &[&str], input: &str) -> Output {
    let mut child = legation(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    child.stdin.take().expect("it has an input").write_all(input.as_bytes()).expect("it reads");
    child.wait_with_output().expect("it ends")
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("the output is UTF-8")
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn events(output: &Output) -> Vec<Value> {
    stdout(output).lines().map(|line| serde_json::from_str(line).expect("a JSON object a line")).collect()
}

/// A folder of its own for a test, empty.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder for the test");
    folder
}

fn path(path: &Path) -> &str {
    path.to_str().expect("a path in UTF-8")
}

const ARTICLE: &str = "The Turkish president met the Greek prime minister in Athens on 7 December 2023. Turkey's \
    president visited Greece. Russia accused Ukraine of an attack on Belgorod. Ukraine denied the accusation. China \
    condemned the attack.";

#[test]
fn json_lines_keep_the_contract() {
    let line = serde_json::json!({"id": "a-1", "text": ARTICLE, "title": "Ath\u{e8}nes", "published": "2023-12-08",
        "publisher": "P", "url": "https://example.org/a", "unknown": [1]});
    let output = feed(&["code", "-", "--input-format", "jsonl", "--format", "jsonl"], &format!("{line}\n"));
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let events = events(&output);
    assert!(events.len() >= 3, "{events:?}");
    for event in &events {
        let keys: Vec<&str> = event.as_object().expect("an object").keys().map(String::as_str).collect();
        assert_eq!(keys, FIELDS);
        assert_eq!(event["document"]["id"], "a-1");
        assert_eq!(event["document"]["published"], "2023-12-08");
        assert_eq!(event["document"]["title"], "Ath\u{e8}nes");
        assert!(event["id"].as_str().is_some_and(|id| !id.is_empty()));
        check_offsets(event, ARTICLE);
        let participants = [&event["actors"], &event["recipients"]].map(|l| l.as_array().expect("a list").len());
        assert!(participants.iter().sum::<usize>() > 0, "an event without participants: {event}");
        let status = event["status"].as_str().expect("a status");
        assert!(["actual", "historical", "future", "hypothetical", "negated"].contains(&status));
        let quad = event["quad_class"].as_str().expect("a quad class");
        assert!(["verbal cooperation", "material cooperation", "verbal conflict", "material conflict"].contains(&quad));
        assert!((-10.0..=10.0).contains(&event["score"].as_f64().expect("a score")));
        assert!((0.0..=1.0).contains(&event["confidence"].as_f64().expect("a confidence")));
        assert!(event["rule"].as_str().is_some_and(|r| !r.is_empty()));
        assert!(event["coder"].as_str().is_some_and(|c| c.starts_with("legation ") || !c.is_empty()));
    }
    let mut ids: Vec<&str> = events.iter().filter_map(|e| e["id"].as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), events.len(), "two events share an id");
}

/// Every quotation stands in the text where the event says it does.
fn check_offsets(event: &Value, text: &str) {
    let mut quotes = vec![&event["evidence"], &event["evidence"]["trigger"]];
    quotes.extend(event["actors"].as_array().into_iter().flatten());
    quotes.extend(event["recipients"].as_array().into_iter().flatten());
    quotes.extend(Some(&event["attribution"]).filter(|a| !a.is_null()));
    for quote in quotes {
        let at = |key: &str| quote[key].as_u64().expect("an offset") as usize;
        assert_eq!(Some(&text[at("start")..at("end")]), quote["text"].as_str(), "{quote}");
    }
}

#[test]
fn offsets_hold_in_text_beyond_ascii() {
    let text = "Le président – “Macron” – naïve.\r\n\r\nFrench President Emmanuel Macron met Germany’s Chancellor Olaf \
        Scholz in Paris. “We agreed,” Macron said. Türkiye condemned Israel.";
    let line = serde_json::json!({"id": "u", "text": text, "language": "en"});
    let output = feed(&["code", "--input-format", "jsonl", "--format", "jsonl"], &line.to_string());
    let events = events(&output);
    assert!(!events.is_empty(), "{}", stderr(&output));
    events.iter().for_each(|event| check_offsets(event, text));
}

#[test]
fn the_bytes_do_not_depend_on_threads_time_zone_or_locale() {
    for format in ["jsonl", "table", "csv", "parquet"] {
        let arguments = ["code", "examples", "--format", format, "--threads", "1"];
        let one = run(&arguments);
        let mut two = legation(&arguments[..4]);
        two.args(["--threads", "2"]).env("TZ", "Pacific/Kiritimati").env("LC_ALL", "tr_TR.UTF-8");
        let two = two.env("LANG", "az_AZ").output().expect("the program starts");
        assert!(!one.stdout.is_empty(), "{}", stderr(&one));
        assert!(one.stdout == two.stdout, "{format} differs");
    }
}

#[test]
fn a_document_is_coded_the_same_alone_and_among_others() {
    let alone = run(&["code", "examples/baku-2024-08.md", "--format", "jsonl"]);
    let among = run(&["code", "examples", "--format", "jsonl"]);
    let among = stdout(&among);
    assert!(!alone.stdout.is_empty());
    assert!(stdout(&alone).lines().all(|line| among.lines().any(|other| other == line)));
}

#[test]
fn the_first_example_shows_the_meetings_it_tells_of() {
    let events = events(&run(&["code", "examples/baku-2024-08.md", "--format", "jsonl"]));
    let meetings: Vec<&Value> = events.iter().filter(|e| e["event_type"] == "CONSULT").collect();
    for quoted in ["arrived in Baku", "Aliyev visited Moscow", "the two men met again in Astana"] {
        let found = meetings.iter().any(|e| e["evidence"]["text"].as_str().is_some_and(|t| t.contains(quoted)));
        assert!(found, "no CONSULT in “{quoted}”");
    }
    let visit = meetings.iter().find(|e| {
        e["evidence"]["text"].as_str().is_some_and(|t| t.contains("Aliyev visited Moscow"))
            && e["evidence"]["trigger"]["text"] == "visited"
    });
    let visit = visit.expect("the visit to Moscow");
    assert_eq!(visit["recipients"][0]["code"], "RUS");
}

#[test]
fn every_example_is_read_and_the_german_one_is_skipped() {
    let output = run(&["code", "examples", "--format", "jsonl"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let told = stderr(&output);
    assert!(told.contains("1 skipped, 0 failed"), "{told}");
    let events = events(&output);
    for id in ["bogota-2016", "kaesong-2020"] {
        assert!(events.iter().any(|e| e["document"]["id"] == id), "no event from {id}");
    }
    assert!(!events.iter().any(|e| e["document"]["id"] == "wien-2018"));
    assert!(!events.iter().any(|e| e["evidence"]["text"].as_str().is_some_and(|t| t.contains("Advertisement"))));
}

#[test]
fn a_missing_file_does_not_stop_the_others() {
    let output = run(&["code", "examples/prague-2010-04.txt", "no/such/file.txt", "examples/baku-2024-08.md"]);
    assert_eq!(output.status.code(), Some(1));
    let told = stderr(&output);
    assert!(told.contains("no/such/file.txt"), "{told}");
    assert!(told.contains("2 documents read, 0 skipped, 1 failed"), "{told}");
    let table = stdout(&output);
    assert!(table.contains("prague-2010-04.txt") && table.contains("baku-2024-08.md"), "{table}");
}

#[test]
fn exit_codes_are_those_of_the_help() {
    let code = |arguments: &[&str]| run(arguments).status.code();
    assert_eq!(code(&["code", "no/such/file.txt"]), Some(3));
    assert_eq!(code(&["code", "--format", "xml", "examples"]), Some(2));
    assert_eq!(code(&["code", "--published", "19/08/2024", "examples"]), Some(2));
    assert_eq!(code(&["code", "--codebook", "no/such/folder", "examples"]), Some(2));
    assert_eq!(code(&["code", "--explain", "--format", "csv", "examples"]), Some(2));
    assert_eq!(code(&["codebook", "NONSENSE"]), Some(2));
    assert_eq!(code(&["code", "examples/prague-2010-04.txt", "--out", "no/such/folder/x"]), Some(4));
    assert_eq!(code(&["codebook"]), Some(0));
    let help = stdout(&run(&["--help"]));
    for line in ["0  all input", "1  some input", "2  the command", "3  nothing", "4  the output"] {
        assert!(help.contains(line), "{line} in {help}");
    }
}

#[test]
fn a_reader_that_leaves_early_is_no_error() {
    let mut child = legation(&["code", "examples", "examples", "--format", "jsonl", "--threads", "1"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut line = String::new();
    BufReader::new(child.stdout.take().expect("an output")).read_line(&mut line).expect("a line");
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(0));
    assert!(!stderr(&output).contains("panicked") && !stderr(&output).contains("pipe"), "{}", stderr(&output));
}

#[test]
fn output_files_are_whole_or_absent() {
    let folder = folder("atomic");
    let out = folder.join("events.jsonl");
    fs::write(&out, "old").expect("a file");
    let output = run(&["code", "no/such/file.txt", "--format", "jsonl", "--out", path(&out)]);
    assert_eq!(output.status.code(), Some(3));
    assert_eq!(fs::read_to_string(&out).expect("the old file"), "old");
    let output = run(&["code", "examples/prague-2010-04.txt", "--format", "jsonl", "--out", path(&out)]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(output.stdout.is_empty());
    assert!(fs::read_to_string(&out).expect("the new file").starts_with("{\"id\":"));
    let parquet = folder.join("events.parquet");
    run(&["code", "examples/prague-2010-04.txt", "--format", "parquet", "--out", path(&parquet)]);
    let bytes = fs::read(&parquet).expect("a Parquet file");
    assert!(bytes.starts_with(b"PAR1") && bytes.ends_with(b"PAR1"));
    let names: Vec<_> =
        fs::read_dir(&folder).expect("the folder").filter_map(Result::ok).map(|e| e.file_name()).collect();
    assert_eq!(names.len(), 2, "{names:?}");
}

#[test]
fn the_table_is_plain_in_a_pipe_and_at_most_100_columns_wide() {
    let output = legation(&["code", "examples"]).env("CLICOLOR_FORCE", "1").output().expect("the program starts");
    let table = stdout(&output);
    assert!(!table.contains('\u{1b}'));
    let wide: Vec<&str> = table.lines().filter(|line| line.chars().count() > 100).collect();
    assert!(wide.is_empty(), "{wide:#?}");
    assert!(!table.contains(" future") || !table.contains("\nfuture"), "the table shows what has not happened");
    let told = stderr(&output);
    assert!(told.contains("not in the table"), "{told}");
}

#[test]
fn colour_is_for_terminals_and_no_color_is_obeyed() {
    // `script` (util-linux) lends a terminal; without it there is nothing to test on.
    let in_terminal = |name: &str, value: &str| {
        let line = format!("{} code examples/prague-2010-04.txt 2>/dev/null", env!("CARGO_BIN_EXE_legation"));
        let mut script = Command::new("script");
        script.args(["-qec", &line, "/dev/null"]).current_dir(root()).stdin(Stdio::null());
        script.env("TERM", "xterm-256color").env_remove("NO_COLOR").env(name, value);
        script.output().ok().filter(|o| o.status.success()).map(|o| stdout(&o))
    };
    let (Some(colour), Some(plain)) = (in_terminal("X", "1"), in_terminal("NO_COLOR", "1")) else {
        println!("skipped: no `script` command to lend a terminal");
        return;
    };
    assert!(colour.contains("\u{1b}[1m"), "{colour}");
    assert!(!plain.contains("\u{1b}["), "{plain}");
}

#[test]
fn csv_has_a_cell_for_every_column_and_keeps_formulas_out() {
    let line = serde_json::json!({"id": "=1+1", "title": "@SUM(A1)", "text": ARTICLE});
    let output = feed(&["code", "--input-format", "jsonl", "--format", "csv"], &line.to_string());
    let mut rows = csv::Reader::from_reader(&output.stdout[..]);
    let columns = rows.headers().expect("a header").len();
    let mut count = 0;
    for row in rows.records() {
        let row = row.expect("as many cells as the header");
        assert_eq!(row.len(), columns);
        assert_eq!(&row[1], "'=1+1");
        assert_eq!(&row[2], "'@SUM(A1)");
        count += 1;
    }
    assert!(count >= 3, "{}", stderr(&output));
}

#[test]
fn published_and_publisher_fill_what_a_document_does_not_tell() {
    let output =
        feed(&["code", "--published", "2023-12-08", "--publisher", "Kathimerini", "--format", "jsonl"], ARTICLE);
    let events = events(&output);
    assert!(!events.is_empty(), "{}", stderr(&output));
    assert!(events.iter().all(|e| e["document"]["published"] == "2023-12-08"));
    assert!(events.iter().all(|e| e["document"]["publisher"] == "Kathimerini"));
}

#[test]
fn columns_can_have_other_names() {
    let line = serde_json::json!({"key": "k", "body": ARTICLE});
    let arguments =
        ["code", "--input-format", "jsonl", "--format", "jsonl", "--text-column", "body", "--id-column", "key"];
    let events = events(&feed(&arguments, &line.to_string()));
    assert!(!events.is_empty() && events.iter().all(|e| e["document"]["id"] == "k"));
}

#[test]
fn explanations_name_the_rule_and_the_grammar() {
    let table = stdout(&run(&["code", "examples/prague-2010-04.txt", "--explain"]));
    assert!(table.contains("rule ") && table.contains("nsubj"), "{table}");
    let events = events(&run(&["code", "examples/prague-2010-04.txt", "--explain", "--format", "jsonl"]));
    assert!(events.iter().all(|e| e["explanation"]["words"].as_array().is_some_and(|w| !w.is_empty())));
}

#[test]
fn parse_writes_conllu() {
    let text = stdout(&feed(&["parse"], "Obama met Medvedev in Prague."));
    let words: Vec<Vec<&str>> =
        text.lines().filter(|l| !l.is_empty() && !l.starts_with('#')).map(|l| l.split('\t').collect()).collect();
    assert_eq!(words.len(), 6, "{text}");
    assert!(words.iter().all(|word| word.len() == 10), "{text}");
    assert_eq!((words[1][1], words[1][2], words[1][3], words[1][7]), ("met", "meet", "VERB", "root"));
}

#[test]
fn the_codebook_can_be_listed_shown_and_checked() {
    let list = stdout(&run(&["codebook"]));
    for name in ["AGREE", "CONSULT", "ASSAULT", "CONCEDE"] {
        assert!(list.contains(name), "{list}");
    }
    let one = stdout(&run(&["codebook", "consult"]));
    assert!(one.starts_with("# CONSULT") && one.contains("## Patterns") && one.contains("## Examples"), "{one}");
    let output = run(&["codebook", "check", "codebook"]);
    assert_eq!(output.status.code(), Some(0), "{}{}", stdout(&output), stderr(&output));
}

#[test]
fn a_wrong_codebook_is_told_with_file_and_line() {
    let folder = folder("codebook");
    for entry in fs::read_dir(root().join("codebook")).expect("the codebook").filter_map(Result::ok) {
        fs::copy(entry.path(), folder.join(entry.file_name())).expect("a copy");
    }
    let file = folder.join("consult.md");
    let text = fs::read_to_string(&file).expect("consult.md");
    let line = text.lines().position(|l| l.starts_with("| `")).expect("a pattern") + 1;
    let broken: Vec<String> = text
        .lines()
        .enumerate()
        .map(|(i, l)| if i + 1 == line { "| `A meet {no-such-list} B` | 040 | |".to_owned() } else { l.to_owned() })
        .collect();
    fs::write(&file, broken.join("\n")).expect("the broken file");
    let output = run(&["codebook", "check", path(&folder)]);
    assert_eq!(output.status.code(), Some(1));
    let told = stdout(&output) + &stderr(&output);
    assert!(told.contains(&format!("consult.md:{line}:")), "{told}");
    assert_eq!(run(&["code", "--codebook", path(&folder), "examples"]).status.code(), Some(2));
}

/// The README shows what the program prints. `LEGATION_BLESS=1` writes it anew.
#[test]
fn the_readme_shows_real_output() {
    let readme = fs::read_to_string(root().join("README.md")).expect("the README");
    let table = stdout(&run(&["code", "examples/baku-2024-08.md"]));
    let excerpt: String = table.lines().take(16).map(|line| format!("{line}\n")).collect();
    let events = stdout(&run(&["code", "examples/baku-2024-08.md", "--format", "jsonl"]));
    let event = events.lines().find(|line| line.contains("\"text\":\"visited\"")).unwrap_or_default();
    let mut event: Value = serde_json::from_str(event).expect("the visit to Moscow");
    // The codebook's hash changes with every word of it; the README need not.
    let coder = event["coder"].as_str().expect("the coder").rsplit_once(' ').expect("the hash").0.to_owned();
    event["coder"] = Value::String(format!("{coder} …"));
    // A key a line; on one line an event is too long to read, fully indented too tall.
    let keys: Vec<String> =
        event.as_object().expect("an object").iter().map(|(key, value)| format!("  \"{key}\": {value}")).collect();
    let event = format!("{{\n{}\n}}\n", keys.join(",\n"));
    let fresh = replace_block(&replace_block(&readme, "```text\n", &excerpt), "```json\n", &event);
    if std::env::var_os("LEGATION_BLESS").is_some() {
        fs::write(root().join("README.md"), fresh).expect("the README can be written");
    } else {
        assert!(readme == fresh, "the README shows old output; LEGATION_BLESS=1 cargo test -p legation-cli renews it");
    }
}

/// The Markdown with what stands in its first block of a kind replaced.
fn replace_block(markdown: &str, opening: &str, content: &str) -> String {
    let start = markdown.find(opening).expect("the block") + opening.len();
    let end = start + markdown[start..].find("```").expect("its end");
    format!("{}{content}{}", &markdown[..start], &markdown[end..])
}

#[test]
fn events_of_low_confidence_can_be_left_out() {
    let all = events(&run(&["code", "examples", "--format", "jsonl", "-q"]));
    let confidence = |event: &Value| event["confidence"].as_f64().expect("a confidence");
    let mut values: Vec<f64> = all.iter().map(confidence).collect();
    values.sort_by(f64::total_cmp);
    let middle = values[values.len() / 2];
    let some = events(&run(&["code", "examples", "--format", "jsonl", "-q", "--min-confidence", &middle.to_string()]));
    let expected: Vec<Value> = all.into_iter().filter(|e| confidence(e) >= middle).collect();
    assert!(some.len() < values.len() && !some.is_empty());
    assert_eq!(some, expected, "what is kept stays as it is");
    assert_eq!(run(&["code", "examples", "--min-confidence", "2"]).status.code(), Some(2));
}
