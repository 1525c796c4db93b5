//! Numbers in words and digits with what the text says about their exactness: "at least 30", "two to three", "dozens".

use crate::clause::Clauses;

/// A number as the text gives it. What it does not give is `None`: "dozens" has a lower bound and no number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Quantity {
    /// The one number that is named.
    pub(crate) number: Option<u64>,
    /// The least it can be by these words.
    pub(crate) low: Option<u64>,
    /// The most it can be.
    pub(crate) high: Option<u64>,
    /// First and last token of the words.
    pub(crate) tokens: (usize, usize),
}

/// A number without the words around it.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Bare {
    value: u64,
    /// "dozens", "several hundred": the value is the least it can be.
    vague: bool,
    /// "a dozen", "a hundred": round by its nature.
    round: bool,
}

/// The quantity around token `i`, which is a numeral or a word like "dozens".
pub(crate) fn around(c: &Clauses, i: usize) -> Option<Quantity> {
    let word = |k: usize| c.form(k).to_lowercase();
    if !is_numeral(&word(i)) {
        return None;
    }
    let joins = |k: usize| matches!(word(k).as_str(), "of" | "-" | "a" | "and");
    let (mut first, mut last) = (i, i);
    // "hundreds of thousands", "twenty - five", "half a million": a numeral on both sides.
    loop {
        let next = last + 1;
        if next < c.len() && is_numeral(&word(next)) {
            last = next;
        } else if next + 1 < c.len()
            && joins(next)
            && is_numeral(&word(next + 1))
            && goes_on(&word(last), &word(next), &word(next + 1))
        {
            last = next + 1;
        } else {
            break;
        }
    }
    loop {
        if first >= 1 && is_numeral(&word(first - 1)) {
            first -= 1;
        } else if first >= 2
            && joins(first - 1)
            && is_numeral(&word(first - 2))
            && goes_on(&word(first - 2), &word(first - 1), &word(first))
        {
            first -= 2;
        } else {
            break;
        }
    }
    let words = |a: usize, b: usize| (a..=b).map(word).collect::<Vec<_>>();
    let one = words(first, last);
    if let [single] = one.as_slice()
        && let Some((low, high)) = hyphen_range(single)
    {
        let first = behind(c, first, &["between", "from"]);
        return Some(Quantity { number: None, low: Some(low), high: Some(high), tokens: (first, last) });
    }
    let bare = read(&one)?;
    // "two to three", "between 20 and 30": the second number stands behind.
    let link = if last + 2 < c.len() { word(last + 1) } else { String::new() };
    let between = first >= 1 && word(first - 1) == "between";
    if (matches!(link.as_str(), "to" | "–" | "-" | "or") || link == "and" && between) && is_numeral(&word(last + 2)) {
        let mut end = last + 2;
        while end + 1 < c.len() && is_numeral(&word(end + 1)) {
            end += 1;
        }
        if let Some(more) = read(&words(last + 2, end)).filter(|m| m.value > bare.value && !bare.vague) {
            // "20 to 30 thousand"
            let factor = if more.value >= 1000 && bare.value < 1000 && one.len() == 1 && end > last + 2 {
                unit(&word(end)).unwrap_or(1)
            } else {
                1
            };
            let low = bare.value.saturating_mul(factor);
            let first = behind(c, first, &["between", "from", "some", "about"]);
            return Some(Quantity { number: None, low: Some(low), high: Some(more.value), tokens: (first, end) });
        }
    }
    // "30 to 20", read from its second number.
    if first >= 2 && matches!(word(first - 1).as_str(), "to" | "–" | "or") && is_numeral(&word(first - 2)) {
        return around(c, first - 2).filter(|q| q.tokens.1 >= last);
    }
    // "a dozen", "a few hundred"
    let counted = |w: &str| unit(w).is_some() || matches!(w, "half" | "few" | "couple");
    if counted(&word(first)) {
        first = behind(c, first, &["a", "an"]);
    }
    Some(bounded(c, bare, first, last))
}

/// Applies what stands before and behind: "at least", "up to", "about", "or more".
fn bounded(c: &Clauses, bare: Bare, first: usize, mut last: usize) -> Quantity {
    const BEFORE: &[(&[&str], Bound)] = &[
        (&["at", "least"], Bound::From),
        (&["no", "fewer", "than"], Bound::From),
        (&["no", "less", "than"], Bound::From),
        (&["not", "less", "than"], Bound::From),
        (&["a", "minimum", "of"], Bound::From),
        (&["upwards", "of"], Bound::From),
        (&["upward", "of"], Bound::From),
        (&["well", "over"], Bound::Above),
        (&["more", "than"], Bound::Above),
        (&["in", "excess", "of"], Bound::Above),
        (&["over"], Bound::Above),
        (&["above"], Bound::Above),
        (&["up", "to"], Bound::To),
        (&["as", "many", "as"], Bound::To),
        (&["no", "more", "than"], Bound::To),
        (&["not", "more", "than"], Bound::To),
        (&["at", "most"], Bound::To),
        (&["a", "maximum", "of"], Bound::To),
        (&["fewer", "than"], Bound::Below),
        (&["less", "than"], Bound::Below),
        (&["under"], Bound::Below),
        (&["nearly"], Bound::Nearly),
        (&["almost"], Bound::Nearly),
        (&["close", "to"], Bound::Nearly),
        (&["an", "estimated"], Bound::About),
        (&["estimated"], Bound::About),
        (&["about"], Bound::About),
        (&["around"], Bound::About),
        (&["some"], Bound::About),
        (&["approximately"], Bound::About),
        (&["roughly"], Bound::About),
    ];
    let lower = |k: usize| c.form(k).to_lowercase();
    let stands = |words: &[&str]| {
        words.len() <= first && words.iter().rev().enumerate().all(|(n, w)| lower(first - 1 - n) == *w)
    };
    // The longest first: "no more than" ends in "more than".
    let before = BEFORE.iter().filter(|(words, _)| stands(words)).max_by_key(|(words, _)| words.len());
    let mut bound = before.map_or(
        if bare.vague {
            Bound::From
        } else if bare.round {
            Bound::About
        } else {
            Bound::Exact
        },
        |b| b.1,
    );
    let start = first - before.map_or(0, |(words, _)| words.len());
    if last + 2 < c.len() && lower(last + 1) == "or" && lower(last + 2) == "more" {
        (bound, last) = (Bound::From, last + 2);
    }
    if c.form(last).ends_with('+') {
        bound = Bound::From;
    }
    let n = bare.value;
    let (low, high) = match bound {
        Bound::Exact => (Some(n), Some(n)),
        Bound::From => (Some(n), None),
        Bound::Above => (Some(if bare.vague { n } else { n + 1 }), None),
        Bound::To | Bound::Nearly => (None, Some(n)),
        Bound::Below => (None, Some(n.saturating_sub(1))),
        Bound::About => (None, None),
    };
    // "up to hundreds" bounds nothing.
    let (low, high) = if bare.vague {
        (Some(n).filter(|_| !matches!(bound, Bound::To | Bound::Below | Bound::Nearly)), None)
    } else {
        (low, high)
    };
    Quantity { number: (!bare.vague).then_some(n), low, high, tokens: (start, last) }
}

#[derive(Clone, Copy)]
enum Bound {
    Exact,
    From,
    Above,
    To,
    Below,
    Nearly,
    About,
}

/// The place before `first` where one of the words stands, else `first`.
fn behind(c: &Clauses, first: usize, words: &[&str]) -> usize {
    if first >= 1 && words.contains(&c.form(first - 1).to_lowercase().as_str()) { first - 1 } else { first }
}

/// Whether two numerals with a word between them are one: "tens of thousands", "twenty-five", "two hundred and fifty",
/// "half a million".
fn goes_on(left: &str, link: &str, right: &str) -> bool {
    match link {
        "of" => is_plural_unit(left) && is_plural_unit(right),
        "-" => small(left).is_some_and(|n| n >= 20 && n % 10 == 0) && small(right).is_some_and(|n| n < 10),
        "and" => matches!(left, "hundred" | "thousand") && small(right).is_some(),
        _ => left == "half" && unit(right).is_some(),
    }
}

fn is_numeral(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit()) && (number(word).is_some() || hyphen_range(word).is_some())
        || small(word).is_some()
        || unit(word).is_some()
        || is_plural_unit(word)
        || matches!(word, "half" | "several" | "few" | "couple")
}

/// Reads numerals side by side.
fn read(words: &[String]) -> Option<Bare> {
    let (mut total, mut current, mut vague, mut any) = (0f64, 0f64, false, false);
    let mut round = words.len() == 1 || words.first().is_some_and(|w| w == "half");
    for w in words.iter().map(String::as_str) {
        if let Some(n) = number(w) {
            (current, any) = (current + n, true);
            round = false;
        } else if let Some(n) = w.contains('-').then(|| compound(w)).flatten().or_else(|| small(w)) {
            (current, any) = (current + n as f64, true);
            round = false;
        } else if w == "half" {
            (current, any) = (0.5, true);
        } else if matches!(w, "several" | "few") {
            (current, vague) = (2.0, true);
        } else if w == "couple" {
            (current, any) = (2.0, true);
        } else if is_plural_unit(w) {
            let n = unit(w.trim_end_matches('s')).unwrap_or(10) as f64;
            // "tens of thousands" is ten thousand twice over at least.
            current = if current > 0.0 { current * n } else { 2.0 * n };
            (vague, any) = (true, true);
            round = false;
        } else if let Some(n) = unit(w) {
            current = if current > 0.0 { current } else { 1.0 } * n as f64;
            any = true;
            if n >= 1000 {
                (total, current) = (total + current, 0.0);
            }
        }
    }
    let value = total + current;
    // Half a person is a misreading; so is more than there are people.
    (any && value >= 1.0 && value.fract() == 0.0 && value < 9e9).then_some(Bare { value: value as u64, vague, round })
}

/// A number below a hundred in words.
pub(crate) fn small(word: &str) -> Option<u64> {
    const WORDS: [&str; 20] = [
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
    ];
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    let found = WORDS.iter().position(|w| *w == word).map(|n| n as u64);
    found.or_else(|| TENS.iter().position(|w| *w == word).map(|n| (n as u64 + 2) * 10)).or_else(|| compound(word))
}

/// "twenty-five"
fn compound(word: &str) -> Option<u64> {
    let (tens, ones) = word.split_once('-')?;
    let (tens, ones) = (small(tens)?, small(ones)?);
    (tens >= 20 && tens % 10 == 0 && (1..10).contains(&ones)).then_some(tens + ones)
}

fn unit(word: &str) -> Option<u64> {
    Some(match word {
        "dozen" => 12,
        "hundred" => 100,
        "thousand" => 1000,
        "million" => 1_000_000,
        "billion" => 1_000_000_000,
        _ => return None,
    })
}

fn is_plural_unit(word: &str) -> bool {
    matches!(word, "tens" | "dozens" | "scores" | "hundreds" | "thousands" | "millions")
}

/// "1,200", "1.5", "30+".
fn number(word: &str) -> Option<f64> {
    let word = word.trim_end_matches('+');
    let grouped = word.contains(',');
    let plain: String = word.chars().filter(|c| *c != ',').collect();
    if grouped && !word.split(',').skip(1).all(|g| g.len() == 3) {
        return None;
    }
    let digits =
        plain.chars().all(|c| c.is_ascii_digit() || c == '.') && plain.starts_with(|c: char| c.is_ascii_digit());
    digits.then(|| plain.parse().ok())?
}

/// "20-30", "20–30".
fn hyphen_range(word: &str) -> Option<(u64, u64)> {
    let (low, high) = word.split_once(['-', '–'])?;
    let whole = |w: &str| number(w).filter(|n| n.fract() == 0.0).map(|n| n as u64);
    let (low, high) = (whole(low)?, whole(high)?);
    (low < high && high < 100 * low.max(1)).then_some((low, high))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codebook::Codebook;
    use legation_record::{Relation, Sentence, Span, Token, Upos};

    /// The quantity around the first numeral of a text of words parted by blanks.
    fn check(text: &str, number: Option<u64>, low: Option<u64>, high: Option<u64>, words: &str) {
        let mut sentence = Sentence { span: Span::new(0, text.len()), ..Sentence::default() };
        let mut at = 0;
        for word in text.split(' ') {
            sentence.tokens.push(Token {
                span: Span::new(at, at + word.len()),
                joined: false,
                upos: Upos::X,
                feats: "_".into(),
                lemma: word.into(),
                head: 0,
                relation: Relation::Dep,
                probability: 1.0,
                entity: Default::default(),
            });
            at += word.len() + 1;
        }
        let book = Codebook::default();
        let c = Clauses::new(text, &sentence, &book.vocabulary);
        let i = (0..c.len()).find(|&i| is_numeral(&c.form(i).to_lowercase())).expect("a numeral");
        let q = around(&c, i).expect("a quantity");
        let found = c.token(q.tokens.0).span.cover(c.token(q.tokens.1).span).of(text);
        assert_eq!((q.number, q.low, q.high, found), (number, low, high, words), "{text}");
    }

    #[test]
    fn exactness_is_what_the_words_say() {
        check("30 people", Some(30), Some(30), Some(30), "30");
        check("At least 30 people", Some(30), Some(30), None, "At least 30");
        check("more than 1,200 people", Some(1200), Some(1201), None, "more than 1,200");
        check("no more than 12", Some(12), None, Some(12), "no more than 12");
        check("up to 40 men", Some(40), None, Some(40), "up to 40");
        check("nearly two hundred men", Some(200), None, Some(200), "nearly two hundred");
        check("about 30 men", Some(30), None, None, "about 30");
        check("30 or more men", Some(30), Some(30), None, "30 or more");
        check("Fewer than ten men", Some(10), None, Some(9), "Fewer than ten");
    }

    #[test]
    fn ranges_have_two_bounds_and_no_number() {
        check("20 to 30 men", None, Some(20), Some(30), "20 to 30");
        check("between 20 and 30 men", None, Some(20), Some(30), "between 20 and 30");
        check("two or three men", None, Some(2), Some(3), "two or three");
        check("20-30 men", None, Some(20), Some(30), "20-30");
        check("20 to 30 thousand men", None, Some(20_000), Some(30_000), "20 to 30 thousand");
    }

    #[test]
    fn dozens_and_hundreds_are_bounds_not_numbers() {
        check("dozens of men", None, Some(24), None, "dozens");
        check("tens of thousands of men", None, Some(20_000), None, "tens of thousands");
        check("hundreds of thousands of men", None, Some(200_000), None, "hundreds of thousands");
        check("several hundred men", None, Some(200), None, "several hundred");
        check("more than a dozen men", Some(12), Some(13), None, "more than a dozen");
        check("a dozen men", Some(12), None, None, "a dozen");
        check("two dozen men", Some(24), Some(24), Some(24), "two dozen");
        check("half a million men", Some(500_000), None, None, "half a million");
        check("twenty-five men", Some(25), Some(25), Some(25), "twenty-five");
        check("1.5 million men", Some(1_500_000), Some(1_500_000), Some(1_500_000), "1.5 million");
        check("two hundred and fifty men", Some(250), Some(250), Some(250), "two hundred and fifty");
    }
}
