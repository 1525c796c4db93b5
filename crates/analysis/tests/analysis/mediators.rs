//! Third parties between two sides, on histories that are filled by hand.

use crate::{Line, day, line, with_rows};
use legation_analysis::mediators::{GroundKind, Mediator, Mediators, MediatorsAsk, mediators};
use legation_analysis::{History, Party, PlaceRow, Row};
use legation_gazetteer::Gazetteer;

fn history(lines: &[Line<'_>]) -> History {
    with_rows(lines, |i, row| {
        // The mode of a line is a CAMEO code, or a place as "in TUR".
        let place = lines[i].modes.strip_prefix("in ").map(|country| PlaceRow {
            name: country,
            country,
            precision: "country",
            ..PlaceRow::default()
        });
        let cameo = if place.is_none() { row.modes } else { "040" };
        Row { cameo, place, modes: "", ..row }
    })
}

fn ask(history: &History, a: &str, b: &str, on: i64) -> Mediators {
    let party = |name: &str| Party::find(name, Gazetteer::embedded(), history).expect("a side");
    let ask = MediatorsAsk { a: party(a), b: party(b), on: (on > 0).then(|| day(on)), since: None };
    mediators(history, Gazetteer::embedded(), &ask)
}

fn of<'a>(found: &'a Mediators, code: &str) -> &'a Mediator {
    found.ranked.iter().find(|m| m.code == code).expect("it is among the candidates")
}

fn points(mediator: &Mediator, kind: GroundKind) -> f64 {
    mediator.grounds.iter().find(|ground| ground.kind == kind).map_or(0.0, |ground| ground.points)
}

#[test]
fn who_is_close_to_both_stands_before_who_is_close_to_one() {
    let mut lines = vec![line(20220224, "ASSAULT", "RUS", "UKR", "190")];
    for i in 1..=6 {
        lines.push(line(20220300 + i, "CONSULT", "BRA, RUS", "", "040"));
        lines.push(line(20220310 + i, "CONSULT", "BRA, UKR", "", "040"));
        lines.push(line(20220300 + i, "CONSULT", "MEX, UKR", "", "040"));
        lines.push(line(20220310 + i, "CONSULT", "MEX, UKR", "", "040"));
        lines.push(line(20220300 + i, "CONSULT", "ARG, UKR", "", "040"));
        lines.push(line(20220310 + i, "CONSULT", "ARG, RUS", "", "040"));
        lines.push(line(20220320 + i, "ACCUSE", "ARG", "RUS", "112"));
    }
    let found = ask(&history(&lines), "RUS", "UKR", 0);
    let ties = |code: &str| points(of(&found, code), GroundKind::TiesA) + points(of(&found, code), GroundKind::TiesB);
    assert!(ties("BRA") > ties("MEX"), "balance");
    assert!(ties("BRA") > ties("ARG"), "warmth");
    assert!(found.ranked.iter().all(|m| m.code != "RUS" && m.code != "UKR"), "a side is no third party");
    assert_eq!(found.between, 1);
}

#[test]
fn a_mediator_has_mediated_and_hosted_before() {
    let history = history(&[
        line(20220310, "CONSULT", "RUS, UKR", "", "in TUR"),
        line(20220329, "CONSULT", "TUR", "", "045"),
        line(20220401, "CONSULT", "NOR, SWE", "", "in NOR"),
        line(20220402, "REQUEST", "UKR", "ISR", "108"),
        line(20220403, "REJECT", "UKR", "HUN", "126"),
    ]);
    let found = ask(&history, "RUS", "UKR", 20220501);
    let turkey = of(&found, "TUR");
    assert!(points(turkey, GroundKind::Hosting) > 0.0 && points(turkey, GroundKind::Mediating) > 0.0, "{turkey:?}");
    assert_eq!(turkey.grounds.iter().filter(|g| !g.rows.is_empty()).count(), 2, "each has its events");
    assert_eq!(points(of(&found, "NOR"), GroundKind::Hosting), 0.0, "a host who is one of two hosts nobody");
    assert!(points(of(&found, "ISR"), GroundKind::Acceptance) > 0.0, "asked for by a side");
    assert!(points(of(&found, "HUN"), GroundKind::Acceptance) < 0.0, "refused by a side");
}

#[test]
fn nothing_of_the_day_or_later_is_used() {
    let history = history(&[
        line(20220309, "CONSULT", "TUR", "", "045"),
        line(20220310, "CONSULT", "QAT", "", "045"),
        line(20220320, "CONSULT", "ISR", "", "045"),
    ]);
    let found = ask(&history, "RUS", "UKR", 20220310);
    assert!(points(of(&found, "TUR"), GroundKind::Mediating) > 0.0);
    assert_eq!(points(of(&found, "QAT"), GroundKind::Mediating), 0.0);
    assert_eq!(points(of(&found, "ISR"), GroundKind::Mediating), 0.0);
}

#[test]
fn old_news_counts_less() {
    let history = history(&[line(20100101, "CONSULT", "TUR", "", "045"), line(20200101, "CONSULT", "QAT", "", "045")]);
    let found = ask(&history, "RUS", "UKR", 20220101);
    let mediating = |code: &str| points(of(&found, code), GroundKind::Mediating);
    assert!(mediating("QAT") > 2.0 * mediating("TUR") && mediating("TUR") > 0.0);
}

#[test]
fn a_group_is_a_side_and_its_home_state_no_third_party() {
    let history = history(&[
        line(20080101, "ASSAULT", "ISR MIL:army", "PSE REB:Hamas", "190"),
        line(20080102, "CONSULT", "EGY, PSE REB:Hamas", "", "040"),
        line(20080103, "CONSULT", "EGY, ISR", "", "040"),
        line(20080104, "CONSULT", "JOR, PSE", "", "040"),
    ]);
    let found = ask(&history, "ISR", "Hamas", 20080601);
    assert!(matches!(&found.b, Party::Name(name) if name == "Hamas"));
    assert!(found.ranked.iter().all(|m| m.code != "PSE"));
    assert!(points(of(&found, "EGY"), GroundKind::TiesB) > 0.0);
    assert_eq!(points(of(&found, "JOR"), GroundKind::TiesB), 0.0, "a tie to the home state is none to the group");
}

#[test]
fn the_organisation_of_both_sides_and_near_states_are_known_without_news() {
    let history = history(&[line(20050101, "CONSULT", "OAS", "", "045"), line(20050102, "CONSULT", "AU", "", "045")]);
    let found = ask(&history, "Belize", "Guatemala", 20050601);
    let oas = of(&found, "OAS");
    assert!(oas.organisation && points(oas, GroundKind::House) > 0.0, "{oas:?}");
    assert_eq!(points(of(&found, "AU"), GroundKind::House), 0.0);
    let near = |code: &str| points(of(&found, code), GroundKind::Nearness);
    assert!(near("MEX") > near("NOR") && near("NOR") > 0.0);
    let shared = |code: &str| points(of(&found, code), GroundKind::SharedOrganisations);
    assert!(shared("HND") > shared("JPN"));
}

#[test]
fn a_state_and_itself_stand_for_the_state_and_its_opponents() {
    let history = history(&[
        line(20030101, "ASSAULT", "SDN MIL:army", "SDN REB:rebels", "190"),
        line(20030102, "CONSULT", "KEN, SDN REB:rebels", "", "040"),
        line(20030103, "CONSULT", "KEN, SDN", "", "040"),
        line(20030104, "CONSULT", "EGY, SDN", "", "040"),
    ]);
    let found = ask(&history, "Sudan", "SDN", 20030601);
    assert!(found.within && found.between == 1);
    assert!(points(of(&found, "KEN"), GroundKind::TiesB) > 0.0);
    assert_eq!(points(of(&found, "EGY"), GroundKind::TiesB), 0.0, "ties to the government are none to the rebels");
}
