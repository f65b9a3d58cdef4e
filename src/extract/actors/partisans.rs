//! Speakers whom the phrase calls by party or home: `the Kentucky Republican`, `the Illinois senator`, `the Kansan`.

use super::resolve::{Resolved, Resolver};
use super::roles::region_within;
use crate::language::TokenRange;
use crate::lexicon::{Entry, Region, WordClass};
use crate::record::{ActorKind, ResolvedBy};

impl Resolver<'_, '_> {
    /// `the Kentucky Republican`, `the GOP nominee`, `the Kansan`: the one of the article who is of that party and region.
    pub(super) fn by_party_or_region(&self, source: &TokenRange) -> Option<Resolved> {
        let text = self.text;
        let ends = |i: &usize| *i > source.start && (text.lower(*i) == "," || text.is(*i, WordClass::HeadEnd));
        let head = source.start..source.clone().find(ends).unwrap_or(source.end);
        let before = source.start.checked_sub(1).map_or("", |i| text.lower(i));
        let definite = matches!(before, "the" | "this" | "that") || text.is_possessive(source.start);
        let last = head.end - 1;
        let nominee = text.is(last, WordClass::NotYet) || matches!(text.lower(last), "front-runner" | "frontrunner");
        let single = !text.lower(last).ends_with('s') && text.lower(last) != "party";
        let region = region_within(text, &head);
        let party = self.party_within(&(if nominee { head.clone() } else { last..head.end }));
        let resident = region.is_some_and(|r| head.len() == 1 && text.lower(last) != r.name.to_lowercase());
        let fits = single && definite && (party.is_some() && (region.is_some() || nominee) || resident);
        if !fits || self.cast.mentions_within(&head).next().is_some() {
            return None;
        }
        let of_region = |p: usize| region.is_none_or(|r| self.is_of_region(p, r));
        let of_party = |p: usize| party.is_none_or(|path| self.actors[p].counts_for.iter().any(|c| c == path));
        let runs = |p: usize| !nominee || !self.has_left(p);
        let person = self.named_last_who(source.start, |p| of_region(p) && of_party(p) && runs(p));
        let unsaid = |p: usize| party.is_none() || !self.actors[p].counts_for.iter().any(|c| self.is_party(c));
        let person = person.or_else(|| self.named_last_who(source.start, |p| of_region(p) && unsaid(p)))?;
        Some(Resolved { actor: self.actor_of(person), person: Some(person), by: ResolvedBy::Office })
    }

    /// Tells whether somebody is of the region; where the article says so of nobody, everybody may be.
    pub(super) fn is_of_region(&self, person: usize, region: &Region) -> bool {
        self.is_said_to_be_of(person, region)
            || !(0..self.actors.len()).any(|other| self.is_said_to_be_of(other, region))
                && self.cast.people[person].role.place.is_none()
    }

    fn is_said_to_be_of(&self, person: usize, region: &Region) -> bool {
        let person = &self.cast.people[person];
        let represents = |office: &str| office.ends_with(&region.name);
        person.role.place.as_deref() == Some(&region.path)
            || person.known.is_some_and(|known| known.terms.iter().any(|term| represents(&term.office)))
    }

    /// The person named last before a token, else first after it.
    fn named_last_who(&self, at: usize, fits: impl Fn(usize) -> bool) -> Option<usize> {
        const MENTIONS: usize = 512;
        let mentions = &self.cast.mentions;
        let here = mentions.partition_point(|m| m.tokens.start < at);
        let before = mentions[..here].iter().rev().take(MENTIONS);
        before.chain(mentions[here..].iter().take(MENTIONS)).map(|m| m.person).find(|&p| fits(p))
    }

    fn party_within(&self, range: &TokenRange) -> Option<&str> {
        let mut entries = self.text.names_within(range).flat_map(|name| &name.entries);
        let named = entries.find_map(|entry| match entry {
            Entry::Body(body) if body.kind == ActorKind::Party => Some(body.path.as_str()),
            _ => None,
        });
        let adjective = || range.clone().any(|i| self.text.lower(i) == "democratic").then_some("democratic-party");
        named.or_else(adjective)
    }

    fn is_party(&self, path: &str) -> bool {
        self.counting.lexicon.body(path).is_some_and(|body| body.kind == ActorKind::Party)
    }
}

#[cfg(test)]
mod tests {
    use crate::extract::testing::speakers;

    #[test]
    fn a_member_of_a_party_from_a_region_is_who_was_said_to_be_one() {
        let text = "Sen. Jane Okafor (R-Ky.) met Rep. Tomas Reyer, D-Texas, and Ana Strand of Ohio. The toll was unfair, the \
                    Kentucky Republican said. The Texas Democrat agreed. The Texan left. The Ohio Republican stayed.";
        let phrases = ["Kentucky Republican", "Texas Democrat", "Texan", "Ohio Republican"];
        let found = speakers(text, &phrases);
        assert_eq!(found, ["Jane Okafor, US", "Tomas Reyer, US", "Tomas Reyer, US", "Ana Strand"]);
    }

    #[test]
    fn parties_and_their_members_are_nobody_of_a_region() {
        let text = "Sen. Jane Okafor (R-Ky.) spoke. Republicans left. A Republican stayed.";
        assert_eq!(speakers(text, &["Republicans", "A Republican"]), ["Republican Party", "Republican Party"]);
    }
}
