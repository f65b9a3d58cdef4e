//! What a word or a pronoun of a statement stands for: fuller phrases of the article before it.

use super::candidates::{LOOKED_AT, chunks, phrases};
use super::spoken_of::{Asked, Candidate, Place, Targets};
use crate::language::TokenRange;
use crate::lexicon::WordClass;

/// Words that are looked at before a statement.
const REACH: usize = 300;

impl Targets<'_, '_> {
    /// Returns the phrases that say more than a candidate of one word: `the bill` after `the House health bill`.
    pub(super) fn fuller(&self, candidate: &Candidate) -> Vec<Candidate> {
        let text = self.text;
        let at = candidate.tokens.start;
        let is_plain = candidate.tokens.len() == 1 && candidate.person.is_none() && text.name_at(at).is_none();
        if !is_plain || text.is_capital(at) && !text.begins_sentence(at) {
            return Vec::new();
        }
        let word = text.lower(at);
        let same = |i: &usize| text.lower(*i) == word;
        let near = (at.saturating_sub(REACH)..at).rev().filter(same).find_map(|i| self.phrase_ending(i));
        let lead = self.lead_tokens.clone().filter(|i| *i < at && same(i)).find_map(|i| self.phrase_ending(i));
        let mut found: Vec<TokenRange> = near.into_iter().chain(lead).collect();
        found.dedup();
        let said = Some(candidate.tokens.clone());
        found.into_iter().map(|tokens| Candidate { tokens, said: said.clone(), ..candidate.clone() }).collect()
    }

    /// The phrase of two words or more that ends with a token.
    fn phrase_ending(&self, at: usize) -> Option<TokenRange> {
        const LONGEST: usize = 5;
        let first = self.text.sentence_of(at).start.max(at.saturating_sub(LONGEST));
        let phrase = chunks(self.text, &(first..at + 1)).pop()?;
        (phrase.end == at + 1 && phrase.len() >= 2).then_some(phrase)
    }

    /// Returns what the pronouns for things of a content may stand for: the target before and phrases of the sentence before.
    pub(super) fn things(&self, asked: &Asked, content: &TokenRange) -> Vec<Candidate> {
        const FIRST: usize = 12;
        const PHRASES: usize = 5;
        let text = self.text;
        let Some(pronoun) = (content.start..content.end.min(content.start + FIRST)).find(|&i| self.is_thing(i)) else {
            return Vec::new();
        };
        let said = pronoun..pronoun + 1;
        let sentence = text.sentence_of(asked.found.start());
        let earlier = sentence.start.checked_sub(1).map(|last| text.sentence_of(last).clone()).unwrap_or_default();
        let earlier = earlier.start..earlier.end.min(earlier.start + LOOKED_AT);
        let named = phrases(text, &earlier, Place::Earlier).into_iter().take(PHRASES);
        let named = named.map(|candidate| Candidate { said: Some(said.clone()), ..candidate });
        let before = self.before_again(Some(said.clone())).filter(|before| before.person.is_none());
        named.chain(before).collect()
    }

    /// `it`, `this` and `that` where they stand for something.
    fn is_thing(&self, at: usize) -> bool {
        let text = self.text;
        let alone = || {
            let next = text.lower(at + 1);
            !next.starts_with(char::is_alphanumeric) || text.is(at + 1, WordClass::FiniteVerb)
        };
        match text.lower(at) {
            "it" | "they" | "them" => true,
            "this" | "that" => alone(),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::statements::Found;
    use crate::extract::testing::{annotated, article};
    use crate::record::Stance;

    /// What the last statement may be about.
    fn considered(text: &str) -> Vec<String> {
        let found = article("", text);
        let last = found.statements.last().expect("a statement");
        annotated(text, |text, cast| {
            let tokens = |span: &crate::record::Span| text.document.tokens_of(*span);
            let content = last.content.iter().map(tokens).collect();
            let cue = last.cue.first().map(tokens);
            let found = Found::new(None, cue, content, last.found_by, 1.0);
            let speaker = &last.speaker.actor;
            let asked = Asked { found: &found, stance: Stance::Oppose, signs: &[], speaker, person: None };
            Targets::of(text, cast).considered(&asked).into_iter().map(|(words, _)| words).collect()
        })
    }

    #[test]
    fn a_short_phrase_may_stand_for_the_fuller_one_before_it() {
        let text = "The council published the northern harbour levy. Boats left the port. Mayor Tomas Reyer condemned the levy.";
        let found = considered(text);
        assert!(
            found.contains(&"levy".to_string()) && found.contains(&"northern harbour levy".to_string()),
            "{found:?}"
        );
    }

    #[test]
    fn a_pronoun_may_stand_for_what_the_sentence_before_names() {
        let text = "The council published the northern harbour levy. Mayor Tomas Reyer said it was unjust.";
        let found = considered(text);
        assert!(found.contains(&"northern harbour levy".to_string()), "{found:?}");
    }
}
