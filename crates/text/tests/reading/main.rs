//! Behaviour of the reader: formats, metadata, encodings, limits, errors, counts.

use jiff::civil::{Date, date};
use legation_record::{Diagnostic, Document};
use legation_text::{Columns, ErrorKind, Format, Limits, Options, Reading, Reason, Summary, read_bytes, read_paths};
use std::io::Write;
use std::path::PathBuf;

mod bombs;
mod encodings;
mod formats;
mod metadata;

/// Reads bytes under default options.
fn read(name: &str, bytes: impl AsRef<[u8]>) -> Vec<Reading> {
    read_bytes(name, bytes.as_ref(), &Options::default())
}

/// The only document of an input, with its remarks.
fn one(name: &str, bytes: impl AsRef<[u8]>) -> (Document, Vec<String>) {
    only(read(name, bytes))
}

fn only(readings: Vec<Reading>) -> (Document, Vec<String>) {
    let mut readings = readings.into_iter();
    match (readings.next(), readings.next()) {
        (Some(Reading::Document(document, remarks)), None) => {
            (*document, remarks.into_iter().map(|Diagnostic { message, .. }| message).collect())
        }
        other => panic!("one document expected: {other:?}"),
    }
}

/// The only error of an input, as it is shown.
fn error(name: &str, bytes: impl AsRef<[u8]>) -> String {
    match read(name, bytes).as_slice() {
        [Reading::Failed(error)] => error.to_string(),
        other => panic!("one error expected: {other:?}"),
    }
}

fn count(readings: &[Reading]) -> Summary {
    let mut summary = Summary::default();
    readings.iter().for_each(|reading| summary.add(reading));
    summary
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}

/// A folder that is removed with the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, bytes).unwrap();
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[test]
fn a_folder_is_read_sorted_and_every_file_counts() {
    let folder = Folder::new("counts");
    folder.file("b/two.txt", "The ministers met in Vienna.");
    folder.file("a.md", "# Talks\n\nThe ministers met in Geneva.");
    folder.file(
        "c.jsonl",
        "{\"text\":\"One.\"}\nnot json\n\n{\"text\":\"Deux.\",\"language\":\"fr\"}\n{\"text\":\"\"}\n",
    );
    folder.file("empty.txt", "");
    folder.file("picture.png", b"\x89PNG\r\n\x1a\n\0\0\0");
    folder.file(".hidden/three.txt", "Not looked at.");
    let paths = [folder.0.clone(), folder.0.join("missing.txt")];
    let readings: Vec<_> = read_paths(&paths, &Options::default()).collect();
    let origin = |reading: &Reading| match reading {
        Reading::Document(document, _) => document.origin.clone(),
        Reading::Skipped(skipped) => skipped.origin.clone(),
        Reading::Failed(error) => error.origin.clone(),
    };
    let origins: Vec<_> = readings.iter().map(|r| origin(r).rsplit('/').next().unwrap().to_owned()).collect();
    assert_eq!(
        origins,
        [
            "a.md",
            "two.txt",
            "c.jsonl:1",
            "c.jsonl:2",
            "c.jsonl:4",
            "c.jsonl:5",
            "empty.txt",
            "picture.png",
            "missing.txt"
        ]
    );
    let summary = count(&readings);
    assert_eq!((summary.read, summary.skipped_language, summary.skipped_empty, summary.failed), (3, 1, 2, 3));
    assert_eq!(summary.found(), readings.len() as u64);
    assert_eq!(summary.to_string(), "9 found: 3 read, 3 skipped (1 in another language, 2 without text), 3 failed");
    let again: Vec<_> = read_paths(&paths, &Options::default()).collect();
    assert_eq!(readings, again);
}

#[test]
fn errors_name_file_and_place() {
    assert_eq!(error("a.jsonl", "{\"text\": \"x\",}"), "a.jsonl:1: byte 13: not well-formed JSON: trailing comma");
    assert_eq!(error("a.jsonl", b"{\"text\": \"\xff\"}"), "a.jsonl:1: byte 10: not valid UTF-8, as JSON must be");
    assert_eq!(error("a.jsonl", "{\"body\": \"x\"}"), "a.jsonl:1: there is no field \"text\"");
    assert_eq!(error("a.jsonl", "{\"text\": 7}"), "a.jsonl:1: \"text\" is not a string");
    assert_eq!(error("a.csv", "a,b\n1,2\n"), "a.csv: there is no column \"text\"; the columns are: a, b");
    assert_eq!(error("report.txt", "%PDF-1.7 …"), "report.txt: not text: it looks like a PDF");
    assert_eq!(error("a.txt", b"ab\0\x01"), "a.txt: not text: it looks like binary data (a NUL at byte 2)");
    assert!(error("a.rss", "<rss version=\"2.0\"><channel>").starts_with("a.rss: not well-formed feed: "));
    let broken = gzip(b"The ministers met in Vienna, and they will meet again.");
    assert!(error("a.txt.gz", &broken[..broken.len() - 12]).starts_with("a.txt.gz: cannot be read: "));
    let missing = read_paths(&["no/such/file.txt".into()], &Options::default()).next();
    match missing {
        Some(Reading::Failed(error)) => assert_eq!(error.to_string(), "no/such/file.txt: no such file or folder"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_json_file_that_is_not_lines_is_one_error() {
    for text in
        ["[\n{\"text\": \"a\"},\n{\"text\": \"b\"}\n]", "{\n  \"text\": \"a\",\n  \"id\": 1\n}\n", "[{\"text\":\"a\"}]"]
    {
        assert!(error("a.json", text).contains("one object a line is expected"), "{text}");
    }
}

#[test]
fn what_is_empty_is_skipped_and_not_lost() {
    for (name, text) in
        [("a.txt", ""), ("a.txt", " \n\n"), ("a.jsonl", ""), ("a.csv", "id,text\n"), ("a.md", "---\nid: x\n---\n")]
    {
        match read(name, text).as_slice() {
            [Reading::Skipped(skipped)] => assert_eq!(skipped.reason, Reason::Empty, "{name}"),
            other => panic!("{name}: {other:?}"),
        }
    }
    let folder = Folder::new("nothing");
    assert_eq!(
        count(&read_paths(std::slice::from_ref(&folder.0), &Options::default()).collect::<Vec<_>>()).skipped_empty,
        1
    );
}

#[test]
fn an_id_that_comes_twice_is_remarked_upon() {
    let readings = read(
        "a.jsonl",
        "{\"id\":\"1\",\"text\":\"One.\"}\n{\"id\":\"1\",\"text\":\"Two.\"}\n{\"id\":2,\"text\":\"Three.\"}",
    );
    let remarks: Vec<_> = readings
        .iter()
        .flat_map(|reading| match reading {
            Reading::Document(_, remarks) => remarks.clone(),
            _ => Vec::new(),
        })
        .collect();
    assert_eq!(remarks.len(), 1);
    assert_eq!(remarks[0].origin, "a.jsonl:2");
    assert_eq!(remarks[0].message, "the id \"1\" came before in this input");
}

#[test]
fn formats_have_names() {
    for format in Format::ALL {
        assert_eq!(format.name().parse(), Ok(format));
    }
    assert!("docx".parse::<Format>().unwrap_err().contains("text, markdown, html, jsonl, csv, feed, petrarch"));
}
