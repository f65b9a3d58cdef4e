//! Reads clauses around a cue: its subject to the left, what it is about to the right.

use crate::extract::actors::Cast;
use crate::extract::annotated::Annotated;
use crate::language::TokenRange;
use crate::lexicon::{NameWord, WordClass};

/// Returns the range without quotation marks, commas and stops at its ends.
pub(crate) fn trimmed(text: &Annotated, range: &TokenRange) -> TokenRange {
    let edge = |i: usize| {
        !text.document.word(i).starts_with(|c: char| c.is_alphanumeric() || matches!(c, '$' | '€' | '£' | '#' | '@'))
    };
    let mut range = range.clone();
    while !range.is_empty() && edge(range.start) {
        range.start += 1;
    }
    while !range.is_empty() && edge(range.end - 1) && !closes_abbreviation(text, range.end - 1, range.start) {
        range.end -= 1;
    }
    range
}

/// The stop of `U.S.` belongs to the word.
fn closes_abbreviation(text: &Annotated, at: usize, start: usize) -> bool {
    at > start
        && text.document.word(at) == "."
        && !text.document.gap_before(at)
        && text.document.word(at - 1).contains('.')
}

/// Tells whether the token may stand between a subject and its verb.
fn is_before_verb(text: &Annotated, at: usize) -> bool {
    let word = text.lower(at);
    text.is(at, WordClass::BeforeVerb) || word.ends_with("ly") && word.len() > 4
}

fn breaks_phrase(text: &Annotated, at: usize) -> bool {
    text.is(at, WordClass::PhraseEnd)
        || matches!(text.lower(at), "," | "." | ";" | ":" | "—" | "–" | "(" | ")" | "“" | "”" | "\"" | "‘")
}

/// Tells whether a noun phrase ends before the token; what stands inside a name (`the U.N.`) does not end it.
fn ends_phrase(text: &Annotated, at: usize) -> bool {
    (breaks_phrase(text, at) || is_dash(text, at)) && text.name_at(at).is_none()
}

/// A hyphen after white space is a dash: that of a dateline or of an item of a list.
fn is_dash(text: &Annotated, at: usize) -> bool {
    text.document.word(at) == "-" && text.document.gap_before(at)
}

/// Returns the noun phrase that is the subject of the verb at `verb`, if it names somebody who can speak.
pub(super) fn subject_of(text: &Annotated, cast: &Cast, verb: usize) -> Option<TokenRange> {
    let sentence = text.sentence_of(verb).clone();
    let mut end = verb;
    loop {
        while end > sentence.start && is_before_verb(text, end - 1) {
            end -= 1;
        }
        let before = before_time(text, sentence.start, end);
        if before == end {
            break;
        }
        end = before;
    }
    if end > sentence.start && text.lower(end - 1) == "," {
        end = before_apposition(text, &sentence, end - 1)?;
    }
    let mut start = end;
    while start > sentence.start && end - start < 12 && !ends_phrase(text, start - 1) {
        start -= 1;
    }
    start = (start..end).find(|&i| !is_opener(text, i)).unwrap_or(end);
    let range = start..end;
    speaks(text, cast, &range).then_some(range)
}

/// Where the words begin that say when: `on Thursday`, `, on March 10,`, `this week`; `end` where there are none.
pub(super) fn before_time(text: &Annotated, from: usize, end: usize) -> usize {
    let word = |i: usize| if i >= from { text.lower(i) } else { "" };
    let is_period = |i: usize| i >= from && text.is(i, WordClass::Period);
    let is_number = |i: usize| word(i).starts_with(|c: char| c.is_ascii_digit());
    let is_day = |i: usize| text.lexicon.name_word(word(i)) == Some(NameWord::Time);
    let last = if end > from && word(end - 1) == "," { end - 1 } else { end };
    let mut at = last;
    let mut says_when = false;
    while at > from && (is_day(at - 1) || is_period(at - 1) || is_number(at - 1)) {
        at -= 1;
        let relative = at > from && text.is(at - 1, WordClass::RelativeTime);
        says_when |= is_day(at) || is_period(at) && relative;
    }
    if !says_when {
        return end;
    }
    while at > from && (text.is(at - 1, WordClass::RelativeTime) || matches!(word(at - 1), "late" | "early")) {
        at -= 1;
    }
    if at > from && matches!(word(at - 1), "on" | "in") {
        at -= 1;
    }
    if at > from && last < end && word(at - 1) == "," { at - 1 } else { at }
}

/// Where the phrase ends that a closed apposition follows: the comma before the one at `closing`.
fn before_apposition(text: &Annotated, sentence: &TokenRange, closing: usize) -> Option<usize> {
    const LONGEST: usize = 18;
    let from = sentence.start.max(closing.saturating_sub(LONGEST));
    (from..closing).rev().find(|&i| text.lower(i) == ",").filter(|&i| i > sentence.start)
}

/// `However`, `Yet`, `In`: words that open a sentence before its subject.
fn is_opener(text: &Annotated, at: usize) -> bool {
    !text.is(at, WordClass::SubjectOpener)
        && text.name_at(at).is_none()
        && text.lexicon.name_word(text.lower(at)) == Some(NameWord::Function)
}

/// Tells whether a phrase names somebody who can speak or hold a position.
fn speaks(text: &Annotated, cast: &Cast, range: &TokenRange) -> bool {
    if range.is_empty() || text.document.tokens[range.start].quoted {
        return false;
    }
    let is_clause = range.clone().any(|i| text.is(i, WordClass::FiniteVerb) && text.name_at(i).is_none());
    if is_clause {
        return false;
    }
    let pronoun = range.len() == 1 && matches!(text.lower(range.start), "he" | "she" | "they" | "it" | "who");
    let noun = text.lexicon.speaker_noun(text.lower(range.end - 1)).is_some();
    let office = text.offices_within(range).next().is_some();
    let named = cast.mentions_within(range).next().is_some()
        || text.names_within(range).any(|n| n.tokens.end == range.end)
        || text.names_within(range).next().is_some() && noun;
    pronoun || named || noun || office
}

/// Returns the noun phrase after a `by`: `backed by most House Republicans`.
pub(super) fn agent_after(text: &Annotated, cast: &Cast, by: usize) -> Option<TokenRange> {
    let sentence = text.sentence_of(by);
    let start = by + 1;
    let mut end = start;
    let ends = |at: usize| ends_phrase(text, at) || matches!(text.lower(at), "over" | "for");
    while end < sentence.end && end - start < 10 && !ends(end) {
        end += 1;
    }
    let range = start..end;
    speaks(text, cast, &range).then_some(range)
}

/// Returns the clause from `start` on: to the end of the sentence, or to where another clause begins.
pub(super) fn clause_after(text: &Annotated, start: usize) -> TokenRange {
    let sentence = text.sentence_of(start.min(text.words.len() - 1)).clone();
    let start = if text.lower(start) == "that" { start + 1 } else { start };
    let mut at = start;
    while at < sentence.end {
        let word = text.lower(at);
        let new_clause = word == ","
            && matches!(text.lower(at + 1), "but" | "while" | "which" | "who" | "and" | "with" | "though" | "although");
        if matches!(word, ";" | ":")
            || new_clause && at > start + 2
            || text.document.tokens[at].quoted && !text.document.tokens[start].quoted && at > start + 25
        {
            break;
        }
        at += 1;
    }
    trimmed(text, &(start..at))
}

/// Returns the noun phrase that starts near `start`: up to a verb, a clause or a mark, eight words at most.
pub(crate) fn noun_phrase_after(text: &Annotated, start: usize, limit: usize) -> TokenRange {
    const LONGEST: usize = 9;
    let skip = |i: &usize| {
        *i < limit
            && matches!(text.lower(*i), "“" | "\"" | "the" | "a" | "an" | "any" | "to" | "of" | "that" | "form" | "‘")
    };
    let mut from = start;
    while skip(&from) {
        from += 1;
    }
    let mut end = from;
    while end < limit && end - from < LONGEST && !ends_noun_phrase(text, end, from) {
        end += 1;
    }
    trimmed(text, &(from..end))
}

fn ends_noun_phrase(text: &Annotated, at: usize, from: usize) -> bool {
    let word = text.document.word(at);
    // `a 50% tariff`, `the U.S. tariffs`: no mark that ends anything.
    if matches!(word, "$" | "%" | "'" | "’" | "-") || word == "." && at + 1 < text.sentence_of(at).end {
        return false;
    }
    let mark = !word.starts_with(char::is_alphanumeric);
    let verb = text.is(at, WordClass::FiniteVerb);
    mark && at > from
        || verb
        || at > from && breaks_phrase(text, at) && !matches!(text.lower(at), "and" | "on" | "against" | "between")
}
