//! What can go wrong with an index.

use std::path::PathBuf;

use tantivy::TantivyError;
use tantivy::directory::error::{OpenDirectoryError, OpenReadError};

use super::directory::ENGINE_FOLDER;
use super::storage::{Storage, is_refusal};

/// An index cannot be opened, read or written.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// There is no index there.
    #[error("no index in {}", .0.display())]
    Missing(PathBuf),
    /// Another version of the program wrote it, in a form that this one does not read.
    #[error("the index in {} was written by onrecord {written_by} in format {found}, and this is format {expected}", .place.display())]
    OtherFormat { place: PathBuf, written_by: String, found: u32, expected: u32 },
    /// There is something else in the place where an index should be.
    #[error("{} is no index of this program: it holds `{found}`", .place.display())]
    Foreign { place: PathBuf, found: String },
    /// It is the index of another folder.
    #[error("{} is the index of {}", .place.display(), .of.display())]
    OtherFolder { place: PathBuf, of: PathBuf },
    /// It would lie among the articles.
    #[error("{} cannot be both the folder of articles and that of their index", .0.display())]
    SameFolder(PathBuf),
    /// Files of it are gone or cut short.
    #[error("the index in {} is damaged", .0.display())]
    Damaged(PathBuf),
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

    /// Tells what an error of the engine means where an index in `place` is read: its files are not as it left them.
    pub(super) fn of_damage(self, place: &std::path::Path) -> IndexError {
        match self {
            IndexError::Engine(source) => {
                tracing::info!(place = %place.display(), %source, "the index is damaged");
                IndexError::Damaged(place.to_path_buf())
            }
            IndexError::Record(source) => {
                tracing::info!(place = %place.display(), %source, "the index is damaged");
                IndexError::Damaged(place.to_path_buf())
            }
            IndexError::Io { place: file, source } if file.is_relative() && !file.starts_with(place) => {
                IndexError::Io { place: place.join(ENGINE_FOLDER).join(file), source }
            }
            other => other,
        }
    }

    /// Tells what an error of the engine means while it writes: the first file that could not be written.
    pub(super) fn of_writing(storage: &Storage, error: TantivyError) -> IndexError {
        match storage.take_failure() {
            Some(failure) => IndexError::Io { place: failure.path, source: failure.source },
            None => error.into(),
        }
    }
}

impl From<tantivy::TantivyError> for IndexError {
    fn from(error: tantivy::TantivyError) -> IndexError {
        let refused = match &error {
            TantivyError::OpenReadError(OpenReadError::IoError { io_error, filepath }) => Some((filepath, io_error)),
            TantivyError::OpenDirectoryError(OpenDirectoryError::IoError { io_error, directory_path }) => {
                Some((directory_path, io_error))
            }
            _ => None,
        };
        match refused.filter(|(_, cause)| is_refusal(cause)) {
            Some((place, cause)) => {
                IndexError::Io { place: place.clone(), source: std::io::Error::new(cause.kind(), cause.to_string()) }
            }
            None => IndexError::Engine(Box::new(error)),
        }
    }
}
