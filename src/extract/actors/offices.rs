//! Speakers whom the phrase calls by their office: `the president`, `Mexico's foreign minister`.

use super::resolve::{Resolved, Resolver};
use super::roles::state_within;
use super::{Role, person_actor};
use crate::language::TokenRange;
use crate::lexicon::{OfficeKind, State};
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
        let fits = |p: usize| {
            let actor = &self.actors[p];
            let of_state = state.is_none_or(|s| actor.countries.contains(&s.alpha2));
            let below = &found.office.below;
            let holds = !below.is_empty() && actor.counts_for.iter().any(|c| c.ends_with(below.as_str()));
            let role = actor.role.as_deref().unwrap_or("").to_lowercase();
            of_state && (title.iter().any(|t| role.contains(t.as_str())) || holds)
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
        let state = state?;
        self.holder(state, &found.office.below, title).map(|actor| Resolved {
            actor,
            person: None,
            by: ResolvedBy::OfficeHolder,
        })
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
