//! Gives extracted text the spaces of the page: the extractor trims the text of every element, so that `a <b>b</b>, c` comes
//! out as `a<b>b</b> , c`.

use super::pieces::Piece;

/// The text of a page without its white space, with the places where it stood.
pub(super) struct Original {
    letters: String,
    /// For each byte of `letters`, whether white space or the bound of a block stands before it.
    spaced: Vec<bool>,
}

impl Original {
    /// Reads the pieces of the page as it came.
    pub fn new(pieces: &[Piece]) -> Original {
        let mut original = Original { letters: String::new(), spaced: Vec::new() };
        let mut spaced = true;
        for piece in pieces {
            match piece {
                Piece::Open(element) | Piece::Close(element) => spaced |= !is_inline(element.name()),
                Piece::Text(text) => {
                    for letter in text.chars() {
                        if letter.is_whitespace() {
                            spaced = true;
                        } else {
                            original.letters.push(letter);
                            original.spaced.push(std::mem::take(&mut spaced));
                            original.spaced.resize(original.letters.len(), false);
                        }
                    }
                }
            }
        }
        original
    }

    /// Tells whether white space stands before the byte.
    fn is_spaced(&self, at: usize) -> bool {
        self.spaced.get(at).copied().unwrap_or(true)
    }
}

/// Follows the extracted text through the page.
pub(super) struct Spacing<'a> {
    original: &'a Original,
    /// Where in the page the last text that was found ends.
    at: usize,
    /// How often the whole page was searched for nothing.
    failures: usize,
}

/// After so many failures the extracted text is not the page's, and more searches would cost without use.
const FAILURE_LIMIT: usize = 200;

/// A shorter text stands in many places and is only looked for right behind the last.
const SEARCHABLE: usize = 12;

impl<'a> Spacing<'a> {
    pub fn new(original: &'a Original) -> Spacing<'a> {
        Spacing { original, at: 0, failures: 0 }
    }

    /// Returns the text with the spaces that it has in the page, at its ends too; `None` where the page has no such text.
    pub fn respaced(&mut self, text: &str) -> Option<String> {
        let letters: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let start = self.find(&letters)?;
        self.at = start + letters.len();
        let mut respaced = String::with_capacity(text.len() + 2);
        for (at, letter) in letters.char_indices() {
            if self.original.is_spaced(start + at) {
                respaced.push(' ');
            }
            respaced.push(letter);
        }
        if self.original.is_spaced(self.at) {
            respaced.push(' ');
        }
        Some(respaced)
    }

    fn find(&mut self, letters: &str) -> Option<usize> {
        let page = &self.original.letters;
        if letters.is_empty() || page[self.at..].starts_with(letters) {
            return (!letters.is_empty()).then_some(self.at);
        }
        if letters.len() < SEARCHABLE || self.failures >= FAILURE_LIMIT {
            return None;
        }
        let found = page[self.at..].find(letters).map(|at| self.at + at).or_else(|| page.find(letters));
        self.failures += usize::from(found.is_none());
        found
    }
}

fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr"
            | "acronym"
            | "b"
            | "bdi"
            | "bdo"
            | "big"
            | "cite"
            | "code"
            | "data"
            | "del"
            | "dfn"
            | "em"
            | "font"
            | "i"
            | "ins"
            | "kbd"
            | "label"
            | "mark"
            | "nobr"
            | "q"
            | "s"
            | "samp"
            | "small"
            | "span"
            | "strike"
            | "strong"
            | "sub"
            | "sup"
            | "time"
            | "tt"
            | "u"
            | "var"
            | "wbr"
            | "script"
            | "style"
    )
}

#[cfg(test)]
mod tests {
    use super::super::pieces::pieces;
    use super::*;
    use scraper::Html;

    #[test]
    fn gives_back_the_spaces_of_the_page() {
        let page = Html::parse_document(
            "<p>Menu</p><p>Say <b>it</b>, <i>W</i>ord <b>for\u{a0}word, and again</b>.</p><p>End</p>",
        );
        let original = Original::new(&pieces(&page));
        let mut spacing = Spacing::new(&original);
        assert_eq!(spacing.respaced("word, and again").as_deref(), Some(" word, and again"));
        assert_eq!(spacing.respaced(" .").as_deref(), Some(". "));
        assert_eq!(spacing.respaced("it"), None);
        assert_eq!(spacing.respaced("Say it , W ord").as_deref(), None);
        assert_eq!(spacing.respaced("Say it , W ord for").as_deref(), Some(" Say it, Word for "));
        assert_eq!(spacing.respaced("no such text at all"), None);
    }
}
