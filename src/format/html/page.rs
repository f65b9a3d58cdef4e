//! Reads a web page as one article.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::LazyLock;

use regex::bytes::Regex;
use scraper::Html;
use trafilatura::{ExtractResult, HtmlDateMode, Options};

use super::blocks::text_of;
use super::head::Head;
use super::metadata::metadata;
use super::nesting::deeper_than;
use super::pieces::pieces;
use super::published::published;
use crate::format::encoding::decode;
use crate::format::parsed::{ParseError, ParsedDocument, Written};
use crate::format::text::{composed, settled};
use crate::record::DateRule;

/// The largest page that is read, in bytes.
pub const PAGE_LIMIT: usize = 16 << 20;

/// How deep the elements of a page may nest; browsers stop at 512.
const DEPTH_LIMIT: usize = 256;

/// Reads a web page.
pub(in crate::format) fn parse(bytes: Vec<u8>) -> Result<ParsedDocument, ParseError> {
    if bytes.len() > PAGE_LIMIT {
        return Err(ParseError::TooLarge { what: "the page", limit: PAGE_LIMIT });
    }
    let declared = declared_charset(&bytes);
    let decoded = decode(bytes, declared.as_deref())?;
    let source = settled(decoded.text)?;
    if deeper_than(&source, DEPTH_LIMIT) {
        return Err(ParseError::TooDeep { format: "HTML", limit: DEPTH_LIMIT });
    }
    // The extractor is another's code and reads hostile input: a panic in it costs this page alone.
    let read = catch_unwind(AssertUnwindSafe(|| read_page(&source)));
    let mut document = read.unwrap_or_else(|_| {
        Err(ParseError::Malformed { format: "HTML", reason: "the page broke the extractor".to_string() })
    })?;
    document.warnings.extend(decoded.warnings);
    Ok(document)
}

/// Returns the text of a piece of HTML, all of it; `None` where there is none.
pub(in crate::format) fn fragment_text(source: &str) -> Option<String> {
    if source.len() > PAGE_LIMIT || deeper_than(source, DEPTH_LIMIT) {
        return None;
    }
    let fragment = Html::parse_fragment(source);
    Some(composed(text_of(&pieces(&fragment)))).filter(|text| !text.is_empty())
}

fn read_page(source: &str) -> Result<ParsedDocument, ParseError> {
    let page = Html::parse_document(source);
    let pieces = pieces(&page);
    let head = Head::read(&pieces);
    let mut metadata = metadata(&head, &pieces);
    metadata.dates = published(&head, &pieces, metadata.title.as_deref());
    drop(pieces);
    drop(page);
    let extracted = extracted(source, metadata.dates.is_empty()).ok_or(ParseError::NoText)?;
    let text = fragment_text(&extracted.content_html).ok_or(ParseError::NoText)?;
    let guessed = extracted.metadata.date.map(|day| Written { date: day.into(), by: DateRule::Page });
    metadata.dates.extend(guessed);
    Ok(ParsedDocument { row: None, text, metadata, warnings: Vec::new() })
}

/// Extracts the article's text, and where we found no date, the extractor's guess at it.
fn extracted(source: &str, with_date: bool) -> Option<ExtractResult> {
    let mut options = Options::default().with_fallback(true).with_exclude_comments(true);
    if !with_date {
        options.html_date_mode = HtmlDateMode::Disabled;
    }
    trafilatura::extract(source, &options).ok()
}

/// Returns the charset that a `<meta>` or XML declaration in the first bytes names.
fn declared_charset(bytes: &[u8]) -> Option<String> {
    static CHARSET: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"(?i)(?:charset|encoding)\s*=\s*["']?\s*([a-z0-9_:-]{2,40})"#).expect("the pattern is a constant")
    });
    let head = &bytes[..bytes.len().min(4096)];
    let label = CHARSET.captures(head)?.get(1)?;
    String::from_utf8(label.as_bytes().to_vec()).ok()
}
