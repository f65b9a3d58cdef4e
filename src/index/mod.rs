//! The index on disk and its answers; the only module that imports tantivy.
//!
//! An article becomes one `article` document and a `statement` document for each of its statements; a file leaves a
//! `file` document that says how it stood when it was read. What concerns one kind is asked of that kind, and
//! carried over to the other through the set of articles it holds for (`compile`).

mod analysis;
mod appearances;
mod article_runs;
mod collect;
mod compile;
mod directory;
mod document_sets;
mod documents;
mod error;
mod facets;
mod fields;
mod file_record;
mod flags;
mod hashing;
mod introduced;
mod own;
mod position;
mod queue;
mod read_by;
mod relevance;
mod searcher;
mod snippet;
mod storage;
mod writer;

pub use directory::{PROBE, Rebuild, check, check_folder, folder_of};
pub use error::IndexError;
pub use file_record::{FileRecord, RowFailure};
pub use read_by::ArticlesReadBy;
pub use searcher::{IndexCounts, Searcher};
pub use writer::{IndexWriter, Prepared, Preparer, WriterOptions};
