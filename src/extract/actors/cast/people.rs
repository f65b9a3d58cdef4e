//! The people of an article: who they are, and where the text names them.

use std::collections::HashMap;

use crate::extract::actors::Role;
use crate::extract::annotated::Annotated;
use crate::language::TokenRange;
use crate::lexicon::{CueKind, Gender, Person, fold};

/// The people of an article and where they are named.
#[derive(Default)]
pub(crate) struct Cast<'a> {
    pub people: Vec<CastPerson<'a>>,
    /// In the order of the text.
    pub mentions: Vec<Mention>,
    index: NameIndex<'a>,
}

/// Positions of people by what they are called; a list of names may be as long as a book.
#[derive(Clone, Default)]
struct NameIndex<'a> {
    by_surname: HashMap<String, Vec<usize>>,
    /// The last word but one of names of three or more, folded: it is the surname that is used alone of two Spanish ones.
    by_first_surname: HashMap<String, Vec<usize>>,
    /// Surname and first name, folded.
    by_name: HashMap<(String, String), Vec<usize>>,
    /// Id in the lexicon.
    by_id: HashMap<&'a str, usize>,
    /// How often each person was called by the surname alone, and named at all.
    alone: Vec<u32>,
    named: Vec<u32>,
}

/// One person.
#[derive(Clone)]
pub(crate) struct CastPerson<'a> {
    /// The fullest name of the article, without titles.
    pub name: String,
    /// Last word of the name, folded.
    pub surname: String,
    pub known: Option<&'a Person>,
    pub role: Role,
    pub gender: Option<Gender>,
}

/// Where a person is named.
pub(crate) struct Mention {
    pub tokens: TokenRange,
    /// Position in `Cast::people`.
    pub person: usize,
}

impl<'a> Cast<'a> {
    /// Returns the mentions inside the tokens.
    pub fn mentions_within(&self, range: &TokenRange) -> impl DoubleEndedIterator<Item = &Mention> {
        let first = self.mentions.partition_point(|m| m.tokens.start < range.start);
        let last = self.mentions.partition_point(|m| m.tokens.start < range.end);
        self.mentions[first..last.max(first)].iter()
    }

    /// Tells of each person whether a title, a given name, the lexicon or a surname of its own says that it is one.
    pub fn certain_people(&self, text: &Annotated) -> Vec<bool> {
        let told = |p: &CastPerson| p.known.is_some() || p.gender.is_some() || !p.role.is_empty();
        let mut certain: Vec<bool> = self.people.iter().map(told).collect();
        let says = |i: usize| {
            let cue = text.lexicon.cue_at(&text.words, i);
            cue.is_some_and(|(cue, _)| cue.kind == CueKind::Verb && cue.strength > 2 && !text.is_capital(i))
        };
        let has_age = |i: usize| text.lower(i) == "," && text.lower(i + 1).parse::<u8>().is_ok_and(|age| age > 9);
        for Mention { tokens, person } in &self.mentions {
            let before = tokens.start.checked_sub(1).is_some_and(says);
            certain[*person] |= tokens.len() == 1 || before || says(tokens.end) || has_age(tokens.end);
        }
        certain
    }

    /// Returns for each person the number of the mention with most words, the first of several.
    pub fn fullest_mentions(&self) -> Vec<Option<usize>> {
        let mut fullest: Vec<Option<usize>> = vec![None; self.people.len()];
        for (number, Mention { tokens, person }) in self.mentions.iter().enumerate() {
            let is_fuller = |before: usize| tokens.len() > self.mentions[before].tokens.len();
            if fullest[*person].is_none_or(is_fuller) {
                fullest[*person] = Some(number);
            }
        }
        fullest
    }

    /// Returns the latest person of that surname, named before or after.
    pub fn by_surname(&self, surname: &str) -> Option<usize> {
        self.index.by_surname.get(surname)?.last().copied()
    }

    /// Returns the person of that surname: the one who was called by it alone much oftener than the latest was named at all, as
    /// newspapers name the relatives of whom they write about in full; else the latest one with a known given name. One of the
    /// gender comes before one of none that is known, and that one before one of the other.
    pub(super) fn by_surname_and_gender(&self, surname: &str, gender: Option<Gender>) -> Option<usize> {
        const OFTEN: u32 = 3;
        let people = self.index.by_surname.get(surname)?;
        let fit = |p: usize| self.fit(p, gender);
        let is_certain = |p: usize| self.people[p].known.is_some() || self.people[p].gender.is_some();
        let latest = people.iter().copied().max_by_key(|&p| (fit(p), is_certain(p)))?;
        let usual = people.iter().copied().max_by_key(|&p| self.index.alone[p])?;
        let is_usual = fit(usual) == fit(latest)
            && self.index.alone[usual] >= OFTEN
            && self.index.alone[usual] > OFTEN * self.index.named[latest];
        let found = if is_usual { usual } else { latest };
        let is_of_other_gender = gender.is_some() && self.fit(found, gender) == 0;
        let of_two = || self.by_first_surname(surname, gender);
        Some(is_of_other_gender.then(of_two).flatten().unwrap_or(found))
    }

    /// Returns the latest person of whose two surnames it is the first, if the gender does not tell otherwise.
    pub(super) fn by_first_surname(&self, surname: &str, gender: Option<Gender>) -> Option<usize> {
        let people = self.index.by_first_surname.get(surname)?;
        people.iter().copied().rev().find(|&p| gender.is_none() || self.fit(p, gender) > 0)
    }

    /// How well a person fits a gender that a title tells: 2 the same, 1 perhaps.
    fn fit(&self, person: usize, gender: Option<Gender>) -> u8 {
        match (gender, self.people[person].gender) {
            (None, _) => 0,
            (wanted, own) if wanted == own => 2,
            (_, own) => u8::from(own.is_none()),
        }
    }

    /// Adds a mention of a person by the surname alone.
    pub(super) fn mention_alone(&mut self, tokens: TokenRange, person: usize) {
        self.index.alone[person] += 1;
        self.mention(tokens, person);
    }

    /// Adds a mention of a person.
    pub(super) fn mention(&mut self, tokens: TokenRange, person: usize) {
        self.index.named[person] += 1;
        self.mentions.push(Mention { tokens, person });
    }

    /// Returns the first person of that name: the same one of the lexicon, or one who begins and ends alike.
    pub(super) fn by_name(&self, surname: &str, first: &str, known: Option<&Person>) -> Option<usize> {
        let same_id = known.and_then(|k| self.index.by_id.get(k.id.as_str()).copied());
        let alike = self.index.by_name.get(&(surname.to_string(), first.to_string()));
        let other = |p: &&usize| known.is_some() && self.people[**p].known.is_some();
        let alike = alike.and_then(|people| people.iter().find(|p| !other(p)).copied());
        same_id.into_iter().chain(alike).min()
    }

    /// Takes a person in; returns the position.
    pub(super) fn add(&mut self, person: CastPerson<'a>) -> usize {
        let number = self.people.len();
        let first = fold(person.name.split(' ').next().unwrap_or(""));
        self.index.by_surname.entry(person.surname.clone()).or_default().push(number);
        // `Kim`, of `Kim Jong-un`.
        for surname in person.known.iter().flat_map(|known| &known.surnames).map(|surname| fold(surname)) {
            if surname != person.surname {
                self.index.by_surname.entry(surname).or_default().push(number);
            }
        }
        if let Some(surname) = first_of_two_surnames(&person.name) {
            self.index.by_first_surname.entry(surname).or_default().push(number);
        }
        self.index.by_name.entry((person.surname.clone(), first)).or_default().push(number);
        if let Some(known) = person.known {
            self.index.by_id.entry(known.id.as_str()).or_insert(number);
        }
        self.people.push(person);
        self.index.alone.push(0);
        self.index.named.push(0);
        number
    }

    /// Returns the same people, with none of them mentioned yet.
    pub(super) fn unmentioned(&self) -> Cast<'a> {
        Cast { people: self.people.clone(), mentions: Vec::new(), index: self.index.clone() }
    }
}

/// `Barragán`, of `Lucía Barragán Toledo`.
fn first_of_two_surnames(name: &str) -> Option<String> {
    let words: Vec<&str> = name.split(' ').collect();
    let [_, .., first, last] = words.as_slice() else { return None };
    let is_name = |word: &str| word.chars().count() > 2 && word.starts_with(char::is_uppercase) && !word.contains('.');
    (is_name(first) && is_name(last)).then(|| fold(first))
}
