//! Names are split as the tokeniser splits text, and compared without regard to Latin diacritics.

/// The tokens of a name, as the project's tokeniser (UD conventions) gives them: split at white space, hyphens and
/// dashes are tokens, "'s" and a final apostrophe or comma are split off, brackets are tokens.
pub fn name_tokens(name: &str) -> impl Iterator<Item = &str> {
    name.split_whitespace().flat_map(word_tokens)
}

fn word_tokens(word: &str) -> Pieces<'_> {
    Pieces { rest: word }
}

struct Pieces<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Pieces<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let first = self.rest.chars().next()?;
        let end = if splits(first) { first.len_utf8() } else { self.end_of_word() };
        let (piece, rest) = self.rest.split_at(end);
        self.rest = rest;
        Some(piece)
    }
}

impl Pieces<'_> {
    /// Where the next token ends: before a splitting character, before "'s" or a final apostrophe.
    fn end_of_word(&self) -> usize {
        // Most words are plain letters.
        if self.rest.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.') {
            return self.rest.len();
        }
        for (at, c) in self.rest.char_indices() {
            let rest = &self.rest[at..];
            if at > 0 && (splits(c) || (is_apostrophe(c) && (rest.chars().count() == 1 || is_possessive(rest)))) {
                return at;
            }
        }
        self.rest.len()
    }
}

fn splits(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑' | '–' | '—' | ',' | '(' | ')' | '"' | '/' | ':')
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ')
}

fn is_possessive(rest: &str) -> bool {
    let mut chars = rest.chars().skip(1);
    matches!((chars.next(), chars.next()), (Some('s' | 'S'), None))
}

/// The characters of a token as they are compared: without diacritics, one apostrophe, one hyphen; case kept.
pub fn plain(token: &str) -> impl Iterator<Item = char> {
    token.chars().flat_map(plain_char)
}

/// A hash of the token that is the same for all its spellings by case and diacritics; never 0.
pub fn hash(token: &str) -> u32 {
    // FNV-1a, 64 bits, over characters.
    let step = |hash: u64, value: u64| (hash ^ value).wrapping_mul(0x0000_0100_0000_01b3);
    let mut hash = 0xcbf2_9ce4_8422_2325;
    if token.is_ascii() {
        for byte in token.bytes() {
            hash = step(hash, u64::from(byte.to_ascii_lowercase()));
        }
    } else {
        for c in plain(token).flat_map(char::to_lowercase) {
            hash = step(hash, u64::from(c));
        }
    }
    ((hash ^ (hash >> 32)) as u32).max(1)
}

/// Whether two tokens are the same but for diacritics.
pub fn same(a: &str, b: &str) -> bool {
    a == b || (!(a.is_ascii() && b.is_ascii()) && plain(a).eq(plain(b)))
}

/// Whether a token of a heading in capitals spells the name's token: same letters, all of them capitals.
pub fn same_in_capitals(text: &str, name: &str) -> bool {
    !text.chars().any(char::is_lowercase)
        && plain(text).flat_map(char::to_lowercase).eq(plain(name).flat_map(char::to_lowercase))
}

fn plain_char(c: char) -> impl Iterator<Item = char> {
    let (first, second) = match c {
        '\0'..='\x7f' => (c, None),
        '’' | '‘' | 'ʼ' | 'ʻ' | 'ʿ' | 'ʾ' => ('\'', None),
        '‐' | '‑' | '–' | '—' => ('-', None),
        'À'..='Å' | 'Ā' | 'Ă' | 'Ą' | 'Ə' | 'Ǎ' | 'Ạ'..='Ặ' if upper(c) => ('A', None),
        'à'..='å' | 'ā' | 'ă' | 'ą' | 'ə' | 'ǎ' | 'ạ'..='ặ' => ('a', None),
        'Æ' => ('A', Some('e')),
        'æ' => ('a', Some('e')),
        'Ç' | 'Ć' | 'Ĉ' | 'Ċ' | 'Č' => ('C', None),
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => ('c', None),
        'Ď' | 'Đ' | 'Ð' | 'Ḑ' | 'Ḍ' => ('D', None),
        'ď' | 'đ' | 'ð' | 'ḑ' | 'ḍ' => ('d', None),
        'È'..='Ë' | 'Ē' | 'Ĕ' | 'Ė' | 'Ę' | 'Ě' => ('E', None),
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' | 'ẹ'..='ệ' => ('e', None),
        'Ĝ' | 'Ğ' | 'Ġ' | 'Ģ' => ('G', None),
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => ('g', None),
        'Ĥ' | 'Ħ' | 'Ḩ' | 'Ḥ' => ('H', None),
        'ĥ' | 'ħ' | 'ḩ' | 'ḥ' => ('h', None),
        'Ì'..='Ï' | 'Ĩ' | 'Ī' | 'Ĭ' | 'Į' | 'İ' => ('I', None),
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' => ('i', None),
        'Ķ' => ('K', None),
        'ķ' => ('k', None),
        'Ĺ' | 'Ļ' | 'Ľ' | 'Ł' => ('L', None),
        'ĺ' | 'ļ' | 'ľ' | 'ł' => ('l', None),
        'Ñ' | 'Ń' | 'Ņ' | 'Ň' => ('N', None),
        'ñ' | 'ń' | 'ņ' | 'ň' => ('n', None),
        'Ò'..='Ö' | 'Ø' | 'Ō' | 'Ŏ' | 'Ő' => ('O', None),
        'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' | 'ọ'..='ợ' | 'ơ' => ('o', None),
        'Œ' => ('O', Some('e')),
        'œ' => ('o', Some('e')),
        'Ŕ' | 'Ŗ' | 'Ř' => ('R', None),
        'ŕ' | 'ŗ' | 'ř' => ('r', None),
        'Ś' | 'Ŝ' | 'Ş' | 'Š' | 'Ș' | 'Ṣ' => ('S', None),
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' | 'ṣ' => ('s', None),
        'ß' => ('s', Some('s')),
        'Ţ' | 'Ť' | 'Ț' | 'Ṭ' => ('T', None),
        'ţ' | 'ť' | 'ț' | 'ṭ' => ('t', None),
        'Þ' => ('T', Some('h')),
        'þ' => ('t', Some('h')),
        'Ù'..='Ü' | 'Ũ' | 'Ū' | 'Ŭ' | 'Ů' | 'Ű' | 'Ų' => ('U', None),
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' | 'ụ'..='ự' | 'ư' => ('u', None),
        'Ý' | 'Ŷ' | 'Ÿ' => ('Y', None),
        'ý' | 'ŷ' | 'ÿ' | 'ỳ'..='ỹ' => ('y', None),
        'Ź' | 'Ż' | 'Ž' | 'Ẓ' => ('Z', None),
        'ź' | 'ż' | 'ž' | 'ẓ' => ('z', None),
        _ => (c, None),
    };
    std::iter::once(first).chain(second)
}

fn upper(c: char) -> bool {
    c.is_uppercase()
}
