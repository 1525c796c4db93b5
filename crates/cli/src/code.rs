//! `legation code`: events in the form that was asked for.

use crate::args::{CodeArgs, OutputFormat};
use crate::codebook;
use crate::exit::{Exit, Failure};
use crate::explain;
use crate::flat::{self, Flat};
use crate::input::{self, Input};
use crate::out::Out;
use crate::parquet_file;
use crate::progress::Progress;
use crate::style::Style;
use crate::summary::Summary;
use crate::table;
use legation::columns::ParquetFile;
use legation::{Coded, Legation, Options, Outcome};
use std::io::{self, IsTerminal, Write};

/// Runs the command.
pub fn run(args: &CodeArgs) -> Result<Exit, Failure> {
    if args.explain && matches!(args.format, OutputFormat::Csv | OutputFormat::Parquet) {
        return Err(Failure::Usage("--explain goes with --format table and jsonl".to_owned()));
    }
    if args.format == OutputFormat::Parquet && args.out.is_none() && io::stdout().is_terminal() {
        return Err(Failure::Usage("Parquet is not for a terminal: name a file with --out".to_owned()));
    }
    let input = Input::new(&args.input)?;
    let legation =
        Legation::new(&Options { codebook: args.codebook.clone() }).map_err(|e| Failure::Usage(codebook::told(e)))?;
    let legation = legation.explaining(args.explain);
    let fails = || Failure::output(args.out.as_deref());
    let mut writer = Writer::open(args).map_err(fails())?;
    let progress = Progress::new(args.input.quiet);
    let mut summary = Summary::default();
    let result = legation.code_all(input.readings(), input::threads(&args.input), |mut outcome| {
        if let (Outcome::Coded(coded, _), Some(least)) = (&mut outcome, args.min_confidence) {
            coded.coding.drop_below(least);
        }
        summary.take(outcome, &progress, |coded| writer.document(coded))
    });
    progress.end();
    // Where nothing could be read there is nothing to put in the place of an older file.
    let exit = summary.exit();
    let finished = result.and_then(|()| if exit == Exit::Nothing { Ok(()) } else { writer.finish() });
    finished.map_err(fails())?;
    if !args.input.quiet {
        eprintln!("{summary}");
        if let (OutputFormat::Table, Some(told)) = (args.format, summary.not_shown()) {
            eprintln!("{told}");
        }
    }
    Ok(exit)
}

/// One of the four forms.
enum Writer {
    Table { out: Out, style: Style, explain: bool, begun: bool, live: bool },
    Jsonl { out: Out, explain: bool },
    Csv(Box<Flat<Out>>),
    Parquet(Box<ParquetFile<Out>>),
}

impl Writer {
    fn open(args: &CodeArgs) -> io::Result<Self> {
        let out = Out::open(args.out.as_deref())?;
        let explain = args.explain;
        Ok(match args.format {
            OutputFormat::Table => {
                let (style, live) = match args.out {
                    Some(_) => (Style::PLAIN, false),
                    None => (Style::of_stdout(), io::stdout().is_terminal()),
                };
                Self::Table { out, style, explain, begun: false, live }
            }
            OutputFormat::Jsonl => Self::Jsonl { out, explain },
            OutputFormat::Csv => Self::Csv(Box::new(Flat::new(out, &["origin"])?)),
            OutputFormat::Parquet => Self::Parquet(Box::new(parquet_file::of_events(out)?)),
        })
    }

    fn document(&mut self, coded: &Coded) -> io::Result<()> {
        let events = coded.coding.events.iter();
        match self {
            Self::Table { out, style, explain, begun, live } => {
                let mut titled = false;
                for (i, event) in events.enumerate().filter(|(_, event)| table::shows(event.status)) {
                    if !std::mem::replace(begun, true) {
                        table::header(out, *style)?;
                    }
                    if !std::mem::replace(&mut titled, true) {
                        table::document(out, *style, &coded.document)?;
                    }
                    table::event(out, *style, event)?;
                    if *explain {
                        explain::lines(out, *style, coded, i)?;
                    }
                }
                if *live { out.flush() } else { Ok(()) }
            }
            Self::Jsonl { out, explain } => {
                for (i, event) in events.enumerate() {
                    if *explain {
                        serde_json::to_writer(&mut *out, &explain::Explained::new(coded, i, event))?;
                    } else {
                        serde_json::to_writer(&mut *out, event)?;
                    }
                    out.write_all(b"\n")?;
                }
                Ok(())
            }
            Self::Csv(flat) => {
                let origin = flat::text(&coded.document.origin);
                events.into_iter().try_for_each(|event| flat.event(event, std::slice::from_ref(&origin)))
            }
            Self::Parquet(file) => events.into_iter().try_for_each(|event| parquet_file::event(file, event)),
        }
    }

    /// Completes the output; without it a file that was asked for does not appear.
    fn finish(self) -> io::Result<()> {
        match self {
            Self::Table { out, .. } | Self::Jsonl { out, .. } => out.commit(),
            Self::Csv(flat) => flat.finish()?.commit(),
            Self::Parquet(file) => file.finish()?.commit(),
        }
    }
}
