//! Text from outside, made fit for a terminal: whatever goes to a screen or into a report passes through here.

use std::fmt::{Display, Write as _};
use std::io::{self, Write};

use serde::Serialize;

/// Returns the text in one line that a terminal shows as it is written.
///
/// File names and articles come from anywhere: control characters could move the cursor or type commands, and marks of
/// direction could show the words in another order. Each becomes one `�`; tabs and ends of lines become blanks.
pub fn shown(text: impl Display) -> String {
    let mut line = String::new();
    // Writing to a string cannot fail.
    let _ = write!(line, "{text}");
    if line.chars().any(|c| harmless(c) != c) {
        line = line.chars().map(harmless).collect();
    }
    line
}

/// Returns the character, or what stands for one that a terminal would act on.
pub fn harmless(c: char) -> char {
    match c {
        '\t' | '\n' | '\r' | '\u{2028}' | '\u{2029}' => ' ',
        c if c.is_control() => char::REPLACEMENT_CHARACTER,
        '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            char::REPLACEMENT_CHARACTER
        }
        c => c,
    }
}

/// Returns the value as one line of JSON in which what a terminal would act on stands as `\uXXXX`: the same value, for JSON
/// lets any character stand so, and safe to look at.
pub fn json(value: &impl Serialize) -> serde_json::Result<String> {
    let text = serde_json::to_string(value)?;
    if text.chars().all(|c| harmless(c) == c) {
        return Ok(text);
    }
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if harmless(c) == c {
            escaped.push(c);
        } else {
            // All of them have four digits at most; writing to a string cannot fail.
            let _ = write!(escaped, "\\u{:04x}", u32::from(c));
        }
    }
    Ok(escaped)
}

/// Passes on messages of the log, each made fit for a terminal.
pub struct ShownLines<W: Write>(pub W);

impl<W: Write> Write for ShownLines<W> {
    /// Takes a whole message, as the log writes it.
    fn write(&mut self, message: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8_lossy(message);
        writeln!(self.0, "{}", shown(text.trim_end_matches('\n')))?;
        Ok(message.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_moves_the_cursor_or_turns_the_words_round() {
        for (text, expected) in [
            ("El País · “Why?”", "El País · “Why?”"),
            ("a\u{1b}[31mb\u{7}", "a�[31mb�"),
            ("a\u{9b}31mb\u{90}", "a�31mb�"),
            ("failed: x\nfailed: y\r\tz", "failed: x failed: y  z"),
            ("abc\u{202e}txt.\u{2066}", "abc�txt.�"),
            ("क्\u{200d}ष", "क्\u{200d}ष"),
        ] {
            assert_eq!(shown(text), expected);
        }
    }

    #[test]
    fn json_keeps_the_value_and_is_safe_to_look_at() {
        let text = "a\u{9b}2J \u{202e}b\u{7f} “é”\n";
        let written = json(&text).unwrap();
        assert_eq!(written, "\"a\\u009b2J \\u202eb\\u007f “é”\\n\"");
        assert_eq!(serde_json::from_str::<String>(&written).unwrap(), text);
    }

    #[test]
    fn a_message_of_the_log_is_one_line() {
        let mut out = ShownLines(Vec::new());
        out.write_all(b" INFO reading path=a\x1b[2J\nb\n").unwrap();
        assert_eq!(String::from_utf8(out.0).unwrap(), " INFO reading path=a�[2J b\n");
    }
}
