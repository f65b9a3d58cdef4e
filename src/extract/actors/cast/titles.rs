//! The title before a name: the office that it gives, and what it shares with somebody whom it names.

use super::known::is_head;
use super::people::{Cast, CastPerson};
use crate::extract::actors::Counting;
use crate::extract::actors::roles::{Role, read_role};
use crate::extract::annotated::{Annotated, OfficeAt};
use crate::language::TokenRange;
use crate::lexicon::{CueKind, Entry, NameWord, OfficeKind, WordClass};

/// `Former Mexican Foreign Minister Jorge Castañeda`
pub(super) fn role_before(text: &Annotated, tokens: &TokenRange, cast: &Cast, counting: Counting) -> Role {
    let Some(title) = title_before(text, tokens.start) else {
        let Some(range) = explained_by(text, tokens) else { return Role::default() };
        let mut role = read_role(text, &range, counting);
        if let Some(owner) = cast.mentions_within(&range).last().filter(|m| text.is_possessive(m.tokens.end - 1)) {
            role.paths.extend(lent_by(text, &(owner.tokens.end..range.end), owner.person, cast, counting));
        }
        return role;
    };
    let sentence = text.sentence_of(tokens.start);
    let mut start = title.tokens.start;
    while start > sentence.start && belongs_to_title(text, start - 1) {
        start -= 1;
    }
    let mut role = read_role(text, &(start..tokens.start), counting);
    if let Some(owner) = cast.mentions.last().filter(|m| m.tokens.end == start) {
        role.paths.extend(lent_by(text, &(start..tokens.start), owner.person, cast, counting));
    }
    role
}

/// Returns the office or honorific right before a name.
pub(super) fn title_before<'t, 'a>(text: &'t Annotated<'a>, at: usize) -> Option<&'t OfficeAt<'a>> {
    let end = if at > 0 && text.document.word(at - 1) == "." { at - 1 } else { at };
    let offices = &text.offices;
    let next = offices.partition_point(|o| o.tokens.start < at);
    let same_sentence = |o: &&OfficeAt| text.sentence_of(o.tokens.start) == text.sentence_of(at);
    // `..., said an official. Doe ...`: the stop before the name ends a sentence, not a title.
    let ends_there = |o: &&OfficeAt| o.tokens.end == end || o.tokens.end == at;
    offices[..next].iter().rev().take(3).find(ends_there).filter(same_sentence)
}

/// `The Norwegian fisheries minister, Jane Doe, said`, `Canada's ambassador to Mexico, Jane Doe,`: the phrase that a name between
/// commas explains.
fn explained_by(text: &Annotated, name: &TokenRange) -> Option<TokenRange> {
    const LONGEST: usize = 14;
    let comma = name.start.checked_sub(1).filter(|&i| text.document.word(i) == ",")?;
    let sentence = text.sentence_of(name.start);
    let ends = |i: &usize| {
        let verb = text.lexicon.cue_at(&text.words, *i).is_some_and(|(cue, _)| cue.kind == CueKind::Verb);
        let word = text.document.word(*i);
        verb && !text.is_capital(*i) && text.office_at(*i).is_none()
            || matches!(word, "," | ";" | ":" | "(" | ")" | "“" | "”" | "\"" | "and" | "but" | "that")
            || text.is(*i, WordClass::FiniteVerb)
    };
    let first = sentence.start.max(comma.saturating_sub(LONGEST));
    let start = (first..comma).rev().find(ends).map_or(first, |i| i + 1);
    let is_one = |i: usize| matches!(text.lower(i), "the" | "a" | "an" | "its" | "his" | "her" | "their");
    let names_state = (start..comma.min(start + 3)).any(|i| text.is_possessive(i));
    let has_office = text.offices_within(&(start..comma)).any(|o| o.office.kind != OfficeKind::Honorific);
    let closed = matches!(text.lower(name.end), "" | "," | "." | ";" | ":");
    (start < comma && has_office && closed && (is_one(start) || names_state)).then_some(start..comma)
}

fn belongs_to_title(text: &Annotated, at: usize) -> bool {
    let lower = text.lower(at);
    text.name_at(at).is_some_and(|n| !matches!(n.entries[0], Entry::Person(_)))
        || text.office_at(at).is_some()
        || text.is(at, WordClass::InTitle)
        || matches!(text.document.word(at), "." | "'" | "’" | "-") && !text.document.gap_before(at)
        || text.is_capital(at) && text.lexicon.name_word(lower) == Some(NameWord::Body)
}

/// `Doe spokesman John Roe`: what Doe holds an office of, whose spokesman or adviser speaks for it too.
fn lent_by(text: &Annotated, title: &TokenRange, owner: usize, cast: &Cast, counting: Counting) -> Vec<String> {
    let serves = title
        .clone()
        .any(|i| matches!(text.lower(i), "adviser" | "advisor" | "aide") || text.lower(i).starts_with("spokes"));
    let owner = &cast.people[owner];
    if title.clone().any(|i| matches!(text.lower(i), "campaign" | "former" | "ex")) {
        return Vec::new();
    }
    if !serves {
        return ministry_under(text, title, owner, counting).into_iter().collect();
    }
    let held = owner.known.map(|known| known.terms_on(counting.date).current).unwrap_or_default();
    let held = held.into_iter().map(|term| term.path.clone());
    held.chain(owner.role.paths.clone()).filter(|path| text.lexicon.state_of_path(path).is_some()).collect()
}

/// `Putin's energy minister`: an office of the state that the owner heads.
fn ministry_under(text: &Annotated, title: &TokenRange, owner: &CastPerson, counting: Counting) -> Option<String> {
    let office = text.offices_within(title).last().filter(|o| o.office.kind == OfficeKind::State)?;
    let terms = owner.known?.terms_on(counting.date);
    let head = terms.current.iter().find(|term| is_head(&term.path))?;
    let state = counting.lexicon.state_of_path(&head.path)?;
    Some(counting.lexicon.office_path(state, &office.office.below))
}
