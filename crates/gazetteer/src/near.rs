//! Names like one that was not found.

use std::collections::BTreeMap;

/// The names nearest to `name`, without repeats: by how they differ, then by length, then by letters.
pub fn near(name: &str, all: impl Iterator<Item = &'static str>, count: usize) -> Vec<&'static str> {
    let wanted = fold(name);
    let most = match wanted.len() {
        0 => return Vec::new(),
        1..=3 => 0,
        4..=7 => 1,
        8..=14 => 2,
        _ => 3,
    };
    let mut found: BTreeMap<(usize, usize, &'static str), ()> = BTreeMap::new();
    let words: Vec<&[char]> = words(&wanted).collect();
    for known in all {
        let folded = fold(known);
        let apart = distance(&wanted, &folded, most);
        let whole = || words.iter().all(|word| self::words(&folded).any(|other| other == *word));
        // A name with all the words comes after the slips of one letter.
        let rank = apart.or_else(|| (!words.is_empty() && whole()).then_some(2));
        if let Some(rank) = rank {
            found.insert((rank, folded.len(), known), ());
        }
    }
    found.into_keys().map(|(_, _, known)| known).take(count).collect()
}

/// Lower case without the commonest diacritics.
pub fn fold(text: &str) -> Vec<char> {
    let plain = |c: char| match c {
        'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' | 'ā' | 'ă' | 'ą' | 'ə' => 'a',
        'é' | 'è' | 'ê' | 'ë' | 'ē' | 'ė' | 'ę' | 'ě' => 'e',
        'í' | 'ì' | 'î' | 'ï' | 'ī' | 'ı' => 'i',
        'ó' | 'ò' | 'ô' | 'ö' | 'õ' | 'ø' | 'ō' | 'ő' => 'o',
        'ú' | 'ù' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' => 'u',
        'ç' | 'ć' | 'č' => 'c',
        'ñ' | 'ń' | 'ň' => 'n',
        'š' | 'ş' | 'ś' | 'ș' => 's',
        'ž' | 'ź' | 'ż' => 'z',
        'ğ' => 'g',
        'ł' => 'l',
        'ř' => 'r',
        'ý' => 'y',
        'ţ' | 'ț' => 't',
        'đ' | 'ð' => 'd',
        '’' => '\'',
        other => other,
    };
    // The dot that lower case leaves over a Turkish İ.
    text.chars().flat_map(char::to_lowercase).filter(|&c| c != '\u{307}').map(plain).collect()
}

fn words(text: &[char]) -> impl Iterator<Item = &[char]> {
    text.split(|c| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Letters added, left out, changed or swapped with their neighbour between two words, if at most `most`.
fn distance(a: &[char], b: &[char], most: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > most {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut next = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let change = row[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            next[j] = change.min(row[j] + 1).min(next[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                next[j] = next[j].min(before[j - 2] + 1);
            }
        }
        if next.iter().all(|&d| d > most) {
            return None;
        }
        before = std::mem::replace(&mut row, next);
    }
    row.last().copied().filter(|&d| d <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, expected: &[&str]) {
        let all =
            ["Azerbaijan", "Türkiye", "Shanghai Cooperation Organisation", "Organization of Turkic States", "Iran"];
        assert_eq!(near(name, all.into_iter(), 3), expected);
    }

    #[test]
    fn slips_capitals_and_parts_are_found() {
        check("Azerbaidjan", &["Azerbaijan"]);
        check("turkiye", &["Türkiye"]);
        check("TURKIYE", &["Türkiye"]);
        check("shanghai cooperation", &["Shanghai Cooperation Organisation"]);
        check("Iarn", &["Iran"]);
        check("Zembla", &[]);
        check("", &[]);
    }
}
