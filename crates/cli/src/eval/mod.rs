//! `legation eval`: coded events against gold. What is counted stands in the crate `legation-score`; here is what to
//! read and how to show it.

mod report;

use crate::exit::{Exit, Failure};
use crate::style::{Style, clean};
use crate::{codebook, out::Out};
use clap::{Args, ValueEnum};
use legation::text::{Options as ReadOptions, read_bytes};
use legation::{Legation, Options, Outcome};
use legation_score::{Act, Coded, Conventions, Gold, GoldFormat, coded, plv, sets};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

/// What the help says below the options.
pub const HELP: &str = "\
Examples:
  legation eval PLV_train.tsv --map eval/plv-mapping.tsv       codes the sentences itself, and scores them
  legation eval gold.jsonl coded.jsonl --errors errors.txt     scores what some coder put out
  legation eval PETR2_GSR_validation.xml icews.tsv             triples against triples

GOLD is PLV (.tsv), PETRARCH XML (.xml) or JSON Lines (.jsonl): a line a text,
  {\"id\": \"1\", \"text\": \"…\", \"published\": \"2024-08-19\", \"events\": [{\"event_type\": \"CONSULT\",
   \"actors\": [\"RUS GOV\", \"AZE GOV\"], \"recipients\": [], \"status\": \"actual\"}]}
or a line an event as `legation code` writes it (such gold has no texts: give CODED).
CODED is JSON Lines as `legation code` writes it, or CSV: a document id, a type or CAMEO code, and
codes of actor and recipient. Without it the texts of the gold are coded here.

Events that are negated or hypothetical say that something did not or may not happen; they count
only with --any-status. All intervals are 95 % ones: records are drawn 1,000 times with a fixed
seed; those of a single type are Wilson's.

Exit codes: 0 scored, 2 wrong usage, 3 gold or coded events cannot be read, 4 the output could not
be written";

/// `legation eval`.
#[derive(Debug, Args)]
pub struct EvalArgs {
    /// What is right: PLV, PETRARCH XML or JSON Lines
    #[arg(value_name = "GOLD")]
    pub gold: PathBuf,

    /// What a coder found: JSON Lines or CSV [default: the gold's texts are coded now]
    #[arg(value_name = "CODED")]
    pub coded: Option<PathBuf>,

    /// Format of the gold: plv, petrarch or jsonl [default: by the file's name]
    #[arg(long, value_name = "FORMAT", value_enum, hide_possible_values = true)]
    pub format: Option<Format>,

    /// Table of conventions by which gold and codebook differ; everything is scored plain and mapped
    #[arg(long, value_name = "FILE")]
    pub map: Option<PathBuf>,

    /// Write what is wrong to this file, to be read: each record with its gold and all that was coded
    #[arg(long, value_name = "FILE")]
    pub errors: Option<PathBuf>,

    /// Count negated and hypothetical events, too
    #[arg(long)]
    pub any_status: bool,

    /// Write the figures as one JSON object, without intervals and tables
    #[arg(long)]
    pub json: bool,

    /// Folder of a codebook to use in place of the one that is built in
    #[arg(long, value_name = "DIR")]
    pub codebook: Option<PathBuf>,

    /// Threads that analyse [default: one for each core]
    #[arg(long, value_name = "N")]
    pub threads: Option<NonZeroUsize>,
}

/// Formats of gold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Sentences with a marked pair
    Plv,
    /// Records of the PETRARCH coders
    Petrarch,
    /// Texts with their events
    Jsonl,
}

/// Runs the command.
pub fn run(args: &EvalArgs) -> Result<Exit, Failure> {
    let format = format(args)?;
    let gold = Gold::read(&read(&args.gold)?, format).map_err(|e| unreadable(&args.gold, &e))?;
    let conventions = match &args.map {
        Some(path) => Conventions::read(&read(path)?).map_err(|e| unreadable(path, &e))?,
        None => Conventions::default(),
    };
    let coded = match &args.coded {
        Some(path) => coded(&read(path)?).map_err(|e| unreadable(path, &e))?,
        None => code(args, &gold)?,
    };
    misplaced(&gold, &coded)?;
    let mut out = Out::open(None).map_err(Failure::output(None))?;
    let mut errors =
        args.errors.as_deref().map(|p| Out::open(Some(p)).map_err(Failure::output(Some(p)))).transpose()?;
    let style = Style::of_stdout();
    let result = if format == GoldFormat::Plv {
        let rows = plv::answer(&gold, &coded, &conventions, args.any_status);
        let told = match args.json {
            true => report::json(&mut out, &plv::figures(&rows)),
            false => report::plv_report(&mut out, style, &rows, args.map.is_some()),
        };
        told.and_then(|()| errors.as_mut().map_or(Ok(()), |out| report::plv_errors(out, &rows)))
    } else {
        let scored = sets::score(&gold, &coded, &conventions, args.any_status);
        let told = match args.json {
            true => report::json(&mut out, &sets::figures(&scored)),
            false => report::sets_report(&mut out, style, &gold, &scored, args.map.is_some()),
        };
        told.and_then(|()| errors.as_mut().map_or(Ok(()), |out| report::sets_errors(out, &scored)))
    };
    result.and_then(|()| out.commit()).map_err(Failure::output(None))?;
    if let Some(out) = errors {
        out.commit().map_err(Failure::output(args.errors.as_deref()))?;
    }
    Ok(Exit::Fine)
}

fn format(args: &EvalArgs) -> Result<GoldFormat, Failure> {
    let extension = args.gold.extension().map(|e| e.to_string_lossy().to_lowercase());
    Ok(match (args.format, extension.as_deref()) {
        (Some(Format::Plv), _) | (None, Some("tsv")) => GoldFormat::Plv,
        (Some(Format::Petrarch), _) | (None, Some("xml")) => GoldFormat::Petrarch,
        (Some(Format::Jsonl), _) | (None, Some("jsonl" | "ndjson")) => GoldFormat::JsonLines,
        _ => {
            let name = args.gold.display();
            return Err(Failure::Usage(format!(
                "{name}: its name does not tell its format; say --format plv, petrarch or jsonl"
            )));
        }
    })
}

fn read(path: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(path).map_err(|e| unreadable(path, &e))
}

fn unreadable(path: &Path, error: &dyn std::error::Error) -> Failure {
    Failure::Input(clean(&format!("{}: {error}", path.display())))
}

/// Codes the gold's own texts: they go through the reader like any other input.
fn code(args: &EvalArgs, gold: &Gold) -> Result<Coded, Failure> {
    let documents = gold.documents().ok_or_else(|| {
        Failure::Usage(format!(
            "{}: this gold has no texts to code; give the coded events as CODED",
            args.gold.display()
        ))
    })?;
    let legation =
        Legation::new(&Options { codebook: args.codebook.clone() }).map_err(|e| Failure::Usage(codebook::told(e)))?;
    let readings = read_bytes("gold.jsonl", documents.as_bytes(), &ReadOptions::default());
    let threads = args.threads.or_else(|| std::thread::available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN);
    let mut coded = Coded::default();
    let done: Result<(), ()> = legation.code_all(readings.into_iter(), threads, |outcome| {
        match outcome {
            Outcome::Coded(one, _) => {
                coded.documents.insert(one.document.id.clone(), one.coding.events.iter().map(Act::from).collect());
            }
            Outcome::Skipped(skipped) => eprintln!("{}", clean(&skipped.to_string())),
            Outcome::Failed(error) => eprintln!("{}", clean(&error.to_string())),
        }
        Ok(())
    });
    debug_assert!(done.is_ok());
    Ok(coded)
}

/// Quotations that are not where they say would score places in another text: refused.
fn misplaced(gold: &Gold, coded: &Coded) -> Result<(), Failure> {
    for record in gold.records.iter().filter(|r| !r.text.is_empty()) {
        for act in coded.documents.get(&record.id).into_iter().flatten() {
            let people = act.actors.iter().chain(&act.recipients).map(|p| (p.text.as_str(), p.span));
            let trigger = act.trigger.iter().map(|(text, span)| (text.as_str(), *span));
            for (text, span) in people.chain(trigger) {
                let Some(span) = span.filter(|_| !text.is_empty()) else { continue };
                if record.text.get(span.start as usize..span.end as usize) != Some(text) {
                    return Err(Failure::Input(clean(&format!(
                        "{}: {text:?} does not stand at bytes {}..{} of the text",
                        record.id, span.start, span.end
                    ))));
                }
            }
        }
    }
    let strangers: Vec<&str> = coded
        .documents
        .keys()
        .map(String::as_str)
        .filter(|id| !gold.records.iter().any(|r| r.id == *id))
        .take(4)
        .collect();
    if !strangers.is_empty() {
        eprintln!(
            "events of documents that the gold does not have are not counted: {} …",
            clean(&strangers.join(", "))
        );
    }
    Ok(())
}
