//! Labels the tokens of a paragraph as source, cue and content, by the features of words and their neighbours.

use super::crf::{LABELS, TaggedSpan, Transitions, probabilities, spans_of, viterbi};
use super::features::{CueClasses, TokenFeatures, WINDOW, features_of};
use super::table::{Sums, WIDTH, WeightTable};
use crate::language::{Document, TokenRange};

const _: () = assert!(LABELS == WIDTH);

/// The labeller with its weights.
#[derive(Debug, Clone)]
pub struct Tagger {
    pub table: WeightTable,
    /// One unit of the table's weights in log odds.
    pub scale: f32,
    pub transitions: Transitions,
    pub classes: CueClasses,
}

impl Tagger {
    /// Returns the spans of all roles in the paragraph, in order.
    pub fn tag(&self, document: &Document, paragraph: TokenRange) -> Vec<TaggedSpan> {
        let mut found = Vec::new();
        let mut features = TokenFeatures::default();
        let mut from = paragraph.start;
        while from < paragraph.end {
            let run = from..paragraph.end.min(from + WINDOW);
            features_of(document, run.clone(), &self.classes, &mut features);
            let scores = self.scores(&features);
            let labels = viterbi(&scores, &self.transitions);
            if labels.iter().any(|&l| l != 0) {
                let sure = probabilities(&scores, &self.transitions, &labels);
                found.extend(spans_of(&labels, &sure, run.start));
            }
            from = run.end;
        }
        found
    }

    fn scores(&self, features: &TokenFeatures) -> Vec<[f32; LABELS]> {
        (0..features.len())
            .map(|i| {
                let mut sums = Sums::default();
                for &hash in features.of(i) {
                    self.table.add(hash, &mut sums);
                }
                sums.labels().map(|s| f32::from(s) * self.scale)
            })
            .collect()
    }
}
