//! Speakers whom the phrase calls by their office: `the president`, `Mexico's foreign minister`.

use super::resolve::{Resolved, Resolver};
use super::roles::{region_within, state_within};
use super::{Role, person_actor};
use crate::language::TokenRange;
use crate::lexicon::{OfficeKind, SpeakerNoun, State};
use crate::record::{Actor, ResolvedBy};

impl Resolver<'_, '_> {
    /// `the president`, `Mexico's foreign minister`, `the senator`: the holder of an office.
    pub(super) fn by_office(&self, source: &TokenRange, at: usize) -> Option<Resolved> {
        let text = self.text;
        let found = text
            .offices_within(source)
            .filter(|o| o.office.kind != OfficeKind::Honorific)
            .max_by_key(|o| o.tokens.len())?;
        let plural =
            text.lower(found.tokens.end - 1).ends_with('s') && !text.lower(found.tokens.end - 1).ends_with("ss");
        let counted = source.start < found.tokens.start
            && (source.start..found.tokens.start)
                .any(|i| matches!(text.lower(i), "a" | "an" | "one" | "another" | "some"));
        if plural || counted || matches!(found.office.kind, OfficeKind::Spokesperson) {
            return None;
        }
        let title = found.office.expressions.as_slice();
        let state = state_within(text, source);
        let region = region_within(text, source);
        // `the official`, `the aide`: one of many, not whoever holds the highest office around.
        let one_of_many = self.is_one_of_many(source);
        let fits = |p: usize| {
            let actor = &self.actors[p];
            let of_state = state.is_none_or(|s| actor.countries.contains(&s.alpha2));
            let below = &found.office.below;
            let holds =
                !one_of_many && !below.is_empty() && actor.counts_for.iter().any(|c| c.ends_with(below.as_str()));
            let role = actor.role.as_deref().unwrap_or("").to_lowercase();
            let holds = holds && !serves(&role);
            let of_region = region.is_none_or(|r| self.is_of_region(p, r));
            of_state && of_region && (title.iter().any(|t| role.contains(t.as_str())) || holds)
        };
        const MENTIONS: usize = 512;
        let mentions = &self.cast.mentions;
        let before = mentions.partition_point(|m| m.tokens.start < at.max(source.start));
        let later = mentions.partition_point(|m| m.tokens.start < at);
        let named_before = mentions[..before].iter().rev().take(MENTIONS);
        let named_later = mentions[later..].iter().take(MENTIONS);
        let person = named_before.chain(named_later).map(|m| m.person).find(|&p| fits(p));
        if let Some(person) = person {
            return Some(Resolved { actor: self.actor_of(person), person: Some(person), by: ResolvedBy::Office });
        }
        let state = state.filter(|_| !one_of_many)?;
        self.holder(state, &found.office.below, title).map(|actor| Resolved {
            actor,
            person: None,
            by: ResolvedBy::OfficeHolder,
        })
    }

    /// Tells whether the phrase ends in a word for people of whom there are many and whom nobody names.
    fn is_one_of_many(&self, source: &TokenRange) -> bool {
        let noun = self.text.lower(source.end - 1);
        self.head_noun(source) == Some(SpeakerNoun::Unnamed) && self.text.lexicon.speaker_noun(noun).is_some()
    }

    /// The lexicon's holder of an office on the article's date; only where the office is named for the state.
    fn holder(&self, state: &State, below: &str, titles: &[String]) -> Option<Actor> {
        if below.is_empty() {
            return None;
        }
        let lexicon = self.counting.lexicon;
        let path = lexicon.office_path(state, below);
        let mut holders = lexicon.people().iter().filter(|p| {
            let terms = p.terms_on(self.counting.date);
            terms
                .current
                .iter()
                .any(|t| t.path == path && titles.iter().any(|title| t.office.to_lowercase().contains(title.as_str())))
        });
        let (one, other) = (holders.next()?, holders.next());
        if other.is_some() {
            return None;
        }
        Some(person_actor(&one.name, Some(one), &Role::default(), self.counting))
    }
}

/// Tells whether a role is to serve whoever holds the office, which it counts for too.
fn serves(role: &str) -> bool {
    ["adviser", "advisor", "aide", "spokes", "press secretary", "counsel"].iter().any(|word| role.contains(word))
}

#[cfg(test)]
mod tests {
    use crate::extract::testing::speakers;

    #[test]
    fn an_official_is_not_whoever_holds_the_highest_office() {
        let text =
            "President Donald Trump met a harbour official. Boats left. The official said so. The president agreed.";
        let found = speakers(text, &["a harbour official", "The official", "The president"]);
        assert_eq!(found, ["unnamed harbour official", "unnamed harbour official", "Donald Trump, US"]);
    }

    #[test]
    fn a_senator_is_of_the_region_that_the_phrase_names() {
        let text = "Sen. Jane Okafor (R-Ky.) met Sen. Tomas Reyer, D-Ohio. The Kentucky senator agreed.";
        assert_eq!(speakers(text, &["The Kentucky senator"]), ["Jane Okafor, US"]);
    }
}
