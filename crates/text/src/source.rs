//! Where bytes come from: unpacking under guard, peeking, bounded reading.

use crate::{ErrorKind, Limits};
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// A stream of bytes.
pub(crate) type Bytes = Box<dyn BufRead + Send>;

/// How much of a stream is looked at to tell its format and encoding.
const HEAD: u64 = 64 << 10;

/// Layers of compression that are unpacked: `.gz` inside `.zst` happens by accident, more only on purpose.
const LAYERS: usize = 2;

/// Below this a high compression ratio is harmless.
const HARMLESS: u64 = 1 << 20;

/// The first bytes of a stream, and the stream as if they had not been read.
pub(crate) fn head(mut bytes: Bytes) -> io::Result<(Vec<u8>, Bytes)> {
    let mut head = Vec::new();
    bytes.by_ref().take(HEAD).read_to_end(&mut head)?;
    Ok((head.clone(), Box::new(Cursor::new(head).chain(bytes))))
}

/// Unpacks gzip and zstd, told by their first bytes.
pub(crate) fn unpack(mut bytes: Bytes, limits: &Limits) -> Result<(Vec<u8>, Bytes), ErrorKind> {
    for _ in 0..=LAYERS {
        let (start, stream) = head(bytes).map_err(|error| kind(&error))?;
        let packed = Arc::new(AtomicU64::new(0));
        let counted = BufReader::new(Counter { inner: stream, count: packed.clone() });
        let unpacked: Box<dyn Read + Send> = match start.as_slice() {
            [0x1f, 0x8b, 8, ..] => Box::new(flate2::bufread::MultiGzDecoder::new(counted)),
            [0x28, 0xb5, 0x2f, 0xfd, ..] => {
                Box::new(Zstd { source: Some(Frames { magic: Vec::new(), rest: counted }), frame: None })
            }
            [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => {
                Box::new(Zstd { source: Some(Frames { magic: Vec::new(), rest: counted }), frame: None })
            }
            _ => return Ok((start, Box::new(counted))),
        };
        let guard = Guard {
            inner: unpacked,
            packed,
            unpacked: 0,
            limit: limits.decompressed_bytes,
            ratio: limits.compression_ratio,
        };
        bytes = Box::new(BufReader::with_capacity(64 << 10, guard));
    }
    Err(ErrorKind::Limit { what: "layers of compression", limit: LAYERS as u64 })
}

/// All bytes of a document that is read whole.
pub(crate) fn whole(bytes: impl Read, limit: u64) -> Result<Vec<u8>, ErrorKind> {
    let mut all = Vec::new();
    bytes.take(limit.saturating_add(1)).read_to_end(&mut all).map_err(|error| kind(&error))?;
    match all.len() as u64 > limit {
        true => Err(ErrorKind::Limit { what: "document size in bytes", limit }),
        false => Ok(all),
    }
}

/// The error behind an I/O error: our own where a guard raised it.
pub(crate) fn kind(error: &io::Error) -> ErrorKind {
    match error.get_ref().and_then(|inner| inner.downcast_ref::<ErrorKind>()) {
        Some(kind) => kind.clone(),
        None if error.kind() == io::ErrorKind::NotFound => ErrorKind::Missing,
        None => ErrorKind::Io(error.to_string()),
    }
}

/// What became of one line.
pub(crate) enum Line {
    End,
    Read,
    TooLong,
}

/// Reads a line without its line feed into `line`. One above the limit is passed over without being kept.
pub(crate) fn read_line(bytes: &mut Bytes, line: &mut Vec<u8>, limit: u64) -> io::Result<Line> {
    line.clear();
    let (mut any, mut long) = (false, false);
    loop {
        let buffer = bytes.fill_buf()?;
        if buffer.is_empty() {
            break;
        }
        any = true;
        let end = buffer.iter().position(|&b| b == b'\n');
        let part = &buffer[..end.unwrap_or(buffer.len())];
        long |= (line.len() + part.len()) as u64 > limit;
        match long {
            true => line.clear(),
            false => line.extend_from_slice(part),
        }
        let used = end.map_or(buffer.len(), |end| end + 1);
        bytes.consume(used);
        if end.is_some() {
            break;
        }
    }
    Ok(match (any, long) {
        (false, _) => Line::End,
        (true, true) => Line::TooLong,
        (true, false) => Line::Read,
    })
}

/// A reader that refuses to give more than an allowance, which whoever parses renews for every record: parsers that
/// buffer a whole record cannot be made to buffer the whole file.
pub(crate) struct Meter {
    inner: Bytes,
    left: Arc<AtomicU64>,
    limit: u64,
}

/// Renews the allowance of a [`Meter`].
#[derive(Clone)]
pub(crate) struct Allowance {
    left: Arc<AtomicU64>,
    limit: u64,
}

impl Meter {
    /// A meter with its allowance. Parsers read ahead by a buffer or two: that much is allowed on top.
    pub fn new(inner: Bytes, limit: u64) -> (Self, Allowance) {
        let allowance = Allowance { left: Arc::default(), limit };
        allowance.renew();
        (Self { inner, left: allowance.left.clone(), limit }, allowance)
    }
}

impl Allowance {
    pub fn renew(&self) {
        self.left.store(self.limit.saturating_add(16 << 10), Relaxed);
    }
}

impl Read for Meter {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        let left = self.left.load(Relaxed);
        if n as u64 > left {
            return Err(io::Error::other(ErrorKind::Limit { what: "record size in bytes", limit: self.limit }));
        }
        self.left.store(left - n as u64, Relaxed);
        Ok(n)
    }
}

struct Counter<R> {
    inner: R,
    count: Arc<AtomicU64>,
}

impl<R: Read> Read for Counter<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.count.fetch_add(n as u64, Relaxed);
        Ok(n)
    }
}

struct Guard {
    inner: Box<dyn Read + Send>,
    packed: Arc<AtomicU64>,
    unpacked: u64,
    limit: u64,
    ratio: u64,
}

impl Read for Guard {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.unpacked += n as u64;
        let limit = |what, limit| Err(io::Error::other(ErrorKind::Limit { what, limit }));
        if self.unpacked > self.limit {
            return limit("unpacked size in bytes", self.limit);
        }
        if self.unpacked > HARMLESS && self.unpacked > self.packed.load(Relaxed).saturating_mul(self.ratio) {
            return limit("compression ratio", self.ratio);
        }
        Ok(n)
    }
}

/// Zstandard frames one after another, skippable ones passed over.
struct Zstd {
    source: Option<Frames>,
    frame: Option<Box<Frame>>,
}

type Frame = ruzstd::decoding::StreamingDecoder<Frames, ruzstd::decoding::FrameDecoder>;

/// Memory a frame may ask for: what the reference decoder allows (2^27) before it wants to be told.
const WINDOW: u64 = 128 << 20;

/// The packed bytes, with a frame's magic number put back once it was looked at.
struct Frames {
    magic: Vec<u8>,
    rest: BufReader<Counter<Bytes>>,
}

impl Read for Frames {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.magic.is_empty() {
            return self.rest.read(buffer);
        }
        let n = buffer.len().min(self.magic.len());
        buffer[..n].copy_from_slice(&self.magic[..n]);
        self.magic.drain(..n);
        Ok(n)
    }
}

impl Read for Zstd {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if let Some(frame) = &mut self.frame {
                let n = frame.read(buffer)?;
                if n > 0 || buffer.is_empty() {
                    return Ok(n);
                }
                self.source = self.frame.take().map(|frame| frame.into_inner());
            }
            let Some(mut source) = self.source.take() else { return Ok(0) };
            if source.rest.fill_buf()?.is_empty() {
                return Ok(0);
            }
            let mut magic = [0; 4];
            source.read_exact(&mut magic)?;
            if u32::from_le_bytes(magic) & 0xffff_fff0 == 0x184d_2a50 {
                let mut length = [0; 4];
                source.read_exact(&mut length)?;
                io::copy(&mut source.by_ref().take(u32::from_le_bytes(length).into()), &mut io::sink())?;
                self.source = Some(source);
                continue;
            }
            source.magic = magic.to_vec();
            let frame = Frame::new_with_max_window_size(source, WINDOW).map_err(io::Error::other)?;
            self.frame = Some(Box::new(frame));
        }
    }
}
