//! A stretch of an article's text, in bytes inside the program and in code points outside.

/// A half-open byte range that lies on character boundaries of the text it points into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    start: usize,
    end: usize,
}

impl Span {
    /// Returns the span, or `None` if it is reversed, too long, or cuts a character of `text`.
    pub fn new(text: &str, start: usize, end: usize) -> Option<Span> {
        text.get(start..end).map(|_| Span { start, end })
    }

    /// Returns the first byte.
    pub fn start(self) -> usize {
        self.start
    }

    /// Returns the byte after the last.
    pub fn end(self) -> usize {
        self.end
    }

    /// Returns the text that the span covers.
    ///
    /// # Panics
    /// If `text` is not the text that the span was made for.
    pub fn of(self, text: &str) -> &str {
        &text[self.start..self.end]
    }

    /// Returns the span from the beginning of this one to the end of `other`, which must not begin before it.
    pub fn through(self, other: Span) -> Span {
        Span { start: self.start, end: self.end.max(other.end) }
    }

    /// Tells whether the two share at least one byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Tells whether `other` lies wholly inside.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

/// Converts byte offsets of one text into code points, in logarithmic time a look-up.
pub struct CodePoints {
    /// For every 64th code point, its byte offset.
    marks: Vec<usize>,
    ascii: bool,
}

const STRIDE: usize = 64;

impl CodePoints {
    /// Walks `text` once.
    pub fn new(text: &str) -> CodePoints {
        if text.is_ascii() {
            return CodePoints { marks: Vec::new(), ascii: true };
        }
        let marks = text.char_indices().step_by(STRIDE).map(|(byte, _)| byte).collect();
        CodePoints { marks, ascii: false }
    }

    /// Returns how many code points stand before byte `byte` of `text`, the text given to `new`.
    pub fn at(&self, text: &str, byte: usize) -> usize {
        if self.ascii {
            return byte;
        }
        let mark = self.marks.partition_point(|&m| m <= byte).saturating_sub(1);
        let from = self.marks.get(mark).copied().unwrap_or(0);
        mark * STRIDE + text[from..byte].chars().count()
    }

    /// Returns the span as `[start, end]` in code points of `text`.
    pub fn pair(&self, text: &str, span: Span) -> [usize; 2] {
        [self.at(text, span.start), self.at(text, span.end)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn refuses_cut_characters_and_reversed_ranges() {
        assert!(Span::new("né", 0, 2).is_none());
        #[allow(clippy::reversed_empty_ranges)]
        let reversed = Span::new("abc", 2, 1);
        assert!(reversed.is_none());
        assert_eq!(Span::new("né", 1, 3).map(|s| s.of("né")), Some("é"));
    }

    proptest! {
        #[test]
        fn code_points_equal_a_plain_count(text in ".{0,300}") {
            let points = CodePoints::new(&text);
            for (n, (byte, _)) in text.char_indices().enumerate() {
                prop_assert_eq!(points.at(&text, byte), n);
            }
            prop_assert_eq!(points.at(&text, text.len()), text.chars().count());
        }
    }
}
