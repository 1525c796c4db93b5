//! Lemmas: what stands in the dictionary first, learned suffix rules for the rest.
//!
//! A word belongs to a group, its part of speech with the feature that inflects it ("VERB Past", "NOUN Plur"). The
//! table (`models/lemma.tsv`) holds suffix rules for each group and the forms that the rules get wrong. Proper nouns
//! keep their form, in the plural too except for its ending, as the English treebanks have it.

use legation_record::Upos;
use std::borrow::Cow;

/// Finds the dictionary form of a word from its form, part of speech and features.
#[derive(Clone, Debug)]
pub struct Lemmatiser {
    /// Open addressing by the hash of (tag, group, form or suffix); a power of two, at most half full.
    slots: Vec<Slot>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    key: u64,
    strip: u8,
    /// The lemma, or what a rule adds.
    text: &'static str,
}

static TABLE: &str = include_str!("../../../models/lemma.tsv");
const LONGEST_SUFFIX: usize = 6;
const RULE: u8 = b'R';
const EXCEPTION: u8 = b'E';

impl Lemmatiser {
    /// The table in the repository.
    pub fn embedded() -> Self {
        let lines = TABLE.lines().count();
        let mut lemmatiser = Self { slots: vec![Slot::default(); (lines * 2).next_power_of_two()] };
        for line in TABLE.lines() {
            let mut fields = line.split('\t');
            match (fields.next(), fields.next(), fields.next(), fields.next(), fields.next()) {
                (Some("R"), Some(group), Some(suffix), Some(strip), Some(text)) => {
                    let key = key(RULE, [group, ""], suffix);
                    lemmatiser.insert(Slot { key, strip: strip.parse().unwrap_or(0), text });
                }
                (Some("E"), Some(group), Some(form), Some(text), None) => {
                    lemmatiser.insert(Slot { key: key(EXCEPTION, [group, ""], form), strip: 0, text });
                }
                _ => {}
            }
        }
        lemmatiser
    }

    /// The lemma of `form`. `feats` as CoNLL-U writes them, "_" where there are none.
    pub fn lemma<'a>(&self, form: &'a str, upos: Upos, feats: &str) -> Cow<'a, str> {
        let lower = lower_case(form);
        let (mut group, mut inflected) = group(form, upos, feats);
        // The features of a headline's verb are sometimes misread ("condemns" as a plural): the ending tells more, as
        // long as the form is no verb of its own ("focus", "need").
        if upos == Upos::Verb
            && !inflected
            && self.get(key(EXCEPTION, [upos.name(), ""], &lower)).is_none()
            && let Some(inflection) = verb_ending(&lower)
        {
            (group, inflected) = ([upos.name(), inflection], true);
        }
        if matches!(upos, Upos::Aux | Upos::Pron | Upos::Det)
            && let Some(slot) = self.get(key(EXCEPTION, [upos.name(), &format!("|{feats}")], &lower))
        {
            return Cow::Borrowed(slot.text);
        }
        if let Some(slot) = self.get(key(EXCEPTION, group, &lower)) {
            return Cow::Borrowed(slot.text);
        }
        let base = match upos {
            Upos::Num if lower.contains(',') => Cow::Owned(lower.replace(',', "")),
            Upos::Propn if is_shouted(form) => Cow::Owned(capitalised(&lower)),
            Upos::Propn | Upos::X | Upos::Sym | Upos::Punct => Cow::Borrowed(form),
            Upos::Adj if group[1] == " Cap" => Cow::Borrowed(form),
            _ => lower.clone(),
        };
        let rule = if inflected { self.rule(group, &lower) } else { None };
        match rule {
            Some(slot) if slot.strip > 0 || !slot.text.is_empty() => {
                let cut = base.len().saturating_sub(slot.strip as usize);
                // A suffix of the lower-cased form may be cut differently in the form as written ("İ").
                let Some(stem) = base.get(..cut) else { return base };
                Cow::Owned([stem, slot.text].concat())
            }
            _ => base,
        }
    }

    /// The rule of the longest suffix.
    fn rule(&self, group: [&str; 2], lower: &str) -> Option<Slot> {
        let mut starts = [lower.len(); LONGEST_SUFFIX + 1];
        let mut count = 1;
        for (start, _) in lower.char_indices().rev().take(LONGEST_SUFFIX) {
            starts[count] = start;
            count += 1;
        }
        starts[..count].iter().rev().find_map(|&start| self.get(key(RULE, group, &lower[start..])))
    }

    fn insert(&mut self, slot: Slot) {
        let mask = self.slots.len() - 1;
        let mut at = (slot.key >> 20) as usize & mask;
        while self.slots[at].key != 0 && self.slots[at].key != slot.key {
            at = (at + 1) & mask;
        }
        self.slots[at] = slot;
    }

    fn get(&self, key: u64) -> Option<Slot> {
        let mask = self.slots.len() - 1;
        let mut at = (key >> 20) as usize & mask;
        while self.slots[at].key != 0 {
            if self.slots[at].key == key {
                return Some(self.slots[at]);
            }
            at = (at + 1) & mask;
        }
        None
    }
}

/// The group in two parts, and whether its suffixes change; the same as `group` in `training/lemma.py`.
fn group(form: &str, upos: Upos, feats: &str) -> ([&'static str; 2], bool) {
    let has = |feature: &str| feats.split('|').any(|f| f == feature);
    let inflection = match upos {
        Upos::Noun | Upos::Propn if has("Number=Plur") => " Plur",
        Upos::Verb if has("VerbForm=Ger") || has("VerbForm=Part") && has("Tense=Pres") => " Ing",
        Upos::Verb if has("Tense=Past") => " Past",
        Upos::Verb if has("Number=Sing") && has("Person=3") => " Sing",
        Upos::Adj | Upos::Adv if has("Degree=Cmp") => " Cmp",
        Upos::Adj | Upos::Adv if has("Degree=Sup") => " Sup",
        Upos::Adj if form.chars().next().is_some_and(char::is_uppercase) && form.chars().any(char::is_lowercase) => {
            " Cap"
        }
        _ => "",
    };
    ([upos.name(), inflection], !inflection.is_empty() && inflection != " Cap")
}

/// The inflection a verb's ending shows, where it shows one for sure.
fn verb_ending(lower: &str) -> Option<&'static str> {
    let long = lower.len() > 4;
    if long && lower.ends_with('s') && !lower.ends_with("ss") && !lower.ends_with("us") {
        return Some(" Sing");
    }
    (long && lower.ends_with("ed") && !lower.ends_with("eed")).then_some(" Past")
}

/// A word of more than five letters, all capital: a name in a heading rather than an abbreviation.
fn is_shouted(form: &str) -> bool {
    form.chars().count() > 5 && form.chars().all(char::is_uppercase)
}

fn capitalised(lower: &str) -> String {
    let mut chars = lower.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

fn lower_case(form: &str) -> Cow<'_, str> {
    if form.chars().any(char::is_uppercase) { Cow::Owned(form.to_lowercase()) } else { Cow::Borrowed(form) }
}

/// FNV-1a over tag, group and form; never 0.
fn key(tag: u8, group: [&str; 2], form: &str) -> u64 {
    let bytes = group[0].bytes().chain(group[1].bytes()).chain([0]).chain(form.bytes());
    bytes.fold(0xCBF2_9CE4_8422_2325 ^ u64::from(tag), |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01B3)
    }) | 1
}
