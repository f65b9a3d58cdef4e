//! Finds quotations: which words of a paragraph stand inside quotation marks.

/// How a quotation is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum QuoteStyle {
    /// `"…"`, `“…”`, ` ``…'' `, `«…»`.
    Double,
    /// `‘…’`, `'…'`.
    Single,
}

/// One quotation, in positions of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuoteSpan {
    /// The opening mark.
    pub open: usize,
    /// The closing mark, or the position after the last word where the paragraph ends first.
    pub close: usize,
    /// Whether the closing mark is there; it is missing where the quotation goes on in the next paragraph.
    pub closed: bool,
    pub style: QuoteStyle,
}

impl QuoteSpan {
    /// Returns the first word inside.
    pub fn first(&self) -> usize {
        self.open + 1
    }

    /// Returns how many words and marks stand inside.
    pub fn len(&self) -> usize {
        self.close - self.open - 1
    }

    /// Tells whether nothing stands inside.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Returns the outermost quotations of one paragraph, given as words and marks; `gap(i)` tells whether white space
/// stands before word `i` (`gap(words.len())` is true).
pub fn quotes(words: &[&str], gap: impl Fn(usize) -> bool) -> Vec<QuoteSpan> {
    let mut found = Vec::new();
    let mut i = 0;
    while i < words.len() {
        let Some((style, closers)) = opening(words, i, &gap) else {
            i += 1;
            continue;
        };
        let close = closing(words, i, style, closers, &gap);
        if style == QuoteStyle::Single && close.is_none() {
            i += 1;
            continue;
        }
        let span = QuoteSpan { open: i, close: close.unwrap_or(words.len()), closed: close.is_some(), style };
        i = span.close + 1;
        found.push(span);
    }
    found
}

fn opening(words: &[&str], i: usize, gap: &impl Fn(usize) -> bool) -> Option<(QuoteStyle, &'static [&'static str])> {
    let free_before = i == 0 || gap(i) || matches!(words[i - 1], "(" | "[" | "—" | "–" | "-" | "“" | "\"" | ":" | "‘");
    let bound_after = i + 1 < words.len() && !gap(i + 1);
    match words[i] {
        "“" | "„" => Some((QuoteStyle::Double, &["”", "\"", "''"])),
        "«" => Some((QuoteStyle::Double, &["»"])),
        "``" => Some((QuoteStyle::Double, &["''", "\""])),
        "\"" if bound_after || i + 1 < words.len() && free_before => Some((QuoteStyle::Double, &["\"", "”", "''"])),
        "‘" if free_before && bound_after => Some((QuoteStyle::Single, &["’"])),
        "'" if free_before && bound_after => Some((QuoteStyle::Single, &["'"])),
        _ => None,
    }
}

/// Returns the closing mark of the quotation that opens at `open`.
fn closing(
    words: &[&str],
    open: usize,
    style: QuoteStyle,
    closers: &[&str],
    gap: &impl Fn(usize) -> bool,
) -> Option<usize> {
    for i in open + 1..words.len() {
        if style == QuoteStyle::Double && words[i] == "“" && words[open] == "“" {
            return None;
        }
        if !closers.contains(&words[i]) {
            continue;
        }
        let free_after = i + 1 == words.len() || gap(i + 1) || !words[i + 1].starts_with(char::is_alphanumeric);
        let empty = i == open + 1;
        if style == QuoteStyle::Double && words[i] != "\"" || free_after && !empty && !gap_before_mark(words, i, gap) {
            return Some(i);
        }
    }
    None
}

/// A straight or single mark with white space before it and a word right after it opens rather than closes.
fn gap_before_mark(words: &[&str], i: usize, gap: &impl Fn(usize) -> bool) -> bool {
    gap(i) && i + 1 < words.len() && !gap(i + 1)
}

#[cfg(test)]
mod tests {
    use super::super::words;
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let mut spans = Vec::new();
        words(text, |s, e| spans.push((s, e)));
        let tokens: Vec<&str> = spans.iter().map(|&(s, e)| &text[s..e]).collect();
        let gap = |i: usize| i >= spans.len() || i > 0 && spans[i].0 > spans[i - 1].1;
        let found: Vec<String> = quotes(&tokens, gap)
            .iter()
            .map(|q| {
                let end = if q.closed { spans[q.close].0 } else { text.len() };
                format!("{}{}", &text[spans[q.open].1..end], if q.closed { "" } else { "…" })
            })
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn double_marks() {
        check("“Yes,” he said, “we will.”", &["Yes,", "we will."]);
        check("\"Yes,\" he said. \"We will.\"", &["Yes,", "We will."]);
        check("``Yes,'' he said", &["Yes,"]);
        check("«Sí», dijo", &["Sí"]);
    }

    #[test]
    fn goes_on_in_the_next_paragraph() {
        check("He said: “We will not rest.", &["We will not rest.…"]);
    }

    #[test]
    fn single_marks_are_not_apostrophes() {
        check("The ministers’ plan won’t ‘severely damage’ it", &["severely damage"]);
        check("The farmers' plan 'will hurt us' all", &["will hurt us"]);
        check("Rock 'n roll in the '90s", &[]);
    }

    #[test]
    fn nested_quotations_are_part_of_the_outer_one() {
        check("“He said ‘never’ to us,” she said", &["He said ‘never’ to us,"]);
    }
}
