//! Positions and mediators, asked of a record of the examples.

mod common;

use common::{Folder, examples};

/// A folder with a record of the examples.
fn filled(name: &str) -> Folder {
    let folder = Folder::new(name);
    folder.told(0, &["init", "--title", "A test", "--licence", "CC0"]);
    folder.told(0, &["add", &examples()]);
    folder
}

#[test]
fn a_position_is_told_drawn_and_says_what_it_does_not_know() {
    let folder = filled("position");
    let ask = |more: &[&'static str]| -> Vec<&'static str> {
        [&["position", "Azerbaijan", "--among", "Russia,UKR", "--record", "record.sqlite"], more].concat()
    };
    let table = folder.told(0, &ask(&[]));
    assert!(table.starts_with("Azerbaijan among Russia and Ukraine"), "{table}");
    assert!(table.contains("record record.sqlite (A test)"), "it says which record was asked: {table}");
    assert!(table.contains("fewer than 15 events") || table.contains("too little on"), "{table}");
    assert!(table.contains("shared organisations"), "{table}");
    let json: serde_json::Value =
        serde_json::from_str(&folder.told(0, &ask(&["--format", "json"]))).expect("JSON and nothing else");
    assert_eq!(json["among"][1]["party"]["code"], "UKR");
    assert!(json["index"]["value"].is_null(), "an article is no ground for an index");
    assert!(json["years"].as_array().is_some_and(|years| years.iter().any(|y| y["ties"][0]["events"] != 0)), "{json}");
    let csv = folder.told(0, &ask(&["--format", "csv"]));
    assert!(csv.starts_with("state,power,year,own_events,") && csv.contains("AZE,RUS,2024,"), "{csv}");
    for picture in ["p.svg", "p.png"] {
        folder.told(0, &ask(&["--plot", picture]));
        assert!(std::fs::metadata(folder.0.join(picture)).expect("a picture").len() > 5000);
    }
    let svg = std::fs::read_to_string(folder.0.join("p.svg")).expect("a picture");
    assert!(svg.contains("Source: A test, CC0") && svg.contains("Coverage: "), "{svg}");
    assert!(folder.told(2, &ask(&["--plot", "p.pdf"])).contains(".svg or .png"));
    assert!(folder.told(2, &["position", "AZE", "--among", "RUS"]).contains("two powers or more"));
    assert!(folder.told(5, &["position", "Ruritania", "--among", "RUS,UKR"]).contains("Ruritania"));
}

#[test]
fn mediators_are_ranked_with_the_events_behind_each_point() {
    let folder = filled("mediators");
    let ask = |more: &[&'static str]| -> Vec<&'static str> {
        [&["mediators", "Russia", "Ukraine", "--record", "record.sqlite"], more].concat()
    };
    let table = folder.told(0, &ask(&["--limit", "3"]));
    assert!(table.starts_with("Third parties between Russia and Ukraine"), "{table}");
    assert!(table.contains("  1. ") && table.contains("  3. ") && !table.contains("  4. "), "{table}");
    let json: serde_json::Value =
        serde_json::from_str(&folder.told(0, &ask(&["--format", "json", "--limit", "0"]))).expect("JSON");
    let ranked = json["ranked"].as_array().expect("a list");
    assert!(ranked.len() > 190, "all states");
    let score = |third: &serde_json::Value| third["score"].as_f64().expect("a number");
    assert!(ranked.windows(2).all(|pair| score(&pair[0]) >= score(&pair[1])));
    let points = |third: &serde_json::Value| -> f64 {
        third["grounds"].as_array().expect("grounds").iter().filter_map(|ground| ground["points"].as_f64()).sum()
    };
    assert!(
        ranked.iter().all(|third| (score(third) - points(third)).abs() < 1e-9),
        "the score is the sum of its points"
    );
    let event = ranked
        .iter()
        .flat_map(|third| third["grounds"].as_array().expect("grounds"))
        .find_map(|ground| ground["events"].as_array()?.first()?["occurrence"].as_str().map(str::to_owned));
    folder.told(0, &["show", &event.expect("some point has an event")]);
    let before = folder.told(0, &ask(&["--on", "1999-01-01", "--format", "json", "--limit", "0"]));
    assert!(!before.contains("\"occurrence\""), "nothing was known then");
    assert!(folder.told(5, &["mediators", "Russia", "Ruritania", "--record", "record.sqlite"]).contains("Ruritania"));
    assert!(folder.told(2, &["mediators", "NATO", "NATO", "--record", "record.sqlite"]).contains("the same"));
    let within = folder.told(0, &["mediators", "Sudan", "SDN", "--record", "record.sqlite", "--limit", "1"]);
    assert!(within.starts_with("Third parties between Sudan and opponents within Sudan"), "{within}");
}
