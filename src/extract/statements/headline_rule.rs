//! Headlines, section headings and highlights that report a statement: `Mexico rejects plan`, `Doe: tax is unfair`.

use super::clauses::trimmed;
use super::find::Found;
use crate::extract::actors::Cast;
use crate::extract::annotated::Annotated;
use crate::language::TokenRange;
use crate::lexicon::{CueKind, Frame};
use crate::record::{FoundBy, Stance};

/// Returns the statement that a headline reports.
pub(crate) fn headline(text: &Annotated, cast: &Cast, line: &TokenRange) -> Option<Found> {
    if line.len() < 3 {
        return None;
    }
    let found =
        with_verb(text, cast, line).or_else(|| with_colon(text, cast, line)).or_else(|| possessed(text, cast, line))?;
    Some(Found { headline: true, ..found })
}

/// `Mexico president tells Trump '...'`, `GOP lawmakers urge budget deal`, `Plan is unfair, Doe says`.
fn with_verb(text: &Annotated, cast: &Cast, line: &TokenRange) -> Option<Found> {
    let mut at = line.start;
    while at < line.end {
        let Some((cue, length)) =
            text.lexicon.cues_at(&text.words, at).into_iter().find(|(c, _)| c.kind == CueKind::Verb)
        else {
            at += 1;
            continue;
        };
        let range = at..(at + length).min(line.end);
        let surely = cue.strength >= 2 || cue.stance != Stance::Neutral;
        let subject = subject_before(text, cast, line, range.start);
        if surely && subject.is_some() && !text.document.tokens[at].quoted {
            let rest = trimmed(text, &(range.end..line.end));
            let fewest = if cue.stance == Stance::Neutral { 2 } else { 1 };
            if rest.len() >= fewest {
                return Some(Found::new(subject, Some(range), vec![rest], FoundBy::HeadlineRule, 0.6));
            }
            let clause_end = subject.as_ref().map_or(range.start, |s| s.start);
            let before = trimmed(text, &(line.start..clause_end));
            if before.len() >= 2 {
                return Some(Found::new(subject, Some(range), vec![before], FoundBy::HeadlineRule, 0.6));
            }
        }
        at = range.end;
    }
    None
}

/// The phrase from the beginning or the last mark to the verb, if it names somebody.
fn subject_before(text: &Annotated, cast: &Cast, line: &TokenRange, verb: usize) -> Option<TokenRange> {
    let mark = |i: &usize| matches!(text.lower(*i), "," | ":" | ";" | "—" | "–" | "as" | "|" | "’" | "'" | "”" | "\"");
    let start = (line.start..verb).rev().find(mark).map_or(line.start, |i| i + 1);
    let adverb = |i: usize| text.lower(i).ends_with("ly") && !text.is_capital(i);
    let end = (start..verb).rev().find(|&i| !adverb(i)).map_or(start, |i| i + 1);
    let range = trimmed(text, &(start..end));
    let names = text.names_within(&range).next().is_some() || cast.mentions_within(&range).next().is_some();
    let noun = !range.is_empty() && text.lexicon.speaker_noun(text.lower(range.end - 1)).is_some();
    let office = text.offices_within(&range).next().is_some();
    ((names || noun || office) && range.len() <= 8).then_some(range)
}

/// `Doe: tax is unfair`, `Shinzo Abe to Congress: Japan won't shy away`.
fn with_colon(text: &Annotated, cast: &Cast, line: &TokenRange) -> Option<Found> {
    let colon = line.clone().find(|&i| text.lower(i) == ":").filter(|&i| i > line.start && i - line.start <= 7)?;
    let addressed = (line.start..colon).find(|&i| matches!(text.lower(i), "to" | "on"));
    let source = line.start..addressed.unwrap_or(colon);
    let person = cast.mentions_within(&source).next().is_some() || text.offices_within(&source).next().is_some();
    let names = text.names_within(&source).any(|n| n.tokens == source);
    let content = trimmed(text, &(colon + 1..line.end));
    if !(person || names) || content.len() < 3 || source.is_empty() {
        return None;
    }
    let cue = addressed.map(|a| a..colon);
    Some(Found::new(Some(source), cue, vec![content], FoundBy::HeadlineRule, 0.6))
}

/// `Mexico's strong opposition to the plan`: a heading that names a position.
fn possessed(text: &Annotated, cast: &Cast, line: &TokenRange) -> Option<Found> {
    let owner_end = line.clone().find(|&i| text.is_possessive(i))? + 1;
    let source = line.start..owner_end;
    let named = text.names_within(&source).next().is_some() || cast.mentions_within(&source).next().is_some();
    let side = (owner_end..line.end).find_map(|i| {
        let cues = text.lexicon.cues_at(&text.words, i).into_iter();
        cues.map(|(c, n)| (c, i..i + n))
            .find(|(c, _)| c.kind == CueKind::Noun && c.stance != Stance::Neutral && c.frame != Frame::Says)
    });
    let (_, cue) = side?;
    if !named || source.len() > 5 {
        return None;
    }
    let content = trimmed(text, &(owner_end..line.end));
    Some(Found::new(Some(source), Some(cue), vec![content], FoundBy::HeadlineRule, 0.4))
}
