//! Reads a web page as one article.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::LazyLock;

use chrono::Datelike;
use regex::bytes::Regex;
use scraper::Html;
use trafilatura::{ExtractResult, HtmlDateMode, Options};

use super::blocks::text_of;
use super::head::Head;
use super::metadata::metadata;
use super::nesting;
use super::pieces::pieces as pieces_of;
use super::published::published;
use super::spacing::Original;
use crate::format::byline;
use crate::format::encoding::decode;
use crate::format::parsed::{Metadata, ParseError, ParsedDocument, Written};
use crate::format::text::{composed, settled};
use crate::record::{DateRule, PartialDate};

/// The largest page that is read, in bytes.
pub const PAGE_LIMIT: usize = 8 << 20;

/// Reads a web page.
pub(in crate::format) fn parse(bytes: Vec<u8>) -> Result<ParsedDocument, ParseError> {
    if bytes.len() > PAGE_LIMIT {
        return Err(ParseError::TooLarge { what: "the page", limit: PAGE_LIMIT });
    }
    let declared = declared_charset(&bytes);
    let decoded = decode(bytes, declared.as_deref())?;
    let source = settled(decoded.text)?;
    nesting::check(&source)?;
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
    if source.len() > PAGE_LIMIT || nesting::check(source).is_err() {
        return None;
    }
    let fragment = Html::parse_fragment(source);
    Some(composed(text_of(&pieces_of(&fragment), None))).filter(|text| !text.is_empty())
}

/// A page that has a headline but no text is an article that says nothing more.
fn title_alone(metadata: Metadata) -> Result<ParsedDocument, ParseError> {
    if metadata.title.is_none() {
        return Err(ParseError::NoText);
    }
    let warnings = vec!["no article text found, only a title".to_string()];
    Ok(ParsedDocument { metadata, warnings, ..ParsedDocument::default() })
}

fn read_page(source: &str) -> Result<ParsedDocument, ParseError> {
    let page = Html::parse_document(source);
    let pieces = pieces_of(&page);
    let head = Head::read(&pieces);
    let mut metadata = metadata(&head, &pieces);
    metadata.dates = published(&head, &pieces, metadata.title.as_deref());
    let original = Original::new(&pieces);
    // The extractor builds trees of its own; ours need not be held beside them.
    drop(pieces);
    drop(page);
    let Some(extracted) = extracted(source, metadata.dates.is_empty()) else { return title_alone(metadata) };
    let content = Html::parse_fragment(&extracted.content_html);
    let text = composed(text_of(&pieces_of(&content), Some(&original)));
    if text.is_empty() {
        return title_alone(metadata);
    }
    if metadata.authors.is_empty() {
        let written: Vec<String> = extracted.metadata.author.split("; ").map(str::to_string).collect();
        metadata.authors = byline::names(&written);
    }
    // The extractor gives a year alone, mostly that of the copyright, as its first day.
    let guess = extracted.metadata.date.filter(|day| day.ordinal() != 1);
    let guessed = guess.and_then(PartialDate::of_day).map(|date| Written { date, by: DateRule::Page });
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

#[cfg(test)]
mod tests {
    use super::super::nesting::DEPTH_LIMIT;
    use super::*;
    use proptest::prelude::*;

    fn page(head: &str, body: &str) -> Vec<u8> {
        format!("<!doctype html><html lang=en><head>{head}</head><body>{body}</body></html>").into_bytes()
    }

    #[test]
    fn reads_an_article() {
        let menu = "<nav><a href=/>Home</a> <a href=/world>World</a></nav>";
        let sentence =
            "The ministry of harbours said that the plan to widen the canal would go on, whatever the farmers say. ";
        let article = format!(
            "{menu}<article><h1>Canal plan goes on</h1><p>{0}{0}</p><p>“No,” <b>said</b> <i>Ana Ruiz</i>, “{0}”</p>\
             <h2>What is next</h2><ul><li>A vote</li><li>A court</li></ul><p>{0}{0}</p></article><footer>© 2031</footer>",
            sentence.trim()
        );
        let head = "<title>Canal plan goes on | Gazette</title><meta name=author content='By Bo Lee'>\
            <meta property=og:site_name content=Gazette><meta property=article:published_time content=2024-05-06>\
            <link rel=canonical href=https://gazette.example/a>";
        let document = parse(page(head, &article)).unwrap();
        assert_eq!(document.metadata.title.as_deref(), Some("Canal plan goes on"));
        assert_eq!(document.metadata.outlet.as_deref(), Some("Gazette"));
        assert_eq!(document.metadata.authors, ["Bo Lee"]);
        assert_eq!(document.metadata.url.as_deref(), Some("https://gazette.example/a"));
        assert_eq!(document.metadata.language.as_deref(), Some("en"));
        assert_eq!(document.metadata.dates, [Written { date: "2024-05-06".parse().unwrap(), by: DateRule::Meta }]);
        assert!(document.text.contains("“No,” said Ana Ruiz, “The ministry"), "{}", document.text);
        assert!(document.text.contains("\n\nWhat is next\n\n- A vote\n- A court\n\n"), "{}", document.text);
        assert!(!document.text.contains("Home") && !document.text.contains("2031"), "{}", document.text);
    }

    #[test]
    fn obeys_the_declared_charset() {
        let mut bytes = page("<meta charset=windows-1251>", "<p>");
        bytes.extend(b"\xcf\xf0\xe8\xe2\xe5\xf2".repeat(100));
        assert!(parse(bytes).unwrap().text.contains("Привет"));
    }

    #[test]
    fn refuses_what_is_too_deep_or_too_large() {
        for open in ["<div>", "<b>", "<svg><g>", "<table><tr><td>", "<ul><li>", "<font color=red>", "<object>"] {
            let nested = page("", &open.repeat(100_000));
            assert_eq!(parse(nested).err(), Some(ParseError::TooDeep { format: "HTML", limit: DEPTH_LIMIT }), "{open}");
        }
        let large = vec![b'a'; PAGE_LIMIT + 1];
        assert!(matches!(parse(large), Err(ParseError::TooLarge { .. })));
        assert_eq!(parse(page("", "")).err(), Some(ParseError::NoText));
    }

    #[test]
    fn a_title_alone_is_an_article_with_a_warning() {
        let article = parse(page("<title>Harbour tax is put off again by the council</title>", "")).unwrap();
        assert_eq!(article.text, "");
        assert_eq!(article.warnings, ["no article text found, only a title"]);
    }

    #[test]
    fn what_is_just_not_too_deep_fits_on_a_small_stack() {
        for (open, close) in
            [("<div>", "</div>"), ("<b>", "</b>"), ("<ul><li>", "</li></ul>"), ("<blockquote>", "</blockquote>")]
        {
            let times = DEPTH_LIMIT / open.matches('<').count() - 4;
            let words = "<p>Words that are said in the middle of it all, again and again.</p>".repeat(20);
            let nested = page("", &format!("{}{words}{}", open.repeat(times), close.repeat(times)));
            let read = std::thread::Builder::new().stack_size(2 << 20).spawn(|| parse(nested)).unwrap().join();
            assert!(read.unwrap().is_ok(), "{open}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn no_page_panics(
            body in "(<(/?(p|b|a|table|td|li|time|h1|svg|script|div))( (class|datetime|itemprop)=\"?(date|2024-05-06|comment|x)\"?)?>|[a-z .]{1,20}|é|&amp;|<!--|-->|\"|5 May 2024){0,60}"
        ) {
            let _ = parse(page("<title>x", &body));
        }
    }
}
