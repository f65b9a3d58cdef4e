//! Splits a paragraph into words and marks.
//!
//! A word is a run of letters, digits and underscores, joined over single inner apostrophes, hyphens and dots
//! (`U.S`, `don't`, `Felbab-Brown`); every other visible character stands alone, but for the typewriter quotation
//! marks of two characters.

/// Calls `found(start, end)` for every word and mark of `text`, in bytes, in order.
pub fn words(text: &str, mut found: impl FnMut(usize, usize)) {
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let end = at + c.len_utf8();
        if is_word(c) {
            let end = word_end(text, end);
            found(at, end);
            at = end;
        } else if text[at..].starts_with("``") || text[at..].starts_with("''") {
            found(at, at + 2);
            at += 2;
        } else {
            if !c.is_whitespace() && !is_invisible(c) {
                found(at, end);
            }
            at = end;
        }
    }
}

/// Returns the end of the word that goes on at `at`.
fn word_end(text: &str, mut at: usize) -> usize {
    loop {
        let mut rest = text[at..].chars();
        let Some(c) = rest.next() else { return at };
        if is_word(c) || is_joint(c) && rest.next().is_some_and(is_word) {
            at += c.len_utf8();
        } else {
            return at;
        }
    }
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || (!c.is_ascii() && c.is_alphanumeric()) || is_combining(c)
}

fn is_joint(c: char) -> bool {
    matches!(c, '\'' | '’' | '-' | '.')
}

/// Combining accents belong to the letter before them.
fn is_combining(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// Zero-width characters that pages are full of.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let mut found = Vec::new();
        words(text, |start, end| found.push(&text[start..end]));
        assert_eq!(found.join(" "), expected);
    }

    #[test]
    fn words_and_marks() {
        check("The U.S. said: \"no.\"", "The U.S . said : \" no . \"");
        check("Felbab-Brown doesn’t, he'll", "Felbab-Brown doesn’t , he'll");
        check("``Yes,'' he--well", "`` Yes , '' he - - well");
        check("$5.7 billion é\u{301}s", "$ 5.7 billion é\u{301}s");
        check("zero\u{200b}width", "zero width");
    }
}
