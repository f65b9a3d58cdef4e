//! The normal form of a query: one shape for all queries that are written alike.

use super::ast::{ActorPattern, FieldName, Query};
use super::values::known_value;
use super::words::is_plain;

/// Returns the query without needless nesting, with words that stand side by side in one place, and with actors as typed names.
///
/// Reading a displayed query gives its normal form.
pub fn normal(query: &Query) -> Query {
    match query {
        Query::All => Query::All,
        Query::Words { words } => words_apart(words),
        Query::Phrase { words } => phrase(words),
        Query::Field { field, value, exact } => normal_field(*field, value, *exact),
        Query::Actor { field, actor } => {
            let (name, exact) = match actor {
                ActorPattern::CountsFor { name, .. } | ActorPattern::Formerly { name, .. } => (name, false),
                ActorPattern::Is { name, .. } => (name, true),
                ActorPattern::Named { words } => (words, false),
            };
            normal_field(*field, name, exact)
        }
        Query::Dates { .. } => query.clone(),
        Query::And { of } => normal_and(of),
        Query::Or { of } => normal_or(of),
        Query::Not { of } => match normal(of) {
            Query::Not { of } => *of,
            inner => Query::Not { of: Box::new(inner) },
        },
    }
}

fn normal_and(of: &[Query]) -> Query {
    let mut parts: Vec<Query> = Vec::new();
    for part in of.iter().map(normal) {
        match part {
            Query::All => {}
            Query::And { of } => parts.extend(of),
            part => parts.push(part),
        }
    }
    let mut joined: Vec<Query> = Vec::new();
    for part in parts {
        match part {
            Query::Words { words } => push_words(&mut joined, &words),
            part => joined.push(part),
        }
    }
    one_or(joined, |of| Query::And { of }).unwrap_or(Query::All)
}

fn push_words(parts: &mut Vec<Query>, words: &str) {
    match parts.last_mut() {
        Some(Query::Words { words: before }) => {
            before.push(' ');
            before.push_str(words);
        }
        _ => parts.push(Query::Words { words: words.to_string() }),
    }
}

fn normal_or(of: &[Query]) -> Query {
    let mut parts: Vec<Query> = Vec::new();
    for part in of.iter().map(normal) {
        match part {
            Query::Or { of } => parts.extend(of),
            part => parts.push(part),
        }
    }
    one_or(parts, |of| Query::Or { of }).unwrap_or(Query::Not { of: Box::new(Query::All) })
}

/// Returns the only part, or all joined; `None` where there is none.
fn one_or(mut parts: Vec<Query>, join: impl Fn(Vec<Query>) -> Query) -> Option<Query> {
    match parts.len() {
        0 => None,
        1 => parts.pop(),
        _ => Some(join(parts)),
    }
}

/// Makes phrases of the words that would be read as syntax.
fn words_apart(words: &str) -> Query {
    let words: Vec<&str> = words.split_whitespace().collect();
    let mut parts: Vec<Query> = Vec::new();
    for (place, word) in words.iter().enumerate() {
        let next_is_plain = || words.get(place + 1).is_some_and(|next| is_plain(next));
        match is_plain(word) || (*word == "not" && next_is_plain()) {
            true => push_words(&mut parts, word),
            false => parts.push(phrase(word)),
        }
    }
    one_or(parts, |of| Query::And { of }).unwrap_or(Query::All)
}

fn phrase(words: &str) -> Query {
    Query::Phrase { words: words.split_whitespace().collect::<Vec<_>>().join(" ") }
}

fn normal_field(field: FieldName, value: &str, exact: bool) -> Query {
    let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
    if value == "*" {
        return Query::Field { field, value, exact: false };
    }
    match known_value(field, &value) {
        Some(known) => Query::Field { field: known.field, value: known.value, exact },
        None => Query::Field { field, value, exact },
    }
}
