//! Reads a whole file of any format.

use std::io::{BufReader, Cursor};

use super::{Format, JsonlReader, ParseError, ParsedDocument, RowError, html, json, markdown, plain};

/// The articles of one file, read one by one.
pub type Documents = Box<dyn Iterator<Item = Result<ParsedDocument, RowError>> + Send>;

/// Reads the articles of a file that is held in memory.
///
/// An error is the whole file's; a row of a container that cannot be read is an item and the others follow.
pub fn parse(format: Format, bytes: Vec<u8>) -> Result<Documents, ParseError> {
    let whole = match format {
        Format::Plain => plain::parse(bytes)?,
        Format::Markdown => markdown::parse(bytes)?,
        Format::Html => html::parse(bytes)?,
        Format::Json => return Ok(Box::new(json::parse(bytes)?)),
        Format::Jsonl => {
            let reader = JsonlReader::new(BufReader::new(Cursor::new(bytes)));
            return Ok(Box::new(reader.map_err(|error| ParseError::Broken(error.to_string()))?));
        }
    };
    Ok(Box::new(std::iter::once(Ok(whole))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_format_refuses_binary_and_empty_files() {
        for format in [Format::Plain, Format::Markdown, Format::Html, Format::Json] {
            assert!(matches!(parse(format, b"%PDF-1.7".to_vec()).err(), Some(ParseError::Binary { .. })), "{format:?}");
            assert_eq!(parse(format, b" \n ".to_vec()).err(), Some(ParseError::Empty), "{format:?}");
        }
        assert_eq!(parse(Format::Jsonl, b" \n ".to_vec()).unwrap().count(), 0);
    }

    proptest! {
        #[test]
        fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            for format in [Format::Plain, Format::Markdown, Format::Html, Format::Json, Format::Jsonl] {
                if let Ok(documents) = parse(format, bytes.clone()) {
                    documents.count();
                }
            }
        }
    }
}
