//! Dates, datelines, languages, and what web pages say of themselves.

use super::*;

fn with(published: Option<Date>, text: &str) -> (Document, Vec<String>) {
    only(read_bytes("a.txt", text.as_bytes(), &Options { published, ..Options::default() }))
}

#[test]
fn datelines() {
    let option = Some(date(2024, 8, 20));
    let day = Some(date(2024, 8, 19));
    for (text, place, agency, expected) in [
        ("BAKU, Aug 19 (Reuters) - The presidents met.", "BAKU", Some("Reuters"), day),
        ("MOSCOW, August 19, 2024 /TASS/. The presidents met.", "MOSCOW", Some("TASS"), day),
        ("MOSCOW, August 19. /TASS/. The presidents met.", "MOSCOW", Some("TASS"), day),
        ("BAKU, Azerbaijan (AP) — The presidents met.", "BAKU, Azerbaijan", Some("AP"), None),
        ("BAKU, Azerbaijan, Aug. 19, 2024 - The presidents met.", "BAKU, Azerbaijan", None, day),
        ("WASHINGTON, Aug. 19 (UPI) -- The presidents met.", "WASHINGTON", Some("UPI"), day),
        ("ASTANA, 19 August 2024 (Xinhua) -- The presidents met.", "ASTANA", Some("Xinhua"), day),
        ("Baku, August 19, AZERTAC\n\nThe presidents met.", "Baku", Some("AZERTAC"), day),
        ("Baku, 19 August 2024 – The presidents met.", "Baku", None, day),
        ("ST. PETERSBURG, Aug 19 (RIA Novosti) - They met.", "ST. PETERSBURG", Some("RIA Novosti"), day),
        ("NEW YORK — The presidents met.", "NEW YORK", None, None),
        ("Aug. 19 2024\n\nThe presidents met.", "", None, day),
    ] {
        let (document, remarks) = with(option, text);
        let dateline = document.dateline.as_ref().unwrap_or_else(|| panic!("no dateline in {text:?}"));
        assert_eq!(dateline.place.of(&document.text), place, "{text}");
        assert_eq!(dateline.agency.map(|span| span.of(&document.text)), agency, "{text}");
        assert_eq!(dateline.date, expected, "{text}");
        assert_eq!(document.published, expected.or(option), "{text}");
        let rest = &document.text[dateline.span.end as usize..];
        assert!(rest.trim_start().starts_with("The") || rest.starts_with(" They"), "{text}: {rest:?}");
        assert!(remarks.is_empty(), "{remarks:?}");
    }
}

#[test]
fn prose_is_no_dateline() {
    for text in [
        "On August 19, 2024, the presidents met in Baku.",
        "Putin arrived in Baku on August 19.",
        "The Kremlin (as Reuters reports) - said so.",
        "NATO said on August 19 that it would.",
        "Russia-Azerbaijan talks opened.",
        "May 19 was the day they met.",
        "",
        "—",
    ] {
        assert_eq!(with(None, &format!("{text} \n\nThey met.")).0.dateline, None, "{text}");
    }
}

#[test]
fn the_year_of_a_dateline_is_the_nearest_and_never_a_guess() {
    let text = "BAKU, Dec 31 (Reuters) - They met.";
    assert_eq!(with(Some(date(2024, 1, 1)), text).0.published, Some(date(2023, 12, 31)));
    assert_eq!(with(None, text).0.published, None);
    let (document, remarks) = with(None, "BAKU, Feb 30, 2024 (Reuters) - They met.");
    assert_eq!((document.published, document.dateline.is_some()), (None, true));
    assert_eq!(remarks, ["impossible date \"Feb 30, 2024\" in the dateline"]);
}

#[test]
fn dates_as_they_are_written() {
    let day = Some(date(2024, 8, 19));
    for (written, expected) in [
        ("2024-08-19", day),
        ("2024-08-19T23:59:59.000-07:00", day),
        ("2024-08-19 16:44:25-04:00", day),
        ("2024/08/19", day),
        ("20240819", day),
        ("20240819T101500Z", day),
        ("19.08.2024", day),
        ("19/08/2024", day),
        ("8/19/2024", day),
        ("19 August 2024", day),
        ("August 19th, 2024", day),
        ("Mon, 19 Aug 2024 10:00:00 GMT", day),
        ("Monday, August 19, 2024 10:00 am", day),
        ("", None),
    ] {
        let (document, remarks) = one("a.jsonl", format!("{{\"text\": \"They met.\", \"published\": \"{written}\"}}"));
        assert_eq!(document.published, expected, "{written}");
        assert!(remarks.is_empty(), "{written}: {remarks:?}");
    }
    for (written, why) in [
        ("2024-02-30", "impossible"),
        ("2024-13-01", "impossible"),
        ("30 Feb 2024", "impossible"),
        ("31/31/2024", "impossible"),
        ("08/09/2024", "certainty"),
        ("2024-08", "certainty"),
        ("August 2024", "certainty"),
        ("19 August", "certainty"),
        ("yesterday", "certainty"),
        ("1724025600", "certainty"),
    ] {
        let (document, remarks) = one("a.jsonl", format!("{{\"text\": \"They met.\", \"published\": \"{written}\"}}"));
        assert_eq!(document.published, None, "{written}");
        assert!(remarks.len() == 1 && remarks[0].contains(why), "{written}: {remarks:?}");
    }
}

#[test]
fn metadata_comes_before_the_dateline_and_the_dateline_before_the_option() {
    let option = Options { published: Some(date(2020, 1, 1)), ..Options::default() };
    let of = |text: &str| only(read_bytes("a.md", text.as_bytes(), &option)).0.published;
    assert_eq!(of("---\ndate: 2024-08-20\n---\nBAKU, Aug 19 (Reuters) - They met."), Some(date(2024, 8, 20)));
    assert_eq!(of("---\ntitle: T\n---\nBAKU, Aug 19, 2024 (Reuters) - They met."), Some(date(2024, 8, 19)));
    assert_eq!(of("They met."), Some(date(2020, 1, 1)));
    // The first date that can be read is taken.
    assert_eq!(of("---\npublished: soon\ndate: 2024-08-20\n---\nThey met."), Some(date(2024, 8, 20)));
}

const GERMAN: &str = "Der Präsident ist am Montag in die Hauptstadt gereist, um dort mit der Regierung über die \
    Zusammenarbeit der beiden Länder zu sprechen. Nach dem Treffen sagte der Minister, dass die Gespräche sehr gut \
    verlaufen seien und dass man sich bald wieder treffen werde, um über weitere Fragen zu beraten.";

#[test]
fn other_languages_are_skipped_where_it_is_certain() {
    let reason = |name: &str, bytes: &str| match read(name, bytes).as_slice() {
        [Reading::Skipped(skipped)] => skipped.reason.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(reason("a.txt", GERMAN), Reason::Detected("de".into()));
    assert_eq!(reason("a.txt", "Президент прибыл в Баку в понедельник."), Reason::Detected("Cyrillic".into()));
    assert_eq!(reason("a.jsonl", r#"{"text": "They met.", "language": "fr-CA"}"#), Reason::Language("fr".into()));
    assert_eq!(reason("a.html", "<html lang='ru'><body><p>They met.</p></body></html>"), Reason::Language("ru".into()));
    let everything = Options { languages: Vec::new(), ..Options::default() };
    assert_eq!(only(read_bytes("a.txt", GERMAN.as_bytes(), &everything)).0.language.as_deref(), Some("de"));
}

#[test]
fn short_texts_are_read_and_what_the_container_says_is_respected() {
    let (document, _) = one("a.txt", "Der Präsident ist gereist.");
    assert_eq!(document.language, None);
    let line =
        |language: &str, text: &str| one("a.jsonl", format!("{{\"text\": \"{text}\", \"language\": \"{language}\"}}"));
    for (given, code) in [("en-US", "en"), ("en_GB.UTF-8", "en"), ("ENG", "en"), ("English", "en")] {
        assert_eq!(line(given, "They met.").0.language.as_deref(), Some(code), "{given}");
    }
    let (document, remarks) = line("xx", "They met.");
    assert_eq!((document.language, remarks), (None, vec!["\"xx\" is no language; left out".to_owned()]));
    let (document, remarks) = line("en", GERMAN);
    assert_eq!(document.language.as_deref(), Some("en"));
    assert_eq!(remarks, ["the language is given as en, but it reads like de"]);
}

/// A page as newspapers make them, written for this test.
pub const PAGE: &str = include_str!("page.html");

#[test]
fn a_page_gives_its_article_and_what_it_says_of_itself() {
    let (d, remarks) = one("page.html", PAGE);
    let paragraphs: Vec<_> = d.text.split("\n\n").collect();
    assert_eq!(
        paragraphs[0],
        "VALMERA, June 3 (Courier) — The foreign ministers of Norlund and Sarvia met in Valmera on Monday and agreed to reopen their embassies after a break of seven years."
    );
    assert!(paragraphs.contains(&"“We have turned a page,” the Norlundian minister, Ada Brenner, told reporters after the talks, which lasted for more than four hours."), "{paragraphs:#?}");
    assert_eq!(
        *paragraphs.last().unwrap(),
        "Both sides said that a first group of diplomats would travel in September."
    );
    for unwanted in [
        "Subscribe",
        "cookies",
        "Most read",
        "Share",
        "Advertisement",
        "A first comment",
        "All rights reserved",
        "World",
        "Elections in",
    ] {
        assert!(!d.text.contains(unwanted), "{unwanted} in {}", d.text);
    }
    assert_eq!(d.title.as_deref(), Some("Norlund and Sarvia to reopen embassies"));
    assert_eq!(
        (d.publisher.as_deref(), d.byline.as_deref()),
        (Some("The Valmera Courier"), Some("Jon Halvard, Mira Teslin"))
    );
    assert_eq!((d.published, d.language.as_deref()), (Some(date(2024, 6, 3)), Some("en")));
    assert_eq!(d.url.as_deref(), Some("https://courier.example/world/norlund-sarvia-embassies"));
    assert_eq!(d.dateline.unwrap().date, Some(date(2024, 6, 3)));
    assert_eq!(remarks, Vec::<String>::new());
    // What the linked data says is also in the meta elements; and without either there is no date.
    let without = PAGE.replace("application/ld+json", "text/x");
    let (d, _) = one("page.html", &without);
    assert_eq!((d.published, d.byline.as_deref()), (Some(date(2024, 6, 3)), Some("Jon Halvard")));
    let without = without.replace("article:published_time", "x").replace("datetime", "x").replace(", June 3", "");
    assert_eq!(one("page.html", &without).0.published, None);
}
