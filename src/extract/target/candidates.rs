//! The phrases that a stance may be about.

use super::by_rule;
use super::choose::{Asked, Targets};
use crate::extract::annotated::Annotated;
use crate::extract::statements::{Found, trimmed};
use crate::language::TokenRange;
use crate::lexicon::{CueKind, Gender, WordClass};

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
}

/// Words of a content that are looked at, and of a phrase.
const LOOKED_AT: usize = 40;
const LONGEST: usize = 9;
/// Where a statement has no more phrases, those around it are looked at too.
const FEW: usize = 5;

impl Targets<'_, '_> {
    /// Returns the phrases that the statement may be about, each once, in the order in which equals are preferred.
    pub(super) fn candidates(&self, asked: &Asked) -> Vec<Candidate> {
        let mut all = Vec::new();
        let rule = by_rule::target(self.text, asked.found);
        all.extend(rule.map(|tokens| Candidate {
            tokens,
            place: Place::Rule,
            before: 0,
            is_long: false,
            person: None,
        }));
        for content in &asked.found.content {
            let looked_at = content.start..content.end.min(content.start + LOOKED_AT);
            all.extend(phrases(self.text, &looked_at, Place::Content));
            all.extend(self.people(asked, &looked_at));
        }
        if all.len() <= FEW {
            all.extend(self.of_sentence(asked));
            all.extend(self.apart(asked.found, phrases(self.text, &self.lead_tokens, Place::Lead)));
        }
        if let Some(tokens) = self.before.clone() {
            all.push(Candidate { tokens, place: Place::Before, before: 0, is_long: false, person: None });
        }
        all.retain(|candidate| !candidate.tokens.is_empty() && !self.is_own(asked, &candidate.tokens));
        let mut once: Vec<Candidate> = Vec::with_capacity(all.len());
        for candidate in all {
            let is_same = |other: &Candidate| other.tokens == candidate.tokens && other.person == candidate.person;
            if !once.iter().any(is_same) {
                once.push(candidate);
            }
        }
        once
    }

    /// Phrases of the sentence that are no part of the statement.
    fn of_sentence(&self, asked: &Asked) -> Vec<Candidate> {
        let found = asked.found;
        let sentence = self.text.sentence_of(found.start());
        let sentence = sentence.start..sentence.end.min(sentence.start + LOOKED_AT);
        self.apart(found, phrases(self.text, &sentence, Place::Sentence))
    }

    /// Leaves out what overlaps a part of the statement.
    fn apart(&self, found: &Found, mut phrases: Vec<Candidate>) -> Vec<Candidate> {
        let parts = || found.content.iter().chain(&found.cue).chain(&found.source);
        phrases.retain(|c| parts().all(|part| c.tokens.end <= part.start || part.end <= c.tokens.start));
        phrases
    }

    /// People for whom pronouns of what is said stand: whoever else was named last.
    fn people(&self, asked: &Asked, content: &TokenRange) -> Vec<Candidate> {
        let text = self.text;
        let person = |i: usize| {
            let gender = match (text.is(i, WordClass::He), text.is(i, WordClass::She)) {
                (true, _) => Gender::Male,
                (_, true) => Gender::Female,
                _ => return None,
            };
            let person = self.named_last(i, gender, asked.person)?;
            Some(Candidate { tokens: i..i + 1, place: Place::Content, before: 0, is_long: false, person: Some(person) })
        };
        let mut found: Vec<Candidate> = content.clone().filter_map(person).collect();
        found.dedup_by_key(|candidate| candidate.person);
        found
    }

    /// The person of that gender, or of none that is known, named last before a token, if it is not the speaker.
    fn named_last(&self, at: usize, gender: Gender, speaker: Option<usize>) -> Option<usize> {
        const MENTIONS: usize = 64;
        let mentions = &self.cast.mentions[..self.cast.mentions.partition_point(|m| m.tokens.end <= at)];
        let fits = |&person: &usize| {
            Some(person) != speaker && self.cast.people[person].gender.is_none_or(|own| own == gender)
        };
        mentions.iter().rev().take(MENTIONS).map(|mention| mention.person).find(fits)
    }
}

/// Returns the noun phrases of a range, each alone and with those that prepositions join to it.
fn phrases(text: &Annotated, range: &TokenRange, place: Place) -> Vec<Candidate> {
    let chunks = chunks(text, range);
    let mut found = Vec::new();
    for (before, chunk) in chunks.iter().enumerate() {
        let candidate = |tokens: TokenRange, is_long| Candidate { tokens, place, before, is_long, person: None };
        found.push(candidate(chunk.clone(), false));
        let mut end = chunk.end;
        for next in &chunks[before + 1..] {
            let joined = end..next.start;
            if !joins(text, &joined) || next.end - chunk.start > LONGEST {
                break;
            }
            end = next.end;
            found.push(candidate(chunk.start..end, true));
        }
    }
    found
}

/// Returns the stretches of a range that may be noun phrases, without articles and other words before them.
fn chunks(text: &Annotated, range: &TokenRange) -> Vec<TokenRange> {
    let mut found: Vec<TokenRange> = Vec::new();
    let mut start = None;
    for at in range.start..=range.end {
        let is_inside = at < range.end && belongs(text, at);
        if let Some(from) = start
            && (!is_inside || is_past_verb(text, at))
        {
            let chunk = trimmed(text, &(from..at));
            let is_phrase = !chunk.is_empty() && chunk.len() <= LONGEST && !is_empty_phrase(text, &chunk);
            found.extend(is_phrase.then_some(chunk));
            start = None;
        }
        start = start.or(is_inside.then_some(at));
    }
    found
}

/// `Mexico condemned Canada` is no noun phrase.
fn is_past_verb(text: &Annotated, at: usize) -> bool {
    let is_verb = || text.lexicon.cues_at(&text.words, at).iter().any(|(cue, _)| cue.kind == CueKind::Verb);
    text.document.word(at) == text.lower(at) && text.lower(at).ends_with("ed") && is_verb()
}

/// Tells whether a token may stand inside a noun phrase.
fn belongs(text: &Annotated, at: usize) -> bool {
    let (word, lower) = (text.document.word(at), text.lower(at));
    if text.name_at(at).is_some_and(|name| name.tokens.len() > 1) || matches!(word, "$" | "%" | "'" | "’" | "-") {
        return true;
    }
    let in_abbreviation =
        word == "." && at > 0 && !text.document.gap_before(at) && text.document.word(at - 1).contains('.');
    let has_letters = word.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '#' | '@' | '$' | '€' | '£'));
    let ends =
        [WordClass::FiniteVerb, WordClass::PhraseEnd, WordClass::Preposition, WordClass::Pointing, WordClass::They]
            .into_iter()
            .chain([WordClass::He, WordClass::She, WordClass::FirstPerson, WordClass::Relative, WordClass::BeforeVerb])
            .any(|class| text.is(at, class));
    let is_adverb = lower.len() > 4 && lower.ends_with("ly") && !text.is_capital(at);
    in_abbreviation || has_letters && !ends && !is_adverb && !is_function(lower) && !is_infinitive(text, at)
}

/// Words that stand before a noun phrase, or in none.
fn is_function(word: &str) -> bool {
    matches!(
        word,
        "the"
            | "a"
            | "an"
            | "this"
            | "these"
            | "those"
            | "any"
            | "some"
            | "all"
            | "no"
            | "every"
            | "each"
            | "its"
            | "his"
            | "her"
            | "their"
            | "our"
            | "my"
            | "your"
            | "me"
            | "us"
            | "him"
            | "and"
            | "or"
            | "nor"
            | "n't"
            | "ca"
            | "wo"
            | "of"
            | "over"
            | "under"
            | "during"
            | "toward"
            | "towards"
            | "upon"
            | "off"
            | "out"
            | "up"
            | "down"
            | "back"
            | "too"
            | "very"
            | "here"
            | "yes"
            | "please"
            | "else"
            | "yet"
            | "such"
            | "as"
            | "away"
            | "am"
            | "do"
            | "does"
            | "did"
            | "has"
            | "have"
            | "had"
            | "having"
            | "let"
            | "go"
            | "going"
            | "get"
            | "got"
            | "'re"
            | "'ll"
            | "'ve"
            | "'m"
            | "'d"
            | "'s"
            | "them"
            | "what"
            | "how"
            | "who"
            | "whose"
    )
}

/// `to cut`: the verb behind `to`.
fn is_infinitive(text: &Annotated, at: usize) -> bool {
    let to = at.checked_sub(1).is_some_and(|i| text.lower(i) == "to");
    to && text.lower(at) == text.document.word(at) && !text.lower(at).ends_with('s')
}

/// Tells whether a preposition, and perhaps an article behind it, join two noun phrases.
fn joins(text: &Annotated, between: &TokenRange) -> bool {
    let is_joint = |i: usize| {
        matches!(
            text.lower(i),
            "of" | "on"
                | "for"
                | "in"
                | "to"
                | "with"
                | "against"
                | "by"
                | "from"
                | "between"
                | "about"
                | "over"
                | "at"
        )
    };
    let is_article = |i: usize| {
        matches!(
            text.lower(i),
            "the" | "a" | "an" | "its" | "his" | "her" | "their" | "our" | "any" | "all" | "this" | "these" | "those"
        )
    };
    !between.is_empty() && is_joint(between.start) && (between.start + 1..between.end).all(is_article)
}

/// A stretch of time or a number is nothing to be for or against.
fn is_empty_phrase(text: &Annotated, chunk: &TokenRange) -> bool {
    chunk.clone().all(|i| {
        text.is(i, WordClass::Period)
            || text.is(i, WordClass::RelativeTime)
            || text.is(i, WordClass::Quantity)
            || text.document.word(i).bytes().all(|b| b.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::testing::annotated;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found = annotated(text, |text, _| {
            let words = |c: Candidate| text.document.slice(&c.tokens).to_string();
            phrases(text, &(0..text.words.len()), Place::Content).into_iter().map(words).collect::<Vec<_>>()
        });
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn noun_phrases_stand_between_verbs_and_articles_and_go_on_over_prepositions() {
        check("The tariffs on steel would hurt our towns.", &["tariffs", "tariffs on steel", "steel", "hurt", "towns"]);
        check("We want to cut the tax.", &["want", "tax"]);
        check("Mexico condemned Canada.", &["Mexico", "condemned Canada"]);
        check("He left last week.", &["left last week"]);
        check("They met next week.", &["met next week"]);
    }

    #[test]
    fn signs_and_abbreviations_are_inside_them() {
        check("A 50% tariff on beef", &["50% tariff", "50% tariff on beef", "beef"]);
        check("The U.S. tariffs.", &["U.S. tariffs"]);
        check("It is the $5 billion deal.", &["$5 billion deal"]);
    }
}
