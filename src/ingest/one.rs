//! Reads a single article once more, as it stands in its file now.

use std::path::Path;

use crate::corpus;
use crate::format::{ParseError, ParsedDocument};

/// Returns the document of an article in the file at `path`, relative to `folder`; `None` where the file no longer holds it.
///
/// Fails where the file cannot be read; rows before the article that cannot be read are passed over.
pub fn document(folder: &Path, path: &str, article: &str) -> Result<Option<ParsedDocument>, ParseError> {
    let Some(Ok(file)) = corpus::named(&[folder.join(path)]).next() else { return Ok(None) };
    let mut documents = file.documents()?.filter_map(Result::ok);
    Ok(documents.find(|document| document.article_id(path) == article))
}
