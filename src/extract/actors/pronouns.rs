//! The antecedents of pronouns: who spoke or was named last and fits.

use super::cast::Mention;
use super::resolve::{Resolved, Resolver, Spoke};
use crate::extract::annotated::Name;
use crate::language::TokenRange;
use crate::lexicon::{CueKind, Entry, Gender, SpeakerNoun, StateName, WordClass};
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

    /// Back through the sentences: who spoke there, named or not, else who is named first there; a sentence with the same
    /// pronoun for its subject goes on about whom it stands for, and whoever it names is another (centering: Grosz, Joshi
    /// and Weinstein 1995).
    fn person_before(&self, at: usize, gender: Option<Gender>) -> Option<Resolved> {
        const SENTENCES: usize = 12;
        let fits = |p: usize| {
            let known = self.cast.people[p].gender;
            known.is_none() || gender.is_none() || known == gender
        };
        let may_be_meant = |s: &&Spoke| s.person.map_or_else(|| self.is_one_unnamed(s, gender, at), fits);
        let here = self.text.document.tokens[at].sentence as usize;
        for sentence in (here.saturating_sub(SENTENCES)..=here).rev() {
            let range = &self.text.document.sentences[sentence];
            let range = range.start..range.end.min(at);
            let spoke = self.lately().filter(|s| range.contains(&s.at)).find(may_be_meant);
            if let Some(spoke) = spoke {
                let person = spoke.person.map(|p| self.pronoun_for(p));
                let unnamed = || Resolved { actor: spoke.actor.clone(), person: None, by: ResolvedBy::Pronoun };
                return Some(person.unwrap_or_else(unnamed));
            }
            let outside = |m: &&Mention| {
                !self.text.document.tokens[m.tokens.start].quoted && self.certain[m.person] && fits(m.person)
            };
            let subject = self.text.lower(range.start);
            let goes_on = match gender {
                Some(Gender::Male) => subject == "he",
                Some(Gender::Female) => subject == "she",
                None => false,
            };
            if goes_on && range.start < at {
                continue;
            }
            if let Some(mention) = self.cast.mentions_within(&range).find(outside) {
                return Some(self.pronoun_for(mention.person));
            }
        }
        None
    }

    /// `A senior official said ... He added`: somebody single whom nobody names.
    fn is_one_unnamed(&self, spoke: &Spoke, gender: Option<Gender>, at: usize) -> bool {
        let tokens = &self.text.document.tokens;
        let near =
            tokens[spoke.at].paragraph == tokens[at].paragraph && tokens[at].sentence <= tokens[spoke.at].sentence + 1;
        if !near {
            return false;
        }
        let lexicon = self.text.lexicon;
        let other = if gender == Some(Gender::Male) { "woman" } else { "man" };
        let misfits = |w: &str| w.ends_with(other) && !(other == "man" && w.ends_with("woman"));
        let name = spoke.actor.name.to_lowercase();
        let single =
            |w: &str| !w.ends_with('s') && !w.ends_with("men") && lexicon.speaker_noun(w) == Some(SpeakerNoun::Unnamed);
        spoke.actor.kind == ActorKind::Unnamed
            && !matches!(spoke.written.as_str(), "who" | "that" | "which")
            && (name.split(' ').any(single) || spoke.written.starts_with("one "))
            && !name.split(' ').any(misfits)
    }

    pub(super) fn pronoun_for(&self, person: usize) -> Resolved {
        Resolved { actor: self.actor_of(person), person: Some(person), by: ResolvedBy::Pronoun }
    }

    /// The name or phrase that ends right before a relative pronoun: `Doe, who`, `Doe (R-Ky.), who`, `residents who`.
    fn right_before(&self, at: usize) -> Option<Resolved> {
        let relative = |found: Resolved| Resolved { by: ResolvedBy::Relative, ..found };
        let end = self.without_asides(at);
        let mentions = &self.cast.mentions;
        let mention = mentions[..mentions.partition_point(|m| m.tokens.end <= end)].last();
        if let Some(mention) = mention.filter(|m| m.tokens.end == end && !self.text.is_possessive(end - 1)) {
            return Some(relative(self.pronoun_for(mention.person)));
        }
        let names = &self.text.names;
        let name = names[..names.partition_point(|n| n.tokens.end <= end)].last();
        let of_person = matches!(self.text.lower(at), "who" | "whom");
        if let Some(mention) = mention.filter(|m| of_person && self.is_described_until(m, end)) {
            return Some(relative(self.pronoun_for(mention.person)));
        }
        let is_member = |n: &&Name| of_person && n.entries.iter().any(is_party_or_region);
        if let Some(name) = name.filter(|n| n.tokens.end == end && !is_member(n)) {
            return self.named_body(&name.tokens).map(relative);
        }
        let phrase = self.phrase_before(end);
        if phrase.is_empty() || !self.may_be_people(&phrase, of_person, end == at) {
            return None;
        }
        Some(relative(self.resolve(&phrase, at)))
    }

    /// `residents who`, `the Harbour Board, which`, `immigrant activists, who`: what a relative pronoun can stand for.
    fn may_be_people(&self, phrase: &TokenRange, of_person: bool, adjacent: bool) -> bool {
        let text = self.text;
        let named = phrase.clone().any(|i| text.is_capital(i) && !text.begins_sentence(i));
        let head = text.lower(phrase.end - 1);
        let determined = matches!(text.lower(phrase.start), "the" | "a" | "an" | "those");
        let office = text.offices_within(phrase).next().is_some();
        let told = text.lexicon.speaker_noun(head).is_some() || office;
        named || of_person && (told || adjacent && (determined || head.ends_with('s')))
    }

    /// Where the words before a relative pronoun end that it belongs to, leaving out commas and what stands in brackets.
    fn without_asides(&self, at: usize) -> usize {
        const LONGEST: usize = 8;
        let text = self.text;
        let word = |i: usize| text.document.word(i);
        let mut end = at;
        while end > 0 && matches!(word(end - 1), "," | "—" | "–" | "-" | "(") {
            end -= 1;
        }
        let earliest = end.saturating_sub(LONGEST);
        if end > 0 && word(end - 1) == ")" {
            return (earliest..end).rev().find(|&i| word(i) == "(").unwrap_or(end);
        }
        let comma = (earliest..end).rev().find(|&i| word(i) == ",");
        let is_letters =
            |i: usize| word(i).starts_with("R-") || word(i).starts_with("D-") || matches!(word(i), "R" | "D");
        comma.filter(|&i| is_letters(i + 1)).unwrap_or(end)
    }

    /// `Jane Doe of Kentucky`, `Jane Doe (R) of Ohio`, `Jane Doe, a teacher from Texas`: nothing but words about a person.
    fn is_described_until(&self, person: &Mention, end: usize) -> bool {
        const LONGEST: usize = 14;
        let text = self.text;
        let between = person.tokens.end..end;
        if between.is_empty() || between.len() > LONGEST || text.is_possessive(between.start - 1) {
            return false;
        }
        let same = text.sentence_of(person.tokens.start).contains(&(end - 1));
        let opens = matches!(text.lower(between.start), "of" | "from" | "," | "(");
        let ends = |i: usize| {
            let class = |class: WordClass| text.is(i, class);
            let cue = || text.lexicon.cue_at(&text.words, i).is_some_and(|(cue, _)| cue.kind == CueKind::Verb);
            class(WordClass::FiniteVerb) || class(WordClass::Relative) || text.lower(i) == "and" || cue()
        };
        let article = matches!(text.lower(between.start + 1), "a" | "an" | "the" | "who" | "former");
        let title = || text.offices_within(&between).next().is_some_and(|o| o.tokens.start == between.start + 1);
        let about = text.lower(between.start) != "," || article || title();
        same && opens && about && !between.clone().any(ends)
    }

    /// The noun phrase that ends there: back to its article, a preposition, a verb or a mark.
    fn phrase_before(&self, end: usize) -> TokenRange {
        const LONGEST: usize = 6;
        let text = self.text;
        let first = text.document.tokens.get(end).map_or(end, |_| text.sentence_of(end).start);
        let stops = |i: usize| {
            let class = |class: WordClass| text.is(i, class);
            class(WordClass::Preposition)
                || class(WordClass::PhraseEnd)
                || class(WordClass::FiniteVerb)
                || class(WordClass::BeforeVerb)
                || class(WordClass::They)
                || text.lower(i) == "and"
                || !text.document.word(i).starts_with(char::is_alphanumeric)
        };
        let mut start = end;
        while start > first && end - start < LONGEST && !stops(start - 1) {
            start -= 1;
            if matches!(text.lower(start), "the" | "a" | "an" | "those" | "these" | "some" | "many") {
                break;
            }
        }
        start..end
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

fn is_party_or_region(entry: &Entry) -> bool {
    match entry {
        Entry::Body(body) => body.kind == ActorKind::Party,
        Entry::Region(_) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::extract::testing::speakers;

    #[test]
    fn he_may_be_an_official_whom_nobody_names() {
        let text = "Mayor Tomas Reyer met a harbour official. The official said the toll was unfair. He said boats would leave. \
                    Several aides said so too. He will not give up, he added.";
        let found = speakers(text, &["a harbour official", "The official", "He", "Several aides", "he"]);
        let official = "unnamed harbour official";
        assert_eq!(found, [official, official, official, "unnamed aides", "Tomas Reyer"]);
    }

    #[test]
    fn a_sentence_that_goes_on_about_somebody_names_others() {
        let text = "The toll was on Mayor Tomas Reyer's mind. He blamed Governor Peter Okafor. Then he left.";
        assert_eq!(speakers(text, &[" he"]), ["Tomas Reyer"]);
    }

    #[test]
    fn a_thing_in_capitals_is_nobody_whom_a_pronoun_means() {
        let text =
            "Mayor Jane Okafor spoke in the port. She drove to Brackwater Springs. The toll was unfair, she said.";
        assert_eq!(speakers(text, &["she"]), ["Jane Okafor"]);
    }

    #[test]
    fn possessives_and_contractions_are_pronouns() {
        let text =
            "Tomas Reyer met the crews. His view is that the toll is unfair. He'd rather pay. They're not amused.";
        assert_eq!(speakers(text, &["Tomas Reyer", "His", "He'd"]), ["Tomas Reyer"; 3]);
    }

    #[test]
    fn who_is_the_person_before_places_letters_and_brackets() {
        for (text, expected) in [
            ("We met Sen. Jane Okafor, R-Ky., who said so.", "Jane Okafor, US"),
            ("We met Jane Okafor (D-Texas), who said so.", "Jane Okafor, US"),
            ("We met Jane Okafor of Ohio, who said so.", "Jane Okafor"),
            ("We met Jane Okafor, a public school teacher from Orange County, California, who said so.", "Jane Okafor"),
            ("We met the French Senate, which said so.", "Senate of France, FR"),
            ("They met with residents who said so.", "unnamed residents"),
        ] {
            let who = if text.contains("which") { "which" } else { "who" };
            assert_eq!(speakers(text, &[who]), [expected], "{text}");
        }
    }
}
