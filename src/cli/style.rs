//! How text is laid out: width, wrapping and marks.

use std::fmt::Write as _;
use std::io::IsTerminal;

use anstyle::Style;

use super::outside::shown;

/// Columns of a terminal that does not say how many it has, and of files.
const USUAL_WIDTH: usize = 80;

/// For headings and marks.
pub const BOLD: Style = Style::new().bold();

/// For what is beside the point.
pub const DIM: Style = Style::new().dimmed();

/// Returns how many columns there are.
pub fn width() -> usize {
    if !std::io::stdout().is_terminal() {
        return USUAL_WIDTH;
    }
    terminal_size::terminal_size().map_or(USUAL_WIDTH, |(width, _)| usize::from(width.0).clamp(40, 120))
}

/// Breaks `text` at blanks into lines of `width` columns; gives byte ranges.
pub fn lines(text: &str, width: usize) -> Vec<(usize, usize)> {
    let mut lines = Vec::new();
    let (mut start, mut end, mut columns) = (0, 0, 0);
    for word in words(text) {
        let length = text[word.0..word.1].chars().count();
        if columns > 0 && columns + 1 + length > width {
            lines.push((start, end));
            (start, columns) = (word.0, 0);
        } else if columns == 0 {
            start = word.0;
        }
        columns += length + usize::from(columns > 0);
        end = word.1;
    }
    if columns > 0 {
        lines.push((start, end));
    }
    lines
}

fn words(text: &str) -> impl Iterator<Item = (usize, usize)> {
    text.split_ascii_whitespace().map(move |word| {
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        (start, start + word.len())
    })
}

/// Wraps `text` behind `indent` blanks with its `marks` in bold.
pub fn wrapped(text: &str, marks: &[(usize, usize)], indent: usize, width: usize) -> String {
    let mut wrapped = String::new();
    for (start, end) in lines(text, width.saturating_sub(indent).max(20)) {
        wrapped.push_str(&" ".repeat(indent));
        let mut at = start;
        for &(from, to) in marks {
            let (from, to) = (from.clamp(start, end), to.clamp(start, end));
            if from < to && from >= at {
                // Writing to a string cannot fail.
                let _ = write!(wrapped, "{}{BOLD}{}{BOLD:#}", shown(&text[at..from]), shown(&text[from..to]));
                at = to;
            }
        }
        wrapped.push_str(&shown(&text[at..end]));
        wrapped.push('\n');
    }
    wrapped
}

/// Returns a number with its noun: "1 article", "2 articles".
pub fn counted(number: u64, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wraps_at_blanks_and_keeps_marks() {
        let text = "one  two three";
        assert_eq!(wrapped(text, &[], 2, 24), "  one  two three\n");
        assert_eq!(lines(text, 8), [(0, 8), (9, 14)]);
        let marked = wrapped(text, &[(5, 14)], 0, 8);
        let (on, off) = (BOLD.render().to_string(), BOLD.render_reset().to_string());
        assert_eq!(marked.replace(&on, "[").replace(&off, "]"), "one  [two three]\n");
        assert_eq!(lines("", 8), []);
        assert_eq!(lines("überlangeswort x", 4), [(0, 15), (16, 17)]);
    }

    #[test]
    fn counts_with_nouns() {
        assert_eq!(counted(1, "article"), "1 article");
        assert_eq!(counted(0, "article"), "0 articles");
    }
}
