//! Everybody whom an article names: people in full, then by surname, with the roles that titles and appositions give.

use std::collections::HashMap;

use super::Counting;
use crate::extract::annotated::{Annotated, Name, OfficeAt, bare};
use crate::language::TokenRange;
use crate::lexicon::{Entry, Gender, NameWord, Office, OfficeKind, Person, State, Term, WordClass, fold};
use crate::record::PartialDate;

/// The people of an article and where they are named.
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
    /// Surname and first name, folded.
    by_name: HashMap<(String, String), Vec<usize>>,
    /// Id in the lexicon.
    by_id: HashMap<&'a str, usize>,
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

/// What the text says that somebody is.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Role {
    /// As written: `former Mexican foreign minister`.
    pub title: Option<String>,
    pub former: bool,
    /// Where below a state the office stands that is no longer held: `government/presidency`.
    pub left: Option<String>,
    /// Lexicon paths that the office counts for.
    pub paths: Vec<String>,
    /// Those of offices that the text says are no longer held.
    pub former_paths: Vec<String>,
    /// Bodies by name.
    pub affiliations: Vec<String>,
}

impl<'a> Cast<'a> {
    /// Finds the people of a text.
    pub fn of(text: &Annotated<'a>, counting: Counting<'a>) -> Cast<'a> {
        let cast = Cast { people: Vec::new(), mentions: Vec::new(), index: NameIndex::default() };
        let mut finder = Finder { text, counting, cast };
        let mut at = 0;
        while at < text.words.len() {
            at = finder.step(at);
        }
        finder.add_early_surnames();
        finder.cast
    }

    /// Finds the people of a title, who are mostly those of the article.
    pub fn of_title(text: &Annotated<'a>, counting: Counting<'a>, article: &Cast<'a>) -> Cast<'a> {
        let cast = Cast { people: article.people.clone(), mentions: Vec::new(), index: article.index.clone() };
        let mut finder = Finder { text, counting, cast };
        let mut at = 0;
        while at < text.words.len() {
            at = finder.step(at);
        }
        finder.cast
    }

    /// Returns the mentions inside the tokens.
    pub fn mentions_within(&self, range: &TokenRange) -> impl DoubleEndedIterator<Item = &Mention> {
        let first = self.mentions.partition_point(|m| m.tokens.start < range.start);
        let last = self.mentions.partition_point(|m| m.tokens.start < range.end);
        self.mentions[first..last.max(first)].iter()
    }

    /// Returns the latest person of that surname, named before or after.
    pub fn by_surname(&self, surname: &str) -> Option<usize> {
        self.index.by_surname.get(surname)?.last().copied()
    }

    /// Returns the first person of that name: the same one of the lexicon, or one who begins and ends alike.
    fn by_name(&self, surname: &str, first: &str, known: Option<&Person>) -> Option<usize> {
        let same_id = known.and_then(|k| self.index.by_id.get(k.id.as_str()).copied());
        let alike = self.index.by_name.get(&(surname.to_string(), first.to_string()));
        let other = |p: &&usize| known.is_some() && self.people[**p].known.is_some();
        let alike = alike.and_then(|people| people.iter().find(|p| !other(p)).copied());
        same_id.into_iter().chain(alike).min()
    }

    fn add(&mut self, person: CastPerson<'a>) -> usize {
        let number = self.people.len();
        let first = fold(person.name.split(' ').next().unwrap_or(""));
        self.index.by_surname.entry(person.surname.clone()).or_default().push(number);
        self.index.by_name.entry((person.surname.clone(), first)).or_default().push(number);
        if let Some(known) = person.known {
            self.index.by_id.entry(known.id.as_str()).or_insert(number);
        }
        self.people.push(person);
        number
    }
}

struct Finder<'t, 'a> {
    text: &'t Annotated<'a>,
    counting: Counting<'a>,
    cast: Cast<'a>,
}

impl<'a> Finder<'_, 'a> {
    /// Reads what stands at a token; returns where to go on.
    fn step(&mut self, at: usize) -> usize {
        if let Some(name) = self.text.name_at(at).filter(|n| n.tokens.start == at) {
            let (tokens, person) = (name.tokens.clone(), self.person_of(name));
            if let Some(person) = person {
                self.add_full_name(&tokens, Some(person));
                return tokens.end;
            }
            if !self.could_be_given_name(at, &tokens) {
                return tokens.end;
            }
        }
        if !self.text.is_capital(at) || self.office_at(at).is_some() {
            return at + 1;
        }
        let run = self.run(at);
        if run.is_empty() {
            return at + 1;
        }
        let end = run.end;
        self.read_run(run);
        end
    }

    /// Surnames that headlines and highlights use before the text gives the full name.
    fn add_early_surnames(&mut self) {
        let first_named = |p: usize| self.cast.mentions.iter().find(|m| m.person == p).map_or(0, |m| m.tokens.start);
        let first: Vec<usize> = (0..self.cast.people.len()).map(first_named).collect();
        let latest = first.iter().copied().max().unwrap_or(0);
        let alone = |at: usize| {
            let beside = |i: usize| i < self.text.words.len() && self.is_name_word(i);
            self.is_name_word(at)
                && self.text.lexicon.name_word(self.text.lower(at)).is_none()
                && !at.checked_sub(1).is_some_and(beside)
                && (self.text.is_possessive(at) || !beside(at + 1))
        };
        let mut early = Vec::new();
        for at in (0..latest).filter(|&at| alone(at)) {
            let surname = fold(bare(self.text.document.word(at)));
            let person = self.cast.by_surname(&surname).filter(|&p| first[p] > at);
            early.extend(person.map(|person| Mention { tokens: at..at + 1, person }));
        }
        self.cast.mentions.extend(early);
        self.cast.mentions.sort_by_key(|m| m.tokens.start);
    }

    /// Of several people of one name, the one in office.
    fn person_of(&self, name: &Name<'a>) -> Option<&'a Person> {
        let people = name.entries.iter().filter_map(|e| if let Entry::Person(p) = e { Some(*p) } else { None });
        let in_office = |p: &&Person| !p.terms_on(self.counting.date).current.is_empty();
        people.clone().find(in_office).or(people.clone().next())
    }

    /// `Jordan Smith`, `Austin Clark`: a place's name that goes on like a person's.
    fn could_be_given_name(&self, at: usize, place: &TokenRange) -> bool {
        place.len() == 1
            && self.text.lexicon.given_name(self.text.lower(at)).is_some()
            && !self.text.is_possessive(at)
            && at + 1 < self.text.words.len()
            && self.is_name_word(at + 1)
    }

    fn office_at(&self, at: usize) -> Option<&OfficeAt<'a>> {
        let offices = &self.text.offices;
        let next = offices.partition_point(|o| o.tokens.end <= at);
        offices.get(next).filter(|o| o.tokens.contains(&at))
    }

    /// Tells whether a token can be part of a person's name.
    fn is_name_word(&self, at: usize) -> bool {
        let word = self.text.document.word(at);
        let lower = self.text.lower(at);
        self.text.is_capital(at)
            && self.text.name_at(at).is_none()
            && self.office_at(at).is_none()
            && !matches!(self.text.lexicon.name_word(lower), Some(NameWord::Function | NameWord::Time))
            && !(word.len() > 3 && word.chars().all(char::is_uppercase))
    }

    /// Returns the run of words that may be a name from `at` on.
    fn run(&self, at: usize) -> TokenRange {
        let document = &self.text.document;
        let mut end = at;
        let place_first = self.text.name_at(at).is_some();
        while end < self.text.words.len() {
            let same_paragraph = document.tokens[end].paragraph == document.tokens[at].paragraph;
            if !same_paragraph || !(self.is_name_word(end) || end == at && place_first) {
                break;
            }
            let initial = document.word(end).chars().count() <= 2 && document.word(end).len() < 3;
            end += 1;
            if self.text.is_possessive(end - 1) {
                return at..end;
            }
            if initial && end < self.text.words.len() && document.word(end) == "." && !document.gap_before(end) {
                end += 1;
            }
            if end + 1 < self.text.words.len()
                && self.text.is(end, WordClass::NameParticle)
                && self.is_name_word(end + 1)
            {
                end += 1;
            }
        }
        at..end
    }

    fn read_run(&mut self, run: TokenRange) {
        let lexicon = self.text.lexicon;
        let is = |class: NameWord| run.clone().any(|i| lexicon.name_word(self.text.lower(i)) == Some(class));
        let given = lexicon.given_name(self.text.lower(run.start)).is_some();
        if is(NameWord::Body) || is(NameWord::Thing) && !given {
            return;
        }
        let letters = run.clone().filter(|&i| self.text.document.word(i).chars().count() > 1).count();
        if letters >= 2 && run.len() <= 6 {
            self.add_full_name(&run, None);
        } else if run.len() == 1 {
            self.add_surname(run.start);
        }
    }

    fn add_full_name(&mut self, tokens: &TokenRange, known: Option<&'a Person>) {
        let written = self.written_name(tokens);
        let surname = fold(written.split(' ').next_back().unwrap_or(&written));
        let first = fold(written.split(' ').next().unwrap_or(&written));
        let role = self.role_around(tokens);
        let gender = self.gender(tokens, &first);
        let person = self.cast.by_name(&surname, &first, known).unwrap_or_else(|| {
            let known = known.or_else(|| self.known_by(&surname, &first));
            self.cast.add(CastPerson { name: written, surname, known, role: Role::default(), gender })
        });
        self.cast.people[person].role.take_over(role);
        self.cast.people[person].gender = self.cast.people[person].gender.or(gender);
        self.cast.mentions.push(Mention { tokens: tokens.clone(), person });
    }

    /// A person of the lexicon whose name begins and ends alike, whatever stands between.
    fn known_by(&self, surname: &str, first: &str) -> Option<&'a Person> {
        let alike = |p: &&Person| {
            let names = std::iter::once(&p.name).chain(&p.aliases);
            names.into_iter().any(|n| fold(n.split(' ').next().unwrap_or("")) == first)
        };
        self.text.lexicon.persons_by_surname(surname).into_iter().find(alike)
    }

    fn written_name(&self, tokens: &TokenRange) -> String {
        let name = bare(self.text.document.slice(tokens));
        name.trim_end_matches(['\'', '’', ',']).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn gender(&self, tokens: &TokenRange, first: &str) -> Option<Gender> {
        let before = tokens.start.checked_sub(1).filter(|&i| self.text.lower(i) != ".");
        let title = before.or(tokens.start.checked_sub(2)).map(|i| self.text.classes_at(i)).unwrap_or_default();
        if title.has(WordClass::MaleTitle) {
            Some(Gender::Male)
        } else if title.has(WordClass::FemaleTitle) {
            Some(Gender::Female)
        } else {
            self.text.lexicon.given_name(first)
        }
    }

    /// A single capitalised word: somebody named before, or a surname after a title, or a well-known one.
    fn add_surname(&mut self, at: usize) {
        let surname = fold(bare(self.text.document.word(at)));
        let tokens = at..at + 1;
        if let Some(person) = self.cast.by_surname(&surname) {
            let role = self.role_before(&tokens);
            self.cast.people[person].role.take_over(role);
            self.cast.mentions.push(Mention { tokens, person });
            return;
        }
        let title = self.title_before(at);
        let known = self.known_surname(&surname, title.as_ref().map(|t| t.office));
        let honorific =
            title.as_ref().is_some_and(|t| t.office.kind == OfficeKind::Honorific || t.tokens.end + 1 >= at);
        if known.is_none() && !honorific {
            return;
        }
        if self.text.begins_sentence(at) && self.text.lexicon.name_word(self.text.lower(at)).is_some() {
            return;
        }
        let gender = known.map_or_else(
            || self.gender(&tokens, ""),
            |p| self.text.lexicon.given_name(&fold(p.name.split(' ').next().unwrap_or(""))),
        );
        let name = known.map_or_else(|| self.written_name(&tokens), |p| p.name.clone());
        let role = self.role_before(&tokens);
        let person = self.cast.add(CastPerson { name, surname, known, role, gender });
        self.cast.mentions.push(Mention { tokens, person });
    }

    /// The one person of the surname who fits the title, or who heads a state on that date.
    fn known_surname(&self, surname: &str, office: Option<&Office>) -> Option<&'a Person> {
        let people = self.text.lexicon.persons_by_surname(surname);
        if let Some(office) = office.filter(|o| !o.below.is_empty()) {
            let fits = |p: &&&Person| {
                let terms = p.terms_on(self.counting.date);
                terms.current.iter().any(|t| t.path.ends_with(&office.below))
            };
            let mut fitting = people.iter().filter(fits);
            if let (Some(one), None) = (fitting.next(), fitting.next()) {
                return Some(one);
            }
        }
        let heads = |t: &&&Term| leads_state(t);
        let mut leading: Vec<(&Person, bool, Option<PartialDate>)> = people
            .into_iter()
            .filter_map(|p| {
                let terms = p.terms_on(self.counting.date);
                let now = terms.current.iter().find(heads);
                let once = terms.former.iter().rfind(heads);
                now.or(once).map(|t| (p, now.is_some(), t.from))
            })
            .collect();
        leading.sort_by(|a, b| (b.1, b.2, &a.0.id).cmp(&(a.1, a.2, &b.0.id)));
        leading.first().map(|l| l.0)
    }

    /// The office or honorific right before a name.
    fn title_before(&self, at: usize) -> Option<&OfficeAt<'a>> {
        let end = if at > 0 && self.text.document.word(at - 1) == "." { at - 1 } else { at };
        let offices = &self.text.offices;
        let next = offices.partition_point(|o| o.tokens.start < at);
        let same_sentence = |o: &&OfficeAt| self.text.sentence_of(o.tokens.start) == self.text.sentence_of(at);
        // `..., said an official. Doe ...`: the stop before the name ends a sentence, not a title.
        let ends_there = |o: &&OfficeAt| o.tokens.end == end || o.tokens.end == at;
        offices[..next].iter().rev().take(3).find(ends_there).filter(same_sentence)
    }

    fn role_around(&self, tokens: &TokenRange) -> Role {
        let mut role = self.role_before(tokens);
        role.take_over(self.role_after(tokens));
        role
    }

    /// `Former Mexican Foreign Minister Jorge Castañeda`
    fn role_before(&self, tokens: &TokenRange) -> Role {
        let Some(title) = self.title_before(tokens.start) else { return Role::default() };
        let sentence = self.text.sentence_of(tokens.start);
        let mut start = title.tokens.start;
        while start > sentence.start && self.belongs_to_title(start - 1) {
            start -= 1;
        }
        read_role(self.text, &(start..tokens.start), self.counting)
    }

    fn belongs_to_title(&self, at: usize) -> bool {
        let lower = self.text.lower(at);
        self.text.name_at(at).is_some_and(|n| !matches!(n.entries[0], Entry::Person(_)))
            || self.office_at(at).is_some()
            || self.text.is(at, WordClass::InTitle)
            || matches!(self.text.document.word(at), "." | "'" | "’" | "-") && !self.text.document.gap_before(at)
            || self.text.is_capital(at) && self.text.lexicon.name_word(lower) == Some(NameWord::Body)
    }

    /// `, a security expert at the Brookings Institution,`, ` of the Council on Foreign Relations`, ` (R-Ky.)`
    fn role_after(&self, tokens: &TokenRange) -> Role {
        const LONGEST: usize = 16;
        let document = &self.text.document;
        let sentence = self.text.sentence_of(tokens.start);
        let next = tokens.end;
        if next >= sentence.end || self.text.is_possessive(tokens.end - 1) {
            return Role::default();
        }
        let stop = sentence.end.min(next + LONGEST);
        match document.word(next) {
            "(" => self.party_and_place(&(next + 1..stop)),
            "," => {
                let from = next + 1;
                let end = (from..stop).find(|&i| ends_apposition(document.word(i))).unwrap_or(stop);
                let short = self.party_and_place(&(from..end.max(from)));
                if !short.is_empty() {
                    return short;
                }
                if self.opens_apposition(from, end) && !self.titles_another(from, end) {
                    read_role(self.text, &(from..end), self.counting)
                } else {
                    Role::default()
                }
            }
            "of" | "from" | "with" | "at" => {
                let end = (next + 1..stop).find(|&i| ends_apposition(document.word(i)) || self.is_clause_word(i));
                read_bodies(self.text, &(next + 1..end.unwrap_or(stop)))
            }
            _ => Role::default(),
        }
    }

    fn is_clause_word(&self, at: usize) -> bool {
        let known = self.text.name_at(at).is_some() || self.text.is_capital(at);
        !known && !matches!(self.text.lower(at), "of" | "the" | "for" | "on" | "and" | "'s" | "school" | "in" | "at")
    }

    /// An apposition begins with an article, a title or `who is`; a list goes on with another name.
    fn opens_apposition(&self, from: usize, end: usize) -> bool {
        if from >= end {
            return false;
        }
        let head = from..(from + 9).min(end);
        let has_office = self.text.offices_within(&head).any(|o| o.office.kind != OfficeKind::Honorific);
        let first = self.text.lower(from);
        let article = matches!(first, "a" | "an" | "the" | "former" | "head" | "who" | "its" | "his" | "her" | "then");
        let names_office =
            self.office_at(from).is_some() || self.text.name_at(from).is_some() || self.text.is_possessive(from);
        has_office && (article || names_office)
            || article && self.text.names_within(&head).any(|n| matches!(n.entries[0], Entry::Body(_)))
    }

    /// `Jane Doe, Canadian Foreign Minister John Roe and ...`: a list, whose next title belongs to the next name.
    fn titles_another(&self, from: usize, end: usize) -> bool {
        self.text.offices_within(&(from..end)).any(|o| {
            let next = o.tokens.end;
            let known = || self.text.name_at(next).is_some_and(|n| matches!(n.entries[0], Entry::Person(_)));
            next < end && (self.is_name_word(next) || known())
        })
    }

    /// `R-Ky.`, `D-NY`, `Republican of Kentucky`
    fn party_and_place(&self, range: &TokenRange) -> Role {
        let mut role = Role::default();
        let Some(first) = range.clone().next().filter(|_| !range.is_empty()) else { return role };
        let word = self.text.document.word(first);
        let (letter, place) = match word.split_once('-') {
            Some((letter, place)) => (letter, place.to_string()),
            None => {
                let place =
                    (first + 1..range.end.min(first + 4)).map(|i| self.text.document.word(i)).filter(|w| *w != "-");
                (word, place.collect::<Vec<_>>().join(""))
            }
        };
        let party = match letter {
            "R" => "republican-party",
            "D" => "democratic-party",
            _ => return role,
        };
        let place = place.trim_end_matches('.');
        let lexicon = self.text.lexicon;
        let region = lexicon.region_by_code("US", place).is_some()
            || lexicon.lookup(place).iter().any(|e| matches!(e, Entry::Region(_)));
        if region || place.is_empty() {
            role.paths.push(party.to_string());
            role.affiliations.push(lexicon.label(party));
        }
        role
    }
}

impl Role {
    /// Tells whether nothing is known.
    pub fn is_empty(&self) -> bool {
        *self == Role::default()
    }

    /// Takes over what the other role says more.
    pub fn take_over(&mut self, other: Role) {
        if self.title.is_none() || other.former && !self.former {
            self.title = other.title.or(self.title.take());
            self.former |= other.former;
            self.left = other.left.or(self.left.take());
        }
        for path in other.former_paths {
            self.paths.retain(|held| *held != path);
            if !self.former_paths.contains(&path) {
                self.former_paths.push(path);
            }
        }
        for path in other.paths {
            if !self.paths.contains(&path) && !self.former_paths.contains(&path) {
                self.paths.push(path);
            }
        }
        for body in other.affiliations {
            if !self.affiliations.contains(&body) {
                self.affiliations.push(body);
            }
        }
    }
}

/// Tells whether whoever holds an office there speaks for the whole state.
pub(super) fn is_head(path: &str) -> bool {
    path.ends_with("/presidency") || path.ends_with("/premiership") || path.ends_with("/monarchy")
}

/// Tells whether the office is the head's own, not that of somebody who serves there.
fn leads_state(term: &Term) -> bool {
    const TITLES: [&str; 9] = [
        "president",
        "prime minister",
        "chancellor",
        "supreme leader",
        "king",
        "queen",
        "emperor",
        "pope",
        "taoiseach",
    ];
    let office = term.office.to_lowercase();
    is_head(&term.path) && TITLES.iter().any(|t| office.starts_with(t))
}

fn ends_apposition(word: &str) -> bool {
    matches!(word, "," | "." | ";" | ":" | "—" | "–" | "(" | ")" | "“" | "\"" | "?" | "!")
}

/// Reads a title or apposition: office, state, bodies.
pub(crate) fn read_role(text: &Annotated, range: &TokenRange, counting: Counting) -> Role {
    let lexicon = counting.lexicon;
    let mut role = Role::default();
    let office =
        text.offices_within(range).filter(|o| o.office.kind != OfficeKind::Honorific).max_by_key(|o| o.tokens.len());
    let has_left = range.clone().any(|i| text.is(i, WordClass::Former) || text.lower(i).starts_with("ex-"));
    let former = has_left || is_of_the_past(text, range, counting);
    role.former = former;
    let bodies = read_bodies(text, range);
    let state = office.and_then(|o| state_of_office(text, range, &o.tokens));
    let region = text.names_within(range).find_map(|n| match n.entries[0] {
        Entry::Region(region) => Some(region),
        _ => None,
    });
    if let Some(OfficeAt { office, .. }) = office {
        role.left = Some(office.below.clone()).filter(|below| has_left && !below.is_empty());
        role.title = text.document.span(range).map(|s| s.of(text.document.text).trim_start_matches("the ").to_string());
        let own_state = office.country.as_deref().and_then(|c| lexicon.state(c));
        let state = state.or(own_state);
        let path = match office.kind {
            _ if is_of_the_future(text, range) => None,
            OfficeKind::Private | OfficeKind::Honorific => None,
            OfficeKind::Spokesperson => spokesperson_path(&bodies, state, office, counting),
            OfficeKind::Subnational => region.map(|r| r.path.clone()),
            _ => office_path(&bodies, state, office, counting),
        };
        if former { role.former_paths.extend(path) } else { role.paths.extend(path) }
    }
    role.affiliations = bodies.affiliations;
    role
}

/// `incoming foreign minister`, `nominee for ambassador`: not held yet, perhaps never.
fn is_of_the_future(text: &Annotated, range: &TokenRange) -> bool {
    range.clone().any(|i| text.is(i, WordClass::NotYet))
        && !range.clone().any(|i| matches!(text.lower(i), "former" | "ex"))
}

/// `then-president`, `who was foreign minister until 2019`, `minister from 2000 to 2003`: held once, whatever is held now.
fn is_of_the_past(text: &Annotated, range: &TokenRange, counting: Counting) -> bool {
    let year = |i: usize| text.lower(i).parse::<i32>().ok().filter(|y| (1900..2100).contains(y));
    let over = |y: i32| counting.date.is_none_or(|date| y < chrono::Datelike::year(&date));
    range.clone().any(|i| {
        let word = text.lower(i);
        let next = text.lower(i + 1);
        match word {
            "then" => true,
            _ if word.starts_with("then-") => true,
            "who" => matches!(next, "was" | "served" | "once"),
            "until" | "till" => year(i + 1).is_some_and(over) || next == "last" || next == "recently",
            "to" | "through" | "-" | "–" | "and" => {
                i > range.start && year(i - 1).is_some() && year(i + 1).is_some_and(over)
            }
            _ => match word.split_once(['-', '–']) {
                Some((from, to)) => from.len() == 4 && from.parse::<i32>().is_ok() && to.parse().is_ok_and(over),
                None => false,
            },
        }
    })
}

/// The state of an office: named before it (`Mexican foreign minister`) or right after it (`president of Mexico`), not
/// anywhere in the phrase (`adviser on Mexico`).
fn state_of_office<'a>(text: &Annotated<'a>, range: &TokenRange, office: &TokenRange) -> Option<&'a State> {
    const REACH: usize = 4;
    let before = state_within(text, &(range.start..office.end)).filter(|_| !is_region_of_own(text, range, office));
    let joined = text.lower(office.end) == "of" && text.lower(office.end.saturating_sub(1)) != "ambassador";
    let after = || state_within(text, &(office.end..(office.end + REACH).min(range.end)));
    before.or_else(|| if joined { after() } else { None })
}

/// `Georgia Rep.`: beside an American title, a name that is also a part of the United States means that part.
fn is_region_of_own(text: &Annotated, range: &TokenRange, office: &TokenRange) -> bool {
    let american = office.clone().any(|i| {
        matches!(
            text.lower(i),
            "rep" | "sen" | "gov" | "congressman" | "congresswoman" | "governor" | "republican" | "democrat"
        )
    });
    let is_region = |entry: &Entry| matches!(entry, Entry::Region(r) if r.country.as_deref() == Some("US"));
    american && text.names_within(range).any(|n| n.entries.iter().any(is_region))
}

fn office_path(bodies: &Role, state: Option<&State>, office: &Office, counting: Counting) -> Option<String> {
    let public = bodies.paths.iter().find(|p| counting.lexicon.state_of_path(p).is_some());
    let own = state.map(|s| counting.lexicon.office_path(s, &office.below));
    own.or_else(|| public.cloned())
}

fn spokesperson_path(bodies: &Role, state: Option<&State>, office: &Office, counting: Counting) -> Option<String> {
    let own = state.filter(|_| !office.below.is_empty()).map(|s| counting.lexicon.office_path(s, &office.below));
    own.or_else(|| bodies.paths.first().cloned()).or_else(|| state.map(|s| format!("{}/government", s.path)))
}

/// Returns the first state that the tokens name, by name, adjective or seat.
pub(crate) fn state_within<'a>(text: &Annotated<'a>, range: &TokenRange) -> Option<&'a State> {
    text.names_within(range).find_map(|n| match n.entries[0] {
        Entry::State(state, _) => Some(state),
        _ => None,
    })
}

/// Returns the bodies that the tokens name, known or not, as a role without a title.
pub(crate) fn read_bodies(text: &Annotated, range: &TokenRange) -> Role {
    let mut role = Role::default();
    let mut at = range.start;
    while at < range.end {
        if let Some(name) = text.name_at(at) {
            if let Some(Entry::Body(body)) = name.entries.iter().find(|e| matches!(e, Entry::Body(_))) {
                role.paths.push(body.path.clone());
                role.affiliations.push(text.lexicon.label(&body.path));
            }
            at = name.tokens.end;
            continue;
        }
        let opens_name = text.lexicon.name_word(text.lower(at)) != Some(NameWord::Function);
        if text.is_capital(at) && opens_name {
            let end = body_end(text, at, range.end);
            let is_body = (at..end).any(|i| text.lexicon.name_word(text.lower(i)) == Some(NameWord::Body));
            if is_body && end > at + 1 {
                role.affiliations.push(bare(text.document.slice(&(at..end))).to_string());
            }
            at = end;
        }
        at += 1;
    }
    role
}

/// Capitalised words joined by `of`, `for`, `on`, `and the`: `University of Texas School of Law`.
fn body_end(text: &Annotated, at: usize, limit: usize) -> usize {
    let capital = |i: usize| i < limit && text.is_capital(i);
    let mut end = at + 1;
    loop {
        if capital(end) {
            end += 1;
        } else if end < limit && matches!(text.lower(end), "of" | "for" | "on" | "and" | "&" | "in") && capital(end + 1)
        {
            end += 2;
        } else if end + 1 < limit
            && matches!(text.lower(end), "of" | "for" | "on")
            && text.lower(end + 1) == "the"
            && capital(end + 2)
        {
            end += 3;
        } else {
            return end;
        }
    }
}
