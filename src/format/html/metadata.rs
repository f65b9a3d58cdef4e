//! Reads a page's metadata besides its date: title, outlet, authors, address, language.

use std::sync::LazyLock;

use regex::Regex;
use scraper::node::Element;
use serde_json::Value;

use super::head::{Head, text_within};
use super::json_ld::{Object, name_of, rank};
use super::pieces::Piece;
use super::title::title;
use crate::format::byline;
use crate::format::parsed::Metadata;

/// Returns what the page says of the article; the dates are another step's.
pub(super) fn metadata(head: &Head, pieces: &[Piece]) -> Metadata {
    let outlet = outlet(head);
    let mut authors = authors(head, pieces);
    authors.retain(|author| outlet.as_deref().is_none_or(|o| !o.eq_ignore_ascii_case(author)));
    Metadata {
        title: title(head),
        authors,
        url: head.address().map(str::to_string),
        language: language(head),
        outlet,
        dates: Vec::new(),
    }
}

fn language(head: &Head) -> Option<String> {
    let declared =
        head.language.as_deref().or_else(|| head.meta(&["content-language", "og:locale", "language", "dc.language"]));
    declared.map(|l| l.trim().replace('_', "-")).filter(|l| !l.is_empty())
}

fn outlet(head: &Head) -> Option<String> {
    let publisher = || described(head).find_map(|o| o.get("publisher").and_then(name_of));
    let named = head
        .meta(&["og:site_name", "article:publisher_name", "citation_journal_title", "dc.publisher"])
        .map(str::to_string);
    let named = named.or_else(publisher).or_else(|| head.meta(&["application-name"]).map(str::to_string));
    let named = named.filter(|name| !name.contains("://") && name.chars().count() <= 80);
    let named = named.or_else(|| behind_headline(head));
    named.map(|n| n.split_whitespace().collect::<Vec<_>>().join(" ")).or_else(|| head.host().map(str::to_string))
}

/// Returns the site's name where `<title>` puts it behind the headline: `Wages rise - Civic Wire`.
fn behind_headline(head: &Head) -> Option<String> {
    const MARKS: [char; 6] = ['|', '–', '—', '·', '•', '»'];
    let title = head.title.trim();
    let rest = head.headlines.iter().find_map(|(_, headline)| title.strip_prefix(headline.as_str()))?;
    let name = rest.split(MARKS).flat_map(|part| part.split(" - ")).skip(1).last()?.trim();
    let fits = name.split_whitespace().count() <= 5 && name.starts_with(char::is_uppercase);
    fits.then(|| name.to_string())
}

/// Returns the objects of JSON-LD that describe the article or its page, articles first.
fn described(head: &Head) -> impl Iterator<Item = &Object> {
    let of = |wanted| head.json_ld.iter().filter(move |o| rank(o) == wanted);
    of(2).chain(of(1))
}

fn authors(head: &Head, pieces: &[Piece]) -> Vec<String> {
    let from_json_ld = || {
        let written = described(head).filter_map(|o| o.get("author").or_else(|| o.get("creator")));
        written.map(|value| byline::names(&names(value, head))).find(|names| !names.is_empty())
    };
    let from_metas = || {
        let written = AUTHOR_METAS.iter().map(|name| head.metas_named(name).map(str::to_string).collect::<Vec<_>>());
        written.map(|names| byline::names(&names)).find(|names| !names.is_empty())
    };
    let marked = from_json_ld().or_else(from_metas).or_else(|| from_bylines(pieces));
    marked.or_else(|| below_headline(head, pieces)).unwrap_or_default()
}

const AUTHOR_METAS: [&str; 12] = [
    "author",
    "article:author",
    "byl",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "citation_author",
    "dc.contributor",
    "authors",
    "twitter:creator:name",
    "og:article:author",
];

/// Returns the names in a JSON-LD value; one that is given by reference is looked up.
fn names(value: &Value, head: &Head) -> Vec<String> {
    match value {
        Value::Array(values) => values.iter().flat_map(|v| names(v, head)).collect(),
        Value::Object(object) if !object.contains_key("name") => {
            let id = object.get("@id");
            let meant = head.json_ld.iter().find(|o| id.is_some() && o.get("@id") == id && o.contains_key("name"));
            meant.and_then(|o| name_of(&o["name"])).into_iter().collect()
        }
        other => name_of(other).into_iter().collect(),
    }
}

/// Reads the first element that is marked as the byline.
fn from_bylines(pieces: &[Piece]) -> Option<Vec<String>> {
    pieces.iter().enumerate().find_map(|(at, piece)| {
        let Piece::Open(element) = piece else { return None };
        if !marks_author(element) {
            return None;
        }
        let written = text_within(pieces, at);
        if written.chars().count() > 100 {
            return None;
        }
        let names = byline::names(&[written]);
        (!names.is_empty()).then_some(names)
    })
}

/// Pieces behind a headline that may hold the byline.
const NEAR_HEADLINE: usize = 40;

/// Reads the first text below a headline that is a byline by its words.
fn below_headline(head: &Head, pieces: &[Piece]) -> Option<Vec<String>> {
    let near = head.headlines.iter().flat_map(|(at, _)| pieces.iter().skip(*at).take(NEAR_HEADLINE));
    let texts = near.filter_map(|piece| if let Piece::Text(text) = piece { Some(*text) } else { None });
    texts.map(byline::names_in_byline).find(|names| !names.is_empty())
}

fn marks_author(element: &Element) -> bool {
    static CLASS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)(?:^|[\s_-])(?:author|byline)(?:[\s_-]+name|[\s_-]+link)?(?:$|\s)")
            .expect("the pattern is a constant")
    });
    let marked = element.attr("rel") == Some("author") || element.attr("itemprop") == Some("author");
    marked || element.attr("class").is_some_and(|class| CLASS.is_match(class))
}
