/// `docs/schema.md` is written from the schema; `LEGATION_BLESS=1` writes it anew.
#[test]
fn the_documentation_of_the_schema_is_current() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/schema.md");
    let expected = legation_store::schema_document().expect("the schema makes a database");
    if std::env::var_os("LEGATION_BLESS").is_some() {
        std::fs::write(path, &expected).expect("docs/schema.md can be written");
    }
    let there = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        there == expected,
        "docs/schema.md is not current: LEGATION_BLESS=1 cargo test -p legation-store writes it"
    );
    for line in expected.lines().filter(|l| l.starts_with("| `")) {
        let meaning = line.trim_end_matches('|').rsplit('|').next().unwrap_or_default().trim();
        assert!(!meaning.is_empty(), "a column without a meaning: {line}");
    }
}
