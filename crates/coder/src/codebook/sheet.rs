//! Reading the Markdown of a codebook file: sections, tables, lists, examples, with their line numbers.

/// A codebook file cut into its parts.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sheet {
    pub(crate) title: String,
    pub(crate) definition: String,
    /// `- key: value` lines before the first section.
    pub(crate) properties: Vec<(usize, String, String)>,
    pub(crate) tables: Vec<Table>,
    /// (line, name, entries)
    pub(crate) lists: Vec<(usize, String, Vec<String>)>,
    pub(crate) examples: Vec<Example>,
}

/// A table of one section.
#[derive(Clone, Debug, Default)]
pub(crate) struct Table {
    pub(crate) section: String,
    pub(crate) header: Vec<String>,
    pub(crate) rows: Vec<(usize, Vec<String>)>,
}

impl Table {
    /// The cell of a column, by its name; empty where there is none.
    pub(crate) fn cell<'a>(&self, row: &'a [String], column: &str) -> &'a str {
        let at = self.header.iter().position(|h| h.eq_ignore_ascii_case(column));
        at.and_then(|i| row.get(i)).map_or("", String::as_str)
    }
}

/// A worked example: a text and what must come out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Example {
    /// Line of the quotation, from 1.
    pub line: usize,
    /// The sentence or sentences.
    pub text: String,
    /// The publication date, as `2024-08-20`, where the example gives one.
    pub published: Option<String>,
    /// The lines that say what must be coded, without their dash.
    pub expected: Vec<(usize, String)>,
}

impl Sheet {
    /// Reads Markdown; nothing in it can fail, what is not understood is prose.
    pub(crate) fn read(markdown: &str) -> Self {
        let mut sheet = Self::default();
        let (mut section, mut group) = (String::new(), String::new());
        let mut in_table = false;
        for (number, raw) in markdown.lines().enumerate() {
            let (line, number) = (raw.trim(), number + 1);
            if !line.starts_with('|') {
                in_table = false;
            }
            if let Some(title) = line.strip_prefix("# ") {
                sheet.title = title.trim().into();
            } else if let Some(name) = line.strip_prefix("## ") {
                (section, group) = (name.trim().into(), String::new());
                sheet.open_list(number, &section, name, 2);
            } else if let Some(name) = line.strip_prefix("### ") {
                group = name.trim().into();
                sheet.open_list(number, &section, name, 3);
            } else if line.starts_with('|') {
                let cells = cells(line);
                if !in_table {
                    in_table = true;
                    sheet.tables.push(Table { section: section.clone(), header: cells, rows: Vec::new() });
                } else if !cells.iter().all(|c| c.chars().all(|c| matches!(c, '-' | ':' | ' ')))
                    && let Some(table) = sheet.tables.last_mut()
                {
                    table.rows.push((number, cells));
                }
            } else if section.starts_with("Example") {
                sheet.example_line(number, line);
            } else if let Some((_, _, entries)) = sheet.lists.last_mut().filter(|l| l.1 == group || l.1 == section) {
                let words = line.split(',').map(str::trim).filter(|w| !w.is_empty());
                entries.extend(words.map(|w| w.trim_end_matches('.').to_string()));
            } else if section.is_empty() {
                match line.strip_prefix("- ").and_then(|l| l.split_once(':')) {
                    Some((key, value)) => sheet.properties.push((number, key.trim().into(), value.trim().into())),
                    None if !line.is_empty() && !sheet.title.is_empty() => {
                        if !sheet.definition.is_empty() {
                            sheet.definition.push(' ');
                        }
                        sheet.definition.push_str(line);
                    }
                    None => {}
                }
            }
        }
        sheet
    }

    /// A list is a `###` heading under `## Lists`, or, in `sets.md`, a `##` heading.
    fn open_list(&mut self, line: usize, section: &str, name: &str, level: usize) {
        let name = name.trim();
        let is_name =
            !name.is_empty() && name.chars().all(|c| c.is_lowercase() || c == '-' || c == '_' || c.is_ascii_digit());
        let is_list = if level == 3 { section == "Lists" } else { is_name };
        if is_list && is_name {
            self.lists.push((line, name.into(), Vec::new()));
        }
    }

    fn example_line(&mut self, number: usize, line: &str) {
        if let Some(quote) = line.strip_prefix('>') {
            let quote = quote.trim();
            match self
                .examples
                .last_mut()
                .filter(|e| e.expected.is_empty() && e.line + e.text.lines().count() == number)
            {
                Some(e) => {
                    e.text.push('\n');
                    e.text.push_str(quote);
                }
                None => self.examples.push(Example { line: number, text: quote.into(), ..Example::default() }),
            }
        } else if let Some(e) = self.examples.last_mut() {
            if let Some(what) = line.strip_prefix("- ") {
                e.expected.push((number, what.trim().into()));
            } else if let Some(date) = line.strip_prefix("(published ").and_then(|l| l.strip_suffix(')')) {
                e.published = Some(date.trim().into());
            }
        }
    }
}

/// The cells of a table row; a `|` inside back ticks does not part cells.
fn cells(line: &str) -> Vec<String> {
    let (mut out, mut current, mut code) = (Vec::new(), String::new(), false);
    for c in line.trim().trim_start_matches('|').chars() {
        match c {
            '`' => code = !code,
            '|' if !code => {
                out.push(current.trim().to_string());
                current.clear();
                continue;
            }
            _ => {}
        }
        if c != '`' {
            current.push(c);
        }
    }
    if !current.trim().is_empty() {
        out.push(current.trim().to_string());
    }
    out
}
