//! Reads files of weights, of whatever model: little-endian numbers, one after the other.

/// Why a file of weights cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ModelError {
    #[error("not a file of weights of this kind")]
    NotWeights,
    #[error("weights of version {0}, which this program does not read")]
    Version(u32),
    #[error("the weights are cut short or damaged in their {0}")]
    Damaged(&'static str),
}

/// What is left to read of a file of weights.
pub(super) struct Reader<'b> {
    pub rest: &'b [u8],
}

impl<'b> Reader<'b> {
    /// Takes bytes.
    pub fn take(&mut self, length: usize, part: &'static str) -> Result<&'b [u8], ModelError> {
        let (taken, rest) = self.rest.split_at_checked(length).ok_or(ModelError::Damaged(part))?;
        self.rest = rest;
        Ok(taken)
    }

    /// Takes as many bytes as the array holds.
    pub fn array<const N: usize>(&mut self, part: &'static str) -> Result<[u8; N], ModelError> {
        let (taken, rest) = self.rest.split_first_chunk().ok_or(ModelError::Damaged(part))?;
        self.rest = rest;
        Ok(*taken)
    }

    /// Takes a number.
    pub fn u32(&mut self, part: &'static str) -> Result<u32, ModelError> {
        self.array(part).map(u32::from_le_bytes)
    }

    /// Takes a number.
    pub fn u64(&mut self, part: &'static str) -> Result<u64, ModelError> {
        self.array(part).map(u64::from_le_bytes)
    }

    /// Takes a number.
    pub fn f32(&mut self, part: &'static str) -> Result<f32, ModelError> {
        self.array(part).map(f32::from_le_bytes)
    }
}
