//! Files, folders and standard input to readings.

use crate::draft::{self, Draft, Found, Records, Seen};
use crate::reading::{Reading, Reason, Skipped};
use crate::source::{self, Bytes};
use crate::{Error, ErrorKind, Format, Options};
use crate::{encoding, feed, html, json_lines, markdown, petrarch, sniff, table};
use std::collections::VecDeque;
use std::fs::File;
use std::io::{BufReader, Cursor};
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, FilterEntry, WalkDir};

/// Reads files, folders (recursively, sorted by name, hidden files left out) and, for `-`, standard input. The order
/// is that of `paths`; the same input gives the same readings.
pub fn read_paths<'o>(paths: &[PathBuf], options: &'o Options) -> Readings<'o> {
    Readings { paths: paths.iter().cloned().collect(), folder: None, file: None, seen: Seen::new(), options }
}

/// Reads bytes as if they were the content of a file of this name.
pub fn read_bytes(name: &str, bytes: &[u8], options: &Options) -> Vec<Reading> {
    let mut readings = read_paths(&[], options);
    readings.file = Some(OpenFile::new(name, Ok(Box::new(Cursor::new(bytes.to_vec()))), options));
    readings.collect()
}

/// The readings of some paths, made as they are asked for.
pub struct Readings<'o> {
    paths: VecDeque<PathBuf>,
    folder: Option<Folder>,
    file: Option<OpenFile<'o>>,
    seen: Seen,
    options: &'o Options,
}

/// A folder that is being gone through.
struct Folder {
    name: String,
    entries: FilterEntry<walkdir::IntoIter, fn(&DirEntry) -> bool>,
    empty: bool,
}

impl Iterator for Readings<'_> {
    type Item = Reading;

    fn next(&mut self) -> Option<Reading> {
        loop {
            if let Some(file) = &mut self.file {
                match file.next(self.options, &mut self.seen) {
                    Some(reading) => return Some(reading),
                    None => self.file = None,
                }
            }
            if let Some(folder) = &mut self.folder {
                match folder.entries.next() {
                    Some(Ok(entry)) if entry.file_type().is_dir() => {}
                    Some(Ok(entry)) => {
                        folder.empty = false;
                        self.file = Some(OpenFile::at(entry.path(), entry.file_type().is_file(), self.options));
                    }
                    Some(Err(error)) => {
                        folder.empty = false;
                        return Some(Reading::Failed(unwalkable(&error)));
                    }
                    None => {
                        let Folder { name: origin, empty, .. } = self.folder.take()?;
                        if empty {
                            return Some(Reading::Skipped(Skipped { origin, reason: Reason::Empty }));
                        }
                    }
                }
                continue;
            }
            let path = self.paths.pop_front()?;
            match path.is_dir() {
                true => self.folder = Some(Folder::at(&path)),
                // Pipes are read when they are named, as `<(…)` does.
                false => self.file = Some(OpenFile::at(&path, true, self.options)),
            }
        }
    }
}

impl Folder {
    fn at(path: &Path) -> Self {
        // Whoever names a hidden folder means it; what is hidden inside another is not looked into.
        fn shown(entry: &DirEntry) -> bool {
            entry.depth() == 0 || !entry.file_name().as_encoded_bytes().starts_with(b".")
        }
        let walk = WalkDir::new(path).follow_links(true).sort_by_file_name().into_iter();
        Self { name: path.display().to_string(), entries: walk.filter_entry(shown), empty: true }
    }
}

fn unwalkable(error: &walkdir::Error) -> Error {
    let origin = error.path().map(|path| path.display().to_string()).unwrap_or_default();
    let message = match error.loop_ancestor() {
        Some(ancestor) => format!("a link back to {}", ancestor.display()),
        None => error.io_error().map_or_else(|| error.to_string(), ToString::to_string),
    };
    Error { origin, byte: None, kind: ErrorKind::Io(message) }
}

/// A file whose records are being read.
struct OpenFile<'o> {
    name: String,
    records: Records<'o>,
    count: u64,
}

impl<'o> OpenFile<'o> {
    fn at(path: &Path, regular: bool, options: &'o Options) -> Self {
        let name = path.display().to_string();
        let bytes = match () {
            () if name == "-" => Ok(Box::new(BufReader::new(std::io::stdin())) as Bytes),
            () if !regular => Err(ErrorKind::Io("not a regular file".into())),
            () => File::open(path)
                .map(|file| Box::new(BufReader::new(file)) as Bytes)
                .map_err(|error| source::kind(&error)),
        };
        Self::new(&name, bytes, options)
    }

    fn new(name: &str, bytes: Result<Bytes, ErrorKind>, options: &'o Options) -> Self {
        let records = bytes.and_then(|bytes| open(name, bytes, options));
        let records = records.unwrap_or_else(|kind| Box::new(std::iter::once(Found::failed(name, kind))));
        Self { name: name.into(), records, count: 0 }
    }

    fn next(&mut self, options: &Options, seen: &mut Seen) -> Option<Reading> {
        let Some(found) = self.records.next() else {
            // A file without a record is not lost silently.
            let empty = Skipped { origin: self.name.clone(), reason: Reason::Empty };
            self.count += 1;
            return (self.count == 1).then_some(Reading::Skipped(empty));
        };
        self.count += 1;
        let limit = options.limits.records;
        if self.count > limit {
            self.records = Box::new(std::iter::empty());
            let kind = ErrorKind::Limit { what: "number of records", limit };
            return (self.count == limit + 1)
                .then(|| Reading::Failed(Error { origin: self.name.clone(), byte: None, kind }));
        }
        Some(match found {
            Found::Draft(draft) => draft::finish(*draft, options, seen),
            Found::Failed(error) => Reading::Failed(error),
        })
    }
}

/// Tells format and encoding and gives the records.
fn open<'o>(name: &str, bytes: Bytes, options: &'o Options) -> Result<Records<'o>, ErrorKind> {
    let limits = &options.limits;
    let (head, bytes) = source::unpack(bytes, limits)?;
    if head.is_empty() {
        return Ok(Box::new(std::iter::empty()));
    }
    let wide = encoding::utf16(&head);
    if let (None, Some(looks_like)) = (wide, sniff::binary(&head)) {
        return Err(ErrorKind::Binary(looks_like));
    }
    let start = match wide {
        Some(encoding) => encoding.decode_with_bom_removal(&head).0,
        None => String::from_utf8_lossy(&head),
    };
    let format = options.format.unwrap_or_else(|| sniff::format(name, &start, &options.columns));
    let name = name.to_owned();
    let mut draft = Draft { origin: name.clone(), ..Draft::default() };
    match format {
        Format::JsonLines => return Ok(Box::new(json_lines::read(name, encoding::stream(&head, bytes), options))),
        Format::Csv => {
            return Ok(Box::new(table::read(name, &start, encoding::stream(&head, bytes), options)));
        }
        Format::Petrarch => return Ok(Box::new(petrarch::read(name, encoding::stream(&head, bytes), options))),
        Format::Feed => {
            let decoded = encoding::decode(source::whole(bytes, limits.document_bytes)?, encoding::xml_label(&head))?;
            return feed::read(name, decoded, options);
        }
        Format::Html => {
            let decoded = encoding::decode(source::whole(bytes, limits.html_bytes)?, encoding::html_label(&head))?;
            html::read(&decoded.text, limits, &mut draft)?;
            draft.remarks.extend(decoded.remarks);
        }
        Format::Markdown => {
            let decoded = encoding::decode(source::whole(bytes, limits.document_bytes)?, None)?;
            markdown::read(&decoded.text, &mut draft);
            draft.remarks.extend(decoded.remarks);
        }
        Format::Text => {
            let decoded = encoding::decode(source::whole(bytes, limits.document_bytes)?, None)?;
            draft.text = decoded.text;
            draft.remarks.extend(decoded.remarks);
        }
    }
    Ok(Box::new(std::iter::once(Found::Draft(Box::new(draft)))))
}
