//! Judges a statement in its context for or against by the encoder's vectors.

use std::borrow::Cow;

use super::file::{File, Sizes, Weights};
use super::forward::{Input, Space, dot, encode};
use super::groups::{MOST_PIECES_OF_A_WORD, NO_WORD, QUOTED, SHAPES, shape};
use super::kernels::{Instructions, Machine, Work};
use super::matrix::{InputRows, Int8Linear, Linear, Then};
use super::word_pieces::WordPieces;
use crate::model::softmax::softmax;
use crate::model::stance::CLASSES;
use crate::model::weights::ModelError;

/// What a word of a passage belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PassagePart {
    /// No part of the statement.
    Context,
    Speaker,
    Cue,
    Content,
}

const PARTS: usize = 4;
/// Parts whose vectors the scores are made of, beside that of the whole.
const SCORED: [PassagePart; 2] = [PassagePart::Cue, PassagePart::Content];

/// A word of a passage that holds a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PassageWord<'t> {
    pub text: &'t str,
    pub quoted: bool,
    pub part: PassagePart,
}

/// The judge with its weights.
#[derive(Debug, Clone)]
pub struct EncoderJudge {
    weights: Weights<Int8Linear>,
    head: Head<Int8Linear>,
    word_pieces: WordPieces,
    instructions: Instructions,
}

/// Two layers over three vectors: of the whole, of the cue, of the content.
#[derive(Debug, Clone)]
struct Head<L> {
    inner: L,
    /// A row of the encoder's width for each class.
    outer: Vec<f32>,
    biases: Vec<f32>,
}

impl EncoderJudge {
    /// Reads the weights of `schema/models/stance-encoder.weights` as they were at build time.
    pub fn built_in() -> EncoderJudge {
        const WEIGHTS: &[u8] = include_bytes!("../../../schema/models/stance-encoder.weights");
        EncoderJudge::from_bytes(WEIGHTS).expect("the embedded weights are read by a test")
    }

    /// Reads the weights that `training/encoder/export.py` writes; bytes that live as long as the program are not copied.
    pub fn from_bytes(bytes: impl Into<Cow<'static, [u8]>>) -> Result<EncoderJudge, ModelError> {
        let (weights, head) = Weights::from_bytes(bytes, &[SHAPES, QUOTED, PARTS], Head::read)?;
        let word_pieces = WordPieces::new(weights.vocabulary(), weights.sizes.pieces)?;
        Ok(EncoderJudge { weights, head, word_pieces, instructions: Instructions::best() })
    }

    /// Returns the probabilities of oppose, support, neutral, and of no statement.
    pub fn probabilities(&self, passage: &[PassageWord]) -> [f32; CLASSES] {
        let pieces = Pieces::of(passage, &self.word_pieces, self.weights.sizes.positions);
        let mut scores = scores(&self.weights, &self.head, &pieces, self.instructions);
        softmax(&mut scores);
        scores
    }
}

impl<L: Linear> Head<L> {
    fn read(file: &mut File, sizes: Sizes) -> Result<Head<L>, ModelError> {
        let inner = file.linear(sizes.width, 3 * sizes.width)?;
        Ok(Head {
            inner,
            outer: file.floats(CLASSES * sizes.width, "classes")?,
            biases: file.floats(CLASSES, "classes")?,
        })
    }
}

/// A passage as the encoder reads it: `[CLS] words [SEP]`.
#[derive(Debug, Default)]
struct Pieces {
    pieces: Vec<u32>,
    shapes: Vec<u8>,
    quoted: Vec<u8>,
    parts: Vec<u8>,
}

impl Pieces {
    fn of(passage: &[PassageWord], word_pieces: &WordPieces, positions: usize) -> Pieces {
        let mut found = Pieces::default();
        found.pieces.push(word_pieces.start);
        found.mark(NO_WORD, false, PassagePart::Context);
        for word in passage {
            word_pieces.cut(word.text, MOST_PIECES_OF_A_WORD, &mut found.pieces);
            found.mark(shape(word.text), word.quoted, word.part);
        }
        for marks in [&mut found.shapes, &mut found.quoted, &mut found.parts] {
            marks.truncate(positions - 1);
        }
        found.pieces.truncate(positions - 1);
        found.pieces.push(word_pieces.end);
        found.mark(NO_WORD, false, PassagePart::Context);
        found
    }

    /// Marks the pieces that came last.
    fn mark(&mut self, shape: u8, quoted: bool, part: PassagePart) {
        let count = self.pieces.len();
        self.shapes.resize(count, shape);
        self.quoted.resize(count, quoted.into());
        self.parts.resize(count, part as u8);
    }
}

/// Returns the scores of the classes.
fn scores<L: Linear>(
    weights: &Weights<L>,
    head: &Head<L>,
    pieces: &Pieces,
    instructions: Instructions,
) -> [f32; CLASSES] {
    let mut space = Space::default();
    let is_own = |part: u8| SCORED.iter().any(|&scored| scored as u8 == part);
    let asked: Vec<usize> = (0..pieces.parts.len()).filter(|&at| at == 0 || is_own(pieces.parts[at])).collect();
    let parts: Vec<u8> = asked.iter().map(|&at| pieces.parts[at]).collect();
    let marks = [pieces.shapes.as_slice(), &pieces.quoted, &pieces.parts];
    encode(weights, Input { pieces: &pieces.pieces, marks: &marks, asked: &asked }, instructions, &mut space);
    let mut scores = [0.0; CLASSES];
    let width = weights.sizes.width;
    instructions.run(Score { head, width, parts: &parts, rows: space.rows(), scores: &mut scores });
    scores
}

/// Scores the first row, the whole, and the others by the parts that they belong to.
struct Score<'a, L> {
    head: &'a Head<L>,
    width: usize,
    parts: &'a [u8],
    rows: &'a [f32],
    scores: &'a mut [f32; CLASSES],
}

impl<L: Linear> Work for Score<'_, L> {
    #[inline(always)]
    fn run<M: Machine>(self) {
        let Score { head, width, parts, rows, scores } = self;
        let mut vectors = rows[..width].to_vec();
        for part in SCORED {
            let mut sum = vec![0f32; width];
            let of_part = rows.chunks_exact(width).zip(parts).filter(|&(_, &p)| p == part as u8);
            let mut count = 0f32;
            for (row, _) in of_part {
                count += 1.0;
                for (sum, x) in sum.iter_mut().zip(row) {
                    *sum += x;
                }
            }
            vectors.extend(sum.iter().map(|x| x / count.max(1.0)));
        }
        let mut input = L::Rows::default();
        input.resize(1, 3 * width);
        input.set::<M>(0, &vectors);
        let mut inner = vec![0f32; width];
        head.inner.apply::<M>(&input, 0, 1, Then::Nothing, &mut inner);
        for x in &mut inner {
            *x = x.max(0.0);
        }
        for (class, score) in scores.iter_mut().enumerate() {
            *score = dot::<M>(&inner, &head.outer[class * width..][..width]) + head.biases[class];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::matrix::exact::FloatLinear;
    use super::super::tagger::tests::{Passage, fixture};
    use super::*;

    const TINY: &[u8] = include_bytes!("../../../tests/fixtures/encoder/tiny-judge.weights");

    fn words(passage: &Passage) -> Vec<PassageWord<'_>> {
        const PART: [PassagePart; PARTS] =
            [PassagePart::Context, PassagePart::Speaker, PassagePart::Cue, PassagePart::Content];
        let marks = passage.quoted.iter().zip(&passage.parts);
        let pairs = passage.words.iter().zip(marks);
        pairs.map(|(text, (&q, &p))| PassageWord { text, quoted: q == 1, part: PART[usize::from(p)] }).collect()
    }

    /// The greatest difference from the scores of training.
    fn difference<L: Linear>(instructions: Instructions) -> f32 {
        let (weights, head) =
            Weights::<L>::from_bytes(TINY, &[SHAPES, QUOTED, PARTS], Head::read).expect("written by tiny.py");
        let word_pieces = WordPieces::new(weights.vocabulary(), weights.sizes.pieces).expect("the fixture is whole");
        let mut most = 0f32;
        for passage in fixture().passages {
            let pieces = Pieces::of(&words(&passage), &word_pieces, weights.sizes.positions);
            let found = scores(&weights, &head, &pieces, instructions);
            most = found.iter().zip(passage.scores).map(|(a, b)| (a - b).abs()).fold(most, f32::max);
        }
        most
    }

    #[test]
    fn scores_are_those_of_training_on_every_processor() {
        assert_eq!(fixture().passages.len(), 6);
        for instructions in Instructions::all() {
            let (exact, rounded) = (difference::<FloatLinear>(instructions), difference::<Int8Linear>(instructions));
            assert!(exact < 1e-3, "{instructions:?}: {exact}");
            assert!(rounded < 0.3, "{instructions:?}: {rounded}");
        }
    }

    #[test]
    fn the_programs_own_weights_judge_as_in_training() {
        let reference = include_str!("../../../tests/fixtures/encoder/article.scores.jsonl");
        let judge = EncoderJudge::built_in();
        let mut most = 0f32;
        for line in reference.lines() {
            let passage: Passage = serde_json::from_str(line).expect("written by export.py");
            let found = judge.probabilities(&words(&passage));
            let mut expected = passage.scores;
            softmax(&mut expected);
            most = found.iter().zip(expected).map(|(a, b)| (a - b).abs()).fold(most, f32::max);
        }
        assert!(reference.lines().count() >= 8);
        assert!(most < 0.1, "{most}");
    }

    #[test]
    fn a_passage_of_many_pieces_ends_as_training_ends_it() {
        let judge = EncoderJudge::from_bytes(TINY).expect("written by tiny.py");
        let word = PassageWord { text: "a.b.c.d.e.f.g", quoted: false, part: PassagePart::Content };
        let pieces = Pieces::of(&[word; 200], &judge.word_pieces, 512);
        assert_eq!(
            (pieces.pieces.len(), pieces.parts.len(), pieces.pieces.last()),
            (512, 512, Some(&judge.word_pieces.end))
        );
        assert_eq!((pieces.parts[510], pieces.parts[511], pieces.shapes[511]), (3, 0, NO_WORD));
        assert!(judge.probabilities(&[]).iter().all(|p| p.is_finite()));
    }

    #[test]
    fn the_weights_of_a_tagger_are_refused() {
        const TAGGER: &[u8] = include_bytes!("../../../tests/fixtures/encoder/tiny.weights");
        assert_eq!(EncoderJudge::from_bytes(TAGGER).unwrap_err(), ModelError::Damaged("sizes"));
        assert_eq!(EncoderJudge::from_bytes(&TINY[..TINY.len() - 1]).unwrap_err(), ModelError::Damaged("classes"));
    }
}
