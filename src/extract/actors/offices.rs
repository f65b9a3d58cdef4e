//! Speakers whom the phrase calls by their office: `the president`, `Mexico's foreign minister`.

use super::resolve::{Resolved, Resolver};
use super::roles::{region_within, state_within};
use super::{Role, person_actor};
use crate::language::TokenRange;
use crate::lexicon::{Entry, OfficeKind, SpeakerNoun, State, WordClass};
use crate::record::{Actor, ResolvedBy};

impl Resolver<'_, '_> {
    /// `the president`, `Mexico's foreign minister`, `the senator`: the holder of an office.
    pub(super) fn by_office(&self, source: &TokenRange, at: usize) -> Option<Resolved> {
        let text = self.text;
        let found = text
            .offices_within(source)
            .filter(|o| o.office.kind != OfficeKind::Honorific && !self.is_in_name(&o.tokens))
            .max_by_key(|o| o.tokens.len())?;
        let plural =
            text.lower(found.tokens.end - 1).ends_with('s') && !text.lower(found.tokens.end - 1).ends_with("ss");
        let counted = source.start < found.tokens.start
            && (source.start..found.tokens.start)
                .any(|i| matches!(text.lower(i), "a" | "an" | "one" | "another" | "some"));
        let of_another = self.belongs_to_another(source, &found.tokens);
        if plural || counted || of_another || matches!(found.office.kind, OfficeKind::Spokesperson) {
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
            of_state && of_region && (title.iter().any(|t| says(&role, t)) || holds)
        };
        const MENTIONS: usize = 512;
        let mentions = &self.cast.mentions;
        let before = mentions.partition_point(|m| m.tokens.start < at.max(source.start));
        let later = mentions.partition_point(|m| m.tokens.start < at);
        let named_before = mentions[..before].iter().rev().take(MENTIONS);
        let named_later = mentions[later..].iter().take(MENTIONS);
        let people: Vec<usize> = named_before.chain(named_later).map(|m| m.person).filter(|&p| fits(p)).collect();
        let was_in_office = source.clone().any(|i| text.is(i, WordClass::Former));
        let in_time = |p: usize| self.has_left(p) == was_in_office;
        let home = self.counting.home.filter(|_| state.is_none() && found.office.single);
        let at_home = |p: usize| home.is_none_or(|s| self.actors[p].countries.contains(&s.alpha2));
        let best = people.iter().find(|&&p| in_time(p) && at_home(p)).or_else(|| people.iter().find(|&&p| in_time(p)));
        let person = best.or(people.first()).copied();
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

    /// `the Palestinian Authority`: a word for an office inside the name of a body.
    fn is_in_name(&self, office: &TokenRange) -> bool {
        let name = self.text.name_at(office.start).filter(|_| self.text.is_capital(office.start));
        name.is_some_and(|name| matches!(name.entries[0], Entry::Body(_)))
    }

    /// `supporters of the president`, `the special counsel's office`, `the official newspaper`: somebody else's office.
    fn belongs_to_another(&self, source: &TokenRange, office: &TokenRange) -> bool {
        let text = self.text;
        let before = (source.start..office.start).any(|i| text.is(i, WordClass::Preposition));
        let owner = text.is_possessive(office.end - 1) && office.end < source.end;
        let next = office.end;
        let goes_on = next < source.end
            && text.document.word(next).starts_with(char::is_alphabetic)
            && !text.is(next, WordClass::HeadEnd)
            && !text.is(next, WordClass::Preposition)
            && !text.is(next, WordClass::Relative)
            && text.lexicon.speaker_noun(text.lower(source.end - 1)).is_some();
        before || owner || goes_on
    }

    /// Tells whether somebody held an office once and holds none now, as the text or the lexicon says.
    pub(super) fn has_left(&self, person: usize) -> bool {
        let role = self.actors[person].role.as_deref().unwrap_or("").to_lowercase();
        let known = self.cast.people[person].known.map(|known| known.terms_on(self.counting.date));
        role.contains("former") || known.is_some_and(|terms| terms.current.is_empty() && !terms.former.is_empty())
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

/// Tells whether a role has a title in it, as whole words: `president` has no `resident`.
fn says(role: &str, title: &str) -> bool {
    role.match_indices(title).any(|(at, _)| {
        let before = role[..at].chars().next_back();
        let after = role[at + title.len()..].chars().next();
        ![before, after].into_iter().flatten().any(char::is_alphanumeric)
    })
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
    fn the_office_of_somebody_is_not_whoever_holds_it() {
        let text = "President Donald Trump came. Then a resident spoke. The resident left. Supporters of the president stayed.";
        let found = speakers(text, &["The resident", "Supporters of the president"]);
        assert_eq!(found, ["unnamed resident", "unnamed Supporters of the president"]);
    }

    #[test]
    fn the_president_is_that_of_the_state_at_home() {
        let text = "President Donald Trump met Congress in Texas, then President Vladimir Putin. The president left.";
        assert_eq!(speakers(text, &["The president"]), ["Donald Trump, US"]);
    }

    #[test]
    fn a_senator_is_of_the_region_that_the_phrase_names() {
        let text = "Sen. Jane Okafor (R-Ky.) met Sen. Tomas Reyer, D-Ohio. The Kentucky senator agreed.";
        assert_eq!(speakers(text, &["The Kentucky senator"]), ["Jane Okafor, US"]);
    }
}
