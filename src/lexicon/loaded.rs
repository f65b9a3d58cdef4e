//! The lexicon as one immutable value: all lists, and the look-ups into them.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::abbreviations::read_abbreviations;
use super::bodies::read_bodies;
use super::cues::{WordList, read_cues, read_negations, read_stance_words};
use super::inflect::IrregularVerbs;
use super::names::{EntryRef, NameScanner, NameTable};
use super::offices::Offices;
use super::outlets::{domains_of, read_outlets};
use super::people::read_people;
use super::states::{read_regions, read_states};
use super::vocabulary::Vocabulary;
use super::{
    AbbreviationClass, Body, Cue, Entry, Gender, LexiconError, NameMatch, NameWord, Negation, Office, OfficeMatch,
    OutletEntry, Person, Region, SpeakerNoun, StanceWord, State, StateName, fold,
};

/// All word knowledge, immutable.
#[derive(Debug)]
pub struct Lexicon {
    states: Vec<State>,
    regions: Vec<Region>,
    bodies: Vec<Body>,
    people: Vec<Person>,
    outlets: Vec<OutletEntry>,
    offices: Offices,
    cues: WordList<Cue>,
    stance_words: WordList<StanceWord>,
    negations: WordList<Negation>,
    abbreviations: HashMap<String, AbbreviationClass>,
    vocabulary: Vocabulary,
    state_by_code: HashMap<String, usize>,
    state_by_path: HashMap<String, usize>,
    region_by_code: HashMap<(String, String), usize>,
    people_by_surname: HashMap<String, Vec<usize>>,
    outlet_by_domain: HashMap<String, usize>,
    names: NameTable,
    /// Made when a text is scanned for the first time.
    scanner: OnceLock<NameScanner>,
}

/// The text of every file of the lexicon.
#[derive(Debug, Clone, Copy)]
pub struct Tables<'t> {
    pub states: &'t str,
    pub regions: &'t str,
    pub bodies: &'t str,
    pub people: &'t str,
    pub offices: &'t str,
    pub outlets: &'t str,
    pub cues: &'t str,
    pub stance_words: &'t str,
    pub negations: &'t str,
    pub irregular_verbs: &'t str,
    pub abbreviations: &'t str,
    pub name_words: &'t str,
    pub speaker_nouns: &'t str,
    pub given_names: &'t str,
}

impl Tables<'static> {
    /// The files of `schema/lexicon` as they were at build time.
    pub const BUILT_IN: Tables<'static> = Tables {
        states: include_str!("../../schema/lexicon/states.csv"),
        regions: include_str!("../../schema/lexicon/regions.csv"),
        bodies: include_str!("../../schema/lexicon/bodies.csv"),
        people: include_str!("../../schema/lexicon/people.csv"),
        offices: include_str!("../../schema/lexicon/offices.csv"),
        outlets: include_str!("../../schema/lexicon/outlets.csv"),
        cues: include_str!("../../schema/lexicon/cues.csv"),
        stance_words: include_str!("../../schema/lexicon/stance_words.csv"),
        negations: include_str!("../../schema/lexicon/negations.csv"),
        irregular_verbs: include_str!("../../schema/lexicon/irregular_verbs.csv"),
        abbreviations: include_str!("../../schema/lexicon/abbreviations.csv"),
        name_words: include_str!("../../schema/lexicon/name_words.csv"),
        speaker_nouns: include_str!("../../schema/lexicon/speaker_nouns.csv"),
        given_names: include_str!("../../schema/lexicon/given_names.csv"),
    };
}

impl Lexicon {
    /// Returns the lexicon of the embedded files.
    pub fn built_in() -> Lexicon {
        Lexicon::read(&Tables::BUILT_IN).expect("the embedded files are read by a test")
    }

    /// Reads a lexicon from files of the documented form.
    pub fn read(tables: &Tables) -> Result<Lexicon, LexiconError> {
        let verbs = IrregularVerbs::read(tables.irregular_verbs)?;
        let states = read_states(tables.states)?;
        let mut lexicon = Lexicon {
            regions: read_regions(tables.regions, &states)?,
            bodies: read_bodies(tables.bodies, &states)?,
            states,
            people: read_people(tables.people)?,
            outlets: read_outlets(tables.outlets)?,
            offices: Offices::read(tables.offices)?,
            cues: read_cues(tables.cues, &verbs)?,
            stance_words: read_stance_words(tables.stance_words, &verbs)?,
            negations: read_negations(tables.negations, &verbs)?,
            abbreviations: read_abbreviations(tables.abbreviations)?,
            vocabulary: Vocabulary::read(tables.name_words, tables.speaker_nouns, tables.given_names)?,
            state_by_code: HashMap::new(),
            state_by_path: HashMap::new(),
            region_by_code: HashMap::new(),
            people_by_surname: HashMap::new(),
            outlet_by_domain: HashMap::new(),
            names: NameTable::default(),
            scanner: OnceLock::new(),
        };
        lexicon.index_keys();
        lexicon.index_names();
        Ok(lexicon)
    }

    fn index_keys(&mut self) {
        for (place, state) in self.states.iter().enumerate() {
            self.state_by_code.insert(state.alpha2.clone(), place);
            self.state_by_path.insert(state.path.clone(), place);
        }
        for (place, region) in self.regions.iter().enumerate() {
            for (code, country) in region.codes.iter().zip(std::iter::repeat(&region.country)) {
                let country = country.clone().unwrap_or_default();
                self.region_by_code.insert((country, fold(code)), place);
            }
        }
        for (place, person) in self.people.iter().enumerate() {
            for surname in &person.surnames {
                let people = self.people_by_surname.entry(fold(surname)).or_default();
                if !people.contains(&place) {
                    people.push(place);
                }
            }
        }
        for (place, outlet) in self.outlets.iter().enumerate() {
            for domain in &outlet.domains {
                self.outlet_by_domain.insert(domain.clone(), place);
            }
        }
    }

    fn index_names(&mut self) {
        let mut names = NameTable::default();
        self.each_name(|name, entry, _| names.add(name, entry));
        self.names = names;
    }

    /// Calls `each` with every name, what it stands for, and whether running text may be scanned for it.
    fn each_name<'l>(&'l self, mut each: impl FnMut(&'l str, EntryRef, bool)) {
        for (state, place) in self.states.iter().zip(0..) {
            let kinds = [
                (std::slice::from_ref(&state.name), StateName::Name),
                (&state.other_names, StateName::Name),
                (&state.adjectives, StateName::Adjective),
                (&state.people, StateName::People),
                (&state.capitals, StateName::Capital),
                (&state.seats, StateName::Seat),
            ];
            for (names, how) in kinds {
                names.iter().for_each(|name| each(name, EntryRef::State(place, how), true));
            }
        }
        for (region, place) in self.regions.iter().zip(0..) {
            let names = [&region.name].into_iter().chain(&region.aliases).chain(&region.adjectives);
            names.for_each(|name| each(name, EntryRef::Region(place), true));
        }
        for (body, place) in self.bodies.iter().zip(0..) {
            [&body.name].into_iter().chain(&body.aliases).for_each(|name| each(name, EntryRef::Body(place), true));
        }
        for (person, place) in self.people.iter().zip(0..) {
            let names = [&person.name].into_iter().chain(&person.aliases);
            names.for_each(|name| each(name, EntryRef::Person(place), true));
        }
        for (outlet, place) in self.outlets.iter().zip(0..) {
            each(&outlet.name, EntryRef::Outlet(place), !outlet.ambiguous);
            outlet.aliases.iter().for_each(|alias| each(alias, EntryRef::Outlet(place), true));
        }
    }

    /// Returns everything that the name can mean: states first, then regions, bodies, people, outlets.
    ///
    /// Case, accents, dots, a leading "the" and a trailing possessive make no difference.
    pub fn lookup(&self, name: &str) -> Vec<Entry<'_>> {
        self.names.get(name).iter().map(|&entry| self.entry(entry)).collect()
    }

    /// Returns the names that stand in the text, from left to right, each the longest at its place.
    ///
    /// Case counts: a name's capitals must be capitals in the text. An ambiguous outlet's name is left out, its
    /// aliases are not.
    pub fn names_in(&self, text: &str) -> Vec<NameMatch<'_>> {
        let mut matches = Vec::new();
        self.scanner().scan(text, |start, end, entries| {
            let entries = entries.iter().map(|&entry| self.entry(entry)).collect();
            matches.push(NameMatch { start, end, entries });
        });
        matches
    }

    fn scanner(&self) -> &NameScanner {
        self.scanner.get_or_init(|| {
            let mut names = Vec::new();
            self.each_name(|name, entry, in_text| {
                if in_text {
                    names.push((name, entry));
                }
            });
            NameScanner::new(names.into_iter())
        })
    }

    fn entry(&self, entry: EntryRef) -> Entry<'_> {
        match entry {
            EntryRef::State(place, how) => Entry::State(&self.states[place as usize], how),
            EntryRef::Region(place) => Entry::Region(&self.regions[place as usize]),
            EntryRef::Body(place) => Entry::Body(&self.bodies[place as usize]),
            EntryRef::Person(place) => Entry::Person(&self.people[place as usize]),
            EntryRef::Outlet(place) => Entry::Outlet(&self.outlets[place as usize]),
        }
    }

    /// Returns all states, in the order of their codes.
    pub fn states(&self) -> &[State] {
        &self.states
    }

    /// Returns all regions, in the order of the file.
    pub fn regions(&self) -> &[Region] {
        &self.regions
    }

    /// Returns all bodies, in the order of their paths.
    pub fn bodies(&self) -> &[Body] {
        &self.bodies
    }

    /// Returns all people, in the order of their ids.
    pub fn people(&self) -> &[Person] {
        &self.people
    }

    /// Returns all outlets, in the order of their ids.
    pub fn outlets(&self) -> &[OutletEntry] {
        &self.outlets
    }

    /// Returns all offices, in the order of the file.
    pub fn offices(&self) -> &[Office] {
        self.offices.all()
    }

    /// Returns all cues, in the order of the file.
    pub fn cues(&self) -> &[Cue] {
        &self.cues.items
    }

    /// Returns the state of an alpha-2 code.
    pub fn state(&self, alpha2: &str) -> Option<&State> {
        self.state_by_code.get(alpha2).map(|&place| &self.states[place])
    }

    /// Returns the alpha-3 code of an alpha-2 code, `""` where there is none.
    pub fn alpha3(&self, alpha2: &str) -> String {
        self.state(alpha2).map_or_else(String::new, |state| state.alpha3.clone())
    }

    /// Returns the state that a path lies in: Mexico for `mexico/congress/senate`, none for `republican-party`.
    pub fn state_of_path(&self, path: &str) -> Option<&State> {
        let root = path.split('/').next().unwrap_or(path);
        self.state_by_path.get(root).map(|&place| &self.states[place])
    }

    /// Returns the region at a path.
    pub fn region(&self, path: &str) -> Option<&Region> {
        self.regions.iter().find(|region| region.path == path)
    }

    /// Returns the region that an abbreviation means in a state: Texas for `Tex.` in `US`.
    pub fn region_by_code(&self, alpha2: &str, code: &str) -> Option<&Region> {
        self.region_by_code.get(&(alpha2.to_string(), fold(code))).map(|&place| &self.regions[place])
    }

    /// Returns the body at a path.
    pub fn body(&self, path: &str) -> Option<&Body> {
        let place = self.bodies.binary_search_by(|body| body.path.as_str().cmp(path)).ok()?;
        Some(&self.bodies[place])
    }

    /// Returns the person of an id.
    pub fn person(&self, id: &str) -> Option<&Person> {
        let place = self.people.binary_search_by(|person| person.id.as_str().cmp(id)).ok()?;
        Some(&self.people[place])
    }

    /// Returns the people who are called by this surname, in the order of their ids.
    pub fn persons_by_surname(&self, surname: &str) -> Vec<&Person> {
        let places = self.people_by_surname.get(&super::fold::fold_for_lookup(surname));
        places.into_iter().flatten().map(|&place| &self.people[place]).collect()
    }

    /// Returns the outlet of an id.
    pub fn outlet(&self, id: &str) -> Option<&OutletEntry> {
        let place = self.outlets.binary_search_by(|outlet| outlet.id.as_str().cmp(id)).ok()?;
        Some(&self.outlets[place])
    }

    /// Returns the outlet of a name or alias.
    pub fn outlet_by_name(&self, name: &str) -> Option<&OutletEntry> {
        self.lookup(name).into_iter().find_map(|entry| match entry {
            Entry::Outlet(outlet) => Some(outlet),
            _ => None,
        })
    }

    /// Returns the outlet of a web address, host or domain; a subdomain leads to its own outlet first.
    pub fn outlet_by_domain(&self, address: &str) -> Option<&OutletEntry> {
        let address = address.to_ascii_lowercase();
        let place = domains_of(&address).into_iter().find_map(|domain| self.outlet_by_domain.get(domain))?;
        Some(&self.outlets[*place])
    }

    /// Returns what people call a path or id: `Government of Mexico`, `Texas`, `Claudia Sheinbaum`.
    ///
    /// A path that no file names gets a label from its last part.
    pub fn label(&self, path: &str) -> String {
        if let Some(state) = self.state_by_path.get(path) {
            return self.states[*state].name.clone();
        }
        let name = (self.body(path).map(|body| &body.name))
            .or_else(|| self.region(path).map(|region| &region.name))
            .or_else(|| self.person(path).map(|person| &person.name))
            .or_else(|| self.outlet(path).map(|outlet| &outlet.name));
        name.cloned().unwrap_or_else(|| self.label_from_words(path))
    }

    fn label_from_words(&self, path: &str) -> String {
        let words = path.rsplit('/').next().unwrap_or(path).replace('-', " ");
        let mut letters = words.chars();
        let capitalised: String = letters.next().iter().flat_map(|c| c.to_uppercase()).chain(letters).collect();
        match self.state_of_path(path) {
            Some(state) => format!("{capitalised} of {}", state.name_with_article()),
            None => capitalised,
        }
    }

    /// Returns where a holder of an office `below` a state counts: the deepest path there that the lexicon knows.
    ///
    /// `congress` stands for the legislature whatever its name, so `congress/senate` leads to `canada/parliament/senate`.
    pub fn office_path(&self, state: &State, below: &str) -> String {
        let as_written = format!("{}/{below}", state.path);
        let with_parliament = match below.strip_prefix("congress") {
            Some(rest) if self.body(&format!("{}/congress", state.path)).is_none() => {
                format!("{}/parliament{rest}", state.path)
            }
            _ => as_written,
        };
        let known = ancestors(&with_parliament).into_iter().rev().find(|path| self.body(path).is_some());
        known.unwrap_or_else(|| state.path.clone())
    }

    /// Returns the office that the whole title names.
    pub fn office(&self, title: &str) -> Option<&Office> {
        self.offices.named(title, None)
    }

    /// Returns the office that the whole title names in a state: `secretary of state` is another office in the US.
    pub fn office_in_country(&self, title: &str, alpha2: &str) -> Option<&Office> {
        self.offices.named(title, Some(alpha2))
    }

    /// Returns the longest office expression inside a phrase, the first among equals.
    pub fn office_in_phrase(&self, phrase: &str, alpha2: Option<&str>) -> Option<OfficeMatch<'_>> {
        let words = |office: &OfficeMatch| phrase[office.start..office.end].split([' ', '-']).count();
        let found = self.offices_in_phrase(phrase, alpha2).into_iter();
        found.reduce(|best, other| if words(&other) > words(&best) { other } else { best })
    }

    /// Returns the office expressions of a phrase from left to right.
    pub fn offices_in_phrase(&self, phrase: &str, alpha2: Option<&str>) -> Vec<OfficeMatch<'_>> {
        self.offices.within(phrase, alpha2)
    }

    /// Returns what a capitalised word tells of the name that it stands in; the word in lower case.
    pub fn name_word(&self, word: &str) -> Option<NameWord> {
        self.vocabulary.name_words.get(word).copied()
    }

    /// Returns what a common noun tells of the speaker that it names; the word in lower case.
    pub fn speaker_noun(&self, word: &str) -> Option<SpeakerNoun> {
        self.vocabulary.speaker_nouns.get(word).copied()
    }

    /// Returns the gender of a given name; the name in lower case.
    pub fn given_name(&self, name: &str) -> Option<Gender> {
        self.vocabulary.given_names.get(name).copied()
    }

    /// Returns the longest cue that starts at `words[at]`, with its number of words; words in lower case.
    pub fn cue_at(&self, words: &[&str], at: usize) -> Option<(&Cue, usize)> {
        self.cues.longest_at(words, at)
    }

    /// Returns every cue that starts at `words[at]`, the longest first; an expression can be a verb and a noun.
    pub fn cues_at(&self, words: &[&str], at: usize) -> Vec<(&Cue, usize)> {
        let found = self.cues.phrases.all_at(words, at);
        found.map(|(item, length)| (&self.cues.items[item], length)).collect()
    }

    /// Returns the longest evaluative expression that starts at `words[at]`, with its number of words.
    pub fn stance_word_at(&self, words: &[&str], at: usize) -> Option<(&StanceWord, usize)> {
        self.stance_words.longest_at(words, at)
    }

    /// Returns the longest negation that starts at `words[at]`, with its number of words.
    pub fn negation_at(&self, words: &[&str], at: usize) -> Option<(&Negation, usize)> {
        self.negations.longest_at(words, at)
    }

    /// Returns the class of an abbreviation, written with its dot and capitals: `Sen.`, `p.m.`
    pub fn abbreviation(&self, word: &str) -> Option<AbbreviationClass> {
        self.abbreviations.get(word).copied()
    }

    /// Returns the number of evaluative expressions and of negations.
    pub fn word_counts(&self) -> (usize, usize) {
        (self.stance_words.items.len(), self.negations.items.len())
    }
}

/// Returns a path with all paths above it, from the root down: `mexico`, `mexico/government`.
pub fn ancestors(path: &str) -> Vec<String> {
    let ends = path.match_indices('/').map(|(at, _)| at).chain([path.len()]);
    ends.filter(|&end| end > 0).map(|end| path[..end].to_string()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn embedded_files_are_read() {
        assert_eq!(Lexicon::read(&Tables::BUILT_IN).map(|_| ()), Ok(()));
    }
}
