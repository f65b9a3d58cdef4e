//! What is gathered from matching documents: which articles they belong to, and which values of a column they have.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

use super::article_runs::{ArticleKeys, article_starts};
use super::fields::columns;
use super::own::{Own, OwnValues};

/// Gathers the articles that the documents belong to.
pub struct Articles;

/// The articles, and how many documents there were.
#[derive(Debug, Default)]
pub struct FoundArticles {
    pub documents: u64,
    pub keys: ArticleKeys,
}

impl Collector for Articles {
    type Fruit = FoundArticles;
    type Child = SegmentArticles;

    fn for_segment(&self, _: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<SegmentArticles> {
        let column = reader.fast_fields().u64(columns::ARTICLE_KEY)?;
        Ok(SegmentArticles { column, last: None, found: FoundArticles::default() })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, segments: Vec<FoundArticles>) -> tantivy::Result<FoundArticles> {
        let mut merged = FoundArticles::default();
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
    found: FoundArticles,
}

impl SegmentCollector for SegmentArticles {
    type Fruit = FoundArticles;

    fn collect(&mut self, doc: DocId, _: Score) {
        self.found.documents += 1;
        let key = self.column.first(doc);
        if key != self.last {
            self.last = key;
            self.found.keys.extend(key);
        }
    }

    fn harvest(self) -> FoundArticles {
        self.found
    }
}

/// Counts the values of text columns, all in one pass.
pub struct Values<'a> {
    pub columns: Vec<&'static str>,
    /// Counts an article once, however many of its statements have the value.
    pub by_article: bool,
    /// What statements have in the place of what was read.
    pub own: &'a Own,
}

/// How often each value of a column occurs.
#[derive(Debug, Clone, Default)]
pub struct ValueCounts {
    pub values: BTreeMap<String, u64>,
    /// Documents, or articles, that have a value.
    pub having: u64,
}

impl Collector for Values<'_> {
    /// In the order of the columns.
    type Fruit = Vec<ValueCounts>;
    type Child = SegmentValues;

    fn for_segment(&self, _: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<SegmentValues> {
        let fast = reader.fast_fields();
        let columns = self.columns.iter().map(|name| -> tantivy::Result<Option<SegmentColumn>> {
            let own = self.own.values(name, reader.segment_id());
            let column = fast.str(name)?;
            let has_values = column.is_some() || !own.is_empty();
            has_values.then(|| SegmentColumn::new(column, own)).transpose()
        });
        let starts = if self.by_article { article_starts(reader)? } else { Vec::new() };
        Ok(SegmentValues {
            columns: columns.collect::<tantivy::Result<_>>()?,
            by_article: self.by_article,
            starts,
            next: 0,
            number: 0,
            numbers: Vec::new(),
        })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, segments: Vec<tantivy::Result<Vec<ValueCounts>>>) -> tantivy::Result<Vec<ValueCounts>> {
        // An article with its statements is written to one segment, so counts by article add up as well.
        let mut merged = vec![ValueCounts::default(); self.columns.len()];
        for segment in segments {
            for (merged, counts) in merged.iter_mut().zip(segment?) {
                merged.having += counts.having;
                for (value, count) in counts.values {
                    *merged.values.entry(value).or_default() += count;
                }
            }
        }
        Ok(merged)
    }
}

/// `Values` within one segment.
pub struct SegmentValues {
    /// `None` where no document of the segment has a value.
    columns: Vec<Option<SegmentColumn>>,
    by_article: bool,
    /// Where the documents of each article begin, if articles are counted.
    starts: Vec<DocId>,
    /// The first of `starts` behind the document at hand.
    next: usize,
    /// The number of the document or article at hand, from 1 on.
    number: u32,
    /// Of each document of a block, in their order.
    numbers: Vec<u32>,
}

/// The counts of one column.
struct SegmentColumn {
    /// `None` where only the user's file gives values.
    column: Option<StrColumn>,
    /// By the value's ordinal.
    counts: Vec<u64>,
    /// The number of the document or article in which each value was counted last.
    counted_in: Vec<u32>,
    /// The same for any value.
    had_in: u32,
    having: u64,
    block: Block,
    /// What documents have instead or besides, in their order; ordinals behind the column's are those of `added`.
    own: Vec<OwnOrdinals>,
    /// The first of `own` that is not behind the document at hand.
    next_own: usize,
    added: Vec<String>,
}

/// Ordinals that a document has by the user's file.
struct OwnOrdinals {
    doc: DocId,
    values: Arc<[usize]>,
    replace: bool,
}

/// The values of a block of documents.
#[derive(Default)]
struct Block {
    /// A document for each value.
    docs: Vec<DocId>,
    rows: Vec<u32>,
    values: Vec<u64>,
}

impl SegmentCollector for SegmentValues {
    type Fruit = tantivy::Result<Vec<ValueCounts>>;

    fn collect(&mut self, doc: DocId, _: Score) {
        self.collect_block(&[doc]);
    }

    fn collect_block(&mut self, docs: &[DocId]) {
        self.numbers.clear();
        for &doc in docs {
            let first = self.next;
            while self.starts.get(self.next).is_some_and(|&start| start <= doc) {
                self.next += 1;
            }
            if !self.by_article || self.next > first {
                self.number += 1;
            }
            self.numbers.push(self.number);
        }
        for column in self.columns.iter_mut().flatten() {
            column.count(docs, &self.numbers);
        }
    }

    fn harvest(self) -> tantivy::Result<Vec<ValueCounts>> {
        let counts = |column: Option<SegmentColumn>| column.map_or(Ok(ValueCounts::default()), SegmentColumn::named);
        self.columns.into_iter().map(counts).collect()
    }
}

impl SegmentColumn {
    fn new(column: Option<StrColumn>, own: &[OwnValues]) -> tantivy::Result<SegmentColumn> {
        let mut added = Vec::new();
        let mut known: HashMap<&Arc<[String]>, Arc<[usize]>> = HashMap::new();
        let mut ordinals = Vec::with_capacity(own.len());
        for OwnValues { doc, values, replace } in own {
            if !known.contains_key(values) {
                let own = values
                    .iter()
                    .map(|value| ordinal(column.as_ref(), &mut added, value))
                    .collect::<tantivy::Result<_>>()?;
                known.insert(values, own);
            }
            ordinals.push(OwnOrdinals { doc: *doc, values: known[values].clone(), replace: *replace });
        }
        let values = terms(column.as_ref()) + added.len();
        let (counts, counted_in) = (vec![0; values], vec![0; values]);
        let block = Block::default();
        Ok(SegmentColumn { column, counts, counted_in, had_in: 0, having: 0, block, own: ordinals, next_own: 0, added })
    }

    /// Counts the values of a block of documents; those of one number count a value once.
    fn count(&mut self, docs: &[DocId], numbers: &[u32]) {
        let Block { docs: docs_of_values, rows, values } = &mut self.block;
        docs_of_values.clear();
        rows.clear();
        values.clear();
        if let Some(column) = &self.column {
            let ordinals = column.ords();
            ordinals.row_ids_for_docs(docs, docs_of_values, rows);
            values.resize(rows.len(), 0);
            ordinals.values.get_vals(rows, values);
        }
        let mut found = docs_of_values.iter().zip(&*values).peekable();
        let (counts, counted_in) = (&mut self.counts, &mut self.counted_in);
        for (&doc, &number) in docs.iter().zip(numbers) {
            while self.own.get(self.next_own).is_some_and(|own| own.doc < doc) {
                self.next_own += 1;
            }
            let own = self.own.get(self.next_own).filter(|own| own.doc == doc);
            let mut count = |value: usize| {
                if self.had_in != number {
                    self.had_in = number;
                    self.having += 1;
                }
                if counted_in[value] != number {
                    counted_in[value] = number;
                    counts[value] += 1;
                }
            };
            let replaced = own.is_some_and(|own| own.replace);
            while let Some((_, &value)) = found.next_if(|&(&of, _)| of == doc) {
                if !replaced {
                    count(value as usize);
                }
            }
            own.iter().flat_map(|own| own.values.iter()).for_each(|&value| count(value));
        }
    }

    /// Returns the counts by the values' texts.
    fn named(self) -> tantivy::Result<ValueCounts> {
        let mut values = BTreeMap::new();
        let (own, added) = self.counts.split_at(terms(self.column.as_ref()));
        if let Some(column) = &self.column {
            // In one pass: a look-up for each value would unpack a block of the dictionary each time.
            let counted: Vec<u64> = (0..).zip(own).filter(|&(_, &count)| count > 0).map(|(value, _)| value).collect();
            let mut counts = counted.iter().map(|&value| own[value as usize]);
            column.dictionary().sorted_ords_to_term_cb(&counted, |text| {
                values.insert(String::from_utf8_lossy(text).into_owned(), counts.next().unwrap_or_default());
            })?;
        }
        let added = self.added.into_iter().zip(added);
        values.extend(added.filter(|(_, count)| **count > 0).map(|(value, &count)| (value, count)));
        Ok(ValueCounts { values, having: self.having })
    }
}

/// Returns how many values a column knows.
fn terms(column: Option<&StrColumn>) -> usize {
    column.map_or(0, |column| column.num_terms())
}

/// Returns the ordinal of a value; one that the column does not know is added behind its own.
fn ordinal(column: Option<&StrColumn>, added: &mut Vec<String>, value: &str) -> tantivy::Result<usize> {
    if let Some(column) = column
        && let Some(known) = column.dictionary().term_ord(value)?
    {
        return Ok(known as usize);
    }
    let place = added.iter().position(|other| other == value).unwrap_or_else(|| {
        added.push(value.to_string());
        added.len() - 1
    });
    Ok(terms(column) + place)
}
