//! The phrases that a stance may be about.

use super::by_rule;
use super::spoken_of::{Asked, Candidate, Place, Targets};
use crate::extract::annotated::Annotated;
use crate::extract::statements::{Found, trimmed};
use crate::language::TokenRange;
use crate::lexicon::{CueKind, Gender, WordClass};
use crate::record::Stance;

/// Words of a piece of the content that are looked at, and of a phrase.
pub(super) const LOOKED_AT: usize = 40;
/// Pieces of a content that are looked at: a post may have as many as a book has paragraphs.
pub(super) const PIECES: usize = 4;
const LONGEST: usize = 9;
/// Where a statement has no more phrases, those around it are looked at too.
const FEW: usize = 5;

impl Targets<'_, '_> {
    /// Returns the phrases that the statement may be about, each once, in the order in which equals are preferred.
    pub(super) fn candidates(&self, asked: &Asked) -> Vec<Candidate> {
        let mut all = Vec::new();
        let rule = by_rule::target(self.text, asked.found);
        let rule = rule.map(|tokens| without_beginning(self.text, without_end(self.text, tokens)));
        all.extend(rule.map(|tokens| Candidate::new(tokens, Place::Rule)));
        for content in asked.found.content.iter().take(PIECES) {
            let looked_at = content.start..content.end.min(content.start + LOOKED_AT);
            all.extend(phrases(self.text, &looked_at, Place::Content));
            all.extend(self.people(asked, &looked_at));
            all.extend(self.things(asked, &looked_at));
        }
        let fuller: Vec<Candidate> = all.iter().flat_map(|candidate| self.fuller(candidate)).collect();
        all.extend(fuller);
        if all.len() <= FEW {
            all.extend(self.of_sentence(asked));
            all.extend(self.apart(asked.found, phrases(self.text, &self.lead_tokens, Place::Lead)));
        }
        all.extend(self.before_again(None));
        let is_own = |c: &Candidate| match c.person {
            Some(person) => asked.stance == Stance::Oppose && Some(person) == asked.person,
            None => self.is_own(asked, &c.tokens),
        };
        all.retain(|c| {
            !c.tokens.is_empty()
                && !is_own(c)
                && (c.person.is_some() || !is_empty_phrase(self.text, &c.tokens) && !is_verb(self.text, &c.tokens))
        });
        let mut once: Vec<Candidate> = Vec::with_capacity(all.len());
        for candidate in all {
            let is_same = |other: &Candidate| other.tokens == candidate.tokens && other.person == candidate.person;
            if !once.iter().any(is_same) {
                once.push(candidate);
            }
        }
        once
    }

    /// The target of the statement before, for what the statement has instead of it.
    pub(super) fn before_again(&self, said: Option<TokenRange>) -> Option<Candidate> {
        let before = self.before.clone()?;
        Some(Candidate { place: Place::Before, before: 0, said, ..before })
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
        let parts = || found.content.iter().chain(found.cues()).chain(&found.source);
        phrases.retain(|c| parts().all(|part| c.tokens.end <= part.start || part.end <= c.tokens.start));
        phrases
    }

    /// People for whom pronouns of what is said stand: whoever else was named last.
    fn people(&self, asked: &Asked, content: &TokenRange) -> Vec<Candidate> {
        let text = self.text;
        let person = |i: usize| {
            let person = self.meant_by_pronoun(i, text.gender_at(i)?, asked.person)?;
            Some(Candidate { person: Some(person), ..Candidate::new(i..i + 1, Place::Content) })
        };
        let mut found: Vec<Candidate> = content.clone().filter_map(person).collect();
        found.dedup_by_key(|candidate| candidate.person);
        found
    }

    /// The person of that gender, or of none that is known, named last before a token, if it is not the speaker.
    fn meant_by_pronoun(&self, at: usize, gender: Gender, speaker: Option<usize>) -> Option<usize> {
        const MENTIONS: usize = 64;
        let mentions = &self.cast.mentions[..self.cast.mentions.partition_point(|m| m.tokens.end <= at)];
        let fits = |&person: &usize| {
            Some(person) != speaker && self.cast.people[person].gender.is_none_or(|own| own == gender)
        };
        mentions.iter().rev().take(MENTIONS).map(|mention| mention.person).find(fits)
    }
}

/// Returns the noun phrases of a range, each alone and with those that prepositions join to it.
pub(super) fn phrases(text: &Annotated, range: &TokenRange, place: Place) -> Vec<Candidate> {
    let chunks = chunks(text, range);
    let mut found = Vec::new();
    for (before, chunk) in chunks.iter().enumerate() {
        let candidate = |tokens: TokenRange, is_long| Candidate { before, is_long, ..Candidate::new(tokens, place) };
        found.push(candidate(chunk.clone(), false));
        let mut end = chunk.end;
        for next in &chunks[before + 1..] {
            let joined = end..next.start;
            if !joins(text, &joined) || next.end - chunk.start > LONGEST || is_time(text, next.start) {
                break;
            }
            end = next.end;
            found.push(candidate(chunk.start..end, true));
        }
    }
    found
}

/// Returns the stretches of a range that may be noun phrases, without articles and other words before them.
pub(super) fn chunks(text: &Annotated, range: &TokenRange) -> Vec<TokenRange> {
    let mut found: Vec<TokenRange> = Vec::new();
    let mut start = None;
    for at in range.start..=range.end {
        let is_inside = at < range.end && belongs(text, at);
        if let Some(from) = start
            && (!is_inside || is_past_verb(text, at))
        {
            let chunk = without_end(text, trimmed(text, &(from..at)));
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

/// Words that stand before a noun phrase.
pub(super) fn is_determiner(word: &str) -> bool {
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
    )
}

/// Words that stand before a noun phrase, or in none.
fn is_function(word: &str) -> bool {
    let is_other = matches!(
        word,
        "me" | "us"
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
    );
    is_other || is_determiner(word)
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

/// Leaves out what ends no noun phrase: `the plan in`, `the attack last week`.
fn without_end(text: &Annotated, tokens: TokenRange) -> TokenRange {
    let is_left_out =
        |i: usize| is_time(text, i) || text.is(i, WordClass::Preposition) || text.is(i, WordClass::PhraseEnd);
    let end = tokens.clone().rev().find(|&i| !is_left_out(i)).map_or(tokens.start, |last| last + 1);
    trimmed(text, &(tokens.start..end))
}

/// `on tackling the debt`, `and the search`: without what joins a phrase to what stands before it.
fn without_beginning(text: &Annotated, tokens: TokenRange) -> TokenRange {
    let joins = |i: usize| text.is(i, WordClass::Preposition) || is_function(text.lower(i));
    let start = tokens.clone().find(|&i| !joins(i)).unwrap_or(tokens.end);
    start..tokens.end
}

/// A word that says when.
fn is_time(text: &Annotated, at: usize) -> bool {
    let is_day = matches!(
        text.lower(at),
        "monday"
            | "tuesday"
            | "wednesday"
            | "thursday"
            | "friday"
            | "saturday"
            | "sunday"
            | "january"
            | "february"
            | "april"
            | "june"
            | "july"
            | "august"
            | "september"
            | "october"
            | "november"
            | "december"
            | "yesterday"
            | "today"
            | "tomorrow"
    );
    is_day || text.is(at, WordClass::Period) || text.is(at, WordClass::RelativeTime)
}

/// A stretch of time, a number, or a word that stands for anything is nothing to be for or against.
fn is_empty_phrase(text: &Annotated, chunk: &TokenRange) -> bool {
    const LONGEST_IN_BYTES: usize = 160;
    let words = text.document.slice(chunk);
    words.len() > LONGEST_IN_BYTES
        || chunk.clone().all(|i| {
            is_time(text, i)
                || text.is(i, WordClass::Quantity)
                || !text.document.word(i).contains(char::is_alphabetic)
                || text.is(i, WordClass::Pointing)
                || text.is(i, WordClass::FirstPerson)
                || stands_for_anything(text.lower(i))
        })
}

/// `We oppose it`: a single word behind `we` is a verb.
fn is_verb(text: &Annotated, tokens: &TokenRange) -> bool {
    let before = tokens.start.checked_sub(1).map_or("", |last| text.lower(last));
    tokens.len() == 1 && matches!(before, "i" | "we" | "you" | "he" | "she" | "they" | "it" | "who")
}

/// `nothing`, `a good one`: says nothing of what it is.
fn stands_for_anything(word: &str) -> bool {
    matches!(
        word,
        "it" | "one"
            | "ones"
            | "none"
            | "nothing"
            | "something"
            | "anything"
            | "everything"
            | "nobody"
            | "somebody"
            | "everybody"
            | "anybody"
            | "least"
            | "more"
            | "most"
            | "much"
            | "many"
            | "lot"
            | "thing"
            | "things"
            | "way"
            | "ways"
            | "what"
            | "when"
            | "where"
            | "why"
            | "no"
            | "yes"
            | "not"
            | "and"
            | "or"
            | "so"
            | "same"
            | "own"
            | "good"
            | "bad"
            | "great"
            | "well"
            | "people"
            | "a"
            | "an"
            | "the"
            | "very"
            | "kind"
            | "sort"
            | "time"
            | "times"
            | "day"
            | "days"
            | "today"
            | "tomorrow"
            | "fact"
    )
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
        check("The attack last week.", &["attack"]);
        check("The council backs the plan in June.", &["council backs", "plan"]);
        check("They met the $$$ and %.", &["met"]);
    }

    #[test]
    fn signs_and_abbreviations_are_inside_them() {
        check("A 50% tariff on beef", &["50% tariff", "50% tariff on beef", "beef"]);
        check("The U.S. tariffs.", &["U.S. tariffs"]);
        check("It is the $5 billion deal.", &["$5 billion deal"]);
    }
}
