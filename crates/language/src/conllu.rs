//! CoNLL-U output.

use legation_record::{Document, EntityTag, Sentence};
use std::fmt::Write;

/// The sentences of a document in CoNLL-U, with `# newdoc`, `# newpar`, `# sent_id` and `# text` comments. The tenth
/// column carries `SpaceAfter=No`, `Span=start:end` (byte offsets), `NER=` and `Prob=` of head and relation.
pub fn conllu(document: &Document, sentences: &[Sentence]) -> String {
    let mut out = String::new();
    let text = &document.text;
    // Writing to a String cannot fail.
    let _ = writeln!(out, "# newdoc id = {}", single_line(&document.id));
    for (number, s) in sentences.iter().enumerate() {
        if s.starts_paragraph {
            let _ = writeln!(out, "# newpar");
        }
        let _ = writeln!(out, "# sent_id = {}-{}", single_line(&document.id), number + 1);
        let _ = writeln!(out, "# text = {}", single_line(s.text(text)));
        let mut group_end = 0;
        for (i, t) in s.tokens.iter().enumerate() {
            let spaced = |k: usize| s.tokens.get(k + 1).is_none_or(|next| next.span.start > s.tokens[k].span.end);
            if t.joined && i >= group_end {
                group_end = i + 1 + s.tokens[i..].iter().take_while(|t| t.joined).count();
                let span = t.span.cover(s.tokens[group_end - 1].span);
                let misc = if spaced(group_end - 1) { "_" } else { "SpaceAfter=No" };
                let form = single_line(span.of(text));
                let _ = writeln!(out, "{}-{}\t{form}\t_\t_\t_\t_\t_\t_\t_\t{misc}", i + 1, group_end);
            }
            let mut misc = String::new();
            if !spaced(i) && i >= group_end {
                misc.push_str("SpaceAfter=No|");
            }
            let _ = write!(misc, "Span={}:{}|Prob={:.3}", t.span.start, t.span.end, t.probability);
            if t.entity != EntityTag::Outside {
                let _ = write!(misc, "|NER={}", t.entity);
            }
            let form = single_line(t.span.of(text));
            let _ = writeln!(
                out,
                "{}\t{form}\t{}\t{}\t_\t{}\t{}\t{}\t_\t{misc}",
                i + 1,
                single_line(&t.lemma),
                t.upos,
                t.feats,
                t.head,
                t.relation
            );
        }
        out.push('\n');
    }
    out
}

fn single_line(s: &str) -> String {
    s.split_whitespace().collect::<Vec<_>>().join(" ")
}
