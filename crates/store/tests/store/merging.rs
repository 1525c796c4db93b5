use crate::made::*;
use legation_record::{EventType, Status};
use legation_store::{Filter, Item, Record};

/// The numbers of reports of the occurrences, in order of date.
fn occurrences(record: &Record) -> Vec<i64> {
    let mut found = Vec::new();
    let done = record.events::<legation_store::Error>(&Filter::default(), |f| {
        found.push(f.reports);
        Ok(())
    });
    done.expect("the record answers");
    found
}

fn check(name: &str, items: &[Item], expected: &[i64]) {
    let folder = Folder::new(name);
    let record = folder.record("r");
    add(&record, items);
    assert_eq!(occurrences(&record), expected, "{}", told(&record));
    assert_eq!(record.verify().expect("it can be checked").damage, []);
}

fn meeting(publisher: &str, published: &str, date: Option<&str>, text: &str) -> Item {
    with(article(publisher, published, text), &Report::of(EventType::Consult, date, &["RUS", "AZE"], &[]))
}

#[test]
fn reports_of_one_meeting_are_one_occurrence() {
    check(
        "one-meeting",
        &[
            meeting(
                "A",
                "2024-08-19",
                Some("2024-08-19"),
                "The presidents of RUS and AZE met in Baku on Monday to discuss gas transit.",
            ),
            meeting(
                "B",
                "2024-08-20",
                Some("2024-08-19"),
                "Presidents of AZE and RUS met in Baku on Monday and discussed the transit of gas.",
            ),
        ],
        &[2],
    );
}

#[test]
fn a_third_meeting_is_not_the_second_reported_again() {
    check(
        "third",
        &[
            meeting(
                "A",
                "2024-07-04",
                Some("2024-07"),
                "The presidents of RUS and AZE met for the second time this year to discuss gas.",
            ),
            meeting(
                "B",
                "2024-07-05",
                Some("2024-07"),
                "The presidents of RUS and AZE met for the third time this year to discuss gas.",
            ),
        ],
        &[1, 1],
    );
    check(
        "third-again",
        &[
            meeting(
                "A",
                "2024-07-04",
                Some("2024-07"),
                "The presidents of RUS and AZE met for the third time this year to discuss gas.",
            ),
            meeting(
                "B",
                "2024-07-05",
                Some("2024-07"),
                "The presidents of RUS and AZE met for the third time this year to discuss gas.",
            ),
        ],
        &[2],
    );
}

#[test]
fn other_days_places_participants_modes_and_statuses_are_other_happenings() {
    let text = "The presidents of RUS and AZE met in the capital to discuss gas transit.";
    let report = |change: fn(&mut Report)| {
        let mut report = Report::of(EventType::Consult, Some("2024-08-19"), &["RUS", "AZE"], &[]);
        report.place = Some("Baku");
        report.mode = Some("visit");
        change(&mut report);
        report
    };
    let first = || with(article("A", "2024-08-20", text), &report(|_| {}));
    type Change = fn(&mut Report);
    let changes: [(&str, Change); 7] = [
        ("day", |r| r.date = Some("2024-08-25".into())),
        ("place", |r| r.place = Some("Moscow")),
        ("participants", |r| r.actors = vec!["RUS".into(), "ARM".into()]),
        ("mode", |r| r.mode = Some("phone")),
        ("status", |r| r.status = Status::Negated),
        ("type", |r| r.event_type = EventType::Agree),
        ("direction", |r| {
            r.actors = vec!["RUS".into()];
            r.recipients = vec!["ARM".into()];
        }),
    ];
    for (name, change) in changes {
        check(name, &[first(), with(article("B", "2024-08-21", &format!("{text} ")), &report(change))], &[1, 1]);
    }
    check("same", &[first(), with(article("B", "2024-08-21", &format!("{text} ")), &report(|_| {}))], &[2]);
}

#[test]
fn who_did_it_to_whom_is_kept_apart() {
    let text = "Rockets were fired across the border at dawn on Monday, officials said.";
    let strike = |publisher: &str, from: &str, to: &str| {
        let mut report = Report::of(EventType::Assault, Some("2024-08-19"), &[from], &[to]);
        report.trigger = "fired";
        with(article(publisher, "2024-08-19", text), &report)
    };
    check("who-both", &[strike("A", "ISR", "LBN"), strike("B", "LBN", "ISR")], &[1, 1]);
    check("who-one", &[strike("A", "ISR", "LBN"), strike("B", "ISR", "LBN")], &[2]);
}

#[test]
fn the_first_day_of_a_war_is_not_chained_to_its_last() {
    let days: Vec<Item> = (1..=20)
        .map(|day| {
            let date = format!("2022-03-{day:02}");
            let mut report = Report::of(EventType::Assault, Some(&date), &["RUS"], &["UKR"]);
            report.trigger = "shelled";
            with(
                article("A", &date, &format!("Forces of RUS shelled towns of UKR again, day {day} of the war.")),
                &report,
            )
        })
        .collect();
    let folder = Folder::new("chain");
    let record = folder.record("r");
    add(&record, &days);
    let most = occurrences(&record).into_iter().max();
    assert!(most <= Some(2), "{:?}", occurrences(&record));
}

#[test]
fn wire_copy_counts_as_one_source() {
    let body: String = (0..60).map(|i| format!("word{} and so on{} ", i * 7 % 31, i)).collect();
    let wire = format!("RUS and AZE met in Baku on Monday. {body}");
    let cut = format!("RUS and AZE met in Baku on Monday. {}", &body[..body.len() - 60]);
    let own = "Leaders of RUS and AZE met in Baku on Monday, our correspondent writes.";
    let items = [
        meeting("A", "2024-08-19", Some("2024-08-19"), &wire),
        meeting("B", "2024-08-19", Some("2024-08-19"), &cut),
        meeting("C", "2024-08-19", Some("2024-08-19"), own),
        meeting("D", "2024-08-20", Some("2024-08-19"), &wire),
    ];
    for order in [[0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1]] {
        let folder = Folder::new("wire");
        let record = folder.record("r");
        for i in order {
            add(&record, &items[i..=i]);
        }
        let mut found = Vec::new();
        let done = record.events::<legation_store::Error>(&Filter::default(), |f| {
            found.push((f.reports, f.sources, f.publishers));
            Ok(())
        });
        done.expect("the record answers");
        assert_eq!(found, [(4, 2, 4)], "{order:?}");
    }
}

#[test]
fn the_order_of_adding_does_not_matter() {
    let mut dice = Dice(7);
    let texts = [
        "met in Baku to discuss gas",
        "met again and signed papers",
        "met for the third time on trade",
        "met on the border question",
    ];
    let states = ["RUS", "AZE", "ARM", "TUR"];
    let items: Vec<Item> = (0..60)
        .map(|i| {
            let published = format!("2024-08-{:02}", 1 + dice.below(4));
            let date = match dice.below(5) {
                0 => None,
                1 => Some("2024-08".to_owned()),
                _ => Some(format!("2024-08-{:02}", 1 + dice.below(4))),
            };
            let a = dice.below(2);
            let text = format!("{} and {} {} today{}", states[a], states[a + 1], texts[dice.below(4)], ".".repeat(i));
            let mut report = Report::of(EventType::Consult, date.as_deref(), &[states[a], states[a + 1]], &[]);
            report.place = [None, Some("Baku"), Some("Moscow")][dice.below(3)];
            if dice.below(4) == 0 {
                report.actors.push("GEO".to_owned());
            }
            with(article(["A", "B", "C"][dice.below(3)], &published, &text), &report)
        })
        .collect();
    let folder = Folder::new("order");
    let at_once = folder.record("at-once");
    add(&at_once, &items);
    let expected = told(&at_once);
    assert!(occurrences(&at_once).iter().any(|n| *n > 2), "the test merges nothing");
    for round in 0..12 {
        let mut shuffled = items.clone();
        dice.shuffle(&mut shuffled);
        let record = folder.record(&format!("r{round}"));
        for chunk in shuffled.chunks(1 + dice.below(25)) {
            add(&record, chunk);
        }
        assert_eq!(told(&record), expected, "round {round}");
        assert_eq!(record.verify().expect("it can be checked").damage, []);
    }
}

#[test]
fn adding_again_changes_nothing() {
    let folder = Folder::new("again");
    let record = folder.record("r");
    let items = [
        meeting("A", "2024-08-19", Some("2024-08-19"), "RUS and AZE met."),
        meeting("B", "2024-08-19", None, "RUS and AZE met again."),
    ];
    assert_eq!(add(&record, &items).documents, 2);
    let before = (told(&record), record.last_batch().expect("a number"));
    assert!(items.iter().all(|item| record.has(&item.document).expect("an answer")));
    assert_eq!(add(&record, &items), legation_store::Written::default());
    assert_eq!((told(&record), record.last_batch().expect("a number")), before);
}

/// What texts come back to for weeks: mentions whose sentences share nothing else.
#[test]
fn singular_happenings_are_one_occurrence_over_weeks_and_look_alikes_are_not() {
    let mention =
        |published: &str, date: Option<&str>, actors: &[&str], to: &[&str], trigger: &'static str, text: &str| {
            let mut report = Report::of(EventType::Assault, date, actors, to);
            report.trigger = trigger;
            with(article("A", published, text), &report)
        };
    let rus: &[&str] = &["RUS"];
    let items = [
        mention(
            "2022-03-09",
            None,
            rus,
            &["UKR"],
            "invasion",
            "Prices of grain rise in Egypt due to the RUS invasion of UKR.",
        ),
        mention(
            "2022-05-20",
            None,
            &[],
            &["UKR"],
            "invasion",
            "The embassy opens again, closed since the invasion of UKR.",
        ),
        mention(
            "2022-10-26",
            Some("2022"),
            rus,
            &["UKR"],
            "invasion",
            "A carmaker leaves after the 2022 RUS invasion of UKR.",
        ),
        // Feared, and another state's.
        mention(
            "2022-01-19",
            None,
            rus,
            &["UKR"],
            "invasion",
            "A full-scale RUS invasion of UKR would be costly, he warns.",
        ),
        mention("2022-05-21", None, &[], &["GEO"], "invasion", "Voters recall the invasion of GEO."),
        // A battle in it is none of it.
        mention("2022-07-01", None, rus, &["UKR"], "shelling", "Trains stop after the RUS shelling of UKR."),
    ];
    let folder = Folder::new("singular");
    let mut told_first = None;
    for (round, order) in [[0, 1, 2, 3, 4, 5], [5, 4, 3, 2, 1, 0], [2, 0, 5, 1, 4, 3]].into_iter().enumerate() {
        let record = folder.record(&format!("r{round}"));
        for i in order {
            add(&record, &items[i..=i]);
        }
        let mut found = occurrences(&record);
        found.sort_unstable();
        assert_eq!(found, [1, 1, 1, 3], "{}", told(&record));
        assert_eq!(told(&record), *told_first.get_or_insert_with(|| told(&record)), "round {round}");
        assert_eq!(record.verify().expect("it can be checked").damage, []);
    }
}
