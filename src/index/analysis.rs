//! Cuts text into words the same way for indexing, asking and highlighting.
//!
//! A word is lower-case without accents. Beside it stands, at the same position, its English stem with a `~` before
//! it, unless the two are equal. A phrase is compared word by word, so it is exact; a single word is
//! looked up by its stem. Initials lose their dots (`U.S.` is `us`), a possessive keeps its apostrophe.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::ops::Range;

use tantivy::tokenizer::{Language, RawTokenizer, Stemmer, TextAnalyzer, Token, TokenStream, Tokenizer};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::hashing::KeyHasher;

/// Words longer than this are noise (encoded data) and are not indexed.
const LONGEST_WORD: usize = 100;

/// Distinct words whose stems are remembered before starting afresh.
const STEMS_KEPT: usize = 100_000;

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    pub range: Range<usize>,
    /// Lower-case, without accents.
    pub plain: String,
    pub stem: String,
}

/// Returns every word of `text`.
pub fn words(text: &str) -> Vec<Word> {
    let mut stems = Stems::default();
    let mut found = Vec::new();
    let mut plain = String::new();
    let mut at = 0;
    while let Some(range) = next_word(text, at) {
        at = range.end;
        fold(&text[range.clone()], &mut plain);
        if !plain.is_empty() && plain.len() <= LONGEST_WORD {
            let stem = stems.of(&plain).to_string();
            found.push(Word { range, plain: plain.clone(), stem });
        }
    }
    found
}

/// Returns the index terms that one of stands for each word with this stem.
pub fn stem_terms(word: &Word) -> Vec<String> {
    let mut terms = vec![format!("~{}", word.stem)];
    // A word that is its own stem is indexed plainly.
    if Stems::default().of(&word.stem) == word.stem {
        terms.push(word.stem.clone());
    }
    terms
}

/// Finds the next word at or after `from`.
fn next_word(text: &str, from: usize) -> Option<Range<usize>> {
    let mut start = from;
    let first = loop {
        let c = char_at(text, start)?;
        if c.is_alphanumeric() {
            break c;
        }
        start += c.len_utf8();
    };
    let mut end = start + first.len_utf8();
    if stands_alone(first) {
        return Some(start..end);
    }
    let mut letters = 1;
    while let Some(c) = char_at(text, end) {
        if c.is_alphanumeric() || (!c.is_ascii() && is_combining_mark(c)) {
            if stands_alone(c) {
                break;
            }
            end += c.len_utf8();
            letters += 1;
            continue;
        }
        let after = char_at(text, end + c.len_utf8());
        let goes_on = after.is_some_and(|a| a.is_alphanumeric() && !stands_alone(a));
        match c {
            '\'' | '’' if goes_on && !is_elision(&text[start..end], &text[end + c.len_utf8()..]) => {
                end += c.len_utf8();
            }
            '.' if letters == 1 && first.is_alphabetic() => return Some(start..end_of_initials(text, start)),
            _ => break,
        }
    }
    Some(start..end)
}

/// Returns the character that begins at this byte; nearly all are ASCII and need no decoding.
fn char_at(text: &str, at: usize) -> Option<char> {
    let byte = *text.as_bytes().get(at)?;
    if byte.is_ascii() { Some(char::from(byte)) } else { text[at..].chars().next() }
}

/// Returns where `U.S.A` ends that starts at `start`, or the single letter.
fn end_of_initials(text: &str, start: usize) -> usize {
    let mut end = start;
    let mut rest = text[start..].chars().peekable();
    let mut ends = Vec::new();
    while let Some(letter) = rest.next().filter(|c| c.is_alphabetic()) {
        end += letter.len_utf8();
        // `U.S.Steel` is not made of initials only.
        if rest.peek().is_some_and(|c| c.is_alphanumeric()) {
            ends.pop();
            break;
        }
        ends.push(end);
        if rest.next() != Some('.') {
            break;
        }
        end += 1;
    }
    ends.last().copied().unwrap_or_else(|| start + text[start..].chars().next().map_or(0, char::len_utf8))
}

/// Tells whether `l'`, `d'`, `qu'` of a Romance language stands before the apostrophe.
fn is_elision(before: &str, after: &str) -> bool {
    let article = ["l", "d", "qu", "j", "n", "s", "c", "m", "t"].iter().any(|e| before.eq_ignore_ascii_case(e));
    article && after.chars().take_while(|c| c.is_alphabetic()).count() >= 3
}

/// Tells whether a character is a word by itself, as in Chinese and Japanese.
fn stands_alone(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Writes `word` in lower case, without accents, dots between initials, and with straight apostrophes.
fn fold(word: &str, into: &mut String) {
    into.clear();
    if word.is_ascii() {
        into.push_str(word);
        into.make_ascii_lowercase();
        if word.as_bytes().contains(&b'.') {
            into.retain(|c| c != '.');
        }
        return;
    }
    for c in word.chars().flat_map(char::to_lowercase).nfkd() {
        match c {
            '.' => {}
            '’' => into.push('\''),
            'ß' => into.push_str("ss"),
            'æ' => into.push_str("ae"),
            'œ' => into.push_str("oe"),
            'ø' => into.push('o'),
            'ł' => into.push('l'),
            'đ' | 'ð' => into.push('d'),
            'þ' => into.push_str("th"),
            'ı' => into.push('i'),
            c if is_combining_mark(c) => {}
            c => into.push(c),
        }
    }
}

/// English stems, remembered.
struct Stems {
    analyzer: TextAnalyzer,
    known: HashMap<u64, Known, BuildHasherDefault<KeyHasher>>,
    /// The known words, behind each its stem unless they are equal: to look one up touches little memory.
    text: String,
}

/// Where a word and its stem stand in the text of `Stems`.
#[derive(Clone, Copy)]
struct Known {
    start: u32,
    end: u32,
    /// The word's end if the word is its own stem.
    stem_end: u32,
}

/// Returns the FNV-1a hash, which is quick for short words.
fn fnv(word: &str) -> u64 {
    word.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

impl Default for Stems {
    fn default() -> Stems {
        let analyzer = TextAnalyzer::builder(RawTokenizer::default()).filter(Stemmer::new(Language::English)).build();
        Stems { analyzer, known: HashMap::default(), text: String::new() }
    }
}

impl Clone for Stems {
    /// Starts with nothing remembered.
    fn clone(&self) -> Stems {
        Stems { analyzer: self.analyzer.clone(), known: HashMap::default(), text: String::new() }
    }
}

impl Stems {
    fn of<'s>(&'s mut self, plain: &'s str) -> &'s str {
        let known = self.find(plain);
        self.stem(known).unwrap_or(plain)
    }

    /// Returns the stem of a word that was found, unless it is the word itself.
    fn stem(&self, known: Known) -> Option<&str> {
        (known.stem_end > known.end).then(|| &self.text[known.end as usize..known.stem_end as usize])
    }

    fn find(&mut self, plain: &str) -> Known {
        let key = fnv(plain);
        match self.known.get(&key) {
            Some(&known) if self.text[known.start as usize..known.end as usize] == *plain => known,
            // Two words of one key are rare; the later one takes the place.
            _ => self.add(key, plain),
        }
    }

    fn add(&mut self, key: u64, plain: &str) -> Known {
        if self.known.len() >= STEMS_KEPT {
            self.known.clear();
            self.text.clear();
        }
        let stem = self.compute(plain);
        let start = self.text.len() as u32;
        self.text.push_str(plain);
        let end = self.text.len() as u32;
        if stem != plain {
            self.text.push_str(&stem);
        }
        let known = Known { start, end, stem_end: self.text.len() as u32 };
        self.known.insert(key, known);
        known
    }

    fn compute(&mut self, plain: &str) -> String {
        let mut stream = self.analyzer.token_stream(plain);
        match stream.next() {
            Some(token) => token.text.clone(),
            None => plain.to_string(),
        }
    }
}

/// The same words as a tantivy tokenizer.
#[derive(Clone)]
pub struct WordTokenizer {
    stems: Option<Stems>,
    token: Token,
    plain: String,
    /// The word at hand, while its stem is to follow.
    before_stem: Option<Known>,
}

impl WordTokenizer {
    /// Gives each word and, where it differs, its stem.
    pub fn stemming() -> WordTokenizer {
        WordTokenizer { stems: Some(Stems::default()), ..WordTokenizer::plain() }
    }

    /// Gives each word alone.
    pub fn plain() -> WordTokenizer {
        WordTokenizer { stems: None, token: Token::default(), plain: String::new(), before_stem: None }
    }
}

impl Tokenizer for WordTokenizer {
    type TokenStream<'a> = WordStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordStream<'a> {
        self.token.reset();
        self.before_stem = None;
        WordStream { tokenizer: self, text, at: 0 }
    }
}

/// Words of one text, one after another.
pub struct WordStream<'a> {
    tokenizer: &'a mut WordTokenizer,
    text: &'a str,
    at: usize,
}

impl TokenStream for WordStream<'_> {
    fn advance(&mut self) -> bool {
        let WordTokenizer { stems, token, plain, before_stem } = &mut *self.tokenizer;
        if let Some(stem) = before_stem.take().and_then(|word| stems.as_ref()?.stem(word)) {
            token.text.clear();
            token.text.push('~');
            token.text.push_str(stem);
            return true;
        }
        while let Some(range) = next_word(self.text, self.at) {
            self.at = range.end;
            fold(&self.text[range.clone()], plain);
            if plain.is_empty() || plain.len() > LONGEST_WORD {
                continue;
            }
            token.offset_from = range.start;
            token.offset_to = range.end;
            token.position = token.position.wrapping_add(1);
            token.text.clear();
            token.text.push_str(plain);
            if let Some(stems) = stems {
                *before_stem = Some(stems.find(plain));
            }
            return true;
        }
        false
    }

    fn token(&self) -> &Token {
        &self.tokenizer.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.tokenizer.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, expected: &str) {
        let found: Vec<String> = words(text).into_iter().map(|w| w.plain).collect();
        assert_eq!(found.join(" "), expected, "{text}");
    }

    #[test]
    fn cuts_words() {
        check("The U.S. agency's report", "the us agency's report");
        check("Mexico’s peso; don't", "mexico's peso don't");
        check("América Latina: l'Europe, L’État", "america latina l europe l etat");
        check("J.D. Vance, U.S.Steel, e.g. 3.5%", "jd vance u s steel eg 3 5");
        check("关税 cease-fire", "关 税 cease fire");
        check("Øresund Straße", "oresund strasse");
        check("", "");
        check("'' … --", "");
    }

    #[test]
    fn stems_stand_beside_words() {
        let mut tokenizer = WordTokenizer::stemming();
        let mut stream = tokenizer.token_stream("tariffs on policies");
        let mut found = Vec::new();
        while let Some(token) = stream.next() {
            found.push((token.text.clone(), token.position));
        }
        let found: Vec<(&str, usize)> = found.iter().map(|(t, p)| (t.as_str(), *p)).collect();
        assert_eq!(found, [("tariffs", 0), ("~tariff", 0), ("on", 1), ("policies", 2), ("~polici", 2)]);
    }

    #[test]
    fn a_stem_finds_all_its_words() {
        let terms = |text: &str| stem_terms(&words(text)[0]);
        assert_eq!(terms("tariffs"), ["~tariff", "tariff"]);
        assert_eq!(terms("tariff"), ["~tariff", "tariff"]);
        assert_eq!(terms("policy"), ["~polici", "polici"]);
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "[a-zA-Z.'’ é关ßİ\u{301}0-9\\-]{0,40}|\\PC{0,20}") {
            let found = words(&text);
            for pair in found.windows(2) {
                prop_assert!(pair[0].range.end <= pair[1].range.start);
            }
            for word in found {
                prop_assert!(text.get(word.range).is_some());
            }
        }
    }
}
