//! Puts extraction together from its parts, for the commands that read articles.

use crate::extract::{dates, metadata};
use crate::format::ParsedDocument;
use crate::lexicon::{Lexicon, slug};
use crate::record::{Article, Outlet};

/// Returns what turns a document of `path` into an article.
pub fn articles(lexicon: &Lexicon) -> impl Fn(ParsedDocument, &str) -> Article + Sync {
    |document, path| {
        let ParsedDocument { row, text, metadata: told, warnings, .. } = document;
        let outlet = told.outlet.as_ref().map(|name| match lexicon.outlet_by_name(name) {
            Some(entry) => Outlet { id: entry.id.clone(), name: entry.name.clone() },
            None => Outlet { id: slug(name), name: name.clone() },
        });
        Article {
            id: row.map_or_else(|| path.to_string(), |row| format!("{path}#{row}")),
            path: path.to_string(),
            title: metadata::title(&told, &text),
            outlet,
            authors: told.authors.clone(),
            url: told.url.clone(),
            language: metadata::language(&told, &text),
            published: metadata::published(&told, &text, path),
            not_before: dates::not_before(&text),
            actors: Vec::new(),
            cited_sources: Vec::new(),
            statements: Vec::new(),
            warnings,
            text,
        }
    }
}
