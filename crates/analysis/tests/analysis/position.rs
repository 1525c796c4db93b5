//! Where a state stands among powers, and the multi-vector index, on histories that are filled by hand.

use crate::{Line, line, with_rows};
use legation_analysis::multivector::{Index, Rivals, Tie, evenness, index};
use legation_analysis::position::{Position, PositionAsk, position};
use legation_analysis::{History, Party};
use legation_gazetteer::Gazetteer;

/// A tie of so many cooperative acts and so many hostile ones, with a power of a given prominence.
fn tie(cooperation: usize, conflict: usize, prominence: f64) -> Tie {
    let mut weights = vec![0.5; cooperation];
    weights.extend(vec![-0.5; conflict]);
    Tie { weights, prominence, expected: 0.0 }
}

fn value(index: &Index) -> f64 {
    index.value.expect("a value").value
}

#[test]
fn an_even_hedger_scores_higher_than_an_aligned_state() {
    let even = index(&[tie(20, 2, 100.0), tie(20, 2, 100.0), tie(20, 2, 100.0)], &[]);
    let aligned = index(&[tie(56, 2, 100.0), tie(2, 3, 100.0), tie(2, 3, 100.0)], &[]);
    assert!(value(&even) > value(&aligned) + 0.3, "{even:?} {aligned:?}");
    assert!(even.value.expect("a value").low > aligned.value.expect("a value").high, "the intervals do not meet");
    assert!((even.evenness.expect("a value").value - 1.0).abs() < 1e-9);
}

#[test]
fn a_state_hostile_to_all_is_not_multi_vector_however_evenly() {
    let hostile = index(&[tie(2, 40, 100.0), tie(2, 40, 100.0), tie(2, 40, 100.0)], &[]);
    assert!((hostile.evenness.expect("a value").value - 1.0).abs() < 1e-9);
    assert!(value(&hostile) < 0.3, "{hostile:?}");
}

#[test]
fn ties_to_rivals_count_where_both_are_warm() {
    let rivals = [Rivals { one: 0, other: 1, hostility: 0.8 }];
    let both = index(&[tie(20, 1, 100.0), tie(20, 1, 100.0)], &rivals);
    let one = index(&[tie(38, 1, 100.0), tie(2, 20, 100.0)], &rivals);
    let bridging = |index: &Index| index.bridging.expect("rivals").value;
    assert!(bridging(&both) > 0.9 && bridging(&one) < 0.1, "{both:?} {one:?}");
    assert!(value(&both) > value(&one));
    assert_eq!(index(&[tie(20, 1, 100.0), tie(20, 1, 100.0)], &[]).bridging, None, "no rivals, nothing to bridge");
}

#[test]
fn the_volume_of_news_does_not_drive_it() {
    let small = index(&[tie(8, 2, 100.0), tie(6, 1, 100.0)], &[]);
    let large = index(&[tie(80, 20, 100.0), tie(60, 10, 100.0)], &[]);
    assert!((value(&small) - value(&large)).abs() < 0.08, "{small:?} {large:?}");
    // A power that fills the news is met more often by everybody.
    let plain = index(&[tie(40, 0, 400.0), tie(10, 0, 100.0)], &[]);
    assert!((plain.evenness.expect("a value").value - 1.0).abs() < 1e-9);
    // More news makes the interval narrower.
    let width = |index: &Index| index.value.map(|v| v.high - v.low).expect("a value");
    assert!(width(&large) < width(&small));
}

#[test]
fn too_few_events_give_no_value() {
    let thin = index(&[tie(20, 0, 100.0), tie(1, 0, 100.0)], &[]);
    assert_eq!((thin.value, thin.unmeasured.as_slice()), (None, &[1][..]));
    let few = index(&[tie(6, 0, 100.0), tie(6, 0, 100.0)], &[]);
    assert_eq!((few.value, few.unmeasured.is_empty()), (None, true), "twelve in all are too few");
    // Little, where much would be expected, is a finding.
    let absent = Tie { expected: 12.0, ..tie(1, 0, 100.0) };
    assert!(value(&index(&[tie(20, 0, 100.0), absent], &[])) < 0.6);
    assert_eq!(index(&[tie(50, 0, 100.0)], &[]).value, None, "one power is no choice");
}

#[test]
fn the_interval_is_the_same_every_time() {
    let ties = [tie(9, 4, 80.0), tie(7, 2, 120.0), tie(5, 1, 60.0)];
    assert_eq!(index(&ties, &[]), index(&ties, &[]));
}

#[test]
fn evenness_is_that_of_pielou() {
    assert!((evenness(&[0.25, 0.25, 0.25, 0.25]) - 1.0).abs() < 1e-12);
    assert_eq!(evenness(&[1.0, 0.0, 0.0]), 0.0);
    // H = 1.0397 of shares 1/2, 1/4, 1/4; ln 3 = 1.0986.
    assert!((evenness(&[0.5, 0.25, 0.25]) - 0.9464).abs() < 1e-4);
}

fn scored(lines: &[Line<'_>]) -> History {
    with_rows(lines, |_, row| {
        let score = match row.event_type.name() {
            "CONSULT" => 3.0,
            "AGREE" => 3.0,
            "ASSAULT" => -10.0,
            _ => -3.0,
        };
        legation_analysis::Row { score, ..row }
    })
}

fn ask(history: &History, state: &str, among: &[&str]) -> Position {
    let party = |code: &str| Party::Code(code.to_owned());
    let among = among.iter().map(|code| party(code)).collect();
    let ask = PositionAsk { state: party(state), among, since: None, until: None, window: 2, with_members: false };
    position(history, Gazetteer::embedded(), &ask)
}

#[test]
fn years_tell_counts_shares_and_what_is_not_covered() {
    let history = scored(&[
        line(20200110, "CONSULT", "AZE, RUS", "", ""),
        line(20200210, "ACCUSE", "AZE", "RUS", ""),
        line(20200310, "CONSULT", "AZE, TUR", "", ""),
        line(20210101, "AGREE", "AZE, USA", "", ""),
        line(20210201, "ASSAULT", "AZE REB:rebels", "RUS", ""),
    ]);
    let told = ask(&history, "AZE", &["RUS", "USA"]);
    assert_eq!(told.years.iter().map(|y| (y.year, y.own)).collect::<Vec<_>>(), [(2020, 3), (2021, 1)]);
    let russia = told.years[0].ties[0];
    assert_eq!((russia.events, russia.verbal_cooperation, russia.verbal_conflict), (2, 1, 1));
    assert_eq!(russia.share, Some(2.0 / 3.0));
    assert_eq!(told.years[0].ties[1].net, None, "no events, no net");
    assert_eq!(told.years[1].ties[0].events, 0, "what rebels do is not the state's act");
    assert_eq!(told.years[1].covered.documents, 2);
    assert_eq!(told.index.value, None, "five events are no ground for an index");
}

#[test]
fn rivals_are_those_whose_own_relation_is_hostile() {
    let mut lines = Vec::new();
    for day in 1..=20 {
        lines.push(line(20200100 + day, "ASSAULT", "RUS", "UKR", ""));
        lines.push(line(20200100 + day, "CONSULT", "AZE, RUS", "", ""));
        lines.push(line(20200200 + day, "CONSULT", "AZE, UKR", "", ""));
        lines.push(line(20210100 + day, "CONSULT", "AZE, TUR", "", ""));
        lines.push(line(20210200 + day, "CONSULT", "TUR, UKR", "", ""));
        lines.push(line(20210300 + day - day / 20, "CONSULT", "BLR, RUS", "", ""));
    }
    let history = scored(&lines);
    let told = ask(&history, "AZE", &["RUS", "UKR", "TUR"]);
    let rivals: Vec<(usize, usize)> = told.relations.iter().filter(|r| r.rivals).map(|r| (r.one, r.other)).collect();
    assert_eq!(rivals, [(0, 1)]);
    assert_eq!(told.relations[1].hostility, None, "nothing is known of Russia and Turkey here");
    assert!(told.index.bridging.expect("rivals").value > 0.8, "{:?}", told.index);
    assert_eq!(told.windows.iter().map(|w| (w.from, w.to)).collect::<Vec<_>>(), [(2020, 2021)]);
}

#[test]
fn alliances_and_memberships_stand_beside_with_their_dates() {
    let history =
        scored(&[line(20100101, "CONSULT", "BLR, RUS", "", ""), line(20240101, "CONSULT", "BLR, RUS", "", "")]);
    let told = ask(&history, "BLR", &["RUS", "EU"]);
    let russia = &told.among[0];
    let union = russia.smallest.iter().find(|bond| bond.what == "CSTO").expect("both are members of the CSTO");
    assert!(union.note.ends_with("members") && !union.from.is_empty(), "{union:?}");
    assert!(russia.alliances.iter().any(|bond| bond.what.contains("defence")), "{:?}", russia.alliances);
    assert!(told.among[1].membership.iter().all(|bond| bond.what != "member"), "{:?}", told.among[1].membership);
}

#[test]
fn an_organisation_can_stand_for_its_members_of_the_day() {
    let history = scored(&[
        line(20200110, "CONSULT", "AZE, GBR", "", ""),
        line(20200210, "CONSULT", "AZE, HUN", "", ""),
        line(20200215, "CONSULT", "AZE, HUN, AUT", "", ""),
        line(20200310, "CONSULT", "AZE, EU", "", ""),
        line(20210110, "CONSULT", "AZE, GBR", "", ""),
    ]);
    let party = |code: &str| Party::Code(code.to_owned());
    let events = |with_members| {
        let among = vec![party("EU"), party("RUS")];
        let ask = PositionAsk { state: party("AZE"), among, since: None, until: None, window: 2, with_members };
        let told = position(&history, Gazetteer::embedded(), &ask);
        told.years.iter().map(|year| year.ties[0].events).collect::<Vec<_>>()
    };
    assert_eq!(events(false), [1, 0]);
    assert_eq!(events(true), [4, 0], "the United Kingdom left at the end of January 2020");
}
