//! What goes to an engine and what comes back: plain data, the same for every engine.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::query::{Query, Unit};
use crate::record::{ArticleRow, PartialDate, StatementRow};

/// One question to an engine.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SearchRequest {
    /// Resolved by `ask::resolve`.
    pub query: Query,
    pub unit: Unit,
    /// Values chosen in facets: OR within a facet, AND across facets; they narrow and do not score.
    pub selections: Vec<Selection>,
    /// Facets to count; each facet's counts ignore its own selection.
    pub facets: Vec<FacetRequest>,
    pub sort: Sort,
    /// Whether each place that a statement appears in is a hit of its own; else the first in the order stands for all of them.
    pub each_appearance: bool,
    pub limit: usize,
    pub offset: usize,
}

/// Values chosen in one facet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Selection {
    pub facet: FacetName,
    /// Kept: any of these.
    pub values: Vec<String>,
    /// Left out: all of these.
    pub excluded: Vec<String>,
}

/// Facets that can be counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FacetName {
    /// Speaker's roll-up: paths such as `mexico`, `mexico/government`, `mexico/government/presidency`.
    Actor,
    /// Speaker by name.
    Speaker,
    Stance,
    Act,
    Quotation,
    /// What the stance is about, as the statement's row has it.
    Target,
    Outlet,
    /// Cited source.
    Cites,
    /// `2018`.
    Year,
    /// `2018-05`.
    Month,
    Language,
}

/// One facet to count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FacetRequest {
    pub facet: FacetName,
    /// How many values, the most frequent first; the rest goes into `other`.
    pub limit: usize,
    /// Only values below this one, of a hierarchical facet.
    pub below: Option<String>,
}

/// Order of the hits; ties go by id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sort {
    Relevance,
    Newest,
    Oldest,
    Confidence,
}

/// What the engine found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SearchResponse {
    /// Exact, whatever the paging.
    pub total: u64,
    /// The same, each statement counted once, however many places it appears in.
    pub different: u64,
    /// Different articles among all hits.
    pub articles: u64,
    pub hits: Vec<Hit>,
    pub facets: Vec<FacetCounts>,
    /// What was not searched or only perhaps belongs: undated articles, possible dates, former officials.
    pub asides: Vec<Aside>,
    pub took: Duration,
}

/// One hit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Hit {
    /// Of statements by relevance, their confidence times the square root of one more than the BM25 of the words that are
    /// asked for: the confidence alone where there are none. Else the BM25.
    pub score: f32,
    pub record: Record,
    pub snippet: Snippet,
    /// Where else the index has the same statement, whatever is asked for; the earliest first, a hundred at most.
    /// Empty where each appearance is a hit.
    pub appearances: Vec<Appearance>,
    /// How many there are in all.
    pub appearance_count: u64,
}

/// One more place of a statement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Appearance {
    /// Of the statement there.
    pub id: String,
    pub title: String,
    pub outlet: Option<String>,
    pub published: Option<PartialDate>,
}

/// The hit's row of the record contract.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Record {
    Statement(Box<StatementRow>),
    Article(Box<ArticleRow>),
}

/// Text around the match, with the matched words marked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snippet {
    pub text: String,
    /// Matched stretches of `text`, as half-open byte ranges.
    pub marks: Vec<(usize, usize)>,
}

/// A facet's values with exact counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FacetCounts {
    pub facet: FacetName,
    pub values: Vec<FacetValue>,
    /// Hits of the values that were not listed.
    pub other: u64,
    /// Hits that have no value at all.
    pub missing: u64,
}

/// One value of a facet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FacetValue {
    pub value: String,
    /// As shown to people.
    pub label: String,
    pub count: u64,
    pub selected: bool,
}

/// A count that belongs beside the answer so that nothing is dropped in silence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Aside {
    /// What it counts, for people: "by former officials of Mexico".
    pub what: String,
    pub count: u64,
    /// The query that shows them.
    pub query: Option<String>,
}
