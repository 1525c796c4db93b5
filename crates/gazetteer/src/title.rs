use crate::table::{PUBLISHERS, TITLES, rows};
use crate::{Gazetteer, Office, Person, Term};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// The row of a title: office, what rules a holder out, what is asked of one, the title.
fn title_row(title: &str) -> Option<&'static [&'static str; 4]> {
    static ROWS: OnceLock<BTreeMap<&'static str, [&'static str; 4]>> = OnceLock::new();
    let table =
        || rows::<4>(TITLES).map(|[title, office, unless, only]| (title, [office, unless, only, title])).collect();
    ROWS.get_or_init(table).get(title)
}

/// The office that a title asks for, and which holders' titles it fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TitleOf {
    /// The office.
    pub office: Office,
    /// The title, as the table has it.
    pub title: &'static str,
    unless: &'static str,
    only: &'static str,
}

impl TitleOf {
    /// Whether somebody who holds the office under this title may be called so (a king is no president).
    pub fn fits(&self, term: &Term) -> bool {
        let bears = |cell: &str| {
            cell.split(';').filter(|w| !w.is_empty()).any(|w| term.title.to_lowercase().contains(&w.to_lowercase()))
        };
        !bears(self.unless) && (self.only.is_empty() || bears(self.only))
    }
}

impl Gazetteer {
    /// The office a title asks for, by the titles table. `title` is a lemma in lower case ("prime minister").
    pub fn office_called(&self, title: &str) -> Option<TitleOf> {
        let &[office, unless, only, title] = title_row(title)?;
        (!matches!(office, "body" | "home")).then(|| TitleOf { office: Office::parse(office), title, unless, only })
    }

    /// Who a title means in a state on a day ("the Russian president", "the foreign minister of Armenia"), by the titles
    /// table. `None` where the title asks for no office with one holder, where nobody is known for sure, or where the
    /// holder bears a title that the words rule out (a king is no president).
    ///
    /// `title` is a lemma in lower case ("prime minister").
    pub fn titled(&'static self, state: &str, title: &str, day: Date) -> Option<(&'static Person, &'static Term)> {
        let title = self.office_called(title)?;
        let (person, term) = self.holder(state, title.office, day)?;
        title.fits(term).then_some((person, term))
    }

    /// Whether a title or a body's name means one holder or one body in a state, by the titles table.
    pub fn is_single(&self, title: &str) -> bool {
        title_row(title).is_some_and(|[office, ..]| *office != "home")
    }

    /// Whether an official text that names no state means its own by this role ("mayors", "the federal government").
    pub fn is_home(&self, role: &str) -> bool {
        title_row(role).is_some_and(|[office, ..]| *office == "home")
    }

    /// The state a publisher speaks for, by its name or by the address of a text: the publishers table, then a
    /// government's own domain. `None` for everybody else, a country's newspapers among them.
    pub fn state_of_publisher(&self, name: Option<&str>, url: Option<&str>) -> Option<&'static str> {
        let of_name = name.and_then(|name| {
            rows::<3>(PUBLISHERS).find(|[_, _, names]| names.split(';').any(|n| n.eq_ignore_ascii_case(name.trim())))
        });
        if let Some([code, ..]) = of_name {
            return Some(code);
        }
        let host = host(url?)?;
        let under = |domain: &str| host.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
        if let Some([code, ..]) =
            rows::<3>(PUBLISHERS).find(|[_, hosts, _]| hosts.split(';').any(|h| !h.is_empty() && under(h)))
        {
            return Some(code);
        }
        let mut labels = host.rsplit('.');
        let (top, second) = (labels.next()?, labels.next()?);
        if matches!(top, "gov" | "mil") {
            return Some("USA");
        }
        let official =
            matches!(second, "gov" | "gob" | "gouv" | "go" | "govt" | "gc" | "mil") && labels.next().is_some();
        let state = |alpha2: &str| self.states().find(|s| s.alpha2.is_some_and(|a| a.eq_ignore_ascii_case(alpha2)));
        official.then(|| state(top).map(|s| s.code))?
    }
}

/// The host of an address, in lower case.
fn host(url: &str) -> Option<String> {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#', ':']).next()?.rsplit('@').next()?;
    (host.contains('.')).then(|| host.to_ascii_lowercase())
}
