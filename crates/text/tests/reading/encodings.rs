//! Encodings: marked, declared, guessed, damaged.

use super::*;

const TEXT: &str = "The minister said “it’s done” in Besançon; Erdoğan’s visit follows.";

fn utf16(text: &str, little: bool, mark: bool) -> Vec<u8> {
    let units = mark.then_some(0xfeff).into_iter().chain(text.encode_utf16());
    units.flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
}

#[test]
fn unicode_with_and_without_a_mark() {
    assert_eq!(one("a.txt", format!("\u{feff}{TEXT}")).0.text, TEXT);
    for little in [true, false] {
        for mark in [true, false] {
            let name = format!("little {little} mark {mark}");
            assert_eq!(one("a.txt", utf16(TEXT, little, mark)).0.text, TEXT, "{name}");
            let line = format!("{{\"text\": \"{TEXT}\"}}\n{{\"text\": \"Two.\"}}\n");
            let readings = read("a.jsonl", utf16(&line, little, mark));
            assert_eq!(count(&readings).read, 2, "{name}: {readings:?}");
            let table = format!("id\ttext\n1\t{TEXT}\n");
            assert_eq!(one("a.tsv", utf16(&table, little, mark)).0.text, TEXT, "{name}");
        }
    }
}

#[test]
fn legacy_text_is_recognised_and_remarked_upon() {
    let bytes = b"The minister said \x93it\x92s done\x94 in Besan\xe7on.";
    let (document, remarks) = one("a.txt", bytes);
    assert_eq!(document.text, "The minister said “it’s done” in Besançon.");
    assert_eq!(remarks, ["not UTF-8 (byte 18); read as windows-1252"]);
    let (document, remarks) = one("a.csv", [b"id,text\n1,", &bytes[..], b"\n"].concat());
    assert_eq!(document.text, "The minister said “it’s done” in Besançon.");
    assert_eq!(remarks, ["not UTF-8; read as windows-1252"]);
}

#[test]
fn a_page_may_declare_its_charset() {
    let (bytes, ..) = encoding_rs::WINDOWS_1250.encode("Premiér Nečas řekl: the talks in Łódź ended.");
    let html =
        [b"<html lang=en><head><meta charset='windows-1250'></head><body><p>", &bytes[..], b"</p></body></html>"];
    assert_eq!(one("a.html", html.concat()).0.text, "Premiér Nečas řekl: the talks in Łódź ended.");
    // What is valid UTF-8 is read as that, whatever it declares.
    let html =
        "<html lang=en><head><meta charset='iso-8859-1'></head><body><p>The talks in Łódź ended.</p></body></html>";
    let (document, remarks) = one("a.html", html);
    assert_eq!(document.text, "The talks in Łódź ended.");
    assert!(remarks[0].contains("declared as windows-1252"), "{remarks:?}");
    let xml = [
        b"<?xml version='1.0' encoding='iso-8859-1'?><Sentences><Sentence id='1'><Text>In Besan".as_slice(),
        b"\xe7on.</Text></Sentence></Sentences>",
    ];
    assert_eq!(one("a.xml", xml.concat()).0.text, "In Besançon.");
}

#[test]
fn damaged_utf8_is_mended_and_not_taken_for_another_encoding() {
    let mut bytes = TEXT.as_bytes().to_vec();
    bytes.extend(b" cut \xe2\x80");
    let (document, remarks) = one("a.txt", bytes);
    assert_eq!(document.text, format!("{TEXT} cut \u{fffd}"));
    assert!(remarks[0].starts_with("damaged UTF-8: 1 invalid sequences replaced"), "{remarks:?}");
}

#[test]
fn one_bad_line_does_not_spoil_the_others() {
    let lines =
        [b"{\"text\": \"".as_slice(), "é".as_bytes(), b"\"}\n{\"text\": \"\xe9\"}\n{\"text\": \"e\"}\n"].concat();
    let summary = count(&read("a.jsonl", lines));
    assert_eq!((summary.read, summary.failed), (2, 1));
}
