//! How many: dead, injured, arrested, and the size of a crowd, where the event's own words give a number.

use crate::clause::Clauses;
use crate::mention::Who;
use legation_record::{EventType, Relation, Size};

/// The magnitudes of an event from the numbers on its participants. `harm` says what the trigger does to recipients.
pub(crate) fn size(
    c: &Clauses,
    event_type: EventType,
    modes: &[String],
    trigger: &str,
    actors: &[Who],
    recipients: &[Who],
) -> Option<Size> {
    let mut out = Size::default();
    let total = |list: &[Who]| {
        let numbers: Vec<u64> = list.iter().filter_map(|w| number_of(c, w.head)).collect();
        (!numbers.is_empty()).then(|| numbers.iter().sum())
    };
    match event_type {
        EventType::Assault => match trigger {
            "wound" | "injure" | "hurt" | "maim" | "burn" => out.injured = total(recipients),
            "kill" | "murder" | "slay" | "assassinate" | "execute" | "behead" | "massacre" | "slaughter" | "lynch" => {
                out.dead = total(recipients);
            }
            _ => {}
        },
        EventType::Coerce if modes.iter().any(|m| m == "arrest") => out.arrested = total(recipients),
        EventType::Protest => out.crowd = total(actors),
        _ => {}
    }
    (out != Size::default()).then_some(out)
}

/// The number before a noun ("at least 30 civilians", "dozens" gives none), or the number itself.
fn number_of(c: &Clauses, h: usize) -> Option<u64> {
    parse(c.form(h)).or_else(|| {
        let n = c.child(h, &[Relation::Nummod])?;
        let factor =
            c.children_by(n, &[Relation::Compound, Relation::Nummod, Relation::Flat]).find_map(|k| parse(c.form(k)));
        match (parse(c.form(n)), factor) {
            (Some(big), Some(small)) if big >= 100 && small < 1000 => Some(big * small),
            (one, _) => one,
        }
    })
}

fn parse(word: &str) -> Option<u64> {
    const WORDS: [&str; 21] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
    ];
    let lower = word.to_lowercase();
    if let Some(n) = WORDS.iter().position(|w| *w == lower) {
        return Some(n as u64);
    }
    match lower.as_str() {
        "thirty" => return Some(30),
        "forty" => return Some(40),
        "fifty" => return Some(50),
        "hundred" => return Some(100),
        "thousand" => return Some(1000),
        "million" => return Some(1_000_000),
        _ => {}
    }
    let digits: String = lower.chars().filter(|c| *c != ',').collect();
    (!digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit())).then(|| digits.parse().ok())?
}
