//! What the target of a statement is chosen from: the article as far as it was read, the statement, the phrases it may be about.

use std::collections::{HashMap, HashSet};

use crate::extract::actors::{Cast, Mention};
use crate::extract::annotated::Annotated;
use crate::extract::statements::Found;
use crate::language::TokenRange;
use crate::record::{Actor, Sign, Stance};

/// What the targets of an article are chosen with: how often it has each word, and what was spoken about so far.
pub(in crate::extract) struct Targets<'t, 'a> {
    pub(super) text: &'t Annotated<'a>,
    pub(super) cast: &'t Cast<'a>,
    pub(super) counts: HashMap<&'t str, u32>,
    /// Words of the text's beginning, mostly its title or what the title says.
    pub(super) lead: HashSet<&'t str>,
    pub(super) lead_tokens: TokenRange,
    /// The target chosen last.
    pub(super) before: Option<Candidate>,
}

/// A statement whose target is looked for.
pub(in crate::extract) struct Asked<'s> {
    pub found: &'s Found,
    pub stance: Stance,
    /// Words for and against in it.
    pub signs: &'s [Sign],
    pub speaker: &'s Actor,
    /// The speaker's position in the cast.
    pub person: Option<usize>,
}

impl<'t, 'a> Targets<'t, 'a> {
    /// Looks over a text in which nothing was spoken about yet.
    pub fn of(text: &'t Annotated<'a>, cast: &'t Cast<'a>) -> Targets<'t, 'a> {
        const LEAD: usize = 30;
        let mut counts = HashMap::new();
        for word in &text.words {
            *counts.entry(word.as_ref()).or_default() += 1;
        }
        let first = text.document.paragraphs.first().cloned().unwrap_or_default();
        let lead_tokens = first.start..first.end.min(first.start + LEAD);
        let lead = text.words[lead_tokens.clone()].iter().map(AsRef::as_ref).collect();
        Targets { text, cast, counts, lead, lead_tokens, before: None }
    }

    /// Nobody opposes themselves: tells whether the tokens name the speaker of an opposition.
    pub(super) fn is_own(&self, asked: &Asked, tokens: &TokenRange) -> bool {
        let is_speaker = |m: &Mention| m.tokens == *tokens && Some(m.person) == asked.person;
        asked.stance == Stance::Oppose
            && (self.cast.mentions_within(tokens).any(is_speaker) || names(self.text, tokens, asked.speaker))
    }
}

/// Tells whether the tokens are a name of the actor.
pub(super) fn names(text: &Annotated, tokens: &TokenRange, actor: &Actor) -> bool {
    text.names_within(tokens).any(|name| name.tokens == *tokens && actor.is_named_by(name.entries[0].path()))
}

/// A phrase that a stance may be about.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Candidate {
    pub tokens: TokenRange,
    pub place: Place,
    /// Noun phrases of its part before it.
    pub before: usize,
    /// Goes on over a preposition: `tariffs on steel`.
    pub is_long: bool,
    /// The person of the cast that a pronoun stands for.
    pub person: Option<usize>,
    /// The word of the statement that stands for it, where it stands elsewhere.
    pub said: Option<TokenRange>,
}

impl Candidate {
    /// A phrase with nothing special about it.
    pub fn new(tokens: TokenRange, place: Place) -> Candidate {
        Candidate { tokens, place, before: 0, is_long: false, person: None, said: None }
    }

    /// Returns where the statement has it or what stands for it.
    pub fn in_statement(&self) -> &TokenRange {
        self.said.as_ref().unwrap_or(&self.tokens)
    }
}

/// Where a candidate stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// In what is said.
    Content,
    /// Elsewhere in the statement's sentence.
    Sentence,
    /// At the beginning of the text.
    Lead,
    /// The target of the statement before.
    Before,
    /// What the rule takes.
    Rule,
    /// In the sentence before, for a pronoun.
    Earlier,
}
