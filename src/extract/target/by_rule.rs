//! What a rule takes for the target: the object of a word that takes a side, else what the content begins with.

use crate::extract::annotated::Annotated;
use crate::extract::statements::{Found, noun_phrase_after, trimmed};
use crate::language::TokenRange;
use crate::lexicon::{Entry, Frame, WordClass};
use crate::record::Stance;

/// Returns the phrase that the rule takes.
pub(super) fn target(text: &Annotated, found: &Found) -> Option<TokenRange> {
    let range = about_cue(text, found).or_else(|| inside_content(text, found))?;
    Some(trimmed(text, &range)).filter(|range| !range.is_empty())
}

/// The object of a cue that takes one: `rejected the plan`.
fn about_cue(text: &Annotated, found: &Found) -> Option<TokenRange> {
    let cue = found.cue.as_ref()?;
    let takes_object = cue.clone().any(|i| {
        text.lexicon.cues_at(&text.words, i).iter().any(|(c, _)| c.frame != Frame::Says && c.stance != Stance::Neutral)
    });
    let content = found.content.first()?;
    if !takes_object || content.start < cue.end {
        return None;
    }
    let object = noun_phrase_after(text, cue.end, content.end);
    (!object.is_empty()).then_some(object)
}

/// The object of a position inside the content, else what the content begins with or the first name in it.
fn inside_content(text: &Annotated, found: &Found) -> Option<TokenRange> {
    let content = found.content.first()?;
    for at in content.clone() {
        let cue =
            text.lexicon.cue_at(&text.words, at).filter(|(c, _)| c.stance != Stance::Neutral && c.frame != Frame::Says);
        if let Some((_, length)) = cue {
            let object = noun_phrase_after(text, at + length, content.end);
            if !object.is_empty() {
                return Some(object);
            }
        }
    }
    let subject = noun_phrase_after(text, content.start, content.end);
    let pronoun = subject.len() == 1 && text.is(subject.start, WordClass::Pointing);
    if !subject.is_empty() && !pronoun {
        return Some(subject);
    }
    let names = found.content.iter().flat_map(|c| text.names_within(c));
    names.filter(|n| !matches!(n.entries[0], Entry::Outlet(_))).map(|n| n.tokens.clone()).next()
}
