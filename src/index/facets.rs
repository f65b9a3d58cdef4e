//! Facet requests and counts.

use std::collections::BTreeSet;
use std::sync::Arc;

use tantivy::query::Query as TantivyQuery;

use super::IndexError;
use super::article_runs::ArticleKeys;
use super::collect::{Articles, ValueCounts, Values};
use super::compile::Compiler;
use super::fields::columns;
use crate::query::{ActorPattern, Certainty, DateField, FieldName, Query, Unit};
use crate::record::PartialDate;
use crate::search::{FacetCounts, FacetName, FacetRequest, FacetValue, SearchRequest, Selection};

/// Returns the query with what is selected in the facets, except in `apart`.
pub fn selected(request: &SearchRequest, apart: Option<FacetName>) -> Query {
    let mut of = vec![request.query.clone()];
    for selection in &request.selections {
        if Some(selection.facet) == apart {
            continue;
        }
        if !selection.values.is_empty() {
            of.push(Query::Or { of: selection.values.iter().map(|v| value_query(selection.facet, v)).collect() });
        }
        for value in &selection.excluded {
            of.push(Query::Not { of: Box::new(value_query(selection.facet, value)) });
        }
    }
    Query::And { of }
}

/// What matches, as far as counting needs it.
pub struct Answer<'a> {
    pub query: &'a Query,
    pub matching: &'a dyn TantivyQuery,
    pub articles: Arc<ArticleKeys>,
    pub total: u64,
}

/// The values of a facet, and how many documents were asked for them.
struct Counted {
    facet: FacetName,
    counts: ValueCounts,
    total: u64,
}

/// Counts the facets of an answer; a facet's own selection does not narrow it.
///
/// Those without a selection are counted together.
pub fn count(
    compiler: &Compiler<'_>,
    request: &SearchRequest,
    answer: &Answer<'_>,
) -> Result<Vec<FacetCounts>, IndexError> {
    let selection_of = |facet| request.selections.iter().find(|s| s.facet == facet);
    let facets = request.facets.iter().map(|wanted| wanted.facet);
    let (alone, together): (Vec<_>, Vec<_>) = facets.partition(|&facet| selection_of(facet).is_some());
    let mut counted = counted_together(compiler, request.unit, answer, &together)?;
    for facet in alone {
        let query = selected(request, Some(facet));
        let matching = compiler.compile(&query, request.unit)?;
        let found = compiler.searcher.search(&*matching, &Articles)?;
        let (articles, total) = (Arc::new(found.keys), found.documents);
        let wider = Answer { query: &query, matching: &*matching, articles, total };
        counted.extend(counted_together(compiler, request.unit, &wider, &[facet])?);
    }
    let mut arranged = Vec::new();
    for wanted in &request.facets {
        if let Some(counted) = counted.iter().find(|counted| counted.facet == wanted.facet) {
            arranged.push(arrange(wanted, counted, selection_of(wanted.facet)));
        }
    }
    Ok(arranged)
}

/// Counts some facets in one pass over the answer, and in one over the statements of its articles.
fn counted_together(
    compiler: &Compiler<'_>,
    unit: Unit,
    answer: &Answer<'_>,
    facets: &[FacetName],
) -> Result<Vec<Counted>, IndexError> {
    let is_behind = |facet: &FacetName| unit == Unit::Articles && is_of_statements(*facet);
    let (behind, own): (Vec<_>, Vec<_>) = facets.iter().copied().partition(is_behind);
    let mut counted = Vec::new();
    let mut pass = |matching: &dyn TantivyQuery, facets: Vec<FacetName>, by_article| -> Result<(), IndexError> {
        let columns = facets.iter().map(|&facet| column(facet)).collect();
        let values = Values { columns, by_article, own: compiler.own };
        let found = facets.into_iter().zip(compiler.searcher.search(matching, &values)?);
        counted.extend(found.map(|(facet, counts)| Counted { facet, counts, total: answer.total }));
        Ok(())
    };
    if !behind.is_empty() {
        pass(&*compiler.statements_behind(answer.query, answer.articles.clone())?, behind, true)?;
    }
    if !own.is_empty() {
        pass(answer.matching, own, false)?;
    }
    Ok(counted)
}

/// Puts the most frequent values first; selected ones are always among them.
fn arrange(wanted: &FacetRequest, counted: &Counted, selection: Option<&Selection>) -> FacetCounts {
    let chosen: BTreeSet<&String> = selection.into_iter().flat_map(|selection| &selection.values).collect();
    let Counted { counts, total, .. } = counted;
    let is_asked_for = |value: &String| {
        !is_hierarchical(wanted.facet) || is_child(value, wanted.below.as_deref()) || chosen.contains(value)
    };
    let found = counts.values.iter().filter(|(value, _)| is_asked_for(value)).map(|(value, &count)| (value, count));
    let not_found = chosen.iter().filter(|value| !counts.values.contains_key(**value)).map(|value| (*value, 0));
    let mut ranked: Vec<(&String, u64)> = found.chain(not_found).collect();
    ranked.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    let mut values = Vec::new();
    let mut other = 0;
    for (value, count) in ranked {
        let selected = chosen.contains(value);
        if values.len() < wanted.limit || selected {
            values.push(FacetValue { label: label(wanted.facet, value), value: value.clone(), count, selected });
        } else {
            other += count;
        }
    }
    FacetCounts { facet: wanted.facet, values, other, missing: total.saturating_sub(counts.having) }
}

/// Tells whether `value` stands right below `parent`, or at the top.
fn is_child(value: &str, parent: Option<&str>) -> bool {
    let rest = match parent {
        None => Some(value),
        Some(parent) => value.strip_prefix(parent).and_then(|rest| rest.strip_prefix('/')),
    };
    rest.is_some_and(|rest| !rest.is_empty() && !rest.contains('/'))
}

/// Returns a path's last part in words; other values are shown as they are.
fn label(facet: FacetName, value: &str) -> String {
    if !is_hierarchical(facet) {
        return value.to_string();
    }
    let last = value.rsplit('/').next().unwrap_or(value);
    let capitalised = last.split('-').map(|word| {
        let mut chars = word.chars();
        chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
    });
    capitalised.collect::<Vec<_>>().join(" ")
}

fn is_hierarchical(facet: FacetName) -> bool {
    facet == FacetName::Actor
}

fn is_of_statements(facet: FacetName) -> bool {
    match facet {
        FacetName::Actor
        | FacetName::Speaker
        | FacetName::Stance
        | FacetName::Act
        | FacetName::Quotation
        | FacetName::Target => true,
        FacetName::Outlet | FacetName::Cites | FacetName::Year | FacetName::Month | FacetName::Language => false,
    }
}

fn column(facet: FacetName) -> &'static str {
    match facet {
        FacetName::Actor => columns::BY_PATH,
        FacetName::Speaker => columns::SPEAKER,
        FacetName::Stance => columns::STANCE,
        FacetName::Act => columns::ACT,
        FacetName::Quotation => columns::QUOTATION,
        FacetName::Target => columns::TARGET,
        FacetName::Outlet => columns::OUTLET,
        FacetName::Cites => columns::CITES,
        FacetName::Year => columns::YEAR,
        FacetName::Month => columns::MONTH,
        FacetName::Language => columns::LANGUAGE,
    }
}

/// Returns the query that a selected value stands for.
fn value_query(facet: FacetName, value: &str) -> Query {
    let field = |field| Query::Field { field, value: value.to_string(), exact: true };
    match facet {
        FacetName::Actor => Query::Actor {
            field: FieldName::By,
            actor: ActorPattern::CountsFor { path: value.to_string(), name: label(facet, value) },
        },
        FacetName::Speaker => field(FieldName::By),
        FacetName::Stance => field(FieldName::Stance),
        FacetName::Act => field(FieldName::Act),
        FacetName::Quotation => field(FieldName::Type),
        FacetName::Target => field(FieldName::Target),
        FacetName::Outlet => field(FieldName::Outlet),
        FacetName::Cites => field(FieldName::Cites),
        FacetName::Language => field(FieldName::Lang),
        FacetName::Year | FacetName::Month => match value.parse::<PartialDate>() {
            Ok(date) => {
                Query::Dates { field: DateField::Published, range: date.range(), certainty: Certainty::Certain }
            }
            Err(_) => Query::Or { of: Vec::new() },
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn children_stand_one_level_below() {
        assert!(is_child("mexico", None));
        assert!(!is_child("mexico/government", None));
        assert!(is_child("mexico/government", Some("mexico")));
        assert!(!is_child("mexico/government/presidency", Some("mexico")));
        assert!(!is_child("mexico-city/mayor", Some("mexico")));
        assert_eq!(label(FacetName::Actor, "united-states/foreign-ministry"), "Foreign Ministry");
        assert_eq!(label(FacetName::Outlet, "the-times"), "the-times");
    }
}
