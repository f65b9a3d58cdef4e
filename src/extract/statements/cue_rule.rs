//! Positions told without a quotation: a cue of the lexicon with its subject and what it is about.

use super::clauses::{agent_after, clause_after, subject_of, trimmed};
use super::find::Found;
use crate::extract::actors::Cast;
use crate::extract::annotated::Annotated;
use crate::language::TokenRange;
use crate::lexicon::{Cue, CueKind, Frame};
use crate::record::{FoundBy, Stance};

/// Returns the statements of a sentence that its cues give and `covered` does not hold.
pub(super) fn positions(text: &Annotated, cast: &Cast, sentence: &TokenRange, covered: &[Found]) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut at = sentence.start;
    while at < sentence.end {
        let Some((cue, length)) = text.lexicon.cue_at(text.words, at) else {
            at += 1;
            continue;
        };
        let range = at..(at + length).min(sentence.end);
        at = range.end;
        if text.document.tokens[range.start].quoted || touches(&range, covered) || touches(&range, &found) {
            continue;
        }
        let statement = match cue.kind {
            CueKind::Verb if takes_side(cue) => {
                active(text, cast, range.clone()).or_else(|| passive(text, cast, range))
            }
            CueKind::Noun | CueKind::Adjective | CueKind::Phrase if takes_side(cue) && cue.frame != Frame::Says => {
                expressed(text, cast, range)
            }
            _ => None,
        };
        let felt = |f: &Found| matches!((&f.cue, &f.source), (Some(c), Some(s)) if is_brought_about(text, c, s));
        found.extend(statement.filter(|f| !felt(f)));
    }
    found
}

fn takes_side(cue: &Cue) -> bool {
    cue.stance != Stance::Neutral && cue.strength >= 3
}

/// `Mexico has been accused of ...`: a verb that takes a side, said of its subject and not by it.
pub(super) fn is_suffered(text: &Annotated, cue: &TokenRange) -> bool {
    cue.clone().any(|at| {
        let before = at.checked_sub(1).map_or("", |i| text.lower(i));
        let participle = text.lower(at).ends_with("ed");
        let sides = text.lexicon.cues_at(text.words, at);
        let verb = sides.iter().any(|(c, _)| c.kind == CueKind::Verb && takes_side(c));
        let adjective = sides.iter().any(|(c, _)| c.kind == CueKind::Adjective);
        matches!(before, "been" | "was" | "were" | "being" | "is" | "are") && participle && verb && !adjective
    })
}

/// `The proposal raises concerns`: plans and deeds bring about what others feel; they take no side themselves.
pub(super) fn is_brought_about(text: &Annotated, cue: &TokenRange, source: &TokenRange) -> bool {
    let names_somebody = text.names_within(source).any(|n| n.tokens.end == source.end);
    if names_somebody || !is_plan(text.lower(source.end - 1)) {
        return false;
    }
    let felt = |i: usize| {
        let cues = text.lexicon.cues_at(text.words, i);
        cues.iter().any(|(c, _)| matches!(c.kind, CueKind::Noun | CueKind::Adjective) && takes_side(c))
    };
    cue.clone().any(felt)
}

/// Things that people take sides on.
pub(super) fn is_plan(noun: &str) -> bool {
    matches!(
        noun,
        "proposal"
            | "proposals"
            | "plan"
            | "plans"
            | "bill"
            | "bills"
            | "law"
            | "laws"
            | "legislation"
            | "measure"
            | "measures"
            | "initiative"
            | "policy"
            | "policies"
            | "deal"
            | "agreement"
            | "decision"
            | "order"
            | "move"
            | "idea"
            | "project"
            | "reform"
            | "rule"
            | "rules"
            | "strategy"
            | "approach"
    )
}

fn touches(range: &TokenRange, found: &[Found]) -> bool {
    let meets = |r: &TokenRange| r.start < range.end && range.start < r.end;
    found.iter().any(|f| f.cue.iter().chain(&f.content).any(meets))
}

/// `Mexico strongly opposes U.S. intervention`
fn active(text: &Annotated, cast: &Cast, cue: TokenRange) -> Option<Found> {
    let before = cue.start.checked_sub(1).map_or("", |i| text.lower(i));
    if matches!(before, "to" | "the" | "a" | "an" | "of" | "'s" | "their" | "its" | "his" | "her")
        || text.lower(cue.end) == "by"
    {
        return None;
    }
    if is_suffered(text, &cue) {
        return None;
    }
    let source = subject_of(text, cast, cue.start)?;
    let content = clause_after(text, cue.end);
    if content.is_empty() {
        return None;
    }
    Some(Found::new(Some(source), Some(cue), vec![content], FoundBy::CueRule, 0.6))
}

/// `a plan backed by most House Republicans`
fn passive(text: &Annotated, cast: &Cast, cue: TokenRange) -> Option<Found> {
    if text.lower(cue.end) != "by" {
        return None;
    }
    let source = agent_after(text, cast, cue.end)?;
    let sentence = text.sentence_of(cue.start);
    let is_edge = |i: usize| matches!(text.lower(i), "," | ";" | ":" | "that" | "and" | "but" | "“" | "\"");
    let start = (sentence.start..cue.start).rev().find(|&i| is_edge(i)).map_or(sentence.start, |i| i + 1);
    let content = trimmed(text, &(start..cue.start));
    if content.is_empty() {
        return None;
    }
    Some(Found::new(Some(source), Some(cue), vec![content], FoundBy::CueRule, 0.5))
}

/// `has expressed strong opposition to`, `is in favour of`: a noun or adjective under a verb that says it.
fn expressed(text: &Annotated, cast: &Cast, cue: TokenRange) -> Option<Found> {
    const REACH: usize = 5;
    let sentence = text.sentence_of(cue.start);
    let from = sentence.start.max(cue.start.saturating_sub(REACH));
    let verb = (from..cue.start).rev().find(|&i| is_light_verb(text.lower(i)))?;
    let source = subject_of(text, cast, verb)?;
    let content = clause_after(text, cue.end);
    if content.is_empty() {
        return None;
    }
    Some(Found::new(Some(source), Some(verb..cue.end), vec![content], FoundBy::CueRule, 0.6))
}

fn is_light_verb(word: &str) -> bool {
    matches!(
        word,
        "express"
            | "expressed"
            | "expresses"
            | "expressing"
            | "voice"
            | "voiced"
            | "voices"
            | "voicing"
            | "state"
            | "stated"
            | "declare"
            | "declared"
            | "declares"
            | "reiterate"
            | "reiterated"
            | "reiterates"
            | "show"
            | "showed"
            | "shown"
            | "announced"
            | "announces"
            | "signal"
            | "signaled"
            | "signalled"
            | "signals"
            | "raised"
            | "raise"
            | "raises"
            | "raising"
            | "is"
            | "are"
            | "was"
            | "were"
            | "remains"
            | "remain"
            | "remained"
            | "has"
            | "have"
            | "had"
            | "issued"
            | "issue"
            | "offered"
            | "offer"
            | "offers"
            | "gave"
            | "give"
            | "came"
            | "come"
            | "comes"
            | "led"
            | "lead"
            | "leads"
            | "seek"
            | "sought"
            | "seeks"
            | "seeking"
            | "made"
            | "make"
            | "makes"
            | "filed"
            | "repeated"
            | "maintains"
            | "maintained"
    )
}

/// Returns who is the subject of a cue: before it, or after it (`said Doe`, `according to Doe`).
pub(super) fn cue_subject(text: &Annotated, cast: &Cast, cue: TokenRange) -> Option<TokenRange> {
    subject_of(text, cast, cue.start).or_else(|| agent_after(text, cast, cue.end - 1))
}
