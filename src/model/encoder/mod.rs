//! A small transformer encoder (the shape of BERT) that labels words, computed on the processor with weights of 8 bits.
//!
//! `word_pieces` cuts words into pieces of a vocabulary, `groups` joins paragraphs to what is read at once, `forward` turns
//! pieces into scores of labels, with the products of `matrix`, `attention`, `norm` and `curves`. `kernels` holds what
//! differs between processors, `file` reads the weights, and `tagger` puts all of it together.

mod attention;
mod curves;
mod file;
mod forward;
mod groups;
mod judge;
mod kernels;
mod matrix;
mod norm;
mod tagger;
mod word_pieces;

pub use judge::{EncoderJudge, PassagePart, PassageWord};
pub use tagger::EncoderTagger;
