//! A bench for the people who retrain (`training/segment.py` drives it):
//! `segment run TEXT [TIMES]` prints the words, a blank line after each sentence; with TIMES it only counts them.
//! `segment examples TEXT WORDS OUT` writes what the trainer learns from to OUT.tokens and OUT.sentences.

use legation_language::segment::{Segmenter, Word};
use legation_record::Span;
use std::io::{BufWriter, Write};

fn main() -> std::io::Result<()> {
    let arguments: Vec<String> = std::env::args().collect();
    let arguments: Vec<&str> = arguments.iter().skip(1).map(String::as_str).collect();
    let segmenter = Segmenter::embedded();
    match arguments[..] {
        ["run", text] => {
            let text = std::fs::read_to_string(text)?;
            let mut out = BufWriter::new(std::io::stdout().lock());
            for segment in segmenter.segment(&text, 0) {
                for word in segment.words {
                    writeln!(out, "{} {} {}", word.span.start, word.span.end, u8::from(word.joined))?;
                }
                writeln!(out)?;
            }
        }
        ["run", text, times] => {
            let text = std::fs::read_to_string(text)?;
            let mut count = 0;
            for _ in 0..times.parse().unwrap_or(1) {
                count += segmenter.segment(&text, 0).iter().map(|segment| segment.words.len()).sum::<usize>();
            }
            println!("{count} words");
        }
        ["examples", text, words, out] => {
            let text = std::fs::read_to_string(text)?;
            let (mut gold, mut ends) = (Vec::new(), Vec::new());
            for line in std::fs::read_to_string(words)?.lines() {
                let mut fields = line.split(' ').map(|field| field.parse().unwrap_or(0));
                match (fields.next(), fields.next(), fields.next()) {
                    (Some(start), Some(end), joined) => {
                        gold.push(Word { span: Span { start, end }, joined: joined == Some(1) });
                    }
                    _ => ends.push(gold.last().map_or(0, |word| word.span.end)),
                }
            }
            let rows = segmenter.examples(&text, &gold, &ends);
            for (name, (width, rows)) in ["tokens", "sentences"].iter().zip(rows) {
                let mut file = BufWriter::new(std::fs::File::create(format!("{out}.{name}"))?);
                file.write_all(&(width as u32).to_le_bytes())?;
                for value in rows {
                    file.write_all(&value.to_le_bytes())?;
                }
            }
        }
        _ => eprintln!("segment run TEXT [TIMES] | segment examples TEXT WORDS OUT"),
    }
    Ok(())
}
