//! One text, split once: paragraphs, tokens, sentences and quotations, all by index.

use std::ops::Range;

use super::quotes::{QuoteSpan, quotes};
use super::sentences::{Abbreviation, sentence_ends};
use super::{paragraphs, words};
use crate::record::Span;

/// Positions of tokens in a document.
pub type TokenRange = Range<usize>;

/// One word or mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// First byte in the text.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// Number of its paragraph.
    pub paragraph: u32,
    /// Number of its sentence; sentences never cross paragraphs.
    pub sentence: u32,
    /// Whether it stands inside a quotation (its marks count as inside).
    pub quoted: bool,
}

/// A text with its tokens.
pub struct Document<'t> {
    pub text: &'t str,
    pub tokens: Vec<Token>,
    /// Tokens of each paragraph.
    pub paragraphs: Vec<TokenRange>,
    /// Tokens of each sentence.
    pub sentences: Vec<TokenRange>,
    /// Quotations in the order of the text, in positions of the document's tokens.
    pub quotes: Vec<QuoteSpan>,
}

impl<'t> Document<'t> {
    /// Splits `text`; `abbreviation` knows words without their final full stop.
    pub fn new(text: &'t str, abbreviation: impl Fn(&str) -> Option<Abbreviation>) -> Document<'t> {
        let mut document =
            Document { text, tokens: Vec::new(), paragraphs: Vec::new(), sentences: Vec::new(), quotes: Vec::new() };
        for (start, end) in paragraphs(text) {
            document.add_paragraph(start, end, &abbreviation);
        }
        document
    }

    fn add_paragraph(&mut self, start: usize, end: usize, abbreviation: &impl Fn(&str) -> Option<Abbreviation>) {
        let base = self.tokens.len();
        let mut spans: Vec<(usize, usize)> = Vec::new();
        words(&self.text[start..end], |s, e| spans.push((start + s, start + e)));
        if spans.is_empty() {
            return;
        }
        let tokens: Vec<&str> = spans.iter().map(|&(s, e)| &self.text[s..e]).collect();
        let gap = |i: usize| i >= spans.len() || i > 0 && spans[i].0 > spans[i - 1].1;
        let ends = sentence_ends(&tokens, gap, abbreviation);
        let quotes = quotes(&tokens, gap);
        let paragraph = self.paragraphs.len() as u32;
        let mut first = base;
        for (i, &(s, e)) in spans.iter().enumerate() {
            let sentence = self.sentences.len() as u32;
            self.tokens.push(Token { start: s, end: e, paragraph, sentence, quoted: false });
            if ends[i] {
                self.sentences.push(first..base + i + 1);
                first = base + i + 1;
            }
        }
        self.paragraphs.push(base..self.tokens.len());
        for quote in quotes {
            let quote = QuoteSpan { open: quote.open + base, close: quote.close + base, ..quote };
            let inside = quote.open..(quote.close + 1).min(self.tokens.len());
            self.tokens[inside].iter_mut().for_each(|t| t.quoted = true);
            self.quotes.push(quote);
        }
    }

    /// Returns the token as written.
    pub fn word(&self, i: usize) -> &'t str {
        let token = self.tokens[i];
        &self.text[token.start..token.end]
    }

    /// Returns the stretch of text from the first to the last of the tokens, or `None` for no tokens.
    pub fn span(&self, range: &TokenRange) -> Option<Span> {
        if range.is_empty() {
            return None;
        }
        Span::new(self.text, self.tokens[range.start].start, self.tokens[range.end - 1].end)
    }

    /// Returns the tokens that the span touches.
    pub fn tokens_of(&self, span: Span) -> TokenRange {
        let first = self.tokens.partition_point(|t| t.end <= span.start());
        let last = self.tokens.partition_point(|t| t.start < span.end());
        first..last.max(first)
    }

    /// Returns the text of the tokens, as written; empty for no tokens.
    pub fn slice(&self, range: &TokenRange) -> &'t str {
        self.span(range).map_or("", |s| s.of(self.text))
    }

    /// Tells whether white space stands before the token.
    pub fn gap_before(&self, i: usize) -> bool {
        i == 0 || self.tokens[i].start > self.tokens[i - 1].end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_paragraphs_and_sentences_through_the_text() {
        let text = "Headline\n\nOne here. “Two there.”\nThree.";
        let document = Document::new(text, |_| None);
        assert_eq!(document.paragraphs.len(), 3);
        let sentences: Vec<&str> = document.sentences.iter().map(|s| document.slice(s)).collect();
        assert_eq!(sentences, ["Headline", "One here.", "“Two there.”", "Three."]);
        assert_eq!(document.quotes.len(), 1);
        let quoted: Vec<&str> =
            (0..document.tokens.len()).filter(|&i| document.tokens[i].quoted).map(|i| document.word(i)).collect();
        assert_eq!(quoted, ["“", "Two", "there", ".", "”"]);
    }

    #[test]
    fn spans_and_tokens_agree() {
        let document = Document::new("Alpha beta gamma", |_| None);
        let span = document.span(&(1..3)).map(|s| (s, s.of(document.text)));
        assert_eq!(span.map(|(_, words)| words), Some("beta gamma"));
        assert_eq!(span.map(|(s, _)| document.tokens_of(s)), Some(1..3));
        assert!(document.span(&(1..1)).is_none());
    }
}
