//! Quotations that the model left out: said in the same sentence, or going on from the speaker before.

use super::clauses::{subject_of, trimmed};
use super::cue_rule::cue_subject;
use super::find::{Found, Hint};
use crate::extract::actors::Cast;
use crate::extract::annotated::Annotated;
use crate::language::{QuoteSpan, QuoteStyle, TokenRange};
use crate::lexicon::{CueKind, Frame, NameWord};
use crate::record::FoundBy;

/// Quoted words that are fewer than this are no statement of their own.
const SHORTEST: usize = 4;

/// Adds the statements of a paragraph's quotations that `found` does not hold.
pub(super) fn add_quoted(text: &Annotated, cast: &Cast, paragraph: &TokenRange, found: &mut Vec<Found>) {
    let by_model = found.len();
    for quote in quotes_within(text, paragraph) {
        let content = trimmed(text, &(quote.first()..quote.close.min(paragraph.end)));
        let words = content.clone().filter(|&i| text.document.word(i).starts_with(char::is_alphanumeric)).count();
        let too_short = words < SHORTEST || quote.style == QuoteStyle::Single;
        if too_short || is_covered(&content, found) || is_title(text, &content) {
            continue;
        }
        if let Some(before) = speech_before(text, quote, found) {
            before.content.push(content);
            continue;
        }
        if let Some((source, cue)) = attribution(text, cast, quote, paragraph) {
            found.push(Found::new(Some(source), Some(cue), vec![content], FoundBy::QuoteRule, 0.7));
        } else if stands_alone(text, paragraph, quote) {
            let sure = if by_model == 0 { 0.6 } else { 0.5 };
            let mut statement = Found::new(None, None, vec![content], FoundBy::ContinuedQuoteRule, sure);
            statement.hint = Some(Hint::LastSpeaker);
            found.push(statement);
        }
    }
}

/// Gives a quotation that opens a paragraph without a source to whoever the paragraph before it leads in: `Doe added:`.
pub(super) fn lead_in(text: &Annotated, cast: &Cast, before: &TokenRange, paragraph: &TokenRange, found: &mut Found) {
    let opens = found.start() <= paragraph.start + 1 && text.document.tokens[paragraph.start].quoted;
    let leads_in = text.document.word(before.end - 1) == ":";
    if !opens || !leads_in || found.hint != Some(Hint::LastSpeaker) {
        return;
    }
    let sentence = text.sentence_of(before.end - 1).clone();
    let spoken = sentence.clone().rev().find_map(|at| {
        let (cue, length) = text.lexicon.cue_at(&text.words, at)?;
        let speaks = cue.kind == CueKind::Verb && cue.frame != Frame::About;
        let source = subject_of(text, cast, at).filter(|_| speaks)?;
        Some((source, at..at + length))
    });
    if let Some((source, cue)) = spoken {
        found.source = Some(source);
        found.cue = Some(cue);
        found.hint = None;
        found.found_by = FoundBy::QuoteRule;
        found.sure = found.sure.max(0.7);
    }
}

/// `“State of the Union”`, `“The Long Way Home”`: the name of a broadcast, a book or a day.
fn is_title(text: &Annotated, content: &TokenRange) -> bool {
    content
        .clone()
        .filter(|&i| text.document.word(i).starts_with(char::is_alphabetic))
        .all(|i| text.is_capital(i) || text.lexicon.name_word(text.lower(i)) == Some(NameWord::Function))
        && content.clone().filter(|&i| text.is_capital(i)).count() > 1
}

/// The statement whose quotation nothing but an attribution parts from this one.
fn speech_before<'f>(text: &Annotated, quote: &QuoteSpan, found: &'f mut [Found]) -> Option<&'f mut Found> {
    let last_end = |f: &Found| f.content.last().map(|c| c.end).filter(|&end| end <= quote.open);
    let before = found.iter_mut().filter(|f| last_end(f).is_some()).max_by_key(|f| last_end(f))?;
    let end = last_end(before)?;
    (text.document.tokens[end - 1].quoted && same_speech(text, end, quote.open)).then_some(before)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::testing::{annotated, article, lines};

    /// What the rule makes of the first paragraph alone, as `speaker | content … content`.
    #[track_caller]
    fn check(paragraph: &str, expected: &[&str]) {
        let made = annotated(paragraph, |text, cast| {
            let words = |range: &TokenRange| text.document.slice(range).to_string();
            let mut found = Vec::new();
            add_quoted(text, cast, &text.document.paragraphs[0], &mut found);
            let line = |f: &Found| {
                let content: Vec<String> = f.content.iter().map(words).collect();
                format!("{} | {}", f.source.as_ref().map(words).unwrap_or_default(), content.join(" … "))
            };
            found.iter().map(line).collect::<Vec<_>>()
        });
        assert_eq!(made, expected, "{paragraph}");
    }

    #[test]
    fn a_quotation_parted_by_its_attribution_is_one() {
        check(
            "“Every time you raise the toll,” Jane Doe said, “you lose a boat to the next port.”",
            &["Jane Doe | Every time you raise the toll … you lose a boat to the next port"],
        );
    }

    #[test]
    fn titles_in_quotation_marks_are_not_said() {
        check("Jane Doe said on “The Harbour Morning Show” that the toll was unfair.", &[]);
        check("Jane Doe said “the harbour morning was long”.", &["Jane Doe | the harbour morning was long"]);
    }

    #[test]
    fn the_paragraph_before_a_quotation_leads_in_to_it() {
        let led = article(
            "",
            "The council met on Monday.\n\nMayor Jane Doe added:\n\n“The toll is unfair to every one of us here.”",
        );
        let said = lines(&led);
        assert_eq!(said, ["Mayor Jane Doe | added | The toll is unfair to every one of us here"]);
    }
}
