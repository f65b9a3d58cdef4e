//! What the training programs need of extraction: the features of statements whose spans are given.

use super::annotated::Annotated;
use super::stance::{self, Evidence};
use super::statements::{Found, quotation};
use crate::lexicon::Lexicon;
use crate::record::{FoundBy, Span};

/// Where a labelled statement stands in its article's text.
#[derive(Debug, Clone, Default)]
pub struct LabelledSpans {
    pub speaker: Vec<Span>,
    pub cue: Vec<Span>,
    pub content: Vec<Span>,
}

/// Returns the features that the stance model weighs, for each statement of a text; empty where a content is empty.
pub fn stance_features(text: &str, statements: &[LabelledSpans], lexicon: &Lexicon) -> Vec<Vec<u64>> {
    let text = Annotated::new(text, lexicon);
    let features = |spans: &LabelledSpans| {
        let first = |spans: &[Span]| spans.first().map(|&s| text.document.tokens_of(s)).filter(|r| !r.is_empty());
        let content: Vec<_> =
            spans.content.iter().map(|&s| text.document.tokens_of(s)).filter(|r| !r.is_empty()).collect();
        if content.is_empty() {
            return Vec::new();
        }
        let found = Found::new(first(&spans.speaker), first(&spans.cue), content, FoundBy::Tagger, 1.0);
        stance::features(&text, &found, quotation(&text, &found), &Evidence::of(&text, &found))
    };
    statements.iter().map(features).collect()
}
