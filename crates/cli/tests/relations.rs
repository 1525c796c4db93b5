//! `legation dyad`, `dyads` and `meetings` on the examples.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn legation(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_legation")).args(args).current_dir(folder).output().expect("the program runs")
}

fn text(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

/// A folder with a record of the examples.
fn record(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("legation-relations-{name}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder");
    text(&legation(&folder, &["init", "--title", "The examples"]));
    let examples = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples");
    text(&legation(&folder, &["add", "--quiet", examples]));
    folder
}

#[test]
fn the_third_meeting_of_the_year_is_found() {
    let folder = record("meetings");
    let asked = ["meetings", "Russia", "Azerbaijan", "--since", "2024-01-01", "--level", "leaders"];
    let table = text(&legation(&folder, &asked));
    assert!(table.contains("3 meetings told of with a date; at least 3 surely different"), "{table}");
    let json = text(&legation(&folder, &[&asked[..], &["--format", "json"]].concat()));
    let answer: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let met = answer["met"].as_array().expect("a list");
    let told: Vec<(&str, &str)> = met
        .iter()
        .map(|m| (m["when"].as_str().expect("a date"), m["place"]["name"].as_str().expect("a place")))
        .collect();
    assert_eq!(told, [("2024-04-22", "Moscow"), ("2024-07-03", "Astana"), ("2024-08-18/2024-08-19", "Baku")]);
    assert_eq!(answer["record"]["title"], "The examples");
    assert!(answer["count"]["most"].as_u64() >= Some(3));
    let id = met[0]["ids"][0].as_str().expect("an id");
    assert!(text(&legation(&folder, &["show", id])).contains("Moscow"), "the evidence is one command away");

    text(&legation(&folder, &[&asked[..], &["--plot", "meetings.svg"]].concat()));
    let picture = std::fs::read_to_string(folder.join("meetings.svg")).expect("a picture");
    assert!(picture.contains("at least 3 surely different"), "{picture}");

    let early = text(&legation(&folder, &[&asked[..], &["--until", "2024-05-01"]].concat()));
    assert!(early.contains("1 meeting told of"), "{early}");
    let before = text(&legation(&folder, &[&asked[..], &["--as-of", "2024-05-01"]].concat()));
    assert!(before.contains("0 meetings told of"), "all was published in August: {before}");
    let csv = text(&legation(&folder, &[&asked[..], &["--format", "csv"]].concat()));
    assert_eq!(csv.lines().filter(|line| line.starts_with("meeting,")).count(), 3, "{csv}");
    std::fs::remove_dir_all(folder).expect("removed");
}

#[test]
fn a_dyad_is_told_with_units_coverage_and_ids() {
    let folder = record("dyad");
    let table = text(&legation(&folder, &["dyad", "Azerbaijan", "Russia"]));
    for words in [
        "The examples",
        "for each 1,000 reports",
        "Turning points",
        "Coverage",
        "nothing is known",
        "Last events",
        "legation show",
    ] {
        assert!(table.contains(words), "{words}: {table}");
    }
    let answer = text(&legation(&folder, &["dyad", "AZE", "RUS", "--format", "json", "--plot", "dyad.svg"]));
    let answer: serde_json::Value = serde_json::from_str(&answer).expect("JSON");
    let months = answer["series"]["months"].as_array().expect("a list");
    let events: u64 = months.iter().filter_map(|month| month["events"].as_u64()).sum();
    assert_eq!(Some(events), answer["total"]["events"].as_u64());
    assert!(events > 0);
    let picture = std::fs::read_to_string(folder.join("dyad.svg")).expect("a picture");
    assert!(picture.contains("Azerbaijan") && picture.contains("The examples"));
    let csv = text(&legation(&folder, &["dyad", "AZE", "RUS", "--format", "csv"]));
    assert_eq!(csv.lines().count(), months.len() + 1);
    let short = text(&legation(&folder, &["dyad", "AZE", "RUS", "--since", "2024-07-01"]));
    assert!(short.contains("the window is too short"), "{short}");
    let unknown = legation(&folder, &["dyad", "Azerbaijan", "Ruritania"]);
    assert_eq!(unknown.status.code(), Some(5));
    assert_eq!(legation(&folder, &["dyad", "RUS", "Russia"]).status.code(), Some(2));
    std::fs::remove_dir_all(folder).expect("removed");
}

#[test]
fn dyads_are_ranked_and_written_by_month() {
    let folder = record("dyads");
    let table = text(&legation(&folder, &["dyads", "--rank", "meetings", "--limit", "3"]));
    assert_eq!(table.lines().count(), 4, "{table}");
    let csv = text(&legation(&folder, &["dyads", "--by", "month", "--format", "csv"]));
    let head = csv.lines().next().expect("a head");
    assert!(head.starts_with("year,month,a,b,events") && head.ends_with("reports,reports_a,reports_b"), "{head}");
    assert!(csv.lines().skip(1).any(|line| line.starts_with("2024,8,AZE,RUS,")), "{csv}");
    let parquet = folder.join("panel.parquet");
    text(&legation(&folder, &["dyads", "--by", "month", "--format", "parquet", "--out", "panel.parquet"]));
    assert!(std::fs::read(parquet).expect("a file").starts_with(b"PAR1"));
    std::fs::remove_dir_all(folder).expect("removed");
}

#[test]
fn without_a_record_the_world_that_ships_with_the_program_is_asked() {
    let folder = std::env::temp_dir().join(format!("legation-relations-world-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let json = text(&legation(&folder, &["dyad", "Russia", "Ukraine", "--format", "json"]));
    let answer: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert!(
        answer["record"]["place"].as_str().is_some_and(|place| place.contains("comes with")),
        "{}",
        answer["record"]
    );
    assert_eq!(legation(&folder, &["dyad", "Russia", "Ukraine", "--record", "none.sqlite"]).status.code(), Some(6));
    std::fs::remove_dir_all(folder).expect("removed");
}
