//! Tells the format of a file by its name, then by its first bytes.

use std::path::Path;

/// A format that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// Plain text: one article.
    Plain,
    /// Markdown, with front matter in YAML or TOML: one article.
    Markdown,
    /// A web page: one article.
    Html,
    /// One article, an array of articles, or an envelope around one.
    Json,
    /// An article on each line.
    Jsonl,
}

impl Format {
    /// Returns the format that the name's ending promises.
    pub fn of_name(path: &Path) -> Option<Format> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        match extension.as_str() {
            "txt" | "text" => Some(Format::Plain),
            "md" | "markdown" | "mdown" | "mkd" => Some(Format::Markdown),
            "html" | "htm" | "xhtml" | "shtml" => Some(Format::Html),
            "json" => Some(Format::Json),
            "jsonl" | "ndjson" | "jl" | "ldjson" => Some(Format::Jsonl),
            _ => None,
        }
    }

    /// Returns the most bytes that a file of this format may have; `None` where it is read as a stream.
    pub fn size_limit(self) -> Option<u64> {
        match self {
            Format::Plain | Format::Markdown => Some(48 << 20),
            Format::Html => Some(super::html::PAGE_LIMIT as u64),
            Format::Json => Some(256 << 20),
            Format::Jsonl => None,
        }
    }
}

/// Tells the format of a file by its name, then by its first bytes; `None` for what is not read.
pub fn detect(path: &Path, head: &[u8]) -> Option<Format> {
    let named = Format::of_name(path);
    let is_page = looks_like_page(head);
    match named {
        Some(Format::Plain) if is_page => Some(Format::Html),
        Some(format) => Some(format),
        None if super::encoding::binary_kind(head).is_some() => None,
        None if is_page => Some(Format::Html),
        None if path.extension().is_none() => by_content(head),
        None => None,
    }
}

fn looks_like_page(head: &[u8]) -> bool {
    let text = String::from_utf8_lossy(&head[..head.len().min(1024)]).to_ascii_lowercase();
    let start = text.trim_start_matches('\u{feff}').trim_start();
    let start = if start.starts_with("<?xml") {
        start.split_once("?>").map_or("", |(_, rest)| rest.trim_start())
    } else {
        start
    };
    ["<!doctype html", "<html", "<head>", "<body"].iter().any(|mark| start.starts_with(mark))
}

/// Guesses for a file whose name has no ending, such as a page saved under its headline.
fn by_content(head: &[u8]) -> Option<Format> {
    let utf16 = super::encoding::utf16_mark(head).is_some();
    if head.contains(&0) && !utf16 {
        return None;
    }
    let text = String::from_utf8_lossy(head);
    let start = text.trim_start_matches('\u{feff}').trim_start();
    let mut lines = start.lines().filter(|l| !l.trim().is_empty());
    let is_row = |line: Option<&str>| line.is_some_and(|l| l.starts_with("{\""));
    match start.chars().next()? {
        '{' if is_row(lines.next()) && is_row(lines.next()) => Some(Format::Jsonl),
        '{' | '[' if start[1..].trim_start().starts_with(['"', '{']) => Some(Format::Json),
        _ if start.starts_with("---\n") || start.starts_with("+++\n") => Some(Format::Markdown),
        _ => Some(Format::Plain),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_name_then_by_content() {
        let check =
            |path: &str, head: &str, expected| assert_eq!(detect(Path::new(path), head.as_bytes()), expected, "{path}");
        check("a.txt", "words", Some(Format::Plain));
        check("a.txt", "\n<!DOCTYPE html><html>", Some(Format::Html));
        check("A.HTM", "words", Some(Format::Html));
        check("a.md", "<html>", Some(Format::Markdown));
        check("a.ndjson", "", Some(Format::Jsonl));
        check("a.php", "<?xml version='1.0'?>\n<html>", Some(Format::Html));
        check("a.php", "<?php", None);
        check("a.pdf", "%PDF-1.4", None);
        check("README", "words", Some(Format::Plain));
        check("export", "{\"a\": 1}\n{\"a\": 2}\n", Some(Format::Jsonl));
        check("export", "[{\"a\": 1}]", Some(Format::Json));
        check("data", "a\0b", None);
        check("data", "", None);
        check("post", "---\ntitle: x\n---\n", Some(Format::Markdown));
    }
}
