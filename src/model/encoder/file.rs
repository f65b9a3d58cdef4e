//! Reads the files of weights that `training/encoder/export.py` writes.
//!
//! File: `OENC`, version, six sizes, the number of tables of marks and their sizes, then little-endian sections: vocabulary
//! (length, word pieces one a line), embeddings of pieces and positions, embeddings of marks, their norm; for each layer the
//! linear layers and norms in the order of use; then the head, which differs with what the encoder is for. A table of 8 bits
//! is a float a row, its scale, then its whole numbers row by row.

use std::borrow::Cow;
use std::ops::Range;

use super::groups::{AROUND_A_PART, MOST_PIECES_OF_A_WORD};
use super::matrix::{Linear, StoredLinear};
use super::norm::LayerNorm;
use crate::model::weights::{ModelError, Reader};

const MAGIC: &[u8; 4] = b"OENC";
const VERSION: u32 = 2;

/// How large each part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sizes {
    pub width: usize,
    pub heads: usize,
    pub inner: usize,
    pub layers: usize,
    pub pieces: usize,
    /// Most pieces that are read at once.
    pub positions: usize,
}

/// All that the file holds but the head.
#[derive(Debug, Clone)]
pub struct Weights<L> {
    pub sizes: Sizes,
    pub pieces: Embedding,
    pub positions: Embedding,
    /// Tables of what a piece is besides its letters, a row of `width` for each mark.
    pub marks: Vec<Vec<f32>>,
    pub norm: LayerNorm,
    pub layers: Vec<Layer<L>>,
    /// The file as far as the embeddings stay in it.
    bytes: Cow<'static, [u8]>,
    vocabulary: Range<usize>,
}

/// One layer of the encoder.
#[derive(Debug, Clone)]
pub struct Layer<L> {
    pub queries_keys_values: L,
    pub mix: L,
    pub norm_mix: LayerNorm,
    pub widen: L,
    pub narrow: L,
    pub norm_narrow: LayerNorm,
}

/// A table of vectors whose whole numbers stay in the file.
#[derive(Debug, Clone)]
pub struct Embedding {
    scales: Vec<f32>,
    numbers: Range<usize>,
}

impl<L: Linear> Weights<L> {
    /// Reads the weights, whose tables of marks must have these sizes, and the head by `head`; bytes that live as long as the
    /// program are not copied.
    pub fn from_bytes<H>(
        bytes: impl Into<Cow<'static, [u8]>>,
        marks: &[usize],
        head: impl FnOnce(&mut File, Sizes) -> Result<H, ModelError>,
    ) -> Result<(Weights<L>, H), ModelError> {
        let bytes: Cow<'static, [u8]> = bytes.into();
        let rest = bytes.strip_prefix(MAGIC).ok_or(ModelError::NotWeights)?;
        let mut file = File { reader: Reader { rest }, size: bytes.len() };
        let version = file.reader.u32("version")?;
        if version != VERSION {
            return Err(ModelError::Version(version));
        }
        let sizes = file.sizes(marks)?;
        let Sizes { width, inner, .. } = sizes;
        let length = file.reader.u32("vocabulary")? as usize;
        let vocabulary = file.place(length, "vocabulary")?;
        let pieces = file.embedding(sizes.pieces, width, "word pieces")?;
        let positions = file.embedding(sizes.positions, width, "positions")?;
        let kept = file.at();
        let marks = marks.iter().map(|&count| file.floats(count * width, "marks")).collect::<Result<_, _>>()?;
        let norm = file.norm(width)?;
        let mut layers = Vec::new();
        for _ in 0..sizes.layers {
            layers.push(Layer {
                queries_keys_values: file.linear(3 * width, width)?,
                mix: file.linear(width, width)?,
                norm_mix: file.norm(width)?,
                widen: file.linear(inner, width)?,
                narrow: file.linear(width, inner)?,
                norm_narrow: file.norm(width)?,
            });
        }
        let head = head(&mut file, sizes)?;
        if !file.reader.rest.is_empty() {
            return Err(ModelError::Damaged("end"));
        }
        let bytes = front(bytes, kept);
        Ok((Weights { sizes, pieces, positions, marks, norm, layers, bytes, vocabulary }, head))
    }

    /// Returns the word pieces, one a line, in the order of their numbers.
    pub fn vocabulary(&self) -> &[u8] {
        &self.bytes[self.vocabulary.clone()]
    }

    /// Adds a row of an embedding to a vector.
    #[inline(always)]
    pub fn add(&self, table: &Embedding, row: usize, to: &mut [f32]) {
        let width = self.sizes.width;
        let numbers = &self.bytes[table.numbers.clone()][row * width..][..width];
        let scale = table.scales[row];
        for (to, number) in to.iter_mut().zip(numbers) {
            *to += f32::from(*number as i8) * scale;
        }
    }
}

/// Keeps the front of the file; the linear layers behind it were copied into another order.
fn front(bytes: Cow<'static, [u8]>, kept: usize) -> Cow<'static, [u8]> {
    match bytes {
        Cow::Borrowed(bytes) => Cow::Borrowed(&bytes[..kept]),
        Cow::Owned(mut bytes) => {
            bytes.truncate(kept);
            bytes.shrink_to_fit();
            Cow::Owned(bytes)
        }
    }
}

/// What is still to be read.
pub struct File<'b> {
    reader: Reader<'b>,
    size: usize,
}

impl<'b> File<'b> {
    /// Reads the sizes and refuses those that no encoder has.
    fn sizes(&mut self, marks: &[usize]) -> Result<Sizes, ModelError> {
        const MOST: usize = 1 << 20;
        // One word at least.
        const LEAST_POSITIONS: usize = MOST_PIECES_OF_A_WORD + AROUND_A_PART;
        let mut next = || self.reader.u32("sizes").map(|size| size as usize);
        let sizes = Sizes {
            width: next()?,
            heads: next()?,
            inner: next()?,
            layers: next()?,
            pieces: next()?,
            positions: next()?,
        };
        let tables = next()?;
        let same_marks = tables == marks.len() && marks.iter().try_fold(true, |same, &m| Ok(same && next()? == m))?;
        let Sizes { width, heads, inner, layers, pieces, positions } = sizes;
        let sound = [width, heads, inner, layers, pieces, positions].iter().all(|&s| s > 0 && s < MOST)
            && width.is_multiple_of(4)
            && inner.is_multiple_of(4)
            && width.is_multiple_of(heads)
            && positions >= LEAST_POSITIONS
            && same_marks;
        if sound { Ok(sizes) } else { Err(ModelError::Damaged("sizes")) }
    }

    fn at(&self) -> usize {
        self.size - self.reader.rest.len()
    }

    /// Passes over bytes and returns where they are.
    fn place(&mut self, length: usize, part: &'static str) -> Result<Range<usize>, ModelError> {
        let start = self.at();
        self.reader.take(length, part)?;
        Ok(start..start + length)
    }

    /// Reads floats, none of them odd.
    pub fn floats(&mut self, count: usize, part: &'static str) -> Result<Vec<f32>, ModelError> {
        let (fours, _) = self.reader.take(4 * count, part)?.as_chunks();
        let floats: Vec<f32> = fours.iter().map(|&four| f32::from_le_bytes(four)).collect();
        if floats.iter().all(|f| f.is_finite()) { Ok(floats) } else { Err(ModelError::Damaged(part)) }
    }

    fn embedding(&mut self, rows: usize, width: usize, part: &'static str) -> Result<Embedding, ModelError> {
        Ok(Embedding { scales: self.floats(rows, part)?, numbers: self.place(rows * width, part)? })
    }

    /// Reads a linear layer.
    pub fn linear<L: Linear>(&mut self, outputs: usize, depth: usize) -> Result<L, ModelError> {
        let scales = self.floats(outputs, "layers")?;
        let weights = self.reader.take(outputs * depth, "layers")?;
        let biases = self.floats(outputs, "layers")?;
        Ok(L::new(StoredLinear { depth, weights, scales: &scales, biases: &biases }))
    }

    fn norm(&mut self, width: usize) -> Result<LayerNorm, ModelError> {
        Ok(LayerNorm { scale: self.floats(width, "norms")?, shift: self.floats(width, "norms")? })
    }
}
