use crate::{day, line, with_rows};
use legation_analysis::dyad::Asked;
use legation_analysis::dyads::{RankBy, by_month};
use legation_analysis::{
    About, Builder, Counting, Day, Direction, DocumentRow, History, Meaning, Month, Party, Row, Scope, When, Window,
    dyad, dyads,
};
use legation_gazetteer::Gazetteer;
use legation_record::{EventType, Status};

fn code(code: &str) -> Party {
    Party::Code(code.to_owned())
}

fn year(year: i64) -> Window {
    Window::between(Some(day(year * 10_000 + 101)), Some(day(year * 10_000 + 1231)))
}

fn asked(window: Window) -> Asked {
    Asked { window, ..Asked::default() }
}

#[test]
fn a_month_without_events_is_zero_where_both_are_told_of_and_else_silence() {
    let lines = [
        line(20230105, "ACCUSE", "FRA", "ITA", ""),
        line(20230205, "CONSULT", "FRA, DEU", "", ""),
        line(20230305, "CONSULT", "FRA, DEU", "", ""),
        line(20230306, "CONSULT", "ITA, DEU", "", ""),
        line(20230505, "CONSULT", "FRA, ITA", "", ""),
    ];
    let history = with_rows(&lines, |_, row| row);
    let found = dyad(&history, &code("FRA"), &code("ITA"), &asked(Window::default()));
    let meanings: Vec<Meaning> = found.series.months.iter().map(|row| row.meaning()).collect();
    use Meaning::{Events, Silence, Uncovered, Zero};
    assert_eq!(meanings, [Events, Silence, Zero, Uncovered, Events]);
    assert_eq!(found.meanings(), [2, 1, 1, 1]);
    assert_eq!(found.months, Some((Month::of(2023, 1), Month::of(2023, 5))));
}

#[test]
fn counts_are_of_news_by_class_type_and_direction() {
    let lines = [
        line(20230110, "ACCUSE", "FRA", "ITA", ""),
        line(20230111, "SANCTION", "ITA", "FRA", ""),
        line(20230112, "AGREE", "FRA, ITA", "", ""),
        line(20230113, "AGREE", "FRA, ITA", "", ""),
        line(20230000, "AID", "FRA", "ITA", ""),
        line(20230114, "ACCUSE", "FRA", "ITA", ""),
        line(20230115, "ACCUSE", "FRA", "ITA CVL:workers", ""),
    ];
    let history = with_rows(&lines, |i, row| match i {
        3 => Row { status: Status::Historical, ..row },
        5 => Row { status: Status::Hypothetical, ..row },
        _ => Row { score: if row.event_type == EventType::Agree { 4.0 } else { -2.0 }, confidence: 0.5, ..row },
    });
    let found = dyad(&history, &code("FRA"), &code("ITA"), &asked(year(2023)));
    let january = &found.series.months[0].counts;
    assert_eq!((january.events, january.told_later, january.quads), (3, 1, [1, 0, 1, 1]));
    assert_eq!((january.cooperation_score, january.conflict_score, january.score()), (4.0, -4.0, Some(0.0)));
    assert_eq!((january.expected, found.series.undated), (1.5, 1), "what is known to the year alone is in no month");
    assert_eq!((found.forward, found.backward, found.mutual), (2, 2, 1));
    let forward = Counting { direction: Direction::Forward, ..Counting::default() };
    let one_way = dyad(&history, &code("FRA"), &code("ITA"), &Asked { counting: forward, ..asked(year(2023)) });
    assert_eq!(one_way.total.events, 2, "an accusation, and what both did together");
    let any = dyad(&history, &code("FRA"), &code("ITA"), &Asked { scope: Scope::Any, ..asked(year(2023)) });
    assert_eq!(any.total.events, 4, "civilians count when asked for");
}

/// A record with `reports` of others each month and events between Armenia and Azerbaijan: so many each month, in conflict.
fn long(months: i32, reports: impl Fn(i32) -> u32, events: impl Fn(i32) -> u32) -> History {
    let mut builder = Builder::new(About::default());
    let mut id = 0;
    for m in 0..months {
        let first = Month::of(2002, 1).plus(m).first_day();
        for i in 0..reports(m) {
            let mine = i < events(m);
            let codes = if mine { vec!["ARM", "AZE"] } else { vec!["FRA", "ITA"] };
            let day = first.plus(i as i32 % 28);
            builder.document(&DocumentRow {
                published: Some(day),
                publisher: "A",
                reports: std::slice::from_ref(&codes),
            });
            id += 1;
            let part = |code| legation_analysis::PartRow { name: code, code, ..Default::default() };
            let (actors, recipients) = ([part(codes[0])], [part(codes[1])]);
            builder.occurrence(&Row {
                id,
                when: Some(When::day(day)),
                first_published: Some(day),
                last_published: Some(day),
                event_type: EventType::Assault,
                score: -9.0,
                actors: &actors,
                recipients: &recipients,
                ..Row::default()
            });
        }
    }
    builder.finish()
}

#[test]
fn a_war_is_a_turning_point_with_its_events_and_a_growing_record_is_none() {
    let war = long(120, |m| 50 + m as u32, |m| if (60..70).contains(&m) { 12 } else { u32::from(m % 4 == 0) });
    let found = dyad(&war, &code("AZE"), &code("ARM"), &asked(Window::default()));
    let points: Vec<(&str, Month)> = found.turning_points.iter().map(|p| (p.of, p.month)).collect();
    assert_eq!(points, [("conflict", Month::of(2007, 1)), ("conflict", Month::of(2007, 11))]);
    assert_eq!(found.turning_points[0].events.len(), 3);
    assert!(found.turning_points[0].events.iter().all(|e| e.around().is_some_and(|w| w.first >= day(20070101))));
    assert!(found.turning_points[0].after > 5.0 * found.turning_points[0].before);

    let growing = long(120, |m| if m < 60 { 40 } else { 400 }, |m| if m < 60 { 2 } else { 20 });
    let found = dyad(&growing, &code("AZE"), &code("ARM"), &asked(Window::default()));
    assert!(found.turning_points.is_empty(), "five in a hundred reports before and after");
    let (recent, before) = (found.conflict.recent.expect("long"), found.conflict.before.expect("long"));
    assert!((recent.value - 50.0).abs() < 0.1 && (before.value - 50.0).abs() < 0.1);
    assert_eq!(found.conflict.trend.expect("ten years").slope, 0.0);
    assert_eq!(
        (found.cooperation.whole.expect("covered").events, found.cooperation.trend.expect("ten years").p),
        (0, 1.0)
    );
}

#[test]
fn a_rate_that_rises_from_year_to_year_is_a_trend() {
    let history = long(144, |_| 100, |m| (m / 12) as u32);
    let found = dyad(&history, &code("AZE"), &code("ARM"), &asked(Window::default()));
    let trend = found.conflict.trend.expect("twelve years");
    assert_eq!((trend.slope, trend.periods, found.conflict.trend_of), (10.0, 12, "years"));
    assert!(trend.p < 0.001);
    assert!(found.conflict.standing.expect("long") > 0.95, "higher than in all the years before");
}

#[test]
fn dyads_are_ranked_by_what_is_asked() {
    let lines = [
        line(20230110, "ACCUSE", "FRA", "ITA", ""),
        line(20230211, "ACCUSE", "ITA", "FRA", ""),
        line(20230312, "CONSULT", "FRA, DEU", "", "meet"),
        line(20230413, "AID", "DEU", "FRA", ""),
        line(20230514, "ACCUSE", "NATO", "FRA", ""),
        line(20230615, "AGREE", "DEU, POL", "", ""),
    ];
    let history = with_rows(&lines, |_, row| row);
    let gazetteer = Gazetteer::embedded();
    let first = |by| {
        let all = dyads(&history, gazetteer, Scope::Official, &Window::default(), Counting::default(), by);
        all.first().map(|r| (r.a.to_owned(), r.b.to_owned()))
    };
    let pair = |a: &str, b: &str| Some((a.to_owned(), b.to_owned()));
    assert_eq!(first(RankBy::Conflict), pair("FRA", "ITA"));
    assert_eq!(first(RankBy::Cooperation), pair("DEU", "FRA"));
    assert_eq!(first(RankBy::Meetings), pair("DEU", "FRA"));
    assert_eq!(first(RankBy::Score), None, "a mean of two events is none");
    let all = by_month(&history, gazetteer, Scope::Official, &Window::default(), Counting::default());
    let cells: usize = all.iter().map(|(_, months)| months.len()).sum();
    assert_eq!((all.len(), cells), (3, 5), "organisations are no states");
}

#[test]
fn nothing_of_another_time_and_nothing_published_later_counts() {
    let lines = [line(20220110, "ACCUSE", "FRA", "ITA", ""), line(20230110, "ACCUSE", "FRA", "ITA", "")];
    let history = with_rows(&lines, |_, row| row);
    let events = |window| dyad(&history, &code("FRA"), &code("ITA"), &asked(window)).total.events;
    assert_eq!((events(Window::default()), events(year(2022)), events(year(2021))), (2, 1, 0));
    assert_eq!(events(Window { as_of: Some(Day::of(day(20220630).date())), ..Window::default() }), 1);
}
