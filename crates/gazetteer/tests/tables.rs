//! The tables agree with each other, with their hashes and with the rules of the house.

use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

const SECTORS: &str = "COP GOV JUD LEG MIL PRM PTY REB SPY UAF UNK AGR BUS CRM CVL EDU ELI JRN LAB MED REF OPP PRE REL \
                       SOC IGO NGO MNC";

struct Table {
    comments: Vec<String>,
    rows: Vec<BTreeMap<String, String>>,
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../gazetteer")
}

fn table(name: &str) -> Table {
    let text = std::fs::read_to_string(folder().join(name)).expect(name);
    let (comments, body): (Vec<&str>, Vec<&str>) = text.lines().partition(|line| line.starts_with('#'));
    let header: Vec<&str> = body[0].split('\t').collect();
    let rows = body[1..].iter().map(|line| {
        let cells: Vec<&str> = line.split('\t').collect();
        assert_eq!(cells.len(), header.len(), "{name}: {line}");
        header.iter().map(ToString::to_string).zip(cells.into_iter().map(str::to_owned)).collect()
    });
    Table { comments: comments.into_iter().map(str::to_owned).collect(), rows: rows.collect() }
}

fn all_tables() -> Vec<String> {
    let names = std::fs::read_dir(folder()).expect("gazetteer").map(|f| f.expect("entry").file_name());
    let mut names: Vec<String> =
        names.map(|n| n.to_string_lossy().into_owned()).filter(|n| n.ends_with(".tsv")).collect();
    names.sort();
    names
}

#[test]
fn hashes_match() {
    let sums = std::fs::read_to_string(folder().join("SHA256SUMS")).expect("SHA256SUMS");
    let listed: Vec<&str> = sums.lines().filter_map(|line| line.split("  ").nth(1)).collect();
    let mut all = all_tables();
    all.push("places.index".to_owned());
    all.sort();
    assert_eq!(listed, all);
    for line in sums.lines() {
        let (sum, name) = line.split_once("  ").expect("two columns");
        let bytes = std::fs::read(folder().join(name)).expect(name);
        let hash: String = Sha256::digest(&bytes).iter().map(|b| format!("{b:02x}")).collect();
        assert_eq!(hash, sum, "{name} changed: run gazetteer/build/build.py or mend SHA256SUMS");
    }
}

#[test]
fn every_table_names_its_source_and_is_sorted_in_the_columns_it_declares() {
    for name in all_tables() {
        let table = table(&name);
        assert!(table.comments.iter().any(|c| c.contains("ource")), "{name} names no source");
        let text = std::fs::read_to_string(folder().join(&name)).expect("read before");
        let body: Vec<&str> = text.lines().filter(|l| !l.starts_with('#')).skip(1).collect();
        let unique: BTreeSet<&str> = body.iter().copied().collect();
        assert_eq!(unique.len(), body.len(), "{name} repeats rows");
    }
}

#[test]
fn codes_sectors_and_dates_are_valid() {
    let mut codes: BTreeSet<String> = BTreeSet::new();
    for name in ["states.tsv", "territories.tsv"] {
        for row in table(name).rows {
            assert!(codes.insert(row["code"].clone()), "{} twice", row["code"]);
        }
    }
    let organisations: BTreeSet<String> =
        table("organisations.tsv").rows.iter().map(|row| row["code"].clone()).collect();
    let sectors: BTreeSet<&str> = SECTORS.split(' ').collect();
    for name in all_tables() {
        for row in table(&name).rows {
            let state = match name.as_str() {
                "leaders.tsv" | "memberships.tsv" | "alliances.tsv" => Some("state"),
                "organisations.tsv" | "agents.tsv" | "complete.tsv" | "titles.tsv" | "regions.tsv"
                | "references.tsv" | "given_names.tsv" | "wars.tsv" => None,
                _ => Some("code"),
            };
            if let Some(column) = state {
                // Organisations have offices too, and are members of other organisations.
                let known = codes.contains(&row[column]) || (column == "state" && organisations.contains(&row[column]));
                assert!(known, "{name}: unknown state {:?} in {row:?}", row[column]);
            }
            if let Some(cell) = row.get("sectors") {
                assert!(!cell.is_empty() && cell.split(',').all(|s| sectors.contains(s)), "{name}: sectors of {row:?}");
            }
            let (from, to) = (row.get("from"), row.get("to"));
            for date in [from, to].into_iter().flatten().filter(|d| !d.is_empty()) {
                assert!(is_date(date), "{name}: {date:?} is no date in {row:?}");
            }
            if let (Some(from), Some(to)) = (from, to)
                && !from.is_empty()
                && !to.is_empty()
            {
                let shared = from.len().min(to.len());
                assert!(from[..shared] <= to[..shared], "{name}: ends before it begins: {row:?}");
            }
        }
    }
}

#[test]
fn keys_are_unique() {
    let keys: [(&str, &[&str]); 14] = [
        ("states.tsv", &["code"]),
        ("state_codes.tsv", &["code", "system", "number"]),
        ("territories.tsv", &["code"]),
        ("partial.tsv", &["name"]),
        ("metonyms.tsv", &["code", "sectors"]),
        ("organisations.tsv", &["code", "sectors"]),
        ("groups.tsv", &["code", "name", "from"]),
        ("agents.tsv", &["lemma"]),
        ("references.tsv", &["noun"]),
        ("given_names.tsv", &["name"]),
        ("memberships.tsv", &["organisation", "state", "status", "from", "first_seen"]),
        ("alliances.tsv", &["state", "partners", "types", "from", "source"]),
        ("complete.tsv", &["table", "organisation", "statuses"]),
        ("wars.tsv", &["conflict", "type", "side_a", "second_a", "side_b", "second_b", "opponent", "from"]),
    ];
    for (name, columns) in keys {
        let mut seen = BTreeSet::new();
        for row in table(name).rows {
            let key: Vec<String> = columns.iter().map(|c| row[*c].clone()).collect();
            assert!(seen.insert(key.clone()), "{name}: {key:?} twice");
        }
    }
}

#[test]
fn a_name_that_means_two_things_is_marked_or_dated() {
    let mut meanings: BTreeMap<String, BTreeSet<(String, String)>> = BTreeMap::new();
    for (name, column) in [
        ("states.tsv", "names"),
        ("territories.tsv", "names"),
        ("partial.tsv", "names"),
        ("organisations.tsv", "names"),
        ("groups.tsv", "names"),
    ] {
        for row in table(name).rows {
            for text in row[column].split(';').filter(|t| !t.is_empty() && !t.ends_with('?')) {
                let dated = row.get("from").is_some_and(|f| !f.is_empty());
                if !(name == "groups.tsv" && dated) {
                    meanings.entry(text.to_owned()).or_default().insert((row["code"].clone(), row["name"].clone()));
                }
            }
        }
    }
    for (text, found) in meanings {
        let codes: BTreeSet<&String> = found.iter().map(|(code, _)| code).collect();
        assert!(codes.len() == 1, "{text:?} means {found:?}: mark it with ? in the source");
    }
}

#[test]
fn memberships_and_alliances_are_of_what_is_known_and_do_not_contradict_themselves() {
    let organisations: BTreeSet<String> = table("organisations.tsv").rows.iter().map(|r| r["code"].clone()).collect();
    let codes: BTreeSet<String> =
        ["states.tsv", "territories.tsv"].iter().flat_map(|n| table(n).rows).map(|r| r["code"].clone()).collect();
    let mut times: BTreeMap<(String, String), Vec<(String, String)>> = BTreeMap::new();
    for row in table("memberships.tsv").rows {
        assert!(organisations.contains(&row["organisation"]), "{row:?}");
        assert!(
            ["member", "observer", "partner", "applicant", "suspended"].contains(&row["status"].as_str()),
            "{row:?}"
        );
        assert!(!row["to"].is_empty() || is_date(&row["seen"]), "an open row that no source attests: {row:?}");
        assert!(!row["from"].is_empty() || is_date(&row["first_seen"]), "no beginning: {row:?}");
        if row["source"] == "hand" && ["member", "suspended"].contains(&row["status"].as_str()) {
            let key = (row["organisation"].clone(), row["state"].clone());
            times.entry(key).or_default().push((row["from"].clone(), row["to"].clone()));
        }
    }
    for (key, mut found) in times {
        found.sort();
        for pair in found.windows(2) {
            let (end, start) = (&pair[0].1, &pair[1].0);
            let shared = end.len().min(start.len());
            assert!(!end.is_empty() && end[..shared] <= start[..shared], "{key:?}: {pair:?}");
        }
    }
    for row in table("alliances.tsv").rows {
        let partners: Vec<&str> = row["partners"].split(';').collect();
        assert!(partners.iter().all(|p| codes.contains(*p) && **p > *row["state"]), "{row:?}");
        let types = ["defence", "offence", "neutrality", "non-aggression", "entente"];
        assert!(row["types"].split(',').all(|t| types.contains(&t)), "{row:?}");
    }
    for row in table("complete.tsv").rows {
        assert!(row["organisation"].is_empty() || organisations.contains(&row["organisation"]), "{row:?}");
        assert!(!row["to"].is_empty(), "complete for ever: {row:?}");
    }
    let size = |name: &str| std::fs::metadata(folder().join(name)).expect("a table").len();
    assert!(size("memberships.tsv") + size("alliances.tsv") + size("complete.tsv") <= 1_500_000);
}

#[test]
fn the_counts_that_users_are_told() {
    let codes = |name: &str| table(name).rows.iter().map(|r| r["code"].clone()).collect::<BTreeSet<_>>().len();
    assert!(codes("states.tsv") >= 200);
    assert!(codes("organisations.tsv") >= 250);
    let groups: BTreeSet<String> = table("groups.tsv").rows.iter().map(|r| r["name"].clone()).collect();
    assert!(groups.len() >= 300);
    assert!(table("agents.tsv").rows.len() >= 600);
    assert!(table("places.tsv").rows.len() >= 3000);
    assert!(table("leaders.tsv").rows.len() >= 20_000);
    let size = std::fs::metadata(folder().join("leaders.tsv")).expect("leaders.tsv").len();
    assert!(size < 4_000_000, "leaders.tsv has {size} bytes");
}

fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let lengths: Vec<usize> = parts.iter().map(|p| p.len()).collect();
    [&[4usize][..], &[4, 2], &[4, 2, 2]].contains(&&lengths[..])
        && parts.iter().all(|p| p.bytes().all(|b| b.is_ascii_digit()))
        && parts.get(1).is_none_or(|m| ("01"..="12").contains(m))
        && parts.get(2).is_none_or(|d| ("01"..="31").contains(d))
}
