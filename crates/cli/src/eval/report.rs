//! How scores look: tables of at most 100 columns, and the lists of what is wrong.

use crate::style::{Style, Tone, clean, width};
use legation::record::QuadClass;
use legation_score::plv::{self, Level, Row, View};
use legation_score::sets::{Found, Report};
use legation_score::{ClassScore, Gold, Interval, NONE, bootstrap, macro_f1, per_class, wilson};
use std::collections::BTreeMap;
use std::io::{self, Write};

/// All figures as one JSON object.
pub fn json(out: &mut dyn Write, figures: &BTreeMap<String, f64>) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, figures)?;
    out.write_all(b"\n")
}

/// The scores on PLV for reading.
pub fn plv_report(out: &mut dyn Write, style: Style, rows: &[Row], mapped: bool) -> io::Result<()> {
    let figures = plv::figures(rows);
    let figure = |key: &str| figures.get(key).copied().unwrap_or_default();
    writeln!(out, "PLV, {} sentences, end to end; uncoded counts as wrong. 95 % intervals by bootstrap.", rows.len())?;
    for (view, title) in [
        (View::Nearest, "the sentence's event nearest to the marked pair"),
        (View::Pair, "only events whose participants overlap the marked pair; else uncoded"),
    ] {
        writeln!(out, "\n{}", style.paint(Tone::Strong, title))?;
        writeln!(out, "  coverage {:.3}", figure(&format!("{}.coverage", view.name())))?;
        for (is_mapped, word) in [(false, "plain"), (true, "mapped")].into_iter().take(1 + usize::from(mapped)) {
            let prefix = if is_mapped { format!("{}.mapped", view.name()) } else { view.name().to_owned() };
            for level in Level::ALL {
                let pairs = plv::pairs(rows, view, level, is_mapped);
                writeln!(
                    out,
                    "  {word:6}  {}  accuracy {}  macro-F1 {}",
                    level.name(),
                    with_interval(
                        figure(&format!("{prefix}.{}_accuracy", level.name())),
                        bootstrap(&pairs, legation_score::accuracy)
                    ),
                    with_interval(figure(&format!("{prefix}.{}_macro_f1", level.name())), bootstrap(&pairs, macro_f1)),
                )?;
            }
            writeln!(
                out,
                "  {word:6}  type  of the coded alone: accuracy {:.3}, macro-F1 {:.3}",
                figure(&format!("{prefix}.type_accuracy_of_coded")),
                figure(&format!("{prefix}.type_macro_f1_of_coded"))
            )?;
        }
    }
    for level in Level::ALL {
        let plain = plv::pairs(rows, View::Nearest, level, false);
        let with_map = plv::pairs(rows, View::Nearest, level, true);
        let (plain, with_map) = (per_class(&plain), per_class(&with_map));
        let f1 = |name: &str| with_map.get(name).map(ClassScore::f1).filter(|_| mapped);
        let classes = plain.iter().filter(|(name, _)| **name != NONE).map(|(n, c)| (*n, *c, f1(n)));
        writeln!(out)?;
        class_table(out, style, &format!("{} (nearest)", level.name()), in_order(classes.collect()))?;
    }
    let mut counts: BTreeMap<(String, String), usize> = BTreeMap::new();
    for (gold, given) in plv::pairs(rows, View::Nearest, Level::Type, false) {
        *counts.entry((gold.to_owned(), given.to_owned())).or_default() += 1;
    }
    writeln!(out)?;
    confusion(out, style, &counts)?;
    if mapped {
        let mut applied: BTreeMap<&str, usize> = BTreeMap::new();
        rows.iter().filter_map(|r| r.convention(View::Nearest)).for_each(|name| *applied.entry(name).or_default() += 1);
        let told: Vec<String> = applied.iter().map(|(name, n)| format!("{name} {n}")).collect();
        writeln!(out, "\nconventions applied (nearest): {}", told.join(", "))?;
    }
    Ok(())
}

/// The scores of sets of events for reading.
pub fn sets_report(out: &mut dyn Write, style: Style, gold: &Gold, report: &Report, mapped: bool) -> io::Result<()> {
    writeln!(
        out,
        "{} records, {} not scored. 95 % intervals by bootstrap over records.",
        report.records,
        gold.left_out.len()
    )?;
    for reason in gold.left_out.iter().take(5) {
        writeln!(out, "  not scored: {}", clean(reason))?;
    }
    for (title, levels) in
        [("plain", &report.levels), ("mapped", &report.mapped)].into_iter().take(1 + usize::from(mapped))
    {
        let header = format!("{title:27} {:22} {:22} {:20} {:>7} {:>7}", "precision", "recall", "F1", "gold", "coded");
        writeln!(out, "\n{}", style.paint(Tone::Strong, &header))?;
        for level in levels {
            let [p, r, f] = level.intervals;
            writeln!(
                out,
                "{:27} {:22} {:22} {:20} {:>7} {:>7}",
                level.name,
                with_interval(level.precision.value(), p),
                with_interval(level.recall.value(), r),
                with_interval(level.f1, f),
                level.recall.of,
                level.precision.of
            )?;
        }
    }
    writeln!(out)?;
    let classes = report.classes.iter().map(|(name, class)| (name.as_str(), *class, None));
    class_table(out, style, "type", in_order(classes.collect()))?;
    writeln!(out)?;
    confusion(out, style, &report.confusion)
}

/// Classes in the order of the manual; those it does not have at the end.
fn in_order<T>(mut classes: Vec<(&str, ClassScore, T)>) -> Vec<(&str, ClassScore, T)> {
    classes.sort_by_key(|(name, ..)| rank(name));
    classes
}

fn rank(name: &str) -> (usize, String) {
    use legation::record::EventType;
    const QUADS: [QuadClass; 4] = [
        QuadClass::VerbalCooperation,
        QuadClass::MaterialCooperation,
        QuadClass::VerbalConflict,
        QuadClass::MaterialConflict,
    ];
    let of_type = EventType::ALL.iter().position(|t| t.name() == if name == "YIELD" { "CONCEDE" } else { name });
    let of_quad = QUADS.iter().position(|q| q.name() == name);
    (of_type.or(of_quad).unwrap_or(if name == NONE { 99 } else { 50 }), name.to_owned())
}

fn class_table(
    out: &mut dyn Write,
    style: Style,
    title: &str,
    classes: Vec<(&str, ClassScore, Option<f64>)>,
) -> io::Result<()> {
    let mapped = classes.iter().any(|(_, _, f)| f.is_some());
    let header = format!("{title:21} {:18} {:18} {:>5} {:>6} {:>6}", "precision", "recall", "F1", "gold", "coded");
    writeln!(out, "{}{}", style.paint(Tone::Strong, &header), if mapped { "   F1 mapped" } else { "" })?;
    for (name, class, f1) in classes {
        let (p, r) = (class.precision, class.recall);
        let share = |ratio| {
            let Interval { low, high } = wilson(ratio);
            if ratio.of == 0 { "–".to_owned() } else { format!("{:.2} [{low:.2}, {high:.2}]", ratio.value()) }
        };
        let mapped = f1.map_or(String::new(), |f| format!("       {f:.3}"));
        writeln!(
            out,
            "{:21} {:18} {:18} {:.3} {:>6} {:>6}{mapped}",
            clean(name),
            share(p),
            share(r),
            class.f1(),
            r.of,
            p.of
        )?;
    }
    Ok(())
}

fn sorted_names(mut names: Vec<&str>) -> Vec<&str> {
    names.sort_by_key(|name| rank(name));
    names.dedup();
    names
}

fn confusion(out: &mut dyn Write, style: Style, counts: &BTreeMap<(String, String), usize>) -> io::Result<()> {
    let rows = sorted_names(counts.keys().map(|(gold, _)| gold.as_str()).collect());
    let columns = sorted_names(counts.keys().map(|(_, given)| given.as_str()).collect());
    writeln!(out, "{}", style.paint(Tone::Strong, "confusion (rows: gold, columns: coded)"))?;
    let short = |name: &str| clean(name).chars().take(5).collect::<String>();
    let head: String = columns.iter().map(|name| format!("{:>6}", short(name))).collect();
    writeln!(out, "{:11}{head}", "")?;
    for gold in rows {
        let cells = columns.iter().map(|given| match counts.get(&(gold.to_owned(), (*given).to_owned())) {
            Some(n) => format!("{n:>6}"),
            None => format!("{:>6}", "·"),
        });
        let name = clean(gold);
        writeln!(out, "{name}{}{}", " ".repeat(11usize.saturating_sub(width(&name))), cells.collect::<String>())?;
    }
    Ok(())
}

fn with_interval(value: f64, Interval { low, high }: Interval) -> String {
    format!("{value:.3} [{low:.3}, {high:.3}]")
}

/// Every sentence whose answer is wrong in the plain score, grouped by what was taken for what.
pub fn plv_errors(out: &mut dyn Write, rows: &[Row]) -> io::Result<()> {
    let given = |row: &Row| row.given(View::Nearest, Level::Type, false).to_owned();
    let mut wrong: Vec<&Row> = rows.iter().filter(|r| !r.is_right()).collect();
    wrong.sort_by_key(|r| (r.gold(Level::Type).to_owned(), given(r), r.record.id.clone()));
    for row in wrong {
        let convention = row.convention(View::Nearest).map_or(String::new(), |c| format!("  (convention: {c})"));
        writeln!(out, "{}  gold {}  coded {}{convention}", row.record.id, row.gold(Level::Type), given(row))?;
        writeln!(out, "  {}", clean(&row.record.marked))?;
        for act in row.events {
            let answer = row.answer(View::Nearest).is_some_and(|a| std::ptr::eq(a, act));
            writeln!(out, "  {} {}", if answer { '*' } else { '-' }, clean(&act.told()))?;
        }
        writeln!(out)?;
    }
    Ok(())
}

/// Every record in which something is wrong: `=` right, `~` right in its type, `-` not found, `+` not in the gold.
pub fn sets_errors(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    for mistake in &report.mistakes {
        writeln!(out, "{}\n  {}", clean(&mistake.record.id), clean(&mistake.record.marked))?;
        let sides = [("gold ", &mistake.gold, '-'), ("coded", &mistake.coded, '+')];
        for (side, acts, alone) in sides {
            for (found, act) in acts {
                let mark = match found {
                    Found::Wholly => '=',
                    Found::ByType => '~',
                    Found::Not => alone,
                };
                writeln!(out, "  {side} {mark} {}", clean(&act.told()))?;
            }
        }
        writeln!(out)?;
    }
    Ok(())
}
