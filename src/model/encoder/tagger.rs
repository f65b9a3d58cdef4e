//! Labels the tokens of paragraphs as source, cue and content by the encoder's scores.

use std::borrow::Cow;

use super::file::Weights;
use super::forward::{Space, scores};
use super::groups::{Group, Word, groups};
use super::kernels::Instructions;
use super::matrix::Int8Linear;
use super::word_pieces::WordPieces;
use crate::language::{Document, TokenRange};
use crate::model::crf::{FORBIDDEN, LABELS, TaggedSpan, Transitions, probabilities, spans_of, viterbi};
use crate::model::weights::ModelError;

/// The labeller with its weights.
#[derive(Debug, Clone)]
pub struct EncoderTagger {
    weights: Weights<Int8Linear>,
    word_pieces: WordPieces,
    instructions: Instructions,
}

impl EncoderTagger {
    /// Reads the weights that `training/encoder/export.py` writes; bytes that live as long as the program are not copied.
    pub fn from_bytes(bytes: impl Into<Cow<'static, [u8]>>) -> Result<EncoderTagger, ModelError> {
        let weights = Weights::from_bytes(bytes)?;
        let word_pieces = WordPieces::new(weights.vocabulary(), weights.sizes.pieces)?;
        Ok(EncoderTagger { weights, word_pieces, instructions: Instructions::best() })
    }

    /// Returns the spans of all roles in each of the paragraphs, which are neighbours in the order of the text.
    pub fn tag(&self, document: &Document, paragraphs: &[TokenRange]) -> Vec<Vec<TaggedSpan>> {
        let word = |i: usize| Word { text: document.word(i), quoted: document.tokens[i].quoted };
        let words: Vec<Vec<Word>> = paragraphs.iter().map(|p| p.clone().map(word).collect()).collect();
        let mut found = vec![Vec::new(); paragraphs.len()];
        let mut space = Space::default();
        for group in groups(&words, &self.word_pieces, self.weights.sizes.positions) {
            let scores = scores(&self.weights, &group, self.instructions, &mut space);
            let (labels, sure) = labelled(scores, &group, &self.weights.transitions);
            let mut at = 0;
            for part in &group.parts {
                let own = at..at + part.words.len();
                let first = paragraphs[part.paragraph].start + part.words.start;
                found[part.paragraph].extend(spans_of(&labels[own.clone()], &sure[own.clone()], first));
                at = own.end + 1;
            }
        }
        found
    }
}

/// Returns the likeliest labels of a group's words and how sure each is; the end of a paragraph is outside of all spans.
fn labelled(mut scores: Vec<[f32; LABELS]>, group: &Group, transitions: &Transitions) -> (Vec<u8>, Vec<f32>) {
    let mut end = 0;
    for part in &group.parts {
        end += part.words.len();
        scores[end] = [FORBIDDEN; LABELS];
        scores[end][0] = 0.0;
        end += 1;
    }
    let labels = viterbi(&scores, transitions);
    let sure = probabilities(&scores, transitions, &labels);
    (labels, sure)
}

#[cfg(test)]
pub mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;

    use super::super::matrix::Linear;
    use super::super::matrix::exact::FloatLinear;
    use super::*;
    use crate::model::{Label, Role};

    const TINY: &[u8] = include_bytes!("../../../tests/fixtures/encoder/tiny.weights");

    /// What the training code makes of odd words and a few paragraphs.
    #[derive(Deserialize)]
    pub struct Fixture {
        pub words: BTreeMap<String, Vec<u32>>,
        pub shapes: BTreeMap<String, u8>,
        pub paragraphs: Vec<Paragraph>,
        pub examples: Vec<Example>,
    }

    #[derive(Deserialize)]
    pub struct Paragraph {
        words: Vec<String>,
        quoted: Vec<u8>,
    }

    #[derive(Deserialize)]
    pub struct Example {
        pub pieces: Vec<u32>,
        pub scores: Vec<[f32; LABELS]>,
        pub labels: Vec<Label>,
    }

    impl Paragraph {
        pub fn words(&self) -> Vec<Word<'_>> {
            let pairs = self.words.iter().zip(&self.quoted);
            pairs.map(|(text, &quoted)| Word { text, quoted: quoted == 1 }).collect()
        }
    }

    pub fn fixture() -> Fixture {
        serde_json::from_str(include_str!("../../../tests/fixtures/encoder/tiny.json")).expect("written by tiny.py")
    }

    pub fn exact() -> Weights<FloatLinear> {
        Weights::from_bytes(TINY).expect("written by tiny.py")
    }

    /// The scores of each group of the fixture.
    fn scored<L: Linear>(weights: &Weights<L>, instructions: Instructions) -> Vec<(Group, Vec<[f32; LABELS]>)> {
        let word_pieces = WordPieces::new(weights.vocabulary(), weights.sizes.pieces).unwrap();
        let Fixture { paragraphs, .. } = fixture();
        let words: Vec<Vec<Word>> = paragraphs.iter().map(|p| p.words()).collect();
        let mut space = Space::default();
        let mut scored = |group: Group| {
            let scores = scores(weights, &group, instructions, &mut space);
            (group, scores)
        };
        groups(&words, &word_pieces, weights.sizes.positions).into_iter().map(&mut scored).collect()
    }

    fn greatest_difference(found: &[(Group, Vec<[f32; LABELS]>)], examples: &[Example]) -> f32 {
        assert_eq!(found.len(), examples.len());
        let pairs = found.iter().zip(examples).flat_map(|((_, found), example)| found.iter().zip(&example.scores));
        pairs.flat_map(|(a, b)| a.iter().zip(b)).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
    }

    #[test]
    fn scores_in_floats_are_those_of_training() {
        let examples = fixture().examples;
        let weights = exact();
        for instructions in Instructions::all() {
            let difference = greatest_difference(&scored(&weights, instructions), &examples);
            assert!(difference < 1e-3, "{instructions:?}: {difference}");
        }
    }

    #[test]
    fn scores_in_bytes_are_near_and_alike_on_every_processor() {
        let examples = fixture().examples;
        let weights: Weights<Int8Linear> = Weights::from_bytes(TINY).expect("written by tiny.py");
        for instructions in Instructions::all() {
            let difference = greatest_difference(&scored(&weights, instructions), &examples);
            assert!(difference < 0.3, "{instructions:?}: {difference}");
        }
    }

    #[test]
    fn labels_are_those_of_training() {
        let weights = exact();
        for ((group, scores), example) in scored(&weights, Instructions::best()).into_iter().zip(fixture().examples) {
            assert_eq!(labelled(scores, &group, &weights.transitions).0, example.labels);
        }
    }

    #[test]
    fn spans_stay_in_their_paragraphs() {
        let tagger = EncoderTagger::from_bytes(TINY).expect("written by tiny.py");
        let text =
            format!("The mayor said no.\n\nA plan.\n\n{}\n\nHe asked: why?", "Police told the city. ".repeat(70));
        let document = Document::new(&text, |_| None);
        let found = tagger.tag(&document, &document.paragraphs);
        assert_eq!(found.len(), 4);
        assert!(found.iter().flatten().count() > 10);
        for (spans, paragraph) in found.iter().zip(&document.paragraphs) {
            for span in spans {
                assert!(paragraph.start <= span.tokens.start && span.tokens.end <= paragraph.end);
                assert!(span.probability > 0.0 && span.probability <= 1.0001, "{}", span.probability);
            }
            assert!(spans.is_sorted_by_key(|s| s.tokens.start));
        }
        let mut roles: Vec<Role> = found.iter().flatten().map(|s| s.role).collect();
        roles.sort_unstable();
        roles.dedup();
        assert!(roles.len() > 1, "{roles:?}");
    }

    #[test]
    fn damaged_weights_are_refused() {
        let refused = |bytes: Vec<u8>| EncoderTagger::from_bytes(bytes).unwrap_err();
        assert_eq!(refused(b"PK".to_vec()), ModelError::NotWeights);
        for length in (4..TINY.len()).step_by(997).chain([TINY.len() - 1]) {
            assert!(matches!(refused(TINY[..length].to_vec()), ModelError::Damaged(_)), "{length}");
        }
        let with = |at: usize, byte: u8| {
            let mut bytes = TINY.to_vec();
            bytes[at] = byte;
            bytes
        };
        assert_eq!(refused(with(4, 9)), ModelError::Version(9));
        for size in 0..8 {
            assert!(matches!(refused(with(8 + 4 * size, 0xff)), ModelError::Damaged(_)), "{size}");
            assert!(matches!(refused(with(11 + 4 * size, 0xff)), ModelError::Damaged(_)), "{size}");
        }
        let mut longer = TINY.to_vec();
        longer.push(0);
        assert_eq!(refused(longer), ModelError::Damaged("end"));
        assert!(EncoderTagger::from_bytes(TINY.to_vec()).is_ok());
    }
}
