//! Tells why a question finds nothing, and what it would find without a part of it.

use super::question::{Question, unit_word};
use super::style::counted;
use crate::index::{IndexError, Searcher};
use crate::query::{FieldName, Query, Unit, canonical, near_phrasing};
use crate::search::Selection;

/// Parts that are named.
const NAMED: usize = 6;

/// Returns what to know of a question without hits, a line each.
pub fn why(question: &Question, selections: &[Selection], searcher: &Searcher) -> Result<Vec<String>, IndexError> {
    let mut lines = Vec::new();
    let unit = question.unit;
    let query = &question.query;
    let unselected = if selections.is_empty() { 0 } else { searcher.count(query, unit)? };
    if unselected > 0 {
        lines.push(format!("without `--select` and `--exclude`: {unselected} {}", unit_word(unit)));
        return Ok(lines);
    }
    if unit == Unit::Statements {
        lines.extend(in_articles(query, searcher)?);
    }
    lines.extend(parts(query, unit, searcher)?);
    lines.extend(spellings(query));
    Ok(lines)
}

/// Articles may match where no statement does.
fn in_articles(query: &Query, searcher: &Searcher) -> Result<Option<String>, IndexError> {
    let articles = searcher.count(query, Unit::Articles)?;
    if articles == 0 {
        return Ok(None);
    }
    let english = Query::Field { field: FieldName::Lang, value: "en".to_string(), exact: true };
    let other = |of: Query| Query::And { of: vec![query.clone(), of] };
    let foreign = searcher.count(&other(Query::Not { of: Box::new(english) }), Unit::Articles)?;
    let unknown = Query::Field { field: FieldName::Lang, value: "*".to_string(), exact: false };
    let told = searcher.count(&other(unknown), Unit::Articles)?;
    let no_english = foreign == articles && told == articles;
    let because = if no_english { " (statements are found in English texts only, and these are not)" } else { "" };
    let verb = if articles == 1 { "matches" } else { "match" };
    Ok(Some(format!("{} {verb}{because}: `--unit articles`", counted(articles, "article"))))
}

/// Leaves out each part of the question in turn; where that does not help, names the parts that find nothing alone.
fn parts(query: &Query, unit: Unit, searcher: &Searcher) -> Result<Vec<String>, IndexError> {
    let Query::And { of } = query else { return Ok(Vec::new()) };
    let written = |part: &Query| canonical(part, None);
    let mut lines = Vec::new();
    for number in 0..of.len().min(NAMED) {
        let rest = of.iter().enumerate().filter(|(n, _)| *n != number).map(|(_, part)| part.clone()).collect();
        let count = searcher.count(&Query::And { of: rest }, unit)?;
        if count > 0 {
            lines.push(format!("without `{}`: {count} {}", written(&of[number]), unit_word(unit)));
        }
    }
    if lines.is_empty() {
        for part in of.iter().take(NAMED) {
            if searcher.count(part, unit)? == 0 {
                lines.push(format!("no {} for `{}` alone", unit_word(unit), written(part)));
            }
        }
    }
    Ok(lines)
}

/// Words that look like those of a plain phrasing keep the question from being read as one.
fn spellings(query: &Query) -> Vec<String> {
    match query {
        Query::Words { words } => {
            let near = |word| near_phrasing(word).map(|near| format!("did you mean `{near}` for `{word}`?"));
            words.split_whitespace().filter_map(near).take(NAMED).collect()
        }
        Query::And { of } | Query::Or { of } => of.iter().flat_map(spellings).take(NAMED).collect(),
        _ => Vec::new(),
    }
}
