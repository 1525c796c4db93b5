//! CSV: one event a row, lists joined by "; ", nested objects as `document_id`, `place_name` and so on.

use legation::record::{Event, Participant};
use std::io::{self, Write};

const COLUMNS: [&str; 64] = [
    "id",
    "document_id",
    "document_title",
    "document_publisher",
    "document_published",
    "document_url",
    "event_type",
    "event_mode",
    "contexts",
    "about",
    "cameo_code",
    "quad_class",
    "score",
    "actor_name",
    "actor_code",
    "actor_sectors",
    "actor_wikidata",
    "actor_text",
    "actor_span",
    "recipient_name",
    "recipient_code",
    "recipient_sectors",
    "recipient_wikidata",
    "recipient_text",
    "recipient_span",
    "date",
    "date_precision",
    "date_earliest",
    "date_latest",
    "date_text",
    "date_start",
    "date_end",
    "place_name",
    "place_also",
    "place_country",
    "place_region",
    "place_lat",
    "place_lon",
    "place_geonameid",
    "place_precision",
    "place_text",
    "place_start",
    "place_end",
    "occasion_text",
    "occasion_start",
    "occasion_end",
    "dead",
    "injured",
    "arrested",
    "crowd",
    "status",
    "attribution_speaker",
    "attribution_code",
    "attribution_text",
    "confidence",
    "sentence",
    "evidence_text",
    "evidence_start",
    "evidence_end",
    "trigger_text",
    "trigger_start",
    "trigger_end",
    "rule",
    "coder",
];

/// A CSV file being written.
pub struct Flat<W: Write> {
    rows: csv::Writer<W>,
}

impl<W: Write> Flat<W> {
    /// Begins with the row of column names: those of an event, then `more`.
    pub fn new(out: W, more: &[&str]) -> io::Result<Self> {
        let mut rows = csv::Writer::from_writer(out);
        rows.write_record(COLUMNS.iter().chain(more))?;
        Ok(Self { rows })
    }

    /// Writes one event, then the cells `more`, as they are.
    pub fn event(&mut self, event: &Event, more: &[String]) -> io::Result<()> {
        let place = event.place.as_ref();
        let date = event.date.as_ref();
        let occasion = event.occasion.as_ref();
        let size = event.size.unwrap_or_default();
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
            event.status.name().to_owned(),
            optional(said.map(|a| a.speaker.as_str())),
            optional(said.and_then(|a| a.code.as_deref())),
            optional(said.map(|a| a.text.as_str())),
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
