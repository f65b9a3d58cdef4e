//! The forward pass: from word pieces to a row of numbers for each, which knows its surroundings.

use super::attention::{Attend, AttentionSpace};
use super::file::{Layer, Weights};
use super::kernels::{Instructions, Machine, Work};
use super::matrix::{InputRows, Linear, Then};
use super::norm::LayerNorm;

/// Rows that pass through the wide part of a layer together, so that what they are in between stays in the cache.
const BLOCK: usize = 96;

/// Work memory for the rows of a group, kept from one group to the next.
#[derive(Debug, Default)]
pub struct Space<R> {
    /// What is known of each piece so far.
    rows: Vec<f32>,
    inputs: R,
    /// Queries, keys and values.
    heads: Vec<f32>,
    attention: AttentionSpace,
    /// The number of every piece.
    all: Vec<usize>,
    /// The rows asked for, before the last layer.
    asked: Vec<f32>,
    /// What a part of a layer adds to the rows.
    added: Vec<f32>,
    wide: Vec<f32>,
    wide_inputs: R,
}

/// What the encoder reads at once: at most as many pieces as it has positions.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    pub pieces: &'a [u32],
    /// For each table of marks, the mark of each piece.
    pub marks: &'a [&'a [u8]],
    /// The pieces that rows are wanted of; the last layer finds no others.
    pub asked: &'a [usize],
}

impl<R> Space<R> {
    /// Returns what the encoder found last: a row for each piece that was asked for.
    pub fn rows(&self) -> &[f32] {
        &self.rows
    }
}

/// Reads the input; the rows asked for are in `space` then.
pub fn encode<L: Linear>(weights: &Weights<L>, input: Input, instructions: Instructions, space: &mut Space<L::Rows>) {
    let (count, width, inner) = (input.pieces.len(), weights.sizes.width, weights.sizes.inner);
    space.rows.resize(count * width, 0.0);
    space.heads.resize(count * width * 3, 0.0);
    space.wide.resize(BLOCK * inner, 0.0);
    space.inputs.resize(count, width);
    space.wide_inputs.resize(BLOCK, inner);
    space.all.clear();
    space.all.extend(0..count);
    instructions.run(Embed { weights, input, space });
    for (number, layer) in weights.layers.iter().enumerate() {
        let is_last = number + 1 == weights.layers.len();
        let asked = if is_last { input.asked } else { &space.all };
        instructions.run(Product { linear: &layer.queries_keys_values, rows: &space.inputs, out: &mut space.heads });
        space.added.resize(asked.len() * width, 0.0);
        instructions.run(Attend {
            rows: &space.heads,
            width,
            heads: weights.sizes.heads,
            asked,
            space: &mut space.attention,
            out: &mut space.added,
        });
        if is_last {
            space.asked.clear();
            asked.iter().for_each(|at| space.asked.extend_from_slice(&space.rows[at * width..][..width]));
            std::mem::swap(&mut space.rows, &mut space.asked);
            space.inputs.resize(asked.len(), width);
        }
        instructions.run(Take { values: &space.added, width, rows: &mut space.inputs });
        instructions.run(Product { linear: &layer.mix, rows: &space.inputs, out: &mut space.added });
        instructions.run(AddAndNorm { norm: &layer.norm_mix, space, width });
        instructions.run(WidenAndNarrow { layer, space, width, inner });
        instructions.run(AddAndNorm { norm: &layer.norm_narrow, space, width });
    }
}

/// Puts in what is known of each piece by itself.
struct Embed<'a, L: Linear> {
    weights: &'a Weights<L>,
    input: Input<'a>,
    space: &'a mut Space<L::Rows>,
}

impl<L: Linear> Work for Embed<'_, L> {
    #[inline(always)]
    fn run<M: Machine>(self) {
        let Embed { weights, input, space } = self;
        let width = weights.sizes.width;
        for (at, row) in space.rows.chunks_exact_mut(width).enumerate() {
            row.fill(0.0);
            weights.add(&weights.pieces, input.pieces[at] as usize, row);
            weights.add(&weights.positions, at, row);
            for (table, marks) in weights.marks.iter().zip(input.marks) {
                let mark = &table[usize::from(marks[at]) * width..][..width];
                for (x, mark) in row.iter_mut().zip(mark) {
                    *x += mark;
                }
            }
            weights.norm.apply::<M>(row);
            space.inputs.set::<M>(at, row);
        }
    }
}

/// Applies a linear layer to all rows.
struct Product<'a, L: Linear> {
    linear: &'a L,
    rows: &'a L::Rows,
    out: &'a mut [f32],
}

impl<L: Linear> Work for Product<'_, L> {
    #[inline(always)]
    fn run<M: Machine>(self) {
        self.linear.apply::<M>(self.rows, 0, self.rows.count(), Then::Nothing, self.out);
    }
}

/// Takes values as inputs.
struct Take<'a, R> {
    values: &'a [f32],
    width: usize,
    rows: &'a mut R,
}

impl<R: InputRows> Work for Take<'_, R> {
    #[inline(always)]
    fn run<M: Machine>(self) {
        for (at, row) in self.values.chunks_exact(self.width).enumerate() {
            self.rows.set::<M>(at, row);
        }
    }
}

/// Adds what a part of a layer found, norms the rows and takes them as the next inputs.
struct AddAndNorm<'a, R> {
    norm: &'a LayerNorm,
    space: &'a mut Space<R>,
    width: usize,
}

impl<R: InputRows> Work for AddAndNorm<'_, R> {
    #[inline(always)]
    fn run<M: Machine>(self) {
        let Space { rows, added, inputs, .. } = self.space;
        let pairs = rows.chunks_exact_mut(self.width).zip(added.chunks_exact(self.width));
        for (at, (row, added)) in pairs.enumerate() {
            for (x, added) in row.iter_mut().zip(added) {
                *x += added;
            }
            self.norm.apply::<M>(row);
            inputs.set::<M>(at, row);
        }
    }
}

/// The wide part of a layer, a block of rows after the other.
struct WidenAndNarrow<'a, L: Linear> {
    layer: &'a Layer<L>,
    space: &'a mut Space<L::Rows>,
    width: usize,
    inner: usize,
}

impl<L: Linear> Work for WidenAndNarrow<'_, L> {
    #[inline(always)]
    fn run<M: Machine>(self) {
        let WidenAndNarrow { layer, space, width, inner } = self;
        for (block, out) in space.added.chunks_mut(BLOCK * width).enumerate() {
            let count = out.len() / width;
            layer.widen.apply::<M>(&space.inputs, block * BLOCK, count, Then::Gelu, &mut space.wide);
            for (at, row) in space.wide.chunks_exact(inner).enumerate().take(count) {
                space.wide_inputs.set::<M>(at, row);
            }
            layer.narrow.apply::<M>(&space.wide_inputs, 0, count, Then::Nothing, out);
        }
    }
}

/// The sum of the products of two rows.
#[inline(always)]
pub fn dot<M: Machine>(a: &[f32], b: &[f32]) -> f32 {
    let mut lanes = [0f32; 16];
    for (a, b) in a.chunks(16).zip(b.chunks(16)) {
        for ((lane, a), b) in lanes.iter_mut().zip(a).zip(b) {
            *lane = M::multiply_add(*a, *b, *lane);
        }
    }
    lanes.iter().sum()
}
