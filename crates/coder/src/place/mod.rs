//! Where an event happened, as far as its own clause or the document before it says.

mod domestic;
mod names;
mod occasion;
mod own;
mod scene;
mod target;

pub(crate) use domestic::{
    country_of_blow, country_of_sentence, domesticate, is_domestic, localise, near_state, own_government,
    people_of_place, person_of_place, sole_state, take_blow, take_near, titled_of_place,
};
pub(crate) use names::Finder;
pub(crate) use occasion::occasion;
pub(crate) use own::{common_person, elliptic, punished};
pub(crate) use scene::Scene;
pub(crate) use target::place_unknown;

use crate::clause::Clauses;
use crate::mention::{Sort, Who};
use legation_gazetteer::{Kind, Places};
use legation_record::{EventType, Place, QuadClass, Relation, Span, Upos};

/// Prepositions that place an event.
const LOCATIVE: [&str; 12] =
    ["in", "at", "near", "outside", "inside", "around", "across", "over", "off", "within", "throughout", "on"];

/// Nouns that stand for a place and take its name: "the city of Goma", "Syria's capital", "northern parts of Mali".
const PLACES: [&str; 52] = [
    "city",
    "town",
    "village",
    "capital",
    "province",
    "region",
    "district",
    "area",
    "state",
    "county",
    "governorate",
    "oblast",
    "prefecture",
    "republic",
    "territory",
    "island",
    "peninsula",
    "valley",
    "port",
    "suburb",
    "outskirts",
    "outskirt",
    "neighborhood",
    "neighbourhood",
    "camp",
    "north",
    "south",
    "east",
    "west",
    "northeast",
    "northwest",
    "southeast",
    "southwest",
    "centre",
    "center",
    "part",
    "coast",
    "municipality",
    "resort",
    "settlement",
    "enclave",
    "zone",
    "strip",
    "department",
    "heart",
    "soil",
    "country",
    "airport",
    "water",
    "waters",
    "airspace",
    "territories",
];

/// Talks and papers: where they are held or signed is where it happens.
const TALKS: [&str; 30] = [
    "meeting",
    "talk",
    "talks",
    "summit",
    "conference",
    "forum",
    "negotiation",
    "discussion",
    "consultation",
    "session",
    "visit",
    "trip",
    "tour",
    "ceremony",
    "agreement",
    "treaty",
    "deal",
    "pact",
    "accord",
    "declaration",
    "memorandum",
    "protocol",
    "contract",
    "round",
    "dialogue",
    "reception",
    "dinner",
    "address",
    "speech",
    "rally",
];

/// Buildings and grounds: a city's name before one says where it stands.
const BUILDINGS: [&str; 40] = [
    "airport",
    "mosque",
    "church",
    "cathedral",
    "temple",
    "synagogue",
    "school",
    "university",
    "hospital",
    "hotel",
    "restaurant",
    "cafe",
    "café",
    "nightclub",
    "club",
    "market",
    "mall",
    "station",
    "prison",
    "jail",
    "court",
    "courthouse",
    "stadium",
    "street",
    "square",
    "park",
    "house",
    "home",
    "building",
    "palace",
    "theatre",
    "theater",
    "museum",
    "apartment",
    "office",
    "headquarters",
    "base",
    "barracks",
    "checkpoint",
    "subway",
];

/// A place with the words that name it.
pub(crate) struct Located {
    pub(crate) place: Place,
    pub(crate) span: Span,
}

/// The event whose place is asked for.
pub(crate) struct Happening<'a> {
    pub(crate) anchor: usize,
    /// Token ranges of the words the rule used.
    pub(crate) words: &'a [(usize, usize)],
    /// The word that heads an act told in it.
    pub(crate) act: Option<usize>,
    pub(crate) event_type: EventType,
    pub(crate) visit: bool,
    pub(crate) call: bool,
    pub(crate) actors: &'a [Who],
    pub(crate) recipients: &'a [Who],
    /// Number of its sentence.
    pub(crate) sentence: usize,
}

impl Happening<'_> {
    fn uses(&self, i: usize) -> bool {
        self.words.iter().any(|&(a, b)| a <= i && i <= b)
    }

    /// Words alone: what it is about has its own place.
    fn is_verbal(&self) -> bool {
        matches!(self.event_type.quad_class(), QuadClass::VerbalCooperation | QuadClass::VerbalConflict)
            && self.event_type != EventType::Protest
    }
}

/// The place of an event: a locative phrase of its own clause, the goal of a visit, the target of an attack, the place
/// of its occasion, "there", or in a lead the dateline. A participant's own name is no place.
pub(crate) fn of_event(f: &Finder, h: &Happening, occasion: Option<usize>) -> Option<Located> {
    // A telephone call is nowhere.
    if h.call {
        return None;
    }
    // "A force in Somalia" holds its place; "Ankara" alone is the actor.
    let free = |l: &Located| {
        !h.actors.iter().any(|a| {
            let c = f.clauses;
            // "A protest in Kabul": whoever is named by the place alone is there, too.
            let there = c.case(a.head).is_some_and(|k| LOCATIVE.contains(&c.lemma(k)));
            l.span.contains(c.token(a.head).span) && !there
        })
    };
    let (heads, own) = heads(f.clauses, h);
    let phrase = of_phrases(f, h, &heads, own).filter(free);
    // "Killed across Syria as tanks storm the town of Saraqeb": the target, where it is finer.
    let finer = phrase.as_ref().filter(|l| l.place.precision == "country").and_then(|l| {
        target(f, h).filter(free).filter(|t| t.place.country == l.place.country && t.place.precision != "country")
    });
    finer
        .or(phrase)
        .or_else(|| where_of(f, &heads))
        .or_else(|| beside_partner(f, h).filter(free))
        .or_else(|| goal(f, h).filter(free))
        .or_else(|| occasion.and_then(|n| of_occasion(f, n)))
        .or_else(|| target(f, h).filter(free))
        .or_else(|| there(f, &heads))
        .or_else(|| visited(f, h))
        .or_else(|| filed(f, h))
}

/// The words on which the locative phrases of an event may hang, the nearest first, and how many of them are its own:
/// the others are those of the clauses it hangs on.
pub(crate) fn heads(c: &Clauses, h: &Happening) -> (Vec<usize>, usize) {
    use Relation::*;
    let i = h.anchor;
    let mut heads = vec![i];
    let words = h.words.iter().skip(1).flat_map(|&(a, b)| a..=b);
    heads.extend(words.filter(|&k| !h.is_verbal() || !c.is_nominal(k) || TALKS.contains(&c.lemma(k))));
    // What is talked about has a place of its own, the talk has the event's.
    let own = |k: &usize| !h.is_verbal() || h.uses(*k) && TALKS.contains(&c.lemma(*k));
    heads.extend(c.children_by(i, &[Obj, NsubjPass, Nsubj, Xcomp, Conj]).filter(own));
    if !h.is_verbal() {
        // "kills five people and injures two others in …"
        heads.extend(c.children_by(i, &[Conj]).flat_map(|k| c.children_by(k, &[Obj, NsubjPass])));
    }
    let own_part = heads.len();
    let mut up = i;
    for _ in 0..3 {
        // "Pleads guilty to the murders", "sentenced for killing": the outer clause plays elsewhere.
        let apart = c.children_by(up, &[Case, Mark]).any(|k| {
            matches!(
                c.lemma(k),
                "to" | "for"
                    | "about"
                    | "over"
                    | "after"
                    | "follow"
                    | "following"
                    | "regard"
                    | "before"
                    | "regarding"
                    | "despite"
                    | "since"
                    | "amid"
            ) || c.lemma(k) == "of" && c.head(up).is_some_and(|g| !c.is_nominal(g))
        });
        let climbs =
            !apart && matches!(c.relation(up), Conj | Xcomp | Obj | Obl | Nmod | Advcl | NsubjPass | Nsubj | Compound);
        match c.head(up).filter(|_| climbs) {
            Some(g) => {
                heads.push(g);
                up = g;
            }
            None => break,
        }
    }
    let mut seen: Vec<usize> = Vec::with_capacity(heads.len());
    let mut own = 0;
    for (n, &k) in heads.iter().enumerate() {
        if !seen.contains(&k) && h.act.is_none_or(|a| a == h.anchor || !c.is_below(k, a) || h.uses(k)) {
            seen.push(k);
            own += usize::from(n < own_part);
        }
    }
    (seen, own)
}

fn of_phrases(f: &Finder, h: &Happening, heads: &[usize], own: usize) -> Option<Located> {
    let c = f.clauses;
    let mut found: Vec<(bool, Located)> = Vec::new();
    let mut level: Vec<usize> = heads.to_vec();
    let mut all = level.clone();
    for depth in 0..3 {
        for &k in &level {
            for (preposition, n) in c.prepositional(k) {
                let lemma = c.lemma(preposition);
                // "On Snake Island" is a place, "on Ukraine" a topic.
                let on = lemma == "on"
                    && !(c.form(n).contains("Island")
                        || matches!(c.lemma(n), "island" | "outskirts" | "outskirt" | "coast"));
                let through = lemma == "through" && h.event_type == EventType::Protest;
                if !(through || LOCATIVE.contains(&lemma)) || on || c.child(n, &[Relation::Case]) != Some(preposition) {
                    continue;
                }
                if is_charge(c, h, n) {
                    continue;
                }
                // "Met with leaders in Kansas": whose leaders they are.
                let partner = depth > 0 && h.is_verbal() && c.case(k).is_some_and(|p| c.lemma(p) == "with");
                let beside = matches!(lemma, "off" | "near" | "outside" | "around" | "over");
                let located = of_nominal(f, n).filter(|l| !partner || l.place.precision == "city");
                found.extend(located.map(|l| (beside, l)));
            }
        }
        if depth < 2 {
            // What the outer clause of words is about has a place of its own.
            let open = if depth == 0 && h.is_verbal() { own } else { level.len() };
            // "Clashes between police and protesters in Rostock"
            let between = |k: usize| c.child(k, &[Relation::Case]).is_some_and(|p| c.lemma(p) == "between");
            let below = level[..open].iter().flat_map(|&k| {
                c.children_by(k, &[Relation::Obl, Relation::OblAgent, Relation::Nmod, Relation::Conj])
                    .filter(move |&n| c.relation(n) != Relation::Conj || between(k) && c.is_nominal(n))
            });
            let more: Vec<usize> = below.filter(|k| !all.contains(k) && !is_elsewhere(c, h, *k)).collect();
            all.extend(&more);
            level = more;
        }
    }
    // Inside goes before beside; of several the first, or one inside it: "in Syria", "in the city of Aleppo".
    found.sort_by_key(|(beside, _)| *beside);
    let found: Vec<Located> = found.into_iter().map(|(_, l)| l).collect();
    let first = found.first()?;
    let rank = |l: &Located| ["city", "region", "country"].iter().position(|p| l.place.precision == *p);
    let finer = found.iter().position(|l| l.place.country == first.place.country && rank(l) < rank(first));
    let chosen = finer.unwrap_or(0);
    found.into_iter().nth(chosen)
}

/// "Sentenced for killing six people in Jersey": what stands behind the charge belongs to the charge.
fn is_charge(c: &Clauses, h: &Happening, n: usize) -> bool {
    use EventType::{Accuse, Agree, Reject, Request, Sanction, Support, Threaten};
    let told = matches!(h.event_type, Accuse | Agree | Reject | Request | Sanction | Support | Threaten);
    // "Closed its border due to cases in Iran"
    let reason = (h.anchor + 1..n).any(|t| matches!(c.lemma(t), "due" | "because") && c.upos(t) != Upos::Noun);
    // "Discussed the situation in Haiti": the topic's place.
    let topic = h.is_verbal()
        && (h.anchor + 1..n).any(|t| {
            let noun = c.upos(t) == Upos::Noun && h.uses(t) && !TALKS.contains(&c.lemma(t));
            noun && c.is_verb(h.anchor) || matches!(c.lemma(t), "regard" | "concern" | "regarding" | "concerning")
        });
    topic
        || reason && h.event_type != EventType::Assault
        || told
            && (h.anchor + 1..n).any(|t| {
                matches!(c.lemma(t), "for" | "over" | "after" | "about" | "against")
                    && matches!(c.relation(t), Relation::Case | Relation::Mark)
                    && c.head(t).is_some_and(|v| v != n && v < n)
            })
}

/// Where somebody comes from, a thing is sent to or a talk is about is not where it happens.
fn is_elsewhere(c: &Clauses, h: &Happening, k: usize) -> bool {
    let Some(p) = c.case(k) else { return false };
    match c.lemma(p) {
        "from" | "to" | "for" | "about" | "regard" | "concern" | "regarding" | "concerning" | "over" | "after"
        | "follow" | "following" | "before" | "despite" | "amid" | "since" | "as" | "like" | "than" | "because"
        | "due" | "given" | "without" => true,
        "against" | "by" | "between" => h.is_verbal(),
        "with" => h.is_verbal() && h.event_type != EventType::Consult,
        "on" | "of" | "into" => h.is_verbal() && !h.uses(k),
        _ => false,
    }
}

/// The place a nominal stands for: "Puli Khumri, Baghlan Province, Afghanistan" by its finest part, "the Syrian capital".
pub(crate) fn of_nominal(f: &Finder, n: usize) -> Option<Located> {
    use Relation::*;
    let c = f.clauses;
    let is_place_noun = |k: usize| PLACES.contains(&c.lemma(k)) && c.upos(k) != Upos::Propn;
    let mut parts = vec![n];
    let mut at = 0;
    while at < parts.len() && at < 10 {
        let part = parts[at];
        let person = || f.mentions.one(part).iter().any(|w| matches!(w.sort, Sort::Person | Sort::Role));
        let name = c.upos(part) == Upos::Propn && !person();
        parts.extend(c.children_by(part, &[Flat, Appos, NmodUnmarked, List, NmodDesc]));
        // "A Kabul mosque" is in Kabul, "the US election" is no place.
        let noun = is_place_noun(part);
        if noun {
            // "The Atlanta suburb of College Park" is College Park.
            parts.extend(c.children_by(part, &[Nmod]).filter(|&k| c.case(k).is_some_and(|p| c.lemma(p) == "of")));
        }
        if name || noun || BUILDINGS.contains(&c.lemma(part)) {
            parts.extend(c.children_by(part, &[Compound]));
        }
        if name || noun {
            parts.extend(
                c.children_by(part, &[Nmod]).filter(|&k| c.case(k).is_none_or(|p| matches!(c.lemma(p), "of" | "in"))),
            );
        }
        at += 1;
    }
    let within = container(f, &parts);
    let capital = parts.iter().any(|&k| c.lemma(k) == "capital");
    if capital && let Some(found) = capital_of(f, n) {
        return Some(found);
    }
    let mut whole: Option<Located> = None;
    for &part in &parts {
        let Some(found) = f.name(part, within) else { continue };
        let country = found.place.precision == "country";
        // "A US base" may be anywhere, and "the US Embassy", too.
        let named = c.upos(n) == Upos::Propn && !f.is_place_name(n);
        if country && part != n && c.relation(part) == Compound && (named || BUILDINGS.contains(&c.lemma(n))) {
            continue;
        }
        // "The US state of New York": the state is said beside it.
        match &whole {
            None if country && part != n => whole = Some(found),
            Some(state) if country || state.place.country != found.place.country => {}
            _ => return Some(found),
        }
    }
    if whole.is_some() {
        return whole;
    }
    // "in Iraq's north", "in Syrian territory": the state is all that is said.
    if is_place_noun(n) {
        let owner = c.children_by(n, &[NmodPoss, Amod]).find_map(|k| {
            let (first, last, entries) = f.mentions.name_at(k)?;
            let entry = entries.iter().find(|e| e.is_of_state() && !e.ambiguous)?;
            Some((entry.code?, first, last))
        });
        if let Some((code, first, last)) = owner {
            return country(f, code, c.token(first).span.cover(c.token(last).span));
        }
        // "The village of Banjska" is its own, though the atlas does not know it.
        let named = c
            .children_by(n, &[Relation::Nmod, Relation::Flat, Relation::Compound, Relation::Appos, Relation::AclRelcl]);
        let bare = named.count() == 0;
        if let (true, Some(place)) =
            (bare && definite(c, n) && matches!(c.lemma(n), "city" | "town" | "village"), f.scene.last())
            && place.precision == "city"
        {
            return Some(again(c, place, n));
        }
    }
    None
}

/// The state that the words beside a place's name say it lies in.
fn container(f: &Finder, parts: &[usize]) -> Option<&'static str> {
    let c = f.clauses;
    let state = |k: usize| {
        let (first, _, entries) = f.mentions.name_at(k)?;
        let entry =
            entries.iter().find(|e| matches!(e.kind, Kind::State | Kind::Adjective | Kind::Territory | Kind::Place))?;
        Some((first, entry.code?))
    };
    // The name that is asked about is the phrase's first.
    let own = parts.iter().position(|&n| c.upos(n) == Upos::Propn)?;
    let named = f.mentions.name_at(parts[own]).map(|(first, ..)| first);
    // "Paris, Texas", "Bucha (Ukraine)": the last name of the phrase, other than the first.
    let mut listed = parts.iter().skip(own + 1).filter_map(|&k| state(k)).filter(|(first, _)| Some(*first) != named);
    let beside = parts.iter().flat_map(|&k| c.children_by(k, &[Relation::Amod, Relation::NmodPoss, Relation::Nmod]));
    let adjective = beside.filter_map(state).filter(|(first, _)| Some(*first) != named);
    let last = parts.iter().copied().max()?;
    let behind = || (last + 2 < c.len() && c.form(last + 1) == ",").then(|| state(last + 2))?;
    listed.next_back().or_else(|| adjective.last()).or_else(behind).map(|(_, code)| code)
}

/// "The Syrian capital", "the capital of Syria".
fn capital_of(f: &Finder, n: usize) -> Option<Located> {
    let c = f.clauses;
    let noun =
        if c.lemma(n) == "capital" { n } else { c.children(n).iter().copied().find(|&k| c.lemma(k) == "capital")? };
    let named = [n, noun].iter().any(|&k| {
        c.children_by(k, &[Relation::Appos, Relation::Flat, Relation::Compound, Relation::NmodDesc]).chain([k]).any(
            |k| {
                f.mentions
                    .name_at(k)
                    .is_some_and(|(_, _, e)| e.iter().any(|e| matches!(e.kind, Kind::Capital | Kind::Place)))
            },
        )
    });
    if named {
        return None;
    }
    let owner = c
        .children_by(noun, &[Relation::Amod, Relation::NmodPoss, Relation::Nmod, Relation::Compound])
        .find_map(|k| {
            let (_, _, entries) = f.mentions.name_at(k)?;
            entries.iter().find(|e| e.is_of_state())?.code
        })?;
    let state = f.gazetteer.state(owner)?;
    let name = state.capitals.first()?;
    let found = Places::embedded().named(name).places;
    let city = found.into_iter().find(|p| p.country == owner && !p.is_region)?;
    let first = c
        .children(noun)
        .iter()
        .copied()
        .filter(|&k| c.relation(k) != Relation::Det && c.relation(k) != Relation::Case)
        .min();
    let span = c.token(first.unwrap_or(noun).min(noun)).span.cover(c.token(noun).span);
    let mut place = names::record(&city);
    (place.text, place.start, place.end) = (span.of(c.text).into(), span.start, span.end);
    Some(Located { place, span })
}

fn country(f: &Finder, code: &str, span: Span) -> Option<Located> {
    let name = f.gazetteer.name_of(code)?;
    let place = Place {
        name: name.into(),
        country: Some(code.into()),
        geonameid: Places::embedded().country_id(code),
        precision: "country".into(),
        text: span.of(f.clauses.text).into(),
        start: span.start,
        end: span.end,
        ..Place::default()
    };
    Some(Located { place, span })
}

/// "Hosted a delegation at the White House": the parser hangs the place of a meeting on whoever is met.
fn beside_partner(f: &Finder, h: &Happening) -> Option<Located> {
    let c = f.clauses;
    let met = h.event_type == EventType::Consult && c.is_verb(h.anchor);
    let partners = c.objects(h.anchor).into_iter().filter(|&k| met && !f.mentions.one(k).is_empty());
    let phrases = partners
        .flat_map(|k| c.conjuncts(k))
        .flat_map(|k| c.prepositional(k))
        .filter(|&(p, _)| matches!(c.lemma(p), "in" | "at"));
    phrases.filter_map(|(_, n)| of_nominal(f, n)).find(|l| l.place.precision == "city")
}

/// The goal of a visit: "visits Baku", "a trip to Kyiv".
fn goal(f: &Finder, h: &Happening) -> Option<Located> {
    let c = f.clauses;
    // Who leaves one place for another is in neither.
    if !h.visit || matches!(c.lemma(h.anchor), "leave" | "depart") {
        return None;
    }
    let words: Vec<usize> = std::iter::once(h.anchor).chain(h.words.iter().flat_map(|&(a, b)| a..=b)).collect();
    for &k in &words {
        for (preposition, n) in c.prepositional(k) {
            let goal = match c.lemma(preposition) {
                "to" | "in" | "at" => true,
                "of" => f.mentions.name_at(n).is_some(),
                _ => false,
            };
            if goal && let Some(found) = of_nominal(f, n) {
                return Some(found);
            }
        }
        for n in c.objects(k) {
            let person = f.mentions.one(n).iter().any(|w| matches!(w.sort, Sort::Person | Sort::Role));
            if !h.uses(n)
                && !person
                && let Some(found) = of_nominal(f, n)
            {
                return Some(found);
            }
        }
    }
    None
}

/// The city or region that is attacked or taken; a state is no place of that kind, and a capital may stand for one.
fn target(f: &Finder, h: &Happening) -> Option<Located> {
    let c = f.clauses;
    if h.event_type.quad_class() != QuadClass::MaterialConflict {
        return None;
    }
    let i = h.anchor;
    let mut nominals = c.objects(i);
    for (preposition, n) in h.words.iter().flat_map(|&(a, b)| a..=b).chain([i]).flat_map(|k| c.prepositional(k)) {
        if matches!(c.lemma(preposition), "on" | "of" | "against" | "in" | "into") {
            nominals.push(n);
        }
    }
    if c.is_nominal(i) {
        nominals.extend(c.children_by(i, &[Relation::Compound]));
    }
    // A mayor of Detroit is no Detroit.
    let place = |n: &usize| {
        c.is_nominal(*n)
            && (PLACES.contains(&c.lemma(*n)) || BUILDINGS.contains(&c.lemma(*n)) || c.upos(*n) == Upos::Propn)
            && !f
                .mentions
                .one(*n)
                .iter()
                .any(|w| matches!(w.sort, Sort::Person | Sort::Role | Sort::Unknown) && !w.sectors.is_empty())
    };
    nominals.into_iter().filter(place).find_map(|n| {
        let found = of_nominal(f, n)?;
        let capital = f
            .mentions
            .name_at(n)
            .is_some_and(|(_, _, e)| e.iter().any(|e| matches!(e.kind, Kind::Capital | Kind::Metonym)));
        // An invasion is in the state that is invaded.
        let entered = matches!(c.lemma(i), "invade" | "invasion" | "occupy" | "occupation" | "incursion");
        if found.place.precision == "country" && entered && c.relation(n) != Relation::Compound {
            return Some(found);
        }
        (found.place.precision != "country" && (!capital || h.event_type == EventType::Assault)).then_some(found)
    })
}

/// Where the summit is.
fn of_occasion(f: &Finder, n: usize) -> Option<Located> {
    let c = f.clauses;
    let phrases = c.prepositional(n);
    let inside = phrases.into_iter().filter(|&(k, _)| matches!(c.lemma(k), "in" | "at"));
    inside.filter_map(|(_, m)| of_nominal(f, m)).next().or_else(|| {
        c.children_by(n, &[Relation::Compound]).find_map(|k| f.name(k, None)).filter(|l| l.place.precision == "city")
    })
}

/// "Visited Moscow, where he met …": the place the clause hangs on.
fn where_of(f: &Finder, heads: &[usize]) -> Option<Located> {
    let c = f.clauses;
    let word = heads.iter().flat_map(|&k| c.children_by(k, &[Relation::Advmod])).find(|&k| c.lemma(k) == "where")?;
    // "Visited the town of Kilis on 22 April, where …": the last place since the verb.
    (0..word).rev().take_while(|&n| !c.is_verb(n)).filter(|&n| c.is_nominal(n)).find_map(|n| of_nominal(f, n))
}

/// "There he met …": the place named before.
fn there(f: &Finder, heads: &[usize]) -> Option<Located> {
    let c = f.clauses;
    let word = heads.iter().flat_map(|&k| c.children_by(k, &[Relation::Advmod])).find(|&k| c.lemma(k) == "there")?;
    let before = (0..word).rev().find_map(|n| {
        let k = c.child(n, &[Relation::Case])?;
        LOCATIVE.contains(&c.lemma(k)).then(|| of_nominal(f, n))?
    });
    before.or_else(|| f.scene.last().map(|place| again(c, place, word)))
}

/// "Putin arrived in Baku. On Monday he held talks with Aliyev."
fn visited(f: &Finder, h: &Happening) -> Option<Located> {
    if h.event_type != EventType::Consult || h.visit {
        return None;
    }
    let mut states: Vec<&str> = h.actors.iter().chain(h.recipients).filter_map(|w| w.code.as_deref()).collect();
    states.sort_unstable();
    states.dedup();
    let place = f.scene.visited(&states, h.sentence)?;
    Some(Located { place: place.clone(), span: Span { start: place.start, end: place.end } })
}

/// A meeting told in the lead of a text filed where one of those who meet is at home.
fn filed(f: &Finder, h: &Happening) -> Option<Located> {
    let place = f.scene.dateline()?;
    let home = h.actors.iter().chain(h.recipients).any(|w| w.code.is_some() && w.code == place.country);
    let physical = h.event_type == EventType::Protest || h.event_type == EventType::Consult;
    if h.sentence > 1 || !physical || !home || f.clauses.len() == 0 {
        return None;
    }
    Some(Located { place: place.clone(), span: Span { start: place.start, end: place.end } })
}

/// A place named before, with the words that point back to it.
fn again(c: &Clauses, place: &Place, word: usize) -> Located {
    let span = c.token(word).span;
    let place = Place { text: span.of(c.text).into(), start: span.start, end: span.end, ..place.clone() };
    Located { place, span }
}

fn definite(c: &Clauses, n: usize) -> bool {
    c.children_by(n, &[Relation::Det]).any(|d| matches!(c.lemma(d), "the" | "this" | "that"))
}

/// The last city or region that the sentence places something in.
pub(crate) fn last_of_sentence(f: &Finder) -> Option<Place> {
    let c = f.clauses;
    (0..c.len()).rev().find_map(|n| {
        let k = c.child(n, &[Relation::Case])?;
        let locative = matches!(c.lemma(k), "in" | "at" | "to" | "near");
        locative.then(|| of_nominal(f, n))?.map(|l| l.place).filter(|p| p.precision != "country")
    })
}
