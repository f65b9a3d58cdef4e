//! JSONL: an article on each line, read as a stream, so that a file of any size needs the memory of one line.

use std::io::{self, BufRead, BufReader, Read};

use encoding_rs::{CoderResult, Decoder};

use super::encoding::{decode, utf16_mark};
use super::json;
use super::parsed::{ParseError, ParsedDocument, RowError};
use super::row_ids::RowIds;

/// The longest line that is read; a longer one fails alone.
pub const LINE_LIMIT: usize = 64 << 20;

/// The articles of a JSONL file, one a line; a bad line fails alone.
pub struct JsonlReader<R> {
    lines: Lines<R>,
    line: usize,
    ids: RowIds,
    over: bool,
}

enum Lines<R> {
    Bytes(R),
    Utf16(BufReader<Utf16<R>>),
}

impl<R: BufRead> JsonlReader<R> {
    /// Starts reading; an error is the system's.
    pub fn new(mut reader: R) -> io::Result<JsonlReader<R>> {
        let head = reader.fill_buf()?;
        let lines = match utf16_mark(head) {
            Some(encoding) => Lines::Utf16(BufReader::new(Utf16::new(reader, encoding.new_decoder()))),
            None => {
                let mark = if head.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
                reader.consume(mark);
                Lines::Bytes(reader)
            }
        };
        Ok(JsonlReader { lines, line: 0, ids: RowIds::default(), over: false })
    }

    fn read_line(&mut self) -> io::Result<Line> {
        match &mut self.lines {
            Lines::Bytes(reader) => next_line(reader, LINE_LIMIT),
            Lines::Utf16(reader) => next_line(reader, LINE_LIMIT),
        }
    }
}

impl<R: BufRead> Iterator for JsonlReader<R> {
    type Item = Result<ParsedDocument, RowError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if self.over {
                return None;
            }
            self.line += 1;
            let row = self.line;
            let read = match self.read_line() {
                Err(error) => {
                    self.over = true;
                    Err(ParseError::Broken(error.to_string()))
                }
                Ok(Line::End) => return None,
                Ok(Line::TooLong) => Err(ParseError::TooLarge { what: "the line", limit: LINE_LIMIT }),
                Ok(Line::Bytes(bytes)) if bytes.trim_ascii().is_empty() => continue,
                Ok(Line::Bytes(bytes)) => document(bytes),
            };
            return Some(match read {
                Ok(mut document) => {
                    self.ids.settle(&mut document, row);
                    Ok(document)
                }
                Err(error) => Err(RowError { row, error }),
            });
        }
    }
}

fn document(bytes: Vec<u8>) -> Result<ParsedDocument, ParseError> {
    let decoded = decode(bytes, None)?;
    let mut document = json::document(decoded.text.trim())?;
    document.warnings.extend(decoded.warnings);
    Ok(document)
}

enum Line {
    Bytes(Vec<u8>),
    TooLong,
    End,
}

/// Reads to the end of the line; what is over the limit is passed over and not held.
fn next_line(reader: &mut impl BufRead, limit: usize) -> io::Result<Line> {
    let mut bytes = Vec::new();
    let read = reader.by_ref().take(limit as u64 + 1).read_until(b'\n', &mut bytes)?;
    if read == 0 {
        return Ok(Line::End);
    }
    if read <= limit || bytes.ends_with(b"\n") {
        return Ok(Line::Bytes(bytes));
    }
    drop(bytes);
    reader.skip_until(b'\n')?;
    Ok(Line::TooLong)
}

/// Reads UTF-16 as UTF-8.
struct Utf16<R> {
    reader: R,
    decoder: Decoder,
    over: bool,
}

impl<R: BufRead> Utf16<R> {
    fn new(reader: R, decoder: Decoder) -> Utf16<R> {
        Utf16 { reader, decoder, over: false }
    }
}

impl<R: BufRead> Read for Utf16<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        // A character may take four bytes, and the decoder wants room for one before it starts.
        if out.len() < 16 {
            return Err(io::Error::other("the buffer is too small"));
        }
        while !self.over {
            let input = self.reader.fill_buf()?;
            let last = input.is_empty();
            let (result, read, written, _) = self.decoder.decode_to_utf8(input, out, last);
            self.reader.consume(read);
            self.over = last && result == CoderResult::InputEmpty;
            if written > 0 {
                return Ok(written);
            }
        }
        Ok(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rows(bytes: &[u8]) -> Vec<String> {
        // A tiny buffer makes every line cross its end.
        let reader = JsonlReader::new(BufReader::with_capacity(5, bytes)).unwrap();
        reader
            .map(|row| match row {
                Ok(document) => format!("{} {}", document.row.unwrap(), document.text),
                Err(error) => error.to_string(),
            })
            .collect()
    }

    #[test]
    fn reads_line_by_line() {
        let source =
            b"\xef\xbb\xbf{\"id\": 7, \"text\": \"One\"}\r\n\n{\"text\": \"Two\n{\"text\": \"caf\xe9 cr\xe8me\"}";
        let expected = ["7 One", "row 3: not valid JSON: EOF while parsing a string at column 13", "4 café crème"];
        assert_eq!(rows(source), expected);
    }

    #[test]
    fn reads_utf_16() {
        let units = "\u{feff}{\"text\": \"Onе 😀\"}\n{\"text\": \"Two\"}\n".encode_utf16();
        let bytes: Vec<u8> = units.flat_map(u16::to_le_bytes).collect();
        let reader = JsonlReader::new(BufReader::new(&bytes[..])).unwrap();
        let texts: Vec<String> = reader.map(|row| row.unwrap().text).collect();
        assert_eq!(texts, ["Onе 😀", "Two"]);
    }

    #[test]
    fn a_line_over_the_limit_fails_alone() {
        let mut reader = BufReader::with_capacity(4, &b"12345\n1234567890\n12\n"[..]);
        let mut lengths = Vec::new();
        loop {
            match next_line(&mut reader, 6).unwrap() {
                Line::End => break,
                Line::TooLong => lengths.push(None),
                Line::Bytes(bytes) => lengths.push(Some(bytes.len())),
            }
        }
        assert_eq!(lengths, [Some(6), None, Some(3)]);
    }

    proptest! {
        #[test]
        fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            if let Ok(reader) = JsonlReader::new(BufReader::new(&bytes[..])) {
                reader.count();
            }
        }
    }
}
