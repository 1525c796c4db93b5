use crate::{day, line, with_rows};
use legation_analysis::{History, Level, Meetings, Party, Row, Window, meetings};
use legation_gazetteer::Gazetteer;
use legation_record::{EventType, Status};

const PUTIN: &str = "RUS GOV:Vladimir Putin";
const ALIYEV: &str = "AZE GOV:Ilham Aliyev";

fn of<'a>(history: &'a History, a: &str, b: &str, window: &Window) -> Meetings<'a> {
    let party = |code: &str| Party::Code(code.to_owned());
    meetings(history, Gazetteer::embedded(), &party(a), &party(b), window)
}

fn dates(meetings: &[legation_analysis::meetings::Meeting<'_>]) -> Vec<String> {
    meetings.iter().map(|m| m.when.map_or("-".to_owned(), |when| when.to_string())).collect()
}

fn both(one: &str, other: &str) -> String {
    format!("{one}, {other}")
}

fn at<'a>(country: &'a str, row: Row<'a>) -> Row<'a> {
    let place = legation_analysis::PlaceRow { name: country, country, precision: "country", ..Default::default() };
    Row { place: Some(place), ..row }
}

#[test]
fn a_visit_and_the_talks_in_its_course_are_one_meeting() {
    let talks = both(PUTIN, ALIYEV);
    let lines = [
        line(20240422, "CONSULT", ALIYEV, "RUS", "visit"),
        line(20240703, "CONSULT", &talks, "", ""),
        line(20240818, "CONSULT", PUTIN, "AZE", "visit"),
        line(20240819, "CONSULT", &talks, "", ""),
    ];
    let history = with_rows(&lines, |i, row| at(["RUS", "KAZ", "AZE", "AZE"][i], row));
    let found = of(&history, "RUS", "AZE", &Window::default());
    assert_eq!(dates(&found.met), ["2024-04-22", "2024-07-03", "2024-08-18/2024-08-19"]);
    assert!(found.met.iter().all(|m| m.level == Level::Leaders));
    assert_eq!(found.met.iter().map(|m| m.level_assumed).collect::<Vec<_>>(), [true, false, false]);
    let count = found.count(Level::Leaders);
    assert_eq!((count.meetings, count.least, count.most), (3, 3, 3));
}

#[test]
fn a_meeting_without_a_date_widens_the_count_and_the_one_of_its_own_sentence_does_not() {
    let talks = both(PUTIN, ALIYEV);
    let lines = [
        line(20240422, "CONSULT", ALIYEV, "RUS", "visit"),
        line(0, "CONSULT", &talks, "", ""),
        line(0, "CONSULT", &talks, "", "multilateral"),
    ];
    let published = Some(day(20240820));
    let history = with_rows(&lines, |i, row| Row {
        document: 7,
        sentence_number: Some([5, 5, 4][i]),
        first_published: published,
        last_published: published,
        ..row
    });
    let found = of(&history, "RUS", "AZE", &Window::between(Some(day(20240101)), None));
    assert_eq!(dates(&found.met), ["2024-04-22"]);
    assert_eq!((found.met[0].ids.len(), found.undated.len()), (2, 1));
    let count = found.count(Level::Leaders);
    assert_eq!((count.meetings, count.least, count.most, count.undated), (1, 1, 2, 1));
}

#[test]
fn the_level_is_that_of_the_lower_side() {
    let lines = [
        line(20240110, "CONSULT", "RUS GOV:Vladimir Putin, CHN GOV:Wang Yi", "", ""),
        line(20240210, "CONSULT", "RUS GOV:Sergey Lavrov, CHN GOV:Wang Yi", "", ""),
        line(20240310, "CONSULT", "RUS, CHN", "", ""),
        line(20240410, "CONSULT", "RUS GOV:Vladimir Putin, CHN GOV:Xi Jinping", "", ""),
    ];
    let history = with_rows(&lines, |_, row| row);
    let found = of(&history, "CHN", "RUS", &Window::default());
    let levels: Vec<Level> = found.met.iter().map(|m| m.level).collect();
    assert_eq!(levels, [Level::Ministers, Level::Ministers, Level::Unknown, Level::Leaders]);
    let count = found.count(Level::Leaders);
    assert_eq!(
        (count.meetings, count.least, count.most, count.unknown_level),
        (1, 1, 2, 1),
        "the states may have been led"
    );
    assert_eq!(found.met[0].of_a, ["Wang Yi"], "sides are those of the question");
}

#[test]
fn roles_in_the_words_tell_the_level_where_no_person_is_named() {
    let words = ["foreign ministers of Russia and China", "the two presidents", "deputy foreign ministers"];
    for (words, level) in words.into_iter().zip([Level::Ministers, Level::Leaders, Level::Officials]) {
        let mut builder = legation_analysis::Builder::new(Default::default());
        let part = |code| legation_analysis::PartRow { name: code, code, sectors: "GOV", wikidata: "", words };
        let actors = [part("RUS"), part("CHN")];
        let when = legation_analysis::When::of_packed(20240210, None, None);
        builder.occurrence(&Row { id: 1, when, actors: &actors, ..Row::default() });
        let history = builder.finish();
        let found = of(&history, "RUS", "CHN", &Window::default());
        let all: Vec<Level> = found.met.iter().chain(&found.delegations).map(|m| m.level).collect();
        assert_eq!(all, [level], "{words}");
    }
}

#[test]
fn calls_stand_apart_and_letters_are_no_meetings() {
    let talks = both("USA GOV:Joe Biden", PUTIN);
    let lines = [
        line(20220212, "CONSULT", &talks, "", "phone"),
        line(20220301, "CONSULT", "USA GOV:Joe Biden", PUTIN, ""),
        line(20220401, "CONSULT", "USA GOV:Joe Biden", "RUS, CHN", "visit"),
    ];
    let history = with_rows(&lines, |_, row| row);
    let found = of(&history, "USA", "RUS", &Window::default());
    assert_eq!(
        (dates(&found.calls), dates(&found.met)),
        (vec!["2022-02-12".to_owned()], vec!["2022-04-01".to_owned()])
    );
    assert_eq!(found.count(Level::Leaders).meetings, 1, "a call is no meeting");
    assert!(
        of(&history, "RUS", "CHN", &Window::default()).met.is_empty(),
        "two hosts of a tour did not meet each other"
    );
}

#[test]
fn those_who_travel_or_gather_together_meet_each_other() {
    let lines = [
        line(20220616, "CONSULT", "FRA GOV:Emmanuel Macron, DEU GOV:Olaf Scholz", "UKR", "visit"),
        line(20230824, "CONSULT", "CHN, IND, BRA", "", "multilateral"),
    ];
    let history = with_rows(&lines, |_, row| row);
    let together = of(&history, "FRA", "DEU", &Window::default());
    assert_eq!((together.met.len(), together.met[0].others.as_slice()), (1, ["UKR"].as_slice()));
    assert_eq!(together.met[0].level, Level::Leaders);
    let summit = of(&history, "IND", "CHN", &Window::default());
    assert!(summit.met[0].with_others() && summit.met[0].level == Level::Unknown);
}

#[test]
fn what_is_expected_possible_denied_announced_or_unsure_is_unconfirmed() {
    let talks = both(PUTIN, ALIYEV);
    let one = line(20240422, "CONSULT", &talks, "", "");
    let history = with_rows(&[one; 6], |i, row| match i {
        0 => Row { status: Status::Future, ..row },
        1 => Row { status: Status::Hypothetical, ..row },
        2 => Row { status: Status::Negated, ..row },
        3 => Row { confidence: 0.3, ..row },
        4 => Row { event_type: EventType::Agree, about: Some(EventType::Consult), ..row },
        _ => Row { first_published: Some(day(20240401)), last_published: Some(day(20240401)), ..row },
    });
    let found = of(&history, "RUS", "AZE", &Window::default());
    assert!(found.met.is_empty() && found.undated.is_empty());
    let doubts: Vec<_> = found.unconfirmed.iter().map(|m| m.doubt.expect("told why")).collect();
    assert_eq!(doubts, ["expected", "possible", "denied", "told too unsurely", "announced", "expected"]);
    assert_eq!(found.count(Level::Unknown).most, 0);
}

#[test]
fn who_is_met_by_a_third_need_not_have_met_the_other() {
    let lines = [
        line(20151124, "CONSULT", "USA GOV:John Kerry, ISR, PSE", "", ""),
        line(20160124, "CONSULT", "USA, ISR, PSE", "", ""),
    ];
    let history = with_rows(&lines, |_, row| row);
    let found = of(&history, "ISR", "PSE", &Window::default());
    assert_eq!((dates(&found.met), found.unconfirmed.len()), (vec!["2016-01-24".to_owned()], 1));
    assert_eq!(found.unconfirmed[0].doubt, Some("each perhaps by itself"));
    assert_eq!(of(&history, "USA", "ISR", &Window::default()).met.len(), 2);
}

#[test]
fn whom_a_leader_receives_may_be_anybody_and_who_led_before_leads_no_more() {
    let received = [line(20120417, "CONSULT", "PSE", "ISR GOV:Benjamin Netanyahu", "visit")];
    let history = with_rows(&received, |_, row| row);
    assert_eq!(of(&history, "ISR", "PSE", &Window::default()).met[0].level, Level::Unknown);
    let travels = [line(20090804, "CONSULT", "USA GOV:Bill Clinton", "PRK", "visit")];
    let mut builder = legation_analysis::Builder::new(Default::default());
    let actor = legation_analysis::PartRow {
        name: "Bill Clinton",
        code: "USA",
        sectors: "GOV",
        words: "President Bill Clinton",
        ..Default::default()
    };
    let host = legation_analysis::PartRow { name: "North Korea", code: "PRK", ..Default::default() };
    let when = legation_analysis::When::of_packed(travels[0].when, None, None);
    builder.occurrence(&Row { id: 1, when, modes: "visit", actors: &[actor], recipients: &[host], ..Row::default() });
    let history = builder.finish();
    let found = of(&history, "USA", "PRK", &Window::default());
    assert_eq!((found.met.len(), found.delegations.len()), (0, 1));
}

#[test]
fn the_visit_of_a_warship_is_a_delegation() {
    let history = with_rows(&[line(20071128, "CONSULT", "CHN MIL:navy", "JPN", "visit")], |_, row| row);
    let found = of(&history, "CHN", "JPN", &Window::default());
    assert_eq!((found.met.len(), found.delegations.len()), (0, 1));
}

#[test]
fn one_person_is_written_in_several_ways() {
    use legation_analysis::office::may_be_one;
    assert!(may_be_one("Wang Qi-shan", "Wang Qishan") && may_be_one("Yang", "Yang Jiechi"));
    assert!(!may_be_one("Wang Yi", "Yang Jiechi") && !may_be_one("Hu Jintao", "Wen Jiabao"));
}

#[test]
fn days_apart_places_and_persons_keep_meetings_apart() {
    let talks = both(PUTIN, ALIYEV);
    let other = both("RUS GOV:Mikhail Mishustin", ALIYEV);
    let check = |lines: &[crate::Line<'_>], places: &[&str], expected: usize| {
        let later = |row| Row { first_published: Some(day(20240601)), last_published: Some(day(20240601)), ..row };
        let history = with_rows(lines, |i, row| if places.is_empty() { later(row) } else { at(places[i], row) });
        assert_eq!(of(&history, "RUS", "AZE", &Window::default()).met.len(), expected, "{lines:?} {places:?}");
    };
    let (a, b) = (line(20240422, "CONSULT", &talks, "", ""), line(20240423, "CONSULT", &talks, "", ""));
    check(&[a, b], &[], 1);
    check(&[a, b], &["RUS", "AZE"], 2);
    check(&[a, line(20240430, "CONSULT", &talks, "", "")], &["RUS", "RUS"], 2);
    check(&[a, line(20240422, "CONSULT", &other, "", "")], &["RUS", "RUS"], 2);
    // A meeting known to the month is the one of that month, where there is one; where there are two it may be either.
    let april = line(20240400, "CONSULT", &talks, "", "");
    let states = line(20240410, "CONSULT", "RUS, AZE", "", "");
    check(&[a, states, april], &[], 2);
    check(&[a, april], &[], 1);
    let history = with_rows(&[a, line(20240410, "CONSULT", &talks, "", ""), april], |_, row| Row {
        first_published: Some(day(20240601)),
        last_published: Some(day(20240601)),
        ..row
    });
    let found = of(&history, "RUS", "AZE", &Window::default());
    let count = found.count(Level::Leaders);
    assert_eq!((count.least, count.meetings, count.most), (0, 3, 3), "each of the two may be what the third tells");
}

#[test]
fn news_that_names_only_its_own_year_stands_on_its_day() {
    let lines = [line(20120000, "CONSULT", "RUS, CHN", "", "multilateral")];
    let history = with_rows(&lines, |_, row| Row {
        first_published: Some(day(20120329)),
        last_published: Some(day(20120401)),
        ..row
    });
    let found = of(&history, "RUS", "CHN", &Window::default());
    assert_eq!(dates(&found.met), ["2012-03-29"]);
    assert_eq!(found.count(Level::Unknown).least, 0, "the day is not told");
}

#[test]
fn nothing_published_later_and_no_telling_of_the_text_itself_is_used() {
    let talks = both(PUTIN, ALIYEV);
    let lines = [line(20240422, "CONSULT", &talks, "", ""), line(20240703, "CONSULT", &talks, "", "")];
    let history = with_rows(&lines, |i, row| Row { document: i as u64 + 10, ..row });
    let count = |window: Window| of(&history, "RUS", "AZE", &window).met.len();
    assert_eq!(count(Window::default()), 2);
    assert_eq!(count(Window { as_of: Some(day(20240601)), ..Window::default() }), 1);
    assert_eq!(count(Window { without: vec![11], ..Window::default() }), 1);
    assert_eq!(count(Window::between(Some(day(20240501)), Some(day(20240801)))), 1);
}
