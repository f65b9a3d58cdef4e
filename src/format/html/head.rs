//! Gathers what a page says of itself: `<title>`, `<meta>`, links, headlines, JSON-LD.

use scraper::node::Element;

use super::json_ld::{Object, objects};
use super::pieces::Piece;

/// What a page says of itself, as written.
#[derive(Default)]
pub(super) struct Head {
    /// Text of `<title>`.
    pub title: String,
    /// Text of each `<h1>`, with the index of its first piece.
    pub headlines: Vec<(usize, String)>,
    /// Name (or property) in lower case, and content, in the order of the source.
    metas: Vec<(String, String)>,
    /// `rel` in lower case, and address.
    links: Vec<(String, String)>,
    pub json_ld: Vec<Object>,
    /// The language that `<html>` declares.
    pub language: Option<String>,
}

impl Head {
    /// Reads the pieces of a page.
    pub fn read(pieces: &[Piece]) -> Head {
        let mut head = Head::default();
        let mut scripts = Vec::new();
        for (at, piece) in pieces.iter().enumerate() {
            let Piece::Open(element) = piece else { continue };
            match element.name() {
                "title" if head.title.is_empty() => head.title = text_within(pieces, at),
                "h1" => head.headlines.push((at, text_within(pieces, at))),
                "meta" => head.metas.extend(meta(element)),
                "link" => head.links.extend(link(element)),
                "html" => head.language = element.attr("lang").or(element.attr("xml:lang")).map(str::to_string),
                "script" if is_json_ld(element) => scripts.push(source_within(pieces, at)),
                _ => {}
            }
        }
        head.headlines.retain(|(_, words)| !words.is_empty());
        head.json_ld = objects(&scripts);
        head
    }

    /// Returns the content of the first `<meta>` of these names that has any.
    pub fn meta(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.metas.iter().find(|(n, _)| n == name).map(|(_, content)| content.as_str()))
    }

    /// Returns the content of each `<meta>` of the name.
    pub fn metas_named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.metas.iter().filter(move |(n, _)| n == name).map(|(_, content)| content.as_str())
    }

    /// Returns the page's own address.
    pub fn address(&self) -> Option<&str> {
        let canonical = self.links.iter().find(|(rel, _)| rel == "canonical").map(|(_, address)| address.as_str());
        let is_full = |address: &&str| address.starts_with("http://") || address.starts_with("https://");
        canonical.filter(is_full).or_else(|| self.meta(&["og:url", "twitter:url"]).filter(is_full))
    }

    /// Returns the host of the page's address without `www.`.
    pub fn host(&self) -> Option<&str> {
        let (_, rest) = self.address()?.split_once("://")?;
        let host = rest.split(['/', ':', '?', '#']).next()?;
        Some(host.strip_prefix("www.").unwrap_or(host)).filter(|h| h.contains('.'))
    }
}

/// Returns the text of the element that opens at `at`, on one line.
pub(super) fn text_within(pieces: &[Piece], at: usize) -> String {
    let source = source_within(pieces, at);
    source.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn source_within(pieces: &[Piece], at: usize) -> String {
    let mut open = 0;
    let mut text = String::new();
    for piece in &pieces[at..] {
        match piece {
            Piece::Open(element) => {
                open += 1;
                if element.name() == "br" {
                    text.push(' ');
                }
            }
            Piece::Close(_) => open -= 1,
            Piece::Text(part) => text.push_str(part),
        }
        if open == 0 {
            break;
        }
    }
    text
}

fn meta(element: &Element) -> Option<(String, String)> {
    let name = ["property", "name", "itemprop", "http-equiv"].iter().find_map(|a| element.attr(a))?;
    let content = element.attr("content").map(str::trim).filter(|c| !c.is_empty())?;
    Some((name.trim().to_lowercase(), content.to_string()))
}

fn link(element: &Element) -> Option<(String, String)> {
    Some((element.attr("rel")?.to_lowercase(), element.attr("href")?.trim().to_string()))
}

fn is_json_ld(element: &Element) -> bool {
    element.attr("type").is_some_and(|kind| kind.to_lowercase().contains("ld+json"))
}
