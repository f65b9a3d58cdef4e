//! Who published an article, and what it cites: outlets and cited sources.

use super::{PartialDate, Span};

/// Who published the article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outlet {
    /// Stable key, from the lexicon or made from the name: `new-york-times`.
    pub id: String,
    /// Canonical name: `The New York Times`.
    pub name: String,
}

/// A document or outlet that the article names as its source.
#[derive(Debug, Clone, PartialEq)]
pub struct CitedSource {
    /// Canonical name of the outlet or body: `Reuters`, `Brookings Institution`.
    pub name: String,
    /// Stable key of the name, of the same form as an outlet's.
    pub id: String,
    /// Title of the cited document, where the article gives one.
    pub title: Option<String>,
    /// Its date, to the precision that the article gives.
    pub published: Option<PartialDate>,
    /// Where in the text it is named.
    pub span: Span,
}
