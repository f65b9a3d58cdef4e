//! Speakers whom the phrase only describes, and what they are called.

use super::resolve::{Resolved, Resolver};
use super::roles::read_bodies;
use super::rollup::plain_actor;
use crate::language::TokenRange;
use crate::lexicon::{NameWord, OfficeKind, SpeakerNoun, WordClass, ancestors};
use crate::record::{ActorKind, ResolvedBy};

impl Resolver<'_, '_> {
    /// Nobody that the lexicon or the article names: a described person, group or document, or an unknown name.
    pub(super) fn described(&self, source: &TokenRange) -> Resolved {
        let text = self.text;
        let source = &self.without_short_form(source);
        let head = self.head_noun(source);
        let bodies = read_bodies(text, source);
        let capital_words = source.clone().filter(|&i| text.is_capital(i) && !text.begins_sentence(i)).count();
        let names_body =
            source.clone().any(|i| text.is_capital(i) && text.lexicon.name_word(text.lower(i)) == Some(NameWord::Body));
        let kind = match head {
            _ if names_body && source.clone().any(|i| text.is_capital(i) && text.is(i, WordClass::OutletNoun)) => {
                ActorKind::Media
            }
            _ if names_body => ActorKind::Ngo,
            Some(SpeakerNoun::Unnamed) => ActorKind::Unnamed,
            Some(SpeakerNoun::Group) => ActorKind::Group,
            Some(SpeakerNoun::Agency) => ActorKind::Agency,
            Some(SpeakerNoun::Document) => ActorKind::Media,
            _ if self.is_one_of_many_nouns(source) => ActorKind::Unnamed,
            None if capital_words > 0 => ActorKind::Person,
            None => ActorKind::Group,
        };
        let office =
            text.offices_within(source).any(|o| matches!(o.office.kind, OfficeKind::Post | OfficeKind::Private))
                && capital_words == 0;
        let kind = if office && kind == ActorKind::Group && head.is_none() { ActorKind::Unnamed } else { kind };
        let name = if kind == ActorKind::Unnamed { self.label(source) } else { self.plain_label(source) };
        let mut actor = plain_actor(name, kind);
        actor.affiliations = bodies.affiliations;
        actor.affiliations.retain(|a| *a != actor.name);
        if let Some(path) = self.public_path(source).filter(|_| actor.kind != ActorKind::Media) {
            actor.countries.extend(self.counting.home.map(|state| state.alpha2.clone()));
            actor.because = format!("public office of the state that the article is about ({path})");
            actor.counts_for = ancestors(&path);
        }
        Resolved { actor, person: None, by: ResolvedBy::Described }
    }

    /// `a butcher in Hull`, `a Harvard economist`: somebody whom nobody names; not `a John Doe`.
    pub(super) fn is_one_of_many_nouns(&self, source: &TokenRange) -> bool {
        let head = self.head(source);
        head.len() > 1 && matches!(self.text.lower(head.start), "a" | "an") && !self.text.is_capital(head.end - 1)
    }

    /// `prosecutors`, `some lawmakers`, `a federal judge`: where they belong in the state that the article is about.
    fn public_path(&self, source: &TokenRange) -> Option<String> {
        let text = self.text;
        let home = self.counting.home?;
        let stop = |i: &usize| *i > source.start && (text.lower(*i) == "," || text.is(*i, WordClass::HeadEnd));
        let head = source.start..source.clone().find(stop).unwrap_or(source.end);
        let is_named = head.clone().any(|i| text.is_capital(i) && !text.begins_sentence(i));
        // `union officials`, `two speakers`: nobody's office.
        let is_private = head.clone().any(|i| text.is(i, WordClass::PrivateBody) || text.lower(i) == "speakers");
        let public = |kind: OfficeKind| matches!(kind, OfficeKind::Legislative | OfficeKind::Judicial);
        let office = text.offices_within(&head).map(|o| o.office).filter(|o| public(o.kind));
        let speaks =
            |i: usize| matches!(text.lower(i), "official" | "officials" | "prosecutors" | "authorities" | "police");
        let official = head.clone().any(speaks).then_some("government");
        let former = head.clone().any(|i| text.is(i, WordClass::Former));
        let below =
            office.last().map(|o| o.below.as_str()).or(official).filter(|_| !is_named && !is_private && !former)?;
        Some(self.counting.lexicon.office_path(home, below))
    }

    /// The phrase up to `of`, `in`, `who`, a comma.
    fn head(&self, source: &TokenRange) -> TokenRange {
        let stop =
            |i: &usize| (self.text.lower(*i) == "," || self.text.is(*i, WordClass::HeadEnd)) && *i > source.start;
        source.start..source.clone().find(stop).unwrap_or(source.end)
    }

    /// What the last common noun of the phrase's head says.
    pub(super) fn head_noun(&self, source: &TokenRange) -> Option<SpeakerNoun> {
        self.head(source).rev().find_map(|i| {
            let word = self.text.lower(i);
            self.text.lexicon.speaker_noun(word)
        })
    }

    /// The phrase without articles and numbers, with `unnamed` before it.
    pub(super) fn label(&self, source: &TokenRange) -> String {
        let plain = self.plain_label(source);
        let unnamed = matches!(self.head_noun(source), Some(SpeakerNoun::Unnamed));
        if unnamed { format!("unnamed {plain}") } else { plain }
    }

    pub(super) fn plain_label(&self, source: &TokenRange) -> String {
        let of_some = |i: usize| i > source.start && self.text.lower(i) == "of";
        let leading = |i: &usize| (self.text.is(*i, WordClass::Quantity) || of_some(*i)) && source.len() > 1;
        let start = source.clone().find(|i| !leading(i)).unwrap_or(source.start);
        let words = self.text.document.slice(&(start..source.end));
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

#[cfg(test)]
mod tests {
    use crate::extract::testing::speakers;

    #[test]
    fn officials_belong_to_the_state_that_the_article_is_about() {
        let text = "Congress and the White House met in Texas. Some lawmakers left. Then federal prosecutors spoke. Several farmers listened.";
        let found = speakers(text, &["Some lawmakers", "federal prosecutors", "Several farmers"]);
        assert_eq!(found, ["lawmakers, US", "unnamed federal prosecutors, US", "unnamed farmers"]);
    }
}
