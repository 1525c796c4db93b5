//! A text as a record of its own: what it tells, to be asked whether it agrees with itself.

use legation_analysis::{About, Builder, Day, DocumentRow, History, PartRow, PlaceRow, Row, When};
use legation_coder::Coding;
use legation_record::{Document, Event, Participant, Precision};

/// The events of a document as a history.
pub(crate) fn itself(document: &Document, coding: &Coding) -> History {
    let mut builder = Builder::new(About { place: "the text itself".to_owned(), ..About::default() });
    let published = document.published.map(Day::of);
    builder.document(&DocumentRow { published, publisher: "", reports: &[] });
    for (i, event) in coding.events.iter().enumerate() {
        let (actors, recipients) = (parts(&event.actors), parts(&event.recipients));
        let (actors, recipients): (Vec<PartRow>, Vec<PartRow>) =
            (actors.iter().map(Part::row).collect(), recipients.iter().map(Part::row).collect());
        let (modes, contexts) = (event.event_mode.join("; "), event.contexts.join("; "));
        builder.occurrence(&Row {
            id: u64::from_str_radix(&event.id, 16).unwrap_or(i as u64 + 1),
            document: 1,
            when: when(event),
            first_published: published,
            last_published: published,
            event_type: event.event_type,
            modes: &modes,
            contexts: &contexts,
            about: event.about,
            cameo: &event.cameo_code,
            score: event.score,
            status: event.status,
            confidence: event.confidence,
            actors: &actors,
            recipients: &recipients,
            place: event.place.as_ref().map(|p| PlaceRow {
                name: &p.name,
                country: p.country.as_deref().unwrap_or_default(),
                region: p.region.as_deref().unwrap_or_default(),
                precision: &p.precision,
                ..PlaceRow::default()
            }),
            trigger: &event.evidence.trigger.text,
            sentence: &event.evidence.text,
            ..Row::default()
        });
    }
    builder.finish()
}

struct Part<'a> {
    of: &'a Participant,
    sectors: String,
}

impl Part<'_> {
    fn row(&self) -> PartRow<'_> {
        PartRow {
            name: &self.of.name,
            code: self.of.code.as_deref().unwrap_or_default(),
            sectors: &self.sectors,
            wikidata: self.of.wikidata.as_deref().unwrap_or_default(),
            words: &self.of.text,
        }
    }
}

fn parts(list: &[Participant]) -> Vec<Part<'_>> {
    list.iter().map(|of| Part { of, sectors: of.sectors.join("; ") }).collect()
}

fn when(event: &Event) -> Option<When> {
    let date = event.date.as_ref()?;
    let (from, to) = date.days()?;
    let first = date.earliest.as_ref().and_then(|d| d.parse().ok()).unwrap_or(from);
    let last = date.latest.as_ref().and_then(|d| d.parse().ok()).unwrap_or(to);
    let precision = if date.precision == Precision::Publication { Precision::Publication } else { date.precision };
    Some(When { first: Day::of(first), last: Day::of(last), precision })
}
