//! Finds the people of a text: in full, then by surname, with the roles that the words around each name give.

use super::appositions::role_after;
use super::known::{known_at_home, known_by_double_surname, known_by_name, known_by_surname, person_named};
use super::name_words::{
    begins_with_a_verb, could_be_given_name, is_name_word, name_behind_a_body, name_run, written_name,
};
use super::people::{Cast, CastPerson, Mention};
use super::seats::{leave_home, seat};
use super::titles::{role_before, title_before};
use crate::extract::actors::{Counting, Role};
use crate::extract::annotated::{Annotated, bare};
use crate::language::TokenRange;
use crate::lexicon::{CueKind, Gender, NameWord, OfficeKind, Person, WordClass, fold};

impl<'a> Cast<'a> {
    /// Finds the people of a text.
    pub fn of(text: &Annotated<'a>, counting: Counting<'a>) -> Cast<'a> {
        let mut finder = Finder { text, counting, cast: Cast::default() };
        finder.read();
        finder.add_early_surnames();
        finder.cast
    }

    /// Finds the people of a title, who are mostly those of the article.
    pub fn of_title(text: &Annotated<'a>, counting: Counting<'a>, article: &Cast<'a>) -> Cast<'a> {
        let mut finder = Finder { text, counting, cast: article.unmentioned() };
        finder.read();
        finder.cast
    }
}

struct Finder<'t, 'a> {
    text: &'t Annotated<'a>,
    counting: Counting<'a>,
    cast: Cast<'a>,
}

impl<'a> Finder<'_, 'a> {
    /// Reads the text from left to right.
    fn read(&mut self) {
        let mut at = 0;
        while at < self.text.words.len() {
            at = self.step(at);
        }
    }

    /// Reads what stands at a token; returns where to go on.
    fn step(&mut self, at: usize) -> usize {
        if let Some(name) = self.text.name_at(at).filter(|n| n.tokens.start == at) {
            let (tokens, person) = (name.tokens.clone(), person_named(name, self.counting.date));
            if let Some(person) = person {
                self.add_full_name(&tokens, Some(person));
                return tokens.end;
            }
            if self.is_surname_again(&tokens) {
                self.add_surname(at);
                return tokens.end;
            }
            if !could_be_given_name(self.text, at, &tokens) {
                return tokens.end;
            }
        }
        if !self.text.is_capital(at) || self.text.office_at(at).is_some() && !self.is_given_name(at) {
            return at + 1;
        }
        let run = name_run(self.text, at);
        if run.is_empty() {
            return at + 1;
        }
        let end = run.end;
        self.read_run(run);
        end
    }

    /// `Jordan`, after `Michael Jordan`: a place's name that is the surname of somebody named before.
    fn is_surname_again(&self, tokens: &TokenRange) -> bool {
        let text = self.text;
        let surname = || fold(bare(text.document.word(tokens.start)));
        let placed =
            tokens.start.checked_sub(1).is_some_and(|i| text.is(i, WordClass::Preposition) || text.lower(i) == "the");
        tokens.len() == 1 && !placed && self.cast.by_surname(&surname()).is_some()
    }

    /// `Dean Heller`, where a title is also a given name and no article stands before it.
    fn is_given_name(&self, at: usize) -> bool {
        let text = self.text;
        let lone = text.office_at(at).is_some_and(|office| office.tokens.len() == 1);
        let given = text.lexicon.given_name(text.lower(at)).is_some();
        let bare = !at.checked_sub(1).is_some_and(|i| matches!(text.lower(i), "the" | "a" | "associate" | "former"));
        lone && given && bare && at + 1 < text.words.len() && is_name_word(text, at + 1)
    }

    fn read_run(&mut self, run: TokenRange) {
        let lexicon = self.text.lexicon;
        let is = |class: NameWord| run.clone().any(|i| lexicon.name_word(self.text.lower(i)) == Some(class));
        let given = lexicon.given_name(self.text.lower(run.start)).is_some();
        if is(NameWord::Body) || is(NameWord::Thing) && !given {
            if let Some(name) = name_behind_a_body(self.text, &run) {
                self.add_full_name(&name, None);
            }
            return;
        }
        if begins_with_a_verb(self.text, &run) {
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

    fn add_full_name(&mut self, tokens: &TokenRange, known: Option<&'a Person>) {
        let written = written_name(self.text, tokens);
        let surname = fold(written.split(' ').next_back().unwrap_or(&written));
        let first = fold(written.split(' ').next().unwrap_or(&written));
        let role = self.role_around(tokens);
        let gender = self.gender(tokens, &first);
        let person = self.cast.by_name(&surname, &first, known).unwrap_or_else(|| {
            let lexicon = self.text.lexicon;
            let known = known.or_else(|| known_by_name(&surname, &first, lexicon));
            let known = known.or_else(|| known_by_double_surname(&written, lexicon));
            self.cast.add(CastPerson { name: written, surname, known, role: Role::default(), gender })
        });
        self.cast.people[person].role.take_over(role);
        self.cast.people[person].gender = self.cast.people[person].gender.or(gender);
        self.cast.mention(tokens.clone(), person);
    }

    /// A single capitalised word: somebody named before, or a surname after a title, or a well-known one.
    fn add_surname(&mut self, at: usize) {
        let surname = fold(bare(self.text.document.word(at)));
        let tokens = at..at + 1;
        let gender = self.gender_of_title(at);
        if let Some(person) = self.cast.by_surname_and_gender(&surname, gender) {
            let role = role_before(self.text, &tokens, &self.cast, self.counting);
            self.cast.people[person].role.take_over(role);
            self.cast.mention_alone(tokens, person);
            return;
        }
        let title = title_before(self.text, at);
        let known = known_by_surname(&surname, title.map(|t| t.office), self.counting);
        let known = known.or_else(|| known_at_home(&surname, self.counting).filter(|_| self.speaks(at)));
        if known.is_none()
            && let Some(person) = self.cast.by_first_surname(&surname, gender)
        {
            self.cast.mention_alone(tokens, person);
            return;
        }
        let honorific = title.is_some_and(|t| t.office.kind == OfficeKind::Honorific || t.tokens.end + 1 >= at);
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
        let name = known.map_or_else(|| written_name(self.text, &tokens), |p| p.name.clone());
        let role = role_before(self.text, &tokens, &self.cast, self.counting);
        let person = self.cast.add(CastPerson { name, surname, known, role, gender });
        self.cast.mention_alone(tokens, person);
    }

    /// `McConnell said`, `said McConnell`: a lone name beside a verb of speech.
    fn speaks(&self, at: usize) -> bool {
        let text = self.text;
        let is_cue = |i: usize| {
            let cue = text.lexicon.cue_at(&text.words, i);
            cue.is_some_and(|(cue, _)| cue.kind == CueKind::Verb) && !text.is_capital(i)
        };
        let alone = !at.checked_sub(1).is_some_and(|i| text.is_capital(i));
        alone && (is_cue(at + 1) || at.checked_sub(1).is_some_and(is_cue))
    }

    /// Surnames that headlines and highlights use before the text gives the full name.
    fn add_early_surnames(&mut self) {
        let first_named = |p: usize| self.cast.mentions.iter().find(|m| m.person == p).map_or(0, |m| m.tokens.start);
        let first: Vec<usize> = (0..self.cast.people.len()).map(first_named).collect();
        let latest = first.iter().copied().max().unwrap_or(0);
        let alone = |at: usize| {
            let beside = |i: usize| i < self.text.words.len() && is_name_word(self.text, i);
            is_name_word(self.text, at)
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

    /// What stands before a name and behind it, taken together.
    fn role_around(&self, tokens: &TokenRange) -> Role {
        let lexicon = self.text.lexicon;
        let mut role = role_before(self.text, tokens, &self.cast, self.counting);
        let mut after = role_after(self.text, tokens, self.counting);
        let title = title_before(self.text, tokens.start).map(|t| t.office);
        let seat = seat(title, &after, lexicon);
        if role.former {
            role.former_paths.extend(seat)
        } else {
            after.paths.extend(seat)
        }
        role.take_over(after);
        leave_home(&mut role, lexicon);
        role
    }

    fn gender(&self, tokens: &TokenRange, first: &str) -> Option<Gender> {
        self.gender_of_title(tokens.start).or_else(|| self.text.lexicon.given_name(first))
    }

    /// The gender that a title before a name tells: `Mr.`, `congresswoman`.
    fn gender_of_title(&self, at: usize) -> Option<Gender> {
        let before = at.checked_sub(1).filter(|&i| self.text.lower(i) != ".").or(at.checked_sub(2))?;
        let title = self.text.classes_at(before);
        if title.has(WordClass::MaleTitle) {
            Some(Gender::Male)
        } else if title.has(WordClass::FemaleTitle) {
            Some(Gender::Female)
        } else {
            None
        }
    }
}
