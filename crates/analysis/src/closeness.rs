//! How near states are to each other: on the map, and by the organisations they share.

use crate::Day;
use legation_gazetteer::{Gazetteer, Places, Status};
use std::collections::{BTreeMap, BTreeSet};

/// Where the capitals lie.
#[derive(Debug)]
pub struct Map {
    capitals: BTreeMap<&'static str, (f64, f64)>,
}

impl Map {
    /// From the gazetteer's capitals, placed by GeoNames.
    pub fn new(gazetteer: &'static Gazetteer) -> Self {
        let places = Places::embedded();
        let position = |code: &str, capital: &str| {
            let named = places.named(capital).places;
            let place = named.iter().filter(|place| place.country == code && !place.is_region);
            place.filter_map(|place| place.latitude.zip(place.longitude)).next()
        };
        let capitals = gazetteer
            .states()
            .filter_map(|state| Some((state.code, state.capitals.iter().find_map(|c| position(state.code, c))?)));
        Self { capitals: capitals.collect() }
    }

    /// Kilometres between two capitals along the great circle, on a sphere of 6371 km; `None` where one is not known.
    pub fn distance(&self, one: &str, other: &str) -> Option<f64> {
        let radians = |code: &str| {
            let (latitude, longitude) = self.capitals.get(code)?;
            Some((latitude.to_radians(), longitude.to_radians()))
        };
        let ((lat1, lon1), (lat2, lon2)) = (radians(one)?, radians(other)?);
        // Haversine.
        let half = |x: f64| (x / 2.0).sin().powi(2);
        let h = half(lat2 - lat1) + lat1.cos() * lat2.cos() * half(lon2 - lon1);
        Some(2.0 * 6371.0 * h.sqrt().min(1.0).asin())
    }
}

/// Who was a member of what on a day.
#[derive(Debug)]
pub struct Closeness {
    members: BTreeMap<&'static str, BTreeSet<&'static str>>,
}

/// The organisations that two states share.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shared {
    /// The sum of 1/members over them: an organisation of five says more than one of two hundred.
    pub value: f64,
    /// The three smallest, by code.
    pub smallest: Vec<String>,
}

impl Closeness {
    /// From the dated memberships, as they stood the day before. Only sure, full memberships count.
    pub fn on(gazetteer: &'static Gazetteer, before: Day) -> Self {
        let day = before.plus(-1).date();
        let mut members: BTreeMap<&'static str, BTreeSet<&'static str>> = BTreeMap::new();
        for state in gazetteer.states() {
            for row in gazetteer.memberships(state.code) {
                if row.status == Status::Member && row.held_on(day) == Some(true) {
                    members.entry(row.organisation).or_default().insert(state.code);
                }
            }
        }
        Self { members }
    }

    /// The members of an organisation.
    pub fn members(&self, organisation: &str) -> Vec<&'static str> {
        self.members.get(organisation).into_iter().flatten().copied().collect()
    }

    /// What two states share.
    pub fn between(&self, one: &str, other: &str) -> Shared {
        let shared = self.members.iter().filter(|(_, who)| who.contains(one) && who.contains(other));
        let mut sizes: Vec<(usize, &str)> = shared.map(|(code, who)| (who.len(), *code)).collect();
        sizes.sort_unstable();
        Shared {
            value: sizes.iter().map(|(size, _)| 1.0 / *size as f64).sum(),
            smallest: sizes.iter().take(3).map(|(_, code)| (*code).to_owned()).collect(),
        }
    }

    /// The number of members of an organisation that two states are both members of; `None` where they are not, or are one:
    /// to mediate within a member is another matter (tried: `eval/mediators.md`).
    pub fn house_of(&self, organisation: &str, one: &str, other: &str) -> Option<usize> {
        let who = self.members.get(organisation)?;
        (one != other && who.contains(one) && who.contains(other)).then_some(who.len())
    }
}
