//! What every format gives: documents with text and raw metadata.

use crate::record::{DateRule, PartialDate};

/// One article as it stands in a file, before anybody interprets it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ParsedDocument {
    /// For a row of a container: the row's own id, or its line number from 1. `None` for a whole file.
    pub row: Option<String>,
    /// The article's text, without markup. Of a page or Markdown: paragraphs separated by blank lines, list items on
    /// lines. Of a file as a whole: line ends `\n`, Unicode NFC. Of a JSON row: exactly as given.
    pub text: String,
    pub metadata: Metadata,
    /// What was odd, for people to read: "3 bytes were not valid UTF-8 and stand as U+FFFD".
    pub warnings: Vec<String>,
}

impl ParsedDocument {
    /// Returns the id of the article, given its file: the path, and for a row of a container `#` and the row.
    pub fn article_id(&self, path: &str) -> String {
        self.row.as_ref().map_or_else(|| path.to_string(), |row| format!("{path}#{row}"))
    }
}

/// What the file itself says of the article; nothing is guessed here.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Metadata {
    pub title: Option<String>,
    /// The outlet as named: `nytimes.com`, `Reuters`, `The New York Times`.
    pub outlet: Option<String>,
    pub authors: Vec<String>,
    pub url: Option<String>,
    /// As declared (`en-US`), not detected.
    pub language: Option<String>,
    /// Candidates for the publication date, the surest first.
    pub dates: Vec<Written>,
}

/// A publication date as some rule read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    pub date: PartialDate,
    pub by: DateRule,
}

/// A row of a container that could not be read; the other rows stand.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("row {row}: {error}")]
pub struct RowError {
    /// The line of a JSONL file or the position in an array, from 1.
    pub row: usize,
    pub error: ParseError,
}

/// Why a file or a row could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ParseError {
    /// Nothing but white space.
    #[error("empty")]
    Empty,
    /// Bytes that are no text in any encoding.
    #[error("{what}")]
    Binary { what: &'static str },
    /// Not the format that it claims to be.
    #[error("not valid {format}: {reason}")]
    Malformed { format: &'static str, reason: String },
    /// Nested deeper than the reader allows.
    #[error("{format} nested deeper than {limit} levels")]
    TooDeep { format: &'static str, limit: usize },
    /// Larger than the reader takes: an article, a page or a line.
    #[error("{what} is larger than {} MiB", limit >> 20)]
    TooLarge { what: &'static str, limit: usize },
    /// The file broke off while it was read; the reason is the system's.
    #[error("cannot be read further: {0}")]
    Broken(String),
    /// A web page or row in which no article text could be found.
    #[error("no article text found")]
    NoText,
}
