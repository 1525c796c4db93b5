//! All the sides of an event, written down in `sides.md` and read from there.

mod literate;

use legation::record::{Event, Participant};
use legation::{Legation, Options};
use literate::{document, examples};

/// Lower case, without the article at the beginning.
fn bare(words: &str) -> String {
    let lower = words.to_lowercase();
    ["the ", "a ", "an "].iter().find_map(|a| lower.strip_prefix(a)).unwrap_or(&lower).to_string()
}

fn described(people: &[Participant]) -> String {
    let one = |p: &Participant| {
        let code = p.code.as_deref().unwrap_or("-");
        let sector = p.sectors.first().map(|s| format!(" {s}")).unwrap_or_default();
        format!("{} ({}{})", bare(&p.text), code.to_lowercase(), sector.to_lowercase())
    };
    if people.is_empty() { "-".into() } else { people.iter().map(one).collect::<Vec<_>>().join("; ") }
}

fn line(e: &Event) -> String {
    format!("{} {} > {}", e.event_type, described(&e.actors), described(&e.recipients))
}

#[test]
fn every_side_that_the_sentence_names_takes_part_and_nobody_else() {
    let examples = examples(include_str!("sides.md"));
    assert!(examples.len() >= 15, "sides.md is read whole: {} examples", examples.len());
    let legation = Legation::new(&Options::default()).expect("the parts in the repository load");
    let mut wrong = Vec::new();
    for example in &examples {
        let found: Vec<String> = legation.code(&document(example)).coding.events.iter().map(line).collect();
        for (number, wanted) in &example.wanted {
            let (kind, people) = wanted.split_once(' ').expect("TYPE actors > recipients");
            let wanted = format!("{kind} {}", people.to_lowercase());
            if !found.contains(&wanted) {
                wrong.push(format!("sides.md:{number} (text of line {}): {wanted}; found {found:?}", example.line));
            }
        }
    }
    assert!(wrong.is_empty(), "{} events have other sides than they should:\n{}", wrong.len(), wrong.join("\n"));
}
