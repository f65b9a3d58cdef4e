//! A query that matches whatever belongs to one of a set of articles: the bridge between articles and statements.

use std::collections::HashSet;
use std::sync::Arc;

use tantivy::query::{BitSetDocSet, ConstScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{BitSet, DocId, Score, SegmentReader, TantivyError};

use super::fields::columns;

/// Matches the documents of these articles, by `article_key`.
#[derive(Debug, Clone)]
pub struct ArticleSet {
    pub keys: Arc<HashSet<u64>>,
}

impl Query for ArticleSet {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(ArticleSetWeight { keys: self.keys.clone() }))
    }
}

struct ArticleSetWeight {
    keys: Arc<HashSet<u64>>,
}

impl Weight for ArticleSetWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let column = reader.fast_fields().u64(columns::ARTICLE_KEY)?;
        let mut matching = BitSet::with_max_value(reader.max_doc());
        if !self.keys.is_empty() {
            for doc in 0..reader.max_doc() {
                if column.first(doc).is_some_and(|key| self.keys.contains(&key)) {
                    matching.insert(doc);
                }
            }
        }
        Ok(Box::new(ConstScorer::new(BitSetDocSet::from(matching), boost)))
    }

    fn explain(&self, _: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        Err(TantivyError::InvalidArgument(format!("no explanation of document {doc}: membership does not score")))
    }
}
