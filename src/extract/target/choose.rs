//! Chooses the target of a statement: of the phrases it may be about, the one with most to speak for it.

use super::spoken_of::{Asked, Candidate, Targets};
use super::undoing::Undoing;
use crate::language::TokenRange;
use crate::model::target_weight;
use crate::record::Stance;

/// A target: a short noun phrase, and the actors that it names, by path or id.
#[derive(Debug, Default, PartialEq)]
pub(in crate::extract) struct Target {
    pub words: String,
    pub actors: Vec<String>,
    /// What it would put an end or a limit to, if that is what it does.
    pub undoes: String,
}

impl Targets<'_, '_> {
    /// Returns what a statement that takes a side is about; the next may be about the same.
    pub fn target(&mut self, asked: &Asked) -> Target {
        if asked.stance == Stance::Neutral {
            return Target::default();
        }
        let mut candidates = self.candidates(asked);
        let scores = candidates.iter().map(|c| -> f32 { self.features(asked, c).into_iter().map(target_weight).sum() });
        // Of equals, the first.
        let Some((best, _)) = scores.enumerate().reduce(|best, next| if next.1 > best.1 { next } else { best }) else {
            return Target::default();
        };
        let best = &candidates.swap_remove(best);
        self.before = Some(best.clone());
        self.written(asked, best)
    }

    /// Returns every candidate as it would be written, with what speaks for it, for the program that learns the weights.
    pub fn considered(&mut self, asked: &Asked) -> Vec<(String, Vec<&'static str>)> {
        let candidates = self.candidates(asked);
        let considered = |c: &Candidate| (self.written(asked, c).words, self.features(asked, c));
        candidates.iter().map(considered).collect()
    }

    /// Writes a candidate as a target.
    fn written(&self, asked: &Asked, candidate: &Candidate) -> Target {
        let target = self.phrase(asked, candidate);
        match self.undoing(asked, candidate) {
            Some(Undoing::Before(words)) => {
                Target { words: format!("{words} {}", target.words), undoes: target.words, ..target }
            }
            Some(Undoing::Within(undoes)) => Target { undoes, ..target },
            None => target,
        }
    }

    /// Writes the phrase of a candidate.
    fn phrase(&self, asked: &Asked, candidate: &Candidate) -> Target {
        let text = self.text;
        if let Some(person) = candidate.person {
            let person = &self.cast.people[person];
            let actors = person.known.map(|known| known.id.clone()).into_iter().collect();
            return Target { words: person.name.clone(), actors, ..Target::default() };
        }
        let words = match self.cast.mentions_within(&candidate.tokens).find(|m| m.tokens == candidate.tokens) {
            Some(mention) => self.cast.people[mention.person].name.clone(),
            None => self.in_the_sentence(&candidate.tokens),
        };
        let named = text.names_within(&candidate.tokens).filter(|name| !self.is_own(asked, &name.tokens));
        let mut actors: Vec<String> = Vec::new();
        for path in named.map(|name| name.entries[0].path()) {
            if !actors.iter().any(|actor| actor == path) {
                actors.push(path.to_string());
            }
        }
        Target { words, actors, ..Target::default() }
    }

    /// Returns the words as they would stand within a sentence, so that targets can be counted: `Tariffs are a tax` is about `tariffs`.
    pub(super) fn in_the_sentence(&self, tokens: &TokenRange) -> String {
        let text = self.text;
        let mut words = text.document.slice(tokens).split_whitespace().collect::<Vec<_>>().join(" ");
        let first = text.document.word(tokens.start);
        let is_plain = first.chars().skip(1).all(char::is_lowercase) && text.name_at(tokens.start).is_none();
        if text.begins_sentence(tokens.start) && is_plain && first.is_ascii() {
            words[..1].make_ascii_lowercase();
        }
        words
    }
}

#[cfg(test)]
mod tests {
    use crate::extract::testing::article;

    /// The target of the first statement.
    fn target(text: &str) -> String {
        article("", text).statements[0].target.clone()
    }

    #[test]
    fn the_object_of_a_side_that_is_taken_is_its_target() {
        assert_eq!(target("Brazil rejected a 50% tariff on beef."), "50% tariff on beef");
        assert_eq!(target("Canada condemned the tariff. Nobody answered."), "tariff");
        assert_eq!(target("Republicans rejected the Republican health bill."), "Republican health bill");
    }

    #[test]
    fn one_target_is_written_in_one_way() {
        assert_eq!(target("Canada condemned the plan. “Tariffs are unjust and harmful,” it said."), "plan");
        let text = "Imogen Strand leads the union. Mayor Tomas Reyer left. The council condemned Strand.";
        assert_eq!(target(text), "Imogen Strand");
    }

    #[test]
    fn a_pronoun_is_whoever_else_was_named() {
        let text = "Imogen Strand leads the union. “He is a liar and a disgrace,” Strand said of Mayor Tomas Reyer. \
                    “He has betrayed us,” she said.";
        let targets: Vec<String> = article("", text).statements.iter().map(|s| s.target.clone()).collect();
        assert_eq!(targets.last().map(String::as_str), Some("Tomas Reyer"), "{targets:?}");
    }

    #[test]
    fn nobody_opposes_themselves() {
        let said = |speaker: &str, what: &str| target(&format!("{speaker} said on Monday: “{what}.”"));
        assert_eq!(said("Mitt Romney", "Joe Biden is the worst choice for this harbour"), "Joe Biden");
        assert_ne!(said("Joe Biden", "Joe Biden is the worst choice for this harbour"), "Joe Biden");
        assert_ne!(said("Joe Biden", "Biden is the worst choice for this harbour"), "Biden");
        assert_eq!(target("Mexico condemned Mexico."), "");
        assert_eq!(target("Mexico condemned the Mexican tariff."), "Mexican tariff");
    }

    #[test]
    fn what_takes_no_side_has_no_target() {
        assert_eq!(target("Canada said that the talks began on Monday."), "");
    }
}
