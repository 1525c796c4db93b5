//! Inputs made to exhaust time or memory are refused quickly, and large honest ones are read.

use super::*;
use std::fmt::Write as _;

/// The limit that the only reading of an input runs into.
fn limit(name: &str, bytes: impl AsRef<[u8]>, limits: Limits) -> &'static str {
    let options = Options { limits, ..Options::default() };
    match read_bytes(name, bytes.as_ref(), &options).last() {
        Some(Reading::Failed(error)) => match error.kind {
            ErrorKind::Limit { what, .. } => what,
            ref other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    }
}

#[test]
fn decompression() {
    let zeros = vec![b'a'; 8 << 20];
    for packed in [gzip(&zeros), zstd(&zeros)] {
        assert_eq!(limit("a.txt", &packed, Limits::default()), "compression ratio");
        let small = Limits { decompressed_bytes: 1 << 20, compression_ratio: u64::MAX, ..Limits::default() };
        assert_eq!(limit("a.txt", &packed, small), "unpacked size in bytes");
    }
    let thrice = gzip(&gzip(&gzip(b"They met.")));
    assert_eq!(limit("a.txt", thrice, Limits::default()), "layers of compression");
}

#[test]
fn depth_of_html() {
    let deep = "<div>".repeat(200_000);
    assert_eq!(limit("a.html", &deep, Limits::default()), "HTML nesting depth");
    // End tags that close nothing do not make it shallow.
    assert_eq!(limit("a.html", "<div></x>".repeat(200_000), Limits::default()), "HTML nesting depth");
    // Formatting left open is opened anew in every paragraph.
    let fonts = (0..100_000).fold(String::new(), |mut html, i| {
        let _ = write!(html, "<p><font size={i}>a</p>");
        html
    });
    assert_eq!(limit("a.html", fonts, Limits::default()), "HTML nesting depth");
    let attributes = (0..100_000).fold(String::from("<p"), |mut html, i| {
        let _ = write!(html, " a{i}=1");
        html
    });
    assert_eq!(limit("a.html", attributes + ">x", Limits::default()), "number of attributes");
    assert_eq!(limit("a.html", "<p>They met.".repeat(200_000), Limits::default()), "number of HTML elements");
    let feed = format!("<rss version=\"2.0\"><channel>{}</channel></rss>", "<a>".repeat(100_000));
    assert_eq!(limit("a.rss", feed, Limits::default()), "XML nesting depth");
    let item = "&lt;div&gt;".repeat(100_000);
    let feed = format!(
        "<rss version=\"2.0\"><channel><title>N</title><item><title>They met.</title><description>{item}</description></item></channel></rss>"
    );
    let (document, remarks) = one("a.rss", feed);
    assert_eq!(document.text, "They met.");
    assert!(remarks[0].contains("nesting depth"), "{remarks:?}");
}

#[test]
fn sloppy_pages_are_not_deep() {
    let mut html = String::from("<html lang=en><body><table>");
    for i in 0..2000 {
        let _ = write!(
            html,
            "<tr><td><font color=c{i}><b>Row {i}<td>They met.<p>They agreed.<li>One<li>Two<br><img src=x>"
        );
    }
    let (document, _) = one("a.html", html);
    assert!(document.text.contains("They met."));
}

#[test]
fn the_deepest_page_that_is_let_through_is_read() {
    let depth = Limits::default().nesting - 8;
    let html = format!("<html lang=en><body>{}They met in Vienna.", "<div>".repeat(depth));
    assert_eq!(one("a.html", html).0.text, "They met in Vienna.");
}

#[test]
fn long_records_are_refused_and_the_next_ones_read() {
    let limits = || Limits { record_bytes: 10_000, ..Limits::default() };
    let options = Options { limits: limits(), ..Options::default() };
    let long = "a ".repeat(50_000);
    let lines = format!("{{\"text\": \"{long}\"}}\n{{\"text\": \"They met.\"}}\n");
    let summary = count(&read_bytes("a.jsonl", lines.as_bytes(), &options));
    assert_eq!((summary.read, summary.failed), (1, 1));
    // A quote that is never closed would make the rest of a table one record.
    let table = format!("id,text\n1,They met.\n2,\"{long}");
    assert_eq!(limit("a.csv", &table, limits()), "record size in bytes");
    assert_eq!(count(&read_bytes("a.csv", table.as_bytes(), &options)).read, 1);
    let xml = format!("<Sentences><Sentence id='1'><Text>They met.</Text></Sentence><Sentence id='2'><Text>{long}");
    assert_eq!(limit("a.xml", xml, limits()), "record size in bytes");
    assert_eq!(limit("a.txt", &long, Limits { document_bytes: 1000, ..limits() }), "document size in bytes");
    let lines = "{\"text\": \"a\"}\n".repeat(20);
    assert_eq!(limit("a.jsonl", lines, Limits { records: 5, ..Limits::default() }), "number of records");
}

#[test]
fn a_million_tokens_in_a_line_are_read() {
    let text = "They met. ".repeat(500_000);
    assert_eq!(one("a.jsonl", format!("{{\"text\": \"{text}\", \"language\": \"en\"}}")).0.text.len(), text.len());
    assert_eq!(one("a.txt", &text).0.text.len(), text.len());
    assert_eq!(one("a.md", &text).0.text.len(), text.trim().len());
    let (document, _) = one("a.html", format!("<html lang=en><body><article><p>{text}</p></article></body></html>"));
    assert_eq!(document.text.len(), text.trim().len());
}

#[test]
fn entities_and_aliases_are_never_expanded() {
    let xml = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>\
        <Sentences><Sentence id='1'><Text>They met &b;.</Text></Sentence></Sentences>";
    assert_eq!(one("a.xml", xml).0.text, "They met &b;.");
    let mut yaml = String::from("---\na0: &a0 [x, x, x, x, x, x, x, x]\n");
    for i in 1..40 {
        let last = format!("*a{}", i - 1);
        let _ = writeln!(yaml, "a{i}: &a{i} [{}]", [last.as_str(); 8].join(", "));
    }
    let (document, _) = one("a.md", yaml + "title: *a39\n---\nThey met.\n");
    assert_eq!((document.text.as_str(), document.title), ("They met.", None));
    // Fields that are ignored are passed over without recursion; those that are built have a bound.
    let nested = |key: &str| format!("{{\"{key}\": {}{}, \"text\": \"a\"}}", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(one("a.jsonl", nested("x")).0.text, "a");
    assert!(error("a.jsonl", nested("title")).contains("recursion limit"));
}

#[test]
fn markdown_made_to_nest() {
    for pattern in ["> ", "[", "*a **a ", "- ", "![", "<", "`", "a|"] {
        let (name, text) = ("a.md", format!("They met.\n\n{}", pattern.repeat(50_000)));
        assert!(!read(name, text).is_empty());
    }
}
