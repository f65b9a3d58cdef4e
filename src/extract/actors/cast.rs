//! Everybody whom an article names: people in full, then by surname, with the roles that titles and appositions give.

use std::collections::HashMap;

use super::Counting;
use super::roles::{Role, read_bodies, read_role, region_within};
use crate::extract::annotated::{Annotated, Name, OfficeAt, bare};
use crate::language::TokenRange;
use crate::lexicon::{CueKind, Entry, Gender, NameWord, Office, OfficeKind, Person, Term, WordClass, fold};
use crate::record::{ActorKind, PartialDate};

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
            if let Some(name) = self.name_behind_a_body(&run) {
                self.add_full_name(&name, None);
            }
            return;
        }
        if self.begins_with_a_verb(&run) {
            self.add_surname(run.end - 1);
            return;
        }
        let letters = run.clone().filter(|&i| self.text.document.word(i).chars().count() > 1).count();
        if letters >= 2 && run.len() <= 6 {
            self.add_full_name(&run, None);
        } else if run.len() == 1 {
            self.add_surname(run.start);
        }
    }

    /// `Director of Social Media Jane Doe`: the name behind the last word of a body.
    fn name_behind_a_body(&self, run: &TokenRange) -> Option<TokenRange> {
        let lexicon = self.text.lexicon;
        let of_body =
            |i: usize| matches!(lexicon.name_word(self.text.lower(i)), Some(NameWord::Body | NameWord::Thing));
        let start = run.clone().rev().find(|&i| of_body(i))? + 1;
        let given = lexicon.given_name(self.text.lower(start)).is_some() && !self.text.is_possessive(start - 1);
        (given && (2..=3).contains(&(run.end.saturating_sub(start)))).then_some(start..run.end)
    }

    /// `Describing Doe as unfit, ...`: a word in -ing that opens a sentence is no given name.
    fn begins_with_a_verb(&self, run: &TokenRange) -> bool {
        let first = self.text.lower(run.start);
        run.len() == 2
            && first.len() > "-ing".len() + 3
            && first.ends_with("ing")
            && self.text.lexicon.given_name(first).is_none()
            && self.text.begins_sentence(run.start)
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
        let mut after = self.role_after(tokens);
        after.paths.extend(self.seat(tokens, &after).filter(|_| !role.former));
        role.take_over(after);
        self.leave_home(&mut role);
        role
    }

    /// `Sen. Jane Doe, a Republican from Texas`, in an article about Mexico: party and place say which senate is meant.
    fn leave_home(&self, role: &mut Role) {
        let lexicon = self.text.lexicon;
        let Some(assumed) = role.assumed.clone() else { return };
        let of_party = |path: &String| {
            let body = lexicon.body(path).filter(|b| b.kind == ActorKind::Party)?;
            lexicon.state(body.country.as_deref()?)
        };
        let place = role.place.as_ref().and_then(|place| lexicon.state_of_path(place));
        let Some(state) = place.or_else(|| role.paths.iter().find_map(of_party)) else { return };
        if lexicon.state_of_path(&assumed).is_some_and(|home| home.path == state.path) {
            return;
        }
        let below = assumed.split_once('/').map_or("", |(_, below)| below);
        let path = lexicon.office_path(state, below);
        for paths in [&mut role.paths, &mut role.former_paths] {
            paths.iter_mut().filter(|p| **p == assumed).for_each(|p| p.clone_from(&path));
        }
    }

    /// Where somebody sits whose party and state stand behind the name: `Sen. Jane Doe (R-Ky.)`, `Gov. Jane Doe, D-Ohio`.
    fn seat(&self, tokens: &TokenRange, after: &Role) -> Option<String> {
        let place = after.place.as_ref().filter(|_| after.is_letters)?;
        let state = self.text.lexicon.state_of_path(place)?;
        match self.title_before(tokens.start).map(|t| t.office) {
            Some(office) if office.kind == OfficeKind::Legislative => {
                Some(self.text.lexicon.office_path(state, &office.below))
            }
            Some(office) if office.kind == OfficeKind::Subnational => Some(place.clone()),
            Some(office) if office.kind != OfficeKind::Honorific => None,
            _ => Some(format!("{}/congress", state.path)),
        }
    }

    /// `Former Mexican Foreign Minister Jorge Castañeda`
    fn role_before(&self, tokens: &TokenRange) -> Role {
        let Some(title) = self.title_before(tokens.start) else { return Role::default() };
        let sentence = self.text.sentence_of(tokens.start);
        let mut start = title.tokens.start;
        while start > sentence.start && self.belongs_to_title(start - 1) {
            start -= 1;
        }
        let mut role = read_role(self.text, &(start..tokens.start), self.counting);
        if let Some(owner) = self.cast.mentions.last().filter(|m| m.tokens.end == start) {
            role.paths.extend(self.lent_by(owner.person, &(start..tokens.start)));
        }
        role
    }

    /// `Doe spokesman John Roe`: what Doe holds an office of, whose spokesman or adviser speaks for it too.
    fn lent_by(&self, owner: usize, title: &TokenRange) -> Vec<String> {
        let text = self.text;
        let serves = title
            .clone()
            .any(|i| matches!(text.lower(i), "adviser" | "advisor" | "aide") || text.lower(i).starts_with("spokes"));
        let campaigns = title.clone().any(|i| matches!(text.lower(i), "campaign" | "former" | "ex"));
        if !serves || campaigns {
            return Vec::new();
        }
        let owner = &self.cast.people[owner];
        let held = owner.known.map(|known| known.terms_on(self.counting.date).current).unwrap_or_default();
        let held = held.into_iter().map(|term| term.path.clone());
        held.chain(owner.role.paths.clone()).filter(|path| text.lexicon.state_of_path(path).is_some()).collect()
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
            "(" => {
                let mut role = self.party_and_place(&(next + 1..stop));
                let of = next + 3;
                let joined = document.word(next + 2) == ")" && self.text.lower(of) == "of";
                if role.is_letters && joined {
                    role.place = region_within(self.text, &(of + 1..of + 3)).map(|r| r.path.clone());
                }
                role
            }
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
                let range = next + 1..end.unwrap_or(stop);
                let place = region_within(self.text, &range).map(|r| r.path.clone());
                Role { place, ..read_bodies(self.text, &range) }
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
                let behind = (first + 1..range.end.min(first + 4)).map(|i| self.text.document.word(i));
                let place = behind.take_while(|w| *w != ")").filter(|w| *w != "-");
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
        let region = lexicon.region_by_code("US", place).or_else(|| {
            let named = lexicon.lookup(place).into_iter();
            named.filter_map(|e| if let Entry::Region(region) = e { Some(region) } else { None }).next()
        });
        if region.is_some() || place.is_empty() {
            role.is_letters = true;
            role.place = region.map(|r| r.path.clone());
            role.paths.push(party.to_string());
            role.affiliations.push(lexicon.label(party));
        }
        role
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
