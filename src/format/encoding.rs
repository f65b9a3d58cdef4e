//! Bytes -> text: byte order marks, UTF-8, UTF-16, declared and guessed charsets; refuses what is no text.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::ParseError;

/// Text with what was odd about its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    pub text: String,
    pub warnings: Vec<String>,
}

/// Decodes a file; `declared` is the charset that the file itself names.
pub fn decode(bytes: Vec<u8>, declared: Option<&str>) -> Result<Decoded, ParseError> {
    if let Some(what) = binary_kind(&bytes) {
        return Err(ParseError::Binary { what });
    }
    if let Some((encoding, mark)) = Encoding::for_bom(&bytes) {
        return Ok(lossy(encoding, &bytes[mark..]));
    }
    if let Some(encoding) = utf16_without_mark(&bytes) {
        return Ok(lossy(encoding, &bytes));
    }
    let (bytes, nuls) = without_stray_nuls(bytes)?;
    let mut decoded = decode_bytes(bytes, declared);
    if nuls > 0 {
        decoded.warnings.push(format!("NUL bytes dropped: {nuls}"));
    }
    Ok(decoded)
}

/// Drops a NUL that some editor or server left in a text; where there are more, it is no text.
fn without_stray_nuls(mut bytes: Vec<u8>) -> Result<(Vec<u8>, usize), ParseError> {
    let nuls = bytes.iter().filter(|b| **b == 0).count();
    if nuls * STRAY_NUL > bytes.len() {
        return Err(ParseError::Binary { what: "binary data (it holds NUL bytes), not text" });
    }
    if nuls > 0 {
        bytes.retain(|b| *b != 0);
    }
    Ok((bytes, nuls))
}

/// A text may hold one NUL in so many bytes; random data hold one in 256.
const STRAY_NUL: usize = 4096;

fn decode_bytes(bytes: Vec<u8>, declared: Option<&str>) -> Decoded {
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return unless_declared_otherwise(text, declared),
        Err(error) => error.into_bytes(),
    };
    if mostly_utf8(&bytes) {
        return lossy(UTF_8, &bytes);
    }
    let declared = declared.and_then(|label| Encoding::for_label(label.as_bytes())).filter(|e| *e != UTF_8);
    if let Some(encoding) = declared {
        return lossy(encoding, &bytes);
    }
    let encoding = guess(&bytes);
    let mut decoded = lossy(encoding, &bytes);
    decoded.warnings.push(format!("not valid UTF-8; read as {}", encoding.name()));
    decoded
}

/// Returns the encoding of UTF-16 text by its byte order mark.
pub(super) fn utf16_mark(head: &[u8]) -> Option<&'static Encoding> {
    Encoding::for_bom(head).map(|(encoding, _)| encoding).filter(|e| *e == UTF_16LE || *e == UTF_16BE)
}

/// Names the kind of file by its first bytes, where it is one that is no text.
pub fn binary_kind(head: &[u8]) -> Option<&'static str> {
    // Some writers of PDF put junk before the mark.
    if head.get(..1024.min(head.len()))?.windows(5).any(|w| w == b"%PDF-") {
        return Some("a PDF file; PDF is not read yet");
    }
    let found = MAGIC.iter().find(|(mark, _)| head.starts_with(mark));
    let webp = head.starts_with(b"RIFF").then_some("an image, sound or video file (RIFF), not text");
    found.map(|(_, what)| *what).or(webp)
}

const MAGIC: &[(&[u8], &str)] = &[
    (b"PK\x03\x04", "a zip file (or a Word, EPUB or OpenDocument file); these are not read yet"),
    (b"PK\x05\x06", "an empty zip file; zip files are not read yet"),
    (b"\x1f\x8b", "a gzip file; unpack it first"),
    (b"BZh", "a bzip2 file; unpack it first"),
    (b"\xfd7zXZ\0", "an xz file; unpack it first"),
    (b"\x28\xb5\x2f\xfd", "a zstd file; unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z file; unpack it first"),
    (b"Rar!\x1a\x07", "a RAR file; unpack it first"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Microsoft Office file; these are not read yet"),
    (b"{\\rtf", "an RTF file; RTF is not read yet"),
    (b"\x89PNG", "an image (PNG), not text"),
    (b"\xff\xd8\xff", "an image (JPEG), not text"),
    (b"GIF87a", "an image (GIF), not text"),
    (b"GIF89a", "an image (GIF), not text"),
    (b"II*\0", "an image (TIFF), not text"),
    (b"MM\0*", "an image (TIFF), not text"),
    (b"\x7fELF", "an executable (ELF), not text"),
    (b"MZ\x90", "an executable (Windows), not text"),
    (b"\xcf\xfa\xed\xfe", "an executable (Mach-O), not text"),
    (b"SQLite format 3\0", "an SQLite database, not text"),
    (b"ID3", "a sound file (MP3), not text"),
    (b"OggS", "a sound or video file (Ogg), not text"),
    (b"\xff\xfe\0\0", "text in UTF-32; convert it to UTF-8 first"),
    (b"\0\0\xfe\xff", "text in UTF-32; convert it to UTF-8 first"),
];

/// Valid UTF-8 is taken at its word, except that ASCII may declare an escape-based encoding such as ISO-2022-JP.
fn unless_declared_otherwise(text: String, declared: Option<&str>) -> Decoded {
    let escaped = declared
        .filter(|_| text.contains('\x1b'))
        .and_then(|label| Encoding::for_label(label.as_bytes()))
        .filter(|encoding| !encoding.is_ascii_compatible());
    match escaped {
        Some(encoding) => lossy(encoding, text.as_bytes()),
        None => Decoded { text, warnings: Vec::new() },
    }
}

fn lossy(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (text, faulty) = encoding.decode_without_bom_handling(bytes);
    let mut warnings = Vec::new();
    if faulty {
        let count = text.matches('\u{fffd}').count();
        warnings.push(format!("invalid {} replaced by U+FFFD: {count}", encoding.name()));
    }
    Decoded { text: text.into_owned(), warnings }
}

/// Recognises UTF-16 of mostly Latin text: every second byte is NUL.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4096) & !1];
    let pairs = head.len() / 2;
    let nul = |offset: usize| head.iter().skip(offset).step_by(2).filter(|b| **b == 0).count();
    let (high, low) = (nul(0), nul(1));
    if pairs < 4 {
        return None;
    }
    match () {
        () if low * 10 >= pairs * 7 && high == 0 => Some(UTF_16LE),
        () if high * 10 >= pairs * 7 && low == 0 => Some(UTF_16BE),
        () => None,
    }
}

/// Tells whether the faults are few beside the characters of several bytes that are right.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut right, mut wrong) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        right += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        wrong += usize::from(!chunk.invalid().is_empty());
    }
    right > wrong * 3
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    // The first megabyte tells enough, and a bound keeps a huge file cheap.
    detector.feed(&bytes[..bytes.len().min(1 << 20)], true);
    let guessed = detector.guess(None, Utf8Detection::Deny);
    if guessed == UTF_8 { WINDOWS_1252 } else { guessed }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(bytes: &[u8], declared: Option<&str>, expected: &str) {
        let shown = match decode(bytes.to_vec(), declared) {
            Ok(decoded) => [vec![decoded.text], decoded.warnings].concat().join(" | "),
            Err(error) => format!("error: {error}"),
        };
        assert_eq!(shown, expected);
    }

    #[test]
    fn decodes_the_usual_encodings() {
        check("plain né".as_bytes(), None, "plain né");
        check(b"\xef\xbb\xbfmarked", None, "marked");
        check(b"\xff\xfeo\0n\0", None, "on");
        check(b"\xfe\xff\0o\0n", None, "on");
        check(b"r\0e\0c\0o\0r\0d\0", None, "record");
        check(b"caf\xe9 au lait", Some("iso-8859-1"), "café au lait");
        check(
            b"\x93smart\x94 quotes \x97 and more",
            None,
            "“smart” quotes — and more | not valid UTF-8; read as windows-1252",
        );
        check("caf\u{e9}".as_bytes(), Some("iso-8859-1"), "café");
        check(b"", None, "");
    }

    #[test]
    fn counts_what_it_replaces() {
        check(
            b"n\xc3\xa9 \xc3\xa9 \xc3\xa9 \xc3\xa9 \xff",
            None,
            "né é é é \u{fffd} | invalid UTF-8 replaced by U+FFFD: 1",
        );
    }

    #[test]
    fn names_what_is_no_text() {
        check(b"junk\n%PDF-1.4 ...", None, "error: a PDF file; PDF is not read yet");
        check(b"\x89PNG\r\n", None, "error: an image (PNG), not text");
        check(b"a\0b", None, "error: binary data (it holds NUL bytes), not text");
        let stray = [&b"x".repeat(5000)[..], b"\0"].concat();
        assert_eq!(decode(stray, None).unwrap().warnings, ["NUL bytes dropped: 1"]);
    }

    proptest! {
        #[test]
        fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300), label in "[a-z0-9-]{0,12}") {
            let _ = decode(bytes, Some(&label));
        }
    }
}
