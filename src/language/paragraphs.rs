//! Splits a text into paragraphs, also one whose lines were wrapped at a fixed width.

/// Returns the byte ranges of the paragraphs, without the white space around them.
///
/// A line end parts two paragraphs, unless the text was wrapped: then only a blank or an indented line does.
pub fn paragraphs(text: &str) -> Vec<(usize, usize)> {
    let wrapped = is_wrapped(text);
    let mut found: Vec<(usize, usize)> = Vec::new();
    let mut open = false;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let body = line.trim();
        let start = at + (line.len() - line.trim_start().len());
        let indented = line.starts_with([' ', '\t']);
        at += line.len();
        if body.is_empty() {
            open = false;
            continue;
        }
        let end = start + body.len();
        match found.last_mut() {
            Some(last) if open && wrapped && !indented => last.1 = end,
            _ => found.push((start, end)),
        }
        open = true;
    }
    found
}

/// Tells whether lines were broken at a fixed width: many lines of like length that end inside a sentence.
fn is_wrapped(text: &str) -> bool {
    const WIDTH: std::ops::RangeInclusive<usize> = 40..=100;
    let (mut lines, mut broken) = (0, 0);
    let mut rows = text.lines().take(400).peekable();
    while let Some(line) = rows.next() {
        let Some(next) = rows.peek() else { break };
        if line.trim().is_empty() {
            continue;
        }
        lines += 1;
        let goes_on = !next.trim().is_empty() && !line.trim_end().ends_with(['.', '!', '?', '"', '”', ':']);
        broken += usize::from(goes_on && WIDTH.contains(&line.chars().count()));
    }
    lines >= 4 && broken * 2 > lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = paragraphs(text).into_iter().map(|(s, e)| &text[s..e]).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn line_ends_part_paragraphs() {
        check("One.\nTwo.\n\n  Three.\r\n", &["One.", "Two.", "Three."]);
        check(" \n\n", &[]);
    }

    #[test]
    fn wrapped_lines_belong_together() {
        let text = "The ministry said on Tuesday that it would not\naccept a quota that was set without consulting the\n\
                    fishing ports along the northern coast of the bay\nand would ask for a new round of talks in March.\n\
                    \x20   A spokesman for the ports welcomed the decision and\nsaid that boats would go out again.";
        let found = paragraphs(text);
        assert_eq!(found.len(), 2);
        assert!(text[found[1].0..].starts_with("A spokesman"));
    }
}
