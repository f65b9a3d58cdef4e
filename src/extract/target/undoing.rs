//! Targets that would undo something: who supports a repeal of the levy is against the levy.

use super::candidates::is_determiner;
use super::spoken_of::{Asked, Candidate, Place, Targets};
use crate::extract::stance::negation_before;
use crate::language::TokenRange;
use crate::lexicon::CueKind;
use crate::record::Stance;

/// Where the word stands that undoes.
#[derive(Debug, PartialEq)]
pub(super) enum Undoing {
    /// Right before the phrase; its words, with those between: `repeal the`.
    Before(String),
    /// The phrase begins with it; the words of what it undoes.
    Within(String),
}

impl Targets<'_, '_> {
    /// Returns how the target of a statement undoes something, if it does.
    ///
    /// Opposition is to a repeal only where the words name it as a thing (`a repeal of`, `repealing`); else the opposition is
    /// what they tell of: in `vowed to block the levy` it is to the levy.
    pub(super) fn undoing(&self, asked: &Asked, candidate: &Candidate) -> Option<Undoing> {
        let said = matches!(candidate.place, Place::Content | Place::Rule) && candidate.said.is_none();
        let tokens = &candidate.tokens;
        let content = asked.found.content.iter().find(|content| content.contains(&tokens.start)).filter(|_| said)?;
        self.undoing_within(asked, tokens).or_else(|| self.undoing_before(asked, tokens, content))
    }

    fn undoing_within(&self, asked: &Asked, tokens: &TokenRange) -> Option<Undoing> {
        let text = self.text;
        let end = self.undoing_at(asked, tokens.start).filter(|&end| end < tokens.end)?;
        // `banned books` are no ban.
        if text.lower(tokens.start).ends_with("ed") {
            return None;
        }
        let start = (end..tokens.end).find(|&i| !is_determiner(text.lower(i)))?;
        Some(Undoing::Within(text.document.slice(&(start..tokens.end)).to_string()))
    }

    fn undoing_before(&self, asked: &Asked, tokens: &TokenRange, content: &TokenRange) -> Option<Undoing> {
        const DETERMINERS: usize = 2;
        const WORDS: usize = 3;
        let text = self.text;
        let between = (content.start..tokens.start).rev().take(DETERMINERS);
        let first = tokens.start - between.take_while(|&i| is_determiner(text.lower(i))).count();
        let starts = content.start.max(first.saturating_sub(WORDS))..first;
        let start = starts.clone().find(|&i| self.undoing_at(asked, i) == Some(first))?;
        let is_refused = negation_before(text, start, content.start) < 0.0;
        (!is_refused).then(|| Undoing::Before(self.in_the_sentence(&(start..tokens.start))))
    }

    /// Returns where the undoing words end that begin at a token, if the stance can be about an undoing.
    fn undoing_at(&self, asked: &Asked, at: usize) -> Option<usize> {
        let text = self.text;
        let (undoing, length) = text.lexicon.undoing_at(&text.words, at)?;
        // `the repeal push` is none that the speaker makes.
        let is_behind_determiner = || at > 0 && is_determiner(text.lower(at - 1));
        let is_thing = || undoing.kind != CueKind::Verb || text.lower(at).ends_with("ing") || is_behind_determiner();
        // `reiterated its opposition to the levy` opposes the levy.
        (asked.stance == Stance::Support || is_thing() && !undoing.is_position).then_some(at + length)
    }
}

#[cfg(test)]
mod tests {
    use crate::extract::testing::article;

    /// The target of the first statement and what it undoes.
    fn target(text: &str) -> (String, String) {
        let mut found = article("", text);
        let first = found.statements.swap_remove(0);
        (first.target, first.undoes)
    }

    fn check(text: &str, words: &str, undoes: &str) {
        assert_eq!(target(text), (words.to_string(), undoes.to_string()), "{text}");
    }

    #[test]
    fn who_supports_an_end_is_against_what_ends() {
        check("Mayor Tomas Reyer supports a ban on plastic bags.", "ban on plastic bags", "plastic bags");
        check(
            "Mayor Tomas Reyer urged the council to repeal the harbour levy.",
            "repeal the harbour levy",
            "harbour levy",
        );
        check("Mayor Tomas Reyer supports repealing the harbour levy.", "repealing the harbour levy", "harbour levy");
    }

    #[test]
    fn who_blocks_a_thing_opposes_the_thing() {
        check("Mayor Tomas Reyer vowed to block the harbour levy.", "harbour levy", "");
        check("Mayor Tomas Reyer opposes a ban on plastic bags.", "ban on plastic bags", "plastic bags");
        check("Mayor Tomas Reyer condemned the repeal levy push.", "repeal levy push", "levy push");
        check("Mayor Tomas Reyer reiterated his opposition to the harbour levy.", "harbour levy", "");
    }

    #[test]
    fn what_is_not_to_end_is_what_is_supported() {
        check("Mayor Tomas Reyer promised not to cut the harbour budget.", "harbour budget", "");
    }
}
