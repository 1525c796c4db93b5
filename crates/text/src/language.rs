//! Which language a text is in: what its container says, else what it reads like.

use crate::Reason;
use whatlang::{Lang, Script};

/// Letters from which on statistics are believed. Below, names of persons and places outweigh the words.
const LONG: usize = 200;

/// Letters from which on the script is believed: a text in Cyrillic is not English however short.
const LEGIBLE: usize = 20;

/// How much of a text is looked at, in bytes.
const SAMPLE: usize = 4096;

/// ISO 639-1.
const CODES: &str = "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de \
    dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is \
    it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na \
    nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr \
    ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu";

/// The language of a text, or why it is skipped. `Ok(None)` is a text too short to tell, taken as one to read.
pub(crate) fn of(
    text: &str,
    stated: Option<&str>,
    read: &[String],
    remarks: &mut Vec<String>,
) -> Result<Option<String>, Reason> {
    let wanted = |code: &str| read.is_empty() || read.iter().any(|r| r == code);
    let detected = detect(text);
    if let Some(stated) = stated.map(str::trim).filter(|s| !s.is_empty()) {
        match normal(stated) {
            Some(code) if !wanted(&code) => return Err(Reason::Language(code)),
            Some(code) => {
                if let Some(other) = detected.filter(|d| *d != code) {
                    remarks.push(format!("the language is given as {code}, but it reads like {other}"));
                }
                return Ok(Some(code));
            }
            None => remarks.push(format!("{stated:?} is no language; left out")),
        }
    }
    match detected {
        Some(code) if !wanted(&code) => Err(Reason::Detected(code)),
        detected => Ok(detected),
    }
}

/// ISO 639-1 code of "en", "en-US", "en_GB.UTF-8", "eng", "English".
fn normal(stated: &str) -> Option<String> {
    let primary = stated.split(['-', '_', '.', ',', ';', ' ']).next().unwrap_or_default().to_lowercase();
    if primary.len() == 2 {
        return CODES.split_ascii_whitespace().any(|code| code == primary).then_some(primary);
    }
    if primary.len() == 3
        && let Some(lang) = Lang::from_code(primary.as_str())
    {
        return Some(code(lang).into());
    }
    let named = Lang::all().iter().find(|lang| lang.eng_name().eq_ignore_ascii_case(stated))?;
    Some(code(*named).into())
}

/// What the text reads like, where that is certain.
fn detect(text: &str) -> Option<String> {
    let mut end = text.len().min(SAMPLE);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let sample = &text[..end];
    let letters = sample.chars().filter(|c| c.is_alphabetic()).count();
    if letters < LEGIBLE {
        return None;
    }
    // Quoted words in another script do not matter; most of the letters do.
    let latin = sample.chars().filter(|c| c.is_alphabetic() && is_latin(*c)).count();
    if latin * 2 < letters {
        let told = whatlang::detect(sample).filter(|info| letters >= LONG && info.is_reliable());
        let script = whatlang::detect_script(sample).filter(|s| *s != Script::Latin);
        return told.map(|info| code(info.lang()).into()).or(script.map(|s| s.name().into()));
    }
    if letters < LONG {
        return None;
    }
    whatlang::detect(sample).filter(|info| info.is_reliable()).map(|info| code(info.lang()).into())
}

/// Basic Latin, Latin-1, Extended-A and -B, Extended Additional (Vietnamese).
fn is_latin(c: char) -> bool {
    matches!(c, 'a'..='z' | 'A'..='Z' | '\u{aa}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}')
}

/// ISO 639-1 of the languages that `whatlang` knows by ISO 639-3.
fn code(lang: Lang) -> &'static str {
    const SHORT: &[(&str, &str)] = &[
        ("afr", "af"),
        ("aka", "ak"),
        ("amh", "am"),
        ("ara", "ar"),
        ("aze", "az"),
        ("bel", "be"),
        ("ben", "bn"),
        ("bul", "bg"),
        ("cat", "ca"),
        ("ces", "cs"),
        ("cmn", "zh"),
        ("cym", "cy"),
        ("dan", "da"),
        ("deu", "de"),
        ("ell", "el"),
        ("eng", "en"),
        ("epo", "eo"),
        ("est", "et"),
        ("fin", "fi"),
        ("fra", "fr"),
        ("guj", "gu"),
        ("heb", "he"),
        ("hin", "hi"),
        ("hrv", "hr"),
        ("hun", "hu"),
        ("hye", "hy"),
        ("ind", "id"),
        ("ita", "it"),
        ("jav", "jv"),
        ("jpn", "ja"),
        ("kan", "kn"),
        ("kat", "ka"),
        ("khm", "km"),
        ("kor", "ko"),
        ("lat", "la"),
        ("lav", "lv"),
        ("lit", "lt"),
        ("mal", "ml"),
        ("mar", "mr"),
        ("mkd", "mk"),
        ("mya", "my"),
        ("nep", "ne"),
        ("nld", "nl"),
        ("nob", "nb"),
        ("ori", "or"),
        ("pan", "pa"),
        ("pes", "fa"),
        ("pol", "pl"),
        ("por", "pt"),
        ("ron", "ro"),
        ("rus", "ru"),
        ("sin", "si"),
        ("slk", "sk"),
        ("slv", "sl"),
        ("sna", "sn"),
        ("spa", "es"),
        ("srp", "sr"),
        ("swe", "sv"),
        ("tam", "ta"),
        ("tel", "te"),
        ("tgl", "tl"),
        ("tha", "th"),
        ("tuk", "tk"),
        ("tur", "tr"),
        ("ukr", "uk"),
        ("urd", "ur"),
        ("uzb", "uz"),
        ("vie", "vi"),
        ("yid", "yi"),
        ("zul", "zu"),
    ];
    let long = lang.code();
    let place = SHORT.partition_point(|(code, _)| *code < long);
    SHORT.get(place).filter(|(code, _)| *code == long).map_or(long, |(_, short)| short)
}
