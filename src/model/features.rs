//! Turns the tokens of a paragraph into feature hashes for the tagger.
//!
//! Words, affixes, letter shape, quotation state, and the distance to the nearest word that often signals an
//! attribution (counted from the training articles, kept with the weights).

use std::collections::HashMap;

use super::hashing::{hash_chars, hash_lower, mix};
use crate::language::Document;

/// Longest run of tokens that is labelled at once; longer paragraphs are cut.
pub const WINDOW: usize = 300;

/// How surely a word belongs to a cue: 1 to 3, by the hash of the word in lower case.
#[derive(Debug, Clone, Default)]
pub struct CueClasses(pub HashMap<u64, u8>);

/// Feature hashes of the tokens of one run, flat: `per_token[i]` says where token `i`'s begin.
#[derive(Debug, Default)]
pub struct TokenFeatures {
    hashes: Vec<u64>,
    starts: Vec<usize>,
}

impl TokenFeatures {
    /// Returns how many tokens there are.
    pub fn len(&self) -> usize {
        self.starts.len()
    }

    /// Tells whether there are no tokens.
    pub fn is_empty(&self) -> bool {
        self.starts.is_empty()
    }

    /// Returns the features of token `i` of the run.
    pub fn of(&self, i: usize) -> &[u64] {
        let end = self.starts.get(i + 1).copied().unwrap_or(self.hashes.len());
        &self.hashes[self.starts[i]..end]
    }

    fn open_token(&mut self) {
        self.starts.push(self.hashes.len());
    }

    #[inline]
    fn push(&mut self, template: u64, value: u64) {
        self.hashes.push(mix(mix(0x51_7cc1, template), value));
    }

    fn clear(&mut self) {
        self.hashes.clear();
        self.starts.clear();
    }
}

/// What the templates look at, once a token.
#[derive(Clone, Copy)]
struct Seen {
    word: u64,
    prefix: u64,
    suffix: u64,
    shape: u64,
    cue: u64,
    quoted: u64,
    sentence: u32,
    /// Signed distance to the nearest unquoted cue word of the sentence, cut at 8; 99 where there is none.
    distance: i64,
    /// The word of that cue.
    nearest: u64,
    /// Cue words in the sentence, cut at 3.
    cues: u64,
    /// Commas between the token and that cue, cut at 3.
    commas: u64,
}

/// Stands for what lies outside the run.
const OUTSIDE: u64 = 0x6b79_11aa;

/// Fills `into` with the features of tokens `range` of the document.
pub fn features_of(document: &Document, range: std::ops::Range<usize>, classes: &CueClasses, into: &mut TokenFeatures) {
    into.clear();
    let seen = look(document, range, classes);
    for i in 0..seen.len() {
        into.open_token();
        own_features(&seen, i, into);
        neighbour_features(&seen, i, into);
        cue_features(&seen, i, into);
    }
}

fn own_features(seen: &[Seen], i: usize, into: &mut TokenFeatures) {
    let t = &seen[i];
    let first = i == 0 || seen[i - 1].sentence != t.sentence;
    into.push(0, 0);
    into.push(1, t.word);
    into.push(2, t.prefix);
    into.push(3, t.suffix);
    into.push(4, t.shape);
    into.push(5, t.cue);
    into.push(6, t.quoted);
    into.push(7, mix(t.cue, t.quoted));
    into.push(8, u64::from(first));
    into.push(9, mix(t.shape, u64::from(first)));
    into.push(10, mix(t.word, t.quoted));
}

fn neighbour_features(seen: &[Seen], i: usize, into: &mut TokenFeatures) {
    let at = |offset: i64| usize::try_from(i as i64 + offset).ok().and_then(|j| seen.get(j));
    for offset in [-3i64, -2, -1, 1, 2, 3] {
        let template = (20 + offset) as u64;
        let Some(other) = at(offset) else {
            into.push(template, OUTSIDE);
            continue;
        };
        into.push(template, other.word);
        if offset.abs() < 3 {
            into.push(template + 10, other.shape);
            into.push(template + 20, mix(other.cue, other.quoted));
        }
        if offset.abs() == 1 {
            into.push(template + 30, other.suffix);
        }
    }
    let word = |offset: i64| at(offset).map_or(OUTSIDE, |t| t.word);
    let shape = |offset: i64| at(offset).map_or(OUTSIDE, |t| t.shape);
    into.push(60, mix(word(-1), word(0)));
    into.push(61, mix(word(0), word(1)));
    into.push(62, mix(mix(word(-1), word(0)), word(1)));
    into.push(63, mix(mix(word(0), word(1)), word(2)));
    into.push(64, mix(mix(word(-2), word(-1)), word(0)));
    into.push(65, mix(mix(shape(-1), shape(0)), shape(1)));
    into.push(66, mix(mix(shape(0), shape(1)), shape(2)));
}

fn cue_features(seen: &[Seen], i: usize, into: &mut TokenFeatures) {
    let t = &seen[i];
    let distance = t.distance as u64;
    let side = u64::from(t.distance < 0);
    let at_hand = mix(t.nearest, side);
    into.push(70, distance);
    into.push(71, t.cues);
    into.push(72, mix(t.quoted, distance));
    into.push(73, at_hand);
    into.push(74, mix(mix(t.commas, side), t.quoted));
    into.push(75, mix(at_hand, distance));
    into.push(76, mix(mix(t.commas, distance), t.shape));
    let previous = if i > 0 { seen[i - 1].word } else { OUTSIDE };
    into.push(77, mix(mix(previous, side), t.commas));
    let next = seen.get(i + 1).map_or(OUTSIDE, |n| n.word);
    into.push(78, mix(mix(at_hand, t.commas), t.quoted));
    into.push(79, mix(mix(next, side), t.cues.min(2)));
}

/// Looks at every token of the run once.
fn look(document: &Document, range: std::ops::Range<usize>, classes: &CueClasses) -> Vec<Seen> {
    let mut seen: Vec<Seen> = range
        .map(|i| {
            let word = document.word(i);
            let lower = hash_lower(word);
            Seen {
                word: lower,
                prefix: hash_chars(word.chars().take(3).flat_map(char::to_lowercase)),
                suffix: suffix(word),
                shape: shape(word),
                cue: u64::from(classes.0.get(&lower).copied().unwrap_or(0)),
                quoted: quote_state(document, i, word),
                sentence: document.tokens[i].sentence,
                distance: 99,
                nearest: 0,
                cues: 0,
                commas: 0,
            }
        })
        .collect();
    let mut start = 0;
    while start < seen.len() {
        let sentence = seen[start].sentence;
        let end = start + seen[start..].iter().take_while(|t| t.sentence == sentence).count();
        look_for_cues(&mut seen[start..end]);
        start = end;
    }
    seen
}

/// Fills in what one sentence's cue words say of its tokens.
fn look_for_cues(sentence: &mut [Seen]) {
    let comma = hash_lower(",");
    let cues: Vec<usize> = (0..sentence.len()).filter(|&i| sentence[i].cue >= 2 && sentence[i].quoted == 0).collect();
    for i in 0..sentence.len() {
        sentence[i].cues = cues.len().min(3) as u64;
        let Some(&nearest) = cues.iter().min_by_key(|&&c| (c.abs_diff(i), c > i)) else { continue };
        let between = if nearest < i { nearest..i } else { i..nearest };
        let commas = sentence[between].iter().filter(|t| t.word == comma).count();
        sentence[i].distance = (i as i64 - nearest as i64).clamp(-8, 8);
        sentence[i].nearest = sentence[nearest].word;
        sentence[i].commas = commas.min(3) as u64;
    }
}

/// 0 outside, 1 inside a quotation, 2 for marks.
fn quote_state(document: &Document, i: usize, word: &str) -> u64 {
    let mark = matches!(word, "\"" | "“" | "”" | "``" | "''");
    match (document.tokens[i].quoted, mark) {
        (_, true) => 2,
        (true, false) => 1,
        (false, false) => 0,
    }
}

fn suffix(word: &str) -> u64 {
    let from = word.char_indices().rev().nth(2).map_or(0, |(at, _)| at);
    hash_lower(&word[from..])
}

/// The word with letters and digits replaced by their kind, runs made one.
fn shape(word: &str) -> u64 {
    let mut last = '\0';
    hash_chars(word.chars().filter_map(|c| {
        let kind = match c {
            _ if c.is_uppercase() => 'A',
            _ if c.is_numeric() => '9',
            _ if c.is_alphabetic() => 'a',
            _ => c,
        };
        let new = kind != last;
        last = kind;
        new.then_some(kind)
    }))
}
