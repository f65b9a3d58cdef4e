//! What can go wrong with an index.

use std::path::PathBuf;

/// An index cannot be opened, read or written.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// There is no index there.
    #[error("no index in {}", .0.display())]
    Missing(PathBuf),
    /// Another version of the program wrote it, in a form that this one does not read.
    #[error("the index in {} was written by onrecord {written_by} in format {found}, and this is format {expected}", .place.display())]
    OtherFormat { place: PathBuf, written_by: String, found: u32, expected: u32 },
    /// Somebody else is writing to it.
    #[error("the index in {} is being written by {holder}", .place.display())]
    Locked { place: PathBuf, holder: String },
    /// The file system refuses.
    #[error("cannot access {}", .place.display())]
    Io {
        place: PathBuf,
        #[source]
        source: std::io::Error,
    },
    /// The search library fails: a damaged file, or a full disk.
    #[error("the index cannot be used")]
    Engine(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// A stored record is not what this version writes.
    #[error("a record of the index cannot be read")]
    Record(#[source] serde_json::Error),
}

impl IndexError {
    /// Returns a closure that wraps an I/O error of `place`.
    pub(super) fn io(place: &std::path::Path) -> impl FnOnce(std::io::Error) -> IndexError + '_ {
        move |source| IndexError::Io { place: place.to_path_buf(), source }
    }
}

impl From<tantivy::TantivyError> for IndexError {
    fn from(error: tantivy::TantivyError) -> IndexError {
        IndexError::Engine(Box::new(error))
    }
}
