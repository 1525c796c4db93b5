//! Ordinals that count acts: "the third meeting".

use super::words;
use legation_record::Event;

/// The 3 of "a third meeting", "met for the third time", "the third round of talks": an ordinal close before the words
/// that name the act, or anywhere as "for the … time". "The second largest" and dates are none.
pub(crate) fn ordinal(event: &Event) -> Option<i64> {
    let text = &event.evidence.text;
    let trigger = event.evidence.trigger.start.checked_sub(event.evidence.start)? as usize;
    let words: Vec<(usize, &str)> = words(text).collect();
    let act = words.iter().position(|(at, _)| *at >= trigger)?;
    (0..words.len()).find_map(|i| {
        let number = i64::from(legation_record::ordinal(words[i].1)?);
        let next = words.get(i + 1).map(|w| w.1.to_lowercase())?;
        let times = matches!(next.as_str(), "time" | "such");
        let close = i < act && act - i <= 3 && !words[i + 1..act].iter().any(|w| w.1.ends_with("est"));
        (times || close).then_some(number)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use legation_record::{Evidence, Quote};

    fn check(text: &str, trigger: &str, expected: Option<i64>) {
        let mut event = crate::sample::event();
        let start = text.find(trigger).expect("the trigger stands in the text") as u32;
        let trigger = Quote { text: trigger.to_owned(), start: 100 + start, end: 100 + start + trigger.len() as u32 };
        event.evidence =
            Evidence { sentence: 0, text: text.to_owned(), start: 100, end: 100 + text.len() as u32, trigger };
        assert_eq!(ordinal(&event), expected, "{text}");
    }

    #[test]
    fn ordinals_count_acts_and_nothing_else() {
        check("It was the third meeting of the two leaders.", "meeting", Some(3));
        check("The 2nd round of talks ended in Geneva.", "talks", Some(2));
        check("They met for the fifth time this year.", "met", Some(5));
        check("The second largest city hosted talks.", "talks", None);
        check("The two met.", "met", None);
    }
}
