//! Linear layers: weights of 8 bits, one scale an output, times rows that are rounded to 8 bits as they come.

use super::curves::{extremes, gelu};
use super::kernels::{COLUMNS, Machine, ROWS, STEP};

/// The weights of a linear layer as they stand in a file: `outputs` rows of `depth` whole numbers.
#[derive(Debug, Clone, Copy)]
pub struct StoredLinear<'b> {
    pub depth: usize,
    pub weights: &'b [u8],
    /// The value of one unit, for each output.
    pub scales: &'b [f32],
    pub biases: &'b [f32],
}

/// What is done with a product.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Then {
    Nothing,
    Gelu,
}

/// A linear layer, and with it a way to compute.
pub trait Linear {
    /// Rows in the form that this way multiplies.
    type Rows: InputRows;

    fn new(stored: StoredLinear) -> Self;

    /// Writes the layer's outputs for the rows `first..first + count`, one row after the other.
    fn apply<M: Machine>(&self, rows: &Self::Rows, first: usize, count: usize, then: Then, out: &mut [f32]);
}

/// Inputs of linear layers.
pub trait InputRows: Default {
    /// Makes room for rows of a length.
    fn resize(&mut self, count: usize, depth: usize);

    /// Returns the number of rows.
    fn count(&self) -> usize;

    /// Puts a row into its place.
    fn set<M: Machine>(&mut self, row: usize, values: &[f32]);
}

/// A linear layer for the kernels.
#[derive(Debug, Clone)]
pub struct Int8Linear {
    depth: usize,
    outputs: usize,
    /// As `Machine::tile` wants them, for each `COLUMNS` outputs; what is missing to a whole tile is zero.
    weights: Vec<i8>,
    scales: Vec<f32>,
    /// The sum of each output's weights, in the layer's own scale: what an input of 1 everywhere gives.
    sums: Vec<f32>,
    biases: Vec<f32>,
}

impl Linear for Int8Linear {
    type Rows = Int8Rows;

    fn new(stored: StoredLinear) -> Int8Linear {
        let StoredLinear { depth, weights, scales, biases } = stored;
        let outputs = scales.len();
        let padded = outputs.next_multiple_of(COLUMNS);
        let mut packed = vec![0i8; padded * depth];
        for (output, row) in weights.chunks_exact(depth).enumerate() {
            let tile = &mut packed[output / COLUMNS * COLUMNS * depth..][..COLUMNS * depth];
            for (step, four) in row.as_chunks::<STEP>().0.iter().enumerate() {
                tile[(step * COLUMNS + output % COLUMNS) * STEP..][..STEP].copy_from_slice(&four.map(|w| w as i8));
            }
        }
        let total = |row: &[u8]| row.iter().map(|&w| i32::from(w as i8)).sum::<i32>() as f32;
        let mut sums: Vec<f32> = weights.chunks_exact(depth).zip(scales).map(|(row, s)| total(row) * s).collect();
        let (mut scales, mut biases) = (scales.to_vec(), biases.to_vec());
        for part in [&mut sums, &mut scales, &mut biases] {
            part.resize(padded, 0.0);
        }
        Int8Linear { depth, outputs, weights: packed, scales, sums, biases }
    }

    #[inline(always)]
    fn apply<M: Machine>(&self, rows: &Int8Rows, first: usize, count: usize, then: Then, out: &mut [f32]) {
        let mut sums = [[0; COLUMNS]; ROWS];
        let out = &mut out[..count * self.outputs];
        for (tile, weights) in self.weights.chunks_exact(COLUMNS * self.depth).enumerate() {
            let column = tile * COLUMNS;
            for row in (0..count).step_by(ROWS) {
                let height = ROWS.min(count - row);
                let values = &rows.values[(first + row) * self.depth..][..height * self.depth];
                M::tile(values, self.depth, weights, &mut sums);
                for (r, sums) in sums[..height].iter().enumerate() {
                    let start = (row + r) * self.outputs + column;
                    let end = (start + COLUMNS).min((row + r + 1) * self.outputs);
                    self.finish::<M>(sums, rows.ranges[first + row + r], column, then, &mut out[start..end]);
                }
            }
        }
    }
}

impl Int8Linear {
    /// Turns sums of whole numbers into outputs.
    #[inline(always)]
    fn finish<M: Machine>(&self, sums: &[i32; COLUMNS], range: Steps, column: usize, then: Then, out: &mut [f32]) {
        match out.first_chunk_mut() {
            Some(out) => self.fill::<M>(sums, range, column, then, out),
            None => {
                let mut whole = [0f32; COLUMNS];
                self.fill::<M>(sums, range, column, then, &mut whole);
                out.copy_from_slice(&whole[..out.len()]);
            }
        }
    }

    /// Turns the sums of a whole tile into outputs.
    #[inline(always)]
    fn fill<M: Machine>(
        &self,
        sums: &[i32; COLUMNS],
        range: Steps,
        column: usize,
        then: Then,
        out: &mut [f32; COLUMNS],
    ) {
        let parts = [&self.scales, &self.sums, &self.biases].map(|part| part[column..].first_chunk::<COLUMNS>());
        let [Some(scales), Some(totals), Some(biases)] = parts else { unreachable!("padded to whole tiles") };
        for (c, out) in out.iter_mut().enumerate() {
            let low = M::multiply_add(range.low, totals[c], biases[c]);
            let value = M::multiply_add(sums[c] as f32 * range.step, scales[c], low);
            *out = if then == Then::Gelu { gelu::<M>(value) } else { value };
        }
    }
}

/// Rows of bytes, each with its own steps.
#[derive(Debug, Default)]
pub struct Int8Rows {
    depth: usize,
    values: Vec<u8>,
    ranges: Vec<Steps>,
}

/// The byte `b` stands for `low + b * step`.
#[derive(Debug, Clone, Copy, Default)]
struct Steps {
    low: f32,
    step: f32,
}

impl InputRows for Int8Rows {
    fn resize(&mut self, count: usize, depth: usize) {
        self.depth = depth;
        self.values.resize(count * depth, 0);
        self.ranges.resize(count, Steps::default());
    }

    fn count(&self) -> usize {
        self.ranges.len()
    }

    #[inline(always)]
    fn set<M: Machine>(&mut self, row: usize, values: &[f32]) {
        /// Adding it to what is below 256 rounds, and leaves the whole number in the lowest byte.
        const ROUNDING: f32 = 8_388_608.0;
        let (low, high) = extremes(values);
        let step = (high - low) / 255.0;
        let inverse = if step > 0.0 { 1.0 / step } else { 0.0 };
        for (byte, value) in self.values[row * self.depth..][..self.depth].iter_mut().zip(values) {
            *byte = ((value - low) * inverse + ROUNDING).to_bits() as u8;
        }
        self.ranges[row] = Steps { low, step };
    }
}

#[cfg(test)]
pub mod exact {
    //! The same layer in floats, for tests.

    use super::*;

    pub struct FloatLinear {
        weights: Vec<Vec<f32>>,
        biases: Vec<f32>,
    }

    #[derive(Default)]
    pub struct FloatRows {
        rows: Vec<Vec<f32>>,
    }

    impl Linear for FloatLinear {
        type Rows = FloatRows;

        fn new(stored: StoredLinear) -> FloatLinear {
            let row = |(row, scale): (&[u8], &f32)| row.iter().map(|&w| f32::from(w as i8) * scale).collect();
            let weights = stored.weights.chunks_exact(stored.depth).zip(stored.scales).map(row).collect();
            FloatLinear { weights, biases: stored.biases.to_vec() }
        }

        fn apply<M: Machine>(&self, rows: &FloatRows, first: usize, count: usize, then: Then, out: &mut [f32]) {
            for (row, out) in rows.rows[first..first + count].iter().zip(out.chunks_mut(self.biases.len())) {
                for ((out, weights), bias) in out.iter_mut().zip(&self.weights).zip(&self.biases) {
                    let product = row.iter().zip(weights).map(|(x, w)| x * w).sum::<f32>() + bias;
                    *out = if then == Then::Gelu { gelu::<M>(product) } else { product };
                }
            }
        }
    }

    impl InputRows for FloatRows {
        fn resize(&mut self, count: usize, depth: usize) {
            self.rows = vec![vec![0.0; depth]; count];
        }

        fn count(&self) -> usize {
            self.rows.len()
        }

        fn set<M: Machine>(&mut self, row: usize, values: &[f32]) {
            self.rows[row].copy_from_slice(values);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::kernels::{Instructions, Work};
    use super::exact::FloatLinear;
    use super::*;

    struct Apply<'a, L: Linear>(&'a L, &'a [f32], usize, usize, Then, &'a mut [f32]);

    impl<L: Linear> Work for Apply<'_, L> {
        #[inline(always)]
        fn run<M: Machine>(self) {
            let Apply(linear, values, depth, first, then, out) = self;
            let mut rows = L::Rows::default();
            let count = values.len() / depth;
            rows.resize(count, depth);
            for (row, values) in values.chunks(depth).enumerate() {
                rows.set::<M>(row, values);
            }
            linear.apply::<M>(&rows, first, count - first, then, out);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]
        #[test]
        fn products_are_near_those_in_floats(
            depth in (1usize..20).prop_map(|d| d * STEP), outputs in 1usize..150, count in 1usize..14,
            seed in any::<u32>(), unit in any::<bool>(),
        ) {
            let mut state = u64::from(seed);
            let mut next = move || {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                (state >> 33) as f32 / (1u64 << 30) as f32 - 1.0
            };
            let weights: Vec<u8> = (0..depth * outputs).map(|_| (next() * 127.0) as i8 as u8).collect();
            let scales: Vec<f32> = (0..outputs).map(|_| (next() + 1.1) / 127.0).collect();
            let biases: Vec<f32> = (0..outputs).map(|_| next()).collect();
            let values: Vec<f32> = (0..depth * count).map(|_| next() * 3.0 + 1.0).collect();
            let stored = StoredLinear { depth, weights: &weights, scales: &scales, biases: &biases };
            let then = if unit { Then::Gelu } else { Then::Nothing };
            let first = count / 2;
            let mut expected = vec![0.0; (count - first) * outputs];
            let exact = FloatLinear::new(stored);
            Instructions::best().run(Apply(&exact, &values, depth, first, then, &mut expected));
            let linear = Int8Linear::new(stored);
            // Half a step, six 255ths, for each input at its greatest weight.
            let allowed = 3.0 / 255.0 * 2.1 * depth as f32 * 1.13 + 1e-3;
            for instructions in Instructions::all() {
                let mut found = vec![0.0; expected.len()];
                instructions.run(Apply(&linear, &values, depth, first, then, &mut found));
                for (found, expected) in found.iter().zip(&expected) {
                    prop_assert!((found - expected).abs() < allowed, "{:?} {} {}", instructions, found, expected);
                }
            }
        }
    }

    #[test]
    fn a_row_of_one_value_is_exact() {
        let stored = StoredLinear { depth: 4, weights: &[1, 2, 3, 4], scales: &[0.5], biases: &[1.0] };
        let mut out = [0.0];
        Instructions::best().run(Apply(&Int8Linear::new(stored), &[2.0; 4], 4, 0, Then::Nothing, &mut out));
        assert_eq!(out, [11.0]);
    }
}
