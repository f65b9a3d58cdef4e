//! Queries that settle a whole segment at once: what belongs to a set of articles, what was looked up before, and what a query
//! leaves out.

use std::collections::HashMap;
use std::sync::Arc;

use tantivy::index::SegmentId;
use tantivy::query::{BitSetDocSet, ConstScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{BitSet, DocAddress, DocId, DocSet, Score, Searcher, SegmentReader, TERMINATED, TantivyError};

use super::article_runs::{ArticleKeys, article_starts};
use super::fields::columns;

/// Matches the documents of these articles, by `article_key`: the bridge between articles and statements.
#[derive(Debug, Clone)]
pub struct ArticleSet {
    pub keys: Arc<ArticleKeys>,
}

impl Query for ArticleSet {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(ArticleSetWeight { keys: self.keys.clone() }))
    }
}

struct ArticleSetWeight {
    keys: Arc<ArticleKeys>,
}

impl Weight for ArticleSetWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let column = reader.fast_fields().u64(columns::ARTICLE_KEY)?;
        let mut matching = BitSet::with_max_value(reader.max_doc());
        if !self.keys.is_empty() {
            let starts = article_starts(reader)?;
            let ends = starts.iter().skip(1).copied().chain([reader.max_doc()]);
            for (&start, end) in starts.iter().zip(ends) {
                if column.first(start).is_some_and(|key| self.keys.contains(&key)) {
                    for doc in start..end {
                        matching.insert(doc);
                    }
                }
            }
        }
        Ok(Box::new(ConstScorer::new(BitSetDocSet::from(matching), boost)))
    }

    fn explain(&self, _: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        Err(does_not_score(doc))
    }
}

/// Matches documents that were looked up before, in the same state of the index.
#[derive(Debug, Clone, Default)]
pub struct DocumentSet {
    /// In the order of their numbers.
    documents: Arc<HashMap<SegmentId, Vec<DocId>>>,
}

impl DocumentSet {
    /// Makes a set of documents of the searcher.
    pub fn new(mut addresses: Vec<DocAddress>, searcher: &Searcher) -> DocumentSet {
        addresses.sort_unstable();
        let mut documents: HashMap<SegmentId, Vec<DocId>> = HashMap::new();
        for address in addresses {
            let segment = searcher.segment_reader(address.segment_ord).segment_id();
            documents.entry(segment).or_default().push(address.doc_id);
        }
        DocumentSet { documents: Arc::new(documents) }
    }

    /// Tells whether there are none.
    pub fn is_empty(&self) -> bool {
        self.documents.is_empty()
    }
}

impl Query for DocumentSet {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(DocumentSetWeight { documents: self.documents.clone() }))
    }
}

struct DocumentSetWeight {
    documents: Arc<HashMap<SegmentId, Vec<DocId>>>,
}

impl Weight for DocumentSetWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let mut matching = BitSet::with_max_value(reader.max_doc());
        for &doc in self.documents.get(&reader.segment_id()).into_iter().flatten() {
            matching.insert(doc);
        }
        Ok(Box::new(ConstScorer::new(BitSetDocSet::from(matching), boost)))
    }

    fn explain(&self, _: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        Err(does_not_score(doc))
    }
}

/// Matches what the query does not.
///
/// tantivy's own exclusion moves the excluded scorer backwards, which its phrase scorer does not allow.
#[derive(Debug)]
pub struct Complement {
    pub of: Box<dyn Query>,
}

impl Clone for Complement {
    fn clone(&self) -> Complement {
        Complement { of: self.of.box_clone() }
    }
}

impl Query for Complement {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(ComplementWeight { of: self.of.weight(scoring)? }))
    }
}

struct ComplementWeight {
    of: Box<dyn Weight>,
}

impl Weight for ComplementWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let mut rest = BitSet::with_max_value_and_full(reader.max_doc());
        let mut excluded = self.of.scorer(reader, boost)?;
        while excluded.doc() != TERMINATED {
            rest.remove(excluded.doc());
            excluded.advance();
        }
        Ok(Box::new(ConstScorer::new(BitSetDocSet::from(rest), boost)))
    }

    fn explain(&self, _: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        Err(does_not_score(doc))
    }
}

fn does_not_score(doc: DocId) -> TantivyError {
    TantivyError::InvalidArgument(format!("no explanation of document {doc}: membership does not score"))
}
