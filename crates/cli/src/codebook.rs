//! `legation codebook`: what is coded as what.

use crate::args::{CodebookArgs, CodebookCommand};
use crate::exit::{Exit, Failure};
use crate::out::Out;
use crate::style::{Style, Tone, clean, keep_start};
use legation::coder::{Codebook, CodebookError, TypeSheet};
use legation::record::EventType;
use legation::{Legation, Options};
use std::io::{self, Write};
use std::path::Path;

/// Runs the command.
pub fn run(args: &CodebookArgs) -> Result<Exit, Failure> {
    if let Some(CodebookCommand::Check { folder }) = &args.command {
        return check(folder.as_deref());
    }
    let wanted = args.event_type.as_deref().map(event_type).transpose()?;
    let codebook = match &args.codebook {
        Some(folder) => Codebook::from_dir(folder).map_err(|errors| Failure::Usage(errors_told(&errors)))?,
        None => Codebook::embedded(),
    };
    let mut out = Out::open(None).map_err(Failure::output(None))?;
    let sheets = codebook.sheets();
    match wanted {
        Some(wanted) => {
            let sheet = sheets.iter().find(|sheet| sheet.event_type == Some(wanted));
            let sheet = sheet.ok_or_else(|| Failure::Usage(format!("this codebook has no file for {wanted}")))?;
            out.write_all(sheet.markdown.as_bytes())
        }
        None => list(&mut out, Style::of_stdout(), sheets),
    }
    .and_then(|()| out.commit())
    .map_err(Failure::output(None))?;
    Ok(Exit::Fine)
}

/// The error as lines for standard error: each error of a codebook with its file and line.
pub fn told(error: legation::Error) -> String {
    match error {
        legation::Error::Codebook(errors) => errors_told(&errors),
        other => match std::error::Error::source(&other) {
            Some(source) => format!("{other}: {source}"),
            None => other.to_string(),
        },
    }
}

fn check(folder: Option<&Path>) -> Result<Exit, Failure> {
    let (rules, examples, errors) = match Legation::new(&Options { codebook: folder.map(Path::to_owned) }) {
        Ok(legation) => {
            let (count, mut errors) = legation.check_examples();
            if folder.is_none() {
                errors.splice(0..0, Codebook::embedded_errors());
            }
            (legation.codebook().sheets().iter().map(|s| s.patterns).sum(), count, errors)
        }
        Err(legation::Error::Codebook(errors)) => (0_usize, 0, errors),
        Err(error) => return Err(Failure::Usage(told(error))),
    };
    let mut out = Out::open(None).map_err(Failure::output(None))?;
    let mut print = || {
        for error in &errors {
            let file = folder.map_or_else(|| error.file.clone(), |f| place(f, error));
            writeln!(out, "{}", clean(&format!("{file}:{}: {}", error.line, error.message)))?;
        }
        Ok(())
    };
    print().and_then(|()| out.commit()).map_err(Failure::output(None))?;
    eprintln!("{rules} patterns, {examples} examples, {} errors", errors.len());
    Ok(if errors.is_empty() { Exit::Fine } else { Exit::Some })
}

/// The file as the user can open it.
fn place(folder: &Path, error: &CodebookError) -> String {
    let file = Path::new(&error.file);
    let path = if file.starts_with(folder) { file.to_owned() } else { folder.join(file) };
    path.display().to_string()
}

fn errors_told(errors: &[CodebookError]) -> String {
    let lines: Vec<String> = errors.iter().take(20).map(|error| clean(&error.to_string())).collect();
    let more = errors.len().saturating_sub(lines.len());
    let more =
        if more > 0 { format!("\n… and {more} more; `legation codebook check` lists all") } else { String::new() };
    format!("the codebook cannot be used:\n{}{more}", lines.join("\n"))
}

fn event_type(name: &str) -> Result<EventType, Failure> {
    name.to_uppercase().parse().map_err(|_| {
        let names: Vec<&str> = EventType::ALL.iter().map(|t| t.name()).collect();
        Failure::Usage(format!("{name:?} is no PLOVER event type; there are {}", names.join(", ")))
    })
}

/// A line a type, and its definition as far as it fits.
fn list(out: &mut dyn Write, style: Style, sheets: &[TypeSheet]) -> io::Result<()> {
    let header = format!("{:10} {:20} {:>5} {:>8}  definition", "type", "quad class", "score", "patterns");
    writeln!(out, "{}", style.paint(Tone::Dim, &header))?;
    for sheet in sheets {
        let Some(event_type) = sheet.event_type else { continue };
        let quad = event_type.quad_class();
        let name = format!("{event_type:10}");
        let numbers = format!(" {quad:20} {:>5} {:>8}  ", sheet.score.to_string(), sheet.patterns);
        let room = style.width().saturating_sub(name.len() + numbers.len());
        let definition = keep_start(&first_sentence(&sheet.definition), room);
        writeln!(out, "{}{numbers}{definition}", style.paint(Tone::of(quad), &name))?;
    }
    Ok(())
}

fn first_sentence(text: &str) -> String {
    let text = clean(text);
    let end = text.find(". ").map_or(text.len(), |i| i + 1);
    text[..end].to_owned()
}
