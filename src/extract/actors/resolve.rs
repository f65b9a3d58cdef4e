//! The actor behind a speaker as written: the ways to find one, in their order.

use std::cell::OnceCell;
use std::collections::HashMap;

use super::rollup::plain_actor;
use super::{Cast, Counting, person_actor};
use crate::extract::annotated::Annotated;
use crate::language::TokenRange;
use crate::lexicon::fold;
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
    /// Those of the cast's people, in its order.
    pub actors: Vec<Actor>,
    /// For each of them, whether more than capital letters says that it is a person, as a pronoun needs.
    pub(super) certain: Vec<bool>,
    /// For each of them, which mention names it by most words.
    pub(super) fullest: Vec<Option<usize>>,
    /// For each word in lower case, the first given name that stands before it; filled where a transcript asks.
    given_names: OnceCell<HashMap<String, usize>>,
}

/// The actor behind a phrase, and how it was found.
pub(crate) struct Resolved {
    pub actor: Actor,
    pub person: Option<usize>,
    pub by: ResolvedBy,
}

impl<'t, 'a> Resolver<'t, 'a> {
    /// Makes the resolver of a text in which nobody has spoken yet.
    pub fn new(text: &'t Annotated<'a>, cast: &'t Cast<'a>, counting: Counting<'a>) -> Resolver<'t, 'a> {
        let actors = cast.people.iter().map(|p| person_actor(&p.name, p.known, &p.role, counting)).collect();
        let certain = cast.certain_people(text);
        let fullest = cast.fullest_mentions();
        Resolver { text, cast, counting, spoke: Vec::new(), actors, certain, fullest, given_names: OnceCell::new() }
    }

    /// Returns the actor behind the tokens that name a speaker; `at` is where the statement begins.
    pub fn resolve(&self, source: &TokenRange, at: usize) -> Resolved {
        let source = self.without_finder(self.without_edges(source));
        let single = source.len() == 1;
        let first = self.text.lower(source.start);
        if let Some(pronoun) = plain_pronoun(first).filter(|_| single) {
            let found = self.pronoun(pronoun, source.start).unwrap_or_else(|| self.nobody(pronoun));
            let owner = pronoun != first && found.by == ResolvedBy::Pronoun;
            return if owner { Resolved { by: ResolvedBy::Owner, ..found } } else { found };
        }
        if single && self.is_pronoun(source.start) {
            return self.pronoun(first, source.start).unwrap_or_else(|| self.nobody(first));
        }
        if let Some(name) = self.introduced(&source) {
            return self.resolve(&name, at);
        }
        if let Some(found) = self.person_in(&source) {
            return found;
        }
        if let Some(found) = self.owned(&source) {
            return found;
        }
        if let Some(found) = self.by_party_or_region(&source) {
            return found;
        }
        if let Some(found) = self.by_office(&source, at) {
            return found;
        }
        if let Some(found) = self.named_body(&source) {
            return found;
        }
        if let Some(found) = self.short_outlet(&source) {
            return found;
        }
        if let Some(found) = self.issuer(&source) {
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

    /// Returns whoever spoke last before the token, for quotations that go on.
    pub fn last_speaker(&self, at: usize) -> Option<Resolved> {
        let spoke = self.lately().find(|s| s.at <= at)?;
        Some(Resolved { actor: spoke.actor.clone(), person: spoke.person, by: ResolvedBy::Continued })
    }

    /// Returns who spoke, the last first; not back to the beginning of a text that is as long as a book.
    pub(super) fn lately(&self) -> impl Iterator<Item = &Spoke> {
        const SPEAKERS: usize = 256;
        self.spoke.iter().rev().take(SPEAKERS)
    }

    /// Returns whoever must be meant where a cue has no subject of its own: who speaks in the sentence or is named first
    /// in it, else who spoke last; `behind` is what follows the cue where the words said stand before it.
    pub fn implied(&self, at: usize, behind: Option<TokenRange>) -> Resolved {
        let sentence = self.text.sentence_of(at);
        let before = sentence.start..at;
        let implied = |found: Resolved| Resolved { by: ResolvedBy::Implied, ..found };
        if let Some(found) = behind.and_then(|range| self.named_right_behind(&range)) {
            return implied(found);
        }
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

    /// `..., says Harbour Secretary Jane Doe`: whoever the words right behind a cue name.
    fn named_right_behind(&self, range: &TokenRange) -> Option<Resolved> {
        let text = self.text;
        let first = range.start;
        if !text.is_capital(first) && text.lower(first) != "the" {
            return None;
        }
        let ends =
            |i: &usize| matches!(text.document.word(*i), "," | "." | "“" | "\"" | "(" | "—") || text.lower(*i) == "in";
        let phrase = first..range.clone().find(ends).unwrap_or(range.end);
        self.person_in(&phrase).or_else(|| self.named_body(&phrase))
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
            let actor = self.actor_of(person);
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
        let given_names = self.given_names.get_or_init(|| {
            let given = (1..text.words.len()).rev().filter(|&i| text.lexicon.given_name(text.lower(i - 1)).is_some());
            given.map(|i| (text.document.word(i).to_lowercase(), i - 1)).collect()
        });
        let given = given_names.get(&surname.to_lowercase());
        let surname = capitalised(surname);
        given.map_or(surname.clone(), |&i| format!("{} {surname}", capitalised(text.document.word(i))))
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

    /// The actor of a person of the cast.
    pub fn actor_of(&self, person: usize) -> Actor {
        self.actors[person].clone()
    }
}

/// The pronoun behind a possessive one or a contraction: `his` stands for whom `he` does, `they'd` for `they`.
fn plain_pronoun(word: &str) -> Option<&str> {
    match word {
        "his" => Some("he"),
        "hers" => Some("she"),
        "their" | "theirs" => Some("they"),
        "its" => Some("it"),
        "my" => Some("i"),
        "our" => Some("we"),
        _ => {
            let (pronoun, ending) = word.split_once('\'')?;
            let contracted = matches!(ending, "d" | "ll" | "ve" | "re" | "m" | "s");
            Some(pronoun).filter(|p| contracted && matches!(*p, "he" | "she" | "they" | "it" | "i" | "we"))
        }
    }
}

/// `CARNEY` as it is written elsewhere.
fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars.flat_map(char::to_lowercase)).collect())
}
