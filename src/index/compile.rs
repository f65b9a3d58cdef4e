//! `Query` -> tantivy query.
//!
//! Some clauses concern articles, some statements, some both. Asked of the other kind, a clause means "belongs to an
//! article that matches" or "has a statement that matches"; clauses about statements that stand side by side must
//! hold of the same statement.

use std::ops::Bound;
use std::sync::Arc;

use tantivy::query::{
    AllQuery, BooleanQuery, ConstScoreQuery, EmptyQuery, PhraseQuery, Query as TantivyQuery, RangeQuery, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, Term};

use super::article_runs::ArticleKeys;
use super::collect::Articles;
use super::document_sets::{ArticleSet, Complement};
use super::documents::day_number;
use super::fields::{Fields, kinds};
use super::own::Own;
use super::position::Position;
use super::{IndexError, analysis};
use crate::query::{ActorPattern, Certainty, FieldName, Query, Unit};
use crate::record::DateRange;

/// A query of the engine.
pub type Compiled = Box<dyn TantivyQuery>;

/// Turns queries into the engine's own, for one state of the index.
#[derive(Clone, Copy)]
pub struct Compiler<'a> {
    pub searcher: &'a Searcher,
    pub fields: &'a Fields,
    /// The actors of the user's file.
    pub own: &'a Own,
}

/// Which kind of document a query asks about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Level {
    /// Whatever the answer is made of.
    Any,
    Article,
    Statement,
    Mixed,
}

impl Compiler<'_> {
    /// Returns the documents of `unit` that match.
    pub fn compile(&self, query: &Query, unit: Unit) -> Result<Compiled, IndexError> {
        let kind = match unit {
            Unit::Articles => kinds::ARTICLE,
            Unit::Statements => kinds::STATEMENT,
        };
        let matching = self.part(query, unit)?;
        Ok(all_of(vec![unscored(term(self.fields.kind, kind)), matching]))
    }

    /// Returns the statements that a query about articles is carried by, given the articles that match: those of them
    /// where its clauses on statements hold.
    pub fn statements_behind(&self, query: &Query, articles: Arc<ArticleKeys>) -> Result<Compiled, IndexError> {
        let of: Vec<Query> =
            conjuncts(query).into_iter().filter(|clause| level(clause) == Level::Statement).cloned().collect();
        Ok(all_of(vec![
            unscored(term(self.fields.kind, kinds::STATEMENT)),
            self.part(&Query::And { of }, Unit::Statements)?,
            unscored(Box::new(ArticleSet { keys: articles })),
        ]))
    }

    /// Compiles without the clause on the kind of document.
    pub fn part(&self, query: &Query, unit: Unit) -> Result<Compiled, IndexError> {
        let crosses = match (level(query), unit) {
            (Level::Statement, Unit::Articles) => Some(Unit::Statements),
            (Level::Article, Unit::Statements) => Some(Unit::Articles),
            _ => None,
        };
        match (query, crosses) {
            (Query::And { .. }, _) => self.conjunction(query, unit),
            (Query::Or { of }, _) => {
                let parts = of.iter().map(|q| self.part(q, unit)).collect::<Result<Vec<_>, _>>()?;
                Ok(any_of(parts))
            }
            (Query::Not { of }, _) => Ok(unscored(Box::new(Complement { of: self.part(of, unit)? }))),
            (Query::Field { field: FieldName::About, value, exact }, _) => self.about(value, *exact, unit),
            (_, Some(other)) => self.belonging(self.compile(query, other)?),
            (leaf, None) => self.leaf(leaf, unit),
        }
    }

    fn conjunction(&self, query: &Query, unit: Unit) -> Result<Compiled, IndexError> {
        let mut clauses = conjuncts(query);
        let mut parts = Vec::new();
        if unit == Unit::Statements
            && let Some(position) = Position::taken_from(&mut clauses)
        {
            parts.push(self.position(&position)?);
        }
        let mut of_one_statement = Vec::new();
        for query in clauses {
            if unit == Unit::Articles && level(query) == Level::Statement {
                of_one_statement.push(query.clone());
            } else {
                parts.push(self.part(query, unit)?);
            }
        }
        if of_one_statement.len() == 1 || of_one_statement.iter().all(is_about) {
            for query in of_one_statement {
                parts.push(self.part(&query, unit)?);
            }
        } else {
            let together = Query::And { of: of_one_statement };
            parts.push(self.belonging(self.compile(&together, Unit::Statements)?)?);
        }
        Ok(all_of(parts))
    }

    /// Returns whatever belongs to the articles of the matching documents.
    fn belonging(&self, matching: Compiled) -> Result<Compiled, IndexError> {
        let articles = self.searcher.search(&*matching, &Articles)?;
        Ok(unscored(Box::new(ArticleSet { keys: Arc::new(articles.keys) })))
    }

    fn leaf(&self, query: &Query, unit: Unit) -> Result<Compiled, IndexError> {
        let compiled = match query {
            Query::All => unscored(Box::new(AllQuery)),
            Query::Words { words } => all_words(self.fields.text, words),
            Query::Phrase { words } => phrase(self.fields.text, words),
            Query::Field { field, value, exact } => self.field(*field, value.trim(), *exact, unit)?,
            Query::Actor { field, actor } => self.actor(*field, actor, unit)?,
            Query::Dates { field: _, range, certainty } => unscored(self.dates(*range, *certainty)),
            Query::And { .. } | Query::Or { .. } | Query::Not { .. } => self.part(query, unit)?,
        };
        Ok(compiled)
    }

    fn field(&self, field: FieldName, value: &str, exact: bool, unit: Unit) -> Result<Compiled, IndexError> {
        let f = self.fields;
        if value == "*" {
            return Ok(unscored(self.present(field)));
        }
        let scored = match field {
            FieldName::About => return self.about(value, exact, unit),
            FieldName::Title => return Ok(wanted(f.title, value, exact)),
            FieldName::Text => return Ok(wanted(f.text, value, exact)),
            FieldName::Target if exact => term(f.target_value, value),
            FieldName::Target => return Ok(wanted(f.target, value, exact)),
            FieldName::By | FieldName::Mentions | FieldName::Actor => {
                let named = ActorPattern::Named { words: value.to_string() };
                let is = ActorPattern::Is { id: value.to_string(), name: value.to_string() };
                return self.actor(field, if exact { &is } else { &named }, unit);
            }
            FieldName::Stance => term(f.stance, &value.to_lowercase()),
            FieldName::Act => term(f.act, &value.to_lowercase()),
            FieldName::Type => term(f.quotation, &value.to_lowercase()),
            FieldName::Lang => term(f.language, &value.to_lowercase()),
            FieldName::Outlet => self.outlet(value, exact),
            FieldName::Cites => self.cites(value, exact),
            FieldName::Source => any_of(vec![self.outlet(value, exact), self.cites(value, exact)]),
            FieldName::Author => phrase(f.author, value),
            FieldName::Path if exact => term(f.path, value),
            FieldName::Path => prefix(f.path, value),
            FieldName::Is if value.eq_ignore_ascii_case("unresolved") => self.unresolved(),
            FieldName::Is => term(f.is, &value.to_lowercase()),
            FieldName::No => term(f.is, &format!("no-{}", value.to_lowercase())),
            FieldName::Id => any_of(vec![term(f.id, value), term(f.article_id, value)]),
        };
        Ok(unscored(scored))
    }

    /// Returns what is said to be about the words by the statement, its target or its article's title.
    fn about(&self, value: &str, exact: bool, unit: Unit) -> Result<Compiled, IndexError> {
        if value == "*" {
            return Ok(unscored(Box::new(AllQuery)));
        }
        let said = wanted(self.fields.about, value, exact);
        let titled = wanted(self.fields.title, value, exact);
        Ok(match unit {
            Unit::Statements => any_of(vec![said, self.belonging(titled)?]),
            // An article without statements is about what its title says.
            Unit::Articles => any_of(vec![titled, self.belonging(said)?]),
        })
    }

    /// Returns the documents where the field has any value.
    fn present(&self, field: FieldName) -> Compiled {
        let flag = match field {
            FieldName::By => "no-speaker",
            FieldName::Target => "no-target",
            FieldName::Outlet => "no-outlet",
            FieldName::Cites => "no-cites",
            FieldName::Author => "no-author",
            FieldName::Mentions => "no-mentions",
            FieldName::Lang => "no-lang",
            _ => return Box::new(AllQuery),
        };
        Box::new(Complement { of: term(self.fields.is, flag) })
    }

    fn outlet(&self, value: &str, exact: bool) -> Compiled {
        let f = self.fields;
        let mut ways = vec![term(f.outlet, value), term(f.outlet_id, value)];
        if !exact {
            ways.push(phrase(f.outlet_name, value));
        }
        any_of(ways)
    }

    fn cites(&self, value: &str, exact: bool) -> Compiled {
        let f = self.fields;
        let mut ways = vec![term(f.cites, value), term(f.cites_id, value)];
        if !exact {
            ways.push(phrase(f.cites_name, value));
        }
        any_of(ways)
    }

    fn actor(&self, field: FieldName, actor: &ActorPattern, unit: Unit) -> Result<Compiled, IndexError> {
        match field {
            FieldName::Mentions => Ok(unscored(self.mentions(actor))),
            FieldName::Target => Ok(self.target(actor)),
            FieldName::Actor => {
                let of = [FieldName::By, FieldName::Mentions]
                    .map(|field| Query::Actor { field, actor: actor.clone() })
                    .to_vec();
                self.part(&Query::Or { of }, unit)
            }
            _ => Ok(unscored(self.by(actor))),
        }
    }

    fn by(&self, actor: &ActorPattern) -> Compiled {
        match actor {
            ActorPattern::CountsFor { path, .. } => self.counting_for(path),
            ActorPattern::Formerly { path, .. } => self.formerly(path),
            ActorPattern::Is { id, name } => self.exactly(id, name),
            ActorPattern::Named { words } => {
                let found = phrase(self.fields.by_name, words);
                any_of([found].into_iter().chain(self.own_named(words)).collect())
            }
        }
    }

    fn mentions(&self, actor: &ActorPattern) -> Compiled {
        let f = self.fields;
        match actor {
            ActorPattern::CountsFor { path, .. } => {
                let named = [term(f.mentions_path, path)].into_iter().chain(self.own_mentioned(path));
                any_of(named.chain(self.own_mentioned_for(path)).collect())
            }
            // Who is named is looked up on the article's date alone; `ask` makes this of `by:` and nothing else.
            ActorPattern::Formerly { .. } => Box::new(EmptyQuery),
            ActorPattern::Is { id, .. } => {
                any_of([term(f.mentions_path, id)].into_iter().chain(self.own_mentioned(id)).collect())
            }
            ActorPattern::Named { words } => phrase(f.mentions_name, words),
        }
    }

    /// Returns the statements about an actor: found as such in the target, or by its name there.
    pub fn target(&self, actor: &ActorPattern) -> Compiled {
        let f = self.fields;
        match actor {
            ActorPattern::CountsFor { path, name } => {
                let below = prefix(f.target_path, &format!("{path}/"));
                any_of(vec![unscored(term(f.target_path, path)), unscored(below), phrase(f.target, name)])
            }
            ActorPattern::Formerly { name, .. } => phrase(f.target, name),
            ActorPattern::Is { id, name } => {
                let own = self.own.actors.by_id(id);
                let ids = own.map_or(std::slice::from_ref(id), |actor| &actor.ids).iter();
                let names = own.map_or(std::slice::from_ref(name), |actor| &actor.names).iter();
                let linked = ids.map(|id| unscored(term(f.target_path, id)));
                any_of(linked.chain(names.map(|name| phrase(f.target, name))).collect())
            }
            ActorPattern::Named { words } => all_words(f.target, words),
        }
    }

    fn dates(&self, range: DateRange, certainty: Certainty) -> Compiled {
        let f = self.fields;
        let (starts, ends) = match certainty {
            Certainty::Certain => (f.published_from, f.published_to),
            Certainty::Possible => (f.published_to, f.published_from),
        };
        let from = range.earliest.map_or(Bound::Unbounded, |day| Bound::Included(day_number(day)));
        let to = range.latest.map_or(Bound::Unbounded, |day| Bound::Included(day_number(day)));
        let days = |field: Field, lower: Bound<i64>, upper: Bound<i64>| -> Compiled {
            let bound = |b: Bound<i64>| b.map(|day| Term::from_field_i64(field, day));
            Box::new(RangeQuery::new(bound(lower), bound(upper)))
        };
        // Undated articles have neither column; an open range still asks for a date.
        let dated = Bound::Included(i64::MIN);
        let lower = if from == Bound::Unbounded { dated } else { from };
        all_of(vec![days(starts, lower, Bound::Unbounded), days(ends, dated, to)])
    }
}

/// Tells which kind of document a query asks about.
fn level(query: &Query) -> Level {
    match query {
        Query::All | Query::Words { .. } | Query::Phrase { .. } | Query::Dates { .. } => Level::Any,
        Query::Field { field, value, .. } => field_level(*field, value),
        Query::Actor { field, .. } => match field {
            FieldName::Mentions => Level::Article,
            FieldName::Actor => Level::Mixed,
            _ => Level::Statement,
        },
        // "Has no such statement" is said of an article, "is not such a statement" of a statement.
        Query::Not { of } if level(of) == Level::Any => Level::Any,
        Query::Not { .. } => Level::Mixed,
        Query::And { of } | Query::Or { of } => {
            let mut levels = of.iter().map(level);
            let first = levels.next().unwrap_or(Level::Any);
            if levels.all(|other| other == first) { first } else { Level::Mixed }
        }
    }
}

fn field_level(field: FieldName, value: &str) -> Level {
    match field {
        FieldName::By | FieldName::Stance | FieldName::Act | FieldName::Target | FieldName::Type => Level::Statement,
        FieldName::About => Level::Statement,
        FieldName::Mentions | FieldName::Author | FieldName::Title | FieldName::Text => Level::Article,
        FieldName::Actor => Level::Mixed,
        FieldName::Is => match value.to_lowercase().as_str() {
            "anonymous" | "quoted" | "headline" | "unresolved" => Level::Statement,
            _ => Level::Any,
        },
        FieldName::No => match value.to_lowercase().as_str() {
            "speaker" | "target" => Level::Statement,
            "author" | "mentions" => Level::Article,
            _ => Level::Any,
        },
        FieldName::Source | FieldName::Outlet | FieldName::Cites => Level::Any,
        FieldName::Lang | FieldName::Path | FieldName::Id => Level::Any,
    }
}

/// Tells whether a query has clauses on what something is about, and no others.
fn is_about(query: &Query) -> bool {
    match query {
        Query::Or { of } | Query::And { of } => of.iter().all(is_about),
        other => matches!(other, Query::Field { field: FieldName::About, .. }),
    }
}

/// Returns the clauses that must all hold.
pub fn conjuncts(query: &Query) -> Vec<&Query> {
    match query {
        Query::And { of } => of.iter().flat_map(conjuncts).collect(),
        other => vec![other],
    }
}

pub fn term(field: Field, value: &str) -> Compiled {
    Box::new(TermQuery::new(Term::from_field_text(field, value), IndexRecordOption::Basic))
}

fn scored_term(field: Field, value: &str) -> Compiled {
    Box::new(TermQuery::new(Term::from_field_text(field, value), IndexRecordOption::WithFreqs))
}

/// Returns the documents that contain the words: as typed where `exact`, else each by its stem.
pub fn wanted(field: Field, words: &str, exact: bool) -> Compiled {
    if exact { phrase(field, words) } else { all_words(field, words) }
}

/// Returns the documents that contain every word by its stem; what is written together must stand together.
fn all_words(field: Field, text: &str) -> Compiled {
    let mut parts: Vec<Compiled> = Vec::new();
    for written in text.split_whitespace() {
        match analysis::words(written).as_slice() {
            [] => {}
            [word] => {
                let terms = analysis::stem_terms(word);
                parts.push(any_of(terms.iter().map(|term| scored_term(field, term)).collect()));
            }
            _ => parts.push(phrase(field, written)),
        }
    }
    // Nothing but punctuation was asked for: no text contains it.
    if parts.is_empty() { Box::new(EmptyQuery) } else { all_of(parts) }
}

/// Returns the documents that contain the words side by side, exactly.
fn phrase(field: Field, text: &str) -> Compiled {
    let words = analysis::words(text);
    match words.as_slice() {
        [] => Box::new(EmptyQuery),
        [word] => scored_term(field, &word.plain),
        words => Box::new(PhraseQuery::new(words.iter().map(|w| Term::from_field_text(field, &w.plain)).collect())),
    }
}

fn prefix(field: Field, start: &str) -> Compiled {
    let lower = Bound::Included(Term::from_field_text(field, start));
    let upper = match successor(start) {
        Some(end) => Bound::Excluded(Term::from_field_text(field, &end)),
        None => Bound::Unbounded,
    };
    Box::new(RangeQuery::new(lower, upper))
}

/// Returns the first string after all those that start with `start`.
fn successor(start: &str) -> Option<String> {
    let mut chars: Vec<char> = start.chars().collect();
    while let Some(last) = chars.pop() {
        // Between the last character before the surrogates and the first after them there is none.
        let next = if last == '\u{d7ff}' { Some('\u{e000}') } else { char::from_u32(last as u32 + 1) };
        if let Some(next) = next {
            chars.push(next);
            return Some(chars.into_iter().collect());
        }
    }
    None
}

pub fn unscored(query: Compiled) -> Compiled {
    Box::new(ConstScoreQuery::new(query, 0.0))
}

pub fn all_of(mut parts: Vec<Compiled>) -> Compiled {
    match parts.len() {
        0 => unscored(Box::new(AllQuery)),
        1 => parts.remove(0),
        _ => Box::new(BooleanQuery::intersection(parts)),
    }
}

pub fn any_of(mut parts: Vec<Compiled>) -> Compiled {
    match parts.len() {
        0 => Box::new(EmptyQuery),
        1 => parts.remove(0),
        _ => Box::new(BooleanQuery::union(parts)),
    }
}

pub fn except(base: Compiled, without: Compiled) -> Compiled {
    all_of(vec![unscored(base), unscored(Box::new(Complement { of: without }))])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn successors_follow_every_string_with_the_prefix() {
        let check = |start: &str, expected: Option<&str>| assert_eq!(successor(start).as_deref(), expected);
        check("a/b", Some("a/c"));
        check("a\u{10ffff}", Some("b"));
        check("\u{d7ff}", Some("\u{e000}"));
        check("\u{10ffff}", None);
        check("", None);
    }

    #[test]
    fn tells_articles_from_statements() {
        let field = |field, value: &str| Query::Field { field, value: value.into(), exact: false };
        let both = Query::And { of: vec![field(FieldName::Stance, "oppose"), field(FieldName::Type, "direct")] };
        assert_eq!(level(&both), Level::Statement);
        let mixed = Query::Or { of: vec![both, field(FieldName::Title, "tariffs")] };
        assert_eq!(level(&mixed), Level::Mixed);
        assert_eq!(level(&field(FieldName::Is, "undated")), Level::Any);
    }
}
