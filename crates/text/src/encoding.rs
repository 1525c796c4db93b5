//! From bytes to UTF-8: byte order marks, declared, legacy and damaged encodings.

use crate::ErrorKind;
use crate::source::Bytes;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE};
use std::io::{self, BufReader, Read};

/// Text and remarks on how it was decoded.
#[derive(Debug)]
pub(crate) struct Decoded {
    pub text: String,
    pub remarks: Vec<String>,
}

/// Decodes a document that is read whole. In this order: byte order mark, UTF-16 by its NULs, valid UTF-8, what the
/// document declares, UTF-8 with a little damage, a legacy encoding by statistics.
pub(crate) fn decode(bytes: Vec<u8>, declared: Option<&'static Encoding>) -> Result<Decoded, ErrorKind> {
    if let Some(encoding) = utf16(&bytes) {
        return Ok(legacy(&bytes, encoding, Vec::new()));
    }
    let bytes = match bytes.strip_prefix(b"\xef\xbb\xbf") {
        Some(rest) => rest.to_vec(),
        None => bytes,
    };
    let bytes = match String::from_utf8(bytes) {
        // What is valid UTF-8 beyond ASCII is UTF-8, whatever it says of itself.
        Ok(text) => {
            let mut remarks = Vec::new();
            if let Some(encoding) = declared.filter(|&e| e != UTF_8 && !text.is_ascii()) {
                remarks.push(format!("declared as {}, but it is valid UTF-8 and read as that", encoding.name()));
            }
            return plain(Decoded { text, remarks });
        }
        Err(error) => error.into_bytes(),
    };
    let byte = std::str::from_utf8(&bytes).map_or_else(|error| error.valid_up_to(), |_| bytes.len());
    if let Some(encoding) = declared.filter(|&e| e != UTF_8) {
        return plain(legacy(&bytes, encoding, Vec::new()));
    }
    // Intact sequences beyond ASCII do not come about by chance: damage to a UTF-8 text, not another encoding.
    let (mut intact, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        intact += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    if intact >= 4 * broken {
        let remark = format!("damaged UTF-8: {broken} invalid sequences replaced, the first at byte {byte}");
        let text = String::from_utf8_lossy(&bytes).into_owned();
        return plain(Decoded { text, remarks: vec![remark] });
    }
    let encoding = guess(&bytes);
    let remark = format!("not UTF-8 (byte {byte}); read as {}", encoding.name());
    let decoded = legacy(&bytes, encoding, vec![remark]);
    // Statistics always name an encoding. Control characters show that the guess is of no use.
    if decoded.text.chars().any(|c| ('\u{80}'..='\u{9f}').contains(&c) && c != '\u{85}' || c == '\u{fffd}') {
        return Err(ErrorKind::Encoding(format!("UTF-8 (byte {byte}), nor in a legacy encoding")));
    }
    plain(decoded)
}

/// One record of a stream that is not valid UTF-8.
pub(crate) fn decode_record(bytes: &[u8]) -> Option<(String, &'static str)> {
    let encoding = guess(bytes);
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
    Some((text.into_owned(), encoding.name()))
}

/// The encoding of a stream as its first bytes tell: a byte order mark, NULs of UTF-16, or a label in an XML
/// declaration. The stream then gives UTF-8; bytes that were UTF-8 or anything else pass through.
pub(crate) fn stream(head: &[u8], bytes: Bytes) -> Bytes {
    let encoding = utf16(head).or_else(|| xml_label(head).filter(|&e| e != UTF_8));
    match encoding {
        Some(encoding) => {
            // `new_decoder` takes the byte order mark away.
            let decoder = encoding.new_decoder_with_bom_removal();
            Box::new(BufReader::new(Transcoder { inner: bytes, decoder, raw: Vec::new(), ready: Vec::new(), given: 0 }))
        }
        None if head.starts_with(b"\xef\xbb\xbf") => {
            let mut bytes = bytes;
            // In memory already: the head was read from it.
            let _ = bytes.read_exact(&mut [0; 3]);
            bytes
        }
        None => bytes,
    }
}

/// UTF-16 by its mark, or by the NULs that half of the bytes of a Latin text are.
pub(crate) fn utf16(head: &[u8]) -> Option<&'static Encoding> {
    match head {
        [0xff, 0xfe, ..] => return Some(UTF_16LE),
        [0xfe, 0xff, ..] => return Some(UTF_16BE),
        _ => {}
    }
    let sample = &head[..head.len().min(4096) / 2 * 2];
    let nuls = |parity: usize| sample.iter().skip(parity).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd, pairs) = (nuls(0), nuls(1), sample.len() / 2);
    match () {
        () if pairs < 2 => None,
        () if odd * 10 >= pairs * 7 && even * 20 <= pairs => Some(UTF_16LE),
        () if even * 10 >= pairs * 7 && odd * 20 <= pairs => Some(UTF_16BE),
        () => None,
    }
}

/// The label of an XML declaration.
pub(crate) fn xml_label(head: &[u8]) -> Option<&'static Encoding> {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let end = head.iter().take(512).position(|&b| b == b'>')?;
    head.starts_with(b"<?xml").then(|| label(&head[..end], b"encoding")).flatten()
}

/// The charset a web page's first 4 KiB declare in a `<meta>`.
pub(crate) fn html_label(head: &[u8]) -> Option<&'static Encoding> {
    label(&head[..head.len().min(4096)], b"charset").or_else(|| xml_label(head))
}

/// The encoding named after `key =`.
fn label(head: &[u8], key: &[u8]) -> Option<&'static Encoding> {
    head.windows(key.len()).enumerate().filter(|(_, window)| window.eq_ignore_ascii_case(key)).find_map(|(at, _)| {
        let rest = head[at + key.len()..].trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
        let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
        let end = rest.iter().position(|b| !b.is_ascii_alphanumeric() && !b"-_:.".contains(b)).unwrap_or(rest.len());
        // A declaration that could be read cannot be in UTF-16.
        Encoding::for_label(&rest[..end]).map(|e| if e == UTF_16LE || e == UTF_16BE { UTF_8 } else { e })
    })
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

fn legacy(bytes: &[u8], encoding: &'static Encoding, mut remarks: Vec<String>) -> Decoded {
    let (text, damaged) = encoding.decode_with_bom_removal(bytes);
    if damaged {
        remarks.push(format!("invalid {} replaced", encoding.name()));
    }
    Decoded { text: text.into_owned(), remarks }
}

/// NULs beyond the first bytes, where the format was told.
fn plain(decoded: Decoded) -> Result<Decoded, ErrorKind> {
    match decoded.text.find('\0') {
        Some(byte) => Err(ErrorKind::Binary(format!("binary data (a NUL at byte {byte})"))),
        None => Ok(decoded),
    }
}

/// Gives UTF-8 of a stream in another encoding.
struct Transcoder {
    inner: Bytes,
    decoder: Decoder,
    /// Bytes of the source in the turn.
    raw: Vec<u8>,
    /// Decoded bytes.
    ready: Vec<u8>,
    /// How many of them were given.
    given: usize,
}

impl Read for Transcoder {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.given == self.ready.len() {
            self.raw.clear();
            let n = self.inner.by_ref().take(8192).read_to_end(&mut self.raw)?;
            self.ready.clear();
            self.given = 0;
            let room = self.decoder.max_utf8_buffer_length(n).unwrap_or(4 * 8192);
            self.ready.resize(room, 0);
            let (_, _, written, _) = self.decoder.decode_to_utf8(&self.raw, &mut self.ready, n == 0);
            self.ready.truncate(written);
            if n == 0 && written == 0 {
                return Ok(0);
            }
        }
        let n = buffer.len().min(self.ready.len() - self.given);
        buffer[..n].copy_from_slice(&self.ready[self.given..self.given + n]);
        self.given += n;
        Ok(n)
    }
}
