//! Where and when events happened, written down in `where.md` and read from there.

mod literate;

use legation::record::Event;
use legation::{Legation, Options};
use literate::{Example, document, examples};

fn place(e: &Event) -> String {
    let place = e.place.as_ref();
    let said = place.map(|p| format!("{} ({} {})", p.name, p.precision, p.country.as_deref().unwrap_or("-")));
    said.unwrap_or_else(|| "-".into())
}

fn date(e: &Event) -> String {
    e.date.as_ref().map_or_else(|| "-".into(), |d| format!("{} ({})", d.value, d.precision.name()))
}

fn occasion(e: &Event) -> String {
    e.occasion.as_ref().map_or_else(|| "-".into(), |o| o.text.clone())
}

#[test]
fn events_are_where_and_when_the_text_says() {
    let examples = examples(include_str!("where.md"));
    assert!(examples.len() >= 30, "where.md is read whole: {} examples", examples.len());
    let legation = Legation::new(&Options::default()).expect("the parts in the repository load");
    let mut wrong = Vec::new();
    for example in &examples {
        let document = document(example);
        let events = legation.code(&document).coding.events;
        for (line, wanted) in &example.wanted {
            let (word, rest) = wanted.split_once(" = ").expect("word = place | date | occasion");
            let is_named = |e: &&Event| e.evidence.trigger.text.split(' ').any(|w| w == word);
            let found: Vec<String> = events
                .iter()
                .filter(is_named)
                .map(|e| format!("{} | {} | {}", place(e), date(e), occasion(e)))
                .collect();
            if !found.iter().any(|f| f.starts_with(rest)) {
                wrong.push(format!("where.md:{line}: {wanted}; found {found:?}"));
            }
        }
        // The words are the text's own.
        for e in &events {
            let quotes = [
                e.place.as_ref().map(|p| (&p.text, p.start, p.end)),
                e.date.as_ref().map(|d| (&d.text, d.start, d.end)),
                e.occasion.as_ref().map(|o| (&o.text, o.start, o.end)),
            ];
            for (text, start, end) in quotes.into_iter().flatten() {
                assert_eq!(&document.text[start as usize..end as usize], text, "where.md:{}", example.line);
            }
        }
    }
    assert!(wrong.is_empty(), "{} events are not as they should be:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_contested_name_gives_the_others_in_use_and_one_identifier() {
    let legation = Legation::new(&Options::default()).expect("the parts in the repository load");
    let of = |text: &str| {
        let example = Example { text: text.into(), ..Example::default() };
        let events = legation.code(&document(&example)).coding.events;
        events.into_iter().find_map(|e| e.place).expect("a place")
    };
    let (one, two) = (of("Soldiers shelled Stepanakert."), of("Soldiers killed two men in Khankendi."));
    assert_eq!(one.geonameid, two.geonameid);
    assert!(one.also.iter().any(|n| n == "Khankendi"), "{one:?}");
    assert!(two.also.iter().any(|n| n == "Stepanakert"), "{two:?}");
}
