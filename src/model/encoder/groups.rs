//! Joins neighbouring paragraphs to groups that the encoder reads at once, as it was trained on them.
//!
//! A group is `[CLS] paragraph [SEP] paragraph [SEP]`. Where a size is cut here, training cut it in the same way,
//! only that it cut a paragraph that is too long after so many words, wherever its sentences end.

use std::ops::Range;

use super::word_pieces::WordPieces;

/// Shapes of words, and one for what is no word.
pub const SHAPES: usize = 7;
/// Outside and inside of quotations.
pub const QUOTED: usize = 2;

pub const NO_WORD: u8 = SHAPES as u8 - 1;
/// Pieces of a group, unless one paragraph alone has more.
const MOST_PIECES: usize = 256;
/// Most words of a paragraph that stay together.
const MOST_WORDS: usize = 250;
/// What stands before a group and behind its only part.
pub const AROUND_A_PART: usize = 2;
pub const MOST_PIECES_OF_A_WORD: usize = 8;

/// A word as the encoder sees it.
#[derive(Debug, Clone, Copy)]
pub struct Word<'t> {
    pub text: &'t str,
    pub quoted: bool,
    /// Whether a sentence ends with it.
    pub is_last: bool,
}

/// Paragraphs that are read at once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Group {
    pub pieces: Vec<u32>,
    /// The shape of the word of each piece.
    pub shapes: Vec<u8>,
    pub quoted: Vec<u8>,
    /// The first piece of each word; the end of a paragraph counts as a word.
    pub firsts: Vec<usize>,
    pub parts: Vec<Part>,
}

/// A paragraph, or a part of one that is too long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    pub paragraph: usize,
    /// Positions in the paragraph.
    pub words: Range<usize>,
}

/// Returns the groups of the paragraphs; a group has at most `positions` pieces.
pub fn groups(paragraphs: &[Vec<Word>], word_pieces: &WordPieces, positions: usize) -> Vec<Group> {
    let mut found = Vec::new();
    let mut group = Group::empty(word_pieces);
    for (paragraph, words) in paragraphs.iter().enumerate() {
        let cut = CutWords::new(words, word_pieces);
        for words in cut.parts(positions - AROUND_A_PART) {
            let before = (group.pieces.len(), group.firsts.len());
            group.add(&cut, Part { paragraph, words }, word_pieces);
            if group.pieces.len() > MOST_PIECES && group.parts.len() > 1 {
                let next = group.split(before, word_pieces);
                found.push(std::mem::replace(&mut group, next));
            }
        }
    }
    if !group.parts.is_empty() {
        found.push(group);
    }
    found
}

/// The words of a paragraph and their pieces.
struct CutWords<'w> {
    words: &'w [Word<'w>],
    pieces: Vec<u32>,
    /// Where the pieces of each word end.
    ends: Vec<usize>,
}

impl<'w> CutWords<'w> {
    fn new(words: &'w [Word<'w>], word_pieces: &WordPieces) -> CutWords<'w> {
        let mut pieces = Vec::with_capacity(words.len() * 2);
        let cut = |word: &Word| {
            word_pieces.cut(word.text, MOST_PIECES_OF_A_WORD, &mut pieces);
            pieces.len()
        };
        let ends = words.iter().map(cut).collect();
        CutWords { words, pieces, ends }
    }

    fn pieces_of(&self, word: usize) -> &[u32] {
        &self.pieces[self.start(word)..self.ends[word]]
    }

    fn start(&self, word: usize) -> usize {
        word.checked_sub(1).map_or(0, |before| self.ends[before])
    }

    /// Cuts a paragraph that is too long behind a sentence, or within one that is too long itself.
    fn parts(&self, most_pieces: usize) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        let mut start = 0;
        while start < self.words.len() {
            let most = self.start(start) + most_pieces;
            let longest = self.words[start..].len().min(MOST_WORDS);
            let fitting = self.ends[start..start + longest].partition_point(|&end| end <= most).max(1);
            let last = self.words[start..start + fitting].iter().rposition(|word| word.is_last);
            let is_rest = start + fitting == self.words.len();
            let end = start + last.filter(|_| !is_rest).map_or(fitting, |last| last + 1);
            found.push(start..end);
            start = end;
        }
        found
    }
}

impl Group {
    fn empty(word_pieces: &WordPieces) -> Group {
        let mut group = Group::default();
        group.push(word_pieces.start, NO_WORD, false);
        group
    }

    fn push(&mut self, piece: u32, shape: u8, quoted: bool) {
        self.pieces.push(piece);
        self.shapes.push(shape);
        self.quoted.push(quoted.into());
    }

    fn add(&mut self, cut: &CutWords, part: Part, word_pieces: &WordPieces) {
        for at in part.words.clone() {
            let word = cut.words[at];
            self.firsts.push(self.pieces.len());
            self.pieces.extend(cut.pieces_of(at));
            self.shapes.resize(self.pieces.len(), shape(word.text));
            self.quoted.resize(self.pieces.len(), word.quoted.into());
        }
        self.firsts.push(self.pieces.len());
        self.push(word_pieces.end, NO_WORD, false);
        self.parts.push(part);
    }

    /// Takes the last part away, which began at these numbers of pieces and words, and returns it as a group of its own.
    fn split(&mut self, (pieces, words): (usize, usize), word_pieces: &WordPieces) -> Group {
        let mut next = Group::empty(word_pieces);
        next.firsts.extend(self.firsts.drain(words..).map(|first| first - pieces + 1));
        next.pieces.extend(self.pieces.drain(pieces..));
        next.shapes.extend(self.shapes.drain(pieces..));
        next.quoted.extend(self.quoted.drain(pieces..));
        next.parts.extend(self.parts.pop());
        next
    }
}

/// 0 lower case, 1 capitalised, 2 capitals, 3 mixed, 4 number, 5 mark.
pub fn shape(word: &str) -> u8 {
    let Some(first) = word.chars().next() else { return 5 };
    if !word.chars().any(char::is_alphanumeric) {
        return 5;
    }
    if is_digit(first) {
        return 4;
    }
    let cased = |c: &char| c.is_lowercase() || c.is_uppercase();
    let large = word.chars().filter(|c| c.is_uppercase()).count();
    match word.chars().filter(cased).count() {
        all if all > 0 && large == 0 => 0,
        all if all > 0 && large == all && word.chars().nth(1).is_some() => 2,
        _ if first.is_uppercase() => 1,
        _ => 3,
    }
}

/// Tells whether a character is a digit in any writing, raised and circled ones included, but no fraction.
fn is_digit(c: char) -> bool {
    c.is_numeric() && !c.is_alphabetic() && !matches!(c, '¼'..='¾' | '⅐'..='⅟' | '↉')
}

#[cfg(test)]
mod tests {
    use super::super::tagger::tests::{Fixture, exact, fixture};
    use super::*;

    fn tiny() -> WordPieces {
        let weights = exact();
        WordPieces::new(weights.vocabulary(), weights.sizes.pieces).expect("the fixture is whole")
    }

    #[test]
    fn paragraphs_are_joined_as_in_training() {
        let Fixture { paragraphs, examples, .. } = fixture();
        let words: Vec<Vec<Word>> = paragraphs.iter().map(|p| p.words()).collect();
        let found = groups(&words, &tiny(), 512);
        assert_eq!(found.len(), examples.len());
        for (group, example) in found.iter().zip(&examples) {
            assert_eq!(group.pieces, example.pieces);
            assert_eq!(group.firsts.len(), example.labels.len());
        }
        let parts: Vec<&Part> = found.iter().flat_map(|g| &g.parts).collect();
        assert!(parts.iter().any(|p| p.words.start == MOST_WORDS), "a long paragraph is cut");
    }

    /// Sentences of these numbers of words.
    fn sentences<'t>(text: &'t str, lengths: &[usize]) -> Vec<Word<'t>> {
        let word = |is_last| Word { text, quoted: false, is_last };
        lengths.iter().flat_map(|&length| (1..=length).map(move |at| word(at == length))).collect()
    }

    #[test]
    fn a_long_paragraph_is_cut_behind_a_sentence() {
        let parts = |lengths: &[usize]| CutWords::new(&sentences("toll", lengths), &tiny()).parts(usize::MAX / 2);
        assert_eq!(parts(&[250, 1]), [0..250, 250..251]);
        assert_eq!(parts(&[100, 100, 100]), [0..200, 200..300]);
        assert_eq!(parts(&[10, 300, 20]), [0..10, 10..260, 260..330]);
        assert!(parts(&[]).is_empty());
    }

    #[test]
    fn shapes_are_those_of_training() {
        for (word, expected) in fixture().shapes {
            assert_eq!(shape(&word), expected, "{word:?}");
        }
    }

    #[test]
    fn no_more_pieces_than_positions_and_no_word_without_one() {
        let words = sentences("a.b.c.d.e.f.g", &[40, 60, 90]);
        let found = groups(&[words], &tiny(), 512);
        let parts: Vec<Range<usize>> = found.iter().flat_map(|g| &g.parts).map(|p| p.words.clone()).collect();
        assert_eq!(parts, [0..40, 40..100, 100..163, 163..190]);
        for group in &found {
            assert!(group.pieces.len() <= 512, "{}", group.pieces.len());
            assert!(group.firsts.is_sorted_by(|a, b| a < b), "each word has pieces of its own");
        }
        assert_eq!(groups(&[], &tiny(), 512), []);
    }
}
