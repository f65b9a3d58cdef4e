//! Positions told without a quotation: a cue of the lexicon with its subject and what it is about.

use super::clauses::{agent_after, clause_after, subject_of, trimmed};
use super::find::Found;
use crate::extract::actors::Cast;
use crate::extract::annotated::{Annotated, bare};
use crate::language::TokenRange;
use crate::lexicon::{Cue, CueKind, Frame, WordClass};
use crate::record::{FoundBy, Stance};

/// Returns the statements of a sentence that its cues give and `covered` does not hold.
pub(super) fn positions(text: &Annotated, cast: &Cast, sentence: &TokenRange, covered: &[Found]) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut at = sentence.start;
    while at < sentence.end {
        let Some((cue, length)) = text.lexicon.cue_at(&text.words, at) else {
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
            CueKind::Noun if takes_side(cue) && is_from(text, &range) => met_with(text, cast, range),
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
        let sides = text.lexicon.cues_at(&text.words, at);
        let verb = sides.iter().any(|(c, _)| c.kind == CueKind::Verb && takes_side(c));
        let adjective = sides.iter().any(|(c, _)| c.kind == CueKind::Adjective);
        matches!(before, "been" | "was" | "were" | "being" | "is" | "are") && participle && verb && !adjective
    })
}

/// `The proposal raises concerns`: plans and deeds bring about what others feel; they take no side themselves.
pub(super) fn is_brought_about(text: &Annotated, cue: &TokenRange, source: &TokenRange) -> bool {
    let names_somebody = text.names_within(source).any(|n| n.tokens.end == source.end);
    if names_somebody || !text.is(source.end - 1, WordClass::Plan) {
        return false;
    }
    let felt = |i: usize| {
        let cues = text.lexicon.cues_at(&text.words, i);
        cues.iter().any(|(c, _)| matches!(c.kind, CueKind::Noun | CueKind::Adjective) && takes_side(c))
    };
    cue.clone().any(felt)
}

fn touches(range: &TokenRange, found: &[Found]) -> bool {
    let meets = |r: &TokenRange| r.start < range.end && range.start < r.end;
    found.iter().any(|f| f.cues().chain(&f.content).any(meets))
}

/// `Mexico strongly opposes U.S. intervention`
fn active(text: &Annotated, cast: &Cast, cue: TokenRange) -> Option<Found> {
    let before = cue.start.checked_sub(1).map_or("", |i| text.lower(i));
    if matches!(before, "to" | "the" | "a" | "an" | "of" | "'s" | "their" | "its" | "his" | "her" | "these" | "those")
        || text.lower(cue.end) == "by"
        || is_owned(text, cue.start)
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

/// `the mayor’s veto`, not `he’s opposed`: what stands here is a noun.
fn is_owned(text: &Annotated, cue: usize) -> bool {
    let Some(before) = cue.checked_sub(1).filter(|&i| text.is_possessive(i)) else { return false };
    !matches!(bare(text.lower(before)), "he" | "she" | "it" | "who" | "that" | "there")
}

/// `a plan backed by most House Republicans`
fn passive(text: &Annotated, cast: &Cast, cue: TokenRange) -> Option<Found> {
    if text.lower(cue.end) != "by" {
        return None;
    }
    let source = agent_after(text, cast, cue.end)?;
    let content = trimmed(text, &(clause_start(text, &cue)..cue.start));
    if content.is_empty() {
        return None;
    }
    Some(Found::new(Some(source), Some(cue), vec![content], FoundBy::CueRule, 0.5))
}

/// `The plan met with criticism from Democrats over its cost`: what is told is the reason if one follows, else what met with it.
fn met_with(text: &Annotated, cast: &Cast, cue: TokenRange) -> Option<Found> {
    let source = agent_after(text, cast, cue.end - 1)?;
    let sentence = text.sentence_of(cue.start);
    let is_reason = source.end < sentence.end && matches!(text.lower(source.end), "over" | "about" | "for" | "to");
    let content =
        if is_reason { clause_after(text, source.end) } else { trimmed(text, &(clause_start(text, &cue)..cue.start)) };
    (!content.is_empty()).then(|| Found::new(Some(source), Some(cue), vec![content], FoundBy::CueRule, 0.5))
}

/// `criticism from`, `condemnation by`: a noun whose last word leads to who utters it.
fn is_from(text: &Annotated, cue: &TokenRange) -> bool {
    cue.len() > 1 && matches!(text.lower(cue.end - 1), "from" | "by")
}

/// Where the clause begins that the cue stands in.
fn clause_start(text: &Annotated, cue: &TokenRange) -> usize {
    let sentence = text.sentence_of(cue.start);
    let is_edge = |i: usize| matches!(text.lower(i), "," | ";" | ":" | "that" | "and" | "but" | "“" | "\"");
    (sentence.start..cue.start).rev().find(|&i| is_edge(i)).map_or(sentence.start, |i| i + 1)
}

/// `has expressed strong opposition to`, `is in favour of`: a noun or adjective under a verb that says it.
fn expressed(text: &Annotated, cast: &Cast, cue: TokenRange) -> Option<Found> {
    const REACH: usize = 5;
    let sentence = text.sentence_of(cue.start);
    let from = sentence.start.max(cue.start.saturating_sub(REACH));
    let verb = (from..cue.start).rev().find(|&i| text.is(i, WordClass::LightVerb))?;
    let source = subject_of(text, cast, verb)?;
    let content = clause_after(text, cue.end);
    if content.is_empty() {
        return None;
    }
    Some(Found::new(Some(source), Some(verb..cue.end), vec![content], FoundBy::CueRule, 0.6))
}

/// Returns who is the subject of a cue: before it, or after it (`said Doe`, `according to Doe`).
pub(super) fn cue_subject(text: &Annotated, cast: &Cast, cue: TokenRange) -> Option<TokenRange> {
    subject_of(text, cast, cue.start).or_else(|| agent_after(text, cast, cue.end - 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::testing::annotated;

    /// The positions of one sentence as `speaker | cue | content`.
    fn check(sentence: &str, expected: &[&str]) {
        let found = annotated(sentence, |text, cast| {
            let words = |range: &TokenRange| text.document.slice(range).to_string();
            let line = |f: &Found| {
                let [source, cue] = [&f.source, &f.cue].map(|part| part.as_ref().map(words).unwrap_or_default());
                format!("{source} | {cue} | {}", words(&f.content[0]))
            };
            positions(text, cast, &text.document.sentences[0], &[]).iter().map(line).collect::<Vec<_>>()
        });
        assert_eq!(found, expected, "{sentence}");
    }

    #[test]
    fn words_that_say_when_may_stand_before_the_verb() {
        check(
            "A German court on Thursday rejected the request of the ferry company.",
            &["A German court | rejected | the request of the ferry company"],
        );
        check(
            "The Greek government, on March 10, condemned the seizure of two boats.",
            &["The Greek government | condemned | the seizure of two boats"],
        );
        check(
            "The Danish parliament last week rejected the port levy.",
            &["The Danish parliament | rejected | the port levy"],
        );
    }

    #[test]
    fn who_criticism_comes_from_is_the_speaker() {
        check(
            "The port levy drew strong criticism from the Portuguese government over its cost to fishermen.",
            &["the Portuguese government | criticism from | over its cost to fishermen"],
        );
    }

    #[test]
    fn positions_of_bodies_without_a_name() {
        check("The NGO has denounced the closure of the pier.", &["The NGO | denounced | the closure of the pier"]);
        check(
            "Honduras is willing to withdraw its patrol boats.",
            &["Honduras | is willing to | withdraw its patrol boats"],
        );
        check("The levy has been denounced.", &[]);
    }

    #[test]
    fn a_stop_or_an_and_inside_a_name_does_not_end_the_phrase() {
        check("The U.S. rejected the port levy.", &["The U.S. | rejected | the port levy"]);
        check(
            "The levy met with criticism from the U.N. over its cost.",
            &["the U.N. | criticism from | over its cost"],
        );
    }

    #[test]
    fn nouns_and_clauses_are_no_cue_with_its_subject() {
        check("The mayor’s veto came a day after the vote on the toll.", &[]);
        check("Japan has been slow in meeting those demands, and the talks may last.", &[]);
        check("The declaration allows Mexico to reject the port levy.", &[]);
    }
}
