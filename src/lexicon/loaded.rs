//! The lexicon as one immutable value: all lists, and the look-ups into them.

use std::collections::HashMap;
use std::sync::{LazyLock, OnceLock};

use super::bodies::read_bodies;
use super::embedded::Tables;
use super::hashing::WordMap;
use super::names::{EntryRef, NameScanner, NameTable};
use super::outlets::{domains_of, read_outlets};
use super::people::read_people;
use super::states::{read_regions, read_states};
use super::words::Words;
use super::{
    AbbreviationClass, Body, Cue, Entry, Gender, LexiconError, NameMatch, NameWord, Negation, Office, OfficeMatch,
    OutletEntry, Person, Region, SpeakerNoun, StanceWord, State, StateName, Undoing, WordClasses, fold,
};

/// All word knowledge, immutable.
#[derive(Debug)]
pub struct Lexicon {
    states: Vec<State>,
    regions: Vec<Region>,
    bodies: Vec<Body>,
    people: Vec<Person>,
    outlets: Vec<OutletEntry>,
    state_by_code: WordMap<usize>,
    state_by_path: WordMap<usize>,
    region_by_code: HashMap<(String, String), usize>,
    people_by_surname: WordMap<Vec<usize>>,
    outlet_by_domain: WordMap<usize>,
    names: NameTable,
    /// Read when a text is looked into for the first time; those of the embedded files, unless they are here from the start.
    words: OnceLock<Words>,
    /// Made when a text is scanned for the first time.
    scanner: OnceLock<NameScanner>,
}

impl Lexicon {
    /// Returns the lexicon of the embedded files, which is read once and kept until the process ends.
    ///
    /// A question needs its names alone, so the words are read when an article is.
    pub fn built_in() -> &'static Lexicon {
        static BUILT_IN: LazyLock<Lexicon> =
            LazyLock::new(|| Lexicon::of_names(&Tables::BUILT_IN).expect("the embedded files are read by a test"));
        &BUILT_IN
    }

    /// Reads a lexicon from files of the documented form.
    pub fn read(tables: &Tables) -> Result<Lexicon, LexiconError> {
        let words = OnceLock::from(Words::read(tables)?);
        Ok(Lexicon { words, ..Lexicon::of_names(tables)? })
    }

    /// Reads the files on what has a name.
    fn of_names(tables: &Tables) -> Result<Lexicon, LexiconError> {
        let states = read_states(tables.states)?;
        let mut lexicon = Lexicon {
            regions: read_regions(tables.regions, &states)?,
            bodies: read_bodies(tables.bodies, &states)?,
            states,
            people: read_people(tables.people)?,
            outlets: read_outlets(tables.outlets)?,
            state_by_code: WordMap::default(),
            state_by_path: WordMap::default(),
            region_by_code: HashMap::new(),
            people_by_surname: WordMap::default(),
            outlet_by_domain: WordMap::default(),
            names: NameTable::default(),
            words: OnceLock::new(),
            scanner: OnceLock::new(),
        };
        lexicon.index_keys();
        let mut names = Vec::new();
        lexicon.each_name(|name, entry, _| names.push((name, entry)));
        lexicon.names = NameTable::new(names.into_iter());
        Ok(lexicon)
    }

    fn words(&self) -> &Words {
        self.words.get_or_init(|| Words::read(&Tables::BUILT_IN).expect("the embedded files are read by a test"))
    }

    fn index_keys(&mut self) {
        for (place, state) in self.states.iter().enumerate() {
            self.state_by_code.insert(state.alpha2.clone(), place);
            self.state_by_path.insert(state.path.clone(), place);
        }
        for (place, region) in self.regions.iter().enumerate() {
            let country = region.country.as_deref().unwrap_or_default();
            for code in &region.codes {
                self.region_by_code.insert((country.to_string(), fold(code)), place);
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
        self.names.get(name).into_iter().map(|entry| self.entry(entry)).collect()
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

    /// Returns all regions, in the order of their paths.
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
        self.words().offices.all()
    }

    /// Returns all cues, in the order of the file.
    pub fn cues(&self) -> &[Cue] {
        &self.words().cues.items
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
        let place = self.regions.binary_search_by(|region| region.path.as_str().cmp(path)).ok()?;
        Some(&self.regions[place])
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
        self.words().offices.named(title, None)
    }

    /// Returns the office that the whole title names in a state: `secretary of state` is another office in the US.
    pub fn office_in_country(&self, title: &str, alpha2: &str) -> Option<&Office> {
        self.words().offices.named(title, Some(alpha2))
    }

    /// Returns the longest office expression inside a phrase, the first among equals.
    pub fn office_in_phrase(&self, phrase: &str, alpha2: Option<&str>) -> Option<OfficeMatch<'_>> {
        let words = |office: &OfficeMatch| phrase[office.start..office.end].split([' ', '-']).count();
        let found = self.offices_in_phrase(phrase, alpha2).into_iter();
        found.reduce(|best, other| if words(&other) > words(&best) { other } else { best })
    }

    /// Returns the office expressions of a phrase from left to right.
    pub fn offices_in_phrase(&self, phrase: &str, alpha2: Option<&str>) -> Vec<OfficeMatch<'_>> {
        self.words().offices.within(phrase, alpha2)
    }

    /// Returns what a capitalised word tells of the name that it stands in; the word in lower case.
    pub fn name_word(&self, word: &str) -> Option<NameWord> {
        self.words().vocabulary.name_words.get(word).copied()
    }

    /// Returns what a common noun tells of the speaker that it names; the word in lower case.
    pub fn speaker_noun(&self, word: &str) -> Option<SpeakerNoun> {
        self.words().vocabulary.speaker_nouns.get(word).copied()
    }

    /// Returns the gender of a given name; the name in lower case.
    pub fn given_name(&self, name: &str) -> Option<Gender> {
        self.words().vocabulary.given_names.get(name).copied()
    }

    /// Returns what a word can do in a sentence; the word in lower case.
    pub fn word_classes(&self, word: &str) -> WordClasses {
        self.words().grammar.get(word).copied().unwrap_or_default()
    }

    /// Returns the longest cue that starts at `words[at]`, with its number of words; words in lower case.
    pub fn cue_at(&self, words: &[impl AsRef<str>], at: usize) -> Option<(&Cue, usize)> {
        self.words().cues.longest_at(words, at)
    }

    /// Returns every cue that starts at `words[at]`, the longest first; an expression can be a verb and a noun.
    pub fn cues_at(&self, words: &[impl AsRef<str>], at: usize) -> Vec<(&Cue, usize)> {
        let found = self.words().cues.phrases.all_at(words, at);
        found.map(|(item, length)| (&self.words().cues.items[item], length)).collect()
    }

    /// Returns the longest evaluative expression that starts at `words[at]`, with its number of words.
    pub fn stance_word_at(&self, words: &[impl AsRef<str>], at: usize) -> Option<(&StanceWord, usize)> {
        self.words().stance_words.longest_at(words, at)
    }

    /// Returns the longest negation that starts at `words[at]`, with its number of words.
    pub fn negation_at(&self, words: &[impl AsRef<str>], at: usize) -> Option<(&Negation, usize)> {
        self.words().negations.longest_at(words, at)
    }

    /// Returns the longest undoing expression that starts at `words[at]`, with its number of words.
    pub fn undoing_at(&self, words: &[impl AsRef<str>], at: usize) -> Option<(&Undoing, usize)> {
        self.words().undoing.longest_at(words, at)
    }

    /// Returns the class of an abbreviation, written with its dot and capitals: `Sen.`, `p.m.`
    pub fn abbreviation(&self, word: &str) -> Option<AbbreviationClass> {
        self.words().abbreviations.get(word).copied()
    }
}

/// Returns a path with all paths above it, from the root down: `mexico`, `mexico/government`.
pub fn ancestors(path: &str) -> Vec<String> {
    let ends = path.match_indices('/').map(|(at, _)| at).chain([path.len()]);
    ends.filter(|&end| end > 0).map(|end| path[..end].to_string()).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::*;
    use crate::lexicon::{NegationEffect, OfficeKind};
    use crate::record::{Act, PartialDate, Stance};

    static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::read(&Tables::BUILT_IN).unwrap());

    fn day(text: &str) -> chrono::NaiveDate {
        text.parse::<PartialDate>().unwrap().earliest()
    }

    /// Entries as `path` or `path(how)`.
    fn entries(found: &[Entry]) -> String {
        let shown = found.iter().map(|entry| match entry {
            Entry::State(state, how) => format!("{}({how:?})", state.path),
            other => other.path().to_string(),
        });
        shown.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn embedded_files_are_read() {
        assert_eq!(Lexicon::read(&Tables::BUILT_IN).map(|_| ()), Ok(()));
    }

    #[test]
    fn names_lead_to_entries() {
        for (name, expected) in [
            ("Mexican", "mexico(Adjective)"),
            ("the Kremlin", "russia(Seat) russia/government/presidency"),
            ("U.S.", "united-states(Name)"),
            ("Mexico City", "mexico(Capital)"),
            ("White House", "united-states/government/presidency"),
            ("Mexican government", "mexico/government"),
            ("Mexican Senate", "mexico/congress/senate"),
            ("GOP", "republican-party"),
            ("EPA", "united-states/government/environmental-protection-agency"),
            ("AMLO", "andres-manuel-lopez-obrador"),
            ("Shanghai", "china/cities/shanghai"),
            ("New Mexico", "united-states/states/new-mexico"),
            ("Georgia", "georgia(Name) united-states/states/georgia"),
            ("El País", "el-pais"),
            ("Reuters", "reuters"),
            ("Knesset", "israel/parliament"),
            ("Brookings Institution", "brookings-institution"),
            ("Gibberish", ""),
        ] {
            assert_eq!(entries(&LEXICON.lookup(name)), expected, "{name}");
        }
    }

    #[test]
    fn texts_hold_names() {
        let found = |text: &str| {
            let matches = LEXICON.names_in(text);
            matches.iter().map(|m| &text[m.start..m.end]).collect::<Vec<_>>().join("|")
        };
        for (text, expected) in [
            ("Mexico’s foreign minister told us who met the WHO in New Mexico.", "Mexico|WHO|New Mexico"),
            ("the Gulf of Mexico, Washington Post and Washington", "Gulf of Mexico|Washington Post|Washington"),
            ("President Claudia Sheinbaum told El País", "Claudia Sheinbaum|El País"),
            ("In time, the nation had reason.", ""),
            ("The Mexican Foreign Ministry and the Mexican government", "Mexican Foreign Ministry|Mexican government"),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }

    #[test]
    fn labels() {
        for (path, expected) in [
            ("mexico", "Mexico"),
            ("mexico/government", "Government of Mexico"),
            ("united-states/government/presidency", "White House"),
            ("united-states/congress/house", "US House of Representatives"),
            ("republican-party", "Republican Party"),
            ("albania/government/foreign-ministry", "Foreign Ministry of Albania"),
            ("united-states/states", "States of the United States"),
            ("united-states/states/texas", "Texas"),
            ("claudia-sheinbaum", "Claudia Sheinbaum"),
            ("new-york-times", "New York Times"),
            ("some-body", "Some body"),
        ] {
            assert_eq!(LEXICON.label(path), expected);
        }
        assert_eq!(
            (LEXICON.alpha3("MX"), LEXICON.alpha3("XK"), LEXICON.alpha3("??")),
            ("MEX".into(), "XKX".into(), String::new())
        );
        assert_eq!(ancestors("a/b/c"), ["a", "a/b", "a/b/c"]);
    }

    #[test]
    fn people_count_by_day() {
        let offices = |id: &str, on: &str| {
            let terms = LEXICON.person(id).unwrap().terms_on(Some(day(on)));
            terms.current.iter().map(|term| term.office.clone()).collect::<Vec<_>>().join(", ")
        };
        for (id, on, expected) in [
            ("claudia-sheinbaum", "2024-10-01", "President of Mexico"),
            ("claudia-sheinbaum", "2024-09-30", ""),
            ("donald-trump", "2022-05-01", ""),
            ("barack-obama", "2009-01-20", "President of the United States"),
            ("jorge-castaneda", "2025-09-08", ""),
            ("marco-rubio", "2013-05-01", "US Senator from Florida"),
        ] {
            assert_eq!(offices(id, on), expected, "{id} on {on}");
        }
        let former = LEXICON.person("jorge-castaneda").unwrap().terms_on(None).former;
        assert_eq!(former[0].path, "mexico/government/foreign-ministry");
        let surnames: Vec<&str> = LEXICON.persons_by_surname("Lopez Obrador").iter().map(|p| p.id.as_str()).collect();
        assert_eq!(surnames, ["andres-manuel-lopez-obrador"]);
    }

    #[test]
    fn offices_lead_to_paths() {
        let path = |code: &str, title: &str| {
            let office = LEXICON.office_in_country(title, code).unwrap();
            LEXICON.office_path(LEXICON.state(code).unwrap(), &office.below)
        };
        for (code, title, expected) in [
            ("MX", "foreign minister", "mexico/government/foreign-ministry"),
            ("US", "secretary of state", "united-states/government/state-department"),
            ("US", "Sen.", "united-states/congress/senate"),
            ("CA", "senator", "canada/parliament/senate"),
            ("DK", "senator", "denmark/parliament"),
            ("US", "congressman", "united-states/congress/house"),
            ("FR", "energy minister", "france/government"),
        ] {
            assert_eq!(path(code, title), expected, "{title} of {code}");
        }
        let phrase = "Former Mexican Foreign Minister Jorge Castañeda";
        let found = LEXICON.office_in_phrase(phrase, Some("MX")).unwrap();
        assert_eq!((&phrase[found.start..found.end], found.office.kind), ("Foreign Minister", OfficeKind::State));
        assert_eq!(LEXICON.office("spokeswoman").map(|office| office.kind), Some(OfficeKind::Spokesperson));
    }

    #[test]
    fn outlets_are_found() {
        let by_domain = |address: &str| LEXICON.outlet_by_domain(address).map(|outlet| outlet.id.as_str());
        assert_eq!(by_domain("https://www.nytimes.com/2018/05/x.html"), Some("new-york-times"));
        assert_eq!(by_domain("m.reuters.com"), Some("reuters"));
        assert_eq!(by_domain("CNNESPANOL.cnn.com"), Some("cnn-en-espanol"));
        assert_eq!(by_domain("example.com"), None);
        assert_eq!(LEXICON.outlet_by_name("The Guardian").map(|outlet| outlet.id.as_str()), Some("guardian"));
    }

    #[test]
    fn words_lead_to_cues() {
        let cue = |text: &str| {
            let words: Vec<&str> = text.split(' ').collect();
            LEXICON.cue_at(&words, 0).map(|(cue, length)| (cue.expression.clone(), cue.stance, cue.act, length))
        };
        for (text, expression, stance, act, length) in [
            ("took issue with it", "take issue with", Stance::Oppose, Act::Criticize, 3),
            ("said that", "say", Stance::Neutral, Act::Report, 1),
            ("called for an end to it", "call for an end to", Stance::Oppose, Act::Demand, 5),
            ("slammed", "slam", Stance::Oppose, Act::Criticize, 1),
            ("opposition to it", "opposition to", Stance::Oppose, Act::Reject, 2),
            ("according to him", "according to", Stance::Neutral, Act::Report, 2),
            ("hailed", "hail", Stance::Support, Act::Praise, 1),
        ] {
            assert_eq!(cue(text), Some((expression.to_string(), stance, act, length)), "{text}");
        }
        assert_eq!(cue("banana"), None);
        assert_eq!(LEXICON.stance_word_at(&["a", "disaster"], 1).map(|(w, _)| w.polarity), Some(Stance::Oppose));
        assert_eq!(LEXICON.stance_word_at(&["violates"], 0).map(|(w, _)| w.weight), Some(3));
        let negation = LEXICON.negation_at(&["did", "not", "rule", "out"], 0);
        assert_eq!(negation.map(|(n, length)| (n.effect, length)), Some((NegationEffect::Cancel, 4)));
        assert_eq!(LEXICON.abbreviation("Sen."), Some(AbbreviationClass::Title));
        assert_eq!(LEXICON.abbreviation("U.S."), Some(AbbreviationClass::Final));
    }
}
