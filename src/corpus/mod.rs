//! Walks a folder: each file is a `CorpusFile` or has a `SkipReason`.
//!
//! A file named `.onrecordignore` says what in its folder is not read (`ignore`).

mod ignore;
mod walk;

pub use walk::{CorpusFile, INDEX_FOLDER, SkipReason, Skipped, named, walk};
