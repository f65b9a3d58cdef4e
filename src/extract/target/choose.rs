//! Chooses the target of a statement: of the phrases it may be about, the one with most to speak for it.

use std::collections::{HashMap, HashSet};

use super::candidates::Candidate;
use crate::extract::actors::{Cast, Mention};
use crate::extract::annotated::Annotated;
use crate::extract::statements::Found;
use crate::language::TokenRange;
use crate::model::target_weight;
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
    pub(super) before: Option<TokenRange>,
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

/// A target: a short noun phrase, and the actors that it names, by path or id.
#[derive(Debug, Default, PartialEq)]
pub(in crate::extract) struct Target {
    pub words: String,
    pub actors: Vec<String>,
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
        self.before = Some(best.tokens.clone());
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
        let text = self.text;
        if let Some(person) = candidate.person {
            let person = &self.cast.people[person];
            let actors = person.known.map(|known| known.id.clone()).into_iter().collect();
            return Target { words: person.name.clone(), actors };
        }
        let words = text.document.slice(&candidate.tokens).split_whitespace().collect::<Vec<_>>().join(" ");
        let named = text.names_within(&candidate.tokens).filter(|name| !self.is_own(asked, &name.tokens));
        let mut actors: Vec<String> = named.map(|name| name.entries[0].path().to_string()).collect();
        actors.dedup();
        Target { words, actors }
    }

    /// Nobody opposes themselves: tells whether the tokens name the speaker of an opposition.
    pub(super) fn is_own(&self, asked: &Asked, tokens: &TokenRange) -> bool {
        let is_speaker = |m: &Mention| m.tokens == *tokens && Some(m.person) == asked.person;
        asked.stance == Stance::Oppose
            && (self.cast.mentions_within(tokens).any(is_speaker) || names(self.text, tokens, &asked.speaker.id))
    }
}

/// Tells whether the tokens are a name of an actor of the lexicon, or of the state whose government it is.
pub(super) fn names(text: &Annotated, tokens: &TokenRange, actor: &str) -> bool {
    let is_actor = |path: &str| path == actor || actor.strip_prefix(path) == Some("/government");
    text.names_within(tokens).any(|name| name.tokens == *tokens && is_actor(name.entries[0].path()))
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
