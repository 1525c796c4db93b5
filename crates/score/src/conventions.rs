use crate::{Act, Error};
use regex::{Regex, RegexBuilder};

/// The mapping between a gold standard's conventions and the codebook's: acts that both file, under different
/// categories. One row states one convention and its reason; see `eval/plv-mapping.tsv`.
#[derive(Clone, Debug, Default)]
pub struct Conventions {
    rows: Vec<Row>,
}

#[derive(Clone, Debug)]
struct Row {
    name: String,
    gold: Vec<String>,
    coded: Vec<String>,
    mode: Vec<String>,
    about: Vec<String>,
    status: Vec<String>,
    trigger: Option<Regex>,
    sentence: Option<Regex>,
}

impl Conventions {
    /// Reads a table with the columns name, gold, coded, mode, about, status, trigger, sentence. Alternatives are parted
    /// by `|`, an empty cell stands for any; trigger and sentence are regular expressions, capitals or not.
    pub fn read(table: &str) -> Result<Self, Error> {
        let mut lines = table.lines().enumerate().filter(|(_, l)| !l.starts_with('#'));
        let (_, header) = lines.next().ok_or_else(|| Error::File("the mapping is empty".into()))?;
        let names: Vec<&str> = header.split('\t').collect();
        let mut rows = Vec::new();
        for (i, line) in lines.filter(|(_, l)| !l.trim().is_empty()) {
            let fails = |message: String| Error::Record { what: "line", number: i + 1, message };
            let cells: Vec<&str> = line.split('\t').collect();
            let cell = |name: &str| {
                let at = names.iter().position(|n| *n == name);
                at.and_then(|at| cells.get(at)).copied().unwrap_or_default()
            };
            let list = |name: &str| -> Vec<String> {
                if cell(name).is_empty() { Vec::new() } else { cell(name).split('|').map(String::from).collect() }
            };
            let expression = |name: &str| match cell(name) {
                "" => Ok(None),
                words => RegexBuilder::new(words).case_insensitive(true).build().map(Some),
            };
            let (gold, coded) = (list("gold"), list("coded"));
            if gold.is_empty() || coded.is_empty() {
                return Err(fails("a convention names the gold category and the coded one".into()));
            }
            rows.push(Row {
                name: cell("name").into(),
                gold,
                coded,
                mode: list("mode"),
                about: list("about"),
                status: list("status"),
                trigger: expression("trigger").map_err(|e| fails(e.to_string()))?,
                sentence: expression("sentence").map_err(|e| fails(e.to_string()))?,
            });
        }
        Ok(Self { rows })
    }

    /// The convention by which `act` says what the gold calls `gold`, if there is one.
    pub fn between(&self, gold: &str, act: &Act, sentence: &str) -> Option<&str> {
        let any = |list: &[String], word: &str| list.is_empty() || list.iter().any(|w| w == word);
        let trigger = act.trigger.as_ref().map_or("", |(words, _)| words);
        let row = self.rows.iter().find(|r| {
            any(&r.gold, gold)
                && any(&r.coded, &act.event_type)
                && (r.mode.is_empty() || act.modes.iter().any(|m| r.mode.contains(m)))
                && any(&r.about, act.about.as_deref().unwrap_or_default())
                && any(&r.status, act.status().name())
                && r.trigger.as_ref().is_none_or(|e| e.is_match(trigger))
                && r.sentence.as_ref().is_none_or(|e| e.is_match(sentence))
        });
        row.map(|r| r.name.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_bound_by_all_its_cells() {
        let table = "name\tgold\tcoded\tmode\tabout\tstatus\ttrigger\tsentence\treason\n\
            meeting\tCONSULT\tAGREE\t\tCONSULT\t\t\t\tmanual\nprison\tCOERCE\tSANCTION\tconvict\t\t\t\tprison|jail\tmanual\n";
        let conventions = Conventions::read(table).expect("a table");
        let act = |event_type: &str, mode: &str, about: Option<&str>| Act {
            event_type: event_type.into(),
            modes: vec![mode.into()],
            about: about.map(String::from),
            ..Act::default()
        };
        assert_eq!(conventions.between("CONSULT", &act("AGREE", "", Some("CONSULT")), ""), Some("meeting"));
        assert_eq!(conventions.between("CONSULT", &act("AGREE", "", None), ""), None);
        assert_eq!(
            conventions.between("COERCE", &act("SANCTION", "convict", None), "to Prison for life"),
            Some("prison")
        );
        assert_eq!(conventions.between("COERCE", &act("SANCTION", "convict", None), "a fine"), None);
        assert!(Conventions::read("name\tgold\tcoded\ttrigger\nx\tA\tB\t(\n").is_err());
    }
}
