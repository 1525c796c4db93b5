//! What the gazetteer promises to its users, in one binary.

use jiff::civil::{Date, date};
use legation_gazetteer::{AgentClass, Entry, Gazetteer, Level, Match, Office, name_tokens};

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
    check("Brussels", "Brussels", &["Capital? BEL", "Organisation? EU IGO", "Place BEL"]);
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
        let on = found.into_iter().filter(|e| e.code == Some("AFG") && e.period.contains(day));
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

#[test]
fn holders_on_a_day() {
    let holder = |state, office, day| {
        Gazetteer::embedded().holder(state, office, day).map(|(person, _)| person.name).unwrap_or_default()
    };
    let cases = [
        ("USA", Office::HeadOfState, date(1991, 1, 17), "George H. W. Bush"),
        ("USA", Office::HeadOfState, date(1998, 1, 1), "Bill Clinton"),
        ("USA", Office::HeadOfState, date(2021, 1, 19), "Donald Trump"),
        ("USA", Office::HeadOfState, date(2021, 1, 20), "Joe Biden"),
        ("USA", Office::HeadOfState, date(2025, 6, 1), "Donald Trump"),
        ("USA", Office::ForeignMinister, date(2023, 6, 1), "Antony Blinken"),
        ("USA", Office::DefenceMinister, date(2003, 3, 20), "Donald Rumsfeld"),
        ("USA", Office::VicePresident, date(2022, 1, 1), "Kamala Harris"),
        ("RUS", Office::HeadOfState, date(2010, 1, 1), "Dmitry Medvedev"),
        ("RUS", Office::HeadOfState, date(2024, 8, 19), "Vladimir Putin"),
        ("RUS", Office::ForeignMinister, date(2024, 8, 19), "Sergey Lavrov"),
        ("AZE", Office::HeadOfState, date(2024, 8, 19), "Ilham Aliyev"),
        ("AZE", Office::ForeignMinister, date(2022, 1, 1), "Jeyhun Bayramov"),
        ("AZE", Office::HeadOfState, date(2010, 7, 1), "Ilham Aliyev"),
        ("GEO", Office::HeadOfState, date(2010, 7, 1), "Mikheil Saakashvili"),
        ("ARM", Office::HeadOfGovernment, date(2020, 11, 10), "Nikol Pashinyan"),
        ("DEU", Office::HeadOfGovernment, date(2010, 1, 1), "Angela Merkel"),
        ("DEU", Office::HeadOfGovernment, date(1992, 1, 1), "Helmut Kohl"),
        ("FRA", Office::HeadOfState, date(2000, 1, 1), "Jacques Chirac"),
        ("GBR", Office::HeadOfGovernment, date(2000, 1, 1), "Tony Blair"),
        ("PRK", Office::HeadOfState, date(2018, 6, 12), "Kim Jong-un"),
        ("EU", Office::HeadOfGovernment, date(2022, 1, 1), "Ursula von der Leyen"),
        ("NATO", Office::HeadOfState, date(2022, 1, 1), "Jens Stoltenberg"),
        // Nothing is known of the day after the last source.
        ("USA", Office::HeadOfState, date(2040, 1, 1), ""),
    ];
    for (state, office, day, name) in cases {
        assert_eq!(holder(state, office, day), name, "{state} {office:?} on {day}");
    }
}

#[test]
fn persons_by_name_and_date() {
    let found = |name, day| -> Vec<&str> {
        Gazetteer::embedded().persons(name, day).into_iter().map(|person| person.name).collect()
    };
    assert_eq!(found("Medvedev", Some(date(2010, 1, 1))).first(), Some(&"Dmitry Medvedev"));
    assert_eq!(found("Zelensky", Some(date(2022, 3, 1))).first(), Some(&"Volodymyr Zelenskyy"));
    assert!(found("Aliyev", Some(date(1998, 1, 1))).contains(&"Heydar Aliyev"));
    assert!(!found("Aliyev", Some(date(1998, 1, 1))).contains(&"Ilham Aliyev"));
    assert_eq!(found("May", Some(date(2017, 9, 1))).first(), Some(&"Theresa May"));
    assert_eq!(found("Jimmy Nobody", None), Vec::<&str>::new());
    check("Recep Tayyip Erdogan", "Recep Tayyip Erdogan", &["Person TUR"]);
    check("Vladimir Putin 's", "Vladimir Putin", &["Person RUS"]);
    check("Putin", "Putin", &["Person? RUS"]);
    check("May", "", &[]);
}

#[test]
fn places_lie_in_states() {
    check("Kharkiv", "Kharkiv", &["Place UKR"]);
    check("Texas", "Texas", &["Place USA"]);
    check("Astana", "Astana", &["Capital KAZ", "Place KAZ"]);
    check("Georgia", "Georgia", &["State? GEO", "Place? USA"]);
    check("Nice", "", &[]);
    let baku = longest("Baku").map(|m| m.entries).unwrap_or_default();
    let location = baku.iter().find_map(|e| e.location.as_deref()).expect("Baku lies somewhere");
    assert_eq!(location.geonameid, Some(587_084));
    assert!((location.latitude.unwrap_or(0.0) - 40.38).abs() < 0.1);
}

#[test]
fn a_title_means_who_held_the_office() {
    let gazetteer = Gazetteer::embedded();
    let name = |state, title, day| gazetteer.titled(state, title, day).map(|(person, _)| person.name);
    assert_eq!(name("RUS", "president", date(2010, 5, 3)), Some("Dmitry Medvedev"));
    assert_eq!(name("DEU", "chancellor", date(2010, 5, 3)), Some("Angela Merkel"));
    assert_eq!(name("ESP", "president", date(2018, 5, 3)), None, "a king is no president");
    assert_eq!(name("ESP", "king", date(2018, 5, 3)), Some("Felipe VI"));
    assert_eq!(name("FRA", "administration", date(2018, 5, 3)), None, "a body has no one holder");
    assert_eq!(name("FRA", "plumber", date(2018, 5, 3)), None);
}

#[test]
fn official_publishers_speak_for_their_state() {
    let gazetteer = Gazetteer::embedded();
    let of = |name, url| gazetteer.state_of_publisher(name, url);
    assert_eq!(of(Some("The White House"), None), Some("USA"));
    assert_eq!(of(None, Some("https://www.state.gov/briefings")), Some("USA"));
    assert_eq!(of(None, Some("https://foo.gov.in/x")), Some("IND"));
    assert_eq!(of(None, Some("http://en.kremlin.ru/events/president/news/1")), Some("RUS"));
    assert_eq!(
        of(Some("The Times"), Some("https://www.thetimes.co.uk/article")),
        None,
        "a country's newspaper is not it"
    );
    assert_eq!(of(None, Some("https://notstate.government.example/")), None);
    assert_eq!(of(None, Some("no address")), None);
}

#[test]
fn regions_are_no_state() {
    check("Latin American leaders", "Latin American", &["Region -"]);
    check("Central African Republic 's", "Central African Republic", &["State CAF"]);
    check("South African troops", "South African", &["Adjective ZAF"]);
}
