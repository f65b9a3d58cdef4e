//! Who speaks in an index: names with their statements, and what a name typed by the user stands for.

use serde::Serialize;

use crate::ask;
use crate::index::Searcher;
use crate::lexicon::{Lexicon, fold, slug};
use crate::query::{ActorPattern, FieldName, Query, Unit};
use crate::record::{ActorKind, StatementRow};
use crate::search::{FacetName, FacetRequest, Record, SearchRequest, SearchResponse, Sort};

/// A speaker with what there is by it.
#[derive(Debug, Serialize)]
pub struct Speaker {
    pub name: String,
    pub statements: u64,
    pub kind: ActorKind,
    /// As the latest statement has it.
    pub role: Option<String>,
    /// Id of the latest statement.
    pub latest: String,
    pub oppose: u64,
    pub support: u64,
    pub neutral: u64,
}

/// Returns the names of those whose statements match, with how many there are, the most first.
pub fn names(searcher: &Searcher, query: Query) -> anyhow::Result<Vec<(String, u64)>> {
    let response = searcher.search(&request(query, vec![(FacetName::Speaker, usize::MAX)], Sort::Newest, 0))?;
    Ok(values(&response, FacetName::Speaker))
}

/// Looks up what there is by the first of the names among the statements that match.
pub fn first_speakers(
    searcher: &Searcher,
    names: &[(String, u64)],
    limit: usize,
    among: &Query,
) -> anyhow::Result<Vec<Speaker>> {
    let looked_up = names.iter().take(limit).map(|(name, _)| speaker(searcher, name.clone(), among));
    looked_up.filter_map(Result::transpose).collect()
}

fn speaker(searcher: &Searcher, name: String, among: &Query) -> anyhow::Result<Option<Speaker>> {
    let query = Query::And { of: vec![by(&name), among.clone()] };
    let response = searcher.search(&request(query, vec![(FacetName::Stance, 3)], Sort::Newest, 1))?;
    let stances = values(&response, FacetName::Stance);
    let of = |stance: &str| stances.iter().find(|(name, _)| name == stance).map_or(0, |(_, count)| *count);
    Ok(first(response.hits.into_iter().map(|hit| hit.record)).map(|row| Speaker {
        name,
        statements: response.total,
        kind: row.kind,
        role: row.role,
        latest: row.id,
        oppose: of("oppose"),
        support: of("support"),
        neutral: of("neutral"),
    }))
}

/// Returns the first of the rows.
pub fn first(mut records: impl Iterator<Item = Record>) -> Option<StatementRow> {
    match records.next()? {
        Record::Statement(row) => Some(*row),
        Record::Article(_) => None,
    }
}

/// Returns the query for the statements of one name.
pub fn by(name: &str) -> Query {
    let actor = ActorPattern::Is { id: name.to_string(), name: name.to_string() };
    Query::Actor { field: FieldName::By, actor }
}

/// Returns the query for what a typed name stands for, states and bodies with all who count for them.
pub fn meant(typed: &str, searcher: &Searcher, lexicon: &Lexicon) -> Query {
    let query = Query::Field { field: FieldName::By, value: typed.to_string(), exact: false };
    ask::resolve(query, lexicon, searcher.own_actors()).query
}

/// Returns the name by which the statements of whom the user means are shown; `None` where there are none.
pub fn name_of(typed: &str, searcher: &Searcher, lexicon: &Lexicon) -> anyhow::Result<Option<String>> {
    let all = names(searcher, Query::All)?;
    let exactly = all.iter().find(|(name, _)| name == typed);
    if let Some((name, _)) = exactly.or_else(|| all.iter().find(|(name, _)| slug(name) == slug(typed))) {
        return Ok(Some(name.clone()));
    }
    Ok(match meant(typed, searcher, lexicon) {
        Query::Actor { actor: ActorPattern::Is { name, .. }, .. } => {
            Some(name).filter(|name| all.iter().any(|(known, _)| known == name))
        }
        _ => None,
    })
}

/// Returns what to try in the place of a name that nobody has.
pub fn like(typed: &str, searcher: &Searcher) -> anyhow::Result<String> {
    let all = names(searcher, Query::All)?;
    let like = all.iter().filter(|(name, _)| has_words(name, typed)).map(|(name, _)| format!("`{name}`"));
    let like = like.take(3).collect::<Vec<_>>().join(", ");
    Ok(match like.is_empty() {
        true => "`onrecord actors` lists who speaks".to_string(),
        false => format!("there are statements by {like}"),
    })
}

/// Tells whether a name has all the words, whatever their case and accents.
pub fn has_words(name: &str, words: &str) -> bool {
    let name = fold(name);
    let own: Vec<&str> = name.split(' ').collect();
    let words = fold(words);
    words.split(' ').all(|word| own.contains(&word))
}

/// Makes the request for all statements that match.
pub fn request(query: Query, facets: Vec<(FacetName, usize)>, sort: Sort, limit: usize) -> SearchRequest {
    SearchRequest {
        query,
        unit: Unit::Statements,
        selections: Vec::new(),
        facets: facets.into_iter().map(|(facet, limit)| FacetRequest { facet, limit, below: None }).collect(),
        sort,
        each_appearance: true,
        limit,
        offset: 0,
    }
}

/// Returns the values of a facet with their counts.
pub fn values(response: &SearchResponse, facet: FacetName) -> Vec<(String, u64)> {
    let counts = response.facets.iter().filter(|counts| counts.facet == facet);
    counts.flat_map(|counts| &counts.values).map(|value| (value.value.clone(), value.count)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_name_are_found_whatever_their_accents() {
        assert!(has_words("Andrés Manuel López Obrador", "lopez obrador"));
        assert!(has_words("Ana Lund", "lund ana"));
        assert!(!has_words("Ana Lund", "ana lun"));
    }
}
