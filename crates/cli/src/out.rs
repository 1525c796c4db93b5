//! Where the output goes: standard output, or a file that appears only when it is whole.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// An open destination.
pub enum Out {
    /// Standard output.
    Stdout(BufWriter<io::Stdout>),
    /// A device or pipe given as a path; there is nothing to rename.
    Device(BufWriter<File>),
    /// A file beside the one asked for, renamed by [`Out::commit`] and removed if that is never reached.
    File(Box<Pending>),
}

/// A temporary file and the name it is to have.
pub struct Pending {
    file: BufWriter<File>,
    temporary: PathBuf,
    path: PathBuf,
    done: bool,
}

impl Out {
    /// Opens `path`, or standard output where there is none. A file of that name stays as it is until
    /// [`Out::commit`].
    pub fn open(path: Option<&Path>) -> io::Result<Self> {
        let Some(path) = path else {
            return Ok(Self::Stdout(BufWriter::with_capacity(1 << 16, io::stdout())));
        };
        // What a link points to is replaced, not the link.
        let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        match fs::metadata(&path) {
            Ok(meta) if meta.is_dir() => return Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder")),
            Ok(meta) if !meta.is_file() => {
                return Ok(Self::Device(BufWriter::new(OpenOptions::new().write(true).open(&path)?)));
            }
            _ => {}
        }
        let name = path.file_name().ok_or_else(|| io::Error::other("it names no file"))?.to_string_lossy();
        let temporary = path.with_file_name(format!(".{name}.{}.tmp", std::process::id()));
        let file = OpenOptions::new().write(true).create_new(true).open(&temporary)?;
        let file = BufWriter::with_capacity(1 << 16, file);
        Ok(Self::File(Box::new(Pending { file, temporary, path, done: false })))
    }

    /// Makes what was written the file that was asked for.
    pub fn commit(mut self) -> io::Result<()> {
        self.flush()?;
        if let Self::File(pending) = &mut self {
            if let Ok(meta) = fs::metadata(&pending.path) {
                fs::set_permissions(&pending.temporary, meta.permissions())?;
            }
            pending.file.get_ref().sync_all()?;
            fs::rename(&pending.temporary, &pending.path)?;
            pending.done = true;
        }
        Ok(())
    }
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Stdout(out) => out.write(bytes),
            Self::Device(out) => out.write(bytes),
            Self::File(pending) => pending.file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Stdout(out) => out.flush(),
            Self::Device(out) => out.flush(),
            Self::File(pending) => pending.file.flush(),
        }
    }
}

impl Drop for Pending {
    fn drop(&mut self) {
        if !self.done {
            let _ = fs::remove_file(&self.temporary);
        }
    }
}
