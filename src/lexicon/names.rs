//! Finds names: one by one in a folded table, and all that stand in a text, leftmost and longest first.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::StateName;
use super::fold::{fold_for_lookup, fold_for_lookup_into};
use super::hashing::{FNV_START, FnvHasher, fnv_step};

/// An entry by its place in the lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum EntryRef {
    State(u32, StateName),
    Region(u32),
    Body(u32),
    Person(u32),
    Outlet(u32),
}

/// Names by their folded form.
#[derive(Debug, Default)]
pub(super) struct NameTable {
    /// All folded names, one after another: tens of thousands are read at every start, and each as a string of its own
    /// would take more time than all else.
    text: String,
    /// Sorted by hash, then by entry.
    names: Vec<FoldedName>,
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct FoldedName {
    hash: u64,
    entry: EntryRef,
    /// Bytes of `text`.
    start: u32,
    end: u32,
}

impl NameTable {
    pub(super) fn new<'n>(all: impl ExactSizeIterator<Item = (&'n str, EntryRef)>) -> NameTable {
        let mut table = NameTable { text: String::new(), names: Vec::with_capacity(all.len()) };
        let mut scratch = String::new();
        for (name, entry) in all {
            let folded = fold_for_lookup_into(name, &mut scratch);
            let start = table.text.len() as u32;
            table.text.push_str(folded);
            table.names.push(FoldedName { hash: hash_of(folded), entry, start, end: table.text.len() as u32 });
        }
        table.names.sort_unstable();
        table
    }

    /// Returns what the name stands for, sorted and each once.
    pub(super) fn get(&self, name: &str) -> Vec<EntryRef> {
        let folded = fold_for_lookup(name);
        let hash = hash_of(&folded);
        let first = self.names.partition_point(|name| name.hash < hash);
        let same_hash = self.names[first..].iter().take_while(|name| name.hash == hash);
        let same = same_hash.filter(|name| self.text[name.start as usize..name.end as usize] == folded);
        let mut entries: Vec<EntryRef> = same.map(|name| name.entry).collect();
        entries.dedup();
        entries
    }
}

fn hash_of(folded: &str) -> u64 {
    folded.bytes().fold(FNV_START, fnv_step)
}

/// Keeps the entries of a name sorted and each once.
fn add_entry(entries: &mut Vec<EntryRef>, entry: EntryRef) {
    if let Err(place) = entries.binary_search(&entry) {
        entries.insert(place, entry);
    }
}

/// Names as running text writes them, for scanning.
#[derive(Debug, Default)]
pub(super) struct NameScanner {
    /// Sorted by key, then the longest first, then by text.
    names: Vec<ScannedName>,
    /// Where the names of a key lie in `names`.
    by_key: HashMap<u64, std::ops::Range<usize>, BuildHasherDefault<FnvHasher>>,
    /// Pairs of first bytes, one bit each, with which some name starts: turns most words away.
    starts: Vec<u64>,
}

#[derive(Debug)]
struct ScannedName {
    text: String,
    entries: Vec<EntryRef>,
}

impl NameScanner {
    /// Makes a scanner; a name without a capital letter is left out, as are its copies.
    pub(super) fn new<'n>(names: impl Iterator<Item = (&'n str, EntryRef)>) -> NameScanner {
        let mut all = Vec::new();
        for (name, entry) in names.filter(|(name, _)| name.chars().any(char::is_uppercase)) {
            all.push((key_and_length(name), name.to_string(), entry));
            for spelling in other_spellings(name) {
                all.push((key_and_length(&spelling), spelling, entry));
            }
        }
        all.sort_unstable();
        let mut scanner = NameScanner { starts: vec![0; 1024], ..NameScanner::default() };
        for ((key, _), text, entry) in all {
            scanner.add(key, text, entry);
        }
        scanner
    }

    /// Adds a name; names come in the order of `names`.
    fn add(&mut self, key: u64, text: String, entry: EntryRef) {
        if let Some(last) = self.names.last_mut().filter(|last| last.text == text) {
            return add_entry(&mut last.entries, entry);
        }
        let bytes = text.as_bytes();
        let second = bytes.get(1).copied().unwrap_or(b' ');
        for start in [bytes[0], bytes[0].to_ascii_uppercase()] {
            for next in [second, second.to_ascii_uppercase()] {
                let (word, bit) = start_bit(start, next);
                self.starts[word] |= bit;
            }
        }
        let place = self.names.len();
        self.by_key.entry(key).or_insert(place..place).end = place + 1;
        self.names.push(ScannedName { text, entries: vec![entry] });
    }

    /// Calls `found` with start, end and entries of every name in the text.
    pub(super) fn scan(&self, text: &str, mut found: impl FnMut(usize, usize, &[EntryRef])) {
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let separator = separator_length(bytes, at);
            if separator > 0 {
                at += separator;
                continue;
            }
            if let Some((length, entries)) = self.longest_at(text, at) {
                found(at, at + length, entries);
                at += length;
            }
            // After a name that ends with a dot this is already a separator, else it skips the word's rest.
            while at < bytes.len() && separator_length(bytes, at) == 0 {
                at += 1;
            }
        }
    }

    fn longest_at(&self, text: &str, at: usize) -> Option<(usize, &[EntryRef])> {
        let rest = &text.as_bytes()[at..];
        let (word, bit) = start_bit(rest[0], rest.get(1).copied().unwrap_or(b' '));
        if self.starts[word] & bit == 0 {
            return None;
        }
        // Hundreds of names begin with the same adjective, so those of two words and more have a key of their own; whichever
        // of them fits is longer than a single word.
        let (one_word, two_words) = keys_of(rest);
        let fitting = [two_words, Some(one_word)].into_iter().flatten().find_map(|key| {
            let names = &self.names[self.by_key.get(&key)?.clone()];
            names.iter().find_map(|name| Some((matched_length(&name.text, &text[at..])?, name)))
        });
        fitting.map(|(length, name)| (length, name.entries.as_slice()))
    }
}

/// Orders names by key, then the longest first.
fn key_and_length(name: &str) -> (u64, std::cmp::Reverse<usize>) {
    let (one_word, two_words) = keys_of(name.as_bytes());
    (two_words.unwrap_or(one_word), std::cmp::Reverse(name.len()))
}

fn start_bit(first: u8, second: u8) -> (usize, u64) {
    let pair = usize::from(first) << 8 | usize::from(second);
    (pair / 64, 1 << (pair % 64))
}

/// Returns a hash of the first word, and one of the first two where there are two; of their ASCII letters alone, since
/// those compare without regard to case.
fn keys_of(bytes: &[u8]) -> (u64, Option<u64>) {
    let (one_word, end) = word_key(bytes, 0, FNV_START);
    let mut start = end;
    while start < bytes.len() && separator_length(bytes, start) > 0 {
        start += separator_length(bytes, start);
    }
    let two_words = (start < bytes.len()).then(|| word_key(bytes, start, fnv_step(one_word, b' ')).0);
    (one_word, two_words)
}

/// Goes on with a hash to the end of the word at `start`, and returns both.
fn word_key(bytes: &[u8], start: usize, mut hash: u64) -> (u64, usize) {
    let mut at = start;
    while at < bytes.len() && separator_length(bytes, at) == 0 {
        if bytes[at].is_ascii() {
            hash = fnv_step(hash, bytes[at].to_ascii_lowercase());
        }
        at += 1;
    }
    (hash, at)
}

/// Returns how many bytes of the text the name takes, if the text starts with it as a whole word.
///
/// Capitals of the name must be capitals of the text; small letters may be capitals there ("MEXICO"). So "us" is
/// no "US" and "who" no "WHO".
fn matched_length(name: &str, text: &str) -> Option<usize> {
    let mut rest = text.chars();
    for expected in name.chars() {
        let found = rest.next()?;
        let raised = !expected.is_uppercase() && found.is_uppercase() && found.to_lowercase().eq([expected]);
        if found != expected && !raised {
            return None;
        }
    }
    let length = text.len() - rest.as_str().len();
    let ends_word = length == text.len() || separator_length(text.as_bytes(), length) > 0;
    ends_word.then_some(length)
}

/// Returns the length of what separates words at this byte, 0 within a word.
///
/// Everything beyond ASCII counts as letters but Latin-1's signs and the blocks of general punctuation and symbols.
fn separator_length(bytes: &[u8], at: usize) -> usize {
    usize::from(SEPARATOR_LENGTHS[usize::from(bytes[at])])
}

/// `separator_length` by first byte.
const SEPARATOR_LENGTHS: [u8; 256] = {
    let mut lengths = [0; 256];
    let mut byte = 0;
    while byte < 128 {
        lengths[byte] = !(byte as u8).is_ascii_alphanumeric() as u8;
        byte += 1;
    }
    lengths[0xC2] = 2;
    lengths[0xE2] = 3;
    lengths
};

/// Returns the spellings without accents and with a curly apostrophe, where they differ.
fn other_spellings(name: &str) -> Vec<String> {
    let mut spellings = Vec::new();
    if !name.is_ascii() {
        let plain: String = name.nfd().filter(|&c| !is_combining_mark(c)).collect();
        if plain != name {
            spellings.push(plain);
        }
    }
    let curly: Vec<String> = std::iter::once(name)
        .chain(spellings.iter().map(String::as_str))
        .filter(|spelling| spelling.contains('\''))
        .map(|spelling| spelling.replace('\'', "’"))
        .collect();
    spellings.extend(curly);
    spellings
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NAMES: [&str; 12] = [
        "US",
        "WHO",
        "Mexico",
        "New Mexico",
        "Mexico City",
        "U.S.",
        "U.S. Senate",
        "México",
        "al-Qaeda",
        "people's",
        "Côte d'Ivoire",
        "Peña",
    ];

    fn scanner() -> NameScanner {
        NameScanner::new(NAMES.iter().zip(0..).map(|(name, place)| (*name, EntryRef::Body(place))))
    }

    fn found(text: &str) -> String {
        let mut names = Vec::new();
        scanner().scan(text, |start, end, _| names.push(&text[start..end]));
        names.join("|")
    }

    #[test]
    fn names_in_a_text() {
        for (text, expected) in [
            ("Mexico’s people told us who", "Mexico"),
            ("New Mexico and Mexico City", "New Mexico|Mexico City"),
            ("MEXICO CITY (AP)", "MEXICO CITY"),
            ("the U.S. Senate, the U.S.", "U.S. Senate|U.S."),
            ("U.S.-led, US-led, anti-US", "U.S.|US|US"),
            ("USA, bUS, USé, Mexicos", ""),
            ("“WHO”—US", "WHO|US"),
            ("al-Qaeda and Al-Qaeda", "al-Qaeda|Al-Qaeda"),
            ("Côte d’Ivoire, Cote d'Ivoire, Cote d’Ivoire", "Côte d’Ivoire|Cote d'Ivoire|Cote d’Ivoire"),
            ("PEÑA, Pena, mexico", "PEÑA|Pena"),
            ("México", "México"),
            ("", ""),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }

    #[test]
    fn folded_names_lead_to_all_entries() {
        let entries = [EntryRef::Region(1), EntryRef::State(4, StateName::Name), EntryRef::Region(1)];
        let table = NameTable::new(entries.into_iter().map(|entry| ("Georgia", entry)));
        assert_eq!(table.get("GEORGIA's"), [EntryRef::State(4, StateName::Name), EntryRef::Region(1)]);
        assert_eq!(table.get("Georgi"), []);
    }

    proptest! {
        #[test]
        fn matches_lie_in_order_on_boundaries(text in "(US|Mexico|New |é|’s|U.S.|-| |Senate|x){0,12}") {
            let mut last_end = 0;
            scanner().scan(&text, |start, end, entries| {
                assert!(last_end <= start && start < end && !entries.is_empty());
                assert!(text.is_char_boundary(start) && text.is_char_boundary(end));
                last_end = end;
            });
        }
    }
}
