//! Transcripts and interviews: the label that opens a paragraph says who speaks, until the next label.

use std::collections::HashMap;

use super::clauses::trimmed;
use super::find::{Found, Hint};
use crate::extract::annotated::Annotated;
use crate::extract::layout::Part;
use crate::language::TokenRange;
use crate::lexicon::{Entry, WordClass};
use crate::record::FoundBy;

/// What a paragraph is in a transcript.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Turn {
    /// Words of whoever the label names; the label may stand before an earlier paragraph.
    Speech { label: TokenRange, said: TokenRange, opens: bool },
    /// A question of the press or of the host: nobody's statement.
    Question,
}

/// A paragraph's label.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Label {
    /// `MR. CARNEY:`, `Jane Doe:`; the words after it begin at `said`.
    Speaker { label: TokenRange, said: usize },
    /// `Q:`, `REPORTER:`
    Questioner,
    /// `NOTE:`, `UPDATE:`: the transcript is over or has not begun.
    Remark,
}

/// Words of a remark behind the name of a label, with its parentheses.
const LONGEST_ASIDE: usize = 8;

/// Labels that a text needs to be read as a transcript, and their least share of its paragraphs, in percent.
const FEWEST: usize = 2;
const LEAST_SHARE: usize = 25;

/// Returns the turn of every paragraph; none of a text that is no transcript.
pub(super) fn turns(text: &Annotated, parts: &[Part]) -> Vec<Option<Turn>> {
    let paragraphs = &text.document.paragraphs;
    let readable = |part: Part| matches!(part, Part::Body | Part::Heading | Part::Item);
    let mut labels: Vec<Option<Label>> =
        paragraphs.iter().zip(parts).map(|(p, &part)| label(text, p).filter(|_| readable(part))).collect();
    keep_names_that_return(text, &mut labels);
    let turns = labels.iter().flatten().filter(|l| **l != Label::Remark).count();
    let all = parts.iter().filter(|p| readable(**p)).count();
    if turns < FEWEST || turns * 100 < all * LEAST_SHARE {
        return vec![None; paragraphs.len()];
    }
    let mut current: Option<Turn> = None;
    let turn_of = |number: usize| {
        let paragraph = &paragraphs[number];
        let turn = match labels[number].take() {
            Some(Label::Speaker { label, said }) => {
                Some(Turn::Speech { label, said: said..paragraph.end, opens: true })
            }
            Some(Label::Questioner) => Some(Turn::Question),
            Some(Label::Remark) => None,
            None if parts[number] != Part::Body || is_no_speech(text, paragraph) => None,
            None => current.take().map(|turn| going_on(turn, paragraph)),
        };
        // A remark in brackets interrupts a turn, it does not end it.
        if turn.is_some() || !is_stage_direction(text, paragraph) {
            current.clone_from(&turn);
        }
        turn
    };
    (0..paragraphs.len()).map(turn_of).collect()
}

fn going_on(turn: Turn, paragraph: &TokenRange) -> Turn {
    match turn {
        Turn::Speech { label, .. } => Turn::Speech { label, said: paragraph.clone(), opens: false },
        Turn::Question => Turn::Question,
    }
}

/// Makes the statement of a turn.
pub(super) fn speech(text: &Annotated, label: &TokenRange, said: &TokenRange, opens: bool) -> Option<Found> {
    let content = trimmed(text, said);
    if content.is_empty() {
        return None;
    }
    let source = opens.then(|| label.clone());
    let mut found = Found::new(source, None, vec![content], FoundBy::TurnRule, 0.8);
    found.hint = Some(Hint::Turn(label.clone()));
    Some(found)
}

/// A name in small letters before a colon opens a turn only where it does so again; capitals alone are enough.
fn keep_names_that_return(text: &Annotated, labels: &mut [Option<Label>]) {
    let name = |label: &Option<Label>| match label {
        Some(Label::Speaker { label, .. }) if !in_capitals(text, label) => Some(text.document.slice(label).to_string()),
        _ => None,
    };
    let names: Vec<Option<String>> = labels.iter().map(name).collect();
    let mut times: HashMap<&str, usize> = HashMap::new();
    for name in names.iter().flatten() {
        *times.entry(name).or_default() += 1;
    }
    for (label, name) in labels.iter_mut().zip(&names) {
        if name.as_ref().is_some_and(|name| times[name.as_str()] < 2) {
            *label = None;
        }
    }
}

fn label(text: &Annotated, paragraph: &TokenRange) -> Option<Label> {
    const LONGEST: usize = 7;
    let first = behind_mark(text, paragraph);
    let word = text.document.word(first);
    let next = text.document.word((first + 1).min(paragraph.end - 1));
    if word == "Q" && paragraph.len() > 2 && (matches!(next, ":" | "." | "—" | "–" | "-") || text.is_capital(first + 1))
    {
        return Some(Label::Questioner);
    }
    let limit = paragraph.end.min(first + LONGEST + LONGEST_ASIDE + 1);
    let colon = (first + 1..limit).find(|&i| text.document.word(i) == ":")?;
    let label = first..before_aside(text, first, colon);
    if colon + 1 >= paragraph.end || label.len() > LONGEST || !is_name_like(text, &label) {
        return None;
    }
    if label.len() == 1 && text.is(first, WordClass::Remark) {
        return Some(Label::Remark);
    }
    if text.is(label.end - 1, WordClass::Questioner) || names_outlet(text, &label) {
        return Some(Label::Questioner);
    }
    let single_name = label.len() == 1 && !in_capitals(text, &label);
    (!single_name).then_some(Label::Speaker { label, said: colon + 1 })
}

/// Where a name ends that a party, a state or another remark in parentheses stands behind: `Senator SMITH (Ohio):`.
fn before_aside(text: &Annotated, first: usize, colon: usize) -> usize {
    if text.document.word(colon - 1) != ")" {
        return colon;
    }
    (first + 1..colon).find(|&i| text.document.word(i) == "(").unwrap_or(colon)
}

/// Tells whether every word begins with a capital, stops aside.
fn is_name_like(text: &Annotated, label: &TokenRange) -> bool {
    label.clone().all(|i| {
        let word = text.document.word(i);
        text.is_capital(i)
            || matches!(word, "." | "-" | "," | "’" | "'")
            || matches!(word, "of" | "de" | "van" | "von" | "the")
    }) && text.is_capital(label.start)
}

fn in_capitals(text: &Annotated, label: &TokenRange) -> bool {
    label.clone().all(|i| !text.document.word(i).contains(char::is_lowercase))
        && label.clone().any(|i| text.document.word(i).chars().count() > 1)
}

/// `Meridian:`, `Harbour Gazette:`: the paper asks.
fn names_outlet(text: &Annotated, label: &TokenRange) -> bool {
    let known = text.name_at(label.start).is_some_and(|n| n.entries.iter().any(|e| matches!(e, Entry::Outlet(_))));
    known || text.is(label.end - 1, WordClass::OutletNoun)
}

/// `(Laughter.)`, `2:19 P.M. EDT`: said by nobody.
fn is_no_speech(text: &Annotated, paragraph: &TokenRange) -> bool {
    const LONGEST_TIME: usize = 8;
    let time = text.document.word(paragraph.start).starts_with(char::is_numeric) && paragraph.len() <= LONGEST_TIME;
    time || is_stage_direction(text, paragraph)
}

/// `(Laughter.)`, `[inaudible]`
fn is_stage_direction(text: &Annotated, paragraph: &TokenRange) -> bool {
    matches!(text.document.word(behind_mark(text, paragraph)), "(" | "[" | "*")
}

/// The first token, or the one after a quotation mark: each paragraph of a quoted transcript begins with one.
fn behind_mark(text: &Annotated, paragraph: &TokenRange) -> usize {
    let is_mark = matches!(text.document.word(paragraph.start), "\"" | "“");
    if is_mark && paragraph.len() > 1 { paragraph.start + 1 } else { paragraph.start }
}
