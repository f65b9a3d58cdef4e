//! What can go wrong with a run as a whole.

use crate::index::IndexError;

/// A run cannot begin or go on; a file that cannot be read is none of these.
#[derive(Debug, thiserror::Error)]
pub enum IngestError {
    #[error(transparent)]
    Index(#[from] IndexError),
    /// The system refuses threads.
    #[error("the threads that read files cannot be started")]
    Threads(#[from] std::io::Error),
}
