//! Whom the participants stand for, written down in `entities.md` and read from there.

mod literate;

use legation::record::Participant;
use legation::{Legation, Options};
use literate::{document, examples};

/// Articles at the beginning are no part of the claim.
fn bare(words: &str) -> String {
    let lower = words.to_lowercase();
    ["the ", "a ", "an "].iter().find_map(|a| lower.strip_prefix(a)).unwrap_or(&lower).to_string()
}

fn described(p: &Participant) -> String {
    let name = if p.code.is_none() && p.name == p.text { "-" } else { p.name.as_str() };
    format!("{} = {name} ({} {})", bare(&p.text), p.code.as_deref().unwrap_or("-"), p.sectors.join(" "))
}

#[test]
fn participants_are_who_the_words_mean_on_that_day() {
    let examples = examples(include_str!("entities.md"));
    assert!(examples.len() >= 20, "entities.md is read whole: {} examples", examples.len());
    let legation = Legation::new(&Options::default()).expect("the parts in the repository load");
    let mut wrong = Vec::new();
    for example in &examples {
        let events = legation.code(&document(example)).coding.events;
        let found: Vec<String> =
            events.iter().flat_map(|e| e.actors.iter().chain(&e.recipients)).map(described).collect();
        for (line, wanted) in &example.wanted {
            let (words, rest) = wanted.split_once(" = ").expect("words = name (code sectors)");
            let wanted = format!("{} = {rest}", bare(words));
            // "-" for the name leaves it open.
            let fits = |f: &String| {
                *f == wanted
                    || rest.starts_with("- (")
                        && f.split_once(" = ").is_some_and(|(w, r)| {
                            w == bare(words) && r.ends_with(rest.trim_start_matches('-').trim_start())
                        })
            };
            if !found.iter().any(fits) {
                wrong.push(format!("entities.md:{line} (text of line {}): {wanted}; found {found:?}", example.line));
            }
        }
    }
    assert!(wrong.is_empty(), "{} participants are not who they should be:\n{}", wrong.len(), wrong.join("\n"));
}
