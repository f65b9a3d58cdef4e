//! Documents that speak: `the report`, `a letter obtained by the Gazette`, and whoever issued them.

use super::resolve::{Resolved, Resolver};
use super::roles::read_bodies;
use super::rollup::plain_actor;
use crate::language::TokenRange;
use crate::lexicon::{SpeakerNoun, WordClass};
use crate::record::{ActorKind, ResolvedBy};

impl Resolver<'_, '_> {
    /// `documents obtained by the Gazette` are documents; whoever got hold of them does not speak.
    pub(super) fn without_finder(&self, source: TokenRange) -> TokenRange {
        let text = self.text;
        let got = |i: usize| {
            matches!(text.lower(i), "obtained" | "seen" | "reviewed" | "viewed" | "leaked" | "shared")
                && (i..source.end).take(6).any(|j| matches!(text.lower(j), "by" | "to" | "with"))
        };
        let end = (source.start + 1..source.end).find(|&i| got(i)).unwrap_or(source.end);
        let head = source.start..end;
        if self.head_noun(&head) == Some(SpeakerNoun::Document) { head } else { source }
    }

    /// `a study by the Harbour Institute`, `the report`: whoever issued it.
    pub(super) fn issuer(&self, source: &TokenRange) -> Option<Resolved> {
        if self.head_noun(source) != Some(SpeakerNoun::Document) || is_press(self.text.lower(source.end - 1)) {
            return None;
        }
        if let Some(body) = self.unknown_body(source) {
            return Some(body);
        }
        let text = self.text;
        let short = source.len() <= 3 && !source.clone().any(|i| text.is_capital(i) && !text.begins_sentence(i));
        let definite = source.start.checked_sub(1).is_some_and(|i| matches!(text.lower(i), "the" | "that" | "this"))
            || matches!(text.lower(source.start), "that" | "this");
        if !short || !definite {
            return None;
        }
        self.issuer_before(source.start, text.lower(source.end - 1))
    }

    /// Back through the text: whose such a document is said to be.
    fn issuer_before(&self, at: usize, noun: &str) -> Option<Resolved> {
        const TOKENS: usize = 1500;
        const PLACES: usize = 12;
        let text = self.text;
        let any_document = matches!(noun, "document" | "documents");
        let same = |word: &str| {
            alike(word, noun) || any_document && text.lexicon.speaker_noun(word) == Some(SpeakerNoun::Document)
        };
        let places = (at.saturating_sub(TOKENS)..at.saturating_sub(1)).rev().filter(|&i| same(text.lower(i)));
        let is_news =
            matches!(noun.trim_end_matches('s'), "report" | "article" | "story" | "poll" | "survey" | "editorial");
        let speaks = |found: &Resolved| is_news || found.actor.kind != ActorKind::Media;
        let issuer = places.take(PLACES).find_map(|i| self.issuer_at(i).filter(speaks));
        issuer.map(|found| Resolved { by: ResolvedBy::NamedBefore, ..found })
    }

    /// `the ministry's report`, `a Senate report`, `a report from Doe`, `Doe said in a report`.
    fn issuer_at(&self, noun: usize) -> Option<Resolved> {
        const BEFORE: usize = 4;
        const BEHIND: usize = 12;
        let text = self.text;
        let sentence = text.sentence_of(noun);
        let before = noun.saturating_sub(BEFORE).max(sentence.start)..noun;
        let joined = |i: usize| text.is(i, WordClass::Preposition) || text.lower(i) == ",";
        let owner = before.clone().rev().take_while(|&i| !joined(i)).find(|&i| text.is_possessive(i));
        if let Some(owner) = owner {
            return self.named_at_end(owner + 1);
        }
        let behind = noun + 1..(noun + BEHIND).min(sentence.end);
        let by = behind.clone().find(|&i| matches!(text.lower(i), "by" | "from"));
        if let Some(by) = by {
            let phrase = by + 1..(by + 7).min(behind.end);
            return self.named_in(&phrase);
        }
        let stands_before = text.names_within(&before).last().filter(|n| n.tokens.end + 1 >= noun);
        if let Some(name) = stands_before {
            return self.named_body(&name.tokens);
        }
        let said_in =
            before.clone().any(|i| text.lower(i) == "in") && before.clone().any(|i| is_article(text.lower(i)));
        let paragraph = text.document.tokens[noun].paragraph;
        let spoke = self.lately().find(|s| s.at <= noun && text.document.tokens[s.at].paragraph == paragraph)?;
        let is_somebody = !matches!(spoke.actor.kind, ActorKind::Media | ActorKind::Unnamed);
        let found = || Resolved { actor: spoke.actor.clone(), person: spoke.person, by: ResolvedBy::NamedBefore };
        (said_in && is_somebody).then(found)
    }

    /// The person or body whose name ends there.
    fn named_at_end(&self, end: usize) -> Option<Resolved> {
        let person = self.cast.mentions_within(&(end.saturating_sub(4)..end)).last().filter(|m| m.tokens.end == end);
        if let Some(mention) = person {
            return Some(self.pronoun_for(mention.person));
        }
        let name = self.text.name_at(end - 1)?;
        self.named_body(&name.tokens)
    }

    /// The first person or body that a phrase names, known or not.
    fn named_in(&self, phrase: &TokenRange) -> Option<Resolved> {
        let mention = self.cast.mentions_within(phrase).next();
        let name = self.text.names_within(phrase).next();
        match (mention, name) {
            (Some(mention), Some(name)) if name.tokens.start < mention.tokens.start => self.named_body(&name.tokens),
            (Some(mention), _) => Some(self.pronoun_for(mention.person)),
            (None, Some(name)) => self.named_body(&name.tokens),
            (None, None) => self.unknown_body(phrase),
        }
    }

    /// A body that the lexicon does not know, by its name.
    fn unknown_body(&self, phrase: &TokenRange) -> Option<Resolved> {
        let bodies = read_bodies(self.text, phrase);
        let name = bodies.affiliations.into_iter().next().filter(|_| bodies.paths.is_empty())?;
        Some(Resolved { actor: plain_actor(name, ActorKind::Ngo), person: None, by: ResolvedBy::NamedBefore })
    }
}

/// Tells whether two nouns name the same sort of document, in the singular or not.
fn alike(word: &str, noun: &str) -> bool {
    const SAME: [&[&str]; 3] =
        [&["report", "study", "review", "findings"], &["suit", "lawsuit", "complaint"], &["memo", "memorandum"]];
    let single = |w: &str| w.trim_end_matches('s').to_string();
    let (word, noun) = (single(word), single(noun));
    let holds = |group: &&[&str], w: &str| group.iter().any(|g| single(g) == w);
    word == noun || SAME.iter().any(|group| holds(group, &word) && holds(group, &noun))
}

/// Tells whether a noun stands for those who report rather than for what they wrote.
fn is_press(noun: &str) -> bool {
    let single = noun.strip_suffix('s').unwrap_or(noun);
    matches!(single, "pres" | "media" | "outlet" | "paper" | "newspaper" | "site" | "website")
}

fn is_article(word: &str) -> bool {
    matches!(word, "a" | "an" | "the" | "its" | "his" | "her" | "their")
}

#[cfg(test)]
mod tests {
    use crate::extract::testing::speakers;

    /// Who is behind the last of the phrases, of which the first ones only lead up to it.
    #[track_caller]
    fn check(text: &str, phrases: &[&str], expected: &str) {
        assert_eq!(speakers(text, phrases).last().map(String::as_str), Some(expected), "{text}");
    }

    #[test]
    fn a_document_is_said_by_whoever_issued_it() {
        let study = "A study by the Quayside Institute said so.";
        check(study, &["A study by the Quayside Institute"], "Quayside Institute");
        let report = "A report from the Quayside Institute came out. Boats left. Then the report said so.";
        check(report, &["the report"], "Quayside Institute");
        check("Jane Okafor's letter came. Boats left. Then the letter said so.", &["the letter"], "Jane Okafor");
    }

    #[test]
    fn whoever_got_hold_of_a_document_does_not_speak() {
        check("The boats left. Documents seen by Reuters said so.", &["Documents seen by Reuters"], "Documents");
    }
}
