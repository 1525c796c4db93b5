//! What is read as a claim and what is said to it, written down in `claims.md`; and the article that this project began with,
//! checked against the other examples.

mod literate;

use legation::claims::{Claim, Kind, Options, Report, Verdict};
use legation::record::Document;
use legation::store::{Adding, Record};
use legation::text::{self, Reading};
use legation::{Legation, Recorder, claims_of};
use literate::{document, examples};
use std::path::{Path, PathBuf};

fn legation() -> Legation {
    Legation::new(&legation::Options::default()).expect("the parts in the repository load").explaining(true)
}

fn check(
    legation: &Legation,
    document: &Document,
    history: Option<&legation::analysis::History>,
    options: &Options,
) -> Report {
    let report = claims_of(&legation.code(document), history, options);
    for claim in &report.claims {
        assert_eq!(
            &document.text[claim.start as usize..claim.end as usize],
            claim.text,
            "the words are the text's own"
        );
        assert!(!claim.readings.is_empty(), "a verdict has a reason: {claim:?}");
    }
    report
}

#[test]
fn claims_are_read_and_answered_as_written_down() {
    let examples = examples(include_str!("claims.md"));
    assert!(examples.len() >= 30, "claims.md is read whole: {} examples", examples.len());
    let legation = legation();
    let mut wrong = Vec::new();
    for example in &examples {
        let report = check(&legation, &document(example), None, &Options::default());
        for (line, wanted) in &example.wanted {
            let (words, rest) = wanted.split_once(" = ").expect("words = verdict | query");
            let (verdict, query) = rest.split_once(" | ").unwrap_or((rest, ""));
            let fits = |c: &&Claim| {
                c.text.contains(words)
                    && c.verdict.name() == verdict
                    && c.readings.iter().any(|r| r.query.starts_with(query))
            };
            let none = verdict == "-" && !report.claims.iter().any(|c| c.text.contains(words));
            if !none && !report.claims.iter().any(|c| fits(&c)) {
                let told = |c: &Claim| {
                    let readings: Vec<String> =
                        c.readings.iter().map(|r| format!("{} => {}", r.query, r.answer)).collect();
                    format!("“{}” {}: {}", c.text, c.verdict.name(), readings.join(" / "))
                };
                let found: Vec<String> = report.claims.iter().map(told).collect();
                wrong.push(format!("claims.md:{line}: {wanted}; found {found:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} claims are not as they should be:\n{}", wrong.len(), wrong.join("\n"));
}

fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(name)
}

/// A record of all examples, in a folder of its own.
fn record_of_examples(legation: &Legation, name: &str) -> (PathBuf, PathBuf) {
    let folder = std::env::temp_dir().join(format!("legation-claims-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let path = folder.join("record.sqlite");
    let _ = std::fs::remove_file(&path);
    let record = Record::create(&path).expect("a record");
    let mut recorder = Recorder::new(&record, Adding::default(), 100);
    for reading in text::read_paths(&[example("")], &text::Options::default()) {
        if let Reading::Document(document, remarks) = reading {
            recorder.take(legation.code(&document), remarks).expect("written");
        }
    }
    recorder.write().expect("written");
    (folder, path)
}

fn read(path: &Path) -> Document {
    let options = text::Options::default();
    let found = text::read_paths(&[path.to_owned()], &options).find_map(|reading| match reading {
        Reading::Document(document, _) => Some(*document),
        _ => None,
    });
    found.unwrap_or_else(|| panic!("{} is a document", path.display()))
}

/// The claim of a kind whose words contain these.
fn claim<'a>(report: &'a Report, words: &str, kind: Kind) -> &'a Claim {
    let found = report.claims.iter().find(|c| c.kind == kind && c.text.contains(words));
    found.unwrap_or_else(|| {
        let all: Vec<&str> = report.claims.iter().map(|c| c.text.as_str()).collect();
        panic!("no {} claim with “{words}” among {all:#?}", kind.name())
    })
}

#[test]
fn the_third_meeting_is_decided_from_the_other_articles_and_never_from_the_article_itself() {
    let legation = legation();
    let (folder, path) = record_of_examples(&legation, "third");
    let history = legation::history(Some(&path)).expect("read");
    let article = read(&example("baku-2024-08.md"));
    let report = check(&legation, &article, Some(&history), &Options::default());
    assert_eq!(report.as_of.as_deref(), Some("2024-08-20"), "the day of publication");

    let third = claim(&report, "third meeting of the two presidents since the beginning of 2024", Kind::Count);
    assert_eq!(third.verdict, Verdict::Supported, "{third:#?}");
    let evidence = &third.readings[0].evidence;
    let days: Vec<&str> = evidence.iter().filter_map(|row| row.date.as_deref()).collect();
    assert_eq!(days, ["2024-04-22", "2024-07-03"], "{evidence:#?}");
    let own = |row: &legation::claims::Evidence| row.url == article.url;
    assert!(!report.claims.iter().flat_map(|c| &c.readings).flat_map(|r| &r.evidence).any(own), "it confirms itself");

    assert_eq!(claim(&report, "dialogue partner", Kind::Membership).verdict, Verdict::Supported);
    assert_eq!(
        claim(&report, "left the Collective Security Treaty in 1999", Kind::Membership).verdict,
        Verdict::Supported
    );
    assert_eq!(claim(&report, "applied for", Kind::Membership).verdict, Verdict::Supported);
    assert_eq!(claim(&report, "no military alliance", Kind::Alliance).readings.len(), 2, "each definition is shown");
    assert_eq!(claim(&report, "war between Armenia and Azerbaijan", Kind::War).verdict, Verdict::Supported);
    assert_eq!(claim(&report, "Aliyev visited Moscow on 22 April", Kind::Event).verdict, Verdict::Supported);
    assert_eq!(claim(&report, "the two men met again in Astana", Kind::Event).verdict, Verdict::Supported);
    assert_eq!(claim(&report, "could mediate", Kind::Event).verdict, Verdict::NotCheckable);
    let contradicted: Vec<&Claim> = report.claims.iter().filter(|c| c.verdict == Verdict::Contradicted).collect();
    assert!(contradicted.is_empty(), "an honest article: {contradicted:#?}");

    // What was published in May knows of one meeting only.
    let early = Options { as_of: "2024-07-04".parse().ok(), ..Options::default() };
    let report = check(&legation, &article, Some(&history), &early);
    let third = claim(&report, "third meeting", Kind::Count);
    assert_eq!(third.verdict, Verdict::NotInRecord, "the article on Astana is of 5 July: {third:#?}");
    std::fs::remove_dir_all(&folder).expect("removed");
}

#[test]
fn a_text_that_counts_wrongly_does_not_agree_with_itself() {
    let legation = legation();
    let text = |ordinal: &str| {
        let text = format!(
            "Russian President Vladimir Putin met Azerbaijani President Ilham Aliyev in Moscow on 22 April 2024. On 3 July \
             2024 Putin met Aliyev in Astana. On 19 August 2024 Putin met Aliyev in Baku. It was the {ordinal} meeting of the \
             two presidents since the beginning of 2024."
        );
        Document { text, published: "2024-08-20".parse().ok(), ..Document::default() }
    };
    let options = Options { internal: true, ..Options::default() };
    let verdict = |ordinal: &str| {
        let report = check(&legation, &text(ordinal), None, &options);
        claim(&report, "meeting of the two presidents", Kind::Count).verdict
    };
    assert_eq!(verdict("third"), Verdict::Supported);
    assert_ne!(verdict("fifth"), Verdict::Supported);
}

#[test]
fn whatever_the_text_is_a_report_comes_of_it() {
    let legation = legation();
    let long = "Azerbaijan, which joined NATO in 1999, met Russia for the third time. ".repeat(3_000);
    for text in ["", "\u{feff}", "?", "is a member of", "<b>Iran</b> & \u{202e}Iraq never met.", long.as_str()] {
        let document = Document { text: text.to_owned(), ..Document::default() };
        let report = check(&legation, &document, None, &Options::default());
        assert_eq!(report.as_of, None, "nothing says the day");
    }
}
