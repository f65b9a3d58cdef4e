//! Quotations that the model left out: said in the same sentence, or going on from the speaker before.

use super::clauses::trimmed;
use super::cue_rule::cue_subject;
use super::find::{Found, Hint};
use crate::extract::actors::Cast;
use crate::extract::annotated::Annotated;
use crate::language::{QuoteSpan, QuoteStyle, TokenRange};
use crate::lexicon::{CueKind, Frame};
use crate::record::FoundBy;

/// Quoted words that are fewer than this are no statement of their own.
const SHORTEST: usize = 4;

/// Returns the statements of a paragraph's quotations that `covered` does not hold.
pub(super) fn quoted(text: &Annotated, cast: &Cast, paragraph: &TokenRange, covered: &[Found]) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    for quote in quotes_within(text, paragraph) {
        let content = trimmed(text, &(quote.first()..quote.close.min(paragraph.end)));
        let words = content.clone().filter(|&i| text.document.word(i).starts_with(char::is_alphanumeric)).count();
        if words < SHORTEST || quote.style == QuoteStyle::Single || is_covered(&content, covered) {
            continue;
        }
        let last = found.last().and_then(|f: &Found| f.content.last()).map_or(paragraph.start, |c| c.end);
        let rest_of_quote = found.last().is_some() && same_speech(text, last, quote.open);
        if rest_of_quote {
            if let Some(before) = found.last_mut() {
                before.content.push(content);
            }
            continue;
        }
        if let Some((source, cue)) = attribution(text, cast, quote, paragraph) {
            found.push(Found::new(Some(source), Some(cue), vec![content], FoundBy::QuoteRule, 0.7));
        } else if stands_alone(text, paragraph, quote) {
            let sure = if covered.is_empty() { 0.6 } else { 0.5 };
            let mut statement = Found::new(None, None, vec![content], FoundBy::ContinuedQuoteRule, sure);
            statement.hint = Some(Hint::LastSpeaker);
            found.push(statement);
        }
    }
    found
}

/// Returns the outermost quotations of a paragraph.
fn quotes_within<'t>(text: &'t Annotated, paragraph: &TokenRange) -> &'t [QuoteSpan] {
    let quotes = &text.document.quotes;
    let first = quotes.partition_point(|q| q.open < paragraph.start);
    let last = quotes.partition_point(|q| q.open < paragraph.end);
    &quotes[first..last]
}

fn is_covered(content: &TokenRange, covered: &[Found]) -> bool {
    let touches = |r: &TokenRange| r.start < content.end && content.start < r.end;
    covered.iter().any(|f| f.content.iter().any(touches))
}

/// Tells whether two quotations are parted by nothing but an attribution: at most a dozen words.
fn same_speech(text: &Annotated, from: usize, to: usize) -> bool {
    let between = from..to;
    between.len() <= 14
        && between.clone().any(|i| text.lexicon.cue_at(&text.words, i).is_some_and(|(c, _)| c.frame != Frame::About))
}

/// The nearest cue outside the quotation in the sentences at its two ends, with its subject.
fn attribution(
    text: &Annotated,
    cast: &Cast,
    quote: &QuoteSpan,
    paragraph: &TokenRange,
) -> Option<(TokenRange, TokenRange)> {
    let end = quote.close.min(paragraph.end - 1);
    let after = (end + 1).min(paragraph.end)
        ..text.sentence_of(end).end.max(next_clause(text, end, paragraph)).min(paragraph.end);
    let before = text.sentence_of(quote.open).start..quote.open;
    let outside = |r: TokenRange| r.filter(|&i| !text.document.tokens[i].quoted).collect::<Vec<_>>();
    let cue_near = |places: Vec<usize>| {
        places.into_iter().find_map(|i| {
            let (cue, length) = text.lexicon.cue_at(&text.words, i)?;
            let speaks = cue.kind == CueKind::Verb && cue.frame != Frame::About && cue.strength >= 2
                || cue.expression == "according to";
            if !speaks {
                return None;
            }
            cue_subject(text, cast, i..i + length).map(|source| (source, i..i + length))
        })
    };
    cue_near(outside(after)).or_else(|| cue_near(outside(before).into_iter().rev().collect()))
}

/// A sentence that ends inside the marks may be followed by its attribution: `“Why?” he asked.`
fn next_clause(text: &Annotated, close: usize, paragraph: &TokenRange) -> usize {
    let next = close + 1;
    if next >= paragraph.end { paragraph.end } else { text.sentence_of(next).end.min(next + 12) }
}

/// Tells whether nothing but the quotation and marks stands in the paragraph, or it opens the paragraph.
fn stands_alone(text: &Annotated, paragraph: &TokenRange, quote: &QuoteSpan) -> bool {
    let outside = (paragraph.start..quote.open).chain((quote.close + 1).min(paragraph.end)..paragraph.end);
    let words = outside
        .filter(|&i| !text.document.tokens[i].quoted && text.document.word(i).starts_with(char::is_alphanumeric))
        .count();
    words == 0
}
