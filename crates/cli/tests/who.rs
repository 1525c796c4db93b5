//! `legation who`, `member` and `members`: run as a process, judged by what they write and how they end.

use serde_json::Value;
use std::process::{Command, Output, Stdio};

fn run(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_legation"));
    command.args(arguments).stdin(Stdio::null()).env_remove("CLICOLOR_FORCE");
    command.output().expect("the program starts")
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("the output is UTF-8")
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn objects(arguments: &[&str]) -> Vec<Value> {
    let output = run(arguments);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    stdout(&output).lines().map(|line| serde_json::from_str(line).expect("a JSON object a line")).collect()
}

#[test]
fn a_state_on_a_day_has_codes_offices_memberships_and_alliances() {
    let found = objects(&["who", "Azerbaijan", "--on", "2024-08-19", "--json"]);
    assert_eq!(found.len(), 1);
    let state = &found[0];
    assert_eq!((&state["kind"], &state["code"], &state["alpha2"]), (&"state".into(), &"AZE".into(), &"AZ".into()));
    assert_eq!(state["cow"][0]["number"], 373);
    assert_eq!(state["gw"][0]["number"], 373);
    assert!(state["names"].as_array().is_some_and(|n| n.contains(&"Republic of Azerbaijan".into())));
    assert!(state["capitals"].as_array().is_some_and(|n| n.contains(&"Baku".into())));
    let list = |key: &str| state[key].as_array().expect("a list").clone();
    let president = list("offices").into_iter().find(|o| o["office"] == "head-of-state").expect("a president");
    assert_eq!((&president["person"], &president["from"]), (&"Ilham Aliyev".into(), &"2003-10-31".into()));
    assert!(president["source"].as_str().is_some_and(|s| !s.is_empty()));
    let status = |org: &str| {
        list("memberships")
            .into_iter()
            .find(|m| m["organisation"] == org)
            .map(|m| m["status"].as_str().map(str::to_owned))
    };
    assert_eq!(status("NONALIGNED"), Some(Some("member".to_owned())));
    assert_eq!(status("SCO"), Some(Some("partner".to_owned())));
    assert_eq!(status("CSTO"), None);
    assert!(list("memberships").iter().all(|m| !m["source"].is_null() && m["held"] != false));
    let ally = list("alliances").into_iter().find(|a| a["partners"][0] == "TUR").expect("an ally");
    assert_eq!(ally["types"][0], "defence");
    assert!(state["sources"].as_str().is_some_and(|s| s.contains("COW")));
}

#[test]
fn the_text_has_the_same_and_keeps_to_its_width() {
    let text = stdout(&run(&["who", "Azerbaijan", "--on", "2024-08-19"]));
    for part in [
        "Azerbaijan  state",
        "ISO AZE, AZ",
        "COW 373",
        "Ilham Aliyev, President",
        "NONALIGNED member",
        "2011-05-25",
        "Shusha",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
    for arguments in [&["who", "Azerbaijan"][..], &["who", "UN"], &["member", "France"], &["members", "NATO"]] {
        let text = stdout(&run(arguments));
        let wide: Vec<&str> = text.lines().filter(|line| line.chars().count() > 100).collect();
        assert!(wide.is_empty(), "{wide:#?}");
        assert!(!text.contains('\u{1b}'));
    }
}

#[test]
fn an_ambiguous_name_lists_all_it_may_mean() {
    let kinds = |arguments: &[&str]| -> Vec<(String, String)> {
        let text = |v: &Value| v.as_str().unwrap_or_default().to_owned();
        objects(arguments).iter().map(|o| (text(&o["kind"]), text(&o["code"]))).collect()
    };
    let georgia = kinds(&["who", "Georgia", "--json"]);
    assert_eq!(georgia, [("state".into(), "GEO".into()), ("place".into(), "USA".into())]);
    let output = run(&["who", "Georgia"]);
    assert!(stderr(&output).contains("2 candidates"), "{}", stderr(&output));
    let aliyevs = objects(&["who", "Aliyev", "--on", "1998-01-01", "--json"]);
    assert!(aliyevs.len() > 1);
    assert_eq!(aliyevs[0]["name"], "Heydar Aliyev", "who was in office then comes first");
}

#[test]
fn names_of_several_words_need_no_quotes_and_capitals_do_not_matter() {
    assert_eq!(objects(&["who", "Ilham", "Aliyev", "--json"])[0]["wikidata"], "Q57371");
    assert_eq!(objects(&["who", "azerbaijan", "--json"])[0]["code"], "AZE");
    assert_eq!(objects(&["who", "SCO", "--json"])[0]["kind"], "organisation");
    assert!(objects(&["member", "south", "korea", "--json"]).iter().all(|row| row["state"] == "KOR"));
}

#[test]
fn an_unknown_name_ends_with_its_own_code_and_names_like_it() {
    let output = run(&["who", "Azerbaidjann"]);
    assert_eq!(output.status.code(), Some(5));
    assert!(output.stdout.is_empty());
    assert!(stderr(&output).contains("Azerbaijan"), "{}", stderr(&output));
    assert_eq!(run(&["who", "qqqqqqqqqqqq"]).status.code(), Some(5));
    assert_eq!(run(&["member", "Zembla"]).status.code(), Some(5));
    assert_eq!(run(&["members", "Zembla"]).status.code(), Some(5));
    assert_eq!(run(&["who"]).status.code(), Some(2));
    assert_eq!(run(&["who", "Iran", "--on", "4 July"]).status.code(), Some(2));
    let congo = run(&["member", "Congo"]);
    assert_eq!(congo.status.code(), Some(2));
    assert!(stderr(&congo).contains("COD") && stderr(&congo).contains("COG"), "{}", stderr(&congo));
    let help = stdout(&run(&["--help"]));
    assert!(help.contains("5  the gazetteer has no such name"), "{help}");
}

#[test]
fn members_on_a_day() {
    let codes = |day: &str| -> Vec<String> {
        let rows = objects(&["members", "BRICS", "--on", day, "--json"]);
        let members = rows.iter().filter(|row| row["status"] == "member");
        members.filter_map(|row| row["state"].as_str().map(str::to_owned)).collect()
    };
    assert_eq!(codes("2023-12-31"), ["BRA", "CHN", "IND", "RUS", "ZAF"]);
    assert_eq!(codes("2024-01-01"), ["BRA", "CHN", "IND", "RUS", "ZAF", "ARE", "EGY", "ETH", "IRN"]);
    let output = run(&["members", "BRICS", "--on", "2024-01-01"]);
    assert!(stderr(&output).contains("complete for member,partner"), "{}", stderr(&output));
    // What nobody has attested is told with a question mark, not as a fact.
    let later = run(&["members", "NATO", "--on", "2040-01-01"]);
    assert!(stdout(&later).lines().all(|line| line.contains('?') || line.starts_with(' ')), "{}", stdout(&later));
}

#[test]
fn a_state_in_one_organisation_is_answered_in_a_word() {
    let answer = |state: &str, org: &str, day: &str| {
        let told = stderr(&run(&["member", state, "--of", org, "--on", day]));
        told.trim().rsplit(": ").next().unwrap_or_default().to_owned()
    };
    assert_eq!(answer("Iran", "SCO", "2023-07-03"), "observer");
    assert_eq!(answer("Iran", "SCO", "2023-07-04"), "member");
    assert_eq!(answer("Syria", "Arab League", "2015-01-01"), "suspended");
    assert_eq!(answer("Azerbaijan", "CSTO", "2024-08-19"), "no member");
    assert_eq!(answer("Azerbaijan", "CSTO", "2040-01-01"), "unknown");
}

#[test]
fn the_bytes_do_not_depend_on_time_zone_or_locale() {
    let plain = run(&["who", "Aliyev"]);
    let mut other = Command::new(env!("CARGO_BIN_EXE_legation"));
    other.args(["who", "Aliyev"]).env("TZ", "Pacific/Kiritimati").env("LC_ALL", "tr_TR.UTF-8").stdin(Stdio::null());
    assert_eq!(plain.stdout, other.output().expect("the program starts").stdout);
}
