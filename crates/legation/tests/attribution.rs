//! Who says so: speakers, officials, agencies and "sources" are told beside the event and never as its participants; a
//! party's claim is marked as that party's.

use legation::record::{Document, EventType};
use legation::{Legation, Options};

/// The speaker, its code and its side in the first event of the type; "–" for none.
fn check(text: &str, event_type: EventType, expected: [&str; 3]) {
    let legation = Legation::new(&Options::default()).expect("the parts in the repository load");
    let document = Document { id: "a".into(), text: text.into(), ..Document::default() };
    let coded = legation.code(&document);
    let event = coded.coding.events.iter().find(|e| e.event_type == event_type);
    let event = event.unwrap_or_else(|| panic!("no {event_type} in {text:?}: {:?}", coded.coding.events));
    let found = event.attribution.as_ref().map_or(["–".to_owned(), "–".to_owned(), "–".to_owned()], |a| {
        assert_eq!(&text[a.start as usize..a.end as usize], a.text);
        let none = || "–".to_owned();
        [a.speaker.clone(), a.code.clone().unwrap_or_else(none), a.party.map_or_else(none, |s| s.name().to_owned())]
    });
    assert_eq!(found, expected, "{text}");
    if found[2] == "–" {
        let speaks = |start: u32| event.attribution.as_ref().is_some_and(|a| a.start <= start && start < a.end);
        assert!(!event.actors.iter().chain(&event.recipients).any(|p| speaks(p.start)), "a speaker takes part: {text}");
    }
}

#[test]
fn a_party_says_what_was_done_to_it_or_what_it_did() {
    use EventType::Assault;
    check("Ukraine says that Russian forces shelled Ukrainian villages.", Assault, ["Ukraine", "UKR", "recipient"]);
    check("Ukraine says that it shot down 39 Russian missiles.", Assault, ["Ukraine", "UKR", "actor"]);
    check("Norway says that Russian forces shelled Ukrainian villages.", Assault, ["Norway", "NOR", "–"]);
}

#[test]
fn sources_and_offices_are_told_whole_with_the_state_they_are_of() {
    use EventType::Assault;
    let text = "Syrian government sources say a Turkish drone was shot down by the Syrian army near Idlib.";
    check(text, Assault, ["Syrian government sources", "SYR", "–"]);
    let text = "The New York Times reports that the United States sent weapons to Ukraine.";
    check(text, EventType::Aid, ["The New York Times", "USA", "–"]);
    check("Russian troops shelled Kherson, according to Reuters.", Assault, ["Reuters", "REUTERS", "–"]);
}

#[test]
fn what_nobody_said_is_not_attributed() {
    use EventType::{Coerce, Threaten};
    check("Footage showing a French police officer arresting a nurse was released.", Coerce, ["–", "–", "–"]);
    let text = "The United States would respond swiftly to a Russian threat to attack Ukraine.";
    check(text, Threaten, ["–", "–", "–"]);
}
