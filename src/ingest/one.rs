//! Reads a single article once more, as it stands in its file now.

use std::path::Path;

use crate::corpus::{self, SkipReason};
use crate::format::{ParseError, ParsedDocument};

/// The file of the article cannot be read any more.
#[derive(Debug, thiserror::Error)]
pub enum ReadAgainError {
    #[error("{0}")]
    Skipped(SkipReason),
    #[error(transparent)]
    Parse(#[from] ParseError),
}

/// Returns the document of an article in the file at `path`, relative to `folder`; `None` where the file no longer holds it.
///
/// Rows of a container that cannot be read are passed over.
pub fn document(folder: &Path, path: &str, article: &str) -> Result<Option<ParsedDocument>, ReadAgainError> {
    let file = match corpus::named(&[folder.join(path)]).next() {
        Some(Ok(file)) => file,
        Some(Err(skipped)) => return Err(ReadAgainError::Skipped(skipped.reason)),
        None => return Ok(None),
    };
    let mut documents = file.documents()?.filter_map(Result::ok);
    Ok(documents.find(|document| document.article_id(path) == article))
}
