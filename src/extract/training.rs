//! What the training programs need of extraction: what the stance models see of statements whose spans are given.

use super::actors::{Cast, Counting, Resolver};
use super::annotated::Annotated;
use super::stance::{self, Evidence};
use super::statements::{Found, quotation};
use super::target::{Asked, Targets};
use crate::language::TokenRange;
use crate::lexicon::Lexicon;
use crate::model::PassagePart;
use crate::record::{FoundBy, Span, Stance};

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
        let Some(found) = located(&text, spans) else { return Vec::new() };
        stance::features(&text, &found, quotation(&text, &found), &Evidence::of(&text, &found))
    };
    statements.iter().map(features).collect()
}

/// A word of a passage: as written, whether it is quoted, and which part of the statement it belongs to.
pub type MarkedWord = (String, bool, PassagePart);

/// Returns the passages that the encoder reads, for each statement of a text; empty where a content is empty.
pub fn stance_passages(text: &str, statements: &[LabelledSpans], lexicon: &Lexicon) -> Vec<Vec<MarkedWord>> {
    let text = Annotated::new(text, lexicon);
    let marked = |spans: &LabelledSpans| {
        let Some(found) = located(&text, spans) else { return Vec::new() };
        stance::passage(&text, &found).into_iter().map(|word| (word.text.to_string(), word.quoted, word.part)).collect()
    };
    statements.iter().map(marked).collect()
}

/// A phrase that a stance may be about, as a target is written, with the names of what holds of it.
pub type TargetCandidate = (String, Vec<&'static str>);

/// Returns the phrases among which a target is chosen, for each statement of a text with its stance; none where a content is empty
/// or no side is taken.
pub fn target_candidates(
    text: &str,
    statements: &[(LabelledSpans, Stance)],
    lexicon: &Lexicon,
) -> Vec<Vec<TargetCandidate>> {
    let text = Annotated::new(text, lexicon);
    let counting = Counting::of(&text, None, None);
    let cast = Cast::of(&text, counting);
    let resolver = Resolver::new(&text, &cast, counting);
    let mut targets = Targets::of(&text, &cast);
    let mut candidates = |(spans, stance): &(LabelledSpans, Stance)| {
        let Some(found) = located(&text, spans).filter(|_| *stance != Stance::Neutral) else { return Vec::new() };
        let speaker = match &found.source {
            Some(source) => resolver.resolve(source, found.start()),
            None => resolver.implied(found.start(), None),
        };
        let signs = stance::signs(&text, &Evidence::of(&text, &found));
        let asked =
            Asked { found: &found, stance: *stance, signs: &signs, speaker: &speaker.actor, person: speaker.person };
        let considered = targets.considered(&asked);
        targets.target(&asked);
        considered
    };
    statements.iter().map(&mut candidates).collect()
}

/// The statement as tokens, unless its content is empty.
fn located(text: &Annotated, spans: &LabelledSpans) -> Option<Found> {
    let tokens = |spans: &[Span]| -> Vec<TokenRange> {
        spans.iter().map(|&s| text.document.tokens_of(s)).filter(|r| !r.is_empty()).collect()
    };
    let first = |spans: &[Span]| tokens(spans).into_iter().next();
    let content = tokens(&spans.content);
    (!content.is_empty()).then(|| Found::new(first(&spans.speaker), first(&spans.cue), content, FoundBy::Tagger, 1.0))
}
