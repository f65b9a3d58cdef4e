//! Writes the blocks of a page as text: paragraphs separated by blank lines, list items and table rows on lines.

use super::pieces::Piece;
use super::spacing::{Original, Spacing};

/// Returns the text of the pieces, with the spaces of the page that they were extracted from, where there is one.
pub(super) fn text_of(pieces: &[Piece], original: Option<&Original>) -> String {
    let mut writer = Writer { spacing: original.map(Spacing::new), ..Writer::default() };
    for piece in pieces {
        writer.piece(piece);
    }
    writer.end_block();
    writer.out
}

#[derive(Default)]
struct Writer<'a> {
    spacing: Option<Spacing<'a>>,
    out: String,
    /// The block being written.
    block: String,
    /// How many lists and tables are open.
    tight: usize,
    /// How many elements are open whose text is not read.
    muted: usize,
    /// How many elements are open whose line ends count.
    preformatted: usize,
    /// Whether the last block written was a line of a list or table.
    after_line: bool,
}

impl Writer<'_> {
    fn piece(&mut self, piece: &Piece) {
        match piece {
            Piece::Open(element) => self.open(element.name()),
            Piece::Close(element) => self.close(element.name()),
            Piece::Text(text) if self.muted == 0 => self.text(text),
            Piece::Text(_) => {}
        }
    }

    fn open(&mut self, name: &str) {
        match name {
            _ if is_muted(name) => self.muted += 1,
            "br" => self.block.push('\n'),
            "hr" => self.end_block(),
            "ul" | "ol" | "table" | "dl" => {
                self.end_block();
                self.tight += 1;
            }
            "li" => {
                self.end_block();
                self.block.push_str("- ");
            }
            "td" | "th" if !self.block.trim().is_empty() => self.block.push_str(" | "),
            "td" | "th" => {}
            "pre" => {
                self.end_block();
                self.preformatted += 1;
            }
            // A paragraph that is all of a list item stands on the item's line.
            _ if is_block(name) && self.block != "- " => self.end_block(),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            _ if is_muted(name) => self.muted -= 1,
            "ul" | "ol" | "table" | "dl" => {
                self.end_block();
                self.tight -= 1;
                self.after_line &= self.tight > 0;
            }
            "td" | "th" => {}
            "p" | "div" if self.tight > 0 && !self.block.starts_with("- ") => self.block.push(' '),
            "pre" => {
                self.end_block();
                self.preformatted -= 1;
            }
            _ if is_block(name) => self.end_block(),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.preformatted > 0 {
            self.block.push_str(text);
            return;
        }
        let respaced = self.spacing.as_mut().and_then(|spacing| spacing.respaced(text));
        let is_known = respaced.is_some();
        let text = respaced.as_deref().unwrap_or(text);
        if self.spacing.is_some() && !is_known && glues(&self.block, text) {
            self.block.push(' ');
        }
        for (at, word) in text.split(char::is_whitespace).enumerate() {
            let spaced = self.block.is_empty() || self.block.ends_with([' ', '\n']);
            if at > 0 && !spaced {
                self.block.push(' ');
            }
            self.block.push_str(word);
        }
    }

    fn end_block(&mut self) {
        let block = std::mem::take(&mut self.block);
        let lines: Vec<&str> =
            block.lines().map(str::trim).filter(|l| !l.is_empty() && *l != "-" && *l != "|").collect();
        if lines.is_empty() {
            return;
        }
        let is_line = self.tight > 0;
        if !self.out.is_empty() {
            self.out.push_str(if is_line && self.after_line { "\n" } else { "\n\n" });
        }
        self.out.push_str(&lines.join("\n"));
        self.after_line = is_line;
    }
}

/// Tells whether two words would become one.
fn glues(before: &str, after: &str) -> bool {
    before.ends_with(char::is_alphanumeric) && after.starts_with(char::is_alphanumeric)
}

fn is_muted(name: &str) -> bool {
    matches!(
        name,
        "script" | "style" | "noscript" | "template" | "head" | "figcaption" | "svg" | "button" | "select" | "iframe"
    )
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "section"
            | "article"
            | "main"
            | "header"
            | "footer"
            | "aside"
            | "nav"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "blockquote"
            | "figure"
            | "tr"
            | "dt"
            | "dd"
            | "li"
            | "address"
            | "details"
            | "summary"
            | "form"
            | "fieldset"
            | "center"
            | "body"
    )
}

#[cfg(test)]
mod tests {
    use super::super::pieces::pieces;
    use super::*;
    use scraper::Html;

    fn check(source: &str, expected: &str) {
        assert_eq!(text_of(&pieces(&Html::parse_fragment(source)), None), expected, "{source}");
    }

    #[test]
    fn writes_blocks() {
        check("<h2>Head</h2><p>One\n <b>two</b>.</p>text <i>loose</i>", "Head\n\nOne two.\n\ntext loose");
        check("<p>Say:</p><ul><li>one</li><li><p>two</p></li></ul><p>End</p>", "Say:\n\n- one\n- two\n\nEnd");
        check("<ul><li>one<ul><li>deep</li></ul></li></ul>", "- one\n- deep");
        check("<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>", "a | b\n1 | 2");
        check("One<br>two<br><br>three", "One\ntwo\nthree");
        check("<blockquote><p>“A.”</p><p>“B.”</p></blockquote>", "“A.”\n\n“B.”");
        check("<pre>a\n  b</pre>", "a\nb");
        check("<p>x</p><script>y</script><figure><figcaption>z</figcaption></figure>", "x");
    }
}
