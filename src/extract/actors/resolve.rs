//! The actor behind a speaker as written: names, surnames, pronouns, titles, bodies, groups and unnamed people.

use super::cast::{read_bodies, state_within};
use super::{Cast, CastPerson, Counting, body_actor, person_actor, state_actor};
use crate::extract::annotated::{Annotated, Name};
use crate::language::TokenRange;
use crate::lexicon::{
    Body, Entry, Gender, NameWord, OfficeKind, Region, SpeakerNoun, State, StateName, WordClass, ancestors, fold, slug,
};
use crate::record::{Actor, ActorKind, ResolvedBy};

/// Somebody who spoke, for the pronouns and short names that follow.
pub(crate) struct Spoke {
    /// Where the statement begins.
    pub at: usize,
    pub actor: Actor,
    /// Position in the cast, for people.
    pub person: Option<usize>,
    /// As written, in lower case.
    pub written: String,
}

/// Resolves the speakers of one article, from its beginning to its end.
pub(crate) struct Resolver<'t, 'a> {
    pub text: &'t Annotated<'a>,
    pub cast: &'t Cast<'a>,
    pub counting: Counting<'a>,
    pub spoke: Vec<Spoke>,
}

/// The actor behind a phrase, and how it was found.
pub(crate) struct Resolved {
    pub actor: Actor,
    pub person: Option<usize>,
    pub by: ResolvedBy,
}

impl<'a> Resolver<'_, 'a> {
    /// Returns the actor behind the tokens that name a speaker; `at` is where the statement begins.
    pub fn resolve(&self, source: &TokenRange, at: usize) -> Resolved {
        let source = self.without_edges(source);
        let single = source.len() == 1;
        let first = self.text.lower(source.start);
        if single && is_pronoun(self.text, source.start) {
            return self.pronoun(first, source.start).unwrap_or_else(|| self.nobody(first));
        }
        if let Some(found) = self.person_in(&source) {
            return found;
        }
        if let Some(found) = self.owned(&source) {
            return found;
        }
        if let Some(found) = self.by_office(&source, at) {
            return found;
        }
        if let Some(found) = self.named_body(&source) {
            return found;
        }
        if let Some(found) = self.again(&source) {
            return found;
        }
        if let Some(found) = self.exemplified(&source) {
            return found;
        }
        self.described(&source)
    }

    /// `Legal scholars, including Jane Doe`, `experts such as Jane Doe`: the one who is named.
    fn exemplified(&self, source: &TokenRange) -> Option<Resolved> {
        const REACH: usize = 4;
        let after = source.end + usize::from(self.text.lower(source.end) == ",");
        let named_from = match (self.text.lower(after), self.text.lower(after + 1)) {
            ("including", _) => after + 1,
            ("such", "as") => after + 2,
            _ => return None,
        };
        let mention = self.cast.mentions_within(&(named_from..named_from + REACH)).next()?;
        if self.text.is_possessive(mention.tokens.end - 1) || !self.text.is_capital(named_from) {
            return None;
        }
        let actor = self.actor_of(&self.cast.people[mention.person]);
        Some(Resolved { actor, person: Some(mention.person), by: ResolvedBy::Named })
    }

    /// Returns whoever spoke last before the token, for quotations that go on.
    pub fn last_speaker(&self, at: usize) -> Option<Resolved> {
        let spoke = self.lately().find(|s| s.at <= at)?;
        Some(Resolved { actor: spoke.actor.clone(), person: spoke.person, by: ResolvedBy::Continued })
    }

    /// Returns who spoke, the last first; not back to the beginning of a text that is as long as a book.
    fn lately(&self) -> impl Iterator<Item = &Spoke> {
        const SPEAKERS: usize = 256;
        self.spoke.iter().rev().take(SPEAKERS)
    }

    /// Returns whoever must be meant where a cue has no subject of its own: who speaks in the sentence or is named first
    /// in it, else who spoke last.
    pub fn implied(&self, at: usize) -> Resolved {
        let sentence = self.text.sentence_of(at);
        let before = sentence.start..at;
        let implied = |found: Resolved| Resolved { by: ResolvedBy::Implied, ..found };
        let spoke = self.lately().find(|s| before.contains(&s.at));
        if let Some(spoke) = spoke {
            return Resolved { actor: spoke.actor.clone(), person: spoke.person, by: ResolvedBy::Implied };
        }
        let subject = sentence.start..at.min(sentence.start + 8);
        let unquoted = |t: usize| !self.text.document.tokens[t].quoted;
        let mention = self
            .cast
            .mentions_within(&subject)
            .find(|m| unquoted(m.tokens.start) && !self.is_owner(&m.tokens, &subject));
        if let Some(mention) = mention {
            return implied(self.pronoun_for(mention.person));
        }
        let pronoun = subject.clone().find(|&i| matches!(self.text.lower(i), "he" | "she" | "they") && unquoted(i));
        if let Some(found) = pronoun.and_then(|i| self.pronoun(self.text.lower(i), i)) {
            return implied(found);
        }
        let name = self.text.names_within(&subject).find(|n| unquoted(n.tokens.start));
        if let Some(found) = name.and_then(|n| self.named_body(&n.tokens)) {
            return implied(found);
        }
        self.last_speaker(at).map_or_else(|| self.nobody(""), implied)
    }

    /// Returns whoever signed a post.
    pub fn poster(&self, name: &TokenRange) -> Resolved {
        if let Some(person) = self.person_in(name) {
            return person;
        }
        let written = self.text.document.slice(name);
        let mut actor = plain_actor(written.to_string(), ActorKind::Person);
        actor.because = "signed the post".to_string();
        Resolved { actor, person: None, by: ResolvedBy::Poster }
    }

    /// Returns whoever the label of a turn names: `MR. CARNEY`, `THE PRESIDENT`, `Jane Doe`.
    pub fn turn_label(&self, label: &TokenRange, at: usize) -> Resolved {
        let surname = self.text.document.word(label.end - 1);
        if surname.contains(char::is_lowercase) {
            return self.resolve(label, at);
        }
        if let Some(person) = self.cast.by_surname(&fold(surname)) {
            let actor = self.actor_of(&self.cast.people[person]);
            return Resolved { actor, person: Some(person), by: ResolvedBy::Label };
        }
        if self.text.offices_within(label).any(|o| o.tokens.end == label.end) {
            return self.resolve(label, at);
        }
        let mut actor = plain_actor(self.name_in_full(surname), ActorKind::Person);
        actor.because = "speaks in the transcript".to_string();
        Resolved { actor, person: None, by: ResolvedBy::Label }
    }

    /// The surname with the given name that stands before it somewhere in the text, both in capitals or not.
    fn name_in_full(&self, surname: &str) -> String {
        let text = self.text;
        let given = (1..text.words.len()).find(|&i| {
            text.document.word(i).eq_ignore_ascii_case(surname) && text.lexicon.given_name(text.lower(i - 1)).is_some()
        });
        let surname = capitalised(surname);
        given.map_or(surname.clone(), |i| format!("{} {surname}", capitalised(text.document.word(i - 1))))
    }

    /// Returns the actor of a statement that names no speaker.
    pub fn nobody(&self, written: &str) -> Resolved {
        let name = if written.is_empty() { "unnamed".to_string() } else { format!("unnamed ({written})") };
        Resolved { actor: plain_actor(name, ActorKind::Unnamed), person: None, by: ResolvedBy::NotResolved }
    }

    /// Leaves out quotation marks, articles and commas at the ends.
    fn without_edges(&self, source: &TokenRange) -> TokenRange {
        let edge = |i: usize| {
            matches!(self.text.lower(i), "the" | "," | "“" | "”" | "\"" | ":" | "(" | "that" | "and" | "but" | "as")
        };
        let mut range = source.clone();
        while range.len() > 1 && edge(range.start) {
            range.start += 1;
        }
        while range.len() > 1 && matches!(self.text.lower(range.end - 1), "," | "“" | "\"" | ":" | ";" | "”") {
            range.end -= 1;
        }
        range
    }

    /// `Sen. Jane Doe`, `Doe`, `experts such as Jane Doe`; not the owner in `Doe's lawyer` or `a lawyer for Doe`.
    fn person_in(&self, source: &TokenRange) -> Option<Resolved> {
        let mut mentions = self.cast.mentions_within(source);
        let mention = mentions.find(|m| !self.is_owner(&m.tokens, source))?;
        let person = &self.cast.people[mention.person];
        let by = if mention.tokens.len() > 1 { ResolvedBy::Named } else { ResolvedBy::Surname };
        Some(Resolved { actor: self.actor_of(person), person: Some(mention.person), by })
    }

    fn actor_of(&self, person: &CastPerson) -> Actor {
        person_actor(&person.name, person.known, &person.role, self.counting)
    }

    /// Tells whether a name inside a speaker's phrase only says whose speaker it is.
    fn is_owner(&self, name: &TokenRange, source: &TokenRange) -> bool {
        let possessive = self.text.is_possessive(name.end - 1) && name.end < source.end;
        let before = name.start.checked_sub(1).filter(|&i| i >= source.start);
        let modifies = name.end < source.end
            && self.text.lexicon.speaker_noun(self.text.lower(source.end - 1)).is_some()
            && !(name.end..source.end).any(|i| matches!(self.text.lower(i), "," | "and" | "(" | "of"));
        possessive || modifies || before.is_some_and(|i| self.text.is(i, WordClass::Preposition))
    }

    /// `Trump's campaign`, `a spokesman for Doe`, `his lawyer`: somebody of somebody's.
    fn owned(&self, source: &TokenRange) -> Option<Resolved> {
        let owner = self.cast.mentions_within(source).next().map(|m| m.person);
        let owner = owner.or_else(|| {
            let pronoun = matches!(self.text.lower(source.start), "his" | "her" | "their") && source.len() > 1;
            let as_subject = if self.text.lower(source.start) == "her" { "she" } else { "he" };
            pronoun.then(|| self.pronoun(as_subject, source.start).and_then(|r| r.person)).flatten()
        })?;
        let person = self.actor_of(&self.cast.people[owner]);
        let noun = self.text.lower(source.end - 1);
        let body = source.clone().find_map(|i| {
            Some(self.text.lower(i)).filter(|w| matches!(*w, "administration" | "government" | "cabinet"))
        });
        if body.is_some() && !person.counts_for.is_empty() {
            let path = person.counts_for.iter().find(|p| p.ends_with("/government"))?;
            let state = self.counting.lexicon.state_of_path(path)?;
            let mut actor = state_actor(state, self.counting);
            actor.because = format!("{} of {}", body.unwrap_or("government"), person.name);
            return Some(Resolved { actor, person: None, by: ResolvedBy::Administration });
        }
        let kind = match self.text.lexicon.speaker_noun(noun) {
            Some(SpeakerNoun::Group | SpeakerNoun::Agency) => ActorKind::Group,
            _ => ActorKind::Unnamed,
        };
        let mut actor = plain_actor(self.label(source), kind);
        let speaks_for =
            matches!(noun, "spokesman" | "spokeswoman" | "spokesperson" | "office" | "aide" | "aides" | "campaign");
        let any_speaks = speaks_for || self.text.lower(source.start).starts_with("spokes");
        if any_speaks {
            actor.countries = person.countries.clone();
            actor.counts_for = person.counts_for.clone();
        }
        actor.affiliations = vec![person.name.clone()];
        actor.because = format!("speaks for {}", person.name);
        Some(Resolved { actor, person: None, by: ResolvedBy::Owner })
    }

    /// `the president`, `Mexico's foreign minister`, `the senator`: the holder of an office.
    fn by_office(&self, source: &TokenRange, at: usize) -> Option<Resolved> {
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
        let fits = |p: &CastPerson| {
            let actor = self.actor_of(p);
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
        let person = named_before.chain(named_later).map(|m| m.person).find(|&p| fits(&self.cast.people[p]));
        if let Some(person) = person {
            return Some(Resolved {
                actor: self.actor_of(&self.cast.people[person]),
                person: Some(person),
                by: ResolvedBy::Office,
            });
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
        Some(person_actor(&one.name, Some(one), &super::Role::default(), self.counting))
    }

    /// `Mexico`, `the Kremlin`, `White House officials`, `Senate Democrats`, `the Mexican foreign ministry`.
    fn named_body(&self, source: &TokenRange) -> Option<Resolved> {
        let text = self.text;
        let names: Vec<&Name> = text.names_within(source).collect();
        let head = self.head_noun(source);
        let bodies: Vec<&Body> = names.iter().filter_map(|n| body_of(n)).collect();
        let unnamed = head.is_some_and(|h| h == SpeakerNoun::Unnamed);
        let spokesperson = source.clone().any(|i| text.lower(i).starts_with("spokes"));
        if !bodies.is_empty() {
            return Some(self.of_bodies(source, &bodies, head, unnamed || spokesperson));
        }
        let state_name = names.iter().find_map(|n| match n.entries[0] {
            Entry::State(state, how) => Some((state, how)),
            _ => None,
        });
        if let Some((state, how)) = state_name {
            return self.of_state(source, state, how, head);
        }
        if let Some(region) = names.iter().find_map(|n| region_of(n)) {
            return Some(self.of_region(source, region, head));
        }
        let outlet = names.iter().find_map(|n| match n.entries[0] {
            Entry::Outlet(outlet) => Some(outlet),
            _ => None,
        })?;
        let mut actor = plain_actor(outlet.name.clone(), ActorKind::Media);
        actor.id = outlet.id.clone();
        Some(Resolved { actor, person: None, by: ResolvedBy::Outlet })
    }

    /// What the last common noun of the phrase's head says; the head ends before `of`, `in`, `who`, a comma.
    fn head_noun(&self, source: &TokenRange) -> Option<SpeakerNoun> {
        let stop =
            |i: &usize| (self.text.lower(*i) == "," || self.text.is(*i, WordClass::HeadEnd)) && *i > source.start;
        let end = source.clone().find(stop).unwrap_or(source.end);
        (source.start..end).rev().find_map(|i| {
            let word = self.text.lower(i);
            self.text.lexicon.speaker_noun(word)
        })
    }

    fn of_bodies(&self, source: &TokenRange, bodies: &[&Body], head: Option<SpeakerNoun>, unnamed: bool) -> Resolved {
        let lexicon = self.counting.lexicon;
        let mut actor = body_actor(bodies[0], self.counting);
        let party = bodies.iter().find(|b| b.kind == ActorKind::Party);
        let chamber = bodies.iter().find(|b| b.kind == ActorKind::Legislature);
        for body in &bodies[1..] {
            for path in ancestors(&body.path) {
                if !actor.counts_for.contains(&path) {
                    actor.counts_for.push(path);
                }
            }
            if let Some(state) = lexicon.state_of_path(&body.path) {
                actor.countries = vec![state.alpha2.clone()];
            }
        }
        let lone = source.len() <= 2 && bodies.len() == 1 && !unnamed;
        if let (Some(party), true) = (party, !unnamed) {
            actor.kind = ActorKind::Party;
            if chamber.is_some() {
                actor.name = self.label(source);
                actor.id = slug(&actor.name);
                actor.affiliations = bodies.iter().map(|b| lexicon.label(&b.path)).collect();
            } else if head == Some(SpeakerNoun::Group) && !lone {
                actor.name = self.label(source);
                actor.id = slug(&actor.name);
                actor.affiliations = vec![lexicon.label(&party.path)];
            }
            return Resolved { actor, person: None, by: ResolvedBy::Body };
        }
        if unnamed {
            actor.kind = ActorKind::Unnamed;
            actor.affiliations = bodies.iter().map(|b| lexicon.label(&b.path)).collect();
            actor.name = self.label(source);
            actor.id = slug(&actor.name);
            return Resolved { actor, person: None, by: ResolvedBy::UnnamedOfBody };
        }
        Resolved { actor, person: None, by: ResolvedBy::Body }
    }

    fn of_state(
        &self,
        source: &TokenRange,
        state: &State,
        how: StateName,
        head: Option<SpeakerNoun>,
    ) -> Option<Resolved> {
        let mut actor = state_actor(state, self.counting);
        if let Some(body) = self.ministry_of(source, state) {
            actor = body_actor(body, self.counting);
            if head == Some(SpeakerNoun::Unnamed) {
                actor.kind = ActorKind::Unnamed;
                actor.affiliations = vec![actor.name.clone()];
                actor.name = self.label(source);
            }
            return Some(Resolved { actor, person: None, by: ResolvedBy::Body });
        }
        let office = self.text.offices_within(source).max_by_key(|o| o.tokens.len()).map(|o| o.office);
        let public = office.is_some_and(|o| !matches!(o.kind, OfficeKind::Private | OfficeKind::Honorific));
        let government = source.clone().any(|i| matches!(self.text.lower(i), "government" | "administration"));
        let whole = source.len() == 1
            || head.is_none() && how != StateName::Adjective && how != StateName::People && office.is_none();
        if government && !public || whole && !matches!(how, StateName::Adjective | StateName::People) {
            return Some(Resolved { actor, person: None, by: ResolvedBy::State });
        }
        let official = self.text.is(source.end - 1, WordClass::Officials);
        let any_official = official || source.clone().any(|i| matches!(self.text.lower(i), "official" | "officials"));
        actor.name = self.label(source);
        actor.id = slug(&actor.name);
        actor.kind = match head {
            Some(SpeakerNoun::Agency) => ActorKind::Agency,
            Some(SpeakerNoun::Unnamed) => ActorKind::Unnamed,
            _ => ActorKind::Group,
        };
        if any_official || public || head == Some(SpeakerNoun::Agency) {
            let path = office.filter(|_| public).map(|o| self.counting.lexicon.office_path(state, &o.below));
            if let Some(path) = path {
                actor.counts_for = ancestors(&path);
            }
            return Some(Resolved { actor, person: None, by: ResolvedBy::OfficialsOfState });
        }
        actor.counts_for.clear();
        actor.countries.clear();
        actor.because = format!("of {}, does not speak for it", state.name_with_article());
        Some(Resolved { actor, person: None, by: ResolvedBy::Group })
    }

    /// `the Mexican foreign ministry`, `Russia's Defense Ministry`
    fn ministry_of(&self, source: &TokenRange, state: &State) -> Option<&'a Body> {
        let ministry = source.clone().find(|&i| matches!(self.text.lower(i), "ministry" | "department"))?;
        let subject = self.text.lower(ministry.checked_sub(1)?);
        let subject = if subject == "defence" { "defense" } else { subject };
        let lexicon = self.counting.lexicon;
        let paths = [
            format!("{}/government/{subject}-ministry", state.path),
            format!("{}/government/{subject}-department", state.path),
        ];
        paths.iter().find_map(|p| lexicon.body(p))
    }

    fn of_region(&self, source: &TokenRange, region: &Region, head: Option<SpeakerNoun>) -> Resolved {
        let lexicon = self.counting.lexicon;
        let kind = match head {
            Some(SpeakerNoun::Agency) => ActorKind::Agency,
            Some(SpeakerNoun::Unnamed) => ActorKind::Unnamed,
            Some(_) => ActorKind::Group,
            None => ActorKind::Government,
        };
        let mut actor = plain_actor(self.label(source), kind);
        let public = matches!(kind, ActorKind::Agency | ActorKind::Government)
            || source.clone().any(|i| self.text.lower(i).starts_with("official"));
        if public && lexicon.state_of_path(&region.path).is_some() {
            actor.counts_for = ancestors(&region.path);
            actor.countries = region.country.iter().cloned().collect();
            actor.because = format!("{} (lexicon)", region.path);
        }
        Resolved { actor, person: None, by: ResolvedBy::Region }
    }

    /// `the official`, `the ministry`, `the group`: somebody who spoke or was named before.
    fn again(&self, source: &TokenRange) -> Option<Resolved> {
        if source.len() > 2 || self.text.is_capital(source.end - 1) && !self.text.begins_sentence(source.end - 1) {
            return None;
        }
        let definite =
            source.start.checked_sub(1).is_some_and(|i| matches!(self.text.lower(i), "the" | "that" | "this"));
        if !definite
            && !matches!(
                self.text.lower(source.start),
                "the" | "that" | "this" | "officials" | "prosecutors" | "authorities"
            )
        {
            return None;
        }
        let noun = self.text.lower(source.end - 1);
        let stem = noun.trim_end_matches('s');
        let spoke = self.lately().find(|s| {
            let names = s.actor.name.to_lowercase();
            s.written.split(' ').any(|w| w.trim_end_matches('s') == stem)
                || names.split(' ').any(|w| w.trim_end_matches('s') == stem)
        });
        if let Some(spoke) = spoke {
            return Some(Resolved { actor: spoke.actor.clone(), person: spoke.person, by: ResolvedBy::NamedAgain });
        }
        let wanted = match stem {
            "administration" | "government" => "government",
            "ministry" => "ministry",
            "department" => "department",
            "court" | "committee" | "agency" | "bank" | "party" | "council" | "commission" => stem,
            _ => return None,
        };
        let before = self.text.names.iter().rev().filter(|n| n.tokens.start < source.start);
        let body =
            before.filter_map(body_of).find(|b| b.path.contains(wanted) || b.name.to_lowercase().contains(wanted))?;
        Some(Resolved { actor: body_actor(body, self.counting), person: None, by: ResolvedBy::NamedBefore })
    }

    /// Nobody that the lexicon or the article names: a described person, group or document, or an unknown name.
    fn described(&self, source: &TokenRange) -> Resolved {
        let text = self.text;
        let head = self.head_noun(source);
        let bodies = read_bodies(text, source);
        let capital_words = source.clone().filter(|&i| text.is_capital(i) && !text.begins_sentence(i)).count();
        let names_body =
            source.clone().any(|i| text.is_capital(i) && text.lexicon.name_word(text.lower(i)) == Some(NameWord::Body));
        let kind = match head {
            _ if names_body => ActorKind::Ngo,
            Some(SpeakerNoun::Unnamed) => ActorKind::Unnamed,
            Some(SpeakerNoun::Group) => ActorKind::Group,
            Some(SpeakerNoun::Agency) => ActorKind::Agency,
            Some(SpeakerNoun::Document) => ActorKind::Media,
            None if capital_words > 0 => ActorKind::Person,
            None => ActorKind::Group,
        };
        let office = text.offices_within(source).any(|o| o.office.kind == OfficeKind::Private) && capital_words == 0;
        let kind = if office && kind == ActorKind::Group && head.is_none() { ActorKind::Unnamed } else { kind };
        let name = if kind == ActorKind::Unnamed { self.label(source) } else { self.plain_label(source) };
        let mut actor = plain_actor(name, kind);
        actor.affiliations = bodies.affiliations;
        actor.affiliations.retain(|a| *a != actor.name);
        Resolved { actor, person: None, by: ResolvedBy::Described }
    }

    /// The phrase without articles and numbers, with `unnamed` before it.
    fn label(&self, source: &TokenRange) -> String {
        let plain = self.plain_label(source);
        let unnamed = matches!(self.head_noun(source), Some(SpeakerNoun::Unnamed));
        if unnamed { format!("unnamed {plain}") } else { plain }
    }

    fn plain_label(&self, source: &TokenRange) -> String {
        let leading = |i: &usize| self.text.is(*i, WordClass::Quantity) && source.len() > 1;
        let start = source.clone().find(|i| !leading(i)).unwrap_or(source.start);
        let words = self.text.document.slice(&(start..source.end));
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The antecedent of a pronoun.
    fn pronoun(&self, pronoun: &str, at: usize) -> Option<Resolved> {
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
            let outside =
                |m: &&super::cast::Mention| !self.text.document.tokens[m.tokens.start].quoted && fits(m.person);
            if let Some(mention) = self.cast.mentions_within(&range).find(outside) {
                return Some(self.pronoun_for(mention.person));
            }
        }
        None
    }

    fn pronoun_for(&self, person: usize) -> Resolved {
        Resolved { actor: self.actor_of(&self.cast.people[person]), person: Some(person), by: ResolvedBy::Pronoun }
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

/// `CARNEY` as it is written elsewhere.
fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars.flat_map(char::to_lowercase)).collect())
}

fn is_pronoun(text: &Annotated, at: usize) -> bool {
    use WordClass::{FirstPerson, He, Relative, She, They};
    [He, She, They, Relative, FirstPerson].into_iter().any(|class| text.is(at, class))
}

fn body_of<'l>(name: &Name<'l>) -> Option<&'l Body> {
    name.entries.iter().find_map(|e| match e {
        Entry::Body(body) => Some(*body),
        _ => None,
    })
}

fn region_of<'l>(name: &Name<'l>) -> Option<&'l Region> {
    name.entries.iter().find_map(|e| match e {
        Entry::Region(region) => Some(*region),
        _ => None,
    })
}

fn plain_actor(name: String, kind: ActorKind) -> Actor {
    Actor {
        id: slug(&name),
        name,
        kind,
        countries: Vec::new(),
        affiliations: Vec::new(),
        counts_for: Vec::new(),
        formerly: Vec::new(),
        role: None,
        because: String::new(),
    }
}
