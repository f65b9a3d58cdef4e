//! Rules that hold for the text of every whole-file format: line ends, Unicode form, size.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::ParseError;

/// The longest text that an article may have, in bytes.
pub const TEXT_LIMIT: usize = 20 << 20;

/// Returns the text with `\n` as line end and in Unicode form NFC, or why it cannot be an article's.
pub(super) fn settled(text: String) -> Result<String, ParseError> {
    if text.len() > TEXT_LIMIT {
        return Err(ParseError::TooLarge { what: "the text", limit: TEXT_LIMIT });
    }
    let text = if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text };
    let text = composed(text);
    if text.trim().is_empty() { Err(ParseError::Empty) } else { Ok(text) }
}

/// Returns the text in Unicode form NFC.
pub(super) fn composed(text: String) -> String {
    if text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        return text;
    }
    text.nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settles_line_ends_and_form() {
        assert_eq!(settled("a\r\nb\rc".into()), Ok("a\nb\nc".into()));
        assert_eq!(settled("cafe\u{301}".into()), Ok("café".into()));
        assert_eq!(settled(" \r\n\u{a0}".into()), Err(ParseError::Empty));
        assert!(matches!(settled("x".repeat(TEXT_LIMIT + 1)), Err(ParseError::TooLarge { .. })));
    }
}
