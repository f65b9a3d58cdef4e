//! Statements that stand in several articles: which documents are one statement, and how many there are.

use std::collections::HashSet;
use std::hash::BuildHasherDefault;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::Column;
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader};

use super::fields::columns;
use super::hashing::KeyHasher;

/// The fingerprints of all documents, by segment; `None` where a segment has none.
pub struct Fingerprints {
    segments: Vec<Option<Column<u64>>>,
}

impl Fingerprints {
    /// Opens the column of every segment.
    pub fn of(engine: &tantivy::Searcher) -> tantivy::Result<Fingerprints> {
        let column = |segment: &SegmentReader| segment.fast_fields().column_opt(columns::FINGERPRINT);
        Ok(Fingerprints { segments: engine.segment_readers().iter().map(column).collect::<tantivy::Result<_>>()? })
    }

    /// Returns a document's fingerprint.
    pub fn get(&self, address: DocAddress) -> Option<u64> {
        self.segments[address.segment_ord as usize].as_ref()?.first(address.doc_id)
    }

    /// Keeps of each statement the first document, and those that have no fingerprint.
    pub fn firsts(&self, found: &mut Vec<(Score, DocAddress)>) {
        let mut seen = HashSet::new();
        found.retain(|&(_, address)| self.get(address).is_none_or(|fingerprint| seen.insert(fingerprint)));
    }
}

/// Counts the documents that are the same statement as another one that matches.
pub struct Repeats;

/// `Repeats` within one segment.
pub struct SegmentRepeats {
    column: Option<Column<u64>>,
    found: Vec<u64>,
}

impl Collector for Repeats {
    type Fruit = u64;
    type Child = SegmentRepeats;

    fn for_segment(&self, _: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<SegmentRepeats> {
        let column = reader.fast_fields().column_opt(columns::FINGERPRINT)?;
        Ok(SegmentRepeats { column, found: Vec::new() })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, segments: Vec<Vec<u64>>) -> tantivy::Result<u64> {
        let all: usize = segments.iter().map(Vec::len).sum();
        let mut different: HashSet<u64, BuildHasherDefault<KeyHasher>> = HashSet::default();
        different.reserve(all);
        different.extend(segments.into_iter().flatten());
        Ok((all - different.len()) as u64)
    }
}

impl SegmentCollector for SegmentRepeats {
    type Fruit = Vec<u64>;

    fn collect(&mut self, doc: DocId, _: Score) {
        self.found.extend(self.column.as_ref().and_then(|column| column.first(doc)));
    }

    fn harvest(self) -> Vec<u64> {
        self.found
    }
}
