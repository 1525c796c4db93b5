//! The tables of `gazetteer/` as they are compiled in, and how their lines are read.

macro_rules! tables {
    ($($name:ident $file:literal),* $(,)?) => { $(pub const $name: &str = include_str!(concat!("../../../gazetteer/", $file));)* };
}

tables! {
    STATES "states.tsv",
    STATE_CODES "state_codes.tsv",
    TERRITORIES "territories.tsv",
    PARTIAL "partial.tsv",
    METONYMS "metonyms.tsv",
    ORGANISATIONS "organisations.tsv",
    GROUPS "groups.tsv",
    AGENTS "agents.tsv",
    REFERENCES "references.tsv",
    GIVEN_NAMES "given_names.tsv",
    PLACES "places.tsv",
    LEADERS "leaders.tsv",
    MEMBERSHIPS "memberships.tsv",
    ALLIANCES "alliances.tsv",
    COMPLETE "complete.tsv",
    WARS "wars.tsv",
    TITLES "titles.tsv",
    REGIONS "regions.tsv",
    PUBLISHERS "publishers.tsv",
}

/// The rows of a table, comment lines and header left out.
pub fn rows<const N: usize>(table: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    body(table).lines().map(cells::<N>)
}

/// A table without its comment lines and header.
pub fn body(table: &'static str) -> &'static str {
    let mut rest = table;
    while rest.starts_with('#') {
        rest = rest.split_once('\n').map_or("", |(_, rest)| rest);
    }
    rest.split_once('\n').map_or("", |(_, rest)| rest)
}

/// The cells of a line. A line that lacks columns gives empty ones; the tests of this crate check that none does.
pub fn cells<const N: usize>(line: &'static str) -> [&'static str; N] {
    let mut cells = [""; N];
    for (cell, text) in cells.iter_mut().zip(line.split('\t')) {
        *cell = text;
    }
    cells
}

/// The names in a cell, each with whether it also means something else (a trailing `?` in the table).
pub fn names(cell: &'static str) -> impl Iterator<Item = (&'static str, bool)> {
    cell.split(';').filter(|name| !name.is_empty()).map(|name| match name.strip_suffix('?') {
        Some(plain) => (plain, true),
        None => (name, false),
    })
}

/// The cell, or nothing where it is empty.
pub fn given(cell: &'static str) -> Option<&'static str> {
    (!cell.is_empty()).then_some(cell)
}

/// The sources of a table: what its comment lines say from the word "Source" on.
pub fn source_of(table: &'static str) -> String {
    let comments: Vec<&str> = table.lines().map_while(|line| line.strip_prefix('#')).map(str::trim).collect();
    let text = comments.join(" ");
    text.find("Source").and_then(|at| text[at..].split_once(": ")).map_or("", |(_, rest)| rest).to_owned()
}
