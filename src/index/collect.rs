//! What is gathered from matching documents: which articles they belong to, and which values of a column they have.

use std::collections::{BTreeMap, HashSet};

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

use super::fields::columns;

/// Gathers the keys of the articles that the documents belong to.
pub struct Articles;

/// The keys, and how many documents there were.
#[derive(Debug, Default)]
pub struct ArticleKeys {
    pub documents: u64,
    pub keys: HashSet<u64>,
}

impl Collector for Articles {
    type Fruit = ArticleKeys;
    type Child = SegmentArticles;

    fn for_segment(&self, _: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<SegmentArticles> {
        let column = reader.fast_fields().u64(columns::ARTICLE_KEY)?;
        Ok(SegmentArticles { column, last: None, found: ArticleKeys::default() })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, segments: Vec<ArticleKeys>) -> tantivy::Result<ArticleKeys> {
        let mut merged = ArticleKeys::default();
        for segment in segments {
            merged.documents += segment.documents;
            merged.keys.extend(segment.keys);
        }
        Ok(merged)
    }
}

/// `Articles` within one segment.
pub struct SegmentArticles {
    column: Column<u64>,
    /// The documents of an article follow each other.
    last: Option<u64>,
    found: ArticleKeys,
}

impl SegmentCollector for SegmentArticles {
    type Fruit = ArticleKeys;

    fn collect(&mut self, doc: DocId, _: Score) {
        self.found.documents += 1;
        let key = self.column.first(doc);
        if key != self.last {
            self.last = key;
            self.found.keys.extend(key);
        }
    }

    fn harvest(self) -> ArticleKeys {
        self.found
    }
}

/// Counts the values of a text column.
pub struct Values {
    pub column: &'static str,
    /// Counts an article once, however many of its statements have the value.
    pub by_article: bool,
}

/// How often each value occurs.
#[derive(Debug, Default)]
pub struct ValueCounts {
    pub values: BTreeMap<String, u64>,
    /// Documents, or articles, that have a value.
    pub having: u64,
}

impl Collector for Values {
    type Fruit = ValueCounts;
    type Child = SegmentValues;

    fn for_segment(&self, _: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<SegmentValues> {
        let fast = reader.fast_fields();
        Ok(SegmentValues {
            column: fast.str(self.column)?,
            articles: fast.u64(columns::ARTICLE_KEY)?,
            counts: BTreeMap::new(),
            by_article: self.by_article,
            article: None,
            seen: Vec::new(),
            having: 0,
        })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, segments: Vec<tantivy::Result<ValueCounts>>) -> tantivy::Result<ValueCounts> {
        // An article with its statements is written to one segment, so counts by article add up as well.
        let mut merged = ValueCounts::default();
        for segment in segments {
            let segment = segment?;
            merged.having += segment.having;
            for (value, count) in segment.values {
                *merged.values.entry(value).or_default() += count;
            }
        }
        Ok(merged)
    }
}

/// `Values` within one segment.
pub struct SegmentValues {
    column: Option<StrColumn>,
    articles: Column<u64>,
    counts: BTreeMap<u64, u64>,
    by_article: bool,
    /// The article at hand; its documents follow each other, for they are written together.
    article: Option<u64>,
    /// Its values so far.
    seen: Vec<u64>,
    having: u64,
}

impl SegmentCollector for SegmentValues {
    type Fruit = tantivy::Result<ValueCounts>;

    fn collect(&mut self, doc: DocId, _: Score) {
        let Some(column) = &self.column else { return };
        let article = self.articles.first(doc);
        if !self.by_article || article != self.article {
            self.article = article;
            self.seen.clear();
        }
        let first = self.seen.is_empty();
        for value in column.term_ords(doc) {
            if !self.seen.contains(&value) {
                self.seen.push(value);
                *self.counts.entry(value).or_default() += 1;
            }
        }
        if first && !self.seen.is_empty() {
            self.having += 1;
        }
    }

    fn harvest(self) -> tantivy::Result<ValueCounts> {
        let mut values = BTreeMap::new();
        if let Some(column) = &self.column {
            // In one pass: a look-up for each value would unpack a block of the dictionary each time.
            let ordinals: Vec<u64> = self.counts.keys().copied().collect();
            let mut counts = self.counts.values();
            column.dictionary().sorted_ords_to_term_cb(&ordinals, |text| {
                values.insert(String::from_utf8_lossy(text).into_owned(), counts.next().copied().unwrap_or_default());
            })?;
        }
        Ok(ValueCounts { values, having: self.having })
    }
}
