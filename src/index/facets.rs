//! Facet requests and counts.

use tantivy::query::Query as TantivyQuery;

use super::IndexError;
use super::collect::{ValueCounts, Values};
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

/// Counts one facet; its own selection does not narrow it.
pub fn count(
    compiler: &Compiler<'_>,
    request: &SearchRequest,
    wanted: &FacetRequest,
) -> Result<FacetCounts, IndexError> {
    let query = selected(request, Some(wanted.facet));
    let of_statements = is_of_statements(wanted.facet);
    let by_article = request.unit == Unit::Articles && of_statements;
    let matching: Box<dyn TantivyQuery> =
        if by_article { compiler.statements_behind(&query)? } else { compiler.compile(&query, request.unit)? };
    let values = Values { column: column(wanted.facet), by_article };
    let counts = compiler.searcher.search(&*matching, &values)?;
    let total = compiler.searcher.search(&*compiler.compile(&query, request.unit)?, &tantivy::collector::Count)? as u64;
    let selection = request.selections.iter().find(|s| s.facet == wanted.facet);
    Ok(arrange(wanted, counts, total, selection))
}

/// Puts the most frequent values first; selected ones are always among them.
fn arrange(wanted: &FacetRequest, mut counts: ValueCounts, total: u64, selection: Option<&Selection>) -> FacetCounts {
    let chosen: Vec<String> = selection.map(|s| s.values.clone()).unwrap_or_default();
    if is_hierarchical(wanted.facet) {
        counts.values.retain(|value, _| is_child(value, wanted.below.as_deref()) || chosen.contains(value));
    }
    for value in &chosen {
        counts.values.entry(value.clone()).or_insert(0);
    }
    let mut ranked: Vec<(String, u64)> = counts.values.into_iter().collect();
    ranked.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let mut values = Vec::new();
    let mut other = 0;
    for (value, count) in ranked {
        let selected = chosen.contains(&value);
        if values.len() < wanted.limit || selected {
            values.push(FacetValue { label: label(wanted.facet, &value), value, count, selected });
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
        FacetName::Actor | FacetName::Speaker | FacetName::Stance | FacetName::Act | FacetName::Quotation => true,
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
