//! The words of an event's sentence that carry meaning.

use super::{FIGURE, Mark, NAME, PLAIN, Word, stem, weight, words};
use legation_record::Event;
use std::collections::{BTreeMap, BTreeSet};

/// Words kept of a sentence, the heaviest first; a long sentence has about thirty that carry meaning.
const WORDS: usize = 40;

/// How many words before and after those that name the act stand close to it.
const CLOSE: usize = 8;

/// The words of an event's sentence that carry meaning, sorted. Names of participants whom the gazetteer knows are left out.
pub(crate) fn of_event(event: &Event) -> Vec<u32> {
    let start = event.evidence.start;
    let inside = |p: u32| (p as usize).checked_sub(start as usize);
    let known = event.actors.iter().chain(&event.recipients).filter(|p| p.code.is_some());
    let taken: Vec<(usize, usize, String)> =
        known.filter_map(|p| Some((inside(p.start)?, inside(p.end)?, p.name.to_lowercase()))).collect();
    let trigger = inside(event.evidence.trigger.start).unwrap_or(usize::MAX);
    let trigger_end = inside(event.evidence.trigger.end).unwrap_or(0);
    let all: Vec<(usize, &str)> = words(&event.evidence.text).collect();
    let first = all.iter().position(|(at, _)| *at >= trigger).unwrap_or(all.len());
    let last = all.iter().rposition(|(at, _)| *at < trigger_end).unwrap_or(first);
    let mut marks: BTreeSet<Word> = BTreeSet::new();
    // A word that stands there twice, once close to the act, is close to it; a name is one wherever it stands.
    let mut found: BTreeMap<u32, Word> = BTreeMap::new();
    let mut before = String::new();
    for (i, (at, word)) in all.iter().copied().enumerate() {
        let lower = word.to_lowercase();
        let figure = word.starts_with(|c: char| c.is_numeric()) || FIGURES.iter().any(|(name, _)| *name == lower);
        let after = all.get(i + 1).map_or("", |w| w.1);
        if figure && is_of_a_date(&lower, &before, after) {
            continue;
        }
        marks.extend(MARKS.iter().filter(|(name, _)| *name == lower).map(|(_, mark)| mark.word()));
        if at == trigger && THE.contains(&before.as_str()) {
            marks.insert(Mark::Known.word());
        }
        if i == first {
            marks.extend(article(&all, i).map(Mark::word));
        }
        let stem = stem(&lower);
        if (first..=last).contains(&i) && lower.chars().count() >= 4 {
            marks.insert(Word::act(stem));
        }
        if (first..=last + 1).contains(&i) && TRIED.contains(&stem)
            || i + 2 >= first && i < first && TRIED.contains(&stem)
        {
            marks.insert(Mark::Tried.word());
        }
        let own = |(s, e, name): &(usize, usize, String)| {
            // Who it is is compared by itself; what is said of him is not.
            let named = |name: &str| name.split(|c: char| !c.is_alphanumeric()).any(|n| n == lower);
            *s <= at && at < *e && word.starts_with(char::is_uppercase) && (named(name) || weight(stem) < 8)
        };
        let kept = if figure {
            let digits = FIGURES.iter().find(|(name, _)| *name == lower).map_or(lower.as_str(), |(_, digits)| digits);
            Some(Word::new(digits, FIGURE, if digits.len() > 1 { 8 } else { 4 }))
        } else if lower.chars().count() >= 3 && !taken.iter().any(own) {
            // The first word of a sentence has its capital from there.
            let kind = if at > 0 && word.starts_with(char::is_uppercase) { NAME } else { PLAIN };
            (weight(stem) > 2 && !LINKS.contains(&lower.as_str())).then(|| Word::new(stem, kind, weight(stem)))
        } else {
            None
        };
        if let Some(word) = kept {
            let close = i + CLOSE >= first && i <= last + CLOSE;
            let entry = found.entry(word.same()).or_insert(word);
            let near = close || entry.is_near();
            // The ordering by kind puts a name before a word.
            *entry = entry.far().max(word);
            if near {
                *entry = entry.near();
            }
        }
        before = lower;
    }
    let sides: Vec<(usize, usize)> =
        event.actors.iter().chain(&event.recipients).filter_map(|p| Some((inside(p.start)?, inside(p.end)?))).collect();
    let of_side = |at: usize| sides.iter().any(|(s, e)| (*s..*e).contains(&at));
    let phrase = phrase(&event.evidence.text, &all, first, last).filter(|&i| !of_side(all[i].0));
    let names: Vec<String> = phrase.map(|i| all[i].1.to_lowercase()).collect();
    marks.extend(names.iter().map(|n| stem(n)).filter(|n| n.len() >= 3 && weight(n) >= 8).map(Word::object));
    let mut kept: Vec<Word> = found.into_values().collect();
    if kept.len() > WORDS {
        kept.sort_by_key(|w| (std::cmp::Reverse(w.weight()), *w));
        kept.truncate(WORDS);
    }
    kept.extend(marks);
    kept.sort_unstable();
    kept.into_iter().map(|w| w.0).collect()
}

/// Whether the act is spoken of as known ("the deadly mosque shootings", "Israel's blockade") or not ("a Russian invasion").
fn article(all: &[(usize, &str)], act: usize) -> Option<Mark> {
    // Over what says which one it is: names and up to two other words.
    let mut others = 0;
    for (_, word) in all[act.saturating_sub(6)..act].iter().rev() {
        let lower = word.to_lowercase();
        match lower.as_str() {
            "its" | "his" | "her" | "their" | "s" => return Some(Mark::Definite),
            the if THE.contains(&the) => return Some(Mark::Definite),
            "a" | "an" | "any" => return Some(Mark::Indefinite),
            "of" | "in" | "on" | "by" | "to" | "and" | "for" => return None,
            link if LINKS.contains(&link) => return None,
            _ => {}
        }
        others += usize::from(!word.starts_with(|c: char| c.is_uppercase() || c.is_numeric()));
        if others > 3 {
            return None;
        }
    }
    None
}

/// Stems of words by which an act was tried and not done.
const TRIED: [&str; 7] = ["attempt", "fail", "plot", "survive", "surviv", "tried", "try"];

/// The names in the phrase of the act, before it ("the Boston Marathon bombing") and after it ("of the United States Capitol", "in
/// Paris"), by their places among the words.
fn phrase<'a>(text: &'a str, all: &'a [(usize, &'a str)], first: usize, last: usize) -> impl Iterator<Item = usize> {
    let name = |i: usize| all[i].1.starts_with(char::is_uppercase);
    let joined = |i: usize| {
        let end = all[i].0 + all[i].1.len();
        let between = text.get(end..all.get(i + 1).map_or(end, |w| w.0)).unwrap_or_default();
        !between.contains([',', ';', ':', '"', '“', '(', ')']) && !between.contains(". ")
    };
    let mut found = Vec::new();
    // One word that is no name may stand between: "the Christchurch mosque shootings".
    let mut plain = 0;
    for i in (0..first).rev().take(6) {
        plain += usize::from(!name(i));
        if plain > 1
            || !joined(i)
            || LINKS.contains(&all[i].1)
            || matches!(all[i].1, "the" | "of" | "in" | "to" | "by" | "and")
        {
            break;
        }
        found.extend(Some(i).filter(|i| name(*i)));
    }
    for (i, (_, word)) in all.iter().enumerate().skip(last + 1).take(8) {
        let link = matches!(*word, "of" | "in" | "at" | "on" | "near" | "the" | "against" | "into");
        if !joined(i - 1) || !link && !name(i) {
            break;
        }
        found.extend(Some(i).filter(|i| name(*i)));
    }
    // A sentence begins with a capital.
    found.into_iter().filter(|i| *i > 0)
}

/// A year, or the day beside a month: when it was is compared by itself.
fn is_of_a_date(figure: &str, before: &str, after: &str) -> bool {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let month = |word: &str| word.get(..3).is_some_and(|w| MONTHS.contains(&w.to_lowercase().as_str()));
    let year = figure.len() == 4 && (figure.starts_with("19") || figure.starts_with("20"));
    year || month(before) || after.starts_with(char::is_uppercase) && month(after)
}

/// Words that speak of something as known.
const THE: [&str; 5] = ["the", "this", "that", "these", "those"];

/// Words that say something of the sentence as a whole.
const MARKS: [(&str, Mark); 11] = [
    ("another", Mark::New),
    ("further", Mark::New),
    ("again", Mark::New),
    ("additional", Mark::New),
    ("fresh", Mark::New),
    ("second", Mark::New),
    ("more", Mark::New),
    ("also", Mark::New),
    ("toll", Mark::Toll),
    ("yesterday", Mark::Yesterday),
    ("earlier", Mark::Yesterday),
];

/// Numbers in words; "one" is more often none.
const FIGURES: [(&str, &str); 26] = [
    ("two", "2"),
    ("three", "3"),
    ("four", "4"),
    ("five", "5"),
    ("six", "6"),
    ("seven", "7"),
    ("eight", "8"),
    ("nine", "9"),
    ("ten", "10"),
    ("eleven", "11"),
    ("twelve", "12"),
    ("thirteen", "13"),
    ("fourteen", "14"),
    ("fifteen", "15"),
    ("sixteen", "16"),
    ("seventeen", "17"),
    ("eighteen", "18"),
    ("nineteen", "19"),
    ("twenty", "20"),
    ("thirty", "30"),
    ("forty", "40"),
    ("fifty", "50"),
    ("sixty", "60"),
    ("seventy", "70"),
    ("eighty", "80"),
    ("ninety", "90"),
];

/// Longer words that join others and say nothing by themselves.
const LINKS: [&str; 24] = [
    "about",
    "after",
    "against",
    "amid",
    "been",
    "before",
    "being",
    "during",
    "following",
    "from",
    "have",
    "into",
    "least",
    "over",
    "said",
    "says",
    "than",
    "that",
    "their",
    "them",
    "under",
    "when",
    "which",
    "while",
];
