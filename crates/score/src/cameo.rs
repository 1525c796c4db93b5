use legation_record::EventType;

/// The PLOVER type of a CAMEO code by the crosswalk of 2021 (`cameo.tsv`); `None` for 01, 02 and what is no CAMEO code.
pub fn plover_type(cameo: &str) -> Option<EventType> {
    let cameo = cameo.trim();
    (2..=cameo.len().min(4)).rev().find_map(|n| {
        let prefix = cameo.get(..n)?;
        let rows = include_str!("cameo.tsv").lines().filter(|l| !l.starts_with('#')).skip(1);
        let mut found = rows.filter_map(|row| row.split_once('\t')).filter(|(code, _)| *code == prefix);
        found.next().and_then(|(_, name)| name.parse().ok())
    })
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
        assert_eq!(of("0814"), Some("RETREAT"));
        assert_eq!(of("02"), None);
        assert_eq!(of("x"), None);
    }
}
