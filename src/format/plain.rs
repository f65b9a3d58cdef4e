//! Plain text: one article, as it stands.

use super::encoding::decode;
use super::parsed::{Metadata, ParseError, ParsedDocument};
use super::text::settled;

/// Reads a file of plain text.
pub(super) fn parse(bytes: Vec<u8>) -> Result<ParsedDocument, ParseError> {
    let decoded = decode(bytes, None)?;
    let text = settled(decoded.text)?;
    Ok(ParsedDocument { row: None, text, metadata: Metadata::default(), warnings: decoded.warnings })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_lines_and_warns_of_bad_bytes() {
        let document =
            parse(b"One.\r\nTwo \xe2\x80\x9cthree\xe2\x80\x9d \xe2\x80\x94 \xe2\x80\xa6.\xff".to_vec()).unwrap();
        assert_eq!(document.text, "One.\nTwo “three” — ….\u{fffd}");
        assert_eq!(document.warnings, ["invalid UTF-8 replaced by U+FFFD: 1"]);
        assert_eq!(parse(b" \n".to_vec()), Err(ParseError::Empty));
    }
}
