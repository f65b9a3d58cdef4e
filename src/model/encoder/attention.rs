//! Self-attention: each row becomes a mean of all rows' values, weighted by how well its query meets their keys.

use super::curves::exp;
use super::kernels::{FloatSums, Machine, SIDE, Table, Work};

/// Work memory, kept from one call to the next.
#[derive(Debug, Default)]
pub struct AttentionSpace {
    /// The keys of a head in blocks of `SIDE`: for each dimension a row with a number for each key.
    keys: Vec<[f32; SIDE]>,
    /// The values of a head, `SIDE` dimensions after the others: a row for each row of the input.
    values: Vec<[f32; SIDE]>,
    /// A block of queries, as the keys.
    queries: Vec<[f32; SIDE]>,
    /// How much each query of the block looks at every row: a row for each row of the input.
    shares: Vec<[f32; SIDE]>,
}

/// Attention over rows that hold queries, keys and values, each `width` long, head after head.
pub struct Attend<'a> {
    pub rows: &'a [f32],
    pub width: usize,
    pub heads: usize,
    /// The rows whose queries are answered.
    pub asked: &'a [usize],
    pub space: &'a mut AttentionSpace,
    /// A row of `width` for each one asked.
    pub out: &'a mut [f32],
}

/// The dimensions of a head.
#[derive(Clone, Copy)]
struct Head {
    /// Where they begin in a row of `width`.
    at: usize,
    count: usize,
}

impl Work for Attend<'_> {
    #[inline(always)]
    fn run<M: Machine>(mut self) {
        let count = self.width / self.heads;
        for head in 0..self.heads {
            let head = Head { at: head * count, count };
            self.gather::<M>(head);
            for first in (0..self.asked.len()).step_by(SIDE) {
                let block = first..self.asked.len().min(first + SIDE);
                let asked = &self.asked[block.clone()];
                self.space.take_queries::<M>(self.rows, self.width, head, asked);
                let totals = self.space.look::<M>(head, self.rows.len() / (3 * self.width));
                let out = &mut self.out[block.start * self.width..block.end * self.width];
                self.space.blend::<M>(head, &totals, self.width, out);
            }
        }
    }
}

impl Attend<'_> {
    /// Copies the keys and values of a head to where they lie close together.
    #[inline(always)]
    fn gather<M: Machine>(&mut self, head: Head) {
        let AttentionSpace { keys, values, .. } = &mut *self.space;
        let stride = 3 * self.width;
        let count = self.rows.len() / stride;
        keys.resize(count.div_ceil(SIDE) * head.count, [0.0; SIDE]);
        for (number, keys) in keys.chunks_exact_mut(head.count).enumerate() {
            let first = number * SIDE;
            let rows = (first..count.min(first + SIDE)).map(|row| &self.rows[row * stride + self.width + head.at..]);
            turn::<M>(rows, keys);
        }
        values.resize(head.count.div_ceil(SIDE) * count, [0.0; SIDE]);
        for (number, row) in self.rows.chunks_exact(stride).enumerate() {
            let own = &row[2 * self.width + head.at..][..head.count];
            for (part, own) in own.chunks(SIDE).enumerate() {
                let values = &mut values[part * count + number];
                match own.first_chunk() {
                    Some(own) => *values = *own,
                    None => values[..own.len()].copy_from_slice(own),
                }
            }
        }
    }
}

/// Turns up to `SIDE` rows to columns, as many of their numbers as there are rows to write.
#[inline(always)]
fn turn<'a, M: Machine>(rows: impl Iterator<Item = &'a [f32]> + Clone, columns: &mut [[f32; SIDE]]) {
    for (part, columns) in columns.chunks_mut(SIDE).enumerate() {
        let mut block = [[0f32; SIDE]; SIDE];
        for (block, row) in block.iter_mut().zip(rows.clone()) {
            let own = &row[part * SIDE..][..columns.len()];
            match own.first_chunk() {
                Some(own) => *block = *own,
                None => block[..own.len()].copy_from_slice(own),
            }
        }
        let turned = M::turn(&block);
        match columns.first_chunk_mut() {
            Some(columns) => *columns = turned,
            None => columns.copy_from_slice(&turned[..columns.len()]),
        }
    }
}

impl AttentionSpace {
    /// Copies the queries of the rows asked for.
    #[inline(always)]
    fn take_queries<M: Machine>(&mut self, rows: &[f32], width: usize, head: Head, asked: &[usize]) {
        self.queries.resize(head.count, [0.0; SIDE]);
        turn::<M>(asked.iter().map(|row| &rows[row * 3 * width + head.at..]), &mut self.queries);
    }

    /// Finds how much each query looks at every row, not yet divided by the sum that is returned.
    #[inline(always)]
    fn look<M: Machine>(&mut self, head: Head, count: usize) -> [f32; SIDE] {
        let queries = Table { values: self.queries.as_flattened(), width: SIDE };
        self.shares.resize(count.next_multiple_of(SIDE), [0.0; SIDE]);
        for (keys, shares) in self.keys.chunks_exact(head.count).zip(self.shares.as_chunks_mut().0) {
            let keys = Table { values: keys.as_flattened(), width: SIDE };
            M::float_tile(keys, queries, head.count, shares);
        }
        let shares = &mut self.shares[..count];
        let mut most = [f32::NEG_INFINITY; SIDE];
        for row in shares.iter() {
            for (most, share) in most.iter_mut().zip(row) {
                // Comparing keeps to one instruction where `f32::max` would look for what is no number.
                *most = if *share > *most { *share } else { *most };
            }
        }
        let scale = 1.0 / (head.count as f32).sqrt();
        let mut totals = [0f32; SIDE];
        for row in shares {
            for ((share, most), total) in row.iter_mut().zip(&most).zip(&mut totals) {
                *share = exp::<M>((*share - most) * scale);
                *total += *share;
            }
        }
        totals
    }

    /// Means of the values by the shares.
    #[inline(always)]
    fn blend<M: Machine>(&self, head: Head, totals: &[f32; SIDE], width: usize, out: &mut [f32]) {
        let shares = Table { values: self.shares.as_flattened(), width: SIDE };
        let count = self.values.len() / head.count.div_ceil(SIDE);
        let mut tile: FloatSums = [[0.0; SIDE]; SIDE];
        for (part, values) in self.values.chunks_exact(count).enumerate() {
            let values = Table { values: values.as_flattened(), width: SIDE };
            M::float_tile(shares, values, count, &mut tile);
            let used = SIDE.min(head.count - part * SIDE);
            for ((row, sums), total) in out.chunks_exact_mut(width).zip(&tile).zip(totals) {
                for (own, sum) in row[head.at + part * SIDE..][..used].iter_mut().zip(sums) {
                    *own = sum / total;
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
            for asked in [(0..count).collect(), (0..count).step_by(3).collect(), vec![count - 1, count - 1, 0], vec![]]
            {
                for instructions in Instructions::all() {
                    let mut out = vec![0.0; asked.len() * width];
                    let space = &mut space;
                    instructions.run(Attend { rows: &rows, width, heads, asked: &asked, space, out: &mut out });
                    let expected = asked.iter().flat_map(|row: &usize| &expected[row * width..][..width]);
                    for (found, expected) in out.iter().zip(expected) {
                        assert!((found - expected).abs() < 1e-4, "{instructions:?} {found} {expected}");
                    }
                }
            }
        }
    }
}
