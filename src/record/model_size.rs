//! The two models that find statements: a fast one and an accurate one.

use serde::{Deserialize, Serialize};

/// Which model finds statements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum ModelSize {
    /// Hashed features of words: for large folders.
    Fast,
    /// A transformer: some fifty times slower, and better.
    Accurate,
}

impl ModelSize {
    /// Both, from the quicker to the better.
    pub const ALL: [ModelSize; 2] = [ModelSize::Fast, ModelSize::Accurate];

    /// Returns the name, as on the command line and in the index.
    pub fn name(self) -> &'static str {
        match self {
            ModelSize::Fast => "fast",
            ModelSize::Accurate => "accurate",
        }
    }
}
