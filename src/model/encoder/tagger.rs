//! Labels the tokens of paragraphs as source, cue and content by the encoder's scores.

use std::borrow::Cow;

use super::file::{File, Sizes, Weights};
use super::forward::{Input, Space, dot, encode};
use super::groups::{Group, QUOTED, SHAPES, Word, groups};
use super::kernels::{Instructions, Machine, Work};
use super::matrix::{Int8Linear, Linear};
use super::word_pieces::WordPieces;
use crate::language::{Document, TokenRange};
use crate::model::crf::{FORBIDDEN, LABELS, TaggedSpan, Transitions, probabilities, spans_of, viterbi};
use crate::model::weights::ModelError;

/// The labeller with its weights.
#[derive(Debug, Clone)]
pub struct EncoderTagger {
    weights: Weights<Int8Linear>,
    head: Head,
    word_pieces: WordPieces,
    instructions: Instructions,
}

/// What scores the labels of a word.
#[derive(Debug, Clone)]
struct Head {
    /// A row of the encoder's width for each label.
    scores: Vec<f32>,
    biases: Vec<f32>,
    transitions: Transitions,
}

impl EncoderTagger {
    /// Reads the weights of `schema/models/encoder.weights` as they were at build time.
    pub fn built_in() -> EncoderTagger {
        const WEIGHTS: &[u8] = include_bytes!("../../../schema/models/encoder.weights");
        EncoderTagger::from_bytes(WEIGHTS).expect("the embedded weights are read by a test")
    }

    /// Reads the weights that `training/encoder/export.py` writes; bytes that live as long as the program are not copied.
    pub fn from_bytes(bytes: impl Into<Cow<'static, [u8]>>) -> Result<EncoderTagger, ModelError> {
        let (weights, head) = Weights::from_bytes(bytes, &[SHAPES, QUOTED], Head::read)?;
        let word_pieces = WordPieces::new(weights.vocabulary(), weights.sizes.pieces)?;
        Ok(EncoderTagger { weights, head, word_pieces, instructions: Instructions::best() })
    }

    /// Returns the spans of all roles in each of the paragraphs, which are neighbours in the order of the text.
    pub fn tag(&self, document: &Document, paragraphs: &[TokenRange]) -> Vec<Vec<TaggedSpan>> {
        let tokens = &document.tokens;
        let is_last = |i: usize| tokens.get(i + 1).is_none_or(|next| next.sentence != tokens[i].sentence);
        let word = |i: usize| Word { text: document.word(i), quoted: tokens[i].quoted, is_last: is_last(i) };
        let words: Vec<Vec<Word>> = paragraphs.iter().map(|p| p.clone().map(word).collect()).collect();
        let mut found = vec![Vec::new(); paragraphs.len()];
        let mut space = Space::default();
        for group in groups(&words, &self.word_pieces, self.weights.sizes.positions) {
            let scores = scores(&self.weights, &self.head, &group, self.instructions, &mut space);
            let (labels, sure) = labelled(scores, &group, &self.head.transitions);
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

impl Head {
    fn read(file: &mut File, sizes: Sizes) -> Result<Head, ModelError> {
        let scores = file.floats(LABELS * sizes.width, "labels")?;
        let biases = file.floats(LABELS, "labels")?;
        let mut transitions = Transitions::neutral();
        for row in std::iter::once(&mut transitions.start).chain(&mut transitions.after) {
            row.copy_from_slice(&file.floats(LABELS, "transitions")?);
        }
        Ok(Head { scores, biases, transitions })
    }
}

/// Returns the scores of the group's words, each by its first piece.
fn scores<L: Linear>(
    weights: &Weights<L>,
    head: &Head,
    group: &Group,
    instructions: Instructions,
    space: &mut Space<L::Rows>,
) -> Vec<[f32; LABELS]> {
    let input = Input { pieces: &group.pieces, marks: &[&group.shapes, &group.quoted], asked: &group.firsts };
    encode(weights, input, instructions, space);
    let mut scores = Vec::with_capacity(group.firsts.len());
    instructions.run(Score { head, width: weights.sizes.width, rows: space.rows(), scores: &mut scores });
    scores
}

struct Score<'a> {
    head: &'a Head,
    width: usize,
    rows: &'a [f32],
    scores: &'a mut Vec<[f32; LABELS]>,
}

impl Work for Score<'_> {
    #[inline(always)]
    fn run<M: Machine>(self) {
        let Score { head, width, rows, scores } = self;
        for row in rows.chunks_exact(width) {
            let score = |label: usize| dot::<M>(row, &head.scores[label * width..][..width]) + head.biases[label];
            scores.push(std::array::from_fn(score));
        }
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
        pub passages: Vec<Passage>,
    }

    /// Words with a statement among them, and the scores of its classes.
    #[derive(Deserialize)]
    pub struct Passage {
        pub words: Vec<String>,
        pub quoted: Vec<u8>,
        pub parts: Vec<u8>,
        pub scores: [f32; 4],
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
            pairs.map(|(text, &quoted)| Word { text, quoted: quoted == 1, is_last: false }).collect()
        }
    }

    pub fn fixture() -> Fixture {
        serde_json::from_str(include_str!("../../../tests/fixtures/encoder/tiny.json")).expect("written by tiny.py")
    }

    pub fn exact() -> Weights<FloatLinear> {
        tiny().0
    }

    fn tiny<L: Linear>() -> (Weights<L>, Head) {
        Weights::from_bytes(TINY, &[SHAPES, QUOTED], Head::read).expect("written by tiny.py")
    }

    /// The scores of each group of the fixture.
    fn scored<L: Linear>(
        (weights, head): &(Weights<L>, Head),
        instructions: Instructions,
    ) -> Vec<(Group, Vec<[f32; LABELS]>)> {
        let word_pieces = WordPieces::new(weights.vocabulary(), weights.sizes.pieces).unwrap();
        let Fixture { paragraphs, .. } = fixture();
        let words: Vec<Vec<Word>> = paragraphs.iter().map(|p| p.words()).collect();
        let mut space = Space::default();
        let mut scored = |group: Group| {
            let scores = scores(weights, head, &group, instructions, &mut space);
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
        let weights = tiny::<FloatLinear>();
        for instructions in Instructions::all() {
            let difference = greatest_difference(&scored(&weights, instructions), &examples);
            assert!(difference < 1e-3, "{instructions:?}: {difference}");
        }
    }

    #[test]
    fn scores_in_bytes_are_near_and_alike_on_every_processor() {
        let examples = fixture().examples;
        let weights = tiny::<Int8Linear>();
        for instructions in Instructions::all() {
            let difference = greatest_difference(&scored(&weights, instructions), &examples);
            assert!(difference < 0.3, "{instructions:?}: {difference}");
        }
    }

    #[test]
    fn labels_are_those_of_training() {
        let weights = tiny::<FloatLinear>();
        for ((group, scores), example) in scored(&weights, Instructions::best()).into_iter().zip(fixture().examples) {
            assert_eq!(labelled(scores, &group, &weights.1.transitions).0, example.labels);
        }
    }

    /// A label for every word of every paragraph, and one for its end.
    fn labels_of(document: &Document, spans: &[Vec<TaggedSpan>]) -> Vec<Label> {
        let mut labels = Vec::new();
        for (paragraph, spans) in document.paragraphs.iter().zip(spans) {
            let mut own = vec![0; paragraph.len() + 1];
            for span in spans {
                let place = span.tokens.start - paragraph.start..span.tokens.end - paragraph.start;
                own[place.clone()].fill(span.role.begin() + 1);
                own[place.start] = span.role.begin();
            }
            labels.extend(own);
        }
        labels
    }

    #[test]
    fn the_programs_own_weights_label_an_article_as_in_training() {
        const ARTICLE: &str = include_str!("../../../tests/fixtures/encoder/article.txt");
        #[derive(Deserialize)]
        struct Reference {
            labels: Vec<Vec<Label>>,
        }
        let reference = include_str!("../../../tests/fixtures/encoder/article.labels.jsonl");
        let Reference { labels: expected } = serde_json::from_str(reference).expect("written by export.py");
        let expected = expected.concat();
        let document = Document::new(ARTICLE, |_| None);
        let tagger = EncoderTagger::built_in();
        let found = labels_of(&document, &tagger.tag(&document, &document.paragraphs));
        assert_eq!(found.len(), expected.len());
        let different = found.iter().zip(&expected).filter(|(a, b)| a != b).count();
        assert!(100 * different <= 2 * expected.len(), "{different} of {}", expected.len());
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
        for size in 0..9 {
            assert!(matches!(refused(with(8 + 4 * size, 0xff)), ModelError::Damaged(_)), "{size}");
            assert!(matches!(refused(with(11 + 4 * size, 0xff)), ModelError::Damaged(_)), "{size}");
        }
        let mut longer = TINY.to_vec();
        longer.push(0);
        assert_eq!(refused(longer), ModelError::Damaged("end"));
        assert!(EncoderTagger::from_bytes(TINY.to_vec()).is_ok());
    }
}
