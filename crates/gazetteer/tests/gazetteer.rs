//! What the gazetteer promises to its users, in one binary.

use jiff::civil::{Date, date};
use legation_gazetteer::{AgentClass, Entry, Gazetteer, Kind, Level, Match, name_tokens};

fn longest(text: &str) -> Option<Match<'static, Entry>> {
    let tokens: Vec<&str> = text.split(' ').collect();
    Gazetteer::embedded().longest(&tokens)
}

/// The longest name at the start of the space-separated tokens: its words, and each entry as `kind code sectors`.
fn check(text: &str, expected: &str, entries: &[&str]) {
    let tokens: Vec<&str> = text.split(' ').collect();
    let found = longest(text);
    let words = found.as_ref().map(|m| tokens[..m.tokens].join(" ")).unwrap_or_default();
    assert_eq!(words, expected, "the name that begins {text:?}");
    let described: Vec<String> = found
        .iter()
        .flat_map(|m| &m.entries)
        .map(|e| {
            let mark = if e.ambiguous { "?" } else { "" };
            format!("{:?}{mark} {} {}", e.kind, e.code.unwrap_or("-"), e.sectors.to_vec().join(","))
                .trim_end()
                .to_owned()
        })
        .collect();
    for entry in entries {
        assert!(described.iter().any(|d| d == entry), "{text:?} gives {described:?}, not {entry:?}");
    }
}

#[test]
fn states_by_name_adjective_and_people() {
    check("Russia said", "Russia", &["State RUS"]);
    check("Russian troops", "Russian", &["Adjective RUS"]);
    check("Azeris", "Azeris", &["People AZE"]);
    check("the Netherlands", "", &[]);
    check("Netherlands and", "Netherlands", &["State NLD"]);
    check("Soviet Union", "Soviet Union", &["State SUN"]);
    check("Czech Republic 's", "Czech Republic", &["State CZE"]);
    check("Eswatini", "Eswatini", &["State SWZ"]);
    check("Swaziland", "Swaziland", &["State SWZ"]);
    check("Kosovo", "Kosovo", &["State XKX"]);
    check("Ivory Coast", "Ivory Coast", &["State CIV"]);
    check("Britons", "Britons", &["People GBR"]);
}

#[test]
fn longest_name_wins() {
    check("Guinea - Bissau", "Guinea - Bissau", &["State GNB"]);
    check("Guinea is", "Guinea", &["State? GIN"]);
    check("South Sudan 's", "South Sudan", &["State SSD"]);
    check("Democratic Republic of the Congo", "Democratic Republic of the Congo", &["State COD"]);
    check("Republic of the Congo", "Republic of the Congo", &["State COG"]);
    check("North Korean leader", "North Korean", &["Adjective PRK"]);
    check("UN Security Council voted", "UN Security Council", &["Organisation UN IGO"]);
}

#[test]
fn spelling_variants() {
    check("U.S.", "U.S.", &["State USA"]);
    check("U.S .", "U.S", &["State USA"]);
    check("US President", "US", &["State USA"]);
    check("us President", "", &[]);
    check("turkey", "", &[]);
    check("Türkiye", "Türkiye", &["State TUR"]);
    check("Turkiye", "Turkiye", &["State TUR"]);
    check("AZERBAIJAN", "AZERBAIJAN", &["State AZE"]);
    check("al - Shabaab", "al - Shabaab", &["Group SOM REB"]);
    check("Cote d’Ivoire", "Cote d’Ivoire", &["State CIV"]);
    assert!(longest("AZERBAIJAN").is_some_and(|m| m.capitals));
}

#[test]
fn seats_and_bodies_carry_their_sector() {
    check("Kremlin", "Kremlin", &["Metonym RUS GOV"]);
    check("Pentagon", "Pentagon", &["Metonym USA MIL"]);
    check("Knesset", "Knesset", &["Metonym ISR LEG"]);
    check("Downing Street", "Downing Street", &["Metonym GBR GOV"]);
    check("Brussels", "Brussels", &["Capital? BEL"]);
    check("Georgia", "Georgia", &["State? GEO"]);
}

#[test]
fn organisations_groups_and_partially_recognised() {
    check("European Commission", "European Commission", &["Organisation EU IGO"]);
    check("Shanghai Cooperation Organization", "Shanghai Cooperation Organization", &["Organisation SCO IGO"]);
    check("Hezbollah", "Hezbollah", &["Group LBN REB"]);
    check("CIA", "CIA", &["Group USA SPY"]);
    check("Abkhazia", "Abkhazia", &["Partial GEO PRE"]);
    check("Nagorno - Karabakh", "Nagorno - Karabakh", &["Partial AZE PRE"]);
    check("Hong Kong", "Hong Kong", &["Territory HKG"]);
}

#[test]
fn the_taliban_govern_while_they_rule() {
    let sectors_on = |day: Date| -> Vec<String> {
        let found = longest("Taliban").map(|m| m.entries).unwrap_or_default();
        let on = found.into_iter().filter(|e| e.kind == Kind::Group && e.period.contains(day));
        on.flat_map(|e| e.sectors.to_vec()).collect()
    };
    assert_eq!(sectors_on(date(1999, 1, 1)), ["GOV"]);
    assert_eq!(sectors_on(date(2010, 1, 1)), ["REB"]);
    assert_eq!(sectors_on(date(2023, 1, 1)), ["GOV"]);
}

#[test]
fn role_nouns() {
    let gazetteer = Gazetteer::embedded();
    let of = |lemmas: &[&str]| {
        let (start, agent) = gazetteer.agent_ending_at(lemmas, lemmas.len() - 1)?;
        Some((start, agent.lemma, agent.sectors.to_vec().join(","), agent.class, agent.level))
    };
    let minister = Some((1, "foreign minister", "GOV".to_owned(), AgentClass::Person, Some(Level::Minister)));
    assert_eq!(of(&["russian", "foreign", "minister"]), minister);
    assert_eq!(of(&["gunman"]).map(|a| a.2), Some("UAF".to_owned()));
    assert_eq!(of(&["defense", "ministry"]).map(|a| a.2), Some("MIL".to_owned()));
    assert_eq!(of(&["warplane"]).map(|a| a.3), Some(AgentClass::Instrument));
    assert_eq!(of(&["security", "force"]).map(|a| a.2), Some("MIL".to_owned()));
    assert_eq!(of(&["banana"]), None);
    assert!(gazetteer.agent("protester").is_some_and(|a| a.sectors.contains("CVL")));
}

#[test]
fn codes_of_the_state_lists_depend_on_the_date() {
    let gazetteer = Gazetteer::embedded();
    let cow = |code: &str, day| gazetteer.state(code).and_then(|s| s.cow_on(day));
    let gw = |code: &str, day| gazetteer.state(code).and_then(|s| s.gw_on(day));
    assert_eq!(cow("DEU", date(1989, 11, 9)), Some(260));
    assert_eq!(cow("DEU", date(1990, 10, 3)), Some(255));
    assert_eq!(gw("DEU", date(2015, 1, 1)), Some(260));
    assert_eq!(cow("SRB", date(2010, 1, 1)), Some(345));
    assert_eq!(gw("SRB", date(2010, 1, 1)), Some(340));
    assert_eq!(cow("SUN", date(1980, 1, 1)), Some(365));
    assert_eq!(cow("SUN", date(2000, 1, 1)), None);
    assert_eq!(cow("AZE", date(2024, 8, 19)), Some(373));
    assert_eq!(gazetteer.state("CSK").and_then(|s| s.period.to).map(|to| to.text()), Some("1992-12-31"));
    assert_eq!(gazetteer.sovereign("GRL"), Some("DNK"));
}

#[test]
fn names_are_split_as_the_tokeniser_splits_text() {
    let split = |name: &'static str| name_tokens(name).collect::<Vec<_>>().join(" ");
    assert_eq!(split("al-Shabaab"), "al - Shabaab");
    assert_eq!(split("Kurdistan Workers' Party"), "Kurdistan Workers ' Party");
    assert_eq!(split("Bosnia's"), "Bosnia 's");
    assert_eq!(split("Quai d'Orsay"), "Quai d'Orsay");
    assert_eq!(split("Sana'a"), "Sana'a");
    assert_eq!(split("Pakistan Muslim League (N)"), "Pakistan Muslim League ( N )");
    assert_eq!(split("U.S."), "U.S.");
}
