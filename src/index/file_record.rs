//! How a file stood when it was last read, so that the next run can tell whether it changed.

use serde::{Deserialize, Serialize};

use crate::record::ModelSize;

/// What the index remembers of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRecord {
    /// Relative to the folder, with `/` on every system.
    pub path: String,
    pub size: u64,
    /// Time of the last change in nanoseconds since 1970, `None` where the system does not tell.
    pub modified: Option<i128>,
    /// When the file was read, on the same scale: a file changed shortly before may change again unseen.
    pub read_at: i128,
    /// BLAKE3 of the content, in hexadecimal digits.
    pub hash: String,
    pub articles: u64,
    /// The model that read all of them, or the lesser one while they are read again; `None` where none did.
    pub model: Option<ModelSize>,
    /// Why nothing of it could be read.
    pub failure: Option<String>,
    /// Rows that could not be read; only the first ones are kept.
    pub row_failures: Vec<RowFailure>,
    /// How many rows could not be read in all.
    pub rows_failed: u64,
}

impl FileRecord {
    /// Tells whether the model would find more in articles of the file than the one that read them.
    pub fn is_for(&self, model: ModelSize) -> bool {
        self.model.is_some_and(|before| before < model)
    }

    /// Tells whether the file or a row of it could not be read.
    pub fn has_failures(&self) -> bool {
        self.failure.is_some() || self.rows_failed > 0
    }
}

/// A row of a container that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowFailure {
    /// The row's own id or its line.
    pub row: String,
    pub reason: String,
}
