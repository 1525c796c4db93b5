//! How much the record has for a month and a state: what tells a zero from silence.

use crate::Month;
use serde::Serialize;
use std::ops::AddAssign;

/// What the record holds of a month, by day of publication.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Covered {
    /// Documents; of a code, those with a report about it.
    pub documents: u32,
    /// Reports of events of any status; of a code, those in which it takes part.
    pub reports: u32,
    /// Different publishers that are named. Of several months added up: the largest of a month.
    pub publishers: u32,
}

impl AddAssign for Covered {
    fn add_assign(&mut self, other: Self) {
        self.documents += other.documents;
        self.reports += other.reports;
        self.publishers = self.publishers.max(other.publishers);
    }
}

/// What the record holds, by month, for all and for each code.
#[derive(Debug, Default)]
pub struct Coverage {
    first: i32,
    all: Vec<Covered>,
    /// Rows of code and month, sorted.
    codes: Vec<((u32, i32), Covered)>,
}

/// What is gathered while documents are told: code (0 for all), month, publisher, reports.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    rows: Vec<(u32, i32, u32, u32)>,
    codes: Vec<(u32, u32)>,
}

impl Tally {
    /// A document of a month: the codes of each of its reports.
    pub fn document(&mut self, month: Month, publisher: u32, reports: impl Iterator<Item = Vec<u32>>) {
        self.codes.clear();
        let mut number = 0;
        for mut codes in reports {
            number += 1;
            codes.sort_unstable();
            codes.dedup();
            self.codes.extend(codes.into_iter().filter(|code| *code > 0).map(|code| (code, 1)));
        }
        self.rows.push((0, month.0, publisher, number));
        self.codes.sort_unstable();
        for same in self.codes.chunk_by(|a, b| a.0 == b.0) {
            self.rows.push((same[0].0, month.0, publisher, same.len() as u32));
        }
    }

    /// Adds all up.
    pub fn finish(mut self) -> Coverage {
        self.rows.sort_unstable();
        let mut coverage = Coverage::default();
        let months = || self.rows.iter().filter(|row| row.0 == 0).map(|row| row.1);
        coverage.first = months().next().unwrap_or(0);
        let last = months().next_back().unwrap_or(coverage.first - 1);
        coverage.all = vec![Covered::default(); usize::try_from(last - coverage.first + 1).unwrap_or(0)];
        for rows in self.rows.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
            let mut covered = Covered { documents: rows.len() as u32, ..Covered::default() };
            covered.reports = rows.iter().map(|row| row.3).sum();
            let named = rows.chunk_by(|a, b| a.2 == b.2).filter(|same| same[0].2 > 0);
            covered.publishers = named.count() as u32;
            match rows[0].0 {
                0 => coverage.all[(rows[0].1 - coverage.first) as usize] = covered,
                code => coverage.codes.push(((code, rows[0].1), covered)),
            }
        }
        coverage
    }
}

impl Coverage {
    /// The first and the last month with a dated document.
    pub fn months(&self) -> Option<(Month, Month)> {
        let last = self.first + self.all.len() as i32 - 1;
        (!self.all.is_empty()).then_some((Month(self.first), Month(last)))
    }

    /// What there is of a month, whoever it is about.
    pub fn of_month(&self, month: Month) -> Covered {
        usize::try_from(month.0 - self.first).ok().and_then(|i| self.all.get(i)).copied().unwrap_or_default()
    }

    /// What there is of a month about a code, by its number in the history.
    pub(crate) fn of_code(&self, code: u32, month: Month) -> Covered {
        let found = self.codes.binary_search_by_key(&(code, month.0), |row| row.0);
        found.map(|i| self.codes[i].1).unwrap_or_default()
    }

    /// What there is of the months from one to another, whoever it is about.
    pub fn between(&self, from: Month, to: Month) -> Covered {
        let mut sum = Covered::default();
        (from.0..=to.0).for_each(|month| sum += self.of_month(Month(month)));
        sum
    }
}
