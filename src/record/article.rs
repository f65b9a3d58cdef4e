//! One text as published, with everything that was found in it.

use serde::{Deserialize, Serialize};

use super::{ActorMention, CitedSource, ModelSize, Outlet, PartialDate, Statement};

/// One article.
#[derive(Debug, Clone, PartialEq)]
pub struct Article {
    /// Path relative to the folder; a row of a container adds `#` and the row's own id, or its line.
    pub id: String,
    /// Path of the file relative to the folder, with `/` on every system.
    pub path: String,
    pub title: String,
    pub outlet: Option<Outlet>,
    pub authors: Vec<String>,
    pub url: Option<String>,
    /// ISO 639-1 code, `None` where it cannot be told.
    pub language: Option<String>,
    pub published: Option<PublishedDate>,
    /// Latest date that the text itself proves to have passed, for undated articles.
    pub not_before: Option<PartialDate>,
    /// The article's text; every span points into it (or into `title`, see `Part`).
    pub text: String,
    pub actors: Vec<ActorMention>,
    pub cited_sources: Vec<CitedSource>,
    /// In the order of the text; a statement's id is the article's, `/` and its position from 1.
    pub statements: Vec<Statement>,
    /// The model that looked for statements, `None` where none did, as in a language that it does not read.
    pub model: Option<ModelSize>,
    /// What was odd in the input, for people to read.
    pub warnings: Vec<String>,
}

/// When the article was published, and how we know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PublishedDate {
    pub date: PartialDate,
    pub by: DateRule,
}

/// The rule that found a publication date, from the surest to the weakest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum DateRule {
    /// A date field of a JSON row.
    Field,
    /// Front matter of a Markdown file.
    FrontMatter,
    /// `datePublished` of JSON-LD.
    JsonLd,
    /// A `<meta>` element.
    Meta,
    /// A `<time>` element.
    TimeElement,
    /// The page's address.
    Url,
    /// Words of the page near the headline or byline.
    Page,
    /// A dateline or byline in the text.
    Text,
    /// The file's name or folder.
    FileName,
}
