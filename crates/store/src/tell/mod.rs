//! The present record, told row by row: what is read into memory to be analysed.

mod names;
mod rows;
mod told;

use crate::error::Result;
use crate::record::Record;
use crate::schema::STATUSES;
use legation_record::EventType;
use names::Tables;
use rusqlite::types::ValueRef;

pub use told::{Listener, ToldDocument, ToldOccurrence, ToldPart, ToldPlace};

impl Record {
    /// Tells every present document and occurrence, in the order of the file. A few queries do it, however many rows there
    /// are.
    pub fn tell(&self, listener: &mut impl Listener) -> Result<()> {
        // Every page is read once: a large cache would only cost the time to fill it.
        let was: i64 = self.db.pragma_query_value(None, "cache_size", |r| r.get(0))?;
        self.db.pragma_update(None, "cache_size", -2048)?;
        let told = self.tell_all(listener);
        self.db.pragma_update(None, "cache_size", was)?;
        told
    }

    fn tell_all(&self, listener: &mut impl Listener) -> Result<()> {
        let names = Tables::read(self)?;
        let (occurrences, best) = self.occurrences()?;
        let (ids, reports, bests) = self.present_reports(&best)?;
        let parts = self.parts(&reports)?;
        let id = |row: i64| usize::try_from(row).ok().and_then(|i| ids.get(i)).copied().unwrap_or_default();
        let mut order: Vec<u32> = (0..reports.len() as u32).collect();
        order.sort_by_key(|i| reports[*i as usize].document);
        let mut rest = order.as_slice();
        let tell = |listener: &mut dyn FnMut(&ToldOccurrence<'_>), i: usize, about: Document<'_>| {
            let Some(report) = (reports[i].best as usize).checked_sub(1).map(|i| &bests[i]) else { return };
            let occurrence = &occurrences[report.occurrence as usize];
            let mut actors = Vec::new();
            let mut recipients = Vec::new();
            for part in parts.of(i) {
                let (name, code, wikidata) = names.entity(part.entity);
                let sectors = Tables::get(&names.sectors, part.sectors);
                let words = about.text.get(part.words.0 as usize..part.words.1 as usize).unwrap_or_default();
                let told = ToldPart { name, code, wikidata, sectors, words };
                if part.actor { actors.push(told) } else { recipients.push(told) }
            }
            let kept = names.kept.get(&reports[i].row);
            let span = |i: usize| {
                let (start, end) = report.spans[i];
                let words = about.text.get(start as usize..end as usize).unwrap_or_default();
                // Where the text is not kept, the words that name act and occasion may be.
                let kept = || i.checked_sub(1).and_then(|i| kept?.get(i)).map_or("", String::as_str);
                if words.is_empty() { kept() } else { words }
            };
            // A date of another report has no words here.
            let own = report.date == occurrence.date;
            let place = (occurrence.place as usize).checked_sub(1).and_then(|i| names.places.get(i));
            listener(&ToldOccurrence {
                id: id(occurrence.first),
                document: about.key,
                date: occurrence.date,
                implied: report.implied,
                earliest: report.earliest.filter(|_| own),
                latest: report.latest.filter(|_| own),
                first_published: occurrence.first_published,
                last_published: occurrence.last_published,
                event_type: of_number(report.event_type).unwrap_or(EventType::Consult),
                modes: Tables::get(&names.modes, report.modes),
                contexts: Tables::get(&names.contexts, report.contexts),
                about: of_number(report.about),
                cameo: std::str::from_utf8(&report.cameo).unwrap_or_default().trim_end_matches('\0'),
                score: report.score,
                status: STATUSES[usize::from(report.status).saturating_sub(1).min(4)],
                confidence: report.confidence,
                actors: &actors,
                recipients: &recipients,
                place,
                occasion: span(2),
                size: report.size,
                speaker: (report.speaker as usize)
                    .checked_sub(1)
                    .and_then(|i| names.speakers.get(i))
                    .map(|(name, code)| (name.as_str(), code.as_deref())),
                ordinal: report.ordinal,
                trigger: span(1),
                sentence_number: report.sentence,
                sentence: span(0),
                title: about.title,
                publisher: about.publisher,
                url: about.url,
                reports: occurrence.reports,
                sources: occurrence.sources,
                publishers: occurrence.publishers,
            });
        };
        // Imported events without a document come first in this order: theirs is 0.
        let loose = rest.partition_point(|i| reports[*i as usize].document == 0);
        listener.loose_reports(loose as u32);
        for i in &rest[..loose] {
            tell(&mut |o| listener.occurrence(o), *i as usize, Document::default());
        }
        rest = &rest[loose..];
        let mut query = self.db.prepare("SELECT ifnull(month, 0), documents FROM silent")?;
        let mut rows = query.query(())?;
        while let Some(row) = rows.next()? {
            listener.silent(row.get(0)?, row.get(1)?);
        }
        let mut query = self.db.prepare(
            "SELECT id, key, publisher, published, address, title, text FROM documents WHERE superseded IS NULL ORDER BY id",
        )?;
        let mut rows = query.query(())?;
        let mut codes: Vec<Vec<&str>> = Vec::new();
        while let Some(row) = rows.next()? {
            let number: i64 = row.get(0)?;
            let here = rest.iter().take_while(|i| reports[**i as usize].document <= number).count();
            let (own, later) = rest.split_at(here);
            rest = later;
            codes.truncate(own.len());
            codes.iter_mut().for_each(Vec::clear);
            codes.resize(own.len(), Vec::new());
            for (i, codes) in own.iter().zip(&mut codes) {
                codes.extend(parts.of(*i as usize).iter().map(|part| names.entity(part.entity).1));
            }
            let publisher = Tables::get(&names.publishers, row.get::<_, Option<u32>>(2)?.unwrap_or(0));
            listener.document(&ToldDocument { published: row.get(3)?, publisher, reports: &codes });
            let about = Document {
                key: row.get(1)?,
                publisher,
                url: Tables::get(&names.addresses, row.get::<_, Option<u32>>(4)?.unwrap_or(0)),
                title: text(row.get_ref(5)?),
                text: text(row.get_ref(6)?),
            };
            for i in own.iter().filter(|i| reports[**i as usize].document == number) {
                tell(&mut |o| listener.occurrence(o), *i as usize, about);
            }
        }
        Ok(())
    }
}

#[derive(Clone, Copy, Default)]
struct Document<'a> {
    key: i64,
    publisher: &'a str,
    url: &'a str,
    title: &'a str,
    text: &'a str,
}

fn of_number(number: u8) -> Option<EventType> {
    usize::from(number).checked_sub(1).and_then(|i| EventType::ALL.get(i).copied())
}

fn text(value: ValueRef<'_>) -> &str {
    value.as_str_or_null().ok().flatten().unwrap_or_default()
}
