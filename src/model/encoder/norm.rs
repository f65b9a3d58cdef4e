//! Layer norm: rows brought to mean 0 and variance 1, then scaled and shifted by learned weights.

use super::curves::sum;
use super::kernels::Machine;

const SMALLEST_VARIANCE: f32 = 1e-12;

/// The learned weights.
#[derive(Debug, Clone)]
pub struct LayerNorm {
    pub scale: Vec<f32>,
    pub shift: Vec<f32>,
}

impl LayerNorm {
    /// Norms a row in place.
    #[inline(always)]
    pub fn apply<M: Machine>(&self, row: &mut [f32]) {
        let count = row.len() as f32;
        let mean = sum(row, |x| x) / count;
        let variance = sum(row, |x| (x - mean) * (x - mean)) / count;
        let factor = 1.0 / (variance + SMALLEST_VARIANCE).sqrt();
        for ((x, scale), shift) in row.iter_mut().zip(&self.scale).zip(&self.shift) {
            *x = M::multiply_add((*x - mean) * factor, *scale, *shift);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::kernels::Portable;
    use super::*;

    #[test]
    fn rows_get_mean_and_spread() {
        let norm = LayerNorm { scale: vec![2.0; 4], shift: vec![1.0; 4] };
        let mut row = [1.0, 3.0, 1.0, 3.0];
        norm.apply::<Portable>(&mut row);
        assert_eq!(row, [-1.0, 3.0, -1.0, 3.0]);
    }
}
