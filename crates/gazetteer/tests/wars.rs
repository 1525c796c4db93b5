//! The table of wars: who fought whom, with those who fought beside them.

use legation_gazetteer::{Gazetteer, WarKind};

#[test]
fn a_state_that_fights_beside_another_is_a_party() {
    let gazetteer = Gazetteer::embedded();
    let opposed = |a: &str, b: &str| {
        let years = gazetteer.wars().iter().filter(|war| war.opposes(a, b)).map(|war| war.years);
        years.collect::<Vec<(i16, i16)>>()
    };
    assert!(opposed("RUS", "UKR").contains(&(2022, 2023)));
    assert!(opposed("AZE", "ARM").contains(&(2020, 2020)), "Armenia beside the Karabakh forces");
    assert!(opposed("GEO", "RUS").contains(&(2008, 2008)), "Russia beside South Ossetia");
    assert!(opposed("TUR", "AZE").is_empty(), "on one side in 2020");
    assert!(opposed("JPN", "KOR").is_empty());
}

#[test]
fn every_party_is_a_state_and_every_run_lies_in_the_years_the_table_is_whole_for() {
    let gazetteer = Gazetteer::embedded();
    let whole =
        gazetteer.complete().iter().find(|row| row.table == "wars").expect("it says for which years it is whole");
    for war in gazetteer.wars() {
        for state in war.sides.iter().chain(&war.beside).flatten() {
            assert!(gazetteer.state(state).is_some(), "{state} in {war:?}");
        }
        let between = war.kind == WarKind::Interstate;
        assert!(!between || !war.sides[1].is_empty() || war.opponent.is_some(), "{war:?}");
        for year in [war.years.0, war.years.1] {
            let day = jiff::civil::Date::new(year, 7, 1).expect("a date");
            assert!(whole.period.contains(day), "{war:?}");
        }
        assert!(war.deadly.iter().all(|year| war.years.0 <= *year && *year <= war.years.1), "{war:?}");
    }
}
