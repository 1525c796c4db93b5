//! Numbers in words.

/// The number of an ordinal in English words or figures: "third", "twenty-first", "28th"; at most 999. `None` for anything else,
/// a cardinal among it.
pub fn ordinal(word: &str) -> Option<u32> {
    let word = word.to_lowercase();
    if let Some(n) = ONES.iter().position(|one| *one == word) {
        return Some(n as u32 + 1);
    }
    let whole = |ten: &str| ten.strip_suffix('y').is_some_and(|stem| word.strip_suffix("ieth") == Some(stem));
    if let Some(n) = TENS.iter().position(|ten| whole(ten)) {
        return Some((n as u32 + 2) * 10);
    }
    if let Some((ten, one)) = word.split_once('-') {
        let ten = TENS.iter().position(|t| *t == ten)? as u32 + 2;
        return ONES[..9].iter().position(|o| *o == one).map(|one| ten * 10 + one as u32 + 1);
    }
    let figures = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end))?;
    figures.parse().ok().filter(|n| *n < 1000)
}

const ONES: [&str; 20] = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
];

const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

#[cfg(test)]
mod tests {
    use super::ordinal;

    #[test]
    fn ordinals_are_read_in_words_and_figures() {
        let read = |words: [&str; 7]| words.map(ordinal);
        let numbers = [Some(1), Some(12), Some(20), Some(21), Some(50), Some(28), Some(103)];
        assert_eq!(read(["First", "twelfth", "twentieth", "twenty-first", "fiftieth", "28th", "103rd"]), numbers);
        assert_eq!(read(["three", "twenty", "month", "north", "20", "twenty-tenth", "1949th"]), [None; 7]);
    }
}
