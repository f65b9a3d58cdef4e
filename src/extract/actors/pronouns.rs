//! The antecedents of pronouns: who spoke or was named last and fits.

use super::cast::Mention;
use super::resolve::{Resolved, Resolver};
use crate::extract::annotated::Name;
use crate::lexicon::{Entry, Gender, StateName, WordClass};
use crate::record::{ActorKind, ResolvedBy};

impl Resolver<'_, '_> {
    /// Tells whether the token is a pronoun that stands for somebody.
    pub(super) fn is_pronoun(&self, at: usize) -> bool {
        use WordClass::{FirstPerson, He, Relative, She, They};
        [He, She, They, Relative, FirstPerson].into_iter().any(|class| self.text.is(at, class))
    }

    /// The antecedent of a pronoun.
    pub(super) fn pronoun(&self, pronoun: &str, at: usize) -> Option<Resolved> {
        let classes = self.text.lexicon.word_classes(pronoun);
        if classes.has(WordClass::He) {
            self.person_before(at, Some(Gender::Male))
        } else if classes.has(WordClass::She) {
            self.person_before(at, Some(Gender::Female))
        } else if classes.has(WordClass::Relative) {
            self.right_before(at)
        } else if classes.has(WordClass::They) {
            self.body_before(at, matches!(pronoun, "it" | "itself"))
        } else {
            self.last_speaker(at)
        }
    }

    /// Back through the sentences: who spoke there, else who is named first there.
    fn person_before(&self, at: usize, gender: Option<Gender>) -> Option<Resolved> {
        const SENTENCES: usize = 12;
        let fits = |p: usize| {
            let known = self.cast.people[p].gender;
            known.is_none() || gender.is_none() || known == gender
        };
        let here = self.text.document.tokens[at].sentence as usize;
        for sentence in (here.saturating_sub(SENTENCES)..=here).rev() {
            let range = &self.text.document.sentences[sentence];
            let range = range.start..range.end.min(at);
            let spoke = self.lately().find(|s| range.contains(&s.at) && s.person.is_some_and(fits));
            if let Some(person) = spoke.and_then(|s| s.person) {
                return Some(self.pronoun_for(person));
            }
            let outside = |m: &&Mention| !self.text.document.tokens[m.tokens.start].quoted && fits(m.person);
            if let Some(mention) = self.cast.mentions_within(&range).find(outside) {
                return Some(self.pronoun_for(mention.person));
            }
        }
        None
    }

    pub(super) fn pronoun_for(&self, person: usize) -> Resolved {
        Resolved { actor: self.actor_of(person), person: Some(person), by: ResolvedBy::Pronoun }
    }

    /// The name that ends right before a relative pronoun.
    fn right_before(&self, at: usize) -> Option<Resolved> {
        let end = (at.saturating_sub(2)..at).rev().find(|&i| self.text.lower(i) != ",").map_or(at, |i| i + 1);
        let mentions = &self.cast.mentions;
        let mention = mentions[..mentions.partition_point(|m| m.tokens.end <= at)].last()?;
        if end.saturating_sub(mention.tokens.end) <= 1 {
            return Some(Resolved { by: ResolvedBy::Relative, ..self.pronoun_for(mention.person) });
        }
        let names = &self.text.names;
        let name = names[..names.partition_point(|n| n.tokens.end <= at)].last()?;
        if name.tokens.end + 1 < end {
            return None;
        }
        self.named_body(&name.tokens).map(|found| Resolved { by: ResolvedBy::Relative, ..found })
    }

    /// Back through those who spoke and those who are named: a body, state, party or group.
    fn body_before(&self, at: usize, single: bool) -> Option<Resolved> {
        const SENTENCES: usize = 8;
        let here = self.text.document.tokens[at].sentence as usize;
        let from = self.text.document.sentences[here.saturating_sub(SENTENCES)].start;
        let many = |kind: ActorKind| {
            kind != ActorKind::Person && !(single && matches!(kind, ActorKind::Group | ActorKind::Unnamed))
        };
        if let Some(spoke) = self.lately().find(|s| (from..at).contains(&s.at) && many(s.actor.kind)) {
            return Some(Resolved { actor: spoke.actor.clone(), person: None, by: ResolvedBy::Pronoun });
        }
        for sentence in (here.saturating_sub(SENTENCES)..here).rev() {
            let range = &self.text.document.sentences[sentence];
            let subject = range.start..(range.start + 6).min(range.end);
            let is_body =
                |n: &&Name| matches!(n.entries[0], Entry::Body(_) | Entry::State(_, StateName::Name | StateName::Seat));
            let titles_nobody =
                |n: &&Name| self.cast.mentions_within(&(n.tokens.end..n.tokens.end + 1)).next().is_none();
            let named = self.text.names_within(&subject).filter(titles_nobody).find(is_body);
            if let Some(found) = named.and_then(|n| self.named_body(&n.tokens)) {
                return Some(Resolved { by: ResolvedBy::Pronoun, ..found });
            }
        }
        None
    }
}
