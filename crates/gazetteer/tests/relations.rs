//! Memberships and alliances on a day.

use jiff::civil::{Date, date};
use legation_gazetteer::{Answer, Gazetteer, Kind, Status};

/// The answer on a day, in a word.
#[track_caller]
fn check(state: &str, organisation: &str, day: Date, expected: &str) {
    let found = match Gazetteer::embedded().is_member(organisation, state, day) {
        Answer::Yes(status) => status.name(),
        Answer::No => "no",
        Answer::Unknown => "unknown",
    };
    assert_eq!(found, expected, "{state} in {organisation} on {day}");
}

#[test]
fn exact_dates_win_over_stale_sources() {
    // The Factbook of 2025 still lists Iran as an observer.
    check("IRN", "SCO", date(2023, 7, 3), "observer");
    check("IRN", "SCO", date(2023, 7, 4), "member");
    check("IRN", "SCO", date(2025, 1, 1), "member");
    check("BLR", "SCO", date(2024, 7, 4), "member");
    check("AZE", "SCO", date(2024, 8, 19), "partner");
    check("EGY", "BRICS", date(2023, 12, 31), "no");
    check("EGY", "BRICS", date(2024, 1, 1), "member");
    check("IDN", "BRICS", date(2025, 1, 6), "member");
    check("SAU", "BRICS", date(2025, 1, 6), "applicant");
    check("KAZ", "BRICS", date(2025, 1, 6), "partner");
    check("GBR", "EU", date(2020, 1, 31), "member");
    check("GBR", "EU", date(2020, 2, 1), "no");
    check("AZE", "NONALIGNED", date(2012, 1, 1), "member");
    check("SWE", "NATO", date(2024, 3, 6), "partner");
    check("SWE", "NATO", date(2024, 3, 7), "member");
    check("GEO", "CIS", date(2009, 8, 17), "member");
    check("GEO", "CIS", date(2009, 8, 18), "no");
}

#[test]
fn suspensions_are_told() {
    check("SYR", "LAS", date(2011, 11, 15), "member");
    check("SYR", "LAS", date(2015, 1, 1), "suspended");
    check("SYR", "LAS", date(2023, 5, 7), "member");
    check("RUS", "COE", date(2022, 2, 25), "suspended");
    check("RUS", "COE", date(2022, 3, 17), "no");
    check("ARM", "CSTO", date(2024, 8, 1), "suspended");
    check("RUS", "G8", date(2013, 1, 1), "member");
}

#[test]
fn only_a_complete_table_says_no() {
    check("AZE", "CSTO", date(2024, 8, 19), "no");
    check("AZE", "CSTO", date(1998, 1, 1), "member");
    check("UKR", "NATO", date(2010, 1, 1), "partner");
    check("MNG", "NATO", date(2010, 1, 1), "no");
    // Nobody has kept the table after its last day.
    check("MNG", "NATO", date(2035, 1, 1), "unknown");
    check("DEU", "NATO", date(2035, 1, 1), "unknown");
    // Inside the year of an imprecise date.
    check("BOL", "MERCOSUR", date(2024, 7, 1), "unknown");
    check("BOL", "MERCOSUR", date(2025, 1, 1), "member");
    check("AZE", "NO-SUCH-ORGANISATION", date(2010, 1, 1), "unknown");
    check("AZE", "UNFCCC", date(2010, 1, 1), "unknown");
}

#[test]
fn states_that_follow_each_other_are_told_apart() {
    check("SUN", "UN", date(1991, 12, 25), "member");
    check("SUN", "UN", date(1991, 12, 26), "no");
    check("RUS", "UN", date(1991, 12, 26), "member");
    check("CSK", "COE", date(1992, 6, 1), "member");
    check("CZE", "UN", date(1993, 1, 19), "member");
    check("DDR", "UN", date(1990, 10, 3), "no");
}

#[test]
fn lists_have_the_sizes_that_are_known() {
    let count = |organisation, day, status| {
        let rows = Gazetteer::embedded().members(organisation, Some(day));
        rows.iter().filter(|row| row.status == status).count()
    };
    let today = date(2025, 6, 30);
    for (organisation, members) in [
        ("UN", 193),
        ("EU", 27),
        ("NATO", 32),
        ("OSCE", 57),
        ("COE", 46),
        ("SCO", 10),
        ("BRICS", 10),
        ("ASEAN", 10),
        ("OPEC", 12),
        ("OECD", 38),
        ("OIC", 57),
        ("LAS", 22),
        ("G20", 21),
        ("G7", 7),
        ("GCC", 6),
        ("EUROZONE", 20),
        ("APEC", 21),
        ("CPTPP", 12),
        ("RCEP", 14),
        ("CIS", 9),
        ("EAEU", 5),
        ("SADC", 16),
        ("ECOWAS", 12),
        ("EAC", 8),
    ] {
        assert_eq!(
            count(organisation, today, Status::Member) + count(organisation, today, Status::Suspended),
            members,
            "{organisation}"
        );
    }
    assert_eq!(count("EU", date(2013, 7, 1), Status::Member), 28);
    assert_eq!(count("UN", date(2005, 1, 1), Status::Member), 191);
    assert_eq!(count("AU", today, Status::Member) + count("AU", today, Status::Suspended), 54);
    assert_eq!(count("CSTO", today, Status::Member), 5);
}

#[test]
fn alliances_are_told_from_both_sides() {
    let gazetteer = Gazetteer::embedded();
    let allies = |state: &str, obligation: &str, day| -> Vec<&'static str> {
        let mut found: Vec<&str> = gazetteer
            .alliances(state, Some(day))
            .into_iter()
            .filter(|a| a.obligations.contains(obligation) && a.source == "hand")
            .map(|a| a.partner)
            .collect();
        found.dedup();
        found
    };
    assert_eq!(allies("AZE", "defence", date(2024, 8, 19)), ["TUR"]);
    assert_eq!(allies("AZE", "entente", date(2024, 8, 19)), ["RUS", "TUR"]);
    assert!(allies("TUR", "defence", date(2024, 8, 19)).contains(&"AZE"));
    assert!(allies("FIN", "defence", date(2023, 4, 4)).contains(&"USA"));
    assert!(!allies("FIN", "defence", date(2023, 4, 3)).contains(&"USA"));
    assert_eq!(allies("JPN", "defence", date(2020, 1, 1)), ["USA"]);
    let counted = gazetteer.alliances("FRA", Some(date(2010, 6, 1)));
    assert!(counted.iter().any(|a| a.partner == "DEU" && a.source == "ATOP"));
    assert!(gazetteer.alliances("XXX", None).is_empty());
}

#[test]
fn names_that_are_like_the_one_asked_for() {
    let gazetteer = Gazetteer::embedded();
    assert_eq!(gazetteer.near("azerbaijan", 1), ["Azerbaijan"]);
    assert!(gazetteer.near("Azerbaidjan", 5).contains(&"Azerbaijan"));
    assert_eq!(gazetteer.near("qqqqqqqqqq", 5), Vec::<&str>::new());
    let state = gazetteer.named("Türkiye").into_iter().next().expect("Türkiye");
    let names: Vec<&str> = gazetteer.names_of(state, Kind::State).into_iter().map(|(name, _)| name).collect();
    assert!(names.contains(&"Türkiye") && names.contains(&"Republic of Türkiye"), "{names:?}");
}

#[test]
fn who_is_meant_by_a_name_a_code_or_a_surname() {
    let who = |name: &str| -> Vec<String> {
        let found = Gazetteer::embedded().who(name);
        found.iter().map(|c| format!("{} {} {}", c.what.name(), c.main().code.unwrap_or("-"), c.main().name)).collect()
    };
    assert_eq!(who("Azerbaijan"), ["state AZE Azerbaijan"]);
    assert_eq!(who("azerbaijan"), ["state AZE Azerbaijan"]);
    assert_eq!(who("AZE"), ["state AZE Azerbaijan"]);
    assert_eq!(who("Azerbaijanis"), ["state AZE Azerbaijan"]);
    assert_eq!(who("Georgia"), ["state GEO Georgia", "place USA Georgia"]);
    assert_eq!(who("OPECPLUS"), ["organisation OPECPLUS OPEC+"]);
    assert_eq!(who("Ilham Aliyev"), ["person AZE Ilham Aliyev"]);
    assert!(who("Aliyev").contains(&"person AZE Heydar Aliyev".to_owned()));
    assert!(who("Zembla").is_empty());
}
