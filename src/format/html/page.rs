//! Reads a web page as one article.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::LazyLock;

use regex::bytes::Regex;
use scraper::Html;

use super::blocks::text_of;
use super::nesting::deeper_than;
use super::pieces::pieces;
use crate::format::encoding::decode;
use crate::format::parsed::{Metadata, ParseError, ParsedDocument, Written};
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
    let options = trafilatura::Options::default().with_fallback(true).with_exclude_comments(true);
    let extracted = trafilatura::extract(source, &options).map_err(|_| ParseError::NoText)?;
    let text = fragment_text(&extracted.content_html).ok_or(ParseError::NoText)?;
    let said = extracted.metadata;
    let filled = |text: String| Some(text.trim().to_string()).filter(|t| !t.is_empty());
    let metadata = Metadata {
        title: filled(said.title),
        outlet: filled(said.sitename),
        authors: said.author.split("; ").map(str::to_string).filter(|a| !a.is_empty()).collect(),
        url: filled(said.url),
        language: filled(said.language),
        dates: said.date.map(|date| Written { date: date.into(), by: DateRule::Page }).into_iter().collect(),
    };
    Ok(ParsedDocument { row: None, text, metadata, warnings: Vec::new() })
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
