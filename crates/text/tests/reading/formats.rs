//! Each format, and telling it.

use super::*;

#[test]
fn plain_text_is_kept_byte_for_byte() {
    let text = "  BAKU, Aug 19 (Reuters) - The presidents met.\r\n\r\nThey signed\ta pact. \n";
    let (document, remarks) = one("a.txt", text);
    assert_eq!(document.text, text);
    assert_eq!(document.hash.len(), 64);
    assert_eq!(document.id, document.hash);
    assert_eq!(document.origin, "a.txt");
    assert!(remarks.is_empty());
}

#[test]
fn json_lines_keep_the_text_field_byte_for_byte() {
    let line = r#"{"extra": {"deep": [1, 2]}, "id": 17, "text": " A\u0000\tb\r\n\u00e9 ", "title": "T\n t", "byline": ["A. B", "C. D"],
        "published": "2024-08-19T23:30:00-04:00", "publisher": "P", "url": "https://x.example/1", "language": "en-US"}"#
        .replace('\n', "");
    let (d, remarks) = one("a.jsonl", format!("\u{feff}{line}"));
    assert_eq!(d.text, " A\0\tb\r\né ");
    assert_eq!((d.id.as_str(), d.origin.as_str()), ("17", "a.jsonl:1"));
    assert_eq!((d.title.as_deref(), d.byline.as_deref()), (Some("T t"), Some("A. B, C. D")));
    assert_eq!((d.publisher.as_deref(), d.url.as_deref()), (Some("P"), Some("https://x.example/1")));
    assert_eq!((d.published, d.language.as_deref()), (Some(date(2024, 8, 19)), Some("en")));
    assert_eq!(remarks, Vec::<String>::new());
}

#[test]
fn fields_may_have_other_names() {
    let columns = Columns { text: "body".into(), published: "when".into(), id: "url".into(), ..Columns::default() };
    let options = Options { columns, ..Options::default() };
    let line = br#"{"body": "They met.", "when": "19 August 2024", "url": "u1", "id": "ignored"}"#;
    let (d, _) = only(read_bytes("a.jsonl", line, &options));
    assert_eq!((d.text.as_str(), d.id.as_str(), d.published), ("They met.", "u1", Some(date(2024, 8, 19))));
    assert_eq!(d.url.as_deref(), Some("u1"));
}

#[test]
fn csv_is_read_with_any_common_delimiter() {
    let csv = "id,Text,published\n1,\"They met,\n\"\"at last\"\".\",2024-08-19\n2,They parted.\n";
    let readings = read("a.csv", csv);
    let [Reading::Document(first, _), Reading::Document(second, _)] = readings.as_slice() else {
        panic!("{readings:?}")
    };
    assert_eq!((first.text.as_str(), first.origin.as_str()), ("They met,\n\"at last\".", "a.csv:2"));
    assert_eq!((second.text.as_str(), second.origin.as_str()), ("They parted.", "a.csv:4"));
    assert_eq!(first.published, Some(date(2024, 8, 19)));
    for (name, table) in
        [("a.tsv", "id\ttext\n1\tThey met."), ("a.csv", "id;text\r\n1;They met.\r\n"), ("-", "id|text\n1|They met.")]
    {
        assert_eq!(one(name, table).0.text, "They met.", "{name}");
    }
}

#[test]
fn markdown_becomes_prose() {
    let markdown = "---\ntitle: \"A visit to\\_Baku\\\n  \\ and back\"\ndate: '2024-08-19'\ntags: [a, b]\nsource_url: https://x.example/2\n\
        authors:\n  - A. B\n  - C. D\n---\n\n# A visit\n\nThe *president* arrived\nin [Baku](https://x.example) **today**.  \nHe stayed.\n\n\
        - He met `one`.\n- He met two.\n\n> They agreed.\n\n```\ncode\n```\n\n![a picture](p.png)\n\n* * *\n\n<div>markup</div>\n\n\\###\n";
    let (d, remarks) = one("a.md", markdown);
    assert_eq!(
        d.text,
        "A visit\n\nThe president arrived in Baku today.\nHe stayed.\n\nHe met one.\n\nHe met two.\n\nThey agreed."
    );
    assert_eq!(d.title.as_deref(), Some("A visit to Baku and back"));
    assert_eq!((d.published, d.byline.as_deref()), (Some(date(2024, 8, 19)), Some("A. B, C. D")));
    assert_eq!(d.url.as_deref(), Some("https://x.example/2"));
    assert!(remarks.is_empty());
}

#[test]
fn a_first_heading_is_the_title_where_there_is_none() {
    let (d, _) = one("a.md", "# Talks in Geneva\n\nThey met.\n\n# More\n");
    assert_eq!((d.title.as_deref(), d.text.as_str()), (Some("Talks in Geneva"), "They met.\n\nMore"));
}

#[test]
fn toml_front_matter() {
    let (d, remarks) =
        one("a.md", "+++\ntitle = \"Talks\"\ndate = 2024-08-19T10:00:00Z\nlang = \"en\"\n+++\nThey met.\n");
    assert_eq!(
        (d.title.as_deref(), d.published, d.text.as_str()),
        (Some("Talks"), Some(date(2024, 8, 19)), "They met.")
    );
    assert!(remarks.is_empty());
}

#[test]
fn broken_front_matter_is_remarked_upon_and_the_text_is_read() {
    let (d, remarks) = one("a.md", "---\ntitle: [unclosed\n---\n\nThey met.\n");
    assert_eq!(d.text, "They met.");
    assert!(remarks[0].starts_with("front matter left out: "), "{remarks:?}");
}

const RSS: &str = r#"<?xml version="1.0" encoding="windows-1251"?>
<rss version="2.0"><channel><title>The Courier</title><link>https://courier.example</link><language>en-gb</language>
<item><title>Talks &amp;amp; tea</title><link>https://courier.example/1</link><guid>g1</guid>
<pubDate>Mon, 19 Aug 2024 23:30:00 -0400</pubDate><author>A. Writer</author>
<description>&lt;p&gt;They &lt;b&gt;met&lt;/b&gt; in&amp;nbsp;Baku.&lt;/p&gt;&lt;p&gt;They agreed.&lt;/p&gt;</description></item>
<item><title>Only a title</title><link>https://courier.example/2</link><pubDate>Fri, 30 Feb 2024 10:00:00 GMT</pubDate></item>
</channel></rss>"#;

#[test]
fn rss_gives_a_document_for_each_item() {
    let readings = read("feed.xml", RSS);
    let [Reading::Document(first, remarks), Reading::Document(second, _)] = readings.as_slice() else {
        panic!("{readings:?}")
    };
    assert_eq!(
        (first.text.as_str(), first.title.as_deref()),
        ("They met in Baku.\n\nThey agreed.", Some("Talks & tea"))
    );
    assert_eq!((first.id.as_str(), first.origin.as_str()), ("g1", "feed.xml#1"));
    // The day as written, not the day it was in Greenwich.
    assert_eq!((first.published, first.publisher.as_deref()), (Some(date(2024, 8, 19)), Some("The Courier")));
    assert_eq!((first.language.as_deref(), first.url.as_deref()), (Some("en"), Some("https://courier.example/1")));
    assert!(remarks[0].message.contains("Fri, 30 Feb 2024"), "{remarks:?}");
    assert_eq!((second.text.as_str(), second.published), ("Only a title", None));
    assert_eq!(second.id, second.hash);
}

#[test]
fn atom_and_json_feeds() {
    let atom = r#"<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>News</title><id>f</id><updated>2024-08-20T00:00:00Z</updated>
        <entry><title type="html">A &lt;i&gt;visit&lt;/i&gt;</title><id>e1</id><published>2024-08-19T08:00:00+04:00</published>
        <link rel="self" href="https://x.example/self"/><link href="https://x.example/e1"/><author><name>A. B</name></author>
        <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>They met.</p><p>They agreed.</p></div></content></entry></feed>"#;
    let (d, _) = one("-", atom);
    assert_eq!((d.text.as_str(), d.title.as_deref()), ("They met.\n\nThey agreed.", Some("A visit")));
    assert_eq!((d.published, d.byline.as_deref()), (Some(date(2024, 8, 19)), Some("A. B")));
    assert_eq!(d.url.as_deref(), Some("https://x.example/e1"));
    let json = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "News", "items":
        [{"id": "j1", "title": "T", "content_html": "<p>They met.</p>", "date_published": "2024-08-19T10:00:00Z"}]}"#;
    let (d, _) = one("-", json);
    assert_eq!((d.text.as_str(), d.id.as_str(), d.published), ("They met.", "j1", Some(date(2024, 8, 19))));
}

#[test]
fn petrarch_records_even_where_the_xml_is_not_well_formed() {
    let xml = "<?xml version='1.0'?>\n<Validation>\n### notes ###\n<!-- <Text>not this</Text> -->\n<Sentences>\n\
        <Sentence category=\"AFP\" date=\"20080804\" id=\"A_1\" evaluate=\"true\"/>\n<EventCoding eventcode=\"042\" />\n<Text>\n\
        The AT&amp;T &lt;office&gt; at the line's\nend &unknown; closed.\n</Text>\n<Parse>(ROOT)</Parse>\n</Sentence>\n\
        <Sentence date=\"20080231\" id=\"A_2\">\n<Text>\nThey met.\n</Text></Sentence></Sentences></Validation>";
    let readings = read("-", xml);
    let [Reading::Document(first, _), Reading::Document(second, remarks)] = readings.as_slice() else {
        panic!("{readings:?}")
    };
    assert_eq!(first.text, "The AT&T <office> at the line's end &unknown; closed.");
    assert_eq!((first.id.as_str(), first.origin.as_str(), first.published), ("A_1", "-#1", Some(date(2008, 8, 4))));
    assert_eq!((second.id.as_str(), second.published), ("A_2", None));
    assert!(remarks[0].message.contains("impossible"), "{remarks:?}");
}

#[test]
fn petrarch_files_of_the_field() {
    let gold = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/gold");
    for (name, records) in [("PETR.UnitTest.records.xml", 284), ("PETR2_GSR_validation.xml", 78)] {
        let path = gold.join(name);
        if !path.exists() {
            eprintln!("skipped: {} is not there", path.display());
            continue;
        }
        let readings: Vec<_> = read_paths(&[path], &Options::default()).collect();
        let summary = count(&readings);
        assert_eq!((summary.found(), summary.failed), (records, 0), "{name}");
    }
}

#[test]
fn compressed_files_are_read_as_what_is_in_them() {
    let line = b"{\"text\": \"They met.\"}\n";
    for (name, bytes) in [("a.jsonl.gz", gzip(line)), ("a.jsonl.zst", zstd(line)), ("-", gzip(&zstd(line)))] {
        assert_eq!(one(name, bytes).0.text, "They met.", "{name}");
    }
    // Members one after another, as `cat a.gz b.gz` makes them.
    for pack in [gzip, zstd] {
        let skippable = [0x50, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 7, 7];
        let first = pack(line);
        let between = if first[0] == 0x28 { &skippable[..] } else { &[] };
        let twice = [&first[..], between, &first[..]].concat();
        assert_eq!(read("a.jsonl", twice).len(), 2);
    }
}

#[test]
fn the_format_is_told_by_content_where_the_name_does_not() {
    let html = "<!doctype html><html><body><p>They met.</p></body></html>";
    assert_eq!(one("page", html).0.text, "They met.");
    assert_eq!(one("-", "{\"text\": \"They met.\"}").0.origin, "-:1");
    assert_eq!(one("-", "---\ntitle: T\n---\nThey *met*.").0.text, "They met.");
    assert_eq!(one("-", "They *met*, and text, too.").0.text, "They *met*, and text, too.");
    let options = Options { format: Some(Format::Text), ..Options::default() };
    assert_eq!(only(read_bytes("a.html", html.as_bytes(), &options)).0.text, html);
}
