//! What a file is, by its name and by its first bytes.

use crate::{Columns, Format};
use std::path::Path;

/// First bytes of formats that are not text, for a message that says what the user handed in.
const MAGIC: &[(&[u8], &str)] = &[
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip archive (or .docx, .odt, .epub)"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "an image, sound or film (RIFF)"),
    (b"\x7fELF", "a program (ELF)"),
    (b"MZ\x90", "a program (Windows)"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"PAR1", "a Parquet file"),
    (b"ARROW1", "an Arrow file"),
    (b"BZh", "bzip2-compressed data"),
    (b"\xfd7zXZ\0", "xz-compressed data"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"{\\rtf", "an RTF document"),
    (b"\xd0\xcf\x11\xe0", "an old Office document (OLE)"),
    (b"ID3", "an MP3 recording"),
    (b"OggS", "an Ogg recording"),
    (b"wOFF", "a font"),
];

/// What binary data looks like, where it is not text.
pub(crate) fn binary(head: &[u8]) -> Option<String> {
    if let Some((_, what)) = MAGIC.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Some((*what).into());
    }
    if head.get(257..262) == Some(b"ustar") {
        return Some("a tar archive".into());
    }
    let nul = head.iter().position(|&b| b == 0)?;
    Some(format!("binary data (a NUL at byte {nul})"))
}

/// The format by extension, then by content. `head` is UTF-8 as far as it is text.
pub(crate) fn format(name: &str, head: &str, columns: &Columns) -> Format {
    let by_content = || content(head, columns);
    match extension(name).as_deref() {
        Some("txt" | "text") => Format::Text,
        Some("md" | "markdown" | "mdown" | "mkd") => Format::Markdown,
        Some("html" | "htm" | "xhtml" | "shtml") => Format::Html,
        Some("jsonl" | "ndjson" | "jsonlines") => Format::JsonLines,
        Some("csv" | "tsv" | "tab") => Format::Csv,
        Some("rss" | "atom" | "rdf") => Format::Feed,
        _ => by_content(),
    }
}

/// The extension in lower case, compression left out.
fn extension(name: &str) -> Option<String> {
    let lower = name.to_lowercase();
    let plain = [".gz", ".gzip", ".zst", ".zstd"].iter().find_map(|c| lower.strip_suffix(c)).unwrap_or(&lower);
    Path::new(plain).extension().map(|e| e.to_string_lossy().into_owned())
}

fn content(head: &str, columns: &Columns) -> Format {
    let start = head.trim_start_matches('\u{feff}').trim_start();
    // Tags are ASCII, and a few kilobytes hold the root element of any prologue met in practice.
    let window: String = start.chars().take(8192).collect::<String>().to_ascii_lowercase();
    let has = |tag: &str| window.contains(tag);
    if window.starts_with('<') {
        return match () {
            () if has("<!doctype html") || has("<html") => Format::Html,
            () if has("<rss") || has("<feed") || has("<rdf:rdf") || has("<entry") => Format::Feed,
            () if has("<sentence") || has("<validation") => Format::Petrarch,
            () if window.starts_with("<?xml") => Format::Feed,
            () => Format::Html,
        };
    }
    if window.starts_with('{') {
        return if has("jsonfeed.org/version") { Format::Feed } else { Format::JsonLines };
    }
    if window.starts_with("[{") || window.starts_with("[\n") {
        return Format::JsonLines;
    }
    let first = start.lines().next().unwrap_or_default();
    if matches!(first.trim_end(), "---" | "+++") || first.starts_with("# ") {
        return Format::Markdown;
    }
    let mut fields = first.split([',', ';', '\t', '|']).map(|field| field.trim_matches(['"', ' ']));
    if first.contains([',', ';', '\t', '|']) && fields.any(|field| field.eq_ignore_ascii_case(&columns.text)) {
        return Format::Csv;
    }
    Format::Text
}
