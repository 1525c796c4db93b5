//! Queries written by hand, against the dated tables and a record made for the test. No language here.

use legation_analysis::{About, Builder, Day, DocumentRow, History, PartRow, PlaceRow, Row, When};
use legation_claims::{
    Answer, Aspect, Bloc, Count, Definition, Level, Membership, Occurrences, Party, Pattern, Query, Sources, Standing,
    Verdict, War, WarTest, What, Window, answer,
};
use legation_gazetteer::Gazetteer;
use legation_record::EventType;

fn day(text: &str) -> jiff::civil::Date {
    text.parse().expect("a date")
}

fn window(from: &str, to: &str) -> Window {
    Window { from: day(from), to: day(to) }
}

fn ask(query: &Query, history: Option<&History>, until: Option<&str>) -> Answer {
    answer(query, &Sources { gazetteer: Gazetteer::embedded(), history, until: until.map(day), own: None })
}

const PUTIN: (&str, &str, &str) = ("Vladimir Putin", "RUS", "Q7747");
const ALIYEV: (&str, &str, &str) = ("Ilham Aliyev", "AZE", "Q57371");

fn person((name, code, item): (&str, &str, &str)) -> Party {
    let sectors = vec!["GOV".to_owned()];
    Party { code: Some(code.to_owned()), name: name.to_owned(), wikidata: Some(item.to_owned()), sectors, person: true }
}

/// A record of meetings of the two presidents: day, country, confidence.
fn meetings(days: &[(&str, &str, f32)]) -> History {
    let mut builder = Builder::new(About::default());
    for (i, (when, country, confidence)) in days.iter().enumerate() {
        let published = Day::of(day(when)).plus(1);
        builder.document(&DocumentRow {
            published: Some(published),
            publisher: "A paper",
            reports: &[vec!["RUS", "AZE"]],
        });
        let part = |(name, code, wikidata)| PartRow { name, code, wikidata, sectors: "GOV", ..PartRow::default() };
        builder.occurrence(&Row {
            id: i as u64 + 1,
            when: Some(When::day(Day::of(day(when)))),
            first_published: Some(published),
            last_published: Some(published),
            event_type: EventType::Consult,
            confidence: *confidence,
            actors: &[part(PUTIN), part(ALIYEV)],
            place: Some(PlaceRow { name: "There", country, precision: "city", ..PlaceRow::default() }),
            ..Row::default()
        });
    }
    builder.finish()
}

fn met(count: Count, within: Window) -> Query {
    let pattern = Pattern {
        what: What::Meetings(Level::Leaders),
        who: vec![person(PUTIN), person(ALIYEV)],
        to: Vec::new(),
        country: None,
        place: None,
    };
    Query::Occurrences(Occurrences { pattern, within, count, slack: 0, own_included: false })
}

#[test]
fn a_query_is_shown_as_text() {
    let query = met(Count::AtLeast(3), window("2024-01-01", "2024-08-19"));
    let told = "count of meetings of leaders, Vladimir Putin (RUS)–Ilham Aliyev (AZE), 2024-01-01 … 2024-08-19 ≥ 3";
    assert_eq!(query.to_string(), told);
}

#[test]
fn absence_never_contradicts_and_more_than_claimed_does() {
    let history = meetings(&[("2024-04-22", "RUS", 0.95), ("2024-07-03", "KAZ", 0.95), ("2024-08-19", "AZE", 0.95)]);
    let verdict = |count, from: &str, to: &str| ask(&met(count, window(from, to)), Some(&history), None).verdict;
    assert_eq!(verdict(Count::Exactly(3), "2024-01-01", "2024-08-31"), Verdict::Supported);
    assert_eq!(verdict(Count::AtLeast(2), "2024-01-01", "2024-08-31"), Verdict::Supported);
    assert_eq!(verdict(Count::Exactly(2), "2024-01-01", "2024-08-31"), Verdict::Contradicted);
    assert_eq!(verdict(Count::Exactly(0), "2024-01-01", "2024-08-31"), Verdict::Contradicted);
    assert_eq!(verdict(Count::Exactly(4), "2024-01-01", "2024-08-31"), Verdict::NotInRecord);
    assert_eq!(verdict(Count::Exactly(0), "2024-05-01", "2024-06-01"), Verdict::NotInRecord, "none is no proof");
    assert_eq!(verdict(Count::AtLeast(1), "1998-01-01", "1998-12-31"), Verdict::OutsideCoverage);
}

#[test]
fn doubtful_or_neighbouring_tellings_do_not_contradict() {
    let doubtful = meetings(&[("2024-04-22", "RUS", 0.5)]);
    let none = met(Count::Exactly(0), window("2024-01-01", "2024-08-31"));
    assert_eq!(ask(&none, Some(&doubtful), None).verdict, Verdict::NotInRecord);
    // A visit of three days is told three times and is one meeting.
    let visit = meetings(&[("2024-08-18", "AZE", 0.9), ("2024-08-19", "AZE", 0.9), ("2024-08-20", "AZE", 0.9)]);
    let once = met(Count::Exactly(1), window("2024-01-01", "2024-08-31"));
    assert_eq!(ask(&once, Some(&visit), None).verdict, Verdict::Supported);
}

#[test]
fn nothing_later_than_the_day_is_used() {
    let history = meetings(&[("2024-04-22", "RUS", 0.95), ("2024-07-03", "KAZ", 0.95)]);
    let twice = met(Count::Exactly(1), window("2024-01-01", "2024-12-31"));
    assert_eq!(ask(&twice, Some(&history), Some("2024-05-01")).verdict, Verdict::Supported);
    assert_eq!(ask(&twice, Some(&history), None).verdict, Verdict::Contradicted);
}

#[test]
fn the_last_is_the_last_that_is_recorded() {
    let history = meetings(&[("2024-04-22", "RUS", 0.95), ("2024-07-03", "KAZ", 0.95)]);
    let Query::Occurrences(Occurrences { pattern, .. }) = met(Count::Exactly(0), window("2024-01-01", "2024-01-01"))
    else {
        panic!("a count")
    };
    let last = |from: &str, to: &str| {
        let query = Query::Last { pattern: pattern.clone(), within: window(from, to), until: day("2024-08-20") };
        ask(&query, Some(&history), None).verdict
    };
    assert_eq!(last("2024-07-01", "2024-07-31"), Verdict::Supported);
    assert_eq!(last("2024-04-01", "2024-04-30"), Verdict::Contradicted);
}

#[test]
fn only_a_whole_table_says_no() {
    let member = |state: &str, organisation: &str, on: &str| {
        Query::Membership(Membership {
            state: state.to_owned(),
            organisation: organisation.to_owned(),
            standing: Standing::Member,
            aspect: Aspect::Holds(legation_claims::When::On(day(on))),
            holds: true,
            ordinal: None,
            among: None,
            full: true,
            again: false,
        })
    };
    let verdict = |query: &Query| ask(query, None, None).verdict;
    assert_eq!(verdict(&member("UKR", "EU", "2024-03-01")), Verdict::Contradicted);
    assert_eq!(
        verdict(&member("UKR", "NONALIGNED", "2024-03-01")),
        Verdict::NotInRecord,
        "its members are not all known"
    );
    assert_eq!(verdict(&member("UKR", "EU", "2031-03-01")), Verdict::OutsideCoverage);
    assert_eq!(verdict(&member("UKR", "no such body", "2024-03-01")), Verdict::OutsideCoverage);
}

#[test]
fn parties_beside_the_main_ones_count() {
    let war = |party: &str, against: &str, from: &str, to: &str, holds: bool| {
        let test = WarTest::Fought(window(from, to));
        let war = War { party: party.to_owned(), against: Some(against.to_owned()), inside: None, test, holds };
        ask(&Query::War(war), None, None).verdict
    };
    assert_eq!(war("ARM", "AZE", "2020-01-01", "2020-12-31", true), Verdict::Supported);
    assert_eq!(war("RUS", "GEO", "2008-08-01", "2008-08-31", true), Verdict::Supported);
    assert_eq!(war("JPN", "KOR", "2012-01-01", "2012-12-31", true), Verdict::Contradicted);
    assert_eq!(war("JPN", "KOR", "2026-01-01", "2026-12-31", true), Verdict::OutsideCoverage);
}

#[test]
fn a_military_alliance_is_what_the_reader_means_by_it() {
    let bloc = |definition| {
        let bloc =
            Bloc { state: "AZE".to_owned(), with: None, definition, on: day("2024-08-20"), since: None, holds: false };
        ask(&Query::Bloc(bloc), None, None).verdict
    };
    assert_eq!(bloc(Definition::Organisation), Verdict::Supported);
    assert_eq!(bloc(Definition::DefencePact), Verdict::Contradicted, "Shusha, 2021");
}
