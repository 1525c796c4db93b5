//! Places by their names: what GeoNames lists, by whatever spelling the news uses.

use legation_gazetteer::{PlaceEntry, Places};

fn places(name: &str) -> Vec<PlaceEntry> {
    Places::embedded().named(name).places
}

fn first(name: &str) -> PlaceEntry {
    places(name).into_iter().next().unwrap_or_else(|| panic!("no place {name}"))
}

#[test]
fn the_index_holds_the_worlds_towns_in_less_than_twelve_megabytes() {
    assert!(Places::embedded().len() > 230_000);
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../gazetteer/places.index");
    assert!(std::fs::metadata(path).expect("the index").len() < 12_000_000);
}

#[test]
fn a_name_leads_to_the_place_with_its_region_state_and_coordinates() {
    let bucha = first("Bucha");
    assert_eq!((bucha.country, bucha.is_region), ("UKR", false));
    assert!((bucha.latitude.expect("a town has one") - 50.54).abs() < 0.05, "{bucha:?}");
    assert!((bucha.longitude.expect("a town has one") - 30.21).abs() < 0.05, "{bucha:?}");
    assert_eq!(first("Riyadh").country, "SAU");
    assert_eq!(first("Petropavlovsk-Kamchatsky").country, "RUS");
}

#[test]
fn capitals_marks_hyphens_and_apostrophes_do_not_matter() {
    let plain = first("Deir ez-Zor");
    for other in ["Deir ez Zor", "DEIR EZ-ZOR", "Deir ez‑Zor"] {
        assert_eq!(first(other), plain, "{other}");
    }
    assert_eq!(first("Chisinau").geonameid, first("Chişinău").geonameid);
    assert_eq!(first("Sana'a").geonameid, first("Sana’a").geonameid);
}

#[test]
fn former_and_contested_names_lead_to_one_place_that_knows_both() {
    for (one, two) in [
        ("Stepanakert", "Khankendi"),
        ("Kyiv", "Kiev"),
        ("Shusha", "Shushi"),
        ("Astana", "Nur-Sultan"),
        ("Saint Petersburg", "Leningrad"),
        ("Mumbai", "Bombay"),
        ("Derry", "Londonderry"),
    ] {
        let city = |name| places(name).into_iter().find(|p| !p.is_region).unwrap_or_else(|| panic!("no city {name}"));
        let (a, b) = (city(one), city(two));
        assert_eq!(a.geonameid, b.geonameid, "{one} and {two}");
        let names: Vec<&str> = std::iter::once(a.name).chain(a.also.iter().copied()).collect();
        assert!(names.contains(&one) && names.contains(&two), "{names:?}");
    }
}

#[test]
fn a_name_that_several_places_share_gives_them_all_the_largest_first() {
    let tripoli = places("Tripoli");
    let countries: Vec<&str> = tripoli.iter().filter(|p| p.population > 100_000.0).map(|p| p.country).collect();
    assert!(countries.contains(&"LBY") && countries.contains(&"LBN"), "{countries:?}");
    assert!(tripoli.windows(2).all(|p| p[0].population >= p[1].population));
}

#[test]
fn words_and_persons_are_marked() {
    for name in ["Reading", "Nice", "Clinton", "Putin"] {
        let found = Places::embedded().named(name);
        assert!(found.doubtful || found.places.is_empty(), "{name}");
    }
    assert!(!Places::embedded().named("Donetsk").doubtful);
}

#[test]
fn regions_are_found_with_and_without_the_word_for_them() {
    for name in ["Helmand", "Rivne Oblast", "Khuzestan", "Bavaria", "Xinjiang"] {
        assert!(places(name).iter().any(|p| p.is_region && p.latitude.is_none()), "{name}: {:?}", places(name));
    }
}

#[test]
fn the_longest_name_wins_and_ends_with_a_word() {
    let longest = |words: &str| {
        let tokens: Vec<&str> = words.split(' ').collect();
        Places::embedded().longest(&tokens).map(|found| (found.tokens, found.places[0].country))
    };
    assert_eq!(longest("New York City , where"), Some((3, "USA")));
    assert_eq!(longest("Sharm el - Sheikh ."), Some((4, "EGY")));
    assert_eq!(longest("Stepanakert - based"), Some((1, "AZE")));
    assert_eq!(longest("Zzyzxqy"), None);
    assert_eq!(longest(""), None);
}

#[test]
fn countries_have_their_identifiers() {
    assert_eq!(Places::embedded().country_id("AZE"), Some(587_116));
    assert_eq!(Places::embedded().country_id("ZZZ"), None);
}
