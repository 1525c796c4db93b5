//! CSV: one event a row, lists joined by "; ", nested objects as `document_id`, `place_name` and so on.

use crate::sheet::Kind;
use legation::record::{Event, Participant};
use std::io::{self, Write};

/// The columns: name, what stands in it, what it means.
pub const COLUMNS: [(&str, Kind, &str); 68] = [
    ("id", Kind::Text, "stable identifier: of the occurrence, or of the report where reports are exported"),
    ("document_id", Kind::Text, "identifier of the document that tells most"),
    ("document_title", Kind::Text, "its headline"),
    ("document_publisher", Kind::Text, "who published it"),
    ("document_published", Kind::Text, "when, YYYY-MM-DD"),
    ("document_url", Kind::Text, "where"),
    ("event_type", Kind::Text, "PLOVER event type"),
    ("event_mode", Kind::Text, "PLOVER modes"),
    ("contexts", Kind::Text, "PLOVER contexts"),
    ("about", Kind::Text, "type of the act that is promised, requested, threatened, rejected or alleged"),
    ("cameo_code", Kind::Text, "CAMEO code, two to four digits"),
    ("quad_class", Kind::Text, "verbal or material, cooperation or conflict"),
    ("score", Kind::Float, "PLOVER score of type and mode, -10 (conflict) to 10 (cooperation)"),
    ("actor_name", Kind::Text, "who acted; of several the n-th has the n-th code"),
    ("actor_code", Kind::Text, "ISO 3166 alpha-3 of a state, short name of an organisation"),
    ("actor_sectors", Kind::Text, "PLOVER sectors, the primary one first"),
    ("actor_wikidata", Kind::Text, "Wikidata item"),
    ("actor_text", Kind::Text, "the words of the text"),
    ("actor_span", Kind::Text, "their bytes in the text, FIRST:END"),
    ("recipient_name", Kind::Text, "to whom it was done"),
    ("recipient_code", Kind::Text, "its code"),
    ("recipient_sectors", Kind::Text, "its sectors"),
    ("recipient_wikidata", Kind::Text, "its Wikidata item"),
    ("recipient_text", Kind::Text, "the words of the text"),
    ("recipient_span", Kind::Text, "their bytes in the text, FIRST:END"),
    ("date", Kind::Text, "when it happened, as precise as the text: YYYY-MM-DD, YYYY-MM or YYYY; empty where unknown"),
    (
        "date_precision",
        Kind::Text,
        "day, month or year; publication where the text tells no time and date is the day of publication",
    ),
    ("date_earliest", Kind::Text, "first day the words allow, YYYY-MM-DD; of a range its beginning"),
    ("date_latest", Kind::Text, "last day the words allow; of a range its end"),
    ("date_text", Kind::Text, "the words that date it"),
    ("date_start", Kind::Int, "their first byte in the text (UTF-8)"),
    ("date_end", Kind::Int, "one past their last byte"),
    ("place_name", Kind::Text, "where it happened"),
    ("place_also", Kind::Text, "other names in use, former and contested ones"),
    ("place_country", Kind::Text, "ISO 3166 alpha-3 of the state it lies in"),
    ("place_region", Kind::Text, "first-level region it lies in"),
    ("place_lat", Kind::Float, "latitude in degrees, WGS 84"),
    ("place_lon", Kind::Float, "longitude in degrees, WGS 84"),
    ("place_geonameid", Kind::Int, "GeoNames identifier"),
    ("place_precision", Kind::Text, "country, region or city"),
    ("place_text", Kind::Text, "the words that place it"),
    ("place_start", Kind::Int, "their first byte"),
    ("place_end", Kind::Int, "one past their last byte"),
    (
        "occasion_text",
        Kind::Text,
        "the meeting at whose margins or in whose course it happened, in the words of the text",
    ),
    ("occasion_start", Kind::Int, "their first byte"),
    ("occasion_end", Kind::Int, "one past their last byte"),
    ("dead", Kind::Int, "people killed"),
    ("injured", Kind::Int, "people injured"),
    ("arrested", Kind::Int, "people arrested"),
    ("crowd", Kind::Int, "people gathered"),
    ("size_text", Kind::Text, "the words of these numbers, as they stand: at least 30; dozens"),
    ("size_low", Kind::Text, "the least each can be by its words; empty where they do not say"),
    ("size_high", Kind::Text, "the most each can be by its words"),
    ("status", Kind::Text, "actual, historical, future, hypothetical or negated"),
    ("attribution_speaker", Kind::Text, "who says so"),
    ("attribution_code", Kind::Text, "code of the speaker's state or organisation"),
    ("attribution_text", Kind::Text, "the words that attribute"),
    ("attribution_party", Kind::Text, "actor or recipient where the speaker belongs to that side: a party's claim"),
    ("confidence", Kind::Float, "0 to 1"),
    ("sentence", Kind::Int, "number of the sentence in the document, from 0"),
    ("evidence_text", Kind::Text, "the sentence; empty where the record may not keep it"),
    ("evidence_start", Kind::Int, "first byte of the sentence in the text (UTF-8)"),
    ("evidence_end", Kind::Int, "one past its last byte"),
    ("trigger_text", Kind::Text, "the words that name the act"),
    ("trigger_start", Kind::Int, "their first byte"),
    ("trigger_end", Kind::Int, "one past their last byte"),
    ("rule", Kind::Text, "rule of the codebook that fired"),
    ("coder", Kind::Text, "version of the coder with the hash of its codebook, or who coded it"),
];

/// A CSV file being written.
pub struct Flat<W: Write> {
    rows: csv::Writer<W>,
}

impl<W: Write> Flat<W> {
    /// Begins with the row of column names: those of an event, then `more`.
    pub fn new(out: W, more: &[&str]) -> io::Result<Self> {
        let mut rows = csv::Writer::from_writer(out);
        rows.write_record(COLUMNS.iter().map(|(name, _, _)| name).chain(more))?;
        Ok(Self { rows })
    }

    /// Writes one event, then the cells `more`, as they are.
    pub fn event(&mut self, event: &Event, more: &[String]) -> io::Result<()> {
        let place = event.place.as_ref();
        let date = event.date.as_ref();
        let occasion = event.occasion.as_ref();
        let size = event.size.clone().unwrap_or_default();
        let said = event.attribution.as_ref();
        let quote = &event.evidence;
        let document = &event.document;
        let mut row = vec![
            text(&event.id),
            text(&document.id),
            optional(document.title.as_deref()),
            optional(document.publisher.as_deref()),
            optional(document.published.as_deref()),
            optional(document.url.as_deref()),
            event.event_type.name().to_owned(),
            joined(event.event_mode.iter().map(String::as_str)),
            joined(event.contexts.iter().map(String::as_str)),
            event.about.map(|t| t.name().to_owned()).unwrap_or_default(),
            text(&event.cameo_code),
            event.quad_class.name().to_owned(),
            event.score.to_string(),
        ];
        row.extend(participants(&event.actors));
        row.extend(participants(&event.recipients));
        row.extend([
            optional(date.map(|d| d.value.as_str())),
            optional(date.map(|d| d.precision.name())),
            optional(date.and_then(|d| d.earliest.as_deref())),
            optional(date.and_then(|d| d.latest.as_deref())),
            optional(date.map(|d| d.text.as_str())),
            number(date.map(|d| d.start)),
            number(date.map(|d| d.end)),
            optional(place.map(|p| p.name.as_str())),
            joined(place.into_iter().flat_map(|p| p.also.iter().map(String::as_str))),
            optional(place.and_then(|p| p.country.as_deref())),
            optional(place.and_then(|p| p.region.as_deref())),
            number(place.and_then(|p| p.lat)),
            number(place.and_then(|p| p.lon)),
            number(place.and_then(|p| p.geonameid)),
            optional(place.map(|p| p.precision.as_str())),
            optional(place.map(|p| p.text.as_str())),
            number(place.map(|p| p.start)),
            number(place.map(|p| p.end)),
            optional(occasion.map(|o| o.text.as_str())),
            number(occasion.map(|o| o.start)),
            number(occasion.map(|o| o.end)),
            number(size.dead),
            number(size.injured),
            number(size.arrested),
            number(size.crowd),
            joined(size.counts.iter().map(|c| c.text.as_str())),
            joined(size.counts.iter().map(|c| number(c.low)).collect::<Vec<_>>().iter().map(String::as_str)),
            joined(size.counts.iter().map(|c| number(c.high)).collect::<Vec<_>>().iter().map(String::as_str)),
            event.status.name().to_owned(),
            optional(said.map(|a| a.speaker.as_str())),
            optional(said.and_then(|a| a.code.as_deref())),
            optional(said.map(|a| a.text.as_str())),
            said.and_then(|a| a.party).map_or(String::new(), |side| side.name().to_owned()),
            event.confidence.to_string(),
            quote.sentence.to_string(),
            text(&quote.text),
            quote.start.to_string(),
            quote.end.to_string(),
            text(&quote.trigger.text),
            quote.trigger.start.to_string(),
            quote.trigger.end.to_string(),
            text(&event.rule),
            text(&event.coder),
        ]);
        row.extend_from_slice(more);
        Ok(self.rows.write_record(row)?)
    }

    /// Writes what is left and gives back where it went.
    pub fn finish(self) -> io::Result<W> {
        self.rows.into_inner().map_err(|e| e.into_error())
    }
}

/// Six cells; each lists the participants in the same order, so that the n-th name has the n-th code.
fn participants(list: &[Participant]) -> [String; 6] {
    let each = |f: &dyn Fn(&Participant) -> String| {
        let parts: Vec<String> = list.iter().map(f).collect();
        joined(parts.iter().map(String::as_str))
    };
    [
        each(&|p| p.name.clone()),
        each(&|p| p.code.clone().unwrap_or_default()),
        each(&|p| p.sectors.join(" ")),
        each(&|p| p.wikidata.clone().unwrap_or_default()),
        each(&|p| p.text.clone()),
        each(&|p| format!("{}:{}", p.start, p.end)),
    ]
}

fn joined<'a>(parts: impl Iterator<Item = &'a str>) -> String {
    text(&parts.map(|p| p.replace(';', ",")).collect::<Vec<_>>().join("; "))
}

fn number<T: ToString>(value: Option<T>) -> String {
    value.map(|v| v.to_string()).unwrap_or_default()
}

fn optional(value: Option<&str>) -> String {
    value.map(text).unwrap_or_default()
}

/// A cell that no spreadsheet takes for a formula: the words come from strangers (OWASP, "CSV injection").
pub fn text(value: &str) -> String {
    if value.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']) {
        format!("'{value}")
    } else {
        value.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    #[test]
    fn a_row_has_a_cell_for_each_column_and_no_formula() {
        let mut out = Vec::new();
        let mut flat = Flat::new(&mut out, &["origin"]).expect("a vector takes all");
        flat.event(&sample::visit(), &[text("-")]).expect("a vector takes all");
        flat.finish().expect("a vector takes all");
        let mut rows = csv::Reader::from_reader(&out[..]);
        let names = rows.headers().expect("a header").clone();
        let row = rows.records().next().expect("a row").expect("as long as the header");
        let cell = |name: &str| row.get(names.iter().position(|n| n == name).expect("a known name")).expect("a cell");
        assert_eq!(cell("document_title"), "'=cmd()");
        assert_eq!(cell("actor_code"), "AZE");
        assert_eq!(cell("score"), "2.8");
        assert_eq!(cell("place_lat"), "55.75");
        assert_eq!(cell("trigger_start"), "7");
        assert_eq!(cell("about"), "");
        assert_eq!(cell("origin"), "'-");
    }
}
