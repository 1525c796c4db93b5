//! Which place a name means: the gazetteer's own tables first, then GeoNames, with the states that sentence and document
//! name deciding between places of one name. Names that are persons, organisations or words stay out.

use super::{Located, Scene};
use crate::clause::Clauses;
use crate::mention::Mentions;
use legation_gazetteer::{Entry, Gazetteer, Kind, PlaceEntry, Places};
use legation_record::{EntityKind, EntityTag, Place, Relation, Span, Upos};

/// What follows or precedes the name of a first-level region.
const REGION_WORDS: [&str; 16] = [
    "region",
    "oblast",
    "province",
    "governorate",
    "state",
    "prefecture",
    "county",
    "krai",
    "department",
    "voivodeship",
    "republic",
    "emirate",
    "district",
    "division",
    "canton",
    "wilaya",
];

/// What stands in a city and bears its name.
const FACILITIES: [&str; 22] = [
    "airport",
    "university",
    "hospital",
    "square",
    "stadium",
    "palace",
    "mosque",
    "church",
    "prison",
    "station",
    "base",
    "port",
    "market",
    "zoo",
    "cathedral",
    "metro",
    "suburb",
    "outskirts",
    "court",
    "hotel",
    "neighborhood",
    "neighbourhood",
];

/// What stands before or behind a name and leaves it the name it is.
const PARTS: [&str; 24] = [
    "north",
    "south",
    "east",
    "west",
    "northern",
    "southern",
    "eastern",
    "western",
    "central",
    "northeast",
    "northwest",
    "southeast",
    "southwest",
    "northeastern",
    "northwestern",
    "southeastern",
    "southwestern",
    "greater",
    "downtown",
    "old",
    "city",
    "international",
    "suburb",
    "upper",
];

/// How much a place listed among those of the news weighs, and one in a state that the sentence or the document names,
/// in powers of ten of inhabitants.
const LISTED: f64 = 3.0;
const IN_SENTENCE: f64 = 2.0;
const IN_DOCUMENT: f64 = 1.0;
const IN_REGION: f64 = 2.0;
/// Nearer than this, two places of one name cannot be told apart.
const MARGIN: f64 = 0.5;
/// So many inhabitants make a place known without its state beside it.
const KNOWN: f64 = 50_000.0;

/// Finds places by the names in a sentence.
pub(crate) struct Finder<'a> {
    pub(crate) clauses: &'a Clauses<'a>,
    pub(crate) mentions: &'a Mentions<'a>,
    pub(crate) scene: &'a Scene,
    pub(crate) gazetteer: &'static Gazetteer,
    states: Vec<&'static str>,
    /// The states that the parties, forces and armed groups of the sentence are at home in.
    homes: Vec<&'static str>,
}

/// Whether a region or a city is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Any,
    Region,
}

impl<'a> Finder<'a> {
    pub(crate) fn new(mentions: &'a Mentions<'a>, scene: &'a Scene, gazetteer: &'static Gazetteer) -> Self {
        Self {
            clauses: mentions.clauses,
            mentions,
            scene,
            gazetteer,
            states: mentions.states(),
            homes: mentions.homes(),
        }
    }

    /// The states the sentence names.
    pub(crate) fn states(&self) -> &[&'static str] {
        &self.states
    }

    /// The place the name at token `i` means, in the state `within` where the words around say which.
    pub(crate) fn name(&self, i: usize, within: Option<&'static str>) -> Option<Located> {
        let c = self.clauses;
        let entity = c.token(i).entity.kind();
        let known = self.mentions.name_at(i);
        if let Some((first, last, entries)) = known {
            let place = |e: &&&'static Entry| {
                matches!(e.kind, Kind::State | Kind::Territory | Kind::Partial | Kind::Capital | Kind::Place)
            };
            // A lone name of a place is one, whatever the entity model says.
            let other = matches!(c.token(first).entity.kind(), Some(EntityKind::Person | EntityKind::Organisation));
            let lone = |e: &Entry| !e.ambiguous && self.mentions.is_lone(first, last);
            if let Some(entry) = entries.iter().find(place).copied().filter(|e| !other || lone(e)) {
                return self.listed(entry, &entries, (first, last), within);
            }
            let metonym = entries.iter().any(|e| e.kind == Kind::Metonym);
            let seat = self.seat(first, last);
            if metonym || seat.is_some() {
                return seat;
            }
            // "Houthi", "Hamas", "Merkel": other things by their names, unless the entity model sees a place.
            if entity != Some(EntityKind::Location) {
                return None;
            }
        }
        self.unlisted(i, within)
    }

    /// A name of the gazetteer's own tables.
    fn listed(
        &self,
        entry: &'static Entry,
        entries: &[&'static Entry],
        (first, last): (usize, usize),
        within: Option<&'static str>,
    ) -> Option<Located> {
        let span = self.span(first, last);
        let words = span.of(self.clauses.text);
        // "In Georgia" beside other American names is the American one.
        let elsewhere = entries.iter().find(|e| {
            e.kind == Kind::Place && e.code.is_some_and(|code| within.or(self.home()).is_some_and(|home| home == code))
        });
        let is_state = matches!(entry.kind, Kind::State | Kind::Territory | Kind::Partial);
        if is_state && !(entry.ambiguous && elsewhere.is_some()) {
            let code = entry.code;
            // "Gaza Strip", "Scotland": a state's or territory's name that is its region's, too.
            let region =
                || Places::embedded().named(words).places.into_iter().find(|p| p.is_region && Some(p.country) == code);
            if words != entry.name
                && let Some(region) = region()
            {
                return Some(self.located(&region, (first, last)));
            }
            return Some(Located {
                place: Place {
                    name: entry.name.to_string(),
                    country: code.map(String::from),
                    geonameid: code
                        .filter(|_| entry.kind != Kind::Partial)
                        .and_then(|c| Places::embedded().country_id(c)),
                    precision: if entry.kind == Kind::Partial { "region" } else { "country" }.into(),
                    ..quoted(words, span)
                },
                span,
            });
        }
        if !self.is_whole(first, last) {
            return None;
        }
        // "North Las Vegas" is another city than Las Vegas.
        if first > 0 && self.clauses.form(first - 1).starts_with(char::is_uppercase) {
            let longer = Places::embedded().named(self.span(first - 1, last).of(self.clauses.text)).places;
            if let Some(place) = longer.into_iter().find(|p| p.country == entry.code.unwrap_or_default()) {
                return Some(self.located(&place, (first - 1, last)));
            }
        }
        let end = self.region_word(last);
        let named = Places::embedded().named(words).places;
        let wanted = self.wanted(last, end, &named);
        let listed: Vec<&'static str> =
            entries.iter().filter(|e| matches!(e.kind, Kind::Capital | Kind::Place)).filter_map(|e| e.code).collect();
        if let Some(found) = self.choose(named, within, wanted, &listed) {
            return Some(self.located_as(&found, (first, end), wanted));
        }
        // A region of the tables that GeoNames does not list as a first-level one (Donbas, Kashmir, Darfur).
        let entry = entries
            .iter()
            .copied()
            .filter(|e| matches!(e.kind, Kind::Capital | Kind::Place))
            .find(|e| within.is_some_and(|w| e.code == Some(w)))
            .or(elsewhere.copied())
            .unwrap_or(entry);
        let location = entry.location.as_ref();
        let precision = if end > last { "region" } else { location.map_or("city", |l| l.precision) };
        let span = self.span(first, end);
        let words = span.of(self.clauses.text);
        Some(Located {
            place: Place {
                country: entry.code.map(String::from),
                lat: location.and_then(|l| l.latitude),
                lon: location.and_then(|l| l.longitude),
                geonameid: location.and_then(|l| l.geonameid),
                precision: precision.into(),
                ..quoted(words, span)
            },
            span,
        })
    }

    /// A name that only GeoNames knows.
    fn unlisted(&self, i: usize, within: Option<&'static str>) -> Option<Located> {
        let c = self.clauses;
        let entity = c.token(i).entity.kind();
        // "al-Qaryatayn"
        let article =
            matches!(c.form(i), "al" | "el" | "as" | "ar" | "ad" | "ash") && entity == Some(EntityKind::Location);
        if c.upos(i) != Upos::Propn || !(c.form(i).starts_with(char::is_uppercase) || article) {
            return None;
        }
        let other = matches!(entity, Some(EntityKind::Person | EntityKind::Organisation));
        let (mut first, mut last) = (i, i);
        while first > 0 && matches!(c.token(first).entity, EntityTag::Inside(_)) {
            first -= 1;
        }
        while last + 1 < c.len()
            && (matches!(c.token(last + 1).entity, EntityTag::Inside(_))
                || entity.is_none() && c.upos(last + 1) == Upos::Propn && self.is_joined(last + 1))
        {
            last += 1;
        }
        // Without the entity model's word a name is the whole run of capitals.
        while entity.is_none() && first > 0 && c.upos(first - 1) == Upos::Propn && self.is_joined(first - 1) {
            first -= 1;
        }
        let forms: Vec<&str> = (first..(last + 2).min(c.len())).map(|k| c.form(k)).collect();
        let found = Places::embedded().longest(&forms)?;
        let end = first + found.tokens - 1;
        if end < i || found.doubtful && (entity.is_none() || other) {
            return None;
        }
        // What the entity model takes for a person or an organisation is a place where it is a well-known one's only name.
        let known = |p: &PlaceEntry| p.population >= 2.0 * KNOWN || !p.also.is_empty();
        if other && !(end == last && self.mentions.is_lone(first, last) && found.places.first().is_some_and(known)) {
            return None;
        }
        // "Kabul University" is in Kabul; "Lincoln Center" is no Lincoln.
        let rest_fits = (end + 1..=last).all(|k| {
            let lemma = c.lemma(k);
            FACILITIES.contains(&lemma) || REGION_WORDS.contains(&lemma) || lemma == "international" || lemma == "city"
        });
        if !rest_fits {
            return None;
        }
        let last = self.region_word(end);
        let wanted = self.wanted(end, last, &found.places);
        if found.seat {
            return found.places.first().map(|p| self.seated(p, (first, end)));
        }
        // "Arman, Syria" is none of the Armans elsewhere.
        let within_one = |state: &'static str| found.places.iter().any(|p| p.country == state);
        if within.is_some_and(|state| !within_one(state)) {
            return None;
        }
        // A name that places of one state alone bear needs no support.
        let sole = entity == Some(EntityKind::Location)
            && found.places.first().is_some_and(|one| found.places.iter().all(|p| p.country == one.country));
        let place = self.choose(found.places, within, wanted, &[])?;
        let quiet = self.states.is_empty() && self.scene.named().next().is_none();
        let least = match () {
            // A long name that no other state has needs no fame.
            () if sole && quiet && c.form(i).len() > 6 => KNOWN / 25.0,
            () if sole && self.states.is_empty() => KNOWN / 5.0,
            () => KNOWN,
        };
        let supported = within.is_some() || self.in_sentence(&place) || self.scene.knows(place.country);
        let known = (place.population >= least || !place.also.is_empty()) && !found.doubtful;
        (supported && !(found.doubtful && within.is_none() && place.population < KNOWN) || known)
            .then(|| self.located_as(&place, (first, last), wanted))
    }

    /// Whether a name is all of the name: "Aden" is not in "Gulf of Aden", but in "northern Aden" and "Aden Airport".
    fn is_whole(&self, first: usize, last: usize) -> bool {
        let c = self.clauses;
        if c.token(first).entity.kind() != Some(EntityKind::Location) {
            return true;
        }
        let (mut from, mut to) = (first, last);
        while from > 0 && matches!(c.token(from).entity, EntityTag::Inside(_)) {
            from -= 1;
        }
        while to + 1 < c.len() && matches!(c.token(to + 1).entity, EntityTag::Inside(_)) {
            to += 1;
        }
        (from..first).chain(last + 1..=to).all(|k| {
            let lemma = c.lemma(k);
            !c.form(k).starts_with(char::is_uppercase)
                || PARTS.contains(&lemma)
                || REGION_WORDS.contains(&lemma)
                || FACILITIES.contains(&lemma)
                || self.mentions.name_at(k).is_some()
        }) && (from..first)
            .all(|k| c.lemma(k) != "of" || (from..k).any(|j| FACILITIES.contains(&c.lemma(j)) || c.lemma(j) == "city"))
    }

    /// The city where a seat stands ("at the White House").
    fn seat(&self, first: usize, last: usize) -> Option<Located> {
        // Tables of names may hold the article.
        let bare = if first < last && self.clauses.lemma(first) == "the" { first + 1 } else { first };
        let found = Places::embedded().named(self.span(bare, last).of(self.clauses.text));
        found.seat.then(|| found.places.first().map(|p| self.seated(p, (first, last))))?
    }

    fn seated(&self, place: &PlaceEntry, tokens: (usize, usize)) -> Located {
        let mut found = self.located(place, tokens);
        found.place.name = place.name.to_string();
        found
    }

    /// A district of a city's name is not the city.
    fn located_as(&self, place: &PlaceEntry, tokens: (usize, usize), wanted: Wanted) -> Located {
        let mut found = self.located(place, tokens);
        if wanted == Wanted::Region && !place.is_region {
            let place = &mut found.place;
            place.precision = "region".into();
            (place.lat, place.lon, place.geonameid) = (None, None, None);
            place.also.clear();
        }
        found
    }

    fn located(&self, place: &PlaceEntry, (first, last): (usize, usize)) -> Located {
        let span = self.span(first, last);
        let words = span.of(self.clauses.text);
        let mut record = record(place);
        record.also.retain(|n| n != words);
        record.name = words.to_string();
        (record.text, record.start, record.end) = (words.to_string(), span.start, span.end);
        Located { place: record, span }
    }

    /// The one meant of several places of a name.
    fn choose(
        &self,
        mut places: Vec<PlaceEntry>,
        within: Option<&'static str>,
        wanted: Wanted,
        listed: &[&'static str],
    ) -> Option<PlaceEntry> {
        if let Some(state) = within.filter(|s| places.iter().any(|p| p.country == *s)) {
            places.retain(|p| p.country == state);
        } else if !listed.is_empty() {
            // What the tables list is never some village elsewhere; what they list is a state's, not a namesake's.
            places.retain(|p| listed.contains(&p.country) || self.in_sentence(p));
        }
        if wanted == Wanted::Region && places.iter().any(|p| p.is_region) {
            places.retain(|p| p.is_region);
        }
        let sentence = self.clauses.sentence.span.of(self.clauses.text);
        let weight = |p: &PlaceEntry| {
            let mut weight = logarithm(p.population);
            if listed.contains(&p.country) {
                weight += LISTED;
            }
            if self.in_sentence(p) {
                weight += IN_SENTENCE;
            } else if self.scene.knows(p.country) {
                weight += IN_DOCUMENT;
            }
            // "Pauktaw, Rakhine State" is the one there.
            let region = p.region.trim_end_matches(" State").trim_end_matches(" Province").trim_end_matches(" Oblast");
            if !p.is_region && !region.is_empty() && region != p.name && sentence.contains(region) {
                weight += IN_REGION;
            }
            // A city and its region share a name: bare, it is the city's.
            if p.is_region { weight - 2.0 } else { weight }
        };
        let mut weighed: Vec<(f64, PlaceEntry)> = places.into_iter().map(|p| (weight(&p), p)).collect();
        weighed.sort_by(|a, b| b.0.total_cmp(&a.0));
        let (best, place) = weighed.first()?;
        let rival = weighed[1..].iter().find(|(w, p)| best - w < MARGIN && p.country != place.country);
        if rival.is_some() {
            return None;
        }
        // Namesakes in one state: the larger, where it is much larger, else no one place.
        let twin = weighed[1..].iter().any(|(w, p)| {
            best - w < 0.3 && p.country == place.country && p.region != place.region && !p.is_region && !place.is_region
        });
        let mut place = place.clone();
        if twin {
            (place.latitude, place.longitude, place.geonameid, place.region) = (None, None, None, "");
        }
        Some(place)
    }

    fn in_sentence(&self, place: &PlaceEntry) -> bool {
        self.states.contains(&place.country) || self.homes.contains(&place.country)
    }

    /// The state most spoken of: the sentence's only one, else the document's.
    fn home(&self) -> Option<&'static str> {
        match self.states.as_slice() {
            [one] => Some(one),
            [] => self.scene.state(),
            _ => None,
        }
    }

    /// The token of the region word behind a name ("Helmand province"), else the name's own last token.
    fn region_word(&self, last: usize) -> usize {
        let c = self.clauses;
        let next = last + 1;
        let follows = next < c.len() && REGION_WORDS.contains(&c.form(next).to_lowercase().as_str());
        if follows { next } else { last }
    }

    /// "Kandahar province", "the state of New York": the region, where there is one.
    fn wanted(&self, last: usize, end: usize, places: &[PlaceEntry]) -> Wanted {
        let c = self.clauses;
        let of = || {
            c.relation(last) == Relation::Nmod
                && c.case(last).is_some_and(|k| c.lemma(k) == "of")
                && c.head(last)
                    .is_some_and(|h| matches!(c.lemma(h), "state" | "province" | "republic" | "oblast" | "governorate"))
                && places.iter().any(|p| p.is_region)
        };
        if end > last || of() { Wanted::Region } else { Wanted::Any }
    }

    /// Whether the entity model or the gazetteer takes the token for a place.
    pub(crate) fn is_place_name(&self, i: usize) -> bool {
        self.clauses.token(i).entity.kind() == Some(EntityKind::Location) || self.mentions.name_at(i).is_some()
    }

    /// Whether a proper noun belongs to the name beside it.
    fn is_joined(&self, i: usize) -> bool {
        matches!(self.clauses.relation(i), Relation::Flat | Relation::Compound)
    }

    fn span(&self, first: usize, last: usize) -> Span {
        self.clauses.token(first).span.cover(self.clauses.token(last).span)
    }
}

/// What the index knows of a place, under its usual name.
pub(super) fn record(place: &PlaceEntry) -> Place {
    let mut also: Vec<String> = place.also.iter().map(ToString::to_string).collect();
    if !also.is_empty() {
        also.insert(0, place.name.to_string());
    }
    Place {
        name: place.name.to_string(),
        also,
        country: Some(place.country.to_string()),
        region: (!place.region.is_empty()).then(|| place.region.to_string()),
        lat: place.latitude,
        lon: place.longitude,
        geonameid: place.geonameid,
        precision: if place.is_region { "region" } else { "city" }.into(),
        ..Place::default()
    }
}

/// A place of which the words are known.
fn quoted(words: &str, span: Span) -> Place {
    Place { name: words.into(), text: words.into(), start: span.start, end: span.end, ..Place::default() }
}

/// The decimal logarithm to a tenth, by counting: the same on every machine.
fn logarithm(population: f64) -> f64 {
    let (mut value, mut steps) = (1.0, 0.0);
    // The tenth root of ten.
    while value * 1.258_925_411_794_167 <= population && steps < 120.0 {
        value *= 1.258_925_411_794_167;
        steps += 1.0;
    }
    steps / 10.0
}
