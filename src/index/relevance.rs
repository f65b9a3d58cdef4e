//! The order of statements by relevance: how well the words that are asked for fit, and how sure the statement is.

use tantivy::collector::sort_key::NaturalComparator;
use tantivy::collector::{SegmentSortKeyComputer, SortKeyComputer};
use tantivy::columnar::Column;
use tantivy::{DocId, Score, SegmentReader};

use super::fields::columns;

/// Sorts statements by their relevance.
pub struct SortByRelevance;

/// The same in one segment.
pub struct SegmentRelevance {
    confidence: Column<f64>,
}

impl SortKeyComputer for SortByRelevance {
    type SortKey = Score;
    type Child = SegmentRelevance;
    type Comparator = NaturalComparator;

    fn requires_scoring(&self) -> bool {
        true
    }

    fn segment_sort_key_computer(&self, segment: &SegmentReader) -> tantivy::Result<SegmentRelevance> {
        Ok(SegmentRelevance { confidence: segment.fast_fields().f64(columns::CONFIDENCE)? })
    }
}

impl SegmentSortKeyComputer for SegmentRelevance {
    type SortKey = Score;
    type SegmentSortKey = Score;
    type SegmentComparator = NaturalComparator;

    fn segment_sort_key(&mut self, document: DocId, similarity: Score) -> Score {
        relevance(similarity, self.confidence.first(document).unwrap_or_default() as f32)
    }

    fn convert_segment_sort_key(&self, relevance: Score) -> Score {
        relevance
    }
}

/// Returns the relevance of a statement; where no words are asked for, similarity is 0 and the surest come first. The root is
/// what of seven powers put most right answers among the first ten and twenty of ten questions (docs/accuracy.md).
fn relevance(similarity: Score, confidence: f32) -> Score {
    confidence * (1.0 + similarity).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sure_statements_and_fitting_words_come_first() {
        assert!(relevance(0.0, 0.9) > relevance(0.0, 0.3), "no words: the surer one");
        assert!(relevance(8.0, 0.5) > relevance(4.0, 0.5), "as sure: the one that fits better");
        assert!(relevance(8.0, 0.8) > relevance(12.0, 0.2), "a little better does not outweigh a guess");
    }
}
