use legation_record::EventType;

/// The PLOVER type of a CAMEO code by `codebook/cameo.tsv` (the longest prefix that stands there decides); `None` for 01
/// and for what is no CAMEO code.
pub fn plover_type(cameo: &str) -> Option<EventType> {
    let cameo = cameo.trim();
    (2..=cameo.len().min(4)).rev().find_map(|n| {
        let prefix = cameo.get(..n)?;
        let rows = include_str!("../../../codebook/cameo.tsv").lines().filter(|l| !l.starts_with('#'));
        let mut found = rows.map(|row| row.split('\t')).filter(|cells| cells.clone().next() == Some(prefix));
        found.next().map(|mut cells| cells.nth(2).and_then(|name| name.parse().ok()))
    })?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_prefix_decides() {
        let of = |code| plover_type(code).map(EventType::name);
        assert_eq!(of("111"), Some("ACCUSE"));
        assert_eq!(of("1712"), Some("ASSAULT"));
        assert_eq!(of("1711"), Some("COERCE"));
        assert_eq!(of("080"), Some("CONCEDE"));
        assert_eq!(of("0814"), Some("CONCEDE"), "where crosswalk and manual differ, the manual decides");
        assert_eq!(of("01"), None);
        assert_eq!(of("x"), None);
    }
}
