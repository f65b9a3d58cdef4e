//! Weighs the features of a statement for its stance: multinomial logistic regression over hashed features.
//!
//! File: `OSTC`, version, unit of the weights, then four weights of 8 bits for each slot.

use super::ModelError;
use super::softmax::softmax;

/// Weights live in this many slots, shared where hashes meet.
pub const SLOTS: usize = 1 << 18;
/// Oppose, support, neutral, and no statement at all.
pub const CLASSES: usize = 4;

const MAGIC: &[u8; 4] = b"OSTC";
const VERSION: u8 = 2;

/// The weights.
#[derive(Debug, Clone)]
pub struct StanceModel {
    pub weights: Vec<[f32; CLASSES]>,
}

impl StanceModel {
    /// Reads the weights of `schema/models/stance.weights` as they were at build time.
    pub fn built_in() -> StanceModel {
        const WEIGHTS: &[u8] = include_bytes!("../../schema/models/stance.weights");
        StanceModel::from_bytes(WEIGHTS).expect("the embedded weights are read by a test")
    }

    /// Returns the probabilities of oppose, support, neutral, and of no statement.
    pub fn probabilities(&self, features: &[u64]) -> [f32; CLASSES] {
        let mut sums = [0f32; CLASSES];
        for &hash in features {
            for (sum, weight) in sums.iter_mut().zip(self.weights[slot(hash)]) {
                *sum += weight;
            }
        }
        softmax(&mut sums);
        sums
    }

    /// Reads the weights.
    pub fn from_bytes(bytes: &[u8]) -> Result<StanceModel, ModelError> {
        let rest = bytes.strip_prefix(MAGIC).ok_or(ModelError::NotWeights)?;
        let (&version, rest) = rest.split_first().ok_or(ModelError::Damaged("version"))?;
        if version != VERSION {
            return Err(ModelError::Version(version.into()));
        }
        let (unit, rest) = rest.split_first_chunk().ok_or(ModelError::Damaged("unit"))?;
        let unit = f32::from_le_bytes(*unit);
        let (rows, odd) = rest.as_chunks::<CLASSES>();
        if rows.len() != SLOTS || !odd.is_empty() {
            return Err(ModelError::Damaged("weights"));
        }
        Ok(StanceModel { weights: rows.iter().map(|row| row.map(|w| f32::from(w as i8) * unit)).collect() })
    }

    /// Returns the bytes that `from_bytes` reads; weights are rounded to 8 bits.
    pub fn to_bytes(&self) -> Vec<u8> {
        let top = self.weights.iter().flatten().fold(0f32, |top, w| top.max(w.abs())).max(f32::MIN_POSITIVE);
        let unit = top / 127.0;
        let mut bytes = MAGIC.to_vec();
        bytes.push(VERSION);
        bytes.extend(unit.to_le_bytes());
        bytes.extend(self.weights.iter().flatten().map(|w| (w / unit).round() as i8 as u8));
        bytes
    }
}

/// Returns the slot of a feature.
pub fn slot(hash: u64) -> usize {
    hash as usize & (SLOTS - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_survive_the_file_and_decide() {
        let mut model = StanceModel { weights: vec![[0.0; CLASSES]; SLOTS] };
        model.weights[7] = [2.0, -1.0, 0.0, 0.5];
        let back = StanceModel::from_bytes(&model.to_bytes()).expect("just written");
        let [oppose, support, neutral, _] = back.probabilities(&[7]);
        assert!(oppose > neutral && neutral > support, "{oppose} {support} {neutral}");
    }

    #[test]
    fn embedded_weights_are_read() {
        assert_eq!(StanceModel::built_in().weights.len(), SLOTS);
    }

    #[test]
    fn damaged_weights_are_refused() {
        assert_eq!(StanceModel::from_bytes(b"OSTC").unwrap_err(), ModelError::Damaged("version"));
        assert_eq!(
            StanceModel::from_bytes(&[b'O', b'S', b'T', b'C', 2, 0, 0, 0, 0, 9]).unwrap_err(),
            ModelError::Damaged("weights")
        );
    }
}
