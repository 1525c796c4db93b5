//! What the reader makes of files: `cargo run -p legation-text --example read -- [--text] PATH…`

use legation_text::{Options, Reading, Summary, read_paths};

fn main() {
    let (flags, paths): (Vec<String>, Vec<String>) = std::env::args().skip(1).partition(|arg| arg.starts_with("--"));
    let with_text = flags.iter().any(|flag| flag == "--text");
    let paths: Vec<_> = paths.into_iter().map(Into::into).collect();
    let mut summary = Summary::default();
    for reading in read_paths(&paths, &Options::default()) {
        summary.add(&reading);
        match reading {
            Reading::Document(document, diagnostics) => {
                let d = &document;
                let published = d.published.map(|date| date.to_string());
                println!(
                    "{}\t{}\t{published:?}\t{:?}\t{:?}",
                    d.origin,
                    d.id,
                    d.title,
                    d.dateline.as_ref().map(|l| l.span.of(&d.text))
                );
                println!("\t{:?}\t{:?}\t{:?}\t{:?}\t{} bytes", d.publisher, d.byline, d.url, d.language, d.text.len());
                diagnostics.iter().for_each(|diagnostic| println!("\tremark: {}", diagnostic.message));
                if with_text {
                    println!("{}\n", d.text);
                }
            }
            Reading::Skipped(skipped) => println!("{skipped}"),
            Reading::Failed(error) => println!("FAILED {error}"),
        }
    }
    println!("{summary}");
}
