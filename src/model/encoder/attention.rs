//! Self-attention: each row becomes a mean of all rows' values, weighted by how well its query meets their keys.

use super::curves::{exp, extremes, sum};
use super::kernels::{FLOAT_COLUMNS, FLOAT_ROWS, FloatRows, FloatSums, Machine, Work};

/// Work memory, kept from one call to the next.
#[derive(Debug, Default)]
pub struct AttentionSpace {
    /// The keys of a head, a row for each of its dimensions.
    keys: Vec<f32>,
    /// The values of a head, a row for each row of the input.
    values: Vec<f32>,
    /// How much each of a few rows looks at every row.
    shares: Vec<f32>,
}

/// Attention over rows that hold queries, keys and values, each `width` long, head after head.
pub struct Attend<'a> {
    pub rows: &'a [f32],
    pub width: usize,
    pub heads: usize,
    pub space: &'a mut AttentionSpace,
    /// Rows of `width`.
    pub out: &'a mut [f32],
}

impl Work for Attend<'_> {
    #[inline(always)]
    fn run<M: Machine>(mut self) {
        let count = self.out.len() / self.width;
        let dimensions = self.width / self.heads;
        let padded = count.next_multiple_of(FLOAT_COLUMNS);
        let columns = dimensions.next_multiple_of(FLOAT_COLUMNS);
        self.space.keys.resize(dimensions * padded, 0.0);
        self.space.values.resize(count * columns, 0.0);
        self.space.shares.resize(FLOAT_ROWS * padded, 0.0);
        for head in 0..self.heads {
            self.gather(head * dimensions, dimensions, padded, columns);
            for first in (0..count).step_by(FLOAT_ROWS) {
                let height = FLOAT_ROWS.min(count - first);
                self.look::<M>(head * dimensions, dimensions, first, height, padded);
                self.blend::<M>(head * dimensions, dimensions, first, height, padded);
            }
        }
    }
}

impl Attend<'_> {
    /// Copies the keys and values of a head to where they lie close together.
    #[inline(always)]
    fn gather(&mut self, at: usize, dimensions: usize, padded: usize, columns: usize) {
        let width = self.width;
        for (number, row) in self.rows.chunks_exact(3 * width).enumerate() {
            for (dimension, key) in row[width + at..][..dimensions].iter().enumerate() {
                self.space.keys[dimension * padded + number] = *key;
            }
            let values = &mut self.space.values[number * columns..][..dimensions];
            values.copy_from_slice(&row[2 * width + at..][..dimensions]);
        }
    }

    /// Finds how much each of a few rows looks at every row; the shares of a row are not yet divided by their sum.
    #[inline(always)]
    fn look<M: Machine>(&mut self, at: usize, dimensions: usize, first: usize, height: usize, padded: usize) {
        let stride = 3 * self.width;
        let count = self.out.len() / self.width;
        let queries = FloatRows { values: &self.rows[first * stride + at..], count: height, stride, depth: dimensions };
        let mut tile: FloatSums = [[0.0; FLOAT_COLUMNS]; FLOAT_ROWS];
        for column in (0..padded).step_by(FLOAT_COLUMNS) {
            M::float_tile(queries, &self.space.keys[column..], padded, &mut tile);
            for (row, tile) in tile[..height].iter().enumerate() {
                self.space.shares[row * padded + column..][..FLOAT_COLUMNS].copy_from_slice(tile);
            }
        }
        let scale = 1.0 / (dimensions as f32).sqrt();
        for row in self.space.shares.chunks_exact_mut(padded).take(height) {
            row[count..].fill(f32::NEG_INFINITY);
            let (_, most) = extremes(row);
            for share in row {
                *share = exp::<M>((*share - most) * scale);
            }
        }
    }

    /// Means of the values by the shares.
    #[inline(always)]
    fn blend<M: Machine>(&mut self, at: usize, dimensions: usize, first: usize, height: usize, padded: usize) {
        let count = self.out.len() / self.width;
        let columns = self.space.values.len() / count;
        let shares = FloatRows { values: &self.space.shares, count: height, stride: padded, depth: count };
        let mut tile: FloatSums = [[0.0; FLOAT_COLUMNS]; FLOAT_ROWS];
        for column in (0..columns).step_by(FLOAT_COLUMNS) {
            M::float_tile(shares, &self.space.values[column..], columns, &mut tile);
            let used = FLOAT_COLUMNS.min(dimensions - column);
            for (row, tile) in tile[..height].iter().enumerate() {
                let whole = sum(&self.space.shares[row * padded..][..count], |share| share);
                let out = &mut self.out[(first + row) * self.width + at + column..][..used];
                for (out, total) in out.iter_mut().zip(tile) {
                    *out = total / whole;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::kernels::Instructions;
    use super::*;

    /// Attention as its definition says it.
    fn plain(rows: &[f32], count: usize, width: usize, heads: usize) -> Vec<f32> {
        let dimensions = width / heads;
        let part = |row: usize, kind: usize, head: usize| {
            let start = row * 3 * width + kind * width + head * dimensions;
            &rows[start..start + dimensions]
        };
        let mut out = vec![0.0; count * width];
        for row in 0..count {
            for head in 0..heads {
                let meets = |other: usize| {
                    let product: f32 = part(row, 0, head).iter().zip(part(other, 1, head)).map(|(q, k)| q * k).sum();
                    (product / (dimensions as f32).sqrt()).exp()
                };
                let shares: Vec<f32> = (0..count).map(meets).collect();
                let whole: f32 = shares.iter().sum();
                for (other, share) in shares.iter().enumerate() {
                    for (d, value) in part(other, 2, head).iter().enumerate() {
                        out[row * width + head * dimensions + d] += share / whole * value;
                    }
                }
            }
        }
        out
    }

    #[test]
    fn follows_its_definition() {
        let mut space = AttentionSpace::default();
        for (count, width, heads) in [(70, 64, 2), (1, 8, 1), (33, 96, 1), (13, 48, 3), (32, 64, 4)] {
            let rows: Vec<f32> = (0..count * 3 * width).map(|n| ((n * 37 % 101) as f32 - 50.0) / 30.0).collect();
            let expected = plain(&rows, count, width, heads);
            for instructions in Instructions::all() {
                let mut out = vec![0.0; count * width];
                instructions.run(Attend { rows: &rows, width, heads, space: &mut space, out: &mut out });
                for (found, expected) in out.iter().zip(&expected) {
                    assert!((found - expected).abs() < 1e-4, "{instructions:?} {found} {expected}");
                }
            }
        }
    }
}
