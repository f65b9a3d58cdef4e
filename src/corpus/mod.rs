//! Walks a folder: each file is a `CorpusFile` or has a `SkipReason`.
//!
//! A file named `.onrecordignore` says what in its folder is not read (`ignore`); `actors.toml` in the walked folder itself is no article.

mod ignore;
mod walk;

pub use walk::{ACTORS_FILE, CorpusFile, INDEX_FOLDER, SkipReason, Skipped, named, walk};
