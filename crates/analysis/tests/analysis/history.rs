use crate::{day, history, line, with_rows};
use legation_analysis::{Day, Direction, Month, Party, Scope, When, is_official};
use legation_gazetteer::Gazetteer;
use legation_record::Status;

fn code(code: &str) -> Party {
    Party::Code(code.to_owned())
}

#[test]
fn days_and_months_are_those_of_the_calendar() {
    assert_eq!(day(19700101), Day(0));
    assert_eq!(day(20240229).plus(1).to_string(), "2024-03-01");
    assert_eq!(day(19000228).plus(1).to_string(), "1900-03-01", "1900 was no leap year");
    assert_eq!(day(20240819).month(), Month::of(2024, 8));
    assert_eq!(Month::of(2024, 2).last_day(), day(20240229));
    assert_eq!(Month::of(2023, 12).plus(1).to_string(), "2024-01");
    for number in [-200_000, -1, 0, 59, 60, 11_016, 20_000, 60_000] {
        assert_eq!(Day::of(Day(number).date()), Day(number));
    }
}

#[test]
fn a_date_known_to_the_month_stays_one() {
    let august = When::of_packed(20240800, None, None).expect("a month");
    assert_eq!((august.first, august.last), (day(20240801), day(20240831)));
    assert_eq!((august.to_string().as_str(), august.month()), ("2024-08", Some(Month::of(2024, 8))));
    assert!(!august.is_day() && august.may_lie_within(day(20240815), day(20240820)));
    assert!(!august.surely_within(day(20240815), day(20240820)));
    let year = When::of_packed(20240000, None, None).expect("a year");
    assert_eq!((year.to_string().as_str(), year.month()), ("2024", None));
    let spring = When::of_packed(20240000, Some(20240401), Some(20240430)).expect("a part of a year");
    assert_eq!(spring.month(), Some(Month::of(2024, 4)));
    let range = When::of_packed(20240818, Some(20240818), Some(20240819)).expect("a range");
    assert_eq!(range.to_string(), "2024-08-18/2024-08-19");
    assert!(When::published(day(20240819)).implied());
}

#[test]
fn organs_act_for_their_state_and_rebels_do_not() {
    assert!(is_official("") && is_official("GOV") && is_official("MIL; REB") && is_official("LEG"));
    assert!(!is_official("REB") && !is_official("CVL") && !is_official("PTY; GOV") && !is_official("BUS"));
    assert!(!is_official("GOV; PRE"), "a breakaway government does not act for the state that claims it");

    let history = history(&[
        line(20240101, "ACCUSE", "AZE GOV:Ilham Aliyev", "ARM", ""),
        line(20240102, "ASSAULT", "ARM", "AZE CVL:villagers", ""),
        line(20240103, "ASSAULT", "AZE PRE:Artsakh", "ARM MIL:army", ""),
    ]);
    let dates = |scope| -> Vec<String> {
        let ties = history.between(&code("AZE"), &code("ARM"), scope);
        ties.iter().map(|tie| tie.occurrence.when().expect("dated").to_string()).collect()
    };
    assert_eq!(dates(Scope::Official), ["2024-01-01"]);
    assert_eq!(dates(Scope::Any), ["2024-01-01", "2024-01-02", "2024-01-03"]);
}

#[test]
fn acts_have_directions_and_mutual_acts_have_both() {
    let history = history(&[
        line(20240301, "ACCUSE", "RUS", "UKR", ""),
        line(20240302, "REJECT", "UKR", "RUS", ""),
        line(20240303, "AGREE", "RUS, UKR", "", ""),
        line(20240304, "SANCTION", "RUS, UKR", "FRA", ""),
    ]);
    let days = |a: &str, b: &str, direction| -> Vec<i32> {
        let ties = history.between(&code(a), &code(b), Scope::Official);
        let of = ties.iter().filter(|tie| tie.is(direction));
        of.map(|tie| tie.occurrence.when().expect("dated").first.0 - day(20240300 + 1).0 + 1).collect()
    };
    assert_eq!(days("RUS", "UKR", Direction::Both), [1, 2, 3], "acting together towards France ties them otherwise");
    assert_eq!(days("RUS", "UKR", Direction::Forward), [1, 3]);
    assert_eq!(days("UKR", "RUS", Direction::Forward), [2, 3]);
    assert_eq!(days("UKR", "RUS", Direction::Backward), [1, 3]);
    let joint = history.between(&code("UKR"), &code("RUS"), Scope::Official);
    assert_eq!(joint.iter().filter(|tie| tie.joint()).count(), 1);
    assert_eq!(days("FRA", "UKR", Direction::Backward), [4]);
}

#[test]
fn time_orders_the_rows_and_what_has_none_comes_last() {
    let history = with_rows(
        &[
            line(0, "CONSULT", "FRA, DEU", "", ""),
            line(20240502, "CONSULT", "FRA, DEU", "", ""),
            line(20240500, "CONSULT", "FRA, DEU", "", ""),
        ],
        |_, row| row,
    );
    assert_eq!(history.occurrence(0).around(), history.occurrence(0).when());
    let told: Vec<String> = history.occurrences().map(|o| o.when().map_or("-".to_owned(), |w| w.to_string())).collect();
    assert_eq!(told, ["2024-05", "2024-05-02", "-"]);
    assert_eq!(history.with_id(2).map(|o| o.row), Some(1));
    assert!(history.with_id(77).is_none());
}

#[test]
fn news_of_which_nothing_says_when_stands_where_it_was_published() {
    let published = |_, row| legation_analysis::Row { first_published: Some(day(20240305)), ..row };
    let history = with_rows(&[line(0, "ACCUSE", "FRA", "DEU", "")], published);
    let one = history.occurrence(0);
    assert_eq!((one.when(), one.around()), (None, Some(When::published(day(20240305)))));
    let told_as_history = |i, row| legation_analysis::Row { status: Status::Historical, ..published(i, row) };
    let history = with_rows(&[line(0, "ACCUSE", "FRA", "DEU", "")], told_as_history);
    assert_eq!(history.occurrence(0).around(), None);
}

#[test]
fn groups_and_persons_are_found_by_their_names() {
    let history = history(&[
        line(20231007, "ASSAULT", "PSE REB:Hamas", "ISR", ""),
        line(20231008, "ASSAULT", "ISR MIL:army", "PSE REB:Hamas", ""),
        line(20240101, "CONSULT", "RUS GOV:Vladimir Putin, CHN GOV:Xi Jinping", "", "meet"),
    ]);
    let gazetteer = Gazetteer::embedded();
    let hamas = Party::find("hamas", gazetteer, &history).expect("takes part");
    assert_eq!(hamas, Party::Name("Hamas".to_owned()));
    let ties = history.between(&hamas, &code("ISR"), Scope::Official);
    assert_eq!(ties.iter().map(|t| (t.forward(), t.backward())).collect::<Vec<_>>(), [(true, false), (false, true)]);
    assert!(history.between(&code("PSE"), &code("ISR"), Scope::Official).is_empty(), "Hamas is not Palestine's state");
    assert_eq!(Party::find("Russian Federation", gazetteer, &history), Some(code("RUS")));
    assert_eq!(Party::find("Vladimir Putin", gazetteer, &history), Some(Party::Name("Vladimir Putin".to_owned())));
    assert_eq!(Party::find("Nobody of this Name", gazetteer, &history), None);
}

#[test]
fn coverage_counts_documents_and_reports_by_state_and_month() {
    let history = history(&[
        line(20240501, "CONSULT", "FRA, DEU", "", ""),
        line(20240502, "ACCUSE", "FRA", "FRA CVL:strikers", ""),
        line(20240701, "CONSULT", "FRA, ITA", "", ""),
    ]);
    let coverage = history.coverage();
    assert_eq!(coverage.months(), Some((Month::of(2024, 5), Month::of(2024, 7))));
    let may = coverage.of_month(Month::of(2024, 5));
    assert_eq!((may.documents, may.reports, may.publishers), (2, 2, 1));
    assert_eq!(coverage.of_month(Month::of(2024, 6)).documents, 0);
    let france = |month| history.covered(&code("FRA"), Month::of(2024, month)).expect("a code").reports;
    assert_eq!((france(5), france(6), france(7)), (2, 0, 1));
    assert_eq!(history.covered(&code("DEU"), Month::of(2024, 7)).expect("a code").reports, 0);
    let about = history.about();
    assert_eq!((about.documents, about.reports, about.occurrences), (3, 3, 3));
}

#[test]
fn an_occurrence_tells_what_its_row_told() {
    let history = with_rows(&[line(20240819, "CONSULT", "RUS GOV:Vladimir Putin", "AZE", "visit")], |_, row| {
        legation_analysis::Row {
            status: Status::Historical,
            occasion: "the summit",
            trigger: "arrived",
            sentence: "Putin arrived in Baku.",
            speaker: Some(("the Kremlin", Some("RUS"))),
            size: [Some(3), None, None, None],
            ordinal: Some(3),
            place: Some(legation_analysis::PlaceRow {
                name: "Baku",
                country: "AZE",
                precision: "city",
                ..Default::default()
            }),
            ..row
        }
    });
    let one = history.occurrence(0);
    assert_eq!(
        (one.trigger(), one.sentence(), one.occasion()),
        ("arrived", Some("Putin arrived in Baku."), Some("the summit"))
    );
    assert_eq!(one.place().map(|p| (p.name, p.country)), Some(("Baku", Some("AZE"))));
    assert_eq!((one.ordinal(), one.size()[0], one.status()), (Some(3), Some(3), Status::Historical));
    assert_eq!(one.speaker().map(|s| s.code), Some(Some("RUS")));
    assert!(one.happened() && one.has_mode("visit") && !one.is_mutual());
    let told: Vec<_> = one.participants().map(|p| (p.name, p.code, p.actor, p.official)).collect();
    assert_eq!(told, [("Vladimir Putin", Some("RUS"), true, true), ("AZE", Some("AZE"), false, true)]);
}
