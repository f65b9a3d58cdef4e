//! Cuts words into the pieces of a vocabulary, as BERT's tokenizer without case does.
//!
//! A word loses its case, accents and control characters and is split at punctuation and around Chinese characters; of each
//! part the longest beginning that is a piece is taken, then the longest that goes on, until nothing is left.

use std::collections::HashMap;

use regex::Regex;
use unicode_normalization::UnicodeNormalization;

use crate::model::weights::ModelError;

/// Parts of more characters are unknown.
const LONGEST_PART: usize = 100;

/// The vocabulary.
#[derive(Debug, Clone)]
pub struct WordPieces {
    beginnings: HashMap<Box<str>, u32>,
    continuations: HashMap<Box<str>, u32>,
    /// Bytes of the longest piece.
    longest: usize,
    pub unknown: u32,
    /// Stands before a group of paragraphs.
    pub start: u32,
    /// Stands after a paragraph.
    pub end: u32,
    unseen: Regex,
    accents: Regex,
    punctuation: Regex,
}

impl WordPieces {
    /// Reads a vocabulary of `count` pieces, one a line; `##` marks those that go on.
    pub fn new(lines: &[u8], count: usize) -> Result<WordPieces, ModelError> {
        const DAMAGED: ModelError = ModelError::Damaged("vocabulary");
        let text = std::str::from_utf8(lines).map_err(|_| DAMAGED)?;
        let (mut beginnings, mut continuations) = (HashMap::with_capacity(count), HashMap::with_capacity(count / 4));
        let mut longest = 0;
        let mut read = 0;
        for (number, piece) in text.split('\n').enumerate() {
            longest = longest.max(piece.len());
            read += 1;
            match piece.strip_prefix("##") {
                Some(rest) if !rest.is_empty() => continuations.insert(rest.into(), number as u32),
                _ => beginnings.insert(piece.into(), number as u32),
            };
        }
        if read != count {
            return Err(DAMAGED);
        }
        let special = |name: &str| beginnings.get(name).copied().ok_or(DAMAGED);
        let class = |pattern: &str| Regex::new(pattern).expect("the pattern is fixed");
        Ok(WordPieces {
            unknown: special("[UNK]")?,
            start: special("[CLS]")?,
            end: special("[SEP]")?,
            beginnings,
            continuations,
            longest,
            unseen: class(r"[\p{Cc}\p{Cf}\p{Co}\x{fffd}]"),
            accents: class(r"\p{Mn}"),
            punctuation: class(r"\p{P}"),
        })
    }

    /// Appends the pieces of a word, at least one and at most `most`.
    pub fn cut(&self, word: &str, most: usize, into: &mut Vec<u32>) {
        let before = into.len();
        self.parts(&self.plain(word), |part| self.cut_part(part, into));
        if into.len() == before {
            into.push(self.unknown);
        }
        into.truncate(before + most);
    }

    /// Calls `found` with each part of a word: what stands between spaces and marks, and each mark.
    fn parts(&self, plain: &str, mut found: impl FnMut(&str)) {
        let mut rest = plain.trim_start();
        while let Some(c) = rest.chars().next() {
            let is_end = |c: char| c.is_whitespace() || self.is_apart(c);
            let length = if self.is_apart(c) { c.len_utf8() } else { rest.find(is_end).unwrap_or(rest.len()) };
            found(&rest[..length]);
            rest = rest[length..].trim_start();
        }
    }

    fn cut_part(&self, part: &str, into: &mut Vec<u32>) {
        let before = into.len();
        let mut rest = part;
        let mut pieces = &self.beginnings;
        if part.len() > LONGEST_PART && part.chars().count() > LONGEST_PART {
            into.push(self.unknown);
            return;
        }
        while !rest.is_empty() {
            let most = rest.floor_char_boundary(self.longest.min(rest.len()));
            let found = (1..=most)
                .rev()
                .filter(|&end| rest.is_char_boundary(end))
                .find_map(|end| pieces.get(&rest[..end]).map(|&number| (end, number)));
            let Some((end, number)) = found else {
                into.truncate(before);
                into.push(self.unknown);
                return;
            };
            into.push(number);
            rest = &rest[end..];
            pieces = &self.continuations;
        }
    }

    /// Returns the word without case, accents and what cannot be seen.
    fn plain(&self, word: &str) -> String {
        if word.is_ascii() {
            return word.chars().filter(|&c| !is_ascii_unseen(c)).map(|c| c.to_ascii_lowercase()).collect();
        }
        let is = |class: &Regex, c: char| !c.is_ascii() && class.is_match(c.encode_utf8(&mut [0; 4]));
        let seen = word.chars().filter(|&c| !is_ascii_unseen(c) && !is(&self.unseen, c));
        seen.nfd().filter(|&c| !is(&self.accents, c)).flat_map(char::to_lowercase).collect()
    }

    /// Tells whether a character is a part of its own.
    fn is_apart(&self, c: char) -> bool {
        if c.is_ascii() {
            return c.is_ascii_punctuation();
        }
        is_chinese(c) || !c.is_alphanumeric() && self.punctuation.is_match(c.encode_utf8(&mut [0; 4]))
    }
}

fn is_ascii_unseen(c: char) -> bool {
    c.is_ascii_control() && !matches!(c, '\t' | '\n' | '\r')
}

/// Tells whether a character is one of the blocks of Chinese writing.
fn is_chinese(c: char) -> bool {
    matches!(
        u32::from(c),
        0x4e00..=0x9fff | 0x3400..=0x4dbf | 0x2_0000..=0x2_a6df | 0x2_a700..=0x2_b73f | 0x2_b740..=0x2_b81f
            | 0x2_b920..=0x2_ceaf | 0xf900..=0xfaff | 0x2_f800..=0x2_fa1f
    )
}

#[cfg(test)]
mod tests {
    use super::super::tagger::tests::{Fixture, fixture};
    use super::*;

    #[test]
    fn odd_words_are_cut_as_in_training() {
        let Fixture { words, .. } = fixture();
        let pieces = tiny();
        assert!(words.len() > 60);
        for (word, expected) in words {
            let mut found = Vec::new();
            pieces.cut(&word, usize::MAX, &mut found);
            let expected = if expected.is_empty() { vec![pieces.unknown] } else { expected };
            assert_eq!(found, expected, "{word:?}");
        }
    }

    #[test]
    fn a_word_has_some_pieces_but_not_too_many() {
        let pieces = tiny();
        let mut found = Vec::new();
        pieces.cut("\u{ad}", 8, &mut found);
        assert_eq!(found, [pieces.unknown]);
        pieces.cut("a.b.c.d.e.f", 8, &mut found);
        assert_eq!(found.len(), 9);
    }

    #[test]
    fn damaged_vocabularies_are_refused() {
        assert!(WordPieces::new(b"[UNK]\n[CLS]\n[SEP]", 3).is_ok());
        assert!(WordPieces::new(b"[UNK]\n[CLS]\n[SEP]", 4).is_err());
        assert!(WordPieces::new(b"[UNK]\n[CLS]\nsep", 3).is_err());
        assert!(WordPieces::new(b"[UNK]\n[CLS]\n\xff", 3).is_err());
    }

    fn tiny() -> WordPieces {
        let weights = super::super::tagger::tests::exact();
        WordPieces::new(weights.vocabulary(), weights.sizes.pieces).expect("the fixture is whole")
    }
}
