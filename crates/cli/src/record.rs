//! What the commands that ask a record have in common.

use crate::args::record::{EventsArgs, FilterArgs, RecordArg, SortBy, Wanted};
use crate::exit::Failure;
use legation::gazetteer::{Gazetteer, What};
use legation::record::Status;
use legation::store::{Filter, Order, Record, Who};

/// Opens a record for reading.
pub fn open(record: &RecordArg) -> Result<Record, Failure> {
    Ok(Record::open_read_only(&record.record)?)
}

/// Opens a record for writing.
pub fn open_to_write(record: &RecordArg) -> Result<Record, Failure> {
    Ok(Record::open(&record.record)?)
}

/// The batch that `--as-of` means: a number, or the last one of a day or a moment.
pub fn batch(record: &Record, as_of: Option<&str>) -> Result<Option<i64>, Failure> {
    let Some(given) = as_of else { return Ok(None) };
    if let (Ok(number), true) = (given.parse::<i64>(), given.len() < 8) {
        return Ok(Some(number));
    }
    let is_day = given.parse::<jiff::civil::Date>().is_ok() && given.len() == 10;
    let moment = match is_day {
        true => given.to_owned(),
        false => given
            .parse::<jiff::Timestamp>()
            .map_err(|_| {
                Failure::Usage(format!(
                    "--as-of {given}: a batch, a day as 2024-08-19, or a time as 2024-08-19T12:00:00Z"
                ))
            })?
            .strftime("%Y-%m-%dT%H:%M:%SZ")
            .to_string(),
    };
    Ok(Some(record.batch_at(&moment)?))
}

/// The filter that the options describe.
pub fn filter(args: &EventsArgs, record: &Record) -> Result<Filter, Failure> {
    let mut filter = conditions(&args.filter)?;
    filter.reports = args.reports;
    filter.limit = args.limit;
    filter.as_of = batch(record, args.as_of.as_deref())?;
    filter.order = match args.sort {
        SortBy::Date => Order::Date,
        SortBy::Latest => Order::Latest,
        SortBy::Confidence => Order::Confidence,
        SortBy::Score => Order::Score,
        SortBy::Reports => Order::Reports,
    };
    Ok(filter)
}

/// The conditions alone.
pub fn conditions(args: &FilterArgs) -> Result<Filter, Failure> {
    let statuses = match args.statuses.as_slice() {
        [] => vec![Status::Actual, Status::Historical],
        some if some.contains(&Wanted::All) => Vec::new(),
        some => some.iter().filter_map(|w| if let Wanted::One(status) = w { Some(*status) } else { None }).collect(),
    };
    let number =
        |day: jiff::civil::Date| i64::from(day.year()) * 10_000 + i64::from(day.month()) * 100 + i64::from(day.day());
    let dyad = match args.dyad.as_slice() {
        [a, b] => Some((who(a), who(b))),
        _ => None,
    };
    Ok(Filter {
        actor: args.actor.as_deref().map(who),
        recipient: args.recipient.as_deref().map(who),
        dyad,
        types: args.types.clone(),
        modes: args.modes.clone(),
        quads: args.quads.clone(),
        statuses,
        place: args.place.clone(),
        since: args.since.map(number),
        until: args.until.map(number),
        confidence: args.confidence,
        text: args.text.clone(),
        ..Filter::default()
    })
}

/// The names asked for that the gazetteer does not know; a record may have them all the same, by the words of its texts.
pub fn strangers(args: &FilterArgs) -> impl Iterator<Item = &str> {
    let asked = args.actor.iter().chain(&args.recipient).chain(&args.dyad).map(String::as_str);
    asked.filter(|name| match who(name) {
        Who::Name(name) => Gazetteer::embedded().who(&name).is_empty(),
        Who::Code(_) => false,
    })
}

/// A state or organisation by code or name, else whoever bears the name.
pub fn who(name: &str) -> Who {
    let gazetteer = Gazetteer::embedded();
    let upper = name.to_uppercase();
    if gazetteer.state(&upper).is_some() {
        return Who::Code(upper);
    }
    if gazetteer.name_of(name).is_some() {
        return Who::Code(name.to_owned());
    }
    let found = gazetteer.who(name);
    let code = found.iter().find(|c| matches!(c.what, What::State | What::Organisation)).and_then(|c| c.main().code);
    code.map_or_else(|| Who::Name(name.trim().to_owned()), |code| Who::Code(code.to_owned()))
}
